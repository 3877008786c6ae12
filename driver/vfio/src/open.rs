// SPDX-License-Identifier: Apache-2.0
//! Devices by name.

use std::path::PathBuf;
use std::str::FromStr;
use thiserror::Error;
use toe_driver::Transport;

/// Where a device is: `vfio:0000:01:00.0` or `vfio-user:PATH`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceName {
    /// A card behind the kernel's vfio-pci, by its PCI address.
    Vfio(crate::sysfs::PciAddress),
    /// A simulator behind this socket.
    VfioUser(PathBuf),
}

/// A name that is none.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "{0} names no device: write vfio:DDDD:BB:DD.F (a card, see `toe device list`) or vfio-user:PATH (a simulator)"
)]
pub struct DeviceNameError(String);

impl FromStr for DeviceName {
    type Err = DeviceNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || DeviceNameError(text.to_owned());
        match text.split_once(':').ok_or_else(error)? {
            ("vfio", address) => address.parse().map(Self::Vfio).map_err(|_| error()),
            ("vfio-user", path) if !path.is_empty() => Ok(Self::VfioUser(path.into())),
            _ => Err(error()),
        }
    }
}

impl std::fmt::Display for DeviceName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Vfio(address) => write!(f, "vfio:{address}"),
            Self::VfioUser(path) => write!(f, "vfio-user:{}", path.display()),
        }
    }
}

/// Why a device could not be reached.
#[derive(Debug, Error)]
pub enum OpenDeviceError {
    /// Something is not set up; the message says what to do.
    #[error(transparent)]
    Setup(#[from] crate::sysfs::SetupError),
    /// The simulator.
    #[cfg(feature = "vfio-user")]
    #[error(transparent)]
    VfioUser(#[from] crate::vfio_user::ClientError),
    /// This program was built without it.
    #[error("this program was built without the transport of {0}")]
    NotBuilt(DeviceName),
}

/// Opens the transport of a device.
///
/// # Errors
/// [`OpenDeviceError`].
pub fn open(name: &DeviceName) -> Result<Box<dyn Transport>, OpenDeviceError> {
    match name {
        #[cfg(feature = "vfio")]
        DeviceName::Vfio(address) => Ok(Box::new(crate::vfio::VfioTransport::open(*address)?)),
        #[cfg(feature = "vfio-user")]
        DeviceName::VfioUser(path) => {
            Ok(Box::new(crate::vfio_user::VfioUserTransport::open(path)?))
        }
        #[allow(unreachable_patterns)] // with both transports nothing is left
        other => Err(OpenDeviceError::NotBuilt(other.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for good in ["vfio:0000:01:00.0", "vfio-user:/tmp/x", "vfio-user:rel/a:b"] {
            let name: DeviceName = good.parse().unwrap();
            assert_eq!(name.to_string(), good);
        }
        for bad in ["", "vfio", "vfio:", "vfio:1", "vfio-user:", "uio:0000:01:00.0", "vfio:../../x"]
        {
            assert!(bad.parse::<DeviceName>().is_err(), "{bad}");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
//! Binding functions to vfio-pci, and giving them back.

use super::{PciAddress, SetupError, Sysfs, VFIO_PCI};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// What writing to the kernel's files does. The kernel reacts to a write; a test plays the kernel.
pub trait Kernel {
    /// Writes a text in one piece.
    ///
    /// # Errors
    /// What the kernel says.
    fn write(&mut self, path: &Path, text: &str) -> io::Result<()>;
}

/// The real one.
#[derive(Clone, Copy, Debug, Default)]
pub struct SysfsKernel;

impl Kernel for SysfsKernel {
    fn write(&mut self, path: &Path, text: &str) -> io::Result<()> {
        fs::OpenOptions::new().write(true).open(path)?.write_all(text.as_bytes())
    }
}

impl Sysfs {
    /// Binds a function to vfio-pci, whoever has it now. `true` when something changed.
    ///
    /// # Errors
    /// [`SetupError`]: no IOMMU, vfio-pci not loaded, no permission, or the kernel did not do it.
    pub fn bind(&self, kernel: &mut impl Kernel, address: PciAddress) -> Result<bool, SetupError> {
        let device = self.device(address)?;
        if device.driver.as_deref() == Some(VFIO_PCI) {
            return Ok(false);
        }
        self.group_of(&device)?;
        self.vfio_pci()?;
        self.rebind(kernel, address, VFIO_PCI)?;
        match self.device(address)?.driver {
            Some(driver) if driver == VFIO_PCI => Ok(true),
            driver => Err(SetupError::BindFailed { address, wanted: VFIO_PCI, driver }),
        }
    }

    /// Takes a function from vfio-pci and lets the kernel look for its usual driver. `true` when something changed.
    /// A process that has the device open is asked to give it back; the kernel waits until it has.
    ///
    /// # Errors
    /// As [`Sysfs::bind`].
    pub fn unbind(
        &self,
        kernel: &mut impl Kernel,
        address: PciAddress,
    ) -> Result<bool, SetupError> {
        let device = self.device(address)?;
        if device.driver.is_none() {
            return Ok(false);
        }
        self.rebind(kernel, address, "\n")?;
        match self.device(address)?.driver {
            Some(driver) if driver == VFIO_PCI => Err(SetupError::BindFailed {
                address,
                wanted: "its own driver",
                driver: Some(driver),
            }),
            _ => Ok(true),
        }
    }

    fn rebind(
        &self,
        kernel: &mut impl Kernel,
        address: PciAddress,
        driver: &str,
    ) -> Result<(), SetupError> {
        let path = self.device_path(address);
        let name = address.to_string();
        let mut write = |path: &Path, text: &str| {
            kernel.write(path, text).map_err(|e| match e.kind() {
                io::ErrorKind::PermissionDenied => SetupError::NeedsRoot { path: path.to_owned() },
                _ => SetupError::io(path, &e),
            })
        };
        // The override first: whatever looks for a driver meanwhile then finds the right one.
        write(&path.join("driver_override"), driver)?;
        let unbind = path.join("driver/unbind");
        if unbind.exists() {
            write(&unbind, &name)?;
        }
        let probe = self.drivers_path().with_file_name("drivers_probe");
        write(&probe, &name)
    }
}

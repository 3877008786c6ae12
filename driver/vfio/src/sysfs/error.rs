// SPDX-License-Identifier: Apache-2.0
//! What can be wrong with the set-up, each with its fix.

use super::PciAddress;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Another function of an IOMMU group, and who has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Where.
    pub address: PciAddress,
    /// Its driver.
    pub driver: String,
}

struct Neighbours<'a>(&'a [Neighbour]);

impl fmt::Display for Neighbours<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, n) in self.0.iter().enumerate() {
            let comma = if i > 0 { ", " } else { "" };
            write!(f, "{comma}{} ({})", n.address, n.driver)?;
        }
        Ok(())
    }
}

/// Why a device cannot be used, and what to do about it.
#[derive(Debug, Error)]
pub enum SetupError {
    /// No such function.
    #[error("there is no PCI device {address}. `toe device list --all` shows what is there")]
    NotFound {
        /// Where.
        address: PciAddress,
    },
    /// The device is in no IOMMU group.
    #[error(
        "{address} is in no IOMMU group{}. Switch the IOMMU on in the firmware setup (VT-d, AMD-Vi) and boot Linux with \
         intel_iommu=on (AMD: nothing; ARM: needs an SMMU); `dmesg | grep -i -e DMAR -e IOMMU` says what was found",
        if *.others { ", though other devices are" } else { ": this machine has no IOMMU, or it is off" }
    )]
    NoIommu {
        /// Where.
        address: PciAddress,
        /// There are groups for other devices.
        others: bool,
    },
    /// The kernel's driver is not there.
    #[error(
        "the kernel's driver vfio-pci is not loaded: modprobe vfio-pci (kernel option CONFIG_VFIO_PCI)"
    )]
    NoVfioPci,
    /// The device belongs to another driver, or to none.
    #[error("{address} is bound to {}, not to vfio-pci: toe device bind {address} (as root)", .driver.as_deref().unwrap_or("no driver"))]
    NotBound {
        /// Where.
        address: PciAddress,
        /// Who has it.
        driver: Option<String>,
    },
    /// Another function of the group belongs to another driver.
    #[error(
        "IOMMU group {group} of {address} is not viable: {} can be reached by DMA from it, so the kernel lets a process have \
         either all of the group or nothing. Bind them to vfio-pci too (toe device bind ADDRESS), unbind their drivers \
         (toe device unbind ADDRESS), or put the card into a slot with a group of its own (a root port with ACS)",
        Neighbours(.others)
    )]
    GroupNotViable {
        /// Where.
        address: PciAddress,
        /// The group.
        group: u32,
        /// Who is in the way.
        others: Vec<Neighbour>,
    },
    /// This user may not open a file.
    #[error("no permission for {}: run as root, or give it to your user: chown $USER {}  (a udev rule makes it last: \
             SUBSYSTEM==\"vfio\", OWNER=\"you\")", .path.display(), .path.display())]
    Permission {
        /// The file.
        path: PathBuf,
    },
    /// Only root may give devices to drivers.
    #[error("no permission for {}: who has a device is for root to say (sudo)", .path.display())]
    NeedsRoot {
        /// The file.
        path: PathBuf,
    },
    /// Another process has the device.
    #[error("{address} is in use by another process: `fuser -v {}` names it", .path.display())]
    Busy {
        /// Where.
        address: PciAddress,
        /// The file that is taken.
        path: PathBuf,
    },
    /// A device file is missing.
    #[error("{} is missing: modprobe vfio-pci vfio_iommu_type1; in a container, pass /dev/vfio in", .path.display())]
    NoDeviceFile {
        /// The file.
        path: PathBuf,
    },
    /// Too little memory may be locked.
    #[error(
        "this process may lock {limit} bytes; memory that a device reaches is locked, and the driver needs {} at least: \
         ulimit -l unlimited, LimitMEMLOCK= of a systemd unit, or memlock in /etc/security/limits.conf",
        super::LOCKED_LEAST
    )]
    LockLimit {
        /// The limit.
        limit: u64,
    },
    /// No huge pages: slower to map, but works.
    #[error(
        "no free huge pages: echo 64 > /sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages (as root). It works without, but mapping memory takes longer"
    )]
    NoHugePages,
    /// The device is not what the driver needs.
    #[error("{address} cannot be used: {what}")]
    Unsuitable {
        /// Where.
        address: PciAddress,
        /// What is wrong.
        what: String,
    },
    /// Binding had no effect.
    #[error("{address} is bound to {} after binding it to {wanted}; `dmesg | tail` says why", .driver.as_deref().unwrap_or("no driver"))]
    BindFailed {
        /// Where.
        address: PciAddress,
        /// What was wanted.
        wanted: &'static str,
        /// What it has.
        driver: Option<String>,
    },
    /// A file of the kernel cannot be used.
    #[error("{}: {reason}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The kernel's VFIO refused.
    #[error("VFIO: {0}")]
    Vfio(String),
}

impl SetupError {
    pub(crate) fn io(path: &Path, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::PermissionDenied {
            return Self::Permission { path: path.to_owned() };
        }
        Self::File { path: path.to_owned(), reason: error.to_string() }
    }
}

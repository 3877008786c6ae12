// SPDX-License-Identifier: Apache-2.0
//! What the kernel says about devices, and binding them to vfio-pci.
//!
//! Everything is read below a root folder, so that tests stand on a tree of their own.

mod bind;
mod error;
#[cfg(test)]
mod tests;

pub use bind::{Kernel, SysfsKernel};
pub use error::{Neighbour, SetupError};

use pci_driver::config::PciConfig;
use pci_driver::config::caps::{Capability, MsiXCapability, PciExpressCapability};
use pci_driver::regions::{BackedByPciSubregion, PciRegion};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use toe_driver::ConfigSnapshot;

/// Identifiers of an OpenTOE function. A board with identifiers of its own is bound by address all the same.
pub const VENDOR: u16 = 0x1234;
/// Device identifier.
pub const DEVICE: u16 = 0x70e1;
/// The driver that gives devices to processes.
pub const VFIO_PCI: &str = "vfio-pci";
/// What the driver wants to lock at least: its queues and a few sessions, bytes.
pub const LOCKED_LEAST: u64 = 16 << 20;

/// Where a function is: domain, bus, device, function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PciAddress {
    /// Domain (segment).
    pub domain: u16,
    /// Bus.
    pub bus: u8,
    /// Device, 0..=31.
    pub device: u8,
    /// Function, 0..=7.
    pub function: u8,
}

/// A text that is no PCI address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no PCI address: DDDD:BB:DD.F, as 0000:01:00.0")]
pub struct PciAddressError(String);

impl FromStr for PciAddress {
    type Err = PciAddressError;

    /// With the domain, or without where it is 0.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parse = || {
            let (front, function) = text.split_once('.')?;
            let mut parts = front.rsplit(':');
            let hex = |part: &str, digits: usize| {
                let fits = !part.is_empty() && part.len() <= digits;
                let clean = part.bytes().all(|b| b.is_ascii_hexdigit());
                (fits && clean).then(|| u16::from_str_radix(part, 16).ok()).flatten()
            };
            let device = u8::try_from(hex(parts.next()?, 2)?).ok()?;
            let bus = u8::try_from(hex(parts.next()?, 2)?).ok()?;
            let domain = parts.next().map_or(Some(0), |part| hex(part, 4))?;
            let function = u8::try_from(hex(function, 1)?).ok()?;
            let whole = parts.next().is_none() && device < 32 && function < 8;
            whole.then_some(Self { domain, bus, device, function })
        };
        parse().ok_or_else(|| PciAddressError(text.to_owned()))
    }
}

impl fmt::Display for PciAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { domain, bus, device, function } = self;
        write!(f, "{domain:04x}:{bus:02x}:{device:02x}.{function}")
    }
}

/// A function as the kernel shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PciDevice {
    /// Where it is.
    pub address: PciAddress,
    /// Vendor identifier.
    pub vendor: u16,
    /// Device identifier.
    pub device: u16,
    /// Its driver, if any.
    pub driver: Option<String>,
    /// Its IOMMU group, if there is an IOMMU.
    pub group: Option<u32>,
    /// NUMA node, where there are several.
    pub node: Option<u32>,
}

impl PciDevice {
    /// Whether it has our identifiers.
    #[must_use]
    pub fn is_toe(&self) -> bool {
        (self.vendor, self.device) == (VENDOR, DEVICE)
    }
}

/// What configuration space says about a function.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    /// MSI-X vectors; 0 without the capability.
    pub msix_vectors: u16,
    /// It can be reset by itself.
    pub function_level_reset: bool,
    /// It may master the bus now.
    pub bus_master: bool,
    /// All capabilities by number, in the order of their list.
    pub capabilities: Vec<u8>,
}

impl Abilities {
    /// From a snapshot of at least 256 bytes.
    ///
    /// # Errors
    /// The list of capabilities is broken.
    pub fn parse(bytes: &[u8]) -> io::Result<Self> {
        let snapshot = ConfigSnapshot::new(bytes);
        let region = snapshot.region();
        let config = PciConfig::backed_by(&region);
        let mut this =
            Self { bus_master: config.command().bus_master_enable().read()?, ..Self::default() };
        for capability in config.capabilities()? {
            this.capabilities.push(capability.header().capability_id().read()?);
        }
        if let Some(msix) = config.capabilities()?.of_type::<MsiXCapability<'_>>()?.next() {
            this.msix_vectors = (msix.read_le_u16(2)? & 0x7ff) + 1;
        }
        let express = config.capabilities()?.of_type::<PciExpressCapability<'_>>()?.next();
        if let Some(express) = express {
            let able = express.device_capabilities().function_level_reset_capability();
            this.function_level_reset = able.read()?;
        }
        Ok(this)
    }
}

/// Huge pages of 2 MiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HugePages {
    /// Set aside.
    pub total: u64,
    /// Not in use.
    pub free: u64,
}

/// How the kernel gives a device to a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// With its whole IOMMU group, in a container of type1.
    Group,
    /// By a file of its own, here, with iommufd.
    Cdev(PathBuf),
}

/// The file tree of the kernel.
#[derive(Clone, Debug)]
pub struct Sysfs {
    root: PathBuf,
    /// Whether [`Way::Cdev`] is looked for.
    cdev: bool,
}

impl Default for Sysfs {
    fn default() -> Self {
        Self::new("/")
    }
}

fn number(path: &Path) -> Option<i64> {
    let text = fs::read_to_string(path).ok()?;
    let text = text.trim();
    match text.strip_prefix("0x") {
        Some(hex) => i64::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    }
}

fn link_name(path: &Path) -> Option<String> {
    Some(fs::read_link(path).ok()?.file_name()?.to_str()?.to_owned())
}

impl Sysfs {
    /// The tree below `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), cdev: cfg!(feature = "cdev") }
    }

    pub(crate) fn device_path(&self, address: PciAddress) -> PathBuf {
        self.root.join("sys/bus/pci/devices").join(address.to_string())
    }

    pub(crate) fn drivers_path(&self) -> PathBuf {
        self.root.join("sys/bus/pci/drivers")
    }

    /// The device file of a group.
    #[must_use]
    pub fn group_file(&self, group: u32) -> PathBuf {
        self.root.join("dev/vfio").join(group.to_string())
    }

    /// How a device is opened: by its own file and iommufd where the kernel has both and this program was built for them
    /// (feature `cdev`), else with its group.
    #[must_use]
    pub fn way(&self, address: PciAddress) -> Way {
        // One folder, named as the file (Documentation/driver-api/vfio.rst, "VFIO device cdev").
        let name = || {
            let mut entries = fs::read_dir(self.device_path(address).join("vfio-dev")).ok()?;
            entries.next()?.ok().map(|entry| entry.file_name())
        };
        match name().filter(|_| self.cdev && self.iommufd_file().exists()) {
            Some(name) => Way::Cdev(self.root.join("dev/vfio/devices").join(name)),
            None => Way::Group,
        }
    }

    fn iommufd_file(&self) -> PathBuf {
        self.root.join("dev/iommu")
    }

    /// A function.
    ///
    /// # Errors
    /// There is none.
    pub fn device(&self, address: PciAddress) -> Result<PciDevice, SetupError> {
        let path = self.device_path(address);
        let id = |name| number(&path.join(name)).and_then(|n| u16::try_from(n).ok());
        let (Some(vendor), Some(device)) = (id("vendor"), id("device")) else {
            return Err(SetupError::NotFound { address });
        };
        Ok(PciDevice {
            address,
            vendor,
            device,
            driver: link_name(&path.join("driver")),
            group: link_name(&path.join("iommu_group")).and_then(|name| name.parse().ok()),
            node: number(&path.join("numa_node")).and_then(|n| u32::try_from(n).ok()),
        })
    }

    /// All functions, by address.
    ///
    /// # Errors
    /// There is no PCI here.
    pub fn devices(&self) -> Result<Vec<PciDevice>, SetupError> {
        let folder = self.root.join("sys/bus/pci/devices");
        let entries = fs::read_dir(&folder).map_err(|e| SetupError::io(&folder, &e))?;
        let mut found: Vec<PciDevice> = entries
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
            .filter_map(|address| self.device(address).ok())
            .collect();
        found.sort_by_key(|device| device.address);
        Ok(found)
    }

    /// The functions that share an IOMMU group.
    #[must_use]
    pub fn group(&self, group: u32) -> Vec<PciDevice> {
        let folder = self.root.join(format!("sys/kernel/iommu_groups/{group}/devices"));
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let mut found: Vec<PciDevice> = entries
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
            .filter_map(|address| self.device(address).ok())
            .collect();
        found.sort_by_key(|device| device.address);
        found
    }

    /// Addresses that a group cannot use, first and last of each range.
    #[must_use]
    pub fn reserved(&self, group: u32) -> Vec<(u64, u64)> {
        let path = self.root.join(format!("sys/kernel/iommu_groups/{group}/reserved_regions"));
        let text = fs::read_to_string(path).unwrap_or_default();
        let hex = |word: &str| u64::from_str_radix(word.trim_start_matches("0x"), 16).ok();
        text.lines()
            .filter_map(|line| {
                let mut words = line.split_whitespace();
                Some((hex(words.next()?)?, hex(words.next()?)?))
            })
            .collect()
    }

    /// A snapshot of configuration space: 64 bytes without privileges, else 256 or 4096.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn config(&self, address: PciAddress) -> Result<Vec<u8>, SetupError> {
        let path = self.device_path(address).join("config");
        fs::read(&path).map_err(|e| SetupError::io(&path, &e))
    }

    /// Huge pages.
    #[must_use]
    pub fn huge_pages(&self) -> HugePages {
        let folder = self.root.join("sys/kernel/mm/hugepages/hugepages-2048kB");
        let count = |name: &str| {
            number(&folder.join(name)).and_then(|n| u64::try_from(n).ok()).unwrap_or(0)
        };
        HugePages { total: count("nr_hugepages"), free: count("free_hugepages") }
    }

    /// Whether a device can be opened through vfio-pci now, as far as the tree says. `locked`: bytes that this process
    /// may lock (`None`: no limit).
    ///
    /// # Errors
    /// The first thing that is missing, and what to do.
    pub fn check(&self, address: PciAddress, locked: Option<u64>) -> Result<u32, SetupError> {
        let device = self.device(address)?;
        let group = self.group_of(&device)?;
        if device.driver.as_deref() != Some(VFIO_PCI) {
            self.vfio_pci()?;
            return Err(SetupError::NotBound { address, driver: device.driver });
        }
        let others: Vec<Neighbour> = self
            .group(group)
            .into_iter()
            .filter(|d| d.address != address)
            .filter_map(|d| Some(Neighbour { address: d.address, driver: d.driver? }))
            // Ports of bridges may keep their driver; other functions may be ours or nobody's.
            .filter(|n| !matches!(n.driver.as_str(), VFIO_PCI | "pcieport" | "pci-stub"))
            .collect();
        if !others.is_empty() {
            return Err(SetupError::GroupNotViable { address, group, others });
        }
        let files = match self.way(address) {
            Way::Group => [self.root.join("dev/vfio/vfio"), self.group_file(group)],
            Way::Cdev(file) => [self.iommufd_file(), file],
        };
        for file in files {
            match fs::OpenOptions::new().read(true).write(true).open(&file) {
                Ok(_) => {}
                Err(e) if e.kind() == io::ErrorKind::PermissionDenied => {
                    return Err(SetupError::Permission { path: file });
                }
                // EBUSY: a group has one owner.
                Err(e) if e.raw_os_error() == Some(16) => {
                    return Err(SetupError::Busy { address, path: file });
                }
                Err(e) if e.kind() == io::ErrorKind::NotFound => {
                    return Err(SetupError::NoDeviceFile { path: file });
                }
                Err(e) => return Err(SetupError::io(&file, &e)),
            }
        }
        match locked {
            Some(limit) if limit < LOCKED_LEAST => Err(SetupError::LockLimit { limit }),
            _ => Ok(group),
        }
    }

    fn group_of(&self, device: &PciDevice) -> Result<u32, SetupError> {
        let address = device.address;
        device.group.ok_or_else(|| {
            let groups = self.root.join("sys/kernel/iommu_groups");
            let any = fs::read_dir(groups).is_ok_and(|mut entries| entries.next().is_some());
            SetupError::NoIommu { address, others: any }
        })
    }

    fn vfio_pci(&self) -> Result<PathBuf, SetupError> {
        let path = self.drivers_path().join(VFIO_PCI);
        if path.is_dir() { Ok(path) } else { Err(SetupError::NoVfioPci) }
    }
}

/// Bytes that this process may lock; `None` without limit.
#[must_use]
pub fn lock_limit() -> Option<u64> {
    use nix::sys::resource::{RLIM_INFINITY, Resource, getrlimit};
    // Root is not limited.
    if nix::unistd::Uid::effective().is_root() {
        return None;
    }
    match getrlimit(Resource::RLIMIT_MEMLOCK) {
        Ok((soft, _)) if soft != RLIM_INFINITY => Some(soft),
        _ => None,
    }
}

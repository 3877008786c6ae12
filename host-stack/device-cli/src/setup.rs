// SPDX-License-Identifier: Apache-2.0
//! What is there, and whose it is.

use crate::{DeviceError, show};
use serde::Serialize;
use toe_vfio::sysfs::{
    Abilities, PciAddress, PciDevice, SetupError, Sysfs, SysfsKernel, lock_limit,
};

/// A PCI function.
#[derive(Debug, Serialize)]
struct Function {
    address: String,
    /// Identifiers as they are written, in hexadecimal.
    vendor: String,
    device: String,
    driver: Option<String>,
    iommu_group: Option<u32>,
    is_toe: bool,
}

impl From<&PciDevice> for Function {
    fn from(d: &PciDevice) -> Self {
        Self {
            address: d.address.to_string(),
            vendor: format!("{:04x}", d.vendor),
            device: format!("{:04x}", d.device),
            driver: d.driver.clone(),
            iommu_group: d.group,
            is_toe: d.is_toe(),
        }
    }
}

fn line(device: &PciDevice) -> String {
    let group = device.group.map_or("no IOMMU".into(), |g| format!("IOMMU group {g}"));
    let driver = device.driver.as_deref().unwrap_or("no driver");
    format!("{}  {:04x}:{:04x}  {driver}, {group}", device.address, device.vendor, device.device)
}

pub(crate) fn list(all: bool, json: bool) -> Result<(), DeviceError> {
    let devices = Sysfs::default().devices()?;
    let shown: Vec<_> = devices.iter().filter(|d| all || d.is_toe()).collect();
    let rows: Vec<Function> = shown.iter().map(|d| Function::from(*d)).collect();
    show(json, &rows, || shown.iter().map(|d| line(d) + "\n").collect())?;
    if shown.is_empty() && !json {
        eprintln!("no OpenTOE device among {} PCI functions (--all shows them)", devices.len());
    }
    Ok(())
}

pub(crate) fn bind(address: PciAddress, to_us: bool, json: bool) -> Result<(), DeviceError> {
    let tree = Sysfs::default();
    let kernel = &mut SysfsKernel;
    let changed = if to_us { tree.bind(kernel, address)? } else { tree.unbind(kernel, address)? };
    let device = tree.device(address)?;
    show(json, &Function::from(&device), || {
        format!("{}{}\n", line(&device), if changed { "" } else { " (as before)" })
    })
}

/// What a device can do, by its configuration space.
#[derive(Debug, Serialize)]
struct Can {
    msix_vectors: u16,
    function_level_reset: bool,
    bus_master: bool,
    capabilities: Vec<u8>,
}

/// Everything about a device that matters for using it.
#[derive(Debug, Serialize)]
struct Info {
    #[serde(flatten)]
    function: Function,
    numa_node: Option<u32>,
    can: Option<Can>,
    /// Why not.
    unknown: Option<String>,
    group_members: Vec<Function>,
    /// Ranges of addresses that the IOMMU keeps, last ones included.
    reserved: Vec<(u64, u64)>,
    huge_pages_free: u64,
    huge_pages_total: u64,
    /// Memory that may be locked, bytes; none: no limit.
    lock_limit: Option<u64>,
    /// What is missing; none: it can be used.
    missing: Option<String>,
}

pub(crate) fn info(address: PciAddress, json: bool) -> Result<(), DeviceError> {
    let tree = Sysfs::default();
    let device = tree.device(address)?;
    let (can, unknown) = match tree.config(address) {
        Ok(bytes) if bytes.len() >= 256 => match Abilities::parse(&bytes) {
            Ok(a) => (
                Some(Can {
                    msix_vectors: a.msix_vectors,
                    function_level_reset: a.function_level_reset,
                    bus_master: a.bus_master,
                    capabilities: a.capabilities,
                }),
                None,
            ),
            Err(error) => (None, Some(format!("configuration space is broken: {error}"))),
        },
        Ok(_) => (None, Some("capabilities: only root may read them".to_owned())),
        Err(error) => (None, Some(format!("configuration space: {error}"))),
    };
    let members = device.group.map(|group| tree.group(group)).unwrap_or_default();
    let pages = tree.huge_pages();
    let info = Info {
        function: Function::from(&device),
        numa_node: device.node,
        can,
        unknown,
        group_members: members.iter().map(Function::from).collect(),
        reserved: device.group.map(|group| tree.reserved(group)).unwrap_or_default(),
        huge_pages_free: pages.free,
        huge_pages_total: pages.total,
        lock_limit: lock_limit(),
        missing: tree.check(address, lock_limit()).err().map(|e| e.to_string()),
    };
    show(json, &info, || people(&device, &members, &info))
}

fn people(device: &PciDevice, members: &[PciDevice], info: &Info) -> String {
    let mut out = line(device);
    out.push_str(if device.is_toe() { ", an OpenTOE device\n" } else { "\n" });
    let mut say = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    if let Some(node) = info.numa_node {
        say(format!("NUMA node {node}: pin the process to its cores, take huge pages from it"));
    }
    if let Some(a) = &info.can {
        say(format!(
            "{} MSI-X vectors, {} function-level reset, bus mastering {}, capabilities {:02x?}",
            a.msix_vectors,
            if a.function_level_reset { "has" } else { "no" },
            if a.bus_master { "on" } else { "off" },
            a.capabilities,
        ));
    }
    if let Some(why) = &info.unknown {
        say(why.clone());
    }
    if let Some(group) = device.group {
        say(format!("IOMMU group {group}: what is in it can only be given away as a whole"));
        for member in members {
            say(format!("  {}", line(member)));
        }
        for (first, last) in &info.reserved {
            say(format!("  reserved {first:#x}..={last:#x}"));
        }
    }
    say(format!("huge pages of 2 MiB: {} of {} free", info.huge_pages_free, info.huge_pages_total));
    say(match info.lock_limit {
        None => "memory that may be locked: no limit".to_owned(),
        Some(limit) => format!("memory that may be locked: {limit} bytes"),
    });
    say(match &info.missing {
        None => format!("ready: --device vfio:{}", device.address),
        Some(error) => format!("not ready: {error}"),
    });
    if info.huge_pages_free == 0 {
        say(format!("note: {}", SetupError::NoHugePages));
    }
    out
}

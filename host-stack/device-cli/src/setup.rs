// SPDX-License-Identifier: Apache-2.0
//! What is there, and whose it is.

use crate::DeviceError;
use toe_vfio::sysfs::{
    Abilities, PciAddress, PciDevice, SetupError, Sysfs, SysfsKernel, lock_limit,
};

fn line(device: &PciDevice) -> String {
    let group = device.group.map_or("no IOMMU".into(), |g| format!("IOMMU group {g}"));
    let driver = device.driver.as_deref().unwrap_or("no driver");
    format!("{} {:04x}:{:04x} {driver}, {group}", device.address, device.vendor, device.device)
}

pub(crate) fn list(all: bool) -> Result<(), DeviceError> {
    let devices = Sysfs::default().devices()?;
    let shown: Vec<_> = devices.iter().filter(|d| all || d.is_toe()).collect();
    for device in &shown {
        println!("{}", line(device));
    }
    if shown.is_empty() {
        eprintln!("no OpenTOE device among {} PCI functions (--all shows them)", devices.len());
    }
    Ok(())
}

pub(crate) fn bind(address: PciAddress, to_us: bool) -> Result<(), DeviceError> {
    let tree = Sysfs::default();
    let kernel = &mut SysfsKernel;
    let changed = if to_us { tree.bind(kernel, address)? } else { tree.unbind(kernel, address)? };
    let device = tree.device(address)?;
    println!("{}{}", line(&device), if changed { "" } else { " (as before)" });
    Ok(())
}

pub(crate) fn info(address: PciAddress) -> Result<(), DeviceError> {
    let tree = Sysfs::default();
    let device = tree.device(address)?;
    println!("{}{}", line(&device), if device.is_toe() { ", an OpenTOE device" } else { "" });
    if let Some(node) = device.node {
        println!("NUMA node {node}: pin the process to its cores, take huge pages from it");
    }
    match tree.config(address) {
        Ok(bytes) if bytes.len() >= 256 => match Abilities::parse(&bytes) {
            Ok(a) => println!(
                "{} MSI-X vectors, {} function-level reset, bus mastering {}, capabilities {:02x?}",
                a.msix_vectors,
                if a.function_level_reset { "has" } else { "no" },
                if a.bus_master { "on" } else { "off" },
                a.capabilities,
            ),
            Err(error) => println!("configuration space is broken: {error}"),
        },
        Ok(_) => println!("capabilities: only root may read them"),
        Err(error) => println!("configuration space: {error}"),
    }
    if let Some(group) = device.group {
        println!("IOMMU group {group}: what is in it can only be given away as a whole");
        for member in tree.group(group) {
            println!("  {}", line(&member));
        }
        for (first, last) in tree.reserved(group) {
            println!("  reserved {first:#x}..={last:#x}");
        }
    }
    let pages = tree.huge_pages();
    println!("huge pages of 2 MiB: {} of {} free", pages.free, pages.total);
    match lock_limit() {
        None => println!("memory that may be locked: no limit"),
        Some(limit) => println!("memory that may be locked: {limit} bytes"),
    }
    match tree.check(address, lock_limit()) {
        Ok(_) => println!("ready: --device vfio:{address}"),
        Err(error) => println!("not ready: {error}"),
    }
    if pages.free == 0 {
        println!("note: {}", SetupError::NoHugePages);
    }
    Ok(())
}

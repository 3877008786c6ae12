// SPDX-License-Identifier: Apache-2.0
//! What the driver wants from the PCI configuration space, read from a snapshot through `pci-driver`'s structured form.

use crate::error::OpenError;
use pci_driver::config::PciConfig;
use pci_driver::config::caps::{MsiXCapability, PciExpressCapability};
use pci_driver::regions::{BackedByPciSubregion, PciMemoryRegion, PciRegion};
use std::io;

/// A snapshot of configuration space, where the structured form may read words of it: the crate dereferences pointers of
/// their types into what it is given, and plain bytes lie anywhere.
#[repr(align(8))]
pub struct ConfigSnapshot {
    bytes: [u8; 4096],
    len: usize,
}

impl ConfigSnapshot {
    /// A copy; what is beyond 4096 bytes is left out.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        let len = bytes.len().min(4096);
        let mut this = Self { bytes: [0; 4096], len };
        this.bytes[..len].copy_from_slice(&bytes[..len]);
        this
    }

    /// To be read with [`PciConfig::backed_by`].
    #[must_use]
    pub fn region(&self) -> PciMemoryRegion<'_> {
        PciMemoryRegion::new(&self.bytes[..self.len])
    }
}

/// Identity and interrupt capability of the function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PciInfo {
    /// Vendor.
    pub vendor_id: u16,
    /// Device.
    pub device_id: u16,
    /// Revision.
    pub revision: u8,
    /// Vectors of the MSI-X capability; 0 without one.
    pub msix_vectors: u16,
    /// A PCI Express capability is there.
    pub express: bool,
}

impl PciInfo {
    /// Reads a snapshot of at least 256 bytes.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, OpenError> {
        if bytes.len() < 256 {
            return Err(OpenError::ConfigSpace(format!("{} bytes", bytes.len())));
        }
        Self::parse_config(bytes)
            .map_err(|error| OpenError::ConfigSpace(error.to_string()))
            .and_then(|info| {
                if info.vendor_id == u16::MAX { Err(OpenError::DeviceLost) } else { Ok(info) }
            })
    }

    fn parse_config(bytes: &[u8]) -> io::Result<Self> {
        let snapshot = ConfigSnapshot::new(bytes);
        let region = snapshot.region();
        let config = PciConfig::backed_by(&region);
        let mut info = Self {
            vendor_id: config.vendor_id().read()?,
            device_id: config.device_id().read()?,
            revision: config.revision_id().read()?,
            msix_vectors: 0,
            express: false,
        };
        if info.vendor_id == u16::MAX {
            return Ok(info);
        }
        let capabilities = config.capabilities()?;
        if let Some(msix) = capabilities.of_type::<MsiXCapability<'_>>()?.next() {
            // Message control: bits 10:0 hold the size of the table minus one (PCIe 7.7.2.2).
            info.msix_vectors = (msix.read_le_u16(2)? & 0x7ff) + 1;
        }
        info.express = capabilities.of_type::<PciExpressCapability<'_>>()?.next().is_some();
        Ok(info)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn space() -> Vec<u8> {
        let mut bytes = vec![0; 256];
        bytes[0..4].copy_from_slice(&[0x34, 0x12, 0xe1, 0x70]);
        bytes[6] = 0x10; // capability list present
        bytes[8] = 3;
        bytes[0x34] = 0x40;
        bytes[0x40..0x44].copy_from_slice(&[0x11, 0, 0x10, 0x80]); // MSI-X, 17 vectors, enabled
        bytes
    }

    #[test]
    fn identity_and_vectors_come_from_the_snapshot() {
        let info = PciInfo::parse(&space()).unwrap();
        assert_eq!((info.vendor_id, info.device_id, info.revision), (0x1234, 0x70e1, 3));
        assert_eq!(info.msix_vectors, 17);
    }

    /// Wherever the bytes lie (Miri sees the difference).
    #[test]
    fn snapshots_are_aligned() {
        let mut bytes = vec![0];
        bytes.extend(space());
        for at in 0..2 {
            let _whatever_it_says = PciInfo::parse(&bytes[at..at + 256]);
            let snapshot = ConfigSnapshot::new(&bytes[at..]);
            assert_eq!(snapshot.bytes.as_ptr().addr() % 8, 0);
        }
        // A capability where no word may begin.
        let mut odd = space();
        odd[0x34] = 0x41;
        let _error_or_masked = PciInfo::parse(&odd);
    }

    #[test]
    fn a_capability_loop_ends_and_all_ones_is_a_lost_device() {
        let mut looped = space();
        looped[0x41] = 0x40;
        assert!(matches!(PciInfo::parse(&looped), Err(OpenError::ConfigSpace(_))));
        assert!(matches!(PciInfo::parse(&[0xff; 256]), Err(OpenError::DeviceLost)));
        assert!(matches!(PciInfo::parse(&[0; 64]), Err(OpenError::ConfigSpace(_))));
    }
}

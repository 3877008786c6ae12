// SPDX-License-Identifier: Apache-2.0
//! The PCI function around a device: configuration space with write masks, capabilities, function-level reset.
//!
//! BAR0 is the device's register file. BAR2 is where the MSI-X table and pending bits would lie; in process and over
//! vfio-user the transport owns interrupt routing, so the machine only says where the table is and counts interrupts.

use toe_device::Identity;

/// Bytes of configuration space.
pub const CONFIG_SIZE: usize = 4096;

/// PCI command register: the function answers BAR accesses.
pub const COMMAND_MEMORY: u16 = 1 << 1;
/// PCI command register: the function may master the bus (DMA and MSI-X).
pub const COMMAND_BUS_MASTER: u16 = 1 << 2;

const COMMAND: usize = 0x04;
const BAR0: usize = 0x10;
const BAR2: usize = 0x18;
const CAP_PM: usize = 0x40;
const CAP_PCIE: usize = 0x50;
const CAP_MSIX: usize = 0xa0;
const CAP_SERIAL: usize = 0x100;
const DEVICE_CONTROL: usize = CAP_PCIE + 8;
const INITIATE_FLR: u8 = 0x80;

/// BAR of the MSI-X table.
pub const MSIX_BAR: u8 = 2;
/// Offset of the pending bits in it; the table is at 0.
pub const MSIX_PBA_OFFSET: u32 = 0x8000;
/// Bytes of that BAR.
pub const MSIX_BAR_SIZE: u32 = 0x1_0000;

/// What a configuration write made happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigEffect {
    /// Nothing beyond the bytes.
    None,
    /// Function-level reset was initiated.
    FunctionLevelReset,
}

/// Configuration space of the function.
#[derive(Clone)]
pub struct PciFunction {
    reset: Box<[u8; CONFIG_SIZE]>,
    bytes: Box<[u8; CONFIG_SIZE]>,
    mask: Box<[u8; CONFIG_SIZE]>,
}

impl std::fmt::Debug for PciFunction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PciFunction {{ command: {:#06x} }}", self.command())
    }
}

struct Builder {
    bytes: Box<[u8; CONFIG_SIZE]>,
    mask: Box<[u8; CONFIG_SIZE]>,
}

impl Builder {
    fn put(&mut self, at: usize, value: &[u8]) -> &mut Self {
        self.bytes[at..at + value.len()].copy_from_slice(value);
        self
    }

    fn writable(&mut self, at: usize, mask: &[u8]) -> &mut Self {
        self.mask[at..at + mask.len()].copy_from_slice(mask);
        self
    }
}

impl PciFunction {
    /// The function of a device, in its reset state: bus mastering and memory decoding off. `serial` goes into the device
    /// serial number capability.
    #[must_use]
    pub fn new(identity: &Identity, serial: u64) -> Self {
        let mut b = Builder { bytes: Box::new([0; CONFIG_SIZE]), mask: Box::new([0; CONFIG_SIZE]) };
        b.put(0x00, &identity.vendor_id.to_le_bytes());
        b.put(0x02, &identity.device_id.to_le_bytes());
        b.writable(COMMAND, &[0x46, 0x05]); // memory, bus master, parity; SERR, INTx disable
        b.put(0x06, &[0x10, 0x00]); // status: capabilities list
        b.put(0x08, &[identity.revision, 0x00, 0x00, 0x02]); // Ethernet controller
        b.writable(0x0c, &[0xff]); // cache line size
        for (at, size) in [(BAR0, identity.bar0_size), (BAR2, MSIX_BAR_SIZE)] {
            // 32-bit, not prefetchable: the low bits read as zero, the rest sizes the BAR.
            let size = size.max(4096).checked_next_power_of_two().unwrap_or(1 << 31);
            b.writable(at, &(!(size - 1)).to_le_bytes());
        }
        b.put(0x2c, &identity.vendor_id.to_le_bytes());
        b.put(0x2e, &identity.device_id.to_le_bytes());
        b.put(0x34, &[0x40]);
        b.writable(0x3c, &[0xff]); // interrupt line

        // Power management: version 3; the power state can be written.
        b.put(CAP_PM, &[0x01, 0x50, 0x03, 0x00, 0x08, 0x00]); // no soft reset
        b.writable(CAP_PM + 4, &[0x03]);

        // PCI Express endpoint, version 2; FLR.
        b.put(CAP_PCIE, &[0x10, 0xa0, 0x02, 0x00]);
        b.put(CAP_PCIE + 4, &((1u32 << 28) | (1 << 15) | 5).to_le_bytes()); // FLR, RBER, 4096-byte payloads
        b.put(DEVICE_CONTROL, &[0x10, 0x28]);
        b.writable(DEVICE_CONTROL, &[0xff, 0x7f]);
        b.put(CAP_PCIE + 0x0c, &((4u32 << 4) | 3).to_le_bytes()); // ×4, 8 GT/s
        b.put(CAP_PCIE + 0x12, &0x0043u16.to_le_bytes());

        // MSI-X.
        let last = identity.vectors.clamp(1, 2048) - 1;
        b.put(CAP_MSIX, &[0x11, 0x00]);
        b.put(CAP_MSIX + 2, &last.to_le_bytes());
        b.writable(CAP_MSIX + 3, &[0xc0]); // enable, function mask
        b.put(CAP_MSIX + 4, &u32::from(MSIX_BAR).to_le_bytes());
        b.put(CAP_MSIX + 8, &(MSIX_PBA_OFFSET | u32::from(MSIX_BAR)).to_le_bytes());

        // Device serial number.
        b.put(CAP_SERIAL, &0x0001_0003u32.to_le_bytes());
        b.put(CAP_SERIAL + 4, &serial.to_le_bytes());

        Self { reset: b.bytes.clone(), bytes: b.bytes, mask: b.mask }
    }

    /// All of configuration space.
    #[must_use]
    pub fn bytes(&self) -> &[u8; CONFIG_SIZE] {
        &self.bytes
    }

    /// Reads; bytes beyond the end are all ones.
    pub fn read(&self, offset: usize, data: &mut [u8]) {
        for (i, byte) in data.iter_mut().enumerate() {
            *byte =
                offset.checked_add(i).and_then(|at| self.bytes.get(at)).copied().unwrap_or(0xff);
        }
    }

    /// Writes what the masks allow; bytes beyond the end are dropped. The caller carries out the effect.
    pub fn write(&mut self, offset: usize, data: &[u8]) -> ConfigEffect {
        let mut effect = ConfigEffect::None;
        for (i, value) in data.iter().enumerate() {
            let Some(at) = offset.checked_add(i).filter(|at| *at < CONFIG_SIZE) else { break };
            let mask = self.mask[at];
            self.bytes[at] = (self.bytes[at] & !mask) | (value & mask);
            if at == DEVICE_CONTROL + 1 && value & INITIATE_FLR != 0 {
                effect = ConfigEffect::FunctionLevelReset;
            }
        }
        effect
    }

    /// Function-level reset: everything at its reset value.
    pub fn reset(&mut self) {
        self.bytes.copy_from_slice(&*self.reset);
    }

    /// The command register.
    #[must_use]
    pub fn command(&self) -> u16 {
        u16::from_le_bytes([self.bytes[COMMAND], self.bytes[COMMAND + 1]])
    }

    /// Whether the function may master the bus: not in a power state below D0 (PCIe 5.3.1.4).
    #[must_use]
    pub fn bus_master(&self) -> bool {
        self.command() & COMMAND_BUS_MASTER != 0 && self.is_on()
    }

    /// Whether the function answers accesses to its BARs.
    #[must_use]
    pub fn decodes_memory(&self) -> bool {
        self.command() & COMMAND_MEMORY != 0 && self.is_on()
    }

    /// Power state D0.
    fn is_on(&self) -> bool {
        self.bytes[CAP_PM + 4] & 3 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function() -> PciFunction {
        let identity = Identity {
            name: "test".into(),
            bar0_size: 0x1_0000,
            vectors: 5,
            vendor_id: 0x1234,
            device_id: 0x5678,
            revision: 9,
        };
        PciFunction::new(&identity, 0x0011_2233_4455_6677)
    }

    #[test]
    fn bars_size_and_masks_hold() {
        let mut f = function();
        f.write(BAR0, &[0xff; 4]);
        assert_eq!(f.bytes()[BAR0..BAR0 + 4], 0xffff_0000u32.to_le_bytes());
        f.write(0, &[0xff; 4]);
        assert_eq!(f.bytes()[..4], [0x34, 0x12, 0x78, 0x56]);
        f.write(COMMAND, &[0xff, 0xff]);
        assert_eq!(f.command(), 0x0546);
        let mut beyond = [0; 4];
        f.read(CONFIG_SIZE - 2, &mut beyond);
        assert_eq!(beyond, [0, 0, 0xff, 0xff]);
        assert_eq!(f.write(usize::MAX, &[1, 2]), ConfigEffect::None);
    }

    #[test]
    fn function_level_reset() {
        let mut f = function();
        f.write(COMMAND, &[0x06, 0]);
        assert!(f.bus_master());
        assert_eq!(f.write(DEVICE_CONTROL, &[0x10, 0xa8]), ConfigEffect::FunctionLevelReset);
        assert_eq!(f.bytes()[DEVICE_CONTROL + 1] & INITIATE_FLR, 0, "reads as zero");
        f.reset();
        assert!(!f.bus_master());
    }

    #[test]
    fn a_sleeping_function_is_quiet() {
        let mut f = function();
        f.write(COMMAND, &[0x06, 0]);
        assert!(f.bus_master() && f.decodes_memory());
        f.write(CAP_PM + 4, &[0xff, 0xff]);
        assert_eq!(
            f.bytes()[CAP_PM + 4..CAP_PM + 6],
            [3 | 8, 0],
            "D3, and nothing else can be written"
        );
        assert!(!f.bus_master() && !f.decodes_memory());
        f.write(CAP_PM + 4, &[0]);
        assert!(f.bus_master(), "no soft reset: what was set stays");
        f.write(CAP_PM + 4, &[3]);
        f.reset();
        assert_eq!(f.bytes()[CAP_PM + 4], 8, "D0 after a reset");
    }

    #[test]
    fn capability_chain_is_well_formed() {
        let f = function();
        let mut at = usize::from(f.bytes()[0x34]);
        let mut ids = Vec::new();
        while at != 0 {
            ids.push(f.bytes()[at]);
            at = usize::from(f.bytes()[at + 1]);
        }
        assert_eq!(ids, [0x01, 0x10, 0x11]);
        assert_eq!(f.bytes()[CAP_MSIX + 2], 4);
    }
}

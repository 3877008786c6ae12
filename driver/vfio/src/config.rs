// SPDX-License-Identifier: Apache-2.0
//! The command register of configuration space (PCI 3.0, 6.2.2).

/// Where it is.
pub(crate) const COMMAND: u64 = 4;
/// The function answers accesses to its BARs.
pub(crate) const MEMORY: u16 = 1 << 1;
/// The function may master the bus: DMA and MSI-X.
pub(crate) const BUS_MASTER: u16 = 1 << 2;

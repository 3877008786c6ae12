// SPDX-License-Identifier: Apache-2.0
//! The simulated machine around a device: host memory with an IOMMU, PCIe, a PCI function, interrupts, a wire with
//! impairments, peers, virtual time.
//!
//! A [`World`] owns a [`Device`](toe_device::Device) and the [`Machine`] around it. The host's software uses the world as a
//! transport would use hardware: registers ([`World::bar_read`]), configuration space, memory mappings
//! ([`World::memory_mut`]), interrupt counts. A test drives it: [`World::run_until`] with the software's work in the
//! predicate.
//!
//! Time is virtual. While the device is busy its clocks make time pass; when all sides are idle, time jumps to the next
//! timer. All randomness comes from one seed: the same seed and the same calls give the same run, byte for byte. Only with
//! a peer that lives in real time (the Linux kernel, `TapPeer`) the world follows the wall clock.
//!
//! What it is not: no transaction-layer packets, no page tables; the IOMMU is a table of ranges.
//!
//! Tests: beside each module, and `tests/world.rs` with stub devices.

mod capture;
mod dice;
mod machine;
mod memory;
mod pci;
mod pcie;
mod peer;
mod smol;
#[cfg(target_os = "linux")]
mod tap;
mod time;
mod wire;
mod world;

pub use capture::{CaptureError, SharedBuffer, Side, Sides};
pub use dice::Dice;
pub use machine::{DmaCounts, Interrupts, Machine};
pub use memory::{FaultCounts, FaultHook, HostMemory, MapError, Permission};
pub use pci::{
    COMMAND_BUS_MASTER, COMMAND_MEMORY, CONFIG_SIZE, ConfigEffect, MSIX_BAR, MSIX_BAR_SIZE,
    MSIX_PBA_OFFSET, PciFunction,
};
pub use pcie::PcieProfile;
pub use peer::{Peer, ScriptPeer};
pub use smol::{
    Behaviour, Close, Connection, ConnectionId, SmolConfig, SmolPeer, State, pattern,
    pattern_sha256,
};
#[cfg(target_os = "linux")]
pub use tap::{TapConfig, TapError, TapPeer};
pub use time::Nanos;
pub use wire::{Direction, Fate, Hook, WireCounts, WireProfile};
pub use world::{Budget, Builder, Progress, Statistics, World, WorldError};

// SPDX-License-Identifier: Apache-2.0
//! The device boundary: what a simulated OpenTOE device offers ([`Device`]) and what the machine around it offers
//! back ([`HostBus`]).
//!
//! Two devices implement [`Device`]: the functional model (`toe-model`, transaction level) and the Verilated engine
//! (`toe-engine`, cycle level). One machine implements [`HostBus`]: `toe-world` (host memory with an IOMMU, PCIe,
//! wire, virtual time). Whoever drives the machine (in-process transport, vfio-user server) sees only the world.
//!
//! # Who calls whom
//!
//! The world calls [`Device::step`] and hands itself over as the bus; inside that call the *device* pulls: it asks for
//! reads, collects completions, writes, raises interrupts, sends and receives frames. Nothing calls back into the
//! device, so neither side needs shared ownership, and one call runs as many clocks as both sides like.
//!
//! # Time
//!
//! The device has clocks, the world has time. A device calls [`HostBus::tick`] once for each clock it runs; the world
//! turns that into time (its clock period, or the wall clock with a real peer) and answers with [`HostBus::now`].
//! A device never computes time from cycles: between two clocks `now` may jump ahead, because the world skips time in
//! which every party says it is idle ([`Device::idle`]). Time never goes backwards, except to zero at power-on.
//!
//! # Ordering
//!
//! * Writes ([`HostBus::dma_write`], [`HostBus::interrupt`]) take effect in call order. An interrupt raised after a
//!   write never overtakes it.
//! * Reads complete after a latency, and in any order between tags; one tag has one read in flight.
//!   Data is sampled when the read completes, never before it was asked for.
//! * BAR writes are posted and in order; a BAR read pushes all BAR writes before it.
//!
//! This crate has no logic of its own, and is tested through its users.

#![forbid(unsafe_code)]

use core::fmt;
use core::ops::{Add, AddAssign, Sub};
use thiserror::Error;

/// An instant (or a span since zero) in microseconds, in the world's time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Micros(pub u64);

impl Micros {
    /// Power-on.
    pub const ZERO: Self = Self(0);

    /// `ms` milliseconds.
    #[must_use]
    pub const fn from_millis(ms: u64) -> Self {
        Self(ms * 1_000)
    }

    /// `s` seconds.
    #[must_use]
    pub const fn from_secs(s: u64) -> Self {
        Self(s * 1_000_000)
    }

    /// The span since `earlier`, zero when `earlier` is later.
    #[must_use]
    pub const fn saturating_sub(self, earlier: Self) -> Self {
        Self(self.0.saturating_sub(earlier.0))
    }
}

impl Add for Micros {
    type Output = Self;
    fn add(self, rhs: Self) -> Self {
        Self(self.0.saturating_add(rhs.0))
    }
}

impl AddAssign for Micros {
    fn add_assign(&mut self, rhs: Self) {
        *self = *self + rhs;
    }
}

impl Sub for Micros {
    type Output = Self;
    fn sub(self, rhs: Self) -> Self {
        self.saturating_sub(rhs)
    }
}

impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:06} s", self.0 / 1_000_000, self.0 % 1_000_000)
    }
}

/// What a device is, as its PCI function needs to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Configuration name for reports: `model`, `small`, `large`, ….
    pub name: String,
    /// Bytes of BAR0; a power of two, at least 4096.
    pub bar0_size: u32,
    /// MSI-X vectors, 1..=2048.
    pub vectors: u16,
    /// PCI vendor id.
    pub vendor_id: u16,
    /// PCI device id.
    pub device_id: u16,
    /// PCI revision.
    pub revision: u8,
}

/// An Ethernet frame without preamble and FCS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Destination MAC first.
    pub bytes: Vec<u8>,
    /// The MAC saw a bad FCS (or an abort): the device must drop and count it.
    pub error: bool,
}

impl Frame {
    /// A frame whose FCS is right.
    #[must_use]
    pub const fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, error: false }
    }
}

impl From<Vec<u8>> for Frame {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

/// Whether a DMA access reads or writes host memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Host memory to device.
    Read,
    /// Device to host memory.
    Write,
}

/// Why the machine refused a DMA access.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultReason {
    /// The IOMMU has no mapping for part of the range.
    Unmapped,
    /// The mapping does not allow this access.
    NotPermitted,
    /// Bus-master enable is off in the PCI command register.
    BusMasterDisabled,
    /// The request itself is not legal: empty, longer than [`MAX_DMA`], address overflow, tag in use.
    Malformed,
}

/// A refused DMA access. No byte was transferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("DMA {access:?} of {len} bytes at {iova:#x} refused: {reason:?}")]
pub struct DmaFault {
    /// First byte of the request.
    pub iova: u64,
    /// Length of the request.
    pub len: u32,
    /// Direction.
    pub access: Access,
    /// Reason.
    pub reason: FaultReason,
}

/// Longest single DMA request, bytes (PCIe and AXI4 agree on 4096).
pub const MAX_DMA: u32 = 4096;

/// Number of read tags; a tag is `0..READ_TAGS`.
pub const READ_TAGS: u32 = 4096;

/// A finished read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadDone<'a> {
    /// The tag given to [`HostBus::dma_read`].
    pub tag: u32,
    /// Exactly the bytes asked for, or why there are none.
    pub data: Result<&'a [u8], DmaFault>,
}

/// Whether time may jump over a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// Something is in flight: run clocks.
    Busy,
    /// Nothing happens until input arrives or `deadline` comes (`None`: no timer is running).
    /// The deadline may be in the past: then the device wants clocks now.
    Quiet {
        /// Earliest own timer.
        deadline: Option<Micros>,
    },
}

/// A device under simulation: the functional model or the Verilated engine.
///
/// Never panics on what the host does; a defect of the device itself is reported by [`Device::failure`].
pub trait Device: Send {
    /// Constant for the life of the device.
    fn identity(&self) -> Identity;

    /// Function-level reset or power-on. Completions of earlier reads will not come (the world drops them);
    /// queued BAR writes are forgotten. Registers are at their reset values afterwards.
    fn reset(&mut self);

    /// Reads a 32-bit register after all earlier writes. `offset` is a multiple of 4 within BAR0.
    /// May run clocks (through `bus`). All ones where the device does not answer (a vanished device, a hang).
    fn bar_read(&mut self, offset: u32, bus: &mut dyn HostBus) -> u32;

    /// Writes a 32-bit register: posted, in order, takes effect within later [`Device::step`] or
    /// [`Device::bar_read`] calls. `offset` is a multiple of 4 within BAR0.
    fn bar_write(&mut self, offset: u32, value: u32);

    /// Runs at most `cycles` clocks and returns how many were run. Returns early when the device is idle
    /// (it may run none then), when [`HostBus::stop`] says so, or on a failure; calls [`HostBus::tick`] once a clock.
    /// `cycles` ≥ 1 and an expired deadline or pending input makes a device that is not failed run at least one.
    fn step(&mut self, cycles: u32, bus: &mut dyn HostBus) -> u32;

    /// Whether time may jump. Pending BAR writes count as busy; frames still on the wire are the world's business.
    fn idle(&self) -> Idle;

    /// The first defect the device found in itself (a failed RTL assertion, an AXI protocol error), with its message.
    /// Sticky until the device is built anew: a failed device runs no more clocks.
    fn failure(&self) -> Option<&str>;
}

impl<D: Device + ?Sized> Device for Box<D> {
    fn identity(&self) -> Identity {
        (**self).identity()
    }
    fn reset(&mut self) {
        (**self).reset();
    }
    fn bar_read(&mut self, offset: u32, bus: &mut dyn HostBus) -> u32 {
        (**self).bar_read(offset, bus)
    }
    fn bar_write(&mut self, offset: u32, value: u32) {
        (**self).bar_write(offset, value);
    }
    fn step(&mut self, cycles: u32, bus: &mut dyn HostBus) -> u32 {
        (**self).step(cycles, bus)
    }
    fn idle(&self) -> Idle {
        (**self).idle()
    }
    fn failure(&self) -> Option<&str> {
        (**self).failure()
    }
}

/// The machine as the device sees it. Implemented by `toe-world`; called by the device inside [`Device::step`] and
/// [`Device::bar_read`].
pub trait HostBus {
    /// The current time. Changes only in [`HostBus::tick`] and between calls into the device.
    fn now(&self) -> Micros;

    /// One device clock has passed.
    fn tick(&mut self);

    /// The world wants control back at the next convenient clock (cheap: ask once a clock).
    fn stop(&self) -> bool;

    /// Starts a read of `len` bytes (1..=[`MAX_DMA`]) at `iova`; completes through [`HostBus::dma_read_poll`].
    /// `tag` must not have a read in flight. Every request completes exactly once, with data or a fault, unless the
    /// device is reset first.
    fn dma_read(&mut self, tag: u32, iova: u64, len: u32);

    /// The next completion that is due, in any order between tags; `None` when none is due now.
    fn dma_read_poll(&mut self) -> Option<ReadDone<'_>>;

    /// Reads at once, without latency (1..=[`MAX_DMA`] bytes). For transaction-level devices only.
    fn dma_read_now(&mut self, iova: u64, data: &mut [u8]) -> Result<(), DmaFault>;

    /// Writes `data` (1..=[`MAX_DMA`] bytes) at `iova`, all or nothing. Takes effect in call order.
    fn dma_write(&mut self, iova: u64, data: &[u8]) -> Result<(), DmaFault>;

    /// Whether the path to host memory can take a write of `len` bytes now. A cycle-level device asks before it
    /// accepts the data and stalls when not; a transaction-level device need not ask.
    fn dma_write_ready(&mut self, len: u32) -> bool;

    /// Raises an MSI-X vector. Out-of-range vectors are counted by the world and ignored.
    fn interrupt(&mut self, vector: u16);

    /// Sends a frame. The MAC's rate is the world's business: [`HostBus::transmit_ready`] is false while it is busy.
    fn transmit(&mut self, frame: &[u8]);

    /// Whether the MAC takes a frame now.
    fn transmit_ready(&mut self) -> bool;

    /// The next frame that has arrived completely, if any.
    fn receive(&mut self) -> Option<Frame>;
}

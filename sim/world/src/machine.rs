// SPDX-License-Identifier: Apache-2.0
//! The machine: everything around the device. Implements [`HostBus`].

use crate::capture::{Capture, Side};
use crate::dice::Dice;
use crate::memory::HostMemory;
use crate::pci::PciFunction;
use crate::pcie::Pcie;
use crate::peer::{Peer, deadline_nanos};
use crate::time::Nanos;
use crate::wire::{Lane, WireProfile};
use std::time::Instant;
use toe_device::{Access, DmaFault, FaultReason, Frame, HostBus, MAX_DMA, Micros, ReadDone};

/// Interrupts of the function.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interrupts {
    /// Raised so far, per vector.
    pub raised: Vec<u64>,
    /// Not delivered because bus mastering was off.
    pub blocked: u64,
    /// Raised for vectors that do not exist.
    pub out_of_range: u64,
}

/// DMA of the device so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DmaCounts {
    /// Read requests.
    pub reads: u64,
    /// Bytes read.
    pub read_bytes: u64,
    /// Write requests.
    pub writes: u64,
    /// Bytes written.
    pub write_bytes: u64,
}

/// How time passes.
#[derive(Clone, Copy, Debug)]
enum Clock {
    /// A clock of the device is this many picoseconds.
    Virtual,
    /// The wall clock since this instant.
    Real(Instant),
}

/// In real time, the wall clock is read once in this many device clocks.
const REAL_TIME_STRIDE: u32 = 32;

/// Memory, PCIe, wire, peers, time.
#[derive(Debug)]
pub struct Machine {
    /// Host memory behind the IOMMU.
    pub memory: HostMemory,
    pub(crate) pci: PciFunction,
    pub(crate) pcie: Pcie,
    pub(crate) to_peer: Lane,
    pub(crate) to_device: Lane,
    pub(crate) capture: Option<Capture>,
    pub(crate) peers: Peers,
    pub(crate) interrupts: Interrupts,
    pub(crate) dma: DmaCounts,
    clock: Clock,
    period_ps: u64,
    /// Below one nanosecond.
    ps: u64,
    now: Nanos,
    pub(crate) cycles: u64,
    stride: u32,
    /// When peers or the wire to them want attention next.
    next_event: Nanos,
    /// The current slice ends here.
    pub(crate) slice_end: Nanos,
    stop: bool,
    pub(crate) stop_on_interrupt: bool,
    buffer: Vec<u8>,
    /// Requests that were refused at once: they complete in order, before others.
    refused: Vec<(u32, DmaFault)>,
}

/// The peers, in a type of its own for `Debug`.
#[derive(Default)]
pub(crate) struct Peers(pub(crate) Vec<Box<dyn Peer>>);

impl std::fmt::Debug for Peers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|p| p.name())).finish()
    }
}

const NEVER: Nanos = Nanos(u64::MAX);

/// Streams of the world's seed.
mod purpose {
    pub(super) const PCIE: u64 = 1;
    pub(super) const TO_PEER: u64 = 2;
    pub(super) const TO_DEVICE: u64 = 3;
}

impl Machine {
    pub(crate) fn new(
        seed: u64,
        period_ps: u64,
        wire: WireProfile,
        pcie: crate::pcie::PcieProfile,
        pci: PciFunction,
        vectors: u16,
        peers: Vec<Box<dyn Peer>>,
        real_time: bool,
    ) -> Self {
        let real = real_time || peers.iter().any(|p| p.real_time());
        Self {
            memory: HostMemory::new(),
            pci,
            pcie: Pcie::new(pcie, Dice::new(seed, purpose::PCIE)),
            to_peer: Lane::new(wire.to_peer, Dice::new(seed, purpose::TO_PEER)),
            to_device: Lane::new(wire.to_device, Dice::new(seed, purpose::TO_DEVICE)),
            capture: None,
            peers: Peers(peers),
            interrupts: Interrupts {
                raised: vec![0; usize::from(vectors)],
                ..Interrupts::default()
            },
            dma: DmaCounts::default(),
            clock: if real { Clock::Real(Instant::now()) } else { Clock::Virtual },
            period_ps: period_ps.max(1),
            ps: 0,
            now: Nanos(0),
            cycles: 0,
            stride: 0,
            next_event: Nanos(0),
            slice_end: NEVER,
            stop: false,
            stop_on_interrupt: true,
            buffer: Vec::new(),
            refused: Vec::new(),
        }
    }

    pub(crate) fn nanos(&self) -> Nanos {
        self.now
    }

    pub(crate) fn real_time(&self) -> bool {
        matches!(self.clock, Clock::Real(_))
    }

    /// In real time: takes the wall clock's time.
    pub(crate) fn follow_wall_clock(&mut self) {
        if let Clock::Real(start) = self.clock {
            let ns = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
            self.now = self.now.max(Nanos(ns));
        }
    }

    /// Virtual time only: moves time forward.
    pub(crate) fn jump(&mut self, to: Nanos) {
        if to > self.now {
            self.now = to;
            self.ps = 0;
        }
    }

    pub(crate) fn begin_slice(&mut self, end: Nanos) {
        self.slice_end = end;
        self.stop = false;
    }

    /// Peers must be polled at once (a test touched them).
    pub(crate) fn wake_peers(&mut self) {
        self.next_event = self.now;
    }

    /// Whether the device has input waiting: a frame that has arrived.
    pub(crate) fn device_input(&self) -> bool {
        self.to_device.next_due().is_some_and(|due| due <= self.now)
    }

    /// The earliest thing that will happen by itself.
    pub(crate) fn next_event(&self) -> Option<Nanos> {
        let peers = self.peers.0.iter().filter_map(|p| deadline_nanos(p.next_deadline()));
        peers
            .chain(self.to_peer.next_due())
            .chain(self.to_device.next_due())
            .chain(self.pcie.next_due())
            .min()
            .map(|t| t.max(self.now))
    }

    /// Delivers frames to peers, lets them work, and takes what they send.
    pub(crate) fn pump(&mut self) {
        let micros = self.now.micros();
        while let Some(frame) = self.to_peer.receive(self.now) {
            if let Some(capture) = &mut self.capture {
                capture.frame(self.now, Side::Peer, true, &frame.bytes, frame.error);
            }
            // A peer's MAC drops frames with a bad FCS.
            if !frame.error {
                for peer in &mut self.peers.0 {
                    peer.receive(micros, &frame.bytes);
                }
            }
        }
        let mut next = NEVER;
        for peer in &mut self.peers.0 {
            peer.poll(micros);
            while let Some(frame) = peer.transmit() {
                if let Some(capture) = &mut self.capture {
                    capture.frame(self.now, Side::Peer, false, &frame, false);
                }
                self.to_device.send(self.now, &frame);
            }
            if let Some(deadline) = deadline_nanos(peer.next_deadline()) {
                next = next.min(deadline);
            }
        }
        if let Some(due) = self.to_peer.next_due() {
            next = next.min(due);
        }
        // A peer that always wants to be polled at once must not stop time.
        self.next_event = next.max(self.now.after(1));
        if let Clock::Real(_) = self.clock {
            // A real peer speaks without a deadline.
            self.next_event = self.next_event.min(self.now.after(20_000));
        }
    }

    fn pump_if_due(&mut self) {
        if self.now >= self.next_event {
            self.pump();
        }
    }

    pub(crate) fn flr(&mut self) {
        self.pci.reset();
        self.pcie.reset();
        self.refused.clear();
    }

    fn check_master(&mut self, iova: u64, len: u32, access: Access) -> Result<(), DmaFault> {
        if self.pci.bus_master() {
            Ok(())
        } else {
            let reason = FaultReason::BusMasterDisabled;
            Err(self.memory.fault(DmaFault { iova, len, access, reason }))
        }
    }
}

impl HostBus for Machine {
    #[inline]
    fn now(&self) -> Micros {
        self.now.micros()
    }

    #[inline]
    fn tick(&mut self) {
        self.cycles += 1;
        match self.clock {
            Clock::Virtual => {
                self.ps += self.period_ps;
                self.now.0 += self.ps / 1_000;
                self.ps %= 1_000;
            }
            Clock::Real(_) => {
                self.stride += 1;
                if self.stride >= REAL_TIME_STRIDE {
                    self.stride = 0;
                    self.follow_wall_clock();
                }
            }
        }
        self.pump_if_due();
    }

    #[inline]
    fn stop(&self) -> bool {
        self.stop || self.now >= self.slice_end
    }

    fn dma_read(&mut self, tag: u32, iova: u64, len: u32) {
        self.dma.reads += 1;
        let fault = if let Err(fault) = self.check_master(iova, len, Access::Read) {
            fault
        } else if len == 0 || len > MAX_DMA || !self.pcie.request(self.now, tag, iova, len) {
            let reason = FaultReason::Malformed;
            self.memory.fault(DmaFault { iova, len, access: Access::Read, reason })
        } else {
            return;
        };
        self.refused.push((tag, fault));
    }

    #[inline]
    fn dma_read_poll(&mut self) -> Option<ReadDone<'_>> {
        if !self.refused.is_empty() {
            let (tag, fault) = self.refused.remove(0);
            return Some(ReadDone { tag, data: Err(fault) });
        }
        let (tag, iova, len) = self.pcie.complete(self.now)?;
        self.buffer.resize(len as usize, 0);
        let data = self.memory.device_read(iova, &mut self.buffer);
        if data.is_ok() {
            self.dma.read_bytes += u64::from(len);
        }
        Some(ReadDone { tag, data: data.map(|()| self.buffer.as_slice()) })
    }

    fn dma_read_now(&mut self, iova: u64, data: &mut [u8]) -> Result<(), DmaFault> {
        self.dma.reads += 1;
        let len = u32::try_from(data.len()).unwrap_or(u32::MAX);
        self.check_master(iova, len, Access::Read)?;
        self.memory.device_read(iova, data)?;
        self.dma.read_bytes += u64::from(len);
        Ok(())
    }

    fn dma_write(&mut self, iova: u64, data: &[u8]) -> Result<(), DmaFault> {
        self.dma.writes += 1;
        let len = u32::try_from(data.len()).unwrap_or(u32::MAX);
        self.check_master(iova, len, Access::Write)?;
        self.pcie.wrote(self.now, data.len());
        self.memory.device_write(iova, data)?;
        self.dma.write_bytes += u64::from(len);
        Ok(())
    }

    #[inline]
    fn dma_write_ready(&mut self, _len: u32) -> bool {
        self.pcie.write_ready(self.now)
    }

    fn interrupt(&mut self, vector: u16) {
        if !self.pci.bus_master() {
            self.interrupts.blocked += 1;
        } else if let Some(count) = self.interrupts.raised.get_mut(usize::from(vector)) {
            *count += 1;
            self.stop |= self.stop_on_interrupt;
        } else {
            self.interrupts.out_of_range += 1;
        }
    }

    fn transmit(&mut self, frame: &[u8]) {
        if let Some(capture) = &mut self.capture {
            capture.frame(self.now, Side::Device, true, frame, false);
        }
        self.to_peer.send(self.now, frame);
        if let Some(due) = self.to_peer.next_due() {
            self.next_event = self.next_event.min(due);
        }
    }

    #[inline]
    fn transmit_ready(&mut self) -> bool {
        self.to_peer.ready(self.now)
    }

    #[inline]
    fn receive(&mut self) -> Option<Frame> {
        let frame = self.to_device.receive(self.now)?;
        if let Some(capture) = &mut self.capture {
            capture.frame(self.now, Side::Device, false, &frame.bytes, frame.error);
        }
        Some(frame)
    }
}

// SPDX-License-Identifier: Apache-2.0
//! Rings in host memory as the device sees them: DMA in pieces, event records with their phase bit, receive slots,
//! interrupts with moderation and re-arming.

use crate::Model;
use toe_abi::regs;
use toe_abi::{EventFault, EventNicRx, EventType, Fault};
use toe_device::{DmaFault, HostBus, MAX_DMA, Micros};

/// Places of an event ring that only session records may take, as in the engine.
const EVQ_RESERVE: u32 = 16;

/// Where an interrupt stands. A record wants one; it is raised when the host has re-armed and moderation allows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Irq {
    wanted: bool,
    armed: bool,
    next: Micros,
}

impl Default for Irq {
    fn default() -> Self {
        Self { wanted: false, armed: true, next: Micros::ZERO }
    }
}

impl Irq {
    pub(crate) fn want(&mut self) {
        self.wanted = true;
    }

    /// The host has consumed up to its head; `more` records lie beyond.
    pub(crate) fn rearm(&mut self, more: bool) {
        self.armed = true;
        self.wanted = more;
    }

    /// When it is to be raised.
    pub(crate) fn due(&self) -> Option<Micros> {
        (self.wanted && self.armed).then_some(self.next)
    }

    fn raise(&mut self, now: Micros, moderation_us: u16) {
        self.wanted = false;
        self.armed = false;
        self.next = now + Micros(moderation_us.into());
    }
}

/// One queue pair's own counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct QueuePair {
    pub(crate) txq_head: u32,
    pub(crate) bmq_head: u32,
    pub(crate) rxr_tail: u32,
    pub(crate) evq_tail: u32,
    pub(crate) irq: Irq,
    /// Head of the transmit queue in the last report.
    pub(crate) told_txq: u32,
    /// Doorbells beyond the ring have been reported: of the transmit and the bump queue.
    pub(crate) bad_tail: [bool; 2],
    /// A descriptor or a bump asked for a report.
    pub(crate) report: bool,
    /// A fault that found no place yet: the newest wins.
    pub(crate) fault: Option<[u32; 8]>,
}

/// Cuts `len` bytes at `iova` into DMA requests: at most [`MAX_DMA`] bytes, none across a 4 KiB boundary.
pub(crate) fn pieces(iova: u64, len: usize) -> impl Iterator<Item = (u64, usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= len {
            return None;
        }
        let start = iova.wrapping_add(at as u64);
        let page = u64::from(MAX_DMA);
        let room = usize::try_from(page - start % page).unwrap_or(1);
        let from = at;
        at = (at + room).min(len);
        Some((start, from, at))
    })
}

fn counted(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

impl Model {
    pub(crate) fn dma_read(
        &mut self,
        bus: &mut dyn HostBus,
        iova: u64,
        to: &mut [u8],
    ) -> Result<(), DmaFault> {
        for (start, from, end) in pieces(iova, to.len()) {
            if let Err(fault) = bus.dma_read_now(start, &mut to[from..end]) {
                self.regs.count(regs::COUNTERS_DMA_READ_ERRORS);
                return Err(fault);
            }
        }
        self.regs.add(regs::COUNTERS_DMA_READ_BYTES, counted(to.len()));
        Ok(())
    }

    pub(crate) fn dma_write(
        &mut self,
        bus: &mut dyn HostBus,
        iova: u64,
        data: &[u8],
    ) -> Result<(), DmaFault> {
        for (start, from, end) in pieces(iova, data.len()) {
            if let Err(fault) = bus.dma_write(start, &data[from..end]) {
                self.regs.count(regs::COUNTERS_DMA_WRITE_ERRORS);
                return Err(fault);
            }
        }
        self.regs.add(regs::COUNTERS_DMA_WRITE_BYTES, counted(data.len()));
        Ok(())
    }

    pub(crate) fn qp_enabled(&self, qp: usize) -> bool {
        qp < self.qps.len() && self.regs.element(regs::QP_CONFIG, qp).enable()
    }

    /// Free places of an event ring; a head that makes no sense reads as a full ring.
    fn evq_room(&self, qp: usize) -> u32 {
        if !self.qp_enabled(qp) {
            return 0;
        }
        let entries = 1_u32 << self.regs.element(regs::QP_CONFIG, qp).evq_log2().min(31);
        let head = self.regs.element(regs::DB_EVQ_HEAD, qp);
        entries.saturating_sub(self.qps[qp].evq_tail.wrapping_sub(head))
    }

    /// Whether a record of a session finds a place.
    pub(crate) fn evq_space(&self, qp: usize) -> bool {
        self.evq_room(qp) > 0
    }

    /// Whether any other record finds one.
    pub(crate) fn evq_space_other(&self, qp: usize) -> bool {
        self.evq_room(qp) > EVQ_RESERVE
    }

    /// Writes a record. The caller has looked for space.
    pub(crate) fn write_event(&mut self, bus: &mut dyn HostBus, qp: usize, mut words: [u32; 8]) {
        let log2 = self.regs.element(regs::QP_CONFIG, qp).evq_log2().min(31);
        let base = self.regs.iova(regs::QP_EVQ_BASE_LO, regs::QP_EVQ_BASE_HI, qp);
        let tail = self.qps[qp].evq_tail;
        let phase = u32::from(tail >> log2 & 1 == 0);
        words[7] = (words[7] & 0x7fff_ffff) | phase << 31;
        let place = u64::from(tail & ((1 << log2) - 1));
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        // A ring that cannot be written loses the record, and that is all the host can see of it.
        if self.dma_write(bus, base.wrapping_add(place * 32), &bytes).is_err() {
            self.regs.count(regs::COUNTERS_EVQ_LOST);
            self.regs.put(regs::CTL_EVQ_FAILED, self.regs.value(regs::CTL_EVQ_FAILED) | 1 << qp);
        }
        self.qps[qp].evq_tail = tail.wrapping_add(1);
        self.regs.put_element(regs::QP_EVQ_TAIL, qp, tail.wrapping_add(1));
        self.regs.count(regs::COUNTERS_EVQ_RECORDS);
        self.qps[qp].irq.want();
    }

    /// Reports a fault on a queue pair, at once or when there is space.
    pub(crate) fn fault(&mut self, qp: usize, what: Fault, handle: u32, addr: u64, info: u32) {
        let event = EventFault { kind: EventType::Fault, what, handle, addr, info, phase: false };
        if let Some(qp) = self.qps.get_mut(qp)
            && qp.fault.replace(event.pack().0).is_some()
        {
            self.regs.count(regs::COUNTERS_EVQ_LOST);
        }
    }

    /// Delivers a frame to a receive ring; `event` lacks slot and length.
    pub(crate) fn deliver(
        &mut self,
        bus: &mut dyn HostBus,
        qp: usize,
        frame: &[u8],
        event: EventNicRx,
    ) {
        if !self.qp_enabled(qp) {
            self.regs.count(regs::COUNTERS_RX_DROP_DISABLED);
            return;
        }
        let config = self.regs.element(regs::QP_CONFIG, qp);
        let head = self.regs.element(regs::DB_RXR_HEAD, qp);
        let tail = self.qps[qp].rxr_tail;
        if tail.wrapping_sub(head) >= 1 << config.rxr_log2() {
            self.regs.count(regs::COUNTERS_RX_DROP_RING_FULL);
            return;
        }
        if !self.evq_space_other(qp) {
            self.regs.count(regs::COUNTERS_RX_DROP_EVENT_FULL);
            return;
        }
        if self.put_frame(bus, qp, frame, event) {
            self.regs.count(regs::COUNTERS_RX_TO_HOST);
        }
    }

    /// Writes a frame and its record. The caller has looked for space.
    pub(crate) fn put_frame(
        &mut self,
        bus: &mut dyn HostBus,
        qp: usize,
        frame: &[u8],
        mut event: EventNicRx,
    ) -> bool {
        let config = self.regs.element(regs::QP_CONFIG, qp);
        let tail = self.qps[qp].rxr_tail;
        let len = frame.len().min(1 << config.slot_log2());
        let slot = u64::from(tail & ((1 << config.rxr_log2()) - 1));
        let base = self.regs.iova(regs::QP_RXR_BASE_LO, regs::QP_RXR_BASE_HI, qp);
        let iova = base.wrapping_add(slot << config.slot_log2());
        let written = self.dma_write(bus, iova, &frame[..len]).is_ok();
        event.slot = tail;
        event.len = u16::try_from(len).unwrap_or(u16::MAX);
        event.truncated = len < frame.len();
        self.qps[qp].rxr_tail = tail.wrapping_add(1);
        self.regs.put_element(regs::QP_RXR_TAIL, qp, tail.wrapping_add(1));
        let (kind, what) = (EventType::Fault, Fault::DmaWrite);
        let fault = EventFault { kind, what, handle: 0, addr: iova, info: tail, phase: false };
        self.write_event(bus, qp, if written { event.pack().0 } else { fault.pack().0 });
        written
    }

    /// Records that waited for space: reports, faults, TIME_WAIT events.
    pub(crate) fn write_waiting(&mut self, bus: &mut dyn HostBus) {
        for index in 0..self.qps.len() {
            if self.qps[index].report && self.evq_space_other(index) {
                let qp = &mut self.qps[index];
                qp.report = false;
                let event = toe_abi::EventTxDone {
                    kind: EventType::NicTxDone,
                    txq_head: qp.told_txq,
                    bmq_head: qp.bmq_head,
                    phase: false,
                };
                self.write_event(bus, index, event.pack().0);
            }
            if let Some(words) = self.qps[index].fault
                && self.evq_space_other(index)
            {
                self.qps[index].fault = None;
                self.write_event(bus, index, words);
            }
        }
        while self.evq_space_other(0)
            && let Some(words) = self.notes.pop_front()
        {
            self.write_event(bus, 0, words);
        }
    }

    /// Raises what is due.
    pub(crate) fn raise_interrupts(&mut self, bus: &mut dyn HostBus) {
        for index in 0..self.qps.len() {
            if self.qps[index].irq.due().is_some_and(|at| at <= self.now) {
                let vector = self.regs.element(regs::QP_CONFIG, index).vector();
                let moderation = self.regs.element(regs::QP_IRQ, index).moderation_us();
                self.qps[index].irq.raise(self.now, moderation);
                self.regs.count(regs::COUNTERS_IRQS);
                bus.interrupt(vector.into());
            }
        }
        if self.admin.irq.due().is_some_and(|at| at <= self.now) {
            let vector = self.regs.value(regs::ADMIN_CONFIG).vector();
            self.admin.irq.raise(self.now, 0);
            self.regs.count(regs::COUNTERS_IRQS);
            bus.interrupt(vector.into());
        }
    }
}

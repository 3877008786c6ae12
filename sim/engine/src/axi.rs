// SPDX-License-Identifier: Apache-2.0
//! The AXI4 slave in front of host memory: many reads in flight by id, writes in order.

use crate::top::{AxiAddress, ReadBeat, WriteBeat};
use std::collections::VecDeque;
use toe_device::{HostBus, MAX_DMA};

const OKAY: u8 = 0;
const SLVERR: u8 = 2;
const INCR: u8 = 1;
/// Read bursts accepted before their data is out.
const READS: usize = 64;
/// Write bursts accepted before their data has come.
const WRITES: usize = 8;

/// A read burst. Its place in `Reads::slots` is its tag on the host bus.
#[derive(Debug, Default)]
struct Read {
    used: bool,
    id: u8,
    /// Order of requests: within an id, answers keep it.
    order: u64,
    /// First byte's place in its beat.
    skew: usize,
    beats: usize,
    resp: u8,
    data: Vec<u8>,
}

/// The read half.
#[derive(Debug)]
pub(crate) struct Reads {
    slots: Vec<Read>,
    order: u64,
    in_flight: usize,
    /// Slots whose data is there, in order of arrival.
    ready: VecDeque<usize>,
    /// The burst that is being answered: slot and next beat.
    current: Option<(usize, usize)>,
    beat: Vec<u8>,
}

/// Rules of AXI that hold for both address channels.
fn check(address: &AxiAddress, bytes: usize) -> Result<usize, String> {
    let beats = usize::from(address.len) + 1;
    let first = address.addr % bytes as u64;
    let end = (address.addr - first).checked_add((beats * bytes) as u64);
    if address.burst != INCR {
        return Err(format!("AXI burst type {} is not INCR: {address:x?}", address.burst));
    }
    if 1usize << address.size != bytes {
        return Err(format!("AXI beat size {} is not the bus width: {address:x?}", address.size));
    }
    match end {
        Some(end) if (end - 1) / 4096 == address.addr / 4096 => Ok(beats),
        _ => Err(format!("AXI burst crosses a 4 KiB boundary: {address:x?}")),
    }
}

impl Reads {
    pub(crate) fn new(bytes: usize) -> Self {
        Self {
            slots: (0..READS).map(|_| Read::default()).collect(),
            order: 0,
            in_flight: 0,
            ready: VecDeque::with_capacity(READS),
            current: None,
            beat: vec![0; bytes],
        }
    }

    pub(crate) fn reset(&mut self) {
        for slot in &mut self.slots {
            slot.used = false;
        }
        self.in_flight = 0;
        self.ready.clear();
        self.current = None;
    }

    #[inline(always)]
    pub(crate) fn can_accept(&self) -> bool {
        self.in_flight < READS
    }

    #[inline(always)]
    pub(crate) fn is_empty(&self) -> bool {
        self.in_flight == 0
    }

    pub(crate) fn accept(
        &mut self,
        address: AxiAddress,
        bus: &mut dyn HostBus,
    ) -> Result<(), String> {
        let bytes = self.beat.len();
        let beats = check(&address, bytes)?;
        let Some(tag) = self.slots.iter().position(|s| !s.used) else {
            return Err("AXI read accepted without room".into());
        };
        let skew = usize::try_from(address.addr % bytes as u64).unwrap_or(0);
        let len = u32::try_from(beats * bytes - skew).unwrap_or(MAX_DMA);
        let slot = &mut self.slots[tag];
        slot.used = true;
        slot.id = address.id;
        slot.order = self.order;
        slot.skew = skew;
        slot.beats = beats;
        self.order += 1;
        self.in_flight += 1;
        bus.dma_read(u32::try_from(tag).unwrap_or(0), address.addr, len);
        Ok(())
    }

    /// Takes completions from the host bus.
    #[inline]
    pub(crate) fn collect(&mut self, bus: &mut dyn HostBus) -> Result<(), String> {
        if self.in_flight == 0 {
            return Ok(());
        }
        while let Some(done) = bus.dma_read_poll() {
            let tag = done.tag as usize;
            let Some(slot) = self.slots.get_mut(tag).filter(|s| s.used) else {
                return Err(format!("a completion for tag {tag}, which is not in flight"));
            };
            slot.data.clear();
            slot.data.resize(slot.skew, 0);
            match done.data {
                Ok(data) => {
                    slot.resp = OKAY;
                    slot.data.extend_from_slice(data);
                }
                Err(_) => slot.resp = SLVERR,
            }
            slot.data.resize(slot.beats * self.beat.len(), 0);
            self.ready.push_back(tag);
        }
        Ok(())
    }

    /// Chooses the next burst to answer: the first that arrived among those that are the oldest of their id.
    #[inline]
    fn choose(&mut self) {
        if self.current.is_some() || self.ready.is_empty() {
            return;
        }
        let eligible = |tag: usize| {
            let slot = &self.slots[tag];
            self.slots.iter().all(|s| !s.used || s.id != slot.id || s.order >= slot.order)
        };
        if let Some(index) = (0..self.ready.len()).find(|i| eligible(self.ready[*i])) {
            self.current = self.ready.remove(index).map(|tag| (tag, 0));
        }
    }

    /// The beat to drive, if any, and its data.
    #[inline]
    pub(crate) fn beat(&mut self) -> (Option<ReadBeat>, &[u8]) {
        self.choose();
        let Some((tag, index)) = self.current else { return (None, &[]) };
        let slot = &self.slots[tag];
        let bytes = self.beat.len();
        self.beat.copy_from_slice(&slot.data[index * bytes..(index + 1) * bytes]);
        let last = index + 1 == slot.beats;
        (Some(ReadBeat { id: slot.id, resp: slot.resp, last }), &self.beat)
    }

    /// The beat was taken.
    #[inline]
    pub(crate) fn taken(&mut self) {
        if let Some((tag, index)) = &mut self.current {
            *index += 1;
            if *index == self.slots[*tag].beats {
                self.slots[*tag].used = false;
                self.in_flight -= 1;
                self.current = None;
            }
        }
    }
}

/// The write half.
#[derive(Debug)]
pub(crate) struct Writes {
    addresses: VecDeque<AxiAddress>,
    /// Beats of the burst at the front that have come.
    beats: usize,
    /// Contiguous bytes that were not written yet.
    run: Vec<u8>,
    run_at: u64,
    faulted: bool,
    answers: VecDeque<(u8, u8)>,
    beat: Vec<u8>,
}

impl Writes {
    pub(crate) fn new(bytes: usize) -> Self {
        Self {
            addresses: VecDeque::with_capacity(WRITES),
            beats: 0,
            run: Vec::with_capacity(4096),
            run_at: 0,
            faulted: false,
            answers: VecDeque::with_capacity(WRITES),
            beat: vec![0; bytes],
        }
    }

    pub(crate) fn reset(&mut self) {
        self.addresses.clear();
        self.beats = 0;
        self.run.clear();
        self.faulted = false;
        self.answers.clear();
    }

    #[inline(always)]
    pub(crate) fn can_accept(&self) -> bool {
        self.addresses.len() < WRITES
    }

    #[inline(always)]
    pub(crate) fn can_take_data(&self) -> bool {
        !self.addresses.is_empty() && self.answers.len() < WRITES
    }

    #[inline(always)]
    pub(crate) fn is_empty(&self) -> bool {
        self.addresses.is_empty() && self.answers.is_empty()
    }

    pub(crate) fn accept(&mut self, address: AxiAddress) -> Result<(), String> {
        check(&address, self.beat.len())?;
        self.addresses.push_back(address);
        Ok(())
    }

    /// Takes a beat; at the last one everything is in memory and the answer is queued.
    pub(crate) fn data(
        &mut self,
        beat: WriteBeat,
        fill: impl FnOnce(&mut [u8]),
        bus: &mut dyn HostBus,
    ) -> Result<(), String> {
        let Some(address) = self.addresses.front().copied() else {
            return Err("AXI write data accepted without an address".into());
        };
        let mut data = std::mem::take(&mut self.beat);
        fill(&mut data);
        let bytes = data.len();
        let skew = usize::try_from(address.addr % bytes as u64).unwrap_or(0);
        let base = address.addr - skew as u64 + (self.beats * bytes) as u64;
        let first = if self.beats == 0 { skew } else { 0 };
        if first > 0 && beat.strobe & ((1 << first) - 1) != 0 {
            return Err(format!("AXI strobes below the address: {address:x?} {:#x}", beat.strobe));
        }
        let mut at = first;
        while at < bytes {
            if beat.strobe >> at & 1 == 0 {
                at += 1;
                continue;
            }
            let ones = usize::try_from((!(beat.strobe >> at)).trailing_zeros()).unwrap_or(64);
            let end = (at + ones).min(bytes);
            if self.run_at + self.run.len() as u64 != base + at as u64 || self.run.is_empty() {
                self.flush(bus);
                self.run_at = base + at as u64;
            }
            self.run.extend_from_slice(&data[at..end]);
            at = end;
        }
        self.beat = data;
        self.beats += 1;
        let expected_last = self.beats == usize::from(address.len) + 1;
        if beat.last != expected_last {
            return Err(format!("AXI wlast is wrong at beat {} of {address:x?}", self.beats));
        }
        if expected_last {
            self.flush(bus);
            self.addresses.pop_front();
            self.beats = 0;
            let resp = if std::mem::take(&mut self.faulted) { SLVERR } else { OKAY };
            self.answers.push_back((address.id, resp));
        }
        Ok(())
    }

    fn flush(&mut self, bus: &mut dyn HostBus) {
        if !self.run.is_empty() {
            self.faulted |= bus.dma_write(self.run_at, &self.run).is_err();
            self.run.clear();
        }
    }

    #[inline(always)]
    pub(crate) fn answer(&self) -> Option<(u8, u8)> {
        self.answers.front().copied()
    }

    pub(crate) fn answered(&mut self) {
        self.answers.pop_front();
    }
}

#[cfg(test)]
#[path = "axi_tests.rs"]
mod tests;

// SPDX-License-Identifier: Apache-2.0
//! Commands to the firmware. Each holds one place of the table below until its completion comes: the place gives the
//! command its cookie and its 512 bytes for a session image. A command that timed out keeps its place, because the
//! device may still write to those bytes; the place is free again when a late completion comes, or after a reset.

use crate::dma::{DmaSlice, OutOfBounds, observed};
use crate::qp::{clear, phase_of};
use crate::types::{Iova, Micros, SessionHandle};
use bitvec::vec::BitVec;
use toe_abi::{AdminCmd, AdminCmdRaw, AdminCplRaw, AdminOpcode, SessionImageRaw, SessionKey};

/// What a command in flight is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Install(SessionHandle),
    Evict(SessionHandle),
    Snapshot(SessionHandle),
    Set(SessionHandle, SessionKey),
    Nexthop(u16),
    Other(AdminOpcode),
}

impl Op {
    pub(crate) const fn opcode(self) -> AdminOpcode {
        match self {
            Self::Install(_) => AdminOpcode::Install,
            Self::Evict(_) => AdminOpcode::Evict,
            Self::Snapshot(_) => AdminOpcode::Snapshot,
            Self::Set(..) => AdminOpcode::SessionSet,
            Self::Nexthop(_) => AdminOpcode::NexthopSet,
            Self::Other(opcode) => opcode,
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Pending {
    cookie: u32,
    op: Op,
    /// Set when the firmware is told of it.
    deadline: Option<Micros>,
    timed_out: bool,
}

/// A completion that belongs to a command.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Done {
    pub(crate) op: Op,
    pub(crate) token: u32,
    pub(crate) raw: AdminCplRaw,
    pub(crate) late: bool,
    /// Where its image lies; valid until the next command is queued.
    place: usize,
}

pub(crate) struct AdminQueue {
    asq: DmaSlice,
    acq: DmaSlice,
    images: DmaSlice,
    pub(crate) log2: u8,
    tail: u32,
    rung: u32,
    head: u32,
    head_rung: u32,
    pending: Vec<Option<Pending>>,
    free: BitVec,
    /// Places that are not free.
    busy: usize,
    serial: u32,
}

impl AdminQueue {
    pub(crate) const IMAGE: usize = SessionImageRaw::BYTES;

    /// Rings of 2^`log2` entries and as many images.
    pub(crate) fn new(asq: DmaSlice, acq: DmaSlice, images: DmaSlice, log2: u8) -> Self {
        // One less in flight than the rings hold: an entry is overwritten only when a later command was completed,
        // and the firmware takes commands in order.
        let places = (1_usize << log2) - 1;
        Self {
            asq,
            acq,
            images,
            log2,
            tail: 0,
            rung: 0,
            head: 0,
            head_rung: 0,
            pending: vec![None; places],
            free: BitVec::repeat(true, places),
            busy: 0,
            serial: 0,
        }
    }

    pub(crate) fn iovas(&self) -> (Iova, Iova) {
        (self.asq.iova(), self.acq.iova())
    }

    /// Forgets everything; returns what was in flight.
    pub(crate) fn reset(&mut self) -> Vec<(u32, Op)> {
        let lost = self.pending.iter().flatten().filter(|p| !p.timed_out);
        let lost = lost.map(|p| (p.cookie, p.op)).collect();
        let serial = self.serial;
        clear(&self.acq);
        *self = Self::new(self.asq.clone(), self.acq.clone(), self.images.clone(), self.log2);
        self.serial = serial;
        lost
    }

    /// Commands in flight that are not given up.
    pub(crate) fn in_flight(&self) -> usize {
        self.pending.iter().flatten().filter(|pending| !pending.timed_out).count()
    }

    /// Queues a command. `command` gets its cookie, and the address of its image where it has one; `None` when too
    /// many are in flight.
    pub(crate) fn submit(
        &mut self,
        op: Op,
        mut command: AdminCmd,
        image: Option<&SessionImageRaw>,
    ) -> Option<u32> {
        let place = self.free.first_one()?;
        self.serial = self.serial.wrapping_add(1);
        let cookie = (self.serial << self.log2) | u32::try_from(place).ok()?;
        command.opcode = op.opcode();
        command.cookie = cookie;
        if image.is_some() || matches!(op, Op::Install(_) | Op::Evict(_) | Op::Snapshot(_)) {
            command.iova = self.images.iova().0.wrapping_add((place * Self::IMAGE) as u64);
            let words = image.map_or([0; SessionImageRaw::WORDS], |image| image.0);
            self.images.write_words(place * Self::IMAGE, &words).ok()?;
        }
        let offset = (self.tail & ((1 << self.log2) - 1)) as usize * AdminCmdRaw::BYTES;
        self.asq.write_words(offset, &command.pack().0).ok()?;
        self.tail = self.tail.wrapping_add(1);
        self.free.set(place, false);
        self.busy += 1;
        self.pending[place] = Some(Pending { cookie, op, deadline: None, timed_out: false });
        Some(cookie)
    }

    /// Completions that have been written by now.
    pub(crate) fn available(&self) -> u32 {
        let entries = 1 << self.log2;
        (0..entries)
            .take_while(|ahead| {
                let count = self.head.wrapping_add(*ahead);
                let offset = self.cpl_offset(count) + AdminCplRaw::BYTES - 4;
                let tail = self.acq.read_word(offset).unwrap_or(0);
                (tail >> 31 == 1) == phase_of(count, self.log2)
            })
            .count()
            .try_into()
            .unwrap_or(entries)
    }

    fn cpl_offset(&self, count: u32) -> usize {
        (count & ((1 << self.log2) - 1)) as usize * AdminCplRaw::BYTES
    }

    /// Takes the next completion, which [`AdminQueue::available`] has seen: the command it belongs to, or its cookie
    /// when it belongs to none.
    pub(crate) fn take(&mut self) -> Result<Done, u32> {
        observed();
        let words = self.acq.read_words(self.cpl_offset(self.head));
        self.head = self.head.wrapping_add(1);
        let raw = AdminCplRaw(words.map_err(|_: OutOfBounds| 0_u32)?);
        let cookie = raw.cookie();
        let place = (cookie & ((1 << self.log2) - 1)) as usize;
        let Some(pending) =
            self.pending.get(place).copied().flatten().filter(|pending| pending.cookie == cookie)
        else {
            return Err(cookie);
        };
        // A command whose doorbell was not rung yet cannot be complete.
        if pending.deadline.is_none() && !pending.timed_out {
            return Err(cookie);
        }
        self.pending[place] = None;
        self.free.set(place, true);
        self.busy -= 1;
        Ok(Done { op: pending.op, token: cookie, raw, late: pending.timed_out, place })
    }

    /// The image that a completed command left.
    pub(crate) fn image(&self, done: &Done) -> Result<SessionImageRaw, OutOfBounds> {
        Ok(SessionImageRaw(self.images.read_words(done.place * Self::IMAGE)?))
    }

    /// Commands whose time is over.
    pub(crate) fn expire(&mut self, now: Micros) -> Vec<(u32, Op)> {
        let mut expired = Vec::new();
        if self.busy == 0 {
            return expired;
        }
        for pending in self.pending.iter_mut().flatten() {
            if !pending.timed_out && pending.deadline.is_some_and(|deadline| deadline <= now) {
                pending.timed_out = true;
                expired.push((pending.cookie, pending.op));
            }
        }
        expired
    }

    /// The earliest time-out.
    pub(crate) fn deadline(&self) -> Option<Micros> {
        if self.busy == 0 {
            return None;
        }
        self.pending.iter().flatten().filter(|p| !p.timed_out).filter_map(|p| p.deadline).min()
    }

    /// Tail of the command ring, if the firmware does not know it yet; starts the clock of what is new.
    pub(crate) fn take_doorbell(&mut self, deadline: Micros) -> Option<u32> {
        if self.tail == self.rung {
            return None;
        }
        self.rung = self.tail;
        for pending in self.pending.iter_mut().flatten() {
            pending.deadline.get_or_insert(deadline);
        }
        Some(self.tail)
    }

    pub(crate) fn take_head_doorbell(&mut self) -> Option<u32> {
        (self.head != self.head_rung).then(|| {
            self.head_rung = self.head;
            self.head
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dma::{DmaMemory, DmaRegion};
    use toe_abi::AdminCpl;

    fn queue() -> (AdminQueue, DmaSlice) {
        let memory = |at| {
            let memory = DmaMemory::anonymous(4096).unwrap();
            DmaSlice::whole(DmaRegion { memory, iova: Iova(at) })
        };
        let acq = memory(0x2000);
        (AdminQueue::new(memory(0x1000), acq.clone(), memory(0x3000), 2), acq)
    }

    fn answer(acq: &DmaSlice, count: u32, cookie: u32) {
        let phase = phase_of(count, 2);
        let words = AdminCpl { cookie, phase, ..AdminCpl::default() }.pack().0;
        acq.write_words((count & 3) as usize * AdminCplRaw::BYTES, &words).unwrap();
    }

    const NOP: Op = Op::Other(AdminOpcode::Nop);

    #[test]
    fn one_less_than_the_ring_is_in_flight_and_each_answer_finds_its_command() {
        let (mut queue, acq) = queue();
        let mut count = 0;
        for round in 0..20 {
            let tokens: Vec<u32> =
                (0..3).map(|_| queue.submit(NOP, AdminCmd::default(), None).unwrap()).collect();
            assert!(queue.submit(NOP, AdminCmd::default(), None).is_none());
            assert!(queue.take_doorbell(Micros(round)).is_some());
            for token in tokens.iter().rev() {
                assert_eq!(queue.available(), 0);
                answer(&acq, count, *token);
                count += 1;
                assert_eq!(queue.available(), 1);
                assert_eq!(queue.take().unwrap().token, *token);
            }
            assert_eq!((queue.in_flight(), queue.take_head_doorbell()), (0, Some(count)));
        }
    }

    #[test]
    fn answers_to_nothing_are_not_believed() {
        let (mut queue, acq) = queue();
        let first = queue.submit(NOP, AdminCmd::default(), None).unwrap();
        answer(&acq, 0, first);
        assert_eq!(queue.take().err(), Some(first), "the firmware does not know of it yet");
        queue.take_doorbell(Micros(5));
        answer(&acq, 1, first + 4);
        assert_eq!(queue.take().err(), Some(first + 4), "same place, another command");
        answer(&acq, 2, first);
        assert!(queue.take().is_ok());
        answer(&acq, 3, first);
        assert_eq!(queue.take().err(), Some(first), "a second time");
    }

    #[test]
    fn a_command_that_timed_out_keeps_its_memory_until_it_is_answered() {
        let (mut queue, acq) = queue();
        let token = queue.submit(NOP, AdminCmd::default(), None).unwrap();
        queue.take_doorbell(Micros(100));
        assert_eq!(queue.deadline(), Some(Micros(100)));
        assert!(queue.expire(Micros(99)).is_empty());
        assert_eq!(queue.expire(Micros(100)), [(token, NOP)]);
        assert!(queue.expire(Micros(200)).is_empty(), "once");
        assert_eq!((queue.in_flight(), queue.deadline()), (0, None));
        let next = queue.submit(NOP, AdminCmd::default(), None).unwrap();
        assert_ne!(next & 3, token & 3, "its place is not used");
        answer(&acq, 0, token);
        assert!(queue.take().unwrap().late);
        assert_eq!(queue.reset(), [(next, NOP)]);
    }
}

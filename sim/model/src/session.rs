// SPDX-License-Identifier: Apache-2.0
//! Sessions: the TCP core over rings in host memory. Received payload is placed, segments are sent, the host is told;
//! in that order, so that a record never announces bytes that are not there.

use crate::Model;
use crate::frame::{self, Header, Tuple};
use crate::pace::Pace;
use std::collections::{BTreeSet, HashMap, VecDeque};
use toe_abi::regs;
use toe_abi::{
    BumpRaw, EventSession, EventSessionEnd, EventType, Fault, RxReason, SessionReason, TcpState,
    TraceKind,
};
use toe_device::{HostBus, Micros};
use toe_image::{Placement, Ring};
use toe_tcp::{
    CloseReason, Config, Counters, Emit, Place, Segment, SeqNum, State, Tcb, TcbEvent,
    TimeWaitRecord, Verdict,
};

/// A session in its slot.
pub(crate) struct Session {
    pub(crate) place: Placement,
    pub(crate) tuple: Tuple,
    pub(crate) tcb: Tcb,
    /// Waits for a valid next hop.
    pub(crate) parked: bool,
    /// Waits because host memory failed; only a kick ends it.
    pub(crate) faulted: bool,
    pub(crate) pace: Pace,
    ip_id: u16,
    counted: Counters,
    deadline: Option<Micros>,
    ready: bool,
    dirty: bool,
    /// What the host knows.
    told: Told,
}

/// What a session event tells that the host acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Told {
    snd_una: SeqNum,
    rcv_nxt: SeqNum,
    state: State,
    waiting: bool,
}

impl Session {
    fn tells(&self, now: Micros) -> Told {
        let info = self.tcb.info(crate::tcp_time(now));
        Told {
            snd_una: info.snd_una,
            rcv_nxt: info.rcv_nxt,
            state: info.state,
            waiting: self.parked || self.faulted,
        }
    }

    pub(crate) fn new(place: Placement, tuple: Tuple, tcb: Tcb, now: Micros) -> Self {
        let counted = *tcb.counters();
        let info = tcb.info(crate::tcp_time(now));
        let (snd_una, rcv_nxt, state) = (info.snd_una, info.rcv_nxt, info.state);
        Self {
            told: Told { snd_una, rcv_nxt, state, waiting: false },
            place,
            tuple,
            tcb,
            parked: false,
            faulted: false,
            pace: Pace::new(now),
            ip_id: 0,
            counted,
            deadline: None,
            ready: false,
            dirty: false,
        }
    }
}

/// All slots, and who wants something.
#[derive(Default)]
pub(crate) struct Sessions {
    slots: Vec<Option<Box<Session>>>,
    by_tuple: HashMap<Tuple, u16>,
    timers: BTreeSet<(Micros, u16)>,
    /// Slots that may have a segment to send, in turn.
    ready: VecDeque<u16>,
    /// Slots of which the host is to be told.
    dirty: VecDeque<u16>,
    /// Last records of sessions that are gone, by queue pair.
    last: VecDeque<(usize, [u32; 8])>,
}

impl Sessions {
    pub(crate) fn new(count: u32) -> Self {
        let slots = (0..count).map(|_| None).collect();
        Self { slots, ..Self::default() }
    }

    pub(crate) fn find(&self, tuple: &Tuple) -> Option<u16> {
        self.by_tuple.get(tuple).copied()
    }

    pub(crate) fn lookups(&self) -> usize {
        self.by_tuple.len()
    }

    pub(crate) fn slot(&self, slot: u16) -> Option<&Session> {
        self.slots.get(usize::from(slot))?.as_deref()
    }

    pub(crate) fn slot_mut(&mut self, slot: u16) -> Option<&mut Session> {
        self.slots.get_mut(usize::from(slot))?.as_deref_mut()
    }

    /// The slot of a handle whose generation is the present one.
    pub(crate) fn by_handle(&self, handle: u32) -> Option<u16> {
        let slot = crate::low16(handle);
        (self.slot(slot)?.place.handle == handle).then_some(slot)
    }

    pub(crate) fn insert(&mut self, slot: u16, session: Session) {
        if let Some(place) = self.slots.get_mut(usize::from(slot)) {
            self.by_tuple.insert(session.tuple, slot);
            *place = Some(Box::new(session));
        }
    }

    pub(crate) fn remove(&mut self, slot: u16) -> Option<Box<Session>> {
        let session = self.slots.get_mut(usize::from(slot))?.take()?;
        self.by_tuple.remove(&session.tuple);
        if let Some(deadline) = session.deadline {
            self.timers.remove(&(deadline, slot));
        }
        Some(session)
    }

    /// Something may have changed about the slot's timers.
    fn arm(&mut self, slot: u16, deadline: Option<Micros>) {
        let Some(session) = self.slot_mut(slot) else {
            return;
        };
        let old = std::mem::replace(&mut session.deadline, deadline);
        if old != deadline {
            if let Some(old) = old {
                self.timers.remove(&(old, slot));
            }
            if let Some(deadline) = deadline {
                self.timers.insert((deadline, slot));
            }
        }
    }

    fn make_ready(&mut self, slot: u16) {
        if let Some(session) = self.slot_mut(slot)
            && !session.ready
        {
            session.ready = true;
            self.ready.push_back(slot);
        }
    }

    pub(crate) fn make_dirty(&mut self, slot: u16) {
        if let Some(session) = self.slot_mut(slot)
            && !session.dirty
        {
            session.dirty = true;
            self.dirty.push_back(slot);
        }
    }

    pub(crate) fn deadline(&self) -> Option<Micros> {
        self.timers.first().map(|(deadline, _)| *deadline)
    }

    pub(crate) fn has_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    /// Whether records wait, whatever the room.
    pub(crate) fn has_news(&self) -> bool {
        !self.dirty.is_empty() || !self.last.is_empty()
    }

    /// Queue pairs for which records wait.
    pub(crate) fn news_queues(&self) -> impl Iterator<Item = usize> + '_ {
        let dirty = self.dirty.iter().filter_map(|slot| self.slot(*slot));
        dirty.map(|s| usize::from(s.place.qp)).chain(self.last.iter().map(|(qp, _)| *qp))
    }
}

impl Model {
    /// What the registers decide about every session.
    pub(crate) fn tcp_policy(&self) -> Config {
        let seconds = |s: u32| toe_tcp::Micros::from_secs(s.into());
        let low8 = |value: u32| u8::try_from(value).unwrap_or(u8::MAX);
        Config {
            min_rto: toe_tcp::Micros(self.regs.value(regs::TCP_MIN_RTO_US).into()),
            max_rto: toe_tcp::Micros(self.regs.value(regs::TCP_MAX_RTO_US).into()),
            retries: low8(self.regs.value(regs::TCP_MAX_BACKOFF)),
            delayed_ack: toe_tcp::Micros(self.regs.value(regs::TCP_DELACK_US).into()),
            keepalive: Some(seconds(self.regs.value(regs::TCP_KEEP_IDLE_S))),
            keepalive_interval: seconds(self.regs.value(regs::TCP_KEEP_INTERVAL_S)),
            keepalive_probes: low8(self.regs.value(regs::TCP_KEEP_COUNT)),
            fin_wait_2: match self.regs.value(regs::TCP_FIN_WAIT_2_S) {
                0 => seconds(u32::MAX), // no limit
                limit => seconds(limit),
            },
            challenge_per_second: low8(self.regs.value(regs::TCP_CHALLENGE_PER_S)),
            ooo_intervals: 4,
            // The image holds four: with more, a session would lose some when it moves.
            sack_intervals: 4,
            // As the engine: rules 1 and 2 only, no memory of what was before a timeout, data segments with fixed headers.
            resend_likely: false,
            undo_timeouts: false,
            sack_on_data: false,
            tso_segments: 1,
            ..Config::default()
        }
    }

    /// A segment for a session.
    pub(crate) fn session_segment(
        &mut self,
        bus: &mut dyn HostBus,
        slot: u16,
        segment: &Segment,
        payload: &[u8],
    ) {
        let time = crate::tcp_time(self.now);
        self.regs.count(regs::COUNTERS_EVENTS_IN);
        if segment.ce {
            self.regs.count(regs::COUNTERS_TCP_ECN_CE_IN);
        }
        let Some(session) = self.sessions.slot_mut(slot) else {
            return;
        };
        let accepted = session.tcb.on_segment(time, segment);
        let (rx, handle, qp) = (session.place.rx, session.place.handle, session.place.qp);
        self.trace(slot, TraceKind::Rx, Some((segment, false)));
        match accepted.verdict {
            Verdict::Unacceptable => self.regs.count(regs::COUNTERS_TCP_OUT_OF_WINDOW),
            Verdict::Reset => self.regs.count(regs::COUNTERS_TCP_RST_IN),
            Verdict::NoAck => self.regs.count(regs::COUNTERS_TCP_NO_ACK),
            _ => {}
        }
        if let Some(Place { ring_seq, skip, len }) = accepted.place {
            self.regs.add(regs::COUNTERS_TCP_BYTES_IN, len);
            let (from, to) = (skip as usize, skip as usize + len as usize);
            let bytes = payload.get(from..to).unwrap_or(&[]);
            if let Err(iova) = self.ring_write(bus, rx, ring_seq, bytes) {
                // Bytes that the core takes for received are lost: the session cannot go on.
                self.fault(qp.into(), Fault::DmaWrite, handle, iova, 0);
                if let Some(session) = self.sessions.slot_mut(slot) {
                    session.tcb.abort();
                }
                self.drain(bus, slot);
                self.end(slot, SessionReason::DmaFault);
                return;
            }
        }
        // As the engine does: each segment is answered before the next is looked at.
        if self.sessions.slot(slot).is_some_and(|session| session.tcb.ack_pending()) {
            self.emit(bus, slot);
        }
        self.touched(slot);
    }

    /// Looks again at a session that something happened to.
    fn touched(&mut self, slot: u16) {
        self.sessions.make_ready(slot);
        self.arm_timers(slot);
    }

    fn arm_timers(&mut self, slot: u16) {
        let Some(session) = self.sessions.slot(slot) else {
            return;
        };
        // A session that waits does not time out: it could not have sent.
        let waiting = session.parked || session.faulted;
        let own = session.tcb.next_deadline().map(|at| Micros(at.0));
        let deadline = [own, session.pace.due()].into_iter().flatten().min().filter(|_| !waiting);
        self.sessions.arm(slot, deadline);
    }

    /// Copies bytes into a byte ring; gives the address that failed.
    fn ring_write(
        &mut self,
        bus: &mut dyn HostBus,
        ring: Ring,
        seq: SeqNum,
        bytes: &[u8],
    ) -> Result<(), u64> {
        let offset = seq.0.wrapping_sub(ring.seq0) & (ring.size() - 1);
        let first = bytes.len().min((ring.size() - offset) as usize);
        let (head, rest) = bytes.split_at(first);
        for (at, part) in [(u64::from(offset), head), (0, rest)] {
            if !part.is_empty() {
                self.dma_write(bus, ring.iova.wrapping_add(at), part).map_err(|f| f.iova)?;
            }
        }
        Ok(())
    }

    fn ring_read(
        &mut self,
        bus: &mut dyn HostBus,
        ring: Ring,
        seq: SeqNum,
        len: u32,
    ) -> Result<Vec<u8>, u64> {
        let mut bytes = vec![0; len as usize];
        let offset = seq.0.wrapping_sub(ring.seq0) & (ring.size() - 1);
        let first = bytes.len().min((ring.size() - offset) as usize);
        let (head, rest) = bytes.split_at_mut(first);
        for (at, part) in [(u64::from(offset), head), (0, rest)] {
            if !part.is_empty() {
                self.dma_read(bus, ring.iova.wrapping_add(at), part).map_err(|f| f.iova)?;
            }
        }
        Ok(bytes)
    }

    /// Whether a bump queue has work.
    pub(crate) fn bmq_waiting(&self, qp: usize) -> bool {
        let waiting = self.regs.element(regs::DB_BMQ_TAIL, qp).wrapping_sub(self.qps[qp].bmq_head);
        let entries = 1_u32 << self.regs.element(regs::QP_CONFIG, qp).bmq_log2();
        self.qp_enabled(qp) && waiting != 0 && waiting <= entries
    }

    /// One bump record.
    pub(crate) fn bump(&mut self, bus: &mut dyn HostBus, qp: usize) {
        let head = self.qps[qp].bmq_head;
        let log2 = self.regs.element(regs::QP_CONFIG, qp).bmq_log2();
        let base = self.regs.iova(regs::QP_BMQ_BASE_LO, regs::QP_BMQ_BASE_HI, qp);
        let place = u64::from(head & ((1 << log2) - 1));
        let mut bytes = [0; BumpRaw::BYTES];
        let read = self.dma_read(bus, base.wrapping_add(place * 16), &mut bytes);
        let next = head.wrapping_add(1);
        self.qps[qp].bmq_head = next;
        self.regs.put_element(regs::QP_BMQ_HEAD, qp, next);
        self.regs.count(regs::COUNTERS_BUMPS_IN);
        self.regs.count(regs::COUNTERS_EVENTS_IN);
        if let Err(fault) = read {
            // It may have asked for a report.
            self.qps[qp].report = true;
            self.regs.count(regs::COUNTERS_BUMP_LOST);
            self.fault(qp, Fault::DmaRead, 0, fault.iova, 0);
            return;
        }
        let bump = BumpRaw::from_le_bytes(&bytes);
        self.qps[qp].report |= bump.report();
        let Some(slot) = self.sessions.by_handle(bump.handle()) else {
            self.regs.count(regs::COUNTERS_BUMP_STALE);
            return;
        };
        let now = crate::tcp_time(self.now);
        let Some(session) = self.sessions.slot_mut(slot) else {
            return;
        };
        let info = session.tcb.info(now);
        let snd_end = SeqNum(bump.snd_end());
        let rcv_read = SeqNum(bump.rcv_read());
        let snd_bad = bump.snd_valid()
            && (snd_end.before(info.snd_end)
                || snd_end.0.wrapping_sub(info.snd_una.0) > session.place.tx.size()
                || (session.tcb.closing() && snd_end != info.snd_end));
        let rcv_bad = bump.rcv_valid()
            && (rcv_read.before(info.rcv_read) || rcv_read.after(info.rcv_data_end));
        if snd_bad || rcv_bad {
            self.regs.count(regs::COUNTERS_BUMP_BAD);
            let value = if snd_bad { snd_end.0 } else { rcv_read.0 };
            self.fault(qp, Fault::BadBump, bump.handle(), 0, value);
            return;
        }
        if bump.snd_valid() {
            session.tcb.app_wrote(snd_end);
        }
        if bump.rcv_valid() {
            session.tcb.app_read(rcv_read);
        }
        if bump.fin() {
            session.tcb.close();
        }
        // Who aborts has ended the session himself, whatever of it he has not read.
        if bump.orphan() && !bump.rst() {
            session.tcb.detach(now);
        }
        if bump.kick() && std::mem::take(&mut session.faulted) {
            session.tcb.lost_on_the_way_out();
        }
        if bump.rst() {
            session.tcb.abort();
            session.parked = false;
            session.faulted = false;
        }
        self.trace(slot, TraceKind::Bump, None);
        self.touched(slot);
    }

    /// Runs the timers of at most a few sessions.
    pub(crate) fn session_timers(&mut self) {
        for _ in 0..16 {
            let Some(&(deadline, slot)) = self.sessions.timers.first() else {
                return;
            };
            if deadline > self.now {
                return;
            }
            let now = crate::tcp_time(self.now);
            let Some(session) = self.sessions.slot_mut(slot) else {
                return;
            };
            if session.pace.due().is_some_and(|at| at <= self.now) {
                session.pace.wake();
            }
            if !session.parked && !session.faulted {
                let delack = session.tcb.info(now).timers.delack;
                let timeouts = session.tcb.counters().rto_count;
                session.tcb.on_timer(now);
                let rto = session.tcb.counters().rto_count != timeouts;
                if delack.is_some_and(|left| left.0 == 0) {
                    self.regs.count(regs::COUNTERS_TCP_DELACKS);
                    self.trace(slot, TraceKind::AckDue, None);
                } else if rto {
                    self.trace(slot, TraceKind::Rto, None);
                }
            }
            self.touched(slot);
        }
    }

    /// Lets the next session in turn send one segment.
    pub(crate) fn session_turn(&mut self, bus: &mut dyn HostBus) {
        let Some(slot) = self.sessions.ready.pop_front() else {
            return;
        };
        if let Some(session) = self.sessions.slot_mut(slot) {
            session.ready = false;
            if self.emit(bus, slot) {
                self.sessions.make_ready(slot);
            } else {
                self.settle(slot);
            }
        }
    }

    /// Sends everything that a session has to send.
    pub(crate) fn drain(&mut self, bus: &mut dyn HostBus, slot: u16) {
        while self.emit(bus, slot) {}
    }

    /// Sends one segment; `false` when there is none, or the session waits.
    fn emit(&mut self, bus: &mut dyn HostBus, slot: u16) -> bool {
        let now = crate::tcp_time(self.now);
        let Some(session) = self.sessions.slot_mut(slot) else {
            return false;
        };
        if session.faulted {
            return false;
        }
        let index = usize::from(session.place.nexthop);
        let Some(nexthop) = self.nexthops.get(index).copied().filter(|nexthop| nexthop.valid)
        else {
            if matches!(session.tcb.state(), State::Closed | State::TimeWait) {
                // Nobody waits for its last segment: the peer's next one meets the table, or the host.
                session.tcb.discard_output();
                session.parked = false;
            } else if !session.parked && session.tcb.clone().poll_transmit(now).is_some() {
                // Parked only if there is something to send: a look without taking it.
                session.parked = true;
                self.regs.count(regs::COUNTERS_TCP_PARKED);
                self.sessions.make_dirty(slot);
                self.trace(slot, TraceKind::Parked, None);
            }
            return false;
        };
        if session.parked {
            session.parked = false;
            session.tcb.on_timer(now);
            self.sessions.make_dirty(slot);
        }
        let Some(session) = self.sessions.slot_mut(slot) else {
            return false;
        };
        let rate = session.place.pacing_bytes_per_ms;
        let mut held = false;
        if rate != 0 && session.tcb.state() != State::Closed {
            // A look without taking it.
            let mss = u32::from(session.tcb.mss());
            let data = session.tcb.clone().poll_transmit(now).is_some_and(|e| !e.seg.is_empty());
            held = data && !session.pace.may_send(self.now, rate, mss);
        }
        let next = if held {
            self.regs.count(regs::COUNTERS_TCP_PACED);
            session.tcb.poll_acknowledgement(now) // which does not wait
        } else {
            session.tcb.poll_transmit(now)
        };
        let Some(Emit { seg, ect, retransmit, seg_size: _, df }) = next else {
            return false;
        };
        session.pace.sent(if rate == 0 { 0 } else { seg.payload_len });
        session.ip_id = session.ip_id.wrapping_add(1);
        let place = session.place;
        let header = Header {
            dst_mac: crate::mac(nexthop.dst_mac),
            src_mac: crate::mac(nexthop.src_mac),
            vlan_tci: nexthop.vlan_present.then_some(nexthop.vlan_tci),
            tuple: session.tuple,
            ttl: place.ttl,
            tos: (place.tos & !3) | if ect { 2 } else { 0 },
            df,
            ip_id: session.ip_id,
            flow_label: place.flow_label,
        };
        let payload = match self.ring_read(bus, place.tx, seg.seq, seg.payload_len) {
            Ok(payload) => payload,
            Err(iova) => {
                self.regs.count(regs::COUNTERS_TX_DROP_DMA);
                self.fault(place.qp.into(), Fault::DmaRead, place.handle, iova, 0);
                if let Some(session) = self.sessions.slot_mut(slot) {
                    session.faulted = true;
                }
                self.trace(slot, TraceKind::Fault, None);
                self.sessions.make_dirty(slot);
                return false;
            }
        };
        self.regs.count(regs::COUNTERS_TX_SESSION_SEGS);
        self.regs.add(regs::COUNTERS_TCP_BYTES_OUT, seg.payload_len);
        if seg.rst() {
            self.regs.count(regs::COUNTERS_TCP_RST_OUT);
        } else if seg.is_empty() {
            self.regs.count(regs::COUNTERS_TCP_ACKS_OUT);
        }
        self.trace(slot, TraceKind::Tx, Some((&seg, retransmit)));
        let bytes = frame::build(&header, &seg, &payload);
        self.mirror(bus, slot, &bytes, RxReason::MirrorTx);
        self.send(bytes, false);
        true
    }

    /// Nothing more to send: what has happened meanwhile?
    fn settle(&mut self, slot: u16) {
        let mut ended = None;
        let mut record = None;
        let Some(session) = self.sessions.slot_mut(slot) else {
            return;
        };
        while let Some(event) = session.tcb.poll_event() {
            match event {
                TcbEvent::Established
                | TcbEvent::Readable
                | TcbEvent::Writable
                | TcbEvent::PeerClosed => {}
                TcbEvent::Reset(reason) | TcbEvent::Closed(reason) => {
                    ended.get_or_insert(session_reason(reason));
                }
                TcbEvent::TimeWait(entry) => record = Some(entry),
            }
        }
        let counters = *session.tcb.counters();
        let before = std::mem::replace(&mut session.counted, counters);
        let news = session.tells(self.now) != session.told;
        self.count_tcp(&before, &counters);
        if news {
            self.sessions.make_dirty(slot);
        }
        if let Some(record) = record {
            self.enter_time_wait(slot, record);
        } else if let Some(reason) = ended {
            if matches!(
                reason,
                SessionReason::RtoTimeout
                    | SessionReason::PersistTimeout
                    | SessionReason::KeepaliveTimeout
                    | SessionReason::FinWait2Timeout
            ) {
                self.regs.count(regs::COUNTERS_TCP_TIMEOUTS);
            }
            if reason == SessionReason::DataAfterClose {
                self.regs.count(regs::COUNTERS_TCP_DATA_AFTER_CLOSE);
            }
            self.end(slot, reason);
        } else {
            self.arm_timers(slot);
        }
    }

    /// The session's increments, by register.
    fn count_tcp(&mut self, before: &Counters, after: &Counters) {
        for (counter, from, to) in [
            (regs::COUNTERS_TCP_SEGS_IN, before.segs_in, after.segs_in),
            (regs::COUNTERS_TCP_RETRANSMIT_SEGS, before.retransmit_segs, after.retransmit_segs),
            (regs::COUNTERS_TCP_RETRANSMIT_BYTES, before.retransmit_bytes, after.retransmit_bytes),
            (regs::COUNTERS_TCP_DUP_ACKS_IN, before.dup_acks_in, after.dup_acks_in),
            (regs::COUNTERS_TCP_OOO_IN, before.ooo_in, after.ooo_in),
            (regs::COUNTERS_TCP_OOO_DROP, before.ooo_overflow, after.ooo_overflow),
            (regs::COUNTERS_TCP_DUPLICATE_IN, before.dup_in, after.dup_in),
            (regs::COUNTERS_TCP_RTO, before.rto_count, after.rto_count),
            (regs::COUNTERS_TCP_FAST_RETRANSMITS, before.fast_retransmits, after.fast_retransmits),
            (regs::COUNTERS_TCP_ECN_REDUCTIONS, before.ecn_reductions, after.ecn_reductions),
            (regs::COUNTERS_TCP_PERSIST_PROBES, before.probes_out, after.probes_out),
            (regs::COUNTERS_TCP_CHALLENGE_ACKS, before.challenge_acks, after.challenge_acks),
            (
                regs::COUNTERS_TCP_CHALLENGE_LIMITED,
                before.challenge_suppressed,
                after.challenge_suppressed,
            ),
            (regs::COUNTERS_TCP_PAWS_DROP, before.paws_drops, after.paws_drops),
        ] {
            self.regs.add(counter, to.wrapping_sub(from));
        }
    }

    /// The slot is free at once; the table answers from now on (S-VTW-5).
    fn enter_time_wait(&mut self, slot: u16, record: TimeWaitRecord) {
        let Some(tuple) = self.sessions.slot(slot).map(|session| session.tuple) else {
            return;
        };
        self.end(slot, SessionReason::TimeWait);
        // Without a place there the record is the host's, which the table tells it.
        let _stored = self.tw_insert(tuple, record);
    }

    /// Frees a slot and tells the host why.
    pub(crate) fn end(&mut self, slot: u16, reason: SessionReason) {
        let Some(event) = self.session_event(slot) else {
            return;
        };
        self.trace(slot, TraceKind::Ended, None);
        let Some(session) = self.sessions.remove(slot) else {
            return;
        };
        self.regs.count(regs::COUNTERS_LOOKUP_DELETE);
        self.regs.count(regs::COUNTERS_TCP_CLOSED);
        let EventSession { handle, state, peer_fin, fin_acked, snd_una, rcv_nxt, .. } = event;
        let path = session.tcb.path_metrics();
        let mut end = EventSessionEnd {
            kind: EventType::SessionEnd,
            reason,
            state,
            peer_fin,
            fin_acked,
            handle,
            snd_una,
            rcv_nxt,
            srtt_us8: path.srtt_us8,
            cwnd: path.cwnd,
            ssthresh: path.ssthresh,
            rttvar_us4: path.rttvar_us4,
            phase: false,
        };
        if reason == SessionReason::DmaFault {
            // What was received is not all in memory: nothing is announced.
            let (kind, none) = (EventType::SessionEnd, EventSessionEnd::default());
            end = EventSessionEnd { kind, reason, state, fin_acked, handle, snd_una, ..none };
        }
        self.sessions.last.push_back((usize::from(session.place.qp), end.pack().0));
    }

    fn session_event(&self, slot: u16) -> Option<EventSession> {
        let session = self.sessions.slot(slot)?;
        let info = session.tcb.info(crate::tcp_time(self.now));
        let fin_acked = session.tcb.closing() && info.snd_una == info.snd_end + 1;
        Some(EventSession {
            kind: EventType::Session,
            state: TcpState::from_bits(info.state.id().into()).unwrap_or(TcpState::Closed),
            peer_fin: session.tcb.peer_closed(),
            fin_acked,
            parked: session.parked || session.faulted,
            handle: session.place.handle,
            snd_una: info.snd_una.0,
            rcv_nxt: info.rcv_nxt.0,
            snd_wnd: info.snd_wnd,
            srtt_us: info.rtt,
            retransmits: info.counters.retransmit_segs,
            phase: false,
        })
    }

    /// Writes what the host is to know, as far as there is room. At most one record a session waits.
    pub(crate) fn write_session_events(&mut self, bus: &mut dyn HostBus) {
        for _ in 0..self.sessions.dirty.len() {
            let Some(slot) = self.sessions.dirty.pop_front() else {
                break;
            };
            let Some(qp) = self.sessions.slot(slot).map(|session| usize::from(session.place.qp))
            else {
                continue;
            };
            if !self.evq_space(qp) {
                self.sessions.dirty.push_back(slot);
                continue;
            }
            let (event, now) = (self.session_event(slot), self.now);
            if let (Some(event), Some(session)) = (event, self.sessions.slot_mut(slot)) {
                session.dirty = false;
                session.told = session.tells(now);
                self.write_event(bus, qp, event.pack().0);
            }
        }
        for _ in 0..self.sessions.last.len() {
            let Some((qp, words)) = self.sessions.last.pop_front() else {
                break;
            };
            if self.evq_space(qp) {
                self.write_event(bus, qp, words);
            } else {
                self.sessions.last.push_back((qp, words));
            }
        }
    }

    /// A next-hop slot has changed: whoever waits for it looks again.
    pub(crate) fn nexthop_changed(&mut self, index: u16) {
        let slots: Vec<u16> = self
            .sessions
            .by_tuple
            .values()
            .copied()
            .filter(|slot| self.sessions.slot(*slot).is_some_and(|s| s.place.nexthop == index))
            .collect();
        for slot in slots {
            self.touched(slot);
        }
    }

    /// Puts a session on the list of those that may send.
    pub(crate) fn wake(&mut self, slot: u16) {
        self.touched(slot);
    }
}

fn session_reason(reason: CloseReason) -> SessionReason {
    match reason {
        CloseReason::Normal => SessionReason::Closed,
        CloseReason::ResetByPeer | CloseReason::Refused => SessionReason::ResetByPeer,
        CloseReason::Aborted => SessionReason::ResetByHost,
        CloseReason::RetransmitTimeout => SessionReason::RtoTimeout,
        CloseReason::PersistTimeout => SessionReason::PersistTimeout,
        CloseReason::KeepaliveTimeout => SessionReason::KeepaliveTimeout,
        CloseReason::FinWait2Timeout => SessionReason::FinWait2Timeout,
        CloseReason::DataAfterClose => SessionReason::DataAfterClose,
        CloseReason::TimeWaitExpired => SessionReason::TimeWait,
    }
}

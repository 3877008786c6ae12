// SPDX-License-Identifier: Apache-2.0
//! Sessions as the driver knows them: slots and generations, the two byte rings of each, and how far both sides are.
//!
//! The driver trusts its own view: an event of the engine moves it only within what the application gave and what
//! the ring can hold.

use crate::error::{Fault, SessionError};
use crate::pool::Block;
use crate::types::{SessionHandle, seq_diff, seq_within};
use bitvec::vec::BitVec;
use toe_abi::{
    EventSession, EventSessionEnd, EventSessionRaw, SessionImage, SessionReason, TcpState,
};

/// Where a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// A slot and rings are reserved; the session is the host's.
    Reserved,
    /// The image is with the firmware.
    Installing,
    /// The engine owns it.
    Active,
    /// The firmware is taking it back.
    Evicting,
    /// The host owns it again; rings are still there to be read.
    Evicted,
    /// It left the engine by itself; received bytes are still there to be read.
    Closed(SessionReason),
    /// A command timed out: who owns it is not known. The slot stays out of use until a reset.
    Unknown,
    /// The device was reset or lost; received bytes are still there to be read.
    Lost,
}

impl SessionState {
    /// The engine has it, gets it, or is giving it back: what the host does still reaches it, and records about it count.
    pub(crate) const fn is_away(self) -> bool {
        match self {
            Self::Installing | Self::Active | Self::Evicting => true,
            Self::Reserved | Self::Evicted | Self::Closed(_) | Self::Unknown | Self::Lost => false,
        }
    }

    /// The engine may still use its slot and its rings.
    pub(crate) const fn is_exposed(self) -> bool {
        self.is_away() || matches!(self, Self::Unknown)
    }
}

/// A slot with its rings, before a session is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reserved {
    /// Names the session from now on.
    pub handle: SessionHandle,
    /// Bytes of the send ring.
    pub tx_ring: u32,
    /// Bytes of the receive ring.
    pub rx_ring: u32,
}

/// What to reserve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionSpec {
    /// Queue pair that gets the session's events.
    pub queue_pair: u16,
    /// Bytes of the send ring: a power of two from 4 KiB to 1 GiB.
    pub tx_ring: u32,
    /// Bytes of the receive ring, likewise.
    pub rx_ring: u32,
    /// Sequence number of position 0 of the send ring; any number near the present ones.
    pub tx_seq0: u32,
    /// Sequence number of position 0 of the receive ring.
    pub rx_seq0: u32,
}

/// A session's progress, from the engine's last event and the application's own moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionInfo {
    /// Where it is.
    pub state: SessionState,
    /// Queue pair that gets its events.
    pub queue_pair: u16,
    /// TCP state in the last event.
    pub tcp_state: TcpState,
    /// Oldest unacknowledged sequence number.
    pub snd_una: u32,
    /// Sequence number after the last byte given.
    pub snd_end: u32,
    /// Next sequence number expected; counts the peer's FIN.
    pub rcv_nxt: u32,
    /// Sequence number up to which the application has read.
    pub rcv_read: u32,
    /// Bytes that fit into the send ring now.
    pub writable: u32,
    /// Bytes that can be read now.
    pub readable: u32,
    /// The peer has closed: after the readable bytes comes the end.
    pub peer_fin: bool,
    /// The application has closed.
    pub fin_queued: bool,
    /// Our FIN is acknowledged.
    pub fin_acked: bool,
    /// Waits for its next hop.
    pub parked: bool,
    /// Window that the peer grants, bytes.
    pub snd_wnd: u32,
    /// Smoothed round-trip time, µs.
    pub srtt_us: u32,
    /// Segments retransmitted, as of the last record of progress.
    pub retransmits: u32,
    /// What the session had learnt of its path, once it has ended in the engine.
    pub learnt: Option<Learnt>,
}

/// What a session that ended in the engine had learnt of its path, in the units of the session image (S-HC-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Learnt {
    /// Smoothed round-trip time, µs << 3; 0: never measured.
    pub srtt_us8: u32,
    /// Its variation, µs << 2.
    pub rttvar_us4: u32,
    /// Congestion window, bytes.
    pub cwnd: u32,
    /// Slow-start threshold, bytes; `u32::MAX`: no congestion met.
    pub ssthresh: u32,
}

impl Learnt {
    /// Largest round trip that is measured, µs; a variation is never more than four of these << 2.
    const MAX_RTT: u32 = 120_000_000;
    /// Largest window (RFC 7323 §2.3).
    const MAX_CWND: u32 = 1 << 30;

    /// What a record says, or the name and value of the field that cannot be.
    fn checked(end: &EventSessionEnd) -> Result<Self, (&'static str, u32)> {
        let EventSessionEnd { srtt_us8, rttvar_us4, cwnd, ssthresh, .. } = *end;
        for (possible, field, value) in [
            (srtt_us8 <= Self::MAX_RTT << 3, "srtt_us8", srtt_us8),
            (rttvar_us4 <= Self::MAX_RTT << 2, "rttvar_us4", rttvar_us4),
            ((1..=Self::MAX_CWND).contains(&cwnd), "cwnd", cwnd),
            (ssthresh != 0, "ssthresh", ssthresh),
        ] {
            if !possible {
                return Err((field, value));
            }
        }
        Ok(Self { srtt_us8, rttvar_us4, cwnd, ssthresh })
    }
}

/// What records of progress and of the end both say.
struct Standing {
    snd_una: u32,
    rcv_nxt: u32,
    state: TcpState,
    peer_fin: bool,
    parked: bool,
}

/// What a session event changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    pub(crate) progress: bool,
    pub(crate) peer_fin: bool,
    pub(crate) fin_acked: bool,
    pub(crate) parked: Option<bool>,
    pub(crate) closed: Option<SessionReason>,
}

impl Changes {
    /// Both, one after the other.
    pub(crate) fn and(self, later: Self) -> Self {
        Self {
            progress: self.progress | later.progress,
            peer_fin: self.peer_fin | later.peer_fin,
            fin_acked: self.fin_acked | later.fin_acked,
            parked: later.parked.or(self.parked),
            closed: later.closed.or(self.closed),
        }
    }
}

/// What will prove that the engine has taken a bump record: see [`Session::proves`].
#[derive(Clone, Copy, Debug)]
struct Marker {
    /// Count of the bump queue after the record.
    count: u32,
    /// Before the record, nothing beyond this could be acknowledged, or received.
    snd_end: u32,
    rcv_edge: u32,
}

#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) handle: SessionHandle,
    pub(crate) state: SessionState,
    pub(crate) queue_pair: u16,
    pub(crate) tx: Block,
    pub(crate) rx: Block,
    tx_seq0: u32,
    rx_seq0: u32,
    pub(crate) snd_una: u32,
    pub(crate) snd_end: u32,
    pub(crate) fin_queued: bool,
    pub(crate) fin_acked: bool,
    pub(crate) rcv_nxt: u32,
    pub(crate) rcv_read: u32,
    pub(crate) peer_fin: bool,
    parked: bool,
    tcp_state: TcpState,
    snd_wnd: u32,
    srtt_us: u32,
    retransmits: u32,
    learnt: Option<Learnt>,
    /// What the engine was told last.
    told_snd_end: u32,
    told_fin: bool,
    /// The application reads no more.
    pub(crate) orphan: bool,
    told_orphan: bool,
    told_rcv_read: u32,
    pub(crate) abort: bool,
    told_abort: bool,
    kick: bool,
    repeat: bool,
    marker: Option<Marker>,
    /// First word of the last event: kind, state and flags.
    last_event: u32,
    /// In the queue pair's list of sessions with something to tell.
    pub(crate) dirty: bool,
    /// What events said before the completion of the installation.
    pub(crate) early: Changes,
    /// A progress event is waiting for the caller.
    pub(crate) progress_waiting: bool,
}

impl Session {
    fn new(handle: SessionHandle, spec: &SessionSpec, tx: Block, rx: Block) -> Self {
        Self {
            handle,
            state: SessionState::Reserved,
            queue_pair: spec.queue_pair,
            tx,
            rx,
            tx_seq0: spec.tx_seq0,
            rx_seq0: spec.rx_seq0,
            snd_una: spec.tx_seq0,
            snd_end: spec.tx_seq0,
            fin_queued: false,
            fin_acked: false,
            rcv_nxt: spec.rx_seq0,
            rcv_read: spec.rx_seq0,
            peer_fin: false,
            parked: false,
            tcp_state: TcpState::Closed,
            snd_wnd: 0,
            srtt_us: 0,
            retransmits: 0,
            learnt: None,
            told_snd_end: spec.tx_seq0,
            told_fin: false,
            orphan: false,
            told_orphan: false,
            told_rcv_read: spec.rx_seq0,
            abort: false,
            told_abort: false,
            kick: false,
            repeat: false,
            marker: None,
            last_event: 0,
            dirty: false,
            early: Changes::default(),
            progress_waiting: false,
        }
    }

    pub(crate) fn tx_size(&self) -> u32 {
        1 << self.tx.log2
    }

    pub(crate) fn rx_size(&self) -> u32 {
        1 << self.rx.log2
    }

    /// In-order data ends here: the peer's FIN does not count.
    fn rcv_data_end(&self) -> u32 {
        self.rcv_nxt.wrapping_sub(u32::from(self.peer_fin))
    }

    pub(crate) fn readable(&self) -> u32 {
        self.rcv_data_end().wrapping_sub(self.rcv_read)
    }

    pub(crate) fn writable(&self) -> u32 {
        // A FIN that is acknowledged counts in snd_una, but is no byte of the ring.
        let una = self.snd_una.wrapping_sub(u32::from(self.fin_acked));
        self.tx_size() - self.snd_end.wrapping_sub(una)
    }

    pub(crate) fn info(&self) -> SessionInfo {
        SessionInfo {
            queue_pair: self.queue_pair,
            state: self.state,
            tcp_state: self.tcp_state,
            snd_una: self.snd_una,
            snd_end: self.snd_end,
            rcv_nxt: self.rcv_nxt,
            rcv_read: self.rcv_read,
            writable: if self.fin_queued { 0 } else { self.writable() },
            readable: self.readable(),
            peer_fin: self.peer_fin,
            fin_queued: self.fin_queued,
            fin_acked: self.fin_acked,
            parked: self.parked,
            snd_wnd: self.snd_wnd,
            srtt_us: self.srtt_us,
            retransmits: self.retransmits,
            learnt: self.learnt,
        }
    }

    /// Copies into or out of a ring, in one or two pieces.
    fn pieces(seq: u32, seq0: u32, size: u32, len: usize) -> [(usize, usize, usize); 2] {
        let start = (seq.wrapping_sub(seq0) & (size - 1)) as usize;
        let first = len.min(size as usize - start);
        [(start, 0, first), (0, first, len)]
    }

    pub(crate) fn tx_write(&self, seq: u32, bytes: &[u8]) -> Result<(), SessionError> {
        for (at, from, to) in Self::pieces(seq, self.tx_seq0, self.tx_size(), bytes.len()) {
            self.tx.slice.write(at, &bytes[from..to]).map_err(|_| self.not_in_ring())?;
        }
        Ok(())
    }

    pub(crate) fn tx_read(&self, seq: u32, bytes: &mut [u8]) -> Result<(), SessionError> {
        for (at, from, to) in Self::pieces(seq, self.tx_seq0, self.tx_size(), bytes.len()) {
            self.tx.slice.read(at, &mut bytes[from..to]).map_err(|_| self.not_in_ring())?;
        }
        Ok(())
    }

    pub(crate) fn rx_write(&self, seq: u32, bytes: &[u8]) -> Result<(), SessionError> {
        for (at, from, to) in Self::pieces(seq, self.rx_seq0, self.rx_size(), bytes.len()) {
            self.rx.slice.write(at, &bytes[from..to]).map_err(|_| self.not_in_ring())?;
        }
        Ok(())
    }

    pub(crate) fn rx_read(&self, seq: u32, bytes: &mut [u8]) -> Result<(), SessionError> {
        for (at, from, to) in Self::pieces(seq, self.rx_seq0, self.rx_size(), bytes.len()) {
            self.rx.slice.read(at, &mut bytes[from..to]).map_err(|_| self.not_in_ring())?;
        }
        Ok(())
    }

    pub(crate) fn not_in_ring(&self) -> SessionError {
        SessionError::NotInRing(self.handle)
    }

    pub(crate) fn wrong_state(&self) -> SessionError {
        SessionError::State { handle: self.handle, state: self.state }
    }

    /// Whether sequence numbers `seq..seq + len` are within `low..=high`.
    pub(crate) fn in_range(seq: u32, len: usize, low: u32, high: u32) -> bool {
        let span = high.wrapping_sub(low);
        let start = seq.wrapping_sub(low);
        start <= span && u32::try_from(len).is_ok_and(|len| len <= span - start)
    }

    /// Takes over the sequence numbers of an image that is about to be installed, and writes into the image what only
    /// the driver knows. Refuses what contradicts itself or the rings; everything else is the firmware's to judge.
    pub(crate) fn adopt(&mut self, image: &mut SessionImage) -> Result<(), &'static str> {
        let data_end = image.snd_end;
        let fin = u32::from(image.fin_queued);
        let fin_acked = image.fin_queued && image.snd_una == data_end.wrapping_add(1);
        if data_end.wrapping_sub(image.snd_una.wrapping_sub(u32::from(fin_acked))) > self.tx_size()
        {
            return Err("snd_una..snd_end does not fit the send ring");
        }
        for (value, what) in [(image.snd_nxt, "snd_nxt"), (image.snd_max, "snd_max")] {
            if !seq_within(value, image.snd_una, data_end.wrapping_add(fin)) {
                return Err(what);
            }
        }
        let received = image.rcv_nxt.wrapping_sub(u32::from(image.peer_fin));
        if received.wrapping_sub(image.rcv_read) > self.rx_size() {
            return Err("rcv_read..rcv_nxt does not fit the receive ring");
        }
        image.handle = self.handle.raw();
        image.tx_ring = self.tx.slice.iova().0;
        image.rx_ring = self.rx.slice.iova().0;
        image.tx_ring_log2 = self.tx.log2;
        image.rx_ring_log2 = self.rx.log2;
        image.tx_seq0 = self.tx_seq0;
        image.rx_seq0 = self.rx_seq0;
        image.qp = self.queue_pair;
        self.snd_una = image.snd_una;
        self.snd_end = image.snd_end;
        self.fin_queued = image.fin_queued;
        self.fin_acked = fin_acked;
        self.rcv_nxt = image.rcv_nxt;
        self.rcv_read = image.rcv_read;
        self.peer_fin = image.peer_fin;
        self.tcp_state = image.state;
        self.snd_wnd = image.snd_wnd;
        self.srtt_us = image.srtt_us8 >> 3;
        self.told_snd_end = image.snd_end;
        self.told_fin = image.fin_queued;
        self.orphan = image.orphan;
        self.told_orphan = image.orphan;
        self.told_rcv_read = image.rcv_read;
        self.abort = false;
        self.told_abort = false;
        self.parked = false;
        self.learnt = None;
        self.repeat = false;
        self.marker = None;
        self.last_event = 0;
        self.early = Changes::default();
        Ok(())
    }

    /// Checks an image that the engine gave back, and brings it up to what the application has done meanwhile.
    pub(crate) fn reconcile(&mut self, image: &mut SessionImage) -> Result<(), &'static str> {
        if image.handle != self.handle.raw() {
            return Err("handle");
        }
        if image.tx_ring != self.tx.slice.iova().0
            || image.tx_ring_log2 != self.tx.log2
            || image.tx_seq0 != self.tx_seq0
        {
            return Err("send ring");
        }
        if image.rx_ring != self.rx.slice.iova().0
            || image.rx_ring_log2 != self.rx.log2
            || image.rx_seq0 != self.rx_seq0
        {
            return Err("receive ring");
        }
        let limit = self.snd_end.wrapping_add(u32::from(self.fin_queued));
        if !seq_within(image.snd_una, self.snd_una, limit) {
            return Err("snd_una");
        }
        if !seq_within(image.snd_nxt, image.snd_una, limit) {
            return Err("snd_nxt");
        }
        if !seq_within(image.snd_max, image.snd_nxt, limit) {
            return Err("snd_max");
        }
        if !self.rcv_nxt_plausible(image.rcv_nxt, image.peer_fin) {
            return Err("rcv_nxt");
        }
        if self.peer_fin && !image.peer_fin {
            return Err("peer_fin");
        }
        self.snd_una = image.snd_una;
        self.fin_acked = self.fin_queued && image.snd_una == self.snd_end.wrapping_add(1);
        self.rcv_nxt = image.rcv_nxt;
        self.peer_fin = image.peer_fin;
        self.tcp_state = image.state;
        self.snd_wnd = image.snd_wnd;
        image.snd_end = self.snd_end;
        image.fin_queued = self.fin_queued;
        image.orphan = self.orphan;
        image.rcv_read = self.rcv_read;
        Ok(())
    }

    fn rcv_nxt_plausible(&self, rcv_nxt: u32, peer_fin: bool) -> bool {
        // Received data never moves back and never passes what the ring holds beyond what was read; the peer's FIN
        // counts once, and nothing follows it.
        let data = rcv_nxt.wrapping_sub(u32::from(peer_fin));
        let ring_end = self.rcv_read.wrapping_add(self.rx_size());
        if self.peer_fin {
            peer_fin && rcv_nxt == self.rcv_nxt
        } else {
            seq_within(data, self.rcv_nxt, ring_end)
        }
    }

    /// Takes a record of progress, or refuses all of it.
    pub(crate) fn event(&mut self, event: &EventSession) -> Result<Changes, Fault> {
        let &EventSession { snd_una, rcv_nxt, state, peer_fin, parked, .. } = event;
        let changes = self.stands(&Standing { snd_una, rcv_nxt, state, peer_fin, parked })?;
        self.snd_wnd = event.snd_wnd;
        self.srtt_us = event.srtt_us;
        self.retransmits = event.retransmits;
        // Another event that begins with these bits says nothing new but numbers.
        self.last_event = event.pack().0[0];
        Ok(changes)
    }

    /// Takes the record of the end, or refuses all of it. Where only what was learnt cannot be, the session has ended all
    /// the same: that is left out, and told beside.
    pub(crate) fn end(
        &mut self,
        end: &EventSessionEnd,
    ) -> Result<(Changes, Result<(), Fault>), Fault> {
        let &EventSessionEnd { snd_una, mut rcv_nxt, state, mut peer_fin, reason, .. } = end;
        let parked = self.parked;
        // Received bytes could not be written: what was announced before is all there is, and nothing else is told.
        let broken = reason == SessionReason::DmaFault;
        if broken {
            (rcv_nxt, peer_fin) = (self.rcv_nxt, self.peer_fin);
        }
        let changes = self.stands(&Standing { snd_una, rcv_nxt, state, peer_fin, parked })?;
        self.last_event = 0;
        if broken {
            return Ok((Changes { closed: Some(reason), ..changes }, Ok(())));
        }
        let learnt = Learnt::checked(end);
        self.learnt = learnt.ok();
        if let Some(learnt) = self.learnt {
            self.srtt_us = learnt.srtt_us8 >> 3;
        }
        let qp = self.queue_pair;
        let said = learnt.map(|_| ());
        Ok((
            Changes { closed: Some(reason), ..changes },
            said.map_err(|(field, value)| Fault::BadEvent { qp, field, value }),
        ))
    }

    fn stands(&mut self, event: &Standing) -> Result<Changes, Fault> {
        // A FIN can be acknowledged only once the engine was told of it.
        let fin = u32::from(self.told_fin && self.fin_queued);
        let high = self.told_snd_end.wrapping_add(fin);
        if !seq_within(event.snd_una, self.snd_una, high) {
            return Err(Fault::BadSndUna {
                handle: self.handle,
                snd_una: event.snd_una,
                low: self.snd_una,
                high,
            });
        }
        if !self.rcv_nxt_plausible(event.rcv_nxt, event.peer_fin) {
            return Err(Fault::BadRcvNxt {
                handle: self.handle,
                rcv_nxt: event.rcv_nxt,
                low: self.rcv_nxt,
                high: self.rcv_read.wrapping_add(self.rx_size()),
            });
        }
        let fin_acked = fin == 1 && event.snd_una == high;
        let changes = Changes {
            progress: event.snd_una != self.snd_una || event.rcv_nxt != self.rcv_nxt,
            peer_fin: event.peer_fin && !self.peer_fin,
            fin_acked: fin_acked && !self.fin_acked,
            parked: (event.parked != self.parked).then_some(event.parked),
            closed: None,
        };
        self.snd_una = event.snd_una;
        self.rcv_nxt = event.rcv_nxt;
        self.peer_fin = event.peer_fin;
        self.fin_acked |= fin_acked;
        self.parked = event.parked;
        self.tcp_state = event.state;
        Ok(changes)
    }

    /// Takes an event in which only numbers differ from the last one; gives whether bytes moved. `None`: something else
    /// has changed, or a number cannot be.
    pub(crate) fn quick(&mut self, raw: &EventSessionRaw) -> Option<bool> {
        let (snd_una, rcv_nxt) = (raw.snd_una(), raw.rcv_nxt());
        let usual = raw.0[0] == self.last_event
            && !self.fin_queued
            && seq_within(snd_una, self.snd_una, self.told_snd_end)
            && self.rcv_nxt_plausible(rcv_nxt, self.peer_fin);
        if !usual {
            return None;
        }
        let moved = snd_una != self.snd_una || rcv_nxt != self.rcv_nxt;
        self.snd_una = snd_una;
        self.rcv_nxt = rcv_nxt;
        self.snd_wnd = raw.snd_wnd();
        self.srtt_us = raw.srtt_us();
        self.retransmits = raw.retransmits();
        Some(moved)
    }

    /// The bump count that the engine must have reached, if the last event proves it: bytes acknowledged or received
    /// that were not allowed before the marked record.
    pub(crate) fn proves(&mut self) -> Option<u32> {
        let Marker { count, snd_end, rcv_edge } = self.marker?;
        let proven =
            seq_diff(self.snd_una, snd_end) > 0 || seq_diff(self.rcv_data_end(), rcv_edge) > 0;
        proven.then(|| {
            self.marker = None;
            count
        })
    }

    /// Whether the engine should be told something now.
    pub(crate) fn wants_bump(&self) -> bool {
        if self.state != SessionState::Active {
            return false;
        }
        if self.told_abort {
            return self.repeat;
        }
        self.repeat
            || self.abort
            || self.kick
            || self.snd_end != self.told_snd_end
            || self.fin_queued != self.told_fin
            || self.orphan != self.told_orphan
            || self.wants_window()
    }

    /// Room that the application made is told when it is an eighth of the ring, or when the peer has used more than
    /// half of the window it knows of: a peer with a wide window gains nothing from more.
    fn wants_window(&self) -> bool {
        let read = self.rcv_read.wrapping_sub(self.told_rcv_read);
        let used = self.rcv_data_end().wrapping_sub(self.told_rcv_read);
        read != 0 && !self.peer_fin && (read >= self.rx_size() / 8 || used > self.rx_size() / 2)
    }

    pub(crate) fn request_kick(&mut self) {
        self.kick = true;
    }

    /// A record was lost on its way: all is told again. Records say where things stand, so this does no harm.
    pub(crate) fn request_repeat(&mut self) {
        self.repeat = true;
    }

    /// What the engine is to be told, marked as told once it is `count` records on.
    pub(crate) fn bump(&mut self, count: u32, report: bool) -> toe_abi::Bump {
        if self.marker.is_none() {
            self.marker = Some(Marker {
                count,
                snd_end: self.told_snd_end,
                rcv_edge: self.told_rcv_read.wrapping_add(self.rx_size()),
            });
        }
        let repeat = std::mem::take(&mut self.repeat);
        let bump = toe_abi::Bump {
            handle: self.handle.raw(),
            snd_end: self.snd_end,
            rcv_read: self.rcv_read,
            // Only what is news: the engine may be further by now, and takes an old end beyond its FIN for an error.
            snd_valid: self.snd_end != self.told_snd_end
                || self.fin_queued != self.told_fin
                || repeat,
            rcv_valid: self.rcv_read != self.told_rcv_read || repeat,
            fin: self.fin_queued && (!self.told_fin || repeat),
            rst: self.abort,
            kick: std::mem::take(&mut self.kick) || (repeat && self.parked),
            orphan: self.orphan && (!self.told_orphan || repeat),
            report,
        };
        self.told_snd_end = self.snd_end;
        self.told_fin = self.fin_queued;
        self.told_orphan = self.orphan;
        self.told_rcv_read = self.rcv_read;
        self.told_abort = self.abort;
        bump
    }
}

struct Slot {
    generation: u16,
    session: Option<Box<Session>>,
}

/// All slots of the engine.
pub(crate) struct SessionTable {
    slots: Vec<Slot>,
    /// One bit a slot: it can be reserved.
    free: BitVec,
    /// Where the search for a free slot begins: the slot freed longest ago, roughly.
    hint: usize,
    used: usize,
}

impl SessionTable {
    pub(crate) fn new(count: u32) -> Self {
        let count = count as usize;
        let slots = (0..count).map(|_| Slot { generation: 0, session: None }).collect();
        Self { slots, free: BitVec::repeat(true, count), hint: 0, used: 0 }
    }

    pub(crate) fn used(&self) -> usize {
        self.used
    }

    pub(crate) fn capacity(&self) -> usize {
        self.slots.len()
    }

    /// Takes a free slot and begins a new generation of it.
    pub(crate) fn reserve(
        &mut self,
        spec: &SessionSpec,
        tx: Block,
        rx: Block,
    ) -> Result<SessionHandle, (Block, Block)> {
        let found = self.free[self.hint..]
            .first_one()
            .map(|i| i + self.hint)
            .or_else(|| self.free[..self.hint].first_one());
        let Some((index, slot_number)) =
            found.and_then(|index| u16::try_from(index).ok().map(|slot| (index, slot)))
        else {
            return Err((tx, rx));
        };
        self.hint = if index + 1 == self.slots.len() { 0 } else { index + 1 };
        self.free.set(index, false);
        self.used += 1;
        let slot = &mut self.slots[index];
        slot.generation = slot.generation.wrapping_add(1);
        let handle = SessionHandle::new(slot_number, slot.generation);
        slot.session = Some(Box::new(Session::new(handle, spec, tx, rx)));
        Ok(handle)
    }

    pub(crate) fn full(&self) -> bool {
        self.used == self.slots.len()
    }

    /// The session of a handle, unless it is over.
    pub(crate) fn session(&mut self, handle: SessionHandle) -> Result<&mut Session, SessionError> {
        self.slots
            .get_mut(usize::from(handle.slot()))
            .and_then(|slot| slot.session.as_deref_mut())
            .filter(|session| session.handle == handle)
            .ok_or(SessionError::Stale(handle))
    }

    pub(crate) fn peek(&self, handle: SessionHandle) -> Result<&Session, SessionError> {
        self.slots
            .get(usize::from(handle.slot()))
            .and_then(|slot| slot.session.as_deref())
            .filter(|session| session.handle == handle)
            .ok_or(SessionError::Stale(handle))
    }

    pub(crate) fn by_slot(&mut self, slot: u16) -> Option<&mut Session> {
        self.slots.get_mut(usize::from(slot))?.session.as_deref_mut()
    }

    /// Ends a generation and gives its rings back.
    pub(crate) fn release(&mut self, handle: SessionHandle) -> Option<(Block, Block)> {
        let index = usize::from(handle.slot());
        let slot = self.slots.get_mut(index)?;
        if slot.session.as_ref()?.handle != handle {
            return None;
        }
        let session = slot.session.take()?;
        self.free.set(index, true);
        self.used -= 1;
        Some((session.tx, session.rx))
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Session> {
        self.slots.iter_mut().filter_map(|slot| slot.session.as_deref_mut())
    }

    pub(crate) fn handles(&self) -> impl Iterator<Item = SessionHandle> + '_ {
        self.slots.iter().filter_map(|slot| slot.session.as_ref().map(|session| session.handle))
    }
}

#[cfg(test)]
mod tests;

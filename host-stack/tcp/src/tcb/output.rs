// SPDX-License-Identifier: Apache-2.0
//! What to send: SYNs, data, retransmissions, probes, acknowledgements.

use super::{State, Tcb};
use crate::handshake::syn_window;
use crate::info::Limited;
use crate::options;
use crate::segment::{Emit, Flags, SackBlocks, Segment, Timestamps};
use crate::seq::{Micros, SeqNum};

/// DupThresh of RFC 6675 §2 and RFC 5681 §3.2.
pub(super) const DUP_THRESH: u8 = 3;

impl Tcb {
    /// The next segment to send now, `None` when there is nothing (more). Call until `None`.
    pub fn poll_transmit(&mut self, now: Micros) -> Option<Emit> {
        let emit = self.next_segment(now)?;
        Some(self.counted(emit))
    }

    /// The acknowledgement that is due, on a segment of its own: for an owner that holds data back. `None` when none is due.
    pub fn poll_acknowledgement(&mut self, now: Micros) -> Option<Emit> {
        if !self.ack_due || !self.state.is_synchronized() {
            return None;
        }
        let emit = self.emit_ack(now);
        Some(self.counted(emit))
    }

    /// What is due is not sent, and announces nothing: for an owner that has no way out any more.
    pub fn discard_output(&mut self) {
        self.ack_due = false;
        self.ce_split = None;
        self.rst_due = None;
        self.reply_due = None;
    }

    fn counted(&mut self, emit: Emit) -> Emit {
        self.counters.segs_out = self.counters.segs_out.wrapping_add(1);
        self.counters.bytes_out += u64::from(emit.seg.payload_len);
        if emit.retransmit {
            self.counters.retransmit_segs += 1;
            self.counters.retransmit_bytes =
                self.counters.retransmit_bytes.wrapping_add(emit.seg.payload_len);
        }
        emit
    }

    fn next_segment(&mut self, now: Micros) -> Option<Emit> {
        if let Some(mut rst) = self.rst_due.take() {
            // RFC 7323 §3.2: an RST may carry timestamps once they are in use.
            rst.ts = self.timestamps(now);
            return Some(self.emit(rst, false));
        }
        if self.syn_due {
            return Some(self.emit_syn(now));
        }
        if let Some(reply) = self.reply_due.take() {
            return Some(self.emit(reply, false));
        }
        if let Some(ack) = self.ce_split.take() {
            return Some(self.emit_split(now, ack));
        }
        if core::mem::take(&mut self.keep_due) {
            return Some(self.emit_keepalive(now));
        }
        let report = self.sack_ok && (self.dsack.is_some() || !self.ooo.is_empty());
        if report && self.ack_due && !self.cfg.sack_on_data && self.state != State::Closed {
            // Data would take the ACK along, without its report.
            return Some(self.emit_ack(now));
        }
        if self.state.may_send() {
            if let Some(e) = self.poll_data(now) {
                return Some(e);
            }
        } else {
            self.limit.set(Limited::State, now);
        }
        (self.ack_due && !matches!(self.state, State::Closed | State::SynSent))
            .then(|| self.emit_ack(now))
    }

    fn emit(&self, seg: Segment, retransmit: bool) -> Emit {
        Emit { seg, ect: false, retransmit, seg_size: self.snd_mss(), df: self.df }
    }

    /// SYN or SYN|ACK (RFC 9293 §3.5).
    fn emit_syn(&mut self, now: Micros) -> Emit {
        self.syn_due = false;
        let passive = self.state == State::SynReceived;
        let retransmit = self.snd_max.after(self.iss);
        let ece = match (passive, self.ecn_ok, self.cfg.ecn) {
            (true, true, _) => Flags::ECE,
            // RFC 3168 §6.1.1.1: no ECN on a SYN that is sent again.
            (false, _, true) if self.retries == 0 => Flags::ECE.with(Flags::CWR),
            _ => Flags::NONE,
        };
        let ack = if passive { Flags::ACK } else { Flags::NONE };
        let scaling = if passive { self.wscale_ok } else { self.cfg.window_scaling };
        let timestamps = if passive { self.ts_ok } else { self.cfg.timestamps };
        let wnd = syn_window(&self.cfg);
        let seg = Segment {
            seq: self.iss,
            ack: if passive { self.rcv_nxt } else { SeqNum(0) },
            flags: Flags::SYN.with(ack).with(ece),
            wnd,
            ts: timestamps.then(|| Timestamps {
                val: super::ts_clock(now, self.ts_offset),
                ecr: if passive { self.ts_recent } else { 0 },
            }),
            mss: Some(self.cfg.mss),
            wscale: scaling.then(|| self.cfg.rcv_wscale()),
            sack_permitted: if passive { self.sack_ok } else { self.cfg.sack },
            ..Segment::default()
        };
        if passive {
            self.rcv_adv = self.rcv_adv.max(self.rcv_nxt + u32::from(wnd));
            self.acknowledged();
        }
        self.timed = (!retransmit).then_some((self.iss + 1, now));
        self.snd_nxt = self.iss + 1;
        self.snd_max = self.iss + 1;
        self.t_rtx = Some(now + self.rtt.rto(self.cfg.max_rto));
        self.emit(seg, retransmit)
    }

    /// RFC 9293 §3.8.4: SEG.SEQ = SND.NXT − 1, no data.
    fn emit_keepalive(&mut self, now: Micros) -> Emit {
        let mut seg = self.ack_segment(now, SackBlocks::new(), self.rcv_nxt);
        seg.seq = self.snd_max - 1;
        self.counters.probes_out += 1;
        self.acknowledged();
        self.emit(seg, false)
    }

    fn emit_ack(&mut self, now: Micros) -> Emit {
        let sack = self.sack_blocks();
        let mut seg = self.ack_segment(now, sack, self.rcv_nxt);
        seg.seq = self.ack_seq();
        self.acknowledged();
        self.emit(seg, false)
    }

    /// Sequence number of a segment without data: SND.MAX unless the peer's window ends before.
    pub(crate) fn ack_seq(&self) -> SeqNum {
        let edge = self.snd_una + self.snd_wnd;
        if self.state.is_synchronized() && edge.before(self.snd_max) { edge } else { self.snd_max }
    }

    /// SACK blocks to send: the D-SACK first (RFC 2883 §4), then the most recent ones.
    fn sack_blocks(&mut self) -> SackBlocks {
        let mut blocks = SackBlocks::new();
        if !self.sack_ok {
            return blocks;
        }
        let room = options::sack_room(self.ts_ok, self.cfg.signature);
        if let Some(d) = self.dsack {
            blocks.push(d.start, d.end);
        }
        for b in self.ooo.as_slice() {
            blocks.push(b.start, b.end);
        }
        blocks.truncate(room);
        blocks
    }

    /// The ACK of what came before marks began or ended (RFC 8257 §3.2, figure 1). What came since is still owed one.
    fn emit_split(&mut self, now: Micros, ack: SeqNum) -> Emit {
        let mut seg = self.ack_segment(now, SackBlocks::new(), ack);
        seg.seq = self.ack_seq();
        let ece = if self.ece_due { Flags::NONE } else { Flags::ECE };
        seg.flags = Flags::ACK.with(ece);
        self.last_ack_sent = self.last_ack_sent.max(ack);
        self.emit(seg, false)
    }

    /// An ACK with window, timestamps and SACK; its SEQ is still to be set.
    fn ack_segment(&mut self, now: Micros, sack: SackBlocks, ack: SeqNum) -> Segment {
        let ece = if self.ecn_ok && self.ece_due { Flags::ECE } else { Flags::NONE };
        Segment {
            seq: self.snd_max,
            ack,
            flags: Flags::ACK.with(ece),
            wnd: self.announce(ack),
            ts: self.timestamps(now),
            sack,
            ..Segment::default()
        }
    }

    /// An ACK of everything has been given out.
    fn acknowledged(&mut self) {
        self.ack_due = false;
        self.delack_count = 0;
        self.t_delack = None;
        self.dsack = None;
        self.last_ack_sent = self.rcv_nxt;
    }

    /// How far the right edge of the receive window could move: the ring's end, or what the window
    /// field can express if that is less.
    pub(crate) fn window_gain(&self) -> u32 {
        let most = self.rcv_nxt + (0xffff << self.rcv_wscale);
        (self.rcv_read + self.cfg.rcv_ring).min(most).since(self.rcv_adv)
    }

    /// By how much the edge must be movable before an ACK is sent just for that: a quarter of the
    /// ring, or two segments when less than that is open.
    pub(crate) fn window_step(&self) -> u32 {
        let ring = self.cfg.rcv_ring;
        if self.rcv_adv.since(self.rcv_nxt) < ring / 4 {
            (ring / 2).min(2 * self.snd_mss()).max(1)
        } else {
            (ring / 4).max(1)
        }
    }

    /// The window field to send with an acknowledgement of `ack`, and the edge it announces (RFC 9293 §3.8.6.2.2: the edge moves in
    /// steps of min(half the ring, Eff.snd.MSS) and never back; RFC 7323 §2.4 on rounding).
    fn announce(&mut self, ack: SeqNum) -> u16 {
        let step = (self.cfg.rcv_ring / 2).min(self.snd_mss()).max(1);
        let full = self.rcv_read + self.cfg.rcv_ring;
        let edge = if self.window_gain() >= step { full } else { self.rcv_adv };
        let shift = self.rcv_wscale;
        let mut raw = (edge.since(ack) >> shift).min(0xffff);
        if (ack + (raw << shift)).before(self.rcv_adv)
            && raw < 0xffff
            && (ack + ((raw + 1) << shift)).before_eq(full)
        {
            raw += 1;
        }
        self.rcv_adv = self.rcv_adv.max(ack + (raw << shift));
        u16::try_from(raw).unwrap_or(u16::MAX)
    }

    /// Bytes in the network (RFC 6675 §4, SetPipe).
    pub(crate) fn pipe(&self) -> u32 {
        let una = self.snd_una;
        if self.snd_nxt.before(self.snd_max) {
            // Rewound: only what has been sent again counts.
            return self.snd_nxt.since(una) - self.sacked.held_before(self.snd_nxt);
        }
        let flight = self.snd_max.since(una) - self.sacked.total();
        if !self.sack_ok || !self.fast_recovery {
            return flight;
        }
        let unsacked = |to: SeqNum| to.since(una) - self.sacked.held_before(to);
        flight - unsacked(self.lost_edge()) + unsacked(self.high_rxt)
    }

    /// Everything not SACKed below this edge is lost (RFC 6675 §4, IsLost).
    pub(crate) fn lost_edge(&self) -> SeqNum {
        let enough = u32::from(DUP_THRESH - 1) * self.snd_mss();
        let mut bytes = 0;
        for (n, b) in self.sacked.as_slice().iter().rev().enumerate() {
            bytes += b.end - b.start;
            if n + 1 >= usize::from(DUP_THRESH) || bytes > enough {
                return b.start;
            }
        }
        self.snd_una
    }

    /// Recovering from a timeout: SND.UNA has not reached `recover` and no fast recovery is on.
    pub(crate) fn after_rto(&self) -> bool {
        !self.fast_recovery && !self.cong_recovery && self.snd_una.before(self.recover)
    }

    /// The window that `pipe` may fill: cwnd, plus what the first two duplicate ACKs without SACK allow before recovery
    /// (RFC 3042).
    fn allowance(&self) -> u32 {
        let limited =
            !self.sack_ok && !self.fast_recovery && !self.after_rto() && self.dupacks < DUP_THRESH;
        self.cwnd.saturating_add(if limited { u32::from(self.dupacks) * self.snd_mss() } else { 0 })
    }

    fn poll_data(&mut self, now: Micros) -> Option<Emit> {
        if self.rexmit_due {
            // Where the peer's window forbids it, it stays due.
            let limit = self.hole_end(self.snd_una);
            if let Some(e) = self.resend(self.snd_una, limit, now) {
                self.rexmit_due = false;
                self.high_rxt = self.high_rxt.max(e.seg.end());
                return Some(e);
            }
        }
        if core::mem::take(&mut self.probe_due)
            && let Some(e) = self.emit_probe(now)
        {
            return Some(e);
        }
        let recovering = self.fast_recovery && self.sack_ok;
        if recovering && let Some(e) = self.resend_hole(self.lost_edge(), now) {
            return Some(e); // NextSeg rule 1
        }
        if let Some(e) = self.poll_new(now, false) {
            return Some(e); // rule 2
        }
        if recovering && self.cfg.resend_likely {
            let top = self.sacked.as_slice().last().map_or(self.snd_una, |b| b.start);
            if let Some(e) = self.resend_hole(top, now) {
                return Some(e); // rule 3
            }
            return self.rescue(now); // rule 4
        }
        None
    }

    /// End of the hole at `from`: the next SACKed byte, or all that was sent.
    fn hole_end(&self, from: SeqNum) -> SeqNum {
        self.sacked.next_from(from).map_or(self.snd_max, |b| b.start)
    }

    /// Resends the first hole at or after HighRxt and below `edge`, if cwnd − pipe ≥ 1 SMSS.
    fn resend_hole(&mut self, edge: SeqNum, now: Micros) -> Option<Emit> {
        let mut from = self.high_rxt.max(self.snd_una);
        if let Some(b) = self.sacked.containing(from) {
            from = b.end;
        }
        if !from.before(edge) || self.pipe() + self.snd_mss() > self.cwnd {
            return None;
        }
        let e = self.resend(from, self.hole_end(from), now)?;
        self.high_rxt = e.seg.end();
        Some(e)
    }

    /// NextSeg rule 4: once per recovery, the end of what was outstanding at its start. Only after a round trip of silence
    /// from us: as long as what was sent last may still be acknowledged, it would be sent in vain.
    fn rescue(&mut self, now: Micros) -> Option<Emit> {
        let top = self.sacked.as_slice().last().map_or(self.snd_una, |b| b.end);
        let from = top.max(self.recover - self.snd_mss()).max(self.high_rxt);
        if now.since(self.last_sent_at).as_u32() < self.rtt.srtt()
            || self.rescued
            || !from.before(self.recover)
            || self.pipe() + self.snd_mss() > self.cwnd
        {
            return None;
        }
        self.rescued = true;
        self.resend(from, self.recover, now)
    }

    /// One segment again, from `from` up to at most `limit`, inside the peer's window.
    fn resend(&mut self, from: SeqNum, limit: SeqNum, now: Micros) -> Option<Emit> {
        let usable = (self.snd_una + self.snd_wnd).since(from);
        let len = limit.min(self.snd_end).since(from).min(self.payload_room()).min(usable);
        // The FIN takes a place in the window, too.
        let last = from + len == self.snd_end && limit.after(self.snd_end) && usable > len;
        let fin = self.fin_queued && last;
        (len > 0 || fin).then(|| self.emit_data(from, len, fin, now))
    }

    /// Payload that fits a segment sent now, SACK blocks considered.
    fn payload_room(&self) -> u32 {
        let blocks = if self.sack_ok && self.cfg.sack_on_data {
            (self.ooo.as_slice().len() + usize::from(self.dsack.is_some()))
                .min(options::sack_room(self.ts_ok, self.cfg.signature))
        } else {
            0
        };
        u32::from(self.mss()) - options::data_len(self.ts_ok, self.cfg.signature, blocks)
    }

    /// Data, or the FIN, from SND.NXT: new, or again after a rewind (RFC 9293 §3.8.6.2.1).
    /// `force` overrides silly-window avoidance.
    fn poll_new(&mut self, now: Micros, force: bool) -> Option<Emit> {
        // What was reported is skipped, but SND.NXT stays: the peer may take it back (RFC 2018 §8).
        let reported = self.sacked.containing(self.snd_nxt);
        let from = reported.map_or(self.snd_nxt, |b| b.end);
        let data = self.snd_end.since(from);
        let all_sent = data == 0 && !(self.fin_queued && from == self.snd_end);
        if all_sent {
            self.stop_persist();
            self.limit.set(Limited::App, now);
            return None;
        }
        let again = from.before(self.snd_max);
        let idle = self.snd_una == self.snd_max;
        let usable = (self.snd_una + self.snd_wnd).since(from);
        let mss = self.payload_room();
        // Sent again, a segment is filled up with what was not sent yet.
        let hold = match self.sacked.next_from(from) {
            Some(reported) if again => reported.start.since(from),
            _ => u32::MAX,
        };
        let most = data.min(hold);
        let mut len = most.min(usable).min(mss * self.burst(again));
        let mut fin = self.fin_queued && from + len == self.snd_end && usable > len;
        if len == 0 && !fin {
            return self.blocked(Limited::Rwnd, now);
        }
        // Whole segments only, unless this is the end and nothing forbids a small one.
        let may_be_small = len == data && (idle || self.cfg.nodelay || self.fin_queued);
        let half = (idle || self.cfg.nodelay) && u64::from(len) * 2 >= u64::from(self.max_snd_wnd);
        let again_small = again && (len == most || from == self.snd_una);
        let silly = len < mss && len > 0 && !again_small && !force && !may_be_small && !half;
        if idle && !again && len > 0 && !silly {
            if !force {
                self.stop_persist();
            }
            self.restart_after_idle(now);
        }
        let pipe = self.pipe();
        let room = self.allowance().saturating_sub(pipe);
        if len > 0 && pipe > 0 && len.min(mss) > room {
            self.limit.set(Limited::Cwnd, now);
            return None;
        }
        if silly {
            return self.blocked(Limited::Sws, now);
        }
        if len > mss {
            len = len.min(room.max(mss));
            if len < data || !may_be_small {
                len -= len % mss;
            }
            fin = fin && len == data;
        }
        self.stop_persist();
        let e = self.emit_data(from, len, fin, now);
        self.snd_nxt = e.seg.end();
        Some(e)
    }

    /// Segments that one emission may cover (S-TSO-1: not with SACK, ECN signals or again).
    fn burst(&self, again: bool) -> u32 {
        let sack = self.sack_ok && (self.dsack.is_some() || !self.ooo.is_empty());
        let plain = !(again || self.ece_due || self.cwr_due || sack);
        if plain { u32::from(self.cfg.tso_segments.max(1)) } else { 1 }
    }

    /// Cannot send although there is something: with nothing in flight the persist timer must run,
    /// or we wait for ever (RFC 9293 §3.8.6.1).
    fn blocked(&mut self, why: Limited, now: Micros) -> Option<Emit> {
        self.limit.set(why, now);
        if self.pipe() == 0 && self.t_rtx.is_none() {
            self.persist = true;
            self.rtt.backoff = 0;
            self.retries = 0;
            self.arm_persist(now);
        }
        None
    }

    pub(super) fn arm_persist(&mut self, now: Micros) {
        let wait = self.rtt.rto(self.cfg.persist_max).max(self.cfg.persist_min);
        self.t_rtx = Some(now + wait);
    }

    /// What the persist timer was backed off by ends with it: the doublings of RFC 6298 §5.5 are for retransmissions that
    /// timed out, and a window that stays closed is none.
    pub(super) fn stop_persist(&mut self) {
        if self.persist {
            self.persist = false;
            self.probe_due = false;
            self.t_rtx = None;
            self.rtt.backoff = 0;
            self.retries = 0;
        }
    }

    /// RFC 5681 §4.1.
    fn restart_after_idle(&mut self, now: Micros) {
        if now.since(self.last_sent_at) > self.rtt.rto(self.cfg.max_rto) {
            let mut v = self.cc_vars(0, now);
            self.cc.after_idle(&mut v);
            self.take_cc_vars(&v);
            self.quickack = self.cfg.quick_acks.min(15);
        }
    }

    /// The persist timer has expired: all that fits if the window is open, else one octet, or the
    /// FIN, beyond it (RFC 9293 §3.8.6.1).
    fn emit_probe(&mut self, now: Micros) -> Option<Emit> {
        if self.snd_wnd > 0 {
            return self.poll_new(now, true);
        }
        let from = self.snd_una;
        let len = self.snd_end.since(from).min(1);
        let fin = len == 0 && self.fin_queued && from == self.snd_end;
        if len == 0 && !fin {
            return None;
        }
        self.counters.probes_out += 1;
        let running = self.t_rtx;
        // RFC 3168 §6.1.6: neither ECT nor CWR on a window probe; the CWR that is due stays due.
        let cwr = core::mem::take(&mut self.cwr_due);
        let mut e = self.emit_data(from, len, fin, now);
        self.cwr_due = cwr;
        e.ect = false;
        self.timed = None;
        self.t_rtx = running;
        Some(e)
    }

    fn emit_data(&mut self, from: SeqNum, len: u32, fin: bool, now: Micros) -> Emit {
        let sack = if self.cfg.sack_on_data { self.sack_blocks() } else { SackBlocks::new() };
        let retransmit = from.before(self.snd_max);
        let seg_size = self.payload_room();
        let mut seg = self.ack_segment(now, sack, self.rcv_nxt);
        seg.seq = from;
        seg.payload_len = len;
        if fin {
            seg.flags = seg.flags.with(Flags::FIN);
        }
        if len > 0 && from + len == self.snd_end {
            seg.flags = seg.flags.with(Flags::PSH);
        }
        // RFC 3168 §6.1.2, §6.1.5: CWR and ECT on new data only.
        let ect = self.ecn_ok && !retransmit && len > 0;
        if ect && core::mem::take(&mut self.cwr_due) {
            seg.flags = seg.flags.with(Flags::CWR);
        }
        self.acknowledged();
        let end = seg.end();
        if retransmit {
            // Karn: an ACK that covers this no longer tells a round trip.
            self.timed = None;
        } else if self.timed.is_none() {
            self.timed = Some((end, now));
        }
        self.snd_max = self.snd_max.max(end);
        self.last_sent_at = now;
        if self.t_rtx.is_none() {
            // RFC 6298 §5.1.
            self.t_rtx = Some(now + self.rtt.rto(self.cfg.max_rto));
        }
        Emit { seg, ect, retransmit, seg_size, df: self.df }
    }
}

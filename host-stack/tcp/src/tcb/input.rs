// SPDX-License-Identifier: Apache-2.0
//! Segment arrival (RFC 9293 §3.10.7, in its order), with RFC 5961 and RFC 7323.

use super::{Accepted, CloseReason, State, Tcb, Verdict};
use crate::cc::CcAlgo;
use crate::handshake::{Handshake, syn_window};
use crate::interval::Inserted;
use crate::segment::{Flags, Place, SackBlock, Segment};
use crate::seq::{Micros, SeqNum};
use crate::timewait::{TwAction, TwSwitches};

/// RFC 7323 §5.5: after 24 days TS.Recent is not believed any more.
const TS_STALE: Micros = Micros::from_secs(24 * 24 * 3600);

impl Accepted {
    const fn new(verdict: Verdict) -> Self {
        Self {
            place: None,
            verdict,
            delivered: 0,
            acked: 0,
            out_of_order: false,
            ooo_overflow: false,
        }
    }
}

impl Tcb {
    /// A segment of this connection has arrived; checksums are verified. Store `place` first, then
    /// drain `poll_transmit` and `poll_event`.
    pub fn on_segment(&mut self, now: Micros, seg: &Segment) -> Accepted {
        self.counters.segs_in = self.counters.segs_in.wrapping_add(1);
        match self.state {
            State::Closed => Accepted::new(Verdict::Closed),
            State::SynSent => Accepted::new(self.input_syn_sent(now, seg)),
            State::TimeWait => Accepted::new(self.input_time_wait(now, seg)),
            _ => self.input(now, *seg),
        }
    }

    /// RFC 9293 §3.10.7.3.
    fn input_syn_sent(&mut self, now: Micros, seg: &Segment) -> Verdict {
        if seg.has_ack() && !(seg.ack.after(self.iss) && seg.ack.before_eq(self.snd_max)) {
            self.rst_due = seg.reset_reply();
            return Verdict::BadHandshake;
        }
        if seg.rst() {
            if !seg.has_ack() {
                return Verdict::RstIgnored;
            }
            self.pending.reset = Some(CloseReason::Refused);
            self.finish(CloseReason::Refused);
            return Verdict::Reset;
        }
        if !seg.syn() {
            return Verdict::BadHandshake;
        }
        let mut hs = Handshake::from_syn(&self.cfg, self.iss, seg);
        if seg.has_ack() {
            // RFC 3168 §6.1.1: a SYN|ACK agrees with ECE alone.
            hs.ecn = self.cfg.ecn && seg.flags.has(Flags::ECE) && !seg.flags.has(Flags::CWR);
        }
        let syn_lost = self.retries > 0;
        self.negotiate(&hs, now);
        self.rcv_adv = self.rcv_nxt + u32::from(syn_window(&self.cfg));
        if seg.has_ack() {
            self.syn_acked(now, seg);
            self.established(syn_lost, now);
            self.ack_due = true;
        } else {
            // Simultaneous open (RFC 9293 §3.5).
            self.state = State::SynReceived;
            self.syn_due = true;
        }
        Verdict::Accepted
    }

    /// Our SYN is acknowledged.
    fn syn_acked(&mut self, now: Micros, seg: &Segment) {
        self.snd_una = self.iss + 1;
        self.snd_nxt = self.snd_una;
        self.snd_max = self.snd_una;
        self.snd_wl1 = seg.seq;
        self.snd_wl2 = seg.ack;
        if let Some((_, sent)) = self.timed.take() {
            self.sample(now.since(sent).as_u32());
        }
        self.t_rtx = None;
        self.syn_due = false;
        self.retries = 0;
    }

    /// TIME_WAIT kept in the core: the record answers, as a table would (S-VTW-6).
    fn input_time_wait(&mut self, now: Micros, seg: &Segment) -> Verdict {
        let record = self.time_wait_record();
        let out = record.process(TwSwitches::default(), &mut self.limiter, now, seg);
        self.reply_due = out.reply.or(self.reply_due);
        match out.action {
            TwAction::Keep => {}
            TwAction::Restart => self.t_2msl = Some(now + self.cfg.tw_linger),
            TwAction::Delete => self.finish(CloseReason::ResetByPeer),
            TwAction::Recycle => {
                self.finish(CloseReason::TimeWaitExpired);
                return Verdict::Recycled;
            }
        }
        Verdict::TimeWait(out.reason)
    }

    /// An ACK is owed, within the limit of RFC 5961 §7.
    pub(super) fn challenge(&mut self, now: Micros) {
        if self.limiter.allow(now) {
            self.ack_due = true;
            self.counters.challenge_acks += 1;
        } else {
            self.counters.challenge_suppressed += 1;
        }
    }

    /// RFC 9293 §3.10.7.4: all states from SYN_RECEIVED on.
    fn input(&mut self, now: Micros, mut seg: Segment) -> Accepted {
        // Simultaneous open: the peer's SYN|ACK repeats its SYN; what is left begins at RCV.NXT.
        if self.state == State::SynReceived && seg.syn() && seg.has_ack() && seg.seq == self.irs {
            seg.seq += 1;
            seg.flags = seg.flags.without(Flags::SYN);
        }
        if let Err(verdict) = self.check_segment(now, &seg) {
            let mut out = Accepted::new(verdict);
            let unacceptable = matches!(verdict, Verdict::Duplicate | Verdict::Unacceptable);
            if unacceptable && self.old_with_new_ack(&seg) {
                out.acked = self.process_ack(now, &seg);
                self.fin_acked(now);
            }
            return out;
        }
        if self.state == State::SynReceived {
            if !(seg.ack.after(self.iss) && seg.ack.before_eq(self.snd_max)) {
                self.rst_due = seg.reset_reply();
                return Accepted::new(Verdict::BadHandshake);
            }
            let syn_lost = self.retries > 0;
            self.syn_acked(now, &seg);
            self.snd_wnd = u32::from(seg.wnd) << self.snd_wscale;
            self.max_snd_wnd = self.snd_wnd;
            self.established(syn_lost, now);
        }
        if !self.ack_plausible(&seg) {
            self.challenge(now);
            return Accepted::new(Verdict::BadAck);
        }
        self.alive(now);
        self.record_timestamp(now, &seg);
        let mut out = Accepted::new(Verdict::Accepted);
        out.acked = self.process_ack(now, &seg);
        self.fin_acked(now);
        if self.state == State::Closed || self.state == State::TimeWait {
            return out;
        }
        let fresh = seg.payload_len > 0 && (seg.seq + seg.payload_len).after(self.rcv_nxt);
        if self.detached && fresh && self.state.may_receive() {
            self.abort_with(CloseReason::DataAfterClose);
            out.verdict = Verdict::DataAfterClose;
            return out;
        }
        if self.ecn_ok && seg.payload_len > 0 {
            self.receive_ecn(&seg);
        }
        if self.state.may_receive() {
            self.receive_text(now, &seg, &mut out);
            self.receive_fin(now, &seg, &out);
        }
        out
    }

    /// A segment wholly before RCV.NXT, by one ring at most, that acknowledges something new. Without
    /// its ACK two ends that both probe closed windows could refuse each other's segments for ever:
    /// each has taken the other's probe octet, and each sends from the sequence number before it.
    fn old_with_new_ack(&self, seg: &Segment) -> bool {
        self.state.is_synchronized()
            && seg.has_ack()
            && !seg.syn()
            && seg.end().before_eq(self.rcv_nxt)
            && self.rcv_nxt - seg.seq <= self.cfg.rcv_ring
            && seg.ack.after(self.snd_una)
            && seg.ack.before_eq(self.snd_max)
    }

    /// RFC 5961 §5.2.
    fn ack_plausible(&self, seg: &Segment) -> bool {
        let oldest = self.snd_una - self.max_snd_wnd;
        seg.ack.after_eq(oldest) && seg.ack.before_eq(self.snd_max)
    }

    /// RFC 7323 §4.3 (2); PAWS has been passed.
    fn record_timestamp(&mut self, now: Micros, seg: &Segment) {
        if self.ts_ok
            && let Some(ts) = seg.ts
            && seg.seq.before_eq(self.last_ack_sent)
        {
            self.ts_recent = ts.val;
            self.ts_recent_at = now;
        }
    }

    /// Everything that can end a segment's life before its ACK is looked at.
    fn check_segment(&mut self, now: Micros, seg: &Segment) -> Result<(), Verdict> {
        // RFC 7323 §5.3 R1, §3.2.
        if self.ts_ok && !seg.rst() {
            match seg.ts {
                None if !seg.syn() => return Err(Verdict::NoTimestamp),
                Some(ts)
                    if ts.val.wrapping_sub(self.ts_recent).cast_signed() < 0
                        && now.since(self.ts_recent_at) < TS_STALE =>
                {
                    self.counters.paws_drops += 1;
                    self.answer_unacceptable(now, seg);
                    return Err(Verdict::Paws);
                }
                _ => {}
            }
        }
        // First: the sequence number.
        if !self.acceptable(seg) {
            return Err(self.unacceptable(now, seg));
        }
        // Second: RST (RFC 5961 §3.2).
        if seg.rst() {
            if seg.seq == self.rcv_nxt {
                self.pending.reset = Some(CloseReason::ResetByPeer);
                self.finish(CloseReason::ResetByPeer);
                return Err(Verdict::Reset);
            }
            self.challenge(now);
            return Err(Verdict::RstChallenged);
        }
        // Fourth: SYN (RFC 5961 §4.2).
        if seg.syn() {
            self.challenge(now);
            return Err(Verdict::SynChallenged);
        }
        // Fifth: ACK.
        if seg.has_ack() { Ok(()) } else { Err(Verdict::NoAck) }
    }

    /// RFC 9293 §3.10.7.4 first check; see [`crate::decisions`] for the edges.
    fn acceptable(&self, seg: &Segment) -> bool {
        let from_next = seg.seq.after_eq(self.rcv_nxt);
        if seg.is_empty() {
            let probed = u32::from(self.rcv_adv == self.rcv_nxt);
            return from_next && seg.seq.before_eq(self.rcv_adv + probed);
        }
        seg.seq == self.rcv_nxt || seg.seq.before(self.rcv_adv) && seg.end().after(self.rcv_nxt)
    }

    fn unacceptable(&mut self, now: Micros, seg: &Segment) -> Verdict {
        if seg.rst() {
            return Verdict::RstIgnored;
        }
        if seg.syn() {
            self.challenge(now);
            // The peer has not got our SYN|ACK: it goes out again with the challenge's allowance.
            if self.state == State::SynReceived && seg.seq == self.irs && self.ack_due {
                self.ack_due = false;
                self.syn_due = true;
            }
            return Verdict::SynChallenged;
        }
        self.answer_unacceptable(now, seg);
        let old = seg.seq.before(self.rcv_nxt) && seg.end().before_eq(self.rcv_nxt);
        if !seg.is_empty() && old {
            self.counters.dup_in += 1;
            // When our ACK was lost, the next one must echo the retransmission's timestamp, or the
            // peer would measure its own timeout as a round trip.
            if seg.has_ack() && self.ack_plausible(seg) {
                self.record_timestamp(now, seg);
            }
            if seg.payload_len > 0 {
                // RFC 2883 §4.1.
                let end = seg.seq + seg.payload_len;
                self.dsack = self.sack_ok.then_some(SackBlock { start: seg.seq, end });
            }
            return Verdict::Duplicate;
        }
        Verdict::Unacceptable
    }

    /// ACK for a segment that is dropped: limited when it is empty, so that two ends that disagree
    /// cannot keep each other busy.
    fn answer_unacceptable(&mut self, now: Micros, seg: &Segment) {
        if seg.is_empty() || seg.syn() {
            self.challenge(now);
        } else {
            self.ack_due = true;
        }
    }

    /// Our FIN has been acknowledged: the state machine moves (RFC 9293 §3.10.7.4, fifth check).
    fn fin_acked(&mut self, now: Micros) {
        if !(self.fin_queued && self.snd_una.after(self.snd_end)) {
            return;
        }
        match self.state {
            State::FinWait1 => {
                self.state = State::FinWait2;
                if self.detached {
                    self.t_2msl = Some(now + self.cfg.fin_wait_2);
                }
            }
            State::Closing => self.enter_time_wait(now),
            State::LastAck => self.finish(CloseReason::Normal),
            _ => {}
        }
    }

    /// RFC 3168 §6.1.3: CWR ends the echo, CE starts it. DCTCP echoes each segment's own mark (RFC 8257 §3.2): when marks
    /// begin or end, what waits for a delayed ACK is acknowledged at once, with the echo that it deserves.
    fn receive_ecn(&mut self, seg: &Segment) {
        if self.cfg.cc == CcAlgo::Dctcp {
            if seg.ce != self.ece_due && (self.delack_count > 0 || self.ack_due) {
                self.ce_split = Some(self.rcv_nxt);
                self.delack_count = 0;
                self.t_delack = None; // what is owed one from here on has waited for nothing yet
            }
            self.ece_due = seg.ce;
            return;
        }
        let before = self.ece_due;
        if seg.flags.has(Flags::CWR) {
            self.ece_due = false;
        }
        if seg.ce {
            self.ece_due = true;
        }
        if self.ece_due != before {
            self.ack_due = true;
        }
    }

    /// RFC 9293 §3.10.7.4, seventh: the text, trimmed to the window.
    fn receive_text(&mut self, now: Micros, seg: &Segment, out: &mut Accepted) {
        if seg.payload_len == 0 {
            return;
        }
        let start = seg.seq.max(self.rcv_nxt);
        let mut end = (seg.seq + seg.payload_len).min(self.rcv_adv);
        if let Some(fin) = self.early_fin {
            end = end.min(fin);
        }
        if seg.seq.before(self.rcv_nxt) {
            let end = self.rcv_nxt.min(seg.seq + seg.payload_len);
            self.dsack = self.sack_ok.then_some(SackBlock { start: seg.seq, end });
            self.ack_due = true;
        }
        if !start.before(end) {
            // Zero window, or nothing new: the sender must hear where we are.
            self.ack_due = true;
            return;
        }
        let place = Place { ring_seq: start, skip: start - seg.seq, len: end - start };
        if start == self.rcv_nxt {
            self.receive_in_order(now, end, seg.payload_len, out);
            out.place = Some(place);
            return;
        }
        // Out of order: RFC 5681 §4.2, an immediate ACK.
        out.out_of_order = true;
        self.counters.ooo_in += 1;
        self.ack_due = true;
        if self.ooo.covering(start, end).is_some() {
            self.counters.dup_in += 1;
            self.dsack = self.sack_ok.then_some(SackBlock { start, end });
        }
        match self.ooo.insert(start, end, usize::from(self.cfg.ooo_intervals)) {
            Inserted::New { .. } => out.place = Some(place),
            Inserted::Nothing => {}
            Inserted::Full => {
                self.counters.ooo_overflow += 1;
                out.ooo_overflow = true;
            }
        }
    }

    /// In-order text up to `end`: always accepted (S-REASS-1).
    fn receive_in_order(&mut self, now: Micros, end: SeqNum, len: u32, out: &mut Accepted) {
        let gap = !self.ooo.is_empty();
        let next = self.ooo.advance(end);
        out.delivered = next - self.rcv_nxt;
        self.counters.bytes_in += u64::from(out.delivered);
        self.rcv_nxt = next;
        self.pending.readable = true;
        self.delack_count = (self.delack_count + 1).min(15);
        if self.quickack > 0 {
            self.quickack -= 1;
            self.ack_due = true;
        } else if gap
            || self.delack_count >= 2
            || len > u32::from(self.cfg.mss)
            || self.cfg.delayed_ack == Micros::ZERO
        {
            self.ack_due = true;
        } else if self.t_delack.is_none() {
            self.t_delack = Some(now + self.cfg.delayed_ack);
        }
    }

    /// RFC 9293 §3.10.7.4, eighth: the FIN, now or remembered.
    fn receive_fin(&mut self, now: Micros, seg: &Segment, text: &Accepted) {
        if seg.fin() {
            let fin = seg.seq + seg.payload_len;
            // Beyond the window it is dropped, and the sender must hear where we are.
            self.ack_due = true;
            // With a text that found no place it will come again.
            let heard = fin.after_eq(self.rcv_nxt) && fin.before_eq(self.rcv_adv);
            // One that is reached already is not moved by another.
            if heard && !text.ooo_overflow && self.early_fin != Some(self.rcv_nxt) {
                self.early_fin = Some(fin);
            }
        }
        if self.early_fin != Some(self.rcv_nxt) {
            return;
        }
        self.early_fin = None;
        self.ooo.clear();
        self.rcv_nxt += 1;
        self.rcv_adv = self.rcv_adv.max(self.rcv_nxt);
        self.peer_fin = true;
        self.ack_due = true;
        self.pending.peer_closed = true;
        match self.state {
            State::Established => self.state = State::CloseWait,
            State::FinWait1 => self.state = State::Closing,
            State::FinWait2 => self.enter_time_wait(now),
            _ => {}
        }
    }
}

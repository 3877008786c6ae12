// SPDX-License-Identifier: Apache-2.0
//! Acknowledgements: window, round-trip time, SACK scoreboard, recovery, congestion control.

use super::output::DUP_THRESH;
use super::{Tcb, ts_clock};
use crate::cc::{AckType, CcVars, Signal};
use crate::interval::Inserted;
use crate::segment::{Flags, Segment};
use crate::seq::{Micros, SeqNum};

impl Tcb {
    /// An acceptable ACK (checked by the caller). Returns the payload bytes it newly covers.
    pub(super) fn process_ack(&mut self, now: Micros, seg: &Segment) -> u32 {
        let free_before = self.snd_free();
        let advanced = seg.ack.since(self.snd_una);
        if advanced > 0 {
            // Before the blocks of the same segment: they are what the peer has now.
            self.counters.sack_reneges += u32::from(self.sacked.containing(seg.ack).is_some());
            self.sacked.advance(seg.ack);
        }
        let new_sack = self.take_sack(seg);
        let old_wnd = self.snd_wnd;
        let brings_window = self.brings_window(seg);
        if self.persist {
            self.retries = 0;
        }
        let echoed = self.ecn_ok && seg.flags.has(Flags::ECE) && self.hears_ecn();
        let before = CcVars { cwnd: self.cwnd, snd_una: self.snd_una, ..CcVars::default() };
        let mut acked = 0;
        if advanced > 0 {
            acked = self.advance(now, seg, free_before);
        }
        // After congestion control has judged by the window that was in use (S-CC-2).
        if brings_window {
            self.take_window(seg);
        }
        let duplicate = if self.sack_ok {
            // RFC 6675 §2: it brings SACK information that was not known.
            new_sack > 0
        } else {
            // RFC 5681 §2.
            advanced == 0
                && seg.ack == self.snd_una
                && self.snd_una != self.snd_max
                && seg.is_empty()
                && u32::from(seg.wnd) << self.snd_wscale == old_wnd
        };
        // Answers to window probes are no sign of loss.
        if !self.persist {
            if duplicate {
                self.duplicate_ack(now);
            }
            self.maybe_enter_recovery(now, before.cwnd);
        }
        // A segment that tells of both is a loss.
        if echoed && !self.fast_recovery {
            self.ecn_echo(now, &before);
        }
        acked
    }

    /// RFC 9293 §3.10.7.4: SND.WND, SND.WL1, SND.WL2. An ACK that moves SND.UNA always counts: a
    /// retransmission carries an old SEQ with a new ACK, and its window must go with that ACK or the
    /// right edge would run ahead of what was announced.
    fn brings_window(&self, seg: &Segment) -> bool {
        if seg.ack.before(self.snd_una) {
            return false;
        }
        seg.ack.after(self.snd_una)
            || self.snd_wl1.before(seg.seq)
            || self.snd_wl1 == seg.seq && self.snd_wl2.before_eq(seg.ack)
    }

    fn take_window(&mut self, seg: &Segment) {
        self.snd_wnd = u32::from(seg.wnd) << self.snd_wscale;
        self.snd_wl1 = seg.seq;
        self.snd_wl2 = seg.ack;
        self.max_snd_wnd = self.max_snd_wnd.max(self.snd_wnd);
    }

    /// Puts the SACK blocks into the scoreboard; returns how many bytes were news.
    fn take_sack(&mut self, seg: &Segment) -> u32 {
        if !self.sack_ok {
            return 0;
        }
        let una = self.snd_una.max(seg.ack);
        let mut news = 0;
        for (n, b) in seg.sack.iter().enumerate() {
            if n == 0 && b.start.before(seg.ack) {
                self.counters.dsack_in += 1; // RFC 2883 §5
            }
            let sane = b.start.after(una) && b.start.before(b.end) && b.end.before_eq(self.snd_max);
            if !sane {
                continue;
            }
            let limit = usize::from(self.cfg.sack_intervals.clamp(1, 16));
            if let Inserted::New { bytes, .. } = self.sacked.insert(b.start, b.end, limit) {
                news += bytes;
            }
        }
        news
    }

    /// RFC 3168 §6.1.2 and S-CC-3: once a round trip, and never together with a loss. "At most once per window of data":
    /// nothing in flight, no window.
    fn hears_ecn(&self) -> bool {
        self.snd_una != self.snd_max
            && !self.fast_recovery
            && !self.cong_recovery
            && !self.after_rto()
    }

    /// The window as it was before this acknowledgement is reduced.
    fn ecn_echo(&mut self, now: Micros, before: &CcVars) {
        let (cwnd, snd_una) = (before.cwnd, before.snd_una);
        let mut v = CcVars { cwnd, snd_una, ..self.cc_vars(0, now) };
        self.cc.cong_signal(&mut v, Signal::Ecn);
        self.take_cc_vars(&v);
        self.cong_recovery = true;
        self.recover = self.snd_max;
        self.cwr_due = true;
        self.counters.ecn_reductions += 1;
    }

    /// SND.UNA moves up.
    fn advance(&mut self, now: Micros, seg: &Segment, free_before: SeqNum) -> u32 {
        let bytes = seg.ack - self.snd_una;
        let resent = self.high_rxt.after(seg.ack);
        let snd_nxt = self.snd_nxt;
        self.snd_una = seg.ack;
        self.snd_nxt = self.snd_nxt.max(seg.ack);
        self.high_rxt = self.high_rxt.max(seg.ack);
        self.rexmit_due = false;
        let acked = self.snd_free().since(free_before);
        if acked > 0 {
            self.pending.writable = true;
        }
        self.measure(now, seg);
        self.undo_timeout(now);
        self.retries = 0;
        self.dupacks = 0;
        if self.fast_recovery {
            if seg.ack.after_eq(self.recover) {
                self.leave_recovery(now, acked);
            } else {
                // RFC 6582 §3.2 step 5, partial acknowledgement: what follows is missing. With SACK too, or a hole with
                // little behind it would wait for the timeout.
                self.rexmit_due = !resent;
                if !self.sack_ok {
                    let mss = self.snd_mss();
                    let back = if bytes >= mss { mss } else { 0 };
                    self.cwnd = (self.cwnd.saturating_sub(bytes) + back).max(mss);
                }
            }
        } else {
            // What lay behind a timeout before this acknowledgement counts as such still (RFC 3465 §2.3).
            let mut v = CcVars { snd_nxt, ..self.cc_vars(acked, now) };
            if self.cong_recovery && seg.ack.after_eq(self.recover) {
                // The window grows from the next one on.
                self.cong_recovery = false;
            }
            v.marked = if self.ecn_ok && seg.flags.has(Flags::ECE) { acked } else { 0 };
            self.cc.ack_received(&mut v, AckType::Ack);
            self.take_cc_vars(&v);
        }
        if !self.fast_recovery && !self.cong_recovery && self.recover.before(seg.ack) {
            // Keep `recover` near, so that comparisons survive a wrap of the sequence space.
            self.recover = seg.ack - 1;
        }
        // RFC 6298 §5.2, §5.3.
        let all = self.snd_end + u32::from(self.fin_queued);
        if self.persist && self.snd_una.before(all) {
            // The peer took the probe, but its window is still closed: probing goes on, backed off.
            self.arm_persist(now);
        } else if self.snd_una == self.snd_max {
            self.t_rtx = None;
            // The doublings were of the persist timer: no timeout that Karn's rule would keep for what is sent next.
            self.stop_persist();
        } else {
            self.t_rtx = Some(now + self.rtt.rto(self.cfg.max_rto));
        }
        acked
    }

    pub(super) fn sample(&mut self, r: u32) {
        self.rtt.sample(r, self.cfg.min_rto, self.cfg.max_rto);
    }

    /// One sample an ACK at most: the timed segment (Karn), or the echoed timestamp when that was
    /// lost to a retransmission (RFC 7323 §4.1).
    fn measure(&mut self, now: Micros, seg: &Segment) {
        match self.timed {
            Some((end, sent)) if seg.ack.after_eq(end) => {
                self.timed = None;
                self.sample(now.since(sent).as_u32());
            }
            Some(_) => {}
            None => {
                if let Some(ts) = seg.ts.filter(|ts| self.ts_ok && ts.ecr != 0) {
                    let ticks = ts_clock(now, self.ts_offset).wrapping_sub(ts.ecr);
                    if ticks < 1 << 17 {
                        self.sample(ticks << 10);
                    }
                }
            }
        }
    }

    /// S-CC-2, RTO_ERR: an ACK within half a round trip of the first retransmission cannot be its
    /// answer; the timeout was spurious.
    fn undo_timeout(&mut self, now: Micros) {
        let Some(u) = self.undo.take() else { return };
        if self.retries != 1 || now >= u.until {
            return;
        }
        self.counters.rto_spurious += 1;
        self.cwnd = u.cwnd;
        self.ssthresh = u.ssthresh;
        self.recover = u.recover;
        self.fast_recovery = u.fast_recovery;
        self.cong_recovery = u.cong_recovery;
        self.snd_nxt = self.snd_max;
        let mut v = self.cc_vars(0, now);
        self.cc.cong_signal(&mut v, Signal::RtoErr);
        self.take_cc_vars(&v);
    }

    fn duplicate_ack(&mut self, now: Micros) {
        self.counters.dup_acks_in += 1;
        self.dupacks = (self.dupacks + 1).min(15);
        let mut v = self.cc_vars(0, now);
        self.cc.ack_received(&mut v, AckType::DupAck);
        self.take_cc_vars(&v);
        if self.fast_recovery && !self.sack_ok {
            self.cwnd = self.cwnd.saturating_add(self.snd_mss()).min(v.cwnd_cap());
        }
    }

    /// RFC 6675 §5 steps 1, 2, 4; RFC 6582 §3.2 steps 1, 2. `cwnd` is the window before this acknowledgement, which may have
    /// made it grow.
    fn maybe_enter_recovery(&mut self, now: Micros, cwnd: u32) {
        if self.fast_recovery || self.snd_una == self.snd_max {
            return;
        }
        let lost =
            self.dupacks >= DUP_THRESH || self.sack_ok && self.lost_edge().after(self.snd_una);
        let fresh = if self.sack_ok {
            self.snd_una.after_eq(self.recover)
        } else {
            self.snd_una.after(self.recover)
        };
        if !lost || !(fresh || self.cong_recovery) {
            return;
        }
        let mut v = CcVars { cwnd, ..self.cc_vars(0, now) };
        self.cc.cong_signal(&mut v, Signal::NDupAck);
        self.take_cc_vars(&v);
        // S-CC-2: both recoveries, recover = snd_max; cwnd = ssthresh (RFC 6675 §5 step 4.2); without SACK the three segments
        // that have left come on top (RFC 6582 §3.2 step 2).
        let left = if self.sack_ok { 0 } else { u32::from(DUP_THRESH) * self.snd_mss() };
        self.cwnd = self.ssthresh + left;
        self.fast_recovery = true;
        self.cong_recovery = true;
        // What is timed is acknowledged when the hole is filled, a round trip late.
        self.timed = None;
        self.recover = self.snd_max;
        self.snd_nxt = self.snd_max;
        self.high_rxt = self.snd_una;
        self.rescued = false;
        self.rexmit_due = true;
        self.cwr_due |= self.ecn_ok; // RFC 3168 §6.1.2: reduced for whatever reason
        self.t_rtx = Some(now + self.rtt.rto(self.cfg.max_rto));
        self.counters.fast_retransmits += 1;
    }

    fn leave_recovery(&mut self, now: Micros, acked: u32) {
        self.fast_recovery = false;
        self.cong_recovery = false;
        self.rescued = false;
        self.bytes_acked = 0;
        let mut v = self.cc_vars(acked, now);
        self.cc.post_recovery(&mut v);
        self.take_cc_vars(&v);
    }
}

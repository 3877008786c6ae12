// SPDX-License-Identifier: Apache-2.0
//! Timers: one deadline outside, five inside.

use super::{CloseReason, State, Tcb, Undo};
use crate::cc::Signal;
use crate::seq::Micros;

impl Tcb {
    /// When [`on_timer`](Self::on_timer) must be called next.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Micros> {
        [self.t_rtx, self.t_delack, self.t_keep, self.t_2msl].into_iter().flatten().min()
    }

    /// Runs the timers that have expired; harmless when none has.
    pub fn on_timer(&mut self, now: Micros) {
        let expired = |t: Option<Micros>| t.is_some_and(|at| at <= now);
        if expired(self.t_delack) {
            self.t_delack = None;
            self.ack_due = true;
        }
        if expired(self.t_2msl) {
            self.t_2msl = None;
            match self.state {
                State::TimeWait => self.finish(CloseReason::TimeWaitExpired),
                State::FinWait2 => self.finish(CloseReason::FinWait2Timeout),
                _ => {}
            }
        }
        if expired(self.t_rtx) {
            self.t_rtx = None;
            if self.persist || self.closed_in_flight() {
                self.on_persist(now);
            } else {
                self.on_rto(now);
            }
        }
        if expired(self.t_keep) {
            self.t_keep = None;
            self.on_keepalive(now);
        }
    }

    fn time_out(&mut self, reason: CloseReason) {
        self.pending.reset = Some(reason);
        self.finish(reason);
    }

    /// RFC 6298 §5.4 to §5.7, RFC 5681 §3.1, RFC 6675 §5.1.
    fn on_rto(&mut self, now: Micros) {
        let limit = match self.state {
            State::SynSent => self.cfg.syn_retries,
            State::SynReceived => self.cfg.synack_retries,
            _ => self.cfg.retries,
        };
        if self.retries >= limit {
            self.time_out(CloseReason::RetransmitTimeout);
            return;
        }
        if self.snd_una == self.snd_max {
            return;
        }
        self.retries += 1;
        self.counters.rto_count += 1;
        self.rtt.back_off();
        self.timed = None;
        if matches!(self.state, State::SynSent | State::SynReceived) {
            self.syn_due = true;
            return;
        }
        if self.retries == 1 {
            self.undo = self.cfg.undo_timeouts.then(|| Undo {
                cwnd: self.cwnd,
                ssthresh: self.ssthresh,
                recover: self.recover,
                fast_recovery: self.fast_recovery,
                cong_recovery: self.cong_recovery,
                until: now + self.rtt.srtt() / 2,
            });
            let mut v = self.cc_vars(0, now);
            self.cc.cong_signal(&mut v, Signal::Rto);
            self.take_cc_vars(&v);
        } else {
            // RFC 5681 §3.1: ssthresh is held while the same segment times out again.
            self.undo = None;
            self.cwnd = self.snd_mss();
        }
        self.fast_recovery = false;
        self.cong_recovery = false;
        self.dupacks = 0;
        self.rexmit_due = false;
        self.rescued = false;
        self.recover = self.snd_max;
        self.cwr_due |= self.ecn_ok; // RFC 3168 §6.1.2: reduced for whatever reason
        self.snd_nxt = self.snd_una;
        self.high_rxt = self.snd_una;
        if self.retries > 1 {
            self.sacked.clear();
        }
    }

    /// The peer has closed its window over what is in flight: that it does not acknowledge is no sign of loss, and nothing
    /// but a probe may be sent (RFC 9293 §3.8.6.1).
    fn closed_in_flight(&mut self) -> bool {
        let closed =
            self.state.is_synchronized() && self.snd_wnd == 0 && self.snd_una != self.snd_max;
        if closed {
            self.persist = true;
            self.retries = 0;
            self.snd_nxt = self.snd_una;
            // All of it counts as not sent: what a recovery would resend of it goes with the rest.
            if self.fast_recovery {
                self.cwnd = self.cwnd.min(self.ssthresh);
            }
            self.fast_recovery = false;
            self.cong_recovery = false;
            self.rescued = false;
            self.rexmit_due = false;
            self.dupacks = 0;
            self.recover = self.snd_max;
            self.high_rxt = self.snd_una;
        }
        closed
    }

    /// RFC 9293 §3.8.6.1.
    fn on_persist(&mut self, now: Micros) {
        if self.retries >= self.cfg.persist_retries {
            self.time_out(CloseReason::PersistTimeout);
            return;
        }
        self.retries += 1;
        self.probe_due = true;
        self.rtt.back_off();
        self.arm_persist(now);
    }

    /// RFC 9293 §3.8.4: only when nothing is in flight; data in flight has its own timer.
    fn on_keepalive(&mut self, now: Micros) {
        let Some(idle) = self.cfg.keepalive else { return };
        if !self.state.is_synchronized() || self.state == State::TimeWait {
            return;
        }
        if self.detached && self.state == State::FinWait2 {
            return; // nobody waits for it, and it has its limit already
        }
        if self.snd_una != self.snd_max || self.persist {
            self.t_keep = Some(now + idle);
            return;
        }
        if self.keep_probes >= self.cfg.keepalive_probes {
            self.abort_with(CloseReason::KeepaliveTimeout);
            return;
        }
        self.keep_probes += 1;
        self.keep_due = true;
        self.t_keep = Some(now + self.cfg.keepalive_interval);
    }

    /// Something came from the peer: it lives.
    pub(super) fn alive(&mut self, now: Micros) {
        self.keep_probes = 0;
        if self.t_keep.is_some() {
            self.t_keep = self.cfg.keepalive.map(|idle| now + idle);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
//! The application's side: bytes written and read, close and abort, settings of a live connection.

use super::{CloseReason, State, Tcb};
use crate::cc::{CcAlgo, CongestionControl};
use crate::config::MIN_MSS;
use crate::segment::{Flags, Segment};
use crate::seq::{Micros, SeqNum};
use alloc::boxed::Box;

impl Tcb {
    /// The application has put bytes up to `upto` (a sequence number, cumulative) into the send
    /// ring. Ignored when it moves backwards, overruns the ring, or comes after `close`.
    pub fn app_wrote(&mut self, upto: SeqNum) {
        if self.fin_queued
            || !upto.after(self.snd_end)
            || upto - self.snd_free() > self.cfg.snd_ring
        {
            return;
        }
        self.snd_end = upto;
    }

    /// The application has consumed bytes before `upto` (cumulative). Ignored when it moves
    /// backwards or past what is readable.
    pub fn app_read(&mut self, upto: SeqNum) {
        if !upto.after(self.rcv_read) || upto.after(self.rcv_data_end()) {
            return;
        }
        self.rcv_read = upto;
        // RFC 9293 §3.8.6.2.2: tell the peer once the window has grown worth it.
        if self.state.may_receive() && self.window_gain() >= self.window_step() {
            self.ack_due = true;
        }
    }

    /// Closes our direction: FIN after all written data (RFC 9293 §3.10.4). Receiving goes on.
    pub fn close(&mut self) {
        match self.state {
            State::SynSent => self.finish(CloseReason::Aborted),
            State::SynReceived => self.fin_queued = true,
            State::Established => {
                self.fin_queued = true;
                self.state = State::FinWait1;
            }
            State::CloseWait => {
                self.fin_queued = true;
                self.state = State::LastAck;
            }
            State::Closed
            | State::FinWait1
            | State::FinWait2
            | State::Closing
            | State::LastAck
            | State::TimeWait => {}
        }
    }

    /// The application has left for good: closes, and from now on nobody reads. Unread or later
    /// data mean a reset (RFC 9293 §3.6.1, RFC 2525 §2.17, S-TOE-7); FIN_WAIT_2 gets a time limit.
    pub fn detach(&mut self, now: Micros) {
        self.detached = true;
        if self.state.is_synchronized() && self.rcv_data_end() != self.rcv_read {
            self.abort_with(CloseReason::DataAfterClose);
            return;
        }
        self.close();
        if self.state == State::FinWait2 {
            self.t_2msl = Some(now + self.cfg.fin_wait_2);
        }
    }

    /// Aborts: a reset goes out where the peer knows of the connection (RFC 9293 §3.10.5).
    pub fn abort(&mut self) {
        self.abort_with(CloseReason::Aborted);
    }

    pub(crate) fn abort_with(&mut self, reason: CloseReason) {
        if self.state.is_synchronized() && self.state != State::TimeWait
            || self.state == State::SynReceived
        {
            self.rst_due = Some(Segment {
                seq: self.ack_seq(),
                ack: self.rcv_nxt,
                flags: Flags::RST.with(Flags::ACK),
                ..Segment::default()
            });
        }
        if self.state != State::Closed {
            self.pending.reset = Some(reason);
            self.finish(reason);
        }
    }

    /// Nagle's algorithm off or on (S-TOE-10).
    pub fn set_nodelay(&mut self, on: bool) {
        self.cfg.nodelay = on;
    }

    /// Keepalive: idle time, or off.
    pub fn set_keepalive(&mut self, idle: Option<Micros>, now: Micros) {
        self.cfg.keepalive = idle;
        self.keep_probes = 0;
        self.t_keep = if self.state.is_synchronized() { idle.map(|idle| now + idle) } else { None };
    }

    /// Switches congestion control on the live connection (S-CC-1).
    pub fn set_congestion_control(&mut self, algo: CcAlgo, now: Micros) {
        self.set_congestion_control_boxed(algo.build(), now);
    }

    /// Switches to an algorithm of the caller's own.
    pub fn set_congestion_control_boxed(&mut self, cc: Box<dyn CongestionControl>, now: Micros) {
        self.cfg.cc = cc.algo();
        self.cc = cc;
        let mut v = self.cc_vars(0, now);
        self.cc.conn_init(&mut v);
        self.take_cc_vars(&v);
    }

    /// Sets the congestion window from outside (congestion control in firmware).
    pub fn set_cwnd(&mut self, cwnd: u32, ssthresh: u32) {
        self.cwnd = cwnd.max(self.snd_mss());
        self.ssthresh = ssthresh.max(2 * self.snd_mss());
    }

    /// Segments were lost on their way out, before they reached the wire: everything unacknowledged is sent again, without
    /// a timeout and without a sign of congestion.
    pub fn lost_on_the_way_out(&mut self) {
        if !self.state.is_synchronized() || self.snd_una == self.snd_max {
            return;
        }
        self.rewind();
        if self.fast_recovery {
            // Without what duplicates had added.
            self.cwnd = self.cwnd.min(self.ssthresh);
        }
        self.fast_recovery = false;
        self.rescued = false;
        self.dupacks = 0;
        self.recover = self.snd_max;
    }

    /// Whether the sequence number quoted in an ICMP error belongs to data in flight: the test
    /// before believing it (RFC 5927 §4, S-MTU-1).
    #[must_use]
    pub fn icmp_seq_valid(&self, seq: SeqNum) -> bool {
        seq.after_eq(self.snd_una) && seq.before(self.snd_max)
    }

    /// The path's segment size has changed: `path_mss` is the MTU less IP and TCP headers without
    /// options, `df` the new DF bit (S-MTU-1, S-MTU-2). The size used never exceeds what the peer
    /// announced. When it shrinks below what is in flight, everything unacknowledged is sent again
    /// at the new size; returns whether it did.
    pub fn set_path_mss(&mut self, path_mss: u16, df: bool) -> bool {
        let before = self.mss();
        self.path_mss = path_mss.max(MIN_MSS);
        self.df = df;
        self.cwnd = self.cwnd.max(self.snd_mss());
        if self.mss() >= before || !self.state.is_synchronized() {
            return false;
        }
        if self.snd_una == self.snd_max {
            return false;
        }
        // S-MTU-1: snd_nxt = snd_una, no holes, snd_recover = snd_max, out of fast recovery.
        self.lost_on_the_way_out();
        self.counters.mtu_rewinds += 1;
        true
    }
}

// SPDX-License-Identifier: Apache-2.0
//! Visibility: `tcp_info`, counters, timers left (S-EXP-2), and what limits the sender.

use crate::seq::{Micros, SeqNum};
use crate::tcb::{State, Tcb};

/// What keeps the sender from sending more now.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Limited {
    /// The application has written nothing that is not sent.
    #[default]
    App,
    /// The receiver's window.
    Rwnd,
    /// The congestion window.
    Cwnd,
    /// Silly-window avoidance or Nagle hold a small segment back.
    Sws,
    /// Not in a state that sends.
    State,
}

/// Time spent in each [`Limited`], µs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct LimitClock {
    pub(crate) current: Limited,
    since: Micros,
    pub(crate) spent: [u64; 5],
}

impl LimitClock {
    pub(crate) const fn new(now: Micros) -> Self {
        Self { current: Limited::State, since: now, spent: [0; 5] }
    }

    pub(crate) fn set(&mut self, to: Limited, now: Micros) {
        self.spent[self.current as usize] += now.since(self.since).0;
        self.since = now;
        self.current = to;
    }
}

/// Counters of one connection; the names are those of the session image where it has them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs)] // the names say it
pub struct Counters {
    pub segs_out: u32,
    pub segs_in: u32,
    pub bytes_out: u64,
    pub bytes_in: u64,
    pub retransmit_segs: u32,
    pub retransmit_bytes: u32,
    pub dup_acks_in: u32,
    pub ooo_in: u32,
    pub ooo_overflow: u32,
    pub dup_in: u32,
    pub rto_count: u32,
    pub rto_spurious: u32,
    pub fast_retransmits: u32,
    pub ecn_reductions: u32,
    pub probes_out: u32,
    pub challenge_acks: u32,
    pub challenge_suppressed: u32,
    pub paws_drops: u32,
    pub mtu_rewinds: u32,
    pub sack_reneges: u32,
    pub dsack_in: u32,
}

/// Time left of each timer, µs; `None` = inactive (S-EXP-2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TimersLeft {
    /// Retransmission.
    pub rexmt: Option<Micros>,
    /// Persist (window probes).
    pub persist: Option<Micros>,
    /// Keepalive.
    pub keep: Option<Micros>,
    /// FIN_WAIT_2 limit or 2·MSL.
    pub two_msl: Option<Micros>,
    /// Delayed acknowledgement.
    pub delack: Option<Micros>,
}

/// A snapshot for `ss` and the like, modelled on Linux's `tcp_info`. Bytes and µs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)] // RFC names
pub struct TcpInfo {
    pub state: State,
    pub cc: &'static str,
    /// When it last tried to send; nobody has tried yet with a session that changed hands just now.
    pub limited: Limited,
    /// Time spent limited by the application, the receiver, cwnd, small-segment rules, state.
    pub limited_time: [Micros; 5],
    pub iss: SeqNum,
    pub irs: SeqNum,
    pub snd_una: SeqNum,
    pub snd_nxt: SeqNum,
    pub snd_max: SeqNum,
    pub snd_end: SeqNum,
    pub snd_wnd: u32,
    pub snd_wscale: u8,
    pub rcv_nxt: SeqNum,
    pub rcv_adv: SeqNum,
    pub rcv_read: SeqNum,
    pub rcv_data_end: SeqNum,
    pub rcv_wnd: u32,
    pub rcv_wscale: u8,
    pub snd_mss: u32,
    pub peer_mss: u16,
    pub path_mss: u16,
    pub df: bool,
    pub cwnd: u32,
    pub ssthresh: u32,
    pub pipe: u32,
    pub notsent: u32,
    pub unacked: u32,
    pub sacked: u32,
    pub ooo_bytes: u32,
    pub ooo_intervals: u8,
    pub fast_recovery: bool,
    pub cong_recovery: bool,
    pub rtt: u32,
    pub rttvar: u32,
    pub rto: u32,
    pub backoff: u8,
    pub retries: u8,
    pub ts_ok: bool,
    pub sack_ok: bool,
    pub ecn_ok: bool,
    pub nodelay: bool,
    pub timers: TimersLeft,
    pub counters: Counters,
}

impl Tcb {
    /// Counters.
    #[must_use]
    pub const fn counters(&self) -> &Counters {
        &self.counters
    }

    /// Everything an observer may want to know at `now`.
    #[must_use]
    pub fn info(&self, now: Micros) -> TcpInfo {
        let mut clock = self.limit;
        clock.set(clock.current, now);
        let left = |t: Option<Micros>| t.map(|at| at.since(now));
        TcpInfo {
            state: self.state,
            cc: self.cc.name(),
            limited: clock.current,
            limited_time: clock.spent.map(Micros),
            iss: self.iss,
            irs: self.irs,
            snd_una: self.snd_una,
            snd_nxt: self.snd_nxt,
            snd_max: self.snd_max,
            snd_end: self.snd_end,
            snd_wnd: self.snd_wnd,
            snd_wscale: self.snd_wscale,
            rcv_nxt: self.rcv_nxt,
            rcv_adv: self.rcv_adv,
            rcv_read: self.rcv_read,
            rcv_data_end: self.rcv_data_end(),
            rcv_wnd: self.rcv_adv.since(self.rcv_nxt),
            rcv_wscale: self.rcv_wscale,
            snd_mss: self.snd_mss(),
            peer_mss: self.peer_mss,
            path_mss: self.path_mss,
            df: self.df,
            cwnd: self.cwnd,
            ssthresh: self.ssthresh,
            pipe: self.pipe(),
            notsent: self.snd_end.since(self.snd_nxt.max(self.iss + 1)),
            unacked: self.snd_max.since(self.snd_una),
            sacked: self.sacked.total(),
            ooo_bytes: self.ooo.total(),
            ooo_intervals: u8::try_from(self.ooo.as_slice().len()).unwrap_or(u8::MAX),
            fast_recovery: self.fast_recovery,
            cong_recovery: self.cong_recovery,
            rtt: self.rtt.srtt(),
            rttvar: self.rtt.rttvar_us4 >> 2,
            rto: self.rtt.rto(self.cfg.max_rto).as_u32(),
            backoff: self.rtt.backoff,
            retries: self.retries,
            ts_ok: self.ts_ok,
            sack_ok: self.sack_ok,
            ecn_ok: self.ecn_ok,
            nodelay: self.cfg.nodelay,
            timers: TimersLeft {
                rexmt: left(self.t_rtx.filter(|_| !self.persist)),
                persist: left(self.t_rtx.filter(|_| self.persist)),
                keep: left(self.t_keep),
                two_msl: left(self.t_2msl),
                delack: left(self.t_delack),
            },
            counters: self.counters,
        }
    }
}

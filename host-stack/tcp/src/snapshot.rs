// SPDX-License-Identifier: Apache-2.0
//! The hand-over state: a frozen connection as plain values with the names and units of the ABI's
//! session image (`abi/layouts.rdl`), validated field by field when thawed.
//!
//! Instants are relative: timers are µs left (`None` = off), ages are µs ago, and `ts_now` is the
//! value of our timestamp clock at the freeze, so that the new owner's clock may have any origin.
//! Where the image has no field (marked "not in the image") the conversion leaves the default, which
//! is always safe: at most something is sent again.

use crate::cc::CcAlgo;
use crate::config::{Config, MIN_MSS};
use crate::info::{Counters, LimitClock};
use crate::rtt::MAX_BACKOFF;
use crate::segment::SackBlock;
use crate::seq::{Micros, SeqNum};
use crate::tcb::{State, Tcb, Undo, ts_clock};
use crate::timewait::MslClass;

/// Largest window that scaling can express, and so the largest ring.
const MAX_WINDOW: u32 = 1 << 30;

/// A frozen connection.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)] // the names of the session image
pub struct Snapshot {
    /// Everything that is policy, not state. Not in the image: the new owner puts its own here.
    pub config: Config,
    // control
    pub state: u8,
    pub tw_class: u8,
    pub cc_algo: u8,
    pub snd_wscale: u8,
    pub rcv_wscale: u8,
    pub dupacks: u8,
    /// Doublings; with `persist` those of the persist timer.
    pub rto_backoff: u8,
    pub keep_probes: u8,
    // flags
    pub ts_ok: bool,
    pub sack_ok: bool,
    pub ecn_ok: bool,
    pub nodelay: bool,
    pub df: bool,
    pub keepalive: bool,
    pub fin_queued: bool,
    pub peer_fin: bool,
    pub fast_recovery: bool,
    pub cong_recovery: bool,
    pub cwr_due: bool,
    pub ece_due: bool,
    /// `rtt_seq` and `rtt_time` hold a running measurement.
    pub rtt_timing: bool,
    /// `t_rtx` is the persist timer.
    pub persist: bool,
    pub ack_due: bool,
    pub delack_count: u8,
    pub dsack_due: bool,
    pub quickack: u8,
    // segment sizes
    /// Largest payload, timestamps taken off.
    pub snd_mss: u16,
    pub peer_mss: u16,
    // send
    pub iss: u32,
    pub snd_una: u32,
    pub snd_nxt: u32,
    pub snd_max: u32,
    pub snd_end: u32,
    pub snd_wnd: u32,
    pub snd_wl1: u32,
    pub snd_wl2: u32,
    pub max_snd_wnd: u32,
    pub cwnd: u32,
    pub ssthresh: u32,
    pub recover: u32,
    pub bytes_acked: u32,
    pub high_rxt: u32,
    /// Equal to `recover` when rule 4 of NextSeg has been used in this recovery.
    pub rescue_rxt: u32,
    pub srtt_us8: u32,
    pub rttvar_us4: u32,
    pub rto_us: u32,
    pub rtt_seq: u32,
    /// µs ago.
    pub rtt_time: u32,
    // receive
    pub irs: u32,
    pub rcv_nxt: u32,
    pub rcv_adv: u32,
    pub rcv_read: u32,
    pub last_ack_sent: u32,
    pub ts_recent: u32,
    /// µs ago, saturating.
    pub ts_recent_age: u32,
    /// Our timestamp clock at the freeze. The image's `ts_offset` is this less `now >> 10`.
    pub ts_now: u32,
    /// `(start, end)`, most recent first; `start == end` is free.
    pub ooo: [(u32, u32); 4],
    /// `(start, end)`, ascending; `start == end` is free. The image has the first four.
    pub sacked: [(u32, u32); 16],
    pub dsack: (u32, u32),
    // timers
    pub t_rtx: Option<u32>,
    pub t_delack: Option<u32>,
    pub t_keep: Option<u32>,
    /// µs since the last data segment was sent, saturating.
    pub last_sent_age: u32,
    pub cc_private: [u32; 6],
    pub counters: Counters,
    // not in the image
    pub retries: u8,
    pub rexmit_due: bool,
    pub probe_due: bool,
    pub keep_due: bool,
    pub early_fin: Option<u32>,
    pub detached: bool,
    pub t_2msl: Option<u32>,
    /// cwnd, ssthresh, recover, recoveries, µs left: what a spurious timeout restores.
    pub undo: Option<(u32, u32, u32, bool, bool, u32)>,
}

/// A field of a snapshot has a value that no connection can have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SnapshotError {
    /// Name of the field.
    pub field: &'static str,
    /// Its value; the first of a pair.
    pub value: u64,
    /// What it had to be.
    pub bound: &'static str,
}

impl core::fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "session field {} = {}: must be {}", self.field, self.value, self.bound)
    }
}

impl core::error::Error for SnapshotError {}

impl Tcb {
    /// Freezes the connection: the state, with timers as time left. Events not yet polled are the
    /// caller's to drain first. SYN states cannot be frozen for an engine but round-trip here as
    /// closed ones do not: see [`Snapshot::validate`].
    #[must_use]
    pub fn freeze(self, now: Micros) -> Snapshot {
        self.snapshot(now)
    }

    /// The same without giving up the connection (reports, comparison with the engine).
    #[must_use]
    pub fn snapshot(&self, now: Micros) -> Snapshot {
        let left = |t: Option<Micros>| t.map(|at| at.since(now).as_u32());
        let pair = |b: SackBlock| (b.start.0, b.end.0);
        let mut ooo = [(0, 0); 4];
        for (to, b) in ooo.iter_mut().zip(self.ooo.as_slice()) {
            *to = pair(*b);
        }
        let mut sacked = [(0, 0); 16];
        for (to, b) in sacked.iter_mut().zip(self.sacked.as_slice()) {
            *to = pair(*b);
        }
        let (rtt_seq, rtt_time) = self.timed.unwrap_or((SeqNum(0), now));
        Snapshot {
            config: self.cfg,
            state: self.state.id(),
            tw_class: self.cfg.tw_class.id(),
            cc_algo: self.cc.algo().id(),
            snd_wscale: self.snd_wscale,
            rcv_wscale: self.rcv_wscale,
            dupacks: self.dupacks,
            rto_backoff: self.rtt.backoff,
            keep_probes: self.keep_probes,
            ts_ok: self.ts_ok,
            sack_ok: self.sack_ok,
            ecn_ok: self.ecn_ok,
            nodelay: self.cfg.nodelay,
            df: self.df,
            keepalive: self.cfg.keepalive.is_some(),
            fin_queued: self.fin_queued,
            peer_fin: self.peer_fin,
            fast_recovery: self.fast_recovery,
            cong_recovery: self.cong_recovery,
            cwr_due: self.cwr_due,
            ece_due: self.ece_due,
            rtt_timing: self.timed.is_some(),
            persist: self.persist,
            ack_due: self.ack_due,
            delack_count: self.delack_count,
            dsack_due: self.dsack.is_some(),
            quickack: self.quickack,
            snd_mss: u16::try_from(self.snd_mss()).unwrap_or(u16::MAX),
            peer_mss: self.peer_mss,
            iss: self.iss.0,
            snd_una: self.snd_una.0,
            snd_nxt: self.snd_nxt.0,
            snd_max: self.snd_max.0,
            snd_end: self.snd_end.0,
            snd_wnd: self.snd_wnd,
            snd_wl1: self.snd_wl1.0,
            snd_wl2: self.snd_wl2.0,
            max_snd_wnd: self.max_snd_wnd,
            cwnd: self.cwnd,
            ssthresh: self.ssthresh,
            recover: self.recover.0,
            bytes_acked: self.bytes_acked,
            high_rxt: self.high_rxt.0,
            rescue_rxt: if self.rescued { self.recover.0 } else { self.snd_una.0 },
            srtt_us8: self.rtt.srtt_us8,
            rttvar_us4: self.rtt.rttvar_us4,
            rto_us: self.rtt.rto_us,
            rtt_seq: rtt_seq.0,
            rtt_time: now.since(rtt_time).as_u32(),
            irs: self.irs.0,
            rcv_nxt: self.rcv_nxt.0,
            rcv_adv: self.rcv_adv.0,
            rcv_read: self.rcv_read.0,
            last_ack_sent: self.last_ack_sent.0,
            ts_recent: self.ts_recent,
            ts_recent_age: now.since(self.ts_recent_at).as_u32(),
            ts_now: ts_clock(now, self.ts_offset),
            ooo,
            sacked,
            dsack: self.dsack.map_or((0, 0), pair),
            t_rtx: left(self.t_rtx),
            t_delack: left(self.t_delack),
            t_keep: left(self.t_keep),
            last_sent_age: now.since(self.last_sent_at).as_u32(),
            cc_private: self.cc.freeze(now),
            counters: self.counters,
            retries: self.retries,
            rexmit_due: self.rexmit_due,
            probe_due: self.probe_due,
            keep_due: self.keep_due,
            early_fin: self.early_fin.map(|s| s.0),
            detached: self.detached,
            t_2msl: left(self.t_2msl),
            undo: self.undo.map(|u| {
                let left = u.until.since(now).as_u32();
                (u.cwnd, u.ssthresh, u.recover.0, u.fast_recovery, u.cong_recovery, left)
            }),
        }
    }

    /// Thaws a snapshot on a clock that reads `now`.
    ///
    /// # Errors
    /// The first field that no connection can have; see [`Snapshot::validate`].
    pub fn thaw(s: &Snapshot, now: Micros) -> Result<Self, SnapshotError> {
        let Valid { state, cc, class } = s.check()?;
        let mut cfg = s.config;
        cfg.cc = cc;
        cfg.tw_class = class;
        cfg.nodelay = s.nodelay;
        cfg.df = s.df;
        if !s.keepalive {
            cfg.keepalive = None;
        } else if cfg.keepalive.is_none() {
            cfg.keepalive = Some(Micros::from_secs(7200));
        }
        let at = |left: Option<u32>| left.map(|us| now + us);
        let mut t = Self::blank(&cfg, state, SeqNum(s.iss), now);
        t.snd_una = SeqNum(s.snd_una);
        t.snd_nxt = SeqNum(s.snd_nxt);
        t.snd_max = SeqNum(s.snd_max);
        t.snd_end = SeqNum(s.snd_end);
        t.fin_queued = s.fin_queued;
        t.snd_wnd = s.snd_wnd;
        t.snd_wl1 = SeqNum(s.snd_wl1);
        t.snd_wl2 = SeqNum(s.snd_wl2);
        t.max_snd_wnd = s.max_snd_wnd;
        t.snd_wscale = s.snd_wscale;
        t.peer_mss = s.peer_mss;
        t.df = s.df;
        t.ts_ok = s.ts_ok;
        // The path's limit is what makes `snd_mss` come out again.
        let ts_len = if s.ts_ok { 12 } else { 0 };
        t.path_mss = s.snd_mss.saturating_add(ts_len).max(MIN_MSS);
        t.cc.thaw(&s.cc_private, now);
        t.cwnd = s.cwnd;
        t.ssthresh = s.ssthresh;
        t.bytes_acked = s.bytes_acked;
        t.recover = SeqNum(s.recover);
        t.fast_recovery = s.fast_recovery;
        t.cong_recovery = s.cong_recovery;
        t.dupacks = s.dupacks;
        for &(start, end) in s.sacked.iter().filter(|p| p.0 != p.1) {
            t.sacked.insert(SeqNum(start), SeqNum(end), 16);
        }
        t.high_rxt = SeqNum(s.high_rxt);
        t.rescued = s.fast_recovery && s.rescue_rxt == s.recover;
        t.rexmit_due = s.rexmit_due;
        t.rtt.srtt_us8 = s.srtt_us8;
        t.rtt.rttvar_us4 = s.rttvar_us4;
        t.rtt.rto_us = s.rto_us;
        t.rtt.backoff = s.rto_backoff;
        t.timed = s.rtt_timing.then(|| (SeqNum(s.rtt_seq), now.ago(s.rtt_time)));
        t.retries = s.retries;
        t.undo = s.undo.map(|(cwnd, ssthresh, recover, fast_recovery, cong_recovery, left)| Undo {
            cwnd,
            ssthresh,
            recover: SeqNum(recover),
            fast_recovery,
            cong_recovery,
            until: now + left,
        });
        t.irs = SeqNum(s.irs);
        t.rcv_nxt = SeqNum(s.rcv_nxt);
        t.rcv_adv = SeqNum(s.rcv_adv);
        t.rcv_read = SeqNum(s.rcv_read);
        t.rcv_wscale = s.rcv_wscale;
        t.last_ack_sent = SeqNum(s.last_ack_sent);
        s.restore_ooo(&mut t.ooo)?;
        t.early_fin = s.early_fin.map(SeqNum);
        t.peer_fin = s.peer_fin;
        t.dsack =
            s.dsack_due.then_some(SackBlock { start: SeqNum(s.dsack.0), end: SeqNum(s.dsack.1) });
        t.ts_recent = s.ts_recent;
        t.ts_recent_at = now.ago(s.ts_recent_age);
        t.ts_offset = s.ts_now.wrapping_sub(ts_clock(now, 0));
        t.sack_ok = s.sack_ok;
        t.ecn_ok = s.ecn_ok;
        t.ece_due = s.ece_due;
        t.cwr_due = s.cwr_due;
        t.ack_due = s.ack_due;
        t.delack_count = s.delack_count;
        t.quickack = s.quickack;
        t.t_rtx = at(s.t_rtx);
        t.persist = s.persist;
        t.t_delack = at(s.t_delack);
        t.t_keep = at(s.t_keep).filter(|_| s.keepalive);
        t.t_2msl = at(s.t_2msl);
        t.keep_probes = s.keep_probes;
        t.last_sent_at = now.ago(s.last_sent_age);
        t.probe_due = s.probe_due;
        t.keep_due = s.keep_due;
        t.detached = s.detached;
        t.counters = s.counters;
        t.limit = LimitClock::new(now);
        // An owner that does not keep these timers must not make us wait for ever.
        if t.t_rtx.is_none() && t.snd_una != t.snd_max && t.snd_nxt == t.snd_max {
            t.t_rtx = Some(now + t.rtt.rto(cfg.max_rto));
        }
        if t.t_keep.is_none() && state != State::TimeWait {
            t.t_keep = cfg.keepalive.map(|idle| now + idle);
        }
        if t.detached && t.state == State::FinWait2 && t.t_2msl.is_none() {
            t.t_2msl = Some(now + cfg.fin_wait_2);
        }
        t.ack_due |= t.delack_count > 0 && t.t_delack.is_none();
        Ok(t)
    }
}

/// The fields that are more than numbers.
struct Valid {
    state: State,
    cc: CcAlgo,
    class: MslClass,
}

fn check(
    ok: bool,
    field: &'static str,
    value: impl Into<u64>,
    bound: &'static str,
) -> Result<(), SnapshotError> {
    if ok { Ok(()) } else { Err(SnapshotError { field, value: value.into(), bound }) }
}

/// `lo <= x <= hi` in sequence space.
fn within(lo: u32, x: u32, hi: u32) -> bool {
    SeqNum(lo).before_eq(SeqNum(x)) && SeqNum(x).before_eq(SeqNum(hi))
}

impl Snapshot {
    fn restore_ooo(&self, ooo: &mut crate::reass::Reassembly) -> Result<(), SnapshotError> {
        let mut blocks = [SackBlock::default(); 4];
        let mut n = 0;
        for &(start, end) in self.ooo.iter().filter(|p| p.0 != p.1) {
            blocks[n] = SackBlock { start: SeqNum(start), end: SeqNum(end) };
            n += 1;
        }
        check(
            ooo.restore(&blocks[..n], SeqNum(self.rcv_nxt), SeqNum(self.rcv_adv)),
            "ooo",
            self.ooo[0].0,
            "disjoint, not touching, within (rcv_nxt, rcv_adv]",
        )
    }

    /// Checks every field against what a connection can have; [`Tcb::thaw`] does it too.
    ///
    /// # Errors
    /// The first field that fails, with the bound it broke.
    pub fn validate(&self) -> Result<(), SnapshotError> {
        self.check().map(|_| ())
    }

    #[allow(clippy::too_many_lines)] // one line a field
    fn check(&self) -> Result<Valid, SnapshotError> {
        let s = self;
        let bad = |field, value: u8, bound| SnapshotError { field, value: value.into(), bound };
        let state = State::from_id(s.state)
            .filter(|st| st.is_synchronized())
            .ok_or_else(|| bad("state", s.state, "a synchronized state, 4..=10"))?;
        let cc = CcAlgo::from_id(s.cc_algo)
            .ok_or_else(|| bad("cc_algo", s.cc_algo, "a known algorithm, 0..=2"))?;
        let class = MslClass::from_id(s.tw_class)
            .ok_or_else(|| bad("tw_class", s.tw_class, "an MSL class, 0..=3"))?;
        check(s.snd_wscale <= 14, "snd_wscale", s.snd_wscale, "0..=14")?;
        check(s.rcv_wscale <= 14, "rcv_wscale", s.rcv_wscale, "0..=14")?;
        check(s.dupacks <= 15, "dupacks", s.dupacks, "0..=15")?;
        check(s.rto_backoff <= MAX_BACKOFF, "rto_backoff", s.rto_backoff, "0..=12")?;
        check(s.keep_probes <= 15, "keep_probes", s.keep_probes, "0..=15")?;
        check(s.delack_count <= 15, "delack_count", s.delack_count, "0..=15")?;
        check(s.quickack <= 15, "quickack", s.quickack, "0..=15")?;
        check(s.peer_mss >= MIN_MSS, "peer_mss", s.peer_mss, "at least 64")?;
        let ts_len = if s.ts_ok { 12 } else { 0 };
        let least = MIN_MSS - ts_len;
        check(s.snd_mss >= least, "snd_mss", s.snd_mss, "at least 64, less timestamps")?;
        check(
            u32::from(s.snd_mss) + u32::from(ts_len) <= u32::from(s.peer_mss),
            "snd_mss",
            s.snd_mss,
            "at most peer_mss, less timestamps",
        )?;
        // Rings.
        let ring = s.config.rcv_ring;
        check(ring > 0 && ring <= MAX_WINDOW, "config.rcv_ring", ring, "1..=2^30")?;
        let sring = s.config.snd_ring;
        check(sring > 0 && sring <= MAX_WINDOW, "config.snd_ring", sring, "1..=2^30")?;
        // Send: iss < snd_una <= snd_nxt <= snd_max <= snd_end (+1 for the FIN).
        let limit = SeqNum(s.snd_end) + u32::from(s.fin_queued);
        check(within(s.snd_una, s.snd_nxt, s.snd_max), "snd_nxt", s.snd_nxt, "snd_una..=snd_max")?;
        check(
            within(s.snd_una, s.snd_max, limit.0),
            "snd_max",
            s.snd_max,
            "snd_una..=snd_end(+1)",
        )?;
        let held = limit - SeqNum(s.snd_una);
        check(held <= sring.saturating_add(1), "snd_end", s.snd_end, "within the send ring")?;
        let fin_acked = s.fin_queued && s.snd_una == limit.0;
        let (our_fin, acked, their_fin) = match state {
            State::Established => (false, false, false),
            State::CloseWait => (false, false, true),
            State::FinWait1 => (true, false, false),
            State::FinWait2 => (true, true, false),
            State::Closing | State::LastAck => (true, false, true),
            _ => (true, true, true),
        };
        check(s.fin_queued == our_fin, "fin_queued", s.fin_queued, "as the state says")?;
        check(
            fin_acked == acked,
            "snd_una",
            s.snd_una,
            "beyond our FIN only if the state says so",
        )?;
        check(s.peer_fin == their_fin, "peer_fin", s.peer_fin, "as the state says")?;
        let max_wnd = 0xffff_u32 << s.snd_wscale;
        check(s.snd_wnd <= max_wnd, "snd_wnd", s.snd_wnd, "at most 65535 << snd_wscale")?;
        check(
            s.max_snd_wnd >= s.snd_wnd && s.max_snd_wnd <= max_wnd,
            "max_snd_wnd",
            s.max_snd_wnd,
            "snd_wnd..=65535 << snd_wscale",
        )?;
        let mss = u32::from(s.snd_mss);
        check(s.cwnd >= 1 && s.cwnd <= MAX_WINDOW, "cwnd", s.cwnd, "1..=2^30")?;
        check(s.ssthresh >= 1, "ssthresh", s.ssthresh, "at least 1")?;
        check(s.bytes_acked <= MAX_WINDOW, "bytes_acked", s.bytes_acked, "at most 2^30")?;
        check(
            !s.fast_recovery || within(s.snd_una, s.recover, s.snd_max),
            "recover",
            s.recover,
            "snd_una..=snd_max in recovery",
        )?;
        check(
            SeqNum(s.recover).before_eq(SeqNum(s.snd_max)),
            "recover",
            s.recover,
            "at most snd_max",
        )?;
        check(
            !s.fast_recovery || within(s.snd_una, s.high_rxt, s.snd_max),
            "high_rxt",
            s.high_rxt,
            "snd_una..=snd_max in recovery",
        )?;
        check(s.srtt_us8 <= 120_000_000 << 3, "srtt_us8", s.srtt_us8, "at most 120 s << 3")?;
        check(s.rttvar_us4 <= 240_000_000, "rttvar_us4", s.rttvar_us4, "at most 60 s << 2")?;
        check((1_000..=240_000_000).contains(&s.rto_us), "rto_us", s.rto_us, "1 ms..=240 s")?;
        check(
            !s.rtt_timing || within(s.snd_una, s.rtt_seq, s.snd_max),
            "rtt_seq",
            s.rtt_seq,
            "snd_una..=snd_max while timing",
        )?;
        // Receive: rcv_read <= rcv_nxt <= rcv_adv <= rcv_read + ring.
        let fin = u32::from(s.peer_fin);
        let data_end = SeqNum(s.rcv_nxt) - fin;
        check(
            within(s.rcv_read, data_end.0, s.rcv_adv),
            "rcv_nxt",
            s.rcv_nxt,
            "rcv_read..=rcv_adv",
        )?;
        check(
            SeqNum(s.rcv_adv) - SeqNum(s.rcv_read) <= ring + fin,
            "rcv_adv",
            s.rcv_adv,
            "within the receive ring",
        )?;
        check(
            SeqNum(s.last_ack_sent).before_eq(SeqNum(s.rcv_nxt)),
            "last_ack_sent",
            s.last_ack_sent,
            "at most rcv_nxt",
        )?;
        let mut ooo = crate::reass::Reassembly::default();
        s.restore_ooo(&mut ooo)?;
        check(!s.peer_fin || ooo.is_empty(), "ooo", s.ooo[0].0, "empty after the peer's FIN")?;
        // By distance from one place: steps of less than half the sequence space each can go round it.
        let from_una = |seq: u32| SeqNum(seq) - SeqNum(s.snd_una);
        let mut last = 0;
        for &(start, end) in s.sacked.iter().filter(|p| p.0 != p.1) {
            let ok = last < from_una(start)
                && from_una(start) < from_una(end)
                && from_una(end) <= from_una(s.snd_max);
            check(ok, "sacked", start, "ascending, disjoint, within (snd_una, snd_max]")?;
            last = from_una(end);
        }
        check(
            s.sack_ok || s.sacked.iter().all(|p| p.0 == p.1),
            "sacked",
            s.sacked[0].0,
            "empty without SACK",
        )?;
        check(
            s.early_fin.is_none_or(|f| SeqNum(f).after(SeqNum(s.rcv_nxt)) && !s.peer_fin),
            "early_fin",
            s.early_fin.unwrap_or(0),
            "after rcv_nxt",
        )?;
        check(!s.persist || s.t_rtx.is_some(), "persist", s.persist, "only with t_rtx running")?;
        check(mss > 0, "snd_mss", s.snd_mss, "not 0")?;
        Ok(Valid { state, cc, class })
    }
}

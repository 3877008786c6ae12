// SPDX-License-Identifier: Apache-2.0
//! One connection: its variables and constructors. The application's side is in `app`, segment
//! arrival in `input` and `ack`, output in `output`, timers in `timer`.

mod ack;
mod app;
mod input;
mod output;
mod timer;

use crate::cc::{CcVars, CongestionControl, initial_window};
use crate::config::{Config, MIN_MSS};
use crate::handshake::Handshake;
use crate::info::{Counters, LimitClock};
use crate::interval::IntervalSet;
use crate::limiter::AckLimiter;
use crate::options;
use crate::reass::Reassembly;
use crate::rtt::{PathMetrics, RttEstimator};
use crate::segment::{Place, SackBlock, Segment, Timestamps};
use crate::seq::{Micros, SeqNum};
use crate::timewait::TimeWaitRecord;
use alloc::boxed::Box;

/// Connection states (RFC 9293 §3.3.2); the numbers are those of `abi` (`tcp_state_e`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum State {
    /// No connection any more.
    Closed = 0,
    /// SYN sent, nothing heard.
    SynSent = 2,
    /// SYN received and sent.
    SynReceived = 3,
    /// Open both ways.
    Established = 4,
    /// We closed; our FIN is not acknowledged.
    FinWait1 = 5,
    /// We closed; our FIN is acknowledged.
    FinWait2 = 6,
    /// The peer closed; we have not.
    CloseWait = 7,
    /// Both closed at once; our FIN is not acknowledged.
    Closing = 8,
    /// The peer closed, then we; our FIN is not acknowledged.
    LastAck = 9,
    /// Waiting for 2·MSL. The caller moves the record to its table, or leaves it here.
    TimeWait = 10,
}

impl State {
    /// The number in the session image.
    #[must_use]
    pub const fn id(self) -> u8 {
        self as u8
    }

    /// The state of a number; LISTEN (1) is none of ours.
    #[must_use]
    pub const fn from_id(id: u8) -> Option<Self> {
        Some(match id {
            0 => Self::Closed,
            2 => Self::SynSent,
            3 => Self::SynReceived,
            4 => Self::Established,
            5 => Self::FinWait1,
            6 => Self::FinWait2,
            7 => Self::CloseWait,
            8 => Self::Closing,
            9 => Self::LastAck,
            10 => Self::TimeWait,
            _ => return None,
        })
    }

    /// The peer's SYN has been acknowledged and ours too, and the connection is not gone.
    #[must_use]
    pub const fn is_synchronized(self) -> bool {
        !matches!(self, Self::Closed | Self::SynSent | Self::SynReceived)
    }

    /// Data, or the FIN, may be sent or resent in this state.
    const fn may_send(self) -> bool {
        matches!(
            self,
            Self::Established | Self::CloseWait | Self::FinWait1 | Self::Closing | Self::LastAck
        )
    }

    /// The peer may still send data.
    const fn may_receive(self) -> bool {
        matches!(self, Self::Established | Self::FinWait1 | Self::FinWait2)
    }
}

/// Why a connection ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CloseReason {
    /// Both sides closed and everything is acknowledged.
    Normal,
    /// The peer reset it (`ECONNRESET`; `EPIPE` in CLOSE_WAIT; S-TOE-8).
    ResetByPeer,
    /// Our SYN was answered by a reset (`ECONNREFUSED`).
    Refused,
    /// `abort` was called.
    Aborted,
    /// No answer to SYN, data or FIN (`ETIMEDOUT`).
    RetransmitTimeout,
    /// No answer to window probes.
    PersistTimeout,
    /// No answer to keepalive probes.
    KeepaliveTimeout,
    /// The peer never closed after we had left.
    FinWait2Timeout,
    /// Data arrived after the application had left: reset sent (S-TOE-7).
    DataAfterClose,
    /// TIME_WAIT, kept in the core, is over.
    TimeWaitExpired,
}

/// What a `Tcb` tells its owner.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TcbEvent {
    /// The connection is open.
    Established,
    /// In-order bytes are readable, up to `info().rcv_data_end`.
    Readable,
    /// SND.UNA moved: send-ring space is free.
    Writable,
    /// The peer's FIN is consumed: end of stream after the readable bytes.
    PeerClosed,
    /// The connection was cut off: by a reset, a timeout or `abort`.
    Reset(CloseReason),
    /// TIME_WAIT is entered. Either put the record into a table and drop the `Tcb` once the
    /// application has read what it wants, or keep the `Tcb`: it answers by itself until 2·MSL.
    TimeWait(TimeWaitRecord),
    /// Nothing more will come from this `Tcb`, except the last segments of `poll_transmit`.
    Closed(CloseReason),
}

/// What became of a segment: the rule that decided, for counters and for comparison with the RTL.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Verdict {
    /// Processed.
    Accepted,
    /// The connection is closed; the caller answers with a reset (RFC 9293 §3.10.7.1).
    Closed,
    /// SYN_SENT: a wrong ACK (answered by RST) or nothing useful.
    BadHandshake,
    /// RFC 7323 §5.3: older timestamp; acknowledged.
    Paws,
    /// RFC 7323 §3.2: timestamps were negotiated and the segment has none.
    NoTimestamp,
    /// RFC 9293 §3.10.7.4 first check: nothing of it is in the window; acknowledged.
    Unacceptable,
    /// All of it was received before; acknowledged with a D-SACK.
    Duplicate,
    /// A reset outside the window.
    RstIgnored,
    /// RFC 5961 §3: a reset inside the window but not exact; challenged.
    RstChallenged,
    /// The reset was exact: connection gone.
    Reset,
    /// RFC 5961 §4: SYN on a synchronized connection; challenged.
    SynChallenged,
    /// No ACK flag.
    NoAck,
    /// RFC 5961 §5: acknowledges too old or not yet sent data; challenged.
    BadAck,
    /// S-TOE-7: data for an application that has left; reset sent.
    DataAfterClose,
    /// Answered by the TIME_WAIT record in the core.
    TimeWait(crate::timewait::TwReason),
    /// The TIME_WAIT record gives way to this SYN: hand it to the listener.
    Recycled,
}

/// Result of [`Tcb::on_segment`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Accepted {
    /// Payload to store, if any. To be stored before the next call.
    pub place: Option<Place>,
    /// What became of the segment.
    pub verdict: Verdict,
    /// Bytes that became readable in order (stored now or before).
    pub delivered: u32,
    /// Bytes of ours that were newly acknowledged.
    pub acked: u32,
    /// The payload was out of order.
    pub out_of_order: bool,
    /// Payload was dropped for want of an out-of-order interval (S-REASS-1).
    pub ooo_overflow: bool,
}

/// Our timestamp clock: ticks of 1.024 ms (`abi`, session image `ts_offset`).
#[must_use]
#[allow(clippy::cast_possible_truncation)] // modulo 2³² by definition
pub const fn ts_clock(now: Micros, ts_offset: u32) -> u32 {
    ((now.0 >> 10) as u32).wrapping_add(ts_offset)
}

/// What a spurious retransmission timeout restores (S-CC-2, RTO_ERR).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Undo {
    pub(crate) cwnd: u32,
    pub(crate) ssthresh: u32,
    pub(crate) recover: SeqNum,
    pub(crate) fast_recovery: bool,
    pub(crate) cong_recovery: bool,
    pub(crate) until: Micros,
}

/// Events not yet polled.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Pending {
    pub(crate) established: bool,
    pub(crate) readable: bool,
    pub(crate) writable: bool,
    pub(crate) peer_closed: bool,
    pub(crate) reset: Option<CloseReason>,
    pub(crate) time_wait: bool,
    pub(crate) closed: Option<CloseReason>,
}

/// One TCP connection (transmission control block).
#[derive(Clone, Debug)]
pub struct Tcb {
    pub(crate) cfg: Config,
    pub(crate) state: State,
    // Send sequence space (RFC 9293 §3.3.1).
    pub(crate) iss: SeqNum,
    pub(crate) snd_una: SeqNum,
    pub(crate) snd_nxt: SeqNum,
    pub(crate) snd_max: SeqNum,
    /// Sequence number after the last byte the application has written; that of our FIN.
    pub(crate) snd_end: SeqNum,
    pub(crate) fin_queued: bool,
    pub(crate) snd_wnd: u32,
    pub(crate) snd_wl1: SeqNum,
    pub(crate) snd_wl2: SeqNum,
    pub(crate) max_snd_wnd: u32,
    pub(crate) snd_wscale: u8,
    pub(crate) peer_mss: u16,
    pub(crate) path_mss: u16,
    pub(crate) df: bool,
    // Congestion control and loss recovery.
    pub(crate) cc: Box<dyn CongestionControl>,
    pub(crate) cwnd: u32,
    pub(crate) ssthresh: u32,
    pub(crate) bytes_acked: u32,
    pub(crate) recover: SeqNum,
    pub(crate) fast_recovery: bool,
    pub(crate) cong_recovery: bool,
    pub(crate) dupacks: u8,
    pub(crate) sacked: IntervalSet<16>,
    pub(crate) high_rxt: SeqNum,
    /// RFC 6675 NextSeg rule 4 has been used in this recovery.
    pub(crate) rescued: bool,
    /// The segment at SND.UNA is to be resent at once (fast retransmit, partial ACK).
    pub(crate) rexmit_due: bool,
    pub(crate) rtt: RttEstimator,
    /// The sequence number that ends the timed segment, and when it was sent.
    pub(crate) timed: Option<(SeqNum, Micros)>,
    /// Timeouts or probes in a row without an answer.
    pub(crate) retries: u8,
    pub(crate) undo: Option<Undo>,
    // Receive sequence space.
    pub(crate) irs: SeqNum,
    pub(crate) rcv_nxt: SeqNum,
    pub(crate) rcv_adv: SeqNum,
    pub(crate) rcv_read: SeqNum,
    pub(crate) rcv_wscale: u8,
    pub(crate) last_ack_sent: SeqNum,
    pub(crate) ooo: Reassembly,
    /// Sequence number of a FIN that arrived out of order.
    pub(crate) early_fin: Option<SeqNum>,
    /// The peer's FIN is consumed: RCV.NXT is one above the data.
    pub(crate) peer_fin: bool,
    pub(crate) dsack: Option<SackBlock>,
    // Options in use.
    /// Window scaling was agreed.
    pub(crate) wscale_ok: bool,
    pub(crate) ts_ok: bool,
    pub(crate) ts_recent: u32,
    pub(crate) ts_recent_at: Micros,
    pub(crate) ts_offset: u32,
    pub(crate) sack_ok: bool,
    pub(crate) ecn_ok: bool,
    pub(crate) ece_due: bool,
    /// RFC 8257 §3.2: an ACK up to here, with the echo as it was, goes out before the next.
    pub(crate) ce_split: Option<SeqNum>,
    pub(crate) cwr_due: bool,
    // Acknowledgements owed.
    pub(crate) ack_due: bool,
    pub(crate) delack_count: u8,
    pub(crate) quickack: u8,
    // Timers.
    pub(crate) t_rtx: Option<Micros>,
    pub(crate) persist: bool,
    pub(crate) t_delack: Option<Micros>,
    pub(crate) t_keep: Option<Micros>,
    pub(crate) t_2msl: Option<Micros>,
    pub(crate) keep_probes: u8,
    pub(crate) last_sent_at: Micros,
    // Output owed.
    pub(crate) syn_due: bool,
    pub(crate) probe_due: bool,
    pub(crate) keep_due: bool,
    pub(crate) rst_due: Option<Segment>,
    pub(crate) reply_due: Option<Segment>,
    /// The application has left: received data cannot be delivered.
    pub(crate) detached: bool,
    pub(crate) pending: Pending,
    pub(crate) limiter: AckLimiter,
    pub(crate) counters: Counters,
    pub(crate) limit: LimitClock,
}

impl Tcb {
    /// A blank connection with our side's parameters.
    pub(crate) fn blank(cfg: &Config, state: State, iss: SeqNum, now: Micros) -> Self {
        Self {
            cfg: *cfg,
            state,
            iss,
            snd_una: iss,
            snd_nxt: iss,
            snd_max: iss,
            snd_end: iss + 1,
            fin_queued: false,
            snd_wnd: 0,
            snd_wl1: SeqNum(0),
            snd_wl2: iss,
            max_snd_wnd: 0,
            snd_wscale: 0,
            peer_mss: cfg.default_mss,
            path_mss: cfg.path_mss,
            df: cfg.df,
            cc: cfg.cc.build(),
            cwnd: u32::from(cfg.mss),
            ssthresh: u32::MAX,
            bytes_acked: 0,
            recover: iss,
            fast_recovery: false,
            cong_recovery: false,
            dupacks: 0,
            sacked: IntervalSet::default(),
            high_rxt: iss,
            rescued: false,
            rexmit_due: false,
            rtt: RttEstimator::new(cfg.initial_rto.as_u32()),
            timed: None,
            retries: 0,
            undo: None,
            irs: SeqNum(0),
            rcv_nxt: SeqNum(0),
            rcv_adv: SeqNum(0),
            rcv_read: SeqNum(0),
            rcv_wscale: 0,
            last_ack_sent: SeqNum(0),
            ooo: Reassembly::default(),
            early_fin: None,
            peer_fin: false,
            dsack: None,
            wscale_ok: false,
            ts_ok: false,
            ts_recent: 0,
            ts_recent_at: now,
            ts_offset: cfg.ts_offset,
            sack_ok: false,
            ecn_ok: false,
            ece_due: false,
            ce_split: None,
            cwr_due: false,
            ack_due: false,
            delack_count: 0,
            quickack: cfg.quick_acks.min(15),
            t_rtx: None,
            persist: false,
            t_delack: None,
            t_keep: None,
            t_2msl: None,
            keep_probes: 0,
            last_sent_at: now,
            syn_due: false,
            probe_due: false,
            keep_due: false,
            rst_due: None,
            reply_due: None,
            detached: false,
            pending: Pending::default(),
            limiter: AckLimiter::new(u32::from(cfg.challenge_per_second)),
            counters: Counters::default(),
            limit: LimitClock::new(now),
        }
    }

    /// Active open: a SYN is due at once.
    #[must_use]
    pub fn connect(cfg: &Config, iss: SeqNum, now: Micros) -> Self {
        let mut t = Self::blank(cfg, State::SynSent, iss, now);
        t.snd_max = iss;
        t.syn_due = true;
        t
    }

    /// Passive open without a SYN cache: SYN_RECEIVED, a SYN|ACK is due at once. `syn` must carry
    /// SYN and neither ACK nor RST.
    #[must_use]
    pub fn from_syn(cfg: &Config, iss: SeqNum, syn: &Segment, now: Micros) -> Self {
        let mut t = Self::blank(cfg, State::SynReceived, iss, now);
        t.negotiate(&Handshake::from_syn(cfg, iss, syn), now);
        t.syn_due = true;
        t
    }

    /// Passive open with a SYN cache: the peer's ACK of our SYN|ACK has arrived and is valid. Feed
    /// that very segment to [`on_segment`](Self::on_segment) next: it may carry data and sets the
    /// window.
    #[must_use]
    pub fn accept_established(cfg: &Config, hs: &Handshake, now: Micros) -> Self {
        let mut t = Self::blank(cfg, State::Established, hs.iss, now);
        t.negotiate(hs, now);
        t.snd_una = hs.iss + 1;
        t.snd_nxt = t.snd_una;
        t.snd_max = t.snd_una;
        t.snd_wl2 = t.snd_una;
        t.high_rxt = t.snd_una;
        t.last_ack_sent = t.rcv_nxt;
        // RFC 7323 §2.2: the window of our SYN|ACK was not scaled.
        t.rcv_adv = t.rcv_nxt + cfg.rcv_ring.min(0xffff);
        if let Some(r) = hs.rtt_sample {
            t.rtt.sample(r.as_u32(), cfg.min_rto, cfg.max_rto);
        }
        t.established(hs.syn_lost, now);
        t
    }

    /// Takes what both SYNs agreed on.
    pub(crate) fn negotiate(&mut self, hs: &Handshake, now: Micros) {
        self.irs = hs.irs;
        self.rcv_nxt = hs.irs + 1;
        self.rcv_read = self.rcv_nxt;
        self.rcv_adv = self.rcv_nxt;
        self.last_ack_sent = self.rcv_nxt;
        self.peer_mss = hs.peer_mss.max(MIN_MSS);
        // RFC 7323 §2.3: a scale above 14 is taken as 14.
        self.snd_wscale = hs.snd_wscale.unwrap_or(0).min(14);
        self.wscale_ok = hs.snd_wscale.is_some();
        self.rcv_wscale = if hs.snd_wscale.is_some() { self.cfg.rcv_wscale() } else { 0 };
        self.ts_ok = hs.ts_recent.is_some();
        self.ts_recent = hs.ts_recent.unwrap_or(0);
        self.ts_recent_at = now;
        self.sack_ok = hs.sack;
        self.ecn_ok = hs.ecn;
        self.snd_wnd = u32::from(hs.snd_wnd);
        self.max_snd_wnd = self.snd_wnd;
        self.snd_wl1 = hs.irs;
    }

    /// Enters ESTABLISHED.
    pub(crate) fn established(&mut self, syn_lost: bool, now: Micros) {
        self.state = State::Established;
        self.cwnd = initial_window(self.snd_mss(), syn_lost);
        self.high_rxt = self.snd_una;
        let mut v = self.cc_vars(0, now);
        self.cc.conn_init(&mut v);
        self.take_cc_vars(&v);
        self.t_keep = self.cfg.keepalive.map(|idle| now + idle);
        self.pending.established = true;
        if self.fin_queued {
            self.state = State::FinWait1;
        }
    }

    /// What this connection has learnt of its path (S-HC-1).
    #[must_use]
    pub const fn path_metrics(&self) -> PathMetrics {
        PathMetrics {
            srtt_us8: self.rtt.srtt_us8,
            rttvar_us4: self.rtt.rttvar_us4,
            ssthresh: self.ssthresh,
            cwnd: self.cwnd,
        }
    }

    /// Begins with what an earlier connection has learnt. The first timeout stays the configured one.
    pub fn start_from(&mut self, known: &PathMetrics) {
        if self.rtt.srtt_us8 == 0 {
            self.rtt.srtt_us8 = known.srtt_us8;
            self.rtt.rttvar_us4 = known.rttvar_us4;
        }
        // Never so low that a path which was congested once is slow for ever.
        self.ssthresh = known.ssthresh.max(4 * u32::from(self.path_mss));
    }

    /// The state.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// The configuration it was made with.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.cfg
    }

    /// Sequence number of the first byte the application writes: position 0 of the send stream.
    #[must_use]
    pub fn snd_start(&self) -> SeqNum {
        self.iss + 1
    }

    /// Sequence number of the first byte the peer sends; meaningless in SYN_SENT.
    #[must_use]
    pub fn rcv_start(&self) -> SeqNum {
        self.irs + 1
    }

    /// SND.UNA as far as the send ring is concerned: bytes before it are free. Never beyond the
    /// application's data, whatever our SYN and FIN occupy.
    #[must_use]
    pub fn snd_free(&self) -> SeqNum {
        self.snd_una.max(self.iss + 1).min(self.snd_end)
    }

    /// Sequence number after the last byte the application has written.
    #[must_use]
    pub const fn snd_end(&self) -> SeqNum {
        self.snd_end
    }

    /// Sequence number after the last in-order byte that the application may read.
    #[must_use]
    pub fn rcv_data_end(&self) -> SeqNum {
        if self.peer_fin { self.rcv_nxt - 1 } else { self.rcv_nxt }
    }

    /// Sequence number of the next byte the application reads.
    #[must_use]
    pub const fn rcv_read(&self) -> SeqNum {
        self.rcv_read
    }

    /// The peer's FIN has been consumed.
    #[must_use]
    pub const fn peer_closed(&self) -> bool {
        self.peer_fin
    }

    /// Our FIN is queued, sent or acknowledged.
    #[must_use]
    pub const fn closing(&self) -> bool {
        self.fin_queued
    }

    /// Enters CLOSED.
    pub(crate) fn finish(&mut self, reason: CloseReason) {
        self.state = State::Closed;
        self.t_rtx = None;
        self.persist = false;
        self.t_delack = None;
        self.t_keep = None;
        self.t_2msl = None;
        self.ack_due = false;
        self.syn_due = false;
        self.probe_due = false;
        self.keep_due = false;
        self.rexmit_due = false;
        self.reply_due = None;
        self.pending.closed = Some(reason);
    }

    /// Enters TIME_WAIT (S-VTW-5): the ACK of the peer's FIN goes out first, by `poll_transmit`.
    pub(crate) fn enter_time_wait(&mut self, now: Micros) {
        self.state = State::TimeWait;
        self.t_rtx = None;
        self.persist = false;
        self.t_keep = None;
        self.rexmit_due = false;
        self.probe_due = false;
        self.t_2msl = Some(now + self.cfg.tw_linger);
        self.pending.time_wait = true;
    }

    /// The TIME_WAIT record of this connection.
    #[must_use]
    pub fn time_wait_record(&self) -> TimeWaitRecord {
        TimeWaitRecord {
            snd_nxt: self.snd_max,
            rcv_nxt: self.rcv_nxt,
            last_win: u16::try_from(self.rcv_adv.since(self.rcv_nxt) >> self.rcv_wscale)
                .unwrap_or(u16::MAX),
            rcv_wscale: self.rcv_wscale,
            ts_ok: self.ts_ok,
            ts_recent: self.ts_recent,
            ts_offset: self.ts_offset,
            class: self.cfg.tw_class,
        }
    }

    /// Next event, in this order: Established, Readable, PeerClosed, Writable, Reset, TimeWait,
    /// Closed. TimeWait comes only after `poll_transmit` has given out the last ACK.
    pub fn poll_event(&mut self) -> Option<TcbEvent> {
        let p = &mut self.pending;
        if core::mem::take(&mut p.established) {
            Some(TcbEvent::Established)
        } else if core::mem::take(&mut p.readable) {
            Some(TcbEvent::Readable)
        } else if core::mem::take(&mut p.peer_closed) {
            Some(TcbEvent::PeerClosed)
        } else if core::mem::take(&mut p.writable) {
            Some(TcbEvent::Writable)
        } else if let Some(r) = p.reset.take() {
            Some(TcbEvent::Reset(r))
        } else if p.time_wait && !self.ack_due {
            self.pending.time_wait = false;
            Some(TcbEvent::TimeWait(self.time_wait_record()))
        } else {
            self.pending.closed.take().map(TcbEvent::Closed)
        }
    }

    /// Everything unacknowledged counts as not sent.
    pub(crate) fn rewind(&mut self) {
        self.snd_nxt = self.snd_una.max(self.iss + 1);
        self.sacked.clear();
        self.high_rxt = self.snd_una;
        self.rexmit_due = false;
        self.timed = None;
    }

    /// An acknowledgement is to go out at once.
    #[must_use]
    pub const fn ack_pending(&self) -> bool {
        self.ack_due
    }

    /// Segment size limit of the path and the peer, options not taken off.
    #[must_use]
    pub fn mss(&self) -> u16 {
        self.peer_mss.min(self.path_mss).max(MIN_MSS)
    }

    /// Largest payload of a segment without SACK blocks: the SMSS of RFC 5681.
    #[must_use]
    pub fn snd_mss(&self) -> u32 {
        u32::from(self.mss()) - options::data_len(self.ts_ok, self.cfg.signature, 0)
    }

    /// The timestamps option of a segment sent now.
    pub(crate) fn timestamps(&self, now: Micros) -> Option<Timestamps> {
        self.ts_ok.then(|| Timestamps { val: ts_clock(now, self.ts_offset), ecr: self.ts_recent })
    }

    /// The variables as congestion control sees them.
    pub(crate) fn cc_vars(&self, acked: u32, now: Micros) -> CcVars {
        CcVars {
            cwnd: self.cwnd,
            ssthresh: self.ssthresh,
            bytes_acked: self.bytes_acked,
            mss: self.snd_mss(),
            snd_wnd: self.snd_wnd,
            snd_wscale: self.snd_wscale,
            snd_una: self.snd_una,
            snd_nxt: self.snd_nxt,
            snd_max: self.snd_max,
            pipe: self.pipe(),
            acked,
            marked: 0,
            fast_recovery: self.fast_recovery,
            cong_recovery: self.cong_recovery,
            srtt: self.rtt.srtt(),
            now,
        }
    }

    /// Takes the three variables that congestion control may change.
    pub(crate) fn take_cc_vars(&mut self, v: &CcVars) {
        self.cwnd = v.cwnd.max(v.smss());
        self.ssthresh = v.ssthresh;
        self.bytes_acked = v.bytes_acked;
    }
}

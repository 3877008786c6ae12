// SPDX-License-Identifier: Apache-2.0
//! TIME_WAIT: the vestigial record (S-VTW-1) and what it answers (S-VTW-6). Shared by the software
//! table, the functional model of the engine's table, and a [`Tcb`](crate::Tcb) that had to keep its
//! own TIME_WAIT. The table itself (hashing, ageing, eviction) is the caller's.

use crate::limiter::AckLimiter;
use crate::segment::{Flags, Segment, Timestamps};
use crate::seq::{Micros, SeqNum};
use crate::tcb::ts_clock;

/// MSL classes (S-MSLT-1); the numbers are those of `abi` (`msl_class_e`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum MslClass {
    /// Class 0: MSL classes are off.
    None,
    /// MSL 30 s: everything not attached.
    #[default]
    Remote,
    /// MSL 5 s: a directly attached subnet.
    Local,
    /// MSL 1 s: this host.
    Loopback,
}

impl MslClass {
    /// The number in records and images.
    #[must_use]
    pub const fn id(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Remote => 1,
            Self::Local => 2,
            Self::Loopback => 3,
        }
    }

    /// The class of a number.
    #[must_use]
    pub const fn from_id(id: u8) -> Option<Self> {
        match id {
            0 => Some(Self::None),
            1 => Some(Self::Remote),
            2 => Some(Self::Local),
            3 => Some(Self::Loopback),
            _ => None,
        }
    }

    /// Default linger, 2·MSL: 60, 10 and 2 s (S-MSLT-1).
    #[must_use]
    pub const fn linger(self) -> Micros {
        match self {
            Self::None | Self::Remote => Micros::from_secs(60),
            Self::Local => Micros::from_secs(10),
            Self::Loopback => Micros::from_secs(2),
        }
    }
}

/// What is left of a connection in TIME_WAIT.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TimeWaitRecord {
    /// SND.NXT: the sequence number of our answers.
    pub snd_nxt: SeqNum,
    /// RCV.NXT, after the peer's FIN.
    pub rcv_nxt: SeqNum,
    /// The window field of our last segment, already scaled down: raw.
    pub last_win: u16,
    /// Scale to apply to `last_win` for the acceptance test.
    pub rcv_wscale: u8,
    /// Timestamps were negotiated.
    pub ts_ok: bool,
    /// TS.Recent.
    pub ts_recent: u32,
    /// Our timestamp clock is `(now >> 10) + ts_offset`.
    pub ts_offset: u32,
    /// MSL class.
    pub class: MslClass,
}

/// `tw.rst`: what an exactly matching reset does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TwRst {
    /// Every reset is ignored (RFC 1337).
    #[default]
    Drop,
    /// A reset with SEG.SEQ = RCV.NXT deletes the record; one inside the window gets a challenge
    /// ACK (RFC 5961 §3).
    Exact,
}

/// `tw.recycle`: which SYN may start a new incarnation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TwRecycle {
    /// None: each SYN gets a challenge ACK.
    Off,
    /// One whose sequence number is after RCV.NXT (RFC 9293 §3.10.7.4, RFC 1122 §4.2.2.13).
    Seq,
    /// By timestamp where there are timestamps, else by sequence number (RFC 6191 §2).
    #[default]
    SeqOrTs,
}

/// The two switches of S-VTW-6.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TwSwitches {
    /// `tw.rst`.
    pub rst: TwRst,
    /// `tw.recycle`.
    pub recycle: TwRecycle,
}

/// What the table does with the record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TwAction {
    /// Leave it.
    Keep,
    /// Start 2·MSL anew, same class.
    Restart,
    /// Remove it.
    Delete,
    /// Remove it and give this SYN to the listener (S-VTW-6).
    Recycle,
}

/// Why: one value a row of the vector table; each is a counter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TwReason {
    /// RST ignored by RFC 1337.
    RstIgnored,
    /// RST not inside the window.
    RstOutside,
    /// RST inside the window, not exact: challenged.
    RstChallenged,
    /// RST exact: record deleted.
    RstAccepted,
    /// A SYN that starts a new incarnation.
    SynRecycled,
    /// A SYN that does not: challenged.
    SynChallenged,
    /// No ACK flag.
    NoAck,
    /// Timestamp older than TS.Recent (RFC 7323 §5.3).
    Paws,
    /// Payload beyond RCV.NXT: there is no receiver any more.
    DataAfterClose,
    /// Beyond the window.
    OutOfWindow,
    /// The peer's FIN again: acknowledged, 2·MSL restarted.
    FinRetransmitted,
    /// Old data again: acknowledged.
    Duplicate,
    /// An ACK that needs no answer.
    PlainAck,
    /// An empty segment whose numbers are not the expected ones: answered.
    StaleAck,
}

/// Outcome of a segment on a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TwOutcome {
    /// Answer to send.
    pub reply: Option<Segment>,
    /// What becomes of the record.
    pub action: TwAction,
    /// Which rule spoke.
    pub reason: TwReason,
}

impl TimeWaitRecord {
    /// The ACK that this record answers with: FreeBSD's `tcp_twrespond` contents (S-VTW-6).
    #[must_use]
    pub fn ack(&self, now: Micros) -> Segment {
        Segment {
            seq: self.snd_nxt,
            ack: self.rcv_nxt,
            flags: Flags::ACK,
            wnd: self.last_win,
            ts: self
                .ts_ok
                .then(|| Timestamps { val: ts_clock(now, self.ts_offset), ecr: self.ts_recent }),
            ..Segment::default()
        }
    }

    /// Processes a segment. `limiter` bounds challenge ACKs and answers to empty segments; it may be
    /// one for the whole table. The caller has verified the checksum and that neither address is
    /// multicast or broadcast.
    pub fn process(
        &self,
        switches: TwSwitches,
        limiter: &mut AckLimiter,
        now: Micros,
        seg: &Segment,
    ) -> TwOutcome {
        use TwReason as R;
        let drop = |reason| TwOutcome { reply: None, action: TwAction::Keep, reason };
        let ack = |reason| TwOutcome { reply: Some(self.ack(now)), ..drop(reason) };
        let mut limited = |reason| {
            if limiter.allow(now) { ack(reason) } else { drop(reason) }
        };
        let window = u32::from(self.last_win) << self.rcv_wscale.min(14);
        let inside = seg.seq.after_eq(self.rcv_nxt) && seg.seq - self.rcv_nxt <= window;

        // RFC 5961 §3.2 and RFC 1337: RST before anything else; never answered with RST.
        if seg.rst() {
            return match switches.rst {
                TwRst::Drop => drop(R::RstIgnored),
                TwRst::Exact if seg.seq == self.rcv_nxt => {
                    TwOutcome { reply: None, action: TwAction::Delete, reason: R::RstAccepted }
                }
                TwRst::Exact if inside => limited(R::RstChallenged),
                TwRst::Exact => drop(R::RstOutside),
            };
        }
        if seg.syn() {
            if !seg.has_ack() && self.recycles(switches.recycle, seg) {
                return TwOutcome {
                    reply: None,
                    action: TwAction::Recycle,
                    reason: R::SynRecycled,
                };
            }
            return limited(R::SynChallenged);
        }
        if !seg.has_ack() {
            return drop(R::NoAck);
        }
        if self.ts_ok
            && let Some(ts) = seg.ts
            && ts.val.wrapping_sub(self.ts_recent).cast_signed() < 0
        {
            return if seg.is_empty() { limited(R::Paws) } else { ack(R::Paws) };
        }
        // What is left after trimming to RCV.NXT (S-VTW-6 steps 1, 2).
        let data_end = seg.seq + seg.payload_len;
        if seg.payload_len > 0 && data_end.after(self.rcv_nxt) {
            if seg.seq.after_eq(self.rcv_nxt) && !inside {
                return limited(R::OutOfWindow);
            }
            return TwOutcome { reply: seg.reset_reply(), ..drop(R::DataAfterClose) };
        }
        if seg.seq.after(self.rcv_nxt) {
            return limited(R::OutOfWindow);
        }
        if seg.fin() && seg.end() == self.rcv_nxt {
            return TwOutcome { action: TwAction::Restart, ..ack(R::FinRetransmitted) };
        }
        if !seg.is_empty() {
            return ack(R::Duplicate);
        }
        // FreeBSD answers an ACK only if it is not the expected one: no ACK storms.
        if seg.seq == self.rcv_nxt && seg.ack == self.snd_nxt {
            return drop(R::PlainAck);
        }
        limited(R::StaleAck)
    }

    fn recycles(&self, how: TwRecycle, syn: &Segment) -> bool {
        let by_seq = syn.seq.after(self.rcv_nxt);
        match how {
            TwRecycle::Off => false,
            TwRecycle::Seq => by_seq,
            TwRecycle::SeqOrTs => match (self.ts_ok, syn.ts) {
                (true, Some(ts)) => match ts.val.wrapping_sub(self.ts_recent).cast_signed() {
                    0 => by_seq,
                    d => d > 0,
                },
                // RFC 6191 §2: only the new incarnation uses timestamps.
                (false, Some(_)) => true,
                (_, None) => by_seq,
            },
        }
    }
}

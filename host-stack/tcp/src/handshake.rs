// SPDX-License-Identifier: Apache-2.0
//! What two SYNs agree on, for SYN caches and cookies: the caller keeps a [`Handshake`] (or packs it
//! into a cookie), answers with [`syn_ack`], and makes an ESTABLISHED
//! [`Tcb`](crate::Tcb::accept_established) from it when the ACK arrives.

use crate::config::Config;
use crate::segment::{Flags, Segment, Timestamps};
use crate::seq::{Micros, SeqNum};
use crate::tcb::ts_clock;

/// The agreed parameters of a connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Handshake {
    /// Our initial sequence number.
    pub iss: SeqNum,
    /// The peer's.
    pub irs: SeqNum,
    /// MSS the peer announced, or the default (S-MSS-1: an offer of 0 is the default too).
    pub peer_mss: u16,
    /// Shift of the peer's windows; `None`: no scaling either way.
    pub snd_wscale: Option<u8>,
    /// TS.Recent when timestamps are in use.
    pub ts_recent: Option<u32>,
    /// SACK is in use.
    pub sack: bool,
    /// ECN is in use.
    pub ecn: bool,
    /// Window of the peer's SYN (never scaled, RFC 7323 §2.2).
    pub snd_wnd: u16,
    /// Our SYN|ACK had to be sent again: the initial window is one segment (RFC 5681 §3.1, S-SYN-2).
    pub syn_lost: bool,
    /// Round-trip time of the handshake, when it was sent once only.
    pub rtt_sample: Option<Micros>,
}

impl Handshake {
    /// Agreement between our configuration and the peer's SYN.
    #[must_use]
    pub fn from_syn(cfg: &Config, iss: SeqNum, syn: &Segment) -> Self {
        Self {
            iss,
            irs: syn.seq,
            peer_mss: syn.mss.filter(|&m| m != 0).unwrap_or(cfg.default_mss),
            snd_wscale: syn.wscale.filter(|_| cfg.window_scaling),
            ts_recent: syn.ts.filter(|_| cfg.timestamps).map(|ts| ts.val),
            sack: syn.sack_permitted && cfg.sack,
            // RFC 3168 §6.1.1: a SYN with both ECE and CWR offers ECN.
            ecn: cfg.ecn && syn.flags.has(Flags::ECE.with(Flags::CWR)),
            snd_wnd: syn.wnd,
            syn_lost: false,
            rtt_sample: None,
        }
    }
}

/// The SYN|ACK that answers with `hs`.
#[must_use]
pub fn syn_ack(cfg: &Config, hs: &Handshake, now: Micros) -> Segment {
    let ece = if hs.ecn { Flags::ECE } else { Flags::NONE };
    Segment {
        seq: hs.iss,
        ack: hs.irs + 1,
        flags: Flags::SYN.with(Flags::ACK).with(ece),
        wnd: syn_window(cfg),
        ts: hs.ts_recent.map(|ecr| Timestamps { val: ts_clock(now, cfg.ts_offset), ecr }),
        mss: Some(cfg.mss),
        wscale: hs.snd_wscale.map(|_| cfg.rcv_wscale()),
        sack_permitted: hs.sack,
        ..Segment::default()
    }
}

/// Window field of our SYN: not scaled (RFC 7323 §2.2).
pub(crate) fn syn_window(cfg: &Config) -> u16 {
    u16::try_from(cfg.rcv_ring).unwrap_or(u16::MAX)
}

// SPDX-License-Identifier: Apache-2.0
//! All constants of the core in one place. Times are microseconds.

use crate::cc::CcAlgo;
use crate::seq::Micros;
use crate::timewait::MslClass;

/// Settings of one connection. `Config::default()` is what an ordinary host would use on Ethernet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Config {
    /// MSS we announce: interface MTU less IP and TCP headers without options (S-MSS-1).
    pub mss: u16,
    /// Path limit on segment size, headers off, options not: `min(path MTU)` less headers.
    pub path_mss: u16,
    /// What a peer that announces none can take (RFC 9293 §3.7.1): [`DEFAULT_MSS`], [`DEFAULT_MSS_V6`].
    pub default_mss: u16,
    /// Receive ring, bytes.
    pub rcv_ring: u32,
    /// Send ring, bytes: bounds what the application may have outstanding; used for reporting.
    pub snd_ring: u32,
    /// Offer window scaling (RFC 7323).
    pub window_scaling: bool,
    /// Offer timestamps (RFC 7323).
    pub timestamps: bool,
    /// Offer SACK (RFC 2018).
    pub sack: bool,
    /// Offer ECN (RFC 3168).
    pub ecn: bool,
    /// Added to our timestamp clock; random per connection (RFC 7323 §7.1).
    pub ts_offset: u32,
    /// Nagle's algorithm off.
    pub nodelay: bool,
    /// IP DF bit of segments.
    pub df: bool,
    /// Congestion control at the start; changeable live.
    pub cc: CcAlgo,
    /// MSL class of the coming TIME_WAIT (S-MSLT-1).
    pub tw_class: MslClass,
    /// 2·MSL for this connection when TIME_WAIT is kept in the core (S-MSLT-1: 60 s remote).
    pub tw_linger: Micros,
    /// Initial retransmission timeout, 1 s (RFC 6298 §2.1).
    pub initial_rto: Micros,
    /// Lower bound of the retransmission timeout, 200 ms.
    pub min_rto: Micros,
    /// Upper bound of the backed-off retransmission timeout, 60 s (RFC 6298 §2.5).
    pub max_rto: Micros,
    /// SYN retransmissions before giving up (RFC 9293 §3.8.3: at least 3 minutes).
    pub syn_retries: u8,
    /// SYN|ACK retransmissions before giving up.
    pub synack_retries: u8,
    /// Consecutive retransmission timeouts without progress before giving up (R2).
    pub retries: u8,
    /// Longest delay of an acknowledgement (RFC 9293 §3.8.6.3: below 500 ms); 0 = none.
    pub delayed_ack: Micros,
    /// Data segments acknowledged at once at the start and after idle.
    pub quick_acks: u8,
    /// Shortest persist interval.
    pub persist_min: Micros,
    /// Longest persist interval.
    pub persist_max: Micros,
    /// Unanswered window probes before giving up.
    pub persist_retries: u8,
    /// Keepalive: idle time before the first probe; `None` = off (RFC 9293 §3.8.4).
    pub keepalive: Option<Micros>,
    /// Keepalive: time between probes.
    pub keepalive_interval: Micros,
    /// Keepalive: unanswered probes before giving up.
    pub keepalive_probes: u8,
    /// How long a closed socket waits in FIN_WAIT_2.
    pub fin_wait_2: Micros,
    /// Challenge ACKs and answers to empty unacceptable segments per second (RFC 5961 §7).
    pub challenge_per_second: u8,
    /// Out-of-order intervals tracked, 1..=4 (S-REASS-1).
    pub ooo_intervals: u8,
    /// SACK scoreboard intervals, 1..=16.
    pub sack_intervals: u8,
    /// RFC 6675 §4 NextSeg rules 3 and 4: in recovery, with nothing else to send, resend what is
    /// not known to be lost.
    pub resend_likely: bool,
    /// An ACK within half a round trip of the first retransmission undoes the timeout (S-CC-2, RTO_ERR).
    pub undo_timeouts: bool,
    /// SACK blocks go on data segments too (RFC 2018 §4: they should); else only on the ACKs that
    /// each out-of-order segment is answered with.
    pub sack_on_data: bool,
    /// Segments an [`Emit`](crate::Emit) may cover (S-TSO-1); 1 = no segmentation offload.
    pub tso_segments: u8,
    /// Every segment carries a signature (RFC 2385): room for it is left. The caller signs.
    pub signature: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            mss: 1460,
            path_mss: 1460,
            default_mss: DEFAULT_MSS,
            rcv_ring: 256 * 1024,
            snd_ring: 256 * 1024,
            window_scaling: true,
            timestamps: true,
            sack: true,
            ecn: false,
            ts_offset: 0,
            nodelay: false,
            df: true,
            cc: CcAlgo::Cubic,
            tw_class: MslClass::Remote,
            tw_linger: Micros::from_secs(60),
            initial_rto: Micros::from_secs(1),
            min_rto: Micros::from_millis(200),
            max_rto: Micros::from_secs(60),
            syn_retries: 6,
            synack_retries: 5,
            retries: 15,
            delayed_ack: Micros::from_millis(40),
            quick_acks: 8,
            persist_min: Micros::from_millis(200),
            persist_max: Micros::from_secs(60),
            persist_retries: 15,
            keepalive: None,
            keepalive_interval: Micros::from_secs(75),
            keepalive_probes: 9,
            fin_wait_2: Micros::from_secs(60),
            challenge_per_second: 10,
            ooo_intervals: 4,
            sack_intervals: 16,
            resend_likely: true,
            undo_timeouts: true,
            sack_on_data: true,
            tso_segments: 1,
            signature: false,
        }
    }
}

impl Config {
    /// Smallest scale with which the whole receive ring can be announced, at most 14
    /// (RFC 7323 §2.3).
    #[must_use]
    pub fn rcv_wscale(&self) -> u8 {
        let mut shift = 0;
        while shift < 14 && self.rcv_ring >> shift > 0xffff {
            shift += 1;
        }
        shift
    }
}

/// Smallest segment size we agree to use, S-MTU-2 and S-MSS-1.
pub const MIN_MSS: u16 = 64;
/// MSS of a peer that announced none, IPv4 (RFC 9293 §3.7.1).
pub const DEFAULT_MSS: u16 = 536;
/// The same, IPv6.
pub const DEFAULT_MSS_V6: u16 = 1220;

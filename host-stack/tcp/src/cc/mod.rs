// SPDX-License-Identifier: Apache-2.0
//! Congestion control: the trait (S-CC-1), its variables, and the algorithms known by id.
//!
//! The core keeps `cwnd` and `ssthresh` in [`CcVars`]; an algorithm is told of acknowledgements and
//! signals and changes them. Which recovery the core is in is told, never changed, here.

mod cubic;
mod dctcp;
mod newreno;
#[cfg(test)]
mod tests;

pub use cubic::Cubic;
pub use dctcp::Dctcp;
pub use newreno::NewReno;

use crate::seq::{Micros, SeqNum};
use alloc::boxed::Box;

/// The window that cannot be exceeded without scaling; the cap of `cwnd` is this shifted by the
/// peer's scale (S-CC-2).
const TCP_MAXWIN: u32 = 65_535;
/// RFC 3465 L: how many segments one ACK may be counted for.
pub const ABC_L: u32 = 2;

/// Algorithms known by id; the numbers are those of `abi` (`cc_algo_e`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum CcAlgo {
    /// RFC 5681, RFC 6582, RFC 3465.
    NewReno,
    /// RFC 9438.
    #[default]
    Cubic,
    /// RFC 8257; for networks whose switches mark early.
    Dctcp,
}

impl CcAlgo {
    /// The id in the session image.
    #[must_use]
    pub const fn id(self) -> u8 {
        match self {
            Self::NewReno => 0,
            Self::Cubic => 1,
            Self::Dctcp => 2,
        }
    }

    /// The algorithm of an id.
    #[must_use]
    pub const fn from_id(id: u8) -> Option<Self> {
        match id {
            0 => Some(Self::NewReno),
            1 => Some(Self::Cubic),
            2 => Some(Self::Dctcp),
            _ => None,
        }
    }

    /// The algorithm of a name, as in `net.ipv4.tcp_congestion_control`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "newreno" | "reno" => Some(Self::NewReno),
            "cubic" => Some(Self::Cubic),
            "dctcp" => Some(Self::Dctcp),
            _ => None,
        }
    }

    /// Its name, which [`Self::from_name`] knows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NewReno => "newreno",
            Self::Cubic => "cubic",
            Self::Dctcp => "dctcp",
        }
    }

    /// A fresh instance.
    #[must_use]
    pub fn build(self) -> Box<dyn CongestionControl> {
        match self {
            Self::NewReno => Box::new(NewReno),
            Self::Cubic => Box::new(Cubic::default()),
            Self::Dctcp => Box::new(Dctcp::default()),
        }
    }
}

/// Kinds of acknowledgement (S-CC-1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AckType {
    /// It advanced SND.UNA.
    Ack,
    /// It did not, and counts as a duplicate.
    DupAck,
}

/// Congestion signals (S-CC-1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signal {
    /// ECN echo: congestion without loss.
    Ecn,
    /// The retransmission timer expired for the first time since progress.
    Rto,
    /// That timeout was spurious; the core has restored `cwnd` and `ssthresh`.
    RtoErr,
    /// Loss found by duplicate acknowledgements or SACK.
    NDupAck,
}

/// What an algorithm sees and changes. Bytes, except where said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CcVars {
    /// Congestion window. In/out.
    pub cwnd: u32,
    /// Slow-start threshold. In/out.
    pub ssthresh: u32,
    /// RFC 3465 accumulator `t_bytes_acked`. In/out.
    pub bytes_acked: u32,
    /// Largest payload of a segment (options off).
    pub mss: u32,
    /// SND.WND.
    pub snd_wnd: u32,
    /// Shift of the peer's window.
    pub snd_wscale: u8,
    /// SND.UNA after the event (`curack`).
    pub snd_una: SeqNum,
    /// SND.NXT.
    pub snd_nxt: SeqNum,
    /// Highest sequence number sent.
    pub snd_max: SeqNum,
    /// Bytes in the network as the core estimates them.
    pub pipe: u32,
    /// Bytes newly acknowledged by this event (`bytes_this_ack`).
    pub acked: u32,
    /// Of those, bytes acknowledged with ECE.
    pub marked: u32,
    /// Loss recovery (S-CC-3).
    pub fast_recovery: bool,
    /// Congestion recovery: an event without loss (S-CC-3).
    pub cong_recovery: bool,
    /// Smoothed round-trip time, µs; 0 = none yet.
    pub srtt: u32,
    /// Time of the event.
    pub now: Micros,
}

impl CcVars {
    /// In either recovery: no growth.
    #[must_use]
    pub const fn in_recovery(&self) -> bool {
        self.fast_recovery || self.cong_recovery
    }

    /// The congestion window is what limits us, not the receiver (S-CC-2).
    #[must_use]
    pub const fn cwnd_limited(&self) -> bool {
        self.cwnd <= self.snd_wnd
    }

    /// Upper bound of `cwnd`.
    #[must_use]
    pub const fn cwnd_cap(&self) -> u32 {
        TCP_MAXWIN << self.snd_wscale
    }

    /// Segment size, never 0.
    #[must_use]
    pub const fn smss(&self) -> u32 {
        if self.mss == 0 { 1 } else { self.mss }
    }

    /// Half of what is in flight, at least two segments (RFC 5681 eq. (4)); never above half the window that was in use
    /// (S-CC-2). As the engine has it, to the octet.
    #[must_use]
    pub fn half_window(&self) -> u32 {
        let flight = self.snd_max.since(self.snd_una);
        (flight.min(self.cwnd) / 2).max(2 * self.smss())
    }
}

/// A congestion control algorithm (S-CC-1). Deterministic; no clock but `CcVars::now`.
pub trait CongestionControl: core::fmt::Debug + Send {
    /// Its id.
    fn algo(&self) -> CcAlgo;

    /// Its name.
    fn name(&self) -> &'static str;

    /// The connection is established or the algorithm was switched in.
    fn conn_init(&mut self, v: &mut CcVars) {
        let _ = v;
    }

    /// An acknowledgement of new data.
    fn ack_received(&mut self, v: &mut CcVars, kind: AckType);

    /// A congestion signal. On [`Signal::NDupAck`] only `ssthresh` is set here (unless already in a
    /// recovery); the core then sets `cwnd` (RFC 6675 §5 step 4.2).
    fn cong_signal(&mut self, v: &mut CcVars, signal: Signal);

    /// Loss recovery has ended.
    fn post_recovery(&mut self, v: &mut CcVars) {
        newreno::post_recovery(v);
    }

    /// Sending starts again after an idle period of at least one RTO (RFC 5681 §4.1).
    fn after_idle(&mut self, v: &mut CcVars) {
        v.cwnd = v.cwnd.min(restart_window(v.smss()));
    }

    /// Private state for a session image.
    fn freeze(&self, now: Micros) -> [u32; 6];

    /// Takes private state from a session image; every value must be harmless.
    fn thaw(&mut self, private: &[u32; 6], now: Micros);

    /// A copy.
    fn boxed_clone(&self) -> Box<dyn CongestionControl>;
}

impl Clone for Box<dyn CongestionControl> {
    fn clone(&self) -> Self {
        self.boxed_clone()
    }
}

/// Initial window (RFC 6928; one segment after a lost SYN, RFC 5681 §3.1).
#[must_use]
pub fn initial_window(mss: u32, syn_lost: bool) -> u32 {
    if syn_lost { mss } else { (10 * mss).min((2 * mss).max(14_600)) }
}

/// Restart window (RFC 3390 form, S-CC-2).
#[must_use]
pub fn restart_window(mss: u32) -> u32 {
    (4 * mss).min((2 * mss).max(4380))
}

// SPDX-License-Identifier: Apache-2.0
//! Round-trip estimation and the retransmission timeout (RFC 6298) in fixed point: `srtt` is
//! µs << 3, `rttvar` µs << 2, the units of the session image.

use crate::seq::Micros;

/// Largest sample taken, 2 minutes; keeps every product far below 2³².
const MAX_SAMPLE: u32 = 120_000_000;
/// Clock granularity G of RFC 6298 §2.
const G: u32 = 1_000;
/// Most doublings, the width of the field in the session image.
pub(crate) const MAX_BACKOFF: u8 = 12;

/// What outlives a connection: how the path to its peer was (S-HC-1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PathMetrics {
    /// SRTT, µs << 3.
    pub srtt_us8: u32,
    /// RTTVAR, µs << 2.
    pub rttvar_us4: u32,
    /// Slow-start threshold, bytes; `u32::MAX` if there was no congestion.
    pub ssthresh: u32,
    /// Congestion window at the end, bytes: for who looks, no connection begins with it (RFC 6928).
    pub cwnd: u32,
}

impl PathMetrics {
    /// Whether a round trip was measured: what was not is not worth remembering.
    #[must_use]
    pub const fn measured(&self) -> bool {
        self.srtt_us8 != 0
    }

    /// Half of each; a threshold that only one of them has is taken as it is.
    #[must_use]
    pub fn averaged(&self, other: &Self) -> Self {
        let half = |a: u32, b: u32| a / 2 + b / 2;
        let ssthresh = match (self.ssthresh, other.ssthresh) {
            (u32::MAX, one) | (one, u32::MAX) => one,
            (a, b) => half(a, b),
        };
        Self {
            srtt_us8: half(self.srtt_us8, other.srtt_us8).max(1),
            rttvar_us4: half(self.rttvar_us4, other.rttvar_us4),
            ssthresh,
            cwnd: half(self.cwnd, other.cwnd).max(1),
        }
    }
}

/// Smoothed RTT and timeout.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RttEstimator {
    /// SRTT, µs << 3; 0 = no sample yet.
    pub srtt_us8: u32,
    /// RTTVAR, µs << 2.
    pub rttvar_us4: u32,
    /// RTO before backoff, µs.
    pub rto_us: u32,
    /// Doublings since the last valid sample (RFC 6298 §5.5).
    pub backoff: u8,
}

impl RttEstimator {
    /// No sample yet.
    #[must_use]
    pub const fn new(initial_rto: u32) -> Self {
        Self { srtt_us8: 0, rttvar_us4: 0, rto_us: initial_rto, backoff: 0 }
    }

    /// RFC 6298 §2.2, §2.3; ends the backoff (§5, last paragraph).
    pub fn sample(&mut self, r: u32, min: Micros, max: Micros) {
        let r = r.clamp(1, MAX_SAMPLE);
        if self.srtt_us8 == 0 {
            self.srtt_us8 = r << 3;
            self.rttvar_us4 = r << 1;
        } else {
            let error = r.abs_diff(self.srtt_us8 >> 3);
            self.rttvar_us4 = self.rttvar_us4 - (self.rttvar_us4 >> 2) + error;
            self.srtt_us8 = self.srtt_us8 - (self.srtt_us8 >> 3) + r;
        }
        self.backoff = 0;
        let rto = (self.srtt_us8 >> 3) + self.rttvar_us4.max(G);
        self.rto_us = rto.clamp(min.as_u32(), max.as_u32().max(min.as_u32()));
    }

    /// SRTT in µs, 0 = none.
    #[must_use]
    pub const fn srtt(&self) -> u32 {
        self.srtt_us8 >> 3
    }

    /// The timeout with `doublings` of backoff, bounded by `max`.
    #[must_use]
    pub fn backed_off(&self, doublings: u8, max: Micros) -> Micros {
        Micros((u64::from(self.rto_us) << doublings.min(32)).min(max.0.max(1)))
    }

    /// The current timeout.
    #[must_use]
    pub fn rto(&self, max: Micros) -> Micros {
        self.backed_off(self.backoff, max)
    }

    /// RFC 6298 §5.5.
    pub fn back_off(&mut self) {
        self.backoff = (self.backoff + 1).min(MAX_BACKOFF);
    }
}

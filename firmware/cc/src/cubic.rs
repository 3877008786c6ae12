// SPDX-License-Identifier: Apache-2.0
//! CUBIC (RFC 9438): C = 0.4, β = 0.7; windows in bytes, time in milliseconds.

use crate::math::{MAX_CBRT, cbrt, div, low, per_segment};
use crate::{CongestionControl, Keep, Private, Signal, Summary, stamp};

/// β = 0.7 as the engine takes it (717/1024 = 0.7002).
const BETA: u16 = 717;
/// α = 9/17 in 65536ths, below cwnd_prior.
const ALPHA: u64 = 34_696;
/// Largest distance from K that is evaluated, milliseconds: its cube fits 64 bits.
const MAX_MS: u32 = 2_000_000;
/// An epoch as long as this starts anew before its time wraps, microseconds (36 minutes without congestion).
const MAX_EPOCH_US: u32 = 1 << 31;

/// CUBIC's private words: `w_max`, `cwnd_prior`, `w_est`, K in milliseconds (bits 21:0) with 1024ths of a byte of `w_est`
/// (bits 31:22), start of the epoch, credit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cubic {
    /// W_max, bytes; 0 = no congestion event yet.
    w_max: u32,
    /// cwnd at the congestion event, bytes.
    cwnd_prior: u32,
    /// Reno-friendly estimate, bytes.
    w_est: u32,
    /// Its fraction, 1024ths of a byte.
    w_est_frac: u32,
    /// K, milliseconds.
    k_ms: u32,
    /// Start of the congestion-avoidance epoch; 0 = none.
    epoch: u32,
    /// Growth that was not a whole byte yet, in bytes · cwnd.
    credit: u32,
}

impl Cubic {
    /// §4.2: K = cbrt((W_max − cwnd_epoch) / C).
    fn start_epoch(&mut self, s: &Summary) {
        if self.w_max <= s.cwnd {
            self.w_max = s.cwnd;
            self.k_ms = 0;
        } else {
            let gap = u64::from(self.w_max - s.cwnd) * u64::from(crate::math::MS3_PER_SEGMENT);
            self.k_ms = cbrt(div(gap, s.smss()));
        }
        self.w_est = s.cwnd;
        self.w_est_frac = 0;
        self.credit = 0;
        self.epoch = stamp(s.now_us);
    }

    /// §4.2: W_cubic(t) = C·(t − K)³ + W_max.
    pub(crate) fn w_cubic(&self, t_ms: u32, mss: u32) -> u32 {
        let d = u64::from(t_ms.abs_diff(self.k_ms).min(MAX_MS));
        let cube = d * d * d;
        // Near K every byte counts; far away the cube alone fills the word.
        let delta = if d < 1 << 15 {
            per_segment(cube * u64::from(mss.min(0xffff)))
        } else {
            per_segment(cube).saturating_mul(u64::from(mss))
        };
        let delta = low(delta);
        if t_ms < self.k_ms {
            self.w_max.saturating_sub(delta)
        } else {
            self.w_max.saturating_add(delta)
        }
    }

    /// §4.3: W_est += α · acked/cwnd segments; α = 3(1 − β)/(1 + β) = 9/17 below cwnd_prior, 1 above.
    fn friendly(&mut self, s: &Summary) {
        let n = u64::from(s.grow.min(1 << 24)) * u64::from(s.smss().min(0xffff)) * 1024;
        let reno = div(n, s.cwnd).min(1 << 40);
        let gain = if self.w_est < self.cwnd_prior { (reno * ALPHA) >> 16 } else { reno };
        let sum = gain + u64::from(self.w_est_frac);
        self.w_est = self.w_est.saturating_add(low(sum >> 10));
        self.w_est_frac = low(sum & 1023);
    }
}

impl CongestionControl for Cubic {
    const TIME_WORD: Option<usize> = Some(4);

    fn thaw(p: &Private) -> Self {
        Self {
            w_max: p[0],
            cwnd_prior: p[1],
            w_est: p[2],
            w_est_frac: p[3] >> 22,
            k_ms: (p[3] & 0x3f_ffff).min(MAX_CBRT),
            epoch: p[4],
            credit: p[5],
        }
    }

    fn freeze(&self) -> Private {
        let k = self.k_ms | self.w_est_frac << 22;
        [self.w_max, self.cwnd_prior, self.w_est, k, self.epoch, self.credit]
    }

    fn ack_received(&mut self, s: &Summary) -> u32 {
        if s.grow == 0 || s.cwnd == 0 {
            // The peer's window was the limit, or the built-in had the session: such time is no part of an epoch (§5.8).
            self.epoch = 0;
            return s.cwnd;
        }
        if self.epoch == 0 {
            self.start_epoch(s);
        }
        let mut since = s.now_us.wrapping_sub(self.epoch);
        if since >= MAX_EPOCH_US {
            self.w_max = s.cwnd;
            self.start_epoch(s);
            since = 0;
        }
        let (cwnd, mss, t) = (s.cwnd, s.smss(), since / 1000);
        self.friendly(s);
        if self.w_cubic(t, mss) < self.w_est {
            // §4.3: where Reno would be faster.
            return self.w_est.clamp(cwnd, cwnd.saturating_add(s.grow));
        }
        // §4.2: towards W_cubic(t + RTT), at most half a window more a round trip.
        let ahead = since.saturating_add(s.srtt_us) / 1000;
        let target = self.w_cubic(ahead, mss).clamp(cwnd, cwnd.saturating_add(cwnd / 2));
        let gain = u64::from(target - cwnd) * u64::from(s.grow) + u64::from(self.credit.min(cwnd));
        let step = div(gain, cwnd);
        self.credit = low(gain - step * u64::from(cwnd));
        cwnd.saturating_add(low(step))
    }

    fn cong_signal(&mut self, s: &Summary, signal: Signal) {
        self.epoch = 0;
        self.cwnd_prior = s.cwnd_prior;
        self.w_max = if signal == Signal::Timeout {
            // §4.8: the next epoch starts where it finds itself, K = 0.
            0
        } else if s.cwnd_prior < self.w_max {
            // §4.7, fast convergence: W_max = cwnd · (1 + β)/2, which is 17/20.
            s.cwnd_prior / 20 * 17 + s.cwnd_prior % 20 * 17 / 20
        } else {
            s.cwnd_prior
        };
    }

    fn after_idle(&mut self, _s: &Summary) {
        // §5.8: idle time is no part of an epoch.
        self.epoch = 0;
    }

    fn keep(&self) -> Keep {
        Keep { loss: BETA, ecn: BETA }
    }
}

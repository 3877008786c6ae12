// SPDX-License-Identifier: Apache-2.0
//! CUBIC (RFC 9438) in integers: time in milliseconds, windows in bytes, C = 0.4, β = 0.7.

use super::newreno::{count_bytes, slow_start_increment};
use super::{AckType, CcAlgo, CcVars, CongestionControl, Signal};
use crate::seq::Micros;
use alloc::boxed::Box;

/// CUBIC's private state.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cubic {
    /// W_max, bytes; 0 = no congestion event yet.
    w_max: u32,
    /// cwnd at the congestion event, bytes (`cwnd_prior`).
    cwnd_prior: u32,
    /// Reno-friendly estimate, bytes; valid inside an epoch.
    w_est: u32,
    /// Its fraction, 1024ths of a byte: in a large window an acknowledgement brings less than one.
    w_est_frac: u32,
    /// K, milliseconds.
    k_ms: u32,
    /// Start of the congestion-avoidance epoch.
    epoch: Option<Micros>,
    /// Bytes acknowledged but not yet turned into growth, scaled by cwnd.
    credit: u32,
}

/// β = 7/10.
fn beta(w: u32) -> u32 {
    u32::try_from(u64::from(w) * 7 / 10).unwrap_or(u32::MAX)
}

/// Integer cube root, rounded down.
fn cbrt(x: u64) -> u32 {
    let mut root = 0_u64;
    let mut bit = 1_u64 << 21;
    while bit > 0 {
        let try_root = root | bit;
        if try_root <= 2_642_245 && try_root * try_root * try_root <= x {
            root = try_root;
        }
        bit >>= 1;
    }
    u32::try_from(root).unwrap_or(u32::MAX)
}

impl Cubic {
    /// RFC 9438 §4.2: K = cbrt((W_max − cwnd_epoch) / C), here in ms.
    fn start_epoch(&mut self, v: &CcVars) {
        let gap = u64::from(self.w_max.saturating_sub(v.cwnd));
        self.k_ms = cbrt(gap * 2_500_000_000 / u64::from(v.smss()));
        if self.w_max < v.cwnd {
            self.w_max = v.cwnd;
            self.k_ms = 0;
        }
        self.w_est = v.cwnd;
        self.w_est_frac = 0;
        self.credit = 0;
        self.epoch = Some(v.now);
    }

    /// RFC 9438 §4.2: W_cubic(t) = C·(t − K)³ + W_max.
    fn w_cubic(&self, t_ms: u64, mss: u32) -> u64 {
        let d = i128::from(t_ms.min(10_000_000)) - i128::from(self.k_ms);
        let delta = d * d * d * i128::from(mss) * 4 / 10_000_000_000;
        u64::try_from((i128::from(self.w_max) + delta).max(0)).unwrap_or(u64::MAX)
    }

    /// RFC 9438 §4.6, §4.7: multiplicative decrease and fast convergence. The new ssthresh.
    fn reduce(&mut self, v: &CcVars) -> u32 {
        self.epoch = None;
        self.cwnd_prior = v.cwnd;
        self.w_max = if v.cwnd < self.w_max {
            u32::try_from(u64::from(v.cwnd) * 17 / 20).unwrap_or(u32::MAX)
        } else {
            v.cwnd
        };
        beta(v.cwnd).max(2 * v.smss())
    }

    fn avoidance(&mut self, v: &mut CcVars) {
        let mss = v.smss();
        if self.epoch.is_none() {
            self.start_epoch(v);
        }
        let epoch = self.epoch.unwrap_or(v.now);
        let age = v.now.since(epoch).0;
        let (t_ms, ahead_ms) = (age / 1000, (age + u64::from(v.srtt)) / 1000);
        let cwnd = u64::from(v.cwnd).max(1);
        // §4.3: W_est += α·acked/cwnd segments, α = 3(1 − β)/(1 + β) = 9/17 below cwnd_prior.
        let reno = u64::from(v.acked) * u64::from(mss) * 1024 / cwnd;
        let reno = if self.w_est < self.cwnd_prior { reno * 9 / 17 } else { reno };
        let reno = reno + u64::from(self.w_est_frac);
        self.w_est_frac = u32::try_from(reno % 1024).unwrap_or(0);
        self.w_est = self.w_est.saturating_add(u32::try_from(reno / 1024).unwrap_or(u32::MAX));
        let next = if self.w_cubic(t_ms, mss) < u64::from(self.w_est) {
            u64::from(self.w_est).clamp(cwnd, cwnd + u64::from(v.acked))
        } else {
            // §4.2: towards W_cubic(t + RTT), within [cwnd, 1.5·cwnd].
            let target = self.w_cubic(ahead_ms, mss).clamp(cwnd, cwnd + cwnd / 2);
            let gain = (target - cwnd) * u64::from(v.acked) + u64::from(self.credit);
            self.credit = u32::try_from(gain % cwnd).unwrap_or(0);
            cwnd + gain / cwnd
        };
        v.cwnd = u32::try_from(next).unwrap_or(u32::MAX).min(v.cwnd_cap());
    }
}

impl CongestionControl for Cubic {
    fn algo(&self) -> CcAlgo {
        CcAlgo::Cubic
    }

    fn name(&self) -> &'static str {
        "cubic"
    }

    fn conn_init(&mut self, _v: &mut CcVars) {
        *self = Self::default();
    }

    fn ack_received(&mut self, v: &mut CcVars, kind: AckType) {
        if kind != AckType::Ack || v.acked == 0 {
            return;
        }
        count_bytes(v);
        if v.in_recovery() || !v.cwnd_limited() {
            return;
        }
        if v.cwnd < v.ssthresh {
            v.cwnd = v.cwnd.saturating_add(slow_start_increment(v)).min(v.cwnd_cap());
        } else {
            self.avoidance(v);
        }
    }

    fn cong_signal(&mut self, v: &mut CcVars, signal: Signal) {
        match signal {
            Signal::NDupAck => {
                if !v.in_recovery() {
                    v.ssthresh = self.reduce(v);
                }
            }
            Signal::Ecn => {
                if !v.in_recovery() {
                    v.ssthresh = self.reduce(v);
                    v.cwnd = v.ssthresh;
                }
            }
            Signal::Rto => {
                v.ssthresh = self.reduce(v);
                // §4.8: the next epoch starts where it finds itself, K = 0.
                self.w_max = 0;
                v.cwnd = v.smss();
                v.bytes_acked = 0;
            }
            Signal::RtoErr => self.epoch = None,
        }
    }

    fn freeze(&self, now: Micros) -> [u32; 6] {
        let Self { w_max, cwnd_prior, w_est, w_est_frac, k_ms, epoch, credit } = *self;
        // 0 = no epoch, else its age in µs plus one.
        let age = epoch.map_or(0, |e| now.since(e).as_u32().saturating_add(1));
        [w_max, cwnd_prior, w_est, k_ms | w_est_frac << 22, age, credit]
    }

    fn thaw(&mut self, private: &[u32; 6], now: Micros) {
        let [w_max, cwnd_prior, w_est, k, age, credit] = *private;
        let epoch = age.checked_sub(1).map(|a| now.ago(a));
        let (k_ms, w_est_frac) = ((k & 0x3f_ffff).min(2_642_245), k >> 22);
        *self = Self { w_max, cwnd_prior, w_est, w_est_frac, k_ms, epoch, credit };
    }

    fn boxed_clone(&self) -> Box<dyn CongestionControl> {
        Box::new(*self)
    }
}

#[cfg(test)]
mod tests {
    use super::cbrt;

    #[test]
    fn cube_root_is_exact() {
        for r in [0_u64, 1, 2, 9, 1000, 123_456, 2_642_245] {
            assert_eq!(u64::from(cbrt(r * r * r)), r);
            if r > 0 {
                assert_eq!(u64::from(cbrt(r * r * r - 1)), r - 1);
            }
        }
        assert_eq!(cbrt(u64::MAX), 2_642_245);
    }
}

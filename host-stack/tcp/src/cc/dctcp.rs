// SPDX-License-Identifier: Apache-2.0
//! DCTCP (RFC 8257), sender: g = 1/16, α in 65536ths; growth and loss as NewReno. The receiver's CE state machine (§3.2)
//! is in `tcb/input.rs`. Only for networks where every switch marks at a shallow threshold (§5).

use super::newreno::{count_bytes, slow_start_increment};
use super::{AckType, CcAlgo, CcVars, CongestionControl, Signal};
use crate::seq::Micros;
use alloc::boxed::Box;

/// α = 1.
const ONE: u32 = 1 << 16;
/// log2 of 1/g.
const G_SHIFT: u32 = 4;
/// Set in private word 0 once there is an α, so that all zero is a new connection (α = 1, §4.2).
const STARTED: u32 = 1 << 31;

/// DCTCP's private state.
#[derive(Clone, Copy, Debug)]
pub struct Dctcp {
    /// `DCTCP.Alpha`, 65536ths.
    alpha: u32,
    /// Length of the observation window, bytes; 0 = none yet.
    window: u32,
    /// Acknowledged in it.
    acked: u32,
    /// Acknowledged with ECE in it.
    marked: u32,
}

impl Default for Dctcp {
    fn default() -> Self {
        Self { alpha: ONE, window: 0, acked: 0, marked: 0 }
    }
}

impl Dctcp {
    /// §3.3 steps 1 to 9: once an observation window, which is what was in flight when it began.
    fn observe(&mut self, v: &CcVars) {
        self.acked = self.acked.saturating_add(v.acked);
        self.marked = self.marked.saturating_add(v.marked.min(v.acked));
        if self.window != 0 && self.acked < self.window {
            return;
        }
        if self.window != 0 {
            let m = u64::from(self.marked.min(self.acked)) * u64::from(ONE);
            let m = u32::try_from(m / u64::from(self.acked.max(1))).unwrap_or(ONE);
            // α = (1 − g)·α + g·M, rounded towards M, so that it arrives.
            self.alpha = if m > self.alpha {
                self.alpha + (m - self.alpha).div_ceil(1 << G_SHIFT)
            } else {
                self.alpha - (self.alpha - m).div_ceil(1 << G_SHIFT)
            };
        }
        self.window = v.snd_max.since(v.snd_una).max(v.smss());
        self.acked = 0;
        self.marked = 0;
    }
}

impl CongestionControl for Dctcp {
    fn algo(&self) -> CcAlgo {
        CcAlgo::Dctcp
    }

    fn name(&self) -> &'static str {
        "dctcp"
    }

    fn conn_init(&mut self, _v: &mut CcVars) {
        *self = Self::default();
    }

    fn ack_received(&mut self, v: &mut CcVars, kind: AckType) {
        if kind != AckType::Ack || v.acked == 0 {
            return;
        }
        self.observe(v);
        let sent_awnd = count_bytes(v);
        if v.in_recovery() || !v.cwnd_limited() {
            return;
        }
        let incr = if v.cwnd > v.ssthresh {
            if sent_awnd { v.smss() } else { 0 }
        } else {
            slow_start_increment(v)
        };
        v.cwnd = v.cwnd.saturating_add(incr).min(v.cwnd_cap());
    }

    fn cong_signal(&mut self, v: &mut CcVars, signal: Signal) {
        match signal {
            // §3.4: cwnd · (1 − α/2), once a window.
            Signal::Ecn => {
                if !v.in_recovery() {
                    let cut = u64::from(v.cwnd) * u64::from(self.alpha) / u64::from(2 * ONE);
                    let left = v.cwnd - u32::try_from(cut).unwrap_or(v.cwnd / 2);
                    v.ssthresh = left.max(2 * v.smss());
                    v.cwnd = v.ssthresh;
                }
            }
            // §3.5: a loss is a loss.
            Signal::NDupAck | Signal::Rto | Signal::RtoErr => {
                super::NewReno.cong_signal(v, signal);
            }
        }
    }

    fn freeze(&self, _now: Micros) -> [u32; 6] {
        let Self { alpha, window, acked, marked } = *self;
        [alpha | STARTED, window, acked, marked, 0, 0]
    }

    fn thaw(&mut self, private: &[u32; 6], _now: Micros) {
        // Word 4 is the firmware's byte count, which this core keeps in `bytes_acked`.
        let [alpha, window, acked, marked, ..] = *private;
        let alpha = if alpha & STARTED == 0 { ONE } else { (alpha & !STARTED).min(ONE) };
        *self = Self { alpha, window, acked, marked };
    }

    fn boxed_clone(&self) -> Box<dyn CongestionControl> {
        Box::new(*self)
    }
}

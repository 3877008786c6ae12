// SPDX-License-Identifier: Apache-2.0
//! NewReno with appropriate byte counting, exactly as S-CC-2 says: the engine's RTL has the same
//! arithmetic and is compared bit by bit.

use super::{ABC_L, AckType, CcAlgo, CcVars, CongestionControl, Signal};
use crate::seq::Micros;
use alloc::boxed::Box;

/// RFC 5681 + RFC 6582 + RFC 3465 (L = 2).
#[derive(Clone, Copy, Debug, Default)]
pub struct NewReno;

impl CongestionControl for NewReno {
    fn algo(&self) -> CcAlgo {
        CcAlgo::NewReno
    }

    fn name(&self) -> &'static str {
        "newreno"
    }

    fn ack_received(&mut self, v: &mut CcVars, kind: AckType) {
        if kind != AckType::Ack || v.acked == 0 {
            return;
        }
        let sent_awnd = count_bytes(v);
        if v.in_recovery() || !v.cwnd_limited() {
            return;
        }
        let mss = v.smss();
        let incr = if v.cwnd > v.ssthresh {
            if sent_awnd { mss } else { 0 }
        } else {
            slow_start_increment(v)
        };
        v.cwnd = v.cwnd.saturating_add(incr).min(v.cwnd_cap());
    }

    fn cong_signal(&mut self, v: &mut CcVars, signal: Signal) {
        let win = v.half_window();
        match signal {
            Signal::NDupAck => {
                if !v.in_recovery() {
                    v.ssthresh = win;
                }
            }
            Signal::Ecn => {
                if !v.in_recovery() {
                    v.ssthresh = win;
                    v.cwnd = win;
                }
            }
            Signal::Rto => {
                v.ssthresh = win;
                v.cwnd = v.smss();
                v.bytes_acked = 0;
            }
            Signal::RtoErr => {}
        }
    }

    fn freeze(&self, _now: Micros) -> [u32; 6] {
        [0; 6]
    }

    fn thaw(&mut self, _private: &[u32; 6], _now: Micros) {}

    fn boxed_clone(&self) -> Box<dyn CongestionControl> {
        Box::new(*self)
    }
}

/// RFC 3465 §2.1: counts bytes in congestion avoidance; true when a whole window was acknowledged.
pub(super) fn count_bytes(v: &mut CcVars) -> bool {
    if v.cwnd > v.ssthresh {
        v.bytes_acked = v.bytes_acked.saturating_add(v.acked.min(ABC_L * v.smss()));
        if v.bytes_acked >= v.cwnd {
            v.bytes_acked -= v.cwnd;
            return true;
        }
    } else {
        v.bytes_acked = 0;
    }
    false
}

/// RFC 3465 §2.2, §2.3: L = 2, but 1 while retransmitting after a timeout.
pub(super) fn slow_start_increment(v: &CcVars) -> u32 {
    let limit = if v.snd_nxt == v.snd_max { ABC_L * v.smss() } else { v.smss() };
    v.acked.min(limit)
}

/// RFC 6582 §3.2 step 3, option 1: leave recovery without a burst.
pub(super) fn post_recovery(v: &mut CcVars) {
    let left = v.snd_max.diff(v.snd_una + v.ssthresh);
    v.cwnd = if left < 0 { v.snd_max.since(v.snd_una) + v.smss() } else { v.ssthresh };
}

// SPDX-License-Identifier: Apache-2.0
//! DCTCP (RFC 8257), sender: g = 1/16, α in 65536ths. The receiver's CE state machine (§3.2) is the engine's.

use crate::math::div;
use crate::{CongestionControl, Keep, Private, Signal, Summary, appropriate_byte_counting};

/// α = 1.
const ONE: u32 = 1 << 16;
/// log2 of 1/g.
const G_SHIFT: u32 = 4;
/// Set in word 0 once there is an α.
const STARTED: u32 = 1 << 31;

/// DCTCP's private words: α in 65536ths (bit 31: valid), bytes of the observation window, acknowledged and marked bytes in
/// it, bytes counted for growth.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dctcp {
    /// §3.3 `DCTCP.Alpha`, 65536ths.
    alpha: u32,
    /// Length of the observation window, bytes: what was in flight when it began.
    window: u32,
    /// Acknowledged in it.
    acked: u32,
    /// Acknowledged with ECE in it.
    marked: u32,
    /// RFC 3465.
    counted: u32,
}

impl Dctcp {
    /// §3.3 steps 1 to 9: once an observation window.
    fn observe(&mut self, s: &Summary) {
        self.acked = self.acked.saturating_add(s.acked);
        self.marked = self.marked.saturating_add(s.ce.min(s.acked));
        if self.window != 0 && self.acked < self.window {
            return;
        }
        if self.window != 0 {
            let marked = self.marked.min(self.acked);
            // M in 65536ths: at most one, so the quotient fits.
            let m = u32::try_from(div(u64::from(marked) << 16, self.acked)).unwrap_or(ONE).min(ONE);
            // α = (1 − g)·α + g·M, rounded towards M, so that it arrives.
            let pull = if m > self.alpha {
                (m - self.alpha).div_ceil(1 << G_SHIFT).cast_signed()
            } else {
                -(self.alpha - m).div_ceil(1 << G_SHIFT).cast_signed()
            };
            self.alpha = self.alpha.saturating_add_signed(pull);
        }
        self.window = s.flight.max(s.smss());
        self.acked = 0;
        self.marked = 0;
    }
}

impl CongestionControl for Dctcp {
    fn thaw(p: &Private) -> Self {
        // §4.2: α starts at 1.
        let alpha = if p[0] & STARTED == 0 { ONE } else { (p[0] & !STARTED).min(ONE) };
        Self { alpha, window: p[1], acked: p[2], marked: p[3], counted: p[4] }
    }

    fn freeze(&self) -> Private {
        [self.alpha | STARTED, self.window, self.acked, self.marked, self.counted, 0]
    }

    fn ack_received(&mut self, s: &Summary) -> u32 {
        self.observe(s);
        if s.grow == 0 { s.cwnd } else { appropriate_byte_counting(s, &mut self.counted) }
    }

    fn cong_signal(&mut self, _s: &Summary, _signal: Signal) {
        self.counted = 0;
    }

    /// §3.4: cwnd · (1 − α/2) after ECE; §3.5: a loss is a loss.
    fn keep(&self) -> Keep {
        let cut = u16::try_from(self.alpha >> 7).unwrap_or(512).min(512);
        Keep { loss: 512, ecn: (1024 - cut).min(1023) }
    }
}

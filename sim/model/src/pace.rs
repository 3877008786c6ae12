// SPDX-License-Identifier: Apache-2.0
//! Pacing of one session: a token bucket that holds one millisecond's worth and two segments, looked at every 64 µs, as the
//! engine's.

use toe_device::Micros;

/// How often a session that waits for its pace looks again.
const QUANTUM: u64 = 64;
/// Longest time that tokens are gathered for.
const MOST: u64 = 1024;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Tokens in 1/256 byte, as of `since`; what is sent may overdraw them by one segment.
    tokens: i64,
    since: Micros,
    /// There is something to send, later.
    waits: bool,
}

impl Pace {
    pub(crate) fn new(now: Micros) -> Self {
        Self { tokens: 0, since: now, waits: false }
    }

    /// Whether a segment may go now; if not, [`Self::due`] says when to look again.
    pub(crate) fn may_send(&mut self, now: Micros, rate: u32, mss: u32) -> bool {
        let elapsed = now.saturating_sub(self.since).0;
        if elapsed >= QUANTUM {
            let gain = (i64::try_from(elapsed.min(MOST)).unwrap_or(0) * i64::from(rate) * 131) >> 9;
            let most = (i64::from(rate) + 2 * i64::from(mss)) << 8;
            (self.tokens, self.since) = ((self.tokens + gain).min(most), now);
        }
        self.waits = self.tokens <= 0;
        !self.waits
    }

    pub(crate) fn sent(&mut self, bytes: u32) {
        self.tokens -= i64::from(bytes) << 8;
    }

    pub(crate) fn due(&self) -> Option<Micros> {
        self.waits.then_some(self.since + Micros(QUANTUM))
    }

    /// Looks again.
    pub(crate) fn wake(&mut self) {
        self.waits = false;
    }
}

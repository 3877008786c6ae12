// SPDX-License-Identifier: Apache-2.0
//! The limiter of challenge ACKs (RFC 5961 §7): at most so many in each second.

use crate::seq::Micros;

/// Counts answers in a window of one second that starts with its first answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AckLimiter {
    per_second: u32,
    start: Option<Micros>,
    used: u32,
}

impl AckLimiter {
    /// At most `per_second` answers a second.
    #[must_use]
    pub const fn new(per_second: u32) -> Self {
        Self { per_second, start: None, used: 0 }
    }

    /// Whether one more answer may go out now; counts it if so.
    pub fn allow(&mut self, now: Micros) -> bool {
        match self.start {
            Some(s) if now.since(s) < Micros::from_secs(1) => {}
            _ => {
                self.start = Some(now);
                self.used = 0;
            }
        }
        let ok = self.used < self.per_second;
        if ok {
            self.used += 1;
        }
        ok
    }
}

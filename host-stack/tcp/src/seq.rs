// SPDX-License-Identifier: Apache-2.0
//! Sequence numbers and instants: the two units of the core.

use core::ops::{Add, AddAssign, Sub};

/// A TCP sequence number (RFC 9293 §3.4): modulo 2³², so it has no total order; compare with
/// [`before`](Self::before) and [`after`](Self::after), which hold for distances below 2³¹.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct SeqNum(pub u32);

impl SeqNum {
    /// `self < other`.
    #[must_use]
    pub const fn before(self, other: Self) -> bool {
        self.diff(other) < 0
    }

    /// `self <= other`.
    #[must_use]
    pub const fn before_eq(self, other: Self) -> bool {
        self.diff(other) <= 0
    }

    /// `self > other`.
    #[must_use]
    pub const fn after(self, other: Self) -> bool {
        self.diff(other) > 0
    }

    /// `self >= other`.
    #[must_use]
    pub const fn after_eq(self, other: Self) -> bool {
        self.diff(other) >= 0
    }

    /// Signed distance `self - other`.
    #[must_use]
    pub const fn diff(self, other: Self) -> i32 {
        self.0.wrapping_sub(other.0).cast_signed()
    }

    /// Bytes from `earlier` up to `self`; 0 when `self` is not after `earlier`.
    #[must_use]
    pub const fn since(self, earlier: Self) -> u32 {
        let d = self.diff(earlier);
        if d > 0 { d.cast_unsigned() } else { 0 }
    }

    /// The later of the two.
    #[must_use]
    pub const fn max(self, other: Self) -> Self {
        if self.before(other) { other } else { self }
    }

    /// The earlier of the two.
    #[must_use]
    pub const fn min(self, other: Self) -> Self {
        if self.after(other) { other } else { self }
    }
}

impl Add<u32> for SeqNum {
    type Output = Self;
    fn add(self, n: u32) -> Self {
        Self(self.0.wrapping_add(n))
    }
}

impl AddAssign<u32> for SeqNum {
    fn add_assign(&mut self, n: u32) {
        *self = *self + n;
    }
}

impl Sub<u32> for SeqNum {
    type Output = Self;
    fn sub(self, n: u32) -> Self {
        Self(self.0.wrapping_sub(n))
    }
}

/// Distance modulo 2³²: right only when `self` is at or after `other`.
impl Sub for SeqNum {
    type Output = u32;
    fn sub(self, other: Self) -> u32 {
        self.0.wrapping_sub(other.0)
    }
}

impl core::fmt::Debug for SeqNum {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl core::fmt::Display for SeqNum {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// An instant, or a span, in microseconds. The origin is the caller's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Micros(pub u64);

impl Micros {
    /// Zero.
    pub const ZERO: Self = Self(0);

    /// A span of whole seconds.
    #[must_use]
    pub const fn from_secs(s: u64) -> Self {
        Self(s.saturating_mul(1_000_000))
    }

    /// A span of whole milliseconds.
    #[must_use]
    pub const fn from_millis(ms: u64) -> Self {
        Self(ms.saturating_mul(1_000))
    }

    /// The span from `earlier` to `self`, 0 if `earlier` is later. Right also for instants before
    /// the caller's origin, as [`ago`](Self::ago) makes them after a hand-over to a younger clock.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Self {
        let d = self.0.wrapping_sub(earlier.0).cast_signed();
        if d > 0 { Self(d.cast_unsigned()) } else { Self(0) }
    }

    /// The instant `us` microseconds before `self`; it may lie before the origin.
    #[must_use]
    pub fn ago(self, us: u32) -> Self {
        Self(self.0.wrapping_sub(u64::from(us)))
    }

    /// The span as `u32` microseconds, saturating.
    #[must_use]
    pub fn as_u32(self) -> u32 {
        u32::try_from(self.0).unwrap_or(u32::MAX)
    }
}

impl Add for Micros {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Self(self.0.saturating_add(o.0))
    }
}

impl Add<u32> for Micros {
    type Output = Self;
    fn add(self, us: u32) -> Self {
        Self(self.0.saturating_add(u64::from(us)))
    }
}

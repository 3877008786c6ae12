// SPDX-License-Identifier: Apache-2.0
//! Newtypes for everything with a unit or a meaning.

use std::fmt;

/// An instant in microseconds, on whatever clock the caller uses throughout. It never goes backwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Micros(pub u64);

impl Micros {
    /// `self` later by `us` microseconds, saturating.
    #[must_use]
    pub const fn plus(self, us: u64) -> Self {
        Self(self.0.saturating_add(us))
    }
}

/// An address as the device sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iova(pub u64);

impl Iova {
    /// The low 32 bits.
    #[must_use]
    #[allow(clippy::cast_possible_truncation)] // that is what it is for
    pub const fn low(self) -> u32 {
        self.0 as u32
    }

    /// The high 32 bits.
    #[must_use]
    pub const fn high(self) -> u32 {
        (self.0 >> 32) as u32
    }
}

impl fmt::Display for Iova {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#x}", self.0)
    }
}

/// A session slot of the engine together with the generation of its present use. A handle whose use is over never
/// becomes valid again (but for a wrap of the 16-bit generation).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionHandle(u32);

impl SessionHandle {
    /// From the word in a record.
    #[must_use]
    pub const fn from_raw(raw: u32) -> Self {
        Self(raw)
    }

    /// Slot and generation.
    #[must_use]
    pub const fn new(slot: u16, generation: u16) -> Self {
        Self(((generation as u32) << 16) | slot as u32)
    }

    /// As it lies in records: generation in the high half, slot in the low.
    #[must_use]
    pub const fn raw(self) -> u32 {
        self.0
    }

    /// The engine's slot.
    #[must_use]
    #[allow(clippy::cast_possible_truncation)] // the low half
    pub const fn slot(self) -> u16 {
        self.0 as u16
    }

    /// Which use of the slot this is.
    #[must_use]
    pub const fn generation(self) -> u16 {
        (self.0 >> 16) as u16
    }
}

impl fmt::Debug for SessionHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SessionHandle({}.{})", self.slot(), self.generation())
    }
}

impl fmt::Display for SessionHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.slot(), self.generation())
    }
}

/// Names an admin command until its completion arrives as a [`DriverEvent`](crate::DriverEvent).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token(pub(crate) u32);

/// Distance `a − b` in sequence space; negative when `a` is before `b`.
#[allow(clippy::cast_possible_wrap)] // sequence arithmetic, RFC 9293 §3.4
pub(crate) const fn seq_diff(a: u32, b: u32) -> i32 {
    a.wrapping_sub(b) as i32
}

/// `low ≤ x ≤ high` in sequence space, where `high` is within 2³¹ after `low`.
pub(crate) const fn seq_within(x: u32, low: u32, high: u32) -> bool {
    x.wrapping_sub(low) <= high.wrapping_sub(low)
}

// SPDX-License-Identifier: Apache-2.0
//! World time.

use toe_device::Micros;

/// An instant in nanoseconds since power-on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nanos(pub u64);

impl Nanos {
    /// The microsecond that has begun.
    #[must_use]
    pub const fn micros(self) -> Micros {
        Micros(self.0 / 1_000)
    }

    /// `span` nanoseconds later.
    #[must_use]
    pub const fn after(self, span: u64) -> Self {
        Self(self.0.saturating_add(span))
    }
}

impl From<Micros> for Nanos {
    fn from(micros: Micros) -> Self {
        Self(micros.0.saturating_mul(1_000))
    }
}

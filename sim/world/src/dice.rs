// SPDX-License-Identifier: Apache-2.0
//! Randomness: one seed for a world, and an independent stream for each purpose, so that one more roll in one place does
//! not change what happens in another.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream `purpose` of `seed`.
    #[must_use]
    pub fn new(seed: u64, purpose: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(purpose);
        Self(rng)
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// True with probability `p` (clamped to 0..=1). Rolls nothing for 0 or less.
    pub fn chance(&mut self, p: f64) -> bool {
        // 53 bits are what a double holds.
        p > 0.0 && ((self.bits() >> 11) as f64) < p * (1u64 << 53) as f64
    }

    /// Uniform in `0..bound`; 0 for a bound of 0. Rolls nothing for bounds of 0 and 1.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound <= 1 {
            return 0;
        }
        let wide = u128::from(self.bits()) * u128::from(bound);
        u64::try_from(wide >> 64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_same_rolls_and_streams_differ() {
        let rolls = |seed, purpose| {
            let mut dice = Dice::new(seed, purpose);
            [dice.bits(), dice.below(1000), u64::from(dice.chance(0.5))]
        };
        assert_eq!(rolls(1, 2), rolls(1, 2));
        assert_ne!(rolls(1, 2)[0], rolls(1, 3)[0]);
        assert_ne!(rolls(1, 2)[0], rolls(2, 2)[0]);
    }

    #[test]
    fn chance_is_about_right() {
        let mut dice = Dice::new(1, 1);
        let hits = (0..100_000).filter(|_| dice.chance(0.01)).count();
        assert!((900..1100).contains(&hits), "{hits}");
        assert!(!dice.chance(0.0));
        assert!(dice.chance(1.0));
        assert!((0..1000).all(|_| dice.below(7) < 7));
    }
}

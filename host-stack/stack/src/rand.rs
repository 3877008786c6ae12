// SPDX-License-Identifier: Apache-2.0
//! Keyed hashing and the stack's own random numbers.
//!
//! Everything random in a stack comes from one 128-bit seed given at creation: runs are reproducible, and with a seed
//! from the operating system, which is what a configuration has by default, nothing is predictable from outside
//! (SipHash in counter mode). Hash tables whose keys a peer can choose are keyed from here too.

use std::hash::{BuildHasher, Hasher};

use siphasher::sip::{SipHasher13, SipHasher24};

/// A 128-bit SipHash key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SipKey {
    k0: u64,
    k1: u64,
}

impl SipKey {
    /// A key from its two words.
    #[must_use]
    pub fn new(k0: u64, k1: u64) -> Self {
        Self { k0, k1 }
    }

    /// SipHash-1-3 of `data`: for tables, where the output is never seen outside.
    #[must_use]
    #[inline]
    pub fn hash13(&self, data: &[u8]) -> u64 {
        SipHasher13::new_with_keys(self.k0, self.k1).hash(data)
    }

    /// SipHash-2-4 of `data`.
    #[must_use]
    pub fn hash(&self, data: &[u8]) -> u64 {
        let mut h = SipHasher24::new_with_keys(self.k0, self.k1);
        h.write(data);
        h.finish()
    }
}

/// `BuildHasher` for the stack's maps: SipHash-1-3 under the stack's key.
#[derive(Clone, Copy, Debug)]
pub struct KeyedState(SipKey);

impl BuildHasher for KeyedState {
    type Hasher = SipHasher13;

    fn build_hasher(&self) -> SipHasher13 {
        SipHasher13::new_with_keys(self.0.k0, self.0.k1)
    }
}

/// A seed that nobody can know.
///
/// # Panics
/// If the operating system has no random numbers: a stack without secrets must not start.
pub(crate) fn system_seed() -> u128 {
    let mut seed = [0; 16];
    if let Err(error) = getrandom::fill(&mut seed) {
        panic!("no random numbers from the operating system ({error}): give the stack a seed");
    }
    u128::from_le_bytes(seed)
}

/// A hash map with a keyed hash.
pub(crate) type Map<K, V> = hashbrown::HashMap<K, V, KeyedState>;

/// The random generator of one stack: SipHash-2-4 over a counter.
#[derive(Clone, Debug)]
pub struct Prng {
    key: SipKey,
    counter: u64,
}

impl Prng {
    /// A generator whose whole output follows from `seed`.
    #[must_use]
    pub fn new(seed: u128) -> Self {
        let bytes = seed.to_le_bytes();
        let mut lo = [0; 8];
        let mut hi = [0; 8];
        lo.copy_from_slice(&bytes[..8]);
        hi.copy_from_slice(&bytes[8..]);
        Self { key: SipKey::new(u64::from_le_bytes(lo), u64::from_le_bytes(hi)), counter: 0 }
    }

    /// The next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.counter = self.counter.wrapping_add(1);
        self.key.hash(&self.counter.to_le_bytes())
    }

    /// The next 32 random bits.
    pub fn next_u32(&mut self) -> u32 {
        (self.next_u64() >> 32) as u32
    }

    /// Uniform in `0..bound` (`bound` 0 gives 0); the bias is below 2^-32 for the small bounds used here.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 { 0 } else { self.next_u64() % bound }
    }

    /// A fresh SipHash key.
    pub fn key(&mut self) -> SipKey {
        SipKey::new(self.next_u64(), self.next_u64())
    }

    /// A fresh keyed hasher for a table.
    pub fn hasher(&mut self) -> KeyedState {
        KeyedState(self.key())
    }

    /// A map with a fresh key.
    pub(crate) fn map<K, V>(&mut self) -> Map<K, V> {
        Map::with_hasher(self.hasher())
    }
}

#[cfg(test)]
#[path = "rand_tests.rs"]
mod tests;

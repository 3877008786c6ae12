// SPDX-License-Identifier: Apache-2.0
//! What somebody knows who knows the key of a device's hash: for attacks on its tables.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, SocketAddr};

/// The Toeplitz hash under one key. It is linear, so each byte adds what its place and value say.
pub struct Toeplitz(Vec<[u32; 256]>);

impl Toeplitz {
    /// Under `key`.
    #[must_use]
    pub fn new(key: &[u8; 40]) -> Self {
        let window = |bit: usize| {
            (bit..bit + 32).fold(0, |word, n| word << 1 | u32::from(key[n / 8] >> (7 - n % 8) & 1))
        };
        let of_byte = |place: usize| {
            std::array::from_fn(|value| {
                let set = (0..8).filter(|bit| value >> (7 - bit) & 1 == 1);
                set.fold(0, |hash, bit| hash ^ window(place * 8 + bit))
            })
        };
        Self((0..36).map(of_byte).collect())
    }

    /// Of a session's tuple, as a device hashes received segments.
    #[must_use]
    pub fn hash(&self, local: SocketAddr, remote: SocketAddr) -> u32 {
        let mut tables = self.0.iter();
        let mut hash = 0;
        let mut add = |bytes: &[u8]| {
            for (byte, table) in bytes.iter().zip(tables.by_ref()) {
                hash ^= table[usize::from(*byte)];
            }
        };
        for addr in [remote.ip(), local.ip()] {
            match addr {
                IpAddr::V4(addr) => add(&addr.octets()),
                IpAddr::V6(addr) => add(&addr.octets()),
            }
        }
        add(&remote.port().to_be_bytes());
        add(&local.port().to_be_bytes());
        hash
    }
}

/// What an index of the engine for `entries` makes of a hash (`rtl/prim/prim_hash_index`).
#[derive(Clone, Copy, Debug)]
pub struct Place {
    bits: u32,
}

impl Place {
    /// For so many entries.
    #[must_use]
    pub fn new(entries: u32) -> Self {
        Self { bits: (entries / 4).trailing_zeros() }
    }

    /// The two buckets of four places in which an entry may lie.
    #[must_use]
    pub fn buckets(self, hash: u32) -> [u32; 2] {
        let mask = (1 << self.bits) - 1;
        [hash & mask, (hash ^ hash >> self.bits) & mask]
    }

    /// All that the index knows of a hash.
    #[must_use]
    pub fn part(self, hash: u32) -> u32 {
        hash & self.part_mask()
    }

    /// The bits of a hash that the index knows.
    #[must_use]
    pub fn part_mask(self) -> u32 {
        (1 << (self.bits + 16)) - 1
    }

    /// The bits of a hash that make its two buckets.
    #[must_use]
    pub fn buckets_mask(self) -> u32 {
        (1 << (2 * self.bits)) - 1
    }
}

/// The first `count` candidates of which `what` is the same.
///
/// # Panics
/// When there are no more.
pub fn alike<T: Copy, K: Hash + Eq>(
    candidates: impl Iterator<Item = T>,
    count: usize,
    what: impl Fn(T) -> K,
) -> Vec<T> {
    let mut seen: HashMap<K, Vec<T>> = HashMap::new();
    for candidate in candidates {
        let group = seen.entry(what(candidate)).or_default();
        group.push(candidate);
        if group.len() == count {
            return std::mem::take(group);
        }
    }
    panic!("no {count} alike")
}

/// The numbers of `bits` bits of which `hash` has the bits `kept` of `like`. It must be affine, as the Toeplitz hash is in
/// each bit of a tuple: two differences then add up.
pub fn preimages(
    bits: u32,
    hash: impl Fn(u64) -> u32,
    kept: u32,
    like: u32,
) -> impl Iterator<Item = u64> {
    let zero = hash(0);
    // Differences of the hash, each with the number that makes it, no two with one leading bit; and numbers that make none.
    let mut rows: Vec<(u32, u64)> = Vec::new();
    let mut idle = Vec::new();
    let reduced = |rows: &[(u32, u64)], mut part: u32, mut number: u64| {
        for (difference, makes) in rows {
            if part ^ difference < part {
                (part, number) = (part ^ difference, number ^ makes);
            }
        }
        (part, number)
    };
    for bit in 0..bits {
        let (part, number) = reduced(&rows, (hash(1 << bit) ^ zero) & kept, 1 << bit);
        if part == 0 {
            idle.push(number);
        } else {
            rows.push((part, number));
            rows.sort_unstable_by(|a, b| b.cmp(a));
        }
    }
    let (left, start) = reduced(&rows, (like ^ zero) & kept, 0);
    let count = if left == 0 { 1 << idle.len() } else { 0 };
    (0..count).map(move |n: u64| {
        let taken = idle.iter().enumerate().filter(|(bit, _)| n >> bit & 1 == 1);
        taken.fold(start, |number, (_, makes)| number ^ makes)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preimages_are_all_there_are() {
        let toeplitz = Toeplitz::new(&toe_driver::PUBLISHED_RSS_KEY);
        let hash = |n: u64| {
            let [.., a, b] = n.to_be_bytes();
            let remote = SocketAddr::new([10, a, 0, b].into(), 5000);
            toeplitz.hash(([10, 0, 0, 1], 80).into(), remote)
        };
        for (kept, like) in [(0xfff, hash(0x1234)), (0xfff, 5), (u32::MAX, hash(77)), (0x80ff, 0)] {
            let mut found: Vec<u64> = preimages(16, hash, kept, like).collect();
            found.sort_unstable();
            let all: Vec<u64> = (0..1 << 16).filter(|n| (hash(*n) ^ like) & kept == 0).collect();
            assert_eq!(found, all);
        }
    }

    /// Of the published verification suite.
    #[test]
    fn published_vectors() {
        let hash = Toeplitz::new(&toe_driver::PUBLISHED_RSS_KEY);
        for (src, dst, expected) in [
            ("66.9.149.187:2794", "161.142.100.80:1766", 0x51cc_c178),
            ("[3ffe:2501:200:1fff::7]:2794", "[3ffe:2501:200:3::1]:1766", 0x4020_7d3d),
        ] {
            assert_eq!(hash.hash(dst.parse().unwrap(), src.parse().unwrap()), expected, "{src}");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
//! What keys are for: peers who choose addresses and ports (S-SYN-1, S-VTW-4). Every map of the stack is a [`Map`] whose
//! key comes from its seed (`make lint-style` finds others), so what holds for the keys of maps here holds for each map.

use std::hash::Hash;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::{Duration, Instant};

use super::*;
use crate::ports::Proto;
use crate::{Endpoint, FourTuple, ScopedAddr, StackConfig};

/// Keys of a set, and buckets of the table that they are put into.
const KEYS: usize = 512;
const BUCKETS: u64 = 1024;

fn v4(n: u32) -> IpAddr {
    Ipv4Addr::from(n).into()
}

fn v6(n: u32) -> IpAddr {
    Ipv6Addr::from(0xfd00_u128 << 112 | u128::from(n)).into()
}

fn tuple(local: IpAddr, remote: IpAddr, rport: u16) -> FourTuple {
    let end = |ip, port| Endpoint::new(ScopedAddr::global(ip).unwrap(), port);
    FourTuple { local: end(local, 80), remote: end(remote, rport) }
}

/// The keys that a peer chooses who wants them all in one bucket, and does not know the key.
fn chosen<K: Hash>(name: &str, make: &dyn Fn(u32) -> K, check: &mut dyn FnMut(&str, Vec<K>)) {
    for step in [1, 256, BUCKETS as u32, 0x1_0000] {
        let row = (0..KEYS as u32).map(|n| make(n.wrapping_mul(step))).collect();
        check(&format!("{name}, a row of step {step}"), row);
    }
    // Computed under keys that are not ours, each enough to fill one bucket there.
    for other in [0, 1, u128::MAX] {
        let theirs = Prng::new(other).hasher();
        let same = (0..).map(make).filter(|k| theirs.hash_one(k) % BUCKETS == 7).take(KEYS);
        check(&format!("{name}, collisions under key {other}"), same.collect());
    }
}

/// The fullest bucket.
fn fullest<K: Hash>(hasher: &KeyedState, keys: &[K]) -> usize {
    let mut load = vec![0; BUCKETS as usize];
    for key in keys {
        load[(hasher.hash_one(key) % BUCKETS) as usize] += 1;
    }
    load.into_iter().max().unwrap_or(0)
}

/// Unkeyed hashes that attackers know.
fn fnv(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

fn sum(bytes: &[u8]) -> u64 {
    let words = bytes.chunks(2).map(|w| u64::from(w[0]) << 8 | u64::from(w[w.len() - 1]));
    words.fold(0, u64::wrapping_add)
}

#[test]
fn collisions_of_other_keys_spread_like_any_others() {
    let hasher = Prng::new(0x5eed_0000_0000_0000_0000_0000_0000_0001).hasher();
    // Random ones, the worst of a hundred sets.
    let mut rng = Prng::new(99);
    let mut worst = 0;
    for _ in 0..100 {
        let set: Vec<u64> = (0..KEYS).map(|_| rng.next_u64()).collect();
        worst = worst.max(fullest(&hasher, &set));
    }
    assert!(worst < 16, "chance puts {worst} into one bucket");
    let (mut sets, mut most) = (0, 0);
    macro_rules! all_of {
        ($name:literal, $make:expr) => {
            chosen($name, &$make, &mut |what, keys| {
                assert_eq!(keys.len(), KEYS, "{what}");
                let load = fullest(&hasher, &keys);
                assert!(load <= worst + 2, "{what}: {load} in one bucket, at random {worst}");
                (sets, most) = (sets + 1, most.max(load));
            });
        };
    }
    let port = |n: u32| u16::try_from(n % 60_000).unwrap() + 1;
    all_of!("tuples of IPv4", |n| tuple(v4(0x0a00_0001), v4(n / 60_000), port(n)));
    all_of!("tuples of IPv6", |n| tuple(v6(1), v6(n / 60_000), port(n)));
    all_of!("neighbours of IPv4", |n| (7_u32, v4(n)));
    all_of!("neighbours of IPv6", |n| (7_u32, v6(n)));
    all_of!("ports of an address", |n| (
        Proto::Tcp,
        port(n),
        ScopedAddr::global(v4(n / 60_000)).unwrap()
    ));
    all_of!("tuples of one sum of addresses and ports", |n| {
        tuple(v4(0x0a00_0001_u32.wrapping_sub(n)), v4(0x0b00_0000_u32.wrapping_add(n)), 5000)
    });
    for (what, hash) in [("FNV", fnv as fn(&[u8]) -> u64), ("a plain sum", sum)] {
        let any = |n: u32| tuple(v4(0x0a00_0001), v4(n >> 12), port(n.wrapping_mul(0x9e37_79b1)));
        let same =
            (0..).map(any).filter(|t| hash(&t.key_bytes()) % BUCKETS == 7).take(KEYS).collect();
        let same: Vec<FourTuple> = same;
        let load = fullest(&hasher, &same);
        assert!(load <= worst + 2, "collisions of {what}: {load}, at random {worst}");
        (sets, most) = (sets + 1, most.max(load));
    }
    println!("{sets} sets of {KEYS} keys in {BUCKETS} buckets: at most {most}; at random {worst}");
}

/// Who knows the key can make a table slow, never endless: all of a table's keys in one chain, as many as the neighbour
/// table holds.
#[test]
fn a_known_key_costs_bounded_work() {
    const ENTRIES: usize = 1024;
    let mut table: Map<FourTuple, usize> = Prng::new(3).map();
    table.reserve(ENTRIES);
    let groups = u64::try_from(table.capacity().next_power_of_two()).unwrap();
    let any =
        |n: u32| tuple(v4(0x0a00_0001), v4(n / 60_000), u16::try_from(n % 60_000).unwrap() + 1);
    let hasher = *table.hasher();
    let evil: Vec<_> =
        (0..).map(any).filter(|t| hasher.hash_one(t) % groups == 7).take(ENTRIES).collect();
    let plain: Vec<_> = (0..u32::try_from(ENTRIES).unwrap()).map(any).collect();
    let mut time = |keys: &[FourTuple]| {
        table.clear();
        let started = Instant::now();
        for (n, key) in keys.iter().enumerate() {
            table.insert(*key, n);
        }
        for (n, key) in keys.iter().enumerate() {
            assert_eq!(table.get(key), Some(&n));
        }
        started.elapsed() / u32::try_from(2 * keys.len()).unwrap()
    };
    let (plain, evil) = (time(&plain), time(&evil));
    println!("{ENTRIES} entries: {plain:?} an operation, all in one chain {evil:?}");
    assert!(evil < Duration::from_micros(50), "{evil:?}");
}

#[test]
fn settings_have_a_secret_of_their_own() {
    let seeds: Vec<u128> = (0..8).map(|_| StackConfig::default().seed).collect();
    for (n, seed) in seeds.iter().enumerate() {
        // Both halves: one of 64 bits can be tried out.
        assert!(seed >> 64 != 0 && *seed & u128::from(u64::MAX) != 0, "{seed:#x}");
        for other in &seeds[..n] {
            let differ = (seed ^ other).count_ones();
            assert!((24..=104).contains(&differ), "{seed:#x} and {other:#x}");
        }
    }
}

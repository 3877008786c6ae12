// SPDX-License-Identifier: Apache-2.0
//! The interval set and the out-of-order tracker against a map of bytes (S-REASS-1), at several
//! places of the sequence space, the wrap among them.

use crate::interval::{Inserted, IntervalSet};
use crate::reass::Reassembly;
use crate::segment::SackBlock;
use crate::seq::SeqNum;

const SPACE: usize = 200;

struct Rng(u64);

impl Rng {
    fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        u32::try_from(self.0 >> 33).unwrap() % n
    }
}

/// Runs of set bytes, as intervals from `base`.
fn runs(map: &[bool; SPACE], base: SeqNum) -> Vec<SackBlock> {
    let mut out = Vec::new();
    let mut from = None;
    for (at, &set) in map.iter().chain([&false]).enumerate() {
        let seq = base + u32::try_from(at).unwrap();
        match (from, set) {
            (None, true) => from = Some(seq),
            (Some(start), false) => {
                out.push(SackBlock { start, end: seq });
                from = None;
            }
            _ => {}
        }
    }
    out
}

fn fill(map: &mut [bool; SPACE], start: u32, end: u32) -> u32 {
    let range = &mut map[start as usize..end as usize];
    let fresh = range.iter().filter(|b| !**b).count();
    range.fill(true);
    u32::try_from(fresh).unwrap()
}

#[test]
fn interval_set_against_a_byte_map() {
    for base in [SeqNum(0), SeqNum(u32::MAX - 90), SeqNum(0x7fff_ffa0)] {
        let mut rng = Rng(7);
        for _ in 0..3000 {
            let mut set = IntervalSet::<4>::default();
            let mut map = [false; SPACE];
            let mut una = 0;
            for _ in 0..20 {
                if rng.below(8) == 0 {
                    una = (una + rng.below(30)).min(199);
                    set.advance(base + una);
                    map[..una as usize].fill(false);
                    // What goes on beyond the acknowledgement is forgotten.
                    map[una as usize..].iter_mut().take_while(|b| **b).for_each(|b| *b = false);
                }
                let start = una + rng.below(200 - una);
                let end = (start + 1 + rng.below(20)).min(200);
                let mut after = map;
                let fresh = fill(&mut after, start, end);
                match set.insert(base + start, base + end, 4) {
                    Inserted::Full => {
                        assert_eq!(runs(&after, base).len(), 5, "refused without need");
                        continue;
                    }
                    Inserted::Nothing => assert_eq!(fresh, 0),
                    Inserted::New { bytes, merged } => {
                        assert_eq!(bytes, fresh);
                        assert!(runs(&after, base).contains(&merged));
                    }
                }
                map = after;
                assert_eq!(set.as_slice(), runs(&map, base));
                let at = rng.below(200);
                let held = map[..at as usize].iter().filter(|b| **b).count();
                assert_eq!(set.held_before(base + at), u32::try_from(held).unwrap());
                assert_eq!(set.containing(base + at).is_some(), map[at as usize]);
            }
        }
    }
}

#[test]
fn reassembly_against_a_byte_map() {
    for base in [SeqNum(0), SeqNum(u32::MAX - 90), SeqNum(0x7fff_ffa0)] {
        let mut rng = Rng(11);
        for round in 0..3000 {
            let limit = 1 + round % 4;
            let mut r = Reassembly::default();
            let mut map = [false; SPACE];
            let mut next = 0;
            for _ in 0..30 {
                if next >= 190 {
                    break;
                }
                if rng.below(4) == 0 {
                    // The missing segment: always accepted, joins what follows.
                    let end = (next + 1 + rng.below(15)).min(200);
                    fill(&mut map, next, end);
                    let want = (end..200).find(|&b| !map[b as usize]).unwrap_or(200);
                    assert_eq!(r.advance(base + end), base + want);
                    next = want;
                    map[..next as usize].fill(false);
                } else {
                    let start = next + 1 + rng.below(199 - next);
                    let end = (start + 1 + rng.below(20)).min(200);
                    let mut after = map;
                    let fresh = fill(&mut after, start, end);
                    match r.insert(base + start, base + end, limit) {
                        Inserted::Full => {
                            assert_eq!(runs(&after, base).len(), limit + 1);
                            continue;
                        }
                        Inserted::Nothing => assert_eq!(fresh, 0),
                        Inserted::New { bytes, merged } => {
                            assert_eq!((bytes, r.as_slice()[0]), (fresh, merged));
                        }
                    }
                    map = after;
                }
                let mut held = r.as_slice().to_vec();
                held.sort_by_key(|b| b.start - base);
                assert_eq!(held, runs(&map, base));
                let mut copy = Reassembly::default();
                assert!(copy.restore(r.as_slice(), base + next, base + 200));
                assert_eq!(copy.as_slice(), r.as_slice());
            }
        }
    }
}

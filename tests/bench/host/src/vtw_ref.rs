// SPDX-License-Identifier: Apache-2.0
//! A model of the structure that TIME_WAIT tables of this kind descend from (S-VTW-2, S-VTW-3, S-VTW-4), bit for bit: a
//! line of memory holds fifteen links and the means to reject a wrong one without following it. For comparison only:
//! its hash is a sum, which anybody can collide.
//!
//! Geometry for n = 65,536 records: m = 512 buckets, 2·(2m + 11·(n/15)/10) lines in all for the two tables of a family,
//! of which this models the one that finds a session by its 4-tuple.

use std::net::IpAddr;

use toe_stack::FourTuple;

const BUCKETS: usize = 512;
const TAGS: usize = 15;

/// Fixed masks, one a slot.
const XTRA: [u32; TAGS] = [
    0x1111_1111,
    0x2222_2222,
    0x3333_3333,
    0x4444_4444,
    0x5555_5555,
    0x6666_6666,
    0x7777_7777,
    0x8888_8888,
    0x1212_1212,
    0x2323_2323,
    0x3434_3434,
    0x4545_4545,
    0x5656_5656,
    0x6767_6767,
    0x7878_7878,
];

/// One cache line: occupancy in bits 0 to 14, next line plus one in bits 15 to 31, then fifteen tags.
#[repr(C, align(64))]
#[derive(Clone, Copy, Default)]
struct Line {
    head: u32,
    tag: [u32; TAGS],
}

const _: () = assert!(size_of::<Line>() == 64);

impl Line {
    fn in_use(self) -> u32 {
        self.head & 0x7fff
    }
    fn next(self) -> u32 {
        self.head >> 15
    }
}

/// A session as that structure knows it.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct VtwKey {
    laddr: u32,
    faddr: u32,
    lport: u16,
    fport: u16,
}

impl VtwKey {
    /// Of an IPv4 session; IPv6 has records of its own there.
    #[must_use]
    pub fn new(tuple: &FourTuple) -> Self {
        let bits = |ip| if let IpAddr::V4(a) = ip { a.to_bits() } else { 0 };
        Self {
            laddr: bits(tuple.local.addr.ip()),
            faddr: bits(tuple.remote.addr.ip()),
            lport: tuple.local.port,
            fport: tuple.remote.port,
        }
    }

    fn hash(&self) -> u32 {
        let ports = u32::from(self.fport).wrapping_add(u32::from(self.lport));
        self.faddr.wrapping_add(self.laddr).wrapping_add(ports)
    }
}

/// A record of 64 bytes: expiry, two locators, sequence numbers, flags, owner, addresses.
#[derive(Clone, Copy, Default)]
#[repr(C, align(64))]
struct Record {
    key: VtwKey,
    alive: bool,
    expire: u64,
    locator: u32,
    port_locator: u32,
    rcv_nxt: u32,
    rcv_wnd: u32,
    snd_nxt: u32,
    bits: u32,
    uid: u32,
}

const _: () = assert!(size_of::<Record>() == 64);

/// The table of one family.
pub struct VtwRef {
    records: Vec<Record>,
    alloc: usize,
    lines: Vec<Line>,
    free: Vec<u32>,
    heads: Vec<u32>,
    idx_bits: u32,
    /// Lines that lookups have read.
    pub lines_visited: u64,
    /// Links followed that led to another session.
    pub losing: u64,
}

impl VtwRef {
    /// For a power of two of records.
    #[must_use]
    pub fn new(records: usize) -> Self {
        let lines = 2 * BUCKETS + 11 * (records / TAGS) / 10;
        Self {
            records: vec![Record::default(); records],
            alloc: 0,
            lines: vec![Line::default(); lines],
            free: (0..u32::try_from(lines).unwrap_or(0)).rev().collect(),
            heads: vec![u32::MAX; BUCKETS],
            idx_bits: records.trailing_zeros(),
            lines_visited: 0,
            losing: 0,
        }
    }

    /// The redundancy that makes a wrong tag visible.
    fn enc(&self, index: u32) -> u32 {
        (index << self.idx_bits) | index
    }

    /// Takes the next record of the arena and links it; `false` when the lines are used up.
    pub fn insert(&mut self, key: VtwKey) -> bool {
        let (index, hash) = (self.alloc, key.hash());
        let bucket = hash as usize % BUCKETS;
        let full = self.lines.get(self.heads[bucket] as usize).is_none_or(|l| l.in_use() == 0x7fff);
        if full {
            // A new line goes in front: younger above older.
            let Some(line) = self.free.pop() else { return false };
            let next = self.heads[bucket].wrapping_add(1) << 15;
            self.lines[line as usize] = Line { head: next, ..Line::default() };
            self.heads[bucket] = line;
        }
        let at = self.heads[bucket];
        // The highest free slot first, so that a scan from the lowest meets the youngest first.
        let slot = 31 - (!self.lines[at as usize].in_use() & 0x7fff).leading_zeros();
        let index32 = u32::try_from(index).unwrap_or(0);
        let tag = hash ^ self.enc(index32) ^ XTRA[slot as usize];
        let line = &mut self.lines[at as usize];
        line.head |= 1 << slot;
        line.tag[slot as usize] = tag;
        let locator = at << 4 | slot;
        self.records[index] = Record { key, alive: true, locator, ..Record::default() };
        self.alloc = (index + 1) % self.records.len();
        true
    }

    /// Finds a session: the index of its record.
    pub fn lookup(&mut self, key: &VtwKey) -> Option<u32> {
        let hash = key.hash();
        let mask = (1u32 << self.idx_bits) - 1;
        let mut at = self.heads[hash as usize % BUCKETS];
        while let Some(line) = self.lines.get(at as usize) {
            self.lines_visited += 1;
            for (slot, xtra) in XTRA.iter().enumerate() {
                if line.head >> slot & 1 == 0 {
                    continue;
                }
                let value = line.tag[slot] ^ hash ^ xtra;
                if self.enc(value & mask) != value {
                    continue;
                }
                let record = &self.records[(value & mask) as usize];
                let here = at << 4 | u32::try_from(slot).unwrap_or(0);
                if record.alive && record.locator == here && record.key == *key {
                    return Some(value & mask);
                }
                self.losing += 1;
            }
            at = line.next().wrapping_sub(1);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u32) -> VtwKey {
        VtwKey { laddr: 1, faddr: n.wrapping_mul(0x9e37_79b9), lport: 80, fport: n as u16 }
    }

    #[test]
    fn finds_what_was_put_in_and_nothing_else() {
        let mut table = VtwRef::new(4096);
        for n in 0..4096 {
            assert!(table.insert(key(n)));
        }
        for n in 0..4096 {
            assert_eq!(table.lookup(&key(n)), Some(n));
            assert_eq!(table.lookup(&key(n + 4096)), None);
        }
    }

    /// The weakness that S-VTW-4 names: sums collide at will, and all entries end in one chain.
    #[test]
    fn sums_collide() {
        let mut table = VtwRef::new(4096);
        let key = |n: u32| VtwKey { laddr: 0u32.wrapping_sub(n), faddr: n, lport: 80, fport: 1 };
        for n in 0..4096 {
            assert!(table.insert(key(n)));
        }
        table.lookup(&key(0));
        assert_eq!(table.lines_visited, 4096_u64.div_ceil(15));
    }
}

// SPDX-License-Identifier: Apache-2.0
//! Addresses for the device: handed out with unmapped space around them, given back, and not used again soon.

use std::collections::BTreeMap;

/// Unmapped bytes kept on both sides of every region: a device that runs over an end faults instead of writing into the
/// neighbour.
pub(crate) const GUARD: u64 = 0x1_0000;
/// Addresses begin here, so that an address cut to 32 bits faults.
pub(crate) const FIRST: u64 = 1 << 32;
/// One past the last address: what the smallest IOMMU in use translates (39 bits of VT-d), and a bit less.
pub(crate) const END: u64 = 1 << 38;

/// Address space of one device.
#[derive(Debug)]
pub struct IovaSpace {
    /// Free ranges, guards included: start to end.
    free: BTreeMap<u64, u64>,
    /// Regions in use with their guards: address to (start, end).
    used: BTreeMap<u64, (u64, u64)>,
    /// Where the search goes on, so that an address that was given back stays unmapped for a while: a late access of the
    /// device faults then.
    cursor: u64,
}

impl IovaSpace {
    /// All addresses but those of `reserved` (first and last of each range, as the kernel lists them).
    #[must_use]
    pub fn new(reserved: &[(u64, u64)]) -> Self {
        let mut free = BTreeMap::new();
        let mut start = FIRST;
        let mut holes: Vec<_> = reserved.to_vec();
        holes.sort_unstable();
        for (first, last) in holes {
            if first >= END || last < start {
                continue;
            }
            if first > start {
                free.insert(start, first);
            }
            start = start.max(last.saturating_add(1));
        }
        if start < END {
            free.insert(start, END);
        }
        Self { free, used: BTreeMap::new(), cursor: FIRST }
    }

    /// `len` bytes aligned to `align` (a power of two) with a guard on both sides.
    pub fn alloc(&mut self, len: u64, align: u64) -> Option<u64> {
        if len == 0 || len > END || !align.is_power_of_two() {
            return None;
        }
        let fit = |start: u64, end: u64| {
            let at = start.checked_add(GUARD)?.checked_next_multiple_of(align)?;
            let stop = at.checked_add(len)?.checked_add(GUARD)?;
            (stop <= end).then_some((at, at - GUARD, stop))
        };
        let cursor = self.cursor;
        let after = self.free.iter().filter(|(_, end)| **end > cursor);
        let (range, found) = after
            .map(|(&s, &e)| ((s, e), fit(s.max(cursor), e)))
            .chain(self.free.iter().map(|(&s, &e)| ((s, e), fit(s, e))))
            .find_map(|(range, found)| found.map(|f| (range, f)))?;
        let (at, start, stop) = found;
        self.free.remove(&range.0);
        for (a, b) in [(range.0, start), (stop, range.1)] {
            if a < b {
                self.free.insert(a, b);
            }
        }
        self.used.insert(at, (start, stop));
        self.cursor = stop;
        Some(at)
    }

    /// Gives a region back. `false` when nothing begins there.
    pub fn free(&mut self, at: u64) -> bool {
        let Some((mut start, mut end)) = self.used.remove(&at) else { return false };
        if let Some((&before, &stop)) = self.free.range(..start).next_back()
            && stop == start
        {
            self.free.remove(&before);
            start = before;
        }
        if let Some(stop) = self.free.remove(&end) {
            end = stop;
        }
        self.free.insert(start, end);
        true
    }

    /// Regions in use.
    #[must_use]
    pub fn regions(&self) -> usize {
        self.used.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_aligned_and_guarded() {
        let mut space = IovaSpace::new(&[]);
        let mut all: Vec<(u64, u64)> = Vec::new();
        for (len, align) in [(4096, 4096), (1 << 21, 1 << 21), (100, 4096), (1 << 20, 1 << 20)] {
            let at = space.alloc(len, align).unwrap();
            assert_eq!(at % align, 0);
            for (other, size) in &all {
                assert!(at >= other + size + GUARD || at + len + GUARD <= *other);
            }
            all.push((at, len));
        }
        assert!(all.iter().all(|(at, _)| *at >= FIRST + GUARD));
    }

    #[test]
    fn reserved_ranges_are_left_out() {
        let reserved = [(0xfee0_0000, 0xfeef_ffff), (FIRST, FIRST + 0xffff), (1 << 33, u64::MAX)];
        let mut space = IovaSpace::new(&reserved);
        let mut count = 0;
        while let Some(at) = space.alloc(1 << 28, 1 << 28) {
            assert!(at >= FIRST + 0x1_0000 + GUARD && at + (1 << 28) + GUARD <= 1 << 33);
            count += 1;
        }
        assert!(count >= 7, "{count}");
    }

    #[test]
    fn what_is_given_back_merges_and_is_used_last() {
        let mut space = IovaSpace::new(&[(1 << 33, u64::MAX)]);
        let a = space.alloc(1 << 20, 4096).unwrap();
        let b = space.alloc(1 << 20, 4096).unwrap();
        assert!(space.free(a) && !space.free(a));
        let c = space.alloc(1 << 20, 4096).unwrap();
        assert!(c > b, "the hole is left alone while there is other space");
        assert!(space.free(b) && space.free(c));
        assert_eq!(space.free.len(), 1);
        assert_eq!(space.regions(), 0);
        // Round and round: nothing is lost.
        for _ in 0..if cfg!(miri) { 100 } else { 50_000 } {
            let at = space.alloc(1 << 24, 1 << 24).unwrap();
            assert!(space.free(at));
        }
        assert_eq!(space.free.len(), 1);
    }

    #[test]
    fn nonsense_is_refused() {
        let mut space = IovaSpace::new(&[]);
        assert_eq!(space.alloc(0, 4096), None);
        assert_eq!(space.alloc(4096, 3), None);
        assert_eq!(space.alloc(u64::MAX, 4096), None);
        assert_eq!(space.alloc(END, 4096), None);
        assert!(IovaSpace::new(&[(0, u64::MAX)]).alloc(1, 1).is_none());
    }
}

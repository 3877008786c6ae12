// SPDX-License-Identifier: Apache-2.0
//! The out-of-order tracker (S-REASS-1): up to four intervals of bytes that lie in the receive ring
//! beyond RCV.NXT, most recent first, which is also the order of SACK blocks (RFC 2018 §4).

use crate::interval::Inserted;
use crate::segment::SackBlock;
use crate::seq::SeqNum;

/// Most intervals.
pub(crate) const MAX: usize = 4;

/// Out-of-order intervals, most recent first; disjoint, not touching, all beyond RCV.NXT.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Reassembly {
    v: [SackBlock; MAX],
    len: usize,
}

impl Reassembly {
    pub(crate) fn as_slice(&self) -> &[SackBlock] {
        &self.v[..self.len]
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    fn remove(&mut self, at: usize) {
        self.v.copy_within(at + 1..self.len, at);
        self.len -= 1;
    }

    /// Bytes held.
    pub(crate) fn total(&self) -> u32 {
        self.as_slice().iter().map(|b| b.end - b.start).sum()
    }

    /// An out-of-order segment `[start, end)`: merges what it overlaps or touches and moves the
    /// result to the front. `Full` when it stands alone and `limit` intervals are taken.
    pub(crate) fn insert(&mut self, start: SeqNum, end: SeqNum, limit: usize) -> Inserted {
        let before = self.total();
        let mut merged = SackBlock { start, end };
        let mut touched = false;
        // Merging may make an earlier interval touch: repeat until nothing does (at most 4 times).
        while let Some(at) = self
            .as_slice()
            .iter()
            .position(|b| b.start.before_eq(merged.end) && merged.start.before_eq(b.end))
        {
            let b = self.v[at];
            merged.start = merged.start.min(b.start);
            merged.end = merged.end.max(b.end);
            self.remove(at);
            touched = true;
        }
        if !touched && self.len >= limit.clamp(1, MAX) {
            return Inserted::Full;
        }
        self.v.copy_within(0..self.len, 1);
        self.v[0] = merged;
        self.len += 1;
        match self.total() - before {
            0 => Inserted::Nothing,
            bytes => Inserted::New { bytes, merged },
        }
    }

    /// RCV.NXT would be `next` by the segment alone: returns it after joining the intervals that
    /// follow without a gap, and forgets them.
    pub(crate) fn advance(&mut self, mut next: SeqNum) -> SeqNum {
        while let Some(at) = self.as_slice().iter().position(|b| b.start.before_eq(next)) {
            next = next.max(self.v[at].end);
            self.remove(at);
        }
        next
    }

    /// The interval that contains `[start, end)` wholly.
    pub(crate) fn covering(&self, start: SeqNum, end: SeqNum) -> Option<SackBlock> {
        self.as_slice().iter().copied().find(|b| b.start.before_eq(start) && b.end.after_eq(end))
    }

    /// Restores a tracker from an image; false if it breaks an invariant.
    pub(crate) fn restore(&mut self, blocks: &[SackBlock], rcv_nxt: SeqNum, edge: SeqNum) -> bool {
        self.clear();
        for b in blocks {
            // By distance from one place: steps of less than half the sequence space each can go round it.
            let (start, end) = (b.start - rcv_nxt, b.end - rcv_nxt);
            let sane = start > 0 && start < end && end <= edge.since(rcv_nxt);
            let apart =
                self.as_slice().iter().all(|o| b.end.before(o.start) || b.start.after(o.end));
            if !sane || !apart || self.len == MAX {
                return false;
            }
            self.v[self.len] = *b;
            self.len += 1;
        }
        true
    }
}

// SPDX-License-Identifier: Apache-2.0
//! A bounded, ascending set of disjoint sequence intervals: the SACK scoreboard. The out-of-order
//! tracker (`reass`) keeps its intervals in another order.

use crate::segment::SackBlock;
use crate::seq::SeqNum;

/// Result of an insertion.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Inserted {
    /// Nothing new: all of it was there.
    Nothing,
    /// `bytes` sequence numbers were new; they now lie in `merged`.
    New { bytes: u32, merged: SackBlock },
    /// It touches no interval and there is no room for another.
    Full,
}

/// At most `N` intervals, ascending, disjoint and not touching.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IntervalSet<const N: usize> {
    v: [SackBlock; N],
    len: usize,
}

impl<const N: usize> Default for IntervalSet<N> {
    fn default() -> Self {
        Self { v: [SackBlock::default(); N], len: 0 }
    }
}

impl<const N: usize> IntervalSet<N> {
    pub(crate) fn as_slice(&self) -> &[SackBlock] {
        &self.v[..self.len]
    }

    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    fn remove(&mut self, at: usize) {
        self.v.copy_within(at + 1..self.len, at);
        self.len -= 1;
    }

    /// Sequence numbers held in all.
    pub(crate) fn total(&self) -> u32 {
        self.as_slice().iter().map(|b| b.end - b.start).sum()
    }

    /// Inserts `[start, end)`, merging with what it overlaps or touches; at most `limit` intervals.
    pub(crate) fn insert(&mut self, start: SeqNum, end: SeqNum, limit: usize) -> Inserted {
        let before = self.total();
        let mut merged = SackBlock { start, end };
        let mut at = 0;
        let mut touched = 0;
        while at < self.len {
            let b = self.v[at];
            if b.end.before(merged.start) {
                at += 1;
            } else if merged.end.before(b.start) {
                break;
            } else {
                merged.start = merged.start.min(b.start);
                merged.end = merged.end.max(b.end);
                self.remove(at);
                touched += 1;
            }
        }
        if touched == 0 && self.len >= limit.min(N) {
            return Inserted::Full;
        }
        self.v.copy_within(at..self.len, at + 1);
        self.v[at] = merged;
        self.len += 1;
        match self.total() - before {
            0 => Inserted::Nothing,
            bytes => Inserted::New { bytes, merged },
        }
    }

    /// Removes every interval that begins at or before `seq`, the cumulative acknowledgement. One that
    /// goes on beyond it the receiver does not have any more, or it would have acknowledged its end
    /// (RFC 2018 §8): it is forgotten whole.
    pub(crate) fn advance(&mut self, seq: SeqNum) {
        while self.len > 0 && self.v[0].start.before_eq(seq) {
            self.remove(0);
        }
    }

    /// The interval that holds `seq`.
    pub(crate) fn containing(&self, seq: SeqNum) -> Option<SackBlock> {
        self.as_slice().iter().copied().find(|b| b.start.before_eq(seq) && b.end.after(seq))
    }

    /// The first interval that starts at or after `seq`.
    pub(crate) fn next_from(&self, seq: SeqNum) -> Option<SackBlock> {
        self.as_slice().iter().copied().find(|b| b.start.after_eq(seq))
    }

    /// Sequence numbers held below `seq`.
    pub(crate) fn held_before(&self, seq: SeqNum) -> u32 {
        self.as_slice().iter().map(|b| b.end.min(seq).since(b.start)).sum()
    }
}

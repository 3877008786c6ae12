// SPDX-License-Identifier: Apache-2.0
//! The path to host memory: latency, bandwidth, out-of-order read completions.

use crate::dice::Dice;
use crate::time::Nanos;
use std::collections::HashSet;
use toe_device::READ_TAGS;

/// How the path to host memory behaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PcieProfile {
    /// Shortest time from a read request to its completion, nanoseconds.
    pub read_latency_ns: u64,
    /// A uniformly random time up to this is added to each read: completions of different tags overtake each other.
    pub read_jitter_ns: u64,
    /// Bytes per microsecond from host to device (PCIe 3.0 ×4 ≈ 3,500); 0 means no limit.
    pub read_bytes_per_us: u64,
    /// Bytes per microsecond from device to host; 0 means no limit.
    pub write_bytes_per_us: u64,
}

impl PcieProfile {
    /// No latency, no limit: completions at the next clock, in order.
    pub const IDEAL: Self =
        Self { read_latency_ns: 0, read_jitter_ns: 0, read_bytes_per_us: 0, write_bytes_per_us: 0 };

    /// About what PCIe 3.0 ×4 with an IOMMU does.
    pub const GEN3_X4: Self = Self {
        read_latency_ns: 600,
        read_jitter_ns: 400,
        read_bytes_per_us: 3_500,
        write_bytes_per_us: 3_500,
    };
}

impl Default for PcieProfile {
    fn default() -> Self {
        Self::GEN3_X4
    }
}

#[derive(Clone, Copy, Debug)]
struct Read {
    due: Nanos,
    order: u64,
    tag: u32,
    iova: u64,
    len: u32,
}

#[derive(Debug)]
pub(crate) struct Pcie {
    profile: PcieProfile,
    dice: Dice,
    reads: Vec<Read>,
    tags: HashSet<u32>,
    order: u64,
    /// Earliest `due`; `u64::MAX` when there is none.
    next_due: Nanos,
    read_link_free: Nanos,
    write_link_free: Nanos,
}

/// Writes are accepted while the link's backlog is at most this.
const WRITE_BACKLOG_NS: u64 = 1_000;
const NEVER: Nanos = Nanos(u64::MAX);

impl Pcie {
    pub(crate) fn new(profile: PcieProfile, dice: Dice) -> Self {
        Self {
            profile,
            dice,
            reads: Vec::new(),
            tags: HashSet::new(),
            order: 0,
            next_due: NEVER,
            read_link_free: Nanos(0),
            write_link_free: Nanos(0),
        }
    }

    pub(crate) fn set_profile(&mut self, profile: PcieProfile) {
        self.profile = profile;
    }

    /// False when the tag is not usable.
    pub(crate) fn request(&mut self, now: Nanos, tag: u32, iova: u64, len: u32) -> bool {
        if tag >= READ_TAGS || !self.tags.insert(tag) {
            return false;
        }
        let jitter = self.dice.below(self.profile.read_jitter_ns + 1);
        let ready = now.0 + self.profile.read_latency_ns + jitter;
        let mut due = ready;
        if let Some(busy) = (u64::from(len) * 1_000).checked_div(self.profile.read_bytes_per_us) {
            // The link carries completions one after the other, in the order of requests' readiness; charging it at
            // request time keeps long-run bandwidth right.
            let start = self.read_link_free.0.max(now.0 + self.profile.read_latency_ns);
            self.read_link_free = Nanos(start + busy);
            due = ready.max(start + busy);
        }
        let order = self.order;
        self.order += 1;
        self.reads.push(Read { due: Nanos(due), order, tag, iova, len });
        self.next_due = self.next_due.min(Nanos(due));
        true
    }

    /// A read that is due: tag, address, length.
    #[inline]
    pub(crate) fn complete(&mut self, now: Nanos) -> Option<(u32, u64, u32)> {
        if self.next_due > now {
            return None;
        }
        let (index, read) =
            self.reads.iter().copied().enumerate().min_by_key(|(_, r)| (r.due, r.order))?;
        self.reads.swap_remove(index);
        self.tags.remove(&read.tag);
        self.next_due = self.reads.iter().map(|r| r.due).min().unwrap_or(NEVER);
        Some((read.tag, read.iova, read.len))
    }

    pub(crate) fn next_due(&self) -> Option<Nanos> {
        (self.next_due != NEVER).then_some(self.next_due)
    }

    pub(crate) fn write_ready(&self, now: Nanos) -> bool {
        self.write_link_free.0 <= now.0 + WRITE_BACKLOG_NS
    }

    pub(crate) fn wrote(&mut self, now: Nanos, len: usize) {
        if let Some(busy) = (len as u64 * 1_000).checked_div(self.profile.write_bytes_per_us) {
            self.write_link_free = Nanos(self.write_link_free.0.max(now.0) + busy);
        }
    }

    /// Function-level reset: completions of earlier reads will not come.
    pub(crate) fn reset(&mut self) {
        self.reads.clear();
        self.tags.clear();
        self.next_due = NEVER;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drain(pcie: &mut Pcie, until: u64) -> Vec<(u64, u32)> {
        let mut seen = Vec::new();
        for t in 0..until {
            while let Some((tag, _, _)) = pcie.complete(Nanos(t)) {
                seen.push((t, tag));
            }
        }
        seen
    }

    #[test]
    fn latency_holds_and_jitter_reorders() {
        let profile = PcieProfile { read_bytes_per_us: 0, ..PcieProfile::GEN3_X4 };
        let mut pcie = Pcie::new(profile, Dice::new(1, 1));
        for tag in 0..64 {
            assert!(pcie.request(Nanos(0), tag, 0, 64));
        }
        assert!(!pcie.request(Nanos(0), 5, 0, 64), "tag in use");
        let seen = drain(&mut pcie, 2_000);
        assert_eq!(seen.len(), 64);
        assert!(seen.iter().all(|(t, _)| (600..=1_000).contains(t)));
        assert!(seen.windows(2).any(|w| w[0].1 > w[1].1), "some completions overtake");
        assert!(pcie.next_due().is_none());
        assert!(pcie.request(Nanos(2_000), 5, 0, 64), "tag is free again");
    }

    #[test]
    fn bandwidth_holds() {
        let profile = PcieProfile {
            read_bytes_per_us: 1_000,
            read_latency_ns: 100,
            read_jitter_ns: 0,
            write_bytes_per_us: 1_000,
        };
        let mut pcie = Pcie::new(profile, Dice::new(1, 1));
        for tag in 0..10 {
            pcie.request(Nanos(0), tag, 0, 1_000);
        }
        let seen = drain(&mut pcie, 20_000);
        assert_eq!(seen.last(), Some(&(10_100, 9)));
        assert!(pcie.write_ready(Nanos(0)));
        for _ in 0..3 {
            pcie.wrote(Nanos(0), 1_000);
        }
        assert!(!pcie.write_ready(Nanos(0)));
        assert!(pcie.write_ready(Nanos(2_000)));
    }
}

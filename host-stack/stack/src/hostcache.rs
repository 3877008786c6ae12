// SPDX-License-Identifier: Apache-2.0
//! The host cache: what a closed connection knew of the path to its peer, for the next one (S-HC-1).
//!
//! Keyed by the peer's address only, bounded like every table that a peer can fill: a fixed number of buckets under a
//! keyed hash, a fixed depth each, least recently used recycled. Entries are refreshed by use and expire. Path MTUs are
//! not here: they belong to routes ([`crate::exceptions`]) and hold without any cache.

use std::collections::VecDeque;
use std::net::IpAddr;

use toe_tcp::{Micros, PathMetrics};

use crate::rand::SipKey;

/// Bounds and lifetime.
#[derive(Clone, Copy, Debug)]
pub struct HostCacheConfig {
    /// Number of buckets; 0 switches the cache off.
    pub buckets: usize,
    /// Entries a bucket holds.
    pub depth: usize,
    /// Lifetime since the last use, µs.
    pub lifetime: u64,
}

impl Default for HostCacheConfig {
    fn default() -> Self {
        Self { buckets: 512, depth: 30, lifetime: 3_600_000_000 }
    }
}

/// One peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostCacheEntry {
    /// Its address.
    pub addr: IpAddr,
    /// What is known.
    pub metrics: PathMetrics,
    /// End of life, unless it is used before.
    pub expires: Micros,
}

/// The cache.
pub struct HostCache {
    config: HostCacheConfig,
    key: SipKey,
    /// Most recently used last. Made with the first entry.
    buckets: Vec<VecDeque<HostCacheEntry>>,
    len: usize,
}

impl HostCache {
    pub(crate) fn new(config: HostCacheConfig, key: SipKey) -> Self {
        Self { config, key, buckets: Vec::new(), len: 0 }
    }

    fn bucket(&self, addr: IpAddr) -> usize {
        let hash = match addr {
            IpAddr::V4(a) => self.key.hash(&a.octets()),
            IpAddr::V6(a) => self.key.hash(&a.octets()),
        };
        (hash % self.config.buckets.max(1) as u64) as usize
    }

    /// Takes the entry of `addr` out of its bucket.
    fn take(&mut self, addr: IpAddr) -> Option<HostCacheEntry> {
        let at = self.bucket(addr);
        let bucket = self.buckets.get_mut(at)?;
        let i = bucket.iter().position(|e| e.addr == addr)?;
        self.len -= 1;
        bucket.remove(i)
    }

    fn put(&mut self, now: Micros, addr: IpAddr, metrics: PathMetrics) {
        if self.config.buckets == 0 || self.config.depth == 0 {
            return;
        }
        if self.buckets.is_empty() {
            self.buckets.resize_with(self.config.buckets, VecDeque::new);
        }
        let (at, depth) = (self.bucket(addr), self.config.depth);
        let expires = Micros(now.0.saturating_add(self.config.lifetime));
        let Some(bucket) = self.buckets.get_mut(at) else { return };
        if bucket.len() >= depth && bucket.pop_front().is_some() {
            self.len -= 1;
        }
        bucket.push_back(HostCacheEntry { addr, metrics, expires });
        self.len += 1;
    }

    /// What is known of the path to `addr`; asking keeps it alive.
    pub(crate) fn recall(&mut self, now: Micros, addr: IpAddr) -> Option<PathMetrics> {
        let entry = self.take(addr).filter(|e| e.expires > now)?;
        self.put(now, addr, entry.metrics);
        Some(entry.metrics)
    }

    /// A connection has ended: what it knew, if it had measured anything, averaged with what was known before.
    pub(crate) fn remember(&mut self, now: Micros, addr: IpAddr, metrics: PathMetrics) {
        if !metrics.measured() {
            return;
        }
        let old = self.take(addr).filter(|e| e.expires > now);
        self.put(now, addr, old.map_or(metrics, |e| e.metrics.averaged(&metrics)));
    }

    /// All entries, expired ones included until they are met.
    pub fn iter(&self) -> impl Iterator<Item = &HostCacheEntry> {
        self.buckets.iter().flatten()
    }

    /// Entries now; never above buckets × depth.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Forgets one peer; whether anything was known.
    pub fn forget(&mut self, addr: IpAddr) -> bool {
        self.take(addr).is_some()
    }

    /// Forgets everything.
    pub fn purge(&mut self) {
        self.buckets.clear();
        self.len = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who knows the key gets one bucket, and nothing of the others.
    #[test]
    fn a_known_key_gets_one_bucket() {
        let mut cache = HostCache::new(HostCacheConfig::default(), SipKey::new(3, 4));
        let metrics = PathMetrics { srtt_us8: 1, rttvar_us4: 1, ssthresh: u32::MAX, cwnd: 1 };
        let any = |n: u32| IpAddr::from(std::net::Ipv4Addr::from(0x0b00_0000 + n));
        for n in 0..2_000 {
            cache.remember(Micros(1), any(n), metrics);
        }
        let target = cache.bucket(any(0));
        for addr in (10_000..)
            .map(any)
            .filter(|a| cache.bucket(*a) == target)
            .take(1_000)
            .collect::<Vec<_>>()
        {
            cache.remember(Micros(2), addr, metrics);
        }
        assert_eq!(cache.buckets[target].len(), 30);
        for n in 0..2_000 {
            let kept = cache.iter().any(|e| e.addr == any(n));
            assert_eq!(kept, cache.bucket(any(n)) != target, "{n}");
        }
    }

    /// Addresses in arithmetic rows, as somebody chooses them who wants one bucket: what is kept is what chance keeps.
    #[test]
    fn chosen_addresses_find_no_bucket() {
        for step in [1u32, 256, 512, 0x1_0000] {
            let mut cache = HostCache::new(HostCacheConfig::default(), SipKey::new(3, 4));
            for n in 0..8_000u32 {
                let addr = std::net::Ipv4Addr::from(0x0b00_0000u32.wrapping_add(n * step));
                let metrics =
                    PathMetrics { srtt_us8: 1, rttvar_us4: 1, ssthresh: u32::MAX, cwnd: 1 };
                cache.remember(Micros(1), addr.into(), metrics);
            }
            assert!(cache.len() > 7_500, "step {step}: {} of 8000", cache.len());
        }
    }
}

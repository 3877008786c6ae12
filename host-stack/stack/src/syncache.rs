// SPDX-License-Identifier: Apache-2.0
//! The SYN cache: half-open sessions outside the socket table, in bounded memory (S-SYN-1, S-SYN-2).
//!
//! A fixed number of buckets under a keyed hash, a fixed depth each, oldest dropped first. The hash key is drawn anew
//! whenever the cache becomes empty. One timer a bucket: the earliest of its entries.

use std::collections::{BTreeSet, VecDeque};

use toe_tcp::{Handshake, Micros};

use crate::addr::FourTuple;
use crate::rand::{Prng, SipKey};
use crate::tcp::TcpId;

/// Bounds and timing.
#[derive(Clone, Copy, Debug)]
pub struct SynCacheConfig {
    /// Number of buckets.
    pub buckets: u16,
    /// Entries a bucket holds.
    pub depth: u16,
    /// Time to the first SYN|ACK retransmission, µs; doubles with each.
    pub rto: u64,
    /// Retransmissions before the entry is dropped.
    pub retries: u8,
    /// When cookies are used.
    pub cookies: CookieMode,
}

impl Default for SynCacheConfig {
    fn default() -> Self {
        Self { buckets: 512, depth: 30, rto: 3_000_000, retries: 3, cookies: CookieMode::Fallback }
    }
}

/// When SYN cookies are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieMode {
    /// Never.
    Off,
    /// Every ISS is a cookie, entries are kept as well: what was pushed out of the cache can still complete.
    Fallback,
    /// Nothing is kept.
    Always,
}

/// A half-open session.
#[derive(Clone, Debug)]
pub(crate) struct SynEntry {
    pub tuple: FourTuple,
    pub handshake: Handshake,
    pub ts_offset: u32,
    /// The timestamp of every SYN|ACK of this entry.
    pub ts_sent: u32,
    pub listener: TcpId,
    pub created: Micros,
    pub due: Micros,
    pub rexmits: u8,
    /// An ICMP unreachable came: DF is off in retransmissions.
    pub unreach: bool,
}

/// Counters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct SynCounters {
    pub added: u64,
    pub completed: u64,
    pub bucket_overflow: u64,
    pub timed_out: u64,
    pub retransmitted: u64,
    pub duplicate_syn: u64,
    pub reset: u64,
    pub bad_ack: u64,
    pub cookies_sent: u64,
    pub cookies_accepted: u64,
    pub cookies_refused: u64,
    pub listener_gone: u64,
    pub accept_queue_full: u64,
}

/// The cache.
pub struct SynCache {
    pub(crate) config: SynCacheConfig,
    buckets: Vec<VecDeque<SynEntry>>,
    timers: BTreeSet<(Micros, u16)>,
    due: Vec<Option<Micros>>,
    key: SipKey,
    rng: Prng,
    len: usize,
    /// Counters.
    pub counters: SynCounters,
}

impl SynCache {
    pub(crate) fn new(config: SynCacheConfig, rng: &mut Prng) -> Self {
        let config =
            SynCacheConfig { buckets: config.buckets.max(1), depth: config.depth.max(1), ..config };
        let n = usize::from(config.buckets);
        Self {
            config,
            buckets: (0..n).map(|_| VecDeque::new()).collect(),
            timers: BTreeSet::new(),
            due: vec![None; n],
            key: rng.key(),
            rng: Prng::new(u128::from(rng.next_u64()) << 64 | u128::from(rng.next_u64())),
            len: 0,
            counters: SynCounters::default(),
        }
    }

    /// Entries now; never above buckets × depth.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &SynEntry> {
        self.buckets.iter().flatten()
    }

    fn bucket(&self, tuple: &FourTuple) -> u16 {
        let hash = self.key.hash(&tuple.key_bytes());
        u16::try_from(hash % u64::from(self.config.buckets)).unwrap_or(0)
    }

    fn rearm(&mut self, bucket: u16) {
        let at = usize::from(bucket);
        if let Some(old) = self.due[at].take() {
            self.timers.remove(&(old, bucket));
        }
        let next = self.buckets[at].iter().map(|e| e.due).min();
        self.due[at] = next;
        if let Some(next) = next {
            self.timers.insert((next, bucket));
        }
        if self.len == 0 {
            self.key = self.rng.key();
        }
    }

    pub(crate) fn get_mut(&mut self, tuple: &FourTuple) -> Option<&mut SynEntry> {
        if self.len == 0 {
            return None;
        }
        let at = usize::from(self.bucket(tuple));
        self.buckets[at].iter_mut().find(|e| e.tuple == *tuple)
    }

    /// The next SYN of this hash would push another one out.
    pub(crate) fn bucket_full(&self, tuple: &FourTuple) -> bool {
        self.buckets[usize::from(self.bucket(tuple))].len() >= usize::from(self.config.depth)
    }

    pub(crate) fn contains(&self, tuple: &FourTuple) -> bool {
        self.len != 0
            && self.buckets[usize::from(self.bucket(tuple))].iter().any(|e| e.tuple == *tuple)
    }

    /// Adds an entry; the oldest of a full bucket makes room.
    pub(crate) fn insert(&mut self, now: Micros, mut entry: SynEntry) {
        let bucket = self.bucket(&entry.tuple);
        let at = usize::from(bucket);
        if self.buckets[at].len() >= usize::from(self.config.depth) {
            self.buckets[at].pop_front();
            self.len -= 1;
            self.counters.bucket_overflow += 1;
        }
        entry.due = Micros(now.0.saturating_add(self.config.rto));
        self.buckets[at].push_back(entry);
        self.len += 1;
        self.counters.added += 1;
        self.rearm(bucket);
    }

    /// Takes an entry of another cache in, its timers as they are.
    pub(crate) fn adopt(&mut self, entry: SynEntry) {
        let (due, added) = (entry.due, self.counters.added);
        let tuple = entry.tuple;
        self.insert(due, entry);
        self.counters.added = added;
        if let Some(entry) = self.get_mut(&tuple) {
            entry.due = due;
        }
        self.rearm(self.bucket(&tuple));
    }

    pub(crate) fn remove(&mut self, tuple: &FourTuple) -> Option<SynEntry> {
        if self.len == 0 {
            return None;
        }
        let bucket = self.bucket(tuple);
        let at = usize::from(bucket);
        let i = self.buckets[at].iter().position(|e| e.tuple == *tuple)?;
        let entry = self.buckets[at].remove(i)?;
        self.len -= 1;
        self.rearm(bucket);
        Some(entry)
    }

    /// Forgets what belongs to a listener that is gone.
    pub(crate) fn remove_listener(&mut self, listener: TcpId) {
        for bucket in 0..self.config.buckets {
            let at = usize::from(bucket);
            let before = self.buckets[at].len();
            self.buckets[at].retain(|e| e.listener != listener);
            let gone = before - self.buckets[at].len();
            if gone > 0 {
                self.len -= gone;
                self.counters.listener_gone += gone as u64;
                self.rearm(bucket);
            }
        }
    }

    /// Restarts the retransmission count of an entry whose SYN came again.
    pub(crate) fn refresh(&mut self, now: Micros, tuple: &FourTuple) {
        let due = Micros(now.0.saturating_add(self.config.rto));
        if let Some(e) = self.get_mut(tuple) {
            e.rexmits = 0;
            e.due = due;
        }
        let bucket = self.bucket(tuple);
        self.rearm(bucket);
    }

    pub(crate) fn next_deadline(&self) -> Option<Micros> {
        self.timers.first().map(|(at, _)| *at)
    }

    /// Entries whose SYN|ACK is to be sent again; those that had their last chance are dropped.
    pub(crate) fn on_timer(&mut self, now: Micros) -> Vec<SynEntry> {
        let mut resend = Vec::new();
        while let Some((at, bucket)) = self.timers.first().copied() {
            if at.0 > now.0 {
                break;
            }
            let (rto, retries) = (self.config.rto, self.config.retries);
            let list = &mut self.buckets[usize::from(bucket)];
            let before = list.len();
            list.retain(|e| e.due.0 > now.0 || e.rexmits < retries);
            let gone = before - list.len();
            for e in list.iter_mut().filter(|e| e.due.0 <= now.0) {
                e.rexmits += 1;
                e.due = Micros(now.0.saturating_add(rto << e.rexmits.min(16)));
                resend.push(e.clone());
            }
            self.len -= gone;
            self.counters.timed_out += gone as u64;
            self.rearm(bucket);
        }
        self.counters.retransmitted += resend.len() as u64;
        resend
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::addr::{Endpoint, ScopedAddr};
    use std::net::Ipv4Addr;
    use toe_tcp::{Config, Segment, SeqNum};

    fn entry(n: u32) -> SynEntry {
        let end = |ip: u32, port| Endpoint::new(ScopedAddr::from(Ipv4Addr::from(ip)), port);
        let tuple = FourTuple { local: end(0x0a00_0001, 80), remote: end(0x0b00_0000 + n, 5000) };
        SynEntry {
            tuple,
            handshake: Handshake::from_syn(&Config::default(), SeqNum(0), &Segment::default()),
            ts_offset: 0,
            ts_sent: 0,
            listener: TcpId::from_parts(0, 0),
            created: Micros(0),
            due: Micros(0),
            rexmits: 0,
            unreach: false,
        }
    }

    /// Who knows the key gets one bucket, and with it the half-open sessions in that bucket: those have their cookies.
    #[test]
    fn a_known_key_gets_one_bucket() {
        let mut cache = SynCache::new(SynCacheConfig::default(), &mut Prng::new(1));
        let honest: Vec<_> = (0..2_000).map(entry).collect();
        for entry in &honest {
            cache.insert(Micros(0), entry.clone());
        }
        let target = cache.bucket(&honest[0].tuple);
        let evil = (10_000..).map(entry).filter(|e| cache.bucket(&e.tuple) == target);
        let evil: Vec<_> = evil.take(1_000).collect();
        for entry in evil {
            cache.insert(Micros(1), entry);
        }
        assert_eq!(cache.buckets[usize::from(target)].len(), 30);
        for entry in &honest {
            let elsewhere = cache.bucket(&entry.tuple) != target;
            assert_eq!(cache.contains(&entry.tuple), elsewhere, "{}", entry.tuple);
        }
        assert!(cache.len() <= 2_000 + 30);
        // And not for long: with the last entry the key goes too.
        let before: Vec<_> = honest.iter().map(|e| cache.bucket(&e.tuple)).collect();
        cache.remove_listener(TcpId::from_parts(0, 0));
        assert!(cache.is_empty());
        let now = honest.iter().map(|e| cache.bucket(&e.tuple));
        let moved = before.into_iter().zip(now).filter(|(before, now)| before != now).count();
        assert!(moved > 1_900, "{moved}");
    }
}

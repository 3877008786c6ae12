// SPDX-License-Identifier: Apache-2.0
//! The software TIME_WAIT table: compact records, one age list an MSL class, oldest-first eviction (S-VTW-1, 2, 5 to 9).
//!
//! Lifetime is constant within a class, so each class is a queue in order of expiry: no timer an entry, ageing looks at
//! the head only. Records sit in one array a family and refer to each other by 32-bit index. Unlike the original, a
//! restarted or deleted record returns its slot at once (a doubly linked list instead of two clock hands): replayed
//! FINs cannot fill the table with dead slots. What a segment does to a record is decided in [`toe_tcp::timewait`],
//! shared with the engine's model.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use hashbrown::HashTable;
use toe_tcp::timewait::{MslClass, TimeWaitRecord};
use toe_tcp::{Micros, SeqNum};

use crate::addr::{Endpoint, FourTuple, ScopedAddr};
use crate::iface::IfId;
use crate::rand::{Prng, SipKey};

const NIL: u32 = u32::MAX;
const CLASSES: usize = 4;

/// Sizes and lifetimes.
#[derive(Clone, Copy, Debug)]
pub struct TimeWaitConfig {
    /// Most records of a class and family: remote, local, loopback.
    pub per_class: [u32; 3],
    /// 2·MSL, µs: remote, local, loopback (S-MSLT-1). Changes act on new entries only.
    pub linger: [u64; 3],
    /// With classes off everything is "remote" (S-MSLT-2).
    pub classes: bool,
}

impl Default for TimeWaitConfig {
    fn default() -> Self {
        Self {
            per_class: [65_536, 16_384, 16_384],
            linger: [60_000_000, 10_000_000, 2_000_000],
            classes: true,
        }
    }
}

/// Who closed the session: needed when somebody binds to its port.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// User of the socket.
    pub uid: u32,
    /// It had SO_REUSEPORT.
    pub reuse_port: bool,
}

/// What the table knows of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeWaitEntry {
    /// State.
    pub record: TimeWaitRecord,
    /// End of life, to the millisecond, rounded up: never early.
    pub expires: Micros,
    /// Owner.
    pub owner: Owner,
}

/// An entry with the session that it is of.
#[derive(Clone, Copy, Debug)]
pub struct TimeWaitInfo {
    /// The session.
    pub tuple: FourTuple,
    /// State.
    pub record: TimeWaitRecord,
    /// End of life.
    pub expires: Micros,
    /// Owner.
    pub owner: Owner,
}

/// Counters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct TimeWaitCounters {
    pub inserted: u64,
    pub removed: u64,
    pub expired: u64,
    pub evicted: u64,
    pub restarted: u64,
    pub refused: u64,
}

/// What is compared comes first: it lies in one cache line.
#[derive(Clone, Copy)]
#[repr(C)]
struct Slot<A, Z> {
    local: A,
    remote: A,
    zone: Z,
    lport: u16,
    rport: u16,
    last_win: u16,
    /// Scale in bits 0..4, timestamps in bit 4, reuse_port in bit 5, class in bits 6..8.
    bits: u8,
    expires_high: u8,
    /// Milliseconds, 40 bits: 34 years.
    expires: u32,
    snd_nxt: u32,
    rcv_nxt: u32,
    ts_recent: u32,
    ts_offset: u32,
    uid: u32,
    prev: u32,
    next: u32,
}

impl<A, Z> Slot<A, Z> {
    fn expires(&self) -> Micros {
        Micros((u64::from(self.expires_high) << 32 | u64::from(self.expires)) * 1000)
    }

    fn set_expires(&mut self, at: Micros) {
        // Up: never early.
        let ms = at.0.div_ceil(1000);
        self.expires = ms as u32;
        self.expires_high = (ms >> 32) as u8;
    }

    fn entry(&self) -> TimeWaitEntry {
        TimeWaitEntry {
            record: TimeWaitRecord {
                snd_nxt: SeqNum(self.snd_nxt),
                rcv_nxt: SeqNum(self.rcv_nxt),
                last_win: self.last_win,
                rcv_wscale: self.bits & 0xf,
                ts_ok: self.bits & 0x10 != 0,
                ts_recent: self.ts_recent,
                ts_offset: self.ts_offset,
                class: MslClass::from_id(self.bits >> 6).unwrap_or_default(),
            },
            expires: self.expires(),
            owner: Owner { uid: self.uid, reuse_port: self.bits & 0x20 != 0 },
        }
    }
}

/// A place of the index. The hash stands beside the slot's number: a growing index asks no slot, and a slot whose hash
/// differs is not fetched.
#[derive(Clone, Copy)]
struct Place {
    hash: u32,
    slot: u32,
}

impl Place {
    /// The index takes its buckets from the low bits and its tags from the high ones.
    fn spread(hash: u32) -> u64 {
        u64::from(hash) << 32 | u64::from(hash)
    }
}

/// The zone of an IPv6 session in eight bytes: index + 1, generation.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Zone(u32, u32);

impl Zone {
    fn new(zone: Option<IfId>) -> Self {
        zone.map_or(Self(0, 0), |z| Self(z.index().wrapping_add(1), z.generation()))
    }

    fn id(self) -> Option<IfId> {
        (self.0 != 0).then(|| IfId::from_parts(self.0.wrapping_sub(1), self.1))
    }
}

/// Bytes of a record of each family: the memory the table really takes, index apart.
pub const RECORD_BYTES: (usize, usize) =
    (size_of::<Slot<Ipv4Addr, ()>>(), size_of::<Slot<Ipv6Addr, Zone>>());
const _: () = assert!(RECORD_BYTES.0 <= 48 && RECORD_BYTES.1 <= 80);

trait Family: Sized {
    type Addr: Copy + Eq;
    type Zone: Copy + Eq;
    /// All of a key under the table's own secret, in one piece.
    fn hash(key: &Key<Self>, secret: &SipKey) -> u64;
    fn split(tuple: &FourTuple) -> Option<(Self::Addr, Self::Addr, Self::Zone)>;
    fn join(addr: Self::Addr, zone: Self::Zone) -> ScopedAddr;
}

type Key<F> = (<F as Family>::Addr, <F as Family>::Addr, <F as Family>::Zone, u16, u16);

/// Bytes to hash, stored by whole words: a word that is read back while its pieces are still being stored waits for
/// everything before, and lookups that could overlap do not.
fn words<const N: usize, const B: usize>(words: [u64; N]) -> [u8; B] {
    let mut bytes = [0; B];
    for (place, word) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(words) {
        *place = word.to_le_bytes();
    }
    bytes
}

fn ports(local: u16, remote: u16) -> u64 {
    u64::from(local) << 16 | u64::from(remote)
}

struct V4;
struct V6;

impl Family for V4 {
    type Addr = Ipv4Addr;
    type Zone = ();
    fn hash((local, remote, (), lport, rport): &Key<Self>, secret: &SipKey) -> u64 {
        let addrs = u64::from(local.to_bits()) << 32 | u64::from(remote.to_bits());
        secret.hash13(&words::<2, 16>([addrs, ports(*lport, *rport)])[..12])
    }
    fn split(t: &FourTuple) -> Option<(Ipv4Addr, Ipv4Addr, ())> {
        match (t.local.addr.ip(), t.remote.addr.ip()) {
            (IpAddr::V4(l), IpAddr::V4(r)) => Some((l, r, ())),
            _ => None,
        }
    }
    fn join(addr: Ipv4Addr, (): ()) -> ScopedAddr {
        addr.into()
    }
}

impl Family for V6 {
    type Addr = Ipv6Addr;
    type Zone = Zone;
    fn hash((local, remote, zone, lport, rport): &Key<Self>, secret: &SipKey) -> u64 {
        let [local, remote] = [local, remote].map(|a| a.to_bits());
        let halves = |a: u128| [(a >> 64) as u64, a as u64];
        let ([l0, l1], [r0, r1]) = (halves(local), halves(remote));
        let rest = u64::from(zone.0) << 32 | ports(*lport, *rport);
        secret.hash13(&words::<6, 48>([l0, l1, r0, r1, rest, zone.1.into()])[..44])
    }
    fn split(t: &FourTuple) -> Option<(Ipv6Addr, Ipv6Addr, Zone)> {
        match (t.local.addr.ip(), t.remote.addr.ip()) {
            (IpAddr::V6(l), IpAddr::V6(r)) => {
                Some((l, r, Zone::new(t.local.addr.zone().or(t.remote.addr.zone()))))
            }
            _ => None,
        }
    }
    fn join(addr: Ipv6Addr, zone: Zone) -> ScopedAddr {
        // A record is only made from a valid tuple, so a zone is there where one is needed.
        match zone.id() {
            Some(zone) => ScopedAddr::on(addr.into(), zone),
            None => ScopedAddr::global(addr).unwrap_or_else(|_| Ipv4Addr::UNSPECIFIED.into()),
        }
    }
}

struct Table<F: Family> {
    slots: Vec<Slot<F::Addr, F::Zone>>,
    free: u32,
    index: HashTable<Place>,
    secret: SipKey,
    head: [u32; CLASSES],
    tail: [u32; CLASSES],
    count: [u32; CLASSES],
}

impl<F: Family> Table<F> {
    fn new(secret: SipKey) -> Self {
        Self {
            slots: Vec::new(),
            free: NIL,
            index: HashTable::new(),
            secret,
            head: [NIL; CLASSES],
            tail: [NIL; CLASSES],
            count: [0; CLASSES],
        }
    }

    fn key(slot: &Slot<F::Addr, F::Zone>) -> Key<F> {
        (slot.local, slot.remote, slot.zone, slot.lport, slot.rport)
    }

    fn hash(&self, key: &Key<F>) -> u32 {
        F::hash(key, &self.secret) as u32
    }

    fn find(&self, tuple: &FourTuple) -> Option<u32> {
        if self.index.is_empty() {
            return None;
        }
        let (local, remote, zone) = F::split(tuple)?;
        let key = (local, remote, zone, tuple.local.port, tuple.remote.port);
        self.find_key(self.hash(&key), &key)
    }

    fn find_key(&self, hash: u32, key: &Key<F>) -> Option<u32> {
        let same = |p: &Place| {
            p.hash == hash && self.slots.get(p.slot as usize).is_some_and(|s| Self::key(s) == *key)
        };
        self.index.find(Place::spread(hash), same).map(|p| p.slot)
    }

    fn get(&self, tuple: &FourTuple) -> Option<TimeWaitEntry> {
        self.slots.get(self.find(tuple)? as usize).map(Slot::entry)
    }

    fn class(slot: &Slot<F::Addr, F::Zone>) -> usize {
        usize::from(slot.bits >> 6)
    }

    fn link_tail(&mut self, index: u32) {
        let class = Self::class(&self.slots[index as usize]);
        let tail = self.tail[class];
        self.slots[index as usize].prev = tail;
        self.slots[index as usize].next = NIL;
        match self.slots.get_mut(tail as usize) {
            Some(t) => t.next = index,
            None => self.head[class] = index,
        }
        self.tail[class] = index;
        self.count[class] += 1;
    }

    fn unlink(&mut self, index: u32) {
        let slot = self.slots[index as usize];
        let class = Self::class(&slot);
        match self.slots.get_mut(slot.prev as usize) {
            Some(p) => p.next = slot.next,
            None => self.head[class] = slot.next,
        }
        match self.slots.get_mut(slot.next as usize) {
            Some(n) => n.prev = slot.prev,
            None => self.tail[class] = slot.prev,
        }
        self.count[class] -= 1;
    }

    /// Puts an entry in, at most `capacity` of its class: what was there of the same session, and what had to make
    /// room.
    fn insert(
        &mut self,
        tuple: &FourTuple,
        entry: &TimeWaitEntry,
        capacity: u32,
    ) -> (bool, Option<TimeWaitInfo>) {
        let TimeWaitEntry { record, expires, owner } = entry;
        let Some((local, remote, zone)) = F::split(tuple) else { return (false, None) };
        let mut slot = Slot {
            local,
            remote,
            zone,
            expires: 0,
            snd_nxt: record.snd_nxt.0,
            rcv_nxt: record.rcv_nxt.0,
            ts_recent: record.ts_recent,
            ts_offset: record.ts_offset,
            uid: owner.uid,
            prev: NIL,
            next: NIL,
            lport: tuple.local.port,
            rport: tuple.remote.port,
            last_win: record.last_win,
            bits: (record.rcv_wscale & 0xf)
                | u8::from(record.ts_ok) << 4
                | u8::from(owner.reuse_port) << 5
                | record.class.id() << 6,
            expires_high: 0,
        };
        slot.set_expires(*expires);
        let key = Self::key(&slot);
        let hash = self.hash(&key);
        let replaced = self.find_key(hash, &key);
        if let Some(old) = replaced {
            self.remove(old);
        }
        let class = Self::class(&slot);
        let full = self.count[class] >= capacity;
        let evicted = full.then(|| self.remove(self.head[class]));
        let index = if let Some(free) = self.slots.get(self.free as usize) {
            let index = self.free;
            self.free = free.next;
            self.slots[index as usize] = slot;
            index
        } else {
            let index = u32::try_from(self.slots.len()).unwrap_or(NIL);
            self.slots.push(slot);
            index
        };
        let place = Place { hash, slot: index };
        self.index.insert_unique(Place::spread(hash), place, |p| Place::spread(p.hash));
        self.link_tail(index);
        (replaced.is_some(), evicted)
    }

    fn remove(&mut self, index: u32) -> TimeWaitInfo {
        let slot = self.slots[index as usize];
        let hash = self.hash(&Self::key(&slot));
        if let Ok(entry) = self.index.find_entry(Place::spread(hash), |p| p.slot == index) {
            entry.remove();
        }
        self.unlink(index);
        self.slots[index as usize].next = self.free;
        self.free = index;
        Self::describe(&slot)
    }

    fn describe(slot: &Slot<F::Addr, F::Zone>) -> TimeWaitInfo {
        let TimeWaitEntry { record, expires, owner } = slot.entry();
        let end = |addr, port| Endpoint::new(F::join(addr, slot.zone), port);
        let tuple =
            FourTuple { local: end(slot.local, slot.lport), remote: end(slot.remote, slot.rport) };
        TimeWaitInfo { tuple, record, expires, owner }
    }

    /// Puts the lists of age in order again, after entries that are not the youngest were put in.
    fn resort(&mut self) {
        for class in 0..CLASSES {
            let mut order = Vec::new();
            let mut at = self.head[class];
            while let Some(slot) = self.slots.get(at as usize) {
                order.push(at);
                at = slot.next;
            }
            // Two runs in order each: cheap to merge.
            order.sort_by_key(|i| self.slots.get(*i as usize).map(Slot::expires));
            for i in &order {
                self.unlink(*i);
            }
            for i in &order {
                self.link_tail(*i);
            }
        }
    }

    fn next_deadline(&self) -> Option<Micros> {
        self.head.iter().filter_map(|h| self.slots.get(*h as usize)).map(Slot::expires).min()
    }

    fn due(&self, now: Micros) -> Option<u32> {
        self.head
            .iter()
            .copied()
            .find(|h| self.slots.get(*h as usize).is_some_and(|s| s.expires() <= now))
    }
}

/// The table, both families.
pub struct TimeWaitTable {
    config: TimeWaitConfig,
    v4: Table<V4>,
    v6: Table<V6>,
    /// Counters.
    pub counters: TimeWaitCounters,
}

impl TimeWaitTable {
    /// An empty table; its hash keys come from `rng`.
    #[must_use]
    pub fn new(config: TimeWaitConfig, rng: &mut Prng) -> Self {
        Self {
            config,
            v4: Table::new(rng.key()),
            v6: Table::new(rng.key()),
            counters: TimeWaitCounters::default(),
        }
    }

    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.v4.index.len() + self.v6.index.len()
    }

    /// Whether there are none; then the table costs nothing and has no timer.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Linger of a class.
    #[must_use]
    pub fn linger(&self, class: MslClass) -> Micros {
        Micros(match class {
            MslClass::None | MslClass::Remote => self.config.linger[0],
            MslClass::Local => self.config.linger[1],
            MslClass::Loopback => self.config.linger[2],
        })
    }

    fn capacity(&self, class: MslClass) -> u32 {
        match class {
            MslClass::None | MslClass::Remote => self.config.per_class[0],
            MslClass::Local => self.config.per_class[1],
            MslClass::Loopback => self.config.per_class[2],
        }
    }

    /// The entry of a session.
    #[must_use]
    pub fn get(&self, tuple: &FourTuple) -> Option<TimeWaitEntry> {
        if tuple.is_ipv6() { self.v6.get(tuple) } else { self.v4.get(tuple) }
    }

    /// All entries, in no order.
    pub fn iter(&self) -> impl Iterator<Item = TimeWaitInfo> {
        let v4 =
            self.v4.index.iter().map(|p| Table::<V4>::describe(&self.v4.slots[p.slot as usize]));
        let v6 =
            self.v6.index.iter().map(|p| Table::<V6>::describe(&self.v6.slots[p.slot as usize]));
        v4.chain(v6)
    }

    /// Puts a closed session in; gives the entry that had to make room (the oldest of its class), or the new one
    /// itself if the class has no capacity.
    #[allow(clippy::result_unit_err, clippy::missing_errors_doc)]
    pub fn insert(
        &mut self,
        now: Micros,
        tuple: &FourTuple,
        mut record: TimeWaitRecord,
        owner: Owner,
    ) -> Result<Option<TimeWaitInfo>, ()> {
        if !self.config.classes {
            record.class = MslClass::None;
        }
        let capacity = self.capacity(record.class);
        if capacity == 0 {
            self.counters.refused += 1;
            return Err(());
        }
        let entry = TimeWaitEntry { record, expires: now + self.linger(record.class), owner };
        Ok(self.put(tuple, &entry, capacity))
    }

    /// Puts an entry into the table of its family; gives what had to make room.
    fn put(
        &mut self,
        tuple: &FourTuple,
        entry: &TimeWaitEntry,
        capacity: u32,
    ) -> Option<TimeWaitInfo> {
        let (replaced, evicted) = if tuple.is_ipv6() {
            self.v6.insert(tuple, entry, capacity)
        } else {
            self.v4.insert(tuple, entry, capacity)
        };
        self.counters.removed += u64::from(replaced);
        self.counters.evicted += u64::from(evicted.is_some());
        self.counters.inserted += 1;
        evicted
    }

    /// Takes entries of another table in, their ends as they are; gives what had to make room.
    pub(crate) fn adopt(&mut self, entries: &[TimeWaitInfo]) -> Vec<TimeWaitInfo> {
        let mut evicted = Vec::new();
        for TimeWaitInfo { tuple, record, expires, owner } in entries {
            let entry = TimeWaitEntry { record: *record, expires: *expires, owner: *owner };
            evicted.extend(self.put(tuple, &entry, self.capacity(record.class)));
        }
        self.v4.resort();
        self.v6.resort();
        evicted
    }

    /// Takes an entry out.
    pub fn remove(&mut self, tuple: &FourTuple) -> Option<TimeWaitInfo> {
        let gone = if tuple.is_ipv6() {
            self.v6.find(tuple).map(|i| self.v6.remove(i))
        } else {
            self.v4.find(tuple).map(|i| self.v4.remove(i))
        };
        self.counters.removed += u64::from(gone.is_some());
        gone
    }

    /// Starts 2·MSL anew, same class.
    pub(crate) fn restart(&mut self, now: Micros, tuple: &FourTuple) {
        fn again<F: Family>(
            table: &mut Table<F>,
            tuple: &FourTuple,
            expires: impl Fn(MslClass) -> Micros,
        ) -> bool {
            let Some(i) = table.find(tuple) else { return false };
            let class = MslClass::from_id(table.slots[i as usize].bits >> 6).unwrap_or_default();
            table.unlink(i);
            table.slots[i as usize].set_expires(expires(class));
            table.link_tail(i);
            true
        }
        let linger = [MslClass::None, MslClass::Remote, MslClass::Local, MslClass::Loopback]
            .map(|c| self.linger(c));
        let expires = |c: MslClass| now + linger[usize::from(c.id())];
        let done = if tuple.is_ipv6() {
            again(&mut self.v6, tuple, expires)
        } else {
            again(&mut self.v4, tuple, expires)
        };
        self.counters.restarted += u64::from(done);
    }

    /// Takes one entry out whose time is over; never early.
    pub fn pop_expired(&mut self, now: Micros) -> Option<TimeWaitInfo> {
        if self.is_empty() {
            return None;
        }
        let gone = if let Some(i) = self.v4.due(now) {
            self.v4.remove(i)
        } else {
            let i = self.v6.due(now)?;
            self.v6.remove(i)
        };
        self.counters.expired += 1;
        Some(gone)
    }

    pub(crate) fn next_deadline(&self) -> Option<Micros> {
        if self.is_empty() {
            return None;
        }
        crate::stack::earliest(self.v4.next_deadline(), self.v6.next_deadline())
    }
}

#[cfg(test)]
#[path = "timewait_tests.rs"]
mod tests;

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

/// One TIME_WAIT entry for display.
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

#[derive(Clone, Copy)]
struct Slot<A, Z> {
    local: A,
    remote: A,
    expires: u64,
    snd_nxt: u32,
    rcv_nxt: u32,
    ts_recent: u32,
    ts_offset: u32,
    uid: u32,
    prev: u32,
    next: u32,
    lport: u16,
    rport: u16,
    last_win: u16,
    /// Scale in bits 0..4, timestamps in bit 4, reuse_port in bit 5, class in bits 6..8.
    bits: u8,
    zone: Z,
}

/// Bytes of a record of each family: the memory the table really takes, index apart.
pub const RECORD_BYTES: (usize, usize) =
    (size_of::<Slot<Ipv4Addr, ()>>(), size_of::<Slot<Ipv6Addr, Option<IfId>>>());
const _: () = assert!(RECORD_BYTES.0 <= 64 && RECORD_BYTES.1 <= 88);

trait Family: Sized {
    type Addr: Copy + Eq;
    type Zone: Copy + Eq;
    /// All of a key under the table's own secret, in one piece.
    fn hash(key: &Key<Self>, secret: &SipKey) -> u64;
    fn split(tuple: &FourTuple) -> Option<(Self::Addr, Self::Addr, Self::Zone)>;
    fn join(addr: Self::Addr, zone: Self::Zone) -> ScopedAddr;
}

type Key<F> = (<F as Family>::Addr, <F as Family>::Addr, <F as Family>::Zone, u16, u16);

fn put(to: &mut [u8], at: &mut usize, bytes: &[u8]) {
    to[*at..*at + bytes.len()].copy_from_slice(bytes);
    *at += bytes.len();
}

struct V4;
struct V6;

impl Family for V4 {
    type Addr = Ipv4Addr;
    type Zone = ();
    fn hash((local, remote, (), lport, rport): &Key<Self>, secret: &SipKey) -> u64 {
        let mut bytes = [0; 12];
        let mut at = 0;
        put(&mut bytes, &mut at, &local.octets());
        put(&mut bytes, &mut at, &remote.octets());
        put(&mut bytes, &mut at, &lport.to_ne_bytes());
        put(&mut bytes, &mut at, &rport.to_ne_bytes());
        secret.hash13(&bytes)
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
    type Zone = Option<IfId>;
    fn hash((local, remote, zone, lport, rport): &Key<Self>, secret: &SipKey) -> u64 {
        let mut bytes = [0; 44];
        let mut at = 0;
        put(&mut bytes, &mut at, &local.octets());
        put(&mut bytes, &mut at, &remote.octets());
        put(&mut bytes, &mut at, &lport.to_ne_bytes());
        put(&mut bytes, &mut at, &rport.to_ne_bytes());
        if let Some(zone) = zone {
            put(&mut bytes, &mut at, &zone.index().wrapping_add(1).to_ne_bytes());
            put(&mut bytes, &mut at, &zone.generation().to_ne_bytes());
        }
        secret.hash13(&bytes)
    }
    fn split(t: &FourTuple) -> Option<(Ipv6Addr, Ipv6Addr, Option<IfId>)> {
        match (t.local.addr.ip(), t.remote.addr.ip()) {
            (IpAddr::V6(l), IpAddr::V6(r)) => {
                Some((l, r, t.local.addr.zone().or(t.remote.addr.zone())))
            }
            _ => None,
        }
    }
    fn join(addr: Ipv6Addr, zone: Option<IfId>) -> ScopedAddr {
        // A record is only made from a valid tuple, so a zone is there where one is needed.
        match zone {
            Some(zone) => ScopedAddr::on(addr.into(), zone),
            None => ScopedAddr::global(addr).unwrap_or_else(|_| Ipv4Addr::UNSPECIFIED.into()),
        }
    }
}

struct Table<F: Family> {
    slots: Vec<Slot<F::Addr, F::Zone>>,
    free: u32,
    index: HashTable<u32>,
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

    fn find(&self, tuple: &FourTuple) -> Option<u32> {
        if self.index.is_empty() {
            return None;
        }
        let (local, remote, zone) = F::split(tuple)?;
        let key = (local, remote, zone, tuple.local.port, tuple.remote.port);
        let hash = F::hash(&key, &self.secret);
        self.index
            .find(hash, |i| self.slots.get(*i as usize).is_some_and(|s| Self::key(s) == key))
            .copied()
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

    fn insert(
        &mut self,
        tuple: &FourTuple,
        record: &TimeWaitRecord,
        expires: Micros,
        owner: Owner,
    ) -> bool {
        let Some((local, remote, zone)) = F::split(tuple) else { return false };
        let slot = Slot {
            local,
            remote,
            zone,
            expires: expires.0,
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
        };
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
        let (slots, secret) = (&self.slots, &self.secret);
        let hash = |slot: &Slot<F::Addr, F::Zone>| F::hash(&Self::key(slot), secret);
        self.index.insert_unique(hash(&slot), index, |i| hash(&slots[*i as usize]));
        self.link_tail(index);
        true
    }

    fn remove(&mut self, index: u32) -> TimeWaitInfo {
        let slot = self.slots[index as usize];
        let hash = F::hash(&Self::key(&slot), &self.secret);
        if let Ok(entry) = self.index.find_entry(hash, |i| *i == index) {
            entry.remove();
        }
        self.unlink(index);
        self.slots[index as usize].next = self.free;
        self.free = index;
        Self::describe(&slot)
    }

    fn describe(slot: &Slot<F::Addr, F::Zone>) -> TimeWaitInfo {
        TimeWaitInfo {
            tuple: FourTuple {
                local: Endpoint::new(F::join(slot.local, slot.zone), slot.lport),
                remote: Endpoint::new(F::join(slot.remote, slot.zone), slot.rport),
            },
            record: TimeWaitRecord {
                snd_nxt: SeqNum(slot.snd_nxt),
                rcv_nxt: SeqNum(slot.rcv_nxt),
                last_win: slot.last_win,
                rcv_wscale: slot.bits & 0xf,
                ts_ok: slot.bits & 0x10 != 0,
                ts_recent: slot.ts_recent,
                ts_offset: slot.ts_offset,
                class: MslClass::from_id(slot.bits >> 6).unwrap_or_default(),
            },
            expires: Micros(slot.expires),
            owner: Owner { uid: slot.uid, reuse_port: slot.bits & 0x20 != 0 },
        }
    }

    fn next_deadline(&self) -> Option<Micros> {
        self.head
            .iter()
            .filter_map(|h| self.slots.get(*h as usize))
            .map(|s| Micros(s.expires))
            .min()
    }

    fn due(&self, now: Micros) -> Option<u32> {
        self.head
            .iter()
            .copied()
            .find(|h| self.slots.get(*h as usize).is_some_and(|s| s.expires <= now.0))
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
    pub fn get(&self, tuple: &FourTuple) -> Option<TimeWaitInfo> {
        if tuple.is_ipv6() {
            let i = self.v6.find(tuple)?;
            Some(Table::<V6>::describe(&self.v6.slots[i as usize]))
        } else {
            let i = self.v4.find(tuple)?;
            Some(Table::<V4>::describe(&self.v4.slots[i as usize]))
        }
    }

    /// All entries, in no order.
    pub fn iter(&self) -> impl Iterator<Item = TimeWaitInfo> {
        let v4 = self.v4.index.iter().map(|i| Table::<V4>::describe(&self.v4.slots[*i as usize]));
        let v6 = self.v6.index.iter().map(|i| Table::<V6>::describe(&self.v6.slots[*i as usize]));
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
        self.remove(tuple);
        let class = usize::from(record.class.id());
        let (count, oldest) = if tuple.is_ipv6() {
            (self.v6.count[class], self.v6.head[class])
        } else {
            (self.v4.count[class], self.v4.head[class])
        };
        let evicted = (count >= capacity).then(|| {
            self.counters.evicted += 1;
            if tuple.is_ipv6() { self.v6.remove(oldest) } else { self.v4.remove(oldest) }
        });
        let expires = now + self.linger(record.class);
        if tuple.is_ipv6() {
            self.v6.insert(tuple, &record, expires, owner);
        } else {
            self.v4.insert(tuple, &record, expires, owner);
        }
        self.counters.inserted += 1;
        Ok(evicted)
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
            table.slots[i as usize].expires = expires(class).0;
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

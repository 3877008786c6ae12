// SPDX-License-Identifier: Apache-2.0
//! Longest-prefix match: a trie that is changed, and a flat form of it that is looked up (S-LNX-1).
//!
//! The flat form is DIR-24-8 (Gupta, Lin, McKeown 1998) for both families: 24 bits index a page, 8 more a chunk where
//! the page is not enough. IPv6 addresses go through the same 32 bits; what is longer ends in a sorted array of ranges.
//! Pages, chunks and values hang in shallow trees of `Arc`s, so a copy of a [`LpmTable`] is a few hundred reference
//! counts, an immutable snapshot, and a change afterwards copies one page. Readers see a change whole or not at all.
//!
//! How a change finds what it must touch: within the range of a new prefix, exactly the entries that hold the value of
//! the longest shorter prefix (its cover) are the new prefix's; removing it puts the cover back. No entry needs to know
//! how long its prefix is.

use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::sync::Arc;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use prefix_trie::PrefixMap;

/// Entry: nothing matches.
const NONE: u32 = 0;
/// Entries below this are value slots; above, the two bits say what the rest is an index of.
const CHUNK: u32 = 1 << 30;
const TAIL: u32 = 2 << 30;
const INDEX: u32 = CHUNK - 1;

const PAGE_BITS: u32 = 12;
const FAN: usize = 64;

type Page = [u32; 1 << PAGE_BITS];
type Chunk = [u32; 256];

/// What follows 32 bits of an IPv6 address: ranges by their first address, ascending, the first at 0.
#[derive(Clone)]
enum Tail {
    /// No prefix is longer than 64: bits 32 to 63 decide.
    Short(Box<[(u32, u32)]>),
    /// Bits 32 to 127.
    Long(Box<[(u128, u32)]>),
}

impl Tail {
    fn find(&self, rest: u128) -> u32 {
        match self {
            Self::Short(ranges) => {
                let key = (rest >> 64) as u32;
                // The first range begins at 0, so there is always one before.
                ranges[ranges.partition_point(|r| r.0 <= key).saturating_sub(1)].1
            }
            Self::Long(ranges) => {
                ranges[ranges.partition_point(|r| r.0 <= rest).saturating_sub(1)].1
            }
        }
    }

    fn replace(&mut self, from: u32, to: u32) {
        let swap = |entry: &mut u32| {
            if *entry == from {
                *entry = to;
            }
        };
        match self {
            Self::Short(ranges) => ranges.iter_mut().for_each(|r| swap(&mut r.1)),
            Self::Long(ranges) => ranges.iter_mut().for_each(|r| swap(&mut r.1)),
        }
    }
}

type Leaf<T> = Arc<[T; FAN]>;

/// A vector whose copies share what is equal: 64 elements a leaf, 64 leaves a branch.
#[derive(Clone)]
struct CowVec<T> {
    root: Vec<Arc<[Leaf<T>; FAN]>>,
    free: Vec<u32>,
    next: u32,
}

impl<T: Clone + Default> CowVec<T> {
    fn new(first: u32) -> Self {
        Self { root: Vec::new(), free: Vec::new(), next: first }
    }

    fn get(&self, index: u32) -> Option<&T> {
        let at = index as usize;
        let branch = self.root.get(at / (FAN * FAN))?;
        Some(&branch[at / FAN % FAN][at % FAN])
    }

    fn get_mut(&mut self, index: u32) -> Option<&mut T> {
        let at = index as usize;
        let branch = Arc::make_mut(self.root.get_mut(at / (FAN * FAN))?);
        Some(&mut Arc::make_mut(&mut branch[at / FAN % FAN])[at % FAN])
    }

    /// A place for `value`; `None` when all indexes are taken.
    fn insert(&mut self, value: T) -> Option<u32> {
        let index = match self.free.pop() {
            Some(index) => index,
            None if self.next > INDEX => return None,
            None => {
                self.next += 1;
                self.next - 1
            }
        };
        while index as usize >= self.root.len() * FAN * FAN {
            let leaf: Leaf<T> = Arc::new(std::array::from_fn(|_| T::default()));
            self.root.push(Arc::new(std::array::from_fn(|_| Arc::clone(&leaf))));
        }
        *self.get_mut(index)? = value;
        Some(index)
    }

    fn remove(&mut self, index: u32) {
        if let Some(place) = self.get_mut(index) {
            *place = T::default();
            self.free.push(index);
        }
    }

    /// The elements, without the bookkeeping that only the writer needs.
    fn share(&self) -> Self {
        Self { root: self.root.clone(), free: Vec::new(), next: self.next }
    }
}

type Chunks = CowVec<Option<Arc<Chunk>>>;
type Tails = CowVec<Option<Arc<Tail>>>;

/// 24 bits to an entry; `None` until there is anything.
type Root = Option<Arc<[Arc<[Arc<Page>; FAN]>; FAN]>>;

/// The first 32 bits of an address, of either family.
#[derive(Clone)]
struct Dir {
    root: Root,
    chunks: Chunks,
}

impl Dir {
    fn new() -> Self {
        Self { root: None, chunks: CowVec::new(0) }
    }

    fn share(&self) -> Self {
        Self { root: self.root.clone(), chunks: self.chunks.share() }
    }

    fn entry(&self, top: u32) -> u32 {
        let Some(root) = &self.root else { return NONE };
        let page = &root[(top >> 26) as usize][(top >> 20) as usize % FAN];
        let entry = page[(top >> 8) as usize & ((1 << PAGE_BITS) - 1)];
        if entry & CHUNK == 0 {
            return entry;
        }
        match self.chunks.get(entry & INDEX) {
            Some(Some(chunk)) => chunk[(top & 0xff) as usize],
            _ => NONE,
        }
    }

    /// Calls `change` for every page that has addresses of the block `first..=last`, with the entries concerned.
    fn each_page(
        &mut self,
        first: u32,
        last: u32,
        mut change: impl FnMut(&mut Arc<Page>, RangeInclusive<usize>, &mut Chunks),
    ) {
        let root = self.root.get_or_insert_with(|| {
            let page: Arc<Page> = Arc::new([NONE; 1 << PAGE_BITS]);
            let branch = Arc::new(std::array::from_fn(|_| Arc::clone(&page)));
            Arc::new(std::array::from_fn(|_| Arc::clone(&branch)))
        });
        let mask = (1 << PAGE_BITS) - 1;
        // Neighbours that are one in memory stay one: a default route costs one page, not 4,096.
        let mut branch_was = Memo(None);
        for (b, branch) in Arc::make_mut(root).iter_mut().enumerate() {
            let base = (b as u32) << 26;
            if base | 0x3ff_ffff < first || base > last {
                continue;
            }
            let whole = first <= base && base | 0x3ff_ffff <= last;
            branch_was.apply(whole, branch, |branch| {
                let mut page_was = Memo(None);
                for (p, page) in Arc::make_mut(branch).iter_mut().enumerate() {
                    let base = base | (p as u32) << 20;
                    if base | 0xf_ffff < first || base > last {
                        continue;
                    }
                    let whole = first <= base && base | 0xf_ffff <= last;
                    let from = if base < first { first >> 8 & mask } else { 0 };
                    let to = if base | 0xf_ffff > last { last >> 8 & mask } else { mask };
                    let range = from as usize..=to as usize;
                    page_was.apply(whole, page, |page| change(page, range, &mut self.chunks));
                }
            });
        }
    }
}

/// What the last one was, and what it became.
struct Memo<T>(Option<(Arc<T>, Arc<T>)>);

impl<T> Memo<T> {
    fn apply(&mut self, whole: bool, it: &mut Arc<T>, change: impl FnOnce(&mut Arc<T>)) {
        if !whole {
            change(it);
            return;
        }
        match &self.0 {
            Some((before, after)) if Arc::ptr_eq(before, it) => *it = Arc::clone(after),
            _ => {
                let before = Arc::clone(it);
                change(it);
                self.0 = Some((before, Arc::clone(it)));
            }
        }
    }
}

/// A table as readers have it: immutable, cheap to copy.
#[derive(Clone)]
pub struct LpmTable<V> {
    v4: Dir,
    v6: Dir,
    tails: Tails,
    values: CowVec<Option<V>>,
    len: usize,
}

impl<V: Clone> Default for LpmTable<V> {
    fn default() -> Self {
        // Slot 0 means that nothing matches.
        Self {
            v4: Dir::new(),
            v6: Dir::new(),
            tails: CowVec::new(0),
            values: CowVec::new(1),
            len: 0,
        }
    }
}

impl<V: Clone> LpmTable<V> {
    /// The value of the longest prefix that contains `dst`.
    #[must_use]
    pub fn lookup(&self, dst: IpAddr) -> Option<&V> {
        match dst {
            IpAddr::V4(a) => self.lookup4(a.to_bits()),
            IpAddr::V6(a) => self.lookup6(a.to_bits()),
        }
    }

    /// The same for the bits of an IPv4 address.
    #[must_use]
    pub fn lookup4(&self, dst: u32) -> Option<&V> {
        self.value(self.v4.entry(dst))
    }

    /// The same for the bits of an IPv6 address.
    #[must_use]
    pub fn lookup6(&self, dst: u128) -> Option<&V> {
        self.value(self.slot6(dst))
    }

    fn slot6(&self, dst: u128) -> u32 {
        let entry = self.v6.entry((dst >> 96) as u32);
        if entry < TAIL {
            return entry;
        }
        match self.tails.get(entry & INDEX) {
            Some(Some(tail)) => tail.find(dst << 32 >> 32),
            _ => NONE,
        }
    }

    fn value(&self, slot: u32) -> Option<&V> {
        if slot == NONE { None } else { self.values.get(slot)?.as_ref() }
    }

    /// Number of prefixes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no prefix.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The values of all prefixes, in no order.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        let slots = self.values.root.iter().flat_map(|branch| branch.iter());
        slots.flat_map(|leaf| leaf.iter()).filter_map(Option::as_ref)
    }
}

/// The writer's side: prefixes in a trie, and the table compiled from it, changed together.
pub struct LpmBuilder<V> {
    v4: PrefixMap<Ipv4Net, u32>,
    v6: PrefixMap<Ipv6Net, u32>,
    table: LpmTable<V>,
}

/// The table is full: 2³⁰ prefixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no room for another prefix: remove some")]
pub struct TableFull;

impl<V: Clone> Default for LpmBuilder<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: Clone> LpmBuilder<V> {
    /// Without any prefix.
    #[must_use]
    pub fn new() -> Self {
        Self { v4: PrefixMap::new(), v6: PrefixMap::new(), table: LpmTable::default() }
    }

    /// The table, to look up in place.
    #[must_use]
    pub fn table(&self) -> &LpmTable<V> {
        &self.table
    }

    /// An immutable copy for readers elsewhere.
    #[must_use]
    pub fn snapshot(&self) -> LpmTable<V> {
        let t = &self.table;
        LpmTable {
            v4: t.v4.share(),
            v6: t.v6.share(),
            tails: t.tails.share(),
            values: t.values.share(),
            len: t.len,
        }
    }

    /// The value of exactly this prefix.
    #[must_use]
    pub fn get(&self, prefix: IpNet) -> Option<&V> {
        let slot = match prefix {
            IpNet::V4(p) => self.v4.get(&p),
            IpNet::V6(p) => self.v6.get(&p),
        };
        self.table.value(*slot?)
    }

    /// The values of all prefixes that contain `dst`, shortest first.
    pub fn cover(&self, dst: IpAddr) -> impl Iterator<Item = &V> {
        let (v4, v6) = match dst {
            IpAddr::V4(a) => (Some(self.v4.cover_values(&Ipv4Net::from(a))), None),
            IpAddr::V6(a) => (None, Some(self.v6.cover_values(&Ipv6Net::from(a)))),
        };
        let slots = v4.into_iter().flatten().chain(v6.into_iter().flatten());
        slots.filter_map(|slot| self.table.value(*slot))
    }

    /// Gives `prefix` a value; the one it had before comes back.
    ///
    /// # Errors
    /// [`TableFull`].
    pub fn insert(&mut self, prefix: IpNet, value: V) -> Result<Option<V>, TableFull> {
        let prefix = prefix.trunc();
        let slot = match prefix {
            IpNet::V4(p) => self.v4.get(&p),
            IpNet::V6(p) => self.v6.get(&p),
        };
        if let Some(slot) = slot.copied() {
            // Same prefix, same slot: the flat form need not change.
            return Ok(self.table.values.get_mut(slot).and_then(|place| place.replace(value)));
        }
        let slot = self.table.values.insert(Some(value)).ok_or(TableFull)?;
        self.table.len += 1;
        match prefix {
            IpNet::V4(p) => {
                let cover = self.v4.get_lpm(&p).map_or(NONE, |(_, slot)| *slot);
                self.v4.insert(p, slot);
                self.table.replace4(p, cover, slot);
            }
            IpNet::V6(p) => {
                let cover = self.v6.get_lpm(&p).map_or(NONE, |(_, slot)| *slot);
                self.v6.insert(p, slot);
                self.replace6(p, cover, slot);
            }
        }
        Ok(None)
    }

    /// Forgets `prefix`; its value comes back.
    pub fn remove(&mut self, prefix: IpNet) -> Option<V> {
        let prefix = prefix.trunc();
        let slot = match prefix {
            IpNet::V4(p) => {
                let slot = self.v4.remove(&p)?;
                let cover = self.v4.get_lpm(&p).map_or(NONE, |(_, slot)| *slot);
                self.table.replace4(p, slot, cover);
                slot
            }
            IpNet::V6(p) => {
                let slot = self.v6.remove(&p)?;
                let cover = self.v6.get_lpm(&p).map_or(NONE, |(_, slot)| *slot);
                self.replace6(p, slot, cover);
                slot
            }
        };
        self.table.len -= 1;
        let gone = self.table.values.get(slot).cloned().flatten();
        self.table.values.remove(slot);
        gone
    }

    fn replace6(&mut self, prefix: Ipv6Net, from: u32, to: u32) {
        let bits = prefix.network().to_bits();
        let (top, len) = ((bits >> 96) as u32, prefix.prefix_len());
        let LpmTable { v6, tails, .. } = &mut self.table;
        if len <= 32 {
            v6.replace(top, len, from, to, tails);
        } else {
            // What lies below these 32 bits is written anew: an allocation's worth of prefixes, rarely many.
            let entry = tail_of(&self.v6, top);
            let old = v6.entry(top);
            if old >= TAIL {
                tails.remove(old & INDEX);
            }
            let entry = match entry {
                Ok(tail) => tails.insert(Some(Arc::new(tail))).map_or(NONE, |i| TAIL | i),
                Err(slot) => slot,
            };
            v6.set(top, entry);
        }
    }
}

/// The ranges behind the 32 bits `top`, or the one value that all of them have.
fn tail_of(trie: &PrefixMap<Ipv6Net, u32>, top: u32) -> Result<Tail, u32> {
    let net = Ipv6Net::new_assert((u128::from(top) << 96).into(), 32);
    let outer = trie.get_lpm(&net).map_or(NONE, |(_, slot)| *slot);
    let mut ranges = vec![(0u128, outer)];
    let mut put = |at: u128, slot: u32| match ranges.last_mut() {
        Some(last) if last.0 == at => last.1 = slot,
        _ => ranges.push((at, slot)),
    };
    // Prefixes that are open, innermost last: the address after each, and its slot.
    let mut open: Vec<(u128, u32)> = Vec::new();
    let end = 1u128 << 96;
    let mut longest = 32;
    // Children come in order of address, shorter prefixes first.
    let children = trie.children(&net).filter(|(p, _)| p.prefix_len() > 32);
    let blocks = children.map(|(p, slot)| {
        longest = longest.max(p.prefix_len());
        let first = p.network().to_bits() << 32 >> 32;
        (first, first + (1u128 << (128 - p.prefix_len())), *slot)
    });
    for (first, after, slot) in blocks.chain([(end, end, NONE)]) {
        while let Some((after, _)) = open.pop_if(|o| o.0 <= first) {
            if after < end {
                put(after, open.last().map_or(outer, |o| o.1));
            }
        }
        if first < end {
            put(first, slot);
            open.push((after, slot));
        }
    }
    match longest {
        32 => Err(outer),
        33..=64 => {
            let short = |(at, slot): (u128, u32)| ((at >> 64) as u32, slot);
            Ok(Tail::Short(ranges.into_iter().map(short).collect()))
        }
        _ => Ok(Tail::Long(ranges.into_boxed_slice())),
    }
}

impl<V: Clone> LpmTable<V> {
    fn replace4(&mut self, prefix: Ipv4Net, from: u32, to: u32) {
        let Self { v4, tails, .. } = self;
        v4.replace(prefix.network().to_bits(), prefix.prefix_len(), from, to, tails);
    }
}

impl Dir {
    /// Within the prefix: what has slot `from` gets slot `to`.
    fn replace(&mut self, first: u32, len: u8, from: u32, to: u32, tails: &mut Tails) {
        let last = first | u32::MAX.checked_shr(len.into()).unwrap_or(0);
        if len > 24 {
            let range = (first & 0xff) as usize..=(last & 0xff) as usize;
            self.in_chunk(first, |chunk| replace_all(&mut chunk[range.clone()], from, to, tails));
            return;
        }
        self.each_page(first, last, |page, range, chunks| {
            // Looked at before it is copied: a page that need not change stays shared.
            let concerns = |e: u32| e == from || e > INDEX;
            if page[range.clone()].iter().any(|e| concerns(*e)) {
                for entry in Arc::make_mut(page)[range].iter_mut().filter(|e| concerns(**e)) {
                    if *entry == from {
                        *entry = to;
                    } else if let Some(Some(chunk)) = chunks.get_mut(*entry & INDEX) {
                        replace_all(&mut Arc::make_mut(chunk)[..], from, to, tails);
                    }
                }
            }
        });
    }

    /// Lets `change` work on the 256 entries around `top`, and keeps them as one entry where that is enough.
    fn in_chunk(&mut self, top: u32, mut change: impl FnMut(&mut Chunk)) {
        self.each_page(top & !0xff, top | 0xff, |page, range, chunks| {
            let entry = &mut Arc::make_mut(page)[*range.start()];
            let index = match *entry {
                e if e & CHUNK != 0 => e & INDEX,
                e => match chunks.insert(Some(Arc::new([e; 256]))) {
                    Some(index) => index,
                    None => return,
                },
            };
            *entry = CHUNK | index;
            let Some(Some(chunk)) = chunks.get_mut(index) else { return };
            let chunk = Arc::make_mut(chunk);
            change(chunk);
            if chunk[0] <= INDEX && chunk.iter().all(|e| *e == chunk[0]) {
                *entry = chunk[0];
                chunks.remove(index);
            }
        });
    }

    /// Sets the entry of exactly these 32 bits.
    fn set(&mut self, top: u32, to: u32) {
        self.in_chunk(top, |chunk| chunk[(top & 0xff) as usize] = to);
    }
}

fn replace_all(entries: &mut [u32], from: u32, to: u32, tails: &mut Tails) {
    for entry in entries {
        if *entry == from {
            *entry = to;
        } else if *entry >= TAIL
            && let Some(Some(tail)) = tails.get_mut(*entry & INDEX)
        {
            Arc::make_mut(tail).replace(from, to);
        }
    }
}

#[cfg(test)]
#[path = "lpm_tests.rs"]
mod tests;

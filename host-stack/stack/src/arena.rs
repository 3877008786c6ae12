// SPDX-License-Identifier: Apache-2.0
//! Slot storage with generational ids: an id whose slot was reused is rejected, never confused (S-SCOPE-5, S-MP-7).

use std::collections::BTreeMap;
use std::marker::PhantomData;

/// A handle into an `Arena`; stale once its slot was freed.
pub struct Id<T> {
    index: u32,
    generation: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// An id that was taken apart: [`Id::index`], [`Id::generation`].
    pub(crate) fn from_parts(index: u32, generation: u32) -> Self {
        Self { index, generation, of: PhantomData }
    }

    /// The slot number, as shown to users (interface index, socket number).
    #[must_use]
    pub fn index(self) -> u32 {
        self.index
    }

    /// Which of `count` arenas made it.
    #[must_use]
    pub fn home(self, count: u16) -> u16 {
        (self.index & ((1 << low_bits(count)) - 1)) as u16
    }

    /// How often the slot had been reused when this id was made.
    #[must_use]
    pub fn generation(self) -> u32 {
        self.generation
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.index, self.generation) == (other.index, other.generation)
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.index, self.generation).cmp(&(other.index, other.generation))
    }
}
impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.index, self.generation).hash(state);
    }
}
impl<T> std::fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{}.{}", self.index, self.generation)
    }
}

struct Slot<T> {
    generation: u32,
    value: Option<T>,
}

/// Values addressed by [`Id<K>`]; `K` only names the kind of id. Of several arenas each gives out indexes of its own, and
/// takes in values that another gave an id.
pub(crate) struct Arena<K, T> {
    slots: Vec<Slot<T>>,
    free: Vec<u32>,
    len: usize,
    /// Own indexes have these low bits, so many.
    low: (u32, u32),
    foreign: BTreeMap<Id<K>, T>,
    of: PhantomData<fn() -> K>,
}

impl<K, T> Arena<K, T> {
    /// An empty arena.
    pub(crate) fn new() -> Self {
        Self::of_several(0, 1)
    }

    /// One of `count` arenas, number `number`.
    pub(crate) fn of_several(number: u16, count: u16) -> Self {
        Self {
            slots: Vec::new(),
            free: Vec::new(),
            len: 0,
            low: (number.into(), low_bits(count)),
            foreign: BTreeMap::new(),
            of: PhantomData,
        }
    }

    fn id(low: (u32, u32), slot: u32, generation: u32) -> Id<K> {
        Id { index: slot << low.1 | low.0, generation, of: PhantomData }
    }

    /// Whether this arena has given out the id, if its slot has this generation.
    fn is_own(low: (u32, u32), id: Id<K>, generation: u32) -> bool {
        id.index & ((1 << low.1) - 1) == low.0 && generation == id.generation
    }

    pub(crate) fn insert(&mut self, value: T) -> Id<K> {
        self.len += 1;
        if let Some(slot) = self.free.pop()
            && let Some(place) = self.slots.get_mut(slot as usize)
        {
            place.value = Some(value);
            return Self::id(self.low, slot, place.generation);
        }
        let slot = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        self.slots.push(Slot { generation: 0, value: Some(value) });
        Self::id(self.low, slot, 0)
    }

    /// Takes in a value that has its id from another arena, or had it from this one before it moved away.
    pub(crate) fn adopt(&mut self, id: Id<K>, value: T) {
        if self.foreign.insert(id, value).is_none() {
            self.len += 1;
        }
    }

    pub(crate) fn remove(&mut self, id: Id<K>) -> Option<T> {
        let index = id.index >> self.low.1;
        let value = match self.slots.get_mut(index as usize) {
            Some(slot) if Self::is_own(self.low, id, slot.generation) => {
                let value = slot.value.take()?;
                slot.generation = slot.generation.wrapping_add(1);
                self.free.push(index);
                value
            }
            _ => self.foreign.remove(&id)?,
        };
        self.len -= 1;
        Some(value)
    }

    pub(crate) fn get(&self, id: Id<K>) -> Option<&T> {
        match self.slots.get((id.index >> self.low.1) as usize) {
            Some(slot) if Self::is_own(self.low, id, slot.generation) => slot.value.as_ref(),
            _ => self.foreign.get(&id),
        }
    }

    pub(crate) fn get_mut(&mut self, id: Id<K>) -> Option<&mut T> {
        match self.slots.get_mut((id.index >> self.low.1) as usize) {
            Some(slot) if Self::is_own(self.low, id, slot.generation) => slot.value.as_mut(),
            _ => self.foreign.get_mut(&id),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Id<K>, &T)> {
        let own = (0..).zip(&self.slots).filter_map(|(index, slot)| {
            let id = Self::id(self.low, index, slot.generation);
            slot.value.as_ref().map(|value| (id, value))
        });
        own.chain(self.foreign.iter().map(|(id, value)| (*id, value)))
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (Id<K>, &mut T)> {
        let low = self.low;
        let own = (0..).zip(&mut self.slots).filter_map(move |(index, slot)| {
            let id = Self::id(low, index, slot.generation);
            slot.value.as_mut().map(|value| (id, value))
        });
        own.chain(self.foreign.iter_mut().map(|(id, value)| (*id, value)))
    }
}

/// Low bits of an index that tell `count` arenas apart.
pub(crate) fn low_bits(count: u16) -> u32 {
    u32::from(count.max(1)).next_power_of_two().trailing_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Kind;

    #[test]
    fn stale_id_is_rejected_after_reuse() {
        let mut arena: Arena<Kind, &str> = Arena::new();
        let a = arena.insert("a");
        assert_eq!(arena.remove(a), Some("a"));
        let b = arena.insert("b");
        assert_eq!(a.index(), b.index());
        assert_eq!(arena.get(a), None);
        assert_eq!(arena.remove(a), None);
        assert_eq!(arena.get(b), Some(&"b"));
        assert_eq!(arena.len(), 1);
    }

    /// Of three arenas no two give the same id, and a value keeps its own wherever it goes, home again too.
    #[test]
    fn ids_are_the_values_for_life() {
        let mut arenas: Vec<Arena<Kind, u32>> = (0..3).map(|n| Arena::of_several(n, 3)).collect();
        let mut all = std::collections::BTreeSet::new();
        for (n, arena) in (0..).zip(&mut arenas) {
            for value in 0..4 {
                let id = arena.insert(value);
                assert_eq!(id.home(3), n);
                assert!(all.insert(id));
            }
        }
        let id = *all.first().unwrap();
        let value = arenas[0].remove(id).unwrap();
        arenas[2].adopt(id, value);
        let next = arenas[0].insert(99);
        assert_ne!(next, id);
        assert_eq!((arenas[0].get(id), arenas[2].get(id)), (None, Some(&value)));
        assert_eq!((arenas[0].len(), arenas[2].len()), (4, 5));
        assert_eq!(arenas[2].iter().filter(|(i, _)| *i == id).count(), 1);
        let value = arenas[2].remove(id).unwrap();
        arenas[0].adopt(id, value);
        assert_eq!(arenas[0].get_mut(id), Some(&mut 0));
        assert_eq!(arenas[0].get(next), Some(&99));
        assert_eq!(arenas[0].remove(id), Some(0));
        assert_eq!((arenas[0].remove(id), arenas[0].get(next)), (None, Some(&99)));
    }
}

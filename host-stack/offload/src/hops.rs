// SPDX-License-Identifier: Apache-2.0
//! The engine's next-hop slots: one a neighbour, counted by its sessions, rewritten when the neighbour changes (S-RTC-3).
//!
//! Slot 0 is never valid: sessions without a route wait on it.

use std::collections::BTreeMap;

use toe_stack::NextHopFacts;
use toe_stack::neigh::NeighKey;
use toe_tcp::Micros;

use crate::engine::{Engine, Hop};

/// The slot that is never valid.
pub(crate) const NOWHERE: u16 = 0;
/// Least time between two confirmations of a neighbour, or two hints that it is in use (S-LNX-6).
const HINT_EVERY: Micros = Micros(250_000);

struct Slot {
    index: u16,
    users: u32,
    facts: NextHopFacts,
    generation: u8,
    /// To be written.
    dirty: bool,
    /// Written, not yet acknowledged: how many.
    unacked: u32,
    /// The last write failed.
    broken: bool,
    confirmed_at: Option<Micros>,
    used_at: Option<Micros>,
}

/// Whether a slot can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SlotState {
    /// The engine has what it should have.
    Ready,
    /// The acknowledgement is on its way.
    Waiting,
    /// The engine does not take it.
    Broken,
}

#[derive(Default)]
pub(crate) struct Hops {
    slots: BTreeMap<NeighKey, Slot>,
    free: Vec<u16>,
    /// Slots that were never used begin here; 0 before the first use.
    next: u16,
    /// Generation of each slot's last use.
    generations: BTreeMap<u16, u8>,
    pub(crate) rewrites: u64,
}

impl Hops {
    /// A session begins to use the next hop; its slot, if there is one.
    pub(crate) fn acquire(
        &mut self,
        engine: &mut impl Engine,
        facts: &NextHopFacts,
    ) -> Option<u16> {
        if let Some(slot) = self.slots.get_mut(&facts.key) {
            slot.users += 1;
            let index = slot.index;
            self.update(engine, facts);
            return Some(index);
        }
        let index = match self.free.pop() {
            Some(index) => index,
            None => {
                let ours = engine.next_hops();
                let index = self.next.max(NOWHERE + 1).max(ours.start);
                if index >= ours.end {
                    return None;
                }
                self.next = index + 1;
                index
            }
        };
        let generation = self.generations.get(&index).map_or(0, |g| g.wrapping_add(1));
        self.slots.insert(
            facts.key,
            Slot {
                index,
                users: 1,
                facts: *facts,
                generation,
                dirty: true,
                unacked: 0,
                broken: false,
                confirmed_at: None,
                used_at: None,
            },
        );
        self.write(engine);
        Some(index)
    }

    /// A session uses it no longer.
    pub(crate) fn release(&mut self, key: NeighKey) {
        let Some(slot) = self.slots.get_mut(&key) else { return };
        slot.users = slot.users.saturating_sub(1);
        if slot.users == 0 && slot.unacked == 0 {
            self.generations.insert(slot.index, slot.generation);
            self.free.push(slot.index);
            self.slots.remove(&key);
        }
    }

    /// The next hop has changed: the slot follows, and every session on it.
    pub(crate) fn update(&mut self, engine: &mut impl Engine, facts: &NextHopFacts) {
        if let Some(slot) = self.slots.get_mut(&facts.key)
            && slot.facts != *facts
        {
            slot.facts = *facts;
            slot.generation = slot.generation.wrapping_add(1);
            slot.dirty = true;
            self.rewrites += 1;
        }
        self.write(engine);
    }

    /// Writes what is due, as far as the engine takes it.
    pub(crate) fn write(&mut self, engine: &mut impl Engine) {
        for slot in self.slots.values_mut().filter(|slot| slot.dirty) {
            let hop = Hop {
                dst_mac: slot.facts.dst_mac,
                src_mac: slot.facts.src_mac,
                vlan: slot.facts.vlan,
                mtu: u16::try_from(slot.facts.mtu).unwrap_or(u16::MAX),
                generation: slot.generation,
            };
            if engine.set_hop(slot.index, &hop).is_err() {
                return;
            }
            slot.dirty = false;
            slot.unacked += 1;
        }
    }

    pub(crate) fn any_dirty(&self) -> bool {
        self.slots.values().any(|slot| slot.dirty)
    }

    pub(crate) fn any_waiting(&self) -> bool {
        self.slots.values().any(|slot| slot.dirty || slot.unacked > 0)
    }

    /// A write is acknowledged; the next hop of the slot.
    pub(crate) fn acknowledged(&mut self, index: u16, good: bool) -> Option<NeighKey> {
        let (key, slot) = self.slots.iter_mut().find(|(_, slot)| slot.index == index)?;
        slot.unacked = slot.unacked.saturating_sub(1);
        slot.broken = !good;
        let key = *key;
        if slot.users == 0 && slot.unacked == 0 {
            self.generations.insert(slot.index, slot.generation);
            self.free.push(slot.index);
            self.slots.remove(&key);
            return None;
        }
        Some(key)
    }

    pub(crate) fn state(&self, key: NeighKey) -> SlotState {
        match self.slots.get(&key) {
            Some(slot) if slot.dirty || slot.unacked > 0 => SlotState::Waiting,
            Some(slot) if !slot.broken => SlotState::Ready,
            _ => SlotState::Broken,
        }
    }

    /// The slot has a neighbour's address.
    pub(crate) fn valid(&self, key: NeighKey) -> bool {
        self.state(key) == SlotState::Ready
            && self.slots.get(&key).is_some_and(|slot| slot.facts.dst_mac.is_some())
    }

    pub(crate) fn index(&self, key: NeighKey) -> Option<u16> {
        self.slots.get(&key).map(|slot| slot.index)
    }

    /// Whether the stack is to hear now that sessions make progress.
    pub(crate) fn confirm_due(&mut self, now: Micros, key: NeighKey) -> bool {
        self.slots.get_mut(&key).is_some_and(|slot| due(&mut slot.confirmed_at, now))
    }

    /// Whether the stack is to hear now that sessions send.
    pub(crate) fn used_due(&mut self, now: Micros, key: NeighKey) -> bool {
        self.slots.get_mut(&key).is_some_and(|slot| due(&mut slot.used_at, now))
    }

    /// The engine has forgotten everything.
    pub(crate) fn clear(&mut self) {
        *self = Self { rewrites: self.rewrites, ..Self::default() };
    }

    pub(crate) fn in_use(&self) -> usize {
        self.slots.len()
    }
}

fn due(last: &mut Option<Micros>, now: Micros) -> bool {
    let due = last.is_none_or(|at| now >= at + HINT_EVERY);
    if due {
        *last = Some(now);
    }
    due
}

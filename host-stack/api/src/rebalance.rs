// SPDX-License-Identifier: Apache-2.0
//! Buckets that change their shard while sessions live in them (S-PCBG-1): recall, expect, switch, yield, adopt, as ADR 12
//! tells. What this file does for all shards of a node, each could do for itself on a message.

use std::collections::BTreeSet;

use toe_driver::{BUCKETS, IndirectionError};
use toe_stack::shard::{Departure, Place};
use toe_stack::{FourTuple, Micros};

use crate::Node;
use crate::shard::{Mail, Places};

/// How long sessions may take to come back from the engine. A bucket with one that does not stays where it is.
const RECALL: Micros = Micros(5_000_000);
/// How often one that refused is asked again.
const AGAIN: Micros = Micros(1_000);

/// Why buckets stay where they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RebalanceError {
    /// One is under way; wait until [`Node::is_rebalancing`] says no.
    #[error("a rebalance is under way")]
    Busy,
    /// The table names a queue pair that is not there.
    #[error(transparent)]
    Table(#[from] IndirectionError),
}

/// A rebalance under way: sessions of the moving buckets are on their way back from the engine.
pub(crate) struct Rebalance {
    table: [u8; BUCKETS],
    /// Buckets that get another shard.
    moving: BTreeSet<usize>,
    until: Micros,
}

impl Rebalance {
    pub(crate) fn next_deadline(&self, now: Micros) -> Micros {
        self.until.min(now + AGAIN)
    }
}

impl Node {
    /// Gives each bucket of the RSS indirection table another queue pair. The sessions of buckets that get another shard
    /// move there, those of the engine by way of software, and keep their sockets; it is done when
    /// [`Node::is_rebalancing`] says no.
    ///
    /// # Errors
    /// [`RebalanceError`]; nothing has changed then.
    pub fn rebalance(&mut self, now: Micros, table: &[u8; BUCKETS]) -> Result<(), RebalanceError> {
        if self.rebalance.is_some() {
            return Err(RebalanceError::Busy);
        }
        self.engine.driver.check_indirection(table)?;
        self.dirty = true;
        let count = self.engine.shards();
        let moves = |(bucket, queue): (usize, &u8)| {
            (u16::from(*queue) % count != self.owners[bucket]).then_some(bucket)
        };
        let moving: BTreeSet<usize> = table.iter().enumerate().filter_map(moves).collect();
        if moving.is_empty() {
            // Other queue pairs of the same shards.
            return Ok(self.engine.driver.set_indirection(table)?);
        }
        for shard in 0..count {
            let mine = |bucket: usize| self.owners[bucket] == shard;
            let leaving =
                |bucket| (mine(bucket) && moving.contains(&bucket)).then_some(Place::Leaving);
            let places = self.places(shard, leaving);
            // At once: a session must not leave for the engine any more.
            self.shards[usize::from(shard)].stack.steer(now, Box::new(places));
        }
        self.rebalance = Some(Rebalance { table: *table, moving, until: now + RECALL });
        Ok(())
    }

    /// Whether sessions are on their way to other shards.
    #[must_use]
    pub fn is_rebalancing(&self) -> bool {
        self.rebalance.is_some()
    }

    /// Shard of each bucket.
    #[must_use]
    pub fn bucket_shards(&self) -> &[u16; BUCKETS] {
        &self.owners
    }

    /// The whole rule, as the first shard sees it.
    pub(crate) fn rule(&self) -> Places {
        self.places(0, |_| None)
    }

    /// What a shard is to know of the buckets; `other` says what is not as the owners are.
    pub(crate) fn places(&self, shard: u16, other: impl Fn(usize) -> Option<Place>) -> Places {
        let mut places = [Place::Here; BUCKETS];
        for (bucket, place) in places.iter_mut().enumerate() {
            let owner = self.owners[bucket];
            let plain = if owner == shard { Place::Here } else { Place::There(owner) };
            *place = other(bucket).unwrap_or(plain);
        }
        Places::new(self.engine.driver.rss(), places)
    }

    /// Tells all shards whose the buckets are.
    fn post_places(&mut self) {
        for shard in 0..self.engine.shards() {
            let places = self.places(shard, |_| None);
            self.shards[usize::from(shard)].post(Mail::Places(Box::new(places)));
        }
    }

    /// Goes on with a rebalance.
    pub(crate) fn rebalance_step(&mut self, now: Micros) {
        let Some(mut plan) = self.rebalance.take() else { return };
        let places = self.rule();
        let moves = |t: &FourTuple| plan.moving.contains(&places.bucket(t));
        let mut left = 0;
        for shard in &mut self.shards {
            let view = &mut self.engine.view(shard.index());
            left += shard.offload.recall(now, &mut shard.stack, view, moves);
        }
        if left > 0 && now < plan.until {
            self.rebalance = Some(plan);
            return;
        }
        if left > 0 {
            self.keep_buckets(&places, &mut plan);
        }
        self.switch(&plan);
    }

    /// Buckets with sessions that are still away stay where they are.
    fn keep_buckets(&mut self, places: &Places, plan: &mut Rebalance) {
        let now = self.engine.driver.rss();
        let mut kept = 0;
        for (id, owner) in self.away() {
            if owner != toe_offload::Owner::Ended
                && let Some(tuple) = self.tuple(id)
            {
                let bucket = places.bucket(&tuple);
                kept += u64::from(plan.moving.remove(&bucket));
                plan.table[bucket] = now.table()[bucket];
            }
        }
        log::warn!("rebalance: {kept} buckets stay: their sessions do not come back");
        self.buckets_kept += kept;
    }

    /// Nobody is away: the table changes, and everything of the moving buckets with it.
    fn switch(&mut self, plan: &Rebalance) {
        let count = self.engine.shards();
        let old = self.owners;
        for bucket in &plan.moving {
            self.owners[*bucket] = u16::from(plan.table[*bucket]) % count;
        }
        // Expect: before the first frame can come.
        for shard in 0..count {
            let places = self.places(shard, |bucket| {
                let comes = self.owners[bucket] == shard && old[bucket] != shard;
                comes.then_some(Place::Arriving)
            });
            self.shards[usize::from(shard)].post(Mail::Places(Box::new(places)));
        }
        // A device that is lost gets the table when it is set up again.
        let _lost_is_told_by_an_event = self.engine.driver.set_indirection(&plan.table);
        let rule = self.rule();
        for from in 0..count {
            for to in 0..count {
                let moves = |t: &FourTuple| {
                    let bucket = rule.bucket(t);
                    old[bucket] == from && self.owners[bucket] == to
                };
                if from == to || !(0..BUCKETS).any(|b| old[b] == from && self.owners[b] == to) {
                    continue;
                }
                let shard = &mut self.shards[usize::from(from)];
                let gone: Departure = shard.stack.depart(moves);
                let luggage = shard.offload.pack(&gone, moves);
                for id in gone.sockets() {
                    self.sessions_moved += 1;
                    if id.home(count) == to {
                        self.moved.remove(&id);
                    } else {
                        self.moved.insert(id, to);
                    }
                }
                self.shards[usize::from(to)].post(Mail::Arrival(Box::new((gone, luggage))));
            }
        }
        self.post_places();
    }
}

// SPDX-License-Identifier: Apache-2.0
//! What the engine's TIME_WAIT table holds, as far as the host must know: which 4-tuples are taken, and until when. The
//! entries expire on the host's own clock: the engine tells only what ends before its time (S-VTW-5, S-VTW-10).

use std::collections::{BTreeMap, BTreeSet};

use toe_stack::FourTuple;
use toe_tcp::Micros;

#[derive(Default)]
pub(crate) struct TimeWaits {
    until: BTreeMap<FourTuple, Micros>,
    order: BTreeSet<(Micros, FourTuple)>,
}

impl TimeWaits {
    pub(crate) fn insert(&mut self, tuple: FourTuple, until: Micros) {
        self.remove(&tuple);
        self.until.insert(tuple, until);
        self.order.insert((until, tuple));
    }

    pub(crate) fn remove(&mut self, tuple: &FourTuple) -> bool {
        let Some(until) = self.until.remove(tuple) else { return false };
        self.order.remove(&(until, *tuple));
        true
    }

    /// Takes entries out.
    pub(crate) fn take(&mut self, moves: impl Fn(&FourTuple) -> bool) -> Vec<(FourTuple, Micros)> {
        let gone: Vec<_> =
            self.until.iter().filter(|(t, _)| moves(t)).map(|(t, until)| (*t, *until)).collect();
        for (tuple, _) in &gone {
            self.remove(tuple);
        }
        gone
    }

    /// The entry that an event of the engine means: that of these 4-tuples which is there. Where zones tell two apart that
    /// are one to the engine, neither: they end on the host's own clock.
    pub(crate) fn find(&self, meant: impl Iterator<Item = FourTuple>) -> Option<FourTuple> {
        let mut found = meant.filter(|tuple| self.until.contains_key(tuple));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    pub(crate) fn pop_expired(&mut self, now: Micros) -> Option<FourTuple> {
        let (until, tuple) = *self.order.first()?;
        (until <= now).then(|| {
            self.remove(&tuple);
            tuple
        })
    }

    pub(crate) fn next(&self) -> Option<Micros> {
        self.order.first().map(|(until, _)| *until)
    }

    pub(crate) fn len(&self) -> usize {
        self.until.len()
    }
}

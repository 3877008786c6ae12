// SPDX-License-Identifier: Apache-2.0
//! Hooks (S-HOOK-1): somebody looks at every segment of software sessions, in and out. Without an observer they cost one
//! comparison a segment.

use toe_tcp::{Emit, Micros, Segment, Verdict};

use crate::addr::FourTuple;
use crate::stack::Stack;

/// Looks at segments; changes nothing.
pub trait Observer: Send {
    /// A segment has been processed by the session it belongs to, and this is what became of it.
    fn segment_in(&mut self, now: Micros, tuple: &FourTuple, segment: &Segment, verdict: Verdict);

    /// A segment is about to be built and sent. It may be one that is cut later ([`Emit::seg_size`]).
    fn segment_out(&mut self, now: Micros, tuple: &FourTuple, emit: &Emit);
}

/// Names an observer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ObserverId(u64);

#[derive(Default)]
pub(crate) struct Hooks {
    pub observers: Vec<(ObserverId, Box<dyn Observer>)>,
    next: u64,
}

impl Stack {
    /// Adds an observer; each is told in the order of adding.
    pub fn observe(&mut self, observer: Box<dyn Observer>) -> ObserverId {
        let id = ObserverId(self.hooks.next);
        self.hooks.next += 1;
        self.hooks.observers.push((id, observer));
        id
    }

    /// Takes an observer out again.
    pub fn stop_observing(&mut self, id: ObserverId) -> Option<Box<dyn Observer>> {
        let at = self.hooks.observers.iter().position(|(other, _)| *other == id)?;
        Some(self.hooks.observers.remove(at).1)
    }
}

impl Hooks {
    pub(crate) fn segment_in(
        &mut self,
        now: Micros,
        tuple: &FourTuple,
        segment: &Segment,
        verdict: Verdict,
    ) {
        for (_, observer) in &mut self.observers {
            observer.segment_in(now, tuple, segment, verdict);
        }
    }

    pub(crate) fn segment_out(&mut self, now: Micros, tuple: &FourTuple, emit: &Emit) {
        for (_, observer) in &mut self.observers {
            observer.segment_out(now, tuple, emit);
        }
    }
}

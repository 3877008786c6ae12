// SPDX-License-Identifier: Apache-2.0
//! What a case has exercised: coarse features of each round, hashed. A case that shows a new one is worth keeping.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::compare::Said;
use crate::script::{AckAt, Op, SeqAt};
use crate::side::Session;

/// Features seen so far.
#[derive(Clone, Debug, Default)]
pub struct Coverage(HashSet<u64>);

impl Coverage {
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// None.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes features in; how many were new.
    pub fn add(&mut self, features: impl IntoIterator<Item = u64>) -> usize {
        features.into_iter().filter(|f| self.0.insert(*f)).count()
    }

    /// Whether one of them is new.
    #[must_use]
    pub fn has_new(&self, features: &[u64]) -> bool {
        features.iter().any(|f| !self.0.contains(f))
    }
}

fn magnitude(n: i32) -> i32 {
    let bits = i32::try_from(32 - n.unsigned_abs().leading_zeros()).unwrap_or(0);
    bits / 4 * n.signum()
}

fn shape(op: &Op) -> impl Hash + use<> {
    match op {
        Op::Seg(s) => (
            0,
            (s.seq == SeqAt::Next, s.seq == SeqAt::Edge, magnitude(s.seq_plus), s.len == 0),
            (s.ack == AckAt::Max, s.ack_plus.signum()),
            (s.fin, s.syn, s.rst, s.no_ack, s.ece, s.cwr, s.ce),
            (s.wnd == Some(0), s.sack.len().min(2)),
            std::mem::discriminant(&s.ts),
            std::mem::discriminant(&s.harm),
        ),
        other => {
            let mut h = DefaultHasher::new();
            std::mem::discriminant(other).hash(&mut h);
            let none = crate::script::Seg::default();
            (
                h.finish(),
                (false, false, 0, false),
                (false, 0),
                (false, false, false, false, false, false, false),
                (false, 0),
                std::mem::discriminant(&none.ts),
                std::mem::discriminant(&none.harm),
            )
        }
    }
}

/// Features of a round of a lane: what happened, where the session was, what came of it.
#[must_use]
pub fn round(ops: &[Op], before: u32, session: &Session) -> Vec<u64> {
    let said = Said::new(&session.sent, session.wscale.1);
    let info = &session.info;
    let outcome = (
        said.resets.len(),
        said.data.len().min(3),
        said.data.iter().any(|d| d.2),
        said.pure.min(2),
        said.sack.len(),
        said.ack.map(|a| a.2),
    );
    let place = (
        info.tcp_state.to_bits(),
        info.readable == 0,
        info.writable == 0,
        info.snd_wnd == 0,
        std::mem::discriminant(&session.phase),
        info.parked,
    );
    let mut features = Vec::new();
    let mut feature = |what: &dyn Fn(&mut DefaultHasher)| {
        let mut h = DefaultHasher::new();
        what(&mut h);
        features.push(h.finish());
    };
    feature(&|h| (1, before, place, outcome).hash(h));
    for op in ops {
        feature(&|h| {
            (2, before).hash(h);
            shape(op).hash(h);
        });
        feature(&|h| {
            (3, outcome).hash(h);
            shape(op).hash(h);
        });
    }
    for (reason, _) in &session.to_host {
        feature(&|h| (4, *reason as u32).hash(h));
    }
    features
}

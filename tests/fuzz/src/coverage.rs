// SPDX-License-Identifier: Apache-2.0
//! What a case has exercised: coarse features of each round, hashed. A case that shows a new one is worth keeping.

use std::collections::{BTreeMap, HashSet};
use std::fmt::{Debug, Write as _};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::compare::Said;
use crate::packet::flag;
use crate::script::{AckAt, Harm, Op, SeqAt};
use crate::session::{Phase, Session, diff};

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

/// How often what happened: for people, to see what a run has and has not reached.
#[derive(Clone, Debug, Default)]
pub struct Tally(BTreeMap<(&'static str, String), u64>);

/// A variant's name.
fn name(value: &impl Debug) -> String {
    let text = format!("{value:?}");
    text.split(['(', ' ']).next().unwrap_or_default().to_owned()
}

impl Tally {
    fn count(&mut self, what: &'static str, which: impl Into<String>) {
        *self.0.entry((what, which.into())).or_default() += 1;
    }

    /// An operation.
    pub fn op(&mut self, op: &Op) {
        match op {
            Op::Seg(seg) if seg.harm == Harm::None => self.count("operations", "Seg"),
            Op::Seg(seg) => self.count("frames with something odd", name(&seg.harm)),
            other => self.count("operations", name(other)),
        }
    }

    /// What became of the entry of a session in the TIME_WAIT table.
    pub fn table(&mut self, session: &Session) {
        for kind in &session.table.kinds {
            self.count("events of the TIME_WAIT table", name(kind));
        }
    }

    /// What the engine made of a round; `max` is what had been sent before it.
    pub fn round(&mut self, session: &Session, max: u32) {
        self.count("states", name(&session.info.tcp_state));
        if let Phase::Closed(reason) = session.phase
            && !session.gone
        {
            self.count("ends", name(&reason));
        }
        for (reason, _) in &session.to_host {
            self.count("frames to the host", name(reason));
        }
        for tcp in &session.sent {
            let again = tcp.space() > 0 && diff(tcp.seq, max) < 0;
            let reports = match tcp.sack.first() {
                Some(block) if diff(block.0, tcp.ack) < 0 => " with D-SACK",
                Some(_) => " with SACK",
                None => "",
            };
            let kind = match () {
                () if tcp.has(flag::RST) => "reset",
                () if again => "retransmission",
                () if !tcp.payload.is_empty() => "data",
                () if tcp.has(flag::FIN) => "FIN",
                () => "ACK",
            };
            let ece = if tcp.has(flag::ECE) { " with ECE" } else { "" };
            let cwr = if tcp.has(flag::CWR) { " with CWR" } else { "" };
            self.count("segments of the engine", format!("{kind}{reports}{ece}{cwr}"));
        }
    }

    /// Another's on top.
    pub fn add(&mut self, other: Self) {
        for (key, count) in other.0 {
            *self.0.entry(key).or_default() += count;
        }
    }

    /// A line each kind.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut last = "";
        for ((what, which), count) in &self.0 {
            if *what != last {
                let _ = write!(out, "{}{what}:", if last.is_empty() { "" } else { "\n" });
                last = *what;
            }
            let _ = write!(out, " {which} {count},");
        }
        out
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
    let said = Said::new(session);
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

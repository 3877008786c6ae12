// SPDX-License-Identifier: Apache-2.0
//! The manager: which sessions are away, and everything that happens to them there.

use std::collections::{BTreeMap, BTreeSet};

use toe_abi::SessionImage;
use toe_stack::neigh::NeighKey;
use toe_stack::ring::ByteRing;
use toe_stack::{Detached, EngineClose, Stack, TcpError, TcpId, earliest};
use toe_tcp::{Micros, SeqNum, Snapshot};

use crate::engine::{Engine, EngineEvent, Handle, Refusal};
use crate::hops::Hops;
use crate::ledger::{Bytes, Ledger};
use crate::policy::{Charge, Policy, Reason};
use crate::rule::{Action, Opened, Subject};
use crate::session::{Away, Held, Owner, Stage, Wish};
use crate::stats::Stats;
use crate::time_wait::TimeWaits;

mod back;
mod end;
mod moves;
mod out;
mod there;

pub use moves::Luggage;

/// The host's idea of the engine's clock may be wrong by this: a session's timestamps jump forward by as much when it
/// changes hands, so that they never go back (RFC 7323 §5).
const CLOCK_ERROR: Micros = Micros(1_024);
/// First and longest wait after a refusal.
const BACK_OFF: (Micros, Micros) = (Micros(10_000), Micros(10_000_000));
/// Step of the engine's TIME_WAIT clock: entries may stay this much longer than their linger.
const TIME_WAIT_TICK: Micros = Micros(1_000_000);
/// How soon to try again what the engine had no room for.
const RETRY: Micros = Micros(1_000);

/// A session in software that is to go to the engine.
#[derive(Clone, Copy)]
struct Candidate {
    at: Micros,
    wait: Micros,
}

/// The manager. It owns no stack and no engine; both are arguments.
pub struct Offload {
    pub(crate) sessions: BTreeMap<TcpId, Away>,
    handles: BTreeMap<Handle, TcpId>,
    hops: Hops,
    candidates: BTreeMap<TcpId, Candidate>,
    due: BTreeSet<(Micros, TcpId)>,
    /// Taken back for good: they do not go by themselves.
    pub(crate) kept: BTreeSet<TcpId>,
    /// Sessions with something that the engine must be told, or asked again.
    todo: BTreeSet<TcpId>,
    time_waits: TimeWaits,
    pub(crate) ledger: Ledger,
    /// Which rule let a session go; more than `sessions` until the next change of the policy.
    charges: BTreeMap<TcpId, usize>,
    /// The rule that decided about a session last: what is counted once.
    judged: BTreeMap<TcpId, Charge>,
    policy: Policy,
    policy_changed: bool,
    automatic: bool,
    pub(crate) stats: Stats,
    lost: bool,
}

impl Default for Offload {
    fn default() -> Self {
        Self::new(Policy::default())
    }
}

impl Offload {
    /// A manager with a policy.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self {
            sessions: BTreeMap::new(),
            handles: BTreeMap::new(),
            hops: Hops::default(),
            candidates: BTreeMap::new(),
            due: BTreeSet::new(),
            kept: BTreeSet::new(),
            todo: BTreeSet::new(),
            time_waits: TimeWaits::default(),
            ledger: Ledger::default(),
            charges: BTreeMap::new(),
            judged: BTreeMap::new(),
            policy,
            policy_changed: false,
            automatic: true,
            stats: Stats::default(),
            lost: false,
        }
    }

    // ---- what others ask ----

    /// Who has the session.
    #[must_use]
    pub fn owner(&self, id: TcpId) -> Owner {
        self.sessions.get(&id).map_or(Owner::Host, |away| Owner::from(&away.stage))
    }

    /// The engine's name of the session.
    #[must_use]
    pub fn handle(&self, id: TcpId) -> Option<Handle> {
        self.sessions.get(&id).map(Away::handle)
    }

    /// The socket of a session in the engine.
    #[must_use]
    pub fn id_of(&self, handle: Handle) -> Option<TcpId> {
        self.handles.get(&handle).copied()
    }

    /// Sessions that are away, with their owners.
    pub fn away(&self) -> impl Iterator<Item = (TcpId, Owner)> + '_ {
        self.sessions.iter().map(|(id, away)| (*id, Owner::from(&away.stage)))
    }

    /// How many sessions are in the engine or on their way.
    #[must_use]
    pub fn sessions_away(&self) -> usize {
        self.sessions.values().filter(|a| !matches!(a.stage, Stage::Ended(_))).count()
    }

    /// Payload bytes of a socket, by owner.
    #[must_use]
    pub fn bytes(&self, id: TcpId) -> Bytes {
        self.ledger.session(id).unwrap_or_default()
    }

    /// Payload bytes of all sockets, by owner.
    #[must_use]
    pub fn total_bytes(&self) -> Bytes {
        self.ledger.total()
    }

    /// Counters.
    #[must_use]
    pub fn stats(&self) -> Stats {
        Stats { hop_rewrites: self.hops.rewrites, ..self.stats.clone() }
    }

    /// Entries of the engine's TIME_WAIT table, as far as the host knows.
    #[must_use]
    pub fn time_waits(&self) -> usize {
        self.time_waits.len()
    }

    /// Whether the engine has not been told everything yet, or a session is on its way.
    #[must_use]
    pub fn has_work(&self) -> bool {
        !self.todo.is_empty()
            || self.policy_changed
            || self.hops.any_waiting()
            || self
                .sessions
                .values()
                .any(|a| matches!(a.stage, Stage::Leaving(_) | Stage::Returning(_)))
    }

    /// Next-hop slots in use.
    #[must_use]
    pub fn hops_in_use(&self) -> usize {
        self.hops.in_use()
    }

    /// The rules.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The rules, to be changed: sessions that they no longer allow come back at the next [`Offload::poll`].
    pub fn policy_mut(&mut self) -> &mut Policy {
        self.policy_changed = true;
        &mut self.policy
    }

    /// Another policy. Rules that stay keep their counters.
    pub fn set_policy(&mut self, mut policy: Policy) {
        policy.keep_hits(&self.policy);
        self.policy = policy;
        self.policy_changed = true;
    }

    /// What a policy would do with each session, without doing or counting it: whether it may be in the engine, or why
    /// not. Sessions that are away are judged by the rules alone. `there`: those that would be in the engine, for quotas;
    /// of other shards before, and of this one too afterwards.
    pub fn dry_run(
        &self,
        now: Micros,
        stack: &Stack,
        policy: &Policy,
        there: &mut Vec<Charge>,
    ) -> Vec<DryRun> {
        let mut rows = Vec::new();
        for (id, away) in &self.sessions {
            let Some(subject) = subject(stack, *id) else { continue };
            if matches!(away.stage, Stage::Ended(_)) {
                continue;
            }
            let verdict = policy.verdict(&subject);
            let may = if verdict.action == Action::Software {
                Err(Reason::Policy)
            } else if policy.has_room(&verdict, there.iter().copied()) {
                there.push(verdict.rule);
                Ok(())
            } else {
                Err(Reason::Quota)
            };
            rows.push(DryRun { id: *id, subject, away: true, rule: verdict.rule, may });
        }
        for id in stack.established() {
            let (Some(facts), Some(subject)) = (stack.offload_facts(now, id), subject(stack, id))
            else {
                continue;
            };
            let (verdict, may) = policy.would(&facts, there.iter().copied());
            if may.is_ok() {
                there.push(verdict.rule);
            }
            rows.push(DryRun { id, subject, away: false, rule: verdict.rule, may });
        }
        rows
    }

    /// Asks the engine for a copy of a session's state; [`Offload::seen`] has it soon.
    pub fn look(&mut self, engine: &mut impl Engine, id: TcpId) {
        if let Some(Away { stage: Stage::Engine(held), .. }) = self.sessions.get_mut(&id) {
            held.want.snapshot |= !held.looking;
            held.looking = true;
            self.tell(engine, id);
        }
    }

    /// Whether a copy is on its way.
    #[must_use]
    pub fn is_looking(&self, id: TcpId) -> bool {
        matches!(self.sessions.get(&id), Some(Away { stage: Stage::Engine(held), .. }) if held.looking)
    }

    /// The last copy of a session's state in the engine, and when it came. [`Offload::look`] asks for a new one.
    #[must_use]
    pub fn seen(&self, id: TcpId) -> Option<(Micros, &SessionImage)> {
        match &self.sessions.get(&id)?.stage {
            Stage::Engine(held) => held.seen.as_ref().map(|(at, image)| (*at, &**image)),
            Stage::Leaving(_) | Stage::Returning(_) | Stage::Ended(_) => None,
        }
    }

    /// Policy of a session in the engine, for whoever reads its state.
    #[must_use]
    pub fn config(&self, id: TcpId) -> Option<toe_tcp::Config> {
        match &self.sessions.get(&id)?.stage {
            Stage::Engine(held) => Some(held.config),
            Stage::Leaving(_) | Stage::Returning(_) | Stage::Ended(_) => None,
        }
    }

    /// The rule that let a session go.
    #[must_use]
    pub fn charge(&self, id: TcpId) -> Charge {
        self.charges.get(&id).copied()
    }

    /// Whether sessions go by themselves.
    #[must_use]
    pub fn is_automatic(&self) -> bool {
        self.automatic
    }

    /// Why a session in software is there, if it is known: what a dry run of the present policy says. `others`: sessions of
    /// other shards in the engine.
    #[must_use]
    pub fn why_here(
        &self,
        now: Micros,
        stack: &Stack,
        others: impl Iterator<Item = Charge> + Clone,
        id: TcpId,
    ) -> Option<Reason> {
        let facts = stack.offload_facts(now, id)?;
        let there = there(&self.sessions, &self.charges).chain(others);
        self.policy.would(&facts, there).1.err()
    }

    /// Whether sessions go to the engine by themselves when they may.
    pub fn set_automatic(&mut self, on: bool) {
        self.automatic = on;
        self.kept.clear();
    }

    /// When [`Offload::poll`] is due even if nothing happens.
    #[must_use]
    pub fn next_deadline(&self, now: Micros) -> Option<Micros> {
        let retry = !self.todo.is_empty() || self.hops.any_dirty();
        let due = self.due.first().map(|(at, _)| *at);
        earliest(earliest(due, self.time_waits.next()), retry.then(|| now + RETRY))
    }

    // ---- time and news ----

    /// A session in software is established, or something about it has changed: it may go to the engine.
    /// `true`: it is to be tried.
    pub fn consider(&mut self, now: Micros, id: TcpId) -> bool {
        let candidate = self.automatic
            && !self.sessions.contains_key(&id)
            && !self.candidates.contains_key(&id)
            && !self.kept.contains(&id);
        if candidate {
            self.schedule(id, now, BACK_OFF.0);
        }
        candidate
    }

    fn schedule(&mut self, id: TcpId, at: Micros, wait: Micros) {
        self.unschedule(id);
        self.candidates.insert(id, Candidate { at, wait });
        self.due.insert((at, id));
    }

    fn unschedule(&mut self, id: TcpId) {
        if let Some(old) = self.candidates.remove(&id) {
            self.due.remove(&(old.at, id));
        }
    }

    /// Does what is due. `true` when something was done.
    pub fn poll(&mut self, now: Micros, stack: &mut Stack, engine: &mut impl Engine) -> bool {
        let mut worked = false;
        while let Some(event) = engine.poll_event() {
            // Bytes that moved wake the application and lead to nothing else here.
            worked |= !matches!(event, EngineEvent::Progress(_));
            self.engine_event(now, stack, engine, event);
        }
        while let Some(event) = stack.poll_handoff() {
            self.handoff_event(now, stack, engine, event);
            worked = true;
        }
        if std::mem::take(&mut self.policy_changed) {
            self.policy_again(now, stack, engine);
            worked = true;
        }
        if self.hops.any_dirty() {
            self.hops.write(engine);
        }
        if !self.todo.is_empty() {
            for id in std::mem::take(&mut self.todo) {
                worked |= self.advance(now, stack, engine, id);
            }
        }
        while let Some(&(at, id)) = self.due.first() {
            if at > now {
                break;
            }
            self.try_candidate(now, stack, engine, id);
            worked = true;
        }
        while let Some(tuple) = self.time_waits.pop_expired(now) {
            stack.engine_time_wait_gone(&tuple);
            worked = true;
        }
        worked
    }

    fn try_candidate(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
    ) {
        let wait = self.candidates.get(&id).map_or(BACK_OFF.0, |c| c.wait);
        // Once it has left, the wait goes with it: the engine may refuse later.
        let Err(reason) = self.offload(now, stack, engine, id) else { return };
        self.unschedule(id);
        self.refused(now, id, reason, wait);
    }

    /// Tries again later, unless waiting cannot help: then a change of policy or a new event of the socket does.
    fn refused(&mut self, now: Micros, id: TcpId, reason: Reason, wait: Micros) {
        let hopeless = match reason {
            Reason::SocketOption
            | Reason::Policy
            | Reason::Capability
            | Reason::ForeignAddress
            | Reason::NoSession
            | Reason::Closing
            | Reason::Options
            | Reason::Ecn
            | Reason::Image
            | Reason::Engine(Refusal::Lost | Refusal::Limit { .. }) => true,
            Reason::NoPath
            | Reason::Unresolved
            | Reason::Recovery
            | Reason::Reassembly
            | Reason::TooYoung
            | Reason::Quota
            | Reason::NextHops
            | Reason::Moving
            | Reason::Engine(Refusal::Full | Refusal::Exists | Refusal::Busy) => false,
        };
        if !hopeless && self.automatic {
            let next = Micros((wait.0 * 2).min(BACK_OFF.1.0));
            self.schedule(id, now + wait, next);
        }
    }

    fn policy_again(&mut self, now: Micros, stack: &mut Stack, engine: &mut impl Engine) {
        let away: Vec<TcpId> = self.sessions.keys().copied().collect();
        let mut there: Vec<Charge> = engine.others().collect();
        self.charges.clear();
        self.judged.clear();
        for id in away {
            let Some(Stage::Engine(_)) = self.sessions.get(&id).map(|a| &a.stage) else { continue };
            let Some(subject) = subject(stack, id) else { continue };
            let verdict = self.policy.decide(&subject);
            self.judged.insert(id, verdict.rule);
            let may = verdict.action == Action::Offload
                && self.policy.has_room(&verdict, there.iter().copied());
            if may {
                there.push(verdict.rule);
                if let Some(rule) = verdict.rule {
                    self.charges.insert(id, rule);
                }
                self.apply(now, stack, engine, id, &verdict.settings);
            } else {
                self.stats.revoked += 1;
                self.return_session(now, stack, engine, id, None);
            }
        }
        let host: Vec<TcpId> = stack.established().collect();
        for id in host {
            self.consider(now, id);
        }
    }

    // ---- hints for `sockets` ----

    /// The application has written: the neighbour is in use.
    pub(crate) fn hop_used(&mut self, now: Micros, stack: &mut Stack, id: TcpId) {
        let Some(Away { stage: Stage::Engine(held), .. }) = self.sessions.get(&id) else { return };
        let key: Option<NeighKey> = held.hop;
        if let Some(key) = key
            && self.hops.used_due(now, key)
        {
            stack.neighbour_used(now, key);
        }
    }
}

/// What a policy would do with a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DryRun {
    /// Its socket.
    pub id: TcpId,
    /// The session.
    pub subject: Subject,
    /// It is away now.
    pub away: bool,
    /// The rule that decides; `None`: the default.
    pub rule: Option<usize>,
    /// It may be in the engine, or why not.
    pub may: Result<(), Reason>,
}

/// A session as rules see it.
fn subject(stack: &Stack, id: TcpId) -> Option<Subject> {
    let tuple = stack.tcp_tuple(id)?;
    let opened = if stack.tcp_is_passive(id) { Opened::Passive } else { Opened::Active };
    Some(Subject { tuple, opened })
}

/// Sessions that count for quotas.
fn there<'a>(
    sessions: &'a BTreeMap<TcpId, Away>,
    charges: &'a BTreeMap<TcpId, usize>,
) -> impl Iterator<Item = Charge> + Clone + 'a {
    sessions
        .iter()
        .filter(|(_, away)| !matches!(away.stage, Stage::Ended(_)))
        .map(|(id, _)| charges.get(id).copied())
}

/// Puts a session back as it is.
fn attach(stack: &mut Stack, now: Micros, detached: Detached) {
    let Detached { id, tuple: _, snapshot, tx, rx, path: _, options: _ } = detached;
    if let Err(error) = stack.attach_tcp(now, id, &snapshot, tx, rx) {
        // The state came from this stack a moment ago.
        log::error!("session does not fit back: {error}");
        stack.engine_closed(id, EngineClose::Error(TcpError::Aborted));
    }
}

/// What the application asked for while the session was in transit. Sockets that it has given up close by themselves.
fn home_wish(stack: &mut Stack, now: Micros, id: TcpId, wish: Wish) {
    let done = if wish.abort {
        stack.tcp_abort(now, id)
    } else if wish.close {
        stack.tcp_shutdown(now, id)
    } else {
        Ok(())
    };
    if let Err(error) = done {
        log::debug!("after a hand-over: {error}");
    }
}

/// Copies what the rings hold.
fn fill(
    engine: &mut impl Engine,
    handle: Handle,
    snapshot: &Snapshot,
    tx: &ByteRing,
    rx: &ByteRing,
) -> Result<(), Refusal> {
    let pieces = |ring: &ByteRing, from: u32, to: u32| {
        let (a, b) = ring.slices(SeqNum(from), to.wrapping_sub(from));
        [(from, a.to_vec()), (from.wrapping_add(low32(a.len())), b.to_vec())]
    };
    let acked_all = SeqNum(snapshot.snd_end).before(SeqNum(snapshot.snd_una));
    if !acked_all {
        for (seq, bytes) in pieces(tx, snapshot.snd_una, snapshot.snd_end) {
            if !bytes.is_empty() {
                engine.fill_tx(handle, seq, &bytes)?;
            }
        }
    }
    let data_end = snapshot.rcv_nxt.wrapping_sub(u32::from(snapshot.peer_fin));
    let in_order = (snapshot.rcv_read, data_end);
    for (from, to) in std::iter::once(in_order).chain(snapshot.ooo) {
        for (seq, bytes) in pieces(rx, from, to) {
            if !bytes.is_empty() {
                engine.fill_rx(handle, seq, &bytes)?;
            }
        }
    }
    Ok(())
}

fn log2(size: u32) -> u8 {
    u8::try_from(size.trailing_zeros()).unwrap_or(0)
}

fn low32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Payload of a segment for an MTU: IP, TCP and timestamp headers off.
fn segment_size(held: &Held, mtu: u32, ipv6: bool) -> u16 {
    let headers = if ipv6 { 60 } else { 40 };
    let room = u16::try_from(mtu.saturating_sub(headers)).unwrap_or(u16::MAX);
    let options = if held.ts_ok { 12 } else { 0 };
    room.min(held.peer_mss).saturating_sub(options).max(toe_tcp::MIN_MSS)
}

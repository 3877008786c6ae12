// SPDX-License-Identifier: Apache-2.0
//! The manager: which sessions are away, and everything that happens to them there.

use std::collections::{BTreeMap, BTreeSet};

use toe_stack::neigh::NeighKey;
use toe_stack::ring::ByteRing;
use toe_stack::{Detached, EngineClose, Stack, TcpError, TcpId};
use toe_tcp::{Micros, SeqNum, Snapshot};

use crate::engine::{Engine, Handle, Refusal};
use crate::hops::Hops;
use crate::ledger::{Bytes, Ledger};
use crate::policy::{Action, Policy, Reason};
use crate::session::{Away, Held, Owner, Stage, Wish};
use crate::stats::Stats;
use crate::time_wait::TimeWaits;

mod back;
mod end;
mod out;
mod there;

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
    /// Sessions with something that the engine must be told, or asked again.
    todo: BTreeSet<TcpId>,
    time_waits: TimeWaits,
    pub(crate) ledger: Ledger,
    policy: Policy,
    policy_changed: bool,
    automatic: bool,
    stats: Stats,
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
            todo: BTreeSet::new(),
            time_waits: TimeWaits::default(),
            ledger: Ledger::default(),
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

    /// Whether sessions go to the engine by themselves when they may.
    pub fn set_automatic(&mut self, on: bool) {
        self.automatic = on;
    }

    /// When [`Offload::poll`] is due even if nothing happens.
    #[must_use]
    pub fn next_deadline(&self, now: Micros) -> Option<Micros> {
        let retry = !self.todo.is_empty() || self.hops.any_dirty();
        [self.due.first().map(|(at, _)| *at), self.time_waits.next(), retry.then(|| now + RETRY)]
            .into_iter()
            .flatten()
            .min()
    }

    // ---- time and news ----

    /// A session in software is established, or something about it has changed: it may go to the engine.
    pub fn consider(&mut self, now: Micros, id: TcpId) {
        if self.automatic && !self.sessions.contains_key(&id) && !self.candidates.contains_key(&id)
        {
            self.schedule(id, now, BACK_OFF.0);
        }
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
            self.engine_event(now, stack, engine, event);
            worked = true;
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
        self.unschedule(id);
        let Err(reason) = self.offload(now, stack, engine, id) else { return };
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
            | Reason::Image
            | Reason::Engine(Refusal::Lost | Refusal::Limit { .. }) => true,
            Reason::NoPath
            | Reason::Unresolved
            | Reason::Recovery
            | Reason::Reassembly
            | Reason::TooYoung
            | Reason::NextHops
            | Reason::Engine(Refusal::Full | Refusal::Exists | Refusal::Busy) => false,
        };
        if !hopeless && self.automatic {
            let next = Micros((wait.0 * 2).min(BACK_OFF.1.0));
            self.schedule(id, now + wait, next);
        }
    }

    fn policy_again(&mut self, now: Micros, stack: &mut Stack, engine: &mut impl Engine) {
        let away: Vec<TcpId> = self.sessions.keys().copied().collect();
        for id in away {
            let Some(Stage::Engine(_)) = self.sessions.get(&id).map(|a| &a.stage) else { continue };
            let Some(tuple) = stack.tcp_tuple(id) else { continue };
            if self.policy.decide(&tuple) == Action::Software {
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

// SPDX-License-Identifier: Apache-2.0
//! The manager: which sessions are away, and everything that happens to them there.

use std::collections::{BTreeMap, BTreeSet};

use toe_abi::{SessionImage, SessionReason};
use toe_image::{Placement, Ring, from_image, to_image};
use toe_stack::neigh::NeighKey;
use toe_stack::ring::ByteRing;
use toe_stack::{Detached, EngineClose, HandoffEvent, SessionPath, Stack, TcpError, TcpId};
use toe_tcp::{Config, Micros, SeqNum, Snapshot};

use crate::engine::{Engine, EngineEvent, Handle, Refusal, Rings};
use crate::hops::{Hops, NOWHERE, SlotState};
use crate::ledger::{By, Bytes, Ledger};
use crate::policy::{Action, Policy, Reason};
use crate::session::{Away, Ended, Held, Leaving, Owner, Returning, Stage, Want, Wish};
use crate::stats::Stats;
use crate::time_wait::TimeWaits;

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

    // ---- out ----

    /// Begins to hand a session over.
    ///
    /// # Errors
    /// Why not; it goes on in software then.
    pub fn offload(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
    ) -> Result<(), Reason> {
        let result = self.begin(now, stack, engine, id);
        if let Err(reason) = result {
            self.stats.count(reason);
        }
        result
    }

    fn begin(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
    ) -> Result<(), Reason> {
        if self.lost {
            return Err(Refusal::Lost.into());
        }
        let facts = stack.offload_facts(now, id).ok_or(Reason::NoSession)?;
        self.policy.eligible(&facts)?;
        let detached = stack.detach_tcp(now, id).map_err(|error| match error {
            toe_stack::handoff::DetachError::NoSession => Reason::NoSession,
            toe_stack::handoff::DetachError::State(_) => Reason::Closing,
            toe_stack::handoff::DetachError::NoPath => Reason::NoPath,
            toe_stack::handoff::DetachError::Unresolved => Reason::Unresolved,
        })?;
        self.unschedule(id);
        self.stats.out += 1;
        match self.prepare(stack, engine, &detached) {
            Ok((handle, image)) => {
                self.handles.insert(handle, id);
                let stage = Stage::Leaving(Leaving {
                    detached: Box::new(detached),
                    image: Box::new(image),
                    handle,
                    asked: false,
                });
                self.sessions.insert(id, Away { stage, wish: Wish::default() });
                self.advance(now, stack, engine, id);
                Ok(())
            }
            Err(reason) => {
                self.stats.refused += 1;
                attach(stack, now, detached);
                Err(reason)
            }
        }
    }

    /// Rings, their bytes, the next hop and the image.
    fn prepare(
        &mut self,
        stack: &Stack,
        engine: &mut impl Engine,
        detached: &Detached,
    ) -> Result<(Handle, SessionImage), Reason> {
        let Detached { id: _, tuple, snapshot, tx, rx, path, options: _ } = detached;
        let nexthop = self.hops.acquire(engine, &path.hop).ok_or(Reason::NextHops)?;
        let (tx_seq0, rx_seq0) = (tx.seq0().0, rx.seq0().0);
        let rings = Rings { tx: tx.size(), rx: rx.size(), tx_seq0, rx_seq0 };
        let handle = match engine.reserve(&rings) {
            Ok(handle) => handle,
            Err(refusal) => {
                self.hops.release(path.hop.key);
                return Err(refusal.into());
            }
        };
        let ring = |size: u32, seq0| Ring { iova: 0, log2: log2(size), seq0 };
        let placement = Placement {
            handle: handle.0,
            local: tuple.local.addr.ip(),
            remote: tuple.remote.addr.ip(),
            lport: tuple.local.port,
            rport: tuple.remote.port,
            nexthop,
            qp: 0,
            ttl: stack.config().hop_limit,
            tos: 0,
            port: 0,
            flow_label: 0,
            mirror: false,
            trace: false,
            pacing_bytes_per_ms: 0,
            tx: ring(tx.size(), tx_seq0),
            rx: ring(rx.size(), rx_seq0),
        };
        let clock = Micros(engine.clock().0.saturating_sub(CLOCK_ERROR.0));
        let filled = fill(engine, handle, snapshot, tx, rx).map_err(Reason::from).and_then(|()| {
            to_image(snapshot, &placement, clock).map_err(|error| {
                log::warn!("session {tuple}: {error}");
                Reason::Image
            })
        });
        match filled {
            Ok(image) => Ok((handle, image)),
            Err(reason) => {
                engine.release(handle);
                self.hops.release(path.hop.key);
                Err(reason)
            }
        }
    }

    /// Does for a session what could not be done before.
    fn advance(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
    ) -> bool {
        let Some(away) = self.sessions.get_mut(&id) else { return false };
        match &mut away.stage {
            Stage::Leaving(leaving) if !leaving.asked => {
                match self.hops.state(leaving.detached.path.hop.key) {
                    SlotState::Ready => match engine.install(leaving.handle, &leaving.image) {
                        Ok(()) => {
                            leaving.asked = true;
                            return true;
                        }
                        Err(Refusal::Busy) => {
                            self.todo.insert(id);
                        }
                        Err(refusal) => self.come_home(now, stack, engine, id, refusal, None),
                    },
                    // The acknowledgement comes as an event.
                    SlotState::Waiting => {}
                    SlotState::Broken => {
                        self.come_home(now, stack, engine, id, Refusal::Lost, None);
                    }
                }
                false
            }
            Stage::Returning(returning) if !returning.asked => {
                match engine.evict(returning.held.handle) {
                    Ok(()) => returning.asked = true,
                    Err(Refusal::Busy) => {
                        self.todo.insert(id);
                        return false;
                    }
                    Err(_) => self.back_failed(now, stack, engine, id),
                }
                true
            }
            Stage::Engine(held) => {
                if held.replaying && !self.replay(stack, engine, id) {
                    self.todo.insert(id);
                    return false;
                }
                self.tell(engine, id)
            }
            Stage::Leaving(_) | Stage::Returning(_) | Stage::Ended(_) => false,
        }
    }

    /// The engine did not take it: software goes on, with the state as it was or as the engine gave it back.
    fn come_home(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
        refusal: Refusal,
        image: Option<&SessionImage>,
    ) {
        let Some(Away { stage: Stage::Leaving(leaving), wish }) = self.take_away(id) else {
            return;
        };
        let reason = Reason::Engine(refusal);
        self.stats.refused += 1;
        self.stats.count(reason);
        let key = leaving.detached.path.hop.key;
        let snapshot = match image {
            None => None,
            Some(image) => {
                self.take_apart(engine, leaving.handle, image, &leaving.detached.snapshot.config)
            }
        };
        match snapshot {
            Some((snapshot, tx, rx)) => {
                let detached = *leaving.detached;
                attach(stack, now, Detached { snapshot, tx, rx, ..detached });
            }
            None => attach(stack, now, *leaving.detached),
        }
        engine.release(leaving.handle);
        self.hops.release(key);
        home_wish(stack, now, id, wish);
        self.refused(now, id, reason, BACK_OFF.0);
    }

    fn installed(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        handle: Handle,
    ) {
        let Some(id) = self.id_of(handle) else { return };
        let Some(away) = self.sessions.remove(&id) else { return };
        let Away { stage: Stage::Leaving(leaving), wish } = away else {
            self.sessions.insert(id, away);
            return;
        };
        self.stats.installed += 1;
        let Leaving { detached, handle, .. } = leaving;
        let Detached { snapshot, path, .. } = *detached;
        let unread = snapshot
            .rcv_nxt
            .wrapping_sub(snapshot.rcv_read)
            .wrapping_sub(u32::from(snapshot.peer_fin));
        let unacked = snapshot.snd_end.wrapping_sub(snapshot.snd_una);
        self.ledger.pass_on(id, By::Software, By::Engine, unacked, unread);
        let held = Held {
            handle,
            hop: Some(path.hop.key),
            config: snapshot.config,
            peer_mss: snapshot.peer_mss,
            ts_ok: snapshot.ts_ok,
            snd_una: snapshot.snd_una,
            parked: false,
            want: Want::default(),
            stuck: None,
            replaying: true,
            queries: Vec::new(),
        };
        self.sessions.insert(id, Away { stage: Stage::Engine(held), wish });
        // The route may have changed while nobody could move the session.
        let present = stack.away_path(id);
        if present.map(|p| (p.hop.key, p.mtu, p.df_off))
            != Some((path.hop.key, path.mtu, path.df_off))
        {
            self.path_changed(stack, engine, id, present);
        }
        if !self.replay(stack, engine, id) {
            self.todo.insert(id);
        }
        self.carry_out(engine, id, wish);
        self.tell(engine, id);
        let _ = now;
    }

    /// Feeds what the host caught to the engine, in order. `false` while there is no room.
    fn replay(&mut self, stack: &mut Stack, engine: &mut impl Engine, id: TcpId) -> bool {
        let Some(Away { stage: Stage::Engine(held), .. }) = self.sessions.get_mut(&id) else {
            return true;
        };
        while let Some(caught) = held.stuck.take().or_else(|| stack.take_caught(id)) {
            if !engine.inject(&caught.frame) {
                held.stuck = Some(caught);
                held.replaying = true;
                return false;
            }
            self.stats.replayed += 1;
        }
        if std::mem::take(&mut held.replaying) && stack.engine_took(id).is_ok() {
            stack.notify_away(id);
        }
        true
    }

    /// Does what the application asked for in the meantime.
    fn carry_out(&mut self, engine: &mut impl Engine, id: TcpId, wish: Wish) {
        let Some(handle) = self.handle(id) else { return };
        if wish.abort {
            engine.abort(handle);
        } else if wish.close {
            engine.close(handle);
        }
    }

    // ---- while it is there ----

    /// Tells the engine what has changed for a session. `true` when something was told.
    fn tell(&mut self, engine: &mut impl Engine, id: TcpId) -> bool {
        let Some(Away { stage: Stage::Engine(held), .. }) = self.sessions.get_mut(&id) else {
            return false;
        };
        if !held.want.any() {
            return false;
        }
        let handle = held.handle;
        let mut told = false;
        let mut busy = false;
        if let Some(hop) = held.want.hop {
            let index = match hop {
                None => Some(NOWHERE),
                Some(key) if self.hops.state(key) == SlotState::Ready => self.hops.index(key),
                Some(_) => None,
            };
            if let Some(index) = index {
                if engine.set_session_hop(handle, index).is_ok() {
                    if let Some(old) = std::mem::replace(&mut held.hop, hop) {
                        self.hops.release(old);
                    }
                    held.want.hop = None;
                    held.want.kick = hop.is_some();
                    self.stats.moved += 1;
                    told = true;
                } else {
                    busy = true;
                }
            }
        }
        if let Some(mss) = held.want.mss {
            if engine.set_session_mss(handle, mss).is_ok() {
                held.want.mss = None;
                self.stats.mss_changed += 1;
                told = true;
            } else {
                busy = true;
            }
        }
        if let Some(df) = held.want.df {
            if engine.set_session_df(handle, df).is_ok() {
                held.want.df = None;
                told = true;
            } else {
                busy = true;
            }
        }
        if held.want.snapshot {
            if engine.snapshot(handle).is_ok() {
                held.want.snapshot = false;
                told = true;
            } else {
                busy = true;
            }
        }
        if held.want.kick && held.want.hop.is_none() {
            engine.kick(handle);
            held.want.kick = false;
            self.stats.kicked += 1;
            told = true;
        }
        if busy {
            self.todo.insert(id);
        }
        told
    }

    fn path_changed(
        &mut self,
        stack: &Stack,
        engine: &mut impl Engine,
        id: TcpId,
        to: Option<SessionPath>,
    ) {
        let Some(away) = self.sessions.get_mut(&id) else { return };
        let held = match &mut away.stage {
            Stage::Engine(held) => held,
            Stage::Returning(_) | Stage::Leaving(_) | Stage::Ended(_) => return,
        };
        // A move that was not made yet is replaced by this one.
        if let Some(Some(key)) = held.want.hop.take() {
            self.hops.release(key);
        }
        match to {
            None => held.want.hop = held.hop.map(|_| None),
            Some(path) => {
                if held.hop != Some(path.hop.key) {
                    held.want.hop =
                        self.hops.acquire(engine, &path.hop).map(|_| Some(path.hop.key));
                    if held.want.hop.is_none() {
                        log::warn!("no next-hop slot for {}", path.hop.key.next_hop());
                        held.want.hop = Some(None);
                    }
                }
                let ipv6 = stack.tcp_tuple(id).is_some_and(|t| t.is_ipv6());
                held.want.mss = Some(segment_size(held, path.mtu, ipv6));
                held.want.df = Some(!path.df_off);
                held.want.kick = true;
            }
        }
        self.tell(engine, id);
    }

    /// News of the stack that somebody else took ([`Stack::poll_handoff`]).
    pub fn handle_handoff(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        event: HandoffEvent,
    ) {
        self.handoff_event(now, stack, engine, event);
    }

    /// The device is gone, or was reset: what it had is lost.
    pub fn device_gone(&mut self, now: Micros, stack: &mut Stack, engine: &mut impl Engine) {
        while engine.poll_event().is_some() {}
        self.device_lost(now, stack, engine);
    }

    /// What the stack has to say.
    fn handoff_event(
        &mut self,
        _now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        event: HandoffEvent,
    ) {
        match event {
            HandoffEvent::Caught(id) => {
                if !self.replay(stack, engine, id) {
                    self.todo.insert(id);
                }
            }
            HandoffEvent::NextHop(facts) => self.hops.update(engine, &facts),
            HandoffEvent::Path { id, from: _, to } => self.path_changed(stack, engine, id, to),
            HandoffEvent::Icmp(query) => {
                self.stats.icmp_asked += 1;
                if let Some(Away { stage: Stage::Engine(held), .. }) =
                    self.sessions.get_mut(&query.id)
                    && held.queries.len() < 16
                {
                    held.want.snapshot |= held.queries.is_empty();
                    held.queries.push(query);
                    self.tell(engine, query.id);
                }
            }
            HandoffEvent::Released(id) => {
                let unread = self
                    .handle(id)
                    .and_then(|handle| engine.progress(handle))
                    .is_some_and(|p| p.readable > 0);
                // Data that nobody will read: the peer must know (RFC 1122 §4.2.2.13).
                if unread { self.abort(engine, id) } else { self.shutdown(engine, id) }
            }
        }
    }

    /// What the engine has to say.
    fn engine_event(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        event: EngineEvent,
    ) {
        match event {
            EngineEvent::Installed(handle) => self.installed(now, stack, engine, handle),
            EngineEvent::Refused(handle, refusal, image) => {
                if let Some(id) = self.id_of(handle) {
                    self.come_home(now, stack, engine, id, refusal, image.as_deref());
                }
            }
            EngineEvent::Failed(handle) => {
                if let Some(id) = self.id_of(handle) {
                    self.stats.failed += 1;
                    self.end(stack, engine, id, EngineClose::Error(TcpError::Aborted));
                }
            }
            EngineEvent::HopSet(index, good) => self.hop_set(now, stack, engine, index, good),
            EngineEvent::Progress(handle) => self.progress(now, stack, engine, handle),
            EngineEvent::Parked(handle) => {
                self.stats.parked += 1;
                self.parked(now, stack, engine, handle);
            }
            EngineEvent::Unparked(handle) => {
                if let Some(held) = self.held(handle) {
                    held.parked = false;
                }
            }
            EngineEvent::Closed(handle, reason) => self.closed(now, stack, engine, handle, reason),
            EngineEvent::Evicted(handle, image) => {
                self.evicted(now, stack, engine, handle, &image);
            }
            EngineEvent::EvictFailed(handle) => {
                if let Some(id) = self.id_of(handle) {
                    self.back_failed(now, stack, engine, id);
                }
            }
            EngineEvent::Snapshot(handle, image) => self.snapshot(now, stack, handle, &image),
            EngineEvent::SnapshotFailed(handle) => {
                if let Some(held) = self.held(handle) {
                    held.queries.clear();
                }
            }
            EngineEvent::TimeWaitGone { lport, rport, raddr } => {
                if let Some(tuple) = self.time_waits.find(lport, rport, raddr) {
                    self.stats.time_wait_gone += 1;
                    self.time_waits.remove(&tuple);
                    stack.engine_time_wait_gone(&tuple);
                }
            }
            EngineEvent::Lost => self.device_lost(now, stack, engine),
        }
    }

    fn held(&mut self, handle: Handle) -> Option<&mut Held> {
        let id = self.id_of(handle)?;
        match &mut self.sessions.get_mut(&id)?.stage {
            Stage::Engine(held) => Some(held),
            _ => None,
        }
    }

    fn hop_set(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        index: u16,
        good: bool,
    ) {
        let Some(key) = self.hops.acknowledged(index, good) else { return };
        if self.hops.state(key) == SlotState::Waiting {
            return;
        }
        let valid = self.hops.valid(key);
        let mut concerned = Vec::new();
        for (id, away) in &mut self.sessions {
            match &mut away.stage {
                Stage::Leaving(x) if !x.asked && x.detached.path.hop.key == key => {
                    concerned.push(*id);
                }
                Stage::Engine(held) if held.want.hop == Some(Some(key)) => concerned.push(*id),
                Stage::Engine(held) if held.hop == Some(key) && held.parked && valid => {
                    held.want.kick = true;
                    concerned.push(*id);
                }
                _ => {}
            }
        }
        for id in concerned {
            self.advance(now, stack, engine, id);
        }
    }

    fn progress(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        handle: Handle,
    ) {
        let Some(id) = self.id_of(handle) else { return };
        let Some(progress) = engine.progress(handle) else { return };
        if let Some(held) = self.held(handle) {
            let acked = held.snd_una != progress.snd_una;
            held.snd_una = progress.snd_una;
            held.parked = progress.parked;
            if let Some(key) = held.hop
                && acked
                && self.hops.confirm_due(now, key)
            {
                stack.confirm_progress(now, key);
            }
        }
        if stack.is_released(id) && progress.readable > 0 {
            // Data after close: nobody will read them.
            self.abort(engine, id);
        }
        stack.notify_away(id);
    }

    fn parked(&mut self, now: Micros, stack: &mut Stack, engine: &mut impl Engine, handle: Handle) {
        let Some(id) = self.id_of(handle) else { return };
        let Some(held) = self.held(handle) else { return };
        held.parked = true;
        let Some(key) = held.hop else { return };
        if self.hops.valid(key) {
            // Repaired before we heard of it.
            if let Some(held) = self.held(handle) {
                held.want.kick = true;
            }
            self.tell(engine, id);
        } else {
            stack.neighbour_used(now, key);
        }
    }

    fn snapshot(&mut self, now: Micros, stack: &mut Stack, handle: Handle, image: &SessionImage) {
        let Some(held) = self.held(handle) else { return };
        let queries = std::mem::take(&mut held.queries);
        let (una, max) = (SeqNum(image.snd_una), SeqNum(image.snd_max));
        for query in queries {
            // S-MTU-1: the quoted sequence number must be in flight.
            if una.before_eq(query.seq) && query.seq.before(max) {
                self.stats.icmp_believed += 1;
                stack.icmp_confirmed(now, &query);
            }
        }
    }

    // ---- back ----

    /// Begins to take a session back. `again`: when it may leave once more.
    ///
    /// # Errors
    /// [`Owner`] when the engine does not have it.
    pub fn take_back(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
        again: Option<Micros>,
    ) -> Result<(), Owner> {
        match self.owner(id) {
            Owner::Engine => {
                self.return_session(now, stack, engine, id, again);
                Ok(())
            }
            other => Err(other),
        }
    }

    fn return_session(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
        again: Option<Micros>,
    ) {
        let Some(away) = self.sessions.remove(&id) else { return };
        let Away { stage: Stage::Engine(mut held), wish } = away else {
            self.sessions.insert(id, away);
            return;
        };
        if stack.engine_releases(id).is_err() {
            self.sessions.insert(id, Away { stage: Stage::Engine(held), wish });
            return;
        }
        self.stats.back += 1;
        if let Some(Some(key)) = held.want.hop.take() {
            self.hops.release(key);
        }
        let stage = Stage::Returning(Returning { held, asked: false, again });
        self.sessions.insert(id, Away { stage, wish });
        self.advance(now, stack, engine, id);
    }

    /// A segment of this session came back from the engine, which does not want it: software must look at it.
    pub fn bounced(&mut self, now: Micros, stack: &mut Stack, engine: &mut impl Engine, id: TcpId) {
        if self.owner(id) == Owner::Engine {
            self.stats.bounced += 1;
            self.return_session(now, stack, engine, id, Some(now + BACK_OFF.1));
        }
    }

    /// It stays the engine's, or has ended there.
    fn back_failed(&mut self, now: Micros, stack: &mut Stack, engine: &mut impl Engine, id: TcpId) {
        let Some(away) = self.sessions.remove(&id) else { return };
        let Away { stage: Stage::Returning(returning), wish } = away else {
            self.sessions.insert(id, away);
            return;
        };
        self.stats.back_failed += 1;
        let held = Held { replaying: true, ..returning.held };
        self.sessions.insert(id, Away { stage: Stage::Engine(held), wish });
        self.carry_out(engine, id, wish);
        self.advance(now, stack, engine, id);
    }

    /// State and rings out of an image of the engine.
    fn take_apart(
        &mut self,
        engine: &impl Engine,
        handle: Handle,
        image: &SessionImage,
        config: &Config,
    ) -> Option<(Snapshot, ByteRing, ByteRing)> {
        let clock = engine.clock() + CLOCK_ERROR;
        let (snapshot, placement) = match from_image(image, clock, config) {
            Ok(both) => both,
            Err(error) => {
                log::error!("the engine gave back an impossible session: {error}");
                return None;
            }
        };
        let mut tx = ByteRing::new(placement.tx.size(), SeqNum(placement.tx.seq0));
        let mut rx = ByteRing::new(placement.rx.size(), SeqNum(placement.rx.seq0));
        let mut buffer = Vec::new();
        let mut copy = |from: u32, to: u32, ring: &mut ByteRing, send: bool| {
            let len = to.wrapping_sub(from);
            if len == 0 || len > ring.size() {
                return len == 0;
            }
            buffer.resize(len as usize, 0);
            let good = if send {
                engine.copy_tx(handle, from, &mut buffer)
            } else {
                engine.copy_rx(handle, from, &mut buffer)
            };
            ring.write(SeqNum(from), &buffer);
            good
        };
        let (una, end) = (snapshot.snd_una, snapshot.snd_end);
        let acked_all = SeqNum(end).before(SeqNum(una));
        let mut good = acked_all || copy(una, end, &mut tx, true);
        let data_end = snapshot.rcv_nxt.wrapping_sub(u32::from(snapshot.peer_fin));
        good &= copy(snapshot.rcv_read, data_end, &mut rx, false);
        for (start, end) in snapshot.ooo {
            good &= copy(start, end, &mut rx, false);
        }
        if !good {
            log::error!("the rings of a returned session do not match its state");
        }
        good.then_some((snapshot, tx, rx))
    }

    fn evicted(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        handle: Handle,
        image: &SessionImage,
    ) {
        let Some(id) = self.id_of(handle) else { return };
        let Some(Away { stage: Stage::Returning(returning), .. }) = self.sessions.get(&id) else {
            return;
        };
        let config = returning.held.config;
        let again = returning.again;
        let restored = self.take_apart(engine, handle, image, &config).and_then(|(s, tx, rx)| {
            let unread = s.rcv_nxt.wrapping_sub(s.rcv_read).wrapping_sub(u32::from(s.peer_fin));
            let unacked = s.snd_end.wrapping_sub(s.snd_una);
            let unacked = if unacked > tx.size() { 0 } else { unacked };
            match stack.attach_tcp(now, id, &s, tx, rx) {
                Ok(()) => Some((unacked, unread)),
                Err(error) => {
                    log::error!("session cannot come back: {error}");
                    None
                }
            }
        });
        let Some((unacked, unread)) = restored else {
            self.stats.failed += 1;
            self.end(stack, engine, id, EngineClose::Error(TcpError::Aborted));
            return;
        };
        self.stats.returned += 1;
        let Some(Away { stage: Stage::Returning(returning), wish }) = self.take_away(id) else {
            return;
        };
        self.ledger.pass_on(id, By::Engine, By::Software, unacked, unread);
        if let Some(key) = returning.held.hop {
            self.hops.release(key);
        }
        engine.release(handle);
        home_wish(stack, now, id, wish);
        if let Some(at) = again {
            self.schedule(id, at, BACK_OFF.0);
        }
    }

    // ---- the end ----

    fn closed(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        handle: Handle,
        reason: SessionReason,
    ) {
        let Some(id) = self.id_of(handle) else { return };
        let Some(away) = self.sessions.get(&id) else { return };
        let aborted = away.wish.abort;
        let class = match &away.stage {
            Stage::Engine(held) => Some(held.config.tw_class),
            Stage::Returning(returning) => Some(returning.held.config.tw_class),
            Stage::Leaving(_) | Stage::Ended(_) => None,
        };
        self.stats.closed += 1;
        let how = match reason {
            SessionReason::TimeWait => {
                self.stats.closed_time_wait += 1;
                if let (Some(tuple), Some(class)) = (stack.tcp_tuple(id), class) {
                    let linger = stack.time_wait().linger(class);
                    self.time_waits.insert(tuple, now + linger + TIME_WAIT_TICK);
                }
                EngineClose::TimeWait
            }
            SessionReason::None | SessionReason::Closed => EngineClose::Normal,
            // Nobody waits for the rest of a closed socket; somebody who still reads must not take this for its end.
            SessionReason::FinWait2Timeout if stack.is_released(id) => EngineClose::Normal,
            SessionReason::ResetByPeer | SessionReason::DataAfterClose => {
                self.stats.closed_reset += 1;
                EngineClose::Error(TcpError::Reset)
            }
            SessionReason::ResetByHost if aborted => EngineClose::Normal,
            SessionReason::ResetByHost | SessionReason::DmaFault | SessionReason::Evicted => {
                EngineClose::Error(TcpError::Aborted)
            }
            SessionReason::RtoTimeout
            | SessionReason::FinWait2Timeout
            | SessionReason::KeepaliveTimeout
            | SessionReason::PersistTimeout => {
                self.stats.closed_timeout += 1;
                EngineClose::Error(TcpError::TimedOut)
            }
        };
        self.end(stack, engine, id, how);
    }

    /// The session is over; its socket stays until the application closes it.
    fn end(&mut self, stack: &mut Stack, engine: &mut impl Engine, id: TcpId, how: EngineClose) {
        let Some(away) = self.sessions.remove(&id) else { return };
        let handle = away.handle();
        match away.stage {
            Stage::Leaving(x) => self.hops.release(x.detached.path.hop.key),
            Stage::Engine(held) | Stage::Returning(Returning { held, .. }) => {
                for key in [held.hop, held.want.hop.flatten()].into_iter().flatten() {
                    self.hops.release(key);
                }
            }
            Stage::Ended(_) => {}
        }
        self.todo.remove(&id);
        let released = stack.is_released(id);
        stack.engine_closed(id, how);
        if released {
            self.handles.remove(&handle);
            self.ledger.forget(id);
            engine.release(handle);
        } else {
            let error = match how {
                EngineClose::Error(error) => Some(error),
                EngineClose::TimeWait | EngineClose::Normal => None,
            };
            let stage = Stage::Ended(Ended { handle, error });
            self.sessions.insert(id, Away { stage, wish: away.wish });
        }
    }

    fn device_lost(&mut self, now: Micros, stack: &mut Stack, engine: &mut impl Engine) {
        self.lost = true;
        let ids: Vec<TcpId> = self.sessions.keys().copied().collect();
        for id in ids {
            match self.sessions.get(&id).map(|away| &away.stage) {
                Some(Stage::Leaving(leaving)) if !leaving.asked => {
                    self.come_home(now, stack, engine, id, Refusal::Lost, None);
                }
                Some(Stage::Leaving(_) | Stage::Engine(_) | Stage::Returning(_)) => {
                    self.stats.failed += 1;
                    self.end(stack, engine, id, EngineClose::Error(TcpError::Aborted));
                }
                Some(Stage::Ended(_)) | None => {}
            }
        }
        self.hops.clear();
        self.todo.clear();
        while let Some(tuple) = self.time_waits.pop_expired(Micros(u64::MAX)) {
            stack.engine_time_wait_gone(&tuple);
        }
    }

    /// The device works again, empty.
    pub fn device_ready(&mut self, now: Micros, stack: &Stack) {
        self.lost = false;
        let ids: Vec<TcpId> = stack.established().collect();
        for id in ids {
            self.consider(now, id);
        }
    }

    fn take_away(&mut self, id: TcpId) -> Option<Away> {
        let away = self.sessions.remove(&id)?;
        self.handles.remove(&away.handle());
        self.todo.remove(&id);
        Some(away)
    }

    /// The application has closed the socket of a session that ended in the engine, or of one in software.
    pub fn forget(&mut self, engine: &mut impl Engine, id: TcpId) {
        self.unschedule(id);
        if matches!(self.sessions.get(&id), Some(Away { stage: Stage::Ended(_), .. }))
            && let Some(away) = self.take_away(id)
        {
            engine.release(away.handle());
        }
        if !self.sessions.contains_key(&id) {
            self.ledger.forget(id);
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

// SPDX-License-Identifier: Apache-2.0
//! The way out: candidates become sessions of the engine.

use toe_abi::SessionImage;
use toe_image::{Placement, Ring, to_image};
use toe_stack::{Detached, Place, Stack, TcpId};
use toe_tcp::Micros;

use super::{BACK_OFF, CLOCK_ERROR, Offload, attach, fill, home_wish, log2};
use crate::engine::{Engine, Handle, Refusal, Rings};
use crate::hops::SlotState;
use crate::ledger::By;
use crate::policy::Reason;
use crate::session::{Away, Held, Leaving, Stage, Want, Wish};

impl Offload {
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
        self.kept.remove(&id);
        let result = self.begin(now, stack, engine, id);
        if let Err(reason) = result {
            self.stats.count(reason);
        }
        result
    }

    pub(super) fn begin(
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
        if stack.place(&facts.tuple) != Place::Here {
            return Err(Reason::Moving);
        }
        let there = super::there(&self.sessions, &self.charges).chain(engine.others());
        let (verdict, may) = self.policy.would(&facts, there);
        // A session that tries again is no other session.
        if facts.options.offload && self.judged.insert(id, verdict.rule) != Some(verdict.rule) {
            self.policy.count(&verdict);
        }
        may?;
        self.apply(now, stack, engine, id, &verdict.settings);
        let detached = stack.detach_tcp(now, id).map_err(|error| match error {
            toe_stack::handoff::DetachError::NoSession => Reason::NoSession,
            toe_stack::handoff::DetachError::State(_) => Reason::Closing,
            toe_stack::handoff::DetachError::NoPath => Reason::NoPath,
            toe_stack::handoff::DetachError::Unresolved => Reason::Unresolved,
        })?;
        let wait = self.candidates.get(&id).map_or(BACK_OFF.0, |c| c.wait);
        self.unschedule(id);
        self.stats.out += 1;
        match verdict.rule {
            Some(rule) => self.charges.insert(id, rule),
            None => self.charges.remove(&id),
        };
        match self.prepare(stack, engine, &detached) {
            Ok((handle, image)) => {
                self.handles.insert(handle, id);
                let stage = Stage::Leaving(Leaving {
                    detached: Box::new(detached),
                    image: Box::new(image),
                    handle,
                    asked: false,
                    wait,
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
    pub(super) fn prepare(
        &mut self,
        stack: &Stack,
        engine: &mut impl Engine,
        detached: &Detached,
    ) -> Result<(Handle, SessionImage), Reason> {
        let Detached { id: _, tuple, snapshot, tx, rx, path, options: _ } = detached;
        let nexthop = self.hops.acquire(engine, &path.hop).ok_or(Reason::NextHops)?;
        let (tx_seq0, rx_seq0) = (tx.seq0().0, rx.seq0().0);
        let queue_pair = engine.shard(tuple);
        let rings = Rings { queue_pair, tx: tx.size(), rx: rx.size(), tx_seq0, rx_seq0 };
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
            qp: queue_pair,
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
    pub(super) fn advance(
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
    pub(super) fn come_home(
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
        let (reason, wait) = (Reason::Engine(refusal), leaving.wait);
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
        crate::options::catch_up_home(stack, now, id);
        home_wish(stack, now, id, wish);
        self.refused(now, id, reason, wait);
    }

    pub(super) fn installed(
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
        let Detached { snapshot, path, options, .. } = *detached;
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
            mss: snapshot.snd_mss,
            df: snapshot.df,
            snd_una: snapshot.snd_una,
            parked: false,
            time_wait: None,
            looking: false,
            seen: None,
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
        self.catch_up(stack, id, &options);
        if !self.replay(stack, engine, id) {
            self.todo.insert(id);
        }
        self.carry_out(engine, id, wish);
        self.tell(engine, id);
        // The rules may have changed while nobody could move it.
        if super::subject(stack, id)
            .is_some_and(|s| self.policy.verdict(&s).action == crate::rule::Action::Software)
        {
            self.stats.revoked += 1;
            self.return_session(now, stack, engine, id, None);
        }
    }

    /// Feeds what the host caught to the engine, in order. `false` while there is no room.
    pub(super) fn replay(
        &mut self,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
    ) -> bool {
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
    pub(super) fn carry_out(&mut self, engine: &mut impl Engine, id: TcpId, wish: Wish) {
        let Some(handle) = self.handle(id) else { return };
        if wish.abort {
            engine.abort(handle);
        } else if wish.orphan {
            engine.orphan(handle);
        } else if wish.close {
            engine.close(handle);
        }
    }
}

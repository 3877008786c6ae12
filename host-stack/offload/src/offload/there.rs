// SPDX-License-Identifier: Apache-2.0
//! While a session is away: what the engine must be told, and what it tells.

use toe_abi::{SessionImage, SessionKey};
use toe_stack::{EngineClose, HandoffEvent, SessionPath, Stack, TcpError, TcpId};
use toe_tcp::{Micros, SeqNum};

use super::{CLOCK_ERROR, Offload, segment_size};
use crate::engine::{Engine, EngineEvent, Handle};
use crate::hops::{NOWHERE, SlotState};
use crate::session::{Away, Held, Stage};

impl Offload {
    /// Tells the engine what has changed for a session. `true` when something was told.
    pub(crate) fn tell(&mut self, engine: &mut impl Engine, id: TcpId) -> bool {
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
                (held.mss, held.want.mss) = (mss, None);
                self.stats.mss_changed += 1;
                told = true;
            } else {
                busy = true;
            }
        }
        if let Some(df) = held.want.df {
            if engine.set_session_df(handle, df).is_ok() {
                (held.df, held.want.df) = (df, None);
                told = true;
            } else {
                busy = true;
            }
        }
        let settings = [
            (SessionKey::Nodelay, held.want.nodelay.map(u32::from)),
            (SessionKey::Keepalive, held.want.keepalive.map(u32::from)),
            (SessionKey::CcAlgo, held.want.congestion.map(|algo| algo.id().into())),
        ];
        for (key, value) in settings {
            let Some(value) = value else { continue };
            if engine.set_session(handle, key, value).is_err() {
                busy = true;
                continue;
            }
            match key {
                SessionKey::Nodelay => held.want.nodelay = None,
                SessionKey::Keepalive => held.want.keepalive = None,
                _ => held.want.congestion = None,
            }
            self.stats.options_set += 1;
            told = true;
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

    pub(super) fn path_changed(
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
                let mss = segment_size(held, path.mtu, ipv6);
                held.want.mss = (mss != held.mss).then_some(mss);
                held.want.df = (held.df == path.df_off).then_some(!path.df_off);
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
    pub(super) fn handoff_event(
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
            HandoffEvent::Released(id) => self.released(engine, id),
        }
    }

    /// What the engine has to say.
    pub(super) fn engine_event(
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
            EngineEvent::SettingRefused(handle, key) => {
                log::warn!("the engine refuses {key:?}: the session goes on in software");
                if let Some(id) = self.id_of(handle) {
                    self.kept.insert(id);
                    self.return_session(now, stack, engine, id, None);
                }
            }
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
                    held.looking = false;
                }
            }
            EngineEvent::TimeWaitGone { local, remote } => {
                if let Some(tuple) = self.time_waits.find(stack.meant_by_engine(local, remote)) {
                    self.stats.time_wait_gone += 1;
                    self.time_waits.remove(&tuple);
                    stack.engine_time_wait_gone(&tuple);
                }
            }
            EngineEvent::TimeWaitRefused { local, remote, record } => {
                let clock = engine.clock() + CLOCK_ERROR;
                self.time_wait_refused(now, stack, (local, remote), &record, clock);
            }
            EngineEvent::Lost => self.device_lost(now, stack, engine),
        }
    }

    pub(super) fn held(&mut self, handle: Handle) -> Option<&mut Held> {
        let id = self.id_of(handle)?;
        match &mut self.sessions.get_mut(&id)?.stage {
            Stage::Engine(held) => Some(held),
            _ => None,
        }
    }

    pub(super) fn hop_set(
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

    pub(super) fn progress(
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

    pub(super) fn parked(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        handle: Handle,
    ) {
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

    pub(super) fn snapshot(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        handle: Handle,
        image: &SessionImage,
    ) {
        let Some(held) = self.held(handle) else { return };
        let queries = std::mem::take(&mut held.queries);
        held.seen = Some((now, Box::new(*image)));
        held.looking = false;
        let (una, max) = (SeqNum(image.snd_una), SeqNum(image.snd_max));
        for query in queries {
            // S-MTU-1: the quoted sequence number must be in flight.
            if una.before_eq(query.seq) && query.seq.before(max) {
                self.stats.icmp_believed += 1;
                stack.icmp_confirmed(now, &query);
            }
        }
    }
}

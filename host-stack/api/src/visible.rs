// SPDX-License-Identifier: Apache-2.0
//! What a node lets others see and change while it runs: for the control socket, and for programs that watch themselves.

use std::collections::BTreeMap;

use toe_abi::{AdminOpcode, SessionKey};
use toe_driver::{AdminError, AdminReply, Token};
use toe_offload::{CapsError, Owner, Policy, SocketOption, Toggles};
use toe_stack::{FourTuple, IfId, Micros, TcpError, TcpId};
use toe_tcp::{Tcb, TcpInfo};

use crate::Node;
use crate::control::Captures;
use crate::control::proto::{Filter, Frame};

/// Entries of the engine's TIME_WAIT table that one walk reads.
const MAX_WALK: u32 = 8192;

/// Both ports, the family, and the first word of the peer's address: what a walk tells of an entry.
type WalkKey = (u16, u16, bool, u32);

/// A walk through the engine's TIME_WAIT table: one command an entry.
#[derive(Clone, Copy, Debug)]
struct Walk {
    token: Token,
    ipv6: bool,
    seen: u32,
}

/// What is remembered for those who look.
#[derive(Debug, Default)]
pub(crate) struct Visible {
    pub(crate) captures: Captures,
    /// Sessions that the engine mirrors for a capture.
    mirrored: BTreeMap<TcpId, ()>,
    walk: Option<Walk>,
    /// When entries of the engine's TIME_WAIT table expire, as of the last walk.
    expires: BTreeMap<WalkKey, Micros>,
}

impl Visible {
    pub(crate) fn device_gone(&mut self) {
        self.walk = None;
        self.expires.clear();
        self.mirrored.clear();
    }
}

fn key(tuple: &FourTuple) -> WalkKey {
    let [word, ..] = toe_image::addr_words(tuple.remote.addr.ip());
    (tuple.local.port, tuple.remote.port, tuple.is_ipv6(), word)
}

impl Node {
    /// Sets an option of a socket, whoever has its session.
    ///
    /// # Errors
    /// [`TcpError`].
    pub fn set_option(
        &mut self,
        now: Micros,
        id: TcpId,
        option: SocketOption,
    ) -> Result<(), TcpError> {
        self.engine.set_now(now);
        let (offload, stack, mut engine) = self.of_mut(id);
        offload.set_option(now, stack, &mut engine, id, option)
    }

    /// Another policy, in all shards: sessions that it does not allow come back. Rules that stay keep their counters.
    pub fn set_policy(&mut self, policy: &Policy) {
        self.dirty = true;
        for shard in &mut self.shards {
            shard.offload.set_policy(policy.clone());
        }
    }

    /// Whether sessions go to the engine by themselves. Switched on, those in software are asked at once.
    pub fn set_automatic(&mut self, now: Micros, on: bool) {
        self.dirty = true;
        for shard in &mut self.shards {
            shard.offload.set_automatic(on);
        }
        if on {
            self.consider_all(now);
        }
    }

    /// Takes all sessions back, and lets none go: before a device is reset, replaced or given away. How many were asked;
    /// when none is away any more ([`toe_offload::Offload::sessions_away`]), [`Node::reset_device`] loses nothing.
    pub fn evacuate(&mut self, now: Micros) -> usize {
        self.set_automatic(now, false);
        let ids = self.in_engine();
        ids.into_iter().filter(|id| self.take_back(now, *id, None).is_ok()).count()
    }

    /// Sessions that the engine has.
    pub(crate) fn in_engine(&self) -> Vec<TcpId> {
        self.away().filter(|(_, owner)| *owner == Owner::Engine).map(|(id, _)| id).collect()
    }

    fn consider_all(&mut self, now: Micros) {
        for shard in &mut self.shards {
            let ids: Vec<TcpId> = shard.stack.established().collect();
            for id in ids {
                shard.offload.consider(now, id);
            }
        }
    }

    /// Switches device abilities, all of them or none; gives what was switched off besides (S-CSUM-4). Sessions in the
    /// engine stay there (S-TOE-2).
    ///
    /// # Errors
    /// [`CapsError`].
    pub fn toggle_caps(&mut self, id: IfId, toggles: &Toggles) -> Result<Vec<String>, CapsError> {
        self.dirty = true;
        let Some(caps) = self.stack().interfaces().get(id).map(|i| i.caps) else {
            return Ok(Vec::new());
        };
        let (caps, messages) = toggles.apply(caps)?;
        let _exists = self.configure(|stack| stack.set_caps(id, caps));
        let now = self.engine.now();
        if self.offload().is_automatic() {
            self.consider_all(now);
        }
        Ok(messages)
    }

    /// Asks the engine for a copy of a session's state; [`toe_offload::Offload::seen`] has it soon.
    pub fn look(&mut self, now: Micros, id: TcpId) {
        self.engine.set_now(now);
        let (offload, _, mut engine) = self.of_mut(id);
        offload.look(&mut engine, id);
    }

    /// `tcp_info` of a session, whoever has it, and how old it is, µs: what the engine has is as of its last answer to
    /// [`Node::look`], and it hears of what the application has read when that is an eighth of the ring. `None`: no session, one in transit, or the engine has not been asked.
    #[must_use]
    pub fn tcp_info(&self, now: Micros, id: TcpId) -> Option<(TcpInfo, Micros)> {
        let shard = self.of(id);
        if let Some(info) = shard.stack.tcp_info(now, id) {
            return Some((info, Micros::ZERO));
        }
        let (at, image) = shard.offload.seen(id)?;
        let clock = self.engine_clock_at(at);
        let (snapshot, _) = toe_image::from_image(image, clock, &shard.offload.config(id)?).ok()?;
        let info = Tcb::thaw(&snapshot, clock).ok()?.info(clock);
        Some((info, now.since(at)))
    }

    /// The engine's clock at a time of ours.
    #[must_use]
    pub fn engine_clock_at(&self, at: Micros) -> Micros {
        Micros(at.0.wrapping_add(self.engine.clock))
    }

    // ---- TIME_WAIT ----

    /// Begins to read the engine's TIME_WAIT table. `false`: there is nothing to read, or a walk is under way.
    pub(crate) fn begin_walk(&mut self, now: Micros) -> bool {
        if self.visible.walk.is_some() {
            return true;
        }
        if self.shards().all(|s| s.offload().time_waits() == 0) || self.is_lost() {
            return false;
        }
        self.engine.set_now(now);
        self.visible.expires.clear();
        self.walk_on(false, 0, 0)
    }

    /// Whether a walk is under way.
    pub(crate) fn walks(&self) -> bool {
        self.visible.walk.is_some()
    }

    fn walk_on(&mut self, ipv6: bool, from: u32, seen: u32) -> bool {
        self.dirty = true;
        let data = [u32::from(ipv6), 0, 0, 0, 0, 0, 0, 0];
        let token = self.engine.driver.admin(AdminOpcode::TwWalk, 0, from, data).ok();
        self.visible.walk = token.map(|token| Walk { token, ipv6, seen });
        self.visible.walk.is_some()
    }

    fn walked(&mut self, now: Micros, walk: Walk, result: Result<AdminReply, AdminError>) {
        self.visible.walk = None;
        match result {
            Ok(AdminReply { result: [index, ports, word, left], .. }) if walk.seen < MAX_WALK => {
                let [a, b, c, d] = ports.to_le_bytes();
                let key = (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]), walk.ipv6, word);
                self.visible.expires.insert(key, now + Micros(left.into()));
                self.walk_on(walk.ipv6, index.wrapping_add(1), walk.seen + 1);
            }
            // The end of a family.
            Ok(_) | Err(AdminError::Refused { .. }) if !walk.ipv6 => {
                self.walk_on(true, 0, walk.seen);
            }
            Ok(_) | Err(_) => {}
        }
    }

    /// How long an entry of the engine's TIME_WAIT table stays, as of the last walk.
    pub(crate) fn time_wait_left(&self, tuple: &FourTuple) -> Option<Micros> {
        let expires = self.visible.expires.get(&key(tuple))?;
        Some(expires.since(self.engine.now()))
    }

    // ---- captures ----

    pub(crate) fn capture_start(&mut self, now: Micros, filter: Filter) -> Option<u32> {
        self.dirty = true;
        self.visible.captures.start(now, filter)
    }

    pub(crate) fn capture_read(
        &mut self,
        now: Micros,
        id: u32,
        stop: bool,
    ) -> Option<(Vec<Frame>, u64)> {
        let read = self.visible.captures.read(now, id);
        if stop {
            self.dirty = true;
            self.visible.captures.stop(id);
        }
        read
    }

    /// Keeps up what was asked for: answers of commands, sessions to be mirrored.
    pub(crate) fn see(&mut self, now: Micros) {
        while let Some((token, result)) = self.engine.replies.pop_front() {
            if let Some(walk) = self.visible.walk.filter(|walk| walk.token == token) {
                self.walked(now, walk, result);
            }
        }
        if self.visible.captures.is_empty() && self.visible.mirrored.is_empty() {
            return;
        }
        let there = self.in_engine();
        self.visible.mirrored.retain(|id, ()| there.contains(id));
        for id in there {
            let wanted = self.tuple(id).is_some_and(|t| self.visible.captures.wants(&t));
            let mirrored = self.visible.mirrored.contains_key(&id);
            let Some(handle) = self.of(id).offload.handle(id).filter(|_| wanted != mirrored) else {
                continue;
            };
            let handle = toe_driver::SessionHandle::from_raw(handle.0);
            let told = self.engine.driver.session_set(handle, SessionKey::Mirror, wanted.into());
            let told = told.is_ok();
            if told && wanted {
                self.visible.mirrored.insert(id, ());
            } else if told {
                self.visible.mirrored.remove(&id);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
//! The way back: sessions return to the host, whole or in pieces.

use toe_abi::SessionImage;
use toe_image::from_image;
use toe_stack::ring::ByteRing;
use toe_stack::{EngineClose, Stack, TcpError, TcpId};
use toe_tcp::{Config, Micros, SeqNum, Snapshot};

use super::{BACK_OFF, CLOCK_ERROR, Offload, home_wish};
use crate::engine::{Engine, Handle};
use crate::ledger::By;
use crate::session::{Away, Held, Owner, Returning, Stage};

impl Offload {
    /// Begins to take a session back. `again`: when it may leave once more; without, it stays until
    /// [`Offload::offload`] or [`Offload::set_automatic`].
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
                if again.is_none() {
                    self.kept.insert(id);
                }
                self.return_session(now, stack, engine, id, again);
                Ok(())
            }
            other => Err(other),
        }
    }

    pub(crate) fn return_session(
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
    pub(super) fn back_failed(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
    ) {
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
    pub(super) fn take_apart(
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

    pub(super) fn evicted(
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
        crate::options::catch_up_home(stack, now, id);
        home_wish(stack, now, id, wish);
        if let Some(at) = again {
            self.schedule(id, at, BACK_OFF.0);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
//! The end of a session that is away, and of a device.

use std::net::SocketAddr;

use toe_abi::SessionReason;
use toe_stack::{EngineClose, Stack, TcpError, TcpId};
use toe_tcp::{Micros, TimeWaitRecord, ts_clock};

use super::{Offload, TIME_WAIT_TICK};
use crate::engine::{Engine, Handle, Refusal};
use crate::session::{Away, Ended, Owner, Returning, Stage};

impl Offload {
    pub(super) fn closed(
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
        let held = match &away.stage {
            Stage::Engine(held) => Some(held),
            Stage::Returning(returning) => Some(&returning.held),
            Stage::Leaving(_) | Stage::Ended(_) => None,
        };
        let class = held.map(|held| held.config.tw_class);
        let refused = held.and_then(|held| held.time_wait);
        let tuple = stack.tcp_tuple(id);
        self.stats.closed += 1;
        if let Some(learnt) = engine.progress(handle).and_then(|last| last.learnt) {
            stack.engine_measured(now, id, learnt);
        }
        let how = match reason {
            SessionReason::TimeWait => {
                self.stats.closed_time_wait += 1;
                if let (Some(tuple), Some(class), None) = (tuple, class, refused) {
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
        if let (EngineClose::TimeWait, Some(tuple), Some(record)) = (how, tuple, refused) {
            stack.engine_time_wait_refused(now, &tuple, record);
        }
    }

    /// The engine's TIME_WAIT table had no place: the software table takes the entry (S-VTW-5). Where the session's end is
    /// still to be heard (the two come by different rings), it waits with the session. `clock` is the engine's.
    pub(super) fn time_wait_refused(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        (local, remote): (SocketAddr, SocketAddr),
        record: &TimeWaitRecord,
        clock: Micros,
    ) {
        // Our timestamps go on where the engine's stopped.
        let ts_offset = ts_clock(clock, record.ts_offset).wrapping_sub(ts_clock(now, 0));
        let record = TimeWaitRecord { ts_offset, ..*record };
        if let Some(tuple) = self.time_waits.find(stack.meant_by_engine(local, remote)) {
            self.stats.time_wait_refused += 1;
            self.time_waits.remove(&tuple);
            stack.engine_time_wait_refused(now, &tuple, record);
            return;
        }
        let mut ids = stack.meant_by_engine(local, remote).filter_map(|t| stack.tcp_of_tuple(&t));
        let id = ids.find(|id| matches!(self.owner(*id), Owner::Engine | Owner::InTransitBack));
        let held = id.and_then(|id| match &mut self.sessions.get_mut(&id)?.stage {
            Stage::Engine(held) => Some(held),
            Stage::Returning(returning) => Some(&mut returning.held),
            Stage::Leaving(_) | Stage::Ended(_) => None,
        });
        if let Some(held) = held {
            self.stats.time_wait_refused += 1;
            held.time_wait = Some(record);
        }
    }

    /// The session is over; its socket stays until the application closes it.
    pub(super) fn end(
        &mut self,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
        how: EngineClose,
    ) {
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
            self.judged.remove(&id);
            self.kept.remove(&id);
            self.charges.remove(&id);
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

    pub(super) fn device_lost(&mut self, now: Micros, stack: &mut Stack, engine: &mut impl Engine) {
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

    pub(super) fn take_away(&mut self, id: TcpId) -> Option<Away> {
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
            self.judged.remove(&id);
            self.kept.remove(&id);
            self.ledger.forget(id);
        }
    }
}

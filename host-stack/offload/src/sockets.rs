// SPDX-License-Identifier: Apache-2.0
//! Socket operations, whoever has the session. Sessions in transit answer "would block"; closing one is remembered and
//! done where it arrives.

use toe_stack::{Readiness, Stack, TcpError, TcpId};
use toe_tcp::Micros;

use crate::engine::{Engine, Fill, Handle, Progress, Take};
use crate::ledger::By;
use crate::offload::Offload;
use crate::session::Stage;

impl Offload {
    /// Puts bytes into the send ring; gives how many found room.
    ///
    /// # Errors
    /// As [`Stack::tcp_send`], but never [`TcpError::Away`].
    pub fn send(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
        data: &[u8],
    ) -> Result<usize, TcpError> {
        let sent = self.send_with(now, stack, engine, id, &mut |space| {
            let n = data.len().min(space.room());
            space.put(0, &data[..n]);
            n
        })?;
        if sent == 0 && !data.is_empty() { Err(TcpError::WouldBlock) } else { Ok(sent) }
    }

    /// Lets `fill` put bytes into the send ring itself, whoever's it is; gives how many it has put. It is called without
    /// room too.
    ///
    /// # Errors
    /// As [`Offload::send`], but no room is no error; `fill` is not called then.
    pub fn send_with(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
        fill: Fill<'_>,
    ) -> Result<usize, TcpError> {
        let Some(away) = self.sessions.get(&id) else {
            let sent = stack.tcp_send_with(now, id, fill)?;
            self.ledger.sent(id, By::Software, sent);
            return Ok(sent);
        };
        match &away.stage {
            Stage::Ended(ended) => Err(ended.error.unwrap_or(TcpError::Closed)),
            _ if away.wish.close || away.wish.abort => Err(TcpError::Closed),
            Stage::Leaving(_) | Stage::Returning(_) => Err(TcpError::WouldBlock),
            Stage::Engine(held) => {
                let sent = engine.write_with(held.handle, fill).ok_or(TcpError::Closed)?;
                if sent > 0 {
                    self.ledger.sent(id, By::Engine, sent);
                    self.hop_used(now, stack, id);
                }
                Ok(sent)
            }
        }
    }

    /// Takes received bytes; 0 is the end of the stream.
    ///
    /// # Errors
    /// As [`Stack::tcp_recv`], but never [`TcpError::Away`].
    pub fn recv(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
        out: &mut [u8],
    ) -> Result<usize, TcpError> {
        self.recv_with(now, stack, engine, id, &mut |bytes| {
            let n = out.len().min(bytes.available());
            if bytes.get(0, &mut out[..n]) { n } else { 0 }
        })
    }

    /// Lets `take` look at received bytes in their ring, whoever's it is; gives how many it has done with, 0 at the end
    /// of the stream.
    ///
    /// # Errors
    /// As [`Offload::recv`]; `take` is not called then.
    pub fn recv_with(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
        take: Take<'_>,
    ) -> Result<usize, TcpError> {
        let Some(away) = self.sessions.get(&id) else {
            let received = stack.tcp_recv_with(now, id, take)?;
            self.ledger.received(id, By::Software, received);
            return Ok(received);
        };
        let (handle, ended) = match &away.stage {
            Stage::Leaving(_) | Stage::Returning(_) => return Err(TcpError::WouldBlock),
            Stage::Engine(held) => (held.handle, None),
            Stage::Ended(ended) => (ended.handle, Some(ended.error)),
        };
        let mut empty = true;
        let received = engine.read_with(handle, &mut |bytes| {
            empty = bytes.available() == 0;
            if empty { 0 } else { take(bytes) }
        });
        if let (Some(received), false) = (received, empty) {
            self.ledger.received(id, By::Engine, received);
            return Ok(received);
        }
        match ended {
            Some(Some(error)) => Err(error),
            Some(None) => Ok(0),
            None if engine.progress(handle).is_some_and(|p| p.peer_fin) => Ok(0),
            None => Err(TcpError::WouldBlock),
        }
    }

    /// Closes our direction, whoever has the session: FIN after everything that was sent. `false`: it is in software.
    pub(crate) fn shutdown_away(&mut self, engine: &mut impl Engine, id: TcpId) -> bool {
        let Some(away) = self.sessions.get_mut(&id) else { return false };
        away.wish.close = true;
        if let Stage::Engine(held) = &away.stage {
            engine.close(held.handle);
        }
        true
    }

    /// The application has given its socket up: nobody reads any more, and the peer must know of data that nobody will
    /// read (RFC 1122 §4.2.2.13, S-TOE-7). Where the session comes home instead, the stack does the same.
    pub(crate) fn released(&mut self, engine: &mut impl Engine, id: TcpId) {
        let Some(away) = self.sessions.get_mut(&id) else { return };
        (away.wish.close, away.wish.orphan) = (true, true);
        if let Stage::Engine(held) = &away.stage {
            engine.orphan(held.handle);
        }
    }

    pub(crate) fn abort(&mut self, engine: &mut impl Engine, id: TcpId) {
        let Some(away) = self.sessions.get_mut(&id) else { return };
        away.wish.abort = true;
        if let Stage::Engine(held) = &away.stage {
            engine.abort(held.handle);
        }
    }

    /// Closes our direction.
    ///
    /// # Errors
    /// As [`Stack::tcp_shutdown`].
    pub fn tcp_shutdown(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
    ) -> Result<(), TcpError> {
        if self.shutdown_away(engine, id) { Ok(()) } else { stack.tcp_shutdown(now, id) }
    }

    /// Cuts the session off with a reset.
    ///
    /// # Errors
    /// As [`Stack::tcp_abort`].
    pub fn tcp_abort(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
    ) -> Result<(), TcpError> {
        if self.sessions.contains_key(&id) {
            self.abort(engine, id);
            return Ok(());
        }
        stack.tcp_abort(now, id)
    }

    /// Gives the socket up; the session goes on closing by itself.
    ///
    /// # Errors
    /// [`TcpError::NoSuchSocket`].
    pub fn tcp_close(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
    ) -> Result<(), TcpError> {
        stack.tcp_close(now, id)?;
        self.forget(engine, id);
        Ok(())
    }

    /// What would not block. `progress`: as of [`Engine::progress`].
    ///
    /// # Errors
    /// [`TcpError::NoSuchSocket`].
    pub fn readiness(
        &self,
        stack: &Stack,
        progress: impl FnOnce(Handle) -> Option<Progress>,
        id: TcpId,
    ) -> Result<Readiness, TcpError> {
        let base = stack.tcp_readiness(id)?;
        let Some(away) = self.sessions.get(&id) else { return Ok(base) };
        Ok(match &away.stage {
            // Nothing can be done in transit; the stack notifies on arrival.
            Stage::Leaving(_) | Stage::Returning(_) => Readiness { away: true, ..base },
            Stage::Engine(held) => {
                let Some(p) = progress(held.handle) else { return Ok(base) };
                Readiness {
                    readable: p.readable > 0 || p.peer_fin || base.error,
                    writable: p.writable > 0 || p.fin_queued || base.error,
                    hangup: p.peer_fin && p.fin_queued,
                    error: base.error,
                    away: true,
                }
            }
            Stage::Ended(_) => Readiness {
                readable: true,
                writable: true,
                hangup: true,
                error: base.error,
                away: false,
            },
        })
    }
}

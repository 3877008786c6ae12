// SPDX-License-Identifier: Apache-2.0
//! The session path: reserve, install, write and read, close, take back.
//!
//! ```text
//! reserve → Reserved → install → Installing → Active → evict → Evicting → Evicted → release
//!              ▲                    │ refused      │ ends by itself
//!              └────────────────────┘              └→ Closed(reason) → release
//! ```

use crate::admin::Op;
use crate::driver::Driver;
use crate::error::{AdminError, Fault, ReserveError, SessionError, SubmitError};
use crate::events::SessionEvent;
use crate::pool::{MAX_LOG2, MIN_LOG2};
use crate::session::{Changes, Reserved, Session, SessionInfo, SessionSpec, SessionState};
use crate::types::{SessionHandle, Token};
use toe_abi::{AdminCmd, EventSession, EventSessionEnd, EventSessionRaw, SessionImage, SessionKey};

/// The free part of a session's send ring.
pub struct TxSpace<'a> {
    session: &'a Session,
    room: u32,
}

impl TxSpace<'_> {
    /// Bytes that fit.
    #[must_use]
    pub fn room(&self) -> usize {
        self.room as usize
    }

    /// Puts bytes `at` bytes after the last one written before.
    ///
    /// # Errors
    /// They do not fit; nothing is written.
    pub fn put(&mut self, at: usize, bytes: &[u8]) -> Result<(), SessionError> {
        match u32::try_from(at) {
            Ok(offset) if offset <= self.room && bytes.len() <= (self.room - offset) as usize => {
                self.session.tx_write(self.session.snd_end.wrapping_add(offset), bytes)
            }
            _ => Err(self.session.not_in_ring()),
        }
    }
}

/// The readable part of a session's receive ring.
pub struct RxBytes<'a> {
    session: &'a Session,
    available: u32,
}

impl RxBytes<'_> {
    /// Bytes that are there.
    #[must_use]
    pub fn available(&self) -> usize {
        self.available as usize
    }

    /// Copies bytes out, from `at` on.
    ///
    /// # Errors
    /// They are not there; nothing is copied.
    pub fn get(&self, at: usize, to: &mut [u8]) -> Result<(), SessionError> {
        match u32::try_from(at) {
            Ok(offset)
                if offset <= self.available && to.len() <= (self.available - offset) as usize =>
            {
                self.session.rx_read(self.session.rcv_read.wrapping_add(offset), to)
            }
            _ => Err(self.session.not_in_ring()),
        }
    }
}

/// Word 0 of every session image.
const IMAGE_MAGIC: u32 = toe_abi::Magic::SessionImage.to_bits();

impl Driver {
    /// Takes a slot of the engine and memory for two rings. Sequence numbers begin at the rings' own positions 0 and
    /// are set by [`Driver::session_install`].
    ///
    /// # Errors
    /// See [`ReserveError`]; nothing is held then.
    pub fn session_reserve(&mut self, spec: &SessionSpec) -> Result<Reserved, ReserveError> {
        self.bar.alive()?;
        if usize::from(spec.queue_pair) >= self.qps.len() {
            return Err(ReserveError::BadQueue(spec.queue_pair));
        }
        let log2 = |bytes: u32| {
            let log2 = u8::try_from(bytes.trailing_zeros()).unwrap_or(0);
            let good = bytes.is_power_of_two() && (MIN_LOG2..=MAX_LOG2).contains(&log2);
            if good { Ok(log2) } else { Err(ReserveError::BadRing(bytes)) }
        };
        let (tx_log2, rx_log2) = (log2(spec.tx_ring)?, log2(spec.rx_ring)?);
        if self.sessions.full() {
            return Err(ReserveError::TableFull);
        }
        let transport = self.bar.transport.as_mut();
        let tx = self.pool.alloc(transport, tx_log2).map_err(ReserveError::NoMemory)?;
        let rx = match self.pool.alloc(transport, rx_log2) {
            Ok(rx) => rx,
            Err(error) => {
                self.pool.free(tx);
                return Err(ReserveError::NoMemory(error));
            }
        };
        match self.sessions.reserve(spec, tx, rx) {
            Ok(handle) => {
                self.stats.reserved += 1;
                Ok(Reserved { handle, tx_ring: spec.tx_ring, rx_ring: spec.rx_ring })
            }
            Err((tx, rx)) => {
                self.pool.free(tx);
                self.pool.free(rx);
                Err(ReserveError::TableFull)
            }
        }
    }

    /// Gives the slot and the rings back. The handle is never valid again.
    ///
    /// # Errors
    /// The session is over already, or the engine may still use it.
    pub fn session_release(&mut self, handle: SessionHandle) -> Result<(), SessionError> {
        let session = self.sessions.session(handle)?;
        if session.state.is_exposed() {
            return Err(session.wrong_state());
        }
        if let Some((tx, rx)) = self.sessions.release(handle) {
            self.pool.free(tx);
            self.pool.free(rx);
        }
        Ok(())
    }

    /// Puts bytes into the send ring of a reserved session: what the host has not yet sent, or had not yet
    /// acknowledged, when the session was frozen. The place is given by sequence number.
    ///
    /// # Errors
    /// The session is not the host's, or the bytes do not fit the ring.
    pub fn session_tx_fill(
        &mut self,
        handle: SessionHandle,
        seq: u32,
        bytes: &[u8],
    ) -> Result<(), SessionError> {
        let session = self.host_owned(handle)?;
        if bytes.len() > session.tx_size() as usize {
            return Err(session.not_in_ring());
        }
        session.tx_write(seq, bytes)
    }

    /// Puts bytes into the receive ring of a reserved session: what the application has not read yet, and what came
    /// out of order.
    ///
    /// # Errors
    /// As [`Driver::session_tx_fill`].
    pub fn session_rx_fill(
        &mut self,
        handle: SessionHandle,
        seq: u32,
        bytes: &[u8],
    ) -> Result<(), SessionError> {
        let session = self.host_owned(handle)?;
        if bytes.len() > session.rx_size() as usize {
            return Err(session.not_in_ring());
        }
        session.rx_write(seq, bytes)
    }

    fn host_owned(&mut self, handle: SessionHandle) -> Result<&mut Session, SessionError> {
        let session = self.sessions.session(handle)?;
        if session.state == SessionState::Reserved {
            Ok(session)
        } else {
            Err(session.wrong_state())
        }
    }

    /// Gives a frozen session to the engine. The driver fills in what only it knows: magic number, handle, queue pair,
    /// ring addresses, sizes and origins. [`SessionEvent::Installed`] or [`SessionEvent::InstallFailed`] follows.
    ///
    /// # Errors
    /// The session is not reserved, its sequence numbers contradict the rings, the queue is full, or the device is
    /// lost. Everything else about the image is for the firmware to judge.
    pub fn session_install(
        &mut self,
        handle: SessionHandle,
        image: &SessionImage,
    ) -> Result<Token, SubmitError> {
        self.bar.alive()?;
        let mut image = *image;
        image.magic = IMAGE_MAGIC;
        self.host_owned(handle)?.adopt(&mut image).map_err(SubmitError::BadImage)?;
        let command = AdminCmd { handle: handle.raw(), ..AdminCmd::default() };
        let token = self.submit(Op::Install(handle), command, Some(&image.pack()))?;
        self.sessions.session(handle)?.state = SessionState::Installing;
        Ok(token)
    }

    /// Copies bytes of the application into the send ring, as many as fit; 0 when it is full.
    ///
    /// # Errors
    /// The session is over or closed for sending, or not on its way to or in the engine.
    pub fn session_write(
        &mut self,
        handle: SessionHandle,
        bytes: &[u8],
    ) -> Result<usize, SessionError> {
        self.session_write_with(handle, |space| {
            let len = bytes.len().min(space.room());
            space.put(0, &bytes[..len])?;
            Ok(len)
        })
    }

    /// The same without a buffer in between: `fill` puts bytes into the ring itself and says how many it has put. They
    /// are announced when it returns; without room it is called all the same.
    ///
    /// # Errors
    /// As [`Driver::session_write`], and what `fill` gives.
    pub fn session_write_with(
        &mut self,
        handle: SessionHandle,
        fill: impl FnOnce(&mut TxSpace<'_>) -> Result<usize, SessionError>,
    ) -> Result<usize, SessionError> {
        self.bar.alive()?;
        let session = self.sessions.session(handle)?;
        if !session.state.is_away() {
            return Err(session.wrong_state());
        }
        if session.fin_queued || session.abort {
            return Err(SessionError::Closed(handle));
        }
        let room = session.writable();
        let len = fill(&mut TxSpace { session, room })?.min(room as usize);
        let moved = u32::try_from(len).unwrap_or(room);
        session.snd_end = session.snd_end.wrapping_add(moved);
        self.stats.session_bytes_written += len as u64;
        self.mark(handle);
        Ok(len)
    }

    /// Copies received bytes out, as many as are there; 0 when there are none (at the end of the stream too:
    /// [`SessionInfo::peer_fin`] tells).
    ///
    /// # Errors
    /// The session is over.
    pub fn session_read(
        &mut self,
        handle: SessionHandle,
        bytes: &mut [u8],
    ) -> Result<usize, SessionError> {
        self.session_read_with(handle, |ring| {
            let len = bytes.len().min(ring.available());
            ring.get(0, &mut bytes[..len])?;
            Ok(len)
        })
    }

    /// The same without a buffer in between: `take` looks at the bytes in the ring, by copies of what it wants to look
    /// at (the device may change them at any time), and says how many it has done with.
    ///
    /// # Errors
    /// The session is over, and what `take` gives.
    pub fn session_read_with(
        &mut self,
        handle: SessionHandle,
        take: impl FnOnce(&RxBytes<'_>) -> Result<usize, SessionError>,
    ) -> Result<usize, SessionError> {
        let session = self.sessions.session(handle)?;
        let available = session.readable();
        let len = take(&RxBytes { session, available })?.min(available as usize);
        let moved = u32::try_from(len).unwrap_or(available);
        session.rcv_read = session.rcv_read.wrapping_add(moved);
        self.stats.session_bytes_read += len as u64;
        self.mark(handle);
        Ok(len)
    }

    /// Copies bytes out of the send ring: what is not acknowledged, for a host that takes the session back.
    ///
    /// # Errors
    /// The session is over, or the range is not within `snd_una..snd_end`.
    pub fn session_tx_copy(
        &self,
        handle: SessionHandle,
        seq: u32,
        bytes: &mut [u8],
    ) -> Result<(), SessionError> {
        let session = self.sessions.peek(handle)?;
        if !Session::in_range(seq, bytes.len(), session.snd_una, session.snd_end) {
            return Err(session.not_in_ring());
        }
        session.tx_read(seq, bytes)
    }

    /// Copies bytes out of the receive ring without consuming them: what was not read, and what came out of order.
    ///
    /// # Errors
    /// The session is over, or the range is not within a ring's size after `rcv_read`.
    pub fn session_rx_copy(
        &self,
        handle: SessionHandle,
        seq: u32,
        bytes: &mut [u8],
    ) -> Result<(), SessionError> {
        let session = self.sessions.peek(handle)?;
        let high = session.rcv_read.wrapping_add(session.rx_size());
        if !Session::in_range(seq, bytes.len(), session.rcv_read, high) {
            return Err(session.not_in_ring());
        }
        session.rx_read(seq, bytes)
    }

    /// Closes the application's direction: FIN follows the last byte. The application may go on reading.
    ///
    /// # Errors
    /// The session is over or not with the engine. Closing twice is no error.
    pub fn session_close(&mut self, handle: SessionHandle) -> Result<(), SessionError> {
        self.bar.alive()?;
        let session = self.sessions.session(handle)?;
        if !session.state.is_away() {
            return Err(session.wrong_state());
        }
        session.fin_queued = true;
        self.mark(handle);
        Ok(())
    }

    /// The application has left for good: closes its direction, and nobody reads any more. Received bytes that were not
    /// read, or that are still to come, end the session with RST (RFC 9293 §3.6.1, RFC 2525 §2.17, S-TOE-7), and
    /// FIN_WAIT_2 has its time limit from now on.
    ///
    /// # Errors
    /// The session is over or not with the engine. Leaving twice is no error.
    pub fn session_orphan(&mut self, handle: SessionHandle) -> Result<(), SessionError> {
        self.session_close(handle)?;
        self.sessions.session(handle)?.orphan = true;
        self.mark(handle);
        Ok(())
    }

    /// Ends a session with RST. [`SessionEvent::Closed`] follows.
    ///
    /// # Errors
    /// The session is over or not with the engine.
    pub fn session_abort(&mut self, handle: SessionHandle) -> Result<(), SessionError> {
        self.bar.alive()?;
        let session = self.sessions.session(handle)?;
        if !matches!(session.state, SessionState::Installing | SessionState::Active) {
            return Err(session.wrong_state());
        }
        session.abort = true;
        self.mark(handle);
        Ok(())
    }

    /// Asks the engine to try to send again: its next hop has been repaired.
    ///
    /// # Errors
    /// The session is over or not in the engine.
    pub fn session_kick(&mut self, handle: SessionHandle) -> Result<(), SessionError> {
        self.bar.alive()?;
        self.active(handle)?.request_kick();
        self.mark(handle);
        Ok(())
    }

    /// Takes a session back. [`SessionEvent::Evicted`] or [`SessionEvent::EvictFailed`] follows; until then the
    /// application may go on writing and reading, and the image will include it.
    ///
    /// # Errors
    /// The session is not in the engine or being aborted, the queue is full, or the device is lost.
    pub fn session_evict(&mut self, handle: SessionHandle) -> Result<Token, SubmitError> {
        self.bar.alive()?;
        let session = self.active(handle)?;
        if session.abort {
            return Err(session.wrong_state().into());
        }
        let command = AdminCmd { handle: handle.raw(), ..AdminCmd::default() };
        let token = self.submit(Op::Evict(handle), command, None)?;
        self.sessions.session(handle)?.state = SessionState::Evicting;
        Ok(token)
    }

    /// Asks for a copy of a session's state. [`SessionEvent::Snapshot`] or [`SessionEvent::SnapshotFailed`] follows.
    ///
    /// # Errors
    /// The session is not in the engine, the queue is full, or the device is lost.
    pub fn session_snapshot(&mut self, handle: SessionHandle) -> Result<Token, SubmitError> {
        self.bar.alive()?;
        self.active(handle)?;
        let command = AdminCmd { handle: handle.raw(), ..AdminCmd::default() };
        self.submit(Op::Snapshot(handle), command, None)
    }

    /// Changes a setting of a session in the engine. [`SessionEvent::Setting`] follows.
    ///
    /// # Errors
    /// The session is not in the engine, the queue is full, or the device is lost.
    pub fn session_set(
        &mut self,
        handle: SessionHandle,
        key: SessionKey,
        value: u32,
    ) -> Result<Token, SubmitError> {
        self.bar.alive()?;
        self.active(handle)?;
        let command = AdminCmd { handle: handle.raw(), key, value, ..AdminCmd::default() };
        self.submit(Op::Set(handle, key), command, None)
    }

    fn active(&mut self, handle: SessionHandle) -> Result<&mut Session, SessionError> {
        let session = self.sessions.session(handle)?;
        if session.state == SessionState::Active { Ok(session) } else { Err(session.wrong_state()) }
    }

    /// How far a session is.
    ///
    /// # Errors
    /// The session is over.
    pub fn session_info(&self, handle: SessionHandle) -> Result<SessionInfo, SessionError> {
        Ok(self.sessions.peek(handle)?.info())
    }

    /// All sessions that hold a slot.
    pub fn session_handles(&self) -> impl Iterator<Item = SessionHandle> + '_ {
        self.sessions.handles()
    }

    /// Slots in use and slots of the engine.
    #[must_use]
    pub fn session_slots(&self) -> (usize, usize) {
        (self.sessions.used(), self.sessions.capacity())
    }

    /// Bytes of ring memory taken from the transport.
    #[must_use]
    pub fn ring_memory(&self) -> usize {
        self.pool.taken()
    }

    /// The usual event, of which there is one a segment: nothing but numbers have moved since the last one. `false`: it
    /// is another one, and nothing was done.
    pub(crate) fn quick_event(&mut self, raw: &EventSessionRaw) -> bool {
        let handle = SessionHandle::from_raw(raw.handle());
        let Some(session) = self.sessions.by_slot(handle.slot()) else { return false };
        if session.handle != handle || session.state != SessionState::Active {
            return false;
        }
        let Some(moved) = session.quick(raw) else { return false };
        if let Some(count) = session.proves()
            && let Some(qp) = self.qps.get_mut(usize::from(session.queue_pair))
        {
            qp.bumps.taken(count);
        }
        let tell = moved && !std::mem::replace(&mut session.progress_waiting, true);
        let mark = !session.dirty && session.wants_bump();
        if tell {
            self.push_session(handle, SessionEvent::Progress);
        }
        if mark {
            self.mark(handle);
        }
        true
    }

    /// A record of how far a session is.
    pub(crate) fn session_event(&mut self, event: &EventSession) -> Result<(), Fault> {
        let handle = SessionHandle::from_raw(event.handle);
        let Some(session) = self.spoken_of(handle) else { return Ok(()) };
        let changes = session.event(event)?;
        self.heard(handle, changes);
        Ok(())
    }

    /// A record of a session's end.
    pub(crate) fn session_end(&mut self, end: &EventSessionEnd) -> Result<(), Fault> {
        let handle = SessionHandle::from_raw(end.handle);
        let Some(session) = self.spoken_of(handle) else { return Ok(()) };
        let (changes, learnt) = session.end(end)?;
        self.heard(handle, changes);
        learnt
    }

    /// Received bytes could not be written. The engine ends it, unless the news of its own failure got lost there.
    pub(crate) fn broken(&mut self, handle: SessionHandle) {
        if self.session_abort(handle).is_err() {
            self.stats.stale_events += 1;
        }
    }

    /// The session that a record is about, unless it is an old one.
    fn spoken_of(&mut self, handle: SessionHandle) -> Option<&mut Session> {
        let live = self.sessions.session(handle).ok().filter(|session| session.state.is_away());
        if live.is_none() {
            self.stats.stale_events += 1;
        }
        live
    }

    fn heard(&mut self, handle: SessionHandle, changes: Changes) {
        let Ok(session) = self.sessions.session(handle) else { return };
        if session.state == SessionState::Installing {
            // The engine speaks of it before the firmware has said that all is well: kept until then.
            session.early = session.early.and(changes);
        } else {
            self.changed(handle, changes);
        }
    }

    /// Tells the caller what has changed.
    fn changed(&mut self, handle: SessionHandle, changes: Changes) {
        let Ok(session) = self.sessions.session(handle) else {
            return;
        };
        if let Some(reason) = changes.closed {
            session.state = SessionState::Closed(reason);
        }
        let progress = changes.progress && !session.progress_waiting;
        session.progress_waiting |= progress;
        let queue_pair = usize::from(session.queue_pair);
        if let (Some(count), Some(qp)) = (session.proves(), self.qps.get_mut(queue_pair)) {
            qp.bumps.taken(count);
        }
        if progress {
            self.push_session(handle, SessionEvent::Progress);
        }
        if changes.peer_fin {
            self.push_session(handle, SessionEvent::PeerClosed);
        }
        if changes.fin_acked {
            self.push_session(handle, SessionEvent::FinAcked);
        }
        match changes.parked {
            Some(true) => self.push_session(handle, SessionEvent::Parked),
            Some(false) => self.push_session(handle, SessionEvent::Unparked),
            None => {}
        }
        if let Some(reason) = changes.closed {
            self.stats.closed += 1;
            self.push_session(handle, SessionEvent::Closed(reason));
        }
        self.mark(handle);
    }

    /// The end of an installation. `image` is what the firmware left in memory when it refused: it may have put the
    /// session into the engine, and taken it out again, before it found no place for the lookup entry.
    pub(crate) fn installed(
        &mut self,
        handle: SessionHandle,
        result: Result<(), AdminError>,
        image: Option<SessionImage>,
    ) {
        let Ok(session) = self.sessions.session(handle) else {
            return;
        };
        if session.state != SessionState::Installing {
            return;
        }
        let early = std::mem::take(&mut session.early);
        match result {
            Ok(()) => {
                session.state = SessionState::Active;
                self.stats.installed += 1;
                self.push_session(handle, SessionEvent::Installed);
                self.changed(handle, early);
            }
            Err(error) => {
                session.state = match error {
                    // It ended while the firmware had it.
                    AdminError::Refused { .. } if early.closed.is_some() => SessionState::Active,
                    AdminError::Refused { .. } => SessionState::Reserved,
                    AdminError::TimedOut | AdminError::BadCompletion(_) => SessionState::Unknown,
                    AdminError::Lost(_) => SessionState::Lost,
                };
                let image = image
                    .filter(|image| image.magic == IMAGE_MAGIC)
                    .and_then(|mut image| session.reconcile(&mut image).is_ok().then_some(image))
                    .map(Box::new);
                self.stats.refused += 1;
                self.push_session(handle, SessionEvent::InstallFailed { error, image });
                if early.closed.is_some() {
                    self.changed(handle, early);
                }
            }
        }
    }

    /// The end of a take-back.
    pub(crate) fn evicted(
        &mut self,
        handle: SessionHandle,
        result: Result<SessionImage, AdminError>,
    ) {
        let Ok(session) = self.sessions.session(handle) else {
            return;
        };
        let image = result.and_then(|mut image| {
            if image.magic != IMAGE_MAGIC {
                return Err(AdminError::BadCompletion("magic"));
            }
            session.reconcile(&mut image).map_err(AdminError::BadCompletion)?;
            Ok(Box::new(image))
        });
        let evicting = session.state == SessionState::Evicting;
        match image {
            Ok(image) if evicting => {
                session.state = SessionState::Evicted;
                session.dirty = false;
                self.stats.evicted += 1;
                self.push_session(handle, SessionEvent::Evicted(image));
            }
            Ok(_) => {
                let error = AdminError::BadCompletion("the session had ended before");
                self.push_session(handle, SessionEvent::EvictFailed(error));
            }
            Err(error) => {
                if evicting {
                    session.state = match error {
                        AdminError::Refused { .. } => SessionState::Active,
                        AdminError::TimedOut | AdminError::BadCompletion(_) => {
                            SessionState::Unknown
                        }
                        AdminError::Lost(_) => SessionState::Lost,
                    };
                }
                self.push_session(handle, SessionEvent::EvictFailed(error));
                self.mark(handle);
            }
        }
    }

    /// The end of a snapshot.
    pub(crate) fn snapshot_done(
        &mut self,
        handle: SessionHandle,
        result: Result<SessionImage, AdminError>,
    ) {
        if self.sessions.session(handle).is_err() {
            return;
        }
        let event = match result {
            Ok(image) if image.magic == IMAGE_MAGIC && image.handle == handle.raw() => {
                SessionEvent::Snapshot(Box::new(image))
            }
            Ok(_) => SessionEvent::SnapshotFailed(AdminError::BadCompletion("image")),
            Err(error) => SessionEvent::SnapshotFailed(error),
        };
        self.push_session(handle, event);
    }
}

// SPDX-License-Identifier: Apache-2.0
//! Who is at the other end of the wire.

use crate::time::Nanos;
use std::any::Any;
use toe_device::Micros;

/// A station on the wire. Sans-IO where it can be: time comes in with every call.
///
/// `Any` lets tests reach their own peer again through `World::peer_mut::<SmolPeer>`.
pub trait Peer: Any + Send {
    /// For messages.
    fn name(&self) -> &str;

    /// A frame arrived (for whatever address: filtering is the peer's business).
    fn receive(&mut self, now: Micros, frame: &[u8]);

    /// Does what is due at `now`. Called after frames arrived and when the deadline has come.
    fn poll(&mut self, now: Micros);

    /// The next frame to send; called after `poll` until `None`.
    fn transmit(&mut self) -> Option<Vec<u8>>;

    /// When `poll` wants to be called next without input; `None`: never.
    fn next_deadline(&self) -> Option<Micros>;

    /// The peer lives in real time: the world follows the wall clock while it is there.
    fn real_time(&self) -> bool {
        false
    }

    /// Waits in real time until the peer may have a frame, or for `at_most`. For real-time peers only.
    fn wait(&mut self, at_most: std::time::Duration) {
        std::thread::sleep(at_most);
    }
}

/// A peer that the test plays itself: sends what it is told, keeps what it gets.
#[derive(Debug, Default)]
pub struct ScriptPeer {
    name: String,
    outbox: Vec<(Micros, Vec<u8>)>,
    due: Vec<Vec<u8>>,
    /// Frames that arrived, with the time of arrival.
    pub inbox: Vec<(Micros, Vec<u8>)>,
}

impl ScriptPeer {
    /// No frames yet.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Sends a frame at `at` (at once when that is past).
    pub fn send_at(&mut self, at: Micros, frame: Vec<u8>) {
        let index = self.outbox.partition_point(|(t, _)| *t <= at);
        self.outbox.insert(index, (at, frame));
    }
}

impl Peer for ScriptPeer {
    fn name(&self) -> &str {
        &self.name
    }

    fn receive(&mut self, now: Micros, frame: &[u8]) {
        self.inbox.push((now, frame.to_vec()));
    }

    fn poll(&mut self, now: Micros) {
        let ready = self.outbox.partition_point(|(t, _)| *t <= now);
        self.due.extend(self.outbox.drain(..ready).map(|(_, frame)| frame));
        // `transmit` takes from the end.
        self.due.reverse();
    }

    fn transmit(&mut self) -> Option<Vec<u8>> {
        self.due.pop()
    }

    fn next_deadline(&self) -> Option<Micros> {
        self.outbox.first().map(|(t, _)| *t)
    }
}

/// Rounds a deadline up to world time.
pub(crate) fn deadline_nanos(deadline: Option<Micros>) -> Option<Nanos> {
    deadline.map(Nanos::from)
}

// SPDX-License-Identifier: Apache-2.0
//! Who carried how many payload bytes.
//!
//! Bytes count when the application gives or takes them. What one owner leaves to the next is moved with it: bytes that
//! were given to software but not acknowledged when the session left are the engine's to carry, and the other way round.

use std::collections::BTreeMap;

use toe_stack::TcpId;

/// Payload bytes of one owner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// To the peer.
    pub sent: u64,
    /// From the peer.
    pub received: u64,
}

impl Moved {
    /// Both directions.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.sent + self.received
    }
}

/// Payload bytes by owner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bytes {
    /// Carried by software.
    pub software: Moved,
    /// Carried by the engine.
    pub engine: Moved,
}

#[derive(Clone, Copy)]
pub(crate) enum By {
    Software,
    Engine,
}

impl Bytes {
    fn of(&mut self, by: By) -> &mut Moved {
        match by {
            By::Software => &mut self.software,
            By::Engine => &mut self.engine,
        }
    }

    /// Adds those of somebody else.
    pub fn add(&mut self, other: &Self) {
        self.merge(other, u64::wrapping_add);
    }

    fn merge(&mut self, other: &Self, add: impl Fn(u64, u64) -> u64) {
        for by in [By::Software, By::Engine] {
            let Moved { sent, received } = match by {
                By::Software => other.software,
                By::Engine => other.engine,
            };
            let own = self.of(by);
            *own = Moved { sent: add(own.sent, sent), received: add(own.received, received) };
        }
    }

    fn pass_on(&mut self, from: By, to: By, unacked: u64, unread: u64) {
        let source = self.of(from);
        let unacked = unacked.min(source.sent);
        source.sent -= unacked;
        source.received = source.received.wrapping_add(unread);
        let target = self.of(to);
        target.sent += unacked;
        // Counted for `from` already; the next owner will count them once more when they are read.
        target.received = target.received.wrapping_sub(unread);
    }
}

/// All sessions, and the sum.
#[derive(Default)]
pub(crate) struct Ledger {
    sessions: BTreeMap<TcpId, Bytes>,
    total: Bytes,
}

impl Ledger {
    pub(crate) fn sent(&mut self, id: TcpId, by: By, bytes: usize) {
        self.total.of(by).sent += bytes as u64;
        self.sessions.entry(id).or_default().of(by).sent += bytes as u64;
    }

    pub(crate) fn received(&mut self, id: TcpId, by: By, bytes: usize) {
        let add = |moved: &mut Moved| moved.received = moved.received.wrapping_add(bytes as u64);
        add(self.total.of(by));
        add(self.sessions.entry(id).or_default().of(by));
    }

    /// The session changes hands with so many bytes unacknowledged or unsent, and so many received but not read.
    pub(crate) fn pass_on(&mut self, id: TcpId, from: By, to: By, unacked: u32, unread: u32) {
        for bytes in [&mut self.total, self.sessions.entry(id).or_default()] {
            bytes.pass_on(from, to, unacked.into(), unread.into());
        }
    }

    /// Takes the bytes of a session out, as if it had never been here.
    pub(crate) fn take(&mut self, id: TcpId) -> Bytes {
        let bytes = self.sessions.remove(&id).unwrap_or_default();
        self.total.merge(&bytes, u64::wrapping_sub);
        bytes
    }

    /// Puts in what another ledger had of a session.
    pub(crate) fn put(&mut self, id: TcpId, bytes: Bytes) {
        self.total.add(&bytes);
        self.sessions.insert(id, bytes);
    }

    pub(crate) fn forget(&mut self, id: TcpId) {
        self.sessions.remove(&id);
    }

    /// What was read so far may lag behind what an owner received: shown as zero rather than negative.
    fn shown(mut bytes: Bytes) -> Bytes {
        for moved in [&mut bytes.software, &mut bytes.engine] {
            if moved.received > u64::MAX / 2 {
                moved.received = 0;
            }
        }
        bytes
    }

    pub(crate) fn session(&self, id: TcpId) -> Option<Bytes> {
        self.sessions.get(&id).copied().map(Self::shown)
    }

    pub(crate) fn total(&self) -> Bytes {
        Self::shown(self.total)
    }
}

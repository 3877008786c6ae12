// SPDX-License-Identifier: Apache-2.0
//! What happens to a session after each touch, and how it ends: events, TIME_WAIT, removal.

use std::net::IpAddr;

use toe_tcp::{Micros, State, TcbEvent, TimeWaitRecord};

use crate::addr::{Endpoint, FourTuple, ScopedAddr};
use crate::ports::Proto;
use crate::ring::ByteRing;
use crate::stack::Stack;
use crate::tcp::{Kind, TcpError, TcpId};
use crate::timewait::Owner;

impl Stack {
    /// After anything that touched a session: events, timer, output.
    pub(crate) fn after(&mut self, now: Micros, id: TcpId) {
        self.drain_events(now, id);
        self.tcp.mark_ready(id);
        self.tcp.arm(id);
    }

    /// Works off what the core has to tell.
    pub(crate) fn drain_events(&mut self, now: Micros, id: TcpId) {
        loop {
            let Some(s) = self.tcp.sockets.get_mut(id) else { return };
            let Kind::Session(session) = &mut s.kind else { return };
            let Some(event) = session.tcb.poll_event() else { return };
            match event {
                TcbEvent::Established => {
                    s.connected_once = true;
                    if session.rx.is_none() {
                        let size = session.tcb.config().rcv_ring;
                        session.rx = Some(ByteRing::new(size, session.tcb.rcv_start()));
                    }
                    self.notify(id);
                }
                TcbEvent::Readable | TcbEvent::Writable | TcbEvent::PeerClosed => self.notify(id),
                TcbEvent::Reset(reason) => {
                    s.error = s.error.or(TcpError::from_reason(reason));
                    self.notify(id);
                }
                TcbEvent::TimeWait(record) => {
                    let released = s.released;
                    self.remember_path(now, id);
                    if released {
                        self.enter_time_wait(now, id, record);
                    } else {
                        // The application still has the socket: it stays queryable (S-VTW-5).
                        self.notify(id);
                    }
                }
                TcbEvent::Closed(reason) => {
                    s.error = s.error.or(TcpError::from_reason(reason));
                    self.remember_path(now, id);
                    self.notify(id);
                }
            }
        }
    }

    /// What a session has learnt of its path outlives it.
    pub(crate) fn remember_path(&mut self, now: Micros, id: TcpId) {
        let Some(session) = self.tcp.session(id) else { return };
        let peer = session.tuple.remote.addr.ip();
        self.host_cache.remember(now, peer, session.tcb.path_metrics());
    }

    /// Moves a closed session to the TIME_WAIT table (S-VTW-5); without room there the session keeps itself.
    pub(crate) fn enter_time_wait(&mut self, now: Micros, id: TcpId, record: TimeWaitRecord) {
        let Some(s) = self.tcp.sockets.get(id) else { return };
        let owner = s.options.bind.owner();
        let Kind::Session(session) = &s.kind else { return };
        let tuple = session.tuple;
        if self.keep_time_wait(now, &tuple, record, owner) {
            self.forget(id);
        }
    }

    /// Puts an entry into the TIME_WAIT table; `false` if its class has no capacity.
    pub(crate) fn keep_time_wait(
        &mut self,
        now: Micros,
        tuple: &FourTuple,
        record: TimeWaitRecord,
        owner: Owner,
    ) -> bool {
        let Ok(evicted) = self.tw.insert(now, tuple, record, owner) else { return false };
        self.ports.time_wait_added(tuple, owner);
        if let Some(old) = evicted {
            self.ports.time_wait_removed(&old.tuple, old.owner);
        }
        true
    }

    /// After the last segment of a closed session has gone out: the tables forget it, and so does the socket's slot
    /// if the application has.
    pub(crate) fn reap(&mut self, id: TcpId) {
        let Some(s) = self.tcp.sockets.get_mut(id) else { return };
        let Kind::Session(session) = &s.kind else { return };
        if session.tcb.state() != State::Closed {
            return;
        }
        let tuple = session.tuple;
        let owner = s.options.bind.owner();
        let released = s.released;
        if self.tcp.tuples.get(&tuple) == Some(&id) {
            self.tcp.tuples.remove(&tuple);
            self.ports.session_removed(&tuple, owner);
        }
        if released {
            self.forget(id);
        }
    }

    /// Drops a socket and everything the tables know about it.
    pub(crate) fn forget(&mut self, id: TcpId) {
        let Some(s) = self.tcp.sockets.remove(id) else { return };
        let tuple = match &s.kind {
            Kind::Session(x) => Some(x.tuple),
            Kind::Away(a) => Some(a.tuple),
            Kind::Idle | Kind::Listen(_) | Kind::Dead => None,
        };
        if let Some(tuple) = tuple
            && self.tcp.tuples.get(&tuple) == Some(&id)
        {
            self.tcp.tuples.remove(&tuple);
            self.ports.session_removed(&tuple, s.options.bind.owner());
        }
        if let Some(bound) = s.bound {
            self.ports.release(Proto::Tcp, bound.port, bound.ticket);
        }
        if let Some(parent) = s.parent
            && let Some(p) = self.tcp.sockets.get_mut(parent)
            && let Kind::Listen(l) = &mut p.kind
        {
            l.queue.retain(|child| *child != id);
        }
    }

    /// A packet of ours could not be delivered on its link: ends a session that is being opened.
    pub(crate) fn host_unreachable(
        &mut self,
        now: Micros,
        src: ScopedAddr,
        dst: ScopedAddr,
        packet: &[u8],
    ) {
        let (protocol, at) = match src.ip() {
            IpAddr::V4(_) => (packet.get(9).copied(), 20),
            IpAddr::V6(_) => (packet.get(6).copied(), 40),
        };
        let Some([s0, s1, d0, d1]) = packet.get(at..at + 4) else { return };
        if protocol != Some(crate::wire::PROTO_TCP) {
            return;
        }
        let tuple = FourTuple {
            local: Endpoint::new(src, u16::from_be_bytes([*s0, *s1])),
            remote: Endpoint::new(dst, u16::from_be_bytes([*d0, *d1])),
        };
        let Some(id) = self.tcp.tuples.get(&tuple).copied() else { return };
        self.fail_opening(now, id, TcpError::HostUnreachable);
    }

    /// Ends a session that is still being opened; an open one is left to its timers (RFC 1122 §4.2.3.9).
    pub(crate) fn fail_opening(&mut self, now: Micros, id: TcpId, error: TcpError) {
        let Some(s) = self.tcp.sockets.get_mut(id) else { return };
        let Kind::Session(session) = &mut s.kind else { return };
        if session.tcb.state() == State::SynSent {
            s.error = Some(error);
            session.tcb.abort();
            self.after(now, id);
        }
    }
}

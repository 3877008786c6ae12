// SPDX-License-Identifier: Apache-2.0
//! One table of all sockets, half-open sessions and TIME_WAIT entries, whoever holds them (S-EXP-1, S-TOE-11).

use toe_tcp::{Micros, SeqNum, State, TcpInfo};

use crate::addr::FourTuple;
use crate::handoff::Phase;
use crate::ports::LocalAddr;
use crate::stack::Stack;
use crate::tcp::{Kind, TcpId};

/// The `offload` column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offload {
    /// In software.
    Host,
    /// On its way.
    InTransit,
    /// The engine's.
    Engine,
}

impl Offload {
    /// As shown: "tcp4", "toe4" and so on (S-TOE-11).
    #[must_use]
    pub fn protocol(self, ipv6: bool) -> &'static str {
        match (self, ipv6) {
            (Self::Host, false) => "tcp4",
            (Self::Host, true) => "tcp6",
            (Self::InTransit | Self::Engine, false) => "toe4",
            (Self::InTransit | Self::Engine, true) => "toe6",
        }
    }
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
pub enum Row {
    /// A listener.
    Listener {
        /// Which socket.
        id: TcpId,
        /// Where.
        local: LocalAddr,
        /// Port.
        port: u16,
        /// Sessions waiting.
        waiting: usize,
        /// At most so many.
        backlog: usize,
    },
    /// A session in software.
    Session {
        /// Which socket.
        id: TcpId,
        /// Which session.
        tuple: FourTuple,
        /// Everything about it.
        info: TcpInfo,
    },
    /// A session that is away; its `TcpInfo` is the owner's to give.
    Away {
        /// Which socket.
        id: TcpId,
        /// Which session.
        tuple: FourTuple,
        /// Where it is.
        offload: Offload,
        /// Segments waiting to be replayed.
        caught: usize,
    },
    /// A half-open session.
    SynReceived {
        /// Which session.
        tuple: FourTuple,
        /// Our initial sequence number.
        iss: SeqNum,
        /// SYN|ACK retransmissions.
        retransmits: u8,
        /// Time to the next.
        timer: Micros,
    },
    /// A TIME_WAIT entry of the software table.
    TimeWait {
        /// Which session.
        tuple: FourTuple,
        /// Time left.
        left: Micros,
    },
    /// A TIME_WAIT entry of the engine's table.
    EngineTimeWait {
        /// Which session.
        tuple: FourTuple,
    },
}

impl Row {
    /// The state as shown.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match self {
            Self::Listener { .. } => "LISTEN",
            Self::Session { info, .. } => state_name(info.state),
            Self::Away { .. } => "ESTABLISHED",
            Self::SynReceived { .. } => "SYN_RECEIVED",
            Self::TimeWait { .. } | Self::EngineTimeWait { .. } => "TIME_WAIT",
        }
    }

    /// The `offload` column.
    #[must_use]
    pub fn offload(&self) -> Offload {
        match self {
            Self::Away { offload, .. } => *offload,
            Self::EngineTimeWait { .. } => Offload::Engine,
            Self::Listener { .. }
            | Self::Session { .. }
            | Self::SynReceived { .. }
            | Self::TimeWait { .. } => Offload::Host,
        }
    }
}

/// RFC 9293's names.
#[must_use]
pub fn state_name(state: State) -> &'static str {
    match state {
        State::Closed => "CLOSED",
        State::SynSent => "SYN_SENT",
        State::SynReceived => "SYN_RECEIVED",
        State::Established => "ESTABLISHED",
        State::FinWait1 => "FIN_WAIT_1",
        State::FinWait2 => "FIN_WAIT_2",
        State::CloseWait => "CLOSE_WAIT",
        State::Closing => "CLOSING",
        State::LastAck => "LAST_ACK",
        State::TimeWait => "TIME_WAIT",
    }
}

impl Stack {
    /// How many rows [`Self::tcp_table`] has now, with room for what may come meanwhile: an eighth, at least 10
    /// (S-EXP-1).
    #[must_use]
    pub fn tcp_table_estimate(&self) -> usize {
        let n = self.tcp.sockets.len()
            + self.tcp.syn.len()
            + self.tw.len()
            + self.handoff.engine_time_wait().count();
        n + (n / 8).max(10)
    }

    /// All TCP sockets and what is left of them, as of one instant.
    pub fn tcp_table(&self, now: Micros) -> impl Iterator<Item = Row> {
        let sockets = self.tcp.sockets.iter().filter_map(move |(id, s)| match &s.kind {
            Kind::Listen(l) => s.bound.as_ref().map(|b| Row::Listener {
                id,
                local: b.local,
                port: b.port,
                waiting: l.queue.len(),
                backlog: l.backlog,
            }),
            Kind::Session(x) => Some(Row::Session { id, tuple: x.tuple, info: x.tcb.info(now) }),
            Kind::Away(a) => Some(Row::Away {
                id,
                tuple: a.tuple,
                offload: match a.phase {
                    Phase::InTransit => Offload::InTransit,
                    Phase::Engine => Offload::Engine,
                },
                caught: a.caught.len(),
            }),
            Kind::Idle | Kind::Dead => None,
        });
        let half_open = self.tcp.syn.iter().map(move |e| Row::SynReceived {
            tuple: e.tuple,
            iss: e.handshake.iss,
            retransmits: e.rexmits,
            timer: e.due.since(now),
        });
        let time_wait = self
            .tw
            .iter()
            .map(move |i| Row::TimeWait { tuple: i.tuple, left: i.expires.since(now) });
        let engine = self.handoff.engine_time_wait().map(|t| Row::EngineTimeWait { tuple: *t });
        sockets.chain(half_open).chain(time_wait).chain(engine)
    }
}

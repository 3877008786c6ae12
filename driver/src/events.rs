// SPDX-License-Identifier: Apache-2.0
//! What [`Driver::next_event`](crate::Driver::next_event) gives.

use crate::error::{AdminError, Fault};
use crate::types::{SessionHandle, Token};
use toe_abi::{
    AdminOpcode, EventTimeWait, MslClass, SessionImage, SessionKey, SessionReason, TwEvent,
};

/// Something happened.
#[derive(Clone, Debug, PartialEq)]
pub enum DriverEvent {
    /// To a session.
    Session {
        /// Which.
        handle: SessionHandle,
        /// What.
        event: SessionEvent,
    },
    /// A next-hop slot was written, or not.
    Nexthop {
        /// From [`Driver::nexthop_set`](crate::Driver::nexthop_set).
        token: Token,
        /// Which slot.
        index: u16,
        /// Outcome.
        result: Result<(), AdminError>,
    },
    /// Another admin command is complete.
    Admin {
        /// From [`Driver::admin`](crate::Driver::admin).
        token: Token,
        /// What it was.
        opcode: AdminOpcode,
        /// Outcome.
        result: Result<AdminReply, AdminError>,
    },
    /// Something happened to an entry of the TIME_WAIT table.
    TimeWait(TimeWaitEvent),
    /// The device wrote nonsense, or reports a fault. The record was ignored.
    Fault(Fault),
    /// The device is gone; every session is [`SessionState::Lost`](crate::SessionState::Lost). Sent once.
    DeviceLost,
}

/// What happened to a session.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionEvent {
    /// The engine owns it.
    Installed,
    /// It stays the host's; its slot stays reserved.
    InstallFailed {
        /// Why.
        error: AdminError,
        /// Its state now: the firmware may have had it in the engine for a moment before it refused. `None` when
        /// nothing changed or nothing is known: the image that was given is still right then.
        image: Option<Box<SessionImage>>,
    },
    /// Bytes were acknowledged or received: look at
    /// [`Driver::session_info`](crate::Driver::session_info). At most one is waiting a session.
    Progress,
    /// The peer has closed its direction.
    PeerClosed,
    /// Our FIN is acknowledged.
    FinAcked,
    /// It waits for its next hop.
    Parked,
    /// It waits no longer.
    Unparked,
    /// It left the engine. Received bytes can still be read; release it afterwards.
    Closed(SessionReason),
    /// The host owns it again. The image is checked against the session and brought up to the application's present
    /// moves; the rings can be read until the session is released.
    Evicted(Box<SessionImage>),
    /// It stays the engine's (or has left it by itself).
    EvictFailed(AdminError),
    /// A copy of its state; the engine still owns it.
    Snapshot(Box<SessionImage>),
    /// No copy.
    SnapshotFailed(AdminError),
    /// A setting was changed, or not.
    Setting {
        /// Which.
        key: SessionKey,
        /// Outcome.
        result: Result<(), AdminError>,
    },
}

/// What the firmware answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AdminReply {
    /// Handle in the completion.
    pub handle: u32,
    /// Result words.
    pub result: [u32; 4],
}

/// An event of the TIME_WAIT table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeWaitEvent {
    /// What happened.
    pub what: TwEvent,
    /// Index of the entry.
    pub index: u32,
    /// IPv6, else IPv4.
    pub ipv6: bool,
    /// Class of the entry.
    pub class: MslClass,
    /// Local IPv4 address, or the hash of both IPv6 addresses.
    pub laddr: u32,
    /// Remote IPv4 address.
    pub raddr: u32,
    /// Local port.
    pub lport: u16,
    /// Remote port.
    pub rport: u16,
}

impl From<EventTimeWait> for TimeWaitEvent {
    fn from(event: EventTimeWait) -> Self {
        let EventTimeWait {
            kind: _,
            what,
            ipv6,
            msl_class: class,
            index,
            laddr,
            raddr,
            lport,
            rport,
            phase: _,
        } = event;
        Self { what, index, ipv6, class, laddr, raddr, lport, rport }
    }
}

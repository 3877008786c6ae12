// SPDX-License-Identifier: Apache-2.0
//! What [`Driver::next_event`](crate::Driver::next_event) gives.

use crate::error::{AdminError, Fault};
use crate::types::{SessionHandle, Token};
use toe_abi::{
    AdminOpcode, EventTimeWait, EventTimeWaitRest, MslClass, SessionImage, SessionKey,
    SessionReason, TwEvent,
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

/// An event of the TIME_WAIT table, with all that the entry was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeWaitEvent {
    /// What happened.
    pub what: TwEvent,
    /// Place of the entry in the table of its family; zero if it found none.
    pub index: u16,
    /// Class of the entry.
    pub class: MslClass,
    /// Of its family, as `SessionImage` has it.
    pub ipv6: bool,
    /// Our address, as `SessionImage` has it.
    pub laddr: [u32; 4],
    /// The peer's.
    pub raddr: [u32; 4],
    /// Our port.
    pub lport: u16,
    /// The peer's.
    pub rport: u16,
    /// Sequence number of our answers.
    pub snd_nxt: u32,
    /// What they acknowledge.
    pub rcv_nxt: u32,
    /// The last window sent, as in the header.
    pub last_win: u16,
    /// Its shift, at most 14.
    pub rcv_wscale: u8,
    /// Timestamps were negotiated.
    pub ts_ok: bool,
    /// The last one of the peer.
    pub ts_recent: u32,
    /// Our timestamps are `(the engine's µs >> 10) + ts_offset`.
    pub ts_offset: u32,
}

impl TimeWaitEvent {
    /// From both records. `None`: a window shift that TCP does not have.
    pub(crate) fn new(first: &EventTimeWait, rest: &EventTimeWaitRest) -> Option<Self> {
        let EventTimeWait {
            kind: _,
            what,
            ipv6,
            msl_class: class,
            ts_ok,
            last_win,
            laddr,
            rcv_nxt,
            snd_nxt,
            lport,
            phase: _,
        } = *first;
        let EventTimeWaitRest {
            kind: _,
            rcv_wscale,
            index,
            raddr,
            ts_recent,
            ts_offset,
            rport,
            phase: _,
        } = *rest;
        (rcv_wscale <= 14).then_some(Self {
            what,
            index,
            class,
            ipv6,
            laddr,
            raddr,
            lport,
            rport,
            snd_nxt,
            rcv_nxt,
            last_win,
            rcv_wscale,
            ts_ok,
            ts_recent,
            ts_offset,
        })
    }
}

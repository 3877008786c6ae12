// SPDX-License-Identifier: Apache-2.0
//! What TCP sockets are made of and what they answer: options, errors, readiness.

use toe_tcp::{CcAlgo, CloseReason, Micros};

use crate::family::FamilyAbsent;
use crate::fib::FibId;
use crate::ports::{BindOptions, PortError};
#[cfg(doc)]
use crate::stack::Stack;

/// Options of a socket; accepted sockets inherit their listener's.
#[derive(Clone, Copy, Debug)]
pub struct TcpOptions {
    /// Bind rules and user.
    pub bind: BindOptions,
    /// Forwarding table (inherited by accepted sockets).
    pub fib: FibId,
    /// Send ring, bytes; rounded up to a power of two.
    pub snd_ring: u32,
    /// Receive ring, bytes; rounded up to a power of two.
    pub rcv_ring: u32,
    /// TCP_NODELAY.
    pub nodelay: bool,
    /// Keepalive idle time.
    pub keepalive: Option<Micros>,
    /// Congestion control; the stack's default without one.
    pub congestion: Option<CcAlgo>,
    /// The session may be given to the engine.
    pub offload: bool,
}

impl Default for TcpOptions {
    fn default() -> Self {
        Self {
            bind: BindOptions::default(),
            fib: FibId(0),
            snd_ring: 256 * 1024,
            rcv_ring: 256 * 1024,
            nodelay: false,
            keepalive: None,
            congestion: None,
            offload: true,
        }
    }
}

/// Why an operation on a TCP socket failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TcpError {
    /// The id is stale.
    #[error("no such socket")]
    NoSuchSocket,
    /// Nothing can be done now; see [`Stack::tcp_readiness`].
    #[error("would block")]
    WouldBlock,
    /// EINPROGRESS: the handshake is on its way.
    #[error("connection in progress")]
    InProgress,
    /// ENOTCONN.
    #[error("not connected")]
    NotConnected,
    /// EISCONN, or the socket listens.
    #[error("socket is in use already")]
    InUse,
    /// The session is the engine's or in transit: ask the layer that owns it.
    #[error("session is not in software now")]
    Away,
    /// EPIPE: our direction is closed.
    #[error("sending is closed")]
    Closed,
    /// ECONNRESET.
    #[error("connection reset by peer")]
    Reset,
    /// ECONNREFUSED.
    #[error("connection refused")]
    Refused,
    /// ETIMEDOUT.
    #[error("connection timed out")]
    TimedOut,
    /// ECONNABORTED.
    #[error("connection aborted")]
    Aborted,
    /// ENETUNREACH.
    #[error("network unreachable")]
    NetUnreachable,
    /// EHOSTUNREACH.
    #[error("host unreachable")]
    HostUnreachable,
    /// EADDRINUSE, EADDRNOTAVAIL.
    #[error(transparent)]
    Port(#[from] PortError),
    /// The answers to this port arrive at another shard: connect there.
    #[error("answers arrive at another shard")]
    Elsewhere,
    /// The address is not ours, or has the wrong family.
    #[error("address not available")]
    BadAddress,
    /// EAFNOSUPPORT: the build lacks the address family.
    #[error(transparent)]
    Family(#[from] FamilyAbsent),
}

impl TcpError {
    pub(crate) fn from_reason(reason: CloseReason) -> Option<Self> {
        match reason {
            CloseReason::Normal | CloseReason::TimeWaitExpired | CloseReason::FinWait2Timeout => {
                None
            }
            CloseReason::ResetByPeer | CloseReason::DataAfterClose => Some(Self::Reset),
            CloseReason::Refused => Some(Self::Refused),
            CloseReason::Aborted => Some(Self::Aborted),
            CloseReason::RetransmitTimeout
            | CloseReason::PersistTimeout
            | CloseReason::KeepaliveTimeout => Some(Self::TimedOut),
        }
    }
}

/// What would not block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)]
pub struct Readiness {
    /// Data, end of stream, an error, or (listeners) a session to accept.
    pub readable: bool,
    /// Room in the send ring, or an error.
    pub writable: bool,
    /// Both directions are closed.
    pub hangup: bool,
    /// An error is pending.
    pub error: bool,
    /// The session is away: the other flags are the owner's business.
    pub away: bool,
}

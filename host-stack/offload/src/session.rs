// SPDX-License-Identifier: Apache-2.0
//! Where a session is that is not in software. Each stage holds exactly what its owner has; a stage is left by consuming
//! it, so that no session has two owners.

use toe_abi::SessionImage;
use toe_stack::handoff::{Caught, IcmpQuery};
use toe_stack::neigh::NeighKey;
use toe_stack::{Detached, TcpError};
use toe_tcp::{CcAlgo, Config, Micros, TimeWaitRecord};

use crate::engine::Handle;

/// On its way to the engine: the host has frozen it, and can have it back unchanged.
pub(crate) struct Leaving {
    pub detached: Box<Detached>,
    pub image: Box<SessionImage>,
    pub handle: Handle,
    /// The firmware has been asked.
    pub asked: bool,
    /// How long to wait before the next try if the engine refuses: longer each time, or a peer that knows how to be
    /// refused would keep the firmware busy.
    pub wait: Micros,
}

/// The engine's.
pub(crate) struct Held {
    pub handle: Handle,
    /// Its next-hop slot; `None`: it waits at the slot that is never valid.
    pub hop: Option<NeighKey>,
    /// Policy of the connection, for when it comes back.
    pub config: Config,
    pub peer_mss: u16,
    pub ts_ok: bool,
    /// Segment size and DF bit that the engine has for it.
    pub mss: u16,
    pub df: bool,
    /// SND.UNA when we looked last.
    pub snd_una: u32,
    pub parked: bool,
    /// It has ended, and the engine's TIME_WAIT table had no place for it: what the software table gets once the end is
    /// heard.
    pub time_wait: Option<TimeWaitRecord>,
    /// A copy of its state is on its way.
    pub looking: bool,
    /// The last copy, and when it came.
    pub seen: Option<(Micros, Box<SessionImage>)>,
    /// What the engine has not been told yet.
    pub want: Want,
    /// A caught segment that found no room.
    pub stuck: Option<Caught>,
    /// Caught segments wait to be replayed before it is the engine's for the stack too.
    pub replaying: bool,
    /// ICMP errors to be judged.
    pub queries: Vec<IcmpQuery>,
}

/// Changes of a session in the engine.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Want {
    /// Another next hop; `Some(None)`: none, wait.
    pub hop: Option<Option<NeighKey>>,
    pub mss: Option<u16>,
    pub df: Option<bool>,
    pub nodelay: Option<bool>,
    pub keepalive: Option<bool>,
    pub congestion: Option<CcAlgo>,
    pub kick: bool,
    pub snapshot: bool,
}

impl Want {
    pub(crate) fn any(&self) -> bool {
        self.hop.is_some()
            || self.mss.is_some()
            || self.df.is_some()
            || self.nodelay.is_some()
            || self.keepalive.is_some()
            || self.congestion.is_some()
            || self.kick
            || self.snapshot
    }
}

/// On its way back.
pub(crate) struct Returning {
    pub held: Held,
    /// The firmware has been asked.
    pub asked: bool,
    /// When it may go to the engine again.
    pub again: Option<Micros>,
}

/// It ended in the engine; what was received can still be read.
pub(crate) struct Ended {
    pub handle: Handle,
    pub error: Option<TcpError>,
}

pub(crate) enum Stage {
    Leaving(Leaving),
    Engine(Held),
    Returning(Returning),
    Ended(Ended),
}

/// What the application asked for while nobody could do it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wish {
    pub close: bool,
    /// The application reads no more either.
    pub orphan: bool,
    pub abort: bool,
}

/// A session that is away, or ended away.
pub(crate) struct Away {
    pub stage: Stage,
    pub wish: Wish,
}

impl Away {
    pub(crate) fn handle(&self) -> Handle {
        match &self.stage {
            Stage::Leaving(x) => x.handle,
            Stage::Engine(x) => x.handle,
            Stage::Returning(x) => x.held.handle,
            Stage::Ended(x) => x.handle,
        }
    }
}

/// Who has a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// Software.
    Host,
    /// Nobody: on its way to the engine.
    InTransit,
    /// The engine.
    Engine,
    /// Nobody: on its way back.
    InTransitBack,
    /// It ended in the engine; the socket is still there.
    Ended,
}

impl std::fmt::Display for Owner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Host => "host",
            Self::InTransit => "in transit",
            Self::Engine => "engine",
            Self::InTransitBack => "in transit back",
            Self::Ended => "ended",
        })
    }
}

impl From<&Stage> for Owner {
    fn from(stage: &Stage) -> Self {
        match stage {
            Stage::Leaving(_) => Self::InTransit,
            Stage::Engine(_) => Self::Engine,
            Stage::Returning(_) => Self::InTransitBack,
            Stage::Ended(_) => Self::Ended,
        }
    }
}

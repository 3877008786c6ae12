// SPDX-License-Identifier: Apache-2.0
//! What the offload layer needs of an engine. `toe-api` implements it over the driver; tests may over anything.

use std::net::SocketAddr;
use std::ops::Range;

use toe_abi::{SessionImage, SessionKey, SessionReason};
use toe_stack::{FourTuple, MacAddr, RingBytes, RingSpace};
use toe_tcp::{Micros, PathMetrics, TimeWaitRecord};

use crate::policy::Charge;

/// A session in (or on its way to or from) the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Handle(pub u32);

/// Why the engine does not take a session. The session stays in software; nothing is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error)]
pub enum Refusal {
    /// No free slot, no place in the lookup table, or no ring memory.
    #[error("the engine is full")]
    Full,
    /// The engine has this 4-tuple already.
    #[error("the engine has this connection already")]
    Exists,
    /// The image breaks a limit of the contract.
    #[error("the state breaks a limit of the contract (byte {offset} of the image)")]
    Limit {
        /// Byte offset of the field.
        offset: u16,
    },
    /// The engine cannot now; later it may.
    #[error("the engine is busy")]
    Busy,
    /// The device is lost, or its firmware does not answer.
    #[error("the device does not answer")]
    Lost,
}

/// The rings of a session to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rings {
    /// Queue pair of the session ([`Engine::shard`]).
    pub queue_pair: u16,
    /// Bytes of the send ring.
    pub tx: u32,
    /// Bytes of the receive ring.
    pub rx: u32,
    /// Sequence number at position 0 of the send ring.
    pub tx_seq0: u32,
    /// Sequence number at position 0 of the receive ring.
    pub rx_seq0: u32,
}

/// Contents of a next-hop slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    /// The neighbour; `None`: the slot is invalid and its sessions wait.
    pub dst_mac: Option<MacAddr>,
    /// Our address.
    pub src_mac: MacAddr,
    /// Tag.
    pub vlan: Option<u16>,
    /// Longest IP packet.
    pub mtu: u16,
    /// Counts rewrites.
    pub generation: u8,
}

/// How far a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Oldest unacknowledged sequence number.
    pub snd_una: u32,
    /// After the last byte given.
    pub snd_end: u32,
    /// Bytes that can be read.
    pub readable: u32,
    /// Bytes that can be written.
    pub writable: u32,
    /// The peer has closed its direction.
    pub peer_fin: bool,
    /// We have closed ours.
    pub fin_queued: bool,
    /// Waits for its next hop.
    pub parked: bool,
    /// What it had learnt of its path when it ended in the engine; before, nothing.
    pub learnt: Option<PathMetrics>,
}

/// News of the engine.
#[derive(Clone, Debug, PartialEq)]
pub enum EngineEvent {
    /// It owns the session.
    Installed(Handle),
    /// It does not take it. With an image when it had it for a moment.
    Refused(Handle, Refusal, Option<Box<SessionImage>>),
    /// Nobody knows who owns the session: a command was never answered. It ends with an error.
    Failed(Handle),
    /// A next-hop slot holds what it was told to hold, or not.
    HopSet(u16, bool),
    /// Bytes moved, or the peer closed.
    Progress(Handle),
    /// It waits for its next hop.
    Parked(Handle),
    /// It waits no longer.
    Unparked(Handle),
    /// It has left the engine by itself.
    Closed(Handle, SessionReason),
    /// It is the host's again, with this state.
    Evicted(Handle, Box<SessionImage>),
    /// It stays the engine's, or has ended there.
    EvictFailed(Handle),
    /// A copy of its state.
    Snapshot(Handle, Box<SessionImage>),
    /// It cannot do what a setting asks for.
    SettingRefused(Handle, SessionKey),
    /// There is no copy.
    SnapshotFailed(Handle),
    /// An entry of the engine's TIME_WAIT table is gone. All shards hear it.
    TimeWaitGone {
        /// Our address and port.
        local: SocketAddr,
        /// The peer's.
        remote: SocketAddr,
    },
    /// The engine's TIME_WAIT table had no place for a session that ended: the host answers for it from now on. All
    /// shards hear it, perhaps before they hear of the session's end.
    TimeWaitRefused {
        /// Our address and port.
        local: SocketAddr,
        /// The peer's.
        remote: SocketAddr,
        /// What is left of it; the timestamps are on the engine's clock.
        record: TimeWaitRecord,
    },
    /// The device is gone; the sessions it held end with an error, what was received can still be read.
    Lost,
}

/// Puts bytes into the free part of a send ring, and says how many.
pub type Fill<'a> = &'a mut dyn FnMut(&mut dyn RingSpace) -> usize;
/// Looks at received bytes, and says how many are done with.
pub type Take<'a> = &'a mut dyn FnMut(&dyn RingBytes) -> usize;

/// An engine.
#[allow(clippy::missing_errors_doc)] // every error is a refusal: nothing has changed then
pub trait Engine {
    /// The engine's clock, for timestamps: microseconds since its power-on.
    fn clock(&self) -> Micros;
    /// The next-hop slots that are this shard's to write; slot 0 is nobody's.
    fn next_hops(&self) -> Range<u16>;
    /// Sessions of other shards that are in the engine or on their way: quotas count them too.
    fn others(&self) -> impl Iterator<Item = Charge> + Clone;
    /// The queue pair at which this session's segments arrive while they are the host's: it stays with the same shard
    /// when it changes hands (S-PCBG-1).
    fn shard(&self, tuple: &FourTuple) -> u16;
    /// Takes a slot and rings.
    fn reserve(&mut self, rings: &Rings) -> Result<Handle, Refusal>;
    /// Puts unacknowledged and unsent bytes into the send ring of a reserved session.
    fn fill_tx(&mut self, handle: Handle, seq: u32, bytes: &[u8]) -> Result<(), Refusal>;
    /// Puts unread bytes into the receive ring of a reserved session.
    fn fill_rx(&mut self, handle: Handle, seq: u32, bytes: &[u8]) -> Result<(), Refusal>;
    /// Gives the session over; [`EngineEvent::Installed`] or [`EngineEvent::Refused`] follows.
    fn install(&mut self, handle: Handle, image: &SessionImage) -> Result<(), Refusal>;
    /// Takes it back; [`EngineEvent::Evicted`] or [`EngineEvent::EvictFailed`] follows.
    fn evict(&mut self, handle: Handle) -> Result<(), Refusal>;
    /// Asks for a copy of the state.
    fn snapshot(&mut self, handle: Handle) -> Result<(), Refusal>;
    /// Copies from the send ring of a session that came back.
    fn copy_tx(&self, handle: Handle, seq: u32, bytes: &mut [u8]) -> bool;
    /// Copies from its receive ring, without consuming.
    fn copy_rx(&self, handle: Handle, seq: u32, bytes: &mut [u8]) -> bool;
    /// Gives slot and rings back.
    fn release(&mut self, handle: Handle);
    /// Lets `fill` put bytes into the send ring itself; how many it has put. It is called without room too.
    fn write_with(&mut self, handle: Handle, fill: Fill<'_>) -> Option<usize>;
    /// Lets `take` look at received bytes in their ring; how many it has done with. It is called without bytes too.
    fn read_with(&mut self, handle: Handle, take: Take<'_>) -> Option<usize>;
    /// FIN after the last byte; the application may go on reading.
    fn close(&mut self, handle: Handle);
    /// The application has left: FIN after the last byte, and RST for bytes that nobody reads.
    fn orphan(&mut self, handle: Handle);
    /// RST.
    fn abort(&mut self, handle: Handle);
    /// Try to send again.
    fn kick(&mut self, handle: Handle);
    /// How far it is.
    fn progress(&self, handle: Handle) -> Option<Progress>;
    /// Moves a session to another next-hop slot.
    fn set_session_hop(&mut self, handle: Handle, index: u16) -> Result<(), Refusal>;
    /// Changes the segment size of a session.
    fn set_session_mss(&mut self, handle: Handle, mss: u16) -> Result<(), Refusal>;
    /// Changes one more setting of a session; [`EngineEvent::SettingRefused`] follows if the engine cannot.
    fn set_session(&mut self, handle: Handle, key: SessionKey, value: u32) -> Result<(), Refusal>;
    /// Switches the DF bit of a session's packets.
    fn set_session_df(&mut self, handle: Handle, df: bool) -> Result<(), Refusal>;
    /// Writes a next-hop slot; [`EngineEvent::HopSet`] follows.
    fn set_hop(&mut self, index: u16, hop: &Hop) -> Result<(), Refusal>;
    /// Feeds a frame to the engine's receive path, in order. `false`: no room now.
    fn inject(&mut self, frame: &[u8]) -> bool;
    /// The next piece of news.
    fn poll_event(&mut self) -> Option<EngineEvent>;
}

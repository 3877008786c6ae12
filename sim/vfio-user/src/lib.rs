// SPDX-License-Identifier: Apache-2.0
//! A simulated OpenTOE device behind a vfio-user socket: `toe-sim`.
//!
//! Two threads. One runs the vfio-user server (crate `vfio_user`): it parses messages, checks offsets, and passes
//! requests on. The other owns the [`World`](toe_world::World): it serves requests between slices of simulation, writes
//! to the client's eventfds, and is the only one that touches the client's memory. What the client gives up it cannot
//! lose later: the reply to an unmap or a reset is sent after the world has carried it out, and when a client
//! disconnects (or dies) the function is reset and every mapping is gone before the next one is served.
//!
//! The world follows the wall clock, because clients live in real time.
//!
//! A client is trusted as much as a process with the same memory is: it can shrink a file that it lent, and then an
//! access kills the simulator. Everything else (sizes, offsets, overlaps, nonsense) is refused or ends the connection.
//!
//! Tests: `tests/` drive a server in another process with the real driver.

#![deny(unsafe_code)] // but for `memory`, which lends the client's memory to the world

mod backend;
mod memory;
mod report;
mod serve;
mod wires;

pub use memory::MemoryError;
pub use report::{PeerConnection, Report};
pub use serve::{ServeError, ServeOptions, serve};
pub use wires::{PcapPeer, SimPeer, WireError};

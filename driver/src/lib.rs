// SPDX-License-Identifier: Apache-2.0
//! The userspace driver of OpenTOE: device, queues and sessions over a [`Transport`].
//!
//! - [`Driver::open`] checks the device (magic number, ABI hash, sizes), resets it, waits for its firmware with a
//!   bound, and gives it memory for its rings.
//! - [`Driver::poll`] does the work: it takes what the device wrote, and rings each doorbell whose ring moved, once.
//!   All other calls only look at memory and write to it; nothing sleeps, no clock is read.
//! - [`Driver::next_event`] gives what happened, [`Driver::nic_recv`] received frames.
//! - A session is reserved (slot, generation, two byte rings), installed with a [`SessionImage`](toe_abi::SessionImage)
//!   that says where its TCP stands, written to and read from, and comes back by [`Driver::session_evict`] or ends.
//!
//! It is not a TCP: it knows sequence numbers as places in rings. It knows no simulator: the transport is the seam.
//!
//! Everything that the device writes is untrusted: records are copied out, then checked against what the driver knows
//! itself; what cannot be true is a [`Fault`], counted and otherwise ignored. No MMIO read is made on the data path
//! ([`DriverStats::mmio_reads`] counts them).
//!
//! Tested by unit tests here, together with the functional model in `tests/`, and by the system tests on RTL.

#![deny(unsafe_code)] // but for `dma`, which says why

mod admin;
mod bar;
pub mod dma;
mod driver;
mod error;
mod events;
mod nic;
mod options;
mod pci;
mod pool;
mod qp;
mod rss;
mod session;
mod sessions;
mod setup;
mod stats;
#[cfg(test)]
mod testing;
mod trace;
mod transport;
mod types;

pub use dma::{DmaMemory, DmaRegion};
pub use driver::{Driver, Health, NextHop};
pub use error::{
    AdminError, DeviceLost, Fault, OpenError, ReserveError, SendError, SessionError, SubmitError,
};
pub use events::{AdminReply, DriverEvent, SessionEvent, TimeWaitEvent};
pub use options::{Options, PUBLISHED_RSS_KEY, Recycle, TcpOptions, TimeWaitOptions};
pub use pci::{ConfigSnapshot, PciInfo};
pub use qp::{RxFrame, RxInfo, TxFrame, TxOffload};
pub use rss::{BUCKETS, IndirectionError, Rss};
pub use session::{Learnt, Reserved, SessionInfo, SessionSpec, SessionState};
pub use sessions::{RxBytes, TxSpace};
pub use setup::{DeviceInfo, Features};
pub use stats::{DriverStats, Stats};
pub use trace::Trace;
pub use transport::{Layer, Transport, TransportError};
pub use types::{Iova, Micros, SessionHandle, Token};

// SPDX-License-Identifier: Apache-2.0
//! The sans-IO TCP core: sequence logic only, no buffers, no clock, no hardware.
//!
//! A [`Tcb`] is one connection. It is driven by five inputs, each with the instant as an argument
//! where time matters: [`Tcb::on_segment`], [`Tcb::on_timer`], [`Tcb::app_wrote`],
//! [`Tcb::app_read`], [`Tcb::close`]/[`Tcb::abort`]. After each of them the caller drains
//! [`Tcb::poll_transmit`] and [`Tcb::poll_event`] and arms one timer at [`Tcb::next_deadline`].
//!
//! Bytes live with the caller in two rings whose positions *are* sequence numbers: the core says
//! "copy `payload[skip..skip + len]` to the receive ring at `ring_seq`" ([`Place`]) and "send
//! `payload_len` bytes of the send ring from `seg.seq`" ([`Emit`]).
//!
//! Users: the software sockets of the host stack, and the functional model of the engine; the RTL is
//! compared with this crate segment by segment, so each rule cites its RFC clause or its id in the
//! semantics catalogue (`S-…`). Decisions where the RFCs leave a choice are listed in
//! [`decisions`].
//!
//! Tested by tables beside each module, by two cores against each other over a bad wire with a byte
//! oracle, by freeze and thaw at every step of such runs, and against smoltcp.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), no_std)]
extern crate alloc;

pub mod cc;
mod config;
pub mod decisions;
mod handshake;
mod info;
mod interval;
#[cfg(test)]
mod interval_tests;
mod limiter;
pub mod options;
mod reass;
mod rtt;
mod segment;
mod seq;
mod snapshot;
mod tcb;
pub mod timewait;

pub use cc::{CcAlgo, CongestionControl};
pub use config::{Config, DEFAULT_MSS, DEFAULT_MSS_V6, MIN_MSS};
pub use handshake::{Handshake, syn_ack};
pub use info::{Counters, Limited, TcpInfo, TimersLeft};
pub use limiter::AckLimiter;
pub use rtt::{PathMetrics, RttEstimator};
pub use segment::{Emit, Flags, Place, SackBlock, SackBlocks, Segment, Timestamps};
pub use seq::{Micros, SeqNum};
pub use snapshot::{Snapshot, SnapshotError};
pub use tcb::{Accepted, CloseReason, State, Tcb, TcbEvent, Verdict, ts_clock};
pub use timewait::{MslClass, TimeWaitRecord};

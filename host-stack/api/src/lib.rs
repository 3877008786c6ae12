// SPDX-License-Identifier: Apache-2.0
//! Sockets for applications, whoever owns the session: stack, offload and driver joined.
//!
//! [`Node`] is a host with one OpenTOE device: sans-IO, single-threaded, time is an argument. [`Runtime`] puts a node on
//! a thread of its own, with blocking and non-blocking sockets and a poll; both have the same sockets.
//!
//! No register is read on the data path: [`Node::poll`] looks at memory and rings doorbells.

#![forbid(unsafe_code)]

pub mod control;
mod datagrams;
mod engine;
mod node;
mod rebalance;
pub mod runtime;
mod shard;
mod visible;

pub use node::{Node, NodeConfig, NodeError, NodeEvent, NodeStats};
pub use rebalance::RebalanceError;
pub use runtime::Runtime;
pub use shard::Shard;
pub use toe_offload::{
    Action, Bytes, Moved, Owner, Policy, PolicyError, Reason, Rule, SocketOption, Toggles,
};
pub use toe_stack::ports::BindOptions;
pub use toe_stack::{
    Endpoint, FourTuple, IfId, MacAddr, Micros, OffloadCaps, Readiness, ScopedAddr, StackConfig,
    TcpError, TcpId, TcpOptions,
};

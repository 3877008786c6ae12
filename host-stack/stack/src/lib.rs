// SPDX-License-Identifier: Apache-2.0
//! The host stack: everything around TCP that needs judgement, sans-IO.
//!
//! A [`Stack`] is a value: no globals, no threads, no clock, no sockets. Time and frames go in
//! ([`Stack::handle_frame`]), frames come out ([`Stack::poll_transmit`]), and [`Stack::next_deadline`] says when to
//! come back. Applications use sockets by id; all calls are non-blocking.
//!
//! | part | module |
//! |---|---|
//! | interfaces, VLANs, addresses | [`iface`], [`addr`] |
//! | forwarding tables, longest-prefix match, exceptions (redirect, path MTU) | [`fib`], [`lpm`], [`exceptions`] |
//! | address families of this build: features `ipv4`, `ipv6`, or both (default) | [`family`] |
//! | neighbours (ARP and ND, one machine) | [`neigh`] |
//! | ICMP and ICMPv6 | [`icmp`] |
//! | UDP | [`udp`] |
//! | TCP sockets, SYN cache, cookies, ISN, TIME_WAIT | [`tcp`], [`syncache`], [`cookies`], [`isn`], [`timewait`] |
//! | ports | [`ports`] |
//! | source addresses | [`srcsel`] |
//! | observers of segments | [`hooks`] |
//! | what closed connections knew of a path; TCP MD5 | [`hostcache`], [`signature`] |
//! | sessions that leave for the engine and come back | [`handoff`] |
//! | the table of all sockets | [`table`] |
//! | several stacks on one device | [`shard`] |
//!
//! It knows no hardware: what a device can do is a set of capability bits of an interface, and what it is asked to do
//! rides on each frame ([`TxOffload`]). TCP itself is `toe_tcp`; packet views come from `smoltcp::wire`.
//!
//! Tested by tables beside the modules (named after the ids of the semantics catalogue) and, in `tests/`, by an
//! independent smoltcp host at the other end of a wire that loses and reorders.

#![forbid(unsafe_code)]
// Hash folding, header bytes and the like truncate by intent; values that could overflow go through try_from.
#![allow(clippy::cast_possible_truncation)]

pub mod addr;
mod arena;
#[cfg(feature = "ipv4")]
mod arp;
pub mod cookies;
pub mod exceptions;
pub mod family;
pub mod fib;
mod fragments;
pub mod generation;
pub mod handoff;
pub mod hooks;
pub mod hostcache;
pub mod icmp;
pub mod iface;
mod input;
#[cfg(feature = "ipv4")]
mod ipv4;
#[cfg(feature = "ipv6")]
mod ipv6;
pub mod isn;
pub mod lpm;
#[cfg(feature = "ipv6")]
mod nd;
pub mod neigh;
mod output;
pub mod ports;
mod rand;
pub mod ring;
mod send;
pub mod shard;
pub mod signature;
pub mod srcsel;
mod stack;
mod stats;
pub mod syncache;
pub mod table;
pub mod tcp;
mod tcp_input;
mod tcp_life;
pub mod tcp_log;
mod tcp_output;
mod tcp_types;
pub mod timewait;
pub mod udp;
mod wire;

pub use addr::{Endpoint, FourTuple, MacAddr, ScopedAddr};
pub use arena::Id;
pub use family::{Family, FamilyAbsent};
pub use fib::{FibId, RouteSpec};
pub use handoff::{
    AttachError, Detached, EngineClose, Facts, HandoffEvent, NextHopFacts, SessionPath,
};
pub use iface::{IfAddr, IfId, InterfaceConfig, OffloadCaps};
pub use output::{RxFrame, TxFrame, TxOffload, Verdict};
pub use rand::{KeyedState, Prng, SipKey};
pub use ring::{ByteRing, RingBytes, RingSpace};
pub use send::SendError;
pub use shard::{Place, Steering};
pub use stack::{Stack, StackConfig, StackEvent, earliest};
pub use stats::Stats;
pub use tcp::{Readiness, TcpError, TcpId, TcpOptions};
pub use toe_tcp::Micros;
pub use udp::{UdpError, UdpId};

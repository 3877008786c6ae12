// SPDX-License-Identifier: Apache-2.0
//! The parts of the demonstrations: what the two programs share.
//!
//! `toe-demo` shows a session with an independent peer (smoltcp) in virtual time; `toe-demo-linux` one with the Linux
//! kernel in real time. Both look at what was on the wire, not at what the programs believe: figures and plots come from
//! the capture ([`capture`], [`flow`]).
//!
//! Tested by unit tests beside the modules, and by running: both programs fail when a checksum, a byte count or the end
//! of a session is not what it must be.

#![forbid(unsafe_code)]

pub mod args;
pub mod echo;
pub mod flow;
pub mod http;
#[cfg(target_os = "linux")]
pub mod linux;
pub mod machine;
pub mod plot;
pub mod report;
pub mod smol;

pub use toe_testkit::capture;

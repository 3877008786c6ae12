// SPDX-License-Identifier: Apache-2.0
//! The driver against a device that lies: everything that a device writes is untrusted, whatever it is.
//!
//! [`Liar`] is the functional model with somebody between it and the machine, who changes, drops, repeats and forges
//! records, answers register reads with nonsense, raises storms of interrupts, hangs or vanishes. A [`Script`] is any
//! bytes: calls of the driver and lies in turn. [`run`] plays it and holds the driver to its word: typed errors, no panic,
//! no command without an end, no offset outside its memory ([`Fault::Internal`](toe_driver::Fault)), and a device that
//! tells the truth again works again after a reset.
//!
//! `make fuzz-driver MINUTES=…` makes scripts up; `tests/replay.rs` plays those that were kept.

#![forbid(unsafe_code)]

mod liar;
mod play;

pub use liar::{Liar, Lie, Lies};
pub use play::{Finding, Op, Script, run};

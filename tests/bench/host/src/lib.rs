// SPDX-License-Identifier: Apache-2.0
//! What the host pays: instructions for bulk data and for connections, route lookup, TIME_WAIT; ours beside others'
//! code, in one run.
//!
//! Instructions are counted by callgrind, and only those of the host: the device (the functional model, in the same
//! process), the wire and the peer run with the counter off, and so does what an application does with its payload. See
//! [`region`].

#![deny(unsafe_code)]
// Figures for people: counts become floating point, workloads draw bits from a generator.
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]

pub mod churn;
pub mod count;
pub mod data;
pub mod engine;
pub mod figures;
pub mod lpm;
pub mod memory;
pub mod region;
mod smol;
pub mod tw;
pub mod vtw_ref;

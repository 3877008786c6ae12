// SPDX-License-Identifier: Apache-2.0
//! Differential fuzzing: the RTL and the Rust TCP core (as the functional model) get the same installations, the same
//! frames and the same moves of the host at the same virtual instants, and are compared round by round: what they send,
//! what they tell the host, what they hand back. See `docs/testing.md`, and `docs/differences.md` for what may differ.

#![forbid(unsafe_code)]

pub mod compare;
pub mod coverage;
pub mod generate;
pub mod packet;
pub mod rng;
pub mod run;
pub mod script;
pub mod session;
pub mod setup;
pub mod shrink;
pub mod side;
pub mod table;

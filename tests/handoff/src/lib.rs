// SPDX-License-Identifier: Apache-2.0
//! Hand-overs at random, by the thousand: a peer that we did not write streams over a bad wire while its session is
//! given to the engine and taken back. One seed decides everything (wire, sizes, options, who opens and closes, when
//! sessions move, what changes under them), so that one number reproduces a failure.
//!
//! An iteration fails, by a panic that names what is wrong, when a byte is not what was sent, when nothing moves any
//! more, when a session has two owners or none, when the engine sends for a session that is the host's, or when
//! something is left over at the end. One kind of stall is the peer's own, and excused when the capture shows it:
//! [`excuse`].

#![forbid(unsafe_code)]

pub mod excuse;
mod iteration;
mod owners;
mod plan;

pub use iteration::{Outcome, run};
pub use plan::{Plan, Talk};

/// Name of the test, for captures and messages.
pub const NAME: &str = "handoff";

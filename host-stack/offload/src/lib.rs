// SPDX-License-Identifier: Apache-2.0
//! Session ownership: which sessions go to the engine, how they get there and come back, and the next hops they use.
//!
//! ```text
//!          offload                installed
//!   Host ──────────▶ InTransit ──────────────▶ Engine ──▶ Ended (FIN, RST, timeout, lost device)
//!    ▲                  │ refused                │ take_back
//!    ├──────────────────┘                        ▼
//!    └────────────────────────────────────── InTransitBack
//! ```
//!
//! A session has exactly one owner at every instant: the state is moved from stage to stage, never copied. While it is
//! in transit nobody sends for it; segments that arrive are kept by the stack and replayed, in order, into whoever
//! gets it. The application keeps its socket and sees "would block" for that moment.
//!
//! [`Offload`] holds what is true of sessions that are away: stage, next-hop slot, wishes of the application, bytes by
//! owner; it owns neither the [`toe_stack::Stack`] nor the [`Engine`], and knows no driver. [`Policy`] says which
//! sessions may go; each refusal has a [`Reason`] and each reason a counter.
//!
//! Policy, accounts and the order of an end's records are tested here, the hand-over with stack, driver and device in
//! `tests/system`.

#![forbid(unsafe_code)]

mod caps;
mod engine;
mod hops;
mod ledger;
mod offload;
mod options;
mod parse;
mod policy;
#[cfg(test)]
mod policy_tests;
mod rule;
mod session;
mod sockets;
mod stats;
#[cfg(test)]
mod tests;
mod time_wait;

pub use caps::{CapsError, NAMES as CAPS, Toggles, each as caps};
pub use engine::{Engine, EngineEvent, Fill, Handle, Hop, Progress, Refusal, Rings, Take};
pub use ledger::{Bytes, Moved};
pub use offload::{DryRun, Luggage, Offload};
pub use options::{Handling, SocketOption};
pub use parse::PolicyError;
pub use policy::{Charge, Policy, Reason, Verdict};
pub use rule::{Action, End, Opened, Rule, Settings, Subject, Term, What};
pub use session::Owner;
pub use stats::Stats;

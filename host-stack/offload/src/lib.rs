// SPDX-License-Identifier: Apache-2.0
//! Session ownership: which sessions go to the engine, how they get there and come back, and the next hops they use.

#![forbid(unsafe_code)]

mod engine;
mod policy;

pub use engine::{Engine, EngineEvent, Handle, Hop, Progress, Refusal, Rings};
pub use policy::{Action, Policy, Reason, Rule};

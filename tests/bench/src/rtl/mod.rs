// SPDX-License-Identifier: Apache-2.0
//! What the engine can do, measured on its RTL (`make bench-rtl`).

pub mod events;
pub mod fairness;
pub mod latency;
pub mod loss;
pub mod memory;
pub mod throughput;
pub mod time_wait;
pub mod timers;

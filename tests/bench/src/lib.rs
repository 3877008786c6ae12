// SPDX-License-Identifier: Apache-2.0
//! Benchmarks of the engine and of its simulation: what they share.

pub mod figure;
pub mod plot;
pub mod progress;
pub mod rtl;
pub mod tw;

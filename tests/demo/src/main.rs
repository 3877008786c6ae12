// SPDX-License-Identifier: Apache-2.0
//! The demonstration: an independent peer, the host stack and the simulated engine.

#![forbid(unsafe_code)]

fn main() {}

// SPDX-License-Identifier: Apache-2.0
//! Glue for system tests and the demonstration: worlds, peers and the in-process transport. Not a simulator and not a
//! driver: it joins the two, which do not know each other.

mod transport;

pub use transport::{InProcess, SharedWorld};

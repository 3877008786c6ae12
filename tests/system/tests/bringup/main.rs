// SPDX-License-Identifier: Apache-2.0
//! The engine with its driver: every test runs on the functional model and on the RTL in `small` and `large` (with feature
//! `rtl-mid` in `mid` too).
//!
//! The station at the other end of the wire is a software TCP (`toe-tcp`) with frames of its own making. `SEED=n` makes
//! another run of the same; `CAPTURE=file` writes the wire.
#![allow(missing_docs, unreachable_pub)] // a test
#![allow(clippy::cast_precision_loss)]

use toe_testkit::{rig, station as peer};

/// Makes each test one for each device.
macro_rules! on_each {
    ($($test:ident),* $(,)?) => {
        mod model {
            $(#[test] fn $test() { super::$test(crate::rig::On::Model); })*
        }
        #[cfg(feature = "rtl-small")]
        mod small {
            $(#[test] fn $test() { super::$test(crate::rig::On::Small); })*
        }
        #[cfg(feature = "rtl-mid")]
        mod mid {
            $(#[test] fn $test() { super::$test(crate::rig::On::Mid); })*
        }
        #[cfg(feature = "rtl-large")]
        mod large {
            $(#[test] fn $test() { super::$test(crate::rig::On::Large); })*
        }
    };
}

mod churn;
mod collisions;
mod faults;
mod features;
mod figures;
mod nic;
mod recovery;
mod sessions;
mod storms;
mod time_wait;

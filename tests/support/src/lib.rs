// SPDX-License-Identifier: Apache-2.0
//! Glue for system tests and the demonstration: worlds, peers and the in-process transport. Not a simulator and not a
//! driver: it joins the two, which do not know each other.
//!
//! [`Scene`] is the usual test: our host (10.0.0.1, fd00::1) with a device, a wire, and an smoltcp peer (10.0.0.2,
//! fd00::2), in virtual time. [`rig::Rig`] leaves the host stack out: driver, device, [`station::Station`]. [`AnyDevice`] is the functional model or the RTL, chosen when the test runs.

pub mod capture;
#[allow(clippy::missing_panics_doc)] // each panic is a failed test
pub mod crowd;
mod device;
pub mod frames;
pub mod hash;
mod pace;
#[allow(clippy::missing_panics_doc)] // each panic is a failed test
pub mod rig;
mod scene;
mod stack_peer;
pub mod station;
mod transport;

pub use device::{AnyDevice, Kind};
pub use pace::WorldPace;
pub use scene::{Host, Scene, SceneConfig, Transfer, pattern_check};
pub use stack_peer::StackPeer;
pub use transport::{InProcess, SharedWorld};

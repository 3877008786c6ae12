// SPDX-License-Identifier: Apache-2.0
//! Firmware of the engine: serves the admin queue (install, evict, snapshot, next hops, settings, TIME_WAIT), validates
//! every field of what the host sends before the engine sees it, runs congestion control, and shows a heartbeat.
//!
//! It is not on the data path: the engine moves bytes whether this runs or not. Everything here is safe code over the trait
//! [`Hw`]; the core's registers are behind it in `toe-fw-rt`, a fake engine is behind it in the tests.

#![cfg_attr(not(test), no_std)]
#![forbid(unsafe_code)]

mod admin;
mod cc;
mod image;
mod port;

pub use image::{Limits, Refusal, validate};
pub use port::{Hw, XBUF_WORDS};

use port::Port;
use toe_abi::mcu;

/// `fw_state`: the firmware starts.
pub const STATE_BOOTING: u32 = 1;
/// `fw_state`: it serves commands.
pub const STATE_READY: u32 = 2;
/// `fw_state`: it was built for another ABI than the engine's and serves nothing.
pub const STATE_MISMATCH: u32 = 3;
/// `fw_state`: it met a condition that it cannot handle.
pub const STATE_STOPPED: u32 = 4;

/// Longest sleep, microseconds: the heartbeat moves at least this often in engine time.
const HEARTBEAT_US: u32 = 10_000;

/// The firmware's state between turns of its loop.
pub struct Firmware<H: Hw> {
    port: Port<H>,
    queue: admin::Queue,
    heartbeat: u32,
    mismatch: bool,
}

impl<H: Hw> Firmware<H> {
    /// Starts up: compares the ABI hashes and reads the engine's sizes.
    pub fn boot(hw: H) -> Self {
        let mut port = Port::new(hw);
        port.settle();
        port.write(mcu::SYS_FW_STATE, STATE_BOOTING);
        let [lo, hi] = halves(toe_abi::ABI_HASH);
        port.write(mcu::SYS_FW_HASH_LO, lo);
        port.write(mcu::SYS_FW_HASH_HI, hi);
        let mismatch = port.read(mcu::SYS_HW_HASH_LO) != lo || port.read(mcu::SYS_HW_HASH_HI) != hi;
        port.write(mcu::SYS_FW_STATE, if mismatch { STATE_MISMATCH } else { STATE_READY });
        let limits = Limits {
            sessions: port.read(mcu::SYS_SESSIONS),
            nexthops: port.read(mcu::SYS_NEXTHOPS),
            queue_pairs: port.read(mcu::SYS_QUEUE_PAIRS),
            max_frame: port.read(mcu::SYS_MAX_FRAME),
        };
        if !mismatch {
            cc::start(&mut port);
        }
        Self { port, queue: admin::Queue::new(limits), heartbeat: 0, mismatch }
    }

    /// One turn of the loop: serve what is there, then sleep until something comes or the heartbeat is due.
    pub fn turn(&mut self) {
        self.beat();
        if !self.mismatch {
            // Turn about, so that neither waits long for the other.
            while cc::serve(&mut self.port) | self.queue.serve_one(&mut self.port) {
                self.beat();
            }
        }
        let now = self.port.read(mcu::SYS_NOW_LO);
        self.port.write(mcu::SYS_WAKE_AT, now.wrapping_add(HEARTBEAT_US));
        self.port.write(mcu::SYS_SLEEP, 1);
    }

    fn beat(&mut self) {
        self.heartbeat = self.heartbeat.wrapping_add(1);
        self.port.write(mcu::SYS_HEARTBEAT, self.heartbeat);
    }

    /// The engine behind this firmware, for tests.
    #[cfg(test)]
    pub(crate) fn hw(&mut self) -> &mut H {
        &mut self.port.hw
    }
}

/// Low and high word.
#[allow(clippy::cast_possible_truncation)] // halves are what is wanted
pub(crate) const fn halves(value: u64) -> [u32; 2] {
    [value as u32, (value >> 32) as u32]
}

#[cfg(test)]
mod tests;

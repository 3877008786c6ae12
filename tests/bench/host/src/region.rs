// SPDX-License-Identifier: Apache-2.0
//! What is counted. Callgrind switches its counter whenever a function is entered or left whose name holds
//! one of [`PATTERNS`]: on in [`host`], off again in [`not_host`] inside it. Without callgrind both only call.

use std::hint::black_box;
use std::sync::atomic::{AtomicBool, Ordering};

/// For `--toggle-collect`.
pub const PATTERNS: [&str; 2] = ["*toggle_collect_here*", "*toggle_pause_here*"];

static MEASURING: AtomicBool = AtomicBool::new(false);

/// Counts from now on, or no longer: what comes before and after the steady state is left out.
pub fn measure(on: bool) {
    MEASURING.store(on, Ordering::Relaxed);
}

/// Work of the host.
pub fn host<R>(work: impl FnOnce() -> R) -> R {
    if MEASURING.load(Ordering::Relaxed) { toggle_collect_here(work) } else { work() }
}

/// Work of the device, the world or the application inside of it: a register write ends here.
pub fn not_host<R>(work: impl FnOnce() -> R) -> R {
    if MEASURING.load(Ordering::Relaxed) { toggle_pause_here(work) } else { work() }
}

#[inline(never)]
fn toggle_collect_here<R>(work: impl FnOnce() -> R) -> R {
    let result = work();
    // So that the call above is no jump: callgrind sees the end of a function by its return.
    black_box(());
    result
}

/// Of another name: callgrind takes a function inside of itself for recursion, and does not switch.
#[inline(never)]
fn toggle_pause_here<R>(work: impl FnOnce() -> R) -> R {
    let result = work();
    black_box(());
    result
}

// SPDX-License-Identifier: Apache-2.0
//! The order in which tables and their generation counters are touched (S-RTC-3): one place, used by every reader and
//! writer, and tried in every interleaving by `tests/generation.rs`.
//!
//! Whoever keeps the result of a lookup keeps the generation that was read *before* it; whoever changes the table makes
//! the change visible *before* the new generation. A change in between makes a kept result stale, never stale but
//! fresh. Loads of the generation acquire, changes of it release.

/// Looks up: gives the result and the generation to keep it under.
pub fn fill<R>(generation: impl FnOnce() -> u64, lookup: impl FnOnce() -> R) -> (u64, R) {
    let before = generation();
    (before, lookup())
}

/// Changes a table: first what is looked up, then the generation.
pub fn change(publish: impl FnOnce(), bump: impl FnOnce()) {
    publish();
    bump();
}

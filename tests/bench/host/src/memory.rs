// SPDX-License-Identifier: Apache-2.0
//! What the allocator has given out: asked of it, not computed from sizes of types.
#![allow(unsafe_code)] // one call of the C library

/// Bytes that the program holds, headers and rounding of the allocator included.
#[must_use]
pub fn in_use() -> u64 {
    // SAFETY: takes nothing, returns a structure by value, and locks what it reads.
    let info = unsafe { libc::mallinfo2() };
    (info.uordblks + info.hblkhd) as u64
}

/// Bytes that `make` leaves behind, with what it made.
pub fn of<T>(make: impl FnOnce() -> T) -> (u64, T) {
    let before = in_use();
    let made = make();
    (in_use().saturating_sub(before), made)
}

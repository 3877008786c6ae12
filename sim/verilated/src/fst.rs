// SPDX-License-Identifier: Apache-2.0
//! The four compression functions that Verilator's FST writer calls (`cpp/fst/`), so that waveforms need no system
//! library. Unsafe because C++ calls them with raw buffers.
#![allow(unsafe_code)]

use core::ffi::{c_char, c_int, c_ulong};
use core::slice;

/// Upper bound of the compressed size; 0 for a size that cannot be compressed.
#[unsafe(no_mangle)]
extern "C" fn vlt_lz4_bound(size: c_int) -> c_int {
    usize::try_from(size)
        .ok()
        .and_then(|size| c_int::try_from(lz4_flex::block::get_maximum_output_size(size)).ok())
        .unwrap_or(0)
}

/// Returns the compressed size, 0 when it does not fit.
///
/// # Safety
/// `from` must have `size` bytes and `to` `capacity` bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn vlt_lz4_compress(
    from: *const c_char,
    to: *mut c_char,
    size: c_int,
    capacity: c_int,
) -> c_int {
    let (Ok(size), Ok(capacity)) = (usize::try_from(size), usize::try_from(capacity)) else {
        return 0;
    };
    if from.is_null() || to.is_null() {
        return 0;
    }
    // SAFETY: by the caller's contract; the FST writer uses two vectors of these sizes.
    let (from, to) = unsafe {
        (
            slice::from_raw_parts(from.cast::<u8>(), size),
            slice::from_raw_parts_mut(to.cast(), capacity),
        )
    };
    lz4_flex::block::compress_into(from, to)
        .ok()
        .and_then(|length| c_int::try_from(length).ok())
        .unwrap_or(0)
}

/// Upper bound of the compressed size.
#[unsafe(no_mangle)]
extern "C" fn vlt_zlib_bound(size: c_ulong) -> c_ulong {
    size.saturating_add(size / 64).saturating_add(64)
}

/// Returns 0 and the compressed size in `capacity`, or -5 (`Z_BUF_ERROR`) when it does not fit.
///
/// # Safety
/// `from` must have `size` bytes and `to` `*capacity` bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn vlt_zlib_compress(
    to: *mut u8,
    capacity: *mut c_ulong,
    from: *const u8,
    size: c_ulong,
    level: c_int,
) -> c_int {
    const NO_ROOM: c_int = -5;
    if to.is_null() || capacity.is_null() || (from.is_null() && size != 0) {
        return NO_ROOM;
    }
    let level = u8::try_from(level.clamp(0, 9)).unwrap_or(6);
    // SAFETY: by the caller's contract.
    let room = unsafe { *capacity };
    let (Ok(size), Ok(room)) = (usize::try_from(size), usize::try_from(room)) else {
        return NO_ROOM;
    };
    // SAFETY: by the caller's contract.
    let from = if size == 0 { &[] } else { unsafe { slice::from_raw_parts(from, size) } };
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(from, level);
    if packed.len() > room {
        return NO_ROOM;
    }
    // SAFETY: by the caller's contract, and `packed` fits.
    unsafe {
        slice::from_raw_parts_mut(to, packed.len()).copy_from_slice(&packed);
        *capacity = packed.len() as c_ulong;
    }
    0
}

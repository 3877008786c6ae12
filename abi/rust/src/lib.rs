// SPDX-License-Identifier: Apache-2.0
//! The contract between engine, firmware, driver and host stack, generated from `abi/*.rdl`.
//!
//! - [`layouts`]: structures in host memory (descriptors, events, commands, the session image). Each has two forms:
//!   the words as they lie in memory (`SessionImageRaw`, any bit pattern) and the plain struct (`SessionImage`, every
//!   enumeration valid). `pack` turns the second into the first and names every field, so that a forgotten one does
//!   not compile; `unpack` is fallible because memory that a device writes is untrusted input.
//! - [`regs`]: the registers of BAR0: typed offsets ([`Reg`], [`RegArray`]) and register values with field accessors.
//! - [`mcu`]: the firmware's own register map, in the same form.
//! - [`enums`]: enumerations that all of these share.
//! - [`ABI_HASH`]: the first 64 bits of the SHA-256 over all of it; a device that disagrees is refused.
//!
//! It is not a driver: nothing here touches memory or a device. Everything below `gen/` is written by
//! `make gen` and compared by `make check-gen`; `tests/golden.rs` decodes the vectors in `abi/golden`, which
//! the SystemVerilog side decodes too.

#![no_std]
#![forbid(unsafe_code)]

#[allow(clippy::len_without_is_empty)] // `len` is a field of a descriptor, not a count of elements
mod generated;
mod support;

pub use enums::*;
pub use generated::*;
pub use layouts::*;
pub use support::{Access, Field, Invalid, OutOfRange, Reg, RegArray, RegInfo};

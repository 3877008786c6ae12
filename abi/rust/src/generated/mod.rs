// SPDX-License-Identifier: Apache-2.0
// Generated from abi/*.rdl by abi/exporter (`make gen`). Do not edit.
//! What `make gen` writes.

pub mod enums;
pub mod layouts;
pub mod mcu;
pub mod regs;

/// First 64 bits of the SHA-256 over every register, structure and enumeration.
pub const ABI_HASH: u64 = 0x99aa_dfef_7d65_5070;

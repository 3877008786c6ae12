// SPDX-License-Identifier: Apache-2.0
//! The contract between engine, firmware, driver and host stack, generated from `abi/*.rdl`.

#![no_std]
#![forbid(unsafe_code)]

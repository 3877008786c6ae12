// SPDX-License-Identifier: Apache-2.0
//! The Verilated engine as a device.

#![deny(unsafe_code)]

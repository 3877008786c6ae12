// SPDX-License-Identifier: Apache-2.0
//! The sans-IO TCP core: sequence logic only, no buffers, no clock, no hardware.

#![forbid(unsafe_code)]

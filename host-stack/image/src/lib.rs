// SPDX-License-Identifier: Apache-2.0
//! Conversion between the TCP core's snapshot and the engine's session image.

#![forbid(unsafe_code)]

// SPDX-License-Identifier: Apache-2.0
//! `toe`, the command line.

#![forbid(unsafe_code)]

fn main() {}

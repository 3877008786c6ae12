// SPDX-License-Identifier: Apache-2.0
//! `toe`: see the library.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    toe_cli::main()
}

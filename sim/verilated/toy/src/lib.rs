// SPDX-License-Identifier: Apache-2.0
//! A toy model, built as users of `verilated` build theirs. Its tests are that crate's tests of the run-time half.
#![deny(unsafe_code)]

/// 64 bits wide.
pub mod narrow {
    verilated::include_model!("toy");
}

/// 200 bits wide.
pub mod wide {
    verilated::include_model!("toy_wide");
}

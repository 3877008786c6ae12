// SPDX-License-Identifier: Apache-2.0
//! Our binding of Verilator 5 models.

#![deny(unsafe_code)]

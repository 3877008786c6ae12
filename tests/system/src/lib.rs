// SPDX-License-Identifier: Apache-2.0
//! System tests: each takes a world and runs on the functional model and on the RTL.

#![forbid(unsafe_code)]

// SPDX-License-Identifier: Apache-2.0
//! Glue for system tests: worlds, peers and the in-process transport.

#![forbid(unsafe_code)]

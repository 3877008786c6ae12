// SPDX-License-Identifier: Apache-2.0
//! The functional device model: the engine's behaviour at transaction level, without RTL.

#![forbid(unsafe_code)]

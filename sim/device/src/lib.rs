// SPDX-License-Identifier: Apache-2.0
//! The device boundary: what a model of the engine offers and what it needs from its host.

#![forbid(unsafe_code)]

// SPDX-License-Identifier: Apache-2.0
//! A node on a thread of its own.

/// A running node.
pub struct Runtime;

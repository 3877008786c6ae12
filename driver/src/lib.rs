// SPDX-License-Identifier: Apache-2.0
//! The userspace driver: device, queues, sessions, over a transport trait.

#![deny(unsafe_code)]

// SPDX-License-Identifier: Apache-2.0
//! Sockets for applications, whoever owns the session: stack, offload and driver joined.

#![forbid(unsafe_code)]

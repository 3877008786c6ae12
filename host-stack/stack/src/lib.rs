// SPDX-License-Identifier: Apache-2.0
//! The sans-IO host stack: interfaces, routes, neighbours, ICMP, sockets, timers.

#![forbid(unsafe_code)]

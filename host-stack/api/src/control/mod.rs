// SPDX-License-Identifier: Apache-2.0
//! The control socket: what `toe` talks to.
//!
//! [`Service`] answers requests about a [`crate::Node`]; it does no input or output and takes time as an argument.
//! [`Lines`] cuts what comes from a client into requests, with a bound. [`Server`] is the thin part around both: a Unix
//! socket with its permissions, peer credentials, one thread a client.
//!
//! Nobody but the user who runs the stack, root, and a group that was named gets in. A request is at most
//! [`MAX_REQUEST`] bytes; one that is not understood is answered with what is wrong, one that is too long ends the
//! connection. Answers are of one instant: the node stands still while one is made.

mod capture;
mod detail;
mod exec;
mod ip;
mod lines;
pub mod proto;
mod server;
pub mod sysctl;
mod table;
#[cfg(test)]
mod tests;

pub use capture::ends;
pub(crate) use capture::{Captures, Path};
pub use exec::{Outcome, Service};
pub use lines::{Lines, MAX_REQUEST, TooLong, answer_line, request, request_line};
pub use server::{Access, Server, ServerError};

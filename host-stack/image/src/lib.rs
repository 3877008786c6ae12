// SPDX-License-Identifier: Apache-2.0
//! Between the TCP core's [`Snapshot`](toe_tcp::Snapshot) and the ABI's
//! [`SessionImage`](toe_abi::SessionImage): the same state in two forms, field by field.
//!
//! - [`to_image`] puts a frozen connection and its [`Placement`] (addresses, rings, next hop) into an image.
//! - [`from_image`] takes an image apart again and judges it: every limit of the contract, and whatever the core
//!   refuses (the snapshot's own validation). An error names the field and its place in the image, which is what an
//!   installation answers as `BAD_FIELD`.
//!
//! What else both worlds have goes over one by one: addresses ([`addr_words`], [`words_addr`]), the TIME_WAIT class
//! ([`abi_class`], [`core_class`]).
//!
//! The two conversions name every field of both forms, so that a new one does not compile until it is thought of. The image has
//! relative times (µs left, µs ago); only the timestamp clock is absolute: `ts_offset` belongs to the clock of the
//! engine, whose present reading both functions take.
//!
//! It moves no bytes and knows no device. Users: the hand-over of the host stack, the functional model. Tested by
//! round trips over random images and over connections that ran.

#![forbid(unsafe_code)]

mod class;
mod from;
mod placement;
mod to;

pub use class::{abi_class, core_class};
pub use from::from_image;
pub use placement::{IMAGE_MAGIC, Placement, Ring, addr_words, words_addr};
pub use to::to_image;

use thiserror::Error;
use toe_abi::SessionImageRaw;

/// A field has a value that the contract or the core does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("session image: {field} = {value:#x}: must be {bound}")]
pub struct ImageError {
    /// Name of the field, as in the contract where it is in the image.
    pub field: &'static str,
    /// Its value.
    pub value: u64,
    /// What it had to be.
    pub bound: &'static str,
}

impl ImageError {
    /// Offset of the byte in the image that holds the field's first bit: what `BAD_FIELD` gives as detail. Fields that are
    /// not in the image give 0.
    #[must_use]
    pub fn offset(&self) -> u16 {
        // The core speaks of ring sizes, the image of their logarithms.
        let name = match self.field {
            "config.rcv_ring" => "rx_ring_log2",
            "config.snd_ring" => "tx_ring_log2",
            name => name,
        };
        SessionImageRaw::FIELDS
            .iter()
            .find(|field| field.name == name)
            .and_then(|field| u16::try_from(field.byte()).ok())
            .unwrap_or(0)
    }
}

impl From<toe_tcp::SnapshotError> for ImageError {
    fn from(error: toe_tcp::SnapshotError) -> Self {
        let toe_tcp::SnapshotError { field, value, bound } = error;
        Self { field, value, bound }
    }
}

impl From<toe_abi::Invalid> for ImageError {
    fn from(invalid: toe_abi::Invalid) -> Self {
        Self {
            field: invalid.field,
            value: invalid.value.into(),
            bound: "a value of its enumeration",
        }
    }
}

pub(crate) fn check(
    ok: bool,
    field: &'static str,
    value: impl Into<u64>,
    bound: &'static str,
) -> Result<(), ImageError> {
    if ok { Ok(()) } else { Err(ImageError { field, value: value.into(), bound }) }
}

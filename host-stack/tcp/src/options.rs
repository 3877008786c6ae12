// SPDX-License-Identifier: Apache-2.0
//! The only place that knows how long TCP options are (S-OPT-1): builder, estimator and parser.
//!
//! SYN: MSS, NOP + window scale, SACK-permitted, timestamps, signature. Data: timestamps,
//! signature, SACK last with as many blocks as fit. Timestamps and SACK start at offset ≡ 2 mod 4,
//! which costs nothing in any combination; the end is padded with zeroes to a multiple of four.

use crate::segment::{SackBlocks, Segment, Timestamps};
use crate::seq::SeqNum;

/// Room for options in a TCP header.
pub const MAX: usize = 40;

const KIND_NOP: u8 = 1;
const KIND_MSS: u8 = 2;
const KIND_WSCALE: u8 = 3;
const KIND_SACK_PERMITTED: u8 = 4;
const KIND_SACK: u8 = 5;
const KIND_TS: u8 = 8;
const KIND_SIGNATURE: u8 = 19;

/// Encoded options.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Encoded {
    bytes: [u8; MAX],
    len: usize,
    /// How many SACK blocks found room.
    pub sack_blocks: usize,
    /// Offset of the 16-byte digest to fill in, when a signature was asked for (RFC 2385).
    pub digest_at: Option<usize>,
}

impl Encoded {
    const fn new() -> Self {
        Self { bytes: [0; MAX], len: 0, sack_blocks: 0, digest_at: None }
    }

    /// The option bytes; their number is a multiple of four.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// The same, to fill in the digest.
    pub fn as_mut_slice(&mut self) -> &mut [u8] {
        &mut self.bytes[..self.len]
    }

    const fn room(&self) -> usize {
        MAX - self.len
    }

    fn put(&mut self, bytes: &[u8]) {
        self.bytes[self.len..self.len + bytes.len()].copy_from_slice(bytes);
        self.len += bytes.len();
    }

    fn align(&mut self, to: usize) {
        while self.len % 4 != to {
            self.put(&[KIND_NOP]);
        }
    }
}

/// Encodes the options of a segment. `signature` reserves a TCP MD5 option (RFC 2385). What does not
/// fit in 40 bytes is left out from the end: SACK blocks first.
#[must_use]
pub fn encode(seg: &Segment, signature: bool) -> Encoded {
    let mut e = Encoded::new();
    if let Some(mss) = seg.mss {
        let [hi, lo] = mss.to_be_bytes();
        e.put(&[KIND_MSS, 4, hi, lo]);
    }
    if let Some(shift) = seg.wscale {
        e.put(&[KIND_NOP, KIND_WSCALE, 3, shift]);
    }
    if seg.sack_permitted {
        e.put(&[KIND_SACK_PERMITTED, 2]);
    }
    if let Some(ts) = seg.ts {
        e.align(2);
        e.put(&[KIND_TS, 10]);
        e.put(&ts.val.to_be_bytes());
        e.put(&ts.ecr.to_be_bytes());
    }
    if signature && e.room() >= 18 {
        e.put(&[KIND_SIGNATURE, 18]);
        e.digest_at = Some(e.len);
        e.put(&[0; 16]);
    }
    let fits = sack_fit(e.len);
    let blocks = seg.sack.len().min(fits);
    if blocks > 0 {
        e.align(2);
        e.put(&[KIND_SACK, u8::try_from(2 + 8 * blocks).unwrap_or(2)]);
        for b in &seg.sack.as_slice()[..blocks] {
            e.put(&b.start.0.to_be_bytes());
            e.put(&b.end.0.to_be_bytes());
        }
        e.sack_blocks = blocks;
    }
    e.len = e.len.next_multiple_of(4);
    e
}

/// SACK blocks that fit after `used` bytes of other options.
const fn sack_fit(used: usize) -> usize {
    let aligned = if used % 4 <= 2 { used / 4 * 4 + 2 } else { used / 4 * 4 + 6 };
    if aligned + 2 > MAX { 0 } else { (MAX - aligned - 2) / 8 }
}

/// SACK blocks that fit on a data segment or an ACK.
#[must_use]
pub const fn sack_room(timestamps: bool, signature: bool) -> usize {
    let ts = if timestamps { 12 } else { 0 };
    let sig = if signature { 18 } else { 0 };
    let n = sack_fit(ts + sig);
    if n > SackBlocks::MAX { SackBlocks::MAX } else { n }
}

/// Option bytes of a data segment or ACK with these options: what [`encode`] will produce.
#[must_use]
pub const fn data_len(timestamps: bool, signature: bool, sack_blocks: usize) -> u32 {
    let mut len = 0_u32;
    if timestamps {
        len += 12;
    }
    if signature {
        len += 18;
    }
    if sack_blocks > 0 {
        // Align to 2 mod 4, then kind, length and blocks.
        while len % 4 != 2 {
            len += 1;
        }
        len += 2;
        let mut n = 0;
        while n < sack_blocks {
            len += 8;
            n += 1;
        }
    }
    len.next_multiple_of(4)
}

/// Options of a received segment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Parsed {
    /// MSS.
    pub mss: Option<u16>,
    /// Window scale as sent: it may be above 14.
    pub wscale: Option<u8>,
    /// SACK permitted.
    pub sack_permitted: bool,
    /// Timestamps.
    pub ts: Option<Timestamps>,
    /// SACK blocks.
    pub sack: SackBlocks,
    /// Offset of a TCP MD5 digest.
    pub digest_at: Option<usize>,
    /// A kind that this crate does not know was there (S-TOE-4: not for the engine).
    pub unknown: bool,
}

/// The option list is malformed: a length below two or beyond the end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Malformed {
    /// Offset of the bad option.
    pub at: usize,
}

impl core::fmt::Display for Malformed {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "malformed TCP option at offset {}", self.at)
    }
}

impl core::error::Error for Malformed {}

fn be32(b: &[u8]) -> u32 {
    b.iter().take(4).fold(0, |v, &x| v << 8 | u32::from(x))
}

/// Parses the option bytes of a header. A known kind with a wrong length counts as unknown
/// (RFC 9293 §3.2: options of unknown meaning are skipped).
///
/// # Errors
/// When an option's length runs out of the list.
pub fn parse(bytes: &[u8]) -> Result<Parsed, Malformed> {
    let mut p = Parsed::default();
    let mut at = 0;
    while at < bytes.len() {
        let kind = bytes[at];
        if kind == 0 {
            break;
        }
        if kind == KIND_NOP {
            at += 1;
            continue;
        }
        let len = usize::from(*bytes.get(at + 1).ok_or(Malformed { at })?);
        if len < 2 || at + len > bytes.len() {
            return Err(Malformed { at });
        }
        let body = &bytes[at + 2..at + len];
        match (kind, len) {
            (KIND_MSS, 4) => p.mss = Some(u16::from_be_bytes([body[0], body[1]])),
            (KIND_WSCALE, 3) => p.wscale = Some(body[0]),
            (KIND_SACK_PERMITTED, 2) => p.sack_permitted = true,
            (KIND_SACK, 10 | 18 | 26 | 34) => {
                for b in body.chunks_exact(8) {
                    p.sack.push(SeqNum(be32(b)), SeqNum(be32(&b[4..])));
                }
            }
            (KIND_TS, 10) => {
                p.ts = Some(Timestamps { val: be32(body), ecr: be32(&body[4..]) });
            }
            (KIND_SIGNATURE, 18) => p.digest_at = Some(at + 2),
            _ => p.unknown = true,
        }
        at += len;
    }
    Ok(p)
}

// SPDX-License-Identifier: Apache-2.0
//! Segments as the core sees them: header values only, never payload bytes.

use crate::seq::SeqNum;

/// The nine flag bits of the TCP header, as on the wire.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Flags(pub u16);

impl Flags {
    /// No flag.
    pub const NONE: Self = Self(0);
    /// FIN.
    pub const FIN: Self = Self(0x001);
    /// SYN.
    pub const SYN: Self = Self(0x002);
    /// RST.
    pub const RST: Self = Self(0x004);
    /// PSH.
    pub const PSH: Self = Self(0x008);
    /// ACK.
    pub const ACK: Self = Self(0x010);
    /// URG. The core carries it but gives it no meaning (RFC 6093: urgent data stay in line).
    pub const URG: Self = Self(0x020);
    /// ECN echo (RFC 3168).
    pub const ECE: Self = Self(0x040);
    /// Congestion window reduced (RFC 3168).
    pub const CWR: Self = Self(0x080);
    /// Accurate ECN / formerly nonce sum.
    pub const AE: Self = Self(0x100);

    /// All bits of `other` are set.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both sets joined.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// `self` without `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl core::fmt::Debug for Flags {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        const NAMES: [&str; 9] = ["F", "S", "R", "P", ".", "U", "E", "W", "A"];
        for (bit, name) in NAMES.iter().enumerate() {
            if self.0 >> bit & 1 == 1 {
                f.write_str(name)?;
            }
        }
        Ok(())
    }
}

/// Timestamps option (RFC 7323).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Timestamps {
    /// TSval.
    pub val: u32,
    /// TSecr.
    pub ecr: u32,
}

/// One SACK block: `[start, end)` (RFC 2018).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SackBlock {
    /// First sequence number held.
    pub start: SeqNum,
    /// Sequence number after the last one held.
    pub end: SeqNum,
}

/// Up to four SACK blocks, in the order of the option.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct SackBlocks {
    blocks: [SackBlock; 4],
    len: u8,
}

impl SackBlocks {
    /// The most blocks that an option can carry.
    pub const MAX: usize = 4;

    /// No block.
    #[must_use]
    pub const fn new() -> Self {
        Self { blocks: [SackBlock { start: SeqNum(0), end: SeqNum(0) }; 4], len: 0 }
    }

    /// Appends a block; false when four are there already.
    pub fn push(&mut self, start: SeqNum, end: SeqNum) -> bool {
        let at = usize::from(self.len);
        if at == Self::MAX {
            return false;
        }
        self.blocks[at] = SackBlock { start, end };
        self.len += 1;
        true
    }

    /// Keeps the first `n` blocks.
    pub fn truncate(&mut self, n: usize) {
        if n < usize::from(self.len) {
            self.blocks[n..].fill(SackBlock::default());
            self.len = u8::try_from(n).unwrap_or(4);
        }
    }

    /// The blocks.
    #[must_use]
    pub fn as_slice(&self) -> &[SackBlock] {
        &self.blocks[..usize::from(self.len)]
    }

    /// Iterates over the blocks.
    pub fn iter(&self) -> core::slice::Iter<'_, SackBlock> {
        self.as_slice().iter()
    }

    /// How many blocks there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }
}

impl<'a> IntoIterator for &'a SackBlocks {
    type Item = &'a SackBlock;
    type IntoIter = core::slice::Iter<'a, SackBlock>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl core::fmt::Debug for SackBlocks {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.iter().map(|b| (b.start, b.end))).finish()
    }
}

/// A TCP segment without its payload bytes, ports and addresses: the core's input and output.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Segment {
    /// SEG.SEQ.
    pub seq: SeqNum,
    /// SEG.ACK; meaningless without the ACK flag.
    pub ack: SeqNum,
    /// Control bits.
    pub flags: Flags,
    /// The raw window field, not scaled.
    pub wnd: u16,
    /// Payload bytes.
    pub payload_len: u32,
    /// Timestamps option.
    pub ts: Option<Timestamps>,
    /// SACK option.
    pub sack: SackBlocks,
    /// MSS option (SYN only).
    pub mss: Option<u16>,
    /// Window scale option (SYN only).
    pub wscale: Option<u8>,
    /// SACK-permitted option (SYN only).
    pub sack_permitted: bool,
    /// In: the IP header carried ECN CE. Out: always false.
    pub ce: bool,
}

impl Segment {
    /// SEG.LEN: payload plus one for SYN and one for FIN (RFC 9293 §3.4).
    #[must_use]
    pub fn len(&self) -> u32 {
        self.payload_len + u32::from(self.syn()) + u32::from(self.fin())
    }

    /// Whether the segment occupies no sequence space.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Sequence number after the last one of the segment.
    #[must_use]
    pub fn end(&self) -> SeqNum {
        self.seq + self.len()
    }

    /// SYN is set.
    #[must_use]
    pub const fn syn(&self) -> bool {
        self.flags.has(Flags::SYN)
    }

    /// FIN is set.
    #[must_use]
    pub const fn fin(&self) -> bool {
        self.flags.has(Flags::FIN)
    }

    /// RST is set.
    #[must_use]
    pub const fn rst(&self) -> bool {
        self.flags.has(Flags::RST)
    }

    /// ACK is set.
    #[must_use]
    pub const fn has_ack(&self) -> bool {
        self.flags.has(Flags::ACK)
    }

    /// The reset that answers this segment when no connection exists (RFC 9293 §3.10.7.1): none
    /// for a reset.
    #[must_use]
    pub fn reset_reply(&self) -> Option<Segment> {
        if self.rst() {
            None
        } else if self.has_ack() {
            Some(Segment { seq: self.ack, flags: Flags::RST, ..Segment::default() })
        } else {
            Some(Segment {
                ack: self.end(),
                flags: Flags::RST.with(Flags::ACK),
                ..Segment::default()
            })
        }
    }
}

/// Where accepted payload goes: copy `payload[skip..skip + len]` to the receive ring at sequence
/// number `ring_seq`. It may lie beyond bytes that are still missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// Sequence number of the first byte to store.
    pub ring_seq: SeqNum,
    /// Bytes of the payload to leave out at its start.
    pub skip: u32,
    /// Bytes to store.
    pub len: u32,
}

/// One segment to send. Its payload is `seg.payload_len` bytes of the send ring from `seg.seq`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Emit {
    /// The segment; `seg.payload_len` may be a multiple of `seg_size` when the configuration
    /// allows segmentation offload (`Config::tso_segments` above 1).
    pub seg: Segment,
    /// Mark the IP header ECT(0) (RFC 3168 §6.1.1: new data only).
    pub ect: bool,
    /// Clear of retransmission: false for bytes sent before (S-HOOK-1, counters, captures).
    pub retransmit: bool,
    /// Payload bytes a wire segment carries at most: the segmentation size when larger payloads
    /// are handed to a segmenter.
    pub seg_size: u32,
    /// Set the IP DF bit (S-MTU-2).
    pub df: bool,
}

impl Emit {
    /// The send-ring bytes of this segment as `(first, length)`.
    #[must_use]
    pub const fn payload(&self) -> (SeqNum, u32) {
        (self.seg.seq, self.seg.payload_len)
    }
}

// SPDX-License-Identifier: Apache-2.0
//! Byte rings addressed by sequence number.
//!
//! The same arithmetic as the engine's rings in host memory: position = (seq − seq0) mod size, size a power of two.
//! So a session moves between software and engine by copying ranges of sequence space, and heads and tails are TCP
//! sequence numbers everywhere.

use toe_tcp::SeqNum;

/// Smallest ring, 4 KiB.
pub const MIN_RING: u32 = 4096;
/// Largest ring, 1 GiB.
pub const MAX_RING: u32 = 1 << 30;

/// The size a ring gets when `size` is asked for.
#[must_use]
pub fn ring_size(size: u32) -> u32 {
    size.clamp(MIN_RING, MAX_RING).next_power_of_two()
}

/// Free space of a send ring, to be filled in place: what lies there is announced when the filler returns.
pub trait RingSpace {
    /// Bytes that fit.
    fn room(&self) -> usize;
    /// Puts bytes `at` bytes after what was sent before; `false`, and nothing done, if they do not fit.
    fn put(&mut self, at: usize, bytes: &[u8]) -> bool;
}

/// Received bytes in their ring, not consumed yet.
pub trait RingBytes {
    /// Bytes that are there.
    fn available(&self) -> usize;
    /// Copies some of them, from `at` on; `false`, and nothing done, if they are not there.
    fn get(&self, at: usize, to: &mut [u8]) -> bool;
}

/// The free part of a send ring.
pub(crate) struct Space<'a> {
    pub ring: &'a mut ByteRing,
    pub from: SeqNum,
    pub room: usize,
}

impl RingSpace for Space<'_> {
    fn room(&self) -> usize {
        self.room
    }

    fn put(&mut self, at: usize, bytes: &[u8]) -> bool {
        let fits = at.checked_add(bytes.len()).is_some_and(|end| end <= self.room);
        if let (true, Ok(at)) = (fits, u32::try_from(at)) {
            self.ring.write(self.from + at, bytes);
        }
        fits
    }
}

/// The readable part of a receive ring.
pub(crate) struct Bytes<'a> {
    pub ring: &'a ByteRing,
    pub from: SeqNum,
    pub available: usize,
}

impl RingBytes for Bytes<'_> {
    fn available(&self) -> usize {
        self.available
    }

    fn get(&self, at: usize, to: &mut [u8]) -> bool {
        let there = at.checked_add(to.len()).is_some_and(|end| end <= self.available);
        if let (true, Ok(at)) = (there, u32::try_from(at)) {
            self.ring.read(self.from + at, to);
        }
        there
    }
}

/// A power-of-two ring of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByteRing {
    buf: Vec<u8>,
    seq0: SeqNum,
}

impl ByteRing {
    /// A ring of at least `size` bytes, rounded up to a power of two between 4 KiB and 1 GiB, whose first byte is
    /// sequence number `seq0`.
    #[must_use]
    pub fn new(size: u32, seq0: SeqNum) -> Self {
        Self { buf: vec![0; ring_size(size) as usize], seq0 }
    }

    /// Size in bytes.
    #[must_use]
    pub fn size(&self) -> u32 {
        u32::try_from(self.buf.len()).unwrap_or(MAX_RING)
    }

    /// The sequence number at position 0.
    #[must_use]
    pub fn seq0(&self) -> SeqNum {
        self.seq0
    }

    /// Position of `seq`.
    #[must_use]
    pub fn position(&self, seq: SeqNum) -> usize {
        (seq.0.wrapping_sub(self.seq0.0) & (self.size() - 1)) as usize
    }

    /// Stores `data` at `seq`; what exceeds the ring size is left out.
    pub fn write(&mut self, seq: SeqNum, data: &[u8]) {
        let at = self.position(seq);
        let data = &data[..data.len().min(self.buf.len())];
        let first = data.len().min(self.buf.len() - at);
        self.buf[at..at + first].copy_from_slice(&data[..first]);
        self.buf[..data.len() - first].copy_from_slice(&data[first..]);
    }

    /// The bytes of `[seq, seq + len)` as two slices; the second is empty unless they wrap.
    #[must_use]
    pub fn slices(&self, seq: SeqNum, len: u32) -> (&[u8], &[u8]) {
        let at = self.position(seq);
        let len = (len as usize).min(self.buf.len());
        let first = len.min(self.buf.len() - at);
        (&self.buf[at..at + first], &self.buf[..len - first])
    }

    /// Copies bytes from `seq` on into `out`.
    pub fn read(&self, seq: SeqNum, out: &mut [u8]) {
        let len = out.len().min(self.buf.len());
        let (a, b) = self.slices(seq, u32::try_from(len).unwrap_or(MAX_RING));
        out[..a.len()].copy_from_slice(a);
        out[a.len()..len].copy_from_slice(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_like_the_engine() {
        let mut ring = ByteRing::new(4096, SeqNum(u32::MAX - 10));
        let data: Vec<u8> = (0..4096u32).map(|i| (i % 251) as u8).collect();
        let start = SeqNum(u32::MAX - 10) + 4000;
        ring.write(start, &data);
        let mut back = vec![0; 4096];
        ring.read(start, &mut back);
        assert_eq!(back, data);
        assert_eq!(ring.position(start), 4000);
        assert_eq!(ring.position(start + 96), 0);
        let (a, b) = ring.slices(start + 90, 20);
        assert_eq!((a.len(), b.len()), (6, 14));
    }

    #[test]
    fn sizes_are_powers_of_two() {
        for (asked, got) in [(0, 4096), (4097, 8192), (65_536, 65_536)] {
            assert_eq!(ByteRing::new(asked, SeqNum(0)).size(), got);
        }
    }
}

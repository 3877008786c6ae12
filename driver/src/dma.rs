// SPDX-License-Identifier: Apache-2.0
//! Memory that the device reads and writes: the only place of this crate with `unsafe`.
//!
//! Such memory is never a `&[u8]`: the device may change it at any moment. Words of records go through relaxed
//! atomics; bulk bytes through raw copies into and out of the caller's own buffers, so that every byte is looked at
//! once and every check is made on the copy. Ordering against the device is given by two functions and only by
//! them: [`publish`] before a doorbell, [`observed`] after a phase bit.
//!
//! No safe form exists: `&[AtomicU8]` over a mapping needs `unsafe` all the same, and costs a load a byte on the
//! path that carries all payload.
#![allow(unsafe_code)]

use crate::types::Iova;
use memmap2::{MmapMut, MmapRaw};
use std::io;
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering, fence};

/// Everything written before is visible to the device before whatever it is told afterwards.
pub fn publish() {
    fence(Ordering::Release);
}

/// Everything that the device wrote before the phase bit just seen is visible from here on.
pub fn observed() {
    fence(Ordering::Acquire);
}

struct Mapping {
    base: *mut u8,
    len: usize,
    /// Keeps the mapping alive; never used otherwise, so that no reference to its bytes exists.
    _map: MmapRaw,
}

// SAFETY: `base` is the start of a mapping that `_map` owns; nothing about it is tied to a thread,
// and every access goes through the functions of `DmaMemory`, which make no references to the bytes.
unsafe impl Send for Mapping {}
// SAFETY: as above; accesses from several threads are either atomic words or raw copies. Two threads that copy
// into the same bytes would race: `DmaMemory` is written by its driver and, in simulation, by the one machine that
// plays the device, which the transport runs strictly between calls of the driver.
unsafe impl Sync for Mapping {}

/// A piece of memory shared with the device. Cloning gives another handle to the same bytes (the simulated machine
/// holds one); the memory is unmapped with the last.
#[derive(Clone)]
pub struct DmaMemory {
    map: Arc<Mapping>,
}

/// An access would lie outside the memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{len} bytes at {offset:#x} are outside of {size:#x} bytes of DMA memory")]
pub struct OutOfBounds {
    /// First byte.
    pub offset: usize,
    /// Bytes.
    pub len: usize,
    /// Size of the memory.
    pub size: usize,
}

impl DmaMemory {
    /// `len` bytes of zeros, page-aligned.
    ///
    /// # Errors
    /// The operating system has no memory.
    pub fn anonymous(len: usize) -> io::Result<Self> {
        Ok(Self::from_mapping(MmapMut::map_anon(len)?))
    }

    /// Takes over a mapping that the transport made (huge pages, a shared file).
    #[must_use]
    pub fn from_mapping(map: impl Into<MmapRaw>) -> Self {
        let map = map.into();
        let (base, len) = (map.as_mut_ptr(), map.len());
        Self { map: Arc::new(Mapping { base, len, _map: map }) }
    }

    /// Bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.map.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.map.len == 0
    }

    /// Where the bytes lie in this process, for a transport that hands them to a kernel or to a simulated machine.
    /// Valid for [`DmaMemory::len`] bytes while a clone of `self` lives; whoever uses it must not make references.
    #[must_use]
    pub fn as_ptr(&self) -> *mut u8 {
        self.map.base
    }

    fn check(&self, offset: usize, len: usize) -> Result<(), OutOfBounds> {
        let size = self.map.len;
        match offset.checked_add(len) {
            Some(end) if end <= size => Ok(()),
            _ => Err(OutOfBounds { offset, len, size }),
        }
    }

    /// Copies bytes out.
    ///
    /// # Errors
    /// The range is not inside the memory; nothing is copied.
    pub fn read(&self, offset: usize, to: &mut [u8]) -> Result<(), OutOfBounds> {
        self.check(offset, to.len())?;
        // SAFETY: the source range is inside the mapping (checked), which lives as long as `self`; the destination is
        // an exclusive slice of the same length that cannot overlap a mapping nobody has a reference to. The device
        // may write the source meanwhile: then the copy holds some mixture of old and new bytes, which every caller
        // treats as untrusted input. No reference to the source is made.
        unsafe { ptr::copy_nonoverlapping(self.map.base.add(offset), to.as_mut_ptr(), to.len()) };
        Ok(())
    }

    /// Appends bytes to a buffer.
    ///
    /// # Errors
    /// The range is not inside the memory; nothing is appended.
    pub fn append_to(
        &self,
        offset: usize,
        len: usize,
        to: &mut Vec<u8>,
    ) -> Result<(), OutOfBounds> {
        self.check(offset, len)?;
        let start = to.len();
        to.reserve(len);
        // SAFETY: source as in `read`; the destination is the vector's own spare capacity, at least `len` bytes after
        // `reserve`, and those bytes are initialised by the copy before the length includes them.
        unsafe {
            ptr::copy_nonoverlapping(self.map.base.add(offset), to.as_mut_ptr().add(start), len);
            to.set_len(start + len);
        }
        Ok(())
    }

    /// Copies bytes in.
    ///
    /// # Errors
    /// The range is not inside the memory; nothing is copied.
    pub fn write(&self, offset: usize, from: &[u8]) -> Result<(), OutOfBounds> {
        self.check(offset, from.len())?;
        // SAFETY: the destination range is inside the mapping (checked), to which nobody holds a reference; the source
        // is a shared slice of the same length. The device may read the destination meanwhile and see a mixture: the
        // protocol announces bytes only afterwards (`publish`, then a doorbell).
        unsafe { ptr::copy_nonoverlapping(from.as_ptr(), self.map.base.add(offset), from.len()) };
        Ok(())
    }

    fn words(&self, offset: usize, count: usize) -> Result<&[AtomicU32], OutOfBounds> {
        self.check(offset, 4 * count)?;
        if !offset.is_multiple_of(4) {
            return Err(OutOfBounds { offset, len: 4, size: self.map.len });
        }
        // SAFETY: inside the mapping and aligned (both checked; the mapping starts on a page); `AtomicU32` has the
        // layout of `u32` and interior mutability, any bit pattern is valid, the reference lives no longer than `self`.
        Ok(unsafe {
            std::slice::from_raw_parts(self.map.base.add(offset).cast::<AtomicU32>(), count)
        })
    }

    fn word(&self, offset: usize) -> Result<&AtomicU32, OutOfBounds> {
        Ok(&self.words(offset, 1)?[0])
    }

    /// Little-endian words in ascending order, each atomically.
    ///
    /// # Errors
    /// Outside the memory, or not a multiple of 4.
    pub fn read_words<const N: usize>(&self, offset: usize) -> Result<[u32; N], OutOfBounds> {
        let words = self.words(offset, N)?;
        let mut values = [0; N];
        for (value, word) in values.iter_mut().zip(words) {
            *value = u32::from_le(word.load(Ordering::Relaxed));
        }
        Ok(values)
    }

    /// Writes little-endian words in ascending order, each atomically.
    ///
    /// # Errors
    /// Outside the memory, or not a multiple of 4; nothing is written.
    pub fn write_words(&self, offset: usize, values: &[u32]) -> Result<(), OutOfBounds> {
        let words = self.words(offset, values.len())?;
        for (word, value) in words.iter().zip(values) {
            word.store(value.to_le(), Ordering::Relaxed);
        }
        Ok(())
    }

    /// One little-endian word, atomically.
    ///
    /// # Errors
    /// Outside the memory, or not a multiple of 4.
    pub fn read_word(&self, offset: usize) -> Result<u32, OutOfBounds> {
        Ok(u32::from_le(self.word(offset)?.load(Ordering::Relaxed)))
    }

    /// Writes one little-endian word, atomically.
    ///
    /// # Errors
    /// Outside the memory, or not a multiple of 4.
    pub fn write_word(&self, offset: usize, value: u32) -> Result<(), OutOfBounds> {
        self.word(offset)?.store(value.to_le(), Ordering::Relaxed);
        Ok(())
    }
}

impl std::fmt::Debug for DmaMemory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DmaMemory({} bytes)", self.map.len)
    }
}

/// Memory and where the device finds it.
#[derive(Clone, Debug)]
pub struct DmaRegion {
    /// The bytes.
    pub memory: DmaMemory,
    /// Where byte 0 is for the device; contiguous from there.
    pub iova: Iova,
}

/// A part of a region. All offsets are within the part, and checked against it.
#[derive(Clone, Debug)]
pub(crate) struct DmaSlice {
    region: DmaRegion,
    start: usize,
    len: usize,
}

impl DmaSlice {
    pub(crate) fn whole(region: DmaRegion) -> Self {
        let len = region.memory.len();
        Self { region, start: 0, len }
    }

    /// Bytes `start..start + len` of this part.
    pub(crate) fn part(&self, start: usize, len: usize) -> Result<Self, OutOfBounds> {
        self.check(start, len)?;
        Ok(Self { region: self.region.clone(), start: self.start + start, len })
    }

    pub(crate) fn iova(&self) -> Iova {
        Iova(self.region.iova.0.wrapping_add(self.start as u64))
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    fn check(&self, offset: usize, len: usize) -> Result<(), OutOfBounds> {
        match offset.checked_add(len) {
            Some(end) if end <= self.len => Ok(()),
            _ => Err(OutOfBounds { offset, len, size: self.len }),
        }
    }

    pub(crate) fn read(&self, offset: usize, to: &mut [u8]) -> Result<(), OutOfBounds> {
        self.check(offset, to.len())?;
        self.region.memory.read(self.start + offset, to)
    }

    pub(crate) fn append_to(
        &self,
        offset: usize,
        len: usize,
        to: &mut Vec<u8>,
    ) -> Result<(), OutOfBounds> {
        self.check(offset, len)?;
        self.region.memory.append_to(self.start + offset, len, to)
    }

    pub(crate) fn write(&self, offset: usize, from: &[u8]) -> Result<(), OutOfBounds> {
        self.check(offset, from.len())?;
        self.region.memory.write(self.start + offset, from)
    }

    pub(crate) fn read_word(&self, offset: usize) -> Result<u32, OutOfBounds> {
        self.check(offset, 4)?;
        self.region.memory.read_word(self.start + offset)
    }

    /// All of it as words, for whoever looks at many: little-endian, to be loaded one by one.
    pub(crate) fn words(&self) -> Result<&[AtomicU32], OutOfBounds> {
        self.region.memory.words(self.start, self.len / 4)
    }

    /// Reads `N` words from `offset`.
    pub(crate) fn read_words<const N: usize>(
        &self,
        offset: usize,
    ) -> Result<[u32; N], OutOfBounds> {
        self.check(offset, 4 * N)?;
        self.region.memory.read_words(self.start + offset)
    }

    /// Writes words from `offset` on, in ascending order.
    pub(crate) fn write_words(&self, offset: usize, words: &[u32]) -> Result<(), OutOfBounds> {
        self.check(offset, 4 * words.len())?;
        self.region.memory.write_words(self.start + offset, words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accesses_outside_the_memory_are_refused_and_copy_nothing() {
        let memory = DmaMemory::anonymous(4096).unwrap();
        memory.write(4090, &[1, 2, 3, 4, 5, 6]).unwrap();
        let mut buffer = [9; 8];
        assert!(memory.read(4090, &mut buffer).is_err());
        assert_eq!(buffer, [9; 8]);
        assert!(memory.read(usize::MAX, &mut buffer).is_err());
        assert!(memory.write(4096, &[0]).is_err());
        assert!(memory.read_word(4093).is_err());
        assert!(memory.read_word(2).is_err());
        assert_eq!(memory.read_word(4092).unwrap(), 0x0605_0403);
    }

    #[test]
    fn a_part_sees_only_its_own_bytes() {
        let memory = DmaMemory::anonymous(4096).unwrap();
        let whole = DmaSlice::whole(DmaRegion { memory, iova: Iova(0x1000) });
        let part = whole.part(1024, 64).unwrap();
        assert_eq!(part.iova(), Iova(0x1400));
        part.write_words(60, &[0x0403_0201]).unwrap();
        assert!(part.write_words(60, &[1, 2]).is_err());
        assert!(part.part(60, 8).is_err());
        let mut out = vec![0xff];
        whole.append_to(1084, 4, &mut out).unwrap();
        assert_eq!(out, [0xff, 1, 2, 3, 4]);
    }
}

// SPDX-License-Identifier: Apache-2.0
//! Memory for session rings: power-of-two blocks, each contiguous for the device and aligned to its own size, cut
//! from larger chunks (mapping memory for a device costs milliseconds, cutting a block nothing) and merged again
//! when both halves are free.

use crate::dma::DmaSlice;
use crate::transport::Transport;
use std::collections::BTreeSet;

/// Smallest block: what the engine wants a ring aligned to.
pub(crate) const MIN_LOG2: u8 = 12;
/// Largest block.
pub(crate) const MAX_LOG2: u8 = 30;

/// A block in use. Give it back with [`RingPool::free`].
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) slice: DmaSlice,
    pub(crate) log2: u8,
    chunk: usize,
    offset: usize,
}

struct Chunk {
    memory: DmaSlice,
    log2: u8,
}

pub(crate) struct RingPool {
    chunks: Vec<Chunk>,
    /// Free blocks by log2 of their size: (chunk, offset).
    free: [BTreeSet<(usize, usize)>; MAX_LOG2 as usize + 1],
    taken: usize,
    limit: usize,
    chunk_log2: u8,
}

impl RingPool {
    pub(crate) fn new(limit: usize, chunk_bytes: usize) -> Self {
        let chunk_log2 =
            u8::try_from(chunk_bytes.trailing_zeros()).unwrap_or(MAX_LOG2).min(MAX_LOG2);
        Self { chunks: Vec::new(), free: Default::default(), taken: 0, limit, chunk_log2 }
    }

    /// Bytes taken from the transport.
    pub(crate) fn taken(&self) -> usize {
        self.taken
    }

    /// A block of 2^`log2` bytes.
    pub(crate) fn alloc(
        &mut self,
        transport: &mut dyn Transport,
        log2: u8,
    ) -> Result<Block, String> {
        if !(MIN_LOG2..=MAX_LOG2).contains(&log2) {
            return Err(format!("no blocks of 2^{log2} bytes"));
        }
        let mut found = (log2..=MAX_LOG2)
            .find_map(|size| self.free[usize::from(size)].pop_first().map(|place| (size, place)));
        if found.is_none() {
            found = Some(self.grow(transport, log2)?);
        }
        let Some((mut size, (chunk, offset))) = found else {
            return Err("no free block".into());
        };
        while size > log2 {
            size -= 1;
            self.free[usize::from(size)].insert((chunk, offset + (1 << size)));
        }
        let slice = self.chunks[chunk].memory.part(offset, 1 << log2).map_err(|e| e.to_string())?;
        Ok(Block { slice, log2, chunk, offset })
    }

    fn grow(
        &mut self,
        transport: &mut dyn Transport,
        log2: u8,
    ) -> Result<(u8, (usize, usize)), String> {
        // A whole chunk where the limit allows it, else just what is needed.
        let size = [log2.max(self.chunk_log2), log2]
            .into_iter()
            .find(|&size| self.taken.saturating_add(1 << size) <= self.limit)
            .ok_or_else(|| format!("the limit of {} bytes is reached", self.limit))?;
        let bytes = 1_usize << size;
        let region = transport.dma_alloc(bytes, bytes).map_err(|error| error.to_string())?;
        let memory = DmaSlice::whole(region);
        if memory.len() < bytes || !memory.iova().0.is_multiple_of(bytes as u64) {
            return Err("the transport's memory is too short or not aligned".into());
        }
        self.taken += bytes;
        self.chunks.push(Chunk { memory, log2: size });
        Ok((size, (self.chunks.len() - 1, 0)))
    }

    #[allow(clippy::needless_pass_by_value)] // whoever frees a block must not have it any more
    pub(crate) fn free(&mut self, block: Block) {
        let Block { slice: _, log2, chunk, offset } = block;
        let (mut log2, mut offset) = (log2, offset);
        while log2 < self.chunks[chunk].log2 {
            let buddy = offset ^ (1 << log2);
            if !self.free[usize::from(log2)].remove(&(chunk, buddy)) {
                break;
            }
            offset &= !(1 << log2);
            log2 += 1;
        }
        self.free[usize::from(log2)].insert((chunk, offset));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::DeadTransport;

    #[test]
    fn blocks_are_aligned_disjoint_and_merge_again() {
        let mut transport = DeadTransport::default();
        let mut pool = RingPool::new(1 << 20, 1 << 18);
        let a = pool.alloc(&mut transport, 12).unwrap();
        let b = pool.alloc(&mut transport, 16).unwrap();
        let c = pool.alloc(&mut transport, 12).unwrap();
        for block in [&a, &b, &c] {
            assert_eq!(block.slice.iova().0 % block.slice.len() as u64, 0);
        }
        let ranges: Vec<_> = [&a, &b, &c]
            .iter()
            .map(|x| (x.slice.iova().0, x.slice.iova().0 + x.slice.len() as u64))
            .collect();
        for (i, x) in ranges.iter().enumerate() {
            for y in &ranges[i + 1..] {
                assert!(x.1 <= y.0 || y.1 <= x.0, "{ranges:?}");
            }
        }
        pool.free(a);
        pool.free(c);
        pool.free(b);
        assert_eq!(pool.taken(), 1 << 18);
        let whole = pool.alloc(&mut transport, 18).unwrap();
        assert_eq!(pool.taken(), 1 << 18, "the halves have merged");
        pool.free(whole);
    }

    #[test]
    fn the_limit_holds() {
        let mut transport = DeadTransport::default();
        let mut pool = RingPool::new(1 << 14, 1 << 20);
        let a = pool.alloc(&mut transport, 13).unwrap();
        let b = pool.alloc(&mut transport, 13).unwrap();
        assert!(pool.alloc(&mut transport, 12).is_err());
        pool.free(a);
        pool.alloc(&mut transport, 12).unwrap();
        pool.free(b);
    }
}

// SPDX-License-Identifier: Apache-2.0
//! The engine as the firmware sees it: registers, exchange buffer, and the operations built on them. Every wait has a bound.

use crate::halves;
use toe_abi::{AdminStatus, Nexthop, Reg, mcu};

/// Words of the exchange buffer.
pub const XBUF_WORDS: usize = 1024;

/// Longest wait for a transfer or an operation, microseconds of engine time.
const WAIT_US: u32 = 1_000_000;
/// Reads without progress of time after which a wait ends all the same.
const WAIT_READS: u32 = 10_000_000;

/// Register and exchange-buffer access.
pub trait Hw {
    /// Reads the peripheral register at this byte offset.
    fn read(&mut self, offset: u32) -> u32;
    /// Writes the peripheral register at this byte offset.
    fn write(&mut self, offset: u32, value: u32);
    /// Reads a word of the exchange buffer.
    fn xbuf_read(&mut self, word: usize) -> u32;
    /// Writes a word of the exchange buffer.
    fn xbuf_write(&mut self, word: usize, value: u32);
}

/// Result of a lookup-table operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lookup {
    Ok,
    Full,
    Exists,
    NotFound,
    Timeout,
}

/// An operation of the session pipeline, as encoded in register `pipe.start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PipeOp {
    Install = 1,
    Evict = 2,
    Snapshot = 3,
    Set = 4,
}

/// Direction of a transfer, as encoded in register `dma.start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dma {
    FromHost = 1,
    ToHost = 2,
    ToHostThenInterrupt = 3,
}

/// Typed access over [`Hw`].
pub(crate) struct Port<H: Hw> {
    pub(crate) hw: H,
}

impl<H: Hw> Port<H> {
    pub(crate) const fn new(hw: H) -> Self {
        Self { hw }
    }

    pub(crate) fn read<T>(&mut self, reg: Reg<T>) -> u32 {
        self.hw.read(reg.offset())
    }

    pub(crate) fn write<T>(&mut self, reg: Reg<T>, value: u32) {
        self.hw.write(reg.offset(), value);
    }

    pub(crate) fn words<const N: usize>(&mut self, word: usize) -> [u32; N] {
        core::array::from_fn(|i| self.hw.xbuf_read(word + i))
    }

    pub(crate) fn put_words(&mut self, word: usize, words: &[u32]) {
        for (i, &value) in words.iter().enumerate() {
            self.hw.xbuf_write(word + i, value);
        }
    }

    /// Moves bytes between host memory and the exchange buffer.
    pub(crate) fn dma(
        &mut self,
        dir: Dma,
        iova: u64,
        word: u32,
        bytes: u32,
    ) -> Result<(), AdminStatus> {
        let [lo, hi] = halves(iova);
        self.write(mcu::DMA_ADDR_LO, lo);
        self.write(mcu::DMA_ADDR_HI, hi);
        self.write(mcu::DMA_LOCAL, 4 * word);
        self.write(mcu::DMA_LENGTH, bytes);
        self.write(mcu::DMA_START, dir as u32);
        let status = self
            .wait(mcu::DMA_STATUS, |value| !mcu::DmaStatus(value).busy())
            .ok_or(AdminStatus::Timeout)?;
        if mcu::DmaStatus(status).error() { Err(AdminStatus::DmaFault) } else { Ok(()) }
    }

    /// Gives the session pipeline a command; the image is at `word` of the exchange buffer.
    pub(crate) fn pipe(&mut self, op: PipeOp, handle: u32, word: u32) -> AdminStatus {
        self.write(mcu::PIPE_HANDLE, handle);
        self.write(mcu::PIPE_IMAGE, 4 * word);
        self.write(mcu::PIPE_START, op as u32);
        match self.wait(mcu::PIPE_STATUS, |value| !mcu::PipeStatus(value).busy()) {
            Some(status) => AdminStatus::try_from(u32::from(mcu::PipeStatus(status).code()))
                .unwrap_or(AdminStatus::State),
            None => AdminStatus::Timeout,
        }
    }

    /// Changes one setting of a live session.
    pub(crate) fn pipe_set(&mut self, handle: u32, key: u32, value: u32) -> AdminStatus {
        self.write(mcu::PIPE_KEY, key);
        self.write(mcu::PIPE_VALUE, value);
        self.pipe(PipeOp::Set, handle, 0)
    }

    /// Inserts the tuple of the image that the pipeline was given last.
    pub(crate) fn lookup_insert(&mut self, slot: u32) -> Lookup {
        self.lookup(slot, 1)
    }

    /// Deletes the entry of a slot.
    pub(crate) fn lookup_delete(&mut self, slot: u32) -> Lookup {
        self.lookup(slot, 2)
    }

    fn lookup(&mut self, slot: u32, op: u32) -> Lookup {
        self.write(mcu::LOOKUP_SLOT, slot);
        self.write(mcu::LOOKUP_START, op);
        match self.wait(mcu::LOOKUP_STATUS, |value| !mcu::LookupStatus(value).busy()) {
            None => Lookup::Timeout,
            Some(status) => match mcu::LookupStatus(status).code() {
                0 => Lookup::Ok,
                1 => Lookup::Full,
                2 => Lookup::Exists,
                _ => Lookup::NotFound,
            },
        }
    }

    /// Writes one slot of the next-hop table; the engine takes all words at once.
    pub(crate) fn nexthop(&mut self, index: u32, entry: &Nexthop) {
        self.write(mcu::NEXTHOP_INDEX, index);
        for (i, &word) in (0..mcu::NEXTHOP_WORD.count()).zip(entry.pack().0.iter()) {
            if let Some(reg) = mcu::NEXTHOP_WORD.at(i) {
                self.write(reg, word);
            }
        }
    }

    /// Runs a TIME_WAIT operation; the answer is its code.
    pub(crate) fn time_wait(&mut self, op: u32, key: &[u32], value: &[u32]) -> Option<u32> {
        for (i, &word) in (0..mcu::TW_KEY.count()).zip(key) {
            mcu::TW_KEY.at(i).into_iter().for_each(|reg| self.write(reg, word));
        }
        for (i, &word) in (0..mcu::TW_VALUE.count()).zip(value) {
            mcu::TW_VALUE.at(i).into_iter().for_each(|reg| self.write(reg, word));
        }
        self.write(mcu::TW_START, op);
        let status = self.wait(mcu::TW_STATUS, |value| !mcu::TwStatus(value).busy())?;
        Some(u32::from(mcu::TwStatus(status).code()))
    }

    /// Waits for what a firmware before this one (the core was held) has begun.
    pub(crate) fn settle(&mut self) {
        let _ = self.wait(mcu::DMA_STATUS, |v| !mcu::DmaStatus(v).busy());
        let _ = self.wait(mcu::PIPE_STATUS, |v| !mcu::PipeStatus(v).busy());
        let _ = self.wait(mcu::LOOKUP_STATUS, |v| !mcu::LookupStatus(v).busy());
        let _ = self.wait(mcu::TW_STATUS, |v| !mcu::TwStatus(v).busy());
        let _ = self.wait(mcu::CC_SET_STATUS, |v| !mcu::CcSetStatus(v).busy());
    }

    /// Reads `reg` until `done` holds; `None` when the bound is reached.
    fn wait<T: Copy>(&mut self, reg: Reg<T>, done: impl Fn(u32) -> bool) -> Option<u32> {
        let start = self.read(mcu::SYS_NOW_LO);
        for _ in 0..WAIT_READS {
            let value = self.read(reg);
            if done(value) {
                return Some(value);
            }
            if self.read(mcu::SYS_NOW_LO).wrapping_sub(start) > WAIT_US {
                return None;
            }
        }
        None
    }
}

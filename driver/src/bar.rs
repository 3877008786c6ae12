// SPDX-License-Identifier: Apache-2.0
//! Typed access to BAR0 over a transport: registers by their generated names, every access counted, a vanished
//! device noticed.

use crate::dma::publish;
use crate::error::DeviceLost;
use crate::transport::{Transport, TransportError};
use crate::types::Iova;
use toe_abi::{Reg, RegArray};

/// What a register or a word of a vanished device reads as.
pub(crate) const ALL_ONES: u32 = u32::MAX;

pub(crate) struct Bar {
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) reads: u64,
    pub(crate) writes: u64,
    pub(crate) doorbells: u64,
    lost: bool,
}

impl Bar {
    pub(crate) fn new(transport: Box<dyn Transport>) -> Self {
        Self { transport, reads: 0, writes: 0, doorbells: 0, lost: false }
    }

    pub(crate) fn lost(&self) -> bool {
        self.lost
    }

    /// From here on no access is made any more.
    pub(crate) fn set_lost(&mut self) {
        self.lost = true;
    }

    pub(crate) fn revive(&mut self) {
        self.lost = false;
    }

    pub(crate) fn alive(&self) -> Result<(), DeviceLost> {
        if self.lost { Err(DeviceLost) } else { Ok(()) }
    }

    fn note<T>(&mut self, result: Result<T, TransportError>) -> Result<T, DeviceLost> {
        result.map_err(|error| {
            log::error!("register access failed: {error}");
            self.lost = true;
            DeviceLost
        })
    }

    /// Reads a register.
    pub(crate) fn read<T: From<u32>>(&mut self, reg: Reg<T>) -> Result<T, DeviceLost> {
        self.alive()?;
        self.reads += 1;
        let result = self.transport.read32(reg.offset());
        self.note(result).map(T::from)
    }

    /// Writes a register.
    pub(crate) fn write<T>(&mut self, reg: Reg<T>, value: T) -> Result<(), DeviceLost>
    where
        u32: From<T>,
    {
        self.alive()?;
        self.writes += 1;
        let result = self.transport.write32(reg.offset(), value.into());
        self.note(result)
    }

    /// Writes element `index` of an array of registers; an index that does not exist is a lost device, because
    /// indexes are checked against the device's own sizes before.
    pub(crate) fn write_at<T>(
        &mut self,
        regs: RegArray<T>,
        index: u32,
        value: T,
    ) -> Result<(), DeviceLost>
    where
        u32: From<T>,
    {
        match regs.at(index) {
            Some(reg) => self.write(reg, value),
            None => Err(DeviceLost),
        }
    }

    /// Writes a 64-bit address into two registers.
    pub(crate) fn write_iova(
        &mut self,
        lo: RegArray<u32>,
        hi: RegArray<u32>,
        index: u32,
        iova: Iova,
    ) -> Result<(), DeviceLost> {
        self.write_at(lo, index, iova.low())?;
        self.write_at(hi, index, iova.high())
    }

    /// Rings doorbell `index`; none is there for an index that does not exist.
    pub(crate) fn doorbell_at(
        &mut self,
        regs: RegArray<u32>,
        index: u32,
        value: u32,
    ) -> Result<(), DeviceLost> {
        match regs.at(index) {
            Some(reg) => self.doorbell(reg, value),
            None => Ok(()),
        }
    }

    /// Rings a doorbell: everything written to DMA memory before is visible to the device first.
    pub(crate) fn doorbell(&mut self, reg: Reg<u32>, value: u32) -> Result<(), DeviceLost> {
        publish();
        self.doorbells += 1;
        self.write(reg, value)
    }
}

// SPDX-License-Identifier: Apache-2.0
//! A transport with memory and without a device, for unit tests.

use crate::dma::{DmaMemory, DmaRegion};
use crate::transport::{Transport, TransportError};
use crate::types::Iova;

/// Registers read as `value`, memory is real.
pub(crate) struct DeadTransport {
    pub(crate) value: u32,
    next: u64,
}

impl Default for DeadTransport {
    fn default() -> Self {
        Self { value: u32::MAX, next: 1 << 32 }
    }
}

impl Transport for DeadTransport {
    fn config_space(&mut self) -> Result<Vec<u8>, TransportError> {
        let mut bytes = vec![0; 256];
        bytes[0] = 1;
        Ok(bytes)
    }
    fn set_bus_master(&mut self, _on: bool) -> Result<(), TransportError> {
        Ok(())
    }
    fn read32(&mut self, _offset: u32) -> Result<u32, TransportError> {
        Ok(self.value)
    }
    fn write32(&mut self, _offset: u32, _value: u32) -> Result<(), TransportError> {
        Ok(())
    }
    fn dma_alloc(&mut self, len: usize, align: usize) -> Result<DmaRegion, TransportError> {
        let align = align.max(4096) as u64;
        let iova = self.next.next_multiple_of(align);
        self.next = iova + len as u64 + 4096;
        Ok(DmaRegion { memory: DmaMemory::anonymous(len)?, iova: Iova(iova) })
    }
    fn dma_free(&mut self, _region: DmaRegion) -> Result<(), TransportError> {
        Ok(())
    }
    fn vectors(&self) -> u16 {
        1
    }
    fn irq_take(&mut self, _vector: u16) -> Result<u64, TransportError> {
        Ok(0)
    }
    fn irq_wait(&mut self, _timeout_us: u64) -> Result<bool, TransportError> {
        Ok(false)
    }
    fn delay(&mut self, _us: u64) {}
    fn reset(&mut self) -> Result<(), TransportError> {
        Ok(())
    }
}

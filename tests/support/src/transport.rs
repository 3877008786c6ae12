// SPDX-License-Identifier: Apache-2.0
//! The driver's transport to a simulated device in the same process: calls the world directly, shares memory by mapping
//! the driver's own pages into the world's IOMMU.
#![allow(unsafe_code)] // lends the driver's memory to the world; see `dma_alloc`

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use toe_device::{Device, Micros};
use toe_driver::{DmaMemory, DmaRegion, Iova, Transport, TransportError};
use toe_world::{Permission, World};

/// A world that the driver and the test both hold. Locked for the length of one call only.
pub struct SharedWorld<D: Device>(Arc<Mutex<World<D>>>);

impl<D: Device> Clone for SharedWorld<D> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<D: Device> SharedWorld<D> {
    /// Takes a world.
    pub fn new(world: World<D>) -> Self {
        Self(Arc::new(Mutex::new(world)))
    }

    /// The world. A panic of another thread while it held the lock does not matter: tests report it themselves.
    pub fn lock(&self) -> MutexGuard<'_, World<D>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The in-process transport.
pub struct InProcess<D: Device> {
    world: SharedWorld<D>,
    /// Memory that the world's IOMMU points into: kept until the mapping is gone.
    lent: Vec<DmaRegion>,
    /// Interrupts of each vector that were taken, and that ended a wait.
    seen: Vec<u64>,
    woken: Vec<u64>,
}

impl<D: Device> InProcess<D> {
    /// A transport to the device of this world.
    pub fn new(world: SharedWorld<D>) -> Self {
        let vectors = usize::from(world.lock().identity().vectors);
        Self { world, lent: Vec::new(), seen: vec![0; vectors], woken: vec![0; vectors] }
    }
}

impl<D: Device + Send> Transport for InProcess<D> {
    fn config_space(&mut self) -> Result<Vec<u8>, TransportError> {
        Ok(self.world.lock().config().bytes().to_vec())
    }

    fn set_bus_master(&mut self, on: bool) -> Result<(), TransportError> {
        self.world.lock().set_bus_master(on);
        Ok(())
    }

    fn read32(&mut self, offset: u32) -> Result<u32, TransportError> {
        Ok(self.world.lock().bar_read(offset))
    }

    fn write32(&mut self, offset: u32, value: u32) -> Result<(), TransportError> {
        self.world.lock().bar_write(offset, value);
        Ok(())
    }

    fn dma_alloc(&mut self, len: usize, align: usize) -> Result<DmaRegion, TransportError> {
        let size = len.next_multiple_of(4096);
        let no_memory = |reason: String| TransportError::NoMemory { len, reason };
        let memory = DmaMemory::anonymous(size)?;
        let mut world = self.world.lock();
        let iova = world
            .memory_mut()
            .free_range(size as u64, align.max(4096) as u64)
            .map_err(|e| no_memory(e.to_string()))?;
        // SAFETY: the mapping is `size` bytes long and lives in `self.lent` until `dma_free` or `drop` has removed it
        // from the IOMMU; the driver accesses it by atomics and raw copies only, and never while the world runs.
        unsafe {
            world.memory_mut().map(iova, memory.as_ptr(), size as u64, Permission::ReadWrite)
        }
        .map_err(|e| no_memory(e.to_string()))?;
        let region = DmaRegion { memory, iova: Iova(iova) };
        self.lent.push(region.clone());
        Ok(region)
    }

    fn dma_free(&mut self, region: DmaRegion) -> Result<(), TransportError> {
        let _ = self.world.lock().memory_mut().unmap(region.iova.0);
        self.lent.retain(|r| r.iova != region.iova);
        Ok(())
    }

    fn vectors(&self) -> u16 {
        u16::try_from(self.seen.len()).unwrap_or(u16::MAX)
    }

    fn irq_take(&mut self, vector: u16) -> Result<u64, TransportError> {
        let count = self.world.lock().interrupts(vector);
        let seen =
            self.seen.get_mut(usize::from(vector)).ok_or(TransportError::BadVector(vector))?;
        Ok(count - std::mem::replace(seen, count))
    }

    fn irq_wait(&mut self, timeout_us: u64) -> Result<bool, TransportError> {
        let mut world = self.world.lock();
        let end = world.now() + Micros(timeout_us);
        loop {
            let mut raised = false;
            for (vector, woken) in (0..).zip(&mut self.woken) {
                let count = world.interrupts(vector);
                raised |= std::mem::replace(woken, count) != count;
            }
            if raised || world.now() >= end {
                return Ok(raised);
            }
            world.set_host_deadline(Some(end));
            if world.step().is_err() {
                return Err(TransportError::Gone);
            }
        }
    }

    fn delay(&mut self, us: u64) {
        // A device that fails in here says so at the next step of the test.
        let _ = self.world.lock().run_for(Micros(us));
    }

    fn reset(&mut self) -> Result<(), TransportError> {
        self.world.lock().function_level_reset();
        Ok(())
    }
}

impl<D: Device> Drop for InProcess<D> {
    fn drop(&mut self) {
        let mut world = self.world.lock();
        world.set_bus_master(false);
        for region in &self.lent {
            let _ = world.memory_mut().unmap(region.iova.0);
        }
    }
}

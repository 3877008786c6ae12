// SPDX-License-Identifier: Apache-2.0
//! A machine of the smallest kind around a device, and the driver's transport to it. What it lacks (latency, wire
//! impairments, a PCI function) is `toe-world`'s; tests that need them are in `tests/system`.
#![allow(dead_code, missing_docs, unreachable_pub)] // each test file uses its part

pub mod peer;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use toe_device::{Access, Device, DmaFault, FaultReason, Frame, HostBus, Idle, MAX_DMA, ReadDone};
use toe_driver::{
    DmaMemory, DmaRegion, Driver, DriverEvent, Iova, Micros, OpenError, Options, Transport,
    TransportError,
};

/// Memory by address, frames, interrupts, time.
#[derive(Default)]
pub struct Bus {
    pub now_ns: u64,
    pub regions: BTreeMap<u64, DmaMemory>,
    pub bus_master: bool,
    pub interrupts: BTreeMap<u16, u64>,
    pub to_wire: VecDeque<Vec<u8>>,
    pub from_wire: VecDeque<Frame>,
    pub faults: Vec<DmaFault>,
    next_iova: u64,
}

impl Bus {
    fn find(&self, iova: u64, len: usize, access: Access) -> Result<(&DmaMemory, usize), DmaFault> {
        let fault = |reason| DmaFault { iova, len: u32::try_from(len).unwrap(), access, reason };
        if !self.bus_master {
            return Err(fault(FaultReason::BusMasterDisabled));
        }
        if len == 0 || len > MAX_DMA as usize {
            return Err(fault(FaultReason::Malformed));
        }
        let (base, memory) =
            self.regions.range(..=iova).next_back().ok_or(fault(FaultReason::Unmapped))?;
        let offset = usize::try_from(iova - base).unwrap();
        if offset.checked_add(len).is_none_or(|end| end > memory.len()) {
            return Err(fault(FaultReason::Unmapped));
        }
        Ok((memory, offset))
    }
}

impl HostBus for Bus {
    fn now(&self) -> toe_device::Micros {
        toe_device::Micros(self.now_ns / 1000)
    }
    fn tick(&mut self) {
        self.now_ns += 8;
    }
    fn stop(&self) -> bool {
        false
    }
    fn dma_read(&mut self, _tag: u32, _iova: u64, _len: u32) {
        panic!("only cycle-level devices read with latency");
    }
    fn dma_read_poll(&mut self) -> Option<ReadDone<'_>> {
        None
    }
    fn dma_read_now(&mut self, iova: u64, data: &mut [u8]) -> Result<(), DmaFault> {
        match self.find(iova, data.len(), Access::Read) {
            Ok((memory, offset)) => memory.read(offset, data).unwrap(),
            Err(fault) => {
                self.faults.push(fault);
                return Err(fault);
            }
        }
        Ok(())
    }
    fn dma_write(&mut self, iova: u64, data: &[u8]) -> Result<(), DmaFault> {
        match self.find(iova, data.len(), Access::Write) {
            Ok((memory, offset)) => memory.write(offset, data).unwrap(),
            Err(fault) => {
                self.faults.push(fault);
                return Err(fault);
            }
        }
        Ok(())
    }
    fn dma_write_ready(&mut self, _len: u32) -> bool {
        true
    }
    fn interrupt(&mut self, vector: u16) {
        *self.interrupts.entry(vector).or_default() += 1;
    }
    fn transmit(&mut self, frame: &[u8]) {
        self.to_wire.push_back(frame.to_vec());
    }
    fn transmit_ready(&mut self) -> bool {
        true
    }
    fn receive(&mut self) -> Option<Frame> {
        self.from_wire.pop_front()
    }
}

/// A device and its machine.
pub struct Machine<D> {
    pub device: D,
    pub bus: Bus,
    /// Registers read as this instead (a vanished device is all ones).
    pub stuck: Option<u32>,
}

impl<D: Device> Machine<D> {
    /// Runs until the device is quiet; time moves only by its clocks.
    pub fn settle(&mut self) {
        for _ in 0..1000 {
            if self.device.step(10_000, &mut self.bus) == 0 {
                return;
            }
        }
        panic!("the device does not become quiet");
    }

    /// Time jumps to the device's next timer, which must come within `limit_us`.
    pub fn jump(&mut self, limit_us: u64) -> bool {
        let Idle::Quiet { deadline: Some(deadline) } = self.device.idle() else {
            return false;
        };
        if deadline.0 * 1000 > self.bus.now_ns + limit_us * 1000 {
            return false;
        }
        self.bus.now_ns = self.bus.now_ns.max(deadline.0 * 1000);
        self.settle();
        true
    }
}

/// A handle to a machine: the driver's transport has one, the test another.
pub struct Shared<D>(pub Arc<Mutex<Machine<D>>>);

impl<D> Clone for Shared<D> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<D: Device + 'static> Shared<D> {
    pub fn new(device: D) -> Self {
        let bus = Bus { next_iova: 1 << 32, ..Bus::default() };
        Self(Arc::new(Mutex::new(Machine { device, bus, stuck: None })))
    }

    pub fn lock(&self) -> MutexGuard<'_, Machine<D>> {
        self.0.lock().unwrap()
    }

    pub fn now(&self) -> Micros {
        Micros(self.lock().bus.now_ns / 1000)
    }

    pub fn open(&self, options: &Options) -> Result<Driver, OpenError> {
        // A run is to be repeatable.
        let rss_key = options.rss_key.or(Some(toe_driver::PUBLISHED_RSS_KEY));
        Driver::open(self.clone(), &Options { rss_key, ..options.clone() })
    }

    /// Driver and device in turns until both are quiet; what happened.
    pub fn run(&self, driver: &mut Driver) -> Vec<DriverEvent> {
        let mut events = Vec::new();
        let mut quiet = 0;
        for _ in 0..10_000 {
            let worked = driver.poll(self.now()).unwrap_or(false);
            self.lock().settle();
            let before = events.len();
            events.extend(std::iter::from_fn(|| driver.next_event()));
            quiet = if worked || before != events.len() { 0 } else { quiet + 1 };
            if quiet == 2 {
                return events;
            }
        }
        panic!("driver and device do not become quiet");
    }

    pub fn sent(&self) -> Vec<Vec<u8>> {
        self.lock().bus.to_wire.drain(..).collect()
    }

    pub fn arrive(&self, frame: Vec<u8>) {
        self.lock().bus.from_wire.push_back(Frame::new(frame));
    }
}

impl<D: Device + 'static> Transport for Shared<D> {
    fn config_space(&mut self) -> Result<Vec<u8>, TransportError> {
        let machine = self.lock();
        if machine.stuck == Some(u32::MAX) {
            return Ok(vec![0xff; 256]);
        }
        let identity = machine.device.identity();
        let mut bytes = vec![0; 256];
        bytes[0..2].copy_from_slice(&identity.vendor_id.to_le_bytes());
        bytes[2..4].copy_from_slice(&identity.device_id.to_le_bytes());
        Ok(bytes)
    }
    fn set_bus_master(&mut self, on: bool) -> Result<(), TransportError> {
        self.lock().bus.bus_master = on;
        Ok(())
    }
    fn read32(&mut self, offset: u32) -> Result<u32, TransportError> {
        let Machine { device, bus, stuck } = &mut *self.lock();
        Ok(stuck.unwrap_or_else(|| device.bar_read(offset, bus)))
    }
    fn write32(&mut self, offset: u32, value: u32) -> Result<(), TransportError> {
        self.lock().device.bar_write(offset, value);
        Ok(())
    }
    fn dma_alloc(&mut self, len: usize, align: usize) -> Result<DmaRegion, TransportError> {
        let bus = &mut self.lock().bus;
        let memory = DmaMemory::anonymous(len)?;
        let iova = bus.next_iova.next_multiple_of(align.max(4096) as u64);
        // A page of nothing behind each region: whoever runs over its end is caught.
        bus.next_iova = iova + len as u64 + 4096;
        bus.regions.insert(iova, memory.clone());
        Ok(DmaRegion { memory, iova: Iova(iova) })
    }
    fn dma_free(&mut self, region: DmaRegion) -> Result<(), TransportError> {
        self.lock().bus.regions.remove(&region.iova.0);
        Ok(())
    }
    fn vectors(&self) -> u16 {
        self.lock().device.identity().vectors
    }
    fn irq_take(&mut self, vector: u16) -> Result<u64, TransportError> {
        Ok(self.lock().bus.interrupts.remove(&vector).unwrap_or(0))
    }
    fn irq_wait(&mut self, _timeout_us: u64) -> Result<bool, TransportError> {
        self.lock().settle();
        Ok(!self.lock().bus.interrupts.is_empty())
    }
    fn delay(&mut self, us: u64) {
        let mut machine = self.lock();
        machine.settle();
        machine.bus.now_ns += us * 1000;
    }
    fn reset(&mut self) -> Result<(), TransportError> {
        let mut machine = self.lock();
        machine.device.reset();
        machine.bus.bus_master = false;
        Ok(())
    }
}

// SPDX-License-Identifier: Apache-2.0
//! A device in another process, by vfio-user.

mod client;

pub use client::ClientError;
use client::{Client, region};

use crate::config::{BUS_MASTER, COMMAND, MEMORY};
use crate::iova::IovaSpace;
use crate::irq::Vectors;
use crate::memory;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;
use toe_driver::{DmaRegion, Iova, Transport, TransportError};

/// A device behind a vfio-user socket.
pub struct VfioUserTransport {
    client: Client,
    bar0_size: u64,
    config_size: u64,
    vectors: Vectors,
    iova: IovaSpace,
    /// Regions that the other side knows, with the size it was told.
    lent: BTreeMap<u64, (DmaRegion, u64)>,
    gone: bool,
}

impl VfioUserTransport {
    /// Connects to a device.
    ///
    /// # Errors
    /// [`ClientError`]: nobody listens, the protocol differs, or it is no PCI device with a BAR0 and MSI-X.
    pub fn open(path: &Path) -> Result<Self, ClientError> {
        let mut client = Client::connect(path)?;
        let bar0_size = client.region_size(region::BAR0)?;
        let config_size = client.region_size(region::CONFIG)?.min(4096);
        if bar0_size == 0 || config_size < 256 {
            return Err(ClientError::Protocol("not a PCI device with a BAR0".into()));
        }
        let count = client.msix_vectors()?.min(2048);
        let count = u16::try_from(count).unwrap_or(2048);
        let vectors = Vectors::new(count, 0)?;
        vectors.watch_connection(client.descriptor())?;
        // One at a time: servers take only so many descriptors in a message.
        for (vector, fd) in (0..).zip(vectors.eventfds()) {
            client.set_msix(vector, fd)?;
        }
        let mut this = Self {
            client,
            bar0_size,
            config_size,
            vectors,
            iova: IovaSpace::new(&[]),
            lent: BTreeMap::new(),
            gone: false,
        };
        // Quiet, but there.
        this.command(MEMORY, BUS_MASTER)?;
        Ok(this)
    }

    fn command(&mut self, set: u16, clear: u16) -> Result<(), ClientError> {
        let mut bytes = [0; 2];
        self.client.read(region::CONFIG, COMMAND, &mut bytes)?;
        let command = (u16::from_le_bytes(bytes) & !clear) | set;
        self.client.write(region::CONFIG, COMMAND, &command.to_le_bytes())
    }

    fn alive(&self) -> Result<(), TransportError> {
        if self.gone { Err(TransportError::Gone) } else { Ok(()) }
    }

    /// A refusal is an answer; everything else means that the connection is of no use any more.
    fn check<T>(&mut self, result: Result<T, ClientError>) -> Result<T, TransportError> {
        result.map_err(|error| match error {
            ClientError::Refused(error) => TransportError::Io(error),
            other => {
                log::error!("vfio-user: {other}");
                self.gone = true;
                TransportError::Gone
            }
        })
    }

    fn offset(&self, offset: u32) -> Result<u64, TransportError> {
        let inside = u64::from(offset) + 4 <= self.bar0_size && offset.is_multiple_of(4);
        if inside { Ok(offset.into()) } else { Err(TransportError::BadOffset(offset)) }
    }
}

impl Transport for VfioUserTransport {
    fn config_space(&mut self) -> Result<Vec<u8>, TransportError> {
        self.alive()?;
        let mut bytes = vec![0xff; usize::try_from(self.config_size).unwrap_or(256)];
        let result = self.client.read(region::CONFIG, 0, &mut bytes);
        self.check(result)?;
        Ok(bytes)
    }

    fn set_bus_master(&mut self, on: bool) -> Result<(), TransportError> {
        self.alive()?;
        let result =
            if on { self.command(BUS_MASTER | MEMORY, 0) } else { self.command(0, BUS_MASTER) };
        self.check(result)
    }

    fn read32(&mut self, offset: u32) -> Result<u32, TransportError> {
        self.alive()?;
        let offset = self.offset(offset)?;
        let mut bytes = [0xff; 4];
        let result = self.client.read(region::BAR0, offset, &mut bytes);
        self.check(result)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn write32(&mut self, offset: u32, value: u32) -> Result<(), TransportError> {
        self.alive()?;
        let offset = self.offset(offset)?;
        let result = self.client.post(region::BAR0, offset, &value.to_le_bytes());
        self.check(result)
    }

    fn dma_alloc(&mut self, len: usize, align: usize) -> Result<DmaRegion, TransportError> {
        self.alive()?;
        let no_memory = |reason: &str| TransportError::NoMemory { len, reason: reason.into() };
        let size = len.checked_next_multiple_of(memory::PAGE).ok_or(no_memory("too long"))?;
        let (bytes, file) = memory::shared(size)?;
        let at = self
            .iova
            .alloc(size as u64, align.max(memory::PAGE) as u64)
            .ok_or(no_memory("no device addresses are left"))?;
        let result = self.client.dma_map(at, size as u64, &file);
        if let Err(error) = self.check(result) {
            self.iova.free(at);
            return Err(error);
        }
        let region = DmaRegion { memory: bytes, iova: Iova(at) };
        self.lent.insert(at, (region.clone(), size as u64));
        Ok(region)
    }

    fn dma_free(&mut self, region: DmaRegion) -> Result<(), TransportError> {
        self.alive()?;
        let at = region.iova.0;
        let Some((_, size)) = self.lent.get(&at) else { return Ok(()) };
        let result = self.client.dma_unmap(at, *size);
        self.check(result)?;
        self.lent.remove(&at);
        self.iova.free(at);
        Ok(())
    }

    fn vectors(&self) -> u16 {
        self.vectors.count()
    }

    fn irq_take(&mut self, vector: u16) -> Result<u64, TransportError> {
        self.alive()?;
        self.vectors.take(vector)
    }

    fn irq_wait(&mut self, timeout_us: u64) -> Result<bool, TransportError> {
        self.alive()?;
        let result = self.vectors.wait(timeout_us);
        self.gone |= matches!(result, Err(TransportError::Gone));
        result
    }

    fn delay(&mut self, us: u64) {
        std::thread::sleep(Duration::from_micros(us));
    }

    fn reset(&mut self) -> Result<(), TransportError> {
        self.alive()?;
        let result = self.client.reset().and_then(|()| self.command(MEMORY, BUS_MASTER));
        self.check(result)
    }
}

impl Drop for VfioUserTransport {
    /// The other side gives up our memory when the connection ends; until it has, the device must not write there.
    fn drop(&mut self) {
        if !self.gone {
            let _quiet_when_it_has_left = self.command(0, BUS_MASTER);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
//! A card behind the kernel's vfio-pci.

mod bar;
mod lend;

use crate::config::{BUS_MASTER, COMMAND, MEMORY};
use crate::iova::IovaSpace;
use crate::irq::Vectors;
use crate::memory;
use crate::sysfs::{self, Abilities, PciAddress, SetupError, Sysfs};
use bar::Bar;
use lend::Container;
use std::time::Duration;
use toe_driver::{DmaRegion, Iova, Transport, TransportError};
use vfio_bindings::bindings::vfio::{
    VFIO_PCI_BAR0_REGION_INDEX, VFIO_PCI_CONFIG_REGION_INDEX, VFIO_PCI_ERR_IRQ_INDEX,
    VFIO_PCI_MSIX_IRQ_INDEX, VFIO_PCI_REQ_IRQ_INDEX,
};
use vfio_ioctls::VfioDevice;

/// A device behind vfio-pci.
pub struct VfioTransport {
    bar: Bar,
    vectors: Vectors,
    iova: IovaSpace,
    /// Before `device`: gives memory back while the device is still there to be quiet.
    container: Container,
    device: VfioDevice,
    config_size: usize,
    gone: bool,
}

impl VfioTransport {
    /// Opens a device that is bound to vfio-pci.
    ///
    /// # Errors
    /// [`SetupError`]: what is missing and what to do.
    pub fn open(address: PciAddress) -> Result<Self, SetupError> {
        let tree = Sysfs::default();
        let group = tree.check(address, sysfs::lock_limit())?;
        let unsuitable = |what: &str| SetupError::Unsuitable { address, what: what.to_owned() };
        let (container, device) = Container::open(&tree, address)?;
        let config_size = device.get_region_size(VFIO_PCI_CONFIG_REGION_INDEX).min(4096);
        let config_size = usize::try_from(config_size).unwrap_or(256);
        let config = config(&device, config_size);
        let abilities = Abilities::parse(&config)
            .map_err(|e| unsuitable(&format!("configuration space: {e}")))?;
        if !abilities.function_level_reset {
            return Err(unsuitable("it has no function-level reset"));
        }
        let count = device.get_irq_info(VFIO_PCI_MSIX_IRQ_INDEX).map_or(0, |irq| irq.count);
        let count = u16::try_from(count.min(2048)).unwrap_or(2048);
        if count == 0 {
            return Err(unsuitable("it has no MSI-X"));
        }
        // Quiet before anything is mapped, whatever its last user left.
        let command = u16::from_le_bytes([config[4], config[5]]);
        set_command(&device, (command | MEMORY) & !BUS_MASTER);
        let bar = Bar::map(&device, VFIO_PCI_BAR0_REGION_INDEX)
            .map_err(|e| unsuitable(&format!("BAR0: {e}")))?;
        let leave = [VFIO_PCI_ERR_IRQ_INDEX, VFIO_PCI_REQ_IRQ_INDEX];
        let vectors = Vectors::new(count, leave.len())
            .map_err(|e| SetupError::Vfio(format!("eventfds: {e} (ulimit -n)")))?;
        let vfio = |e: vfio_ioctls::VfioError| SetupError::Vfio(e.to_string());
        device.enable_msix(vectors.eventfds().iter().collect()).map_err(vfio)?;
        for (index, fd) in leave.into_iter().zip(vectors.leave_eventfds()) {
            // Not every kernel and device has both.
            if device.get_irq_info(index).is_some_and(|irq| irq.count > 0)
                && let Err(error) = device.enable_irq(index, vec![fd])
            {
                log::warn!("no notification {index}: {error}");
            }
        }
        Ok(Self {
            bar,
            vectors,
            iova: IovaSpace::new(&tree.reserved(group)),
            container,
            device,
            config_size,
            gone: false,
        })
    }

    fn alive(&self) -> Result<(), TransportError> {
        if self.gone { Err(TransportError::Gone) } else { Ok(()) }
    }
}

/// Bytes that cannot be read are all ones, as those of a device that is not there.
fn config(device: &VfioDevice, len: usize) -> Vec<u8> {
    let mut bytes = vec![0xff; len.max(256)];
    device.region_read(VFIO_PCI_CONFIG_REGION_INDEX, &mut bytes[..len], 0);
    bytes
}

fn set_command(device: &VfioDevice, command: u16) {
    device.region_write(VFIO_PCI_CONFIG_REGION_INDEX, &command.to_le_bytes(), COMMAND);
}

impl Transport for VfioTransport {
    fn config_space(&mut self) -> Result<Vec<u8>, TransportError> {
        self.alive()?;
        Ok(config(&self.device, self.config_size))
    }

    fn set_bus_master(&mut self, on: bool) -> Result<(), TransportError> {
        self.alive()?;
        let mut bytes = [0xff; 2];
        self.device.region_read(VFIO_PCI_CONFIG_REGION_INDEX, &mut bytes, COMMAND);
        let command = u16::from_le_bytes(bytes);
        if command == u16::MAX {
            self.gone = true;
            return Err(TransportError::Gone);
        }
        let command = if on { command | BUS_MASTER | MEMORY } else { command & !BUS_MASTER };
        set_command(&self.device, command);
        Ok(())
    }

    fn read32(&mut self, offset: u32) -> Result<u32, TransportError> {
        self.alive()?;
        self.bar.read32(offset).ok_or(TransportError::BadOffset(offset))
    }

    fn write32(&mut self, offset: u32, value: u32) -> Result<(), TransportError> {
        self.alive()?;
        self.bar.write32(offset, value).ok_or(TransportError::BadOffset(offset))
    }

    fn dma_alloc(&mut self, len: usize, align: usize) -> Result<DmaRegion, TransportError> {
        self.alive()?;
        let no_memory = |reason: String| TransportError::NoMemory { len, reason };
        let (bytes, huge) = memory::private(len)?;
        let size = bytes.len() as u64;
        // The same alignment on both sides lets the IOMMU use large pages.
        let align = align.max(if huge { memory::HUGE } else { memory::PAGE });
        let at = self
            .iova
            .alloc(size, align as u64)
            .ok_or_else(|| no_memory("no device addresses are left".into()))?;
        let region = DmaRegion { memory: bytes, iova: Iova(at) };
        if let Err(reason) = self.container.lend(&region) {
            self.iova.free(at);
            return Err(no_memory(reason));
        }
        log::debug!("{size} bytes at {at:#x}, huge pages: {huge}");
        Ok(region)
    }

    fn dma_free(&mut self, region: DmaRegion) -> Result<(), TransportError> {
        self.alive()?;
        if self.container.take_back(region.iova)? {
            self.iova.free(region.iova.0);
        }
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
        // The kernel resets the function and restores its configuration space, bus mastering too.
        self.device.reset();
        self.set_bus_master(false)
    }
}

impl Drop for VfioTransport {
    /// Quiet first, then the memory goes. The kernel does the same for a process that dies.
    fn drop(&mut self) {
        let command = config(&self.device, 256);
        let command = u16::from_le_bytes([command[4], command[5]]);
        if command != u16::MAX {
            set_command(&self.device, command & !BUS_MASTER);
        }
        let _ = self.device.disable_msix();
    }
}

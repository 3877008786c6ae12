// SPDX-License-Identifier: Apache-2.0
//! The seam between the driver and whatever carries it to a device: a simulator in this process, one behind a
//! vfio-user socket, or a card behind the kernel's vfio-pci. No type of a simulator appears here.

use crate::dma::DmaRegion;
use std::io;
use thiserror::Error;

/// Why a transport could not do what it was asked.
#[derive(Debug, Error)]
pub enum TransportError {
    /// The device does not answer any more, or the other side has closed.
    #[error("the device is gone")]
    Gone,
    /// The access is outside BAR0 or not aligned.
    #[error("no register at {0:#x}")]
    BadOffset(u32),
    /// No memory, or no IOVA space, for a region of this size.
    #[error("cannot register {len} bytes of DMA memory: {reason}")]
    NoMemory {
        /// Bytes asked for.
        len: usize,
        /// What was missing, and the fix where one is known.
        reason: String,
    },
    /// There is no such interrupt vector.
    #[error("no interrupt vector {0}")]
    BadVector(u16),
    /// The operating system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// How the driver reaches a device. All calls are made from one thread at a time.
pub trait Transport: Send {
    /// A snapshot of the PCI configuration space: 256 bytes, or 4096 with extended capabilities.
    ///
    /// # Errors
    /// The device cannot be reached.
    fn config_space(&mut self) -> Result<Vec<u8>, TransportError>;

    /// Switches the device's right to do DMA (bus-master enable in the PCI command register), and its decoding of
    /// memory accesses on.
    ///
    /// # Errors
    /// The device cannot be reached.
    fn set_bus_master(&mut self, on: bool) -> Result<(), TransportError>;

    /// Reads a register of BAR0 after all earlier writes. All ones where the device does not answer.
    ///
    /// # Errors
    /// The device cannot be reached, or there is no such offset.
    fn read32(&mut self, offset: u32) -> Result<u32, TransportError>;

    /// Writes a register of BAR0: posted, in order.
    ///
    /// # Errors
    /// The device cannot be reached, or there is no such offset.
    fn write32(&mut self, offset: u32, value: u32) -> Result<(), TransportError>;

    /// `len` bytes of zeroed memory that the device can reach, contiguous for the device and aligned to `align`
    /// (a power of two) there. Lives as long as the transport or until [`Transport::dma_free`].
    ///
    /// # Errors
    /// No memory or no address space.
    fn dma_alloc(&mut self, len: usize, align: usize) -> Result<DmaRegion, TransportError>;

    /// Takes the device's access to a region away. From here on an access of the device is a fault.
    ///
    /// # Errors
    /// The device cannot be reached; the region may still be reachable for it then.
    fn dma_free(&mut self, region: DmaRegion) -> Result<(), TransportError>;

    /// Number of MSI-X vectors that [`Transport::irq_take`] knows.
    fn vectors(&self) -> u16;

    /// How often a vector was raised since the last call, without waiting.
    ///
    /// # Errors
    /// No such vector, or the device cannot be reached.
    fn irq_take(&mut self, vector: u16) -> Result<u64, TransportError>;

    /// Waits until any vector is raised, for at most `timeout_us` microseconds. `true` if one was, since the last wait: an
    /// interrupt ends one wait, whether it is taken or not.
    ///
    /// # Errors
    /// The device cannot be reached.
    fn irq_wait(&mut self, timeout_us: u64) -> Result<bool, TransportError>;

    /// Lets about `us` microseconds pass: sleeps, or runs the simulation. Used only while opening and resetting.
    fn delay(&mut self, us: u64);

    /// Function-level reset. The device does no DMA afterwards until it is set up again; bus-master enable is off.
    ///
    /// # Errors
    /// The device cannot be reached or has no function-level reset.
    fn reset(&mut self) -> Result<(), TransportError>;
}

/// A transport over another one, such as one that counts, remembers or lies: what it does not do itself goes down as it
/// is. The methods are those of [`Transport`], which every layer is.
#[allow(missing_docs, clippy::missing_errors_doc)] // as there
pub trait Layer: Send {
    /// What lies below.
    type Below: Transport + ?Sized;

    /// What lies below, to look at.
    fn below(&self) -> &Self::Below;

    /// What lies below.
    fn below_mut(&mut self) -> &mut Self::Below;

    /// Hands a call down: for a layer that does the same around each (but [`Transport::vectors`], a constant).
    fn pass<R>(&mut self, call: impl FnOnce(&mut Self::Below) -> R) -> R {
        call(self.below_mut())
    }

    fn config_space(&mut self) -> Result<Vec<u8>, TransportError> {
        self.pass(Transport::config_space)
    }
    fn set_bus_master(&mut self, on: bool) -> Result<(), TransportError> {
        self.pass(|below| below.set_bus_master(on))
    }
    fn read32(&mut self, offset: u32) -> Result<u32, TransportError> {
        self.pass(|below| below.read32(offset))
    }
    fn write32(&mut self, offset: u32, value: u32) -> Result<(), TransportError> {
        self.pass(|below| below.write32(offset, value))
    }
    fn dma_alloc(&mut self, len: usize, align: usize) -> Result<DmaRegion, TransportError> {
        self.pass(|below| below.dma_alloc(len, align))
    }
    fn dma_free(&mut self, region: DmaRegion) -> Result<(), TransportError> {
        self.pass(|below| below.dma_free(region))
    }
    fn vectors(&self) -> u16 {
        self.below().vectors()
    }
    fn irq_take(&mut self, vector: u16) -> Result<u64, TransportError> {
        self.pass(|below| below.irq_take(vector))
    }
    fn irq_wait(&mut self, timeout_us: u64) -> Result<bool, TransportError> {
        self.pass(|below| below.irq_wait(timeout_us))
    }
    fn delay(&mut self, us: u64) {
        self.pass(|below| below.delay(us));
    }
    fn reset(&mut self) -> Result<(), TransportError> {
        self.pass(Transport::reset)
    }
}

impl<T: Layer> Transport for T {
    fn config_space(&mut self) -> Result<Vec<u8>, TransportError> {
        Layer::config_space(self)
    }
    fn set_bus_master(&mut self, on: bool) -> Result<(), TransportError> {
        Layer::set_bus_master(self, on)
    }
    fn read32(&mut self, offset: u32) -> Result<u32, TransportError> {
        Layer::read32(self, offset)
    }
    fn write32(&mut self, offset: u32, value: u32) -> Result<(), TransportError> {
        Layer::write32(self, offset, value)
    }
    fn dma_alloc(&mut self, len: usize, align: usize) -> Result<DmaRegion, TransportError> {
        Layer::dma_alloc(self, len, align)
    }
    fn dma_free(&mut self, region: DmaRegion) -> Result<(), TransportError> {
        Layer::dma_free(self, region)
    }
    fn vectors(&self) -> u16 {
        Layer::vectors(self)
    }
    fn irq_take(&mut self, vector: u16) -> Result<u64, TransportError> {
        Layer::irq_take(self, vector)
    }
    fn irq_wait(&mut self, timeout_us: u64) -> Result<bool, TransportError> {
        Layer::irq_wait(self, timeout_us)
    }
    fn delay(&mut self, us: u64) {
        Layer::delay(self, us);
    }
    fn reset(&mut self) -> Result<(), TransportError> {
        Layer::reset(self)
    }
}

impl<T: Transport + ?Sized> Layer for Box<T> {
    type Below = T;
    fn below(&self) -> &T {
        self
    }
    fn below_mut(&mut self) -> &mut T {
        self
    }
}

// SPDX-License-Identifier: Apache-2.0
//! The server's side: messages of the client become requests to the thread that owns the world.

use std::fs::File;
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;
use toe_world::MSIX_BAR;
use vfio_bindings::bindings::vfio::{
    VFIO_IRQ_INFO_EVENTFD, VFIO_IRQ_INFO_NORESIZE, VFIO_PCI_BAR0_REGION_INDEX,
    VFIO_PCI_CONFIG_REGION_INDEX, VFIO_PCI_MSIX_IRQ_INDEX, VFIO_PCI_NUM_IRQS, VFIO_PCI_NUM_REGIONS,
    VFIO_REGION_INFO_FLAG_READ, VFIO_REGION_INFO_FLAG_WRITE, vfio_region_info,
};
use vfio_user::{DmaMapFlags, DmaUnmapFlags, IrqInfo, ServerBackend, ServerRegion};

/// Requests that may wait: posted writes beyond it wait in the socket.
const QUEUE: usize = 1024;
/// Longest wait for the simulation to answer. A slice of the largest configuration takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(30);

/// Parts of the device that a client reaches by offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Region {
    /// Configuration space.
    Config,
    /// The register file.
    Bar0,
    /// The MSI-X table and pending bits.
    Msix,
}

/// What the client wants.
pub(crate) enum Request {
    Read { region: Region, offset: u64, len: usize, answer: SyncSender<Vec<u8>> },
    Write { region: Region, offset: u64, data: Vec<u8> },
    Map { map: Map, answer: SyncSender<Result<(), String>> },
    Unmap { iova: u64, len: u64, answer: SyncSender<Result<u64, String>> },
    Irqs { first: u32, change: IrqChange, answer: SyncSender<()> },
    Reset { answer: SyncSender<()> },
    Gone { answer: SyncSender<()> },
}

/// Memory that the client lends.
pub(crate) struct Map {
    pub(crate) iova: u64,
    pub(crate) len: u64,
    pub(crate) offset: u64,
    pub(crate) read: bool,
    pub(crate) write: bool,
    pub(crate) file: Option<File>,
}

/// What happens to interrupt vectors.
pub(crate) enum IrqChange {
    /// These vectors signal these eventfds.
    Eventfds(Vec<File>),
    /// So many vectors signal nothing any more; all with 0.
    Disable(u32),
    /// So many vectors are held back, or let through again.
    Mask(u32, bool),
    /// So many are raised by hand.
    Trigger(u32),
}

fn other(what: impl Into<String>) -> io::Error {
    io::Error::other(what.into())
}

/// Passes requests on.
pub(crate) struct Backend {
    requests: SyncSender<Request>,
    bar0_size: u64,
    config_size: u64,
    msix_size: u64,
}

impl Backend {
    pub(crate) fn new(
        bar0_size: u64,
        config_size: u64,
        msix_size: u64,
    ) -> (Self, Receiver<Request>) {
        let (requests, receiver) = sync_channel(QUEUE);
        (Self { requests, bar0_size, config_size, msix_size }, receiver)
    }

    /// The client has gone: returns when the device is quiet.
    pub(crate) fn gone(&self) -> io::Result<()> {
        self.ask(|answer| Request::Gone { answer })
    }

    fn ask<T>(&self, request: impl FnOnce(SyncSender<T>) -> Request) -> io::Result<T> {
        let (answer, receiver) = sync_channel(1);
        self.requests.send(request(answer)).map_err(|_| other("the simulation has ended"))?;
        receiver.recv_timeout(PATIENCE).map_err(|_| other("the simulation does not answer"))
    }

    fn region(&self, index: u32, offset: u64, len: usize) -> io::Result<Region> {
        let (region, size) = match index {
            VFIO_PCI_CONFIG_REGION_INDEX => (Region::Config, self.config_size),
            VFIO_PCI_BAR0_REGION_INDEX => (Region::Bar0, self.bar0_size),
            i if i == VFIO_PCI_BAR0_REGION_INDEX + u32::from(MSIX_BAR) => {
                (Region::Msix, self.msix_size)
            }
            _ => return Err(other(format!("no region {index}"))),
        };
        match offset.checked_add(len as u64) {
            Some(end) if end <= size => Ok(region),
            _ => Err(other(format!("{len} bytes at {offset:#x} are outside of region {index}"))),
        }
    }

    /// The regions and interrupts that the server announces.
    pub(crate) fn layout(&self, vectors: u16) -> (Vec<ServerRegion>, Vec<IrqInfo>) {
        let regions = (0..VFIO_PCI_NUM_REGIONS).map(|index| {
            let size = match index {
                VFIO_PCI_CONFIG_REGION_INDEX => self.config_size,
                VFIO_PCI_BAR0_REGION_INDEX => self.bar0_size,
                i if i == VFIO_PCI_BAR0_REGION_INDEX + u32::from(MSIX_BAR) => self.msix_size,
                _ => 0,
            };
            let flags = VFIO_REGION_INFO_FLAG_READ | VFIO_REGION_INFO_FLAG_WRITE;
            let region_info = vfio_region_info {
                argsz: u32::try_from(size_of::<vfio_region_info>()).unwrap_or(0),
                flags: if size > 0 { flags } else { 0 },
                index,
                size,
                ..Default::default()
            };
            ServerRegion { region_info, sparse_areas: Vec::new(), mmap_fd: None }
        });
        let irqs = (0..VFIO_PCI_NUM_IRQS).map(|index| {
            let msix = index == VFIO_PCI_MSIX_IRQ_INDEX;
            let (count, flags) = if msix {
                (u32::from(vectors), VFIO_IRQ_INFO_EVENTFD | VFIO_IRQ_INFO_NORESIZE)
            } else {
                (0, 0)
            };
            IrqInfo { index, flags, count }
        });
        (regions.collect(), irqs.collect())
    }
}

impl ServerBackend for Backend {
    fn region_read(&mut self, region: u32, offset: u64, data: &mut [u8]) -> io::Result<()> {
        let len = data.len();
        let region = self.region(region, offset, len)?;
        let bytes = self.ask(|answer| Request::Read { region, offset, len, answer })?;
        data.copy_from_slice(bytes.get(..len).ok_or_else(|| other("short read"))?);
        Ok(())
    }

    /// Posted: a write takes effect before anything that comes later.
    fn region_write(&mut self, region: u32, offset: u64, data: &[u8]) -> io::Result<()> {
        let region = self.region(region, offset, data.len())?;
        let request = Request::Write { region, offset, data: data.to_vec() };
        self.requests.send(request).map_err(|_| other("the simulation has ended"))
    }

    fn dma_map(
        &mut self,
        flags: DmaMapFlags,
        offset: u64,
        address: u64,
        size: u64,
        fd: Option<File>,
    ) -> io::Result<()> {
        let map = Map {
            iova: address,
            len: size,
            offset,
            read: flags.contains(DmaMapFlags::READ),
            write: flags.contains(DmaMapFlags::WRITE),
            file: fd,
        };
        self.ask(|answer| Request::Map { map, answer })?.map_err(other)
    }

    fn dma_unmap(&mut self, flags: DmaUnmapFlags, address: u64, size: u64) -> io::Result<()> {
        let all = flags.contains(DmaUnmapFlags::UNMAP_ALL);
        let (iova, len) = if all { (0, u64::MAX) } else { (address, size) };
        self.ask(|answer| Request::Unmap { iova, len, answer })?.map_err(other)?;
        Ok(())
    }

    fn reset(&mut self) -> io::Result<()> {
        self.ask(|answer| Request::Reset { answer })
    }

    fn set_irqs(
        &mut self,
        index: u32,
        flags: u32,
        start: u32,
        count: u32,
        fds: Vec<File>,
    ) -> io::Result<()> {
        use vfio_bindings::bindings::vfio::{
            VFIO_IRQ_SET_ACTION_MASK, VFIO_IRQ_SET_ACTION_TRIGGER, VFIO_IRQ_SET_ACTION_UNMASK,
            VFIO_IRQ_SET_DATA_EVENTFD, VFIO_IRQ_SET_DATA_NONE,
        };
        if index != VFIO_PCI_MSIX_IRQ_INDEX {
            // There is only MSI-X: nothing to set, nothing to take away.
            return if fds.is_empty() {
                Ok(())
            } else {
                Err(other(format!("no interrupt {index}")))
            };
        }
        let change = if flags & VFIO_IRQ_SET_ACTION_MASK != 0 {
            IrqChange::Mask(count, true)
        } else if flags & VFIO_IRQ_SET_ACTION_UNMASK != 0 {
            IrqChange::Mask(count, false)
        } else if flags & VFIO_IRQ_SET_ACTION_TRIGGER == 0 {
            return Err(other("unknown interrupt action"));
        } else if flags & VFIO_IRQ_SET_DATA_EVENTFD != 0 && !fds.is_empty() {
            IrqChange::Eventfds(fds)
        } else if flags & VFIO_IRQ_SET_DATA_EVENTFD != 0 || count == 0 {
            IrqChange::Disable(count)
        } else if flags & VFIO_IRQ_SET_DATA_NONE != 0 {
            IrqChange::Trigger(count)
        } else {
            return Err(other("interrupt data of an unknown kind"));
        };
        self.ask(|answer| Request::Irqs { first: start, change, answer })
    }
}

// SPDX-License-Identifier: Apache-2.0
//! BAR0 as memory of this process.
#![allow(unsafe_code)] // registers are read and written through a pointer

use memmap2::{MmapOptions, MmapRaw};
use std::io;
use std::ptr;
use std::sync::atomic::{Ordering, fence};
use vfio_ioctls::VfioDevice;

/// A mapped BAR.
pub(super) struct Bar {
    map: MmapRaw,
    size: u32,
}

impl Bar {
    pub(super) fn map(device: &VfioDevice, index: u32) -> io::Result<Self> {
        let size = device.get_region_size(index);
        let bytes = u32::try_from(size).ok().filter(|size| *size >= 4096);
        let bytes = bytes.ok_or_else(|| io::Error::other(format!("{size} bytes")))?;
        let map = MmapOptions::new()
            .offset(device.get_region_offset(index))
            .len(bytes as usize)
            .map_raw(device)?;
        Ok(Self { map, size: bytes })
    }

    fn register(&self, offset: u32) -> Option<*mut u32> {
        let inside = offset.is_multiple_of(4) && offset <= self.size - 4;
        // SAFETY: inside the mapping (checked; the size is at least 4096), so the pointer stays within it.
        inside.then(|| unsafe { self.map.as_mut_ptr().add(offset as usize) }.cast())
    }

    /// `None`: there is no such register.
    pub(super) fn read32(&self, offset: u32) -> Option<u32> {
        let register = self.register(offset)?;
        // SAFETY: an aligned register inside the mapping, which lives as long as `self`; nobody has a reference to it.
        let value = unsafe { ptr::read_volatile(register) };
        // What the device wrote to memory before it answered is seen after this.
        fence(Ordering::Acquire);
        Some(u32::from_le(value))
    }

    pub(super) fn write32(&self, offset: u32, value: u32) -> Option<()> {
        let register = self.register(offset)?;
        // What was written to memory is there before the device is told.
        fence(Ordering::Release);
        // SAFETY: as in `read32`.
        unsafe { ptr::write_volatile(register, value.to_le()) };
        Some(())
    }
}

// SPDX-License-Identifier: Apache-2.0
//! Memory for the device: huge pages where there are some, files where another process has to see them.

use memmap2::{Advice, MmapOptions};
use std::io;
use toe_driver::DmaMemory;

/// Bytes of an ordinary page.
pub(crate) const PAGE: usize = 4096;
/// Bytes of a huge page, and their log2.
pub(crate) const HUGE: usize = 1 << HUGE_LOG2;
const HUGE_LOG2: u8 = 21;
/// From this size on huge pages are tried: below, more would be wasted than used.
const HUGE_FROM: usize = HUGE / 2;

/// Private memory of at least `len` bytes. `true` when it consists of huge pages.
#[cfg(feature = "vfio")]
pub(crate) fn private(len: usize) -> io::Result<(DmaMemory, bool)> {
    if len >= HUGE_FROM {
        let size = len.next_multiple_of(HUGE);
        // Fails where no huge pages are free: they are reserved here, so that no access can fail later.
        if let Ok(map) = MmapOptions::new().len(size).huge(Some(HUGE_LOG2)).map_anon() {
            let _ = map.advise(Advice::DontFork);
            return Ok((DmaMemory::from_mapping(map), true));
        }
    }
    let map = MmapOptions::new().len(len.next_multiple_of(PAGE)).map_anon()?;
    // A child of this process must not get copies of pages that the device writes.
    let _ = map.advise(Advice::DontFork);
    Ok((DmaMemory::from_mapping(map), false))
}

/// Memory in a file without a name, for another process.
#[cfg(feature = "vfio-user")]
pub(crate) fn shared(len: usize) -> io::Result<(DmaMemory, std::fs::File)> {
    use nix::sys::memfd::{MFdFlags, memfd_create};
    let file = std::fs::File::from(memfd_create("toe-dma", MFdFlags::MFD_CLOEXEC)?);
    file.set_len(len.next_multiple_of(PAGE) as u64)?;
    let map = MmapOptions::new().map_raw(&file)?;
    let _ = map.advise(Advice::DontFork);
    Ok((DmaMemory::from_mapping(map), file))
}

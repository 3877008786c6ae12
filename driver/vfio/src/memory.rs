// SPDX-License-Identifier: Apache-2.0
//! Memory for the device: huge pages where there are some, files where another process has to see them.

use memmap2::{Advice, MmapOptions};
use std::io;
use toe_driver::DmaMemory;

/// Bytes of an ordinary page.
pub(crate) const PAGE: usize = 4096;
/// Bytes of a huge page, and their log2.
#[cfg(feature = "vfio")]
pub(crate) const HUGE: usize = 1 << HUGE_LOG2;
#[cfg(feature = "vfio")]
const HUGE_LOG2: u8 = 21;
/// From this size on huge pages are tried: below, more would be wasted than used.
#[cfg(feature = "vfio")]
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

#[cfg(test)]
mod tests {
    use super::*;

    /// With huge pages or without, as the machine has them.
    #[cfg(feature = "vfio")]
    #[test]
    fn private_memory_is_whole_pages_and_can_be_used() {
        for len in [1, PAGE, HUGE_FROM - 1, HUGE_FROM, HUGE + 1] {
            let (memory, huge) = private(len).unwrap();
            let page = if huge { HUGE } else { PAGE };
            assert!(memory.len() >= len && memory.len() - len < page);
            assert!(
                memory.len().is_multiple_of(page) && (memory.as_ptr().addr().is_multiple_of(page))
            );
            assert!(!huge || len >= HUGE_FROM);
            memory.write(memory.len() - 4, &[1, 2, 3, 4]).unwrap();
            let mut back = [0; 4];
            memory.read(memory.len() - 4, &mut back).unwrap();
            assert_eq!(back, [1, 2, 3, 4]);
        }
    }

    #[cfg(feature = "vfio-user")]
    #[test]
    fn shared_memory_is_what_is_in_the_file() {
        use std::os::unix::fs::FileExt;
        let (memory, file) = shared(5000).unwrap();
        assert_eq!((memory.len(), file.metadata().unwrap().len()), (2 * PAGE, 2 * PAGE as u64));
        memory.write(4999, b"x").unwrap();
        let mut back = [0; 1];
        file.read_exact_at(&mut back, 4999).unwrap();
        assert_eq!(back, *b"x");
    }
}

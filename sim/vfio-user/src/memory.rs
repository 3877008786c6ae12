// SPDX-License-Identifier: Apache-2.0
//! The client's memory: each file that it lends is mapped once, and parts of it appear in the world's IOMMU.
#![allow(unsafe_code)] // `HostMemory::map` wants a promise about the memory

use crate::backend::Map;
use memmap2::{MmapOptions, MmapRaw};
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::os::unix::fs::MetadataExt;
use toe_world::{HostMemory, MapError, Permission};

/// Why a piece of memory was not taken.
#[derive(Debug, thiserror::Error)]
pub enum MemoryError {
    /// The file is shorter than the mapping.
    #[error("{len:#x} bytes at {offset:#x} are outside of a file of {size:#x} bytes")]
    OutsideFile {
        /// Where in the file.
        offset: u64,
        /// How much.
        len: u64,
        /// Size of the file.
        size: u64,
    },
    /// Neither readable nor writable.
    #[error("a mapping that allows nothing")]
    NoAccess,
    /// The file cannot be mapped.
    #[error("cannot map the file: {0}")]
    File(#[from] std::io::Error),
    /// The range is taken or impossible.
    #[error(transparent)]
    Range(#[from] MapError),
}

/// Device and inode of a file, and whether it is mapped writable.
type FileKey = (u64, u64, bool);

struct Lent {
    map: MmapRaw,
    size: u64,
    /// Entries of `regions` that point into it.
    uses: usize,
}

/// What a client has lent. Whoever drops it must have emptied the world's IOMMU before ([`ClientMemory::clear`]).
#[derive(Default)]
pub(crate) struct ClientMemory {
    files: HashMap<FileKey, Lent>,
    /// Mappings as the client made them: address, length, file.
    regions: BTreeMap<u64, (u64, FileKey)>,
    /// Maps without a file: accepted, but nothing is there (a virtual machine's ROM).
    pub(crate) hollow: u64,
}

impl ClientMemory {
    pub(crate) fn map(&mut self, memory: &mut HostMemory, map: &Map) -> Result<(), MemoryError> {
        let permission = match (map.read, map.write) {
            (true, true) => Permission::ReadWrite,
            (true, false) => Permission::ReadOnly,
            (false, true) => Permission::WriteOnly,
            (false, false) => return Err(MemoryError::NoAccess),
        };
        let Some(file) = &map.file else {
            self.hollow += 1;
            return Ok(());
        };
        let key = self.lend(file, map)?;
        let Some(lent) = self.files.get_mut(&key) else { return Err(MemoryError::NoAccess) };
        let start = usize::try_from(map.offset).map_err(|_| MemoryError::NoAccess)?;
        // SAFETY: `start + len` is inside the mapping (checked by `lend`), which lives in `self.files` at least until
        // this entry and all others of the file have been unmapped from `memory` (`unmap`, `clear`). The other side of
        // the memory is another process: no reference to it exists in this one, and the world accesses it atomically.
        let mapped = unsafe {
            let base = lent.map.as_mut_ptr().add(start);
            memory.map(map.iova, base, map.len, permission)
        };
        match mapped {
            Ok(()) => {
                lent.uses += 1;
                self.regions.insert(map.iova, (map.len, key));
                Ok(())
            }
            Err(error) => {
                if lent.uses == 0 {
                    self.files.remove(&key);
                }
                Err(error.into())
            }
        }
    }

    fn lend(&mut self, file: &File, map: &Map) -> Result<FileKey, MemoryError> {
        let meta = file.metadata()?;
        let size = meta.len();
        match map.offset.checked_add(map.len) {
            Some(end) if end <= size => {}
            _ => return Err(MemoryError::OutsideFile { offset: map.offset, len: map.len, size }),
        }
        let key = (meta.dev(), meta.ino(), map.write);
        // A file that has grown since is mapped anew under the same name only when nothing points to the old one.
        if self.files.get(&key).is_some_and(|lent| lent.size < size && lent.uses == 0) {
            self.files.remove(&key);
        }
        if let Some(lent) = self.files.get(&key) {
            return if map.offset + map.len <= lent.size {
                Ok(key)
            } else {
                Err(MemoryError::OutsideFile { offset: map.offset, len: map.len, size: lent.size })
            };
        }
        let options = MmapOptions::new();
        let raw =
            if map.write { options.map_raw(file)? } else { options.map_raw_read_only(file)? };
        self.files.insert(key, Lent { map: raw, size, uses: 0 });
        Ok(key)
    }

    /// Takes a range away; it need not be what was mapped, nor mapped at all.
    pub(crate) fn unmap(
        &mut self,
        memory: &mut HostMemory,
        iova: u64,
        len: u64,
    ) -> Result<u64, MapError> {
        let removed = memory.unmap_range(iova, len)?;
        let end = iova.saturating_add(len);
        let gone: Vec<u64> = self
            .regions
            .range(iova..end)
            .filter(|(start, (size, _))| *start + size <= end)
            .map(|(start, _)| *start)
            .collect();
        // An entry that is cut keeps its file until the client leaves.
        for start in gone {
            let Some((_, key)) = self.regions.remove(&start) else { continue };
            if let Some(lent) = self.files.get_mut(&key) {
                lent.uses -= 1;
                if lent.uses == 0 {
                    self.files.remove(&key);
                }
            }
        }
        Ok(removed)
    }

    /// Takes everything away.
    pub(crate) fn clear(&mut self, memory: &mut HostMemory) {
        memory.unmap_all();
        self.regions.clear();
        self.files.clear();
    }

    /// Mappings now.
    pub(crate) fn mappings(&self) -> usize {
        self.regions.len()
    }
}

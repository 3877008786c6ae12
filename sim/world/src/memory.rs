// SPDX-License-Identifier: Apache-2.0
//! Host memory as a device sees it: ranges of process memory behind an IOMMU.
//!
//! The owner of the memory is the driver (its in-process transport maps `memmap2` regions, the vfio-user server maps its
//! client's memory); the device reaches it by I/O virtual address only, and every access outside a mapping is refused and
//! counted. All unsafe code of the machine is in this module's `raw` part.

use std::collections::BTreeMap;
use toe_device::{Access, DmaFault, FaultReason, MAX_DMA};

/// What a device may do with a mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Read and write.
    ReadWrite,
    /// Read only.
    ReadOnly,
    /// Write only.
    WriteOnly,
}

impl Permission {
    const fn allows(self, access: Access) -> bool {
        match (self, access) {
            (Self::ReadWrite, _)
            | (Self::ReadOnly, Access::Read)
            | (Self::WriteOnly, Access::Write) => true,
            (Self::ReadOnly, Access::Write) | (Self::WriteOnly, Access::Read) => false,
        }
    }
}

/// Why a mapping was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// Length 0, or the range passes the end of the address space.
    #[error("range {iova:#x}+{len:#x} is empty or overflows")]
    Range {
        /// First address.
        iova: u64,
        /// Length.
        len: u64,
    },
    /// Part of the range is mapped already.
    #[error("range {iova:#x}+{len:#x} overlaps a mapping")]
    Overlap {
        /// First address.
        iova: u64,
        /// Length.
        len: u64,
    },
    /// Nothing is mapped at exactly this address.
    #[error("no mapping starts at {iova:#x}")]
    Absent {
        /// The address.
        iova: u64,
    },
}

/// Refused accesses, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FaultCounts {
    /// No mapping.
    pub unmapped: u64,
    /// Mapping without the permission.
    pub not_permitted: u64,
    /// Bus-master enable off.
    pub bus_master_disabled: u64,
    /// Illegal request.
    pub malformed: u64,
}

impl FaultCounts {
    /// All together.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.unmapped + self.not_permitted + self.bus_master_disabled + self.malformed
    }

    fn count(&mut self, reason: FaultReason) {
        match reason {
            FaultReason::Unmapped => self.unmapped += 1,
            FaultReason::NotPermitted => self.not_permitted += 1,
            FaultReason::BusMasterDisabled => self.bus_master_disabled += 1,
            FaultReason::Malformed => self.malformed += 1,
        }
    }
}

#[derive(Debug)]
struct Mapping {
    len: u64,
    permission: Permission,
    memory: raw::Window,
}

/// Addresses handed out by [`HostMemory::free_range`] start here: above 4 GiB, so that truncated addresses fault.
const FIRST_IOVA: u64 = 0x1_0000_0000;
/// Unmapped space kept between ranges that [`HostMemory::free_range`] hands out.
const GUARD: u64 = 0x1_0000;
/// Faults kept for [`HostMemory::recent_faults`].
const RECENT: usize = 32;

/// Decides which accesses of the device fail, as a root complex or a memory controller in trouble would: by access, address
/// and length.
pub type FaultHook = Box<dyn FnMut(Access, u64, u32) -> bool + Send>;

#[derive(Default)]
struct Trouble(Option<FaultHook>);

impl std::fmt::Debug for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Trouble").field(&self.0.is_some()).finish()
    }
}

/// Host memory behind an IOMMU.
#[derive(Debug, Default)]
pub struct HostMemory {
    trouble: Trouble,
    mappings: BTreeMap<u64, Mapping>,
    next_free: u64,
    faults: FaultCounts,
    recent: Vec<DmaFault>,
}

impl HostMemory {
    /// No mappings.
    #[must_use]
    pub fn new() -> Self {
        Self { next_free: FIRST_IOVA, ..Self::default() }
    }

    /// Maps `len` bytes of process memory at `iova`.
    ///
    /// # Safety
    ///
    /// `memory` must stay valid for reads and writes of `len` bytes until [`HostMemory::unmap`] or the end of this
    /// object, and everybody else who touches it meanwhile must do so by atomic or volatile access (it is memory that a
    /// device writes).
    #[allow(unsafe_code)]
    pub unsafe fn map(
        &mut self,
        iova: u64,
        memory: *mut u8,
        len: u64,
        permission: Permission,
    ) -> Result<(), MapError> {
        self.check_free(iova, len)?;
        // SAFETY: the caller's promise is the window's.
        let memory = unsafe { raw::Window::borrowed(memory, len) };
        self.mappings.insert(iova, Mapping { len, permission, memory });
        Ok(())
    }

    /// Maps `len` fresh zero bytes at `iova`, for tests without a driver; [`HostMemory::read`] and [`HostMemory::write`] reach
    /// them.
    pub fn map_owned(
        &mut self,
        iova: u64,
        len: u64,
        permission: Permission,
    ) -> Result<(), MapError> {
        self.check_free(iova, len)?;
        let memory = raw::Window::owned(len).ok_or(MapError::Range { iova, len })?;
        self.mappings.insert(iova, Mapping { len, permission, memory });
        Ok(())
    }

    /// Removes the mapping that starts at `iova`. Later accesses fault.
    pub fn unmap(&mut self, iova: u64) -> Result<(), MapError> {
        self.mappings.remove(&iova).map(|_| ()).ok_or(MapError::Absent { iova })
    }

    /// Removes whatever is mapped in a range; a mapping that reaches beyond it keeps what lies outside. Gives the number
    /// of bytes that were mapped. (A virtual machine's IOMMU maps and unmaps in pieces of different sizes.)
    ///
    /// # Errors
    /// Memory that belongs to this object ([`HostMemory::map_owned`]) cannot be cut.
    pub fn unmap_range(&mut self, iova: u64, len: u64) -> Result<u64, MapError> {
        let end = iova.saturating_add(len);
        let mut removed = 0;
        while let Some((&start, mapping)) =
            self.mappings.range(..end).next_back().filter(|(s, m)| *s + m.len > iova)
        {
            let (stop, permission) = (start + mapping.len, mapping.permission);
            let (from, to) = (start.max(iova), stop.min(end));
            let parts = [(start, from), (to, stop)];
            let mut kept = Vec::new();
            for (a, b) in parts.into_iter().filter(|(a, b)| a < b) {
                let memory = mapping.memory.part(a - start, b - a);
                let memory = memory.ok_or(MapError::Range { iova, len })?;
                kept.push((a, Mapping { len: b - a, permission, memory }));
            }
            self.mappings.remove(&start);
            self.mappings.extend(kept);
            removed += to - from;
        }
        Ok(removed)
    }

    /// Removes all mappings.
    pub fn unmap_all(&mut self) {
        self.mappings.clear();
    }

    /// An address range that is not mapped, has never been handed out, and has unmapped space around it.
    /// `align` is a power of two.
    pub fn free_range(&mut self, len: u64, align: u64) -> Result<u64, MapError> {
        let align = align.max(4096);
        let error = MapError::Range { iova: self.next_free, len };
        let mut iova = self.next_free.checked_next_multiple_of(align).ok_or(error)?;
        loop {
            match self.check_free(iova, len) {
                Ok(()) => break,
                Err(MapError::Overlap { .. }) => {
                    let end = self.end_of_overlap(iova, len);
                    iova = end
                        .checked_add(GUARD)
                        .and_then(|i| i.checked_next_multiple_of(align))
                        .ok_or(error)?;
                }
                Err(_) => return Err(error),
            }
        }
        self.next_free = iova.checked_add(len).and_then(|e| e.checked_add(GUARD)).ok_or(error)?;
        Ok(iova)
    }

    /// Device accesses for which `hook` is true fail from now on. They are not counted among [`HostMemory::faults`]: the
    /// device did nothing wrong.
    pub fn fail_when(&mut self, hook: Option<FaultHook>) {
        self.trouble = Trouble(hook);
    }

    fn troubled(&mut self, access: Access, iova: u64, len: usize) -> Result<(), DmaFault> {
        let Some(hook) = &mut self.trouble.0 else { return Ok(()) };
        let len = u32::try_from(len).unwrap_or(u32::MAX);
        if hook(access, iova, len) {
            return Err(DmaFault { iova, len, access, reason: FaultReason::Unmapped });
        }
        Ok(())
    }

    /// Number of mappings.
    #[must_use]
    pub fn mappings(&self) -> usize {
        self.mappings.len()
    }

    /// Refused device accesses so far.
    #[must_use]
    pub const fn faults(&self) -> FaultCounts {
        self.faults
    }

    /// The latest refused device accesses (at most 32), oldest first.
    #[must_use]
    pub fn recent_faults(&self) -> &[DmaFault] {
        &self.recent
    }

    /// Reads as the host does: no permission needed, no fault counted.
    pub fn read(&self, iova: u64, data: &mut [u8]) -> Result<(), DmaFault> {
        self.check(iova, data.len(), Access::Read, true)?;
        self.for_each(iova, data.len(), |window, at, range| window.read(at, &mut data[range]));
        Ok(())
    }

    /// Writes as the host does: no permission needed, no fault counted.
    pub fn write(&mut self, iova: u64, data: &[u8]) -> Result<(), DmaFault> {
        self.check(iova, data.len(), Access::Write, true)?;
        self.for_each(iova, data.len(), |window, at, range| window.write(at, &data[range]));
        Ok(())
    }

    /// Reads for the device.
    pub(crate) fn device_read(&mut self, iova: u64, data: &mut [u8]) -> Result<(), DmaFault> {
        self.troubled(Access::Read, iova, data.len())?;
        self.check(iova, data.len(), Access::Read, false).map_err(|f| self.fault(f))?;
        self.for_each(iova, data.len(), |window, at, range| window.read(at, &mut data[range]));
        Ok(())
    }

    /// Writes for the device.
    pub(crate) fn device_write(&mut self, iova: u64, data: &[u8]) -> Result<(), DmaFault> {
        self.troubled(Access::Write, iova, data.len())?;
        self.check(iova, data.len(), Access::Write, false).map_err(|f| self.fault(f))?;
        self.for_each(iova, data.len(), |window, at, range| window.write(at, &data[range]));
        Ok(())
    }

    /// Counts a fault and returns it.
    pub(crate) fn fault(&mut self, fault: DmaFault) -> DmaFault {
        self.faults.count(fault.reason);
        if self.recent.len() == RECENT {
            self.recent.remove(0);
        }
        self.recent.push(fault);
        fault
    }

    fn check_free(&self, iova: u64, len: u64) -> Result<(), MapError> {
        let end = iova.checked_add(len).filter(|_| len > 0).ok_or(MapError::Range { iova, len })?;
        let before = self.mappings.range(..end).next_back();
        match before {
            Some((start, mapping)) if start + mapping.len > iova => {
                Err(MapError::Overlap { iova, len })
            }
            _ => Ok(()),
        }
    }

    fn end_of_overlap(&self, iova: u64, len: u64) -> u64 {
        self.mappings
            .range(..iova.saturating_add(len))
            .next_back()
            .map_or(iova, |(start, mapping)| start + mapping.len)
    }

    fn check(&self, iova: u64, len: usize, access: Access, host: bool) -> Result<(), DmaFault> {
        let short = u32::try_from(len).unwrap_or(u32::MAX);
        let fault = |reason| DmaFault { iova, len: short, access, reason };
        let length = len as u64;
        let end = iova.checked_add(length).ok_or(fault(FaultReason::Malformed))?;
        if len == 0 || (!host && short > MAX_DMA) {
            return Err(fault(FaultReason::Malformed));
        }
        let mut at = iova;
        while at < end {
            let (start, mapping) = self
                .mappings
                .range(..=at)
                .next_back()
                .filter(|(start, mapping)| at < *start + mapping.len)
                .ok_or(fault(FaultReason::Unmapped))?;
            if !host && !mapping.permission.allows(access) {
                return Err(fault(FaultReason::NotPermitted));
            }
            at = start + mapping.len;
        }
        Ok(())
    }

    /// Calls `f(window, offset in it, range of the data)` for each mapping of a range that `check` has passed.
    fn for_each(
        &self,
        iova: u64,
        len: usize,
        mut f: impl FnMut(&raw::Window, u64, std::ops::Range<usize>),
    ) {
        let mut done = 0usize;
        while done < len {
            let at = iova + done as u64;
            let Some((start, mapping)) = self.mappings.range(..=at).next_back() else { return };
            let offset = at - start;
            let room = usize::try_from(mapping.len - offset).unwrap_or(usize::MAX);
            let part = room.min(len - done);
            f(&mapping.memory, offset, done..done + part);
            done += part;
        }
    }
}

/// Raw access. Why unsafe: the memory belongs to somebody else (the driver's DMA regions), and both sides touch it while it
/// is shared, as with a real device; so it is reached by pointer, with atomic accesses, never through references.
#[allow(unsafe_code)]
mod raw {
    use std::sync::atomic::{AtomicU8, AtomicU64, Ordering, fence};

    #[derive(Debug)]
    pub(super) struct Window {
        base: *mut u8,
        len: u64,
        /// Keeps owned memory alive; only touched through `base`.
        _owned: Option<Box<[AtomicU64]>>,
    }

    // SAFETY: a window is only a pointer to memory that, by the contract of `borrowed`, everybody accesses atomically.
    unsafe impl Send for Window {}

    impl Window {
        /// # Safety
        /// As [`super::HostMemory::map`].
        pub(super) const unsafe fn borrowed(base: *mut u8, len: u64) -> Self {
            Self { base, len, _owned: None }
        }

        pub(super) fn owned(len: u64) -> Option<Self> {
            let words = usize::try_from(len.div_ceil(8)).ok()?;
            let owned: Box<[AtomicU64]> = (0..words).map(|_| AtomicU64::new(0)).collect();
            // Interior mutability: writing through a pointer made from a shared reference to atomics is allowed.
            let base = owned.as_ptr().cast::<u8>().cast_mut();
            Some(Self { base, len, _owned: Some(owned) })
        }

        /// A window to a part of somebody else's memory; none to a part of owned memory, which ends with its window.
        pub(super) fn part(&self, offset: u64, len: u64) -> Option<Self> {
            let end = offset.checked_add(len)?;
            if self._owned.is_some() || end > self.len {
                return None;
            }
            let offset = usize::try_from(offset).ok()?;
            // SAFETY: within the window (checked), and under the same promise as the window itself.
            Some(unsafe { Self::borrowed(self.base.add(offset), len) })
        }

        /// Pointer to `len` bytes at `offset`, checked.
        fn at(&self, offset: u64, len: usize) -> *mut u8 {
            assert!(offset + len as u64 <= self.len, "the IOMMU checked the range before");
            let offset = usize::try_from(offset).expect("a mapping fits the address space");
            // SAFETY: within the window, by the assertion.
            unsafe { self.base.add(offset) }
        }

        pub(super) fn read(&self, offset: u64, data: &mut [u8]) {
            fence(Ordering::Acquire);
            let from = self.at(offset, data.len());
            let head = from.align_offset(8).min(data.len());
            let (first, rest) = data.split_at_mut(head);
            for (i, byte) in first.iter_mut().enumerate() {
                *byte = load8(from, i);
            }
            let mut words = rest.chunks_exact_mut(8);
            let mut i = head;
            for word in &mut words {
                // SAFETY: inside the checked range, aligned to 8, accessed atomically by everybody.
                let value =
                    unsafe { AtomicU64::from_ptr(from.add(i).cast()).load(Ordering::Relaxed) };
                word.copy_from_slice(&value.to_ne_bytes());
                i += 8;
            }
            for byte in words.into_remainder() {
                *byte = load8(from, i);
                i += 1;
            }
        }

        /// Ascending; the last aligned word (a record's phase bit) is stored after all others are visible.
        pub(super) fn write(&self, offset: u64, data: &[u8]) {
            let to = self.at(offset, data.len());
            let head = to.align_offset(8).min(data.len());
            let (first, rest) = data.split_at(head);
            for (i, byte) in first.iter().enumerate() {
                store8(to, i, *byte);
            }
            let words = rest.chunks_exact(8);
            let tail = words.remainder();
            let mut i = head;
            let last = rest.len() / 8;
            for (n, word) in words.enumerate() {
                if n + 1 == last {
                    fence(Ordering::Release);
                }
                let value = u64::from_ne_bytes(word.try_into().unwrap_or_default());
                // SAFETY: inside the checked range, aligned to 8, accessed atomically by everybody.
                unsafe { AtomicU64::from_ptr(to.add(i).cast()).store(value, Ordering::Relaxed) };
                i += 8;
            }
            if !tail.is_empty() {
                fence(Ordering::Release);
            }
            for byte in tail {
                store8(to, i, *byte);
                i += 1;
            }
            fence(Ordering::Release);
        }
    }

    fn load8(base: *mut u8, i: usize) -> u8 {
        // SAFETY: the callers stay inside the range they checked.
        unsafe { AtomicU8::from_ptr(base.add(i)).load(Ordering::Relaxed) }
    }

    fn store8(base: *mut u8, i: usize, value: u8) {
        // SAFETY: the callers stay inside the range they checked.
        unsafe { AtomicU8::from_ptr(base.add(i)).store(value, Ordering::Relaxed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_alignment_and_length() {
        let mut memory = HostMemory::new();
        memory.map_owned(0x1000, 256, Permission::ReadWrite).unwrap();
        for start in 0..17u64 {
            for len in 1..40usize {
                let data: Vec<u8> = (0..len).map(|i| u8::try_from(i + 1).unwrap()).collect();
                memory.device_write(0x1000, &[0; 64]).unwrap();
                memory.device_write(0x1000 + start, &data).unwrap();
                let mut back = [0; 64];
                memory.device_read(0x1000, &mut back).unwrap();
                let at = usize::try_from(start).unwrap();
                assert_eq!(back[at..at + len], data);
                assert!(back[..at].iter().chain(&back[at + len..]).all(|b| *b == 0));
            }
        }
    }

    #[test]
    fn stray_accesses_fault_and_transfer_nothing() {
        let mut memory = HostMemory::new();
        memory.map_owned(0x1000, 0x1000, Permission::ReadWrite).unwrap();
        memory.map_owned(0x2000, 0x1000, Permission::ReadOnly).unwrap();
        let mut data = [7; 16];
        let reason = |r: Result<(), DmaFault>| r.unwrap_err().reason;
        assert_eq!(reason(memory.device_read(0xff8, &mut data)), FaultReason::Unmapped);
        assert_eq!(reason(memory.device_read(0x2ff8, &mut data)), FaultReason::Unmapped);
        assert_eq!(reason(memory.device_read(u64::MAX, &mut data)), FaultReason::Malformed);
        assert_eq!(reason(memory.device_read(0x1000, &mut [])), FaultReason::Malformed);
        assert_eq!(reason(memory.device_read(0x1000, &mut vec![0; 4097])), FaultReason::Malformed);
        // Across two mappings, the second one read-only: refused as a whole.
        assert_eq!(reason(memory.device_write(0x1ff8, &data)), FaultReason::NotPermitted);
        let mut back = [1; 16];
        memory.device_read(0x1ff8, &mut back).unwrap();
        assert_eq!(back, [0; 16]);
        assert_eq!(memory.faults().unmapped, 2);
        assert_eq!(memory.faults().malformed, 3);
        assert_eq!(memory.faults().not_permitted, 1);
        assert_eq!(memory.recent_faults().len(), 6);
        memory.unmap(0x1000).unwrap();
        assert_eq!(reason(memory.device_write(0x1000, &data)), FaultReason::Unmapped);
        assert!(memory.unmap(0x1000).is_err());
    }

    #[test]
    fn mappings_do_not_overlap_and_free_ranges_have_guards() {
        let mut memory = HostMemory::new();
        memory.map_owned(0x1_0000_0000, 0x2000, Permission::ReadWrite).unwrap();
        assert!(memory.map_owned(0x1_0000_1fff, 1, Permission::ReadWrite).is_err());
        assert!(memory.map_owned(0xffff_f000, 0x1001, Permission::ReadWrite).is_err());
        assert!(memory.map_owned(5, 0, Permission::ReadWrite).is_err());
        let a = memory.free_range(0x1000, 0x1000).unwrap();
        assert!(a > 0x1_0000_2000);
        let b = memory.free_range(0x10, 0x20_0000).unwrap();
        assert_eq!(b % 0x20_0000, 0);
        assert!(b >= a + 0x1000 + GUARD);
    }

    #[test]
    #[allow(unsafe_code)]
    fn ranges_are_cut_out_of_mappings() {
        let mut bytes = vec![0u8; 0x4000];
        let mut memory = HostMemory::new();
        // SAFETY: `bytes` outlives the mapping and is not touched while it exists.
        unsafe { memory.map(0x1_0000, bytes.as_mut_ptr(), 0x4000, Permission::ReadWrite).unwrap() };
        assert_eq!(memory.unmap_range(0x1_1000, 0x1000).unwrap(), 0x1000);
        assert_eq!(memory.mappings(), 2);
        assert!(memory.device_write(0x1_1000, &[1]).is_err());
        memory.device_write(0x1_0fff, &[1]).unwrap();
        memory.device_write(0x1_2000, &[2]).unwrap();
        assert_eq!(memory.unmap_range(0, u64::MAX).unwrap(), 0x3000);
        assert_eq!(memory.mappings(), 0);
        assert_eq!((bytes[0xfff], bytes[0x1000], bytes[0x2000]), (1, 0, 2));
        memory.map_owned(0, 0x2000, Permission::ReadWrite).unwrap();
        assert!(memory.unmap_range(0, 0x1000).is_err());
        assert_eq!(memory.unmap_range(0, 0x2000).unwrap(), 0x2000);
    }

    #[test]
    #[allow(unsafe_code)]
    fn borrowed_memory() {
        let mut memory = HostMemory::new();
        let mut bytes = vec![0u8; 100];
        // SAFETY: `bytes` outlives the mapping and is not touched while it exists.
        unsafe { memory.map(0x5001, bytes.as_mut_ptr(), 100, Permission::ReadWrite).unwrap() };
        memory.device_write(0x5003, &[1, 2, 3]).unwrap();
        memory.unmap(0x5001).unwrap();
        assert_eq!(bytes[..6], [0, 0, 1, 2, 3, 0]);
    }
}

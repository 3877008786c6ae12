// SPDX-License-Identifier: Apache-2.0
//! Memory of this process that the device may reach, through the kernel's IOMMU API.
#![allow(unsafe_code)] // mapping memory for a device wants a promise

use crate::sysfs::{PciAddress, SetupError, Sysfs};
use nix::errno::Errno;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;
use toe_driver::{DmaRegion, Iova, TransportError};
use vfio_ioctls::{VfioDevice, VfioError, VfioOps};

/// An address space of the IOMMU, and what is in it.
pub(super) struct Container {
    ops: Arc<dyn VfioOps>,
    lent: BTreeMap<u64, DmaRegion>,
}

fn setup(error: VfioError, address: PciAddress) -> SetupError {
    match error {
        VfioError::GroupViable => SetupError::Unsuitable {
            address,
            what: "its IOMMU group is not viable: another driver holds a device of the group (toe device info)".into(),
        },
        VfioError::ContainerSetIOMMU(error) => SetupError::Vfio(format!(
            "no IOMMU of type1 ({error}): modprobe vfio_iommu_type1; without interrupt remapping \
             (intremap) the kernel refuses unless allow_unsafe_interrupts=1 is set"
        )),
        other => SetupError::Vfio(other.to_string()),
    }
}

/// Why the kernel does not map memory, and what to do.
fn why_not_mapped(error: &VfioError) -> String {
    let errno = match error {
        VfioError::IommuDmaMap(e) => e.errno(),
        #[cfg(feature = "cdev")]
        VfioError::IommufdIoctlError(iommufd_ioctls::IommufdError::IommuIoasMap(e)) => e.errno(),
        _ => 0,
    };
    match Errno::from_raw(errno) {
        Errno::ENOMEM => format!(
            "the kernel will not lock that much: ulimit -l unlimited (LimitMEMLOCK= of a systemd unit), or free memory ({error})"
        ),
        Errno::ENOSPC => format!(
            "too many mappings: raise the option dma_entry_limit of vfio_iommu_type1, or use huge pages ({error})"
        ),
        _ => error.to_string(),
    }
}

impl Container {
    /// Opens the device in an address space of its own: with iommufd where [`Sysfs::way`] says so, else with a container
    /// of type1.
    pub(super) fn open(
        tree: &Sysfs,
        address: PciAddress,
    ) -> Result<(Self, VfioDevice), SetupError> {
        let path = tree.device_path(address);
        #[cfg(feature = "cdev")]
        if let crate::sysfs::Way::Cdev(_) = tree.way(address) {
            let iommufd = iommufd_ioctls::IommuFd::new()
                .map_err(|e| SetupError::Vfio(format!("/dev/iommu: {e}")))?;
            let ops = vfio_ioctls::VfioIommufd::new(Arc::new(iommufd), None, None)
                .map_err(|e| setup(e, address))?;
            return Self::with(Arc::new(ops), &path, address);
        }
        let ops = vfio_ioctls::VfioContainer::new(None).map_err(|e| setup(e, address))?;
        Self::with(Arc::new(ops), &path, address)
    }

    fn with(
        ops: Arc<dyn VfioOps>,
        path: &Path,
        address: PciAddress,
    ) -> Result<(Self, VfioDevice), SetupError> {
        let device =
            VfioDevice::new(path, Arc::clone(&ops), true).map_err(|e| setup(e, address))?;
        Ok((Self { ops, lent: BTreeMap::new() }, device))
    }

    /// Lets the device reach a region; the error names the fix where one is known.
    pub(super) fn lend(&mut self, region: &DmaRegion) -> Result<(), String> {
        let (at, len) = (region.iova.0, region.memory.len());
        // SAFETY: the memory is a mapping of `len` bytes that a clone in `self.lent` keeps alive until it was taken back
        // from the device, and everybody reaches it through `DmaMemory`, which makes no references.
        let mapped = unsafe { self.ops.vfio_dma_map(at, len, region.memory.as_ptr()) };
        mapped.map_err(|error| why_not_mapped(&error))?;
        self.lent.insert(at, region.clone());
        Ok(())
    }

    /// Takes a region away from the device. `false` when it does not have it.
    pub(super) fn take_back(&mut self, at: Iova) -> Result<bool, TransportError> {
        let Some(region) = self.lent.get(&at.0) else { return Ok(false) };
        self.ops
            .vfio_dma_unmap(at.0, region.memory.len())
            .map_err(|e| TransportError::Io(io::Error::other(e.to_string())))?;
        self.lent.remove(&at.0);
        Ok(true)
    }
}

impl Drop for Container {
    fn drop(&mut self) {
        for (at, region) in std::mem::take(&mut self.lent) {
            if let Err(error) = self.ops.vfio_dma_unmap(at, region.memory.len()) {
                // Better lost for this process than reachable for the device after it was given back.
                log::error!("memory at {at:#x} stays mapped: {error}");
                std::mem::forget(region);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vmm_sys_util::errno::Error;

    #[test]
    fn memory_that_cannot_be_mapped_names_the_fix() {
        let says = |error: VfioError, fix: &str| {
            let text = why_not_mapped(&error);
            assert!(text.contains(fix), "{text}");
        };
        let errno = |e: Errno| Error::new(e as i32);
        says(VfioError::IommuDmaMap(errno(Errno::ENOMEM)), "ulimit -l");
        says(VfioError::IommuDmaMap(errno(Errno::ENOSPC)), "dma_entry_limit");
        says(VfioError::IommuDmaMap(errno(Errno::EINVAL)), "22");
        #[cfg(feature = "cdev")]
        says(
            VfioError::IommufdIoctlError(iommufd_ioctls::IommufdError::IommuIoasMap(errno(
                Errno::ENOMEM,
            ))),
            "ulimit -l",
        );
    }

    #[test]
    fn a_container_that_cannot_be_opened_names_the_fix() {
        let address = "0000:01:00.0".parse().unwrap();
        let type1 = VfioError::ContainerSetIOMMU(Error::new(Errno::EPERM as i32));
        assert!(setup(type1, address).to_string().contains("modprobe vfio_iommu_type1"));
        let group = setup(VfioError::GroupViable, address).to_string();
        assert!(group.contains("toe device info"), "{group}");
    }
}

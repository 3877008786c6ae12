// SPDX-License-Identifier: Apache-2.0
//! Transports of the driver that leave the process, and what has to be set up for them.
//!
//! - [`VfioTransport`]: a card behind the kernel's vfio-pci (`vfio-ioctls`): BAR0 mapped, MSI-X by eventfd, DMA memory
//!   from huge pages where there are some, addresses with guard gaps, function-level reset.
//! - [`VfioUserTransport`]: a simulator in another process, by the vfio-user protocol.
//! - [`sysfs`]: finds devices, binds them to vfio-pci, and says what is missing.
//!
//! The driver itself (`toe-driver`) knows neither; both are a [`Transport`](toe_driver::Transport) as the in-process
//! one is. When the other side wants the device back (its driver is being unbound, the simulator has left), waiting
//! gives [`TransportError::Gone`](toe_driver::TransportError::Gone), and so does every later call.
//!
//! Tests: beside each module, on file trees that look like sysfs; the transports by `tests/system` of a simulator in
//! another process and by a virtual machine (`make test-vm`).

#![deny(unsafe_code)] // but for two modules of `vfio`, which say why

#[cfg(any(feature = "vfio", feature = "vfio-user"))]
mod config;
mod iova;
mod irq;
mod memory;
mod open;
pub mod sysfs;
#[cfg(feature = "vfio")]
mod vfio;
#[cfg(feature = "vfio-user")]
mod vfio_user;

pub use iova::IovaSpace;
pub use open::{DeviceName, DeviceNameError, OpenDeviceError, open};
#[cfg(feature = "vfio")]
pub use vfio::VfioTransport;
#[cfg(feature = "vfio-user")]
pub use vfio_user::{ClientError, VfioUserTransport};

// SPDX-License-Identifier: Apache-2.0
//! The simulated machine: memory, IOMMU, PCIe, wire and virtual time.

#![forbid(unsafe_code)]

// SPDX-License-Identifier: Apache-2.0
//! A stub design with the engine's ports: copies memory, echoes frames, has a timer. Its tests are those of the engine's bus
//! functional models.

/// 64-bit datapath.
pub mod narrow {
    verilated::include_model!("stub_64");
    toe_engine::impl_top!(Ports, 8);
}

/// 512-bit datapath.
pub mod wide {
    verilated::include_model!("stub_512");
    toe_engine::impl_top!(Ports, 64);
}

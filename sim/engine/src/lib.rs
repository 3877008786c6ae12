// SPDX-License-Identifier: Apache-2.0
//! The Verilated engine (`toe_top`) as a [`Device`](toe_device::Device).
//!
//! [`Engine`] drives the ports of a model: AXI4-Lite master on BAR0, AXI4 slave in front of host memory, AXI4-Stream on the
//! MAC's side, interrupts, time. It works for any model with those ports ([`Top`], implemented by [`impl_top!`]), so that
//! it is tested with a stub (`sim/engine/stub`) as well as used with the engine in its configurations `small` (64-bit
//! datapath), `mid` (256-bit) and `large` (512-bit), which one program may hold side by side.
//!
//! Each clock is two evaluations: inputs change while the clock is low, combinational paths settle, handshakes are sampled,
//! then the clock rises. Ports are loads and stores into the model; nothing is allocated for a clock.
//!
//! What it checks besides the design's own assertions: AXI rules that a host bridge relies on (bursts inside 4 KiB, full
//! beats, strobes only where data is, B taken), and frames whose `tkeep` has holes. A breach is a failure of the device.
#![deny(unsafe_code)]

mod axi;
mod engine;
mod top;

pub use engine::{Counts, Engine, EngineConfig, Stalls};
pub use top::Top;
#[doc(hidden)]
pub use top::{AxiAddress, ReadBeat, RxBeat, TxBeat, WriteBeat};

/// Configuration `small`: 64-bit datapath, 64 sessions.
#[cfg(toe_small)]
pub mod small {
    mod model {
        #![allow(unsafe_code)] // generated: binds pointers to ports
        verilated::include_model!("toe_small");
    }
    pub use model::{Model, Ports};
    crate::impl_top!(Ports, 8);

    /// The engine in this configuration.
    pub type Engine = crate::Engine<Ports>;

    /// Makes one. `seed` decides uninitialised state and stalls.
    #[must_use]
    pub fn engine(seed: u64) -> Engine {
        crate::Engine::new(
            Model::new(crate::model_seed(seed)),
            crate::EngineConfig::new("small", 5, seed),
        )
    }
}

/// Configuration `mid`: 256-bit datapath, 4,096 sessions.
#[cfg(toe_mid)]
pub mod mid {
    mod model {
        #![allow(unsafe_code)] // generated: binds pointers to ports
        verilated::include_model!("toe_mid");
    }
    pub use model::{Model, Ports};
    crate::impl_top!(Ports, 32);

    /// The engine in this configuration.
    pub type Engine = crate::Engine<Ports>;

    /// Makes one. `seed` decides uninitialised state and stalls.
    #[must_use]
    pub fn engine(seed: u64) -> Engine {
        crate::Engine::new(
            Model::new(crate::model_seed(seed)),
            crate::EngineConfig::new("mid", 9, seed),
        )
    }
}

/// Configuration `large`: 512-bit datapath, 65,536 sessions.
#[cfg(toe_large)]
pub mod large {
    mod model {
        #![allow(unsafe_code)] // generated: binds pointers to ports
        verilated::include_model!("toe_large");
    }
    pub use model::{Model, Ports};
    crate::impl_top!(Ports, 64);

    /// The engine in this configuration.
    pub type Engine = crate::Engine<Ports>;

    /// Makes one. `seed` decides uninitialised state and stalls.
    #[must_use]
    pub fn engine(seed: u64) -> Engine {
        crate::Engine::new(
            Model::new(crate::model_seed(seed)),
            crate::EngineConfig::new("large", 17, seed),
        )
    }
}

/// A model's seed from a world's.
#[must_use]
pub fn model_seed(seed: u64) -> u32 {
    let [a, b, c, d, e, f, g, h] = seed.to_le_bytes();
    u32::from_le_bytes([a ^ e, b ^ f, c ^ g, d ^ h]).wrapping_add(1)
}

// SPDX-License-Identifier: Apache-2.0
//! Our binding of Verilator 5 models.
//!
//! Two halves. The **build-script half** ([`build`]) finds Verilator, verilates, compiles, caches,
//! and writes one Rust module a model. The **run-time half** is [`Model`]: ports are typed pointers into the model
//! ([`Input`], [`Output`]), so that reading or driving a port is a load or a store; [`Model::eval`] is the only foreign
//! call in a simulation loop.
//!
//! ```text
//! build.rs:
//!     let mut build = verilated::build::Build::new();
//!     build.model("toy", "toy_top").source("rtl/toy_top.sv");
//!     build.run();
//! lib.rs:
//!     mod toy { verilated::include_model!("toy"); }
//!     let mut toy = toy::Model::new(1);
//!     toy.rst_ni.set(0);
//!     toy.clk_i.set(1);
//!     toy.eval(0)?;
//! ```
//!
//! A failing assertion, `$fatal`, `$stop` or a combinational loop that does not settle is an [`EvalError`] with the text
//! that the model printed; it never ends the process. What a model prints otherwise is kept ([`Model::take_log`]).
//!
//! Uninitialised state starts with random values drawn from the seed, so that logic which reads before it writes
//! behaves differently for different seeds instead of looking right.
//!
//! What it is not: no DPI, no delays (`--no-timing`), no unpacked array ports, no model spread over threads.
//!
//! Tests: `sim/verilated/toy` (a crate with a model built exactly as users build theirs) and the unit tests beside the
//! build half.

pub mod build;
#[cfg(feature = "trace")]
mod fst;
mod model;

pub use model::{EvalError, Input, Model, Output, PortSet, Table, TraceError, Value};

/// Includes the module that the build script wrote for a model: `Ports` and `Model`.
#[macro_export]
macro_rules! include_model {
    ($name:literal) => {
        include!(concat!(env!("OUT_DIR"), "/verilated_", $name, ".rs"));
    };
}

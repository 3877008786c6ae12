// SPDX-License-Identifier: Apache-2.0
//! Two widths of one toy: two models in one program.

fn main() {
    let mut build = verilated::build::Build::new();
    build.trace(std::env::var_os("CARGO_FEATURE_TRACE").is_some());
    for (name, width) in [("toy", 64), ("toy_wide", 200)] {
        build.model(name, "toy").parameter("Width", width).source("sim/verilated/toy/rtl/toy.sv");
    }
    build.run();
}

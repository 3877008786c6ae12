// SPDX-License-Identifier: Apache-2.0
//! The stub in both datapath widths.

fn main() {
    let mut build = verilated::build::Build::new();
    for width in [64, 512] {
        build
            .model(&format!("stub_{width}"), "toe_stub")
            .parameter("DataW", width)
            .source("sim/engine/stub/rtl/toe_stub.sv");
    }
    build.run();
}

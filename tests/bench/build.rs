// SPDX-License-Identifier: Apache-2.0
//! The TIME_WAIT table as a model of its own, in two sizes: to count its cycles one by one.

fn main() {
    let mut build = verilated::build::Build::new();
    for (name, variant) in [("tw_small", 0), ("tw_large", 2)] {
        build
            .model(name, "tw_rig")
            .parameter("Variant", variant)
            .source("rtl/lint/toe.vlt")
            .file_list("rtl/files.f")
            .source("tests/bench/rtl/tw_rig.sv");
    }
    build.run();
}

// SPDX-License-Identifier: Apache-2.0
//! Builds the chosen configurations of the engine.

use std::env;
use std::path::Path;

fn main() {
    println!("cargo:rustc-check-cfg=cfg(toe_small, toe_mid, toe_large)");
    let feature = |name: &str| env::var_os(format!("CARGO_FEATURE_{name}")).is_some();
    let top = Path::new("../../rtl/top/toe_top.sv");
    println!("cargo:rerun-if-changed=../../rtl/top");
    if !top.is_file() {
        println!("cargo:warning=rtl/top/toe_top.sv is missing: toe-engine has no models");
        return;
    }
    let mut build = verilated::build::Build::new();
    build.trace(feature("TRACE"));
    let mut any = false;
    for (name, feature_name, variant) in
        [("toe_small", "SMALL", 0), ("toe_mid", "MID", 1), ("toe_large", "LARGE", 2)]
    {
        if feature(feature_name) {
            any = true;
            println!("cargo:rustc-cfg={name}");
            build
                .model(name, "toe_sim_top")
                .parameter("Variant", variant)
                .source("rtl/lint/toe.vlt")
                .file_list("rtl/files.f")
                .source("sim/engine/rtl/toe_sim_top.sv");
        }
    }
    if any {
        build.run();
    }
}

// SPDX-License-Identifier: Apache-2.0
//! Hands the linker the memory map of the core.

fn main() {
    let dir = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    println!("cargo:rerun-if-changed=link.x");
    println!("cargo:rustc-link-arg-bins=-T{dir}/link.x");
}

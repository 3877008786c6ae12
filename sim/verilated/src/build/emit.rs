// SPDX-License-Identifier: Apache-2.0
//! Generated text: the C face of a model and its Rust module.

use super::header::Port;
use std::fmt::Write;

pub(super) fn prefix(name: &str) -> String {
    format!("V{name}")
}

pub(super) fn cpp_face(name: &str, ports: &[Port]) -> String {
    let list: Vec<_> = ports
        .iter()
        .map(|p| {
            // A wide port is a `VlWide`, whose only member is the array of words.
            format!("const_cast<void*>(static_cast<const volatile void*>(&top->{}))", p.member)
        })
        .collect();
    include_str!("../../cpp/model.cpp")
        .replace("@PREFIX@", &prefix(name))
        .replace("@NAME@", name)
        .replace("@PORTS@", &list.join(",\n        "))
}

pub(super) fn rust_module(name: &str, ports: &[Port]) -> String {
    let mut fields = String::new();
    let mut binds = String::new();
    for (i, port) in ports.iter().enumerate() {
        let kind = if port.input { "Input" } else { "Output" };
        let _ = writeln!(
            fields,
            "    /// {} bit{}.\n    pub {}: ::verilated::{kind}<{}, {}>,",
            port.bits,
            if port.bits == 1 { "" } else { "s" },
            port.name,
            port.rust_type(),
            port.bits,
        );
        let _ = writeln!(
            binds,
            "                {}: ::verilated::{kind}::bind(ports[{i}]),",
            port.name
        );
    }
    let count = ports.len();
    format!(
        "// Written by the build script from the model's header.\n\
/// Ports of the model.
#[derive(Debug)]
#[allow(non_snake_case)]
pub struct Ports {{
{fields}}}

/// The model.
pub type Model = ::verilated::Model<Ports>;

#[allow(unsafe_code)]
mod ffi {{
    use ::core::ffi::c_void;

    unsafe extern \"C\" {{
        fn vlt_{name}_open(
            seed: u32,
            ports: *mut *mut c_void,
            ports_len: u32,
            table: *mut ::verilated::Table,
        ) -> i32;
    }}

    // SAFETY: the list of ports comes from the same header as the compiled model.
    unsafe impl ::verilated::PortSet for super::Ports {{
        const COUNT: usize = {count};

        unsafe fn open(
            seed: u32,
            ports: *mut *mut c_void,
            ports_len: u32,
            table: *mut ::verilated::Table,
        ) -> i32 {{
            // SAFETY: the caller's promise is the function's.
            unsafe {{ vlt_{name}_open(seed, ports, ports_len, table) }}
        }}

        unsafe fn bind(ports: &[*mut c_void]) -> Self {{
            // SAFETY: types and widths come from the same header as the pointers' order.
            unsafe {{
                Self {{
{binds}                }}
            }}
        }}
    }}
}}
"
    )
}

// SPDX-License-Identifier: Apache-2.0
//! The port list, from the header that Verilator writes.

use super::Error;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Port {
    /// Name in C++ (Verilator writes `__` as `___05F`).
    pub(super) member: String,
    /// Name in Rust.
    pub(super) name: String,
    pub(super) input: bool,
    pub(super) bits: u32,
}

impl Port {
    /// Words of a port wider than 64 bits.
    pub(super) fn words(&self) -> Option<u32> {
        (self.bits > 64).then(|| self.bits.div_ceil(32))
    }

    pub(super) fn rust_type(&self) -> String {
        match self.bits {
            0..=8 => "u8".into(),
            9..=16 => "u16".into(),
            17..=32 => "u32".into(),
            33..=64 => "u64".into(),
            _ => format!("[u32; {}]", self.words().unwrap_or(0)),
        }
    }
}

/// Reads lines such as `VL_IN8(&clk_i,0,0);` and `VL_OUTW(&q_o,199,0,7);`.
pub(super) fn ports(header: &str) -> Result<Vec<Port>, Error> {
    let mut ports = Vec::new();
    for line in header.lines() {
        let line = line.trim();
        let (input, rest) = if let Some(rest) = line.strip_prefix("VL_IN") {
            (true, rest)
        } else if let Some(rest) = line.strip_prefix("VL_OUT") {
            (false, rest)
        } else if line.starts_with("VL_INOUT") {
            return Err(Error(format!("bidirectional ports are not supported: {line}")));
        } else {
            continue;
        };
        let unsupported = || Error(format!("port is not a packed vector: {line}"));
        let arguments = rest.split_once('(').map(|(_, r)| r).ok_or_else(unsupported)?;
        let arguments = arguments.strip_suffix(");").ok_or_else(unsupported)?;
        let mut arguments = arguments.split(',');
        let member = arguments.next().and_then(|m| m.strip_prefix('&')).ok_or_else(unsupported)?;
        if !member.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            return Err(unsupported());
        }
        let mut number = || arguments.next().and_then(|n| n.parse::<u32>().ok());
        let (msb, lsb) = number().zip(number()).ok_or_else(unsupported)?;
        let bits = msb.checked_sub(lsb).ok_or_else(unsupported)? + 1;
        let name = member.replace("___05F", "__");
        if name.contains("__0") {
            return Err(Error(format!("port name cannot be used from Rust: {line}")));
        }
        ports.push(Port { member: member.to_owned(), name, input, bits });
    }
    if ports.is_empty() {
        return Err(Error("the top module has no ports".into()));
    }
    Ok(ports)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_and_names() {
        let header = "    VL_IN8(&clk_i,0,0);\n  VL_OUT8(&a___05Fb,4,0);\n VL_IN16(&h,15,0);\n VL_IN(&a_i,31,0);\n\
                      VL_OUT64(&b_o,63,0);\n    VL_OUTW(&q_o,199,0,7);\n VL_UNCOPYABLE(Vtoy);\n";
        let ports = ports(header).unwrap();
        let seen: Vec<_> =
            ports.iter().map(|p| (p.name.as_str(), p.input, p.rust_type())).collect();
        assert_eq!(
            seen,
            [
                ("clk_i", true, "u8".into()),
                ("a__b", false, "u8".into()),
                ("h", true, "u16".into()),
                ("a_i", true, "u32".into()),
                ("b_o", false, "u64".into()),
                ("q_o", false, "[u32; 7]".to_owned()),
            ]
        );
    }

    #[test]
    fn arrays_are_refused() {
        assert!(ports("VL_IN8((&x)[4],0,0);").unwrap_err().0.contains("packed"));
        assert!(ports("").is_err());
    }
}

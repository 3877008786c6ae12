# SPDX-License-Identifier: Apache-2.0
"""Writes abi/rust/src/generated/*.rs."""

import json
import subprocess

from model import camel

KEYWORDS = set(
    "as break const continue crate else enum extern false fn for if impl in let loop match mod move mut pub ref "
    "return self static struct super trait true type unsafe use where while async await dyn gen".split()
)
HEAD = """// SPDX-License-Identifier: Apache-2.0
// Generated from abi/{source} by abi/exporter (`make gen`). Do not edit.
//! {doc}

"""


def ident(name):
    return name + "_" if name in KEYWORDS else name


def doc(text, fallback, indent="    "):
    text = text or fallback
    text = text[:1].upper() + text[1:]
    if not text.endswith((".", "!", "?")):
        text += "."
    text = text.replace("<", "\\<").replace("[", "\\[").replace("]", "\\]")
    return f"{indent}/// {text}\n"


def int_type(width):
    for n in (8, 16, 32, 64):
        if width <= n:
            return f"u{n}"
    raise ValueError(width)


def elem_type(f):
    if f.enum:
        return camel(f.enum.name)
    return "bool" if f.width == 1 else int_type(f.width)


def narrow(f, value):
    """Rust expression: u64 `value`, known to fit, as the field's integer or bool."""
    if f.width == 1 and not f.enum:
        return f"{value} != 0"
    n = int_type(f.width)
    return value if n == "u64" else f"low{n[1:]}({value})"


def widen(f, value):
    """Rust expression: the field's value as u64, usable in const fn where it is no enumeration."""
    if f.enum:
        return f"{value}.to_bits() as u64"
    return value if int_type(f.width) == "u64" and f.width > 1 else f"{value} as u64"


def at(f):
    return f"{f.lsb} + i * {f.stride}" if f.count is not None else f"{f.lsb}"


def byte_at(f):
    if f.count is None:
        return f"{f.lsb // 8}"
    return f"{f.lsb // 8} + low16(u64::from(i) * {f.stride // 8})"


def emit_enum(e):
    name = camel(e.name)
    rep = int_type(e.width)
    values = e.legal()
    out = f"/// `{e.rdl_name}`\n" if e.rdl_name != e.name else f"/// `{e.name}`\n"
    out += "#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n"
    out += f"#[repr({rep})]\npub enum {name} {{\n"
    for n, v, d in e.members:
        out += doc(d, f"`{n}`") + f"    {camel(n)} = {v},\n"
    out += "}\n\n"
    out += f"impl {name} {{\n"
    out += "    /// All values, in the order of their declaration.\n"
    out += f"    pub const ALL: [Self; {len(values)}] = [\n"
    out += "".join(f"        Self::{camel(n)},\n" for n, _, _ in e.members) + "    ];\n\n"
    out += "    /// The value as it lies in a field.\n"
    out += "    pub const fn to_bits(self) -> u32 {\n        self as u32\n    }\n\n"
    out += "    /// The meaning of a field's value, if it has one.\n"
    out += "    pub const fn from_bits(bits: u32) -> Option<Self> {\n        match bits {\n"
    out += "".join(f"            {v} => Some(Self::{camel(n)}),\n" for n, v, _ in e.members)
    out += "            _ => None,\n        }\n    }\n\n"
    out += "    /// Name in lower case.\n"
    out += "    pub const fn name(self) -> &'static str {\n        match self {\n"
    out += "".join(f'            Self::{camel(n)} => "{n.lower()}",\n' for n, _, _ in e.members)
    out += "        }\n    }\n}\n\n"
    out += f"impl TryFrom<u32> for {name} {{\n    type Error = Invalid;\n"
    out += "    fn try_from(value: u32) -> Result<Self, Invalid> {\n"
    out += f'        Self::from_bits(value).ok_or(Invalid {{ field: "{e.name}", offset: 0, value }})\n'
    out += "    }\n}\n\n"
    out += f"impl core::fmt::Display for {name} {{\n"
    out += "    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {\n"
    out += "        f.write_str(self.name())\n    }\n}\n\n"
    return out


def accessors(fields, words):
    """Getters and setters; `words` is the expression for the [u32; N] inside self."""
    out = ""
    for f in fields:
        name, ty = ident(f.name), elem_type(f)
        text = doc(f.desc, f"`{f.name}`")
        arg = ", i: u32" if f.count is not None else ""
        get = f"get(&{words}, {at(f)}, {f.width})"
        if f.count is not None and not f.enum:
            out += text
            out += f"    pub const fn {name}(&self, i: u32) -> Option<{ty}> {{\n"
            out += f"        if i < {f.count} {{ Some({narrow(f, get)}) }} else {{ None }}\n    }}\n"
        elif f.enum:
            if f.count is not None:
                raise ValueError(f"{f.name}: arrays of enumerations are not supported")
            out += text
            out += f"    pub const fn {name}(&self) -> Result<{ty}, Invalid> {{\n"
            out += f"        let value = low32({get});\n"
            out += f"        match {ty}::from_bits(value) {{\n"
            out += "            Some(known) => Ok(known),\n"
            out += f'            None => Err(Invalid {{ field: "{f.name}", '
            out += f"offset: {byte_at(f)}, value }}),\n        }}\n    }}\n"
        else:
            out += text
            out += f"    pub const fn {name}(&self) -> {ty} {{\n        {narrow(f, get)}\n    }}\n"
        note = "" if f.width in (1, 8, 16, 32, 64) else " Bits above the field are dropped."
        out += f"    /// Sets `{f.name}`.{note}"
        out += " An index out of range changes nothing.\n" if f.count is not None else "\n"
        put = f"put(&mut {words}, {at(f)}, {f.width}, {widen(f, 'value')});"
        if f.count is not None:
            put = f"if i < {f.count} {{ {put} }}"
        out += f"    pub const fn set_{f.name}(&mut self{arg}, value: {ty}) {{\n        {put}\n    }}\n"
        out += f"    /// With `{f.name}` set.\n"
        out += "    #[must_use]\n"
        index = "i, " if f.count is not None else ""
        out += f"    pub const fn with_{f.name}(mut self{arg}, value: {ty}) -> Self {{\n"
        out += f"        self.set_{f.name}({index}value);\n        self\n    }}\n\n"
    return out


def field_const(f):
    count = f.count or 1
    return (
        f'Field {{ name: "{f.name}", lsb: {f.lsb}, width: {f.width}, '
        f"count: {count}, stride: {f.stride} }}"
    )


def emit_layout(s):
    name, raw, n = camel(s.name), camel(s.name) + "Raw", s.words
    desc = doc(s.desc, f"`{s.name}`", "").rstrip("\n")
    out = f"{desc}\n///\n/// The {n * 4} bytes as they lie in memory: any bit pattern, reserved bits included.\n"
    out += "#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\n#[repr(transparent)]\n"
    out += f"pub struct {raw}(pub [u32; {n}]);\n\n"
    out += f"impl {raw} {{\n"
    out += f"    /// Words of the structure.\n    pub const WORDS: usize = {n};\n"
    out += f"    /// Bytes of the structure.\n    pub const BYTES: usize = {n * 4};\n"
    out += f"    /// All bits zero.\n    pub const ZERO: Self = Self([0; {n}]);\n"
    out += "    /// Every field, in the order of its place.\n"
    out += f"    pub const FIELDS: [Field; {len(s.fields)}] = [\n"
    out += "".join(f"        {s.name}::{f.name.upper()},\n" for f in s.fields) + "    ];\n\n"
    out += "    /// The structure in these bytes.\n"
    out += f"    pub const fn from_le_bytes(bytes: &[u8; {n * 4}]) -> Self {{\n"
    out += f"        let mut words = [0; {n}];\n        let mut i = 0;\n"
    out += f"        while i < {n} {{\n"
    out += "            words[i] = u32::from_le_bytes([\n"
    out += "                bytes[4 * i], bytes[4 * i + 1], bytes[4 * i + 2], bytes[4 * i + 3],\n"
    out += "            ]);\n            i += 1;\n        }\n        Self(words)\n    }\n\n"
    out += "    /// The bytes as they lie in memory.\n"
    out += f"    pub const fn to_le_bytes(&self) -> [u8; {n * 4}] {{\n"
    out += f"        let mut bytes = [0; {n * 4}];\n        let mut i = 0;\n"
    out += f"        while i < {n} {{\n            let word = self.0[i].to_le_bytes();\n"
    out += "            bytes[4 * i] = word[0];\n            bytes[4 * i + 1] = word[1];\n"
    out += "            bytes[4 * i + 2] = word[2];\n            bytes[4 * i + 3] = word[3];\n"
    out += "            i += 1;\n        }\n        bytes\n    }\n\n"
    out += "    /// Every field as its plain value; fails on the first enumeration without a meaning.\n"
    out += f"    pub fn unpack(&self) -> Result<{name}, Invalid> {{\n        Ok({name} {{\n"
    for f in s.fields:
        fn = ident(f.name)
        if f.count is not None:
            elems = ", ".join(
                narrow(f, f"get(&self.0, {f.lsb + i * f.stride}, {f.width})")
                for i in range(f.count)
            )
            out += f"            {fn}: [{elems}],\n"
        elif f.enum:
            out += f"            {fn}: self.{fn}()?,\n"
        else:
            out += f"            {fn}: self.{fn}(),\n"
    out += "        })\n    }\n\n"
    out += accessors(s.fields, "self.0")
    out += "}\n\n"
    out += f"impl Default for {raw} {{\n    fn default() -> Self {{\n        Self::ZERO\n    }}\n}}\n\n"

    out += f"{desc}\n///\n/// Every field as a plain value; [`{raw}`] is how it lies in memory.\n"
    out += "#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\n"
    out += f"pub struct {name} {{\n"
    for f in s.fields:
        ty = elem_type(f)
        ty = f"[{ty}; {f.count}]" if f.count is not None else ty
        width = "" if f.width in (1, 8, 16, 32, 64) or f.enum else f" ({f.width} bits)"
        out += doc((f.desc or f"`{f.name}`") + width, "") + f"    pub {ident(f.name)}: {ty},\n"
    out += "}\n\n"
    names = "".join(f"            {ident(f.name)},\n" for f in s.fields)
    out += f"impl {name} {{\n"
    out += "    /// As it lies in memory, reserved bits zero. Bits above a field's width are dropped:\n"
    out += "    /// values that may not fit go through [`Self::checked_pack`].\n"
    out += f"    pub const fn pack(&self) -> {raw} {{\n        let {name} {{\n{names}        }} = *self;\n"
    out += f"        let mut words = [0; {n}];\n"
    for f in s.fields:
        fn = ident(f.name)
        for i in range(f.count or 1):
            value = f"{fn}[{i}]" if f.count is not None else fn
            lsb = f.lsb + i * f.stride
            out += f"        put(&mut words, {lsb}, {f.width}, {widen(f, value)});\n"
    out += f"        {raw}(words)\n    }}\n\n"
    out += "    /// As [`Self::pack`], but fails on the first value that does not fit its field.\n"
    out += f"    pub const fn checked_pack(&self) -> Result<{raw}, OutOfRange> {{\n"
    for f in s.fields:
        if f.enum or f.width in (1, 8, 16, 32, 64):
            continue
        fn = ident(f.name)
        for i in range(f.count or 1):
            value = f"self.{fn}[{i}]" if f.count is not None else f"self.{fn}"
            out += f"        if {widen(f, value)} > {hex((1 << f.width) - 1)} {{\n"
            out += f'            return Err(OutOfRange {{ field: "{f.name}", '
            out += f"value: {widen(f, value)}, width: {f.width} }});\n        }}\n"
    out += "        Ok(self.pack())\n    }\n\n"
    out += "    /// Calls `see` with name, element and value of every field: for dumps and comparisons.\n"
    out += "    pub fn visit(&self, see: &mut dyn FnMut(&'static str, u32, u64)) {\n"
    for f in s.fields:
        fn = ident(f.name)
        for i in range(f.count or 1):
            value = f"self.{fn}[{i}]" if f.count is not None else f"self.{fn}"
            if f.enum:
                value = f"u64::from({value}.to_bits())"
            elif int_type(f.width) != "u64" or f.width == 1:
                value = f"u64::from({value})"
            out += f'        see("{f.name}", {i}, {value});\n'
    out += "    }\n}\n\n"
    out += f"impl From<{name}> for {raw} {{\n    fn from(plain: {name}) -> Self {{\n"
    out += "        plain.pack()\n    }\n}\n\n"
    out += f"impl TryFrom<{raw}> for {name} {{\n    type Error = Invalid;\n"
    out += f"    fn try_from(raw: {raw}) -> Result<Self, Invalid> {{\n        raw.unpack()\n    }}\n}}\n\n"
    out += f"impl Default for {name} {{\n"
    out += "    /// All zero; an enumeration without zero has its lowest value.\n"
    out += "    fn default() -> Self {\n        Self {\n"
    for f in s.fields:
        value = "0"
        if f.enum:
            low = min(f.enum.members, key=lambda m: m[1])
            value = f"{camel(f.enum.name)}::{camel(low[0])}"
        elif f.width == 1:
            value = "false"
        value = f"[{value}; {f.count}]" if f.count is not None else value
        out += f"            {ident(f.name)}: {value},\n"
    out += "        }\n    }\n}\n\n"
    out += f"const _: () = assert!(size_of::<{raw}>() == {n * 4});\n\n"
    out += f"/// Where the fields of [`{raw}`] lie.\npub mod {s.name} {{\n    use crate::support::Field;\n"
    for f in s.fields:
        out += doc(f.desc, f"`{f.name}`") + f"    pub const {f.name.upper()}: Field = {field_const(f)};\n"
    out += "}\n\n"
    return out


def emit_map(m):
    out = "use crate::enums::*;\nuse crate::support::*;\n\n" if any(
        f.enum for r in m.registers for f in r.fields
    ) else "use crate::support::*;\n\n"
    out += f"/// Bytes that the map covers.\npub const SIZE: u32 = {m.size:#x};\n\n"
    for x in m.memories:
        out += doc(x.desc, f"`{x.name}`", "") + f"pub const {x.name.upper()}_BASE: u32 = {x.offset:#x};\n"
        out += f"/// Bytes of `{x.name}`.\npub const {x.name.upper()}_SIZE: u32 = {x.size:#x};\n\n"
    for r in m.registers:
        value = "u32" if r.plain else camel(r.name)
        text = r.desc or (r.fields[0].desc if r.plain else "")
        out += doc(text, f"`{r.name}`", "")
        if r.count is not None:
            out += (
                f"pub const {r.name.upper()}: RegArray<{value}> = "
                f"RegArray::new({r.offset:#x}, {r.stride:#x}, {r.count});\n"
            )
        else:
            out += f"pub const {r.name.upper()}: Reg<{value}> = Reg::new({r.offset:#x});\n"
    out += "\n/// Every register, in the order of its place.\n"
    out += f"pub const TABLE: [RegInfo; {len(m.registers)}] = [\n"
    for r in m.registers:
        access = {"r": "ReadOnly", "rw": "ReadWrite", "w": "WriteOnly"}[
            "".join(a for a in "rw" if any(a in f.sw for f in r.fields)) or "r"
        ]
        pulse = sum(
            ((1 << f.width) - 1) << f.lsb for f in r.fields if "singlepulse" in f.write_effect
        )
        out += (
            f'    RegInfo {{ name: "{r.name}", offset: {r.offset:#x}, count: {r.count or 1}, '
            f"stride: {r.stride or 4:#x}, reset: {r.reset:#x}, writable: {r.mask('w'):#x}, "
            f"pulse: {pulse:#x}, access: Access::{access}, doc: {json.dumps(r.desc or '', ensure_ascii=False)} }},\n"
        )
    out += "];\n\n"
    out += "/// The register, and which element of it, at `offset`.\n"
    out += "pub fn find(offset: u32) -> Option<(&'static RegInfo, u32)> {\n"
    out += "    static ROWS: &[RegInfo] = &TABLE;\n    crate::support::find(ROWS, offset)\n}\n\n"
    for r in m.registers:
        if r.plain:
            continue
        name = camel(r.name)
        out += doc(r.desc, f"Value of register `{r.name}`", "")
        out += "#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\n#[repr(transparent)]\n"
        out += f"pub struct {name}(pub u32);\n\n"
        out += f"impl Default for {name} {{\n    fn default() -> Self {{\n        Self::RESET\n    }}\n}}\n\n"
        out += f"impl {name} {{\n    /// Value after reset.\n    pub const RESET: Self = Self({r.reset:#x});\n\n"
        out += accessors(r.fields, "[self.0]").replace("&mut [self.0]", "&mut words")
        out += "}\n\n"
        out += f"impl From<u32> for {name} {{\n    fn from(bits: u32) -> Self {{\n        Self(bits)\n    }}\n}}\n"
        out += f"impl From<{name}> for u32 {{\n    fn from(value: {name}) -> Self {{\n        value.0\n    }}\n}}\n\n"
    return out


def fix_register_setters(text):
    """A register's value is one word: its setters work on a copy."""
    out = []
    for line in text.splitlines():
        body = line.strip()
        if body.startswith("put(&mut words,") :
            out.append("        let mut words = [self.0];")
            out.append(line)
            out.append("        self.0 = words[0];")
        else:
            out.append(line)
    return "\n".join(out) + "\n"


def emit(abi, root):
    folder = root / "abi/rust/src/generated"
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    enums = HEAD.format(source="layouts.rdl and regs.rdl", doc="Enumerations of the contract.")
    enums += "use crate::support::Invalid;\n\n"
    enums += "".join(emit_enum(e) for e in sorted(abi.enums.values(), key=lambda e: e.name))
    files["enums"] = enums
    layouts = HEAD.format(source="layouts.rdl", doc="Structures in host memory.")
    layouts += "use crate::enums::*;\nuse crate::support::*;\n\n"
    files["layouts"] = layouts + "".join(emit_layout(s) for s in abi.layouts)
    mods = ["enums", "layouts"]
    for m in abi.maps:
        stem = m.source.removesuffix(".rdl")
        text = HEAD.format(source=m.source, doc=m.desc or f"Register map `{m.name}`.")
        files[stem] = fix_register_setters(text + emit_map(m))
        mods.append(stem)
    head = HEAD.format(source="*.rdl", doc="What `make gen` writes.")
    head += "".join(f"pub mod {n};\n" for n in mods)
    head += "\n/// First 64 bits of the SHA-256 over every register, structure and enumeration.\n"
    h = f"{abi.hash64():016x}"
    head += f"pub const ABI_HASH: u64 = 0x{h[:4]}_{h[4:8]}_{h[8:12]}_{h[12:]};\n"
    files["mod"] = head
    paths = []
    for stem, text in files.items():
        path = folder / f"{stem}.rs"
        path.write_text(text)
        paths.append(str(path))
    config = str(root / "rustfmt.toml")
    subprocess.run(
        ["rustfmt", "--edition", "2024", "--config-path", config, str(folder / "mod.rs")], check=True
    )
    return paths

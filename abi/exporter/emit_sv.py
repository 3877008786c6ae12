# SPDX-License-Identifier: Apache-2.0
"""Writes rtl/gen: the package of structures, the packages of addresses, the register block."""

import re
import tempfile
from pathlib import Path

from peakrdl_regblock import RegblockExporter
from peakrdl_regblock.cpuif.axi4lite import AXI4Lite_Cpuif_flattened

from model import camel

HEAD = """// SPDX-License-Identifier: Apache-2.0
// Generated from abi/{source} by abi/exporter (`make gen`). Do not edit.
// {doc}
"""
KEYWORDS = set(
    "alias always and assert assign assume automatic before begin bind bins binsof bit break buf byte case cell "
    "chandle class clocking config const constraint context continue cover cross deassign default defparam design "
    "disable dist do edge else end enum event expect export extends extern final first_match for force foreach "
    "forever fork forkjoin function generate genvar global if iff ifnone import incdir include initial inout input "
    "inside instance int integer interface intersect join large let liblist library local localparam logic longint "
    "loop_ macromodule matches medium modport module nand negedge new nexttime nmos nor not null or output package "
    "packed parameter pmos posedge primitive priority program property protected pull0 pull1 pulldown pullup pure "
    "rand randc randcase randsequence rcmos real realtime ref reg reject_on release repeat restrict return rnmos "
    "rpmos scalared sequence shortint shortreal signed small solve specify specparam static string strong strong0 "
    "struct super supply0 supply1 table tagged task this throughout time timeprecision timeunit tran tri tri0 tri1 "
    "type typedef union unique unique0 unsigned until untyped use var vectored virtual void wait wand weak while "
    "wildcard wire with within wor xnor xor".split()
)


def ident(name):
    return name + "_" if name in KEYWORDS else name


def enum_type(e):
    return f"{e.name}_e"


def emit_enum(e):
    out = f"  typedef enum logic [{e.width - 1}:0] {{\n"
    rows = []
    for n, v, d in e.members:
        rows.append((f"    {camel(e.name)}{camel(n)} = {e.width}'d{v}", d))
    for i, (code, d) in enumerate(rows):
        out += code + ("," if i + 1 < len(rows) else "") + (f"  // {d}" if d else "") + "\n"
    return out + f"  }} {enum_type(e)};\n\n"


def vector(width):
    return f"logic [{width - 1}:0]" if width > 1 else "logic"


def members(fields, total, pad_prefix=""):
    """Lines of a packed struct, most significant first, with padding between the fields."""
    lines, cursor, pads = [], 0, 0
    for f in sorted(fields, key=lambda f: f["lsb"]):
        if f["lsb"] > cursor:
            lines.append((f"{vector(f['lsb'] - cursor)} {pad_prefix}reserved_{pads}", cursor, ""))
            pads += 1
        lines.append((f["decl"], f["lsb"], f["desc"]))
        cursor = f["lsb"] + f["bits"]
    if cursor < total:
        lines.append((f"{vector(total - cursor)} {pad_prefix}reserved_{pads}", cursor, ""))
    return lines


def wrap_comment(text, indent):
    out, line = [], ""
    for word in text.split():
        if len(indent) + 3 + len(line) + len(word) + 1 > 100:
            out.append(f"{indent}// {line}")
            line = ""
        line = f"{line} {word}".strip()
    if line:
        out.append(f"{indent}// {line}")
    return "".join(x + "\n" for x in out)


def struct(name, lines, byte_offsets=True):
    out = "  typedef struct packed {\n"
    for decl, lsb, desc in reversed(lines):
        at = f"byte {lsb // 8}" + (f" bit {lsb % 8}" if lsb % 8 else "") if byte_offsets else ""
        note = ": ".join(x for x in (at, desc) if x)
        code = f"    {decl};"
        if note and len(code) + 4 + len(note) <= 100:
            out += f"{code}  // {note}\n"
        elif note:
            out += wrap_comment(note, "    ") + code + "\n"
        else:
            out += code + "\n"
    return out + f"  }} {name};\n\n"


def decl(f, enums_in=""):
    if f.enum and f.enum.width == f.width:
        return f"{enums_in}{enum_type(f.enum)} {ident(f.name)}"
    return f"{vector(f.width)} {ident(f.name)}"


def emit_layout(s):
    out, items, groups = "", [], {}
    for f in s.fields:
        if f.count is None:
            items.append({"lsb": f.lsb, "bits": f.width, "decl": decl(f), "desc": f.desc})
        else:
            groups.setdefault(f.group, []).append(f)
    for group, fields in groups.items():
        first = fields[0]
        base = min(f.lsb for f in fields) // 32 * 32
        bits = first.count * first.stride
        if len(fields) == 1 and first.width == first.stride:
            text = f"logic [{first.count - 1}:0][{first.width - 1}:0] {ident(first.name)}"
        else:
            elem = f"{s.name}_{group}_t"
            inner = [
                {"lsb": f.lsb - base, "bits": f.width, "decl": decl(f), "desc": f.desc}
                for f in fields
            ]
            out += struct(elem, members(inner, first.stride))
            text = f"{elem} [{first.count - 1}:0] {ident(group)}"
        items.append({"lsb": base, "bits": bits, "decl": text, "desc": first.desc})
    out += wrap_comment(f"{s.desc or s.name} ({s.words * 4} bytes)", "  ")
    out += f"  localparam int unsigned {camel(s.name)}Bytes = {s.words * 4};\n"
    out += f"  localparam int unsigned {camel(s.name)}Words = {s.words};\n"
    out += struct(f"{s.name}_t", members(items, s.bits))
    return out


def value_path(s, f):
    """How a field is reached from a value of the structure."""
    if f.count is None:
        return ident(f.name)
    group = [g for g in s.fields if g.group == f.group]
    if len(group) == 1 and f.width == f.stride:
        return f"{ident(f.name)}[{{i}}]"
    return f"{ident(f.group)}[{{i}}].{ident(f.name)}"


def emit_abi_pkg(abi):
    out = HEAD.format(
        source="layouts.rdl and regs.rdl",
        doc="Structures in memory; bit 0 of byte 0 is bit 0 of a struct, so word 0 is the lowest.",
    )
    out += "\npackage toe_abi_pkg;\n\n"
    h = f"{abi.hash64():016x}"
    out += "  // First 64 bits of the SHA-256 over every register, structure and enumeration.\n"
    out += f"  localparam logic [63:0] AbiHash = 64'h{h[:8]}_{h[8:]};\n\n"
    for e in sorted(abi.enums.values(), key=lambda e: e.name):
        out += emit_enum(e)
    for s in abi.layouts:
        out += emit_layout(s)
    return out.rstrip("\n") + "\n\nendpackage\n"


def emit_map_pkg(m, package):
    out = HEAD.format(source=m.source, doc=f"Addresses and values of register map {m.name}.")
    width = max(12, (m.size - 1).bit_length())
    out += f"\npackage {package};\n\n"
    out += f"  localparam int unsigned AddrW = {width};\n"
    out += f"  localparam int unsigned MapBytes = {m.size};\n\n"
    for x in m.memories:
        name = camel(x.name)
        out += wrap_comment(x.desc, "  ")
        out += f"  localparam logic [AddrW-1:0] {name}Base = {width}'h{x.offset:x};\n"
        out += f"  localparam int unsigned {name}Bytes = {x.size};\n"
    for r in m.registers:
        name = camel(r.name)
        out += f"  localparam logic [AddrW-1:0] {name}Addr = {width}'h{r.offset:x};\n"
        if r.count is not None:
            out += f"  localparam int unsigned {name}Stride = {r.stride};\n"
            out += f"  localparam int unsigned {name}Count = {r.count};\n"
    out += "\n"
    for r in m.registers:
        if r.plain:
            continue
        items = [
            {
                "lsb": f.lsb,
                "bits": f.width,
                "decl": decl(f, "toe_abi_pkg::"),
                "desc": f.desc,
            }
            for f in r.fields
            if not f.reserved
        ]
        out += wrap_comment(r.desc, "  ")
        out += f"  localparam logic [31:0] {camel(r.name)}Reset = 32'h{r.reset:x};\n"
        out += struct(f"{r.name}_t", members(items, 32), byte_offsets=False)
    return out.rstrip("\n") + "\n\nendpackage\n"


def emit_golden_module(abi):
    """A selector over every field of every structure, for the test that decodes the golden vectors."""
    bits = max(s.bits for s in abi.layouts)
    out = HEAD.format(
        source="layouts.rdl",
        doc="Gives one field of one structure, as the compiler of the RTL sees the packed structs.",
    )
    out += "// Contract: combinational from all inputs to the output; for tests only.\n\n"
    out += "module toe_abi_golden (\n"
    out += "  input  logic [7:0]    layout_i,\n  input  logic [7:0]    field_i,\n"
    out += "  input  logic [7:0]    index_i,\n"
    out += f"  input  logic [{bits - 1}:0] bits_i,\n  output logic [63:0]   value_o\n);\n\n"
    for s in abi.layouts:
        out += f"  toe_abi_pkg::{s.name}_t {s.name};  // reserved bits have no reader\n"
        out += f"  assign {s.name} = bits_i[{s.bits - 1}:0];\n"
        out += f"  if ($bits(toe_abi_pkg::{s.name}_t) != 8 * toe_abi_pkg::{camel(s.name)}Bytes)\n"
        out += f'    $error("{s.name}_t has a wrong size");\n'
    out += "\n  always_comb begin\n    value_o = 64'd0;\n    case (layout_i)\n"
    for i, s in enumerate(abi.layouts):
        out += f"      8'd{i}:\n        case (field_i)\n"
        for j, f in enumerate(s.fields):
            index = f"index_i[{max(1, ((f.count or 2) - 1).bit_length()) - 1}:0]"
            if f.count == 1:
                index = "0"
            path = f"{s.name}.{value_path(s, f).format(i=index)}"
            out += f"          8'd{j}: value_o = 64'({path});\n"
        out += "          default: value_o = 64'd0;\n        endcase\n"
    out += "      default: value_o = 64'd0;\n    endcase\n  end\n\nendmodule\n"
    return out


def packed(line):
    """Packed structs: Verilator makes a C++ class of each unpacked one, which costs minutes of compilation."""
    line = re.sub(r"\bstruct \{", "struct packed {", line)
    return re.sub(r"^( *)(\S+) (\w+)\[(\d+)\];$", r"\1\2 [\4-1:0] \3;", line)


def emit_regblock(node, source, folder):
    """PeakRDL's register block: AXI4-Lite, flat ports, synchronous active-low reset."""
    with tempfile.TemporaryDirectory() as tmp:
        RegblockExporter().export(
            node,
            tmp,
            cpuif_cls=AXI4Lite_Cpuif_flattened,
            module_name=node.inst_name,
            package_name=f"{node.inst_name}_pkg",
            default_reset_activelow=True,
            reuse_hwif_typedefs=False,
        )
        for name in (f"{node.inst_name}_pkg.sv", f"{node.inst_name}.sv"):
            text = (Path(tmp) / name).read_text()
            text = re.sub(r"^// Generated by .*\n(//.*\n)*", "", text)
            head = HEAD.format(source=source, doc="Written by PeakRDL-regblock.")
            if not name.endswith("_pkg.sv"):
                head += (
                    "// Contract: one AXI4-Lite access at a time, answered the clock after it is\n"
                    "// accepted; reset is synchronous and active low.\n"
                )
            text = "\n".join(packed(line.rstrip().expandtabs(4)) for line in text.splitlines())
            (folder / name).write_text(head + "\n" + text.strip("\n") + "\n")


def emit(abi, root):
    folder = root / "rtl/gen"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "toe_abi_pkg.sv").write_text(emit_abi_pkg(abi))
    for m in abi.maps:
        stem = m.name if m.name.startswith("toe_") else f"toe_{m.name}"
        package = f"{stem}_addr_pkg"
        (folder / f"{package}.sv").write_text(emit_map_pkg(m, package))
        if m.source == "regs.rdl":
            emit_regblock(abi.nodes[m.name], m.source, folder)
    tests = root / "tests/rtl/abi"
    tests.mkdir(parents=True, exist_ok=True)
    (tests / "toe_abi_golden.sv").write_text(emit_golden_module(abi))

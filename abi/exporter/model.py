# SPDX-License-Identifier: Apache-2.0
"""Reads abi/*.rdl into a plain model that the emitters share.

Memory structures are addrmaps of 32-bit registers in layouts.rdl. A register whose only field is `v` is a plain
value that takes the register's name. Adjacent `x_lo`, `x_hi` become one value `x`. `reserved*` is padding.
Bit 0 of byte 0 is bit 0 of a structure.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from peakrdl_regblock.udps import ALL_UDPS
from systemrdl import RDLCompiler
from systemrdl.component import Addrmap
from systemrdl.node import AddrmapNode, FieldNode, MemNode, RegfileNode, RegNode
from systemrdl.rdltypes import UserEnum

PLAIN = ("v", "val", "value")
ANONYMOUS_SUFFIX = re.compile(r"_e$")


class AbiError(Exception):
    """A source that breaks the conventions above."""


@dataclass
class Enum:
    rdl_name: str
    members: list  # (NAME, value, description)
    width: int = 0  # widest field that uses it; enough for its values when none does

    @property
    def name(self):
        return ANONYMOUS_SUFFIX.sub("", self.rdl_name)

    def legal(self):
        return [value for _, value, _ in self.members]


@dataclass
class Field:
    name: str
    lsb: int  # in the structure; of element 0 when it is an array
    width: int
    count: int = None
    stride: int = 0  # bits
    enum: Enum = None
    desc: str = ""
    group: str = ""  # the register or register file that the array belongs to
    sw: str = "rw"
    reset: int = 0
    write_effect: str = ""

    @property
    def reserved(self):
        return self.name.startswith("reserved") or "_reserved" in self.name


@dataclass
class Layout:
    name: str
    desc: str
    words: int
    fields: list = field(default_factory=list)

    @property
    def bits(self):
        return self.words * 32


@dataclass
class Register:
    name: str  # path with underscores
    offset: int
    fields: list
    desc: str
    count: int = None
    stride: int = 0

    @property
    def plain(self):
        return len(self.fields) == 1 and self.fields[0].width == 32 and not self.fields[0].enum

    @property
    def reset(self):
        return sum(f.reset << f.lsb for f in self.fields)

    def mask(self, access):
        return sum(((1 << f.width) - 1) << f.lsb for f in self.fields if access in f.sw)


@dataclass
class Memory:
    name: str
    offset: int
    size: int
    desc: str


@dataclass
class RegisterMap:
    name: str
    source: str
    desc: str
    size: int
    registers: list = field(default_factory=list)
    memories: list = field(default_factory=list)


@dataclass
class Abi:
    enums: dict
    layouts: list
    maps: list
    nodes: dict  # top name -> elaborated AddrmapNode, for the PeakRDL exporters

    def canonical(self):
        """Everything that two sides can disagree about, and nothing else."""

        def fields(items, with_access=False):
            out = []
            for f in items:
                d = {"name": f.name, "lsb": f.lsb, "width": f.width}
                if f.count is not None:
                    d["count"], d["stride"] = f.count, f.stride
                if f.enum:
                    d["enum"] = f.enum.name
                if with_access:
                    d["sw"], d["reset"], d["onwrite"] = f.sw, f.reset, f.write_effect
                out.append(d)
            return out

        def register(r):
            d = {"name": r.name, "offset": r.offset, "fields": fields(r.fields, True)}
            if r.count is not None:
                d["count"], d["stride"] = r.count, r.stride
            return d

        return {
            "enums": [
                {"name": e.name, "width": e.width, "members": {n: v for n, v, _ in e.members}}
                for e in sorted(self.enums.values(), key=lambda e: e.name)
            ],
            "layouts": [
                {"name": s.name, "words": s.words, "fields": fields(s.fields)} for s in self.layouts
            ],
            "maps": [
                {
                    "name": m.name,
                    "size": m.size,
                    "registers": [register(r) for r in m.registers],
                    "memories": [
                        {"name": x.name, "offset": x.offset, "size": x.size} for x in m.memories
                    ],
                }
                for m in self.maps
            ],
        }

    def canonical_text(self):
        return json.dumps(self.canonical(), indent=1, sort_keys=True) + "\n"

    def hash64(self):
        text = json.dumps(self.canonical(), sort_keys=True, separators=(",", ":"))
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


class Comments:
    """A register without `desc` is described by the comment at the end of its line, or above it."""

    def __init__(self, paths):
        self.lines = {str(p): Path(p).read_text().splitlines() for p in paths}

    def _line(self, src_ref):
        if src_ref is None or src_ref.filename is None:
            return None, 0
        lines = self.lines.get(str(src_ref.filename))
        return lines, (src_ref.line or 0) - 1

    def trailing(self, node):
        lines, i = self._line(node.inst.inst_src_ref)
        if not lines or not 0 <= i < len(lines):
            return ""
        code, sep, comment = lines[i].partition("//")
        if not sep or code.count("@") > 1:
            return ""
        if isinstance(node, FieldNode) and code.count("field") > 1:
            return ""
        return comment.strip()

    def above(self, comp, keyword):
        lines, i = self._line(comp.def_src_ref)
        if not lines:
            return ""
        while i > 0 and keyword not in lines[i]:
            i -= 1
        out = []
        i -= 1
        while i >= 0 and lines[i].lstrip().startswith("//"):
            text = lines[i].strip()[2:].strip()
            if text.startswith("SPDX"):
                break
            out.insert(0, text)
            i -= 1
        return " ".join(out)


def describe(node, comments):
    desc = node.get_property("desc", default=None)
    if desc is None:
        desc = comments.trailing(node)
    return " ".join(desc.split())


class Loader:
    def __init__(self, sources):
        self.sources = [Path(s) for s in sources]
        self.rdlc = RDLCompiler()
        for udp in ALL_UDPS:
            self.rdlc.register_udp(udp)
        for s in self.sources:
            self.rdlc.compile_file(str(s))
        self.comments = Comments(self.sources)
        self.enums = {}
        self._collect_enums()

    def _collect_enums(self):
        for name, (ref, _) in self.rdlc.namespace.type_ns_stack[0].items():
            if isinstance(ref, type) and issubclass(ref, UserEnum):
                members = [
                    (m.name, int(m.value), " ".join((m.rdl_desc or m.rdl_name or "").split()))
                    for m in ref
                ]
                self.enums[name] = Enum(name, members)
        for e in self.enums.values():
            e.width = max(1, *(v.bit_length() for v in e.legal()))

    def enum_of(self, node):
        encode = node.get_property("encode")
        if encode is None:
            return None
        e = self.enums.get(encode.type_name)
        if e is None:
            raise AbiError(f"{node.get_path()}: enum {encode.type_name} must be declared at file level")
        if max(e.legal()).bit_length() > node.width:
            raise AbiError(f"{node.get_path()}: {e.rdl_name} does not fit {node.width} bits")
        e.width = max(e.width, node.width)
        return e

    def tops(self, source):
        return [
            (name, comp)
            for name, comp in self.rdlc.root.comp_defs.items()
            if isinstance(comp, Addrmap)
            and comp.def_src_ref is not None
            and Path(comp.def_src_ref.filename) == source
        ]

    def elaborate(self, name):
        return self.rdlc.elaborate(name).top

    # Structures in memory

    def layout(self, name, comp):
        top = self.elaborate(name)
        if top.size % 4:
            raise AbiError(f"{name}: size {top.size} is no multiple of 4")
        out = Layout(name, self.comments.above(comp, "addrmap"), top.size // 4)
        for child in top.children(unroll=False):
            self._flatten(child, 0, "", None, 0, "", out.fields)
        out.fields = join_halves(sorted(out.fields, key=lambda f: (f.lsb, f.name)))
        check_layout(out)
        return out

    def _flatten(self, node, base, prefix, count, stride, group, out):
        offset = base + node.raw_address_offset
        if node.is_array:
            if count is not None or len(node.array_dimensions) != 1:
                raise AbiError(f"{node.get_path()}: only one array dimension")
            count, stride = node.array_dimensions[0], node.array_stride
            group = prefix + node.inst_name
        if isinstance(node, RegfileNode):
            for child in node.children(unroll=False):
                self._flatten(
                    child, offset, f"{prefix}{node.inst_name}_", count, stride, group, out
                )
        elif isinstance(node, RegNode):
            if node.get_property("regwidth") != 32:
                raise AbiError(f"{node.get_path()}: registers have 32 bits")
            fields = list(node.fields())
            for f in fields:
                plain = len(fields) == 1 and f.inst_name in PLAIN
                name = node.inst_name if plain else f.inst_name
                desc = describe(node, self.comments) if plain else ""
                desc = desc or describe(f, self.comments)
                out.append(
                    Field(
                        prefix + name,
                        offset * 8 + f.low,
                        f.width,
                        count,
                        stride * 8,
                        self.enum_of(f),
                        desc,
                        group,
                    )
                )
        else:
            raise AbiError(f"{node.get_path()}: only reg and regfile in a structure")

    # Register maps

    def register_map(self, name, comp):
        top = self.elaborate(name)
        source = Path(comp.def_src_ref.filename).name
        out = RegisterMap(name, source, self.comments.above(comp, "addrmap"), top.size)
        for child in top.children(unroll=False):
            self._registers(child, 0, [], None, 0, out)
        out.registers.sort(key=lambda r: r.offset)
        names = [r.name for r in out.registers]
        if len(set(names)) != len(names):
            raise AbiError(f"{name}: two registers of one name")
        return out, top

    def _registers(self, node, base, path, count, stride, out):
        offset = base + node.raw_address_offset
        path = path + [node.inst_name]
        if getattr(node, "is_array", False):
            if count is not None or len(node.array_dimensions) != 1:
                raise AbiError(f"{node.get_path()}: only one array dimension")
            count, stride = node.array_dimensions[0], node.array_stride
        if isinstance(node, MemNode):
            out.memories.append(
                Memory("_".join(path), offset, node.size, describe(node, self.comments))
            )
        elif isinstance(node, (RegfileNode, AddrmapNode)):
            for child in node.children(unroll=False):
                self._registers(child, offset, path, count, stride, out)
        elif isinstance(node, RegNode):
            if node.get_property("regwidth") != 32:
                raise AbiError(f"{node.get_path()}: registers have 32 bits")
            fields = []
            nodes = list(node.fields())
            for f in nodes:
                plain = len(nodes) == 1 and f.inst_name in PLAIN
                reset = f.get_property("reset")
                sw = f.get_property("sw")
                effect = f.get_property("onwrite")
                effects = [effect.name] if effect else []
                if f.get_property("singlepulse"):
                    effects.append("singlepulse")
                fields.append(
                    Field(
                        node.inst_name if plain else f.inst_name,
                        f.low,
                        f.width,
                        enum=self.enum_of(f),
                        desc=describe(f, self.comments),
                        sw=sw.name.removesuffix("1"),
                        reset=reset if isinstance(reset, int) else 0,
                        write_effect="+".join(effects),
                    )
                )
            out.registers.append(
                Register(
                    "_".join(path),
                    offset,
                    fields,
                    describe(node, self.comments),
                    count,
                    stride,
                )
            )
        else:
            raise AbiError(f"{node.get_path()}: unexpected component")


def join_halves(fields):
    out = []
    for f in fields:
        last = out[-1] if out else None
        if (
            last is not None
            and last.name.endswith("_lo")
            and f.name == last.name[:-3] + "_hi"
            and last.count is None
            and f.count is None
            and last.lsb + last.width == f.lsb
        ):
            last.name = last.name[:-3]
            last.width += f.width
            last.desc = last.desc or f.desc
        else:
            out.append(f)
    for f in out:
        if f.name.endswith(("_lo", "_hi")) and not f.reserved:
            raise AbiError(f"{f.name}: half of a value without its adjacent other half")
    return out


def check_layout(layout):
    names = set()
    used = 0
    for f in layout.fields:
        for i in range(f.count or 1):
            lsb = f.lsb + i * f.stride
            mask = ((1 << f.width) - 1) << lsb
            if used & mask or lsb + f.width > layout.bits:
                raise AbiError(f"{layout.name}.{f.name}: overlaps or leaves the structure")
            used |= mask
        if f.reserved:
            continue
        if f.name in names:
            raise AbiError(f"{layout.name}.{f.name}: two fields of one name")
        names.add(f.name)
        if f.width > 64:
            raise AbiError(f"{layout.name}.{f.name}: wider than 64 bits")
    layout.fields = [f for f in layout.fields if not f.reserved]


def load(abi_dir):
    abi_dir = Path(abi_dir)
    sources = [p for n in ("layouts", "regs", "mcu") if (p := abi_dir / f"{n}.rdl").exists()]
    loader = Loader(sources)
    layouts, maps, nodes = [], [], {}
    for source in sources:
        if source.stem == "layouts":
            layouts = [loader.layout(name, comp) for name, comp in loader.tops(source)]
            continue
        tops = loader.tops(source)
        name, comp = tops[-1]  # earlier ones are parts of the last
        reg_map, node = loader.register_map(name, comp)
        maps.append(reg_map)
        nodes[name] = node
    return Abi(loader.enums, layouts, maps, nodes)


def camel(name):
    return "".join(part[:1].upper() + part[1:].lower() for part in name.split("_") if part)

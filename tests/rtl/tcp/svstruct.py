# SPDX-License-Identifier: Apache-2.0
"""Reads packed structs out of the SystemVerilog packages, so that a bench packs and unpacks what the RTL declares."""
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ["rtl/pkg/toe_pkg.sv", "rtl/gen/toe_abi_pkg.sv", "rtl/tcp/tcp_pkg.sv"]


class Struct:
    def __init__(self, name):
        self.name, self.fields, self.width = name, [], 0   # (name, width, struct or None, count), most significant first

    def pack(self, values):
        out = 0
        values = dict(values)
        for name, width, sub, count in self.fields:
            v = values.pop(name, 0)
            if count is not None and isinstance(v, (list, tuple)):
                elem = width // count
                word = 0
                for i, item in enumerate(v):
                    word |= (sub.pack(item) if sub and isinstance(item, dict) else int(item)) << (elem * i)
                v = word
            elif sub and isinstance(v, dict):
                v = sub.pack(v)
            v = int(v)
            assert 0 <= v < (1 << width), f"{self.name}.{name} = {v:#x}: {width} bits"
            out = (out << width) | v
        assert not values, f"{self.name}: no fields {list(values)}"
        return out

    def unpack(self, word):
        out, pos = {}, self.width
        for name, width, sub, count in self.fields:
            pos -= width
            v = (word >> pos) & ((1 << width) - 1)
            if count is not None:
                elem = width // count
                v = [(v >> (elem * i)) & ((1 << elem) - 1) for i in range(count)]
                if sub:
                    v = [sub.unpack(x) for x in v]
            elif sub:
                v = sub.unpack(v)
            out[name] = v
        return out


class Types:
    def __init__(self, packages=PACKAGES):
        self.structs, self.widths, self.enums, self.consts = {}, {}, {}, {}
        for path in packages:
            text = (ROOT / path).read_text()
            package = re.search(r"\bpackage\s+(\w+)", text).group(1)
            self._parse(package, re.sub(r"//[^\n]*", "", text))

    def _const(self, expr):
        expr = re.sub(r"32'd", "", expr)
        return int(eval(expr, {}, dict(self.consts)))  # noqa: S307 (our own sources)

    def _parse(self, package, text):
        pattern = re.compile(
            r"localparam\s+int\s+unsigned\s+(?P<c>\w+)\s*=\s*(?P<cv>[^;]+);"
            r"|typedef\s+enum\s+logic\s*\[(?P<eh>[^:]+):0\]\s*\{(?P<eb>[^}]*)\}\s*(?P<en>\w+);"
            r"|typedef\s+struct\s+packed\s*\{(?P<sb>[^}]*)\}\s*(?P<sn>\w+);"
            r"|typedef\s+logic\s*(?:\[(?P<th>[^:]+):0\])?\s*(?P<tn>\w+);", re.S)
        for m in pattern.finditer(text):
            if m["c"]:
                try:
                    self.consts[m["c"]] = self._const(m["cv"])
                except Exception:  # a constant that no struct needs
                    pass
            elif m["en"]:
                self.widths[(package, m["en"])] = self._const(m["eh"]) + 1
                value = 0
                for item in filter(None, (x.strip() for x in m["eb"].split(","))):
                    if "=" in item:
                        item, lit = (x.strip() for x in item.split("="))
                        value = int(lit.split("'d")[-1])
                    self.enums[item] = value
                    value += 1
            elif m["tn"]:
                self.widths[(package, m["tn"])] = self._const(m["th"] or "0") + 1
            else:
                self._struct(package, m["sn"], m["sb"])

    def _find(self, package, name):
        if "::" in name:
            package, name = name.split("::")
        for p in (package, "toe_pkg", "toe_abi_pkg", "tcp_pkg"):
            if (p, name) in self.structs:
                return self.structs[(p, name)].width, self.structs[(p, name)]
            if (p, name) in self.widths:
                return self.widths[(p, name)], None
        raise KeyError(name)

    def _struct(self, package, name, body):
        s = Struct(name)
        for decl in filter(None, (d.strip() for d in body.split(";"))):
            m = re.match(r"([\w:]+)\s*((?:\[[^\]]*\]\s*)*)(.*)$", decl, re.S)
            base, dims, names = m[1], re.findall(r"\[([^:\]]*):0\]", m[2]), m[3]
            if base == "logic":
                width, sub = 1, None
            else:
                width, sub = self._find(package, base)
            counts = [self._const(d) + 1 for d in dims]
            count = None
            if base == "logic" and counts:
                width = counts.pop()
            for c in counts:
                width, count = width * c, c
            for field in (n.strip() for n in names.split(",")):
                s.fields.append((field, width, sub, count))
                s.width += width
        self.structs[(package, name)] = s

    def __getitem__(self, name):
        for p in ("toe_pkg", "tcp_pkg", "toe_abi_pkg"):
            if (p, name) in self.structs:
                return self.structs[(p, name)]
        raise KeyError(name)

    def abi(self, name):
        return self.structs[("toe_abi_pkg", name)]


if __name__ == "__main__":
    t = Types()
    for n in ("rx_work_t", "tx_cmd_t", "place_cmd_t", "hot_t", "bump_t", "session_image_t"):
        print(n, t[n].width)

# SPDX-License-Identifier: Apache-2.0
"""The ABI for Python test benches, read from abi/abi.json (which `make gen` writes).

    from toe_abi import layout, reg, enum
    data = layout("bump").pack(handle=3, snd_end=0x1000, snd_valid=1)      # bytes; missing fields are 0
    got = layout("event_session").unpack(data)                             # dict; also takes an int
    word = layout("bump").to_int(handle=3)                                 # the packed struct's value
    axil.write_dword(reg("qp_config", 2), reg_value("qp_config", txq_log2=4, enable=1))
    enum("tcp_state")["ESTABLISHED"]                                       # 4; fields take names too
"""

import json
from pathlib import Path

_ABI = json.loads((Path(__file__).resolve().parents[1] / "abi.json").read_text())
_ENUMS = {e["name"]: e["members"] for e in _ABI["enums"]}


def enum(name):
    return _ENUMS[name]


def enum_name(name, value):
    return next((n for n, v in _ENUMS[name].items() if v == value), f"?{value}")


class Layout:
    def __init__(self, spec):
        self.name = spec["name"]
        self.fields = {f["name"]: f for f in spec["fields"]}
        self.bytes = 4 * spec["words"]

    def to_int(self, **values):
        bits = 0
        for name, value in values.items():
            f = self.fields[name]
            many = value if isinstance(value, (list, tuple)) else [value]
            if len(many) > f.get("count", 1):
                raise ValueError(f"{self.name}.{name}: too many elements")
            for i, v in enumerate(many):
                v = enum(f["enum"])[v] if isinstance(v, str) else int(v)
                if v >> f["width"] or v < 0:
                    raise ValueError(f"{self.name}.{name}: {v:#x} does not fit {f['width']} bits")
                bits |= v << (f["lsb"] + i * f.get("stride", 0))
        return bits

    def pack(self, **values):
        return self.to_int(**values).to_bytes(self.bytes, "little")

    def unpack(self, data):
        bits = data if isinstance(data, int) else int.from_bytes(data, "little")
        out = {}
        for name, f in self.fields.items():
            mask = (1 << f["width"]) - 1
            got = [
                bits >> (f["lsb"] + i * f.get("stride", 0)) & mask for i in range(f.get("count", 1))
            ]
            out[name] = got if "count" in f else got[0]
        return out


_LAYOUTS = {spec["name"]: Layout(spec) for spec in _ABI["layouts"]}
_MAPS = {m["name"]: {r["name"]: r for r in m["registers"]} for m in _ABI["maps"]}


def layout(name):
    return _LAYOUTS[name]


def layouts():
    return list(_LAYOUTS.values())


def registers(map_name="toe_regs"):
    return _MAPS[map_name]


def reg(name, index=0, map_name="toe_regs"):
    """Offset of a register, or of element `index` of an array."""
    r = _MAPS[map_name][name]
    if index >= r.get("count", 1):
        raise IndexError(f"{name}[{index}]")
    return r["offset"] + index * r.get("stride", 0)


def reg_value(name, map_name="toe_regs", **fields):
    """Value of a register: given fields, the reset values for the others."""
    value = 0
    spec = {f["name"]: f for f in _MAPS[map_name][name]["fields"]}
    unknown = set(fields) - set(spec)
    if unknown:
        raise KeyError(f"{name} has no field {sorted(unknown)}")
    for n, f in spec.items():
        v = fields.get(n, f["reset"])
        v = enum(f["enum"])[v] if isinstance(v, str) else int(v)
        if v >> f["width"]:
            raise ValueError(f"{name}.{n}: {v:#x} does not fit {f['width']} bits")
        value |= v << f["lsb"]
    return value


def reg_fields(name, value, map_name="toe_regs"):
    return {
        f["name"]: value >> f["lsb"] & ((1 << f["width"]) - 1)
        for f in _MAPS[map_name][name]["fields"]
    }

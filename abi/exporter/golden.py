# SPDX-License-Identifier: Apache-2.0
"""Packs and unpacks structures by the canonical dump, and writes the golden vectors.

This is the third implementation of the layout beside the generated Rust and SystemVerilog; the vectors let the
tests of both compare themselves with it. It shares the reader of the RDL with the emitters, not their code.
"""

import random


def slots(f):
    for i in range(f.get("count") or 1):
        yield f["lsb"] + i * f.get("stride", 0)


def pack(layout, values, filler=0):
    """Bytes of the structure; `values` holds an int or a list for every field."""
    bits = filler & ((1 << (32 * layout["words"])) - 1)
    for f in layout["fields"]:
        given = values[f["name"]]
        given = given if isinstance(given, (list, tuple)) else [given]
        for lsb, value in zip(slots(f), given, strict=True):
            mask = (1 << f["width"]) - 1
            if not 0 <= value <= mask:
                raise ValueError(f"{f['name']}: {value} does not fit {f['width']} bits")
            bits = (bits & ~(mask << lsb)) | (value << lsb)
    return bits.to_bytes(4 * layout["words"], "little")


def unpack(layout, data):
    bits = int.from_bytes(data, "little")
    out = {}
    for f in layout["fields"]:
        got = [(bits >> lsb) & ((1 << f["width"]) - 1) for lsb in slots(f)]
        out[f["name"]] = got if "count" in f else got[0]
    return out


def choose(f, enums, pick):
    """One value per element; `pick` gets the width or the list of legal values."""
    one = [
        pick(enums[f["enum"]] if "enum" in f else f["width"]) for _ in range(f.get("count") or 1)
    ]
    return one if "count" in f else one[0]


def vectors(layout, enums):
    rng = random.Random(f"OpenTOE {layout['name']}")

    def largest(x):
        return max(x) if isinstance(x, list) else (1 << x) - 1

    def smallest(x):
        return min(x) if isinstance(x, list) else 0

    def anything(x):
        return rng.choice(x) if isinstance(x, list) else rng.getrandbits(x)

    def fill(pick):
        return {f["name"]: choose(f, enums, pick) for f in layout["fields"]}

    yield "smallest", True, fill(smallest), 0
    yield "largest", True, fill(largest), 0
    for i in range(6):
        yield f"random-{i}", True, fill(anything), 0
    for f in layout["fields"]:  # one field at a time finds swapped neighbours
        values = fill(smallest)
        values[f["name"]] = choose(f, enums, largest)
        yield f"only-{f['name']}", True, values, 0
    yield "reserved-bits-set", False, fill(anything), (1 << (32 * layout["words"])) - 1


def emit(canonical, root):
    folder = root / "abi/golden"
    folder.mkdir(parents=True, exist_ok=True)
    enums = {e["name"]: sorted(e["members"].values()) for e in canonical["enums"]}
    for layout in canonical["layouts"]:
        out = "# Generated from abi/layouts.rdl by abi/exporter (`make gen`). Do not edit.\n"
        out += "# vector NAME exact|decode; bytes in the order of memory; field NAME VALUE...\n"
        out += f"layout {layout['name']}\n"
        for name, exact, values, filler in vectors(layout, enums):
            out += f"vector {name} {'exact' if exact else 'decode'}\n"
            out += f"bytes {pack(layout, values, filler).hex()}\n"
            for f in layout["fields"]:
                v = values[f["name"]]
                v = v if isinstance(v, list) else [v]
                out += f"field {f['name']} {' '.join(f'{x:#x}' for x in v)}\n"
        (folder / f"{layout['name']}.txt").write_text(out)

# SPDX-License-Identifier: Apache-2.0
"""The packed structs of toe_abi_pkg decode the golden vectors of abi/golden, field by field."""

from pathlib import Path

import cocotb
from cocotb.triggers import Timer

from toe_abi import layouts

BENCH = dict(
    top="toe_abi_golden", files=["rtl/gen/toe_abi_pkg.sv", "tests/rtl/abi/toe_abi_golden.sv"]
)
GOLDEN = Path(__file__).resolve().parents[3] / "abi/golden"


def vectors(name):
    out = []
    for line in (GOLDEN / f"{name}.txt").read_text().splitlines():
        word, *rest = line.split()
        if word == "vector":
            out.append((rest[0], None, {}))
        elif word == "bytes":
            out[-1] = (out[-1][0], int.from_bytes(bytes.fromhex(rest[0]), "little"), {})
        elif word == "field":
            out[-1][2][rest[0]] = [int(v, 16) for v in rest[1:]]
    return out


@cocotb.test()
async def structs_decode_the_golden_vectors(dut):
    checked = 0
    for number, spec in enumerate(layouts()):
        dut.layout_i.value = number
        for name, bits, fields in vectors(spec.name):
            dut.bits_i.value = bits
            assert set(fields) == set(spec.fields), f"{spec.name}: fields differ from abi.json"
            for j, field in enumerate(spec.fields):
                # The single-field vectors are many; of each only its own field and the neighbours matter.
                if name.startswith("only-"):
                    at = list(spec.fields).index(name.removeprefix("only-"))
                    if abs(at - j) > 1:
                        continue
                dut.field_i.value = j
                for i, want in enumerate(fields[field]):
                    dut.index_i.value = i
                    await Timer(1, "ns")
                    got = int(dut.value_o.value)
                    assert got == want, f"{spec.name} {name} {field}[{i}]: {got:#x}, not {want:#x}"
                    checked += 1
    assert checked > 1000
    dut._log.info(f"{checked} values compared")

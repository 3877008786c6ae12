# SPDX-License-Identifier: Apache-2.0
"""Writes the top of a stream proof: a block with a checker at each of its valid/ready ports.

The streams are found in the block's ports: p_valid_i with p_ready_o and the other p_* of the same direction, and the AXI
channels; a valid of several bits is as many streams. Where the block is the producer the contract is asserted (valid stays until ready, payload stable while waiting),
where it is the consumer it is assumed. Every other input is the solver's.
"""

import re
from pathlib import Path

PORT = re.compile(r"^\s*(input|output)\s+(.*?)\s*\b(\w+)\s*(\[[^\]]*\])?\s*,?\s*(?://.*)?$")
AXI = re.compile(r"^([sm]_axi(?:l_|_)(?:aw|ar|w|r|b)|[sm]_axis_t)(valid|ready)$")
PLAIN = re.compile(r"^(\w+?)_(valid|ready)_[io]$")


def header(path):
    """(text between `module x` and its ports, [(direction, type, name)])"""
    text = path.read_text()
    found = re.search(r"^module\s+\w+(.*?)^\s*\)?\s*\(\n(.*?)^\);", text, re.M | re.S)
    ports = [m.groups() for line in found[2].splitlines() if (m := PORT.match(line))]
    return found[1], [(d, t if not dims else f"{t} {dims}", n) for d, t, n, dims in ports]


def streams(ports, without=()):
    """{name: (direction of the data, valid, ready, [payload])}; a name that goes both ways has its direction behind it."""
    directions = {name: direction for direction, _, name in ports}
    pairs = {}
    for name, direction in directions.items():
        if m := AXI.match(name) or PLAIN.match(name):
            forward = (direction == "output") == (m[2] == "valid")
            pairs.setdefault((m[1], "output" if forward else "input"), {})[m[2]] = name
    complete = {k: (k[1], s["valid"], s["ready"], []) for k, s in pairs.items() if len(s) == 2}
    control = {n for s in pairs.values() for n in s.values()}
    for name, direction in directions.items():
        if name in control or name in without or name.endswith("_ctr_o"):
            continue
        owners = [k for k in pairs if k[1] == direction and name.startswith(k[0]) and (AXI.match(k[0] + "valid") or name[len(k[0])] == "_")]
        owner = max(owners, key=lambda k: len(k[0]), default=None)
        if owner in complete:
            complete[owner][3].append(name)
    both = [p for p, _ in complete]
    return {p + (f"_{d[:-3]}" if both.count(p) > 1 else ""): v for (p, d), v in complete.items()}


def top(path, config="Small", also=None, stable=(), params=None, extra="", without=()):
    """SystemVerilog of the proof of the module in `path`; also: {stream: [more payload]}; stable: inputs that do not change."""
    module = path.stem
    head, ports = header(path)
    types = {name: kind for _, kind, name in ports}
    head = re.sub(r"toe_cfg_pkg::Cfg\w+", f"toe_cfg_pkg::Cfg{config}", head)
    for name, value in (params or {}).items():
        head = re.sub(rf"(\b{name}\s*=\s*)[^,\n]+", rf"\g<1>{value}", head)
    inputs = [f"  input {t} {n}" for d, t, n in ports if d == "input" and n != "rst_ni"]
    wires = [f"  {t} {n};" for d, t, n in ports if d == "output"]
    given = re.findall(r"parameter\s[^=]*?(\w+)\s*=", head)
    lines = [
        "`include \"toe_assert.svh\"", f"module fv_stream_{module}{head}" + (") (" if "#(" in head else " ("),
        ",\n".join(["  input logic again_i", *inputs]), ");", "  logic rst_ni;", *wires,
        "  fv_reset u_reset (.clk_i, .again_i, .rst_no(rst_ni));",
        f"  {module}" + (" #(" + ", ".join(f".{g}({g})" for g in given) + ")" if given else "") + " u_dut (",
        "    " + ",\n    ".join(f".{n}" for _, _, n in ports), "  );",
    ]  # fmt: skip
    for name, (direction, valid, ready, payload) in streams(ports, without).items():
        payload = payload + list((also or {}).get(name, []))
        asserted = direction == "output"
        at = "[i]" if "[" in types[valid] else ""
        data = "{" + ", ".join(p + at for p in payload) + "}" if payload else "1'b0"
        width = " + ".join(f"$bits({p}{at and '[0]'})" for p in payload) or "1"
        if at:
            lines.append(f"  for (genvar i = 0; i < $bits({valid}); i++) begin : g_{name}")
        lines.append(
            f"  prim_stream_chk #(.Width({width}), .IsInput(1'b{int(not asserted)})) u_{name}_chk (\n"
            f"    .clk_i, .rst_ni, .valid_i({valid}{at}), .ready_i({ready}{at}), .data_i({data})\n  );"
        )
        if asserted:
            lines.append(f"  `TOE_COVER({name}_waits_C, {valid}{at} && !{ready}{at})")
        if at:
            lines.append("  end")
    if stable:
        data = "{" + ", ".join(stable) + "}"
        width = " + ".join(f"$bits({p})" for p in stable)
        lines.append(
            f"  logic set_q;\n  logic [{width}-1:0] stable_q;\n"
            f"  always_ff @(posedge clk_i) begin\n    set_q <= rst_ni;\n    stable_q <= {data};\n  end\n"
            f"  `TOE_ASSUME(Settings_M, !set_q || stable_q == {data})"
        )
    lines += [extra, "endmodule", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    import sys

    print(top(Path(sys.argv[1])))

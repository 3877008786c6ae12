# SPDX-License-Identifier: Apache-2.0
"""Writes the top of a stream proof: a block with a checker at each of its valid/ready ports.

The streams are found in the block's ports: p_valid_i with p_ready_o and the other p_* of the same direction, and the AXI
channels; a valid of several bits is as many streams. Where the block is the producer the contract is asserted (valid stays until ready, payload stable while waiting),
where it is the consumer it is assumed. Every other input is the solver's.
"""

import re
from fnmatch import fnmatch
from pathlib import Path

PORT = re.compile(r"^\s*(input|output)\s+(.*?)\s*\b(\w+)\s*(\[[^\]]*\])?\s*,?\s*(?://.*)?$")
AXI = re.compile(r"^([sm]_axi(?:l_|_)(?:aw|ar|w|r|b)|[sm]_axis_(?:\w+_)?t)(valid|ready)$")
PLAIN = re.compile(r"^(\w+?)_(valid|ready)_[io]$")
DONE = re.compile(r"^(\w*done)_[io]$")


def header(path):
    """(text between `module x` and its ports, [(direction, type, name)])"""
    text = path.read_text()
    plain = re.search(r"^module\s+\w+()\s*\(\n(.*?)^\);", text, re.M | re.S)
    found = plain or re.search(r"^module\s+\w+(.*?)^\s*\)?\s*\(\n(.*?)^\);", text, re.M | re.S)
    ports = [m.groups() for line in found[2].splitlines() if (m := PORT.match(line))]
    return found[1], [(d, t if not dims else f"{t} {dims}", n) for d, t, n, dims in ports]


def streams(ports, without=(), pulses=False):
    """{name: (direction of the data, valid, ready, [payload])}; a name that goes both ways has its direction behind it.
    pulses: also what is valid or done without a ready, which then is None."""
    directions = {name: direction for direction, _, name in ports}
    pairs = {}
    for name, direction in directions.items():
        if m := AXI.match(name) or PLAIN.match(name):
            forward = (direction == "output") == (m[2] == "valid")
            pairs.setdefault((m[1], "output" if forward else "input"), {})[m[2]] = name
    for name, direction in directions.items():
        if pulses and (m := DONE.match(name)) and (m[1], direction) not in pairs:
            pairs[(m[1], direction)] = {"valid": name}
    whole = {k: s for k, s in pairs.items() if len(s) == 2 or (pulses and "valid" in s)}
    complete = {k: (k[1], s["valid"], s.get("ready"), []) for k, s in whole.items()}
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


def first_dimension(kind):
    found = re.search(r"\[[^\]]*\]", kind)
    return found[0].replace(" ", "") if found else None


def checks(found, types, also, asserted, resets=None, waits=False, prefix=""):
    """SystemVerilog of the checkers of these streams; asserted: of a direction, whether the contract is asserted or assumed; resets:
    {pattern of streams: their reset}; waits: cover that an asserted one waits."""
    lines = []
    for name, (direction, valid, ready, payload) in found.items():
        reset = next((r for pattern, r in (resets or {}).items() if fnmatch(name, pattern)), "rst_ni")
        payload = payload + list((also or {}).get(name, []))
        at = "[i]" if "[" in types[valid] else ""
        # Of several streams each has its payload, or they share one.
        own = [bool(at) and first_dimension(types[p]) == first_dimension(types[valid]) for p in payload]
        data = "{" + ", ".join(p + at * o for p, o in zip(payload, own)) + "}" if payload else "1'b0"
        width = " + ".join(f"$bits({p}{'[0]' * o})" for p, o in zip(payload, own)) or "1"
        if at:
            lines.append(f"  for (genvar i = 0; i < $bits({valid}); i++) begin : g_{prefix}{name}")
        lines.append(
            f"  prim_stream_chk #(.Width({width}), .IsInput(1'b{int(not asserted(direction))})) u_{prefix}{name}_chk (\n"
            f"    .clk_i, .rst_ni{f'({reset})' * (reset != 'rst_ni')}, .valid_i({valid}{at}), .ready_i({ready}{at}), .data_i({data})\n  );"
        )
        if waits and asserted(direction):
            lines.append(f"  `TOE_COVER({name}_waits_C, {valid}{at} && !{ready}{at})")
        if at:
            lines.append("  end")
    return lines


def top(path, config="Small", also=None, stable=(), params=None, extra="", without=(), resets=None, ready=None, before="", free=()):
    """SystemVerilog of the proof of the module in `path`; also: {stream: [more payload]}; stable: inputs that do not change;
    resets, ready: {stream: the one that counts, if not the port}; free: input streams of which nothing is assumed."""
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
    lines += [before] if before else []
    found = {n: (d, v, (ready or {}).get(n, r), p) for n, (d, v, r, p) in streams(ports, without).items() if n not in free}
    lines += checks(found, types, also, lambda direction: direction == "output", resets, waits=True)
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

# SPDX-License-Identifier: Apache-2.0
"""Bits of RAM by instance, from the elaborated RTL: every `prim_ram_1r1w` with the widths that Verilator gave it.

    ram_bits.py CONFIG [--json FILE]        configurations: small, mid, large

Rows {path, width, depth, bits}. Nothing is typed in: a field added to a state structure changes the figure.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
from filelist import expand  # noqa: E402

RAM = "prim_ram_1r1w"
TIMEOUT_S = 300


def elaborate(config):
    """Verilator's tree of the engine in one configuration."""
    sources, incdirs = expand(["rtl/files.f"], ROOT)
    waivers = sorted((ROOT / "rtl/lint").glob("*.vlt"))
    verilator = os.environ.get("VERILATOR") or ROOT / "build/tools/verilator/bin/verilator"
    with tempfile.TemporaryDirectory() as folder:
        command = [verilator, "--json-only", "-Wno-lint", "-DSYNTHESIS", "--Mdir", folder]
        command += [f"-I{d}" for d in incdirs] + [*waivers, *sources, "--top-module", f"toe_top_{config}"]
        env = {k: v for k, v in os.environ.items() if k != "VERILATOR_ROOT"}
        done = subprocess.run([str(c) for c in command], cwd=ROOT, env=env, text=True, capture_output=True, timeout=TIMEOUT_S)
        if done.returncode:
            sys.exit(f"error: ram_bits: {done.stderr[:2000]}")
        return json.loads(next(Path(folder).glob("*.tree.json")).read_text())


def number(constant):
    """32'h1f and 32'sh1f."""
    digits = re.fullmatch(r"\d+'s?h([0-9a-f]+)", constant)
    return int(digits[1], 16)


def rams(tree, top):
    """(path, width, depth) of every RAM below `top`."""
    modules = {m["addr"]: m for m in tree["modulesp"] if m["type"] == "MODULE"}
    by_name = {m["name"]: m for m in modules.values()}

    def cells(node, prefix):
        if node.get("type") == "CELL":
            yield node, f"{prefix}.{node['name']}"
        if node.get("type") == "GENBLOCK" and node.get("name"):
            prefix = f"{prefix}.{node['name']}"
        for key in ("stmtsp", "itemsp"):
            for child in node.get(key, []):
                yield from cells(child, prefix)

    def walk(module, path):
        if module["name"].startswith(RAM):
            values = {s["name"]: s["valuep"][0]["name"] for s in module["stmtsp"] if s["type"] == "VAR" and s.get("valuep")}
            yield path, number(values["Width"]), number(values["Depth"])
            return
        for cell, inner in cells(module, path):
            child = modules.get(cell["modp"])
            if child:
                yield from walk(child, inner)

    yield from walk(by_name[top], top)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("config", choices=("small", "mid", "large"))
    parser.add_argument("--json", type=Path, help="write the rows there")
    args = parser.parse_args()
    top = f"toe_top_{args.config}"
    rows = [dict(path=p, width=w, depth=d, bits=w * d) for p, w, d in rams(elaborate(args.config), top)]
    if not rows:
        sys.exit("error: ram_bits: no RAM found: has the tree's form changed?")
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(json.dumps(rows, indent=1) + "\n")
    else:
        for row in sorted(rows, key=lambda r: -r["bits"]):
            print(f"{row['bits']:>12} {row['width']:>6} x {row['depth']:<6} {row['path']}")


if __name__ == "__main__":
    main()

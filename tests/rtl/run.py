# SPDX-License-Identifier: Apache-2.0
"""Builds and runs the cocotb benches of tests/rtl in parallel (`make test-rtl`).

A bench is tests/rtl/<area>/test_<module>.py with a declaration at its top:

    BENCH = dict(
        top="prim_fifo",                        # module to build; required
        files=["rtl/prim/prim.f", "x.sv"],      # file lists and sources, from the repository's root; required
        params=[dict(Width=8), dict(Width=9)],  # one build each; default: one build without parameters
        thorough=[dict(Width=7)],               # more of them, for `make test-rtl-all` only; optional
        defines=dict(NAME=1),                   # optional
        verilator=["--timing"],                 # more arguments; optional. ["--public-depth", "1"]: the bench sees only
                                                # the top's ports, which compiles far faster
        timeout_s=600,                          # wall clock of one run; optional
    )

BENCHES = [dict(name="a", ...), dict(name="b", ...)] declares several. The environment follows cocotb's conventions:
COCOTB_TEST_MODULES (comma-separated, with or without `test_`), COCOTB_TEST_FILTER (regular expression on test
names), COCOTB_RANDOM_SEED (1 unless given; "random" draws one); WAVES=1 leaves an FST file beside the results. A build
is reused while nothing that it was made from has changed; benches that ask for the same build share it.
"""

import argparse
import ast
import collections
import concurrent.futures
import fcntl
import functools
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RTL_TESTS = ROOT / "tests/rtl"
# With RTL_COVERAGE=1 (tools/rtl_coverage.py) models count lines and toggles; they and their results have places of their own.
COVERAGE = os.environ.get("RTL_COVERAGE", "") not in ("", "0")
BUILD = ROOT / ("build/coverage/rtl" if COVERAGE else "build/rtl")
RESULTS = ROOT / ("build/coverage/results" if COVERAGE else "build/results/rtl")
BUILD_TIMEOUT_S = 300  # on top of a bench's own timeout_s
SAFE = {"dict": dict, "list": list, "range": range, "len": len, "str": str, "int": int}
KEYS = {
    "name", "top", "files", "sources", "params", "parameters", "thorough", "defines", "verilator", "timeout_s",
}  # fmt: skip

sys.path.insert(0, str(ROOT / "tools"))
from filelist import FileListError, expand  # noqa: E402


class BenchError(Exception):
    pass


@dataclass
class Job:
    module: str  # test_prim_fifo
    folder: Path
    label: str
    top: str
    sources: list
    incdirs: list
    params: dict
    defines: dict
    verilator: list
    timeout_s: int
    seed: int = 0
    waves: bool = False
    filter: str = ""
    extra: dict = field(default_factory=dict)

    @property
    def slug(self):
        return re.sub(r"[^A-Za-z0-9_.=-]+", "_", self.label)

    @property
    def shape(self):
        """What is built, apart from the contents of its sources."""
        return json.dumps(
            [self.top, self.params, self.defines, self.verilator, self.waves, self.incdirs, self.sources],
            sort_keys=True,
        )

    @property
    def build(self):
        return BUILD / f"{self.top}-{hashlib.sha256(self.shape.encode()).hexdigest()[:12]}"


def declarations(path):
    """The BENCH dictionaries of a file, without importing it. Earlier constants may be used in them."""
    names = dict(SAFE)
    found = []
    for node in ast.parse(path.read_text(), str(path)).body:
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        name = node.targets[0].id
        try:
            code = compile(ast.Expression(node.value), str(path), "eval")
            value = eval(code, {"__builtins__": {}}, names)  # noqa: S307  our own sources
        except Exception as error:
            if name in ("BENCH", "BENCHES"):
                raise BenchError(f"{path}: {name}: {error}") from error
            continue
        names[name] = value
        if name == "BENCH":
            found.append(value)
        elif name == "BENCHES":
            found.extend(value)
    return found


def jobs_of(path, seed, waves, filter_, thorough):
    module = path.stem
    declared = declarations(path)
    if not declared:
        raise BenchError(f"{path.relative_to(ROOT)}: no BENCH declaration")
    for d in declared:
        unknown = set(d) - KEYS
        if unknown:
            raise BenchError(f"{path.relative_to(ROOT)}: BENCH has unknown keys {sorted(unknown)}")
        files = d.get("files", d.get("sources"))
        if "top" not in d or not files:
            raise BenchError(f"{path.relative_to(ROOT)}: BENCH needs top and files")
        try:
            sources, incdirs = expand(files, ROOT)
        except FileListError as error:
            raise BenchError(f"{path.relative_to(ROOT)}: {error}") from error
        params = d.get("params", d.get("parameters")) or [{}]
        if thorough:
            params = params + d.get("thorough", [])
        for p in params:
            text = ",".join(f"{k}={v}" for k, v in p.items())
            name = f"{module}.{d['name']}" if "name" in d else module
            yield Job(
                module=module,
                folder=path.parent,
                label=f"{path.parent.name}/{name}" + (f"[{text}]" if text else ""),
                top=d["top"],
                sources=[str(s) for s in sources],
                incdirs=[str(s) for s in incdirs],
                params=p,
                defines=d.get("defines", {}),
                verilator=list(d.get("verilator", [])),
                timeout_s=int(d.get("timeout_s", 600)),
                seed=seed,
                waves=waves,
                filter=filter_,
            )


# The child: one build or one run, in a process of its own because cocotb's runner changes its environment.


def build_key(job, runner_files):
    h = hashlib.sha256(job.shape.encode())
    headers = [p for d in job.incdirs for p in sorted(Path(d).glob("*.*h"))]
    for path in [*job.sources, *headers, *runner_files]:
        h.update(str(path).encode())
        h.update(Path(path).read_bytes())
    return h.hexdigest()


def wave_format():
    """FST where Verilator's writer can be compiled, else VCD."""
    probe = ["g++", "-x", "c++", "-E", "-o", os.devnull, "-"]
    headers = "#include <lz4.h>\n#include <zlib.h>\n"
    if subprocess.run(probe, input=headers, text=True, capture_output=True).returncode == 0:
        return "fst"
    print("waves as VCD: Verilator's FST writer needs lz4.h and zlib.h (liblz4-dev, zlib1g-dev)")
    return "vcd"


def cocotb_runner():
    from cocotb_tools.runner import get_runner

    verilator = Path(os.environ["VERILATOR"])
    os.environ["PATH"] = f"{verilator.parent}{os.pathsep}{os.environ['PATH']}"
    os.environ.pop("VERILATOR_ROOT", None)
    os.environ.pop("MAKEFLAGS", None)
    os.environ["OBJCACHE"] = f"{sys.executable} {ROOT / 'tools/objcache.py'}"
    os.environ["TOE_OBJECTS"] = str(BUILD / ".objects")
    return get_runner("verilator")


def build_child(job):
    import cocotb_tools

    waivers = sorted(str(p) for p in (ROOT / "rtl/lint").glob("*.vlt"))
    args = ["--assert", "-Wall", "-Wno-fatal", "-O3", "-CFLAGS", "-O1"]
    if job.waves:
        if wave_format() == "fst":
            args += ["--trace-fst", "--trace-structs", "-LDFLAGS", "-llz4 -lz"]
        else:
            args += ["--trace-structs"]
    if COVERAGE:
        args += ["--coverage-line", "--coverage-toggle"]
    args += job.verilator
    key = build_key(
        job, [os.environ["VERILATOR"], Path(cocotb_tools.__file__), Path(__file__), *waivers]
    )
    stamp = job.build / "built-from"
    if stamp.exists() and stamp.read_text() == key:
        return
    if job.build.exists():
        shutil.rmtree(job.build)
    job.build.mkdir(parents=True)
    runner = cocotb_runner()
    if "--public-depth" in job.verilator:
        # cocotb makes every signal visible; in a large design that costs minutes of compilation. The bench says how deep it looks.
        everything = runner._build_command
        runner._build_command = lambda: [
            [a for a in command if a != "--public-flat-rw"] for command in everything()
        ]
    started = time.monotonic()
    runner.build(
        sources=[*waivers, *job.sources],
        includes=job.incdirs,
        hdl_toplevel=job.top,
        parameters=job.params,
        defines=job.defines,
        build_args=args,
        build_dir=job.build,
        always=True,
        timescale=("1ns", "1ps"),
        cwd=str(ROOT),
    )
    stamp.write_text(key)
    print(f"built in {time.monotonic() - started:.1f} s")


def run_child(job):
    runner = cocotb_runner()
    results = RESULTS / job.slug
    if results.exists():
        shutil.rmtree(results)
    results.mkdir(parents=True)
    env = {
        "COCOTB_RANDOM_SEED": str(job.seed),
        "PYTHONPATH": os.pathsep.join(
            str(p) for p in (job.folder, RTL_TESTS / "lib", RTL_TESTS, ROOT / "abi/python")
        ),
    }
    sys.path[:0] = env["PYTHONPATH"].split(os.pathsep)
    if job.filter:
        env["COCOTB_TEST_FILTER"] = job.filter
    if not job.waves:
        os.environ["COCOTB_ANSI_OUTPUT"] = "0"
    runner.test(
        hdl_toplevel=job.top,
        hdl_toplevel_lang="verilog",
        test_module=job.module,
        build_dir=job.build,
        test_dir=results,
        results_xml=str(results / "raw.xml"),
        parameters=job.params,
        seed=job.seed,
        test_args=["--trace", "--trace-file", str(results / f"waves.{wave_format()}")] if job.waves else [],
        extra_env=env,
        test_filter=job.filter or None,
    )


CHILDREN = {"--build": build_child, "--run": run_child}


# The parent.


def finish(job, code, output, seconds):
    """Reads what the run left, adds what it could not write itself, and gives (passed, failed, skipped, lines)."""
    results = RESULTS / job.slug
    results.mkdir(parents=True, exist_ok=True)
    (results / "log.txt").write_text(output)
    suite = ET.Element("testsuite", name=f"rtl.{job.label}")
    ET.SubElement(
        ET.SubElement(suite, "properties"), "property", name="random_seed", value=str(job.seed)
    )
    passed = failed = skipped = 0
    raw = results / "raw.xml"
    if raw.exists():
        try:
            for case in ET.parse(raw).getroot().iter("testcase"):
                new = ET.SubElement(suite, "testcase", case.attrib)
                new.set("classname", f"rtl.{job.label}")
                new.extend(list(case))
                if case.find("failure") is not None or case.find("error") is not None:
                    failed += 1
                elif case.find("skipped") is not None:
                    skipped += 1
                else:
                    passed += 1
        except ET.ParseError:
            code = code or 1
    broken = code != 0 and failed == 0
    nothing = code == 0 and passed + failed == 0 and not job.filter
    if broken or nothing:
        failed += 1
        case = ET.SubElement(
            suite, "testcase", name="run", classname=f"rtl.{job.label}", time=f"{seconds:.3f}"
        )
        what = f"exit code {code}" if broken else "no test ran"
        ET.SubElement(case, "failure", message=what).text = output[-4000:]
    suite.set("tests", str(passed + failed + skipped))
    suite.set("failures", str(failed))
    suite.set("time", f"{seconds:.3f}")
    ET.ElementTree(suite).write(results / "results.xml", encoding="utf-8", xml_declaration=True)
    raw.unlink(missing_ok=True)
    return passed, failed, skipped


def relevant(output):
    keep = re.compile(r"%Error|%Warning|FAIL|Error|assert|Traceback|Exception|static assertion")
    lines = output.splitlines()
    hits = [line for line in lines if keep.search(line)]
    return "\n".join("      " + line[:220] for line in (hits[-15:] or lines[-15:]))


def child(what, job, timeout_s):
    """(exit code, output, seconds) of a build or a run; the builds and results of this checkout have one place, so that a second one waits for its turn."""
    locks = BUILD / ".locks"
    locks.mkdir(parents=True, exist_ok=True)
    spec = json.dumps({**job.__dict__, "folder": str(job.folder)})
    with (locks / (job.build.name if what == "build" else job.slug)).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        started = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, __file__, f"--{what}", spec],
            cwd=ROOT,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            errors="replace",
            start_new_session=True,
        )
        try:
            output, _ = process.communicate(timeout=timeout_s)
            code = process.returncode
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # the simulation is its grandchild
            output, _ = process.communicate()
            code, output = 124, f"{output}\nError: {what} stopped after {timeout_s} s"
        return code, output, time.monotonic() - started


def build(jobs):
    """One build for all who ask for it: nothing done yet, and what can be run now. Its seconds count for the first."""
    code, output, seconds = child("build", jobs[0], BUILD_TIMEOUT_S)
    return None, [
        functools.partial(run, job, code, output, 0 if i else seconds) for i, job in enumerate(jobs)
    ]


def run(job, code, output, seconds):
    if code == 0:
        code, said, took = child("run", job, job.timeout_s)
        output, seconds = output + said, seconds + took
    return (job, finish(job, code, output, seconds), seconds, output), []


def run_all(jobs):
    """Yields each bench as it ends. What has been built runs before the next build begins."""
    shapes = {}
    for job in jobs:
        shapes.setdefault(job.shape, []).append(job)
    todo = collections.deque(functools.partial(build, same) for same in shapes.values())
    under_way = set()
    with concurrent.futures.ThreadPoolExecutor(cores()) as pool:
        while todo or under_way:
            while todo and len(under_way) < cores():
                under_way.add(pool.submit(todo.popleft()))
            ended, under_way = concurrent.futures.wait(
                under_way, return_when=concurrent.futures.FIRST_COMPLETED
            )
            for future in ended:
                done, then = future.result()
                todo.extendleft(reversed(then))
                if done:
                    yield done


def cores():
    return int(os.environ.get("JOBS", "0")) or len(os.sched_getaffinity(0))


def main():
    if len(sys.argv) == 3 and sys.argv[1] in CHILDREN:
        spec = json.loads(sys.argv[2])
        CHILDREN[sys.argv[1]](Job(**{**spec, "folder": Path(spec["folder"])}))
        return 0
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--list", action="store_true", help="print the benches and stop")
    parser.add_argument("--all", action="store_true", help="also those that take too long for every change")
    parser.add_argument("--without", metavar="REGEX", help="leave out benches whose label matches")
    args = parser.parse_args()

    env = os.environ
    given = env.get("COCOTB_RANDOM_SEED") or env.get("SEED") or "1"
    if given != "random" and not given.isdecimal():
        parser.error(f"the seed is a number or 'random', not '{given}'")
    seed = random.randrange(1, 2**31) if given == "random" else int(given)
    wanted = [m for m in re.split(r"[,\s]+", env.get("COCOTB_TEST_MODULES", "")) if m]
    waves = env.get("WAVES", "") not in ("", "0")
    jobs, errors, known = [], [], set()
    for path in sorted(RTL_TESTS.glob("*/test_*.py")):
        names = {path.stem, path.stem.removeprefix("test_"), path.parent.name}
        known |= names
        if wanted and not names & set(wanted):
            continue
        try:
            jobs.extend(jobs_of(path, seed, waves, env.get("COCOTB_TEST_FILTER", ""), args.all))
        except (BenchError, SyntaxError) as error:
            errors.append(str(error))
    if args.without:
        jobs = [job for job in jobs if not re.search(args.without, job.label)]
    missing = [m for m in wanted if m not in known]
    if missing:
        errors.append(f"no bench named {', '.join(missing)} below tests/rtl")
    if args.list:
        print("\n".join(job.label for job in jobs))
        return 0
    print(f"{len(jobs)} benches, {cores()} at a time, COCOTB_RANDOM_SEED={seed}", flush=True)
    rows, total = [], [0, 0, 0]
    for job, counts, seconds, output in run_all(jobs):
        rows.append((job.label, counts, seconds))
        total = [a + b for a, b in zip(total, counts)]
        verdict = "FAIL" if counts[1] else "ok  "
        print(f"  {verdict} {job.label}  ({seconds:.1f} s)", flush=True)
        for wave in sorted((RESULTS / job.slug).glob("waves.*")):
            print(f"      waves: {wave.relative_to(ROOT)}", flush=True)
        if counts[1]:
            print(relevant(output), flush=True)
            print(f"      log: build/results/rtl/{job.slug}/log.txt", flush=True)
    width = max((len(r[0]) for r in rows), default=10)
    print(f"\n{'bench':{width}}  passed  failed  skipped  seconds")
    for label, (p, f, s), seconds in sorted(rows):
        print(f"{label:{width}}  {p:6}  {f:6}  {s:7}  {seconds:7.1f}")
    for error in errors:
        print(f"error: {error}")
    print(f"RTL: {total[0]} passed, {total[1]} failed, {total[2]} skipped (seed {seed})")
    if errors or total[1]:
        print(f"again with: make test-rtl SEED={seed} [MODULE=…] [TEST=…] [WAVES=1]")
        return 1
    if total[0] == 0:
        print("error: no test ran")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

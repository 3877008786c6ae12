# SPDX-License-Identifier: Apache-2.0
"""`make lint-style`: house rules that no compiler checks, over every file of the repository.

SPDX line in every source; no tabs, no trailing space. SystemVerilog: file name = module or package name, `// Contract:`
in every file of rtl/, at most 500 lines of at most 100 columns, no `ifdef outside the assertion macros, no inline
lint_off; every counter has a driver. Rust: at most 900 lines a file; in the host stack and the driver hash maps only
with a key of the stack's (`rand.rs`), for peers choose what they hold. Generated files (rtl/gen, */generated/) are the
generator's affair.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = {
    ".c", ".cpp", ".css", ".f", ".h", ".html", ".hpp", ".js", ".ld", ".mk", ".py", ".rdl", ".rs", ".sby", ".sh",
    ".sv", ".svh", ".toml", ".vlt",
}  # fmt: skip
NAMED = {"Makefile", "run"}
MAX_SV_LINES, MAX_SV_COLUMNS, MAX_RS_LINES = 500, 100, 900
# The assertion macros, and the checker that is one of them in module form.
MAY_IFDEF = {"rtl/prim/toe_assert.svh", "rtl/prim/prim_stream_chk.sv"}
# Where a map without a key would be one that a peer can aim at.
KEYED = re.compile(r"^(driver|host-stack/(stack|offload|api))/src/(?!rand\.rs$|.*tests\.rs$)")
UNKEYED_MAP = re.compile(r"\b(HashMap|HashSet|RandomState|DefaultHasher|BuildHasherDefault)\b")
# A counter of the registers that no block counts would read as "never".
COUNTERS = "rtl/host/host_ctr_pkg.sv"
COUNTER_DRIVERS = ["rtl/top/toe_ctr_join.sv", "rtl/top/toe_host.sv"]
GENERATED = re.compile(r"^rtl/gen/|/generated/")


def files():
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode == 0:
        names = {n for n in done.stdout.split("\0") if n}
    else:  # an unpacked archive
        skip = {"build", "out", "target", ".git", "__pycache__"}
        names = {str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if not skip & set(p.relative_to(ROOT).parts)}
    return sorted(n for n in names if (ROOT / n).is_file())


def check_sv(name, text, lines):
    stem = Path(name).stem
    in_rtl = name.startswith("rtl/")
    if len(lines) > MAX_SV_LINES:
        yield 1, f"{len(lines)} lines, at most {MAX_SV_LINES}"
    for i, line in enumerate(lines, 1):
        if len(line) > MAX_SV_COLUMNS:
            yield i, f"{len(line)} columns, at most {MAX_SV_COLUMNS}"
        if re.match(r"\s*`(ifdef|ifndef|elsif)\b", line) and name not in MAY_IFDEF:
            yield i, "`ifdef: configuration is a parameter"
        if re.search(r"verilator\s+lint_off", line):
            yield i, "inline lint_off: waivers are lines in rtl/lint"
    if name == COUNTERS:
        driven = "".join((ROOT / n).read_text(encoding="utf-8") for n in COUNTER_DRIVERS)
        fields = re.findall(r"\b([a-z]\w+)\b(?=\s*[,;])", text[text.index("typedef struct packed") : text.index("} toe_ctr_t")])
        for field in fields:
            if not re.search(rf"\b{field}\s*=[^=]", driven):
                yield 1, f"counter {field}: nobody drives it"
    if in_rtl and not re.search(r"^\s*// Contract:", text, re.M):
        yield 1, "no `// Contract:` line"
    if name.endswith(".sv"):
        found = re.findall(r"^(?:module|package|interface)\s+(?:automatic\s+|static\s+)?(\w+)", text, re.M)
        if found != [stem]:
            yield 1, f"declares {', '.join(found) or 'nothing'}: one module or package a file, named like the file"


def check(name):
    """(line, what is wrong) of one file."""
    path = ROOT / name
    suffix = path.suffix
    if suffix not in SOURCES and path.name not in NAMED:
        return
    text = path.read_text(encoding="utf-8", errors="replace")
    lines = text.splitlines()
    if "SPDX-License-Identifier: Apache-2.0" not in "\n".join(lines[:3]):
        yield 1, "no SPDX-License-Identifier in the first three lines"
    if GENERATED.search(name):
        return
    recipe = suffix == ".mk" or path.name == "Makefile"
    for i, line in enumerate(lines, 1):
        if "\t" in line and not (recipe and line.startswith("\t")):
            yield i, "tab"
        if line != line.rstrip():
            yield i, "space at the end of the line"
    if text and not text.endswith("\n"):
        yield len(lines), "no newline at the end"
    if suffix in (".sv", ".svh"):
        yield from check_sv(name, text, lines)
    if suffix == ".rs" and len(lines) > MAX_RS_LINES:
        yield 1, f"{len(lines)} lines, at most {MAX_RS_LINES}"
    if suffix == ".rs" and KEYED.match(name):
        for i, line in enumerate(lines, 1):
            if UNKEYED_MAP.search(line):
                yield i, "a hash map without a key of the stack's: take rand::Map"


def main():
    wrong, seen = 0, 0
    for name in files():
        seen += 1
        for line, what in check(name):
            wrong += 1
            print(f"{name}:{line}: {what}")
    if wrong:
        print(f"lint-style: {wrong} findings")
        return 1
    print(f"lint-style: {seen} files as they should be")
    return 0


if __name__ == "__main__":
    sys.exit(main())

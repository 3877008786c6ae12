# SPDX-License-Identifier: Apache-2.0
"""The table of docs/vfio.md: which files each transport adds to the driver, and their lines of code (without tests, comments, empty lines).

    transport_files.py          writes it
    transport_files.py --check  compares: every file in one row, sizes within some lines
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOC = ROOT / "docs/vfio.md"
BEGIN, END = "<!-- written by `make transport-files` -->", "<!-- end -->"
NEAR = 20
# Name, device, folder or files below ROOT.
ROWS = [
    ("in process", "a world in the same process, virtual time", ["tests/support/src/transport.rs"]),
    ("`vfio-user:PATH`", "`toe-sim` in another process", ["driver/vfio/src/vfio_user"]),
    ("`vfio:ADDRESS`", "a card (or a simulated one) behind the kernel's vfio-pci", ["driver/vfio/src/vfio"]),
    ("the latter two", "addresses, memory, eventfds, names", ["driver/vfio/src/*.rs"]),
    ("set-up of `vfio`", "`toe device list`, `bind`, `unbind`, `info`", ["driver/vfio/src/sysfs"]),
    ("none of them", "the driver", ["driver/src"]),
]


def code(path):
    text = path.read_text().split("#[cfg(test)]\nmod tests {")[0]
    lines = (line.strip() for line in text.splitlines())
    return sum(1 for line in lines if line and not line.startswith("//"))


def files(pattern):
    path = ROOT / pattern
    found = sorted(path.rglob("*.rs")) if path.is_dir() else sorted(ROOT.glob(pattern))
    return [p for p in found if p.name not in ("tests.rs", "testing.rs")]


def table():
    lines = ["| transport | what it reaches | files | lines of code |", "|---|---|---|---|"]
    for name, what, patterns in ROWS:
        found = [f for pattern in patterns for f in files(pattern)]
        folder = found[0].parent
        names = ", ".join(str(f.relative_to(folder)).removesuffix(".rs") for f in found)
        listed = f"`{folder.relative_to(ROOT)}`: {names}"
        lines.append(f"| {name} | {what} | {listed} | {sum(map(code, found))} |")
    return lines


def main():
    text = DOC.read_text()
    before, rest = text.split(BEGIN)
    old, after = rest.split(END)
    new = table()
    if "--check" not in sys.argv:
        DOC.write_text(before + BEGIN + "\n" + "\n".join(new) + "\n" + END + after)
        return 0
    old = old.strip().splitlines()
    size = re.compile(r"\| (\d+) \|$")

    def near(a, b):
        if size.sub("", a) != size.sub("", b):
            return False
        x, y = size.search(a), size.search(b)
        return not x or abs(int(x[1]) - int(y[1])) <= NEAR

    if len(old) != len(new) or not all(map(near, old, new)):
        print("docs/vfio.md: the table of transports is old: make transport-files")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

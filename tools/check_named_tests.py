# SPDX-License-Identifier: Apache-2.0
"""`make lint-named-tests`: tables that promise a test a row keep the promise.

Each row of a table whose last column is `test` names tests as `path::function`, in code marks; the file must have that
function, and the file's tests must include it (`#[test]` before it, or its name in a list of `on_all_devices!`,
`on_each!`, or inside `proptest!`; in Python `@cocotb.test` before it). A case of a corpus is named by its path, a proof by
`tests/formal/proofs.py::name`.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ["docs/attacks.md", "docs/handoff.md", "docs/engine-status.md", "docs/findings.md"]
NAME = re.compile(r"`([\w./-]+\.(?:rs|py))::(\w+)`|`([\w./-]+\.json)`")


def is_test(text, name):
    """Whether a source has the function as a test."""
    if re.search(rf"@cocotb\.test\([^\n]*\)\n(?:@[^\n]*\n)*async def {name}\(", text):
        return True
    if re.search(rf"^\s*(?:name=)?\"{name}\"", text, re.M):
        return True
    if re.search(rf"\bstream\(\"rtl/\w+/{name.removeprefix('stream_')}\.sv\"", text):
        return True
    if not re.search(rf"\bfn {name}\(", text):
        return False
    plain = re.search(rf"#\[test\]\s*(?:#\[[^\]]*\]\s*)*(?:///[^\n]*\s*)*fn {name}\(", text)
    listed = re.search(rf"\bon_\w+!\([^)]*\b{name}\b[^)]*\)", text)
    property_ = re.search(rf"proptest! \{{.*\bfn {name}\(", text, re.S)
    return bool(plain or listed or property_)


def check(document):
    """(line, what is wrong) of one document."""
    rows, in_table = 0, False
    for n, line in enumerate((ROOT / document).read_text().splitlines(), 1):
        cells = [c.strip() for c in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            in_table = False
        elif cells[-1] == "test":
            in_table = True
        elif in_table and not set(cells[0]) <= set("-: "):
            rows += 1
            tests = NAME.findall(cells[-1])
            if not tests:
                yield n, "names no test as `path.rs::function`"
            for path, name, case in tests:
                file = ROOT / (path or case)
                if case:
                    if not file.is_file():
                        yield n, f"there is no {case}"
                    continue
                if not file.is_file():
                    yield n, f"there is no {path}"
                elif not is_test(file.read_text(), name):
                    yield n, f"{path} has no test {name}"
    if rows == 0:
        yield 1, "has no table whose last column is `test`"


def main():
    wrong = [(d, n, what) for d in DOCUMENTS for n, what in check(d)]
    for document, n, what in wrong:
        print(f"{document}:{n}: {what}")
    if not wrong:
        print(f"lint-named-tests: {', '.join(DOCUMENTS)}: every row has its tests")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""docs/unsafe.md: every `unsafe` block, function and implementation of the driver and of what stands in for hardware, with its reason.

    unsafe_list.py          writes it
    unsafe_list.py --check  compares; an `unsafe` without a SAFETY comment is an error either way
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GROUPS = {
    "The driver and its transports": ["driver/src", "driver/vfio/src"],
    "The simulated machine, the simulator, the in-process transport": ["sim/world/src", "sim/vfio-user/src", "tests/support/src"],
}
USE = re.compile(r"\bunsafe\s*(\{|fn\b|impl\b)")


def reason(lines, at):
    """The SAFETY comment above a line (attributes and the beginning of the statement may lie between), or a `# Safety` section."""
    i = at
    while i > 0 and i > at - 12:
        i -= 1
        text = lines[i].strip()
        if text.startswith("// SAFETY:"):
            words = [text.removeprefix("// SAFETY:").strip()]
            for more in lines[i + 1 : at]:
                if not more.strip().startswith("//"):
                    break
                words.append(more.strip().removeprefix("//").strip())
            return " ".join(words)
        if text.startswith("/// # Safety"):
            words = []
            for more in lines[i + 1 : at]:
                if more.strip().startswith("///"):
                    words.append(more.strip().removeprefix("///").strip())
            return "Caller: " + " ".join(w for w in words if w)
    return None


def main():
    out = [
        "# Where `unsafe` is, and why",
        "",
        "Written by `make unsafe-list`; `make lint-style` compares. Every other crate forbids it; clippy refuses a block without its reason.",
        "",
    ]
    wrong, total = [], 0
    for title, folders in GROUPS.items():
        rows = []
        for folder in folders:
            for path in sorted((ROOT / folder).rglob("*.rs")):
                lines = path.read_text().splitlines()
                for i, line in enumerate(lines):
                    code = line.split("//")[0]
                    if not (m := USE.search(code)) or "unsafe_code" in code:
                        continue
                    name = path.relative_to(ROOT)
                    why = reason(lines, i)
                    if not why:
                        wrong.append(f"{name}:{i + 1}: unsafe without a reason")
                    what = {"{": "block"}.get(m[1], m[1])
                    rows.append(f"| `{name}` | {what} `{code.strip()[:60].replace('|', '')}` | {why} |")
        total += len(rows)
        out += [f"## {title}: {len(rows)}", "", "| file | what | why it is sound |", "|---|---|---|", *rows, ""]
    text = "\n".join(out)
    target = ROOT / "docs/unsafe.md"
    if "--check" in sys.argv:
        if not target.exists() or target.read_text() != text:
            wrong.append("docs/unsafe.md is not up to date: make unsafe-list")
    else:
        target.write_text(text)
    for line in wrong:
        print(f"error: {line}")
    print(f"unsafe: {total} places, {len(wrong)} problems")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

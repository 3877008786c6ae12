# SPDX-License-Identifier: Apache-2.0
"""`make check-gen`: regenerates everything from abi/*.rdl into build/ and compares with what is committed."""

import difflib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCRATCH = ROOT / "build/check-gen"
FOLDERS = ("rtl/gen", "abi/golden", "abi/rust/src/generated", "docs", "tests/rtl/abi")
MARK = "by abi/exporter (`make gen`). Do not edit."


def main():
    if SCRATCH.exists():
        shutil.rmtree(SCRATCH)
    exporter = [sys.executable, str(ROOT / "abi/exporter"), "--root", str(SCRATCH)]
    subprocess.run(exporter, check=True, stdout=subprocess.DEVNULL)
    (SCRATCH / "rustfmt.toml").unlink()
    fresh = {p.relative_to(SCRATCH) for p in SCRATCH.rglob("*") if p.is_file()}
    bad = 0
    for name in sorted(fresh):
        old = ROOT / name
        want = (SCRATCH / name).read_text()
        have = old.read_text() if old.exists() else ""
        if have != want:
            bad += 1
            print(f"{name}: {'differs from' if old.exists() else 'is missing, unlike'} its source")
            diff = difflib.unified_diff(
                have.splitlines(), want.splitlines(), "committed", "generated", lineterm="", n=1
            )
            print("\n".join(list(diff)[:12]))
    for folder in FOLDERS:
        for path in (ROOT / folder).glob("*"):
            if not path.is_file() or path.suffix == ".py":
                continue
            name = path.relative_to(ROOT)
            if MARK in path.read_text(errors="replace")[:400] and name not in fresh:
                bad += 1
                print(f"{name}: nothing generates it any more")
    if bad:
        print(f"check-gen: {bad} files are stale; run `make gen` and commit the result")
        return 1
    print(f"check-gen: {len(fresh)} generated files are current")
    return 0


if __name__ == "__main__":
    sys.exit(main())

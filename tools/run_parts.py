# SPDX-License-Identifier: Apache-2.0
"""`make test`: runs each part as a make target, goes on after a failure, merges the results, says how it went."""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "build/results"


def merge(parts):
    """One JUnit file of all results; (passed, failed, skipped)."""
    root = ET.Element("testsuites", name="OpenTOE")
    for path in sorted(RESULTS.rglob("results.xml")):
        tree = ET.parse(path).getroot()
        root.extend([tree] if tree.tag == "testsuite" else list(tree))
    suite = ET.SubElement(root, "testsuite", name="make")
    for name, code, seconds in parts:
        case = ET.SubElement(suite, "testcase", name=name, classname="make", time=f"{seconds:.1f}")
        if code:
            ET.SubElement(case, "failure", message=f"exit code {code}")
    counts = [0, 0, 0]
    for case in root.iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            counts[1] += 1
        elif case.find("skipped") is not None:
            counts[2] += 1
        else:
            counts[0] += 1
    tests = counts[0] + counts[1]
    root.set("tests", str(tests + counts[2]))
    root.set("failures", str(counts[1]))
    (ROOT / "out").mkdir(exist_ok=True)
    ET.ElementTree(root).write(ROOT / "out/results.xml", encoding="utf-8", xml_declaration=True)
    return counts


def main():
    make = os.environ.get("MAKE", "make")
    parts = []
    for name in sys.argv[1:]:
        print(f"\n=== {name}", flush=True)
        started = time.monotonic()
        code = subprocess.run([make, "--no-print-directory", name], cwd=ROOT).returncode
        parts.append((name, code, time.monotonic() - started))
    passed, failed, skipped = merge(parts)
    print("\n=== summary")
    for name, code, seconds in parts:
        print(f"  {'FAIL' if code else 'ok  '} {name:14} {seconds:7.1f} s")
    print(f"  results: out/results.xml, {skipped} skipped, {sum(s for _, _, s in parts):.0f} s in all")
    verdict = f"{passed} passed, {failed} failed"
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "verdict").write_text(verdict + "\n")
    print(verdict, flush=True)
    return 1 if failed or passed <= len(parts) else 0


if __name__ == "__main__":
    sys.exit(main())

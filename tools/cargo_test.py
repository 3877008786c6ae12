# SPDX-License-Identifier: Apache-2.0
"""Runs `cargo test`, shows it, and writes build/results/<name>/results.xml from what it printed.

    cargo_test.py NAME -- arguments of cargo test
"""

import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNNING = re.compile(r"^\s*(?:Running (?:unittests )?(\S+)|Doc-tests (\S+))")
TEST = re.compile(r"^test (.+?) \.\.\. (ok|FAILED|ignored.*)$")
FINISH = re.compile(r"^test result: .*? (\d+) passed; (\d+) failed; (\d+) ignored")
DETAIL = re.compile(r"^---- (.+?) stdout ----$")


def main():
    name, rest = sys.argv[1], sys.argv[3:]
    command = ["cargo", "test", "--no-fail-fast", *rest]
    print("$", " ".join(command), flush=True)
    started = time.monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        errors="replace",
    )  # fmt: skip
    suites, suite, details, detail = [], None, {}, None
    counted = [0, 0, 0]
    for line in process.stdout:
        print(line, end="", flush=True)
        line = line.rstrip("\n")
        if m := RUNNING.match(line):
            suite = ET.Element("testsuite", name=f"{name}.{m[1] or m[2]}")
            suites.append(suite)
            details = {}
        elif m := TEST.match(line):
            case = ET.SubElement(suite, "testcase", name=m[1], classname=suite.get("name"))
            if m[2] == "FAILED":
                ET.SubElement(case, "failure", message="failed")
            elif m[2].startswith("ignored"):
                ET.SubElement(case, "skipped", message=m[2])
        elif m := DETAIL.match(line):
            detail = m[1]
            details[detail] = []
        elif line == "failures:" or line.startswith("test result:"):
            detail = None
        elif detail is not None:
            details[detail].append(line)
        if m := FINISH.match(line):
            counted = [a + int(b) for a, b in zip(counted, m.groups())]
            for case in suite.iter("testcase"):
                failure = case.find("failure")
                if failure is not None:
                    failure.text = "\n".join(details.get(case.get("name"), []))[-4000:]
    code = process.wait()
    root = ET.Element("testsuites", name=name, time=f"{time.monotonic() - started:.3f}")
    root.extend(suites)
    total = sum(len(s.findall("testcase")) for s in suites)
    # Output of a test can break a line that reports a result; the totals are the authority.
    extra = ET.SubElement(root, "testsuite", name=f"{name}.other")
    fails = sum(1 for s in suites for c in s if c.find("failure") is not None)
    for i in range(counted[1] - fails):
        case = ET.SubElement(extra, "testcase", name=f"unnamed failure {i}", classname=name)
        ET.SubElement(case, "failure", message="see the log")
    for i in range(sum(counted) - total - max(0, counted[1] - fails)):
        ET.SubElement(extra, "testcase", name=f"unnamed {i}", classname=name)
    if code != 0 and counted[1] == 0:
        case = ET.SubElement(extra, "testcase", name="cargo test", classname=name)
        ET.SubElement(case, "failure", message=f"exit code {code} without a failed test")
    if code == 0 and sum(counted[:2]) == 0:
        print(f"error: {name}: no test ran")
        code = 1
    out = ROOT / "build/results" / name
    out.mkdir(parents=True, exist_ok=True)
    ET.ElementTree(root).write(out / "results.xml", encoding="utf-8", xml_declaration=True)
    return code


if __name__ == "__main__":
    sys.exit(main())

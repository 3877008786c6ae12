# SPDX-License-Identifier: Apache-2.0
"""Fetches valgrind as a Debian package into a folder where the machine has none: nothing is installed.

    valgrind.py FOLDER     writes FOLDER/bin/valgrind
"""

import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "vm"))
from fetch import Apt, fail  # noqa: E402


def codename():
    release = Path("/etc/os-release").read_text() if Path("/etc/os-release").exists() else ""
    for line in release.splitlines():
        if line.startswith("VERSION_CODENAME="):
            return line.split("=", 1)[1].strip('"')
    fail("no VERSION_CODENAME in /etc/os-release: install valgrind by hand, or leave out --part bulk,churn")


def main():
    folder = Path(sys.argv[1]).resolve()
    program = folder / "bin/valgrind"
    if program.exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    suite = codename()
    apt = Apt(folder / "apt", [suite])
    apt("update")
    apt.unpack(["valgrind"], folder / "root", suite)
    shutil.rmtree(folder / "apt")
    real = next((p for p in (folder / "root/usr/bin/valgrind.bin", folder / "root/usr/bin/valgrind") if p.exists()), None)
    tool = next((folder / "root").rglob("callgrind-amd64-linux"), None)
    if not real or not tool:
        fail("the package valgrind has no callgrind for this machine")
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nexport VALGRIND_LIB='{tool.parent}'\nexec '{real}' \"$@\"\n")
    program.chmod(0o755)
    print(f"valgrind from {suite}: {program}")


if __name__ == "__main__":
    os.umask(0o022)
    main()

# SPDX-License-Identifier: Apache-2.0
"""Runs the packaged FPGA tools, and remembers what they made from what."""

import hashlib
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / "build/venv/bin/python"


class ToolFailed(Exception):
    """A tool failed; the text says which, and how its log ends."""


def run(command, log, timeout=None):
    """Runs a tool from the repository's root with its output in `log`."""
    # The tools are WebAssembly and see folders below this one only; ABC wants a temporary folder there.
    temporary = "build/synth/tmp"
    (ROOT / temporary).mkdir(parents=True, exist_ok=True)
    cache = os.environ.get("YOWASP_CACHE_DIR", str(ROOT / "build/tools/yowasp-cache"))
    environment = dict(os.environ, TMPDIR=temporary, YOWASP_CACHE_DIR=cache)
    with log.open("w") as out:
        try:
            code = subprocess.run(
                [str(c) for c in command], cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT, check=False, timeout=timeout
            ).returncode
        except subprocess.TimeoutExpired:
            code = f"no end within {timeout} s"
    if code:
        tail = "\n".join(line[:200] for line in log.read_text(errors="replace").splitlines()[-12:])
        raise ToolFailed(f"{Path(command[1]).name} failed ({code}); the end of {log.relative_to(ROOT)}:\n{tail}")


def yosys(script, base):
    """Runs a Yosys script (text); `base`.ys and `base`.log stay."""
    path = base.with_suffix(".ys")
    path.write_text(script)
    run([PYTHON, "tools/yosys.py", "-q", "-l", base.with_suffix(".log").relative_to(ROOT), "-s", path.relative_to(ROOT)], base.with_suffix(".err"))


def sha(*parts):
    """One key for texts, bytes and numbers."""
    h = hashlib.sha256()
    for part in parts:
        h.update(part if isinstance(part, bytes) else str(part).encode())
        h.update(b"\0")
    return h.hexdigest()


def cached(base, key, produce, *products):
    """Runs produce() unless `products` are there, made from the same `key`; says whether it ran."""
    stamp = base.with_suffix(".key")
    if stamp.exists() and stamp.read_text() == key and all(p.exists() for p in products):
        return False
    stamp.unlink(missing_ok=True)
    produce()
    stamp.write_text(key)
    return True

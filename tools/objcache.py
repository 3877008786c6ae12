# SPDX-License-Identifier: Apache-2.0
"""Compiler prefix (OBJCACHE) that compiles Verilator's runtime once and not once a bench.

Only sources in Verilator's include folder are shared: they depend on the flags and the tool, not on the model.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path


def main():
    command = sys.argv[1:]
    store = Path(os.environ["TOE_OBJECTS"])
    sources = [a for a in command if a.endswith(".cpp")]
    if "-c" not in command or len(sources) != 1 or "/verilator/include/verilated" not in sources[0]:
        return subprocess.run(command).returncode
    output = Path(command[command.index("-o") + 1])
    key = [a for a in command if a != str(output)]
    digest = hashlib.sha256("\0".join(key).encode() + Path(sources[0]).read_bytes()).hexdigest()
    kept = store / f"{digest}.o"
    if not kept.exists():
        code = subprocess.run(command).returncode
        if code:
            return code
        store.mkdir(parents=True, exist_ok=True)
        scratch = store / f"{digest}.{os.getpid()}"
        shutil.copyfile(output, scratch)
        scratch.rename(kept)
        return 0
    shutil.copyfile(kept, output)
    return 0


if __name__ == "__main__":
    sys.exit(main())

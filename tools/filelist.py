# SPDX-License-Identifier: Apache-2.0
"""Reads Verilator-style file lists (*.f): sources, +incdir+, -f, // and # comments. All paths are relative to the root."""

from pathlib import Path


class FileListError(Exception):
    pass


def expand(entries, root, _seen=None):
    """(sources, include folders) in order, each once. An entry is a source, a *.f file or `-f x.f`."""
    sources, incdirs = [], []
    seen = set() if _seen is None else _seen

    def add(entry, origin):
        entry = entry.strip()
        if entry.startswith(("-f ", "-F ")):
            entry = entry[3:].strip()
        if entry.startswith("+incdir+"):
            for d in entry[8:].split("+"):
                path = root / d
                if path not in incdirs:
                    incdirs.append(path)
            return
        path = root / entry
        if path in seen:
            return
        seen.add(path)
        if not path.exists():
            raise FileListError(f"{origin}: no such file: {entry}")
        if path.suffix != ".f":
            sources.append(path)
            return
        for line in path.read_text().splitlines():
            line = line.split("//")[0].split("#")[0].strip()
            if line:
                add(line, entry)

    for e in entries:
        add(str(e), "file list")
    return sources, incdirs


if __name__ == "__main__":
    import sys

    root = Path(__file__).resolve().parents[1]
    found, dirs = expand(sys.argv[1:], root)
    print("\n".join(str(p.relative_to(root)) for p in [*dirs, *found]))

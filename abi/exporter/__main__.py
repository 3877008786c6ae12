# SPDX-License-Identifier: Apache-2.0
"""`python abi/exporter [--root DIR]`: writes everything that is generated from abi/*.rdl below DIR."""

import argparse
import shutil
from pathlib import Path

import emit_docs
import emit_rust
import emit_sv
import golden
import model


def main():
    here = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(prog="abi/exporter")
    parser.add_argument("--root", type=Path, default=here, help="where to write (default: here)")
    root = parser.parse_args().root.resolve()
    abi = model.load(here / "abi")
    if root != here:
        root.mkdir(parents=True, exist_ok=True)
        shutil.copy(here / "rustfmt.toml", root)
    emit_rust.emit(abi, root)
    emit_sv.emit(abi, root)
    emit_docs.emit(abi, root)
    golden.emit(abi.canonical(), root)
    (root / "abi/abi.json").write_text(abi.canonical_text())
    print(f"abi hash {abi.hash64():016x}")


if __name__ == "__main__":
    main()

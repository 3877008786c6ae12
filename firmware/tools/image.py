# SPDX-License-Identifier: Apache-2.0
"""Turns the firmware's ELF file into the ROM package that simulation and synthesis use.

`image.py --elf FILE --out rtl/gen/toe_fw_pkg.sv` writes it; `image.py --check --out FILE` only compares the source hash that
stands in it with the sources, so that a machine without the RISC-V target notices a stale image.
"""

import argparse
import hashlib
import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORDS = 8192  # the ROM of the core, 32 KiB
PT_LOAD = 1


def source_hash():
    """SHA-256 over the names and contents of everything that the image is built from."""
    digest = hashlib.sha256()
    files = [p for d in ("firmware/app/src", "firmware/cc/src", "firmware/rt", "abi/rust/src") for p in (ROOT / d).rglob("*") if p.is_file()]
    files += [ROOT / "firmware/Cargo.toml", ROOT / "firmware/app/Cargo.toml", ROOT / "firmware/cc/Cargo.toml", ROOT / "abi/rust/Cargo.toml"]
    for path in sorted(files):
        if path.name == "tests.rs" or {"target", "tests"} & set(path.relative_to(ROOT).parts):
            continue
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def load(elf):
    """The words of the ROM: every loadable segment at its physical address."""
    data = elf.read_bytes()
    if data[:6] != b"\x7fELF\x01\x01":
        sys.exit(f"{elf}: not a little-endian 32-bit ELF file; build it with `make firmware`")
    phoff, = struct.unpack_from("<I", data, 28)
    phentsize, phnum = struct.unpack_from("<HH", data, 42)
    rom = bytearray(4 * WORDS)
    used = 0
    for i in range(phnum):
        kind, offset, _vaddr, paddr, filesz = struct.unpack_from("<5I", data, phoff + i * phentsize)
        if kind != PT_LOAD or filesz == 0:
            continue
        if paddr + filesz > len(rom):
            sys.exit(f"{elf}: segment at {paddr:#x} with {filesz} bytes does not fit the ROM of {len(rom)} bytes")
        rom[paddr : paddr + filesz] = data[offset : offset + filesz]
        used = max(used, paddr + filesz)
    return [w for (w,) in struct.iter_unpack("<I", rom)], used


def emit(words, used, digest):
    """The package text. Trailing zeros are left to the default."""
    last = max((i for i, w in enumerate(words) if w), default=0)
    lines = [
        "// SPDX-License-Identifier: Apache-2.0",
        "// Generated from firmware/ by firmware/tools/image.py (`make firmware`). Do not edit.",
        f"// source sha256 {digest}",
        f"// {used} bytes of {4 * WORDS}",
        "// Contract: the initial contents of the firmware's ROM.",
        "package toe_fw_pkg;",
        "",
        f"  localparam int unsigned Words = {WORDS};",
        "  localparam logic [31:0] Image [Words] = '{",
    ]
    for i in range(0, last + 1, 8):
        row = ", ".join(f"{j}: 32'h{words[j]:08x}" for j in range(i, min(i + 4, last + 1)))
        lines.append(f"    {row},")
        row = ", ".join(f"{j}: 32'h{words[j]:08x}" for j in range(i + 4, min(i + 8, last + 1)))
        if row:
            lines.append(f"    {row},")
    lines += ["    default: 32'h00000000", "  };", "", "endpackage", ""]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--elf", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    digest = source_hash()
    if args.check:
        if f"source sha256 {digest}" not in args.out.read_text():
            sys.exit(f"{args.out}: built from other sources than firmware/ holds now; run `make firmware` and commit the result")
        return
    words, used = load(args.elf)
    args.out.write_text(emit(words, used, digest))
    print(f"{args.out}: {used} bytes")


if __name__ == "__main__":
    main()

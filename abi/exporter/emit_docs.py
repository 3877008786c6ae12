# SPDX-License-Identifier: Apache-2.0
"""Writes docs/registers*.md (arrays kept as arrays) and docs/layouts.md (byte diagrams)."""

HEAD = "<!-- Generated from abi/{source} by abi/exporter (`make gen`). Do not edit. -->\n\n"


def cells(s, word):
    """(high bit, low bit, label) of everything in a word, high first."""
    out, covered = [], 0
    for f in s.fields:
        for i in range(f.count or 1):
            lsb = f.lsb + i * f.stride
            low, high = max(lsb, 32 * word), min(lsb + f.width, 32 * word + 32) - 1
            if low > high:
                continue
            name = f.name + (f"[{i}]" if f.count is not None else "")
            if f.width > 32:
                name += f"[{high - lsb}:{low - lsb}]"
            out.append((high - 32 * word, low - 32 * word, name))
            covered |= ((1 << (high - low + 1)) - 1) << (low - 32 * word)
    bit = 0
    while bit < 32:
        start = bit
        while bit < 32 and not covered >> bit & 1:
            bit += 1
        if bit > start:
            out.append((bit - 1, start, "-"))
        while bit < 32 and covered >> bit & 1:
            bit += 1
    return sorted(out, reverse=True)


def diagram(s):
    """One line a word: offset, then the fields from bit 31 down to bit 0, two characters a bit."""
    rule = "        +" + "-" * 127 + "+\n"
    out = "         31" + " " * 29 + "23" + " " * 30 + "15" + " " * 30 + "7" + " " * 29 + "0\n" + rule
    last, repeat = None, False
    for w in range(s.words):
        row = cells(s, w)
        reserved = row == [(31, 0, "-")]
        if reserved and last == row:
            if not repeat:
                out += "   ...\n"
            repeat = True
            continue
        repeat, last = False, row
        notes, line = [], ""
        for high, low, name in row:
            width = 4 * (high - low + 1) - 1
            label = name if len(name) <= width else name[: max(0, width - 1)] + "~" if width > 3 else ""
            if label != name:
                notes.append(f"{name}")
            line += "|" + label.center(width)
        out += f"  {4 * w:#06x}{line}|" + ("  " + ", ".join(notes) if notes else "") + "\n" + rule
    return out


def emit_layouts(abi):
    out = HEAD.format(source="layouts.rdl") + "# Structures in memory\n\n"
    out += "Little-endian. Bit 0 of byte 0 is bit 0 of a structure. Reserved bits (`-`) are zero on write and "
    out += f"ignored on read.\nABI hash `{abi.hash64():016x}`.\n\n"
    for s in abi.layouts:
        out += f"- [{s.name}](#{s.name}) ({s.words * 4} bytes)\n"
    for s in abi.layouts:
        out += f"\n## {s.name}\n\n{s.desc}\n\n```text\n{diagram(s)}```\n\n"
        out += "| byte | bits | field | values | meaning |\n|---:|---:|---|---|---|\n"
        for f in s.fields:
            bits = f"{f.lsb % 8 + f.width - 1}:{f.lsb % 8}" if f.width > 1 else f"{f.lsb % 8}"
            count = f"[{f.count}]" if f.count is not None else ""
            enum = f"[{f.enum.name}](#{f.enum.name})" if f.enum else f"{f.width} bits"
            desc = f.desc.replace("|", "\\|")
            out += f"| {f.lsb // 8:#x} | {bits} | `{f.name}{count}` | {enum} | {desc} |\n"
    out += "\n## Enumerations\n"
    for e in sorted(abi.enums.values(), key=lambda e: e.name):
        out += f"\n### {e.name}\n\n"
        out += "".join(f"- {v} `{n}`{': ' + d if d else ''}\n" for n, v, d in e.members)
    return out


def emit_registers(m):
    out = HEAD.format(source=m.source) + f"# Registers: {m.name}\n\n{m.desc}\n\n"
    out += f"32-bit registers; the map covers {m.size:#x} bytes. An array is one row: `offset + i * stride`.\n"
    out += "Bits that are not listed read as zero and ignore writes.\n"
    if m.memories:
        out += "\n| memory | base | bytes | meaning |\n|---|---:|---:|---|\n"
        for x in m.memories:
            out += f"| `{x.name}` | {x.offset:#x} | {x.size:#x} | {x.desc} |\n"
    block = None
    for r in m.registers:
        head = r.name.split("_")[0]
        if head != block:
            block = head
            out += f"\n## {block}\n\n"
            out += "| offset | register | bits | field | access | reset | meaning |\n"
            out += "|---:|---|---:|---|---|---:|---|\n"
        where, name = f"{r.offset:#06x}", f"`{r.name}`"
        if r.count is not None:
            where += f" + i*{r.stride:#x}"
            name += f" [{r.count}]"
        for i, f in enumerate(r.fields):
            bits = f"{f.lsb + f.width - 1}:{f.lsb}" if f.width > 1 else f"{f.lsb}"
            field = "" if r.plain else f"`{f.name}`"
            desc = f.desc or (r.desc if len(r.fields) == 1 else "")
            if f.enum:
                desc = f"{desc} [{f.enum.name}](layouts.md#{f.enum.name})".strip()
            desc = desc.replace("|", "\\|")
            row = (where, name) if i == 0 else ("", "")
            out += f"| {row[0]} | {row[1]} | {bits} | {field} | {f.sw} | {f.reset:#x} | {desc} |\n"
    return out


def emit(abi, root):
    docs = root / "docs"
    docs.mkdir(parents=True, exist_ok=True)
    (docs / "layouts.md").write_text(emit_layouts(abi))
    names = {"regs.rdl": "registers.md", "mcu.rdl": "registers-mcu.md"}
    for m in abi.maps:
        (docs / names[m.source]).write_text(emit_registers(m))

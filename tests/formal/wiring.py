# SPDX-License-Identifier: Apache-2.0
"""Writes the proof of a module that wires blocks together: the blocks are cut out, what they send is the solver's.

Every block becomes a stub of its ports: at each of its output streams the contract is assumed (its own proof shows it), at
each of its input streams asserted; so are those of the module's own ports, the other way round. What is left is the wires
and what logic the module adds to them. A table (wires.py) says from where to where each stream goes; both ends of a row must
be valid and ready in the same cycles, with the same payload. The streams are read from the ports, so one that no row names
is an error, and so is a row for one that is not there.
"""

import re
from dataclasses import dataclass, field

import streams

INSTANCE = re.compile(r"^\s+(\w+)\s+(?:#\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\s*)?([ui]_\w+)\s*\(", re.M)
END = re.compile(r"^(?:\s*)(\w+)\.(\w+?)(?:\[(\w+)\])?$")
NOTHING = "nothing"


@dataclass
class Wires:
    """The wiring of one module. Rows are `from > to`, an end is `instance.stream[index]`, `port.stream` or `nothing`; behind a bar
    `unread: a b` (payload that the other end has no port for), `same: expression` (in place of equal payloads, `<` and `>` are the ends) or
    `logic: why` (more than wires: `extra` says what holds)."""

    path: str
    rows: str
    also: dict = field(default_factory=dict)  # {module: {stream: [payload that its name does not tell]}}
    keep: tuple = ()  # blocks that stand in it whole
    free: dict = field(default_factory=dict)  # {module: streams that may come as they like: its own proof assumes nothing}
    levels: tuple = ()  # names (`instance.name`) with `valid` that are no streams
    without: tuple = ()  # ports that belong to no stream, whatever their name says
    resets: dict = field(default_factory=dict)  # {module: {stream: its reset, if it is not rst_ni}}
    ready: dict = field(default_factory=dict)  # {module: {stream: (name, declaration) of the ready that counts}}
    before: str = ""  # SystemVerilog before the checkers of the module's own ports, and behind them
    extra: str = ""
    params: dict = field(default_factory=dict)


class WiringError(Exception):
    pass


def blocks(root, path):
    """{module: file} of everything in rtl/ and {instance: module} of what stands in the module."""
    files = {p.stem: p for p in sorted((root / "rtl").rglob("*.sv"))}
    text = re.sub(r"//.*", "", (root / path).read_text())
    return files, {inst: module for module, inst in INSTANCE.findall(text) if module in files}


def ends(root, wires, pulses=True):
    """{instance, '' for the module itself: ({stream: (…)}, {port: type})}"""
    files, found = blocks(root, wires.path)
    own = (root / wires.path).stem
    result = {}
    for instance, module in {"": own, **found}.items():
        ports = streams.header(files[module])[1]
        also = wires.also.get(module, {})
        without = [*wires.without, *(n for names in also.values() for n in names)]
        has = {k: v for k, v in streams.streams(ports, without, pulses).items() if not {k, f"{instance[2:]}.{k}"} & {*wires.levels}}
        for name, more in also.items():
            if name in has:
                has[name] = (*has[name][:3], [*has[name][3], *more])
        result[instance] = (has, {name: kind for _, kind, name in ports})
    return result


def rewrite(root, wires, path, text):
    """The source of a file as it stands in the proof: a stub, the block with checkers, or what it was."""
    files, found = blocks(root, wires.path)
    if not wires.rows:
        found = {i: m for i, m in found.items() if not m.startswith("prim_") or m in wires.keep}
    module = path.stem
    if module not in found.values() or files[module] != path:
        return text
    has = next(e[0] for i, e in ends(root, wires, pulses=False).items() if found.get(i) == module)
    if not has and module not in wires.keep:
        return stub(text, [])
    # What a primitive sends its own proofs show; in here it need not be in a state that it can reach.
    mine = {n: s for n, s in has.items() if s[0] == "input"} if module.startswith("prim_") and module in wires.keep else has
    has = {n: s for n, s in mine.items() if n not in wires.free.get(module, ())}
    types = {name: kind for _, kind, name in streams.header(path)[1]}
    declared = []
    for name, (port, declaration) in wires.ready.get(module, {}).items():
        has[name] = (*has[name][:2], port, has[name][3])
        declared.append(declaration)
    kept = module in wires.keep
    lines = streams.checks(has, types, None, lambda d: kept or d == "input", wires.resets.get(module), prefix="fv_")
    if kept:
        return text.replace("\nendmodule", "\n" + "\n".join([*declared, *lines]) + "\nendmodule")
    return stub(text, [*declared, *lines])


def stub(text, lines):
    found = re.search(r"^module\s.*?^\);", text, re.M | re.S)
    return "\n".join(['`include "toe_assert.svh"', found[0], *lines, "endmodule", ""])


def suffix(port, stream):
    name = re.sub(r"_[io]$", "", port)
    if name == stream:
        return ""
    if name.startswith(stream):
        return name[len(stream) :].strip("_")
    return name.rsplit("_", 1)[-1]


def rows(wires):
    """[(from, to, {note: text})]"""
    for line in filter(None, map(str.strip, wires.rows.strip().splitlines())):
        way, _, note = line.partition("|")
        source, sink = (e.strip() for e in way.split(" > "))
        what, _, text = note.partition(":")
        yield source, sink, {what.strip(): text.strip()} if note else {}


def resolve(end, all_ends, found):
    """(instance, stream name, index, (direction, valid, ready, payload), types)"""
    m = END.match(end)
    instance = next((i for i in found if m and i in (f"u_{m[1]}", f"i_{m[1]}")), None)
    if m and m[1] == "port":
        instance = ""
    if instance is None or m[2] not in all_ends[instance][0]:
        raise WiringError(f"there is no stream {end}")
    return instance, m[2], m[3], all_ends[instance][0][m[2]], all_ends[instance][1]


def at_index(index):
    return index if index.isdigit() else f"toe_pkg::{index}"


def name_of(instance, port, index, types):
    """A port as the top of the proof sees it."""
    own = index is not None and streams.first_dimension(types[port]) is not None
    return (f"u_dut.{instance}.{port}" if instance else port) + (f"[{at_index(index)}]" if own else "")


def pair(source, sink, note, all_ends, found):
    """Assertions of one row."""
    if "logic" in note:
        return []
    label = re.sub(r"\W+", "_", f"{source}_to_{sink}").strip("_")
    at = {}
    for key, end in (("<", source), (">", sink)):
        if end == NOTHING:
            continue
        instance, stream, index, (direction, valid, ready, payload), types = resolve(end, all_ends, found)
        # The module's own inputs are where its streams come from.
        if direction != ("output" if (key == "<") == bool(instance) else "input"):
            raise WiringError(f"{end}: {direction} on the {'left' if key == '<' else 'right'}")
        dims = streams.first_dimension(types[valid])
        at[key] = (
            name_of(instance, valid, index, types), ready and name_of(instance, ready, index, types), stream,
            {p: name_of(instance, p, index if streams.first_dimension(types[p]) == dims else None, types) for p in payload}, instance,
        )  # fmt: skip
    if "<" not in at or ">" not in at:
        (valid, ready, *_), = at.values()
        return [f"  `TOE_ASSERT({label}_A, !({valid if '>' in at else ready}))"]
    (v1, r1, s1, p1, i1), (v2, r2, s2, p2, i2) = at["<"], at[">"]
    lines = [f"  `TOE_ASSERT({label}_valid_A, {v1} == {v2})"]
    if r2 and not r1:
        raise WiringError(f"{source} does not wait for {sink}")
    if r1:
        lines.append(f"  `TOE_ASSERT({label}_ready_A, {r1} == {r2 or chr(49) + chr(39) + 'b1'})")
        lines.append(f"  `TOE_COVER({label}_moves_C, {v1} && {r1})")
    else:
        lines.append(f"  `TOE_COVER({label}_moves_C, {v1})")
    if "same" in note:
        path1, path2 = (f"u_dut.{i}." if i else "" for i in (i1, i2))
        same = re.sub(r">(?=\w)", path2, re.sub(r"<(?=\w)", path1, note["same"]))
    else:
        if len(p1) == 1 and len(p2) == 1:
            match = {next(iter(p2)): next(iter(p1))}
        else:
            by = {suffix(p, s1): p for p in p1}
            match = {p: by.get(suffix(p, s2)) for p in p2}
        if lost := [p for p, q in match.items() if q is None]:
            raise WiringError(f"{source} has nothing for {', '.join(lost)} of {sink}")
        unread = {suffix(p, s1) for p in p1 if p not in match.values()}
        if unread != set(note.get("unread", "").split()):
            raise WiringError(f"{sink} does not read {', '.join(sorted(unread)) or 'nothing'} of {source}")
        same = " && ".join(f"{p1[q]} == {p2[p]}" for p, q in match.items())
    if same:
        lines.append(f"  `TOE_ASSERT({label}_payload_A, !{v1} || ({same}))")
    return lines


def top(root, wires, config="Small"):
    """SystemVerilog of the proof, named fv_wires_<module>."""
    _, found = blocks(root, wires.path)
    module = (root / wires.path).stem
    all_ends = ends(root, wires)
    lines, named = [], {}
    for source, sink, note in rows(wires):
        lines += pair(source, sink, note, all_ends, found)
        for end in (source, sink):
            if end != NOTHING:
                instance, stream, index, *_ = resolve(end, all_ends, found)
                named.setdefault((instance, stream), []).append(index)
    for instance, (has, types) in all_ends.items():
        for stream, (_, valid, _, _) in has.items():
            where = f"{instance[2:] or 'port'}.{stream}"
            if not wires.rows:
                continue
            if (instance, stream) not in named:
                raise WiringError(f"{wires.path}: the stream {where} is in no row of its table (tests/formal/wires.py)")
            indices = named[(instance, stream)]
            if len(set(indices)) != len(indices) and not any("logic" in n for a, b, n in rows(wires) if where in (a, b)):
                raise WiringError(f"{wires.path}: {where} is in several rows of its table")
            several = streams.first_dimension(types[valid]) is not None
            if several != (None not in indices):
                raise WiringError(f"{wires.path}: {where}: {'one row for each index' if several else 'is one stream'}")
            if several:
                label = re.sub(r"\W+", "_", where)
                path = f"u_dut.{instance}.{valid}" if instance else valid
                lines.append(f"  `TOE_ASSERT({label}_all_A, (64'({path}) >> {len(indices)}) == 64'd0)")
    also = dict(wires.also.get(module, {}))
    # Without a table what leaves is for the proof of the module's own streams.
    sends = [] if wires.rows else [name for name, s in all_ends[""][0].items() if s[0] == "output"]
    text = streams.top(root / wires.path, config, also=also, params=wires.params, without=[n for v in also.values() for n in v],
                       resets=wires.resets.get(module), ready={k: v[0] for k, v in wires.ready.get(module, {}).items()},
                       before=wires.before, free=sends, extra="\n".join([*lines, wires.extra]))  # fmt: skip
    return text.replace(f"module fv_stream_{module}", f"module fv_wires_{module}")

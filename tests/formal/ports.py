# SPDX-License-Identifier: Apache-2.0
"""The table of docs/formal.md: every block with streams at its ports, and what shows that they keep the contract.

    ports.py          writes it
    ports.py --check  compares; fails if a port has neither a proof nor a reason

What a block sends is shown by its own proof; what it is sent by the proof of the wiring around it, unless its own proof
assumes nothing of it. Proofs and blocks are read from proofs.py and rtl/, so a new block with streams fails until it has its proof.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import streams  # noqa: E402
import wiring  # noqa: E402
from proofs import PROOFS  # noqa: E402

DOC = ROOT / "docs/formal.md"
BEGIN, END = "<!-- written by tests/formal/ports.py -->", "<!-- end -->"
FOLDERS = ("prim", "net", "tcp", "timewait", "nic", "host", "mcu", "top")
# {module: proof} where the top is written by hand: it asserts what the block sends and says itself what it assumes.
BY_HAND = {"prim_fifo": "fifo", "prim_skid": "skid", "prim_arb_rr": "arbiter", "toe_lk_arb": "lookup_port"}
# {(module, "sends" or "is sent"): why no proof of the contract shows it}
REASONS = {
    **{(prim, "is sent"): "its proofs assume nothing of it" for prim in ("prim_fifo", "prim_skid", "prim_hash_index")},
    ("prim_arb_rr", "is sent"): "`wires_toe_top`, `wires_host_rd_arb`, `wires_net_rx`, `wires_net_tx`; in `nic_tx_fetch` nothing waits (`stream_nic_tx_fetch`)",
    ("tcp_sched", "sends"): "its port is that of the `prim_fifo` in it",
    **{(f"toe_top_{size}", "is sent"): "the bus and the MAC, outside" for size in ("small", "mid", "large")},
}


def inventory():
    """[(module, [streams it sends], [proofs], [streams it is sent], [proofs])], the proofs by names; none: nothing shows it."""
    files = [p for folder in FOLDERS for p in sorted((ROOT / "rtl" / folder).glob("*.sv")) if "\nmodule " in p.read_text()]
    wirings = [p for p in PROOFS if p.wires]
    parents = {}
    for file in files:
        for module in set(wiring.blocks(ROOT, file)[1].values()):
            parents.setdefault(module, set()).add(str(file.relative_to(ROOT)))
    for file in files:
        module, path = file.stem, str(file.relative_to(ROOT))
        ports = streams.header(file)[1]
        found = streams.streams(ports)
        nameless = [n for _, _, n in ports if "ready" in n and not any(n in s for s in found.values())]
        if not (found or nameless) or module == "prim_stream_chk":
            continue
        sends = [n for n, s in found.items() if s[0] == "output"] + nameless
        sent = [n for n, s in found.items() if s[0] == "input"]
        own = [p for p in PROOFS if p.block == path]
        shows = [p.name for p in own] + [p.name for p in wirings if p.wires.path == path and p.wires.rows] + [BY_HAND[m] for m in BY_HAND if m == module]
        free = set(sent).issubset({n for p in own for n in p.streams.get("free", ())})
        around = [p for p in wirings if p.wires.path in parents.get(module, ())]
        whole = {p.wires.path for p in around} == parents.get(module, set())
        yield module, sends, shows, sent, ["whatever comes"] if free else [p.name for p in around] if whole else []


def table():
    """(lines of the table, what is wrong)"""
    lines = ["| block | sends | shown by | is sent | shown by |", "|---|---|---|---|---|"]
    wrong, used = [], set()
    for module, sends, shows, sent, around in inventory():
        cells = [f"`{module}`"]
        for side, names, proofs in (("sends", sends, shows), ("is sent", sent, around)):
            reason = REASONS.get((module, side))
            if reason and not (names and not proofs):
                wrong.append(f"{module} needs no reason for what it {side} (tests/formal/ports.py)")
            if names and not proofs and not reason:
                wrong.append(f"nothing shows the stream contract of what {module} {side} ({', '.join(names)}): a proof in "
                             "tests/formal/proofs.py, or a reason in tests/formal/ports.py")  # fmt: skip
            used.add((module, side))
            by = reason or ", ".join(f"`{p}`" if p in NAMES else p for p in proofs)
            cells += [", ".join(names), by] if names else ["–", ""]
        lines.append("| " + " | ".join(cells) + " |")
    wrong += [f"there is no {module} that a reason is given for (tests/formal/ports.py)" for module, side in REASONS if (module, side) not in used]
    return lines, wrong


NAMES = {p.name for p in PROOFS}


def main():
    lines, wrong = table()
    for w in wrong:
        print(f"ports: {w}")
    text = DOC.read_text()
    before, rest = text.split(BEGIN)
    old, after = rest.split(END)
    if "--check" not in sys.argv:
        DOC.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n" + END + after)
    elif old.strip().splitlines() != lines:
        print("docs/formal.md: the table of ports is old: python tests/formal/ports.py")
        wrong.append("old")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

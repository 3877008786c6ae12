# SPDX-License-Identifier: Apache-2.0
"""Estimates the clock of a netlist mapped to ECP5, without placing it: the longest path from register to register.

Cell delays are those that nextpnr reports for speed grade 6; a wire that leaves its slice counts WIRE, the mean of the
routed hops of nextpnr's critical paths in blocks of this design (0.42 to 1.7 ns each). It is an estimate: nextpnr on a
nearly full device routes longer wires, on a small block shorter ones. `make synth PNR=1` places and routes for real.
"""

import json
import re
from collections import defaultdict, deque

WIRE = 1.08
CLOCK_TO_OUT = {"TRELLIS_FF": 0.52, "DP16KD": 5.83, "TRELLIS_DPR16X4": 0.52}
LUT, MUX_DATA, MUX_SELECT, MULTIPLIER = 0.24, 0.16, 0.26, 4.0
CARRY_IN, CARRY, CARRY_OUT = 0.45, 0.07, 0.44  # operand to carry, carry to carry of two bits, carry to sum
INSIDE = {("CCU2C", "CIN"), ("PFUMX", "ALUT"), ("PFUMX", "BLUT"), ("L6MUX21", "D0"), ("L6MUX21", "D1")}  # wires of a slice


def delay(kind, source, target):
    """Nanoseconds through a cell, None if it is no combinational path."""
    if kind == "LUT4":
        return LUT
    if kind in ("PFUMX", "L6MUX21"):
        return MUX_SELECT if source in ("C0", "SD") else MUX_DATA
    if kind == "CCU2C":
        if source == "CIN":
            return CARRY if target == "COUT" else CARRY_OUT
        return CARRY_IN if target == "COUT" else LUT if (source[1] == target[1]) else CARRY_IN + CARRY_OUT
    if kind == "MULT18X18D":
        return MULTIPLIER
    if kind == "TRELLIS_DPR16X4":
        return LUT if source == "RAD" else None
    return None


class Netlist:
    def __init__(self, path):
        module = next(m for m in json.loads(path.read_text())["modules"].values() if int(m.get("attributes", {}).get("top", "0"), 2))
        self.cells = module["cells"]
        self.driver, self.fanout, self.names = {}, defaultdict(int), {}
        for name, cell in self.cells.items():
            for port, bits in cell["connections"].items():
                output = cell["port_directions"][port] == "output"
                for bit in bits:
                    if isinstance(bit, int):
                        if output:
                            self.driver[bit] = (name, port)
                        else:
                            self.fanout[bit] += 1
        for name, net in module["netnames"].items():
            for bit in net["bits"]:
                # The source's own names are the short ones; what the mapper made up carries cell names.
                if bit not in self.names or len(name) < len(self.names[bit]):
                    self.names[bit] = name

    def wire(self, bit, kind, port):
        driver = self.cells[self.driver[bit][0]]["type"] if bit in self.driver else ""
        if (kind, port) in INSIDE or (kind == "TRELLIS_FF" and port == "DI" and driver in ("LUT4", "PFUMX") and self.fanout[bit] == 1):
            return 0.0
        return WIRE

    def longest(self):
        """(nanoseconds, first net, last net, levels of logic) of the longest path between registers."""
        arrival, waits, users = {}, {}, defaultdict(list)
        for cell in self.cells.values():
            kind = cell["type"]
            ins = [(p, b) for p, bits in cell["connections"].items() if cell["port_directions"][p] == "input" for b in bits if b in self.driver]
            for port, bits in cell["connections"].items():
                if cell["port_directions"][port] != "output":
                    continue
                froms = [(p, b) for p, b in ins if delay(kind, p, port) is not None]
                for bit in bits:
                    if kind in CLOCK_TO_OUT:
                        arrival[bit] = (CLOCK_TO_OUT[kind], None, 0)
                    waits[bit] = len(froms)
                    for source_port, source in froms:
                        users[source].append((bit, self.wire(source, kind, source_port) + delay(kind, source_port, port)))
        todo = deque(b for b, n in waits.items() if n == 0)
        while todo:
            bit = todo.popleft()
            at = arrival.get(bit)
            for target, cost in users[bit]:
                if at and (target not in arrival or at[0] + cost > arrival[target][0]):
                    arrival[target] = (at[0] + cost, bit, at[2] + 1)
                waits[target] -= 1
                if waits[target] == 0:
                    todo.append(target)
        worst = (0.0, None, None, 0)
        for cell in self.cells.values():
            if cell["type"] not in CLOCK_TO_OUT:
                continue
            for port, bits in cell["connections"].items():
                if cell["port_directions"][port] == "input" and port not in ("CLK", "CLKA", "CLKB", "WCK"):
                    for bit in bits:
                        if bit in arrival:
                            total = arrival[bit][0] + self.wire(bit, cell["type"], port)
                            if total > worst[0]:
                                worst = (total, bit, cell, arrival[bit][2])
        if worst[1] is None:
            return None
        bit = worst[1]
        while arrival[bit][1] is not None:
            bit = arrival[bit][1]
        ends = worst[2]["connections"].get("Q") or worst[2]["connections"].get("DOA") or worst[2]["connections"].get("DO") or [worst[1]]
        return worst[0], self.named(bit), self.named(ends[0]), worst[3]

    def named(self, bit):
        name = re.sub(r"(_TRELLIS_FF|_LUT4|_CCU2C|_DP16KD|_PFUMX|_L6MUX|_MULT18|_TRELLIS_DPR|_\w+_RDATA).*", "", self.names.get(bit, "?"))
        return re.sub(r"^\$.*\$", "", name)[-48:]

# SPDX-License-Identifier: Apache-2.0
"""host_bump and host_rd_arb: records of all queue pairs, in order, beside another client of the DMA reader."""

import os
import random

import cocotb
from axi_memory import AxiMemory, Memory
from cocotb.clock import Clock
from cocotb.triggers import ClockCycles, RisingEdge
from stream_bfm import cut_short, seeded

BENCH = dict(
    top="tb_host_bump",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/host/host.f", "tests/rtl/host/tb_host_bump.sv"],
    params=[dict(Kind=0), dict(Kind=2)],
    thorough=[dict(Kind=1)],
)

DMA_READ, QUEUE_CONFIG = 0, 5


class Ring:
    def __init__(self, index):
        self.enable, self.base, self.log2, self.tail = 1, 0x400000000 + (index << 20) + 0x30, 4 + index % 3, 0

    def bits(self):
        out = self.enable
        for value, width in ((0, 64), (self.base, 64), (0, 128), (0, 4), (self.log2, 4), (0, 8), (0, 5), (0, 6), (0, 16),
                             (0, 32), (self.tail, 32), (0, 65)):  # fmt: skip
            out = out << width | value
        return out


class Bench:
    def __init__(self, dut, name):
        seed = os.environ.get("COCOTB_RANDOM_SEED", "1")
        cocotb.log.info("seed %s", seed)
        self.dut, self.rng = dut, random.Random(f"{seed}/{name}")
        self.rings = [Ring(i) for i in range(len(dut.bmq_head_o) // 32)]
        self.got, self.faults, self.reports, self.bad = [], [], [], 0

    def settings(self):
        value = 0
        for r in reversed(self.rings):
            value = value << 429 | r.bits()
        self.dut.qp_i.value = value

    def head(self, qp):
        return int(self.dut.bmq_head_o.value) >> 32 * qp & 0xFFFFFFFF

    def put(self, qp, words):
        r = self.rings[qp]
        raw = b"".join(w.to_bytes(4, "little") for w in words)
        self.axi.mem.write(r.base + 16 * (r.tail % (1 << r.log2)), raw)
        r.tail += 1

    async def start(self, stall=0.0, **memory):
        d = self.dut
        cocotb.start_soon(Clock(d.clk_i, 4, "ns").start())
        d.rst_ni.value = 0
        d.bump_ready_i.value = 1
        d.other_valid_i.value = 0
        self.settings()
        self.axi = AxiMemory(d, Memory(), self.rng, **memory)
        cocotb.start_soon(self.axi.run())
        cocotb.start_soon(self.watch(stall))
        await ClockCycles(d.clk_i, 5)
        d.rst_ni.value = 1

    async def watch(self, stall):
        d = self.dut
        while True:
            await RisingEdge(d.clk_i)
            if not d.rst_ni.value:
                continue
            if d.bump_valid_o.value and d.bump_ready_i.value:
                fields = (d.bump_handle_o, d.bump_snd_end_o, d.bump_rcv_read_o, d.bump_flags_o)
                self.got.append(tuple(int(s.value) for s in fields))
            if d.fault_valid_o.value:
                self.faults.append((int(d.fault_qp_o.value), int(d.fault_what_o.value)))
            if d.report_valid_o.value:
                qp = int(d.report_qp_o.value)
                self.reports.append((qp, self.head(qp)))
            self.bad += int(d.bad_o.value)
            d.bump_ready_i.value = 0 if self.rng.random() < stall else 1

    async def idle(self, most=20000):
        # A doorbell is seen when the scan comes round to its queue pair.
        await ClockCycles(self.dut.clk_i, 2 * len(self.rings) + 4)
        for _ in range(most):
            await RisingEdge(self.dut.clk_i)
            if self.dut.idle_o.value:
                return
        raise AssertionError("host_bump does not become idle")


@cocotb.test()
async def records_of_every_queue_pair_in_order(dut):
    b = Bench(dut, "order")
    rng = b.rng
    await b.start(stall=0.3, latency=(2, 90))
    sent = [[] for _ in b.rings]

    async def other():
        dut.other_addr_i.value = 0x1234
        dut.other_len_i.value = 700
        dut.other_valid_i.value = 1
        lasts = 0
        while lasts < 50:
            await RisingEdge(dut.clk_i)
            lasts += int(dut.other_data_valid_o.value) & int(dut.other_last_o.value)
        while not dut.other_ready_o.value:
            await RisingEdge(dut.clk_i)
        dut.other_valid_i.value = 0

    task = cocotb.start_soon(other())
    for _ in range(150):
        qp = rng.randrange(len(b.rings))
        r = b.rings[qp]
        room = (1 << r.log2) - (r.tail - b.head(qp))
        for _ in range(rng.randint(0, room)):
            words = (qp << 16 | r.tail, rng.getrandbits(32), rng.getrandbits(32), rng.getrandbits(5))
            sent[qp].append(words)
            b.put(qp, words)
        b.settings()
        await ClockCycles(dut.clk_i, rng.choice([1, 20, 200]))
        if rng.random() < 0.5:
            await b.idle()
    await task
    await b.idle()
    await ClockCycles(dut.clk_i, 20)
    for qp, words in enumerate(sent):
        assert [g for g in b.got if g[0] >> 16 == qp] == words, f"queue pair {qp}"
    assert len(b.got) == sum(map(len, sent)) > 100
    assert not b.faults and not b.bad


@cocotb.test()
async def a_failed_read_is_dropped_and_reported(dut):
    b = Bench(dut, "fault")
    await b.start()
    b.axi.mem.bad = {b.rings[1].base >> 12}
    for qp in (0, 1, 2):
        for i in range(3):
            b.put(qp, (qp << 16 | i, 1, 2, 3))
    b.settings()
    await ClockCycles(dut.clk_i, 20)
    await b.idle()
    await ClockCycles(dut.clk_i, 5)
    assert b.faults == [(1, DMA_READ)] and b.reports == [(1, 3)]   # it may have asked
    assert [g[0] >> 16 for g in sorted(b.got)] == [0] * 3 + [2] * 3
    b.axi.mem.bad = set()
    b.put(1, (1 << 16 | 3, 1, 2, 3))
    b.settings()
    await ClockCycles(dut.clk_i, 20)
    await b.idle()
    assert b.got[-1][0] == 1 << 16 | 3


@cocotb.test()
async def a_doorbell_beyond_the_ring_is_not_followed(dut):
    b = Bench(dut, "bad")
    await b.start()
    r = b.rings[0]
    r.tail = (1 << r.log2) + 1
    b.settings()
    await ClockCycles(dut.clk_i, 300)
    assert b.bad == 1 and b.faults == [(0, QUEUE_CONFIG)] and b.head(0) == 0 and not b.got
    r.tail = 0
    b.put(0, (7, 8, 9, 1))
    b.settings()
    await ClockCycles(dut.clk_i, 100)
    assert b.got == [(7, 8, 9, 1)] and b.bad == 1


@cocotb.test()
async def a_head_that_is_asked_for_is_reported_once_it_has_moved(dut):
    b = Bench(dut, "report")
    await b.start()
    for qp, asks in ((0, (2, 5)), (1, ()), (2, (0,))):
        for i in range(7):
            b.put(qp, (qp << 16 | i, 1, 2, 64 * (i in asks)))
    b.settings()
    await ClockCycles(dut.clk_i, 20)
    await b.idle()
    assert {qp for qp, _ in b.reports} == {0, 2} and len(b.got) == 21
    # By batch: the report says no less than the record that asked.
    assert all(head >= max(asks) + 1 for qp, asks in ((0, (2, 5)), (2, (0,))) for q, head in b.reports[-2:] if q == qp)


@cocotb.test()
async def disabling_forgets_the_ring(dut):
    b = Bench(dut, "disable")
    await b.start()
    for i in range(5):
        b.put(0, (i, 1, 2, 3))
    b.settings()
    await ClockCycles(dut.clk_i, 20)
    await b.idle()
    assert b.head(0) == 5
    b.rings[0].enable = 0
    b.settings()
    await ClockCycles(dut.clk_i, 3)
    assert b.head(0) == 0
    b.rings[0].enable, b.rings[0].tail = 1, 0
    b.put(0, (99, 1, 2, 3))
    b.settings()
    await ClockCycles(dut.clk_i, 100)
    assert [g[0] for g in b.got] == [0, 1, 2, 3, 4, 99]


@cocotb.test()
async def bumps_flow_at_full_rate(dut):
    b = Bench(dut, "rate")
    for r in b.rings:
        r.log2 = 8
    await b.start(latency=(30, 40))
    for qp in range(len(b.rings)):
        for i in range(256):
            b.put(qp, (qp << 16 | i, 0, 0, 0))
    b.settings()
    first = b.axi.cycle
    await ClockCycles(dut.clk_i, 20)
    await b.idle()
    cycles = b.axi.cycle - first
    n = 256 * len(b.rings)
    assert len(b.got) == n
    cocotb.log.info("%d bumps in %d cycles", n, cycles)
    # The rate is reported, not judged; what must hold is that reads overlap: one after the other,
    # each batch of 16 would cost its latency of 30 to 40 cycles on top.
    alone = 16 * (2 if b.axi.w == 8 else 1) + 30
    assert cycles < n / 16 * alone


@cocotb.test()
async def reset_in_the_middle(dut):
    """Nothing of what was under way comes out afterwards."""
    await cut_short(dut, seeded(), records_of_every_queue_pair_in_order)

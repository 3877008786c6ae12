# SPDX-License-Identifier: Apache-2.0
"""tcp_timer: due slots are found, after jumps too; nothing is early; the next deadline is exact when clean."""
import random

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import RisingEdge
from svstruct import Types
from stream_bfm import cut_short, seeded

BENCH = dict(
    top="tcp_timer",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/tcp/tcp_pkg.sv", "rtl/tcp/tcp_timer.sv"],
    params=[dict(Sessions=64), dict(Sessions=8)],
)
T = Types()["timer_t"]
M = 0xFFFFFFFF


class Env:
    def __init__(self, dut):
        self.dut, self.rng = dut, random.Random(cocotb.RANDOM_SEED)
        dut._log.info("seed %d (COCOTB_RANDOM_SEED)", cocotb.RANDOM_SEED)
        self.now, self.slots, self.fired = 0xFFFF_F000, {}, []
        self.n = int(dut.Sessions.value)
        self.stall = 0.0

    async def start(self):
        d = self.dut
        d.we_i.value = d.due_ready_i.value = 0
        d.now_us_i.value = self.now
        d.rst_ni.value = 0
        cocotb.start_soon(Clock(d.clk_i, 8, "ns").start())
        for _ in range(3):
            await RisingEdge(d.clk_i)
        d.rst_ni.value = 1
        for s in range(self.n):        # as tcp_pipe clears it
            await self.write(s)
        cocotb.start_soon(self._take())

    async def write(self, slot, rtx=None, delack=None, keep=None):
        """Deadlines in absolute microseconds; keep in ticks of 1024."""
        d = self.dut
        self.slots[slot] = dict(rtx=rtx, delack=delack, keep=keep)
        d.wtimer_i.value = T.pack(dict(rtx_on=rtx is not None, delack_on=delack is not None, keep_on=keep is not None,
                                       rtx=(rtx or 0) & M, delack=(delack or 0) & M, keep=(keep or 0) & M))
        d.wslot_i.value = slot
        d.we_i.value = 1
        await RisingEdge(d.clk_i)
        d.we_i.value = 0

    def first(self, slot):
        s = self.slots[slot]
        return min([x for x in (s["rtx"], s["delack"], None if s["keep"] is None else s["keep"] << 10) if x is not None], default=None)

    async def _take(self):
        d, now = self.dut, False
        while True:
            await RisingEdge(d.clk_i)
            if now and int(d.due_valid_o.value):
                self.fired.append(int(d.due_slot_o.value))
            now = self.rng.random() >= self.stall
            d.due_ready_i.value = int(now)

    async def jump(self, us):
        self.now = us
        self.dut.now_us_i.value = us
        for _ in range(4 * self.n + 20):
            await RisingEdge(self.dut.clk_i)

    async def settle(self):
        for _ in range(6 * self.n + 40):
            await RisingEdge(self.dut.clk_i)
            if int(self.dut.clean_o.value):
                return
        raise AssertionError("never clean")


@cocotb.test()
async def nothing_armed(dut):
    e = Env(dut)
    await e.start()
    await e.settle()
    assert not int(dut.next_valid_o.value)
    await e.jump(e.now + (1 << 40))
    assert e.fired == []


@cocotb.test()
async def random_deadlines_and_jumps(dut):
    e = Env(dut)
    await e.start()
    e.stall = 0.5
    for _ in range(60):
        for _ in range(e.rng.randrange(4)):
            slot = e.rng.randrange(e.n)
            pick = lambda: e.now + e.rng.choice([1, 50, 5000, 2_000_000, 60_000_000]) if e.rng.random() < 0.6 else None  # noqa: E731
            keep = (e.now >> 10) + e.rng.randrange(1, 7_000_000) if e.rng.random() < 0.5 else None
            await e.write(slot, pick(), pick(), keep)
        await e.settle()
        assert e.fired == [], "early"
        armed = {s: e.first(s) for s in e.slots if e.first(s) is not None}
        assert bool(int(dut.next_valid_o.value)) == bool(armed)
        if not armed:
            continue
        first = min(armed.values())
        assert int(dut.next_us_o.value) == first
        if e.rng.random() < 0.5 and first > e.now + 1:
            await e.jump(first - 1)
            assert e.fired == [], "one microsecond early"
        target = first if e.rng.random() < 0.6 else e.now + e.rng.randrange(100_000_000)
        await e.jump(max(target, e.now))
        due = {s for s, t in armed.items() if t <= e.now}
        assert set(e.fired) == due, (set(e.fired), due)
        for s in due:
            assert not int(dut.clean_o.value)
            await e.write(s)
        for _ in range(8):             # reports that were under way when the entry was rewritten
            await RisingEdge(dut.clk_i)
        e.stall = 0.0
        for _ in range(2 * e.n):
            await RisingEdge(dut.clk_i)
        e.fired.clear()
        e.stall = 0.5


@cocotb.test()
async def found_within_one_scan(dut):
    e = Env(dut)
    await e.start()
    for s in range(e.n):
        await e.write(s, rtx=e.now + 1_000_000)
    await e.settle()
    e.now += 1_000_000
    dut.now_us_i.value = e.now
    cycles = 0
    while len(set(e.fired)) < e.n:
        await RisingEdge(dut.clk_i)
        cycles += 1
        assert cycles < 3 * e.n + 20
    cocotb.log.info("all %d slots reported in %d cycles", e.n, cycles)


@cocotb.test()
async def reset_in_the_middle(dut):
    """Nothing of what was under way comes out afterwards."""
    await cut_short(dut, seeded(), random_deadlines_and_jumps)

# SPDX-License-Identifier: Apache-2.0
"""tcp_nexthop: entries, validity after reset, a write met by a read, indexes beyond the table. tcp_sched: order, each slot once, full."""
import random

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import RisingEdge
from svstruct import Types
from stream_bfm import cut_short, seeded

BENCH = dict(
    top="tb_tcp_nexthop",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/tcp/tcp_pkg.sv", "rtl/tcp/tcp_sched.sv", "rtl/tcp/tcp_nexthop.sv",
           "tests/rtl/tcp/tb_tcp_nexthop.sv"],
    params=[dict(Sessions=16), dict(Sessions=128)],
)
NH = Types()["nexthop_t"]


async def start(dut):
    rng = random.Random(cocotb.RANDOM_SEED)
    dut._log.info("seed %d (COCOTB_RANDOM_SEED)", cocotb.RANDOM_SEED)
    for s in ("we_i", "re_i", "push_i", "ready_i", "windex_i", "index_i", "wentry_i", "slot_i"):
        getattr(dut, s).value = 0
    dut.rst_ni.value = 0
    cocotb.start_soon(Clock(dut.clk_i, 8, "ns").start())
    for _ in range(3):
        await RisingEdge(dut.clk_i)
    dut.rst_ni.value = 1
    await RisingEdge(dut.clk_i)
    return rng


@cocotb.test()
async def table(dut):
    rng = await start(dut)
    model, want = {}, None
    for _ in range(3000):
        index = rng.choice([rng.randrange(64), rng.randrange(8), 64 + rng.randrange(1000)])
        write, read = rng.random() < 0.5, rng.random() < 0.8
        at = index if rng.random() < 0.3 else rng.choice([rng.randrange(64), rng.randrange(8), 70])
        e = dict(valid=rng.randrange(2), mtu=rng.randrange(65536), dst_mac=rng.getrandbits(48), src_mac=rng.getrandbits(48),
                 vlan_present=rng.randrange(2), vlan_tci=rng.getrandbits(16), generation=rng.getrandbits(8), port=rng.getrandbits(8))
        dut.we_i.value, dut.windex_i.value, dut.wentry_i.value = int(write), at, NH.pack(e)
        dut.re_i.value, dut.index_i.value = int(read), index
        if write and at < 64:
            model[at] = e
        if read:
            want = model.get(index, dict(valid=0))
        await RisingEdge(dut.clk_i)
        dut.re_i.value = dut.we_i.value = 0
        await RisingEdge(dut.clk_i)
        if want:
            got = NH.unpack(int(dut.entry_o.value))
            assert got["valid"] == want["valid"] == int(dut.pipe_valid_o.value)
            if want["valid"]:
                assert got == want and int(dut.pipe_mtu_o.value) == want["mtu"]


@cocotb.test()
async def queue(dut):
    rng = await start(dut)
    n = int(dut.Sessions.value)
    queued, order = set(), []
    ready = popped = 0
    for step in range(6000):
        greedy = (step // 600) % 2      # fill it, then empty it
        free = [s for s in range(n) if s not in queued]
        push = bool(free) and rng.random() < (0.9 if greedy else 0.3)
        slot = rng.choice(free) if push else 0
        dut.push_i.value, dut.slot_i.value = int(push), slot
        ready = int(rng.random() < (0.1 if greedy else 0.9))
        dut.ready_i.value = ready
        await RisingEdge(dut.clk_i)
        if push:
            queued.add(slot)
            order.append(slot)
        if ready and int(dut.valid_o.value):
            got = int(dut.slot_o.value)
            assert got == order.pop(0)
            queued.discard(got)
            popped += 1
    assert popped > 500


@cocotb.test()
async def reset_in_the_middle(dut):
    """Nothing of what was under way comes out afterwards."""
    await cut_short(dut, seeded(), table, queue, longest=300)

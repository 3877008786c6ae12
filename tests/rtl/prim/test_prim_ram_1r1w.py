# SPDX-License-Identifier: Apache-2.0
"""prim_ram_1r1w: against a list, with collisions and lanes."""
import cocotb
from cocotb.triggers import RisingEdge

from stream_bfm import seeded, start

BENCH = dict(
    top="prim_ram_1r1w",
    files=["rtl/prim/prim.f"],
    params=[
        dict(Width=16, Depth=8, Lanes=1, WriteFirst=1),
        dict(Width=16, Depth=8, Lanes=1, WriteFirst=0),
        dict(Width=16, Depth=5, Lanes=2, WriteFirst=1),
        dict(Width=16, Depth=5, Lanes=2, WriteFirst=0),
    ],
)


@cocotb.test()
async def against_a_list(dut):
    rng = seeded()
    depth, lanes, first = int(dut.Depth.value), int(dut.Lanes.value), int(dut.WriteFirst.value)
    dut.we_i.value = 0
    dut.re_i.value = 0
    await start(dut)
    mem = [0] * depth
    lane_w = 16 // lanes
    for a in range(depth):
        dut.we_i.value = (1 << lanes) - 1
        dut.waddr_i.value = a
        dut.wdata_i.value = 0
        await RisingEdge(dut.clk_i)
    want = None
    for _ in range(3000):
        we, wa, wd = rng.getrandbits(lanes), rng.randrange(depth), rng.getrandbits(16)
        re, ra = rng.random() < 0.7, rng.randrange(depth)
        dut.we_i.value, dut.waddr_i.value, dut.wdata_i.value = we, wa, wd
        dut.re_i.value, dut.raddr_i.value = int(re), ra
        await RisingEdge(dut.clk_i)
        if want is not None:
            assert int(dut.rdata_o.value) == want
        mask = sum(((1 << lane_w) - 1) << (lane_w * l) for l in range(lanes) if we >> l & 1)
        new = (mem[wa] & ~mask) | (wd & mask)
        if re:
            want = new if first and ra == wa else mem[ra]
        mem[wa] = new

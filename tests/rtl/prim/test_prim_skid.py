# SPDX-License-Identifier: Apache-2.0
"""prim_skid: order under stalls, full throughput, reset."""
import cocotb
from cocotb.triggers import RisingEdge

from stream_bfm import Sink, Source, cut_short, reset, seeded, start

BENCH = dict(top="prim_skid", files=["rtl/prim/prim.f"], params=[dict(Width=16)])


@cocotb.test()
async def order_throughput_reset(dut):
    rng = seeded()
    src = Source(dut.clk_i, dut.in_valid_i, dut.in_ready_o, dut.in_i, rng)
    snk = Sink(dut.clk_i, dut.out_valid_o, dut.out_ready_i, dut.out_o, rng)
    await start(dut)
    for stall_in, stall_out in [(0.5, 0), (0, 0.5), (0.5, 0.5), (0.2, 0.8), (0, 0)]:
        src.stall, snk.stall = stall_in, stall_out
        want = [rng.getrandbits(16) for _ in range(400)]
        for w in want:
            src.send(w)
        cycles = 0
        while len(snk.got) < len(want):
            await RisingEdge(dut.clk_i)
            cycles += 1
            assert cycles < 10_000
        assert list(snk.got) == want
        snk.clear()
    assert cycles <= 404, f"{cycles} cycles for 400 words"
    snk.stall = 1.0
    for w in range(8):
        src.send(w)
    for _ in range(10):
        await RisingEdge(dut.clk_i)
    src.clear()
    await reset(dut)
    await RisingEdge(dut.clk_i)
    assert int(dut.out_valid_o.value) == 0


@cocotb.test()
async def reset_in_the_middle(dut):
    """Nothing of what was under way comes out afterwards."""
    await cut_short(dut, seeded(), order_throughput_reset, longest=3_000)

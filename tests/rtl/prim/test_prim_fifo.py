# SPDX-License-Identifier: Apache-2.0
"""prim_fifo: order, capacity, level, reset; both storage forms."""
import cocotb
from cocotb.triggers import RisingEdge

from stream_bfm import Sink, Source, cut_short, reset, seeded, start

BENCH = dict(
    top="prim_fifo",
    files=["rtl/prim/prim.f"],
    params=[
        dict(Width=16, Depth=1, Ram=0),
        dict(Width=16, Depth=5, Ram=0),
        dict(Width=16, Depth=8, Ram=1),
        dict(Width=16, Depth=13, Ram=1),
    ],
)


def ports(dut, rng, stall_in, stall_out):
    return (
        Source(dut.clk_i, dut.in_valid_i, dut.in_ready_o, dut.in_i, rng, stall_in),
        Sink(dut.clk_i, dut.out_valid_o, dut.out_ready_i, dut.out_o, rng, stall_out),
    )


@cocotb.test()
async def order_under_stalls(dut):
    rng = seeded()
    src, snk = ports(dut, rng, 0, 0)
    await start(dut)
    for stall_in, stall_out in [(0, 0), (0.5, 0), (0, 0.5), (0.5, 0.5), (0.1, 0.9)]:
        src.stall, snk.stall = stall_in, stall_out
        want = [rng.getrandbits(16) for _ in range(300)]
        for w in want:
            src.send(w)
        await snk.wait(len(want))
        assert list(snk.got) == want
        assert int(dut.level_o.value) == 0
        snk.clear()


@cocotb.test()
async def one_word_a_cycle(dut):
    rng = seeded()
    src, snk = ports(dut, rng, 0, 0)
    await start(dut)
    depth, ram = int(dut.Depth.value), int(dut.Ram.value)
    for w in range(200):
        src.send(w)
    cycles = 0
    while len(snk.got) < 200:
        await RisingEdge(dut.clk_i)
        cycles += 1
    bound = 206 if depth > 1 else 402
    assert cycles <= bound, f"{cycles} cycles for 200 words, Ram={ram}"


@cocotb.test()
async def capacity_and_reset(dut):
    rng = seeded()
    src, snk = ports(dut, rng, 0, 1.0)
    await start(dut)
    depth, ram = int(dut.Depth.value), int(dut.Ram.value)
    for w in range(depth + 10):
        src.send(w)
    for _ in range(3 * depth + 20):
        await RisingEdge(dut.clk_i)
    assert src.sent == depth + (2 if ram else 0)
    assert int(dut.level_o.value) == src.sent
    src.clear()
    await reset(dut)
    await RisingEdge(dut.clk_i)
    assert int(dut.out_valid_o.value) == 0 and int(dut.level_o.value) == 0
    snk.stall = 0
    src.send(7)
    await snk.wait(1, 50)
    assert list(snk.got) == [7]


@cocotb.test()
async def reset_in_the_middle(dut):
    """Nothing of what was under way comes out afterwards."""
    await cut_short(dut, seeded(), order_under_stalls, longest=400)

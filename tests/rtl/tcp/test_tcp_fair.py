# SPDX-License-Identifier: Apache-2.0
"""tcp_pipe: between two services of a backlogged session lie at most 8 cycles for each backlogged session and 24 for the way through
the queues, whatever else the pipeline has to do, as long as the segmenter takes what it is given. When it takes a segment every `beats`
cycles, sources that need it share it evenly: a timer does not starve behind bumps."""
import cocotb
from cocotb.triggers import RisingEdge
from cocotb.utils import get_sim_time
from pipe_env import Env, Session, T

BENCH = dict(
    top="tb_tcp_pipe",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/tcp/tcp.f", "tests/rtl/tcp/tb_tcp_pipe.sv"],
    params=[dict(Large=0)],
    timeout_s=600,
)
BIG = dict(cwnd=1 << 29, snd_wnd=1 << 29, max_snd_wnd=1 << 29, tx_ring_log2=30, rto_us=100_000_000, snd_wscale=14)
CYCLE_NS = 8


async def noise(env, quiet):
    """Every other source is busy too: bumps with stale handles, frames for the host, frames of a session that only receives."""
    while True:
        await RisingEdge(env.clk)
        while len(env.bumps) < 4:
            env.bumps.append(T["bump_t"].pack(dict(handle=dict(gen=99, slot=env.rng.randrange(64)), snd_valid=1)))
        while len(env.work) < 4:
            quiet.frame(0, hit=env.rng.randrange(2))


async def gaps(dut, count, with_noise):
    env = Env(dut)
    await env.start()
    sessions = [await Session(env, slot=i, tx_ring=i << 30, **BIG).install() for i in range(count)]
    if with_noise:
        cocotb.start_soon(noise(env, await Session(env, slot=60).install()))
    seen, worst, served = {}, 0, {}

    def hook(c):
        nonlocal worst
        if not c["payload_len"]:
            return
        slot, now = c["handle"]["slot"], int(get_sim_time("ns")) // CYCLE_NS
        if slot in seen and len(seen) == count:
            worst = max(worst, now - seen[slot])
        seen[slot] = now
        served[slot] = served.get(slot, 0) + 1

    for s in sessions:
        await s.bump(snd_valid=1, snd_end=(s.snd_end + (1 << 28)) & 0xFFFFFFFF, wait=False)
    for _ in range(40 + 6 * count):
        await RisingEdge(dut.clk_i)
    env.tx_hook = hook
    for _ in range(400 * count):
        await RisingEdge(dut.clk_i)
        env.tx.clear()
    bound = 8 * count + 24
    dut._log.info("%d sessions, noise %s: worst gap %d cycles, bound %d", count, with_noise, worst, bound)
    assert set(served) == set(range(count))
    assert worst <= bound, (worst, bound)
    assert max(served.values()) - min(served.values()) <= 2, served


@cocotb.test()
async def a_few(dut):
    await gaps(dut, 3, with_noise=False)


@cocotb.test()
async def many(dut):
    await gaps(dut, 40, with_noise=False)


@cocotb.test()
async def many_and_everything_else_busy(dut):
    await gaps(dut, 40, with_noise=True)


@cocotb.test()
async def a_timer_gets_its_turn_at_a_slow_segmenter(dut):
    beats, count, queue = 24, 20, 8
    env = Env(dut)
    await env.start()
    sessions = [await Session(env, slot=i, tx_ring=i << 30, **BIG).install() for i in range(count)]
    lone = await Session(env, slot=50).install()
    await lone.rx(64)
    assert lone.sent() == []
    cocotb.start_soon(noise(env, await Session(env, slot=60).install()))

    async def slow():
        while True:
            env.hold_tx = True
            for _ in range(beats - 1):
                await RisingEdge(dut.clk_i)
            env.hold_tx = False
            await RisingEdge(dut.clk_i)

    cocotb.start_soon(slow())
    for s in sessions:
        await s.bump(snd_valid=1, snd_end=(s.snd_end + (1 << 28)) & 0xFFFFFFFF, wait=False)
    for _ in range(2 * beats * count):
        await RisingEdge(dut.clk_i)
    env.now += 40_001
    dut.now_us_i.value = env.now
    env.tx.clear()
    # What the queue holds, what the pipeline holds, and its turn among bumps, timers and segments; no bump here sends one.
    bound = beats * (queue + 4 + 3)
    for cycle in range(bound):
        await RisingEdge(dut.clk_i)
        if lone.sent():
            break
    dut._log.info("the acknowledgement left after %d cycles, bound %d", cycle, bound)
    assert cycle < bound - 1

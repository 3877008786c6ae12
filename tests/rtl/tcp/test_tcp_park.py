# SPDX-License-Identifier: Apache-2.0
"""tcp_pipe: sessions that wait because memory or their next hop failed."""
import cocotb
from pipe_env import EN, T, setup

BENCH = dict(
    top="tb_tcp_pipe",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/tcp/tcp.f", "tests/rtl/tcp/tb_tcp_pipe.sv"],
    params=[dict(Large=0)],
)


@cocotb.test()
async def nothing_leaves_after_the_host_hears_that_a_session_waits(dut):
    env, s = await setup(dut, keepalive=1, ctl=dict(keep_idle_s=10))
    order = []
    env.tx_hook = lambda c: order.append(c["fl"])
    env.hold_tx = True
    s.snd_end += 4000
    await s.bump(snd_valid=1, snd_end=s.snd_end, wait=False)
    for _ in range(40):
        await cocotb.triggers.RisingEdge(dut.clk_i)
    env.faults.append(T["fault_ev_t"].pack(dict(what=EN["FaultRead"], handle=dict(gen=s.gen, slot=s.slot), addr=0x10)))
    for _ in range(40):
        await cocotb.triggers.RisingEdge(dut.clk_i)
    await s.bump(kick=1, wait=False)          # before it has been told: it is told first
    s.frame(100)
    for _ in range(40):
        await cocotb.triggers.RisingEdge(dut.clk_i)
    assert not any(r["kind"] == 3 and r["parked"] for r in env.records) and not order
    env.hold_tx = False
    await env.idle()
    n = [r for r in s.notes() if r["kind"] == 3]
    assert n[-1]["parked"] == 0
    got = s.sent()
    assert [g[:3] for g in got].count(("A", 0, 1460)) == 2, got   # all of it again: a part is lost
    s.ack += 4000
    await s.rx()
    assert (await s.snap())["snd_una"] == s.ack

    # and without the kick: silence, whatever happens, until it comes
    env.faults.append(T["fault_ev_t"].pack(dict(what=EN["FaultRead"], handle=dict(gen=s.gen, slot=s.slot), addr=0x10)))
    await env.idle()
    assert [r for r in s.notes() if r["kind"] == 3][-1]["parked"] == 1
    s.sent()
    await s.write(100)
    await s.rx(100)
    await s.rx(100)
    await env.advance(1_000_000)
    await env.advance(60_000_000)
    assert s.sent() == []
    await s.bump(kick=1)
    assert ("PA", 4000, 100, 200) in s.sent()


@cocotb.test()
async def a_parked_session_that_is_aborted_ends_once(dut):
    env, s = await setup(dut)
    await s.write(3000)
    env.faults.append(T["fault_ev_t"].pack(dict(what=EN["FaultRead"], handle=dict(gen=s.gen, slot=s.slot), addr=0x10)))
    env.bumps.append(T["bump_t"].pack(dict(handle=dict(gen=s.gen, slot=s.slot), rst=1)))
    await env.idle()
    n = [r for r in s.notes() if r["kind"] != 5]
    assert s.sent()[-1][0] == "RA" and [r["closed"] for r in n].count(1) == 1 and n[-1]["reason"] == 4
    assert env.ctr["tcp_closed"] == 1

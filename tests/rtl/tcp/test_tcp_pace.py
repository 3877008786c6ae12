# SPDX-License-Identifier: Apache-2.0
"""tcp_pipe: sessions with a pace. Over any interval of t milliseconds at most rate * t, one millisecond's worth and two segments
leave; a backlogged session falls short of its rate by 0.1 % and one segment at most."""
import cocotb
from pipe_env import EN, Env, Session

BENCH = dict(
    top="tb_tcp_pipe",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/tcp/tcp.f", "tests/rtl/tcp/tb_tcp_pipe.sv"],
    params=[dict(Large=0)],
    timeout_s=600,
)
PACING_RATE = 2
BIG = dict(cwnd=1 << 20, snd_wnd=1 << 20, max_snd_wnd=1 << 20, tx_ring_log2=20, tx_ring=0x1000000, rto_us=10_000_000)


async def paced(env, s, ms):
    """Lets time run to each deadline; when which bytes left."""
    end, out = env.now + 1000 * ms, []
    while True:
        out += [(env.now, c["payload_len"]) for c in env.tx if c["handle"]["slot"] == s.slot]
        s.sent()
        t = env.deadline()
        if t is None or t > end:
            await env.at(end)
            return out
        await env.at(max(t, env.now))


def check(sent, start, ms, rate, mss=1460):
    total = sum(n for _, n in sent)
    assert total >= rate * ms * 0.999 - mss, (total, rate * ms)
    for i, (t0, _) in enumerate(sent):
        got = 0
        for t1, n in sent[i:]:
            got += n
            assert got <= rate * (t1 - t0) / 1000 + rate + 2 * mss + mss, (t0, t1, got)
    assert total <= rate * ms + rate + 3 * mss


@cocotb.test()
async def the_pace_is_kept(dut):
    env = Env(dut)
    await env.start()
    for slot, rate, ms in ((1, 1000, 60), (2, 50, 400), (3, 12_345, 20)):
        s = await Session(env, slot=slot, **BIG).install()
        status, _ = await env.command("CmdSet", s.handle, key=PACING_RATE, value=rate)
        assert status == 0
        start = env.now
        await s.write(500_000)
        sent = await paced(env, s, ms)
        dut._log.info("rate %d B/ms: %d bytes in %d ms", rate, sum(n for _, n in sent), ms)
        check(sent, start, ms, rate)
        assert env.ctr["tcp_paced"] > 10
        image = await s.snap()
        assert image["pacing_bytes_per_ms"] == rate and image["retransmit_segs"] == 0
        await s.bump(rst=1)


@cocotb.test()
async def no_pace_no_waiting(dut):
    env = Env(dut)
    await env.start()
    s = await Session(env, pacing_bytes_per_ms=10, **BIG).install()
    await s.write(30_000)
    assert len(s.sent()) < 3
    await env.command("CmdSet", s.handle, key=PACING_RATE, value=0)
    await env.idle()
    assert sum(g[2] for g in s.sent()) > 25_000
    assert EN["CmdSet"] == 3


@cocotb.test()
async def acknowledgements_do_not_wait_for_the_pace(dut):
    env = Env(dut)
    await env.start()
    s = await Session(env, pacing_bytes_per_ms=1, **BIG).install()
    await s.write(5_000)
    await env.advance(100)
    s.sent()
    await s.rx(100)
    await s.rx(100)
    assert [g[0] for g in s.sent()] == ["A"]

# SPDX-License-Identifier: Apache-2.0
"""tcp_pipe: what the record of a session's end says of its path (S-HC-1)."""
import cocotb
from pipe_env import Env, Session

BENCH = dict(
    top="tb_tcp_pipe",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/tcp/tcp.f", "tests/rtl/tcp/tb_tcp_pipe.sv"],
    params=[dict(Large=0)],
)
LEARNT = ("srtt_us8", "rttvar_us4", "cwnd", "ssthresh")


async def setup(dut, **image):
    env = Env(dut)
    await env.start(None)
    return env, await Session(env, **image).install()


async def measured_and_lost(env, s):
    """A round trip of 4321 us, a loss, and a recovery."""
    await s.write(14600)
    await env.advance(4321)
    s.ack += 1460
    await s.rx()
    for _ in range(3):
        await s.rx()
    await env.advance(1234)
    s.ack = s.snd_end
    await s.rx()


def ended(s, reason):
    """What the last record says was learnt."""
    n = s.notes()[-1]
    assert n["closed"] == 1 and n["reason"] == reason, n
    return {k: n[k] for k in LEARNT}


@cocotb.test()
async def a_reset_leaves_what_was_learnt(dut):
    env, first = await setup(dut)
    for s, who in ((first, "peer"), (await Session(env, slot=2).install(), "host")):
        await measured_and_lost(env, s)
        image = await s.snap()
        before = {k: image[k] for k in LEARNT}
        assert before["srtt_us8"] == 4321 * 8 and before["rttvar_us4"] == 4321 * 2 and before["ssthresh"] == 6570, before
        if who == "peer":
            await s.rx(fl="RA")
            assert ended(s, 3) == before
        else:
            await s.bump(rst=1)
            assert ended(s, 4) == before


@cocotb.test()
async def the_last_acknowledgement_counts(dut):
    """That of our FIN is a sample like any other (RFC 6298), and one octet of growth."""
    env, s = await setup(dut)
    await measured_and_lost(env, s)
    await s.rx(fl="FA")
    await s.write(fin=1)
    was = await s.snap()
    s.ack += 1
    await s.rx()
    now = ended(s, 2)
    r = now["srtt_us8"] - (was["srtt_us8"] - (was["srtt_us8"] >> 3))
    assert 0 <= r < 10, r
    assert now["rttvar_us4"] == was["rttvar_us4"] - (was["rttvar_us4"] >> 2) + (was["srtt_us8"] >> 3) - r
    assert now["ssthresh"] == was["ssthresh"] and now["cwnd"] in (was["cwnd"], was["cwnd"] + 1)


@cocotb.test()
async def nothing_measured_is_zero(dut):
    env, s = await setup(dut, ssthresh=0xFFFFFFFF)
    await s.bump(rst=1)
    assert ended(s, 4) == dict(srtt_us8=0, rttvar_us4=0, cwnd=14600, ssthresh=0xFFFFFFFF)
    assert env.ctr["tcp_closed"] == 1

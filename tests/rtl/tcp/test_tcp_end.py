# SPDX-License-Identifier: Apache-2.0
"""tcp_pipe: how a session ends, and what the record of its end says of its path (S-HC-1). Sequence numbers relative to the first data byte."""
import cocotb
from pipe_env import CLOSE_WAIT, CLOSING, EN, FIN_WAIT_1, FIN_WAIT_2, LAST_ACK, Session, placed, setup
from stream_bfm import cut_short, seeded

BENCH = dict(
    top="tb_tcp_pipe",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/tcp/tcp.f", "tests/rtl/tcp/tb_tcp_pipe.sv"],
    params=[dict(Large=0), dict(Large=1)],
)
LEARNT = ("srtt_us8", "rttvar_us4", "cwnd", "ssthresh")


@cocotb.test()
async def active_close_to_time_wait(dut):
    env, s = await setup(dut, ts_ok=1, ts_offset=9)
    await s.write(100, fin=1)
    assert s.sent() == [("FPA", 0, 100, 0)]
    assert (await s.snap())["state"] == FIN_WAIT_1
    s.ack += 101
    await s.rx()
    assert (await s.snap())["state"] == FIN_WAIT_2
    assert s.notes()[-1]["fin_acked"] == 1
    await s.rx(50)
    await s.rx(fl="FA")
    assert s.sent() == [("A", 101, 0, 51)]
    assert len(env.rec) == 1
    rec = env.rec[0]
    assert rec["rcv_nxt"] == s.seq and rec["snd_nxt"] == s.ack and rec["ts_ok"] == 1 and rec["msl_class"] == 1
    n = s.notes()[-1]
    assert n["closed"] == 1 and n["reason"] == 1 and n["state"] == 10 and n["peer_fin"] == 1
    assert len(env.deleted) == 1 and env.deadline() is None
    s.frame(fl="FA", seq=s.seq - 1)                               # a late duplicate: the slot is free
    await env.idle()
    assert env.ctr["rx_drop_stale"] == 1 and s.sent() == []


@cocotb.test()
async def passive_close(dut):
    env, s = await setup(dut)
    await s.rx(10, fl="FA")
    assert s.sent() == [("A", 0, 0, 11)]
    n = s.notes()[-1]
    assert n["peer_fin"] == 1 and n["state"] == CLOSE_WAIT
    s.frame(fl="FA", seq=s.seq - 1)                               # the FIN again: acknowledged, not one short
    await env.idle()
    assert s.sent() == [("A", 0, 0, 11)]
    await s.write(20, fin=1)
    assert s.sent() == [("FPA", 0, 20, 11)]
    assert (await s.snap())["state"] == LAST_ACK
    s.ack += 21
    await s.rx()
    n = s.notes()[-1]
    assert n["closed"] == 1 and n["reason"] == 2 and n["fin_acked"] == 1 and env.rec == []


@cocotb.test()
async def fin_ahead_of_missing_data(dut):
    env, s = await setup(dut, sack_ok=1)
    s.frame(100, seq=s.seq + 50, fl="FA")
    await env.idle()
    assert s.sent() == [("A", 0, 0, 0)]
    s.frame(50)
    await env.idle()
    assert s.sent() == [("A", 0, 0, 151)]
    assert s.notes()[-1]["peer_fin"] == 1


@cocotb.test()
async def simultaneous_close(dut):
    env, s = await setup(dut)
    await s.write(0, fin=1)
    assert s.sent() == [("FA", 0, 0, 0)]
    await s.rx(fl="FA")
    assert s.sent() == [("A", 1, 0, 1)]
    assert (await s.snap())["state"] == CLOSING
    s.ack += 1
    await s.rx()
    assert s.notes()[-1]["reason"] == 1 and len(env.rec) == 1


@cocotb.test()
async def fin_retransmission_and_ack_with_fin(dut):
    env, s = await setup(dut)
    await s.write(0, fin=1)
    s.sent()
    await env.at(env.deadline())
    assert s.sent() == [("FA", 0, 0, 0)]
    s.ack += 1
    await s.rx(5, fl="FA")                                        # acknowledges our FIN and brings its own
    assert s.sent() == [("A", 1, 0, 6)]
    assert s.notes()[-1]["reason"] == 1


@cocotb.test()
async def reset_rules(dut):
    """RFC 5961: exact match only; challenge in the window; silence outside; limiter."""
    env, s = await setup(dut, ctl=dict(challenge_per_s=3))
    s.frame(fl="R", seq=s.seq - 1)
    await env.idle()
    assert s.sent() == []
    s.frame(fl="R", seq=s.seq + 100)
    await env.idle()
    assert s.sent() == [("A", 0, 0, 0)]
    s.frame(fl="S", seq=s.seq + 900000)
    s.frame(fl="A", ack=s.ack + 1)                                # acknowledges what was never sent
    s.frame(fl="S", seq=s.seq)
    await env.idle()
    assert len(s.sent()) == 2 and env.ctr["tcp_challenge_limited"] == 1
    await env.advance(1_000_001)
    s.frame(fl="A", ack=s.ack - 70000)                            # older than any window: RFC 5961 §5.2
    await env.idle()
    assert len(s.sent()) == 1
    s.frame(fl="R", seq=s.seq)
    await env.idle()
    assert s.sent() == [] and s.notes()[-1]["reason"] == 3 and env.ctr["tcp_rst_in"] == 1


@cocotb.test()
async def abort_sends_reset(dut):
    env, s = await setup(dut)
    await s.write(100)
    s.sent()
    await s.bump(rst=1)
    assert s.sent() == [("RA", 100, 0, 0)]
    assert s.notes()[-1]["reason"] == 4
    await s.bump(snd_valid=1, snd_end=s.snd_end)
    assert env.ctr["bump_stale"] == 1


@cocotb.test()
async def fin_wait_2_is_limited_only_when_the_application_has_left(dut):
    env, s = await setup(dut)
    await s.write(0, fin=1)
    s.ack += 1
    await s.rx()
    assert env.deadline() is None                                 # half closed: the peer may take its time
    await env.advance(3_600_000_000)
    await s.rx(100)
    await env.advance(50_000)
    s.sent()
    await s.read(100)
    await s.bump(orphan=1)
    await env.advance(30_000_000)
    await s.rx()                                                  # words of the peer do not prolong it
    t = env.deadline()
    assert abs(t - env.now - 30_000_000) < 3000
    await env.at(t)
    assert s.notes()[-1]["reason"] == 7 and s.sent() == []


async def data_after_close(dut, closing):
    env, s = await setup(dut)
    await s.rx(100)
    await env.advance(50_000)
    await s.read(100)
    if closing:
        await s.write(500, fin=1)
        s.ack += 501
        await s.rx()
    await s.bump(orphan=1)
    s.sent()
    await s.rx(100, seq=s.seq - 100)                              # an old segment is no data
    assert [g[0] for g in s.sent()] == ["A"]
    await s.rx(10, seq=s.seq - 5)
    assert s.sent() == [("RA", 501 if closing else 1, 0, 100)]
    n = s.notes()[-1]
    assert n["reason"] == 9 and n["closed"] == 1 and env.ctr["tcp_data_after_close"] == 1
    assert placed(env)[-1][0] == EN["PlDrop"]


@cocotb.test()
async def data_after_close_is_answered_by_a_reset(dut):
    await data_after_close(dut, closing=False)


@cocotb.test()
async def data_in_fin_wait_2_after_close_is_answered_by_a_reset(dut):
    await data_after_close(dut, closing=True)


@cocotb.test()
async def leaving_with_unread_data_resets(dut):
    env, s = await setup(dut)
    await s.rx(100)
    await s.read(40)
    s.sent()
    await s.bump(orphan=1, fin=1)
    assert [g[0] for g in s.sent()] == ["RA"] and s.notes()[-1]["reason"] == 9


@cocotb.test()
async def an_orphan_stays_one_over_eviction(dut):
    env, s = await setup(dut)
    await s.bump(orphan=1)
    a = await s.evict()
    assert a["orphan"] == 1 and a["fin_queued"] == 1
    status, _ = await env.command("CmdInstall", s.handle, a)
    assert status == 0
    await s.rx(10)
    assert s.sent()[-1][0] == "RA" and s.notes()[-1]["reason"] == 9


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


@cocotb.test()
async def reset_in_the_middle(dut):
    await cut_short(dut, seeded(), active_close_to_time_wait, simultaneous_close, data_after_close_is_answered_by_a_reset, longest=1500)

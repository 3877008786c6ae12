# SPDX-License-Identifier: Apache-2.0
"""The bugs of other engines, one named test each (docs/regressions.md has the whole list, with those that live elsewhere)."""
import cocotb
from pipe_env import M32, Session, T, setup, sub

BENCH = dict(
    top="tb_tcp_pipe",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/tcp/tcp.f", "tests/rtl/tcp/tb_tcp_pipe.sv"],
    params=[dict(Large=0)],
)


BAD_HANDLE = 3
MSS = 0  # session_key
DCTCP = 2


@cocotb.test()
async def usable_window_is_not_inverted(dut):
    env, s = await setup(dut, snd_wnd=3000, max_snd_wnd=3000)
    s.wnd = 3000
    await s.write(10_000)
    got = s.sent()
    assert sum(g[2] for g in got) == 2920 and max(g[1] + g[2] for g in got) <= 3000
    s.ack += 1460
    await s.rx()
    assert max(g[1] + g[2] for g in s.sent()) <= 1460 + 3000


@cocotb.test()
async def challenges_of_one_session_are_no_news_of_another(dut):
    """A common limit tells who has a session what segments forged for another one did (CVE-2016-5696)."""
    env, a = await setup(dut, ctl=dict(challenge_per_s=3))
    b = await Session(env, slot=7).install()
    for _ in range(5):
        a.frame(fl="S", seq=a.seq)
    await env.idle()
    assert len(a.sent()) == 3 and env.ctr["tcp_challenge_limited"] == 2
    await env.advance(600_000)
    for _ in range(5):
        b.frame(fl="S", seq=b.seq)
    await env.idle()
    assert len(b.sent()) == 3 and a.sent() == []
    await env.advance(600_000)                              # a second of `a`'s has passed, none of `b`'s
    for s in (a, b):
        s.frame(fl="S", seq=s.seq)
    await env.idle()
    assert len(a.sent()) == 1 and b.sent() == []


@cocotb.test()
async def empty_segments_with_an_old_timestamp_are_limited(dut):
    """Two ends that refuse each other's clock answer each other's answers: RFC 7323 §5.3 R1 within RFC 5961 §7."""
    env, s = await setup(dut, ctl=dict(challenge_per_s=3), ts_ok=1, ts_recent=777, sack_ok=1)
    s.ts = 776
    for _ in range(5):
        s.frame(fl="A", seq=s.seq)
    await env.idle()
    assert len(s.sent()) == 3 and env.ctr["tcp_challenge_limited"] == 2 and env.ctr["tcp_paws_drop"] == 5
    s.frame(100, seq=s.seq)                                 # a retransmission that waits for its answer
    await env.idle()
    assert len(s.sent()) == 1 and env.ctr["tcp_challenge_limited"] == 2


@cocotb.test()
async def a_smaller_segment_size_begins_the_count_of_duplicates_anew(dut):
    """Duplicates of what was sent in the old size are no reason to send it a third time."""
    env, s = await setup(dut, snd_mss=1000, peer_mss=1000)
    await s.write(4)
    for _ in range(3):
        await s.rx()
    assert [g[:3] for g in s.sent()] == [("PA", 0, 4)] * 2        # and the fast retransmission
    assert (await env.command("CmdSet", s.handle, key=MSS, value=500))[0] == 0
    await env.idle()
    assert [g[:3] for g in s.sent()] == [("PA", 0, 4)]
    for _ in range(2):
        await s.rx()
    assert s.sent() == []


@cocotb.test()
async def out_of_order_across_the_sequence_wrap(dut):
    env, s = await setup(dut, irs=M32 - 1500, sack_ok=1)
    for off in (2000, 1000, 3000):                          # on both sides of 2^32
        s.frame(1000, seq=s.seq + off)
    await env.idle()
    assert sub((await s.snap())["rcv_nxt"], s.irs + 1) == 0
    await s.rx(1000)
    assert sub((await s.snap())["rcv_nxt"], s.irs + 1) == 4000


@cocotb.test()
async def timers_do_not_drift_under_load(dut):
    env, s = await setup(dut, rto_us=1_000_000)
    others = [await Session(env, slot=10 + i).install() for i in range(20)]
    await s.write(1000)
    s.sent()
    t = env.now + 1_000_000
    while env.now + 50_000 < t:                             # busy all the time, and time moves on
        for o in others:
            await o.rx(100)
        await env.at(min(env.now + 37_000, t - 1))
    assert s.sent() == []
    await env.at(t)
    assert [g[:3] for g in s.sent()] == [("PA", 0, 1000)]


@cocotb.test()
async def handles_do_not_alias(dut):
    env, s = await setup(dut)
    await s.bump(gen=s.gen + 1, rst=1)
    await s.bump(gen=s.gen ^ 0x8000, rst=1)
    for slot in (s.slot + 64, s.slot + 0x4000):             # the table has 64 slots
        env.bumps.append(T["bump_t"].pack(dict(handle=dict(gen=s.gen, slot=slot), rst=1)))
    await env.idle()
    assert s.sent() == [] and env.ctr["bump_stale"] == 4
    status, _ = await env.command("CmdEvict", s.handle + 64)
    assert status == BAD_HANDLE
    assert (await s.snap())["state"] == 4


@cocotb.test()
async def closed_window_is_probed_until_it_opens(dut):
    env, s = await setup(dut, snd_wnd=0, max_snd_wnd=65535)
    await s.write(5000)
    assert s.sent() == []
    for _ in range(5):
        await env.at(env.deadline())
        assert [g[2] for g in s.sent()] == [1]
        await s.rx(wnd=0)
    await s.rx(wnd=65535)                                   # the update that opens it, after all
    assert sum(g[2] for g in s.sent()) >= 5000 - 1


@cocotb.test()
async def fin_behind_a_closed_window_gets_through(dut):
    env, s = await setup(dut, snd_wnd=0, max_snd_wnd=65535)
    await s.write(0, fin=1)
    await env.at(env.deadline())
    assert "F" in s.sent()[-1][0]


@cocotb.test()
async def lost_retransmission_is_sent_again(dut):
    env, s = await setup(dut, sack_ok=1)
    await s.write(1000)
    s.sent()
    for _ in range(4):
        await env.at(env.deadline())
        assert [g[:3] for g in s.sent()] == [("PA", 0, 1000)]


@cocotb.test()
async def retransmitted_fin_is_acknowledged_in_full(dut):
    env, s = await setup(dut)
    await s.rx(0, fl="FA")
    assert s.sent()[-1][3] == 1
    for _ in range(3):
        s.frame(0, seq=s.seq - 1, fl="FA")
        await env.idle()
        assert s.sent()[-1][3] == 1


@cocotb.test()
async def the_dead_have_no_timers(dut):
    """One that had ended armed its keepalive timer once more, and was due for ever from then on."""
    env, s = await setup(dut, keepalive=1, ctl=dict(keep_idle_s=10))
    other = await Session(env, slot=10).install()
    await s.rx(1)
    await env.advance(50_000)
    await s.bump(rst=1)
    await env.advance(50_000)
    assert env.deadline() is None
    await env.advance(60_000_000)                           # idle() inside gives up if the pipeline never rests
    await other.rx(100)
    await env.advance(50_000)
    assert len(other.sent()) == 1


@cocotb.test()
async def a_fin_behind_text_for_nobody_counts_nothing(dut):
    env, s = await setup(dut)
    await s.bump(orphan=1)
    s.sent()
    await s.rx(100, fl="FA")                                # the text is not placed: the host must not hear of it
    assert s.sent() == [("RA", 1, 0, 0)]
    closed = s.notes()[-1]
    assert closed["closed"] == 1 and closed["rcv_nxt"] == s.irs + 1 and closed["peer_fin"] == 0


@cocotb.test()
async def news_with_an_acknowledgement_is_a_duplicate(dut):
    env, s = await setup(dut, sack_ok=1)
    base = s.ack
    await s.write(14600)
    s.sent()
    s.ack = base + 1460                                     # RFC 6675 section 5: whatever the cumulative acknowledgement does
    await s.rx(sack=[(base + 2 * 1460, base + 5 * 1460)])
    assert s.sent()[0][:3] == ("A", 1460, 1460)
    im = await s.snap()
    assert im["fast_recovery"] == 1 and im["dupacks"] == 1


async def fill_transmit(env, other):
    """Transmit stands still, and is full of the data of another session."""
    env.hold_tx = True
    await other.bump(snd_valid=1, snd_end=other.snd_end + 14600, wait=False)
    for _ in range(60):
        await cocotb.triggers.RisingEdge(env.clk)


async def ends_once_there_is_room(env, s, last):
    for _ in range(60):
        await cocotb.triggers.RisingEdge(env.clk)
    assert s.sent() == []
    env.hold_tx = False
    await env.idle()
    assert s.sent() == [last] and s.notes()[-1]["closed"] == 1


@cocotb.test()
async def the_last_segment_waits_for_room(dut):
    env, s = await setup(dut)
    other = await Session(env, slot=2).install()
    await s.bump(orphan=1)
    assert s.sent() == [("FA", 0, 0, 0)]
    await fill_transmit(env, other)
    s.frame(100)                                            # text for nobody: a reset
    await ends_once_there_is_room(env, s, ("RA", 1, 0, 0))


@cocotb.test()
async def the_last_acknowledgement_waits_for_room(dut):
    env, s = await setup(dut)
    other = await Session(env, slot=2).install()
    await s.write(fin=1)
    s.ack += 1
    await s.rx()
    assert s.sent() == [("FA", 0, 0, 0)]
    await fill_transmit(env, other)
    s.frame(fl="FA")                                        # in FIN_WAIT_2: the ACK that begins TIME_WAIT
    await ends_once_there_is_room(env, s, ("A", 1, 0, 1))


@cocotb.test()
async def an_acknowledgement_still_owed_goes_when_time_wait_begins(dut):
    """The peer's FIN found no room for its answer; ours is acknowledged before there is any."""
    env, s = await setup(dut)
    other = await Session(env, slot=2).install()
    await s.write(fin=1)
    assert s.sent() == [("FA", 0, 0, 0)]
    await fill_transmit(env, other)
    s.frame(fl="FA")                                        # CLOSING
    s.ack += 1
    s.frame(fl="A", seq=s.seq + 1)                          # TIME_WAIT
    await ends_once_there_is_room(env, s, ("A", 1, 0, 1))


@cocotb.test()
async def a_fin_that_changes_the_echo_is_acknowledged(dut):
    """RFC 8257 §3.2 wants what came before it acknowledged with the echo as it was; who ends has one segment, for the FIN."""
    env, s = await setup(dut, cc_algo=DCTCP, ecn_ok=1)
    await s.write(fin=1)
    s.ack += 1
    await s.rx()
    assert s.sent() == [("FA", 0, 0, 0)]
    await s.rx(100, ce=1)
    assert s.sent() == []                                   # delayed
    await s.rx(100, fl="FA")
    assert s.sent() == [("A", 1, 0, 201)]


@cocotb.test()
async def a_closed_window_is_probed_and_nothing_else(dut):
    """Who persists asks already: keepalive ends no session whose window probes are answered, or not yet given up."""
    ctl = dict(keep_idle_s=2, keep_interval_s=1, keep_count=2, max_rto_us=8_000_000)
    env, s = await setup(dut, ctl=ctl, keepalive=1, rto_us=1_000_000, snd_wnd=0)
    s.wnd = 0
    await s.write(100)
    for _ in range(2):
        await env.advance(2_000_000)
    assert {g[1:3] for g in s.sent()} == {(0, 1)}                 # probes
    s.ack += 1
    await s.rx()                                                  # that octet is taken, the window stays shut
    for _ in range(7):
        await env.advance(1_000_000)
    assert all(g[1:3] == (1, 1) for g in s.sent())
    assert (await s.snap())["persist"] == 1


@cocotb.test()
async def a_window_that_closes_in_a_recovery_ends_it(dut):
    """What a probe has rewound is sent again when the window opens, each segment once: the recovery has nothing left to resend."""
    env, s = await setup(dut, snd_mss=1000, peer_mss=1000, sack_ok=1, cwnd=10_000, ssthresh=1_000_000, rto_us=300_000)
    await s.write(10_000)
    una = s.ack
    await s.rx(sack=[(una + 4000, una + 7000)])
    assert [g[1] for g in s.sent()] == [*range(0, 10_000, 1000), 0, 1000]
    s.wnd = 0
    await s.rx(sack=[(una + 4000, una + 7001)])
    await env.advance(300_000)
    assert [g[1:3] for g in s.sent()] == [(0, 1)]                 # the probe
    s.wnd = 65535
    await s.rx(sack=[(una + 4000, una + 7002)])
    assert [g[1:3] for g in s.sent()] == [(n, 1000) for n in (0, 1000, 2000, 3000)] + [(7002, 1000)]


@cocotb.test()
async def an_old_empty_segment_that_ends_the_session_is_answered(dut):
    env, s = await setup(dut)
    await s.write(fin=1)
    await s.rx(fl="FA")                                     # CLOSING: both have sent, ours is not acknowledged
    s.sent()
    s.ack += 1
    await s.rx(seq=s.seq - 3)                               # RFC 9293 section 3.10.7.4: not acceptable, its ACK counts
    assert s.sent() == [("A", 1, 0, 1)] and s.notes()[-1]["closed"] == 1


@cocotb.test()
async def two_that_end_wait_for_room(dut):
    env, s = await setup(dut)
    other = await Session(env, slot=2).install()
    third = await Session(env, slot=3).install()
    await s.bump(orphan=1)
    await third.write(fin=1)
    third.ack += 1
    await third.rx()
    assert s.sent() == [("FA", 0, 0, 0)] and third.sent() == [("FA", 0, 0, 0)]
    await fill_transmit(env, other)
    s.frame(100)
    third.frame(fl="FA")
    for _ in range(200):
        await cocotb.triggers.RisingEdge(dut.clk_i)
    assert s.sent() == [] and third.sent() == []
    env.hold_tx = False
    await env.idle()
    assert s.sent() == [("RA", 1, 0, 0)] and s.notes()[-1]["closed"] == 1
    assert third.sent() == [("A", 1, 0, 1)] and third.notes()[-1]["closed"] == 1


@cocotb.test()
async def probes_before_a_move_are_no_losses(dut):
    """Of a session that comes with its persist timer doubled, the first timeout is the first."""
    env, s = await setup(dut, snd_wnd=0)
    s.wnd = 0
    await s.write(1000)
    for _ in range(3):
        await env.at(env.deadline())
    image = await s.evict()
    assert image["persist"] == 1 and image["rto_backoff"] == 3
    assert (await env.command("CmdInstall", s.handle, image))[0] == 0
    s.wnd = 5000
    await s.rx()
    before = (await s.snap())["ssthresh"]
    await env.at(env.deadline())
    after = await s.snap()
    assert after["persist"] == 0 and after["ssthresh"] < before, (before, after["ssthresh"])


@cocotb.test()
async def idleness_moves_with_the_session(dut):
    """RFC 5681 §4.1: who was silent for longer than the timeout does not fill the window at once, wherever the silence was."""
    env, s = await setup(dut, last_sent_age=10_000_000)
    await s.write(20_000)
    assert sum(g[2] for g in s.sent()) == 4380
    env, s = await setup(dut, last_sent_age=M32)            # longer ago than the clock of 32 bits can say
    await env.advance(100_000)
    await s.write(20_000)
    assert sum(g[2] for g in s.sent()) == 4380
    env, s = await setup(dut, last_sent_age=100)
    await env.advance(100_000)
    assert (await s.snap())["last_sent_age"] == 100_100
    await s.write(20_000)
    assert sum(g[2] for g in s.sent()) > 10_000

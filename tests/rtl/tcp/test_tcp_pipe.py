# SPDX-License-Identifier: Apache-2.0
"""tcp_pipe: directed scenarios against a peer that the test speaks for. Sequence numbers relative to the first data byte."""
import json
import os

import cocotb
from pipe_env import EN, M32, Env, Session, placed, setup, sub
from stream_bfm import cut_short, seeded
from toe_abi import enum

PACE_US = 64   # tcp_pkg: how often a paced session looks again

BENCH = dict(
    top="tb_tcp_pipe",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/tcp/tcp.f", "tests/rtl/tcp/tb_tcp_pipe.sv"],
    params=[dict(Large=0), dict(Large=1)],
    timeout_s=600,
)


@cocotb.test()
async def in_order_receive_and_delayed_ack(dut):
    env, s = await setup(dut)
    await s.rx(1000)
    assert s.sent() == []
    await s.rx(1000)
    assert s.sent() == [("A", 0, 0, 2000)]               # every second segment
    await s.rx(500)
    assert s.sent() == []
    await env.advance(39_999)
    assert s.sent() == []
    await env.advance(2)
    assert s.sent() == [("A", 0, 0, 2500)]
    assert env.ctr["tcp_delacks"] == 1
    assert placed(env) == [(EN["PlSession"], 0, 1000), (EN["PlSession"], 1000, 1000), (EN["PlSession"], 2000, 500)]
    n = s.notes()
    assert n[-1]["rcv_nxt"] == s.seq and n[-1]["closed"] == 0
    assert s.last[0]["tcp"]["wnd"] == 65535 - 2500


@cocotb.test()
async def quickack(dut):
    env, s = await setup(dut, quickack=2)
    for want in ([("A", 0, 0, 100)], [("A", 0, 0, 200)], [], [("A", 0, 0, 400)]):
        await s.rx(100)
        assert s.sent() == want


@cocotb.test()
async def send_and_ack(dut):
    env, s = await setup(dut)
    await s.write(4000)
    assert s.sent() == [("A", 0, 1460, 0), ("A", 1460, 1460, 0), ("PA", 2920, 1080, 0)]
    s.ack += 4000
    await env.advance(5000)
    await s.rx()
    im = await s.snap()
    assert im["srtt_us8"] == 5000 * 8 and im["rttvar_us4"] == 10000 and im["rto_us"] == 200_000
    assert im["cwnd"] == 14600 + 2920 and im["t_rtx"] == 0
    assert s.notes()[-1]["snd_una"] == s.ack
    assert env.deadline() is None


@cocotb.test()
async def congestion_window_and_slow_start(dut):
    env, s = await setup(dut, cwnd=2920)
    await s.write(20000)
    assert len(s.sent()) == 2
    s.ack += 1460
    await s.rx()
    assert [x[1] for x in s.sent()] == [2920, 4380]               # one MSS acknowledged, one more of window
    s.wnd = 5840                                                  # a small window from the peer
    s.ack += 1460
    await s.rx()
    assert [x[1] for x in s.sent()] == [5840, 7300]
    assert (await s.snap())["cwnd"] == 5840
    s.ack += 1460
    await s.rx()
    assert [x[1] for x in s.sent()] == [8760]                     # now the peer's window is the limit


@cocotb.test()
async def fast_retransmit_newreno(dut):
    env, s = await setup(dut)
    await s.write(14600)
    assert len(s.sent()) == 10
    await s.rx()                                                  # duplicates of the first byte
    await s.rx()
    assert s.sent() == []                                         # limited transmit: nothing new to send
    await s.rx()
    assert s.sent() == [("A", 0, 1460, 0)]
    assert env.ctr["tcp_fast_retransmits"] == 1 and env.ctr["tcp_dup_acks_in"] == 3
    im = await s.snap()
    assert im["fast_recovery"] == 1 and im["ssthresh"] == 7300 and im["cwnd"] == 7300 + 3 * 1460
    s.ack += 2920                                                 # partial: the third segment is lost too
    await s.rx()
    assert s.sent() == [("A", 2920, 1460, 0)]
    s.ack += 14600 - 2920
    await s.rx()
    im = await s.snap()
    assert im["fast_recovery"] == 0 and im["snd_una"] == im["snd_max"] and im["t_rtx"] == 0


@cocotb.test()
async def limited_transmit(dut):
    env, s = await setup(dut, cwnd=2920)
    await s.write(20000)
    s.sent()
    await s.rx()
    assert s.sent() == [("A", 2920, 1460, 0)]
    await s.rx()
    assert s.sent() == [("A", 4380, 1460, 0)]


@cocotb.test()
async def sack_recovery(dut):
    env, s = await setup(dut, sack_ok=1)
    base = s.ack
    await s.write(14600)
    s.sent()
    seg = lambda i: base + 1460 * i                               # noqa: E731
    # 1 and 4 lost
    await s.rx(sack=[(seg(2), seg(3))])
    await s.rx(sack=[(seg(2), seg(4))])
    assert s.sent() == []
    await s.rx(sack=[(seg(5), seg(6)), (seg(2), seg(4))])
    assert s.sent() == [("A", 0, 1460, 0)]
    await s.rx(sack=[(seg(5), seg(7)), (seg(2), seg(4))])
    await s.rx(sack=[(seg(5), seg(8)), (seg(2), seg(4))])
    got = s.sent()
    assert got[:1] == [("A", 1460, 1460, 0)], got                 # segment 1 was never reported: below seg(2)
    await s.rx(sack=[(seg(5), seg(10)), (seg(2), seg(4))])
    got += s.sent()
    assert [g[1] for g in got] == [1460, 5840], got
    s.ack = seg(10)
    await s.rx()
    assert s.sent() == []
    im = await s.snap()
    assert im["fast_recovery"] == 0 and im["sacked"] == [0] * 8 and im["retransmit_segs"] == 3


@cocotb.test()
async def rto_backoff(dut):
    env, s = await setup(dut)
    await s.write(3000)
    s.sent()
    rto = 1_000_000
    for k in range(4):
        assert env.deadline() == env.now + rto, (env.deadline() - env.now, rto)
        await env.advance(rto - 1)
        assert s.sent() == []
        await env.advance(1)
        assert s.sent() == [("A", 0, 1460, 0)], k                 # one segment: cwnd is one MSS
        rto *= 2
    im = await s.snap()
    assert im["rto_backoff"] == 4 and im["cwnd"] == 1460 and im["ssthresh"] == 2920 and im["rtt_timing"] == 0
    s.ack += 1460
    await s.rx()
    assert s.sent() == [("A", 1460, 1460, 0), ("PA", 2920, 80, 0)]
    assert (await s.snap())["rto_backoff"] == 4                    # Karn: no sample yet
    s.ack += 1540
    await s.rx()
    assert env.deadline() is None


@cocotb.test()
async def rto_gives_up(dut):
    env, s = await setup(dut, ctl=dict(max_backoff=3))
    await s.write(100)
    for _ in range(4):
        await env.at(env.deadline())
    got = s.sent()
    assert [g[0] for g in got] == ["PA", "PA", "PA", "PA", "RA"], got
    n = s.notes()[-1]
    assert n["closed"] == 1 and n["reason"] == 5
    assert [d["slot"] for d in env.deleted] == [s.slot]
    assert env.deadline() is None


@cocotb.test()
async def zero_window_probe(dut):
    env, s = await setup(dut)
    await s.write(1000)
    s.sent()
    s.ack += 1000
    await s.rx(wnd=0)
    await s.write(500)
    assert s.sent() == []
    im = await s.snap()
    assert im["persist"] == 1
    waits = []
    for _ in range(3):
        t0 = env.now
        await env.at(env.deadline())
        waits.append(env.now - t0)
        assert s.sent() == [("A", 1000, 1, 0)]
        await s.rx(wnd=0)                                         # the peer refuses the byte
        assert s.sent() == []
    assert waits[1] > waits[0] and waits[2] > waits[1], waits
    await s.rx(wnd=1000)                                          # the window opens
    assert s.sent() == [("PA", 1000, 500, 0)]
    assert (await s.snap())["persist"] == 0
    s.ack += 500
    await s.rx()
    assert env.deadline() is None


@cocotb.test()
async def small_window_is_probed_with_what_fits(dut):
    env, s = await setup(dut, snd_wnd=300, max_snd_wnd=65535)
    await s.write(2000)
    assert s.sent() == []                                         # silly window: less than MSS and less than half
    await env.at(env.deadline())
    assert s.sent() == [("A", 0, 300, 0)]


@cocotb.test()
async def timeout_resends_into_a_shrunken_window(dut):
    """references.md: a stall that never ends after window close."""
    env, s = await setup(dut)
    await s.write(3000)
    s.sent()
    await s.rx(wnd=500)                                           # takes back what it announced
    await env.at(env.deadline())
    assert s.sent() == [("A", 0, 500, 0)]
    s.ack += 500
    await s.rx(wnd=0)
    for _ in range(3):
        await env.at(env.deadline())
        assert s.sent() == [("A", 500, 1, 0)]
    await s.rx(wnd=60000)
    assert sum(g[2] for g in s.sent()) == 1460                    # cwnd after the timeout: one segment
    s.ack += 1460
    await s.rx(wnd=60000)
    assert sum(g[2] for g in s.sent()) == 1040


@cocotb.test()
async def receive_window_and_updates(dut):
    env, s = await setup(dut, rx_ring_log2=12, rcv_adv=5001 + 4096)
    await s.rx(1460)
    await s.rx(1460)
    await s.rx(1176)
    await env.advance(50_000)
    got = s.sent()
    assert got[-1] == ("A", 0, 0, 4096) and s.last[-1]["tcp"]["wnd"] == 0
    s.frame(1)                                                    # a window probe: answered, not taken
    await env.idle()
    assert s.sent() == [("A", 0, 0, 4096)]
    await s.read(100)
    assert s.sent() == []                                         # not a silly one
    await s.read(2500)
    assert s.sent() == [("A", 0, 0, 4096)] and s.last[-1]["tcp"]["wnd"] == 2600


@cocotb.test()
async def out_of_order_and_sack_blocks(dut):
    env, s = await setup(dut, sack_ok=1)
    r = s.seq

    async def piece(a, b):
        s.frame(b - a, seq=r + a)
        await env.idle()
        got = s.sent()
        t = s.last[-1]["tcp"] if got else None
        return [(sub(x["first"], r), sub(x["last"], r)) for x in t["sack"][:t["sack_n"]]] if t else None, got
    assert (await piece(1000, 2000))[0] == [(1000, 2000)]
    assert (await piece(3000, 4000))[0] == [(3000, 4000), (1000, 2000)]
    assert (await piece(5000, 6000))[0] == [(5000, 6000), (3000, 4000), (1000, 2000)]
    assert (await piece(7000, 8000))[0] == [(7000, 8000), (5000, 6000), (3000, 4000), (1000, 2000)]
    assert (await piece(9000, 9500))[0] == [(7000, 8000), (5000, 6000), (3000, 4000), (1000, 2000)]
    assert env.ctr["tcp_ooo_drop"] == 1
    assert (await piece(2000, 3000))[0] == [(1000, 4000), (7000, 8000), (5000, 6000)]
    blocks, got = await piece(0, 1000)                            # always accepted
    assert got == [("A", 0, 0, 4000)] and blocks == [(7000, 8000), (5000, 6000)]
    blocks, got = await piece(500, 1500)                          # a duplicate: D-SACK first
    assert blocks[0] == (500, 1500) and got[0][3] == 4000
    blocks, got = await piece(4000, 7000)
    assert got == [("A", 0, 0, 8000)] and blocks == []
    pl = [p for p in placed(env) if p[0] == EN["PlSession"]]
    cover = set()
    for _, off, n in pl:
        cover |= set(range(off, off + n))
    assert cover == set(range(8000))


@cocotb.test()
async def sequence_wrap(dut):
    """references.md: a comparison that breaks where the sequence number wraps."""
    env, s = await setup(dut, iss=M32 - 2000, irs=M32 - 3000, sack_ok=1)
    await s.write(10000)
    assert [g[1] for g in s.sent()] == [0, 1460, 2920, 4380, 5840, 7300, 8760]
    r = s.seq
    s.frame(1000, seq=r + 3000)
    s.frame(3000, seq=r)
    await env.idle()
    assert s.sent()[-1] == ("A", 10000, 0, 4000)
    s.ack = (s.ack + 10000) & M32
    s.seq = (r + 4000) & M32
    await s.rx()
    im = await s.snap()
    assert im["snd_una"] == s.ack == im["snd_max"] and im["rcv_nxt"] == s.seq
    assert [p[1:] for p in placed(env)][:2] == [(3000, 1000), (0, 3000)]


@cocotb.test()
async def receive_ring_wrap(dut):
    env, s = await setup(dut, rx_ring_log2=12, rcv_adv=5001 + 4096)
    total = 0
    for _ in range(6):
        await s.rx(1400)
        await s.read(1400)
        total += 1400
    assert [p[1] for p in placed(env)] == [(1400 * i) % 4096 for i in range(6)]


@cocotb.test()
async def bad_bumps_and_stale_handles(dut):
    env, s = await setup(dut)
    await s.bump(gen=6, snd_valid=1, snd_end=s.snd_end + 10)
    await s.bump(snd_valid=1, snd_end=s.snd_end + 65537)          # beyond the ring
    await s.bump(snd_valid=1, snd_end=s.snd_end - 1)
    await s.bump(rcv_valid=1, rcv_read=s.rcv_read + 1)            # more than was received
    other = Session(env, slot=5000)
    await other.bump(snd_valid=1, snd_end=3)                      # beyond the table
    assert s.sent() == [] and env.ctr["bump_bad"] == 3 and env.ctr["bump_stale"] == 2
    assert (await env.command("CmdEvict", 9 << 16 | s.slot))[0] == 3
    assert (await env.command("CmdInstall", s.handle, s.image))[0] == 4
    assert (await env.command("CmdSnapshot", 7 << 16 | 5000))[0] == 3
    await s.write(10)
    assert len(s.sent()) == 1                                     # the next good request works


@cocotb.test()
async def timestamps_and_paws(dut):
    env, s = await setup(dut, ts_ok=1, ts_recent=777, ts_offset=1000, sack_ok=1)
    s.ts = 800
    await s.rx(100)
    await s.rx(100)
    s.sent()
    t = s.last[-1]["tcp"]
    assert t["ts_ok"] and t["ts_ecr"] == 800 and t["ts_val"] == (env.now >> 10) + 1000
    s.frame(100, ts=790)
    await env.idle()
    assert s.sent() == [("A", 0, 0, 200)] and env.ctr["tcp_paws_drop"] == 1
    s.frame(100, tcp=dict(ts_ok=0))
    await env.idle()
    assert s.sent() == [] and env.ctr["tcp_paws_drop"] == 2
    await env.at(env.now + 25 * 86400 * 1_000_000)                # RFC 7323 §5.5
    await s.rx(100, ts=5)
    await env.advance(50_000)
    s.sent()
    assert s.last[-1]["tcp"]["ts_ecr"] == 5 and s.last[-1]["tcp"]["ack"] == s.seq
    await s.write(2000)
    assert [g[2] for g in s.sent()] == [1448, 552]                # MTU 1500 - 40 - 12


@cocotb.test()
async def window_scale(dut):
    env, s = await setup(dut, snd_wscale=3, rcv_wscale=2, rx_ring_log2=18, rcv_adv=5001 + 262140, cwnd=1000000, tx_ring_log2=20)
    await s.rx(wnd=1000)
    await s.write(20000)
    assert sum(g[2] for g in s.sent()) == 8000 - 8000 % 1460
    await s.rx(10)
    await env.advance(50_000)
    s.sent()
    assert s.last[-1]["tcp"]["wnd"] == (262144 - 10 - 4 + 3) // 4 or s.last[-1]["tcp"]["wnd"] == (262140 - 10) // 4


@cocotb.test()
async def nagle(dut):
    env, s = await setup(dut, nodelay=0)
    await s.write(100)
    assert len(s.sent()) == 1
    await s.write(100)
    assert s.sent() == []
    s.ack += 100
    await s.rx()
    assert s.sent() == [("PA", 100, 100, 0)]


@cocotb.test()
async def parked_by_next_hop(dut):
    env, s = await setup(dut)
    await env.nexthop(0, valid=0)
    await s.write(100)
    assert s.sent() == [] and s.notes()[-1]["parked"] == 1 and env.ctr["tcp_parked"] == 1
    s.frame(10)
    s.frame(10, seq=s.seq + 10)
    await env.idle()
    assert s.sent() == []
    await env.nexthop(0)
    await s.bump(kick=1)
    got = s.sent()
    assert ("PA", 0, 100, 20) in got, got
    assert s.notes()[-1]["parked"] == 0


@cocotb.test()
async def keepalive(dut):
    env, s = await setup(dut, keepalive=1, ctl=dict(keep_idle_s=10, keep_interval_s=2, keep_count=3))
    await s.rx(1)
    await env.advance(50_000)
    s.sent()
    t0 = env.now
    await env.at(env.deadline())
    assert s.sent() == [("A", -1, 0, 1)] and abs(env.now - t0 - 9_950_000) < 3000
    await s.rx()
    for _ in range(4):
        await env.at(env.deadline())
    assert [g[0] for g in s.sent()] == ["A", "A", "A", "RA"]
    assert s.notes()[-1]["reason"] == 6


@cocotb.test()
async def a_segment_without_ack_is_counted(dut):
    env, s = await setup(dut)
    await s.rx(10, fl="")
    assert s.sent() == [] and env.ctr["tcp_no_ack"] == 1 and env.ctr.get("tcp_bytes_in", 0) == 0


@cocotb.test()
@cocotb.parametrize(pace=[0, 77])
async def evict_and_install_give_the_same_image(dut, pace):
    env, s = await setup(dut, sack_ok=1, ts_ok=1, quickack=1, cc_private=[1, 2, 3, 4, 5, 6], flow_label=0x12345, tos=2,
                         pacing_bytes_per_ms=pace, port=3, mirror=1)
    await s.write(9000)
    s.frame(300, seq=s.seq + 1000, ts=800)
    s.frame(300, seq=s.seq + 2000, ts=800)
    await s.rx(100, ts=801)
    await s.rx(100, ts=801)
    await env.advance(123)
    before = await s.snap()
    a = await s.evict()
    assert a == before
    s.frame(10)
    await env.idle()
    assert [p[0] for p in placed(env)][-1] == EN["PlHost"]        # SESSION_GONE
    assert env.deadline() is None
    status, _ = await env.command("CmdInstall", s.handle, a)
    assert status == 0
    b = await s.snap()
    diff = {k: (a[k], b[k]) for k in a if a[k] != b[k]}
    assert not diff, diff
    await env.idle()
    timers = [t for t in (a["t_rtx"], a["t_delack"]) if t]
    assert timers
    # With a pace and more to send, the next tokens come first.
    assert env.deadline() == env.now + (PACE_US if pace else min(timers))


@cocotb.test()
async def evict_waits_for_both_fences(dut):
    env, s = await setup(dut)
    env.hold_tx = True
    await s.bump(snd_valid=1, snd_end=s.snd_end + 3000, wait=False)
    for _ in range(30):
        await cocotb.triggers.RisingEdge(dut.clk_i)
    task = cocotb.start_soon(env.command("CmdEvict", s.handle))
    for _ in range(100):
        await cocotb.triggers.RisingEdge(dut.clk_i)
    assert not task.done()
    env.hold_tx = False
    status, image = await task
    assert status == 0 and sub(image["snd_nxt"], s.iss + 1) == 3000 and len(s.sent()) == 3


@cocotb.test()
async def evict_of_a_session_that_lost_payload_finds_nobody(dut):
    env, s = await setup(dut)
    env.fence_bad = 1
    assert (await env.command("CmdEvict", s.handle))[0] == EN["AdminStatusBadHandle"]
    assert s.handle == env.place[-1]["record"] >> 32 & 0xFFFFFFFF


@cocotb.test()
async def dma_faults(dut):
    env, s = await setup(dut)
    from pipe_env import T
    h = dict(gen=s.gen, slot=s.slot)
    env.faults.append(T["fault_ev_t"].pack(dict(what=EN["FaultRead"], handle=h, addr=0x1234)))
    await env.idle()
    n = s.notes()
    assert any(r["kind"] == 5 and r["addr"] == 0x1234 for r in n) and n[-1]["parked"] == 1
    await s.write(10)
    assert s.sent() == []
    await s.bump(kick=1)
    assert len(s.sent()) == 1 and s.notes()[-1]["parked"] == 0
    env.faults.append(T["fault_ev_t"].pack(dict(what=EN["FaultWrite"], handle=h, addr=0x55)))
    await env.idle()
    assert s.sent()[-1][0] == "RA" and s.notes()[-1]["reason"] == 10


@cocotb.test()
async def ecn(dut):
    env, s = await setup(dut, ecn_ok=1)
    await s.rx(10, ce=1)
    await s.rx(10)
    s.sent()
    assert s.last[-1]["tcp"]["flags"]["ece"] == 1
    await s.rx(10, fl="AC")
    await s.rx(10)
    s.sent()
    assert s.last[-1]["tcp"]["flags"]["ece"] == 0
    await s.write(14600)
    assert all(c["ect"] for c in env.tx)
    s.sent()
    s.ack += 1460
    await s.rx(fl="AE")
    s.ack += 1460
    await s.rx(fl="AE")
    im = await s.snap()
    assert im["ecn_reductions"] == 1 and im["cwnd"] == 7300 and im["retransmit_segs"] == 0
    s.ack += 1460 * 8
    await s.rx()
    await s.write(100)
    s.sent()
    assert s.last[-1]["tcp"]["flags"]["cwr"] == 1


@cocotb.test()
async def mss_change_rewinds(dut):
    env, s = await setup(dut)
    await s.write(3000)
    s.sent()
    assert (await env.command("CmdSet", s.handle, key=0, value=500))[0] == 0
    await env.idle()
    got = s.sent()
    assert [g[1:3] for g in got] == [(500 * i, 500) for i in range(6)]


@cocotb.test()
async def event_full_holds_records_back(dut):
    env, s = await setup(dut)
    dut.evq_space_i.value = 0
    s.frame(1000)
    s.frame(1000, seq=s.seq + 1000)
    for _ in range(200):
        await cocotb.triggers.RisingEdge(dut.clk_i)
    assert s.notes() == []
    dut.evq_space_i.value = 1
    await env.idle()
    n = s.notes()
    assert len(n) == 1 and sub(n[0]["rcv_nxt"], s.irs + 1) == 2000


@cocotb.test()
async def receive_does_not_wait_for_transmit(dut):
    env, s = await setup(dut)
    env.hold_tx = True
    for i in range(40):
        s.frame(100, seq=s.seq + 100 * i)
    for _ in range(600):
        await cocotb.triggers.RisingEdge(dut.clk_i)
    assert env.work == []
    env.hold_tx = False
    await env.advance(1)
    assert s.sent()[-1] == ("A", 0, 0, 4000)


async def rate(dut, sessions, frames):
    """Cycles a received segment, and events of all kinds in that time."""
    env = Env(dut)
    await env.start()
    all_s = [await Session(env, slot=i + 1, gen=i + 1).install() for i in range(sessions)]
    env.ctr.clear()
    for k in range(frames):
        s = all_s[k % sessions]
        s.frame(64, seq=s.seq + 64 * (k // sessions))
    cycles = 0
    while env.work:
        await cocotb.triggers.RisingEdge(dut.clk_i)
        cycles += 1
    await env.idle()
    events = env.ctr["events_in"]
    cocotb.log.info("%d sessions: %.2f cycles a segment, %.2f cycles an event", sessions, cycles / frames, cycles / events)
    return cycles / frames, cycles / events


def figure(metric, dut, sessions, value):
    """For `make bench-rtl`: a row in the file that FIGURES names."""
    path = os.environ.get("FIGURES")
    if not path or int(dut.Large.value) == 0:
        return
    rows = []
    if os.path.exists(path):
        with open(path) as f:
            rows = [r for r in json.load(f) if r["metric"] != metric]
    rows.append(dict(metric=metric, config=f"large, tcp_pipe alone, {sessions} sessions, 64-byte segments in order", value=round(value, 3)))
    with open(path, "w") as f:
        json.dump(rows, f)


@cocotb.test()
async def event_rate_on_distinct_sessions(dut):
    _, per_event = await rate(dut, 16, 800)
    figure("cycles_per_event_distinct", dut, 16, per_event)
    assert per_event <= 1.1


@cocotb.test()
async def dependent_events_three_cycles_apart(dut):
    _, per_event = await rate(dut, 1, 400)
    figure("cycles_per_event_same_session", dut, 1, per_event)
    assert per_event <= 3.05


class Reassembly:
    """What a receiver with four out-of-order intervals must do, kept as a plain list (most recent first)."""

    def __init__(self):
        self.nxt, self.ooo, self.have = 0, [], set()

    def piece(self, a, b, edge):
        """Returns False when it is refused."""
        a, b = max(a, self.nxt), min(b, edge)
        if a >= b:
            return True
        touching = [r for r in self.ooo if r[0] <= b and a <= r[1]]
        if a > self.nxt and not touching and len(self.ooo) == 4:
            return False
        lo, hi = min([a] + [r[0] for r in touching]), max([b] + [r[1] for r in touching])
        self.ooo = [r for r in self.ooo if r not in touching]
        if a == self.nxt:
            self.nxt = hi
        else:
            self.ooo.insert(0, (lo, hi))
        self.have |= set(range(a, b))
        return True


@cocotb.test()
async def reassembly_fuzz(dut):
    """S-REASS-1: any order, any overlap; the missing segment is always taken; SACK blocks say what is held, latest first."""
    env, s = await setup(dut, sack_ok=1, irs=M32 - 20000, rx_ring_log2=15, rcv_adv=(M32 - 20000 + 1 + 32768) & M32, quickack=0)
    r, ref, read, rng = s.seq, Reassembly(), 0, env.rng
    cover, edge = set(), 32768
    for step in range(700):
        if rng.random() < 0.3:
            a = ref.nxt - rng.choice([0, 0, 0, 1, 100, 1400])
        else:
            a = ref.nxt + 50 * rng.randrange(0, 240)
        n = rng.choice([1, 50, 100, 500, 1000, 1460])
        a = max(a, 0)
        outside = a >= edge or a + n <= ref.nxt
        full = len(ref.ooo) == 4
        ok = outside or ref.piece(a, a + n, edge)
        assert ok or full
        s.frame(n, seq=r + a)
        await env.idle()
        got = s.sent()
        for c in env.place:
            if c["kind"] == EN["PlSession"]:
                first = a + c["skip"] - 54
                assert c["ring_off"] == first % 32768 and first + c["len"] <= read + 32768
                cover |= set(range(first, first + c["len"]))
        env.place.clear()
        if got:
            t = s.last[-1]["tcp"]
            assert got[-1][3] == ref.nxt, (step, got, ref.nxt)
            blocks = [(sub(x["first"], r), sub(x["last"], r)) for x in t["sack"][:t["sack_n"]]]
            # RFC 2883 §4: a D-SACK lies below the ACK or inside the block that follows it
            dsack = blocks and (blocks[0][0] < ref.nxt or blocks[0] not in ref.ooo or
                                (len(blocks) > 1 and blocks[1][0] <= blocks[0][0] and blocks[0][1] <= blocks[1][1]))
            assert blocks[bool(dsack):] == ref.ooo[:4 - bool(dsack)], (step, blocks, ref.ooo)
            edge = max(edge, ref.nxt + t["wnd"])
        else:
            assert ok and not outside and not ref.ooo, "an ACK was due at once"
        assert ref.have <= cover | set(range(read)), "accepted, not placed"
        if rng.random() < 0.3 and ref.nxt > read:
            step_read = rng.randrange(1, ref.nxt - read + 1)
            read += step_read
            await s.read(step_read)
            s.sent()
            for c in s.last:
                edge = max(edge, ref.nxt + c["tcp"]["wnd"])
            ref.have -= set(range(read))
    assert ref.nxt > 100_000, ref.nxt
    im = await s.snap()
    assert sub(im["rcv_nxt"], r) == ref.nxt


@cocotb.test()
async def settings_are_taken_and_read_back(dut):
    env, s = await setup(dut)
    for key, name, value in ((3, "nodelay", 0), (4, "keepalive", 1), (5, "df", 0), (7, "nexthop", 3), (8, "mirror", 1), (9, "trace", 1), (1, "cwnd", 5000)):
        assert (await s.snap())[name] != value, name
        assert (await env.command("CmdSet", s.handle, key=key, value=value))[0] == 0, name
        assert (await s.snap())[name] == value, name
    before = await s.snap()
    assert (await env.command("CmdSet", s.handle, key=77, value=1))[0] != 0
    assert {k: v for k, v in (await s.snap()).items() if "us" not in k} == {k: v for k, v in before.items() if "us" not in k}


@cocotb.test()
async def only_traced_sessions_show(dut):
    """The flight recorder hears of sessions whose key TRACE is set, under the handle that they have now, and of nothing else."""
    env, s = await setup(dut, trace=1)
    other = await Session(env, slot=2).install()
    kinds = {v: k for k, v in enum("trace_kind").items()}

    def traced():
        events = [(kinds[e["kind"]] if e["main"] else None, bool(e["tx"])) for e in env.traced if e["main"] or e["tx"]]
        assert {e["handle"] for e in env.traced} <= {s.handle}
        env.traced.clear()
        return events

    assert traced() == [("INSTALLED", False)]
    await s.rx(1000, seq=s.seq)
    e = env.traced[0]
    assert (e["main_tcp"]["seq"], e["main_len"], e["rcv_nxt"]) == (s.seq, 1000, (s.seq + 1000) & M32)
    s.seq = (s.seq + 1000) & M32
    assert traced() == [("RX", False)]
    await s.write(500)
    e, = (e for e in env.traced if e["tx"])
    assert (e["tx_len"], e["tx_tcp"]["seq"], e["retransmit"], e["snd_max"]) == (500, s.iss + 1, 0, s.iss + 501)
    events = traced()
    assert events[0] == ("BUMP", False) and events[-1][1], events
    await env.advance(40_001)
    assert ("ACK_DUE", False) not in traced(), "the segment carried the ACK"
    await env.advance(1_100_000)
    assert any(e["tx"] and e["retransmit"] for e in env.traced)
    events = traced()
    assert events[0][0] == "RTO" and any(tx for _, tx in events), events
    await s.rx(100)
    traced()
    await env.advance(40_001)
    events = traced()
    assert events[0][0] == "ACK_DUE" and any(tx for _, tx in events), events
    # Somebody else's, a late record of an older owner of the slot, and a look: nothing.
    await other.rx(1000)
    await other.write(500)
    await s.bump(gen=s.gen - 1, kick=1)
    await s.snap()
    assert traced() == []
    # Switched off in the middle, and on again.
    assert (await env.command("CmdSet", s.handle, key=9, value=0))[0] == 0
    await s.rx(700)
    assert traced() == []
    assert (await env.command("CmdSet", s.handle, key=9, value=1))[0] == 0
    await env.idle()
    assert traced() == [("COMMAND", False)]
    await s.rx(700, fl="AF")
    events = traced()
    assert events[0][0] == "RX" and any(tx for _, tx in events), events
    # The slot has a new owner, who is not traced.
    await s.evict()
    traced()
    heir = await Session(env, slot=s.slot, gen=s.gen + 1).install()
    await heir.rx(300)
    await heir.write(300)
    assert env.traced == []


@cocotb.test()
async def reset_in_the_middle(dut):
    """Nothing of what was under way comes out afterwards."""
    await cut_short(dut, seeded(), sack_recovery, out_of_order_and_sack_blocks, longest=1500)

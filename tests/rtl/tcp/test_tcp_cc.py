# SPDX-License-Identifier: Apache-2.0
"""Congestion control between pipeline and firmware: summaries, answers, silence, signals; DCTCP's receiver. The bench is
the firmware: it takes summaries and gives answers, or does not."""
import cocotb
from cocotb.triggers import RisingEdge
from pipe_env import M32, Env, Session, T

BENCH = dict(
    top="tb_tcp_pipe",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/tcp/tcp.f", "tests/rtl/tcp/tb_tcp_pipe.sv"],
    timeout_s=600,
)

NEWRENO, CUBIC, DCTCP = 0, 1, 2
KEY_CC_ALGO = 6
MSS = 1460
ACKS = 8
DEPTH = 16
SILENT_US = 1024
WAIT_CYCLES = 500   # a summary is at the output that soon
ALL = dict(acks=ACKS, algos=0b110)


class Firmware:
    """Takes summaries (unless it hangs) and gives answers, as the registers of the MCU do."""

    def __init__(self, env, stall=0.0):
        self.env, self.dut = env, env.dut
        self.summaries, self.ctr = [], {}
        self.hang = False
        self.stall = stall
        self.dut.cc_cfg_i.value = T["cc_cfg_t"].pack(ALL)
        cocotb.start_soon(env._sink(self.dut.cc_valid_o, self.dut.cc_ready_i, self.dut.cc_o, self._take, None))
        cocotb.start_soon(self._count())

    def _take(self, word):
        self.summaries.append(T["cc_summary_t"].unpack(word))

    async def _count(self):
        while True:
            await RisingEdge(self.env.clk)
            w = int(self.dut.cc_ctr_o.value)
            if w:
                for k, v in T["cc_ctr_t"].unpack(w).items():
                    self.ctr[k] = self.ctr.get(k, 0) + v

    async def next(self):
        for _ in range(WAIT_CYCLES):
            if self.summaries:
                return self.summaries.pop(0)
            await RisingEdge(self.env.clk)
        raise AssertionError("no summary")

    async def none(self):
        for _ in range(40):
            await RisingEdge(self.env.clk)
        assert not self.summaries, self.summaries

    async def answer(self, summary, cwnd=None, ssthresh=None, loss=512, ecn=512, private=None, tag=None, gen=None):
        handle = dict(summary["handle"])
        if gen is not None:
            handle["gen"] = gen
        word = dict(handle=handle, tag=summary["tag"] if tag is None else tag, set_cwnd=int(cwnd is not None), cwnd=cwnd or 0,
                    set_ssthresh=int(ssthresh is not None), ssthresh=ssthresh or 0, loss_keep=loss, ecn_keep=ecn,
                    cc_private=private or summary["cc_private"])
        self.dut.cc_set_i.value = T["cc_set_t"].pack(word)
        self.dut.cc_set_valid_i.value = 1
        for _ in range(WAIT_CYCLES):
            await RisingEdge(self.env.clk)
            if int(self.dut.cc_set_ready_o.value):
                self.dut.cc_set_valid_i.value = 0
                await self.env.idle()
                return
        raise AssertionError("the answer is not taken")


async def setup(dut, algo=CUBIC, stall=0.0, hang=False, **image):
    env = Env(dut, stall)
    await env.start()
    if not hang:
        env.fw = Firmware(env, stall)
    s = await Session(env, cc_algo=algo, snd_wscale=4, snd_wnd=1 << 20, max_snd_wnd=1 << 20, tx_ring_log2=20, srtt_us8=800, **image).install()
    await s.write(900_000)
    return env, s


async def acks(s, n, size=MSS, **kw):
    for _ in range(n):
        s.ack = (s.ack + size) & M32
        await s.rx(ack=s.ack, wnd=65535, **kw)


async def in_charge(env, s, cwnd=40_000):
    """The firmware has answered once: congestion avoidance is its own now."""
    await acks(s, ACKS)
    summary = await env.fw.next()
    await env.fw.answer(summary)
    assert (await s.snap())["cc_firmware"] == 1
    await env.command("CmdSet", s.handle, key=1, value=cwnd)
    return summary


CA = dict(cwnd=40_000, ssthresh=20_000)


@cocotb.test()
async def a_summary_each_n_acknowledgements_and_one_at_a_time(dut):
    env, s = await setup(dut, **CA)
    await acks(s, ACKS - 1)
    await env.fw.none()
    await acks(s, 1)
    one = await env.fw.next()
    assert one["handle"] == dict(gen=s.gen, slot=s.slot)
    assert (one["acked"], one["snd_mss"], one["algo"]) == (ACKS * MSS, MSS, CUBIC)
    assert one["grow"] == 0, "before the first answer the built-in turns them into growth"
    # Unanswered: the next waits and adds up.
    await acks(s, 3 * ACKS)
    await env.fw.none()
    await env.fw.answer(one)
    two = await env.fw.next()
    assert (two["acked"], two["tag"]) == (3 * ACKS * MSS, one["tag"] + 1)
    await env.fw.answer(two)
    # From here growth is the firmware's: the window stands still until it speaks.
    before = (await s.snap())["cwnd"]
    await acks(s, ACKS)
    three = await env.fw.next()
    assert three["grow"] == ACKS * MSS
    assert (await s.snap())["cwnd"] == before == three["cwnd"]
    await env.fw.answer(three, cwnd=before + 5000, private=[9, 8, 7, 6, 5, 4])
    image = await s.snap()
    assert (image["cwnd"], image["cc_private"]) == (before + 5000, [9, 8, 7, 6, 5, 4])


@cocotb.test()
async def a_summary_each_round_trip_when_that_is_sooner(dut):
    env, s = await setup(dut, **CA)
    await env.advance(2_000)
    await acks(s, 1)
    one = await env.fw.next()
    assert one["acked"] == MSS
    await env.fw.answer(one)
    await acks(s, 1)
    await env.fw.none()
    srtt = (await s.snap())["srtt_us8"] >> 3
    await env.advance(srtt + 1)
    await acks(s, 1)
    assert (await env.fw.next())["acked"] == 2 * MSS


@cocotb.test()
async def slow_start_stays_in_the_pipeline(dut):
    env, s = await setup(dut, cwnd=4 * MSS, ssthresh=1 << 20)
    for _ in range(4):
        before = (await s.snap())["cwnd"]
        await acks(s, ACKS)
        summary = await env.fw.next()
        assert summary["grow"] == 0
        await env.fw.answer(summary)
        assert (await s.snap())["cwnd"] == before + ACKS * MSS


@cocotb.test()
async def loss_is_cut_at_once_by_the_part_that_was_set(dut):
    for keep in (512, 717, 1023, 0):
        env, s = await setup(dut, sack_ok=1, **CA)
        summary = await in_charge(env, s)
        await acks(s, ACKS)
        await env.fw.answer(await env.fw.next(), loss=keep)
        await env.fw.none()
        a = s.ack
        for n in (1, 2, 3):
            flight = await s.snap()   # with what the first two make room for
            used = min(flight["cwnd"], sub(flight["snd_max"], flight["snd_una"]))
            await s.rx(ack=a, sack=[(a + MSS, a + (n + 1) * MSS)])
        image = await s.snap()
        assert image["fast_recovery"] == 1
        part = max(keep, 512)   # less than half is not taken
        assert image["ssthresh"] == max(used * part >> 10, 2 * MSS), (keep, image["ssthresh"], used)
        told = await env.fw.next()
        assert (told["loss"], told["ecn"], told["rto"], told["losses"]) == (1, 0, 0, 1)
        assert told["cwnd_prior"] == flight["cwnd"], told
        # In recovery the window is the pipeline's.
        await env.fw.answer(told, cwnd=900_000)
        assert (await s.snap())["cwnd"] == image["cwnd"]
        assert summary["tag"] != told["tag"]
        dut.rst_ni.value = 0
        await RisingEdge(env.clk)


def sub(a, b):
    return (a - b) & M32


@cocotb.test()
async def ecn_is_cut_once_a_window_by_its_own_part_and_resends_nothing(dut):
    env, s = await setup(dut, algo=DCTCP, ecn_ok=1, **CA)
    await in_charge(env, s)
    await acks(s, ACKS)
    await env.fw.answer(await env.fw.next(), loss=512, ecn=960)
    before = await s.snap()
    used = min(before["cwnd"], sub(before["snd_max"], before["snd_una"]))
    await acks(s, 1, fl="AE")
    image = await s.snap()
    assert (image["cong_recovery"], image["fast_recovery"]) == (1, 0)
    assert image["cwnd"] == used * 960 >> 10, (image["cwnd"], used)
    told = await env.fw.next()
    assert (told["ecn"], told["loss"], told["ce_bytes"], told["acked"]) == (1, 0, MSS, MSS)
    await acks(s, 3, fl="AE")
    assert (await s.snap())["cwnd"] == image["cwnd"], "once a window"
    await env.fw.answer(told)
    # Marked bytes go on being counted.
    await acks(s, ACKS)
    nxt = await env.fw.next()
    assert nxt["ce_bytes"] == 3 * MSS and nxt["acked"] >= 3 * MSS
    assert env.ctr.get("tcp_retransmit_segs", 0) == 0
    assert env.ctr["tcp_ecn_reductions"] == 1


@cocotb.test()
async def an_answer_from_before_a_signal_does_not_undo_it(dut):
    env, s = await setup(dut, algo=DCTCP, ecn_ok=1, **CA)
    await in_charge(env, s)
    await acks(s, ACKS)
    late = await env.fw.next()
    await acks(s, 1, fl="AE")
    cut = (await s.snap())["cwnd"]
    await env.fw.answer(late, cwnd=late["cwnd"] + 50_000, ssthresh=700_000, private=[1, 2, 3, 4, 5, 6])
    image = await s.snap()
    assert image["cwnd"] == cut and image["ssthresh"] < 700_000
    told = await env.fw.next()   # at once, with the words of the answer
    assert told["ecn"] == 1 and told["cc_private"] == [1, 2, 3, 4, 5, 6]


@cocotb.test()
async def stale_answers_have_no_effect(dut):
    env, s = await setup(dut, **CA)
    await in_charge(env, s)
    await acks(s, ACKS)
    summary = await env.fw.next()
    before = await s.snap()
    wrong = [dict(tag=summary["tag"] ^ 0x80), dict(gen=s.gen + 1), dict(tag=(summary["tag"] - 1) & 255)]
    for how in wrong:
        await env.fw.answer(summary, cwnd=999_999, private=[1] * 6, **how)
    far = dict(summary, handle=dict(gen=s.gen, slot=0xFFF0))
    await env.fw.answer(far, cwnd=999_999)
    assert {k: v for k, v in (await s.snap()).items() if k in ("cwnd", "cc_private", "ssthresh")} == \
        {k: before[k] for k in ("cwnd", "cc_private", "ssthresh")}
    await env.fw.answer(summary, cwnd=before["cwnd"] + 1)
    await env.fw.answer(summary, cwnd=999_999)   # twice
    assert (await s.snap())["cwnd"] == before["cwnd"] + 1
    assert env.fw.ctr["cc_stale"] == len(wrong) + 1, env.fw.ctr   # the one without a slot has no session to be stale for
    # The slot changes hands: an answer for the old session misses the new one.
    await acks(s, ACKS)
    old = await env.fw.next()
    await s.evict()
    new = await Session(env, gen=s.gen + 1, cc_algo=CUBIC, cwnd=30_000, ssthresh=20_000, cc_private=[5] * 6).install()
    await env.fw.answer(old, cwnd=999_999, private=[1] * 6)
    image = await new.snap()
    assert (image["cwnd"], image["cc_private"]) == (30_000, [5] * 6)


@cocotb.test()
async def silence_gives_the_session_to_the_built_in_and_an_answer_takes_it_back(dut):
    env, s = await setup(dut, **CA)
    await in_charge(env, s)
    await acks(s, ACKS)
    lost = await env.fw.next()
    await env.fw.answer(lost, loss=717, ecn=717)
    await acks(s, ACKS)
    unanswered = await env.fw.next()
    before = (await s.snap())["cwnd"]
    srtt = (await s.snap())["srtt_us8"] >> 3
    await env.advance(SILENT_US + 2 * srtt - 10)
    await acks(s, 1)
    image = await s.snap()
    assert (image["cc_firmware"], image["cwnd"]) == (1, before)
    await env.advance(20 + 2 * srtt)
    # Nobody answers: NewReno from here, a segment a window.
    await acks(s, 2 * (before // MSS) + 2)
    image = await s.snap()
    assert image["cc_firmware"] == 0
    assert before + MSS <= image["cwnd"] <= before + 3 * MSS, (before, image["cwnd"])
    assert env.fw.ctr["cc_takeovers"] == 1
    # A new summary had been tried; what was asked before is stale, the new one counts.
    await env.fw.answer(unanswered, cwnd=999_999)
    assert (await s.snap())["cc_firmware"] == 0
    assert all(tried["grow"] == 0 for tried in env.fw.summaries), "not to be granted twice"
    await env.fw.answer(env.fw.summaries[-1], loss=717)
    assert (await s.snap())["cc_firmware"] == 1


@cocotb.test()
async def hung_firmware_fills_the_queue_and_nothing_waits(dut):
    env, s = await setup(dut, hang=True, **CA)
    dut.cc_cfg_i.value = T["cc_cfg_t"].pack(ALL)
    dut.cc_ready_i.value = 0
    sessions = [s]
    for slot in range(2, DEPTH + 8):
        other = await Session(env, slot=slot, cc_algo=CUBIC, snd_wscale=4, snd_wnd=1 << 20, max_snd_wnd=1 << 20, tx_ring_log2=20, **CA).install()
        await other.write(200_000)
        sessions.append(other)
    lost = 0

    async def count():
        nonlocal lost
        while True:
            await RisingEdge(env.clk)
            lost += T["cc_ctr_t"].unpack(int(dut.cc_ctr_o.value))["cc_lost"]
    cocotb.start_soon(count())
    for each in sessions:
        await acks(each, ACKS)
    assert lost >= len(sessions) - DEPTH, lost
    # Each grew by the built-in all the while.
    for each in sessions:
        await acks(each, 30)
    for each in sessions:
        image = await each.snap()
        assert image["cc_firmware"] == 0 and image["cwnd"] > 40_000, image["cwnd"]
    # It comes back: the old summaries are answered (some in vain), and each session gets its firmware again.
    fw = Firmware(env)
    env.fw = fw
    for _ in range(2 * DEPTH):
        if not fw.summaries:
            for _ in range(20):
                await RisingEdge(env.clk)
        if not fw.summaries:
            break
        await fw.answer(fw.summaries.pop(0))
    for each in sessions:
        await acks(each, ACKS)
        while fw.summaries:
            await fw.answer(fw.summaries.pop(0))
        for _ in range(20):
            await RisingEdge(env.clk)
        while fw.summaries:
            await fw.answer(fw.summaries.pop(0))
        assert (await each.snap())["cc_firmware"] == 1, each.slot


@cocotb.test()
async def switching_the_algorithm_starts_it_anew(dut):
    env, s = await setup(dut, **CA)
    await in_charge(env, s)
    await acks(s, ACKS)
    await env.fw.answer(await env.fw.next(), private=[3] * 6)
    assert (await s.snap())["cc_private"] == [3] * 6
    await acks(s, ACKS)
    old = await env.fw.next()
    await env.command("CmdSet", s.handle, key=KEY_CC_ALGO, value=DCTCP)
    image = await s.snap()
    assert (image["cc_algo"], image["cc_firmware"], image["cc_private"]) == (DCTCP, 0, [0] * 6)
    await env.fw.answer(old, cwnd=999_999, private=[7] * 6)
    assert (await s.snap())["cc_private"] == [0] * 6
    await acks(s, ACKS)
    summary = await env.fw.next()
    assert (summary["algo"], summary["cc_private"]) == (DCTCP, [0] * 6)
    await env.fw.answer(summary)
    assert (await s.snap())["cc_firmware"] == 1
    # To the built-in: no summaries any more.
    await env.command("CmdSet", s.handle, key=KEY_CC_ALGO, value=NEWRENO)
    await acks(s, 3 * ACKS)
    await env.fw.none()
    assert (await s.snap())["cc_firmware"] == 0


@cocotb.test()
async def timeout_and_idleness_are_told(dut):
    env, s = await setup(dut, **CA)
    await in_charge(env, s)
    await env.advance(3_000_000)
    told = await env.fw.next()
    assert (told["rto"], told["loss"], told["cwnd"], told["cwnd_prior"]) == (1, 0, MSS, 40_000)
    image = await s.snap()
    assert image["ssthresh"] < 40_000
    # All acknowledged; long silence; then new data: the restart window (RFC 5681 §4.1).
    env, s = await setup(dut, **CA)
    await in_charge(env, s)
    image = await s.snap()
    while sub(image["snd_end"], image["snd_una"]):
        step = min(sub(image["snd_max"], image["snd_una"]), 20 * MSS)
        await acks(s, 1, size=step)
        while env.fw.summaries:
            await env.fw.answer(env.fw.summaries.pop(0))
        image = await s.snap()
    await env.advance(30_000_000)
    while env.fw.summaries:
        await env.fw.answer(env.fw.summaries.pop(0))
    await s.write(100_000)
    told = await env.fw.next()
    if not told["idle_restart"]:   # the last acknowledgements were due first
        await env.fw.answer(told)
        told = await env.fw.next()
    assert told["idle_restart"] == 1 and told["cwnd"] == 3 * MSS, told


@cocotb.test()
async def dctcp_receiver_echoes_each_mark(dut):
    """RFC 8257 §3.2, figure 1, as the table of the host stack's test."""
    env = Env(dut)
    await env.start()
    s = await Session(env, cc_algo=DCTCP, ecn_ok=1).install()
    rows = [(0, "A", []), (1, "A", [(100, 0)]), (1, "A", [(300, 1)]), (1, "AC", []), (0, "A", [(400, 1)]), (0, "A", [(600, 0)]),
            (1, "A", []), (1, "A", [(800, 1)])]
    for n, (ce, fl, want) in enumerate(rows):
        await s.rx(100, ce=ce, fl=fl)
        got = [(ack, int("E" in flags)) for flags, _, _, ack in s.sent()]
        assert got == want, (n, got, want)
    # What changed the echo has its delayed ACK still, and the right edge never moves back.
    await s.rx(100, ce=0)
    assert [(a, "E" in f) for f, _, _, a in s.sent()] == []
    await s.rx(100, ce=1)
    one = s.sent()
    assert [(a, "E" in f) for f, _, _, a in one] == [(900, False)]
    edge = s.last[0]["tcp"]["ack"] + s.last[0]["tcp"]["wnd"]
    await env.advance(40_000)
    assert [(a, "E" in f) for f, _, _, a in s.sent()] == [(1000, True)]
    assert s.last[0]["tcp"]["ack"] + s.last[0]["tcp"]["wnd"] >= edge


@cocotb.test()
async def dctcp_right_edge_with_a_scaled_full_window(dut):
    env = Env(dut)
    await env.start()
    s = await Session(env, cc_algo=DCTCP, ecn_ok=1, rcv_wscale=7, rx_ring_log2=16).install()
    edge, rng = None, env.rng
    for _ in range(200):
        await s.rx(rng.randrange(1, 400), ce=rng.randrange(2))
        s.sent()
        for c in s.last:
            new = c["tcp"]["ack"] + (c["tcp"]["wnd"] << 7)
            # never back by more than the window's rounding (RFC 7323 §2.4)
            assert edge is None or new > edge - 128, (new, edge)
            edge = new


@cocotb.test()
async def random_firmware_on_many_sessions(dut):
    """Answers late, wrong, twice or never, windows absurd; stalls everywhere: state in order, no session stuck."""
    env, s = await setup(dut, stall=0.3, sack_ok=1, ecn_ok=1, **CA)
    rng, fw = env.rng, env.fw
    sessions = [s]
    for slot in range(2, 8):
        other = await Session(env, slot=slot, cc_algo=rng.randrange(3), snd_wscale=4, snd_wnd=1 << 20, max_snd_wnd=1 << 20,
                              tx_ring_log2=20, srtt_us8=800, ecn_ok=1, cwnd=30_000, ssthresh=20_000).install()
        await other.write(900_000)
        sessions.append(other)
    held = []
    for _ in range(250):
        each = rng.choice(sessions)
        image = await each.snap()
        room = sub(image["snd_max"], image["snd_una"])
        if room >= MSS:
            each.ack = (image["snd_una"] + rng.choice([MSS, room])) & M32
            await each.rx(ack=each.ack, fl=rng.choice(["A", "A", "AE"]))
        if rng.random() < 0.1:
            await env.advance(rng.choice([50, 500, 5_000, 2_000_000]))
        if rng.random() < 0.05:
            await env.command("CmdSet", each.handle, key=KEY_CC_ALGO, value=rng.randrange(3))
        while fw.summaries:
            held.append(fw.summaries.pop(0))
        if held and rng.random() < 0.7:
            pick = held.pop(rng.randrange(len(held)))
            await fw.answer(pick, cwnd=rng.choice([None, 0, 1, MSS, 100_000, M32]), ssthresh=rng.choice([None, 0, M32]),
                            loss=rng.randrange(1024), ecn=rng.randrange(1024), private=[rng.randrange(1 << 32) for _ in range(6)],
                            tag=rng.choice([pick["tag"], pick["tag"], rng.randrange(256)]))
            if rng.random() < 0.1:
                held.append(pick)
        image = await each.snap()
        assert MSS <= image["cwnd"] <= 65535 << 4, image["cwnd"]
        assert image["ssthresh"] >= 2 * MSS
    # Firmware that answers well gets every session back.
    while fw.summaries:
        held.append(fw.summaries.pop(0))
    for each in sessions:
        if (await each.snap())["cc_algo"] == NEWRENO:
            await env.command("CmdSet", each.handle, key=KEY_CC_ALGO, value=CUBIC)
        for _ in range(60):
            image = await each.snap()
            if image["cc_firmware"]:
                break
            room = sub(image["snd_max"], image["snd_una"])
            each.ack = (image["snd_una"] + min(room, MSS)) & M32
            if not room:
                await each.write(20_000)
            await env.advance(5_000)
            await each.rx(ack=each.ack)
            for _ in range(60):
                await RisingEdge(env.clk)
            while fw.summaries:
                await fw.answer(fw.summaries.pop(0))
        if not image["cc_firmware"]:
            env.dut._log.error("slot %d: %s", each.slot, " ".join(f"{k}={v}" for k, v in image.items() if v))
        assert image["cc_firmware"] == 1

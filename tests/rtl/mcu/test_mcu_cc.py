# SPDX-License-Identifier: Apache-2.0
"""mcu: the real firmware on the real core answers congestion-control summaries; how many cycles and instructions that takes."""
import cocotb
from cocotb.triggers import RisingEdge
from tcp.svstruct import Types
from test_mcu import Bench, rng_of

BENCH = dict(
    top="mcu",
    files=["rtl/pkg/pkg.f", "rtl/mcu/mcu.f", "tests/rtl/mcu/mcu.vlt"],
    verilator=["--public-depth", "1"],
    timeout_s=600,
)

T = Types()
CUBIC, DCTCP = 1, 2
MSS = 1448
BOOT_CYCLES = 20_000
ANSWER_CYCLES = 20_000   # an answer comes sooner, or the firmware hangs


class Summaries:
    """The pipeline's side: a queue of summaries, and the answers with the cycles that they took."""

    def __init__(self, bench):
        self.bench, self.dut = bench, bench.dut
        self.queue, self.answers = [], []
        self.cycle = self.retired = 0
        self.stall = 0
        cocotb.start_soon(self._count())
        cocotb.start_soon(self._summaries())
        cocotb.start_soon(self._answers())

    async def _count(self):
        fired = self.dut.i_core.i_core.lastStageIsFiring
        awake = self.dut.i_core.en_q
        while True:
            await RisingEdge(self.dut.clk_i)
            self.cycle += 1
            self.retired += int(fired.value) & int(awake.value)

    async def _summaries(self):
        d = self.dut
        while True:
            if self.queue:
                d.cc_i.value = T["cc_summary_t"].pack(self.queue[0])
            d.cc_valid_i.value = int(bool(self.queue))
            await RisingEdge(d.clk_i)
            if self.queue and int(d.cc_ready_o.value):
                self.queue.pop(0)

    async def _answers(self):
        d = self.dut
        while True:
            await RisingEdge(d.clk_i)
            d.cc_set_ready_i.value = 0
            if int(d.cc_set_valid_o.value):
                for _ in range(self.bench.rng.randrange(self.stall + 1)):
                    await RisingEdge(d.clk_i)
                self.answers.append((self.cycle, self.retired, T["cc_set_t"].unpack(int(d.cc_set_o.value))))
                d.cc_set_ready_i.value = 1
                await RisingEdge(d.clk_i)
                d.cc_set_ready_i.value = 0
                await RisingEdge(d.clk_i)

    async def ask(self, **summary):
        """One summary; its answer, cycles and instructions until then, waking up included."""
        at, retired = self.cycle, self.retired
        self.queue.append(summary)
        for _ in range(ANSWER_CYCLES):
            await RisingEdge(self.dut.clk_i)
            if self.answers:
                cycle, done, answer = self.answers.pop(0)
                return answer, cycle - at, done - retired
        raise AssertionError("the firmware does not answer")


async def setup(dut):
    dut.cc_set_ready_i.value = 0
    bench = Bench(dut, rng_of())
    await bench.start()
    bench.admin(enable=0)
    for _ in range(BOOT_CYCLES):
        await RisingEdge(dut.clk_i)
        if int(dut.cc_cfg_o.value):
            break
    cfg = T["cc_cfg_t"].unpack(int(dut.cc_cfg_o.value))
    assert (cfg["acks"], cfg["algos"]) == (8, 0b110), cfg
    for _ in range(3000):   # to sleep
        await RisingEdge(dut.clk_i)
    return Summaries(bench)


def base(algo, **more):
    summary = dict(handle=dict(gen=5, slot=3), tag=9, algo=algo, acked=16 * MSS, grow=16 * MSS, cwnd=100 * MSS, ssthresh=50 * MSS,
                   flight=90 * MSS, srtt_us8=80_000, snd_mss=MSS, now_us=5_000_000)
    return summary | more


@cocotb.test()
async def answers_and_what_they_cost(dut):
    s = await setup(dut)
    cost = {}

    async def ask(name, **summary):
        answer, cycles, instructions = await s.ask(**summary)
        assert answer["handle"] == summary["handle"] and answer["tag"] == summary["tag"]
        cost[name] = (cycles, instructions)
        return answer

    # A loss at 200 segments, then an epoch that begins (a cube root), then growth towards W_max.
    lost = await ask("CUBIC, loss", **base(CUBIC, loss=1, cwnd=140 * MSS, cwnd_prior=200 * MSS))
    assert (lost["set_cwnd"], lost["loss_keep"], lost["ecn_keep"]) == (0, 717, 717)
    assert lost["cc_private"][:2] == [200 * MSS, 200 * MSS]
    began = await ask("CUBIC, epoch begins", **base(CUBIC, cwnd=140 * MSS, cc_private=lost["cc_private"]))
    k = began["cc_private"][3] & 0x3FFFFF
    assert abs(k - 1000 * (60 / 0.4) ** (1 / 3)) < 2, k
    words, cwnd, now = began["cc_private"], 140 * MSS, 5_000_000
    for _ in range(40):
        now += 20_000
        a = await ask("CUBIC, growth", **base(CUBIC, cwnd=cwnd, now_us=now, cc_private=words))
        words = a["cc_private"]
        cwnd = a["cwnd"] if a["set_cwnd"] else cwnd
    want = (0.4 * ((now - 5_000_000) / 1e6 - k / 1e3) ** 3 + 200) * MSS
    assert abs(cwnd - want) < 0.03 * want, (cwnd, want)
    # DCTCP: a quarter marked; alpha after one window.
    first = await ask("DCTCP, first", **base(DCTCP, acked=0, grow=0))
    a = await ask("DCTCP, window ends", **base(DCTCP, acked=90 * MSS, grow=90 * MSS, ce_bytes=45 * MSS // 2,
                                               cc_private=[first["cc_private"][0], 90 * MSS, 0, 0, 0, 0]))
    alpha = (a["cc_private"][0] & 0x1FFFF) / 65536
    assert abs(alpha - (15 / 16 + 0.25 / 16)) < 0.001, alpha
    assert abs(a["ecn_keep"] / 1024 - (1 - alpha / 2)) < 0.002
    for name, (cycles, instructions) in cost.items():
        dut._log.info("%-22s %5d cycles, %5d instructions, from asleep", name, cycles, instructions)
    # One after another: what a loaded firmware serves.
    count = 64
    for algo, name in ((CUBIC, "CUBIC"), (DCTCP, "DCTCP")):
        s.answers.clear()
        at, retired = s.cycle, s.retired
        s.queue += [base(algo, tag=n, now_us=6_000_000, cc_private=words if algo == CUBIC else a["cc_private"]) for n in range(count)]
        while len(s.answers) < count:
            await RisingEdge(dut.clk_i)
        assert [x[2]["tag"] for x in s.answers] == list(range(count))
        each = (s.answers[-1][0] - at) / count
        dut._log.info("%s, %d in a row: %.0f cycles and %.0f instructions each: %.0f summaries/s at 125 MHz, %.0f at 250 MHz",
                      name, count, each, (s.answers[-1][1] - retired) / count, 125e6 / each, 250e6 / each)
        s.answers.clear()


@cocotb.test()
async def held_and_released_it_answers_again(dut):
    """Held in the middle of an answer, at every phase: no half-written answer, and the next summary is answered whole."""
    s = await setup(dut)
    s.stall = 30
    for phase in range(0, 900, 37):
        s.queue.append(base(CUBIC, tag=phase & 255, cwnd_prior=7 * MSS, loss=1))
        for _ in range(phase):
            await RisingEdge(dut.clk_i)
        dut.hold_i.value = 1
        for _ in range(200):
            await RisingEdge(dut.clk_i)
        dut.hold_i.value = 0
        s.queue.clear()
        for _ in range(6000):
            await RisingEdge(dut.clk_i)
        for _, _, answer in s.answers:
            assert answer["tag"] == phase & 255 and answer["cc_private"][0] == 7 * MSS, answer
        s.answers.clear()
        answer, _, _ = await s.ask(**base(DCTCP, tag=77))
        assert answer["tag"] == 77 and answer["loss_keep"] == 512

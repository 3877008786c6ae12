# SPDX-License-Identifier: Apache-2.0
"""tcp_trace: what is recorded comes out whole, in order, at its place in the ring, or is counted as lost; nothing waits for it.

Which sessions are recorded tcp_pipe decides: test_tcp_pipe.only_traced_sessions_show."""
import cocotb
from cocotb.triggers import ClockCycles, FallingEdge, RisingEdge
from stream_bfm import Sink, cut_short, seeded, start
from svstruct import Types
from toe_abi import enum

BENCH = dict(top="tcp_trace", files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/tcp/tcp_pkg.sv", "rtl/tcp/tcp_trace.sv"])

T = Types()
RECORD, EVENT = T.abi("trace_record_t"), T["trace_ev_t"]
KINDS = enum("trace_kind")
DEPTH = 64
FLAGS = ("retransmit", "parked", "fast_recovery", "cong_recovery", "persist", "ack_due")
# In a record as in the event, whatever the event is.
COMMON = ("time_us", "state", "parked", "fast_recovery", "cong_recovery", "persist", "ack_due", "handle", "snd_una", "snd_nxt", "snd_max",
          "snd_wnd", "rcv_nxt", "cwnd", "ssthresh", "srtt_us")


class Bench:
    """Gives events, one every other cycle at most, and knows the records that must come of them."""

    def __init__(self, dut, stall=0.0):
        self.dut, self.rng = dut, seeded()
        self.snk = Sink(dut.clk_i, dut.wr_valid_o, dut.wr_ready_i, [dut.wr_addr_o, dut.wr_data_o], self.rng, stall)
        self.want = []                       # (address, record)
        self.count = self.lost = self.pulses = 0

    async def start(self, base=0x1234_5600_0000, log2=6, enable=1):
        self.dut.valid_i.value = self.dut.ev_i.value = 0
        self.ctl(base, log2, enable)
        await start(self.dut)
        cocotb.start_soon(self._pulses())
        return self

    def ctl(self, base=None, log2=None, enable=1):
        if base is not None:
            self.base, self.log2 = base, log2
        self.enable = enable
        self.dut.ctl_i.value = T["trace_ctl_t"].pack(dict(enable=enable, base=self.base, log2=self.log2))
        if not enable:
            self.count = 0

    async def _pulses(self):
        while True:
            await RisingEdge(self.dut.clk_i)
            self.pulses += int(self.dut.record_o.value)

    def event(self, **given):
        """Random in every field that is not given."""
        rng = self.rng
        values = {name: rng.getrandbits(width) for name, width, sub, _ in EVENT.fields if sub is None}
        values["main_tcp"], values["tx_tcp"] = (T["tcp_hdr_t"].unpack(rng.getrandbits(T["tcp_hdr_t"].width)) for _ in range(2))
        return values | dict(kind=rng.choice(list(KINDS.values())), state=rng.randrange(11)) | given

    def record(self, ev, tx, number):
        t = ev["tx_tcp" if tx else "main_tcp"]
        return {name: ev[name] for name in COMMON} | dict(
            kind=KINDS["TX"] if tx else ev["kind"], retransmit=int(tx and ev["retransmit"]),
            tcp_flags=T["tcp_flags_t"].pack(t["flags"]), seq=t["seq"], ack=t["ack"], wnd=t["wnd"],
            len=ev["tx_len" if tx else "main_len"], count=number, count_again=number)  # fmt: skip

    async def give(self, ev):
        """One event; whether it found room. Its numbers are used up either way."""
        dut = self.dut
        await FallingEdge(dut.clk_i)
        dut.ev_i.value, dut.valid_i.value = EVENT.pack(ev), 1
        await RisingEdge(dut.clk_i)
        assert int(dut.count_o.value) == self.count
        records = [tx for tx in (0, 1) if ev["tx" if tx else "main"]] if self.enable else []
        lost = int(dut.lost_o.value)
        assert lost in (0, len(records))
        for i, tx in enumerate(records if not lost else ()):
            number = self.count + i
            at = (self.base & ~63) + 64 * (number % (1 << self.log2))
            self.want.append((at, self.record(ev, tx, number)))
        self.count += len(records)
        self.lost += lost
        await FallingEdge(dut.clk_i)
        dut.valid_i.value = 0
        return not lost

    async def check(self):
        """All that must have come has, and nothing else."""
        await self.snk.wait(2 * len(self.want))
        await ClockCycles(self.dut.clk_i, 4)
        got = list(self.snk.got)
        assert len(got) == 2 * len(self.want)
        for (a0, low), (a1, high), (at, want) in zip(got[::2], got[1::2], self.want):
            assert (a0, a1) == (at, at + 32), f"{a0:#x} {a1:#x}, not {at:#x}"
            record = RECORD.unpack(high << 256 | low)
            assert {k: v for k, v in record.items() if k in want} == want
            assert not any(v for k, v in record.items() if k not in want), "reserved"
        assert self.pulses == len(self.want) and int(self.dut.count_o.value) == self.count and int(self.dut.idle_o.value)
        self.want.clear()
        self.snk.clear()
        self.pulses = 0


@cocotb.test()
async def every_kind_with_every_field(dut):
    b = await Bench(dut).start()
    for kind in KINDS.values():
        for main, tx in ((1, 0), (0, 1), (1, 1), (0, 0)):
            for flag in FLAGS:
                await b.give(b.event(kind=kind, main=main, tx=tx) | {name: int(name == flag) for name in FLAGS})
                await ClockCycles(dut.clk_i, 4)
    assert b.lost == 0
    await b.check()


@cocotb.test()
async def order_and_places_under_stalls(dut):
    """Round and round in rings of every small size, at an address of any alignment."""
    rng = seeded()
    for log2, stall in ((0, 0.3), (1, 0), (3, 0.5), (5, 0.8), (10, 0.2)):
        b = await Bench(dut, stall).start(base=rng.getrandbits(63), log2=log2)
        for _ in range(150):
            await b.give(b.event())
            if b.rng.random() < 0.5:
                await ClockCycles(dut.clk_i, b.rng.randrange(12))
            while b.snk.stall and len(b.want) - len(b.snk.got) // 2 > DEPTH // 2:
                await RisingEdge(dut.clk_i)
        assert b.lost == 0
        await b.check()
        b.snk.task.cancel()


@cocotb.test()
async def what_finds_no_room_is_lost_and_counted(dut):
    """The numbers of lost records stay unused; an event is lost as a whole; the next that finds room has its own."""
    b = await Bench(dut, stall=1.0).start()
    for _ in range(4):
        taken = [await b.give(b.event(main=1, tx=b.rng.getrandbits(1))) for _ in range(2 * DEPTH)]
        assert DEPTH <= sum(taken) <= DEPTH + 2 and taken == sorted(taken, reverse=True), "room comes back only with time"
        assert b.lost > 0
        b.snk.stall = 0.5
        await b.check()
        for _ in range(3):
            assert await b.give(b.event(main=1, tx=1))
        await b.check()
        b.snk.stall = 1.0
        await ClockCycles(dut.clk_i, 2)
    # At the edge: some are lost, some are not, and the reader sees which.
    b.snk.stall = 0.3
    before = b.lost
    for _ in range(1_000):
        await b.give(b.event(main=1))
    assert b.lost > before
    await b.check()


@cocotb.test()
async def off_and_on_in_the_middle(dut):
    """What was recorded before it is switched off still comes; numbers begin anew, as do places."""
    b = await Bench(dut, stall=0.7).start(log2=4)
    for _ in range(12):
        for _ in range(b.rng.randrange(1, 20)):
            await b.give(b.event())
        b.ctl(enable=0)
        for _ in range(b.rng.randrange(1, 20)):
            await b.give(b.event())
            assert int(dut.count_o.value) == 0
        b.ctl(enable=1)
    assert b.lost == 0
    await b.check()


@cocotb.test()
async def a_record_takes_two_cycles(dut):
    b = await Bench(dut).start()
    for _ in range(30):
        await b.give(b.event(main=1, tx=1))
        await ClockCycles(dut.clk_i, 2)
    await b.snk.wait(60)
    b.snk.stall = 1.0
    await ClockCycles(dut.clk_i, 2)
    for _ in range(30):
        await b.give(b.event(main=1, tx=0))
    b.snk.stall = 0
    # Words while the queue is not empty, without a gap.
    words = 0
    while not int(dut.wr_valid_o.value and dut.wr_ready_i.value):
        await RisingEdge(dut.clk_i)
    while int(dut.wr_valid_o.value):
        words += 1
        await RisingEdge(dut.clk_i)
    assert words >= 60, words
    await b.check()


@cocotb.test()
async def reset_in_the_middle(dut):
    """Nothing of what was under way comes out afterwards."""
    await cut_short(dut, seeded(), order_and_places_under_stalls, what_finds_no_room_is_lost_and_counted, off_and_on_in_the_middle, longest=900)

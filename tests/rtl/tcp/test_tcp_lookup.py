# SPDX-License-Identifier: Apache-2.0
"""tcp_lookup against a dictionary: every frame passes in order, a hit is never false, a live session is never missed."""
import cocotb
from cocotb.triggers import RisingEdge

import netref as nr
from rtltypes import LK_REQ, META, WORK
from stream_bfm import Sink, Source, reset, seeded, start

BENCH = dict(
    top="tb_tcp_lookup",
    files=["rtl/pkg/toe_cfg_pkg.sv", "rtl/pkg/toe_pkg.sv", "rtl/gen/toe_abi_pkg.sv", "rtl/prim/prim.f", "rtl/net/net.f", "rtl/tcp/lookup.f",
           "tests/rtl/tcp/tb_tcp_lookup.sv"],
    params=[dict(Sessions=16), dict(Sessions=64), dict(Sessions=4096)],
)
INSERT, DELETE = range(2)
OK, FULL, EXISTS, NOT_FOUND = range(4)


class Bench:
    def __init__(self, dut, rng):
        self.dut, self.rng = dut, rng
        self.sessions = int(dut.Sessions.value)
        self.src = Source(dut.clk_i, dut.meta_valid_i, dut.meta_ready_o, dut.meta_i, rng)
        self.snk = Sink(dut.clk_i, dut.work_valid_o, dut.work_ready_i, dut.work_o, rng)
        self.live, self.bkt = {}, (self.sessions // 4).bit_length() - 1
        self.ctl = nr.Ctl()
        self.ctr = [0, 0, 0]
        dut.op_valid_i.value = 0
        cocotb.start_soon(self._count())

    async def _count(self):
        while True:
            await RisingEdge(self.dut.clk_i)
            v = self.dut.ctr_o.value
            if v.is_resolvable:
                for i in range(3):
                    self.ctr[i] += int(v) >> (2 - i) & 1

    def tuple(self):
        rng, v6 = self.rng, self.rng.getrandbits(1)
        n = 128 if v6 else 32
        return (v6, rng.getrandbits(n), rng.getrandbits(n), rng.getrandbits(16), rng.getrandbits(16))

    def hash(self, t):
        v6, l, r, lp, rp = t
        n = 16 if v6 else 4
        return nr.toeplitz(self.ctl.key, r.to_bytes(n, "big") + l.to_bytes(n, "big") + rp.to_bytes(2, "big") + lp.to_bytes(2, "big"))

    def part(self, t):
        return self.hash(t) & ((1 << (self.bkt + 16)) - 1)

    def fields(self, t):
        return dict(zip(("ipv6", "laddr", "raddr", "lport", "rport"), t))

    def frame(self, t, is_tcp=1, **kw):
        word = META.pack(is_tcp=is_tcp, hash=self.hash(t), seq=self.rng.getrandbits(32), **self.fields(t), **kw)
        self.src.send(word)
        return word

    async def op(self, kind, slot, t=(0, 0, 0, 0, 0)):
        dut = self.dut
        dut.op_i.value = LK_REQ.pack(op=kind, slot=slot, **self.fields(t))
        dut.op_valid_i.value = 1
        while True:
            await RisingEdge(dut.clk_i)
            if int(dut.op_ready_o.value):
                break
        dut.op_valid_i.value = 0
        for cycles in range(1, 80):
            await RisingEdge(dut.clk_i)
            if int(dut.op_done_o.value):
                self.longest = max(getattr(self, "longest", 0), cycles)
                return int(dut.op_result_o.value)
        raise AssertionError("the operation does not end")

    async def expect(self, frames, slow=20_000):
        """frames: [(word, slot or None)]"""
        await self.snk.wait(len(frames), slow)
        for word, slot in frames:
            got = WORK.unpack(self.snk.got.popleft())
            assert got["tw"] == 0
            hit = got.pop("hit"), got.pop("slot")
            got.pop("tw")
            assert META.pack(**got) == word
            assert (hit[0] == 1) == (slot is not None), f"hit {hit}, want {slot}"
            assert slot is None or hit[1] == slot


async def bench(dut):
    tb = Bench(dut, seeded())
    ctl = nr.Ctl(session_enable=0)
    dut.ctl_i.value = ctl.word()
    await start(dut)
    await RisingEdge(dut.clk_i)
    dut.ctl_i.value = tb.ctl.word()
    for _ in range(tb.sessions // 4 + 4):
        await RisingEdge(dut.clk_i)
    assert not int(dut.busy_o.value)
    return tb


@cocotb.test()
async def random_operations(dut):
    tb = await bench(dut)
    rng = tb.rng
    for round_ in range(4):
        tb.src.stall, tb.snk.stall = [(0, 0), (0.3, 0), (0, 0.4), (0.3, 0.3)][round_]
        for _ in range(80):
            free = [s for s in rng.sample(range(tb.sessions), min(tb.sessions, 40)) if s not in tb.live]
            choice = rng.random()
            if choice < 0.45 and free:
                t = tb.tuple()
                clash = tb.part(t) in {tb.part(k) for k in tb.live.values()}
                r = await tb.op(INSERT, free[0], t)
                if clash:
                    assert r == FULL
                elif tb.sessions > 16:
                    assert r == OK
                if r == OK:
                    tb.live[free[0]] = t
            elif choice < 0.55 and tb.live:
                assert await tb.op(INSERT, rng.choice(list(tb.live)), tb.tuple()) == EXISTS      # the slot is in use
            elif choice < 0.65 and tb.live and free:
                assert await tb.op(INSERT, free[0], rng.choice(list(tb.live.values()))) == EXISTS  # the tuple is there
            elif choice < 0.8 and tb.live:
                slot = rng.choice(list(tb.live))
                assert await tb.op(DELETE, slot) == OK
                del tb.live[slot]
                assert await tb.op(DELETE, slot) == NOT_FOUND
            want = []
            for _ in range(rng.randrange(6)):
                if tb.live and rng.random() < 0.7:
                    slot = rng.choice(list(tb.live))
                    t = tb.live[slot]
                    near = rng.random()
                    if near < 0.2:      # a neighbour with the same hash field must not hit
                        other = list(t)
                        i = rng.randrange(1, 5)
                        other[i] ^= 1 << rng.randrange(16)
                        word = META.pack(is_tcp=1, hash=tb.hash(t), **tb.fields(other))
                        tb.src.send(word)
                        want.append((word, None))
                    elif near < 0.3:
                        want.append((tb.frame(t, is_tcp=0), None))
                    else:
                        want.append((tb.frame(t), slot))
                else:
                    want.append((tb.frame(tb.tuple()), None))
            await tb.expect(want)
    assert tb.longest <= 70, tb.longest
    assert tb.ctr[0] > 0 and tb.ctr[1] > 0 and tb.ctr[2] > 0
    dut._log.info("longest operation %d cycles, counters %s", tb.longest, tb.ctr)


@cocotb.test()
async def lookups_during_operations(dut):
    """A stream of frames of sessions that stay, while others come and go: no miss, no false hit, no frame lost."""
    tb = await bench(dut)
    rng = tb.rng
    stay = {}
    for slot in range(min(8, tb.sessions // 2)):
        t = tb.tuple()
        assert await tb.op(INSERT, slot, t) == OK
        stay[slot] = t
    want = []
    for _ in range(1500):
        slot = rng.choice(list(stay))
        want.append((tb.frame(stay[slot]), slot))
    ops = 0
    while tb.src.queue:
        slot = rng.randrange(len(stay), tb.sessions)
        if await tb.op(INSERT, slot, tb.tuple()) == OK:
            assert await tb.op(DELETE, slot) == OK
        ops += 1
    await tb.expect(want)
    assert ops > 10


@cocotb.test()
async def one_frame_a_cycle(dut):
    tb = await bench(dut)
    t = tb.tuple()
    assert await tb.op(INSERT, 3, t) == OK
    want = [(tb.frame(t), 3) for _ in range(300)]
    cycles = 0
    while len(tb.snk.got) < 300:
        await RisingEdge(dut.clk_i)
        cycles += 1
    assert cycles <= 308, cycles
    await tb.expect(want)


@cocotb.test()
async def sessions_off_and_key_change(dut):
    tb = await bench(dut)
    t = tb.tuple()
    assert await tb.op(INSERT, 1, t) == OK
    # A new key while sessions are on does not disturb.
    dut.ctl_i.value = nr.Ctl(key=bytes(40)).word()
    u = tb.tuple()
    assert await tb.op(INSERT, 2, u) == OK
    await tb.expect([(tb.frame(t), 1), (tb.frame(u), 2)])
    dut.ctl_i.value = nr.Ctl(session_enable=0).word()
    await tb.expect([(tb.frame(t), None)])
    dut.ctl_i.value = nr.Ctl().word()
    await tb.expect([(tb.frame(t), 1)])


@cocotb.test()
async def reset_in_the_middle(dut):
    tb = await bench(dut)
    rng = tb.rng
    t = tb.tuple()
    for _ in range(4):
        await tb.op(INSERT, 1, t)
        for _ in range(20):
            tb.frame(t)
        dut.op_i.value = LK_REQ.pack(op=DELETE, slot=1)
        dut.op_valid_i.value = 1
        for _ in range(rng.randrange(1, 30)):
            await RisingEdge(dut.clk_i)
        dut.op_valid_i.value = 0
        tb.src.clear()
        await reset(dut)
        tb.src.clear()
        await RisingEdge(dut.clk_i)
        tb.snk.clear()
        await tb.expect([(tb.frame(t), None)])       # cleared, or being cleared
        assert await tb.op(DELETE, 1) == NOT_FOUND
        assert await tb.op(INSERT, 1, t) == OK
        await tb.expect([(tb.frame(t), 1)])
        assert await tb.op(DELETE, 1) == OK

# SPDX-License-Identifier: Apache-2.0
"""prim_hash_index against a dictionary: lookups run in every cycle beside the operations, live entries never miss, moves happen."""
import cocotb
from cocotb.triggers import RisingEdge

from stream_bfm import cut_short, reset, seeded, start

BENCH = dict(
    top="prim_hash_index",
    files=["rtl/prim/prim.f"],
    params=[dict(Entries=16, IdW=8), dict(Entries=64, IdW=8), dict(Entries=1024, IdW=12)],
)
INSERT, DELETE, PROBE = range(3)
OK, FULL, EXISTS, NOT_FOUND = range(4)


class Bench:
    def __init__(self, dut, rng):
        self.dut, self.rng = dut, rng
        self.entries = int(dut.Entries.value)
        self.bkt_w = (self.entries // 4).bit_length() - 1
        self.live = {}          # hash -> id
        self.changing = set()   # hashes whose presence is open while an operation on them runs
        self.checked = self.hits = 0
        self.longest = self.moves = 0
        dut.lk_valid_i.value = dut.op_valid_i.value = 0
        dut.lk_en_i.value = 1

    def part(self, h):
        return h & ((1 << (self.bkt_w + 16)) - 1)

    def hash(self, narrow=False):
        """narrow: one bucket of the first table, two of the second: twelve places."""
        if narrow:
            tag = self.rng.getrandbits(16) & ~((1 << self.bkt_w) - 1) | self.rng.choice([0, 2])
            return tag << self.bkt_w
        return self.rng.getrandbits(32)

    async def lookups(self):
        """A lookup in most cycles, with stalls; each result is compared with what was live when it started."""
        dut, rng = self.dut, self.rng
        ram = cand = None       # what the two stages of the pipeline hold; `now` is what is driven
        now = None
        en = True
        while True:
            await RisingEdge(dut.clk_i)
            if int(dut.rst_ni.value) == 0 or int(dut.busy_o.value):
                ram = cand = now = None
                dut.lk_valid_i.value = 0
                continue
            if cand is not None:
                h, want, open_ = cand
                got = int(dut.cand_id_o.value) if int(dut.cand_valid_o.value) else None
                self.checked += 1
                if not open_:
                    assert got == want, f"hash {h:#x}: got {got}, want {want}"
                    self.hits += want is not None
            if en:
                cand, ram = ram, now
            en = rng.random() < 0.9
            dut.lk_en_i.value = int(en)
            if rng.random() < 0.9:
                h = rng.choice(list(self.live)) if self.live and rng.random() < 0.8 else self.hash()
                dut.lk_valid_i.value, dut.lk_hash_i.value = 1, h
                same = [i for k, i in self.live.items() if self.part(k) == self.part(h)]
                now = (h, same[0] if same else None, self.part(h) in self.changing)
            else:
                dut.lk_valid_i.value = 0
                now = None

    async def op(self, kind, h, id_):
        dut = self.dut
        dut.op_valid_i.value, dut.op_i.value, dut.op_hash_i.value, dut.op_id_i.value = 1, kind, h, id_
        self.changing.add(self.part(h))
        while True:
            await RisingEdge(dut.clk_i)
            if int(dut.op_ready_o.value):
                break
        dut.op_valid_i.value = 0
        cycles = 0
        while True:
            await RisingEdge(dut.clk_i)
            cycles += 1
            assert cycles < 100
            if int(dut.op_done_o.value):
                break
        self.longest = max(self.longest, cycles)
        self.moves += int(kind == INSERT and int(dut.op_result_o.value) == OK and cycles > 3)
        result = int(dut.op_result_o.value)
        found = int(dut.op_found_o.value)
        if kind == INSERT and result == OK:
            self.live[h] = id_
        if kind == DELETE and result == OK:
            del self.live[h]
        self.changing.discard(self.part(h))
        return result, found

    async def ready(self):
        for _ in range(self.entries):
            if not int(self.dut.busy_o.value):
                return
            await RisingEdge(self.dut.clk_i)
        raise AssertionError("still busy")


async def bench(dut):
    tb = Bench(dut, seeded())
    await start(dut)
    await tb.ready()
    tb.task = cocotb.start_soon(tb.lookups())
    return tb


@cocotb.test()
async def model(dut):
    tb = await bench(dut)
    rng = tb.rng
    ids = list(range(tb.entries))
    for _ in range(600 if tb.entries < 1000 else 2500):
        if rng.random() < 0.6 and ids:
            h = tb.hash()
            id_ = ids[rng.randrange(len(ids))]
            dup = [i for k, i in tb.live.items() if tb.part(k) == tb.part(h)]
            result, found = await tb.op(INSERT, h, id_)
            if dup:
                assert result == EXISTS and found == dup[0]
            else:
                assert result in (OK, FULL)
                if result == OK:
                    ids.remove(id_)
        elif tb.live:
            h = rng.choice(list(tb.live))
            id_ = tb.live[h]
            assert (await tb.op(PROBE, h, id_))[0] == OK
            assert (await tb.op(PROBE, h, (id_ + 1) % tb.entries))[0] == NOT_FOUND
            assert (await tb.op(DELETE, h, (id_ + 1) % tb.entries))[0] == NOT_FOUND
            assert (await tb.op(DELETE, h, id_))[0] == OK
            assert (await tb.op(DELETE, h, id_))[0] == NOT_FOUND
            ids.append(id_)
    assert tb.hits > 300
    assert tb.longest <= 24, tb.longest
    dut._log.info("%d lookups compared, %d hits, longest operation %d cycles", tb.checked, tb.hits, tb.longest)


@cocotb.test()
async def as_many_as_entries(dut):
    """The table takes at least 95 % of Entries of random hashes, and a full one still finds every one."""
    tb = await bench(dut)
    refused = 0
    for i in range(tb.entries):
        result, _ = await tb.op(INSERT, tb.hash(), i)
        refused += result != OK
    dut._log.info("%d of %d refused", refused, tb.entries)
    assert refused <= tb.entries // 20
    for h, i in list(tb.live.items()):
        assert (await tb.op(PROBE, h, i))[0] == OK


@cocotb.test()
async def overflowing_buckets_move_and_refuse(dut):
    """Few buckets get everything: entries move, then insertion is refused, and nothing is ever lost."""
    tb = await bench(dut)
    rng = tb.rng
    for round_ in range(12):
        full = 0
        for i in range(16):
            h = tb.hash(narrow=True)
            if tb.part(h) not in [tb.part(k) for k in tb.live]:
                result, _ = await tb.op(INSERT, h, i)
                full += result == FULL
        assert 4 <= len(tb.live) <= 12 and full
        for h, i in list(tb.live.items()):
            assert (await tb.op(PROBE, h, i))[0] == OK
        if round_ < 11:
            for h, i in rng.sample(list(tb.live.items()), len(tb.live) // 2):
                assert (await tb.op(DELETE, h, i))[0] == OK
    assert tb.moves, "no entry moved: the test is blind"
    dut._log.info("%d moves, longest operation %d cycles", tb.moves, tb.longest)
    for h, i in list(tb.live.items()):
        assert (await tb.op(PROBE, h, i))[0] == OK
    for _ in range(200):
        await RisingEdge(dut.clk_i)
    for h, i in list(tb.live.items()):
        assert (await tb.op(DELETE, h, i))[0] == OK
    assert tb.longest <= 24


@cocotb.test()
async def reset_forgets(dut):
    tb = await bench(dut)
    for i in range(8):
        await tb.op(INSERT, tb.hash(), i)
    old = dict(tb.live)
    tb.live.clear()
    await reset(dut)
    assert int(dut.busy_o.value) and not int(dut.op_ready_o.value)
    await tb.ready()
    for h, i in old.items():
        assert (await tb.op(PROBE, h, i))[0] == NOT_FOUND


@cocotb.test()
async def reset_in_the_middle(dut):
    """An operation, a move, a lookup under way: nothing of it is left."""
    await cut_short(dut, seeded(), model, rounds=3, longest=1_500)

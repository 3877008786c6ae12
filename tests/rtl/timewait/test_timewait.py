# SPDX-License-Identifier: Apache-2.0
"""timewait: the vector table of S-VTW-6 under both policies, classes, eviction, expiry, commands, and a random soak against
a model with a dictionary and lists."""
import cocotb
from cocotb.triggers import RisingEdge

import netref
from rtltypes import SEG, TUPLE, WORK
from stream_bfm import Packed, Sink, Source, cut_short, seeded, start
from toe_abi import enum, layout

BENCH = dict(
    top="timewait",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/net/net.f", "rtl/mcu/mcu_pkg.sv", "rtl/timewait/timewait.f"],
    timeout_s=900,
    params=[dict(EventDepth=4)],
)
EVENTS = 4 + 2                                                    # and the memory's output stage
REC = Packed(*TUPLE, ("rcv_nxt", 32), ("snd_nxt", 32), ("last_win", 16), ("wscale", 4), ("ts_ok", 1), ("ts_recent", 32), ("ts_offset", 32), ("msl_class", 2))
CTL = Packed(("loopback", 32), ("local", 32), ("remote", 32), ("rst_exact", 1), ("recycle", 2), ("replies_per_s", 16))
CMD = Packed(("op", 3), ("index", 32), ("rec", REC.width))
RSP = Packed(("code", 8), ("index", 32), ("age_left_us", 32), ("rec", REC.width))
MISS, CONSUMED, TO_HOST = range(3)
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
TICK = 1 << 18
KEY = bytes(range(7, 47))
RCV, SND, WIN = 5000, 9000, 100
INSERT, LOOKUP, DELETE, FLUSH, WALK = range(1, 6)
FIRST, REST = layout("event_time_wait"), layout("event_time_wait_rest")


def tuple_of(n, ipv6=0):
    if ipv6:
        return dict(ipv6=1, laddr=(0x2001 << 112) | 1, raddr=(0x2001 << 112) | (2 << 32) | n, lport=80, rport=1024 + n % 60000)
    return dict(ipv6=0, laddr=0x0A000001, raddr=0x0A010000 + n // 60000, lport=80, rport=1024 + n % 60000)


def toeplitz(t):
    size = 16 if t["ipv6"] else 4
    data = t["raddr"].to_bytes(size, "big") + t["laddr"].to_bytes(size, "big")
    return netref.toeplitz(KEY, data + t["rport"].to_bytes(2, "big") + t["lport"].to_bytes(2, "big"))


def record(t, cls=1, ts=0, rcv=RCV, snd=SND, scale=0):
    return dict(t, rcv_nxt=rcv, snd_nxt=snd, last_win=WIN, wscale=scale, ts_ok=ts, ts_recent=700 if ts else 0, ts_offset=33, msl_class=cls)


def alike(like, kept, count):
    """Tuples whose hash has the kept bits of that of `like`, which is the first: the hash is linear in the peer's address, so
    these are sums of addresses whose own hash has none of these bits."""
    zero = toeplitz(dict(like, raddr=0))
    rows = []                                                  # (kept bits of the hash, address), leading bits all different
    basis = []
    for bit in range(32 if not like["ipv6"] else 96):
        part, addr = (toeplitz(dict(like, raddr=1 << bit)) ^ zero) & kept, 1 << bit
        for other, with_addr in rows:
            if part ^ other < part:
                part, addr = part ^ other, addr ^ with_addr
        if part:
            rows.append((part, addr))
            rows.sort(reverse=True)
        else:
            basis.append(addr)
    out = []
    for n in range(count):
        raddr = like["raddr"]
        for i, addr in enumerate(basis):
            raddr ^= addr * (n >> i & 1)
        out.append(dict(like, raddr=raddr))
    assert len({t["raddr"] for t in out}) == count and len({toeplitz(t) & kept for t in out}) == 1
    return out


class Bench:
    def __init__(self, dut, rng, stall=0.2):
        self.dut, self.rng = dut, rng
        clk = dut.clk_i
        self.work = Source(clk, dut.work_valid_i, dut.work_ready_o, dut.work_i, rng, stall)
        self.out = Sink(clk, dut.work_valid_o, dut.work_ready_i, dut.work_o, rng, stall)
        self.rec = Source(clk, dut.rec_valid_i, dut.rec_ready_o, dut.rec_i, rng, stall)
        self.seg = Sink(clk, dut.seg_valid_o, dut.seg_ready_i, dut.seg_o, rng, stall)
        self.evt = Sink(clk, dut.evt_valid_o, dut.evt_ready_i, dut.evt_o, rng, stall)
        self.counts = {}

    async def begin(self, rst_exact=0, recycle=2, replies=100, linger=(60_000_000, 10_000_000, 2_000_000)):
        d = self.dut
        d.cmd_valid_i.value = 0
        d.cmd_i.value = 0
        self.now = 10_000_000
        d.now_us_i.value = self.now
        d.ctl_i.value = CTL.pack(remote=linger[0], local=linger[1], loopback=linger[2], rst_exact=rst_exact, recycle=recycle, replies_per_s=replies)
        d.net_i.value = netref.Ctl(key=KEY).word() if hasattr(netref, "Ctl") else 0
        await start(d)
        await self.settle(200)

    async def settle(self, n=400):
        for _ in range(n):
            await RisingEdge(self.dut.clk_i)

    async def time(self, us):
        """Moves time on, in one step."""
        self.now += us
        self.dut.now_us_i.value = self.now
        await self.settle(60)

    async def insert(self, *recs):
        for r in recs:
            self.rec.send(REC.pack(**r))
        while self.rec.queue:
            await RisingEdge(self.dut.clk_i)
        await self.settle(20)

    async def segment(self, t, flags, seq=RCV, ack=SND, length=0, ts=None, mcast=0):
        """(verdict, reply or None) of one segment."""
        meta = dict(t, is_tcp=1, hash=toeplitz(t), seq=seq, ack=ack, flags=flags, payload_len=length, wnd=10, mcast=mcast,
                    dst_mac=0x020000000001, src_mac=0x020000000002, vlan_present=1, vlan_tci=7)
        if ts is not None:
            meta.update(ts_ok=1, ts_val=ts)
        self.work.send(WORK.pack(**meta))
        await self.out.wait(1)
        got = WORK.unpack(self.out.got.popleft())
        await self.settle(60)
        reply = SEG.unpack(self.seg.got.popleft()) if self.seg.got else None
        assert not self.seg.got
        return got["tw"], reply

    async def command(self, op, rec=None, index=0):
        d = self.dut
        d.cmd_i.value = CMD.pack(op=op, index=index, rec=REC.pack(**rec) if rec else 0)
        d.cmd_valid_i.value = 1
        while True:
            await RisingEdge(d.clk_i)
            if int(d.cmd_ready_o.value):
                break
        d.cmd_valid_i.value = 0
        for _ in range(5000):
            await RisingEdge(d.clk_i)
            if int(d.rsp_valid_o.value):
                return RSP.unpack(int(d.rsp_o.value))
        raise AssertionError("a command without answer")

    async def told(self, count):
        """The next events: (what, index, record)."""
        await self.evt.wait(2 * count)
        await self.settle(20)
        assert len(self.evt.got) == 2 * count, f"{len(self.evt.got)} words of {count} events"
        out = []
        for _ in range(count):
            first, rest = FIRST.unpack(self.evt.got.popleft()), REST.unpack(self.evt.got.popleft())
            assert (first["kind"], rest["kind"]) == (enum("event_type")["TIME_WAIT"], enum("event_type")["TIME_WAIT_REST"])
            assert (first["phase"], rest["phase"]) == (0, 0), "the ring's"

            def addr(words, ipv6=first["ipv6"]):
                data = b"".join(w.to_bytes(4, "little") for w in words)
                assert ipv6 or not any(data[4:])
                return int.from_bytes(data if ipv6 else data[:4], "big")

            rec = {name: value for half in (first, rest) for name, value in half.items() if name not in ("kind", "what", "index", "phase", "rcv_wscale")}
            rec.update(laddr=addr(first["laddr"]), raddr=addr(rest["raddr"]), wscale=rest["rcv_wscale"])
            out.append((first["what"], rest["index"], rec))
        return out

    def entries(self, ipv6=0):
        word = int((self.dut.entries_v6_o if ipv6 else self.dut.entries_v4_o).value)
        return [(word >> (32 * i)) & 0xFFFFFFFF for i in range(3)]


def is_ack(reply, ts=0):
    assert (reply["seq"], reply["ack"], reply["flags"], reply["wnd"], reply["payload_len"]) == (SND, RCV, ACK, WIN, 0)
    assert (reply["dst_mac"], reply["src_mac"]) == (0x020000000002, 0x020000000001)
    assert (reply["vlan_present"], reply["vlan_tci"]) == (1, 7)
    assert reply["ts_ok"] == ts
    if ts:
        assert reply["ts_ecr"] == 700
    return True


# flags, seq, ack, length, ts, policy → verdict, reply ("ack", "rst", None), entry is there afterwards. The window of a record
# is WIN << SCALE.
SCALE = 3
WND = WIN << SCALE
BASE, EXACT, OFF, SEQ = dict(), dict(rst_exact=1), dict(recycle=0), dict(recycle=1)
VECTORS = [
    ("vtw_refin_is_acked", ACK | FIN, RCV - 1, SND, 0, None, BASE, CONSUMED, "ack", True),
    ("refin_with_data", ACK | FIN, RCV - 11, SND, 10, None, BASE, CONSUMED, "ack", True),
    ("vtw_no_ack_storm", ACK, RCV, SND, 0, None, BASE, CONSUMED, None, True),
    ("stale_ack_is_answered", ACK, RCV, SND - 1, 0, None, BASE, CONSUMED, "ack", True),
    ("old_empty_is_answered", ACK, RCV - 5, SND, 0, None, BASE, CONSUMED, "ack", True),
    ("old_data_is_acked", ACK, RCV - 20, SND, 20, None, BASE, CONSUMED, "ack", True),
    ("vtw_data_after_close_rst", ACK, RCV, SND, 10, None, BASE, CONSUMED, "rst", True),
    ("data_over_the_edge_rst", ACK, RCV - 5, SND, 10, None, BASE, CONSUMED, "rst", True),
    ("data_at_the_scaled_edge_rst", ACK, RCV + WND, SND, 10, None, BASE, CONSUMED, "rst", True),
    ("data_beyond_window", ACK, RCV + WND + 1, SND, 10, None, BASE, CONSUMED, "ack", True),
    ("empty_beyond", ACK, RCV + 5, SND, 0, None, BASE, CONSUMED, "ack", True),
    ("fin_beyond", ACK | FIN, RCV + 5, SND, 0, None, BASE, CONSUMED, "ack", True),
    ("no_ack_flag", PSH, RCV, SND, 0, None, BASE, CONSUMED, None, True),
    ("rst_exact_is_dropped_by_default", RST, RCV, 0, 0, None, BASE, CONSUMED, None, True),
    ("rst_in_window_dropped_by_default", RST, RCV + 1, 0, 0, None, BASE, CONSUMED, None, True),
    ("vtw_rst_exact_only", RST, RCV, 0, 0, None, EXACT, CONSUMED, None, False),
    ("rst_ack_exact", RST | ACK, RCV, SND, 0, None, EXACT, CONSUMED, None, False),
    ("rst_in_window_is_challenged", RST, RCV + 1, 0, 0, None, EXACT, CONSUMED, "ack", True),
    ("rst_at_the_scaled_edge_is_challenged", RST, RCV + WND, 0, 0, None, EXACT, CONSUMED, "ack", True),
    ("rst_outside", RST, RCV + WND + 1, 0, 0, None, EXACT, CONSUMED, None, True),
    ("rst_before", RST, RCV - 1, 0, 0, None, EXACT, CONSUMED, None, True),
    ("vtw_syn_recycles", SYN, RCV + 1, 0, 0, None, BASE, TO_HOST, None, False),
    ("syn_far_ahead_recycles", SYN, RCV + 0x7FFFFFFF, 0, 0, None, BASE, TO_HOST, None, False),
    ("syn_at_rcv_nxt_is_challenged", SYN, RCV, 0, 0, None, BASE, CONSUMED, "ack", True),
    ("old_syn_is_challenged", SYN, RCV - 100, 0, 0, None, BASE, CONSUMED, "ack", True),
    ("syn_ack_is_challenged", SYN | ACK, RCV + 1, SND, 0, None, BASE, CONSUMED, "ack", True),
    ("syn_with_recycling_off", SYN, RCV + 1, 0, 0, None, OFF, CONSUMED, "ack", True),
    ("syn_newer_timestamp_recycles", SYN, RCV - 100, 0, 0, 701, BASE, TO_HOST, None, False),
    ("syn_older_timestamp_is_challenged", SYN, RCV + 100, 0, 0, 699, BASE, CONSUMED, "ack", True),
    ("syn_equal_timestamp_goes_by_number", SYN, RCV + 1, 0, 0, 700, BASE, TO_HOST, None, False),
    ("syn_equal_timestamp_old_number", SYN, RCV, 0, 0, 700, BASE, CONSUMED, "ack", True),
    ("syn_timestamp_where_only_numbers_count", SYN, RCV - 100, 0, 0, 701, SEQ, CONSUMED, "ack", True),
    ("syn_number_where_only_numbers_count", SYN, RCV + 1, 0, 0, 699, SEQ, TO_HOST, None, False),
    ("paws_data", ACK, RCV, SND, 10, 699, BASE, CONSUMED, "ack", True),
    ("fresh_timestamp_refin", ACK | FIN, RCV - 1, SND, 0, 701, BASE, CONSUMED, "ack", True),
]


async def vectors(dut, ipv6, policy, seed_ts):
    b = Bench(dut, seeded())
    await b.begin(**policy)
    n = 0
    for name, flags, seq, ack, length, ts, of, verdict, answer, stays in VECTORS:
        if of is not policy:
            continue
        t = tuple_of(n, ipv6)
        n += 1
        with_ts = int(ts is not None or seed_ts)
        await b.insert(record(t, ts=with_ts, scale=SCALE))
        tw, reply = await b.segment(t, flags, seq, ack, length, ts)
        kind = None if reply is None else ("rst" if reply["flags"] & RST else "ack")
        assert (tw, kind) == (verdict, answer), f"{name}: verdict {tw}, reply {reply}"
        if kind == "ack":
            is_ack(reply, with_ts)
            if with_ts:
                assert reply["ts_val"] == ((b.now >> 10) + 33) & 0xFFFFFFFF
        if kind == "rst":
            assert (reply["seq"], reply["flags"], reply["ts_ok"]) == (ack, RST, 0), name
        rsp = await b.command(LOOKUP, record(t))
        assert (rsp["code"] == 0) == stays, f"{name}: lookup code {rsp['code']}"
    assert n


@cocotb.test()
async def vector_table_v4(dut):
    await vectors(dut, 0, BASE, 0)


@cocotb.test()
async def vector_table_v6_with_timestamps(dut):
    await vectors(dut, 1, BASE, 1)


@cocotb.test()
async def vector_table_rst_exact(dut):
    await vectors(dut, 0, EXACT, 0)


@cocotb.test()
async def vector_table_no_recycling(dut):
    await vectors(dut, 1, OFF, 0)


@cocotb.test()
async def vector_table_numbers_only(dut):
    await vectors(dut, 0, SEQ, 0)


@cocotb.test()
async def a_timestamp_only_in_the_new_incarnation_recycles(dut):
    """RFC 6191 section 2: the old one had none."""
    b = Bench(dut, seeded())
    await b.begin()
    await b.insert(record(tuple_of(1)))
    assert await b.segment(tuple_of(1), SYN, RCV - 100, 0, 0, 5) == (TO_HOST, None)


@cocotb.test()
async def unknown_tuples_pass(dut):
    b = Bench(dut, seeded())
    await b.begin()
    await b.insert(record(tuple_of(1)))
    assert await b.segment(tuple_of(2), ACK) == (MISS, None)
    assert (await b.segment(tuple_of(1), ACK | FIN, RCV - 1, mcast=1)) == (MISS, None)  # RFC 1122 4.2.3.10


@cocotb.test()
async def expires_never_early_at_most_a_tick_late(dut):
    b = Bench(dut, seeded())
    await b.begin()
    for cls, linger in ((1, 60_000_000), (2, 10_000_000), (3, 2_000_000)):
        b.now += b.rng.randrange(TICK)
        await b.time(0)
        t = tuple_of(cls)
        await b.insert(record(t, cls))
        assert int(dut.deadline_valid_o.value) == 1
        deadline = int(dut.deadline_us_o.value)
        assert b.now + linger <= deadline < b.now + linger + TICK
        await b.time(linger - 1)
        assert sum(b.entries()) == 1, "early"
        await b.time(TICK)
        assert sum(b.entries()) == 0, "late"
        assert (await b.segment(t, ACK))[0] == MISS


@cocotb.test()
async def refin_restarts_the_linger(dut):
    b = Bench(dut, seeded())
    await b.begin()
    await b.insert(record(tuple_of(0), 3), record(tuple_of(1), 3))
    await b.time(1_500_000)
    tw, reply = await b.segment(tuple_of(0), ACK | FIN, RCV - 1)
    assert tw == CONSUMED and is_ack(reply)
    await b.time(1_000_000)
    assert b.entries() == [0, 0, 1]
    assert (await b.command(LOOKUP, record(tuple_of(0))))["code"] == 0
    await b.time(1_000_000 + TICK)
    assert b.entries() == [0, 0, 0]


@cocotb.test()
async def the_oldest_of_the_class_goes(dut):
    b = Bench(dut, seeded(), stall=0.0)
    await b.begin()
    # LOOPBACK holds a quarter of 256.
    await b.insert(*[record(tuple_of(1000 + n), 1) for n in range(20)])
    await b.insert(*[record(tuple_of(n), 3) for n in range(64)])
    assert b.entries() == [20, 0, 64]
    await b.segment(tuple_of(0), ACK | FIN, RCV - 1)      # makes 0 the youngest
    await b.insert(*[record(tuple_of(100 + n), 3) for n in range(3)])
    assert b.entries() == [20, 0, 64]
    gone = [(what, rec["rport"]) for what, _, rec in await b.told(3)]
    assert gone == [(enum("tw_event")["EVICTED"], 1024 + n) for n in (1, 2, 3)], gone
    assert (await b.command(LOOKUP, record(tuple_of(0))))["code"] == 0
    assert (await b.command(LOOKUP, record(tuple_of(1))))["code"] == 3


@cocotb.test()
async def a_new_incarnation_replaces_the_old_record(dut):
    b = Bench(dut, seeded())
    await b.begin()
    await b.insert(record(tuple_of(5)), record(tuple_of(5), rcv=7777))
    assert b.entries() == [1, 0, 0]
    rsp = await b.command(LOOKUP, record(tuple_of(5)))
    assert REC.unpack(rsp["rec"])["rcv_nxt"] == 7777


@cocotb.test()
async def commands(dut):
    b = Bench(dut, seeded())
    await b.begin()
    for ipv6 in (0, 1):
        assert (await b.command(INSERT, record(tuple_of(9, ipv6), 2)))["code"] == 0
        assert b.entries(ipv6) == [0, 1, 0]
        rsp = await b.command(WALK, index=ipv6 << 31)
        assert rsp["code"] == 0 and REC.unpack(rsp["rec"])["rport"] == 1033
        assert 9_900_000 < rsp["age_left_us"] <= 10_000_000 + TICK
        assert (await b.command(WALK, index=rsp["index"] + 1))["code"] == 4
        assert (await b.command(DELETE, record(tuple_of(9, ipv6))))["code"] == 0
        await b.settle()
        assert b.entries(ipv6) == [0, 0, 0]
        assert (await b.command(DELETE, record(tuple_of(9, ipv6))))["code"] == 3
    await b.insert(*[record(tuple_of(n, n & 1), 1 + n % 3) for n in range(30)])
    assert (await b.command(FLUSH))["code"] == 0
    await b.settle(3000)
    assert b.entries() == [0, 0, 0] and b.entries(1) == [0, 0, 0]


@cocotb.test()
async def a_command_and_a_session_insert_at_the_same_time(dut):
    """Whoever is second waits: neither may take the other's place in the bank half way."""
    b = Bench(dut, seeded(), stall=0.0)
    await b.begin()
    for delay in range(20):
        ours, theirs = tuple_of(100 + 2 * delay, delay & 1), tuple_of(101 + 2 * delay, delay >> 1 & 1)
        command = cocotb.start_soon(b.command(INSERT, record(ours)))
        await b.settle(delay)
        b.rec.send(REC.pack(**record(theirs)))
        assert (await command)["code"] == 0
        while b.rec.queue:
            await RisingEdge(dut.clk_i)
        for t in (ours, theirs):
            rsp = await b.command(LOOKUP, record(t))
            assert rsp["code"] == 0, f"after {delay} cycles: {'command' if t is ours else 'session'}'s record is lost"
    assert sum(b.entries()) + sum(b.entries(1)) == 40


@cocotb.test()
async def twins_of_the_hash_are_both_answered_for(dut):
    """Two tuples with the same part of the hash: segments, commands, a new incarnation of each, deletion."""
    b = Bench(dut, seeded())
    await b.begin()
    part, seen, n = (1 << 22) - 1, {}, 0             # 64 buckets and a tag of 16 bits
    while True:
        n += 1
        key = toeplitz(tuple_of(n)) & part
        if key in seen:
            break
        seen[key] = n
    first, second = tuple_of(seen[key]), tuple_of(n)
    await b.insert(record(first), record(second))
    assert b.entries() == [2, 0, 0]
    for t in (first, second, first):
        tw, reply = await b.segment(t, ACK | FIN, RCV - 1)
        assert tw == CONSUMED and is_ack(reply)
        assert (await b.command(LOOKUP, record(t)))["code"] == 0
    for t in (second, first):
        await b.insert(record(t, rcv=7777))
        rsp = await b.command(LOOKUP, record(t))
        assert REC.unpack(rsp["rec"])["rcv_nxt"] == 7777 and b.entries() == [2, 0, 0]
    for gone, stays in ((second, first), (first, None)):
        assert (await b.command(DELETE, record(gone)))["code"] == 0
        await b.settle()
        assert (await b.segment(gone, ACK))[0] == MISS
        if stays:
            assert (await b.segment(stays, ACK | FIN, 7776))[0] == CONSUMED
    assert b.entries() == [0, 0, 0]


def varied(t, n, cls=1):
    """A record in which every field says something."""
    return dict(t, rcv_nxt=0xA0000000 + n, snd_nxt=0xB0000000 + n, last_win=0x1234 + n, wscale=1 + n % 14, ts_ok=n & 1, ts_recent=0xC0000000 + n,
                ts_offset=0xD0000000 + n, msl_class=cls)


@cocotb.test()
async def whatever_goes_is_told_with_its_whole_record(dut):
    b = Bench(dut, seeded())
    await b.begin(rst_exact=1)
    what = enum("tw_event")
    for ipv6 in (0, 1):
        recs = [varied(tuple_of(n, ipv6), n, 1 + n % 3) for n in range(6)]
        await b.insert(*recs)
        index = []
        for r in recs:
            rsp = await b.command(LOOKUP, r)
            index.append(rsp["index"] & 0xFFFF)
        await b.segment(tuple_of(3, ipv6), RST, recs[3]["rcv_nxt"], 0)
        await b.segment(tuple_of(0, ipv6), SYN, recs[0]["rcv_nxt"] + 1, 0, ts=recs[0]["ts_recent"] + 1)
        assert await b.told(2) == [(what["RESET"], index[3], recs[3]), (what["RECYCLED"], index[0], recs[0])]
        await b.settle(400)
        for linger, n in ((2_000_000, (2, 5)), (8_000_000, (1, 4))):
            await b.time(linger + TICK)
            assert await b.told(2) == [(what["EXPIRED"], index[i], recs[i]) for i in n]
        # What the host does itself is no event.
        await b.insert(recs[0])
        assert (await b.command(DELETE, recs[0]))["code"] == 0
        await b.insert(recs[0])
        await b.command(FLUSH)
        await b.settle(2000)
        quarter = 64 >> 2 if ipv6 else 256 >> 2
        recs = [varied(tuple_of(100 + n, ipv6), n, 3) for n in range(quarter + 2)]
        await b.insert(*recs)
        assert [(w, r) for w, _, r in await b.told(2)] == [(what["EVICTED"], recs[i]) for i in range(2)]
        await b.command(FLUSH)
        await b.settle(4000)
        assert not b.evt.got and not sum(b.entries(ipv6))


@cocotb.test()
async def a_record_that_finds_no_place_is_told_whole(dut):
    """The third of one hash, and the ninth of one pair of buckets; of sessions and of commands."""
    b = Bench(dut, seeded())
    await b.begin()
    failed = enum("tw_event")["INSERT_FAILED"]
    for ipv6 in (0, 1):
        low = 4 if ipv6 else 6                                     # bits of the bucket; those of the tag are above
        twins = alike(tuple_of(7, ipv6), (1 << (low + 16)) - 1, 4)
        # The second bucket is the first xor low bits of the tag: the same for tags that agree there.
        first = tuple_of(11, ipv6)
        while toeplitz(first) % (1 << 2 * low) == toeplitz(twins[0]) % (1 << 2 * low):
            first = dict(first, raddr=first["raddr"] + 1)
        crowd = alike(first, (1 << 2 * low) - 1, 64)
        crowd = list({toeplitz(t) & ((1 << (low + 16)) - 1): t for t in crowd}.values())[:10]
        assert len(crowd) == 10
        for tuples, room in ((twins, 2), (crowd, 8)):
            recs = [varied(t, n) for n, t in enumerate(tuples)]
            await b.insert(*recs[:room])
            assert not b.evt.got
            await b.insert(recs[room])
            assert (await b.command(INSERT, recs[room + 1]))["code"] == 1
            assert await b.told(2) == [(failed, 0, r) for r in recs[room : room + 2]]
            assert b.entries(ipv6)[0] == room
            for r in recs[:room]:
                assert (await b.command(LOOKUP, r))["code"] == 0
            for r in recs[room:]:
                assert (await b.command(LOOKUP, r))["code"] == 3
            await b.command(FLUSH)
            await b.settle(2000)


@cocotb.test()
async def a_record_that_found_no_place_waits_for_its_event(dut):
    """The event is all that is left of it: it is kept while the queue is full, and no other goes for it."""
    b = Bench(dut, seeded(), stall=0.0)
    await b.begin()
    what = enum("tw_event")
    twins = [varied(t, n) for n, t in enumerate(alike(tuple_of(7), (1 << 22) - 1, 4))]
    quarter = [varied(tuple_of(200 + n), n, 3) for n in range(64 + EVENTS)]
    await b.insert(*twins[:2], *quarter[:64])
    b.evt.stall = 1.0
    await b.settle(3)
    lost = 0

    async def count():
        nonlocal lost
        while True:
            await RisingEdge(dut.clk_i)
            lost += int(dut.ctr_o.value) & 1                      # tw_event_lost is its last field

    cocotb.start_soon(count())
    await b.insert(*quarter[64:])                                 # evictions: the queue is full
    b.rec.send(REC.pack(**twins[2]))
    b.rec.send(REC.pack(**twins[3]))
    await b.settle(1000)
    assert len(b.rec.queue) == 2, "taken without a place"
    # The other family goes on, and an event of it that finds no room is counted.
    assert (await b.segment(tuple_of(9, 1), ACK))[0] == MISS
    assert lost == 0 and not int(dut.idle_o.value)
    b.evt.stall = 0.0
    told = [(w, r) for w, _, r in await b.told(EVENTS + 2)]
    assert told == [(what["EVICTED"], r) for r in quarter[:EVENTS]] + [(what["INSERT_FAILED"], r) for r in twins[2:]]
    assert not b.rec.queue and lost == 0 and b.entries() == [2, 0, 64]
    # Whatever else finds no room is counted.
    b.evt.stall = 1.0
    await b.settle(3)
    await b.insert(*[varied(tuple_of(300 + n), n, 3) for n in range(EVENTS + 1)])
    assert lost == 1


@cocotb.test()
async def a_long_jump_of_time_expires_everything(dut):
    b = Bench(dut, seeded())
    await b.begin()
    await b.insert(*[record(tuple_of(n), 1 + n % 3) for n in range(12)])
    await b.time(3600 * 1_000_000)
    await b.settle(2000)
    assert b.entries() == [0, 0, 0]


@cocotb.test()
async def replies_are_limited_but_not_the_ack_of_a_fin(dut):
    b = Bench(dut, seeded())
    await b.begin(replies=3)
    t = tuple_of(0)
    await b.insert(record(t))
    got = [(await b.segment(t, SYN, RCV))[1] is not None for _ in range(5)]
    assert got == [True] * 3 + [False] * 2
    assert (await b.segment(t, ACK | FIN, RCV - 1))[1] is not None
    await b.time(1 << 20)
    assert (await b.segment(t, SYN, RCV))[1] is not None


@cocotb.test()
async def soak_against_a_model(dut):
    """Random insertions, segments, time: the table's contents are those of three lists in order of age."""
    rng = seeded()
    b = Bench(dut, rng, stall=0.1)
    await b.begin()
    linger = {1: 60_000_000, 2: 10_000_000, 3: 2_000_000}
    quota = {1: 128, 2: 64, 3: 64}
    lists = {1: [], 2: [], 3: []}     # [n, insertion time], oldest first
    home = {}

    def expire():
        for c in lists:
            lists[c] = [(n, at) for n, at in lists[c] if at + linger[c] + TICK > b.now]
        home.clear()
        home.update({n: c for c in lists for n, _ in lists[c]})

    for _ in range(700):
        roll = rng.random()
        if roll < 0.6:
            n, c = rng.randrange(400), rng.choice((1, 2, 3))
            await b.insert(record(tuple_of(n), c))
            if n in home:
                lists[home[n]] = [e for e in lists[home[n]] if e[0] != n]
            if len(lists[c]) >= quota[c]:
                home.pop(lists[c].pop(0)[0])
            lists[c].append((n, b.now))
            home[n] = c
        elif roll < 0.8 and home:
            n = rng.choice(sorted(home))
            tw, reply = await b.segment(tuple_of(n), ACK | FIN, RCV - 1)
            assert tw == CONSUMED and is_ack(reply), n
            c = home[n]
            lists[c] = [e for e in lists[c] if e[0] != n] + [(n, b.now)]
        elif roll < 0.9:
            n = rng.randrange(400, 800)
            assert (await b.segment(tuple_of(n), ACK))[0] == MISS
        else:
            # Far from any expiry, so that the model needs no rounding.
            await b.time(rng.randrange(200_000))
            due = [at + linger[c] for c in lists for _, at in lists[c]]
            while any(b.now - 2 * TICK < d < b.now + 2 * TICK for d in due):
                await b.time(TICK)
            await b.settle(1500)
            expire()
            assert b.entries() == [len(lists[c]) for c in (1, 2, 3)]
    for n in range(0, 400, 7):
        assert (await b.command(LOOKUP, record(tuple_of(n))))["code"] == (0 if n in home else 3), n


@cocotb.test()
async def reset_in_the_middle(dut):
    """Nothing of what was under way comes out afterwards."""
    await cut_short(dut, seeded(), soak_against_a_model)

# SPDX-License-Identifier: Apache-2.0
"""net_tx with net_hdr_build and net_tx_src: bytes on the wire against frames built from the RFCs (tests/rtl/lib/netref.py)."""
import struct

import cocotb
from cocotb.triggers import RisingEdge

import netref as nr
from net_out import NET_CTR, NetOut, padded
from stream_bfm import Packed, Source, reset

BENCH = dict(
    top="tb_net_tx",
    files=["rtl/pkg/toe_cfg_pkg.sv", "rtl/pkg/toe_pkg.sv", "rtl/gen/toe_abi_pkg.sv", "rtl/prim/prim.f", "rtl/net/net.f",
           "tests/rtl/net/tb_net_tx.sv"],
    params=[dict(DataW=64), dict(DataW=512)],
    thorough=[dict(DataW=256)],
)

SEG = Packed(
    ("dst_mac", 48), ("src_mac", 48), ("vlan_present", 1), ("vlan_tci", 16),
    ("ipv6", 1), ("laddr", 128), ("raddr", 128), ("lport", 16), ("rport", 16),
    ("ttl", 8), ("tos", 8), ("df", 1), ("ip_id", 16), ("flow_label", 20), ("payload_len", 16),
    ("seq", 32), ("ack", 32), ("flags", 8), ("wnd", 16), ("ts_ok", 1), ("ts_val", 32), ("ts_ecr", 32), ("sack_n", 3), ("sack", 256),
    ("mirror", 1), ("note", 52),
)
FRAME = Packed(("hdr", 1024), ("hdr_len", 8), ("payload_len", 16), ("l4_csum", 1), ("udp", 1), ("l4_off", 8), ("csum_off", 8),
               ("pseudo", 20), ("loop", 1), ("mirror", 1), ("note", 52))


class Feeder:
    """Plays the DMA for one source: reserves, then delivers pieces, with pauses."""

    def __init__(self, dut, k, rng):
        self.dut, self.rng, self.k = dut, rng, k
        g = lambda name: getattr(dut, name.format(k))
        self.rsv_valid, self.rsv_len, self.room = g("rsv{}_valid_i"), g("rsv{}_len_i"), g("room{}_o")
        self.valid, self.ready, self.data, self.keep = g("in{}_valid_i"), g("in{}_ready_o"), g("in{}_data_i"), g("in{}_keep_i")
        self.last, self.more, self.err = g("in{}_last_i"), g("in{}_more_i"), g("in{}_err_i")
        self.nb = int(dut.DataW.value) // 8
        self.want, self.reserved = [], []
        self.stall = 0.0
        self.clear()
        cocotb.start_soon(self._reserve())
        cocotb.start_soon(self._deliver())

    def clear(self):
        self.want, self.reserved = [], []
        self.rsv_valid.value = 0
        self.valid.value = 0
        self.last.value = 0
        self.more.value = 0
        self.err.value = 0

    def payload(self, data, cuts=(), err=False):
        edges = [0, *sorted({c for c in cuts if 0 < c < len(data)}), len(data)]
        bad = self.rng.randrange(len(edges) - 1) if err else -1
        for i in range(len(edges) - 1):
            self.want.append((data[edges[i] : edges[i + 1]], i + 2 < len(edges), i == bad))

    async def _reserve(self):
        while True:
            await RisingEdge(self.dut.clk_i)
            self.rsv_valid.value = 0
            if self.want:
                # what was reserved a cycle ago is already off the room that is seen now
                await RisingEdge(self.dut.clk_i)
                if self.want and int(self.room.value) >= len(self.want[0][0]):
                    piece = self.want.pop(0)
                    self.rsv_len.value = len(piece[0])
                    self.rsv_valid.value = 1
                    self.reserved.append(piece)
                    await RisingEdge(self.dut.clk_i)
                    self.rsv_valid.value = 0

    async def _deliver(self):
        while True:
            if not self.reserved:
                self.valid.value = 0
                await RisingEdge(self.dut.clk_i)
                continue
            data, more, err = self.reserved.pop(0)
            for i in range(0, len(data), self.nb):
                beat = data[i : i + self.nb]
                while self.stall and self.rng.random() < self.stall:
                    self.valid.value = 0
                    await RisingEdge(self.dut.clk_i)
                last = i + self.nb >= len(data)
                # what is not kept is noise
                self.data.value = int.from_bytes(beat + self.rng.randbytes(self.nb - len(beat)), "little")
                self.keep.value = (1 << len(beat)) - 1
                self.last.value, self.more.value, self.err.value = int(last), int(last and more), int(last and err)
                self.valid.value = 1
                await RisingEdge(self.dut.clk_i)
                assert int(self.ready.value) == 1


class Bench(NetOut):
    def __init__(self, dut, rng):
        super().__init__(dut, rng)
        clk = dut.clk_i
        dut.tx_enable_i.value = 1
        self.seg = Source(clk, dut.seg_valid_i, dut.seg_ready_o, dut.seg_i, rng)
        self.raw = Source(clk, dut.raw_valid_i, dut.raw_ready_o, dut.raw_i, rng)
        self.tw = Source(clk, dut.tw_valid_i, dut.tw_ready_o, dut.tw_i, rng)
        self.feed = [Feeder(dut, 0, rng), Feeder(dut, 1, rng)]
        self.ctr = {name: 0 for name, _ in NET_CTR.fields}
        cocotb.start_soon(self._count())

    async def _count(self):
        while True:
            await RisingEdge(self.dut.clk_i)
            word = self.dut.ctr_o.value
            if word.is_resolvable and int(word):
                for name, n in NET_CTR.unpack(int(word)).items():
                    self.ctr[name] += n

    def stall(self, source=0.0, sink=0.0, dma=0.0):
        self.seg.stall = self.raw.stall = self.tw.stall = source
        for f in self.feed:
            f.stall = dma
        self.stall_outputs(sink)

    def busy(self):
        return self.seg.queue or self.raw.queue or self.tw.queue or any(f.want or f.reserved for f in self.feed)


def a_segment(rng, size, payload=True, **kw):
    """(packed seg_hdr_t, payload, frame that must appear)"""
    v6 = kw.get("v6", rng.random() < 0.5)
    n = 16 if v6 else 4
    laddr, raddr = kw.get("laddr") or b"\x20" + rng.randbytes(n - 1), kw.get("raddr") or b"\x21" + rng.randbytes(n - 1)
    data = rng.randbytes(size) if payload else b""
    sacks = [(rng.getrandbits(32), rng.getrandbits(32)) for _ in range(4)]
    ts_ok, sack_n = kw.get("ts_ok", rng.getrandbits(1)), kw.get("sack_n", rng.choice([0, 0, 1, 2, 3, 4]))
    f = dict(
        dst_mac=rng.getrandbits(48), src_mac=rng.getrandbits(48), vlan_present=kw.get("vlan", rng.getrandbits(1)), vlan_tci=rng.getrandbits(16),
        ipv6=int(v6), laddr=int.from_bytes(laddr, "big"), raddr=int.from_bytes(raddr, "big"), lport=rng.getrandbits(16), rport=rng.getrandbits(16),
        ttl=rng.getrandbits(8), tos=rng.getrandbits(8), df=rng.getrandbits(1), ip_id=rng.getrandbits(16), flow_label=rng.getrandbits(20),
        payload_len=len(data), seq=rng.getrandbits(32), ack=rng.getrandbits(32), flags=rng.getrandbits(8), wnd=rng.getrandbits(16),
        ts_ok=ts_ok, ts_val=rng.getrandbits(32), ts_ecr=rng.getrandbits(32), sack_n=sack_n,
        sack=sum((a << 32 | b) << (64 * i) for i, (a, b) in enumerate(sacks)),
    )
    opts = b"\1\1" + nr.opt_ts(f["ts_val"], f["ts_ecr"]) if ts_ok else b""
    shown = min(sack_n, 3 if ts_ok else 4)
    if shown:
        opts += b"\1\1" + nr.opt_sack(sacks[:shown])
    seg = nr.tcp(laddr, raddr, f["lport"], f["rport"], f["seq"], f["ack"], f["flags"], f["wnd"], data, opts)
    if v6:
        ip = nr.ipv6(laddr, raddr, 6, seg, tc=f["tos"], flow=f["flow_label"], hops=f["ttl"])
    else:
        ip = nr.ipv4(laddr, raddr, 6, seg, tos=f["tos"], ident=f["ip_id"], ttl=f["ttl"], frag=0x4000 * f["df"])
    frame = nr.ether(ip, 0x86DD if v6 else 0x0800, f["dst_mac"].to_bytes(6, "big"), f["src_mac"].to_bytes(6, "big"),
                     f["vlan_tci"] if f["vlan_present"] else None)
    return SEG.pack(**f), data, padded(frame)


def a_raw(rng, size, hdr_len=None, loop=0, csum=None, udp=0, odd=False):
    """(packed tx_frame_t, payload, frame): any header; the checksum over hdr[l4_off:] and the payload."""
    hdr_len = rng.randint(40, 128) if hdr_len is None else hdr_len
    hdr = bytearray(rng.randbytes(12) + b"\x88\xb5" + rng.randbytes(hdr_len - 14))
    data = rng.randbytes(size)
    csum = rng.getrandbits(1) if csum is None else csum
    l4_off, csum_off, pseudo = 14 + 2 * rng.randrange(5), 30, rng.getrandbits(20)
    frame = bytes(hdr) + data
    if csum:
        hdr[30:32] = b"\0\0"
        check = nr.csum(bytes(hdr)[l4_off:] + data, pseudo) ^ 0xFFFF
        check = 0xFFFF if udp and not check else check
        frame = bytes(hdr[:30]) + struct.pack("!H", check) + bytes(hdr[32:]) + data
    noise = rng.randbytes(128 - hdr_len)
    word = FRAME.pack(hdr=int.from_bytes(bytes(hdr) + noise, "little"), hdr_len=hdr_len, payload_len=size, l4_csum=csum, udp=udp, l4_off=l4_off,
                      csum_off=csum_off, pseudo=pseudo, loop=loop)
    return word, data, padded(frame)


def cuts(rng, size):
    return [rng.randrange(size) for _ in range(rng.choice([0, 0, 1, 2]))] if size else []


@cocotb.test()
async def segments_of_every_shape(dut):
    tb = await Bench.begin(dut)
    rng = tb.rng
    for stalls in ((0, 0, 0), (0.3, 0.3, 0.3)):
        tb.stall(*stalls)
        want = []
        for size in [0, 0, *range(1, 140), 536, 1460, 1448]:
            word, data, frame = a_segment(rng, size)
            tb.seg.send(word)
            if data:
                tb.feed[0].payload(data, cuts(rng, size))
            want.append(frame)
        before = dict(tb.ctr)
        await tb.idle()
        got = tb.frames(tb.wire)
        for i, (g, w) in enumerate(zip(got, want)):
            assert g == w, f"frame {i}: got {g.hex()} want {w.hex()}"
        assert len(got) == len(want)
        assert tb.ctr["tx_frames"] - before["tx_frames"] == len(want) == tb.ctr["tx_session_segs"] - before["tx_session_segs"]
        assert tb.ctr["tx_bytes"] - before["tx_bytes"] == sum(map(len, want))


@cocotb.test()
async def raw_frames_of_every_header_length(dut):
    tb = await Bench.begin(dut)
    rng = tb.rng
    tb.stall(0.2, 0.2, 0.2)
    want, loops = [], []
    for hdr_len in [*range(40, 129), *range(40, 129)]:
        size = rng.choice([0, 1, 2, 3, 5, 8, 63, 64, 65, rng.randrange(400)])
        loop = rng.getrandbits(1)
        word, data, frame = a_raw(rng, size, hdr_len, loop, udp=rng.getrandbits(1))
        tb.raw.send(word)
        if data:
            tb.feed[1].payload(data, cuts(rng, size))
        (loops if loop else want).append(frame)
    for hdr_len in range(14, 40):
        word, data, frame = a_raw(rng, 7, hdr_len, 0, csum=0)
        tb.raw.send(word)
        tb.feed[1].payload(data)
        want.append(frame)
    await tb.idle()
    assert tb.frames(tb.wire) == want
    assert tb.frames(tb.loop) == loops
    assert tb.ctr["tx_loop_frames"] == len(loops) and tb.ctr["tx_frames"] == len(want)
    assert tb.ctr["tx_nic_frames"] == len(want) + len(loops)


@cocotb.test()
async def udp_checksum_is_never_zero(dut):
    tb = await Bench.begin(dut)
    for udp in (1, 0):
        hdr = bytearray(b"\x02" * 12 + b"\x88\xb5" + b"\0" * 50)
        pseudo = 0xFFFF
        tb.raw.send(FRAME.pack(hdr=int.from_bytes(hdr, "little"), hdr_len=64, l4_csum=1, udp=udp, l4_off=34, csum_off=40, pseudo=pseudo))
        await tb.idle()
        assert tb.frames(tb.wire)[0][40:42] == (b"\xff\xff" if udp else b"\0\0")


@cocotb.test()
async def failed_payloads_and_forbidden_addresses_are_dropped(dut):
    tb = await Bench.begin(dut)
    rng = tb.rng
    tb.stall(0.2, 0.2, 0.2)
    ok4, ok6 = b"\x0a\1\2\3", b"\x20\1" + bytes(13) + b"\1"
    forbidden = [(4, b"\x7f\0\0\1", ok4), (4, ok4, b"\x7f\xff\0\1"), (4, bytes(4), ok4), (4, ok4, bytes(4)), (6, bytes(15) + b"\1", ok6),
                 (6, ok6, bytes(15) + b"\1"), (6, bytes(16), ok6), (6, ok6, bytes(16)), (6, bytes(10) + b"\xff\xff" + ok4, ok6),
                 (6, ok6, bytes(10) + b"\xff\xff" + ok4)]
    want, guard, dma = [], 0, 0
    for _ in range(4):
        for v, a, b in forbidden:
            size = rng.choice([0, 5, 300])
            word, data, _ = a_segment(rng, size, v6=v == 6, laddr=a, raddr=b)
            tb.seg.send(word)
            if data:
                tb.feed[0].payload(data, cuts(rng, size))
            guard += 1
            size = rng.choice([1, 100, 900])
            word, data, frame = a_segment(rng, size)
            err = rng.random() < 0.5
            tb.seg.send(word)
            tb.feed[0].payload(data, cuts(rng, size), err)
            dma += err
            if not err:
                want.append(frame)
    # The host may speak without an address: DHCP and duplicate address detection.
    udp4 = nr.ether(nr.ipv4(bytes(4), b"\xff" * 4, 17, nr.udp(bytes(4), b"\xff" * 4, 68, 67, b"dhcp discover")), 0x0800)
    ns = nr.ether(nr.ipv6(bytes(16), b"\xff\2" + bytes(13) + b"\1", 58, b"neighbour solicitation"), 0x86DD)
    raws = [padded(f) for f in (udp4, ns)]
    for f in (udp4, ns):
        tb.raw.send(FRAME.pack(hdr=int.from_bytes(f, "little"), hdr_len=len(f)))
    # Nobody judges what goes through the loop.
    lo = nr.ether(nr.ipv4(b"\x7f\0\0\1", b"\x7f\0\0\1", 17, b"to itself"), 0x0800)
    tb.raw.send(FRAME.pack(hdr=int.from_bytes(lo, "little"), hdr_len=len(lo), loop=1))
    bad = nr.ether(nr.ipv4(b"\x7f\0\0\1", b"\x0a\0\0\1", 17, b"escaping"), 0x0800, vlan=7)
    tb.raw.send(FRAME.pack(hdr=int.from_bytes(bad, "little"), hdr_len=len(bad)))
    await tb.idle()
    got = tb.frames(tb.wire)
    assert [g for g in got if g not in raws] == want and all(r in got for r in raws)
    assert tb.frames(tb.loop) == [padded(lo)]
    assert tb.ctr["tx_drop_guard"] == guard + 1 and tb.ctr["tx_drop_dma"] == dma


@cocotb.test()
async def three_sources_share(dut):
    tb = await Bench.begin(dut)
    rng = tb.rng
    tb.stall(0.1, 0.2, 0.1)
    want = [[], [], []]
    for _ in range(40):
        size = rng.randrange(1, 500)
        word, data, frame = a_segment(rng, size)
        tb.seg.send(word), tb.feed[0].payload(data, cuts(rng, size)), want[0].append(frame)
        word, data, frame = a_raw(rng, size)
        tb.raw.send(word), tb.feed[1].payload(data), want[1].append(frame)
        word, _, frame = a_segment(rng, 0)
        tb.tw.send(word), want[2].append(frame)
    await tb.idle()
    got = tb.frames(tb.wire)
    for mine in want:
        assert [g for g in got if g in mine] == mine
    assert len(got) == 120
    assert tb.ctr["tx_time_wait_replies"] == tb.ctr["tx_nic_frames"] == tb.ctr["tx_session_segs"] == 40


@cocotb.test()
async def disabled_wire_waits(dut):
    tb = await Bench.begin(dut)
    rng = tb.rng
    dut.tx_enable_i.value = 0
    word, _, frame = a_segment(rng, 0)
    tb.seg.send(word)
    for _ in range(200):
        await RisingEdge(dut.clk_i)
    assert tb.wire.empty()
    dut.tx_enable_i.value = 1
    await tb.idle()
    assert tb.frames(tb.wire) == [frame]


@cocotb.test()
async def full_rate(dut):
    """No gap between frames: MSS 1460 with timestamps, 64-byte payloads, pure acknowledgements."""
    tb = await Bench.begin(dut)
    rng = tb.rng
    nb = int(dut.DataW.value) // 8
    for size, count in ((1448, 40), (64, 100), (0, 100)):
        frames = []
        dut.tx_enable_i.value = 0
        for _ in range(count):
            word, data, frame = a_segment(rng, size, v6=False, vlan=0, ts_ok=1, sack_n=0)
            tb.seg.send(word)
            if data:
                tb.feed[0].payload(data)
            frames.append(frame)
        # Let the buffer fill, then count the cycles of what is inside; the bench's DMA is slower than the wire for short payloads.
        for _ in range(600):
            await RisingEdge(dut.clk_i)
        dut.tx_enable_i.value = 1
        first = last = beats = cycle = 0
        need = min(count, 4096 // max(size, 60)) if size > 1000 else min(count, 40)
        seen = 0
        while seen < need:
            await RisingEdge(dut.clk_i)
            cycle += 1
            if int(dut.m_axis_tvalid.value):
                first = first or cycle
                beats += 1
                last = cycle
                seen += int(dut.m_axis_tlast.value)
            assert cycle < 100_000
        dut._log.info("payload %d: %d beats in %d cycles", size, beats, last - first + 1)
        assert last - first + 1 == beats == need * -(-len(frames[0]) // nb)
        await tb.idle()
        assert tb.frames(tb.wire) == frames


@cocotb.test()
async def random_reset(dut):
    tb = await Bench.begin(dut)
    rng = tb.rng
    for _ in range(6):
        tb.stall(0.2, 0.4, 0.2)
        for _ in range(12):
            word, data, _ = a_segment(rng, rng.randrange(1, 300))
            tb.seg.send(word), tb.feed[0].payload(data)
        for _ in range(rng.randrange(5, 300)):
            await RisingEdge(dut.clk_i)
        dut.rst_ni.value = 0
        for part in (tb.seg, tb.raw, tb.tw, *tb.feed):
            part.clear()
        for _ in range(60):                       # the feeder ends its piece
            await RisingEdge(dut.clk_i)
        for part in (tb.seg, tb.raw, tb.tw, *tb.feed):
            part.clear()
        await reset(dut, 3)
        tb.wire.clear()
        for _ in range(20):
            await RisingEdge(dut.clk_i)
        tb.frames(tb.wire)
        want = []
        for _ in range(5):
            word, data, frame = a_segment(rng, rng.randrange(1, 300))
            tb.seg.send(word), tb.feed[0].payload(data), want.append(frame)
        await tb.idle()
        assert tb.frames(tb.wire) == want

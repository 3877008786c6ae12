# SPDX-License-Identifier: Apache-2.0
"""tcp_seg with net_tx behind it: whole frames, ring wrap, DMA errors, fences, next hops that go, stale handles."""
import random
import sys
from pathlib import Path

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import RisingEdge

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
import netref  # noqa: E402
from svstruct import Types  # noqa: E402
from stream_bfm import cut_short, seeded

BENCH = dict(
    top="tb_tcp_seg",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/net/net.f", "rtl/tcp/tcp.f", "tests/rtl/tcp/tb_tcp_seg.sv"],
    params=[dict(Kind=0), dict(Kind=2)],
    timeout_s=600,
)
T = Types()
EN = T.enums
DST, SRC = bytes.fromhex("020000000001"), bytes.fromhex("020000000002")


class Env:
    def __init__(self, dut, stall=0.0):
        self.dut, self.stall = dut, stall
        self.rng = random.Random(cocotb.RANDOM_SEED)
        dut._log.info("seed %d (COCOTB_RANDOM_SEED)", cocotb.RANDOM_SEED)
        self.nb = len(dut.m_keep_o)
        self.memory = {}          # base -> bytes of a ring
        self.cmds, self.frames, self.fences, self.faults, self.reads = [], [], [], [], []
        self.pending = []         # reads that the DMA has not answered
        self.bad = set()          # addresses whose read fails
        self.hold_fence = False
        self.order = []           # reads answered and fences, as they happen

    async def start(self):
        d = self.dut
        for s in ("tx_valid_i", "fence_ready_i", "fault_ready_i", "cold_we_i", "nh_we_i", "rd_ready_i", "rd_data_valid_i", "rd_last_i",
                  "rd_err_i", "m_ready_i"):
            getattr(d, s).value = 0
        d.rst_ni.value = 0
        cocotb.start_soon(Clock(d.clk_i, 8, "ns").start())
        for _ in range(3):
            await RisingEdge(d.clk_i)
        d.rst_ni.value = 1
        for c in (self._commands(), self._reads(), self._data(), self._frames(), self._take("fence"), self._take("fault")):
            cocotb.start_soon(c)
        await self.nexthop(0)

    def pause(self):
        return self.stall and self.rng.random() < self.stall

    async def _commands(self):
        d, high = self.dut, False
        while True:
            await RisingEdge(d.clk_i)
            if high and int(d.tx_ready_o.value):
                self.cmds.pop(0)
                high = False
            if not high:
                high = bool(self.cmds) and not self.pause()
                if high:
                    d.tx_i.value = self.cmds[0]
                d.tx_valid_i.value = int(high)

    async def _reads(self):
        d, now = self.dut, False
        while True:
            await RisingEdge(d.clk_i)
            if now and int(d.rd_valid_o.value):
                r = T["rd_cmd_t"].unpack(int(d.rd_o.value))
                self.reads.append((r["addr"], r["len"]))
                self.pending.append((r["addr"], r["len"]))
            now = not self.pause()
            d.rd_ready_i.value = int(now)

    def fetch(self, addr, n):
        for base, ring in self.memory.items():
            if base <= addr < base + len(ring):
                assert addr + n <= base + len(ring), f"read of {n} at {addr:#x} leaves the ring"
                return ring[addr - base:addr - base + n]
        raise AssertionError(f"stray read at {addr:#x}")

    async def _data(self):
        d = self.dut
        while True:
            if not self.pending:
                await RisingEdge(d.clk_i)
                continue
            addr, n = self.pending[0]
            data = self.fetch(addr, n)
            for at in range(0, n, self.nb):
                while self.pause():
                    await RisingEdge(d.clk_i)
                part = data[at:at + self.nb]
                last = at + self.nb >= n
                d.rd_data_i.value = int.from_bytes(part, "little")
                d.rd_keep_i.value = (1 << len(part)) - 1
                d.rd_last_i.value = int(last)
                d.rd_err_i.value = int(last and addr in self.bad)
                d.rd_data_valid_i.value = 1
                while True:
                    await RisingEdge(d.clk_i)
                    if int(d.rd_data_ready_o.value):
                        break
                d.rd_data_valid_i.value = 0
            self.pending.pop(0)
            self.order.append(("read", addr))

    async def _frames(self):
        d, now, buf = self.dut, False, b""
        while True:
            await RisingEdge(d.clk_i)
            if now and int(d.m_valid_o.value):
                keep = int(d.m_keep_o.value)
                buf += int(d.m_data_o.value).to_bytes(self.nb, "little")[:keep.bit_count()]
                if int(d.m_last_o.value):
                    self.frames.append(buf)
                    buf = b""
            now = not self.pause()
            d.m_ready_i.value = int(now)

    async def _take(self, what):
        d, now = self.dut, False
        valid, ready, data = (getattr(d, f"{what}_{x}") for x in ("valid_o", "ready_i", "o"))
        while True:
            await RisingEdge(d.clk_i)
            if now and int(valid.value):
                if what == "fence":
                    self.fences.append(int(data.value))
                    self.order.append(("fence", int(data.value)))
                else:
                    self.faults.append(T["fault_ev_t"].unpack(int(data.value)))
            now = not self.pause() and not (what == "fence" and self.hold_fence)
            ready.value = int(now)

    async def nexthop(self, index, valid=1, vlan=None):
        d = self.dut
        d.nh_i.value = T["nexthop_t"].pack(dict(valid=valid, mtu=1500, vlan_present=vlan is not None, vlan_tci=vlan or 0,
                                                dst_mac=int.from_bytes(DST, "big"), src_mac=int.from_bytes(SRC, "big")))
        d.nh_index_i.value = index
        d.nh_we_i.value = 1
        await RisingEdge(d.clk_i)
        d.nh_we_i.value = 0

    async def session(self, slot, gen=1, log2=12, seq0=0, v6=False, nexthop=0, tos=0):
        base = 0x100000 * (slot + 1)
        self.memory[base] = self.rng.randbytes(1 << log2)
        s = dict(slot=slot, gen=gen, base=base, seq0=seq0, log2=log2, v6=v6)
        s["laddr"] = self.rng.randbytes(16) if v6 else bytes([10, 0, 0, slot + 1])
        s["raddr"] = self.rng.randbytes(16) if v6 else bytes([10, 0, 1, slot + 1])
        if v6:
            s["laddr"], s["raddr"] = b"\xfd" + s["laddr"][1:], b"\xfd" + s["raddr"][1:]
        d = self.dut
        d.cold_i.value = T["cold_seg_t"].pack(dict(
            gen=gen, df=1, ttl=61, tos=tos, flow_label=0x54321 if v6 else 0, nexthop=nexthop, tx_ring_log2=log2, tx_seq0=seq0, tx_ring=base,
            tuple=dict(ipv6=v6, laddr=int.from_bytes(s["laddr"], "big"), raddr=int.from_bytes(s["raddr"], "big"), lport=80, rport=5000 + slot)))
        d.cold_slot_i.value = slot
        d.cold_we_i.value = 1
        await RisingEdge(d.clk_i)
        d.cold_we_i.value = 0
        return s

    def send(self, s, seq, n, ts=None, sack=(), fl="A", fence=0, gen=None, ect=0):
        tcp = dict(seq=seq & 0xFFFFFFFF, ack=77, wnd=500, flags=dict(ack="A" in fl, fin="F" in fl, psh="P" in fl, rst="R" in fl),
                   sack_n=len(sack), sack=[dict(first=a, last=b) for a, b in sack])
        if ts:
            tcp.update(ts_ok=1, ts_val=ts[0], ts_ecr=ts[1])
        self.cmds.append(T["tx_cmd_t"].pack(dict(handle=dict(gen=s["gen"] if gen is None else gen, slot=s["slot"]), fence=fence, ect=ect,
                                                 payload_len=n, tcp=tcp)))

    def expected(self, s, seq, n, ident, ts=None, sack=(), fl="A", vlan=None, tos=0):
        ring = self.memory[s["base"]]
        pos = (seq - s["seq0"]) % len(ring)
        payload = (ring + ring)[pos:pos + n]
        opts = b""
        if ts:
            opts += b"\x01\x01" + netref.opt_ts(*ts)
        if sack:
            opts += b"\x01\x01" + netref.opt_sack(sack)
        flags = sum({"A": 16, "F": 1, "P": 8, "R": 4}[c] for c in fl)
        seg = netref.tcp(s["laddr"], s["raddr"], 80, 5000 + s["slot"], seq & 0xFFFFFFFF, 77, flags, 500, payload, opts)
        if s["v6"]:
            f = netref.ether(netref.ipv6(s["laddr"], s["raddr"], 6, seg, flow=0x54321, hops=61, tc=tos), 0x86DD, DST, SRC, vlan)
        else:
            f = netref.ether(netref.ipv4(s["laddr"], s["raddr"], 6, seg, frag=0x4000, ident=ident, ttl=61, tos=tos), 0x800, DST, SRC, vlan)
        return f + bytes(max(0, 60 - len(f)))

    async def idle(self):
        for _ in range(20_000):
            await RisingEdge(self.dut.clk_i)
            if int(self.dut.idle_o.value) and not self.cmds and not self.pending:
                for _ in range(60):
                    await RisingEdge(self.dut.clk_i)
                return
        raise AssertionError("does not come to rest")


@cocotb.test()
async def headers(dut):
    e = Env(dut)
    await e.start()
    await e.nexthop(1, vlan=0x2064)
    a = await e.session(0)
    b = await e.session(1, v6=True)
    c = await e.session(2, nexthop=1, tos=0x68)
    want = []
    for i, (s, kw) in enumerate([(a, {}), (a, dict(ts=(5, 6))), (a, dict(sack=[(1, 2), (3, 4)])), (b, dict(fl="FPA", ts=(9, 8))), (c, {}),
                                 (c, dict(ts=(1, 2), sack=[(7, 9), (20, 30), (40, 41)]))]):
        n = 0 if "sack" in kw else 100 + i
        e.send(s, 1000 + i, n, **kw)
        want.append(e.expected(s, 1000 + i, n, i, vlan=0x2064 if s is c else None, tos=0x68 if s is c else 0, **kw))
    e.send(c, 5, 10, ect=1)
    want.append(e.expected(c, 5, 10, 6, vlan=0x2064, tos=0x6A))
    await e.idle()
    assert len(e.frames) == len(want)
    for got, exp in zip(e.frames, want):
        assert got == exp, f"\n{got.hex()}\n{exp.hex()}"


@cocotb.test()
async def ring_wrap(dut):
    """references.md: retransmission that reads the wrong address where the buffer wraps."""
    e = Env(dut, 0.3)
    await e.start()
    s = await e.session(3, seq0=0xFFFFFF00)
    want, ident = [], 0
    for _ in range(150):
        seq = 0xFFFFFF00 + e.rng.randrange(20000)
        n = e.rng.choice([0, 1, 2, 63, 64, 65, 536, 1459, 1460])
        if e.rng.random() < 0.5:        # up to, across, or from the end of the ring
            seq = 0xFFFFFF00 + 4096 * e.rng.randrange(4) - e.rng.randrange(n + 1)
        e.send(s, seq, n)
        want.append(e.expected(s, seq & 0xFFFFFFFF, n, ident))
        ident += 1
    await e.idle()
    assert e.frames == want
    for addr, n in e.reads:
        assert s["base"] <= addr and addr + n <= s["base"] + 4096


@cocotb.test()
async def dma_error(dut):
    e = Env(dut, 0.2)
    await e.start()
    s = await e.session(0)
    e.bad = {s["base"], s["base"] + 2000}
    e.send(s, 2000, 500)                # fails
    e.send(s, 3000, 500)
    e.send(s, 4000, 500)                # its second piece fails
    e.send(s, 100, 0)
    await e.idle()
    assert e.frames == [e.expected(s, 3000, 500, 1), e.expected(s, 100, 0, 3)]
    assert [(f["what"], f["addr"] - s["base"]) for f in e.faults] == [(EN["FaultRead"], 2000), (EN["FaultRead"], 0)]


@cocotb.test()
async def fences_stale_handles_and_lost_next_hops(dut):
    e = Env(dut, 0.2)
    await e.start()
    s = await e.session(0)
    e.send(s, 0, 800)
    e.send(s, 3900, 800)
    e.send(s, 0, 0, fence=1)
    e.send(s, 1000, 100, gen=9)         # the session before this one
    e.send(s, 1000, 100)
    await e.idle()
    assert e.fences == [1 << 16]
    # The fence follows what was commanded before it; a later read may overtake it while nobody takes the fence.
    kinds = [k for k, _ in e.order]
    assert sorted(kinds) == ["fence"] + ["read"] * 4 and kinds.index("fence") >= 3
    assert [len(f) for f in e.frames] == [854, 854, 154]
    await e.nexthop(0, valid=0)
    e.send(s, 1000, 100)
    await e.idle()
    assert len(e.frames) == 3 and e.faults[-1]["what"] == EN["FaultNexthop"]
    await e.nexthop(0)
    e.send(s, 1000, 100)
    await e.idle()
    assert len(e.frames) == 4


@cocotb.test()
async def one_segment_after_the_other(dut):
    """Bulk: the wire side is the limit, not the segmenter."""
    e = Env(dut)
    await e.start()
    s = await e.session(0, log2=14)
    for i in range(40):
        e.send(s, 1448 * i, 1448, ts=(1, 2))
    start, t = None, 0
    while len(e.frames) < 40:
        await RisingEdge(dut.clk_i)
        t += 1
        if start is None and e.frames:
            start = t
        assert t < 100_000
    per = (t - start) / 39
    ideal = (1448 + 66) / e.nb
    cocotb.log.info("%.1f cycles a segment of 1448 bytes, bus bound %.1f", per, ideal)
    assert per <= ideal * 1.1 + 2


@cocotb.test()
async def reset_in_the_middle(dut):
    """Nothing of what was under way comes out afterwards."""
    await cut_short(dut, seeded(), ring_wrap, fences_stale_handles_and_lost_next_hops, longest=600)

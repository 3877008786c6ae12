# SPDX-License-Identifier: Apache-2.0
"""net_rx against the reference parser: every layout, bad input, stalls on all sides, overflow, reset, throughput."""
import itertools
import random

import cocotb
from cocotb.triggers import RisingEdge
from cocotbext.axi import AxiStreamBus, AxiStreamFrame, AxiStreamSink, AxiStreamSource

import netref as nr
from stream_bfm import Packed, Sink, reset, seeded, start

BENCH = dict(
    top="tb_net_rx",
    files=["rtl/pkg/toe_cfg_pkg.sv", "rtl/pkg/toe_pkg.sv", "rtl/gen/toe_abi_pkg.sv", "rtl/prim/prim.f", "rtl/net/net.f",
           "tests/rtl/net/tb_net_rx.sv"],
    params=[dict(DataW=64), dict(DataW=512)],
    thorough=[dict(DataW=256)],
)

TCP_HDR = [("seq", 32), ("ack", 32), ("flags", 8), ("wnd", 16), ("ts_ok", 1), ("ts_val", 32), ("ts_ecr", 32), ("sack_n", 3),
           ("sack", 256)]
TUPLE = [("ipv6", 1), ("laddr", 128), ("raddr", 128), ("lport", 16), ("rport", 16)]
META = Packed(
    ("frame_len", 16), ("is_tcp", 1), ("reason", 8), ("ip_csum", 2), ("l4_csum", 2), ("vlan_present", 1), ("vlan_tci", 16),
    ("injected", 1), ("ce", 1), ("mcast", 1), ("l3_off", 8), ("l4_off", 8), ("payload_off", 8), ("payload_len", 16),
    *TUPLE, ("hash", 32), ("qp", 4), *TCP_HDR, ("dst_mac", 48), ("src_mac", 48),
)
CTR = Packed(
    ("rx_frames", 1), ("rx_bytes", 16), ("rx_drop_error", 1), ("rx_drop_runt", 1), ("rx_drop_oversize", 1),
    ("rx_drop_overflow", 1), ("rx_drop_checksum", 1), ("rx_drop_loopback", 1), ("rx_drop_disabled", 1), ("rx_drop_filtered", 1),
    ("rx_host_not_ip", 1), ("rx_host_fragment", 1), ("rx_host_ip_options", 1), ("rx_host_tcp_options", 1), ("rx_host_urgent", 1),
)
MAX_FRAME = {64: 1536, 256: 9218, 512: 9218}


class Bench:
    def __init__(self, dut, rng):
        self.dut, self.rng = dut, rng
        self.width = int(dut.DataW.value)
        self.max_frame = MAX_FRAME[self.width]
        clk, rst = dut.clk_i, dut.rst_ni
        self.wire = AxiStreamSource(AxiStreamBus.from_prefix(dut, "s_axis"), clk, rst, reset_active_level=False)
        self.loop = AxiStreamSource(AxiStreamBus.from_prefix(dut, "loop_axis"), clk, rst, reset_active_level=False)
        self.data = AxiStreamSink(AxiStreamBus.from_prefix(dut, "data_axis"), clk, rst, reset_active_level=False)
        for part in (self.wire, self.loop, self.data):
            part.log.setLevel("WARNING")
        self.meta = Sink(clk, dut.meta_valid_o, dut.meta_ready_i, dut.meta_o, rng)
        self.ctr = {name: 0 for name, _ in CTR.fields}
        self.ctl = nr.Ctl()
        cocotb.start_soon(self._count())

    async def set_ctl(self, **kw):
        """Settings of the hash are taken over while sessions are off."""
        self.ctl = nr.Ctl(**kw)
        want = self.ctl.session_enable
        self.ctl.session_enable = 0
        self.dut.ctl_i.value = self.ctl.word()
        await RisingEdge(self.dut.clk_i)
        await RisingEdge(self.dut.clk_i)
        self.ctl.session_enable = want
        self.dut.ctl_i.value = self.ctl.word()

    def stall(self, wire=0.0, meta=0.0, data=0.0):
        def gen(p, seed):
            own = random.Random(seed)
            return (own.random() < p for _ in itertools.count())
        for part, p in ((self.wire, wire), (self.loop, wire), (self.data, data)):
            part.clear_pause_generator()
            part.pause = False
            if p:
                part.set_pause_generator(gen(p, self.rng.random()))
        self.meta.stall = meta

    async def _count(self):
        while True:
            await RisingEdge(self.dut.clk_i)
            word = self.dut.ctr_o.value
            if word.is_resolvable and int(word):
                for name, n in CTR.unpack(int(word)).items():
                    self.ctr[name] += n

    def send(self, frame, bad=False, injected=False):
        if injected:
            self.loop.send_nowait(AxiStreamFrame(frame))
        else:
            self.wire.send_nowait(AxiStreamFrame(frame, tuser=int(bad)))

    async def idle(self, cycles=400_000):
        quiet = 0
        for _ in range(cycles):
            await RisingEdge(self.dut.clk_i)
            busy = not (self.wire.idle() and self.loop.idle() and int(self.dut.idle_o.value)) or int(self.dut.meta_valid_o.value)
            quiet = 0 if busy else quiet + 1
            if quiet > 40:
                return
        raise AssertionError("the receive path did not come to rest")

    def check_meta(self, word, frame, want):
        got = META.unpack(word)
        raw = got["sack"]
        sack = [((raw >> (64 * i + 32)) & 0xFFFFFFFF, (raw >> (64 * i)) & 0xFFFFFFFF) for i in range(got["sack_n"])]
        got["sack"] = sack
        del got["sack_n"]
        if not want["is_tcp"]:
            # Only the host sees it: TCP fields beyond the tuple mean nothing.
            for name in ("seq", "ack", "flags", "wnd", "ts_ok", "ts_val", "ts_ecr", "sack"):
                got.pop(name), want.pop(name)
        elif not want["ts_ok"]:
            for name in ("ts_val", "ts_ecr"):
                got.pop(name), want.pop(name)
        diff = {k: (got[k], want[k]) for k in want if got[k] != want[k]}
        assert not diff, f"{frame.hex()}: (got, want) {diff}"
        assert set(got) == set(want)

    async def run(self, frames):
        """frames: (bytes, bad, injected), of one source; compares everything."""
        before = dict(self.ctr)
        want = []
        drops = {}
        for frame, bad, injected in frames:
            self.send(frame, bad, injected)
            drop, stripped, meta = nr.expect(frame, self.ctl, self.max_frame, injected, bad)
            if drop:
                drops[drop] = drops.get(drop, 0) + 1
            else:
                want.append((stripped, meta))
        await self.idle()
        assert len(self.meta.got) == len(want), f"{len(self.meta.got)} metadata for {len(want)} frames"
        for stripped, meta in want:
            self.check_meta(self.meta.got.popleft(), stripped, meta)
            assert not self.data.empty(), "bytes are missing"
            assert bytes(self.data.recv_nowait().tdata) == stripped
        assert self.data.empty()
        assert self.ctr["rx_frames"] - before["rx_frames"] == len(frames)
        assert self.ctr["rx_bytes"] - before["rx_bytes"] == sum(len(f) for f, _, _ in frames)
        for name in self.ctr:
            if name.startswith("rx_drop"):
                assert self.ctr[name] - before[name] == drops.get(name, 0), name
        hosts = [m["reason"] for _, m in want]
        for name, reason in (("not_ip", nr.NOT_IP), ("fragment", nr.FRAGMENT), ("ip_options", nr.IP_OPTIONS),
                             ("tcp_options", nr.TCP_OPTIONS), ("urgent", nr.URGENT)):
            name = "rx_host_" + name
            assert self.ctr[name] - before[name] == hosts.count(reason), name
        return drops


async def bench(dut):
    rng = seeded()
    dut.ctl_i.value = nr.Ctl().word()
    tb = Bench(dut, rng)
    await start(dut)
    await tb.set_ctl()
    return tb


def addr(rng, v6):
    if v6:
        return b"\x20\x01\x0d\xb8" + rng.randbytes(12)
    return bytes([10, rng.randrange(256), rng.randrange(256), rng.randrange(1, 255)])


def options(rng, kind):
    ts = nr.opt_ts(rng.getrandbits(32), rng.getrandbits(32))
    sack = lambda n: nr.opt_sack([(rng.getrandbits(32), rng.getrandbits(32)) for _ in range(n)])
    nop = b"\x01"
    return {
        "none": lambda: b"",
        "ts": lambda: nop + nop + ts,
        "ts_sack": lambda: nop + nop + ts + nop + nop + sack(rng.randint(1, 3)),
        "sack": lambda: nop + nop + sack(rng.randint(1, 4)),
        "ts_end": lambda: ts + nop + nop,
        "ts_eol": lambda: ts + b"\0\0",
        "sack_ts": lambda: sack(rng.randint(1, 3)) + nop * rng.randint(0, 2) + ts,
        "nops": lambda: nop * rng.randint(1, 40),
        "ts_twice": lambda: ts + nr.opt_ts(1, 2) + nop * rng.randint(0, 20),
        "scattered": lambda: nop * rng.randint(0, 9) + ts + nop * rng.randint(0, 9) + sack(1),
        "mss": lambda: b"\x02\x04\x05\xb4",
        "wscale": lambda: nop + b"\x03\x03\x07",
        "md5": lambda: nop + nop + b"\x13\x12" + rng.randbytes(16),
        "eol_garbage": lambda: nop + nop + ts + b"\0" + rng.randbytes(3),
        "ts_short": lambda: b"\x08\x09" + rng.randbytes(8),
        "ts_zero": lambda: b"\x08\x00" + rng.randbytes(8),
        "sack_odd": lambda: nop + nop + b"\x05\x0b" + rng.randbytes(8),
        "sack_cut": lambda: nop + nop + b"\x05\x1a" + rng.randbytes(8),
        "cut_kind": lambda: nop * 3 + rng.choice([b"\x08", b"\x05"]),
        "random": lambda: rng.randbytes(rng.randint(1, 40)),
    }[kind]()


OPTION_KINDS = ["none", "ts", "ts_sack", "sack", "ts_end", "ts_eol", "sack_ts", "nops", "ts_twice", "scattered", "mss", "wscale", "md5",
                "eol_garbage", "ts_short", "ts_zero", "sack_odd", "sack_cut", "cut_kind", "random"]


def a_tcp(rng, v6=None, kind="none", size=None, flags=None, vlan=None, **kw):
    v6 = rng.random() < 0.5 if v6 is None else v6
    src, dst = kw.pop("src", addr(rng, v6)), kw.pop("dst", addr(rng, v6))
    size = rng.choice([0, 1, 2, 3, 7, 64, 536, rng.randint(0, 1400)]) if size is None else size
    flags = rng.choice([nr.ACK_F, nr.ACK_F | nr.PSH_F, nr.ACK_F | nr.FIN_F, nr.RST_F, 0xDF & ~nr.SYN_F]) if flags is None else flags
    seg = nr.tcp(src, dst, rng.getrandbits(16), rng.getrandbits(16), rng.getrandbits(32), rng.getrandbits(32), flags, rng.getrandbits(16),
                 rng.randbytes(size), options(rng, kind)[:40], **kw)
    if v6:
        return nr.ether(nr.ipv6(src, dst, 6, seg, tc=rng.choice([0, 1, 2, 3]), flow=rng.getrandbits(20)), 0x86DD, vlan=vlan)
    return nr.ether(nr.ipv4(src, dst, 6, seg, tos=rng.choice([0, 1, 2, 3]), ident=rng.getrandbits(16)), 0x0800, vlan=vlan)


def pad(frame):
    return frame + b"\xa5" * max(0, 60 - len(frame))


@cocotb.test()
async def tcp_of_every_option_layout(dut):
    tb = await bench(dut)
    rng = tb.rng
    frames = []
    for kind in OPTION_KINDS:
        for v6 in (False, True):
            for vlan in (None, rng.getrandbits(16)):
                frames.append((pad(a_tcp(rng, v6, kind, vlan=vlan)), False, False))
                frames.append((pad(a_tcp(rng, v6, kind, flags=rng.choice([nr.SYN_F, nr.SYN_F | nr.ACK_F]), vlan=vlan)), False, False))
    rng.shuffle(frames)
    tb.stall(0.5, 0.3, 0.3)
    await tb.run(frames)
    # The good ones came through as TCP, whatever the order of their options.
    assert tb.ctr["rx_host_tcp_options"] >= 8


@cocotb.test()
async def every_length_tail_and_tag(dut):
    """Payload sizes around the beat: padding excluded, tags removed, sums right for odd tails."""
    tb = await bench(dut)
    rng = tb.rng
    for vlan in (None, 0x0123):
        frames = [(a_tcp(rng, v6, "none", size=size, vlan=vlan), False, False) for size in range(0, 140) for v6 in (False, True)]
        await tb.run([(pad(f), b, i) for f, b, i in frames])
        tb.stall(0.5, 0.0, 0.3)


@cocotb.test()
async def other_protocols(dut):
    tb = await bench(dut)
    rng = tb.rng
    tb.stall(0.4, 0.2, 0.2)
    frames = []
    add = lambda f: frames.append((pad(f), False, False))
    for v6 in (False, True):
        for _ in range(8):
            src, dst, data = addr(rng, v6), addr(rng, v6), rng.randbytes(rng.randrange(0, 200))
            wrap = (lambda p, b, src=src, dst=dst, **k: nr.ether(nr.ipv6(src, dst, p, b, **k), 0x86DD)) if v6 else (
                lambda p, b, src=src, dst=dst, **k: nr.ether(nr.ipv4(src, dst, p, b, **k), 0x0800))
            add(wrap(17, nr.udp(src, dst, 53, 1000, data)))
            add(wrap(17, nr.udp(src, dst, 53, 1000, data, zero=True)))
            add(wrap(17, nr.udp(src, dst, 53, 1000, data, bad=0x10)))
            add(wrap(17, nr.udp(src, dst, 53, 1000, data, length=7 + len(data))))
            add(wrap(17, data[:7]))
            add(wrap(1, data))
            add(wrap(58, data))
            add(wrap(47, data))
            for ext in (0, 43, 44, 51, 60, 135):
                add(wrap(ext, data))
            seg = nr.tcp(src, dst, 1, 2, 3, 4, nr.ACK_F, 5, data)
            if not v6:
                add(wrap(6, seg, frag=0x2000))
                add(wrap(6, seg, frag=0x0001))
                add(wrap(17, data, frag=0x00FF))
                add(wrap(6, seg, frag=0x4000))
                for words in range(1, 11):
                    add(wrap(rng.choice([6, 17]), seg, options=b"\x01" * 4 * words))
                    add(wrap(6, seg, options=b"\x94\x04\0\0" * words))
                    add(wrap(17, nr.udp(src, dst, 7, 9, data), options=b"\x94\x04\0\0" * words))
    add(nr.ether(rng.randbytes(46), 0x0806))
    add(nr.ether(b"\x03\x45" + rng.randbytes(46), 0x88A8))
    add(nr.ether(struct_tag(5) + rng.randbytes(44), 0x8100, vlan=4))
    add(nr.ether(rng.randbytes(46), 46))
    await tb.run(frames)


def struct_tag(vid):
    return vid.to_bytes(2, "big")


@cocotb.test()
async def bad_frames_are_counted_and_leave_nothing(dut):
    tb = await bench(dut)
    rng = tb.rng
    loop4, any4, some4 = b"\x7f\x01\x02\x03", b"\0\0\0\0", b"\x0a\0\0\x01"
    loop6, any6, some6 = b"\0" * 15 + b"\x01", b"\0" * 16, addr(rng, True)
    for _ in range(2):
        frames = []
        good = lambda frames=frames: frames.append((pad(a_tcp(rng, kind="ts")), False, False))
        for make in (
            lambda: (pad(a_tcp(rng, bad=1 << rng.randrange(16))), False, False),
            lambda: (pad(a_tcp(rng)), True, False),
            lambda: (rng.randbytes(tb.max_frame + rng.choice([1, 2, 3, 64, 1000])), False, False),
            lambda: (nr.ether(rng.randbytes(tb.max_frame - 14), 0x0806), False, False),
            lambda: (nr.ether(rng.randbytes(tb.max_frame - 17), 0x0806, vlan=1), False, False),
            lambda: (rng.randbytes(tb.max_frame * 2), True, False),
            lambda: (rng.randbytes(rng.randint(1, 13)), False, False),
            lambda: (nr.ether(b"\x45" + rng.randbytes(rng.randint(0, 18)), 0x0800), False, False),
            lambda: (nr.ether(b"\x60" + rng.randbytes(rng.randint(0, 38)), 0x86DD), False, False),
            lambda: (nr.ether(b"", 0x0800, vlan=3)[: rng.randint(12, 18)], False, False),
            lambda: (a_tcp(rng, size=100)[:-1], False, False),
            lambda: (a_tcp(rng, size=100, vlan=9)[:-rng.randint(1, 90)], False, False),
            lambda: (pad(a_tcp(rng, False, src=loop4)), False, False),
            lambda: (pad(a_tcp(rng, False, dst=loop4)), False, False),
            lambda: (pad(a_tcp(rng, False, src=any4)), False, False),
            lambda: (pad(a_tcp(rng, False, dst=any4)), False, False),
            lambda: (pad(a_tcp(rng, True, src=loop6)), False, False),
            lambda: (pad(a_tcp(rng, True, dst=loop6)), False, False),
            lambda: (pad(a_tcp(rng, True, src=any6)), False, False),
            lambda: (pad(a_tcp(rng, True, dst=any6)), False, False),
            lambda: (pad(a_tcp(rng, True, src=b"\0" * 10 + b"\xff\xff" + some4)), False, False),
            lambda: (pad(a_tcp(rng, doff=rng.choice([0, 1, 4, 15]), size=0)), False, False),
            lambda: (pad(nr.ether(nr.ipv4(some4, some4, 6, rng.randbytes(19)), 0x0800)), False, False),
            lambda: (pad(nr.ether(nr.ipv6(some6, some6, 6, rng.randbytes(19)), 0x86DD)), False, False),
            lambda: (pad(nr.ether(nr.ipv6(some6, some6, 6, b""), 0x86DD)), False, False),
            lambda: (pad(nr.ether(nr.ipv4(some4, some4, 6, b"x" * 30, version=5), 0x0800)), False, False),
            lambda: (pad(nr.ether(nr.ipv4(some4, some4, 6, b"x" * 30, ihl=rng.randrange(5)), 0x0800)), False, False),
            lambda: (pad(nr.ether(nr.ipv4(some4, some4, 6, b"x" * 30, length=rng.randrange(20)), 0x0800)), False, False),
            lambda: (pad(nr.ether(nr.ipv4(some4, some4, 6, b"x" * 30, length=0xFFFF), 0x0800)), False, False),
            lambda: (pad(nr.ether(nr.ipv4(some4, some4, 6, b"x" * 30, bad=0x100), 0x0800)), False, False),
            lambda: (pad(nr.ether(nr.ipv6(some6, some6, 6, b"x" * 30, version=4), 0x86DD)), False, False),
            lambda: (pad(nr.ether(nr.ipv6(some6, some6, 6, b"x" * 30, length=0xFFFF), 0x86DD)), False, False),
        ):
            frames.append(make())
            if rng.random() < 0.5:
                good()
        rng.shuffle(frames)
        drops = await tb.run(frames)
        for name in ("rx_drop_error", "rx_drop_runt", "rx_drop_oversize", "rx_drop_checksum", "rx_drop_loopback"):
            assert drops.get(name), f"the test made no {name}"
        tb.stall(0.4, 0.2, 0.2)


@cocotb.test()
async def settings(dut):
    """Checksum pass-through, address filter, disabled wire, hash types, loop."""
    tb = await bench(dut)
    rng = tb.rng
    mix = lambda inj: [(pad(a_tcp(rng, bad=rng.choice([0, 0, 1]))), False, inj) for _ in range(20)] + [
        (pad(nr.ether(nr.ipv4(b"\x0a\0\0\1", b"\x0a\0\0\2", 17, b"y" * 30, bad=rng.choice([0, 1])), 0x0800)), False, inj) for _ in range(6)] + [
        (pad(nr.ether(b"arp", 0x0806, dst=d)), False, inj) for d in (b"\x02\0\0\0\0\x01", b"\x02\0\0\0\0\x09", b"\xff" * 6, b"\1\0\x5e\0\0\1")] + [
        (pad(a_tcp(rng, False, src=b"\x7f\0\0\1")), False, inj)]
    for kw in (dict(pass_bad_csum=1), dict(promiscuous=0), dict(promiscuous=0, mac=b"\x02\0\0\0\0\x09"), dict(rx_enable=0),
               dict(hash_ipv4_tcp=0), dict(hash_ipv4=0, hash_ipv4_tcp=0), dict(hash_ipv6_tcp=0), dict(hash_ipv6=0, hash_ipv6_tcp=0),
               dict(key=rng.randbytes(40), indirection=[rng.randrange(16) for _ in range(128)])):
        await tb.set_ctl(**kw)
        for inj in (False, True):
            await tb.run(mix(inj))


@cocotb.test()
async def published_toeplitz_vectors(dut):
    """Microsoft's verification suite: (destination, source, hash of addresses, hash with ports)."""
    tb = await bench(dut)
    ip4 = lambda s: bytes(int(x) for x in s.split("."))
    vectors4 = [("161.142.100.80", 1766, "66.9.149.187", 2794, 0x323E8FC2, 0x51CCC178),
                ("65.69.140.83", 4739, "199.92.111.2", 14230, 0xD718262A, 0xC626B0EA),
                ("12.22.207.184", 38024, "24.19.198.95", 12898, 0xD2D0A5DE, 0x5C2B394A),
                ("209.142.163.6", 2217, "38.27.205.30", 48228, 0x82989176, 0xAFC7327F),
                ("202.188.127.2", 1303, "153.39.163.191", 44251, 0x5D1809C5, 0x10E828A2)]
    ip6 = lambda s: __import__("ipaddress").IPv6Address(s).packed
    vectors6 = [("3ffe:2501:200:3::1", 1766, "3ffe:2501:200:1fff::7", 2794, 0x2CC18CD5, 0x40207D3D),
                ("ff02::1", 4739, "3ffe:501:8::260:97ff:fe40:efab", 14230, 0x0F0C461C, 0xDDE51BBF),
                ("fe80::200:f8ff:fe21:67cf", 38024, "3ffe:1900:4545:3:200:f8ff:fe21:67cf", 44251, 0x4B61E985, 0x02D1FEEF)]
    for ports in (1, 0):
        await tb.set_ctl(hash_ipv4_tcp=ports, hash_ipv6_tcp=ports)
        for vectors, conv, etype in ((vectors4, ip4, 0x0800), (vectors6, ip6, 0x86DD)):
            for dst, dport, src, sport, plain, full in vectors:
                d, s = conv(dst), conv(src)
                # an urgent segment is not for sessions, so the hash types apply to it
                seg = nr.tcp(s, d, sport, dport, 1, 2, nr.ACK_F | (0 if ports else nr.URG_F), 3)
                tb.send(pad(nr.ether(nr.ipv4(s, d, 6, seg) if etype == 0x0800 else nr.ipv6(s, d, 6, seg), etype)))
                await tb.meta.wait(1, 2000)
                assert META.unpack(tb.meta.got.popleft())["hash"] == (full if ports else plain)
    await tb.idle()


@cocotb.test()
async def mutated_frames(dut):
    """Random bit flips, cuts and extensions; the reference decides."""
    tb = await bench(dut)
    rng = tb.rng
    for kw in (dict(), dict(pass_bad_csum=1)):
        await tb.set_ctl(**kw)
        frames = []
        for _ in range(250):
            frame = bytearray(a_tcp(rng, kind=rng.choice(OPTION_KINDS), vlan=rng.choice([None, 7]), size=rng.randrange(200)))
            for _ in range(rng.randrange(4)):
                frame[rng.randrange(min(len(frame), 90))] = rng.getrandbits(8)
            cut = rng.random()
            if cut < 0.1:
                frame = frame[: rng.randint(1, len(frame))]
            elif cut < 0.4:
                frame += rng.randbytes(rng.randrange(80))
            frames.append((bytes(frame), rng.random() < 0.03, False))
        tb.stall(*rng.choice([(0, 0, 0), (0.4, 0.1, 0.1), (0.6, 0.4, 0.4)]))
        await tb.run(frames)


@cocotb.test()
async def overflow_drops_whole_frames(dut):
    """The reader stands still, or is too slow: frames are lost whole, the kept ones are intact, all are accounted for."""
    tb = await bench(dut)
    rng = tb.rng
    for meta_stall, data_stall in ((0.0, 1.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.8), (0.8, 0.0)):
        tb.stall(0.0, meta_stall, data_stall)
        before = tb.ctr["rx_drop_overflow"]
        frames = [nr.ether(i.to_bytes(4, "big") + rng.randbytes(rng.choice([56, 600, 1400])), 0x9999) for i in range(400 if tb.width == 64 else 700)]
        for f in frames:
            tb.send(f)
        for _ in range(600_000):
            await RisingEdge(tb.dut.clk_i)
            if tb.wire.idle():
                break
        tb.stall()
        await tb.idle()
        lost = tb.ctr["rx_drop_overflow"] - before
        got = []
        while not tb.data.empty():
            got.append(bytes(tb.data.recv_nowait().tdata))
        assert len(got) + lost == len(frames)
        assert lost > 0 or meta_stall == 0.8
        assert len(tb.meta.got) == len(got)
        assert [META.unpack(m)["frame_len"] for m in tb.meta.got] == [len(f) for f in got]
        tb.meta.clear()
        numbers = [int.from_bytes(f[14:18], "big") for f in got]
        assert numbers == sorted(set(numbers)) and all(frames[n] == f for n, f in zip(numbers, got))
    await tb.run([(pad(a_tcp(rng)), False, False) for _ in range(5)])


@cocotb.test()
async def wire_and_loop_share(dut):
    tb = await bench(dut)
    rng = tb.rng
    tb.stall(0.4, 0.2, 0.2)
    for i in range(60):
        tb.send(pad(a_tcp(rng, size=i)), injected=bool(i & 1))
    await tb.idle()
    metas = [META.unpack(m) for m in tb.meta.got]
    assert sum(m["injected"] for m in metas) == 30 and len(metas) == 60
    for m in metas:
        assert len(tb.data.recv_nowait().tdata) == m["frame_len"]


@cocotb.test()
async def throughput(dut):
    """MSS-1460 frames fill the bus; minimum frames take at most two cycles on the wide path; tagged ones one cycle more."""
    tb = await bench(dut)
    rng = tb.rng
    nbytes = tb.width // 8
    for size, vlan, slack in ((1460, None, 0), (26, None, 0), (6, None, 0), (1456, 5, 1)):
        kind = "ts" if size > 100 else "none"
        one = pad(a_tcp(rng, False, kind, size=size - (12 if kind == "ts" else 0), flags=nr.ACK_F, vlan=vlan))
        count = 60
        for _ in range(count):
            tb.send(one)
        beats = -(-len(one) // nbytes) + slack
        cycles = 0
        while len(tb.meta.got) < count:
            await RisingEdge(dut.clk_i)
            cycles += 1
            assert cycles < 100_000
        await tb.idle()
        spent = cycles / count
        dut._log.info("%d bytes: %.2f cycles a frame, %d beats", len(one), spent, beats)
        assert spent <= beats * 1.02 + 1.0
        tb.meta.clear()
        while not tb.data.empty():
            tb.data.recv_nowait()


@cocotb.test()
async def random_reset(dut):
    tb = await bench(dut)
    rng = tb.rng
    for _ in range(6):
        tb.stall(0.2, 0.4, 0.4)
        for _ in range(12):
            tb.send(pad(a_tcp(rng)))
        for _ in range(rng.randrange(20, 400)):
            await RisingEdge(dut.clk_i)
        tb.wire.clear()
        await reset(dut, 3)
        tb.wire.clear()
        tb.data.clear()
        tb.meta.clear()
        await tb.idle()
        tb.meta.clear()
        while not tb.data.empty():
            tb.data.recv_nowait()
        await tb.set_ctl()
        await tb.run([(pad(a_tcp(rng)), False, False) for _ in range(6)])

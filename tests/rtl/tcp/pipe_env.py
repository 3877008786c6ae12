# SPDX-License-Identifier: Apache-2.0
"""Drives tcp_pipe as its neighbours do, and keeps what comes out. Time stands still unless a test advances it."""
import random

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import RisingEdge
from svstruct import Types

T = Types()
EN = T.enums
ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT = 4, 5, 6, 7, 8, 9, 10
M32 = 0xFFFFFFFF
RECORDS = {3: "event_session_t", 5: "event_fault_t", 6: "event_session_end_t"}
IDLE_CYCLES = 20_000   # named bound of every wait


def sub(a, b):
    """Signed distance of sequence numbers."""
    return ((a - b + 0x80000000) & M32) - 0x80000000


CTL = dict(delack_us=40_000, min_rto_us=200_000, max_rto_us=60_000_000, max_backoff=15, challenge_per_s=100,
           keep_idle_s=7200, keep_interval_s=75, keep_count=9, fin_wait_2_s=60, delack_segs=2)


class Env:
    def __init__(self, dut, stall=0.0):
        self.dut, self.clk = dut, dut.clk_i
        self.rng = random.Random(cocotb.RANDOM_SEED)
        dut._log.info("seed %d (COCOTB_RANDOM_SEED)", cocotb.RANDOM_SEED)
        self.stall = stall
        self.now = 1_000_000
        self.work, self.bumps, self.faults, self.fences = [], [], [], []
        self.tx, self.place, self.rec, self.deleted, self.records, self.traced = [], [], [], [], [], []
        self.ctr = {}
        self.rsp = None
        self.hold_fences = self.hold_tx = self.hold_place = False
        self.tx_hook = None
        self.fence_bad = 0
        self.deletions = 0                                  # asked for, not yet done
        self.events = 0

    async def start(self, ctl=None):
        d = self.dut
        for s in ("work_valid_i", "bump_valid_i", "cmd_valid_i", "fault_valid_i", "place_ready_i", "place_fence_done_i",
                  "place_fence_bad_i", "tx_ready_i", "fence_valid_i", "rec_ready_i", "lkdel_ready_i", "lkdel_done_i", "nh_we_i",
                  "cc_cfg_i", "cc_ready_i", "cc_set_valid_i"):
            getattr(d, s).value = 0
        d.evq_space_i.value = 1
        d.ctl_i.value = T["tcp_ctl_t"].pack(CTL | (ctl or {}))
        d.now_us_i.value = self.now
        d.rst_ni.value = 0
        cocotb.start_soon(Clock(self.clk, 8, "ns").start())
        for _ in range(3):
            await RisingEdge(self.clk)
        d.rst_ni.value = 1
        cocotb.start_soon(self._source(self.work, d.work_valid_i, d.work_ready_o, d.work_i))
        cocotb.start_soon(self._source(self.bumps, d.bump_valid_i, d.bump_ready_o, d.bump_i))
        cocotb.start_soon(self._source(self.faults, d.fault_valid_i, d.fault_ready_o, d.fault_i))
        cocotb.start_soon(self._source(self.fences, d.fence_valid_i, d.fence_ready_o, d.fence_i))
        cocotb.start_soon(self._sink(d.tx_valid_o, d.tx_ready_i, d.tx_o, self._on_tx, "hold_tx"))
        cocotb.start_soon(self._sink(d.place_valid_o, d.place_ready_i, d.place_o, self._on_place, "hold_place"))
        cocotb.start_soon(self._sink(d.rec_valid_o, d.rec_ready_i, d.rec_o,
                                     lambda w: self.rec.append(T["tw_record_t"].unpack(w))))
        cocotb.start_soon(self._sink(d.lkdel_valid_o, d.lkdel_ready_i, d.lkdel_o, self._on_delete))
        cocotb.start_soon(self._delete())
        cocotb.start_soon(self._count())
        while int(d.busy_o.value):
            await RisingEdge(self.clk)
        await self.nexthop(0)

    def _pause(self):
        return self.stall and self.rng.random() < self.stall

    async def _source(self, queue, valid, ready, data):
        high = False
        while True:
            await RisingEdge(self.clk)
            if high and int(ready.value):
                queue.pop(0)
                high = False
            if not high:
                if queue and not self._pause():
                    data.value = queue[0]
                    high = True
                valid.value = int(high)

    async def _sink(self, valid, ready, data, take, hold=None):
        now = False
        while True:
            await RisingEdge(self.clk)
            if now and int(valid.value):
                take(int(data.value))
            now = not self._pause() and not (hold and getattr(self, hold))
            ready.value = int(now)

    async def _count(self):
        s = T["tcp_ctr_t"]
        while True:
            await RisingEdge(self.clk)
            if int(self.dut.trace_valid_o.value):
                self.traced.append(T["trace_ev_t"].unpack(int(self.dut.trace_o.value)))
            w = int(self.dut.ctr_o.value)
            if w:
                for k, v in s.unpack(w).items():
                    if v:
                        self.ctr[k] = self.ctr.get(k, 0) + v

    def _on_tx(self, word):
        c = T["tx_cmd_t"].unpack(word)
        if c["fence"]:
            self.fences.append(c["handle"]["gen"] << 16 | c["handle"]["slot"])
            return
        c["time"] = self.now
        t = c["tcp"]
        c["fl"] = "".join(n for n, f in zip("SFRPAEC", ("syn", "fin", "rst", "psh", "ack", "ece", "cwr")) if t["flags"][f])
        self.tx.append(c)
        if self.tx_hook:
            self.tx_hook(c)

    def _on_place(self, word):
        c = T["place_cmd_t"].unpack(word)
        if c["kind"] == EN["PlFence"]:
            cocotb.start_soon(self._place_fence())
        elif c["kind"] == EN["PlRecord"]:
            name = RECORDS[c["record"] & 0xFF]
            self.records.append({"closed": int(name == "event_session_end_t"), **T.abi(name).unpack(c["record"])})
        self.place.append(c)

    async def _place_fence(self):
        for _ in range(3):
            await RisingEdge(self.clk)
        self.dut.place_fence_done_i.value, self.dut.place_fence_bad_i.value = 1, self.fence_bad
        await RisingEdge(self.clk)
        self.dut.place_fence_done_i.value = self.dut.place_fence_bad_i.value = 0

    def _on_delete(self, word):
        self.deleted.append(T["lk_req_t"].unpack(word))
        self.deletions += 1

    async def _delete(self):
        """As the lookup does: one after the other, a pulse each."""
        while True:
            await RisingEdge(self.clk)
            if not self.deletions:
                continue
            self.deletions -= 1
            for _ in range(self.rng.randrange(12)):
                await RisingEdge(self.clk)
            self.dut.lkdel_done_i.value = 1
            await RisingEdge(self.clk)
            self.dut.lkdel_done_i.value = 0

    # ------------------------------------------------------------------ actions
    async def nexthop(self, index, valid=1, mtu=1500):
        d = self.dut
        d.nh_i.value = T["nexthop_t"].pack(dict(valid=valid, mtu=mtu, dst_mac=0x020000000001, src_mac=0x020000000002))
        d.nh_index_i.value = index
        d.nh_we_i.value = 1
        await RisingEdge(self.clk)
        d.nh_we_i.value = 0
        await RisingEdge(self.clk)

    async def idle(self):
        """Until nothing moves; the time of the timers is not waited for."""
        await RisingEdge(self.clk)
        await RisingEdge(self.clk)
        for _ in range(IDLE_CYCLES):
            await RisingEdge(self.clk)
            if int(self.dut.idle_o.value) and not (self.work or self.bumps or self.faults or self.fences):
                return
        raise AssertionError("the pipeline does not come to rest")

    async def at(self, us):
        """Time jumps to `us`."""
        assert us >= self.now
        self.now = us
        self.dut.now_us_i.value = us
        await self.idle()

    async def advance(self, us):
        await self.at(self.now + us)

    def deadline(self):
        return int(self.dut.next_us_o.value) if int(self.dut.next_valid_o.value) else None

    async def command(self, op, handle, image=0, key=0, value=0, wait=True):
        d = self.dut
        d.image_i.value = image if isinstance(image, int) else T.abi("session_image_t").pack(image)
        d.cmd_i.value = T["pipe_cmd_t"].pack(dict(op=EN[op], handle=dict(gen=handle >> 16, slot=handle & 0xFFFF), key=key, value=value))
        d.cmd_valid_i.value = 1
        while True:
            await RisingEdge(self.clk)
            if int(d.cmd_ready_o.value):
                break
        d.cmd_valid_i.value = 0
        for _ in range(IDLE_CYCLES):
            await RisingEdge(self.clk)
            if int(d.rsp_valid_o.value):
                status = int(d.rsp_status_o.value)
                return status, T.abi("session_image_t").unpack(int(d.rsp_image_o.value))
        raise AssertionError(f"no response to {op}")


class Session:
    """One session in the engine, and its peer as far as a test speaks for it. Payload has no content here."""

    def __init__(self, env, slot=1, gen=7, iss=1000, irs=5000, **image):
        self.env, self.slot, self.gen = env, slot, gen
        self.handle = gen << 16 | slot
        self.iss, self.irs = iss, irs
        nxt, rcv = (iss + 1) & M32, (irs + 1) & M32
        self.seq, self.ack = rcv, nxt           # of the peer's next segment
        self.wnd = 65535
        self.ts = 777
        self.snd_end, self.rcv_read = nxt, rcv
        ring = 1 << image.get("rx_ring_log2", 16)
        self.image = dict(
            magic=0x53454F54, state=ESTABLISHED, tw_class=1, handle=self.handle, nodelay=1, df=1, keepalive=0,
            laddr=[0x0100000A, 0, 0, 0], raddr=[0x0200000A, 0, 0, 0], lport=80 + slot, rport=4000 + slot, nexthop=0, qp=0,
            snd_mss=1460, peer_mss=1460, ttl=64, tx_ring_log2=16, rx_ring_log2=16, tx_ring=0x10000 * (2 * slot + 2),
            rx_ring=0x10000 * (2 * slot + 3), tx_seq0=nxt, rx_seq0=rcv, iss=iss, irs=irs, snd_una=nxt, snd_nxt=nxt, snd_max=nxt,
            snd_end=nxt, snd_wnd=65535, snd_wl1=irs, snd_wl2=nxt, max_snd_wnd=65535, cwnd=14600, ssthresh=0x7FFFFFFF,
            recover=iss, high_rxt=nxt, rescue_rxt=iss, rto_us=1_000_000, rcv_nxt=rcv, rcv_adv=(rcv + min(ring, 65535)) & M32,
            rcv_read=rcv, last_ack_sent=rcv)
        self.image.update(image)
        self.ts_ok = self.image.get("ts_ok", 0)
        self.tuple = dict(ipv6=self.image.get("ipv6", 0), laddr=0x0A000001, raddr=0x0A000002, lport=80 + slot, rport=4000 + slot)

    async def install(self):
        status, _ = await self.env.command("CmdInstall", self.handle, self.image)
        assert status == 0, status
        await self.env.idle()
        return self

    def frame(self, length=0, seq=None, ack=None, fl="A", wnd=None, sack=(), ts=None, ecr=0, ce=0, hit=1, **more):
        seq = self.seq if seq is None else seq & M32
        hdr = 54 + 12 * self.ts_ok
        tcp = dict(seq=seq, ack=(self.ack if ack is None else ack) & M32,
                   flags=dict(syn="S" in fl, fin="F" in fl, rst="R" in fl, ack="A" in fl, ece="E" in fl, cwr="C" in fl, psh=0),
                   wnd=self.wnd if wnd is None else wnd, sack_n=len(sack),
                   sack=[dict(first=a & M32, last=b & M32) for a, b in sack])
        if self.ts_ok:
            tcp.update(ts_ok=1, ts_val=self.ts if ts is None else ts, ts_ecr=ecr)
        tcp.update(more.pop("tcp", {}))
        meta = dict(frame_len=hdr + length, is_tcp=1, l3_off=14, l4_off=34, payload_off=hdr, payload_len=length, tuple=self.tuple,
                    tcp=tcp, ce=ce)
        meta.update(more)
        self.env.work.append(T["rx_work_t"].pack(dict(meta=meta, hit=hit, slot=self.slot)))

    async def rx(self, length=0, **kw):
        """A segment of the peer in order; moves the peer's sequence number on."""
        self.frame(length, **kw)
        if "seq" not in kw:
            self.seq = (self.seq + length + ("F" in kw.get("fl", ""))) & M32
        await self.env.idle()

    async def write(self, n=0, fin=0):
        self.snd_end = (self.snd_end + n) & M32
        await self.bump(snd_end=self.snd_end, snd_valid=1, fin=fin)

    async def read(self, n):
        self.rcv_read = (self.rcv_read + n) & M32
        await self.bump(rcv_read=self.rcv_read, rcv_valid=1)

    async def bump(self, gen=None, wait=True, **kw):
        kw["handle"] = dict(gen=self.gen if gen is None else gen, slot=self.slot)
        self.env.bumps.append(T["bump_t"].pack(kw))
        if wait:
            await self.env.idle()

    async def evict(self):
        status, image = await self.env.command("CmdEvict", self.handle)
        assert status == 0, status
        await self.env.idle()
        return image

    async def snap(self):
        status, image = await self.env.command("CmdSnapshot", self.handle)
        assert status == 0, status
        await self.env.idle()
        return image

    def sent(self):
        """Segments sent by this session since the last call, as (flags, seq relative to ISS+1, length, ack relative)."""
        mine = [c for c in self.env.tx if c["handle"]["slot"] == self.slot]
        self.env.tx = [c for c in self.env.tx if c["handle"]["slot"] != self.slot]
        self.last = mine
        return [(c["fl"], sub(c["tcp"]["seq"], self.iss + 1), c["payload_len"], sub(c["tcp"]["ack"], self.irs + 1)) for c in mine]

    def notes(self):
        mine = [r for r in self.env.records if r["handle"] == self.handle]
        self.env.records = [r for r in self.env.records if r["handle"] != self.handle]
        return mine


async def setup(dut, stall=0.0, ctl=None, **image):
    """An engine with one session."""
    env = Env(dut, stall)
    await env.start(ctl)
    return env, await Session(env, **image).install()


def placed(env):
    """Where payload was to go since the last question."""
    out = [(c["kind"], c["ring_off"], c["len"]) for c in env.place if c["kind"] in (EN["PlDrop"], EN["PlHost"], EN["PlSession"])]
    env.place.clear()
    return out

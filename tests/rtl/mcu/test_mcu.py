# SPDX-License-Identifier: Apache-2.0
"""mcu: the real firmware image on the real core serves an admin queue in a modelled host memory."""
import json
import os
import random
from collections import deque
from pathlib import Path

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import ReadOnly, RisingEdge
from stream_bfm import cut_short, seeded

BENCH = dict(
    top="mcu",
    files=["rtl/pkg/pkg.f", "rtl/mcu/mcu.f", "tests/rtl/mcu/mcu.vlt"],
    verilator=["--public-depth", "1"],
    timeout_s=600,
)

ABI = json.loads((Path(__file__).resolve().parents[3] / "abi/abi.json").read_text())
ASQ, ACQ, IMAGE = 0x10000, 0x20000, 0x30000
LOG2 = 3
OK, BAD_OPCODE, BAD_FIELD, BAD_HANDLE, BUSY, TABLE_FULL, EXISTS, NOT_FOUND, DMA_FAULT = range(9)
NOP, INSTALL, EVICT, SNAPSHOT, NEXTHOP_SET, SESSION_SET, STATS, TW_INSERT, TW_LOOKUP = range(9)


def rng_of():
    seed = int(os.environ.get("COCOTB_RANDOM_SEED", random.getrandbits(32)))
    cocotb.log.info("seed %d", seed)
    return random.Random(seed)


class Bench:
    """Host memory, DMA with latency and stalls, pipeline, lookup and TIME_WAIT answers."""

    def __init__(self, dut, rng):
        self.dut, self.rng = dut, rng
        self.mem = {}
        self.irqs = 0
        self.sessions = {}
        self.entries = set()
        self.nexthops = {}
        self.tw = {}
        self.lookup_code = 0
        self.fault = set()
        self.order = []
        self.tail = 0
        self.bytes = len(dut.rd_data_i) // 8
        self.now = 1000

    def put(self, addr, data):
        for i, b in enumerate(data):
            self.mem[addr + i] = b

    def get(self, addr, n):
        return bytes(self.mem.get(addr + i, 0) for i in range(n))

    async def start(self):
        d = self.dut
        for name in ("hold_i", "rd_ready_i", "rd_data_valid_i", "rd_data_i", "rd_last_i", "rd_err_i", "wr_ready_i",
                     "wr_data_ready_i", "wr_done_i", "wr_done_err_i", "cmd_ready_i", "rsp_valid_i", "rsp_status_i", "rsp_image_i", "lk_ready_i",
                     "lk_done_i", "lk_result_i", "tw_ready_i", "tw_rsp_valid_i", "tw_rsp_i", "cc_valid_i", "cc_i",
                     "cc_lost_i", "admin_i", "now_us_i"):
            getattr(d, name).value = 0
        d.rst_ni.value = 0
        cocotb.start_soon(Clock(d.clk_i, 8, "ns").start())
        for _ in range(5):
            await RisingEdge(d.clk_i)
        d.rst_ni.value = 1
        for task in (self.time(), self.reads(), self.writes(), self.pipe(), self.lookup(), self.nexthop(), self.timewait()):
            cocotb.start_soon(task)

    def admin(self, acq_head=0, enable=1):
        # admin_ctl_t, last field lowest: acq_head_we, acq_head, asq_tail, vector, acq_log2, asq_log2, acq, asq, enable
        v, at = 0, 0
        for value, width in ((0, 1), (acq_head, 32), (self.tail, 32), (5, 6), (LOG2, 4), (LOG2, 4), (ACQ, 64), (ASQ, 64), (enable, 1)):
            v |= value << at
            at += width
        self.dut.admin_i.value = v

    async def time(self):
        while True:
            for _ in range(125):
                await RisingEdge(self.dut.clk_i)
            self.now += 1
            self.dut.now_us_i.value = self.now

    async def reads(self):
        d = self.dut
        while True:
            d.rd_ready_i.value = self.rng.random() < 0.5
            await ReadOnly()
            go = bool(d.rd_valid_o.value) and bool(d.rd_ready_i.value)
            cmd = int(d.rd_o.value)
            await RisingEdge(d.clk_i)
            if not go:
                continue
            d.rd_ready_i.value = 0
            length, addr = cmd & 0xFFFFF, (cmd >> 20) & (2**64 - 1)
            for _ in range(self.rng.randrange(1, 60)):
                await RisingEdge(d.clk_i)
            data = self.get(addr, length)
            for at in range(0, length, self.bytes):
                while self.rng.random() < 0.3:
                    d.rd_data_valid_i.value = 0
                    await RisingEdge(d.clk_i)
                last = at + self.bytes >= length
                d.rd_data_valid_i.value = 1
                d.rd_data_i.value = int.from_bytes(data[at:at + self.bytes], "little")
                d.rd_last_i.value = last
                d.rd_err_i.value = last and addr in self.fault
                await RisingEdge(d.clk_i)
            d.rd_data_valid_i.value = 0

    async def writes(self):
        d = self.dut
        cmds, answers = deque(), deque()
        at = 0
        while True:
            d.wr_ready_i.value = self.rng.random() < 0.5
            d.wr_data_ready_i.value = self.rng.random() < 0.5
            await ReadOnly()
            if bool(d.wr_valid_o.value) and bool(d.wr_ready_i.value):
                cmds.append(int(d.wr_o.value))
            if bool(d.wr_data_valid_o.value) and bool(d.wr_data_ready_i.value):
                cmd = cmds[0]  # wr_cmd_t: handle 32, vector 6, irq 1, len 16, addr 64
                addr, length, irq = cmd >> 55, (cmd >> 39) & 0xFFFF, (cmd >> 38) & 1
                keep = int(d.wr_keep_o.value)
                data = int(d.wr_data_o.value).to_bytes(self.bytes, "little")
                for i in range(self.bytes):
                    if keep >> i & 1:
                        self.mem[addr + at + i] = data[i]
                at += keep.bit_count()
                if d.wr_last_o.value:
                    assert at == length, f"{at} bytes for a command of {length}"
                    self.irqs += irq
                    assert not irq or (cmd >> 32) & 0x3F == 5
                    cmds.popleft()
                    at = 0
                    answers.append((self.rng.randrange(1, 12), addr in self.fault))
            await RisingEdge(d.clk_i)
            d.wr_done_i.value = 0
            if answers:
                wait, err = answers.popleft()
                if wait:
                    answers.appendleft((wait - 1, err))
                else:
                    d.wr_done_i.value, d.wr_done_err_i.value = 1, err

    async def pipe(self):
        d = self.dut
        while True:
            d.cmd_ready_i.value = 1
            await ReadOnly()
            go, cmd, image = bool(d.cmd_valid_o.value), int(d.cmd_o.value), int(d.cmd_image_o.value)
            await RisingEdge(d.clk_i)
            if not go:
                continue
            d.cmd_ready_i.value = 0
            op, handle = cmd >> 72, (cmd >> 40) & 0xFFFFFFFF
            code, out = OK, 0
            if op == 0:
                if any(h & 0xFFFF == handle & 0xFFFF for h in self.sessions):
                    code = BUSY
                else:
                    self.order.append("state")
                    self.sessions[handle] = image
            elif op in (1, 2):
                if handle in self.sessions:
                    out = self.sessions[handle]
                    if op == 1:
                        self.order.append("evict")
                        del self.sessions[handle]
                else:
                    code = BAD_HANDLE
            for _ in range(self.rng.randrange(1, 20)):
                await RisingEdge(d.clk_i)
            d.rsp_valid_i.value, d.rsp_status_i.value, d.rsp_image_i.value = 1, code, out
            await RisingEdge(d.clk_i)
            d.rsp_valid_i.value = 0

    async def lookup(self):
        d = self.dut
        while True:
            d.lk_ready_i.value = self.rng.random() < 0.5
            await ReadOnly()
            go, cmd = bool(d.lk_valid_o.value) and bool(d.lk_ready_i.value), int(d.lk_o.value)
            await RisingEdge(d.clk_i)
            if not go:
                continue
            d.lk_ready_i.value = 0
            tuple_bits = 1 + 128 * 2 + 32
            slot, delete, tup = (cmd >> tuple_bits) & 0xFFFF, cmd >> (tuple_bits + 16), cmd & (2**tuple_bits - 1)
            self.order.append("delete" if delete else "insert")
            code = self.lookup_code
            if delete:
                code = 0 if slot in self.entries else 3
                self.entries.discard(slot)
            elif not code:
                self.entries.add(slot)
                self.last_tuple = tup
            for _ in range(self.rng.randrange(1, 20)):
                await RisingEdge(d.clk_i)
            d.lk_done_i.value, d.lk_result_i.value = 1, code
            await RisingEdge(d.clk_i)
            d.lk_done_i.value = 0

    async def nexthop(self):
        d = self.dut
        while True:
            await ReadOnly()
            if bool(d.nh_we_o.value):
                self.nexthops[int(d.nh_index_o.value)] = int(d.nh_o.value)
            await RisingEdge(d.clk_i)

    async def timewait(self):
        d = self.dut
        while True:
            d.tw_ready_i.value = 1
            await ReadOnly()
            go, cmd = bool(d.tw_valid_o.value), int(d.tw_cmd_o.value)
            await RisingEdge(d.clk_i)
            if not go:
                continue
            d.tw_ready_i.value = 0
            rec_bits = 289 + 32 * 2 + 16 + 4 + 1 + 32 * 2 + 2
            op, rec = cmd >> (rec_bits + 32), cmd & (2**rec_bits - 1)
            key = rec >> (rec_bits - 289)
            code, out = 0, rec
            if op == 1:
                code = 2 if key in self.tw else 0
                self.tw.setdefault(key, rec)
            elif op == 2:
                code = 0 if key in self.tw else 3
                out = self.tw.get(key, 0)
            d.tw_rsp_valid_i.value = 1
            d.tw_rsp_i.value = (code << (64 + rec_bits)) | (9 << (32 + rec_bits)) | (1234 << rec_bits) | out
            await RisingEdge(d.clk_i)
            d.tw_rsp_valid_i.value = 0

    def command(self, opcode, cookie=7, handle=0x00050003, index=0, key=0, iova=IMAGE, value=0, data=()):
        words = [opcode, cookie, handle, index | key << 16, iova & 0xFFFFFFFF, iova >> 32, value, 0]
        words += list(data) + [0] * (8 - len(data))
        at = ASQ + (self.tail % (1 << LOG2)) * 64
        self.put(at, b"".join(w.to_bytes(4, "little") for w in words))
        self.tail += 1
        self.admin(acq_head=self.tail - 1)
        return self.tail - 1

    async def completion(self, n):
        want = 1 - (n >> LOG2) % 2
        for _ in range(200_000):
            raw = self.get(ACQ + (n % (1 << LOG2)) * 32, 32)
            if raw[31] >> 7 == want and (n or any(raw)):
                return [int.from_bytes(raw[i:i + 4], "little") for i in range(0, 32, 4)]
            await RisingEdge(self.dut.clk_i)
        raise AssertionError(f"no completion {n} after 200,000 cycles")

    async def run(self, *args, **kw):
        cpl = await self.completion(self.command(*args, **kw))
        return (cpl[0] >> 8) & 0xFF, cpl


def image(**over):
    """A session image that the firmware accepts, built from the exported layout."""
    fields = {f["name"]: f for f in layout("session_image")}
    values = dict(magic=0x53454F54, state=4, tw_class=1, handle=0x00050003, lport=80, rport=40000, nexthop=1, qp=1, snd_mss=1460,
                  peer_mss=1460, ttl=64, tx_ring_log2=16, rx_ring_log2=16, tx_ring=0x100000, rx_ring=0x200000, snd_una=100, snd_nxt=200,
                  snd_max=200, snd_end=300, rcv_read=10, rcv_nxt=20, rcv_adv=65000, last_ack_sent=20, cwnd=14600, ssthresh=1 << 30,
                  rto_us=1000000, laddr=int.from_bytes(bytes([10, 0, 0, 1]), "little"), raddr=int.from_bytes(bytes([10, 0, 0, 2]), "little"))
    values.update(over)
    v = 0
    for name, value in values.items():
        v |= value << fields[name]["lsb"]
    return v.to_bytes(512, "little")


def layout(name):
    for structure in ABI["layouts"]:
        if structure["name"] == name:
            return structure["fields"]
    raise KeyError(name)


async def bench(dut):
    b = Bench(dut, rng_of())
    await b.start()
    b.admin()
    return b


@cocotb.test()
async def boots_and_answers(dut):
    b = await bench(dut)
    status, cpl = await b.run(NOP, cookie=0x1234)
    assert (status, cpl[1]) == (OK, 0x1234)
    assert int(dut.fw_status_o.value) >> 96 == 2, "state ready"
    assert b.irqs == 1
    for n in range(20):  # over several passes of the ring
        status, cpl = await b.run(NOP, cookie=n)
        assert (status, cpl[1]) == (OK, n)


@cocotb.test()
async def install_then_evict(dut):
    b = await bench(dut)
    b.put(IMAGE, image())
    status, _ = await b.run(INSTALL)
    assert status == OK
    assert b.order == ["state", "insert"]
    assert b.sessions[0x00050003] == int.from_bytes(image(), "little")
    want = (0x0A000001 << (128 + 32)) | (0x0A000002 << 32) | (80 << 16) | 40000
    assert b.last_tuple == want, hex(b.last_tuple)
    assert (await b.run(INSTALL))[0] == BUSY
    assert (await b.run(EVICT, handle=0x00040003))[0] == BAD_HANDLE
    b.put(IMAGE, bytes(512))
    assert (await b.run(SNAPSHOT))[0] == OK
    assert b.get(IMAGE, 512) == image()
    b.put(IMAGE, bytes(512))
    assert (await b.run(EVICT))[0] == OK
    assert b.get(IMAGE, 512) == image()
    assert b.order[2:] == ["delete", "evict"]


@cocotb.test()
async def refusals_then_good(dut):
    b = await bench(dut)
    b.put(IMAGE, image(cwnd=0))
    status, cpl = await b.run(INSTALL)
    fields = {f["name"]: f for f in layout("session_image")}
    assert status == BAD_FIELD and cpl[0] >> 16 == fields["cwnd"]["lsb"] // 8
    b.fault.add(0x666000)
    assert (await b.run(INSTALL, iova=0x666000))[0] == DMA_FAULT
    assert (await b.run(0xEE))[0] == BAD_OPCODE
    b.put(IMAGE, image())
    b.lookup_code = 1
    assert (await b.run(INSTALL))[0] == TABLE_FULL
    assert not b.sessions
    b.lookup_code = 0
    assert (await b.run(INSTALL))[0] == OK


@cocotb.test()
async def nexthop_and_time_wait(dut):
    b = await bench(dut)
    words = [0x04030202, 0x0605 | 1500 << 16, 0x0D0C0B0A - 0, 0x0F0E | 0x123 << 16, 1 | 2 | 3 << 8]
    assert (await b.run(NEXTHOP_SET, index=5, data=words))[0] == OK
    nh = b.nexthops[5]
    assert nh & (2**48 - 1) == 0x020203040506, hex(nh)
    assert (nh >> 96) & 0xFFFF == 1500
    assert (await b.run(NEXTHOP_SET, index=64, data=words))[0] == 10  # LIMIT
    b.put(IMAGE, image(ts_recent=77))
    assert (await b.run(TW_INSERT))[0] == OK
    assert (await b.run(TW_INSERT))[0] == EXISTS
    key = [1 << 1, int.from_bytes(bytes([10, 0, 0, 1]), "little"), int.from_bytes(bytes([10, 0, 0, 2]), "little"), 80 | 40000 << 16]
    status, cpl = await b.run(TW_LOOKUP, data=key)
    assert (status, cpl[3], cpl[4], cpl[5], cpl[6]) == (OK, 9, 1234, 20, 200)


@cocotb.test()
async def sleeps_and_wakes(dut):
    b = await bench(dut)
    await b.run(NOP)
    for _ in range(3000):
        await RisingEdge(dut.clk_i)
    assert int(dut.idle_o.value) == 1, "asleep when there is nothing to do"
    beat = (int(dut.fw_status_o.value) >> 64) & 0xFFFFFFFF
    b.now += 50_000  # a jump of time wakes it for its heartbeat
    for _ in range(3000):
        await RisingEdge(dut.clk_i)
    assert (int(dut.fw_status_o.value) >> 64) & 0xFFFFFFFF > beat
    assert (await b.run(NOP))[0] == OK


@cocotb.test()
async def reset_in_the_middle(dut):
    """Nothing of what was under way comes out afterwards."""
    await cut_short(dut, seeded(), install_then_evict, longest=6000)

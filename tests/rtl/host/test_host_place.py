# SPDX-License-Identifier: Apache-2.0
"""host_place (with host_evq, host_cut, host_dma_wr and host_irq) against a model of the rings in host memory."""

import os
import random
from collections import deque

import cocotb
from axi_memory import AxiMemory, Memory
from cocotb.clock import Clock
from cocotb.triggers import ClockCycles, RisingEdge
from stream_bfm import cut_short, seeded

BENCH = dict(
    top="tb_host_place",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/host/host.f", "tests/rtl/host/tb_host_place.sv"],
    params=[dict(Kind=0), dict(Kind=2)],
    thorough=[dict(Kind=1)],
)

DROP, HOST, SESSION, RECORD, FENCE = range(5)
COUNTERS = ["fault_lost", "evq_lost", "mirror_lost", "tx_mirrored", "rx_mirrored", "evq_stall", "evq_records", "event_full", "ring_full", "disabled", "to_host"]
NIC_RX, TX_DONE, SESSION_EVENT, FAULT = 1, 2, 3, 5
RESERVE = 16
SESSION_END, CLOSED, DMA_FAULT = 6, 2, 10


def pack(*fields):
    """(value, width) pairs, first field in the top bits, as in a packed struct."""
    out = 0
    for value, width in fields:
        assert 0 <= value < 1 << width
        out = out << width | value
    return out


class Qp:
    def __init__(self, index):
        self.enable, self.vector, self.moderation = 1, index + 3, 0
        self.rxr, self.evq = 0x100000000 + (index << 24) + 0x40, 0x200000000 + (index << 24) + 0x20
        self.rxr_log2, self.slot_log2, self.evq_log2 = 3, 11, 6
        self.rxr_head = self.evq_head = self.we = 0

    def bits(self):
        return pack(
            (self.enable, 1), (0, 64), (0, 64), (self.rxr, 64), (self.evq, 64), (0, 4), (0, 4), (self.rxr_log2, 4),
            (self.slot_log2, 4), (self.evq_log2, 5), (self.vector, 6), (self.moderation, 16), (0, 32), (0, 32),
            (self.rxr_head, 32), (self.evq_head, 32), (self.we, 1),
        )  # fmt: skip


class Bench:
    def __init__(self, dut, rng):
        self.dut, self.rng = dut, rng
        self.qps = [Qp(i) for i in range(len(dut.evq_space_o))]
        self.w = len(dut.data_i) // 8
        self.counters = dict.fromkeys(COUNTERS, 0)
        self.irqs = []
        self.fences = self.bad_fences = 0
        self.frames = []

    def settings(self):
        value = 0
        for q in reversed(self.qps):
            value = value << 429 | q.bits()
        self.dut.qp_i.value = value

    async def start(self, **memory):
        d = self.dut
        cocotb.start_soon(Clock(d.clk_i, 4, "ns").start())
        d.rst_ni.value = 0
        d.irq_ready_i.value = 1
        d.now_us_i.value = 1000
        d.bmq_head_i.value = 0x1234
        for s in (d.place_valid_i, d.data_valid_i, d.txdone_valid_i, d.breport_valid_i, d.mcu_valid_i, d.mcu_data_valid_i, d.data_last_i):
            s.value = 0
        self.settings()
        self.axi = AxiMemory(d, Memory(), self.rng, **memory)
        cocotb.start_soon(self.axi.run())
        cocotb.start_soon(self.watch())
        await ClockCycles(d.clk_i, 5)
        d.rst_ni.value = 1
        await ClockCycles(d.clk_i, 2 * len(self.qps) + 2)

    async def watch(self):
        d = self.dut
        while True:
            await RisingEdge(d.clk_i)
            bits = int(d.ctr_o.value)
            for i, name in enumerate(COUNTERS):
                self.counters[name] += bits >> i & 1
            self.fences += int(d.fence_done_o.value)
            self.bad_fences += int(d.fence_bad_o.value)
            if d.irq_valid_o.value and d.irq_ready_i.value:
                # Order: the record is in memory when the interrupt comes.
                self.irqs.append((int(d.irq_vector_o.value), len(self.axi.write_log)))

    async def place(self, kind, qp=0, skip=0, length=0, base=0, log2=12, off=0, handle=0, record=0):
        d = self.dut
        d.place_i.value = pack(
            (kind, 3), (qp, 4), (skip, 16), (length, 16), (base, 64), (log2, 5), (off, 32), (handle, 32), (0, 17), (record, 256)
        )  # fmt: skip
        d.place_valid_i.value = 1
        while True:
            await RisingEdge(d.clk_i)
            if d.place_ready_o.value:
                break
        d.place_valid_i.value = 0

    async def feed(self, frames, gaps=0.0):
        d = self.dut
        for frame in frames:
            for i in range(0, len(frame), self.w):
                while gaps and self.rng.random() < gaps:
                    d.data_valid_i.value = 0
                    await RisingEdge(d.clk_i)
                beat = frame[i : i + self.w]
                d.data_i.value = int.from_bytes(beat + self.rng.randbytes(self.w - len(beat)), "little")
                d.data_last_i.value = i + self.w >= len(frame)
                d.data_valid_i.value = 1
                while True:
                    await RisingEdge(d.clk_i)
                    if d.data_ready_o.value:
                        break
        d.data_valid_i.value = 0

    async def feed_from(self, frames, gaps=0.0):
        """Frames as they come; None is the end."""
        while True:
            if not frames:
                await RisingEdge(self.dut.clk_i)
            elif (frame := frames.popleft()) is None:
                return
            else:
                await self.feed([frame], gaps)

    async def firmware(self, addr, data):
        """A write of the firmware with an interrupt."""
        d = self.dut
        d.mcu_addr_i.value, d.mcu_len_i.value, d.mcu_irq_i.value, d.mcu_valid_i.value = addr, len(data), 1, 1
        while True:
            await RisingEdge(d.clk_i)
            if d.mcu_ready_o.value:
                break
        d.mcu_valid_i.value = 0
        for i in range(0, len(data), self.w):
            d.mcu_data_i.value = int.from_bytes(data[i : i + self.w], "little")
            d.mcu_data_last_i.value = i + self.w >= len(data)
            d.mcu_data_valid_i.value = 1
            while True:
                await RisingEdge(d.clk_i)
                if d.mcu_data_ready_o.value:
                    break
        d.mcu_data_valid_i.value = 0

    async def idle(self, cycles=20000):
        quiet = 0
        for _ in range(cycles):
            await RisingEdge(self.dut.clk_i)
            quiet = quiet + 1 if self.dut.idle_o.value and not self.axi.b and not self.axi.aw else 0
            if quiet > 60:
                return
        raise AssertionError("host_place does not become idle")

    def event(self, qp, count):
        q = self.qps[qp]
        raw = self.axi.mem.read(q.evq + 32 * (count % (1 << q.evq_log2)), 32)
        words = [int.from_bytes(raw[i : i + 4], "little") for i in range(0, 32, 4)]
        phase = 1 - (count >> q.evq_log2 & 1)
        return words if words[7] >> 31 == phase else None


def bench(dut, name):
    seed = os.environ.get("COCOTB_RANDOM_SEED", "1")
    cocotb.log.info("seed %s", seed)
    return Bench(dut, random.Random(f"{seed}/{name}"))


def nic_record(rng):
    words = [NIC_RX | rng.randint(0, 14) << 8, 0, rng.randint(0, 65535) << 16] + [rng.getrandbits(32) for _ in range(4)]
    return sum(w << 32 * i for i, w in enumerate(words + [0]))


@cocotb.test()
async def frames_and_payload_land_where_they_belong(dut):
    b = bench(dut, "mixed")
    rng = b.rng
    await b.start(stall=0.1)
    model = Memory()
    rings = [(0x300000000 + (i << 20), rng.randint(12, 16)) for i in range(4)]
    for base, log2 in rings:
        model.write(base, bytes(1 << log2))
        b.axi.mem.write(base, bytes(1 << log2))
    frames, plan = [], []
    tails = [0] * len(b.qps)
    events = [[] for _ in b.qps]
    fences = 0
    for i in range(220):
        kind = rng.choice([DROP, HOST, HOST, SESSION, SESSION, SESSION, RECORD, FENCE])
        qp = rng.randrange(len(b.qps))
        frame = rng.randbytes(rng.choice([60, 64, rng.randint(60, 300), rng.randint(60, 1514)]))
        if kind in (DROP, HOST, SESSION):
            frames.append(frame)
        if kind == HOST and tails[qp] < 8:
            record = nic_record(rng)
            words = [record >> 32 * k & 0xFFFFFFFF for k in range(8)]
            words[1] = tails[qp]
            words[2] |= len(frame)
            words[7] |= 1 << 31
            events[qp].append(words)
            model.write(b.qps[qp].rxr + (tails[qp] << 11), frame)
            tails[qp] += 1
            plan.append(dict(kind=HOST, qp=qp, length=len(frame), record=record))
        elif kind in (DROP, HOST):
            plan.append(dict(kind=DROP))
        elif kind == SESSION:
            base, log2 = rng.choice(rings)
            skip = rng.randint(0, 59)
            length = rng.randint(0, len(frame) - skip)
            off = rng.choice([rng.randrange(1 << log2), (1 << log2) - rng.randint(1, 1600)])
            for k in range(length):
                model.page(base + (off + k) % (1 << log2))[(base + (off + k) % (1 << log2)) & 4095] = frame[skip + k]
            plan.append(dict(kind=SESSION, skip=skip, length=length, base=base, log2=log2, off=off, handle=i))
        elif kind == RECORD:
            record = SESSION_EVENT | i << 32
            if len(events[qp]) < 40:
                events[qp].append([SESSION_EVENT, i, 0, 0, 0, 0, 0, 1 << 31])
                plan.append(dict(kind=RECORD, qp=qp, record=record))
        else:
            if len(events[qp]) < 40:  # a last word, with an entry of its own
                fences += 1
                events[qp].append([SESSION_EVENT, i, 0, 0, 0, 0, 0, 1 << 31])
                plan.append(dict(kind=FENCE, qp=qp, record=SESSION_EVENT | i << 32))
    feeding = cocotb.start_soon(b.feed(frames, 0.1))
    for p in plan:
        await b.place(**p)
    await feeding
    await b.idle()
    for number, page in model.pages.items():
        assert b.axi.mem.page(number << 12) == page, f"page {number:#x}"
    for qp, expected in enumerate(events):
        for i, words in enumerate(expected):
            assert b.event(qp, i) == words, f"qp {qp} event {i}: {b.event(qp, i)} {words}"
        assert b.event(qp, len(expected)) is None
    assert b.fences == fences
    assert b.counters["to_host"] == sum(tails)
    assert b.counters["evq_records"] == sum(map(len, events))
    assert {v for v, _ in b.irqs} == {q.vector for q, e in zip(b.qps, events) if e}


@cocotb.test()
async def full_rings_drop_frames_and_count(dut):
    b = bench(dut, "full")
    b.qps[1].rxr_log2 = 7
    b.qps[2].enable = 0
    await b.start()
    frame = bytes(range(64))
    cocotb.start_soon(b.feed([frame] * 77))
    for _ in range(12):
        await b.place(HOST, qp=0, length=64, record=NIC_RX)
    for _ in range(60):
        await b.place(HOST, qp=1, length=64, record=NIC_RX)
    for _ in range(5):
        await b.place(HOST, qp=2, length=64, record=NIC_RX)
    await b.idle()
    assert b.counters["to_host"] == 8 + (64 - RESERVE)
    assert b.counters["ring_full"] == 4 and b.counters["disabled"] == 5
    assert b.counters["event_full"] == 60 - (64 - RESERVE)
    assert int(dut.evq_space_o.value) & 7 == 0b001
    # Session records that were under way still find a place, the ring's last ones included.
    for i in range(RESERVE):
        await b.place(RECORD, qp=1, record=SESSION_EVENT | i << 32)
    await b.idle()
    assert b.event(1, 63)[1] == RESERVE - 1 and b.counters["event_full"] == 60 - (64 - RESERVE)
    # The host consumes: the next ones go in, with the other phase.
    b.qps[1].evq_head = 40
    b.qps[0].rxr_head = 3
    b.settings()
    await ClockCycles(dut.clk_i, 40)
    assert int(dut.evq_space_o.value) & 7 == 0b011
    cocotb.start_soon(b.feed([frame] * 2))
    await b.place(HOST, qp=1, length=64, record=NIC_RX)
    await b.place(HOST, qp=0, length=64, record=NIC_RX)
    await b.idle()
    assert b.event(1, 64)[1] == 64 - RESERVE and b.event(0, 8)[1] == 8
    assert b.axi.mem.read(b.qps[0].rxr, 64) == frame
    # A nonsensical head is a full ring, and a good one repairs it.
    b.qps[0].rxr_head = 5000
    b.settings()
    await ClockCycles(dut.clk_i, 40)
    dropped = b.counters["ring_full"]
    cocotb.start_soon(b.feed([frame] * 2))
    await b.place(HOST, qp=0, length=64, record=NIC_RX)
    await ClockCycles(dut.clk_i, 40)
    assert b.counters["ring_full"] == dropped + 1
    b.qps[0].rxr_head = 9
    b.settings()
    await ClockCycles(dut.clk_i, 40)
    await b.place(HOST, qp=0, length=64, record=NIC_RX)
    await b.idle()
    assert b.event(0, 9)[1] == 9


@cocotb.test()
async def a_full_queue_pair_holds_back_its_own_reports_only(dut):
    b = bench(dut, "txdone")
    await b.start()
    for i in range(64 - RESERVE):
        await b.place(RECORD, qp=0, record=SESSION_EVENT | i << 32)
    await b.idle()
    for qp, head in ((0, 5), (1, 7), (0, 9), (1, 8)):
        dut.txdone_qp_i.value = qp
        dut.txdone_head_i.value = head
        dut.txdone_valid_i.value = 1
        await RisingEdge(dut.clk_i)
        dut.txdone_valid_i.value = 0
        await ClockCycles(dut.clk_i, 30)
    assert b.event(1, 0)[:2] == [TX_DONE, 7] and b.event(1, 1)[:2] == [TX_DONE, 8]
    assert b.event(0, 64 - RESERVE) is None and b.counters["evq_stall"] > 50
    b.qps[0].evq_head = 1
    b.settings()
    await ClockCycles(dut.clk_i, 60)
    assert b.event(0, 64 - RESERVE)[:2] == [TX_DONE, 9]
    assert b.event(0, 64 - RESERVE + 1) is None


@cocotb.test()
async def disabling_a_queue_pair_forgets_its_reports_and_its_place(dut):
    b = bench(dut, "gone")
    await b.start()
    for i in range(64 - RESERVE):
        await b.place(RECORD, qp=0, record=SESSION_EVENT | i << 32)
    await b.idle()
    dut.txdone_qp_i.value, dut.txdone_head_i.value, dut.txdone_valid_i.value = 0, 5, 1   # waits: the ring is full
    await RisingEdge(dut.clk_i)
    dut.txdone_valid_i.value = 0
    await ClockCycles(dut.clk_i, 30)
    b.qps[0].enable = 0
    b.settings()
    await ClockCycles(dut.clk_i, 30)
    b.qps[0].enable, b.qps[0].evq = 1, b.qps[0].evq + (1 << 20)
    b.settings()
    await ClockCycles(dut.clk_i, 60)
    assert b.event(0, 0) is None, "a report of before"
    await b.place(RECORD, qp=0, record=SESSION_EVENT | 77 << 32)
    await b.idle()
    assert b.event(0, 0)[1] == 77 and b.event(0, 1) is None


@cocotb.test()
async def a_report_has_the_heads_of_both_queues(dut):
    b = bench(dut, "heads")
    await b.start()
    dut.breport_qp_i.value = 1
    dut.breport_valid_i.value = 1
    await RisingEdge(dut.clk_i)
    dut.breport_valid_i.value = 0
    await b.idle()
    assert b.event(1, 0)[:3] == [TX_DONE, 0, 0x1234]
    dut.txdone_qp_i.value, dut.txdone_head_i.value, dut.txdone_valid_i.value = 1, 7, 1
    await RisingEdge(dut.clk_i)
    dut.txdone_valid_i.value = 0
    await b.idle()
    assert b.event(1, 1)[:3] == [TX_DONE, 7, 0x1234]


@cocotb.test()
async def long_frames_are_cut_to_the_slot(dut):
    b = bench(dut, "truncate")
    b.qps[0].slot_log2 = 8
    await b.start()
    frame = b.rng.randbytes(700)
    b.axi.mem.write(b.qps[0].rxr, bytes(1024))
    cocotb.start_soon(b.feed([frame, frame[:256]]))
    await b.place(HOST, qp=0, length=700, record=NIC_RX)
    await b.place(HOST, qp=0, length=256, record=NIC_RX)
    await b.idle()
    assert b.axi.mem.read(b.qps[0].rxr, 512) == frame[:256] * 2
    assert b.event(0, 0)[0] == NIC_RX | 1 << 21 and b.event(0, 0)[2] == 256
    assert b.event(0, 1)[0] == NIC_RX


@cocotb.test()
async def write_fault_of_a_frame_is_reported(dut):
    b = bench(dut, "fault")
    await b.start()
    b.axi.mem.bad = {b.qps[0].rxr >> 12}
    cocotb.start_soon(b.feed([bytes(64)]))
    await b.place(HOST, qp=0, length=64, record=NIC_RX)
    await b.idle()
    await ClockCycles(dut.clk_i, 60)
    assert b.event(0, 0) == [FAULT | 1 << 8, 0, b.qps[0].rxr & 0xFFFFFFFF, b.qps[0].rxr >> 32, 0, 0, 0, 1 << 31]
    assert b.event(0, 1) is None


@cocotb.test()
async def firmware_writes_join(dut):
    b = bench(dut, "mcu")
    await b.start(stall=0.1)
    data = b.rng.randbytes(200)

    frame = b.rng.randbytes(300)
    cocotb.start_soon(b.feed([frame] * 6))
    task = cocotb.start_soon(b.firmware(0x77003, data))
    for _ in range(6):
        await b.place(HOST, qp=0, length=300, record=NIC_RX)
    await task
    await b.idle()
    assert b.axi.mem.read(0x77003, 200) == data
    assert b.counters["to_host"] == 6 and 33 in {v for v, _ in b.irqs}


@cocotb.test()
async def interrupts_are_moderated_and_rearmed(dut):
    b = bench(dut, "irq")
    b.qps[0].moderation = 50
    await b.start()

    async def ring_head(value):
        b.qps[0].evq_head, b.qps[0].we = value, 1
        b.settings()
        await RisingEdge(dut.clk_i)
        b.qps[0].we = 0
        b.settings()
        await ClockCycles(dut.clk_i, 30)

    for _ in range(3):
        await b.place(RECORD, qp=0, record=SESSION_EVENT)
        await b.idle()
    assert len(b.irqs) == 1, "one until the host answers"
    await ring_head(2)
    assert len(b.irqs) == 1, "moderation"
    dut.now_us_i.value = 1049
    await ClockCycles(dut.clk_i, 30)
    assert len(b.irqs) == 1
    dut.now_us_i.value = 1 << 40
    await ClockCycles(dut.clk_i, 30)
    assert len(b.irqs) == 2
    await ring_head(3)
    dut.now_us_i.value = (1 << 40) + 1000
    await ClockCycles(dut.clk_i, 60)
    assert len(b.irqs) == 2, "nothing new: no interrupt"
    await b.place(RECORD, qp=0, record=SESSION_EVENT)
    await b.idle()
    assert len(b.irqs) == 3


@cocotb.test()
async def small_frames_run_at_two_cycles_each(dut):
    b = bench(dut, "rate")
    b.qps[0].rxr_log2, b.qps[0].evq_log2 = 10, 12
    await b.start(latency=(20, 30))
    n = 200
    frame = b.rng.randbytes(64)
    cocotb.start_soon(b.feed([frame] * (2 * n)))
    first = b.axi.cycle
    for _ in range(n):
        await b.place(HOST, qp=0, length=64, record=NIC_RX)
    cycles = b.axi.cycle - first
    # Beats of the bus: slots and records are aligned to 64 and to 32 bytes.
    per_frame = 64 // b.w + max(1, 32 // b.w)
    bound = max(2, per_frame)
    cocotb.log.info("NIC: %.2f cycles a frame of 64 bytes", cycles / n)
    assert cycles / n <= bound * 1.06
    await ClockCycles(dut.clk_i, 200)  # its last records would take their turn among the next ones
    first = b.axi.cycle
    for i in range(n):
        await b.place(SESSION, skip=0, length=64, base=0x5000000, log2=16, off=64 * i)
    cycles = b.axi.cycle - first
    cocotb.log.info("session: %.2f cycles a frame of 64 bytes", cycles / n)
    assert cycles / n <= max(1, 64 // b.w) * 1.06
    await b.idle()
    assert b.counters["to_host"] == n


class Rings:
    """What is written where, burst by burst: a record may come only when all payload of the commands before it has been
    answered, and says what became of it. Payload of a session goes to a place of its own, 8 KiB a command."""

    def __init__(self, b):
        self.b = b
        b.axi.on_write = self.wrote
        self.payload = {}  # place: index of the command
        self.pending = set()  # (index, number) of bursts without answer
        self.unwritten = set()  # indices of payload commands of which nothing has come
        self.failed = {}  # slot: indices of payload commands of its session that failed
        self.bad_frames = set()  # indices
        self.records = [[] for _ in b.qps]  # by entry: (index, kind, slot, words)
        self.closed = set()  # slots whose session has ended, as far as host memory says
        self.kinds = {"marked": 0, "good": 0, "fault": 0}
        self.lost = set()
        self.bad_fences = 0

    def expect(self, index, place, slot=None):
        self.payload[place] = (index, slot)
        self.unwritten.add(index)

    def wrote(self, number, addr, data, bad):
        for qp, q in enumerate(self.b.qps):
            if q.evq <= addr < q.evq + (32 << q.evq_log2):
                self.record(qp, (addr - q.evq) // 32, data, bad)
                return
        index, slot = self.payload[self.place(addr)]
        self.pending.add((index, number))
        self.unwritten.discard(index)
        if bad and slot is not None:
            self.failed.setdefault(slot, set()).add(index)
        elif bad:
            self.bad_frames.add(index)

    def place(self, addr):
        for qp, q in enumerate(self.b.qps):
            if q.rxr <= addr < q.rxr + (1 << q.rxr_log2 + q.slot_log2):
                return ("frame", qp, addr - q.rxr >> q.slot_log2)
        return addr >> 13

    def record(self, qp, entry, data, bad):
        index, kind, slot, want = self.records[qp][entry]
        answered = self.b.axi.answered
        self.pending = {p for p in self.pending if p[1] not in answered}
        early = [i for i, _ in self.pending if i < index] + [i for i in self.unwritten if i < index]
        assert not early, f"record of command {index} although {early} are not known to be in memory"
        got = [int.from_bytes(data[i : i + 4], "little") for i in range(0, 32, 4)]
        want = [*want[:7], want[7] | 1 << 31]
        frame = index - 1 in self.bad_frames and kind == HOST
        if frame:
            addr = self.b.qps[qp].rxr + (want[1] << self.b.qps[qp].slot_log2)
            want = [FAULT | 1 << 8, 0, addr & 0xFFFFFFFF, addr >> 32, want[1], 0, 0, 1 << 31]
            self.kinds["fault"] += 1
        ends = kind == FENCE or want[0] & 0xFF == SESSION_END
        broken = SESSION_END | DMA_FAULT << 8 | want[0] & 0x2F0000 if ends else FAULT | 1 << 8
        marked = got[0] == broken and kind != HOST
        failed = self.failed.get(slot, set()) if kind != HOST else set()
        if marked:
            assert failed, f"record of command {index}: no write of slot {slot} has failed"
            want = [broken, want[1], want[2] if ends else 0, 0, 0, 0, 0, 1 << 31]
        else:
            assert not any(i < index for i in failed), f"record of command {index} announces what {failed} have spoilt"
        self.kinds["marked" if marked else "good"] += 1
        self.bad_fences += marked and kind == FENCE
        assert got == want, f"command {index}: {[hex(w) for w in got]} instead of {[hex(w) for w in want]}"
        if bad:
            self.lost.add(qp)
        if ends:
            self.closed.add(slot)
            self.failed.pop(slot, None)


async def storm(dut, name, chance, commands=260):
    """Everything at once over a bus that answers late and refuses some."""
    b = bench(dut, name)
    rng = b.rng
    for q in b.qps:
        q.rxr_log2, q.evq_log2 = 8, 10
    await b.start(stall=0.1, latency=(1, 300))
    await ClockCycles(dut.clk_i, 80)  # as many marks are swept, at least
    rings = Rings(b)
    b.axi.mem.fails = lambda addr: rng.random() < chance
    sessions = dict.fromkeys(range(6), 1)  # slot: generation
    slots = [0] * len(b.qps)
    frames, index = deque(), 0
    feeder = cocotb.start_soon(b.feed_from(frames, 0.05))
    for _ in range(commands):
        for slot in rings.closed & set(range(60)) - set(sessions):
            if rng.random() < 0.2:
                sessions[slot] = rng.randrange(1, 1 << 16)
                rings.closed.discard(slot)
        kind = rng.choice([HOST, SESSION, SESSION, SESSION, RECORD, RECORD, FENCE] if len(sessions) > 2 else [HOST, RECORD])
        qp = rng.randrange(len(b.qps))
        frame = rng.randbytes(rng.choice([64, rng.randint(60, 300), rng.randint(60, 1514)]))
        if kind == HOST:
            if slots[qp] > 200:
                continue
            words = [NIC_RX, slots[qp], len(frame), 0, 0, 0, 0, 0]
            rings.expect(index, ("frame", qp, slots[qp]))
            rings.records[qp].append((index + 1, HOST, None, words))
            slots[qp] += 1
            todo = dict(length=len(frame), record=NIC_RX)
            index += 1
        elif kind == SESSION:
            slot = rng.choice(list(sessions))
            base = 0x400000000 + (index << 13)
            rings.expect(index, base >> 13, slot)
            skip = rng.randint(0, 50)
            todo = dict(skip=skip, length=rng.randint(1, len(frame) - skip), base=base, log2=13, off=rng.randint(0, 6000))
            todo["handle"] = sessions[slot] << 16 | slot
        else:
            slot = rng.choice(list(sessions) or [61])
            closed = kind == RECORD and rng.random() < 0.15
            first = SESSION_END | CLOSED << 8 if closed else SESSION_EVENT
            words = [first | rng.getrandbits(6) << 16, sessions.get(slot, 1) << 16 | slot]
            words += [rng.getrandbits(32) for _ in range(5)] + [0]
            rings.records[qp].append((index, kind, slot, words))
            if closed or kind == FENCE:
                sessions.pop(slot, None)
            todo = dict(record=sum(w << 32 * i for i, w in enumerate(words)))
        index += 1
        if kind in (HOST, SESSION):
            frames.append(frame)
        await b.place(kind, qp, **todo)
    frames.append(None)
    await feeder
    await b.idle()
    assert sum(rings.kinds.values()) - rings.kinds["fault"] == sum(map(len, rings.records)), "each record is written, once"
    await ClockCycles(dut.clk_i, 400)
    assert int(dut.evq_failed_o.value) == sum(1 << qp for qp in rings.lost)
    assert b.bad_fences == rings.bad_fences
    return rings


@cocotb.test()
@cocotb.parametrize(percent=[0, 1, 6, 25])
async def records_wait_for_all_payload_before_them(dut, percent):
    rings = await storm(dut, f"answers{percent}", percent / 100)
    cocotb.log.info("%s", rings.kinds)
    assert min(rings.kinds.values()) > 3 or percent < 25


@cocotb.test()
async def a_record_that_waits_causes_no_early_interrupt(dut):
    """An interrupt for events that were seen would disarm, and the next one would not come."""
    b = bench(dut, "early")
    await b.start(latency=(1, 1))
    await b.place(RECORD, qp=0, record=SESSION_EVENT)
    await b.place(RECORD, qp=0, record=SESSION_EVENT)
    await b.idle()
    assert len(b.irqs) == 1  # and one is pending
    b.axi.b_quiet = True
    cocotb.start_soon(b.feed([bytes(64)]))
    await b.place(SESSION, length=64, base=0x5000000, log2=16)
    await b.place(RECORD, qp=0, record=SESSION_EVENT)
    await ClockCycles(dut.clk_i, 50)
    b.qps[0].evq_head, b.qps[0].we = 2, 1
    b.settings()
    await RisingEdge(dut.clk_i)
    b.qps[0].we = 0
    b.settings()
    await ClockCycles(dut.clk_i, 50)
    assert len(b.irqs) == 1, "nothing new"
    b.axi.b_quiet = False
    await b.idle()
    assert b.event(0, 2) and len(b.irqs) == 2


async def a_storm(dut):
    await storm(dut, "again", 0.05)


@cocotb.test()
async def reset_in_a_storm(dut):
    """What failed before is forgotten."""
    await cut_short(dut, seeded(), a_storm, longest=6_000)


@cocotb.test()
async def late_answers_cost_no_bandwidth(dut):
    """1 µs: what Depth and the bursts that host_dma_wr has outstanding are made for (docs/blocks/host_place.md)."""
    b = bench(dut, "late")
    for q in b.qps:
        q.evq_log2 = 12
    await b.start(latency=(250, 250))
    n, length = 120, 1460
    cocotb.start_soon(b.feed([b.rng.randbytes(length)] * 2 * n))
    beats = -(-length // b.w) + max(1, 32 // b.w)

    async def run(first):
        begin = b.axi.cycle
        for i in range(n):
            await b.place(SESSION, length=length, base=0x5000000, log2=20, off=2048 * (first + i))
            await b.place(RECORD, qp=i % len(b.qps), record=SESSION_EVENT)
        return (b.axi.cycle - begin) / n

    await run(0)
    cycles = await run(n)
    cocotb.log.info("%.2f cycles a segment of %d bytes with its record, the bus needs %d", cycles, length, beats)
    assert cycles <= beats * 1.03
    await b.idle()


@cocotb.test()
async def a_bus_that_does_not_answer_holds_the_records_and_loses_nothing(dut):
    b = bench(dut, "quiet")
    await b.start()
    rings = Rings(b)
    b.axi.b_quiet = True
    frames = deque(b.rng.randbytes(64) for _ in range(40))
    cocotb.start_soon(b.feed_from(frames))

    async def everything():
        for i in range(40):
            rings.expect(i * 2, (0x400000000 >> 13) + i, 3)
            rings.records[0].append((i * 2 + 1, RECORD, 3, [SESSION_EVENT, 3, i, 0, 0, 0, 0, 0]))
            await b.place(SESSION, length=64, base=0x400000000 + (i << 13), log2=13, handle=3)
            await b.place(RECORD, qp=0, record=SESSION_EVENT | 3 << 32 | i << 64)

    task = cocotb.start_soon(everything())
    await ClockCycles(dut.clk_i, 3000)
    assert rings.kinds["good"] == 0 and len(rings.pending) > 10, "payload overtakes, records do not"
    assert not dut.idle_o.value
    b.axi.b_quiet = False
    await task
    await b.idle()
    assert rings.kinds["good"] == 40 and not b.event(0, 40)


@cocotb.test()
async def a_completion_does_not_overtake_the_records_before_it(dut):
    b = bench(dut, "completion")
    await b.start(latency=(200, 200))
    cocotb.start_soon(b.feed([bytes(64)]))
    await b.place(SESSION, length=64, base=0x5000000, log2=16)
    await b.place(RECORD, qp=0, record=SESSION_EVENT)
    await ClockCycles(dut.clk_i, 20)
    await b.firmware(0x77000, bytes(32))
    await b.idle()
    assert [addr for addr, _ in b.axi.write_log] == [0x5000000, b.qps[0].evq, 0x77000]


@cocotb.test()
async def a_record_that_cannot_be_written_is_shown(dut):
    b = bench(dut, "hole")
    b.qps[1].evq_log2 = 12
    await b.start()
    b.axi.mem.bad = {(b.qps[1].evq >> 12) + 1}
    for i in range(130):
        await b.place(RECORD, qp=1, record=SESSION_EVENT | i << 32)
        await b.place(RECORD, qp=0, record=SESSION_EVENT | i << 32) if i < 40 else None
    await b.idle()
    assert int(dut.evq_failed_o.value) == 0b10
    b.qps[1].enable = 0
    b.settings()
    await ClockCycles(dut.clk_i, 30)
    assert int(dut.evq_failed_o.value) == 0


@cocotb.test()
async def reset_in_the_middle(dut):
    """Nothing of what was under way comes out afterwards."""
    await cut_short(dut, seeded(), frames_and_payload_land_where_they_belong)

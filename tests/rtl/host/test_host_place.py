# SPDX-License-Identifier: Apache-2.0
"""host_place (with host_evq, host_cut, host_dma_wr and host_irq) against a model of the rings in host memory."""

import os
import random

import cocotb
from axi_memory import AxiMemory, Memory
from cocotb.clock import Clock
from cocotb.triggers import ClockCycles, RisingEdge
from stream_bfm import cut_short, seeded

BENCH = dict(
    top="tb_host_place",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/host/host.f", "tests/rtl/host/tb_host_place.sv"],
    params=[dict(Kind=0), dict(Kind=1), dict(Kind=2)],
)

DROP, HOST, SESSION, RECORD, FENCE = range(5)
COUNTERS = ["fault_lost", "evq_lost", "mirror_lost", "tx_mirrored", "rx_mirrored", "evq_stall", "evq_records", "event_full", "ring_full", "disabled", "to_host"]
NIC_RX, TX_DONE, SESSION_EVENT, FAULT = 1, 2, 3, 5
RESERVE = 16


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
        self.fences = 0
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
            fences += 1
            plan.append(dict(kind=FENCE))
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
    words = b.event(0, 1)
    assert words[0] == FAULT | 1 << 8 and words[2] | words[3] << 32 == b.qps[0].rxr


@cocotb.test()
async def firmware_writes_join(dut):
    b = bench(dut, "mcu")
    await b.start(stall=0.1)
    data = b.rng.randbytes(200)

    async def mcu():
        dut.mcu_addr_i.value = 0x77003
        dut.mcu_len_i.value = len(data)
        dut.mcu_irq_i.value = 1
        dut.mcu_valid_i.value = 1
        while True:
            await RisingEdge(dut.clk_i)
            if dut.mcu_ready_o.value:
                break
        dut.mcu_valid_i.value = 0
        for i in range(0, len(data), b.w):
            dut.mcu_data_i.value = int.from_bytes(data[i : i + b.w], "little")
            dut.mcu_data_last_i.value = i + b.w >= len(data)
            dut.mcu_data_valid_i.value = 1
            while True:
                await RisingEdge(dut.clk_i)
                if dut.mcu_data_ready_o.value:
                    break
        dut.mcu_data_valid_i.value = 0

    frame = b.rng.randbytes(300)
    cocotb.start_soon(b.feed([frame] * 6))
    task = cocotb.start_soon(mcu())
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

    for i in range(3):
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
    first = b.axi.cycle
    for i in range(n):
        await b.place(SESSION, skip=0, length=64, base=0x5000000, log2=16, off=64 * i)
    cycles = b.axi.cycle - first
    cocotb.log.info("session: %.2f cycles a frame of 64 bytes", cycles / n)
    assert cycles / n <= max(1, 64 // b.w) * 1.06
    await b.idle()
    assert b.counters["to_host"] == n


@cocotb.test()
async def reset_in_the_middle(dut):
    """Nothing of what was under way comes out afterwards."""
    await cut_short(dut, seeded(), frames_and_payload_land_where_they_belong)

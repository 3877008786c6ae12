# SPDX-License-Identifier: Apache-2.0
"""toe_mirror: copies of frames come whole, in order, or are counted as lost; nothing waits for them."""
from collections import deque

import cocotb
from cocotb.triggers import ClockCycles, FallingEdge, RisingEdge
from rtltypes import MIRROR_NOTE
from stream_bfm import Packed, cut_short, reset, seeded, start
from toe_abi import enum, layout

BENCH = dict(
    top="toe_mirror",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/net/net_rx_buf.sv", "rtl/top/toe_mirror.sv"],
)

NOTE = Packed(*MIRROR_NOTE)
RX, TX = 0, 1
REASONS = [enum("rx_reason")["MIRROR_RX"], enum("rx_reason")["MIRROR_TX"]]
RECORD = layout("event_nic_rx")


class Bench:
    """Two taps that nothing holds up, and a reader who stalls."""

    def __init__(self, dut, rng, stall=0.0, refuse=0.0):
        self.dut, self.rng, self.stall, self.refuse = dut, rng, stall, refuse
        self.bytes = len(dut.tap_tx_keep_i)
        self.width = 8 * self.bytes
        self.sent = [deque(), deque()]       # (handle, bytes) of frames that were not lost
        self.queue = [deque(), deque()]      # frames to come: (gap, handle, bytes)
        self.lost = [0, 0]
        self.taken = [0, 0]
        self.refused = 0
        self.held = False
        self.tasks = [cocotb.start_soon(self._taps()), cocotb.start_soon(self._reader())]

    def frame(self, direction, size, gap):
        body = self.rng.randbytes(size)
        self.queue[direction].append((gap, self.rng.getrandbits(32), body))

    def stop(self):
        for task in self.tasks:
            task.cancel()

    async def _taps(self):
        dut, state = self.dut, [None, None]
        while True:
            await FallingEdge(dut.clk_i)
            valid = last = data = notes = keep = 0
            for d in (RX, TX):
                if state[d] is None and self.queue[d]:
                    gap, handle, body = self.queue[d].popleft()
                    state[d] = [gap, handle, body, 0]
                if state[d] is None:
                    continue
                gap, handle, body, at = state[d]
                if gap > 0:
                    state[d][0] -= 1
                    continue
                if at and d == TX and self.rng.random() < 0.1:
                    continue                                     # the wire pauses
                beat = body[at:at + self.bytes]
                valid |= 1 << d
                data |= int.from_bytes(beat, "little") << (d * self.width)
                if d == TX:
                    keep = (1 << len(beat)) - 1
                notes |= NOTE.pack(note_handle=handle, note_qp=1, note_len=len(body)) << (d * NOTE.width)
                state[d][3] = at + self.bytes
                if state[d][3] >= len(body):
                    last |= 1 << d
                    self.sent[d].append((handle, body))
                    state[d] = None
            dut.tap_valid_i.value, dut.tap_last_i.value, dut.tap_data_i.value = valid, last, data
            dut.tap_i.value, dut.tap_tx_keep_i.value = notes, keep
            await RisingEdge(dut.clk_i)
            lost = int(dut.lost_o.value)
            for d in (RX, TX):
                if lost >> d & 1:
                    self.lost[d] += 1
                    self.sent[d].pop()

    async def _reader(self):
        dut, rng, current = self.dut, self.rng, None
        while True:
            await FallingEdge(dut.clk_i)
            go = not self.held and rng.random() >= self.stall
            drop = rng.random() < self.refuse
            dut.mir_ready_i.value = int(go and current is None)
            dut.mir_drop_i.value = int(drop)
            dut.mir_data_ready_i.value = int(go and current is not None)
            await RisingEdge(dut.clk_i)
            if not go:
                continue
            if current is None and int(dut.mir_valid_o.value):
                record = RECORD.unpack(int(dut.mir_record_o.value))
                direction = REASONS.index(record["reason"])
                handle, body = self.sent[direction].popleft()
                assert (record["handle"], record["len"]) == (handle, len(body))
                assert (int(dut.mir_len_o.value), int(dut.mir_qp_o.value)) == (len(body), 1)
                if drop:
                    self.refused += 1
                else:
                    current = (direction, body, 0)
            elif current is not None and int(dut.mir_data_valid_o.value):
                direction, body, at = current
                beat = int(dut.mir_data_o.value).to_bytes(self.bytes, "little")[:len(body) - at]
                assert beat == body[at:at + self.bytes], f"byte {at} of a frame of {len(body)}"
                at += self.bytes
                assert int(dut.mir_data_last_o.value) == int(at >= len(body))
                current = (direction, body, at) if at < len(body) else None
                self.taken[direction] += int(current is None)

    async def settle(self, cycles=200_000):
        for _ in range(cycles):
            await RisingEdge(self.dut.clk_i)
            if not any(self.queue) and not any(self.sent) and int(self.dut.idle_o.value):
                return
        raise AssertionError(f"not idle: {[len(s) for s in self.sent]} copies to come")


async def begin(dut, **kwargs):
    dut.now_us_i.value = 0
    dut.tap_valid_i.value = 0
    bench = Bench(dut, seeded(), **kwargs)
    await start(dut)
    return bench


def a_size(rng):
    return rng.choice([60, 61, 66, 128, 1514, 1517, 1518, rng.randint(60, 1518)])


@cocotb.test()
async def at_a_moderate_pace_every_copy_comes(dut):
    """What the wire carries at a fifth of the way to memory has room, whatever the sizes."""
    bench = await begin(dut, stall=0.3)
    for _ in range(400):
        for d in (RX, TX):
            size = a_size(bench.rng)
            bench.frame(d, size, gap=4 * size // bench.bytes + 20)
    await bench.settle()
    assert bench.lost == [0, 0] and bench.taken == [400, 400]


@cocotb.test()
async def a_burst_of_the_smallest_is_held(dut):
    """As many frames as there are notes for, while nobody reads."""
    bench = await begin(dut)
    bench.held = True
    for d in (RX, TX):
        for _ in range(16):
            bench.frame(d, 60, gap=0)
    await ClockCycles(dut.clk_i, 400)
    assert bench.lost == [0, 0]
    bench.held = False
    await bench.settle()
    assert bench.taken == [16, 16]


@cocotb.test()
async def what_finds_no_room_is_lost_whole_and_counted(dut):
    bench = await begin(dut, stall=0.6, refuse=0.1)
    total = 600
    for _ in range(total):
        for d in (RX, TX):
            bench.frame(d, a_size(bench.rng), gap=bench.rng.choice([0, 0, 3]))
    await bench.settle()
    assert min(bench.lost) > 0 and bench.refused > 0
    assert sum(bench.taken) + sum(bench.lost) + bench.refused == 2 * total


@cocotb.test()
async def a_reset_forgets_everything(dut):
    bench = await begin(dut, stall=0.5)
    for _ in range(8):
        for _ in range(20):
            for d in (RX, TX):
                bench.frame(d, a_size(bench.rng), gap=0)
        await ClockCycles(dut.clk_i, bench.rng.randint(1, 3000))
        bench.stop()
        dut.tap_valid_i.value = 0
        await reset(dut)
        assert int(dut.idle_o.value) and not int(dut.mir_valid_o.value)
        bench = Bench(dut, bench.rng, stall=0.5)
    bench.frame(RX, 1514, gap=0)
    bench.frame(TX, 1514, gap=0)
    await bench.settle()
    assert bench.taken == [1, 1]


@cocotb.test()
async def reset_in_the_middle(dut):
    """As a_reset_forgets_everything, in the middle of whatever the other tests do."""
    await cut_short(dut, seeded(), a_burst_of_the_smallest_is_held, what_finds_no_room_is_lost_whole_and_counted, rounds=3, longest=12_000)

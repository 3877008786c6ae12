# SPDX-License-Identifier: Apache-2.0
"""Source and sink for any valid/ready port whose payload is one packed vector, and packing of struct fields.

Both stall at random (`stall` is the probability of a pause in a cycle); both are driven from one `random.Random`.
"""
import random
from collections import deque

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import Event, RisingEdge, Timer


class Packed:
    """A packed struct: fields from the most significant one down, as in SystemVerilog."""

    def __init__(self, *fields):
        self.fields = fields
        self.width = sum(w for _, w in fields)

    def pack(self, **values):
        out = 0
        for name, width in self.fields:
            value = int(values.pop(name, 0))
            assert 0 <= value < (1 << width), f"{name}={value:#x} does not fit {width} bits"
            out = (out << width) | value
        assert not values, f"unknown fields {list(values)}"
        return out

    def unpack(self, word):
        out, pos = {}, self.width
        for name, width in self.fields:
            pos -= width
            out[name] = (word >> pos) & ((1 << width) - 1)
        return out


class Source:
    """Drives a stream from `send`; payloads are integers, or dicts of signal name -> integer for several payload signals."""

    def __init__(self, clk, valid, ready, data, rng, stall=0.0):
        self.clk, self.valid, self.ready, self.rng, self.stall = clk, valid, ready, rng, stall
        self.data = data if isinstance(data, (list, tuple)) else [data]
        self.queue = deque()
        self.sent = 0
        self.idle = Event()
        valid.value = 0
        self.task = cocotb.start_soon(self._run())

    def send(self, *payload):
        self.queue.append(payload)

    def clear(self):
        self.queue.clear()
        self.valid.value = 0
        self._high = False

    async def drain(self):
        while self.queue:
            await RisingEdge(self.clk)

    async def _run(self):
        self._high = False
        while True:
            await RisingEdge(self.clk)
            if self._high:
                if int(self.ready.value) == 0:
                    continue
                self.queue.popleft()
                self.sent += 1
                self._high = False
            if self.queue and not (self.stall and self.rng.random() < self.stall):
                for signal, value in zip(self.data, self.queue[0]):
                    signal.value = value
                self.valid.value = 1
                self._high = True
            else:
                self.valid.value = 0


class Sink:
    """Takes a stream; `got` holds the payloads (tuples when there are several payload signals)."""

    def __init__(self, clk, valid, ready, data, rng, stall=0.0):
        self.clk, self.valid, self.ready, self.rng, self.stall = clk, valid, ready, rng, stall
        self.data = data if isinstance(data, (list, tuple)) else [data]
        self.single = not isinstance(data, (list, tuple))
        self.got = deque()
        self.ready_now = False
        ready.value = 0
        self.task = cocotb.start_soon(self._run())

    def clear(self):
        self.got.clear()

    async def wait(self, count, cycles=100_000):
        for _ in range(cycles):
            if len(self.got) >= count:
                return
            await RisingEdge(self.clk)
        raise AssertionError(f"only {len(self.got)} of {count} words after {cycles} cycles")

    async def _run(self):
        while True:
            await RisingEdge(self.clk)
            if self.ready_now and int(self.valid.value):
                words = tuple(int(s.value) for s in self.data)
                self.got.append(words[0] if self.single else words)
            now = not (self.stall and self.rng.random() < self.stall)
            if now != self.ready_now:
                self.ready.value = int(now)
                self.ready_now = now


def seeded():
    """A generator seeded from cocotb's own seed, which the log shows."""
    seed = cocotb.RANDOM_SEED
    cocotb.log.info("seed %d (COCOTB_RANDOM_SEED)", seed)
    return random.Random(seed)


async def start(dut, cycles=4):
    """Clock and reset."""
    cocotb.start_soon(Clock(dut.clk_i, 4, unit="ns").start())
    await reset(dut, cycles)


async def reset(dut, cycles=4):
    dut.rst_ni.value = 0
    for _ in range(cycles):
        await RisingEdge(dut.clk_i)
    dut.rst_ni.value = 1
    await RisingEdge(dut.clk_i)


async def cut_short(dut, rng, *scenarios, rounds=4, longest=2_000):
    """Resets in the middle: runs a test of the bench, ends it and everything that it started at a random cycle, and runs the
    next one, whose own beginning is the reset. What comes out afterwards must be right as if nothing had been before: the
    last run of each scenario is a whole one."""
    begun = []
    start_soon = cocotb.start_soon

    def recorded(coroutine):
        begun.append(start_soon(coroutine))
        return begun[-1]

    cocotb.start_soon = recorded
    try:
        for scenario in scenarios:
            run = getattr(scenario, "func", scenario)
            for _ in range(rounds):
                task = start_soon(run(dut))
                cycles = rng.randrange(8, longest)
                await Timer(4 * cycles, unit="ns")
                cocotb.log.info("reset about %d cycles into %s%s", cycles, run.__name__, " (it had ended)" if task.done() else "")
                if task.done():
                    task.result()
                for other in [task, *begun]:
                    if not other.done():
                        other.cancel()
                begun.clear()
            await run(dut)
            for other in begun:
                if not other.done():
                    other.cancel()
            begun.clear()
    finally:
        cocotb.start_soon = start_soon

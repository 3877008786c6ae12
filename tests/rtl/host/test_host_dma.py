# SPDX-License-Identifier: Apache-2.0
"""host_dma_rd and host_dma_wr against a memory that stalls, reorders and fails."""

import os
import random

import cocotb
from axi_memory import AxiMemory, Memory
from cocotb.clock import Clock
from cocotb.triggers import ClockCycles, RisingEdge
from stream_bfm import cut_short, seeded

BENCH = dict(
    top="tb_host_dma",
    files=[
        "rtl/pkg/toe_cfg_pkg.sv",
        "rtl/pkg/toe_pkg.sv",
        "rtl/prim/prim.f",
        "rtl/host/host.f",
        "tests/rtl/host/tb_host_dma.sv",
    ],
    params=[dict(Kind=0), dict(Kind=2)],
    thorough=[dict(Kind=1)],
)


def rng_of(name):
    seed = os.environ.get("COCOTB_RANDOM_SEED", "1")
    cocotb.log.info("seed %s", seed)
    return random.Random(f"{seed}/{name}")


async def start(dut, rng, **memory):
    cocotb.start_soon(Clock(dut.clk_i, 4, "ns").start())
    dut.rst_ni.value = 0
    for s in (dut.hold_i, dut.rd_valid_i, dut.data_ready_i, dut.wr_valid_i, dut.wdata_valid_i, dut.fault_ready_i):
        s.value = 0
    axi = AxiMemory(dut, Memory(), rng, **memory)
    cocotb.start_soon(axi.run())
    await ClockCycles(dut.clk_i, 5)
    dut.rst_ni.value = 1
    await RisingEdge(dut.clk_i)
    return axi


async def send_reads(dut, commands, rng, gaps):
    for client, addr, length in commands:
        while gaps and rng.random() < 0.3:
            await RisingEdge(dut.clk_i)
        dut.rd_client_i.value = client
        dut.rd_addr_i.value = addr
        dut.rd_len_i.value = length
        dut.rd_valid_i.value = 1
        while True:
            await RisingEdge(dut.clk_i)
            if dut.rd_ready_o.value:
                break
        dut.rd_valid_i.value = 0


async def collect_reads(dut, commands, rng, stall):
    """One (bytes, client, err, cycle of the last beat) for each command; checks the shape of the stream."""
    w = len(dut.data_o) // 8
    out, got, cycle = [], bytearray(), 0
    dut.data_ready_i.value = 1
    while len(out) < len(commands):
        await RisingEdge(dut.clk_i)
        cycle += 1
        if dut.data_valid_o.value and dut.data_ready_i.value:
            keep = int(dut.data_keep_o.value)
            n = keep.bit_length()
            assert keep == (1 << n) - 1 and n > 0, f"keep {keep:#x}"
            last = int(dut.data_last_o.value)
            assert last or n == w, "a partial beat before the last"
            got += int(dut.data_o.value).to_bytes(w, "little")[:n]
            if last:
                out.append((bytes(got), int(dut.data_client_o.value), int(dut.data_err_o.value), cycle))
                got = bytearray()
        dut.data_ready_i.value = 0 if rng.random() < stall else 1
        assert cycle < 200000, "the reader hangs"
    return out


def lengths(rng, most=5000):
    return rng.choice([rng.randint(1, 70), rng.randint(1, 1600), rng.randint(1, most), 64, 1460])


@cocotb.test()
async def reads_any_alignment_in_order(dut):
    rng = rng_of("reads")
    axi = await start(dut, rng, stall=0.15, latency=(2, 120))
    commands = []
    for i in range(150):
        length = lengths(rng, 9000 if i % 10 == 0 else 3000)
        addr = rng.choice([0, 0x1000, 0x12345678000, (1 << 63)]) + rng.randint(0, 12000)
        axi.mem.write(addr, rng.randbytes(length))
        commands.append((rng.randint(0, 4), addr, length))
    want = [axi.mem.read(a, n) for _, a, n in commands]
    cocotb.start_soon(send_reads(dut, commands, rng, True))
    got = await collect_reads(dut, commands, rng, 0.3)
    for i, ((data, client, err, _), command) in enumerate(zip(got, commands)):
        assert err == 0
        assert client == command[0], f"command {i}: client"
        assert data == want[i], f"command {i} {command}: wrong bytes"
    assert axi.max_reads > 4, "hardly anything was outstanding"
    await ClockCycles(dut.clk_i, 3)
    assert dut.rd_idle_o.value == 1


@cocotb.test()
async def read_errors_come_with_their_own_command(dut):
    rng = rng_of("errors")
    axi = await start(dut, rng, stall=0.1)
    axi.mem.bad = {0x5, 0x9}
    errors = 0

    async def count():
        nonlocal errors
        while True:
            await RisingEdge(dut.clk_i)
            errors += int(dut.rd_error_count_o.value)

    cocotb.start_soon(count())
    commands = [(i % 5, rng.randint(0, 0xB000), rng.randint(1, 2500)) for i in range(120)]
    cocotb.start_soon(send_reads(dut, commands, rng, True))
    got = await collect_reads(dut, commands, rng, 0.1)
    bad = 0
    for (data, _, err, _), (_, addr, length) in zip(got, commands):
        expect = any(p in axi.mem.bad for p in range(addr >> 12, (addr + length - 1 >> 12) + 1))
        assert err == expect
        assert len(data) == length
        bad += expect
    await RisingEdge(dut.clk_i)
    assert bad > 5 and errors == bad


@cocotb.test()
async def reads_run_at_the_bus_rate(dut):
    rng = rng_of("rate")
    axi = await start(dut, rng, latency=(40, 60), reorder=False)
    w = axi.w
    n = 120
    addrs = [0x10000 + i * 1460 for i in range(n)]
    commands = [(0, a, 1460) for a in addrs]
    cocotb.start_soon(send_reads(dut, commands, rng, False))
    got = await collect_reads(dut, commands, rng, 0.0)
    assert all(g[2] == 0 for g in got)
    skip = 20
    cycles = got[-1][3] - got[skip][3]
    beats = sum((a % w + 1460 + w - 1) // w for a in addrs[skip + 1 :])
    cocotb.log.info("read: %d beats of the bus in %d cycles: %.3f", beats, cycles, beats / cycles)
    assert beats / cycles > 0.97


async def send_writes(dut, commands, rng, gaps):
    for addr, data, wrap, base, irq, handle in commands:
        while gaps and rng.random() < 0.3:
            await RisingEdge(dut.clk_i)
        dut.wr_addr_i.value = addr
        dut.wr_len_i.value = len(data)
        dut.wr_wrap_i.value = wrap
        dut.wr_wrap_base_i.value = base
        dut.wr_irq_i.value = irq is not None
        dut.wr_irq_id_i.value = irq or 0
        dut.wr_handle_i.value = handle
        dut.wr_valid_i.value = 1
        while True:
            await RisingEdge(dut.clk_i)
            if dut.wr_ready_o.value:
                break
        dut.wr_valid_i.value = 0


async def send_wdata(dut, commands, rng, gaps):
    w = len(dut.wdata_i) // 8
    for command in commands:
        data = command[1]
        for i in range(0, len(data), w):
            while gaps and rng.random() < 0.2:
                dut.wdata_valid_i.value = 0
                await RisingEdge(dut.clk_i)
            # Garbage behind the end must not matter.
            beat = data[i : i + w]
            beat += rng.randbytes(w - len(beat))
            dut.wdata_i.value = int.from_bytes(beat, "little")
            dut.wdata_valid_i.value = 1
            while True:
                await RisingEdge(dut.clk_i)
                if dut.wdata_ready_o.value:
                    break
    dut.wdata_valid_i.value = 0


async def collect_done(dut, n):
    out = []
    cycle = 0
    while len(out) < n:
        await RisingEdge(dut.clk_i)
        cycle += 1
        if dut.done_valid_o.value:
            irq = int(dut.done_irq_id_o.value) if dut.done_irq_o.value else None
            out.append((irq, int(dut.done_err_o.value), cycle))
        assert cycle < 200000, "the writer hangs"
    return out


@cocotb.test()
async def writes_any_alignment_wrap_and_irq(dut):
    rng = rng_of("writes")
    axi = await start(dut, rng, stall=0.15, latency=(2, 120))
    commands, model = [], Memory()
    for i in range(250):
        data = rng.randbytes(lengths(rng))
        irq = rng.randint(0, 16) if rng.random() < 0.4 else None
        if rng.random() < 0.3:
            base = rng.randint(1, 9) << 14
            size = 1 << rng.randint(13, 16)
            off = rng.randint(max(0, size - len(data) - 50), size - 1)
            left = size - off
            wrap = left if left < len(data) else 0
            commands.append((base + off, data, wrap, base, irq, i))
            model.write(base + off, data[: left if wrap else len(data)])
            if wrap:
                model.write(base, data[left:])
        else:
            addr = rng.choice([0x100000, 0xFFFFFFF00000]) + rng.randint(0, 12000)
            commands.append((addr, data, 0, 0, irq, i))
            model.write(addr, data)
    cocotb.start_soon(send_writes(dut, commands, rng, True))
    cocotb.start_soon(send_wdata(dut, commands, rng, True))
    done = await collect_done(dut, len(commands))
    for i, (d, command) in enumerate(zip(done, commands)):
        assert d[0] == command[4] and d[1] == 0, f"command {i}"
    for number, page in model.pages.items():
        assert axi.mem.page(number << 12) == page, f"page {number:#x}"
    assert set(axi.mem.pages) == set(model.pages), "a write outside"
    await ClockCycles(dut.clk_i, 4)
    assert dut.wr_idle_o.value == 1


@cocotb.test()
async def write_errors_are_reported(dut):
    rng = rng_of("write errors")
    axi = await start(dut, rng, stall=0.1)
    axi.mem.bad = {0x3}
    dut.fault_ready_i.value = 1
    faults, counted = [], 0

    async def watch():
        nonlocal counted
        while True:
            await RisingEdge(dut.clk_i)
            counted += int(dut.wr_error_count_o.value)
            if dut.fault_valid_o.value:
                faults.append(int(dut.fault_handle_o.value))

    cocotb.start_soon(watch())
    commands = [(rng.randint(0, 0x6000), rng.randbytes(rng.randint(1, 3000)), 0, 0, None, i) for i in range(80)]
    cocotb.start_soon(send_writes(dut, commands, rng, True))
    cocotb.start_soon(send_wdata(dut, commands, rng, True))
    done = await collect_done(dut, len(commands))
    await ClockCycles(dut.clk_i, 5)
    want = [i for i, c in enumerate(commands) if c[0] >> 12 <= 3 <= (c[0] + len(c[1]) - 1) >> 12]
    assert [i for i, d in enumerate(done) if d[1]] == want
    assert faults == want and counted == len(want) and want


@cocotb.test()
async def no_interrupt_before_the_response(dut):
    rng = rng_of("irq")
    axi = await start(dut, rng)
    axi.b_quiet = True
    commands = [(0x1000, bytes(32), 0, 0, 7, 0)]
    cocotb.start_soon(send_writes(dut, commands, rng, False))
    cocotb.start_soon(send_wdata(dut, commands, rng, False))
    for _ in range(200):
        await RisingEdge(dut.clk_i)
        assert dut.done_valid_o.value == 0
    assert axi.write_bursts == 1 and dut.wr_idle_o.value == 0
    axi.b_quiet = False
    assert (await collect_done(dut, 1))[0][0] == 7


@cocotb.test()
async def writes_run_at_the_bus_rate(dut):
    rng = rng_of("write rate")
    axi = await start(dut, rng, latency=(40, 60))
    w, n = axi.w, 100
    addrs = [0x10007 + i * 1460 for i in range(n)]
    commands = [(a, rng.randbytes(1460), 0, 0, None, 0) for a in addrs]
    cocotb.start_soon(send_writes(dut, commands, rng, False))
    cocotb.start_soon(send_wdata(dut, commands, rng, False))
    while not dut.m_axi_wvalid.value:
        await RisingEdge(dut.clk_i)
    first = axi.cycle
    await collect_done(dut, n)
    beats = sum(((a % w) + 1460 + w - 1) // w for a in addrs)
    assert axi.write_beats >= beats
    # 50 cycles: the responses of the last commands.
    cycles = axi.cycle - first - 50
    cocotb.log.info("write: %d beats in %d cycles: %.3f", axi.write_beats, cycles, axi.write_beats / cycles)
    assert axi.write_beats / cycles > 0.95


@cocotb.test()
async def hold_lets_the_bus_become_quiet(dut):
    rng = rng_of("hold")
    axi = await start(dut, rng, stall=0.2)
    commands = [(0, i * 999, 1460) for i in range(40)]
    cocotb.start_soon(send_reads(dut, commands, rng, False))
    dut.data_ready_i.value = 1
    await ClockCycles(dut.clk_i, 100)
    dut.hold_i.value = 1
    for _ in range(5000):
        await RisingEdge(dut.clk_i)
        if dut.rd_idle_o.value:
            break
    assert dut.rd_idle_o.value == 1 and not axi.reads
    beats = axi.read_beats
    await ClockCycles(dut.clk_i, 100)
    assert axi.read_beats == beats


@cocotb.test()
async def reset_in_the_middle(dut):
    """Nothing of what was under way comes out afterwards."""
    await cut_short(dut, seeded(), reads_any_alignment_in_order, writes_any_alignment_wrap_and_irq)

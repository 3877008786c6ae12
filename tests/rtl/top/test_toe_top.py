# SPDX-License-Identifier: Apache-2.0
"""The whole engine between cocotbext-axi's models: registers, firmware, NIC path in both directions, reset."""

import os
import random
import re
import struct
from pathlib import Path

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import ClockCycles, RisingEdge, with_timeout
from cocotb.utils import get_sim_time
from cocotbext.axi import AxiBus, AxiLiteBus, AxiLiteMaster, AxiRam, AxiStreamBus, AxiStreamFrame
from cocotbext.axi import AxiStreamSink, AxiStreamSource
from toe_abi import enum, layout, reg, reg_fields, reg_value

BENCHES = [
    dict(name="small", top="toe_top_small", files=["rtl/files.f"], verilator=["--public-depth", "1"]),
    dict(name="large", top="toe_top_large", files=["rtl/files.f"], verilator=["--public-depth", "1"]),
]

TXQ, BMQ, RXR, EVQ, ASQ, ACQ, DATA = (i << 16 for i in range(1, 8))
MAC_A, MAC_B = bytes.fromhex("020000000001"), bytes.fromhex("020000000002")


def csum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


def udp_frame(payload, src="10.0.0.1", dst="10.0.0.2", sport=1000, dport=2000, sums=True):
    a, b = (bytes(map(int, x.split("."))) for x in (src, dst))
    udp = struct.pack(">HHHH", sport, dport, 8 + len(payload), 0) + payload
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(udp), 7, 0, 64, 17, 0) + a + b
    if sums:
        c = csum(a + b + struct.pack(">HH", 17, len(udp)) + udp) or 0xFFFF
        udp = udp[:6] + struct.pack(">H", c) + udp[8:]
        ip = ip[:10] + struct.pack(">H", csum(ip)) + ip[12:]
    return MAC_B + MAC_A + b"\x08\x00" + ip + udp


class Engine:
    def __init__(self, dut, name):
        seed = os.environ.get("COCOTB_RANDOM_SEED", "1")
        cocotb.log.info("seed %s", seed)
        self.dut, self.rng = dut, random.Random(f"{seed}/{name}")
        self.irqs = []
        self.tail = 0

    async def start(self):
        d = self.dut
        cocotb.start_soon(Clock(d.clk_i, 4, "ns").start())
        d.rst_ni.value = 0
        d.now_us_i.value = 1000
        d.irq_ready_i.value = 1
        low = dict(reset_active_level=False)
        self.axil = AxiLiteMaster(AxiLiteBus.from_prefix(d, "s_axil"), d.clk_i, d.rst_ni, **low)
        self.ram = AxiRam(AxiBus.from_prefix(d, "m_axi"), d.clk_i, d.rst_ni, size=1 << 24, **low)
        self.source = AxiStreamSource(AxiStreamBus.from_prefix(d, "s_axis_rx"), d.clk_i, d.rst_ni, **low)
        self.sink = AxiStreamSink(AxiStreamBus.from_prefix(d, "m_axis_tx"), d.clk_i, d.rst_ni, **low)
        await ClockCycles(d.clk_i, 10)
        d.rst_ni.value = 1
        cocotb.start_soon(self.watch())
        await self.ready()

    async def watch(self):
        while True:
            await RisingEdge(self.dut.clk_i)
            if self.dut.irq_valid_o.value:
                self.irqs.append(int(self.dut.irq_vector_o.value))

    async def ready(self):
        for _ in range(20000):
            if not reg_fields("ctl_status", await self.read("ctl_status"))["busy"]:
                return
        raise AssertionError("busy for ever")

    async def read(self, name, index=0):
        return await with_timeout(self.axil.read_dword(reg(name, index)), 20, "us")

    async def write(self, name, value, index=0):
        await with_timeout(self.axil.write_dword(reg(name, index), value), 20, "us")

    async def queues(self, qp=0, vector=5):
        for name, base in (("txq", TXQ), ("bmq", BMQ), ("rxr", RXR), ("evq", EVQ)):
            await self.write(f"qp_{name}_base_lo", base + 0x4000 * qp, qp)
            await self.write(f"qp_{name}_base_hi", 0, qp)
        config = reg_value(
            "qp_config", txq_log2=4, bmq_log2=4, rxr_log2=3, slot_log2=11, evq_log2=6, vector=vector, enable=1
        )
        await self.write("qp_config", config, qp)
        await self.write("ctl_control", reg_value("ctl_control", rx_enable=1, tx_enable=1, session_enable=1))

    async def send(self, frame, qp=0, **flags):
        at = DATA + self.tail * 0x1000 + 3
        self.ram.write(at, frame)
        desc = layout("tx_desc").pack(addr=at, len=len(frame), hdr_len=42, l3_off=14, l4_off=34, **flags)
        self.ram.write(TXQ + 0x4000 * qp + 64 * (self.tail % 16), desc)
        self.tail += 1
        await self.write("db_txq_tail", self.tail, qp)

    async def event(self, count, qp=0, cycles=4000):
        for _ in range(cycles):
            raw = self.ram.read(EVQ + 0x4000 * qp + 32 * (count % 64), 32)
            if raw[31] >> 7 == 1 - (count >> 6 & 1):
                return raw
            await RisingEdge(self.dut.clk_i)
        raise AssertionError(f"no event {count}")

    async def idle(self, cycles=20000):
        for _ in range(cycles):
            await RisingEdge(self.dut.clk_i)
            if self.dut.idle_o.value:
                return
        raise AssertionError("the engine does not become idle")


@cocotb.test()
async def identity_and_firmware(dut):
    e = Engine(dut, "id")
    await e.start()
    text = (Path(__file__).resolve().parents[3] / "rtl/gen/toe_abi_pkg.sv").read_text()
    want = int(re.search(r"AbiHash = 64'h([0-9a-f_]+)", text)[1], 16)
    assert await e.read("id_magic") == 0x4F544F45
    assert await e.read("id_abi_hash_lo") | await e.read("id_abi_hash_hi") << 32 == want
    assert await e.read("id_data_width") == len(dut.m_axi_wdata)
    for _ in range(2000):
        state = reg_fields("ctl_status", await e.read("ctl_status"))["fw_state"]
        if state > 1:
            break
    assert state == 2, f"firmware state {state}"
    assert await e.read("ctl_fw_abi_hash_lo") | await e.read("ctl_fw_abi_hash_hi") << 32 == want
    await e.idle()


@cocotb.test()
async def nic_loop_wire_and_back(dut):
    e = Engine(dut, "nic")
    await e.start()
    await e.queues()
    events = 0
    # Through the loop.
    frame = udp_frame(b"around", sums=False)
    want = udp_frame(b"around")
    await e.send(frame, loop=1, ip_csum=1, l4_csum=1, udp=1)
    got = layout("event_nic_rx").unpack(await e.event(events))
    assert got["kind"] == enum("event_type")["NIC_RX"] and got["slot"] == 0 and got["injected"] == 1, got
    assert got["len"] == max(60, len(want)) and got["l4_csum"] == got["ip_csum"] == enum("csum_verdict")["GOOD"]
    assert e.ram.read(RXR, len(want)) == want
    events += 1
    await e.idle()
    assert e.irqs == [5]
    # To the wire, with a report.
    payload = e.rng.randbytes(900)
    await e.send(udp_frame(payload, sums=False), ip_csum=1, l4_csum=1, udp=1, report=1)
    sent = await with_timeout(e.sink.recv(), 40, "us")
    assert bytes(sent.tdata) == udp_frame(payload)
    done = layout("event_tx_done").unpack(await e.event(events))
    assert done["kind"] == enum("event_type")["NIC_TX_DONE"] and done["txq_head"] == 2
    events += 1
    # From the wire; one marked bad in between, one with a wrong checksum.
    frames = [udp_frame(e.rng.randbytes(n), sport=n) for n in (30, 300, 1400)]
    wrong = bytearray(frames[1])
    wrong[-1] ^= 1
    for f, bad in ((frames[0], 0), (frames[1], 1), (bytes(wrong), 0), (frames[1], 0), (frames[2], 0)):
        await e.source.send(AxiStreamFrame(f, tuser=[0] * (len(f) - 1) + [bad]))
    for i, f in enumerate(frames):
        got = layout("event_nic_rx").unpack(await e.event(events))
        assert got["slot"] == 1 + i and got["len"] == len(f), got
        assert e.ram.read(RXR + (1 + i << 11), len(f)) == f
        events += 1
    await e.idle()
    for name, value in dict(
        rx_frames=6, rx_drop_error=1, rx_drop_checksum=1, rx_to_host=4, tx_frames=1, tx_loop_frames=1, evq_records=events
    ).items():
        assert await e.read("counters_" + name) == value, name
    assert await e.read("qp_rxr_tail") == 4 and await e.read("qp_evq_tail") == events
    # One interrupt until the host has looked; then one more.
    assert e.irqs == [5]
    await e.write("db_evq_head", events)
    await e.source.send(AxiStreamFrame(frames[0]))
    await e.event(events)
    await e.idle()
    assert e.irqs == [5, 5]


@cocotb.test()
async def many_frames_both_ways(dut):
    e = Engine(dut, "many")
    await e.start()
    await e.queues()
    frames = [udp_frame(e.rng.randbytes(e.rng.randint(18, 1400)), sport=i) for i in range(40)]

    async def feed():
        for f in frames:
            await e.source.send(AxiStreamFrame(f))
            while e.source.count() > 2:
                await RisingEdge(dut.clk_i)

    task = cocotb.start_soon(feed())
    events, received, dones, newest = 0, 0, 0, -1
    for i in range(24):
        await e.send(frames[i], report=1)
        for _ in range(2):
            if received < len(frames) or dones < 24:
                raw = await e.event(events)
                events += 1
                if raw[0] == enum("event_type")["NIC_RX"]:
                    got = layout("event_nic_rx").unpack(raw)
                    # A full ring drops: the source port says which frame this is.
                    place = RXR + (received % 8 << 11)
                    number = int.from_bytes(e.ram.read(place + 34, 2), "big")
                    assert got["slot"] == received and number > newest
                    assert e.ram.read(place, len(frames[number])) == frames[number]
                    received, newest = received + 1, number
                    await e.write("db_rxr_head", received)
                else:
                    dones += 1
                await e.write("db_evq_head", events)
    await task
    sent = [bytes((await with_timeout(e.sink.recv(), 40, "us")).tdata) for _ in range(24)]
    assert sent == frames[:24]
    await e.idle()
    dropped = await e.read("counters_rx_drop_ring_full")
    assert await e.read("counters_rx_to_host") + dropped == len(frames)


@cocotb.test()
async def reset_at_any_moment(dut):
    e = Engine(dut, "reset")
    await e.start()
    for _ in range(6):
        await e.queues()
        e.tail = 0
        frames = [udp_frame(e.rng.randbytes(1000), sport=k) for k in range(4)]
        for f in frames:
            await e.source.send(AxiStreamFrame(f))
            await e.send(f)
        await ClockCycles(dut.clk_i, e.rng.randint(1, 400))
        await e.write("ctl_reset", 1)
        await e.ready()
        await e.source.wait()
        await ClockCycles(dut.clk_i, 2000)
        # Frames that left are whole.
        while not e.sink.empty():
            assert bytes(e.sink.recv_nowait().tdata) in frames
        await e.idle()
        assert await e.read("qp_config") == 0 and await e.read("counters_rx_frames") <= 4
    e.ram.write(EVQ, bytes(64 * 32))
    await e.queues()
    frame = udp_frame(b"after the reset")
    await e.source.send(AxiStreamFrame(frame))
    got = layout("event_nic_rx").unpack(await e.event(0))
    assert got["slot"] == 0 and e.ram.read(RXR, len(frame)) == frame


@cocotb.test()
async def a_frame_that_begins_in_a_reset_leaves_no_tail(dut):
    """Its first word in each of the cycles around a reset, the rest when frames are wanted again: it comes whole or not at all."""
    e = Engine(dut, "begins in reset")
    await e.start()
    width = len(dut.s_axis_rx_tkeep)
    tail = udp_frame(e.rng.randbytes(width * 2 + 1), sport=1)  # by itself it would be a frame
    cut = udp_frame(bytes(width), sport=2)[:width] + tail
    frame = udp_frame(b"after the reset")
    cut_short = 0
    for cycle in range(12, 28) if width == 8 else (20,):
        e.ram.write(EVQ, bytes(64 * 32))
        e.source.pause = True
        await e.source.send(AxiStreamFrame(cut))
        reset = cocotb.start_soon(e.write("ctl_reset", 1))
        await ClockCycles(dut.clk_i, 1 + cycle)
        e.source.pause = False  # for one word
        await RisingEdge(dut.clk_i)
        e.source.pause = True
        await reset
        await e.ready()
        await e.queues()
        e.source.pause = False
        await e.source.send(AxiStreamFrame(frame))
        got = layout("event_nic_rx").unpack(await e.event(0))
        data = e.ram.read(RXR, got["len"])
        assert data in (cut, frame), f"cycle {cycle}: {data.hex()}"
        cut_short += data == frame
    assert cut_short, "the reset was not among these cycles"


@cocotb.test()
async def a_reset_forgets_a_frame_that_could_not_leave(dut):
    """A wire that takes nothing holds the first reset up until it gives up; the next has nothing to wait for."""
    e = Engine(dut, "could not leave")
    await e.start()
    await e.queues()
    e.sink.pause = True
    await e.send(udp_frame(bytes(500)))
    while not dut.m_axis_tx_tvalid.value:
        await RisingEdge(dut.clk_i)
    took = []
    for _ in range(2):
        began = get_sim_time("ns")
        await e.write("ctl_reset", 1)
        await e.ready()
        took.append((get_sim_time("ns") - began) // 4)
    assert took[0] - took[1] > 1 << 13, f"resets of {took} cycles"
    e.sink.pause = False

# SPDX-License-Identifier: Apache-2.0
"""host_csr: the register file as the driver sees it, its counters, and the reset sequence."""

import os
import random
import re
from pathlib import Path

import cocotb
from cocotb.clock import Clock
from cocotb.triggers import ClockCycles, RisingEdge, with_timeout
from cocotbext.axi import AxiLiteBus, AxiLiteMaster
from stream_bfm import cut_short, seeded
from tcp.svstruct import Types
from toe_abi import reg, reg_fields, reg_value, registers

BENCH = dict(
    top="tb_host_csr",
    files=["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/host/host.f", "tests/rtl/host/tb_host_csr.sv"],
    verilator=["--public-depth", "1"],
)

BYTES = ["rx_bytes", "tx_bytes", "tcp_bytes_in", "tcp_bytes_out", "tcp_retransmit_bytes", "dma_read_bytes",
         "dma_write_bytes"]  # fmt: skip
SMALL = [
    n.removeprefix("counters_") for n in registers() if n.startswith("counters_") and n != "counters_tw_max_probe"
]
SMALL = [n for n in SMALL if n not in BYTES]
FIELDS = [(n, 16) for n in BYTES] + [(n, 2) for n in SMALL]


def ctr_bits(values):
    out = 0
    for name, width in FIELDS:
        out = out << width | values.get(name, 0)
    return out


class Bench:
    def __init__(self, dut, name):
        seed = os.environ.get("COCOTB_RANDOM_SEED", "1")
        cocotb.log.info("seed %s", seed)
        self.dut, self.rng = dut, random.Random(f"{seed}/{name}")
        self.pulses = []

    async def start(self):
        d = self.dut
        cocotb.start_soon(Clock(d.clk_i, 4, "ns").start())
        d.rst_ni.value = 0
        for s in (d.ctr_i, d.evq_tail_i, d.now_us_i, d.init_busy_i):
            s.value = 0
        d.quiet_i.value = 1
        self.axil = AxiLiteMaster(AxiLiteBus.from_prefix(d, "s_axil"), d.clk_i, d.rst_ni, reset_active_level=False)
        await ClockCycles(d.clk_i, 4)
        d.rst_ni.value = 1
        cocotb.start_soon(self.watch())
        await self.ready()

    async def ready(self):
        for _ in range(100):
            if not reg_fields("ctl_status", await self.read("ctl_status"))["busy"]:
                return
        raise AssertionError("busy for ever")

    async def watch(self):
        d = self.dut
        while True:
            await RisingEdge(d.clk_i)
            for q in range(4):
                if int(d.evq_we_o.value) >> q & 1:
                    self.pulses.append((q, int(d.evq_head_o.value) >> 32 * q & 0xFFFFFFFF))
            if d.acq_we_o.value:
                self.pulses.append(("admin", int(d.acq_head_o.value)))

    async def read(self, name, index=0):
        return await with_timeout(self.axil.read_dword(reg(name, index)), 5, "us")

    async def write(self, name, value, index=0):
        await with_timeout(self.axil.write_dword(reg(name, index), value), 5, "us")


@cocotb.test()
async def identity_and_settings(dut):
    b = Bench(dut, "settings")
    await b.start()
    assert await b.read("id_magic") == 0x4F544F45
    text = (Path(__file__).resolve().parents[3] / "rtl/gen/toe_abi_pkg.sv").read_text()
    want = int(re.search(r"AbiHash = 64'h([0-9a-f_]+)", text)[1], 16)
    assert await b.read("id_abi_hash_lo") | await b.read("id_abi_hash_hi") << 32 == want
    assert await b.read("id_data_width") == 64 and await b.read("id_sessions") == 64
    assert await b.read("tcp_min_rto_us") == 200000 == int(dut.min_rto_o.value)
    await b.write("ctl_mac_lo", 0x44332211)
    await b.write("ctl_mac_hi", 0x6655)
    # Settings reach the engine a cycle after the register.
    await ClockCycles(dut.clk_i, 2)
    assert int(dut.mac_o.value) == 0x112233445566
    key = b.rng.randbytes(40)
    for i in range(10):
        await b.write("rss_key", int.from_bytes(key[4 * i : 4 * i + 4], "little"), i)
    await ClockCycles(dut.clk_i, 2)
    assert int(dut.rss_key_o.value) == int.from_bytes(key, "big")
    for i in range(32):
        await b.write("rss_indirection", sum(((4 * i + k) % 4) << 8 * k for k in range(4)), i)
    await ClockCycles(dut.clk_i, 2)
    table = int(dut.indirection_o.value)
    assert [table >> 4 * i & 15 for i in range(128)] == [i % 4 for i in range(128)]
    await b.write("qp_rxr_base_lo", 0x89ABC000, 2)
    await b.write("qp_rxr_base_hi", 0x1234, 2)
    await ClockCycles(dut.clk_i, 2)
    assert int(dut.rxr_base2_o.value) == 0x123489ABC000 and await b.read("qp_rxr_base_lo", 2) == 0x89ABC000
    await b.write("ctl_control", reg_value("ctl_control", rx_enable=1))
    await ClockCycles(dut.clk_i, 2)
    assert dut.rx_enable_o.value == 1
    # The state is that of the moment, also while nothing else wakes the register block.
    for value in (5, 77):
        dut.evq_tail_i.value = value
        dut.now_us_i.value = value << 32 | 9
        await ClockCycles(dut.clk_i, 3)
        assert await b.read("qp_evq_tail", 3) == value + 3
        assert await b.read("ctl_now_us_lo") == 9 and await b.read("ctl_now_us_hi") == value
    # Addresses without a register are harmless.
    assert await with_timeout(b.axil.read_dword(0x7FF0), 5, "us") == 0
    await with_timeout(b.axil.write_dword(0x7FF0, 1), 5, "us")


@cocotb.test()
async def every_setting_reaches_its_place(dut):
    """Each register that can be written gets a value of its own: it is read back, and is where the engine looks for it."""
    b = Bench(dut, "places")
    await b.start()
    qps, regs, field = 4, {}, {}
    rng = b.rng
    for name, r in registers().items():
        if name == "ctl_reset" or not any(f["sw"] == "rw" for f in r["fields"]):
            continue
        mask = sum(((1 << f["width"]) - 1) << f["lsb"] for f in r["fields"])
        for i in range(r.get("count", 1)):
            value = rng.getrandbits(32)
            await b.write(name, value, i)
            regs[name, i] = value & mask if i < qps or not name.startswith(("qp_", "db_")) else 0
            for f in r["fields"]:
                field[name, i, f["name"]] = regs[name, i] >> f["lsb"] & ((1 << f["width"]) - 1)
    for (name, i), value in regs.items():
        assert await b.read(name, i) == value, f"{name}[{i}]"
    await ClockCycles(dut.clk_i, 4)

    def config(name, members, i=0):
        return {m: field[name, i, m] for m in members.split()}

    def base(name, i=0):
        return regs[f"{name}_lo", i] | regs[f"{name}_hi", i] << 32

    types = Types()
    taken = {name: types[f"{name}_ctl_t"].unpack(int(getattr(dut, f"{name}_o").value)) for name in ("net", "tcp", "tw", "admin", "trace")}
    tcp = types["tcp_ctl_t"]
    assert taken["tcp"] == {n: regs["tcp_" + n, 0] & ((1 << width) - 1) for n, width, _, _ in tcp.fields}
    assert taken["tw"] == dict(linger_us=[regs["tw_linger_us", i] for i in range(3)], replies_per_s=regs["tw_replies_per_s", 0] & 0xFFFF,
                               **config("tw_policy", "rst_exact recycle"))  # fmt: skip
    assert taken["trace"] == dict(base=base("trace_base"), **config("trace_config", "enable log2"))
    admin = config("admin_config", "enable asq_log2 acq_log2 vector")
    admin["vector"] &= 63
    assert taken["admin"] == dict(asq_base=base("admin_asq_base"), acq_base=base("admin_acq_base"), asq_tail=regs["admin_db_asq_tail", 0],
                                  acq_head=regs["admin_db_acq_head", 0], acq_head_we=0, **admin)  # fmt: skip
    net = config("ctl_control", "rx_enable tx_enable session_enable tw_enable pass_bad_csum promiscuous")
    net |= {f"hash_{k}": v for k, v in config("rss_hash_types", "ipv4 ipv4_tcp ipv6 ipv6_tcp").items()}
    assert {k: taken["net"][k] for k in net} == net
    assert int(dut.fw_hold_o.value) == field["ctl_fw_control", 0, "hold"]
    qp, words = types["qp_ctl_t"], int(dut.qp_o.value)
    for q in range(qps):
        want = config("qp_config", "enable txq_log2 bmq_log2 rxr_log2 slot_log2 evq_log2 vector", q)
        want |= {f"{ring}_base": base(f"qp_{ring}_base", q) for ring in ("txq", "bmq", "rxr", "evq")}
        want |= {n: regs["db_" + n, q] for n in ("txq_tail", "bmq_tail", "rxr_head", "evq_head")}
        want |= dict(evq_head_we=0, **config("qp_irq", "moderation_us", q))
        assert qp.unpack(words >> q * qp.width & ((1 << qp.width) - 1)) == want, q


@cocotb.test()
async def doorbells_pulse_with_their_value(dut):
    b = Bench(dut, "doorbells")
    await b.start()
    for i in range(12):
        await b.write("db_evq_head", 1000 + i, i % 4)
    await b.write("admin_db_acq_head", 4242)
    await b.write("db_rxr_head", 1, 2)
    await ClockCycles(dut.clk_i, 10)
    assert b.pulses == [(i % 4, 1000 + i) for i in range(12)] + [("admin", 4242)]


@cocotb.test()
async def counters_are_exact(dut):
    b = Bench(dut, "counters")
    await b.start()
    rng, total = b.rng, dict.fromkeys(BYTES + SMALL, 0)

    async def count(cycles):
        for _ in range(cycles):
            values = {}
            for name in SMALL:
                if name == "pipe_stall_cycles" or rng.random() < 0.05:
                    values[name] = 1 + (rng.random() < 0.3)
            for name in BYTES:
                if rng.random() < 0.3:
                    values[name] = rng.choice([64, 1500, 4096, 9218 if name == "rx_bytes" else 1])
            for name, v in values.items():
                total[name] += v
            dut.ctr_i.value = ctr_bits(values)
            await RisingEdge(dut.clk_i)
        dut.ctr_i.value = 0

    for _ in range(4):
        task = cocotb.start_soon(count(700))
        # Reads while they count: never more than there is, and never falling.
        last = 0
        while not task.done():
            now = await b.read("counters_pipe_stall_cycles")
            assert last <= now <= total["pipe_stall_cycles"]
            last = now
        await RisingEdge(dut.clk_i)
        for name in rng.sample(SMALL, 12) + BYTES:
            got = await b.read("counters_" + name)
            assert got == total[name] & 0xFFFFFFFF, f"{name}: {got} {total[name]}"


@cocotb.test()
async def soft_reset_waits_for_quiet_and_clears(dut):
    b = Bench(dut, "reset")
    await b.start()
    await b.write("tcp_min_rto_us", 1234)
    await b.write("ctl_control", reg_value("ctl_control", rx_enable=1))
    dut.quiet_i.value = 0
    await b.write("ctl_reset", 1)
    await ClockCycles(dut.clk_i, 200)
    assert dut.hold_o.value == 1 and dut.core_rst_no.value == 1, "the bus is not quiet yet"
    assert reg_fields("ctl_status", await b.read("ctl_status"))["busy"] == 1
    dut.init_busy_i.value = 1
    dut.quiet_i.value = 1
    low = 0
    for _ in range(100):
        await RisingEdge(dut.clk_i)
        low += dut.core_rst_no.value == 0
    assert low == 16
    assert reg_fields("ctl_status", await b.read("ctl_status"))["busy"] == 1, "tables are being cleared"
    assert await b.read("tcp_min_rto_us") == 200000 and dut.rx_enable_o.value == 0
    dut.init_busy_i.value = 0
    await b.ready()
    assert dut.hold_o.value == 0
    # A bus that never becomes quiet does not stop the reset.
    dut.quiet_i.value = 0
    await b.write("ctl_reset", 1)
    for _ in range(20000):
        await RisingEdge(dut.clk_i)
        if dut.core_rst_no.value == 0:
            break
    assert dut.core_rst_no.value == 0
    await b.ready()


@cocotb.test()
async def reset_in_the_middle(dut):
    """Of an access, of a count, of the soft reset itself."""
    await cut_short(dut, seeded(), identity_and_settings, counters_are_exact, soft_reset_waits_for_quiet_and_clears, rounds=3)

# SPDX-License-Identifier: Apache-2.0
"""Host memory behind an AXI4 master: random stalls, latency, read bursts completed out of order, errors by page.

It checks the rules that the engine promises: no burst crosses 4 KiB, addresses whole beats, no data before its
address, wlast in the right place, read ids not reused while outstanding. cocotbext-axi's AxiRam answers in order and
cannot fail, hence this one; the bench of the whole engine uses AxiRam."""

import random
from collections import deque

from cocotb.triggers import ReadOnly, RisingEdge


class Memory:
    """Sparse pages; a page in `bad` answers SLVERR."""

    def __init__(self):
        self.pages = {}
        self.bad = set()
        self.fails = None  # of the address of a write: whether it fails, besides those
        self.touched = set()

    def page(self, addr):
        return self.pages.setdefault(addr >> 12, bytearray(4096))

    def read(self, addr, length):
        out = bytearray()
        while length:
            n = min(length, 4096 - (addr & 4095))
            out += self.page(addr)[addr & 4095 : (addr & 4095) + n]
            addr += n
            length -= n
        return bytes(out)

    def write(self, addr, data):
        while data:
            n = min(len(data), 4096 - (addr & 4095))
            self.page(addr)[addr & 4095 : (addr & 4095) + n] = data[:n]
            addr += n
            data = data[n:]


class AxiMemory:
    def __init__(self, dut, memory, rng=None, stall=0.0, latency=(4, 40), reorder=True):
        self.dut, self.mem = dut, memory
        self.rng = rng or random.Random(1)
        self.stall, self.latency, self.reorder = stall, latency, reorder
        self.w = len(dut.m_axi_rdata) // 8
        self.cycle = 0
        self.reads = []  # [ready_at, id, addr, beats, next beat]
        self.current = None
        self.aw = deque()
        self.wbuf = []
        self.b = deque()  # (ready_at, resp, number of the burst)
        self.b_live = None  # number of the burst whose answer is on the bus
        self.answered = set()  # numbers of bursts
        self.on_write = None  # called with the number, address and bytes of each burst, and whether it fails
        self.b_quiet = False
        self.read_beats = self.write_beats = self.write_bursts = 0
        self.max_reads = 0
        self.write_log = []  # (addr, bytes) of each burst

    def stalls(self):
        return self.stall and self.rng.random() < self.stall

    async def run(self):
        d = self.dut
        for s in (d.m_axi_arready, d.m_axi_rvalid, d.m_axi_awready, d.m_axi_wready, d.m_axi_bvalid):
            s.value = 0
        d.m_axi_rid.value = d.m_axi_bid.value = 0
        r_live = b_live = False
        while True:
            await RisingEdge(d.clk_i)
            # What was on the wires at this edge: sampled before anything changes.
            self.cycle += 1
            if int(d.rst_ni.value) == 0:
                continue
            if d.m_axi_arvalid.value and d.m_axi_arready.value:
                self.take_ar()
            if r_live and d.m_axi_rready.value:
                r_live = False
            if d.m_axi_awvalid.value and d.m_axi_awready.value:
                self.take_aw()
            if d.m_axi_wvalid.value and d.m_axi_wready.value:
                self.take_w()
            if b_live and d.m_axi_bready.value:
                self.answered.add(self.b_live)
                b_live = False
            d.m_axi_arready.value = 0 if self.stalls() else 1
            d.m_axi_awready.value = 0 if self.stalls() else 1
            d.m_axi_wready.value = 0 if self.stalls() else 1
            if not r_live:
                r_live = self.drive_r()
            if not b_live:
                if self.b and self.b[0][0] <= self.cycle and not self.b_quiet and not self.stalls():
                    _, d.m_axi_bresp.value, self.b_live = self.b.popleft()
                    d.m_axi_bvalid.value = 1
                    b_live = True
                else:
                    d.m_axi_bvalid.value = 0

    def due(self):
        return self.cycle + self.rng.randint(*self.latency)

    def take_ar(self):
        d = self.dut
        addr, beats = int(d.m_axi_araddr.value), int(d.m_axi_arlen.value) + 1
        ident = int(d.m_axi_arid.value)
        assert addr % self.w == 0, f"araddr {addr:#x} is not a whole beat"
        assert addr >> 12 == (addr + beats * self.w - 1) >> 12, f"read {addr:#x}+{beats} crosses 4 KiB"
        assert ident not in {r[1] for r in self.reads}, f"arid {ident} reused"
        self.reads.append([self.due(), ident, addr, beats, 0])
        self.max_reads = max(self.max_reads, len(self.reads))

    def drive_r(self):
        d = self.dut
        if self.stalls():
            d.m_axi_rvalid.value = 0
            return False
        if self.current is None or self.reorder:
            # Bursts of different ids may even interleave.
            ready = [r for r in self.reads if r[0] <= self.cycle]
            if not self.reorder:
                ready = ready[:1] if ready and ready[0] is self.reads[0] else []
            if self.current is None or (ready and self.rng.random() < 0.1):
                self.current = self.rng.choice(ready) if ready else self.current
        if self.current is None:
            d.m_axi_rvalid.value = 0
            return False
        r = self.current
        addr = r[2] + r[4] * self.w
        r[4] += 1
        last = r[4] == r[3]
        bad = addr >> 12 in self.mem.bad
        d.m_axi_rid.value = r[1]
        d.m_axi_rdata.value = int.from_bytes(self.mem.read(addr, self.w), "little")
        d.m_axi_rresp.value = 2 if bad else 0
        d.m_axi_rlast.value = int(last)
        d.m_axi_rvalid.value = 1
        self.read_beats += 1
        if last:
            self.reads.remove(r)
            self.current = None
        return True

    def take_aw(self):
        d = self.dut
        addr, beats = int(d.m_axi_awaddr.value), int(d.m_axi_awlen.value) + 1
        assert int(d.m_axi_awid.value) == 0
        assert addr % self.w == 0, f"awaddr {addr:#x} is not a whole beat"
        assert addr >> 12 == (addr + beats * self.w - 1) >> 12, f"write {addr:#x}+{beats} crosses 4 KiB"
        self.aw.append((addr, beats))

    def take_w(self):
        d = self.dut
        assert self.aw, "write data before its address"
        self.write_beats += 1
        self.wbuf.append((int(d.m_axi_wdata.value), int(d.m_axi_wstrb.value)))
        addr, beats = self.aw[0]
        last = int(d.m_axi_wlast.value)
        assert last == (len(self.wbuf) == beats), f"wlast at beat {len(self.wbuf)} of {beats}"
        if not last:
            return
        self.aw.popleft()
        number = self.write_bursts
        self.write_bursts += 1
        bad = addr >> 12 in self.mem.bad or (self.mem.fails is not None and self.mem.fails(addr))
        log_addr, log = None, bytearray()
        for i, (data, strb) in enumerate(self.wbuf):
            raw = data.to_bytes(self.w, "little")
            assert strb, "a beat without bytes"
            for k in range(self.w):
                if strb >> k & 1:
                    if log_addr is None:
                        log_addr = addr + i * self.w + k
                    assert log_addr + len(log) == addr + i * self.w + k, "a hole in the strobes"
                    log.append(raw[k])
        if not bad:
            self.mem.write(log_addr, bytes(log))
        self.write_log.append((log_addr, bytes(log)))
        if self.on_write:
            self.on_write(number, log_addr, bytes(log), bad)
        self.wbuf = []
        self.b.append((self.due(), 2 if bad else 0, number))


async def settled(dut):
    await ReadOnly()

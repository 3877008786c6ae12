# SPDX-License-Identifier: Apache-2.0
"""What benches with net_tx at their end have in common: its two outputs, its counters, when it is at rest."""
import itertools
import random

from cocotb.triggers import RisingEdge
from cocotbext.axi import AxiStreamBus, AxiStreamSink

from stream_bfm import Packed, seeded, start

NET_CTR = Packed(("tx_frames", 1), ("tx_bytes", 16), ("tx_session_segs", 1), ("tx_nic_frames", 1), ("tx_time_wait_replies", 1),
                 ("tx_loop_frames", 1), ("tx_drop_guard", 1), ("tx_drop_dma", 1))


class NetOut:
    """Base of such a bench, which says in `busy` whether anything of its own is under way."""

    def __init__(self, dut, rng):
        self.dut, self.rng = dut, rng
        self.wire, self.loop = (AxiStreamSink(AxiStreamBus.from_prefix(dut, name), dut.clk_i, dut.rst_ni, reset_active_level=False)
                                for name in ("m_axis", "loop_axis"))
        for part in (self.wire, self.loop):
            part.log.setLevel("WARNING")

    @classmethod
    async def begin(cls, dut):
        tb = cls(dut, seeded())
        await start(dut)
        return tb

    def stall_outputs(self, probability):
        for part in (self.wire, self.loop):
            part.clear_pause_generator()
            part.pause = False
            if probability:
                own = random.Random(self.rng.random())
                part.set_pause_generator(own.random() < probability for _ in itertools.count())

    def busy(self):
        return False

    async def idle(self, cycles=400_000):
        quiet = 0
        for _ in range(cycles):
            await RisingEdge(self.dut.clk_i)
            quiet = 0 if not int(self.dut.idle_o.value) or self.busy() else quiet + 1
            if quiet > 20:
                return
        raise AssertionError("the transmit path did not come to rest")

    @staticmethod
    def frames(sink):
        """What has come out since the last question."""
        out = []
        while not sink.empty():
            out.append(bytes(sink.recv_nowait().tdata))
        return out


def padded(frame):
    """As Ethernet wants it, without its checksum."""
    return frame + b"\0" * max(0, 60 - len(frame))

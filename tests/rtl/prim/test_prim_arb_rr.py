# SPDX-License-Identifier: Apache-2.0
"""prim_arb_rr: nothing lost, fairness, packets kept whole by lock."""
import cocotb
from cocotb.triggers import RisingEdge

from stream_bfm import cut_short, seeded, start

BENCH = dict(top="prim_arb_rr", files=["rtl/prim/prim.f"], params=[dict(N=2, Width=8), dict(N=3, Width=8), dict(N=5, Width=8)])


@cocotb.test()
async def fair_and_complete(dut):
    rng = seeded()
    n = int(dut.N.value)
    dut.in_valid_i.value = 0
    dut.out_ready_i.value = 0
    dut.lock_i.value = 0
    await start(dut)
    sent, got = [[] for _ in range(n)], [[] for _ in range(n)]
    word = [None] * n
    waited = [0] * n
    locked = None
    for _ in range(3000):
        for i in range(n):
            if word[i] is None and (rng.random() < 0.7 or locked == i):
                word[i] = rng.getrandbits(8)
                sent[i].append(word[i])
        lock = rng.random() < 0.3
        dut.in_valid_i.value = sum(1 << i for i in range(n) if word[i] is not None)
        dut.in_i.value = sum(w << (8 * i) for i, w in enumerate(word) if w is not None)
        dut.out_ready_i.value = int(rng.random() < 0.7)
        dut.lock_i.value = int(lock)
        await RisingEdge(dut.clk_i)
        if int(dut.out_valid_o.value) and int(dut.out_ready_i.value):
            i = int(dut.out_idx_o.value)
            assert locked is None or i == locked
            assert int(dut.in_ready_o.value) == 1 << i
            assert word[i] == int(dut.out_o.value)
            got[i].append(word[i])
            word[i] = None
            if not lock:
                for j in range(n):
                    waited[j] = 0 if j == i or word[j] is None else waited[j] + 1
                    assert waited[j] <= n - 1, f"input {j} waited for {waited[j]} packets"
            locked = i if lock else None
        else:
            assert int(dut.in_ready_o.value) == 0
    for i in range(n):
        assert got[i] == sent[i][: len(got[i])] and len(got[i]) > 200


@cocotb.test()
async def reset_in_the_middle(dut):
    """Nothing of what was under way comes out afterwards."""
    await cut_short(dut, seeded(), fair_and_complete, longest=300)

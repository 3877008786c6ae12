# SPDX-License-Identifier: Apache-2.0
"""What is proven: one entry a proof, with the mutants that it must catch."""

from dataclasses import dataclass, field


@dataclass
class Mutant:
    """A change to a copy of one file; `old` occurs there once."""

    name: str
    file: str
    old: str
    new: str


@dataclass
class Proof:
    name: str
    top: str
    files: list
    mode: str = "prove"  # by induction, for ever; or bmc: the first `depth` cycles
    depth: int = 8
    cover: int = 12  # cycles within which every cover statement must be reached; 0: none
    params: dict = field(default_factory=dict)
    mutants: list = field(default_factory=list)
    mutant_depth: int = 0  # 0: depth
    script: str = "memory_map"  # after `prep`
    solver: str = "z3"
    timeout_s: int = 900
    quick: bool = False  # part of `make test`


PRIM = ["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/formal/fv_reset.sv"]
DMA_WR = "rtl/host/host_dma_wr.sv"
INDEX = "rtl/prim/prim_hash_index.sv"
FIFO, SKID, ARB, RAM = (f"rtl/prim/prim_{n}.sv" for n in ("fifo", "skid", "arb_rr", "ram_1r1w"))

PROOFS = [
    Proof(
        "fifo", "fv_prim_fifo", [*PRIM, "rtl/formal/fv_prim_fifo.sv"], depth=4, mutant_depth=8, quick=True,
        mutants=[
            Mutant("overfills", FIFO, "assign in_ready_o = stored_q != LevelW'(Depth);", "assign in_ready_o = 1'b1;"),
            Mutant("wraps_late", FIFO, "return (ptr == LastPtr)", "return (ptr == '1)"),
            Mutant("forgets_simultaneous", FIFO, "if (push && !pop)", "if (push)"),
        ],
    ),
    Proof(
        "fifo_ram", "fv_prim_fifo", [*PRIM, "rtl/formal/fv_prim_fifo.sv"], params={"Ram": "1'b1"}, mode="bmc", depth=14, quick=True,
        mutants=[
            Mutant("no_room_for_flight", FIFO, "held_q + 2'(flight_q) - 2'(out_pop)", "held_q - 2'(out_pop)"),
            Mutant("wrong_place", FIFO, "if (held_q - 2'(out_pop) == 2'd0)", "if (held_q == 2'd0)"),
        ],
    ),
    Proof(
        "skid", "fv_prim_skid", [*PRIM, "rtl/formal/fv_prim_skid.sv"], depth=3, mutant_depth=8, quick=True,
        mutants=[
            Mutant("drops_spare", SKID, "if (room) data_q <= spare_valid_q ? spare_q : in_i;", "if (room) data_q <= in_i;"),
            Mutant("payload_moves", SKID, "assign room        = !valid_q || out_ready_i;", "assign room        = 1'b1;"),
        ],
    ),
    Proof(
        "arbiter", "fv_prim_arb_rr", [*PRIM, "rtl/formal/fv_prim_arb_rr.sv"], depth=4, mutant_depth=10, quick=True,
        mutants=[
            Mutant("starves", ARB, "&& i > int'(idx_q)) pick", "&& i > int'(N)) pick"),
            Mutant("changes_its_mind", ARB, "held_q <= !out_ready_i || lock_i;", "held_q <= lock_i;"),
        ],
    ),
    Proof(
        "arbiter_locked", "fv_prim_arb_rr", [*PRIM, "rtl/formal/fv_prim_arb_rr.sv"], params={"Locked": "1'b1"}, depth=4, mutant_depth=10,
        quick=True, mutants=[Mutant("two_at_once", ARB, "in_ready_o[pick] = out_ready_i && out_valid_o;", "in_ready_o = {N{out_ready_i && out_valid_o}};")],
    ),
    Proof(
        "ram_lanes", "fv_prim_ram", [*PRIM, "rtl/formal/fv_prim_ram.sv"], depth=3, mutant_depth=6, quick=True,
        mutants=[
            Mutant("all_lanes", RAM, "if (we_i[l]) mem[waddr_i]", "if (we_i != '0) mem[waddr_i]"),
            Mutant("no_bypass", RAM, "(WriteFirst && we_i[l] && waddr_i == raddr_i)", "(1'b0)"),
        ],
    ),
    Proof(
        "ram_whole_read_first", "fv_prim_ram", [*PRIM, "rtl/formal/fv_prim_ram.sv"], depth=3, mutant_depth=6, quick=True,
        params={"Lanes": 1, "WriteFirst": "1'b0"},
        mutants=[Mutant("write_first", RAM, "(WriteFirst && we_i[0] && waddr_i == raddr_i)", "(we_i[0] && waddr_i == raddr_i)")],
    ),
    Proof(
        "lookup_port", "fv_lk_arb", [*PRIM, "rtl/top/toe_lk_arb.sv", "rtl/formal/fv_lk_arb.sv"], depth=3, mutant_depth=8, quick=True,
        mutants=[
            Mutant("offer_withdrawn", "rtl/top/toe_lk_arb.sv", "assign mine         = busy_q ? mine_q : pipe_valid_i;",
                   "assign mine         = taken_q ? mine_q : pipe_valid_i;"),
            Mutant("answer_to_the_wrong_one", "rtl/top/toe_lk_arb.sv", "mine_q  <= mine;", "mine_q  <= !mine;"),
        ],
    ),
    Proof(
        "ring_writes", "fv_dma_wr", [*PRIM, "rtl/host/host_pkg.sv", "rtl/host/host_dma_wr.sv", "rtl/formal/fv_dma_wr.sv"],
        depth=3, mutant_depth=8, cover=10,
        mutants=[
            Mutant("never_wraps", DMA_WR, "at_wrap ? cmd_q.wrap_base : cmd_q.addr + 64'(bytes)", "cmd_q.addr + 64'(bytes)"),
            Mutant("crosses_4k", DMA_WR, "assign room        = 16'(MaxBurst) - 16'(cmd_q.addr[MbW-1:0]);", "assign room        = 16'(MaxBurst);"),
            Mutant("a_beat_too_long", DMA_WR, "+ bytes + 16'(W - 1)) >> OffW);", "+ bytes + 16'(2 * W - 1)) >> OffW);"),
        ],
    ),
    Proof(
        "hash_index", "fv_hash_index", [*PRIM, "rtl/formal/fv_hash_index.sv"], mode="bmc", depth=12, cover=26, timeout_s=1800,
        mutants=[
            Mutant("loses_victim", INDEX, "we[!vt][free_w[!vt]] = 1'b1;", "we[!vt][free_w[!vt]] = 1'b0;"),
            Mutant("overwrites_victim", INDEX, "if (free_any[!vt]) begin", "if (1'b1) begin"),
            Mutant("no_duplicate_check", INDEX, "if (dup) begin", "if (1'b0) begin"),
            Mutant("deletes_any_of_the_hash", INDEX, "if (op_row[t][w].id == id_q) begin", "begin"),
            Mutant("wrong_bucket", INDEX, "op_addr[!vt] = bkt_q[vt] ^ bkt_t'(victim.tag);", "op_addr[!vt] = bkt_q[vt];"),
        ],
    ),
]  # fmt: skip

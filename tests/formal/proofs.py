# SPDX-License-Identifier: Apache-2.0
"""What is proven: one entry a proof, with the mutants that it must catch."""

from dataclasses import dataclass, field
from pathlib import Path


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
    solver: str = "z3"  # or minisat, for the proof of something without registers
    timeout_s: int = 900
    quick: bool = False  # part of `make test`
    block: str = ""  # a stream proof of this file: tests/formal/streams.py writes the top
    streams: dict = field(default_factory=dict)  # arguments for it
    mutant_mode: str = "bmc"  # a counterexample from reset; or prove: the induction no longer holds


PRIM = ["rtl/pkg/pkg.f", "rtl/prim/prim.f", "rtl/formal/fv_reset.sv"]
ACCEPT = "rtl/tcp/tcp_accept.sv"
DMA_RD, PLACE, SEG = "rtl/host/host_dma_rd.sv", "rtl/host/host_place.sv", "rtl/tcp/tcp_seg.sv"
# Of queues inside a block their stream contract is taken from their own proofs (fifo, fifo_ram); what a block asserts of
# itself is left to its simulation, but what the output registers behind a RAM need.
NO_INNER = """\
chformal -assert2assume c:u_dut.*u_fifo_chk.*
select -set kept c:*.OutputRoom_A c:*.Level_A
chformal -assert -remove c:u_dut.* @kept %d
opt_clean"""
DMA_WR = "rtl/host/host_dma_wr.sv"
TW_BANK = "rtl/timewait/tw_bank.sv"
TW = ["rtl/net/net_pkg.sv", "rtl/net/net_toeplitz.sv", "rtl/timewait/tw_pkg.sv", "rtl/timewait/tw_due.sv", "rtl/timewait/tw_store.sv", TW_BANK]
# Index, hash and memories answer freely; see the head of the file for what is assumed of them.
TW_CUT = """\
cutpoint w:u_dut.ix_busy w:u_dut.ix_ready w:u_dut.ix_done w:u_dut.ix_result w:u_dut.ix_found w:u_dut.ix_twin
cutpoint w:u_dut.ix_twin_id w:u_dut.h_ready w:u_dut.h_done w:u_dut.h_out w:u_dut.read_rec w:u_dut.*_rd
chformal -assert -remove c:u_dut.u_hash.* c:u_dut.u_index.*
opt_clean
memory_map"""
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
        "acceptance", "fv_tcp_accept", ["rtl/files.f", "rtl/formal/fv_tcp_accept.sv"], mode="bmc", depth=1, cover=1, solver="minisat",
        mutants=[
            Mutant("beyond_the_window", ACCEPT, "      hot_i.rcv_nxt + wnd);", "      hot_i.rcv_nxt + wnd + 32'd1);"),
            Mutant("old_bytes_too", ACCEPT, "piece.first = seq_max(t.seq, hot_i.rcv_nxt);", "piece.first = t.seq;"),
            Mutant("offset_not_reduced", ACCEPT, "((32'd1 << hot_i.rx_ring_log2) - 32'd1);", "32'hffffffff;"),
        ],
    ),
    Proof(
        "ring_reads", "fv_tcp_seg", ["rtl/files.f", "rtl/formal/fv_reset.sv", "rtl/formal/fv_tcp_seg.sv"], depth=2, mutant_depth=8, cover=8,
        script=NO_INNER,
        mutants=[
            Mutant("never_wraps", SEG, "assign wraps      = to_end < 32'(cmd2_q.payload_len);", "assign wraps      = 1'b0;"),
            Mutant("second_piece_whole", SEG, "second_q ? cmd2_q.payload_len - first_len : first_len", "second_q ? cmd2_q.payload_len : first_len"),
            Mutant("second_piece_behind", SEG, "second_q ? cold2_q.tx_ring : cold2_q.tx_ring + {32'd0, pos}", "cold2_q.tx_ring + {32'd0, pos}"),
        ],
    ),
    Proof(
        "read_bursts", "fv_dma_rd", ["rtl/files.f", "rtl/formal/fv_reset.sv", "rtl/formal/fv_dma_rd.sv"], depth=2, mutant_depth=6, cover=8,
        script=NO_INNER,
        mutants=[
            Mutant("crosses_4k", DMA_RD, "assign room        = 20'(MaxBurst) - 20'(cmd_q.addr[MbW-1:0]);", "assign room        = 20'(MaxBurst);"),
            Mutant("a_beat_too_long", DMA_RD, "+ bytes + 20'(W - 1)) >> OffW);", "+ bytes + 20'(2 * W - 1)) >> OffW);"),
        ],
    ),
    Proof(
        "placement", "fv_host_place", ["rtl/files.f", "rtl/formal/fv_reset.sv", "rtl/formal/fv_host_place.sv"], depth=2, mutant_depth=6, cover=8,
        script=NO_INNER,
        mutants=[
            Mutant("never_wraps", PLACE, "if (33'(b_q.len) > ring_left) c_req_q.wrap <= 16'(ring_left);", ""),
            Mutant("slot_one_too_far", PLACE, "rxr_tail & ((32'd1 << b_ctl_q.rxr_log2) - 32'd1)",
                   "(rxr_tail & ((32'd1 << b_ctl_q.rxr_log2) - 32'd1)) + 32'd1"),
            Mutant("frame_longer_than_its_slot", PLACE, "(b_q.len > slot_bytes) ? slot_bytes : b_q.len", "b_q.len"),
        ],
    ),
    Proof(
        "hash_index", "fv_hash_index", [*PRIM, "rtl/formal/fv_hash_index.sv"], mode="bmc", depth=11, mutant_depth=12, cover=26, timeout_s=1800,
        mutants=[
            Mutant("loses_victim", INDEX, "we[!vt][free_w[!vt]] = 1'b1;", "we[!vt][free_w[!vt]] = 1'b0;"),
            Mutant("overwrites_victim", INDEX, "if (free_any[!vt]) begin", "if (1'b1) begin"),
            Mutant("no_duplicate_check", INDEX, "if (dup) begin", "if (1'b0) begin"),
            Mutant("deletes_any_of_the_hash", INDEX, "if (op_row[t][w].id == id_q) begin", "begin"),
            Mutant("wrong_bucket", INDEX, "op_addr[!vt] = bkt_q[vt] ^ bkt_t'(victim.tag);", "op_addr[!vt] = bkt_q[vt];"),
        ],
    ),
    Proof(
        "time_wait", "fv_tw_bank", [*PRIM, *TW, "rtl/formal/fv_tw_bank.sv"], depth=2, cover=15, mutant_mode="prove",
        script=TW_CUT,
        mutants=[
            Mutant("failed_insertion_leaks", TW_BANK, "if (!reuse_q) begin", "if (1'b0) begin"),
            Mutant("restart_counts_twice", TW_BANK, "count_d[cls_q] = count_q[cls_q] - 1'b1;", "count_d[cls_q] = why_q == WhyRestart ? count_q[cls_q] : count_q[cls_q] - 1'b1;"),
            Mutant("turns_in_a_circle", TW_BANK, "twin_d  = 1'b1;", "twin_d  = 1'b0;"),
            Mutant("beyond_the_quota", TW_BANK, "reuse_d = count_q[cls_q] >= quota(cls_q);", "reuse_d = count_q[cls_q] > quota(cls_q);"),
        ],
    ),
]  # fmt: skip


def stream(block, also=None, stable=(), without=(), cut="", extra="", **kw):
    """The stream contract at every port of a block, whatever state it is in."""
    name = Path(block).stem
    streams = {"also": also, "stable": list(stable), "without": [*without, *(n for names in (also or {}).values() for n in names)], "extra": extra}
    script = (f"cutpoint {cut}\n" if cut else "") + NO_INNER
    settings = dict(depth=2, script=script, cover=0, mutant_mode="prove", block=block, streams=streams) | kw
    return Proof(f"stream_{name}", f"fv_stream_{name}", ["rtl/files.f", "rtl/formal/fv_reset.sv"], **settings)


def early(name, file, old, new="1'b1"):
    """Goes on although nobody has taken the word."""
    return [Mutant(name, f"rtl/{file}.sv", old, old.replace(*new) if isinstance(new, tuple) else new)]


TAKEN = "goes_on_before_it_is_taken"
MCU_DATA = {"wr_data": ["wr_keep_o", "wr_last_o"]}
# Whoever inserts into a bank keeps the contract, too: 8 is CmInsert.
TW_INSERTS = """\
  for (genvar f = 0; f < 2; f++) begin : g_bank_port
    prim_stream_chk #(.Width($bits(toe_pkg::tw_record_t))) u_ins_chk (
      .clk_i, .rst_ni, .valid_i(u_dut.b_ins_valid[f]), .ready_i(u_dut.b_ins_ready[f]),
      .data_i(u_dut.ins_rec));
  end
  `TOE_ASSERT(SecondLook_A, !(u_dut.rt_q inside {2'd1, 2'd2}) || u_dut.seek)
  `TOE_ASSERT(Offered_A, !u_dut.offered_q || (u_dut.offered_cmd_q ? u_dut.cm_q == 4'd8 : rec_valid_i))"""
# The firmware asks, then waits for the answer.
FIRMWARE_WAITS = "  `TOE_ASSUME(FirmwareWaits_M, !((lk_valid_o || tw_valid_o || cc_set_valid_o) && req_i && we_i))"
PROOFS += [
    stream("rtl/net/net_rx.sv", stable=["ctl_i"], mutants=early(TAKEN, "net/net_rx_buf", "out_pop = data_valid_o && data_ready_i;", "out_pop = data_valid_o;")),
    stream("rtl/net/net_tx.sv", also={"m_axis_t": ["m_mirror_o", "m_note_o"]},
           mutants=early(TAKEN, "net/net_tx", "if (o_ready) begin\n      data_q <= o_data;", ("if (o_ready) ", ""))),
    stream("rtl/net/net_tx_src.sv", mutants=early(TAKEN, "net/net_tx_src", ".out_ready_i(done_ready_i)", ("done_ready_i", "1'b1"))),
    stream("rtl/nic/nic_tx.sv", mutants=early(TAKEN, "net/net_tx_src", ".out_ready_i(done_ready_i)", ("done_ready_i", "1'b1"))),
    stream("rtl/tcp/tcp_lookup.sv", mutants=early(TAKEN, "tcp/tcp_lookup", "(!v4_q || work_ready_i) && !key_steal", "!key_steal")),
    stream("rtl/tcp/tcp_pipe.sv", cut="w:u_dut.u_accept.*_o w:u_dut.u_react.*_o w:u_dut.u_out.*_o",
           mutants=early(TAKEN, "tcp/tcp_pipe", ".out_ready_i(place_ready_i)", ("place_ready_i", "1'b1"))),
    stream("rtl/tcp/tcp_seg.sv", mutants=early(TAKEN, "tcp/tcp_seg", ".out_ready_i(rd_ready_i)", ("rd_ready_i", "1'b1"))),
    stream("rtl/tcp/tcp_timer.sv", mutants=early("withdraws", "tcp/tcp_timer", "if (due_q && due_ready_i) due_q", "if (due_q) due_q")),
    stream("rtl/tcp/tcp_trace.sv", stable=["ctl_i"], mutants=early(TAKEN, "tcp/tcp_trace", "e_valid && wr_ready_i && last", "e_valid && last")),
    stream("rtl/timewait/timewait.sv", stable=["ctl_i"], extra=TW_INSERTS, cut="w:u_dut.g_bank*.u_bank.*_o w:u_dut.u_hash.*_o", mutants=[
        *early("a_command_takes_the_room", "timewait/timewait", "level_c < 3'd3 && !chg_valid", "chg_ready && !chg_valid"),
        *early("a_session_takes_the_bank", "timewait/timewait", "offered_q ? offered_cmd_q : !rec_valid_i", "!rec_valid_i"),
    ]),
    stream("rtl/host/host_align.sv", mutants=early(TAKEN, "host/host_align", "!out_valid_o || out_ready_i")),
    stream("rtl/host/host_bump.sv", stable=["qp_i"], mutants=early(TAKEN, "host/host_bump", "!bump_valid_o || bump_ready_i")),
    stream("rtl/host/host_cut.sv", mutants=early(TAKEN, "host/host_align", "!out_valid_o || out_ready_i")),
    stream("rtl/host/host_dma_rd.sv", mutants=early(TAKEN, "host/host_dma_rd", "(!m_axi_arvalid || m_axi_arready)")),
    stream("rtl/host/host_dma_wr.sv", mutants=early(TAKEN, "host/host_dma_wr", "(!m_axi_awvalid || m_axi_awready)")),
    stream("rtl/host/host_evq.sv", mutants=early(TAKEN, "host/host_evq", "!inj_valid_o || inj_ready_i")),
    stream("rtl/host/host_irq.sv", mutants=early("withdraws", "host/host_irq", "if (irq_ready_i) irq_valid_o <= 1'b0;", "irq_valid_o <= 1'b0;")),
    stream("rtl/host/host_place.sv", mutants=early(TAKEN, "host/host_place", ".out_ready_i(wr_ready_i)", ("wr_ready_i", "1'b1"))),
    stream("rtl/mcu/mcu_regs.sv", without=["cc_lost_i"], stable=["tuple_i"], extra=FIRMWARE_WAITS,
           mutants=early("withdraws", "mcu/mcu_regs", "else if (cc_set_ready_i) cc_set_valid_q", "else cc_set_valid_q")),
    stream("rtl/mcu/mcu_dma.sv", stable=["vector_i"], also=MCU_DATA, mutants=early(TAKEN, "mcu/mcu_dma", "StRdCmd: if (rd_ready_i) state_d", "StRdCmd: state_d")),
    stream("rtl/top/toe_mirror.sv", mutants=early("its_time_moves", "top/toe_mirror", "record.time_us = time_q;", "record.time_us = now_us_i[31:0];")),
]  # fmt: skip

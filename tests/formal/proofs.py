# SPDX-License-Identifier: Apache-2.0
"""What is proven: one entry a proof, with the mutants that it must catch."""

from dataclasses import dataclass, field
from pathlib import Path

from wires import HOST_RD_ARB, MCU, NET_RX, NET_TX, SHELLS, TOE_HOST, TOE_TOP


@dataclass
class Mutant:
    """A change to a copy of one file; `old` occurs there once."""

    name: str
    file: str
    old: str
    new: str
    mode: str = ""  # instead of the proof's mutant_mode
    depth: int = 0  # instead of its mutant_depth
    solver: str = ""  # instead of the proof's


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
    solver: str = "z3"  # z3_sat: see run.py; minisat: for the proof of something without registers
    timeout_s: int = 900
    quick: bool = False  # part of `make test`
    block: str = ""  # a stream proof of this file: tests/formal/streams.py writes the top
    streams: dict = field(default_factory=dict)  # arguments for it
    mutant_mode: str = "bmc"  # a counterexample from reset; or prove: the induction no longer holds
    wires: object = None  # a wiring proof: tests/formal/wiring.py writes the top and the stubs
    patches: list = field(default_factory=list)  # changes to the copy that is proven: limits of a size, nothing else


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
DMA_WR, WAIT, CSR = "rtl/host/host_dma_wr.sv", "rtl/host/host_wait.sv", "rtl/host/host_csr.sv"
TW_BANK = "rtl/timewait/tw_bank.sv"
TW = ["rtl/net/net_pkg.sv", "rtl/net/net_toeplitz.sv", "rtl/timewait/tw_pkg.sv", "rtl/timewait/tw_due.sv", "rtl/timewait/tw_store.sv", TW_BANK]
# Index, hash and memories answer freely; see the head of the file for what is assumed of them.
TW_CUT = """\
cutpoint w:u_dut.ix_busy w:u_dut.ix_ready w:u_dut.ix_done w:u_dut.ix_result w:u_dut.ix_found w:u_dut.ix_twin
cutpoint w:u_dut.ix_twin_id w:u_dut.h_ready w:u_dut.h_done w:u_dut.h_out w:u_dut.read_rec w:u_dut.*_rd
chformal -assert -remove c:u_dut.u_hash.* c:u_dut.u_index.*
opt_clean
memory_map"""
# The same with the memories of links and classes.
TW_CUT_LISTS = TW_CUT.replace(" w:u_dut.read_rec w:u_dut.*_rd", " w:u_dut.exp_rd w:u_dut.u_store.rec w:u_dut.u_store.lk_rec")
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
        "records_wait", "fv_host_wait", [*PRIM, "rtl/gen/toe_abi_pkg.sv", "rtl/host/host_pkg.sv", WAIT, "rtl/formal/fv_host_wait.sv"],
        depth=2, mutant_depth=7, cover=8, script=NO_INNER,
        mutants=[
            Mutant("waits_for_nothing", WAIT, "(late == '0 || late[CountW-1])", "1'b1"),
            Mutant("not_for_the_last", WAIT, "assign late = head.pays - done_q;", "assign late = head.pays - done_q - count_t'(1);"),
            Mutant("for_what_is_answered", WAIT, ".in_i({sent_q, in_i})", ".in_i({done_q, in_i})"),
        ],
    ),
    Proof(
        "hash_index", "fv_hash_index", [*PRIM, "rtl/formal/fv_hash_index.sv"], mode="bmc", depth=11, mutant_depth=12, cover=26, timeout_s=1800,
        mutants=[
            Mutant("loses_victim", INDEX, "we[!vt][free_w[!vt]] = 1'b1;", "we[!vt][free_w[!vt]] = 1'b0;"),
            Mutant("overwrites_victim", INDEX, "if (free_any[!vt]) begin", "if (1'b1) begin"),
            Mutant("no_duplicate_check", INDEX, "if (dup && op_q == IdxInsert) begin", "if (1'b0) begin"),
            Mutant("deletes_any_of_the_hash", INDEX, "if (op_row[t][w].id == id_q) begin", "begin"),
            Mutant("wrong_bucket", INDEX, "op_addr[!vt] = bkt_q[vt] ^ bkt_t'(victim.tag);", "op_addr[!vt] = bkt_q[vt];"),
        ],
    ),
    Proof(
        "time_wait", "fv_tw_bank", [*PRIM, *TW, "rtl/formal/fv_tw_bank.sv"], depth=2, cover=15, mutant_mode="prove",
        script=TW_CUT,
        mutants=[
            Mutant("failed_insertion_leaks", TW_BANK, "if (!reuse_q) begin", "if (1'b0) begin", "bmc", 14, "z3_sat"),
            Mutant("restart_counts_twice", TW_BANK, "count_d[cls_q] = count_q[cls_q] - 1'b1;", "count_d[cls_q] = why_q == WhyRestart ? count_q[cls_q] : count_q[cls_q] - 1'b1;",
                   "bmc", 22, "z3_sat"),
            Mutant("turns_in_a_circle", TW_BANK, "twin_d  = 1'b1;", "twin_d  = 1'b0;", "bmc", 18, "z3_sat"),
            Mutant("beyond_the_quota", TW_BANK, "reuse_d = count_q[cls_q] >= quota(cls_q);", "reuse_d = count_q[cls_q] > quota(cls_q);",
                   "bmc", 52, "z3_sat"),
        ],
    ),
    Proof(
        "time_wait_records", "fv_tw_bank", [*PRIM, *TW, "rtl/formal/fv_tw_bank.sv"], depth=2, cover=15, mutant_mode="prove",
        params={"Records": "1'b1"}, script=TW_CUT,
        mutants=[
            Mutant("fails_in_silence", TW_BANK, "StFail: if (evt_ready_i) begin", "StFail: begin", "bmc", 20, "z3_sat"),
            Mutant("tells_of_another", TW_BANK, "assign evt_rec_o     = op_rec_q;", "assign evt_rec_o     = read_rec;", "bmc", 20, "z3_sat"),
        ],
    ),
    Proof(
        "time_wait_lists", "fv_tw_bank", [*PRIM, *TW, "rtl/formal/fv_tw_bank.sv"], depth=2, cover=15, mutant_mode="prove",
        params={"Lists": "1'b1", "Entries": 8}, script=TW_CUT_LISTS, solver="z3_sat",
        patches=[Mutant("small", TW_BANK, "Entries >= 16", "Entries >= 8"), Mutant("small", INDEX, "Entries >= 16", "Entries >= 8")],
        mutants=[
            Mutant("unlink_forgets_prev", TW_BANK, "prv_we  = cur_q != tail_q[cls_q];", "prv_we  = 1'b0;", "bmc", 44),
            Mutant("head_stays", TW_BANK, "if (cur_q == head_q[cls_q]) head_d[cls_q] = nxt_rd;", "", "bmc", 36),
            Mutant("joins_at_the_old_end", TW_BANK, "tail_d[cls_q]  = cur_q;", """
        {nxt_wa, nxt_wd, prv_wa, prv_wd} = {cur_q, head_q[cls_q], head_q[cls_q], cur_q};
        head_d[cls_q] = cur_q;
        if (count_q[cls_q] == '0) tail_d[cls_q] = cur_q;""", "bmc", 26),
            Mutant("unlinks_from_another_class", TW_BANK, "cls_d    = class_of(read_rec.msl_class);", "", "bmc", 34),
            Mutant("freed_twice", TW_BANK, "nfree_d = nfree_q - 1'b1;\n          state_d = StAllocWait;", "nfree_d = nfree_q - 1'b1;\n          state_d = StWrite;",
                   "bmc", 40),
        ],
    ),
]  # fmt: skip


def stream(block, also=None, stable=(), without=(), cut="", extra="", sized=None, free=(), **kw):
    """The stream contract at every port of a block, whatever state it is in."""
    name = Path(block).stem
    streams = {"also": also, "stable": list(stable), "without": [*without, *(n for names in (also or {}).values() for n in names)], "extra": extra,
               "params": sized, "free": free}
    script = (f"cutpoint {cut}\n" if cut else "") + NO_INNER
    settings = dict(depth=2, script=script, cover=0, mutant_mode="prove", block=block, streams=streams) | kw
    return Proof(f"stream_{name}", f"fv_stream_{name}", ["rtl/files.f", "rtl/formal/fv_reset.sv", "rtl/formal/fv_axil_chk.sv"], **settings)


def early(name, file, old, new="1'b1", cycles=0):
    """Goes on although nobody has taken the word; seen from reset within so many cycles, or (0) by the induction only."""
    new = old.replace(*new) if isinstance(new, tuple) else new
    return [Mutant(name, f"rtl/{file}.sv", old, new, mode="bmc" if cycles else "", depth=cycles)]


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
# host_csr: one access, and where it is in the generated block: accepted, with the counters, or answered.
CSR_CUT = "w:u_dut.u_regs.readback_data w:u_dut.soft_reset w:u_dut.ctr_busy w:u_dut.ctr_data w:u_dut.we_pending"
CSR_ACCESS = """\
  logic       write, read, taken, answered, asked, outside, in_reset;
  logic [3:0] age, left, last_q;
  logic       moving_q;
  fv_axil_chk #(.Longest(6)) u_axil_chk (
    .clk_i, .rst_ni, .awvalid_i(s_axil_awvalid), .awready_i(s_axil_awready), .wvalid_i(s_axil_wvalid), .wready_i(s_axil_wready),
    .bvalid_i(s_axil_bvalid), .bready_i(s_axil_bready), .arvalid_i(s_axil_arvalid), .arready_i(s_axil_arready),
    .rvalid_i(s_axil_rvalid), .rready_i(s_axil_rready), .write_o(write), .read_o(read), .age_o(age));
  assign taken    = u_dut.u_regs.axil_awvalid || u_dut.u_regs.axil_arvalid;
  assign asked    = u_dut.u_ctr.read_q;
  assign outside  = u_dut.u_regs.external_pending;
  assign answered = u_dut.u_regs.axil_resp_rptr != u_dut.u_regs.axil_resp_wptr;
  assign left     = taken ? 4'd5 : asked ? 4'd4 : u_dut.ctr_ack ? 4'd3 : u_dut.ctr_ack_q ? 4'd2 : 4'd1;
  assign in_reset = 2'(u_dut.reset_q) == 2'd1;                       // RsReset
  `TOE_ASSERT(Reset_A, core_rst_no == !in_reset)
  `TOE_ASSERT(ResetIdle_A, !in_reset || 3'(u_dut.access_q) == 3'd0)
  `TOE_ASSERT(Access_A, 3'(u_dut.access_q) <= 3'd5)
  `TOE_ASSERT(Write_A, write == (3'(u_dut.access_q) == 3'd2))        // AcWriteEnd
  `TOE_ASSERT(Read_A, read == (3'(u_dut.access_q) == 3'd5))          // AcReadEnd
  `TOE_ASSERT(Waited_A, 3'(u_dut.access_q) != 3'd1 || (s_axil_awvalid && s_axil_wvalid))
  `TOE_ASSERT(WaitedRead_A, !(3'(u_dut.access_q) inside {3'd3, 3'd4}) || s_axil_arvalid)
  `TOE_ASSERT(Empty_A, in_reset || write || read || !(taken || u_dut.u_regs.axil_wvalid || outside || answered ||
      u_dut.u_regs.axil_n_in_flight != '0 || asked || u_dut.ctr_ack || u_dut.ctr_ack_q))
  `TOE_ASSERT(Once_A, !(write || read) || 3'(taken) + 3'(outside) + 3'(answered) == 3'd1)
  `TOE_ASSERT(Outside_A, in_reset || 3'(asked) + 3'(u_dut.ctr_ack) + 3'(u_dut.ctr_ack_q) == 3'(outside))
  `TOE_ASSERT(InFlight_A, in_reset || u_dut.u_regs.axil_n_in_flight == 2'(outside || answered))
  `TOE_ASSERT(Depth_A, in_reset || u_dut.u_regs.axil_resp_wptr == u_dut.u_regs.axil_resp_rptr + 2'(answered))
  `TOE_ASSERT(Kind_A, !(answered && !in_reset) ||
      u_dut.u_regs.axil_resp_buffer_is_wr[u_dut.u_regs.axil_resp_rptr[0]] == write)
  `TOE_ASSERT(Together_A, in_reset || (u_dut.u_regs.axil_awvalid == u_dut.u_regs.axil_wvalid &&
      (!u_dut.u_regs.axil_awvalid || write) && (!u_dut.u_regs.axil_arvalid || read)))
  `TOE_ASSERT(OutsideReads_A, in_reset || !outside || read)
  always_ff @(posedge clk_i) begin
    last_q   <= left;
    moving_q <= rst_ni && (write || read) && !answered;
  end
  `TOE_ASSERT(Comes_A, !moving_q || answered || left < last_q)
  `TOE_ASSERT(Age_A, !(write || read) || age + left <= 4'd7 || answered)
  // What the wiring takes from here of the reset of the core.
  logic was_reset_q, core_q, may_q;
  always_ff @(posedge clk_i) begin
    was_reset_q <= !rst_ni;
    core_q      <= core_rst_no;
    may_q       <= hold_o && (quiet_i || u_dut.count_q == '1);
  end
  `TOE_ASSERT(Hold_A, hold_o == (2'(u_dut.reset_q) != 2'd3))         // RsRun
  `TOE_ASSERT(HoldInReset_A, core_rst_no || hold_o)
  `TOE_ASSERT(CoreToo_A, !was_reset_q || !core_rst_no)
  `TOE_ASSERT(Falls_A, !core_q || core_rst_no || was_reset_q || may_q)"""
# The firmware asks, then waits for the answer.
FIRMWARE_WAITS = "  `TOE_ASSUME(FirmwareWaits_M, !((lk_valid_o || tw_valid_o || cc_set_valid_o) && req_i && we_i))"
PROOFS += [
    stream("rtl/net/net_rx.sv", stable=["ctl_i"], mutants=early(TAKEN, "net/net_rx_buf", "out_pop = data_valid_o && data_ready_i;", "out_pop = data_valid_o;")),
    stream("rtl/net/net_tx.sv", also={"m_axis_t": ["m_mirror_o", "m_note_o"]},
           mutants=early(TAKEN, "net/net_tx", "if (o_ready) begin\n      data_q <= o_data;", ("if (o_ready) ", ""))),
    stream("rtl/net/net_tx_src.sv", free=["in"], mutants=early(TAKEN, "net/net_tx_src", ".out_ready_i(done_ready_i)", ("done_ready_i", "1'b1"), cycles=12)),
    stream("rtl/nic/nic_tx.sv", mutants=early(TAKEN, "net/net_tx_src", ".out_ready_i(done_ready_i)", ("done_ready_i", "1'b1"))),
    stream("rtl/tcp/tcp_lookup.sv", mutants=early(TAKEN, "tcp/tcp_lookup", "(!v4_q || work_ready_i) && !key_steal", "!key_steal")),
    stream("rtl/tcp/tcp_pipe.sv", cut="w:u_dut.u_accept.*_o w:u_dut.u_react.*_o w:u_dut.u_out.*_o",
           mutants=early(TAKEN, "tcp/tcp_pipe", ".out_ready_i(place_ready_i)", ("place_ready_i", "1'b1"))),
    stream("rtl/tcp/tcp_seg.sv", mutants=early(TAKEN, "tcp/tcp_seg", ".out_ready_i(rd_ready_i)", ("rd_ready_i", "1'b1"))),
    stream("rtl/tcp/tcp_timer.sv", mutants=early("withdraws", "tcp/tcp_timer", "if (due_q && due_ready_i) due_q", "if (due_q) due_q")),
    stream("rtl/tcp/tcp_trace.sv", stable=["ctl_i"], mutants=early(TAKEN, "tcp/tcp_trace", "e_valid && wr_ready_i && last", "e_valid && last")),
    stream("rtl/timewait/timewait.sv", sized={"EventDepth": "4"}, stable=["ctl_i"], extra=TW_INSERTS, timeout_s=1800, cut="w:u_dut.g_bank*.u_bank.*_o w:u_dut.u_hash.*_o", mutants=[
        *early("a_command_takes_the_room", "timewait/timewait", "level_c < 3'd3 && !chg_valid", "chg_ready && !chg_valid"),
        *early("a_session_takes_the_bank", "timewait/timewait", "offered_q ? offered_cmd_q : !rec_valid_i", "!rec_valid_i"),
    ]),
    stream("rtl/host/host_align.sv", free=["in"], mutants=early(TAKEN, "host/host_align", "!out_valid_o || out_ready_i", cycles=10)),
    stream("rtl/host/host_bump.sv", stable=["qp_i"], mutants=early(TAKEN, "host/host_bump", "!bump_valid_o || bump_ready_i", cycles=16)),
    stream("rtl/host/host_cut.sv", free=["cut", "data"], mutants=early(TAKEN, "host/host_align", "!out_valid_o || out_ready_i", cycles=10)),
    stream("rtl/host/host_dma_rd.sv", mutants=early(TAKEN, "host/host_dma_rd", "(!m_axi_arvalid || m_axi_arready)", cycles=8)),
    stream("rtl/host/host_dma_wr.sv", mutants=early(TAKEN, "host/host_dma_wr", "(!m_axi_awvalid || m_axi_awready)", cycles=8)),
    stream("rtl/host/host_evq.sv", free=["note"], mutants=early(TAKEN, "host/host_evq", "!inj_valid_o || inj_ready_i", cycles=14)),
    stream("rtl/host/host_irq.sv", mutants=early("withdraws", "host/host_irq", "if (irq_ready_i) irq_valid_o <= 1'b0;", "irq_valid_o <= 1'b0;", cycles=14)),
    stream("rtl/host/host_wait.sv", free=["in"], extra="  `TOE_ASSERT(Held_A, !u_dut.looked_q || u_dut.head_valid)",
           mutants=early(TAKEN, "host/host_wait", "leave       = looked_q && out_ready_i", "leave       = looked_q", cycles=8)),
    stream("rtl/host/host_place.sv", mutants=early(TAKEN, "host/host_place", ".out_ready_i(wr_ready_i)", ("wr_ready_i", "1'b1"))),
    stream("rtl/host/host_rd_arb.sv", mutants=[
        *early(TAKEN, "host/host_rd_arb", ".out_ready_i(cmd_ready_i)", ("cmd_ready_i", "1'b1"), cycles=6),
        *early("bytes_for_who_is_ready", "host/host_rd_arb", "client_valid_o[i] = data_valid_i;", ("data_valid_i", "data_valid_i && cmd_ready_i"), cycles=6),
    ]),
    stream("rtl/host/host_csr.sv", cut=CSR_CUT, extra=CSR_ACCESS, sized={"ClockGate": "1'b0"}, mutants=[
        Mutant("answer_withdrawn", CSR, "assign s_axil_bvalid  = access_q == AcWriteEnd && rb_bvalid;",
               "assign s_axil_bvalid  = access_q == AcWriteEnd && rb_bvalid && quiet_i;"),
        Mutant("answers_twice", CSR, "AcReadEnd:  if (rb_rvalid && s_axil_rready) access_d = AcIdle;",
               "AcReadEnd:  if (!rb_rvalid && s_axil_rready) access_d = AcIdle;"),
        Mutant("reset_in_the_middle", CSR, "if (access_idle && (quiet_i || count_q == '1)) begin", "if (quiet_i || count_q == '1) begin"),
        Mutant("reset_does_not_wait", CSR, "if (access_idle && (quiet_i || count_q == '1)) begin", "if (access_idle) begin"),
        Mutant("counter_never_answers", CSR, "ctr_ack_q <= ctr_ack && regs_rst_n;", "ctr_ack_q <= ctr_ack && regs_rst_n && !hold_o;"),
    ]),
    stream("rtl/mcu/mcu_image.sv", also={"cmd": ["image_o"]}, extra="  `TOE_ASSERT(Loaded_A, !(u_dut.take_q && cmd_valid_o))", mutants=[
        *early("withdraws", "mcu/mcu_image", "StCmd: if (cmd_ready_i) state_d = StWait;", ("if (cmd_ready_i) ", ""), cycles=6),
        *early("its_image_moves", "mcu/mcu_image", "take_q <= state_q == StLoad;", ("state_q == StLoad;", "state_q == StLoad || state_q == StCmd;")),
    ]),
    stream("rtl/mcu/mcu_regs.sv", without=["cc_lost_i"], stable=["tuple_i"], extra=FIRMWARE_WAITS,
           mutants=early("withdraws", "mcu/mcu_regs", "else if (cc_set_ready_i) cc_set_valid_q", "else cc_set_valid_q", cycles=8)),
    stream("rtl/mcu/mcu_dma.sv", stable=["vector_i"], also=MCU_DATA, mutants=early(TAKEN, "mcu/mcu_dma", "StRdCmd: if (rd_ready_i) state_d", "StRdCmd: state_d", cycles=10)),
    stream("rtl/top/toe_mirror.sv", mutants=early("its_time_moves", "top/toe_mirror", "record.time_us = time_q;", "record.time_us = now_us_i[31:0];", cycles=12)),
]  # fmt: skip


def wired(name, wires, **kw):
    """A module that wires blocks together: each stream arrives where the table says, and keeps the contract on its way."""
    settings = dict(depth=2, mutant_depth=6, cover=7, script="opt_clean", wires=wires) | kw
    return Proof(name, f"fv_{name}", ["rtl/files.f", "rtl/formal/fv_reset.sv"], **settings)


# Blocks inside others; `free`: what comes in may do what it likes, so nobody has to show more.
PROOFS += [
    stream("rtl/net/net_parse.sv", also={"out": ["meta_o", "drop_o", "info_o"]}, free=["hdr"], sized={"HashSteps": "8"},
           mutants=early(TAKEN, "net/net_parse", "h_ready = !out_valid_q || out_ready_i;", "h_ready = 1'b1;")),
    stream("rtl/net/net_tcp_opts.sv", free=["in"], also={"out": [f"{n}_o" for n in ("ts_ok", "ts_val", "ts_ecr", "sack_n", "sack", "unknown", "malformed", "side")]},
           mutants=early(TAKEN, "net/net_tcp_opts", "(out_ready_i && !walk_q)", "!walk_q", cycles=6)),
    stream("rtl/net/net_toeplitz.sv", free=["in"], also={"out": ["hash_o", "side_o"]}, sized={"Steps": "8"},
           mutants=early(TAKEN, "net/net_toeplitz", "(done && out_ready_i)", "done")),
    stream("rtl/net/net_tx_csum.sv", free=["in"], also={"out": ["frame_o", "guard_o", "side_o"]},
           mutants=early(TAKEN, "net/net_tx_csum", "r3 = !v3_q || out_ready_i;", "r3 = 1'b1;")),
    stream("rtl/net/net_hdr_build.sv", free=["seg"], mutants=early(TAKEN, "net/net_hdr_build", "ready1 = !v2_q || frame_ready_i;", "ready1 = 1'b1;", cycles=6)),
    stream("rtl/net/net_rx_buf.sv", mutants=early(TAKEN, "net/net_rx_buf", "out_pop = data_valid_o && data_ready_i;", "out_pop = data_valid_o;")),
    stream("rtl/net/net_vlan_strip.sv", mutants=early(TAKEN, "net/net_vlan_strip", "if (flush_q && out_ready_i) begin", "if (flush_q) begin", cycles=8)),
    stream("rtl/nic/nic_tx_build.sv", free=["job", "hdr"], mutants=early(TAKEN, "nic/nic_tx_build", "StSend:  if (frame_ready_i) state_d", "StSend:  state_d")),
    # Its arbiter keeps the contract although queues withdraw: what is chosen is taken at once.
    stream("rtl/nic/nic_tx_fetch.sv", free=["data"], script=NO_INNER.replace("@kept", "@kept c:u_dut.u_arb.* %u"), mutants=[
        *early(TAKEN, "nic/nic_tx_fetch", "if (!rd_valid_o || rd_ready_i) rd_valid_o <= start;", "rd_valid_o <= start;"),
        *early("waits_in_its_turn", "nic/nic_tx_fetch", ".in_valid_i(free ? want : '0), .in_ready_o(), .in_i('0), .lock_i(1'b0),\n"
               "    .out_valid_o(start), .out_ready_i(1'b1)", ".in_valid_i(want), .in_ready_o(), .in_i('0), .lock_i(1'b0),\n"
               "    .out_valid_o(start), .out_ready_i(free)", cycles=8),
    ]),
    stream("rtl/nic/nic_tx_issue.sv", free=["desc"], mutants=early(TAKEN, "nic/nic_tx_issue", "if (free) rd_valid_o <= issue_hdr || issue_pay;", "rd_valid_o <= issue_hdr || issue_pay;")),
    stream("rtl/timewait/tw_bank.sv", free=["chg", "ins"], sized={"Entries": "16"}, stable=["ctl_i"],
           cut="w:u_dut.ix_busy w:u_dut.ix_ready w:u_dut.ix_done w:u_dut.ix_result w:u_dut.ix_found w:u_dut.ix_twin w:u_dut.ix_twin_id "
               "w:u_dut.h_ready w:u_dut.h_done w:u_dut.h_out",
           mutants=early(TAKEN, "timewait/tw_bank", "if (!evt_valid_o || evt_ready_i) begin", "if (1'b1) begin")),
    stream("rtl/tcp/tcp_cc.sv", mutants=early(TAKEN, "tcp/tcp_cc", ".out_ready_i(sum_ready_i)", ("sum_ready_i", "1'b1"))),
]  # fmt: skip

TOP, HOST = TOE_TOP.path, TOE_HOST.path
# Of arbiters and queues in it the contract is taken from their own proofs; what leaves is for the proof of its streams.
INNER_GIVEN = NO_INNER.replace("@kept", "@kept c:u_dut.*fv_* %u")
PROOFS += [
    wired(
        "wires_toe_top", TOE_TOP,
        mutants=[
            Mutant("ready_of_another", TOP, ".frame_valid_o(frame_valid[1]), .frame_ready_i(frame_ready[1])", ".frame_valid_o(frame_valid[1]), .frame_ready_i(frame_ready[0])"),
            Mutant("sources_in_another_order", TOP, ".frame_valid_i(frame_valid), .frame_ready_o(frame_ready), .frame_i(frame),", """
        .frame_valid_i({frame_valid[1:0], frame_valid[2]}), .frame_ready_o({frame_ready[1:0], frame_ready[2]}),
        .frame_i({frame[1:0], frame[2]}),"""),
            Mutant("valid_stuck", TOP, ".work_valid_i(work_valid)", ".work_valid_i(1'b1)"),
            Mutant("last_dropped", TOP, ".data_last_i(fr_last)", ".data_last_i(1'b0)"),
            Mutant("payload_moves", TOP, "addr: wfault.addr}", "addr: wfault.addr + 64'(now_us)}"),
            Mutant("answer_of_another", TOP, ".wr_done_i(mcu_done)", ".wr_done_i(fence_done)"),
            Mutant("withdrawn_by_hold", TOP, "if (!rst_n || m_axis_tx_tvalid) tx_mid_q <= rst_n && !(m_axis_tx_tready && m_axis_tx_tlast);",
                   "if (!rst_n || (m_axis_tx_tvalid && m_axis_tx_tready)) tx_mid_q <= rst_n && !m_axis_tx_tlast;"),
            Mutant("half_sent_for_ever", TOP, "if (!rst_n || m_axis_tx_tvalid) tx_mid_q <= rst_n &&", "if (m_axis_tx_tvalid) tx_mid_q <="),
            Mutant("reset_between_two_words", TOP, ".tx_quiet_i(!tx_mid_q && !m_axis_tx_tvalid)", ".tx_quiet_i(!m_axis_tx_tvalid)"),
            Mutant("begins_under_hold", TOP, "tx_mid_q || !hold;", "1'b1;"),
            Mutant("begins_in_reset", TOP, "rx_cut_q <= (s_axis_rx_tvalid && s_axis_rx_tready) ? !s_axis_rx_tlast : rx_mid_q;",
                   "rx_cut_q <= rx_mid_q && !(s_axis_rx_tvalid && s_axis_rx_tready && s_axis_rx_tlast);"),
            Mutant("swallows_too_little", TOP, "else if (s_axis_rx_tvalid && s_axis_rx_tlast) rx_cut_q <= 1'b0;", "else if (s_axis_rx_tvalid) rx_cut_q <= 1'b0;"),
            Mutant("copies_twice", TOP, "m_axis_tx_tvalid && m_axis_tx_tready && tx_mirror", "m_axis_tx_tvalid && tx_mirror"),
        ],
    ),
    # Of the arbiter before the reader the contract is taken from its own proofs; how soon clients have room is left to simulation.
    wired(
        "wires_toe_host", TOE_HOST,
        script="chformal -assert2assume c:u_dut.u_rd_arb.u_arb.*\nchformal -assert -remove c:u_dut.u_rd_arb.ClientHasRoom_A\nopt_clean",
        mutants=[
            Mutant("ready_of_another", HOST, ".wr_ready_i(trc_ready)", ".wr_ready_i(mir_ready)"),
            Mutant("bytes_for_nobody", HOST, "rd_data_ready_all[RdBump] = bump_data_ready;", "rd_data_ready_all[RdBump] = 1'b1;"),
            Mutant("error_dropped", HOST, ".data_err_i(rd_err_o),\n    .bump_valid_o", ".data_err_i(1'b0),\n    .bump_valid_o"),
            Mutant("last_dropped", HOST, ".mir_data_last_i(mir_data_last)", ".mir_data_last_i(1'b0)"),
            Mutant("copies_of_the_other_way", HOST, ".tap_valid_i({tap_valid_i, rx_tap_valid})", ".tap_valid_i({rx_tap_valid, tap_valid_i})"),
            Mutant("fault_forgotten", HOST, "assign wfault_ready = wfault.src != SrcSession || fault_ready_i;", "assign wfault_ready = 1'b1;"),
            Mutant("fault_of_a_frame_too", HOST, "assign fault_valid_o = wfault_valid && wfault.src == SrcSession;", "assign fault_valid_o = wfault_valid;"),
            Mutant("fault_does_not_wait", HOST, "nic_pend_q <= nic_fault_valid_i || (nic_pend_q && !nic_taken);", "nic_pend_q <= nic_fault_valid_i;"),
        ],
    ),
    wired(
        "wires_net_rx", NET_RX, cover=0, script=INNER_GIVEN,
        mutants=[
            Mutant("beat_moves", NET_RX.path, ".in_data_i(beat.data)", ".in_data_i(arb_beat.data)"),
            Mutant("offer_withdrawn", NET_RX.path, ".in_valid_i({loop_valid_i, s_axis_tvalid})", ".in_valid_i({loop_valid_i && arb_ready, s_axis_tvalid})"),
        ],
    ),
    wired(
        "wires_net_tx", NET_TX, cover=0, timeout_s=1800, script="chformal -assert -remove c:u_dut.* c:u_dut.*fv_* %d\nopt_clean",
        mutants=[Mutant("offer_withdrawn", NET_TX.path, "(frame_i[i].payload_len == '0 || done_valid_i[i]);",
                        "(frame_i[i].payload_len == '0 || done_valid_i[i]) && !pay_valid_i[i];")],
    ),
    wired(
        "wires_host_rd_arb", HOST_RD_ARB, cover=0, script=INNER_GIVEN,
        mutants=[Mutant("offer_withdrawn", HOST_RD_ARB.path, ".in_valid_i(rd_valid_i)", ".in_valid_i(cmd_valid_o ? '0 : rd_valid_i)")],
    ),
    *(wired(f"wires_{Path(s.path).stem}", s, mutants=[Mutant("ready_of_another", s.path, ".m_axi_wready,", ".m_axi_wready(m_axi_awready),")]) for s in SHELLS),
    wired(
        "wires_mcu", MCU,
        mutants=[
            Mutant("ready_of_another", MCU.path, "    .rd_ready_i,", "    .rd_ready_i (wr_ready_i),"),
            Mutant("valid_stuck", MCU.path, "    .cc_valid_i,", "    .cc_valid_i (1'b1),"),
            Mutant("last_dropped", MCU.path, "    .wr_last_o,", "    .wr_last_o (),"),
            Mutant("during_a_transfer", MCU.path, "img_go_q && !dma_busy && !dma_start;", "img_go_q && !dma_start;"),
            Mutant("begins_twice", MCU.path, "else if (img_go) img_go_q <= 1'b0;", "else if (img_busy) img_go_q <= 1'b0;"),
        ],
    ),
]  # fmt: skip

// SPDX-License-Identifier: Apache-2.0
// Fetches transmit descriptors of all queue pairs, up to four a read.
// Contract: queues take turns by read; a queue is read while its doorbell is ahead of what was
// fetched. A doorbell further ahead than the ring is long is ignored and pulses bad_tail_o once. A
// disabled queue starts again at index 0. Room for the descriptors is reserved before they are
// asked for. Output: one descriptor at a time in fetch order, with err_o when its read failed;
// registered.
`include "toe_assert.svh"
module nic_tx_fetch #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  localparam int unsigned DataW = int'(Cfg.DataW),
  localparam int unsigned Qps   = int'(Cfg.Qps)
) (
  input  logic                        clk_i,
  input  logic                        rst_ni,
  input  toe_pkg::qp_ctl_t [Qps-1:0]  qp_i,
  output logic                        rd_valid_o,
  input  logic                        rd_ready_i,
  output toe_pkg::rd_cmd_t            rd_o,
  input  logic                        data_valid_i,
  output logic                        data_ready_o,
  input  logic [DataW-1:0]            data_i,
  input  logic                        data_last_i,
  input  logic                        data_err_i,
  output logic                        desc_valid_o,
  input  logic                        desc_ready_i,
  output nic_pkg::desc_t              desc_o,
  output toe_pkg::qp_t                desc_qp_o,
  output logic [31:0]                 desc_next_o,     // free-running index after this descriptor
  output logic                        desc_err_o,
  output logic                        bad_tail_o,
  output toe_pkg::qp_t                bad_tail_qp_o,
  output logic [31:0]                 bad_tail_info_o,  // the doorbell
  output logic                        idle_o
);
  import toe_pkg::*;
  import toe_abi_pkg::*;
  import nic_pkg::*;

  localparam int unsigned NB    = DataW / 8;
  localparam int unsigned Beats = 64 / NB;             // of a descriptor
  localparam int unsigned BeatW = (Beats > 1) ? $clog2(Beats) : 1;
  localparam int unsigned Depth = (DataW == 64) ? 16 : 64;
  localparam int unsigned CntW  = $clog2(Depth + 1);
  localparam int unsigned QW    = (Qps > 1) ? $clog2(Qps) : 1;

  // ------------------------------------------------------------------ whose turn
  logic [Qps-1:0][31:0] head_q;
  logic [Qps-1:0]       want, bad_tail, bad_q;
  logic                 start, free;
  logic [QW-1:0]        q;
  logic [CntW-1:0]      used_q;                        // descriptors asked for and not yet taken

  for (genvar i = 0; i < int'(Qps); i++) begin : g_qp
    logic [31:0] ahead;
    assign ahead       = qp_i[i].txq_tail - head_q[i];
    assign bad_tail[i] = qp_i[i].enable && ahead > (32'd1 << qp_i[i].txq_log2);
    assign want[i]     = qp_i[i].enable && ahead != '0 && !bad_tail[i];
  end

  // A queue gets its turn when it can be read at once: one that waited in its turn might be
  // disabled, or ring absurdly, and the others would wait for it.
  prim_arb_rr #(.N(Qps), .Width(1)) u_arb (
    .clk_i, .rst_ni, .in_valid_i(free ? want : '0), .in_ready_o(), .in_i('0), .lock_i(1'b0),
    .out_valid_o(start), .out_ready_i(1'b1), .out_o(), .out_idx_o(q)
  );

  logic [31:0] ahead_q_, mask, pos, to_wrap;
  logic [2:0]  count;
  logic        b_in_ready;
  rd_cmd_t     cmd;

  always_comb begin
    mask     = (32'd1 << qp_i[q].txq_log2) - 32'd1;
    pos      = head_q[q] & mask;
    to_wrap  = mask - pos + 32'd1;
    ahead_q_ = qp_i[q].txq_tail - head_q[q];
    count    = 3'd4 - {1'b0, pos[1:0]};                // to an aligned boundary
    if (32'(count) > to_wrap) count = to_wrap[2:0];
    if (32'(count) > ahead_q_) count = ahead_q_[2:0];
    cmd = '{client: RdDesc, addr: qp_i[q].txq_base + {26'd0, pos, 6'd0}, len: 20'({count, 6'd0})};
  end

  assign free = !rd_valid_o && used_q <= CntW'(Depth - 4) && b_in_ready;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      rd_valid_o <= 1'b0;
      head_q     <= '0;
      bad_q      <= '0;
      bad_tail_o <= 1'b0;
      used_q     <= '0;
    end else begin
      if (!rd_valid_o || rd_ready_i) rd_valid_o <= start;
      for (int i = 0; i < int'(Qps); i++) begin
        if (!qp_i[i].enable) head_q[i] <= '0;
      end
      if (start && qp_i[q].enable) head_q[q] <= head_q[q] + 32'(count);
      bad_q      <= bad_tail;
      bad_tail_o <= (bad_tail & ~bad_q) != '0;
      used_q     <= used_q + (start ? CntW'(count) : '0) - CntW'(desc_valid_o && desc_ready_i);
    end
    if (start) rd_o <= cmd;
    for (int i = int'(Qps) - 1; i >= 0; i--) begin
      if (bad_tail[i] && !bad_q[i]) begin
        bad_tail_qp_o   <= qp_t'(i);
        bad_tail_info_o <= qp_i[i].txq_tail;
      end
    end
  end

  // ------------------------------------------------------------------ what comes back
  batch_t           b_in, b_out, done_in, done_out;
  logic             b_valid, b_pop, done_valid, done_pop, done_ready;
  logic [BeatW-1:0] beat_q;
  logic             last_beat, push_ready;
  logic [191:0]     word;                              // bytes 0..23 of the descriptor

  assign b_in = '{qp: qp_t'(q), first: head_q[q], count: count, err: 1'b0};

  prim_fifo #(.Width($bits(batch_t)), .Depth(Depth)) u_asked (
    .clk_i, .rst_ni, .in_valid_i(start), .in_ready_o(b_in_ready), .in_i(b_in),
    .out_valid_o(b_valid), .out_ready_i(b_pop), .out_o(b_out), .level_o()
  );

  assign data_ready_o = 1'b1;
  assign last_beat    = beat_q == BeatW'(Beats - 1);

  if (NB == 8) begin : g_w64
    logic [2:0][63:0] w_q;
    always_ff @(posedge clk_i) begin
      for (int i = 0; i < 3; i++) if (data_valid_i && beat_q == BeatW'(i)) w_q[i] <= data_i;
    end
    assign word = w_q;
  end else if (Beats > 1) begin : g_wmid
    logic [191:0] w_q;
    always_ff @(posedge clk_i) if (data_valid_i && beat_q == '0) w_q <= data_i[191:0];
    assign word = w_q;
  end else begin : g_w512
    assign word = data_i[191:0];
  end

  // Repacked: the reserved bits are dropped.
  tx_desc_t abi;
  desc_t    d_in;
  assign abi  = {320'd0, word};
  assign d_in = '{vlan_tci: abi.vlan_tci, mss: abi.mss, l4_off: abi.l4_off, l3_off: abi.l3_off,
      hdr_len: abi.hdr_len, report: abi.report,
                  udp: abi.udp, ipv6: abi.ipv6, loop: abi.loop, vlan_insert: abi.vlan_insert,
                  tso: abi.tso, ip_csum: abi.ip_csum,
                  l4_csum: abi.l4_csum, len: abi.len, addr: abi.addr};

  always_ff @(posedge clk_i) begin
    if (!rst_ni) beat_q <= '0;
    else if (data_valid_i) beat_q <= (data_last_i || last_beat) ? '0 : beat_q + 1'b1;
  end

  logic  d_valid;
  desc_t d_out;

  prim_fifo #(.Width($bits(desc_t)), .Depth(Depth)) u_desc (
    .clk_i, .rst_ni, .in_valid_i(data_valid_i && last_beat), .in_ready_o(push_ready), .in_i(d_in),
    .out_valid_o(d_valid), .out_ready_i(desc_ready_i && desc_valid_o), .out_o(d_out), .level_o()
  );

  always_comb begin
    done_in     = b_out;
    done_in.err = data_err_i;
  end
  assign b_pop = data_valid_i && data_last_i;

  prim_fifo #(.Width($bits(batch_t)), .Depth(Depth)) u_done (
    .clk_i, .rst_ni, .in_valid_i(b_pop), .in_ready_o(done_ready), .in_i(done_in),
    .out_valid_o(done_valid), .out_ready_i(done_pop), .out_o(done_out), .level_o()
  );

  logic [2:0] nth_q;                                   // within the batch

  assign desc_valid_o = done_valid && d_valid;
  assign desc_o       = d_out;
  assign desc_qp_o    = done_out.qp;
  assign desc_next_o  = done_out.first + 32'(nth_q) + 32'd1;
  assign desc_err_o   = done_out.err;
  assign done_pop     = desc_valid_o && desc_ready_i && nth_q + 3'd1 == done_out.count;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) nth_q <= '0;
    else if (done_pop) nth_q <= '0;
    else if (desc_valid_o && desc_ready_i) nth_q <= nth_q + 1'b1;
  end

  assign idle_o = used_q == '0 && want == '0 && !rd_valid_o;

  `TOE_ASSERT(Room_A, !(data_valid_i && last_beat) || push_ready)
  `TOE_ASSERT(DoneRoom_A, !b_pop || (done_ready && b_valid))
  prim_stream_chk #(.Width($bits(rd_cmd_t))) u_rd_chk (
    .clk_i, .rst_ni, .valid_i(rd_valid_o), .ready_i(rd_ready_i), .data_i(rd_o)
  );

  logic unused;
  always_comb begin
    unused = ^abi;
    for (int i = 0; i < int'(Qps); i++) unused ^= ^qp_i[i];
    if (NB > 24) unused ^= ^data_i;
  end

endmodule

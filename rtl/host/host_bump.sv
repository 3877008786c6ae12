// SPDX-License-Identifier: Apache-2.0
// Fetches bump records of all queue pairs and hands them to the pipeline.
// Contract: queue pairs in turn, one read of up to 16 records (256 bytes) each, up to four reads
// outstanding, room reserved for all of them: the read stream is never stalled. Records of a queue
// pair keep their order; one record a cycle (every second at 64 bit). A read that failed is dropped
// whole and reported (fault_*: a pulse). A doorbell beyond the ring is not followed: counted in
// bump_bad and reported once, until a sane one is written. Heads are free-running, zero while a
// queue pair is disabled; bmq_head_o moves when the records have been read, so the host may use
// their places again.
`include "toe_assert.svh"
module host_bump #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  localparam int unsigned DataW = 32'(Cfg.DataW),
  localparam int unsigned Qps   = 32'(Cfg.Qps)
) (
  input  logic                       clk_i,
  input  logic                       rst_ni,
  input  toe_pkg::qp_ctl_t [Qps-1:0] qp_i,
  output logic [Qps-1:0][31:0]       bmq_head_o,
  output logic                       idle_o,

  // DMA reads
  output logic                       rd_valid_o,
  input  logic                       rd_ready_i,
  output toe_pkg::rd_cmd_t           rd_o,
  input  logic                       data_valid_i,
  output logic                       data_ready_o,
  input  logic [DataW-1:0]           data_i,
  input  logic                       data_last_i,
  input  logic                       data_err_i,

  // Bumps
  output logic                       bump_valid_o,
  input  logic                       bump_ready_i,
  output toe_pkg::bump_t             bump_o,

  // Reports
  output logic                       fault_valid_o,
  output host_pkg::qp_fault_t        fault_o,
  output logic                       report_valid_o,  // pulse: the host wants to know the head
  output toe_pkg::qp_t               report_qp_o,
  output host_pkg::bump_ctr_t        ctr_o
);

  import toe_pkg::*;
  import host_pkg::*;

  localparam int unsigned QpW     = (Qps > 1) ? $clog2(Qps) : 1;
  localparam int unsigned Batch   = 16;
  localparam int unsigned Batches = 4;
  localparam int unsigned Beats   = Batches * Batch * 128 / DataW;

  typedef struct packed {
    qp_t         qp;
    logic        epoch;                     // changes when the queue pair is disabled
    logic [4:0]  count;
    logic [63:0] addr;
  } batch_t;

  // ---- Which queue pair, from where, how many: two stages
  logic [Qps-1:0]     enable, enable_q, gone, bad_q, epoch_q;
  logic [QpW-1:0]     scan_q, qp_q;
  logic [Qps-1:0][31:0] ask_q;              // asked for up to here
  logic [31:0]        avail;
  logic               sane, look_q, ask;
  logic [31:0]        head_q, avail_q;
  logic [63:0]        base_q;
  logic [3:0]         log2_q;
  logic [15:0]        ring_left;            // records up to the end of the ring
  logic [4:0]         count;
  batch_t             batch;
  logic               list_ready, list_valid, list_take;
  batch_t             list;

  always_comb begin
    for (int q = 0; q < int'(Qps); q++) enable[q] = qp_i[q].enable;
  end
  assign gone  = enable_q & ~enable;
  assign avail = qp_i[scan_q].bmq_tail - ask_q[scan_q];
  assign sane  = avail <= (32'd1 << qp_i[scan_q].bmq_log2);

  assign ring_left = (16'd1 << log2_q) - (head_q[15:0] & ((16'd1 << log2_q) - 16'd1));
  always_comb begin
    count = 5'(Batch);
    if (avail_q < 32'(count)) count = avail_q[4:0];
    if (ring_left < 16'(count)) count = ring_left[4:0];
  end
  assign batch = '{qp: qp_t'(qp_q), epoch: epoch_q[qp_q], count: count,
                   addr: base_q + {44'd0, head_q[15:0] & ((16'd1 << log2_q) - 16'd1), 4'd0}};
  assign ask   = look_q && list_ready && (!rd_valid_o || rd_ready_i);

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      scan_q     <= '0;
      look_q     <= 1'b0;
      rd_valid_o <= 1'b0;
      bmq_head_o <= '0;
      ask_q      <= '0;
      enable_q   <= '0;
      bad_q      <= '0;
      epoch_q    <= '0;
    end else begin
      enable_q <= enable;
      if (rd_ready_i) rd_valid_o <= 1'b0;
      if (!look_q) begin
        scan_q <= (scan_q == QpW'(Qps - 1)) ? '0 : scan_q + 1'b1;
        look_q <= enable[scan_q] && avail != '0 && sane;
        bad_q[scan_q] <= enable[scan_q] && !sane;
      end else if (ask) begin
        look_q      <= 1'b0;
        rd_valid_o  <= 1'b1;
        ask_q[qp_q] <= head_q + 32'(count);
      end
      // A batch of a queue pair that was disabled meanwhile must not move the new head.
      if (list_take && list.epoch == epoch_q[list.qp[QpW-1:0]]) begin
        bmq_head_o[list.qp[QpW-1:0]] <= bmq_head_o[list.qp[QpW-1:0]] + 32'(list.count);
      end
      if (gone != '0) begin
        for (int q = 0; q < int'(Qps); q++) begin
          if (gone[q]) begin
            bmq_head_o[q] <= '0;
            ask_q[q]      <= '0;
            epoch_q[q]    <= !epoch_q[q];
            if (qp_q == QpW'(q)) look_q <= 1'b0;
          end
        end
      end
    end
    if (!look_q) begin
      qp_q    <= scan_q;
      head_q  <= ask_q[scan_q];
      avail_q <= avail;
      base_q  <= qp_i[scan_q].bmq_base;
      log2_q  <= qp_i[scan_q].bmq_log2;
    end
    if (ask) rd_o <= '{client: RdBump, addr: batch.addr, len: {11'd0, count, 4'd0}};
  end

  // ---- What comes back; a batch stays in the list until it is used up, so the list is the
  // reservation
  logic             beat_valid, beat_take;
  logic [DataW-1:0] beat;
  logic             done_valid, done_err;
  prim_fifo #(.Width($bits(batch_t)), .Depth(Batches)) u_list (
    .clk_i, .rst_ni,
    .in_valid_i(ask), .in_ready_o(list_ready), .in_i(batch),
    .out_valid_o(list_valid), .out_ready_i(list_take), .out_o(list), .level_o()
  );
  prim_fifo #(.Width(DataW), .Depth(Beats)) u_beats (
    .clk_i, .rst_ni,
    .in_valid_i(data_valid_i), .in_ready_o(data_ready_o), .in_i(data_i),
    .out_valid_o(beat_valid), .out_ready_i(beat_take), .out_o(beat), .level_o()
  );
  prim_fifo #(.Width(1), .Depth(Batches)) u_done (
    .clk_i, .rst_ni,
    .in_valid_i(data_valid_i && data_ready_o && data_last_i), .in_ready_o(), .in_i(data_err_i),
    .out_valid_o(done_valid), .out_ready_i(list_take), .out_o(done_err), .level_o()
  );

  // ---- Records out of beats
  logic                  out_free, emit, whole;
  logic [4:0]            index_q;           // record within the batch
  logic                  record_last, beat_done;
  toe_abi_pkg::bump_t    word;

  if (DataW == 64) begin : g_narrow
    logic        half_q;
    logic [63:0] low_q;
    always_ff @(posedge clk_i) begin
      if (!rst_ni) half_q <= 1'b0;
      else if (beat_take) half_q <= !half_q;
      if (beat_take) low_q <= beat;
    end
    assign whole     = half_q;
    assign word      = {beat, low_q};
    assign beat_done = 1'b1;
  end else begin : g_wide
    localparam int unsigned Each = DataW / 128;
    localparam int unsigned SelW = $clog2(Each);
    logic [SelW-1:0] sel;
    assign sel       = index_q[SelW-1:0];
    assign whole     = 1'b1;
    assign word      = beat[128*sel+:128];
    assign beat_done = sel == SelW'(Each - 1) || record_last;
  end

  assign out_free    = !bump_valid_o || bump_ready_i;
  assign record_last = index_q == list.count - 5'd1;
  assign emit        = list_valid && done_valid && beat_valid && (out_free || done_err);
  assign beat_take   = emit && (beat_done || !whole);
  assign list_take   = emit && whole && record_last;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      index_q      <= '0;
      bump_valid_o <= 1'b0;
    end else begin
      if (bump_ready_i) bump_valid_o <= 1'b0;
      if (emit && whole) begin
        index_q      <= record_last ? '0 : index_q + 1'b1;
        bump_valid_o <= !done_err || (bump_valid_o && !bump_ready_i);
      end
    end
    if (emit && whole && !done_err) begin
      bump_o <= '{handle: word.handle, snd_end: word.snd_end, rcv_read: word.rcv_read,
          snd_valid: word.snd_valid,
                  rcv_valid: word.rcv_valid, fin: word.fin, rst: word.rst, kick: word.kick,
                  orphan: word.orphan};
    end
  end

  // ---- Reports
  logic bad_now;
  assign bad_now        = !look_q && enable[scan_q] && !sane && !bad_q[scan_q];
  assign fault_valid_o  = (list_take && done_err) || bad_now;
  assign ctr_o.bump_bad  = bad_now;
  assign ctr_o.bump_lost = emit && whole && done_err;

  // A batch that could not be read may have held the question.
  logic report_q;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      report_q       <= 1'b0;
      report_valid_o <= 1'b0;
    end else begin
      if (emit && whole) report_q <= !record_last && (report_q || word.report);
      report_valid_o <= list_take && (report_q || word.report || done_err);
    end
    if (list_take) report_qp_o <= list.qp;
  end

  always_comb begin
    fault_o = '{qp: list.qp, what: toe_abi_pkg::FaultDmaRead, addr: list.addr,
        info: 32'(list.count)};
    if (bad_now) begin
      fault_o = '{qp: qp_t'(scan_q), what: toe_abi_pkg::FaultQueueConfig, addr: '0,
          info: qp_i[scan_q].bmq_tail};
    end
  end

  // Idle once a whole round found nothing.
  logic [4:0] quiet_q;
  always_ff @(posedge clk_i) begin
    if (!rst_ni || look_q) quiet_q <= '0;
    else if (32'(quiet_q) <= Qps) quiet_q <= quiet_q + 1'b1;
  end
  assign idle_o = 32'(quiet_q) > Qps && !rd_valid_o && !list_valid && !bump_valid_o;

  `TOE_ASSERT(RoomReserved_A, !data_valid_i || data_ready_o)
  prim_stream_chk #(.Width($bits(toe_pkg::bump_t))) u_bump_chk (
    .clk_i, .rst_ni, .valid_i(bump_valid_o), .ready_i(bump_ready_i), .data_i(bump_o)
  );

  logic unused;
  assign unused = ^{word.reserved_0, list.addr};

endmodule

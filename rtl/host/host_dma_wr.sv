// SPDX-License-Identifier: Apache-2.0
// Writes host memory: a command and its bytes, at any alignment.
// Contract: commands take effect in order (one AXI id). A command becomes bursts inside aligned
// blocks of 4 KiB (2 KiB at 64 bit), one burst a cycle; one beat of the bus a cycle, no gap between
// commands; a burst's data never comes before its address. At the wrap point the address continues
// at wrap_base. The data stream of a command is packed from byte 0, all its beats but the last
// full. Up to MaxOutst bursts wait for their response. After the last response of a command:
// done_valid_o for one cycle (no back-pressure) with the request's irq, irq_id, source and slot and
// whether any of its bursts failed. fault_*: failed commands, at most 4 wait, more are only
// counted. Outputs are registered, except done_* (a path from bvalid). hold_i: no new command;
// idle_o: nothing left, nothing outstanding. Reset forgets everything: only with idle_o.
`include "toe_assert.svh"
module host_dma_wr #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  localparam int unsigned DataW = 32'(Cfg.DataW),
  localparam int unsigned W     = DataW / 8
) (
  input  logic                clk_i,
  input  logic                rst_ni,
  input  logic                hold_i,
  output logic                idle_o,

  // Commands
  input  logic                cmd_valid_i,
  output logic                cmd_ready_o,
  input  host_pkg::wr_req_t   cmd_i,

  // Their bytes
  input  logic                data_valid_i,
  output logic                data_ready_o,
  input  logic [DataW-1:0]    data_i,

  // Results
  output logic                done_valid_o,
  output host_pkg::wr_src_e   done_src_o,
  output toe_pkg::slot_t      done_slot_o,
  output logic                done_err_o,
  output logic                done_irq_o,
  output logic [4:0]          done_irq_id_o,
  output logic                fault_valid_o,
  input  logic                fault_ready_i,
  output host_pkg::wr_fault_t fault_o,

  // AXI4 write channels
  output logic [7:0]          m_axi_awid,
  output logic [63:0]         m_axi_awaddr,
  output logic [7:0]          m_axi_awlen,
  output logic [2:0]          m_axi_awsize,
  output logic [1:0]          m_axi_awburst,
  output logic                m_axi_awvalid,
  input  logic                m_axi_awready,
  output logic [DataW-1:0]    m_axi_wdata,
  output logic [W-1:0]        m_axi_wstrb,
  output logic                m_axi_wlast,
  output logic                m_axi_wvalid,
  input  logic                m_axi_wready,
  input  logic [7:0]          m_axi_bid,
  input  logic [1:0]          m_axi_bresp,
  input  logic                m_axi_bvalid,
  output logic                m_axi_bready,

  output host_pkg::wr_ctr_t   ctr_o
);

  import host_pkg::*;

  localparam int unsigned OffW     = $clog2(W);
  localparam int unsigned MaxBurst = (256 * W < 4096) ? 256 * W : 4096;
  localparam int unsigned MbW      = $clog2(MaxBurst);
  localparam int unsigned MaxOutst = (DataW > 64) ? 128 : 32;

  typedef struct packed {
    logic            first;                 // of its command
    logic [8:0]      beats;
    logic [OffW-1:0] off;                   // of the command
    logic [15:0]     len;                   // of the command
  } burst_t;

  typedef struct packed {
    logic      last;                        // of its command
    logic      irq;
    logic [4:0] irq_id;
    wr_fault_t info;
  } track_t;

  // ---- Commands to bursts
  logic        busy_q, first_q;
  wr_req_t     cmd_q;                       // what is left of it; addr is that of the next burst
  logic [OffW-1:0] start_q;
  logic [15:0] len_q;
  logic [15:0] room, bytes;
  logic [8:0]  beats;
  logic        issue, issue_last, at_wrap;
  burst_t      burst_q;                     // belongs to the address on the bus
  logic        list_in_valid, list_ready, track_ready, track_valid;
  logic [2:0]  list_level;

  assign room        = 16'(MaxBurst) - 16'(cmd_q.addr[MbW-1:0]);
  assign issue_last  = cmd_q.len <= room;
  assign bytes       = issue_last ? cmd_q.len : room;
  assign beats       = 9'((16'(cmd_q.addr[OffW-1:0]) + bytes + 16'(W - 1)) >> OffW);
  assign at_wrap     = cmd_q.wrap != '0 && cmd_q.wrap == bytes;
  assign issue       = busy_q && track_ready && list_level < 3'd3 &&
      (!m_axi_awvalid || m_axi_awready);
  assign cmd_ready_o = !hold_i && (!busy_q || (issue && issue_last));

  assign m_axi_awid    = '0;
  assign m_axi_awsize  = 3'(OffW);
  assign m_axi_awburst = 2'b01;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      busy_q        <= 1'b0;
      m_axi_awvalid <= 1'b0;
    end else begin
      if (cmd_ready_o) busy_q <= cmd_valid_i;
      else if (issue && issue_last) busy_q <= 1'b0;
      if (issue) m_axi_awvalid <= 1'b1;
      else if (m_axi_awready) m_axi_awvalid <= 1'b0;
    end
    if (cmd_valid_i && cmd_ready_o) begin
      cmd_q   <= cmd_i;
      start_q <= cmd_i.addr[OffW-1:0];
      len_q   <= cmd_i.len;
      first_q <= 1'b1;
    end else if (issue) begin
      cmd_q.addr <= at_wrap ? cmd_q.wrap_base : cmd_q.addr + 64'(bytes);
      cmd_q.len  <= cmd_q.len - bytes;
      cmd_q.wrap <= cmd_q.wrap == '0 ? '0 : cmd_q.wrap - bytes;
      first_q    <= 1'b0;
    end
    if (issue) begin
      m_axi_awaddr <= {cmd_q.addr[63:OffW], OffW'(0)};
      m_axi_awlen  <= 8'(beats - 9'd1);
      burst_q      <= '{first: first_q, beats: beats, off: start_q, len: len_q};
    end
  end

  // ---- Data, behind the address
  burst_t           head;
  logic             head_valid, head_done;
  logic [8:0]       beat_q;
  logic             cmd_first;              // first beat of the command
  logic [DataW-1:0] hold_q;                 // the input beat before
  logic [OffW-1:0]  lo, hold_off;
  logic [15:0]      in_rem_q, in_rem;       // bytes of the command not yet taken
  logic [16:0]      out_rem_q, out_rem;     // bytes up to its end, from the start of this beat
  logic             need_in, emit, beat_last;
  logic [OffW:0]    hi;

  assign list_in_valid = m_axi_awvalid && m_axi_awready;
  prim_fifo #(.Width($bits(burst_t)), .Depth(4)) u_list (
    .clk_i, .rst_ni,
    .in_valid_i(list_in_valid), .in_ready_o(list_ready), .in_i(burst_q),
    .out_valid_o(head_valid), .out_ready_i(head_done), .out_o(head), .level_o(list_level)
  );

  assign cmd_first    = head.first && beat_q == '0;
  assign hold_off     = head.off;
  assign lo           = cmd_first ? head.off : '0;
  assign in_rem       = cmd_first ? head.len : in_rem_q;
  assign out_rem      = cmd_first ? 17'(head.len) + 17'(head.off) : out_rem_q;
  assign hi           = (out_rem < 17'(W)) ? out_rem[OffW:0] : (OffW+1)'(W);
  assign need_in      = in_rem != '0;
  assign emit         = head_valid && (data_valid_i || !need_in) && (!m_axi_wvalid || m_axi_wready);
  assign data_ready_o = head_valid && need_in && (!m_axi_wvalid || m_axi_wready);
  assign beat_last    = beat_q == head.beats - 9'd1;
  assign head_done    = emit && beat_last;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      m_axi_wvalid <= 1'b0;
      beat_q       <= '0;
    end else begin
      if (emit) m_axi_wvalid <= 1'b1;
      else if (m_axi_wready) m_axi_wvalid <= 1'b0;
      if (emit) beat_q <= beat_last ? '0 : beat_q + 1'b1;
    end
    if (emit) begin
      m_axi_wdata <= DataW'(({data_i, hold_q} << {hold_off, 3'b000}) >> DataW);
      m_axi_wstrb <= ({W{1'b1}} << lo) & W'(~({W{1'b1}} << hi));
      m_axi_wlast <= beat_last;
      hold_q      <= data_i;
      in_rem_q    <= (in_rem < 16'(W)) ? '0 : in_rem - 16'(W);
      out_rem_q   <= out_rem - 17'(W);
    end
  end

  // ---- Responses
  track_t track;
  logic [$clog2(MaxOutst + 3)-1:0] track_level;
  logic   b_take, err_q, err, fault_push, fault_ready;

  prim_fifo #(.Width($bits(track_t)), .Depth(MaxOutst), .Ram(MaxOutst > 32)) u_track (
    .clk_i, .rst_ni,
    .in_valid_i(issue), .in_ready_o(track_ready),
    .in_i({issue_last, cmd_q.irq, cmd_q.irq_id, cmd_q.src, cmd_q.qp, cmd_q.handle, cmd_q.addr}),
    .out_valid_o(track_valid), .out_ready_i(b_take), .out_o(track), .level_o(track_level)
  );

  assign m_axi_bready  = track_valid;
  assign b_take        = m_axi_bvalid && track_valid;
  assign err           = err_q || m_axi_bresp[1];
  assign done_valid_o  = b_take && track.last;
  assign done_src_o    = track.info.src;
  assign done_slot_o   = track.info.handle.slot;
  assign done_err_o    = err;
  assign done_irq_o    = track.irq;
  assign done_irq_id_o = track.irq_id;
  assign fault_push    = done_valid_o && err;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) err_q <= 1'b0;
    else if (b_take) err_q <= err && !track.last;
  end

  prim_fifo #(.Width($bits(wr_fault_t)), .Depth(4)) u_fault (
    .clk_i, .rst_ni,
    .in_valid_i(fault_push), .in_ready_o(fault_ready), .in_i(track.info),
    .out_valid_o(fault_valid_o), .out_ready_i(fault_ready_i), .out_o(fault_o), .level_o()
  );

  assign idle_o = !busy_q && !m_axi_awvalid && !head_valid && !m_axi_wvalid && track_level == '0;

  assign ctr_o.dma_write_bytes  = issue ? bytes : '0;
  assign ctr_o.dma_write_errors = fault_push;

  `TOE_ASSERT(LenNotZero_A, !(cmd_valid_i && cmd_i.len == '0))
  `TOE_ASSERT(WrapAligned_A, !(cmd_valid_i && cmd_i.wrap != '0 && (cmd_i.wrap_base[11:0] != '0 ||
                             12'(cmd_i.addr) + 12'(cmd_i.wrap) != '0)))
  `TOE_ASSERT(WrapNotPassed_A, !issue || cmd_q.wrap == '0 || bytes <= cmd_q.wrap)
  `TOE_ASSERT(ListRoom_A, !list_in_valid || list_ready)
  `TOE_ASSERT(ResponseKnown_A, !(m_axi_bvalid && idle_o))
  `TOE_COVER(FaultLost_C, fault_push && !fault_ready)
  prim_stream_chk #(.Width(72)) u_aw_chk (
    .clk_i, .rst_ni, .valid_i(m_axi_awvalid), .ready_i(m_axi_awready),
    .data_i({m_axi_awaddr, m_axi_awlen})
  );
  prim_stream_chk #(.Width(DataW + W + 1)) u_w_chk (
    .clk_i, .rst_ni, .valid_i(m_axi_wvalid), .ready_i(m_axi_wready),
    .data_i({m_axi_wdata, m_axi_wstrb, m_axi_wlast})
  );

  logic unused;
  assign unused = ^{m_axi_bid, m_axi_bresp[0], list_ready, fault_ready};

endmodule

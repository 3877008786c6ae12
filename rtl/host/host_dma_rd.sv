// SPDX-License-Identifier: Apache-2.0
// Reads host memory: commands in, their bytes out in the order of the commands.
// Contract: a command becomes bursts that stay inside aligned blocks of MaxBurst bytes (so never
// cross 4 KiB), one burst a cycle, up to Cfg.RdTags of them outstanding, each with its own id; ids
// complete in any order. Room for a burst is reserved in the reorder buffer (Cfg.RdBufBytes) before
// it is asked for, so rready is always high. The address of a burst is rounded down to a beat.
// Output: bytes packed from byte 0, full bus rate, err with the last beat when any burst failed
// (the bytes are then undefined). Latency: memory's plus five cycles. Every output is registered;
// data_ready_i stalls only the output side. hold_i: no new command is taken; idle_o then says when
// the bus is quiet. Reset forgets everything: only with idle_o.
`include "toe_assert.svh"
module host_dma_rd #(
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
  input  toe_pkg::rd_cmd_t    cmd_i,

  // Bytes, in order of the commands
  output logic                data_valid_o,
  input  logic                data_ready_i,
  output logic [DataW-1:0]    data_o,
  output logic [W-1:0]        data_keep_o,
  output logic                data_last_o,
  output toe_pkg::rd_client_e data_client_o,
  output logic                data_err_o,

  // AXI4 read channels
  output logic [7:0]          m_axi_arid,
  output logic [63:0]         m_axi_araddr,
  output logic [7:0]          m_axi_arlen,
  output logic [2:0]          m_axi_arsize,
  output logic [1:0]          m_axi_arburst,
  output logic                m_axi_arvalid,
  input  logic                m_axi_arready,
  input  logic [7:0]          m_axi_rid,
  input  logic [DataW-1:0]    m_axi_rdata,
  input  logic [1:0]          m_axi_rresp,
  input  logic                m_axi_rlast,
  input  logic                m_axi_rvalid,
  output logic                m_axi_rready,

  output host_pkg::rd_ctr_t   ctr_o
);

  import toe_pkg::*;

  localparam int unsigned OffW     = $clog2(W);
  localparam int unsigned Beats    = 32'(Cfg.RdBufBytes) / W;
  localparam int unsigned BeatW    = $clog2(Beats);
  localparam int unsigned Tags     = 32'(Cfg.RdTags);
  localparam int unsigned TagW     = $clog2(Tags);
  localparam int unsigned Burst0   = (32'(Cfg.RdBufBytes) / 8 < 4096) ? 32'(Cfg.RdBufBytes) / 8
      : 4096;
  localparam int unsigned MaxBurst = (Burst0 < 256 * W) ? Burst0 : 256 * W;
  localparam int unsigned MbW      = $clog2(MaxBurst);
  `TOE_STATIC(PowersOfTwo_A, Beats == (1 << BeatW) && Tags == (1 << TagW) && MaxBurst == (1 << MbW))
  `TOE_STATIC(TagFitsId_A, TagW <= 8)

  typedef struct packed {
    logic            first;                 // of its command
    logic            last;
    logic [8:0]      beats;
    logic [OffW-1:0] off;
    logic [19:0]     len;                   // of the command
    rd_client_e      client;
  } burst_t;

  // ---- Commands to bursts
  logic        busy_q, first_q;
  rd_cmd_t     cmd_q;                       // what is left of it
  logic [19:0] cmd_len_q;
  logic [19:0] room, bytes;
  logic [8:0]  beats;
  logic        issue, issue_last;
  burst_t      burst;
  logic        list_ready;

  logic [TagW-1:0]  tag_q;                  // of the next burst; ids are used in turn
  logic [BeatW-1:0] alloc_q;                // where its first beat will go
  logic [BeatW:0]   free_q;                 // beats of the buffer without owner
  logic             retire, read_beat;
  logic [TagW:0]    flight_q;               // bursts asked for and not yet read out

  assign room        = 20'(MaxBurst) - 20'(cmd_q.addr[MbW-1:0]);
  assign issue_last  = cmd_q.len <= room;
  assign bytes       = issue_last ? cmd_q.len : room;
  assign beats       = 9'((20'(cmd_q.addr[OffW-1:0]) + bytes + 20'(W - 1)) >> OffW);
  assign issue       = busy_q && list_ready && flight_q != (TagW+1)'(Tags) &&
                       32'(free_q) >= 32'(beats) && (!m_axi_arvalid || m_axi_arready);
  assign cmd_ready_o = !hold_i && (!busy_q || (issue && issue_last));
  assign idle_o      = !busy_q && flight_q == '0 && !m_axi_arvalid;

  assign m_axi_arsize  = 3'(OffW);
  assign m_axi_arburst = 2'b01;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      busy_q        <= 1'b0;
      m_axi_arvalid <= 1'b0;
      tag_q         <= '0;
      alloc_q       <= '0;
      free_q        <= (BeatW+1)'(Beats);
      flight_q      <= '0;
    end else begin
      if (cmd_ready_o) busy_q <= cmd_valid_i;
      else if (issue && issue_last) busy_q <= 1'b0;
      if (issue) m_axi_arvalid <= 1'b1;
      else if (m_axi_arready) m_axi_arvalid <= 1'b0;
      if (issue) begin
        tag_q   <= tag_q + 1'b1;
        alloc_q <= alloc_q + BeatW'(beats);
      end
      if (issue || read_beat) begin
        free_q <= free_q - (issue ? (BeatW+1)'(beats) : '0) + (BeatW+1)'(read_beat);
      end
      if (issue != retire) flight_q <= issue ? flight_q + 1'b1 : flight_q - 1'b1;
    end
    if (cmd_valid_i && cmd_ready_o) begin
      cmd_q     <= cmd_i;
      cmd_len_q <= cmd_i.len;
      first_q   <= 1'b1;
    end else if (issue) begin
      cmd_q.addr <= cmd_q.addr + 64'(bytes);
      cmd_q.len  <= cmd_q.len - bytes;
      first_q    <= 1'b0;
    end
    if (issue) begin
      m_axi_arid   <= 8'(tag_q);
      m_axi_araddr <= {cmd_q.addr[63:OffW], OffW'(0)};
      m_axi_arlen  <= 8'(beats - 9'd1);
    end
  end

  assign burst = '{first: first_q, last: issue_last, beats: beats, off: cmd_q.addr[OffW-1:0],
      len: cmd_len_q,
                   client: cmd_q.client};

  // ---- Arrival: every id writes at its own place
  logic [BeatW-1:0] wptr_q[Tags];
  logic [Tags-1:0]  done_q, err_q;
  logic [TagW-1:0]  rtag;
  logic             arrive;

  assign m_axi_rready = 1'b1;
  assign arrive       = m_axi_rvalid;
  assign rtag         = m_axi_rid[TagW-1:0];

  always_ff @(posedge clk_i) begin
    if (issue) begin
      wptr_q[tag_q] <= alloc_q;
      done_q[tag_q] <= 1'b0;
      err_q[tag_q]  <= 1'b0;
    end
    if (arrive) begin
      wptr_q[rtag] <= wptr_q[rtag] + 1'b1;
      if (m_axi_rresp[1]) err_q[rtag] <= 1'b1;
      if (m_axi_rlast) done_q[rtag] <= 1'b1;
    end
  end

  // ---- Departure: bursts in the order of their commands, once complete
  burst_t           head;
  logic             head_valid, reading, beat_last, beat_first;
  logic [8:0]       beat_q;                 // beats of the head burst already read
  logic [TagW-1:0]  head_tag_q;
  logic [BeatW-1:0] rptr_q;
  logic             stage_valid_q, stage_ready, stage_first_q, stage_err_q;
  burst_t           stage_q;
  logic [DataW-1:0] rdata;

  prim_fifo #(.Width($bits(burst_t)), .Depth(Tags)) u_list (
    .clk_i, .rst_ni,
    .in_valid_i(issue), .in_ready_o(list_ready), .in_i(burst),
    .out_valid_o(head_valid), .out_ready_i(retire), .out_o(head), .level_o()
  );

  assign reading    = head_valid && done_q[head_tag_q];
  assign read_beat  = reading && (!stage_valid_q || stage_ready);
  assign beat_first = beat_q == '0;
  assign beat_last  = beat_q == head.beats - 9'd1;
  assign retire     = read_beat && beat_last;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      beat_q        <= '0;
      head_tag_q    <= '0;
      rptr_q        <= '0;
      stage_valid_q <= 1'b0;
    end else begin
      if (read_beat) begin
        beat_q <= beat_last ? '0 : beat_q + 1'b1;
        rptr_q <= rptr_q + 1'b1;
      end
      if (retire) head_tag_q <= head_tag_q + 1'b1;
      if (!stage_valid_q || stage_ready) stage_valid_q <= read_beat;
    end
    if (read_beat) begin
      stage_q       <= head;
      stage_first_q <= head.first && beat_first;
      stage_err_q   <= err_q[head_tag_q];
    end
  end

  prim_ram_1r1w #(.Width(DataW), .Depth(Beats), .WriteFirst(1'b0)) u_buf (
    .clk_i, .rst_ni,
    .we_i(arrive), .waddr_i(wptr_q[rtag]), .wdata_i(m_axi_rdata),
    .re_i(read_beat), .raddr_i(rptr_q), .rdata_o(rdata)
  );

  logic [2:0] out_client;
  host_align #(.DataW(DataW), .LenW(20), .TagW(3)) u_align (
    .clk_i, .rst_ni,
    .in_valid_i(stage_valid_q), .in_ready_o(stage_ready), .in_data_i(rdata),
    .in_first_i(stage_first_q),
    .in_off_i(stage_q.off), .in_len_i(stage_q.len), .in_tag_i(stage_q.client),
    .in_err_i(stage_err_q),
    .out_valid_o(data_valid_o), .out_ready_i(data_ready_i), .out_data_o(data_o),
    .out_keep_o(data_keep_o),
    .out_last_o(data_last_o), .out_tag_o(out_client), .out_err_o(data_err_o), .busy_o()
  );
  assign data_client_o = rd_client_e'(out_client);

  assign ctr_o.dma_read_bytes  = issue ? 16'(bytes) : '0;
  assign ctr_o.dma_read_errors = data_valid_o && data_ready_i && data_last_o && data_err_o;

  `TOE_ASSERT(LenNotZero_A, !(cmd_valid_i && cmd_i.len == '0))
  `TOE_ASSERT(IdKnown_A, !arrive || (32'(m_axi_rid) < Tags && !done_q[rtag] && flight_q != '0))
  `TOE_ASSERT(Not4K_A, !issue || 32'(cmd_q.addr[11:0]) + 32'(bytes) <= 32'd4096)
  `TOE_COVER(BufferFull_C, busy_q && 32'(free_q) < 32'(beats))
  prim_stream_chk #(.Width(80)) u_ar_chk (
    .clk_i, .rst_ni, .valid_i(m_axi_arvalid), .ready_i(m_axi_arready),
    .data_i({m_axi_arid, m_axi_araddr, m_axi_arlen})
  );

  logic unused;
  assign unused = ^{m_axi_rid, m_axi_rresp[0], stage_q.first, stage_q.last, stage_q.beats};

endmodule

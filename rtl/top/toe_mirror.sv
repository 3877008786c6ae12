// SPDX-License-Identifier: Apache-2.0
// Copies of the frames of mirrored sessions, on their way to a NIC receive ring.
// Contract: taps only listen: a copy that finds no room is dropped whole (lost_o) and nothing waits
// for it. Received frames are tapped as they are placed (without their VLAN tag), sent ones as they
// leave. One copy at a time: its record with mir_valid_o, then its bytes; with mir_drop_i (a cycle
// in which the record is taken) its bytes are discarded here. Order is kept within a direction.
// Reset empties everything.
`include "toe_assert.svh"
module toe_mirror
  import toe_pkg::*;
#(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  localparam int unsigned DataW = 32'(Cfg.DataW),
  localparam int unsigned NB    = DataW / 8
) (
  input  logic                clk_i,
  input  logic                rst_ni,
  input  logic [47:0]         now_us_i,
  // Taps, received [0] and sent [1]; the note holds for the whole frame, len of the sent is ignored
  input  logic [1:0]          tap_valid_i,
  input  logic [1:0][DataW-1:0] tap_data_i,
  input  logic [1:0]          tap_last_i,
  input  logic [NB-1:0]       tap_tx_keep_i,
  input  mirror_note_t [1:0]  tap_i,
  // To the placement
  output logic                mir_valid_o,
  input  logic                mir_ready_i,
  input  logic                mir_drop_i,
  output qp_t                 mir_qp_o,
  output logic [15:0]         mir_len_o,
  output logic [255:0]        mir_record_o,
  output logic                mir_data_valid_o,
  input  logic                mir_data_ready_i,
  output logic [DataW-1:0]    mir_data_o,
  output logic                mir_data_last_o,
  output logic [1:0]          lost_o,              // pulses
  output logic                idle_o
);

  localparam int unsigned Frames = 16;
  localparam int unsigned CntW   = $clog2(NB) + 1;
  localparam int unsigned Want   = (4 * int'(Cfg.MaxFrame) + 8192) / int'(NB);
  localparam int unsigned Depth  = 1 << $clog2(Want);

  logic [1:0]            n_valid, n_take, d_valid, d_ready, d_last, empty;
  logic [1:0][DataW-1:0] d_data;
  mirror_note_t [1:0]    note;

  for (genvar i = 0; i < 2; i++) begin : g_dir
    logic            keep, fr_q, n_room;
    logic [15:0]     beats, beats_q, len_q;
    logic [CntW-1:0] bytes, bytes_q;
    mirror_note_t    note_in_q;
    always_comb begin
      bytes = '0;
      for (int b = 0; b < int'(NB); b++) bytes += CntW'(tap_tx_keep_i[b]);
    end
    always_ff @(posedge clk_i) begin
      if (!rst_ni) fr_q <= 1'b0;
      else fr_q <= tap_valid_i[i] && tap_last_i[i] && keep;
      beats_q   <= beats;
      bytes_q   <= bytes;
      note_in_q <= tap_i[i];
      len_q     <= (i == 0) ? tap_i[i].len : 16'((32'(beats) - 32'd1) * NB + 32'(bytes));
    end
    net_rx_buf #(.DataW(DataW), .Depth(Depth), .Frames(Frames)) u_buf (
      .clk_i, .rst_ni,
      .wr_valid_i(tap_valid_i[i]), .wr_data_i(tap_data_i[i]), .wr_last_i(tap_last_i[i]),
      .wr_bad_i(1'b0), .overflow_o(), .keep_o(keep), .beats_o(beats),
      .fr_valid_i(fr_q), .fr_drop_i(1'b0), .fr_beats_i(beats_q),
      .fr_last_bytes_i(i == 0 ? CntW'(NB) : bytes_q),
      .data_valid_o(d_valid[i]), .data_ready_i(d_ready[i]), .data_o(d_data[i]), .data_keep_o(),
      .data_last_o(d_last[i]), .empty_o(empty[i])
    );
    mirror_note_t fr_note;
    always_comb begin
      fr_note     = note_in_q;
      fr_note.len = len_q;
    end
    prim_fifo #(.Width($bits(mirror_note_t)), .Depth(Frames)) u_notes (
      .clk_i, .rst_ni, .in_valid_i(fr_q), .in_ready_o(n_room), .in_i(fr_note),
      .out_valid_o(n_valid[i]), .out_ready_i(n_take[i]), .out_o(note[i]), .level_o()
    );
    assign lost_o[i] = tap_valid_i[i] && tap_last_i[i] && !keep;
    `TOE_ASSERT(NoteRoom_A, !fr_q || n_room)
  end

  // ---------------------------------------------------------------- one copy at a time
  typedef enum logic [1:0] { StIdle, StRecord, StData, StDrop } state_e;
  state_e state_q, state_d;
  logic   dir_q, dir_d;
  mirror_note_t cur_q;
  logic [31:0]  time_q;

  always_comb begin
    state_d = state_q;
    dir_d   = dir_q;
    n_take  = '0;
    unique case (state_q)
      StIdle: begin
        if (n_valid != '0) begin
          dir_d         = n_valid[!dir_q] ? !dir_q : dir_q;   // in turn
          n_take[dir_d] = 1'b1;
          state_d       = StRecord;
        end
      end
      StRecord: if (mir_ready_i) state_d = mir_drop_i ? StDrop : StData;
      StData:   if (mir_data_valid_o && mir_data_ready_i && mir_data_last_o) state_d = StIdle;
      StDrop:   if (d_valid[dir_q] && d_last[dir_q]) state_d = StIdle;
      default:  state_d = StIdle;
    endcase
  end
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= StIdle;
      dir_q   <= 1'b0;
    end else begin
      state_q <= state_d;
      dir_q   <= dir_d;
    end
    if (state_q == StIdle) begin
      cur_q  <= note[dir_d];
      time_q <= now_us_i[31:0];
    end
  end

  toe_abi_pkg::event_nic_rx_t record;
  always_comb begin
    record         = '0;
    record.kind    = toe_abi_pkg::EventTypeNicRx;
    record.reason  = dir_q ? toe_abi_pkg::RxReasonMirrorTx : toe_abi_pkg::RxReasonMirrorRx;
    record.ip_csum = toe_abi_pkg::CsumVerdictGood;
    record.l4_csum = toe_abi_pkg::CsumVerdictGood;
    record.len     = cur_q.len;
    record.l3_off  = 8'd14;
    record.time_us = time_q;
    record.handle  = cur_q.handle;
  end
  assign mir_valid_o      = state_q == StRecord;
  assign mir_qp_o         = cur_q.qp;
  assign mir_len_o        = cur_q.len;
  assign mir_record_o     = record;
  assign mir_data_valid_o = state_q == StData && d_valid[dir_q];
  assign mir_data_o       = d_data[dir_q];
  assign mir_data_last_o  = d_last[dir_q];
  always_comb begin
    d_ready        = '0;
    d_ready[dir_q] = state_q == StDrop || (state_q == StData && mir_data_ready_i);
  end
  assign idle_o = state_q == StIdle && n_valid == '0 && empty == '1 && tap_valid_i == '0;

  logic unused;
  assign unused = ^now_us_i[47:32];

endmodule

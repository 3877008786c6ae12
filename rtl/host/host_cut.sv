// SPDX-License-Identifier: Apache-2.0
// Cuts what is wanted out of received frames.
// Contract: one order a frame, in frame order: drop it, or give bytes [skip, skip+len) of it packed
// from byte 0; the rest is discarded. One beat a cycle, no gap between frames. Back-pressure of the
// output reaches the frame stream combinationally. A frame without order waits. skip + len lies
// within the frame and len is not zero (asserted). Reset: between frames.
`include "toe_assert.svh"
module host_cut #(
  parameter int unsigned DataW = 64,
  localparam int unsigned W    = DataW / 8,
  localparam int unsigned OffW = $clog2(W)
) (
  input  logic             clk_i,
  input  logic             rst_ni,

  // Orders
  input  logic             cut_valid_i,
  output logic             cut_ready_o,
  input  logic             cut_drop_i,
  input  logic [15:0]      cut_skip_i,
  input  logic [15:0]      cut_len_i,

  // Frames
  input  logic             data_valid_i,
  output logic             data_ready_o,
  input  logic [DataW-1:0] data_i,
  input  logic             data_last_i,

  // Pieces
  output logic             out_valid_o,
  input  logic             out_ready_i,
  output logic [DataW-1:0] out_data_o,
  output logic             out_last_o
);

  logic [15:0] beat_q, first_beat, last_beat;
  logic        wanted, piece_ready, take;

  assign first_beat   = cut_skip_i >> OffW;
  assign last_beat    = 16'((17'(cut_skip_i) + 17'(cut_len_i) - 17'd1) >> OffW);
  assign wanted       = !cut_drop_i && beat_q >= first_beat && beat_q <= last_beat;
  assign data_ready_o = cut_valid_i && (piece_ready || !wanted);
  assign take         = data_valid_i && data_ready_o;
  assign cut_ready_o  = take && data_last_i;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) beat_q <= '0;
    else if (take) beat_q <= data_last_i ? '0 : beat_q + 1'b1;
  end

  host_align #(.DataW(DataW), .LenW(16), .TagW(1)) u_align (
    .clk_i, .rst_ni,
    .in_valid_i(data_valid_i && cut_valid_i && wanted), .in_ready_o(piece_ready),
    .in_data_i(data_i),
    .in_first_i(beat_q == first_beat), .in_off_i(cut_skip_i[OffW-1:0]), .in_len_i(cut_len_i),
    .in_tag_i('0),
    .in_err_i(1'b0),
    .out_valid_o, .out_ready_i, .out_data_o, .out_keep_o(), .out_last_o, .out_tag_o(), .out_err_o(),
    .busy_o()
  );

  `TOE_ASSERT(WithinFrame_A, !(take && data_last_i && !cut_drop_i) || beat_q >= last_beat)

endmodule

// SPDX-License-Identifier: Apache-2.0
// Payload buffer of one transmit source: collects payloads from the DMA, sums them, and offers each
// one once it is complete.
// Contract: a payload arrives as one or more pieces (a ring that wraps gives two); each piece is
// packed from byte 0 of its first beat, in_last_i ends a piece, in_more_i with it says that the
// payload goes on with the next piece, in_err_i that the piece is worthless. One beat a cycle;
// in_ready_o is always high while the client keeps to its credit: it reserves (rsv_valid_i,
// rsv_len_i bytes, one cycle, at most once a cycle) before it asks the DMA for a piece, and only if
// room_o >= the length. done_o is offered when the last beat is stored: fold of the payload's sum
// (RFC 1071, words from its first byte) and whether any piece failed. The payload then follows on
// pay_*: pay_end_o ends a piece, pay_last_o the payload. Outputs are registered, two to four cycles
// behind the input.
`include "toe_assert.svh"
module net_tx_src #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  localparam int unsigned DataW = int'(Cfg.DataW),
  localparam int unsigned NB    = DataW / 8,
  localparam int unsigned CntW  = $clog2(NB) + 1
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  // credit
  input  logic             rsv_valid_i,
  input  logic [15:0]      rsv_len_i,
  output logic [19:0]      room_o,        // bytes that may still be reserved in one piece
  // from the DMA
  input  logic             in_valid_i,
  output logic             in_ready_o,
  input  logic [DataW-1:0] in_data_i,
  input  logic [NB-1:0]    in_keep_i,
  input  logic             in_last_i,
  input  logic             in_more_i,
  input  logic             in_err_i,
  // complete payloads
  output logic             done_valid_o,
  input  logic             done_ready_i,
  output net_pkg::pay_done_t done_o,
  // payload bytes
  output logic             pay_valid_o,
  input  logic             pay_ready_i,
  output logic [DataW-1:0] pay_data_o,
  output logic [CntW-1:0]  pay_bytes_o,
  output logic             pay_end_o,
  output logic             pay_last_o
);
  import net_pkg::*;

  localparam int unsigned Depth  = int'(Cfg.TxBufBytes) / NB;
  localparam int unsigned Pieces = (DataW == 64) ? 64 : 256;
  localparam int unsigned LogNB  = $clog2(NB);
  localparam int unsigned LevelW = $clog2(Depth + 1);
  localparam int unsigned PieceW = $clog2(Pieces + 1);
  localparam int unsigned Words  = NB / 2;

  // ------------------------------------------------------------------ credit, in beats
  logic [LevelW-1:0] free_q, cost, taken;
  logic [PieceW-1:0] pieces_q;            // reserved and not yet offered as complete and taken
  logic              pay_take, end_take;

  assign cost  = LevelW'((17'(rsv_len_i) + 17'(NB - 1)) >> LogNB);
  assign taken = rsv_valid_i ? cost : '0;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      free_q   <= LevelW'(Depth);
      pieces_q <= '0;
      room_o   <= '0;
    end else begin
      free_q   <= free_q - taken + LevelW'(pay_take);
      pieces_q <= pieces_q + PieceW'(rsv_valid_i) - PieceW'(end_take);
      // One cycle late for what leaves, never for what is reserved.
      room_o   <= (pieces_q + PieceW'(rsv_valid_i) >= PieceW'(Pieces)) ? '0 :
                  20'(free_q - taken) << LogNB;
    end
  end
  `TOE_ASSUME(ReserveInRoom_M, !rsv_valid_i || (free_q >= cost && pieces_q < PieceW'(Pieces) &&
      rsv_len_i != '0))

  // --------------------------------------------------------------- stage A: count, sum of the beat
  logic              a_valid_q, a_last_q, a_more_q, a_err_q;
  logic [DataW-1:0]  a_data_q, masked;
  logic [CntW-1:0]   a_bytes_q, bytes;
  logic [21:0]       beat_sum, a_sum_q;

  always_comb begin
    bytes  = '0;
    masked = '0;
    for (int i = 0; i < int'(NB); i++) begin
      bytes += CntW'(in_keep_i[i]);
      masked[8*i+:8] = in_keep_i[i] ? in_data_i[8*i+:8] : 8'd0;
    end
    beat_sum = '0;
    for (int i = 0; i < int'(Words); i++) beat_sum += 22'({masked[16*i+:8], masked[16*i+8+:8]});
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) a_valid_q <= 1'b0;
    else a_valid_q <= in_valid_i && in_ready_o;
    a_data_q  <= masked;
    a_bytes_q <= bytes;
    a_last_q  <= in_last_i;
    a_more_q  <= in_more_i;
    a_err_q   <= in_err_i;
    a_sum_q   <= beat_sum;
  end
  assign in_ready_o = 1'b1;
  `TOE_ASSUME(KeepContiguous_M, !in_valid_i ||
      ((in_keep_i & (in_keep_i + 1'b1)) == '0 && in_keep_i != '0))
  `TOE_ASSUME(OnlyLastPartial_M, !in_valid_i || in_last_i || in_keep_i == '1)

  // ------------------------------------------------ stage B: sum of the piece, then of the payload
  logic [31:0] piece_q, piece;            // plain sum of the piece so far
  logic [15:0] total_q, total, folded;    // folded sum of the pieces before
  logic        odd_q, err_q;              // they have an odd length; one of them failed
  logic        fifo_ready, done_ready, complete;

  assign piece    = piece_q + 32'(a_sum_q);
  assign folded   = fold32(piece);
  assign total    = add1c(total_q, odd_q ? {folded[7:0], folded[15:8]} : folded);
  assign complete = a_valid_q && a_last_q && !a_more_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      piece_q <= '0;
      total_q <= '0;
      odd_q   <= 1'b0;
      err_q   <= 1'b0;
    end else if (a_valid_q) begin
      piece_q <= a_last_q ? '0 : piece;
      if (a_last_q) begin
        total_q <= a_more_q ? total : '0;
        odd_q   <= a_more_q && (odd_q ^ a_bytes_q[0]);
        err_q   <= a_more_q && (err_q || a_err_q);
      end
    end
  end

  prim_fifo #(.Width($bits(pay_done_t)), .Depth(Pieces), .Ram(1'b0)) u_done (
    .clk_i, .rst_ni,
    .in_valid_i(complete), .in_ready_o(done_ready), .in_i({total, err_q || a_err_q}),
    .out_valid_o(done_valid_o), .out_ready_i(done_ready_i), .out_o(done_o), .level_o()
  );

  prim_fifo #(.Width(DataW + CntW + 2), .Depth(Depth), .Ram(1'b1)) u_data (
    .clk_i, .rst_ni,
    .in_valid_i(a_valid_q), .in_ready_o(fifo_ready),
    .in_i({a_last_q && !a_more_q, a_last_q, a_bytes_q, a_data_q}),
    .out_valid_o(pay_valid_o), .out_ready_i(pay_ready_i),
    .out_o({pay_last_o, pay_end_o, pay_bytes_o, pay_data_o}),
    .level_o()
  );

  assign pay_take = pay_valid_o && pay_ready_i;
  assign end_take = pay_take && pay_end_o;

  `TOE_ASSERT(RoomForBeat_A, !a_valid_q || fifo_ready)
  `TOE_ASSERT(RoomForDone_A, !complete || done_ready)
  `TOE_STATIC(CountsBytes_A, NB >= 8)

endmodule

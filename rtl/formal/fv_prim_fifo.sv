// SPDX-License-Identifier: Apache-2.0
// Proof of prim_fifo: what goes in comes out, in order, once; and the stream contract of its
// output.
// Contract: proofs only. A word of the solver's choice is followed from its push to its pop.
`include "toe_assert.svh"
module fv_prim_fifo #(
  parameter int unsigned Width = 2,
  parameter int unsigned Depth = 3,
  parameter bit          Ram   = 1'b0,
  localparam int unsigned LevelW = $clog2(Depth + 3)
) (
  input logic             clk_i,
  input logic             again_i,
  input logic             in_valid_i,
  input logic [Width-1:0] in_i,
  input logic             out_ready_i,
  input logic             follow_i            // this push is the one
);
  logic              rst_ni, in_ready, out_valid;
  logic [Width-1:0]  out;
  logic [LevelW-1:0] level;
  fv_reset u_reset (.clk_i, .again_i, .rst_no(rst_ni));

  prim_fifo #(.Width(Width), .Depth(Depth), .Ram(Ram)) u_dut (
    .clk_i, .rst_ni, .in_valid_i, .in_ready_o(in_ready), .in_i,
    .out_valid_o(out_valid), .out_ready_i, .out_o(out), .level_o(level)
  );

  logic push, pop, followed_q;
  logic [LevelW-1:0] ahead_q, count_q;         // words before the followed one; words inside
  logic [Width-1:0]  word_q;
  assign push = in_valid_i && in_ready;
  assign pop  = out_valid && out_ready_i;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      followed_q <= 1'b0;
      count_q    <= '0;
    end else begin
      count_q <= count_q + LevelW'(push) - LevelW'(pop);
      if (followed_q) begin
        if (pop) begin
          ahead_q <= ahead_q - 1'b1;
          if (ahead_q == '0) followed_q <= 1'b0;
        end
      end else if (push && follow_i) begin
        followed_q <= 1'b1;
        ahead_q    <= count_q - LevelW'(pop);
        word_q     <= in_i;
      end
    end
  end

  `TOE_ASSERT(Level_A, level == count_q)
  `TOE_ASSERT(Ahead_A, !followed_q || ahead_q < count_q)
  `TOE_ASSERT(Word_A, !(followed_q && out_valid && ahead_q == '0) || out == word_q)
  if (!Ram) begin : g_where
    // Where the words lie: what makes the proof inductive.
    typedef logic [LevelW:0] wide_t;
    wide_t at, till;
    assign at   = wide_t'(u_dut.rptr_q) + wide_t'(ahead_q);
    assign till = wide_t'(u_dut.rptr_q) + wide_t'(u_dut.stored_q);
    `TOE_ASSERT(Pointers_A, u_dut.rptr_q <= u_dut.LastPtr && u_dut.wptr_q <= u_dut.LastPtr &&
        wide_t'(u_dut.wptr_q) == (till >= wide_t'(Depth) ? till - wide_t'(Depth) : till))
    `TOE_ASSERT(Place_A, !followed_q || u_dut.g_reg.mem[
        2'(at >= wide_t'(Depth) ? at - wide_t'(Depth) : at)] == word_q)
  end
  `TOE_COVER(Through_C, followed_q && pop && ahead_q == '0)
  `TOE_COVER(Full_C, !in_ready && followed_q)
endmodule

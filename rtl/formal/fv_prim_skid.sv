// SPDX-License-Identifier: Apache-2.0
// Proof of prim_skid: a queue of two words, in order, nothing lost; and its stream contract.
// Contract: proofs only.
`include "toe_assert.svh"
module fv_prim_skid #(
  parameter int unsigned Width = 3
) (
  input logic             clk_i,
  input logic             again_i,
  input logic             in_valid_i,
  input logic [Width-1:0] in_i,
  input logic             out_ready_i
);
  logic             rst_ni, in_ready, out_valid;
  logic [Width-1:0] out;
  fv_reset u_reset (.clk_i, .again_i, .rst_no(rst_ni));
  prim_skid #(.Width(Width)) u_dut (
    .clk_i, .rst_ni, .in_valid_i, .in_ready_o(in_ready), .in_i,
    .out_valid_o(out_valid), .out_ready_i, .out_o(out)
  );

  // The model: a list of at most two.
  logic [1:0]            n_q;
  logic [1:0][Width-1:0] list_q;
  logic                  push, pop;
  assign push = in_valid_i && in_ready;
  assign pop  = out_valid && out_ready_i;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) n_q <= '0;
    else n_q <= n_q + 2'(push) - 2'(pop);
    if (pop) list_q[0] <= list_q[1];
    if (push) begin
      if (n_q - 2'(pop) == 2'd0) list_q[0] <= in_i;
      else list_q[1] <= in_i;
    end
  end
  `TOE_ASSERT(Valid_A, out_valid == (n_q != '0))
  `TOE_ASSERT(Ready_A, in_ready == (n_q != 2'd2) && n_q <= 2'd2)
  `TOE_ASSERT(First_A, !out_valid || out == list_q[0])
  `TOE_ASSERT(Spare_A, n_q != 2'd2 || u_dut.spare_q == list_q[1])
  `TOE_COVER(Full_C, n_q == 2'd2 && pop)
  `TOE_COVER(Flow_C, push && pop)
endmodule

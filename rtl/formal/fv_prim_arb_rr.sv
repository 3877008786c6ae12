// SPDX-License-Identifier: Apache-2.0
// Proof of prim_arb_rr: what leaves is the chosen input's word, taken once; the output keeps the
// stream contract when the inputs do; a waiting input is served after at most N-1 words of others.
// Contract: proofs only. lock_i is low for the bound, as packets may be of any length.
`include "toe_assert.svh"
module fv_prim_arb_rr #(
  parameter int unsigned N      = 3,
  parameter int unsigned Width  = 2,
  parameter bit          Locked = 1'b0,
  localparam int unsigned IdxW  = $clog2(N)
) (
  input logic                    clk_i,
  input logic                    again_i,
  input logic [N-1:0]            in_valid_i,
  input logic [N-1:0][Width-1:0] in_i,
  input logic                    lock_i,
  input logic                    out_ready_i
);
  logic             rst_ni, out_valid, lock;
  logic [N-1:0]     in_ready;
  logic [Width-1:0] out;
  logic [IdxW-1:0]  idx;
  fv_reset u_reset (.clk_i, .again_i, .rst_no(rst_ni));
  assign lock = Locked && lock_i;

  for (genvar i = 0; i < int'(N); i++) begin : g_in
    prim_stream_chk #(.Width(Width), .IsInput(1'b1)) u_in_chk (
      .clk_i, .rst_ni, .valid_i(in_valid_i[i]), .ready_i(in_ready[i]), .data_i(in_i[i])
    );
  end
  prim_arb_rr #(.N(N), .Width(Width)) u_dut (
    .clk_i, .rst_ni, .in_valid_i, .in_ready_o(in_ready), .in_i, .lock_i(lock),
    .out_valid_o(out_valid), .out_ready_i, .out_o(out), .out_idx_o(idx)
  );

  `TOE_ASSERT(Word_A, !out_valid || (in_valid_i[idx] && out == in_i[idx]))
  `TOE_ASSERT(TakenOnce_A, in_ready == (out_valid && out_ready_i ? N'(1) << idx : '0))
  if (!Locked) begin : g_fair
    // Nothing waits at the arbiter while there is somebody to serve.
    `TOE_ASSERT(WorkConserving_A, out_valid == (in_valid_i != '0))
    for (genvar i = 0; i < int'(N); i++) begin : g_wait
      logic [2:0] others_q;                    // words of others since this one waits
      always_ff @(posedge clk_i) begin
        if (!rst_ni || !in_valid_i[i] || in_ready[i]) others_q <= '0;
        else if (out_valid && out_ready_i) others_q <= others_q + 3'd1;
      end
      `TOE_ASSERT(Bound_A, others_q <= 3'(N - 1))
      // Those that still go before it lie between the last choice and it.
      int unsigned distance;
      assign distance = (32'(i) + N - 32'(u_dut.idx_q) + N - 1) % N;
      `TOE_ASSERT(Turn_A, others_q == '0 || u_dut.held_q ||
          32'(others_q) + distance <= N - 1)
      `TOE_ASSERT(TurnHeld_A, others_q == '0 || !u_dut.held_q ||
          32'(others_q) + 1 + distance <= N - 1 || 32'(u_dut.idx_q) == i)
    end
    `TOE_COVER(Last_C, g_wait[0].others_q == 3'(N - 1))
  end
  `TOE_ASSERT(Index_A, 32'(u_dut.idx_q) < N)
  `TOE_ASSERT(Held_A, !u_dut.held_q || Locked || in_valid_i[u_dut.idx_q])
  `TOE_COVER(All_C, in_valid_i == '1 && out_valid && out_ready_i)
endmodule

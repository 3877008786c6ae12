// SPDX-License-Identifier: Apache-2.0
// Proof of toe_lk_arb: an offer stands until it is taken, one operation is under way at a time, and
// its answer goes to whoever asked.
// Contract: proofs only. The lookup table answers each operation once, some cycles after taking it.
`include "toe_assert.svh"
module fv_lk_arb (
  input logic             clk_i,
  input logic             again_i,
  input logic             pipe_valid_i,
  input toe_pkg::lk_req_t pipe_i,
  input logic             mcu_valid_i,
  input toe_pkg::lk_req_t mcu_i,
  input logic             op_ready_i,
  input logic             op_done_i
);
  logic rst_ni, pipe_ready, mcu_ready, pipe_done, mcu_done, op_valid, idle;
  toe_pkg::lk_req_t op;
  fv_reset u_reset (.clk_i, .again_i, .rst_no(rst_ni));
  toe_lk_arb u_dut (
    .clk_i, .rst_ni, .pipe_valid_i, .pipe_ready_o(pipe_ready), .pipe_i, .pipe_done_o(pipe_done),
    .mcu_valid_i, .mcu_ready_o(mcu_ready), .mcu_i, .mcu_done_o(mcu_done),
    .op_valid_o(op_valid), .op_ready_i, .op_o(op), .op_done_i, .idle_o(idle)
  );
  prim_stream_chk #(.Width($bits(pipe_i)), .IsInput(1'b1)) u_pipe_chk (
    .clk_i, .rst_ni, .valid_i(pipe_valid_i), .ready_i(pipe_ready), .data_i(pipe_i)
  );
  prim_stream_chk #(.Width($bits(mcu_i)), .IsInput(1'b1)) u_mcu_chk (
    .clk_i, .rst_ni, .valid_i(mcu_valid_i), .ready_i(mcu_ready), .data_i(mcu_i)
  );
  prim_stream_chk #(.Width($bits(op))) u_op_chk (
    .clk_i, .rst_ni, .valid_i(op_valid), .ready_i(op_ready_i), .data_i(op)
  );

  logic under_q, mine_q;                       // taken and not answered; by the pipeline
  always_ff @(posedge clk_i) begin
    if (!rst_ni) under_q <= 1'b0;
    else if (op_valid && op_ready_i) begin
      under_q <= 1'b1;
      mine_q  <= pipe_ready;
    end else if (op_done_i) under_q <= 1'b0;
  end
  `TOE_ASSUME(AnswersOnlyAsked_M, !op_done_i || under_q)
  `TOE_ASSERT(OneAtATime_A, !(under_q && op_valid))
  `TOE_ASSERT(TakenByOne_A, (pipe_ready || mcu_ready) == (op_valid && op_ready_i) &&
      !(pipe_ready && mcu_ready))
  `TOE_ASSERT(WhatWasAsked_A, !(op_valid && op_ready_i) || op == (pipe_ready ? pipe_i : mcu_i))
  `TOE_ASSERT(Answer_A, pipe_done == (op_done_i && mine_q) && mcu_done == (op_done_i && !mine_q))
  `TOE_ASSERT(Taken_A, u_dut.taken_q == under_q && (!under_q || u_dut.mine_q == mine_q))
  `TOE_ASSERT(Busy_A, !u_dut.taken_q || u_dut.busy_q)
  `TOE_ASSERT(Offered_A, !(u_dut.busy_q && !u_dut.taken_q) ||
      (u_dut.mine_q ? pipe_valid_i : mcu_valid_i))
  `TOE_COVER(Both_C, op_done_i && !mine_q && pipe_valid_i)
endmodule

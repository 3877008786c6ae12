// SPDX-License-Identifier: Apache-2.0
// Proof of host_wait: a record leaves only when every payload write of before its arrival has been
// answered.
// Contract: proofs only. A record of the solver's choice is followed from its arrival; answers come
// whenever the solver likes, in order, none without a write.
`include "toe_assert.svh"
module fv_host_wait
  import toe_pkg::*;
  import host_pkg::*;
#(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  localparam int unsigned Depth = 4
) (
  input logic       clk_i,
  input logic       again_i,
  input qp_ctl_t [32'(Cfg.Qps)-1:0] qp_i,
  input logic       pay_i,
  input logic       done_valid_i,
  input wr_src_e    done_src_i,
  input logic       done_err_i,
  input logic       done_irq_i,
  input logic [4:0] done_irq_id_i,
  input slot_t      done_slot_i,
  input logic       in_valid_i,
  input rec_t       in_i,
  input logic       out_ready_i,
  input logic       follow_i                   // this record is the one
);
  logic rst_ni, in_ready, out_valid;
  fv_reset u_reset (.clk_i, .again_i, .rst_no(rst_ni));
  host_wait #(.Cfg(Cfg), .Depth(Depth)) u_dut (
    .clk_i, .rst_ni, .qp_i, .evq_failed_o(), .evq_waits_o(), .take_i(1'b0),
    .take_qp_i('0), .pay_i, .done_valid_i, .done_src_i, .done_err_i,
    .done_irq_i, .done_irq_id_i, .done_slot_i, .in_valid_i, .in_ready_o(in_ready), .in_i,
    .out_valid_o(out_valid), .out_ready_i, .out_o(), .out_bad_o(), .empty_o(), .pause_o(),
    .sweep_o()
  );

  logic       push, pop, done, followed_q;
  logic [7:0] under_way_q, left_q;             // unanswered: all; of before the followed record
  logic [2:0] ahead_q, count_q;                // records before it; records inside
  assign push = in_valid_i && in_ready;
  assign pop  = out_valid && out_ready_i;
  assign done = done_valid_i && done_src_i inside {SrcSession, SrcNic};
  `TOE_ASSUME(Known_M, !done || under_way_q != '0)
  `TOE_ASSUME(Limit_M, !pay_i || under_way_q < 8'(u_dut.MaxLate))
  `TOE_ASSUME(One_M, !(pay_i && in_valid_i))

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      under_way_q <= '0;
      count_q     <= '0;
      followed_q  <= 1'b0;
    end else begin
      under_way_q <= under_way_q + 8'(pay_i) - 8'(done);
      count_q     <= count_q + 3'(push) - 3'(pop);
      if (followed_q) begin
        if (done && left_q != '0) left_q <= left_q - 8'd1;
        if (pop) begin
          ahead_q <= ahead_q - 3'd1;
          if (ahead_q == '0) followed_q <= 1'b0;
        end
      end else if (push && follow_i) begin
        followed_q <= 1'b1;
        ahead_q    <= count_q - 3'(pop);
        left_q     <= under_way_q - 8'(done);
      end
    end
  end

  `TOE_ASSERT(Answered_A, !(followed_q && out_valid && ahead_q == '0) || left_q == '0)

  // What makes it inductive: the counts, and where the record lies.
  logic [1:0] at;
  logic [8:0] pays;
  assign at   = u_dut.u_fifo.rptr_q + ahead_q[1:0];
  assign pays = 9'(u_dut.u_fifo.g_reg.mem[at] >> $bits(rec_t));
  `TOE_ASSERT(UnderWay_A, under_way_q <= 8'(u_dut.MaxLate) &&
      9'(under_way_q) == u_dut.sent_q - u_dut.done_q)
  `TOE_ASSERT(Count_A, count_q == u_dut.u_fifo.stored_q && count_q <= 3'd4 &&
      u_dut.u_fifo.wptr_q == u_dut.u_fifo.rptr_q + count_q[1:0])
  `TOE_ASSERT(Inside_A, (!followed_q || ahead_q < count_q) && (!out_valid || count_q != '0))
  `TOE_ASSERT(Left_A, !followed_q || (left_q <= under_way_q &&
      (left_q == '0 || pays == u_dut.done_q + 9'(left_q))))
  `TOE_COVER(Waited_C, followed_q && out_valid && ahead_q == '0 && under_way_q != '0)
endmodule

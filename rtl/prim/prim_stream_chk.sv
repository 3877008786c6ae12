// SPDX-License-Identifier: Apache-2.0
// Checks the stream contract of one valid/ready port: once valid is high it stays, and the payload
// holds, until ready takes it.
// Contract: no outputs, no hardware; every block instantiates one at each of its stream outputs
// (and, where the producer is a bench, at its inputs). IsInput makes the checks assumptions under
// FORMAL.
`include "toe_assert.svh"
module prim_stream_chk #(
  parameter int unsigned Width   = 1,
  parameter bit          IsInput = 1'b0
) (
  input logic             clk_i,
  input logic             rst_ni,
  input logic             valid_i,
  input logic             ready_i,
  input logic [Width-1:0] data_i
);

`ifdef SYNTHESIS
`ifndef FORMAL
  `define TOE_STREAM_CHK_EMPTY
`endif
`endif

`ifdef TOE_STREAM_CHK_EMPTY
  logic unused;
  assign unused = ^{clk_i, rst_ni, valid_i, ready_i, data_i};
`else
  logic             waiting_q;
  logic [Width-1:0] data_q;

  always_ff @(posedge clk_i) begin
    waiting_q <= rst_ni && valid_i && !ready_i;
    if (valid_i && !ready_i) data_q <= data_i;
  end

  if (IsInput) begin : g_in
    `TOE_ASSUME(ValidHolds_M, !waiting_q || valid_i)
    `TOE_ASSUME(PayloadHolds_M, !waiting_q || data_i == data_q)
  end else begin : g_out
    `TOE_ASSERT(ValidHolds_A, !waiting_q || valid_i)
`ifdef FORMAL
    `TOE_ASSERT(PayloadHolds_A, !waiting_q || data_i == data_q)
`else
    // A simulator compares only when something waits.
    always @(posedge clk_i) begin
      if (rst_ni && waiting_q) begin
        if (data_i != data_q) PayloadHolds_A: assert (1'b0) else $error("%m: payload changed");
      end
    end
`endif
  end
`endif

endmodule

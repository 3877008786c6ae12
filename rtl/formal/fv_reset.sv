// SPDX-License-Identifier: Apache-2.0
// Reset of a proof: low in the first cycle, and again whenever the solver likes.
// Contract: proofs only; no hardware. rst_no is low in the first cycle and while again_i is high.
module fv_reset (
  input  logic clk_i,
  input  logic again_i,
  output logic rst_no
);
  logic started_q;
  initial started_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;
  assign rst_no = started_q && !again_i;
endmodule

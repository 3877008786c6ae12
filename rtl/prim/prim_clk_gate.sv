// SPDX-License-Identifier: Apache-2.0
// Clock gate of a block that often has nothing to do.
// Contract: clk_o runs while wake_i is high, Linger cycles after, and in reset; the enable changes
// while the clock is low, so a wake_i that the block must see at an edge settles in the first half
// of the cycle before it. A block behind a gate must be one whose next Linger cycles bring it to
// rest: with wake_i low it then would not change any state. Linger is at least 1, or pulses stay.
// Gate = 0 is a wire, for targets with no clock buffers to spare.
`include "toe_assert.svh"
module prim_clk_gate #(
  parameter bit          Gate   = 1'b1,
  parameter int unsigned Linger = 15
) (
  input  logic clk_i,
  input  logic rst_ni,
  input  logic wake_i,
  output logic clk_o
);

  `TOE_STATIC(Linger_A, Linger >= 1)

  if (Gate) begin : g_gate
    localparam int unsigned W = $clog2(Linger + 1);
    logic [W-1:0] left_q;
    logic         en_q;

    always_ff @(posedge clk_i) begin
      if (!rst_ni || wake_i) left_q <= W'(Linger);
      else if (left_q != '0) left_q <= left_q - 1'b1;
    end
    always_ff @(negedge clk_i) en_q <= wake_i || left_q != '0 || !rst_ni;
    assign clk_o = clk_i && en_q;
  end else begin : g_wire
    logic unused;
    assign unused = ^{rst_ni, wake_i};
    assign clk_o  = clk_i;
  end

endmodule

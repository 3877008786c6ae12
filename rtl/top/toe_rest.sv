// SPDX-License-Identifier: Apache-2.0
// Rest of the engine: for a simulator, whether its time may jump, and how far.
// Contract: all outputs one cycle late. idle_o: quiet_i. next_us_o: the earliest of the deadlines
// that are valid. Reset: not idle.
module toe_rest (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic             quiet_i,
  output logic             idle_o,
  input  logic [2:0]       valid_i,
  input  logic [2:0][47:0] us_i,
  output logic             next_valid_o,
  output logic [47:0]      next_us_o
);

  logic [47:0] first;
  always_comb begin
    first = '1;
    for (int i = 0; i < 3; i++) if (valid_i[i] && us_i[i] < first) first = us_i[i];
  end
  always_ff @(posedge clk_i) begin
    if (!rst_ni) idle_o <= 1'b0;
    else idle_o <= quiet_i;
    next_valid_o <= valid_i != '0;
    next_us_o    <= first;
  end

endmodule

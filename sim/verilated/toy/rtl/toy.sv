// SPDX-License-Identifier: Apache-2.0
// One of everything that the binding must carry: a wide register, odd widths, an assertion, a state
// that is never reset.
// Contract: q_o is d_i one clock later; sum_o is combinational; wild_o is never initialised unless
// load_i.
module toy #(
  parameter int unsigned Width = 64
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic [Width-1:0] d_i,
  output logic [Width-1:0] q_o,
  input  logic [4:0]       n_i,
  input  logic [11:0]      a_i,
  input  logic [32:0]      b_i,
  output logic [33:0]      sum_o,
  output logic             double__name,
  input  logic             load_i,
  input  logic             finish_i,
  input  logic             print_i,
  output logic [31:0]      wild_o
);

  assign sum_o        = 34'(a_i) + 34'(b_i);
  assign double__name = n_i[0];

  always_ff @(posedge clk_i) begin
    q_o <= d_i;
    if (load_i) wild_o <= 32'd1;
    if (print_i) $display("n is %0d", n_i);
    if (finish_i) $finish;
  end

  NotSeven_A: assert property (@(posedge clk_i) disable iff (!rst_ni) n_i != 5'd7)
    else $error("n is seven");
  NotEight_A: assert property (@(posedge clk_i) disable iff (!rst_ni) n_i != 5'd8)
    else $fatal(1, "n is eight");

endmodule

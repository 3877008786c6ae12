// SPDX-License-Identifier: Apache-2.0
// Finds the next TIME_WAIT entry from a place on, for a host that lists the table.
// Contract: while valid_i it looks at one place after the other, each when the bank has nothing
//   else to do, so a walk delays an insertion by one look (4 cycles). done_o is a pulse: found_o
//   with the place in id_o (its record stands at the bank then), or the end of the table. Reset:
//   idle.
module tw_walk #(
  parameter int unsigned Entries = 256
) (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        valid_i,
  input  logic [15:0] from_i,
  output logic        done_o,
  output logic        found_o,
  output logic [15:0] id_o,
  output logic        look_valid_o,
  input  logic        look_done_i,
  input  logic        look_found_i
);
  logic        on_q;
  logic [16:0] at_q;

  assign look_valid_o = on_q && at_q < 17'(Entries);
  assign id_o         = at_q[15:0];
  assign found_o      = look_valid_o && look_found_i;
  assign done_o       = on_q && (!look_valid_o || (look_done_i && look_found_i));

  always_ff @(posedge clk_i) begin
    if (!rst_ni) on_q <= 1'b0;
    else if (!on_q) on_q <= valid_i;
    else if (done_o) on_q <= 1'b0;
    if (!on_q) at_q <= 17'(from_i);
    else if (look_done_i) at_q <= at_q + 17'd1;
  end
endmodule

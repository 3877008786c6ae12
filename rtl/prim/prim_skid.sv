// SPDX-License-Identifier: Apache-2.0
// Register stage that cuts every path of a stream: valid, payload and ready.
// Contract: one word a cycle, one cycle of latency, two words of storage. All outputs are
// registers. Reset empties it.
`include "toe_assert.svh"
module prim_skid #(
  parameter int unsigned Width = 8
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic             in_valid_i,
  output logic             in_ready_o,
  input  logic [Width-1:0] in_i,
  output logic             out_valid_o,
  input  logic             out_ready_i,
  output logic [Width-1:0] out_o
);

  logic             valid_q, spare_valid_q;
  logic [Width-1:0] data_q, spare_q;
  logic             push, room;

  assign in_ready_o  = !spare_valid_q;
  assign out_valid_o = valid_q;
  assign out_o       = data_q;
  assign push        = in_valid_i && in_ready_o;
  assign room        = !valid_q || out_ready_i;     // the output register takes a word

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      valid_q       <= 1'b0;
      spare_valid_q <= 1'b0;
    end else if (room) begin
      valid_q       <= spare_valid_q || push;
      spare_valid_q <= 1'b0;
    end else if (push) begin
      spare_valid_q <= 1'b1;
    end
    if (room) data_q <= spare_valid_q ? spare_q : in_i;
    if (push) spare_q <= in_i;
  end

  prim_stream_chk #(.Width(Width)) u_out_chk (
    .clk_i, .rst_ni, .valid_i(out_valid_o), .ready_i(out_ready_i), .data_i(out_o)
  );

endmodule

// SPDX-License-Identifier: Apache-2.0
// What an AXI4-Lite slave owes its master, one access of a kind at a time: an answer for each
// request, none without, and within Longest cycles.
// Contract: proofs only. That answers stay until taken, and the master's side of it, is for
// prim_stream_chk. wait_o: an answer is owed and not offered yet.
`include "toe_assert.svh"
module fv_axil_chk #(
  parameter int unsigned Longest = 8
) (
  input  logic       clk_i,
  input  logic       rst_ni,
  input  logic       awvalid_i, awready_i, wvalid_i, wready_i, bvalid_i, bready_i,
  input  logic       arvalid_i, arready_i, rvalid_i, rready_i,
  output logic       write_o,                  // owed
  output logic       read_o,
  output logic [3:0] age_o
);
  logic wait_b;
  assign wait_b = (write_o && !bvalid_i) || (read_o && !rvalid_i);
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      {write_o, read_o} <= '0;
      age_o <= '0;
    end else begin
      if (awvalid_i && awready_i) write_o <= 1'b1;
      else if (bvalid_i && bready_i) write_o <= 1'b0;
      if (arvalid_i && arready_i) read_o <= 1'b1;
      else if (rvalid_i && rready_i) read_o <= 1'b0;
      age_o <= wait_b ? age_o + 4'd1 : '0;
    end
  end
  `TOE_ASSERT(AddressWithData_A, (awvalid_i && awready_i) == (wvalid_i && wready_i))
  `TOE_ASSERT(OneAtATime_A, !(write_o || read_o) || !((awvalid_i && awready_i) ||
      (arvalid_i && arready_i)))
  `TOE_ASSERT(OneKind_A, !(awvalid_i && awready_i && arvalid_i && arready_i))
  `TOE_ASSERT(WriteAnswered_A, !bvalid_i || write_o)
  `TOE_ASSERT(ReadAnswered_A, !rvalid_i || read_o)
  `TOE_ASSERT(Soon_A, 32'(age_o) <= Longest)
  `TOE_COVER(Write_C, bvalid_i && bready_i)
  `TOE_COVER(Read_C, rvalid_i && rready_i)
endmodule

// SPDX-License-Identifier: Apache-2.0
// RAM with one write port and one read port.
// Contract: read data one cycle after re_i, held while re_i is low. A read of the address that is
// written in the same cycle gives the new data (WriteFirst = 1, a bypass) or the old data
// (WriteFirst = 0). Contents are undefined until written; no reset. Lanes splits the word into
// equal parts with a write enable each. Addresses are below Depth (asserted).
`include "toe_assert.svh"
module prim_ram_1r1w #(
  parameter int unsigned Width      = 32,
  parameter int unsigned Depth      = 16,
  parameter int unsigned Lanes      = 1,
  parameter bit          WriteFirst = 1'b1,
  localparam int unsigned AddrW = (Depth > 1) ? $clog2(Depth) : 1
) (
  input  logic             clk_i,
  input  logic             rst_ni,     // only for the assertions
  input  logic [Lanes-1:0] we_i,
  input  logic [AddrW-1:0] waddr_i,
  input  logic [Width-1:0] wdata_i,
  input  logic             re_i,
  input  logic [AddrW-1:0] raddr_i,
  output logic [Width-1:0] rdata_o
);

  localparam int unsigned LaneW = Width / Lanes;
  `TOE_STATIC(LanesDivideWidth_A, LaneW * Lanes == Width && Depth >= 1)

  if (Lanes == 1) begin : g_whole
    logic [Width-1:0] mem[Depth];

    always_ff @(posedge clk_i) begin
      if (we_i[0]) mem[waddr_i] <= wdata_i;
      if (re_i) rdata_o <= (WriteFirst && we_i[0] && waddr_i == raddr_i) ? wdata_i : mem[raddr_i];
    end
  end else begin : g_lanes
    for (genvar l = 0; l < int'(Lanes); l++) begin : g_lane
      logic [LaneW-1:0] mem[Depth];

      always_ff @(posedge clk_i) begin
        if (we_i[l]) mem[waddr_i] <= wdata_i[l*LaneW+:LaneW];
        if (re_i) begin
          rdata_o[l*LaneW+:LaneW] <= (WriteFirst && we_i[l] && waddr_i == raddr_i) ?
                                     wdata_i[l*LaneW+:LaneW] : mem[raddr_i];
        end
      end
    end
  end

  if (Depth != (1 << AddrW)) begin : g_range
    `TOE_ASSERT(WriteInRange_A, we_i == '0 || 32'(waddr_i) < Depth)
    `TOE_ASSERT(ReadInRange_A, !re_i || 32'(raddr_i) < Depth)
  end

  logic unused_rst;
  assign unused_rst = rst_ni;

endmodule

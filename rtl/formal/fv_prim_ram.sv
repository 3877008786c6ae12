// SPDX-License-Identifier: Apache-2.0
// Proof of prim_ram_1r1w: a read gives what was last written there, lane by lane, by the rule for
// a write in the same cycle; and holds it.
// Contract: proofs only. One address and one lane of the solver's choice stand for all.
`include "toe_assert.svh"
module fv_prim_ram #(
  parameter int unsigned Width      = 4,
  parameter int unsigned Depth      = 5,
  parameter int unsigned Lanes      = 2,
  parameter bit          WriteFirst = 1'b1,
  localparam int unsigned AddrW = $clog2(Depth),
  localparam int unsigned LaneW = Width / Lanes
) (
  input logic             clk_i,
  input logic [Lanes-1:0] we_i,
  input logic [AddrW-1:0] waddr_i,
  input logic [Width-1:0] wdata_i,
  input logic             re_i,
  input logic [AddrW-1:0] raddr_i,
  input logic [AddrW-1:0] pick_i,
  input logic             lane_i
);
  logic             rst_ni;
  logic [Width-1:0] rdata;
  assign rst_ni = 1'b1;                        // it has none
  prim_ram_1r1w #(.Width(Width), .Depth(Depth), .Lanes(Lanes), .WriteFirst(WriteFirst)) u_dut (
    .clk_i, .rst_ni, .we_i, .waddr_i, .wdata_i, .re_i, .raddr_i, .rdata_o(rdata)
  );
  always @(posedge clk_i) begin
    assume (32'(waddr_i) < Depth && 32'(raddr_i) < Depth && 32'(pick_i) < Depth);
  end

  logic             begun_q;
  logic [AddrW-1:0] pick_q;
  logic             lane_q;
  initial begun_q = 1'b0;
  always_ff @(posedge clk_i) begin
    begun_q <= 1'b1;
    if (!begun_q) begin
      pick_q <= pick_i;
      lane_q <= (Lanes > 1) && lane_i;
    end
  end

  logic             known_q, shown_q, here;    // written since; rdata is of that address
  logic [LaneW-1:0] word_q, show_q, lane_w, lane_r;
  assign lane_w = LaneW'(wdata_i >> (lane_q ? LaneW : 0));
  assign lane_r = LaneW'(rdata >> (lane_q ? LaneW : 0));
  assign here   = we_i[lane_q] && waddr_i == pick_q;
  initial known_q = 1'b0;
  initial shown_q = 1'b0;
  always_ff @(posedge clk_i) begin
    if (begun_q && here) begin
      known_q <= 1'b1;
      word_q  <= lane_w;
    end
    if (begun_q && re_i) begin
      shown_q <= raddr_i == pick_q && (known_q || (here && WriteFirst));
      show_q  <= here && WriteFirst ? lane_w : word_q;
    end
  end
  `TOE_ASSERT(Read_A, !shown_q || lane_r == show_q)
  if (Lanes == 1) begin : g_whole
    `TOE_ASSERT(Kept_A, !known_q || u_dut.g_whole.mem[pick_q] == word_q)
  end else begin : g_lanes
    `TOE_ASSERT(Kept_A, !known_q || (lane_q ? u_dut.g_lanes.g_lane[1].mem[pick_q]
        : u_dut.g_lanes.g_lane[0].mem[pick_q]) == word_q)
  end
  `TOE_ASSERT(Pick_A, !begun_q || (32'(pick_q) < Depth && (Lanes > 1 || !lane_q)))
  `TOE_ASSERT(Begun_A, begun_q || !(known_q || shown_q))
  `TOE_COVER(Both_C, shown_q && re_i && here && raddr_i == pick_q)
endmodule

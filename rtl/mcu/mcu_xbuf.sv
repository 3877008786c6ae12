// SPDX-License-Identifier: Apache-2.0
// Exchange buffer: one RAM of full-width rows that the core sees as words and the engines see as
// rows.
// Contract: one access a cycle; the row port wins, the word port is acknowledged when it was
//   served. Read data one cycle after the access. No combinational path from input to output but
//   `word_gnt_o` from `row_req_i`. Reset: nothing to reset.
module mcu_xbuf #(
    parameter int unsigned DataW = 64
) (
    input  logic               clk_i,
    // Word port
    input  logic               word_req_i,
    output logic               word_gnt_o,
    input  logic               word_we_i,
    input  logic [3:0]         word_be_i,
    input  logic [9:0]         word_addr_i,   // in words
    input  logic [31:0]        word_wdata_i,
    output logic [31:0]        word_rdata_o,
    // Row port
    input  logic               row_req_i,
    input  logic               row_we_i,
    input  logic [8:0]         row_addr_i,    // in rows, high bits beyond the buffer are ignored
    input  logic [DataW-1:0]   row_wdata_i,
    output logic [DataW-1:0]   row_rdata_o
);
  localparam int unsigned Rows  = mcu_pkg::XbufBytes * 8 / DataW;
  localparam int unsigned RowW  = $clog2(Rows);
  localparam int unsigned Lanes = DataW / 32;
  localparam int unsigned LaneW = $clog2(Lanes);

  logic [DataW-1:0]   mem [Rows];
  logic [DataW-1:0]   rdata_q;
  logic [LaneW-1:0]   lane_q;
  logic               en;
  logic [RowW-1:0]    addr;
  logic [DataW/8-1:0] be;
  logic [DataW-1:0]   wdata;

  assign word_gnt_o = word_req_i && !row_req_i;
  assign en         = word_req_i || row_req_i;
  assign addr       = row_req_i ? row_addr_i[RowW-1:0] : word_addr_i[LaneW +: RowW];
  assign wdata      = row_req_i ? row_wdata_i : {Lanes{word_wdata_i}};

  always_comb begin
    be = '0;
    if (row_req_i) be = {DataW/8{row_we_i}};
    else if (word_we_i) be[{word_addr_i[LaneW-1:0], 2'b00} +: 4] = word_be_i;
  end

  always_ff @(posedge clk_i) begin
    if (en) begin
      for (int unsigned b = 0; b < DataW / 8; b++) begin
        if (be[b]) mem[addr][8*b +: 8] <= wdata[8*b +: 8];
      end
      rdata_q <= mem[addr];
      lane_q  <= word_addr_i[LaneW-1:0];
    end
  end

  assign row_rdata_o  = rdata_q;
  assign word_rdata_o = rdata_q[{lane_q, 5'd0} +: 32];

  if (RowW < 9) begin : gen_unused
    logic unused;
    assign unused = ^row_addr_i[8:RowW];
  end
endmodule

// SPDX-License-Identifier: Apache-2.0
// Bench top: the next-hop table and a ready queue, structs as vectors.
module tb_tcp_nexthop
  import toe_pkg::*;
#(
  parameter int unsigned Sessions = 16
) (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        we_i, input logic [15:0] windex_i,
      input logic [$bits(nexthop_t)-1:0] wentry_i,
  input  logic        re_i, input logic [15:0] index_i,
  output logic        pipe_valid_o, output logic [15:0] pipe_mtu_o,
      output logic [$bits(nexthop_t)-1:0] entry_o,
  input  logic        push_i, input logic [15:0] slot_i,
  output logic        valid_o, input logic ready_i, output logic [15:0] slot_o, output logic empty_o
);
  nexthop_t entry;
  assign entry_o = entry;
  tcp_nexthop u_nexthop (
    .clk_i, .rst_ni, .we_i, .windex_i, .wentry_i(nexthop_t'(wentry_i)), .pipe_re_i(re_i),
    .pipe_index_i(index_i), .pipe_valid_o,
    .pipe_mtu_o, .seg_re_i(re_i), .seg_index_i(index_i), .seg_entry_o(entry)
  );
  tcp_sched #(.Sessions(Sessions)) u_sched (
    .clk_i, .rst_ni, .push_i, .slot_i, .valid_o, .ready_i, .slot_o, .empty_o
  );
endmodule

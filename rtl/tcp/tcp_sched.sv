// SPDX-License-Identifier: Apache-2.0
// Queue of sessions that wait for service, used twice: ready to transmit, and to be notified.
// Contract: a session is in the queue at most once (a bit in its state says so), so Sessions places
//   never overflow (asserted) and a session waits for at most Sessions - 1 others: that is the
//   fairness bound. Order of arrival. Up to three cycles of latency.
`include "toe_assert.svh"
module tcp_sched
  import toe_pkg::*;
#(
  parameter int unsigned Sessions = 64
) (
  input  logic  clk_i,
  input  logic  rst_ni,
  input  logic  push_i,
  input  slot_t slot_i,
  output logic  valid_o,
  input  logic  ready_i,
  output slot_t slot_o,
  output logic  empty_o                     // nothing inside, on its way to the output either
);

  localparam int unsigned SlotW = $clog2(Sessions);

  logic                          room;
  logic [SlotW-1:0]              slot;
  logic [$clog2(Sessions+3)-1:0] level;
  prim_fifo #(.Width(SlotW), .Depth(Sessions), .Ram(Sessions > 64)) u_fifo (
    .clk_i, .rst_ni,
    .in_valid_i(push_i), .in_ready_o(room), .in_i(slot_i[SlotW-1:0]),
    .out_valid_o(valid_o), .out_ready_i(ready_i), .out_o(slot), .level_o(level)
  );
  assign slot_o  = 16'(slot);
  assign empty_o = level == '0;

  `TOE_ASSERT(Room_A, !push_i || room)
  if (SlotW < 16) begin : g_unused
    logic unused;
    assign unused = ^slot_i[15:SlotW];
  end

endmodule

// SPDX-License-Identifier: Apache-2.0
// Chooses the next event: round robin over the sources that can go, at most one event a session in
// flight.
// Contract: combinational choice, one event a cycle. A source that waits only for its turn is
//   served within eight events; one whose session is in flight waits for that event's write-back
//   (two cycles). stall_o: a source waited for its session and no other could go.
module tcp_arb
  import toe_pkg::*;
  import tcp_pkg::*;
(
  input  logic                     clk_i,
  input  logic                     rst_ni,
  // by ev_kind_e: present, and all that it may need has room
  input  logic [EvKinds-1:0]       req_i,
  input  logic [EvKinds-1:0]       nil_i,     // concerns no slot
  input  slot_t [EvKinds-1:0]      slot_i,
  input  logic [1:0]               busy_i,    // events in flight
  input  slot_t [1:0]              busy_slot_i,
  output logic [EvKinds-1:0]       grant_o,
  output logic                     valid_o,
  output ev_kind_e                 kind_o,
  output slot_t                    slot_o,
  output logic                     stall_o
);

  logic [EvKinds-1:0] clash, can;
  localparam int unsigned PickW = $clog2(EvKinds);
  logic [PickW-1:0]   last_q, pick;

  always_comb begin
    for (int k = 0; k < int'(EvKinds); k++) begin
      clash[k] = 1'b0;
      for (int b = 0; b < 2; b++)
        if (!nil_i[k] && busy_i[b] && busy_slot_i[b] == slot_i[k]) clash[k] = 1'b1;
    end
    can  = req_i & ~clash;
    pick = '0;
    for (int k = int'(EvKinds) - 1; k >= 0; k--) if (can[k]) pick = PickW'(k);
    for (int k = int'(EvKinds) - 1; k >= 0; k--) if (can[k] && k > int'(last_q)) pick = PickW'(k);
    grant_o       = '0;
    grant_o[pick] = can[pick];
  end

  assign valid_o = can != '0;
  assign kind_o  = ev_kind_e'(pick);
  assign slot_o  = slot_i[pick];
  assign stall_o = can == '0 && req_i != '0;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) last_q <= '0;
    else if (valid_o) last_q <= pick;
  end

endmodule

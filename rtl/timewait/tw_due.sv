// SPDX-License-Identifier: Apache-2.0
// When the next TIME_WAIT entry expires, from the oldest entry of each MSL class.
// Contract: combinational, no state. due_o: a class has an entry whose expiry is unknown or
// reached. deadline_us_o: the earliest known expiry, with deadline_valid_o.
module tw_due
  import tw_pkg::*;
(
  input  logic [47-TickShift:0] ticks_i,  // now, in ticks
  input  logic [2:0][31:0] count_i,
  input  logic [2:0]       known_i,
  input  exp_t [2:0]       head_exp_i,
  output logic             due_o,
  output logic             deadline_valid_o,
  output logic [47:0]      deadline_us_o
);
  exp_t now_tick;
  assign now_tick = ticks_i[ExpW-1:0];

  always_comb begin
    due_o            = 1'b0;
    deadline_valid_o = 1'b0;
    deadline_us_o    = '0;
    for (int c = 0; c < 3; c++) begin
      automatic exp_t away = head_exp_i[c] - now_tick;
      automatic logic [47:0] at = {ticks_i + (48 - TickShift)'(away), TickShift'(0)};
      if (count_i[c] != '0 && (!known_i[c] || exp_reached(now_tick, head_exp_i[c]))) due_o = 1'b1;
      if (count_i[c] != '0 && known_i[c] && (!deadline_valid_o || at < deadline_us_o)) begin
        deadline_valid_o = 1'b1;
        deadline_us_o    = at;
      end
    end
  end
endmodule

// SPDX-License-Identifier: Apache-2.0
// The clocks of the engine's blocks, each stopped while its block has nothing to do; and the time
// that they all see.
// Contract: x_wake_i: block x has work, or input that it must take at the next edge. Clocks also
// run for some cycles after (prim_clk_gate), in reset, and, where a block depends on them, when
// settings change (cfg_wake_i) and when time moves. now_o is one cycle late; tick_o: it will change
// at the next edge. ClockGate = 0: all clocks are clk_i.
module toe_clocks #(
  parameter bit ClockGate = 1'b1
) (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic [47:0] now_us_i,
  output logic [47:0] now_us_o,
  output logic        tick_o,
  input  logic        cfg_wake_i,
  input  logic        rx_wake_i,
  output logic        rx_clk_o,
  input  logic        lk_wake_i,
  output logic        lk_clk_o,
  input  logic        tw_wake_i,
  output logic        tw_clk_o,
  input  logic        pipe_wake_i,
  output logic        pipe_clk_o,
  input  logic        nh_wake_i,
  output logic        nh_clk_o,
  input  logic        seg_wake_i,
  output logic        seg_clk_o,
  input  logic        nic_wake_i,
  output logic        nic_clk_o,
  input  logic        tx_wake_i,
  output logic        tx_clk_o,
  input  logic        mcu_wake_i,
  output logic        mcu_clk_o
);

  logic now_clk;
  assign tick_o = now_us_i != now_us_o;
  always_ff @(posedge now_clk) now_us_o <= now_us_i;

  prim_clk_gate #(.Gate(ClockGate), .Linger(1)) u_now (
    .clk_i, .rst_ni, .wake_i(tick_o), .clk_o(now_clk)
  );
  prim_clk_gate #(.Gate(ClockGate)) u_rx (
    .clk_i, .rst_ni, .wake_i(rx_wake_i || cfg_wake_i), .clk_o(rx_clk_o)
  );
  prim_clk_gate #(.Gate(ClockGate)) u_lk (
    .clk_i, .rst_ni, .wake_i(lk_wake_i || cfg_wake_i), .clk_o(lk_clk_o)
  );
  // TIME_WAIT counts in its own ticks.
  logic tw_tick;
  assign tw_tick = now_us_i[47:tw_pkg::TickShift] != now_us_o[47:tw_pkg::TickShift];
  prim_clk_gate #(.Gate(ClockGate)) u_tw (
    .clk_i, .rst_ni, .wake_i(tw_wake_i || cfg_wake_i || tw_tick), .clk_o(tw_clk_o)
  );
  prim_clk_gate #(.Gate(ClockGate), .Linger(5)) u_pipe (
    .clk_i, .rst_ni, .wake_i(pipe_wake_i), .clk_o(pipe_clk_o)
  );
  prim_clk_gate #(.Gate(ClockGate), .Linger(1)) u_nh (
    .clk_i, .rst_ni, .wake_i(nh_wake_i), .clk_o(nh_clk_o)
  );
  prim_clk_gate #(.Gate(ClockGate)) u_seg (
    .clk_i, .rst_ni, .wake_i(seg_wake_i), .clk_o(seg_clk_o)
  );
  prim_clk_gate #(.Gate(ClockGate)) u_nic (
    .clk_i, .rst_ni, .wake_i(nic_wake_i || cfg_wake_i), .clk_o(nic_clk_o)
  );
  prim_clk_gate #(.Gate(ClockGate)) u_tx (
    .clk_i, .rst_ni, .wake_i(tx_wake_i), .clk_o(tx_clk_o)
  );
  prim_clk_gate #(.Gate(ClockGate), .Linger(3)) u_mcu (
    .clk_i, .rst_ni, .wake_i(mcu_wake_i || cfg_wake_i || tick_o), .clk_o(mcu_clk_o)
  );

endmodule

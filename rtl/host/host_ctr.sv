// SPDX-License-Identifier: Apache-2.0
// Gathers counter increments so that the register block needs to be clocked only now and then.
// Contract: every increment reaches sum_o exactly once. flush_i: sum_o and flush_o show, one cycle
// later, what came since the last flush; increments of the same cycle belong to the next. full_o
// asks for a flush at once; byte increments are below 2^13. gclk_i is clk_i, gated: it must run in
// the cycle of flush_i and in the one after. Reset clears.
`include "toe_assert.svh"
module host_ctr (
  input  logic                   clk_i,
  input  logic                   gclk_i,
  input  logic                   rst_ni,
  input  host_ctr_pkg::toe_ctr_t ctr_i,
  input  logic                   flush_i,
  output logic                   full_o,
  output logic                   flush_o,
  output host_ctr_pkg::ctr_sum_t sum_o
);

  import host_ctr_pkg::*;

  localparam int unsigned N = Ctrs;
  localparam int unsigned B = ByteCtrs;

  logic [N-1:0][1:0]  step;
  logic [B-1:0][15:0] bytes;
  logic [7:0]         acc_q[N];
  logic [15:0]        byte_q[B];
  logic               any;

  assign {bytes, step} = ctr_i;
  assign any           = ctr_i != '0;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      full_o <= 1'b0;
      for (int i = 0; i < int'(N); i++) acc_q[i] <= '0;
      for (int i = 0; i < int'(B); i++) byte_q[i] <= '0;
    end else if (flush_i) begin
      full_o <= 1'b0;
      for (int i = 0; i < int'(N); i++) acc_q[i] <= 8'(step[i]);
      for (int i = 0; i < int'(B); i++) byte_q[i] <= bytes[i];
    end else if (any) begin
      for (int i = 0; i < int'(N); i++) begin
        if (step[i] != '0) begin
          acc_q[i] <= acc_q[i] + 8'(step[i]);
          if (acc_q[i][7]) full_o <= 1'b1;
        end
      end
      for (int i = 0; i < int'(B); i++) begin
        if (bytes[i] != '0) begin
          byte_q[i] <= byte_q[i] + bytes[i];
          if (byte_q[i][15]) full_o <= 1'b1;
        end
      end
    end
  end

  always_ff @(posedge gclk_i) begin
    if (!rst_ni) flush_o <= 1'b0;
    else flush_o <= flush_i;
    if (flush_i) begin
      for (int i = 0; i < int'(N); i++) sum_o[16*i+:16] <= 16'(acc_q[i]);
      for (int i = 0; i < int'(B); i++) sum_o[16*(int'(N)+i)+:16] <= byte_q[i];
    end
  end

  logic [15:0] largest;
  assign largest = bytes[0] | bytes[1] | bytes[2] | bytes[3] | bytes[4] | bytes[5] | bytes[6];
  `TOE_ASSERT(BytesSmall_A, largest < 16'h4000)
  `TOE_ASSERT(FlushAtOnce_A, !full_o || flush_i)

endmodule

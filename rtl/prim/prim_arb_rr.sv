// SPDX-License-Identifier: Apache-2.0
// Round-robin arbiter that merges N streams into one.
// Contract: combinational: valid and payload of the chosen input pass to the output, ready passes
// back; no latency, one word a cycle. A waiting input is served after at most N-1 words of others.
// A choice that was offered stands until it is taken, so the output keeps the stream contract.
// lock_i, sampled when a word is taken, keeps the choice for the next word too (packets: !last).
`include "toe_assert.svh"
module prim_arb_rr #(
  parameter int unsigned N     = 2,
  parameter int unsigned Width = 1,
  localparam int unsigned IdxW = (N > 1) ? $clog2(N) : 1
) (
  input  logic                      clk_i,
  input  logic                      rst_ni,
  input  logic [N-1:0]              in_valid_i,
  output logic [N-1:0]              in_ready_o,
  input  logic [N-1:0][Width-1:0]   in_i,
  input  logic                      lock_i,
  output logic                      out_valid_o,
  input  logic                      out_ready_i,
  output logic [Width-1:0]          out_o,
  output logic [IdxW-1:0]           out_idx_o
);

  logic            held_q;              // idx_q is the choice
  logic [IdxW-1:0] idx_q;               // last choice
  logic [IdxW-1:0] pick;

  always_comb begin
    pick = idx_q;
    if (!held_q) begin
      // Lowest index first, then lowest index above the last choice: the second overrides.
      for (int i = int'(N) - 1; i >= 0; i--) if (in_valid_i[i]) pick = IdxW'(i);
      for (int i = int'(N) - 1; i >= 0; i--) if (in_valid_i[i] && i > int'(idx_q)) pick = IdxW'(i);
    end
  end

  always_comb begin
    in_ready_o       = '0;
    in_ready_o[pick] = out_ready_i && out_valid_o;
  end
  assign out_valid_o = in_valid_i[pick];
  assign out_o       = in_i[pick];
  assign out_idx_o   = pick;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      held_q <= 1'b0;
      idx_q  <= IdxW'(N - 1);
    end else if (out_valid_o) begin
      held_q <= !out_ready_i || lock_i;
      idx_q  <= pick;
    end
  end

  `TOE_ASSERT(OneReady_A, $onehot0(in_ready_o))
  prim_stream_chk #(.Width(Width + IdxW)) u_out_chk (
    .clk_i, .rst_ni, .valid_i(out_valid_o), .ready_i(out_ready_i), .data_i({out_idx_o, out_o})
  );

endmodule

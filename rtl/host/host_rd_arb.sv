// SPDX-License-Identifier: Apache-2.0
// Shares the DMA reader: merges the clients' commands, hands the bytes back to the client that
// asked.
// Contract: command side: round robin by command, one a cycle, one cycle of latency, outputs
// registered. Data side: combinational; a client that is not ready stalls the others, hence the
// rule that it asks only for what it has room for. Client numbers are rd_client_e; the `client`
// field of a command is overwritten. Reset empties the command stage.
`include "toe_assert.svh"
module host_rd_arb #(
  localparam int unsigned N = 5
) (
  input  logic                       clk_i,
  input  logic                       rst_ni,

  // Commands of the clients
  input  logic [N-1:0]               rd_valid_i,
  output logic [N-1:0]               rd_ready_o,
  input  toe_pkg::rd_cmd_t [N-1:0]   rd_i,

  // To the reader
  output logic                       cmd_valid_o,
  input  logic                       cmd_ready_i,
  output toe_pkg::rd_cmd_t           cmd_o,

  // From the reader
  input  logic                       data_valid_i,
  output logic                       data_ready_o,
  input  toe_pkg::rd_client_e        data_client_i,

  // To the clients; data, keep, last and err go to all of them
  output logic [N-1:0]               client_valid_o,
  input  logic [N-1:0]               client_ready_i
);

  import toe_pkg::*;
  localparam int unsigned CmdW = $bits(rd_cmd_t);

  logic [N-1:0][CmdW-1:0] words;
  logic                   pick_valid, pick_ready;
  logic [CmdW-1:0]        pick;

  always_comb begin
    for (int i = 0; i < int'(N); i++) words[i] = {3'(i), rd_i[i].addr, rd_i[i].len};
  end

  prim_arb_rr #(.N(N), .Width(CmdW)) u_arb (
    .clk_i, .rst_ni,
    .in_valid_i(rd_valid_i), .in_ready_o(rd_ready_o), .in_i(words), .lock_i(1'b0),
    .out_valid_o(pick_valid), .out_ready_i(pick_ready), .out_o(pick), .out_idx_o()
  );
  prim_skid #(.Width(CmdW)) u_skid (
    .clk_i, .rst_ni,
    .in_valid_i(pick_valid), .in_ready_o(pick_ready), .in_i(pick),
    .out_valid_o(cmd_valid_o), .out_ready_i(cmd_ready_i), .out_o(cmd_o)
  );

  always_comb begin
    client_valid_o = '0;
    data_ready_o   = 1'b0;
    for (int i = 0; i < int'(N); i++) begin
      if (data_client_i == rd_client_e'(3'(i))) begin
        client_valid_o[i] = data_valid_i;
        data_ready_o      = client_ready_i[i];
      end
    end
  end

  // A client without room breaks its promise; 1024 cycles are far beyond any excuse.
  logic [9:0] wait_q;
  always_ff @(posedge clk_i) begin
    if (!rst_ni || !data_valid_i || data_ready_o) wait_q <= '0;
    else wait_q <= wait_q + 1'b1;
  end
  `TOE_ASSERT(ClientHasRoom_A, wait_q != '1)

endmodule

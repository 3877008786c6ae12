// SPDX-License-Identifier: Apache-2.0
// Proof of host_dma_rd: a command inside a region becomes bursts inside that region (its ends
// rounded to beats), whatever the bus does; no burst crosses 4 KiB.
// Contract: proofs only. A region of the solver's choice, aligned to 4 KiB; any commands in it.
`include "toe_assert.svh"
module fv_dma_rd #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  localparam int unsigned DataW = 32'(Cfg.DataW),
  localparam int unsigned W     = DataW / 8,
  localparam int unsigned OffW  = $clog2(W)
) (
  input logic             clk_i,
  input logic             again_i,
  input logic             hold_i,
  input logic             cmd_valid_i,
  input toe_pkg::rd_cmd_t cmd_i,
  input logic             arready_i,
  input logic             rvalid_i,
  input logic [7:0]       rid_i,
  input logic             rlast_i,
  input logic             data_ready_i,
  input logic [27:0]      base_i,             // of the region, in units of 4 KiB
  input logic [3:0]       pages_log2_i
);
  logic        rst_ni, cmd_ready, arvalid;
  logic [63:0] araddr;
  logic [7:0]  arlen;
  fv_reset u_reset (.clk_i, .again_i, .rst_no(rst_ni));

  host_dma_rd #(.Cfg(Cfg)) u_dut (
    .clk_i, .rst_ni, .hold_i, .idle_o(), .cmd_valid_i, .cmd_ready_o(cmd_ready), .cmd_i,
    .data_valid_o(), .data_ready_i, .data_o(), .data_keep_o(), .data_last_o(), .data_client_o(),
    .data_err_o(), .m_axi_arid(), .m_axi_araddr(araddr), .m_axi_arlen(arlen), .m_axi_arsize(),
    .m_axi_arburst(), .m_axi_arvalid(arvalid), .m_axi_arready(arready_i), .m_axi_rid(rid_i),
    .m_axi_rdata('0), .m_axi_rresp('0), .m_axi_rlast(rlast_i), .m_axi_rvalid(rvalid_i),
    .m_axi_rready(), .ctr_o()
  );

  logic        begun_q;
  logic [63:0] base_q, end_q;
  initial begun_q = 1'b0;
  always_ff @(posedge clk_i) begin
    begun_q <= 1'b1;
    if (!begun_q) begin
      base_q <= {24'd0, base_i, 12'd0};
      end_q  <= {24'd0, base_i, 12'd0} + (64'd4096 << pages_log2_i);
    end
  end
  function automatic logic inside_of(logic [63:0] addr, logic [19:0] len, logic [63:0] base,
                                     logic [63:0] till);
    return addr >= base && addr < till && 64'(len) <= till - addr;
  endfunction
  always @(posedge clk_i) begin
    if (cmd_valid_i)
      assume (cmd_i.len != '0 && inside_of(cmd_i.addr, cmd_i.len, base_q, end_q));
  end

  always @(posedge clk_i) Region_A: assert (!begun_q || (base_q[11:0] == '0 && end_q[11:0] == '0 &&
      base_q < end_q && end_q < 64'h0000_8000_0000_0000));
  `TOE_ASSERT(Begun_A, begun_q)
  `TOE_ASSERT(LeftInside_A, !u_dut.busy_q || (u_dut.cmd_q.len != '0 &&
      inside_of(u_dut.cmd_q.addr, u_dut.cmd_q.len, base_q, end_q)))
  `TOE_ASSERT(BurstInside_A, !arvalid || (araddr >= base_q &&
      araddr + ((64'(arlen) + 64'd1) << OffW) <= end_q))
  `TOE_ASSERT(FourKiB_A, !arvalid ||
      13'(araddr[11:0]) + ((13'(arlen) + 13'd1) << OffW) <= 13'd4096)
  `TOE_COVER(Splits_C, arvalid && u_dut.busy_q && araddr == base_q)
endmodule

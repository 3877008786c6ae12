// SPDX-License-Identifier: Apache-2.0
// Proof of host_dma_wr: commands inside a ring become bursts inside that ring, whatever the bus
// does; no burst crosses 4 KiB; the write channels keep the stream contract.
// Contract: proofs only. A ring of the solver's choice, aligned to 4 KiB as the driver must
// register it (abi: session_image); commands as host_place gives them, any number, any length up
// to the ring.
`include "toe_assert.svh"
module fv_dma_wr #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  localparam int unsigned DataW = 32'(Cfg.DataW),
  localparam int unsigned W     = DataW / 8,
  localparam int unsigned OffW  = $clog2(W)
) (
  input logic              clk_i,
  input logic              again_i,
  input logic              hold_i,
  input logic              cmd_valid_i,
  input host_pkg::wr_req_t cmd_i,
  input logic              data_valid_i,
  input logic [DataW-1:0]  data_i,
  input logic              awready_i,
  input logic              wready_i,
  input logic              bvalid_i,
  input logic [1:0]        bresp_i,
  input logic              fault_ready_i,
  input logic [27:0]       base_i,             // of the ring, in units of 4 KiB
  input logic [3:0]        pages_log2_i
);
  logic        rst_ni, cmd_ready, awvalid, wvalid, idle;
  logic [63:0] awaddr;
  logic [7:0]  awlen;
  logic        wlast;
  fv_reset u_reset (.clk_i, .again_i, .rst_no(rst_ni));

  host_dma_wr #(.Cfg(Cfg)) u_dut (
    .clk_i, .rst_ni, .hold_i, .idle_o(idle), .cmd_valid_i, .cmd_ready_o(cmd_ready), .cmd_i,
    .data_valid_i, .data_ready_o(), .data_i,
    .done_valid_o(), .done_src_o(), .done_slot_o(), .done_err_o(), .done_irq_o(), .done_irq_id_o(),
    .fault_valid_o(), .fault_ready_i, .fault_o(),
    .m_axi_awid(), .m_axi_awaddr(awaddr), .m_axi_awlen(awlen), .m_axi_awsize(), .m_axi_awburst(),
    .m_axi_awvalid(awvalid), .m_axi_awready(awready_i), .m_axi_wdata(), .m_axi_wstrb(),
    .m_axi_wlast(wlast), .m_axi_wvalid(wvalid), .m_axi_wready(wready_i),
    .m_axi_bid('0), .m_axi_bresp(bresp_i), .m_axi_bvalid(bvalid_i), .m_axi_bready(), .ctr_o()
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

  // What is left of a command lies in the ring.
  function automatic logic in_ring(logic [63:0] addr, logic [15:0] len, logic [15:0] wrap,
                                  logic [63:0] wrap_base, logic [63:0] base, logic [63:0] till);
    if (addr < base || addr >= till || 64'(len) > till - base) return 1'b0;
    if (wrap == '0) return addr + 64'(len) <= till;
    return addr + 64'(wrap) == till && wrap < len && wrap_base == base;
  endfunction

  always @(posedge clk_i) begin
    if (cmd_valid_i)
      assume (cmd_i.len != '0 && in_ring(cmd_i.addr, cmd_i.len, cmd_i.wrap, cmd_i.wrap_base, base_q,
              end_q));
    assume (!(bvalid_i && idle));
    // A reset comes when the writer is idle: its Contract.
    assume (!again_i || idle);
  end

  // Also during a reset, which does not touch them.
  always @(posedge clk_i) Ring_A: assert (!begun_q || (base_q[11:0] == '0 && end_q[11:0] == '0 &&
      base_q < end_q && end_q < 64'h0000_8000_0000_0000));
  `TOE_ASSERT(Begun_A, begun_q)
  `TOE_ASSERT(LeftInside_A, !u_dut.busy_q || (u_dut.cmd_q.len != '0 && in_ring(u_dut.cmd_q.addr,
      u_dut.cmd_q.len, u_dut.cmd_q.wrap, u_dut.cmd_q.wrap_base, base_q, end_q)))
  // The queues inside are queues.
  `TOE_ASSERT(List_A, u_dut.u_list.stored_q <= 3'd4 &&
      u_dut.u_list.wptr_q == u_dut.u_list.rptr_q + 2'(u_dut.u_list.stored_q))
  `TOE_ASSERT(ListLeft_A, !awvalid || u_dut.u_list.stored_q <= 3'd3)
  `TOE_ASSERT(Fault_A, u_dut.u_fault.stored_q <= 3'd4 &&
      u_dut.u_fault.wptr_q == u_dut.u_fault.rptr_q + 2'(u_dut.u_fault.stored_q))
  `TOE_ASSERT(Track_A, u_dut.u_track.stored_q <= 6'd32 &&
      u_dut.u_track.wptr_q == u_dut.u_track.rptr_q + 5'(u_dut.u_track.stored_q))
  `TOE_ASSERT(BurstInside_A, !awvalid || (awaddr >= base_q &&
      awaddr + ((64'(awlen) + 64'd1) << OffW) <= end_q))
  `TOE_ASSERT(FourKiB_A, !awvalid ||
      13'(awaddr[11:0]) + ((13'(awlen) + 13'd1) << OffW) <= 13'd4096)
  `TOE_COVER(Wraps_C, awvalid && awaddr == base_q && u_dut.cmd_q.wrap == '0 && u_dut.busy_q)
  `TOE_COVER(Data_C, wvalid && wlast)
endmodule

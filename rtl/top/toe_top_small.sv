// SPDX-License-Identifier: Apache-2.0
// The engine in its configuration `small`: 64-bit datapath, 64 sessions.
// Contract: that of toe_top.
module toe_top_small #(
  parameter bit ClockGate = 1'b1
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic [47:0]      now_us_i,

  // AXI4-Lite
  input  logic [15:0]      s_axil_awaddr,
  input  logic [2:0]       s_axil_awprot,
  input  logic             s_axil_awvalid,
  output logic             s_axil_awready,
  input  logic [31:0]      s_axil_wdata,
  input  logic [3:0]       s_axil_wstrb,
  input  logic             s_axil_wvalid,
  output logic             s_axil_wready,
  output logic [1:0]       s_axil_bresp,
  output logic             s_axil_bvalid,
  input  logic             s_axil_bready,
  input  logic [15:0]      s_axil_araddr,
  input  logic [2:0]       s_axil_arprot,
  input  logic             s_axil_arvalid,
  output logic             s_axil_arready,
  output logic [31:0]      s_axil_rdata,
  output logic [1:0]       s_axil_rresp,
  output logic             s_axil_rvalid,
  input  logic             s_axil_rready,

  // AXI4
  output logic [7:0]       m_axi_awid,
  output logic [63:0]      m_axi_awaddr,
  output logic [7:0]       m_axi_awlen,
  output logic [2:0]       m_axi_awsize,
  output logic [1:0]       m_axi_awburst,
  output logic             m_axi_awvalid,
  input  logic             m_axi_awready,
  output logic [63:0] m_axi_wdata,
  output logic [7:0]     m_axi_wstrb,
  output logic             m_axi_wlast,
  output logic             m_axi_wvalid,
  input  logic             m_axi_wready,
  input  logic [7:0]       m_axi_bid,
  input  logic [1:0]       m_axi_bresp,
  input  logic             m_axi_bvalid,
  output logic             m_axi_bready,
  output logic [7:0]       m_axi_arid,
  output logic [63:0]      m_axi_araddr,
  output logic [7:0]       m_axi_arlen,
  output logic [2:0]       m_axi_arsize,
  output logic [1:0]       m_axi_arburst,
  output logic             m_axi_arvalid,
  input  logic             m_axi_arready,
  input  logic [7:0]       m_axi_rid,
  input  logic [63:0] m_axi_rdata,
  input  logic [1:0]       m_axi_rresp,
  input  logic             m_axi_rlast,
  input  logic             m_axi_rvalid,
  output logic             m_axi_rready,

  // MAC; tuser with tlast: the frame is bad
  input  logic [63:0] s_axis_rx_tdata,
  input  logic [7:0]     s_axis_rx_tkeep,
  input  logic             s_axis_rx_tvalid,
  input  logic             s_axis_rx_tlast,
  input  logic             s_axis_rx_tuser,
  output logic             s_axis_rx_tready,
  output logic [63:0] m_axis_tx_tdata,
  output logic [7:0]     m_axis_tx_tkeep,
  output logic             m_axis_tx_tvalid,
  output logic             m_axis_tx_tlast,
  input  logic             m_axis_tx_tready,

  // Interrupts
  output logic             irq_valid_o,
  output logic [5:0]       irq_vector_o,
  input  logic             irq_ready_i,

  // For a simulator's clock
  output logic             idle_o,
  output logic             next_deadline_valid_o,
  output logic [47:0]      next_deadline_us_o
);

  toe_top #(.Cfg(toe_cfg_pkg::CfgSmall), .ClockGate(ClockGate)) u_top (
    .clk_i, .rst_ni, .now_us_i, .s_axil_awaddr, .s_axil_awprot, .s_axil_awvalid, .s_axil_awready,
    .s_axil_wdata,
    .s_axil_wstrb, .s_axil_wvalid, .s_axil_wready, .s_axil_bresp, .s_axil_bvalid, .s_axil_bready,
    .s_axil_araddr,
    .s_axil_arprot, .s_axil_arvalid, .s_axil_arready, .s_axil_rdata, .s_axil_rresp, .s_axil_rvalid,
    .s_axil_rready,
    .m_axi_awid, .m_axi_awaddr, .m_axi_awlen, .m_axi_awsize, .m_axi_awburst, .m_axi_awvalid,
    .m_axi_awready,
    .m_axi_wdata, .m_axi_wstrb, .m_axi_wlast, .m_axi_wvalid, .m_axi_wready, .m_axi_bid,
    .m_axi_bresp, .m_axi_bvalid,
    .m_axi_bready, .m_axi_arid, .m_axi_araddr, .m_axi_arlen, .m_axi_arsize, .m_axi_arburst,
    .m_axi_arvalid,
    .m_axi_arready, .m_axi_rid, .m_axi_rdata, .m_axi_rresp, .m_axi_rlast, .m_axi_rvalid,
    .m_axi_rready,
    .s_axis_rx_tdata, .s_axis_rx_tkeep, .s_axis_rx_tvalid, .s_axis_rx_tlast, .s_axis_rx_tuser,
    .s_axis_rx_tready,
    .m_axis_tx_tdata, .m_axis_tx_tkeep, .m_axis_tx_tvalid, .m_axis_tx_tlast, .m_axis_tx_tready,
    .irq_valid_o,
    .irq_vector_o, .irq_ready_i, .idle_o, .next_deadline_valid_o, .next_deadline_us_o
  );

endmodule

// SPDX-License-Identifier: Apache-2.0
// Bench top: DMA reader and writer of one configuration side by side, structs taken apart.
module tb_host_dma #(
  parameter int Kind = 0,                   // 0 small, 1 mid, 2 large
  localparam toe_cfg_pkg::toe_cfg_t Cfg = (Kind == 2) ? toe_cfg_pkg::CfgLarge :
                                          (Kind == 1) ? toe_cfg_pkg::CfgMid : toe_cfg_pkg::CfgSmall,
  localparam int DataW = int'(Cfg.DataW)
) (
  input  logic               clk_i,
  input  logic               rst_ni,
  input  logic               hold_i,
  output logic               rd_idle_o,
  output logic               wr_idle_o,

  input  logic               rd_valid_i,
  output logic               rd_ready_o,
  input  logic [2:0]         rd_client_i,
  input  logic [63:0]        rd_addr_i,
  input  logic [19:0]        rd_len_i,
  output logic               data_valid_o,
  input  logic               data_ready_i,
  output logic [DataW-1:0]   data_o,
  output logic [DataW/8-1:0] data_keep_o,
  output logic               data_last_o,
  output logic [2:0]         data_client_o,
  output logic               data_err_o,
  output logic               rd_error_count_o,
  output logic [15:0]        rd_byte_count_o,

  input  logic               wr_valid_i,
  output logic               wr_ready_o,
  input  logic [63:0]        wr_addr_i,
  input  logic [15:0]        wr_len_i,
  input  logic [15:0]        wr_wrap_i,
  input  logic [63:0]        wr_wrap_base_i,
  input  logic               wr_irq_i,
  input  logic [4:0]         wr_irq_id_i,
  input  logic [31:0]        wr_handle_i,
  input  logic               wdata_valid_i,
  output logic               wdata_ready_o,
  input  logic [DataW-1:0]   wdata_i,
  output logic               done_valid_o,
  output logic               done_err_o,
  output logic               done_irq_o,
  output logic [4:0]         done_irq_id_o,
  output logic               fault_valid_o,
  input  logic               fault_ready_i,
  output logic [31:0]        fault_handle_o,
  output logic               wr_error_count_o,
  output logic [15:0]        wr_byte_count_o,

  output logic [7:0]         m_axi_arid,
  output logic [63:0]        m_axi_araddr,
  output logic [7:0]         m_axi_arlen,
  output logic [2:0]         m_axi_arsize,
  output logic [1:0]         m_axi_arburst,
  output logic               m_axi_arvalid,
  input  logic               m_axi_arready,
  input  logic [7:0]         m_axi_rid,
  input  logic [DataW-1:0]   m_axi_rdata,
  input  logic [1:0]         m_axi_rresp,
  input  logic               m_axi_rlast,
  input  logic               m_axi_rvalid,
  output logic               m_axi_rready,
  output logic [7:0]         m_axi_awid,
  output logic [63:0]        m_axi_awaddr,
  output logic [7:0]         m_axi_awlen,
  output logic [2:0]         m_axi_awsize,
  output logic [1:0]         m_axi_awburst,
  output logic               m_axi_awvalid,
  input  logic               m_axi_awready,
  output logic [DataW-1:0]   m_axi_wdata,
  output logic [DataW/8-1:0] m_axi_wstrb,
  output logic               m_axi_wlast,
  output logic               m_axi_wvalid,
  input  logic               m_axi_wready,
  input  logic [7:0]         m_axi_bid,
  input  logic [1:0]         m_axi_bresp,
  input  logic               m_axi_bvalid,
  output logic               m_axi_bready
);

  toe_pkg::rd_cmd_t    rd_cmd;
  toe_pkg::rd_client_e data_client;
  host_pkg::wr_req_t   wr_cmd;
  host_pkg::wr_fault_t fault;
  host_pkg::rd_ctr_t   rd_ctr;
  host_pkg::wr_ctr_t   wr_ctr;

  assign rd_cmd = '{client: toe_pkg::rd_client_e'(rd_client_i), addr: rd_addr_i, len: rd_len_i};
  assign wr_cmd = '{addr: wr_addr_i, len: wr_len_i, wrap: wr_wrap_i, wrap_base: wr_wrap_base_i,
      irq: wr_irq_i,
                    irq_id: wr_irq_id_i, src: host_pkg::SrcSession, qp: '0, handle: wr_handle_i};
  assign data_client_o    = data_client;
  assign fault_handle_o   = fault.handle;
  assign rd_error_count_o = rd_ctr.dma_read_errors;
  assign rd_byte_count_o  = rd_ctr.dma_read_bytes;
  assign wr_error_count_o = wr_ctr.dma_write_errors;
  assign wr_byte_count_o  = wr_ctr.dma_write_bytes;

  host_dma_rd #(.Cfg(Cfg)) u_rd (
    .clk_i, .rst_ni, .hold_i, .idle_o(rd_idle_o),
    .cmd_valid_i(rd_valid_i), .cmd_ready_o(rd_ready_o), .cmd_i(rd_cmd),
    .data_valid_o, .data_ready_i, .data_o, .data_keep_o, .data_last_o, .data_client_o(data_client),
    .data_err_o,
    .m_axi_arid, .m_axi_araddr, .m_axi_arlen, .m_axi_arsize, .m_axi_arburst, .m_axi_arvalid,
    .m_axi_arready,
    .m_axi_rid, .m_axi_rdata, .m_axi_rresp, .m_axi_rlast, .m_axi_rvalid, .m_axi_rready,
    .ctr_o(rd_ctr)
  );

  host_dma_wr #(.Cfg(Cfg)) u_wr (
    .clk_i, .rst_ni, .hold_i, .idle_o(wr_idle_o),
    .cmd_valid_i(wr_valid_i), .cmd_ready_o(wr_ready_o), .cmd_i(wr_cmd),
    .data_valid_i(wdata_valid_i), .data_ready_o(wdata_ready_o), .data_i(wdata_i),
    .done_valid_o, .done_src_o(), .done_slot_o(), .done_err_o, .done_irq_o, .done_irq_id_o,
    .fault_valid_o, .fault_ready_i, .fault_o(fault),
    .m_axi_awid, .m_axi_awaddr, .m_axi_awlen, .m_axi_awsize, .m_axi_awburst, .m_axi_awvalid,
    .m_axi_awready,
    .m_axi_wdata, .m_axi_wstrb, .m_axi_wlast, .m_axi_wvalid, .m_axi_wready,
    .m_axi_bid, .m_axi_bresp, .m_axi_bvalid, .m_axi_bready,
    .ctr_o(wr_ctr)
  );

endmodule

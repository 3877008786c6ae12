// SPDX-License-Identifier: Apache-2.0
// Bench top: host_bump behind the shared DMA reader; another client reads at the same time.
module tb_host_bump #(
  parameter int Kind = 0,                   // 0 small, 1 mid, 2 large
  localparam toe_cfg_pkg::toe_cfg_t Cfg = (Kind == 2) ? toe_cfg_pkg::CfgLarge :
                                          (Kind == 1) ? toe_cfg_pkg::CfgMid : toe_cfg_pkg::CfgSmall,
  localparam int DataW = int'(Cfg.DataW),
  localparam int Qps   = int'(Cfg.Qps)
) (
  input  logic                                  clk_i,
  input  logic                                  rst_ni,
  input  logic [Qps*$bits(toe_pkg::qp_ctl_t)-1:0] qp_i,
  output logic [Qps*32-1:0]                     bmq_head_o,
  output logic                                  idle_o,

  output logic                                  bump_valid_o,
  input  logic                                  bump_ready_i,
  output logic [31:0]                           bump_handle_o,
  output logic [31:0]                           bump_snd_end_o,
  output logic [31:0]                           bump_rcv_read_o,
  // kick, rst, fin, rcv_valid, snd_valid
  output logic [4:0]                            bump_flags_o,
  output logic                                  fault_valid_o,
  output logic [3:0]                            fault_qp_o,
  output logic                                  report_valid_o,
  output logic [3:0]                            report_qp_o,
  output logic [7:0]                            fault_what_o,
  output logic                                  bad_o,

  input  logic                                  other_valid_i,
  output logic                                  other_ready_o,
  input  logic [63:0]                           other_addr_i,
  input  logic [19:0]                           other_len_i,
  output logic                                  other_data_valid_o,
  output logic                                  other_last_o,

  output logic [7:0]                            m_axi_awid,
  output logic [63:0]                           m_axi_awaddr,
  output logic [7:0]                            m_axi_awlen,
  output logic                                  m_axi_awvalid,
  input  logic                                  m_axi_awready,
  output logic [DataW-1:0]                      m_axi_wdata,
  output logic [DataW/8-1:0]                    m_axi_wstrb,
  output logic                                  m_axi_wlast,
  output logic                                  m_axi_wvalid,
  input  logic                                  m_axi_wready,
  input  logic [7:0]                            m_axi_bid,
  input  logic [1:0]                            m_axi_bresp,
  input  logic                                  m_axi_bvalid,
  output logic                                  m_axi_bready,
  output logic                                  m_axi_arvalid,
  input  logic                                  m_axi_arready,
  output logic [7:0]                            m_axi_arid,
  output logic [63:0]                           m_axi_araddr,
  output logic [7:0]                            m_axi_arlen,
  input  logic                                  m_axi_rvalid,
  output logic                                  m_axi_rready,
  input  logic [7:0]                            m_axi_rid,
  input  logic [DataW-1:0]                      m_axi_rdata,
  input  logic [1:0]                            m_axi_rresp,
  input  logic                                  m_axi_rlast
);

  import toe_pkg::*;

  logic [4:0]          rd_valid, rd_ready, client_valid, client_ready;
  rd_cmd_t [4:0]       rd;
  logic                cmd_valid, cmd_ready, data_valid, data_ready, data_last, data_err;
  rd_cmd_t             cmd;
  rd_client_e          client;
  logic [DataW-1:0]    data;
  bump_t               bump;
  host_pkg::qp_fault_t fault;
  host_pkg::bump_ctr_t ctr;
  logic                bump_rd_valid;
  rd_cmd_t             bump_rd;

  always_comb begin
    rd_valid         = '0;
    rd               = '0;
    rd_valid[RdBump] = bump_rd_valid;
    rd[RdBump]       = bump_rd;
    rd_valid[RdNic]  = other_valid_i;
    rd[RdNic].addr   = other_addr_i;
    rd[RdNic].len    = other_len_i;
    client_ready[RdTcp]  = 1'b0;
    client_ready[RdNic]  = 1'b1;
    client_ready[RdDesc] = 1'b0;
    client_ready[RdMcu]  = 1'b0;
  end
  assign other_ready_o      = rd_ready[RdNic];
  assign other_data_valid_o = client_valid[RdNic];
  assign other_last_o       = data_last;
  assign bump_handle_o      = bump.handle;
  assign bump_snd_end_o     = bump.snd_end;
  assign bump_rcv_read_o    = bump.rcv_read;
  assign bump_flags_o       = {bump.kick, bump.rst, bump.fin, bump.rcv_valid, bump.snd_valid};
  assign fault_qp_o         = fault.qp;
  assign fault_what_o       = fault.what;
  assign bad_o              = ctr.bump_bad;

  host_bump #(.Cfg(Cfg)) u_bump (
    .clk_i, .rst_ni, .qp_i, .bmq_head_o, .idle_o,
    .rd_valid_o(bump_rd_valid), .rd_ready_i(rd_ready[RdBump]), .rd_o(bump_rd),
    .data_valid_i(client_valid[RdBump]), .data_ready_o(client_ready[RdBump]), .data_i(data),
    .data_last_i(data_last),
    .data_err_i(data_err),
    .bump_valid_o, .bump_ready_i, .bump_o(bump), .fault_valid_o, .fault_o(fault),
    .report_valid_o, .report_qp_o, .ctr_o(ctr)
  );
  host_rd_arb u_arb (
    .clk_i, .rst_ni, .rd_valid_i(rd_valid), .rd_ready_o(rd_ready), .rd_i(rd),
    .cmd_valid_o(cmd_valid), .cmd_ready_i(cmd_ready), .cmd_o(cmd),
    .data_valid_i(data_valid), .data_ready_o(data_ready), .data_client_i(client),
    .client_valid_o(client_valid), .client_ready_i(client_ready)
  );
  host_dma_rd #(.Cfg(Cfg)) u_rd (
    .clk_i, .rst_ni, .hold_i(1'b0), .idle_o(),
    .cmd_valid_i(cmd_valid), .cmd_ready_o(cmd_ready), .cmd_i(cmd),
    .data_valid_o(data_valid), .data_ready_i(data_ready), .data_o(data), .data_keep_o(),
    .data_last_o(data_last),
    .data_client_o(client), .data_err_o(data_err),
    .m_axi_arid, .m_axi_araddr, .m_axi_arlen, .m_axi_arsize(), .m_axi_arburst(), .m_axi_arvalid,
    .m_axi_arready,
    .m_axi_rid, .m_axi_rdata, .m_axi_rresp, .m_axi_rlast, .m_axi_rvalid, .m_axi_rready, .ctr_o()
  );

  assign m_axi_awid    = '0;
  assign m_axi_awaddr  = '0;
  assign m_axi_awlen   = '0;
  assign m_axi_awvalid = 1'b0;
  assign m_axi_wdata   = '0;
  assign m_axi_wstrb   = '0;
  assign m_axi_wlast   = 1'b0;
  assign m_axi_wvalid  = 1'b0;
  assign m_axi_bready  = 1'b1;

  logic unused;
  assign unused = ^{m_axi_awready, m_axi_wready, m_axi_bid, m_axi_bresp, m_axi_bvalid};

endmodule

// SPDX-License-Identifier: Apache-2.0
// Bench top: host_csr with a few of its settings taken apart.
module tb_host_csr #(
  localparam toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  localparam int Qps = int'(Cfg.Qps)
) (
  input  logic                                    clk_i,
  input  logic                                    rst_ni,
  input  logic [15:0]                             s_axil_awaddr,
  input  logic [2:0]                              s_axil_awprot,
  input  logic                                    s_axil_awvalid,
  output logic                                    s_axil_awready,
  input  logic [31:0]                             s_axil_wdata,
  input  logic [3:0]                              s_axil_wstrb,
  input  logic                                    s_axil_wvalid,
  output logic                                    s_axil_wready,
  output logic [1:0]                              s_axil_bresp,
  output logic                                    s_axil_bvalid,
  input  logic                                    s_axil_bready,
  input  logic [15:0]                             s_axil_araddr,
  input  logic [2:0]                              s_axil_arprot,
  input  logic                                    s_axil_arvalid,
  output logic                                    s_axil_arready,
  output logic [31:0]                             s_axil_rdata,
  output logic [1:0]                              s_axil_rresp,
  output logic                                    s_axil_rvalid,
  input  logic                                    s_axil_rready,

  output logic [47:0]                             mac_o,
  output logic [319:0]                            rss_key_o,
  output logic [511:0]                            indirection_o,
  output logic                                    rx_enable_o,
  output logic [31:0]                             min_rto_o,
  output logic [Qps-1:0]                          evq_we_o,
  output logic [Qps*32-1:0]                       evq_head_o,
  output logic [63:0]                             rxr_base2_o,
  output logic                                    acq_we_o,
  output logic [31:0]                             acq_head_o,
  output logic [$bits(toe_pkg::net_ctl_t)-1:0]    net_o,
  output logic [$bits(toe_pkg::tcp_ctl_t)-1:0]    tcp_o,
  output logic [$bits(toe_pkg::tw_ctl_t)-1:0]     tw_o,
  output logic [Qps*$bits(toe_pkg::qp_ctl_t)-1:0] qp_o,
  output logic [$bits(toe_pkg::admin_ctl_t)-1:0]  admin_o,
  output logic [$bits(toe_pkg::trace_ctl_t)-1:0]  trace_o,
  output logic                                    fw_hold_o,
  input  logic [31:0]                             evq_tail_i,
  input  logic [47:0]                             now_us_i,
  input  logic [$bits(host_ctr_pkg::toe_ctr_t)-1:0] ctr_i,
  output logic                                    core_rst_no,
  output logic                                    hold_o,
  input  logic                                    quiet_i,
  input  logic                                    init_busy_i,
  output logic                                    idle_o
);

  toe_pkg::net_ctl_t               net;
  toe_pkg::tcp_ctl_t               tcp;
  toe_pkg::qp_ctl_t [Qps-1:0]      qp;
  toe_pkg::admin_ctl_t             admin;
  host_csr_pkg::csr_status_t       status;
  host_csr_pkg::qp_status_t [Qps-1:0] qp_status;

  always_comb begin
    status        = '0;
    status.now_us = now_us_i;
    qp_status     = '0;
    for (int q = 0; q < Qps; q++) begin
      qp_status[q].evq_tail = evq_tail_i + 32'(q);
      evq_we_o[q]           = qp[q].evq_head_we;
      evq_head_o[32*q+:32]  = qp[q].evq_head;
    end
  end
  assign {net_o, tcp_o, qp_o, admin_o} = {net, tcp, qp, admin};
  assign mac_o         = net.mac;
  assign rss_key_o     = net.rss_key;
  assign indirection_o = net.indirection;
  assign rx_enable_o   = net.rx_enable;
  assign min_rto_o     = tcp.min_rto_us;
  assign rxr_base2_o   = qp[2].rxr_base;
  assign acq_we_o      = admin.acq_head_we;
  assign acq_head_o    = admin.acq_head;

  host_csr #(.Cfg(Cfg)) u_csr (
    .clk_i, .rst_ni,
    .s_axil_awaddr, .s_axil_awprot, .s_axil_awvalid, .s_axil_awready, .s_axil_wdata, .s_axil_wstrb,
    .s_axil_wvalid,
    .s_axil_wready, .s_axil_bresp, .s_axil_bvalid, .s_axil_bready, .s_axil_araddr, .s_axil_arprot,
    .s_axil_arvalid,
    .s_axil_arready, .s_axil_rdata, .s_axil_rresp, .s_axil_rvalid, .s_axil_rready,
    .net_o(net), .tcp_o(tcp), .tw_o, .qp_o(qp), .admin_o(admin), .trace_o, .fw_hold_o,
    .status_i(status), .qp_status_i(qp_status), .ctr_i,
    .core_rst_no, .hold_o, .quiet_i, .init_busy_i, .idle_o
  );

endmodule

// SPDX-License-Identifier: Apache-2.0
// Bench top: host_place with the DMA writer and the interrupt block behind it.
module tb_host_place #(
  parameter int Kind = 0,                   // 0 small, 1 mid, 2 large
  localparam toe_cfg_pkg::toe_cfg_t Cfg = (Kind == 2) ? toe_cfg_pkg::CfgLarge :
                                          (Kind == 1) ? toe_cfg_pkg::CfgMid : toe_cfg_pkg::CfgSmall,
  localparam int DataW = int'(Cfg.DataW),
  localparam int Qps   = int'(Cfg.Qps)
) (
  input  logic                                  clk_i,
  input  logic                                  rst_ni,
  input  logic [47:0]                           now_us_i,
  input  logic [Qps*$bits(toe_pkg::qp_ctl_t)-1:0] qp_i,
  output logic [Qps-1:0]                        evq_space_o,
  output logic                                  idle_o,

  input  logic                                  place_valid_i,
  output logic                                  place_ready_o,
  input  logic [$bits(toe_pkg::place_cmd_t)-1:0] place_i,
  output logic                                  fence_done_o,
  output logic                                  fence_bad_o,
  output logic [Qps-1:0]                        evq_failed_o,
  input  logic                                  data_valid_i,
  output logic                                  data_ready_o,
  input  logic [DataW-1:0]                      data_i,
  input  logic                                  data_last_i,
  input  logic                                  txdone_valid_i,
  input  logic [3:0]                            txdone_qp_i,
  input  logic [31:0]                           txdone_head_i,
  input  logic                                  breport_valid_i,
  input  logic [3:0]                            breport_qp_i,
  input  logic [31:0]                           bmq_head_i,
  input  logic                                  mcu_valid_i,
  output logic                                  mcu_ready_o,
  input  logic [63:0]                           mcu_addr_i,
  input  logic [15:0]                           mcu_len_i,
  input  logic                                  mcu_irq_i,
  input  logic                                  mcu_data_valid_i,
  output logic                                  mcu_data_ready_o,
  input  logic [DataW-1:0]                      mcu_data_i,
  input  logic                                  mcu_data_last_i,

  output logic                                  irq_valid_o,
  input  logic                                  irq_ready_i,
  output logic [5:0]                            irq_vector_o,
  output logic [10:0]                           ctr_o,

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
  // So that the memory model finds a whole bus.
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
  import host_pkg::*;

  qp_ctl_t [Qps-1:0]    qp;
  logic [Qps-1:0][31:0] evq_tail;
  logic [Qps-1:0]       evq_waits;
  logic                 wr_valid, wr_ready, wr_data_valid, wr_data_ready, done_valid, done_irq,
      done_err;
  wr_req_t              wr;
  logic [DataW-1:0]     wr_data;
  logic [4:0]           done_irq_id;
  wr_src_e              done_src;
  slot_t                done_slot;
  wr_cmd_t              mcu;
  admin_ctl_t           admin;

  assign qp  = qp_i;
  assign mcu = '{addr: mcu_addr_i, len: mcu_len_i, irq: mcu_irq_i, vector: 6'd33, handle: '0};
  always_comb begin
    admin        = '0;
    admin.enable = 1'b1;
    admin.vector = 6'd33;
  end

  host_place #(.Cfg(Cfg)) u_place (
    .clk_i, .rst_ni, .qp_i(qp), .evq_space_o, .evq_tail_o(evq_tail), .rxr_tail_o(), .idle_o,
    .place_valid_i, .place_ready_o, .place_i, .fence_done_o, .fence_bad_o,
    .evq_failed_o, .evq_waits_o(evq_waits), .sweep_o(),
    .data_valid_i, .data_ready_o, .data_i, .data_last_i,
    .txdone_valid_i, .txdone_i({txdone_qp_i, txdone_head_i}),
    .breport_valid_i, .breport_qp_i, .bmq_head_i({32'(Cfg.Qps){bmq_head_i}}),
    .fault_valid_i(1'b0), .fault_i('0),
    .note_valid_i(1'b0), .note_ready_o(), .note_i('0),
    .mcu_valid_i, .mcu_ready_o, .mcu_i(mcu), .mcu_data_valid_i, .mcu_data_ready_o, .mcu_data_i,
    .mcu_data_last_i,
    .mir_valid_i(1'b0), .mir_ready_o(), .mir_drop_o(), .mir_qp_i('0), .mir_len_i('0),
    .mir_record_i('0), .mir_data_valid_i(1'b0), .mir_data_ready_o(), .mir_data_i('0),
    .mir_data_last_i(1'b0), .trc_valid_i(1'b0), .trc_ready_o(),
    .trc_addr_i('0), .trc_data_i('0), .tap_valid_o(), .tap_data_o(), .tap_last_o(), .tap_o(),
    .wr_valid_o(wr_valid), .wr_ready_i(wr_ready), .wr_o(wr), .wr_data_valid_o(wr_data_valid),
    .wr_data_ready_i(wr_data_ready), .wr_data_o(wr_data), .done_valid_i(done_valid),
    .done_src_i(done_src), .done_err_i(done_err), .done_irq_i(done_irq),
    .done_irq_id_i(done_irq_id), .done_slot_i(done_slot), .ctr_o
  );
  host_dma_wr #(.Cfg(Cfg)) u_wr (
    .clk_i, .rst_ni, .hold_i(1'b0), .idle_o(),
    .cmd_valid_i(wr_valid), .cmd_ready_o(wr_ready), .cmd_i(wr),
    .data_valid_i(wr_data_valid), .data_ready_o(wr_data_ready), .data_i(wr_data),
    .done_valid_o(done_valid), .done_src_o(done_src), .done_slot_o(done_slot),
    .done_err_o(done_err), .done_irq_o(done_irq), .done_irq_id_o(done_irq_id), .fault_valid_o(),
    .fault_ready_i(1'b1), .fault_o(),
    .m_axi_awid, .m_axi_awaddr, .m_axi_awlen, .m_axi_awsize(), .m_axi_awburst(), .m_axi_awvalid,
    .m_axi_awready,
    .m_axi_wdata, .m_axi_wstrb, .m_axi_wlast, .m_axi_wvalid, .m_axi_wready,
    .m_axi_bid, .m_axi_bresp, .m_axi_bvalid, .m_axi_bready, .ctr_o()
  );
  host_irq #(.Qps(Qps)) u_irq (
    .clk_i, .rst_ni, .now_us_i, .qp_i(qp), .evq_tail_i(evq_tail), .evq_waits_i(evq_waits),
    .admin_i(admin),
    .set_i(done_valid && done_irq), .set_id_i(done_irq_id),
    .irq_valid_o, .irq_ready_i, .irq_vector_o, .idle_o(), .next_deadline_valid_o(),
    .next_deadline_us_o(), .ctr_o()
  );

  assign m_axi_arvalid = 1'b0;
  assign m_axi_arid    = '0;
  assign m_axi_araddr  = '0;
  assign m_axi_arlen   = '0;
  assign m_axi_rready  = 1'b1;

endmodule

// SPDX-License-Identifier: Apache-2.0
// nic_tx with net_tx behind it: descriptors in, frames out.
module tb_nic_tx #(
  parameter int unsigned DataW = 64,
  localparam int unsigned NB   = DataW / 8,
  localparam int unsigned CntW = $clog2(NB) + 1,
  localparam toe_cfg_pkg::toe_cfg_t Cfg = (DataW == 64) ? toe_cfg_pkg::CfgSmall :
                                          (DataW == 256) ? toe_cfg_pkg::CfgMid
                                              : toe_cfg_pkg::CfgLarge,
  localparam int unsigned Qps = int'(Cfg.Qps)
) (
  input  logic                clk_i,
  input  logic                rst_ni,
  input  logic [Qps*$bits(toe_pkg::qp_ctl_t)-1:0] qp_i,
  output logic                rd_desc_valid_o,
  input  logic                rd_desc_ready_i,
  output logic [$bits(toe_pkg::rd_cmd_t)-1:0] rd_desc_o,
  input  logic                desc_valid_i,
  output logic                desc_ready_o,
  input  logic [DataW-1:0]    desc_data_i,
  input  logic [NB-1:0]       desc_keep_i,
  input  logic                desc_last_i,
  input  logic                desc_err_i,
  output logic                rd_nic_valid_o,
  input  logic                rd_nic_ready_i,
  output logic [$bits(toe_pkg::rd_cmd_t)-1:0] rd_nic_o,
  input  logic                nic_valid_i,
  output logic                nic_ready_o,
  input  logic [DataW-1:0]    nic_data_i,
  input  logic [NB-1:0]       nic_keep_i,
  input  logic                nic_last_i,
  input  logic                nic_err_i,
  output logic                m_axis_tvalid,
  input  logic                m_axis_tready,
  output logic [DataW-1:0]    m_axis_tdata,
  output logic [NB-1:0]       m_axis_tkeep,
  output logic                m_axis_tlast,
  output logic                loop_axis_tvalid,
  input  logic                loop_axis_tready,
  output logic [DataW-1:0]    loop_axis_tdata,
  output logic [NB-1:0]       loop_axis_tkeep,
  output logic                loop_axis_tlast,
  output logic                txdone_valid_o,
  input  logic                txdone_ready_i,
  output logic [35:0]         txdone_o,
  output logic [Qps*32-1:0]   txq_head_o,
  output logic [$bits(net_pkg::net_tx_ctr_t)-1:0] net_ctr_o,
  output logic [$bits(nic_pkg::nic_tx_ctr_t)-1:0] nic_ctr_o,
  output logic                fault_valid_o,
  output logic [$bits(nic_pkg::nic_fault_t)-1:0] fault_o,
  output logic                idle_o
);

  logic                frame_valid, frame_ready, done_valid, done_ready, pay_valid, pay_ready,
      pay_end, pay_last;
  toe_pkg::tx_frame_t  frame;
  net_pkg::pay_done_t  done;
  logic [DataW-1:0]    pay_data;
  logic [CntW-1:0]     pay_bytes;
  toe_pkg::qp_t        txdone_qp;
  logic [31:0]         txdone_head;
  logic                nic_idle, net_idle;

  nic_tx #(.Cfg(Cfg)) u_dut (
    .clk_i, .rst_ni, .qp_i,
    .rd_desc_valid_o, .rd_desc_ready_i, .rd_desc_o,
    .desc_data_valid_i(desc_valid_i), .desc_data_ready_o(desc_ready_o), .desc_data_i,
    .desc_data_last_i(desc_last_i),
    .desc_data_err_i(desc_err_i),
    .rd_nic_valid_o, .rd_nic_ready_i, .rd_nic_o,
    .nic_data_valid_i(nic_valid_i), .nic_data_ready_o(nic_ready_o), .nic_data_i,
    .nic_data_keep_i(nic_keep_i),
    .nic_data_last_i(nic_last_i), .nic_data_err_i(nic_err_i),
    .frame_valid_o(frame_valid), .frame_ready_i(frame_ready), .frame_o(frame),
    .done_valid_o(done_valid), .done_ready_i(done_ready), .done_o(done),
    .pay_valid_o(pay_valid), .pay_ready_i(pay_ready), .pay_data_o(pay_data),
    .pay_bytes_o(pay_bytes), .pay_end_o(pay_end),
    .pay_last_o(pay_last),
    .txdone_valid_o, .txdone_ready_i, .txdone_qp_o(txdone_qp), .txdone_head_o(txdone_head),
    .txq_head_o,
    .fault_valid_o, .fault_o, .ctr_o(nic_ctr_o), .idle_o(nic_idle)
  );

  logic [1:0]          unused_f, unused_d, unused_p;

  assign txdone_o = {txdone_qp, txdone_head};
  assign idle_o   = nic_idle && net_idle;

  net_tx #(.Cfg(Cfg)) u_net (
    .clk_i, .rst_ni, .tx_enable_i(1'b1),
    .frame_valid_i({1'b0, frame_valid, 1'b0}),
    .frame_ready_o({unused_f[1], frame_ready, unused_f[0]}),
    .frame_i({frame, frame, frame}),
    .done_valid_i({1'b0, done_valid, 1'b0}), .done_ready_o({unused_d[1], done_ready, unused_d[0]}),
    .done_i({done, done, done}),
    .pay_valid_i({1'b0, pay_valid, 1'b0}), .pay_ready_o({unused_p[1], pay_ready, unused_p[0]}),
    .pay_data_i({3{pay_data}}), .pay_bytes_i({3{pay_bytes}}), .pay_end_i({3{pay_end}}),
    .pay_last_i({3{pay_last}}),
    .m_axis_tvalid, .m_axis_tready, .m_axis_tdata, .m_axis_tkeep, .m_axis_tlast,
    .m_mirror_o(), .m_note_o(),
    .loop_valid_o(loop_axis_tvalid), .loop_ready_i(loop_axis_tready), .loop_data_o(loop_axis_tdata),
    .loop_keep_o(loop_axis_tkeep), .loop_last_o(loop_axis_tlast), .ctr_o(net_ctr_o),
    .idle_o(net_idle)
  );

  logic       unused;
  assign unused = ^{unused_f, unused_d, unused_p, desc_keep_i};

endmodule

// SPDX-License-Identifier: Apache-2.0
// net_rx with a configuration chosen by width.
module tb_net_rx #(
  parameter int unsigned DataW = 64,
  localparam int unsigned NB = DataW / 8
) (
  input  logic                           clk_i,
  input  logic                           rst_ni,
  input  logic [$bits(toe_pkg::net_ctl_t)-1:0] ctl_i,
  input  logic                           s_axis_tvalid,
  output logic                           s_axis_tready,
  input  logic [DataW-1:0]               s_axis_tdata,
  input  logic [NB-1:0]                  s_axis_tkeep,
  input  logic                           s_axis_tlast,
  input  logic                           s_axis_tuser,
  input  logic                           loop_axis_tvalid,
  output logic                           loop_axis_tready,
  input  logic [DataW-1:0]               loop_axis_tdata,
  input  logic [NB-1:0]                  loop_axis_tkeep,
  input  logic                           loop_axis_tlast,
  output logic                           meta_valid_o,
  input  logic                           meta_ready_i,
  output logic [$bits(toe_pkg::rx_meta_t)-1:0] meta_o,
  output logic                           data_axis_tvalid,
  input  logic                           data_axis_tready,
  output logic [DataW-1:0]               data_axis_tdata,
  output logic [NB-1:0]                  data_axis_tkeep,
  output logic                           data_axis_tlast,
  output logic [$bits(net_pkg::net_rx_ctr_t)-1:0] ctr_o,
  output logic                           idle_o
);

  localparam toe_cfg_pkg::toe_cfg_t Cfg = (DataW == 64) ? toe_cfg_pkg::CfgSmall :
                                          (DataW == 256) ? toe_cfg_pkg::CfgMid
                                              : toe_cfg_pkg::CfgLarge;

  net_rx #(.Cfg(Cfg)) u_dut (
    .clk_i, .rst_ni, .ctl_i,
    .s_axis_tvalid, .s_axis_tready, .s_axis_tdata, .s_axis_tkeep, .s_axis_tlast, .s_axis_tuser,
    .loop_valid_i(loop_axis_tvalid), .loop_ready_o(loop_axis_tready), .loop_data_i(loop_axis_tdata),
    .loop_keep_i(loop_axis_tkeep), .loop_last_i(loop_axis_tlast),
    .meta_valid_o, .meta_ready_i, .meta_o,
    .data_valid_o(data_axis_tvalid), .data_ready_i(data_axis_tready), .data_o(data_axis_tdata),
    .data_keep_o(data_axis_tkeep), .data_last_o(data_axis_tlast), .ctr_o, .idle_o
  );

endmodule

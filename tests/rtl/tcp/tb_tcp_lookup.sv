// SPDX-License-Identifier: Apache-2.0
// tcp_lookup with flat ports and a number of sessions to choose.
module tb_tcp_lookup #(
  parameter int unsigned Sessions = 64
) (
  input  logic clk_i,
  input  logic rst_ni,
  input  logic [$bits(toe_pkg::net_ctl_t)-1:0] ctl_i,
  output logic busy_o,
  input  logic meta_valid_i,
  output logic meta_ready_o,
  input  logic [$bits(toe_pkg::rx_meta_t)-1:0] meta_i,
  output logic work_valid_o,
  input  logic work_ready_i,
  output logic [$bits(toe_pkg::rx_work_t)-1:0] work_o,
  input  logic op_valid_i,
  output logic op_ready_o,
  input  logic [$bits(toe_pkg::lk_req_t)-1:0] op_i,
  output logic op_done_o,
  output logic [1:0] op_result_o,
  output logic [2:0] ctr_o
);

  function automatic toe_cfg_pkg::toe_cfg_t sized();
    toe_cfg_pkg::toe_cfg_t c;
    c = toe_cfg_pkg::CfgSmall;
    c.Sessions = Sessions;
    return c;
  endfunction
  localparam toe_cfg_pkg::toe_cfg_t Cfg = sized();
  toe_pkg::lk_result_e result;

  tcp_lookup #(.Cfg(Cfg)) u_dut (
    .clk_i, .rst_ni, .ctl_i, .busy_o, .meta_valid_i, .meta_ready_o, .meta_i, .work_valid_o,
    .work_ready_i, .work_o,
    .op_valid_i, .op_ready_o, .op_i, .op_done_o, .op_result_o(result), .ctr_o
  );
  assign op_result_o = result;

endmodule

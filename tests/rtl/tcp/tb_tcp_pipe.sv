// SPDX-License-Identifier: Apache-2.0
// Bench top: the session pipeline with its next-hop table, structs as vectors.
module tb_tcp_pipe
  import toe_pkg::*;
  import tcp_pkg::*;
#(
  parameter int unsigned Large = 0,
  localparam toe_cfg_pkg::toe_cfg_t Cfg = (Large != 0) ? toe_cfg_pkg::CfgMid : toe_cfg_pkg::CfgSmall
) (
  input  logic clk_i,
  input  logic rst_ni,
  input  logic [47:0] now_us_i,
  input  logic [$bits(tcp_ctl_t)-1:0] ctl_i,
  output logic busy_o, idle_o, next_valid_o,
  output logic [47:0] next_us_o,
  output logic [$bits(tcp_ctr_t)-1:0] ctr_o,
  input  logic [$bits(cc_cfg_t)-1:0] cc_cfg_i,
  output logic cc_valid_o, input logic cc_ready_i, output logic [$bits(cc_summary_t)-1:0] cc_o,
  input  logic cc_set_valid_i, output logic cc_set_ready_o,
      input logic [$bits(cc_set_t)-1:0] cc_set_i,
  output logic [$bits(cc_ctr_t)-1:0] cc_ctr_o,
  input  logic work_valid_i, output logic work_ready_o, input logic [$bits(rx_work_t)-1:0] work_i,
  input  logic bump_valid_i, output logic bump_ready_o, input logic [$bits(bump_t)-1:0] bump_i,
  input  logic cmd_valid_i, output logic cmd_ready_o, input logic [$bits(pipe_cmd_t)-1:0] cmd_i,
  input  logic [4095:0] image_i,
  output logic rsp_valid_o, output logic [7:0] rsp_status_o, output logic [4095:0] rsp_image_o,
  input  logic fault_valid_i, output logic fault_ready_o,
      input logic [$bits(fault_ev_t)-1:0] fault_i,
  output logic place_valid_o, input logic place_ready_i,
      output logic [$bits(place_cmd_t)-1:0] place_o,
  input  logic place_fence_done_i, place_fence_bad_i, evq_space_i,
  output logic tx_valid_o, input logic tx_ready_i, output logic [$bits(tx_cmd_t)-1:0] tx_o,
  input  logic fence_valid_i, output logic fence_ready_o, input logic [31:0] fence_i,
  output logic rec_valid_o, input logic rec_ready_i, output logic [$bits(tw_record_t)-1:0] rec_o,
  output logic lkdel_valid_o, input logic lkdel_ready_i, output logic [$bits(lk_req_t)-1:0] lkdel_o,
  input  logic lkdel_done_i,
  output logic trace_valid_o, output logic [$bits(trace_ev_t)-1:0] trace_o,
  input  logic nh_we_i, input logic [15:0] nh_index_i, input logic [$bits(nexthop_t)-1:0] nh_i
);
  logic        nh_re, nh_valid;
  logic [15:0] nh_index, nh_mtu;
  cold_seg_t   cold_unused;
  nexthop_t    entry_unused;

  tcp_nexthop #(.Cfg(Cfg)) u_nexthop (
    .clk_i, .rst_ni, .we_i(nh_we_i), .windex_i(nh_index_i), .wentry_i(nh_i),
    .pipe_re_i(nh_re), .pipe_index_i(nh_index), .pipe_valid_o(nh_valid), .pipe_mtu_o(nh_mtu),
    .seg_re_i(1'b0), .seg_index_i('0), .seg_entry_o(entry_unused)
  );
  tcp_pipe #(.Cfg(Cfg)) u_pipe (
    .clk_i, .rst_ni, .now_us_i, .ctl_i(tcp_ctl_t'(ctl_i)), .busy_o, .idle_o,
    .wake_o(), .next_deadline_valid_o(next_valid_o),
    .next_deadline_us_o(next_us_o), .ctr_o,
    .cc_cfg_i(cc_cfg_t'(cc_cfg_i)), .cc_valid_o, .cc_ready_i, .cc_o, .cc_set_valid_i,
    .cc_set_ready_o, .cc_set_i(cc_set_t'(cc_set_i)), .cc_ctr_o, .work_valid_i, .work_ready_o,
    .work_i(rx_work_t'(work_i)),
    .bump_valid_i, .bump_ready_o, .bump_i(bump_t'(bump_i)), .cmd_valid_i, .cmd_ready_o,
    .cmd_i(pipe_cmd_t'(cmd_i)),
    .cmd_image_i(toe_abi_pkg::session_image_t'(image_i)), .rsp_valid_o, .rsp_status_o, .rsp_image_o,
    .fault_valid_i, .fault_ready_o, .fault_i(fault_ev_t'(fault_i)), .place_valid_o, .place_ready_i,
    .place_o,
    .place_fence_done_i, .place_fence_bad_i,
    .evq_space_i({32'(Cfg.Qps){evq_space_i}}), .tx_valid_o, .tx_ready_i, .tx_o,
    .tx_fence_valid_i(fence_valid_i), .tx_fence_ready_o(fence_ready_o),
    .tx_fence_i(handle_t'(fence_i)),
    .cold_re_i(1'b0), .cold_slot_i('0), .cold_o(cold_unused), .nh_re_o(nh_re),
    .nh_index_o(nh_index),
    .nh_valid_i(nh_valid), .nh_mtu_i(nh_mtu), .rec_valid_o, .rec_ready_i, .rec_o, .lkdel_valid_o,
    .lkdel_ready_i, .lkdel_o,
    .lkdel_done_i, .trace_valid_o, .trace_o
  );
endmodule

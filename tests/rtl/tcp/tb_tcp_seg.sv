// SPDX-License-Identifier: Apache-2.0
// Bench top: the segmenter with cold state, next-hop table and net_tx, so that whole frames come
// out.
module tb_tcp_seg
  import toe_pkg::*;
  import tcp_pkg::*;
#(
  parameter int unsigned Kind = 0,
  localparam toe_cfg_pkg::toe_cfg_t Cfg = (Kind == 2) ? toe_cfg_pkg::CfgLarge : (Kind == 1)
      ? toe_cfg_pkg::CfgMid : toe_cfg_pkg::CfgSmall,
  localparam int unsigned DataW = 32'(Cfg.DataW),
  localparam int unsigned NB = DataW / 8,
  localparam int unsigned CntW = $clog2(NB) + 1
) (
  input  logic clk_i,
  input  logic rst_ni,
  output logic idle_o,
  output logic [$bits(seg_ctr_t)-1:0] ctr_o,
  input  logic tx_valid_i, output logic tx_ready_o, input logic [$bits(tx_cmd_t)-1:0] tx_i,
  output logic fence_valid_o, input logic fence_ready_i, output logic [31:0] fence_o,
  output logic fault_valid_o, input logic fault_ready_i,
      output logic [$bits(fault_ev_t)-1:0] fault_o,
  input  logic cold_we_i, input logic [15:0] cold_slot_i,
      input logic [$bits(cold_seg_t)-1:0] cold_i,
  input  logic nh_we_i, input logic [15:0] nh_index_i, input logic [$bits(nexthop_t)-1:0] nh_i,
  output logic rd_valid_o, input logic rd_ready_i, output logic [$bits(rd_cmd_t)-1:0] rd_o,
  input  logic rd_data_valid_i, output logic rd_data_ready_o, input logic [DataW-1:0] rd_data_i,
      input logic [NB-1:0] rd_keep_i,
  input  logic rd_last_i, rd_err_i,
  output logic m_valid_o, input logic m_ready_i, output logic [DataW-1:0] m_data_o,
      output logic [NB-1:0] m_keep_o, output logic m_last_o
);
  logic        cold_re, nh_re;
  slot_t       cold_slot;
  logic [15:0] nh_index;
  logic [$bits(cold_seg_t)-1:0] cold;
  nexthop_t    nh;
  handle_t     fence;
  fault_ev_t   fault;
  rd_cmd_t     rd;
  seg_ctr_t    ctr;
  logic        frame_valid, done_valid, pay_valid, pay_end, pay_last;
  tx_frame_t   frame;
  net_pkg::pay_done_t done;
  logic [2:0]  frame_ready, done_ready, pay_ready;
  logic [DataW-1:0] pay_data;
  logic [CntW-1:0]  pay_bytes;

  assign fence_o = fence;
  assign fault_o = fault;
  assign rd_o    = rd;
  assign ctr_o   = ctr;

  prim_ram_1r1w #(.Width($bits(cold_seg_t)), .Depth(64)) u_cold (
    .clk_i, .rst_ni, .we_i(cold_we_i), .waddr_i(cold_slot_i[5:0]), .wdata_i(cold_i),
    .re_i(cold_re), .raddr_i(cold_slot[5:0]), .rdata_o(cold)
  );
  tcp_nexthop #(.Cfg(Cfg)) u_nexthop (
    .clk_i, .rst_ni, .we_i(nh_we_i), .windex_i(nh_index_i), .wentry_i(nexthop_t'(nh_i)),
    .pipe_re_i(1'b0), .pipe_index_i('0), .pipe_valid_o(), .pipe_mtu_o(),
    .seg_re_i(nh_re), .seg_index_i(nh_index), .seg_entry_o(nh)
  );
  tcp_seg #(.Cfg(Cfg)) u_seg (
    .clk_i, .rst_ni, .idle_o, .ctr_o(ctr), .tx_valid_i, .tx_ready_o, .tx_i(tx_cmd_t'(tx_i)),
    .fence_valid_o, .fence_ready_i, .fence_o(fence), .fault_valid_o, .fault_ready_i,
    .fault_o(fault),
    .cold_re_o(cold_re), .cold_slot_o(cold_slot), .cold_i(cold_seg_t'(cold)), .nh_re_o(nh_re),
    .nh_index_o(nh_index), .nh_i(nh),
    .rd_valid_o, .rd_ready_i, .rd_o(rd), .rd_data_valid_i, .rd_data_ready_o, .rd_data_i, .rd_keep_i,
    .rd_last_i, .rd_err_i,
    .frame_valid_o(frame_valid), .frame_ready_i(frame_ready[0]), .frame_o(frame),
    .done_valid_o(done_valid),
    .done_ready_i(done_ready[0]), .done_o(done), .pay_valid_o(pay_valid),
    .pay_ready_i(pay_ready[0]), .pay_data_o(pay_data),
    .pay_bytes_o(pay_bytes), .pay_end_o(pay_end), .pay_last_o(pay_last)
  );
  net_tx #(.Cfg(Cfg)) u_tx (
    .clk_i, .rst_ni, .tx_enable_i(1'b1),
    .frame_valid_i({2'b0, frame_valid}), .frame_ready_o(frame_ready),
    .frame_i({tx_frame_t'('0), tx_frame_t'('0), frame}),
    .done_valid_i({2'b0, done_valid}), .done_ready_o(done_ready), .done_i({34'd0, done}),
    .pay_valid_i({2'b0, pay_valid}), .pay_ready_o(pay_ready),
    .pay_data_i({DataW'(0), DataW'(0), pay_data}),
    .pay_bytes_i({CntW'(0), CntW'(0), pay_bytes}), .pay_end_i({2'b0, pay_end}),
    .pay_last_i({2'b0, pay_last}),
    .m_axis_tvalid(m_valid_o), .m_axis_tready(m_ready_i), .m_axis_tdata(m_data_o),
    .m_axis_tkeep(m_keep_o), .m_axis_tlast(m_last_o),
    .loop_valid_o(), .loop_ready_i(1'b1), .loop_data_o(), .loop_keep_o(), .loop_last_o(), .ctr_o(),
    .idle_o()
  );
endmodule

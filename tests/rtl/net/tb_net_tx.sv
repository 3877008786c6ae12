// SPDX-License-Identifier: Apache-2.0
// net_tx with its surroundings: source 0 a session path (net_hdr_build), source 1 raw frames, both
// with net_tx_src; source 2 replies.
module tb_net_tx #(
  parameter int unsigned DataW = 64,
  localparam int unsigned NB   = DataW / 8,
  localparam int unsigned CntW = $clog2(NB) + 1
) (
  input  logic                clk_i,
  input  logic                rst_ni,
  input  logic                tx_enable_i,
  input  logic                seg_valid_i,
  output logic                seg_ready_o,
  input  logic [$bits(toe_pkg::seg_hdr_t)-1:0] seg_i,
  input  logic                raw_valid_i,
  output logic                raw_ready_o,
  input  logic [$bits(toe_pkg::tx_frame_t)-1:0] raw_i,
  input  logic                tw_valid_i,
  output logic                tw_ready_o,
  input  logic [$bits(toe_pkg::seg_hdr_t)-1:0] tw_i,
  // payload pieces of sources 0 and 1
  input  logic                rsv0_valid_i,
  input  logic [15:0]         rsv0_len_i,
  output logic [19:0]         room0_o,
  input  logic                in0_valid_i,
  output logic                in0_ready_o,
  input  logic [DataW-1:0]    in0_data_i,
  input  logic [NB-1:0]       in0_keep_i,
  input  logic                in0_last_i,
  input  logic                in0_more_i,
  input  logic                in0_err_i,
  input  logic                rsv1_valid_i,
  input  logic [15:0]         rsv1_len_i,
  output logic [19:0]         room1_o,
  input  logic                in1_valid_i,
  output logic                in1_ready_o,
  input  logic [DataW-1:0]    in1_data_i,
  input  logic [NB-1:0]       in1_keep_i,
  input  logic                in1_last_i,
  input  logic                in1_more_i,
  input  logic                in1_err_i,
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
  output logic [$bits(net_pkg::net_tx_ctr_t)-1:0] ctr_o,
  output logic                idle_o
);

  localparam toe_cfg_pkg::toe_cfg_t Cfg = (DataW == 64) ? toe_cfg_pkg::CfgSmall :
                                          (DataW == 256) ? toe_cfg_pkg::CfgMid
                                              : toe_cfg_pkg::CfgLarge;

  logic [2:0]                 frame_valid, frame_ready, done_valid, done_ready;
  toe_pkg::tx_frame_t [2:0]   frame;
  net_pkg::pay_done_t [2:0]   done;
  logic [2:0]                 pay_valid, pay_ready, pay_end, pay_last;
  logic [2:0][DataW-1:0]      pay_data;
  logic [2:0][CntW-1:0]       pay_bytes;

  assign frame_valid[1] = raw_valid_i;
  assign raw_ready_o    = frame_ready[1];
  assign frame[1]       = raw_i;
  assign done_valid[2]  = 1'b0;
  assign done[2]        = '0;
  assign pay_valid[2]   = 1'b0;
  assign pay_data[2]    = '0;
  assign pay_bytes[2]   = '0;
  assign pay_end[2]     = 1'b0;
  assign pay_last[2]    = 1'b0;

  net_hdr_build u_hdr (
    .clk_i, .rst_ni, .seg_valid_i, .seg_ready_o, .seg_i,
    .frame_valid_o(frame_valid[0]), .frame_ready_i(frame_ready[0]), .frame_o(frame[0])
  );
  net_hdr_build u_tw (
    .clk_i, .rst_ni, .seg_valid_i(tw_valid_i), .seg_ready_o(tw_ready_o), .seg_i(tw_i),
    .frame_valid_o(frame_valid[2]), .frame_ready_i(frame_ready[2]), .frame_o(frame[2])
  );
  net_tx_src #(.Cfg(Cfg)) u_src0 (
    .clk_i, .rst_ni, .rsv_valid_i(rsv0_valid_i), .rsv_len_i(rsv0_len_i), .room_o(room0_o),
    .in_valid_i(in0_valid_i), .in_ready_o(in0_ready_o), .in_data_i(in0_data_i),
    .in_keep_i(in0_keep_i),
    .in_last_i(in0_last_i), .in_more_i(in0_more_i), .in_err_i(in0_err_i),
    .done_valid_o(done_valid[0]), .done_ready_i(done_ready[0]), .done_o(done[0]),
    .pay_valid_o(pay_valid[0]), .pay_ready_i(pay_ready[0]), .pay_data_o(pay_data[0]),
    .pay_bytes_o(pay_bytes[0]),
    .pay_end_o(pay_end[0]), .pay_last_o(pay_last[0])
  );
  net_tx_src #(.Cfg(Cfg)) u_src1 (
    .clk_i, .rst_ni, .rsv_valid_i(rsv1_valid_i), .rsv_len_i(rsv1_len_i), .room_o(room1_o),
    .in_valid_i(in1_valid_i), .in_ready_o(in1_ready_o), .in_data_i(in1_data_i),
    .in_keep_i(in1_keep_i),
    .in_last_i(in1_last_i), .in_more_i(in1_more_i), .in_err_i(in1_err_i),
    .done_valid_o(done_valid[1]), .done_ready_i(done_ready[1]), .done_o(done[1]),
    .pay_valid_o(pay_valid[1]), .pay_ready_i(pay_ready[1]), .pay_data_o(pay_data[1]),
    .pay_bytes_o(pay_bytes[1]),
    .pay_end_o(pay_end[1]), .pay_last_o(pay_last[1])
  );

  net_tx #(.Cfg(Cfg)) u_dut (
    .clk_i, .rst_ni, .tx_enable_i,
    .frame_valid_i(frame_valid), .frame_ready_o(frame_ready), .frame_i(frame),
    .done_valid_i(done_valid), .done_ready_o(done_ready), .done_i(done),
    .pay_valid_i(pay_valid), .pay_ready_o(pay_ready), .pay_data_i(pay_data),
    .pay_bytes_i(pay_bytes),
    .pay_end_i(pay_end), .pay_last_i(pay_last),
    .m_axis_tvalid, .m_axis_tready, .m_axis_tdata, .m_axis_tkeep, .m_axis_tlast,
    .m_mirror_o(), .m_note_o(),
    .loop_valid_o(loop_axis_tvalid), .loop_ready_i(loop_axis_tready), .loop_data_o(loop_axis_tdata),
    .loop_keep_o(loop_axis_tkeep), .loop_last_o(loop_axis_tlast), .ctr_o, .idle_o
  );

  logic unused;
  assign unused = done_ready[2] ^ pay_ready[2];

endmodule

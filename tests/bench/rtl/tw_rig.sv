// SPDX-License-Identifier: Apache-2.0
// The TIME_WAIT table on its own, IPv4, with ports that a program can drive.
// Contract: as timewait; the host side of every tuple is 10.0.0.1 port 80; replies are taken at
//   once.
module tw_rig
  import toe_pkg::*;
#(
  parameter int unsigned Variant = 0  // 0 small, 2 large
) (
  input  logic         clk_i,
  input  logic         rst_ni,
  input  logic [47:0]  now_us_i,
  input  logic [319:0] key_i,
  input  logic [31:0]  linger_remote_i,
  input  logic [31:0]  linger_local_i,
  input  logic [31:0]  linger_loopback_i,
  // A session that has ended
  input  logic         rec_valid_i,
  output logic         rec_ready_o,
  input  logic [31:0]  rec_addr_i,
  input  logic [15:0]  rec_port_i,
  input  logic [1:0]   rec_cls_i,
  // A received segment with sequence number seq_i; the records expect 1 and 1
  input  logic         frm_valid_i,
  output logic         frm_ready_o,
  input  logic [31:0]  frm_addr_i,
  input  logic [15:0]  frm_port_i,
  input  logic [31:0]  frm_hash_i,
  input  logic [31:0]  frm_seq_i,
  input  logic         frm_fin_i,
  output logic         out_valid_o,
  output logic [1:0]   out_tw_o,
  // What the table says
  output logic         reply_o,
  output logic         evt_valid_o,
  output logic [7:0]   evt_what_o,
  output logic [31:0]  evt_addr_o,
  output logic [15:0]  evt_port_o,
  output logic [31:0]  remote_o,
  output logic [31:0]  local_o,
  output logic [31:0]  loopback_o,
  output logic         insert_fail_o,
  output logic         losing_o,
  output logic         idle_o
);
  localparam toe_cfg_pkg::toe_cfg_t Cfg = Variant == 0 ? toe_cfg_pkg::CfgSmall
      : toe_cfg_pkg::CfgLarge;

  function automatic tuple_t tuple(logic [31:0] addr, logic [15:0] port);
    return '{ipv6: 1'b0, laddr: 128'h0a000001, raddr: 128'(addr), lport: 16'd80, rport: port};
  endfunction

  tw_ctl_t    ctl;
  net_ctl_t   net;
  tw_record_t rec;
  rx_work_t   work, work_out;
  seg_hdr_t   seg;
  logic [2:0][31:0] v4, v6;
  tw_pkg::tw_ctr_t [1:0] bank_ctr;
  tw_pkg::tw_ctr_t ctr;
  toe_abi_pkg::event_time_wait_t evt_q;
  toe_abi_pkg::event_time_wait_rest_t evt;
  logic [255:0] evt_word;
  logic evt_valid;
  logic dl_valid, cmd_ready, rsp_valid;
  logic [47:0] dl_us;
  mcu_pkg::tw_rsp_t rsp;

  always_comb begin
    ctl           = '0;
    ctl.linger_us = {linger_loopback_i, linger_local_i, linger_remote_i};
    ctl.recycle   = 2'd2;
    ctl.replies_per_s = 16'd100;
    net           = '0;
    net.tw_enable = 1'b1;
    net.rss_key   = key_i;
    rec           = '0;
    rec.tuple     = tuple(rec_addr_i, rec_port_i);
    rec.rcv_nxt   = 32'd1;
    rec.snd_nxt   = 32'd1;
    rec.last_win  = 16'd1000;
    rec.msl_class = rec_cls_i;
    work          = '0;
    work.meta.is_tcp = 1'b1;
    work.meta.tuple  = tuple(frm_addr_i, frm_port_i);
    work.meta.hash   = frm_hash_i;
    work.meta.tcp.seq = frm_seq_i;
    work.meta.tcp.ack = 32'd1;
    work.meta.tcp.flags.ack = 1'b1;
    work.meta.tcp.flags.fin = frm_fin_i;
  end

  timewait #(.Cfg(Cfg)) u_timewait (
    .clk_i, .rst_ni, .now_us_i, .ctl_i(ctl), .net_i(net), .idle_o,
    .deadline_valid_o(dl_valid), .deadline_us_o(dl_us), .entries_v4_o(v4), .entries_v6_o(v6),
    .bank_ctr_o(bank_ctr), .ctr_o(ctr),
    .work_valid_i(frm_valid_i), .work_ready_o(frm_ready_o), .work_i(work),
    .work_valid_o(out_valid_o), .work_ready_i(1'b1), .work_o(work_out),
    .rec_valid_i, .rec_ready_o, .rec_i(rec),
    .seg_valid_o(reply_o), .seg_ready_i(1'b1), .seg_o(seg),
    .cmd_valid_i(1'b0), .cmd_ready_o(cmd_ready), .cmd_i('0), .rsp_valid_o(rsp_valid), .rsp_o(rsp),
    .evt_valid_o(evt_valid), .evt_ready_i(1'b1), .evt_o(evt_word)
  );

  // An event comes in two halves; it is shown with the second.
  assign evt         = toe_abi_pkg::event_time_wait_rest_t'(evt_word);
  assign evt_valid_o = evt_valid && evt.kind == toe_abi_pkg::EventTypeTimeWaitRest;
  always_ff @(posedge clk_i) if (evt_valid) evt_q <= toe_abi_pkg::event_time_wait_t'(evt_word);
  assign out_tw_o   = work_out.tw;
  assign evt_what_o = 8'(evt_q.what);
  assign evt_addr_o = swap32(evt.raddr[0]);
  assign evt_port_o = evt.rport;
  assign remote_o   = v4[0];
  assign local_o    = v4[1];
  assign loopback_o = v4[2];
  assign insert_fail_o = bank_ctr[0].tw_insert_fail;
  assign losing_o      = ctr.tw_losing;

  logic unused;
  assign unused = ^{seg, v6, bank_ctr, ctr, evt, evt_q, dl_valid, dl_us, cmd_ready, rsp_valid, rsp,
      work_out};
endmodule

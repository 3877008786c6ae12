// SPDX-License-Identifier: Apache-2.0
// Names of the generated register block to the structs of the engine and back.
// Contract: combinational, wiring only.
module host_csr_map #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  localparam int unsigned Qps = 32'(Cfg.Qps)
) (
  // Towards the engine
  output toe_pkg::net_ctl_t             net_o,
  output toe_pkg::tcp_ctl_t             tcp_o,
  output toe_pkg::tw_ctl_t              tw_o,
  // evq_head_we: in the cycle of the write, value one later
  output toe_pkg::qp_ctl_t [Qps-1:0]    qp_o,
  output toe_pkg::admin_ctl_t           admin_o,     // acq_head_we likewise
  output toe_pkg::trace_ctl_t           trace_o,
  output logic                          fw_hold_o,
  output logic                          soft_reset_o,

  // From the engine
  input  host_csr_pkg::csr_status_t     status_i,
  input  host_csr_pkg::qp_status_t [Qps-1:0] qp_i,
  input  logic                          ctr_ack_i,
  input  logic [31:0]                   ctr_data_i,

  // The register block
  input  toe_regs_pkg::toe_regs__out_t  out_i,
  output toe_regs_pkg::toe_regs__in_t   in_o
);

  function automatic logic [31:0] bytes_swapped(logic [31:0] v);
    return {v[7:0], v[15:8], v[23:16], v[31:24]};
  endfunction

  assign trace_o = '{enable: out_i.trace.config_.enable.value,
      base: {out_i.trace.base_hi.v.value, out_i.trace.base_lo.v.value},
      log2: out_i.trace.config_.log2.value};
  assign fw_hold_o    = out_i.ctl.fw_control.hold.value;
  assign soft_reset_o = out_i.ctl.reset.soft_reset.value;

  logic [63:0] mac;
  assign mac = {bytes_swapped(out_i.ctl.mac_lo.v.value), bytes_swapped(out_i.ctl.mac_hi.v.value)};

  always_comb begin
    net_o                = '0;
    net_o.rx_enable      = out_i.ctl.control.rx_enable.value;
    net_o.tx_enable      = out_i.ctl.control.tx_enable.value;
    net_o.session_enable = out_i.ctl.control.session_enable.value;
    net_o.tw_enable      = out_i.ctl.control.tw_enable.value;
    net_o.pass_bad_csum  = out_i.ctl.control.pass_bad_csum.value;
    net_o.promiscuous    = out_i.ctl.control.promiscuous.value;
    net_o.mac            = mac[63:16];
    net_o.hash_ipv4      = out_i.rss.hash_types.ipv4.value;
    net_o.hash_ipv4_tcp  = out_i.rss.hash_types.ipv4_tcp.value;
    net_o.hash_ipv6      = out_i.rss.hash_types.ipv6.value;
    net_o.hash_ipv6_tcp  = out_i.rss.hash_types.ipv6_tcp.value;
    for (int i = 0; i < 10; i++)
      net_o.rss_key[32*(9-i)+:32] = bytes_swapped(out_i.rss.key[i].v.value);
    for (int i = 0; i < 32; i++) begin
      net_o.indirection[4*i]   = out_i.rss.indirection[i].q0.value[3:0];
      net_o.indirection[4*i+1] = out_i.rss.indirection[i].q1.value[3:0];
      net_o.indirection[4*i+2] = out_i.rss.indirection[i].q2.value[3:0];
      net_o.indirection[4*i+3] = out_i.rss.indirection[i].q3.value[3:0];
    end
  end

  always_comb begin
    tcp_o                 = '0;
    tcp_o.delack_us       = out_i.tcp.delack_us.v.value;
    tcp_o.min_rto_us      = out_i.tcp.min_rto_us.v.value;
    tcp_o.max_rto_us      = out_i.tcp.max_rto_us.v.value;
    tcp_o.max_backoff     = out_i.tcp.max_backoff.v.value[7:0];
    tcp_o.challenge_per_s = out_i.tcp.challenge_per_s.v.value[15:0];
    tcp_o.keep_idle_s     = out_i.tcp.keep_idle_s.v.value;
    tcp_o.keep_interval_s = out_i.tcp.keep_interval_s.v.value;
    tcp_o.keep_count      = out_i.tcp.keep_count.v.value[7:0];
    tcp_o.fin_wait_2_s    = out_i.tcp.fin_wait_2_s.v.value;
    tcp_o.delack_segs     = out_i.tcp.delack_segs.v.value[3:0];
    tw_o.rst_exact        = out_i.tw.policy.rst_exact.value;
    tw_o.recycle          = out_i.tw.policy.recycle.value;
    tw_o.replies_per_s    = out_i.tw.replies_per_s.v.value[15:0];
    for (int i = 0; i < 3; i++) tw_o.linger_us[i] = out_i.tw.linger_us[i].v.value;
    admin_o.enable        = out_i.admin.config_.enable.value;
    admin_o.asq_base      = {out_i.admin.asq_base_hi.v.value, out_i.admin.asq_base_lo.v.value};
    admin_o.acq_base      = {out_i.admin.acq_base_hi.v.value, out_i.admin.acq_base_lo.v.value};
    admin_o.asq_log2      = out_i.admin.config_.asq_log2.value;
    admin_o.acq_log2      = out_i.admin.config_.acq_log2.value;
    admin_o.vector        = out_i.admin.config_.vector.value[5:0];
    admin_o.asq_tail      = out_i.admin_db.asq_tail.v.value;
    admin_o.acq_head      = out_i.admin_db.acq_head.v.value;
    admin_o.acq_head_we   = out_i.admin_db.acq_head.v.swmod;
  end

  always_comb begin
    for (int q = 0; q < int'(Qps); q++) begin
      qp_o[q].enable        = out_i.qp[q].config_.enable.value;
      qp_o[q].txq_base      = {out_i.qp[q].txq_base_hi.v.value, out_i.qp[q].txq_base_lo.v.value};
      qp_o[q].bmq_base      = {out_i.qp[q].bmq_base_hi.v.value, out_i.qp[q].bmq_base_lo.v.value};
      qp_o[q].rxr_base      = {out_i.qp[q].rxr_base_hi.v.value, out_i.qp[q].rxr_base_lo.v.value};
      qp_o[q].evq_base      = {out_i.qp[q].evq_base_hi.v.value, out_i.qp[q].evq_base_lo.v.value};
      qp_o[q].txq_log2      = out_i.qp[q].config_.txq_log2.value;
      qp_o[q].bmq_log2      = out_i.qp[q].config_.bmq_log2.value;
      qp_o[q].rxr_log2      = out_i.qp[q].config_.rxr_log2.value;
      qp_o[q].slot_log2     = out_i.qp[q].config_.slot_log2.value;
      qp_o[q].evq_log2      = out_i.qp[q].config_.evq_log2.value;
      qp_o[q].vector        = out_i.qp[q].config_.vector.value;
      qp_o[q].moderation_us = out_i.qp[q].irq.moderation_us.value;
      qp_o[q].txq_tail      = out_i.db[q].txq_tail.v.value;
      qp_o[q].bmq_tail      = out_i.db[q].bmq_tail.v.value;
      qp_o[q].rxr_head      = out_i.db[q].rxr_head.v.value;
      qp_o[q].evq_head      = out_i.db[q].evq_head.v.value;
      qp_o[q].evq_head_we   = out_i.db[q].evq_head.v.swmod;
    end
  end

  // Bits of `features`: IPv4, IPv6, SACK, timestamps, ECN, TSO, TIME_WAIT, firmware.
  localparam logic [31:0] Features = 32'h0000_00ff;

  always_comb begin
    in_o.id.magic.v.next         = 32'(toe_abi_pkg::MagicDevice);
    in_o.id.version.v.next       = {16'd0, 16'd1};
    in_o.id.abi_hash_lo.v.next   = toe_abi_pkg::AbiHash[31:0];
    in_o.id.abi_hash_hi.v.next   = toe_abi_pkg::AbiHash[63:32];
    in_o.id.data_width.v.next    = 32'(Cfg.DataW);
    in_o.id.sessions.v.next      = 32'(Cfg.Sessions);
    in_o.id.tw_entries_v4.v.next = 32'(Cfg.TwV4);
    in_o.id.tw_entries_v6.v.next = 32'(Cfg.TwV6);
    in_o.id.queue_pairs.v.next   = 32'(Cfg.Qps);
    in_o.id.nexthops.v.next      = 32'(Cfg.Nexthops);
    in_o.id.max_frame.v.next     = 32'(Cfg.MaxFrame);
    in_o.id.features.v.next      = Features;
    in_o.id.clock_khz.v.next     = 32'(Cfg.ClockKhz);
    in_o.id.ooo_intervals.v.next = 32'd4;
    in_o.ctl.status.fw_state.next   = status_i.fw_state;
    in_o.ctl.status.busy.next       = status_i.busy;
    in_o.ctl.status.idle.next       = status_i.idle;
    in_o.ctl.evq_failed.v.next      = 32'(status_i.evq_failed);
    in_o.ctl.fw_heartbeat.v.next    = status_i.fw_heartbeat;
    in_o.ctl.fw_abi_hash_lo.v.next  = status_i.fw_hash[31:0];
    in_o.ctl.fw_abi_hash_hi.v.next  = status_i.fw_hash[63:32];
    in_o.ctl.now_us_lo.v.next       = status_i.now_us[31:0];
    in_o.ctl.now_us_hi.v.next       = {16'd0, status_i.now_us[47:32]};
    for (int i = 0; i < 3; i++) begin
      in_o.tw.entries_v4[i].v.next = status_i.tw_entries_v4[i];
      in_o.tw.entries_v6[i].v.next = status_i.tw_entries_v6[i];
    end
    for (int q = 0; q < 16; q++) begin
      in_o.qp[q].txq_head.v.next = '0;
      in_o.qp[q].bmq_head.v.next = '0;
      in_o.qp[q].rxr_tail.v.next = '0;
      in_o.qp[q].evq_tail.v.next = '0;
      // Only a queue pair that exists can be written: the registers of the others are no hardware.
      in_o.qp[q].txq_base_lo.v.swwe = q < int'(Qps);
      in_o.qp[q].txq_base_hi.v.swwe = q < int'(Qps);
      in_o.qp[q].bmq_base_lo.v.swwe = q < int'(Qps);
      in_o.qp[q].bmq_base_hi.v.swwe = q < int'(Qps);
      in_o.qp[q].rxr_base_lo.v.swwe = q < int'(Qps);
      in_o.qp[q].rxr_base_hi.v.swwe = q < int'(Qps);
      in_o.qp[q].evq_base_lo.v.swwe = q < int'(Qps);
      in_o.qp[q].evq_base_hi.v.swwe = q < int'(Qps);
      in_o.qp[q].config_.txq_log2.swwe = q < int'(Qps);
      in_o.qp[q].config_.bmq_log2.swwe = q < int'(Qps);
      in_o.qp[q].config_.rxr_log2.swwe = q < int'(Qps);
      in_o.qp[q].config_.slot_log2.swwe = q < int'(Qps);
      in_o.qp[q].config_.evq_log2.swwe = q < int'(Qps);
      in_o.qp[q].config_.vector.swwe = q < int'(Qps);
      in_o.qp[q].config_.enable.swwe = q < int'(Qps);
      in_o.qp[q].irq.moderation_us.swwe = q < int'(Qps);
      in_o.db[q].txq_tail.v.swwe = q < int'(Qps);
      in_o.db[q].bmq_tail.v.swwe = q < int'(Qps);
      in_o.db[q].rxr_head.v.swwe = q < int'(Qps);
      in_o.db[q].evq_head.v.swwe = q < int'(Qps);
    end
    for (int q = 0; q < int'(Qps); q++) begin
      in_o.qp[q].txq_head.v.next = qp_i[q].txq_head;
      in_o.qp[q].bmq_head.v.next = qp_i[q].bmq_head;
      in_o.qp[q].rxr_tail.v.next = qp_i[q].rxr_tail;
      in_o.qp[q].evq_tail.v.next = qp_i[q].evq_tail;
    end
    in_o.trace.count.v.next = status_i.trace_count;
    in_o.counters = '{rd_ack: ctr_ack_i, rd_data: ctr_data_i,
                      wr_ack: out_i.counters.req && out_i.counters.req_is_wr};
  end

  logic unused;
  assign unused = ^{out_i, mac[15:0], status_i.tw_max_probe};

endmodule

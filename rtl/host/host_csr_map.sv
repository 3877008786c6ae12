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
  output logic                          fw_hold_o,
  output logic                          soft_reset_o,

  // From the engine
  input  host_csr_pkg::csr_status_t     status_i,
  input  host_csr_pkg::qp_status_t [Qps-1:0] qp_i,
  input  logic                          flush_i,
  input  host_ctr_pkg::ctr_sum_t        ctr_i,

  // The register block
  input  toe_regs_pkg::toe_regs__out_t  out_i,
  output toe_regs_pkg::toe_regs__in_t   in_o
);

  function automatic logic [31:0] bytes_swapped(logic [31:0] v);
    return {v[7:0], v[15:8], v[23:16], v[31:24]};
  endfunction

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
    end
    for (int q = 0; q < int'(Qps); q++) begin
      in_o.qp[q].txq_head.v.next = qp_i[q].txq_head;
      in_o.qp[q].bmq_head.v.next = qp_i[q].bmq_head;
      in_o.qp[q].rxr_tail.v.next = qp_i[q].rxr_tail;
      in_o.qp[q].evq_tail.v.next = qp_i[q].evq_tail;
    end
    in_o.counters.tw_max_probe.v.next = status_i.tw_max_probe;
    in_o.counters.rx_bytes.v = '{incr: flush_i, incrvalue: ctr_i.rx_bytes};
    in_o.counters.tx_bytes.v = '{incr: flush_i, incrvalue: ctr_i.tx_bytes};
    in_o.counters.tcp_bytes_in.v = '{incr: flush_i, incrvalue: ctr_i.tcp_bytes_in};
    in_o.counters.tcp_bytes_out.v = '{incr: flush_i, incrvalue: ctr_i.tcp_bytes_out};
    in_o.counters.tcp_retransmit_bytes.v = '{incr: flush_i, incrvalue: ctr_i.tcp_retransmit_bytes};
    in_o.counters.dma_read_bytes.v = '{incr: flush_i, incrvalue: ctr_i.dma_read_bytes};
    in_o.counters.dma_write_bytes.v = '{incr: flush_i, incrvalue: ctr_i.dma_write_bytes};
    in_o.counters.rx_frames.v = '{incr: flush_i, incrvalue: ctr_i.rx_frames};
    in_o.counters.rx_drop_error.v = '{incr: flush_i, incrvalue: ctr_i.rx_drop_error};
    in_o.counters.rx_drop_runt.v = '{incr: flush_i, incrvalue: ctr_i.rx_drop_runt};
    in_o.counters.rx_drop_oversize.v = '{incr: flush_i, incrvalue: ctr_i.rx_drop_oversize};
    in_o.counters.rx_drop_overflow.v = '{incr: flush_i, incrvalue: ctr_i.rx_drop_overflow};
    in_o.counters.rx_drop_checksum.v = '{incr: flush_i, incrvalue: ctr_i.rx_drop_checksum};
    in_o.counters.rx_drop_loopback.v = '{incr: flush_i, incrvalue: ctr_i.rx_drop_loopback};
    in_o.counters.rx_to_session.v = '{incr: flush_i, incrvalue: ctr_i.rx_to_session};
    in_o.counters.rx_to_host.v = '{incr: flush_i, incrvalue: ctr_i.rx_to_host};
    in_o.counters.rx_to_time_wait.v = '{incr: flush_i, incrvalue: ctr_i.rx_to_time_wait};
    in_o.counters.rx_drop_stale.v = '{incr: flush_i, incrvalue: ctr_i.rx_drop_stale};
    in_o.counters.rx_drop_disabled.v = '{incr: flush_i, incrvalue: ctr_i.rx_drop_disabled};
    in_o.counters.rx_drop_ring_full.v = '{incr: flush_i, incrvalue: ctr_i.rx_drop_ring_full};
    in_o.counters.rx_drop_event_full.v = '{incr: flush_i, incrvalue: ctr_i.rx_drop_event_full};
    in_o.counters.rx_host_not_ip.v = '{incr: flush_i, incrvalue: ctr_i.rx_host_not_ip};
    in_o.counters.rx_host_fragment.v = '{incr: flush_i, incrvalue: ctr_i.rx_host_fragment};
    in_o.counters.rx_host_ip_options.v = '{incr: flush_i, incrvalue: ctr_i.rx_host_ip_options};
    in_o.counters.rx_host_tcp_options.v = '{incr: flush_i, incrvalue: ctr_i.rx_host_tcp_options};
    in_o.counters.rx_host_urgent.v = '{incr: flush_i, incrvalue: ctr_i.rx_host_urgent};
    in_o.counters.tx_frames.v = '{incr: flush_i, incrvalue: ctr_i.tx_frames};
    in_o.counters.tx_session_segs.v = '{incr: flush_i, incrvalue: ctr_i.tx_session_segs};
    in_o.counters.tx_nic_frames.v = '{incr: flush_i, incrvalue: ctr_i.tx_nic_frames};
    in_o.counters.tx_time_wait_replies.v = '{incr: flush_i, incrvalue: ctr_i.tx_time_wait_replies};
    in_o.counters.tx_loop_frames.v = '{incr: flush_i, incrvalue: ctr_i.tx_loop_frames};
    in_o.counters.tx_drop_guard.v = '{incr: flush_i, incrvalue: ctr_i.tx_drop_guard};
    in_o.counters.tx_drop_bad_desc.v = '{incr: flush_i, incrvalue: ctr_i.tx_drop_bad_desc};
    in_o.counters.tx_drop_dma.v = '{incr: flush_i, incrvalue: ctr_i.tx_drop_dma};
    in_o.counters.tcp_segs_in.v = '{incr: flush_i, incrvalue: ctr_i.tcp_segs_in};
    in_o.counters.tcp_acks_out.v = '{incr: flush_i, incrvalue: ctr_i.tcp_acks_out};
    in_o.counters.tcp_delacks.v = '{incr: flush_i, incrvalue: ctr_i.tcp_delacks};
    in_o.counters.tcp_retransmit_segs.v = '{incr: flush_i, incrvalue: ctr_i.tcp_retransmit_segs};
    in_o.counters.tcp_dup_acks_in.v = '{incr: flush_i, incrvalue: ctr_i.tcp_dup_acks_in};
    in_o.counters.tcp_fast_retransmits.v = '{incr: flush_i, incrvalue: ctr_i.tcp_fast_retransmits};
    in_o.counters.tcp_rto.v = '{incr: flush_i, incrvalue: ctr_i.tcp_rto};
    in_o.counters.tcp_persist_probes.v = '{incr: flush_i, incrvalue: ctr_i.tcp_persist_probes};
    in_o.counters.tcp_keepalive_probes.v = '{incr: flush_i, incrvalue: ctr_i.tcp_keepalive_probes};
    in_o.counters.tcp_ooo_in.v = '{incr: flush_i, incrvalue: ctr_i.tcp_ooo_in};
    in_o.counters.tcp_ooo_drop.v = '{incr: flush_i, incrvalue: ctr_i.tcp_ooo_drop};
    in_o.counters.tcp_duplicate_in.v = '{incr: flush_i, incrvalue: ctr_i.tcp_duplicate_in};
    in_o.counters.tcp_out_of_window.v = '{incr: flush_i, incrvalue: ctr_i.tcp_out_of_window};
    in_o.counters.tcp_paws_drop.v = '{incr: flush_i, incrvalue: ctr_i.tcp_paws_drop};
    in_o.counters.tcp_challenge_acks.v = '{incr: flush_i, incrvalue: ctr_i.tcp_challenge_acks};
    in_o.counters.tcp_challenge_limited.v = '{incr: flush_i,
        incrvalue: ctr_i.tcp_challenge_limited};
    in_o.counters.tcp_rst_in.v = '{incr: flush_i, incrvalue: ctr_i.tcp_rst_in};
    in_o.counters.tcp_rst_out.v = '{incr: flush_i, incrvalue: ctr_i.tcp_rst_out};
    in_o.counters.tcp_data_after_close.v = '{incr: flush_i, incrvalue: ctr_i.tcp_data_after_close};
    in_o.counters.tcp_ecn_ce_in.v = '{incr: flush_i, incrvalue: ctr_i.tcp_ecn_ce_in};
    in_o.counters.tcp_ecn_reductions.v = '{incr: flush_i, incrvalue: ctr_i.tcp_ecn_reductions};
    in_o.counters.tcp_parked.v = '{incr: flush_i, incrvalue: ctr_i.tcp_parked};
    in_o.counters.tcp_timeouts.v = '{incr: flush_i, incrvalue: ctr_i.tcp_timeouts};
    in_o.counters.tcp_closed.v = '{incr: flush_i, incrvalue: ctr_i.tcp_closed};
    in_o.counters.events_in.v = '{incr: flush_i, incrvalue: ctr_i.events_in};
    in_o.counters.pipe_stall_cycles.v = '{incr: flush_i, incrvalue: ctr_i.pipe_stall_cycles};
    in_o.counters.bumps_in.v = '{incr: flush_i, incrvalue: ctr_i.bumps_in};
    in_o.counters.bump_stale.v = '{incr: flush_i, incrvalue: ctr_i.bump_stale};
    in_o.counters.bump_bad.v = '{incr: flush_i, incrvalue: ctr_i.bump_bad};
    in_o.counters.stale_command.v = '{incr: flush_i, incrvalue: ctr_i.stale_command};
    in_o.counters.lookup_insert.v = '{incr: flush_i, incrvalue: ctr_i.lookup_insert};
    in_o.counters.lookup_insert_fail.v = '{incr: flush_i, incrvalue: ctr_i.lookup_insert_fail};
    in_o.counters.lookup_delete.v = '{incr: flush_i, incrvalue: ctr_i.lookup_delete};
    in_o.counters.evq_records.v = '{incr: flush_i, incrvalue: ctr_i.evq_records};
    in_o.counters.evq_stall_cycles.v = '{incr: flush_i, incrvalue: ctr_i.evq_stall_cycles};
    in_o.counters.irqs.v = '{incr: flush_i, incrvalue: ctr_i.irqs};
    in_o.counters.dma_read_errors.v = '{incr: flush_i, incrvalue: ctr_i.dma_read_errors};
    in_o.counters.dma_write_errors.v = '{incr: flush_i, incrvalue: ctr_i.dma_write_errors};
    in_o.counters.tw_insert.v = '{incr: flush_i, incrvalue: ctr_i.tw_insert};
    in_o.counters.tw_insert_fail.v = '{incr: flush_i, incrvalue: ctr_i.tw_insert_fail};
    in_o.counters.tw_evict.v = '{incr: flush_i, incrvalue: ctr_i.tw_evict};
    in_o.counters.tw_expire.v = '{incr: flush_i, incrvalue: ctr_i.tw_expire};
    in_o.counters.tw_delete.v = '{incr: flush_i, incrvalue: ctr_i.tw_delete};
    in_o.counters.tw_lookup.v = '{incr: flush_i, incrvalue: ctr_i.tw_lookup};
    in_o.counters.tw_hit.v = '{incr: flush_i, incrvalue: ctr_i.tw_hit};
    in_o.counters.tw_miss.v = '{incr: flush_i, incrvalue: ctr_i.tw_miss};
    in_o.counters.tw_probe.v = '{incr: flush_i, incrvalue: ctr_i.tw_probe};
    in_o.counters.tw_losing.v = '{incr: flush_i, incrvalue: ctr_i.tw_losing};
    in_o.counters.tw_recycle.v = '{incr: flush_i, incrvalue: ctr_i.tw_recycle};
    in_o.counters.tw_reply.v = '{incr: flush_i, incrvalue: ctr_i.tw_reply};
    in_o.counters.tw_rst_out.v = '{incr: flush_i, incrvalue: ctr_i.tw_rst_out};
    in_o.counters.tw_limited.v = '{incr: flush_i, incrvalue: ctr_i.tw_limited};
    in_o.counters.fw_commands.v = '{incr: flush_i, incrvalue: ctr_i.fw_commands};
    in_o.counters.fw_refused.v = '{incr: flush_i, incrvalue: ctr_i.fw_refused};
    in_o.counters.rx_drop_filtered.v = '{incr: flush_i, incrvalue: ctr_i.rx_drop_filtered};
    in_o.counters.tx_drop_stale.v = '{incr: flush_i, incrvalue: ctr_i.tx_drop_stale};
    in_o.counters.tx_drop_nexthop.v = '{incr: flush_i, incrvalue: ctr_i.tx_drop_nexthop};
    in_o.counters.evq_lost.v = '{incr: flush_i, incrvalue: ctr_i.evq_lost};
    in_o.counters.bump_lost.v = '{incr: flush_i, incrvalue: ctr_i.bump_lost};
    in_o.counters.tcp_no_ack.v = '{incr: flush_i, incrvalue: ctr_i.tcp_no_ack};
    in_o.counters.fault_stale.v = '{incr: flush_i, incrvalue: ctr_i.fault_stale};
    in_o.counters.rx_mirrored.v = '{incr: flush_i, incrvalue: ctr_i.rx_mirrored};
    in_o.counters.tx_mirrored.v = '{incr: flush_i, incrvalue: ctr_i.tx_mirrored};
    in_o.counters.mirror_lost.v = '{incr: flush_i, incrvalue: ctr_i.mirror_lost};
    in_o.counters.trace_records.v = '{incr: flush_i, incrvalue: ctr_i.trace_records};
    in_o.counters.trace_lost.v = '{incr: flush_i, incrvalue: ctr_i.trace_lost};
    in_o.counters.tcp_lost_retransmits.v = '{incr: flush_i, incrvalue: ctr_i.tcp_lost_retransmits};
    in_o.counters.tcp_paced.v = '{incr: flush_i, incrvalue: ctr_i.tcp_paced};
    in_o.counters.cc_summaries.v = '{incr: flush_i, incrvalue: ctr_i.cc_summaries};
    in_o.counters.cc_lost.v = '{incr: flush_i, incrvalue: ctr_i.cc_lost};
    in_o.counters.cc_answers.v = '{incr: flush_i, incrvalue: ctr_i.cc_answers};
    in_o.counters.tw_event_lost.v = '{incr: flush_i, incrvalue: ctr_i.tw_event_lost};
    in_o.trace.count.v.next = status_i.trace_count;
  end

  logic unused;
  assign unused = ^{out_i, mac[15:0]};

endmodule

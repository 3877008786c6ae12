// SPDX-License-Identifier: Apache-2.0
// Joins the counters of the blocks under their registers' names.
// Contract: combinational. Where two blocks see the same thing, the one that acts on it counts:
// net_rx the reasons of host frames, net_tx what leaves, host_place (in toe_host) what reaches host
// memory.
module toe_ctr_join (
  input  net_pkg::net_rx_ctr_t        rx_i,
  input  tcp_lookup_pkg::lookup_ctr_t lookup_i,
  input  tcp_pkg::tcp_ctr_t           tcp_i,
  input  tcp_pkg::seg_ctr_t           seg_i,
  input  tcp_pkg::cc_ctr_t            cc_i,
  input  net_pkg::net_tx_ctr_t        tx_i,
  input  nic_pkg::nic_tx_ctr_t        nic_i,
  input  mcu_pkg::mcu_ctr_t           mcu_i,
  input  tw_pkg::tw_ctr_t             tw_i,
  input  tw_pkg::tw_ctr_t [1:0]       tw_bank_i,
  output host_ctr_pkg::toe_ctr_t      ctr_o
);

  // At most three: the banks work on different segments, rarely at once.
  function automatic logic [1:0] three(logic a, logic b, logic c);
    return 2'(a) + 2'(b) + 2'(c);
  endfunction

  always_comb begin
    ctr_o = '0;
    ctr_o.rx_frames             = 2'(rx_i.rx_frames);
    ctr_o.rx_bytes              = rx_i.rx_bytes;
    ctr_o.rx_drop_error         = 2'(rx_i.rx_drop_error);
    ctr_o.rx_drop_runt          = 2'(rx_i.rx_drop_runt);
    ctr_o.rx_drop_oversize      = 2'(rx_i.rx_drop_oversize);
    ctr_o.rx_drop_overflow      = 2'(rx_i.rx_drop_overflow);
    ctr_o.rx_drop_checksum      = 2'(rx_i.rx_drop_checksum);
    ctr_o.rx_drop_loopback      = 2'(rx_i.rx_drop_loopback);
    ctr_o.rx_drop_disabled      = 2'(rx_i.rx_drop_disabled);
    ctr_o.rx_drop_filtered      = 2'(rx_i.rx_drop_filtered);
    ctr_o.tx_drop_stale         = 2'(seg_i.tx_drop_stale);
    ctr_o.tx_drop_nexthop       = 2'(seg_i.tx_drop_nexthop);
    ctr_o.tcp_no_ack            = 2'(tcp_i.tcp_no_ack);
    ctr_o.tcp_paced             = 2'(tcp_i.tcp_paced);
    ctr_o.fault_stale           = 2'(tcp_i.fault_stale);
    ctr_o.cc_summaries          = 2'(cc_i.cc_summaries);
    ctr_o.cc_lost               = 2'(cc_i.cc_lost);
    ctr_o.cc_answers            = 2'(cc_i.cc_answers);
    ctr_o.cc_stale              = 2'(cc_i.cc_stale);
    ctr_o.cc_takeovers          = 2'(cc_i.cc_takeovers);
    ctr_o.evq_lost              = 2'(tcp_i.evq_lost);
    ctr_o.rx_host_not_ip        = 2'(rx_i.rx_host_not_ip);
    ctr_o.rx_host_fragment      = 2'(rx_i.rx_host_fragment);
    ctr_o.rx_host_ip_options    = 2'(rx_i.rx_host_ip_options);
    ctr_o.rx_host_tcp_options   = 2'(rx_i.rx_host_tcp_options);
    ctr_o.rx_host_urgent        = 2'(rx_i.rx_host_urgent);
    ctr_o.lookup_insert         = 2'(lookup_i.lookup_insert);
    ctr_o.lookup_insert_fail    = 2'(lookup_i.lookup_insert_fail);
    ctr_o.lookup_delete         = 2'(lookup_i.lookup_delete);
    ctr_o.rx_to_session         = 2'(tcp_i.rx_to_session);
    ctr_o.rx_to_time_wait       = 2'(tcp_i.rx_to_time_wait);
    ctr_o.rx_drop_stale         = 2'(tcp_i.rx_drop_stale);
    ctr_o.tcp_segs_in           = 2'(tcp_i.tcp_segs_in);
    ctr_o.tcp_acks_out          = 2'(tcp_i.tcp_acks_out);
    ctr_o.tcp_delacks           = 2'(tcp_i.tcp_delacks);
    ctr_o.tcp_retransmit_segs   = 2'(tcp_i.tcp_retransmit_segs);
    ctr_o.tcp_dup_acks_in       = 2'(tcp_i.tcp_dup_acks_in);
    ctr_o.tcp_fast_retransmits  = 2'(tcp_i.tcp_fast_retransmits);
    ctr_o.tcp_rto               = 2'(tcp_i.tcp_rto);
    ctr_o.tcp_persist_probes    = 2'(tcp_i.tcp_persist_probes);
    ctr_o.tcp_keepalive_probes  = 2'(tcp_i.tcp_keepalive_probes);
    ctr_o.tcp_ooo_in            = 2'(tcp_i.tcp_ooo_in);
    ctr_o.tcp_ooo_drop          = 2'(tcp_i.tcp_ooo_drop);
    ctr_o.tcp_duplicate_in      = 2'(tcp_i.tcp_duplicate_in);
    ctr_o.tcp_out_of_window     = 2'(tcp_i.tcp_out_of_window);
    ctr_o.tcp_paws_drop         = 2'(tcp_i.tcp_paws_drop);
    ctr_o.tcp_challenge_acks    = 2'(tcp_i.tcp_challenge_acks);
    ctr_o.tcp_challenge_limited = 2'(tcp_i.tcp_challenge_limited);
    ctr_o.tcp_rst_in            = 2'(tcp_i.tcp_rst_in);
    ctr_o.tcp_rst_out           = 2'(tcp_i.tcp_rst_out);
    ctr_o.tcp_data_after_close  = 2'(tcp_i.tcp_data_after_close);
    ctr_o.tcp_ecn_ce_in         = 2'(tcp_i.tcp_ecn_ce_in);
    ctr_o.tcp_ecn_reductions    = 2'(tcp_i.tcp_ecn_reductions);
    ctr_o.tcp_parked            = 2'(tcp_i.tcp_parked);
    ctr_o.tcp_timeouts          = 2'(tcp_i.tcp_timeouts);
    ctr_o.tcp_closed            = 2'(tcp_i.tcp_closed);
    ctr_o.events_in             = 2'(tcp_i.events_in);
    ctr_o.pipe_stall_cycles     = 2'(tcp_i.pipe_stall_cycles);
    ctr_o.bumps_in              = 2'(tcp_i.bumps_in);
    ctr_o.bump_stale            = 2'(tcp_i.bump_stale);
    ctr_o.bump_bad              = 2'(tcp_i.bump_bad);
    ctr_o.stale_command         = 2'(tcp_i.stale_command);
    ctr_o.tcp_bytes_in          = tcp_i.tcp_bytes_in;
    ctr_o.tcp_bytes_out         = tcp_i.tcp_bytes_out;
    ctr_o.tcp_retransmit_bytes  = tcp_i.tcp_retransmit_bytes;
    ctr_o.tx_frames             = 2'(tx_i.tx_frames);
    ctr_o.tx_bytes              = tx_i.tx_bytes;
    ctr_o.tx_session_segs       = 2'(tx_i.tx_session_segs);
    ctr_o.tx_nic_frames         = 2'(tx_i.tx_nic_frames);
    ctr_o.tx_time_wait_replies  = 2'(tx_i.tx_time_wait_replies);
    ctr_o.tx_loop_frames        = 2'(tx_i.tx_loop_frames);
    ctr_o.tx_drop_guard         = 2'(tx_i.tx_drop_guard);
    ctr_o.tx_drop_dma           = 2'(tx_i.tx_drop_dma) + 2'(nic_i.tx_drop_dma);
    ctr_o.tx_drop_bad_desc      = 2'(nic_i.tx_drop_bad_desc);
    ctr_o.fw_commands           = 2'(mcu_i.fw_commands);
    ctr_o.fw_refused            = 2'(mcu_i.fw_refused);
    ctr_o.tw_insert             = three(tw_i.tw_insert, tw_bank_i[0].tw_insert,
        tw_bank_i[1].tw_insert);
    ctr_o.tw_insert_fail        = three(tw_i.tw_insert_fail, tw_bank_i[0].tw_insert_fail,
        tw_bank_i[1].tw_insert_fail);
    ctr_o.tw_evict              = three(tw_i.tw_evict, tw_bank_i[0].tw_evict,
        tw_bank_i[1].tw_evict);
    ctr_o.tw_expire             = three(tw_i.tw_expire, tw_bank_i[0].tw_expire,
        tw_bank_i[1].tw_expire);
    ctr_o.tw_delete             = three(tw_i.tw_delete, tw_bank_i[0].tw_delete,
        tw_bank_i[1].tw_delete);
    ctr_o.tw_lookup             = three(tw_i.tw_lookup, tw_bank_i[0].tw_lookup,
        tw_bank_i[1].tw_lookup);
    ctr_o.tw_hit                = three(tw_i.tw_hit, tw_bank_i[0].tw_hit, tw_bank_i[1].tw_hit);
    ctr_o.tw_miss               = three(tw_i.tw_miss, tw_bank_i[0].tw_miss, tw_bank_i[1].tw_miss);
    ctr_o.tw_probe              = three(tw_i.tw_probe, tw_bank_i[0].tw_probe,
        tw_bank_i[1].tw_probe);
    ctr_o.tw_losing             = three(tw_i.tw_losing, tw_bank_i[0].tw_losing,
        tw_bank_i[1].tw_losing);
    ctr_o.tw_recycle            = three(tw_i.tw_recycle, tw_bank_i[0].tw_recycle,
        tw_bank_i[1].tw_recycle);
    ctr_o.tw_reply              = three(tw_i.tw_reply, tw_bank_i[0].tw_reply,
        tw_bank_i[1].tw_reply);
    ctr_o.tw_rst_out            = three(tw_i.tw_rst_out, tw_bank_i[0].tw_rst_out,
        tw_bank_i[1].tw_rst_out);
    ctr_o.tw_event_lost         = 2'(tw_i.tw_event_lost);
    ctr_o.tw_limited            = three(tw_i.tw_limited, tw_bank_i[0].tw_limited,
        tw_bank_i[1].tw_limited);
  end

  logic unused;
  assign unused = ^{seg_i, tcp_i, tw_i, tw_bank_i};

endmodule

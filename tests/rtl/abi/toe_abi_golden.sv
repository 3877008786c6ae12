// SPDX-License-Identifier: Apache-2.0
// Generated from abi/layouts.rdl by abi/exporter (`make gen`). Do not edit.
// Gives one field of one structure, as the compiler of the RTL sees the packed structs.
// Contract: combinational from all inputs to the output; for tests only.

module toe_abi_golden (
  input  logic [7:0]    layout_i,
  input  logic [7:0]    field_i,
  input  logic [7:0]    index_i,
  input  logic [4095:0] bits_i,
  output logic [63:0]   value_o
);

  toe_abi_pkg::tx_desc_t tx_desc;  // reserved bits have no reader
  assign tx_desc = bits_i[511:0];
  if ($bits(toe_abi_pkg::tx_desc_t) != 8 * toe_abi_pkg::TxDescBytes)
    $error("tx_desc_t has a wrong size");
  toe_abi_pkg::bump_t bump;  // reserved bits have no reader
  assign bump = bits_i[127:0];
  if ($bits(toe_abi_pkg::bump_t) != 8 * toe_abi_pkg::BumpBytes)
    $error("bump_t has a wrong size");
  toe_abi_pkg::event_nic_rx_t event_nic_rx;  // reserved bits have no reader
  assign event_nic_rx = bits_i[255:0];
  if ($bits(toe_abi_pkg::event_nic_rx_t) != 8 * toe_abi_pkg::EventNicRxBytes)
    $error("event_nic_rx_t has a wrong size");
  toe_abi_pkg::event_tx_done_t event_tx_done;  // reserved bits have no reader
  assign event_tx_done = bits_i[255:0];
  if ($bits(toe_abi_pkg::event_tx_done_t) != 8 * toe_abi_pkg::EventTxDoneBytes)
    $error("event_tx_done_t has a wrong size");
  toe_abi_pkg::event_session_t event_session;  // reserved bits have no reader
  assign event_session = bits_i[255:0];
  if ($bits(toe_abi_pkg::event_session_t) != 8 * toe_abi_pkg::EventSessionBytes)
    $error("event_session_t has a wrong size");
  toe_abi_pkg::event_session_end_t event_session_end;  // reserved bits have no reader
  assign event_session_end = bits_i[255:0];
  if ($bits(toe_abi_pkg::event_session_end_t) != 8 * toe_abi_pkg::EventSessionEndBytes)
    $error("event_session_end_t has a wrong size");
  toe_abi_pkg::event_time_wait_t event_time_wait;  // reserved bits have no reader
  assign event_time_wait = bits_i[255:0];
  if ($bits(toe_abi_pkg::event_time_wait_t) != 8 * toe_abi_pkg::EventTimeWaitBytes)
    $error("event_time_wait_t has a wrong size");
  toe_abi_pkg::event_time_wait_rest_t event_time_wait_rest;  // reserved bits have no reader
  assign event_time_wait_rest = bits_i[255:0];
  if ($bits(toe_abi_pkg::event_time_wait_rest_t) != 8 * toe_abi_pkg::EventTimeWaitRestBytes)
    $error("event_time_wait_rest_t has a wrong size");
  toe_abi_pkg::event_fault_t event_fault;  // reserved bits have no reader
  assign event_fault = bits_i[255:0];
  if ($bits(toe_abi_pkg::event_fault_t) != 8 * toe_abi_pkg::EventFaultBytes)
    $error("event_fault_t has a wrong size");
  toe_abi_pkg::admin_cmd_t admin_cmd;  // reserved bits have no reader
  assign admin_cmd = bits_i[511:0];
  if ($bits(toe_abi_pkg::admin_cmd_t) != 8 * toe_abi_pkg::AdminCmdBytes)
    $error("admin_cmd_t has a wrong size");
  toe_abi_pkg::admin_cpl_t admin_cpl;  // reserved bits have no reader
  assign admin_cpl = bits_i[255:0];
  if ($bits(toe_abi_pkg::admin_cpl_t) != 8 * toe_abi_pkg::AdminCplBytes)
    $error("admin_cpl_t has a wrong size");
  toe_abi_pkg::nexthop_t nexthop;  // reserved bits have no reader
  assign nexthop = bits_i[255:0];
  if ($bits(toe_abi_pkg::nexthop_t) != 8 * toe_abi_pkg::NexthopBytes)
    $error("nexthop_t has a wrong size");
  toe_abi_pkg::trace_record_t trace_record;  // reserved bits have no reader
  assign trace_record = bits_i[511:0];
  if ($bits(toe_abi_pkg::trace_record_t) != 8 * toe_abi_pkg::TraceRecordBytes)
    $error("trace_record_t has a wrong size");
  toe_abi_pkg::session_image_t session_image;  // reserved bits have no reader
  assign session_image = bits_i[4095:0];
  if ($bits(toe_abi_pkg::session_image_t) != 8 * toe_abi_pkg::SessionImageBytes)
    $error("session_image_t has a wrong size");

  always_comb begin
    value_o = 64'd0;
    case (layout_i)
      8'd0:
        case (field_i)
          8'd0: value_o = 64'(tx_desc.addr);
          8'd1: value_o = 64'(tx_desc.len);
          8'd2: value_o = 64'(tx_desc.l4_csum);
          8'd3: value_o = 64'(tx_desc.ip_csum);
          8'd4: value_o = 64'(tx_desc.tso);
          8'd5: value_o = 64'(tx_desc.vlan_insert);
          8'd6: value_o = 64'(tx_desc.loop);
          8'd7: value_o = 64'(tx_desc.ipv6);
          8'd8: value_o = 64'(tx_desc.udp);
          8'd9: value_o = 64'(tx_desc.report);
          8'd10: value_o = 64'(tx_desc.hdr_len);
          8'd11: value_o = 64'(tx_desc.l3_off);
          8'd12: value_o = 64'(tx_desc.l4_off);
          8'd13: value_o = 64'(tx_desc.mss);
          8'd14: value_o = 64'(tx_desc.vlan_tci);
          default: value_o = 64'd0;
        endcase
      8'd1:
        case (field_i)
          8'd0: value_o = 64'(bump.handle);
          8'd1: value_o = 64'(bump.snd_end);
          8'd2: value_o = 64'(bump.rcv_read);
          8'd3: value_o = 64'(bump.snd_valid);
          8'd4: value_o = 64'(bump.rcv_valid);
          8'd5: value_o = 64'(bump.fin);
          8'd6: value_o = 64'(bump.rst);
          8'd7: value_o = 64'(bump.kick);
          8'd8: value_o = 64'(bump.orphan);
          8'd9: value_o = 64'(bump.report);
          default: value_o = 64'd0;
        endcase
      8'd2:
        case (field_i)
          8'd0: value_o = 64'(event_nic_rx.kind);
          8'd1: value_o = 64'(event_nic_rx.reason);
          8'd2: value_o = 64'(event_nic_rx.ip_csum);
          8'd3: value_o = 64'(event_nic_rx.l4_csum);
          8'd4: value_o = 64'(event_nic_rx.vlan_present);
          8'd5: value_o = 64'(event_nic_rx.truncated);
          8'd6: value_o = 64'(event_nic_rx.injected);
          8'd7: value_o = 64'(event_nic_rx.slot);
          8'd8: value_o = 64'(event_nic_rx.len);
          8'd9: value_o = 64'(event_nic_rx.vlan_tci);
          8'd10: value_o = 64'(event_nic_rx.rss_hash);
          8'd11: value_o = 64'(event_nic_rx.l3_off);
          8'd12: value_o = 64'(event_nic_rx.l4_off);
          8'd13: value_o = 64'(event_nic_rx.time_us);
          8'd14: value_o = 64'(event_nic_rx.handle);
          8'd15: value_o = 64'(event_nic_rx.phase);
          default: value_o = 64'd0;
        endcase
      8'd3:
        case (field_i)
          8'd0: value_o = 64'(event_tx_done.kind);
          8'd1: value_o = 64'(event_tx_done.txq_head);
          8'd2: value_o = 64'(event_tx_done.bmq_head);
          8'd3: value_o = 64'(event_tx_done.phase);
          default: value_o = 64'd0;
        endcase
      8'd4:
        case (field_i)
          8'd0: value_o = 64'(event_session.kind);
          8'd1: value_o = 64'(event_session.state);
          8'd2: value_o = 64'(event_session.peer_fin);
          8'd3: value_o = 64'(event_session.fin_acked);
          8'd4: value_o = 64'(event_session.parked);
          8'd5: value_o = 64'(event_session.handle);
          8'd6: value_o = 64'(event_session.snd_una);
          8'd7: value_o = 64'(event_session.rcv_nxt);
          8'd8: value_o = 64'(event_session.snd_wnd);
          8'd9: value_o = 64'(event_session.srtt_us);
          8'd10: value_o = 64'(event_session.retransmits);
          8'd11: value_o = 64'(event_session.phase);
          default: value_o = 64'd0;
        endcase
      8'd5:
        case (field_i)
          8'd0: value_o = 64'(event_session_end.kind);
          8'd1: value_o = 64'(event_session_end.reason);
          8'd2: value_o = 64'(event_session_end.state);
          8'd3: value_o = 64'(event_session_end.peer_fin);
          8'd4: value_o = 64'(event_session_end.fin_acked);
          8'd5: value_o = 64'(event_session_end.handle);
          8'd6: value_o = 64'(event_session_end.snd_una);
          8'd7: value_o = 64'(event_session_end.rcv_nxt);
          8'd8: value_o = 64'(event_session_end.srtt_us8);
          8'd9: value_o = 64'(event_session_end.cwnd);
          8'd10: value_o = 64'(event_session_end.ssthresh);
          8'd11: value_o = 64'(event_session_end.rttvar_us4);
          8'd12: value_o = 64'(event_session_end.phase);
          default: value_o = 64'd0;
        endcase
      8'd6:
        case (field_i)
          8'd0: value_o = 64'(event_time_wait.kind);
          8'd1: value_o = 64'(event_time_wait.what);
          8'd2: value_o = 64'(event_time_wait.ipv6);
          8'd3: value_o = 64'(event_time_wait.msl_class);
          8'd4: value_o = 64'(event_time_wait.ts_ok);
          8'd5: value_o = 64'(event_time_wait.last_win);
          8'd6: value_o = 64'(event_time_wait.laddr[index_i[1:0]]);
          8'd7: value_o = 64'(event_time_wait.rcv_nxt);
          8'd8: value_o = 64'(event_time_wait.snd_nxt);
          8'd9: value_o = 64'(event_time_wait.lport);
          8'd10: value_o = 64'(event_time_wait.phase);
          default: value_o = 64'd0;
        endcase
      8'd7:
        case (field_i)
          8'd0: value_o = 64'(event_time_wait_rest.kind);
          8'd1: value_o = 64'(event_time_wait_rest.rcv_wscale);
          8'd2: value_o = 64'(event_time_wait_rest.index);
          8'd3: value_o = 64'(event_time_wait_rest.raddr[index_i[1:0]]);
          8'd4: value_o = 64'(event_time_wait_rest.ts_recent);
          8'd5: value_o = 64'(event_time_wait_rest.ts_offset);
          8'd6: value_o = 64'(event_time_wait_rest.rport);
          8'd7: value_o = 64'(event_time_wait_rest.phase);
          default: value_o = 64'd0;
        endcase
      8'd8:
        case (field_i)
          8'd0: value_o = 64'(event_fault.kind);
          8'd1: value_o = 64'(event_fault.what);
          8'd2: value_o = 64'(event_fault.handle);
          8'd3: value_o = 64'(event_fault.addr);
          8'd4: value_o = 64'(event_fault.info);
          8'd5: value_o = 64'(event_fault.phase);
          default: value_o = 64'd0;
        endcase
      8'd9:
        case (field_i)
          8'd0: value_o = 64'(admin_cmd.opcode);
          8'd1: value_o = 64'(admin_cmd.cookie);
          8'd2: value_o = 64'(admin_cmd.handle);
          8'd3: value_o = 64'(admin_cmd.index);
          8'd4: value_o = 64'(admin_cmd.key);
          8'd5: value_o = 64'(admin_cmd.iova);
          8'd6: value_o = 64'(admin_cmd.value);
          8'd7: value_o = 64'(admin_cmd.data[index_i[2:0]]);
          default: value_o = 64'd0;
        endcase
      8'd10:
        case (field_i)
          8'd0: value_o = 64'(admin_cpl.opcode);
          8'd1: value_o = 64'(admin_cpl.status);
          8'd2: value_o = 64'(admin_cpl.detail);
          8'd3: value_o = 64'(admin_cpl.cookie);
          8'd4: value_o = 64'(admin_cpl.handle);
          8'd5: value_o = 64'(admin_cpl.result[index_i[1:0]]);
          8'd6: value_o = 64'(admin_cpl.phase);
          default: value_o = 64'd0;
        endcase
      8'd11:
        case (field_i)
          8'd0: value_o = 64'(nexthop.dst_mac);
          8'd1: value_o = 64'(nexthop.mtu);
          8'd2: value_o = 64'(nexthop.src_mac);
          8'd3: value_o = 64'(nexthop.vlan_tci);
          8'd4: value_o = 64'(nexthop.valid);
          8'd5: value_o = 64'(nexthop.vlan_present);
          8'd6: value_o = 64'(nexthop.generation);
          8'd7: value_o = 64'(nexthop.port);
          default: value_o = 64'd0;
        endcase
      8'd12:
        case (field_i)
          8'd0: value_o = 64'(trace_record.time_us);
          8'd1: value_o = 64'(trace_record.kind);
          8'd2: value_o = 64'(trace_record.state);
          8'd3: value_o = 64'(trace_record.retransmit);
          8'd4: value_o = 64'(trace_record.parked);
          8'd5: value_o = 64'(trace_record.fast_recovery);
          8'd6: value_o = 64'(trace_record.cong_recovery);
          8'd7: value_o = 64'(trace_record.tcp_flags);
          8'd8: value_o = 64'(trace_record.persist);
          8'd9: value_o = 64'(trace_record.ack_due);
          8'd10: value_o = 64'(trace_record.handle);
          8'd11: value_o = 64'(trace_record.seq);
          8'd12: value_o = 64'(trace_record.ack);
          8'd13: value_o = 64'(trace_record.len);
          8'd14: value_o = 64'(trace_record.wnd);
          8'd15: value_o = 64'(trace_record.snd_una);
          8'd16: value_o = 64'(trace_record.count);
          8'd17: value_o = 64'(trace_record.snd_nxt);
          8'd18: value_o = 64'(trace_record.snd_max);
          8'd19: value_o = 64'(trace_record.snd_wnd);
          8'd20: value_o = 64'(trace_record.rcv_nxt);
          8'd21: value_o = 64'(trace_record.cwnd);
          8'd22: value_o = 64'(trace_record.ssthresh);
          8'd23: value_o = 64'(trace_record.srtt_us);
          8'd24: value_o = 64'(trace_record.count_again);
          default: value_o = 64'd0;
        endcase
      8'd13:
        case (field_i)
          8'd0: value_o = 64'(session_image.magic);
          8'd1: value_o = 64'(session_image.state);
          8'd2: value_o = 64'(session_image.tw_class);
          8'd3: value_o = 64'(session_image.cc_algo);
          8'd4: value_o = 64'(session_image.snd_wscale);
          8'd5: value_o = 64'(session_image.rcv_wscale);
          8'd6: value_o = 64'(session_image.dupacks);
          8'd7: value_o = 64'(session_image.rto_backoff);
          8'd8: value_o = 64'(session_image.keep_probes);
          8'd9: value_o = 64'(session_image.ipv6);
          8'd10: value_o = 64'(session_image.ts_ok);
          8'd11: value_o = 64'(session_image.sack_ok);
          8'd12: value_o = 64'(session_image.ecn_ok);
          8'd13: value_o = 64'(session_image.nodelay);
          8'd14: value_o = 64'(session_image.df);
          8'd15: value_o = 64'(session_image.keepalive);
          8'd16: value_o = 64'(session_image.fin_queued);
          8'd17: value_o = 64'(session_image.peer_fin);
          8'd18: value_o = 64'(session_image.fast_recovery);
          8'd19: value_o = 64'(session_image.cong_recovery);
          8'd20: value_o = 64'(session_image.cwr_due);
          8'd21: value_o = 64'(session_image.ece_due);
          8'd22: value_o = 64'(session_image.rtt_timing);
          8'd23: value_o = 64'(session_image.persist);
          8'd24: value_o = 64'(session_image.ack_due);
          8'd25: value_o = 64'(session_image.delack_count);
          8'd26: value_o = 64'(session_image.mirror);
          8'd27: value_o = 64'(session_image.trace);
          8'd28: value_o = 64'(session_image.dsack_due);
          8'd29: value_o = 64'(session_image.quickack);
          8'd30: value_o = 64'(session_image.orphan);
          8'd31: value_o = 64'(session_image.cc_firmware);
          8'd32: value_o = 64'(session_image.handle);
          8'd33: value_o = 64'(session_image.laddr[index_i[1:0]]);
          8'd34: value_o = 64'(session_image.raddr[index_i[1:0]]);
          8'd35: value_o = 64'(session_image.lport);
          8'd36: value_o = 64'(session_image.rport);
          8'd37: value_o = 64'(session_image.nexthop);
          8'd38: value_o = 64'(session_image.qp);
          8'd39: value_o = 64'(session_image.snd_mss);
          8'd40: value_o = 64'(session_image.peer_mss);
          8'd41: value_o = 64'(session_image.ttl);
          8'd42: value_o = 64'(session_image.tos);
          8'd43: value_o = 64'(session_image.port);
          8'd44: value_o = 64'(session_image.tx_ring_log2);
          8'd45: value_o = 64'(session_image.tx_ring);
          8'd46: value_o = 64'(session_image.rx_ring);
          8'd47: value_o = 64'(session_image.tx_seq0);
          8'd48: value_o = 64'(session_image.rx_seq0);
          8'd49: value_o = 64'(session_image.rx_ring_log2);
          8'd50: value_o = 64'(session_image.flow_label);
          8'd51: value_o = 64'(session_image.iss);
          8'd52: value_o = 64'(session_image.snd_una);
          8'd53: value_o = 64'(session_image.snd_nxt);
          8'd54: value_o = 64'(session_image.snd_max);
          8'd55: value_o = 64'(session_image.snd_end);
          8'd56: value_o = 64'(session_image.snd_wnd);
          8'd57: value_o = 64'(session_image.snd_wl1);
          8'd58: value_o = 64'(session_image.snd_wl2);
          8'd59: value_o = 64'(session_image.max_snd_wnd);
          8'd60: value_o = 64'(session_image.cwnd);
          8'd61: value_o = 64'(session_image.ssthresh);
          8'd62: value_o = 64'(session_image.recover);
          8'd63: value_o = 64'(session_image.bytes_acked);
          8'd64: value_o = 64'(session_image.high_rxt);
          8'd65: value_o = 64'(session_image.rescue_rxt);
          8'd66: value_o = 64'(session_image.srtt_us8);
          8'd67: value_o = 64'(session_image.rttvar_us4);
          8'd68: value_o = 64'(session_image.rto_us);
          8'd69: value_o = 64'(session_image.rtt_seq);
          8'd70: value_o = 64'(session_image.rtt_time);
          8'd71: value_o = 64'(session_image.irs);
          8'd72: value_o = 64'(session_image.rcv_nxt);
          8'd73: value_o = 64'(session_image.rcv_adv);
          8'd74: value_o = 64'(session_image.rcv_read);
          8'd75: value_o = 64'(session_image.last_ack_sent);
          8'd76: value_o = 64'(session_image.ts_recent);
          8'd77: value_o = 64'(session_image.ts_recent_age);
          8'd78: value_o = 64'(session_image.ts_offset);
          8'd79: value_o = 64'(session_image.ooo[index_i[2:0]]);
          8'd80: value_o = 64'(session_image.sacked[index_i[2:0]]);
          8'd81: value_o = 64'(session_image.dsack[index_i[0:0]]);
          8'd82: value_o = 64'(session_image.t_rtx);
          8'd83: value_o = 64'(session_image.t_delack);
          8'd84: value_o = 64'(session_image.t_keep);
          8'd85: value_o = 64'(session_image.pacing_bytes_per_ms);
          8'd86: value_o = 64'(session_image.cc_private[index_i[2:0]]);
          8'd87: value_o = 64'(session_image.segs_out);
          8'd88: value_o = 64'(session_image.segs_in);
          8'd89: value_o = 64'(session_image.bytes_out);
          8'd90: value_o = 64'(session_image.bytes_in);
          8'd91: value_o = 64'(session_image.retransmit_segs);
          8'd92: value_o = 64'(session_image.retransmit_bytes);
          8'd93: value_o = 64'(session_image.dup_acks_in);
          8'd94: value_o = 64'(session_image.ooo_in);
          8'd95: value_o = 64'(session_image.dup_in);
          8'd96: value_o = 64'(session_image.rto_count);
          8'd97: value_o = 64'(session_image.fast_retransmits);
          8'd98: value_o = 64'(session_image.ecn_reductions);
          8'd99: value_o = 64'(session_image.probes_out);
          8'd100: value_o = 64'(session_image.challenge_acks);
          8'd101: value_o = 64'(session_image.last_sent_age);
          default: value_o = 64'd0;
        endcase
      default: value_o = 64'd0;
    endcase
  end

endmodule

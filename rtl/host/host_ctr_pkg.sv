// SPDX-License-Identifier: Apache-2.0
// The engine's counters in one struct, named as the registers `counters` of abi/regs.rdl.
// Contract: types only. A field is what its register grows by in this cycle. Byte counts first, so
// that the rest is an array of two-bit increments.
package host_ctr_pkg;

  localparam int unsigned ByteCtrs = 7;
  localparam int unsigned Ctrs     = 100;    // the others

  typedef struct packed {
    logic [15:0] rx_bytes, tx_bytes, tcp_bytes_in, tcp_bytes_out,
                 tcp_retransmit_bytes, dma_read_bytes, dma_write_bytes;
    logic [1:0]  rx_frames, rx_drop_error, rx_drop_runt, rx_drop_oversize, rx_drop_overflow,
                 rx_drop_checksum, rx_drop_loopback, rx_to_session, rx_to_host, rx_to_time_wait,
                 rx_drop_stale, rx_drop_disabled, rx_drop_ring_full, rx_drop_event_full,
                 rx_host_not_ip,
                 rx_host_fragment, rx_host_ip_options, rx_host_tcp_options, rx_host_urgent,
                 tx_frames,
                 tx_session_segs, tx_nic_frames, tx_time_wait_replies, tx_loop_frames,
                 tx_drop_guard,
                 tx_drop_bad_desc, tx_drop_dma, tcp_segs_in, tcp_acks_out, tcp_delacks,
                 tcp_retransmit_segs, tcp_dup_acks_in, tcp_fast_retransmits, tcp_rto,
                 tcp_persist_probes, tcp_keepalive_probes, tcp_ooo_in, tcp_ooo_drop,
                 tcp_duplicate_in,
                 tcp_out_of_window, tcp_paws_drop, tcp_challenge_acks, tcp_challenge_limited,
                 tcp_rst_in, tcp_rst_out, tcp_data_after_close, tcp_ecn_ce_in, tcp_ecn_reductions,
                 tcp_parked, tcp_timeouts, tcp_closed, events_in, pipe_stall_cycles, bumps_in,
                 bump_stale, bump_bad, stale_command, lookup_insert, lookup_insert_fail,
                 lookup_delete,
                 evq_records, evq_stall_cycles, irqs, dma_read_errors, dma_write_errors, tw_insert,
                 tw_insert_fail, tw_evict, tw_expire, tw_delete, tw_lookup, tw_hit, tw_miss,
                 tw_probe,
                 tw_losing, tw_recycle, tw_reply, tw_rst_out, tw_limited, fw_commands, fw_refused,
                 rx_drop_filtered, tx_drop_stale, tx_drop_nexthop, evq_lost, bump_lost,
                 tcp_no_ack, fault_stale, rx_mirrored, tx_mirrored, mirror_lost, trace_records,
                 trace_lost, tcp_paced, cc_summaries, cc_lost, cc_answers,
                 tw_event_lost, cc_stale, cc_takeovers;
  } toe_ctr_t;

  // Where they lie in the register file `counters`, in words: the byte counts in the order of the
  // struct, the others in order around them; one word is no counter.
  localparam int unsigned Words     = Ctrs + ByteCtrs + 1;
  localparam int unsigned GaugeWord = 82;   // tw_max_probe
  localparam int unsigned ByteWord[ByteCtrs] = '{1, 21, 30, 31, 35, 70, 71};

  typedef logic [6:0] word_t;
  typedef logic [Words-1:0][6:0] places_t;

  // Of a word, the place among all counters: element 0 is the last field of the struct, as in an
  // array of increments; byte counts follow the others.
  function automatic places_t places();
    places_t     place;
    int unsigned events, sums;
    place = '0;
    events = Ctrs;
    sums   = ByteCtrs;
    for (int unsigned w = 0; w < Words; w++) begin
      if (sums != 0 && w == ByteWord[ByteCtrs-sums]) begin
        sums      = sums - 1;
        place[w] = 7'(Ctrs + sums);
      end else if (w != GaugeWord) begin
        events    = events - 1;
        place[w] = 7'(events);
      end
    end
    return place;
  endfunction

endpackage

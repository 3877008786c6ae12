// SPDX-License-Identifier: Apache-2.0
// Types inside the session pipeline: state of a session, events, results of the stages, counters.
// Contract: types, constants and pure functions only. In hot_t the 32-bit words lie aligned at the
// bottom.
package tcp_pkg;
  import toe_pkg::*;

  localparam int unsigned OooMax     = 4;   // out-of-order intervals tracked
  localparam int unsigned SackedMax  = 4;   // intervals of the sender's scoreboard
  localparam int unsigned QuickAcks  = 8;   // data segments acknowledged at once after idle
  localparam int unsigned BackoffMax = 12;  // doublings of the timeout, image field rto_backoff
  localparam logic [31:0] ClockG     = 32'd1000;        // RFC 6298 §2: clock granularity G, us
  localparam logic [31:0] PaceUs    = 32'd64;           // how often a paced session looks again
  localparam logic [31:0] SampleMax  = 32'd120_000_000; // largest RTT sample taken, us

  // Read, changed and written back by every event of a session.
  typedef struct packed {
    logic        valid;                     // the slot holds a session
    logic        dying;                     // it has ended; waits until its last segment has left
    logic        evicted;                   // with valid = 0: the session went back to the host
    logic        ntf_queued;                // an entry of the slot is in the notify FIFO
    logic        tx_queued;                 // an entry of the slot is in the ready FIFO
    logic        parked;
    logic        t_rtx_on, t_delack_on, t_keep_on;
    logic        ipv6, ts_ok, sack_ok, ecn_ok, nodelay, keepalive;
    logic        fin_queued, peer_fin, fast_recovery, cong_recovery, cwr_due, ece_due;
    logic        rtt_timing, persist, ack_due, dsack_due, mirror, trace;
    logic        orphan;                    // the application reads no more (S-TOE-7)
    // Parked: a fence is due; a fence is in the segmenter (the host hears when it is through); the
    // host has asked to go on meanwhile, segments were lost on the way out.
    logic        park_due, park_wait, kick_due, park_lost;
    // of an ended session: one more segment, before the fence
    logic        last_due, last_rst;
    toe_abi_pkg::session_reason_e reason;
    toe_abi_pkg::tcp_state_e      state;
    toe_abi_pkg::msl_class_e      tw_class;
    toe_abi_pkg::cc_algo_e        cc_algo;
    logic [3:0]  snd_wscale, rcv_wscale, dupacks, rto_backoff, keep_probes, delack_count, quickack;
    logic        fin_seen;                  // the peer's FIN came out of order
    logic        cc_fw;                     // the firmware's algorithm grows the window
    logic [9:0]  cc_loss_keep, cc_ecn_keep; // part of the window that survives, 1024ths
    logic [4:0]  rtx_count;                 // timeouts in a row without progress
    qp_t         qp;
    logic [4:0]  tx_ring_log2, rx_ring_log2;
    logic [15:0] gen;
    logic [15:0] nexthop;
    logic [15:0] snd_mss;
    logic [47:0] ts_recent_time;            // when ts_recent was taken
    seq_t        snd_una, snd_nxt, snd_max, snd_end;
    logic [31:0] snd_wnd;
    seq_t        snd_wl1, snd_wl2;
    logic [31:0] max_snd_wnd, cwnd, ssthresh;
    seq_t        recover;
    logic [31:0] bytes_acked;
    seq_t        high_rxt, rescue_rxt;
    logic [31:0] srtt_us8, rttvar_us4, rto_us;
    seq_t        rtt_seq;
    us_t         rtt_time;                  // when rtt_seq was sent
    seq_t        rcv_nxt, rcv_adv, rcv_read, last_ack_sent;
    logic [31:0] ts_recent, ts_offset;
    us_t         t_rtx, t_delack;           // deadlines, now_us
    logic [31:0] t_keep;                    // deadline, now_us >> 10
    range_t [OooMax-1:0]    ooo;            // most recent first; first = last: free
    range_t [SackedMax-1:0] sacked;         // ascending; first = last: free
    range_t      dsack;
    logic [31:0] lk_ticket;  // which lookup deletion is this session's, counted from reset
    us_t         last_sent;                 // when data went out last
    // Pacing: bytes a millisecond (0: off), what may be sent now in 1/256 byte, as of when; the
    // session waits until pace_time + PaceUs.
    logic        pace_wait;
    logic [31:0] pace_rate;
    logic signed [39:0] pace_tokens;
    us_t         pace_time;
    seq_t        fin_seq;  // with fin_seen; not in the image: the peer sends its FIN again
    // Challenge ACKs in the second that began at chal_start; not in the image: a new count does no
    // harm.
    logic [7:0]  chal_used;
    us_t         chal_start;
  } hot_t;

  // Read by received segments; written by installation only.
  typedef struct packed {
    tuple_t      tuple;
    seq_t        rx_seq0;
    logic [63:0] rx_ring;
  } cold_rx_t;

  // Kept for the image.
  typedef struct packed {
    logic        df;
    logic [7:0]  ttl, tos, port;
    logic [15:0] peer_mss;
    logic [31:0] flow_label;
    seq_t        iss, irs, tx_seq0;
    logic [63:0] tx_ring;
  } cold_img_t;

  // The segmenter's copy.
  typedef struct packed {
    logic [15:0] gen;
    logic        df;
    logic [7:0]  ttl, tos;
    logic [19:0] flow_label;
    logic [15:0] nexthop;
    logic        mirror;
    qp_t         qp;
    logic [4:0]  tx_ring_log2;
    tuple_t      tuple;
    seq_t        tx_seq0;
    logic [63:0] tx_ring;
  } cold_seg_t;

  typedef struct packed {
    logic [31:0] challenge_acks, probes_out, ecn_reductions, fast_retransmits, rto_count, dup_in,
        ooo_in,
                 dup_acks_in, retransmit_bytes, retransmit_segs;
    logic [63:0] bytes_in, bytes_out;
    logic [31:0] segs_in, segs_out;
  } count_t;

  // The scanner's copy of the timers.
  typedef struct packed {
    logic        rtx_on, delack_on, keep_on, pace_on;
    us_t         rtx, delack, pace;
    logic [31:0] keep;
  } timer_t;

  typedef enum logic [3:0] { EvCmd, EvFence, EvFault, EvRx, EvBump, EvTimer, EvNotify, EvTx,
      EvCc } ev_kind_e;
  localparam int unsigned EvKinds = 9;

  typedef enum logic [1:0] { FaultRead, FaultWrite, FaultNexthop } fault_what_e;
  typedef struct packed {
    fault_what_e what;
    handle_t     handle;
    logic [63:0] addr;
  } fault_ev_t;

  typedef struct packed {
    ev_kind_e    kind;
    slot_t       slot;
    logic        nil;                       // concerns no slot of the tables
    logic        no_tx;                     // the transmit FIFO had no room: acknowledge later
    rx_work_t    work;
    bump_t       bump;
    pipe_cmd_t   cmd;
    fault_ev_t   fault;
    handle_t     fence;
    handle_t     cc;                        // of an answer
  } event_t;

  // What an event is after acceptance; carried from the first stage to the last.
  typedef struct packed {
    ev_kind_e    kind;
    slot_t       slot;
    logic        nil, no_tx;
    logic        live;                      // the event concerns a session that is alive
    pipe_cmd_t   cmd;
    logic [7:0]  status;                    // of a command
    fault_ev_t   fault;
    logic        rx;                        // a received segment, acceptable or not
    tcp_flags_t  seg_flags;
    logic [15:0] seg_len;
    logic        seg;                       // an acceptable segment: its ACK field counts
    seq_t        seg_seq, seg_ack;
    logic [15:0] seg_wnd;
    logic        seg_ts_ok;
    logic [31:0] seg_ts_ecr;
    logic        seg_ece, seg_plain;        // plain: no data, no FIN (RFC 5681 §2)
    logic [2:0]  sack_n;
    range_t [SackMax-1:0] sack;
    logic        heard;                     // any segment of the peer: the connection lives
    logic        fin_in;                    // the peer's FIN is in order now
    logic        ce_split;                  // acknowledge what came before, with the echo as it was
    seq_t        ce_before;                 // up to here
    logic        delivered;                 // rcv_nxt advanced
    logic        ack_now, ack_data, challenge;
    logic        rst_in, rst_out;
    toe_abi_pkg::session_reason_e rst_reason;
    logic        wnd_bump;                  // the application has read
    logic        kick;
    logic [15:0] placed;                    // payload bytes placed
    logic        ooo_in, dup_in;
    logic        place_valid;
    place_cmd_t  place;
  } accept_t;

  // Results of acknowledgement processing and timers.
  typedef struct packed {
    logic        ack_now, delack, restart_rtx, probe, keep_probe, rto, notify;
    logic        die, rst_out, tw;
    logic        fast_rtx, dup_ack, ecn_red;
    logic        cc_recovered;              // left a recovery
    logic [31:0] cc_acked, cc_grow;         // newly acknowledged; of it, what may become growth
    logic [31:0] cwnd_prior, rtt_us;        // before this event; sample, 0: none
  } react_t;

  // Next segment that the windows allow.
  typedef struct packed {
    logic        go;
    logic        rtx;                       // carries sequence numbers sent before
    logic        hole;                      // by the scoreboard or fast retransmit: snd_nxt stays
    logic        fin;
    logic        psh;
    seq_t        seq;
    logic [15:0] len;
  } send_t;

  // Counters of the registers, one pulse or increment an event.
  typedef struct packed {
    logic rx_to_session, rx_to_host, rx_to_time_wait, rx_drop_stale;
    logic tcp_segs_in, tcp_acks_out, tcp_delacks, tcp_retransmit_segs, tcp_dup_acks_in,
        tcp_fast_retransmits, tcp_rto;
    logic tcp_persist_probes, tcp_keepalive_probes, tcp_ooo_in, tcp_ooo_drop, tcp_duplicate_in,
        tcp_out_of_window;
    logic tcp_paws_drop, tcp_challenge_acks, tcp_challenge_limited, tcp_rst_in, tcp_rst_out,
        tcp_data_after_close;
    logic tcp_ecn_ce_in, tcp_ecn_reductions, tcp_parked, tcp_timeouts, tcp_closed;
    logic events_in, pipe_stall_cycles, bumps_in, bump_stale, bump_bad, stale_command;
    logic tcp_no_ack, fault_stale, evq_lost, tcp_paced;
    logic [15:0] tcp_bytes_in, tcp_bytes_out, tcp_retransmit_bytes;
  } tcp_ctr_t;

  typedef struct packed {
    logic cc_summaries, cc_lost, cc_answers, cc_stale, cc_takeovers;
  } cc_ctr_t;

  typedef struct packed {
    logic tx_drop_nexthop, tx_drop_stale;
  } seg_ctr_t;

  // An event of a traced session, with the state after it.
  typedef struct packed {
    logic        main;                      // something happened, `kind`, with its segment if any
    logic        tx;                        // a segment was sent
    toe_abi_pkg::trace_kind_e kind;
    toe_abi_pkg::tcp_state_e  state;
    logic [31:0] handle, time_us;
    logic        retransmit, parked, fast_recovery, cong_recovery, persist, ack_due;
    tcp_hdr_t    main_tcp, tx_tcp;
    logic [15:0] main_len, tx_len;
    seq_t        snd_una, snd_nxt, snd_max, rcv_nxt;
    logic [31:0] snd_wnd, cwnd, ssthresh, srtt_us;
  } trace_ev_t;

  function automatic logic [31:0] min32(logic [31:0] a, logic [31:0] b);
    return (a < b) ? a : b;
  endfunction
  function automatic logic [31:0] max32(logic [31:0] a, logic [31:0] b);
    return (a > b) ? a : b;
  endfunction
  function automatic seq_t seq_max(seq_t a, seq_t b);
    return seq_lt(a, b) ? b : a;
  endfunction
  function automatic seq_t seq_min(seq_t a, seq_t b);
    return seq_lt(a, b) ? a : b;
  endfunction
  // Distance that is zero when negative.
  function automatic logic [31:0] seq_pos(seq_t to, seq_t from);
    return seq_lt(from, to) ? to - from : '0;
  endfunction
  function automatic logic is_range(range_t r);
    return r.first != r.last;
  endfunction
  // All of the flight counts as not sent, and no loss recovery goes on: without what duplicates
  // added to the window, for they were of what is sent again (Karn).
  function automatic hot_t send_again(hot_t h);
    hot_t n;
    n               = h;
    n.snd_nxt       = h.snd_una;
    n.recover       = h.snd_max;
    if (h.fast_recovery) n.cwnd = min32(h.cwnd, h.ssthresh);
    n.fast_recovery = 1'b0;
    n.dupacks       = '0;
    n.rtt_timing    = 1'b0;
    return n;
  endfunction
  // RFC 6298 §5.5: the timeout with its backoff, bounded (§2.5).
  function automatic us_t backed_off(logic [31:0] rto, logic [3:0] doublings, logic [31:0] limit);
    logic [43:0] wide;
    wide = {12'd0, rto} << doublings;
    return (wide > {12'd0, limit}) ? limit : wide[31:0];
  endfunction
  // Tokens that `us` microseconds (at most 1024) bring: 131 / 2^17 = 1 / 1000.55, in 1/256 byte.
  function automatic logic [39:0] pace_gain(us_t us, logic [31:0] rate);
    logic [50:0] wide;
    wide = 51'(us > 32'd1024 ? 11'd1024 : us[10:0]) * 51'(rate) * 51'd131;
    return (wide[50:48] != '0) ? 40'h7f_ffff_ffff : wide[48:9];
  endfunction
  // Seconds as now_us >> 10.
  function automatic logic [31:0] s_to_ticks(logic [31:0] s);
    logic [45:0] wide;
    wide = 46'(s) * 46'd15625;
    return 32'(wide >> 4);
  endfunction

endpackage

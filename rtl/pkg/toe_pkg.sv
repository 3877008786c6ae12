// SPDX-License-Identifier: Apache-2.0
// Types that cross block boundaries of the engine.
// Contract: types, constants and pure functions only. Addresses, ports and sequence numbers are in
// host order here (most significant bit = first bit on the wire); network byte order exists only on
// byte streams and in memory.
package toe_pkg;

  localparam int unsigned HdrBytes = 128;   // longest header that the engine builds or parses
  localparam int unsigned SackMax  = 4;

  typedef logic [15:0] slot_t;
  typedef logic [31:0] seq_t;
  typedef logic [31:0] us_t;                // microseconds, wraps; compare with us_reached()
  typedef logic [47:0] mac_t;               // [47:40] is the first byte on the wire
  typedef logic [3:0]  qp_t;

  typedef struct packed { logic [15:0] gen; slot_t slot; } handle_t;
  typedef struct packed { seq_t first; seq_t last; } range_t;   // [first, last), empty when equal

  // Local is this side, remote the peer: on receive local = destination.
  typedef struct packed {
    logic         ipv6;
    logic [127:0] laddr;                    // IPv4 in [31:0], rest zero
    logic [127:0] raddr;
    logic [15:0]  lport;
    logic [15:0]  rport;
  } tuple_t;

  // RFC 9293 §3.1 bit order
  typedef struct packed { logic cwr, ece, urg, ack, psh, rst, syn, fin; } tcp_flags_t;

  typedef struct packed {
    seq_t         seq;
    seq_t         ack;
    tcp_flags_t   flags;
    logic [15:0]  wnd;                      // as on the wire
    logic         ts_ok;                    // a timestamp option is present
    logic [31:0]  ts_val;
    logic [31:0]  ts_ecr;
    logic [2:0]   sack_n;                   // SACK blocks present, 0..4
    range_t [SackMax-1:0] sack;             // [0] is the first block on the wire
  } tcp_hdr_t;

  // Values of abi enum rx_reason_e and csum_verdict_e; the abi package is the source, net_rx
  // asserts that they agree.
  typedef logic [7:0] rx_reason_t;
  typedef logic [1:0] csum_verdict_t;

  // One received frame, parsed once. The frame's bytes lie in the receive buffer in the same order
  // as these records; a VLAN tag is already removed from them.
  typedef struct packed {
    logic [15:0]   frame_len;               // bytes in the buffer
    // a TCP segment that a session may take (good checksums, no reason against it)
    logic          is_tcp;
    rx_reason_t    reason;                  // why the host would get it, were there no session
    csum_verdict_t ip_csum;
    csum_verdict_t l4_csum;
    logic          vlan_present;
    logic [15:0]   vlan_tci;
    logic          injected;                // came through the loop
    logic          ce;                      // IP ECN field was CE
    logic          mcast;  // link-layer or network-layer multicast/broadcast: never answer
    logic [7:0]    l3_off;
    logic [7:0]    l4_off;
    logic [7:0]    payload_off;
    logic [15:0]   payload_len;             // by the IP length, padding excluded
    tuple_t        tuple;                   // valid for TCP and UDP
    logic [31:0]   hash;                    // Toeplitz over the tuple (or over the addresses)
    qp_t           qp;                      // by hash and indirection table
    tcp_hdr_t      tcp;
    mac_t          dst_mac;
    mac_t          src_mac;
  } rx_meta_t;

  typedef enum logic [1:0] { TwMiss, TwConsumed, TwToHost } tw_verdict_e;

  // A received frame on its way into the event pipeline, in frame order.
  typedef struct packed {
    rx_meta_t    meta;
    logic        hit;                       // a session has this tuple
    slot_t       slot;
    tw_verdict_e tw;  // verdict of the TIME_WAIT table for a segment without session
  } rx_work_t;

  // What becomes of received frames and of records, in one order: payload before the record that
  // announces it.
  typedef enum logic [2:0] {
    PlDrop,       // discard the next frame of the buffer
    // deliver the next frame to the NIC receive ring of qp; record = event_nic_rx without slot and
    // phase
    PlHost,
    PlSession,    // write bytes [skip, skip+len) of the next frame at ring_off of the ring
    PlRecord,     // write a record; takes no frame
    // takes no frame; a last record of the session, and fence_done once it and everything before it
    // has been issued and all payload before it is in memory
    PlFence
  } place_kind_e;

  typedef struct packed {
    place_kind_e  kind;
    qp_t          qp;
    logic [15:0]  skip;
    logic [15:0]  len;
    logic [63:0]  ring_base;
    logic [4:0]   ring_log2;
    logic [31:0]  ring_off;                 // already reduced modulo the ring
    handle_t      handle;                   // for fault reports
    logic         mirror;                   // copy the whole frame to the NIC ring of qp
    logic [15:0]  frame_len;                // of that frame
    logic [255:0] record;                   // event, little-endian words, phase bit zero
  } place_cmd_t;

  // Whose frame a mirror copies, and where it goes.
  typedef struct packed {
    handle_t     handle;
    qp_t         qp;
    logic [15:0] len;
  } mirror_note_t;

  // One segment to send for a session. Addresses, ring and next hop are found by slot.
  typedef struct packed {
    handle_t     handle;
    // no segment: pulses tx_fence_done when everything before it has left the DMA
    logic        fence;
    logic        retransmit;
    logic        ect;                       // ECN-capable: set ECT(0)
    logic [15:0] payload_len;
    tcp_hdr_t    tcp;
  } tx_cmd_t;

  // Everything that a TCP/IP header is built from.
  typedef struct packed {
    mac_t        dst_mac;
    mac_t        src_mac;
    logic        vlan_present;
    logic [15:0] vlan_tci;
    tuple_t      tuple;
    logic [7:0]  ttl;
    logic [7:0]  tos;
    logic        df;
    logic [15:0] ip_id;
    logic [19:0] flow_label;
    logic [15:0] payload_len;
    tcp_hdr_t    tcp;
    logic         mirror;                   // copy the frame as it leaves
    mirror_note_t note;
  } seg_hdr_t;

  // A frame to send: header bytes (byte 0 in [7:0]) and, behind it, payload_len bytes of a payload
  // stream.
  typedef struct packed {
    logic [HdrBytes*8-1:0] hdr;
    logic [7:0]  hdr_len;
    logic [15:0] payload_len;
    logic        l4_csum;                   // insert the transport checksum at csum_off
    logic        udp;                       // zero is sent as 0xffff
    logic [7:0]  l4_off;  // the checksum covers hdr[l4_off..hdr_len) and the payload
    logic [7:0]  csum_off;  // byte offset of the checksum field; its bytes are zero in hdr
    logic [19:0] pseudo;                    // sum of the pseudo-header, not folded
    logic        loop;                      // to the receive path
    logic         mirror;                   // copy the frame as it leaves
    mirror_note_t note;
  } tx_frame_t;

  // Entry of the next-hop table, as the abi structure `nexthop`.
  typedef struct packed {
    logic        valid;
    logic        vlan_present;
    logic [7:0]  generation;
    logic [7:0]  port;
    logic [15:0] vlan_tci;
    logic [15:0] mtu;
    mac_t        src_mac;
    mac_t        dst_mac;
  } nexthop_t;

  // DMA read: the bytes come back in the order of the commands, packed from byte 0 of the first
  // beat. A client asks only for what it has room for, so the returning stream never waits long.
  typedef enum logic [2:0] { RdTcp, RdNic, RdDesc, RdBump, RdMcu } rd_client_e;
  typedef struct packed {
    rd_client_e  client;
    logic [63:0] addr;
    logic [19:0] len;                       // bytes, not zero
  } rd_cmd_t;

  // DMA write: `len` bytes of the data stream, packed from byte 0. Commands take effect in order.
  typedef struct packed {
    logic [63:0] addr;
    logic [15:0] len;
    logic        irq;                       // raise `vector` once this write is acknowledged
    logic [5:0]  vector;
    handle_t     handle;                    // for fault reports
  } wr_cmd_t;

  // Lookup table operations. Insert is refused when the tuple exists or no place is free; both are
  // answered.
  typedef enum logic [0:0] { LkInsert, LkDelete } lk_op_e;
  // tuple is ignored by LkDelete
  typedef struct packed { lk_op_e op; slot_t slot; tuple_t tuple; } lk_req_t;
  typedef enum logic [1:0] { LkOk, LkFull, LkExists, LkNotFound } lk_result_e;

  // TIME_WAIT record handed over when a session ends (S-VTW-1).
  typedef struct packed {
    tuple_t      tuple;
    seq_t        rcv_nxt;
    seq_t        snd_nxt;
    logic [15:0] last_win;                  // as on the wire, already scaled
    logic [3:0]  wscale;                    // of last_win, 0..14
    logic        ts_ok;
    logic [31:0] ts_recent;
    logic [31:0] ts_offset;
    logic [1:0]  msl_class;                 // abi msl_class_e
  } tw_record_t;

  // Application progress, out of a bump record.
  typedef struct packed {
    handle_t handle;
    seq_t    snd_end;
    seq_t    rcv_read;
    logic    snd_valid, rcv_valid, fin, rst, kick, orphan;
  } bump_t;

  // Runtime settings, from the registers.
  typedef struct packed {
    logic [31:0] delack_us;
    logic [31:0] min_rto_us;
    logic [31:0] max_rto_us;
    logic [7:0]  max_backoff;
    logic [15:0] challenge_per_s;
    logic [31:0] keep_idle_s;
    logic [31:0] keep_interval_s;
    logic [7:0]  keep_count;
    logic [31:0] fin_wait_2_s;
    logic [3:0]  delack_segs;
  } tcp_ctl_t;

  typedef struct packed {
    logic        rx_enable, tx_enable, session_enable, tw_enable, pass_bad_csum, promiscuous;
    mac_t        mac;
    logic [319:0] rss_key;                  // byte 0 of the key in [319:312]
    logic        hash_ipv4, hash_ipv4_tcp, hash_ipv6, hash_ipv6_tcp;
    logic [127:0][3:0] indirection;
  } net_ctl_t;

  typedef struct packed {
    logic [2:0][31:0] linger_us;            // [0] REMOTE, [1] LOCAL, [2] LOOPBACK
    logic        rst_exact;
    logic [1:0]  recycle;
    logic [15:0] replies_per_s;
  } tw_ctl_t;

  typedef struct packed {
    logic        enable;
    logic [63:0] txq_base, bmq_base, rxr_base, evq_base;
    logic [3:0]  txq_log2, bmq_log2, rxr_log2, slot_log2;
    logic [4:0]  evq_log2;
    logic [5:0]  vector;
    logic [15:0] moderation_us;
    logic [31:0] txq_tail, bmq_tail, rxr_head, evq_head;   // doorbells, free running
    logic        evq_head_we;                              // pulse: also re-arms the interrupt
  } qp_ctl_t;

  typedef struct packed {
    logic        enable;
    logic [63:0] base;
    logic [4:0]  log2;                      // records of 64 bytes
  } trace_ctl_t;

  typedef struct packed {
    logic        enable;
    logic [63:0] asq_base, acq_base;
    logic [3:0]  asq_log2, acq_log2;
    logic [5:0]  vector;
    logic [31:0] asq_tail, acq_head;        // doorbells, free running
    logic        acq_head_we;               // pulse: also re-arms the interrupt
  } admin_ctl_t;

  // Firmware command to the session pipeline; CmdInstall comes with a session image, CmdEvict and
  // CmdSnapshot answer with one. The response status is a value of abi admin_status_e.
  typedef enum logic [1:0] { CmdInstall, CmdEvict, CmdSnapshot, CmdSet } pipe_op_e;
  typedef struct packed {
    pipe_op_e    op;
    handle_t     handle;
    logic [7:0]  key;                       // CmdSet: abi session_key_e
    logic [31:0] value;
  } pipe_cmd_t;

  // Congestion control in firmware (abi/mcu.rdl): what happened to a session, and the answer.
  typedef struct packed {
    handle_t     handle;
    logic [7:0]  tag;                       // names the summary; the answer gives it back
    logic [3:0]  algo;                      // abi cc_algo_e
    logic        idle_restart, rto, recovered, loss, ecn;
    logic [31:0] acked, grow, cwnd, cwnd_prior, ssthresh, flight, srtt_us8, rtt_us, now_us;
    logic [15:0] snd_mss;
    logic [23:0] ce_bytes;
    logic [7:0]  losses;
    logic [5:0][31:0] cc_private;
  } cc_summary_t;
  typedef struct packed {
    handle_t     handle;
    logic [7:0]  tag;
    logic        set_cwnd, set_ssthresh, set_pacing;
    logic [31:0] cwnd, ssthresh, pacing_bytes_per_ms;
    logic [9:0]  loss_keep, ecn_keep;       // part of the window that survives a signal, 1024ths
    logic [5:0][31:0] cc_private;
  } cc_set_t;
  typedef struct packed {
    logic [7:0]  acks;                      // acknowledgements a summary, at most; 0: no summaries
    logic [2:0]  algos;                     // served by the firmware, 1 << abi cc_algo_e
  } cc_cfg_t;

  // Addresses as they lie in memory structures: network byte order, IPv4 in the first word.
  function automatic logic [31:0] swap32(logic [31:0] w);
    return {w[7:0], w[15:8], w[23:16], w[31:24]};
  endfunction
  function automatic logic [127:0] addr_from_mem(logic [3:0][31:0] w, logic ipv6);
    return ipv6 ? {swap32(w[0]), swap32(w[1]), swap32(w[2]), swap32(w[3])} : {96'd0, swap32(w[0])};
  endfunction
  function automatic logic [3:0][31:0] addr_to_mem(logic [127:0] a, logic ipv6);
    return ipv6 ? {swap32(a[31:0]), swap32(a[63:32]), swap32(a[95:64]), swap32(a[127:96])}
        : {96'd0, swap32(a[31:0])};
  endfunction

  // Sequence space, RFC 9293 §3.4. No order on sequence numbers, only distance.
  function automatic logic seq_lt(seq_t a, seq_t b);
    return $signed(a - b) < 0;
  endfunction
  function automatic logic seq_le(seq_t a, seq_t b);
    return !seq_lt(b, a);
  endfunction
  function automatic logic us_reached(us_t now, us_t deadline);
    return $signed(now - deadline) >= 0;
  endfunction

endpackage

// SPDX-License-Identifier: Apache-2.0
// First stage of the session pipeline: does the event concern a live session, and what of a
// received segment is acceptable.
// Contract: combinational; all registers are the pipeline's. Outputs are zero, and the state
//   unchanged, while valid_i is low. Decides where the payload goes, sequence and timestamp checks,
//   RST and SYN rules, in-order and out-of-order data, FIN.
module tcp_accept
  import toe_pkg::*;
  import tcp_pkg::*;
(
  input  logic        valid_i,
  input  event_t      ev_i,
  input  hot_t        hot_i,
  input  cold_rx_t    cold_i,
  input  toe_abi_pkg::session_image_t image_i,
  input  logic [47:0] now_us_i,
  input  logic [15:0] challenge_per_s_i,
  output hot_t        hot_o,
  output accept_t     acc_o,
  output tcp_ctr_t    ctr_o
);

  // A received segment against the session
  tcp_hdr_t    t;
  logic [15:0] plen;
  seq_t        seg_end;                     // after the payload
  logic [31:0] wnd;                         // advertised and not used
  logic [31:0] off, off_end, slen;          // relative to rcv_nxt, signed
  logic        ours, stale_ts, seq_ok, probe_ok, old_dup, old_ack, ack_ok, data_ok, fin_ok,
      fin_ahead;
  range_t      piece;
  logic        have_piece, holes, orphan_data;
  logic [47:0] ts_age;

  assign t       = ev_i.work.meta.tcp;
  assign plen    = ev_i.work.meta.payload_len;
  assign seg_end = t.seq + 32'(plen);
  assign slen    = 32'(plen) + 32'(t.flags.fin);
  assign wnd     = seq_pos(hot_i.rcv_adv, hot_i.rcv_nxt);
  assign off     = t.seq - hot_i.rcv_nxt;
  assign off_end = off + slen;
  assign ts_age  = now_us_i - hot_i.ts_recent_time;
  // The tuple is compared again: a frame that waited while its slot changed hands must not touch
  // the new session.
  assign ours    = ev_i.work.hit && ev_i.work.meta.is_tcp && cold_i.tuple == ev_i.work.meta.tuple;
  // RFC 7323 §5.3 R1; §5.5: after 24 days of silence ts_recent means nothing (483 * 2^32 us).
  assign stale_ts = hot_i.ts_ok && t.ts_ok && !t.flags.rst &&
      $signed(t.ts_val - hot_i.ts_recent) < 0 &&
                    ts_age[47:32] < 16'd483;
  // RFC 9293 §3.10.7.4 first check, by overlap. An empty segment at the right edge counts as
  // inside: a peer that filled the window acknowledges from there; with a closed window one
  // further, for a peer whose probe was refused. A lone FIN needs no room in the ring.
  always_comb begin
    if (slen == '0) seq_ok = $signed(off) >= 0 && off <= wnd + 32'(wnd == '0);
    else seq_ok = $signed(off) < $signed(wnd) && $signed(off_end) > 0;
    if (plen == '0 && t.flags.fin && off == '0) seq_ok = 1'b1;
  end
  // "If the RCV.WND is zero, no segments will be acceptable except ACK segments": a window probe's
  // ACK counts, its data not.
  assign probe_ok = wnd == '0 && off == '0 && plen != '0;
  assign old_dup  = $signed(off_end) <= 0;
  // An old segment with a new ACK: two ends that probe each other's closed windows send nothing
  // else.
  assign old_ack  = old_dup && t.flags.ack && ack_ok && seq_lt(hot_i.snd_una, t.ack) &&
      32'd0 - off <= (32'd1 << hot_i.rx_ring_log2);
  // RFC 5961 §5.2
  assign ack_ok   = seq_le(hot_i.snd_una - hot_i.max_snd_wnd, t.ack) &&
      seq_le(t.ack, hot_i.snd_max);

  // RFC 5961 §7: so many answers in a second that starts with its first answer. Of each session:
  // a count of all would tell who has one what the segments that he forged did to another (Cao et
  // al., "Off-Path TCP Exploits: Global Rate Limit Considered Dangerous", 2016). The clock wraps
  // after 71 minutes: who comes then counts on, for a second at most.
  logic        chal_new, chal_ok;
  logic [7:0]  chal_used, chal_most;
  assign chal_new  = hot_i.chal_used == '0 || now_us_i[31:0] - hot_i.chal_start >= 32'd1_000_000;
  assign chal_used = chal_new ? '0 : hot_i.chal_used;
  assign chal_most = (challenge_per_s_i > 16'd255) ? 8'd255 : challenge_per_s_i[7:0];
  assign chal_ok   = chal_used < chal_most;

  // Payload inside the window
  assign piece.first = seq_max(t.seq, hot_i.rcv_nxt);
  assign piece.last  = seq_min(hot_i.fin_seen ? seq_min(seg_end, hot_i.fin_seq) : seg_end,
      hot_i.rcv_nxt + wnd);
  assign data_ok     = !hot_i.peer_fin && hot_i.state inside {toe_abi_pkg::TcpStateEstablished,
                       toe_abi_pkg::TcpStateFinWait1, toe_abi_pkg::TcpStateFinWait2};
  assign orphan_data = hot_i.orphan && data_ok && plen != '0 && seq_lt(hot_i.rcv_nxt, seg_end);
  assign have_piece  = data_ok && plen != '0 && seq_lt(piece.first, piece.last);

  range_t [OooMax-1:0] ooo_next;
  seq_t                nxt_next, nxt_data;
  logic                refused, known;
  tcp_ooo u_ooo (
    .en_i(valid_i && ev_i.kind == EvRx), .rcv_nxt_i(hot_i.rcv_nxt), .ooo_i(hot_i.ooo),
    .piece_i(piece), .ooo_o(ooo_next), .rcv_nxt_o(nxt_next),
    .refused_o(refused), .known_o(known)
  );
  assign nxt_data = have_piece ? nxt_next : hot_i.rcv_nxt;
  // A FIN ahead of missing data is remembered, for it takes no place in the ring.
  assign fin_ok    = data_ok && ((t.flags.fin && nxt_data == seg_end) ||
      (hot_i.fin_seen && nxt_data == hot_i.fin_seq));
  assign fin_ahead = data_ok && t.flags.fin && seq_lt(nxt_data, seg_end) &&
      seg_end - hot_i.rcv_nxt <= wnd &&
                     !(have_piece && refused);

  always_comb begin
    holes = 1'b0;
    for (int i = 0; i < int'(OooMax); i++) if (is_range(hot_i.ooo[i])) holes = 1'b1;
  end

  // Bumps
  logic        b_live, b_snd_bad, b_rcv_bad, b_unread;
  logic [31:0] ring_tx, unread;
  assign ring_tx   = 32'd1 << hot_i.tx_ring_log2;
  assign unread    = hot_i.rcv_nxt - 32'(hot_i.peer_fin) - ev_i.bump.rcv_read;
  assign b_snd_bad = ev_i.bump.snd_valid && (seq_lt(ev_i.bump.snd_end, hot_i.snd_end) ||
                     ev_i.bump.snd_end - hot_i.snd_una > ring_tx ||
                     (hot_i.fin_queued && ev_i.bump.snd_end != hot_i.snd_end));
  // Bytes that nobody will read any more
  assign b_unread  = hot_i.rcv_nxt - 32'(hot_i.peer_fin) !=
      (ev_i.bump.rcv_valid ? ev_i.bump.rcv_read : hot_i.rcv_read);
  assign b_rcv_bad = ev_i.bump.rcv_valid && (seq_lt(ev_i.bump.rcv_read, hot_i.rcv_read) ||
      $signed(unread) < 0);

  // Handle of the events that carry one
  handle_t handle;
  logic    gen_ok;
  always_comb begin
    unique case (ev_i.kind)
      EvCmd:   handle = ev_i.cmd.handle;
      EvFence: handle = ev_i.fence;
      EvFault: handle = ev_i.fault.handle;
      EvCc:    handle = ev_i.cc;
      default: handle = ev_i.bump.handle;
    endcase
  end
  assign gen_ok = hot_i.valid && hot_i.gen == handle.gen;
  assign b_live = gen_ok && !hot_i.dying;

  // Goes on sending; what was lost on its way out is sent again.
  function automatic hot_t unparked(hot_t h);
    hot_t n;
    n          = h;
    n.parked   = 1'b0;
    n.kick_due = 1'b0;
    if (h.park_lost) begin
      n           = send_again(n);
      n.park_lost = 1'b0;
    end
    return n;
  endfunction

  toe_abi_pkg::event_nic_rx_t nic;
  always_comb begin
    nic              = '0;
    if (valid_i) begin
      nic.kind         = toe_abi_pkg::EventTypeNicRx;
      nic.reason       = toe_abi_pkg::rx_reason_e'(ev_i.work.meta.reason);
      nic.ip_csum      = toe_abi_pkg::csum_verdict_e'(ev_i.work.meta.ip_csum);
      nic.l4_csum      = toe_abi_pkg::csum_verdict_e'(ev_i.work.meta.l4_csum);
      nic.vlan_present = ev_i.work.meta.vlan_present;
      nic.vlan_tci     = ev_i.work.meta.vlan_tci;
      nic.injected     = ev_i.work.meta.injected;
      nic.len          = ev_i.work.meta.frame_len;
      nic.rss_hash     = ev_i.work.meta.hash;
      nic.l3_off       = ev_i.work.meta.l3_off;
      nic.l4_off       = ev_i.work.meta.l4_off;
      nic.time_us      = now_us_i[31:0];
      if (ev_i.work.tw == TwToHost) nic.reason = toe_abi_pkg::RxReasonTimeWaitRecycled;
      else if (ev_i.work.hit && ev_i.work.meta.is_tcp)
        nic.reason = toe_abi_pkg::RxReasonSessionGone;
    end
  end

  always_comb begin
    hot_o           = hot_i;
    acc_o           = '0;
    ctr_o           = '0;
    if (valid_i) begin
      ctr_o.events_in = 1'b1;
      acc_o.kind      = ev_i.kind;
      acc_o.slot      = ev_i.slot;
      acc_o.nil       = ev_i.nil;
      acc_o.no_tx     = ev_i.no_tx;
      acc_o.cmd       = ev_i.cmd;
      acc_o.fault     = ev_i.fault;
      unique case (ev_i.kind)

        EvRx: begin
          acc_o.place_valid  = 1'b1;        // every frame leaves the buffer
          acc_o.place.kind   = PlDrop;
          acc_o.place.qp     = ev_i.work.meta.qp;
          acc_o.place.handle = '{gen: hot_i.gen, slot: ev_i.slot};
          acc_o.place.len    = ev_i.work.meta.frame_len;
          if (!ev_i.work.hit && ev_i.work.tw == TwConsumed) begin
            ctr_o.rx_to_time_wait = 1'b1;
          end else if (!ours || (!hot_i.valid && hot_i.evicted)) begin
            acc_o.place.kind   = PlHost;
            acc_o.place.record = nic;
            ctr_o.rx_to_host   = 1'b1;
          end else if (!hot_i.valid || hot_i.dying) begin
            ctr_o.rx_drop_stale = 1'b1;
          end else begin
            ctr_o.rx_to_session = 1'b1;
            ctr_o.tcp_segs_in   = 1'b1;
            ctr_o.tcp_ecn_ce_in = ev_i.work.meta.ce;
            acc_o.live      = 1'b1;
            if (hot_i.mirror) begin
              acc_o.place.mirror = 1'b1;
              acc_o.place.qp     = hot_i.qp;
            end
            acc_o.place.frame_len = ev_i.work.meta.frame_len;
            acc_o.rx        = 1'b1;
            acc_o.seg_flags = t.flags;
            acc_o.seg_len   = plen;
            acc_o.seg_seq   = t.seq;
            acc_o.seg_ack   = t.ack;
            acc_o.seg_wnd   = t.wnd;
            acc_o.seg_ece   = t.flags.ece;
            acc_o.seg_plain = slen == '0;
            acc_o.seg_ts_ok  = t.ts_ok;
            acc_o.seg_ts_ecr = t.ts_ecr;
            acc_o.sack_n    = t.sack_n;
            acc_o.sack      = t.sack;
            if (t.flags.syn) begin
              acc_o.challenge = 1'b1;       // RFC 5961 §4.2: whatever the sequence number
            end else if (hot_i.ts_ok && !t.ts_ok && !t.flags.rst) begin
              ctr_o.tcp_paws_drop = 1'b1;   // RFC 7323 §3.2: silently
            end else if (stale_ts) begin
              ctr_o.tcp_paws_drop = 1'b1;   // RFC 7323 §5.3 R1; empty: limited, as below
              if (slen == '0) acc_o.challenge = 1'b1;
              else acc_o.ack_now = 1'b1;
            end else if (!seq_ok && !probe_ok) begin
              ctr_o.tcp_duplicate_in  = old_dup && slen != '0;
              ctr_o.tcp_out_of_window = !(old_dup && slen != '0);
              acc_o.dup_in = old_dup && slen != '0;
              if (!t.flags.rst) begin
                // empty: through the limiter, against ACK storms
                if (slen == '0) acc_o.challenge = 1'b1;
                else acc_o.ack_now = 1'b1;
                if (old_dup && plen != '0 && hot_i.sack_ok) begin
                  hot_o.dsack_due = 1'b1;                 // RFC 2883 §4
                  hot_o.dsack     = '{first: t.seq, last: seg_end};
                end
                acc_o.seg = old_ack;
                // The answer to a retransmission echoes the retransmission, or a lost ACK would
                // pass for a long round trip.
                if (hot_i.ts_ok && old_dup && slen != '0 && t.flags.ack && ack_ok &&
                    seq_le(t.seq, hot_i.last_ack_sent)) begin
                  hot_o.ts_recent      = t.ts_val;
                  hot_o.ts_recent_time = now_us_i;
                end
              end
            end else if (t.flags.rst) begin
              if (off == '0) begin
                acc_o.rst_in     = 1'b1;    // RFC 5961 §3.2: exact match only
                acc_o.rst_reason = toe_abi_pkg::SessionReasonResetByPeer;
                ctr_o.tcp_rst_in = 1'b1;
              end else acc_o.challenge = 1'b1;
            end else if (!t.flags.ack) begin
              ctr_o.tcp_no_ack = 1'b1;      // RFC 9293 §3.10.7.4 fifth: drop
            end else if (!ack_ok) begin
              acc_o.challenge = 1'b1;       // RFC 5961 §5.2
            end else begin
              acc_o.seg   = 1'b1;
              acc_o.heard = 1'b1;
              if (hot_i.ts_ok && seq_le(t.seq, hot_i.last_ack_sent)) begin   // RFC 7323 §4.3 (2)
                hot_o.ts_recent      = t.ts_val;
                hot_o.ts_recent_time = now_us_i;
              end
              if (hot_i.ecn_ok && plen != '0 &&
                  hot_i.cc_algo == toe_abi_pkg::CcAlgoDctcp) begin
                // RFC 8257 §3.2: the echo is each segment's own mark; when that changes, what
                // waits for a delayed acknowledgement gets it now, with the echo that it deserves.
                hot_o.ece_due   = ev_i.work.meta.ce;
                acc_o.ce_split  = hot_o.ece_due != hot_i.ece_due && hot_i.ack_due;
                acc_o.ce_before = hot_i.rcv_nxt;
              end else if (hot_i.ecn_ok && plen != '0) begin   // RFC 3168 §6.1.3
                if (t.flags.cwr) hot_o.ece_due = 1'b0;
                if (ev_i.work.meta.ce) hot_o.ece_due = 1'b1;
                if (hot_o.ece_due != hot_i.ece_due) acc_o.ack_now = 1'b1;
              end
              // Text that the window has no room for: the peer must hear where we are.
              if (plen != '0 && data_ok && !have_piece) acc_o.ack_now = 1'b1;
              if (plen != '0 && data_ok && ((have_piece && known) || $signed(off) < 0) &&
                  hot_i.sack_ok) begin
                hot_o.dsack_due   = 1'b1;
                hot_o.dsack.first = t.seq;
                hot_o.dsack.last  = (have_piece && known) ? piece.last : hot_i.rcv_nxt;
              end
              if (orphan_data) begin
                // nobody reads it: nothing is placed
              end else if (have_piece && refused) begin
                ctr_o.tcp_ooo_drop = 1'b1;
                acc_o.ack_now      = 1'b1;
              end else if (have_piece) begin
                hot_o.ooo     = ooo_next;
                hot_o.rcv_nxt = nxt_next;
                acc_o.delivered = nxt_next != hot_i.rcv_nxt;
                // RFC 5681 §4.2: at once when out of order, and when a gap is filled
                if (nxt_next == hot_i.rcv_nxt || holes || $signed(off) < 0) acc_o.ack_now = 1'b1;
                acc_o.ack_data = 1'b1;
                acc_o.ooo_in   = nxt_next == hot_i.rcv_nxt && !known;
                acc_o.dup_in   = known;
                ctr_o.tcp_ooo_in       = acc_o.ooo_in;
                ctr_o.tcp_duplicate_in = known;
                if (!known) begin
                  acc_o.placed         = 16'(piece.last - piece.first);
                  ctr_o.tcp_bytes_in   = acc_o.placed;
                  acc_o.place.kind     = PlSession;
                  acc_o.place.skip     = 16'(ev_i.work.meta.payload_off) + 16'(piece.first - t.seq);
                  acc_o.place.len      = acc_o.placed;
                  acc_o.place.ring_base = cold_i.rx_ring;
                  acc_o.place.ring_log2 = hot_i.rx_ring_log2;
                  acc_o.place.ring_off  = (piece.first - cold_i.rx_seq0) &
                      ((32'd1 << hot_i.rx_ring_log2) - 32'd1);
                end
              end
              if (orphan_data) begin        // S-TOE-7
                acc_o.rst_out    = 1'b1;
                acc_o.rst_reason = toe_abi_pkg::SessionReasonDataAfterClose;
              end
              // Behind data for nobody it is not in order: that was not placed.
              if (fin_ok && !orphan_data) begin   // RFC 9293 §3.10.7.4 eighth
                hot_o.rcv_nxt  = nxt_data + 32'd1;
                hot_o.rcv_adv  = seq_max(hot_i.rcv_adv, nxt_data + 32'd1);
                hot_o.peer_fin = 1'b1;
                hot_o.ooo      = '0;        // nothing follows a FIN
                hot_o.fin_seen = 1'b0;
                acc_o.fin_in   = 1'b1;
                acc_o.ack_now  = 1'b1;
              end else if (t.flags.fin && data_ok) acc_o.ack_now = 1'b1;
              if (fin_ahead) begin
                hot_o.fin_seen = 1'b1;
                hot_o.fin_seq  = seg_end;
              end
            end
            if (acc_o.challenge) begin
              ctr_o.tcp_challenge_limited = !chal_ok;
              ctr_o.tcp_challenge_acks    = chal_ok;
              acc_o.challenge             = chal_ok;
              if (chal_ok) begin
                hot_o.chal_used = chal_used + 8'd1;
                if (chal_new) hot_o.chal_start = now_us_i[31:0];
              end
            end
          end
        end

        EvBump: begin
          acc_o.live     = b_live && !b_snd_bad && !b_rcv_bad;
          ctr_o.bumps_in = 1'b1;
          ctr_o.bump_stale = !b_live;
          ctr_o.bump_bad   = b_live && !acc_o.live;
          if (acc_o.live) begin
            if (ev_i.bump.snd_valid) hot_o.snd_end = ev_i.bump.snd_end;
            if (ev_i.bump.rcv_valid) hot_o.rcv_read = ev_i.bump.rcv_read;
            acc_o.wnd_bump = ev_i.bump.rcv_valid;
            acc_o.kick     = ev_i.bump.kick;
            if (ev_i.bump.kick) begin
              // The host has not been told yet that it waits: first that.
              if (hot_i.park_due || hot_i.park_wait) hot_o.kick_due = 1'b1;
              else hot_o = unparked(hot_o);
            end
            if (ev_i.bump.fin) hot_o.fin_queued = 1'b1;
            if (ev_i.bump.orphan) begin
              hot_o.orphan     = 1'b1;
              hot_o.fin_queued = 1'b1;
              if (!hot_i.orphan) hot_o.t_keep_on = 1'b0;   // FIN_WAIT_2 has its limit from here
              acc_o.rst_out    = b_unread;
              acc_o.rst_reason = toe_abi_pkg::SessionReasonDataAfterClose;
            end
            if (ev_i.bump.rst) begin
              hot_o.parked     = 1'b0;
              acc_o.rst_out    = 1'b1;
              acc_o.rst_reason = toe_abi_pkg::SessionReasonResetByHost;
            end
          end
        end

        EvFault: begin
          acc_o.live        = b_live;
          ctr_o.fault_stale = !b_live;
          if (b_live && ev_i.fault.what == FaultWrite) begin
            // Acknowledged bytes may be missing in the ring: the stream is broken.
            acc_o.rst_out    = 1'b1;
            acc_o.rst_reason = toe_abi_pkg::SessionReasonDmaFault;
          end
        end

        EvCmd: begin
          unique case (ev_i.cmd.op)
            CmdInstall: begin
              acc_o.live   = !hot_i.valid && !ev_i.nil;
              acc_o.status = ev_i.nil ? toe_abi_pkg::AdminStatusBadHandle :
                             hot_i.valid ? toe_abi_pkg::AdminStatusBusy
                                 : toe_abi_pkg::AdminStatusOk;
              if (acc_o.live) begin
                hot_o            = tcp_image_pkg::image_hot(image_i, now_us_i);
                hot_o.gen        = ev_i.cmd.handle.gen;
                hot_o.ntf_queued = hot_i.ntf_queued;   // these follow the FIFOs, not the session
                hot_o.tx_queued  = hot_i.tx_queued;
              end
            end
            default: begin
              acc_o.live   = b_live;
              acc_o.status = !gen_ok ? toe_abi_pkg::AdminStatusBadHandle :
                             hot_i.dying ? toe_abi_pkg::AdminStatusState
                                 : toe_abi_pkg::AdminStatusOk;
              if (ev_i.cmd.op == CmdSet && b_live) begin
                unique case (ev_i.cmd.key)
                  toe_abi_pkg::SessionKeyMss: begin  // S-MTU-1: resend from snd_una in the new size
                    hot_o.snd_mss       = ev_i.cmd.value[15:0];
                    // less than one segment would never be sent
                    hot_o.cwnd          = max32(hot_i.cwnd, 32'(ev_i.cmd.value[15:0]));
                    if (ev_i.cmd.value[15:0] < hot_i.snd_mss && hot_i.snd_una != hot_i.snd_max)
                    begin                            // what is in flight no longer fits
                      hot_o        = send_again(hot_o);
                      hot_o.sacked = '0;
                    end
                  end
                  toe_abi_pkg::SessionKeyCwnd:      hot_o.cwnd      = ev_i.cmd.value;
                  toe_abi_pkg::SessionKeyNodelay:   hot_o.nodelay   = ev_i.cmd.value[0];
                  toe_abi_pkg::SessionKeyKeepalive: hot_o.keepalive = ev_i.cmd.value[0];
                  toe_abi_pkg::SessionKeyCcAlgo:    hot_o.cc_algo   =
                      toe_abi_pkg::cc_algo_e'(ev_i.cmd.value[3:0]);
                  toe_abi_pkg::SessionKeyNexthop:   hot_o.nexthop   = ev_i.cmd.value[15:0];
                  toe_abi_pkg::SessionKeyMirror:    hot_o.mirror    = ev_i.cmd.value[0];
                  toe_abi_pkg::SessionKeyTrace:     hot_o.trace     = ev_i.cmd.value[0];
                  toe_abi_pkg::SessionKeyPacingRate: begin
                    hot_o.pace_rate   = ev_i.cmd.value;
                    hot_o.pace_tokens = '0;
                    hot_o.pace_time   = now_us_i[31:0];
                    hot_o.pace_wait   = 1'b0;
                  end
                  toe_abi_pkg::SessionKeyDf: ;  // cold: last stage
                  default: acc_o.status = toe_abi_pkg::AdminStatusBadField;
                endcase
              end
            end
          endcase
          ctr_o.stale_command = acc_o.status == toe_abi_pkg::AdminStatusBadHandle;
        end

        EvCc:     acc_o.live = b_live;
        EvFence: begin
          acc_o.live = gen_ok && (hot_i.dying || hot_i.park_wait);
          if (acc_o.live && !hot_i.dying && hot_i.kick_due) begin
            hot_o      = unparked(hot_o);
            acc_o.kick = 1'b1;
          end
        end
        EvTimer:  acc_o.live = hot_i.valid && !hot_i.dying;
        EvNotify: acc_o.live = hot_i.valid && !hot_i.dying;
        EvTx:     acc_o.live = hot_i.valid;
        default: ;
      endcase
    end
  end

endmodule

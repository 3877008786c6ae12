// SPDX-License-Identifier: Apache-2.0
// Last stage of the session pipeline: what goes out, which timers run, what is written back.
// Contract: combinational; all registers are the pipeline's. At most one segment, one placement,
//   one TIME_WAIT record and one lookup deletion an event. All outputs are zero while valid_i is
//   low.
module tcp_out
  import toe_pkg::*;
  import tcp_pkg::*;
(
  input  logic        valid_i,
  input  accept_t     acc_i,
  input  react_t      act_i,
  input  hot_t        hot_i,
  input  cold_rx_t    cold_i,
  input  count_t      count_i,
  input  logic        nh_valid_i,
  input  logic [15:0] nh_mtu_i,
  input  logic        evq_space_i,           // of the session's queue pair: a record may go out
  input  logic [31:0] lk_pushed_i,           // lookup deletions asked for so far, and completed
  input  logic [31:0] lk_done_i,
  input  tcp_ctl_t    ctl_i,
  input  logic [47:0] now_us_i,
  output hot_t        hot_o,
  output count_t      count_o,
  output timer_t      timer_o,
  output logic        tx_valid_o,
  output tx_cmd_t     tx_o,
  output logic        place_valid_o,
  output place_cmd_t  place_o,
  output logic        rec_valid_o,
  output tw_record_t  rec_o,
  output logic        lkdel_o,
  output logic        ntf_push_o,
  output logic        tx_push_o,
  output logic        idle_restart_o,        // cwnd was lowered after idleness
  output tcp_ctr_t    ctr_o
);

  us_t         now;
  logic [31:0] headers, path, mss;
  assign now     = now_us_i[31:0];
  assign headers = (hot_i.ipv6 ? 32'd60 : 32'd40) + (hot_i.ts_ok ? 32'd12 : 32'd0);
  assign path    = (32'(nh_mtu_i) > headers) ? 32'(nh_mtu_i) - headers : 32'd1;
  assign mss     = min32(32'(hot_i.snd_mss), path);

  send_t send;
  logic  pending;
  tcp_send u_send (.en_i(valid_i), .h_i(hot_i), .mss_i(mss), .send_o(send), .pending_o(pending));

  // Receive window, RFC 9293 §3.8.6.2.2. The right edge never moves back.
  logic [31:0] ring, edge_max, edge_new, grow, remaining, adv, wnd_floor, wnd_scaled, wnd_thresh;
  logic        wnd_update, wnd_up;
  logic        split;                       // this acknowledgement is of what came before
  seq_t        ack_no;                      // what an acknowledgement of this event covers
  // Who ends has one segment left, and the peer waits for that of its FIN.
  assign split      = acc_i.ce_split && !act_i.die;
  assign ack_no     = split ? acc_i.ce_before : hot_i.rcv_nxt;
  assign ring       = 32'd1 << hot_i.rx_ring_log2;
  assign edge_max   = ack_no + (32'd65535 << hot_i.rcv_wscale);
  assign edge_new   = seq_min(hot_i.rcv_read + ring, edge_max);
  assign grow       = seq_pos(edge_new, hot_i.rcv_adv);
  assign remaining  = seq_pos(hot_i.rcv_adv, hot_i.rcv_nxt);
  assign adv        = (grow >= min32(ring >> 1, 32'(hot_i.snd_mss))) ? edge_new : hot_i.rcv_adv;
  // RFC 7323 §2.4: rounded down, unless that takes back what was announced and the ring has the
  // room.
  assign wnd_floor  = seq_pos(adv, ack_no) >> hot_i.rcv_wscale;
  assign wnd_up     = seq_lt(ack_no + (wnd_floor << hot_i.rcv_wscale), hot_i.rcv_adv) &&
                      seq_le(ack_no + ((wnd_floor + 32'd1) << hot_i.rcv_wscale), edge_new);
  assign wnd_scaled = wnd_floor + 32'(wnd_up);
  assign wnd_thresh = (remaining < (ring >> 2)) ? min32(ring >> 1, 32'(hot_i.snd_mss) << 1)
      : ring >> 2;
  assign wnd_update = acc_i.wnd_bump && !hot_i.peer_fin && grow >= wnd_thresh;

  // SACK blocks: D-SACK first, then most recent first (RFC 2018 §4, RFC 2883 §4)
  range_t [SackMax-1:0] blocks;
  logic [2:0]           blocks_n;
  always_comb begin
    logic [2:0] limit;
    blocks   = '0;
    blocks_n = '0;
    limit    = hot_i.ts_ok ? 3'd3 : 3'd4;
    if (valid_i && hot_i.sack_ok) begin
      if (hot_i.dsack_due) begin
        blocks[0] = hot_i.dsack;
        blocks_n  = 3'd1;
      end
      for (int i = 0; i < int'(OooMax); i++) begin
        if (is_range(hot_i.ooo[i]) && blocks_n < limit) begin
          blocks[blocks_n[1:0]] = hot_i.ooo[i];
          blocks_n              = blocks_n + 3'd1;
        end
      end
    end
  end

  // Zero-window probe: one byte or the FIN, or what fits when the window is merely small (RFC 9293
  // §3.8.6.1, §3.8.6.2.1 (4))
  logic [31:0] probe_len;
  logic        probe_fin;
  assign probe_fin = hot_i.fin_queued && hot_i.snd_una + probe_len == hot_i.snd_end &&
                     (probe_len == '0 || hot_i.snd_wnd > probe_len);
  assign probe_len = min32(seq_pos(hot_i.snd_end, hot_i.snd_una),
      max32(32'd1, min32(hot_i.snd_wnd, mss)));

  // The fence of an ended session comes after that of one that was parked.
  logic last_fence, park_fence;
  assign last_fence = acc_i.kind == EvFence && acc_i.live && hot_i.dying && !hot_i.park_wait;
  assign park_fence = acc_i.kind == EvFence && acc_i.live && hot_i.park_wait;

  logic [255:0] record;
  tcp_record u_record (
    .acc_i(acc_i), .hot_i(hot_i), .count_i(count_i), .last_fence_i(last_fence), .record_o(record)
  );

  typedef enum logic [2:0] { OutNone, OutFence, OutRst, OutAck, OutProbe, OutKeep, OutData } out_e;
  out_e        out;
  logic        fence_ok;  // the host may hear of the end: no lookup entry names the slot any more
  assign fence_ok = evq_space_i && $signed(lk_done_i - hot_i.lk_ticket) >= 0;
  logic        slow;      // its pace does not allow more now
  assign slow = hot_i.pace_rate != '0 && hot_i.pace_tokens <= 0;
  // Data would take the acknowledgement along without its blocks.
  logic        report;
  assign report = hot_i.ack_due && blocks_n != '0;
  logic        evict, ack_wanted, blocked, may_tx, notify, sent_data, alive, last, arm, stale;
  logic [31:0] out_len;
  seq_t        out_seq, out_end;

  always_comb begin
    hot_o         = hot_i;
    count_o       = count_i;
    tx_valid_o    = 1'b0;
    tx_o          = '0;
    place_valid_o = 1'b0;
    place_o       = '0;
    rec_valid_o   = 1'b0;
    rec_o         = '0;
    lkdel_o       = 1'b0;
    ntf_push_o    = 1'b0;
    tx_push_o     = 1'b0;
    idle_restart_o = 1'b0;
    ctr_o         = '0;
    out           = OutNone;
    evict         = 1'b0;
    ack_wanted    = 1'b0;
    blocked       = 1'b0;
    may_tx        = 1'b0;
    notify        = 1'b0;
    sent_data     = 1'b0;
    alive         = 1'b0;
    last          = 1'b0;
    arm           = 1'b0;
    stale         = 1'b0;
    out_len       = '0;
    out_seq       = hot_i.snd_max;
    out_end       = hot_i.snd_max;
    timer_o       = '0;
    if (valid_i) begin
      evict  = acc_i.kind == EvCmd && acc_i.cmd.op == CmdEvict && acc_i.live;
      alive  = hot_i.valid && !hot_i.dying && !evict && !acc_i.nil;
      // Nothing leaves after the host has heard that the session waits.
      may_tx = nh_valid_i && !acc_i.no_tx && !hot_i.parked;
      notify = act_i.notify || park_fence;
      if (park_fence) hot_o.park_wait = 1'b0;

      // The window opened: leave the persist state before anything is decided.
      if (hot_i.persist && alive && !act_i.probe && (send.go || !pending)) begin
        hot_o.persist     = 1'b0;
        hot_o.rto_backoff = '0;
        hot_o.snd_nxt     = hot_i.snd_una;
        hot_o.t_rtx_on    = 1'b0;
      end

      // ------------------------------------------------ acknowledge now, later or not
      ack_wanted = act_i.ack_now || acc_i.challenge || wnd_update || (acc_i.kick && hot_i.ack_due);
      if (acc_i.ack_data && !act_i.ack_now) begin
        // RFC 9293 §3.8.6.3, RFC 5681 §4.2: at least every second segment
        if (hot_i.quickack != '0 || (!split &&
            {1'b0, hot_i.delack_count} + 5'd1 >= {1'b0, ctl_i.delack_segs}))
          ack_wanted = 1'b1;
        else begin
          hot_o.delack_count = hot_i.delack_count + 4'd1;
          hot_o.ack_due      = 1'b1;
          if (!hot_i.t_delack_on) begin
            hot_o.t_delack_on = 1'b1;
            hot_o.t_delack    = now + ctl_i.delack_us;
          end
        end
      end
      if (acc_i.delivered && hot_i.quickack != '0) hot_o.quickack = hot_i.quickack - 4'd1;

      // ------------------------------------------------ choose the one thing to send
      last = acc_i.kind == EvTx && hot_i.valid && hot_i.dying && hot_i.last_due;
      if (last) begin
        hot_o.last_due = 1'b0;
        if (nh_valid_i) out = hot_i.last_rst ? OutRst : OutAck;
      end else if ((acc_i.kind == EvTx && hot_i.valid && (hot_i.dying || hot_i.park_due)) || evict)
      begin
        out = OutFence;
        if (hot_i.park_due) begin
          hot_o.park_due  = 1'b0;
          hot_o.park_wait = 1'b1;
        end
      end
      else if (act_i.die) begin
        if (act_i.rst_out) out = OutRst;
        else if (acc_i.fin_in || (act_i.tw && (acc_i.dup_in || acc_i.challenge || hot_i.ack_due)))
          out = OutAck;                              // the peer waits for it
        if (!may_tx) begin
          // With no room now it leaves before the fence; with no next hop the peer asks again.
          hot_o.last_due = out != OutNone && nh_valid_i && !hot_i.parked;
          hot_o.last_rst = out == OutRst;
          out            = OutNone;
        end
      end else if (alive) begin
        if (act_i.probe) out = OutProbe;
        else if (act_i.keep_probe) out = OutKeep;
        else if (acc_i.kind == EvTx && report && !hot_i.parked) out = OutAck;
        else if (acc_i.kind == EvTx && send.go && !hot_i.parked && !slow) out = OutData;
        else if (ack_wanted || split) out = OutAck;
        if (out != OutNone && !may_tx) begin
          blocked = 1'b1;
          if (ack_wanted || split) begin                        // remember it
            hot_o.ack_due = 1'b1;
            if (nh_valid_i && !hot_i.parked) begin
              hot_o.t_delack_on = 1'b1;
              hot_o.t_delack    = now;
            end
          end
          if (!nh_valid_i && !hot_i.parked) begin
            hot_o.parked     = 1'b1;
            hot_o.park_due   = 1'b1;
            ctr_o.tcp_parked = 1'b1;
          end
          out = OutNone;
        end
      end

      if (acc_i.kind == EvTx && alive && send.go && !hot_i.parked && slow) begin
        hot_o.pace_wait = 1'b1;
        ctr_o.tcp_paced = 1'b1;
      end

      unique case (out)
        OutData: begin
          out_seq = send.seq;
          out_len = 32'(send.len);
        end
        OutProbe: begin
          out_seq = hot_i.snd_una;
          out_len = probe_len;
        end
        OutKeep: out_seq = hot_i.snd_una - 32'd1;
        // inside the peer's window
        default: out_seq = seq_min(hot_i.snd_max, hot_i.snd_una + hot_i.snd_wnd);
      endcase

      tx_valid_o        = out != OutNone;
      tx_o.handle       = '{gen: hot_i.gen, slot: acc_i.slot};
      tx_o.fence        = out == OutFence;
      tx_o.payload_len  = 16'(out_len);
      tx_o.tcp.seq      = out_seq;
      tx_o.tcp.ack      = ack_no;
      tx_o.tcp.flags.ack = 1'b1;
      tx_o.tcp.flags.rst = out == OutRst;
      tx_o.tcp.flags.psh = (out == OutData && send.psh) ||
          (out == OutProbe && out_len != '0 && out_seq + out_len == hot_i.snd_end);
      tx_o.tcp.flags.fin = (out == OutData && send.fin) || (out == OutProbe && probe_fin);
      tx_o.tcp.flags.ece = hot_i.ecn_ok && hot_i.ece_due != split && out != OutRst;
      tx_o.tcp.wnd      = 16'(wnd_scaled);
      tx_o.tcp.ts_ok    = hot_i.ts_ok;
      tx_o.tcp.ts_val   = now_us_i[41:10] + hot_i.ts_offset;
      tx_o.tcp.ts_ecr   = hot_i.ts_recent;
      tx_o.retransmit   = out == OutData && send.rtx;
      if (out == OutAck) begin
        tx_o.tcp.sack_n = blocks_n;
        tx_o.tcp.sack   = blocks;
      end
      // RFC 3168 §6.1.2, §6.1.5
      // Not new, or the probe of a closed window
      stale = (out == OutData) ? send.rtx : hot_i.snd_wnd == '0 || hot_i.snd_una != hot_i.snd_max;
      if (out inside {OutData, OutProbe} && hot_i.ecn_ok && !stale && out_len != '0) begin
        tx_o.ect           = 1'b1;
        tx_o.tcp.flags.cwr = hot_i.cwr_due;
        hot_o.cwr_due      = 1'b0;
      end

      // ------------------------------------------------ the segment carried an acknowledgement
      if (out inside {OutAck, OutProbe, OutKeep, OutData}) begin
        hot_o.last_ack_sent = ack_no;
        hot_o.ack_due       = 1'b0;
        hot_o.delack_count  = '0;
        hot_o.t_delack_on   = 1'b0;
        hot_o.rcv_adv       = seq_max(hot_i.rcv_adv,
            ack_no + (wnd_scaled << hot_i.rcv_wscale));
        if (out == OutAck && !split) hot_o.dsack_due = 1'b0;
        if (split) begin                     // this segment itself is still owed one
          hot_o.ack_due      = 1'b1;
          hot_o.delack_count = 4'd1;
          hot_o.t_delack_on  = 1'b1;
          hot_o.t_delack     = now + (ack_wanted ? '0 : ctl_i.delack_us);
        end
        ctr_o.tcp_acks_out = out == OutAck;
        ctr_o.tcp_delacks  = out == OutAck && act_i.delack;
        count_o.segs_out   = count_i.segs_out + 32'd1;
      end
      ctr_o.tcp_rst_out = out == OutRst;
      if (acc_i.kind == EvFault && acc_i.live && acc_i.fault.what == FaultNexthop &&
          hot_i.park_due) begin
        ctr_o.tcp_parked = 1'b1;
      end

      // ------------------------------------------------ data went out
      if (out == OutData || out == OutProbe) begin
        sent_data = 1'b1;
        hot_o.last_sent = now;
        if (hot_i.pace_rate != '0)
          hot_o.pace_tokens = hot_i.pace_tokens - $signed({out_len, 8'd0});
        // RFC 5681 §4.1: restart after idle; S-CC-2 after_idle
        if ((out == OutData || hot_i.snd_wnd != '0) && hot_i.snd_una == hot_i.snd_max &&
            out_len != '0 &&
            now - hot_i.last_sent > backed_off(hot_i.rto_us, hot_i.rto_backoff,
                ctl_i.max_rto_us)) begin
          hot_o.cwnd = min32(hot_i.cwnd, min32(mss << 2, max32(mss << 1, 32'd4380)));
          idle_restart_o = hot_o.cwnd != hot_i.cwnd;
          // The peer's congestion window may be small too: it must not wait for delayed ACKs.
          hot_o.quickack = 4'(QuickAcks);
        end
        out_end   = out_seq + out_len + 32'(tx_o.tcp.flags.fin);
        if (out == OutData && send.hole) begin
          hot_o.high_rxt = out_end;
        end else begin
          hot_o.snd_nxt = out_end;
          hot_o.snd_max = seq_max(hot_i.snd_max, out_end);
        end
        if (stale) hot_o.rtt_timing = 1'b0;  // Karn
        else if (!hot_i.rtt_timing) begin
          hot_o.rtt_timing = 1'b1;
          hot_o.rtt_seq    = out_end;
          hot_o.rtt_time   = now;
        end
        // it fits: an ordinary segment
        if (out == OutProbe && hot_i.snd_wnd != '0) begin
          hot_o.persist     = 1'b0;
          hot_o.rto_backoff = '0;
        end
        count_o.bytes_out = count_i.bytes_out + 64'(out_len);
        ctr_o.tcp_bytes_out = 16'(out_len);
        ctr_o.tcp_persist_probes = out == OutProbe;
        if (tx_o.retransmit) begin
          ctr_o.tcp_retransmit_segs  = 1'b1;
          ctr_o.tcp_retransmit_bytes = 16'(out_len);
          count_o.retransmit_segs    = count_i.retransmit_segs + 32'd1;
          count_o.retransmit_bytes   = count_i.retransmit_bytes + out_len;
        end
      end
      if (out == OutProbe || out == OutKeep) count_o.probes_out = count_i.probes_out + 32'd1;
      ctr_o.tcp_keepalive_probes = out == OutKeep;

      // ------------------------------------------------ timers, RFC 6298 §5.1..5.3
      if (alive) begin
        arm = act_i.restart_rtx || !hot_o.t_rtx_on;
        if (hot_o.snd_una == hot_o.snd_max && !hot_o.persist) begin
          // Something waits, nothing is in flight, and the window forbids: probe it.
          arm            = pending && !send.go && !hot_o.parked && !sent_data;
          hot_o.t_rtx_on = 1'b0;
          hot_o.persist  = arm;
          if (arm) hot_o.rto_backoff = '0;
        end
        if (arm) begin
          hot_o.t_rtx_on = 1'b1;
          hot_o.t_rtx    = now + backed_off(hot_o.rto_us, hot_o.rto_backoff, ctl_i.max_rto_us);
        end
      end

      // ------------------------------------------------ ready and notify queues
      if (acc_i.kind == EvTx) hot_o.tx_queued = 1'b0;
      if (acc_i.kind == EvNotify) hot_o.ntf_queued = 1'b0;
      if (!acc_i.nil && !hot_o.tx_queued && ((alive && !hot_o.parked && !hot_o.pace_wait &&
          (acc_i.kind == EvTx ? out == OutData || (out == OutAck && send.go) : send.go)) ||
          act_i.die || last ||
          (acc_i.kind == EvTx && blocked && nh_valid_i && !hot_i.parked) ||
          (alive && hot_o.park_due) ||
          // not yet: another fence, another try
          (last_fence && !fence_ok))) begin
        hot_o.tx_queued = 1'b1;
        tx_push_o       = 1'b1;
      end
      if (alive && (notify || (acc_i.kind == EvNotify && !evq_space_i)) && !hot_o.ntf_queued) begin
        hot_o.ntf_queued = 1'b1;
        ntf_push_o       = 1'b1;
      end

      // ------------------------------------------------ end of the session
      if (act_i.die) begin
        lkdel_o           = 1'b1;
        hot_o.lk_ticket   = lk_pushed_i + 32'd1;
        rec_valid_o       = act_i.tw;
        rec_o.tuple       = cold_i.tuple;
        rec_o.rcv_nxt     = hot_i.rcv_nxt;
        rec_o.snd_nxt     = hot_i.snd_max;
        // What was announced, or goes out now.
        rec_o.last_win    = (out == OutAck || hot_o.last_due) ? 16'(wnd_scaled)
            : 16'(remaining >> hot_i.rcv_wscale);
        rec_o.wscale      = 4'(hot_i.rcv_wscale);
        rec_o.ts_ok       = hot_i.ts_ok;
        rec_o.ts_recent   = hot_i.ts_recent;
        rec_o.ts_offset   = hot_i.ts_offset;
        rec_o.msl_class   = hot_i.tw_class;
        ctr_o.tcp_timeouts = hot_i.reason inside {toe_abi_pkg::SessionReasonRtoTimeout,
            toe_abi_pkg::SessionReasonKeepaliveTimeout, toe_abi_pkg::SessionReasonFinWait2Timeout,
            toe_abi_pkg::SessionReasonPersistTimeout};
        ctr_o.tcp_data_after_close = hot_i.reason == toe_abi_pkg::SessionReasonDataAfterClose;
      end
      if (last_fence && fence_ok) begin
        hot_o.valid      = 1'b0;
        hot_o.dying      = 1'b0;
        ctr_o.tcp_closed = 1'b1;
      end
      if (evict) begin
        hot_o.valid   = 1'b0;
        hot_o.evicted = 1'b1;
        hot_o.t_rtx_on    = 1'b0;
        hot_o.t_delack_on = 1'b0;
        hot_o.t_keep_on   = 1'b0;
      end

      // ------------------------------------------------ placement and records
      place_o        = acc_i.place;
      place_o.handle = '{gen: hot_i.gen, slot: acc_i.slot};
      ctr_o.evq_lost = acc_i.kind == EvFault && acc_i.live &&
          acc_i.fault.what != FaultNexthop && !evq_space_i;
      unique case (acc_i.kind)
        EvRx: place_valid_o = acc_i.place_valid;
        EvNotify, EvFence: begin
          place_valid_o  = (acc_i.kind == EvFence) ? last_fence && fence_ok
              : acc_i.live && evq_space_i;
          place_o.kind   = PlRecord;
          place_o.qp     = hot_i.qp;
          place_o.record = record;
        end
        EvFault: begin
          place_valid_o  = acc_i.live && acc_i.fault.what != FaultNexthop && evq_space_i;
          place_o.kind   = PlRecord;
          place_o.qp     = hot_i.qp;
          place_o.record = record;
        end
        EvCmd: begin
          place_valid_o  = evict;
          place_o.kind   = PlFence;
          place_o.qp     = hot_i.qp;
          place_o.record = record;
        end
        default: ;
      endcase

      // ------------------------------------------------ counters of the session
      if (acc_i.kind == EvRx && acc_i.live) begin
        count_o.segs_in          = count_i.segs_in + 32'd1;
        count_o.bytes_in         = count_i.bytes_in + 64'(acc_i.placed);
        count_o.dup_acks_in      = count_i.dup_acks_in + 32'(act_i.dup_ack);
        count_o.ooo_in           = count_i.ooo_in + 32'(acc_i.ooo_in);
        count_o.dup_in           = count_i.dup_in + 32'(acc_i.dup_in);
        count_o.fast_retransmits = count_i.fast_retransmits + 32'(act_i.fast_rtx);
        count_o.ecn_reductions   = count_i.ecn_reductions + 32'(act_i.ecn_red);
        count_o.challenge_acks   = count_i.challenge_acks + 32'(acc_i.challenge);
      end
      count_o.rto_count          = count_i.rto_count + 32'(act_i.rto);
      ctr_o.tcp_dup_acks_in      = act_i.dup_ack;
      ctr_o.tcp_fast_retransmits = act_i.fast_rtx;
      ctr_o.tcp_ecn_reductions   = act_i.ecn_red;
      ctr_o.tcp_rto              = act_i.rto;
      if (act_i.fast_rtx) hot_o.rtt_timing = 1'b0;

      // Who has ended has no timers: one that came due would be looked at for ever.
      timer_o.rtx_on    = hot_o.t_rtx_on && alive;
      timer_o.delack_on = hot_o.t_delack_on && alive;
      timer_o.keep_on   = hot_o.t_keep_on && alive;
      timer_o.rtx       = hot_o.t_rtx;
      timer_o.delack    = hot_o.t_delack;
      timer_o.keep      = hot_o.t_keep;
      timer_o.pace_on   = hot_o.pace_wait && alive;
      timer_o.pace      = hot_o.pace_time + PaceUs;
    end
  end

endmodule

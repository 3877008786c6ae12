// SPDX-License-Identifier: Apache-2.0
// Second stage of the session pipeline: acknowledgement, congestion control, state machine, expired
// timers.
// Contract: combinational; all registers are the pipeline's. State unchanged and outputs zero while
// valid_i is low.
module tcp_react
  import toe_pkg::*;
  import tcp_pkg::*;
(
  input  logic        valid_i,
  input  accept_t     acc_i,
  input  hot_t        hot_i,
  input  tcp_ctl_t    ctl_i,
  input  logic [47:0] now_us_i,
  output hot_t        hot_o,
  output react_t      act_o
);

  us_t         now;
  logic [31:0] now_tick, mss, flight, acked, left, wnd, win, cwnd_cap;
  logic        new_ack, wnd_ok, fin_sent, fin_acked, dup, lost, full_ack, recovers, cong, enters;
  seq_t        una;                         // after this segment
  logic [3:0]  dupacks;
  logic [31:0] grown;                       // bytes that may become growth: our FIN is none
  assign now      = now_us_i[31:0];
  assign now_tick = now_us_i[41:10];
  assign mss      = 32'(hot_i.snd_mss);
  assign flight   = hot_i.snd_max - hot_i.snd_una;
  assign acked    = acc_i.seg_ack - hot_i.snd_una;
  assign left     = hot_i.snd_max - acc_i.seg_ack;
  assign new_ack  = acc_i.seg && $signed(acked) > 0;
  assign una      = new_ack ? acc_i.seg_ack : hot_i.snd_una;
  assign wnd      = 32'(acc_i.seg_wnd) << hot_i.snd_wscale;
  // RFC 9293 §3.10.7.4, SND.WL1 and SND.WL2. A new ACK always brings its window: a retransmission
  // has an old sequence number, and the right edge must not run ahead of what was announced.
  assign wnd_ok   = acc_i.seg && $signed(acked) >= 0 &&
      (new_ack || seq_lt(hot_i.snd_wl1, acc_i.seg_seq) ||
                    (hot_i.snd_wl1 == acc_i.seg_seq && seq_le(hot_i.snd_wl2, acc_i.seg_ack)));
  assign fin_sent = hot_i.fin_queued && hot_i.snd_max == hot_i.snd_end + 32'd1;
  assign fin_acked = new_ack && fin_sent && acc_i.seg_ack == hot_i.snd_max;
  assign grown     = acked - 32'(fin_acked);
  // RFC 5681 eq. (4): half of FlightSize, at least two segments; not above half the window that was
  // in use (S-CC-2). The firmware's algorithm may keep more than half: its word counts while it has
  // the session (tcp_cc). A segment that is both takes the part of a loss.
  logic [9:0]  keep;
  logic [41:0] kept;
  assign keep     = (enters || acc_i.kind == EvTimer) ? hot_i.cc_loss_keep : hot_i.cc_ecn_keep;
  assign kept     = 42'(min32(enters ? hot_i.snd_max - una : flight, hot_i.cwnd)) * 42'(keep);
  assign win      = max32(kept[41:10], mss << 1);
  assign cwnd_cap = 32'd65535 << hot_i.snd_wscale;              // S-CC-2
  // It is the congestion window that limits us (S-CC-2), and no recovery.
  logic        grows;
  assign grows    = !hot_i.cong_recovery && hot_i.cwnd <= hot_i.snd_wnd;

  // Scoreboard
  range_t [SackedMax-1:0] sacked;
  logic        sack_news;
  logic [31:0] sack_total;
  logic [2:0]  sack_count;
  tcp_sack u_sack (
    .en_i(valid_i && acc_i.seg && hot_i.sack_ok), .una_i(una),
    .snd_max_i(hot_i.snd_max), .sacked_i(hot_i.sacked),
    .n_i(acc_i.sack_n), .blocks_i(acc_i.sack), .sacked_o(sacked), .news_o(sack_news),
    .total_o(sack_total),
    .count_o(sack_count)
  );

  // RFC 5681 §2; with SACK, RFC 6675 §2, §5: a segment that reports new data above the cumulative
  // acknowledgement, whether it acknowledges or not.
  assign dup = acc_i.seg && una != hot_i.snd_max && !hot_i.persist && (hot_i.sack_ok ? sack_news
      : (acked == '0 && acc_i.seg_plain && wnd == hot_i.snd_wnd));
  assign dupacks = (new_ack ? '0 : hot_i.dupacks) + 4'(dup && (new_ack || hot_i.dupacks != '1));
  // RFC 6675 §4 IsLost(snd_una)
  assign lost = hot_i.sack_ok && (sack_count >= 3'd3 || sack_total > (mss << 1));
  // RFC 6582 §3.2 step 1, RFC 6675 §5: not twice for the same window; an ECN response is no loss
  // recovery (S-CC-3).
  assign full_ack = new_ack && seq_le(hot_i.recover, acc_i.seg_ack);
  assign recovers = hot_i.fast_recovery && !full_ack;
  assign cong     = hot_i.cong_recovery && !full_ack;
  // RFC 5681 §3.2, RFC 6675 §5: three duplicates, or the scoreboard says that snd_una is lost; that
  // may be seen when an earlier recovery ends.
  assign enters   = acc_i.seg && una != hot_i.snd_max && !hot_i.persist && !recovers &&
      (cong || seq_lt(hot_i.recover, una) || (hot_i.sack_ok && hot_i.recover == una)) &&
      ((dup && dupacks >= 4'd3) || lost);

  // RFC 6298 §2.2, §2.3 in fixed point
  logic        sample_ok, ts_sample;
  logic [31:0] ts_ticks;
  logic [31:0] sample, err, srtt, rttvar;
  // The timed segment (Karn), or the echoed timestamp when that one was lost to a retransmission
  // (RFC 7323 §4.1).
  assign ts_ticks  = now_tick + hot_i.ts_offset - acc_i.seg_ts_ecr;
  assign ts_sample = !hot_i.rtt_timing && hot_i.ts_ok && acc_i.seg_ts_ok &&
      acc_i.seg_ts_ecr != '0 && ts_ticks < 32'h2_0000;
  assign sample_ok = new_ack && (hot_i.rtt_timing ? seq_le(hot_i.rtt_seq, acc_i.seg_ack)
      : ts_sample);
  assign sample    = max32(32'd1, min32(hot_i.rtt_timing ? now - hot_i.rtt_time : ts_ticks << 10,
      SampleMax));
  assign err       = (sample > (hot_i.srtt_us8 >> 3)) ? sample - (hot_i.srtt_us8 >> 3)
      : (hot_i.srtt_us8 >> 3) - sample;
  assign srtt      = (hot_i.srtt_us8 == '0) ? sample << 3 : hot_i.srtt_us8 - (hot_i.srtt_us8 >> 3) +
      sample;
  assign rttvar    = (hot_i.srtt_us8 == '0) ? sample << 1 : hot_i.rttvar_us4 -
      (hot_i.rttvar_us4 >> 2) + err;

  // Timers
  logic        rtx_due, delack_due, keep_due;
  assign rtx_due    = acc_i.kind == EvTimer && acc_i.live && hot_i.t_rtx_on &&
      us_reached(now, hot_i.t_rtx);
  assign delack_due = acc_i.kind == EvTimer && acc_i.live && hot_i.t_delack_on &&
      us_reached(now, hot_i.t_delack);
  assign keep_due   = acc_i.kind == EvTimer && acc_i.live && hot_i.t_keep_on &&
      us_reached(now_tick, hot_i.t_keep);

  logic signed [39:0] pace_sum, pace_cap;
  logic [39:0]        pace_room;
  assign pace_room = (hot_i.pace_rate[31:30] != '0) ? 40'h40_0000_0000
      : {hot_i.pace_rate + (mss << 1), 8'd0};
  assign pace_cap  = $signed(pace_room);
  assign pace_sum  = hot_i.pace_tokens + $signed(pace_gain(now - hot_i.pace_time,
      hot_i.pace_rate));

  toe_abi_pkg::session_reason_e why;

  always_comb begin
    hot_o = hot_i;
    act_o = '0;
    why   = acc_i.rst_reason;
    if (valid_i) begin
      act_o.ack_now    = acc_i.ack_now;
      act_o.cwnd_prior = hot_i.cwnd;
      act_o.cc_acked   = new_ack ? grown : '0;
      act_o.notify  = acc_i.delivered || acc_i.fin_in || acc_i.kick;

      // The application has closed (RFC 9293 §3.10.4)
      if (acc_i.live && hot_i.fin_queued) begin
        if (hot_i.state == toe_abi_pkg::TcpStateEstablished)
          hot_o.state = toe_abi_pkg::TcpStateFinWait1;
        if (hot_i.state == toe_abi_pkg::TcpStateCloseWait)
          hot_o.state = toe_abi_pkg::TcpStateLastAck;
      end

      if (acc_i.heard) hot_o.keep_probes = '0;

      // ------------------------------------------------ acknowledgement
      if (acc_i.seg) begin
        if (hot_i.sack_ok) hot_o.sacked = sacked;
        if (wnd_ok) begin
          hot_o.snd_wnd     = wnd;
          hot_o.snd_wl1     = acc_i.seg_seq;
          hot_o.snd_wl2     = acc_i.seg_ack;
          hot_o.max_snd_wnd = max32(wnd, hot_i.max_snd_wnd);
        end
        if (sample_ok) begin
          act_o.rtt_us      = sample;
          hot_o.rtt_timing  = 1'b0;
          hot_o.srtt_us8    = srtt;
          hot_o.rttvar_us4  = rttvar;
          hot_o.rto_us      = max32(ctl_i.min_rto_us, min32((srtt >> 3) + max32(ClockG, rttvar),
              ctl_i.max_rto_us));
          hot_o.rto_backoff = '0;
        end

        if (new_ack) begin
          act_o.notify      = 1'b1;
          act_o.restart_rtx = 1'b1;                              // RFC 6298 §5.3
          hot_o.snd_una     = acc_i.seg_ack;
          hot_o.rtx_count   = '0;
          hot_o.dupacks     = dupacks;
          if (seq_lt(hot_i.snd_nxt, acc_i.seg_ack)) hot_o.snd_nxt = acc_i.seg_ack;
          if (hot_i.cong_recovery && full_ack) begin
            hot_o.cong_recovery = 1'b0;
            act_o.cc_recovered  = 1'b1;
          end
          // Keep `recover` near, so that comparisons survive a wrap of the sequence space.
          if (!hot_i.fast_recovery && !hot_i.cong_recovery &&
              seq_lt(hot_i.recover, acc_i.seg_ack)) begin
            hot_o.recover = acc_i.seg_ack - 32'd1;
          end

          if (hot_i.fast_recovery) begin
            // RFC 6582 §3.2 step 3, full; S-CC-2 post_recovery
            if (full_ack) begin
              hot_o.fast_recovery = 1'b0;
              hot_o.cong_recovery = 1'b0;
              hot_o.bytes_acked   = '0;
              hot_o.cwnd          = (left < hot_i.ssthresh) ? left + mss : hot_i.ssthresh;
            end else if (!hot_i.sack_ok) begin  // partial: deflate; snd_una is resent since
              hot_o.cwnd = max32(mss, (hot_i.cwnd > acked ? hot_i.cwnd - acked : '0) +
                  (acked >= mss ? mss : '0));
            end                                                  // high_rxt lies at or below it
          end else if (grown == '0) begin
            // nothing but our FIN
          end else if (hot_i.cwnd <= hot_i.ssthresh) begin
            hot_o.bytes_acked = '0;
            if (grows)               // RFC 3465 §2.2; L = 1 after a timeout (§2.3)
              hot_o.cwnd = min32(cwnd_cap, hot_i.cwnd +
                                 min32(grown, hot_i.snd_nxt == hot_i.snd_max ? mss << 1 : mss));
          end else if (hot_i.cc_fw) begin
            if (grows) act_o.cc_grow = min32(grown, mss << 1);
          end else begin             // RFC 3465 §2.1; S-CC-2: counted whatever limits us
            hot_o.bytes_acked = hot_i.bytes_acked + min32(grown, mss << 1);
            if (hot_o.bytes_acked >= hot_i.cwnd) begin
              hot_o.bytes_acked = hot_o.bytes_acked - hot_i.cwnd;
              if (grows) hot_o.cwnd = min32(cwnd_cap, hot_i.cwnd + mss);
            end
          end
        end
        act_o.dup_ack = dup;
        if (dup && !new_ack) begin
          hot_o.dupacks = dupacks;
          if (hot_i.fast_recovery && !hot_i.sack_ok) hot_o.cwnd = min32(cwnd_cap, hot_i.cwnd + mss);
        end

        if (enters) begin
          act_o.fast_rtx      = 1'b1;
          act_o.restart_rtx   = 1'b1;
          hot_o.fast_recovery = 1'b1;
          hot_o.recover       = hot_i.snd_max;
          hot_o.high_rxt      = una;            // the first hole is resent whatever the window
          hot_o.rescue_rxt    = una;
          hot_o.snd_nxt       = hot_i.snd_max;
          if (!cong) hot_o.ssthresh = win;                       // S-CC-2
          hot_o.cong_recovery = 1'b1;
          hot_o.cwr_due       = hot_i.cwr_due || hot_i.ecn_ok;   // RFC 3168 §6.1.2
          hot_o.cwnd          = hot_o.ssthresh + (hot_i.sack_ok ? '0 : mss + (mss << 1));
        end

        // RFC 3168 §6.1.2, once a window
        if (hot_i.ecn_ok && acc_i.seg_ece && !hot_i.cong_recovery && !hot_o.fast_recovery &&
            flight != '0 &&
            seq_le(hot_i.recover, hot_i.snd_una)) begin
          act_o.ecn_red       = 1'b1;
          hot_o.cong_recovery = 1'b1;
          hot_o.recover       = hot_i.snd_max;
          hot_o.ssthresh      = win;
          hot_o.cwnd          = win;
          hot_o.cwr_due       = 1'b1;
        end

        // ---------------------------------------------- state machine, RFC 9293 §3.10.7.4
        if (fin_acked) begin
          unique case (hot_o.state)
            toe_abi_pkg::TcpStateFinWait1: hot_o.state = toe_abi_pkg::TcpStateFinWait2;
            toe_abi_pkg::TcpStateClosing:  act_o.tw = 1'b1;
            toe_abi_pkg::TcpStateLastAck: begin
              act_o.die = 1'b1;
              why       = toe_abi_pkg::SessionReasonClosed;
            end
            default: ;
          endcase
        end
        if (acc_i.fin_in) begin
          unique case (hot_o.state)
            toe_abi_pkg::TcpStateEstablished: hot_o.state = toe_abi_pkg::TcpStateCloseWait;
            toe_abi_pkg::TcpStateFinWait1:    hot_o.state = toe_abi_pkg::TcpStateClosing;
            toe_abi_pkg::TcpStateFinWait2:    act_o.tw = 1'b1;
            default: ;
          endcase
        end
        if (act_o.tw) begin
          act_o.die = 1'b1;
          why       = toe_abi_pkg::SessionReasonTimeWait;
        end
      end

      // ------------------------------------------------ timers
      if (delack_due && hot_i.ack_due) begin
        act_o.ack_now = 1'b1;
        act_o.delack  = 1'b1;
      end
      if (delack_due) hot_o.t_delack_on = 1'b0;
      if (rtx_due) begin
        act_o.restart_rtx = 1'b1;
        if (hot_i.parked) begin
          // nothing was tried: neither backoff nor count
        end else if (hot_i.persist || hot_i.snd_wnd == '0) begin // RFC 9293 §3.8.6.1
          // Closed over the flight: no recovery goes on.
          if (!hot_i.persist) begin
            hot_o               = send_again(hot_o);
            hot_o.cong_recovery = 1'b0;
          end
          hot_o.persist = 1'b1;
          hot_o.snd_nxt = hot_i.snd_una;
          if (8'(hot_i.keep_probes) >= ctl_i.max_backoff) begin
            act_o.die     = 1'b1;
            act_o.rst_out = 1'b1;
            why           = toe_abi_pkg::SessionReasonPersistTimeout;
          end else begin
            act_o.probe       = 1'b1;
            hot_o.keep_probes = hot_i.keep_probes + 4'(hot_i.keep_probes != '1);
            hot_o.rto_backoff = hot_i.rto_backoff + 4'(hot_i.rto_backoff < 4'(BackoffMax));
          end
        end else if (8'(hot_i.rtx_count) >= ctl_i.max_backoff) begin
          act_o.die     = 1'b1;
          act_o.rst_out = 1'b1;
          why           = toe_abi_pkg::SessionReasonRtoTimeout;
        end else begin  // RFC 6298 §5.4..5.6, RFC 5681 §3.1, RFC 6675 §5.1
          act_o.rto           = 1'b1;
          hot_o.rtx_count     = hot_i.rtx_count + 5'(hot_i.rtx_count != '1);
          hot_o.rto_backoff   = hot_i.rto_backoff + 4'(hot_i.rto_backoff < 4'(BackoffMax));
          hot_o.rtt_timing    = 1'b0;                            // Karn
          hot_o.snd_nxt       = hot_i.snd_una;
          hot_o.recover       = hot_i.snd_max;
          hot_o.cwr_due       = hot_i.cwr_due || hot_i.ecn_ok;
          hot_o.fast_recovery = 1'b0;
          hot_o.cong_recovery = 1'b0;
          hot_o.dupacks       = '0;
          hot_o.bytes_acked   = '0;
          hot_o.cwnd          = mss;
          if (hot_i.rtx_count == '0) hot_o.ssthresh = win;
          else hot_o.sacked = '0;  // RFC 2018 §8: the peer may have reneged
        end
      end
      if (keep_due) begin
        hot_o.t_keep_on = 1'b0;
        if (hot_i.state == toe_abi_pkg::TcpStateFinWait2 && hot_i.orphan) begin
          act_o.die = 1'b1;
          why       = toe_abi_pkg::SessionReasonFinWait2Timeout;
        end else if (hot_i.keepalive && flight == '0 && !hot_i.persist) begin  // RFC 9293 §3.8.4
          if (hot_i.keep_probes >= ctl_i.keep_count[3:0]) begin
            act_o.die     = 1'b1;
            act_o.rst_out = 1'b1;
            why           = toe_abi_pkg::SessionReasonKeepaliveTimeout;
          end else begin
            act_o.keep_probe  = 1'b1;
            hot_o.keep_probes = hot_i.keep_probes + 4'd1;
            hot_o.t_keep_on   = 1'b1;
            hot_o.t_keep      = now_tick + s_to_ticks(ctl_i.keep_interval_s);
          end
        end
      end
      // Keepalive and FIN_WAIT_2 share a timer. A session whose application still reads may stay
      // half-closed for ever; one that it left has so long from the state, whatever the peer says.
      if (acc_i.live && !hot_i.dying && acc_i.kind != EvFence) begin
        if (hot_o.state == toe_abi_pkg::TcpStateFinWait2 && hot_o.orphan) begin
          if (hot_i.state != toe_abi_pkg::TcpStateFinWait2 || !hot_o.t_keep_on) begin
            hot_o.t_keep_on = ctl_i.fin_wait_2_s != '0;
            hot_o.t_keep    = now_tick + s_to_ticks(ctl_i.fin_wait_2_s);
          end
        end else if (hot_o.keepalive) begin
          if (acc_i.heard || !hot_o.t_keep_on) begin
            hot_o.t_keep_on = 1'b1;
            hot_o.t_keep    = now_tick + s_to_ticks(ctl_i.keep_idle_s);
          end
        end else hot_o.t_keep_on = 1'b0;
      end

      // ------------------------------------------------ pacing: a token bucket of one millisecond
      if (hot_i.pace_wait && us_reached(now, hot_i.pace_time + PaceUs)) hot_o.pace_wait = 1'b0;
      if (acc_i.kind == EvTx && acc_i.live && hot_i.pace_rate != '0 &&
          now - hot_i.pace_time >= PaceUs) begin
        hot_o.pace_time   = now;
        hot_o.pace_tokens = (pace_sum > pace_cap) ? pace_cap : pace_sum;
      end

      // ------------------------------------------------ faults and ends
      if (acc_i.kind == EvFault && acc_i.live && acc_i.fault.what != FaultWrite) begin
        hot_o.parked    = 1'b1;
        hot_o.park_lost = 1'b1;
        if (!hot_i.parked) hot_o.park_due = 1'b1;
      end
      if (acc_i.rst_in || acc_i.rst_out) begin
        act_o.die     = 1'b1;
        act_o.tw      = 1'b0;
        act_o.rst_out = acc_i.rst_out;
        why           = acc_i.rst_reason;
      end
      if (act_o.die) begin
        hot_o.dying       = 1'b1;
        hot_o.park_due    = 1'b0;
        hot_o.reason      = why;
        hot_o.state       = act_o.tw ? toe_abi_pkg::TcpStateTimeWait : toe_abi_pkg::TcpStateClosed;
        hot_o.t_rtx_on    = 1'b0;
        hot_o.t_delack_on = 1'b0;
        hot_o.t_keep_on   = 1'b0;
        hot_o.persist     = 1'b0;
      end
    end
  end

endmodule

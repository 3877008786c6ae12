// SPDX-License-Identifier: Apache-2.0
// What may be sent next: one segment, new data or a retransmission, by both windows, Nagle and the
// scoreboard.
// Contract: combinational. go_o with the segment, or nothing.
//   Order: first hole after entering recovery or after a partial acknowledgement; holes that the
//   scoreboard calls lost (RFC 6675 NextSeg rule 1); data from snd_nxt on, which after a timeout
//   resends what was not reported (rule 2 = new data). Rules 3 and 4 of NextSeg resend what is
//   likely not lost; they are left out: a tail loss ends by the timeout.
module tcp_send
  import toe_pkg::*;
  import tcp_pkg::*;
(
  input  logic        en_i,  // low: outputs have no meaning (and cost the simulator nothing)
  input  hot_t        h_i,
  input  logic [31:0] mss_i,                // of this moment: session, next hop
  output send_t       send_o,
  output logic        pending_o  // data or FIN that was never sent, or is to be sent again
);

  seq_t        una, base, p, s, stop, s_stop, data_max;
  logic        stop_found, s_stop_found, after_rto, idle, rtx, lost, first_hole, fin_out;
  logic [31:0] below, total, above, lost_bytes, pipe, flight_p, limited, cwnd, room, wnd_left,
      avail, len, s_len, s_left, again;
  logic [2:0]  above_n;

  assign una      = h_i.snd_una;
  assign base     = h_i.persist ? h_i.snd_una : h_i.snd_nxt;
  assign idle     = h_i.persist || h_i.snd_una == h_i.snd_max;
  assign fin_out  = h_i.fin_queued && h_i.snd_max == h_i.snd_end + 32'd1;    // our FIN was sent
  assign data_max = fin_out ? h_i.snd_end : h_i.snd_max;

  always_comb begin
    // Next sequence number that was not reported, from snd_nxt on; intervals are ascending and do
    // not touch.
    p          = base;
    stop       = h_i.snd_end;
    stop_found = 1'b0;
    below      = '0;
    total      = '0;
    if (en_i) for (int i = 0; i < int'(SackedMax); i++) begin
      if (is_range(h_i.sacked[i])) begin
        total = total + (h_i.sacked[i].last - h_i.sacked[i].first);
        if (seq_le(h_i.sacked[i].first, p) && seq_lt(p, h_i.sacked[i].last)) p = h_i.sacked[i].last;
        if (seq_le(h_i.sacked[i].last, p))
          below = below + (h_i.sacked[i].last - h_i.sacked[i].first);
        else if (!stop_found) begin
          stop       = h_i.sacked[i].first;
          stop_found = 1'b1;
        end
      end
    end
  end

  always_comb begin
    // The same from HighRxt on, and RFC 6675 IsLost() and Pipe().
    s            = seq_max(una, h_i.high_rxt);
    s_stop       = data_max;
    s_stop_found = 1'b0;
    above        = '0;
    above_n      = '0;
    if (en_i) for (int i = 0; i < int'(SackedMax); i++) begin
      if (is_range(h_i.sacked[i])) begin
        if (seq_le(h_i.sacked[i].first, s) && seq_lt(s, h_i.sacked[i].last)) s = h_i.sacked[i].last;
        else if (seq_lt(s, h_i.sacked[i].first)) begin
          above   = above + (h_i.sacked[i].last - h_i.sacked[i].first);
          above_n = above_n + 3'd1;
          if (!s_stop_found) begin
            s_stop       = h_i.sacked[i].first;
            s_stop_found = 1'b1;
          end
        end
      end
    end
    lost = above_n >= 3'd3 || above > (mss_i << 1);
  end

  always_comb begin
    logic [31:0] rest;
    logic [2:0]  n;
    seq_t        from;
    lost_bytes = '0;
    again      = seq_pos(h_i.high_rxt, una);      // sent again and not reported
    rest       = total;
    n          = '0;
    from       = una;
    if (en_i) for (int i = 0; i < int'(SackedMax); i++) if (is_range(h_i.sacked[i])) n = n + 3'd1;
    if (en_i) for (int i = 0; i < int'(SackedMax); i++) begin
      if (is_range(h_i.sacked[i])) begin
        // The hole before interval i
        if (n >= 3'd3 || rest > (mss_i << 1)) begin
          lost_bytes = lost_bytes + seq_pos(h_i.sacked[i].first, from);
        end
        rest = rest - (h_i.sacked[i].last - h_i.sacked[i].first);
        n    = n - 3'd1;
        from = h_i.sacked[i].last;
        again = again - seq_pos(seq_min(h_i.sacked[i].last, h_i.high_rxt), h_i.sacked[i].first);
      end
    end
  end

  // RFC 6675 Pipe() in recovery; else what lies between snd_una and the send point less what was
  // reported.
  assign flight_p = (p - una) - below;
  assign pipe     = (h_i.fast_recovery && h_i.sack_ok)
      ? (h_i.snd_max - una) - total - lost_bytes + again : flight_p;
  // RFC 3042: one new segment for each of the first two duplicates (with SACK the reported bytes
  // make the room).
  // Not while a timeout is being recovered from: what the duplicates report was sent before it.
  assign after_rto = !h_i.fast_recovery && !h_i.cong_recovery && seq_lt(una, h_i.recover);
  assign limited  = (h_i.fast_recovery || h_i.sack_ok || h_i.persist || after_rto) ? '0 :
                    (h_i.dupacks == 4'd1) ? mss_i : (h_i.dupacks == 4'd2) ? mss_i << 1 : '0;
  assign cwnd     = h_i.cwnd + limited;
  assign room     = (cwnd > pipe) ? cwnd - pipe : '0;
  assign wnd_left = seq_pos(una + h_i.snd_wnd, p);
  assign rtx      = seq_lt(p, h_i.snd_max);
  assign avail    = seq_pos(seq_min(h_i.snd_end, stop), p);
  assign len      = min32(min32(avail, mss_i), min32(wnd_left, room));
  assign first_hole = h_i.fast_recovery && seq_le(h_i.high_rxt, una);
  assign s_left   = seq_pos(una + h_i.snd_wnd, s);
  assign s_len    = min32(min32(mss_i, seq_pos(s_stop, s)), s_left);
  assign pending_o = seq_lt(base, h_i.snd_end) || (h_i.fin_queued && base == h_i.snd_end);

  always_comb begin
    send_o = '0;
    if (first_hole || (h_i.fast_recovery && h_i.sack_ok && s_stop_found && lost &&
        room >= mss_i)) begin
      send_o.hole = 1'b1;
      send_o.rtx  = 1'b1;
      send_o.seq  = s;
      send_o.len  = 16'(s_len);
      send_o.fin  = fin_out && s + s_len == h_i.snd_end && s_left > s_len;
      send_o.go   = (s_len != '0 || send_o.fin) && seq_lt(s, h_i.snd_max);
    end
    if (!send_o.go) begin
      send_o.hole = 1'b0;
      send_o.rtx  = rtx;
      send_o.seq  = p;
      send_o.len  = 16'(len);
      // RFC 9293 §3.8.6.2.1 (sender's silly window) and §3.7.4 (Nagle)
      send_o.go = len != '0 && (len == mss_i ||
                  (len == avail && (rtx || h_i.nodelay || idle || h_i.fin_queued)) ||
                  (rtx && p == una) ||
                  (len == wnd_left && (idle || h_i.nodelay) &&
                   {len, 1'b0} >= {1'b0, h_i.max_snd_wnd}));
      // FIN rides on the last data, or goes alone; it takes a place in the window.
      send_o.fin = h_i.fin_queued && p + len == h_i.snd_end && len == avail && wnd_left > len;
      if (send_o.fin && avail == '0 && p == h_i.snd_end) send_o.go = 1'b1;
    end
    send_o.psh = send_o.go && send_o.len != '0 && send_o.seq + 32'(send_o.len) == h_i.snd_end;
  end

endmodule

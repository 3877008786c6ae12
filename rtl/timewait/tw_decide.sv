// SPDX-License-Identifier: Apache-2.0
// What a segment gets from a TIME_WAIT record (S-VTW-6 with FreeBSD's reply contents, RFC 5961, RFC
// 6191, RFC 1337).
// Contract: combinational from every input to outcome_o; decides only, changes nothing. The rules
//   and their order are those of the software table (toe-tcp, module timewait).
module tw_decide (
  input  toe_pkg::tw_ctl_t    ctl_i,
  input  toe_pkg::tw_record_t rec_i,
  input  toe_pkg::tcp_hdr_t   tcp_i,
  input  logic [15:0]         len_i,
  output tw_pkg::outcome_t    outcome_o
);
  import toe_pkg::*;
  import tw_pkg::*;

  logic inside_wnd, empty, paws, by_seq, recycles;
  logic [31:0] wnd, newer;
  seq_t data_end, seg_end, off;
  assign off        = tcp_i.seq - rec_i.rcv_nxt;
  assign wnd        = 32'(rec_i.last_win) << rec_i.wscale;
  assign inside_wnd = off <= wnd;
  assign data_end   = tcp_i.seq + 32'(len_i);
  assign seg_end    = data_end + 32'(tcp_i.flags.fin);
  assign empty      = len_i == 16'd0 && !tcp_i.flags.fin;
  assign paws       = rec_i.ts_ok && tcp_i.ts_ok && seq_lt(tcp_i.ts_val, rec_i.ts_recent);

  // RFC 6191 §2: a newer timestamp shows a new incarnation whatever its number; equal ones, and a
  // SYN without, leave the number to decide (RFC 1122 §4.2.2.13).
  assign by_seq = seq_lt(rec_i.rcv_nxt, tcp_i.seq);
  assign newer  = tcp_i.ts_val - rec_i.ts_recent;
  always_comb begin
    unique case (ctl_i.recycle)
      2'd0: recycles = 1'b0;
      2'd1: recycles = by_seq;
      default: begin
        recycles = by_seq;
        if (tcp_i.ts_ok && !rec_i.ts_ok) recycles = 1'b1;
        if (tcp_i.ts_ok && rec_i.ts_ok && newer != '0) recycles = !newer[31];
      end
    endcase
  end

  always_comb begin
    outcome_o = '{act: ActKeep, reply: ReplyNone, limited: 1'b0, recycle: 1'b0};
    if (tcp_i.flags.rst) begin
      // RFC 1337: ignored; RFC 5961 §3.2 with the switch: exact deletes, inside the window is
      // challenged.
      if (ctl_i.rst_exact && off == '0) outcome_o.act = ActDelete;
      else if (ctl_i.rst_exact && inside_wnd) outcome_o = '{ActKeep, ReplyAck, 1'b1, 1'b0};
    end else if (tcp_i.flags.syn) begin
      if (!tcp_i.flags.ack && recycles) begin
        outcome_o = '{ActDelete, ReplyNone, 1'b0, 1'b1};
      end else begin
        outcome_o = '{ActKeep, ReplyAck, 1'b1, 1'b0};
      end
    end else if (!tcp_i.flags.ack) begin
      outcome_o.reply = ReplyNone;
    end else if (paws) begin
      outcome_o = '{ActKeep, ReplyAck, empty, 1'b0};              // RFC 7323 §5.3
    end else if (len_i != 16'd0 && seq_lt(rec_i.rcv_nxt, data_end)) begin
      if (seq_le(rec_i.rcv_nxt, tcp_i.seq) && !inside_wnd)
        outcome_o = '{ActKeep, ReplyAck, 1'b1, 1'b0};
      // data after close: nobody is there to take it
      else outcome_o = '{ActKeep, ReplyRst, 1'b0, 1'b0};
    end else if (seq_lt(rec_i.rcv_nxt, tcp_i.seq)) begin
      outcome_o = '{ActKeep, ReplyAck, 1'b1, 1'b0};
    end else if (tcp_i.flags.fin && seg_end == rec_i.rcv_nxt) begin
      outcome_o = '{ActRestart, ReplyAck, 1'b0, 1'b0};  // the peer has not seen our last ACK
    end else if (!empty) begin
      outcome_o = '{ActKeep, ReplyAck, 1'b0, 1'b0};
    end else if (off == '0 && tcp_i.ack == rec_i.snd_nxt) begin
      outcome_o.reply = ReplyNone;  // the expected ACK: answering would start a storm
    end else begin
      outcome_o = '{ActKeep, ReplyAck, 1'b1, 1'b0};
    end
  end

  logic unused;
  assign unused = ^{ctl_i, rec_i, tcp_i};
endmodule

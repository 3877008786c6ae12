// SPDX-License-Identifier: Apache-2.0
// Session image in memory <-> state of a session. Rewiring, and the change between remaining times
// and deadlines.
// Contract: pure functions; image -> state -> image at the same instant gives the same image
// (reserved fields zero; the tick of t_keep is 1.024 ms; rto_backoff above 12 is stored as 12).
package tcp_image_pkg;
  import toe_pkg::*;
  import tcp_pkg::*;

  function automatic hot_t image_hot(toe_abi_pkg::session_image_t im, logic [47:0] now);
    hot_t h;
    h = '0;
    h.valid         = 1'b1;
    h.t_rtx_on      = im.t_rtx != '0;
    h.t_delack_on   = im.t_delack != '0;
    h.t_keep_on     = im.t_keep != '0;
    h.ipv6          = im.ipv6;
    h.ts_ok         = im.ts_ok;
    h.sack_ok       = im.sack_ok;
    h.ecn_ok        = im.ecn_ok;
    h.nodelay       = im.nodelay;
    h.keepalive     = im.keepalive;
    h.fin_queued    = im.fin_queued;
    h.peer_fin      = im.peer_fin;
    h.fast_recovery = im.fast_recovery;
    h.cong_recovery = im.cong_recovery;
    h.cwr_due       = im.cwr_due;
    h.ece_due       = im.ece_due;
    h.rtt_timing    = im.rtt_timing;
    h.persist       = im.persist;
    h.ack_due       = im.ack_due;
    h.dsack_due     = im.dsack_due;
    h.mirror        = im.mirror;
    h.trace         = im.trace;
    h.orphan        = im.orphan;
    h.state         = im.state;
    h.tw_class      = im.tw_class;
    h.cc_algo       = im.cc_algo;
    h.snd_wscale    = im.snd_wscale;
    h.rcv_wscale    = im.rcv_wscale;
    h.dupacks       = im.dupacks;
    h.rto_backoff   = im.rto_backoff;
    h.rtx_count     = im.persist ? '0 : 5'(im.rto_backoff);   // doublings of a probe are no losses
    h.keep_probes   = im.keep_probes;
    h.delack_count  = im.delack_count;
    h.quickack      = im.quickack;
    h.qp            = im.qp[3:0];
    h.tx_ring_log2  = im.tx_ring_log2;
    h.rx_ring_log2  = im.rx_ring_log2;
    h.gen           = im.handle[31:16];
    h.nexthop       = im.nexthop;
    h.snd_mss       = im.snd_mss;
    h.ts_recent_time = now - 48'(im.ts_recent_age);
    h.snd_una       = im.snd_una;
    h.snd_nxt       = im.snd_nxt;
    h.snd_max       = im.snd_max;
    h.snd_end       = im.snd_end;
    h.snd_wnd       = im.snd_wnd;
    h.snd_wl1       = im.snd_wl1;
    h.snd_wl2       = im.snd_wl2;
    h.max_snd_wnd   = im.max_snd_wnd;
    h.cwnd          = im.cwnd;
    h.ssthresh      = im.ssthresh;
    h.recover       = im.recover;
    h.bytes_acked   = im.bytes_acked;
    h.high_rxt      = im.high_rxt;
    h.rescue_rxt    = im.rescue_rxt;
    h.srtt_us8      = im.srtt_us8;
    h.rttvar_us4    = im.rttvar_us4;
    h.rto_us        = im.rto_us;
    h.rtt_seq       = im.rtt_seq;
    h.rtt_time      = now[31:0] - im.rtt_time;
    h.rcv_nxt       = im.rcv_nxt;
    h.rcv_adv       = im.rcv_adv;
    h.rcv_read      = im.rcv_read;
    h.last_ack_sent = im.last_ack_sent;
    h.ts_recent     = im.ts_recent;
    h.ts_offset     = im.ts_offset;
    h.t_rtx         = now[31:0] + im.t_rtx;
    h.t_delack      = now[31:0] + im.t_delack;
    h.t_keep        = now[41:10] + {10'd0, im.t_keep[31:10]} + 32'(|im.t_keep[9:0]);
    // What is longer ago than half of the clock would soon look recent.
    h.last_sent     = now[31:0] - (im.last_sent_age[31] ? 32'h8000_0000 : im.last_sent_age);
    h.cc_loss_keep  = 10'd512;
    h.cc_ecn_keep   = 10'd512;
    h.pace_rate     = im.pacing_bytes_per_ms;
    h.pace_time     = now[31:0];
    h.dsack         = '{first: im.dsack[0], last: im.dsack[1]};
    for (int i = 0; i < 4; i++) begin
      h.ooo[i]    = '{first: im.ooo[2*i], last: im.ooo[2*i+1]};
      h.sacked[i] = '{first: im.sacked[2*i], last: im.sacked[2*i+1]};
    end
    return h;
  endfunction

  function automatic cold_rx_t image_cold_rx(toe_abi_pkg::session_image_t im);
    cold_rx_t c;
    c.tuple.ipv6  = im.ipv6;
    c.tuple.laddr = addr_from_mem(im.laddr, im.ipv6);
    c.tuple.raddr = addr_from_mem(im.raddr, im.ipv6);
    c.tuple.lport = im.lport;
    c.tuple.rport = im.rport;
    c.rx_seq0     = im.rx_seq0;
    c.rx_ring     = im.rx_ring;
    return c;
  endfunction

  function automatic cold_img_t image_cold_img(toe_abi_pkg::session_image_t im);
    cold_img_t c;
    c.df         = im.df;
    c.ttl        = im.ttl;
    c.tos        = im.tos;
    c.port       = im.port;
    c.peer_mss   = im.peer_mss;
    c.flow_label = im.flow_label;
    c.iss        = im.iss;
    c.irs        = im.irs;
    c.tx_seq0    = im.tx_seq0;
    c.tx_ring    = im.tx_ring;
    return c;
  endfunction

  function automatic cold_seg_t seg_copy(hot_t h, cold_rx_t r, cold_img_t c);
    cold_seg_t s;
    s.gen          = h.gen;
    s.df           = c.df;
    s.ttl          = c.ttl;
    s.tos          = c.tos;
    s.flow_label   = c.flow_label[19:0];
    s.nexthop      = h.nexthop;
    s.mirror       = h.mirror;
    s.qp           = h.qp;
    s.tx_ring_log2 = h.tx_ring_log2;
    s.tuple        = r.tuple;
    s.tx_seq0      = c.tx_seq0;
    s.tx_ring      = c.tx_ring;
    return s;
  endfunction

  function automatic count_t image_count(toe_abi_pkg::session_image_t im);
    count_t n;
    n.challenge_acks   = im.challenge_acks;
    n.probes_out       = im.probes_out;
    n.ecn_reductions   = im.ecn_reductions;
    n.fast_retransmits = im.fast_retransmits;
    n.rto_count        = im.rto_count;
    n.dup_in           = im.dup_in;
    n.ooo_in           = im.ooo_in;
    n.dup_acks_in      = im.dup_acks_in;
    n.retransmit_bytes = im.retransmit_bytes;
    n.retransmit_segs  = im.retransmit_segs;
    n.bytes_in         = im.bytes_in;
    n.bytes_out        = im.bytes_out;
    n.segs_in          = im.segs_in;
    n.segs_out         = im.segs_out;
    return n;
  endfunction

  // Remaining microseconds; a timer that is on and due leaves one.
  function automatic logic [31:0] left(logic on, us_t deadline, us_t now);
    if (!on) return '0;
    return us_reached(now, deadline) ? 32'd1 : deadline - now;
  endfunction

  function automatic toe_abi_pkg::session_image_t make_image(
      slot_t slot, hot_t h, cold_rx_t r, cold_img_t c, count_t n,
      logic [5:0][31:0] cc_private, logic [47:0] now);
    toe_abi_pkg::session_image_t im;
    logic [47:0] age;
    logic [31:0] keep_left;
    im = '0;
    age = now - h.ts_recent_time;
    keep_left = left(h.t_keep_on, h.t_keep, now[41:10]);
    im.magic         = 32'(toe_abi_pkg::MagicSessionImage);
    im.handle        = {h.gen, slot};
    im.ipv6          = h.ipv6;
    im.ts_ok         = h.ts_ok;
    im.sack_ok       = h.sack_ok;
    im.ecn_ok        = h.ecn_ok;
    im.nodelay       = h.nodelay;
    im.keepalive     = h.keepalive;
    im.df            = c.df;
    im.fin_queued    = h.fin_queued;
    im.peer_fin      = h.peer_fin;
    im.fast_recovery = h.fast_recovery;
    im.cong_recovery = h.cong_recovery;
    im.cwr_due       = h.cwr_due;
    im.ece_due       = h.ece_due;
    im.rtt_timing    = h.rtt_timing;
    im.persist       = h.persist;
    im.ack_due       = h.ack_due;
    im.dsack_due     = h.dsack_due;
    im.mirror        = h.mirror;
    im.trace         = h.trace;
    im.orphan        = h.orphan;
    im.state         = h.state;
    im.tw_class      = h.tw_class;
    im.cc_algo       = h.cc_algo;
    im.snd_wscale    = h.snd_wscale;
    im.rcv_wscale    = h.rcv_wscale;
    im.dupacks       = h.dupacks;
    im.rto_backoff   = h.rto_backoff;
    im.keep_probes   = h.keep_probes;
    im.delack_count  = h.delack_count;
    im.quickack      = h.quickack;
    im.laddr         = addr_to_mem(r.tuple.laddr, h.ipv6);
    im.raddr         = addr_to_mem(r.tuple.raddr, h.ipv6);
    im.lport         = r.tuple.lport;
    im.rport         = r.tuple.rport;
    im.nexthop       = h.nexthop;
    im.qp            = 16'(h.qp);
    im.snd_mss       = h.snd_mss;
    im.peer_mss      = c.peer_mss;
    im.ttl           = c.ttl;
    im.tos           = c.tos;
    im.port          = c.port;
    im.tx_ring_log2  = h.tx_ring_log2;
    im.rx_ring_log2  = h.rx_ring_log2;
    im.tx_ring       = c.tx_ring;
    im.rx_ring       = r.rx_ring;
    im.tx_seq0       = c.tx_seq0;
    im.rx_seq0       = r.rx_seq0;
    im.flow_label    = c.flow_label;
    im.iss           = c.iss;
    im.irs           = c.irs;
    im.snd_una       = h.snd_una;
    im.snd_nxt       = h.snd_nxt;
    im.snd_max       = h.snd_max;
    im.snd_end       = h.snd_end;
    im.snd_wnd       = h.snd_wnd;
    im.snd_wl1       = h.snd_wl1;
    im.snd_wl2       = h.snd_wl2;
    im.max_snd_wnd   = h.max_snd_wnd;
    im.cwnd          = h.cwnd;
    im.ssthresh      = h.ssthresh;
    im.recover       = h.recover;
    im.bytes_acked   = h.bytes_acked;
    im.high_rxt      = seq_max(h.snd_una, h.high_rxt);  // at or below snd_una: the same
    im.rescue_rxt    = h.rescue_rxt;
    im.srtt_us8      = h.srtt_us8;
    im.rttvar_us4    = h.rttvar_us4;
    im.rto_us        = h.rto_us;
    im.rtt_seq       = h.rtt_seq;
    im.rtt_time      = now[31:0] - h.rtt_time;
    im.rcv_nxt       = h.rcv_nxt;
    im.rcv_adv       = h.rcv_adv;
    im.rcv_read      = h.rcv_read;
    im.last_ack_sent = h.last_ack_sent;
    im.ts_recent     = h.ts_recent;
    im.ts_recent_age = (age[47:32] != '0) ? '1 : age[31:0];
    im.ts_offset     = h.ts_offset;
    im.t_rtx         = left(h.t_rtx_on, h.t_rtx, now[31:0]);
    im.t_delack      = left(h.t_delack_on, h.t_delack, now[31:0]);
    im.t_keep        = (keep_left[31:22] != '0) ? '1 : {keep_left[21:0], 10'd0};
    im.last_sent_age = now[31:0] - h.last_sent;
    im.pacing_bytes_per_ms = h.pace_rate;
    im.cc_private    = cc_private;
    im.cc_firmware   = h.cc_fw;
    im.dsack         = {h.dsack.last, h.dsack.first};
    for (int i = 0; i < 4; i++) begin
      im.ooo[2*i]      = h.ooo[i].first;
      im.ooo[2*i+1]    = h.ooo[i].last;
      im.sacked[2*i]   = h.sacked[i].first;
      im.sacked[2*i+1] = h.sacked[i].last;
    end
    im.challenge_acks   = n.challenge_acks;
    im.probes_out       = n.probes_out;
    im.ecn_reductions   = n.ecn_reductions;
    im.fast_retransmits = n.fast_retransmits;
    im.rto_count        = n.rto_count;
    im.dup_in           = n.dup_in;
    im.ooo_in           = n.ooo_in;
    im.dup_acks_in      = n.dup_acks_in;
    im.retransmit_bytes = n.retransmit_bytes;
    im.retransmit_segs  = n.retransmit_segs;
    im.bytes_in         = n.bytes_in;
    im.bytes_out        = n.bytes_out;
    im.segs_in          = n.segs_in;
    im.segs_out         = n.segs_out;
    return im;
  endfunction

endpackage

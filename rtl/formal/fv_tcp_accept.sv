// SPDX-License-Identifier: Apache-2.0
// Proof of tcp_accept: of a received segment it places bytes that are in the segment and in the
// window that was granted, at their place in the ring; never more than the ring holds.
// Contract: proofs only. Any event against any session whose window is no larger than its ring
// (tcp_image_pkg and tcp_out see to it) and whose ring is 4 KiB to 1 GiB. Nothing is clocked.
module fv_tcp_accept
  import toe_pkg::*;
  import tcp_pkg::*;
(
  input logic        valid_i,
  input event_t      ev_i,
  input hot_t        hot_i,
  input cold_rx_t    cold_i,
  input toe_abi_pkg::session_image_t image_i,
  input logic [47:0] now_us_i,
  input logic [15:0] challenge_per_s_i
);
  accept_t  acc;
  tcp_accept u_dut (
    .valid_i, .ev_i, .hot_i, .cold_i, .image_i, .now_us_i, .challenge_per_s_i, .hot_o(),
    .acc_o(acc), .ctr_o()
  );

  logic [31:0] ring, window, at, skipped;
  logic        placed;
  rx_meta_t    meta;
  assign meta    = ev_i.work.meta;
  assign ring    = 32'd1 << hot_i.rx_ring_log2;
  assign window  = hot_i.rcv_adv - hot_i.rcv_nxt;
  assign placed  = valid_i && ev_i.kind == EvRx && acc.place.kind == PlSession;
  assign skipped = 32'(acc.place.skip) - 32'(meta.payload_off);
  assign at      = meta.tcp.seq + skipped - hot_i.rcv_nxt;  // of the first byte, in the window

  always_comb Ring_M: assume (hot_i.rx_ring_log2 >= 5'd12 && hot_i.rx_ring_log2 <= 5'd30);
  always_comb Window_M: assume ($signed(window) <= 0 || window <= ring);
  // It was in the window when it came, and the window's edge never goes back.
  always_comb FinSeen_M: assume (!hot_i.fin_seen || hot_i.fin_seq - hot_i.rcv_nxt <=
      ($signed(window) > 0 ? window : 32'd0));
  // Of one frame: what fits one.
  always_comb Frame_M: assume (17'(meta.payload_off) + 17'(meta.payload_len) <= 17'h0FFFF);

  always_comb InSegment_A: assert (!placed || (acc.place.len != '0 &&
      skipped + 32'(acc.place.len) <= 32'(meta.payload_len)));
  always_comb InWindow_A: assert (!placed || ($signed(window) > 0 && at < window &&
      32'(acc.place.len) <= window - at));
  always_comb InRing_A: assert (!placed || (32'(acc.place.len) <= ring &&
      acc.place.ring_off < ring &&
      acc.place.ring_log2 == hot_i.rx_ring_log2 && acc.place.ring_base == cold_i.rx_ring));
  always_comb AtItsPlace_A: assert (!placed ||
      acc.place.ring_off == ((hot_i.rcv_nxt + at - cold_i.rx_seq0) & (ring - 32'd1)));
  always_comb Cut_C: cover (placed && skipped != '0 && at == '0 &&
      skipped + 32'(acc.place.len) < 32'(meta.payload_len));
  always_comb Ahead_C: cover (placed && at != '0);
endmodule

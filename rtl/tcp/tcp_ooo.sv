// SPDX-License-Identifier: Apache-2.0
// Out-of-order intervals of the receiver: where a new piece [first, last) goes, and how far
// in-order data reaches after it.
// Contract: combinational. Intervals are disjoint, do not touch, lie above rcv_nxt, and stand most
//   recent first (RFC 2018 §4). A piece that starts at rcv_nxt is always taken (S-REASS-1); one
//   that touches no interval is refused when all are in use.
module tcp_ooo
  import toe_pkg::*;
  import tcp_pkg::*;
(
  // low: outputs have no meaning (and cost the simulator nothing)
  input  logic                en_i,
  input  seq_t                rcv_nxt_i,
  input  range_t [OooMax-1:0] ooo_i,
  input  range_t              piece_i,      // not empty, first >= rcv_nxt
  output range_t [OooMax-1:0] ooo_o,
  output seq_t                rcv_nxt_o,
  output logic                refused_o,    // no room: do not place
  output logic                known_o       // all of it was there
);

  logic [OooMax-1:0] used, touch;
  logic              in_order;
  range_t            merged;

  always_comb begin
    in_order  = piece_i.first == rcv_nxt_i;
    merged    = piece_i;
    known_o   = 1'b0;
    used      = '0;
    touch     = '0;
    if (en_i) for (int i = 0; i < int'(OooMax); i++) begin
      used[i]  = is_range(ooo_i[i]);
      touch[i] = used[i] && seq_le(ooo_i[i].first, piece_i.last) &&
          seq_le(piece_i.first, ooo_i[i].last);
      if (touch[i]) begin
        // Intervals are disjoint and do not touch: no other interval can reach the merged one.
        if (seq_lt(ooo_i[i].first, merged.first)) merged.first = ooo_i[i].first;
        if (seq_lt(merged.last, ooo_i[i].last)) merged.last = ooo_i[i].last;
        if (seq_le(ooo_i[i].first, piece_i.first) && seq_le(piece_i.last, ooo_i[i].last))
          known_o = 1'b1;
      end
    end
    refused_o = !in_order && touch == '0 && used == '1;
    rcv_nxt_o = in_order ? merged.last : rcv_nxt_i;
  end

  // The merged interval in front, the untouched ones behind it in their order.
  always_comb begin
    logic [2:0] n;
    ooo_o = '0;
    n     = '0;
    if (!in_order) begin
      ooo_o[0] = merged;
      n        = 3'd1;
    end
    if (en_i) for (int i = 0; i < int'(OooMax); i++) begin
      if (used[i] && !touch[i] && n < 3'(OooMax)) begin
        ooo_o[n[1:0]] = ooo_i[i];
        n             = n + 3'd1;
      end
    end
    if (refused_o) ooo_o = ooo_i;
  end

endmodule

// SPDX-License-Identifier: Apache-2.0
// Sender's scoreboard (RFC 6675 Update()): merges the SACK blocks of one segment into the ascending
// intervals.
// Contract: combinational. Blocks at or below una_i, above snd_max_i or empty are ignored (D-SACK
//   among them). When more intervals result than fit, the lowest stay: their holes come first, and
//   the peer repeats the recent ones (RFC 2018 §4).
module tcp_sack
  import toe_pkg::*;
  import tcp_pkg::*;
(
  // low: outputs have no meaning (and cost the simulator nothing)
  input  logic                   en_i,
  input  seq_t                   una_i,      // after this segment's cumulative acknowledgement
  input  seq_t                   snd_max_i,
  input  range_t [SackedMax-1:0] sacked_i,
  input  logic [2:0]             n_i,
  input  range_t [SackMax-1:0]   blocks_i,
  output range_t [SackedMax-1:0] sacked_o,
  output logic                   news_o,     // bytes were reported that were not known
  output logic [31:0]            total_o,    // bytes reported, all intervals
  output logic [2:0]             count_o
);

  localparam int unsigned Used = 3;          // blocks looked at: as many as fit beside timestamps

  typedef range_t [SackedMax-1:0] list_t;

  function automatic list_t trim(list_t l, seq_t una);
    list_t      out;
    logic [2:0] n;
    out = '0;
    n   = '0;
    for (int i = 0; i < int'(SackedMax); i++) begin
      if (is_range(l[i]) && seq_lt(una, l[i].first)) begin
        out[n[1:0]] = l[i];
        n           = n + 3'd1;
      end
    end
    return out;
  endfunction

  function automatic list_t insert(list_t l, range_t b);
    list_t                  out;
    logic [SackedMax-1:0]   touch;
    range_t                 merged;
    logic                   done;
    logic [2:0]             n;
    merged = b;
    for (int i = 0; i < int'(SackedMax); i++) begin
      touch[i] = is_range(l[i]) && seq_le(l[i].first, b.last) && seq_le(b.first, l[i].last);
      if (touch[i]) begin
        merged.first = seq_min(merged.first, l[i].first);
        merged.last  = seq_max(merged.last, l[i].last);
      end
    end
    out  = '0;
    n    = '0;
    done = 1'b0;
    for (int i = 0; i < int'(SackedMax); i++) begin
      if (is_range(l[i]) && !touch[i]) begin
        if (!done && seq_lt(merged.first, l[i].first)) begin
          out[n[1:0]] = merged;
          n           = n + 3'd1;
          done        = 1'b1;
        end
        if (n < 3'(SackedMax)) out[n[1:0]] = l[i];
        n = n + 3'd1;
      end
    end
    if (!done && n < 3'(SackedMax)) out[n[1:0]] = merged;
    return out;
  endfunction

  function automatic logic [31:0] sum(list_t l);
    logic [31:0] s;
    s = '0;
    for (int i = 0; i < int'(SackedMax); i++) s = s + (l[i].last - l[i].first);
    return s;
  endfunction

  list_t       trimmed, merged;
  logic [31:0] known;

  always_comb begin
    trimmed = en_i ? trim(sacked_i, una_i) : '0;
    merged  = trimmed;
    if (en_i) for (int b = 0; b < int'(Used); b++) begin
      if (3'(b) < n_i && seq_lt(blocks_i[b].first, blocks_i[b].last) &&
          seq_lt(una_i, blocks_i[b].first) &&
          seq_le(blocks_i[b].last, snd_max_i)) begin
        merged = insert(merged, blocks_i[b]);
      end
    end
    known    = en_i ? sum(trimmed) : '0;
    total_o  = en_i ? sum(merged) : '0;
    news_o   = total_o != known;
    sacked_o = merged;
    count_o  = '0;
    for (int i = 0; i < int'(SackedMax); i++) if (is_range(merged[i])) count_o = count_o + 3'd1;
  end

endmodule

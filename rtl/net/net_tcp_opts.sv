// SPDX-License-Identifier: Apache-2.0
// Reads TCP options: timestamps (RFC 7323) and SACK blocks (RFC 2018).
// Contract: one frame a cycle and one cycle of latency for no options, NOP NOP TS, NOP NOP SACK and
// NOP NOP TS NOP NOP SACK; any other layout of EOL, NOP, TS and SACK is walked, one option or up to
// four NOPs a cycle, at most 15 cycles. Of repeated options the last counts. unknown_o: another
// kind is present; malformed_o: a length is impossible. Skipped (nothing set) when skip_i.
// With syn_i only the timestamp is looked for: other kinds are stepped over, eight, four or fewer
// bytes a cycle (at most 20 cycles; none for the layout MSS, SACK-permitted, TS that Linux sends),
// and what makes no sense ends the search.
`include "toe_assert.svh"
module net_tcp_opts #(
  parameter int unsigned SideW = 1
) (
  input  logic                                     clk_i,
  input  logic                                     rst_ni,
  input  logic                                     in_valid_i,
  output logic                                     in_ready_o,
  input  logic                                     skip_i,
  input  logic                                     syn_i,
  input  logic [39:0][7:0]                         opts_i,
  input  logic [5:0]                               len_i,      // 0..40
  input  logic [SideW-1:0]                         side_i,
  output logic                                     out_valid_o,
  input  logic                                     out_ready_i,
  output logic                                     ts_ok_o,
  output logic [31:0]                              ts_val_o,
  output logic [31:0]                              ts_ecr_o,
  output logic [2:0]                               sack_n_o,
  output toe_pkg::range_t [toe_pkg::SackMax-1:0]   sack_o,
  output logic                                     unknown_o,
  output logic                                     malformed_o,
  output logic [SideW-1:0]                         side_o
);
  import toe_pkg::*;

  localparam logic [7:0] KindEol = 8'd0, KindNop = 8'd1, KindSack = 8'd5, KindTs = 8'd8;

  typedef logic [39:0][7:0] opts_t;
  typedef struct packed {
    logic        ts_ok;
    logic [31:0] ts_val;
    logic [31:0] ts_ecr;
    logic [2:0]  sack_n;
    range_t [SackMax-1:0] sack;
    logic        unknown;
    logic        malformed;
  } result_t;

  function automatic logic [31:0] be32(opts_t o, int at);
    return {o[at], o[at+1], o[at+2], o[at+3]};
  endfunction

  // Blocks from `at` on; what lies behind the last one is not used.
  function automatic range_t [SackMax-1:0] blocks(opts_t o, int at, logic [2:0] n);
    range_t [SackMax-1:0] r;
    r = '0;
    for (int i = 0; i < int'(SackMax); i++) begin
      if (3'(i) < n && at + 8 * i + 8 <= 40) begin
        r[i].first = be32(o, at + 8 * i);
        r[i].last  = be32(o, at + 8 * i + 4);
      end
    end
    return r;
  endfunction

  // Number of blocks of a SACK option of this length; 0 when impossible.
  function automatic logic [2:0] sack_count(logic [7:0] len);
    case (len)
      8'd10: return 3'd1;
      8'd18: return 3'd2;
      8'd26: return 3'd3;
      8'd34: return 3'd4;
      default: return 3'd0;
    endcase
  endfunction

  // The layouts that every sender uses
  result_t    fast;
  logic       fast_hit, lead_ts, lead_sack, tail_sack, syn_ts;
  logic [2:0] n4, n16;

  assign syn_ts    = opts_i[0] == 8'd2 && opts_i[1] == 8'd4 && opts_i[4] == 8'd4 &&
      opts_i[5] == 8'd2 && opts_i[6] == KindTs && opts_i[7] == 8'd10 && len_i >= 6'd16;
  assign n4        = sack_count(opts_i[3]);
  assign n16       = sack_count(opts_i[15]);
  assign lead_ts   = opts_i[0] == KindNop && opts_i[1] == KindNop && opts_i[2] == KindTs &&
      opts_i[3] == 8'd10;
  assign lead_sack = opts_i[0] == KindNop && opts_i[1] == KindNop && opts_i[2] == KindSack &&
                     n4 != 3'd0 && len_i == 6'd2 + 6'(opts_i[3]);
  assign tail_sack = opts_i[12] == KindNop && opts_i[13] == KindNop && opts_i[14] == KindSack &&
                     n16 != 3'd0 && len_i == 6'd14 + 6'(opts_i[15]);

  always_comb begin
    fast     = '0;
    fast_hit = 1'b0;
    if (skip_i || len_i == '0) begin
      fast_hit = 1'b1;
    end else if (syn_i) begin
      fast_hit    = syn_ts;
      fast.ts_ok  = syn_ts;
      fast.ts_val = be32(opts_i, 8);
      fast.ts_ecr = be32(opts_i, 12);
    end else if (lead_ts && len_i >= 6'd12) begin
      fast_hit    = len_i == 6'd12 || tail_sack;
      fast.ts_ok  = 1'b1;
      fast.ts_val = be32(opts_i, 4);
      fast.ts_ecr = be32(opts_i, 8);
      if (len_i != 6'd12) begin
        fast.sack_n = n16;
        fast.sack   = blocks(opts_i, 16, n16);
      end
    end else if (lead_sack) begin
      fast_hit    = 1'b1;
      fast.sack_n = n4;
      fast.sack   = blocks(opts_i, 4, n4);
    end
  end

  // Anything else, option by option; the option at hand is always at the front of opts_q
  logic             valid_q, walk_q;
  opts_t            opts_q;
  logic [5:0]       left_q;
  result_t          res_q, res;
  logic [SideW-1:0] side_q;
  logic [5:0]       step;
  logic             finish;
  logic [2:0]       nops, n2;
  logic             syn_q;
  logic [5:0]       over_q, over, over_left;   // bytes of an option that is stepped over

  assign n2 = sack_count(opts_q[1]);

  always_comb begin
    nops = 3'd1;
    if (opts_q[1] == KindNop) nops = 3'd2;
    if (opts_q[1] == KindNop && opts_q[2] == KindNop) nops = 3'd3;
    if (opts_q[1] == KindNop && opts_q[2] == KindNop && opts_q[3] == KindNop) nops = 3'd4;
    if (6'(nops) > left_q) nops = left_q[2:0];
  end

  assign over = over_q != '0 ? over_q : opts_q[1][5:0];

  always_comb begin
    res       = res_q;
    step      = '0;
    finish    = 1'b0;
    over_left = '0;
    if (left_q == '0) begin
      finish = 1'b1;
    end else if (over_q != '0 || (syn_q && !(opts_q[0] inside {KindEol, KindNop, KindTs}))) begin
      step      = over >= 6'd8 ? 6'd8 : (over >= 6'd4 ? 6'd4 : over);
      over_left = over - step;
      if (over_q == '0 && (opts_q[1] < 8'd2 || opts_q[1] > 8'(left_q) || left_q == 6'd1)) begin
        finish    = 1'b1;
        over_left = '0;
        step      = '0;
      end
    end else begin
      case (opts_q[0])
        KindEol: finish = 1'b1;
        KindNop: step = 6'(nops);
        KindTs: begin
          if (opts_q[1] == 8'd10 && left_q >= 6'd10) begin
            res.ts_ok  = 1'b1;
            res.ts_val = be32(opts_q, 2);
            res.ts_ecr = be32(opts_q, 6);
            step       = 6'd10;
          end else begin
            res.malformed = !syn_q;
            finish        = 1'b1;
          end
        end
        KindSack: begin
          if (n2 != 3'd0 && 8'(left_q) >= opts_q[1]) begin
            res.sack_n = n2;
            res.sack   = blocks(opts_q, 2, n2);
            step       = opts_q[1][5:0];
          end else begin
            res.malformed = 1'b1;
            finish        = 1'b1;
          end
        end
        default: begin
          res.unknown = 1'b1;
          finish      = 1'b1;
        end
      endcase
    end
  end

  function automatic opts_t shifted(opts_t o, logic [5:0] by);
    case (by)
      6'd1:    return o >> 8;
      6'd2:    return o >> 16;
      6'd3:    return o >> 24;
      6'd4:    return o >> 32;
      6'd8:    return o >> 64;
      6'd10:   return o >> 80;
      6'd18:   return o >> 144;
      6'd26:   return o >> 208;
      default: return o >> 272;
    endcase
  endfunction

  assign in_ready_o  = !valid_q || (out_ready_i && !walk_q);
  assign out_valid_o = valid_q && !walk_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      valid_q <= 1'b0;
      walk_q  <= 1'b0;
    end else if (in_ready_o) begin
      valid_q <= in_valid_i;
      walk_q  <= in_valid_i && !fast_hit;
    end else if (walk_q) begin
      walk_q <= !finish;
    end
    if (in_ready_o && in_valid_i) begin
      opts_q <= opts_i;
      left_q <= len_i;
      side_q <= side_i;
      syn_q  <= syn_i;
      over_q <= '0;
      res_q  <= fast_hit ? fast : '0;
    end else if (walk_q) begin
      opts_q <= shifted(opts_q, step);
      left_q <= left_q - step;
      res_q  <= res;
      over_q <= over_left;
    end
  end

  assign {ts_ok_o, ts_val_o, ts_ecr_o, sack_n_o, sack_o, unknown_o, malformed_o} = res_q;
  assign side_o = side_q;

  prim_stream_chk #(.Width(SideW + $bits(result_t))) u_out_chk (
    .clk_i, .rst_ni, .valid_i(out_valid_o), .ready_i(out_ready_i), .data_i({side_o, res_q})
  );

endmodule

// SPDX-License-Identifier: Apache-2.0
// Memories of a TIME_WAIT bank: records (read twice: for lookups and for operations), expiries, the
// links of the age lists, class of each entry (none: free).
// Contract: outputs the cycle after their enable, held until the next. A record is stored without
// what its family does not need. No back-pressure, no path across. Reset: contents stay.
module tw_store #(
  parameter bit          V6      = 1'b0,
  parameter int unsigned Entries = 256,
  localparam int unsigned IdW  = $clog2(Entries)
) (
  input  logic                clk_i,
  input  logic                rst_ni,
  // Writes: record, expiry and life of id_i; links of their own entries
  input  logic [IdW-1:0]      id_i,
  input  logic                rec_we_i,
  input  toe_pkg::tw_record_t rec_i,
  input  logic                exp_we_i,
  input  tw_pkg::exp_t        exp_i,
  input  logic                cls_we_i,
  input  tw_pkg::cls_t        cls_i,         // ClsNone: no entry
  input  logic                nxt_we_i,
  input  logic [IdW-1:0]      nxt_id_i,
  input  logic [IdW-1:0]      nxt_i,
  input  logic                prv_we_i,
  input  logic [IdW-1:0]      prv_id_i,
  input  logic [IdW-1:0]      prv_i,
  // Lookups
  input  logic                lk_re_i,
  input  logic [IdW-1:0]      lk_id_i,
  output toe_pkg::tw_record_t lk_rec_o,
  // Operations
  input  logic                re_i,
  input  logic [IdW-1:0]      rid_i,
  output toe_pkg::tw_record_t rec_o,
  output tw_pkg::exp_t        exp_o,
  output logic                alive_o,       // rec_o has a class
  output logic [IdW-1:0]      nxt_o,
  output logic [IdW-1:0]      prv_o
);
  import toe_pkg::*;
  import tw_pkg::*;

  localparam int unsigned RecW = V6 ? Rec6W : Rec4W;

  function automatic logic [RecW-1:0] pack(tw_record_t r);
    if (V6)
      return RecW'({r.tuple.laddr, r.tuple.raddr, r.tuple.lport, r.tuple.rport,
                    r.rcv_nxt, r.snd_nxt, r.last_win, r.wscale,
                    r.ts_ok, r.ts_recent, r.ts_offset});
    return RecW'(pack4(r));
  endfunction
  function automatic tw_record_t unpack(logic [RecW-1:0] r, cls_t cls);
    if (V6) return tw_record_t'({1'b1, Rec6W'(r), cls});
    return unpack4(rec4_t'(Rec4W'(r)), cls);
  endfunction

  logic [RecW-1:0] rec, lk_rec;
  cls_t            cls, lk_cls;
  assign lk_rec_o = unpack(lk_rec, lk_cls);
  assign rec_o    = unpack(rec, cls);
  assign alive_o  = cls != ClsNone;

  prim_ram_1r1w #(.Width(int'(RecW)), .Depth(Entries)) u_rec_lk (
    .clk_i, .rst_ni, .we_i(rec_we_i), .waddr_i(id_i), .wdata_i(pack(rec_i)),
    .re_i(lk_re_i), .raddr_i(lk_id_i), .rdata_o(lk_rec));
  prim_ram_1r1w #(.Width(int'(RecW)), .Depth(Entries)) u_rec_op (
    .clk_i, .rst_ni, .we_i(rec_we_i), .waddr_i(id_i), .wdata_i(pack(rec_i)),
    .re_i, .raddr_i(rid_i), .rdata_o(rec));
  prim_ram_1r1w #(.Width(ExpW), .Depth(Entries)) u_exp (
    .clk_i, .rst_ni, .we_i(exp_we_i), .waddr_i(id_i), .wdata_i(exp_i),
    .re_i, .raddr_i(rid_i), .rdata_o(exp_o));
  prim_ram_1r1w #(.Width(int'(IdW)), .Depth(Entries)) u_next (
    .clk_i, .rst_ni, .we_i(nxt_we_i), .waddr_i(nxt_id_i), .wdata_i(nxt_i),
    .re_i, .raddr_i(rid_i), .rdata_o(nxt_o));
  prim_ram_1r1w #(.Width(int'(IdW)), .Depth(Entries)) u_prev (
    .clk_i, .rst_ni, .we_i(prv_we_i), .waddr_i(prv_id_i), .wdata_i(prv_i),
    .re_i, .raddr_i(rid_i), .rdata_o(prv_o));
  prim_ram_1r1w #(.Width(ClsW), .Depth(Entries)) u_cls_lk (
    .clk_i, .rst_ni, .we_i(cls_we_i), .waddr_i(id_i), .wdata_i(cls_i),
    .re_i(lk_re_i), .raddr_i(lk_id_i), .rdata_o(lk_cls));
  prim_ram_1r1w #(.Width(ClsW), .Depth(Entries)) u_cls_op (
    .clk_i, .rst_ni, .we_i(cls_we_i), .waddr_i(id_i), .wdata_i(cls_i),
    .re_i, .raddr_i(rid_i), .rdata_o(cls));
endmodule

// SPDX-License-Identifier: Apache-2.0
// Exact-match index from a 32-bit hash to an id: two tables of four-way buckets, partial-key
// cuckoo.
// Contract: a hash names one bucket in each table and a tag; an entry {tag, id} lies in one of the
// two. IdxInsert refuses a second entry of a given hash part (IdxExists, with the id of the first),
// so a lookup has one candidate, which the user verifies against the full key. A user that must
// lose no key inserts the second with IdxTwin; then a lookup has two candidates (a third: IdxFull).
// Twice as
// many places as Entries; when both buckets are full one of their eight entries moves to its other
// bucket, copy first, so no entry is ever invisible; if none can move: IdxFull, nothing changed.
// Lookup: one a cycle, two cycles of latency (of lk_en_i), also while an operation runs; an entry
// counts for lookups that start after its op_done_o. Operations: one at a time, at most 24 cycles.
// After reset the tables are cleared: busy_o is high for as many cycles as a table has buckets,
// lookups miss, operations wait.
//   hash: | ..... | tag (16) | bucket of table 0 | bucket of table 1 = bucket of table 0 xor low
//   bits of the tag
`include "toe_assert.svh"
module prim_hash_index #(
  parameter int unsigned Entries = 64,         // power of two, at least 16
  parameter int unsigned IdW     = 16,
  parameter int unsigned TagW    = 16          // smaller ones are for proofs
) (
  input  logic           clk_i,
  input  logic           rst_ni,
  output logic           busy_o,
  // lookup
  input  logic           lk_en_i,              // the pipeline moves
  input  logic           lk_valid_i,
  input  logic [31:0]    lk_hash_i,
  output logic           cand_valid_o,
  output logic [IdW-1:0] cand_id_o,
  output logic           twin_valid_o,         // another candidate, with cand_valid_o
  output logic [IdW-1:0] twin_id_o,
  // operations
  input  logic           op_valid_i,
  output logic           op_ready_o,
  input  prim_pkg::idx_op_e op_i,
  input  logic [31:0]    op_hash_i,
  input  logic [IdW-1:0] op_id_i,
  output logic           op_done_o,            // one cycle
  output prim_pkg::idx_result_e op_result_o,
  output logic [IdW-1:0] op_found_o,           // with IdxExists: the entry in the way
  output logic           op_twin_o,            // with IdxExists: there is another
  output logic [IdW-1:0] op_twin_id_o
);
  import prim_pkg::*;

  localparam int unsigned Ways    = 4;
  localparam int unsigned Buckets = Entries / 4;  // of one table: 2 * 4 * Buckets = 2 * Entries
  localparam int unsigned BktW    = $clog2(Buckets);
  `TOE_STATIC(EntriesPow2_A, (1 << $clog2(Entries)) == Entries && Entries >= 16 &&
      BktW + TagW <= 32)

  typedef struct packed {
    logic            valid;
    logic [TagW-1:0] tag;
    logic [IdW-1:0]  id;
  } entry_t;
  typedef entry_t [Ways-1:0] row_t;
  typedef logic [BktW-1:0] bkt_t;

  function automatic logic [TagW-1:0] tag_of(logic [31:0] hash);
    return TagW'(hash >> BktW);
  endfunction
  // from the bucket in one table to that in the other
  function automatic bkt_t step_of(logic [31:0] hash);
    return bkt_t'(hash >> BktW);
  endfunction

  // ----------------------------------- tables, each with a copy for lookups and one for operations
  logic [1:0][Ways-1:0] we;
  bkt_t [1:0]           waddr, lk_addr, op_addr;
  entry_t [1:0]         wdata;
  row_t [1:0]           lk_row, op_row;
  logic                 op_read;

  for (genvar t = 0; t < 2; t++) begin : g_table
    prim_ram_1r1w #(.Width($bits(row_t)), .Depth(Buckets), .Lanes(Ways)) u_lk (
      .clk_i, .rst_ni, .we_i(we[t]), .waddr_i(waddr[t]), .wdata_i({Ways{wdata[t]}}),
      .re_i(lk_en_i && lk_valid_i), .raddr_i(lk_addr[t]), .rdata_o(lk_row[t])
    );
    prim_ram_1r1w #(.Width($bits(row_t)), .Depth(Buckets), .Lanes(Ways)) u_op (
      .clk_i, .rst_ni, .we_i(we[t]), .waddr_i(waddr[t]), .wdata_i({Ways{wdata[t]}}),
      .re_i(op_read), .raddr_i(op_addr[t]), .rdata_o(op_row[t])
    );
  end

  // ------------------------------------------------------------------ lookup
  logic            lk_valid_q, match, match2;
  logic [TagW-1:0] lk_tag_q;
  logic [IdW-1:0]  match_id, match2_id;

  assign lk_addr[0] = lk_hash_i[BktW-1:0];
  assign lk_addr[1] = lk_hash_i[BktW-1:0] ^ step_of(lk_hash_i);

  always_comb begin
    match     = 1'b0;
    match_id  = '0;
    match2    = 1'b0;
    match2_id = '0;
    for (int t = 0; t < 2; t++) begin
      for (int w = 0; w < int'(Ways); w++) begin
        if (lk_row[t][w].valid && lk_row[t][w].tag == lk_tag_q) begin
          if (!match) match_id = lk_row[t][w].id;
          else if (lk_row[t][w].id != match_id) begin
            match2    = 1'b1;                  // while an entry moves both copies carry the same id
            match2_id = lk_row[t][w].id;
          end
          match = 1'b1;
        end
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      lk_valid_q   <= 1'b0;
      cand_valid_o <= 1'b0;
      twin_valid_o <= 1'b0;
    end else if (lk_en_i) begin
      lk_valid_q   <= lk_valid_i && !busy_o;
      cand_valid_o <= lk_valid_q && match;
      twin_valid_o <= lk_valid_q && match2;
    end
    if (lk_en_i) begin
      lk_tag_q  <= tag_of(lk_hash_i);
      cand_id_o <= match_id;
      twin_id_o <= match2_id;
    end
  end

  // ------------------------------------------------------------------ operations
  typedef enum logic [2:0] { StClear, StIdle, StRead, StDecide, StSeek, StTry, StPlace } state_e;
  state_e          state_q, state_d;
  bkt_t            clear_q;
  idx_op_e         op_q;
  logic [TagW-1:0] tag_q;
  logic [IdW-1:0]  id_q;
  bkt_t [1:0]      bkt_q;
  row_t [1:0]      row_q;                      // both buckets, kept while their entries are tried
  logic [3:0]      seek_q, seek_d;             // entry to move: {table, way}; 8 = none left
  logic            done_d;
  idx_result_e     result_d;
  logic [IdW-1:0]  found_d;

  // In the rows just read
  logic            dup, dup2, mine;
  logic [IdW-1:0]  dup_id, dup2_id;
  logic            mine_t, free_t;
  logic [1:0]      mine_w;
  logic [1:0]      free_any;
  logic [1:0][1:0] free_w;
  logic [1:0][2:0] free_n;

  always_comb begin
    dup      = 1'b0;
    dup_id   = '0;
    dup2     = 1'b0;
    dup2_id  = '0;
    mine     = 1'b0;
    mine_t   = 1'b0;
    mine_w   = '0;
    free_any = '0;
    free_w   = '0;
    free_n   = '0;
    for (int t = 0; t < 2; t++) begin
      for (int w = 0; w < int'(Ways); w++) begin
        if (!op_row[t][w].valid) begin
          free_any[t] = 1'b1;
          free_w[t]   = 2'(w);
          free_n[t]  += 3'd1;
        end else if (op_row[t][w].tag == tag_q) begin
          if (dup) begin
            dup2    = 1'b1;
            dup2_id = op_row[t][w].id;
          end else dup_id = op_row[t][w].id;
          dup = 1'b1;
          if (op_row[t][w].id == id_q) begin
            mine   = 1'b1;
            mine_t = t[0];
            mine_w = 2'(w);
          end
        end
      end
    end
    free_t = free_n[1] > free_n[0];            // the emptier bucket
  end

  entry_t victim;
  logic   vt;                                  // its table
  assign vt     = seek_q[2];
  assign victim = row_q[vt][seek_q[1:0]];

  always_comb begin
    state_d  = state_q;
    seek_d   = seek_q;
    we       = '0;
    waddr    = bkt_q;
    wdata    = '0;
    op_read  = 1'b0;
    op_addr  = bkt_q;
    done_d   = 1'b0;
    result_d = IdxOk;
    found_d  = dup_id;
    unique case (state_q)
      StClear: begin
        we    = '1;
        waddr = {clear_q, clear_q};
        if (clear_q == '1) state_d = StIdle;
      end
      StIdle: if (op_valid_i) state_d = StRead;
      StRead: begin
        op_read = 1'b1;
        state_d = StDecide;
      end
      StDecide: begin
        seek_d  = '0;
        done_d  = 1'b1;
        state_d = StIdle;
        unique case (op_q)
          IdxInsert, IdxTwin: begin
            if (dup && op_q == IdxInsert) begin
              result_d = IdxExists;
            end else if (dup2) begin
              result_d = IdxFull;
            end else if (free_any != '0) begin
              we[free_t][free_w[free_t]] = 1'b1;
              wdata[free_t]              = '{valid: 1'b1, tag: tag_q, id: id_q};
            end else begin
              done_d  = 1'b0;
              state_d = StSeek;
            end
          end
          IdxDelete: begin
            if (mine) we[mine_t][mine_w] = 1'b1;
            else result_d = IdxNotFound;
          end
          default: result_d = mine ? IdxOk : IdxNotFound;
        endcase
      end
      StSeek: begin
        op_read      = 1'b1;
        op_addr[!vt] = bkt_q[vt] ^ bkt_t'(victim.tag);
        state_d      = StTry;
      end
      StTry: begin
        if (free_any[!vt]) begin
          we[!vt][free_w[!vt]] = 1'b1;
          waddr[!vt]           = bkt_q[vt] ^ bkt_t'(victim.tag);
          wdata[!vt]           = victim;
          state_d              = StPlace;
        end else if (seek_q == 4'd7) begin
          done_d   = 1'b1;
          result_d = IdxFull;
          state_d  = StIdle;
        end else begin
          seek_d  = seek_q + 1'b1;
          state_d = StSeek;
        end
      end
      StPlace: begin
        we[vt][seek_q[1:0]] = 1'b1;  // the copy is in place: the new entry takes over the old place
        wdata[vt]           = '{valid: 1'b1, tag: tag_q, id: id_q};
        done_d              = 1'b1;
        state_d             = StIdle;
      end
      default: state_d = StIdle;
    endcase
  end

  assign op_ready_o = state_q == StIdle;
  assign busy_o     = state_q == StClear;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q   <= StClear;
      clear_q   <= '0;
      op_done_o <= 1'b0;
    end else begin
      state_q   <= state_d;
      clear_q   <= (state_q == StClear) ? clear_q + 1'b1 : '0;
      op_done_o <= done_d;
    end
    op_result_o <= result_d;
    op_found_o  <= found_d;
    op_twin_o   <= dup2;
    op_twin_id_o <= dup2_id;
    seek_q      <= seek_d;
    if (state_q == StDecide) row_q <= op_row;
    if (op_valid_i && op_ready_o) begin
      op_q     <= op_i;
      tag_q    <= tag_of(op_hash_i);
      id_q     <= op_id_i;
      bkt_q[0] <= op_hash_i[BktW-1:0];
      bkt_q[1] <= op_hash_i[BktW-1:0] ^ step_of(op_hash_i);
    end
  end

  if (BktW + TagW < 32) begin : g_unused
    logic unused;
    assign unused = ^{lk_hash_i[31:BktW+TagW], op_hash_i[31:BktW+TagW]};
  end

  `TOE_COVER(Moves_C, state_q == StPlace)
  `TOE_COVER(Full_C, done_d && result_d == IdxFull)

endmodule

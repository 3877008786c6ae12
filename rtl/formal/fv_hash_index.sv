// SPDX-License-Identifier: Apache-2.0
// Proof of prim_hash_index, by induction over operations: the tables hold whatever they like that
// satisfies the invariant, one operation runs, and they satisfy it again.
// Contract: proofs only. The solver chooses a hash and an id to follow. Invariant: the two copies
// of a table are equal, and in the two buckets of the followed hash exactly one entry has its tag,
// with its id, if it is live, and none if it is not. Shown: lookups find a live entry, always that
// one, also while another moves it; they never find one that is not live; an operation ends within
// 24 cycles; insertion makes an entry live, or says why not and changes nothing; only its own
// deletion ends it.
`include "toe_assert.svh"
module fv_hash_index
  import prim_pkg::*;
#(
  parameter int unsigned Entries = 16,
  parameter int unsigned IdW     = 2,
  parameter int unsigned TagW    = 3
) (
  input logic           clk_i,
  input logic           lk_valid_i,
  input logic [31:0]    lk_hash_i,
  input logic           op_valid_i,
  input idx_op_e        op_i,
  input logic [31:0]    op_hash_i,
  input logic [IdW-1:0] op_id_i,
  input logic [31:0]    hash_i,                // followed, from the first cycle on
  input logic [IdW-1:0] id_i,
  input logic           live_i
);
  localparam int unsigned Buckets = Entries / 4;
  localparam int unsigned BktW    = $clog2(Buckets);
  localparam int unsigned EntryW  = 1 + TagW + IdW;
  localparam int unsigned PartW   = BktW + TagW;
  typedef logic [PartW-1:0] part_t;

  logic           rst_ni, busy, cand, op_ready, op_done;
  logic [IdW-1:0] cand_id, op_found;
  idx_result_e    op_result;
  assign rst_ni = 1'b1;

  prim_hash_index #(.Entries(Entries), .IdW(IdW), .TagW(TagW)) u_dut (
    .clk_i, .rst_ni, .busy_o(busy), .lk_en_i(1'b1), .lk_valid_i, .lk_hash_i, .cand_valid_o(cand),
    .cand_id_o(cand_id), .op_valid_i, .op_ready_o(op_ready), .op_i, .op_hash_i, .op_id_i,
    .op_done_o(op_done), .op_result_o(op_result), .op_found_o(op_found)
  );

  // ---- The tables
  logic [1:0][3:0][Buckets-1:0][EntryW-1:0] lk_tab, op_tab;
  for (genvar t = 0; t < 2; t++) begin : g_t
    for (genvar w = 0; w < 4; w++) begin : g_w
      for (genvar b = 0; b < int'(Buckets); b++) begin : g_b
        assign lk_tab[t][w][b] = u_dut.g_table[t].u_lk.g_lanes.g_lane[w].mem[b];
        assign op_tab[t][w][b] = u_dut.g_table[t].u_op.g_lanes.g_lane[w].mem[b];
      end
    end
  end

  logic           begun_q, live_q, finished_q, other_q;
  part_t          part_q;
  logic [IdW-1:0] id_q;
  logic [1:0][BktW-1:0] bucket;
  logic [TagW-1:0]      tag;
  assign tag       = part_q[PartW-1:BktW];
  assign bucket[0] = part_q[BktW-1:0];
  assign bucket[1] = part_q[BktW-1:0] ^ BktW'(tag);

  logic [3:0] places;                          // entries with the followed tag in its buckets
  logic       ids_ok;
  always_comb begin
    places = '0;
    ids_ok = 1'b1;
    for (int t = 0; t < 2; t++) begin
      for (int w = 0; w < 4; w++) begin
        if (op_tab[t][w][bucket[t]][EntryW-1] &&
            op_tab[t][w][bucket[t]][EntryW-2:IdW] == tag) begin
          places = places + 4'd1;
          if (op_tab[t][w][bucket[t]][IdW-1:0] != id_q) ids_ok = 1'b0;
        end
      end
    end
  end
  logic invariant;
  assign invariant = lk_tab == op_tab && places == (live_q ? 4'd1 : 4'd0) && ids_ok;

  // ---- One operation
  logic [4:0] age_q;
  logic       under_q, mine_q, same_id_q;      // it names the followed hash; and id
  idx_op_e    op_q;
  initial begun_q = 1'b0;
  always_ff @(posedge clk_i) begin
    begun_q <= 1'b1;
    if (!begun_q) begin
      part_q     <= part_t'(hash_i);
      id_q       <= id_i;
      live_q     <= live_i;
      under_q    <= 1'b0;
      finished_q <= 1'b0;
    end else begin
      if (op_valid_i && op_ready && !under_q) begin
        under_q   <= 1'b1;
        age_q     <= '0;
        op_q      <= op_i;
        mine_q    <= part_t'(op_hash_i) == part_q;
        same_id_q <= op_id_i == id_q;
      end
      if (under_q) age_q <= age_q + 5'd1;
      if (under_q && op_done) begin
        under_q    <= 1'b0;
        finished_q <= 1'b1;
        other_q    <= op_q == IdxInsert && mine_q && !same_id_q && op_result == IdxOk && !live_q;
        if (mine_q && same_id_q && op_result == IdxOk) begin
          if (op_q == IdxInsert) live_q <= 1'b1;
          if (op_q == IdxDelete) live_q <= 1'b0;
        end
      end
    end
  end

  logic first_q;                               // the first cycle in which part_q counts
  always_ff @(posedge clk_i) first_q <= !begun_q;
  always @(posedge clk_i) begin
    if (!begun_q) begin
      assume (op_ready && !u_dut.op_done_o && !u_dut.lk_valid_q &&
          !u_dut.cand_valid_o);
      assume (!op_valid_i && !lk_valid_i);
    end
    if (begun_q && first_q) begin
      assume (invariant);
    end
    assume (!(op_valid_i && (under_q || finished_q)));
    // Ids are the entries' own: an id is inserted under one hash only.
    assume (!(op_valid_i && (op_i == IdxInsert || op_i == IdxTwin) && op_id_i == id_q && live_q &&
        part_t'(op_hash_i) != part_q));
    // The followed hash has no twin (the bench of tw_bank makes them); others may.
    assume (!(op_valid_i && op_i == IdxTwin && part_t'(op_hash_i) == part_q));
  end

  // ---- Lookups of the followed hash
  logic [2:0] lk_q;                            // asked one, two cycles ago
  logic [2:0] sure_q;                          // nothing that names it ran since
  logic       named;
  assign named = (op_valid_i && op_ready && part_t'(op_hash_i) == part_q) || (under_q && mine_q);
  always_ff @(posedge clk_i) begin
    if (!begun_q) lk_q <= '0;
    else begin
      lk_q   <= {lk_q[1:0], lk_valid_i && part_t'(lk_hash_i) == part_q};
      sure_q <= {sure_q[1:0] & {2{!named}}, !named};
    end
  end

  `TOE_ASSERT(Found_A, !(begun_q && lk_q[1] && sure_q[1] && !named && live_q) ||
      (cand && cand_id == id_q))
  `TOE_ASSERT(Missed_A, !(begun_q && lk_q[1] && sure_q[1] && !named && !live_q) || !cand ||
      (finished_q && other_q))
  `TOE_ASSERT(Bound_A, !(begun_q && under_q) || age_q <= 5'd24)
  // Another id under a hash that was free: that pair is one to follow, too.
  `TOE_ASSERT(Kept_A, !(begun_q && finished_q) || invariant || other_q)
  `TOE_ASSERT(Inserted_A,
      !(begun_q && under_q && op_done && op_q == IdxInsert && mine_q && live_q) ||
      (op_result == IdxExists && op_found == id_q))
  `TOE_ASSERT(Deleted_A,
      !(begun_q && under_q && op_done && op_q == IdxDelete && mine_q && same_id_q && live_q) ||
      op_result == IdxOk)
  `TOE_COVER(Moved_C, under_q && op_done && op_q == IdxInsert && op_result == IdxOk && age_q > 5'd5)
  `TOE_COVER(Full_C, under_q && op_done && op_result == IdxFull)
  `TOE_COVER(Gone_C, finished_q && lk_q[1] && sure_q[1] && !live_q)

  logic unused;
  assign unused = busy;
endmodule

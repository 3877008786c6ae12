// SPDX-License-Identifier: Apache-2.0
// Proof of the control of tw_bank: every operation ends, and no entry is lost or counted twice.
// Contract: proofs only. The index, the hash and all memories are cut off: they answer whatever
// and whenever they like, but for what fv_hash_index shows of the index (one tuple has one entry,
// a twin is never refused as a duplicate) and what the age lists are (an entry that is taken out
// was counted in its list; the list of a class holds that class). Shown: allocated + free + in
// hand = Entries in every cycle; a class never exceeds its quota; each step of an operation comes
// nearer to its end (Rank), so that an insertion takes at most 46 steps besides what it waits for:
// three hashes, seven operations of the index and the event queue.
// With Records: a record that is not stored is told, whole, and its event is taken. (Records are
// wide; apart, they do not slow down the rest.)
// With Lists the memories of links and classes stay, and what was assumed of the lists is shown:
// see there.
`include "toe_assert.svh"
module fv_tw_bank
  import tw_pkg::*;
  import prim_pkg::*;
#(
  parameter int unsigned Entries = 16,
  parameter bit          Lists   = 1'b0,
  parameter bit          Records = 1'b0
) (
  input logic                clk_i,
  input logic                again_i,
  input logic [47:0]         now_us_i,
  input toe_pkg::tw_ctl_t    ctl_i,
  input logic                chg_valid_i,
  input change_t             chg_i,
  input logic                ins_valid_i,
  input toe_pkg::tw_record_t ins_i,
  input logic                flush_i,
  input logic                look_valid_i,
  input logic [15:0]         look_id_i,
  input logic                evt_ready_i,
  input logic                evt_room_i
);
  localparam int unsigned IdW = $clog2(Entries);
  typedef logic [IdW-1:0] id_t;
  typedef logic [IdW:0]   cnt_t;
  logic rst_ni, ins_ready, ins_ok, evt_valid;
  evt_e evt;
  toe_pkg::tw_record_t evt_rec;
  fv_reset u_reset (.clk_i, .again_i, .rst_no(rst_ni));

  tw_bank #(.V6(1'b0), .Entries(Entries)) u_dut (
    .clk_i, .rst_ni, .now_us_i, .ctl_i, .key_i('0), .busy_o(), .deadline_valid_o(),
    .deadline_us_o(), .count_o(), .ctr_o(), .lk_valid_i(1'b0), .lk_hash_i('0), .lk_direct_i(1'b0),
    .lk_id_i('0), .rsp_found_o(), .rsp_id_o(), .rsp_twin_o(), .rsp_twin_id_o(), .rsp_rec_o(),
    .chg_valid_i, .chg_ready_o(), .chg_i, .ins_valid_i, .ins_ready_o(ins_ready), .ins_i,
    .ins_ok_o(ins_ok), .flush_i, .look_valid_i, .look_id_i, .look_done_o(), .look_found_o(),
    .look_rec_o(), .look_age_us_o(), .evt_valid_o(evt_valid), .evt_ready_i, .evt_room_i,
    .evt_o(evt), .evt_id_o(), .evt_rec_o(evt_rec)
  );
  prim_stream_chk #(.Width($bits(ins_i)), .IsInput(1'b1)) u_ins_chk (
    .clk_i, .rst_ni, .valid_i(ins_valid_i), .ready_i(ins_ready), .data_i(ins_i)
  );

  // As in tw_bank, in its order.
  typedef enum logic [4:0] {
    StIdle, StPoll, StPolled, StLoad, StLoaded, StHash, StHashWait, StIndex, StIndexWait,
    StUnlink, StFree, StInsHash, StInsHashWait, StQuota, StAlloc, StAllocWait, StWrite,
    StInsIndex, StInsIndexWait, StRival, StRivalRead, StFail, StAppend,
    StProbe, StProbeWait, StLook
  } state_e;
  typedef enum logic [2:0] {
    WhyExpire, WhyEvict, WhyReplace, WhyDelete, WhyRestart, WhyFlush
  } why_e;
  state_e     state;
  why_e       why;
  logic [1:0] cls, ins_cls;
  id_t        cur;
  logic       reuse, twin;
  assign state   = state_e'(u_dut.state_q);
  assign why     = why_e'(u_dut.why_q);
  assign cls     = u_dut.cls_q;
  assign cur     = u_dut.cur_q;
  assign reuse   = u_dut.reuse_q;
  assign twin    = u_dut.twin_q;
  assign ins_cls = class_of(ins_i.msl_class);

  function automatic cnt_t quota(logic [1:0] c);
    return c == 2'd0 ? cnt_t'(Entries / 2) : cnt_t'(Entries / 4);
  endfunction

  // ---- Where an operation is
  logic removing, loaded, index_ins, inserting, in_hand, replaced_q;
  assign removing  = state inside {StLoad, StLoaded, StHash, StHashWait, StIndex, StIndexWait,
      StUnlink};
  assign loaded    = removing && state != StLoad;    // what was read of cur stands at the outputs
  assign index_ins = state == StInsIndex || state == StInsIndexWait;
  assign inserting = state inside {StInsHash, StInsHashWait, StQuota, StAlloc, StAllocWait,
      StWrite, StInsIndex, StInsIndexWait, StRival, StRivalRead};
  assign in_hand   = state == StAllocWait || state == StWrite || state == StAppend ||
      state == StFree || (index_ins && !reuse);
  // This insertion has found an older incarnation.
  always_ff @(posedge clk_i) begin
    if (!rst_ni || state == StIdle) replaced_q <= 1'b0;
    else if (state == StRivalRead && u_dut.state_d == StLoad) replaced_q <= 1'b1;
  end

  // ---- What is assumed of the parts that are cut off
  `TOE_ASSUME(TwinIsTaken_M, !(state == StInsIndexWait && u_dut.ix_done && twin) ||
      u_dut.ix_result != IdxExists)
  `TOE_ASSUME(OneIncarnation_M, !(state == StRivalRead && replaced_q) ||
      u_dut.read_rec.tuple != ins_i.tuple)

  // ---- Conservation
  logic [7:0] total;
  assign total = 8'(u_dut.count_q[0]) + 8'(u_dut.count_q[1]) + 8'(u_dut.count_q[2]) +
      8'(u_dut.nfree_q) + (u_dut.fresh_left_q ? 8'(Entries) - 8'(u_dut.fresh_q) : 8'd0) +
      8'(in_hand);
  `TOE_ASSERT(Conserved_A, total == 8'(Entries))
  `TOE_ASSERT(State_A, 5'(state) <= 5'(StLook))
  `TOE_ASSERT(Class_A, state inside {StIdle, StProbe, StProbeWait, StLoad, StLoaded, StLook} ||
      cls != 2'd3)
  `TOE_ASSERT(Poll_A, u_dut.poll_q != 2'd3)
  `TOE_ASSERT(Asked_A, !inserting || (ins_valid_i && cls == ins_cls))
  `TOE_ASSERT(AskedStill_A, !((why == WhyEvict || why == WhyReplace) &&
      (removing || state == StFree)) || ins_valid_i)
  `TOE_ASSERT(FailAsked_A, state != StFail || ins_valid_i)
  `TOE_ASSERT(Room_A, !(state == StAppend || state == StWrite || state == StAlloc ||
      state == StAllocWait || (index_ins && !reuse)) || u_dut.count_q[cls] < quota(cls))
  `TOE_ASSERT(RoomEvicted_A, !(state == StFree && why == WhyEvict) ||
      u_dut.count_q[ins_cls] < quota(ins_cls))
  `TOE_ASSERT(Reuse_A, !(why == WhyEvict && (removing || state == StFree)) ||
      reuse)
  `TOE_ASSERT(NotReused_A, !(state == StAlloc || state == StAllocWait) || !reuse)
  `TOE_ASSERT(Why_A, !(removing || state == StFree) || 3'(why) <= 3'd5)
  `TOE_ASSERT(WhyProbe_A, !(state == StProbe || state == StProbeWait) ||
      (why inside {WhyDelete, WhyRestart}))
  `TOE_ASSERT(Replaced_A, !(why == WhyReplace && (removing || state == StFree)) ||
      (replaced_q && !twin))

  // ---- Stored or told
  if (Records) begin : g_records
    `TOE_ASSERT(InHand_A, !(inserting || state == StFail) || u_dut.op_rec_q == ins_i)
    `TOE_ASSERT(Told_A, !ins_ready || ins_ok ||
        (evt_valid && evt_ready_i && evt == EvtInsertFailed && evt_rec == ins_i))
    `TOE_ASSERT(Stored_A, !(ins_ready && ins_ok) || state == StAppend)
  end

  // ---- Lists
  logic listed_is_counted, own_class;
  assign listed_is_counted = state != StUnlink || u_dut.count_q[cls] != '0;
  assign own_class         = !(state == StUnlink && why == WhyEvict) || cls == ins_cls;
  if (!Lists) begin : g_assumed
    `TOE_ASSUME(ListedIsCounted_M, listed_is_counted)
    `TOE_ASSUME(OwnClass_M, own_class)
  end else begin : g_lists
    // A queue for each class and a stack of freed entries, kept by what the bank does to an entry:
    // it is put in (StAppend), taken out (StUnlink), freed, used again. Shown: the links in the
    // memories are those queues, forwards and backwards, from head to tail, and no entry is in them
    // twice; so what goes for its age is the oldest of its class, and a free entry is taken once.
    localparam int unsigned Most = Entries / 2;            // of a class
    id_t [2:0][Most-1:0]        queue_q;                   // [0] the oldest
    id_t [Entries-1:0]          stack_q;
    id_t [Entries-1:0]          nxt, prv;
    tw_pkg::cls_t [Entries-1:0] mem_cls, mem_lk_cls;
    for (genvar i = 0; i < int'(Entries); i++) begin : g_mem
      assign nxt[i]        = u_dut.u_store.u_next.g_whole.mem[i];
      assign prv[i]        = u_dut.u_store.u_prev.g_whole.mem[i];
      assign mem_cls[i]    = u_dut.u_store.u_cls_op.g_whole.mem[i];
      assign mem_lk_cls[i] = u_dut.u_store.u_cls_lk.g_whole.mem[i];
    end

    function automatic logic used(id_t i);                 // no longer fresh
      return !u_dut.fresh_left_q || i < u_dut.fresh_q;
    endfunction
    // Every place in the queues and in the stack: is it taken, by whom?
    localparam int unsigned Places = 3 * Most + Entries;
    logic [Places-1:0]     taken;
    id_t [Places-1:0]      who;
    logic [2:0][Most-1:0]  is_cur;
    logic [2:0]            cur_in;                         // the class in whose queue it is
    for (genvar c = 0; c < 3; c++) begin : g_taken
      for (genvar k = 0; k < int'(Most); k++) begin : g_place
        assign taken[c*Most+k] = cnt_t'(k) < u_dut.count_q[c];
        assign who[c*Most+k]   = queue_q[c][k];
        assign is_cur[c][k]    = taken[c*Most+k] && queue_q[c][k] == cur;
      end
      assign cur_in[c] = is_cur[c] != '0;
    end
    for (genvar k = 0; k < int'(Entries); k++) begin : g_stacked
      assign taken[3*Most+k] = cnt_t'(k) < u_dut.nfree_q;
      assign who[3*Most+k]   = stack_q[k];
    end
    function automatic logic live(id_t i);
      logic found;
      found = 1'b0;
      for (int p = 0; p < int'(3 * Most); p++) found |= taken[p] && who[p] == i;
      return found;
    endfunction

    logic freed;
    assign freed = (state == StFree && why != WhyEvict && (!evt_valid || evt_ready_i)) ||
        (state == StInsIndexWait && u_dut.ix_done && u_dut.ix_result != IdxOk && !reuse);
    always_ff @(posedge clk_i) begin
      for (int c = 0; c < 3; c++) begin
        if (state == StUnlink && cls == 2'(c)) begin
          for (int k = 0; k < int'(Most) - 1; k++) begin
            if ((is_cur[c] & Most'((2 << k) - 1)) != '0) queue_q[c][k] <= queue_q[c][k+1];
          end
        end
        if (state == StAppend && cls == 2'(c)) queue_q[c][u_dut.count_q[c]] <= cur;
      end
      if (freed) stack_q[u_dut.nfree_q] <= cur;
    end

    // ---- What the index says of entries (fv_hash_index): what it finds is there.
    `TOE_ASSUME(ProbedIsLive_M, !(state == StProbeWait && u_dut.ix_done &&
        (u_dut.ix_result inside {IdxOk, IdxExists})) || live(cur))
    `TOE_ASSUME(FoundIsLive_M, !(state == StInsIndexWait && u_dut.ix_done &&
        u_dut.ix_result == IdxExists) || (live(u_dut.ix_found) &&
        (!u_dut.ix_twin || live(u_dut.ix_twin_id))))

    // ---- The age lists
    for (genvar c = 0; c < 3; c++) begin : g_class
      cnt_t n;
      assign n = u_dut.count_q[c];
      `TOE_ASSERT(Head_A, n == '0 || u_dut.head_q[c] == queue_q[c][0])
      for (genvar k = 0; k < int'(Most); k++) begin : g_place
        id_t id;
        assign id = queue_q[c][k];
        `TOE_ASSERT(Tail_A, n != cnt_t'(k + 1) || u_dut.tail_q[c] == id)
        `TOE_ASSERT(Class_A, cnt_t'(k) >= n || (used(id) && mem_cls[id] == 2'(c + 1) &&
            mem_lk_cls[id] == 2'(c + 1)))
        if (k > 0) begin : g_link
          `TOE_ASSERT(Next_A, cnt_t'(k) >= n || nxt[queue_q[c][k-1]] == id)
          `TOE_ASSERT(Prev_A, cnt_t'(k) >= n || prv[id] == queue_q[c][k-1])
        end
      end
    end
    // ---- The free list
    id_t top;
    assign top = state == StAllocWait ? u_dut.nxt_rd : u_dut.free_q;
    for (genvar k = 0; k < int'(Entries); k++) begin : g_free
      id_t id;
      assign id = stack_q[k];
      `TOE_ASSERT(Top_A, u_dut.nfree_q != cnt_t'(k + 1) || top == id)
      `TOE_ASSERT(Free_A, cnt_t'(k) >= u_dut.nfree_q ||
          (used(id) && mem_cls[id] == ClsNone && mem_lk_cls[id] == ClsNone))
      if (k > 0) begin : g_link
        `TOE_ASSERT(Below_A, cnt_t'(k) >= u_dut.nfree_q || nxt[id] == stack_q[k-1])
      end
    end
    // ---- Nobody twice
    for (genvar p = 0; p < int'(Places); p++) begin : g_once
      for (genvar q = 0; q < p; q++) begin : g_other
        `TOE_ASSERT(Once_A, !(taken[p] && taken[q]) || who[p] != who[q])
      end
      `TOE_ASSERT(Hand_A, !(in_hand && taken[p]) || who[p] != cur)
    end

    // ---- Where an operation is
    `TOE_ASSERT(HandUsed_A, !in_hand || used(cur))
    `TOE_ASSERT(Removed_A, !removing || cur_in != '0)
    `TOE_ASSERT(Read_A, !loaded || (u_dut.nxt_rd == nxt[cur] && u_dut.prv_rd == prv[cur] &&
        u_dut.u_store.cls == mem_cls[cur]))
    `TOE_ASSERT(AllocRead_A, state != StAllocWait || u_dut.nxt_rd == nxt[cur])
    `TOE_ASSERT(ItsClass_A, !(loaded && state != StLoaded) || cur_in[cls])
    `TOE_ASSERT(GivesItsPlace_A, !(index_ins && reuse) || is_cur[cls][0])
    `TOE_ASSERT(Evicted_A, !(removing && why == WhyEvict) || is_cur[ins_cls][0])
    `TOE_ASSERT(Rival_A, !(state == StRival || state == StRivalRead) ||
        (cur_in != '0 && (!u_dut.rival_q || live(u_dut.rival_id_q))))
    `TOE_ASSERT(ListedIsCounted_A, listed_is_counted)
    `TOE_ASSERT(OwnClass_A, own_class)
    `TOE_ASSERT(Oldest_A, !(removing && (why inside {WhyExpire, WhyEvict, WhyFlush})) ||
        is_cur[0][0] || is_cur[1][0] || is_cur[2][0])
  end

  // ---- Progress: steps to the end, at most
  logic [5:0] rank, base, last_q;
  logic       waits, waited_q, moving_q;
  always_comb begin
    // of a removal: steps from StFree on
    unique case (why)
      WhyEvict:   base = 6'd3;
      WhyReplace: base = 6'd27;
      default:    base = 6'd2;
    endcase
    unique case (state)
      StAppend, StFail, StPolled, StLook: rank = 6'd1;
      StPoll:         rank = 6'd2;
      StFree:         rank = base;
      StUnlink:       rank = base + 6'd1;
      StIndexWait:    rank = base + 6'd2;
      StIndex:        rank = base + 6'd3;
      StHashWait:     rank = base + 6'd4;
      StHash:         rank = base + 6'd5;
      StLoaded:       rank = base + 6'd6;
      StLoad:         rank = base + 6'd7;
      StProbeWait:    rank = 6'd10;
      StProbe:        rank = 6'd11;
      // The last time as a twin, before it perhaps once after a replacement.
      StInsIndexWait: rank = twin ? 6'd11 : replaced_q ? 6'd21 : 6'd39;
      StInsIndex:     rank = twin ? 6'd12 : replaced_q ? 6'd22 : 6'd40;
      StWrite:        rank = reuse ? 6'd2 : twin ? 6'd13 : replaced_q ? 6'd23 : 6'd41;
      StAllocWait:    rank = twin ? 6'd14 : replaced_q ? 6'd24 : 6'd42;
      StAlloc:        rank = twin ? 6'd15 : replaced_q ? 6'd25 : 6'd43;
      StQuota:        rank = twin ? 6'd16 : replaced_q ? 6'd26 : 6'd44;
      StRivalRead:    rank = (replaced_q ? 6'd17 : 6'd35) + (u_dut.rival_q ? 6'd2 : 6'd0);
      StRival:        rank = (replaced_q ? 6'd18 : 6'd36) + (u_dut.rival_q ? 6'd2 : 6'd0);
      StInsHashWait:  rank = 6'd45;
      StInsHash:      rank = 6'd46;
      default:        rank = 6'd0;
    endcase
  end
  always_comb begin
    unique case (state)
      StHash, StInsHash:                         waits = !u_dut.h_ready;
      StHashWait, StInsHashWait:                 waits = !u_dut.h_done;
      StIndex, StInsIndex, StProbe:              waits = !u_dut.ix_ready;
      StIndexWait, StInsIndexWait, StProbeWait:  waits = !u_dut.ix_done;
      StFree:                                    waits = evt_valid && !evt_ready_i;
      StFail:                                    waits = !evt_ready_i;
      default:                                   waits = 1'b0;
    endcase
  end
  always_ff @(posedge clk_i) begin
    last_q   <= rank;
    waited_q <= waits;
    moving_q <= rst_ni && state != StIdle;
  end
  `TOE_ASSERT(TwinOnly_A, !(twin && (state == StRival || state == StRivalRead)))
  `TOE_ASSERT(Rank_A, !moving_q || (waited_q ? rank == last_q : rank < last_q))
  `TOE_COVER(Inserted_C, ins_ready && ins_ok)
  `TOE_COVER(Expired_C, state == StLoad && why == WhyExpire)
endmodule

// SPDX-License-Identifier: Apache-2.0
// TIME_WAIT records of one address family: storage, index, age order of each MSL class, expiry.
// Contract: a lookup a cycle, answered three cycles later, also while records come and go; with a
//   second candidate where two entries share their part of the hash (read it by lk_direct_i, in a
//   cycle in which no lookup is under way). Operations run one at a time, each in a bounded number
//   of cycles (an insertion that must replace an entry and evict another: < 150): changes and
//   insertions in turn, an expiry that is due after each insertion, looks of a walk when there is
//   neither. allocated + free = Entries. Each class has its own quota (REMOTE half, LOCAL and
//   LOOPBACK a quarter each) and its own list in order of age: where the quota is used up the
//   oldest of the class goes, never another's (S-VTW-7). Expiry is never early and at most one tick
//   (2^18 µs) late, as long as time moves by less than 67 s at once and its event is taken; after a
//   longer jump every entry has expired. Reset: empty, after the index has cleared itself.
`include "toe_assert.svh"
module tw_bank #(
  parameter bit          V6      = 1'b0,
  parameter int unsigned Entries = 256
) (
  input  logic               clk_i,
  input  logic               rst_ni,
  input  logic [47:0]        now_us_i,
  input  toe_pkg::tw_ctl_t   ctl_i,
  input  logic [319:0]       key_i,
  output logic               busy_o,          // an operation is under way
  output logic               deadline_valid_o,
  output logic [47:0]        deadline_us_o,
  output logic [2:0][31:0]   count_o,
  output tw_pkg::tw_ctr_t    ctr_o,
  // Lookup
  input  logic               lk_valid_i,
  input  logic [31:0]        lk_hash_i,
  input  logic               lk_direct_i,     // read record lk_id_i instead, two cycles later
  input  logic [15:0]        lk_id_i,
  output logic               rsp_found_o,     // a candidate: compare its tuple
  output logic [15:0]        rsp_id_o,
  output logic               rsp_twin_o,      // another
  output logic [15:0]        rsp_twin_id_o,
  output toe_pkg::tw_record_t rsp_rec_o,
  // Changes asked by the lookup side
  input  logic               chg_valid_i,
  output logic               chg_ready_o,
  input  tw_pkg::change_t    chg_i,
  // Insertion
  input  logic               ins_valid_i,
  output logic               ins_ready_o,     // taken when done
  input  toe_pkg::tw_record_t ins_i,
  output logic               ins_ok_o,        // with ins_ready_o
  // Flush, and a look at one place
  input  logic               flush_i,         // pulse
  input  logic               look_valid_i,
  input  logic [15:0]        look_id_i,
  output logic               look_done_o,     // with the record below, if there is one
  output logic               look_found_o,
  output toe_pkg::tw_record_t look_rec_o,
  output logic [31:0]        look_age_us_o,
  // What happened, for the host
  output logic               evt_valid_o,
  input  logic               evt_ready_i,     // it is this bank's turn
  input  logic               evt_room_i,      // no expiry begins without
  output tw_pkg::evt_e       evt_o,
  output logic [15:0]        evt_id_o,
  output toe_pkg::tw_record_t evt_rec_o
);
  import toe_pkg::*;
  import tw_pkg::*;
  import prim_pkg::*;

  localparam int unsigned IdW  = $clog2(Entries);
  `TOE_STATIC(EntriesPow2_A, (1 << IdW) == Entries && Entries >= 16 && IdW <= 16)
  typedef logic [IdW-1:0] id_t;
  typedef logic [IdW:0]   cnt_t;

  function automatic cnt_t quota(logic [1:0] cls);
    return cls == 2'd0 ? cnt_t'(Entries / 2) : cnt_t'(Entries / 4);
  endfunction

  // ------------------------------------------------------------------ storage
  logic            rec_we, exp_we, nxt_we, prv_we, cls_we, rd;
  cls_t            cls_wd;
  id_t             wid, nxt_wa, prv_wa, rid;
  exp_t            exp_rd, linger_exp;
  tw_record_t      op_rec_q, op_rec_d, read_rec;
  id_t             nxt_wd, prv_wd, nxt_rd, prv_rd, cand_id, cand_id_q, twin_id, twin_id_q;
  logic            alive_rd, cand, twin;

  tw_store #(.V6(V6), .Entries(Entries)) u_store (
    .clk_i, .rst_ni, .id_i(wid),
    .rec_we_i(rec_we), .rec_i(op_rec_q), .exp_we_i(exp_we), .exp_i(linger_exp),
    .cls_we_i(cls_we), .cls_i(cls_wd),
    .nxt_we_i(nxt_we), .nxt_id_i(nxt_wa), .nxt_i(nxt_wd),
    .prv_we_i(prv_we), .prv_id_i(prv_wa), .prv_i(prv_wd),
    .lk_re_i(cand || lk_direct_i), .lk_id_i(lk_direct_i ? id_t'(lk_id_i) : cand_id),
    .lk_rec_o(rsp_rec_o),
    .re_i(rd), .rid_i(rid), .rec_o(read_rec), .exp_o(exp_rd), .alive_o(alive_rd),
    .nxt_o(nxt_rd), .prv_o(prv_rd));

  // ------------------------------------------------------------------ index
  logic        ix_busy, ix_valid, ix_ready, ix_done;
  idx_op_e     ix_op;
  idx_result_e ix_result;
  id_t         ix_found, ix_twin_id;
  logic        ix_twin;
  logic [31:0] hash_q, hash_d;
  id_t         cur_q, cur_d;

  prim_hash_index #(.Entries(Entries), .IdW(int'(IdW))) u_index (
    .clk_i, .rst_ni, .busy_o(ix_busy),
    .lk_en_i(1'b1), .lk_valid_i, .lk_hash_i, .cand_valid_o(cand), .cand_id_o(cand_id),
    .twin_valid_o(twin), .twin_id_o(twin_id),
    .op_valid_i(ix_valid), .op_ready_o(ix_ready), .op_i(ix_op), .op_hash_i(hash_q), .op_id_i(cur_q),
    .op_done_o(ix_done), .op_result_o(ix_result), .op_found_o(ix_found),
    .op_twin_o(ix_twin), .op_twin_id_o(ix_twin_id));

  always_ff @(posedge clk_i) begin
    cand_id_q <= cand_id;
    twin_id_q <= twin_id;
    if (!rst_ni) {rsp_found_o, rsp_twin_o} <= '0;
    else {rsp_found_o, rsp_twin_o} <= {cand, twin};
  end
  assign rsp_id_o      = 16'(cand_id_q);
  assign rsp_twin_id_o = 16'(twin_id_q);

  // ------------------------------------------------------------------ hash of a record's tuple
  logic        h_valid, h_ready, h_done;
  logic [31:0] h_out;
  logic        unused_side;
  net_toeplitz #(.Steps(9), .SideW(1)) u_hash (
    .clk_i, .rst_ni, .key_i, .in_valid_i(h_valid), .in_ready_o(h_ready),
    .data_i(net_pkg::hash_input(op_rec_q.tuple, 1'b1)), .short_i(!V6), .side_i(1'b0),
    .out_valid_o(h_done), .out_ready_i(1'b1), .hash_o(h_out), .side_o(unused_side));

  // ------------------------------------------------------------------ lists
  id_t  [2:0] head_q, tail_q, head_d, tail_d;
  cnt_t [2:0] count_q, count_d;
  logic [2:0] known_q, known_d;  // head_exp of this class is what the head's record says
  exp_t [2:0] head_exp_q, head_exp_d;
  id_t        free_q, free_d, fresh_q, fresh_d;
  // freed entries in the list; entries from fresh_q on were never used
  cnt_t       nfree_q, nfree_d;
  logic       fresh_left_q, fresh_left_d;

  typedef enum logic [4:0] {
    StIdle, StPoll, StPolled, StLoad, StLoaded, StHash, StHashWait, StIndex, StIndexWait,
    StUnlink, StFree, StInsHash, StInsHashWait, StQuota, StAlloc, StAllocWait, StWrite,
    StInsIndex, StInsIndexWait, StRival, StRivalRead, StFail, StAppend,
    StProbe, StProbeWait, StLook
  } state_e;
  // What a removal is part of.
  typedef enum logic [2:0] {
    WhyExpire, WhyEvict, WhyReplace, WhyDelete, WhyRestart, WhyFlush
  } why_e;
  state_e      state_q, state_d;
  why_e        why_q, why_d;
  logic [1:0]  cls_q, cls_d, poll_q, poll_d;
  logic [31:0] ins_hash_q, ins_hash_d;
  // reuse: the oldest of the class gives its place
  logic        flush_q, flush_d, link_q, link_d, reuse_q, reuse_d;
  logic        jump_q, jump_d;                // time has passed beyond every expiry
  logic        chg_last_q, chg_last_d, ins_last_q, ins_last_d;  // whose turn it was
  logic        twin_q, twin_d, rival_q, rival_d;  // no rival has the tuple; one is left to look at
  id_t         rival_id_q, rival_id_d;
  logic        due;
  logic [47-TickShift-ExpW:0] jump_hi_q;
  exp_t        now_tick, last_tick_q;
  logic [1:0]  ins_cls;
  tw_ctr_t     ctr;

  assign now_tick = now_us_i[TickShift +: ExpW];
  assign ins_cls  = class_of(ins_i.msl_class);
  assign linger_exp = expiry(now_us_i, ctl_i.linger_us[cls_q]);

  assign ix_op = state_q == StInsIndex ? (twin_q ? IdxTwin : IdxInsert) :
      (state_q == StProbe ? IdxProbe : IdxDelete);
  assign ix_valid = state_q == StIndex || state_q == StInsIndex || state_q == StProbe;
  assign h_valid  = state_q == StHash || state_q == StInsHash;
  assign wid      = cur_q;
  assign ctr_o    = ctr;

  always_comb begin
    state_d      = state_q;
    why_d        = why_q;
    {cls_d, poll_d, cur_d, hash_d, ins_hash_d, op_rec_d} = {cls_q, poll_q, cur_q, hash_q,
        ins_hash_q, op_rec_q};
    {head_d, tail_d, count_d, known_d, head_exp_d} = {head_q, tail_q, count_q, known_q, head_exp_q};
    {free_d, fresh_d, nfree_d, fresh_left_d} = {free_q, fresh_q, nfree_q, fresh_left_q};
    {link_d, reuse_d, jump_d, chg_last_d, ins_last_d, twin_d, rival_d, rival_id_d} = {link_q,
        reuse_q, jump_q, chg_last_q, ins_last_q, twin_q, rival_q, rival_id_q};
    flush_d      = flush_q || flush_i;
    rd           = 1'b0;
    rid          = cur_q;
    rec_we       = 1'b0;
    exp_we       = 1'b0;
    cls_we       = 1'b0;
    cls_wd       = ClsNone;
    nxt_we       = 1'b0;
    nxt_wa       = tail_q[cls_q];
    nxt_wd       = cur_q;
    prv_we       = 1'b0;
    prv_wa       = cur_q;
    prv_wd       = tail_q[cls_q];
    chg_ready_o  = 1'b0;
    ins_ready_o  = 1'b0;
    ins_ok_o     = 1'b0;
    look_done_o  = 1'b0;
    ctr          = '0;

    unique case (state_q)
      StIdle: begin
        if (ix_busy) state_d = StIdle;
        else if (chg_valid_i && !(ins_valid_i && chg_last_q)) begin
          chg_last_d  = 1'b1;
          chg_ready_o = 1'b1;
          cur_d       = id_t'(chg_i.id);
          hash_d      = chg_i.hash;
          why_d       = chg_i.restart ? WhyRestart : WhyDelete;
          state_d     = StProbe;
        end else if (ins_valid_i && !(due && evt_room_i && ins_last_q)) begin
          chg_last_d = 1'b0;
          ins_last_d = 1'b1;
          twin_d     = 1'b0;
          op_rec_d   = ins_i;
          cls_d      = ins_cls;
          state_d    = StInsHash;
        end else if (look_valid_i && !(due && evt_room_i)) begin
          cur_d   = id_t'(look_id_i);
          rd      = 1'b1;
          rid     = id_t'(look_id_i);
          state_d = StLook;
        end else begin
          // One class a turn: is its head due?
          poll_d = poll_q == 2'd2 ? 2'd0 : poll_q + 2'd1;
          cls_d  = poll_q;
          cur_d  = head_q[poll_q];
          if (count_q[poll_q] == '0) begin
            if (count_q == '0) begin
              flush_d = flush_i;
              jump_d  = 1'b0;
            end
          end else if (flush_q) begin
            why_d   = WhyFlush;
            state_d = StLoad;
          end else if (!known_q[poll_q]) state_d = StPoll;
          else if (evt_room_i && (jump_q || exp_reached(now_tick, head_exp_q[poll_q]))) begin
            why_d      = WhyExpire;
            ins_last_d = 1'b0;
            state_d    = StLoad;
          end
        end
      end
      StPoll: begin
        rd      = 1'b1;
        state_d = StPolled;
      end
      StPolled: begin
        known_d[cls_q]    = 1'b1;
        head_exp_d[cls_q] = exp_rd;
        state_d           = StIdle;
      end

      // ---- removal of entry cur_q
      StLoad: begin
        rd      = 1'b1;
        state_d = StLoaded;
      end
      StLoaded: begin
        op_rec_d = read_rec;
        cls_d    = class_of(read_rec.msl_class);
        state_d  = why_q == WhyRestart ? StUnlink : (why_q == WhyDelete ? StIndex : StHash);
      end
      StHash: if (h_ready) state_d = StHashWait;
      StHashWait: if (h_done) begin
        hash_d  = h_out;
        state_d = StIndex;
      end
      StIndex: if (ix_ready) state_d = StIndexWait;
      StIndexWait: if (ix_done) state_d = StUnlink;
      StUnlink: begin
        // prev and next of cur_q are at the RAM outputs since StLoaded.
        known_d[cls_q] = known_q[cls_q] && cur_q != head_q[cls_q];
        if (cur_q == head_q[cls_q]) head_d[cls_q] = nxt_rd;
        if (cur_q == tail_q[cls_q]) tail_d[cls_q] = prv_rd;
        nxt_we  = cur_q != head_q[cls_q];
        nxt_wa  = prv_rd;
        nxt_wd  = nxt_rd;
        prv_we  = cur_q != tail_q[cls_q];
        prv_wa  = nxt_rd;
        prv_wd  = prv_rd;
        count_d[cls_q] = count_q[cls_q] - 1'b1;
        state_d = why_q == WhyRestart ? StAppend : StFree;
        if (why_q == WhyRestart) link_d = 1'b0;
      end
      StFree: begin
        if (!evt_valid_o || evt_ready_i) begin
          if (why_q != WhyEvict) begin
            nxt_we   = 1'b1;
            nxt_wa   = cur_q;
            nxt_wd   = free_q;
            free_d   = cur_q;
            nfree_d  = nfree_q + 1'b1;
            cls_we   = 1'b1;
          end
          ctr.tw_evict  = why_q == WhyEvict;
          ctr.tw_expire = why_q == WhyExpire;
          ctr.tw_delete = why_q == WhyDelete || why_q == WhyFlush || why_q == WhyReplace;
          state_d       = StIdle;
          if (why_q == WhyEvict || why_q == WhyReplace) begin
            op_rec_d = ins_i;
            cls_d    = ins_cls;
            state_d  = why_q == WhyEvict ? StWrite : StQuota;
          end
        end
      end

      // ---- insertion of ins_i
      StInsHash: if (h_ready) state_d = StInsHashWait;
      StInsHashWait: if (h_done) begin
        ins_hash_d = h_out;
        state_d    = StQuota;
      end
      StQuota: begin
        hash_d = ins_hash_q;
        // At the quota the new entry takes the place of the oldest, but only once the index has
        // said that it is no replacement of one that is there.
        reuse_d = count_q[cls_q] >= quota(cls_q);
        if (reuse_d) begin
          cur_d   = head_q[cls_q];
          link_d  = 1'b1;
          state_d = StInsIndex;
        end else state_d = StAlloc;
      end
      StAlloc: begin
        link_d = 1'b1;
        if (nfree_q != '0) begin
          cur_d   = free_q;
          rd      = 1'b1;
          rid     = free_q;
          nfree_d = nfree_q - 1'b1;
          state_d = StAllocWait;
        end else begin
          cur_d        = fresh_q;
          fresh_d      = fresh_q + 1'b1;
          fresh_left_d = fresh_q != id_t'(Entries - 1);
          state_d      = StWrite;
        end
      end
      StAllocWait: begin
        free_d  = nxt_rd;
        state_d = StWrite;
      end
      StWrite: begin
        rec_we  = 1'b1;
        state_d = reuse_q ? StAppend : StInsIndex;
      end
      StInsIndex: if (ix_ready) state_d = StInsIndexWait;
      StInsIndexWait: if (ix_done) begin
        if (ix_result == IdxOk) begin
          why_d   = WhyEvict;
          state_d = reuse_q ? StLoad : StAppend;
        end else begin
          // The place goes back to the free list.
          if (!reuse_q) begin
            cls_we  = 1'b1;
            nxt_we  = 1'b1;
            nxt_wa  = cur_q;
            nxt_wd  = free_q;
            free_d  = cur_q;
            nfree_d = nfree_q + 1'b1;
          end
          cur_d      = ix_found;
          rival_d    = ix_twin;
          rival_id_d = ix_twin_id;
          state_d    = ix_result == IdxExists ? StRival : StFail;
        end
      end
      // An older incarnation of the tuple gives way; beside another tuple the new one is its twin.
      StRival: begin
        rd      = 1'b1;
        state_d = StRivalRead;
      end
      StRivalRead: begin
        rival_d = 1'b0;
        cur_d   = rival_id_q;
        if (read_rec.tuple == ins_i.tuple) begin
          cur_d   = cur_q;
          why_d   = WhyReplace;
          state_d = StLoad;
        end else if (rival_q) state_d = StRival;
        else begin
          twin_d  = 1'b1;
          state_d = StQuota;
        end
      end
      StFail: if (evt_ready_i) begin           // op_rec_q is ins_i
        ins_ready_o        = 1'b1;
        ctr.tw_insert_fail = 1'b1;
        state_d            = StIdle;
      end
      StAppend: begin
        // At the young end of its class, with a new expiry.
        exp_we   = 1'b1;
        cls_we   = 1'b1;
        cls_wd   = cls_q + 2'd1;
        nxt_we   = count_q[cls_q] != '0;
        prv_we   = count_q[cls_q] != '0;
        if (count_q[cls_q] == '0) begin
          head_d[cls_q]     = cur_q;
          head_exp_d[cls_q] = linger_exp;
          known_d[cls_q]    = 1'b1;
        end
        tail_d[cls_q]  = cur_q;
        count_d[cls_q] = count_q[cls_q] + 1'b1;
        state_d        = StIdle;
        if (link_q) begin
          ins_ready_o   = 1'b1;
          ins_ok_o      = 1'b1;
          ctr.tw_insert = 1'b1;
        end
      end

      // ---- changes: is the entry still the one that was looked up?
      StProbe: if (ix_ready) state_d = StProbeWait;
      StProbeWait: if (ix_done) state_d = ix_result == IdxOk || ix_result == IdxExists ? StLoad
          : StIdle;

      // ---- a look: what is read stays at the outputs of the memories
      StLook: begin
        look_done_o = 1'b1;
        state_d     = StIdle;
      end
      default: state_d = StIdle;
    endcase

    // A jump of time beyond the range of the expiries: everything has expired.
    if (now_us_i[47:TickShift] - {jump_hi_q, last_tick_q} >= (48 - TickShift)'(1 << (ExpW - 1)))
      jump_d = 1'b1;
  end

  exp_t age;
  assign age           = exp_rd - now_tick;
  assign look_found_o  = alive_rd && (32'(cur_q) < 32'(fresh_q) || !fresh_left_q);
  assign look_rec_o    = read_rec;
  assign look_age_us_o = age[ExpW-1] ? 32'd0 : 32'(age) << TickShift;
  assign evt_valid_o   = (state_q == StFree && why_q inside {WhyEvict, WhyExpire}) ||
      state_q == StFail;
  assign evt_o         = state_q == StFail ? EvtInsertFailed :
      (why_q == WhyEvict ? EvtEvicted : EvtExpired);
  assign evt_id_o      = 16'(cur_q);
  assign evt_rec_o     = op_rec_q;

  always_ff @(posedge clk_i) begin
    state_q <= state_d;
    why_q   <= why_d;
    {cls_q, poll_q, cur_q, hash_q, ins_hash_q, op_rec_q} <= {cls_d, poll_d, cur_d, hash_d,
        ins_hash_d, op_rec_d};
    {head_q, tail_q, count_q, known_q, head_exp_q} <= {head_d, tail_d, count_d, known_d,
        head_exp_d};
    {free_q, fresh_q, nfree_q, fresh_left_q, flush_q} <= {free_d, fresh_d, nfree_d, fresh_left_d,
        flush_d};
    {link_q, reuse_q, jump_q, chg_last_q, ins_last_q, twin_q, rival_q, rival_id_q} <= {link_d,
        reuse_d, jump_d, chg_last_d, ins_last_d, twin_d, rival_d, rival_id_d};
    {jump_hi_q, last_tick_q} <= now_us_i[47:TickShift];
    if (!rst_ni) begin
      state_q      <= StIdle;
      poll_q       <= 2'd0;
      count_q      <= '0;
      known_q      <= '0;
      fresh_q      <= '0;
      fresh_left_q <= 1'b1;
      nfree_q      <= '0;
      {flush_q, jump_q, chg_last_q, ins_last_q} <= '0;
    end
  end

  // ------------------------------------------------------------------ status
  // Idle when nothing waits and every head is known and not due.
  for (genvar c = 0; c < 3; c++) begin : g_count
    assign count_o[c] = 32'(count_q[c]);
  end
  tw_due u_due (
    .ticks_i(now_us_i[47:TickShift]), .count_i(count_o), .known_i(known_q),
    .head_exp_i(head_exp_q), .due_o(due), .deadline_valid_o, .deadline_us_o);
  assign busy_o = ix_busy || state_q != StIdle || chg_valid_i || ins_valid_i ||
      look_valid_i || flush_q || jump_q || due;

  `TOE_ASSERT(QuotaKept_A, count_q[0] <= quota(2'd0) && count_q[1] <= quota(2'd1) &&
      count_q[2] <= quota(2'd2))
  `TOE_ASSERT(RoomForAll_A, state_q != StAlloc || nfree_q != '0 || fresh_left_q)
  // allocated + free = Entries, between operations
  `TOE_ASSERT(Conserved_A, state_q != StIdle ||
      32'(count_q[0]) + 32'(count_q[1]) + 32'(count_q[2]) + 32'(nfree_q) +
          (fresh_left_q ? Entries - 32'(fresh_q) : 0) == Entries)

  logic unused;
  assign unused = ^{unused_side, lk_id_i, look_id_i, ctl_i.rst_exact, ctl_i.recycle,
      ctl_i.replies_per_s,
      read_rec.tuple.ipv6};
endmodule

// SPDX-License-Identifier: Apache-2.0
// TIME_WAIT table: takes over sessions that have ended, and answers for them (S-VTW, S-MSLT,
// S-FIN).
// Contract: received frames pass in order, one a cycle, at least five cycles later; a TCP frame
//   without a session is looked up in the bank of its family on the way and marked TwConsumed
//   (answered or dropped here) or TwToHost (a SYN that recycles its entry). Replies go out as
//   headers without payload; when the reply or the change queue is full, frames wait (both drain by
//   themselves). Where two entries share their part of the hash the second is read too: some eight
//   cycles, once in a billion frames. Records are taken one at a time (< 150 cycles each, with a
//   change and an expiry in front < 250). Nothing is sent to a multicast source. Challenge ACKs and
//   answers to stray ACKs share a budget a second (2^20 µs); the acknowledgement of a retransmitted
//   FIN is not limited. Events for the host (eviction, expiry, failed insertion, recycling, reset)
//   wait in a queue, each with its whole record: two words of evt_o. An expiry and a failed
//   insertion wait for room in it (a failed one holds up insertions, because its record is nowhere
//   else); of the others those that find none are counted only (tw_event_lost). Reset: empty.
`include "toe_assert.svh"
module timewait #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  parameter int unsigned EventDepth    = 512   // a burst of them meets two writes each
) (
  input  logic                 clk_i,
  input  logic                 rst_ni,
  input  logic [47:0]          now_us_i,
  input  toe_pkg::tw_ctl_t     ctl_i,
  input  toe_pkg::net_ctl_t    net_i,
  output logic                 idle_o,
  output logic                 deadline_valid_o,
  output logic [47:0]          deadline_us_o,
  output logic [2:0][31:0]     entries_v4_o,
  output logic [2:0][31:0]     entries_v6_o,
  output tw_pkg::tw_ctr_t [1:0] bank_ctr_o,   // one of each bank
  output tw_pkg::tw_ctr_t      ctr_o,         // of the lookup side
  // frames
  input  logic                 work_valid_i,
  output logic                 work_ready_o,
  input  toe_pkg::rx_work_t    work_i,
  output logic                 work_valid_o,
  input  logic                 work_ready_i,
  output toe_pkg::rx_work_t    work_o,
  // sessions that ended
  input  logic                 rec_valid_i,
  output logic                 rec_ready_o,
  input  toe_pkg::tw_record_t  rec_i,
  // replies
  output logic                 seg_valid_o,
  input  logic                 seg_ready_i,
  output toe_pkg::seg_hdr_t    seg_o,
  // commands of the firmware
  input  logic                 cmd_valid_i,
  output logic                 cmd_ready_o,
  input  mcu_pkg::tw_cmd_t     cmd_i,
  output logic                 rsp_valid_o,
  output mcu_pkg::tw_rsp_t     rsp_o,
  // events for the host
  output logic                 evt_valid_o,
  input  logic                 evt_ready_i,
  output logic [255:0]         evt_o
);
  import toe_pkg::*;
  import tw_pkg::*;

  localparam int unsigned Latency = 3;        // of a bank's lookup
  localparam int unsigned Depth   = 8;

  // --------------------------------------------------------- state of the command port, used below
  typedef enum logic [3:0] { CmIdle, CmHash, CmHashWait, CmLookup, CmLookupWait, CmTwin, CmTwinWait,
      CmTwinRead, CmInsert, CmWalk, CmDelete } cm_e;
  cm_e              cm_q, cm_d;
  mcu_pkg::tw_cmd_t cmd_q;
  mcu_pkg::tw_rsp_t rsp_q, rsp_d;
  logic [31:0]      cmd_hash_q, cmd_hash;
  logic             ch_ready, ch_done, unused_side, rsp_valid_d;
  logic [15:0]      walk_from, twin_id_q;
  logic             cmd_v6, cmd_found, walk_v6, walk_one;

  logic [319:0]     key_q;

  // ------------------------------------------------------------------ lookups on the way
  typedef struct packed {
    logic        looked;                      // a lookup was made
    logic        cmd;                         // for the firmware, not for a frame
    logic        ipv6;
  } tag_t;
  typedef struct packed {
    logic        looked;
    logic        found;
    logic [15:0] id;
    logic        twin;
    logic [15:0] twin_id;
    tw_record_t  rec;
  } verdict_t;

  rx_work_t   head_work;
  verdict_t   verdict, head_verdict;
  tag_t       tag_d;
  tag_t [Latency-1:0] tag_q;
  logic       works_ready, works_valid, verd_ready, verd_valid, pop, take, wants;
  logic       cmd_lk, cmd_lk_take;
  logic [31:0] lk_hash;
  logic [1:0] lk_valid, b_found, b_twin, lk_direct;
  logic [1:0][15:0] b_id, b_twin_id;
  logic [15:0] direct_id;
  logic       hold, drained;
  tw_record_t [1:0] b_rec;
  logic [3:0] level_w, level_v;

  assign wants        = work_i.meta.is_tcp && !work_i.meta.mcast && !work_i.hit &&
      net_i.tw_enable;
  assign work_ready_o = works_ready && !hold;
  assign take         = work_valid_i && work_ready_o;
  assign cmd_lk_take  = cmd_lk && !(take && wants);
  assign tag_d        = '{looked: take && wants, cmd: cmd_lk_take, ipv6: cmd_lk_take
      ? cmd_q.rec.tuple.ipv6 : work_i.meta.tuple.ipv6};
  assign lk_hash      = cmd_lk_take ? cmd_hash_q : work_i.meta.hash;
  assign lk_valid[0]  = (tag_d.looked || tag_d.cmd) && !tag_d.ipv6;
  assign lk_valid[1]  = (tag_d.looked || tag_d.cmd) && tag_d.ipv6;

  logic [Latency-1:0] frame_q;                // a frame of the pipeline needs a verdict
  always_ff @(posedge clk_i) begin
    tag_q <= {tag_q[Latency-2:0], tag_d};
    if (!rst_ni) frame_q <= '0;
    else frame_q <= {frame_q[Latency-2:0], take};
  end
  assign verdict = '{looked: tag_q[Latency-1].looked, found: b_found[tag_q[Latency-1].ipv6],
                     id: b_id[tag_q[Latency-1].ipv6], twin: b_twin[tag_q[Latency-1].ipv6],
                     twin_id: b_twin_id[tag_q[Latency-1].ipv6],
                     rec: b_rec[tag_q[Latency-1].ipv6]};

  prim_fifo #(.Width($bits(rx_work_t)), .Depth(Depth)) u_works (
    .clk_i, .rst_ni, .in_valid_i(take), .in_ready_o(works_ready), .in_i(work_i),
    .out_valid_o(works_valid), .out_ready_i(pop), .out_o(head_work), .level_o(level_w));
  // As many places as u_works, and each verdict belongs to a frame there: never full.
  prim_fifo #(.Width($bits(verdict_t)), .Depth(Depth)) u_verdicts (
    .clk_i, .rst_ni, .in_valid_i(frame_q[Latency-1]), .in_ready_o(verd_ready), .in_i(verdict),
    .out_valid_o(verd_valid), .out_ready_i(pop), .out_o(head_verdict), .level_o(level_v));
  `TOE_ASSERT(VerdictFits_A, !frame_q[Latency-1] || verd_ready)

  logic [1:0] b_evt_valid, b_evt_go;
  logic       own_evt;
  logic [$clog2(EventDepth+3)-1:0] level_e;

  // -------------------------------------------------------------- verdict on the frame at the head
  logic     same, hit, reply_ready, chg_ready, budget, limited, go, second;
  outcome_t outcome;
  seg_hdr_t reply;
  tw_record_t head_rec, second_q;
  logic [15:0] head_id;
  // A candidate of another tuple with a twin: the twin is read while no lookup is under way.
  typedef enum logic [1:0] { RtFirst, RtRead, RtWait, RtSecond } rt_e;
  rt_e rt_q;
  assign second   = rt_q == RtSecond;
  assign head_rec = second ? second_q : head_verdict.rec;
  assign head_id  = second ? head_verdict.twin_id : head_verdict.id;
  assign same     = head_rec.tuple == head_work.meta.tuple;
  assign hit      = works_valid && verd_valid && head_verdict.looked && head_verdict.found && same;
  logic seek;
  assign seek     = works_valid && verd_valid && head_verdict.looked && head_verdict.found &&
      head_verdict.twin && !same && !second;
  always_comb begin
    drained = !take && !cmd_lk_take;
    for (int i = 0; i < int'(Latency); i++)
      if (tag_q[i].looked || tag_q[i].cmd || frame_q[i]) drained = 1'b0;
  end
  always_ff @(posedge clk_i) begin
    if (rt_q == RtWait) second_q <= b_rec[head_work.meta.tuple.ipv6];
    if (!rst_ni) rt_q <= RtFirst;
    else begin
      unique case (rt_q)
        RtFirst: if (seek && drained && cm_q != CmTwinWait) rt_q <= RtRead;
        RtRead:  rt_q <= RtWait;
        RtWait:  rt_q <= RtSecond;
        default: if (pop) rt_q <= RtFirst;
      endcase
    end
  end
  assign hold      = (seek && !second) || cm_q == CmTwin || cm_q == CmTwinWait;
  assign direct_id = rt_q == RtRead ? head_verdict.twin_id : twin_id_q;
  assign lk_direct = (rt_q == RtRead ? 2'b01 << head_work.meta.tuple.ipv6 : 2'b00) |
      (cm_q == CmTwinWait && rt_q != RtRead ? 2'b01 << cmd_v6 : 2'b00);

  tw_decide u_decide (
    .ctl_i, .rec_i(head_rec), .tcp_i(head_work.meta.tcp),
    .len_i(head_work.meta.payload_len), .outcome_o(outcome));

  assign limited = outcome.limited && !budget;
  // Room for whatever the frame may ask.
  assign go      = works_valid && verd_valid && reply_ready && chg_ready && !seek;
  assign work_valid_o = go;
  assign pop     = go && work_ready_i;
  always_comb begin
    work_o    = head_work;
    work_o.tw = !hit ? TwMiss : (outcome.recycle ? TwToHost : TwConsumed);
  end

  logic reply_valid, chg_valid, cmd_chg_ready;
  change_t cmd_change;
  change_t change, chg_head;
  logic chg_head_valid, chg_head_ready, chg_head_v6;
  assign reply_valid = pop && hit && outcome.reply != ReplyNone && !limited;
  assign chg_valid   = pop && hit && outcome.act != ActKeep;
  assign change      = '{restart: outcome.act == ActRestart, hash: head_work.meta.hash,
      id: head_id};

  always_comb begin
    reply = '0;
    reply.dst_mac      = head_work.meta.src_mac;
    reply.src_mac      = head_work.meta.dst_mac;
    reply.vlan_present = head_work.meta.vlan_present;
    reply.vlan_tci     = head_work.meta.vlan_tci;
    reply.tuple        = head_work.meta.tuple;
    reply.ttl          = 8'd64;
    reply.df           = 1'b1;
    reply.tcp.seq      = head_rec.snd_nxt;
    reply.tcp.ack      = head_rec.rcv_nxt;
    reply.tcp.flags.ack = 1'b1;
    reply.tcp.wnd      = head_rec.last_win;
    reply.tcp.ts_ok    = head_rec.ts_ok;
    reply.tcp.ts_val   = 32'(now_us_i >> 10) + head_rec.ts_offset;
    reply.tcp.ts_ecr   = head_rec.ts_recent;
    if (outcome.reply == ReplyRst) begin
      // RFC 9293 §3.10.7.1: the sequence number that the segment acknowledges; no ACK, no options.
      reply.tcp           = '0;
      reply.tcp.seq       = head_work.meta.tcp.ack;
      reply.tcp.flags.rst = 1'b1;
    end
  end

  logic [2:0] level_r, level_c;
  prim_fifo #(.Width($bits(seg_hdr_t)), .Depth(4)) u_replies (
    .clk_i, .rst_ni, .in_valid_i(reply_valid), .in_ready_o(reply_ready), .in_i(reply),
    .out_valid_o(seg_valid_o), .out_ready_i(seg_ready_i), .out_o(seg_o), .level_o(level_r));
  prim_fifo #(.Width($bits(change_t) + 1), .Depth(4)) u_changes (
    .clk_i, .rst_ni, .in_valid_i(chg_valid || (cm_q == CmDelete && cmd_chg_ready)),
    .in_ready_o(chg_ready),
    .in_i(chg_valid ? {head_work.meta.tuple.ipv6, change} : {cmd_v6, cmd_change}),
    .out_valid_o(chg_head_valid), .out_ready_i(chg_head_ready), .out_o({chg_head_v6, chg_head}),
    .level_o(level_c));

  // Budget of limited replies.
  logic [27:0] spent_in_q;
  logic [15:0] spent_q;
  assign budget = spent_q < ctl_i.replies_per_s;
  always_ff @(posedge clk_i) begin
    if (!rst_ni || spent_in_q != now_us_i[47:20]) begin
      spent_in_q <= now_us_i[47:20];
      spent_q  <= '0;
    end else if (reply_valid && outcome.limited) spent_q <= spent_q + 16'd1;
  end

  // ------------------------------------------------------------------ banks
  logic [1:0] b_busy, b_dl_valid, b_chg_valid, b_chg_ready, b_ins_valid, b_ins_ready, b_ins_ok,
      b_walk_valid, b_walk_done, b_walk_found, b_look_valid, b_look_done, b_look_found;
  logic [1:0][47:0] b_dl;
  logic [1:0][15:0] b_walk_id, b_evt_id;
  logic [1:0][31:0] b_walk_age;
  evt_e [1:0] b_evt;
  tw_record_t [1:0] b_walk_rec, b_evt_rec;
  logic [1:0][2:0][31:0] b_count;
  tw_record_t ins_rec;
  logic ins_valid, ins_v6, ins_cmd, offered_q, offered_cmd_q, flush;

  assign b_chg_valid    = {chg_head_valid && chg_head_v6, chg_head_valid && !chg_head_v6};
  assign chg_head_ready = b_chg_ready[chg_head_v6];
  assign b_ins_valid    = {ins_valid && ins_v6, ins_valid && !ins_v6};

  for (genvar f = 0; f < 2; f++) begin : g_bank
    tw_bank #(.V6(f == 1), .Entries(f == 1 ? Cfg.TwV6 : Cfg.TwV4)) u_bank (
      .clk_i, .rst_ni, .now_us_i, .ctl_i, .key_i(key_q),
      .busy_o(b_busy[f]), .deadline_valid_o(b_dl_valid[f]), .deadline_us_o(b_dl[f]),
      .count_o(b_count[f]),
      .ctr_o(bank_ctr_o[f]),
      .lk_valid_i(lk_valid[f]), .lk_hash_i(lk_hash), .lk_direct_i(lk_direct[f]),
      .lk_id_i(direct_id),
      .rsp_found_o(b_found[f]), .rsp_id_o(b_id[f]), .rsp_twin_o(b_twin[f]),
      .rsp_twin_id_o(b_twin_id[f]), .rsp_rec_o(b_rec[f]),
      .chg_valid_i(b_chg_valid[f]), .chg_ready_o(b_chg_ready[f]), .chg_i(chg_head),
      .ins_valid_i(b_ins_valid[f]), .ins_ready_o(b_ins_ready[f]), .ins_i(ins_rec),
      .ins_ok_o(b_ins_ok[f]),
      .flush_i(flush), .look_valid_i(b_look_valid[f]), .look_id_i(b_walk_id[f]),
      .look_done_o(b_look_done[f]), .look_found_o(b_look_found[f]),
      .look_rec_o(b_walk_rec[f]), .look_age_us_o(b_walk_age[f]),
      .evt_valid_o(b_evt_valid[f]),
      .evt_ready_i(b_evt_go[f] && !own_evt && (f == 0 || !b_evt_go[0])),
      .evt_room_i(level_e == '0), .evt_o(b_evt[f]),
      .evt_id_o(b_evt_id[f]), .evt_rec_o(b_evt_rec[f]));
    tw_walk #(.Entries(f == 1 ? Cfg.TwV6 : Cfg.TwV4)) u_walk (
      .clk_i, .rst_ni, .valid_i(b_walk_valid[f]), .from_i(walk_from), .done_o(b_walk_done[f]),
      .found_o(b_walk_found[f]), .id_o(b_walk_id[f]), .look_valid_o(b_look_valid[f]),
      .look_done_i(b_look_done[f]), .look_found_i(b_look_found[f]));
  end
  assign entries_v4_o = b_count[0];
  assign entries_v6_o = b_count[1];

  // The key is that of the moment in which both banks were empty last: hashes of live entries stay
  // what they are.
  always_ff @(posedge clk_i) begin
    if (b_count == '0 && b_busy == '0 && !rec_valid_i) key_q <= net_i.rss_key;
  end

  // ------------------------------------------------------------------ commands
  // Keys of a walk: IPv4 entries first, then IPv6 with bit 31 of the index set.
  assign cmd_v6      = cmd_q.rec.tuple.ipv6;
  assign cmd_ready_o = cm_q == CmIdle;
  assign cmd_lk      = cm_q == CmLookup;
  assign walk_one    = cmd_q.op == mcu_pkg::TwOpLookup;
  assign walk_v6     = walk_one ? cmd_v6 : cmd_q.index[31];
  assign walk_from   = walk_one ? rsp_q.index[15:0] : cmd_q.index[15:0];
  assign flush       = cmd_valid_i && cmd_ready_o && cmd_i.op == mcu_pkg::TwOpFlush;
  assign cmd_found   = b_found[cmd_v6] && b_rec[cmd_v6].tuple == cmd_q.rec.tuple;
  assign cmd_change    = '{restart: 1'b0, hash: cmd_hash_q, id: rsp_q.index[15:0]};
  assign cmd_chg_ready = level_c < 3'd3 && !chg_valid;  // never the place of a frame on offer
  assign b_walk_valid = {cm_q == CmWalk && walk_v6, cm_q == CmWalk && !walk_v6};

  // A session's record goes before a command's, unless that is under way.
  assign ins_cmd     = offered_q ? offered_cmd_q : !rec_valid_i;
  assign ins_valid   = rec_valid_i || cm_q == CmInsert;
  assign ins_rec     = ins_cmd ? cmd_q.rec : rec_i;
  assign ins_v6      = ins_rec.tuple.ipv6;
  assign rec_ready_o = rec_valid_i && !ins_cmd && b_ins_ready[ins_v6];
  always_ff @(posedge clk_i) begin
    offered_q     <= rst_ni && ins_valid && !b_ins_ready[ins_v6];
    offered_cmd_q <= ins_cmd;
  end

  net_toeplitz #(.Steps(9), .SideW(1)) u_hash (
    .clk_i, .rst_ni, .key_i(key_q), .in_valid_i(cm_q == CmHash), .in_ready_o(ch_ready),
    .data_i(net_pkg::hash_input(cmd_q.rec.tuple, 1'b1)), .short_i(1'b0), .side_i(1'b0),
    .out_valid_o(ch_done), .out_ready_i(1'b1), .hash_o(cmd_hash), .side_o(unused_side));

  always_comb begin
    cm_d        = cm_q;
    rsp_d       = rsp_q;
    rsp_valid_d = 1'b0;
    unique case (cm_q)
      CmIdle: begin
        if (cmd_valid_i) begin
          rsp_d.code = 8'd0;
          unique case (cmd_i.op)
            mcu_pkg::TwOpInsert: cm_d = CmInsert;
            mcu_pkg::TwOpLookup, mcu_pkg::TwOpDelete: cm_d = CmHash;
            mcu_pkg::TwOpWalk: cm_d = CmWalk;
            default: rsp_valid_d = 1'b1;
          endcase
        end
      end
      CmHash: if (ch_ready) cm_d = CmHashWait;
      CmHashWait: if (ch_done) cm_d = CmLookup;
      CmLookup: if (cmd_lk_take) cm_d = CmLookupWait;
      CmLookupWait: begin
        if (tag_q[Latency-1].cmd) begin
          rsp_d.index       = 32'(b_id[cmd_v6]);
          rsp_d.rec         = b_rec[cmd_v6];
          rsp_d.age_left_us = '0;
          rsp_d.code        = cmd_found ? 8'd0 : 8'd3;
          if (!cmd_found && b_twin[cmd_v6]) cm_d = CmTwin;
          else if (cmd_found) cm_d = cmd_q.op == mcu_pkg::TwOpDelete ? CmDelete : CmWalk;
          else begin
            rsp_valid_d = 1'b1;
            cm_d        = CmIdle;
          end
        end
      end
      // The other candidate, as for frames.
      CmTwin: if (drained && rt_q != RtRead && rt_q != RtWait) cm_d = CmTwinWait;
      CmTwinWait: if (rt_q != RtRead) cm_d = CmTwinRead;
      CmTwinRead: begin
        rsp_d.index = 32'(twin_id_q);
        rsp_d.rec   = b_rec[cmd_v6];
        rsp_d.code  = b_rec[cmd_v6].tuple == cmd_q.rec.tuple ? 8'd0 : 8'd3;
        if (rsp_d.code == 8'd0) cm_d = cmd_q.op == mcu_pkg::TwOpDelete ? CmDelete : CmWalk;
        else begin
          rsp_valid_d = 1'b1;
          cm_d        = CmIdle;
        end
      end
      CmDelete: begin
        if (cmd_chg_ready) begin
          rsp_valid_d = 1'b1;
          cm_d        = CmIdle;
        end
      end
      CmInsert: begin
        if (ins_cmd && b_ins_ready[cmd_v6]) begin
          rsp_d.code  = b_ins_ok[cmd_v6] ? 8'd0 : 8'd1;
          rsp_valid_d = 1'b1;
          cm_d        = CmIdle;
        end
      end
      // An entry that was looked up is looked at, too: for the time it has left.
      CmWalk: begin
        if (b_walk_done[walk_v6]) begin
          rsp_d.index       = {walk_v6, 15'd0, b_walk_id[walk_v6]};
          rsp_d.rec         = b_walk_rec[walk_v6];
          rsp_d.age_left_us = b_walk_age[walk_v6];
          rsp_d.code        = b_walk_found[walk_v6] ? 8'd0 : 8'd4;
          if (walk_one && b_walk_rec[walk_v6].tuple != cmd_q.rec.tuple) rsp_d.code = 8'd3;
          rsp_valid_d       = 1'b1;
          cm_d              = CmIdle;
        end
      end
      default: cm_d = CmIdle;
    endcase
  end

  always_ff @(posedge clk_i) begin
    if (cmd_ready_o) cmd_q <= cmd_i;
    if (ch_done) cmd_hash_q <= cmd_hash;
    if (cm_q == CmLookupWait) twin_id_q <= b_twin_id[cmd_v6];
    rsp_q <= rsp_d;
    if (!rst_ni) begin
      cm_q        <= CmIdle;
      rsp_valid_o <= 1'b0;
    end else begin
      cm_q        <= cm_d;
      rsp_valid_o <= rsp_valid_d;
    end
  end
  assign rsp_o = rsp_q;

  // ------------------------------------------------------------------ events, counters, status
  logic evt_in_valid, evt_in_ready, evt_sel, evt_half_q;
  evt_e        evt_kind;
  tw_record_t  evt_rec;
  logic [15:0] evt_id;
  toe_abi_pkg::event_time_wait_t      evt, evt_head;
  toe_abi_pkg::event_time_wait_rest_t rest, rest_head;
  // A recycled or reset entry is the lookup side's doing; it is told before the bank gets the
  // change.
  assign own_evt = pop && hit && outcome.act == ActDelete;
  // A record that found no place waits for room: the event is all that is left of it.
  for (genvar f = 0; f < 2; f++) begin : g_evt
    assign b_evt_go[f] = b_evt_valid[f] && (b_evt[f] != EvtInsertFailed || evt_in_ready);
  end
  assign evt_sel  = !b_evt_go[0];
  assign evt_kind = own_evt ? (outcome.recycle ? EvtRecycled : EvtReset) : b_evt[evt_sel];
  assign evt_rec  = own_evt ? head_rec : b_evt_rec[evt_sel];
  assign evt_id   = own_evt ? head_id : b_evt_id[evt_sel];
  // Expiry too: the host cannot know when, because a repeated FIN starts the linger anew.
  assign evt_in_valid = own_evt || b_evt_go != '0;
  always_comb begin
    evt            = '0;
    evt.kind       = toe_abi_pkg::EventTypeTimeWait;
    evt.what       = toe_abi_pkg::tw_event_e'(4'(evt_kind));
    evt.ipv6       = evt_rec.tuple.ipv6;
    evt.msl_class  = toe_abi_pkg::msl_class_e'(evt_rec.msl_class);
    evt.ts_ok      = evt_rec.ts_ok;
    evt.last_win   = evt_rec.last_win;
    evt.laddr      = addr_to_mem(evt_rec.tuple.laddr, evt_rec.tuple.ipv6);
    evt.rcv_nxt    = evt_rec.rcv_nxt;
    evt.snd_nxt    = evt_rec.snd_nxt;
    evt.lport      = evt_rec.tuple.lport;
    rest           = '0;
    rest.kind      = toe_abi_pkg::EventTypeTimeWaitRest;
    rest.rcv_wscale = evt_rec.wscale;
    rest.index     = evt_kind == EvtInsertFailed ? 16'd0 : evt_id;
    rest.raddr     = addr_to_mem(evt_rec.tuple.raddr, evt_rec.tuple.ipv6);
    rest.ts_recent = evt_rec.ts_recent;
    rest.ts_offset = evt_rec.ts_offset;
    rest.rport     = evt_rec.tuple.rport;
  end
  prim_fifo #(.Width($bits(evt) + $bits(rest)), .Depth(EventDepth), .Ram(1'b1)) u_events (
    .clk_i, .rst_ni, .in_valid_i(evt_in_valid), .in_ready_o(evt_in_ready), .in_i({rest, evt}),
    .out_valid_o(evt_valid_o), .out_ready_i(evt_ready_i && evt_half_q),
    .out_o({rest_head, evt_head}), .level_o(level_e));
  assign evt_o = evt_half_q ? 256'(rest_head) : 256'(evt_head);
  always_ff @(posedge clk_i) begin
    if (!rst_ni) evt_half_q <= 1'b0;
    else if (evt_valid_o && evt_ready_i) evt_half_q <= !evt_half_q;
  end

  logic done;
  assign done = pop && head_verdict.looked;
  always_comb begin
    ctr_o            = '0;
    ctr_o.tw_lookup  = done;
    ctr_o.tw_hit     = done && hit;
    ctr_o.tw_miss    = done && !hit;
    ctr_o.tw_probe   = done && head_verdict.found;
    ctr_o.tw_losing  = done && head_verdict.found && !same;
    ctr_o.tw_recycle = pop && hit && outcome.recycle;
    ctr_o.tw_reply   = reply_valid && outcome.reply == ReplyAck;
    ctr_o.tw_rst_out = reply_valid && outcome.reply == ReplyRst;
    ctr_o.tw_limited = pop && hit && limited;
    ctr_o.tw_event_lost = evt_in_valid && !evt_in_ready;
  end

  logic unused;
  assign unused = ^{net_i, level_w, level_v, level_r, level_c, evt_rec, unused_side};

  assign idle_o = !works_valid && frame_q == '0 && !seg_valid_o && !chg_head_valid &&
      b_busy == '0 && cm_q == CmIdle &&
                  level_e == '0 && !rec_valid_i;
  assign deadline_valid_o = |b_dl_valid;
  assign deadline_us_o    = (b_dl_valid[0] && (!b_dl_valid[1] || b_dl[0] < b_dl[1])) ? b_dl[0]
      : b_dl[1];
endmodule

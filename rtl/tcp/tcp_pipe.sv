// SPDX-License-Identifier: Apache-2.0
// The session pipeline: the one writer of session state. Every change of a session is an event that
// passes through here.
// Contract: one event a cycle on distinct sessions; events of one session three cycles apart, by
//   stalling (docs/blocks/tcp_pipe.md). An event starts only when all that it may emit has room, so
//   the stages never stop. A received frame needs room for its placement only: without room for its
//   acknowledgement that is sent later, so the receive path never waits for transmit. Every frame
//   of work_* gives exactly one placement, in order. Commands: one at a time, cmd_image_i holds
//   until the response. Counted and ignored: stale handles (bump_stale, stale_command), bumps
//   outside the ring (bump_bad), frames of a session that ended (rx_drop_stale). All outputs are
//   registered or come from FIFOs. Reset: no session; busy_o while the table is cleared.
`include "toe_assert.svh"
module tcp_pipe
  import toe_pkg::*;
  import tcp_pkg::*;
#(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall
) (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic [47:0] now_us_i,
  input  tcp_ctl_t    ctl_i,
  output logic        busy_o,
  output logic        idle_o,
  output logic        wake_o,                // something moves at the next edge
  output logic        next_deadline_valid_o,
  output logic [47:0] next_deadline_us_o,
  output tcp_ctr_t    ctr_o,
  // Received frames, in frame order
  input  logic        work_valid_i,
  output logic        work_ready_o,
  input  rx_work_t    work_i,
  // Bumps of the host
  input  logic        bump_valid_i,
  output logic        bump_ready_o,
  input  bump_t       bump_i,
  // Congestion control in firmware: settings, summaries, answers (held until taken)
  input  cc_cfg_t     cc_cfg_i,
  output logic        cc_valid_o,
  input  logic        cc_ready_i,
  output cc_summary_t cc_o,
  input  logic        cc_set_valid_i,
  output logic        cc_set_ready_o,
  input  cc_set_t     cc_set_i,
  output cc_ctr_t     cc_ctr_o,
  // Firmware
  input  logic        cmd_valid_i,
  output logic        cmd_ready_o,
  input  pipe_cmd_t   cmd_i,
  input  toe_abi_pkg::session_image_t cmd_image_i,
  output logic        rsp_valid_o,            // pulse
  output logic [7:0]  rsp_status_o,           // abi admin_status_e
  output toe_abi_pkg::session_image_t rsp_image_o,
  // DMA faults
  input  logic        fault_valid_i,
  output logic        fault_ready_o,
  input  fault_ev_t   fault_i,
  // Placement
  output logic        place_valid_o,
  input  logic        place_ready_i,
  output place_cmd_t  place_o,
  input  logic        place_fence_done_i,     // pulse
  input  logic        place_fence_bad_i,      // with it: payload was lost, the host has been told
  input  logic [32'(Cfg.Qps)-1:0] evq_space_i, // a record may go to this queue pair's event ring
  // Segmenter
  output logic        tx_valid_o,
  input  logic        tx_ready_i,
  output tx_cmd_t     tx_o,
  input  logic        tx_fence_valid_i,       // a fence command came through
  output logic        tx_fence_ready_o,
  input  handle_t     tx_fence_i,
  input  logic        cold_re_i,
  input  slot_t       cold_slot_i,
  output cold_seg_t   cold_o,
  // What happens to traced sessions
  output logic        trace_valid_o,
  output trace_ev_t   trace_o,
  // Next-hop table
  output logic        nh_re_o,
  output logic [15:0] nh_index_o,
  input  logic        nh_valid_i,
  input  logic [15:0] nh_mtu_i,
  // TIME_WAIT records and lookup deletion
  output logic        rec_valid_o,
  input  logic        rec_ready_i,
  output tw_record_t  rec_o,
  output logic        lkdel_valid_o,
  input  logic        lkdel_ready_i,
  output lk_req_t     lkdel_o,
  input  logic        lkdel_done_i            // pulse: the deletion taken last is complete
);

  localparam int unsigned Sessions = Cfg.Sessions;
  localparam int unsigned SlotW    = $clog2(Sessions);
  localparam int unsigned QDepth   = 8;       // of the output FIFOs
  localparam int unsigned LevelW   = $clog2(QDepth + 3);
  typedef logic [SlotW-1:0] idx_t;
  `TOE_STATIC(SessionsPowerOfTwo_A, (1 << SlotW) == Sessions && Sessions <= 65536)

  // ---------------------------------------------------------------- clear the table after reset
  logic           init_q;
  idx_t           init_slot_q;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      init_q      <= 1'b1;
      init_slot_q <= '0;
    end else if (init_q) begin
      init_slot_q <= init_slot_q + 1'b1;
      if (init_slot_q == '1) init_q <= 1'b0;
    end
  end
  assign busy_o = init_q;

  // Time is taken once, so that nothing behind it hangs on an input of the chip.
  logic [47:0] now_q;
  always_ff @(posedge clk_i) now_q <= now_us_i;

  // ---------------------------------------------------------------- sources
  logic  due_valid, due_ready, clean, start, stall, v1_q, v2_q, v3_q;
  logic  ntf_valid, ntf_ready, ntf_empty, rdy_valid, rdy_ready, rdy_empty;
  slot_t due_slot, ntf_slot, rdy_slot, slot;
  logic  cmd_busy_q, evict_q, evict_tx_q, evict_place_q;
  handle_t evict_handle_q;
  logic  fence_mine, cc_busy_q, cc_queued, cc3, idle_restart3;
  logic [31:0] lk_pushed_q, lk_done_q;
  logic  place_room, tx_room, rec_room, lk_room;
  logic  [EvKinds-1:0]  req, nil, grant;
  slot_t [EvKinds-1:0]  slots;
  ev_kind_e kind;
  event_t   ev1_q;
  accept_t  acc2_q, acc3_q;

  function automatic logic beyond(slot_t s);
    return 32'(s) >= Sessions;
  endfunction

  always_comb begin
    // What an event may emit must have room. A TIME_WAIT record or a deletion may come out of each
    // that can end a session.
    req            = '0;
    req[EvCmd]     = cmd_valid_i && !cmd_busy_q && place_room && tx_room;
    req[EvFence]   = tx_fence_valid_i && !fence_mine && place_room;
    // the segmenter may wait for it: it must not wait for transmit
    req[EvFault]   = fault_valid_i && place_room && lk_room;
    req[EvRx]      = work_valid_i && place_room && rec_room && lk_room;
    req[EvBump]    = bump_valid_i && tx_room && lk_room;
    req[EvTimer]   = due_valid && tx_room && lk_room;
    req[EvNotify]  = ntf_valid && place_room;
    req[EvTx]      = rdy_valid && tx_room;
    req[EvCc]      = cc_set_valid_i && !cc_busy_q;
    if (init_q) req = '0;
    nil            = '0;
    nil[EvCmd]     = beyond(cmd_i.handle.slot);
    nil[EvFault]   = beyond(fault_i.handle.slot);
    nil[EvRx]      = !work_i.hit || beyond(work_i.slot);
    nil[EvBump]    = beyond(bump_i.handle.slot);
    nil[EvCc]      = beyond(cc_set_i.handle.slot);
    slots[EvCmd]   = cmd_i.handle.slot;
    slots[EvFence] = tx_fence_i.slot;
    slots[EvFault] = fault_i.handle.slot;
    slots[EvRx]    = work_i.slot;
    slots[EvBump]  = bump_i.handle.slot;
    slots[EvTimer] = due_slot;
    slots[EvNotify] = ntf_slot;
    slots[EvTx]    = rdy_slot;
    slots[EvCc]    = cc_set_i.handle.slot;
  end

  tcp_arb u_arb (
    .clk_i, .rst_ni, .req_i(req), .nil_i(nil), .slot_i(slots),
    // what stage 3 writes back a read in the same cycle sees
    .busy_i({v2_q && !acc2_q.nil, v1_q && !ev1_q.nil}),
    .busy_slot_i({acc2_q.slot, ev1_q.slot}),
    .grant_o(grant), .valid_o(start), .kind_o(kind), .slot_o(slot), .stall_o(stall)
  );

  assign cmd_ready_o   = grant[EvCmd];
  assign fault_ready_o = grant[EvFault];
  assign work_ready_o  = grant[EvRx];
  assign bump_ready_o  = grant[EvBump];
  assign due_ready     = grant[EvTimer];
  assign ntf_ready     = grant[EvNotify];
  assign rdy_ready     = grant[EvTx];

  // A fence belongs to the evict command that waits for it, or to a session that has ended.
  assign fence_mine       = evict_q && !evict_tx_q && tx_fence_i == evict_handle_q;
  assign tx_fence_ready_o = fence_mine || grant[EvFence];

  // ---------------------------------------------------------------- state
  hot_t      hot1, hot3_w;
  cold_rx_t  cold1;
  cold_img_t img3, img3_w;
  count_t    count3, count3_w;
  logic      hot_we, cold_we, img_we, seg_we;
  idx_t      waddr;
  toe_abi_pkg::session_image_t image;
  assign image = cmd_image_i;

  prim_ram_1r1w #(.Width($bits(hot_t)), .Depth(Sessions)) u_hot (
    .clk_i, .rst_ni, .we_i(hot_we), .waddr_i(waddr), .wdata_i(hot3_w),
    .re_i(start), .raddr_i(slot[SlotW-1:0]), .rdata_o(hot1)
  );
  prim_ram_1r1w #(.Width($bits(cold_rx_t)), .Depth(Sessions)) u_cold_rx (
    .clk_i, .rst_ni, .we_i(cold_we), .waddr_i(waddr), .wdata_i(tcp_image_pkg::image_cold_rx(image)),
    .re_i(start), .raddr_i(slot[SlotW-1:0]), .rdata_o(cold1)
  );
  prim_ram_1r1w #(.Width($bits(cold_img_t)), .Depth(Sessions)) u_cold_img (
    .clk_i, .rst_ni, .we_i(img_we), .waddr_i(waddr), .wdata_i(img3_w),
    .re_i(v2_q && acc2_q.kind inside {EvCmd, EvCc}), .raddr_i(acc2_q.slot[SlotW-1:0]),
    .rdata_o(img3)
  );
  prim_ram_1r1w #(.Width($bits(count_t)), .Depth(Sessions)) u_count (
    .clk_i, .rst_ni, .we_i(hot_we), .waddr_i(waddr), .wdata_i(count3_w),
    .re_i(v2_q), .raddr_i(acc2_q.slot[SlotW-1:0]), .rdata_o(count3)
  );
  cold_seg_t seg_w;
  prim_ram_1r1w #(.Width($bits(cold_seg_t)), .Depth(Sessions)) u_cold_seg (
    .clk_i, .rst_ni, .we_i(seg_we), .waddr_i(waddr), .wdata_i(seg_w),
    .re_i(cold_re_i), .raddr_i(cold_slot_i[SlotW-1:0]), .rdata_o(cold_o)
  );

  // ---------------------------------------------------------------- stage 1: acceptance
  hot_t     hot1_in, hot2;
  accept_t  acc1;
  tcp_ctr_t ctr1, ctr3;
  assign hot1_in = ev1_q.nil ? '0 : hot1;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) v1_q <= 1'b0;
    else v1_q <= start;
    if (start) begin
      ev1_q.kind  <= kind;
      ev1_q.slot  <= slot;
      ev1_q.nil   <= nil[kind];
      ev1_q.no_tx <= !tx_room;
    end
    if (grant[EvRx]) ev1_q.work <= work_i;
    if (grant[EvBump]) ev1_q.bump <= bump_i;
    if (grant[EvCmd]) ev1_q.cmd <= cmd_i;
    if (grant[EvFault]) ev1_q.fault <= fault_i;
    if (grant[EvFence]) ev1_q.fence <= tx_fence_i;
    if (grant[EvCc]) ev1_q.cc <= cc_set_i.handle;
  end

  tcp_accept u_accept (
    .valid_i(v1_q), .ev_i(ev1_q), .hot_i(hot1_in), .cold_i(cold1), .image_i(image),
    .now_us_i(now_q), .challenge_per_s_i(ctl_i.challenge_per_s), .hot_o(hot2), .acc_o(acc1),
    .ctr_o(ctr1)
  );
  assign nh_re_o    = v1_q;
  assign nh_index_o = hot2.nexthop;

  // ---------------------------------------------------------------- stage 2: reaction
  hot_t     hot2_q, hot3;
  cold_rx_t cold2_q, cold3_q;
  react_t   act2;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) v2_q <= 1'b0;
    else v2_q <= v1_q;
    if (v1_q) begin
      hot2_q  <= hot2;
      acc2_q  <= acc1;
      cold2_q <= cold1;
    end
  end

  tcp_react u_react (
    .valid_i(v2_q), .acc_i(acc2_q), .hot_i(hot2_q), .ctl_i, .now_us_i(now_q), .hot_o(hot3),
    .act_o(act2)
  );

  // ---------------------------------------------------------------- stage 3: output and write-back
  hot_t       hot3_q, hot3_cc, hot3_out;
  react_t     act3_q;
  logic       nh_valid_q;
  logic [15:0] nh_mtu_q;
  count_t     count3_out;
  timer_t     timer3;
  logic       tx3, place3, rec3, lkdel3, ntf3, rdy3;
  tx_cmd_t    tx3_cmd;
  place_cmd_t place3_cmd;
  tw_record_t rec3_rec;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) v3_q <= 1'b0;
    else v3_q <= v2_q;
    if (v2_q) begin
      hot3_q     <= hot3;
      acc3_q     <= acc2_q;
      act3_q     <= act2;
      cold3_q    <= cold2_q;
      nh_valid_q <= nh_valid_i;
      nh_mtu_q   <= nh_mtu_i;
    end
  end

  // A queue pair that does not exist has no event ring: its records leave, and are counted as lost.
  logic [15:0] evq_all;
  logic        evq_space;
  always_comb begin
    evq_all                   = '1;
    evq_all[32'(Cfg.Qps)-1:0] = evq_space_i;
  end
  assign evq_space = evq_all[hot3_q.qp];

  tcp_out u_out (
    .valid_i(v3_q), .acc_i(acc3_q), .act_i(act3_q), .hot_i(hot3_cc), .cold_i(cold3_q),
    .count_i(count3),
    .nh_valid_i(nh_valid_q), .nh_mtu_i(nh_mtu_q), .evq_space_i(evq_space),
    .lk_pushed_i(lk_pushed_q),
    .lk_done_i(lk_done_q), .ctl_i, .now_us_i(now_q),
    .hot_o(hot3_out), .count_o(count3_out), .timer_o(timer3),
    .tx_valid_o(tx3), .tx_o(tx3_cmd), .place_valid_o(place3), .place_o(place3_cmd),
    .rec_valid_o(rec3), .rec_o(rec3_rec),
    .lkdel_o(lkdel3), .ntf_push_o(ntf3), .tx_push_o(rdy3),
    .idle_restart_o(idle_restart3), .ctr_o(ctr3)
  );

  logic [5:0][31:0] private3;
  logic             install3, set3;
  assign cc3 = v3_q && acc3_q.kind == EvCc;
  tcp_cc #(.Sessions(Sessions)) u_cc (
    .clk_i, .rst_ni, .cfg_i(cc_cfg_i), .now_us_i(now_q),
    .re_i(v2_q), .rslot_i(acc2_q.slot), .init_i(init_q), .wslot_i(16'(waddr)),
    .valid_i(v3_q && !acc3_q.nil), .acc_i(acc3_q), .act_i(act3_q), .hot_i(hot3_q),
    .set_i(cc_set_i), .image_private_i(image.cc_private), .hot_o(hot3_cc),
    .hot_final_i(hot3_out), .idle_restart_i(idle_restart3), .private_o(private3),
    .sum_valid_o(cc_valid_o), .sum_ready_i(cc_ready_i), .sum_o(cc_o),
    .busy_o(cc_queued), .ctr_o(cc_ctr_o)
  );
  // An answer is taken when its event leaves the pipeline: until then it holds.
  assign cc_set_ready_o = cc3;
  always_ff @(posedge clk_i) begin
    if (!rst_ni || cc3) cc_busy_q <= 1'b0;
    else if (grant[EvCc]) cc_busy_q <= 1'b1;
  end

  assign install3 = v3_q && acc3_q.kind == EvCmd && acc3_q.cmd.op == CmdInstall && acc3_q.live;
  assign set3     = v3_q && acc3_q.kind == EvCmd && acc3_q.cmd.op == CmdSet && acc3_q.live;
  assign hot_we   = (v3_q && !acc3_q.nil) || init_q;
  assign cold_we  = install3;
  assign img_we   = install3 || set3;
  assign seg_we   = install3 || set3;
  assign waddr    = init_q ? init_slot_q : acc3_q.slot[SlotW-1:0];
  assign hot3_w   = init_q ? '0 : hot3_out;
  assign count3_w = install3 ? tcp_image_pkg::image_count(image) : count3_out;
  assign seg_w    = tcp_image_pkg::seg_copy(hot3_out, install3 ? tcp_image_pkg::image_cold_rx(image)
      : cold3_q, img3_w);
  always_comb begin
    img3_w = img3;
    if (install3) img3_w = tcp_image_pkg::image_cold_img(image);
    else if (acc3_q.cmd.key == toe_abi_pkg::SessionKeyDf) img3_w.df = acc3_q.cmd.value[0];
  end

  // ---------------------------------------------------------------- queues and timers
  tcp_sched #(.Sessions(Sessions)) u_notify (
    .clk_i, .rst_ni, .push_i(ntf3), .slot_i(acc3_q.slot), .valid_o(ntf_valid), .ready_i(ntf_ready),
    .slot_o(ntf_slot), .empty_o(ntf_empty)
  );
  tcp_sched #(.Sessions(Sessions)) u_ready (
    .clk_i, .rst_ni, .push_i(rdy3), .slot_i(acc3_q.slot), .valid_o(rdy_valid), .ready_i(rdy_ready),
    .slot_o(rdy_slot), .empty_o(rdy_empty)
  );
  tcp_timer #(.Sessions(Sessions)) u_timer (
    .clk_i, .rst_ni, .now_us_i(now_q), .we_i(hot_we), .wslot_i(16'(waddr)), .wtimer_i(timer3),
    .due_valid_o(due_valid), .due_ready_i(due_ready), .due_slot_o(due_slot),
    .clean_o(clean), .next_valid_o(next_deadline_valid_o), .next_us_o(next_deadline_us_o)
  );

  // ---------------------------------------------------------------- output FIFOs
  // Three events may be under way besides the one that starts.
  logic [LevelW-1:0] place_level, tx_level, rec_level, lk_level;
  logic              place_in_ready, tx_in_ready, rec_in_ready, lk_in_ready;
  assign place_room = place_level <= LevelW'(QDepth - 4);
  assign tx_room    = tx_level <= LevelW'(QDepth - 4);
  assign rec_room   = rec_level <= LevelW'(QDepth - 4);
  assign lk_room    = lk_level <= LevelW'(QDepth - 4);
  prim_fifo #(.Width($bits(place_cmd_t)), .Depth(QDepth)) u_place (
    .clk_i, .rst_ni, .in_valid_i(place3), .in_ready_o(place_in_ready), .in_i(place3_cmd),
    .out_valid_o(place_valid_o), .out_ready_i(place_ready_i), .out_o(place_o), .level_o(place_level)
  );
  prim_fifo #(.Width($bits(tx_cmd_t)), .Depth(QDepth)) u_tx (
    .clk_i, .rst_ni, .in_valid_i(tx3), .in_ready_o(tx_in_ready), .in_i(tx3_cmd),
    .out_valid_o(tx_valid_o), .out_ready_i(tx_ready_i), .out_o(tx_o), .level_o(tx_level)
  );
  prim_fifo #(.Width($bits(tw_record_t)), .Depth(QDepth)) u_rec (
    .clk_i, .rst_ni, .in_valid_i(rec3), .in_ready_o(rec_in_ready), .in_i(rec3_rec),
    .out_valid_o(rec_valid_o), .out_ready_i(rec_ready_i), .out_o(rec_o), .level_o(rec_level)
  );
  lk_req_t lk_in;
  assign lk_in = '{op: LkDelete, slot: acc3_q.slot, tuple: cold3_q.tuple};
  prim_fifo #(.Width($bits(lk_req_t)), .Depth(QDepth)) u_lkdel (
    .clk_i, .rst_ni, .in_valid_i(lkdel3), .in_ready_o(lk_in_ready), .in_i(lk_in),
    .out_valid_o(lkdel_valid_o), .out_ready_i(lkdel_ready_i), .out_o(lkdel_o), .level_o(lk_level)
  );
  // The slot of an ended session is free, and the host hears of it, only when no lookup entry can
  // name it any more: deletions are done in order, the session knows the number of its own.
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      lk_pushed_q <= '0;
      lk_done_q   <= '0;
    end else begin
      if (lkdel3) lk_pushed_q <= lk_pushed_q + 32'd1;
      if (lkdel_done_i) lk_done_q <= lk_done_q + 32'd1;
    end
  end

  // ---------------------------------------------------------------- responses
  logic evict3, evicted;
  assign evict3  = v3_q && acc3_q.kind == EvCmd && acc3_q.cmd.op == CmdEvict && acc3_q.live;
  assign evicted = evict_q && evict_tx_q && evict_place_q;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      cmd_busy_q  <= 1'b0;
      evict_q     <= 1'b0;
      rsp_valid_o <= 1'b0;
    end else begin
      rsp_valid_o <= (v3_q && acc3_q.kind == EvCmd && !evict3) || evicted;
      evict_q     <= evict3 || (evict_q && !evicted);
      if (grant[EvCmd]) cmd_busy_q <= 1'b1;
      if (rsp_valid_o) cmd_busy_q <= 1'b0;
    end
    if (evict3) begin
      evict_handle_q <= '{gen: hot3_q.gen, slot: acc3_q.slot};
      evict_tx_q     <= 1'b0;
      evict_place_q  <= 1'b0;
    end else begin
      if (tx_fence_valid_i && fence_mine) evict_tx_q <= 1'b1;
      if (place_fence_done_i) evict_place_q <= 1'b1;
    end
    // As of a session that ended by itself: that is what its last record says.
    if (place_fence_bad_i) rsp_status_o <= toe_abi_pkg::AdminStatusBadHandle;
    if (v3_q && acc3_q.kind == EvCmd) begin
      rsp_status_o <= acc3_q.status;
      rsp_image_o  <= tcp_image_pkg::make_image(acc3_q.slot, hot3_q, cold3_q, img3, count3,
          private3, now_q);
    end
  end

  // ---------------------------------------------------------------- trace
  trace_ev_t trace;
  tcp_trace_ev u_trace_ev (
    .acc_i(acc3_q), .act_i(act3_q), .dying_i(hot3_q.dying), .hot_i(hot3_out), .tx_valid_i(tx3),
    .tx_i(tx3_cmd), .now_us_i(now_q[31:0]), .ev_o(trace)
  );
  always_ff @(posedge clk_i) begin
    if (!rst_ni) trace_valid_o <= 1'b0;
    else trace_valid_o <= v3_q && !acc3_q.nil && hot3_q.trace;
    if (v3_q && hot3_q.trace) trace_o <= trace;
  end

  // ---------------------------------------------------------------- counters
  always_ff @(posedge clk_i) begin
    if (!rst_ni) ctr_o <= '0;
    else begin                                     // each field comes from one of the two
      ctr_o                   <= ctr1 | ctr3;
      ctr_o.pipe_stall_cycles <= stall;
    end
  end
  // What waits for room, or to be taken, needs no clock.
  assign wake_o = init_q || v1_q || v2_q || v3_q || req != '0 || cmd_busy_q || cold_re_i ||
                  lkdel_done_i || !clean || (place_valid_o && place_ready_i) ||
                  (tx_valid_o && tx_ready_i) || (rec_valid_o && rec_ready_i) || now_q != now_us_i ||
                  (lkdel_valid_o && lkdel_ready_i) || (cc_valid_o && cc_ready_i);
  assign idle_o = !wake_o && !work_valid_i && !bump_valid_i && !cmd_valid_i && !cc_set_valid_i &&
                  !cc_queued && !fault_valid_i && !due_valid && ntf_empty && rdy_empty &&
                  !place_valid_o && !tx_valid_o && !rec_valid_o && lk_pushed_q == lk_done_q &&
                  !tx_fence_valid_i;

  `TOE_ASSERT(Room_A, (!place3 || place_in_ready) && (!tx3 || tx_in_ready) &&
      (!rec3 || rec_in_ready) && (!lkdel3 || lk_in_ready))
  `TOE_ASSERT(OneInFlight_A,
      !(v1_q && v3_q && !ev1_q.nil && !acc3_q.nil && ev1_q.slot == acc3_q.slot) &&
              !(v1_q && v2_q && !ev1_q.nil && !acc2_q.nil && ev1_q.slot == acc2_q.slot))
  // The state stays in order (RFC 9293 §3.3.1).
  `TOE_ASSERT(SendOrder_A, !(v3_q && !acc3_q.nil && hot3_out.valid && !hot3_out.dying) ||
              (seq_le(hot3_out.snd_una, hot3_out.snd_nxt) &&
               seq_le(hot3_out.snd_nxt, hot3_out.snd_max) &&
               seq_le(hot3_out.snd_max, hot3_out.snd_end + 32'd1)))
  `TOE_ASSERT(TimerRuns_A, !(v3_q && !acc3_q.nil && hot3_out.valid && !hot3_out.dying &&
      hot3_out.snd_una != hot3_out.snd_max) || hot3_out.t_rtx_on)

endmodule

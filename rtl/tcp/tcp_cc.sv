// SPDX-License-Identifier: Apache-2.0
// Congestion control between the pipeline and the firmware: keeps an algorithm's words with each
// session, tells the firmware what happened, applies its answers, and gives a session back to the
// built-in NewReno when the firmware is silent.
// Contract: works with the last stage of the pipeline (the state is read in the cycle before and
//   written with the session's). Combinational from state and answer to hot_o, from hot_final_i to
//   the next state. One summary of a session is out at a time, named by a tag; at most one in
//   cfg_i.acks acknowledgements or in a round trip, signals at once. The queue is bounded; the
//   last QReserve places are for signals. What finds no place stays added up (cc_lost counts) and
//   goes out later. An answer counts when its handle and tag are those of the summary that is out
//   and it comes within SilentUs + 2 * SRTT; its window is ignored when a signal came in between.
//   After that time without an answer hot_o.cc_fw falls: the built-in has the session, until the
//   next answer in time. Reset: init_i clears the slots one by one; the queue is empty.
`include "toe_assert.svh"
module tcp_cc
  import toe_pkg::*;
  import tcp_pkg::*;
#(
  parameter int unsigned Sessions = 64,
  parameter int unsigned QDepth   = 16,
  parameter int unsigned QReserve = 4,
  parameter int unsigned SilentUs = 1024
) (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  cc_cfg_t     cfg_i,
  input  logic [47:0] now_us_i,
  // Cycle 2: which slot the event is about
  input  logic        re_i,
  input  slot_t       rslot_i,
  // Cycle 3: the event, its result, and what is written back
  input  logic        init_i,
  input  slot_t       wslot_i,
  input  logic        valid_i,
  input  accept_t     acc_i,
  input  react_t      act_i,
  input  hot_t        hot_i,
  input  cc_set_t     set_i,
  input  logic [5:0][31:0] image_private_i,
  output hot_t        hot_o,
  input  hot_t        hot_final_i,
  input  logic        idle_restart_i,        // sending began again after idleness, in this event
  output logic [5:0][31:0] private_o,        // before this event
  // Summaries
  output logic        sum_valid_o,
  input  logic        sum_ready_i,
  output cc_summary_t sum_o,
  output logic        busy_o,                // a summary is on its way to the output
  output cc_ctr_t     ctr_o
);

  localparam int unsigned SlotW  = $clog2(Sessions);
  localparam int unsigned LevelW = $clog2(QDepth + 3);

  typedef struct packed {
    logic [5:0][31:0] cc_private;
    logic [31:0] acked, grow, cwnd_prior, rtt_us;
    us_t         since;                      // last summary; with want: since when one is due
    logic [23:0] ce_bytes;
    logic [7:0]  losses, acks, tag;
    logic        ecn, loss, recovered, rto, idle_restart;
    logic        pend;                       // a summary is out
    logic        want;                       // one is due and the queue was full
  } state_t;

  state_t      st, st_in, st_d;
  us_t         now, age;
  logic [31:0] silent;
  logic        alive, install, algo_set, served, late, answered, usable, signal, took_over, due,
      room, push, event_in;
  logic [LevelW-1:0] level;
  cc_summary_t sum;

  prim_ram_1r1w #(.Width($bits(state_t)), .Depth(Sessions)) u_ram (
    .clk_i, .rst_ni, .we_i(valid_i || init_i), .waddr_i(wslot_i[SlotW-1:0]), .wdata_i(st_in),
    .re_i(re_i), .raddr_i(rslot_i[SlotW-1:0]), .rdata_o(st)
  );
  assign st_in     = init_i ? '0 : st_d;
  assign private_o = st.cc_private;

  assign now      = now_us_i[31:0];
  assign age      = now - st.since;
  assign silent   = SilentUs + (hot_i.srtt_us8 >> 2);
  assign install  = acc_i.kind == EvCmd && acc_i.cmd.op == CmdInstall && acc_i.live;
  assign algo_set = acc_i.kind == EvCmd && acc_i.cmd.op == CmdSet && acc_i.live &&
      acc_i.cmd.key == toe_abi_pkg::SessionKeyCcAlgo;
  assign alive    = hot_i.valid && !hot_i.dying && !install &&
      !(acc_i.kind == EvCmd && acc_i.cmd.op == CmdEvict);
  assign served   = cfg_i.acks != '0 && 4'(hot_i.cc_algo) < 4'd3 &&
      cfg_i.algos[2'(hot_i.cc_algo)];
  assign late     = (st.pend || st.want) && age > silent;
  assign answered = acc_i.kind == EvCc && acc_i.live && st.pend && set_i.tag == st.tag;
  assign usable   = answered && !late && served;
  assign signal   = st.ecn || st.loss || st.rto || st.idle_restart;
  assign took_over = valid_i && alive && hot_i.cc_fw && (late || !served);

  // ---------------------------------------------------------------- the session
  always_comb begin
    hot_o       = hot_i;
    if (valid_i && alive) begin
      if (usable) begin
        hot_o.cc_fw        = 1'b1;
        // never less than half, RFC 5681 (4)
        hot_o.cc_loss_keep = set_i.loss_keep | 10'd512;
        hot_o.cc_ecn_keep  = set_i.ecn_keep | 10'd512;
        if (set_i.set_pacing) begin
          hot_o.pace_rate = set_i.pacing_bytes_per_ms;
          if (hot_i.pace_rate == '0) hot_o.pace_time = now;
          if (set_i.pacing_bytes_per_ms == '0) hot_o.pace_wait = 1'b0;
        end
        if (!signal && !hot_i.fast_recovery) begin
          if (set_i.set_cwnd)
            hot_o.cwnd = max32(32'(hot_i.snd_mss), min32(set_i.cwnd,
                32'd65535 << hot_i.snd_wscale));
          if (set_i.set_ssthresh)
            hot_o.ssthresh = max32(32'(hot_i.snd_mss) << 1, set_i.ssthresh);
        end
      end
      if (took_over || algo_set) begin
        hot_o.cc_fw        = 1'b0;
        hot_o.cc_loss_keep = 10'd512;
        hot_o.cc_ecn_keep  = 10'd512;
        hot_o.bytes_acked  = '0;
      end
    end
  end

  // ---------------------------------------------------------------- what is kept and told
  state_t nx;                                // with this event in it
  always_comb begin
    nx       = st;
    event_in = act_i.ecn_red || act_i.fast_rtx || act_i.rto || idle_restart_i;
    if (valid_i && alive) begin
      if (act_i.cc_acked != '0) begin
        nx.acked = st.acked + act_i.cc_acked;
        nx.grow  = st.grow + act_i.cc_grow;
        nx.acks  = st.acks + 8'(st.acks != '1);
        if (acc_i.seg_ece && !st.ce_bytes[23]) nx.ce_bytes = st.ce_bytes + 24'(act_i.cc_acked);
      end
      if (act_i.rtt_us != '0) nx.rtt_us = act_i.rtt_us;
      if (event_in && !signal) nx.cwnd_prior = act_i.cwnd_prior;
      nx.ecn          = st.ecn || act_i.ecn_red;
      nx.loss         = st.loss || act_i.fast_rtx;
      nx.rto          = st.rto || act_i.rto;
      nx.recovered    = st.recovered || act_i.cc_recovered;
      nx.idle_restart = st.idle_restart || idle_restart_i;
      nx.losses       = st.losses + 8'(act_i.fast_rtx && st.losses != '1);
      // The built-in turns acknowledgements into growth itself.
      if (!hot_o.cc_fw) nx.grow = '0;
      if (answered || late) nx.pend = 1'b0;
      if (usable) nx.cc_private = set_i.cc_private;
    end
  end

  always_comb begin
    due  = served && !algo_set && !nx.pend &&
        (nx.ecn || nx.loss || nx.rto || nx.idle_restart || nx.recovered ||
         (nx.acked != '0 && (nx.acks >= cfg_i.acks || age >= (hot_i.srtt_us8 >> 3))));
    push = valid_i && alive && due && room;
    st_d = nx;
    if (install || !served || algo_set || push) begin
      st_d            = '0;
      st_d.tag        = st.tag;
      st_d.cc_private = install ? image_private_i : algo_set ? '0 : nx.cc_private;
      st_d.since      = now;
    end
    if (push) begin
      st_d.tag  = st.tag + 8'd1;
      st_d.pend = 1'b1;
    end else if (alive && due && !st.want) begin
      st_d.want  = 1'b1;
      st_d.since = now;
    end
  end

  always_comb begin
    sum              = '0;
    sum.handle       = '{gen: hot_i.gen, slot: acc_i.slot};
    sum.tag          = st.tag + 8'd1;
    sum.algo         = 4'(hot_i.cc_algo);
    sum.ecn          = nx.ecn;
    sum.loss         = nx.loss;
    sum.recovered    = nx.recovered;
    sum.rto          = nx.rto;
    sum.idle_restart = nx.idle_restart;
    sum.losses       = nx.losses;
    sum.acked        = nx.acked;
    sum.grow         = nx.grow;
    sum.ce_bytes     = nx.ce_bytes;
    sum.cwnd         = hot_final_i.cwnd;
    sum.cwnd_prior   = nx.cwnd_prior;
    sum.ssthresh     = hot_final_i.ssthresh;
    sum.flight       = hot_final_i.snd_max - hot_final_i.snd_una;
    sum.srtt_us8     = hot_final_i.srtt_us8;
    sum.rtt_us       = nx.rtt_us;
    sum.snd_mss      = hot_final_i.snd_mss;
    sum.now_us       = now;
    sum.cc_private   = nx.cc_private;
  end

  logic in_ready;
  assign room = (event_in || signal) ? level < LevelW'(QDepth) : level < LevelW'(QDepth - QReserve);
  prim_fifo #(.Width($bits(cc_summary_t)), .Depth(QDepth)) u_queue (
    .clk_i, .rst_ni, .in_valid_i(push), .in_ready_o(in_ready), .in_i(sum),
    .out_valid_o(sum_valid_o), .out_ready_i(sum_ready_i), .out_o(sum_o), .level_o(level)
  );
  assign busy_o = level != '0 && !sum_valid_o;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) ctr_o <= '0;
    else begin
      ctr_o.cc_summaries <= push;
      ctr_o.cc_lost      <= valid_i && alive && due && !room && !st.want;
      ctr_o.cc_answers   <= valid_i && usable;
      ctr_o.cc_stale     <= valid_i && acc_i.kind == EvCc && !usable;
      ctr_o.cc_takeovers <= took_over && served;
    end
  end

  `TOE_ASSERT(QueueRoom_A, !push || in_ready)
  `TOE_ASSERT(KeepBounds_A, !(valid_i && alive) ||
      (hot_o.cc_loss_keep >= 10'd512 && hot_o.cc_ecn_keep >= 10'd512))

  logic unused;
  assign unused = ^{now_us_i[47:32]};
  if (SlotW < 16) begin : g_unused
    logic unused_slot;
    assign unused_slot = ^{rslot_i[15:SlotW], wslot_i[15:SlotW]};
  end

endmodule

// SPDX-License-Identifier: Apache-2.0
// Records on their way to event rings wait here until every write of payload before them has been
// answered; what such a write has spoilt is not announced.
// Contract: pay_i: a write of payload or of a frame (SrcSession, SrcNic) goes to host_dma_wr;
// done_*: the oldest write there has been answered; at most MaxLate of payload are on their way.
// Records leave in order, at most one every two cycles, and only when all payload writes of before
// their arrival have been answered. A payload write of a session that failed marks its slot until
// its SESSION_END or a fence leaves: its SESSION records are FAULTs then, its SESSION_END has
// reason DMA_FAULT and announces nothing, that of a fence becomes such a one (out_bad_o). A record
// of a frame (nic) whose write failed becomes a FAULT. Each in the same entry. Depth records wait,
// which hides Depth ÷ (records a cycle) cycles of latency (docs/blocks/host_place.md). Responses
// alone are waited for. evq_waits_o: an entry has been taken (take_i) whose record has not left.
// evq_failed_o: an event record could not be written, or a session's last word had no entry; until
// the queue pair is disabled. After reset the marks are swept, one slot a cycle (sweep_o); no
// session is there yet.
`include "toe_assert.svh"
module host_wait #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  parameter int unsigned Depth = (32'(Cfg.DataW) > 64) ? 64 : 16,
  localparam int unsigned Qps = 32'(Cfg.Qps)
) (
  input  logic                clk_i,
  input  logic                rst_ni,
  input  toe_pkg::qp_ctl_t [Qps-1:0] qp_i,
  output logic [Qps-1:0]      evq_failed_o,
  output logic [Qps-1:0]      evq_waits_o,
  input  logic                take_i,
  input  toe_pkg::qp_t        take_qp_i,

  // Writes of payload, and responses
  input  logic                pay_i,
  input  logic                done_valid_i,
  input  host_pkg::wr_src_e   done_src_i,
  input  logic                done_err_i,
  input  logic                done_irq_i,
  input  logic [4:0]          done_irq_id_i,
  input  toe_pkg::slot_t      done_slot_i,

  // Records
  input  logic                in_valid_i,
  output logic                in_ready_o,
  input  host_pkg::rec_t      in_i,
  output logic                out_valid_o,
  input  logic                out_ready_i,
  output host_pkg::rec_t      out_o,
  output logic                out_bad_o,

  output logic                empty_o,
  output logic                pause_o,       // no payload now
  output logic                sweep_o
);

  import toe_pkg::*;
  import host_pkg::*;

  localparam int unsigned SlotW   = $clog2(32'(Cfg.Sessions));
  // Counts of payload writes. MaxLate is beyond what host_dma_wr and the queues before it hold (128
  // bursts at most), and a record that may leave goes before payload (pause_o, and host_place), so
  // two counts in here are never half of them apart.
  localparam int unsigned CountW  = 9;
  localparam int unsigned MaxLate = 160;
  typedef logic [CountW-1:0] count_t;

  logic   done;                              // of payload
  count_t sent_q, done_q;
  assign done = done_valid_i && done_src_i inside {SrcSession, SrcNic};
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      sent_q <= '0;
      done_q <= '0;
    end else begin
      sent_q <= sent_q + count_t'(pay_i);
      done_q <= done_q + count_t'(done);
    end
  end

  // ---- The queue: a record, and how many payload writes there were before it
  typedef struct packed {
    count_t pays;
    rec_t   rec;
  } entry_t;
  entry_t head;
  logic   head_valid, leave;
  prim_fifo #(.Width($bits(entry_t)), .Depth(Depth)) u_fifo (
    .clk_i, .rst_ni,
    .in_valid_i, .in_ready_o, .in_i({sent_q, in_i}),
    .out_valid_o(head_valid), .out_ready_i(leave), .out_o(head), .level_o()
  );
  assign empty_o = !head_valid;

  // ---- All answered: look at how
  logic   look, looked_q, forget_q, set;
  count_t late;
  assign late = head.pays - done_q;
  assign look = head_valid && !looked_q && !forget_q && (late == '0 || late[CountW-1]);
  assign leave       = looked_q && out_ready_i;
  assign out_valid_o = looked_q;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) looked_q <= 1'b0;
    else looked_q <= look || (looked_q && !leave);
  end

  // Of each frame: whether its write failed. It is the write just before the record.
  logic nic_err;
  prim_ram_1r1w #(.Width(1), .Depth(1 << CountW), .WriteFirst(1'b0)) u_answers (
    .clk_i, .rst_ni,
    .we_i(done), .waddr_i(done_q), .wdata_i(done_err_i),
    .re_i(look), .raddr_i(head.pays - count_t'(1)), .rdata_o(nic_err)
  );

  // Of each slot: whether a write of the session in it failed.
  toe_abi_pkg::event_session_end_t session;   // SESSION begins with the same fields
  logic [SlotW-1:0] slot, forget_slot_q;
  logic [SlotW:0]   sweep_q;                 // slots below it are swept
  logic             mark, swept_q, bad, ends, sweeping;
  assign session  = head.rec.record;
  assign slot     = session.handle[SlotW-1:0];
  assign set      = done && done_err_i && done_src_i == SrcSession;
  assign sweeping = !sweep_q[SlotW];
  assign sweep_o  = sweeping;
  assign pause_o  = forget_q;
  always_ff @(posedge clk_i) if (look) swept_q <= {1'b0, slot} < sweep_q;
  prim_ram_1r1w #(.Width(1), .Depth(32'(Cfg.Sessions)), .WriteFirst(1'b0)) u_marks (
    .clk_i, .rst_ni,
    .we_i(set || forget_q || sweeping),
    .waddr_i(set ? done_slot_i[SlotW-1:0] : forget_q ? forget_slot_q : sweep_q[SlotW-1:0]),
    .wdata_i(set), .re_i(look), .raddr_i(slot), .rdata_o(mark)
  );
  assign ends = head.rec.fence || session.kind == toe_abi_pkg::EventTypeSessionEnd;
  assign bad  = mark && swept_q && (ends || session.kind == toe_abi_pkg::EventTypeSession);
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      sweep_q  <= '0;
      forget_q <= 1'b0;
    end else begin
      if (sweeping && !set && !forget_q) sweep_q <= sweep_q + 1'b1;
      if (leave) forget_q <= bad && ends;
      else if (!set) forget_q <= 1'b0;
    end
    if (leave) forget_slot_q <= slot;
  end

  // Records of event rings are the writes with an interrupt of a queue pair; the trace has none.
  always_ff @(posedge clk_i) begin
    for (int q = 0; q < int'(Qps); q++) begin
      if (!rst_ni || !qp_i[q].enable) evq_failed_o[q] <= 1'b0;
      else if (done_valid_i && done_err_i && done_src_i == SrcRecord && done_irq_i &&
          32'(done_irq_id_i) == q) evq_failed_o[q] <= 1'b1;
      else if (leave && bad && !head.rec.write && 32'(head.rec.qp) == q) evq_failed_o[q] <= 1'b1;
    end
  end

  // Entries that are not written: as many as wait here, and one before.
  localparam int unsigned WaitsW = $clog2(Depth + 2) + 1;
  logic [WaitsW-1:0] waits_q[Qps];
  logic              write;
  assign write = leave && head.rec.write;
  for (genvar q = 0; q < int'(Qps); q++) begin : g_waits
    assign evq_waits_o[q] = waits_q[q] != '0;
    always_ff @(posedge clk_i) begin
      if (!rst_ni) waits_q[q] <= '0;
      else waits_q[q] <= waits_q[q] + WaitsW'(take_i && 32'(take_qp_i) == q) -
          WaitsW'(write && 32'(head.rec.qp) == q);
    end
    `TOE_ASSERT(Waits_A, !(write && 32'(head.rec.qp) == q) || evq_waits_o[q])
  end

  // ---- What is told
  toe_abi_pkg::event_nic_rx_t nic;
  assign nic = head.rec.record;
  always_comb begin
    toe_abi_pkg::event_session_end_t broken;
    toe_abi_pkg::event_fault_t       fault;
    broken           = '0;
    broken.kind      = toe_abi_pkg::EventTypeSessionEnd;
    broken.reason    = toe_abi_pkg::SessionReasonDmaFault;
    broken.state     = session.state;
    broken.fin_acked = session.fin_acked;
    broken.handle    = session.handle;
    broken.snd_una   = session.snd_una;
    broken.phase     = session.phase;
    fault            = '0;
    fault.kind       = toe_abi_pkg::EventTypeFault;
    fault.what       = toe_abi_pkg::FaultDmaWrite;
    fault.handle     = head.rec.nic ? '0 : session.handle;
    fault.addr       = head.rec.nic ? head.rec.frame_addr : '0;
    fault.info       = head.rec.nic ? nic.slot : '0;
    fault.phase      = session.phase;
    out_o            = head.rec;
    if (bad || (head.rec.nic && nic_err)) out_o.record = ends ? broken : fault;
  end
  assign out_bad_o = bad;

  `TOE_ASSERT(OneAtATime_A, !(pay_i && in_valid_i && in_ready_o))
  `TOE_ASSERT(Outstanding_A, sent_q - done_q <= count_t'(MaxLate))
  `TOE_ASSERT(Answered_A, !(done && sent_q == done_q))
  `TOE_ASSERT(SweptFirst_A, !set || !sweeping || {1'b0, done_slot_i[SlotW-1:0]} < sweep_q)

  logic unused;
  assign unused = ^{done_slot_i, session, nic, qp_i};

endmodule

// SPDX-License-Identifier: Apache-2.0
// State of the receive-slot and event rings, and the records that the host interface writes of its
// own accord.
// Contract: tails are free-running and zero while a queue pair is disabled. evq_ok_o/rxr_ok_o are
// registers: set when the ring has room (event rings keep EvqReserve entries back, see host_place),
// refreshed at once after an allocation and within Qps cycles after a doorbell, so they are never
// too optimistic. A nonsensical head reads as a full ring. Reports: txdone and faults are always
// taken and kept, one of each kind a queue pair, the newest wins (txdone is cumulative); notes wait
// on note_ready_o. inj_* offers one record at a time for a queue pair with room, round robin: a
// full ring holds back its own reports only (a note at the head of its stream holds back other
// notes). Reset forgets everything.
`include "toe_assert.svh"
module host_evq #(
  parameter int unsigned Qps = 4
) (
  input  logic                             clk_i,
  input  logic                             rst_ni,
  input  toe_pkg::qp_ctl_t [Qps-1:0]       qp_i,

  // Ring state
  output logic [Qps-1:0]                   evq_ok_o,
  output logic [Qps-1:0]                   rxr_ok_o,
  output logic [Qps-1:0][31:0]             evq_tail_o,
  output logic [Qps-1:0][31:0]             rxr_tail_o,
  input  logic                             evq_take_i,
  input  logic                             rxr_take_i,
  input  toe_pkg::qp_t                     take_qp_i,

  // Reports
  input  logic                             txdone_valid_i,
  input  host_pkg::txdone_t                txdone_i,
  input  logic                             breport_valid_i, // the head of the bump queue is wanted
  input  toe_pkg::qp_t                     breport_qp_i,
  input  logic [Qps-1:0][31:0]             bmq_head_i,
  input  logic                             fault_valid_i,
  input  host_pkg::qp_fault_t              fault_i,
  input  logic                             note_valid_i,
  output logic                             note_ready_o,
  input  host_pkg::note_t                  note_i,

  // One of them, as a record
  output logic                             inj_valid_o,
  input  logic                             inj_ready_i,
  output host_pkg::note_t                  inj_o,
  output logic                             stall_o,
  output logic                             lost_o   // a fault report gave way to a newer one
);

  import toe_pkg::*;
  import host_pkg::*;

  localparam int unsigned QpW = (Qps > 1) ? $clog2(Qps) : 1;

  logic [Qps-1:0]  enable, enable_q, gone;
  logic [QpW-1:0]  take_qp, scan_q;

  assign take_qp = take_qp_i[QpW-1:0];
  always_comb begin
    for (int q = 0; q < int'(Qps); q++) enable[q] = qp_i[q].enable;
  end
  assign gone = enable_q & ~enable;

  // ---- Rings
  function automatic logic evq_room(logic [31:0] tail, logic [31:0] head, logic [4:0] log2);
    return {1'b0, tail - head} + 33'(EvqReserve) < (33'd1 << log2);
  endfunction
  function automatic logic rxr_room(logic [31:0] tail, logic [31:0] head, logic [3:0] log2);
    return tail - head < (32'd1 << log2);
  endfunction

  logic [31:0] evq_next, rxr_next;          // of the queue pair that takes
  assign evq_next = evq_tail_o[take_qp] + 32'(evq_take_i);
  assign rxr_next = rxr_tail_o[take_qp] + 32'(rxr_take_i);

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      scan_q     <= '0;
      enable_q   <= '0;
      evq_ok_o   <= '0;
      rxr_ok_o   <= '0;
      evq_tail_o <= '0;
      rxr_tail_o <= '0;
    end else begin
      enable_q <= enable;
      scan_q   <= (scan_q == QpW'(Qps - 1)) ? '0 : scan_q + 1'b1;
      evq_ok_o[scan_q] <= enable[scan_q] &&
                          evq_room(evq_tail_o[scan_q], qp_i[scan_q].evq_head,
                              qp_i[scan_q].evq_log2);
      rxr_ok_o[scan_q] <= enable[scan_q] &&
                          rxr_room(rxr_tail_o[scan_q], qp_i[scan_q].rxr_head,
                              qp_i[scan_q].rxr_log2);
      if (evq_take_i || rxr_take_i) begin
        evq_tail_o[take_qp] <= evq_next;
        rxr_tail_o[take_qp] <= rxr_next;
        evq_ok_o[take_qp]   <= evq_room(evq_next, qp_i[take_qp].evq_head, qp_i[take_qp].evq_log2);
        rxr_ok_o[take_qp]   <= rxr_room(rxr_next, qp_i[take_qp].rxr_head, qp_i[take_qp].rxr_log2);
      end
      if (gone != '0) begin
        for (int q = 0; q < int'(Qps); q++) begin
          if (gone[q]) begin
            evq_ok_o[q]   <= 1'b0;
            rxr_ok_o[q]   <= 1'b0;
            evq_tail_o[q] <= '0;
            rxr_tail_o[q] <= '0;
          end
        end
      end
    end
  end

  // ---- Reports
  logic [Qps-1:0]  txdone_q, fault_q, want, want_hi;
  logic [31:0]     head_q[Qps];
  qp_fault_t       what_q[Qps];
  logic [QpW-1:0]  pick, last_q;
  logic            pick_valid, note_fits;
  note_t           picked;
  logic            grant;                   // a report moves to the output

  assign want       = (txdone_q | fault_q) & evq_ok_o;
  assign note_fits  = note_valid_i && (evq_ok_o[note_i.qp[QpW-1:0]] || !enable[note_i.qp[QpW-1:0]]);
  assign pick_valid = want != '0;
  assign grant      = !inj_valid_o || inj_ready_i;
  // Notes first: they are rare. A note for a disabled queue pair is taken and dropped by
  // host_place.
  assign note_ready_o = grant && note_fits;

  always_comb begin
    for (int q = 0; q < int'(Qps); q++) want_hi[q] = want[q] && q > int'(last_q);
    pick = '0;
    if (pick_valid) begin
      for (int q = int'(Qps) - 1; q >= 0; q--) if (want[q]) pick = QpW'(q);
      for (int q = int'(Qps) - 1; q >= 0; q--) if (want_hi[q]) pick = QpW'(q);
    end
  end

  always_comb begin
    toe_abi_pkg::event_tx_done_t done;
    toe_abi_pkg::event_fault_t   fault;
    done          = '0;
    done.kind     = toe_abi_pkg::EventTypeNicTxDone;
    done.txq_head = head_q[pick];
    done.bmq_head = bmq_head_i[pick];
    fault         = '0;
    fault.kind    = toe_abi_pkg::EventTypeFault;
    fault.what    = toe_abi_pkg::fault_e'(what_q[pick].what);
    fault.addr    = what_q[pick].addr;
    fault.info    = what_q[pick].info;
    picked        = '{qp: qp_t'(pick), record: fault_q[pick] ? fault : done};
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      txdone_q    <= '0;
      fault_q     <= '0;
      last_q      <= '0;
      inj_valid_o <= 1'b0;
      lost_o      <= 1'b0;
      for (int q = 0; q < int'(Qps); q++) head_q[q] <= '0;
    end else begin
      lost_o <= fault_valid_i && fault_q[fault_i.qp[QpW-1:0]];
      if (grant) inj_valid_o <= pick_valid || note_fits;
      if (grant && pick_valid && !note_fits) begin
        last_q <= pick;
        if (fault_q[pick]) fault_q[pick] <= 1'b0;
        else txdone_q[pick] <= 1'b0;
      end
      if (txdone_valid_i) begin
        txdone_q[txdone_i.qp[QpW-1:0]] <= 1'b1;
        head_q[txdone_i.qp[QpW-1:0]]   <= txdone_i.head;
      end
      if (breport_valid_i) txdone_q[breport_qp_i[QpW-1:0]] <= 1'b1;
      if (fault_valid_i) fault_q[fault_i.qp[QpW-1:0]] <= 1'b1;
      if (gone != '0) begin
        for (int q = 0; q < int'(Qps); q++) if (gone[q]) head_q[q] <= '0;
        txdone_q <= txdone_q & ~gone;
        fault_q  <= fault_q & ~gone;
      end
    end
    if (fault_valid_i) what_q[fault_i.qp[QpW-1:0]] <= fault_i;
    if (grant && note_fits) inj_o <= note_i;
    else if (grant && pick_valid) inj_o <= picked;
  end

  assign stall_o = ((txdone_q | fault_q) & ~evq_ok_o & enable) != '0 ||
      (note_valid_i && !note_fits);

  logic unused;
  assign unused = ^breport_qp_i;

  `TOE_ASSERT(TakeInRange_A, !(evq_take_i || rxr_take_i) || 32'(take_qp_i) < Qps)

endmodule

// SPDX-License-Identifier: Apache-2.0
// Proof of host_place: every write is inside the ring that it belongs to. A session's bytes stay in
// its receive ring (with the wrap that fv_dma_wr assumes), a frame in its slot of the slot ring, a
// record in its entry of the event ring.
// Contract: proofs only. Rings of the solver's choice: sessions' 4 KiB to 2 GiB, aligned to 4 KiB,
// the others aligned to a record; a piece that is placed is not longer than the ring and its offset
// is inside (tcp_accept masks it; its window is never larger than the ring). Writes of the firmware
// and of the trace go where they say: the firmware is trusted with addresses, the bus is not.
`include "toe_assert.svh"
module fv_host_place
  import toe_pkg::*;
  import host_pkg::*;
#(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  localparam int unsigned Qps = 32'(Cfg.Qps)
) (
  input logic              clk_i,
  input logic              again_i,
  input qp_ctl_t [Qps-1:0] qp_i,
  input logic              place_valid_i,
  input place_cmd_t        place_i,
  input logic              mcu_valid_i,
  input wr_cmd_t           mcu_i,
  input logic              mir_valid_i,
  input qp_t               mir_qp_i,
  input logic [15:0]       mir_len_i,
  input logic              trc_valid_i,
  input logic [63:0]       trc_addr_i,
  input logic              note_valid_i,
  input note_t             note_i,
  input logic              wr_ready_i,
  input logic              done_valid_i,
  input wr_src_e           done_src_i,
  input logic              done_err_i
);
  logic rst_ni;
  fv_reset u_reset (.clk_i, .again_i, .rst_no(rst_ni));
  host_place #(.Cfg(Cfg)) u_dut (
    .clk_i, .rst_ni, .qp_i, .evq_space_o(), .evq_tail_o(), .rxr_tail_o(), .idle_o(),
    .place_valid_i, .place_ready_o(), .place_i, .fence_done_o(), .fence_bad_o(),
    .evq_failed_o(), .evq_waits_o(), .sweep_o(),
    .data_valid_i(1'b0), .data_ready_o(), .data_i('0), .data_last_i(1'b0),
    .txdone_valid_i(1'b0), .txdone_i('0), .breport_valid_i(1'b0), .breport_qp_i('0),
    .bmq_head_i('0), .fault_valid_i(1'b0), .fault_i('0), .note_valid_i, .note_ready_o(), .note_i,
    .mcu_valid_i, .mcu_ready_o(), .mcu_i, .mcu_data_valid_i(1'b0), .mcu_data_ready_o(),
    .mcu_data_i('0), .mcu_data_last_i(1'b0),
    .mir_valid_i, .mir_ready_o(), .mir_drop_o(), .mir_qp_i, .mir_len_i, .mir_record_i('0),
    .mir_data_valid_i(1'b0), .mir_data_ready_o(), .mir_data_i('0), .mir_data_last_i(1'b0),
    .trc_valid_i, .trc_ready_o(), .trc_addr_i, .trc_data_i('0),
    .tap_valid_o(), .tap_data_o(), .tap_last_o(), .tap_o(),
    .wr_valid_o(), .wr_ready_i, .wr_o(), .wr_data_valid_o(), .wr_data_ready_i(1'b1), .wr_data_o(),
    .done_valid_i, .done_src_i, .done_err_i, .done_irq_i(1'b0), .done_irq_id_i('0),
    .done_slot_i('0), .ctr_o()
  );

  // As in host_place, in its order.
  typedef enum logic [2:0] {
    OpDrop, OpHost, OpSession, OpRecord, OpFence, OpMcu, OpMirror, OpTrace
  } op_e;
  op_e op;
  assign op = op_e'(u_dut.b_op_q);

  // ---- What is asked
  function automatic logic place_ok(place_cmd_t p);
    return p.ring_log2 >= 5'd12 && p.ring_log2 <= 5'd31 && p.ring_base[11:0] == '0 &&
        p.ring_base[63:48] == '0 && 33'(p.ring_off) < 33'd1 << p.ring_log2 &&
        33'(p.len) <= 33'd1 << p.ring_log2;
  endfunction
  function automatic logic qp_ok(qp_ctl_t q);
    return q.rxr_base[63:48] == '0 && q.evq_base[63:48] == '0 && q.slot_log2 <= 4'd14;
  endfunction
  `TOE_ASSUME(Place_M, !place_valid_i || place_i.kind != PlSession || place_ok(place_i))
  logic [Qps-1:0] qps_ok;
  for (genvar q = 0; q < int'(Qps); q++) begin : g_qp
    assign qps_ok[q] = qp_ok(qp_i[q]);
  end
  `TOE_ASSUME(Qp_M, &qps_ok)

  // ---- Which ring the write of stage C belongs to
  typedef enum logic [1:0] { RingSession, RingSlot, RingEvents, RingOther } ring_e;
  ring_e       ring_q;
  logic [63:0] base_q, size_q, entry_q;        // of the ring; of the entry in it
  qp_ctl_t     ctl;
  assign ctl = u_dut.b_ctl_q;
  always_ff @(posedge clk_i) begin
    if (u_dut.b_step) begin
      entry_q <= 64'd32;
      if (op == OpSession) begin
        ring_q <= RingSession;
        base_q <= u_dut.b_q.ring_base;
        size_q <= 64'd1 << u_dut.b_q.ring_log2;
      end else if ((op == OpHost || op == OpMirror) && !u_dut.second_q) begin
        ring_q  <= RingSlot;
        base_q  <= ctl.rxr_base;
        size_q  <= 64'd1 << (6'(ctl.rxr_log2) + 6'(ctl.slot_log2));
        entry_q <= 64'd1 << ctl.slot_log2;
      end else if (op == OpHost || op == OpMirror || op == OpRecord) begin
        ring_q <= RingEvents;
        base_q <= ctl.evq_base;
        size_q <= 64'd32 << ctl.evq_log2;
      end else ring_q <= RingOther;
    end
  end
  `TOE_ASSERT(Asked_A, !(u_dut.b_valid_q && op == OpSession) ||
      (place_ok(u_dut.b_q) && u_dut.b_q.len != '0))
  `TOE_ASSERT(Settings_A, !u_dut.b_valid_q || qp_ok(ctl))
  `TOE_ASSERT(Mirrored_A, !(u_dut.b_valid_q && op == OpMirror) ||
      u_dut.b_q.len <= 16'd1 << ctl.slot_log2)

  // ---- The claims. Stage C holds a write until its queues take it.
  logic        push;
  wr_req_t     req;
  logic [63:0] off;
  assign push = u_dut.c_valid_q && u_dut.c_wr_q;
  assign req  = u_dut.c_req;
  assign off  = u_dut.c_off_q << u_dut.c_shift_q;
  `TOE_ASSERT(Base_A, !(push && ring_q != RingOther) || (u_dut.c_base_q == base_q &&
      req.addr == base_q + off))
  `TOE_ASSERT(Ring_A, !(push && ring_q == RingSession) || (base_q[11:0] == '0 &&
      size_q[11:0] == '0 && base_q < 64'h0001_0000_0000_0000))
  `TOE_ASSERT(SessionInside_A, !(push && ring_q == RingSession) || (req.src == SrcSession &&
      req.len != '0 && off < size_q && 64'(req.len) <= size_q && (req.wrap == '0 ?
      off + 64'(req.len) <= size_q :
      off + 64'(req.wrap) == size_q && req.wrap < req.len && req.wrap_base == base_q)))
  `TOE_ASSERT(SlotInside_A, !(push && ring_q == RingSlot) || (req.src == SrcNic &&
      req.wrap == '0 && off < size_q && 64'(req.len) <= entry_q &&
      (off & (entry_q - 64'd1)) == '0 && entry_q <= size_q))
  `TOE_ASSERT(RecordInside_A, !(push && ring_q == RingEvents) || (req.src == SrcRecord &&
      req.wrap == '0 && req.len == 16'd32 && off < size_q && off[4:0] == '0))
  `TOE_COVER(SessionWraps_C, push && ring_q == RingSession && req.wrap != '0)
  `TOE_COVER(Slot_C, push && ring_q == RingSlot)
  `TOE_COVER(Record_C, push && ring_q == RingEvents)
endmodule

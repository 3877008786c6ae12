// SPDX-License-Identifier: Apache-2.0
// Carries out what the pipeline decided about received frames: payload into rings, frames into
// receive slots, records into event rings.
// Contract: commands in order; each PlDrop/PlHost/PlSession takes the next frame of the data
// stream. Records wait in host_wait until all payload before them is known to be in memory, and
// stay in order; payload overtakes them. A completion of the firmware waits for the records before
// it; its other writes and the trace wait for nobody. One write a cycle: a frame for a session
// every cycle, a frame for a slot ring every two (64 bytes at 512 bit). Frames for a ring without
// room, for an event ring without room or for a disabled queue pair are dropped and counted.
// Nothing here waits for the host. evq_space_o[q] tells the pipeline that it may send PlRecord for
// q: EvqReserve entries are kept for records that were under way when it fell (so at most
// EvqReserve - 2 of them may be between that decision and here); a record that finds no entry at
// all (the host moved its head backwards, or disabled the queue pair) is dropped and counted in
// rx_drop_event_full. Event rings must therefore have more than EvqReserve entries. Reports
// (txdone, faults, notes) and writes of the firmware join between commands; firmware data must
// follow its command without waiting for anything. Reset only when host_dma_wr is idle.
`include "toe_assert.svh"
module host_place #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  localparam int unsigned DataW = 32'(Cfg.DataW),
  localparam int unsigned Qps   = 32'(Cfg.Qps)
) (
  input  logic                       clk_i,
  input  logic                       rst_ni,
  input  toe_pkg::qp_ctl_t [Qps-1:0] qp_i,
  output logic [Qps-1:0]             evq_space_o,
  output logic [Qps-1:0][31:0]       evq_tail_o,
  output logic [Qps-1:0][31:0]       rxr_tail_o,
  output logic                       idle_o,

  // Commands, in frame order
  input  logic                       place_valid_i,
  output logic                       place_ready_o,
  input  toe_pkg::place_cmd_t        place_i,
  output logic                       fence_done_o,
  output logic                       fence_bad_o,  // with it: payload of the session is lost
  output logic [Qps-1:0]             evq_failed_o, // see host_wait
  output logic [Qps-1:0]             evq_waits_o,
  output logic                       sweep_o,      // needs its clock

  // Frames
  input  logic                       data_valid_i,
  output logic                       data_ready_o,
  input  logic [DataW-1:0]           data_i,
  input  logic                       data_last_i,

  // Reports for the host
  input  logic                       txdone_valid_i,
  input  host_pkg::txdone_t          txdone_i,
  input  logic                       breport_valid_i,
  input  toe_pkg::qp_t               breport_qp_i,
  input  logic [Qps-1:0][31:0]       bmq_head_i,
  input  logic                       fault_valid_i,
  input  host_pkg::qp_fault_t        fault_i,
  input  logic                       note_valid_i,
  output logic                       note_ready_o,
  input  host_pkg::note_t            note_i,

  // Writes of the firmware
  input  logic                       mcu_valid_i,
  output logic                       mcu_ready_o,
  input  toe_pkg::wr_cmd_t           mcu_i,
  input  logic                       mcu_data_valid_i,
  output logic                       mcu_data_ready_o,
  input  logic [DataW-1:0]           mcu_data_i,
  input  logic                       mcu_data_last_i,

  // Copies of frames; mir_drop_o with mir_ready_o: it is not wanted
  input  logic                       mir_valid_i,
  output logic                       mir_ready_o,
  output logic                       mir_drop_o,
  input  toe_pkg::qp_t               mir_qp_i,
  input  logic [15:0]                mir_len_i,
  input  logic [255:0]               mir_record_i,
  input  logic                       mir_data_valid_i,
  output logic                       mir_data_ready_o,
  input  logic [DataW-1:0]           mir_data_i,
  input  logic                       mir_data_last_i,
  // Records of the trace ring
  input  logic                       trc_valid_i,
  output logic                       trc_ready_o,
  input  logic [63:0]                trc_addr_i,
  input  logic [255:0]               trc_data_i,
  // Tap of the frames that are to be copied, as they pass
  output logic                       tap_valid_o,
  output logic [DataW-1:0]           tap_data_o,
  output logic                       tap_last_o,
  output toe_pkg::mirror_note_t      tap_o,

  // To host_dma_wr
  output logic                       wr_valid_o,
  input  logic                       wr_ready_i,
  output host_pkg::wr_req_t          wr_o,
  output logic                       wr_data_valid_o,
  input  logic                       wr_data_ready_i,
  output logic [DataW-1:0]           wr_data_o,
  // Its answers
  input  logic                       done_valid_i,
  input  host_pkg::wr_src_e          done_src_i,
  input  logic                       done_err_i,
  input  logic                       done_irq_i,
  input  logic [4:0]                 done_irq_id_i,
  input  toe_pkg::slot_t             done_slot_i,

  output host_pkg::place_ctr_t       ctr_o
);

  import toe_pkg::*;
  import host_pkg::*;

  localparam int unsigned QpW = (Qps > 1) ? $clog2(Qps) : 1;

  typedef enum logic [2:0] {
    OpDrop, OpHost, OpSession, OpRecord, OpFence, OpMcu, OpMirror, OpTrace
  } op_e;

  // ---- Rings and reports
  logic [Qps-1:0] evq_ok, rxr_ok;
  logic           evq_take, rxr_take, inj_valid, inj_ready, stall;
  qp_t            take_qp;
  note_t          inj;

  host_evq #(.Qps(Qps)) u_evq (
    .clk_i, .rst_ni, .qp_i,
    .evq_ok_o(evq_ok), .rxr_ok_o(rxr_ok), .evq_tail_o, .rxr_tail_o,
    .evq_take_i(evq_take), .rxr_take_i(rxr_take), .take_qp_i(take_qp),
    .txdone_valid_i, .txdone_i, .breport_valid_i, .breport_qp_i, .bmq_head_i,
    .fault_valid_i, .fault_i, .note_valid_i, .note_ready_o, .note_i,
    .inj_valid_o(inj_valid), .inj_ready_i(inj_ready), .inj_o(inj), .stall_o(stall),
    .lost_o(ctr_o.fault_lost)
  );
  assign evq_space_o = evq_ok;

  logic b_valid_q, b_done, b_step, second_q;   // stage B

  // ---- Stage A: choose a source. Others go before commands, but not twice in a row.
  logic       a_ready, other_q, pick_mcu, pick_inj, pick_mir, pick_trc, pick_place;

  assign pick_mcu      = mcu_valid_i && !(other_q && place_valid_i);
  assign pick_inj      = inj_valid && !pick_mcu && !(other_q && place_valid_i);
  assign pick_mir      = mir_valid_i && !pick_mcu && !pick_inj && !(other_q && place_valid_i);
  assign pick_trc      = trc_valid_i && !pick_mcu && !pick_inj && !pick_mir &&
      !(other_q && place_valid_i);
  assign trc_ready_o   = a_ready && pick_trc;
  assign pick_place    = place_valid_i && !pick_mcu && !pick_inj && !pick_mir && !pick_trc;
  assign mcu_ready_o   = a_ready && pick_mcu;
  assign inj_ready     = a_ready && pick_inj;
  // Decided here, so that nothing behind has to drop bytes; room is still there in stage B, where
  // the copy is next. A copy that would not fit the slot whole is none.
  logic mir_ok, mir_go;
  assign mir_ok      = 32'(mir_qp_i) < Qps && qp_i[mir_qp_i[QpW-1:0]].enable && !b_valid_q &&
      evq_ok[mir_qp_i[QpW-1:0]] && rxr_ok[mir_qp_i[QpW-1:0]] &&
      mir_len_i <= 16'd1 << qp_i[mir_qp_i[QpW-1:0]].slot_log2;
  assign mir_go      = a_ready && pick_mir && !b_valid_q;
  assign mir_ready_o = mir_go;
  assign mir_drop_o  = !mir_ok;
  assign place_ready_o = a_ready && pick_place;

  // ---- Stage B: what to do, with the settings of the queue pair at hand
  op_e        b_op_q;
  place_cmd_t b_q;
  qp_ctl_t    b_ctl_q;
  wr_cmd_t    b_mcu_q;
  logic       b_known_q;                    // the queue pair exists

  op_e            a_op;
  place_cmd_t     a_cmd;
  always_comb begin
    a_cmd = place_i;
    unique case (place_i.kind)
      PlHost:    a_op = OpHost;
      PlSession: a_op = (place_i.len == '0) ? OpDrop : OpSession;
      PlRecord:  a_op = OpRecord;
      PlFence:   a_op = OpFence;
      default:   a_op = OpDrop;
    endcase
    if (pick_inj) begin
      a_op         = OpRecord;
      a_cmd.qp     = inj.qp;
      a_cmd.record = inj.record;
    end
    if (pick_trc) begin
      a_op            = OpTrace;
      a_cmd.ring_base = trc_addr_i;
      a_cmd.record    = trc_data_i;
    end
    if (pick_mir) begin
      a_op         = OpMirror;
      a_cmd.qp     = mir_qp_i;
      a_cmd.len    = mir_len_i;
      a_cmd.record = mir_record_i;
    end
    if (pick_mcu) a_op = OpMcu;
  end

  assign a_ready = !b_valid_q || b_done;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      b_valid_q <= 1'b0;
      other_q   <= 1'b0;
    end else if (a_ready) begin
      b_valid_q <= pick_mcu || pick_inj || pick_trc || pick_place || (mir_go && mir_ok);
      if (pick_mcu || pick_inj || pick_trc || pick_place || mir_go) other_q <= !pick_place;
    end
    if (a_ready && (pick_mcu || pick_inj || pick_mir || pick_trc || pick_place)) begin
      b_op_q    <= a_op;
      b_q       <= a_cmd;
      b_mcu_q   <= mcu_i;
      b_ctl_q   <= qp_i[a_cmd.qp[QpW-1:0]];
      b_known_q <= 32'(a_cmd.qp) < Qps;
    end
  end

  logic [QpW-1:0] b_qp;
  logic [31:0]    evq_tail, rxr_tail, evq_used, evq_slot, rxr_slot;
  logic           enabled, evq_any, deliver, c_free, b_frame, b_two, b_entry;
  logic [15:0]    slot_bytes, host_len;

  assign b_qp       = b_q.qp[QpW-1:0];
  assign evq_tail   = evq_tail_o[b_qp];
  assign rxr_tail   = rxr_tail_o[b_qp];
  assign evq_slot   = evq_tail & ((32'd1 << b_ctl_q.evq_log2) - 32'd1);
  assign rxr_slot   = rxr_tail & ((32'd1 << b_ctl_q.rxr_log2) - 32'd1);
  assign enabled    = b_known_q && qp_i[b_qp].enable && b_ctl_q.enable;
  assign evq_used   = evq_tail - qp_i[b_qp].evq_head;
  assign evq_any    = enabled && evq_used < (32'd1 << b_ctl_q.evq_log2);
  assign deliver    = enabled && evq_ok[b_qp] && rxr_ok[b_qp];
  assign slot_bytes = 16'd1 << b_ctl_q.slot_log2;
  assign host_len   = (b_q.len > slot_bytes) ? slot_bytes : b_q.len;

  // A frame for a slot ring takes two steps: the frame, then its record.
  assign b_step   = b_valid_q && c_free;
  assign b_frame  = b_op_q == OpMirror || (b_op_q == OpHost && deliver);
  assign b_done   = b_step && !(b_frame && !second_q);
  assign take_qp  = b_q.qp;
  assign b_two    = b_op_q inside {OpHost, OpMirror};
  assign rxr_take = b_step && b_two && second_q && enabled;
  assign b_entry  = b_op_q inside {OpRecord, OpFence} && evq_any;
  assign evq_take = b_step && ((b_two && second_q && enabled) || b_entry);

  always_ff @(posedge clk_i) begin
    if (!rst_ni) second_q <= 1'b0;
    else if (b_step) second_q <= !b_done;
  end

  // ---- Stage C: the address, then into the queues
  typedef enum logic [1:0] { DataFrame, DataRecord, DataMcu, DataMirror } data_e;
  mirror_note_t  c_note_q, cut_note;
  logic          c_mirror_q, cut_mirror;
  logic          c_valid_q, c_cut_q, c_drop_q, c_wr_q, c_rec_q, c_nic_q, c_fence_q, c_now, c_push;
  logic [63:0]   frame_addr_q;
  data_e         c_kind_q;
  logic [15:0]   c_skip_q;
  logic [63:0]   c_base_q, c_off_q;
  logic [3:0]    c_shift_q;
  wr_req_t       c_req_q, c_req;
  logic [255:0]  c_record_q;
  logic          cut_ready, req_ready, data_ready, rec_ready, rel_valid, rel_wr, rel_bad, pause,
      wait_empty;

  logic [255:0]               record;
  toe_abi_pkg::event_nic_rx_t nic;
  logic                       phase;
  logic [32:0]                ring_left;    // session: bytes to the end of the ring
  assign phase     = !evq_tail[b_ctl_q.evq_log2];
  assign ring_left = (33'd1 << b_q.ring_log2) - 33'(b_q.ring_off);
  always_comb begin
    nic           = b_q.record;
    nic.slot      = rxr_tail;
    nic.len       = host_len;
    nic.truncated = host_len != b_q.len;
    record        = b_two ? nic : b_q.record;
    if (b_op_q != OpTrace) record[255] = phase;
  end

  assign c_free = !c_valid_q || c_push;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) c_valid_q <= 1'b0;
    else if (c_free) c_valid_q <= b_valid_q;
    if (b_step) begin
      c_cut_q    <= b_op_q inside {OpDrop, OpSession} || (b_op_q == OpHost && !second_q);
      c_drop_q   <= b_op_q == OpDrop || (b_op_q == OpHost && !deliver);
      c_wr_q     <= b_op_q inside {OpSession, OpMcu, OpTrace} || b_entry ||
                    (second_q ? enabled : b_frame);
      c_rec_q    <= b_op_q inside {OpRecord, OpFence} || second_q;
      c_nic_q    <= second_q;
      c_fence_q  <= b_op_q == OpFence;
      c_kind_q   <= (b_op_q == OpMcu) ? DataMcu :
                    (b_op_q inside {OpRecord, OpTrace} || second_q) ? DataRecord :
                    (b_op_q == OpMirror) ? DataMirror : DataFrame;
      c_record_q <= record;
      c_note_q   <= '{handle: b_q.handle, qp: b_q.qp, len: b_q.frame_len};
      c_mirror_q <= b_q.mirror && b_op_q inside {OpDrop, OpSession};
      c_skip_q   <= (b_op_q == OpSession) ? b_q.skip : '0;
      c_req_q    <= '{addr: '0, len: 16'd32, wrap: '0, wrap_base: {b_q.ring_base[63:12], 12'd0},
          irq: 1'b0,
                      irq_id: 5'(b_qp), src: SrcRecord, qp: b_q.qp, handle: b_q.handle};
      unique case (b_op_q)
        OpSession: begin
          // The ring's alignment is the reason why a wrapped write needs no second command.
          c_base_q    <= {b_q.ring_base[63:12], 12'd0};
          c_off_q     <= 64'(b_q.ring_off);
          c_shift_q   <= '0;
          c_req_q.len <= b_q.len;
          c_req_q.src <= SrcSession;
          if (33'(b_q.len) > ring_left) c_req_q.wrap <= 16'(ring_left);
        end
        OpTrace: begin
          c_base_q  <= b_q.ring_base;
          c_off_q   <= '0;
          c_shift_q <= '0;
        end
        OpMcu: begin
          c_base_q       <= b_mcu_q.addr;
          c_off_q        <= '0;
          c_shift_q      <= '0;
          c_req_q.len    <= b_mcu_q.len;
          c_req_q.irq    <= b_mcu_q.irq;
          c_req_q.irq_id <= 5'(AdminId);
          c_req_q.src    <= SrcMcu;
        end
        default: begin
          if (b_two && !second_q) begin
            c_base_q    <= b_ctl_q.rxr_base;
            c_off_q     <= 64'(rxr_slot);
            c_shift_q   <= b_ctl_q.slot_log2;
            c_req_q.len <= host_len;
            c_req_q.src <= SrcNic;
          end else begin
            c_base_q    <= b_ctl_q.evq_base;
            c_off_q     <= 64'(evq_slot);
            c_shift_q   <= 4'd5;
            c_req_q.irq <= 1'b1;
          end
        end
      endcase
    end
  end

  always_comb begin
    c_req      = c_req_q;
    c_req.addr = c_base_q + (c_off_q << c_shift_q);
  end
  // Records wait; what does not goes to the queues whenever no record does.
  assign c_now  = c_wr_q && !c_rec_q;
  assign c_push = c_valid_q && (!c_cut_q || cut_ready) && (!c_rec_q || rec_ready) &&
      (!c_now || (req_ready && data_ready && !rel_wr && !pause && (wait_empty || !c_req_q.irq)));

  rec_t rec, rel;
  always_ff @(posedge clk_i) if (c_push && c_now) frame_addr_q <= c_req.addr;
  assign rec = '{write: c_wr_q, fence: c_fence_q, nic: c_nic_q, qp: c_req_q.qp, addr: c_req.addr,
      frame_addr: frame_addr_q, record: c_record_q};
  host_wait #(.Cfg(Cfg)) u_wait (
    .clk_i, .rst_ni, .qp_i, .evq_failed_o, .evq_waits_o, .take_i(evq_take), .take_qp_i(take_qp),
    .pay_i(c_push && c_now && c_req_q.src inside {SrcSession, SrcNic}),
    .done_valid_i, .done_src_i, .done_err_i, .done_irq_i, .done_irq_id_i, .done_slot_i,
    .in_valid_i(c_push && c_rec_q), .in_ready_o(rec_ready), .in_i(rec),
    .out_valid_o(rel_valid), .out_ready_i(!rel.write || (req_ready && data_ready)), .out_o(rel),
    .out_bad_o(rel_bad), .empty_o(wait_empty), .pause_o(pause), .sweep_o
  );
  assign rel_wr       = rel_valid && rel.write;
  assign fence_done_o = rel_valid && rel.fence && (!rel.write || (req_ready && data_ready));
  assign fence_bad_o  = fence_done_o && rel_bad;

  // ---- Queues: the write, where its bytes come from, what to cut out of the frame
  logic         cut_valid, cut_take, cut_drop, src_valid, src_take;
  logic [15:0]  cut_skip, cut_len;
  data_e        src_kind;
  logic [1:0]   src_kind_raw;
  logic [255:0] src_record;

  logic    push;
  wr_req_t rel_req;
  assign push    = (rel_wr && req_ready && data_ready) || (c_push && c_now);
  assign rel_req = '{addr: rel.addr, len: 16'd32, wrap: '0, wrap_base: '0, irq: 1'b1,
      irq_id: 5'(rel.qp), src: SrcRecord, qp: rel.qp, handle: '0};
  prim_fifo #(.Width($bits(wr_req_t)), .Depth(4)) u_req (
    .clk_i, .rst_ni,
    .in_valid_i(push), .in_ready_o(req_ready), .in_i(rel_wr ? rel_req : c_req),
    .out_valid_o(wr_valid_o), .out_ready_i(wr_ready_i), .out_o(wr_o), .level_o()
  );
  prim_fifo #(.Width(258), .Depth(4)) u_src (
    .clk_i, .rst_ni,
    .in_valid_i(push), .in_ready_o(data_ready),
    .in_i(rel_wr ? {DataRecord, rel.record} : {c_kind_q, c_record_q}),
    .out_valid_o(src_valid), .out_ready_i(src_take), .out_o({src_kind_raw, src_record}), .level_o()
  );
  prim_fifo #(.Width(34 + $bits(mirror_note_t)), .Depth(8)) u_cut_list (
    .clk_i, .rst_ni,
    .in_valid_i(c_push && c_cut_q), .in_ready_o(cut_ready),
    .in_i({c_note_q, c_mirror_q, c_drop_q, c_skip_q, c_req_q.len}),
    .out_valid_o(cut_valid), .out_ready_i(cut_take),
    .out_o({cut_note, cut_mirror, cut_drop, cut_skip, cut_len}),
    .level_o()
  );
  assign src_kind = data_e'(src_kind_raw);

  assign tap_valid_o = cut_valid && cut_mirror && data_valid_i && data_ready_o;
  assign tap_data_o  = data_i;
  assign tap_last_o  = data_last_i;
  assign tap_o       = cut_note;

  // ---- Bytes
  logic             piece_valid, piece_ready, piece_last;
  logic [DataW-1:0] piece;
  host_cut #(.DataW(DataW)) u_cut (
    .clk_i, .rst_ni,
    .cut_valid_i(cut_valid), .cut_ready_o(cut_take), .cut_drop_i(cut_drop), .cut_skip_i(cut_skip),
    .cut_len_i(cut_len),
    .data_valid_i, .data_ready_o, .data_i, .data_last_i,
    .out_valid_o(piece_valid), .out_ready_i(piece_ready), .out_data_o(piece),
    .out_last_o(piece_last)
  );

  localparam int unsigned RecBeats = (DataW < 256) ? 256 / DataW : 1;
  localparam int unsigned RecW     = (RecBeats > 1) ? $clog2(RecBeats) : 1;
  logic [RecW-1:0]  rec_q;
  logic             rec_last, mux_valid, mux_ready, mux_last;
  logic [DataW-1:0] mux_data;

  assign rec_last = rec_q == RecW'(RecBeats - 1);
  always_comb begin
    unique case (src_kind)
      DataFrame: begin
        mux_valid = src_valid && piece_valid;
        mux_last  = piece_last;
        mux_data  = piece;
      end
      DataMirror: begin
        mux_valid = src_valid && mir_data_valid_i;
        mux_last  = mir_data_last_i;
        mux_data  = mir_data_i;
      end
      DataMcu: begin
        mux_valid = src_valid && mcu_data_valid_i;
        mux_last  = mcu_data_last_i;
        mux_data  = mcu_data_i;
      end
      default: begin
        mux_valid = src_valid;
        mux_last  = rec_last;
        mux_data  = DataW'(src_record >> (32'(rec_q) * DataW));
      end
    endcase
  end
  assign piece_ready      = src_valid && src_kind == DataFrame && mux_ready;
  assign mir_data_ready_o = src_valid && src_kind == DataMirror && mux_ready;
  assign mcu_data_ready_o = src_valid && src_kind == DataMcu && mux_ready;
  assign src_take         = mux_valid && mux_ready && mux_last;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) rec_q <= '0;
    else if (mux_valid && mux_ready && src_kind == DataRecord)
      rec_q <= rec_last ? '0 : rec_q + 1'b1;
  end

  prim_skid #(.Width(DataW)) u_out (
    .clk_i, .rst_ni,
    .in_valid_i(mux_valid), .in_ready_o(mux_ready), .in_i(mux_data),
    .out_valid_o(wr_data_valid_o), .out_ready_i(wr_data_ready_i), .out_o(wr_data_o)
  );

  assign idle_o = !b_valid_q && !mir_valid_i && !trc_valid_i && !c_valid_q &&
                  !place_valid_i && !inj_valid && !mcu_valid_i &&
      !src_valid && !wr_valid_o &&
                  !wr_data_valid_o && !cut_valid && !data_valid_i && wait_empty;

  logic host_step;
  assign host_step                = b_step && b_op_q == OpHost && !second_q;
  assign ctr_o.rx_to_host         = host_step && deliver;
  assign ctr_o.rx_drop_disabled   = host_step && !enabled;
  assign ctr_o.rx_drop_ring_full  = host_step && enabled && !rxr_ok[b_qp];
  assign ctr_o.rx_drop_event_full = host_step && enabled && rxr_ok[b_qp] && !evq_ok[b_qp];
  assign ctr_o.evq_lost           = b_step && b_op_q inside {OpRecord, OpFence} && !evq_any;
  assign ctr_o.evq_records        = evq_take;
  logic mir_tx;
  assign mir_tx            = mir_record_i[15:8] == 8'(toe_abi_pkg::RxReasonMirrorTx);
  assign ctr_o.rx_mirrored = mir_go && mir_ok && !mir_tx;
  assign ctr_o.tx_mirrored = mir_go && mir_ok && mir_tx;
  assign ctr_o.mirror_lost = mir_go && !mir_ok;
  assign ctr_o.evq_stall_cycles   = stall;

  `TOE_ASSERT(RingOffInside_A, !(b_step && b_op_q == OpSession) ||
      33'(b_q.ring_off) < (33'd1 << b_q.ring_log2))
  `TOE_ASSERT(PieceFitsRing_A, !(b_step && b_op_q == OpSession) ||
      33'(b_q.len) <= (33'd1 << b_q.ring_log2))
  `TOE_ASSERT(SecondStep_A, !second_q || (b_valid_q && b_two))
  prim_stream_chk #(.Width($bits(place_cmd_t)), .IsInput(1'b1)) u_place_chk (
    .clk_i, .rst_ni, .valid_i(place_valid_i), .ready_i(place_ready_o), .data_i(place_i)
  );

  logic unused;
  assign unused = ^{b_ctl_q, b_mcu_q.vector, b_mcu_q.handle, b_q.kind, rel};

endmodule

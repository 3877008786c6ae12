// SPDX-License-Identifier: Apache-2.0
// Finds the session of a received segment.
// Contract: one frame a cycle, four cycles of latency, frames in order; everything passes, a hit is
// marked. A hit means that the whole tuple is equal: never a false one. Operations (insert, delete)
// run beside the lookups, one at a time, at most 70 cycles each, and hold lookups up for at most
// three cycles each. A frame that entered before op_done_o of a delete may still carry the hit.
// LkExists: the tuple or the slot is in the table already; LkFull: no place, or another tuple with
// the same hash part; neither changes anything. Keyed by the Toeplitz hash over addresses and
// ports, as net_parse gives it in meta.hash; the key is taken over while ctl_i.session_enable is
// low. After reset the table is cleared (busy_o, Sessions / 4 cycles): frames pass as misses,
// operations wait.
`include "toe_assert.svh"
module tcp_lookup #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall
) (
  input  logic                 clk_i,
  input  logic                 rst_ni,
  input  toe_pkg::net_ctl_t    ctl_i,
  output logic                 busy_o,
  // frames
  input  logic                 meta_valid_i,
  output logic                 meta_ready_o,
  input  toe_pkg::rx_meta_t    meta_i,
  output logic                 work_valid_o,
  input  logic                 work_ready_i,
  output toe_pkg::rx_work_t    work_o,
  // operations
  input  logic                 op_valid_i,
  output logic                 op_ready_o,
  input  toe_pkg::lk_req_t     op_i,
  output logic                 op_done_o,
  output toe_pkg::lk_result_e  op_result_o,
  output tcp_lookup_pkg::lookup_ctr_t ctr_o
);
  import toe_pkg::*;
  import prim_pkg::*;
  import tcp_lookup_pkg::*;

  localparam int unsigned Sessions = int'(Cfg.Sessions);
  localparam int unsigned SlotW    = $clog2(Sessions);
  typedef logic [SlotW-1:0] id_t;

  // ---------------------------------------------------------------- frames: index, key, comparison
  logic       en, v1_q, v2_q, v3_q, v4_q, cand, c3_q, key_steal;
  rx_meta_t   m1_q, m2_q, m3_q;
  rx_work_t   w4_q;
  id_t        cand_id, slot3_q;
  tuple_t     key;
  logic       key_re;
  id_t        key_raddr, op_key_addr;

  assign en           = (!v4_q || work_ready_i) && !key_steal;
  assign meta_ready_o = en;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      v1_q <= 1'b0;
      v2_q <= 1'b0;
      v3_q <= 1'b0;
      v4_q <= 1'b0;
    end else if (en) begin
      v1_q <= meta_valid_i;
      v2_q <= v1_q;
      v3_q <= v2_q;
      v4_q <= v3_q;
    end else if (work_ready_i) begin
      v4_q <= 1'b0;                            // an operation reads a key: the rest waits a cycle
    end
    if (en) begin
      m1_q    <= meta_i;
      m2_q    <= m1_q;
      m3_q    <= m2_q;
      // RFC 1122 §4.2.3.10: what came to many is no segment of a connection.
      c3_q    <= v2_q && cand && m2_q.is_tcp && !m2_q.mcast && ctl_i.session_enable;
      slot3_q <= cand_id;
      w4_q    <= '{meta: m3_q, hit: c3_q && key == m3_q.tuple, slot: slot_t'(slot3_q), tw: TwMiss};
    end
  end

  assign work_valid_o = v4_q;
  assign work_o       = w4_q;

  // ------------------------------------------------------------------ index and keys
  logic        ix_valid, ix_ready, ix_done;
  idx_op_e     ix_op;
  idx_result_e ix_result;
  logic [31:0] hash_q;
  logic        unused_twin, unused_op_twin;    // a second session of the same hash part is refused
  id_t         unused_twin_id, unused_op_twin_id;
  id_t         ix_found;
  lk_req_t     op_q;
  logic        key_we;

  prim_hash_index #(.Entries(Sessions), .IdW(SlotW)) u_index (
    .clk_i, .rst_ni, .busy_o,
    .lk_en_i(en), .lk_valid_i(meta_valid_i), .lk_hash_i(meta_i.hash), .cand_valid_o(cand),
    .cand_id_o(cand_id), .twin_valid_o(unused_twin), .twin_id_o(unused_twin_id),
    .op_valid_i(ix_valid), .op_ready_o(ix_ready), .op_i(ix_op), .op_hash_i(hash_q),
    .op_id_i(id_t'(op_q.slot)),
    .op_done_o(ix_done), .op_result_o(ix_result), .op_found_o(ix_found),
    .op_twin_o(unused_op_twin), .op_twin_id_o(unused_op_twin_id)
  );

  // The key at the candidate is read while its frame is in stage 2 and holds while the pipeline
  // stands still. An operation takes the port for one cycle and puts it back in the next.
  logic key_restore;
  assign key_re    = key_steal || en;
  assign key_raddr = key_restore ? slot3_q : key_steal ? op_key_addr : cand_id;

  prim_ram_1r1w #(.Width($bits(tuple_t)), .Depth(Sessions)) u_key (
    .clk_i, .rst_ni,
    .we_i(key_we), .waddr_i(id_t'(op_q.slot)), .wdata_i(op_q.tuple),
    .re_i(key_re), .raddr_i(key_raddr), .rdata_o(key)
  );

  // ------------------------------------------------------------------ operations
  typedef enum logic [3:0] {
    StIdle, StReadOld, StHashOld, StProbe, StProbeWait, StHashNew, StInsert, StInsertWait,
    StReadDup, StCompare, StDelete, StDeleteWait
  } state_e;
  state_e      state_q, state_d;
  logic        h_in_valid, h_in_ready, h_out_valid, done_d;
  logic [31:0] h_out;
  tuple_t      h_tuple;
  lk_result_e  result_d;
  logic [319:0] key_q;
  logic         h_ready_q;                     // hash_q is the one asked for

  always_ff @(posedge clk_i) begin
    if (!ctl_i.session_enable) key_q <= ctl_i.rss_key;
  end

  net_toeplitz #(.Steps(8), .SideW(1)) u_hash (
    .clk_i, .rst_ni, .key_i(key_q),
    .in_valid_i(h_in_valid), .in_ready_o(h_in_ready), .data_i(net_pkg::hash_input(h_tuple, 1'b1)),
    .short_i(!h_tuple.ipv6), .side_i(1'b0),
    .out_valid_o(h_out_valid), .out_ready_i(1'b1), .hash_o(h_out), .side_o()
  );

  always_comb begin
    state_d     = state_q;
    key_steal   = 1'b0;
    key_restore = 1'b0;
    op_key_addr = id_t'(op_q.slot);
    key_we      = 1'b0;
    h_in_valid  = 1'b0;
    h_tuple     = key;
    ix_valid    = 1'b0;
    ix_op       = IdxProbe;
    done_d      = 1'b0;
    result_d    = LkOk;
    unique case (state_q)
      StIdle: if (op_valid_i && op_ready_o) state_d = StReadOld;
      // What the slot holds, if anything: whether it is in use is what the index says about it.
      StReadOld: begin
        key_steal = 1'b1;
        state_d   = StHashOld;
      end
      StHashOld: begin
        key_steal   = 1'b1;                    // the old key is on the port's output
        key_restore = 1'b1;
        h_in_valid  = 1'b1;
        state_d     = StProbe;
      end
      StProbe: begin
        ix_valid = h_ready_q;
        if (ix_valid && ix_ready) state_d = StProbeWait;
      end
      StProbeWait: begin
        if (ix_done) begin
          if (op_q.op == LkDelete) begin
            if (ix_result == IdxOk) state_d = StDelete;
            else begin
              done_d   = 1'b1;
              result_d = LkNotFound;
              state_d  = StIdle;
            end
          end else if (ix_result == IdxOk) begin
            done_d   = 1'b1;
            result_d = LkExists;               // the slot is in use
            state_d  = StIdle;
          end else begin
            state_d = StHashNew;
          end
        end
      end
      StHashNew: begin
        h_tuple    = op_q.tuple;
        h_in_valid = 1'b1;
        key_we     = 1'b1;                     // nothing refers to this slot's key yet
        state_d    = StInsert;
      end
      StInsert: begin
        ix_valid = h_ready_q;
        ix_op    = IdxInsert;
        if (ix_valid && ix_ready) state_d = StInsertWait;
      end
      StInsertWait: begin
        if (ix_done) begin
          if (ix_result == IdxExists) begin
            state_d = StReadDup;
          end else begin
            done_d   = 1'b1;
            result_d = (ix_result == IdxOk) ? LkOk : LkFull;
            state_d  = StIdle;
          end
        end
      end
      StReadDup: begin
        key_steal   = 1'b1;
        op_key_addr = ix_found;
        state_d     = StCompare;
      end
      StCompare: begin
        key_steal   = 1'b1;
        key_restore = 1'b1;
        done_d      = 1'b1;
        result_d    = (key == op_q.tuple) ? LkExists : LkFull;
        state_d     = StIdle;
      end
      StDelete: begin
        ix_valid = 1'b1;
        ix_op    = IdxDelete;
        if (ix_ready) state_d = StDeleteWait;
      end
      StDeleteWait: begin
        if (ix_done) begin
          done_d  = 1'b1;
          state_d = StIdle;
        end
      end
      default: state_d = StIdle;
    endcase
  end

  assign op_ready_o = state_q == StIdle && !busy_o;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q   <= StIdle;
      op_done_o <= 1'b0;
      ctr_o     <= '0;
    end else begin
      state_q   <= state_d;
      op_done_o <= done_d;
      ctr_o     <= '0;
      ctr_o.lookup_insert      <= done_d && op_q.op == LkInsert && result_d == LkOk;
      ctr_o.lookup_insert_fail <= done_d && op_q.op == LkInsert && result_d != LkOk;
      ctr_o.lookup_delete      <= done_d && op_q.op == LkDelete && result_d == LkOk;
    end
    op_result_o <= result_d;
    if (op_valid_i && op_ready_o) op_q <= op_i;
    if (h_in_valid) h_ready_q <= 1'b0;
    else if (h_out_valid) h_ready_q <= 1'b1;
    if (h_out_valid) hash_q <= h_out;
  end

  // Another slot number than the table has is a defect of the caller.
  `TOE_ASSERT(SlotInRange_A, !op_valid_i || 32'(op_i.slot) < Sessions)
  `TOE_ASSERT(HashFree_A, !h_in_valid || h_in_ready)
  prim_stream_chk #(.Width($bits(rx_work_t))) u_work_chk (
    .clk_i, .rst_ni, .valid_i(work_valid_o), .ready_i(work_ready_i), .data_i(work_o)
  );

  logic unused;
  assign unused = ^{ctl_i.rx_enable, ctl_i.tx_enable, ctl_i.tw_enable, ctl_i.pass_bad_csum,
      ctl_i.promiscuous, ctl_i.mac,
                    ctl_i.hash_ipv4, ctl_i.hash_ipv4_tcp, ctl_i.hash_ipv6, ctl_i.hash_ipv6_tcp,
                    ctl_i.indirection, unused_twin, unused_op_twin, unused_twin_id,
                    unused_op_twin_id};

endmodule

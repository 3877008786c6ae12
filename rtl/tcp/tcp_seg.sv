// SPDX-License-Identifier: Apache-2.0
// Segmenter: turns a transmit command into a header and the DMA reads of its payload, and gives
// frames to net_tx (source 0).
// Contract: commands in order, one a cycle when headers, room and reads allow; three cycles to the
//   first read. A payload that crosses the end of the send ring is read in two pieces; no read
//   leaves the ring. A read is issued only with room reserved for it, so rd_data_ready_o falls only
//   while a fence or a fault waits for the pipeline, which never waits for reads to take one.
//   Dropped and counted: commands of a handle that left (tx_drop_stale); segments whose next hop
//   became invalid (tx_drop_nexthop, reported as a fault). A failed read is reported; net_tx
//   discards that frame. fence_*: everything that was commanded before has been read from host
//   memory. Reset: only with idle_o or with the DMA.
`include "toe_assert.svh"
module tcp_seg
  import toe_pkg::*;
  import tcp_pkg::*;
#(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  localparam int unsigned DataW = 32'(Cfg.DataW),
  localparam int unsigned NB    = DataW / 8,
  localparam int unsigned CntW  = $clog2(NB) + 1
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  output logic             idle_o,
  output seg_ctr_t         ctr_o,
  // Commands
  input  logic             tx_valid_i,
  output logic             tx_ready_o,
  input  tx_cmd_t          tx_i,
  // Fences that came through
  output logic             fence_valid_o,
  input  logic             fence_ready_i,
  output handle_t          fence_o,
  // Faults
  output logic             fault_valid_o,
  input  logic             fault_ready_i,
  output fault_ev_t        fault_o,
  // Cold state and next hop, each one cycle after the index
  output logic             cold_re_o,
  output slot_t            cold_slot_o,
  input  cold_seg_t        cold_i,
  output logic             nh_re_o,
  output logic [15:0]      nh_index_o,
  input  nexthop_t         nh_i,
  // DMA reads
  output logic             rd_valid_o,
  input  logic             rd_ready_i,
  output rd_cmd_t          rd_o,
  input  logic             rd_data_valid_i,
  output logic             rd_data_ready_o,
  input  logic [DataW-1:0] rd_data_i,
  input  logic [NB-1:0]    rd_keep_i,
  input  logic             rd_last_i,
  input  logic             rd_err_i,
  // To net_tx
  output logic             frame_valid_o,
  input  logic             frame_ready_i,
  output tx_frame_t        frame_o,
  output logic             done_valid_o,
  input  logic             done_ready_i,
  output net_pkg::pay_done_t done_o,
  output logic             pay_valid_o,
  input  logic             pay_ready_i,
  output logic [DataW-1:0] pay_data_o,
  output logic [CntW-1:0]  pay_bytes_o,
  output logic             pay_end_o,
  output logic             pay_last_o
);

  localparam int unsigned Headers = (DataW == 64) ? 16 : 32;  // segments whose payload is under way
  localparam int unsigned Reads   = 2 * Headers;

  // A read that is under way, or (fence) a mark between reads.
  typedef struct packed {
    logic        fence;
    logic        more;                       // the payload goes on with the next read
    handle_t     handle;
    logic [63:0] addr;
  } track_t;

  // ------------------------------------------------------------- stages 1, 2: cold state, next hop
  logic      adv, v1_q, v2_q;
  tx_cmd_t   cmd1_q, cmd2_q;
  cold_seg_t cold2_q;
  assign tx_ready_o  = adv;
  assign cold_re_o   = adv && tx_valid_i;
  assign cold_slot_o = tx_i.handle.slot;
  assign nh_re_o     = adv && v1_q;
  assign nh_index_o  = cold_i.nexthop;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      v1_q <= 1'b0;
      v2_q <= 1'b0;
    end else if (adv) begin
      v1_q <= tx_valid_i;
      v2_q <= v1_q;
    end
    if (adv && tx_valid_i) cmd1_q <= tx_i;
    if (adv && v1_q) begin
      cmd2_q  <= cmd1_q;
      cold2_q <= cold_i;
    end
  end

  // ---------------------------------------------------------------- stage 3: reads and header
  logic        second_q;                     // the second piece is next
  logic        fresh, drop_stale, drop_nh, is_seg, has_payload, wraps, last_piece;
  logic        hdr_room, track_room, rd_room, fault_room, go_piece, go_hdr, go_fence, go_drop;
  logic        err_fault;
  logic [31:0] mask, pos, to_end;
  logic [15:0] first_len, piece_len, ip_id_q;
  logic [63:0] addr;
  logic [19:0] room;
  track_t      track_in, track;
  logic        track_push, track_valid, track_pop;
  rd_cmd_t     rd_in;
  seg_hdr_t    hdr;

  assign mask       = (32'd1 << cold2_q.tx_ring_log2) - 32'd1;
  assign pos        = (cmd2_q.tcp.seq - cold2_q.tx_seq0) & mask;
  assign to_end     = mask - pos + 32'd1;
  assign wraps      = to_end < 32'(cmd2_q.payload_len);
  assign first_len  = wraps ? to_end[15:0] : cmd2_q.payload_len;
  assign piece_len  = second_q ? cmd2_q.payload_len - first_len : first_len;
  assign addr       = second_q ? cold2_q.tx_ring : cold2_q.tx_ring + {32'd0, pos};
  assign last_piece = second_q || !wraps;

  assign fresh       = cold2_q.gen == cmd2_q.handle.gen;
  assign is_seg      = v2_q && !cmd2_q.fence && fresh && nh_i.valid;
  assign has_payload = cmd2_q.payload_len != '0;
  assign drop_stale  = v2_q && !cmd2_q.fence && !fresh;
  assign drop_nh     = v2_q && !cmd2_q.fence && fresh && !nh_i.valid && !second_q;
  // Once its first piece is under way a segment is finished whatever becomes of its next hop: the
  // entry was read before.
  assign go_piece = is_seg && has_payload && track_room && rd_room && room >= 20'(piece_len) &&
      (!last_piece || hdr_room);
  assign go_hdr   = is_seg && hdr_room && (!has_payload || (go_piece && last_piece));
  assign go_fence = v2_q && cmd2_q.fence && track_room;
  assign go_drop  = drop_stale || (drop_nh && fault_room && !err_fault);
  assign adv      = !v2_q || go_hdr || go_fence || go_drop;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      second_q <= 1'b0;
      ip_id_q  <= '0;
    end else begin
      if (go_piece) second_q <= !last_piece;
      if (go_hdr) ip_id_q <= ip_id_q + 16'd1;
    end
  end

  assign track_push = go_piece || go_fence;
  assign track_in   = '{fence: cmd2_q.fence, more: !last_piece, handle: cmd2_q.handle, addr: addr};
  assign rd_in      = '{client: RdTcp, addr: addr, len: 20'(piece_len)};
  always_comb begin
    hdr              = '0;
    hdr.dst_mac      = nh_i.dst_mac;
    hdr.src_mac      = nh_i.src_mac;
    hdr.vlan_present = nh_i.vlan_present;
    hdr.vlan_tci     = nh_i.vlan_tci;
    hdr.tuple        = cold2_q.tuple;
    hdr.ttl          = cold2_q.ttl;
    hdr.tos          = {cold2_q.tos[7:2], cmd2_q.ect ? 2'b10 : 2'b00};   // RFC 3168 §5: ECT(0)
    hdr.df           = cold2_q.df;
    hdr.ip_id        = ip_id_q;
    hdr.flow_label   = cold2_q.flow_label;
    hdr.payload_len  = cmd2_q.payload_len;
    hdr.tcp          = cmd2_q.tcp;
    hdr.mirror       = cold2_q.mirror;
    hdr.note         = '{handle: cmd2_q.handle, qp: cold2_q.qp, len: '0};
  end

  prim_fifo #(.Width($bits(rd_cmd_t)), .Depth(4)) u_rd (
    .clk_i, .rst_ni, .in_valid_i(go_piece), .in_ready_o(rd_room), .in_i(rd_in),
    .out_valid_o(rd_valid_o), .out_ready_i(rd_ready_i), .out_o(rd_o), .level_o()
  );
  prim_fifo #(.Width($bits(track_t)), .Depth(Reads)) u_track (
    .clk_i, .rst_ni, .in_valid_i(track_push), .in_ready_o(track_room), .in_i(track_in),
    .out_valid_o(track_valid), .out_ready_i(track_pop), .out_o(track), .level_o()
  );

  // --------------------------------------------------------------- returning bytes, fences, faults
  logic      fence_in, fence_room, data_take, stop;
  fault_ev_t fault_in;
  assign stop            = !track_valid || track.fence || (rd_err_i && rd_last_i && !fault_room);
  assign rd_data_ready_o = !stop;
  assign data_take       = rd_data_valid_i && !stop;
  assign fence_in        = track_valid && track.fence;
  assign err_fault       = data_take && rd_last_i && rd_err_i;
  assign track_pop       = (data_take && rd_last_i) || (fence_in && fence_room);
  always_comb begin
    fault_in.what   = err_fault ? FaultRead : FaultNexthop;
    fault_in.handle = err_fault ? track.handle : cmd2_q.handle;
    fault_in.addr   = err_fault ? track.addr : '0;
  end
  prim_fifo #(.Width($bits(handle_t)), .Depth(8)) u_fence (
    .clk_i, .rst_ni, .in_valid_i(fence_in), .in_ready_o(fence_room), .in_i(track.handle),
    .out_valid_o(fence_valid_o), .out_ready_i(fence_ready_i), .out_o(fence_o), .level_o()
  );
  prim_fifo #(.Width($bits(fault_ev_t)), .Depth(4)) u_fault (
    .clk_i, .rst_ni, .in_valid_i(err_fault || (drop_nh && go_drop)), .in_ready_o(fault_room),
    .in_i(fault_in),
    .out_valid_o(fault_valid_o), .out_ready_i(fault_ready_i), .out_o(fault_o), .level_o()
  );

  // ---------------------------------------------------------------- headers and payload
  seg_hdr_t hdr_out;
  logic     hdr_valid, hdr_ready, src_ready_unused;
  prim_fifo #(.Width($bits(seg_hdr_t)), .Depth(Headers)) u_hdr (
    .clk_i, .rst_ni, .in_valid_i(go_hdr), .in_ready_o(hdr_room), .in_i(hdr),
    .out_valid_o(hdr_valid), .out_ready_i(hdr_ready), .out_o(hdr_out), .level_o()
  );
  net_hdr_build u_build (
    .clk_i, .rst_ni, .seg_valid_i(hdr_valid), .seg_ready_o(hdr_ready), .seg_i(hdr_out),
    .frame_valid_o, .frame_ready_i, .frame_o
  );
  net_tx_src #(.Cfg(Cfg)) u_src (
    .clk_i, .rst_ni, .rsv_valid_i(go_piece), .rsv_len_i(piece_len), .room_o(room),
    .in_valid_i(data_take), .in_ready_o(src_ready_unused), .in_data_i(rd_data_i),
    .in_keep_i(rd_keep_i), .in_last_i(rd_last_i),
    .in_more_i(track.more), .in_err_i(rd_err_i && rd_last_i),
    .done_valid_o, .done_ready_i, .done_o, .pay_valid_o, .pay_ready_i, .pay_data_o, .pay_bytes_o,
    .pay_end_o, .pay_last_o
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) ctr_o <= '0;
    else begin
      ctr_o.tx_drop_stale   <= drop_stale && adv;
      ctr_o.tx_drop_nexthop <= drop_nh && adv;
    end
  end
  assign idle_o = !tx_valid_i && !v1_q && !v2_q && !track_valid && !fence_valid_o &&
      !fault_valid_o && !hdr_valid &&
                  !frame_valid_o && !done_valid_o && !pay_valid_o;

  `TOE_ASSERT(DataExpected_A, !rd_data_valid_i || track_valid)
  `TOE_ASSERT(InRing_A, !go_piece ||
      (addr >= cold2_q.tx_ring && addr + 64'(piece_len) <= cold2_q.tx_ring + {32'd0, mask} + 64'd1))
  `TOE_ASSERT(SourceReady_A, src_ready_unused)

endmodule

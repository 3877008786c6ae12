// SPDX-License-Identifier: Apache-2.0
// Receive path: frames from the wire and from the loop are stored, parsed once and checked; good
// ones appear as metadata and bytes.
// Contract: store and forward. meta_o and the data stream carry the same frames in the same order;
// VLAN tags are removed. One beat a cycle; a tagged frame may cost one cycle more; a frame of one
// beat takes one cycle (HashSteps cycles on the 64-bit path, which is no longer than its shortest
// frame). The wire is held up only for the few cycles of an unusual option layout or of the loop's
// frame (both sources take turns by frame); when the buffer is full frames of the wire are dropped
// whole and counted. Every frame taken is either delivered or counted in exactly one rx_drop_*.
// Loop frames are exempt from the address rules and from rx_enable. Reset empties everything.
// Outputs are registered, but idle_o.
`include "toe_assert.svh"
module net_rx #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  localparam int unsigned DataW = int'(Cfg.DataW),
  localparam int unsigned NB    = DataW / 8
) (
  input  logic                 clk_i,
  input  logic                 rst_ni,
  input  toe_pkg::net_ctl_t    ctl_i,
  // from the MAC; tuser is valid with tlast
  input  logic                 s_axis_tvalid,
  output logic                 s_axis_tready,
  input  logic [DataW-1:0]     s_axis_tdata,
  input  logic [NB-1:0]        s_axis_tkeep,
  input  logic                 s_axis_tlast,
  input  logic                 s_axis_tuser,
  // from the transmit path
  input  logic                 loop_valid_i,
  output logic                 loop_ready_o,
  input  logic [DataW-1:0]     loop_data_i,
  input  logic [NB-1:0]        loop_keep_i,
  input  logic                 loop_last_i,
  // metadata
  output logic                 meta_valid_o,
  input  logic                 meta_ready_i,
  output toe_pkg::rx_meta_t    meta_o,
  // frame bytes
  output logic                 data_valid_o,
  input  logic                 data_ready_i,
  output logic [DataW-1:0]     data_o,
  output logic [NB-1:0]        data_keep_o,
  output logic                 data_last_o,
  output net_pkg::net_rx_ctr_t ctr_o,
  output logic                 idle_o
);
  import toe_pkg::*;
  import toe_abi_pkg::*;
  import net_pkg::*;

  localparam int unsigned CntW      = $clog2(NB) + 1;
  localparam int unsigned Depth     = int'(Cfg.RxBufBytes) / NB;
  localparam int unsigned Frames    = (DataW == 64) ? 64 : 512;   // frames in the buffer
  // frames whose metadata nobody has taken
  localparam int unsigned Metas     = (DataW == 64) ? 16 : 64;
  localparam int unsigned MetaCntW  = $clog2(Metas + 1);
  localparam int unsigned HashSteps = (DataW == 64) ? 8 : 1;

  // ------------------------------------------------------------------ two sources, frame by frame
  typedef struct packed {
    logic             injected;
    logic             bad;
    logic             last;
    logic [NB-1:0]    keep;
    logic [DataW-1:0] data;
  } beat_t;

  beat_t in_wire, in_loop, arb_beat, beat;
  logic  arb_valid, arb_ready, beat_valid, beat_ready;

  assign in_wire = '{injected: 1'b0, bad: s_axis_tuser, last: s_axis_tlast, keep: s_axis_tkeep,
      data: s_axis_tdata};
  assign in_loop = '{injected: 1'b1, bad: 1'b0, last: loop_last_i, keep: loop_keep_i,
      data: loop_data_i};

  prim_arb_rr #(.N(2), .Width($bits(beat_t))) u_arb (
    .clk_i, .rst_ni,
    .in_valid_i({loop_valid_i, s_axis_tvalid}), .in_ready_o({loop_ready_o, s_axis_tready}),
    .in_i({in_loop, in_wire}), .lock_i(!arb_beat.last),
    .out_valid_o(arb_valid), .out_ready_i(arb_ready), .out_o(arb_beat), .out_idx_o()
  );

  prim_skid #(.Width($bits(beat_t))) u_skid (
    .clk_i, .rst_ni,
    .in_valid_i(arb_valid), .in_ready_o(arb_ready), .in_i(arb_beat),
    .out_valid_o(beat_valid), .out_ready_i(beat_ready), .out_o(beat)
  );

  logic [CntW-1:0] beat_bytes;
  always_comb begin
    beat_bytes = '0;
    for (int i = 0; i < int'(NB); i++) beat_bytes += CntW'(beat.keep[i]);
  end
  `TOE_ASSUME(KeepContiguous_M, !beat_valid || (beat.keep & (beat.keep + 1'b1)) == '0)
  `TOE_ASSUME(OnlyLastPartial_M, !beat_valid || (beat.last ? beat.keep != '0 : beat.keep == '1))

  // ------------------------------------------------------------------ tag
  logic             en, st_valid, st_last, st_tagged, st_oversize, st_flush;
  logic [DataW-1:0] st_data;
  logic [CntW-1:0]  st_bytes;
  logic [15:0]      st_tci, st_wire_bytes;
  logic             bad_q, injected_q, st_bad, st_injected;

  net_vlan_strip #(.DataW(DataW), .MaxFrame(int'(Cfg.MaxFrame))) u_strip (
    .clk_i, .rst_ni,
    .in_valid_i(beat_valid), .in_ready_o(beat_ready), .in_data_i(beat.data),
    .in_bytes_i(beat_bytes),
    .in_last_i(beat.last),
    .out_valid_o(st_valid), .out_ready_i(en), .out_data_o(st_data), .out_bytes_o(st_bytes),
    .out_last_o(st_last), .out_tagged_o(st_tagged), .out_tci_o(st_tci),
    .out_oversize_o(st_oversize),
    .out_wire_bytes_o(st_wire_bytes), .flush_o(st_flush)
  );

  // The tail of a tagged frame comes a cycle after the last beat that told about it.
  always_ff @(posedge clk_i) begin
    if (beat_valid && beat_ready) begin
      bad_q      <= beat.bad;
      injected_q <= beat.injected;
    end
  end
  assign st_bad      = st_flush ? bad_q : beat.bad;
  assign st_injected = st_flush ? injected_q : beat.injected;

  // ------------------------------------------------------------------ keep or roll back
  logic                buf_empty;
  assign idle_o = buf_empty && !beat_valid && !st_flush && !s_axis_tvalid && !loop_valid_i;

  logic                take, take_last, disabled, no_meta, buf_bad, buf_overflow, keep;
  logic [15:0]         buf_beats, len_q, len;
  logic [MetaCntW-1:0] metas_q;
  frame_info_t         info;

  assign take      = st_valid && en;
  assign take_last = take && st_last;
  assign len       = len_q + 16'(st_bytes);
  assign disabled  = !ctl_i.rx_enable && !st_injected;
  assign no_meta   = metas_q == MetaCntW'(Metas);
  assign buf_bad   = st_bad || st_oversize || disabled || no_meta;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) len_q <= '0;
    else if (take) len_q <= st_last ? '0 : len;
  end

  assign info = '{frame_len: len, vlan_present: st_tagged, vlan_tci: st_tagged ? st_tci : 16'd0,
      injected: st_injected,
                  beats: buf_beats, last_bytes: 7'(st_bytes)};

  logic        hdr_valid, hdr_ready;
  hdr_t        hdr;
  frame_info_t hdr_info, p_info;
  logic [31:0] sum;
  logic        p_valid, p_ready, p_drop_any, p_take;
  rx_meta_t    p_meta;
  rx_drop_t    p_drop;

  net_rx_front #(.DataW(DataW)) u_front (
    .clk_i, .rst_ni, .en_i(en),
    .valid_i(st_valid), .data_i(st_data), .last_i(st_last), .good_i(keep), .info_i(info),
    .hdr_valid_o(hdr_valid), .hdr_o(hdr), .info_o(hdr_info), .sum_o(sum)
  );
  assign en = hdr_ready;

  net_parse #(.HashSteps(HashSteps)) u_parse (
    .clk_i, .rst_ni, .ctl_i,
    .hdr_valid_i(hdr_valid), .hdr_ready_o(hdr_ready), .hdr_i(hdr), .info_i(hdr_info), .sum_i(sum),
    .out_valid_o(p_valid), .out_ready_i(p_ready), .meta_o(p_meta), .drop_o(p_drop), .info_o(p_info)
  );

  assign p_drop_any = p_drop != '0;
  assign p_take     = p_valid && p_ready;

  net_rx_buf #(.DataW(DataW), .Depth(Depth), .Frames(Frames)) u_buf (
    .clk_i, .rst_ni,
    .wr_valid_i(take), .wr_data_i(st_data), .wr_last_i(st_last), .wr_bad_i(buf_bad),
    .overflow_o(buf_overflow), .keep_o(keep), .beats_o(buf_beats),
    .fr_valid_i(p_take), .fr_drop_i(p_drop_any), .fr_beats_i(p_info.beats),
    .fr_last_bytes_i(p_info.last_bytes[CntW-1:0]),
    .data_valid_o, .data_ready_i, .data_o, .data_keep_o, .data_last_o, .empty_o(buf_empty)
  );

  // ------------------------------------------------------------------ metadata
  logic meta_in_ready;

  prim_fifo #(.Width($bits(rx_meta_t)), .Depth(Metas), .Ram(Metas > 16)) u_meta (
    .clk_i, .rst_ni,
    .in_valid_i(p_take && !p_drop_any), .in_ready_o(meta_in_ready), .in_i(p_meta),
    .out_valid_o(meta_valid_o), .out_ready_i(meta_ready_i), .out_o(meta_o), .level_o()
  );
  assign p_ready = 1'b1;                       // room is reserved when a frame is kept
  `TOE_ASSERT(MetaRoom_A, !(p_take && !p_drop_any) || meta_in_ready)

  always_ff @(posedge clk_i) begin
    if (!rst_ni) metas_q <= '0;
    else begin
      metas_q <= metas_q + MetaCntW'(take_last && keep) - MetaCntW'(p_take && p_drop_any) -
                 MetaCntW'(meta_valid_o && meta_ready_i);
    end
  end

  // ------------------------------------------------------------------ counters
  net_rx_ctr_t ctr_d;

  always_comb begin
    ctr_d                  = '0;
    ctr_d.rx_frames        = take_last;
    ctr_d.rx_bytes         = take_last ? st_wire_bytes : '0;
    if (take_last) begin
      if (disabled) ctr_d.rx_drop_disabled = 1'b1;
      else if (st_bad) ctr_d.rx_drop_error = 1'b1;
      else if (st_oversize) ctr_d.rx_drop_oversize = 1'b1;
      else if (buf_overflow || no_meta) ctr_d.rx_drop_overflow = 1'b1;
    end
    if (p_take) begin
      ctr_d.rx_drop_runt        = p_drop.runt;
      ctr_d.rx_drop_checksum    = p_drop.checksum;
      ctr_d.rx_drop_loopback    = p_drop.loopback;
      ctr_d.rx_drop_filtered    = p_drop.filtered;
      if (!p_drop_any && !p_meta.is_tcp) begin
        ctr_d.rx_host_not_ip      = p_meta.reason == RxReasonNotIp;
        ctr_d.rx_host_fragment    = p_meta.reason == RxReasonFragment;
        ctr_d.rx_host_ip_options  = p_meta.reason == RxReasonIpOptions;
        ctr_d.rx_host_tcp_options = p_meta.reason == RxReasonTcpOptions;
        ctr_d.rx_host_urgent      = p_meta.reason == RxReasonUrgent;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) ctr_o <= '0;
    else ctr_o <= ctr_d;
  end

  logic unused;
  assign unused = ^p_info;

  `TOE_STATIC(FrameFits_A, int'(Cfg.MaxFrame) <= int'(Cfg.RxBufBytes) / 2 &&
      DataW inside {64, 128, 256, 512})
  prim_stream_chk #(.Width($bits(rx_meta_t))) u_meta_chk (
    .clk_i, .rst_ni, .valid_i(meta_valid_o), .ready_i(meta_ready_i), .data_i(meta_o)
  );
  prim_stream_chk #(.Width(DataW + NB + 2), .IsInput(1'b1)) u_axis_chk (
    .clk_i, .rst_ni, .valid_i(s_axis_tvalid), .ready_i(s_axis_tready),
    .data_i({s_axis_tdata, s_axis_tkeep, s_axis_tlast, s_axis_tuser})
  );

endmodule

// SPDX-License-Identifier: Apache-2.0
// Transmit path: takes frames of three sources in turn, finishes their headers and joins header and
// payload.
// Contract: a frame is taken once its payload is complete in the source's net_tx_src (done_*), so
// the wire never starves in mid-frame. One beat a cycle without gaps between frames; frames are
// padded with zeros to 60 bytes. A frame with a failed payload or against the egress guard
// (net_tx_csum) is discarded whole and counted. While ctl_i.tx_enable is low frames for the wire
// wait, and everything behind them. Sources: 0 sessions, 1 NIC, 2 TIME_WAIT. Frames of one source
// keep their order. Outputs are registered.
`include "toe_assert.svh"
module net_tx #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  parameter int unsigned N = 3,
  localparam int unsigned DataW = int'(Cfg.DataW),
  localparam int unsigned NB    = DataW / 8,
  localparam int unsigned CntW  = $clog2(NB) + 1
) (
  input  logic                         clk_i,
  input  logic                         rst_ni,
  input  logic                         tx_enable_i,
  // frames
  input  logic [N-1:0]                 frame_valid_i,
  output logic [N-1:0]                 frame_ready_o,
  input  toe_pkg::tx_frame_t [N-1:0]   frame_i,
  // their payloads, from net_tx_src
  input  logic [N-1:0]                 done_valid_i,
  output logic [N-1:0]                 done_ready_o,
  input  net_pkg::pay_done_t [N-1:0]   done_i,
  input  logic [N-1:0]                 pay_valid_i,
  output logic [N-1:0]                 pay_ready_o,
  input  logic [N-1:0][DataW-1:0]      pay_data_i,
  input  logic [N-1:0][CntW-1:0]       pay_bytes_i,
  input  logic [N-1:0]                 pay_end_i,
  input  logic [N-1:0]                 pay_last_i,
  // to the MAC
  output logic                         m_axis_tvalid,
  input  logic                         m_axis_tready,
  output logic [DataW-1:0]             m_axis_tdata,
  output logic [NB-1:0]                m_axis_tkeep,
  output logic                         m_axis_tlast,
  output logic                         m_mirror_o,    // the frame is to be copied, with its note
  output toe_pkg::mirror_note_t        m_note_o,
  // to the receive path
  output logic                         loop_valid_o,
  input  logic                         loop_ready_i,
  output logic [DataW-1:0]             loop_data_o,
  output logic [NB-1:0]                loop_keep_o,
  output logic                         loop_last_o,
  output net_pkg::net_tx_ctr_t         ctr_o,
  output logic                         idle_o
);
  import toe_pkg::*;
  import net_pkg::*;

  localparam int unsigned IdxW  = $clog2(N);
  localparam int unsigned HBits = HdrBytes * 8;
  localparam int unsigned ReqW  = $bits(tx_frame_t) + $bits(pay_done_t);

  // ---------------------------------------------------- choice: only frames that can be sent whole
  logic [N-1:0]           req, gnt;
  logic [N-1:0][ReqW-1:0] req_word;
  logic                   arb_valid, arb_ready;
  logic [IdxW-1:0]        arb_idx;
  tx_frame_t              arb_frame;
  pay_done_t              arb_done;

  for (genvar i = 0; i < int'(N); i++) begin : g_req
    assign req[i]           = frame_valid_i[i] && (frame_i[i].payload_len == '0 || done_valid_i[i]);
    assign req_word[i]      = {frame_i[i], (frame_i[i].payload_len == '0) ? '0 : done_i[i]};
    assign frame_ready_o[i] = gnt[i];
    assign done_ready_o[i]  = gnt[i] && frame_i[i].payload_len != '0;
  end

  prim_arb_rr #(.N(N), .Width(ReqW)) u_arb (
    .clk_i, .rst_ni,
    .in_valid_i(req), .in_ready_o(gnt), .in_i(req_word), .lock_i(1'b0),
    .out_valid_o(arb_valid), .out_ready_i(arb_ready), .out_o({arb_frame, arb_done}),
    .out_idx_o(arb_idx)
  );

  logic            f_valid, f_ready, f_guard, f_err;
  tx_frame_t       f;
  logic [IdxW-1:0] f_src;

  net_tx_csum #(.SideW(IdxW + 1)) u_csum (
    .clk_i, .rst_ni,
    .in_valid_i(arb_valid), .in_ready_o(arb_ready), .frame_i(arb_frame), .pay_sum_i(arb_done.sum),
    .side_i({arb_idx, arb_done.err}),
    .out_valid_o(f_valid), .out_ready_i(f_ready), .frame_o(f), .guard_o(f_guard),
    .side_o({f_src, f_err})
  );

  // ------------------------------------------------------------------ joining
  // head_q holds have_q bytes that come before the payload: first the header, then what a payload
  // beat left over.
  typedef enum logic [1:0] { StIdle, StSend, StDrain } state_e;
  state_e            state_q, state_d;
  // _s: after this cycle's beat, before the next frame's header
  logic [HBits-1:0]  head_q, head_s, head_d;
  logic [7:0]        have_q, have_s, have_d;
  logic              pay_q, pay_s, pay_d;            // payload still to come
  logic [15:0]       left_q, left_d;          // bytes still to send, padding included
  logic [IdxW-1:0]   src_q;
  logic              loop_q, mirror_q, m_mirror_q;
  mirror_note_t      note_q, m_note_q;

  logic              o_valid, o_ready, o_last, load, end_frame, p_take;
  logic [DataW-1:0]  o_data, p_data;
  logic [CntW-1:0]   o_bytes, p_bytes;
  logic              p_valid, p_last;
  logic [2*DataW-1:0] p_shift;
  logic [7:0]        total;
  logic [15:0]       f_len, f_wire;

  assign p_valid = pay_valid_i[src_q];
  assign p_data  = pay_data_i[src_q];
  assign p_bytes = pay_bytes_i[src_q];
  assign p_last  = pay_last_i[src_q];
  assign p_shift = {{DataW{1'b0}}, p_data} << {have_q[$clog2(NB)-1:0], 3'b000};
  assign total   = have_q + 8'(p_bytes);

  always_comb begin
    head_s    = head_q;
    have_s    = have_q;
    pay_s     = pay_q;
    o_valid   = 1'b0;
    o_data    = head_q[DataW-1:0];
    p_take    = 1'b0;
    end_frame = 1'b0;
    if (state_q == StDrain) begin
      p_take    = p_valid;
      end_frame = p_valid && p_last;
    end else if (state_q == StSend) begin
      if (have_q >= 8'(NB)) begin
        o_valid = 1'b1;
        if (o_ready) begin
          head_s = head_q >> DataW;
          have_s = have_q - 8'(NB);
        end
      end else if (pay_q) begin
        o_valid = p_valid && (p_last || total >= 8'(NB));
        o_data  = head_q[DataW-1:0] | p_shift[DataW-1:0];
        p_take  = p_valid && (o_ready || !o_valid);
        if (p_take) begin
          if (total >= 8'(NB)) begin
            head_s = HBits'(p_shift[2*DataW-1:DataW]);
            have_s = total - 8'(NB);
          end else begin
            head_s = p_last ? '0 : HBits'(o_data);   // a short piece: keep collecting
            have_s = p_last ? '0 : total;
          end
          pay_s = !p_last;
        end
      end else begin
        o_valid = 1'b1;                              // the tail, or padding
        if (o_ready) begin
          head_s = '0;
          have_s = '0;
        end
      end
      end_frame = o_valid && o_ready && o_last;
    end
  end

  always_comb begin
    state_d = end_frame ? StIdle : state_q;
    head_d  = head_s;
    have_d  = have_s;
    pay_d   = pay_s;
    if (load) begin
      state_d = (f_err || f_guard) ? ((f.payload_len == '0) ? StIdle : StDrain) : StSend;
      head_d  = f.hdr;
      have_d  = f.hdr_len;
      pay_d   = f.payload_len != '0;
    end
  end

  assign o_last  = left_q <= 16'(NB);
  assign o_bytes = o_last ? CntW'(left_q) : CntW'(NB);
  assign f_len   = 16'(f.hdr_len) + f.payload_len;
  assign f_wire  = (f_len < 16'd60) ? 16'd60 : f_len;
  assign f_ready = (state_q == StIdle || end_frame) && (tx_enable_i || f.loop);
  assign load    = f_valid && f_ready;

  always_comb begin
    pay_ready_o        = '0;
    pay_ready_o[src_q] = p_take;
  end

  always_comb begin
    left_d = left_q;
    if (o_valid && o_ready && !o_last) left_d = left_q - 16'(NB);
    if (load) left_d = f_wire;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= StIdle;
    end else begin
      state_q <= state_d;
    end
    head_q <= head_d;
    have_q <= have_d;
    pay_q  <= pay_d;
    left_q <= left_d;
    if (load) begin
      src_q  <= f_src;
      loop_q <= f.loop;
      mirror_q <= f.mirror;
      note_q   <= f.note;
    end
    if (!rst_ni) src_q <= '0;
  end

  // ------------------------------------------------------------------ output register, two targets
  logic             m_valid_q, l_valid_q, last_q;
  logic [DataW-1:0] data_q;
  logic [NB-1:0]    keep_q;

  assign o_ready = (!m_valid_q || m_axis_tready) && (!l_valid_q || loop_ready_i);

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      m_valid_q <= 1'b0;
      l_valid_q <= 1'b0;
    end else if (o_ready) begin
      m_valid_q <= o_valid && !loop_q;
      l_valid_q <= o_valid && loop_q;
    end
    if (o_ready) begin
      data_q <= o_data;
      last_q <= o_last;
      m_mirror_q <= mirror_q;
      m_note_q   <= note_q;
      for (int i = 0; i < int'(NB); i++) keep_q[i] <= CntW'(i) < o_bytes;
    end
  end

  assign m_axis_tvalid = m_valid_q;
  assign m_axis_tdata  = data_q;
  assign m_axis_tkeep  = keep_q;
  assign m_axis_tlast  = last_q;
  assign m_mirror_o    = m_mirror_q;
  assign m_note_o      = m_note_q;
  assign loop_valid_o  = l_valid_q;
  assign loop_data_o   = data_q;
  assign loop_keep_o   = keep_q;
  assign loop_last_o   = last_q;

  // ------------------------------------------------------------------ counters
  logic        sent;
  net_tx_ctr_t ctr_d;
  logic        arb_busy;                   // frames between the choice and net_tx_csum's output
  logic [2:0]  inside_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) inside_q <= '0;
    else inside_q <= inside_q + 3'(arb_valid && arb_ready) - 3'(load);
  end
  assign arb_busy   = inside_q != '0;
  assign idle_o        = !m_valid_q && !l_valid_q && state_q == StIdle && !f_valid &&
      frame_valid_i == '0 && !arb_busy;

  assign sent = load && !f_err && !f_guard;

  always_comb begin
    ctr_d                      = '0;
    ctr_d.tx_frames            = sent && !f.loop;
    ctr_d.tx_bytes             = (sent && !f.loop) ? f_wire : '0;
    ctr_d.tx_loop_frames       = sent && f.loop;
    ctr_d.tx_session_segs      = sent && f_src == IdxW'(0);
    ctr_d.tx_nic_frames        = sent && f_src == IdxW'(1);
    ctr_d.tx_time_wait_replies = sent && f_src == IdxW'(2);
    ctr_d.tx_drop_dma          = load && f_err;
    ctr_d.tx_drop_guard        = load && !f_err && f_guard;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) ctr_o <= '0;
    else ctr_o <= ctr_d;
  end

  logic unused;
  assign unused = ^{f.l4_csum, f.udp, f.l4_off, f.csum_off, f.pseudo, pay_end_i};

  `TOE_ASSERT(PayloadFitsFrame_A, !(state_q == StSend && end_frame && pay_q) || (p_take && p_last))
  prim_stream_chk #(.Width(DataW + NB + 1)) u_m_chk (
    .clk_i, .rst_ni, .valid_i(m_axis_tvalid), .ready_i(m_axis_tready),
    .data_i({m_axis_tdata, m_axis_tkeep, m_axis_tlast})
  );
  prim_stream_chk #(.Width(DataW + NB + 1)) u_l_chk (
    .clk_i, .rst_ni, .valid_i(loop_valid_o), .ready_i(loop_ready_i),
    .data_i({loop_data_o, loop_keep_o, loop_last_o})
  );

endmodule

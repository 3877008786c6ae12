// SPDX-License-Identifier: Apache-2.0
// Turns jobs and header bytes into frames: tag, checksums, segments.
// Contract: in order. Per job: the header's beats and three cycles more, four more with TSO; then
// three cycles a frame, eight a segment. Segment i of a TSO job gets length, IPv4 identification +
// i, sequence number + i * mss; FIN and PSH only on the last, CWR only on the first (RFC 3168
// §6.1.2). The transport checksum field is cleared and left to net_tx. A job without payload whose
// header failed is dropped (drop_dma_o); one with payload goes on, because its payload is marked as
// failed on the way. When the last segment is taken the descriptor is done: done_o pulses with
// queue and index; with the report flag the job waits until txdone is taken. Outputs are
// registered.
`include "toe_assert.svh"
module nic_tx_build #(
  parameter int unsigned DataW = 64
) (
  input  logic               clk_i,
  input  logic               rst_ni,
  input  logic               job_valid_i,
  output logic               job_ready_o,
  input  nic_pkg::job_t      job_i,
  input  logic               hdr_valid_i,
  output logic               hdr_ready_o,
  input  logic [DataW-1:0]   hdr_data_i,
  input  logic               hdr_last_i,
  input  logic               hdr_err_i,
  output logic               frame_valid_o,
  input  logic               frame_ready_i,
  output toe_pkg::tx_frame_t frame_o,
  output logic               done_o,
  output toe_pkg::qp_t       done_qp_o,
  output logic [31:0]        done_next_o,
  output logic               txdone_valid_o,
  input  logic               txdone_ready_i,
  output toe_pkg::qp_t       txdone_qp_o,
  output logic [31:0]        txdone_head_o,
  output logic               drop_dma_o,
  output logic               idle_o
);
  import toe_pkg::*;
  import net_pkg::*;
  import nic_pkg::*;

  localparam int unsigned NB    = DataW / 8;
  localparam int unsigned Lanes = NB / 2;           // words of a beat
  localparam int unsigned Beats = HdrBytes / NB;
  localparam int unsigned BeatW = $clog2(Beats + 1);
  localparam int unsigned Words = HdrBytes / 2;

  // The header is loaded a beat at a time, and then read and patched a word at a time.
  typedef enum logic [2:0] { StIdle, StLoad, StTag, StGet, StPut, StSend, StReport } state_e;
  state_e           state_q, state_d;
  job_t             job_q;
  logic [BeatW-1:0] beat_q;
  logic             err_q, first_q;
  logic [2:0]       step_q, last_step;
  logic [Words-1:0][15:0] h_q;                 // big-endian words of the header
  logic [7:0]       hdr_len_q;                 // with the tag, as are the offsets in words
  logic [6:0]       l3_q, l4_q;
  logic [19:0]      left_q;
  logic [21:0]      ip_sum_q, addr_sum_q;
  logic [15:0]      id_q, flags_q, seg;
  logic [31:0]      seq_q;
  logic             last_seg, tso, v6, do_ip, do_l4, vlan;

  assign tso      = job_q.desc.tso;
  assign v6       = job_q.desc.ipv6;
  assign vlan     = job_q.desc.vlan_insert;
  assign last_seg = !tso || left_q <= 20'(job_q.desc.mss);
  assign seg      = last_seg ? left_q[15:0] : job_q.desc.mss;
  assign do_ip    = (job_q.desc.ip_csum || tso) && !v6;
  assign do_l4    = job_q.desc.l4_csum || tso;

  // Sums over the beat: the IPv4 header without its checksum (and without what a segment changes),
  // and the addresses
  logic [Lanes-1:0][15:0] w;
  logic [21:0]            ip_part, addr_part;
  logic                   load;

  assign load = state_q == StLoad && hdr_valid_i;

  always_comb begin
    logic [6:0] at;
    ip_part   = '0;
    addr_part = '0;
    for (int i = 0; i < int'(Lanes); i++) begin
      w[i] = {hdr_data_i[16*i+:8], hdr_data_i[16*i+8+:8]};
      at   = 7'(beat_q) * 7'(Lanes) + 7'(i) - {job_q.desc.l3_off[7:1]};
      if (at < job_q.desc.l4_off[7:1] - job_q.desc.l3_off[7:1]) begin
        if (at != 7'd5 && !(tso && (at == 7'd1 || at == 7'd2))) ip_part += 22'(w[i]);
        if (v6 ? (at >= 7'd4 && at <= 7'd19) : (at >= 7'd6 && at <= 7'd9)) addr_part += 22'(w[i]);
      end
    end
  end

  // Step by step: what to read, what to write where
  logic [6:0]  get_at, put_at, l4_sum_at;
  logic        put;
  logic [15:0] got, put_word, ip_len, ip_csum;

  assign l4_sum_at = l4_q + (job_q.desc.udp ? 7'd3 : 7'd8);
  assign ip_len    = 16'(hdr_len_q) - {8'd0, l3_q, 1'b0} + seg - (v6 ? 16'd40 : 16'd0);
  assign ip_csum   = ~add1c(fold32(32'(ip_sum_q)), tso ? add1c(ip_len, id_q) : 16'd0);
  assign last_step = tso ? 3'd6 : 3'd1;
  assign got       = h_q[get_at[5:0]];

  always_comb begin
    unique case (step_q[1:0])
      2'd0:    get_at = l3_q + 7'd2;
      2'd1:    get_at = l4_q + 7'd2;
      2'd2:    get_at = l4_q + 7'd3;
      default: get_at = l4_q + 7'd6;
    endcase
    put = state_q == StPut;
    unique case (step_q)
      3'd0: begin
        put      = put && do_ip;
        put_at   = l3_q + 7'd5;
        put_word = ip_csum;
      end
      3'd1: begin
        put      = put && do_l4;
        put_at   = l4_sum_at;
        put_word = '0;
      end
      3'd2: begin
        put_at   = l3_q + (v6 ? 7'd2 : 7'd1);
        put_word = ip_len;
      end
      3'd3: begin
        put      = put && !v6;
        put_at   = l3_q + 7'd2;
        put_word = id_q;
      end
      3'd4: begin
        put_at   = l4_q + 7'd2;
        put_word = seq_q[31:16];
      end
      3'd5: begin
        put_at   = l4_q + 7'd3;
        put_word = seq_q[15:0];
      end
      default: begin
        put_at   = l4_q + 7'd6;
        put_word = flags_q;
        if (!last_seg) {put_word[3], put_word[0]} = 2'b00;     // PSH, FIN
        if (!first_q) put_word[7] = 1'b0;                      // CWR
      end
    endcase
  end

  always_comb begin
    state_d = state_q;
    unique case (state_q)
      StIdle:  if (job_valid_i) state_d = job_i.skip ? StReport : StLoad;
      StLoad:  if (hdr_valid_i && hdr_last_i) state_d = StTag;
      StTag:   state_d = (err_q && left_q == '0) ? StReport : tso ? StGet : StPut;
      StGet:   if (step_q == 3'd3) state_d = StPut;
      StPut:   if (step_q == last_step) state_d = StSend;
      StSend:  if (frame_ready_i) state_d = last_seg ? StReport : StPut;
      StReport: if (!job_q.desc.report || txdone_ready_i) state_d = StIdle;
      default: state_d = StIdle;
    endcase
  end

  assign job_ready_o = state_q == StIdle;
  assign hdr_ready_o = state_q == StLoad;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q    <= StIdle;
      done_o     <= 1'b0;
      drop_dma_o <= 1'b0;
    end else begin
      state_q    <= state_d;
      done_o     <= state_q == StReport && state_d == StIdle;
      drop_dma_o <= state_q == StTag && state_d == StReport;
    end
    done_qp_o   <= job_q.qp;
    done_next_o <= job_q.next;
    step_q      <= (state_q == state_d && state_q inside {StGet, StPut}) ? step_q + 3'd1 : '0;
    if (job_valid_i && job_ready_o) begin
      job_q      <= job_i;
      beat_q     <= '0;
      err_q      <= 1'b0;
      first_q    <= 1'b1;
      ip_sum_q   <= '0;
      addr_sum_q <= '0;
      left_q     <= job_i.desc.len - 20'(job_i.desc.hdr_len);
      hdr_len_q  <= job_i.desc.hdr_len + (job_i.desc.vlan_insert ? 8'd4 : 8'd0);
      l3_q       <= job_i.desc.l3_off[7:1] + (job_i.desc.vlan_insert ? 7'd2 : 7'd0);
      l4_q       <= job_i.desc.l4_off[7:1] + (job_i.desc.vlan_insert ? 7'd2 : 7'd0);
    end
    if (load) begin
      beat_q     <= beat_q + 1'b1;
      ip_sum_q   <= ip_sum_q + ip_part;
      addr_sum_q <= addr_sum_q + addr_part;
      if (hdr_last_i) err_q <= hdr_err_i;
    end
    if (state_q == StGet) begin
      unique case (step_q[1:0])
        2'd0:    id_q <= got;
        2'd1:    seq_q[31:16] <= got;
        2'd2:    seq_q[15:0] <= got;
        default: flags_q <= got;
      endcase
    end
    if (state_q == StSend && frame_ready_i) begin
      first_q <= 1'b0;
      left_q  <= left_q - 20'(seg);
      id_q    <= id_q + 16'd1;
      seq_q   <= seq_q + 32'(seg);
    end
  end

  for (genvar b = 0; b < int'(Beats); b++) begin : g_beat
    for (genvar i = 0; i < int'(Lanes); i++) begin : g_word
      localparam int unsigned At = b * Lanes + i;
      always_ff @(posedge clk_i) begin
        if (load && beat_q == BeatW'(b)) h_q[At] <= w[i];
        else if (put && put_at == 7'(At)) h_q[At] <= put_word;
        else if (At >= 6 && state_q == StTag && vlan)
          h_q[At] <= (At == 6) ? EtherVlan : (At == 7) ? job_q.desc.vlan_tci : h_q[At-2];
      end
    end
  end

  assign frame_valid_o = state_q == StSend;
  always_comb begin
    frame_o = '0;
    for (int i = 0; i < int'(Words); i++) frame_o.hdr[16*i+:16] = {h_q[i][7:0], h_q[i][15:8]};
    frame_o.hdr_len     = hdr_len_q;
    frame_o.payload_len = seg;
    frame_o.l4_csum     = do_l4;
    frame_o.udp         = job_q.desc.udp;
    frame_o.l4_off      = {l4_q, 1'b0};
    frame_o.csum_off    = {l4_sum_at, 1'b0};
    frame_o.pseudo      = 20'(fold32(32'(addr_sum_q))) + 20'(job_q.desc.udp ? ProtoUdp : ProtoTcp) +
        20'(hdr_len_q) -
                          20'({l4_q, 1'b0}) + 20'(seg);
    frame_o.loop        = job_q.desc.loop;
  end

  assign txdone_valid_o = state_q == StReport && job_q.desc.report;
  assign txdone_qp_o    = job_q.qp;
  assign txdone_head_o  = job_q.next;
  assign idle_o         = state_q == StIdle && !job_valid_i && !done_o;

  logic unused;
  assign unused = ^{job_q.desc.addr, job_q.desc.len, job_q.desc.hdr_len, job_q.desc.l3_off[0],
      job_q.desc.l4_off[0], job_q.skip, get_at[6]};

  prim_stream_chk #(.Width($bits(tx_frame_t))) u_frame_chk (
    .clk_i, .rst_ni, .valid_i(frame_valid_o), .ready_i(frame_ready_i), .data_i(frame_o)
  );
  prim_stream_chk #(.Width(36)) u_done_chk (
    .clk_i, .rst_ni, .valid_i(txdone_valid_o), .ready_i(txdone_ready_i),
    .data_i({txdone_qp_o, txdone_head_o})
  );

endmodule

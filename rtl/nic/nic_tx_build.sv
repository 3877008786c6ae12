// SPDX-License-Identifier: Apache-2.0
// Turns jobs and header bytes into frames: tag, checksums, segments.
// Contract: in order. Per job: the header's beats, three cycles, then two cycles a segment. Segment i of a TSO job gets length, IPv4
// identification + i, sequence number + i * mss; FIN and PSH only on the last, CWR only on the first (RFC 3168 §6.1.2). The transport
// checksum field is cleared and left to net_tx. A job without payload whose header failed is dropped (drop_dma_o); one with payload goes
// on, because its payload is marked as failed on the way. When the last segment is taken the descriptor is done: done_o pulses with
// queue and index; with the report flag the job waits until txdone is taken. Outputs are registered.
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
  localparam int unsigned Beats = (HdrBytes + NB - 1) / NB;
  localparam int unsigned BeatW = $clog2(Beats + 1);
  localparam int unsigned Words = HdrBytes / 2;

  typedef enum logic [2:0] { StIdle, StLoad, StTag, StSum, StFix, StSend, StReport } state_e;
  state_e           state_q, state_d;
  job_t             job_q;
  logic [BeatW-1:0] beat_q;
  logic             err_q, first_q;
  logic [Words-1:0][15:0] h_q, h_d;            // big-endian words of the header
  logic [7:0]       hdr_len_q;                 // with the tag, as are the offsets in words
  logic [6:0]       l3_q, l4_q;
  logic [19:0]      left_q, ip_sum_q, addr_sum_q;
  logic [15:0]      id_q, seg;
  logic [31:0]      seq_q;
  logic             last_seg, do_ip, do_l4;

  assign last_seg = !job_q.desc.tso || left_q <= 20'(job_q.desc.mss);
  assign seg      = last_seg ? left_q[15:0] : job_q.desc.mss;
  assign do_ip    = (job_q.desc.ip_csum || job_q.desc.tso) && !job_q.desc.ipv6;
  assign do_l4    = job_q.desc.l4_csum || job_q.desc.tso;

  // Sums over the loaded header: the IPv4 header without length, identification and checksum, and the addresses
  logic [21:0] ip_sum, addr_sum;
  always_comb begin
    logic [6:0] at;
    ip_sum   = '0;
    addr_sum = '0;
    for (int i = 0; i < int'(Words); i++) begin
      at = 7'(i) - l3_q;
      if (7'(i) >= l3_q && 7'(i) < l4_q) begin
        if (!(at inside {7'd1, 7'd2, 7'd5})) ip_sum += 22'(h_q[i]);
        if (job_q.desc.ipv6 ? at inside {[7'd4:7'd19]} : at inside {[7'd6:7'd9]}) addr_sum += 22'(h_q[i]);
      end
    end
  end

  // Fields of the segment at hand
  logic [15:0] ip_len, ip_id, ip_csum;
  logic [6:0]  l4_sum_at;
  always_comb begin
    ip_len    = 16'(hdr_len_q) - {8'd0, l3_q, 1'b0} + seg - (job_q.desc.ipv6 ? 16'd40 : 16'd0);
    ip_id     = id_q;
    ip_csum   = ~add1c(add1c(fold20(ip_sum_q), ip_id), job_q.desc.tso ? ip_len : pick(l3_q + 7'd1));
    l4_sum_at = l4_q + (job_q.desc.udp ? 7'd3 : 7'd8);
  end

  function automatic logic [15:0] pick(logic [6:0] at);
    logic [15:0] w;
    w = '0;
    for (int i = 0; i < int'(Words); i++) if (7'(i) == at) w = h_q[i];
    return w;
  endfunction

  always_comb begin
    h_d = h_q;
    if (state_q == StLoad) begin
      for (int b = 0; b < int'(Beats); b++) begin
        if (beat_q == BeatW'(b)) begin
          for (int i = 0; i < int'(NB) / 2; i++) begin
            h_d[b*int'(NB)/2+i] = {hdr_data_i[16*i+:8], hdr_data_i[16*i+8+:8]};
          end
        end
      end
    end else if (state_q == StTag && job_q.desc.vlan_insert) begin
      for (int i = int'(Words) - 1; i >= 8; i--) h_d[i] = h_q[i-2];
      h_d[7] = job_q.desc.vlan_tci;
      h_d[6] = EtherVlan;
    end else if (state_q == StFix) begin
      for (int i = 0; i < int'(Words); i++) begin
        if (do_ip) begin
          if (7'(i) == l3_q + 7'd5) h_d[i] = ip_csum;
          if (job_q.desc.tso && 7'(i) == l3_q + 7'd1) h_d[i] = ip_len;
          if (job_q.desc.tso && 7'(i) == l3_q + 7'd2) h_d[i] = ip_id;
        end
        if (do_l4 && 7'(i) == l4_sum_at) h_d[i] = '0;
        if (job_q.desc.tso) begin
          if (job_q.desc.ipv6 && 7'(i) == l3_q + 7'd2) h_d[i] = ip_len;
          if (7'(i) == l4_q + 7'd2) h_d[i] = seq_q[31:16];
          if (7'(i) == l4_q + 7'd3) h_d[i] = seq_q[15:0];
          if (7'(i) == l4_q + 7'd6) begin
            if (!last_seg) {h_d[i][3], h_d[i][0]} = 2'b00;       // PSH, FIN
            if (!first_q) h_d[i][7] = 1'b0;                      // CWR
          end
        end
      end
    end
  end

  // FIN and PSH of the last segment come back from here, CWR never does.
  logic [15:0] flag_word;
  logic [1:0]  psh_fin_q;
  assign flag_word = pick(l4_q + 7'd6);

  always_comb begin
    state_d = state_q;
    unique case (state_q)
      StIdle:  if (job_valid_i) state_d = job_i.skip ? StReport : StLoad;
      StLoad:  if (hdr_valid_i && hdr_last_i) state_d = StTag;
      StTag:   state_d = StSum;
      StSum:   state_d = (err_q && left_q == '0) ? StReport : StFix;
      StFix:   state_d = StSend;
      StSend:  if (frame_ready_i) state_d = last_seg ? StReport : StFix;
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
      drop_dma_o <= state_q == StSum && state_d == StReport;
    end
    h_q         <= h_d;
    done_qp_o   <= job_q.qp;
    done_next_o <= job_q.next;
    if (job_valid_i && job_ready_o) begin
      job_q     <= job_i;
      beat_q    <= '0;
      err_q     <= 1'b0;
      first_q   <= 1'b1;
      left_q    <= job_i.desc.len - 20'(job_i.desc.hdr_len);
      hdr_len_q <= job_i.desc.hdr_len + (job_i.desc.vlan_insert ? 8'd4 : 8'd0);
      l3_q      <= job_i.desc.l3_off[7:1] + (job_i.desc.vlan_insert ? 7'd2 : 7'd0);
      l4_q      <= job_i.desc.l4_off[7:1] + (job_i.desc.vlan_insert ? 7'd2 : 7'd0);
    end
    if (state_q == StLoad && hdr_valid_i) begin
      beat_q <= beat_q + 1'b1;
      if (hdr_last_i) err_q <= hdr_err_i;
    end
    if (state_q == StSum) begin
      ip_sum_q   <= 20'(fold32(32'(ip_sum)));
      addr_sum_q <= 20'(fold32(32'(addr_sum)));
      id_q       <= pick(l3_q + 7'd2);
      seq_q      <= {pick(l4_q + 7'd2), pick(l4_q + 7'd3)};
      psh_fin_q  <= {flag_word[3], flag_word[0]};
    end
    if (state_q == StSend && frame_ready_i) begin
      first_q <= 1'b0;
      left_q  <= left_q - 20'(seg);
      id_q    <= id_q + 16'd1;
      seq_q   <= seq_q + 32'(seg);
    end
    if (state_q == StSend && frame_ready_i && !last_seg && left_q - 20'(seg) <= 20'(job_q.desc.mss)) begin
      // the next segment is the last: give its flags back
      for (int i = 0; i < int'(Words); i++) begin
        if (7'(i) == l4_q + 7'd6) {h_q[i][3], h_q[i][0]} <= psh_fin_q;
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
    frame_o.pseudo      = addr_sum_q + 20'(job_q.desc.udp ? ProtoUdp : ProtoTcp) + 20'(hdr_len_q) - 20'({l4_q, 1'b0}) + 20'(seg);
    frame_o.loop        = job_q.desc.loop;
  end

  assign txdone_valid_o = state_q == StReport && job_q.desc.report;
  assign txdone_qp_o    = job_q.qp;
  assign txdone_head_o  = job_q.next;
  assign idle_o         = state_q == StIdle && !job_valid_i && !done_o;

  logic unused;
  assign unused = ^{job_q.desc.addr, job_q.desc.len, job_q.desc.hdr_len, job_q.desc.l3_off, job_q.desc.l4_off, job_q.skip, flag_word};

  prim_stream_chk #(.Width($bits(tx_frame_t))) u_frame_chk (
    .clk_i, .rst_ni, .valid_i(frame_valid_o), .ready_i(frame_ready_i), .data_i(frame_o)
  );
  prim_stream_chk #(.Width(36)) u_done_chk (
    .clk_i, .rst_ni, .valid_i(txdone_valid_o), .ready_i(txdone_ready_i), .data_i({txdone_qp_o, txdone_head_o})
  );

endmodule

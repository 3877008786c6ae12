// SPDX-License-Identifier: Apache-2.0
// Builds the Ethernet, IP and TCP header of a session's segment.
// Contract: one segment a cycle, two cycles of latency, outputs registered. Options are laid out
// NOP NOP TS, then NOP NOP SACK with as many of the blocks as fit in 40 bytes (three beside a
// timestamp, else four). The IPv4 checksum is final, the TCP checksum is left to net_tx.
`include "toe_assert.svh"
module net_hdr_build (
  input  logic               clk_i,
  input  logic               rst_ni,
  input  logic               seg_valid_i,
  output logic               seg_ready_o,
  input  toe_pkg::seg_hdr_t  seg_i,
  output logic               frame_valid_o,
  input  logic               frame_ready_i,
  output toe_pkg::tx_frame_t frame_o
);
  import toe_pkg::*;
  import net_pkg::*;

  // The stages are functions, called only when there is something to do: simulation is faster for
  // it. Everything is assembled most significant byte first, then turned round once.
  typedef struct packed {
    seg_hdr_t     seg;
    logic [479:0] tcp;                   // header and options, left aligned
    logic [5:0]   tcp_len;
    logic [15:0]  ip_payload;            // TCP header, options and payload
    logic [19:0]  addr_sum;
  } stage_t;

  stage_t q1;
  logic   v1_q, ready1;

  function automatic stage_t first(seg_hdr_t h);
    stage_t r;
    logic [2:0]   n;
    logic [95:0]  ts;
    logic [287:0] sack;
    logic [5:0]   sack_len, opt_len;
    logic [319:0] opts;
    n = h.tcp.sack_n;
    if (h.tcp.ts_ok && n > 3'd3) n = 3'd3;
    if (n > 3'd4) n = 3'd4;
    ts   = {8'd1, 8'd1, 8'd8, 8'd10, h.tcp.ts_val, h.tcp.ts_ecr};
    sack = {8'd1, 8'd1, 8'd5, 8'({n, 3'd2}), 256'd0};
    for (int i = 0; i < int'(SackMax); i++) begin
      if (3'(i) < n) sack[255-64*i-:64] = {h.tcp.sack[i].first, h.tcp.sack[i].last};
    end
    sack_len = (n == '0) ? 6'd0 : {n, 3'd4};
    opt_len  = sack_len + (h.tcp.ts_ok ? 6'd12 : 6'd0);
    opts     = '0;
    if (n != '0) opts = {sack, 32'd0};
    if (h.tcp.ts_ok) opts = {ts, opts[319:96]};

    r            = '0;
    r.seg        = h;
    r.tcp_len    = 6'd20 + opt_len;
    r.tcp        = {h.tuple.lport, h.tuple.rport, h.tcp.seq, h.tcp.ack, r.tcp_len[5:2], 4'd0,
                     h.tcp.flags, h.tcp.wnd, 16'd0, 16'd0, opts};
    r.ip_payload = 16'(r.tcp_len) + h.payload_len;
    r.addr_sum   = sum_addr(h.tuple.laddr) + sum_addr(h.tuple.raddr);
    return r;
  endfunction

  assign seg_ready_o = !v1_q || ready1;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) v1_q <= 1'b0;
    else if (seg_ready_o) v1_q <= seg_valid_i;
    if (seg_ready_o && seg_valid_i) q1 <= first(seg_i);
  end

  tx_frame_t q2;
  logic      v2_q;

  function automatic tx_frame_t second(stage_t q);
    tx_frame_t r;
    logic [143:0] eth;                   // left aligned, 14 or 18 bytes
    logic [319:0] ip;                    // left aligned, 20 or 40 bytes
    logic [15:0]  frag, total, ip_csum;
    logic [1023:0] all;
    logic [7:0]   l3_len, l2_len;
    frag    = q.seg.df ? 16'h4000 : 16'h0000;
    total   = q.ip_payload + 16'd20;
    ip_csum = ~add1c(fold20(q.addr_sum),
                     fold20(20'h4500 + 20'(q.seg.tos) + 20'(total) + 20'(q.seg.ip_id) + 20'(frag) +
                            20'({q.seg.ttl, ProtoTcp})));
    eth = {q.seg.dst_mac, q.seg.src_mac, EtherVlan, q.seg.vlan_tci, q.seg.tuple.ipv6 ? EtherIpv6
        : EtherIpv4};
    if (!q.seg.vlan_present) eth = {eth[143:48], eth[15:0], 32'd0};
    if (q.seg.tuple.ipv6) begin
      ip = {4'd6, q.seg.tos, q.seg.flow_label, q.ip_payload, ProtoTcp, q.seg.ttl, q.seg.tuple.laddr,
          q.seg.tuple.raddr};
    end else begin
      ip = {8'h45, q.seg.tos, total, q.seg.ip_id, frag, q.seg.ttl, ProtoTcp, ip_csum,
          q.seg.tuple.laddr[31:0],
            q.seg.tuple.raddr[31:0], 160'd0};
    end
    l2_len = q.seg.vlan_present ? 8'd18 : 8'd14;
    l3_len = q.seg.tuple.ipv6 ? 8'd40 : 8'd20;

    all = q.seg.tuple.ipv6 ? {ip, q.tcp, 224'd0} : {ip[319:160], q.tcp, 384'd0};
    all = q.seg.vlan_present ? {eth, all[1023:144]} : {eth[143:32], all[1023:112]};

    r             = '0;
    for (int i = 0; i < int'(HdrBytes); i++) r.hdr[8*i+:8] = all[8*(int'(HdrBytes)-1-i)+:8];
    r.l4_off      = l2_len + l3_len;
    r.hdr_len     = r.l4_off + 8'(q.tcp_len);
    r.payload_len = q.seg.payload_len;
    r.l4_csum     = 1'b1;
    r.csum_off    = r.l4_off + 8'd16;
    r.mirror      = q.seg.mirror;
    r.note        = q.seg.note;
    r.pseudo      = 20'(fold20(q.addr_sum)) + 20'(ProtoTcp) + 20'(q.ip_payload);
    return r;
  endfunction

  assign ready1 = !v2_q || frame_ready_i;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) v2_q <= 1'b0;
    else if (ready1) v2_q <= v1_q;
    if (ready1 && v1_q) q2 <= second(q1);
  end

  assign frame_valid_o = v2_q;
  assign frame_o       = q2;

  prim_stream_chk #(.Width($bits(tx_frame_t))) u_chk (
    .clk_i, .rst_ni, .valid_i(frame_valid_o), .ready_i(frame_ready_i), .data_i(frame_o)
  );

endmodule

// SPDX-License-Identifier: Apache-2.0
// Finishes a frame's header: inserts the transport checksum and decides whether the frame may
// leave.
// Contract: one frame a cycle, three cycles of latency, in order, outputs registered. guard_o:
// source or destination is loopback or IPv4-mapped, the destination is unspecified, or the source
// is (TCP only: DHCP and duplicate address detection speak without an address); frames for the loop
// are not judged. Header bytes behind hdr_len are zero at the output.
`include "toe_assert.svh"
module net_tx_csum #(
  parameter int unsigned SideW = 1
) (
  input  logic               clk_i,
  input  logic               rst_ni,
  input  logic               in_valid_i,
  output logic               in_ready_o,
  input  toe_pkg::tx_frame_t frame_i,
  input  logic [15:0]        pay_sum_i,
  input  logic [SideW-1:0]   side_i,
  output logic               out_valid_o,
  input  logic               out_ready_i,
  output toe_pkg::tx_frame_t frame_o,
  output logic               guard_o,
  output logic [SideW-1:0]   side_o
);
  import toe_pkg::*;
  import net_pkg::*;

  localparam int unsigned Words  = HdrBytes / 2;
  localparam int unsigned Groups = 4;

  typedef struct packed {
    tx_frame_t         frame;
    logic [SideW-1:0]  side;
    logic [15:0]       pay;
    logic              guard;
    logic [Groups-1:0][19:0] part;       // sums of a quarter of the covered words
  } stage_t;

  stage_t q1, q2, q3;
  logic   v1_q, v2_q, v3_q, r1, r2, r3;

  // 1: clear what is not header
  function automatic stage_t clear(tx_frame_t f, logic [15:0] pay_sum, logic [SideW-1:0] side);
    stage_t r;
    r       = '0;
    r.frame = f;
    r.side  = side;
    r.pay   = f.hdr_len[0] ? {pay_sum[7:0], pay_sum[15:8]} : pay_sum;
    if (f.payload_len == '0) r.pay = '0;
    for (int i = 0; i < int'(HdrBytes); i++) begin
      if (8'(i) >= f.hdr_len) r.frame.hdr[8*i+:8] = '0;
    end
    return r;
  endfunction

  // 2: sums, addresses
  function automatic stage_t sums(stage_t q);
    stage_t r;
    logic         vlan, v4, v6, tcp;
    logic [335:0] l3;  // 40 bytes of network header with its ethertype before it, wire order
    logic [127:0] s, t;
    logic         unused_l3;
    r = q;
    for (int i = 0; i < int'(Words); i++) begin
      if (8'(2 * i) >= q.frame.l4_off)
        r.part[i/16] += 20'({q.frame.hdr[16*i+:8], q.frame.hdr[16*i+8+:8]});
    end

    vlan = {q.frame.hdr[96+:8], q.frame.hdr[104+:8]} == EtherVlan;
    l3     = '0;
    for (int i = 0; i < 42; i++)
      l3[335-8*i-:8] = vlan ? q.frame.hdr[8*(16+i)+:8] : q.frame.hdr[8*(12+i)+:8];
    v4  = l3[335-:16] == EtherIpv4;
    v6  = l3[335-:16] == EtherIpv6;
    tcp = v6 ? l3[335-8*8-:8] == ProtoTcp : l3[335-8*11-:8] == ProtoTcp;
    s   = v6 ? l3[335-8*10-:128] : {96'd0, l3[335-8*14-:32]};
    t   = v6 ? l3[335-8*26-:128] : {96'd0, l3[335-8*18-:32]};
    unused_l3 = ^l3;
    r.guard = (v4 || v6) && !q.frame.loop &&
               (is_loopback(v6, s) || is_loopback(v6, t) || is_mapped(v6, s) || is_mapped(v6, t) ||
                   t == '0 ||
                (tcp && s == '0));
    return r;
  endfunction

  // 3: insertion
  function automatic stage_t insert(stage_t q);
    stage_t r;
    logic [31:0] sum;
    logic [15:0] csum;
    r   = q;
    sum  = 32'(q.frame.pseudo) + 32'(q.pay);
    for (int g = 0; g < int'(Groups); g++) sum += 32'(q.part[g]);
    csum = ~fold32(sum);
    if (q.frame.udp && csum == '0) csum = 16'hffff;
    for (int i = 0; i < int'(Words); i++) begin
      if (q.frame.l4_csum && q.frame.csum_off[7:1] == 7'(i))
        r.frame.hdr[16*i+:16] = {csum[7:0], csum[15:8]};
    end
    return r;
  endfunction

  assign in_ready_o = r1;
  assign r1 = !v1_q || r2;
  assign r2 = !v2_q || r3;
  assign r3 = !v3_q || out_ready_i;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      v1_q <= 1'b0;
      v2_q <= 1'b0;
      v3_q <= 1'b0;
    end else begin
      if (r1) v1_q <= in_valid_i;
      if (r2) v2_q <= v1_q;
      if (r3) v3_q <= v2_q;
    end
    if (r1 && in_valid_i) q1 <= clear(frame_i, pay_sum_i, side_i);
    if (r2 && v1_q) q2 <= sums(q1);
    if (r3 && v2_q) q3 <= insert(q2);
  end

  assign out_valid_o = v3_q;
  assign frame_o     = q3.frame;
  assign guard_o     = q3.guard;
  assign side_o      = q3.side;

  logic unused;
  assign unused = ^{q3.part, q3.pay};

  `TOE_ASSUME(HeaderLength_M, !in_valid_i ||
      (frame_i.hdr_len >= 8'd14 && frame_i.hdr_len <= 8'(HdrBytes)))
  `TOE_ASSUME(EvenOffsets_M, !in_valid_i || !frame_i.l4_csum ||
      (!frame_i.l4_off[0] && !frame_i.csum_off[0] &&
                             frame_i.csum_off + 8'd2 <= frame_i.hdr_len))
  prim_stream_chk #(.Width($bits(tx_frame_t) + SideW + 1)) u_chk (
    .clk_i, .rst_ni, .valid_i(out_valid_o), .ready_i(out_ready_i),
    .data_i({frame_o, side_o, guard_o})
  );

endmodule

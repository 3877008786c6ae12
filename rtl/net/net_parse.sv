// SPDX-License-Identifier: Apache-2.0
// Turns a header and the sum of its packet into receive metadata and a verdict.
// Contract: in order; five cycles of latency; one frame a cycle, but for TCP options in unusual
// layouts (net_tcp_opts) and, where HashSteps > 1, the hash (HashSteps cycles IPv6, a third of it
// IPv4). sum_i belongs to the header of the cycle before and holds while hdr_ready_o is low. The
// settings of the hash are taken over only while ctl_i.session_enable is low; a segment that a
// session may take is always hashed over addresses and ports, whatever they say.
`include "toe_assert.svh"
module net_parse #(
  parameter int unsigned HashSteps = 1
) (
  input  logic                 clk_i,
  input  logic                 rst_ni,
  input  toe_pkg::net_ctl_t    ctl_i,
  input  logic                 hdr_valid_i,
  output logic                 hdr_ready_o,
  input  net_pkg::hdr_t        hdr_i,
  input  net_pkg::frame_info_t info_i,
  input  logic [31:0]          sum_i,
  output logic                 out_valid_o,
  input  logic                 out_ready_i,
  output toe_pkg::rx_meta_t    meta_o,
  output net_pkg::rx_drop_t    drop_o,
  output net_pkg::frame_info_t info_o
);
  import toe_pkg::*;
  import toe_abi_pkg::*;
  import net_pkg::*;

  // ------------------------------------------------------------------ 1: link and network header
  typedef struct packed {
    frame_info_t  info;
    logic         is_ip, v6, malformed, runt, fragment, options, udp, tcp, ce;
    logic [7:0]   l4_off;
    logic [15:0]  l4_len;
    logic [127:0] saddr, daddr;
    logic [20:0]  ip_sum;                  // of the IPv4 header
    logic [19:0]  adjust;                  // packet sum + adjust = transport sum with pseudo-header
    logic [59:0][7:0] l4;                  // the transport header
    mac_t         dst_mac, src_mac;
  } net_t;

  net_t d1, s2_q;
  logic s2_valid_q, s2_ready;

  always_comb begin
    logic [15:0] et, tot, plen;
    logic [3:0]  ihl;
    logic [7:0]  proto;
    logic [16:0] ip_end;

    d1         = '0;
    d1.info    = info_i;
    d1.dst_mac = {hdr_i[0], hdr_i[1], hdr_i[2], hdr_i[3], hdr_i[4], hdr_i[5]};
    d1.src_mac = {hdr_i[6], hdr_i[7], hdr_i[8], hdr_i[9], hdr_i[10], hdr_i[11]};
    et         = be16(hdr_i[12], hdr_i[13]);
    tot        = be16(hdr_i[16], hdr_i[17]);
    plen       = be16(hdr_i[18], hdr_i[19]);
    ihl        = hdr_i[14][3:0];
    d1.v6      = et == EtherIpv6;
    d1.is_ip   = et == EtherIpv4 || d1.v6;
    proto      = d1.v6 ? hdr_i[20] : hdr_i[23];
    ip_end     = d1.v6 ? 17'd54 + 17'(plen) : 17'd14 + 17'(tot);
    for (int i = 0; i < 60; i++) d1.l4[i] = d1.v6 ? hdr_i[54+i] : hdr_i[34+i];

    if (d1.v6) begin
      for (int i = 0; i < 16; i++) begin
        d1.saddr[8*(15-i)+:8] = hdr_i[22+i];
        d1.daddr[8*(15-i)+:8] = hdr_i[38+i];
      end
      d1.ce        = hdr_i[15][5:4] == 2'b11;
      d1.l4_off    = 8'd54;
      d1.l4_len    = plen;
      d1.malformed = hdr_i[14][7:4] != 4'd6;
      d1.runt      = info_i.frame_len < 16'd54;
      d1.fragment  = proto == 8'd44;
      d1.options   = proto inside {8'd0, 8'd43, 8'd51, 8'd60, 8'd135, 8'd139, 8'd140};
      // The sum holds version word, flow label, length, next header and hop limit, and both
      // addresses. The pseudo-header wants addresses, length and next header.
      d1.adjust = 20'(proto) + 20'(be16(~hdr_i[14], ~hdr_i[15])) +
          20'(be16(~hdr_i[16], ~hdr_i[17])) +
                  20'(be16(~hdr_i[20], ~hdr_i[21]));
    end else begin
      d1.saddr[31:0] = {hdr_i[26], hdr_i[27], hdr_i[28], hdr_i[29]};
      d1.daddr[31:0] = {hdr_i[30], hdr_i[31], hdr_i[32], hdr_i[33]};
      d1.ce        = hdr_i[15][1:0] == 2'b11;
      d1.l4_off    = 8'd14 + {2'd0, ihl, 2'd0};
      d1.l4_len    = tot - 16'({ihl, 2'd0});
      d1.malformed = hdr_i[14][7:4] != 4'd4 || ihl < 4'd5 || tot < 16'({ihl, 2'd0});
      d1.runt      = info_i.frame_len < 16'd34;
      d1.fragment  = hdr_i[20][5] || {hdr_i[20][4:0], hdr_i[21]} != '0;
      d1.options   = ihl > 4'd5;
      // A good IPv4 header sums to zero, so the packet's sum is the transport's.
      d1.adjust = 20'(proto) + 20'(d1.l4_len) + 20'(be16(hdr_i[26], hdr_i[27])) +
          20'(be16(hdr_i[28], hdr_i[29])) +
                  20'(be16(hdr_i[30], hdr_i[31])) + 20'(be16(hdr_i[32], hdr_i[33]));
      // With IP options the first words of the transport header lie further back.
      for (int k = 6; k <= 15; k++) begin
        if (ihl == 4'(k)) begin
          for (int i = 0; i < 14; i++) d1.l4[i] = hdr_i[14+4*k+i];
        end
      end
    end
    for (int i = 0; i < 30; i++) begin
      if (5'(i) < {ihl, 1'b0}) d1.ip_sum += 21'(be16(hdr_i[14+2*i], hdr_i[15+2*i]));
    end
    d1.udp = d1.is_ip && proto == ProtoUdp;
    d1.tcp = d1.is_ip && proto == ProtoTcp;
    if (!d1.malformed && ip_end > {1'b0, info_i.frame_len}) d1.runt = 1'b1;
    if (!d1.is_ip) d1.runt = 1'b0;
    if (info_i.frame_len < 16'd14) d1.runt = 1'b1;
  end

  assign hdr_ready_o = !s2_valid_q || s2_ready;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) s2_valid_q <= 1'b0;
    else if (hdr_ready_o) s2_valid_q <= hdr_valid_i;
    if (hdr_ready_o && hdr_valid_i) s2_q <= d1;
  end

  // ------------------------------------------------- 2: checksums, transport header, address rules
  typedef struct packed {
    rx_meta_t    meta;
    rx_drop_t    drop;
    frame_info_t info;
    logic        hashed, ports;
    logic        plain;  // TCP without a reason against it so far: look at the options
  } work_t;

  work_t d2;
  logic [5:0] opt_len;

  always_comb begin
    logic       ip_bad, l4_bad, bad_transport, addr_bad;
    logic [3:0] doff;
    logic [15:0] l4_sum;

    d2      = '0;
    d2.info = s2_q.info;
    doff    = s2_q.l4[12][7:4];
    opt_len = {doff, 2'b00} - 6'd20;
    l4_sum  = add1c(fold32(sum_i), fold20(s2_q.adjust));
    ip_bad  = s2_q.is_ip && !s2_q.v6 && fold32(32'(s2_q.ip_sum)) != 16'hffff;
    bad_transport = (s2_q.tcp &&
        (s2_q.l4_len < 16'd20 ||
        (!s2_q.options && (doff < 4'd5 || s2_q.l4_len < 16'({doff, 2'b00}))))) ||
                    (s2_q.udp && s2_q.l4_len < 16'd8);

    d2.meta.frame_len    = s2_q.info.frame_len;
    d2.meta.vlan_present = s2_q.info.vlan_present;
    d2.meta.vlan_tci     = s2_q.info.vlan_tci;
    d2.meta.injected     = s2_q.info.injected;
    d2.meta.dst_mac      = s2_q.dst_mac;
    d2.meta.src_mac      = s2_q.src_mac;
    d2.meta.l3_off       = 8'd14;
    d2.meta.mcast        = s2_q.dst_mac[40];

    if (s2_q.is_ip && !s2_q.malformed) begin
      d2.hashed            = 1'b1;
      d2.meta.l4_off       = s2_q.l4_off;
      d2.meta.payload_off  = s2_q.l4_off;
      d2.meta.payload_len  = s2_q.l4_len;
      d2.meta.ce           = s2_q.ce;
      d2.meta.tuple.ipv6   = s2_q.v6;
      d2.meta.tuple.laddr  = s2_q.daddr;
      d2.meta.tuple.raddr  = s2_q.saddr;
      d2.meta.mcast        = s2_q.dst_mac[40] || is_mcast(s2_q.v6, s2_q.daddr) ||
          is_mcast(s2_q.v6, s2_q.saddr);
      d2.meta.ip_csum      = s2_q.v6 ? CsumVerdictNotPresent : ip_bad ? CsumVerdictBad
          : CsumVerdictGood;
      if ((s2_q.tcp || s2_q.udp) && !s2_q.fragment && !bad_transport) begin
        d2.ports             = s2_q.tcp;
        d2.meta.tuple.rport  = be16(s2_q.l4[0], s2_q.l4[1]);
        d2.meta.tuple.lport  = be16(s2_q.l4[2], s2_q.l4[3]);
        if (s2_q.udp) begin
          d2.meta.payload_off = s2_q.l4_off + 8'd8;
          d2.meta.payload_len = s2_q.l4_len - 16'd8;
        end else if (!s2_q.options) begin
          d2.meta.payload_off = s2_q.l4_off + {2'd0, doff, 2'd0};
          d2.meta.payload_len = s2_q.l4_len - 16'({doff, 2'd0});
        end
        if (s2_q.udp && !s2_q.v6 && {s2_q.l4[6], s2_q.l4[7]} == '0)
          d2.meta.l4_csum = CsumVerdictNotPresent;
        else if (ip_bad || (s2_q.udp && be16(s2_q.l4[4], s2_q.l4[5]) != s2_q.l4_len))
          d2.meta.l4_csum = CsumVerdictNotChecked;
        else d2.meta.l4_csum = (l4_sum == 16'hffff) ? CsumVerdictGood : CsumVerdictBad;
      end
      if (s2_q.tcp && !s2_q.fragment && !bad_transport && !s2_q.options) begin
        d2.meta.tcp.seq   = {s2_q.l4[4], s2_q.l4[5], s2_q.l4[6], s2_q.l4[7]};
        d2.meta.tcp.ack   = {s2_q.l4[8], s2_q.l4[9], s2_q.l4[10], s2_q.l4[11]};
        d2.meta.tcp.flags = s2_q.l4[13];
        d2.meta.tcp.wnd   = be16(s2_q.l4[14], s2_q.l4[15]);
      end
    end

    l4_bad = d2.meta.l4_csum == CsumVerdictBad;

    // Why the host would get it, strongest first
    if (!s2_q.is_ip) d2.meta.reason = RxReasonNotIp;
    else if (s2_q.malformed || (bad_transport && !s2_q.fragment))
      d2.meta.reason = RxReasonMalformed;
    else if (ip_bad || l4_bad) d2.meta.reason = RxReasonBadChecksum;
    else if (s2_q.fragment) d2.meta.reason = RxReasonFragment;
    else if (s2_q.options) d2.meta.reason = RxReasonIpOptions;
    else if (!s2_q.tcp) d2.meta.reason = RxReasonNotTcp;
    else if (is_mapped(s2_q.v6, s2_q.saddr) || is_mapped(s2_q.v6, s2_q.daddr))
      d2.meta.reason = RxReasonMalformed;
    else if (d2.meta.tcp.flags.urg) d2.meta.reason = RxReasonUrgent;
    else begin
      d2.plain       = 1'b1;
      d2.meta.is_tcp = 1'b1;
      d2.meta.reason = d2.meta.tcp.flags.syn ? RxReasonSyn : RxReasonNoSession;
    end

    // A source of zero is how a host without an address speaks (DHCP, duplicate address detection):
    // no TCP though.
    addr_bad = is_loopback(s2_q.v6, s2_q.saddr) || is_loopback(s2_q.v6, s2_q.daddr) ||
        s2_q.daddr == '0 ||
               (s2_q.tcp && s2_q.saddr == '0);
    if (s2_q.runt) d2.drop.runt = 1'b1;
    else if ((ip_bad || l4_bad) && !s2_q.malformed && !ctl_i.pass_bad_csum) d2.drop.checksum = 1'b1;
    else if (s2_q.is_ip && !s2_q.malformed && addr_bad && !s2_q.info.injected)
      d2.drop.loopback = 1'b1;
    else if (!ctl_i.promiscuous && !s2_q.info.injected && !s2_q.dst_mac[40] &&
        s2_q.dst_mac != ctl_i.mac) d2.drop.filtered = 1'b1;
  end

  // ------------------------------------------------------------------ 3: TCP options
  work_t  s3, d3;
  logic   s3_valid, s3_ready, ts_ok, unknown, malformed;
  logic [31:0] ts_val, ts_ecr;
  logic [2:0]  sack_n;
  range_t [SackMax-1:0] sack;

  net_tcp_opts #(.SideW($bits(work_t))) u_opts (
    .clk_i, .rst_ni,
    .in_valid_i(s2_valid_q), .in_ready_o(s2_ready),
    .skip_i(!d2.plain || d2.drop != '0), .syn_i(d2.meta.tcp.flags.syn),
    .opts_i(s2_q.l4[59:20]), .len_i(opt_len), .side_i(d2),
    .out_valid_o(s3_valid), .out_ready_i(s3_ready),
    .ts_ok_o(ts_ok), .ts_val_o(ts_val), .ts_ecr_o(ts_ecr), .sack_n_o(sack_n), .sack_o(sack),
    .unknown_o(unknown), .malformed_o(malformed), .side_o(s3)
  );

  always_comb begin
    d3 = s3;
    if (unknown || malformed) begin
      d3.meta.is_tcp = 1'b0;
      d3.meta.reason = malformed ? RxReasonMalformed : RxReasonTcpOptions;
    end else begin
      d3.meta.tcp.ts_ok  = ts_ok;
      d3.meta.tcp.ts_val = ts_val;
      d3.meta.tcp.ts_ecr = ts_ecr;
      d3.meta.tcp.sack_n = sack_n;
      d3.meta.tcp.sack   = sack;
    end
  end

  // ------------------------------------------------------------------ 4: hash
  logic [319:0] key_q;
  logic [3:0]   types_q;                   // ipv6_tcp, ipv6, ipv4_tcp, ipv4
  logic         do_ports, do_hash;
  logic         h_valid, h_ready;
  logic [31:0]  hash;
  work_t        h_work;
  logic         h_none;

  always_ff @(posedge clk_i) begin
    if (!ctl_i.session_enable) begin
      key_q   <= ctl_i.rss_key;
      types_q <= {ctl_i.hash_ipv6_tcp, ctl_i.hash_ipv6, ctl_i.hash_ipv4_tcp, ctl_i.hash_ipv4};
    end
  end

  // The lookup table is keyed by this hash, so what a session may take is always hashed with its
  // ports.
  assign do_ports = d3.ports && (d3.meta.is_tcp || (d3.meta.tuple.ipv6 ? types_q[3] : types_q[1]));
  assign do_hash  = d3.hashed && (do_ports || (d3.meta.tuple.ipv6 ? types_q[2] : types_q[0]));

  net_toeplitz #(.Steps(HashSteps), .SideW($bits(work_t) + 1)) u_hash (
    .clk_i, .rst_ni, .key_i(key_q),
    .in_valid_i(s3_valid), .in_ready_o(s3_ready),
    .data_i(do_hash ? hash_input(d3.meta.tuple, do_ports) : '0),
    .short_i(!do_hash || !d3.meta.tuple.ipv6), .side_i({!do_hash, d3}),
    .out_valid_o(h_valid), .out_ready_i(h_ready), .hash_o(hash), .side_o({h_none, h_work})
  );

  // ------------------------------------------------------------------ 5: queue
  logic  out_valid_q;
  work_t out_q, h_out;

  always_comb begin
    h_out           = h_work;
    h_out.meta.hash = h_none ? '0 : hash;
    h_out.meta.qp   = ctl_i.indirection[h_out.meta.hash[6:0]];
  end

  assign h_ready = !out_valid_q || out_ready_i;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) out_valid_q <= 1'b0;
    else if (h_ready) out_valid_q <= h_valid;
    if (h_ready && h_valid) out_q <= h_out;
  end

  assign out_valid_o = out_valid_q;
  assign meta_o      = out_q.meta;
  assign drop_o      = out_q.drop;
  assign info_o      = out_q.info;

  logic unused;
  assign unused = ^{out_q.hashed, out_q.ports, out_q.plain, ctl_i.rx_enable, ctl_i.tx_enable,
                    ctl_i.tw_enable};

  prim_stream_chk #(.Width($bits(rx_meta_t) + $bits(rx_drop_t))) u_out_chk (
    .clk_i, .rst_ni, .valid_i(out_valid_o), .ready_i(out_ready_i), .data_i({meta_o, drop_o})
  );

endmodule

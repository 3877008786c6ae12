// SPDX-License-Identifier: Apache-2.0
// Types and functions of the frame parsers and builders.
// Contract: types, constants and pure functions only. A frame in a vector has byte 0 in the low
// bits.
package net_pkg;

  localparam int unsigned HdrKeep = 114;  // Ethernet 14 + IPv6 40 + TCP 60: what a parser looks at

  localparam logic [15:0] EtherIpv4 = 16'h0800;
  localparam logic [15:0] EtherIpv6 = 16'h86dd;
  localparam logic [15:0] EtherVlan = 16'h8100;
  localparam logic [7:0]  ProtoTcp  = 8'd6;
  localparam logic [7:0]  ProtoUdp  = 8'd17;

  // Increments of the counters, named as in the register file.
  typedef struct packed {
    logic        rx_frames;
    logic [15:0] rx_bytes;
    logic        rx_drop_error;
    logic        rx_drop_runt;
    logic        rx_drop_oversize;
    logic        rx_drop_overflow;
    logic        rx_drop_checksum;
    logic        rx_drop_loopback;
    logic        rx_drop_disabled;
    logic        rx_drop_filtered;
    logic        rx_host_not_ip;
    logic        rx_host_fragment;
    logic        rx_host_ip_options;
    logic        rx_host_tcp_options;
    logic        rx_host_urgent;
  } net_rx_ctr_t;

  typedef struct packed {
    logic        tx_frames;
    logic [15:0] tx_bytes;
    logic        tx_session_segs;
    logic        tx_nic_frames;
    logic        tx_time_wait_replies;
    logic        tx_loop_frames;
    logic        tx_drop_guard;
    logic        tx_drop_dma;
  } net_tx_ctr_t;

  // What net_rx knows about a frame besides its bytes.
  typedef struct packed {
    logic [15:0] frame_len;
    logic        vlan_present;
    logic [15:0] vlan_tci;
    logic        injected;
    logic [15:0] beats;                       // words of the receive buffer
    logic [6:0]  last_bytes;                  // bytes in the last of them
  } frame_info_t;

  // Verdict of the parser; at most one bit is set.
  typedef struct packed {
    logic runt;
    logic checksum;
    logic loopback;
    logic filtered;                           // not our address
  } rx_drop_t;

  // What net_tx_src says about a complete payload.
  typedef struct packed {
    logic [15:0] sum;
    logic        err;
  } pay_done_t;

  typedef logic [HdrKeep-1:0][7:0] hdr_t;

  function automatic logic [15:0] be16(logic [7:0] b0, logic [7:0] b1);
    return {b0, b1};
  endfunction

  // Ones-complement arithmetic, RFC 1071.
  function automatic logic [15:0] fold20(logic [19:0] sum);
    logic [16:0] once;
    once = {1'b0, sum[15:0]} + 17'(sum[19:16]);
    return once[15:0] + 16'(once[16]);
  endfunction

  function automatic logic [15:0] fold32(logic [31:0] sum);
    return fold20(20'(sum[31:16]) + 20'(sum[15:0]));
  endfunction

  function automatic logic [15:0] add1c(logic [15:0] a, logic [15:0] b);
    return fold20(20'(a) + 20'(b));
  endfunction

  function automatic logic [19:0] sum_addr(logic [127:0] a);
    logic [19:0] s;
    s = '0;
    for (int i = 0; i < 8; i++) s += 20'(a[16*i+:16]);
    return s;
  endfunction

  // The Toeplitz input, most significant bit first; IPv4 takes the first 96 bits (addresses 64,
  // ports 32), IPv6 all 288.
  function automatic logic [287:0] hash_input(toe_pkg::tuple_t t, logic ports);
    logic [31:0] p;
    p = ports ? {t.rport, t.lport} : 32'd0;
    return t.ipv6 ? {t.raddr, t.laddr, p} : {t.raddr[31:0], t.laddr[31:0], p, 192'd0};
  endfunction

  function automatic logic is_loopback(logic ipv6, logic [127:0] a);
    return ipv6 ? a == 128'd1 : a[31:24] == 8'd127;
  endfunction

  function automatic logic is_mapped(logic ipv6, logic [127:0] a);
    return ipv6 && (a >> 32) == 128'hffff;
  endfunction

  function automatic logic is_mcast(logic ipv6, logic [127:0] a);
    return ipv6 ? (a >> 120) == 128'hff : ((a >> 28) == 128'he || a == 128'hffff_ffff);
  endfunction

endpackage

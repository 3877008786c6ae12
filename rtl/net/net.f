// SPDX-License-Identifier: Apache-2.0
rtl/net/net_pkg.sv
rtl/net/net_toeplitz.sv
rtl/net/net_vlan_strip.sv
rtl/net/net_tcp_opts.sv
rtl/net/net_parse.sv
rtl/net/net_rx_front.sv
rtl/net/net_rx_buf.sv
rtl/net/net_rx.sv
rtl/net/net_tx_src.sv
rtl/net/net_hdr_build.sv
rtl/net/net_tx_csum.sv
rtl/net/net_tx.sv

// SPDX-License-Identifier: Apache-2.0
rtl/tcp/tcp_pkg.sv
rtl/tcp/tcp_image_pkg.sv
rtl/tcp/tcp_ooo.sv
rtl/tcp/tcp_sack.sv
rtl/tcp/tcp_send.sv
rtl/tcp/tcp_accept.sv
rtl/tcp/tcp_react.sv
rtl/tcp/tcp_out.sv
rtl/tcp/tcp_cc.sv
rtl/tcp/tcp_arb.sv
rtl/tcp/tcp_sched.sv
rtl/tcp/tcp_timer.sv
rtl/tcp/tcp_trace_ev.sv
rtl/tcp/tcp_trace.sv
rtl/tcp/tcp_nexthop.sv
rtl/tcp/tcp_pipe.sv
rtl/tcp/tcp_seg.sv

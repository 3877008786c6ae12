// SPDX-License-Identifier: Apache-2.0
rtl/top/toe_ctr_join.sv
rtl/top/toe_lk_arb.sv
rtl/top/toe_mirror.sv
rtl/top/toe_clocks.sv
rtl/top/toe_rest.sv
rtl/top/toe_host.sv
rtl/top/toe_top.sv
rtl/top/toe_top_small.sv
rtl/top/toe_top_mid.sv
rtl/top/toe_top_large.sv

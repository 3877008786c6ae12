// SPDX-License-Identifier: Apache-2.0
+incdir+rtl/prim
rtl/prim/prim_pkg.sv
rtl/prim/prim_stream_chk.sv
rtl/prim/prim_clk_gate.sv
rtl/prim/prim_ram_1r1w.sv
rtl/prim/prim_fifo.sv
rtl/prim/prim_skid.sv
rtl/prim/prim_arb_rr.sv
rtl/prim/prim_hash_index.sv

// SPDX-License-Identifier: Apache-2.0
rtl/host/host_pkg.sv
rtl/host/host_align.sv
rtl/host/host_dma_rd.sv
rtl/host/host_rd_arb.sv
rtl/host/host_dma_wr.sv
rtl/host/host_evq.sv
rtl/host/host_cut.sv
rtl/host/host_place.sv
rtl/host/host_bump.sv
rtl/host/host_irq.sv
rtl/host/host_ctr_pkg.sv
rtl/host/host_ctr.sv
rtl/gen/toe_regs_pkg.sv
rtl/gen/toe_regs.sv
rtl/host/host_csr_pkg.sv
rtl/host/host_csr_map.sv
rtl/host/host_csr.sv

rtl/host/host_pkg.sv
rtl/host/host_align.sv
rtl/host/host_dma_rd.sv
rtl/host/host_rd_arb.sv
rtl/host/host_dma_wr.sv

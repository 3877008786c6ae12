// SPDX-License-Identifier: Apache-2.0
rtl/lint/third_party.vlt
build/ip/VexRiscv.v
rtl/gen/toe_mcu_addr_pkg.sv
rtl/gen/toe_fw_pkg.sv
rtl/mcu/mcu_pkg.sv
rtl/mcu/mcu_xbuf.sv
rtl/mcu/mcu_dma.sv
rtl/mcu/mcu_image.sv
rtl/mcu/mcu_regs.sv
rtl/mcu/mcu_core.sv
rtl/mcu/mcu.sv

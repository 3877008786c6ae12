// SPDX-License-Identifier: Apache-2.0
rtl/gen/toe_abi_pkg.sv
rtl/gen/toe_regs_addr_pkg.sv
rtl/gen/toe_regs_pkg.sv
rtl/gen/toe_regs.sv

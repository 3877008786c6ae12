// SPDX-License-Identifier: Apache-2.0
rtl/pkg/toe_cfg_pkg.sv
rtl/pkg/toe_pkg.sv
rtl/gen/toe_abi_pkg.sv

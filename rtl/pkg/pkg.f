rtl/pkg/toe_cfg_pkg.sv
rtl/pkg/toe_pkg.sv
rtl/gen/toe_abi_pkg.sv

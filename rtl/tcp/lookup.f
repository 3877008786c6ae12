// SPDX-License-Identifier: Apache-2.0
rtl/tcp/tcp_lookup_pkg.sv
rtl/tcp/tcp_lookup.sv

// SPDX-License-Identifier: Apache-2.0
// All of the engine, in dependency order. Each area keeps its own list; a file named twice counts once.
-f rtl/pkg/pkg.f
-f rtl/gen/gen.f
-f rtl/prim/prim.f
-f rtl/net/net.f
-f rtl/tcp/lookup.f
-f rtl/tcp/tcp.f
-f rtl/nic/nic.f
rtl/mcu/mcu_pkg.sv
-f rtl/timewait/timewait.f
-f rtl/host/host.f
-f rtl/mcu/mcu.f
-f rtl/top/top.f

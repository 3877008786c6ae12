// SPDX-License-Identifier: Apache-2.0
rtl/timewait/tw_pkg.sv
rtl/timewait/tw_decide.sv
rtl/timewait/tw_store.sv
rtl/timewait/tw_due.sv
rtl/timewait/tw_walk.sv
rtl/timewait/tw_bank.sv
rtl/timewait/timewait.sv

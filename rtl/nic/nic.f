// SPDX-License-Identifier: Apache-2.0
rtl/nic/nic_pkg.sv
rtl/nic/nic_tx_fetch.sv
rtl/nic/nic_tx_issue.sv
rtl/nic/nic_tx_build.sv
rtl/nic/nic_tx.sv

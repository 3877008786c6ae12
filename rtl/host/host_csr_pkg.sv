// SPDX-License-Identifier: Apache-2.0
// What the engine shows in its read-only registers.
// Contract: types only.
package host_csr_pkg;

  typedef struct packed {
    logic [7:0]       fw_state;
    logic [31:0]      fw_heartbeat;
    logic [63:0]      fw_hash;
    logic             busy;
    logic             idle;
    logic [47:0]      now_us;
    logic [2:0][31:0] tw_entries_v4;
    logic [2:0][31:0] tw_entries_v6;
    logic [31:0]      tw_max_probe;
    logic [31:0]      trace_count;
    logic [15:0]      evq_failed;           // by queue pair
  } csr_status_t;

  typedef struct packed {
    logic [31:0] txq_head;
    logic [31:0] bmq_head;
    logic [31:0] rxr_tail;
    logic [31:0] evq_tail;
  } qp_status_t;

endpackage

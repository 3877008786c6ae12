// SPDX-License-Identifier: Apache-2.0
// Counters of the session lookup, named as in the register file.
// Contract: types only.
package tcp_lookup_pkg;

  typedef struct packed {
    logic lookup_insert;
    logic lookup_insert_fail;
    logic lookup_delete;
  } lookup_ctr_t;

endpackage

// SPDX-License-Identifier: Apache-2.0
// Types at the ports of primitives.
// Contract: types only.
package prim_pkg;

  // Probe: is {hash, id} there?
  typedef enum logic [1:0] { IdxInsert, IdxDelete, IdxProbe } idx_op_e;
  typedef enum logic [1:0] { IdxOk, IdxFull, IdxExists, IdxNotFound } idx_result_e;

endpackage

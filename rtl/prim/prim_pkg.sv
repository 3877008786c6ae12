// SPDX-License-Identifier: Apache-2.0
// Types at the ports of primitives.
// Contract: types only.
package prim_pkg;

  // Probe: is {hash, id} there? Twin: insert although another entry has the same part of the hash.
  typedef enum logic [1:0] { IdxInsert, IdxDelete, IdxProbe, IdxTwin } idx_op_e;
  typedef enum logic [1:0] { IdxOk, IdxFull, IdxExists, IdxNotFound } idx_result_e;

endpackage

// SPDX-License-Identifier: Apache-2.0
// Types inside the firmware's subsystem.
// Contract: types and constants only.
package mcu_pkg;

  // exchange buffer between firmware, DMA and session images
  localparam int unsigned XbufBytes = 4096;
  localparam int unsigned ImageBits = 4096;   // a session image, abi structure session_image

  typedef struct packed {
    logic fw_commands;
    logic fw_refused;
  } mcu_ctr_t;

  // What the firmware shows to the host in the register file `ctl`.
  typedef struct packed {
    logic [7:0]  state;
    logic [31:0] heartbeat;
    logic [63:0] hash;
  } fw_status_t;

  typedef enum logic [1:0] { DmaNone, DmaRead, DmaWrite, DmaWriteIrq } dma_op_e;
  typedef struct packed {
    dma_op_e     op;
    logic [63:0] addr;
    logic [11:0] local_off;
    logic [9:0]  length;
  } dma_req_t;

  // Operations on the TIME_WAIT table on behalf of the host.
  typedef enum logic [2:0] { TwOpNone, TwOpInsert, TwOpLookup, TwOpDelete, TwOpFlush,
      TwOpWalk } tw_op_e;
  typedef struct packed {
    tw_op_e              op;
    logic [31:0]         index;
    toe_pkg::tw_record_t rec;
  } tw_cmd_t;
  typedef struct packed {
    logic [7:0]          code;  // 0 ok, 1 full, 2 exists, 3 not found, 4 end of the walk
    logic [31:0]         index;
    logic [31:0]         age_left_us;
    toe_pkg::tw_record_t rec;
  } tw_rsp_t;

endpackage

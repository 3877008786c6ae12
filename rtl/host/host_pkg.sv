// SPDX-License-Identifier: Apache-2.0
// Types of the host interface: DMA requests inside rtl/host, their results, and the area's
// counters.
// Contract: types, constants and pure functions only.
package host_pkg;

  import toe_pkg::*;

  localparam int unsigned IrqIds  = 17;     // one a queue pair, and one for the admin queue
  localparam int unsigned AdminId = 16;

  // Entries of an event ring kept for session records that are already on their way when the ring
  // is seen full.
  localparam int unsigned EvqReserve = 16;

  // Who wrote, for the fault report.
  typedef enum logic [1:0] { SrcSession, SrcNic, SrcRecord, SrcMcu } wr_src_e;

  // A write of the data path. `wrap` bytes after the start the address continues at wrap_base (byte
  // rings); zero: no wrap. The wrap point and wrap_base are 4 KiB boundaries.
  typedef struct packed {
    logic [63:0] addr;
    logic [15:0] len;
    logic [15:0] wrap;
    logic [63:0] wrap_base;
    logic        irq;
    logic [4:0]  irq_id;
    wr_src_e     src;
    qp_t         qp;
    handle_t     handle;
  } wr_req_t;

  // A record that waits for the writes before it.
  typedef struct packed {
    logic         write;                    // it has an entry; a fence may have none
    logic         fence;                    // last word about a session that is taken back
    logic         nic;                      // announces the frame that was written just before
    qp_t          qp;
    logic [63:0]  addr;
    logic [63:0]  frame_addr;               // of that frame
    logic [255:0] record;
  } rec_t;

  // A write that failed.
  typedef struct packed {
    wr_src_e     src;
    qp_t         qp;
    handle_t     handle;
    logic [63:0] addr;
  } wr_fault_t;

  // Something that went wrong on a queue pair, for an event of kind FAULT.
  typedef struct packed {
    qp_t         qp;
    logic [7:0]  what;                      // abi fault_e
    logic [63:0] addr;
    logic [31:0] info;
  } qp_fault_t;

  typedef struct packed {
    qp_t         qp;
    logic [31:0] head;
  } txdone_t;

  // A record that some block wants in a queue pair's event ring, phase bit zero.
  typedef struct packed {
    qp_t          qp;
    logic [255:0] record;
  } note_t;

  // Counters, named as in abi/regs.rdl. One struct a block; toe_top joins them.
  typedef struct packed {
    logic        dma_read_errors;
    logic [15:0] dma_read_bytes;
  } rd_ctr_t;

  typedef struct packed {
    logic        dma_write_errors;
    logic [15:0] dma_write_bytes;
  } wr_ctr_t;

  typedef struct packed {
    logic rx_to_host;
    logic rx_drop_disabled;
    logic rx_drop_ring_full;
    logic rx_drop_event_full;
    logic evq_records;
    logic evq_stall_cycles;
    logic rx_mirrored;
    logic tx_mirrored;
    logic mirror_lost;
    logic evq_lost;                         // a record for a ring that is not there
    logic fault_lost;                       // a fault report gave way to a newer one
  } place_ctr_t;

  typedef struct packed {
    logic bump_bad;
    logic bump_lost;
  } bump_ctr_t;

  typedef struct packed {
    logic irqs;
  } irq_ctr_t;

endpackage

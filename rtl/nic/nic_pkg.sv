// SPDX-License-Identifier: Apache-2.0
// Types inside the NIC transmit path.
// Contract: types and constants only.
package nic_pkg;

  // Increments of the counters, named as in the register file (tx_nic_frames is net_tx's).
  typedef struct packed {
    logic tx_drop_bad_desc;
    logic tx_drop_dma;
  } nic_tx_ctr_t;

  // What a queue pair is to be told: abi fault_e, and the descriptor's index or the doorbell.
  typedef struct packed {
    toe_pkg::qp_t qp;
    logic [7:0]   what;
    logic [31:0]  info;
  } nic_fault_t;

  // The part of abi tx_desc that means something, as fetched.
  typedef struct packed {
    logic [15:0] vlan_tci;
    logic [15:0] mss;
    logic [7:0]  l4_off;
    logic [7:0]  l3_off;
    logic [7:0]  hdr_len;
    logic        report;
    logic        udp;
    logic        ipv6;
    logic        loop;
    logic        vlan_insert;
    logic        tso;
    logic        ip_csum;
    logic        l4_csum;
    logic [19:0] len;
    logic [63:0] addr;
  } desc_t;

  // Descriptors that one read brought.
  typedef struct packed {
    toe_pkg::qp_t qp;
    logic [31:0]  first;                   // free-running index of the first
    logic [2:0]   count;                   // 1..4
    logic         err;                     // the read failed
  } batch_t;

  // A descriptor on its way from the reader to the builder.
  typedef struct packed {
    toe_pkg::qp_t qp;
    logic [31:0]  next;                    // index after it
    logic         skip;                    // refused or unread: only report
    desc_t        desc;
  } job_t;

endpackage

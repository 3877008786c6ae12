// SPDX-License-Identifier: Apache-2.0
// Static configuration of the engine: one packed struct, a few named sets.
// Contract: constants only. Everything that depends on a size takes it from here; sizes are
// readable in register file `id`.
package toe_cfg_pkg;

  typedef struct packed {
    logic [15:0] DataW;       // bits of the datapath: 64, 256, 512
    logic [31:0] Sessions;    // session slots, a power of two
    logic [31:0] TwV4;        // TIME_WAIT records, IPv4, over all classes
    logic [31:0] TwV6;        // TIME_WAIT records, IPv6
    logic [15:0] Qps;         // queue pairs, 1..16
    logic [15:0] Nexthops;    // next-hop slots, a power of two
    logic [31:0] RxBufBytes;  // receive frame buffer
    logic [31:0] TxBufBytes;  // transmit payload buffer, per source
    logic [31:0] RdBufBytes;  // reorder buffer of the DMA reader: sets how much latency is hidden
    logic [15:0] RdTags;      // outstanding read bursts
    logic [15:0] MaxFrame;    // largest frame in bytes, without FCS, tag included
    logic [31:0] ClockKhz;    // nominal, for the driver's information
  } toe_cfg_t;

  localparam toe_cfg_t CfgSmall = '{
    DataW: 64, Sessions: 64, TwV4: 256, TwV6: 64, Qps: 4, Nexthops: 64,
    RxBufBytes: 16384, TxBufBytes: 8192, RdBufBytes: 8192, RdTags: 16, MaxFrame: 1536,
    ClockKhz: 125000
  };

  localparam toe_cfg_t CfgMid = '{
    DataW: 256, Sessions: 4096, TwV4: 8192, TwV6: 2048, Qps: 8, Nexthops: 256,
    RxBufBytes: 65536, TxBufBytes: 32768, RdBufBytes: 32768, RdTags: 32, MaxFrame: 9218,
    ClockKhz: 250000
  };

  localparam toe_cfg_t CfgLarge = '{
    DataW: 512, Sessions: 65536, TwV4: 65536, TwV6: 16384, Qps: 16, Nexthops: 1024,
    RxBufBytes: 131072, TxBufBytes: 65536, RdBufBytes: 65536, RdTags: 64, MaxFrame: 9218,
    ClockKhz: 250000
  };

endpackage

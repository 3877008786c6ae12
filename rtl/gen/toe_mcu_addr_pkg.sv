// SPDX-License-Identifier: Apache-2.0
// Generated from abi/mcu.rdl by abi/exporter (`make gen`). Do not edit.
// Addresses and values of register map toe_mcu.

package toe_mcu_addr_pkg;

  localparam int unsigned AddrW = 12;
  localparam int unsigned MapBytes = 1464;

  localparam logic [AddrW-1:0] SysFwStateAddr = 12'h0;
  localparam logic [AddrW-1:0] SysHeartbeatAddr = 12'h4;
  localparam logic [AddrW-1:0] SysFwHashLoAddr = 12'h8;
  localparam logic [AddrW-1:0] SysFwHashHiAddr = 12'hc;
  localparam logic [AddrW-1:0] SysHwHashLoAddr = 12'h10;
  localparam logic [AddrW-1:0] SysHwHashHiAddr = 12'h14;
  localparam logic [AddrW-1:0] SysSessionsAddr = 12'h18;
  localparam logic [AddrW-1:0] SysNexthopsAddr = 12'h1c;
  localparam logic [AddrW-1:0] SysQueuePairsAddr = 12'h20;
  localparam logic [AddrW-1:0] SysMaxFrameAddr = 12'h24;
  localparam logic [AddrW-1:0] SysNowLoAddr = 12'h28;
  localparam logic [AddrW-1:0] SysNowHiAddr = 12'h2c;
  localparam logic [AddrW-1:0] SysWakeAtAddr = 12'h30;
  localparam logic [AddrW-1:0] SysSleepAddr = 12'h34;
  localparam logic [AddrW-1:0] SysCountAddr = 12'h38;
  localparam logic [AddrW-1:0] SysTwEntriesV4Addr = 12'h3c;
  localparam logic [AddrW-1:0] SysTwEntriesV6Addr = 12'h40;
  localparam logic [AddrW-1:0] AdminAsqBaseLoAddr = 12'h100;
  localparam logic [AddrW-1:0] AdminAsqBaseHiAddr = 12'h104;
  localparam logic [AddrW-1:0] AdminAcqBaseLoAddr = 12'h108;
  localparam logic [AddrW-1:0] AdminAcqBaseHiAddr = 12'h10c;
  localparam logic [AddrW-1:0] AdminConfigAddr = 12'h110;
  localparam logic [AddrW-1:0] AdminAsqTailAddr = 12'h114;
  localparam logic [AddrW-1:0] AdminAcqHeadAddr = 12'h118;
  localparam logic [AddrW-1:0] AdminAsqHeadAddr = 12'h11c;
  localparam logic [AddrW-1:0] AdminAcqTailAddr = 12'h120;
  localparam logic [AddrW-1:0] DmaAddrLoAddr = 12'h200;
  localparam logic [AddrW-1:0] DmaAddrHiAddr = 12'h204;
  localparam logic [AddrW-1:0] DmaLocalAddr = 12'h208;
  localparam logic [AddrW-1:0] DmaLengthAddr = 12'h20c;
  localparam logic [AddrW-1:0] DmaStartAddr = 12'h210;
  localparam logic [AddrW-1:0] DmaStatusAddr = 12'h214;
  localparam logic [AddrW-1:0] PipeHandleAddr = 12'h300;
  localparam logic [AddrW-1:0] PipeKeyAddr = 12'h304;
  localparam logic [AddrW-1:0] PipeValueAddr = 12'h308;
  localparam logic [AddrW-1:0] PipeImageAddr = 12'h30c;
  localparam logic [AddrW-1:0] PipeStartAddr = 12'h310;
  localparam logic [AddrW-1:0] PipeStatusAddr = 12'h314;
  localparam logic [AddrW-1:0] LookupSlotAddr = 12'h340;
  localparam logic [AddrW-1:0] LookupStartAddr = 12'h344;
  localparam logic [AddrW-1:0] LookupStatusAddr = 12'h348;
  localparam logic [AddrW-1:0] NexthopIndexAddr = 12'h380;
  localparam logic [AddrW-1:0] NexthopWordAddr = 12'h384;
  localparam int unsigned NexthopWordStride = 4;
  localparam int unsigned NexthopWordCount = 5;
  localparam logic [AddrW-1:0] TwKeyAddr = 12'h400;
  localparam int unsigned TwKeyStride = 4;
  localparam int unsigned TwKeyCount = 12;
  localparam logic [AddrW-1:0] TwValueAddr = 12'h430;
  localparam int unsigned TwValueStride = 4;
  localparam int unsigned TwValueCount = 6;
  localparam logic [AddrW-1:0] TwStartAddr = 12'h448;
  localparam logic [AddrW-1:0] TwStatusAddr = 12'h44c;
  localparam logic [AddrW-1:0] TwRkeyAddr = 12'h450;
  localparam int unsigned TwRkeyStride = 4;
  localparam int unsigned TwRkeyCount = 12;
  localparam logic [AddrW-1:0] TwRvalueAddr = 12'h480;
  localparam int unsigned TwRvalueStride = 4;
  localparam int unsigned TwRvalueCount = 6;
  localparam logic [AddrW-1:0] CcHeadAddr = 12'h500;
  localparam logic [AddrW-1:0] CcAckedAddr = 12'h504;
  localparam logic [AddrW-1:0] CcCwndAddr = 12'h508;
  localparam logic [AddrW-1:0] CcFlightAddr = 12'h50c;
  localparam logic [AddrW-1:0] CcSrttUs8Addr = 12'h510;
  localparam logic [AddrW-1:0] CcMarksAddr = 12'h514;
  localparam logic [AddrW-1:0] CcLostAddr = 12'h518;
  localparam logic [AddrW-1:0] CcHandleAddr = 12'h51c;
  localparam logic [AddrW-1:0] CcSsthreshAddr = 12'h520;
  localparam logic [AddrW-1:0] CcRttUsAddr = 12'h524;
  localparam logic [AddrW-1:0] CcSndMssAddr = 12'h528;
  localparam logic [AddrW-1:0] CcEventAddr = 12'h52c;
  localparam logic [AddrW-1:0] CcNowUsAddr = 12'h530;
  localparam logic [AddrW-1:0] CcGrowAddr = 12'h534;
  localparam logic [AddrW-1:0] CcCwndPriorAddr = 12'h538;
  localparam logic [AddrW-1:0] CcConfigAddr = 12'h53c;
  localparam logic [AddrW-1:0] CcPrivateAddr = 12'h540;
  localparam int unsigned CcPrivateStride = 4;
  localparam int unsigned CcPrivateCount = 6;
  localparam logic [AddrW-1:0] CcSetHandleAddr = 12'h580;
  localparam logic [AddrW-1:0] CcSetCwndAddr = 12'h584;
  localparam logic [AddrW-1:0] CcSetSsthreshAddr = 12'h588;
  localparam logic [AddrW-1:0] CcSetPacingBytesPerMsAddr = 12'h58c;
  localparam logic [AddrW-1:0] CcSetStartAddr = 12'h590;
  localparam logic [AddrW-1:0] CcSetStatusAddr = 12'h594;
  localparam logic [AddrW-1:0] CcSetKeepAddr = 12'h598;
  localparam logic [AddrW-1:0] CcSetPrivateAddr = 12'h5a0;
  localparam int unsigned CcSetPrivateStride = 4;
  localparam int unsigned CcSetPrivateCount = 6;

  localparam logic [31:0] AdminConfigReset = 32'h0;
  typedef struct packed {
    logic [7:0] reserved_1;
    logic [7:0] vector;
    logic [6:0] reserved_0;
    logic enable;
    logic [3:0] acq_log2;
    logic [3:0] asq_log2;
  } admin_config_t;

  localparam logic [31:0] DmaStartReset = 32'h0;
  typedef struct packed {
    logic [29:0] reserved_0;
    // 1: host to buffer, 2: buffer to host, 3: buffer to host, then interrupt `vector`
    logic [1:0] op;
  } dma_start_t;

  localparam logic [31:0] DmaStatusReset = 32'h0;
  typedef struct packed {
    logic [29:0] reserved_0;
    logic error;  // the last transfer failed
    logic busy;
  } dma_status_t;

  localparam logic [31:0] PipeStartReset = 32'h0;
  typedef struct packed {
    logic [28:0] reserved_0;
    logic [2:0] op;  // 1: INSTALL, 2: EVICT, 3: SNAPSHOT, 4: SET
  } pipe_start_t;

  localparam logic [31:0] PipeStatusReset = 32'h0;
  typedef struct packed {
    logic [15:0] reserved_1;
    logic [7:0] code;  // abi admin_status_e
    logic [6:0] reserved_0;
    logic busy;
  } pipe_status_t;

  localparam logic [31:0] LookupStartReset = 32'h0;
  typedef struct packed {
    logic [29:0] reserved_0;
    logic [1:0] op;  // 1: insert the tuple of the image that the pipe port used last, 2: delete slot
  } lookup_start_t;

  localparam logic [31:0] LookupStatusReset = 32'h0;
  typedef struct packed {
    logic [21:0] reserved_1;
    logic [1:0] code;  // 0 ok, 1 full, 2 exists, 3 not found
    logic [6:0] reserved_0;
    logic busy;
  } lookup_status_t;

  localparam logic [31:0] TwStartReset = 32'h0;
  typedef struct packed {
    logic [28:0] reserved_0;
    logic [2:0] op;  // 1: insert, 2: lookup, 3: delete, 4: flush, 5: walk (entry at index)
  } tw_start_t;

  localparam logic [31:0] TwStatusReset = 32'h0;
  typedef struct packed {
    logic [15:0] reserved_1;
    logic [7:0] code;  // 0 ok, 1 full, 2 exists, 3 not found, 4 end of the walk
    logic [6:0] reserved_0;
    logic busy;
  } tw_status_t;

  // reading word 5 takes the record
  localparam logic [31:0] CcHeadReset = 32'h0;
  typedef struct packed {
    logic [15:0] slot;
    logic [7:0] tag;  // names the summary; the answer gives it back
    logic [6:0] reserved_0;
    logic valid;
  } cc_head_t;

  localparam logic [31:0] CcMarksReset = 32'h0;
  typedef struct packed {
    logic [7:0] losses;
    logic [23:0] ce_bytes;
  } cc_marks_t;

  localparam logic [31:0] CcEventReset = 32'h0;
  typedef struct packed {
    logic [19:0] reserved_1;
    logic [3:0] algo;  // abi cc_algo_e
    logic [2:0] reserved_0;
    logic idle_restart;  // sending began again after idleness
    logic rto;  // the retransmission timer expired
    logic recovered;  // recovery was left
    logic loss;  // fast recovery was entered
    logic ecn;  // congestion was echoed (RFC 3168)
  } cc_event_t;

  localparam logic [31:0] CcConfigReset = 32'h0;
  typedef struct packed {
    logic [20:0] reserved_0;
    // algorithms (1 << abi cc_algo_e) that the firmware serves; sessions of the others stay with
    // the built-in NewReno
    logic [2:0] algos;
    // a summary at most once per so many acknowledgements, or per round trip if that is sooner; 0:
    // no summaries
    logic [7:0] acks;
  } cc_config_t;

  localparam logic [31:0] CcSetStartReset = 32'h0;
  typedef struct packed {
    logic [15:0] reserved_1;
    logic [7:0] tag;  // of the summary that is answered
    logic [3:0] reserved_0;
    logic set_pacing;  // pacing_bytes_per_ms is valid
    logic set_ssthresh;  // ssthresh is valid
    logic set_cwnd;  // cwnd is valid
    logic op;  // 1: give the answer to the session
  } cc_set_start_t;

  localparam logic [31:0] CcSetStatusReset = 32'h0;
  typedef struct packed {
    logic [30:0] reserved_0;
    logic busy;
  } cc_set_status_t;

  localparam logic [31:0] CcSetKeepReset = 32'h2000200;
  typedef struct packed {
    logic [5:0] reserved_1;
    logic [9:0] ecn;  // part of the window that survives an ECN echo, 1024ths, at least 512
    logic [5:0] reserved_0;
    logic [9:0] loss;  // part of the window that survives a loss, 1024ths, at least 512
  } cc_set_keep_t;

endpackage

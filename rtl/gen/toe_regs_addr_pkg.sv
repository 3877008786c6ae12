// SPDX-License-Identifier: Apache-2.0
// Generated from abi/regs.rdl by abi/exporter (`make gen`). Do not edit.
// Addresses and values of register map toe_regs.

package toe_regs_addr_pkg;

  localparam int unsigned AddrW = 15;
  localparam int unsigned MapBytes = 16816;

  localparam logic [AddrW-1:0] IdMagicAddr = 15'h0;
  localparam logic [AddrW-1:0] IdVersionAddr = 15'h4;
  localparam logic [AddrW-1:0] IdAbiHashLoAddr = 15'h8;
  localparam logic [AddrW-1:0] IdAbiHashHiAddr = 15'hc;
  localparam logic [AddrW-1:0] IdDataWidthAddr = 15'h10;
  localparam logic [AddrW-1:0] IdSessionsAddr = 15'h14;
  localparam logic [AddrW-1:0] IdTwEntriesV4Addr = 15'h18;
  localparam logic [AddrW-1:0] IdTwEntriesV6Addr = 15'h1c;
  localparam logic [AddrW-1:0] IdQueuePairsAddr = 15'h20;
  localparam logic [AddrW-1:0] IdNexthopsAddr = 15'h24;
  localparam logic [AddrW-1:0] IdMaxFrameAddr = 15'h28;
  localparam logic [AddrW-1:0] IdFeaturesAddr = 15'h2c;
  localparam logic [AddrW-1:0] IdClockKhzAddr = 15'h30;
  localparam logic [AddrW-1:0] IdOooIntervalsAddr = 15'h34;
  localparam logic [AddrW-1:0] CtlControlAddr = 15'h100;
  localparam logic [AddrW-1:0] CtlResetAddr = 15'h104;
  localparam logic [AddrW-1:0] CtlStatusAddr = 15'h108;
  localparam logic [AddrW-1:0] CtlFwHeartbeatAddr = 15'h10c;
  localparam logic [AddrW-1:0] CtlFwAbiHashLoAddr = 15'h110;
  localparam logic [AddrW-1:0] CtlFwAbiHashHiAddr = 15'h114;
  localparam logic [AddrW-1:0] CtlNowUsLoAddr = 15'h118;
  localparam logic [AddrW-1:0] CtlNowUsHiAddr = 15'h11c;
  localparam logic [AddrW-1:0] CtlMacLoAddr = 15'h120;
  localparam logic [AddrW-1:0] CtlMacHiAddr = 15'h124;
  localparam logic [AddrW-1:0] CtlFwControlAddr = 15'h128;
  localparam logic [AddrW-1:0] CtlEvqFailedAddr = 15'h12c;
  localparam logic [AddrW-1:0] RssKeyAddr = 15'h200;
  localparam int unsigned RssKeyStride = 4;
  localparam int unsigned RssKeyCount = 10;
  localparam logic [AddrW-1:0] RssHashTypesAddr = 15'h240;
  localparam logic [AddrW-1:0] RssIndirectionAddr = 15'h280;
  localparam int unsigned RssIndirectionStride = 4;
  localparam int unsigned RssIndirectionCount = 32;
  localparam logic [AddrW-1:0] TcpDelackUsAddr = 15'h300;
  localparam logic [AddrW-1:0] TcpMinRtoUsAddr = 15'h304;
  localparam logic [AddrW-1:0] TcpMaxRtoUsAddr = 15'h308;
  localparam logic [AddrW-1:0] TcpMaxBackoffAddr = 15'h30c;
  localparam logic [AddrW-1:0] TcpChallengePerSAddr = 15'h310;
  localparam logic [AddrW-1:0] TcpKeepIdleSAddr = 15'h314;
  localparam logic [AddrW-1:0] TcpKeepIntervalSAddr = 15'h318;
  localparam logic [AddrW-1:0] TcpKeepCountAddr = 15'h31c;
  localparam logic [AddrW-1:0] TcpFinWait2SAddr = 15'h320;
  localparam logic [AddrW-1:0] TcpDelackSegsAddr = 15'h324;
  localparam logic [AddrW-1:0] TwLingerUsAddr = 15'h400;
  localparam int unsigned TwLingerUsStride = 4;
  localparam int unsigned TwLingerUsCount = 3;
  localparam logic [AddrW-1:0] TwPolicyAddr = 15'h40c;
  localparam logic [AddrW-1:0] TwRepliesPerSAddr = 15'h410;
  localparam logic [AddrW-1:0] TwEntriesV4Addr = 15'h420;
  localparam int unsigned TwEntriesV4Stride = 4;
  localparam int unsigned TwEntriesV4Count = 3;
  localparam logic [AddrW-1:0] TwEntriesV6Addr = 15'h430;
  localparam int unsigned TwEntriesV6Stride = 4;
  localparam int unsigned TwEntriesV6Count = 3;
  localparam logic [AddrW-1:0] AdminAsqBaseLoAddr = 15'h500;
  localparam logic [AddrW-1:0] AdminAsqBaseHiAddr = 15'h504;
  localparam logic [AddrW-1:0] AdminAcqBaseLoAddr = 15'h508;
  localparam logic [AddrW-1:0] AdminAcqBaseHiAddr = 15'h50c;
  localparam logic [AddrW-1:0] AdminConfigAddr = 15'h510;
  localparam logic [AddrW-1:0] TraceBaseLoAddr = 15'h600;
  localparam logic [AddrW-1:0] TraceBaseHiAddr = 15'h604;
  localparam logic [AddrW-1:0] TraceConfigAddr = 15'h608;
  localparam logic [AddrW-1:0] TraceCountAddr = 15'h60c;
  localparam logic [AddrW-1:0] QpTxqBaseLoAddr = 15'h1000;
  localparam int unsigned QpTxqBaseLoStride = 64;
  localparam int unsigned QpTxqBaseLoCount = 16;
  localparam logic [AddrW-1:0] QpTxqBaseHiAddr = 15'h1004;
  localparam int unsigned QpTxqBaseHiStride = 64;
  localparam int unsigned QpTxqBaseHiCount = 16;
  localparam logic [AddrW-1:0] QpBmqBaseLoAddr = 15'h1008;
  localparam int unsigned QpBmqBaseLoStride = 64;
  localparam int unsigned QpBmqBaseLoCount = 16;
  localparam logic [AddrW-1:0] QpBmqBaseHiAddr = 15'h100c;
  localparam int unsigned QpBmqBaseHiStride = 64;
  localparam int unsigned QpBmqBaseHiCount = 16;
  localparam logic [AddrW-1:0] QpRxrBaseLoAddr = 15'h1010;
  localparam int unsigned QpRxrBaseLoStride = 64;
  localparam int unsigned QpRxrBaseLoCount = 16;
  localparam logic [AddrW-1:0] QpRxrBaseHiAddr = 15'h1014;
  localparam int unsigned QpRxrBaseHiStride = 64;
  localparam int unsigned QpRxrBaseHiCount = 16;
  localparam logic [AddrW-1:0] QpEvqBaseLoAddr = 15'h1018;
  localparam int unsigned QpEvqBaseLoStride = 64;
  localparam int unsigned QpEvqBaseLoCount = 16;
  localparam logic [AddrW-1:0] QpEvqBaseHiAddr = 15'h101c;
  localparam int unsigned QpEvqBaseHiStride = 64;
  localparam int unsigned QpEvqBaseHiCount = 16;
  localparam logic [AddrW-1:0] QpConfigAddr = 15'h1020;
  localparam int unsigned QpConfigStride = 64;
  localparam int unsigned QpConfigCount = 16;
  localparam logic [AddrW-1:0] QpIrqAddr = 15'h1024;
  localparam int unsigned QpIrqStride = 64;
  localparam int unsigned QpIrqCount = 16;
  localparam logic [AddrW-1:0] QpTxqHeadAddr = 15'h1028;
  localparam int unsigned QpTxqHeadStride = 64;
  localparam int unsigned QpTxqHeadCount = 16;
  localparam logic [AddrW-1:0] QpBmqHeadAddr = 15'h102c;
  localparam int unsigned QpBmqHeadStride = 64;
  localparam int unsigned QpBmqHeadCount = 16;
  localparam logic [AddrW-1:0] QpRxrTailAddr = 15'h1030;
  localparam int unsigned QpRxrTailStride = 64;
  localparam int unsigned QpRxrTailCount = 16;
  localparam logic [AddrW-1:0] QpEvqTailAddr = 15'h1034;
  localparam int unsigned QpEvqTailStride = 64;
  localparam int unsigned QpEvqTailCount = 16;
  localparam logic [AddrW-1:0] DbTxqTailAddr = 15'h2000;
  localparam int unsigned DbTxqTailStride = 16;
  localparam int unsigned DbTxqTailCount = 16;
  localparam logic [AddrW-1:0] DbBmqTailAddr = 15'h2004;
  localparam int unsigned DbBmqTailStride = 16;
  localparam int unsigned DbBmqTailCount = 16;
  localparam logic [AddrW-1:0] DbRxrHeadAddr = 15'h2008;
  localparam int unsigned DbRxrHeadStride = 16;
  localparam int unsigned DbRxrHeadCount = 16;
  localparam logic [AddrW-1:0] DbEvqHeadAddr = 15'h200c;
  localparam int unsigned DbEvqHeadStride = 16;
  localparam int unsigned DbEvqHeadCount = 16;
  localparam logic [AddrW-1:0] AdminDbAsqTailAddr = 15'h2100;
  localparam logic [AddrW-1:0] AdminDbAcqHeadAddr = 15'h2104;
  localparam logic [AddrW-1:0] CountersRxFramesAddr = 15'h4000;
  localparam logic [AddrW-1:0] CountersRxBytesAddr = 15'h4004;
  localparam logic [AddrW-1:0] CountersRxDropErrorAddr = 15'h4008;
  localparam logic [AddrW-1:0] CountersRxDropRuntAddr = 15'h400c;
  localparam logic [AddrW-1:0] CountersRxDropOversizeAddr = 15'h4010;
  localparam logic [AddrW-1:0] CountersRxDropOverflowAddr = 15'h4014;
  localparam logic [AddrW-1:0] CountersRxDropChecksumAddr = 15'h4018;
  localparam logic [AddrW-1:0] CountersRxDropLoopbackAddr = 15'h401c;
  localparam logic [AddrW-1:0] CountersRxToSessionAddr = 15'h4020;
  localparam logic [AddrW-1:0] CountersRxToHostAddr = 15'h4024;
  localparam logic [AddrW-1:0] CountersRxToTimeWaitAddr = 15'h4028;
  localparam logic [AddrW-1:0] CountersRxDropStaleAddr = 15'h402c;
  localparam logic [AddrW-1:0] CountersRxDropDisabledAddr = 15'h4030;
  localparam logic [AddrW-1:0] CountersRxDropRingFullAddr = 15'h4034;
  localparam logic [AddrW-1:0] CountersRxDropEventFullAddr = 15'h4038;
  localparam logic [AddrW-1:0] CountersRxHostNotIpAddr = 15'h403c;
  localparam logic [AddrW-1:0] CountersRxHostFragmentAddr = 15'h4040;
  localparam logic [AddrW-1:0] CountersRxHostIpOptionsAddr = 15'h4044;
  localparam logic [AddrW-1:0] CountersRxHostTcpOptionsAddr = 15'h4048;
  localparam logic [AddrW-1:0] CountersRxHostUrgentAddr = 15'h404c;
  localparam logic [AddrW-1:0] CountersTxFramesAddr = 15'h4050;
  localparam logic [AddrW-1:0] CountersTxBytesAddr = 15'h4054;
  localparam logic [AddrW-1:0] CountersTxSessionSegsAddr = 15'h4058;
  localparam logic [AddrW-1:0] CountersTxNicFramesAddr = 15'h405c;
  localparam logic [AddrW-1:0] CountersTxTimeWaitRepliesAddr = 15'h4060;
  localparam logic [AddrW-1:0] CountersTxLoopFramesAddr = 15'h4064;
  localparam logic [AddrW-1:0] CountersTxDropGuardAddr = 15'h4068;
  localparam logic [AddrW-1:0] CountersTxDropBadDescAddr = 15'h406c;
  localparam logic [AddrW-1:0] CountersTxDropDmaAddr = 15'h4070;
  localparam logic [AddrW-1:0] CountersTcpSegsInAddr = 15'h4074;
  localparam logic [AddrW-1:0] CountersTcpBytesInAddr = 15'h4078;
  localparam logic [AddrW-1:0] CountersTcpBytesOutAddr = 15'h407c;
  localparam logic [AddrW-1:0] CountersTcpAcksOutAddr = 15'h4080;
  localparam logic [AddrW-1:0] CountersTcpDelacksAddr = 15'h4084;
  localparam logic [AddrW-1:0] CountersTcpRetransmitSegsAddr = 15'h4088;
  localparam logic [AddrW-1:0] CountersTcpRetransmitBytesAddr = 15'h408c;
  localparam logic [AddrW-1:0] CountersTcpDupAcksInAddr = 15'h4090;
  localparam logic [AddrW-1:0] CountersTcpFastRetransmitsAddr = 15'h4094;
  localparam logic [AddrW-1:0] CountersTcpRtoAddr = 15'h4098;
  localparam logic [AddrW-1:0] CountersTcpPersistProbesAddr = 15'h409c;
  localparam logic [AddrW-1:0] CountersTcpKeepaliveProbesAddr = 15'h40a0;
  localparam logic [AddrW-1:0] CountersTcpOooInAddr = 15'h40a4;
  localparam logic [AddrW-1:0] CountersTcpOooDropAddr = 15'h40a8;
  localparam logic [AddrW-1:0] CountersTcpDuplicateInAddr = 15'h40ac;
  localparam logic [AddrW-1:0] CountersTcpOutOfWindowAddr = 15'h40b0;
  localparam logic [AddrW-1:0] CountersTcpPawsDropAddr = 15'h40b4;
  localparam logic [AddrW-1:0] CountersTcpChallengeAcksAddr = 15'h40b8;
  localparam logic [AddrW-1:0] CountersTcpChallengeLimitedAddr = 15'h40bc;
  localparam logic [AddrW-1:0] CountersTcpRstInAddr = 15'h40c0;
  localparam logic [AddrW-1:0] CountersTcpRstOutAddr = 15'h40c4;
  localparam logic [AddrW-1:0] CountersTcpDataAfterCloseAddr = 15'h40c8;
  localparam logic [AddrW-1:0] CountersTcpEcnCeInAddr = 15'h40cc;
  localparam logic [AddrW-1:0] CountersTcpEcnReductionsAddr = 15'h40d0;
  localparam logic [AddrW-1:0] CountersTcpParkedAddr = 15'h40d4;
  localparam logic [AddrW-1:0] CountersTcpTimeoutsAddr = 15'h40d8;
  localparam logic [AddrW-1:0] CountersTcpClosedAddr = 15'h40dc;
  localparam logic [AddrW-1:0] CountersEventsInAddr = 15'h40e0;
  localparam logic [AddrW-1:0] CountersPipeStallCyclesAddr = 15'h40e4;
  localparam logic [AddrW-1:0] CountersBumpsInAddr = 15'h40e8;
  localparam logic [AddrW-1:0] CountersBumpStaleAddr = 15'h40ec;
  localparam logic [AddrW-1:0] CountersBumpBadAddr = 15'h40f0;
  localparam logic [AddrW-1:0] CountersStaleCommandAddr = 15'h40f4;
  localparam logic [AddrW-1:0] CountersLookupInsertAddr = 15'h40f8;
  localparam logic [AddrW-1:0] CountersLookupInsertFailAddr = 15'h40fc;
  localparam logic [AddrW-1:0] CountersLookupDeleteAddr = 15'h4100;
  localparam logic [AddrW-1:0] CountersEvqRecordsAddr = 15'h4104;
  localparam logic [AddrW-1:0] CountersEvqStallCyclesAddr = 15'h4108;
  localparam logic [AddrW-1:0] CountersIrqsAddr = 15'h410c;
  localparam logic [AddrW-1:0] CountersDmaReadErrorsAddr = 15'h4110;
  localparam logic [AddrW-1:0] CountersDmaWriteErrorsAddr = 15'h4114;
  localparam logic [AddrW-1:0] CountersDmaReadBytesAddr = 15'h4118;
  localparam logic [AddrW-1:0] CountersDmaWriteBytesAddr = 15'h411c;
  localparam logic [AddrW-1:0] CountersTwInsertAddr = 15'h4120;
  localparam logic [AddrW-1:0] CountersTwInsertFailAddr = 15'h4124;
  localparam logic [AddrW-1:0] CountersTwEvictAddr = 15'h4128;
  localparam logic [AddrW-1:0] CountersTwExpireAddr = 15'h412c;
  localparam logic [AddrW-1:0] CountersTwDeleteAddr = 15'h4130;
  localparam logic [AddrW-1:0] CountersTwLookupAddr = 15'h4134;
  localparam logic [AddrW-1:0] CountersTwHitAddr = 15'h4138;
  localparam logic [AddrW-1:0] CountersTwMissAddr = 15'h413c;
  localparam logic [AddrW-1:0] CountersTwProbeAddr = 15'h4140;
  localparam logic [AddrW-1:0] CountersTwLosingAddr = 15'h4144;
  localparam logic [AddrW-1:0] CountersTwMaxProbeAddr = 15'h4148;
  localparam logic [AddrW-1:0] CountersTwRecycleAddr = 15'h414c;
  localparam logic [AddrW-1:0] CountersTwReplyAddr = 15'h4150;
  localparam logic [AddrW-1:0] CountersTwRstOutAddr = 15'h4154;
  localparam logic [AddrW-1:0] CountersTwLimitedAddr = 15'h4158;
  localparam logic [AddrW-1:0] CountersFwCommandsAddr = 15'h415c;
  localparam logic [AddrW-1:0] CountersFwRefusedAddr = 15'h4160;
  localparam logic [AddrW-1:0] CountersRxDropFilteredAddr = 15'h4164;
  localparam logic [AddrW-1:0] CountersTxDropStaleAddr = 15'h4168;
  localparam logic [AddrW-1:0] CountersTxDropNexthopAddr = 15'h416c;
  localparam logic [AddrW-1:0] CountersEvqLostAddr = 15'h4170;
  localparam logic [AddrW-1:0] CountersBumpLostAddr = 15'h4174;
  localparam logic [AddrW-1:0] CountersTcpNoAckAddr = 15'h4178;
  localparam logic [AddrW-1:0] CountersFaultStaleAddr = 15'h417c;
  localparam logic [AddrW-1:0] CountersRxMirroredAddr = 15'h4180;
  localparam logic [AddrW-1:0] CountersTxMirroredAddr = 15'h4184;
  localparam logic [AddrW-1:0] CountersMirrorLostAddr = 15'h4188;
  localparam logic [AddrW-1:0] CountersTraceRecordsAddr = 15'h418c;
  localparam logic [AddrW-1:0] CountersTraceLostAddr = 15'h4190;
  localparam logic [AddrW-1:0] CountersTcpPacedAddr = 15'h4194;
  localparam logic [AddrW-1:0] CountersCcSummariesAddr = 15'h4198;
  localparam logic [AddrW-1:0] CountersCcLostAddr = 15'h419c;
  localparam logic [AddrW-1:0] CountersCcAnswersAddr = 15'h41a0;
  localparam logic [AddrW-1:0] CountersTwEventLostAddr = 15'h41a4;
  localparam logic [AddrW-1:0] CountersCcStaleAddr = 15'h41a8;
  localparam logic [AddrW-1:0] CountersCcTakeoversAddr = 15'h41ac;

  localparam logic [31:0] CtlControlReset = 32'h28;
  typedef struct packed {
    logic [25:0] reserved_0;
    logic promiscuous;  // accept all destination addresses
    // deliver frames with a wrong checksum to the host instead of dropping them
    logic pass_bad_csum;
    logic tw_enable;  // match frames against the TIME_WAIT table
    logic session_enable;  // match frames against sessions
    logic tx_enable;  // give frames to the wire
    logic rx_enable;  // take frames from the wire
  } ctl_control_t;

  localparam logic [31:0] CtlResetReset = 32'h0;
  typedef struct packed {
    logic [30:0] reserved_0;
    logic soft_reset;  // write 1: reset of the engine; all sessions, queues and tables are gone
  } ctl_reset_t;

  localparam logic [31:0] CtlStatusReset = 32'h0;
  typedef struct packed {
    logic [21:0] reserved_0;
    logic idle;  // no event, frame or DMA is in flight
    logic busy;  // the engine is in reset or clears its tables
    logic [7:0] fw_state;  // firmware: 0 in reset, 1 booting, 2 ready, 3 ABI mismatch, 4 stopped
  } ctl_status_t;

  localparam logic [31:0] CtlFwControlReset = 32'h0;
  typedef struct packed {
    logic [30:0] reserved_0;
    logic hold;  // write 1: hold the firmware in reset
  } ctl_fw_control_t;

  localparam logic [31:0] RssHashTypesReset = 32'hf;
  typedef struct packed {
    logic [27:0] reserved_0;
    logic ipv6_tcp;
    logic ipv6;
    logic ipv4_tcp;
    logic ipv4;
  } rss_hash_types_t;

  localparam logic [31:0] RssIndirectionReset = 32'h0;
  typedef struct packed {
    logic [7:0] q3;
    logic [7:0] q2;
    logic [7:0] q1;
    logic [7:0] q0;
  } rss_indirection_t;

  localparam logic [31:0] TwPolicyReset = 32'h4;
  typedef struct packed {
    logic [28:0] reserved_0;
    // 0 off, 1 by sequence number, 2 by sequence number or timestamp (RFC 6191)
    logic [1:0] recycle;
    // 1: RST deletes only on an exact match (RFC 5961); 0: RST is dropped (RFC 1337)
    logic rst_exact;
  } tw_policy_t;

  localparam logic [31:0] AdminConfigReset = 32'h0;
  typedef struct packed {
    logic [7:0] reserved_1;
    logic [7:0] vector;
    logic [6:0] reserved_0;
    logic enable;
    logic [3:0] acq_log2;
    logic [3:0] asq_log2;
  } admin_config_t;

  localparam logic [31:0] TraceConfigReset = 32'h0;
  typedef struct packed {
    logic enable;  // set last
    logic [25:0] reserved_0;
    logic [4:0] log2;  // log2 of the number of records
  } trace_config_t;

  localparam logic [31:0] QpConfigReset = 32'h0;
  typedef struct packed {
    logic enable;  // set last; clearing it stops the queues
    logic reserved_1;
    logic [5:0] vector;
    logic [2:0] reserved_0;
    logic [4:0] evq_log2;  // log2 of the number of events
    logic [3:0] slot_log2;  // log2 of the bytes of a slot
    logic [3:0] rxr_log2;  // log2 of the number of receive slots
    logic [3:0] bmq_log2;  // log2 of the number of bumps
    logic [3:0] txq_log2;  // log2 of the number of descriptors
  } qp_config_t;

  localparam logic [31:0] QpIrqReset = 32'h0;
  typedef struct packed {
    logic [15:0] reserved_0;
    logic [15:0] moderation_us;  // least time between two interrupts, microseconds
  } qp_irq_t;

endpackage

// SPDX-License-Identifier: Apache-2.0
// Generated from abi/layouts.rdl and regs.rdl by abi/exporter (`make gen`). Do not edit.
// Structures in memory; bit 0 of byte 0 is bit 0 of a struct, so word 0 is the lowest.

package toe_abi_pkg;

  // First 64 bits of the SHA-256 over every register, structure and enumeration.
  localparam logic [63:0] AbiHash = 64'h99aadfef_7d655070;

  typedef enum logic [7:0] {
    AdminOpcodeNop = 8'd0,
    AdminOpcodeInstall = 8'd1,
    AdminOpcodeEvict = 8'd2,
    AdminOpcodeSnapshot = 8'd3,
    AdminOpcodeNexthopSet = 8'd4,
    AdminOpcodeSessionSet = 8'd5,
    AdminOpcodeStats = 8'd6,
    AdminOpcodeTwInsert = 8'd7,
    AdminOpcodeTwLookup = 8'd8,
    AdminOpcodeTwDelete = 8'd9,
    AdminOpcodeTwFlush = 8'd10,
    AdminOpcodeTwWalk = 8'd11
  } admin_opcode_e;

  typedef enum logic [7:0] {
    AdminStatusOk = 8'd0,
    AdminStatusBadOpcode = 8'd1,
    AdminStatusBadField = 8'd2,
    AdminStatusBadHandle = 8'd3,
    AdminStatusBusy = 8'd4,
    AdminStatusTableFull = 8'd5,
    AdminStatusExists = 8'd6,
    AdminStatusNotFound = 8'd7,
    AdminStatusDmaFault = 8'd8,
    AdminStatusState = 8'd9,
    AdminStatusLimit = 8'd10,
    AdminStatusTimeout = 8'd11,
    AdminStatusUnsupported = 8'd12
  } admin_status_e;

  typedef enum logic [3:0] {
    CcAlgoNewreno = 4'd0,
    CcAlgoCubic = 4'd1,
    CcAlgoDctcp = 4'd2
  } cc_algo_e;

  typedef enum logic [1:0] {
    CsumVerdictNotChecked = 2'd0,
    CsumVerdictGood = 2'd1,
    CsumVerdictBad = 2'd2,
    CsumVerdictNotPresent = 2'd3
  } csum_verdict_e;

  typedef enum logic [7:0] {
    EventTypeInvalid = 8'd0,
    EventTypeNicRx = 8'd1,
    EventTypeNicTxDone = 8'd2,
    EventTypeSession = 8'd3,
    EventTypeTimeWait = 8'd4,
    EventTypeFault = 8'd5,
    EventTypeSessionEnd = 8'd6,
    EventTypeTimeWaitRest = 8'd7
  } event_type_e;

  typedef enum logic [7:0] {
    FaultDmaRead = 8'd0,
    FaultDmaWrite = 8'd1,
    FaultBadDescriptor = 8'd2,
    FaultBadBump = 8'd3,
    FaultFirmware = 8'd4,
    FaultQueueConfig = 8'd5
  } fault_e;

  typedef enum logic [30:0] {
    MagicSessionImage = 31'd1397051220,
    MagicDevice = 31'd1330925381
  } magic_e;

  typedef enum logic [1:0] {
    MslClassNone = 2'd0,
    MslClassRemote = 2'd1,
    MslClassLocal = 2'd2,
    MslClassLoopback = 2'd3
  } msl_class_e;

  typedef enum logic [7:0] {
    RxReasonNoSession = 8'd0,
    RxReasonNotIp = 8'd1,
    RxReasonNotTcp = 8'd2,
    RxReasonFragment = 8'd3,
    RxReasonIpOptions = 8'd4,
    RxReasonTcpOptions = 8'd5,
    RxReasonUrgent = 8'd6,
    RxReasonSyn = 8'd7,
    RxReasonTimeWaitRecycled = 8'd8,
    RxReasonSessionGone = 8'd9,
    RxReasonMirrorRx = 8'd10,
    RxReasonMirrorTx = 8'd11,
    RxReasonBadChecksum = 8'd12,
    RxReasonMalformed = 8'd13,
    RxReasonOffloadOff = 8'd14
  } rx_reason_e;

  typedef enum logic [7:0] {
    SessionKeyMss = 8'd0,
    SessionKeyCwnd = 8'd1,
    SessionKeyPacingRate = 8'd2,
    SessionKeyNodelay = 8'd3,
    SessionKeyKeepalive = 8'd4,
    SessionKeyDf = 8'd5,
    SessionKeyCcAlgo = 8'd6,
    SessionKeyNexthop = 8'd7,
    SessionKeyMirror = 8'd8,
    SessionKeyTrace = 8'd9
  } session_key_e;

  typedef enum logic [7:0] {
    SessionReasonNone = 8'd0,
    SessionReasonTimeWait = 8'd1,
    SessionReasonClosed = 8'd2,
    SessionReasonResetByPeer = 8'd3,
    SessionReasonResetByHost = 8'd4,
    SessionReasonRtoTimeout = 8'd5,
    SessionReasonKeepaliveTimeout = 8'd6,
    SessionReasonFinWait2Timeout = 8'd7,
    SessionReasonPersistTimeout = 8'd8,
    SessionReasonDataAfterClose = 8'd9,
    SessionReasonDmaFault = 8'd10,
    SessionReasonEvicted = 8'd11
  } session_reason_e;

  typedef enum logic [3:0] {
    TcpStateClosed = 4'd0,
    TcpStateListen = 4'd1,
    TcpStateSynSent = 4'd2,
    TcpStateSynRcvd = 4'd3,
    TcpStateEstablished = 4'd4,
    TcpStateFinWait1 = 4'd5,
    TcpStateFinWait2 = 4'd6,
    TcpStateCloseWait = 4'd7,
    TcpStateClosing = 4'd8,
    TcpStateLastAck = 4'd9,
    TcpStateTimeWait = 4'd10
  } tcp_state_e;

  typedef enum logic [7:0] {
    TraceKindRx = 8'd0,
    TraceKindTx = 8'd1,
    TraceKindBump = 8'd2,
    TraceKindRto = 8'd3,
    TraceKindTimer = 8'd4,
    TraceKindCommand = 8'd5,
    TraceKindFault = 8'd6,
    TraceKindParked = 8'd7,
    TraceKindInstalled = 8'd8,
    TraceKindEnded = 8'd9,
    TraceKindAckDue = 8'd10
  } trace_kind_e;

  typedef enum logic [3:0] {
    TwEventEvicted = 4'd0,
    TwEventExpired = 4'd1,
    TwEventRecycled = 4'd2,
    TwEventReset = 4'd3,
    TwEventInsertFailed = 4'd4
  } tw_event_e;

  // NIC transmit descriptor, 64 bytes, host to engine. (64 bytes)
  localparam int unsigned TxDescBytes = 64;
  localparam int unsigned TxDescWords = 16;
  typedef struct packed {
    logic [319:0] reserved_3;  // byte 24
    logic [15:0] vlan_tci;  // byte 22
    logic [15:0] mss;  // byte 20
    logic [7:0] reserved_2;  // byte 19
    logic [7:0] l4_off;  // byte 18: offset of the transport header
    logic [7:0] l3_off;  // byte 17: offset of the network header
    logic [7:0] hdr_len;  // byte 16: bytes of all headers (or of the part kept as header), 14 to 128
    logic [23:0] reserved_1;  // byte 13
    logic report;  // byte 12 bit 7: report the queue's head in an event once this descriptor is done
    logic udp;  // byte 12 bit 6: the transport is UDP, else TCP
    logic ipv6;  // byte 12 bit 5: the network header is IPv6, else IPv4
    logic loop;  // byte 12 bit 4: feed to the engine's own receive path instead of the wire
    logic vlan_insert;  // byte 12 bit 3: insert an 802.1Q tag
    logic tso;  // byte 12 bit 2: cut into segments of mss payload bytes
    logic ip_csum;  // byte 12 bit 1: insert the IPv4 header checksum
    logic l4_csum;  // byte 12: insert the TCP or UDP checksum
    logic [11:0] reserved_0;  // byte 10 bit 4
    // byte 8: frame bytes in memory, headers included; at most 65,535 + hdr_len with TSO, else the
    // MTU + 18
    logic [19:0] len;
    logic [63:0] addr;  // byte 0
  } tx_desc_t;

  // Bump, 16 bytes, host to engine: how far the application moved. Cumulative. (16 bytes)
  localparam int unsigned BumpBytes = 16;
  localparam int unsigned BumpWords = 4;
  typedef struct packed {
    logic [24:0] reserved_0;  // byte 12 bit 7
    logic report;  // byte 12 bit 6: report the queues' heads in an event once this record is taken
    // byte 12 bit 5: the application reads no more: data beyond rcv_read, there or to come, ends
    // the session with RST; FIN_WAIT_2 is limited from now on
    logic orphan;
    logic kick;  // byte 12 bit 4: try to send again (next hop or memory repaired)
    logic rst;  // byte 12 bit 3: abort: send RST and free
    logic fin;  // byte 12 bit 2: send FIN after snd_end
    logic rcv_valid;  // byte 12 bit 1: rcv_read is valid
    logic snd_valid;  // byte 12: snd_end is valid
    logic [31:0] rcv_read;  // byte 8: sequence number up to which the application has consumed
    logic [31:0] snd_end;  // byte 4: sequence number after the last byte in the send ring
    logic [31:0] handle;  // byte 0
  } bump_t;

  // Event, 32 bytes, engine to host; the phase bit flips each time the ring wraps, first pass 1.
  // (32 bytes)
  localparam int unsigned EventNicRxBytes = 32;
  localparam int unsigned EventNicRxWords = 8;
  typedef struct packed {
    logic phase;  // byte 31 bit 7
    logic [30:0] reserved_2;  // byte 28
    logic [31:0] handle;  // byte 24: session of a mirrored frame
    logic [31:0] time_us;  // byte 20
    logic [15:0] reserved_1;  // byte 18
    logic [7:0] l4_off;  // byte 17
    logic [7:0] l3_off;  // byte 16
    logic [31:0] rss_hash;  // byte 12
    logic [15:0] vlan_tci;  // byte 10
    logic [15:0] len;  // byte 8
    logic [31:0] slot;  // byte 4: free-running count; the frame lies in slot (count mod slots)
    logic [8:0] reserved_0;  // byte 2 bit 7
    logic injected;  // byte 2 bit 6: came through the loop (injected by the host)
    logic truncated;  // byte 2 bit 5: the frame was cut to the slot size
    // byte 2 bit 4: a tag was on the wire; it is removed from the frame and given in vlan_tci
    logic vlan_present;
    csum_verdict_e l4_csum;  // byte 2 bit 2
    csum_verdict_e ip_csum;  // byte 2
    rx_reason_e reason;  // byte 1
    event_type_e kind;  // byte 0
  } event_nic_rx_t;

  // Heads of the transmit and the bump queue, when a descriptor or a bump asked for it. (32 bytes)
  localparam int unsigned EventTxDoneBytes = 32;
  localparam int unsigned EventTxDoneWords = 8;
  typedef struct packed {
    logic phase;  // byte 31 bit 7
    logic [158:0] reserved_1;  // byte 12
    logic [31:0] bmq_head;  // byte 8: free-running: bump records below it may be reused
    logic [31:0] txq_head;  // byte 4: free-running: descriptors below it may be reused
    logic [23:0] reserved_0;  // byte 1
    event_type_e kind;  // byte 0
  } event_tx_done_t;

  // How far a session is; each record says all, so the last of a run counts. (32 bytes)
  localparam int unsigned EventSessionBytes = 32;
  localparam int unsigned EventSessionWords = 8;
  typedef struct packed {
    logic phase;  // byte 31 bit 7
    logic [30:0] reserved_3;  // byte 28
    logic [31:0] retransmits;  // byte 24
    logic [31:0] srtt_us;  // byte 20
    logic [31:0] snd_wnd;  // byte 16
    logic [31:0] rcv_nxt;  // byte 12
    logic [31:0] snd_una;  // byte 8
    logic [31:0] handle;  // byte 4
    logic [7:0] reserved_2;  // byte 3
    logic parked;  // byte 2 bit 7: waits for a valid next hop or for repair
    logic reserved_1;  // byte 2 bit 6
    logic fin_acked;  // byte 2 bit 5: our FIN is acknowledged: snd_una counts it
    logic peer_fin;  // byte 2 bit 4: the peer's FIN is in order: rcv_nxt counts it
    tcp_state_e state;  // byte 2
    logic [7:0] reserved_0;  // byte 1
    event_type_e kind;  // byte 0
  } event_session_t;

  // The session has left the engine's slot. What it had learnt of its path, in the units of the
  // image. Reason DMA_FAULT: received bytes could not be written, so none are announced (rcv_nxt,
  // peer_fin, what it had learnt: all zero). (32 bytes)
  localparam int unsigned EventSessionEndBytes = 32;
  localparam int unsigned EventSessionEndWords = 8;
  typedef struct packed {
    logic phase;  // byte 31 bit 7
    logic [30:0] rttvar_us4;  // byte 28: µs << 2; below 2^29, so no bit is missing
    logic [31:0] ssthresh;  // byte 24: bytes; all ones: no congestion met
    logic [31:0] cwnd;  // byte 20: bytes
    logic [31:0] srtt_us8;  // byte 16: µs << 3; 0 = never measured
    logic [31:0] rcv_nxt;  // byte 12
    logic [31:0] snd_una;  // byte 8
    logic [31:0] handle;  // byte 4
    logic [9:0] reserved_0;  // byte 2 bit 6
    logic fin_acked;  // byte 2 bit 5: our FIN is acknowledged: snd_una counts it
    logic peer_fin;  // byte 2 bit 4: the peer's FIN is in order: rcv_nxt counts it
    tcp_state_e state;  // byte 2
    session_reason_e reason;  // byte 1
    event_type_e kind;  // byte 0
  } event_session_end_t;

  // An entry of the TIME_WAIT table that is gone, or found no place: all that it was, so that the
  // host can name it and, where it found no place, answer for it. Two records, the second the next
  // of its kind in the same ring; other events may lie between. (32 bytes)
  localparam int unsigned EventTimeWaitBytes = 32;
  localparam int unsigned EventTimeWaitWords = 8;
  typedef struct packed {
    logic phase;  // byte 31 bit 7
    logic [14:0] reserved_0;  // byte 30
    logic [15:0] lport;  // byte 28
    logic [31:0] snd_nxt;  // byte 24
    logic [31:0] rcv_nxt;  // byte 20
    logic [3:0][31:0] laddr;  // byte 4: network byte order in memory; IPv4 in the first word
    logic [15:0] last_win;  // byte 2: the last window sent, as in the header: not scaled
    logic ts_ok;  // byte 1 bit 7
    msl_class_e msl_class;  // byte 1 bit 5
    logic ipv6;  // byte 1 bit 4
    tw_event_e what;  // byte 1
    event_type_e kind;  // byte 0
  } event_time_wait_t;

  // The other half of event_time_wait: the peer's side. (32 bytes)
  localparam int unsigned EventTimeWaitRestBytes = 32;
  localparam int unsigned EventTimeWaitRestWords = 8;
  typedef struct packed {
    logic phase;  // byte 31 bit 7
    logic [14:0] reserved_1;  // byte 30
    logic [15:0] rport;  // byte 28
    logic [31:0] ts_offset;  // byte 24: our TSval = (now_us >> 10) + ts_offset
    logic [31:0] ts_recent;  // byte 20
    logic [3:0][31:0] raddr;  // byte 4
    // byte 2: place in the table of its family; of an entry that found none: zero
    logic [15:0] index;
    logic [3:0] reserved_0;  // byte 1 bit 4
    logic [3:0] rcv_wscale;  // byte 1: shift of last_win, 0..14
    event_type_e kind;  // byte 0
  } event_time_wait_rest_t;

  // DMA_WRITE with a handle: received bytes of the session could not be written. What was announced
  // before is in memory, no more is announced, and the session ends; the host ends it if the engine
  // does not. Without: a frame, in the place of its NIC_RX; info is the count of its slot. (32
  // bytes)
  localparam int unsigned EventFaultBytes = 32;
  localparam int unsigned EventFaultWords = 8;
  typedef struct packed {
    logic phase;  // byte 31 bit 7
    logic [94:0] reserved_1;  // byte 20
    logic [31:0] info;  // byte 16
    logic [63:0] addr;  // byte 8
    logic [31:0] handle;  // byte 4
    logic [15:0] reserved_0;  // byte 2
    fault_e what;  // byte 1
    event_type_e kind;  // byte 0
  } event_fault_t;

  // Admin command, 64 bytes, host to firmware. (64 bytes)
  localparam int unsigned AdminCmdBytes = 64;
  localparam int unsigned AdminCmdWords = 16;
  typedef struct packed {
    logic [7:0][31:0] data;  // byte 32: inline: a nexthop entry, a TIME_WAIT key
    logic [31:0] reserved_2;  // byte 28
    logic [31:0] value;  // byte 24
    logic [63:0] iova;  // byte 16
    logic [7:0] reserved_1;  // byte 15
    session_key_e key;  // byte 14
    logic [15:0] index;  // byte 12
    logic [31:0] handle;  // byte 8
    logic [31:0] cookie;  // byte 4
    logic [23:0] reserved_0;  // byte 1
    admin_opcode_e opcode;  // byte 0
  } admin_cmd_t;

  // admin_cpl (32 bytes)
  localparam int unsigned AdminCplBytes = 32;
  localparam int unsigned AdminCplWords = 8;
  typedef struct packed {
    logic phase;  // byte 31 bit 7
    logic [30:0] reserved_0;  // byte 28
    logic [3:0][31:0] result;  // byte 12
    logic [31:0] handle;  // byte 8
    logic [31:0] cookie;  // byte 4
    logic [15:0] detail;  // byte 2: for BAD_FIELD: byte offset of the field in the image
    admin_status_e status;  // byte 1
    admin_opcode_e opcode;  // byte 0
  } admin_cpl_t;

  // Next-hop slot, 32 bytes. (32 bytes)
  localparam int unsigned NexthopBytes = 32;
  localparam int unsigned NexthopWords = 8;
  typedef struct packed {
    logic [103:0] reserved_1;  // byte 19
    logic [7:0] port;  // byte 18
    logic [7:0] generation;  // byte 17
    logic [5:0] reserved_0;  // byte 16 bit 2
    logic vlan_present;  // byte 16 bit 1
    logic valid;  // byte 16
    logic [15:0] vlan_tci;  // byte 14
    logic [47:0] src_mac;  // byte 8
    logic [15:0] mtu;  // byte 6
    logic [47:0] dst_mac;  // byte 0: first four bytes of the address, first byte lowest
  } nexthop_t;

  // Record of the trace ring, 64 bytes, engine to host: one event of a session whose key TRACE is
  // set, with the state after it. The ring is written round and round, whatever the host reads. A
  // record is whole when count and count_again agree. (64 bytes)
  localparam int unsigned TraceRecordBytes = 64;
  localparam int unsigned TraceRecordWords = 16;
  typedef struct packed {
    logic [31:0] count_again;  // byte 60
    logic [31:0] srtt_us;  // byte 56
    logic [31:0] ssthresh;  // byte 52
    logic [31:0] cwnd;  // byte 48
    logic [31:0] rcv_nxt;  // byte 44
    logic [31:0] snd_wnd;  // byte 40
    logic [31:0] snd_max;  // byte 36
    logic [31:0] snd_nxt;  // byte 32
    logic [31:0] count;  // byte 28: free-running number of the record; gaps are records lost
    logic [31:0] snd_una;  // byte 24
    logic [15:0] wnd;  // byte 22: as in the segment's header, not scaled
    logic [15:0] len;  // byte 20
    logic [31:0] ack;  // byte 16: of the segment; else rcv_nxt
    logic [31:0] seq;  // byte 12: of the segment received or sent; else snd_nxt
    logic [31:0] handle;  // byte 8
    logic [5:0] reserved_0;  // byte 7 bit 2
    logic ack_due;  // byte 7 bit 1
    logic persist;  // byte 7
    logic [7:0] tcp_flags;  // byte 6: flags of the segment as in its header, FIN lowest
    logic cong_recovery;  // byte 5 bit 7
    logic fast_recovery;  // byte 5 bit 6
    logic parked;  // byte 5 bit 5
    logic retransmit;  // byte 5 bit 4
    tcp_state_e state;  // byte 5
    trace_kind_e kind;  // byte 4
    logic [31:0] time_us;  // byte 0
  } trace_record_t;

  // Session image, 512 bytes: the whole state of a session, for hand-over both ways and for
  // snapshots. (512 bytes)
  localparam int unsigned SessionImageBytes = 512;
  localparam int unsigned SessionImageWords = 128;
  typedef struct packed {
    logic [991:0] reserved_4;  // byte 388
    // byte 384: µs ago that data was sent (RFC 5681 §4.1); 2^31 and above: long
    logic [31:0] last_sent_age;
    logic [31:0] challenge_acks;  // byte 380
    logic [31:0] probes_out;  // byte 376
    logic [31:0] ecn_reductions;  // byte 372
    logic [31:0] fast_retransmits;  // byte 368
    logic [31:0] rto_count;  // byte 364
    logic [31:0] dup_in;  // byte 360
    logic [31:0] ooo_in;  // byte 356
    logic [31:0] dup_acks_in;  // byte 352
    logic [31:0] retransmit_bytes;  // byte 348
    logic [31:0] retransmit_segs;  // byte 344
    logic [63:0] bytes_in;  // byte 336
    logic [63:0] bytes_out;  // byte 328
    logic [31:0] segs_in;  // byte 324
    logic [31:0] segs_out;  // byte 320
    logic [5:0][31:0] cc_private;  // byte 296
    logic [31:0] pacing_bytes_per_ms;  // byte 292
    logic [31:0] t_keep;  // byte 288
    logic [31:0] t_delack;  // byte 284
    logic [31:0] t_rtx;  // byte 280
    logic [1:0][31:0] dsack;  // byte 272
    // byte 240: {start,end} ×4 sender scoreboard, ascending; start = end: free
    logic [7:0][31:0] sacked;
    logic [7:0][31:0] ooo;  // byte 208: {start,end} ×4, most recent first; start = end: free
    logic [31:0] ts_offset;  // byte 204: our TSval = (now_us >> 10) + ts_offset, ticks of 1.024 ms
    logic [31:0] ts_recent_age;  // byte 200: µs since ts_recent was taken, saturating
    logic [31:0] ts_recent;  // byte 196
    logic [31:0] last_ack_sent;  // byte 192
    logic [31:0] rcv_read;  // byte 188
    logic [31:0] rcv_adv;  // byte 184: right edge advertised
    logic [31:0] rcv_nxt;  // byte 180
    logic [31:0] irs;  // byte 176
    logic [31:0] rtt_time;  // byte 172: µs ago that rtt_seq was sent
    logic [31:0] rtt_seq;  // byte 168
    logic [31:0] rto_us;  // byte 164
    logic [31:0] rttvar_us4;  // byte 160: µs << 2
    logic [31:0] srtt_us8;  // byte 156: µs << 3; 0 = no sample yet
    logic [31:0] rescue_rxt;  // byte 152
    logic [31:0] high_rxt;  // byte 148: RFC 6675 HighRxt
    logic [31:0] bytes_acked;  // byte 144: RFC 3465 accumulator
    logic [31:0] recover;  // byte 140
    logic [31:0] ssthresh;  // byte 136
    logic [31:0] cwnd;  // byte 132: bytes
    logic [31:0] max_snd_wnd;  // byte 128
    logic [31:0] snd_wl2;  // byte 124
    logic [31:0] snd_wl1;  // byte 120
    logic [31:0] snd_wnd;  // byte 116: scaled, bytes
    logic [31:0] snd_end;  // byte 112
    logic [31:0] snd_max;  // byte 108
    logic [31:0] snd_nxt;  // byte 104
    logic [31:0] snd_una;  // byte 100
    logic [31:0] iss;  // byte 96
    logic [31:0] flow_label;  // byte 92
    logic [26:0] reserved_3;  // byte 88 bit 5
    logic [4:0] rx_ring_log2;  // byte 88
    logic [31:0] rx_seq0;  // byte 84
    logic [31:0] tx_seq0;  // byte 80: sequence number of ring position 0
    logic [63:0] rx_ring;  // byte 72
    logic [63:0] tx_ring;  // byte 64
    logic [2:0] reserved_2;  // byte 63 bit 5
    logic [4:0] tx_ring_log2;  // byte 63
    logic [7:0] port;  // byte 62: ingress port, part of the key of link-local sessions
    logic [7:0] tos;  // byte 61
    logic [7:0] ttl;  // byte 60
    logic [15:0] peer_mss;  // byte 58: MSS that the peer announced
    logic [15:0] snd_mss;  // byte 56: largest payload of a segment, options already taken off
    logic [15:0] qp;  // byte 54
    logic [15:0] nexthop;  // byte 52
    logic [15:0] rport;  // byte 50
    logic [15:0] lport;  // byte 48
    logic [3:0][31:0] raddr;  // byte 32
    logic [3:0][31:0] laddr;  // byte 16: network byte order in memory; IPv4 in the first word
    logic [31:0] handle;  // byte 12
    logic [2:0] reserved_1;  // byte 11 bit 5
    // byte 11 bit 4: the firmware's algorithm has the window; else the built-in NewReno
    // (information only)
    logic cc_firmware;
    logic orphan;  // byte 11 bit 3: the application reads no more: see the flag of bumps
    logic [3:0] quickack;  // byte 10 bit 7: ACKs still to be sent at once
    logic dsack_due;  // byte 10 bit 6
    logic trace;  // byte 10 bit 5
    logic mirror;  // byte 10 bit 4
    logic [3:0] delack_count;  // byte 10: segments received since the last ACK sent
    logic ack_due;  // byte 9 bit 7
    logic persist;  // byte 9 bit 6: t_rtx is the persist timer
    logic rtt_timing;  // byte 9 bit 5: rtt_seq/rtt_time hold a running measurement
    logic ece_due;  // byte 9 bit 4: ECE goes on every ACK until CWR arrives
    logic cwr_due;  // byte 9 bit 3: CWR is due on the next new data segment
    logic cong_recovery;  // byte 9 bit 2
    logic fast_recovery;  // byte 9 bit 1
    logic peer_fin;  // byte 9
    logic fin_queued;  // byte 8 bit 7: the application has closed: FIN belongs at snd_end
    logic keepalive;  // byte 8 bit 6
    logic df;  // byte 8 bit 5
    logic nodelay;  // byte 8 bit 4
    logic ecn_ok;  // byte 8 bit 3
    logic sack_ok;  // byte 8 bit 2
    logic ts_ok;  // byte 8 bit 1
    logic ipv6;  // byte 8
    logic [3:0] keep_probes;  // byte 7 bit 4
    logic [3:0] rto_backoff;  // byte 7: doublings since the last valid RTT sample, 0..12
    logic [3:0] dupacks;  // byte 6 bit 4
    logic [3:0] rcv_wscale;  // byte 6: shift of windows that we send, 0..14
    logic [3:0] snd_wscale;  // byte 5 bit 4: shift of windows that the peer sends, 0..14
    cc_algo_e cc_algo;  // byte 5
    logic [1:0] reserved_0;  // byte 4 bit 6
    msl_class_e tw_class;  // byte 4 bit 4
    tcp_state_e state;  // byte 4
    logic [31:0] magic;  // byte 0: 0x53454F54 "TOES"
  } session_image_t;

endpackage

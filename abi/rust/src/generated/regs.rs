// SPDX-License-Identifier: Apache-2.0
// Generated from abi/regs.rdl by abi/exporter (`make gen`). Do not edit.
//! Register map `toe_regs`.

use crate::support::*;

/// Bytes that the map covers.
pub const SIZE: u32 = 0x41b0;

/// 0x4F544F45 "OTOE".
pub const ID_MAGIC: Reg<u32> = Reg::new(0x0);
/// Major \<\< 16 | minor.
pub const ID_VERSION: Reg<u32> = Reg::new(0x4);
/// `id_abi_hash_lo`.
pub const ID_ABI_HASH_LO: Reg<u32> = Reg::new(0x8);
/// `id_abi_hash_hi`.
pub const ID_ABI_HASH_HI: Reg<u32> = Reg::new(0xc);
/// Bits of the datapath.
pub const ID_DATA_WIDTH: Reg<u32> = Reg::new(0x10);
/// Session slots.
pub const ID_SESSIONS: Reg<u32> = Reg::new(0x14);
/// `id_tw_entries_v4`.
pub const ID_TW_ENTRIES_V4: Reg<u32> = Reg::new(0x18);
/// `id_tw_entries_v6`.
pub const ID_TW_ENTRIES_V6: Reg<u32> = Reg::new(0x1c);
/// `id_queue_pairs`.
pub const ID_QUEUE_PAIRS: Reg<u32> = Reg::new(0x20);
/// `id_nexthops`.
pub const ID_NEXTHOPS: Reg<u32> = Reg::new(0x24);
/// Bytes, without FCS.
pub const ID_MAX_FRAME: Reg<u32> = Reg::new(0x28);
/// Bit 0 IPv4, 1 IPv6, 2 SACK, 3 timestamps, 4 ECN, 5 TSO, 6 TIME_WAIT, 7 firmware.
pub const ID_FEATURES: Reg<u32> = Reg::new(0x2c);
/// `id_clock_khz`.
pub const ID_CLOCK_KHZ: Reg<u32> = Reg::new(0x30);
/// `id_ooo_intervals`.
pub const ID_OOO_INTERVALS: Reg<u32> = Reg::new(0x34);
/// `ctl_control`.
pub const CTL_CONTROL: Reg<CtlControl> = Reg::new(0x100);
/// `ctl_reset`.
pub const CTL_RESET: Reg<CtlReset> = Reg::new(0x104);
/// `ctl_status`.
pub const CTL_STATUS: Reg<CtlStatus> = Reg::new(0x108);
/// Counts; still while the firmware hangs.
pub const CTL_FW_HEARTBEAT: Reg<u32> = Reg::new(0x10c);
/// `ctl_fw_abi_hash_lo`.
pub const CTL_FW_ABI_HASH_LO: Reg<u32> = Reg::new(0x110);
/// `ctl_fw_abi_hash_hi`.
pub const CTL_FW_ABI_HASH_HI: Reg<u32> = Reg::new(0x114);
/// `ctl_now_us_lo`.
pub const CTL_NOW_US_LO: Reg<u32> = Reg::new(0x118);
/// `ctl_now_us_hi`.
pub const CTL_NOW_US_HI: Reg<u32> = Reg::new(0x11c);
/// Station address, first byte lowest.
pub const CTL_MAC_LO: Reg<u32> = Reg::new(0x120);
/// `ctl_mac_hi`.
pub const CTL_MAC_HI: Reg<u32> = Reg::new(0x124);
/// `ctl_fw_control`.
pub const CTL_FW_CONTROL: Reg<CtlFwControl> = Reg::new(0x128);
/// A bit a queue pair: a record of its event ring could not be written; stays until it is disabled.
pub const CTL_EVQ_FAILED: Reg<u32> = Reg::new(0x12c);
/// Toeplitz key: byte i of the key is byte (i mod 4) of word i/4.
pub const RSS_KEY: RegArray<u32> = RegArray::new(0x200, 0x4, 10);
/// `rss_hash_types`.
pub const RSS_HASH_TYPES: Reg<RssHashTypes> = Reg::new(0x240);
/// `rss_indirection`.
pub const RSS_INDIRECTION: RegArray<RssIndirection> = RegArray::new(0x280, 0x4, 32);
/// `tcp_delack_us`.
pub const TCP_DELACK_US: Reg<u32> = Reg::new(0x300);
/// `tcp_min_rto_us`.
pub const TCP_MIN_RTO_US: Reg<u32> = Reg::new(0x304);
/// `tcp_max_rto_us`.
pub const TCP_MAX_RTO_US: Reg<u32> = Reg::new(0x308);
/// Timeouts in a row before the session ends.
pub const TCP_MAX_BACKOFF: Reg<u32> = Reg::new(0x30c);
/// `tcp_challenge_per_s`.
pub const TCP_CHALLENGE_PER_S: Reg<u32> = Reg::new(0x310);
/// `tcp_keep_idle_s`.
pub const TCP_KEEP_IDLE_S: Reg<u32> = Reg::new(0x314);
/// `tcp_keep_interval_s`.
pub const TCP_KEEP_INTERVAL_S: Reg<u32> = Reg::new(0x318);
/// `tcp_keep_count`.
pub const TCP_KEEP_COUNT: Reg<u32> = Reg::new(0x31c);
/// `tcp_fin_wait_2_s`.
pub const TCP_FIN_WAIT_2_S: Reg<u32> = Reg::new(0x320);
/// `tcp_delack_segs`.
pub const TCP_DELACK_SEGS: Reg<u32> = Reg::new(0x324);
/// Class REMOTE, LOCAL, LOOPBACK.
pub const TW_LINGER_US: RegArray<u32> = RegArray::new(0x400, 0x4, 3);
/// `tw_policy`.
pub const TW_POLICY: Reg<TwPolicy> = Reg::new(0x40c);
/// `tw_replies_per_s`.
pub const TW_REPLIES_PER_S: Reg<u32> = Reg::new(0x410);
/// `tw_entries_v4`.
pub const TW_ENTRIES_V4: RegArray<u32> = RegArray::new(0x420, 0x4, 3);
/// `tw_entries_v6`.
pub const TW_ENTRIES_V6: RegArray<u32> = RegArray::new(0x430, 0x4, 3);
/// `admin_asq_base_lo`.
pub const ADMIN_ASQ_BASE_LO: Reg<u32> = Reg::new(0x500);
/// `admin_asq_base_hi`.
pub const ADMIN_ASQ_BASE_HI: Reg<u32> = Reg::new(0x504);
/// `admin_acq_base_lo`.
pub const ADMIN_ACQ_BASE_LO: Reg<u32> = Reg::new(0x508);
/// `admin_acq_base_hi`.
pub const ADMIN_ACQ_BASE_HI: Reg<u32> = Reg::new(0x50c);
/// `admin_config`.
pub const ADMIN_CONFIG: Reg<AdminConfig> = Reg::new(0x510);
/// `trace_base_lo`.
pub const TRACE_BASE_LO: Reg<u32> = Reg::new(0x600);
/// `trace_base_hi`.
pub const TRACE_BASE_HI: Reg<u32> = Reg::new(0x604);
/// `trace_config`.
pub const TRACE_CONFIG: Reg<TraceConfig> = Reg::new(0x608);
/// Records so far, lost ones included.
pub const TRACE_COUNT: Reg<u32> = Reg::new(0x60c);
/// `qp_txq_base_lo`.
pub const QP_TXQ_BASE_LO: RegArray<u32> = RegArray::new(0x1000, 0x40, 16);
/// `qp_txq_base_hi`.
pub const QP_TXQ_BASE_HI: RegArray<u32> = RegArray::new(0x1004, 0x40, 16);
/// `qp_bmq_base_lo`.
pub const QP_BMQ_BASE_LO: RegArray<u32> = RegArray::new(0x1008, 0x40, 16);
/// `qp_bmq_base_hi`.
pub const QP_BMQ_BASE_HI: RegArray<u32> = RegArray::new(0x100c, 0x40, 16);
/// `qp_rxr_base_lo`.
pub const QP_RXR_BASE_LO: RegArray<u32> = RegArray::new(0x1010, 0x40, 16);
/// `qp_rxr_base_hi`.
pub const QP_RXR_BASE_HI: RegArray<u32> = RegArray::new(0x1014, 0x40, 16);
/// `qp_evq_base_lo`.
pub const QP_EVQ_BASE_LO: RegArray<u32> = RegArray::new(0x1018, 0x40, 16);
/// `qp_evq_base_hi`.
pub const QP_EVQ_BASE_HI: RegArray<u32> = RegArray::new(0x101c, 0x40, 16);
/// `qp_config`.
pub const QP_CONFIG: RegArray<QpConfig> = RegArray::new(0x1020, 0x40, 16);
/// `qp_irq`.
pub const QP_IRQ: RegArray<QpIrq> = RegArray::new(0x1024, 0x40, 16);
/// Diagnostics only.
pub const QP_TXQ_HEAD: RegArray<u32> = RegArray::new(0x1028, 0x40, 16);
/// `qp_bmq_head`.
pub const QP_BMQ_HEAD: RegArray<u32> = RegArray::new(0x102c, 0x40, 16);
/// `qp_rxr_tail`.
pub const QP_RXR_TAIL: RegArray<u32> = RegArray::new(0x1030, 0x40, 16);
/// `qp_evq_tail`.
pub const QP_EVQ_TAIL: RegArray<u32> = RegArray::new(0x1034, 0x40, 16);
/// `db_txq_tail`.
pub const DB_TXQ_TAIL: RegArray<u32> = RegArray::new(0x2000, 0x10, 16);
/// `db_bmq_tail`.
pub const DB_BMQ_TAIL: RegArray<u32> = RegArray::new(0x2004, 0x10, 16);
/// `db_rxr_head`.
pub const DB_RXR_HEAD: RegArray<u32> = RegArray::new(0x2008, 0x10, 16);
/// Events consumed; a write also re-arms the interrupt.
pub const DB_EVQ_HEAD: RegArray<u32> = RegArray::new(0x200c, 0x10, 16);
/// `admin_db_asq_tail`.
pub const ADMIN_DB_ASQ_TAIL: Reg<u32> = Reg::new(0x2100);
/// `admin_db_acq_head`.
pub const ADMIN_DB_ACQ_HEAD: Reg<u32> = Reg::new(0x2104);
/// Frames taken from the wire (and from the loop).
pub const COUNTERS_RX_FRAMES: Reg<u32> = Reg::new(0x4000);
/// Bytes of those frames.
pub const COUNTERS_RX_BYTES: Reg<u32> = Reg::new(0x4004);
/// Frames that the MAC marked bad.
pub const COUNTERS_RX_DROP_ERROR: Reg<u32> = Reg::new(0x4008);
/// Frames shorter than their own headers say.
pub const COUNTERS_RX_DROP_RUNT: Reg<u32> = Reg::new(0x400c);
/// Frames longer than the buffer.
pub const COUNTERS_RX_DROP_OVERSIZE: Reg<u32> = Reg::new(0x4010);
/// Frames dropped because the receive buffer was full.
pub const COUNTERS_RX_DROP_OVERFLOW: Reg<u32> = Reg::new(0x4014);
/// Frames dropped for a wrong IPv4, TCP or UDP checksum.
pub const COUNTERS_RX_DROP_CHECKSUM: Reg<u32> = Reg::new(0x4018);
/// Frames with a loopback or unspecified address on the wire.
pub const COUNTERS_RX_DROP_LOOPBACK: Reg<u32> = Reg::new(0x401c);
/// Frames consumed by a session.
pub const COUNTERS_RX_TO_SESSION: Reg<u32> = Reg::new(0x4020);
/// Frames delivered to a NIC receive ring.
pub const COUNTERS_RX_TO_HOST: Reg<u32> = Reg::new(0x4024);
/// Frames answered or dropped by the TIME_WAIT table.
pub const COUNTERS_RX_TO_TIME_WAIT: Reg<u32> = Reg::new(0x4028);
/// Frames for a session that ended while they were in the pipeline.
pub const COUNTERS_RX_DROP_STALE: Reg<u32> = Reg::new(0x402c);
/// Frames received while no queue could take them.
pub const COUNTERS_RX_DROP_DISABLED: Reg<u32> = Reg::new(0x4030);
/// Frames dropped because the NIC receive ring was full.
pub const COUNTERS_RX_DROP_RING_FULL: Reg<u32> = Reg::new(0x4034);
/// Frames dropped because the event ring had no room for their record.
pub const COUNTERS_RX_DROP_EVENT_FULL: Reg<u32> = Reg::new(0x4038);
/// Host frames by reason: not IP.
pub const COUNTERS_RX_HOST_NOT_IP: Reg<u32> = Reg::new(0x403c);
/// Host frames by reason: fragment.
pub const COUNTERS_RX_HOST_FRAGMENT: Reg<u32> = Reg::new(0x4040);
/// Host frames by reason: IP options or extension headers.
pub const COUNTERS_RX_HOST_IP_OPTIONS: Reg<u32> = Reg::new(0x4044);
/// Host frames by reason: TCP options that the engine does not take.
pub const COUNTERS_RX_HOST_TCP_OPTIONS: Reg<u32> = Reg::new(0x4048);
/// Host frames by reason: urgent pointer.
pub const COUNTERS_RX_HOST_URGENT: Reg<u32> = Reg::new(0x404c);
/// Frames given to the wire.
pub const COUNTERS_TX_FRAMES: Reg<u32> = Reg::new(0x4050);
/// Bytes of those frames.
pub const COUNTERS_TX_BYTES: Reg<u32> = Reg::new(0x4054);
/// Segments sent for sessions.
pub const COUNTERS_TX_SESSION_SEGS: Reg<u32> = Reg::new(0x4058);
/// Frames sent for the NIC path, after TSO.
pub const COUNTERS_TX_NIC_FRAMES: Reg<u32> = Reg::new(0x405c);
/// Replies sent by the TIME_WAIT table.
pub const COUNTERS_TX_TIME_WAIT_REPLIES: Reg<u32> = Reg::new(0x4060);
/// Frames fed to the receive path by the host.
pub const COUNTERS_TX_LOOP_FRAMES: Reg<u32> = Reg::new(0x4064);
/// Frames stopped by the egress guard (loopback or unspecified address).
pub const COUNTERS_TX_DROP_GUARD: Reg<u32> = Reg::new(0x4068);
/// Transmit descriptors refused.
pub const COUNTERS_TX_DROP_BAD_DESC: Reg<u32> = Reg::new(0x406c);
/// Frames dropped because a DMA read failed.
pub const COUNTERS_TX_DROP_DMA: Reg<u32> = Reg::new(0x4070);
/// Segments processed by the session pipeline.
pub const COUNTERS_TCP_SEGS_IN: Reg<u32> = Reg::new(0x4074);
/// In-order and out-of-order payload bytes placed.
pub const COUNTERS_TCP_BYTES_IN: Reg<u32> = Reg::new(0x4078);
/// Payload bytes sent, retransmissions included.
pub const COUNTERS_TCP_BYTES_OUT: Reg<u32> = Reg::new(0x407c);
/// Pure acknowledgements sent.
pub const COUNTERS_TCP_ACKS_OUT: Reg<u32> = Reg::new(0x4080);
/// Acknowledgements sent by the delayed-ACK timer.
pub const COUNTERS_TCP_DELACKS: Reg<u32> = Reg::new(0x4084);
/// Segments retransmitted.
pub const COUNTERS_TCP_RETRANSMIT_SEGS: Reg<u32> = Reg::new(0x4088);
/// Payload bytes retransmitted.
pub const COUNTERS_TCP_RETRANSMIT_BYTES: Reg<u32> = Reg::new(0x408c);
/// Duplicate acknowledgements received.
pub const COUNTERS_TCP_DUP_ACKS_IN: Reg<u32> = Reg::new(0x4090);
/// Entries into fast recovery.
pub const COUNTERS_TCP_FAST_RETRANSMITS: Reg<u32> = Reg::new(0x4094);
/// Retransmission timeouts.
pub const COUNTERS_TCP_RTO: Reg<u32> = Reg::new(0x4098);
/// Zero-window probes sent.
pub const COUNTERS_TCP_PERSIST_PROBES: Reg<u32> = Reg::new(0x409c);
/// Keepalive probes sent.
pub const COUNTERS_TCP_KEEPALIVE_PROBES: Reg<u32> = Reg::new(0x40a0);
/// Segments placed out of order.
pub const COUNTERS_TCP_OOO_IN: Reg<u32> = Reg::new(0x40a4);
/// Out-of-order segments dropped because the tracker was full.
pub const COUNTERS_TCP_OOO_DROP: Reg<u32> = Reg::new(0x40a8);
/// Segments with nothing new.
pub const COUNTERS_TCP_DUPLICATE_IN: Reg<u32> = Reg::new(0x40ac);
/// Segments outside the window.
pub const COUNTERS_TCP_OUT_OF_WINDOW: Reg<u32> = Reg::new(0x40b0);
/// Segments dropped by PAWS.
pub const COUNTERS_TCP_PAWS_DROP: Reg<u32> = Reg::new(0x40b4);
/// Challenge acknowledgements sent.
pub const COUNTERS_TCP_CHALLENGE_ACKS: Reg<u32> = Reg::new(0x40b8);
/// Challenge acknowledgements suppressed by the limiter.
pub const COUNTERS_TCP_CHALLENGE_LIMITED: Reg<u32> = Reg::new(0x40bc);
/// Resets accepted.
pub const COUNTERS_TCP_RST_IN: Reg<u32> = Reg::new(0x40c0);
/// Resets sent.
pub const COUNTERS_TCP_RST_OUT: Reg<u32> = Reg::new(0x40c4);
/// Segments with data after the host closed.
pub const COUNTERS_TCP_DATA_AFTER_CLOSE: Reg<u32> = Reg::new(0x40c8);
/// Segments with CE.
pub const COUNTERS_TCP_ECN_CE_IN: Reg<u32> = Reg::new(0x40cc);
/// Congestion responses to ECE.
pub const COUNTERS_TCP_ECN_REDUCTIONS: Reg<u32> = Reg::new(0x40d0);
/// Times a session was parked for its next hop.
pub const COUNTERS_TCP_PARKED: Reg<u32> = Reg::new(0x40d4);
/// Sessions ended by a timeout.
pub const COUNTERS_TCP_TIMEOUTS: Reg<u32> = Reg::new(0x40d8);
/// Sessions that left their slot.
pub const COUNTERS_TCP_CLOSED: Reg<u32> = Reg::new(0x40dc);
/// Events taken by the pipeline.
pub const COUNTERS_EVENTS_IN: Reg<u32> = Reg::new(0x40e0);
/// Cycles in which an event waited for another of its session.
pub const COUNTERS_PIPE_STALL_CYCLES: Reg<u32> = Reg::new(0x40e4);
/// Bump records taken.
pub const COUNTERS_BUMPS_IN: Reg<u32> = Reg::new(0x40e8);
/// Bump records with a wrong handle.
pub const COUNTERS_BUMP_STALE: Reg<u32> = Reg::new(0x40ec);
/// Bump records outside the ring.
pub const COUNTERS_BUMP_BAD: Reg<u32> = Reg::new(0x40f0);
/// Firmware events with a wrong handle.
pub const COUNTERS_STALE_COMMAND: Reg<u32> = Reg::new(0x40f4);
/// Lookup entries inserted.
pub const COUNTERS_LOOKUP_INSERT: Reg<u32> = Reg::new(0x40f8);
/// Insertions refused.
pub const COUNTERS_LOOKUP_INSERT_FAIL: Reg<u32> = Reg::new(0x40fc);
/// Lookup entries deleted.
pub const COUNTERS_LOOKUP_DELETE: Reg<u32> = Reg::new(0x4100);
/// Event records written.
pub const COUNTERS_EVQ_RECORDS: Reg<u32> = Reg::new(0x4104);
/// Cycles in which a record waited for ring space.
pub const COUNTERS_EVQ_STALL_CYCLES: Reg<u32> = Reg::new(0x4108);
/// Interrupts raised.
pub const COUNTERS_IRQS: Reg<u32> = Reg::new(0x410c);
/// DMA reads that failed.
pub const COUNTERS_DMA_READ_ERRORS: Reg<u32> = Reg::new(0x4110);
/// DMA writes that failed.
pub const COUNTERS_DMA_WRITE_ERRORS: Reg<u32> = Reg::new(0x4114);
/// Bytes read from host memory.
pub const COUNTERS_DMA_READ_BYTES: Reg<u32> = Reg::new(0x4118);
/// Bytes written to host memory.
pub const COUNTERS_DMA_WRITE_BYTES: Reg<u32> = Reg::new(0x411c);
/// TIME_WAIT entries inserted.
pub const COUNTERS_TW_INSERT: Reg<u32> = Reg::new(0x4120);
/// Insertions refused.
pub const COUNTERS_TW_INSERT_FAIL: Reg<u32> = Reg::new(0x4124);
/// Entries evicted, oldest first.
pub const COUNTERS_TW_EVICT: Reg<u32> = Reg::new(0x4128);
/// Entries that ended by age.
pub const COUNTERS_TW_EXPIRE: Reg<u32> = Reg::new(0x412c);
/// Entries deleted by RST, recycling or command.
pub const COUNTERS_TW_DELETE: Reg<u32> = Reg::new(0x4130);
/// Lookups.
pub const COUNTERS_TW_LOOKUP: Reg<u32> = Reg::new(0x4134);
/// Lookups that hit.
pub const COUNTERS_TW_HIT: Reg<u32> = Reg::new(0x4138);
/// Lookups that missed.
pub const COUNTERS_TW_MISS: Reg<u32> = Reg::new(0x413c);
/// Records read for verification.
pub const COUNTERS_TW_PROBE: Reg<u32> = Reg::new(0x4140);
/// Records read in vain.
pub const COUNTERS_TW_LOSING: Reg<u32> = Reg::new(0x4144);
/// Most records read for one lookup.
pub const COUNTERS_TW_MAX_PROBE: Reg<u32> = Reg::new(0x4148);
/// Entries recycled by a SYN.
pub const COUNTERS_TW_RECYCLE: Reg<u32> = Reg::new(0x414c);
/// Acknowledgements sent.
pub const COUNTERS_TW_REPLY: Reg<u32> = Reg::new(0x4150);
/// Resets sent.
pub const COUNTERS_TW_RST_OUT: Reg<u32> = Reg::new(0x4154);
/// Replies suppressed by the limiter.
pub const COUNTERS_TW_LIMITED: Reg<u32> = Reg::new(0x4158);
/// Admin commands served.
pub const COUNTERS_FW_COMMANDS: Reg<u32> = Reg::new(0x415c);
/// Admin commands refused.
pub const COUNTERS_FW_REFUSED: Reg<u32> = Reg::new(0x4160);
/// Frames for another station.
pub const COUNTERS_RX_DROP_FILTERED: Reg<u32> = Reg::new(0x4164);
/// Segments of a session that left while they waited.
pub const COUNTERS_TX_DROP_STALE: Reg<u32> = Reg::new(0x4168);
/// Segments whose next hop became invalid while they waited; the session parks.
pub const COUNTERS_TX_DROP_NEXTHOP: Reg<u32> = Reg::new(0x416c);
/// Event records that found no place, could not be written, or gave way to a newer one.
pub const COUNTERS_EVQ_LOST: Reg<u32> = Reg::new(0x4170);
/// Bump records that could not be read.
pub const COUNTERS_BUMP_LOST: Reg<u32> = Reg::new(0x4174);
/// Segments without ACK flag.
pub const COUNTERS_TCP_NO_ACK: Reg<u32> = Reg::new(0x4178);
/// DMA faults of sessions that had left.
pub const COUNTERS_FAULT_STALE: Reg<u32> = Reg::new(0x417c);
/// Copies of received frames delivered to a NIC receive ring.
pub const COUNTERS_RX_MIRRORED: Reg<u32> = Reg::new(0x4180);
/// Copies of sent frames delivered to a NIC receive ring.
pub const COUNTERS_TX_MIRRORED: Reg<u32> = Reg::new(0x4184);
/// Copies that found no place.
pub const COUNTERS_MIRROR_LOST: Reg<u32> = Reg::new(0x4188);
/// Records of the trace ring written.
pub const COUNTERS_TRACE_RECORDS: Reg<u32> = Reg::new(0x418c);
/// Records of the trace ring that could not be written.
pub const COUNTERS_TRACE_LOST: Reg<u32> = Reg::new(0x4190);
/// Times a session waited for its pace.
pub const COUNTERS_TCP_PACED: Reg<u32> = Reg::new(0x4194);
/// Summaries given to the firmware.
pub const COUNTERS_CC_SUMMARIES: Reg<u32> = Reg::new(0x4198);
/// Summaries dropped because the firmware did not take them.
pub const COUNTERS_CC_LOST: Reg<u32> = Reg::new(0x419c);
/// Answers of the firmware taken.
pub const COUNTERS_CC_ANSWERS: Reg<u32> = Reg::new(0x41a0);
/// Events of the TIME_WAIT table dropped because their queue was full.
pub const COUNTERS_TW_EVENT_LOST: Reg<u32> = Reg::new(0x41a4);
/// Answers too late, or of a summary or session that is gone.
pub const COUNTERS_CC_STALE: Reg<u32> = Reg::new(0x41a8);
/// Times the built-in NewReno took a session from silent firmware.
pub const COUNTERS_CC_TAKEOVERS: Reg<u32> = Reg::new(0x41ac);

/// Every register, in the order of its place.
pub const TABLE: [RegInfo; 181] = [
    RegInfo {
        name: "id_magic",
        offset: 0x0,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "0x4F544F45 \"OTOE\"",
    },
    RegInfo {
        name: "id_version",
        offset: 0x4,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "major << 16 | minor",
    },
    RegInfo {
        name: "id_abi_hash_lo",
        offset: 0x8,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "id_abi_hash_hi",
        offset: 0xc,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "id_data_width",
        offset: 0x10,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "bits of the datapath",
    },
    RegInfo {
        name: "id_sessions",
        offset: 0x14,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "session slots",
    },
    RegInfo {
        name: "id_tw_entries_v4",
        offset: 0x18,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "id_tw_entries_v6",
        offset: 0x1c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "id_queue_pairs",
        offset: 0x20,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "id_nexthops",
        offset: 0x24,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "id_max_frame",
        offset: 0x28,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "bytes, without FCS",
    },
    RegInfo {
        name: "id_features",
        offset: 0x2c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "bit 0 IPv4, 1 IPv6, 2 SACK, 3 timestamps, 4 ECN, 5 TSO, 6 TIME_WAIT, 7 firmware",
    },
    RegInfo {
        name: "id_clock_khz",
        offset: 0x30,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "id_ooo_intervals",
        offset: 0x34,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "ctl_control",
        offset: 0x100,
        count: 1,
        stride: 0x4,
        reset: 0x28,
        writable: 0x3f,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "ctl_reset",
        offset: 0x104,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x1,
        pulse: 0x1,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "ctl_status",
        offset: 0x108,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "ctl_fw_heartbeat",
        offset: 0x10c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "counts; still while the firmware hangs",
    },
    RegInfo {
        name: "ctl_fw_abi_hash_lo",
        offset: 0x110,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "ctl_fw_abi_hash_hi",
        offset: 0x114,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "ctl_now_us_lo",
        offset: 0x118,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "ctl_now_us_hi",
        offset: 0x11c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "ctl_mac_lo",
        offset: 0x120,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "station address, first byte lowest",
    },
    RegInfo {
        name: "ctl_mac_hi",
        offset: 0x124,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "ctl_fw_control",
        offset: 0x128,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x1,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "ctl_evq_failed",
        offset: 0x12c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "a bit a queue pair: a record of its event ring could not be written; stays until it is disabled",
    },
    RegInfo {
        name: "rss_key",
        offset: 0x200,
        count: 10,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "Toeplitz key: byte i of the key is byte (i mod 4) of word i/4",
    },
    RegInfo {
        name: "rss_hash_types",
        offset: 0x240,
        count: 1,
        stride: 0x4,
        reset: 0xf,
        writable: 0xf,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "rss_indirection",
        offset: 0x280,
        count: 32,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "tcp_delack_us",
        offset: 0x300,
        count: 1,
        stride: 0x4,
        reset: 0x9c40,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "tcp_min_rto_us",
        offset: 0x304,
        count: 1,
        stride: 0x4,
        reset: 0x30d40,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "tcp_max_rto_us",
        offset: 0x308,
        count: 1,
        stride: 0x4,
        reset: 0x3938700,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "tcp_max_backoff",
        offset: 0x30c,
        count: 1,
        stride: 0x4,
        reset: 0xf,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "timeouts in a row before the session ends",
    },
    RegInfo {
        name: "tcp_challenge_per_s",
        offset: 0x310,
        count: 1,
        stride: 0x4,
        reset: 0x64,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "tcp_keep_idle_s",
        offset: 0x314,
        count: 1,
        stride: 0x4,
        reset: 0x1c20,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "tcp_keep_interval_s",
        offset: 0x318,
        count: 1,
        stride: 0x4,
        reset: 0x4b,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "tcp_keep_count",
        offset: 0x31c,
        count: 1,
        stride: 0x4,
        reset: 0x9,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "tcp_fin_wait_2_s",
        offset: 0x320,
        count: 1,
        stride: 0x4,
        reset: 0x3c,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "tcp_delack_segs",
        offset: 0x324,
        count: 1,
        stride: 0x4,
        reset: 0x2,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "tw_linger_us",
        offset: 0x400,
        count: 3,
        stride: 0x4,
        reset: 0x3938700,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "class REMOTE, LOCAL, LOOPBACK",
    },
    RegInfo {
        name: "tw_policy",
        offset: 0x40c,
        count: 1,
        stride: 0x4,
        reset: 0x4,
        writable: 0x7,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "tw_replies_per_s",
        offset: 0x410,
        count: 1,
        stride: 0x4,
        reset: 0x64,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "tw_entries_v4",
        offset: 0x420,
        count: 3,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "tw_entries_v6",
        offset: 0x430,
        count: 3,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "admin_asq_base_lo",
        offset: 0x500,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "admin_asq_base_hi",
        offset: 0x504,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "admin_acq_base_lo",
        offset: 0x508,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "admin_acq_base_hi",
        offset: 0x50c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "admin_config",
        offset: 0x510,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xff01ff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "trace_base_lo",
        offset: 0x600,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "trace_base_hi",
        offset: 0x604,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "trace_config",
        offset: 0x608,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x8000001f,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "trace_count",
        offset: 0x60c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "records so far, lost ones included",
    },
    RegInfo {
        name: "qp_txq_base_lo",
        offset: 0x1000,
        count: 16,
        stride: 0x40,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "qp_txq_base_hi",
        offset: 0x1004,
        count: 16,
        stride: 0x40,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "qp_bmq_base_lo",
        offset: 0x1008,
        count: 16,
        stride: 0x40,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "qp_bmq_base_hi",
        offset: 0x100c,
        count: 16,
        stride: 0x40,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "qp_rxr_base_lo",
        offset: 0x1010,
        count: 16,
        stride: 0x40,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "qp_rxr_base_hi",
        offset: 0x1014,
        count: 16,
        stride: 0x40,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "qp_evq_base_lo",
        offset: 0x1018,
        count: 16,
        stride: 0x40,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "qp_evq_base_hi",
        offset: 0x101c,
        count: 16,
        stride: 0x40,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "qp_config",
        offset: 0x1020,
        count: 16,
        stride: 0x40,
        reset: 0x0,
        writable: 0xbf1fffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "qp_irq",
        offset: 0x1024,
        count: 16,
        stride: 0x40,
        reset: 0x0,
        writable: 0xffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "qp_txq_head",
        offset: 0x1028,
        count: 16,
        stride: 0x40,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "diagnostics only",
    },
    RegInfo {
        name: "qp_bmq_head",
        offset: 0x102c,
        count: 16,
        stride: 0x40,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "qp_rxr_tail",
        offset: 0x1030,
        count: 16,
        stride: 0x40,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "qp_evq_tail",
        offset: 0x1034,
        count: 16,
        stride: 0x40,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "db_txq_tail",
        offset: 0x2000,
        count: 16,
        stride: 0x10,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "db_bmq_tail",
        offset: 0x2004,
        count: 16,
        stride: 0x10,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "db_rxr_head",
        offset: 0x2008,
        count: 16,
        stride: 0x10,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "db_evq_head",
        offset: 0x200c,
        count: 16,
        stride: 0x10,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "admin_db_asq_tail",
        offset: 0x2100,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "admin_db_acq_head",
        offset: 0x2104,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "counters_rx_frames",
        offset: 0x4000,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames taken from the wire (and from the loop)",
    },
    RegInfo {
        name: "counters_rx_bytes",
        offset: 0x4004,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "bytes of those frames",
    },
    RegInfo {
        name: "counters_rx_drop_error",
        offset: 0x4008,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames that the MAC marked bad",
    },
    RegInfo {
        name: "counters_rx_drop_runt",
        offset: 0x400c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames shorter than their own headers say",
    },
    RegInfo {
        name: "counters_rx_drop_oversize",
        offset: 0x4010,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames longer than the buffer",
    },
    RegInfo {
        name: "counters_rx_drop_overflow",
        offset: 0x4014,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames dropped because the receive buffer was full",
    },
    RegInfo {
        name: "counters_rx_drop_checksum",
        offset: 0x4018,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames dropped for a wrong IPv4, TCP or UDP checksum",
    },
    RegInfo {
        name: "counters_rx_drop_loopback",
        offset: 0x401c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames with a loopback or unspecified address on the wire",
    },
    RegInfo {
        name: "counters_rx_to_session",
        offset: 0x4020,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames consumed by a session",
    },
    RegInfo {
        name: "counters_rx_to_host",
        offset: 0x4024,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames delivered to a NIC receive ring",
    },
    RegInfo {
        name: "counters_rx_to_time_wait",
        offset: 0x4028,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames answered or dropped by the TIME_WAIT table",
    },
    RegInfo {
        name: "counters_rx_drop_stale",
        offset: 0x402c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames for a session that ended while they were in the pipeline",
    },
    RegInfo {
        name: "counters_rx_drop_disabled",
        offset: 0x4030,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames received while no queue could take them",
    },
    RegInfo {
        name: "counters_rx_drop_ring_full",
        offset: 0x4034,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames dropped because the NIC receive ring was full",
    },
    RegInfo {
        name: "counters_rx_drop_event_full",
        offset: 0x4038,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames dropped because the event ring had no room for their record",
    },
    RegInfo {
        name: "counters_rx_host_not_ip",
        offset: 0x403c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "host frames by reason: not IP",
    },
    RegInfo {
        name: "counters_rx_host_fragment",
        offset: 0x4040,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "host frames by reason: fragment",
    },
    RegInfo {
        name: "counters_rx_host_ip_options",
        offset: 0x4044,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "host frames by reason: IP options or extension headers",
    },
    RegInfo {
        name: "counters_rx_host_tcp_options",
        offset: 0x4048,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "host frames by reason: TCP options that the engine does not take",
    },
    RegInfo {
        name: "counters_rx_host_urgent",
        offset: 0x404c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "host frames by reason: urgent pointer",
    },
    RegInfo {
        name: "counters_tx_frames",
        offset: 0x4050,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames given to the wire",
    },
    RegInfo {
        name: "counters_tx_bytes",
        offset: 0x4054,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "bytes of those frames",
    },
    RegInfo {
        name: "counters_tx_session_segs",
        offset: 0x4058,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "segments sent for sessions",
    },
    RegInfo {
        name: "counters_tx_nic_frames",
        offset: 0x405c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames sent for the NIC path, after TSO",
    },
    RegInfo {
        name: "counters_tx_time_wait_replies",
        offset: 0x4060,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "replies sent by the TIME_WAIT table",
    },
    RegInfo {
        name: "counters_tx_loop_frames",
        offset: 0x4064,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames fed to the receive path by the host",
    },
    RegInfo {
        name: "counters_tx_drop_guard",
        offset: 0x4068,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames stopped by the egress guard (loopback or unspecified address)",
    },
    RegInfo {
        name: "counters_tx_drop_bad_desc",
        offset: 0x406c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "transmit descriptors refused",
    },
    RegInfo {
        name: "counters_tx_drop_dma",
        offset: 0x4070,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames dropped because a DMA read failed",
    },
    RegInfo {
        name: "counters_tcp_segs_in",
        offset: 0x4074,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "segments processed by the session pipeline",
    },
    RegInfo {
        name: "counters_tcp_bytes_in",
        offset: 0x4078,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "in-order and out-of-order payload bytes placed",
    },
    RegInfo {
        name: "counters_tcp_bytes_out",
        offset: 0x407c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "payload bytes sent, retransmissions included",
    },
    RegInfo {
        name: "counters_tcp_acks_out",
        offset: 0x4080,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "pure acknowledgements sent",
    },
    RegInfo {
        name: "counters_tcp_delacks",
        offset: 0x4084,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "acknowledgements sent by the delayed-ACK timer",
    },
    RegInfo {
        name: "counters_tcp_retransmit_segs",
        offset: 0x4088,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "segments retransmitted",
    },
    RegInfo {
        name: "counters_tcp_retransmit_bytes",
        offset: 0x408c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "payload bytes retransmitted",
    },
    RegInfo {
        name: "counters_tcp_dup_acks_in",
        offset: 0x4090,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "duplicate acknowledgements received",
    },
    RegInfo {
        name: "counters_tcp_fast_retransmits",
        offset: 0x4094,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "entries into fast recovery",
    },
    RegInfo {
        name: "counters_tcp_rto",
        offset: 0x4098,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "retransmission timeouts",
    },
    RegInfo {
        name: "counters_tcp_persist_probes",
        offset: 0x409c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "zero-window probes sent",
    },
    RegInfo {
        name: "counters_tcp_keepalive_probes",
        offset: 0x40a0,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "keepalive probes sent",
    },
    RegInfo {
        name: "counters_tcp_ooo_in",
        offset: 0x40a4,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "segments placed out of order",
    },
    RegInfo {
        name: "counters_tcp_ooo_drop",
        offset: 0x40a8,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "out-of-order segments dropped because the tracker was full",
    },
    RegInfo {
        name: "counters_tcp_duplicate_in",
        offset: 0x40ac,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "segments with nothing new",
    },
    RegInfo {
        name: "counters_tcp_out_of_window",
        offset: 0x40b0,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "segments outside the window",
    },
    RegInfo {
        name: "counters_tcp_paws_drop",
        offset: 0x40b4,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "segments dropped by PAWS",
    },
    RegInfo {
        name: "counters_tcp_challenge_acks",
        offset: 0x40b8,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "challenge acknowledgements sent",
    },
    RegInfo {
        name: "counters_tcp_challenge_limited",
        offset: 0x40bc,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "challenge acknowledgements suppressed by the limiter",
    },
    RegInfo {
        name: "counters_tcp_rst_in",
        offset: 0x40c0,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "resets accepted",
    },
    RegInfo {
        name: "counters_tcp_rst_out",
        offset: 0x40c4,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "resets sent",
    },
    RegInfo {
        name: "counters_tcp_data_after_close",
        offset: 0x40c8,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "segments with data after the host closed",
    },
    RegInfo {
        name: "counters_tcp_ecn_ce_in",
        offset: 0x40cc,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "segments with CE",
    },
    RegInfo {
        name: "counters_tcp_ecn_reductions",
        offset: 0x40d0,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "congestion responses to ECE",
    },
    RegInfo {
        name: "counters_tcp_parked",
        offset: 0x40d4,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "times a session was parked for its next hop",
    },
    RegInfo {
        name: "counters_tcp_timeouts",
        offset: 0x40d8,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "sessions ended by a timeout",
    },
    RegInfo {
        name: "counters_tcp_closed",
        offset: 0x40dc,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "sessions that left their slot",
    },
    RegInfo {
        name: "counters_events_in",
        offset: 0x40e0,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "events taken by the pipeline",
    },
    RegInfo {
        name: "counters_pipe_stall_cycles",
        offset: 0x40e4,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "cycles in which an event waited for another of its session",
    },
    RegInfo {
        name: "counters_bumps_in",
        offset: 0x40e8,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "bump records taken",
    },
    RegInfo {
        name: "counters_bump_stale",
        offset: 0x40ec,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "bump records with a wrong handle",
    },
    RegInfo {
        name: "counters_bump_bad",
        offset: 0x40f0,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "bump records outside the ring",
    },
    RegInfo {
        name: "counters_stale_command",
        offset: 0x40f4,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "firmware events with a wrong handle",
    },
    RegInfo {
        name: "counters_lookup_insert",
        offset: 0x40f8,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "lookup entries inserted",
    },
    RegInfo {
        name: "counters_lookup_insert_fail",
        offset: 0x40fc,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "insertions refused",
    },
    RegInfo {
        name: "counters_lookup_delete",
        offset: 0x4100,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "lookup entries deleted",
    },
    RegInfo {
        name: "counters_evq_records",
        offset: 0x4104,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "event records written",
    },
    RegInfo {
        name: "counters_evq_stall_cycles",
        offset: 0x4108,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "cycles in which a record waited for ring space",
    },
    RegInfo {
        name: "counters_irqs",
        offset: 0x410c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "interrupts raised",
    },
    RegInfo {
        name: "counters_dma_read_errors",
        offset: 0x4110,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "DMA reads that failed",
    },
    RegInfo {
        name: "counters_dma_write_errors",
        offset: 0x4114,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "DMA writes that failed",
    },
    RegInfo {
        name: "counters_dma_read_bytes",
        offset: 0x4118,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "bytes read from host memory",
    },
    RegInfo {
        name: "counters_dma_write_bytes",
        offset: 0x411c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "bytes written to host memory",
    },
    RegInfo {
        name: "counters_tw_insert",
        offset: 0x4120,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "TIME_WAIT entries inserted",
    },
    RegInfo {
        name: "counters_tw_insert_fail",
        offset: 0x4124,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "insertions refused",
    },
    RegInfo {
        name: "counters_tw_evict",
        offset: 0x4128,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "entries evicted, oldest first",
    },
    RegInfo {
        name: "counters_tw_expire",
        offset: 0x412c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "entries that ended by age",
    },
    RegInfo {
        name: "counters_tw_delete",
        offset: 0x4130,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "entries deleted by RST, recycling or command",
    },
    RegInfo {
        name: "counters_tw_lookup",
        offset: 0x4134,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "lookups",
    },
    RegInfo {
        name: "counters_tw_hit",
        offset: 0x4138,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "lookups that hit",
    },
    RegInfo {
        name: "counters_tw_miss",
        offset: 0x413c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "lookups that missed",
    },
    RegInfo {
        name: "counters_tw_probe",
        offset: 0x4140,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "records read for verification",
    },
    RegInfo {
        name: "counters_tw_losing",
        offset: 0x4144,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "records read in vain",
    },
    RegInfo {
        name: "counters_tw_max_probe",
        offset: 0x4148,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "most records read for one lookup",
    },
    RegInfo {
        name: "counters_tw_recycle",
        offset: 0x414c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "entries recycled by a SYN",
    },
    RegInfo {
        name: "counters_tw_reply",
        offset: 0x4150,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "acknowledgements sent",
    },
    RegInfo {
        name: "counters_tw_rst_out",
        offset: 0x4154,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "resets sent",
    },
    RegInfo {
        name: "counters_tw_limited",
        offset: 0x4158,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "replies suppressed by the limiter",
    },
    RegInfo {
        name: "counters_fw_commands",
        offset: 0x415c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "admin commands served",
    },
    RegInfo {
        name: "counters_fw_refused",
        offset: 0x4160,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "admin commands refused",
    },
    RegInfo {
        name: "counters_rx_drop_filtered",
        offset: 0x4164,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "frames for another station",
    },
    RegInfo {
        name: "counters_tx_drop_stale",
        offset: 0x4168,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "segments of a session that left while they waited",
    },
    RegInfo {
        name: "counters_tx_drop_nexthop",
        offset: 0x416c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "segments whose next hop became invalid while they waited; the session parks",
    },
    RegInfo {
        name: "counters_evq_lost",
        offset: 0x4170,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "event records that found no place, could not be written, or gave way to a newer one",
    },
    RegInfo {
        name: "counters_bump_lost",
        offset: 0x4174,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "bump records that could not be read",
    },
    RegInfo {
        name: "counters_tcp_no_ack",
        offset: 0x4178,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "segments without ACK flag",
    },
    RegInfo {
        name: "counters_fault_stale",
        offset: 0x417c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "DMA faults of sessions that had left",
    },
    RegInfo {
        name: "counters_rx_mirrored",
        offset: 0x4180,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "copies of received frames delivered to a NIC receive ring",
    },
    RegInfo {
        name: "counters_tx_mirrored",
        offset: 0x4184,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "copies of sent frames delivered to a NIC receive ring",
    },
    RegInfo {
        name: "counters_mirror_lost",
        offset: 0x4188,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "copies that found no place",
    },
    RegInfo {
        name: "counters_trace_records",
        offset: 0x418c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "records of the trace ring written",
    },
    RegInfo {
        name: "counters_trace_lost",
        offset: 0x4190,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "records of the trace ring that could not be written",
    },
    RegInfo {
        name: "counters_tcp_paced",
        offset: 0x4194,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "times a session waited for its pace",
    },
    RegInfo {
        name: "counters_cc_summaries",
        offset: 0x4198,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "summaries given to the firmware",
    },
    RegInfo {
        name: "counters_cc_lost",
        offset: 0x419c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "summaries dropped because the firmware did not take them",
    },
    RegInfo {
        name: "counters_cc_answers",
        offset: 0x41a0,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "answers of the firmware taken",
    },
    RegInfo {
        name: "counters_tw_event_lost",
        offset: 0x41a4,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "events of the TIME_WAIT table dropped because their queue was full",
    },
    RegInfo {
        name: "counters_cc_stale",
        offset: 0x41a8,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "answers too late, or of a summary or session that is gone",
    },
    RegInfo {
        name: "counters_cc_takeovers",
        offset: 0x41ac,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "times the built-in NewReno took a session from silent firmware",
    },
];

/// The register, and which element of it, at `offset`.
pub fn find(offset: u32) -> Option<(&'static RegInfo, u32)> {
    static ROWS: &[RegInfo] = &TABLE;
    crate::support::find(ROWS, offset)
}

/// Value of register `ctl_control`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct CtlControl(pub u32);

impl Default for CtlControl {
    fn default() -> Self {
        Self::RESET
    }
}

impl CtlControl {
    /// Value after reset.
    pub const RESET: Self = Self(0x28);

    /// Take frames from the wire.
    pub const fn rx_enable(&self) -> bool {
        get(&[self.0], 0, 1) != 0
    }
    /// Sets `rx_enable`.
    pub const fn set_rx_enable(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 0, 1, value as u64);
        self.0 = words[0];
    }
    /// With `rx_enable` set.
    #[must_use]
    pub const fn with_rx_enable(mut self, value: bool) -> Self {
        self.set_rx_enable(value);
        self
    }

    /// Give frames to the wire.
    pub const fn tx_enable(&self) -> bool {
        get(&[self.0], 1, 1) != 0
    }
    /// Sets `tx_enable`.
    pub const fn set_tx_enable(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 1, 1, value as u64);
        self.0 = words[0];
    }
    /// With `tx_enable` set.
    #[must_use]
    pub const fn with_tx_enable(mut self, value: bool) -> Self {
        self.set_tx_enable(value);
        self
    }

    /// Match frames against sessions.
    pub const fn session_enable(&self) -> bool {
        get(&[self.0], 2, 1) != 0
    }
    /// Sets `session_enable`.
    pub const fn set_session_enable(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 2, 1, value as u64);
        self.0 = words[0];
    }
    /// With `session_enable` set.
    #[must_use]
    pub const fn with_session_enable(mut self, value: bool) -> Self {
        self.set_session_enable(value);
        self
    }

    /// Match frames against the TIME_WAIT table.
    pub const fn tw_enable(&self) -> bool {
        get(&[self.0], 3, 1) != 0
    }
    /// Sets `tw_enable`.
    pub const fn set_tw_enable(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 3, 1, value as u64);
        self.0 = words[0];
    }
    /// With `tw_enable` set.
    #[must_use]
    pub const fn with_tw_enable(mut self, value: bool) -> Self {
        self.set_tw_enable(value);
        self
    }

    /// Deliver frames with a wrong checksum to the host instead of dropping them.
    pub const fn pass_bad_csum(&self) -> bool {
        get(&[self.0], 4, 1) != 0
    }
    /// Sets `pass_bad_csum`.
    pub const fn set_pass_bad_csum(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 4, 1, value as u64);
        self.0 = words[0];
    }
    /// With `pass_bad_csum` set.
    #[must_use]
    pub const fn with_pass_bad_csum(mut self, value: bool) -> Self {
        self.set_pass_bad_csum(value);
        self
    }

    /// Accept all destination addresses.
    pub const fn promiscuous(&self) -> bool {
        get(&[self.0], 5, 1) != 0
    }
    /// Sets `promiscuous`.
    pub const fn set_promiscuous(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 5, 1, value as u64);
        self.0 = words[0];
    }
    /// With `promiscuous` set.
    #[must_use]
    pub const fn with_promiscuous(mut self, value: bool) -> Self {
        self.set_promiscuous(value);
        self
    }
}

impl From<u32> for CtlControl {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<CtlControl> for u32 {
    fn from(value: CtlControl) -> Self {
        value.0
    }
}

/// Value of register `ctl_reset`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct CtlReset(pub u32);

impl Default for CtlReset {
    fn default() -> Self {
        Self::RESET
    }
}

impl CtlReset {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// Write 1: reset of the engine; all sessions, queues and tables are gone.
    pub const fn soft_reset(&self) -> bool {
        get(&[self.0], 0, 1) != 0
    }
    /// Sets `soft_reset`.
    pub const fn set_soft_reset(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 0, 1, value as u64);
        self.0 = words[0];
    }
    /// With `soft_reset` set.
    #[must_use]
    pub const fn with_soft_reset(mut self, value: bool) -> Self {
        self.set_soft_reset(value);
        self
    }
}

impl From<u32> for CtlReset {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<CtlReset> for u32 {
    fn from(value: CtlReset) -> Self {
        value.0
    }
}

/// Value of register `ctl_status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct CtlStatus(pub u32);

impl Default for CtlStatus {
    fn default() -> Self {
        Self::RESET
    }
}

impl CtlStatus {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// Firmware: 0 in reset, 1 booting, 2 ready, 3 ABI mismatch, 4 stopped.
    pub const fn fw_state(&self) -> u8 {
        low8(get(&[self.0], 0, 8))
    }
    /// Sets `fw_state`.
    pub const fn set_fw_state(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 0, 8, value as u64);
        self.0 = words[0];
    }
    /// With `fw_state` set.
    #[must_use]
    pub const fn with_fw_state(mut self, value: u8) -> Self {
        self.set_fw_state(value);
        self
    }

    /// The engine is in reset or clears its tables.
    pub const fn busy(&self) -> bool {
        get(&[self.0], 8, 1) != 0
    }
    /// Sets `busy`.
    pub const fn set_busy(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 8, 1, value as u64);
        self.0 = words[0];
    }
    /// With `busy` set.
    #[must_use]
    pub const fn with_busy(mut self, value: bool) -> Self {
        self.set_busy(value);
        self
    }

    /// No event, frame or DMA is in flight.
    pub const fn idle(&self) -> bool {
        get(&[self.0], 9, 1) != 0
    }
    /// Sets `idle`.
    pub const fn set_idle(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 9, 1, value as u64);
        self.0 = words[0];
    }
    /// With `idle` set.
    #[must_use]
    pub const fn with_idle(mut self, value: bool) -> Self {
        self.set_idle(value);
        self
    }
}

impl From<u32> for CtlStatus {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<CtlStatus> for u32 {
    fn from(value: CtlStatus) -> Self {
        value.0
    }
}

/// Value of register `ctl_fw_control`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct CtlFwControl(pub u32);

impl Default for CtlFwControl {
    fn default() -> Self {
        Self::RESET
    }
}

impl CtlFwControl {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// Write 1: hold the firmware in reset.
    pub const fn hold(&self) -> bool {
        get(&[self.0], 0, 1) != 0
    }
    /// Sets `hold`.
    pub const fn set_hold(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 0, 1, value as u64);
        self.0 = words[0];
    }
    /// With `hold` set.
    #[must_use]
    pub const fn with_hold(mut self, value: bool) -> Self {
        self.set_hold(value);
        self
    }
}

impl From<u32> for CtlFwControl {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<CtlFwControl> for u32 {
    fn from(value: CtlFwControl) -> Self {
        value.0
    }
}

/// Value of register `rss_hash_types`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct RssHashTypes(pub u32);

impl Default for RssHashTypes {
    fn default() -> Self {
        Self::RESET
    }
}

impl RssHashTypes {
    /// Value after reset.
    pub const RESET: Self = Self(0xf);

    /// `ipv4`.
    pub const fn ipv4(&self) -> bool {
        get(&[self.0], 0, 1) != 0
    }
    /// Sets `ipv4`.
    pub const fn set_ipv4(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 0, 1, value as u64);
        self.0 = words[0];
    }
    /// With `ipv4` set.
    #[must_use]
    pub const fn with_ipv4(mut self, value: bool) -> Self {
        self.set_ipv4(value);
        self
    }

    /// `ipv4_tcp`.
    pub const fn ipv4_tcp(&self) -> bool {
        get(&[self.0], 1, 1) != 0
    }
    /// Sets `ipv4_tcp`.
    pub const fn set_ipv4_tcp(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 1, 1, value as u64);
        self.0 = words[0];
    }
    /// With `ipv4_tcp` set.
    #[must_use]
    pub const fn with_ipv4_tcp(mut self, value: bool) -> Self {
        self.set_ipv4_tcp(value);
        self
    }

    /// `ipv6`.
    pub const fn ipv6(&self) -> bool {
        get(&[self.0], 2, 1) != 0
    }
    /// Sets `ipv6`.
    pub const fn set_ipv6(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 2, 1, value as u64);
        self.0 = words[0];
    }
    /// With `ipv6` set.
    #[must_use]
    pub const fn with_ipv6(mut self, value: bool) -> Self {
        self.set_ipv6(value);
        self
    }

    /// `ipv6_tcp`.
    pub const fn ipv6_tcp(&self) -> bool {
        get(&[self.0], 3, 1) != 0
    }
    /// Sets `ipv6_tcp`.
    pub const fn set_ipv6_tcp(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 3, 1, value as u64);
        self.0 = words[0];
    }
    /// With `ipv6_tcp` set.
    #[must_use]
    pub const fn with_ipv6_tcp(mut self, value: bool) -> Self {
        self.set_ipv6_tcp(value);
        self
    }
}

impl From<u32> for RssHashTypes {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<RssHashTypes> for u32 {
    fn from(value: RssHashTypes) -> Self {
        value.0
    }
}

/// Value of register `rss_indirection`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct RssIndirection(pub u32);

impl Default for RssIndirection {
    fn default() -> Self {
        Self::RESET
    }
}

impl RssIndirection {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// `q0`.
    pub const fn q0(&self) -> u8 {
        low8(get(&[self.0], 0, 8))
    }
    /// Sets `q0`.
    pub const fn set_q0(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 0, 8, value as u64);
        self.0 = words[0];
    }
    /// With `q0` set.
    #[must_use]
    pub const fn with_q0(mut self, value: u8) -> Self {
        self.set_q0(value);
        self
    }

    /// `q1`.
    pub const fn q1(&self) -> u8 {
        low8(get(&[self.0], 8, 8))
    }
    /// Sets `q1`.
    pub const fn set_q1(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 8, 8, value as u64);
        self.0 = words[0];
    }
    /// With `q1` set.
    #[must_use]
    pub const fn with_q1(mut self, value: u8) -> Self {
        self.set_q1(value);
        self
    }

    /// `q2`.
    pub const fn q2(&self) -> u8 {
        low8(get(&[self.0], 16, 8))
    }
    /// Sets `q2`.
    pub const fn set_q2(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 16, 8, value as u64);
        self.0 = words[0];
    }
    /// With `q2` set.
    #[must_use]
    pub const fn with_q2(mut self, value: u8) -> Self {
        self.set_q2(value);
        self
    }

    /// `q3`.
    pub const fn q3(&self) -> u8 {
        low8(get(&[self.0], 24, 8))
    }
    /// Sets `q3`.
    pub const fn set_q3(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 24, 8, value as u64);
        self.0 = words[0];
    }
    /// With `q3` set.
    #[must_use]
    pub const fn with_q3(mut self, value: u8) -> Self {
        self.set_q3(value);
        self
    }
}

impl From<u32> for RssIndirection {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<RssIndirection> for u32 {
    fn from(value: RssIndirection) -> Self {
        value.0
    }
}

/// Value of register `tw_policy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct TwPolicy(pub u32);

impl Default for TwPolicy {
    fn default() -> Self {
        Self::RESET
    }
}

impl TwPolicy {
    /// Value after reset.
    pub const RESET: Self = Self(0x4);

    /// 1: RST deletes only on an exact match (RFC 5961); 0: RST is dropped (RFC 1337).
    pub const fn rst_exact(&self) -> bool {
        get(&[self.0], 0, 1) != 0
    }
    /// Sets `rst_exact`.
    pub const fn set_rst_exact(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 0, 1, value as u64);
        self.0 = words[0];
    }
    /// With `rst_exact` set.
    #[must_use]
    pub const fn with_rst_exact(mut self, value: bool) -> Self {
        self.set_rst_exact(value);
        self
    }

    /// 0 off, 1 by sequence number, 2 by sequence number or timestamp (RFC 6191).
    pub const fn recycle(&self) -> u8 {
        low8(get(&[self.0], 1, 2))
    }
    /// Sets `recycle`. Bits above the field are dropped.
    pub const fn set_recycle(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 1, 2, value as u64);
        self.0 = words[0];
    }
    /// With `recycle` set.
    #[must_use]
    pub const fn with_recycle(mut self, value: u8) -> Self {
        self.set_recycle(value);
        self
    }
}

impl From<u32> for TwPolicy {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<TwPolicy> for u32 {
    fn from(value: TwPolicy) -> Self {
        value.0
    }
}

/// Value of register `admin_config`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct AdminConfig(pub u32);

impl Default for AdminConfig {
    fn default() -> Self {
        Self::RESET
    }
}

impl AdminConfig {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// `asq_log2`.
    pub const fn asq_log2(&self) -> u8 {
        low8(get(&[self.0], 0, 4))
    }
    /// Sets `asq_log2`. Bits above the field are dropped.
    pub const fn set_asq_log2(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 0, 4, value as u64);
        self.0 = words[0];
    }
    /// With `asq_log2` set.
    #[must_use]
    pub const fn with_asq_log2(mut self, value: u8) -> Self {
        self.set_asq_log2(value);
        self
    }

    /// `acq_log2`.
    pub const fn acq_log2(&self) -> u8 {
        low8(get(&[self.0], 4, 4))
    }
    /// Sets `acq_log2`. Bits above the field are dropped.
    pub const fn set_acq_log2(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 4, 4, value as u64);
        self.0 = words[0];
    }
    /// With `acq_log2` set.
    #[must_use]
    pub const fn with_acq_log2(mut self, value: u8) -> Self {
        self.set_acq_log2(value);
        self
    }

    /// `enable`.
    pub const fn enable(&self) -> bool {
        get(&[self.0], 8, 1) != 0
    }
    /// Sets `enable`.
    pub const fn set_enable(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 8, 1, value as u64);
        self.0 = words[0];
    }
    /// With `enable` set.
    #[must_use]
    pub const fn with_enable(mut self, value: bool) -> Self {
        self.set_enable(value);
        self
    }

    /// `vector`.
    pub const fn vector(&self) -> u8 {
        low8(get(&[self.0], 16, 8))
    }
    /// Sets `vector`.
    pub const fn set_vector(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 16, 8, value as u64);
        self.0 = words[0];
    }
    /// With `vector` set.
    #[must_use]
    pub const fn with_vector(mut self, value: u8) -> Self {
        self.set_vector(value);
        self
    }
}

impl From<u32> for AdminConfig {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<AdminConfig> for u32 {
    fn from(value: AdminConfig) -> Self {
        value.0
    }
}

/// Value of register `trace_config`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct TraceConfig(pub u32);

impl Default for TraceConfig {
    fn default() -> Self {
        Self::RESET
    }
}

impl TraceConfig {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// Log2 of the number of records.
    pub const fn log2(&self) -> u8 {
        low8(get(&[self.0], 0, 5))
    }
    /// Sets `log2`. Bits above the field are dropped.
    pub const fn set_log2(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 0, 5, value as u64);
        self.0 = words[0];
    }
    /// With `log2` set.
    #[must_use]
    pub const fn with_log2(mut self, value: u8) -> Self {
        self.set_log2(value);
        self
    }

    /// Set last.
    pub const fn enable(&self) -> bool {
        get(&[self.0], 31, 1) != 0
    }
    /// Sets `enable`.
    pub const fn set_enable(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 31, 1, value as u64);
        self.0 = words[0];
    }
    /// With `enable` set.
    #[must_use]
    pub const fn with_enable(mut self, value: bool) -> Self {
        self.set_enable(value);
        self
    }
}

impl From<u32> for TraceConfig {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<TraceConfig> for u32 {
    fn from(value: TraceConfig) -> Self {
        value.0
    }
}

/// Value of register `qp_config`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct QpConfig(pub u32);

impl Default for QpConfig {
    fn default() -> Self {
        Self::RESET
    }
}

impl QpConfig {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// Log2 of the number of descriptors.
    pub const fn txq_log2(&self) -> u8 {
        low8(get(&[self.0], 0, 4))
    }
    /// Sets `txq_log2`. Bits above the field are dropped.
    pub const fn set_txq_log2(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 0, 4, value as u64);
        self.0 = words[0];
    }
    /// With `txq_log2` set.
    #[must_use]
    pub const fn with_txq_log2(mut self, value: u8) -> Self {
        self.set_txq_log2(value);
        self
    }

    /// Log2 of the number of bumps.
    pub const fn bmq_log2(&self) -> u8 {
        low8(get(&[self.0], 4, 4))
    }
    /// Sets `bmq_log2`. Bits above the field are dropped.
    pub const fn set_bmq_log2(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 4, 4, value as u64);
        self.0 = words[0];
    }
    /// With `bmq_log2` set.
    #[must_use]
    pub const fn with_bmq_log2(mut self, value: u8) -> Self {
        self.set_bmq_log2(value);
        self
    }

    /// Log2 of the number of receive slots.
    pub const fn rxr_log2(&self) -> u8 {
        low8(get(&[self.0], 8, 4))
    }
    /// Sets `rxr_log2`. Bits above the field are dropped.
    pub const fn set_rxr_log2(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 8, 4, value as u64);
        self.0 = words[0];
    }
    /// With `rxr_log2` set.
    #[must_use]
    pub const fn with_rxr_log2(mut self, value: u8) -> Self {
        self.set_rxr_log2(value);
        self
    }

    /// Log2 of the bytes of a slot.
    pub const fn slot_log2(&self) -> u8 {
        low8(get(&[self.0], 12, 4))
    }
    /// Sets `slot_log2`. Bits above the field are dropped.
    pub const fn set_slot_log2(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 12, 4, value as u64);
        self.0 = words[0];
    }
    /// With `slot_log2` set.
    #[must_use]
    pub const fn with_slot_log2(mut self, value: u8) -> Self {
        self.set_slot_log2(value);
        self
    }

    /// Log2 of the number of events.
    pub const fn evq_log2(&self) -> u8 {
        low8(get(&[self.0], 16, 5))
    }
    /// Sets `evq_log2`. Bits above the field are dropped.
    pub const fn set_evq_log2(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 16, 5, value as u64);
        self.0 = words[0];
    }
    /// With `evq_log2` set.
    #[must_use]
    pub const fn with_evq_log2(mut self, value: u8) -> Self {
        self.set_evq_log2(value);
        self
    }

    /// `vector`.
    pub const fn vector(&self) -> u8 {
        low8(get(&[self.0], 24, 6))
    }
    /// Sets `vector`. Bits above the field are dropped.
    pub const fn set_vector(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 24, 6, value as u64);
        self.0 = words[0];
    }
    /// With `vector` set.
    #[must_use]
    pub const fn with_vector(mut self, value: u8) -> Self {
        self.set_vector(value);
        self
    }

    /// Set last; clearing it stops the queues.
    pub const fn enable(&self) -> bool {
        get(&[self.0], 31, 1) != 0
    }
    /// Sets `enable`.
    pub const fn set_enable(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 31, 1, value as u64);
        self.0 = words[0];
    }
    /// With `enable` set.
    #[must_use]
    pub const fn with_enable(mut self, value: bool) -> Self {
        self.set_enable(value);
        self
    }
}

impl From<u32> for QpConfig {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<QpConfig> for u32 {
    fn from(value: QpConfig) -> Self {
        value.0
    }
}

/// Value of register `qp_irq`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct QpIrq(pub u32);

impl Default for QpIrq {
    fn default() -> Self {
        Self::RESET
    }
}

impl QpIrq {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// Least time between two interrupts, microseconds.
    pub const fn moderation_us(&self) -> u16 {
        low16(get(&[self.0], 0, 16))
    }
    /// Sets `moderation_us`.
    pub const fn set_moderation_us(&mut self, value: u16) {
        let mut words = [self.0];
        put(&mut words, 0, 16, value as u64);
        self.0 = words[0];
    }
    /// With `moderation_us` set.
    #[must_use]
    pub const fn with_moderation_us(mut self, value: u16) -> Self {
        self.set_moderation_us(value);
        self
    }
}

impl From<u32> for QpIrq {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<QpIrq> for u32 {
    fn from(value: QpIrq) -> Self {
        value.0
    }
}

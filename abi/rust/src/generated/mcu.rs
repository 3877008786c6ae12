// SPDX-License-Identifier: Apache-2.0
// Generated from abi/mcu.rdl by abi/exporter (`make gen`). Do not edit.
//! Register map `toe_mcu`.

use crate::support::*;

/// Bytes that the map covers.
pub const SIZE: u32 = 0x5b8;

/// Shown in register status: 1 booting, 2 ready, 3 ABI mismatch, 4 stopped.
pub const SYS_FW_STATE: Reg<u32> = Reg::new(0x0);
/// `sys_heartbeat`.
pub const SYS_HEARTBEAT: Reg<u32> = Reg::new(0x4);
/// ABI hash that the firmware was built for.
pub const SYS_FW_HASH_LO: Reg<u32> = Reg::new(0x8);
/// `sys_fw_hash_hi`.
pub const SYS_FW_HASH_HI: Reg<u32> = Reg::new(0xc);
/// `sys_hw_hash_lo`.
pub const SYS_HW_HASH_LO: Reg<u32> = Reg::new(0x10);
/// `sys_hw_hash_hi`.
pub const SYS_HW_HASH_HI: Reg<u32> = Reg::new(0x14);
/// `sys_sessions`.
pub const SYS_SESSIONS: Reg<u32> = Reg::new(0x18);
/// `sys_nexthops`.
pub const SYS_NEXTHOPS: Reg<u32> = Reg::new(0x1c);
/// `sys_queue_pairs`.
pub const SYS_QUEUE_PAIRS: Reg<u32> = Reg::new(0x20);
/// `sys_max_frame`.
pub const SYS_MAX_FRAME: Reg<u32> = Reg::new(0x24);
/// Microseconds.
pub const SYS_NOW_LO: Reg<u32> = Reg::new(0x28);
/// `sys_now_hi`.
pub const SYS_NOW_HI: Reg<u32> = Reg::new(0x2c);
/// Low 32 bits of the time at which sleep ends.
pub const SYS_WAKE_AT: Reg<u32> = Reg::new(0x30);
/// Write 1: stop the core's clock until wake_at, a doorbell, or work in a queue.
pub const SYS_SLEEP: Reg<u32> = Reg::new(0x34);
/// Write: bit 0 adds one to fw_commands, bit 1 to fw_refused.
pub const SYS_COUNT: Reg<u32> = Reg::new(0x38);
/// `sys_tw_entries_v4`.
pub const SYS_TW_ENTRIES_V4: Reg<u32> = Reg::new(0x3c);
/// `sys_tw_entries_v6`.
pub const SYS_TW_ENTRIES_V6: Reg<u32> = Reg::new(0x40);
/// `admin_asq_base_lo`.
pub const ADMIN_ASQ_BASE_LO: Reg<u32> = Reg::new(0x100);
/// `admin_asq_base_hi`.
pub const ADMIN_ASQ_BASE_HI: Reg<u32> = Reg::new(0x104);
/// `admin_acq_base_lo`.
pub const ADMIN_ACQ_BASE_LO: Reg<u32> = Reg::new(0x108);
/// `admin_acq_base_hi`.
pub const ADMIN_ACQ_BASE_HI: Reg<u32> = Reg::new(0x10c);
/// `admin_config`.
pub const ADMIN_CONFIG: Reg<AdminConfig> = Reg::new(0x110);
/// `admin_asq_tail`.
pub const ADMIN_ASQ_TAIL: Reg<u32> = Reg::new(0x114);
/// `admin_acq_head`.
pub const ADMIN_ACQ_HEAD: Reg<u32> = Reg::new(0x118);
/// Where the firmware stands in its queues: survives a restart of the core, cleared when the host.
pub const ADMIN_ASQ_HEAD: Reg<u32> = Reg::new(0x11c);
/// Disables the queues.
pub const ADMIN_ACQ_TAIL: Reg<u32> = Reg::new(0x120);
/// `dma_addr_lo`.
pub const DMA_ADDR_LO: Reg<u32> = Reg::new(0x200);
/// `dma_addr_hi`.
pub const DMA_ADDR_HI: Reg<u32> = Reg::new(0x204);
/// Byte offset in the exchange buffer, a multiple of 64.
pub const DMA_LOCAL: Reg<u32> = Reg::new(0x208);
/// Bytes, 1 to 512.
pub const DMA_LENGTH: Reg<u32> = Reg::new(0x20c);
/// `dma_start`.
pub const DMA_START: Reg<DmaStart> = Reg::new(0x210);
/// `dma_status`.
pub const DMA_STATUS: Reg<DmaStatus> = Reg::new(0x214);
/// `pipe_handle`.
pub const PIPE_HANDLE: Reg<u32> = Reg::new(0x300);
/// `pipe_key`.
pub const PIPE_KEY: Reg<u32> = Reg::new(0x304);
/// `pipe_value`.
pub const PIPE_VALUE: Reg<u32> = Reg::new(0x308);
/// Byte offset of the session image in the exchange buffer, a multiple of 64.
pub const PIPE_IMAGE: Reg<u32> = Reg::new(0x30c);
/// `pipe_start`.
pub const PIPE_START: Reg<PipeStart> = Reg::new(0x310);
/// `pipe_status`.
pub const PIPE_STATUS: Reg<PipeStatus> = Reg::new(0x314);
/// `lookup_slot`.
pub const LOOKUP_SLOT: Reg<u32> = Reg::new(0x340);
/// `lookup_start`.
pub const LOOKUP_START: Reg<LookupStart> = Reg::new(0x344);
/// `lookup_status`.
pub const LOOKUP_STATUS: Reg<LookupStatus> = Reg::new(0x348);
/// `nexthop_index`.
pub const NEXTHOP_INDEX: Reg<u32> = Reg::new(0x380);
/// As the first words of the structure nexthop; writing word\[4\] commits.
pub const NEXTHOP_WORD: RegArray<u32> = RegArray::new(0x384, 0x4, 5);
/// Flags (bit 0 IPv6, bits 2:1 class), laddr\[4\], raddr\[4\], ports, index, 0.
pub const TW_KEY: RegArray<u32> = RegArray::new(0x400, 0x4, 12);
/// Rcv_nxt, snd_nxt, last_win | ts_ok \<\< 16, ts_recent, ts_offset, 0.
pub const TW_VALUE: RegArray<u32> = RegArray::new(0x430, 0x4, 6);
/// `tw_start`.
pub const TW_START: Reg<TwStart> = Reg::new(0x448);
/// `tw_status`.
pub const TW_STATUS: Reg<TwStatus> = Reg::new(0x44c);
/// `tw_rkey`.
pub const TW_RKEY: RegArray<u32> = RegArray::new(0x450, 0x4, 12);
/// As value; the last word is the age left in microseconds.
pub const TW_RVALUE: RegArray<u32> = RegArray::new(0x480, 0x4, 6);
/// Reading word 5 takes the record.
pub const CC_HEAD: Reg<CcHead> = Reg::new(0x500);
/// Bytes acknowledged since the last summary.
pub const CC_ACKED: Reg<u32> = Reg::new(0x504);
/// `cc_cwnd`.
pub const CC_CWND: Reg<u32> = Reg::new(0x508);
/// `cc_flight`.
pub const CC_FLIGHT: Reg<u32> = Reg::new(0x50c);
/// `cc_srtt_us8`.
pub const CC_SRTT_US8: Reg<u32> = Reg::new(0x510);
/// `cc_marks`.
pub const CC_MARKS: Reg<CcMarks> = Reg::new(0x514);
/// Summaries dropped because the queue was full.
pub const CC_LOST: Reg<u32> = Reg::new(0x518);
/// `cc_handle`.
pub const CC_HANDLE: Reg<u32> = Reg::new(0x51c);
/// `cc_ssthresh`.
pub const CC_SSTHRESH: Reg<u32> = Reg::new(0x520);
/// The latest sample; 0: none since the last summary.
pub const CC_RTT_US: Reg<u32> = Reg::new(0x524);
/// `cc_snd_mss`.
pub const CC_SND_MSS: Reg<u32> = Reg::new(0x528);
/// `cc_event`.
pub const CC_EVENT: Reg<CcEvent> = Reg::new(0x52c);
/// When the summary was made.
pub const CC_NOW_US: Reg<u32> = Reg::new(0x530);
/// Bytes of `acked` that may turn into growth: outside slow start and recovery, while cwnd was the limit.
pub const CC_GROW: Reg<u32> = Reg::new(0x534);
/// Cwnd before the first signal since the last summary.
pub const CC_CWND_PRIOR: Reg<u32> = Reg::new(0x538);
/// `cc_config`.
pub const CC_CONFIG: Reg<CcConfig> = Reg::new(0x53c);
/// Words of the algorithm, kept with the session.
pub const CC_PRIVATE: RegArray<u32> = RegArray::new(0x540, 0x4, 6);
/// `cc_set_handle`.
pub const CC_SET_HANDLE: Reg<u32> = Reg::new(0x580);
/// Bytes.
pub const CC_SET_CWND: Reg<u32> = Reg::new(0x584);
/// `cc_set_ssthresh`.
pub const CC_SET_SSTHRESH: Reg<u32> = Reg::new(0x588);
/// 0: no pacing.
pub const CC_SET_PACING_BYTES_PER_MS: Reg<u32> = Reg::new(0x58c);
/// `cc_set_start`.
pub const CC_SET_START: Reg<CcSetStart> = Reg::new(0x590);
/// `cc_set_status`.
pub const CC_SET_STATUS: Reg<CcSetStatus> = Reg::new(0x594);
/// `cc_set_keep`.
pub const CC_SET_KEEP: Reg<CcSetKeep> = Reg::new(0x598);
/// `cc_set_private`.
pub const CC_SET_PRIVATE: RegArray<u32> = RegArray::new(0x5a0, 0x4, 6);

/// Every register, in the order of its place.
pub const TABLE: [RegInfo; 74] = [
    RegInfo {
        name: "sys_fw_state",
        offset: 0x0,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "shown in register status: 1 booting, 2 ready, 3 ABI mismatch, 4 stopped",
    },
    RegInfo {
        name: "sys_heartbeat",
        offset: 0x4,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "sys_fw_hash_lo",
        offset: 0x8,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "ABI hash that the firmware was built for",
    },
    RegInfo {
        name: "sys_fw_hash_hi",
        offset: 0xc,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "sys_hw_hash_lo",
        offset: 0x10,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "sys_hw_hash_hi",
        offset: 0x14,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "sys_sessions",
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
        name: "sys_nexthops",
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
        name: "sys_queue_pairs",
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
        name: "sys_max_frame",
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
        name: "sys_now_lo",
        offset: 0x28,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "microseconds",
    },
    RegInfo {
        name: "sys_now_hi",
        offset: 0x2c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "sys_wake_at",
        offset: 0x30,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "low 32 bits of the time at which sleep ends",
    },
    RegInfo {
        name: "sys_sleep",
        offset: 0x34,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "write 1: stop the core's clock until wake_at, a doorbell, or work in a queue",
    },
    RegInfo {
        name: "sys_count",
        offset: 0x38,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "write: bit 0 adds one to fw_commands, bit 1 to fw_refused",
    },
    RegInfo {
        name: "sys_tw_entries_v4",
        offset: 0x3c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "sys_tw_entries_v6",
        offset: 0x40,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "admin_asq_base_lo",
        offset: 0x100,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "admin_asq_base_hi",
        offset: 0x104,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "admin_acq_base_lo",
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
        name: "admin_acq_base_hi",
        offset: 0x10c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "admin_config",
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
        name: "admin_asq_tail",
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
        name: "admin_acq_head",
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
        name: "admin_asq_head",
        offset: 0x11c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "where the firmware stands in its queues: survives a restart of the core, cleared when the host",
    },
    RegInfo {
        name: "admin_acq_tail",
        offset: 0x120,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "disables the queues",
    },
    RegInfo {
        name: "dma_addr_lo",
        offset: 0x200,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "dma_addr_hi",
        offset: 0x204,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "dma_local",
        offset: 0x208,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "byte offset in the exchange buffer, a multiple of 64",
    },
    RegInfo {
        name: "dma_length",
        offset: 0x20c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "bytes, 1 to 512",
    },
    RegInfo {
        name: "dma_start",
        offset: 0x210,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x3,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "dma_status",
        offset: 0x214,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "pipe_handle",
        offset: 0x300,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "pipe_key",
        offset: 0x304,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "pipe_value",
        offset: 0x308,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "pipe_image",
        offset: 0x30c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "byte offset of the session image in the exchange buffer, a multiple of 64",
    },
    RegInfo {
        name: "pipe_start",
        offset: 0x310,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x7,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "pipe_status",
        offset: 0x314,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "lookup_slot",
        offset: 0x340,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "lookup_start",
        offset: 0x344,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x3,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "lookup_status",
        offset: 0x348,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "nexthop_index",
        offset: 0x380,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "nexthop_word",
        offset: 0x384,
        count: 5,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "as the first words of the structure nexthop; writing word[4] commits",
    },
    RegInfo {
        name: "tw_key",
        offset: 0x400,
        count: 12,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "flags (bit 0 IPv6, bits 2:1 class), laddr[4], raddr[4], ports, index, 0",
    },
    RegInfo {
        name: "tw_value",
        offset: 0x430,
        count: 6,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "rcv_nxt, snd_nxt, last_win | ts_ok << 16, ts_recent, ts_offset, 0",
    },
    RegInfo {
        name: "tw_start",
        offset: 0x448,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x7,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "tw_status",
        offset: 0x44c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "tw_rkey",
        offset: 0x450,
        count: 12,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "tw_rvalue",
        offset: 0x480,
        count: 6,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "as value; the last word is the age left in microseconds",
    },
    RegInfo {
        name: "cc_head",
        offset: 0x500,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "reading word 5 takes the record",
    },
    RegInfo {
        name: "cc_acked",
        offset: 0x504,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "bytes acknowledged since the last summary",
    },
    RegInfo {
        name: "cc_cwnd",
        offset: 0x508,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "cc_flight",
        offset: 0x50c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "cc_srtt_us8",
        offset: 0x510,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "cc_marks",
        offset: 0x514,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "cc_lost",
        offset: 0x518,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "summaries dropped because the queue was full",
    },
    RegInfo {
        name: "cc_handle",
        offset: 0x51c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "cc_ssthresh",
        offset: 0x520,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "cc_rtt_us",
        offset: 0x524,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "the latest sample; 0: none since the last summary",
    },
    RegInfo {
        name: "cc_snd_mss",
        offset: 0x528,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "cc_event",
        offset: 0x52c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "cc_now_us",
        offset: 0x530,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "when the summary was made",
    },
    RegInfo {
        name: "cc_grow",
        offset: 0x534,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "bytes of `acked` that may turn into growth: outside slow start and recovery, while cwnd was the limit",
    },
    RegInfo {
        name: "cc_cwnd_prior",
        offset: 0x538,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "cwnd before the first signal since the last summary",
    },
    RegInfo {
        name: "cc_config",
        offset: 0x53c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x7ff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "cc_private",
        offset: 0x540,
        count: 6,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "words of the algorithm, kept with the session",
    },
    RegInfo {
        name: "cc_set_handle",
        offset: 0x580,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "cc_set_cwnd",
        offset: 0x584,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "bytes",
    },
    RegInfo {
        name: "cc_set_ssthresh",
        offset: 0x588,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "cc_set_pacing_bytes_per_ms",
        offset: 0x58c,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "0: no pacing",
    },
    RegInfo {
        name: "cc_set_start",
        offset: 0x590,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0xff0f,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "cc_set_status",
        offset: 0x594,
        count: 1,
        stride: 0x4,
        reset: 0x0,
        writable: 0x0,
        pulse: 0x0,
        access: Access::ReadOnly,
        doc: "",
    },
    RegInfo {
        name: "cc_set_keep",
        offset: 0x598,
        count: 1,
        stride: 0x4,
        reset: 0x2000200,
        writable: 0x3ff03ff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
    RegInfo {
        name: "cc_set_private",
        offset: 0x5a0,
        count: 6,
        stride: 0x4,
        reset: 0x0,
        writable: 0xffffffff,
        pulse: 0x0,
        access: Access::ReadWrite,
        doc: "",
    },
];

/// The register, and which element of it, at `offset`.
pub fn find(offset: u32) -> Option<(&'static RegInfo, u32)> {
    static ROWS: &[RegInfo] = &TABLE;
    crate::support::find(ROWS, offset)
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

/// Value of register `dma_start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct DmaStart(pub u32);

impl Default for DmaStart {
    fn default() -> Self {
        Self::RESET
    }
}

impl DmaStart {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// 1: host to buffer, 2: buffer to host, 3: buffer to host, then interrupt `vector`.
    pub const fn op(&self) -> u8 {
        low8(get(&[self.0], 0, 2))
    }
    /// Sets `op`. Bits above the field are dropped.
    pub const fn set_op(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 0, 2, value as u64);
        self.0 = words[0];
    }
    /// With `op` set.
    #[must_use]
    pub const fn with_op(mut self, value: u8) -> Self {
        self.set_op(value);
        self
    }
}

impl From<u32> for DmaStart {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<DmaStart> for u32 {
    fn from(value: DmaStart) -> Self {
        value.0
    }
}

/// Value of register `dma_status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct DmaStatus(pub u32);

impl Default for DmaStatus {
    fn default() -> Self {
        Self::RESET
    }
}

impl DmaStatus {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// `busy`.
    pub const fn busy(&self) -> bool {
        get(&[self.0], 0, 1) != 0
    }
    /// Sets `busy`.
    pub const fn set_busy(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 0, 1, value as u64);
        self.0 = words[0];
    }
    /// With `busy` set.
    #[must_use]
    pub const fn with_busy(mut self, value: bool) -> Self {
        self.set_busy(value);
        self
    }

    /// The last transfer failed.
    pub const fn error(&self) -> bool {
        get(&[self.0], 1, 1) != 0
    }
    /// Sets `error`.
    pub const fn set_error(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 1, 1, value as u64);
        self.0 = words[0];
    }
    /// With `error` set.
    #[must_use]
    pub const fn with_error(mut self, value: bool) -> Self {
        self.set_error(value);
        self
    }
}

impl From<u32> for DmaStatus {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<DmaStatus> for u32 {
    fn from(value: DmaStatus) -> Self {
        value.0
    }
}

/// Value of register `pipe_start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct PipeStart(pub u32);

impl Default for PipeStart {
    fn default() -> Self {
        Self::RESET
    }
}

impl PipeStart {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// 1: INSTALL, 2: EVICT, 3: SNAPSHOT, 4: SET.
    pub const fn op(&self) -> u8 {
        low8(get(&[self.0], 0, 3))
    }
    /// Sets `op`. Bits above the field are dropped.
    pub const fn set_op(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 0, 3, value as u64);
        self.0 = words[0];
    }
    /// With `op` set.
    #[must_use]
    pub const fn with_op(mut self, value: u8) -> Self {
        self.set_op(value);
        self
    }
}

impl From<u32> for PipeStart {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<PipeStart> for u32 {
    fn from(value: PipeStart) -> Self {
        value.0
    }
}

/// Value of register `pipe_status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct PipeStatus(pub u32);

impl Default for PipeStatus {
    fn default() -> Self {
        Self::RESET
    }
}

impl PipeStatus {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// `busy`.
    pub const fn busy(&self) -> bool {
        get(&[self.0], 0, 1) != 0
    }
    /// Sets `busy`.
    pub const fn set_busy(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 0, 1, value as u64);
        self.0 = words[0];
    }
    /// With `busy` set.
    #[must_use]
    pub const fn with_busy(mut self, value: bool) -> Self {
        self.set_busy(value);
        self
    }

    /// Abi admin_status_e.
    pub const fn code(&self) -> u8 {
        low8(get(&[self.0], 8, 8))
    }
    /// Sets `code`.
    pub const fn set_code(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 8, 8, value as u64);
        self.0 = words[0];
    }
    /// With `code` set.
    #[must_use]
    pub const fn with_code(mut self, value: u8) -> Self {
        self.set_code(value);
        self
    }
}

impl From<u32> for PipeStatus {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<PipeStatus> for u32 {
    fn from(value: PipeStatus) -> Self {
        value.0
    }
}

/// Value of register `lookup_start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct LookupStart(pub u32);

impl Default for LookupStart {
    fn default() -> Self {
        Self::RESET
    }
}

impl LookupStart {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// 1: insert the tuple of the image that the pipe port used last, 2: delete slot.
    pub const fn op(&self) -> u8 {
        low8(get(&[self.0], 0, 2))
    }
    /// Sets `op`. Bits above the field are dropped.
    pub const fn set_op(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 0, 2, value as u64);
        self.0 = words[0];
    }
    /// With `op` set.
    #[must_use]
    pub const fn with_op(mut self, value: u8) -> Self {
        self.set_op(value);
        self
    }
}

impl From<u32> for LookupStart {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<LookupStart> for u32 {
    fn from(value: LookupStart) -> Self {
        value.0
    }
}

/// Value of register `lookup_status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct LookupStatus(pub u32);

impl Default for LookupStatus {
    fn default() -> Self {
        Self::RESET
    }
}

impl LookupStatus {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// `busy`.
    pub const fn busy(&self) -> bool {
        get(&[self.0], 0, 1) != 0
    }
    /// Sets `busy`.
    pub const fn set_busy(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 0, 1, value as u64);
        self.0 = words[0];
    }
    /// With `busy` set.
    #[must_use]
    pub const fn with_busy(mut self, value: bool) -> Self {
        self.set_busy(value);
        self
    }

    /// 0 ok, 1 full, 2 exists, 3 not found.
    pub const fn code(&self) -> u8 {
        low8(get(&[self.0], 8, 2))
    }
    /// Sets `code`. Bits above the field are dropped.
    pub const fn set_code(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 8, 2, value as u64);
        self.0 = words[0];
    }
    /// With `code` set.
    #[must_use]
    pub const fn with_code(mut self, value: u8) -> Self {
        self.set_code(value);
        self
    }
}

impl From<u32> for LookupStatus {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<LookupStatus> for u32 {
    fn from(value: LookupStatus) -> Self {
        value.0
    }
}

/// Value of register `tw_start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct TwStart(pub u32);

impl Default for TwStart {
    fn default() -> Self {
        Self::RESET
    }
}

impl TwStart {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// 1: insert, 2: lookup, 3: delete, 4: flush, 5: walk (entry at index).
    pub const fn op(&self) -> u8 {
        low8(get(&[self.0], 0, 3))
    }
    /// Sets `op`. Bits above the field are dropped.
    pub const fn set_op(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 0, 3, value as u64);
        self.0 = words[0];
    }
    /// With `op` set.
    #[must_use]
    pub const fn with_op(mut self, value: u8) -> Self {
        self.set_op(value);
        self
    }
}

impl From<u32> for TwStart {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<TwStart> for u32 {
    fn from(value: TwStart) -> Self {
        value.0
    }
}

/// Value of register `tw_status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct TwStatus(pub u32);

impl Default for TwStatus {
    fn default() -> Self {
        Self::RESET
    }
}

impl TwStatus {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// `busy`.
    pub const fn busy(&self) -> bool {
        get(&[self.0], 0, 1) != 0
    }
    /// Sets `busy`.
    pub const fn set_busy(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 0, 1, value as u64);
        self.0 = words[0];
    }
    /// With `busy` set.
    #[must_use]
    pub const fn with_busy(mut self, value: bool) -> Self {
        self.set_busy(value);
        self
    }

    /// 0 ok, 1 full, 2 exists, 3 not found, 4 end of the walk.
    pub const fn code(&self) -> u8 {
        low8(get(&[self.0], 8, 8))
    }
    /// Sets `code`.
    pub const fn set_code(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 8, 8, value as u64);
        self.0 = words[0];
    }
    /// With `code` set.
    #[must_use]
    pub const fn with_code(mut self, value: u8) -> Self {
        self.set_code(value);
        self
    }
}

impl From<u32> for TwStatus {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<TwStatus> for u32 {
    fn from(value: TwStatus) -> Self {
        value.0
    }
}

/// Reading word 5 takes the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct CcHead(pub u32);

impl Default for CcHead {
    fn default() -> Self {
        Self::RESET
    }
}

impl CcHead {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// `valid`.
    pub const fn valid(&self) -> bool {
        get(&[self.0], 0, 1) != 0
    }
    /// Sets `valid`.
    pub const fn set_valid(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 0, 1, value as u64);
        self.0 = words[0];
    }
    /// With `valid` set.
    #[must_use]
    pub const fn with_valid(mut self, value: bool) -> Self {
        self.set_valid(value);
        self
    }

    /// Names the summary; the answer gives it back.
    pub const fn tag(&self) -> u8 {
        low8(get(&[self.0], 8, 8))
    }
    /// Sets `tag`.
    pub const fn set_tag(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 8, 8, value as u64);
        self.0 = words[0];
    }
    /// With `tag` set.
    #[must_use]
    pub const fn with_tag(mut self, value: u8) -> Self {
        self.set_tag(value);
        self
    }

    /// `slot`.
    pub const fn slot(&self) -> u16 {
        low16(get(&[self.0], 16, 16))
    }
    /// Sets `slot`.
    pub const fn set_slot(&mut self, value: u16) {
        let mut words = [self.0];
        put(&mut words, 16, 16, value as u64);
        self.0 = words[0];
    }
    /// With `slot` set.
    #[must_use]
    pub const fn with_slot(mut self, value: u16) -> Self {
        self.set_slot(value);
        self
    }
}

impl From<u32> for CcHead {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<CcHead> for u32 {
    fn from(value: CcHead) -> Self {
        value.0
    }
}

/// Value of register `cc_marks`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct CcMarks(pub u32);

impl Default for CcMarks {
    fn default() -> Self {
        Self::RESET
    }
}

impl CcMarks {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// `ce_bytes`.
    pub const fn ce_bytes(&self) -> u32 {
        low32(get(&[self.0], 0, 24))
    }
    /// Sets `ce_bytes`. Bits above the field are dropped.
    pub const fn set_ce_bytes(&mut self, value: u32) {
        let mut words = [self.0];
        put(&mut words, 0, 24, value as u64);
        self.0 = words[0];
    }
    /// With `ce_bytes` set.
    #[must_use]
    pub const fn with_ce_bytes(mut self, value: u32) -> Self {
        self.set_ce_bytes(value);
        self
    }

    /// `losses`.
    pub const fn losses(&self) -> u8 {
        low8(get(&[self.0], 24, 8))
    }
    /// Sets `losses`.
    pub const fn set_losses(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 24, 8, value as u64);
        self.0 = words[0];
    }
    /// With `losses` set.
    #[must_use]
    pub const fn with_losses(mut self, value: u8) -> Self {
        self.set_losses(value);
        self
    }
}

impl From<u32> for CcMarks {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<CcMarks> for u32 {
    fn from(value: CcMarks) -> Self {
        value.0
    }
}

/// Value of register `cc_event`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct CcEvent(pub u32);

impl Default for CcEvent {
    fn default() -> Self {
        Self::RESET
    }
}

impl CcEvent {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// Congestion was echoed (RFC 3168).
    pub const fn ecn(&self) -> bool {
        get(&[self.0], 0, 1) != 0
    }
    /// Sets `ecn`.
    pub const fn set_ecn(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 0, 1, value as u64);
        self.0 = words[0];
    }
    /// With `ecn` set.
    #[must_use]
    pub const fn with_ecn(mut self, value: bool) -> Self {
        self.set_ecn(value);
        self
    }

    /// Fast recovery was entered.
    pub const fn loss(&self) -> bool {
        get(&[self.0], 1, 1) != 0
    }
    /// Sets `loss`.
    pub const fn set_loss(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 1, 1, value as u64);
        self.0 = words[0];
    }
    /// With `loss` set.
    #[must_use]
    pub const fn with_loss(mut self, value: bool) -> Self {
        self.set_loss(value);
        self
    }

    /// Recovery was left.
    pub const fn recovered(&self) -> bool {
        get(&[self.0], 2, 1) != 0
    }
    /// Sets `recovered`.
    pub const fn set_recovered(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 2, 1, value as u64);
        self.0 = words[0];
    }
    /// With `recovered` set.
    #[must_use]
    pub const fn with_recovered(mut self, value: bool) -> Self {
        self.set_recovered(value);
        self
    }

    /// The retransmission timer expired.
    pub const fn rto(&self) -> bool {
        get(&[self.0], 3, 1) != 0
    }
    /// Sets `rto`.
    pub const fn set_rto(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 3, 1, value as u64);
        self.0 = words[0];
    }
    /// With `rto` set.
    #[must_use]
    pub const fn with_rto(mut self, value: bool) -> Self {
        self.set_rto(value);
        self
    }

    /// Sending began again after idleness.
    pub const fn idle_restart(&self) -> bool {
        get(&[self.0], 4, 1) != 0
    }
    /// Sets `idle_restart`.
    pub const fn set_idle_restart(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 4, 1, value as u64);
        self.0 = words[0];
    }
    /// With `idle_restart` set.
    #[must_use]
    pub const fn with_idle_restart(mut self, value: bool) -> Self {
        self.set_idle_restart(value);
        self
    }

    /// Abi cc_algo_e.
    pub const fn algo(&self) -> u8 {
        low8(get(&[self.0], 8, 4))
    }
    /// Sets `algo`. Bits above the field are dropped.
    pub const fn set_algo(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 8, 4, value as u64);
        self.0 = words[0];
    }
    /// With `algo` set.
    #[must_use]
    pub const fn with_algo(mut self, value: u8) -> Self {
        self.set_algo(value);
        self
    }
}

impl From<u32> for CcEvent {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<CcEvent> for u32 {
    fn from(value: CcEvent) -> Self {
        value.0
    }
}

/// Value of register `cc_config`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct CcConfig(pub u32);

impl Default for CcConfig {
    fn default() -> Self {
        Self::RESET
    }
}

impl CcConfig {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// A summary at most once per so many acknowledgements, or per round trip if that is sooner; 0: no summaries.
    pub const fn acks(&self) -> u8 {
        low8(get(&[self.0], 0, 8))
    }
    /// Sets `acks`.
    pub const fn set_acks(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 0, 8, value as u64);
        self.0 = words[0];
    }
    /// With `acks` set.
    #[must_use]
    pub const fn with_acks(mut self, value: u8) -> Self {
        self.set_acks(value);
        self
    }

    /// Algorithms (1 \<\< abi cc_algo_e) that the firmware serves; sessions of the others stay with the built-in NewReno.
    pub const fn algos(&self) -> u8 {
        low8(get(&[self.0], 8, 3))
    }
    /// Sets `algos`. Bits above the field are dropped.
    pub const fn set_algos(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 8, 3, value as u64);
        self.0 = words[0];
    }
    /// With `algos` set.
    #[must_use]
    pub const fn with_algos(mut self, value: u8) -> Self {
        self.set_algos(value);
        self
    }
}

impl From<u32> for CcConfig {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<CcConfig> for u32 {
    fn from(value: CcConfig) -> Self {
        value.0
    }
}

/// Value of register `cc_set_start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct CcSetStart(pub u32);

impl Default for CcSetStart {
    fn default() -> Self {
        Self::RESET
    }
}

impl CcSetStart {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// 1: give the answer to the session.
    pub const fn op(&self) -> bool {
        get(&[self.0], 0, 1) != 0
    }
    /// Sets `op`.
    pub const fn set_op(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 0, 1, value as u64);
        self.0 = words[0];
    }
    /// With `op` set.
    #[must_use]
    pub const fn with_op(mut self, value: bool) -> Self {
        self.set_op(value);
        self
    }

    /// Cwnd is valid.
    pub const fn set_cwnd(&self) -> bool {
        get(&[self.0], 1, 1) != 0
    }
    /// Sets `set_cwnd`.
    pub const fn set_set_cwnd(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 1, 1, value as u64);
        self.0 = words[0];
    }
    /// With `set_cwnd` set.
    #[must_use]
    pub const fn with_set_cwnd(mut self, value: bool) -> Self {
        self.set_set_cwnd(value);
        self
    }

    /// Ssthresh is valid.
    pub const fn set_ssthresh(&self) -> bool {
        get(&[self.0], 2, 1) != 0
    }
    /// Sets `set_ssthresh`.
    pub const fn set_set_ssthresh(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 2, 1, value as u64);
        self.0 = words[0];
    }
    /// With `set_ssthresh` set.
    #[must_use]
    pub const fn with_set_ssthresh(mut self, value: bool) -> Self {
        self.set_set_ssthresh(value);
        self
    }

    /// Pacing_bytes_per_ms is valid.
    pub const fn set_pacing(&self) -> bool {
        get(&[self.0], 3, 1) != 0
    }
    /// Sets `set_pacing`.
    pub const fn set_set_pacing(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 3, 1, value as u64);
        self.0 = words[0];
    }
    /// With `set_pacing` set.
    #[must_use]
    pub const fn with_set_pacing(mut self, value: bool) -> Self {
        self.set_set_pacing(value);
        self
    }

    /// Of the summary that is answered.
    pub const fn tag(&self) -> u8 {
        low8(get(&[self.0], 8, 8))
    }
    /// Sets `tag`.
    pub const fn set_tag(&mut self, value: u8) {
        let mut words = [self.0];
        put(&mut words, 8, 8, value as u64);
        self.0 = words[0];
    }
    /// With `tag` set.
    #[must_use]
    pub const fn with_tag(mut self, value: u8) -> Self {
        self.set_tag(value);
        self
    }
}

impl From<u32> for CcSetStart {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<CcSetStart> for u32 {
    fn from(value: CcSetStart) -> Self {
        value.0
    }
}

/// Value of register `cc_set_status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct CcSetStatus(pub u32);

impl Default for CcSetStatus {
    fn default() -> Self {
        Self::RESET
    }
}

impl CcSetStatus {
    /// Value after reset.
    pub const RESET: Self = Self(0x0);

    /// `busy`.
    pub const fn busy(&self) -> bool {
        get(&[self.0], 0, 1) != 0
    }
    /// Sets `busy`.
    pub const fn set_busy(&mut self, value: bool) {
        let mut words = [self.0];
        put(&mut words, 0, 1, value as u64);
        self.0 = words[0];
    }
    /// With `busy` set.
    #[must_use]
    pub const fn with_busy(mut self, value: bool) -> Self {
        self.set_busy(value);
        self
    }
}

impl From<u32> for CcSetStatus {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<CcSetStatus> for u32 {
    fn from(value: CcSetStatus) -> Self {
        value.0
    }
}

/// Value of register `cc_set_keep`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct CcSetKeep(pub u32);

impl Default for CcSetKeep {
    fn default() -> Self {
        Self::RESET
    }
}

impl CcSetKeep {
    /// Value after reset.
    pub const RESET: Self = Self(0x2000200);

    /// Part of the window that survives a loss, 1024ths, at least 512.
    pub const fn loss(&self) -> u16 {
        low16(get(&[self.0], 0, 10))
    }
    /// Sets `loss`. Bits above the field are dropped.
    pub const fn set_loss(&mut self, value: u16) {
        let mut words = [self.0];
        put(&mut words, 0, 10, value as u64);
        self.0 = words[0];
    }
    /// With `loss` set.
    #[must_use]
    pub const fn with_loss(mut self, value: u16) -> Self {
        self.set_loss(value);
        self
    }

    /// Part of the window that survives an ECN echo, 1024ths, at least 512.
    pub const fn ecn(&self) -> u16 {
        low16(get(&[self.0], 16, 10))
    }
    /// Sets `ecn`. Bits above the field are dropped.
    pub const fn set_ecn(&mut self, value: u16) {
        let mut words = [self.0];
        put(&mut words, 16, 10, value as u64);
        self.0 = words[0];
    }
    /// With `ecn` set.
    #[must_use]
    pub const fn with_ecn(mut self, value: u16) -> Self {
        self.set_ecn(value);
        self
    }
}

impl From<u32> for CcSetKeep {
    fn from(bits: u32) -> Self {
        Self(bits)
    }
}
impl From<CcSetKeep> for u32 {
    fn from(value: CcSetKeep) -> Self {
        value.0
    }
}

// SPDX-License-Identifier: Apache-2.0
//! Opening and resetting: what the device is, whether it is ours, and its registers from reset to running.

use crate::admin::AdminQueue;
use crate::bar::{ALL_ONES, Bar};
use crate::dma::DmaSlice;
use crate::error::{DeviceLost, OpenError};
use crate::options::Options;
use crate::pci::PciInfo;
use crate::qp::{BumpQueue, EventQueue, QueuePair, RxQueue, TxQueue};
use toe_abi::regs::{self, CtlControl, CtlReset, QpConfig, QpIrq, RssHashTypes, RssIndirection};
use toe_abi::{ABI_HASH, AdminCmdRaw, AdminCplRaw, Reg};

/// Register `id_magic` of every OpenTOE device.
const MAGIC: u32 = toe_abi::Magic::Device.to_bits();
/// States of the firmware in register `ctl_status`.
const FW_READY: u8 = 2;
const FW_ABI_MISMATCH: u8 = 3;
/// How often the driver looks while it waits, µs.
const WAIT_STEP_US: u64 = 100;

/// What the device can do, register `id_features`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // independent capabilities, one bit each in the register
pub struct Features {
    /// Sessions over IPv4.
    pub ipv4: bool,
    /// Sessions over IPv6.
    pub ipv6: bool,
    /// Selective acknowledgement.
    pub sack: bool,
    /// Timestamps.
    pub timestamps: bool,
    /// Explicit congestion notification.
    pub ecn: bool,
    /// Segmentation of NIC frames.
    pub tso: bool,
    /// TIME_WAIT table.
    pub time_wait: bool,
    /// Firmware, and with it admin commands.
    pub firmware: bool,
}

impl Features {
    fn parse(bits: u32) -> Self {
        let bit = |n: u32| bits >> n & 1 == 1;
        Self {
            ipv4: bit(0),
            ipv6: bit(1),
            sack: bit(2),
            timestamps: bit(3),
            ecn: bit(4),
            tso: bit(5),
            time_wait: bit(6),
            firmware: bit(7),
        }
    }
}

/// What the device says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeviceInfo {
    /// PCI identity.
    pub pci: PciInfo,
    /// Major version << 16 | minor.
    pub version: u32,
    /// Bits of the datapath.
    pub data_width: u32,
    /// Session slots.
    pub sessions: u32,
    /// TIME_WAIT entries for IPv4, all classes.
    pub tw_entries_v4: u32,
    /// TIME_WAIT entries for IPv6, all classes.
    pub tw_entries_v6: u32,
    /// Queue pairs of the device.
    pub queue_pairs: u32,
    /// Next-hop slots.
    pub nexthops: u32,
    /// Longest frame, bytes without FCS.
    pub max_frame: u32,
    /// Capabilities.
    pub features: Features,
    /// Nominal clock.
    pub clock_khz: u32,
    /// Out-of-order intervals tracked a session.
    pub ooo_intervals: u32,
}

/// Checks that the device is one of ours and speaks this contract; reads its sizes.
pub(crate) fn identify(bar: &mut Bar) -> Result<DeviceInfo, OpenError> {
    let config = bar.transport.config_space()?;
    let pci = PciInfo::parse(&config)?;
    bar.transport.set_bus_master(true)?;
    let found = bar.read(regs::ID_MAGIC)?;
    if found == ALL_ONES {
        return Err(OpenError::DeviceLost);
    }
    if found != MAGIC {
        return Err(OpenError::BadMagic { found, expected: MAGIC });
    }
    let device = read_u64(bar, regs::ID_ABI_HASH_LO, regs::ID_ABI_HASH_HI)?;
    if device != ABI_HASH {
        return Err(OpenError::AbiMismatch { device, driver: ABI_HASH });
    }
    let mut size = |reg: Reg<u32>, what, low, high| {
        let value = bar.read(reg)?;
        if (low..=high).contains(&value) {
            Ok(value)
        } else if value == ALL_ONES {
            Err(OpenError::DeviceLost)
        } else {
            Err(OpenError::BadSize { what, value, low, high })
        }
    };
    Ok(DeviceInfo {
        pci,
        version: size(regs::ID_VERSION, "as version", 0, ALL_ONES - 1)?,
        data_width: size(regs::ID_DATA_WIDTH, "datapath bits", 8, 4096)?,
        sessions: size(regs::ID_SESSIONS, "session slots", 1, 65_536)?,
        tw_entries_v4: size(regs::ID_TW_ENTRIES_V4, "TIME_WAIT entries", 0, 1 << 24)?,
        tw_entries_v6: size(regs::ID_TW_ENTRIES_V6, "TIME_WAIT entries", 0, 1 << 24)?,
        queue_pairs: size(regs::ID_QUEUE_PAIRS, "queue pairs", 1, regs::QP_CONFIG.count())?,
        nexthops: size(regs::ID_NEXTHOPS, "next-hop slots", 1, 65_536)?,
        // A receive slot has at most 2^15 bytes.
        max_frame: size(regs::ID_MAX_FRAME, "bytes of longest frame", 64, 32_768)?,
        features: Features::parse(size(regs::ID_FEATURES, "as features", 0, ALL_ONES - 1)?),
        clock_khz: size(regs::ID_CLOCK_KHZ, "kHz", 0, ALL_ONES - 1)?,
        ooo_intervals: size(regs::ID_OOO_INTERVALS, "out-of-order intervals", 0, 64)?,
    })
}

fn read_u64(bar: &mut Bar, lo: Reg<u32>, hi: Reg<u32>) -> Result<u64, DeviceLost> {
    Ok(u64::from(bar.read(lo)?) | u64::from(bar.read(hi)?) << 32)
}

/// Soft reset, then waits until the engine has cleared its tables and the firmware is up.
pub(crate) fn reset_and_wait(
    bar: &mut Bar,
    info: &DeviceInfo,
    timeout_us: u64,
) -> Result<(), OpenError> {
    bar.write(regs::CTL_RESET, CtlReset::default().with_soft_reset(true))?;
    let mut waited_us = 0;
    loop {
        let status = bar.read(regs::CTL_STATUS)?;
        if status.0 == ALL_ONES {
            return Err(OpenError::DeviceLost);
        }
        let fw_state = status.fw_state();
        if fw_state == FW_ABI_MISMATCH {
            let firmware = read_u64(bar, regs::CTL_FW_ABI_HASH_LO, regs::CTL_FW_ABI_HASH_HI)?;
            return Err(OpenError::FirmwareAbiMismatch { firmware, driver: ABI_HASH });
        }
        if !status.busy() && (fw_state == FW_READY || !info.features.firmware) {
            break;
        }
        if waited_us >= timeout_us {
            return Err(OpenError::NotReady { waited_us, fw_state });
        }
        bar.transport.delay(WAIT_STEP_US);
        waited_us += WAIT_STEP_US;
    }
    if info.features.firmware {
        let firmware = read_u64(bar, regs::CTL_FW_ABI_HASH_LO, regs::CTL_FW_ABI_HASH_HI)?;
        if firmware != ABI_HASH {
            return Err(OpenError::FirmwareAbiMismatch { firmware, driver: ABI_HASH });
        }
    }
    Ok(())
}

/// log2 of the bytes of a receive slot that holds the longest frame.
pub(crate) fn slot_log2(max_frame: u32) -> u8 {
    u8::try_from(max_frame.next_power_of_two().trailing_zeros()).unwrap_or(15)
}

fn alloc(bar: &mut Bar, len: usize) -> Result<DmaSlice, OpenError> {
    let slice = DmaSlice::whole(bar.transport.dma_alloc(len.next_multiple_of(4096), 4096)?);
    if slice.len() < len {
        return Err(OpenError::Transport(crate::TransportError::NoMemory {
            len,
            reason: "the transport gave less".into(),
        }));
    }
    slice.part(0, len).map_err(|_| OpenError::BadOption("ring sizes"))
}

/// Memory for the rings of all queue pairs.
pub(crate) fn queue_pairs(
    bar: &mut Bar,
    info: &DeviceInfo,
    options: &Options,
) -> Result<Vec<QueuePair>, OpenError> {
    let count = u32::from(options.queue_pairs).min(info.queue_pairs);
    let vectors = bar.transport.vectors().max(1);
    let slot = slot_log2(info.max_frame);
    let mut qps = Vec::new();
    for index in 0..u16::try_from(count).unwrap_or(1) {
        let txq = alloc(bar, TxQueue::DESC << options.txq_log2)?;
        let data = alloc(bar, options.tx_buffer)?;
        let bmq = alloc(bar, BumpQueue::RECORD << options.bmq_log2)?;
        let rxr = alloc(bar, (1 << slot) << options.rxr_log2)?;
        let evq = alloc(bar, EventQueue::RECORD << options.evq_log2)?;
        qps.push(QueuePair {
            index,
            // Vector 0 is the firmware's; queues share what is left.
            vector: if vectors == 1 { 0 } else { 1 + index % (vectors - 1) },
            tx: TxQueue::new(txq, options.txq_log2, data),
            bumps: BumpQueue::new(bmq, options.bmq_log2),
            rx: RxQueue::new(rxr, options.rxr_log2, slot),
            events: EventQueue::new(evq, options.evq_log2),
            time_wait: None,
            heard: crate::types::Micros::default(),
        });
    }
    Ok(qps)
}

/// Memory for the admin queue.
pub(crate) fn admin_queue(bar: &mut Bar, options: &Options) -> Result<AdminQueue, OpenError> {
    let log2 = options.admin_log2;
    let asq = alloc(bar, AdminCmdRaw::BYTES << log2)?;
    let acq = alloc(bar, AdminCplRaw::BYTES << log2)?;
    let images = alloc(bar, AdminQueue::IMAGE << log2)?;
    Ok(AdminQueue::new(asq, acq, images, log2))
}

/// Writes every register that the driver sets, the enable bits last.
pub(crate) fn program(
    bar: &mut Bar,
    options: &Options,
    rss_key: &[u8; 40],
    qps: &[QueuePair],
    admin: &AdminQueue,
) -> Result<(), DeviceLost> {
    let mac = options.mac;
    bar.write(regs::CTL_MAC_LO, u32::from_le_bytes([mac[0], mac[1], mac[2], mac[3]]))?;
    bar.write(regs::CTL_MAC_HI, u32::from_le_bytes([mac[4], mac[5], 0, 0]))?;
    program_rss(bar, options, rss_key, qps.len())?;
    program_tcp(bar, options)?;
    for qp in qps {
        program_queue_pair(bar, options, qp)?;
    }
    let (asq, acq) = admin.iovas();
    bar.write(regs::ADMIN_CONFIG, regs::AdminConfig::default())?;
    bar.write(regs::ADMIN_DB_ASQ_TAIL, 0)?;
    bar.write(regs::ADMIN_DB_ACQ_HEAD, 0)?;
    bar.write(regs::ADMIN_ASQ_BASE_LO, asq.low())?;
    bar.write(regs::ADMIN_ASQ_BASE_HI, asq.high())?;
    bar.write(regs::ADMIN_ACQ_BASE_LO, acq.low())?;
    bar.write(regs::ADMIN_ACQ_BASE_HI, acq.high())?;
    bar.write(
        regs::ADMIN_CONFIG,
        regs::AdminConfig::default()
            .with_asq_log2(admin.log2)
            .with_acq_log2(admin.log2)
            .with_vector(0)
            .with_enable(true),
    )?;
    bar.doorbell(regs::ADMIN_DB_ACQ_HEAD, 0)?;
    bar.write(
        regs::CTL_CONTROL,
        CtlControl::default()
            .with_rx_enable(true)
            .with_tx_enable(true)
            .with_session_enable(true)
            .with_tw_enable(options.time_wait.enable)
            .with_pass_bad_csum(options.pass_bad_csum)
            .with_promiscuous(options.promiscuous),
    )
}

fn program_rss(
    bar: &mut Bar,
    options: &Options,
    key: &[u8; 40],
    queues: usize,
) -> Result<(), DeviceLost> {
    for (word, bytes) in (0..).zip(key.chunks_exact(4)) {
        let value = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        bar.write_at(regs::RSS_KEY, word, value)?;
    }
    bar.write(regs::RSS_HASH_TYPES, RssHashTypes::default())?;
    let mut table = [0; crate::rss::BUCKETS];
    for (bucket, queue) in table.iter_mut().enumerate() {
        *queue = crate::rss::spread(options.rss_indirection.as_ref(), bucket, queues);
    }
    program_indirection(bar, &table)
}

/// Queue pair of each bucket, four a register.
pub(crate) fn program_indirection(
    bar: &mut Bar,
    table: &[u8; crate::rss::BUCKETS],
) -> Result<(), DeviceLost> {
    for (word, [q0, q1, q2, q3]) in (0..).zip(table.as_chunks().0) {
        let value = RssIndirection::default().with_q0(*q0).with_q1(*q1).with_q2(*q2).with_q3(*q3);
        bar.write_at(regs::RSS_INDIRECTION, word, value)?;
    }
    Ok(())
}

fn program_tcp(bar: &mut Bar, options: &Options) -> Result<(), DeviceLost> {
    let crate::TcpOptions {
        delack_us,
        delack_segs,
        min_rto_us,
        max_rto_us,
        max_backoff,
        challenge_per_s,
        keep_idle_s,
        keep_interval_s,
        keep_count,
        fin_wait_2_s,
    } = options.tcp;
    for (reg, value) in [
        (regs::TCP_DELACK_US, delack_us),
        (regs::TCP_DELACK_SEGS, delack_segs),
        (regs::TCP_MIN_RTO_US, min_rto_us),
        (regs::TCP_MAX_RTO_US, max_rto_us),
        (regs::TCP_MAX_BACKOFF, max_backoff),
        (regs::TCP_CHALLENGE_PER_S, challenge_per_s),
        (regs::TCP_KEEP_IDLE_S, keep_idle_s),
        (regs::TCP_KEEP_INTERVAL_S, keep_interval_s),
        (regs::TCP_KEEP_COUNT, keep_count),
        (regs::TCP_FIN_WAIT_2_S, fin_wait_2_s),
    ] {
        if let Some(value) = value {
            bar.write(reg, value)?;
        }
    }
    let tw = options.time_wait;
    for (class, linger) in (0..).zip(tw.linger_us) {
        bar.write_at(regs::TW_LINGER_US, class, linger)?;
    }
    bar.write(
        regs::TW_POLICY,
        regs::TwPolicy::default().with_rst_exact(tw.rst_exact).with_recycle(tw.recycle.bits()),
    )?;
    bar.write(regs::TW_REPLIES_PER_S, tw.replies_per_s)
}

fn program_queue_pair(bar: &mut Bar, options: &Options, qp: &QueuePair) -> Result<(), DeviceLost> {
    let i = u32::from(qp.index);
    // Whatever a driver before this one has left: counts begin at zero on both sides.
    bar.write_at(regs::QP_CONFIG, i, QpConfig::default())?;
    for doorbell in [regs::DB_TXQ_TAIL, regs::DB_BMQ_TAIL, regs::DB_RXR_HEAD, regs::DB_EVQ_HEAD] {
        bar.write_at(doorbell, i, 0)?;
    }
    bar.write_iova(regs::QP_TXQ_BASE_LO, regs::QP_TXQ_BASE_HI, i, qp.tx.iova())?;
    bar.write_iova(regs::QP_BMQ_BASE_LO, regs::QP_BMQ_BASE_HI, i, qp.bumps.iova())?;
    bar.write_iova(regs::QP_RXR_BASE_LO, regs::QP_RXR_BASE_HI, i, qp.rx.iova())?;
    bar.write_iova(regs::QP_EVQ_BASE_LO, regs::QP_EVQ_BASE_HI, i, qp.events.iova())?;
    bar.write_at(regs::QP_IRQ, i, QpIrq::default().with_moderation_us(options.moderation_us))?;
    bar.write_at(
        regs::QP_CONFIG,
        i,
        QpConfig::default()
            .with_txq_log2(options.txq_log2)
            .with_bmq_log2(options.bmq_log2)
            .with_rxr_log2(options.rxr_log2)
            .with_slot_log2(qp.rx.slot_log2())
            .with_evq_log2(options.evq_log2)
            .with_vector(u8::try_from(qp.vector).unwrap_or(0))
            .with_enable(true),
    )?;
    // Arms the interrupt.
    match regs::DB_EVQ_HEAD.at(i) {
        Some(reg) => bar.doorbell(reg, 0),
        None => Err(DeviceLost),
    }
}

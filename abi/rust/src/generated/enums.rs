// SPDX-License-Identifier: Apache-2.0
// Generated from abi/layouts.rdl and regs.rdl by abi/exporter (`make gen`). Do not edit.
//! Enumerations of the contract.

use crate::support::Invalid;

/// `admin_opcode_e`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum AdminOpcode {
    /// `NOP`.
    Nop = 0,
    /// `INSTALL`.
    Install = 1,
    /// `EVICT`.
    Evict = 2,
    /// `SNAPSHOT`.
    Snapshot = 3,
    /// `NEXTHOP_SET`.
    NexthopSet = 4,
    /// `SESSION_SET`.
    SessionSet = 5,
    /// `STATS`.
    Stats = 6,
    /// `TW_INSERT`.
    TwInsert = 7,
    /// `TW_LOOKUP`.
    TwLookup = 8,
    /// `TW_DELETE`.
    TwDelete = 9,
    /// `TW_FLUSH`.
    TwFlush = 10,
    /// `TW_WALK`.
    TwWalk = 11,
}

impl AdminOpcode {
    /// All values, in the order of their declaration.
    pub const ALL: [Self; 12] = [
        Self::Nop,
        Self::Install,
        Self::Evict,
        Self::Snapshot,
        Self::NexthopSet,
        Self::SessionSet,
        Self::Stats,
        Self::TwInsert,
        Self::TwLookup,
        Self::TwDelete,
        Self::TwFlush,
        Self::TwWalk,
    ];

    /// The value as it lies in a field.
    pub const fn to_bits(self) -> u32 {
        self as u32
    }

    /// The meaning of a field's value, if it has one.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        match bits {
            0 => Some(Self::Nop),
            1 => Some(Self::Install),
            2 => Some(Self::Evict),
            3 => Some(Self::Snapshot),
            4 => Some(Self::NexthopSet),
            5 => Some(Self::SessionSet),
            6 => Some(Self::Stats),
            7 => Some(Self::TwInsert),
            8 => Some(Self::TwLookup),
            9 => Some(Self::TwDelete),
            10 => Some(Self::TwFlush),
            11 => Some(Self::TwWalk),
            _ => None,
        }
    }

    /// Name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nop => "nop",
            Self::Install => "install",
            Self::Evict => "evict",
            Self::Snapshot => "snapshot",
            Self::NexthopSet => "nexthop_set",
            Self::SessionSet => "session_set",
            Self::Stats => "stats",
            Self::TwInsert => "tw_insert",
            Self::TwLookup => "tw_lookup",
            Self::TwDelete => "tw_delete",
            Self::TwFlush => "tw_flush",
            Self::TwWalk => "tw_walk",
        }
    }
}

impl TryFrom<u32> for AdminOpcode {
    type Error = Invalid;
    fn try_from(value: u32) -> Result<Self, Invalid> {
        Self::from_bits(value).ok_or(Invalid { field: "admin_opcode", offset: 0, value })
    }
}

impl core::fmt::Display for AdminOpcode {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// `admin_status_e`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum AdminStatus {
    /// `OK`.
    Ok = 0,
    /// `BAD_OPCODE`.
    BadOpcode = 1,
    /// `BAD_FIELD`.
    BadField = 2,
    /// `BAD_HANDLE`.
    BadHandle = 3,
    /// `BUSY`.
    Busy = 4,
    /// `TABLE_FULL`.
    TableFull = 5,
    /// `EXISTS`.
    Exists = 6,
    /// `NOT_FOUND`.
    NotFound = 7,
    /// `DMA_FAULT`.
    DmaFault = 8,
    /// `STATE`.
    State = 9,
    /// `LIMIT`.
    Limit = 10,
    /// `TIMEOUT`.
    Timeout = 11,
    /// `UNSUPPORTED`.
    Unsupported = 12,
}

impl AdminStatus {
    /// All values, in the order of their declaration.
    pub const ALL: [Self; 13] = [
        Self::Ok,
        Self::BadOpcode,
        Self::BadField,
        Self::BadHandle,
        Self::Busy,
        Self::TableFull,
        Self::Exists,
        Self::NotFound,
        Self::DmaFault,
        Self::State,
        Self::Limit,
        Self::Timeout,
        Self::Unsupported,
    ];

    /// The value as it lies in a field.
    pub const fn to_bits(self) -> u32 {
        self as u32
    }

    /// The meaning of a field's value, if it has one.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        match bits {
            0 => Some(Self::Ok),
            1 => Some(Self::BadOpcode),
            2 => Some(Self::BadField),
            3 => Some(Self::BadHandle),
            4 => Some(Self::Busy),
            5 => Some(Self::TableFull),
            6 => Some(Self::Exists),
            7 => Some(Self::NotFound),
            8 => Some(Self::DmaFault),
            9 => Some(Self::State),
            10 => Some(Self::Limit),
            11 => Some(Self::Timeout),
            12 => Some(Self::Unsupported),
            _ => None,
        }
    }

    /// Name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::BadOpcode => "bad_opcode",
            Self::BadField => "bad_field",
            Self::BadHandle => "bad_handle",
            Self::Busy => "busy",
            Self::TableFull => "table_full",
            Self::Exists => "exists",
            Self::NotFound => "not_found",
            Self::DmaFault => "dma_fault",
            Self::State => "state",
            Self::Limit => "limit",
            Self::Timeout => "timeout",
            Self::Unsupported => "unsupported",
        }
    }
}

impl TryFrom<u32> for AdminStatus {
    type Error = Invalid;
    fn try_from(value: u32) -> Result<Self, Invalid> {
        Self::from_bits(value).ok_or(Invalid { field: "admin_status", offset: 0, value })
    }
}

impl core::fmt::Display for AdminStatus {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// `cc_algo_e`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum CcAlgo {
    /// `NEWRENO`.
    Newreno = 0,
    /// `CUBIC`.
    Cubic = 1,
    /// `DCTCP`.
    Dctcp = 2,
}

impl CcAlgo {
    /// All values, in the order of their declaration.
    pub const ALL: [Self; 3] = [Self::Newreno, Self::Cubic, Self::Dctcp];

    /// The value as it lies in a field.
    pub const fn to_bits(self) -> u32 {
        self as u32
    }

    /// The meaning of a field's value, if it has one.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        match bits {
            0 => Some(Self::Newreno),
            1 => Some(Self::Cubic),
            2 => Some(Self::Dctcp),
            _ => None,
        }
    }

    /// Name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newreno => "newreno",
            Self::Cubic => "cubic",
            Self::Dctcp => "dctcp",
        }
    }
}

impl TryFrom<u32> for CcAlgo {
    type Error = Invalid;
    fn try_from(value: u32) -> Result<Self, Invalid> {
        Self::from_bits(value).ok_or(Invalid { field: "cc_algo", offset: 0, value })
    }
}

impl core::fmt::Display for CcAlgo {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// `csum_verdict_e`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum CsumVerdict {
    /// `NOT_CHECKED`.
    NotChecked = 0,
    /// `GOOD`.
    Good = 1,
    /// `BAD`.
    Bad = 2,
    /// `NOT_PRESENT`.
    NotPresent = 3,
}

impl CsumVerdict {
    /// All values, in the order of their declaration.
    pub const ALL: [Self; 4] = [Self::NotChecked, Self::Good, Self::Bad, Self::NotPresent];

    /// The value as it lies in a field.
    pub const fn to_bits(self) -> u32 {
        self as u32
    }

    /// The meaning of a field's value, if it has one.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        match bits {
            0 => Some(Self::NotChecked),
            1 => Some(Self::Good),
            2 => Some(Self::Bad),
            3 => Some(Self::NotPresent),
            _ => None,
        }
    }

    /// Name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotChecked => "not_checked",
            Self::Good => "good",
            Self::Bad => "bad",
            Self::NotPresent => "not_present",
        }
    }
}

impl TryFrom<u32> for CsumVerdict {
    type Error = Invalid;
    fn try_from(value: u32) -> Result<Self, Invalid> {
        Self::from_bits(value).ok_or(Invalid { field: "csum_verdict", offset: 0, value })
    }
}

impl core::fmt::Display for CsumVerdict {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// `event_type_e`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum EventType {
    /// `INVALID`.
    Invalid = 0,
    /// `NIC_RX`.
    NicRx = 1,
    /// `NIC_TX_DONE`.
    NicTxDone = 2,
    /// `SESSION`.
    Session = 3,
    /// `TIME_WAIT`.
    TimeWait = 4,
    /// `FAULT`.
    Fault = 5,
    /// `SESSION_END`.
    SessionEnd = 6,
    /// `TIME_WAIT_REST`.
    TimeWaitRest = 7,
}

impl EventType {
    /// All values, in the order of their declaration.
    pub const ALL: [Self; 8] = [
        Self::Invalid,
        Self::NicRx,
        Self::NicTxDone,
        Self::Session,
        Self::TimeWait,
        Self::Fault,
        Self::SessionEnd,
        Self::TimeWaitRest,
    ];

    /// The value as it lies in a field.
    pub const fn to_bits(self) -> u32 {
        self as u32
    }

    /// The meaning of a field's value, if it has one.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        match bits {
            0 => Some(Self::Invalid),
            1 => Some(Self::NicRx),
            2 => Some(Self::NicTxDone),
            3 => Some(Self::Session),
            4 => Some(Self::TimeWait),
            5 => Some(Self::Fault),
            6 => Some(Self::SessionEnd),
            7 => Some(Self::TimeWaitRest),
            _ => None,
        }
    }

    /// Name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::NicRx => "nic_rx",
            Self::NicTxDone => "nic_tx_done",
            Self::Session => "session",
            Self::TimeWait => "time_wait",
            Self::Fault => "fault",
            Self::SessionEnd => "session_end",
            Self::TimeWaitRest => "time_wait_rest",
        }
    }
}

impl TryFrom<u32> for EventType {
    type Error = Invalid;
    fn try_from(value: u32) -> Result<Self, Invalid> {
        Self::from_bits(value).ok_or(Invalid { field: "event_type", offset: 0, value })
    }
}

impl core::fmt::Display for EventType {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// `fault_e`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Fault {
    /// `DMA_READ`.
    DmaRead = 0,
    /// `DMA_WRITE`.
    DmaWrite = 1,
    /// `BAD_DESCRIPTOR`.
    BadDescriptor = 2,
    /// `BAD_BUMP`.
    BadBump = 3,
    /// `FIRMWARE`.
    Firmware = 4,
    /// `QUEUE_CONFIG`.
    QueueConfig = 5,
}

impl Fault {
    /// All values, in the order of their declaration.
    pub const ALL: [Self; 6] = [
        Self::DmaRead,
        Self::DmaWrite,
        Self::BadDescriptor,
        Self::BadBump,
        Self::Firmware,
        Self::QueueConfig,
    ];

    /// The value as it lies in a field.
    pub const fn to_bits(self) -> u32 {
        self as u32
    }

    /// The meaning of a field's value, if it has one.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        match bits {
            0 => Some(Self::DmaRead),
            1 => Some(Self::DmaWrite),
            2 => Some(Self::BadDescriptor),
            3 => Some(Self::BadBump),
            4 => Some(Self::Firmware),
            5 => Some(Self::QueueConfig),
            _ => None,
        }
    }

    /// Name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DmaRead => "dma_read",
            Self::DmaWrite => "dma_write",
            Self::BadDescriptor => "bad_descriptor",
            Self::BadBump => "bad_bump",
            Self::Firmware => "firmware",
            Self::QueueConfig => "queue_config",
        }
    }
}

impl TryFrom<u32> for Fault {
    type Error = Invalid;
    fn try_from(value: u32) -> Result<Self, Invalid> {
        Self::from_bits(value).ok_or(Invalid { field: "fault", offset: 0, value })
    }
}

impl core::fmt::Display for Fault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// `magic_e`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u32)]
pub enum Magic {
    /// `SESSION_IMAGE`.
    SessionImage = 1397051220,
    /// `DEVICE`.
    Device = 1330925381,
}

impl Magic {
    /// All values, in the order of their declaration.
    pub const ALL: [Self; 2] = [Self::SessionImage, Self::Device];

    /// The value as it lies in a field.
    pub const fn to_bits(self) -> u32 {
        self as u32
    }

    /// The meaning of a field's value, if it has one.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        match bits {
            1397051220 => Some(Self::SessionImage),
            1330925381 => Some(Self::Device),
            _ => None,
        }
    }

    /// Name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SessionImage => "session_image",
            Self::Device => "device",
        }
    }
}

impl TryFrom<u32> for Magic {
    type Error = Invalid;
    fn try_from(value: u32) -> Result<Self, Invalid> {
        Self::from_bits(value).ok_or(Invalid { field: "magic", offset: 0, value })
    }
}

impl core::fmt::Display for Magic {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// `msl_class_e`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum MslClass {
    /// `NONE`.
    None = 0,
    /// `REMOTE`.
    Remote = 1,
    /// `LOCAL`.
    Local = 2,
    /// `LOOPBACK`.
    Loopback = 3,
}

impl MslClass {
    /// All values, in the order of their declaration.
    pub const ALL: [Self; 4] = [Self::None, Self::Remote, Self::Local, Self::Loopback];

    /// The value as it lies in a field.
    pub const fn to_bits(self) -> u32 {
        self as u32
    }

    /// The meaning of a field's value, if it has one.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        match bits {
            0 => Some(Self::None),
            1 => Some(Self::Remote),
            2 => Some(Self::Local),
            3 => Some(Self::Loopback),
            _ => None,
        }
    }

    /// Name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Remote => "remote",
            Self::Local => "local",
            Self::Loopback => "loopback",
        }
    }
}

impl TryFrom<u32> for MslClass {
    type Error = Invalid;
    fn try_from(value: u32) -> Result<Self, Invalid> {
        Self::from_bits(value).ok_or(Invalid { field: "msl_class", offset: 0, value })
    }
}

impl core::fmt::Display for MslClass {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// `rx_reason_e`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum RxReason {
    /// `NO_SESSION`.
    NoSession = 0,
    /// `NOT_IP`.
    NotIp = 1,
    /// `NOT_TCP`.
    NotTcp = 2,
    /// `FRAGMENT`.
    Fragment = 3,
    /// `IP_OPTIONS`.
    IpOptions = 4,
    /// `TCP_OPTIONS`.
    TcpOptions = 5,
    /// `URGENT`.
    Urgent = 6,
    /// `SYN`.
    Syn = 7,
    /// `TIME_WAIT_RECYCLED`.
    TimeWaitRecycled = 8,
    /// `SESSION_GONE`.
    SessionGone = 9,
    /// `MIRROR_RX`.
    MirrorRx = 10,
    /// `MIRROR_TX`.
    MirrorTx = 11,
    /// `BAD_CHECKSUM`.
    BadChecksum = 12,
    /// `MALFORMED`.
    Malformed = 13,
    /// `OFFLOAD_OFF`.
    OffloadOff = 14,
}

impl RxReason {
    /// All values, in the order of their declaration.
    pub const ALL: [Self; 15] = [
        Self::NoSession,
        Self::NotIp,
        Self::NotTcp,
        Self::Fragment,
        Self::IpOptions,
        Self::TcpOptions,
        Self::Urgent,
        Self::Syn,
        Self::TimeWaitRecycled,
        Self::SessionGone,
        Self::MirrorRx,
        Self::MirrorTx,
        Self::BadChecksum,
        Self::Malformed,
        Self::OffloadOff,
    ];

    /// The value as it lies in a field.
    pub const fn to_bits(self) -> u32 {
        self as u32
    }

    /// The meaning of a field's value, if it has one.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        match bits {
            0 => Some(Self::NoSession),
            1 => Some(Self::NotIp),
            2 => Some(Self::NotTcp),
            3 => Some(Self::Fragment),
            4 => Some(Self::IpOptions),
            5 => Some(Self::TcpOptions),
            6 => Some(Self::Urgent),
            7 => Some(Self::Syn),
            8 => Some(Self::TimeWaitRecycled),
            9 => Some(Self::SessionGone),
            10 => Some(Self::MirrorRx),
            11 => Some(Self::MirrorTx),
            12 => Some(Self::BadChecksum),
            13 => Some(Self::Malformed),
            14 => Some(Self::OffloadOff),
            _ => None,
        }
    }

    /// Name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoSession => "no_session",
            Self::NotIp => "not_ip",
            Self::NotTcp => "not_tcp",
            Self::Fragment => "fragment",
            Self::IpOptions => "ip_options",
            Self::TcpOptions => "tcp_options",
            Self::Urgent => "urgent",
            Self::Syn => "syn",
            Self::TimeWaitRecycled => "time_wait_recycled",
            Self::SessionGone => "session_gone",
            Self::MirrorRx => "mirror_rx",
            Self::MirrorTx => "mirror_tx",
            Self::BadChecksum => "bad_checksum",
            Self::Malformed => "malformed",
            Self::OffloadOff => "offload_off",
        }
    }
}

impl TryFrom<u32> for RxReason {
    type Error = Invalid;
    fn try_from(value: u32) -> Result<Self, Invalid> {
        Self::from_bits(value).ok_or(Invalid { field: "rx_reason", offset: 0, value })
    }
}

impl core::fmt::Display for RxReason {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// `session_key_e`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum SessionKey {
    /// `MSS`.
    Mss = 0,
    /// `CWND`.
    Cwnd = 1,
    /// `PACING_RATE`.
    PacingRate = 2,
    /// `NODELAY`.
    Nodelay = 3,
    /// `KEEPALIVE`.
    Keepalive = 4,
    /// `DF`.
    Df = 5,
    /// `CC_ALGO`.
    CcAlgo = 6,
    /// `NEXTHOP`.
    Nexthop = 7,
    /// `MIRROR`.
    Mirror = 8,
    /// `TRACE`.
    Trace = 9,
}

impl SessionKey {
    /// All values, in the order of their declaration.
    pub const ALL: [Self; 10] = [
        Self::Mss,
        Self::Cwnd,
        Self::PacingRate,
        Self::Nodelay,
        Self::Keepalive,
        Self::Df,
        Self::CcAlgo,
        Self::Nexthop,
        Self::Mirror,
        Self::Trace,
    ];

    /// The value as it lies in a field.
    pub const fn to_bits(self) -> u32 {
        self as u32
    }

    /// The meaning of a field's value, if it has one.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        match bits {
            0 => Some(Self::Mss),
            1 => Some(Self::Cwnd),
            2 => Some(Self::PacingRate),
            3 => Some(Self::Nodelay),
            4 => Some(Self::Keepalive),
            5 => Some(Self::Df),
            6 => Some(Self::CcAlgo),
            7 => Some(Self::Nexthop),
            8 => Some(Self::Mirror),
            9 => Some(Self::Trace),
            _ => None,
        }
    }

    /// Name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mss => "mss",
            Self::Cwnd => "cwnd",
            Self::PacingRate => "pacing_rate",
            Self::Nodelay => "nodelay",
            Self::Keepalive => "keepalive",
            Self::Df => "df",
            Self::CcAlgo => "cc_algo",
            Self::Nexthop => "nexthop",
            Self::Mirror => "mirror",
            Self::Trace => "trace",
        }
    }
}

impl TryFrom<u32> for SessionKey {
    type Error = Invalid;
    fn try_from(value: u32) -> Result<Self, Invalid> {
        Self::from_bits(value).ok_or(Invalid { field: "session_key", offset: 0, value })
    }
}

impl core::fmt::Display for SessionKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// `session_reason_e`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum SessionReason {
    /// `NONE`.
    None = 0,
    /// `TIME_WAIT`.
    TimeWait = 1,
    /// `CLOSED`.
    Closed = 2,
    /// `RESET_BY_PEER`.
    ResetByPeer = 3,
    /// `RESET_BY_HOST`.
    ResetByHost = 4,
    /// `RTO_TIMEOUT`.
    RtoTimeout = 5,
    /// `KEEPALIVE_TIMEOUT`.
    KeepaliveTimeout = 6,
    /// `FIN_WAIT_2_TIMEOUT`.
    FinWait2Timeout = 7,
    /// `PERSIST_TIMEOUT`.
    PersistTimeout = 8,
    /// `DATA_AFTER_CLOSE`.
    DataAfterClose = 9,
    /// `DMA_FAULT`.
    DmaFault = 10,
    /// `EVICTED`.
    Evicted = 11,
}

impl SessionReason {
    /// All values, in the order of their declaration.
    pub const ALL: [Self; 12] = [
        Self::None,
        Self::TimeWait,
        Self::Closed,
        Self::ResetByPeer,
        Self::ResetByHost,
        Self::RtoTimeout,
        Self::KeepaliveTimeout,
        Self::FinWait2Timeout,
        Self::PersistTimeout,
        Self::DataAfterClose,
        Self::DmaFault,
        Self::Evicted,
    ];

    /// The value as it lies in a field.
    pub const fn to_bits(self) -> u32 {
        self as u32
    }

    /// The meaning of a field's value, if it has one.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        match bits {
            0 => Some(Self::None),
            1 => Some(Self::TimeWait),
            2 => Some(Self::Closed),
            3 => Some(Self::ResetByPeer),
            4 => Some(Self::ResetByHost),
            5 => Some(Self::RtoTimeout),
            6 => Some(Self::KeepaliveTimeout),
            7 => Some(Self::FinWait2Timeout),
            8 => Some(Self::PersistTimeout),
            9 => Some(Self::DataAfterClose),
            10 => Some(Self::DmaFault),
            11 => Some(Self::Evicted),
            _ => None,
        }
    }

    /// Name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::TimeWait => "time_wait",
            Self::Closed => "closed",
            Self::ResetByPeer => "reset_by_peer",
            Self::ResetByHost => "reset_by_host",
            Self::RtoTimeout => "rto_timeout",
            Self::KeepaliveTimeout => "keepalive_timeout",
            Self::FinWait2Timeout => "fin_wait_2_timeout",
            Self::PersistTimeout => "persist_timeout",
            Self::DataAfterClose => "data_after_close",
            Self::DmaFault => "dma_fault",
            Self::Evicted => "evicted",
        }
    }
}

impl TryFrom<u32> for SessionReason {
    type Error = Invalid;
    fn try_from(value: u32) -> Result<Self, Invalid> {
        Self::from_bits(value).ok_or(Invalid { field: "session_reason", offset: 0, value })
    }
}

impl core::fmt::Display for SessionReason {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// `tcp_state_e`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum TcpState {
    /// `CLOSED`.
    Closed = 0,
    /// `LISTEN`.
    Listen = 1,
    /// `SYN_SENT`.
    SynSent = 2,
    /// `SYN_RCVD`.
    SynRcvd = 3,
    /// `ESTABLISHED`.
    Established = 4,
    /// `FIN_WAIT_1`.
    FinWait1 = 5,
    /// `FIN_WAIT_2`.
    FinWait2 = 6,
    /// `CLOSE_WAIT`.
    CloseWait = 7,
    /// `CLOSING`.
    Closing = 8,
    /// `LAST_ACK`.
    LastAck = 9,
    /// `TIME_WAIT`.
    TimeWait = 10,
}

impl TcpState {
    /// All values, in the order of their declaration.
    pub const ALL: [Self; 11] = [
        Self::Closed,
        Self::Listen,
        Self::SynSent,
        Self::SynRcvd,
        Self::Established,
        Self::FinWait1,
        Self::FinWait2,
        Self::CloseWait,
        Self::Closing,
        Self::LastAck,
        Self::TimeWait,
    ];

    /// The value as it lies in a field.
    pub const fn to_bits(self) -> u32 {
        self as u32
    }

    /// The meaning of a field's value, if it has one.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        match bits {
            0 => Some(Self::Closed),
            1 => Some(Self::Listen),
            2 => Some(Self::SynSent),
            3 => Some(Self::SynRcvd),
            4 => Some(Self::Established),
            5 => Some(Self::FinWait1),
            6 => Some(Self::FinWait2),
            7 => Some(Self::CloseWait),
            8 => Some(Self::Closing),
            9 => Some(Self::LastAck),
            10 => Some(Self::TimeWait),
            _ => None,
        }
    }

    /// Name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Listen => "listen",
            Self::SynSent => "syn_sent",
            Self::SynRcvd => "syn_rcvd",
            Self::Established => "established",
            Self::FinWait1 => "fin_wait_1",
            Self::FinWait2 => "fin_wait_2",
            Self::CloseWait => "close_wait",
            Self::Closing => "closing",
            Self::LastAck => "last_ack",
            Self::TimeWait => "time_wait",
        }
    }
}

impl TryFrom<u32> for TcpState {
    type Error = Invalid;
    fn try_from(value: u32) -> Result<Self, Invalid> {
        Self::from_bits(value).ok_or(Invalid { field: "tcp_state", offset: 0, value })
    }
}

impl core::fmt::Display for TcpState {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// `trace_kind_e`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum TraceKind {
    /// `RX`.
    Rx = 0,
    /// `TX`.
    Tx = 1,
    /// `BUMP`.
    Bump = 2,
    /// `RTO`.
    Rto = 3,
    /// `TIMER`.
    Timer = 4,
    /// `COMMAND`.
    Command = 5,
    /// `FAULT`.
    Fault = 6,
    /// `PARKED`.
    Parked = 7,
    /// `INSTALLED`.
    Installed = 8,
    /// `ENDED`.
    Ended = 9,
    /// `ACK_DUE`.
    AckDue = 10,
}

impl TraceKind {
    /// All values, in the order of their declaration.
    pub const ALL: [Self; 11] = [
        Self::Rx,
        Self::Tx,
        Self::Bump,
        Self::Rto,
        Self::Timer,
        Self::Command,
        Self::Fault,
        Self::Parked,
        Self::Installed,
        Self::Ended,
        Self::AckDue,
    ];

    /// The value as it lies in a field.
    pub const fn to_bits(self) -> u32 {
        self as u32
    }

    /// The meaning of a field's value, if it has one.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        match bits {
            0 => Some(Self::Rx),
            1 => Some(Self::Tx),
            2 => Some(Self::Bump),
            3 => Some(Self::Rto),
            4 => Some(Self::Timer),
            5 => Some(Self::Command),
            6 => Some(Self::Fault),
            7 => Some(Self::Parked),
            8 => Some(Self::Installed),
            9 => Some(Self::Ended),
            10 => Some(Self::AckDue),
            _ => None,
        }
    }

    /// Name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rx => "rx",
            Self::Tx => "tx",
            Self::Bump => "bump",
            Self::Rto => "rto",
            Self::Timer => "timer",
            Self::Command => "command",
            Self::Fault => "fault",
            Self::Parked => "parked",
            Self::Installed => "installed",
            Self::Ended => "ended",
            Self::AckDue => "ack_due",
        }
    }
}

impl TryFrom<u32> for TraceKind {
    type Error = Invalid;
    fn try_from(value: u32) -> Result<Self, Invalid> {
        Self::from_bits(value).ok_or(Invalid { field: "trace_kind", offset: 0, value })
    }
}

impl core::fmt::Display for TraceKind {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

/// `tw_event_e`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum TwEvent {
    /// `EVICTED`.
    Evicted = 0,
    /// `EXPIRED`.
    Expired = 1,
    /// `RECYCLED`.
    Recycled = 2,
    /// `RESET`.
    Reset = 3,
    /// `INSERT_FAILED`.
    InsertFailed = 4,
}

impl TwEvent {
    /// All values, in the order of their declaration.
    pub const ALL: [Self; 5] =
        [Self::Evicted, Self::Expired, Self::Recycled, Self::Reset, Self::InsertFailed];

    /// The value as it lies in a field.
    pub const fn to_bits(self) -> u32 {
        self as u32
    }

    /// The meaning of a field's value, if it has one.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        match bits {
            0 => Some(Self::Evicted),
            1 => Some(Self::Expired),
            2 => Some(Self::Recycled),
            3 => Some(Self::Reset),
            4 => Some(Self::InsertFailed),
            _ => None,
        }
    }

    /// Name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Evicted => "evicted",
            Self::Expired => "expired",
            Self::Recycled => "recycled",
            Self::Reset => "reset",
            Self::InsertFailed => "insert_failed",
        }
    }
}

impl TryFrom<u32> for TwEvent {
    type Error = Invalid;
    fn try_from(value: u32) -> Result<Self, Invalid> {
        Self::from_bits(value).ok_or(Invalid { field: "tw_event", offset: 0, value })
    }
}

impl core::fmt::Display for TwEvent {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

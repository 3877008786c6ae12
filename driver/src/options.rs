// SPDX-License-Identifier: Apache-2.0
//! What the opener decides; everything else is discovered from the device.

/// The key of the published Toeplitz test vectors. For tests: who knows the key can aim at collisions.
pub const PUBLISHED_RSS_KEY: [u8; 40] = [
    0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2, 0x41, 0x67, 0x25, 0x3d, 0x43, 0xa3, 0x8f, 0xb0,
    0xd0, 0xca, 0x2b, 0xcb, 0xae, 0x7b, 0x30, 0xb4, 0x77, 0xcb, 0x2d, 0xa3, 0x80, 0x30, 0xf2, 0x0c,
    0x6a, 0x42, 0xb7, 0x3b, 0xbe, 0xac, 0x01, 0xfa,
];

/// Settings of the engine's TCP; a field of `None` keeps the engine's value after reset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TcpOptions {
    /// Delayed acknowledgement, µs.
    pub delack_us: Option<u32>,
    /// Segments that make an acknowledgement due at once.
    pub delack_segs: Option<u32>,
    /// Least retransmission timeout, µs.
    pub min_rto_us: Option<u32>,
    /// Largest retransmission timeout, µs.
    pub max_rto_us: Option<u32>,
    /// Timeouts in a row before a session ends.
    pub max_backoff: Option<u32>,
    /// Challenge acknowledgements of each session per second at most (RFC 5961 §7): 255 and more are 255.
    pub challenge_per_s: Option<u32>,
    /// Keepalive: idle time, s.
    pub keep_idle_s: Option<u32>,
    /// Keepalive: time between probes, s.
    pub keep_interval_s: Option<u32>,
    /// Keepalive: probes before the session ends.
    pub keep_count: Option<u32>,
    /// Idle time in FIN-WAIT-2, s.
    pub fin_wait_2_s: Option<u32>,
}

/// When a SYN may end a TIME_WAIT entry (S-VTW-6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Recycle {
    /// Never.
    Off,
    /// By sequence number.
    Sequence,
    /// By sequence number or timestamp (RFC 6191).
    #[default]
    SequenceOrTimestamp,
}

impl Recycle {
    pub(crate) const fn bits(self) -> u8 {
        match self {
            Self::Off => 0,
            Self::Sequence => 1,
            Self::SequenceOrTimestamp => 2,
        }
    }
}

/// Settings of the engine's TIME_WAIT table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeWaitOptions {
    /// Whether frames are matched against it.
    pub enable: bool,
    /// Linger of the classes remote, local, loopback, µs (S-MSLT-1).
    pub linger_us: [u32; 3],
    /// RST deletes on an exact match (RFC 5961), else it is dropped (RFC 1337).
    pub rst_exact: bool,
    /// Recycling by SYN.
    pub recycle: Recycle,
    /// Limit of replies per second.
    pub replies_per_s: u32,
}

impl Default for TimeWaitOptions {
    fn default() -> Self {
        Self {
            enable: true,
            linger_us: [60_000_000, 10_000_000, 2_000_000],
            rst_exact: false,
            recycle: Recycle::default(),
            replies_per_s: 100,
        }
    }
}

/// How to open a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Queue pairs wanted; clipped to what the device has.
    pub queue_pairs: u16,
    /// log2 of NIC transmit descriptors a queue, 1..=15.
    pub txq_log2: u8,
    /// log2 of bump records a queue, 1..=15.
    pub bmq_log2: u8,
    /// log2 of NIC receive slots a queue, 1..=15.
    pub rxr_log2: u8,
    /// log2 of event records a queue, 5..=20: the engine keeps 16 places back for sessions.
    pub evq_log2: u8,
    /// Bytes of NIC transmit buffer a queue: a power of two, at least 256 KiB.
    pub tx_buffer: usize,
    /// log2 of admin commands, 1..=15.
    pub admin_log2: u8,
    /// Longest wait for an admin completion, µs.
    pub admin_timeout_us: u64,
    /// Longest wait for the engine and its firmware after reset, µs.
    pub ready_timeout_us: u64,
    /// Limit of memory for session rings, bytes.
    pub max_ring_memory: usize,
    /// Ring memory is taken from the transport in pieces of at least this many bytes (a power of two).
    pub ring_chunk: usize,
    /// Least time between two interrupts of a queue, µs.
    pub moderation_us: u16,
    /// Station address.
    pub mac: [u8; 6],
    /// Toeplitz key of the device: receive spreading, session lookup, TIME_WAIT. `None` draws one from the operating system
    /// when the device opens, and nobody else knows it; a given one makes runs repeatable.
    pub rss_key: Option<[u8; 40]>,
    /// Queue of each of the 128 buckets; `None` spreads evenly.
    pub rss_indirection: Option<[u8; 128]>,
    /// Take frames for other destination addresses too.
    pub promiscuous: bool,
    /// Deliver frames with a wrong checksum instead of dropping them.
    pub pass_bad_csum: bool,
    /// TCP settings.
    pub tcp: TcpOptions,
    /// TIME_WAIT settings.
    pub time_wait: TimeWaitOptions,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            queue_pairs: 1,
            txq_log2: 8,
            bmq_log2: 12,
            rxr_log2: 9,
            evq_log2: 12,
            tx_buffer: 256 * 1024,
            admin_log2: 5,
            admin_timeout_us: 1_000_000,
            ready_timeout_us: 2_000_000,
            max_ring_memory: 1 << 30,
            ring_chunk: 1 << 21,
            moderation_us: 0,
            mac: [0x02, 0x4f, 0x54, 0x4f, 0x45, 0x01],
            rss_key: None,
            rss_indirection: None,
            promiscuous: true,
            pass_bad_csum: false,
            tcp: TcpOptions::default(),
            time_wait: TimeWaitOptions::default(),
        }
    }
}

impl Options {
    /// The first setting that is out of range.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        let log2 = |value: u8, low: u8, high: u8| (low..=high).contains(&value);
        if self.queue_pairs == 0 {
            return Some("queue_pairs: at least one");
        }
        if !log2(self.txq_log2, 1, 15) {
            return Some("txq_log2: 1..=15");
        }
        if !log2(self.bmq_log2, 1, 15) {
            return Some("bmq_log2: 1..=15");
        }
        if !log2(self.rxr_log2, 1, 15) {
            return Some("rxr_log2: 1..=15");
        }
        if !log2(self.evq_log2, 5, 20) {
            return Some("evq_log2: 5..=20");
        }
        if !log2(self.admin_log2, 1, 15) {
            return Some("admin_log2: 1..=15");
        }
        if !self.tx_buffer.is_power_of_two() || self.tx_buffer < 256 * 1024 {
            return Some("tx_buffer: a power of two, at least 256 KiB");
        }
        if !self.ring_chunk.is_power_of_two() || self.ring_chunk < 4096 {
            return Some("ring_chunk: a power of two, at least 4096");
        }
        None
    }
}

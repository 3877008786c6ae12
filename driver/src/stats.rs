// SPDX-License-Identifier: Apache-2.0
//! Counters: the engine's by the names of their registers, and the driver's own.

use toe_abi::regs;

macro_rules! driver_stats {
    ($($(#[doc = $doc:literal])* $name:ident,)*) => {
        /// What the driver counts itself.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct DriverStats {
            $($(#[doc = $doc])* pub $name: u64,)*
        }

        impl DriverStats {
            /// What each counter counts.
            pub fn describe() -> impl Iterator<Item = (&'static str, &'static str)> {
                [$((concat!("driver_", stringify!($name)), concat!($($doc),*).trim_ascii()),)*].into_iter()
            }

            /// Every counter with its name.
            pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> + use<> {
                [$((concat!("driver_", stringify!($name)), self.$name),)*].into_iter()
            }
        }
    };
}

driver_stats! {
    /// Register reads; the data path makes none.
    mmio_reads,
    /// Those of them that asked a silent device whether it is alive.
    mmio_reads_alive,
    /// Register writes, doorbells included.
    mmio_writes,
    /// Doorbells.
    doorbells,
    /// Calls of `poll`.
    polls,
    /// Event records taken.
    events,
    /// Session events passed over because a later one of the same session said more.
    events_superseded,
    /// Session events taken.
    session_events,
    /// Events of sessions that are over (a wrong generation, or a slot not in use).
    stale_events,
    /// Records that cannot be true, or that report a fault.
    faults,
    /// Fault events not kept for the caller because too many were waiting.
    faults_dropped,
    /// NIC frames given to the transmit queue.
    tx_frames,
    /// Bytes of those frames.
    tx_bytes,
    /// Times the transmit queue or its buffer was full.
    tx_full,
    /// NIC frames received.
    rx_frames,
    /// Bytes of those frames.
    rx_bytes,
    /// Receive slots that the device skipped.
    rx_slots_skipped,
    /// Bump records written.
    bumps,
    /// Times the bump queue had no room.
    bmq_full,
    /// Payload bytes written to send rings.
    session_bytes_written,
    /// Payload bytes read from receive rings.
    session_bytes_read,
    /// Sessions reserved.
    reserved,
    /// Sessions installed.
    installed,
    /// Installations refused.
    refused,
    /// Sessions taken back.
    evicted,
    /// Sessions that left the engine by themselves.
    closed,
    /// Admin commands given to the firmware.
    admin_commands,
    /// Completions taken.
    admin_completions,
    /// Commands whose completion did not come in time.
    admin_timeouts,
    /// Completions that came after the time-out.
    admin_late,
    /// Device resets.
    resets,
}

/// All counters at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// The engine's, by register name without the prefix `counters_`; they accumulate over wraps of the 32-bit
    /// registers, as long as this is asked for more often than they wrap.
    pub engine: Vec<(&'static str, u64)>,
    /// The driver's.
    pub driver: DriverStats,
}

impl Stats {
    /// A counter by name; the driver's begin with `driver_`.
    #[must_use]
    pub fn counter(&self, name: &str) -> Option<u64> {
        let engine = self.engine.iter().copied();
        engine.chain(self.driver.iter()).find(|(n, _)| *n == name).map(|(_, value)| value)
    }

    /// All counters: the engine's, then the driver's.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> + '_ {
        self.engine.iter().copied().chain(self.driver.iter())
    }
}

/// One of the engine's counters and what was read last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EngineCounter {
    pub(crate) name: &'static str,
    pub(crate) offset: u32,
    pub(crate) last: u32,
    pub(crate) total: u64,
}

impl EngineCounter {
    /// The register file `counters` as the generated table lists it.
    pub(crate) fn all() -> Vec<Self> {
        regs::TABLE
            .iter()
            .filter_map(|row| {
                let name = row.name.strip_prefix("counters_")?;
                Some(Self { name, offset: row.offset, last: 0, total: 0 })
            })
            .collect()
    }

    pub(crate) fn update(&mut self, value: u32) {
        if self.name == "tw_max_probe" {
            self.total = u64::from(value); // a maximum, no count
        } else {
            self.total += u64::from(value.wrapping_sub(self.last));
        }
        self.last = value;
    }
}

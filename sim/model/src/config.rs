// SPDX-License-Identifier: Apache-2.0
//! Sizes of a model.

/// What the identification registers report. The sets carry the names of `rtl/pkg/toe_cfg_pkg.sv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModelConfig {
    /// Bits of the datapath that it stands for: a clock moves this much of a frame.
    pub data_width: u32,
    /// Session slots.
    pub sessions: u32,
    /// Lookup entries: fewer than slots only to see a full table.
    pub lookup_entries: u32,
    /// TIME_WAIT entries for IPv4, all classes.
    pub tw_entries_v4: u32,
    /// TIME_WAIT entries for IPv6, all classes.
    pub tw_entries_v6: u32,
    /// Queue pairs.
    pub queue_pairs: u32,
    /// Next-hop slots.
    pub nexthops: u32,
    /// Longest frame, bytes without FCS.
    pub max_frame: u32,
    /// Nominal clock.
    pub clock_khz: u32,
    /// Clocks that a command waits before it is served: firmware takes its time, frames do not wait for it.
    pub command_clocks: u32,
}

impl ModelConfig {
    /// As the engine's `small`.
    pub const SMALL: Self = Self {
        data_width: 64,
        sessions: 64,
        lookup_entries: 64,
        tw_entries_v4: 256,
        tw_entries_v6: 64,
        queue_pairs: 4,
        nexthops: 64,
        max_frame: 1536,
        clock_khz: 125_000,
        command_clocks: 0,
    };

    /// As the engine's `large`.
    pub const LARGE: Self = Self {
        data_width: 512,
        sessions: 65_536,
        lookup_entries: 65_536,
        tw_entries_v4: 65_536,
        tw_entries_v6: 16_384,
        queue_pairs: 16,
        nexthops: 1024,
        max_frame: 9218,
        clock_khz: 250_000,
        command_clocks: 0,
    };
}

impl Default for ModelConfig {
    fn default() -> Self {
        Self::SMALL
    }
}

// SPDX-License-Identifier: Apache-2.0
//! The register file: words with the access rules of the generated table.

use crate::config::ModelConfig;
use toe_abi::regs::{self, TABLE};
use toe_abi::{ABI_HASH, Access, Reg, RegArray};
use toe_device::Micros;

/// Register `id_magic`.
const MAGIC: u32 = toe_abi::Magic::Device.to_bits();
/// IPv4, IPv6, SACK, timestamps, ECN, TSO, TIME_WAIT, firmware.
const FEATURES: u32 = 0xff;
/// Firmware state "ready".
const FW_READY: u8 = 2;

/// A place in the table, found by offset without searching.
#[derive(Clone, Copy)]
struct Rule {
    writable: u32,
    pulse: u32,
}

pub(crate) struct Registers {
    words: Vec<u32>,
    rules: Vec<Rule>,
}

fn low(value: u64) -> u32 {
    (value & u64::from(u32::MAX)).try_into().unwrap_or(0)
}

impl Registers {
    pub(crate) fn new(config: &ModelConfig) -> Self {
        let count = regs::SIZE as usize / 4;
        let mut rules = vec![Rule { writable: 0, pulse: 0 }; count];
        for row in &TABLE {
            for i in 0..row.count {
                let word = (row.offset + i * row.stride) as usize / 4;
                let writable = if row.access == Access::ReadOnly { 0 } else { row.writable };
                rules[word] = Rule { writable, pulse: row.pulse };
            }
        }
        let mut registers = Self { words: vec![0; count], rules };
        registers.reset(config);
        registers
    }

    /// Reset values, and what never changes.
    pub(crate) fn reset(&mut self, config: &ModelConfig) {
        for row in &TABLE {
            for i in 0..row.count {
                self.words[(row.offset + i * row.stride) as usize / 4] = row.reset;
            }
        }
        self.put(regs::ID_MAGIC, MAGIC);
        self.put(regs::ID_VERSION, 1 << 16);
        self.put(regs::ID_ABI_HASH_LO, low(ABI_HASH));
        self.put(regs::ID_ABI_HASH_HI, low(ABI_HASH >> 32));
        self.put(regs::ID_DATA_WIDTH, config.data_width);
        self.put(regs::ID_SESSIONS, config.sessions);
        self.put(regs::ID_TW_ENTRIES_V4, config.tw_entries_v4);
        self.put(regs::ID_TW_ENTRIES_V6, config.tw_entries_v6);
        self.put(regs::ID_QUEUE_PAIRS, config.queue_pairs);
        self.put(regs::ID_NEXTHOPS, config.nexthops);
        self.put(regs::ID_MAX_FRAME, config.max_frame);
        self.put(regs::ID_FEATURES, FEATURES);
        self.put(regs::ID_CLOCK_KHZ, config.clock_khz);
        self.put(regs::ID_OOO_INTERVALS, 4);
        self.put(regs::CTL_FW_ABI_HASH_LO, low(ABI_HASH));
        self.put(regs::CTL_FW_ABI_HASH_HI, low(ABI_HASH >> 32));
        self.put(regs::CTL_STATUS, regs::CtlStatus::default().with_fw_state(FW_READY));
    }

    /// What the host reads; words without a register read as zero.
    pub(crate) fn host_read(&self, offset: u32) -> u32 {
        self.words.get(offset as usize / 4).copied().unwrap_or(0)
    }

    /// What the host writes; what it may not write stays. Gives the bits that act once.
    pub(crate) fn host_write(&mut self, offset: u32, value: u32) -> u32 {
        let word = offset as usize / 4;
        let (Some(rule), Some(old)) = (self.rules.get(word), self.words.get_mut(word)) else {
            return 0;
        };
        *old = (*old & !rule.writable) | (value & rule.writable & !rule.pulse);
        value & rule.pulse
    }

    /// A value in its register's type.
    pub(crate) fn value<T: From<u32>>(&self, reg: Reg<T>) -> T {
        T::from(self.host_read(reg.offset()))
    }

    /// Element `index`; the reset value zero where there is none.
    pub(crate) fn element<T: From<u32>>(&self, array: RegArray<T>, index: usize) -> T {
        let reg = u32::try_from(index).ok().and_then(|index| array.at(index));
        T::from(reg.map_or(0, |reg| self.host_read(reg.offset())))
    }

    /// An address in two registers.
    pub(crate) fn iova(&self, lo: RegArray<u32>, hi: RegArray<u32>, index: usize) -> u64 {
        u64::from(self.element(lo, index)) | u64::from(self.element(hi, index)) << 32
    }

    /// Sets a register from the device's side.
    pub(crate) fn put<T>(&mut self, reg: Reg<T>, value: T)
    where
        u32: From<T>,
    {
        if let Some(word) = self.words.get_mut(reg.offset() as usize / 4) {
            *word = value.into();
        }
    }

    pub(crate) fn put_element(&mut self, array: RegArray<u32>, index: usize, value: u32) {
        if let Some(reg) = u32::try_from(index).ok().and_then(|index| array.at(index)) {
            self.put(reg, value);
        }
    }

    /// Counts.
    pub(crate) fn add(&mut self, counter: Reg<u32>, n: u32) {
        if let Some(word) = self.words.get_mut(counter.offset() as usize / 4) {
            *word = word.wrapping_add(n);
        }
    }

    pub(crate) fn count(&mut self, counter: Reg<u32>) {
        self.add(counter, 1);
    }

    /// The firmware is held in reset: it serves no command, and its heartbeat stands still.
    pub(crate) fn firmware_held(&self) -> bool {
        self.value(regs::CTL_FW_CONTROL).hold()
    }

    /// The clock, and a heartbeat that moves with it.
    pub(crate) fn set_time(&mut self, now: Micros) {
        self.put(regs::CTL_NOW_US_LO, low(now.0));
        self.put(regs::CTL_NOW_US_HI, low(now.0 >> 32));
        if !self.firmware_held() {
            self.put(regs::CTL_FW_HEARTBEAT, low(now.0 >> 10));
        }
    }
}

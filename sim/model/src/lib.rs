// SPDX-License-Identifier: Apache-2.0
//! The functional model: a [`Device`] with the engine's registers, rings, commands and session behaviour, written for
//! clarity rather than as hardware. Its TCP is the core of the host stack (`toe-tcp`), its image conversion
//! `toe-image`; whatever else it knows comes from the generated contract (`toe-abi`).
//!
//! It works by transactions: one clock takes one frame, one descriptor, one bump record a queue, one segment of one
//! session, one command. Host memory is read without latency; order is kept as the engine keeps it: payload before
//! the record that announces it, the record before its interrupt. It is not a timing model.
//!
//! Counters have the engine's names; those that only describe its pipeline stay zero.
//!
//! Tested by unit tests here, with the driver in `tests/`, and by every system test that runs on both worlds.

#![forbid(unsafe_code)]

mod admin;
mod config;
mod frame;
mod hash;
mod nic;
mod pace;
mod registers;
mod rings;
mod session;
mod timewait;
mod trace;

pub use config::ModelConfig;

use admin::Admin;
use nic::Outgoing;
use registers::Registers;
use rings::QueuePair;
use session::Sessions;
use std::collections::VecDeque;
use timewait::TimeWait;
use toe_abi::{Nexthop, regs};
use toe_device::{Device, Frame, HostBus, Identity, Idle, Micros};

/// PCI identity, that of the simulated engine.
const VENDOR_ID: u16 = 0x1234;
const DEVICE_ID: u16 = 0x70e1;
/// Frames on their way out before sessions and queues have to wait.
const TX_DEPTH: usize = 16;
/// One vector a queue pair, one for the admin queue.
const VECTORS: u16 = 17;

/// The functional model. Build it with [`Model::new`], give it to a world.
pub struct Model {
    config: ModelConfig,
    regs: Registers,
    writes: VecDeque<(u32, u32)>,
    qps: Vec<QueuePair>,
    admin: Admin,
    nexthops: Vec<Nexthop>,
    sessions: Sessions,
    tw: TimeWait,
    /// Records of the TIME_WAIT table that wait for space.
    notes: VecDeque<[u32; 8]>,
    tx: VecDeque<Outgoing>,
    /// Trace records to be written.
    traced: VecDeque<toe_abi::TraceRecordRaw>,
    injected: VecDeque<Vec<u8>>,
    arrived: Option<Frame>,
    now: Micros,
}

impl Model {
    /// A model of the given sizes, in reset.
    #[must_use]
    pub fn new(config: ModelConfig) -> Self {
        Self {
            regs: Registers::new(&config),
            writes: VecDeque::new(),
            qps: vec![QueuePair::default(); config.queue_pairs as usize],
            admin: Admin::default(),
            nexthops: vec![Nexthop::default(); config.nexthops as usize],
            sessions: Sessions::new(config.sessions),
            tw: TimeWait::new(config.tw_entries_v4, config.tw_entries_v6),
            notes: VecDeque::new(),
            tx: VecDeque::new(),
            traced: VecDeque::new(),
            injected: VecDeque::new(),
            arrived: None,
            now: Micros::ZERO,
            config,
        }
    }

    fn clear(&mut self) {
        let now = self.now;
        *self = Self::new(self.config);
        self.now = now;
        self.regs.set_time(now);
    }

    fn apply_writes(&mut self) {
        while let Some((offset, value)) = self.writes.pop_front() {
            let pulse = self.regs.host_write(offset, value);
            if offset == regs::CTL_RESET.offset() && regs::CtlReset(pulse).soft_reset() {
                let rest = std::mem::take(&mut self.writes);
                self.clear();
                self.writes = rest;
            } else if let Some(qp) = regs::DB_EVQ_HEAD.index_of(offset) {
                if let Some(qp) = self.qps.get_mut(qp as usize) {
                    qp.irq.rearm(qp.evq_tail != value);
                }
            } else if offset == regs::ADMIN_DB_ACQ_HEAD.offset() {
                self.admin_rearm();
            } else if let Some(index) = regs::QP_CONFIG.index_of(offset) {
                // Counts are zero while a queue pair is disabled.
                if let Some(qp) = self.qps.get_mut(index as usize)
                    && !regs::QpConfig(value).enable()
                {
                    *qp = QueuePair::default();
                    let others = self.regs.value(regs::CTL_EVQ_FAILED) & !(1 << index);
                    self.regs.put(regs::CTL_EVQ_FAILED, others);
                }
            } else if offset == regs::ADMIN_CONFIG.offset() {
                if !regs::AdminConfig(value).enable() {
                    self.admin_enabled();
                }
            } else if offset == regs::TRACE_CONFIG.offset() {
                if !regs::TraceConfig(value).enable() {
                    self.regs.put(regs::TRACE_COUNT, 0);
                    self.traced.clear();
                }
            } else if offset == regs::TW_REPLIES_PER_S.offset() {
                self.tw.set_limit(value);
            }
        }
    }

    /// Something can be done now, or is in flight.
    fn busy(&self) -> bool {
        !self.writes.is_empty()
            || self.arrived.is_some()
            || !self.injected.is_empty()
            || !self.tx.is_empty()
            || !self.traced.is_empty()
            || self.sessions.has_ready()
            || self.admin_waiting()
            || self.sessions.news_queues().any(|qp| self.evq_space(qp))
            || (0..self.qps.len()).any(|qp| {
                self.txq_waiting(qp)
                    || self.bmq_waiting(qp)
                    || ((self.qps[qp].report || self.qps[qp].fault.is_some())
                        && self.evq_space_other(qp))
            })
            || (!self.notes.is_empty() && self.evq_space_other(0))
            || self.deadline().is_some_and(|deadline| deadline <= self.now)
    }

    fn deadline(&self) -> Option<Micros> {
        let irqs = self.qps.iter().filter_map(|qp| qp.irq.due());
        irqs.chain(self.admin.irq.due())
            .chain(self.sessions.deadline())
            .chain(self.tw.deadline())
            .min()
    }

    /// One clock.
    fn clock(&mut self, bus: &mut dyn HostBus) {
        self.now = bus.now();
        self.regs.set_time(self.now);
        self.session_timers();
        self.tw_age();
        if let Some(bytes) = self.injected.pop_front() {
            self.receive(bus, Frame::new(bytes), true);
        } else if let Some(frame) = self.arrived.take() {
            self.receive(bus, frame, false);
        }
        self.check_tails();
        for qp in 0..self.qps.len() {
            if self.bmq_waiting(qp) {
                self.bump(bus, qp);
            }
            if self.tx.len() < TX_DEPTH && self.txq_waiting(qp) {
                self.transmit(bus, qp);
            }
        }
        if self.tx.len() < TX_DEPTH {
            self.session_turn(bus);
        }
        self.put_on_wire(bus);
        self.write_trace(bus);
        if self.sessions.has_news() {
            self.write_session_events(bus);
        }
        self.write_waiting(bus);
        // Events of a session are in memory before the completion that ends it.
        if self.admin_waiting() && self.admin_takes_its_time() {
            self.serve(bus);
        }
        self.raise_interrupts(bus);
    }
}

impl Device for Model {
    fn identity(&self) -> Identity {
        Identity {
            name: "model".into(),
            bar0_size: regs::SIZE.next_power_of_two(),
            vectors: VECTORS,
            vendor_id: VENDOR_ID,
            device_id: DEVICE_ID,
            revision: 0,
        }
    }

    fn reset(&mut self) {
        self.writes.clear();
        self.clear();
    }

    fn bar_read(&mut self, offset: u32, bus: &mut dyn HostBus) -> u32 {
        self.now = bus.now();
        self.apply_writes();
        self.regs.set_time(self.now);
        let idle = !self.busy();
        let status = self.regs.value(regs::CTL_STATUS).with_idle(idle);
        self.regs.put(regs::CTL_STATUS, status);
        self.regs.host_read(offset)
    }

    fn bar_write(&mut self, offset: u32, value: u32) {
        self.writes.push_back((offset, value));
    }

    fn step(&mut self, cycles: u32, bus: &mut dyn HostBus) -> u32 {
        let mut run = 0;
        while run < cycles {
            self.now = bus.now();
            if self.arrived.is_none() {
                self.arrived = bus.receive();
            }
            if !self.busy() {
                break;
            }
            self.apply_writes();
            bus.tick();
            run += 1;
            self.clock(bus);
            if bus.stop() {
                break;
            }
        }
        run
    }

    fn idle(&self) -> Idle {
        if self.busy() { Idle::Busy } else { Idle::Quiet { deadline: self.deadline() } }
    }

    fn failure(&self) -> Option<&str> {
        None
    }
}

/// The core's clock is the world's.
pub(crate) const fn tcp_time(now: Micros) -> toe_tcp::Micros {
    toe_tcp::Micros(now.0)
}

#[allow(clippy::cast_possible_truncation)] // that is what it is for
pub(crate) const fn low32(value: u64) -> u32 {
    value as u32
}

#[allow(clippy::cast_possible_truncation)] // that is what it is for
pub(crate) const fn low16(value: u32) -> u16 {
    value as u16
}

/// An address as it lies in a next-hop entry: first byte lowest.
pub(crate) const fn mac(bits: u64) -> [u8; 6] {
    let [a, b, c, d, e, f, _, _] = bits.to_le_bytes();
    [a, b, c, d, e, f]
}

// SPDX-License-Identifier: Apache-2.0
//! Many sessions in one engine that move as much as they can.

use std::collections::VecDeque;

use crate::rig::{On, Rig, world_builder};
use crate::station::{Id, Shape, pattern, patterns};
use crate::{InProcess, SharedWorld};
use toe_driver::{DriverEvent, Options, SessionEvent, SessionHandle, SessionSpec, SessionState};
use toe_world::{PcieProfile, Statistics, WireProfile};

/// How the world around an engine is.
#[derive(Clone, Copy, Debug)]
pub struct Around {
    /// Which engine.
    pub on: On,
    /// What its sessions are like.
    pub shape: Shape,
    /// Path to host memory.
    pub pcie: PcieProfile,
    /// The wire.
    pub wire: WireProfile,
    /// Clocks between two turns of the host.
    pub quantum: u32,
}

impl Around {
    /// Nothing but the engine limits: no rate on the wire and to memory beyond the bus, 500 ns (and up to 100 more) to
    /// host memory and back, 500 ns to the station.
    #[must_use]
    pub fn unlimited(on: On, shape: Shape) -> Self {
        let mut wire = WireProfile::clean();
        for lane in [&mut wire.to_device, &mut wire.to_peer] {
            lane.bits_per_us = 0;
            lane.delay_ns = 500;
        }
        Self { on, shape, pcie: pcie(500), wire, quantum: 128 }
    }

    /// Bytes of a beat of its buses.
    #[must_use]
    pub fn beat(&self) -> u32 {
        match self.on {
            On::Model | On::Small => 8,
            On::Mid => 32,
            On::Large => 64,
        }
    }

    /// Picoseconds of a clock: nominal frequency of the configuration.
    #[must_use]
    pub fn period_ps(&self) -> u64 {
        match self.on {
            On::Model | On::Small => 8_000,
            On::Mid | On::Large => 4_000,
        }
    }

    /// Payload bytes of a full segment: what the options leave of the MSS.
    #[must_use]
    pub fn payload(&self) -> u32 {
        u32::from(self.shape.mss) - if self.shape.timestamps { 12 } else { 0 }
    }

    /// Payload bytes a cycle when frames follow each other on the bus without a gap: one direction.
    #[must_use]
    pub fn bus_bound(&self) -> f64 {
        let frame = 14 + 40 + u32::from(self.shape.mss);
        f64::from(self.payload()) / f64::from(frame.div_ceil(self.beat()))
    }

    /// In words, for the table.
    #[must_use]
    pub fn words(&self) -> String {
        let ts = if self.shape.timestamps { ", timestamps" } else { "" };
        let ns = self.pcie.read_latency_ns;
        format!("{:?}, MSS {}{ts}, PCIe {ns} ns", self.on, self.shape.mss).to_lowercase()
    }
}

/// A path to host memory of this latency, ns, and no limit of its own.
#[must_use]
pub fn pcie(read_latency_ns: u64) -> PcieProfile {
    PcieProfile {
        read_latency_ns,
        read_jitter_ns: 100,
        read_bytes_per_us: 0,
        write_bytes_per_us: 0,
    }
}

/// One session and its application.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// The driver's name of it.
    pub handle: SessionHandle,
    /// The station's.
    pub id: Id,
    /// Bytes written.
    pub written: u32,
    /// Bytes read; all were right.
    pub read: u32,
}

/// What moved so far: bytes in order, all sessions together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// To the station.
    pub sent: u64,
    /// To the application.
    pub received: u64,
    /// Clocks; an idle engine's are not all run.
    pub cycles: u64,
    /// World time, µs.
    pub us: u64,
}

/// All of them.
pub struct Crowd {
    /// Driver, device, station.
    pub rig: Rig,
    /// The sessions.
    pub members: Vec<Member>,
    /// How much each application writes in all.
    pub send: u32,
    /// Sessions that the engine refused: their part of the hash was taken, or no place could be made. A host would
    /// serve them in software.
    pub refused: Vec<Id>,
    buffer: Vec<u8>,
}

impl Crowd {
    /// An engine with `count` live sessions. `None`: it is not built into this program.
    ///
    /// # Panics
    /// If the device does not do what it should; this ends a benchmark as it ends a test.
    #[must_use]
    pub fn new(around: &Around, options: &Options, count: u32) -> Option<Self> {
        let device = around.on.device(crate::rig::seed())?;
        let world = world_builder(device)
            .clock_period_ps(around.period_ps())
            .quantum(around.quantum)
            .pcie(around.pcie)
            .wire(around.wire)
            .build()
            .unwrap_or_else(|error| panic!("{error}"));
        let mut rig = Rig::inside(SharedWorld::new(world), options, InProcess::new);
        rig.hop_with(around.shape.mss + 40);
        let mut crowd = Self {
            rig,
            members: Vec::new(),
            send: 0,
            refused: Vec::new(),
            buffer: vec![0; 1 << 16],
        };
        crowd.join((0..count).map(Id::nth), &around.shape);
        Some(crowd)
    }

    /// Leaves so many slots reserved and empty, so that sessions that join later have higher ones.
    ///
    /// # Panics
    /// If the driver has not that many, or no memory for their rings.
    pub fn skip(&mut self, slots: u32) {
        for _ in 0..slots {
            let (tx_ring, rx_ring) = (4096, 4096);
            let spec = SessionSpec { queue_pair: 0, tx_ring, rx_ring, tx_seq0: 0, rx_seq0: 0 };
            self.rig.driver.session_reserve(&spec).unwrap_or_else(|error| panic!("{error}"));
        }
    }

    /// More sessions. Those that the engine refuses go to `refused`.
    ///
    /// # Panics
    /// If one is neither installed nor refused within a second.
    pub fn join(&mut self, ids: impl Iterator<Item = Id>, shape: &Shape) {
        let mut waiting = VecDeque::new();
        for id in ids {
            let handle = self.rig.install_as(id, shape);
            waiting.push_back(handle);
            self.members.push(Member { handle, id, written: 0, read: 0 });
        }
        let mut last = self.rig.now();
        while let Some(handle) = waiting.front() {
            match self.rig.driver.session_info(*handle).unwrap_or_else(|e| panic!("{e}")).state {
                SessionState::Active => {
                    waiting.pop_front();
                    last = self.rig.now();
                }
                SessionState::Reserved => {
                    let at = self.members.iter().rposition(|m| m.handle == *handle);
                    let member = self.members.remove(at.expect("a member"));
                    self.refused.push(member.id);
                    let released = self.rig.driver.session_release(*handle);
                    released.unwrap_or_else(|error| panic!("{error}"));
                    waiting.pop_front();
                }
                SessionState::Installing => {
                    assert!(self.rig.now().0 < last.0 + 1_000_000, "a session is not installed");
                    self.turn();
                }
                state => panic!("{handle:?}: {state:?}, {:?}", self.rig.events),
            }
        }
        self.rig.events.clear();
    }

    /// The station sends this much to each session.
    pub fn receive(&mut self, bytes: u32) {
        for member in &self.members {
            self.rig.end(member.id, |end| end.goal = bytes);
        }
    }

    /// World and driver once.
    pub fn turn(&mut self) {
        let end = self.rig.now().plus(100_000);
        self.rig.turn(end);
        // What ends a session is looked at by whoever expects it.
        self.rig.events.retain(|event| {
            !matches!(event, DriverEvent::Session { event: SessionEvent::Progress, .. })
        });
    }

    /// The applications once, then the world.
    ///
    /// # Panics
    /// If a byte is wrong or a session gone.
    pub fn work(&mut self) {
        for member in &mut self.members {
            let driver = &mut self.rig.driver;
            let info = driver.session_info(member.handle).unwrap_or_else(|e| panic!("{e}"));
            if info.readable > 0 {
                let len = driver
                    .session_read(member.handle, &mut self.buffer)
                    .unwrap_or_else(|e| panic!("{e}"));
                let bytes = &self.buffer[..len];
                let wrong = (member.read..).zip(bytes).find(|(i, byte)| pattern(*i) != **byte);
                assert_eq!(wrong, None, "byte of the stream from {:?}", member.id);
                member.read += u32::try_from(len).unwrap_or(0);
            }
            // Like a program that writes buffers, not bytes.
            let left = self.send.saturating_sub(member.written);
            let room = info.writable.min(left);
            if room > 0 && (room == left || room >= 4096) {
                let chunk = patterns(member.written, member.written + room);
                let len =
                    driver.session_write(member.handle, &chunk).unwrap_or_else(|e| panic!("{e}"));
                member.written += u32::try_from(len).unwrap_or(0);
            }
        }
        self.turn();
    }

    /// What moved so far.
    #[must_use]
    pub fn moved(&self) -> Moved {
        let received = self.members.iter().map(|m| u64::from(m.read)).sum();
        let sent = self.rig.station(|s| s.ends().map(|end| u64::from(end.count())).sum());
        Moved { sent, received, cycles: self.statistics().cycles, us: self.rig.now().0 }
    }

    /// The same, but with what has arrived in the host's rings and is not yet read: what a rate is to be made of, for the
    /// rings' level differs from one moment to the next.
    #[must_use]
    pub fn arrived(&self) -> Moved {
        let waiting = |m: &Member| {
            self.rig.driver.session_info(m.handle).map_or(0, |info| u64::from(info.readable))
        };
        let moved = self.moved();
        let received = moved.received + self.members.iter().map(waiting).sum::<u64>();
        Moved { received, ..moved }
    }

    /// Of the world.
    #[must_use]
    pub fn statistics(&self) -> Statistics {
        self.rig.world.lock().statistics()
    }

    /// Works for so many clocks; what moved meanwhile.
    #[must_use]
    pub fn run(&mut self, cycles: u64) -> Moved {
        let before = self.arrived();
        let mut after = before;
        while after.cycles < before.cycles + cycles {
            self.work();
            after.cycles = self.statistics().cycles;
        }
        let after = self.arrived();
        Moved {
            sent: after.sent - before.sent,
            received: after.received - before.received,
            cycles: after.cycles - before.cycles,
            us: after.us - before.us,
        }
    }

    /// Every byte that the station believes to have in order was there.
    pub fn check(&self) {
        self.rig.station(|station| {
            for end in station.ends() {
                let _checked = end.good();
            }
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
//! A device in its machine, and time.

use crate::capture::{Capture, CaptureError, Sides};
use crate::machine::{DmaCounts, Interrupts, Machine};
use crate::memory::{FaultCounts, HostMemory};
use crate::pci::{COMMAND_BUS_MASTER, ConfigEffect, PciFunction};
use crate::pcie::PcieProfile;
use crate::peer::Peer;
use crate::time::Nanos;
use crate::wire::{Hook, WireCounts, WireProfile};
use std::any::Any;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use toe_device::{Device, Identity, Idle, Micros};

/// Why a run ended without its goal. Each names the seed, so that the run can be repeated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorldError {
    /// The device found a defect in itself (a failed RTL assertion).
    #[error("seed {seed}, {now}: the device failed: {message}")]
    DeviceFailed {
        /// Seed of the world.
        seed: u64,
        /// World time.
        now: Micros,
        /// The device's message.
        message: String,
    },
    /// The budget was used up.
    #[error("seed {seed}, {now}: out of {what} ({cycles} cycles run)")]
    Budget {
        /// Seed of the world.
        seed: u64,
        /// World time.
        now: Micros,
        /// Cycles of the device so far.
        cycles: u64,
        /// What ran out: `cycles`, `virtual time` or `wall time`.
        what: &'static str,
    },
    /// Everybody is idle and nobody has a timer: the goal cannot be reached any more.
    #[error("seed {seed}, {now}: nothing is going to happen any more")]
    Stalled {
        /// Seed of the world.
        seed: u64,
        /// World time.
        now: Micros,
    },
}

/// How long a run may take. The first limit reached ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Clocks of the device.
    pub cycles: u64,
    /// World time.
    pub time: Micros,
    /// Wall-clock time.
    pub wall: Duration,
}

impl Default for Budget {
    /// 200 M cycles, one hour of world time, two minutes of wall time.
    fn default() -> Self {
        Self { cycles: 200_000_000, time: Micros::from_secs(3_600), wall: Duration::from_secs(120) }
    }
}

impl Budget {
    /// This much world time, the other limits as in the default.
    #[must_use]
    pub fn of_time(time: Micros) -> Self {
        Self { time, ..Self::default() }
    }
}

/// What happened so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statistics {
    /// World time.
    pub now: Micros,
    /// Device clocks that were run.
    pub cycles: u64,
    /// Jumps over idle time, and the time they skipped.
    pub jumps: u64,
    /// Nanoseconds skipped.
    pub jumped_ns: u64,
    /// Register reads and writes by the host.
    pub bar_reads: u64,
    /// Register writes.
    pub bar_writes: u64,
    /// DMA.
    pub dma: DmaCounts,
    /// Refused DMA.
    pub faults: FaultCounts,
    /// Function-level resets.
    pub resets: u64,
    /// Interrupts.
    pub interrupts: Interrupts,
    /// Frames from the device.
    pub to_peer: WireCounts,
    /// Frames to the device.
    pub to_device: WireCounts,
    /// Wall-clock time spent inside the device.
    pub device_wall: Duration,
}

/// What one [`World::step`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The device ran this many clocks.
    Ran(u32),
    /// Time moved forward without the device.
    Jumped,
    /// Real time only: the step waited for the wall clock.
    Waited,
    /// Nothing happened, and nothing will without the host.
    Nothing,
}

type Callback = Box<dyn FnMut(&Statistics) + Send>;

/// Makes a [`World`].
pub struct Builder<D> {
    device: D,
    seed: u64,
    period_ps: u64,
    quantum: u32,
    wire: WireProfile,
    pcie: PcieProfile,
    peers: Vec<Box<dyn Peer>>,
    real_time: bool,
    capture: Option<(Box<dyn Write + Send>, Sides)>,
    capture_path: Option<PathBuf>,
}

impl<D> std::fmt::Debug for Builder<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Builder").field("seed", &self.seed).finish_non_exhaustive()
    }
}

impl<D: Device> Builder<D> {
    /// Everything random comes from this (default 1).
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Clock period of the device in picoseconds (default 8000: 125 MHz).
    #[must_use]
    pub fn clock_period_ps(mut self, period: u64) -> Self {
        self.period_ps = period;
        self
    }

    /// Clocks a step runs at most (default 256): how often the host gets its turn.
    #[must_use]
    pub fn quantum(mut self, cycles: u32) -> Self {
        self.quantum = cycles.max(1);
        self
    }

    /// Impairments of the wire.
    #[must_use]
    pub fn wire(mut self, wire: WireProfile) -> Self {
        self.wire = wire;
        self
    }

    /// Path to host memory.
    #[must_use]
    pub fn pcie(mut self, pcie: PcieProfile) -> Self {
        self.pcie = pcie;
        self
    }

    /// The world follows the wall clock although no peer does: for a host that lives in real time. While nothing happens a
    /// step sleeps until the host's deadline, at most a millisecond.
    #[must_use]
    pub fn real_time(mut self) -> Self {
        self.real_time = true;
        self
    }

    /// Adds a peer. All peers hear what the device sends; they do not hear each other.
    #[must_use]
    pub fn peer(mut self, peer: impl Peer) -> Self {
        self.peers.push(Box::new(peer));
        self
    }

    /// Writes a pcapng capture to `sink`.
    #[must_use]
    pub fn capture(mut self, sink: impl Write + Send + 'static, sides: Sides) -> Self {
        self.capture = Some((Box::new(sink), sides));
        self
    }

    /// Writes a pcapng capture to a file (its folder is made if missing).
    #[must_use]
    pub fn capture_file(mut self, path: &Path, sides: Sides) -> Self {
        self.capture_path = Some(path.to_owned());
        self.capture = Some((Box::new(std::io::sink()), sides));
        self
    }

    /// Makes the world: power-on, bus mastering off. Fails only when the capture cannot be written.
    pub fn build(self) -> Result<World<D>, CaptureError> {
        let identity = self.device.identity();
        let pci = PciFunction::new(&identity, self.seed);
        let mut machine = Machine::new(
            self.seed,
            self.period_ps,
            self.wire,
            self.pcie,
            pci,
            identity.vectors,
            self.peers,
            self.real_time,
        );
        if let Some((mut sink, sides)) = self.capture {
            if let Some(path) = &self.capture_path {
                let cannot = |e: std::io::Error| CaptureError {
                    path: Some(path.clone()),
                    reason: e.to_string(),
                };
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder).map_err(cannot)?;
                }
                sink = Box::new(BufWriter::new(File::create(path).map_err(cannot)?));
            }
            machine.capture = Some(Capture::new(sink, sides)?);
        }
        let mut world = World {
            device: self.device,
            machine,
            identity,
            seed: self.seed,
            quantum: self.quantum,
            host_deadline: None,
            jumps: 0,
            jumped_ns: 0,
            bar_reads: 0,
            bar_writes: 0,
            resets: 0,
            device_wall: Duration::ZERO,
            progress: None,
        };
        world.device.reset();
        Ok(world)
    }
}

/// A device in its machine.
pub struct World<D: Device> {
    device: D,
    machine: Machine,
    identity: Identity,
    seed: u64,
    quantum: u32,
    host_deadline: Option<Micros>,
    jumps: u64,
    jumped_ns: u64,
    bar_reads: u64,
    bar_writes: u64,
    resets: u64,
    device_wall: Duration,
    progress: Option<(Duration, Callback)>,
}

impl<D: Device> std::fmt::Debug for World<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World")
            .field("identity", &self.identity)
            .field("seed", &self.seed)
            .field("machine", &self.machine)
            .finish_non_exhaustive()
    }
}

impl<D: Device> World<D> {
    /// Starts building a world around a device.
    pub fn builder(device: D) -> Builder<D> {
        Builder {
            device,
            seed: 1,
            period_ps: 8_000,
            quantum: 256,
            wire: WireProfile::clean(),
            pcie: PcieProfile::default(),
            peers: Vec::new(),
            real_time: false,
            capture: None,
            capture_path: None,
        }
    }

    // ---- the host's side: what a transport needs ----

    /// The device's identity.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// World time.
    #[must_use]
    pub fn now(&self) -> Micros {
        self.machine.nanos().micros()
    }

    /// World time, finer.
    #[must_use]
    pub fn now_nanos(&self) -> Nanos {
        self.machine.nanos()
    }

    /// The seed.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Reads a register of BAR0. All ones outside the BAR. Lets the device run clocks.
    pub fn bar_read(&mut self, offset: u32) -> u32 {
        self.bar_reads += 1;
        if !offset.is_multiple_of(4) || offset >= self.identity.bar0_size {
            return u32::MAX;
        }
        self.machine.begin_slice(Nanos(u64::MAX));
        self.device.bar_read(offset, &mut self.machine)
    }

    /// Writes a register of BAR0; ignored outside the BAR.
    pub fn bar_write(&mut self, offset: u32, value: u32) {
        self.bar_writes += 1;
        if offset.is_multiple_of(4) && offset < self.identity.bar0_size {
            self.device.bar_write(offset, value);
        }
    }

    /// Configuration space.
    #[must_use]
    pub fn config(&self) -> &PciFunction {
        &self.machine.pci
    }

    /// Reads configuration space.
    pub fn config_read(&self, offset: usize, data: &mut [u8]) {
        self.machine.pci.read(offset, data);
    }

    /// Writes configuration space and carries out what that asks for.
    pub fn config_write(&mut self, offset: usize, data: &[u8]) {
        match self.machine.pci.write(offset, data) {
            ConfigEffect::None => {}
            ConfigEffect::FunctionLevelReset => self.function_level_reset(),
        }
    }

    /// Sets or clears bus-master enable, as a kernel does when a driver opens the function.
    pub fn set_bus_master(&mut self, on: bool) {
        let mut command = self.machine.pci.command();
        if on {
            command |= COMMAND_BUS_MASTER | crate::pci::COMMAND_MEMORY;
        } else {
            command &= !COMMAND_BUS_MASTER;
        }
        self.config_write(4, &command.to_le_bytes());
    }

    /// Function-level reset: device, configuration space and DMA in flight; not the wire, not the memory mappings.
    pub fn function_level_reset(&mut self) {
        self.resets += 1;
        self.machine.flr();
        self.device.reset();
    }

    /// Interrupts so far on a vector; 0 for a vector that does not exist.
    #[must_use]
    pub fn interrupts(&self, vector: u16) -> u64 {
        self.machine.interrupts.raised.get(usize::from(vector)).copied().unwrap_or(0)
    }

    /// Host memory and its IOMMU mappings.
    #[must_use]
    pub fn memory(&self) -> &HostMemory {
        &self.machine.memory
    }

    /// Host memory and its IOMMU mappings.
    pub fn memory_mut(&mut self) -> &mut HostMemory {
        &mut self.machine.memory
    }

    /// When the host's software wants its turn next: time does not jump beyond it.
    pub fn set_host_deadline(&mut self, deadline: Option<Micros>) {
        self.host_deadline = deadline;
    }

    // ---- the test's side ----

    /// The device.
    #[must_use]
    pub fn device(&self) -> &D {
        &self.device
    }

    /// The device.
    pub fn device_mut(&mut self) -> &mut D {
        &mut self.device
    }

    /// The first peer of a type. It is polled before time goes on.
    pub fn peer_mut<P: Peer>(&mut self) -> Option<&mut P> {
        self.machine.wake_peers();
        self.machine.peers.0.iter_mut().find_map(|p| {
            let any: &mut dyn Any = &mut **p;
            any.downcast_mut::<P>()
        })
    }

    /// The first peer of a type.
    #[must_use]
    pub fn peer<P: Peer>(&self) -> Option<&P> {
        self.machine.peers.0.iter().find_map(|p| {
            let any: &dyn Any = &**p;
            any.downcast_ref::<P>()
        })
    }

    /// Changes the wire from now on; frames on the way are not touched.
    pub fn set_wire(&mut self, wire: WireProfile) {
        self.machine.to_peer.set_profile(wire.to_peer);
        self.machine.to_device.set_profile(wire.to_device);
    }

    /// Changes the path to host memory from now on.
    pub fn set_pcie(&mut self, pcie: PcieProfile) {
        self.machine.pcie.set_profile(pcie);
    }

    /// Sets what decides the fate of frames from the device.
    pub fn hook_to_peer(&mut self, hook: Option<Hook>) {
        self.machine.to_peer.set_hook(hook);
    }

    /// Sets what decides the fate of frames to the device.
    pub fn hook_to_device(&mut self, hook: Option<Hook>) {
        self.machine.to_device.set_hook(hook);
    }

    /// Calls `callback` about every `every` of wall time while a run goes on.
    pub fn on_progress(
        &mut self,
        every: Duration,
        callback: impl FnMut(&Statistics) + Send + 'static,
    ) {
        self.progress = Some((every, Box::new(callback)));
    }

    /// What happened so far.
    #[must_use]
    pub fn statistics(&self) -> Statistics {
        let machine = &self.machine;
        Statistics {
            now: self.now(),
            cycles: machine.cycles,
            jumps: self.jumps,
            jumped_ns: self.jumped_ns,
            bar_reads: self.bar_reads,
            bar_writes: self.bar_writes,
            dma: machine.dma,
            faults: machine.memory.faults(),
            resets: self.resets,
            interrupts: machine.interrupts.clone(),
            to_peer: machine.to_peer.counts(),
            to_device: machine.to_device.counts(),
            device_wall: self.device_wall,
        }
    }

    /// Writes out what the capture has buffered; says if the capture failed.
    pub fn flush_capture(&mut self) -> Result<(), CaptureError> {
        match &mut self.machine.capture {
            Some(capture) => {
                capture.flush();
                capture.failure().map_or(Ok(()), |e| Err(e.clone()))
            }
            None => Ok(()),
        }
    }

    /// One slice: runs the device for at most a quantum when it has work, else lets time pass to the next event, at most to
    /// the host's deadline.
    pub fn step(&mut self) -> Result<Progress, WorldError> {
        self.step_until(Nanos(u64::MAX))
    }

    /// Runs until `goal` says so; it is asked between steps, and is where the host's software does its work (so it may
    /// change the world: registers, peers, deadline).
    pub fn run_until(
        &mut self,
        budget: Budget,
        mut goal: impl FnMut(&mut Self) -> bool,
    ) -> Result<(), WorldError> {
        let wall = Instant::now();
        let start_cycles = self.machine.cycles;
        let end = self.machine.nanos().after(budget.time.0.saturating_mul(1_000));
        let mut steps: u32 = 0;
        let mut reported = wall;
        let mut nothing = 0;
        loop {
            if goal(self) {
                return Ok(());
            }
            steps = steps.wrapping_add(1);
            let out_of = |what| {
                Err(WorldError::Budget {
                    seed: self.seed,
                    now: self.now(),
                    cycles: self.machine.cycles,
                    what,
                })
            };
            if self.machine.nanos() >= end {
                return out_of("virtual time");
            }
            if self.machine.cycles - start_cycles >= budget.cycles {
                return out_of("cycles");
            }
            if steps.is_multiple_of(16) && wall.elapsed() > budget.wall {
                return out_of("wall time");
            }
            match self.step_until(end)? {
                Progress::Nothing => {
                    // The goal may still do something at its next turn.
                    nothing += 1;
                    if nothing > 2 {
                        return Err(WorldError::Stalled { seed: self.seed, now: self.now() });
                    }
                }
                Progress::Ran(_) | Progress::Jumped | Progress::Waited => nothing = 0,
            }
            if steps.is_multiple_of(16)
                && let Some((every, mut callback)) = self.progress.take()
            {
                if reported.elapsed() >= every {
                    reported = Instant::now();
                    callback(&self.statistics());
                }
                self.progress = Some((every, callback));
            }
        }
    }

    /// Lets `span` of world time pass.
    pub fn run_for(&mut self, span: Micros) -> Result<(), WorldError> {
        let end = self.now() + span;
        let before = self.host_deadline;
        self.host_deadline = Some(end);
        let budget = Budget { cycles: u64::MAX, time: span + Micros(1), ..Budget::default() };
        let result = self.run_until(budget, |world| world.now() >= end);
        self.host_deadline = before;
        result
    }

    fn step_until(&mut self, end: Nanos) -> Result<Progress, WorldError> {
        if self.machine.real_time() {
            self.machine.follow_wall_clock();
        }
        self.machine.pump();
        let now = self.machine.nanos();
        let host = self.host_deadline.map(Nanos::from);
        let deadline = match self.device.idle() {
            Idle::Quiet { deadline } if !self.machine.device_input() => {
                deadline.map(Nanos::from).filter(|d| *d > now).map_or_else(
                    || if deadline.is_some() { Err(()) } else { Ok(None) },
                    |d| Ok(Some(d)),
                )
            }
            Idle::Quiet { .. } | Idle::Busy => Err(()),
        };
        match deadline {
            Err(()) => self.run_device(end, host),
            Ok(device) => {
                let next = [device, host.map(|h| h.max(now)), self.machine.next_event()]
                    .into_iter()
                    .flatten()
                    .min();
                Ok(self.pass_time(now, next, end))
            }
        }
    }

    fn run_device(&mut self, end: Nanos, host: Option<Nanos>) -> Result<Progress, WorldError> {
        let now = self.machine.nanos();
        // The host gets its turn in time; a deadline that is past has had it.
        let slice = host.filter(|h| *h > now).map_or(end, |h| h.min(end));
        self.machine.begin_slice(slice);
        let started = Instant::now();
        let ran = self.device.step(self.quantum, &mut self.machine);
        self.device_wall += started.elapsed();
        if let Some(message) = self.device.failure() {
            return Err(WorldError::DeviceFailed {
                seed: self.seed,
                now: self.now(),
                message: message.to_owned(),
            });
        }
        if ran == 0 && self.machine.nanos() == now {
            // A device that runs no clocks although it is busy must not stop time.
            self.machine.jump(now.after(1_000));
        }
        Ok(Progress::Ran(ran))
    }

    fn pass_time(&mut self, now: Nanos, next: Option<Nanos>, end: Nanos) -> Progress {
        if self.machine.real_time() {
            let until = next.unwrap_or(end).min(end).0.saturating_sub(now.0);
            let wait = Duration::from_nanos(until).min(Duration::from_millis(1));
            match self.machine.peers.0.iter_mut().find(|p| p.real_time()) {
                Some(peer) => peer.wait(wait),
                None if wait.is_zero() => {}
                None => std::thread::sleep(wait),
            }
            self.machine.follow_wall_clock();
            return Progress::Waited;
        }
        let Some(next) = next else { return Progress::Nothing };
        let to = next.min(end);
        if to > now {
            self.jumps += 1;
            self.jumped_ns += to.0 - now.0;
            self.machine.jump(to);
            return Progress::Jumped;
        }
        // Something is due now that `pump` cannot settle (a host deadline in the past): let a microsecond pass, so that a
        // host that never moves its deadline cannot stop time.
        self.machine.jump(now.after(1_000));
        Progress::Jumped
    }
}

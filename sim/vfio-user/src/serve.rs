// SPDX-License-Identifier: Apache-2.0
//! The simulation's side: owns the world, serves requests between slices.

use crate::backend::{Backend, IrqChange, Region, Request};
use crate::memory::ClientMemory;
use crate::report::{PeerConnection, Report, hex};
use std::fs::File;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};
use toe_device::Device;
use toe_world::{CONFIG_SIZE, MSIX_BAR_SIZE, Progress, SmolPeer, State, World};
use vfio_user::Server;

/// How to serve.
#[derive(Clone, Debug, Default)]
pub struct ServeOptions {
    /// The socket to listen on; made anew.
    pub socket: PathBuf,
    /// Name of the configuration, for the report.
    pub config: String,
    /// End after so many clients have come and gone; never without.
    pub clients: Option<u64>,
    /// Where to write the [`Report`], four times a second and at the end.
    pub report: Option<PathBuf>,
}

/// Why serving ended.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The socket cannot be made.
    #[error(
        "cannot listen on {path}: {reason}. The path has to be new, in a folder that exists, and shorter than 108 bytes"
    )]
    Listen {
        /// The socket.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The device found a defect in itself, or the world's capture cannot be written.
    #[error("{0}")]
    World(String),
    /// The report cannot be written.
    #[error("cannot write the report: {0}")]
    Report(#[from] io::Error),
}

/// How long the simulation sleeps at most while nothing happens: frames of a real peer wait so long.
const NAP: Duration = Duration::from_micros(200);
const REPORT_EVERY: Duration = Duration::from_millis(250);

/// Serves a world that follows the wall clock, until the device fails or enough clients have been there.
///
/// # Errors
/// [`ServeError`].
pub fn serve<D: Device + Send>(
    world: World<D>,
    options: &ServeOptions,
) -> Result<Report, ServeError> {
    let identity = world.identity().clone();
    let (backend, requests) =
        Backend::new(u64::from(identity.bar0_size), CONFIG_SIZE as u64, u64::from(MSIX_BAR_SIZE));
    let (regions, irqs) = backend.layout(identity.vectors);
    let server = Server::new(&options.socket, true, irqs, regions)
        .map_err(|e| ServeError::Listen { path: options.socket.clone(), reason: e.to_string() })?;
    let vectors = usize::from(identity.vectors);
    let simulation = Simulation {
        world,
        memory: ClientMemory::default(),
        irqs: (0..vectors).map(|_| Irq::default()).collect(),
        msix: vec![0; MSIX_BAR_SIZE as usize],
        connected: false,
        clients: 0,
        odd_accesses: 0,
        off_since: Some(0),
        options: options.clone(),
    };
    // The server's thread ends with the process: it waits for the next client in `accept`.
    let clients = options.clients;
    std::thread::Builder::new()
        .name("vfio-user".into())
        .spawn(move || serve_clients(&server, backend, clients))
        .map_err(ServeError::Report)?;
    simulation.run(&requests)
}

fn serve_clients(server: &Server, mut backend: Backend, clients: Option<u64>) {
    let mut served = 0;
    while clients.is_none_or(|limit| served < limit) {
        // A message that breaks the server's parser ends the connection, not the simulator.
        match catch_unwind(AssertUnwindSafe(|| server.run(&mut backend))) {
            Ok(Ok(())) => log::info!("the client has left"),
            Ok(Err(error)) => log::warn!("the connection has broken: {error}"),
            Err(_) => log::warn!("the client has sent nonsense; the connection is closed"),
        }
        served += 1;
        if backend.gone().is_err() {
            return;
        }
    }
}

#[derive(Default)]
struct Irq {
    eventfd: Option<File>,
    masked: bool,
    /// Raised and not told.
    pending: u64,
    seen: u64,
    delivered: u64,
}

struct Simulation<D: Device> {
    /// Before `memory`: its IOMMU points there.
    world: World<D>,
    memory: ClientMemory,
    irqs: Vec<Irq>,
    msix: Vec<u8>,
    connected: bool,
    clients: u64,
    odd_accesses: u64,
    /// DMA requests at the moment when bus mastering was switched off; `None` while it is on.
    off_since: Option<u64>,
    options: ServeOptions,
}

impl<D: Device> Simulation<D> {
    fn run(mut self, requests: &Receiver<Request>) -> Result<Report, ServeError> {
        let mut reported = Instant::now();
        self.write_report(None)?;
        let failure = loop {
            let more = loop {
                match requests.try_recv() {
                    Ok(request) => self.handle(request),
                    Err(TryRecvError::Empty) => break true,
                    Err(TryRecvError::Disconnected) => break false,
                }
            };
            if !more {
                break None;
            }
            // Now, so that a step does not sleep: the nap below does, and wakes up for requests.
            self.world.set_host_deadline(Some(self.world.now()));
            let progress = match self.world.step() {
                Ok(progress) => progress,
                Err(error) => break Some(error.to_string()),
            };
            self.interrupts();
            self.watch_bus_master();
            if !matches!(progress, Progress::Ran(_)) {
                match requests.recv_timeout(NAP) {
                    Ok(request) => self.handle(request),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break None,
                }
            }
            if reported.elapsed() > REPORT_EVERY {
                reported = Instant::now();
                self.write_report(None)?;
            }
        };
        let report = self.write_report(failure.clone())?;
        failure.map_or(Ok(report), |message| Err(ServeError::World(message)))
    }

    fn handle(&mut self, request: Request) {
        if !self.connected && !matches!(request, Request::Gone { .. }) {
            self.connected = true;
            self.clients += 1;
        }
        // Whoever asked may be gone: then nobody wants the answer.
        match request {
            Request::Read { region, offset, len, answer } => {
                let _ = answer.send(self.read(region, offset, len));
            }
            Request::Write { region, offset, data } => self.write(region, offset, &data),
            Request::Map { map, answer } => {
                let result = self.memory.map(self.world.memory_mut(), &map);
                if let Err(error) = &result {
                    log::warn!("map of {:#x}+{:#x} refused: {error}", map.iova, map.len);
                }
                let _ = answer.send(result.map_err(|e| e.to_string()));
            }
            Request::Unmap { iova, len, answer } => {
                let result = self.memory.unmap(self.world.memory_mut(), iova, len);
                let _ = answer.send(result.map_err(|e| e.to_string()));
            }
            Request::Irqs { first, change, answer } => {
                self.set_irqs(first as usize, change);
                let _ = answer.send(());
            }
            Request::Reset { answer } => {
                self.world.function_level_reset();
                self.watch_bus_master();
                let _ = answer.send(());
            }
            Request::Gone { answer } => {
                self.quiet();
                let _ = answer.send(());
            }
        }
    }

    /// The client has left: the function is as after power-on, and nothing of the client is reachable.
    fn quiet(&mut self) {
        self.world.function_level_reset();
        self.memory.clear(self.world.memory_mut());
        self.irqs.iter_mut().for_each(|irq| {
            irq.eventfd = None;
            irq.masked = false;
            irq.pending = 0;
        });
        self.msix.fill(0);
        self.connected = false;
        self.watch_bus_master();
    }

    fn read(&mut self, region: Region, offset: u64, len: usize) -> Vec<u8> {
        let at = usize::try_from(offset).unwrap_or(usize::MAX);
        let mut data = vec![0xff; len];
        match region {
            Region::Config => self.world.config_read(at, &mut data),
            Region::Msix => {
                if let Some(bytes) = self.msix.get(at..at.saturating_add(len)) {
                    data.copy_from_slice(bytes);
                }
            }
            Region::Bar0 => {
                let start = at & !3;
                let words = (at + len).div_ceil(4) - start / 4;
                // A read of more than a few registers at once is nobody's driver.
                if !at.is_multiple_of(4) || len != 4 {
                    self.odd_accesses += 1;
                }
                // All ones from a function that does not decode memory.
                if words <= 64 && self.world.config().decodes_memory() {
                    let bytes: Vec<u8> = (0..words)
                        .flat_map(|i| {
                            let offset = u32::try_from(start + 4 * i).unwrap_or(u32::MAX);
                            self.world.bar_read(offset).to_le_bytes()
                        })
                        .collect();
                    data.copy_from_slice(&bytes[at - start..at - start + len]);
                }
            }
        }
        data
    }

    fn write(&mut self, region: Region, offset: u64, data: &[u8]) {
        let at = usize::try_from(offset).unwrap_or(usize::MAX);
        match region {
            Region::Config => {
                self.world.config_write(at, data);
                self.watch_bus_master();
            }
            Region::Msix => {
                if let Some(bytes) = self.msix.get_mut(at..at.saturating_add(data.len())) {
                    bytes.copy_from_slice(data);
                }
            }
            Region::Bar0 if !self.world.config().decodes_memory() => {}
            Region::Bar0 if at.is_multiple_of(4) && data.len().is_multiple_of(4) => {
                for (i, word) in data.chunks_exact(4).enumerate() {
                    let value = u32::from_le_bytes([word[0], word[1], word[2], word[3]]);
                    let offset = u32::try_from(at + 4 * i).unwrap_or(u32::MAX);
                    self.world.bar_write(offset, value);
                }
            }
            Region::Bar0 => self.odd_accesses += 1,
        }
    }

    fn set_irqs(&mut self, first: usize, change: IrqChange) {
        let count = self.irqs.len();
        let some = |n: u32| first.min(count)..first.saturating_add(n as usize).min(count);
        match change {
            IrqChange::Eventfds(files) => {
                for (irq, file) in self.irqs.iter_mut().skip(first).zip(files) {
                    irq.eventfd = Some(file);
                }
            }
            IrqChange::Disable(0) => self.irqs.iter_mut().for_each(|irq| irq.eventfd = None),
            IrqChange::Disable(n) => {
                self.irqs[some(n)].iter_mut().for_each(|irq| irq.eventfd = None);
            }
            IrqChange::Mask(n, on) => {
                self.irqs[some(n)].iter_mut().for_each(|irq| irq.masked = on);
            }
            IrqChange::Trigger(n) => {
                self.irqs[some(n)].iter_mut().for_each(|irq| irq.pending += 1);
            }
        }
        self.interrupts();
    }

    /// Tells the client of interrupts raised since the last call.
    fn interrupts(&mut self) {
        for (vector, irq) in (0u16..).zip(&mut self.irqs) {
            let raised = self.world.interrupts(vector);
            irq.pending += raised - std::mem::replace(&mut irq.seen, raised);
            if irq.pending > 0
                && !irq.masked
                && let Some(file) = &mut irq.eventfd
            {
                // A full counter means that the client has not looked for 2^64 interrupts.
                if file.write_all(&irq.pending.to_ne_bytes()).is_ok() {
                    irq.delivered += irq.pending;
                }
                irq.pending = 0;
            }
        }
    }

    fn dma_requests(&self) -> u64 {
        let dma = self.world.statistics().dma;
        dma.reads + dma.writes
    }

    fn watch_bus_master(&mut self) {
        match (self.world.config().bus_master(), self.off_since) {
            (true, _) => self.off_since = None,
            (false, None) => self.off_since = Some(self.dma_requests()),
            (false, Some(_)) => {}
        }
    }

    fn write_report(&mut self, failure: Option<String>) -> Result<Report, ServeError> {
        let s = self.world.statistics();
        let requests = s.dma.reads + s.dma.writes;
        let wire = |c: &toe_world::WireCounts| [c.sent, c.lost, c.duplicated, c.reordered];
        let report = Report {
            config: self.options.config.clone(),
            seed: self.world.seed(),
            now_us: s.now.0,
            cycles: s.cycles,
            clients: self.clients,
            connected: self.connected,
            resets: s.resets,
            bus_master: self.world.config().bus_master(),
            mappings: self.memory.mappings(),
            bar_reads: s.bar_reads,
            bar_writes: s.bar_writes,
            odd_accesses: self.odd_accesses,
            dma_requests: requests,
            dma_bytes: s.dma.read_bytes + s.dma.write_bytes,
            dma_requests_while_off: self.off_since.map_or(0, |since| requests - since),
            faults_unmapped: s.faults.unmapped,
            faults_not_permitted: s.faults.not_permitted,
            faults_bus_master: s.faults.bus_master_disabled,
            faults_malformed: s.faults.malformed,
            recent_faults: self
                .world
                .memory()
                .recent_faults()
                .iter()
                .map(ToString::to_string)
                .collect(),
            interrupts: s.interrupts.raised.clone(),
            delivered: self.irqs.iter().map(|irq| irq.delivered).collect(),
            wire_to_peer: wire(&s.to_peer),
            wire_to_device: wire(&s.to_device),
            connections: self.world.peer::<SmolPeer>().map(connections).unwrap_or_default(),
            failure,
        };
        if let Some(path) = &self.options.report {
            report.write(path)?;
        }
        self.world.flush_capture().map_err(|e| ServeError::World(e.to_string()))?;
        Ok(report)
    }
}

fn connections(peer: &SmolPeer) -> Vec<PeerConnection> {
    let one = |c: &toe_world::Connection| PeerConnection {
        port: c.local_port,
        remote: c.remote.map(|r| r.to_string()),
        state: match c.state {
            State::Opening => "opening",
            State::Open => "open",
            State::Closed => "closed",
            State::Reset => "reset",
        }
        .to_owned(),
        sent: c.sent,
        sent_sha256: hex(&c.sent_sha256()),
        received: c.received,
        received_sha256: hex(&c.received_sha256()),
    };
    peer.connections().iter().map(one).collect()
}

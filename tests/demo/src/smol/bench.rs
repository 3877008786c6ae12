// SPDX-License-Identifier: Apache-2.0
//! Our host, the device, the wire and the peer, and what they do.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use toe_api::{
    Bytes, Micros, Node, NodeConfig, NodeEvent, Owner, StackConfig, TcpError, TcpId, TcpOptions,
};
use toe_testkit::{InProcess, SharedWorld, Transfer};
use toe_world::{
    Behaviour, Close, ConnectionId, Fate, Sides, SmolConfig, SmolPeer, State, Statistics,
    WireCounts, WireProfile, World, pattern_sha256,
};

use super::{DemoError, LOCAL, PEER, Settings};
use crate::capture::{Packet, parse};
use crate::machine::{self, AnyDevice};
use crate::report::{Lane, Span};

/// World time that a transfer may take.
const TRANSFER_LIMIT: Micros = Micros(600_000_000);
/// World time for everything that takes a few packets.
const SHORT_LIMIT: Micros = Micros(60_000_000);
/// Wall time for the whole of a wait.
const WALL_LIMIT: Duration = Duration::from_secs(3_600);

/// What a phase was.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) name: &'static str,
    pub(super) port: u16,
    pub(super) to_peer: u64,
    pub(super) from_peer: u64,
    pub(super) sha256_ok: bool,
    pub(super) bytes: Bytes,
    pub(super) cycles: u64,
    pub(super) wall: Duration,
    /// Nanoseconds of the world for the transfer.
    pub(super) transfer_ns: u64,
    pub(super) spans: Vec<Span>,
    /// When the session left the engine.
    pub(super) ended: u64,
    /// The peer's FIN came twice, and was acknowledged twice.
    pub(super) fin_answered: bool,
    /// Counted by the engine: segments sent again.
    pub(super) engine_retransmits: u64,
    /// Counted by the engine: payload bytes sent (once) and placed.
    pub(super) engine_counted: [u64; 2],
    pub(super) wire: [WireCounts; 2],
}

/// What the wire has seen of the end of the session; it loses what acknowledges the peer's FIN until the FIN comes again.
#[derive(Debug, Default)]
struct Watch {
    /// After the peer's FIN.
    fin_end: Option<u32>,
    fins: u32,
    lost: u32,
    answers: u32,
}

pub(super) struct Bench {
    node: Node,
    world: SharedWorld<AnyDevice>,
    settings: Settings,
    cycles: u64,
    wall: Duration,
    time_waits: u64,
}

fn world_error(what: &'static str) -> impl Fn(toe_world::WorldError) -> DemoError {
    move |error| DemoError::World(what, error)
}

impl Bench {
    pub(super) fn new(settings: &Settings) -> Result<Self, DemoError> {
        let waves = settings.waves.then(|| settings.out.join("waves.fst"));
        let device = machine::make(settings.config, settings.seed, waves.as_deref(), "demo")?;
        let peer = SmolPeer::new(SmolConfig {
            mac: [2, 0, 0, 0, 0, 2],
            addresses: vec![(PEER, 24)],
            send_buffer: 256 * 1024,
            receive_buffer: 256 * 1024,
            seed: settings.seed,
            ..SmolConfig::default()
        });
        let world = World::builder(device)
            .seed(settings.seed)
            .peer(peer)
            .capture_file(&settings.out.join("capture.pcapng"), Sides::Device)
            .build()?;
        let world = SharedWorld::new(world);
        let config = NodeConfig {
            stack: StackConfig {
                seed: u128::from(settings.seed) << 64 | 0x70e,
                ..StackConfig::default()
            },
            addresses: "10.0.0.1/24".parse().into_iter().collect(),
            ..NodeConfig::default()
        };
        let now = Micros(world.lock().now().0);
        let node = Node::open(now, InProcess::new(world.clone()), &config)?;
        let settings = settings.clone();
        Ok(Self { node, world, settings, cycles: 0, wall: Duration::ZERO, time_waits: 0 })
    }

    fn now(&self) -> Micros {
        Micros(self.world.lock().now().0)
    }

    fn nanos(&self) -> u64 {
        self.world.lock().now_nanos().0
    }

    fn statistics(&self) -> Statistics {
        self.world.lock().statistics()
    }

    /// Turns of the host and of the world until `goal`, which is asked between them.
    fn run(
        &mut self,
        what: &'static str,
        limit: Micros,
        mut goal: impl FnMut(&mut Self, Micros) -> Result<bool, DemoError>,
    ) -> Result<(), DemoError> {
        let (end, wall) = (self.now() + limit, Instant::now());
        loop {
            let now = self.now();
            if goal(self, now)? {
                return Ok(());
            }
            if now >= end || wall.elapsed() > WALL_LIMIT {
                let limit = if now >= end {
                    format!("{} s of world time", limit.0 / 1_000_000)
                } else {
                    format!("{} s", WALL_LIMIT.as_secs())
                };
                return Err(DemoError::TimedOut { what, limit, situation: self.situation() });
            }
            let deadline = self.node.poll(now).map_or(end, |at| at.min(end));
            while let Some(event) = self.node.poll_event() {
                if event == NodeEvent::DeviceLost {
                    return Err(DemoError::Other(format!(
                        "{what}: the device does not answer any more"
                    )));
                }
            }
            let mut world = self.world.lock();
            world.set_host_deadline(Some(toe_device::Micros(deadline.0)));
            world.step().map_err(world_error(what))?;
        }
    }

    fn situation(&mut self) -> String {
        let mut lines = Vec::new();
        for (id, owner) in self.node.offload().away() {
            lines.push(format!("  session: {owner:?}, {:?}", self.node.session_info(id)));
        }
        lines.push(format!("  hand-over: {:?}", self.node.offload().stats()));
        if let Some(fault) = self.node.last_fault() {
            lines.push(format!("  last fault: {fault}"));
        }
        if let Some(peer) = self.world.lock().peer::<SmolPeer>() {
            for c in peer.connections() {
                lines.push(format!(
                    "  peer: {}, {} bytes sent, {} received",
                    c.tcp_state, c.sent, c.received
                ));
            }
        }
        if let Ok(stats) = self.node.driver_mut().stats() {
            let counters: Vec<String> = stats
                .iter()
                .filter(|(_, n)| *n > 0)
                .map(|(name, n)| format!("{name} {n}"))
                .collect();
            lines.push(format!("  counters: {}", counters.join(", ")));
        }
        lines.join("\n")
    }

    fn counter(&mut self, name: &str) -> Result<u64, DemoError> {
        let stats = self.node.driver_mut().stats();
        let stats = stats.map_err(|e| DemoError::Other(e.to_string()))?;
        stats.counter(name).ok_or_else(|| DemoError::Other(format!("there is no counter {name}")))
    }

    /// Segments sent again, payload bytes sent for the first time, payload bytes received, as the engine counts them.
    fn engine_counters(&mut self) -> Result<[u64; 3], DemoError> {
        let again = self.counter("tcp_retransmit_segs")?;
        let sent = self.counter("tcp_bytes_out")?;
        let sent = sent.saturating_sub(self.counter("tcp_retransmit_bytes")?);
        Ok([again, sent, self.counter("tcp_bytes_in")?])
    }

    fn peer<R>(&self, f: impl FnOnce(&mut SmolPeer) -> R) -> Result<R, DemoError> {
        let mut world = self.world.lock();
        let peer = world.peer_mut::<SmolPeer>();
        Ok(f(peer.ok_or_else(|| DemoError::Other("there is no peer".into()))?))
    }

    /// Bytes that the peer has received, without waking it.
    fn peer_received(&self, id: ConnectionId) -> u64 {
        self.world.lock().peer::<SmolPeer>().map_or(0, |p| p.connection(id).received)
    }

    /// One connection from its SYN to its end. The last one shows what TIME_WAIT is for.
    pub(super) fn phase(
        &mut self,
        name: &'static str,
        port: u16,
        wire: WireProfile,
        last: bool,
    ) -> Result<Outcome, DemoError> {
        let (bytes, seed) = (self.settings.bytes, self.settings.seed);
        let (our_seed, peer_seed) =
            (seed.wrapping_mul(4).wrapping_add(port.into()), !seed ^ u64::from(port));
        self.world.lock().set_wire(wire);
        let before = self.statistics();
        let before_bytes = self.node.total_bytes();
        let before_counters = self.engine_counters()?;
        let wall = Instant::now();

        let local = std::net::SocketAddr::new(LOCAL, port);
        let listener = self
            .node
            .listen(local, 8, TcpOptions::default())
            .map_err(|e| DemoError::Socket("listen", e))?;
        let behaviour =
            Behaviour { echo: false, send: bytes, seed: peer_seed, close: Close::AfterPeer };
        let connection = self
            .peer(|peer| peer.connect(local, behaviour))?
            .ok_or_else(|| DemoError::Other("the peer refuses to connect".into()))?;
        let mut accepted = None;
        self.run("the peer connects", SHORT_LIMIT, |bench, now| {
            match bench.node.accept(now, listener) {
                Ok((id, _)) => accepted = Some(id),
                Err(TcpError::WouldBlock) => {}
                Err(error) => return Err(DemoError::Socket("accept", error)),
            }
            Ok(accepted.is_some())
        })?;
        let id = accepted.ok_or_else(|| DemoError::Other("no connection".into()))?;
        let now = self.now();
        self.node.close(now, listener).map_err(|e| DemoError::Socket("close", e))?;

        let bar = progress(name, 2 * bytes);
        let started = self.nanos();
        let mut owners = Owners::new(started);
        let mut transfer = Transfer::new(id, bytes, our_seed, Some(bytes));
        let mut shown = Instant::now();
        let result = self.run("the transfer", TRANSFER_LIMIT, |bench, now| {
            owners.look(bench.nanos(), bench.node.owner(id));
            let done = transfer.drive(now, &mut bench.node);
            if let Some(error) = transfer.error {
                return Err(DemoError::Socket("the transfer", error));
            }
            let sent = bench.peer_received(connection);
            if shown.elapsed() > Duration::from_millis(100) {
                shown = Instant::now();
                bar.set_position(sent + transfer.received);
                bar.set_message(speed_text(&bench.statistics(), &before, wall.elapsed()));
            }
            Ok(done && sent >= bytes)
        });
        if result.is_err() {
            bar.abandon();
        }
        result?;
        let transfer_ns = self.nanos() - started;
        bar.set_position(2 * bytes);

        let replies = self.counter("tw_reply")?;
        let watch = if last { Some(self.watch_the_end()?) } else { None };
        self.close(id, connection, &mut owners)?;
        let after = self.statistics();
        let fin_answered = watch.is_some_and(|watch| {
            let mut world = self.world.lock();
            world.hook_to_peer(None);
            world.hook_to_device(None);
            let watch = watch.lock().unwrap_or_else(PoisonError::into_inner);
            watch.fins >= 2 && watch.lost >= 1 && watch.answers >= 1
        });
        // The table's own counter: the host stack's TIME_WAIT would answer the same.
        let fin_answered = fin_answered && self.counter("tw_reply")? > replies;
        self.time_waits += 1;
        self.cycles += after.cycles - before.cycles;
        self.wall += wall.elapsed();

        let carried = difference(self.node.total_bytes(), before_bytes);
        let now = self.now();
        let ours = transfer.received_sha256();
        let (theirs_sent, theirs_received, from_peer, to_peer) = self.peer(|peer| {
            let c = peer.connection(connection);
            (c.sent_sha256(), c.received_sha256(), c.sent, c.received)
        })?;
        self.node.close(now, id).map_err(|e| DemoError::Socket("close", e))?;
        let sha256_ok = ours == theirs_sent
            && ours == pattern_sha256(peer_seed, bytes)
            && theirs_received == pattern_sha256(our_seed, bytes);
        let (spans, ended) = owners.finish();
        let [again, sent, placed] = self.engine_counters()?;
        let [again_before, sent_before, placed_before] = before_counters;
        bar.finish_with_message(speed_text(&after, &before, wall.elapsed()));
        Ok(Outcome {
            name,
            port,
            to_peer,
            from_peer: from_peer.min(transfer.received),
            sha256_ok,
            bytes: carried,
            cycles: after.cycles - before.cycles,
            wall: wall.elapsed(),
            transfer_ns,
            spans,
            ended,
            fin_answered,
            engine_retransmits: again - again_before,
            engine_counted: [sent - sent_before, placed - placed_before],
            wire: [
                wire_difference(after.to_peer, before.to_peer),
                wire_difference(after.to_device, before.to_device),
            ],
        })
    }

    /// From here on the wire is clean, but for the acknowledgement of the peer's FIN, which it loses.
    fn watch_the_end(&mut self) -> Result<Arc<Mutex<Watch>>, DemoError> {
        self.world.lock().set_wire(WireProfile::clean());
        // Copies that are still on their way arrive.
        let end = self.now() + Micros(1_000);
        self.run("the wire falls silent", SHORT_LIMIT, |_, now| Ok(now >= end))?;
        let watch = Arc::new(Mutex::new(Watch::default()));
        let mut world = self.world.lock();
        let shared = Arc::clone(&watch);
        world.hook_to_device(Some(Box::new(move |frame, _| {
            if let Some(Packet::Tcp(s)) = parse(0, false, frame)
                && s.fin
            {
                let mut watch = shared.lock().unwrap_or_else(PoisonError::into_inner);
                watch.fin_end = Some(s.end());
                watch.fins += 1;
            }
            Fate::Chance
        })));
        let shared = Arc::clone(&watch);
        world.hook_to_peer(Some(Box::new(move |frame, _| {
            let Some(Packet::Tcp(s)) = parse(0, true, frame) else { return Fate::Chance };
            let mut watch = shared.lock().unwrap_or_else(PoisonError::into_inner);
            if s.rst || s.ack.is_none() || s.ack != watch.fin_end {
                return Fate::Chance;
            }
            if watch.fins < 2 {
                watch.lost += 1;
                return Fate::Drop;
            }
            watch.answers += 1;
            Fate::Chance
        })));
        drop(world);
        Ok(watch)
    }

    fn close(
        &mut self,
        id: TcpId,
        connection: ConnectionId,
        owners: &mut Owners,
    ) -> Result<(), DemoError> {
        let now = self.now();
        self.node.shutdown(now, id).map_err(|e| DemoError::Socket("shutdown", e))?;
        let mut end_of_stream = false;
        self.run("both sides close", SHORT_LIMIT, |bench, now| {
            owners.look(bench.nanos(), bench.node.owner(id));
            let mut byte = [0];
            match bench.node.recv(now, id, &mut byte) {
                Ok(0) => end_of_stream = true,
                Ok(_) => return Err(DemoError::Other("data after the end of the transfer".into())),
                Err(TcpError::WouldBlock) => {}
                Err(error) => return Err(DemoError::Socket("reading the end", error)),
            }
            let world = bench.world.lock();
            let state = world.peer::<SmolPeer>().map(|p| p.connection(connection).state);
            drop(world);
            if state == Some(State::Reset) {
                return Err(DemoError::Other("the peer saw a reset instead of an end".into()));
            }
            let over = matches!(bench.node.owner(id), Owner::Ended | Owner::Host);
            Ok(end_of_stream && over && state == Some(State::Closed))
        })
    }

    /// Lets time pass until the TIME_WAIT table is empty; gives when that was, or `None` when it does not happen.
    pub(super) fn wait_for_time_wait(&mut self, entries: usize) -> Result<Option<u64>, DemoError> {
        if self.counter("tw_insert")? < self.time_waits.min(entries as u64) {
            return Ok(None);
        }
        let inserted = self.counter("tw_insert")?;
        for _ in 0..240 {
            if self.counter("tw_expire")? >= inserted {
                return Ok(Some(self.nanos()));
            }
            let end = self.now() + Micros(500_000);
            self.run("TIME_WAIT", Micros(1_000_000), |_, now| Ok(now >= end))?;
        }
        Ok(None)
    }

    /// Simulated cycles in a second of wall time, over all phases.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn speed(&self) -> f64 {
        (self.cycles as f64 / self.wall.as_secs_f64().max(1e-9)).round()
    }

    /// Writes out what is not yet in the capture.
    pub(super) fn finish(self) -> Result<(), DemoError> {
        self.world.lock().flush_capture()?;
        Ok(())
    }
}

/// Follows the owner of a session.
struct Owners {
    spans: Vec<Span>,
    lane: Lane,
    since: u64,
    ended: Option<u64>,
}

impl Owners {
    fn new(now: u64) -> Self {
        Self { spans: Vec::new(), lane: Lane::Software, since: now, ended: None }
    }

    fn look(&mut self, now: u64, owner: Owner) {
        if self.ended.is_some() {
            return;
        }
        let lane = match owner {
            Owner::Host => Lane::Software,
            Owner::InTransit | Owner::InTransitBack => Lane::Transit,
            Owner::Engine => Lane::Engine,
            Owner::Ended => {
                self.spans.push(Span { lane: self.lane, from: self.since, to: now });
                self.ended = Some(now);
                return;
            }
        };
        if lane != self.lane {
            self.spans.push(Span { lane: self.lane, from: self.since, to: now });
            (self.lane, self.since) = (lane, now);
        }
    }

    fn finish(mut self) -> (Vec<Span>, u64) {
        let ended = self.ended.unwrap_or_else(|| {
            self.spans.push(Span { lane: self.lane, from: self.since, to: self.since });
            self.since
        });
        (self.spans, ended)
    }
}

fn difference(after: Bytes, before: Bytes) -> Bytes {
    let moved = |a: toe_api::Moved, b: toe_api::Moved| toe_api::Moved {
        sent: a.sent - b.sent.min(a.sent),
        received: a.received - b.received.min(a.received),
    };
    Bytes {
        software: moved(after.software, before.software),
        engine: moved(after.engine, before.engine),
    }
}

fn wire_difference(after: WireCounts, before: WireCounts) -> WireCounts {
    WireCounts {
        sent: after.sent - before.sent,
        sent_bytes: after.sent_bytes - before.sent_bytes,
        delivered: after.delivered - before.delivered,
        lost: after.lost - before.lost,
        queue_dropped: after.queue_dropped - before.queue_dropped,
        hook_dropped: after.hook_dropped - before.hook_dropped,
        duplicated: after.duplicated - before.duplicated,
        reordered: after.reordered - before.reordered,
        corrupted: after.corrupted - before.corrupted,
        fcs_errors: after.fcs_errors - before.fcs_errors,
        ce_marked: after.ce_marked - before.ce_marked,
        in_flight: after.in_flight,
    }
}

fn progress(name: &str, bytes: u64) -> ProgressBar {
    let bar = ProgressBar::new(bytes);
    if let Ok(style) = ProgressStyle::with_template(
        "{prefix:>6} {wide_bar:.cyan/blue} {binary_bytes:>10} of {binary_total_bytes}  {msg}",
    ) {
        bar.set_style(style.progress_chars("━╸─"));
    }
    bar.set_prefix(name.to_owned());
    bar
}

#[allow(clippy::cast_precision_loss)]
fn speed_text(now: &Statistics, before: &Statistics, wall: Duration) -> String {
    let cycles = now.cycles - before.cycles;
    let speed = cycles as f64 / wall.as_secs_f64().max(1e-9) / 1e6;
    let time = (now.now.0 - before.now.0) as f64 / 1e3;
    format!("{time:.1} ms virtual, {speed:.2} M cycles/s")
}

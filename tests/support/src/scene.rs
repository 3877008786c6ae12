// SPDX-License-Identifier: Apache-2.0
//! Our host, its device, a wire and a peer, in virtual time.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use sha2::{Digest, Sha256};
use toe_api::{Endpoint, Micros, Node, NodeConfig, NodeError, TcpError, TcpId, TcpOptions};
use toe_world::{
    Behaviour, Budget, Connection, ConnectionId, PcieProfile, SharedBuffer, Sides, SmolConfig,
    SmolPeer, WireProfile, World, WorldError, pattern,
};

use crate::capture;
use crate::device::{AnyDevice, Kind};
use crate::transport::{InProcess, SharedWorld};

/// Our host.
#[derive(Clone, Copy, Debug)]
pub struct Host;

impl Host {
    /// Our IPv4 address.
    pub const V4: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));
    /// Our IPv6 address.
    pub const V6: IpAddr = IpAddr::V6(std::net::Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 1));
    /// The peer's IPv4 address.
    pub const PEER_V4: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));
    /// The peer's IPv6 address.
    pub const PEER_V6: IpAddr = IpAddr::V6(std::net::Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 2));
    /// The peer's station address.
    pub const PEER_MAC: [u8; 6] = [0x02, 0x00, 0x00, 0x00, 0x00, 0x02];

    /// Our address of a family.
    #[must_use]
    pub fn own(ipv6: bool) -> IpAddr {
        if ipv6 { Self::V6 } else { Self::V4 }
    }

    /// The peer's address of a family.
    #[must_use]
    pub fn peer(ipv6: bool) -> IpAddr {
        if ipv6 { Self::PEER_V6 } else { Self::PEER_V4 }
    }
}

/// How a scene is set up.
#[derive(Clone, Debug)]
pub struct SceneConfig {
    /// Name of the test: for messages and captures.
    pub test: String,
    /// Which device.
    pub kind: Kind,
    /// Everything random comes from this.
    pub seed: u64,
    /// The wire.
    pub wire: WireProfile,
    /// The path to host memory.
    pub pcie: PcieProfile,
    /// Our host.
    pub node: NodeConfig,
    /// The peer.
    pub peer: SmolConfig,
    /// A second peer, [`toe_world::ScriptPeer`], that sends whatever frames a test makes.
    pub script: bool,
    /// Another peer, [`crate::StackPeer`]: settings of its TCP, bytes that it sends, seed of their pattern.
    pub stack_peer: Option<(toe_tcp::Config, u64, u64)>,
    /// Clocks between two turns of the host.
    pub quantum: u32,
    /// Keep what was on the wire, in memory. Without, a test that fails leaves no capture.
    pub record: bool,
}

impl SceneConfig {
    /// The usual scene; the seed comes from the variable `SEED`, or is 1.
    #[must_use]
    pub fn new(test: &str, kind: Kind) -> Self {
        let seed = std::env::var("SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
        let mut node = NodeConfig {
            addresses: ["10.0.0.1/24", "fd00::1/64"]
                .iter()
                .filter_map(|n| n.parse().ok())
                .collect(),
            ..NodeConfig::default()
        };
        node.stack.seed = u128::from(seed) << 64 | 0x70e;
        node.driver.rss_key = Some(toe_driver::PUBLISHED_RSS_KEY);
        Self {
            test: test.to_owned(),
            kind,
            seed,
            wire: WireProfile::clean(),
            pcie: PcieProfile::default(),
            node,
            peer: SmolConfig {
                mac: Host::PEER_MAC,
                addresses: vec![(Host::PEER_V4, 24), (Host::PEER_V6, 64)],
                seed,
                ..SmolConfig::default()
            },
            script: false,
            stack_peer: None,
            quantum: 256,
            record: true,
        }
    }

    /// Another wire.
    #[must_use]
    pub fn wire(mut self, wire: WireProfile) -> Self {
        self.wire = wire;
        self
    }

    /// Another seed.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self.node.stack.seed = u128::from(seed) << 64 | 0x70e;
        self.peer.seed = seed;
        self
    }

    /// The world without a host in it. `None`: this device is not built into the program.
    ///
    /// # Panics
    /// If the capture cannot be written to memory.
    #[must_use]
    pub fn world(&self) -> Option<(SharedWorld<AnyDevice>, SharedBuffer)> {
        let capture = SharedBuffer::default();
        let mut world = World::builder(self.kind.make(self.seed)?);
        if self.script {
            world = world.peer(toe_world::ScriptPeer::new("script"));
        }
        if let Some((tcp, send, seed)) = self.stack_peer {
            world = world.peer(crate::StackPeer::new(tcp, send, seed));
        }
        let world = world
            .seed(self.seed)
            .quantum(self.quantum)
            .wire(self.wire)
            .pcie(self.pcie)
            .peer(SmolPeer::new(self.peer.clone()));
        let world = if self.record { world.capture(capture.clone(), Sides::Both) } else { world };
        let world = world.build().unwrap_or_else(|error| panic!("capture: {error}"));
        Some((SharedWorld::new(world), capture))
    }

    /// Opens the device. `None`: it is not built into the program.
    ///
    /// # Panics
    /// If the device does not open.
    #[must_use]
    pub fn build(self) -> Option<Scene> {
        match self.try_build()? {
            Ok(scene) => Some(scene),
            Err((config, error)) => {
                panic!("{} on {}, seed {}: {error}", config.test, config.kind.name(), config.seed)
            }
        }
    }

    /// The same, for tests that expect that it does not open.
    ///
    /// # Errors
    /// Why it does not open.
    #[allow(clippy::result_large_err)]
    #[must_use]
    pub fn try_build(self) -> Option<Result<Scene, (Self, NodeError)>> {
        let (world, capture) = self.world()?;
        let now = Micros(world.lock().now().0);
        Some(match Node::open(now, InProcess::new(world.clone()), &self.node) {
            Ok(node) => Ok(Scene { node, world, capture, config: self }),
            Err(error) => Err((self, error)),
        })
    }
}

/// A running scene. Dropped by a panic it leaves `out/failures/<test>-<device>-<seed>.pcapng`.
pub struct Scene {
    /// Our host.
    pub node: Node,
    /// Everything else.
    pub world: SharedWorld<AnyDevice>,
    capture: SharedBuffer,
    config: SceneConfig,
}

impl Scene {
    /// From its parts: for hosts that reach the device in another way than [`InProcess`].
    #[must_use]
    pub fn assemble(
        node: Node,
        world: SharedWorld<AnyDevice>,
        capture: SharedBuffer,
        config: SceneConfig,
    ) -> Self {
        Self { node, world, capture, config }
    }

    /// World time.
    #[must_use]
    pub fn now(&self) -> Micros {
        Micros(self.world.lock().now().0)
    }

    /// How it was set up.
    #[must_use]
    pub fn config(&self) -> &SceneConfig {
        &self.config
    }

    /// One turn of the host and one of the world.
    ///
    /// # Errors
    /// The device has failed.
    pub fn step(&mut self) -> Result<(), WorldError> {
        let now = self.now();
        let deadline = self.node.poll(now);
        let mut world = self.world.lock();
        world.set_host_deadline(deadline.map(toe_world_time));
        world.step().map(|_| ())
    }

    /// Runs until `goal`, which is asked between steps and may use sockets.
    ///
    /// # Errors
    /// [`WorldError`] when the goal is not reached within `limit` of world time, or the device has failed.
    pub fn try_run(
        &mut self,
        limit: Micros,
        mut goal: impl FnMut(&mut Self) -> bool,
    ) -> Result<(), WorldError> {
        let end = self.now() + limit;
        let wall = std::time::Instant::now();
        let budget = Budget::default();
        let mut steps = 0_u64;
        loop {
            if goal(self) {
                return Ok(());
            }
            let late = self.now() >= end;
            steps += 1;
            if late || (steps.is_multiple_of(256) && wall.elapsed() > 3 * budget.wall) {
                let world = self.world.lock();
                return Err(WorldError::Budget {
                    seed: self.config.seed,
                    now: world.now(),
                    cycles: world.statistics().cycles,
                    what: if late { "virtual time" } else { "wall time" },
                });
            }
            let now = self.now();
            let deadline = self.node.poll(now).map_or(end, |at| at.min(end));
            let mut world = self.world.lock();
            world.set_host_deadline(Some(toe_world_time(deadline)));
            world.step()?;
        }
    }

    /// The same; a goal that is not reached fails the test.
    ///
    /// # Panics
    /// When it is not reached.
    #[track_caller]
    pub fn run(&mut self, what: &str, limit: Micros, goal: impl FnMut(&mut Self) -> bool) {
        if let Err(error) = self.try_run(limit, goal) {
            let counters = self.counters();
            panic!(
                "{} on {}: {what}: {error}\n{}  counters: {counters}",
                self.config.test,
                self.config.kind.name(),
                self.situation()
            );
        }
    }

    /// The same, while a transfer goes on.
    ///
    /// # Panics
    /// When the goal is not reached.
    #[track_caller]
    pub fn drive_until(
        &mut self,
        what: &str,
        limit: Micros,
        transfer: &mut Transfer,
        mut goal: impl FnMut(&mut Self, &Transfer) -> bool,
    ) {
        self.run(what, limit, |scene| {
            let now = scene.now();
            transfer.drive(now, &mut scene.node);
            goal(scene, transfer)
        });
    }

    /// The wire brings a frame that the peer has not sent (`SceneConfig::script`).
    ///
    /// # Panics
    /// Without a script on the wire.
    pub fn arrive(&mut self, frame: Vec<u8>) {
        let mut world = self.world.lock();
        let now = world.now();
        let script = world.peer_mut::<toe_world::ScriptPeer>().expect("the scene has a script");
        script.send_at(now, frame);
    }

    /// Lets time pass.
    #[track_caller]
    pub fn pass(&mut self, span: Micros) {
        let end = self.now() + span;
        self.run("time passes", span + Micros(1_000), |scene| scene.now() >= end);
    }

    /// What a failed test wants to know.
    #[must_use]
    pub fn situation(&self) -> String {
        use std::fmt::Write;
        let mut text = String::new();
        for (id, owner) in self.node.away() {
            let _ = writeln!(
                text,
                "  socket {}: {owner}, {:?}, {:?}",
                id.index(),
                self.node.bytes(id),
                self.node.session_info(id)
            );
        }
        let _ = writeln!(text, "  hand-over: {:?}", self.node.handoff_stats());
        let _ = writeln!(text, "  node: {:?}", self.node.stats());
        if let Some(fault) = self.node.last_fault() {
            let _ = writeln!(text, "  last fault: {fault}");
        }
        let world = self.world.lock();
        if let Some(peer) = world.peer::<SmolPeer>() {
            for c in peer.connections() {
                let _ = writeln!(
                    text,
                    "  peer port {}: {:?}, {}, {} sent, {} received",
                    c.local_port, c.state, c.tcp_state, c.sent, c.received
                );
            }
        }
        let s = world.statistics();
        let _ =
            writeln!(text, "  wire to peer {:?}\n  wire to device {:?}", s.to_peer, s.to_device);
        let _ =
            writeln!(text, "  IOMMU faults {:?} {:?}", s.faults, world.memory().recent_faults());
        text
    }

    /// Counters of the engine and the driver that are not zero.
    #[must_use]
    pub fn counters(&mut self) -> String {
        let Ok(stats) = self.node.driver_mut().stats() else { return "device lost".to_owned() };
        let all: Vec<String> =
            stats.iter().filter(|(_, n)| *n > 0).map(|(name, n)| format!("{name} {n}")).collect();
        all.join(", ")
    }

    /// A counter of the engine (by register name) or of the driver (`driver_…`).
    ///
    /// # Panics
    /// There is no such counter, or the device is lost.
    #[must_use]
    pub fn counter(&mut self, name: &str) -> u64 {
        let stats = self.node.driver_mut().stats();
        let stats = stats.unwrap_or_else(|_| panic!("the device is lost"));
        stats.counter(name).unwrap_or_else(|| panic!("no counter {name}"))
    }

    /// Does something with the peer.
    ///
    /// # Panics
    /// The scene has no smoltcp peer.
    pub fn peer<R>(&mut self, f: impl FnOnce(&mut SmolPeer) -> R) -> R {
        let mut world = self.world.lock();
        f(world.peer_mut::<SmolPeer>().unwrap_or_else(|| panic!("no smoltcp peer")))
    }

    /// Does something with the peer that runs our own stack.
    ///
    /// # Panics
    /// The scene has none.
    pub fn stack_peer<R>(&mut self, f: impl FnOnce(&mut crate::StackPeer) -> R) -> R {
        let mut world = self.world.lock();
        f(world.peer_mut::<crate::StackPeer>().unwrap_or_else(|| panic!("no stack peer")))
    }

    /// A connection of the peer.
    #[must_use]
    pub fn connection(&mut self, id: ConnectionId) -> Connection {
        self.peer(|peer| peer.connection(id).clone())
    }

    /// The peer connects, we accept.
    ///
    /// # Panics
    /// When the session does not come about.
    #[track_caller]
    pub fn accepted(
        &mut self,
        ipv6: bool,
        port: u16,
        options: TcpOptions,
        behaviour: Behaviour,
    ) -> (TcpId, ConnectionId) {
        let local = SocketAddr::new(Host::own(ipv6), port);
        let listener = match self.node.listen(local, 8, options) {
            Ok(listener) => listener,
            Err(error) => panic!("listen: {error}"),
        };
        let connection = self
            .peer(|peer| peer.connect(local, behaviour))
            .unwrap_or_else(|| panic!("the peer has no room"));
        let mut child = None;
        self.run("accept", Micros::from_secs(20), |scene| {
            let now = scene.now();
            child = scene.node.accept(now, listener).ok();
            child.is_some()
        });
        let now = self.now();
        let _closed = self.node.close(now, listener);
        let (id, _) = child.unwrap_or_else(|| panic!("nothing accepted"));
        (id, connection)
    }

    /// We connect, the peer accepts.
    ///
    /// # Panics
    /// When the session does not come about.
    #[track_caller]
    pub fn connected(
        &mut self,
        ipv6: bool,
        port: u16,
        options: TcpOptions,
        behaviour: Behaviour,
    ) -> (TcpId, ConnectionId) {
        self.peer(|peer| peer.listen(port, behaviour));
        let before = self.peer(|peer| peer.connections().len());
        let now = self.now();
        let remote = SocketAddr::new(Host::peer(ipv6), port);
        let id = match self.node.connect(now, remote, options) {
            Ok(id) => id,
            Err(error) => panic!("connect: {error}"),
        };
        self.run("connect", Micros::from_secs(20), |scene| {
            scene.node.readiness(id).is_ok_and(|r| r.writable || r.away)
                && scene.peer(|peer| peer.connections().len()) > before
        });
        let connection = self
            .peer(|peer| peer.connection_ids().last())
            .unwrap_or_else(|| panic!("the peer has no connection"));
        (id, connection)
    }

    /// Waits until the engine has the session.
    #[track_caller]
    pub fn offloaded(&mut self, id: TcpId) {
        self.run("the engine takes the session", Micros::from_secs(5), |scene| {
            scene.node.owner(id) == toe_api::Owner::Engine
        });
    }

    /// Runs until all transfers are done.
    #[track_caller]
    pub fn transfer(&mut self, limit: Micros, transfers: &mut [&mut Transfer]) {
        self.run("transfer", limit, |scene| {
            let now = scene.now();
            let mut done = true;
            for transfer in transfers.iter_mut() {
                done &= transfer.drive(now, &mut scene.node);
            }
            done
        });
    }

    /// Everything that was on the wire so far, at both of its ends.
    ///
    /// # Errors
    /// The capture cannot be read back.
    pub fn captured(&self) -> Result<Vec<capture::Packet>, capture::ReadError> {
        let _written = self.world.lock().flush_capture();
        capture::read(self.capture.bytes().as_slice())
    }

    /// Writes the capture to `out/failures/<test>-<device>-<seed>.pcapng`; gives that name.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep_capture(&self) -> std::io::Result<String> {
        let _written = self.world.lock().flush_capture();
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
        let SceneConfig { test, kind, seed, .. } = &self.config;
        let name = format!("out/failures/{test}-{}-{seed}.pcapng", kind.name());
        std::fs::create_dir_all(root.join("out/failures"))?;
        std::fs::write(root.join(&name), self.capture.bytes())?;
        Ok(name)
    }

    /// An end of a connection as the stack names it.
    #[must_use]
    pub fn endpoint(&self, ip: IpAddr, port: u16) -> Endpoint {
        self.node.endpoint(SocketAddr::new(ip, port))
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {} (run again with SEED={0})", self.config.seed);
            if let Ok(name) = self.keep_capture() {
                eprintln!("capture: {name}");
            }
        }
    }
}

fn toe_world_time(at: Micros) -> toe_device::Micros {
    toe_device::Micros(at.0)
}

/// Whether `data` is the pattern from `offset` on.
#[must_use]
pub fn pattern_check(seed: u64, offset: u64, data: &[u8]) -> bool {
    let mut expected = vec![0; data.len()];
    pattern(seed, offset, &mut expected);
    expected == data
}

/// A program on one of our sockets: sends bytes of the pattern, reads and hashes what comes.
pub struct Transfer {
    /// Its socket.
    pub id: TcpId,
    /// Seed of the pattern that it sends.
    pub seed: u64,
    /// Bytes to send.
    pub send: u64,
    /// Bytes given to TCP.
    pub sent: u64,
    /// Bytes to receive before it is done; end of stream where `None`.
    pub expect: Option<u64>,
    /// Bytes received.
    pub received: u64,
    /// Close our direction once everything is sent.
    pub close: bool,
    /// It has closed.
    pub closed: bool,
    /// The peer has closed.
    pub ended: bool,
    /// Does not read while set.
    pub paused: bool,
    /// How it failed.
    pub error: Option<TcpError>,
    /// Seed of the pattern that is to come, when each byte is to be looked at as it comes.
    pub check: Option<u64>,
    /// Offset of the first piece of the stream that was not the pattern.
    pub wrong: Option<u64>,
    hash: Sha256,
    buffer: Vec<u8>,
    /// A part of the pattern that found no room.
    chunk: Vec<u8>,
}

impl Transfer {
    /// Sends so many bytes, expects so many.
    #[must_use]
    pub fn new(id: TcpId, send: u64, seed: u64, expect: Option<u64>) -> Self {
        Self {
            id,
            seed,
            send,
            sent: 0,
            expect,
            received: 0,
            close: false,
            closed: false,
            ended: false,
            paused: false,
            error: None,
            check: None,
            wrong: None,
            hash: Sha256::new(),
            buffer: vec![0; 64 * 1024],
            chunk: Vec::new(),
        }
    }

    /// Closes when everything is sent.
    #[must_use]
    pub fn closing(mut self) -> Self {
        self.close = true;
        self
    }

    /// SHA-256 of what was received.
    #[must_use]
    pub fn received_sha256(&self) -> [u8; 32] {
        self.hash.clone().finalize().into()
    }

    /// Moves what can be moved; `true` when everything is done.
    pub fn drive(&mut self, now: Micros, node: &mut Node) -> bool {
        if self.error.is_some() {
            return true;
        }
        match self.try_drive(now, node) {
            Ok(()) | Err(TcpError::WouldBlock | TcpError::InProgress) => {}
            Err(error) => {
                self.error = Some(error);
                return true;
            }
        }
        let all_received = match self.expect {
            Some(bytes) => self.received >= bytes,
            None => self.ended,
        };
        self.sent == self.send && all_received && (self.closed || !self.close)
    }

    fn try_drive(&mut self, now: Micros, node: &mut Node) -> Result<(), TcpError> {
        while !self.paused && !self.ended {
            match node.recv(now, self.id, &mut self.buffer) {
                Ok(0) => self.ended = true,
                Ok(n) => {
                    self.hash.update(&self.buffer[..n]);
                    if let Some(seed) = self.check
                        && self.wrong.is_none()
                        && !pattern_check(seed, self.received, &self.buffer[..n])
                    {
                        self.wrong = Some(self.received);
                    }
                    self.received += n as u64;
                }
                Err(TcpError::WouldBlock) => break,
                Err(error) => return Err(error),
            }
        }
        while self.sent < self.send {
            if self.chunk.is_empty() {
                let len = (self.send - self.sent).min(16 * 1024);
                self.chunk.resize(usize::try_from(len).unwrap_or(0), 0);
                pattern(self.seed, self.sent, &mut self.chunk);
            }
            let n = node.send(now, self.id, &self.chunk)?;
            self.chunk.drain(..n);
            self.sent += n as u64;
        }
        if self.close && !self.closed {
            node.shutdown(now, self.id)?;
            self.closed = true;
        }
        Ok(())
    }
}

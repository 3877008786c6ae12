// SPDX-License-Identifier: Apache-2.0
//! A host with one device: its shards in turn, and their sockets.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;
use toe_driver::{BUCKETS, Driver, OpenError, Options, Transport};
use toe_offload::{Bytes, Charge, Fill, Offload, Owner, Policy, Reason, Take};
use toe_stack::icmp::PingReply;
use toe_stack::ports::PortError;
use toe_stack::shard::To;
use toe_stack::{
    Endpoint, FibId, FourTuple, IfAddr, IfId, InterfaceConfig, MacAddr, Micros, OffloadCaps,
    Readiness, RouteSpec, ScopedAddr, Stack, StackConfig, TcpError, TcpId, TcpOptions, UdpId,
    earliest,
};

use crate::engine::{DriverEngine, View, time_wait};
use crate::rebalance::Rebalance;
use crate::shard::{Mail, Shard};
use crate::visible::Visible;

/// Silence after which a device with sessions is asked whether it is there, µs. A device that vanishes is noticed within
/// this time, or the driver's time-out of a command.
const WATCH: Micros = Micros(500_000);
/// Ephemeral ports tried for a socket of all shards before there is none.
pub(crate) const PORT_TRIES: usize = 64;
/// Rounds of work before [`Node::poll`] returns even if there is more.
const ROUNDS: usize = 16;

/// How to make a node.
#[derive(Clone, Debug)]
pub struct NodeConfig {
    /// The stack; its seed too.
    pub stack: StackConfig,
    /// The device. Station address and TIME_WAIT lingers are taken from the stack's settings.
    pub driver: Options,
    /// Name of the interface.
    pub name: String,
    /// Station address.
    pub mac: MacAddr,
    /// Largest IP packet.
    pub mtu: u32,
    /// What the device is to do.
    pub caps: OffloadCaps,
    /// Addresses with prefix lengths.
    pub addresses: Vec<IpNet>,
    /// Routes: prefix and gateway.
    pub routes: Vec<(IpNet, IpAddr)>,
    /// Which sessions may go to the engine.
    pub policy: Policy,
    /// Stacks that share the work by queue pair, each with its own sessions ([`Shard`]); at most as many as queue pairs.
    pub shards: u16,
}

impl Default for NodeConfig {
    fn default() -> Self {
        let driver = Options::default();
        Self {
            stack: StackConfig::default(),
            name: "toe0".to_owned(),
            mac: MacAddr(driver.mac),
            driver,
            mtu: 1500,
            caps: OffloadCaps::all(),
            addresses: Vec::new(),
            routes: Vec::new(),
            policy: Policy::default(),
            shards: 1,
        }
    }
}

/// Why there is no node.
#[derive(Debug, thiserror::Error)]
pub enum NodeError {
    /// The device does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It went away.
    #[error(transparent)]
    Lost(#[from] toe_driver::DeviceLost),
    /// An interface or address is impossible.
    #[error(transparent)]
    Interface(#[from] toe_stack::iface::IfError),
    /// A route is impossible.
    #[error(transparent)]
    Route(#[from] toe_stack::fib::RouteError),
}

/// Something the application may want to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeEvent {
    /// The readiness of a TCP socket changed.
    Tcp(TcpId),
    /// The readiness of a UDP socket changed.
    Udp(UdpId),
    /// An echo reply arrived.
    Ping(PingReply),
    /// The device is gone. Sessions it had end with [`TcpError::Aborted`].
    DeviceLost,
}

/// Counters of a node, or of one of its shards; the stack's, the driver's and the hand-over's are asked for by themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NodeStats {
    /// Frames from the device to the stack.
    pub rx_frames: u64,
    /// Of these: injected ones that the engine did not want.
    pub rx_bounced: u64,
    /// Of these: cut off by the device.
    pub rx_truncated: u64,
    /// Frames from the stack to the device.
    pub tx_frames: u64,
    /// Frames that can never be sent: too long, or for another port.
    pub tx_refused: u64,
    /// Times the transmit ring was full.
    pub tx_full: u64,
    /// Faults that the device reported.
    pub faults: u64,
    /// Segments of sessions that came to another queue pair than the session's. Counted in debug builds only.
    pub rx_elsewhere: u64,
    /// Segments and ICMP errors that one shard had to pass on to another: accesses across shards (S-PCBG-1). It stands still
    /// under traffic.
    pub cross_shard: u64,
    /// Messages by which shards told each other what they learnt: neighbours, redirects, path MTUs.
    pub taught: u64,
    /// Messages that found a shard's queue full.
    pub mail_dropped: u64,
    /// Sessions that moved to another shard.
    pub sessions_moved: u64,
    /// Buckets that stayed where they were because their sessions did not come back from the engine in time.
    pub buckets_kept: u64,
}

impl NodeStats {
    /// Every counter with its name.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, u64)> + use<> {
        [
            ("rx_frames", self.rx_frames),
            ("rx_bounced", self.rx_bounced),
            ("rx_truncated", self.rx_truncated),
            ("tx_frames", self.tx_frames),
            ("tx_refused", self.tx_refused),
            ("tx_full", self.tx_full),
            ("faults", self.faults),
            ("rx_elsewhere", self.rx_elsewhere),
            ("cross_shard", self.cross_shard),
            ("taught", self.taught),
            ("mail_dropped", self.mail_dropped),
            ("sessions_moved", self.sessions_moved),
            ("buckets_kept", self.buckets_kept),
        ]
        .into_iter()
    }

    fn add(&mut self, other: &Self) {
        let Self {
            rx_frames,
            rx_bounced,
            rx_truncated,
            tx_frames,
            tx_refused,
            tx_full,
            faults,
            rx_elsewhere,
            cross_shard,
            taught,
            mail_dropped,
            sessions_moved,
            buckets_kept,
        } = other;
        self.rx_frames += rx_frames;
        self.rx_bounced += rx_bounced;
        self.rx_truncated += rx_truncated;
        self.tx_frames += tx_frames;
        self.tx_refused += tx_refused;
        self.tx_full += tx_full;
        self.faults += faults;
        self.rx_elsewhere += rx_elsewhere;
        self.cross_shard += cross_shard;
        self.taught += taught;
        self.mail_dropped += mail_dropped;
        self.sessions_moved += sessions_moved;
        self.buckets_kept += buckets_kept;
    }
}

/// A host with one device.
pub struct Node {
    /// At least one.
    pub(crate) shards: Vec<Shard>,
    pub(crate) engine: DriverEngine,
    port: IfId,
    events: VecDeque<NodeEvent>,
    lost_told: bool,
    pub(crate) dirty: bool,
    pub(crate) visible: Visible,
    /// When the device last gave a sign of life, or nothing depended on it.
    heard_at: Micros,
    /// Shard of each bucket.
    pub(crate) owners: [u16; BUCKETS],
    /// Sockets that live in another shard than the one that made them.
    pub(crate) moved: BTreeMap<TcpId, u16>,
    /// Listeners: they are in all shards.
    listeners: BTreeSet<TcpId>,
    /// The shard that is asked first.
    next_shard: usize,
    pub(crate) rebalance: Option<Rebalance>,
    pub(crate) sessions_moved: u64,
    pub(crate) buckets_kept: u64,
}

impl Node {
    /// Opens the device and sets the stack up on it. `now` is the host's clock.
    ///
    /// # Errors
    /// [`NodeError`].
    pub fn open(
        now: Micros,
        transport: impl Transport + 'static,
        config: &NodeConfig,
    ) -> Result<Self, NodeError> {
        let mut options = config.driver.clone();
        options.mac = config.mac.0;
        for (to, from) in options.time_wait.linger_us.iter_mut().zip(config.stack.time_wait.linger)
        {
            *to = u32::try_from(from).unwrap_or(u32::MAX);
        }
        let driver = Driver::open(transport, &options)?;
        Self::with_driver(now, driver, config)
    }

    /// The same with a driver that is open. Its options must agree with the stack's.
    ///
    /// # Errors
    /// [`NodeError`].
    pub fn with_driver(
        now: Micros,
        driver: Driver,
        config: &NodeConfig,
    ) -> Result<Self, NodeError> {
        let engine = DriverEngine::new(driver, now, config.shards)?;
        let count = engine.shards();
        let mut shards = Vec::new();
        let mut port = None;
        for index in 0..count {
            let mut stack = Stack::of_several(config.stack.clone(), index, count);
            let own = stack.add_interface(InterfaceConfig {
                mtu: config.mtu,
                caps: config.caps.normalised(),
                ..InterfaceConfig::ethernet(&config.name, config.mac)
            })?;
            for net in &config.addresses {
                stack.add_address(now, own, IfAddr::new(*net))?;
            }
            for (prefix, gateway) in &config.routes {
                let gateway = Some(*gateway);
                let spec = RouteSpec { gateway, ..RouteSpec::on_link(*prefix, own) };
                stack.add_route(FibId(0), &spec)?;
            }
            port = Some(own);
            shards.push(Shard::new(index, stack, Offload::new(config.policy.clone()), own));
        }
        let mut owners = [0; BUCKETS];
        for (owner, queue) in owners.iter_mut().zip(engine.driver.rss().table()) {
            *owner = u16::from(*queue) % count;
        }
        let mut node = Self {
            shards,
            engine,
            port: port.ok_or(toe_stack::iface::IfError::NoSuchInterface)?,
            events: VecDeque::new(),
            lost_told: false,
            dirty: true,
            visible: Visible::default(),
            heard_at: now,
            owners,
            moved: BTreeMap::new(),
            listeners: BTreeSet::new(),
            next_shard: 0,
            rebalance: None,
            sessions_moved: 0,
            buckets_kept: 0,
        };
        if count > 1 {
            // Before the first socket.
            for shard in 0..count {
                let places = node.places(shard, |_| None);
                node.shards[usize::from(shard)].stack.steer(now, Box::new(places));
            }
        }
        Ok(node)
    }

    // ---- time ----

    /// Moves frames and sessions, does what is due. Gives when it wants to be called again even if the device stays
    /// silent; call it earlier after an interrupt, or after any socket operation.
    pub fn poll(&mut self, now: Micros) -> Option<Micros> {
        self.engine.set_now(now);
        let mut more = true;
        for _ in 0..ROUNDS {
            if !more {
                break;
            }
            self.dirty = false;
            // What one stage makes of it the next ones see in this round; only what leads back needs another.
            self.engine.driver.collect(driver_time(now));
            self.engine.take_events();
            self.time_wait_events();
            self.see(now);
            more = false;
            for shard in &mut self.shards {
                more |= shard.turn(now, &mut self.engine, &mut self.visible.captures);
            }
            if self.shards.len() > 1 {
                more |= self.exchange(now);
            }
        }
        self.watch(now);
        if self.engine.driver.flush().is_err() && !self.engine.lost {
            self.engine.take_events();
            self.hear(now);
        }
        if self.engine.lost && !std::mem::replace(&mut self.lost_told, self.engine.lost) {
            self.events.push_back(NodeEvent::DeviceLost);
        }
        if more || self.dirty {
            return Some(now);
        }
        self.next_deadline(now)
    }

    /// When [`Node::poll`] is due even if nothing happens.
    pub fn next_deadline(&mut self, now: Micros) -> Option<Micros> {
        let mut at = self.engine.driver.next_deadline().map(|at| Micros(at.0));
        for shard in &mut self.shards {
            at = earliest(at, shard.next_deadline(now));
        }
        at = earliest(at, self.rebalance.as_ref().map(|r| r.next_deadline(now)));
        earliest(at, self.watches().then(|| self.silent_since() + WATCH))
    }

    /// Carries messages, and what is under way between shards. `true` when shards have something to do again.
    fn exchange(&mut self, now: Micros) -> bool {
        for from in 0..self.shards.len() {
            while let Some((to, message)) = self.shards.get_mut(from).and_then(Shard::poll_message)
            {
                match to {
                    To::Shard(to) => {
                        if let Some(shard) = self.shards.get_mut(usize::from(to)) {
                            shard.post(Mail::Message(message));
                        }
                    }
                    To::Others => {
                        for (n, shard) in self.shards.iter_mut().enumerate() {
                            if n != from {
                                shard.post(Mail::Message(message.copy()));
                            }
                        }
                    }
                }
            }
        }
        self.rebalance_step(now);
        self.shards.iter().any(Shard::has_mail)
    }

    /// An event of the engine's TIME_WAIT table names no shard.
    fn time_wait_events(&mut self) {
        while let Some(event) = self.engine.time_wait.pop_front() {
            self.engine.tell_all(&time_wait(&event));
        }
    }

    fn hear(&mut self, now: Micros) {
        for shard in &mut self.shards {
            shard.hear(now, &mut self.engine);
        }
    }

    /// Sessions of the engine depend on it: nobody waits for ever for a device that is gone.
    fn watches(&self) -> bool {
        !self.engine.lost && self.shards.iter().any(|s| s.offload.sessions_away() > 0)
    }

    /// Of the queue pairs each counts: an event ring can come to an end while the others go on.
    fn silent_since(&self) -> Micros {
        self.heard_at.max(Micros(self.engine.driver.silent_since().0))
    }

    /// A device that is silent for long is asked whether it is there: the only register reads beside set-up, and none
    /// while every queue pair moves.
    fn watch(&mut self, now: Micros) {
        if !self.watches() {
            self.heard_at = now;
        } else if now >= self.silent_since() + WATCH {
            self.heard_at = now;
            let _told_by_an_event = self.engine.driver.check();
            if self.engine.take_events() {
                self.hear(now);
            }
        }
    }

    /// The next thing that happened.
    pub fn poll_event(&mut self) -> Option<NodeEvent> {
        let shards = &mut self.shards;
        self.events.pop_front().or_else(|| shards.iter_mut().find_map(|s| s.events.pop_front()))
    }

    /// Resets the device and sets it up again. Sessions it had end with [`TcpError::Aborted`]; those in software go on.
    ///
    /// # Errors
    /// [`NodeError`]; the device is lost then.
    pub fn reset_device(&mut self, now: Micros) -> Result<(), NodeError> {
        let result = self.engine.driver.reset();
        self.engine.take_events();
        self.visible.device_gone();
        for shard in &mut self.shards {
            shard.device_gone(now, &mut self.engine);
        }
        result?;
        self.engine.synchronise(now)?;
        self.engine.lost = false;
        self.lost_told = false;
        for shard in &mut self.shards {
            shard.offload.device_ready(now, &shard.stack);
        }
        self.dirty = true;
        Ok(())
    }

    // ---- shards ----

    /// Its shards; at least one.
    pub fn shards(&self) -> impl Iterator<Item = &Shard> {
        self.shards.iter()
    }

    /// Number of the shard that has a socket; a listener is in all of them.
    #[must_use]
    pub fn shard_of(&self, id: TcpId) -> u16 {
        u16::try_from(self.at(id)).unwrap_or(0)
    }

    /// One shard needs no look at the id.
    pub(crate) fn at(&self, id: TcpId) -> usize {
        let count = self.shards.len();
        if count == 1 {
            return 0;
        }
        let home = || id.home(self.engine.shards());
        let shard = usize::from(self.moved.get(&id).copied().unwrap_or_else(home));
        // An id with bits of no shard is nobody's, the first one's too.
        if shard < count { shard } else { 0 }
    }

    fn first(&self) -> &Shard {
        &self.shards[0]
    }

    pub(crate) fn of(&self, id: TcpId) -> &Shard {
        &self.shards[self.at(id)]
    }

    /// What socket operations need: the shard's hand-over and stack, and the engine as it sees it.
    pub(crate) fn of_mut(&mut self, id: TcpId) -> (&mut Offload, &mut Stack, View<'_>) {
        let at = self.at(id);
        self.dirty = true;
        let shard = &mut self.shards[at];
        let view = self.engine.view(shard.index());
        (&mut shard.offload, &mut shard.stack, view)
    }

    /// Does the same to the stack of each shard, in order: how their configuration changes and stays one. Gives what the
    /// first answered; they all answer the same, because they have gone through the same.
    pub fn configure<R>(&mut self, mut change: impl FnMut(&mut Stack) -> R) -> R {
        self.dirty = true;
        let (first, others) = self.shards.split_at_mut(1);
        let answer = change(&mut first[0].stack);
        for shard in others {
            change(&mut shard.stack);
        }
        answer
    }

    // ---- TCP sockets ----

    /// An end of a connection as sockets are given it; link-local addresses get this node's interface as zone.
    #[must_use]
    pub fn endpoint(&self, addr: SocketAddr) -> Endpoint {
        Endpoint::new(ScopedAddr::on(addr.ip(), self.port), addr.port())
    }

    /// A listening socket: in all shards, or in none. What arrives touches one of them.
    ///
    /// # Errors
    /// [`TcpError`].
    pub fn listen(
        &mut self,
        local: SocketAddr,
        backlog: usize,
        options: TcpOptions,
    ) -> Result<TcpId, TcpError> {
        // An ephemeral port may be in use in another shard than the one that chose it.
        for _ in 0..PORT_TRIES {
            match self.listen_everywhere(self.endpoint(local), backlog, options) {
                Err(TcpError::Port(PortError::InUse)) if local.port() == 0 => {}
                done => return done,
            }
        }
        Err(PortError::Exhausted.into())
    }

    fn listen_everywhere(
        &mut self,
        local: Endpoint,
        backlog: usize,
        options: TcpOptions,
    ) -> Result<TcpId, TcpError> {
        let (first, others) = self.shards.split_at_mut(1);
        let stack = &mut first[0].stack;
        let id = stack.tcp_socket(options);
        let mut done = stack.tcp_bind(id, local);
        if let Ok(port) = done {
            done = stack.tcp_listen(id, backlog).map(|()| port);
            for shard in &mut *others {
                let stack = &mut shard.stack;
                stack.tcp_socket_as(id, options);
                if let Ok(port) = done {
                    let bound = stack.tcp_bind(id, Endpoint::new(local.addr, port));
                    done = bound.and_then(|port| stack.tcp_listen(id, backlog).map(|()| port));
                }
            }
        }
        if let Err(error) = done {
            for shard in &mut self.shards {
                let _new_and_unused = shard.stack.tcp_close(Micros::ZERO, id);
            }
            return Err(error);
        }
        if self.shards.len() > 1 {
            self.listeners.insert(id);
        }
        Ok(id)
    }

    /// Begins to connect: the socket becomes writable when it is done, or has an error. The shards take turns; each chooses
    /// a port whose answers arrive there.
    ///
    /// # Errors
    /// [`TcpError`].
    pub fn connect(
        &mut self,
        now: Micros,
        remote: SocketAddr,
        options: TcpOptions,
    ) -> Result<TcpId, TcpError> {
        let remote = self.endpoint(remote);
        let mut result = Err(PortError::Exhausted.into());
        for _ in 0..self.shards.len() {
            let at = self.next_shard;
            self.next_shard = (at + 1) % self.shards.len();
            let stack = &mut self.shards[at].stack;
            let id = stack.tcp_socket(options);
            result = stack.tcp_connect(now, id, remote).map(|()| id);
            if result.is_err() {
                let _new_and_unused = stack.tcp_close(now, id);
            }
            if result != Err(PortError::Exhausted.into()) {
                break;
            }
        }
        self.dirty = true;
        result
    }

    /// The next session of a listener; it may go to the engine from now on.
    ///
    /// # Errors
    /// [`TcpError::WouldBlock`] when none waits.
    pub fn accept(&mut self, now: Micros, id: TcpId) -> Result<(TcpId, FourTuple), TcpError> {
        for _ in 0..self.shards.len() {
            let at = self.next_shard;
            let shard = &mut self.shards[at];
            match shard.stack.tcp_accept(id) {
                Ok((child, tuple)) => {
                    shard.offload.consider(now, child);
                    self.dirty = true;
                    return Ok((child, tuple));
                }
                // The next one may have some.
                Err(TcpError::WouldBlock) => self.next_shard = (at + 1) % self.shards.len(),
                Err(error) => return Err(error),
            }
        }
        Err(TcpError::WouldBlock)
    }

    /// Puts bytes into the send ring; gives how many found room.
    ///
    /// # Errors
    /// [`TcpError::WouldBlock`] when there is none, or while the session changes hands.
    pub fn send(&mut self, now: Micros, id: TcpId, data: &[u8]) -> Result<usize, TcpError> {
        let (offload, stack, mut engine) = self.of_mut(id);
        offload.send(now, stack, &mut engine, id, data)
    }

    /// Takes received bytes; 0 is the end of the stream.
    ///
    /// # Errors
    /// [`TcpError::WouldBlock`] when there are none, or while the session changes hands.
    pub fn recv(&mut self, now: Micros, id: TcpId, out: &mut [u8]) -> Result<usize, TcpError> {
        let (offload, stack, mut engine) = self.of_mut(id);
        offload.recv(now, stack, &mut engine, id, out)
    }

    /// The same as [`Node::send`] without a buffer in between: `fill` puts bytes into the session's send ring itself,
    /// the engine's or ours, and says how many it has put. It is called without room too.
    ///
    /// # Errors
    /// [`TcpError`]; `fill` is not called then.
    pub fn send_with(&mut self, now: Micros, id: TcpId, fill: Fill<'_>) -> Result<usize, TcpError> {
        let (offload, stack, mut engine) = self.of_mut(id);
        offload.send_with(now, stack, &mut engine, id, fill)
    }

    /// The same as [`Node::recv`] without a buffer in between: `take` looks at the bytes in the session's receive ring and
    /// says how many it has done with; 0 is the end of the stream.
    ///
    /// # Errors
    /// [`TcpError`]; `take` is not called then.
    pub fn recv_with(&mut self, now: Micros, id: TcpId, take: Take<'_>) -> Result<usize, TcpError> {
        let (offload, stack, mut engine) = self.of_mut(id);
        offload.recv_with(now, stack, &mut engine, id, take)
    }

    /// Closes our direction: FIN after everything that was sent.
    ///
    /// # Errors
    /// [`TcpError`].
    pub fn shutdown(&mut self, now: Micros, id: TcpId) -> Result<(), TcpError> {
        let (offload, stack, mut engine) = self.of_mut(id);
        offload.tcp_shutdown(now, stack, &mut engine, id)
    }

    /// Gives the socket up: the session goes on closing by itself, the id is stale.
    ///
    /// # Errors
    /// [`TcpError::NoSuchSocket`].
    pub fn close(&mut self, now: Micros, id: TcpId) -> Result<(), TcpError> {
        if self.listeners.remove(&id) {
            return self.configure(|stack| stack.tcp_close(now, id));
        }
        let (offload, stack, mut engine) = self.of_mut(id);
        let done = offload.tcp_close(now, stack, &mut engine, id);
        self.moved.remove(&id);
        done
    }

    /// Cuts the session off with a reset; the socket stays until it is closed.
    ///
    /// # Errors
    /// [`TcpError`].
    pub fn abort(&mut self, now: Micros, id: TcpId) -> Result<(), TcpError> {
        let (offload, stack, mut engine) = self.of_mut(id);
        offload.tcp_abort(now, stack, &mut engine, id)
    }

    /// What would not block.
    ///
    /// # Errors
    /// [`TcpError::NoSuchSocket`].
    pub fn readiness(&self, id: TcpId) -> Result<Readiness, TcpError> {
        let readiness =
            |shard: &Shard| shard.offload.readiness(&shard.stack, |h| self.engine.progress(h), id);
        if !self.listeners.contains(&id) {
            return readiness(self.of(id));
        }
        let mut all = Readiness::default();
        for shard in &self.shards {
            let one = readiness(shard)?;
            all.readable |= one.readable;
            all.error |= one.error;
        }
        Ok(all)
    }

    /// Takes the pending error (SO_ERROR).
    ///
    /// # Errors
    /// [`TcpError::NoSuchSocket`].
    pub fn take_error(&mut self, id: TcpId) -> Result<Option<TcpError>, TcpError> {
        self.of_mut(id).1.tcp_take_error(id)
    }

    // ---- sessions ----

    /// Who has the session of a socket.
    #[must_use]
    pub fn owner(&self, id: TcpId) -> Owner {
        self.of(id).offload.owner(id)
    }

    /// Payload bytes of a socket, by owner. Sockets that are closed have none.
    #[must_use]
    pub fn bytes(&self, id: TcpId) -> Bytes {
        self.of(id).offload.bytes(id)
    }

    /// Payload bytes of all sockets so far, by owner.
    #[must_use]
    pub fn total_bytes(&self) -> Bytes {
        let mut all = Bytes::default();
        for shard in &self.shards {
            all.add(&shard.offload.total_bytes());
        }
        all
    }

    /// The 4-tuple of a connected socket, whoever has its session.
    #[must_use]
    pub fn tuple(&self, id: TcpId) -> Option<FourTuple> {
        self.of(id).stack.tcp_tuple(id)
    }

    /// Sessions that are away, with their owners, of all shards.
    pub fn away(&self) -> impl Iterator<Item = (TcpId, Owner)> + '_ {
        self.shards.iter().flat_map(|shard| shard.offload.away())
    }

    /// Sessions of all shards but one that count for quotas.
    pub(crate) fn charges_elsewhere(&self, shard: u16) -> impl Iterator<Item = Charge> + Clone {
        self.engine.others(shard)
    }

    /// Counters of the hand-over, of all shards.
    #[must_use]
    pub fn handoff_stats(&self) -> toe_offload::Stats {
        let mut all = toe_offload::Stats::default();
        for shard in &self.shards {
            all.add(&shard.offload.stats());
        }
        all
    }

    /// Counters of the stacks, of all shards.
    #[must_use]
    pub fn stack_stats(&self) -> toe_stack::Stats {
        let mut all = toe_stack::Stats::default();
        for shard in &self.shards {
            all.add(shard.stack.stats());
        }
        all
    }

    /// Begins to hand a session to the engine, without waiting for its turn.
    ///
    /// # Errors
    /// Why not; it goes on in software.
    pub fn offload_now(&mut self, now: Micros, id: TcpId) -> Result<(), Reason> {
        self.engine.set_now(now);
        let (offload, stack, mut engine) = self.of_mut(id);
        let done = offload.offload(now, stack, &mut engine, id);
        engine.set_charges(offload.charges());
        done
    }

    /// Begins to take a session back. It stays in software until [`Node::offload_now`], or until `again`.
    ///
    /// # Errors
    /// Who has it, when that is not the engine.
    pub fn take_back(
        &mut self,
        now: Micros,
        id: TcpId,
        again: Option<Micros>,
    ) -> Result<(), Owner> {
        self.engine.set_now(now);
        let (offload, stack, mut engine) = self.of_mut(id);
        offload.take_back(now, stack, &mut engine, id, again)
    }

    /// The rules of the first shard; sessions that a change forbids come back. [`Node::set_policy`] sets those of all.
    pub fn policy_mut(&mut self) -> &mut Policy {
        self.dirty = true;
        debug_assert!(self.shards.len() == 1, "the shards of a node have one policy");
        self.shards[0].offload.policy_mut()
    }

    /// The hand-over of the first shard: of a node of one shard, all there is.
    #[must_use]
    pub fn offload(&self) -> &Offload {
        &self.first().offload
    }

    /// The same, to change it.
    pub fn offload_mut(&mut self) -> &mut Offload {
        &mut self.shards[0].offload
    }

    /// The engine's session of a socket, as the driver knows it.
    #[must_use]
    pub fn session_info(&self, id: TcpId) -> Option<toe_driver::SessionInfo> {
        let handle = self.of(id).offload.handle(id)?;
        self.engine.driver.session_info(toe_driver::SessionHandle::from_raw(handle.0)).ok()
    }

    // ---- parts ----

    /// The stack of the first shard: of a node of one shard, all there is; of several, they have the same configuration.
    #[must_use]
    pub fn stack(&self) -> &Stack {
        &self.first().stack
    }

    /// The same, to change it: UDP, ping. What configures a node of several shards goes through [`Node::configure`]. TCP
    /// sockets of sessions that are away answer [`TcpError::Away`] there: use the node's own calls.
    pub fn stack_mut(&mut self) -> &mut Stack {
        self.dirty = true;
        &mut self.shards[0].stack
    }

    /// The driver.
    #[must_use]
    pub fn driver(&self) -> &Driver {
        &self.engine.driver
    }

    /// The driver.
    pub fn driver_mut(&mut self) -> &mut Driver {
        &mut self.engine.driver
    }

    /// The interface.
    #[must_use]
    pub fn interface(&self) -> IfId {
        self.port
    }

    /// Counters.
    #[must_use]
    pub fn stats(&self) -> NodeStats {
        let mut all = NodeStats {
            faults: self.engine.faults,
            sessions_moved: self.sessions_moved,
            buckets_kept: self.buckets_kept,
            ..NodeStats::default()
        };
        for shard in &self.shards {
            all.add(&shard.stats());
        }
        all
    }

    /// The last fault that the device reported.
    #[must_use]
    pub fn last_fault(&self) -> Option<toe_driver::Fault> {
        self.engine.last_fault
    }

    /// The device does not answer any more.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.engine.lost
    }

    /// The engine's clock as the host knows it.
    #[must_use]
    pub fn engine_clock(&self) -> Micros {
        self.engine.clock_now()
    }
}

fn driver_time(now: Micros) -> toe_driver::Micros {
    toe_driver::Micros(now.0)
}

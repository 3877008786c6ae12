// SPDX-License-Identifier: Apache-2.0
//! A host with one device: frames both ways, sessions, sockets.

use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;
use toe_abi::{CsumVerdict, RxReason};
use toe_driver::{Driver, OpenError, Options, SendError, Transport};
use toe_offload::{Bytes, Engine, Fill, Offload, Owner, Policy, Reason, Take};
use toe_stack::handoff::HandoffEvent;
use toe_stack::icmp::PingReply;
use toe_stack::{
    Endpoint, FibId, FourTuple, IfAddr, IfId, InterfaceConfig, MacAddr, Micros, OffloadCaps,
    Readiness, RouteSpec, RxFrame, ScopedAddr, Stack, StackConfig, StackEvent, TcpError, TcpId,
    TcpOptions, TxFrame, UdpId, Verdict, earliest,
};

use crate::control::{Path, ends};
use crate::engine::DriverEngine;
use crate::visible::Visible;

/// Frames taken from one receive ring before anything else gets its turn.
const RX_BATCH: usize = 64;
/// Frames given to the transmit ring in one go.
const TX_BATCH: usize = 256;
/// Silence after which a device with sessions is asked whether it is there, µs. A device that vanishes is noticed within
/// this time, or the driver's time-out of a command.
const WATCH: Micros = Micros(500_000);
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

/// Counters of a node; the stack's, the driver's and the hand-over's are asked for by themselves.
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
    /// Segments of sessions that came to another queue pair than the session's: another shard would have to look at
    /// them (S-PCBG-1). Counted in debug builds only.
    pub rx_elsewhere: u64,
}

/// A host with one device.
pub struct Node {
    pub(crate) stack: Stack,
    pub(crate) offload: Offload,
    pub(crate) engine: DriverEngine,
    port: IfId,
    waiting: Option<TxFrame>,
    events: VecDeque<NodeEvent>,
    stats: NodeStats,
    rx: Vec<u8>,
    lost_told: bool,
    pub(crate) dirty: bool,
    pub(crate) visible: Visible,
    /// When the device last gave a sign of life.
    heard_at: Micros,
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
        let engine = DriverEngine::new(driver, now)?;
        let mut stack = Stack::new(config.stack.clone());
        let port = stack.add_interface(InterfaceConfig {
            mtu: config.mtu,
            caps: config.caps.normalised(),
            ..InterfaceConfig::ethernet(&config.name, config.mac)
        })?;
        for net in &config.addresses {
            stack.add_address(now, port, IfAddr::new(*net))?;
        }
        for (prefix, gateway) in &config.routes {
            let spec = RouteSpec { gateway: Some(*gateway), ..RouteSpec::on_link(*prefix, port) };
            stack.add_route(FibId(0), &spec)?;
        }
        Ok(Self {
            stack,
            offload: Offload::new(config.policy.clone()),
            engine,
            port,
            waiting: None,
            events: VecDeque::new(),
            stats: NodeStats::default(),
            rx: Vec::new(),
            lost_told: false,
            dirty: true,
            visible: Visible::default(),
            heard_at: now,
        })
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
            if self.engine.driver.collect(driver_time(now)) {
                self.heard_at = now;
            }
            self.engine.take_events();
            self.see(now);
            more = self.receive(now);
            more |= self.offload.poll(now, &mut self.stack, &mut self.engine);
            more |= self.transmit(now);
            more |= self.stack_events(now);
            more |= self.stack.handoff_waiting();
        }
        self.watch(now);
        if self.engine.driver.flush().is_err() && !self.engine.lost {
            self.engine.take_events();
            self.offload.poll(now, &mut self.stack, &mut self.engine);
            self.stack_events(now);
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
        let at = earliest(
            earliest(self.stack.next_deadline(), self.offload.next_deadline(now)),
            self.engine.driver.next_deadline().map(|at| Micros(at.0)),
        );
        earliest(at, self.watches().then(|| self.heard_at + WATCH))
    }

    /// Sessions of the engine depend on it: nobody waits for ever for a device that is gone.
    fn watches(&self) -> bool {
        !self.engine.lost && self.offload.sessions_away() > 0
    }

    /// A device that is silent for long is asked whether it is there: the only register reads beside set-up, and none
    /// while anything moves.
    fn watch(&mut self, now: Micros) {
        if !self.watches() {
            self.heard_at = now;
        } else if now >= self.heard_at + WATCH {
            self.heard_at = now;
            let _told_by_an_event = self.engine.driver.check();
            if self.engine.take_events() {
                self.offload.poll(now, &mut self.stack, &mut self.engine);
                self.stack_events(now);
            }
        }
    }

    fn receive(&mut self, now: Micros) -> bool {
        let mut worked = false;
        for queue in 0..self.engine.driver.queue_pairs() {
            for taken in 0..RX_BATCH {
                self.rx.clear();
                let Some(info) = self.engine.driver.nic_recv_into(queue, &mut self.rx) else {
                    break;
                };
                // Others get their turn before the rest.
                worked |= taken + 1 == RX_BATCH;
                self.stats.rx_frames += 1;
                if info.truncated {
                    self.stats.rx_truncated += 1;
                    continue;
                }
                if matches!(info.reason, RxReason::MirrorRx | RxReason::MirrorTx) {
                    let out = info.reason == RxReason::MirrorTx;
                    self.visible.captures.frame(now, Path::Engine, out, &self.rx);
                    continue;
                }
                if cfg!(debug_assertions)
                    && info.reason != RxReason::NotTcp
                    && let Some(([src, dst], Some([sport, dport]))) = ends(&self.rx)
                {
                    let (local, remote) =
                        (SocketAddr::new(dst, dport), SocketAddr::new(src, sport));
                    let right = self.engine.driver.queue_of(local, remote) == queue;
                    self.stats.rx_elsewhere += u64::from(!right);
                }
                if !self.visible.captures.is_empty() {
                    self.visible.captures.frame(now, Path::Software, false, &self.rx);
                }
                let frame = RxFrame {
                    bytes: &self.rx,
                    ip_csum: verdict(info.ip_csum),
                    l4_csum: verdict(info.l4_csum),
                    vlan: info.vlan_tci,
                };
                if info.injected {
                    self.bounced(now);
                } else {
                    self.stack.handle_frame(now, self.port, &frame);
                }
            }
        }
        worked
    }

    /// A replayed segment came back: software must look at it, and has it caught again until the session is there.
    fn bounced(&mut self, now: Micros) {
        self.stats.rx_bounced += 1;
        // What else is waiting gets its usual treatment first.
        self.offload.poll(now, &mut self.stack, &mut self.engine);
        let frame = RxFrame::unchecked(&self.rx);
        self.stack.handle_frame(now, self.port, &frame);
        let mut others = Vec::new();
        while let Some(event) = self.stack.poll_handoff() {
            match event {
                HandoffEvent::Caught(id) if self.offload.owner(id) == Owner::Engine => {
                    self.offload.bounced(now, &mut self.stack, &mut self.engine, id);
                }
                other => others.push(other),
            }
        }
        for event in others {
            self.offload.handle_handoff(now, &mut self.stack, &mut self.engine, event);
        }
    }

    fn transmit(&mut self, now: Micros) -> bool {
        for _ in 0..TX_BATCH {
            let Some(frame) = self.waiting.take().or_else(|| self.stack.poll_transmit(now)) else {
                return false;
            };
            if frame.port != self.port {
                self.stats.tx_refused += 1;
                continue;
            }
            let o = frame.offload;
            let offload = toe_driver::TxOffload {
                l4_csum: o.l4_csum,
                ip_csum: o.ip_csum,
                tso_mss: o.tso_mss,
                vlan_tci: o.vlan,
                inject: false,
                ipv6: o.ipv6,
                udp: o.udp,
                l3_off: o.l3_off,
                l4_off: o.l4_off,
                hdr_len: o.hdr_len,
            };
            let out = toe_driver::TxFrame { bytes: &frame.bytes, offload };
            match self.engine.driver.nic_send(0, &out) {
                Ok(()) => {
                    self.stats.tx_frames += 1;
                    if !self.visible.captures.is_empty() {
                        self.visible.captures.frame(now, Path::Software, true, &frame.bytes);
                    }
                }
                Err(SendError::WouldBlock) => {
                    self.stats.tx_full += 1;
                    self.waiting = Some(frame);
                    return false;
                }
                Err(error) => {
                    log::warn!("frame not sent: {error}");
                    self.stats.tx_refused += 1;
                }
            }
        }
        true
    }

    fn stack_events(&mut self, now: Micros) -> bool {
        let mut worked = false;
        while let Some(event) = self.stack.poll_event() {
            self.events.push_back(match event {
                StackEvent::Tcp(id) => {
                    if self.stack.tcp_state(id) == Some(toe_tcp::State::Established) {
                        worked |= self.offload.consider(now, id);
                    }
                    NodeEvent::Tcp(id)
                }
                StackEvent::Udp(id) => NodeEvent::Udp(id),
                StackEvent::Ping(reply) => NodeEvent::Ping(reply),
            });
        }
        worked
    }

    /// The next thing that happened.
    pub fn poll_event(&mut self) -> Option<NodeEvent> {
        self.events.pop_front()
    }

    /// Resets the device and sets it up again. Sessions it had end with [`TcpError::Aborted`]; those in software go on.
    ///
    /// # Errors
    /// [`NodeError`]; the device is lost then.
    pub fn reset_device(&mut self, now: Micros) -> Result<(), NodeError> {
        let result = self.engine.driver.reset();
        self.engine.take_events();
        self.visible.device_gone();
        self.offload.device_gone(now, &mut self.stack, &mut self.engine);
        self.waiting = None;
        result?;
        self.engine.synchronise(now)?;
        self.engine.lost = false;
        self.lost_told = false;
        self.offload.device_ready(now, &self.stack);
        self.dirty = true;
        Ok(())
    }

    // ---- TCP sockets ----

    /// An end of a connection as sockets are given it; link-local addresses get this node's interface as zone.
    #[must_use]
    pub fn endpoint(&self, addr: SocketAddr) -> Endpoint {
        Endpoint::new(ScopedAddr::on(addr.ip(), self.port), addr.port())
    }

    /// A listening socket.
    ///
    /// # Errors
    /// [`TcpError`].
    pub fn listen(
        &mut self,
        local: SocketAddr,
        backlog: usize,
        options: TcpOptions,
    ) -> Result<TcpId, TcpError> {
        let local = self.endpoint(local);
        let id = self.stack.tcp_socket(options);
        let done = self.stack.tcp_bind(id, local).and_then(|_| self.stack.tcp_listen(id, backlog));
        if let Err(error) = done {
            let _new_and_unused = self.stack.tcp_close(Micros::ZERO, id);
            return Err(error);
        }
        Ok(id)
    }

    /// Begins to connect: the socket becomes writable when it is done, or has an error.
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
        let id = self.stack.tcp_socket(options);
        if let Err(error) = self.stack.tcp_connect(now, id, remote) {
            let _new_and_unused = self.stack.tcp_close(now, id);
            return Err(error);
        }
        self.dirty = true;
        Ok(id)
    }

    /// The next session of a listener; it may go to the engine from now on.
    ///
    /// # Errors
    /// [`TcpError::WouldBlock`] when none waits.
    pub fn accept(&mut self, now: Micros, id: TcpId) -> Result<(TcpId, FourTuple), TcpError> {
        let (child, tuple) = self.stack.tcp_accept(id)?;
        self.offload.consider(now, child);
        self.dirty = true;
        Ok((child, tuple))
    }

    /// Puts bytes into the send ring; gives how many found room.
    ///
    /// # Errors
    /// [`TcpError::WouldBlock`] when there is none, or while the session changes hands.
    pub fn send(&mut self, now: Micros, id: TcpId, data: &[u8]) -> Result<usize, TcpError> {
        self.dirty = true;
        self.offload.send(now, &mut self.stack, &mut self.engine, id, data)
    }

    /// Takes received bytes; 0 is the end of the stream.
    ///
    /// # Errors
    /// [`TcpError::WouldBlock`] when there are none, or while the session changes hands.
    pub fn recv(&mut self, now: Micros, id: TcpId, out: &mut [u8]) -> Result<usize, TcpError> {
        self.dirty = true;
        self.offload.recv(now, &mut self.stack, &mut self.engine, id, out)
    }

    /// The same as [`Node::send`] without a buffer in between: `fill` puts bytes into the session's send ring itself,
    /// the engine's or ours, and says how many it has put. It is called without room too.
    ///
    /// # Errors
    /// [`TcpError`]; `fill` is not called then.
    pub fn send_with(&mut self, now: Micros, id: TcpId, fill: Fill<'_>) -> Result<usize, TcpError> {
        self.dirty = true;
        self.offload.send_with(now, &mut self.stack, &mut self.engine, id, fill)
    }

    /// The same as [`Node::recv`] without a buffer in between: `take` looks at the bytes in the session's receive ring and
    /// says how many it has done with; 0 is the end of the stream.
    ///
    /// # Errors
    /// [`TcpError`]; `take` is not called then.
    pub fn recv_with(&mut self, now: Micros, id: TcpId, take: Take<'_>) -> Result<usize, TcpError> {
        self.dirty = true;
        self.offload.recv_with(now, &mut self.stack, &mut self.engine, id, take)
    }

    /// Closes our direction: FIN after everything that was sent.
    ///
    /// # Errors
    /// [`TcpError`].
    pub fn shutdown(&mut self, now: Micros, id: TcpId) -> Result<(), TcpError> {
        self.dirty = true;
        self.offload.tcp_shutdown(now, &mut self.stack, &mut self.engine, id)
    }

    /// Gives the socket up: the session goes on closing by itself, the id is stale.
    ///
    /// # Errors
    /// [`TcpError::NoSuchSocket`].
    pub fn close(&mut self, now: Micros, id: TcpId) -> Result<(), TcpError> {
        self.dirty = true;
        self.offload.tcp_close(now, &mut self.stack, &mut self.engine, id)
    }

    /// Cuts the session off with a reset; the socket stays until it is closed.
    ///
    /// # Errors
    /// [`TcpError`].
    pub fn abort(&mut self, now: Micros, id: TcpId) -> Result<(), TcpError> {
        self.dirty = true;
        self.offload.tcp_abort(now, &mut self.stack, &mut self.engine, id)
    }

    /// What would not block.
    ///
    /// # Errors
    /// [`TcpError::NoSuchSocket`].
    pub fn readiness(&self, id: TcpId) -> Result<Readiness, TcpError> {
        self.offload.readiness(&self.stack, &self.engine, id)
    }

    /// Takes the pending error (SO_ERROR).
    ///
    /// # Errors
    /// [`TcpError::NoSuchSocket`].
    pub fn take_error(&mut self, id: TcpId) -> Result<Option<TcpError>, TcpError> {
        self.stack.tcp_take_error(id)
    }

    // ---- sessions ----

    /// Who has the session of a socket.
    #[must_use]
    pub fn owner(&self, id: TcpId) -> Owner {
        self.offload.owner(id)
    }

    /// Payload bytes of a socket, by owner. Sockets that are closed have none.
    #[must_use]
    pub fn bytes(&self, id: TcpId) -> Bytes {
        self.offload.bytes(id)
    }

    /// Payload bytes of all sockets so far, by owner.
    #[must_use]
    pub fn total_bytes(&self) -> Bytes {
        self.offload.total_bytes()
    }

    /// Begins to hand a session to the engine, without waiting for its turn.
    ///
    /// # Errors
    /// Why not; it goes on in software.
    pub fn offload_now(&mut self, now: Micros, id: TcpId) -> Result<(), Reason> {
        self.dirty = true;
        self.engine.set_now(now);
        self.offload.offload(now, &mut self.stack, &mut self.engine, id)
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
        self.dirty = true;
        self.engine.set_now(now);
        self.offload.take_back(now, &mut self.stack, &mut self.engine, id, again)
    }

    /// The rules; sessions that a change forbids come back.
    pub fn policy_mut(&mut self) -> &mut Policy {
        self.dirty = true;
        self.offload.policy_mut()
    }

    /// The hand-over.
    #[must_use]
    pub fn offload(&self) -> &Offload {
        &self.offload
    }

    /// The hand-over.
    pub fn offload_mut(&mut self) -> &mut Offload {
        &mut self.offload
    }

    /// The engine's session of a socket, as the driver knows it.
    #[must_use]
    pub fn session_info(&self, id: TcpId) -> Option<toe_driver::SessionInfo> {
        let handle = self.offload.handle(id)?;
        self.engine.driver.session_info(toe_driver::SessionHandle::from_raw(handle.0)).ok()
    }

    // ---- parts ----

    /// The stack: UDP, ping, routes, neighbours.
    #[must_use]
    pub fn stack(&self) -> &Stack {
        &self.stack
    }

    /// The stack. TCP sockets of sessions that are away answer [`TcpError::Away`] there: use the node's own calls.
    pub fn stack_mut(&mut self) -> &mut Stack {
        self.dirty = true;
        &mut self.stack
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
        NodeStats { faults: self.engine.faults, ..self.stats }
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
        self.engine.clock()
    }
}

fn driver_time(now: Micros) -> toe_driver::Micros {
    toe_driver::Micros(now.0)
}

fn verdict(verdict: CsumVerdict) -> Verdict {
    match verdict {
        CsumVerdict::NotChecked | CsumVerdict::NotPresent => Verdict::NotChecked,
        CsumVerdict::Good => Verdict::Good,
        CsumVerdict::Bad => Verdict::Bad,
    }
}

// SPDX-License-Identifier: Apache-2.0
//! A peer that we did not write: smoltcp's full stack, in process and in virtual time, with simple programs on top of TCP.

use crate::peer::Peer;
use sha2::{Digest, Sha256};
use smoltcp::iface::{Config, Interface, SocketHandle, SocketSet};
use smoltcp::phy::{Device, DeviceCapabilities, Medium, RxToken, TxToken};
use smoltcp::socket::{icmp, tcp, udp};
use smoltcp::time::{Duration, Instant};
use smoltcp::wire::{
    EthernetAddress, HardwareAddress, Icmpv4Packet, Icmpv4Repr, Icmpv6Packet, Icmpv6Repr,
    IpAddress, IpCidr, IpEndpoint, IpListenEndpoint,
};
use std::cell::Cell;
use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};
use toe_device::Micros;

/// How the peer is set up.
#[derive(Clone, Debug)]
pub struct SmolConfig {
    /// For messages.
    pub name: String,
    /// Own MAC address.
    pub mac: [u8; 6],
    /// Own addresses with prefix lengths, IPv4 and IPv6.
    pub addresses: Vec<(IpAddr, u8)>,
    /// Default routers, by family.
    pub gateways: Vec<IpAddr>,
    /// Largest IP packet.
    pub mtu: usize,
    /// Send buffer of a connection, bytes.
    pub send_buffer: usize,
    /// Receive buffer of a connection, bytes: decides window and window scale.
    pub receive_buffer: usize,
    /// Offer TCP timestamps.
    pub timestamps: bool,
    /// Delayed acknowledgements, as smoltcp does them by default (10 ms).
    pub delayed_acks: bool,
    /// Initial sequence numbers and ports come from this.
    pub seed: u64,
    /// Further station addresses that it hears, as if it were several routers.
    pub also: Vec<[u8; 6]>,
    /// On this VLAN: frames without its tag are for others, and its own carry it.
    pub vlan: Option<u16>,
}

impl Default for SmolConfig {
    /// 192.168.69.2/24 and fd00:69::2/64, MTU 1500, 64 KiB buffers, timestamps on.
    fn default() -> Self {
        Self {
            name: "smoltcp".into(),
            mac: [0x02, 0x00, 0x00, 0x00, 0x69, 0x02],
            addresses: vec![
                (IpAddr::from([192, 168, 69, 2]), 24),
                (IpAddr::from([0xfd00, 0x69, 0, 0, 0, 0, 0, 2]), 64),
            ],
            gateways: Vec::new(),
            mtu: 1500,
            send_buffer: 65_536,
            receive_buffer: 65_536,
            timestamps: true,
            delayed_acks: true,
            seed: 1,
            also: Vec::new(),
            vlan: None,
        }
    }
}

/// When a program closes its side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Close {
    /// Once it has sent everything it wants to.
    WhenSent,
    /// Once it has sent everything and received this many bytes.
    WhenReceived(u64),
    /// Once the other side has closed (and everything is sent).
    AfterPeer,
    /// Only when told.
    Never,
}

/// What a program does on its connection. It always reads what comes, hashes and counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behaviour {
    /// Send back what comes.
    pub echo: bool,
    /// Bytes of [`pattern`] to send.
    pub send: u64,
    /// The pattern's seed.
    pub seed: u64,
    /// When to close.
    pub close: Close,
}

impl Behaviour {
    /// Sends back what comes; closes after the other side has.
    #[must_use]
    pub const fn echo() -> Self {
        Self { echo: true, send: 0, seed: 0, close: Close::AfterPeer }
    }

    /// Only receives; closes after the other side has.
    #[must_use]
    pub const fn sink() -> Self {
        Self { echo: false, send: 0, seed: 0, close: Close::AfterPeer }
    }

    /// Sends `bytes` and closes.
    #[must_use]
    pub const fn source(bytes: u64, seed: u64) -> Self {
        Self { echo: false, send: bytes, seed, close: Close::WhenSent }
    }

    /// Sends `send` bytes, and closes when that is done and `receive` bytes have come.
    #[must_use]
    pub const fn exchange(send: u64, seed: u64, receive: u64) -> Self {
        Self { echo: false, send, seed, close: Close::WhenReceived(receive) }
    }
}

/// Fills `data` with the bytes from `offset` on of the endless pattern `seed`.
pub fn pattern(seed: u64, offset: u64, data: &mut [u8]) {
    let word = |index: u64| {
        // SplitMix64: any position without what is before it.
        let mut z = seed ^ index.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)).to_le_bytes()
    };
    let mut index = offset / 8;
    let mut rest = data;
    let mut skip = usize::try_from(offset % 8).unwrap_or(0);
    while !rest.is_empty() {
        let bytes = word(index);
        let part = (8 - skip).min(rest.len());
        let (now, later) = rest.split_at_mut(part);
        now.copy_from_slice(&bytes[skip..skip + part]);
        (rest, skip, index) = (later, 0, index + 1);
    }
}

/// SHA-256 of the first `len` bytes of the pattern `seed`.
#[must_use]
pub fn pattern_sha256(seed: u64, len: u64) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut buffer = [0; 4096];
    let mut at = 0;
    while at < len {
        let part = usize::try_from(len - at).unwrap_or(usize::MAX).min(buffer.len());
        pattern(seed, at, &mut buffer[..part]);
        hash.update(&buffer[..part]);
        at += part as u64;
    }
    hash.finalize().into()
}

/// Names a connection of a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConnectionId(usize);

/// Where a connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Handshake under way.
    Opening,
    /// Established, perhaps closed on one side.
    Open,
    /// Closed by both sides, or waiting out TIME_WAIT.
    Closed,
    /// Reset by the other side, timed out, or aborted here.
    Reset,
}

/// One connection, as the program on it sees it.
#[derive(Clone, Debug)]
pub struct Connection {
    /// State.
    pub state: State,
    /// Own port.
    pub local_port: u16,
    /// The other side, once known.
    pub remote: Option<SocketAddr>,
    /// Bytes given to TCP.
    pub sent: u64,
    /// Bytes that TCP delivered.
    pub received: u64,
    /// The other side has closed.
    pub peer_closed: bool,
    /// The program has closed.
    pub closed: bool,
    /// Smoltcp's name of the TCP state.
    pub tcp_state: &'static str,
    behaviour: Behaviour,
    sent_hash: Sha256,
    received_hash: Sha256,
    reading: bool,
    pending: Vec<u8>,
    handle: SocketHandle,
}

impl Connection {
    /// SHA-256 of the bytes given to TCP so far.
    #[must_use]
    pub fn sent_sha256(&self) -> [u8; 32] {
        self.sent_hash.clone().finalize().into()
    }

    /// SHA-256 of the bytes that TCP delivered so far.
    #[must_use]
    pub fn received_sha256(&self) -> [u8; 32] {
        self.received_hash.clone().finalize().into()
    }

    /// Closed or reset: nothing more will happen.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self.state, State::Closed | State::Reset)
    }
}

#[derive(Debug)]
struct Listener {
    endpoint: IpListenEndpoint,
    behaviour: Behaviour,
    waiting: Vec<SocketHandle>,
}

/// Sockets that wait for connections, per listener.
const BACKLOG: usize = 4;
/// Identifier of our echo requests.
const PING_IDENT: u16 = 0x70e5;

/// An smoltcp stack with programs.
pub struct SmolPeer {
    config: SmolConfig,
    port: Port,
    interface: Interface,
    sockets: SocketSet<'static>,
    listeners: Vec<Listener>,
    connections: Vec<Connection>,
    udp_echoes: Vec<SocketHandle>,
    icmp: SocketHandle,
    pings: VecDeque<(IpAddress, u16)>,
    ping_replies: Vec<(IpAddr, u16)>,
    next_local_port: u16,
    deadline: Option<Micros>,
    poll_now: bool,
}

impl std::fmt::Debug for SmolPeer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmolPeer")
            .field("name", &self.config.name)
            .field("connections", &self.connections)
            .finish_non_exhaustive()
    }
}

thread_local! {
    /// Smoltcp's timestamp generator takes no argument: the time of the peer that is being polled.
    static NOW_MS: Cell<u32> = const { Cell::new(0) };
}

fn instant(now: Micros) -> Instant {
    Instant::from_micros(i64::try_from(now.0).unwrap_or(i64::MAX))
}

impl SmolPeer {
    /// A peer with no programs yet; it answers ARP, neighbour discovery and echo requests.
    #[must_use]
    pub fn new(config: SmolConfig) -> Self {
        let mut port = Port { mtu: config.mtu, inbox: VecDeque::new(), outbox: VecDeque::new() };
        let mut setup = Config::new(HardwareAddress::Ethernet(EthernetAddress(config.mac)));
        setup.random_seed = config.seed;
        let mut interface = Interface::new(setup, &mut port, Instant::ZERO);
        interface.update_ip_addrs(|list| {
            for (address, prefix) in &config.addresses {
                // More addresses than smoltcp was built for are left out.
                let _ = list.push(IpCidr::new(IpAddress::from(*address), *prefix));
            }
        });
        for gateway in &config.gateways {
            let _ = match gateway {
                IpAddr::V4(a) => interface.routes_mut().add_default_ipv4_route(*a),
                IpAddr::V6(a) => interface.routes_mut().add_default_ipv6_route(*a),
            };
        }
        let mut sockets = SocketSet::new(Vec::new());
        let buffer =
            || icmp::PacketBuffer::new(vec![icmp::PacketMetadata::EMPTY; 16], vec![0; 8192]);
        let mut socket = icmp::Socket::new(buffer(), buffer());
        let _ = socket.bind(icmp::Endpoint::Ident(PING_IDENT));
        let icmp = sockets.add(socket);
        let first_port = 49_152 + u16::try_from(config.seed % 8_192).unwrap_or(0);
        Self {
            config,
            port,
            interface,
            sockets,
            listeners: Vec::new(),
            connections: Vec::new(),
            udp_echoes: Vec::new(),
            icmp,
            pings: VecDeque::new(),
            ping_replies: Vec::new(),
            next_local_port: first_port,
            deadline: None,
            poll_now: true,
        }
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &SmolConfig {
        &self.config
    }

    /// Accepts connections on `port`; each runs `behaviour`.
    pub fn listen(&mut self, port: u16, behaviour: Behaviour) {
        let endpoint = IpListenEndpoint { addr: None, port };
        self.listeners.push(Listener { endpoint, behaviour, waiting: Vec::new() });
        self.poll_now = true;
    }

    /// Connects to `remote` and runs `behaviour` there. `None` when smoltcp refuses (no address of that family, port 0).
    pub fn connect(&mut self, remote: SocketAddr, behaviour: Behaviour) -> Option<ConnectionId> {
        let local_port = self.next_local_port;
        self.next_local_port = if local_port == u16::MAX { 49_152 } else { local_port + 1 };
        self.connect_from(local_port, remote, behaviour)
    }

    /// As [`SmolPeer::connect`], from a port of your choice.
    pub fn connect_from(
        &mut self,
        local_port: u16,
        remote: SocketAddr,
        behaviour: Behaviour,
    ) -> Option<ConnectionId> {
        let handle = self.add_socket();
        let socket = self.sockets.get_mut::<tcp::Socket<'_>>(handle);
        let remote_endpoint = IpEndpoint::from(remote);
        if socket.connect(self.interface.context(), remote_endpoint, local_port).is_err() {
            self.sockets.remove(handle);
            return None;
        }
        self.poll_now = true;
        Some(self.adopt(handle, local_port, behaviour))
    }

    /// A connection.
    #[must_use]
    pub fn connection(&self, id: ConnectionId) -> &Connection {
        &self.connections[id.0]
    }

    /// All connections, in the order in which they came to be.
    #[must_use]
    pub fn connections(&self) -> &[Connection] {
        &self.connections
    }

    /// The connections' names.
    pub fn connection_ids(&self) -> impl Iterator<Item = ConnectionId> + use<> {
        (0..self.connections.len()).map(ConnectionId)
    }

    /// Stops or resumes reading: with reading stopped the window fills up and closes.
    pub fn set_reading(&mut self, id: ConnectionId, reading: bool) {
        self.connections[id.0].reading = reading;
        self.poll_now = true;
    }

    /// Sends `bytes` more of the pattern.
    pub fn send_more(&mut self, id: ConnectionId, bytes: u64) {
        self.connections[id.0].behaviour.send += bytes;
        self.poll_now = true;
    }

    /// Closes this side now.
    pub fn close(&mut self, id: ConnectionId) {
        self.connections[id.0].behaviour.close = Close::WhenSent;
        self.poll_now = true;
    }

    /// Sends a reset.
    pub fn abort(&mut self, id: ConnectionId) {
        let handle = self.connections[id.0].handle;
        self.sockets.get_mut::<tcp::Socket<'_>>(handle).abort();
        self.connections[id.0].state = State::Reset;
        self.poll_now = true;
    }

    /// Answers UDP datagrams to `port` with the same bytes.
    pub fn udp_echo(&mut self, port: u16) {
        let buffer =
            || udp::PacketBuffer::new(vec![udp::PacketMetadata::EMPTY; 64], vec![0; 131_072]);
        let mut socket = udp::Socket::new(buffer(), buffer());
        if socket.bind(port).is_ok() {
            self.udp_echoes.push(self.sockets.add(socket));
        }
    }

    /// Sends an ICMP echo request with this sequence number.
    pub fn ping(&mut self, to: IpAddr, sequence: u16) {
        self.pings.push_back((IpAddress::from(to), sequence));
        self.poll_now = true;
    }

    /// Echo replies that came: from whom, sequence number.
    #[must_use]
    pub fn ping_replies(&self) -> &[(IpAddr, u16)] {
        &self.ping_replies
    }

    fn add_socket(&mut self) -> SocketHandle {
        let config = &self.config;
        let mut socket = tcp::Socket::new(
            tcp::SocketBuffer::new(vec![0; config.receive_buffer]),
            tcp::SocketBuffer::new(vec![0; config.send_buffer]),
        );
        socket.set_congestion_control(tcp::CongestionControl::Reno);
        if config.timestamps {
            socket.set_tsval_generator(Some(|| NOW_MS.get()));
        }
        if !config.delayed_acks {
            socket.set_ack_delay(None);
        }
        socket.set_timeout(Some(Duration::from_secs(600)));
        self.sockets.add(socket)
    }

    fn adopt(
        &mut self,
        handle: SocketHandle,
        local_port: u16,
        behaviour: Behaviour,
    ) -> ConnectionId {
        self.connections.push(Connection {
            state: State::Opening,
            local_port,
            remote: None,
            sent: 0,
            received: 0,
            peer_closed: false,
            closed: false,
            tcp_state: "",
            behaviour,
            sent_hash: Sha256::new(),
            received_hash: Sha256::new(),
            reading: true,
            pending: Vec::new(),
            handle,
        });
        ConnectionId(self.connections.len() - 1)
    }

    /// Keeps `BACKLOG` sockets waiting, and adopts those that a connection came to.
    fn serve_listeners(&mut self) {
        for index in 0..self.listeners.len() {
            let (endpoint, behaviour) =
                (self.listeners[index].endpoint, self.listeners[index].behaviour);
            let waiting = std::mem::take(&mut self.listeners[index].waiting);
            let (waiting, taken): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|handle| {
                self.sockets.get::<tcp::Socket<'_>>(*handle).state() == tcp::State::Listen
            });
            self.listeners[index].waiting = waiting;
            for handle in taken {
                self.adopt(handle, endpoint.port, behaviour);
            }
            while self.listeners[index].waiting.len() < BACKLOG {
                let handle = self.add_socket();
                if self.sockets.get_mut::<tcp::Socket<'_>>(handle).listen(endpoint).is_err() {
                    self.sockets.remove(handle);
                    break;
                }
                self.listeners[index].waiting.push(handle);
            }
        }
    }

    /// Runs the programs; true when one of them did something.
    fn run_programs(&mut self) -> bool {
        let mut busy = false;
        for connection in &mut self.connections {
            if !connection.is_done() {
                let socket = self.sockets.get_mut::<tcp::Socket<'_>>(connection.handle);
                busy |= run_program(connection, socket);
            }
        }
        busy | self.run_udp() | self.run_icmp()
    }

    fn run_udp(&mut self) -> bool {
        let mut busy = false;
        for handle in &self.udp_echoes {
            let socket = self.sockets.get_mut::<udp::Socket<'_>>(*handle);
            while socket.can_send() {
                let Ok((data, meta)) = socket.recv() else { break };
                let data = data.to_vec();
                busy |= socket.send_slice(&data, meta).is_ok();
            }
        }
        busy
    }

    fn run_icmp(&mut self) -> bool {
        let mut busy = false;
        let source = self.pings.front().and_then(|(to, _)| self.interface.get_source_address(to));
        let socket = self.sockets.get_mut::<icmp::Socket<'_>>(self.icmp);
        while socket.can_recv() {
            let Ok((data, from)) = socket.recv() else { break };
            let sequence = match from {
                IpAddress::Ipv4(_) => Icmpv4Packet::new_checked(data).ok().map(|p| p.echo_seq_no()),
                IpAddress::Ipv6(_) => Icmpv6Packet::new_checked(data).ok().map(|p| p.echo_seq_no()),
            };
            if let Some(sequence) = sequence {
                self.ping_replies.push((IpAddr::from(from), sequence));
            }
            busy = true;
        }
        let Some((to, seq_no)) = self.pings.front().copied().filter(|_| socket.can_send()) else {
            return busy;
        };
        self.pings.pop_front();
        let (ident, data) = (PING_IDENT, &b"OpenTOE echo request"[..]);
        let checksums = smoltcp::phy::ChecksumCapabilities::default();
        match (to, source) {
            (IpAddress::Ipv4(_), _) => {
                let repr = Icmpv4Repr::EchoRequest { ident, seq_no, data };
                if let Ok(buffer) = socket.send(repr.buffer_len(), to) {
                    repr.emit(&mut Icmpv4Packet::new_unchecked(buffer), &checksums);
                }
            }
            (IpAddress::Ipv6(to6), Some(IpAddress::Ipv6(from))) => {
                let repr = Icmpv6Repr::EchoRequest { ident, seq_no, data };
                if let Ok(buffer) = socket.send(repr.buffer_len(), to) {
                    let mut packet = Icmpv6Packet::new_unchecked(buffer);
                    repr.emit(&from, &to6, &mut packet, &checksums);
                }
            }
            _ => {}
        }
        true
    }
}

const fn tcp_state_name(state: tcp::State) -> &'static str {
    match state {
        tcp::State::Closed => "CLOSED",
        tcp::State::Listen => "LISTEN",
        tcp::State::SynSent => "SYN-SENT",
        tcp::State::SynReceived => "SYN-RECEIVED",
        tcp::State::Established => "ESTABLISHED",
        tcp::State::FinWait1 => "FIN-WAIT-1",
        tcp::State::FinWait2 => "FIN-WAIT-2",
        tcp::State::CloseWait => "CLOSE-WAIT",
        tcp::State::Closing => "CLOSING",
        tcp::State::LastAck => "LAST-ACK",
        tcp::State::TimeWait => "TIME-WAIT",
    }
}

/// Unsent echo bytes kept at most: reading stops meanwhile.
const ECHO_LIMIT: usize = 65_536;

fn run_program(c: &mut Connection, socket: &mut tcp::Socket<'_>) -> bool {
    let mut busy = false;
    if let Some(remote) = socket.remote_endpoint() {
        c.remote = Some(SocketAddr::new(IpAddr::from(remote.addr), remote.port));
    }
    while c.reading && socket.can_recv() && c.pending.len() < ECHO_LIMIT {
        let read = socket.recv(|data| {
            c.received_hash.update(&*data);
            if c.behaviour.echo {
                c.pending.extend_from_slice(data);
            }
            (data.len(), data.len())
        });
        let Ok(read) = read else { break };
        c.received += read as u64;
        busy = true;
    }
    if !c.pending.is_empty() && socket.can_send() {
        let sent = socket.send_slice(&c.pending).unwrap_or(0);
        c.sent_hash.update(&c.pending[..sent]);
        c.pending.drain(..sent);
        c.sent += sent as u64;
        busy |= sent > 0;
    }
    while !c.behaviour.echo && c.sent < c.behaviour.send && socket.can_send() {
        let left = usize::try_from(c.behaviour.send - c.sent).unwrap_or(usize::MAX);
        let sent = socket.send(|data| {
            let part = data.len().min(left);
            pattern(c.behaviour.seed, c.sent, &mut data[..part]);
            c.sent_hash.update(&data[..part]);
            (part, part)
        });
        let Ok(sent) = sent else { break };
        c.sent += sent as u64;
        busy = true;
    }
    let state = socket.state();
    c.tcp_state = tcp_state_name(state);
    let drained = !socket.can_recv();
    c.peer_closed |= drained
        && matches!(
            state,
            tcp::State::CloseWait
                | tcp::State::LastAck
                | tcp::State::Closing
                | tcp::State::TimeWait
        );
    let all_sent = c.pending.is_empty() && c.sent >= c.behaviour.send;
    let wants_close = all_sent
        && match c.behaviour.close {
            Close::WhenSent => true,
            Close::WhenReceived(bytes) => c.received >= bytes,
            Close::AfterPeer => c.peer_closed,
            Close::Never => false,
        };
    if wants_close && !c.closed && socket.may_send() {
        socket.close();
        c.closed = true;
        busy = true;
    }
    c.state = match state {
        tcp::State::SynSent | tcp::State::SynReceived | tcp::State::Listen => State::Opening,
        tcp::State::TimeWait if drained => State::Closed,
        tcp::State::Closed if c.closed && c.peer_closed => State::Closed,
        tcp::State::Closed => State::Reset,
        _ => State::Open,
    };
    busy
}

impl Peer for SmolPeer {
    fn name(&self) -> &str {
        &self.config.name
    }

    fn receive(&mut self, _now: Micros, frame: &[u8]) {
        let tag = (frame.get(12..14) == Some(&[0x81, 0x00]))
            .then(|| u16::from_be_bytes([frame[14], frame[15]]) & 0xfff);
        if tag != self.config.vlan {
            return;
        }
        let mut frame = frame.to_vec();
        if tag.is_some() {
            frame.drain(12..16);
        }
        if self.config.also.iter().any(|mac| frame.starts_with(mac)) {
            frame[..6].copy_from_slice(&self.config.mac);
        }
        self.port.inbox.push_back(frame);
        self.poll_now = true;
    }

    fn poll(&mut self, now: Micros) {
        if !self.poll_now && self.deadline.is_none_or(|d| d > now) {
            return;
        }
        self.poll_now = false;
        NOW_MS.set(u32::try_from((now.0 / 1_000) & 0xffff_ffff).unwrap_or(0));
        self.serve_listeners();
        // Programs make room, smoltcp fills it: until nothing moves, with a bound.
        for _ in 0..64 {
            self.interface.poll(instant(now), &mut self.port, &mut self.sockets);
            self.serve_listeners();
            if !self.run_programs() && self.port.inbox.is_empty() {
                break;
            }
        }
        self.interface.poll(instant(now), &mut self.port, &mut self.sockets);
        // A time-out of smoltcp is seen only by looking again.
        self.run_programs();
        let at = self.interface.poll_at(instant(now), &self.sockets);
        self.deadline = at.map(|at| {
            let at = u64::try_from(at.total_micros()).unwrap_or(0);
            Micros(at.max(now.0 + 1))
        });
    }

    fn transmit(&mut self) -> Option<Vec<u8>> {
        let mut frame = self.port.outbox.pop_front()?;
        if let Some(vid) = self.config.vlan {
            let [high, low] = vid.to_be_bytes();
            frame.splice(12..12, [0x81, 0x00, high, low]);
        }
        Some(frame)
    }

    fn next_deadline(&self) -> Option<Micros> {
        if self.poll_now { Some(Micros::ZERO) } else { self.deadline }
    }
}

/// Smoltcp's device: two queues.
#[derive(Debug)]
struct Port {
    mtu: usize,
    inbox: VecDeque<Vec<u8>>,
    outbox: VecDeque<Vec<u8>>,
}

struct Received(Vec<u8>);
struct Sending<'a>(&'a mut VecDeque<Vec<u8>>);

impl RxToken for Received {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, f: F) -> R {
        f(&self.0)
    }
}

impl TxToken for Sending<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, len: usize, f: F) -> R {
        let mut frame = vec![0; len];
        let result = f(&mut frame);
        // A MAC pads to the least length of Ethernet.
        if frame.len() < 60 {
            frame.resize(60, 0);
        }
        self.0.push_back(frame);
        result
    }
}

impl Device for Port {
    type RxToken<'a> = Received;
    type TxToken<'a> = Sending<'a>;

    fn receive(&mut self, _now: Instant) -> Option<(Received, Sending<'_>)> {
        let frame = self.inbox.pop_front()?;
        Some((Received(frame), Sending(&mut self.outbox)))
    }

    fn transmit(&mut self, _now: Instant) -> Option<Sending<'_>> {
        Some(Sending(&mut self.outbox))
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = DeviceCapabilities::default();
        capabilities.medium = Medium::Ethernet;
        capabilities.max_transmission_unit = self.mtu + 14;
        capabilities
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pattern_is_the_same_in_any_pieces() {
        let mut whole = [0; 100];
        pattern(9, 3, &mut whole);
        for cut in 0..100 {
            let mut parts = [0; 100];
            let (a, b) = parts.split_at_mut(cut);
            pattern(9, 3, a);
            pattern(9, 3 + cut as u64, b);
            assert_eq!(parts, whole);
        }
        let mut other = [0; 100];
        pattern(10, 3, &mut other);
        assert_ne!(other, whole);
    }
}

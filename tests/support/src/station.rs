// SPDX-License-Identifier: Apache-2.0
//! The other end of the wire: many connections with a software TCP each, frames of their own making, and byte oracles.
//!
//! Work is proportional to what happens, not to the number of connections: tens of thousands may stand by.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use toe_abi::{MslClass, SessionImage};
use toe_driver::NextHop;
use toe_image::{Placement, Ring, to_image};
use toe_tcp::{Config, Emit, Flags, Micros, Place, Segment, SeqNum, Tcb, TcbEvent, options};

/// Our host's station address.
pub const HOST_MAC: [u8; 6] = [2, 0x4f, 0x54, 0x4f, 0x45, 1];
/// The station's.
pub const PEER_MAC: [u8; 6] = [2, 0, 0, 0, 0, 2];
/// log2 of [`RING`].
pub const RING_LOG2: u8 = 16;
/// Bytes of both rings of an ordinary session.
pub const RING: u32 = 1 << RING_LOG2;
/// The next-hop slot that leads to the peer.
pub const HOP: u16 = 1;

/// A connection: which of the station's addresses, and the station's port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    net: u32,
    port: u16,
}

impl Id {
    /// Port `port` of the station's address number `net`. On address 0 ports from 6000 on are IPv6's, the others are
    /// IPv6 from 0x8000 on.
    #[must_use]
    pub const fn new(net: u32, port: u16) -> Self {
        Self { net, port }
    }

    /// Connection `n` of very many, IPv4.
    ///
    /// # Panics
    /// Beyond 2^31 connections.
    #[must_use]
    pub fn nth(n: u32) -> Self {
        const PORTS: u32 = 32_768;
        let part = |n: u32| u16::try_from(n).expect("that many connections");
        Self::new(part(1 + n / PORTS).into(), part(20_000 + n % PORTS))
    }

    /// The station's port.
    #[must_use]
    pub const fn port(self) -> u16 {
        self.port
    }

    /// Which of the station's addresses.
    #[must_use]
    pub const fn net(self) -> u32 {
        self.net
    }

    /// Whether it speaks IPv6.
    #[must_use]
    pub const fn is_v6(self) -> bool {
        if self.net() == 0 { self.port() >= 6000 } else { self.net() >= 0x8000 }
    }

    /// Host and station.
    #[must_use]
    pub fn addresses(self) -> (IpAddr, IpAddr) {
        let net = self.net();
        let [a, b, high, low] = net.to_be_bytes();
        if self.is_v6() {
            let [top, net] = [[a, b], [high, low]].map(u16::from_be_bytes);
            let addr = |top, net, n| Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, top, net, n).into();
            (addr(0, 0, 1), addr(top, net, 2))
        } else {
            let (two, low) = if net == 0 { (0, 2) } else { (high + 1, low) };
            (Ipv4Addr::new(10, 0, 0, 1).into(), Ipv4Addr::new(10, two, 0, low).into())
        }
    }

    /// From the station's address as it stands in a frame.
    fn of_address(octets: &[u8], port: u16) -> Self {
        match *octets {
            [10, 0, 0, 2] => Self::new(0, port),
            [10, two, 0, low] => {
                Self::new(u32::from_be_bytes([0, 0, two.wrapping_sub(1), low]), port)
            }
            [.., a, b, c, d, _, _] => Self::new(u32::from_be_bytes([a, b, c, d]), port),
            _ => Self::new(u32::MAX, port),
        }
    }
}

impl From<u16> for Id {
    fn from(port: u16) -> Self {
        Self::new(0, port)
    }
}

/// What a connection is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Payload bytes of a full segment without options, IPv4 (IPv6: 20 less).
    pub mss: u16,
    /// log2 of the bytes of all four rings.
    pub ring_log2: u8,
    /// The same of the host's receive ring, if it is another.
    pub rx_ring_log2: Option<u8>,
    /// RFC 7323 timestamps.
    pub timestamps: bool,
    /// MSL classes by port, in the proportion of their parts of the TIME_WAIT table; else all are remote.
    pub classes: bool,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            mss: 1460,
            ring_log2: RING_LOG2,
            rx_ring_log2: None,
            timestamps: true,
            classes: false,
        }
    }
}

impl Shape {
    /// log2 of the bytes of the host's receive ring.
    #[must_use]
    pub fn rx_log2(&self) -> u8 {
        self.rx_ring_log2.unwrap_or(self.ring_log2)
    }

    /// Settings of both ends.
    #[must_use]
    pub fn config(&self, id: impl Into<Id>) -> Config {
        let mss = if id.into().is_v6() { self.mss - 20 } else { self.mss };
        Config {
            mss,
            path_mss: mss,
            rcv_ring: 1 << self.ring_log2,
            snd_ring: 1 << self.ring_log2,
            timestamps: self.timestamps,
            nodelay: true,
            sack_intervals: 4,
            quick_acks: 0,
            ..Config::default()
        }
    }
}

/// Byte `i` of a stream.
#[must_use]
pub fn pattern(i: u32) -> u8 {
    (i.wrapping_mul(2_654_435_761) >> 24).to_le_bytes()[0]
}

/// Bytes `from..to` of a stream.
#[must_use]
pub fn patterns(from: u32, to: u32) -> Vec<u8> {
    (from..to).map(pattern).collect()
}

/// Ones-complement sum.
///
/// # Panics
/// Never.
#[must_use]
pub fn sum(bytes: &[u8], start: u32) -> u32 {
    let mut total = start;
    for pair in bytes.chunks(2) {
        total += u32::from(u16::from_be_bytes([pair[0], pair.get(1).copied().unwrap_or(0)]));
    }
    while total >> 16 != 0 {
        total = (total & 0xffff) + (total >> 16);
    }
    total
}

fn be16(f: &[u8], at: usize) -> u16 {
    u16::from_be_bytes([f[at], f[at + 1]])
}

fn be32(f: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([f[at], f[at + 1], f[at + 2], f[at + 3]])
}

fn octets(addr: IpAddr) -> Vec<u8> {
    match addr {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets().to_vec(),
    }
}

/// A frame from the station to the host.
///
/// # Panics
/// If the segment does not fit into a packet.
#[must_use]
pub fn frame(id: impl Into<Id>, seg: &Segment, payload: &[u8]) -> Vec<u8> {
    let id = id.into();
    let opts = options::encode(seg, false);
    let tcp_len = 20 + opts.as_slice().len();
    let len16 = |len: usize| u16::try_from(len).unwrap().to_be_bytes();
    let (host, peer) = id.addresses();
    let mut f = [HOST_MAC, PEER_MAC].concat();
    if id.is_v6() {
        f.extend_from_slice(&[0x86, 0xdd, 0x60, 0, 0, 0]);
        f.extend_from_slice(&len16(tcp_len + payload.len()));
        f.extend_from_slice(&[6, 64]);
    } else {
        f.extend_from_slice(&[8, 0, 0x45, 0]);
        f.extend_from_slice(&len16(20 + tcp_len + payload.len()));
        f.extend_from_slice(&[0, 0, 0x40, 0, 64, 6, 0, 0]);
    }
    let addresses = f.len();
    f.extend_from_slice(&octets(peer));
    f.extend_from_slice(&octets(host));
    if !id.is_v6() {
        let csum = !u16::try_from(sum(&f[14..34], 0)).unwrap();
        f[24..26].copy_from_slice(&csum.to_be_bytes());
    }
    let l4 = f.len();
    f.extend_from_slice(&id.port().to_be_bytes());
    f.extend_from_slice(&80_u16.to_be_bytes());
    f.extend_from_slice(&seg.seq.0.to_be_bytes());
    f.extend_from_slice(&seg.ack.0.to_be_bytes());
    f.extend_from_slice(&[u8::try_from(tcp_len / 4).unwrap() << 4, seg.flags.0.to_le_bytes()[0]]);
    f.extend_from_slice(&seg.wnd.to_be_bytes());
    f.extend_from_slice(&[0; 4]);
    f.extend_from_slice(opts.as_slice());
    f.extend_from_slice(payload);
    let len = u32::try_from(tcp_len + payload.len()).unwrap();
    let total = sum(&f[l4..], sum(&f[addresses..l4], 6 + len));
    f[l4 + 16..l4 + 18].copy_from_slice(&(!u16::try_from(total).unwrap()).to_be_bytes());
    f
}

/// Connection, segment and payload of a frame from the host; `None` when it is not TCP to the station. Checksums must
/// be right.
///
/// # Panics
/// If lengths or checksums are wrong.
#[must_use]
pub fn parse(f: &[u8]) -> Option<(Id, Segment, &[u8])> {
    if f[..6] != PEER_MAC || f[6..12] != HOST_MAC {
        return None;
    }
    let (addresses, l4, end) = if be16(f, 12) == 0x0800 && f[23] == 6 {
        assert_eq!(f[14], 0x45);
        assert_eq!(sum(&f[14..34], 0), 0xffff, "IPv4 header checksum");
        (26, 34, 14 + usize::from(be16(f, 16)))
    } else if be16(f, 12) == 0x86dd && f[20] == 6 {
        (22, 54, 54 + usize::from(be16(f, 18)))
    } else {
        return None;
    };
    assert!(f.len() == end || (f.len() == 60 && end < 60), "frame of {} bytes for {end}", f.len());
    let len = u32::try_from(end - l4).unwrap();
    assert_eq!(sum(&f[l4..end], sum(&f[addresses..l4], 6 + len)), 0xffff, "TCP checksum");
    let doff = usize::from(f[l4 + 12] >> 4) * 4;
    let parsed = options::parse(&f[l4 + 20..l4 + doff]).unwrap();
    let seg = Segment {
        seq: SeqNum(be32(f, l4 + 4)),
        ack: SeqNum(be32(f, l4 + 8)),
        flags: Flags(u16::from(f[l4 + 13])),
        wnd: be16(f, l4 + 14),
        payload_len: u32::try_from(end - l4 - doff).unwrap(),
        ts: parsed.ts,
        sack: parsed.sack,
        ..Segment::default()
    };
    let octets = &f[addresses + (l4 - addresses) / 2..l4];
    Some((Id::of_address(octets, be16(f, l4 + 2)), seg, &f[l4 + doff..end]))
}

/// One software TCP.
pub struct End {
    /// Which connection.
    pub id: Id,
    /// The station's port.
    pub port: u16,
    /// Its TCP.
    pub tcb: Tcb,
    /// What arrived, in order or not, as ranges of the stream; all of it was right.
    seen: Vec<(u32, u32)>,
    /// What its TCP said.
    pub events: Vec<TcbEvent>,
    /// The stream it sends is to become this long.
    pub goal: u32,
    /// Does not read what arrives.
    pub deaf: bool,
    /// Bytes of payload that arrived, duplicates included.
    pub payload: u64,
    queued: bool,
    due: Option<u64>,
}

/// The usual settings.
#[must_use]
pub fn config(id: impl Into<Id>) -> Config {
    Shape::default().config(id)
}

/// A host-side core and its peer, connected.
#[must_use]
pub fn connect(id: impl Into<Id>, now: Micros) -> (Tcb, End) {
    connect_as(id, &Shape::default(), now)
}

/// The same with other settings.
///
/// # Panics
/// If the core does not send a SYN.
#[must_use]
pub fn connect_as(id: impl Into<Id>, shape: &Shape, now: Micros) -> (Tcb, End) {
    let id = id.into();
    let config = shape.config(id);
    let ours = Config { rcv_ring: 1 << shape.rx_log2(), ..config };
    let mut a = Tcb::connect(&ours, SeqNum(0xffff_f000), now);
    let syn = a.poll_transmit(now).expect("a SYN").seg;
    let mut b = Tcb::from_syn(&config, SeqNum(0x7fff_0000), &syn, now);
    for _ in 0..4 {
        while let Some(Emit { seg, .. }) = b.poll_transmit(now) {
            a.on_segment(now, &seg);
        }
        while let Some(Emit { seg, .. }) = a.poll_transmit(now) {
            b.on_segment(now, &seg);
        }
    }
    while a.poll_event().is_some() {}
    while b.poll_event().is_some() {}
    let end = End {
        id,
        port: id.port(),
        tcb: b,
        seen: Vec::new(),
        events: Vec::new(),
        goal: 0,
        deaf: false,
        payload: 0,
        queued: false,
        due: None,
    };
    (a, end)
}

impl End {
    /// Takes a segment of ours.
    fn take(&mut self, now: Micros, seg: &Segment, payload: &[u8]) {
        self.payload += payload.len() as u64;
        let accepted = self.tcb.on_segment(now, seg);
        if let Some(Place { ring_seq, skip, len }) = accepted.place {
            let start = ring_seq - self.tcb.rcv_start();
            let bytes = &payload[skip as usize..(skip + len) as usize];
            let wrong = bytes.iter().zip(start..).find(|(byte, i)| **byte != pattern(*i));
            assert_eq!(wrong, None, "byte of the stream to {:?}", self.id);
            self.saw(start, start + len);
        }
    }

    fn saw(&mut self, mut from: u32, mut to: u32) {
        self.seen.retain(|&(first, last)| {
            let apart = last < from || to < first;
            if !apart {
                (from, to) = (from.min(first), to.max(last));
            }
            apart
        });
        let at = self.seen.partition_point(|range| range.0 < from);
        self.seen.insert(at, (from, to));
    }

    /// Frames to send now.
    pub fn work(&mut self, now: Micros, out: &mut VecDeque<Vec<u8>>) {
        self.tcb.on_timer(now);
        if !self.deaf {
            let end = self.tcb.rcv_data_end();
            self.tcb.app_read(end);
        }
        let start = self.tcb.snd_start();
        if self.goal > self.tcb.snd_end() - start {
            let room = self.tcb.snd_free() + self.tcb.config().snd_ring;
            self.tcb.app_wrote((start + self.goal).min(room));
        }
        while let Some(Emit { seg, .. }) = self.tcb.poll_transmit(now) {
            let at = seg.seq - start;
            out.push_back(frame(self.id, &seg, &patterns(at, at + seg.payload_len)));
        }
        while let Some(event) = self.tcb.poll_event() {
            self.events.push(event);
        }
    }

    /// How many bytes arrived in order; all of them were there, and right.
    ///
    /// # Panics
    /// If the TCP claims a byte that never came.
    #[must_use]
    pub fn good(&self) -> u32 {
        let count = self.count();
        let whole = self.seen.first().filter(|range| range.0 == 0).map_or(0, |range| range.1);
        assert!(whole >= count, "{count} bytes in order, but {:?} arrived", self.seen);
        count
    }

    /// Bytes in order, unchecked.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.tcb.rcv_data_end() - self.tcb.rcv_start()
    }
}

/// All ends, and what is not for them.
#[derive(Default)]
pub struct Station {
    ends: Vec<End>,
    index: HashMap<Id, usize>,
    /// Ends that something happened to, each once (`queued`).
    dirty: VecDeque<usize>,
    /// Deadlines; one that is not its end's `due` any more is void.
    timers: BinaryHeap<Reverse<(u64, usize)>>,
    out: VecDeque<Vec<u8>>,
    /// Other frames that arrived.
    pub inbox: Vec<Vec<u8>>,
}

impl Station {
    /// An end of a connection.
    ///
    /// # Panics
    /// If there is none.
    pub fn end(&mut self, id: impl Into<Id>) -> &mut End {
        let at = *self.index.get(&id.into()).expect("no such end");
        self.touch(at);
        &mut self.ends[at]
    }

    /// Adds an end, in place of an older one of the same name.
    pub fn add(&mut self, end: End) {
        let at = *self.index.entry(end.id).or_insert(self.ends.len());
        if at == self.ends.len() {
            self.ends.push(end);
        } else {
            let queued = self.ends[at].queued;
            self.ends[at] = End { queued, due: None, ..end };
        }
        self.touch(at);
    }

    /// The host has nobody to talk to any more.
    pub fn clear(&mut self) {
        *self = Self {
            out: std::mem::take(&mut self.out),
            inbox: std::mem::take(&mut self.inbox),
            ..Self::default()
        };
    }

    /// All ends.
    pub fn ends(&self) -> impl Iterator<Item = &End> {
        self.ends.iter()
    }

    /// Sends a frame as it is.
    pub fn send(&mut self, frame: Vec<u8>) {
        self.out.push_back(frame);
    }

    fn touch(&mut self, at: usize) {
        if !std::mem::replace(&mut self.ends[at].queued, true) {
            self.dirty.push_back(at);
        }
    }
}

impl toe_world::Peer for Station {
    fn name(&self) -> &str {
        "station"
    }

    fn receive(&mut self, now: toe_device::Micros, bytes: &[u8]) {
        if let Some((id, seg, payload)) = parse(bytes)
            && let Some(&at) = self.index.get(&id)
        {
            self.ends[at].take(Micros(now.0), &seg, payload);
            self.touch(at);
        } else {
            self.inbox.push(bytes.to_vec());
        }
    }

    fn poll(&mut self, now: toe_device::Micros) {
        while let Some(&Reverse((due, at))) = self.timers.peek()
            && due <= now.0
        {
            self.timers.pop();
            if self.ends.get(at).is_some_and(|end| end.due == Some(due)) {
                self.ends[at].due = None;
                self.touch(at);
            }
        }
        while let Some(at) = self.dirty.pop_front() {
            let end = &mut self.ends[at];
            end.queued = false;
            end.work(Micros(now.0), &mut self.out);
            let due = end.tcb.next_deadline().map(|due| due.0);
            if due != end.due {
                end.due = due;
                self.timers.extend(due.map(|due| Reverse((due, at))));
            }
        }
    }

    fn transmit(&mut self) -> Option<Vec<u8>> {
        self.out.pop_front()
    }

    fn next_deadline(&self) -> Option<toe_device::Micros> {
        if !self.out.is_empty() || !self.dirty.is_empty() {
            return Some(toe_device::Micros::ZERO);
        }
        // A void deadline is early, which is harmless.
        self.timers.peek().map(|Reverse((due, _))| toe_device::Micros(*due))
    }
}

fn placement(id: Id, shape: &Shape) -> Placement {
    let (local, remote) = id.addresses();
    let ring = |log2| Ring { iova: 0, log2, seq0: 0 };
    Placement {
        handle: 0,
        local,
        remote,
        lport: 80,
        rport: id.port(),
        nexthop: HOP,
        qp: 0,
        ttl: 64,
        tos: 0,
        port: 0,
        flow_label: 0,
        mirror: false,
        trace: false,
        pacing_bytes_per_ms: 0,
        tx: ring(shape.ring_log2),
        rx: ring(shape.rx_log2()),
    }
}

/// The image of a core that this host has frozen.
#[must_use]
pub fn image(tcb: &Tcb, id: impl Into<Id>, now: Micros) -> SessionImage {
    image_as(tcb, id, &Shape::default(), now)
}

/// The same with other settings.
///
/// # Panics
/// If the core is not in a state that can be handed over.
#[must_use]
pub fn image_as(tcb: &Tcb, id: impl Into<Id>, shape: &Shape, now: Micros) -> SessionImage {
    let id = id.into();
    let image = to_image(&tcb.snapshot(now), &placement(id, shape), now).expect("an image");
    let tw_class = match id.port() % 4 {
        2 if shape.classes => MslClass::Local,
        3 if shape.classes => MslClass::Loopback,
        _ => MslClass::Remote,
    };
    SessionImage { tw_class, ..image }
}

/// The next hop that leads to the station.
#[must_use]
pub fn nexthop() -> NextHop {
    NextHop { dst_mac: PEER_MAC, src_mac: HOST_MAC, mtu: 1500, valid: true, ..NextHop::default() }
}

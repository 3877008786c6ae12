// SPDX-License-Identifier: Apache-2.0
//! A stack and an independent smoltcp host on a wire in memory, in virtual time.
#![allow(
    clippy::needless_pass_by_value,
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::cast_possible_truncation
)]

use std::collections::VecDeque;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use smoltcp::iface::{Config, Interface, SocketHandle, SocketSet};
use smoltcp::phy::{Device, DeviceCapabilities, Medium, RxToken, TxToken};
use smoltcp::socket::tcp;
use smoltcp::time::Instant;
use smoltcp::wire::{EthernetAddress, HardwareAddress, IpCidr};
use toe_stack::{
    Endpoint, IfAddr, IfId, InterfaceConfig, MacAddr, Micros, OffloadCaps, Prng, RxFrame,
    ScopedAddr, Stack, StackConfig, TcpId, TcpOptions, TxFrame, Verdict,
};

pub const OUR_MAC: MacAddr = MacAddr([2, 0, 0, 0, 0, 1]);
pub const PEER_MAC: [u8; 6] = [2, 0, 0, 0, 0, 2];
pub const OUR4: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 1);
pub const PEER4: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 2);
pub const OUR6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 1);
pub const PEER6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 2);

/// smoltcp's side of the wire.
#[derive(Default)]
pub struct Queues {
    pub rx: VecDeque<Vec<u8>>,
    pub tx: Vec<Vec<u8>>,
    pub mtu: usize,
}

pub struct Rx(Vec<u8>);
pub struct Tx<'a>(&'a mut Vec<Vec<u8>>);

impl RxToken for Rx {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, f: F) -> R {
        f(&self.0)
    }
}
impl TxToken for Tx<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, len: usize, f: F) -> R {
        let mut buf = vec![0; len];
        let r = f(&mut buf);
        self.0.push(buf);
        r
    }
}
impl Device for Queues {
    type RxToken<'a> = Rx;
    type TxToken<'a> = Tx<'a>;
    fn receive(&mut self, _: Instant) -> Option<(Rx, Tx<'_>)> {
        let frame = self.rx.pop_front()?;
        Some((Rx(frame), Tx(&mut self.tx)))
    }
    fn transmit(&mut self, _: Instant) -> Option<Tx<'_>> {
        Some(Tx(&mut self.tx))
    }
    fn capabilities(&self) -> DeviceCapabilities {
        let mut caps = DeviceCapabilities::default();
        caps.medium = Medium::Ethernet;
        caps.max_transmission_unit = if self.mtu == 0 { 1514 } else { self.mtu + 14 };
        caps
    }
}

/// What the wire does to frames.
#[derive(Clone, Copy)]
pub struct Wire {
    pub loss_percent: u64,
    pub duplicate_percent: u64,
    pub delay: u64,
    /// Extra delay, drawn for each frame: reorders.
    pub jitter: u64,
}

impl Default for Wire {
    fn default() -> Self {
        Self { loss_percent: 0, duplicate_percent: 0, delay: 500, jitter: 0 }
    }
}

pub struct World {
    pub now: u64,
    pub stack: Stack,
    pub eth: IfId,
    pub peer: Interface,
    pub sockets: SocketSet<'static>,
    pub device: Queues,
    pub wire: Wire,
    pub rng: Prng,
    pub to_stack: Vec<(u64, u64, Vec<u8>)>,
    pub to_peer: Vec<(u64, u64, Vec<u8>)>,
    pub serial: u64,
    /// Frames of ours as they went onto the wire.
    pub seen: Vec<Vec<u8>>,
    pub record: bool,
    /// Frames that asked for segmentation.
    pub tso_frames: u32,
    pub drop_from_stack: bool,
    /// The application looks at its sockets this often even if nothing happens.
    pub tick: Option<u64>,
    /// The application wants to be woken at this instant.
    pub wake: Option<u64>,
    /// A router on the way forwards only IP packets up to this size (fragmenting those without DF).
    pub narrow: Option<usize>,
    /// Sequence numbers of TCP segments that it could not forward.
    pub too_big: Vec<u32>,
}

/// What a device with checksum and TSO offload would do to a frame.
pub fn device_offload(frame: &TxFrame) -> Vec<Vec<u8>> {
    let o = &frame.offload;
    let mut base = frame.bytes.clone();
    if let Some(vid) = o.vlan {
        assert_eq!(o.hdr_len, 0, "VLAN insertion with other offloads is not modelled here");
        base.splice(12..12, [0x81, 0, (vid >> 8) as u8, vid as u8]);
    }
    if !o.l4_csum {
        return vec![base];
    }
    let (l3, l4, hdr) = (usize::from(o.l3_off), usize::from(o.l4_off), usize::from(o.hdr_len));
    let payload = base.split_off(hdr);
    let chunk = o.tso_mss.map_or(payload.len().max(1), usize::from);
    let mut chunks: Vec<&[u8]> = payload.chunks(chunk).collect();
    if chunks.is_empty() {
        chunks.push(&[]);
    }
    let n = chunks.len();
    let mut out = Vec::new();
    for (i, data) in chunks.into_iter().enumerate() {
        let mut f = base.clone();
        f.extend_from_slice(data);
        let ip_len = f.len() - l3;
        if o.ipv6 {
            f[l3 + 4..l3 + 6].copy_from_slice(&((ip_len - 40) as u16).to_be_bytes());
        } else {
            f[l3 + 2..l3 + 4].copy_from_slice(&(ip_len as u16).to_be_bytes());
            let sum = csum(0, &f[l3..l4]);
            f[l3 + 10..l3 + 12].copy_from_slice(&sum.to_be_bytes());
        }
        if !o.udp {
            let seq = u32::from_be_bytes(f[l4 + 4..l4 + 8].try_into().unwrap());
            let seq = seq.wrapping_add((i * chunk) as u32);
            f[l4 + 4..l4 + 8].copy_from_slice(&seq.to_be_bytes());
            if i + 1 < n {
                f[l4 + 13] &= !0x09;
            }
        }
        let len = (f.len() - l4) as u32;
        let proto = if o.udp { 17 } else { 6 };
        let addrs = if o.ipv6 { l3 + 8..l3 + 40 } else { l3 + 12..l3 + 20 };
        let pseudo: u64 =
            f[addrs].chunks(2).map(|c| u64::from(u16::from_be_bytes([c[0], c[1]]))).sum::<u64>()
                + u64::from(len)
                + proto;
        let at = l4 + if o.udp { 6 } else { 16 };
        assert_eq!(f[at..at + 2], [0, 0], "the checksum field is left to the device");
        let sum = csum(pseudo, &f[l4..]);
        f[at..at + 2].copy_from_slice(&sum.to_be_bytes());
        out.push(f);
    }
    out
}

fn csum(mut sum: u64, data: &[u8]) -> u16 {
    for c in data.chunks(2) {
        sum += u64::from(u16::from_be_bytes([c[0], *c.get(1).unwrap_or(&0)]));
    }
    while sum >> 16 != 0 {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}

pub fn scoped(ip: impl Into<IpAddr>) -> ScopedAddr {
    ScopedAddr::global(ip).unwrap()
}

pub fn base_stack(seed: u128, caps: OffloadCaps, config: StackConfig) -> (Stack, IfId) {
    let mut stack = Stack::new(StackConfig { seed, ..config });
    let eth = stack
        .add_interface(InterfaceConfig { caps, ..InterfaceConfig::ethernet("eth0", OUR_MAC) })
        .unwrap();
    let net = |s: &str| IfAddr::new(s.parse().unwrap());
    if cfg!(feature = "ipv4") {
        stack.add_address(Micros(0), eth, net("10.0.0.1/24")).unwrap();
    }
    if cfg!(feature = "ipv6") {
        stack.add_address(Micros(0), eth, net("fd00::1/64")).unwrap();
        stack.add_link_local(Micros(0), eth).unwrap();
    }
    while stack.poll_transmit(Micros(0)).is_some() {}
    (stack, eth)
}

impl World {
    pub fn new(seed: u64) -> Self {
        Self::with(seed, OffloadCaps::default(), StackConfig::default())
    }

    pub fn with(seed: u64, caps: OffloadCaps, config: StackConfig) -> Self {
        println!("seed {seed}");
        let (stack, eth) = base_stack(u128::from(seed), caps, config);
        let mut device = Queues::default();
        let mut config = Config::new(HardwareAddress::Ethernet(EthernetAddress(PEER_MAC)));
        config.random_seed = seed;
        let mut peer = Interface::new(config, &mut device, Instant::from_micros(0));
        peer.update_ip_addrs(|a| {
            a.push(IpCidr::new(PEER4.into(), 24)).unwrap();
            a.push(IpCidr::new(PEER6.into(), 64)).unwrap();
        });
        Self {
            now: 1_000_000,
            stack,
            eth,
            peer,
            sockets: SocketSet::new(vec![]),
            device,
            wire: Wire::default(),
            rng: Prng::new(u128::from(seed) ^ 0xabcd),
            to_stack: Vec::new(),
            to_peer: Vec::new(),
            serial: 0,
            seen: Vec::new(),
            record: false,
            tso_frames: 0,
            drop_from_stack: false,
            tick: None,
            wake: None,
            narrow: None,
            too_big: Vec::new(),
        }
    }

    pub fn now(&self) -> Micros {
        Micros(self.now)
    }

    fn put(&mut self, to_peer: bool, frame: &[u8]) {
        let copies = if self.rng.below(100) < self.wire.loss_percent {
            0
        } else if self.rng.below(100) < self.wire.duplicate_percent {
            2
        } else {
            1
        };
        for _ in 0..copies {
            let jitter = self.rng.below(self.wire.jitter + 1);
            self.serial += 1;
            let item = (self.now + self.wire.delay + jitter, self.serial, frame.to_vec());
            if to_peer { self.to_peer.push(item) } else { self.to_stack.push(item) }
        }
    }

    /// Everything that happens at this instant.
    pub fn settle(&mut self) {
        loop {
            let mut progress = false;
            self.to_stack.sort();
            self.to_peer.sort();
            while self.to_stack.first().is_some_and(|f| f.0 <= self.now) {
                let (_, _, frame) = self.to_stack.remove(0);
                let caps = self.stack.interfaces().get(self.eth).unwrap().caps;
                let mut rx = RxFrame::unchecked(&frame);
                if caps.rx_csum4 {
                    rx.ip_csum = Verdict::Good;
                    rx.l4_csum = Verdict::Good;
                }
                self.stack.handle_frame(Micros(self.now), self.eth, &rx);
                progress = true;
            }
            while let Some(frame) = self.stack.poll_transmit(Micros(self.now)) {
                assert_eq!(frame.port, self.eth);
                self.tso_frames += u32::from(frame.offload.tso_mss.is_some());
                for wire in device_offload(&frame) {
                    assert!(wire.len() <= 1514 + 4, "{} bytes on the wire", wire.len());
                    if self.record {
                        self.seen.push(wire.clone());
                    }
                    let v6 = wire[12..14] == [0x86, 0xdd];
                    let ip = v6 || wire[12..14] == [8, 0];
                    let df = v6 || wire[20] & 0x40 != 0;
                    if ip && df && self.narrow.is_some_and(|m| wire.len() - 14 > m) {
                        let seq = if v6 { 58 } else { 38 };
                        let seq = u32::from_be_bytes(wire[seq..seq + 4].try_into().unwrap());
                        self.too_big.push(seq);
                    } else if !self.drop_from_stack {
                        self.put(true, &wire);
                    }
                }
                progress = true;
            }
            while self.to_peer.first().is_some_and(|f| f.0 <= self.now) {
                let (_, _, frame) = self.to_peer.remove(0);
                self.device.rx.push_back(frame);
                progress = true;
            }
            let at = Instant::from_micros(i64::try_from(self.now).unwrap());
            self.peer.poll(at, &mut self.device, &mut self.sockets);
            for frame in std::mem::take(&mut self.device.tx) {
                self.put(false, &frame);
                progress = true;
            }
            if !progress {
                return;
            }
        }
    }

    /// Lets time pass until `done`, or panics after `limit` µs of virtual time.
    pub fn run(&mut self, limit: u64, mut done: impl FnMut(&mut Self) -> bool) {
        let end = self.now + limit;
        loop {
            self.settle();
            if done(self) {
                return;
            }
            self.settle();
            let at = Instant::from_micros(i64::try_from(self.now).unwrap());
            let next = [
                self.to_stack.iter().map(|f| f.0).min(),
                self.to_peer.iter().map(|f| f.0).min(),
                self.stack.next_deadline().map(|m| m.0),
                self.peer
                    .poll_at(at, &self.sockets)
                    .map(|t| u64::try_from(t.total_micros()).unwrap().max(self.now + 1)),
                self.tick.map(|t| self.now + t),
                self.wake.filter(|w| *w > self.now),
            ]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or(end);
            assert!(next < end, "not done within {limit} us");
            self.now = next.max(self.now + 1);
        }
    }

    /// Lets `us` pass.
    pub fn pass(&mut self, us: u64) {
        let end = self.now + us;
        self.wake = Some(end);
        self.run(us + 1_000_000, |w| w.now >= end);
    }
}

/// Reproducible bytes.
pub fn pattern(len: usize, seed: u64) -> Vec<u8> {
    let mut rng = Prng::new(u128::from(seed) + 77);
    let mut out = Vec::with_capacity(len + 8);
    while out.len() < len {
        out.extend_from_slice(&rng.next_u64().to_le_bytes());
    }
    out.truncate(len);
    out
}

/// An ICMPv4 message to us from `src`, as an Ethernet frame.
pub fn icmp4_frame(src: [u8; 4], icmp: &[u8]) -> Vec<u8> {
    let mut icmp = icmp.to_vec();
    icmp[2..4].fill(0);
    let sum = csum(0, &icmp);
    icmp[2..4].copy_from_slice(&sum.to_be_bytes());
    let mut ip = vec![0x45, 0, 0, 0, 0, 0, 0, 0, 64, 1, 0, 0];
    ip.extend_from_slice(&src);
    ip.extend_from_slice(&OUR4.octets());
    let len = (20 + icmp.len()) as u16;
    ip[2..4].copy_from_slice(&len.to_be_bytes());
    let sum = csum(0, &ip);
    ip[10..12].copy_from_slice(&sum.to_be_bytes());
    let mut f = vec![];
    f.extend_from_slice(&OUR_MAC.0);
    f.extend_from_slice(&[2, 0, 0, 0, 0, 0xfe, 8, 0]);
    f.extend_from_slice(&ip);
    f.extend_from_slice(&icmp);
    f
}

/// An ICMPv6 message to us, as an Ethernet frame.
pub fn icmp6_frame(src: Ipv6Addr, dst: Ipv6Addr, hop_limit: u8, body: &[u8]) -> Vec<u8> {
    let mut body = body.to_vec();
    body[2..4].fill(0);
    let words = |a: Ipv6Addr| a.segments().iter().map(|s| u64::from(*s)).sum::<u64>();
    let sum = csum(words(src) + words(dst) + body.len() as u64 + 58, &body);
    body[2..4].copy_from_slice(&sum.to_be_bytes());
    let mut f = vec![];
    f.extend_from_slice(&OUR_MAC.0);
    f.extend_from_slice(&[2, 0, 0, 0, 0, 0xfe, 0x86, 0xdd, 0x60, 0, 0, 0]);
    f.extend_from_slice(&(body.len() as u16).to_be_bytes());
    f.extend_from_slice(&[58, hop_limit]);
    f.extend_from_slice(&src.octets());
    f.extend_from_slice(&dst.octets());
    f.extend_from_slice(&body);
    f
}

/// A TCP segment to us by hand.
#[derive(Clone, Default)]
pub struct Raw {
    pub src: [u8; 4],
    pub sport: u16,
    pub dport: u16,
    pub seq: u32,
    pub ack: u32,
    pub flags: u8,
    pub wnd: u16,
    pub options: Vec<u8>,
    pub payload: Vec<u8>,
}

pub const FIN: u8 = 1;
pub const SYN: u8 = 2;
pub const RST: u8 = 4;
pub const ACK: u8 = 16;

impl Raw {
    pub fn frame(&self) -> Vec<u8> {
        let mut l4 = Vec::new();
        l4.extend_from_slice(&self.sport.to_be_bytes());
        l4.extend_from_slice(&self.dport.to_be_bytes());
        l4.extend_from_slice(&self.seq.to_be_bytes());
        l4.extend_from_slice(&self.ack.to_be_bytes());
        let mut options = self.options.clone();
        while !options.len().is_multiple_of(4) {
            options.push(1);
        }
        l4.extend_from_slice(&[(5 + options.len() as u8 / 4) << 4, self.flags]);
        l4.extend_from_slice(&self.wnd.to_be_bytes());
        l4.extend_from_slice(&[0; 4]);
        l4.extend_from_slice(&options);
        l4.extend_from_slice(&self.payload);
        let words = |a: &[u8]| {
            a.chunks(2).map(|c| u64::from(u16::from_be_bytes([c[0], c[1]]))).sum::<u64>()
        };
        let pseudo = words(&self.src) + words(&OUR4.octets()) + 6 + l4.len() as u64;
        let sum = csum(pseudo, &l4);
        l4[16..18].copy_from_slice(&sum.to_be_bytes());
        let mut ip = vec![0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, 6, 0, 0];
        ip.extend_from_slice(&self.src);
        ip.extend_from_slice(&OUR4.octets());
        let len = (20 + l4.len()) as u16;
        ip[2..4].copy_from_slice(&len.to_be_bytes());
        let sum = csum(0, &ip);
        ip[10..12].copy_from_slice(&sum.to_be_bytes());
        let mut f = OUR_MAC.0.to_vec();
        f.extend_from_slice(&[2, 0, 0, 0, 0, 0xfe, 8, 0]);
        f.extend_from_slice(&ip);
        f.extend_from_slice(&l4);
        f
    }
}

/// The fields of one of our TCP frames: (flags, seq, ack, tsval if it has timestamps in SYN layout).
pub fn tcp_fields(f: &[u8]) -> Option<(u8, u32, u32)> {
    if f[12..14] != [8, 0] || f[23] != 6 {
        return None;
    }
    let be = |at: usize| u32::from_be_bytes(f[at..at + 4].try_into().unwrap());
    Some((f[47], be(38), be(42)))
}

/// Timestamps of one of our TCP frames.
pub fn timestamps(f: &[u8]) -> Option<(u32, u32)> {
    let end = 34 + usize::from(f[46] >> 4) * 4;
    toe_tcp::options::parse(&f[54..end]).ok()?.ts.map(|t| (t.val, t.ecr))
}

/// A connection of ours to the peer: our socket and its own.
pub fn connected(w: &mut World, peer: IpAddr) -> (TcpId, SocketHandle) {
    let buf = || tcp::SocketBuffer::new(vec![0; 65_536]);
    let h = w.sockets.add(tcp::Socket::new(buf(), buf()));
    w.sockets.get_mut::<tcp::Socket<'_>>(h).listen(8080).unwrap();
    let id = w.stack.tcp_socket(TcpOptions::default());
    let now = w.now();
    w.stack.tcp_connect(now, id, Endpoint::new(scoped(peer), 8080)).unwrap();
    w.run(60_000_000, |w| w.stack.tcp_readiness(id).unwrap().writable);
    (id, h)
}

// SPDX-License-Identifier: Apache-2.0
//! The other end of the wire: stations with a software TCP each, frames of their own making, and byte oracles.

use std::collections::VecDeque;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use toe_abi::{MslClass, SessionImage};
use toe_driver::NextHop;
use toe_image::{Placement, Ring, to_image};
use toe_tcp::{Config, Emit, Flags, Micros, Place, Segment, SeqNum, Tcb, TcbEvent, options};

pub const HOST_MAC: [u8; 6] = [2, 0x4f, 0x54, 0x4f, 0x45, 1];
pub const PEER_MAC: [u8; 6] = [2, 0, 0, 0, 0, 2];
pub const RING_LOG2: u8 = 16;
pub const RING: u32 = 1 << RING_LOG2;
/// The next-hop slot that leads to the peer.
pub const HOP: u16 = 1;

/// Byte `i` of a stream.
pub fn pattern(i: u32) -> u8 {
    (i.wrapping_mul(2_654_435_761) >> 24).to_le_bytes()[0]
}

/// Bytes `from..to` of a stream.
pub fn patterns(from: u32, to: u32) -> Vec<u8> {
    (from..to).map(pattern).collect()
}

/// Ones-complement sum.
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

/// Peers with these ports speak IPv6.
pub const fn is_v6(port: u16) -> bool {
    port >= 6000
}

/// Host and peer.
fn addresses(port: u16) -> (IpAddr, IpAddr) {
    if is_v6(port) {
        let addr = |n| IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, n));
        (addr(1), addr(2))
    } else {
        (Ipv4Addr::new(10, 0, 0, 1).into(), Ipv4Addr::new(10, 0, 0, 2).into())
    }
}

fn octets(addr: IpAddr) -> Vec<u8> {
    match addr {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets().to_vec(),
    }
}

/// A frame from the peer to the host.
pub fn frame(port: u16, seg: &Segment, payload: &[u8]) -> Vec<u8> {
    let opts = options::encode(seg, false);
    let tcp_len = 20 + opts.as_slice().len();
    let len16 = |len: usize| u16::try_from(len).unwrap().to_be_bytes();
    let (host, peer) = addresses(port);
    let mut f = [HOST_MAC, PEER_MAC].concat();
    if is_v6(port) {
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
    if !is_v6(port) {
        let csum = !u16::try_from(sum(&f[14..34], 0)).unwrap();
        f[24..26].copy_from_slice(&csum.to_be_bytes());
    }
    let l4 = f.len();
    f.extend_from_slice(&port.to_be_bytes());
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

/// Peer's port, segment and payload of a frame from the host; `None` when it is not TCP of a session. Checksums must
/// be right.
pub fn parse(f: &[u8]) -> Option<(u16, Segment, Vec<u8>)> {
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
    Some((be16(f, l4 + 2), seg, f[l4 + doff..end].to_vec()))
}

/// One software TCP.
pub struct End {
    pub port: u16,
    pub tcb: Tcb,
    /// What arrived, in order or not, by offset in the stream.
    received: Vec<Option<u8>>,
    pub events: Vec<TcbEvent>,
    /// The stream it sends is to become this long.
    pub goal: u32,
    /// Does not read what arrives.
    pub deaf: bool,
}

pub fn config(port: u16) -> Config {
    let mss = if is_v6(port) { 1440 } else { 1460 };
    Config {
        mss,
        path_mss: mss,
        rcv_ring: RING,
        snd_ring: RING,
        nodelay: true,
        sack_intervals: 4,
        quick_acks: 0,
        ..Config::default()
    }
}

/// A host-side core and its peer, connected.
pub fn connect(port: u16, now: Micros) -> (Tcb, End) {
    let mut a = Tcb::connect(&config(port), SeqNum(0xffff_f000), now);
    let syn = a.poll_transmit(now).unwrap().seg;
    let mut b = Tcb::from_syn(&config(port), SeqNum(0x7fff_0000), &syn, now);
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
    let end = End { port, tcb: b, received: Vec::new(), events: Vec::new(), goal: 0, deaf: false };
    (a, end)
}

impl End {
    /// Takes a segment of ours.
    fn take(&mut self, now: Micros, seg: &Segment, payload: &[u8]) {
        let accepted = self.tcb.on_segment(now, seg);
        if let Some(Place { ring_seq, skip, len }) = accepted.place {
            let start = (ring_seq - self.tcb.rcv_start()) as usize;
            let bytes = &payload[skip as usize..(skip + len) as usize];
            if self.received.len() < start + bytes.len() {
                self.received.resize(start + bytes.len(), None);
            }
            for (to, from) in self.received[start..].iter_mut().zip(bytes) {
                *to = Some(*from);
            }
        }
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
            let room = self.tcb.snd_free() + RING;
            self.tcb.app_wrote((start + self.goal).min(room));
        }
        while let Some(Emit { seg, .. }) = self.tcb.poll_transmit(now) {
            let at = seg.seq - start;
            out.push_back(frame(self.port, &seg, &patterns(at, at + seg.payload_len)));
        }
        while let Some(event) = self.tcb.poll_event() {
            self.events.push(event);
        }
    }

    /// How many bytes arrived in order; all of them are right.
    pub fn good(&self) -> u32 {
        let count = self.tcb.rcv_data_end() - self.tcb.rcv_start();
        for (i, byte) in (0..count).zip(&self.received) {
            assert_eq!(*byte, Some(pattern(i)), "byte {i} of the peer's stream");
        }
        count
    }

    /// Bytes in order, unchecked.
    pub fn count(&self) -> u32 {
        self.tcb.rcv_data_end() - self.tcb.rcv_start()
    }
}

/// All ends, and what is not for them.
#[derive(Default)]
pub struct Station {
    pub ends: Vec<End>,
    out: VecDeque<Vec<u8>>,
    /// Other frames that arrived.
    pub inbox: Vec<Vec<u8>>,
}

impl Station {
    pub fn end(&mut self, port: u16) -> &mut End {
        self.ends.iter_mut().find(|end| end.port == port).expect("no such end")
    }

    /// Sends a frame as it is.
    pub fn send(&mut self, frame: Vec<u8>) {
        self.out.push_back(frame);
    }
}

impl toe_world::Peer for Station {
    fn name(&self) -> &str {
        "station"
    }

    fn receive(&mut self, now: toe_device::Micros, bytes: &[u8]) {
        if let Some((port, seg, payload)) = parse(bytes)
            && let Some(end) = self.ends.iter_mut().find(|end| end.port == port)
        {
            end.take(Micros(now.0), &seg, &payload);
        } else {
            self.inbox.push(bytes.to_vec());
        }
    }

    fn poll(&mut self, now: toe_device::Micros) {
        for end in &mut self.ends {
            end.work(Micros(now.0), &mut self.out);
        }
    }

    fn transmit(&mut self) -> Option<Vec<u8>> {
        self.out.pop_front()
    }

    fn next_deadline(&self) -> Option<toe_device::Micros> {
        if !self.out.is_empty() {
            return Some(toe_device::Micros::ZERO);
        }
        let deadlines = self.ends.iter().filter_map(|end| end.tcb.next_deadline());
        deadlines.min().map(|at| toe_device::Micros(at.0))
    }
}

fn placement(port: u16) -> Placement {
    Placement {
        handle: 0,
        local: addresses(port).0,
        remote: addresses(port).1,
        lport: 80,
        rport: port,
        nexthop: HOP,
        qp: 0,
        ttl: 64,
        tos: 0,
        port: 0,
        flow_label: 0,
        mirror: false,
        trace: false,
        pacing_bytes_per_ms: 0,
        tx: Ring { iova: 0, log2: RING_LOG2, seq0: 0 },
        rx: Ring { iova: 0, log2: RING_LOG2, seq0: 0 },
    }
}

/// The image of a core that this host has frozen.
pub fn image(tcb: &Tcb, port: u16, now: Micros) -> SessionImage {
    let image = to_image(&tcb.snapshot(now), &placement(port), now).unwrap();
    SessionImage { tw_class: MslClass::Remote, ..image }
}

pub fn nexthop() -> NextHop {
    NextHop { dst_mac: PEER_MAC, src_mac: HOST_MAC, mtu: 1500, valid: true, ..NextHop::default() }
}

// SPDX-License-Identifier: Apache-2.0
//! The other end of a session: a TCP core with its own frames (written here, not the model's) and byte oracles.

use super::Shared;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use toe_abi::{MslClass, SessionImage};
use toe_driver::{
    Driver, DriverEvent, NextHop, Reserved, SessionEvent, SessionHandle, SessionSpec,
};
use toe_image::{Placement, Ring, to_image};
use toe_model::Model;
use toe_tcp::{Config, Emit, Flags, Micros, Place, Segment, SeqNum, Tcb, TcbEvent, options};

pub const HOST: [u8; 4] = [10, 0, 0, 1];
pub const PEER: [u8; 4] = [10, 0, 0, 2];
const HOST_MAC: [u8; 6] = [2, 0x4f, 0x54, 0x4f, 0x45, 1];
const PEER_MAC: [u8; 6] = [2, 0, 0, 0, 0, 2];
pub const RING: u32 = 16 * 1024;

/// Byte `i` of a stream.
pub fn pattern(i: u32) -> u8 {
    (i.wrapping_mul(2_654_435_761) >> 24).to_le_bytes()[0]
}

fn sum(bytes: &[u8], start: u32) -> u32 {
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
pub fn addresses(port: u16) -> (IpAddr, IpAddr) {
    if is_v6(port) {
        let addr = |n| IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, n));
        (addr(1), addr(2))
    } else {
        (Ipv4Addr::from(HOST).into(), Ipv4Addr::from(PEER).into())
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

/// Segment and payload of a frame from the host; its checksums are checked.
pub fn parse(f: &[u8]) -> (u16, Segment, Vec<u8>) {
    assert_eq!(f[..12], [PEER_MAC, HOST_MAC].concat());
    let (addresses, l4, end) = if be16(f, 12) == 0x0800 {
        assert_eq!((f[14], f[23]), (0x45, 6));
        assert_eq!(sum(&f[14..34], 0), 0xffff);
        (26, 34, 14 + usize::from(be16(f, 16)))
    } else {
        assert_eq!((be16(f, 12), f[14] >> 4, f[20]), (0x86dd, 6, 6));
        (22, 54, 54 + usize::from(be16(f, 18)))
    };
    let len = u32::try_from(end - l4).unwrap();
    assert_eq!(sum(&f[l4..end], sum(&f[addresses..l4], 6 + len)), 0xffff);
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
    (be16(f, l4 + 2), seg, f[l4 + doff..end].to_vec())
}

/// The other end.
pub struct Peer {
    pub port: u16,
    pub tcb: Tcb,
    /// What arrived in order or not, by offset in the stream.
    received: Vec<Option<u8>>,
    pub events: Vec<TcbEvent>,
    dice: u32,
    /// Of 100 frames, so many are lost each way.
    pub loss: u32,
}

fn config(port: u16) -> Config {
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
pub fn connect(port: u16, now: Micros) -> (Tcb, Peer) {
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
    let peer = Peer { port, tcb: b, received: Vec::new(), events: Vec::new(), dice: 1, loss: 0 };
    (a, peer)
}

impl Peer {
    fn lost(&mut self) -> bool {
        self.dice = self.dice.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        (self.dice >> 16) % 100 < self.loss
    }

    /// Takes a segment of ours.
    pub fn take(&mut self, now: Micros, seg: &Segment, payload: &[u8]) {
        if self.lost() {
            return;
        }
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
        let end = self.tcb.rcv_data_end();
        self.tcb.app_read(end);
    }

    /// Frames to send now.
    pub fn frames(&mut self, now: Micros) -> Vec<Vec<u8>> {
        self.tcb.on_timer(now);
        let mut frames = Vec::new();
        while let Some(Emit { seg, .. }) = self.tcb.poll_transmit(now) {
            let start = seg.seq - self.tcb.snd_start();
            let payload: Vec<u8> = (0..seg.payload_len).map(|i| pattern(start + i)).collect();
            if !self.lost() {
                frames.push(frame(self.port, &seg, &payload));
            }
        }
        while let Some(event) = self.tcb.poll_event() {
            self.events.push(event);
        }
        frames
    }

    /// Writes until the stream is `total` bytes long, as far as the ring allows.
    pub fn write_up_to(&mut self, total: u32) {
        let start = self.tcb.snd_start();
        let room = self.tcb.snd_free() + RING;
        self.tcb.app_wrote((start + total).min(room));
    }

    /// How many bytes arrived in order; all of them are right.
    pub fn good(&self) -> u32 {
        let count = self.tcb.rcv_data_end() - self.tcb.rcv_start();
        for (i, byte) in (0..count).zip(&self.received) {
            assert_eq!(*byte, Some(pattern(i)), "byte {i} of the peer's stream");
        }
        count
    }
}

pub fn placement(port: u16) -> Placement {
    Placement {
        handle: 0,
        local: addresses(port).0,
        remote: addresses(port).1,
        lport: 80,
        rport: port,
        nexthop: 1,
        qp: 0,
        ttl: 64,
        tos: 0,
        port: 0,
        flow_label: 0,
        mirror: false,
        trace: false,
        pacing_bytes_per_ms: 0,
        tx: Ring { iova: 0, log2: 14, seq0: 0 },
        rx: Ring { iova: 0, log2: 14, seq0: 0 },
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

pub fn reserve(driver: &mut Driver, tcb: &Tcb) -> Reserved {
    let spec = SessionSpec {
        queue_pair: 0,
        tx_ring: RING,
        rx_ring: RING,
        tx_seq0: tcb.snd_start().0,
        rx_seq0: tcb.rcv_start().0,
    };
    driver.session_reserve(&spec).unwrap()
}

/// Driver, device and peers in turns, until nothing moves any more; time jumps over pauses of at most `limit_us`.
pub fn run(
    machine: &Shared<Model>,
    driver: &mut Driver,
    peers: &mut [&mut Peer],
    limit_us: u64,
) -> Vec<DriverEvent> {
    let mut events = Vec::new();
    loop {
        events.extend(machine.run(driver));
        let now = Micros(machine.now().0);
        let mut moved = false;
        for bytes in machine.sent() {
            let (port, seg, payload) = parse(&bytes);
            for peer in peers.iter_mut().filter(|peer| peer.port == port) {
                peer.take(now, &seg, &payload);
                moved = true;
            }
        }
        for peer in peers.iter_mut() {
            for bytes in peer.frames(now) {
                machine.arrive(bytes);
                moved = true;
            }
        }
        if moved {
            continue;
        }
        // The next timer of anybody.
        let theirs = peers.iter().filter_map(|peer| peer.tcb.next_deadline()).min();
        let limit = now.0 + limit_us;
        if let Some(at) = theirs.filter(|at| at.0 <= limit) {
            let ours = machine.lock().jump(at.0.saturating_sub(now.0));
            if !ours {
                machine.lock().bus.now_ns = at.0.max(now.0) * 1000;
            }
        } else if !machine.lock().jump(limit_us) {
            return events;
        }
    }
}

/// What was said about a session.
pub fn about(events: &[DriverEvent], handle: SessionHandle) -> Vec<SessionEvent> {
    events
        .iter()
        .filter_map(|event| match event {
            DriverEvent::Session { handle: h, event } if *h == handle => Some(event.clone()),
            _ => None,
        })
        .collect()
}

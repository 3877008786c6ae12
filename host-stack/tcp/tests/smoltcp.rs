// SPDX-License-Identifier: Apache-2.0
//! Interoperation with a TCP that we did not write: a smoltcp socket at the other end of the wire,
//! real IPv4 packets with real checksums in between.
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]

mod common;

use common::{App, Listen, Rng, Wire, app, stream_byte};
use smoltcp::iface::{Config as IfConfig, Interface, SocketHandle, SocketSet};
use smoltcp::phy::{Device, DeviceCapabilities, Medium, RxToken, TxToken};
use smoltcp::socket::tcp;
use smoltcp::time::{Duration, Instant};
use smoltcp::wire::{
    HardwareAddress, IpAddress, IpCidr, IpProtocol, Ipv4Address, Ipv4Packet, TcpPacket,
};
use std::collections::VecDeque;
use toe_tcp::{
    CcAlgo, Config, Emit, Flags, Micros, Segment, SeqNum, State, Tcb, TcbEvent, options,
};

const US: Ipv4Address = Ipv4Address::new(10, 0, 0, 1);
const PEER: Ipv4Address = Ipv4Address::new(10, 0, 0, 2);
const PORTS: (u16, u16) = (1111, 2222);
const PEER_SIDE: usize = 1;

/// Our encoder: IPv4 + TCP with the option builder of the crate.
fn packet(e: &Emit, payload: &[u8]) -> Vec<u8> {
    let opts = options::encode(&e.seg, false);
    let tcp_len = 20 + opts.as_slice().len() + payload.len();
    let mut b = vec![0_u8; 20 + tcp_len];
    b[0] = 0x45;
    b[2..4].copy_from_slice(&((20 + tcp_len) as u16).to_be_bytes());
    b[8] = 64;
    b[9] = 6;
    b[12..16].copy_from_slice(&US.octets());
    b[16..20].copy_from_slice(&PEER.octets());
    Ipv4Packet::new_unchecked(&mut b[..]).fill_checksum();
    let t = &mut b[20..];
    t[0..2].copy_from_slice(&PORTS.0.to_be_bytes());
    t[2..4].copy_from_slice(&PORTS.1.to_be_bytes());
    t[4..8].copy_from_slice(&e.seg.seq.0.to_be_bytes());
    t[8..12].copy_from_slice(&e.seg.ack.0.to_be_bytes());
    t[12] = (((20 + opts.as_slice().len()) / 4) << 4) as u8 | (e.seg.flags.0 >> 8) as u8;
    t[13] = e.seg.flags.0 as u8;
    t[14..16].copy_from_slice(&e.seg.wnd.to_be_bytes());
    t[20..20 + opts.as_slice().len()].copy_from_slice(opts.as_slice());
    t[20 + opts.as_slice().len()..].copy_from_slice(payload);
    TcpPacket::new_unchecked(t).fill_checksum(&IpAddress::Ipv4(US), &IpAddress::Ipv4(PEER));
    b
}

/// Our parser.
fn parse(bytes: &[u8]) -> (Segment, Vec<u8>) {
    let ip = Ipv4Packet::new_checked(bytes).expect("IPv4");
    assert!(ip.verify_checksum() && ip.next_header() == IpProtocol::Tcp);
    let raw = ip.payload();
    let t = TcpPacket::new_checked(raw).expect("TCP");
    assert!(t.verify_checksum(&IpAddress::Ipv4(PEER), &IpAddress::Ipv4(US)));
    let o = options::parse(&raw[20..usize::from(t.header_len())]).expect("options");
    assert!(!o.unknown);
    let seg = Segment {
        seq: SeqNum(t.seq_number().0 as u32),
        ack: SeqNum(t.ack_number().0 as u32),
        flags: Flags(u16::from(raw[12] & 1) << 8 | u16::from(raw[13])),
        wnd: t.window_len(),
        payload_len: t.payload().len() as u32,
        ts: o.ts,
        sack: o.sack,
        mss: o.mss,
        wscale: o.wscale,
        sack_permitted: o.sack_permitted,
        ce: false,
    };
    (seg, t.payload().to_vec())
}

#[derive(Default)]
struct Phy {
    rx: VecDeque<Vec<u8>>,
    tx: Vec<Vec<u8>>,
    mtu: usize,
}
struct Rx(Vec<u8>);
struct Tx<'a>(&'a mut Vec<Vec<u8>>);
impl RxToken for Rx {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, f: F) -> R {
        f(&self.0)
    }
}
impl TxToken for Tx<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, len: usize, f: F) -> R {
        let mut b = vec![0; len];
        let r = f(&mut b);
        self.0.push(b);
        r
    }
}
impl Device for Phy {
    type RxToken<'a> = Rx;
    type TxToken<'a> = Tx<'a>;
    fn receive(&mut self, _: Instant) -> Option<(Rx, Tx<'_>)> {
        self.rx.pop_front().map(|b| (Rx(b), Tx(&mut self.tx)))
    }
    fn transmit(&mut self, _: Instant) -> Option<Tx<'_>> {
        Some(Tx(&mut self.tx))
    }
    fn capabilities(&self) -> DeviceCapabilities {
        let mut c = DeviceCapabilities::default();
        c.medium = Medium::Ip;
        c.max_transmission_unit = self.mtu;
        c
    }
}

struct Pair {
    now: u64,
    us: common::End,
    iface: Interface,
    phy: Phy,
    sockets: SocketSet<'static>,
    handle: SocketHandle,
    app: App,
    written: u64,
    read: u64,
    /// When, order, to us?, packet.
    queue: Vec<(u64, u64, bool, Vec<u8>)>,
    wire: Wire,
    rng: Rng,
    sent: u64,
    log: VecDeque<String>,
}

impl Pair {
    fn new(
        seed: u64,
        active: bool,
        cfg: Config,
        apps: [App; 2],
        wire: Wire,
        window: usize,
    ) -> Self {
        let mut phy = Phy { mtu: usize::from(cfg.mss) + 40, ..Phy::default() };
        let mut c = IfConfig::new(HardwareAddress::Ip);
        c.random_seed = seed;
        let mut iface = Interface::new(c, &mut phy, Instant::ZERO);
        iface.update_ip_addrs(|a| a.push(IpCidr::new(PEER.into(), 24)).expect("room"));
        let mut s = tcp::Socket::new(
            tcp::SocketBuffer::new(vec![0; window]),
            tcp::SocketBuffer::new(vec![0; window]),
        );
        let listen = if active {
            s.listen(PORTS.1).expect("listens");
            Listen::No
        } else {
            s.connect(iface.context(), (US, PORTS.0), PORTS.1).expect("connects");
            Listen::Direct(seed as u32)
        };
        s.set_timeout(None);
        s.set_ack_delay(Some(Duration::from_millis(10)));
        let mut sockets = SocketSet::new(vec![]);
        let handle = sockets.add(s);
        let [ours, theirs] = apps;
        let tcb = Tcb::connect(&cfg, SeqNum(seed as u32), Micros(0));
        let mut us = common::End::new(0, cfg, tcb, ours);
        us.listen = listen;
        Self {
            now: 0,
            us,
            iface,
            phy,
            sockets,
            handle,
            app: theirs,
            written: 0,
            read: 0,
            queue: Vec::new(),
            wire,
            rng: Rng(seed),
            sent: 0,
            log: VecDeque::new(),
        }
    }

    fn put(&mut self, to_us: bool, b: &[u8]) {
        self.sent += 1;
        let bad = self.sent <= self.wire.bad_packets;
        let copies = match () {
            () if bad && self.rng.permille(self.wire.loss) => 0,
            () if bad && self.rng.permille(self.wire.dup) => 2,
            () => 1,
        };
        for _ in 0..copies {
            let mut at = self.now + self.wire.delay + self.rng.below(self.wire.jitter + 1);
            if bad && self.rng.permille(self.wire.reorder) {
                at += self.rng.below(4 * self.wire.delay + 1);
            }
            self.queue.push((at, self.sent, to_us, b.to_vec()));
        }
    }

    fn note(&mut self, line: String) {
        if self.log.len() == 60 {
            self.log.pop_front();
        }
        self.log.push_back(line);
    }

    fn ours(&mut self) {
        let now = self.now;
        if self.us.listen != Listen::No {
            return;
        }
        loop {
            self.us.run_app(now);
            let mut any = false;
            while let Some(e) = self.us.tcb.poll_transmit(Micros(now)) {
                any = true;
                let payload = self.us.snd.copy(e.seg.seq, e.seg.payload_len);
                self.note(format!("{now} > {:?}", e.seg));
                self.put(false, &packet(&e, &payload));
            }
            while let Some(ev) = self.us.tcb.poll_event() {
                any = true;
                match ev {
                    TcbEvent::Established => self.us.open(),
                    TcbEvent::PeerClosed => self.us.peer_closed = true,
                    TcbEvent::Reset(why) => panic!("reset: {why:?}"),
                    _ => {}
                }
            }
            if !any {
                return;
            }
        }
    }

    fn theirs(&mut self) {
        let at = Instant::from_micros(self.now as i64);
        loop {
            self.iface.poll(at, &mut self.phy, &mut self.sockets);
            let s = self.sockets.get_mut::<tcp::Socket<'_>>(self.handle);
            let mut any = false;
            while s.can_recv() {
                let got = s.recv(|b| (b.len(), b.to_vec())).expect("readable");
                for (n, b) in got.iter().enumerate() {
                    assert_eq!(*b, stream_byte(0, self.read + n as u64), "byte {}", self.read);
                }
                self.read += got.len() as u64;
                any = !got.is_empty();
            }
            if s.can_send() && self.written < self.app.total {
                let n = (self.app.total - self.written).min(self.app.chunk);
                let data: Vec<u8> =
                    (0..n).map(|i| stream_byte(PEER_SIDE, self.written + i)).collect();
                let n = s.send_slice(&data).expect("writable");
                self.written += n as u64;
                any |= n > 0;
            }
            if s.may_send() && self.written == self.app.total {
                s.close();
                any = true;
            }
            for b in std::mem::take(&mut self.phy.tx) {
                any = true;
                self.put(true, &b);
            }
            if !any {
                return;
            }
        }
    }

    fn step(&mut self) -> bool {
        self.ours();
        self.theirs();
        let at = Instant::from_micros(self.now as i64);
        let peer = self
            .iface
            .poll_at(at, &self.sockets)
            .map(|t| (t.total_micros() as u64).max(self.now + 1));
        let wire = self.queue.iter().map(|q| q.0).min();
        let our = (self.us.listen == Listen::No).then(|| self.us.tcb.next_deadline()).flatten();
        let app = self.us.app_deadline(self.now);
        let Some(next) = [peer, wire, our.map(|t| t.0), app].into_iter().flatten().min() else {
            return false;
        };
        self.now = next.max(self.now);
        while let Some(i) = (0..self.queue.len())
            .filter(|&i| self.queue[i].0 <= self.now)
            .min_by_key(|&i| (self.queue[i].0, self.queue[i].1))
        {
            let (_, _, to_us, b) = self.queue.swap_remove(i);
            if !to_us {
                self.phy.rx.push_back(b);
                self.theirs();
                continue;
            }
            let (seg, payload) = parse(&b);
            if let Listen::Direct(iss) = self.us.listen {
                if seg.syn() && !seg.has_ack() {
                    self.us.tcb = Tcb::from_syn(&self.us.cfg, SeqNum(iss), &seg, Micros(self.now));
                    self.us.listen = Listen::No;
                }
            } else {
                let out = self.us.deliver(self.now, &seg, &payload);
                self.note(format!("{} < {:?} {seg:?}", self.now, out.verdict));
            }
            self.ours();
        }
        if self.us.listen == Listen::No {
            self.us.tcb.on_timer(Micros(self.now));
        }
        true
    }

    fn run(&mut self, limit: u64) {
        let total = [self.us.app.total, self.app.total];
        while self.read < total[0]
            || self.us.read < total[1]
            || !self.us.peer_closed
            || !matches!(self.us.tcb.state(), State::TimeWait | State::Closed)
        {
            let alive = self.step();
            if !alive || self.now > limit {
                for l in &self.log {
                    eprintln!("{l}");
                }
                let s = self.sockets.get::<tcp::Socket<'_>>(self.handle);
                panic!(
                    "stalled at {} µs: peer {:?} read {} wrote {}; we {:?}",
                    self.now,
                    s.state(),
                    self.read,
                    self.written,
                    self.us.tcb.info(Micros(self.now))
                );
            }
        }
    }
}

fn cfg() -> Config {
    Config { ts_offset: 77, ..Config::default() }
}

#[test]
fn clean_wire_both_roles() {
    for active in [true, false] {
        let apps = [app(300_000), app(300_000)];
        let mut p = Pair::new(1, active, cfg(), apps, Wire::clean(2000), 65_535);
        p.run(60_000_000);
        assert_eq!(p.us.tcb.counters().retransmit_segs, 0, "active {active}");
    }
}

#[test]
fn bad_wire_all_options() {
    let wire = |loss, reorder| Wire {
        loss,
        dup: 20,
        reorder,
        delay: 5000,
        jitter: 1000,
        ce: 0,
        bad_packets: 4000,
    };
    for seed in 0..48_u64 {
        let c = Config {
            timestamps: seed & 1 != 0,
            sack: seed & 2 != 0,
            window_scaling: seed & 4 != 0,
            cc: if seed & 8 != 0 { CcAlgo::Cubic } else { CcAlgo::NewReno },
            mss: if seed % 3 == 0 { 536 } else { 1460 },
            path_mss: 1460,
            nodelay: seed & 16 != 0,
            rcv_ring: if seed % 5 == 0 { 4096 } else { 262_144 },
            ..cfg()
        };
        let window = if seed % 7 == 0 { 3000 } else { 100_000 };
        let apps = [app(150_000), app(150_000)];
        let w = wire((seed % 4) as u32 * 15, (seed % 3) as u32 * 50);
        let mut p = Pair::new(seed * 0x3333_3333, seed & 1 == 0, c, apps, w, window);
        p.run(3_600_000_000);
    }
}

/// Slow readers and window closure on our side; smoltcp probes.
#[test]
fn slow_reader_against_smoltcp() {
    for seed in 0..8 {
        let c = Config { rcv_ring: 2048, ..cfg() };
        let slow = App { chunk: 300, read_every: 50_000, ..app(20_000) };
        let mut p = Pair::new(seed, seed & 1 == 0, c, [slow, app(20_000)], Wire::clean(500), 4096);
        p.run(3_600_000_000);
    }
}

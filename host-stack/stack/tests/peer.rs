// SPDX-License-Identifier: Apache-2.0
//! The stack against an independent smoltcp host: ARP, ND, ping, UDP, TCP in both directions, good and bad wires.

#![cfg(all(feature = "ipv4", feature = "ipv6"))]
#![allow(missing_docs, clippy::cast_possible_truncation)]

mod common;

use common::{OUR4, OUR6, PEER4, PEER6, Wire, World, pattern, scoped};
use smoltcp::socket::{tcp, udp};
use smoltcp::wire::{IpEndpoint, IpListenEndpoint};
use std::net::IpAddr;
use toe_stack::icmp::PingReply;
use toe_stack::{
    Endpoint, FibId, OffloadCaps, StackConfig, StackEvent, TcpError, TcpId, TcpOptions, UdpError,
};
use toe_tcp::State;

fn ours(v6: bool) -> IpAddr {
    if v6 { OUR6.into() } else { OUR4.into() }
}
fn peers(v6: bool) -> IpAddr {
    if v6 { PEER6.into() } else { PEER4.into() }
}

#[test]
fn ping_both_families_resolves_by_arp_and_nd() {
    for v6 in [false, true] {
        let mut w = World::new(1);
        let mut reply: Option<PingReply> = None;
        for seq in 0..3u16 {
            let now = w.now();
            w.stack.ping(now, FibId(0), scoped(peers(v6)), 7, seq, &[9; 100]).unwrap();
        }
        let mut replies = 0;
        w.run(5_000_000, |w| {
            while let Some(e) = w.stack.poll_event() {
                if let StackEvent::Ping(p) = e {
                    replies += 1;
                    reply = Some(p);
                }
            }
            replies == 3
        });
        let reply = reply.unwrap();
        assert_eq!((reply.from.ip(), reply.ident, reply.seq, reply.len), (peers(v6), 7, 2, 100));
    }
}

#[test]
fn smoltcp_can_ping_us() {
    use smoltcp::socket::icmp;
    for v6 in [false, true] {
        let mut w = World::new(2);
        let buf = || icmp::PacketBuffer::new(vec![icmp::PacketMetadata::EMPTY; 4], vec![0; 512]);
        let h = w.sockets.add(icmp::Socket::new(buf(), buf()));
        w.sockets.get_mut::<icmp::Socket<'_>>(h).bind(icmp::Endpoint::Ident(5)).unwrap();
        let mut message = if v6 { vec![128, 0] } else { vec![8, 0] };
        message.extend_from_slice(&[0, 0, 0, 5, 0, 1, 1, 2, 3, 4]);
        if v6 {
            use smoltcp::wire::{Icmpv6Packet, Ipv6Address};
            let mut p = Icmpv6Packet::new_unchecked(&mut message);
            let (a, b): (Ipv6Address, Ipv6Address) = (PEER6, OUR6);
            p.fill_checksum(&a, &b);
        } else {
            smoltcp::wire::Icmpv4Packet::new_unchecked(&mut message).fill_checksum();
        }
        w.sockets.get_mut::<icmp::Socket<'_>>(h).send_slice(&message, ours(v6).into()).unwrap();
        w.run(5_000_000, |w| w.sockets.get_mut::<icmp::Socket<'_>>(h).can_recv());
    }
}

#[test]
fn udp_both_ways() {
    for v6 in [false, true] {
        let mut w = World::new(3);
        let buf = || udp::PacketBuffer::new(vec![udp::PacketMetadata::EMPTY; 4], vec![0; 4096]);
        let h = w.sockets.add(udp::Socket::new(buf(), buf()));
        w.sockets.get_mut::<udp::Socket<'_>>(h).bind(5000).unwrap();
        let s = w.stack.udp_socket(Default::default(), FibId(0));
        let to = Endpoint::new(scoped(peers(v6)), 5000);
        let now = w.now();
        w.stack.udp_send(now, s, Some(to), b"hello").unwrap();
        w.run(5_000_000, |w| w.sockets.get_mut::<udp::Socket<'_>>(h).can_recv());
        let peer = w.sockets.get_mut::<udp::Socket<'_>>(h);
        let (data, meta) = peer.recv().unwrap();
        assert_eq!(data, b"hello");
        let back = meta.endpoint;
        peer.send_slice(b"world", back).unwrap();
        let mut got = None;
        w.run(5_000_000, |w| {
            got = w.stack.udp_recv(s).ok();
            got.is_some()
        });
        let got = got.unwrap();
        assert_eq!((got.data.as_slice(), got.from), (b"world".as_slice(), to));
        // A port nobody has: a connected socket learns it by ICMP.
        let c = w.stack.udp_socket(Default::default(), FibId(0));
        let now = w.now();
        w.stack.udp_connect(now, c, Endpoint::new(scoped(peers(v6)), 5001)).unwrap();
        w.stack.udp_send(now, c, None, b"anybody?").unwrap();
        w.run(5_000_000, |w| w.stack.udp_recv(c) == Err(UdpError::Refused));
    }
}

fn peer_tcp(w: &mut World) -> smoltcp::iface::SocketHandle {
    let buf = || tcp::SocketBuffer::new(vec![0; 65_536]);
    w.sockets.add(tcp::Socket::new(buf(), buf()))
}

struct Pump {
    to_peer: Vec<u8>,
    to_us: Vec<u8>,
    sent: usize,
    peer_sent: usize,
    got_us: Vec<u8>,
    got_peer: Vec<u8>,
    closed: bool,
    peer_closed: bool,
    eof: bool,
}

impl Pump {
    fn new(bytes: usize, seed: u64) -> Self {
        Self {
            to_peer: pattern(bytes, seed),
            to_us: pattern(bytes, seed + 1),
            sent: 0,
            peer_sent: 0,
            got_us: Vec::new(),
            got_peer: Vec::new(),
            closed: false,
            peer_closed: false,
            eof: false,
        }
    }

    /// Moves what can be moved; true when both streams are over and both ends closed.
    fn step(&mut self, w: &mut World, id: TcpId, h: smoltcp::iface::SocketHandle) -> bool {
        let now = w.now();
        while self.sent < self.to_peer.len() {
            match w.stack.tcp_send(now, id, &self.to_peer[self.sent..]) {
                Ok(n) => self.sent += n,
                Err(TcpError::WouldBlock) => break,
                Err(e) => panic!("send: {e}"),
            }
        }
        if self.sent == self.to_peer.len() && !self.closed {
            w.stack.tcp_shutdown(now, id).unwrap();
            self.closed = true;
        }
        let mut buf = [0; 16_384];
        loop {
            match w.stack.tcp_recv(now, id, &mut buf) {
                Ok(0) => {
                    self.eof = true;
                    break;
                }
                Ok(n) => self.got_us.extend_from_slice(&buf[..n]),
                Err(TcpError::WouldBlock) => break,
                Err(e) => panic!("recv: {e}"),
            }
        }
        let peer = w.sockets.get_mut::<tcp::Socket<'_>>(h);
        if peer.can_send() && self.peer_sent < self.to_us.len() {
            self.peer_sent += peer.send_slice(&self.to_us[self.peer_sent..]).unwrap();
        }
        if self.peer_sent == self.to_us.len() && !self.peer_closed && peer.may_send() {
            peer.close();
            self.peer_closed = true;
        }
        while peer.can_recv() {
            let n = peer.recv_slice(&mut buf).unwrap();
            self.got_peer.extend_from_slice(&buf[..n]);
        }
        self.eof && self.closed && self.peer_closed && self.got_peer.len() == self.to_peer.len()
    }

    fn check(&self) {
        assert!(self.got_us == self.to_us, "bytes from the peer differ");
        assert!(self.got_peer == self.to_peer, "bytes to the peer differ");
    }
}

fn accept_transfer(v6: bool, wire: Wire, bytes: usize, seed: u64, caps: OffloadCaps) -> World {
    let mut w = World::with(seed, caps, StackConfig::default());
    w.wire = wire;
    let l = w.stack.tcp_socket(TcpOptions::default());
    let any: IpAddr = if v6 { "::".parse().unwrap() } else { "0.0.0.0".parse().unwrap() };
    w.stack.tcp_bind(l, Endpoint::new(scoped(any), 80)).unwrap();
    w.stack.tcp_listen(l, 8).unwrap();
    let h = peer_tcp(&mut w);
    let cx = w.peer.context();
    let remote = IpEndpoint::new(ours(v6).into(), 80);
    let local = IpListenEndpoint { addr: Some(peers(v6).into()), port: 40_000 };
    w.sockets.get_mut::<tcp::Socket<'_>>(h).connect(cx, remote, local).unwrap();
    let mut accepted = None;
    w.run(120_000_000, |w| {
        accepted = w.stack.tcp_accept(l).ok();
        accepted.is_some()
    });
    let (id, tuple) = accepted.unwrap();
    assert_eq!((tuple.local.port, tuple.remote.port), (80, 40_000));
    let mut pump = Pump::new(bytes, seed);
    w.run(600_000_000, |w| pump.step(w, id, h));
    pump.check();
    let now = w.now();
    w.stack.tcp_close(now, id).unwrap();
    w.run(300_000_000, |w| {
        let state = w.sockets.get_mut::<tcp::Socket<'_>>(h).state();
        matches!(state, tcp::State::Closed | tcp::State::TimeWait)
            && w.stack.tcp_tuple(id).is_none()
    });
    w
}

fn connect_transfer(v6: bool, wire: Wire, bytes: usize, seed: u64, caps: OffloadCaps) -> World {
    let mut w = World::with(seed, caps, StackConfig::default());
    w.wire = wire;
    let h = peer_tcp(&mut w);
    w.sockets.get_mut::<tcp::Socket<'_>>(h).listen(8080).unwrap();
    let id = w.stack.tcp_socket(TcpOptions::default());
    let now = w.now();
    w.stack.tcp_connect(now, id, Endpoint::new(scoped(peers(v6)), 8080)).unwrap();
    w.run(120_000_000, |w| w.stack.tcp_readiness(id).unwrap().writable);
    assert_eq!(w.stack.tcp_take_error(id).unwrap(), None);
    let mut pump = Pump::new(bytes, seed);
    w.run(600_000_000, |w| pump.step(w, id, h));
    pump.check();
    let now = w.now();
    w.stack.tcp_close(now, id).unwrap();
    w.run(300_000_000, |w| w.stack.tcp_tuple(id).is_none());
    w
}

#[test]
fn tcp_accept_and_connect_on_a_clean_wire() {
    for v6 in [false, true] {
        let mut w = accept_transfer(v6, Wire::default(), 300_000, 10, OffloadCaps::default());
        w.pass(120_000_000);
        assert!(w.stack.time_wait().is_empty());
        let w = connect_transfer(v6, Wire::default(), 300_000, 11, OffloadCaps::default());
        assert_eq!(w.stack.stats().tcp_bad_checksum, 0);
    }
}

#[test]
fn tcp_with_every_offload_gives_the_same_bytes() {
    for v6 in [false, true] {
        let caps = OffloadCaps { vlan_insert: false, ..OffloadCaps::all() };
        let w = accept_transfer(v6, Wire::default(), 500_000, 20, caps);
        assert!(w.stack.stats().hw_checksums > 0 && w.tso_frames > 0);
        let only_csum = OffloadCaps { tx_csum4: true, tx_csum6: true, ..OffloadCaps::default() };
        connect_transfer(v6, Wire::default(), 200_000, 21, only_csum);
    }
}

#[test]
fn tcp_survives_loss_duplication_and_reordering() {
    let wire = Wire { loss_percent: 3, duplicate_percent: 2, delay: 2_000, jitter: 3_000 };
    for seed in 30..36 {
        for v6 in [false, true] {
            accept_transfer(v6, wire, 150_000, seed, OffloadCaps::default());
            connect_transfer(v6, wire, 150_000, seed, OffloadCaps::default());
        }
    }
}

#[test]
fn nobody_listens_here_or_there() {
    for v6 in [false, true] {
        let mut w = World::new(40);
        // Peer to us: reset.
        let h = peer_tcp(&mut w);
        let cx = w.peer.context();
        let remote = IpEndpoint::new(ours(v6).into(), 81);
        w.sockets.get_mut::<tcp::Socket<'_>>(h).connect(cx, remote, 40_001u16).unwrap();
        w.run(10_000_000, |w| {
            w.sockets.get_mut::<tcp::Socket<'_>>(h).state() == tcp::State::Closed
        });
        assert_eq!(w.stack.stats().tcp_resets_sent, 1);
        assert_eq!(w.stack.stats().tcp_vain_syn, 1);
        // Us to peer: refused.
        let id = w.stack.tcp_socket(TcpOptions::default());
        let now = w.now();
        w.stack.tcp_connect(now, id, Endpoint::new(scoped(peers(v6)), 9)).unwrap();
        w.run(10_000_000, |w| w.stack.tcp_readiness(id).unwrap().error);
        assert_eq!(w.stack.tcp_take_error(id).unwrap(), Some(TcpError::Refused));
        // A host that is not there.
        let id = w.stack.tcp_socket(TcpOptions::default());
        let nobody: IpAddr =
            if v6 { "fd00::99".parse().unwrap() } else { "10.0.0.99".parse().unwrap() };
        let now = w.now();
        w.stack.tcp_connect(now, id, Endpoint::new(scoped(nobody), 9)).unwrap();
        w.run(30_000_000, |w| w.stack.tcp_readiness(id).unwrap().error);
        assert_eq!(w.stack.tcp_take_error(id).unwrap(), Some(TcpError::HostUnreachable));
    }
}

#[test]
fn a_session_with_ourselves_goes_by_loopback_and_never_onto_the_wire() {
    for to in ["127.0.0.1", "10.0.0.1", "::1", "fd00::1"] {
        let mut w = World::new(50);
        w.record = true;
        // Nothing on this path takes time: the application has to look by itself.
        w.tick = Some(1_000);
        let to: IpAddr = to.parse().unwrap();
        let l = w.stack.tcp_socket(TcpOptions::default());
        w.stack.tcp_bind(l, Endpoint::new(scoped(to), 80)).unwrap();
        w.stack.tcp_listen(l, 1).unwrap();
        let c = w.stack.tcp_socket(TcpOptions::default());
        let now = w.now();
        w.stack.tcp_connect(now, c, Endpoint::new(scoped(to), 80)).unwrap();
        let mut accepted = None;
        w.run(1_000_000, |w| {
            accepted = w.stack.tcp_accept(l).ok();
            accepted.is_some()
        });
        let (s, tuple) = accepted.unwrap();
        assert_eq!(w.stack.msl_class(&tuple), toe_tcp::MslClass::Loopback);
        let data = pattern(100_000, 3);
        let (mut sent, mut got) = (0, Vec::new());
        w.run(10_000_000, |w| {
            let now = w.now();
            sent += w.stack.tcp_send(now, c, &data[sent..]).unwrap_or(0);
            let mut buf = [0; 65_536];
            if let Ok(n) = w.stack.tcp_recv(now, s, &mut buf) {
                got.extend_from_slice(&buf[..n]);
            }
            got.len() == data.len()
        });
        assert!(got == data);
        assert_eq!(w.seen, Vec::<Vec<u8>>::new());
        assert_eq!(w.stack.tcp_state(c), Some(State::Established));
    }
}

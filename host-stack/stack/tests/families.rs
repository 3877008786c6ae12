// SPDX-License-Identifier: Apache-2.0
//! S-CFG-1: builds with IPv4, with IPv6 and with both. Each test runs in all three; what it expects follows the features.
//! The other end is always a host of both families that we did not write.

#![allow(missing_docs, clippy::cast_possible_truncation)]

mod common;

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use common::{
    OUR4, OUR6, PEER_MAC, PEER4, PEER6, Raw, SYN, World, base_stack, icmp4_frame, icmp6_frame,
    scoped,
};
use smoltcp::socket::{icmp, tcp};
use smoltcp::wire::{
    ArpOperation, ArpPacket, EthernetFrame, EthernetProtocol, Icmpv6Message, Icmpv6Packet,
    IpEndpoint, IpProtocol, Ipv4Packet, Ipv6Packet, NdiscNeighborFlags,
};
use toe_stack::family::enabled;
use toe_stack::fib::RouteError;
use toe_stack::iface::IfError;
use toe_stack::signature::KeyError;
use toe_stack::{
    Endpoint, Family, FamilyAbsent, FibId, IfAddr, InterfaceConfig, MacAddr, Micros, OffloadCaps,
    RouteSpec, RxFrame, SendError, Stack, StackConfig, StackEvent, Stats, TcpError, TcpOptions,
    UdpError,
};
use toe_tcp::State;

const MORE6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 0x77);
const FAMILIES: [Family; 2] = [Family::V4, Family::V6];

/// What the features of this build say, apart from the code under test.
fn built(family: Family) -> bool {
    match family {
        Family::V4 => cfg!(feature = "ipv4"),
        Family::V6 => cfg!(feature = "ipv6"),
    }
}

fn ours(family: Family) -> IpAddr {
    if family == Family::V4 { OUR4.into() } else { OUR6.into() }
}

fn peers(family: Family) -> IpAddr {
    if family == Family::V4 { PEER4.into() } else { PEER6.into() }
}

/// A second address of ours.
fn more(family: Family) -> IpAddr {
    if family == Family::V4 { Ipv4Addr::new(10, 0, 0, 77).into() } else { MORE6.into() }
}

fn ip(family: Family, v4: &str, v6: &str) -> IpAddr {
    if family == Family::V4 { v4.parse().unwrap() } else { v6.parse().unwrap() }
}

fn net(family: Family, v4: &str, v6: &str) -> ipnet::IpNet {
    if family == Family::V4 { v4.parse().unwrap() } else { v6.parse().unwrap() }
}

/// What kind of frame this is, as smoltcp reads it.
fn kind(frame: &[u8]) -> &'static str {
    let eth = EthernetFrame::new_checked(frame).unwrap();
    let (protocol, l4) = match eth.ethertype() {
        EthernetProtocol::Arp => {
            let arp = ArpPacket::new_checked(eth.payload()).unwrap();
            return match arp.operation() {
                ArpOperation::Request
                    if arp.source_protocol_addr() == arp.target_protocol_addr() =>
                {
                    "ARP announcement"
                }
                ArpOperation::Request => "ARP request",
                _ => "ARP reply",
            };
        }
        EthernetProtocol::Ipv4 => {
            let p = Ipv4Packet::new_checked(eth.payload()).unwrap();
            (p.next_header(), p.payload())
        }
        EthernetProtocol::Ipv6 => {
            let p = Ipv6Packet::new_checked(eth.payload()).unwrap();
            (p.next_header(), p.payload())
        }
        EthernetProtocol::Unknown(other) => panic!("EtherType {other:04x}"),
    };
    match (eth.ethertype(), protocol) {
        (EthernetProtocol::Ipv4, IpProtocol::Tcp) => "IPv4 TCP",
        (EthernetProtocol::Ipv4, IpProtocol::Icmp) => "IPv4 ICMP",
        (EthernetProtocol::Ipv6, IpProtocol::Tcp) => "IPv6 TCP",
        (EthernetProtocol::Ipv6, IpProtocol::Icmpv6) => {
            let p = Icmpv6Packet::new_checked(l4).unwrap();
            match p.msg_type() {
                Icmpv6Message::NeighborSolicit => "IPv6 ND solicitation",
                Icmpv6Message::NeighborAdvert
                    if p.neighbor_flags().contains(NdiscNeighborFlags::SOLICITED) =>
                {
                    "IPv6 ND reply"
                }
                Icmpv6Message::NeighborAdvert => "IPv6 ND announcement",
                _ => "IPv6 ICMPv6",
            }
        }
        (_, other) => panic!("protocol {other}"),
    }
}

/// The peer's socket begins to connect to port 80 of ours.
fn peer_connects(w: &mut World, family: Family) -> smoltcp::iface::SocketHandle {
    let buf = || tcp::SocketBuffer::new(vec![0; 4096]);
    let h = w.sockets.add(tcp::Socket::new(buf(), buf()));
    let cx = w.peer.context();
    let port = if family == Family::V4 { 40_004u16 } else { 40_006 };
    let to = IpEndpoint::new(ours(family).into(), 80);
    w.sockets.get_mut::<tcp::Socket<'_>>(h).connect(cx, to, port).unwrap();
    h
}

/// The peer sends an echo request to our second address, which it has to ask for.
fn peer_pings(w: &mut World, family: Family) -> smoltcp::iface::SocketHandle {
    let buf = || icmp::PacketBuffer::new(vec![icmp::PacketMetadata::EMPTY; 4], vec![0; 512]);
    let h = w.sockets.add(icmp::Socket::new(buf(), buf()));
    let ident = if family == Family::V4 { 4 } else { 6 };
    let mut message = if family == Family::V4 { vec![8, 0] } else { vec![128, 0] };
    message.extend_from_slice(&[0, 0, 0, ident, 0, 1, 1, 2, 3, 4]);
    if family == Family::V4 {
        smoltcp::wire::Icmpv4Packet::new_unchecked(&mut message).fill_checksum();
    } else {
        Icmpv6Packet::new_unchecked(&mut message).fill_checksum(&PEER6, &MORE6);
    }
    let socket = w.sockets.get_mut::<icmp::Socket<'_>>(h);
    socket.bind(icmp::Endpoint::Ident(ident.into())).unwrap();
    socket.send_slice(&message, more(family).into()).unwrap();
    h
}

/// Every frame of a life with addresses, neighbour resolution, handshakes in both directions and echo in both: those of the
/// build's families, all kinds of them, and nothing else.
#[test]
fn the_wire_carries_only_the_families_of_the_build() {
    let mut w = World::new(1);
    w.record = true;
    let eth = w.eth;
    for family in FAMILIES {
        let now = w.now();
        let len = if family == Family::V4 { 24 } else { 64 };
        let second = IfAddr::new(ipnet::IpNet::new(more(family), len).unwrap());
        assert_eq!(w.stack.add_address(now, eth, second).is_ok(), built(family), "{family:?}");
    }
    // The announcements are lost, so that the peer will have to ask.
    w.drop_from_stack = true;
    w.settle();
    w.drop_from_stack = false;
    for family in FAMILIES {
        let now = w.now();
        let pinged = w.stack.ping(now, FibId(0), scoped(peers(family)), 9, 1, &[7; 32]);
        assert_eq!(pinged.is_ok(), built(family), "{pinged:?}");
    }
    let listener = w.stack.tcp_socket(TcpOptions::default());
    let any = if built(Family::V6) { "::" } else { "0.0.0.0" };
    let any = scoped(any.parse::<IpAddr>().unwrap());
    w.stack.tcp_bind(listener, Endpoint::new(any, 80)).unwrap();
    w.stack.tcp_listen(listener, 8).unwrap();
    w.pass(1_000_000);
    let mut replies = Vec::new();
    while let Some(event) = w.stack.poll_event() {
        if let StackEvent::Ping(reply) = event {
            replies.push(Family::of(reply.from.ip()));
        }
    }
    let expected: Vec<Family> = FAMILIES.into_iter().filter(|f| built(*f)).collect();
    replies.sort_by_key(|f| *f == Family::V6);
    assert_eq!(replies, expected);
    // The peer knows nothing of our features and tries both.
    for family in FAMILIES {
        let echo = peer_pings(&mut w, family);
        let there = peer_connects(&mut w, family);
        w.pass(5_000_000);
        let echoed = w.sockets.get_mut::<icmp::Socket<'_>>(echo).can_recv();
        assert_eq!(echoed, built(family), "{family:?}: our echo reply");
        let state = w.sockets.get_mut::<tcp::Socket<'_>>(there).state();
        assert_eq!(state == tcp::State::Established, built(family), "{family:?}: {state}");
        let accepted = w.stack.tcp_accept(listener);
        assert_eq!(accepted.is_ok(), built(family), "{family:?}: {accepted:?}");
        if !built(family) {
            // It asks one neighbour at a time, and would go on asking for this one.
            w.sockets.remove(echo);
            w.sockets.remove(there);
        }
        // And back: the peer listens.
        let buf = || tcp::SocketBuffer::new(vec![0; 4096]);
        let h = w.sockets.add(tcp::Socket::new(buf(), buf()));
        w.sockets.get_mut::<tcp::Socket<'_>>(h).listen(5000).unwrap();
        let now = w.now();
        let id = w.stack.tcp_socket(TcpOptions::default());
        let begun = w.stack.tcp_connect(now, id, Endpoint::new(scoped(peers(family)), 5000));
        assert_eq!(begun.is_ok(), built(family), "{family:?}: {begun:?}");
        w.pass(1_000_000);
        let open = w.stack.tcp_state(id) == Some(State::Established);
        assert_eq!(open, built(family), "{family:?}: a session of ours");
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for frame in &w.seen {
        *seen.entry(kind(frame)).or_default() += 1;
    }
    println!("{seen:?}");
    let v4 = ["ARP announcement", "ARP reply", "ARP request", "IPv4 ICMP", "IPv4 TCP"];
    let v6 = [
        "IPv6 ICMPv6",
        "IPv6 ND announcement",
        "IPv6 ND reply",
        "IPv6 ND solicitation",
        "IPv6 TCP",
    ];
    let mut expected = Vec::new();
    expected.extend(v4.into_iter().filter(|_| built(Family::V4)));
    expected.extend(v6.into_iter().filter(|_| built(Family::V6)));
    assert_eq!(seen.into_keys().collect::<Vec<_>>(), expected);
    let absent = w.stack.stats().rx_family_absent;
    assert_eq!(absent > 0, FAMILIES.into_iter().any(|f| !built(f)), "{absent} frames");
}

/// ARP request, echo request and SYN; or solicitation and echo request.
fn requests(family: Family) -> Vec<Vec<u8>> {
    if family == Family::V6 {
        let mut ns = vec![135, 0, 0, 0, 0, 0, 0, 0];
        ns.extend_from_slice(&OUR6.octets());
        ns.extend_from_slice(&[1, 1]);
        ns.extend_from_slice(&PEER_MAC);
        let echo = [128, 0, 0, 0, 0, 1, 0, 1];
        return vec![icmp6_frame(PEER6, OUR6, 255, &ns), icmp6_frame(PEER6, OUR6, 64, &echo)];
    }
    let mut arp = vec![0xff; 6];
    arp.extend_from_slice(&PEER_MAC);
    arp.extend_from_slice(&[8, 6, 0, 1, 8, 0, 6, 4, 0, 1]);
    arp.extend_from_slice(&PEER_MAC);
    arp.extend_from_slice(&PEER4.octets());
    arp.extend_from_slice(&[0; 6]);
    arp.extend_from_slice(&OUR4.octets());
    let echo = icmp4_frame(PEER4.octets(), &[8, 0, 0, 0, 0, 1, 0, 1]);
    let syn = Raw { src: PEER4.octets(), sport: 9, dport: 9, flags: SYN, ..Raw::default() };
    vec![arp, echo, syn.frame()]
}

fn answers(stack: &mut Stack, now: Micros) -> usize {
    std::iter::from_fn(|| stack.poll_transmit(now)).count()
}

/// Each frame of an absent family is one in `rx_family_absent` and one dropped by its interface, and nothing else moves.
#[test]
fn frames_of_an_absent_family_are_dropped_and_counted() {
    let (mut s, eth) = base_stack(2, OffloadCaps::default(), StackConfig::default());
    let vlan = s.add_interface(InterfaceConfig::vlan("eth0.7", eth, 7)).unwrap();
    let tun = s.add_interface(InterfaceConfig::point_to_point("tun0")).unwrap();
    let now = Micros(1);
    let dropped = |s: &Stack, id| s.interfaces().get(id).unwrap().counters.rx_dropped;
    for family in FAMILIES {
        for frame in requests(family) {
            let before = (*s.stats(), dropped(&s, eth), s.neighbours().len());
            s.handle_frame(now, eth, &RxFrame::unchecked(&frame));
            let answered = answers(&mut s, now);
            assert_eq!(answered > 0, built(family), "{}", kind(&frame));
            if built(family) {
                assert_eq!(s.stats().rx_family_absent, before.0.rx_family_absent);
                continue;
            }
            assert_eq!(s.stats().rx_family_absent, before.0.rx_family_absent + 1);
            assert_eq!((dropped(&s, eth), s.neighbours().len()), (before.1 + 1, before.2));
            let (was, stats) = (before.0, *s.stats());
            let expected =
                Stats { rx_family_absent: stats.rx_family_absent, rx_ip: stats.rx_ip, ..was };
            assert_eq!(stats, expected, "nothing else is counted");
            // Tagged: the VLAN's. Without a link header, on a tunnel: the tunnel's.
            let tagged = RxFrame { vlan: Some(7), ..RxFrame::unchecked(&frame) };
            let at = dropped(&s, vlan);
            s.handle_frame(now, eth, &tagged);
            assert_eq!(dropped(&s, vlan), at + 1);
            if frame[12..14] != [8, 6] {
                let at = dropped(&s, tun);
                s.handle_frame(now, tun, &RxFrame::unchecked(&frame[14..]));
                assert_eq!(dropped(&s, tun), at + 1);
            }
            assert_eq!(answers(&mut s, now), 0);
        }
    }
}

/// A refusal of the absent family, or none where the family is there.
fn refused<T: std::fmt::Debug, E: Copy + PartialEq + std::fmt::Display + std::fmt::Debug>(
    family: Family,
    result: &Result<T, E>,
    error: fn(FamilyAbsent) -> E,
) {
    if built(family) {
        assert!(result.is_ok(), "{family:?}: {result:?}");
        return;
    }
    let why = *result.as_ref().unwrap_err();
    assert_eq!(why, error(FamilyAbsent(family)));
    let feature = if family == Family::V4 { "`ipv4`" } else { "`ipv6`" };
    assert!(why.to_string().contains(feature), "{why}");
}

/// Every way in for an address says which feature is missing.
#[test]
fn an_absent_family_is_refused_by_name() {
    for family in FAMILIES {
        assert_eq!(enabled(family), built(family));
        let (mut s, eth) = base_stack(3, OffloadCaps::default(), StackConfig::default());
        let (now, fib) = (Micros(1), FibId(0));
        let peer = scoped(peers(family));
        let to = Endpoint::new(peer, 9);
        let lo = s.interfaces().loopback();
        let on_lo = &s.interfaces().get(lo).unwrap().addrs;
        assert_eq!(on_lo.iter().any(|a| Family::of(a.net.addr()) == family), built(family));
        let is_if: fn(FamilyAbsent) -> IfError = IfError::Family;
        let is_route: fn(FamilyAbsent) -> RouteError = RouteError::Family;
        let is_tcp: fn(FamilyAbsent) -> TcpError = TcpError::Family;
        let is_udp: fn(FamilyAbsent) -> UdpError = UdpError::Family;
        // Addresses, groups, neighbours.
        let more = IfAddr::new(net(family, "10.0.9.1/24", "fd09::1/64"));
        refused(family, &s.add_address(now, eth, more), is_if);
        if family == Family::V6 {
            let tap = InterfaceConfig::ethernet("eth1", MacAddr([2, 0, 0, 0, 0, 0x11]));
            let tap = s.add_interface(tap).unwrap();
            refused(family, &s.add_link_local(now, tap), is_if);
        }
        refused(family, &s.join_group(eth, ip(family, "224.0.0.251", "ff02::fb")), is_if);
        refused(family, &s.set_neighbour(now, eth, peers(family), MacAddr(PEER_MAC)), is_if);
        // Keys of peers, set and removed.
        for key in [Some(&b"between us"[..]), None] {
            refused(family, &s.set_md5_key(peers(family), key), KeyError::Family);
        }
        // Routes and lookups.
        let prefix = net(family, "198.51.100.0/24", "2001:db8::/32");
        let spec = RouteSpec::via(prefix, eth, peers(family));
        refused(family, &s.add_route(fib, &spec), is_route);
        refused(family, &s.replace_route(fib, &spec), is_route);
        let other = RouteSpec { metric: 5, ..spec };
        let many = s.add_routes(fib, &[other]).map_err(|(_, error)| error);
        refused(family, &many, is_route);
        refused(family, &s.route_to(now, fib, peer), is_route);
        // Sockets: wildcard, loopback and own address; connecting; datagrams; echo.
        let own = [ip(family, "0.0.0.0", "::"), ip(family, "127.0.0.1", "::1"), ours(family)];
        for (port, local) in (80..).zip(own) {
            let t = s.tcp_socket(TcpOptions::default());
            refused(family, &s.tcp_bind(t, Endpoint::new(scoped(local), port)), is_tcp);
            let u = s.udp_socket(Default::default(), fib);
            refused(family, &s.udp_bind(u, scoped(local), port), is_udp);
        }
        let t = s.tcp_socket(TcpOptions::default());
        refused(family, &s.tcp_connect(now, t, to), is_tcp);
        let u = s.udp_socket(Default::default(), fib);
        refused(family, &s.udp_send(now, u, Some(to), b"x"), is_udp);
        refused(family, &s.udp_connect(now, u, to), is_udp);
        refused(family, &s.ping(now, fib, peer, 1, 1, b"x"), SendError::Family);
        if !built(family) {
            assert_eq!(answers(&mut s, now), 0, "nothing of it leaves");
        }
    }
}

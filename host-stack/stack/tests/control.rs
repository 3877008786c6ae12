// SPDX-License-Identifier: Apache-2.0
//! The control plane: ARP validation, redirects, path MTU, neighbours, floods, scopes, robustness.
#![cfg(all(feature = "ipv4", feature = "ipv6"))]
#![allow(missing_docs, clippy::cast_possible_truncation, clippy::type_complexity)]

mod common;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use common::{
    OUR4, OUR6, PEER4, PEER6, World, base_stack, connected, icmp4_frame, icmp6_frame, scoped,
};
use proptest::prelude::*;
use smoltcp::socket::tcp;
use toe_stack::icmp::IcmpConfig;
use toe_stack::neigh::{NeighConfig, NeighKey, NudState};
use toe_stack::{
    Endpoint, FibId, IfAddr, IfId, InterfaceConfig, MacAddr, Micros, OffloadCaps, RouteSpec,
    RxFrame, ScopedAddr, Stack, StackConfig, TcpOptions, TxFrame, Verdict,
};

fn stack() -> (Stack, IfId) {
    base_stack(1, OffloadCaps::default(), StackConfig::default())
}

fn drain(stack: &mut Stack, now: Micros) -> Vec<TxFrame> {
    std::iter::from_fn(|| stack.poll_transmit(now)).collect()
}

fn arp_frame(op: u8, hln: u8, pln: u8, sha: [u8; 6], spa: [u8; 4], tpa: [u8; 4]) -> Vec<u8> {
    let mut f = vec![0xff; 6];
    f.extend_from_slice(&sha);
    f.extend_from_slice(&[8, 6, 0, 1, 8, 0, hln, pln, 0, op]);
    f.extend_from_slice(&sha);
    f.extend_from_slice(&spa);
    f.extend_from_slice(&[0; 6]);
    f.extend_from_slice(&tpa);
    f
}

/// S-ARP-1: lengths are checked before anything is read.
#[test]
fn arp_lengths() {
    let (mut s, eth) = stack();
    let now = Micros(1);
    for hln in [0, 1, 5, 6, 7, 255] {
        for pln in [0, 3, 4, 5, 255] {
            let f = arp_frame(1, hln, pln, [2, 0, 0, 0, 0, 5], [10, 0, 0, 5], OUR4.octets());
            for cut in 14..=f.len() {
                let before = s.neighbours().len();
                s.handle_frame(now, eth, &RxFrame::unchecked(&f[..cut]));
                let answered = !drain(&mut s, now).is_empty();
                let good = hln == 6 && pln == 4 && cut == f.len();
                assert_eq!(answered, good, "hln {hln} pln {pln} cut {cut}");
                assert_eq!(s.neighbours().len() - before, usize::from(good));
            }
        }
    }
    assert!(s.stats().arp_bad_length > 0 && s.stats().arp_malformed > 0);
}

#[test]
fn arp_ignores_ourselves_broadcast_senders_conflicts_and_strangers() {
    let (mut s, eth) = stack();
    let now = Micros(1);
    for (sha, spa) in [
        (common::OUR_MAC.0, [10, 0, 0, 5]),
        ([0xff; 6], [10, 0, 0, 5]),
        ([2, 0, 0, 0, 0, 5], OUR4.octets()),
        ([2, 0, 0, 0, 0, 5], [127, 0, 0, 1]),
    ] {
        let f = arp_frame(1, 6, 4, sha, spa, OUR4.octets());
        s.handle_frame(now, eth, &RxFrame::unchecked(&f));
        drain(&mut s, now);
        assert_eq!(s.neighbours().len(), 0, "{sha:?} {spa:?}");
    }
    // An RFC 5227 probe is answered but teaches nothing.
    let f = arp_frame(1, 6, 4, [2, 0, 0, 0, 0, 5], [0; 4], OUR4.octets());
    s.handle_frame(now, eth, &RxFrame::unchecked(&f));
    assert_eq!((drain(&mut s, now).len(), s.neighbours().len()), (1, 0));
    // Unasked replies make no entry.
    let f = arp_frame(2, 6, 4, [2, 0, 0, 0, 0, 5], [10, 0, 0, 5], OUR4.octets());
    s.handle_frame(now, eth, &RxFrame::unchecked(&f));
    assert_eq!(s.neighbours().len(), 0);
}

fn redirect_frame(from: [u8; 4], code: u8, gateway: [u8; 4], dst: [u8; 4]) -> Vec<u8> {
    let mut icmp = vec![5, code, 0, 0];
    icmp.extend_from_slice(&gateway);
    icmp.extend_from_slice(&[0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0]);
    icmp.extend_from_slice(&OUR4.octets());
    icmp.extend_from_slice(&dst);
    icmp.extend_from_slice(&[0; 8]);
    icmp4_frame(from, &icmp)
}

/// S-LNX-3, one row a rule; and S-LNX-2: a redirect for A does not touch B.
#[test]
fn redirect_acceptance_table() {
    const GW: [u8; 4] = [10, 0, 0, 254];
    const NEW: [u8; 4] = [10, 0, 0, 253];
    const DST: [u8; 4] = [198, 51, 100, 1];
    let rows: [(&str, [u8; 4], u8, [u8; 4], [u8; 4], bool); 12] = [
        ("good, host code", GW, 1, NEW, DST, true),
        ("good, network code", GW, 0, NEW, DST, true),
        ("good, code 3", GW, 3, NEW, DST, true),
        ("code 4", GW, 4, NEW, DST, false),
        ("not from the gateway", [10, 0, 0, 77], 1, NEW, DST, false),
        ("same gateway", GW, 1, GW, DST, false),
        ("group", GW, 1, [224, 0, 0, 1], DST, false),
        ("broadcast", GW, 1, [255; 4], DST, false),
        ("zero", GW, 1, [0; 4], DST, false),
        ("ourselves", GW, 1, [10, 0, 0, 1], DST, false),
        ("not on the link", GW, 1, [203, 0, 113, 9], DST, false),
        ("destination without gateway", GW, 1, NEW, [10, 0, 0, 9], false),
    ];
    for (name, from, code, gateway, dst, accepted) in rows {
        let (mut s, eth) = stack();
        let now = Micros(1);
        let default = RouteSpec::via("0.0.0.0/0".parse().unwrap(), eth, Ipv4Addr::from(GW).into());
        s.add_route(FibId(0), &default).unwrap();
        for ip in [NEW, GW] {
            s.set_neighbour(now, eth, Ipv4Addr::from(ip).into(), MacAddr([2, 0, 0, 0, 1, ip[3]]))
                .unwrap();
        }
        let to = |s: &Stack, now, d: [u8; 4]| {
            s.route_to(now, FibId(0), Ipv4Addr::from(d).into()).unwrap().next_hop
        };
        let f = redirect_frame(from, code, gateway, dst);
        s.handle_frame(now, eth, &RxFrame::unchecked(&f));
        drain(&mut s, now);
        let stats = *s.stats();
        assert_eq!(
            (stats.icmp_redirect_accepted, stats.icmp_redirect_refused),
            (u64::from(accepted), u64::from(!accepted)),
            "{name}"
        );
        if accepted {
            assert_eq!(to(&s, now, DST), IpAddr::from(NEW), "{name}");
            assert_eq!(to(&s, now, [198, 51, 100, 2]), IpAddr::from(GW));
            let later = Micros(300_000_002);
            assert_eq!(to(&s, later, DST), IpAddr::from(GW), "expiry restores the gateway");
            // Replacing the route drops what was learnt on it.
            s.replace_route(FibId(0), &default).unwrap();
            assert_eq!(to(&s, now, DST), IpAddr::from(GW));
        }
    }
}

#[test]
fn redirect_waits_for_the_new_gateway_to_be_resolved() {
    let (mut s, eth) = stack();
    let now = Micros(1);
    let gw: IpAddr = "10.0.0.254".parse().unwrap();
    s.add_route(FibId(0), &RouteSpec::via("0.0.0.0/0".parse().unwrap(), eth, gw)).unwrap();
    let f = redirect_frame([10, 0, 0, 254], 1, [10, 0, 0, 253], [198, 51, 100, 1]);
    s.handle_frame(now, eth, &RxFrame::unchecked(&f));
    let sent = drain(&mut s, now);
    assert!(sent.iter().any(|f| f.bytes[12..14] == [8, 6]), "resolution begins");
    assert_eq!(s.stats().icmp_redirect_refused, 1);
}

#[test]
fn ten_thousand_spoofed_redirects_and_path_mtus_take_bounded_memory() {
    let (mut s, eth) = stack();
    let now = Micros(1);
    let gw: IpAddr = "10.0.0.254".parse().unwrap();
    s.add_route(FibId(0), &RouteSpec::via("0.0.0.0/0".parse().unwrap(), eth, gw)).unwrap();
    s.set_neighbour(now, eth, "10.0.0.253".parse().unwrap(), MacAddr([2, 0, 0, 0, 1, 1])).unwrap();
    for n in 0..10_000u32 {
        let dst = (0xc633_0000 + n).to_be_bytes();
        let f = redirect_frame([10, 0, 0, 254], 1, [10, 0, 0, 253], dst);
        s.handle_frame(now, eth, &RxFrame::unchecked(&f));
        drain(&mut s, now);
    }
    assert_eq!(s.stats().icmp_redirect_accepted, 10_000);
    let n = s.fib(FibId(0)).unwrap().exceptions().len();
    assert!(n <= 256 * 5 && n > 1000, "{n}");
}

fn ptb(v6: bool, tuple: &toe_stack::FourTuple, seq: u32, mtu: u32) -> Vec<u8> {
    let mut l4 = Vec::new();
    l4.extend_from_slice(&tuple.local.port.to_be_bytes());
    l4.extend_from_slice(&tuple.remote.port.to_be_bytes());
    l4.extend_from_slice(&seq.to_be_bytes());
    if v6 {
        let mut m = vec![2, 0, 0, 0];
        m.extend_from_slice(&mtu.to_be_bytes());
        m.extend_from_slice(&[0x60, 0, 0, 0, 5, 0xdc, 6, 64]);
        m.extend_from_slice(&OUR6.octets());
        m.extend_from_slice(&PEER6.octets());
        m.extend_from_slice(&l4);
        icmp6_frame("fd00::fe".parse().unwrap(), OUR6, 64, &m)
    } else {
        let mut m = vec![3, 4, 0, 0, 0, 0];
        m.extend_from_slice(&(mtu as u16).to_be_bytes());
        m.extend_from_slice(&[0x45, 0, 5, 220, 0, 0, 0x40, 0, 64, 6, 0, 0]);
        m.extend_from_slice(&OUR4.octets());
        m.extend_from_slice(&PEER4.octets());
        m.extend_from_slice(&l4);
        icmp4_frame([10, 0, 0, 254], &m)
    }
}

/// S-MTU-1, S-MTU-2: a path that is narrower than it looks; continuous reports; DF as specified.
#[test]
fn path_mtu_narrow_paths_complete_with_df_as_specified() {
    let cases: [(bool, u32, bool); 8] = [
        (false, 100, false),
        (false, 200, false),
        (false, 255, false),
        (false, 256, true),
        (false, 296, true),
        (false, 1400, true),
        (true, 1280, true),
        (true, 1400, true),
    ];
    for (v6, path_mtu, df) in cases {
        let mut w = World::new(70);
        let peer: IpAddr = if v6 { PEER6.into() } else { PEER4.into() };
        let (id, h) = connected(&mut w, peer);
        let tuple = w.stack.tcp_tuple(id).unwrap();
        w.pass(100_000);
        w.narrow = Some(path_mtu as usize);
        let data = common::pattern(30_000, 7);
        let (mut sent, mut got) = (0, Vec::new());
        let mut reports = 0;
        w.run(120_000_000, |w| {
            let now = w.now();
            if let Ok(n) = w.stack.tcp_send(now, id, &data[sent..]) {
                sent += n;
            }
            // The narrow router answers every packet that is too big.
            for seq in std::mem::take(&mut w.too_big) {
                reports += 1;
                let f = ptb(v6, &tuple, seq, path_mtu);
                let (now, eth) = (w.now(), w.eth);
                w.stack.handle_frame(now, eth, &RxFrame::unchecked(&f));
            }
            let peer = w.sockets.get_mut::<tcp::Socket<'_>>(h);
            let mut buf = [0; 4096];
            while peer.can_recv() {
                let n = peer.recv_slice(&mut buf).unwrap();
                got.extend_from_slice(&buf[..n]);
            }
            got.len() == data.len()
        });
        assert!(got == data);
        let info = w.stack.tcp_info(w.now(), id).unwrap();
        assert_eq!(info.df, df, "v6 {v6} path {path_mtu}");
        let expected = if df { path_mtu } else { 256 } - if v6 { 60 } else { 40 };
        assert_eq!(u32::from(info.path_mss), expected);
        assert_eq!(info.counters.mtu_rewinds, 1, "one retransmission for one MTU");
        assert!(reports >= 1);
    }
}

#[test]
fn forged_and_growing_path_mtus_change_nothing() {
    for v6 in [false, true] {
        let mut w = World::new(71);
        let peer: IpAddr = if v6 { PEER6.into() } else { PEER4.into() };
        let (id, _) = connected(&mut w, peer);
        let tuple = w.stack.tcp_tuple(id).unwrap();
        let now = w.now();
        w.drop_from_stack = true;
        w.stack.tcp_send(now, id, &[1; 3000]).unwrap();
        w.settle();
        let info = w.stack.tcp_info(now, id).unwrap();
        let before = info.path_mss;
        // Outside the window: before SND.UNA, at SND.MAX, far away.
        for seq in [info.snd_una.0.wrapping_sub(1), info.snd_max.0, info.snd_una.0 ^ 0x4000_0000] {
            w.stack.handle_frame(now, w.eth, &RxFrame::unchecked(&ptb(v6, &tuple, seq, 1300)));
            w.settle();
        }
        assert_eq!(w.stack.stats().icmp_out_of_window, 3);
        // In the window but larger than what is in use.
        let f = ptb(v6, &tuple, info.snd_una.0, 9000);
        w.stack.handle_frame(now, w.eth, &RxFrame::unchecked(&f));
        w.settle();
        assert_eq!(w.stack.tcp_info(now, id).unwrap().path_mss, before);
        assert_eq!(w.stack.stats().icmp_pmtu_ignored, 1);
    }
}

/// S-MP-8: a flood of ten times the queue's capacity is dropped and counted; order is kept.
#[test]
fn icmp_flood_is_bounded_and_in_order() {
    let (mut s, eth) = base_stack(
        1,
        OffloadCaps::default(),
        StackConfig { icmp: IcmpConfig { queue: 256, ..Default::default() }, ..Default::default() },
    );
    let now = Micros(1);
    s.set_neighbour(now, eth, "10.0.0.9".parse().unwrap(), MacAddr([2, 0, 0, 0, 0, 9])).unwrap();
    drain(&mut s, now);
    for n in 0..2560u16 {
        let mut m = vec![8, 0, 0, 0, 0, 1];
        m.extend_from_slice(&n.to_be_bytes());
        s.handle_frame(now, eth, &RxFrame::unchecked(&icmp4_frame([10, 0, 0, 9], &m)));
    }
    let replies = drain(&mut s, now);
    assert_eq!(replies.len(), 256);
    assert_eq!(s.stats().icmp_queue_drops, 2560 - 256);
    for (n, f) in replies.iter().enumerate() {
        assert_eq!(f.bytes[40..42], (n as u16).to_be_bytes());
    }
}

/// S-LNX-7: a scan of a /16 does not fill memory and does not throw out live peers.
#[test]
fn neighbour_table_survives_a_scan() {
    let (mut s, eth) = stack();
    s.add_address(Micros(1), eth, IfAddr::new("10.9.0.1/16".parse().unwrap())).unwrap();
    drain(&mut s, Micros(1));
    let live: Vec<Ipv4Addr> = (2..12).map(|n| Ipv4Addr::new(10, 0, 0, n)).collect();
    let mut now = 1_000_000u64;
    for ip in &live {
        let f = arp_frame(1, 6, 4, [2, 0, 0, 0, 3, ip.octets()[3]], ip.octets(), OUR4.octets());
        s.handle_frame(Micros(now), eth, &RxFrame::unchecked(&f));
    }
    for n in 2..65_000u32 {
        now += 2_000;
        let target = Ipv4Addr::from(0x0a09_0000 + n);
        let _full = s.ping(Micros(now), FibId(0), target.into(), 1, 1, &[]);
        if n % 100 == 0 {
            for ip in &live {
                s.ping(Micros(now), FibId(0), (*ip).into(), 1, 1, &[]).unwrap();
            }
        }
        for f in drain(&mut s, Micros(now)) {
            // Live peers answer probes.
            if f.bytes[12..14] == [8, 6] && live.iter().any(|ip| f.bytes[38..42] == ip.octets()) {
                let ip: [u8; 4] = f.bytes[38..42].try_into().unwrap();
                let a = arp_frame(2, 6, 4, [2, 0, 0, 0, 3, ip[3]], ip, OUR4.octets());
                s.handle_frame(Micros(now), eth, &RxFrame::unchecked(&a));
            }
        }
        assert!(s.neighbours().len() <= 1024);
    }
    for ip in &live {
        let key = s.neighbour_key(eth, (*ip).into()).unwrap();
        assert!(s.neighbours().mac(&key).is_some(), "{ip} was thrown out");
    }
    let c = s.neighbours().counters;
    assert_eq!(c.allocs - c.frees, s.neighbours().len() as u64);
    assert!(c.table_full > 0 && c.forced_gc > 0);
}

/// S-LNX-8: a million destinations over a tunnel are one neighbour.
#[test]
fn point_to_point_links_have_one_neighbour() {
    let mut s = Stack::new(StackConfig::default());
    let tun = s.add_interface(InterfaceConfig::point_to_point("tun0")).unwrap();
    s.add_address(Micros(0), tun, IfAddr::new("10.8.0.1/24".parse().unwrap())).unwrap();
    s.add_route(FibId(0), &RouteSpec::on_link("0.0.0.0/0".parse().unwrap(), tun)).unwrap();
    for n in 0..1_000_000u32 {
        let dst = Ipv4Addr::from(0x0b00_0000 + n);
        s.ping(Micros(5), FibId(0), dst.into(), 1, 1, &[]).unwrap();
        let f = s.poll_transmit(Micros(5)).unwrap();
        assert_eq!(f.bytes[0], 0x45, "no link header");
    }
    assert_eq!((s.neighbours().len(), s.neighbours().counters.allocs), (1, 1));
}

/// S-LNX-6: the states in order, with their times.
#[test]
fn nud_states_and_times() {
    let (mut s, eth) = stack();
    let peer: IpAddr = PEER4.into();
    let key = s.neighbour_key(eth, peer).unwrap();
    let state = |s: &Stack| s.neighbours().info(&key).map(|i| i.state);
    let arp_count =
        |frames: &[TxFrame]| frames.iter().filter(|f| f.bytes[12..14] == [8, 6]).count();
    let mut now = 1_000_000;
    s.ping(Micros(now), FibId(0), PEER4.into(), 1, 1, &[]).unwrap();
    assert_eq!(arp_count(&drain(&mut s, Micros(now))), 1);
    assert_eq!(state(&s), Some(NudState::Incomplete));
    // Three probes, a second apart, then failure.
    for probes in [1, 1, 0] {
        now += 1_000_000;
        assert_eq!(s.next_deadline(), Some(Micros(now)));
        assert_eq!(arp_count(&drain(&mut s, Micros(now))), probes);
    }
    assert_eq!(state(&s), Some(NudState::Failed));
    assert_eq!(s.next_deadline(), None, "nothing to wait for");
    // Again, answered this time.
    now += 2_000_000;
    s.ping(Micros(now), FibId(0), PEER4.into(), 1, 2, &[]).unwrap();
    drain(&mut s, Micros(now));
    let reply = arp_frame(2, 6, 4, common::PEER_MAC, PEER4.octets(), OUR4.octets());
    s.handle_frame(Micros(now), eth, &RxFrame::unchecked(&reply));
    assert_eq!(drain(&mut s, Micros(now)).len(), 1, "the held packet goes out");
    assert_eq!(state(&s), Some(NudState::Reachable));
    // Reachable for 0.5 to 1.5 times 30 s.
    let until = s.next_deadline().unwrap().0;
    assert!((15_000_000..=45_000_000).contains(&(until - now)), "{}", until - now);
    now = until;
    drain(&mut s, Micros(now));
    assert_eq!(state(&s), Some(NudState::Stale));
    // Used while stale: sent at once, probed by unicast after 5 s without confirmation.
    s.ping(Micros(now), FibId(0), PEER4.into(), 1, 3, &[]).unwrap();
    assert_eq!(drain(&mut s, Micros(now)).len(), 1);
    assert_eq!(state(&s), Some(NudState::Delay));
    now += 5_000_001;
    drain(&mut s, Micros(now));
    assert_eq!(state(&s), Some(NudState::Probe));
    now += 1_000_000;
    let probes = drain(&mut s, Micros(now));
    assert_eq!(probes[0].bytes[..6], common::PEER_MAC, "unicast");
    // Progress above confirms it.
    s.confirm_progress(Micros(now), key);
    assert_eq!(state(&s), Some(NudState::Reachable));
}

/// A stack that has just asked for the peer, and knows it.
fn with_a_neighbour() -> (Stack, NeighKey) {
    let (mut s, eth) = stack();
    let key = s.neighbour_key(eth, PEER4.into()).unwrap();
    s.ping(Micros(1), FibId(0), PEER4.into(), 1, 1, &[]).unwrap();
    let reply = arp_frame(2, 6, 4, common::PEER_MAC, PEER4.octets(), OUR4.octets());
    s.handle_frame(Micros(1), eth, &RxFrame::unchecked(&reply));
    drain(&mut s, Micros(1));
    (s, key)
}

/// S-LNX-6: an hour of engine progress costs no probe.
#[test]
fn progress_of_the_engine_keeps_a_neighbour_without_probes() {
    let (mut s, key) = with_a_neighbour();
    let c = s.neighbours().counters;
    for second in 1..3600u64 {
        let now = Micros(second * 1_000_000);
        s.neighbour_used(now, key);
        s.confirm_progress(now, key);
        assert_eq!(drain(&mut s, now), []);
    }
    let d = s.neighbours().counters;
    assert_eq!((c.probes_unicast, c.probes_multicast), (d.probes_unicast, d.probes_multicast));
}

/// S-LNX-6: an engine that only sends, and sends again, has shown nothing: the neighbour is asked, and given up.
#[test]
fn sending_without_progress_confirms_nothing() {
    let (mut s, key) = with_a_neighbour();
    let before = s.neighbours().counters;
    for second in 1..120u64 {
        let now = Micros(second * 1_000_000);
        s.neighbour_used(now, key);
        drain(&mut s, now);
    }
    let after = s.neighbours().counters;
    assert_eq!(after.confirmations, before.confirmations);
    assert!(after.probes_unicast >= before.probes_unicast + 3, "{after:?}");
    assert!(after.failed > before.failed, "nobody answers");
}

/// S-SCOPE-2: what must not leave does not leave, and what must not come in does not.
#[test]
fn loopback_addresses_never_cross_the_wire() {
    let (mut s, eth) = stack();
    let now = Micros(1);
    s.add_route(FibId(0), &RouteSpec::on_link("0.0.0.0/0".parse().unwrap(), eth)).unwrap();
    s.add_route(FibId(0), &RouteSpec::on_link("::/0".parse().unwrap(), eth)).unwrap();
    // bind(::1) and connect to a global address.
    for (own, to) in [("::1", "fd00::2"), ("127.0.0.1", "10.0.0.2")] {
        let id = s.tcp_socket(TcpOptions::default());
        let own: IpAddr = own.parse().unwrap();
        s.tcp_bind(id, Endpoint::new(scoped(own), 0)).unwrap();
        let to: IpAddr = to.parse().unwrap();
        assert!(s.tcp_connect(now, id, Endpoint::new(scoped(to), 80)).is_err());
        let u = s.udp_socket(Default::default(), FibId(0));
        s.udp_bind(u, scoped(own), 99).unwrap();
        assert!(s.udp_send(now, u, Some(Endpoint::new(scoped(to), 80)), b"x").is_err());
    }
    assert_eq!(s.stats().tx_egress_guard, 2);
    let mapped: Ipv6Addr = "::ffff:10.0.0.2".parse().unwrap();
    let u = s.udp_socket(Default::default(), FibId(0));
    assert!(s.udp_send(now, u, Some(Endpoint::new(scoped(mapped), 80)), b"x").is_err());
    assert_eq!(drain(&mut s, now), []);
    let mut echo = vec![8, 0, 0, 0, 0, 1, 0, 1];
    s.handle_frame(now, eth, &RxFrame::unchecked(&icmp4_frame([127, 0, 0, 1], &echo)));
    echo[0] = 128;
    let f = icmp6_frame(Ipv6Addr::LOCALHOST, OUR6, 64, &echo);
    s.handle_frame(now, eth, &RxFrame::unchecked(&f));
    assert_eq!((s.stats().ip_bad_scope, drain(&mut s, now).len()), (2, 0));
}

/// S-SCOPE-1: one link-local address on two ports is two peers; a naked one cannot be named.
#[test]
fn link_local_peers_are_kept_apart_by_zone() {
    let (mut s, eth0) = stack();
    let eth1 =
        s.add_interface(InterfaceConfig::ethernet("eth1", MacAddr([2, 0, 0, 0, 0, 0x11]))).unwrap();
    s.add_link_local(Micros(0), eth1).unwrap();
    let peer: IpAddr = "fe80::2".parse().unwrap();
    assert!(ScopedAddr::global(peer).is_err());
    for eth in [eth0, eth1] {
        s.set_neighbour(Micros(0), eth, peer, MacAddr([2, 0, 0, 0, 9, eth.index() as u8])).unwrap();
    }
    drain(&mut s, Micros(0));
    let mut tuples = Vec::new();
    for eth in [eth0, eth1] {
        let id = s.tcp_socket(TcpOptions::default());
        let to = Endpoint::new(ScopedAddr::on(peer, eth), 80);
        s.tcp_connect(Micros(1), id, to).unwrap();
        let sent = drain(&mut s, Micros(1));
        assert_eq!(sent[0].port, eth);
        assert_eq!(sent[0].bytes[..6], [2, 0, 0, 0, 9, eth.index() as u8]);
        tuples.push(s.tcp_tuple(id).unwrap());
    }
    assert_ne!(tuples[0], tuples[1]);
    assert!(
        s.add_route(FibId(0), &RouteSpec::on_link("fe80::/64".parse().unwrap(), eth0)).is_err()
    );
}

/// S-SCOPE-5, S-SCOPE-6: removed and added again, the old id finds nothing; removing twice is an error only.
#[test]
fn stale_interface_ids() {
    let (mut s, eth) = stack();
    s.remove_interface(eth).unwrap();
    assert!(s.remove_interface(eth).is_err());
    let again = s.add_interface(InterfaceConfig::ethernet("eth0", common::OUR_MAC)).unwrap();
    assert_eq!(again.index(), eth.index());
    assert_ne!(again, eth);
    assert!(s.add_address(Micros(0), eth, IfAddr::new("10.1.0.1/24".parse().unwrap())).is_err());
    s.handle_frame(Micros(0), eth, &RxFrame::unchecked(&[0; 60]));
    assert_eq!(s.stats().rx_no_interface, 1);
    assert!(s.fib(FibId(0)).unwrap().table().routes().next().is_none());
}

/// S-FIB6-1: connected routes are in every FIB, static ones in their own; sockets follow their FIB.
#[test]
fn two_fibs_same_prefix_different_gateways() {
    let (mut s, eth) =
        base_stack(1, OffloadCaps::default(), StackConfig { fibs: 2, ..Default::default() });
    for (fib, gw) in [(0, "10.0.0.11"), (1, "10.0.0.12")] {
        let spec = RouteSpec::via("192.0.2.0/24".parse().unwrap(), eth, gw.parse().unwrap());
        s.add_route(FibId(fib), &spec).unwrap();
    }
    let only =
        RouteSpec::via("198.51.100.0/24".parse().unwrap(), eth, "10.0.0.13".parse().unwrap());
    s.add_route(FibId(1), &only).unwrap();
    let hop = |fib, ip: [u8; 4]| {
        s.route_to(Micros(0), FibId(fib), Ipv4Addr::from(ip).into()).map(|r| r.next_hop).ok()
    };
    let ip = |s: &str| Some(s.parse::<IpAddr>().unwrap());
    assert_eq!(hop(0, [192, 0, 2, 1]), ip("10.0.0.11"));
    assert_eq!(hop(1, [192, 0, 2, 1]), ip("10.0.0.12"));
    assert_eq!((hop(0, [198, 51, 100, 1]), hop(1, [198, 51, 100, 1])), (None, ip("10.0.0.13")));
    assert_eq!(hop(0, [10, 0, 0, 9]), hop(1, [10, 0, 0, 9]));
    assert!(s.add_route(FibId(2), &only).is_err());
}

#[test]
fn vlans_are_interfaces_of_their_own() {
    let (mut s, eth) = stack();
    let vlan = s.add_interface(InterfaceConfig::vlan("eth0.7", eth, 7)).unwrap();
    s.add_address(Micros(0), vlan, IfAddr::new("10.7.0.1/24".parse().unwrap())).unwrap();
    drain(&mut s, Micros(0));
    s.ping(Micros(1), FibId(0), Ipv4Addr::new(10, 7, 0, 2).into(), 1, 1, &[]).unwrap();
    let sent = drain(&mut s, Micros(1));
    assert_eq!((sent[0].port, &sent[0].bytes[12..18]), (eth, &[0x81, 0, 0, 7, 8, 6][..]));
    // The answer comes tagged: in the frame, or taken out by the device.
    let reply = arp_frame(2, 6, 4, [2, 0, 0, 0, 7, 2], [10, 7, 0, 2], [10, 7, 0, 1]);
    let mut tagged = reply.clone();
    tagged.splice(12..12, [0x81, 0, 0, 7]);
    s.handle_frame(Micros(2), eth, &RxFrame::unchecked(&tagged));
    assert_eq!(drain(&mut s, Micros(2)).len(), 1);
    let stripped = RxFrame { vlan: Some(8), ..RxFrame::unchecked(&reply) };
    s.handle_frame(Micros(2), eth, &stripped);
    assert_eq!(s.stats().rx_unknown_vlan, 1);
    assert!(s.remove_interface(eth).is_err(), "a VLAN is on it");
}

/// S-CSUM-3: the verdict is honoured where the capability is on, and only there.
#[test]
fn checksum_verdicts() {
    let mut echo = vec![17; 20];
    echo.truncate(20);
    for (caps, verdict, good, delivered) in [
        (false, Verdict::Good, false, false),
        (false, Verdict::Bad, true, true),
        (true, Verdict::Good, false, true),
        (true, Verdict::Bad, true, false),
        (true, Verdict::NotChecked, false, false),
        (true, Verdict::NotChecked, true, true),
    ] {
        let caps = OffloadCaps { rx_csum4: caps, ..OffloadCaps::default() };
        let (mut s, eth) = base_stack(1, caps, StackConfig::default());
        let u = s.udp_socket(Default::default(), FibId(0));
        s.udp_bind(u, OUR4.into(), 53).unwrap();
        let f = udp_frame(good);
        let rx = RxFrame { l4_csum: verdict, ..RxFrame::unchecked(&f) };
        s.handle_frame(Micros(1), eth, &rx);
        assert_eq!(s.udp_recv(u).is_ok(), delivered, "{verdict:?} good {good}");
        assert_eq!(s.stats().udp_bad_checksum, u64::from(!delivered));
    }
}

fn udp_frame(good: bool) -> Vec<u8> {
    let (mut s, eth) = (Stack::new(StackConfig::default()), ());
    let () = eth;
    let id = s.add_interface(InterfaceConfig::ethernet("x", MacAddr([2, 0, 0, 0, 0, 2]))).unwrap();
    s.add_address(Micros(0), id, IfAddr::new("10.0.0.2/24".parse().unwrap())).unwrap();
    s.set_neighbour(Micros(0), id, OUR4.into(), common::OUR_MAC).unwrap();
    drain(&mut s, Micros(0));
    let u = s.udp_socket(Default::default(), FibId(0));
    s.udp_send(Micros(0), u, Some(Endpoint::new(OUR4.into(), 53)), b"query").unwrap();
    let mut f = s.poll_transmit(Micros(0)).unwrap().bytes;
    if !good {
        f[40] ^= 1;
    }
    f
}

/// S-VNET-1: two stacks with the same 4-tuple and other settings do not see each other.
#[test]
fn stacks_are_isolated() {
    let mut a = World::new(80);
    let mut b = World::with(
        81,
        OffloadCaps::default(),
        StackConfig {
            hop_limit: 9,
            neigh: NeighConfig { hold_limit: 1, ..Default::default() },
            ..Default::default()
        },
    );
    let (ia, ha) = connected(&mut a, PEER4.into());
    let (ib, hb) = connected(&mut b, PEER4.into());
    let (na, nb) = (a.now(), b.now());
    a.stack.tcp_send(na, ia, b"for a").unwrap();
    b.stack.tcp_send(nb, ib, b"for b").unwrap();
    a.record = true;
    b.record = true;
    a.pass(100_000);
    b.pass(100_000);
    let mut buf = [0; 16];
    let n = a.sockets.get_mut::<tcp::Socket<'_>>(ha).recv_slice(&mut buf).unwrap();
    assert_eq!(&buf[..n], b"for a");
    let n = b.sockets.get_mut::<tcp::Socket<'_>>(hb).recv_slice(&mut buf).unwrap();
    assert_eq!(&buf[..n], b"for b");
    assert_eq!((a.seen[0][22], b.seen[0][22]), (64, 9), "hop limits");
}

/// S-VNET-4: a thousand stacks come and go; none leaves a timer.
#[test]
fn a_thousand_stacks() {
    // Resident pages of this process, KiB (proc(5)).
    let resident = || {
        let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
        text.split(' ').nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) * 4
    };
    let round = |seeds: std::ops::Range<u128>| {
        for seed in seeds {
            let (mut s, eth) = base_stack(seed, OffloadCaps::default(), StackConfig::default());
            assert_eq!(s.next_deadline(), None, "an idle stack has no timer");
            // It has lived: neighbours, sockets, half-open sessions, segments that wait.
            let listener = s.tcp_socket(TcpOptions::default());
            s.tcp_bind(listener, Endpoint::new(OUR4.into(), 80)).unwrap();
            s.tcp_listen(listener, 4).unwrap();
            s.set_neighbour(Micros(0), eth, PEER4.into(), MacAddr(common::PEER_MAC)).unwrap();
            let client = s.tcp_socket(TcpOptions::default());
            s.tcp_connect(Micros(0), client, Endpoint::new(PEER4.into(), 80)).unwrap();
            assert!(s.poll_transmit(Micros(0)).is_some());
            assert!(s.next_deadline().is_some());
        }
    };
    // What the allocator keeps for itself is there after the first hundred.
    round(0..100);
    let before = resident();
    round(100..1100);
    let grown = resident().saturating_sub(before);
    // Other tests run in the same process; a stack that leaked would leave hundreds of MiB.
    assert!(grown < 64 * 1024, "{grown} KiB more after a thousand stacks");
}

fn any_frame() -> impl Strategy<Value = Vec<u8>> {
    let ethertype = prop_oneof![
        Just(vec![8u8, 0]),
        Just(vec![8, 6]),
        Just(vec![0x86, 0xdd]),
        Just(vec![0x81, 0]),
        proptest::collection::vec(any::<u8>(), 2)
    ];
    (ethertype, proptest::collection::vec(any::<u8>(), 0..200), any::<bool>()).prop_map(
        |(t, body, broadcast)| {
            let mut f = if broadcast { vec![0xff; 6] } else { common::OUR_MAC.0.to_vec() };
            f.extend_from_slice(&[2, 0, 0, 0, 0, 2]);
            f.extend_from_slice(&t);
            f.extend_from_slice(&body);
            f
        },
    )
}

/// Valid frames of all kinds, to cut and damage.
fn good_frames() -> Vec<Vec<u8>> {
    let mut out = vec![
        arp_frame(1, 6, 4, [2, 0, 0, 0, 0, 2], PEER4.octets(), OUR4.octets()),
        redirect_frame([10, 0, 0, 254], 1, [10, 0, 0, 253], [198, 51, 100, 1]),
        udp_frame(true),
    ];
    let target = OUR6.octets();
    for kind in [133u8, 134, 135, 136, 137] {
        let mut m = vec![kind, 0, 0, 0, 0x60, 0, 0, 0];
        m.extend_from_slice(&target);
        if kind == 137 {
            m.extend_from_slice(&PEER6.octets());
        }
        m.extend_from_slice(&[1, 1, 2, 0, 0, 0, 0, 2, 2, 1, 2, 0, 0, 0, 0, 2]);
        out.push(icmp6_frame("fe80::2".parse().unwrap(), OUR6, 255, &m));
    }
    let mut w = World::new(90);
    w.record = true;
    connected(&mut w, PEER4.into());
    let swap = |f: &Vec<u8>| {
        let mut f = f.clone();
        f[..6].copy_from_slice(&common::OUR_MAC.0);
        f
    };
    out.extend(w.seen.iter().map(swap));
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]
    /// No input panics, and the next good frame is served.
    #[test]
    fn random_frames(frames in proptest::collection::vec(any_frame(), 1..8), l4 in 0u8..3) {
        let (mut s, eth) = base_stack(5, OffloadCaps::all(), StackConfig::default());
        let verdict = [Verdict::NotChecked, Verdict::Good, Verdict::Bad][usize::from(l4)];
        for f in &frames {
            let rx = RxFrame { bytes: f, ip_csum: verdict, l4_csum: verdict, vlan: None };
            s.handle_frame(Micros(1), eth, &rx);
            drain(&mut s, Micros(1));
        }
        let arp = arp_frame(1, 6, 4, [2, 0, 0, 0, 0, 9], [10, 0, 0, 9], OUR4.octets());
        s.handle_frame(Micros(2), eth, &RxFrame::unchecked(&arp));
        prop_assert_eq!(drain(&mut s, Micros(2)).len(), 1);
    }
}

#[test]
fn cut_and_damaged_frames() {
    let mut rng = toe_stack::Prng::new(4);
    for good in good_frames() {
        let (mut s, eth) = base_stack(6, OffloadCaps::all(), StackConfig::default());
        let l = s.tcp_socket(TcpOptions::default());
        s.tcp_bind(l, Endpoint::new(OUR4.into(), 8080)).unwrap();
        s.tcp_listen(l, 4).unwrap();
        for cut in 0..=good.len() {
            // Checksums are said to be good: the parsers behind them must stand on their own.
            for verdict in [Verdict::Good, Verdict::NotChecked] {
                let rx =
                    RxFrame { bytes: &good[..cut], ip_csum: verdict, l4_csum: verdict, vlan: None };
                s.handle_frame(Micros(1), eth, &rx);
                drain(&mut s, Micros(1));
            }
        }
        for _ in 0..500 {
            let mut f = good.clone();
            for _ in 0..=rng.below(4) {
                let at = rng.below(f.len() as u64) as usize;
                f[at] = rng.next_u32() as u8;
            }
            let v = Verdict::Good;
            let rx = RxFrame { bytes: &f, ip_csum: v, l4_csum: v, vlan: None };
            s.handle_frame(Micros(1), eth, &rx);
            drain(&mut s, Micros(1));
        }
    }
}

/// S-ARP-2: packets wait for the address, at most so many, the oldest dropped; they leave in order.
#[test]
fn hold_queue_drops_the_oldest() {
    let (mut s, eth) = stack();
    for n in 0..70u16 {
        s.ping(Micros(1), FibId(0), PEER4.into(), 1, n, &[]).unwrap();
    }
    drain(&mut s, Micros(1));
    let reply = arp_frame(2, 6, 4, common::PEER_MAC, PEER4.octets(), OUR4.octets());
    s.handle_frame(Micros(2), eth, &RxFrame::unchecked(&reply));
    let seqs: Vec<u16> = drain(&mut s, Micros(2))
        .iter()
        .map(|f| u16::from_be_bytes([f.bytes[40], f.bytes[41]]))
        .collect();
    assert_eq!(seqs, (6..70).collect::<Vec<u16>>());
    assert_eq!(s.neighbours().counters.hold_dropped, 6);
}

/// S-ARP-2, S-LNX-6: the first of two contradicting answers wins for a second.
#[test]
fn arp_locktime() {
    let (mut s, eth) = stack();
    let key = s.neighbour_key(eth, PEER4.into()).unwrap();
    s.ping(Micros(1), FibId(0), PEER4.into(), 1, 1, &[]).unwrap();
    for (now, mac, expected) in [
        (2_000, [2, 0, 0, 0, 0, 7], 7),
        (3_000, [2, 0, 0, 0, 0, 8], 7),
        (1_003_000, [2, 0, 0, 0, 0, 8], 8),
    ] {
        let reply = arp_frame(2, 6, 4, mac, PEER4.octets(), OUR4.octets());
        s.handle_frame(Micros(now), eth, &RxFrame::unchecked(&reply));
        assert_eq!(s.neighbours().mac(&key), Some(MacAddr([2, 0, 0, 0, 0, expected])));
    }
}

#[test]
fn groups_are_received_where_they_were_joined() {
    let (mut s, eth) = stack();
    let u = s.udp_socket(Default::default(), FibId(0));
    s.udp_bind(u, scoped(Ipv4Addr::UNSPECIFIED), 53).unwrap();
    let group = Ipv4Addr::new(239, 1, 2, 3);
    let mut f = udp_frame(true);
    f[..6].copy_from_slice(&MacAddr::for_multicast(group.into()).0);
    f[30..34].copy_from_slice(&group.octets());
    // The checksums are the device's business here.
    let rx = RxFrame { ip_csum: Verdict::Good, l4_csum: Verdict::Good, ..RxFrame::unchecked(&f) };
    s.set_caps(eth, OffloadCaps { rx_csum4: true, ..OffloadCaps::default() }).unwrap();
    s.handle_frame(Micros(1), eth, &rx);
    assert_eq!((s.udp_recv(u).is_ok(), s.stats().ip_not_ours), (false, 1));
    s.join_group(eth, group.into()).unwrap();
    s.handle_frame(Micros(1), eth, &rx);
    assert_eq!(s.udp_recv(u).map(|d| d.to.ip()), Ok(group.into()));
    s.leave_group(eth, group.into()).unwrap();
    s.handle_frame(Micros(1), eth, &rx);
    assert!(s.udp_recv(u).is_err());
}

/// A stack may live in another thread, and be created in one and moved to another.
#[test]
fn a_stack_is_send() {
    fn send<T: Send>(_: &T) {}
    send(&stack().0);
}

/// S-EXP-1: the estimate covers what comes meanwhile, for small tables too.
#[test]
fn table_estimate() {
    let (mut s, _) = stack();
    for n in 0..8 {
        assert!(s.tcp_table_estimate() >= s.tcp_table(Micros(0)).count() + 10);
        let l = s.tcp_socket(TcpOptions::default());
        s.tcp_bind(l, Endpoint::new(OUR4.into(), 100 + n)).unwrap();
        s.tcp_listen(l, 1).unwrap();
        assert_eq!(s.tcp_table(Micros(0)).count(), usize::from(n) + 1);
    }
}

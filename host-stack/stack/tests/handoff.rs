// SPDX-License-Identifier: Apache-2.0
//! Sessions leave the stack and come back while the peer streams; news about paths while they are away.

#![cfg(all(feature = "ipv4", feature = "ipv6"))]
#![allow(missing_docs, clippy::cast_possible_truncation)]

mod common;

use std::net::IpAddr;

use common::{OUR4, PEER4, PEER6, Wire, World, connected, pattern};
use smoltcp::socket::tcp;
use toe_stack::handoff::{DetachError, Phase};
use toe_stack::table::{Offload, Row};
use toe_stack::{
    Detached, EngineClose, FibId, FourTuple, HandoffEvent, MacAddr, Micros, Prng, RouteSpec,
    RxFrame, TcpError, TcpOptions,
};
use toe_tcp::State;

/// Both directions stream over a bad wire while the session is taken out and put back again and again.
fn under_fire(seed: u64, peer: IpAddr) -> u32 {
    let mut w = World::new(seed);
    // The opening is undisturbed: three lost ARP requests in a row would end it before it begins.
    let (id, h) = connected(&mut w, peer);
    w.wire = Wire { loss_percent: 2, duplicate_percent: 2, delay: 1_000, jitter: 2_000 };
    let to_peer = pattern(120_000, seed);
    let to_us = pattern(120_000, seed + 1);
    let (mut sent, mut peer_sent) = (0, 0);
    let (mut got_peer, mut got_us): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
    let mut rng = Prng::new(u128::from(seed) + 5);
    let mut away: Option<(Detached, u64)> = None;
    let mut moves = 0;
    w.tick = Some(5_000);
    w.run(600_000_000, |w| {
        let now = w.now();
        if let Some((_, back_at)) = &away
            && now.0 >= *back_at
        {
            let (d, _) = away.take().unwrap();
            w.stack.attach_tcp(now, id, &d.snapshot, d.tx, d.rx).unwrap();
        } else if away.is_none() && rng.below(12) == 0 {
            match w.stack.detach_tcp(now, id) {
                Ok(d) => {
                    assert_eq!(w.stack.away_phase(id), Some(Phase::InTransit));
                    assert_eq!(w.stack.tcp_send(now, id, b"x"), Err(TcpError::Away));
                    moves += 1;
                    away = Some((d, now.0 + rng.below(5_000)));
                }
                Err(DetachError::Unresolved | DetachError::State(_)) => {}
                Err(e) => panic!("{e}"),
            }
        }
        if away.is_none() {
            while sent < to_peer.len() {
                match w.stack.tcp_send(now, id, &to_peer[sent..]) {
                    Ok(n) => sent += n,
                    Err(TcpError::WouldBlock) => break,
                    Err(e) => panic!("{e}"),
                }
            }
            let mut buf = [0; 8192];
            while let Ok(n) = w.stack.tcp_recv(now, id, &mut buf) {
                got_us.extend_from_slice(&buf[..n]);
                if n == 0 {
                    break;
                }
            }
        }
        let peer = w.sockets.get_mut::<tcp::Socket<'_>>(h);
        if peer.can_send() && peer_sent < to_us.len() {
            peer_sent += peer.send_slice(&to_us[peer_sent..]).unwrap();
        }
        let mut buf = [0; 8192];
        while peer.can_recv() {
            let n = peer.recv_slice(&mut buf).unwrap();
            got_peer.extend_from_slice(&buf[..n]);
        }
        away.is_none() && got_peer.len() == to_peer.len() && got_us.len() == to_us.len()
    });
    assert!(got_peer == to_peer && got_us == to_us, "streams differ, seed {seed}");
    // Both close, in either order, and the session goes on moving in every state it passes through.
    let we_first = rng.below(2) == 0;
    let (mut we_closed, mut peer_closed, mut away) = (false, false, None::<(Detached, u64)>);
    w.run(600_000_000, |w| {
        let now = w.now();
        let peer = w.sockets.get_mut::<tcp::Socket<'_>>(h);
        if !peer_closed && (!we_first || !peer.may_recv()) {
            peer.close();
            peer_closed = true;
        }
        let over = matches!(peer.state(), tcp::State::Closed | tcp::State::TimeWait);
        match &away {
            Some((_, back_at)) if now.0 >= *back_at => {
                let (d, _) = away.take().unwrap();
                w.stack.attach_tcp(now, id, &d.snapshot, d.tx, d.rx).unwrap();
            }
            None if rng.below(6) == 0 => {
                if let Ok(d) = w.stack.detach_tcp(now, id) {
                    moves += 1;
                    away = Some((d, now.0 + rng.below(5_000)));
                }
            }
            _ => {}
        }
        if !we_closed && away.is_none() && (we_first || peer_closed) {
            w.stack.tcp_shutdown(now, id).unwrap();
            we_closed = true;
        }
        let ended = matches!(w.stack.tcp_state(id), Some(State::Closed | State::TimeWait));
        over && ended && we_closed
    });
    assert_eq!(w.stack.tcp_take_error(id), Ok(None), "a clean end, seed {seed}");
    w.tick = None;
    let now = w.now();
    w.stack.tcp_close(now, id).unwrap();
    w.pass(70_000_000);
    assert_eq!(w.stack.tcp_table(w.now()).count(), 0);
    moves
}

#[test]
fn handover_under_fire() {
    let mut moves = 0;
    let runs = std::env::var("TOE_HANDOFF_RUNS").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    for seed in 0..runs {
        let peer: IpAddr = if seed % 2 == 0 { PEER4.into() } else { PEER6.into() };
        moves += under_fire(seed, peer);
    }
    println!("{moves} moves");
    assert!(moves > 10 * runs as u32, "{moves}");
}

#[test]
fn segments_for_an_absent_session_are_caught_in_order_and_not_answered() {
    let mut w = World::new(60);
    let (id, h) = connected(&mut w, PEER4.into());
    w.pass(1_000_000);
    let now = w.now();
    let d = w.stack.detach_tcp(now, id).unwrap();
    assert_eq!(d.path.hop.dst_mac, Some(MacAddr(common::PEER_MAC)));
    w.stack.engine_took(id).unwrap();
    w.record = true;
    w.sockets.get_mut::<tcp::Socket<'_>>(h).set_nagle_enabled(false);
    for i in 0..3u8 {
        w.sockets.get_mut::<tcp::Socket<'_>>(h).send_slice(&[i; 10]).unwrap();
        w.pass(10_000);
    }
    assert!(w.seen.iter().all(|f| f[12..14] != [8, 0]), "nothing was answered");
    let mut events = 0;
    while let Some(e) = w.stack.poll_handoff() {
        events += u32::from(e == HandoffEvent::Caught(id));
    }
    assert_eq!(events, 1);
    let mut seqs = Vec::new();
    while let Some(c) = w.stack.take_caught(id) {
        assert_eq!(c.frame[..6], [2, 0, 0, 0, 0, 1]);
        seqs.push(u32::from_be_bytes(c.frame[38..42].try_into().unwrap()));
    }
    assert!(seqs.len() >= 3 && seqs.windows(2).all(|p| p[0] <= p[1]), "{seqs:?}");
    let row = w.stack.tcp_table(now).find(|r| r.offload() != Offload::Host).unwrap();
    assert!(matches!(row, Row::Away { offload: Offload::Engine, .. }));
    assert_eq!(row.offload().protocol(false), "toe4");
}

#[test]
fn the_4_tuple_of_an_engine_session_stays_taken_until_its_time_wait_is_over() {
    let mut w = World::new(61);
    let (id, _) = connected(&mut w, PEER4.into());
    let tuple = w.stack.tcp_tuple(id).unwrap();
    let now = w.now();
    w.stack.detach_tcp(now, id).unwrap();
    w.stack.engine_took(id).unwrap();
    assert!(w.stack.tuple_taken(&tuple));
    w.stack.engine_closed(id, EngineClose::TimeWait);
    assert!(w.stack.tuple_taken(&tuple));
    assert_eq!(w.stack.ports().time_wait_on(tuple.local.port), 1);
    assert!(w.stack.tcp_readiness(id).unwrap().hangup);
    w.stack.tcp_close(now, id).unwrap();
    // Binding to that port and connecting to the same peer is refused: the engine still answers for it.
    let c = w.stack.tcp_socket(TcpOptions {
        bind: toe_stack::ports::BindOptions { reuse_addr: true, ..Default::default() },
        ..Default::default()
    });
    w.stack.tcp_bind(c, tuple.local).unwrap();
    assert!(matches!(w.stack.tcp_connect(now, c, tuple.remote), Err(TcpError::Port(_))));
    w.stack.engine_time_wait_gone(&tuple);
    assert!(!w.stack.tuple_taken(&tuple));
    w.stack.tcp_connect(now, c, tuple.remote).unwrap();
}

/// S-VTW-5: what the engine cannot keep in TIME_WAIT stays in TIME_WAIT here, with its owner, for a whole linger.
#[test]
fn an_entry_without_a_place_in_the_engine_goes_on_in_the_software_table() {
    let mut w = World::new(63);
    let (id, _) = connected(&mut w, PEER4.into());
    let tuple = w.stack.tcp_tuple(id).unwrap();
    assert_eq!(w.stack.tcp_of_tuple(&tuple), Some(id));
    let now = w.now();
    w.stack.detach_tcp(now, id).unwrap();
    w.stack.engine_took(id).unwrap();
    let record = toe_tcp::TimeWaitRecord {
        snd_nxt: toe_tcp::SeqNum(7),
        rcv_nxt: toe_tcp::SeqNum(8),
        last_win: 9,
        rcv_wscale: 3,
        ts_ok: true,
        ts_recent: 10,
        ts_offset: 11,
        class: toe_tcp::MslClass::Local,
    };
    w.stack.engine_time_wait_refused(now, &tuple, record);
    assert_eq!(w.stack.time_wait().len(), 0, "not one that the engine has");
    w.stack.engine_closed(id, EngineClose::TimeWait);
    w.stack.tcp_close(now, id).unwrap();
    w.stack.engine_time_wait_refused(now, &tuple, record);
    let entry = w.stack.time_wait().get(&tuple).unwrap();
    assert_eq!(entry.record, record);
    assert_eq!(entry.expires, now + w.stack.time_wait().linger(record.class));
    assert!(w.stack.tuple_taken(&tuple));
    assert_eq!(w.stack.ports().time_wait_on(tuple.local.port), 1);
    // Once: what the engine says of it later means nothing.
    w.stack.engine_time_wait_gone(&tuple);
    w.stack.engine_time_wait_refused(now, &tuple, record);
    assert_eq!((w.stack.time_wait().len(), w.stack.ports().time_wait_on(tuple.local.port)), (1, 1));
    w.pass(11_000_000);
    assert!(!w.stack.tuple_taken(&tuple));
    assert_eq!(w.stack.ports().time_wait_on(tuple.local.port), 0);
}

fn paths(w: &mut World) -> Vec<HandoffEvent> {
    std::iter::from_fn(|| w.stack.poll_handoff())
        .filter(|e| !matches!(e, HandoffEvent::Caught(_)))
        .collect()
}

#[test]
fn routes_neighbours_and_mtu_reach_sessions_that_are_away() {
    let mut w = World::new(62);
    let (id, _) = connected(&mut w, PEER4.into());
    let now = w.now();
    let d = w.stack.detach_tcp(now, id).unwrap();
    w.stack.engine_took(id).unwrap();
    assert_eq!(paths(&mut w), []);
    // The peer's MAC changes (a late reply that overrides).
    w.pass(2_000_000);
    let mut arp = vec![2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 9, 8, 6, 0, 1, 8, 0, 6, 4, 0, 2];
    arp.extend_from_slice(&[2, 0, 0, 0, 0, 9]);
    arp.extend_from_slice(&PEER4.octets());
    arp.extend_from_slice(&[2, 0, 0, 0, 0, 1]);
    arp.extend_from_slice(&OUR4.octets());
    let now = w.now();
    w.stack.handle_frame(now, w.eth, &RxFrame::unchecked(&arp));
    let news = paths(&mut w);
    assert!(
        matches!(news[..], [HandoffEvent::NextHop(f)]
            if f.dst_mac == Some(MacAddr([2, 0, 0, 0, 0, 9])) && f.key == d.path.hop.key),
        "{news:?}"
    );
    // A more specific route: only this session moves (stale_route_after_more_specific_add).
    let via = "10.0.0.7".parse().unwrap();
    let spec = RouteSpec::via("10.0.0.2/32".parse().unwrap(), w.eth, via);
    w.stack.set_neighbour(now, w.eth, via, MacAddr([2, 0, 0, 0, 0, 7])).unwrap();
    let route = w.stack.add_route(FibId(0), &spec).unwrap();
    w.settle();
    let news = paths(&mut w);
    assert!(
        matches!(news[..], [HandoffEvent::Path { id: i, to: Some(to), .. }]
            if i == id && to.hop.dst_mac == Some(MacAddr([2, 0, 0, 0, 0, 7]))),
        "{news:?}"
    );
    // A smaller MTU on the link.
    w.stack.set_mtu(w.eth, 1400).unwrap();
    w.settle();
    let news = paths(&mut w);
    assert!(
        news.iter().any(|e| matches!(e, HandoffEvent::Path { to: Some(to), .. } if to.mtu == 1400)),
        "{news:?}"
    );
    // No route any more: park.
    w.stack.remove_route(FibId(0), "10.0.0.2/32".parse().unwrap(), route).unwrap();
    w.stack.remove_address(w.eth, OUR4.into()).unwrap();
    w.settle();
    let news = paths(&mut w);
    assert!(news.iter().any(|e| matches!(e, HandoffEvent::Path { to: None, .. })), "{news:?}");
}

#[test]
fn icmp_about_an_engine_session_is_a_question_to_its_owner() {
    let mut w = World::new(63);
    let (id, _) = connected(&mut w, PEER4.into());
    let tuple = w.stack.tcp_tuple(id).unwrap();
    let now = w.now();
    let d = w.stack.detach_tcp(now, id).unwrap();
    w.stack.engine_took(id).unwrap();
    let frame = too_big(&tuple, d.snapshot.snd_una, 1200);
    w.stack.handle_frame(now, w.eth, &RxFrame::unchecked(&frame));
    w.settle();
    let news = paths(&mut w);
    let [HandoffEvent::Icmp(query)] = news[..] else { panic!("{news:?}") };
    assert_eq!((query.id, query.seq.0), (id, d.snapshot.snd_una));
    w.stack.icmp_confirmed(now, &query);
    w.settle();
    let news = paths(&mut w);
    assert!(
        matches!(news[..], [HandoffEvent::Path { to: Some(to), .. }] if to.mtu == 1200),
        "{news:?}"
    );
}

fn too_big(tuple: &FourTuple, seq: u32, mtu: u16) -> Vec<u8> {
    let mut icmp = vec![3, 4, 0, 0, 0, 0];
    icmp.extend_from_slice(&mtu.to_be_bytes());
    icmp.extend_from_slice(&[0x45, 0, 5, 220, 0, 0, 0x40, 0, 64, 6, 0, 0]);
    icmp.extend_from_slice(&OUR4.octets());
    icmp.extend_from_slice(&PEER4.octets());
    icmp.extend_from_slice(&tuple.local.port.to_be_bytes());
    icmp.extend_from_slice(&tuple.remote.port.to_be_bytes());
    icmp.extend_from_slice(&seq.to_be_bytes());
    common::icmp4_frame([10, 0, 0, 254], &icmp)
}

#[test]
fn attach_refuses_what_does_not_fit_and_leaves_the_session_away() {
    let mut w = World::new(64);
    let (id, _) = connected(&mut w, PEER4.into());
    let now = w.now();
    let d = w.stack.detach_tcp(now, id).unwrap();
    let small = toe_stack::ByteRing::new(4096, d.tx.seq0());
    assert!(w.stack.attach_tcp(now, id, &d.snapshot, small, d.rx.clone()).is_err());
    let mut bad = d.snapshot.clone();
    bad.state = 77;
    assert!(w.stack.attach_tcp(now, id, &bad, d.tx.clone(), d.rx.clone()).is_err());
    assert_eq!(w.stack.away_phase(id), Some(Phase::InTransit));
    w.stack.attach_tcp(now, id, &d.snapshot, d.tx, d.rx).unwrap();
    assert_eq!(w.stack.away_phase(id), None);
    assert!(w.stack.offload_facts(Micros(w.now), id).is_some());
}

/// Parked sessions cannot ask: the stack keeps asking for their next hop, and tells when it is back.
#[test]
fn a_dead_next_hop_is_reported_and_asked_again_until_it_is_back() {
    let mut w = World::new(65);
    let (id, _) = connected(&mut w, PEER4.into());
    let now = w.now();
    let d = w.stack.detach_tcp(now, id).unwrap();
    w.stack.engine_took(id).unwrap();
    w.drop_from_stack = true;
    let key = d.path.hop.key;
    // The engine sends without progress until the machine gives up.
    let mut news = Vec::new();
    for _ in 0..80 {
        let now = w.now();
        w.stack.neighbour_used(now, key);
        w.pass(1_000_000);
        news.extend(paths(&mut w));
    }
    assert!(
        matches!(news[..], [HandoffEvent::NextHop(f)] if f.dst_mac.is_none() && f.key == key),
        "{news:?}"
    );
    w.drop_from_stack = false;
    w.pass(6_000_000);
    let news = paths(&mut w);
    assert!(
        matches!(news[..], [HandoffEvent::NextHop(f)] if f.dst_mac == d.path.hop.dst_mac),
        "{news:?}"
    );
    // Nobody waits any more: no timer is left over for it.
    let now = w.now();
    w.stack.engine_closed(id, EngineClose::Normal);
    w.stack.tcp_close(now, id).unwrap();
    w.pass(120_000_000);
    assert_eq!(w.stack.next_deadline(), None);
}

#[test]
fn taking_back_replays_what_was_caught_in_order() {
    let mut w = World::new(66);
    let (id, h) = connected(&mut w, PEER4.into());
    w.sockets.get_mut::<tcp::Socket<'_>>(h).set_nagle_enabled(false);
    w.pass(1_000_000);
    let now = w.now();
    let d = w.stack.detach_tcp(now, id).unwrap();
    for i in 0..3u8 {
        w.sockets.get_mut::<tcp::Socket<'_>>(h).send_slice(&[i; 10]).unwrap();
        w.pass(10_000);
    }
    let now = w.now();
    w.stack.attach_tcp(now, id, &d.snapshot, d.tx, d.rx).unwrap();
    let mut buf = [0; 64];
    assert_eq!(w.stack.tcp_recv(now, id, &mut buf), Ok(30));
    assert_eq!((buf[0], buf[10], buf[20]), (0, 1, 2));
    assert_eq!(w.stack.tcp_info(now, id).unwrap().counters.ooo_in, 0);
}

// SPDX-License-Identifier: Apache-2.0
//! Connection setup under fire (S-SYN-1 to 3) and the end of sessions (S-VTW-5, 6, 10).
#![cfg(all(feature = "ipv4", feature = "ipv6"))]
#![allow(missing_docs, clippy::cast_possible_truncation)]

mod common;

use std::net::{IpAddr, Ipv4Addr};

use common::{
    ACK, FIN, OUR4, PEER4, RST, Raw, SYN, World, base_stack, scoped, tcp_fields, timestamps,
};
use smoltcp::socket::tcp;
use smoltcp::wire::IpEndpoint;
use toe_stack::syncache::{CookieMode, SynCacheConfig};
use toe_stack::table::Row;
use toe_stack::{
    Endpoint, FibId, IfId, MacAddr, Micros, OffloadCaps, RouteSpec, RxFrame, Stack, StackConfig,
    TcpError, TcpId, TcpOptions,
};

const GW: [u8; 4] = [10, 0, 0, 254];
const CLIENT: [u8; 4] = [198, 51, 100, 9];

fn server(cookies: CookieMode, backlog: usize) -> (Stack, IfId, TcpId) {
    let config = StackConfig {
        syn: SynCacheConfig { cookies, ..SynCacheConfig::default() },
        ..StackConfig::default()
    };
    let (mut s, eth) = base_stack(3, OffloadCaps::default(), config);
    let gw: IpAddr = Ipv4Addr::from(GW).into();
    s.add_route(FibId(0), &RouteSpec::via("0.0.0.0/0".parse().unwrap(), eth, gw)).unwrap();
    s.set_neighbour(Micros(1), eth, gw, MacAddr([2, 0, 0, 0, 0, 0xfe])).unwrap();
    let l = s.tcp_socket(TcpOptions::default());
    s.tcp_bind(l, Endpoint::new(OUR4.into(), 80)).unwrap();
    s.tcp_listen(l, backlog).unwrap();
    while s.poll_transmit(Micros(1)).is_some() {}
    (s, eth, l)
}

fn give(s: &mut Stack, eth: IfId, now: u64, raw: &Raw) -> Vec<Vec<u8>> {
    s.handle_frame(Micros(now), eth, &RxFrame::unchecked(&raw.frame()));
    std::iter::from_fn(|| s.poll_transmit(Micros(now))).map(|f| f.bytes).collect()
}

fn syn() -> Raw {
    Raw {
        src: CLIENT,
        sport: 4000,
        dport: 80,
        seq: 1000,
        flags: SYN,
        wnd: 60_000,
        options: vec![2, 4, 5, 180],
        ..Raw::default()
    }
}

fn with_ts(mut raw: Raw, val: u32, ecr: u32) -> Raw {
    raw.options.extend_from_slice(&[1, 1, 8, 10]);
    raw.options.extend_from_slice(&val.to_be_bytes());
    raw.options.extend_from_slice(&ecr.to_be_bytes());
    raw
}

/// A million spoofed SYNs: memory is bounded and a real client gets through at once, in every mode.
#[test]
fn syn_flood() {
    for mode in [CookieMode::Fallback, CookieMode::Always, CookieMode::Off] {
        let (mut s, eth, l) = server(mode, 16);
        let n = if mode == CookieMode::Fallback { 1_000_000u32 } else { 100_000 };
        let mut raw = syn();
        let mut now = 1_000_000u64;
        for i in 0..n {
            raw.src = (0x0b00_0000 + i / 60_000).to_be_bytes();
            raw.sport = (i % 60_000) as u16 + 1;
            raw.seq = i;
            now += 2;
            s.handle_frame(Micros(now), eth, &RxFrame::unchecked(&raw.frame()));
            while s.poll_transmit(Micros(now)).is_some() {}
        }
        assert!(s.syn_cache().len() <= 512 * 30);
        assert!(s.tcp_table(Micros(now)).count() <= 512 * 30 + 1);
        let answer = give(&mut s, eth, now, &syn());
        let (flags, iss, ack) = tcp_fields(&answer[0]).unwrap();
        assert_eq!((flags & 0x12, ack), (SYN | ACK, 1001));
        give(
            &mut s,
            eth,
            now + 50,
            &Raw { seq: 1001, ack: iss + 1, flags: ACK, options: vec![], ..syn() },
        );
        s.tcp_accept(l).unwrap();
    }
}

/// What was pushed out of the cache completes by its cookie, options included where there are timestamps.
#[test]
fn pushed_out_entries_complete_by_cookie() {
    for ts in [false, true] {
        for v in [CookieMode::Fallback, CookieMode::Always] {
            let (mut s, eth, l) = server(v, 16);
            let mut first = syn();
            first.options.extend_from_slice(&[1, 3, 3, 7, 4, 2]);
            let first = if ts { with_ts(first, 77, 0) } else { first };
            // Fill every bucket, so that the cookie of a client without timestamps can stand alone.
            let mut raw = syn();
            let mut flood = |s: &mut Stack| {
                for i in 0..40_000u32 {
                    raw.src = [11, (i >> 16) as u8, (i >> 8) as u8, i as u8];
                    give(s, eth, 2_000_000, &raw);
                }
            };
            flood(&mut s);
            let answer = give(&mut s, eth, 2_000_000, &first);
            let (_, iss, _) = tcp_fields(&answer[0]).unwrap();
            let stamps = timestamps(&answer[0]);
            assert_eq!(stamps.is_some(), ts);
            flood(&mut s);
            let mut ack = Raw { seq: 1001, ack: iss + 1, flags: ACK, options: vec![], ..syn() };
            ack.payload = b"hello".to_vec();
            if let Some((val, _)) = stamps {
                ack = with_ts(ack, 78, val);
            }
            // Forged: one bit of the acknowledgement.
            let forged = Raw { ack: ack.ack ^ 0x100_0000, ..ack.clone() };
            let reply = give(&mut s, eth, 2_000_100, &forged);
            assert_eq!(tcp_fields(&reply[0]).unwrap().0 & RST, RST);
            give(&mut s, eth, 2_000_100, &ack);
            let (id, _) = s.tcp_accept(l).unwrap();
            let info = s.tcp_info(Micros(2_000_100), id).unwrap();
            assert_eq!((info.ts_ok, info.sack_ok), (ts, ts));
            assert_eq!(info.snd_wscale, if ts { 7 } else { 0 });
            let mut buf = [0; 9];
            assert_eq!(s.tcp_recv(Micros(2_000_100), id, &mut buf), Ok(5));
            // A replay after two rotations is refused.
            let mut late = ack.clone();
            late.sport = 4001;
            let reply = give(&mut s, eth, 40_000_000, &late);
            assert_eq!(tcp_fields(&reply[0]).unwrap().0 & RST, RST);
        }
    }
}

/// S-SYN-2: each reject, one row.
#[test]
fn completion_rejects() {
    type Damage = fn(&mut Raw);
    let rows: [(&str, Damage, bool, bool); 7] = [
        ("good", |_| {}, true, false),
        ("wrong ACK", |r| r.ack += 1, false, true),
        ("old sequence number", |r| r.seq -= 1, false, false),
        ("beyond the window", |r| r.seq += 70_000, false, false),
        ("reset, exact", |r| r.flags = RST, false, false),
        (
            "reset, not exact",
            |r| {
                r.flags = RST;
                r.seq += 5;
            },
            false,
            false,
        ),
        ("no ACK flag", |r| r.flags = 0, false, false),
    ];
    for (name, damage, accepted, reset) in rows {
        let (mut s, eth, l) = server(CookieMode::Off, 4);
        let answer = give(&mut s, eth, 1_000_000, &with_ts(syn(), 5, 0));
        let (_, iss, _) = tcp_fields(&answer[0]).unwrap();
        let (val, ecr) = timestamps(&answer[0]).unwrap();
        assert_eq!(ecr, 5);
        let mut raw = Raw { seq: 1001, ack: iss + 1, flags: ACK, options: vec![], ..syn() };
        damage(&mut raw);
        let out = give(&mut s, eth, 1_000_100, &with_ts(raw, 6, val));
        assert_eq!(s.tcp_accept(l).is_ok(), accepted, "{name}");
        let rst = out.iter().filter_map(|f| tcp_fields(f)).any(|f| f.0 & RST != 0);
        assert_eq!(rst, reset, "{name}");
        assert_eq!(s.syn_cache().len(), usize::from(!accepted && name != "reset, exact"), "{name}");
    }
    // Timestamps that were not agreed on, and a wrong echo.
    for (offered, sent) in [(false, Some(1)), (true, Some(12_345))] {
        let (mut s, eth, l) = server(CookieMode::Off, 4);
        let first = if offered { with_ts(syn(), 5, 0) } else { syn() };
        let answer = give(&mut s, eth, 1_000_000, &first);
        let (_, iss, _) = tcp_fields(&answer[0]).unwrap();
        let raw = Raw { seq: 1001, ack: iss + 1, flags: ACK, options: vec![], ..syn() };
        give(&mut s, eth, 1_000_100, &with_ts(raw, 6, sent.unwrap()));
        assert_eq!(s.tcp_accept(l).map(|_| ()), Err(TcpError::WouldBlock));
    }
}

/// S-SYN-2: SYN|ACK again after 3, 6, 12 s, then gone 24 s later; one timer, and none when the cache is empty.
#[test]
fn syn_ack_schedule() {
    let (mut s, eth, _) = server(CookieMode::Fallback, 4);
    let mut now = 1_000_000;
    let first = give(&mut s, eth, now, &with_ts(syn(), 5, 0));
    for wait in [3_000_000, 6_000_000, 12_000_000] {
        assert_eq!(s.next_deadline(), Some(Micros(now + wait)));
        now += wait;
        let again: Vec<_> = std::iter::from_fn(|| s.poll_transmit(Micros(now))).collect();
        assert_eq!(again.len(), 1);
        assert_eq!(tcp_fields(&again[0].bytes), tcp_fields(&first[0]));
        assert_eq!(timestamps(&again[0].bytes), timestamps(&first[0]));
    }
    assert_eq!(s.next_deadline(), Some(Micros(now + 24_000_000)));
    now += 24_000_000;
    assert!(s.poll_transmit(Micros(now)).is_none());
    assert_eq!((s.syn_cache().len(), s.next_deadline()), (0, None));
}

#[test]
fn duplicate_syn_backlog_and_listener_teardown() {
    let (mut s, eth, l) = server(CookieMode::Off, 1);
    let a = give(&mut s, eth, 1_000_000, &syn());
    let b = give(&mut s, eth, 1_000_500, &syn());
    assert_eq!((tcp_fields(&a[0]), s.syn_cache().len()), (tcp_fields(&b[0]), 1));
    assert_eq!(s.syn_cache().counters.duplicate_syn, 1);
    // Another incarnation: a new sequence number replaces the entry.
    let c = give(&mut s, eth, 1_000_600, &Raw { seq: 5000, ..syn() });
    assert_eq!((tcp_fields(&c[0]).unwrap().2, s.syn_cache().len()), (5001, 1));
    let iss = tcp_fields(&c[0]).unwrap().1;
    give(
        &mut s,
        eth,
        1_000_700,
        &Raw { seq: 5001, ack: iss + 1, flags: ACK, options: vec![], ..syn() },
    );
    // The one place is taken: the next SYN is not answered.
    assert_eq!(give(&mut s, eth, 1_000_800, &Raw { sport: 4001, ..syn() }).len(), 0);
    assert_eq!(s.syn_cache().counters.accept_queue_full, 1);
    let (id, _) = s.tcp_accept(l).unwrap();
    give(&mut s, eth, 1_000_900, &Raw { sport: 4001, ..syn() });
    assert_eq!(s.syn_cache().len(), 1);
    s.tcp_close(Micros(1_001_000), l).unwrap();
    assert_eq!(s.syn_cache().len(), 0);
    assert!(s.tcp_readiness(id).unwrap().writable, "accepted sessions live on");
}

/// Closes actively against a raw peer until TIME_WAIT; gives the numbers of the peer's FIN.
fn into_time_wait(s: &mut Stack, eth: IfId, l: TcpId) -> (TcpId, Raw, u32) {
    let answer = give(s, eth, 1_000_000, &syn());
    let (_, iss, _) = tcp_fields(&answer[0]).unwrap();
    let base = Raw { seq: 1001, ack: iss + 1, flags: ACK, options: vec![], ..syn() };
    give(s, eth, 1_000_100, &base);
    let (id, _) = s.tcp_accept(l).unwrap();
    s.tcp_shutdown(Micros(1_000_200), id).unwrap();
    while s.poll_transmit(Micros(1_000_200)).is_some() {}
    let fin = Raw { ack: iss + 2, flags: FIN | ACK, ..base };
    let out = give(s, eth, 1_000_300, &fin);
    assert_eq!(tcp_fields(&out[0]).unwrap().2, 1002, "the FIN is acknowledged");
    (id, fin, iss)
}

#[test]
fn time_wait_stays_with_an_open_socket_and_moves_to_the_table_when_it_is_closed() {
    let (mut s, eth, l) = server(CookieMode::Off, 4);
    let (id, fin, iss) = into_time_wait(&mut s, eth, l);
    assert_eq!((s.tcp_state(id), s.time_wait().len()), (Some(toe_tcp::State::TimeWait), 0));
    assert_eq!(give(&mut s, eth, 1_000_400, &fin).len(), 1);
    s.tcp_close(Micros(1_000_500), id).unwrap();
    assert_eq!((s.tcp_state(id), s.time_wait().len()), (None, 1));
    assert_eq!(s.ports().time_wait_on(80), 1);
    // vtw_refin_is_acked
    let out = give(&mut s, eth, 2_000_000, &fin);
    assert_eq!(tcp_fields(&out[0]), Some((ACK, iss + 2, 1002)));
    // vtw_no_ack_storm: the expected ACK is not answered.
    let plain = Raw { seq: 1002, flags: ACK, ..fin.clone() };
    assert_eq!(give(&mut s, eth, 2_000_100, &plain).len(), 0);
    // vtw_data_after_close_rst
    let data = Raw { payload: b"late".to_vec(), ..plain.clone() };
    let out = give(&mut s, eth, 2_000_200, &data);
    assert_eq!(tcp_fields(&out[0]).unwrap().0 & RST, RST);
    // vtw_rst_exact_only: RFC 1337 is the default, resets are ignored.
    give(&mut s, eth, 2_000_300, &Raw { flags: RST, ..plain.clone() });
    assert_eq!(s.time_wait().len(), 1);
    // Connecting there from here is refused (S-VTW-10b), listening goes on.
    let row = s.tcp_table(Micros(3_000_000)).find(|r| matches!(r, Row::TimeWait { .. })).unwrap();
    assert_eq!(row.state(), "TIME_WAIT");
    // vtw_syn_recycles: a new incarnation with a larger sequence number gets through to the listener.
    let again = Raw { seq: 90_000, ..syn() };
    let out = give(&mut s, eth, 3_000_000, &again);
    assert_eq!(tcp_fields(&out[0]).map(|f| (f.0 & 0x12, f.2)), Some((SYN | ACK, 90_001)));
    assert_eq!((s.time_wait().len(), s.ports().time_wait_on(80)), (0, 0));
    assert_eq!(s.stats().tcp_time_wait_recycled, 1);
}

#[test]
fn time_wait_expires_on_time_and_leaves_no_timer() {
    let (mut s, eth, l) = server(CookieMode::Off, 4);
    let (id, fin, _) = into_time_wait(&mut s, eth, l);
    s.tcp_close(Micros(1_001_000), id).unwrap();
    // Remote class: 60 s; a retransmitted FIN starts it anew.
    assert_eq!(s.next_deadline(), Some(Micros(61_001_000)));
    give(&mut s, eth, 50_000_000, &fin);
    assert_eq!(s.next_deadline(), Some(Micros(110_000_000)));
    assert!(s.poll_transmit(Micros(109_999_999)).is_none());
    assert_eq!(s.time_wait().len(), 1);
    assert!(s.poll_transmit(Micros(110_000_000)).is_none());
    assert_eq!((s.time_wait().len(), s.next_deadline()), (0, None));
    // Now nobody knows the session: reset.
    let out = give(&mut s, eth, 120_000_000, &fin);
    assert_eq!(tcp_fields(&out[0]).unwrap().0 & RST, RST);
}

/// S-FIN-1: a 4-tuple is in one place at any time, through a whole life with a real peer.
#[test]
fn a_tuple_is_in_one_table_only() {
    let mut w = World::new(95);
    w.wire.loss_percent = 5;
    let l = w.stack.tcp_socket(TcpOptions::default());
    w.stack.tcp_bind(l, Endpoint::new(scoped(OUR4), 80)).unwrap();
    w.stack.tcp_listen(l, 8).unwrap();
    for port in 40_000..40_020u16 {
        let buf = || tcp::SocketBuffer::new(vec![0; 4096]);
        let h = w.sockets.add(tcp::Socket::new(buf(), buf()));
        let cx = w.peer.context();
        let remote = IpEndpoint::new(OUR4.into(), 80);
        w.sockets.get_mut::<tcp::Socket<'_>>(h).connect(cx, remote, port).unwrap();
        let mut open = None;
        let mut closed = false;
        w.run(300_000_000, |w| {
            let now = w.now();
            let mut seen = std::collections::HashSet::new();
            for row in w.stack.tcp_table(now) {
                let tuple = match row {
                    Row::Session { tuple, .. }
                    | Row::Away { tuple, .. }
                    | Row::SynReceived { tuple, .. }
                    | Row::TimeWait { tuple, .. }
                    | Row::EngineTimeWait { tuple } => tuple,
                    Row::Listener { .. } => continue,
                };
                assert!(seen.insert(tuple), "{tuple} twice");
            }
            if open.is_none() {
                open = w.stack.tcp_accept(l).ok();
                if let Some((id, _)) = open {
                    // We close first: the TIME_WAIT is ours.
                    w.stack.tcp_close(now, id).unwrap();
                }
            }
            let peer = w.sockets.get_mut::<tcp::Socket<'_>>(h);
            if open.is_some() && peer.state() == tcp::State::CloseWait && !closed {
                peer.close();
                closed = true;
            }
            closed && w.stack.time_wait().get(&open.unwrap().1).is_some()
        });
    }
    assert!(w.stack.time_wait().len() > 1);
    assert_eq!(w.stack.ports().time_wait_on(80) as usize, w.stack.time_wait().len());
    assert_eq!(
        w.stack.msl_class(&toe_stack::FourTuple {
            local: Endpoint::new(OUR4.into(), 80),
            remote: Endpoint::new(PEER4.into(), 1),
        }),
        toe_tcp::MslClass::Local
    );
}

#[test]
fn readiness_and_errors_of_sockets() {
    let mut w = World::new(96);
    let now = w.now();
    let id = w.stack.tcp_socket(TcpOptions::default());
    assert_eq!(w.stack.tcp_send(now, id, b"x"), Err(TcpError::NotConnected));
    assert_eq!(w.stack.tcp_listen(id, 1), Err(TcpError::NotConnected));
    let buf = || tcp::SocketBuffer::new(vec![0; 4096]);
    let h = w.sockets.add(tcp::Socket::new(buf(), buf()));
    w.sockets.get_mut::<tcp::Socket<'_>>(h).listen(8080).unwrap();
    w.stack.tcp_connect(now, id, Endpoint::new(PEER4.into(), 8080)).unwrap();
    assert_eq!(
        w.stack.tcp_connect(now, id, Endpoint::new(PEER4.into(), 8080)),
        Err(TcpError::InProgress)
    );
    assert_eq!(w.stack.tcp_send(now, id, b"x"), Err(TcpError::WouldBlock));
    w.run(1_000_000, |w| w.stack.tcp_readiness(id).unwrap().writable);
    let mut buf = [0; 10];
    let now = w.now();
    assert_eq!(w.stack.tcp_recv(now, id, &mut buf), Err(TcpError::WouldBlock));
    // The peer stops reading: the ring fills, and writing would block until it reads again.
    let mut total = 0;
    while let Ok(n) = w.stack.tcp_send(now, id, &[7; 65_536]) {
        total += n;
    }
    assert_eq!(total, 256 * 1024);
    assert!(!w.stack.tcp_readiness(id).unwrap().writable);
    w.pass(3_000_000);
    let mut got = 0;
    w.run(60_000_000, |w| {
        let peer = w.sockets.get_mut::<tcp::Socket<'_>>(h);
        while peer.can_recv() {
            got += peer.recv(|b| (b.len(), b.len())).unwrap();
        }
        got == total
    });
    assert!(w.stack.tcp_readiness(id).unwrap().writable);
    // The peer aborts.
    w.sockets.get_mut::<tcp::Socket<'_>>(h).abort();
    w.run(1_000_000, |w| w.stack.tcp_readiness(id).unwrap().error);
    let now = w.now();
    assert_eq!(w.stack.tcp_send(now, id, b"x"), Err(TcpError::Reset));
    assert_eq!(w.stack.tcp_take_error(id), Ok(Some(TcpError::Reset)));
    assert_eq!(w.stack.tcp_recv(now, id, &mut buf), Ok(0));
    w.stack.tcp_close(now, id).unwrap();
    assert_eq!(w.stack.tcp_close(now, id), Err(TcpError::NoSuchSocket));
    assert_eq!(
        w.stack.next_deadline().map(|d| d.0 > w.now),
        Some(true).filter(|_| w.stack.next_deadline().is_some())
    );
}

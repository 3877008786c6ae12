// SPDX-License-Identifier: Apache-2.0
//! Two of our stacks on a wire: TCP MD5 (S-SIG-1), the host cache (S-HC-1), simultaneous open, congestion control that
//! changes on a live session (S-CC-1).

#![cfg(all(feature = "ipv4", feature = "ipv6"))]
#![allow(clippy::cast_possible_truncation)] // bytes of a pattern

use std::collections::VecDeque;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use toe_stack::{
    Endpoint, IfAddr, IfId, InterfaceConfig, MacAddr, Micros, OffloadCaps, RxFrame, ScopedAddr,
    Stack, StackConfig, TcpError, TcpId, TcpOptions,
};
use toe_tcp::CcAlgo;

struct Pair {
    now: Micros,
    stacks: [(Stack, IfId); 2],
    wire: VecDeque<(Micros, usize, Vec<u8>)>,
    /// One way.
    delay: u64,
    longest: usize,
}

fn addr(n: u8, v6: bool) -> IpAddr {
    if v6 {
        Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, n.into()).into()
    } else {
        Ipv4Addr::new(192, 0, 2, n).into()
    }
}

fn end(n: u8, v6: bool, port: u16) -> Endpoint {
    Endpoint::new(ScopedAddr::global(addr(n, v6)).unwrap(), port)
}

impl Pair {
    fn new() -> Self {
        Self::with(OffloadCaps::default())
    }

    fn with(caps: OffloadCaps) -> Self {
        let stack = |n: u8| {
            let mut s = Stack::new(StackConfig { seed: n.into(), ..StackConfig::default() });
            let mac = MacAddr([2, 0, 0, 0, 0, n]);
            let port = s
                .add_interface(InterfaceConfig { caps, ..InterfaceConfig::ethernet("eth0", mac) })
                .unwrap();
            for net in [format!("192.0.2.{n}/24"), format!("2001:db8::{n}/64")] {
                s.add_address(Micros(0), port, IfAddr::new(net.parse().unwrap())).unwrap();
            }
            (s, port)
        };
        Self {
            now: Micros(1_000_000),
            stacks: [stack(1), stack(2)],
            wire: VecDeque::new(),
            delay: 5_000,
            longest: 0,
        }
    }

    fn step(&mut self) {
        for which in 0..2 {
            while let Some(frame) = self.stacks[which].0.poll_transmit(self.now) {
                assert!(frame.offload.tso_mss.is_none(), "nothing is cut by this wire");
                self.longest = self.longest.max(frame.bytes.len());
                self.wire.push_back((self.now + Micros(self.delay), 1 - which, frame.bytes));
            }
        }
        self.now = self.now + Micros(1_000);
        while self.wire.front().is_some_and(|(at, ..)| *at <= self.now) {
            let (_, to, bytes) = self.wire.pop_front().unwrap();
            let (stack, port) = &mut self.stacks[to];
            stack.handle_frame(self.now, *port, &RxFrame::unchecked(&bytes));
        }
    }

    fn run(&mut self, millis: u64) {
        for _ in 0..millis {
            self.step();
        }
    }

    fn listen(&mut self, v6: bool, port: u16) -> TcpId {
        let s = &mut self.stacks[1].0;
        let id = s.tcp_socket(TcpOptions::default());
        s.tcp_bind(id, end(2, v6, port)).unwrap();
        s.tcp_listen(id, 8).unwrap();
        id
    }

    fn connect(&mut self, v6: bool, port: u16) -> TcpId {
        let s = &mut self.stacks[0].0;
        let id = s.tcp_socket(TcpOptions::default());
        s.tcp_connect(self.now, id, end(2, v6, port)).unwrap();
        id
    }

    /// Sends so many bytes from 0 to 1 and closes both ends, 0 first.
    fn transfer(&mut self, from: TcpId, to: TcpId, bytes: usize) {
        let (mut sent, mut got) = (0, 0);
        let mut buffer = [0; 4096];
        for _ in 0..60_000 {
            let now = self.now;
            let data: Vec<u8> = (sent..bytes.min(sent + 4096)).map(|i| (i % 251) as u8).collect();
            if let Ok(n) = self.stacks[0].0.tcp_send(now, from, &data) {
                sent += n;
            }
            while let Ok(n @ 1..) = self.stacks[1].0.tcp_recv(now, to, &mut buffer) {
                assert!((0..n).all(|i| buffer[i] == ((got + i) % 251) as u8));
                got += n;
            }
            if got == bytes {
                break;
            }
            self.step();
        }
        assert_eq!(got, bytes);
        let now = self.now;
        self.stacks[0].0.tcp_close(now, from).unwrap();
        self.run(50);
        let now = self.now;
        self.stacks[1].0.tcp_close(now, to).unwrap();
        self.run(50);
    }
}

#[test]
fn signed_sessions() {
    for v6 in [false, true] {
        // A NIC that could cut segments must not be asked to: each has a signature of its own.
        let caps = OffloadCaps {
            tso4: true,
            tso6: true,
            tx_csum4: true,
            tx_csum6: true,
            ..OffloadCaps::default()
        };
        for caps in [OffloadCaps::default(), caps] {
            let mut pair = Pair::with(caps);
            pair.stacks[0].0.set_md5_key(addr(2, v6), Some(b"between us")).unwrap();
            pair.stacks[1].0.set_md5_key(addr(1, v6), Some(b"between us")).unwrap();
            let listener = pair.listen(v6, 179);
            let client = pair.connect(v6, 179);
            if caps.tx_csum4 {
                // Checksums are the device's there, and this wire has none: what goes out is enough.
                pair.run(5);
                assert!(pair.stacks[0].0.stats().tcp_signature_built > 0);
                continue;
            }
            pair.run(100);
            let (server, _) = pair.stacks[1].0.tcp_accept(listener).unwrap();
            pair.transfer(client, server, 100_000);
            for (stack, _) in &pair.stacks {
                let s = stack.stats();
                assert!(s.tcp_signature_good > 5 && s.tcp_signature_built > 5, "{s:?}");
                assert_eq!((s.tcp_signature_wrong, s.tcp_signature_missing), (0, 0));
            }
            assert_eq!(pair.longest, 1514, "full segments, no longer than the link takes");
        }
    }
}

/// S-HOOK-1: observers see what the counters count, and nothing after they have left.
#[test]
fn observers_see_every_segment() {
    use std::sync::{Arc, Mutex};
    use toe_stack::FourTuple;
    use toe_stack::hooks::Observer;
    use toe_tcp::{Emit, Segment, Verdict};

    #[derive(Default)]
    struct Seen {
        segments_in: u32,
        segments_out: u32,
        bytes_out: u64,
    }
    struct Counting(Arc<Mutex<Seen>>);
    impl Observer for Counting {
        fn segment_in(&mut self, _: Micros, t: &FourTuple, _: &Segment, _: Verdict) {
            assert_eq!(t.remote.port, 80);
            self.0.lock().unwrap().segments_in += 1;
        }
        fn segment_out(&mut self, _: Micros, _: &FourTuple, emit: &Emit) {
            let mut seen = self.0.lock().unwrap();
            seen.segments_out += 1;
            seen.bytes_out += u64::from(emit.seg.payload_len);
        }
    }

    let mut pair = Pair::new();
    let seen = Arc::new(Mutex::new(Seen::default()));
    let id = pair.stacks[0].0.observe(Box::new(Counting(Arc::clone(&seen))));
    let listener = pair.listen(false, 80);
    let client = pair.connect(false, 80);
    pair.run(100);
    let (server, _) = pair.stacks[1].0.tcp_accept(listener).unwrap();
    let now = pair.now;
    pair.stacks[0].0.tcp_send(now, client, &[1; 20_000]).unwrap();
    pair.run(300);
    let info = pair.stacks[0].0.tcp_info(pair.now, client).unwrap();
    let counted = seen.lock().unwrap();
    assert_eq!(counted.segments_in, info.counters.segs_in);
    assert_eq!(counted.segments_out, info.counters.segs_out);
    assert_eq!(counted.bytes_out, 20_000);
    let before = counted.segments_in;
    drop(counted);
    assert!(pair.stacks[0].0.stop_observing(id).is_some());
    assert!(pair.stacks[0].0.stop_observing(id).is_none());
    let now = pair.now;
    pair.stacks[1].0.tcp_send(now, server, &[1; 1000]).unwrap();
    pair.run(100);
    assert_eq!(seen.lock().unwrap().segments_in, before);
}

/// Every way in which two ends can disagree, and the switch.
#[test]
fn signature_mismatches() {
    type Count = fn(&toe_stack::Stats) -> u64;
    type Key = Option<&'static [u8]>;
    let table: [(Key, Key, Count); 3] = [
        (Some(b"one"), Some(b"two"), |s| s.tcp_signature_wrong),
        (None, Some(b"two"), |s| s.tcp_signature_missing),
        (Some(b"one"), None, |s| s.tcp_signature_unexpected),
    ];
    for (ours, theirs, count) in table {
        for verify in [true, false] {
            let mut pair = Pair::new();
            pair.stacks[0].0.set_md5_key(addr(2, false), ours).unwrap();
            pair.stacks[1].0.set_md5_key(addr(1, false), theirs).unwrap();
            for (stack, _) in &mut pair.stacks {
                stack.set_verify_signatures(verify);
            }
            let listener = pair.listen(false, 179);
            pair.connect(false, 179);
            pair.run(100);
            let accepted = pair.stacks[1].0.tcp_accept(listener);
            if verify {
                assert_eq!(accepted.unwrap_err(), TcpError::WouldBlock);
                assert!(count(pair.stacks[1].0.stats()) > 0);
            } else {
                accepted.unwrap();
            }
        }
    }
    let mut pair = Pair::new();
    for key in [&[][..], &[1; 81]] {
        let refused = pair.stacks[0].0.set_md5_key(addr(2, false), Some(key));
        assert_eq!(refused, Err(toe_stack::signature::KeyError::Length(key.len())));
    }
}

#[test]
fn the_next_connection_knows_the_path() {
    let mut pair = Pair::new();
    pair.delay = 40_000;
    let listener = pair.listen(false, 80);
    let client = pair.connect(false, 80);
    assert!(pair.stacks[0].0.host_cache().is_empty());
    pair.run(300);
    let (server, _) = pair.stacks[1].0.tcp_accept(listener).unwrap();
    pair.transfer(client, server, 50_000);
    pair.run(200);
    let known = pair.stacks[0].0.host_cache().iter().next().copied().unwrap();
    assert_eq!(known.addr, addr(2, false));
    assert!((60_000..200_000).contains(&(known.metrics.srtt_us8 >> 3)), "{known:?}");
    assert_eq!(pair.stacks[1].0.host_cache().len(), 1, "both ends have measured");
    // Before anything has been measured by itself.
    let second = pair.connect(false, 80);
    let info = pair.stacks[0].0.tcp_info(pair.now, second).unwrap();
    assert_eq!(info.rtt, known.metrics.srtt_us8 >> 3);
    pair.stacks[0].0.host_cache_mut().purge();
    let third = pair.connect(false, 80);
    let info = pair.stacks[0].0.tcp_info(pair.now, third).unwrap();
    assert_eq!(info.rtt, 0);
}

/// RFC 9293 §3.5, figure 7: both ends connect to each other at the same moment.
#[test]
fn simultaneous_open() {
    for v6 in [false, true] {
        let mut pair = Pair::new();
        let mut ids = Vec::new();
        for n in [1u8, 2] {
            let now = pair.now;
            let s = &mut pair.stacks[usize::from(n) - 1].0;
            let id = s.tcp_socket(TcpOptions::default());
            s.tcp_bind(id, end(n, v6, 7000)).unwrap();
            s.tcp_connect(now, id, end(3 - n, v6, 7000)).unwrap();
            ids.push(id);
        }
        pair.run(100);
        for (stack, id) in pair.stacks.iter().zip(&ids) {
            assert_eq!(stack.0.tcp_state(*id), Some(toe_tcp::State::Established));
        }
        pair.transfer(ids[0], ids[1], 30_000);
    }
}

#[test]
fn congestion_control_changes_on_a_live_session() {
    let mut pair = Pair::new();
    let listener = pair.listen(false, 80);
    let client = pair.connect(false, 80);
    pair.run(100);
    let (server, _) = pair.stacks[1].0.tcp_accept(listener).unwrap();
    for (n, algo) in [CcAlgo::NewReno, CcAlgo::Cubic, CcAlgo::NewReno].into_iter().enumerate() {
        let now = pair.now;
        let s = &mut pair.stacks[0].0;
        s.tcp_set_congestion(now, client, algo).unwrap();
        assert_eq!(s.tcp_options(client).unwrap().congestion, Some(algo));
        s.tcp_send(now, client, &[n as u8; 5000]).unwrap();
        pair.run(100);
    }
    let mut buffer = vec![0; 20_000];
    let now = pair.now;
    assert_eq!(pair.stacks[1].0.tcp_recv(now, server, &mut buffer).unwrap(), 15_000);
}

/// Keyed hashes: peers that choose addresses and ports by their sums find no collisions in any table (S-VTW-4).
#[test]
fn chosen_addresses_do_not_collide() {
    use toe_stack::timewait::{Owner, TimeWaitConfig, TimeWaitTable};
    use toe_stack::{FourTuple, Prng};
    // Half of what the table holds, all with one sum of addresses and ports: an unkeyed table keeps one bucket of them.
    let tuple = |n: u32| FourTuple {
        local: Endpoint::new(Ipv4Addr::from(0x0a00_0001u32.wrapping_sub(n)).into(), 80),
        remote: Endpoint::new(Ipv4Addr::from(0x0b00_0000u32.wrapping_add(n)).into(), 5000),
    };
    let mut tw = TimeWaitTable::new(TimeWaitConfig::default(), &mut Prng::new(3));
    let record = toe_tcp::TimeWaitRecord {
        snd_nxt: toe_tcp::SeqNum(0),
        rcv_nxt: toe_tcp::SeqNum(0),
        last_win: 0,
        rcv_wscale: 0,
        ts_ok: false,
        ts_recent: 0,
        ts_offset: 0,
        class: toe_tcp::MslClass::Remote,
    };
    let time = |f: &mut dyn FnMut()| {
        let start = std::time::Instant::now();
        f();
        start.elapsed()
    };
    let mut fill = |spread: u32| {
        time(&mut || {
            for n in 0..60_000u32 {
                let _room =
                    tw.insert(Micros(0), &tuple(n.wrapping_mul(spread)), record, Owner::default());
            }
            for n in 0..60_000u32 {
                assert!(tw.get(&tuple(n.wrapping_mul(spread))).is_some());
                tw.remove(&tuple(n.wrapping_mul(spread)));
            }
        })
    };
    let (random, chosen) = (fill(0x9e37_79b1), fill(1));
    // A chain of 60,000 would take minutes; twice the time is within what a busy machine does.
    assert!(chosen < random * 20 + std::time::Duration::from_millis(500), "{random:?} {chosen:?}");

    let mut pair = Pair::new();
    let (stack, port) = &mut pair.stacks[1];
    let all = toe_stack::RouteSpec::on_link("0.0.0.0/0".parse().unwrap(), *port);
    stack.add_route(toe_stack::FibId(0), &all).unwrap();
    let id = stack.tcp_socket(TcpOptions::default());
    stack.tcp_bind(id, end(2, false, 80)).unwrap();
    stack.tcp_listen(id, 8).unwrap();
    // SYNs whose addresses and ports have one sum: the SYN cache keeps nearly all of 8,000 in its 512 buckets of 30.
    for n in 0..8_000u32 {
        let mut ip = vec![0x45, 0, 0, 40, 0, 0, 0x40, 0, 64, 6, 0, 0];
        ip.extend((0x0b00_0000 + n).to_be_bytes());
        ip.extend([192, 0, 2, 2]);
        let sport = 60_000 - u16::try_from(n).unwrap();
        let mut tcp = [sport.to_be_bytes(), 80u16.to_be_bytes()].concat();
        tcp.extend([0, 0, 0, 9, 0, 0, 0, 0, 0x50, 2, 0xff, 0xff, 0, 0, 0, 0]);
        let frame: Vec<u8> =
            [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 9, 8, 0].into_iter().chain(ip).chain(tcp).collect();
        let good = toe_stack::Verdict::Good;
        let frame = RxFrame { bytes: &frame, ip_csum: good, l4_csum: good, vlan: None };
        let caps = OffloadCaps { rx_csum4: true, ..OffloadCaps::default() };
        stack.set_caps(*port, caps).unwrap();
        stack.handle_frame(Micros(2_000_000), *port, &frame);
        while stack.poll_transmit(Micros(2_000_000)).is_some() {}
    }
    let kept = stack.syn_cache().len();
    assert!(kept > 7_500, "{kept} of 8000: somebody found a bucket");
}

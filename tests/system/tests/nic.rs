// SPDX-License-Identifier: Apache-2.0
//! What the engine does not carry: ping, UDP, software TCP with checksum and segmentation offload, loopback.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use toe_api::{Micros, NodeEvent, OffloadCaps, Owner, TcpOptions};
use toe_stack::ports::BindOptions;
use toe_stack::{FibId, ScopedAddr};
use toe_system_tests::on_all_devices;
use toe_testkit::{Host, Kind, Scene, SceneConfig, Transfer};
use toe_world::{Behaviour, Fate, State, pattern_sha256};

on_all_devices!(
    peer_pings_us,
    we_ping_the_peer,
    udp_both_families,
    software_tcp_with_segmentation,
    software_tcp_without_offloads,
    loopback_never_on_the_wire,
    counters_balance,
    no_register_reads_on_the_data_path,
);

const SECOND: Micros = Micros(1_000_000);

fn scene(test: &str, kind: Kind) -> Option<Scene> {
    SceneConfig::new(test, kind).build()
}

fn peer_pings_us(kind: Kind) {
    let Some(mut scene) = scene("peer_pings_us", kind) else { return };
    for sequence in 1..4 {
        for ipv6 in [false, true] {
            scene.peer(|p| p.ping(Host::own(ipv6), sequence));
        }
    }
    scene.run("six answers", Micros(5 * SECOND.0), |s| s.peer(|p| p.ping_replies().len()) == 6);
}

fn we_ping_the_peer(kind: Kind) {
    let Some(mut scene) = scene("we_ping_the_peer", kind) else { return };
    for (ipv6, len) in [(false, 8), (true, 1000)] {
        let to = ScopedAddr::global(Host::peer(ipv6)).unwrap();
        let now = scene.now();
        scene.node.stack_mut().ping(now, FibId(0), to, 77, 1, &vec![0x5a; len]).unwrap();
        scene.run("the answer", Micros(5 * SECOND.0), |s| {
            std::iter::from_fn(|| s.node.poll_event())
                .any(|e| matches!(e, NodeEvent::Ping(r) if r.ident == 77 && r.len == len))
        });
    }
}

fn udp_both_families(kind: Kind) {
    let Some(mut scene) = scene("udp", kind) else { return };
    scene.peer(|p| p.udp_echo(9));
    for ipv6 in [false, true] {
        let to = scene.endpoint(Host::peer(ipv6), 9);
        let own = scene.endpoint(Host::own(ipv6), 0).addr;
        let now = scene.now();
        let stack = scene.node.stack_mut();
        let id = stack.udp_socket(BindOptions::default(), FibId(0));
        stack.udp_bind(id, own, 0).unwrap();
        for len in [0, 1, 7, 500, 1400] {
            let data: Vec<u8> = (0..len).map(|i: u32| (i % 253) as u8).collect();
            scene.node.stack_mut().udp_send(now, id, Some(to), &data).unwrap();
            let mut got = None;
            scene.run("the echo", Micros(5 * SECOND.0), |s| {
                got = s.node.stack_mut().udp_recv(id).ok();
                got.is_some()
            });
            assert_eq!(got.unwrap().data, data);
        }
    }
    assert_eq!(scene.node.stack().stats().udp_bad_checksum, 0);
}

fn software(test: &str, kind: Kind, caps: OffloadCaps) -> Option<Scene> {
    let mut config = SceneConfig::new(test, kind);
    config.node.caps = OffloadCaps { toe4: false, toe6: false, ..caps };
    let mut scene = config.build()?;
    for ipv6 in [false, true] {
        let bytes = 200_000;
        let behaviour = Behaviour::exchange(bytes, 7, bytes);
        let (id, peer) = scene.connected(ipv6, 80, TcpOptions::default(), behaviour);
        let mut t = Transfer::new(id, bytes, 9, None).closing();
        scene.transfer(Micros(60 * SECOND.0), &mut [&mut t]);
        assert_eq!((t.error, t.received_sha256()), (None, pattern_sha256(7, bytes)));
        scene.run("the peer ends", SECOND, |s| s.connection(peer).is_done());
        let c = scene.connection(peer);
        assert_eq!((c.state, c.received_sha256()), (State::Closed, pattern_sha256(9, bytes)));
        assert_eq!(scene.node.owner(id), Owner::Host);
    }
    Some(scene)
}

fn software_tcp_with_segmentation(kind: Kind) {
    let Some(mut scene) = software("software_tcp_tso", kind, OffloadCaps::all()) else { return };
    let wire = scene.world.lock().statistics().to_peer.sent;
    let given = scene.node.stats().tx_frames;
    assert!(wire > given + 100, "{given} frames given, {wire} on the wire: no segmentation");
    assert_eq!(scene.counter("tx_drop_bad_desc"), 0);
    assert_eq!(scene.node.stack().stats().sw_segmented, 0);
}

fn software_tcp_without_offloads(kind: Kind) {
    let scene = software("software_tcp_plain", kind, OffloadCaps::default());
    let Some(scene) = scene else { return };
    assert_eq!(scene.node.stack().stats().hw_checksums, 0);
}

/// S-SCOPE-2.
fn loopback_never_on_the_wire(kind: Kind) {
    let Some(mut scene) = scene("loopback", kind) else { return };
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = seen.clone();
    scene.world.lock().hook_to_peer(Some(Box::new(move |frame, _| {
        sink.lock().unwrap().push(frame.to_vec());
        Fate::Chance
    })));
    for local in ["127.0.0.1:80", "[::1]:80", "10.0.0.1:81"] {
        let local: SocketAddr = local.parse().unwrap();
        let listener = scene.node.listen(local, 1, TcpOptions::default()).unwrap();
        let now = scene.now();
        let client = scene.node.connect(now, local, TcpOptions::default()).unwrap();
        let mut server = None;
        scene.run("accept", SECOND, |s| {
            let now = s.now();
            server = s.node.accept(now, listener).ok();
            server.is_some()
        });
        let mut a = Transfer::new(client, 50_000, 1, None).closing();
        let mut b = Transfer::new(server.unwrap().0, 60_000, 2, None).closing();
        scene.transfer(Micros(10 * SECOND.0), &mut [&mut a, &mut b]);
        assert_eq!(a.received_sha256(), pattern_sha256(2, 60_000));
        assert_eq!(b.received_sha256(), pattern_sha256(1, 50_000));
        assert_eq!(scene.node.total_bytes().engine.total(), 0);
    }
    scene.pass(Micros(10_000));
    for frame in seen.lock().unwrap().iter() {
        let ip = &frame[14..];
        match frame[12..14] {
            [0x08, 0x00] => panic!("an IPv4 packet on the wire: {ip:02x?}"),
            [0x86, 0xdd] => assert_eq!(ip[24], 0xff, "only neighbour discovery: {ip:02x?}"),
            _ => {}
        }
    }
}

/// Frames in = delivered + consumed + dropped, on every path.
fn counters_balance(kind: Kind) {
    let config = SceneConfig::new("counters_balance", kind).wire(toe_world::WireProfile::lossy());
    let Some(mut scene) = config.build() else { return };
    let bytes = 150_000;
    let behaviour = Behaviour::exchange(bytes, 7, bytes);
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), behaviour);
    scene.peer(|p| p.ping(Host::V4, 1));
    let mut t = Transfer::new(id, bytes, 9, None).closing();
    scene.transfer(Micros(100 * SECOND.0), &mut [&mut t]);
    scene.run("the peer ends", Micros(100 * SECOND.0), |s| s.connection(peer).is_done());
    scene.pass(Micros(3 * SECOND.0));
    let mut n = |name: &str| scene.counter(name);
    let dropped: u64 = [
        "rx_drop_error",
        "rx_drop_runt",
        "rx_drop_oversize",
        "rx_drop_overflow",
        "rx_drop_checksum",
        "rx_drop_loopback",
        "rx_drop_disabled",
    ]
    .iter()
    .map(|name| n(name))
    .sum();
    let (frames, session, host, time_wait) =
        (n("rx_frames"), n("rx_to_session"), n("rx_to_host"), n("rx_to_time_wait"));
    let looped = n("tx_loop_frames");
    let stale = n("rx_drop_stale");
    let ring = n("rx_drop_ring_full") + n("rx_drop_event_full");
    let sent = n("tx_frames");
    let parts = n("tx_session_segs") + n("tx_nic_frames") + n("tx_time_wait_replies") - looped;
    let received = n("driver_rx_frames");
    let counters = scene.counters();
    assert_eq!(
        frames,
        session + host + time_wait + dropped + stale,
        "received frames do not balance: {counters}"
    );
    assert_eq!(host, received + ring, "frames to the host: {counters}");
    assert_eq!(sent, parts, "sent frames: {counters}");
    let world = scene.world.lock().statistics();
    assert_eq!(sent, world.to_peer.sent);
    assert_eq!(frames, world.to_device.delivered + looped);
}

fn no_register_reads_on_the_data_path(kind: Kind) {
    let Some(mut scene) = scene("no_register_reads", kind) else { return };
    let bytes = 200_000;
    let behaviour = Behaviour::exchange(bytes, 7, bytes);
    let reads = scene.world.lock().statistics().bar_reads;
    let (id, _) = scene.accepted(false, 80, TcpOptions::default(), behaviour);
    scene.offloaded(id);
    let mut t = Transfer::new(id, bytes, 9, None).closing();
    scene.transfer(Micros(100 * SECOND.0), &mut [&mut t]);
    assert_eq!(scene.world.lock().statistics().bar_reads, reads);
}

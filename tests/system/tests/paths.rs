// SPDX-License-Identifier: Apache-2.0
//! Sessions that reach their peer by other ways than an untagged frame to a global address: VLANs, link-local
//! addresses; and sessions that live on other queue pairs than the first.

use std::net::{IpAddr, SocketAddr};

use toe_api::{Micros, Owner, TcpOptions};
use toe_stack::{IfAddr, InterfaceConfig};
use toe_system_tests::on_all_devices;
use toe_testkit::{Kind, Scene, SceneConfig, Transfer};
use toe_world::{Behaviour, Fate, State, pattern_sha256};

on_all_devices!(vlan_session, link_local_session, sessions_live_where_their_frames_arrive);

const SECOND: Micros = Micros(1_000_000);
const BYTES: u64 = 60_000;

/// The peer connects to us at `local`; 60,000 bytes each way, half of them by software after a move back and forth.
fn exchange(scene: &mut Scene, local: SocketAddr) {
    let listener = scene.node.listen(local, 8, TcpOptions::default()).unwrap();
    let behaviour = Behaviour::exchange(BYTES, 7, BYTES);
    let peer = scene.peer(|p| p.connect(local, behaviour)).unwrap();
    let mut child = None;
    scene.run("accept", Micros(20 * SECOND.0), |s| {
        let now = s.now();
        child = s.node.accept(now, listener).ok();
        child.is_some()
    });
    let (id, tuple) = child.unwrap();
    scene.offloaded(id);
    let mut t = Transfer::new(id, BYTES, 9, None).closing();
    scene.drive_until("half of it", Micros(60 * SECOND.0), &mut t, |_, t| t.received > BYTES / 2);
    let now = scene.now();
    if scene.node.take_back(now, id, Some(now + Micros(500))).is_ok() {
        scene.run("back", SECOND, |s| s.node.owner(id) != Owner::InTransitBack);
    }
    scene.transfer(Micros(60 * SECOND.0), &mut [&mut t]);
    assert_eq!((t.error, t.received), (None, BYTES), "{tuple}\n{}", scene.situation());
    assert_eq!(t.received_sha256(), pattern_sha256(7, BYTES));
    scene.run("the peer is done", Micros(60 * SECOND.0), |s| s.connection(peer).is_done());
    let c = scene.connection(peer);
    assert_eq!(c.state, State::Closed, "{}", scene.situation());
    assert_eq!(c.received_sha256(), pattern_sha256(9, BYTES));
    let carried = scene.node.total_bytes();
    assert!(carried.engine.total() > BYTES, "{carried:?}");
    assert_eq!(scene.node.offload().stats().failed, 0);
}

/// The tag goes on and comes off in the engine: next-hop slots hold it.
fn vlan_session(kind: Kind) {
    const VID: u16 = 5;
    let mut config = SceneConfig::new("vlan_session", kind);
    config.peer.vlan = Some(VID);
    config.peer.addresses = vec![(IpAddr::from([10, 5, 0, 2]), 24)];
    let Some(mut scene) = config.build() else { return };
    let (port, now) = (scene.node.interface(), scene.now());
    let vlan =
        scene.node.stack_mut().add_interface(InterfaceConfig::vlan("toe0.5", port, VID)).unwrap();
    let net = "10.5.0.1/24".parse().unwrap();
    scene.node.stack_mut().add_address(now, vlan, IfAddr::new(net)).unwrap();
    let (tagged, bare) = (
        std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0)),
        std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0)),
    );
    let (t, b) = (tagged.clone(), bare.clone());
    scene.world.lock().hook_to_peer(Some(Box::new(move |frame, _| {
        let tcp = |l3: usize| frame[l3 - 2..l3] == [0x08, 0x00] && frame[l3 + 9] == 6;
        if frame[12..16] == [0x81, 0x00, 0, 5] && tcp(18) {
            t.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        } else if tcp(14) {
            b.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        }
        Fate::Chance
    })));
    exchange(&mut scene, "10.5.0.1:80".parse().unwrap());
    let count = |n: &std::sync::atomic::AtomicU64| n.load(std::sync::atomic::Ordering::SeqCst);
    assert!(count(&tagged) > 40, "{} tagged segments", count(&tagged));
    assert_eq!(count(&bare), 0, "segments without their tag");
    assert!(scene.counter("tx_session_segs") > 20);
}

/// Both ends have a link-local address: the zone is the port.
fn link_local_session(kind: Kind) {
    let peer = IpAddr::from([0xfe80, 0, 0, 0, 0, 0, 0, 2]);
    let mut config = SceneConfig::new("link_local_session", kind);
    config.peer.addresses = vec![(peer, 64)];
    let Some(mut scene) = config.build() else { return };
    let (port, now) = (scene.node.interface(), scene.now());
    let own = scene.node.stack_mut().add_link_local(now, port).unwrap();
    exchange(&mut scene, SocketAddr::new(own, 80));
    assert!(scene.counter("tx_session_segs") > 20);
}

/// S-PCBG-1: while a session is the host's its segments arrive at the queue pair that RSS says; in the engine its events
/// go to the same one.
fn sessions_live_where_their_frames_arrive(kind: Kind) {
    let mut config = SceneConfig::new("shards", kind);
    config.node.driver.queue_pairs = 4;
    let Some(mut scene) = config.build() else { return };
    let mut used = [0; 4];
    let options = TcpOptions { snd_ring: 4096, rcv_ring: 4096, ..TcpOptions::default() };
    let small = Behaviour::exchange(3_000, 7, 3_000);
    let mut talks = Vec::new();
    for n in 0..12 {
        let ipv6 = n % 2 == 1;
        let (id, peer) = scene.accepted(ipv6, 1000 + n, options, small);
        scene.offloaded(id);
        let tuple = scene.node.stack().tcp_tuple(id).unwrap();
        let end = |e: toe_api::Endpoint| SocketAddr::new(e.addr.ip(), e.port);
        let expected = scene.node.driver().queue_of(end(tuple.local), end(tuple.remote));
        assert_eq!(scene.node.session_info(id).unwrap().queue_pair, expected);
        used[usize::from(expected)] += 1;
        talks.push((id, peer));
    }
    assert!(used.iter().filter(|n| **n > 0).count() >= 3, "{used:?}");
    // The device agrees: frames of the host's sessions come where we think they do.
    for (id, _) in &talks {
        let now = scene.now();
        let _moved = scene.node.take_back(now, *id, None);
    }
    scene.run("all are back", SECOND, |s| {
        talks.iter().all(|(id, _)| s.node.owner(*id) == Owner::Host)
    });
    let before = scene.node.stats().rx_elsewhere;
    for (id, _) in &talks {
        let mut t = Transfer::new(*id, 3_000, 9, None).closing();
        scene.transfer(Micros(20 * SECOND.0), &mut [&mut t]);
        assert_eq!((t.error, t.received_sha256()), (None, pattern_sha256(7, 3_000)));
    }
    assert_eq!(scene.node.stats().rx_elsewhere - before, 0, "segments on another queue pair");
    assert!(scene.node.stats().rx_frames > 12);
}

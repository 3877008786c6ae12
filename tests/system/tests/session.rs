// SPDX-License-Identifier: Apache-2.0
//! Sessions carried by the engine: set up either way, both families, clean and lossy, closed from either side.

use toe_api::{Micros, Owner, TcpOptions};
use toe_system_tests::on_all_devices;
use toe_testkit::{Kind, SceneConfig, Transfer};
use toe_world::{Behaviour, State, WireProfile, pattern_sha256};

on_all_devices!(accepts_v4, accepts_v6, connects_v4, connects_v6, lossy_v4, lossy_v6,);

/// Bytes each way: the RTL simulates every clock.
fn volume(kind: Kind) -> u64 {
    if kind.is_rtl() { 256 * 1024 } else { 1024 * 1024 }
}

fn exchange(test: &str, kind: Kind, wire: WireProfile, ipv6: bool, active: bool) {
    let Some(mut scene) = SceneConfig::new(test, kind).wire(wire).build() else { return };
    let bytes = volume(kind);
    let behaviour = Behaviour::exchange(bytes, 7, bytes);
    let (id, connection) = if active {
        scene.connected(ipv6, 5001, TcpOptions::default(), behaviour)
    } else {
        scene.accepted(ipv6, 5001, TcpOptions::default(), behaviour)
    };
    scene.offloaded(id);
    let mut transfer = Transfer::new(id, bytes, 9, None).closing();
    scene.transfer(Micros::from_secs(120), &mut [&mut transfer]);
    assert_eq!(transfer.error, None, "{}", scene.situation());
    assert_eq!(transfer.received, bytes);
    assert_eq!(transfer.received_sha256(), pattern_sha256(7, bytes), "bytes from the peer");
    scene.run("the peer is done", Micros::from_secs(60), |scene| {
        scene.connection(connection).is_done()
    });
    let peer = scene.connection(connection);
    assert_eq!(peer.state, State::Closed);
    assert_eq!(peer.received, bytes);
    assert_eq!(peer.received_sha256(), pattern_sha256(9, bytes), "bytes to the peer");
    scene.run("the session ends", Micros::from_secs(60), |scene| {
        scene.node.owner(id) == Owner::Ended
    });
    let carried = scene.node.bytes(id);
    let total = carried.engine.total() + carried.software.total();
    assert_eq!(total, 2 * bytes, "{carried:?}");
    assert!(carried.engine.total() * 100 >= total * 99, "{carried:?}");
    let now = scene.now();
    scene.node.close(now, id).unwrap();
    scene.pass(Micros::from_secs(1));
    assert_eq!(scene.node.driver().session_slots().0, 0, "the slot is free again");
    assert_eq!(scene.node.stats().faults, 0, "{}", scene.situation());
}

fn accepts_v4(kind: Kind) {
    exchange("accepts_v4", kind, WireProfile::clean(), false, false);
}

fn accepts_v6(kind: Kind) {
    exchange("accepts_v6", kind, WireProfile::clean(), true, false);
}

fn connects_v4(kind: Kind) {
    exchange("connects_v4", kind, WireProfile::clean(), false, true);
}

fn connects_v6(kind: Kind) {
    exchange("connects_v6", kind, WireProfile::clean(), true, true);
}

fn lossy_v4(kind: Kind) {
    exchange("lossy_v4", kind, WireProfile::lossy(), false, false);
}

fn lossy_v6(kind: Kind) {
    exchange("lossy_v6", kind, WireProfile::lossy(), true, true);
}

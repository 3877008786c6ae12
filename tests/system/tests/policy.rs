// SPDX-License-Identifier: Apache-2.0
//! Which sessions go, by rules and abilities, under load: `-toe` (S-TOE-2), late offload, quotas, socket options
//! (S-TOE-10).

use toe_api::{Micros, Owner, Policy, Reason, SocketOption, TcpOptions, Toggles};
use toe_system_tests::on_all_devices;
use toe_tcp::CcAlgo;
use toe_testkit::{Kind, Scene, SceneConfig, Transfer};
use toe_world::{Behaviour, Close, ConnectionId, Direction, State, WireProfile, pattern_sha256};

on_all_devices!(
    toe_off_under_load,
    late_offload_after_some_bytes,
    quota_is_kept_and_passed_on,
    socket_options_follow_their_table,
    options_set_on_the_way_arrive,
    rules_set_congestion_control,
);

const SECOND: Micros = Micros(1_000_000);
const BYTES: u64 = 30_000;

fn scene(test: &str, kind: Kind) -> Option<Scene> {
    let wire = Direction { delay_ns: 50_000, bits_per_us: 20, ..Direction::CLEAN };
    SceneConfig::new(test, kind).wire(WireProfile::both(wire)).build()
}

fn finish(scene: &mut Scene, t: &mut Transfer, peer: ConnectionId) {
    scene.transfer(Micros(100 * SECOND.0), &mut [t]);
    assert_eq!((t.error, t.received), (None, BYTES), "{}", scene.situation());
    assert_eq!(t.received_sha256(), pattern_sha256(7, BYTES));
    scene.run("the peer is done", Micros(60 * SECOND.0), |s| s.connection(peer).is_done());
    assert_eq!(scene.connection(peer).state, State::Closed);
    assert_eq!(scene.connection(peer).received_sha256(), pattern_sha256(9, BYTES));
}

/// Small rings: the application is never far ahead of the wire.
fn small() -> TcpOptions {
    TcpOptions { snd_ring: 8192, rcv_ring: 8192, ..TcpOptions::default() }
}

fn exchange() -> Behaviour {
    Behaviour::exchange(BYTES, 7, BYTES)
}

/// The transfer that is under way stays in the engine and is intact; the next session is the host's; the other family's
/// bit is its own.
fn toe_off_under_load(kind: Kind) {
    let Some(mut scene) = scene("toe_off", kind) else { return };
    let (id, peer) = scene.accepted(false, 80, small(), exchange());
    scene.offloaded(id);
    let mut t = Transfer::new(id, BYTES, 9, None).closing();
    scene.drive_until("a part", Micros(60 * SECOND.0), &mut t, |_, t| t.received > BYTES / 4);
    let port = scene.node.interface();
    let toggle = |scene: &mut Scene, word: &str| {
        let toggles = Toggles::parse([word]).unwrap();
        scene.node.toggle_caps(port, &toggles).unwrap()
    };
    assert!(toggle(&mut scene, "-toe4").is_empty());
    assert_eq!(scene.node.owner(id), Owner::Engine);
    let (other, other_peer) = scene.accepted(false, 81, small(), exchange());
    let (six, six_peer) = scene.accepted(true, 82, small(), exchange());
    let (mut u, mut v) = (
        Transfer::new(other, BYTES, 9, None).closing(),
        Transfer::new(six, BYTES, 9, None).closing(),
    );
    scene.offloaded(six);
    finish(&mut scene, &mut u, other_peer);
    finish(&mut scene, &mut v, six_peer);
    finish(&mut scene, &mut t, peer);
    assert_eq!(scene.node.owner(id), Owner::Ended, "it was the engine's to its end");
    assert_eq!(scene.node.bytes(other).engine.total(), 0);
    assert!(scene.node.offload().stats().reasons[&Reason::Capability] >= 1);
    let idle = Behaviour { echo: false, send: 0, seed: 0, close: Close::Never };
    let (later, _) = scene.accepted(false, 83, TcpOptions::default(), idle);
    scene.pass(Micros(50_000));
    assert_eq!(scene.node.owner(later), Owner::Host);
    toggle(&mut scene, "+toe4");
    scene.offloaded(later);
}

fn late_offload_after_some_bytes(kind: Kind) {
    let Some(mut scene) = scene("late_offload", kind) else { return };
    *scene.node.policy_mut() = Policy::parse("after 10000").unwrap();
    let (id, peer) = scene.accepted(false, 80, small(), exchange());
    let mut t = Transfer::new(id, BYTES, 9, None).closing();
    let mut gone_at = None;
    scene.run("transfer", Micros(100 * SECOND.0), |s| {
        let now = s.now();
        if gone_at.is_none() && s.node.owner(id) != Owner::Host {
            gone_at = Some(t.sent + t.received);
        }
        t.drive(now, &mut s.node)
    });
    finish(&mut scene, &mut t, peer);
    let bytes = scene.node.bytes(id);
    assert!(gone_at.is_some_and(|at| at >= 10_000), "{gone_at:?}");
    assert!(bytes.software.total() >= 10_000 && bytes.engine.total() > 0, "{bytes:?}");
    assert!(scene.node.offload().stats().reasons[&Reason::TooYoung] >= 1);
}

fn quota_is_kept_and_passed_on(kind: Kind) {
    let Some(mut scene) = scene("quota", kind) else { return };
    let policy = "quota 3\nlocal port 1000-1001 => offload quota 1\nany => offload";
    *scene.node.policy_mut() = Policy::parse(policy).unwrap();
    let idle = Behaviour { echo: false, send: 0, seed: 0, close: Close::Never };
    let ids: Vec<_> = (0..6)
        .map(|n| {
            let id = scene.accepted(n % 2 == 1, 1000 + n, TcpOptions::default(), idle).0;
            scene.pass(Micros(5_000));
            id
        })
        .collect();
    scene.pass(Micros(100_000));
    let there = |s: &Scene| ids.iter().filter(|id| s.node.owner(**id) == Owner::Engine).count();
    assert_eq!(there(&scene), 3, "{}", scene.situation());
    let of_rule = ids[..2].iter().filter(|id| scene.node.owner(**id) == Owner::Engine).count();
    assert_eq!(of_rule, 1, "the rule's own quota");
    assert!(scene.node.offload().stats().reasons[&Reason::Quota] >= 1);
    // One goes: another gets its place.
    let leaver = *ids.iter().find(|id| scene.node.owner(**id) == Owner::Engine).unwrap();
    let now = scene.now();
    scene.node.take_back(now, leaver, None).unwrap();
    scene.run("it is back", SECOND, |s| s.node.owner(leaver) == Owner::Host);
    scene.run("the next", Micros(30 * SECOND.0), |s| there(s) == 3);
    assert_eq!(scene.node.owner(leaver), Owner::Host, "taken back is taken back");
    // Less room: some come back, no more than must.
    *scene.node.policy_mut() = Policy::parse("quota 1").unwrap();
    scene.run("two come back", SECOND, |s| there(s) == 1 && !s.node.offload().has_work());
    assert_eq!(scene.node.offload().stats().revoked, 2);
}

fn socket_options_follow_their_table(kind: Kind) {
    let Some(mut scene) = scene("socket_options", kind) else { return };
    let (id, peer) = scene.accepted(false, 80, small(), exchange());
    scene.offloaded(id);
    let mut t = Transfer::new(id, BYTES, 9, None).closing();
    scene.drive_until("a part", Micros(60 * SECOND.0), &mut t, |_, t| t.received > BYTES / 4);
    let set = |scene: &mut Scene, option| {
        let now = scene.now();
        scene.node.set_option(now, id, option)
    };
    set(&mut scene, SocketOption::NoDelay(true)).unwrap();
    assert!(set(&mut scene, SocketOption::SendRing(8192)).is_err());
    scene.run("the engine is told", SECOND, |s| !s.node.offload().has_work());
    scene.pass(Micros(2_000));
    assert_eq!(scene.node.owner(id), Owner::Engine);
    let now = scene.now();
    scene.node.look(now, id);
    scene.run("a look", SECOND, |s| s.node.offload().seen(id).is_some());
    assert!(scene.node.offload().seen(id).unwrap().1.nodelay, "the engine has it");
    assert_eq!(scene.node.offload().stats().options_set, 1);
    // The engine has one idle time for all.
    set(&mut scene, SocketOption::KeepAlive(Some(SECOND))).unwrap();
    scene.run("back", SECOND, |s| s.node.owner(id) == Owner::Host);
    assert_eq!(scene.node.offload().stats().options_back, 1);
    let info = scene.node.stack().tcp_info(scene.now(), id).unwrap();
    assert!(info.nodelay, "what was set there is set here");
    finish(&mut scene, &mut t, peer);
}

fn options_set_on_the_way_arrive(kind: Kind) {
    let Some(mut scene) = scene("options_on_the_way", kind) else { return };
    scene.node.offload_mut().set_automatic(false);
    let (id, peer) = scene.accepted(true, 80, small(), exchange());
    scene.pass(Micros(5_000));
    let now = scene.now();
    scene.node.offload_now(now, id).unwrap();
    assert_eq!(scene.node.owner(id), Owner::InTransit);
    scene.node.set_option(now, id, SocketOption::NoDelay(true)).unwrap();
    scene.offloaded(id);
    scene.run("told", SECOND, |s| s.node.offload().stats().options_set == 1);
    let now = scene.now();
    scene.node.take_back(now, id, None).unwrap();
    scene.node.set_option(now, id, SocketOption::NoDelay(false)).unwrap();
    scene.run("back", SECOND, |s| s.node.owner(id) == Owner::Host);
    assert!(!scene.node.stack().tcp_info(scene.now(), id).unwrap().nodelay);
    let mut t = Transfer::new(id, BYTES, 9, None).closing();
    finish(&mut scene, &mut t, peer);
}

fn rules_set_congestion_control(kind: Kind) {
    let Some(mut scene) = scene("rules_cc", kind) else { return };
    *scene.node.policy_mut() =
        Policy::parse("[P] dst port 80 => offload cong newreno\n[A] any => !offload").unwrap();
    let (id, peer) = scene.accepted(false, 80, small(), exchange());
    scene.offloaded(id);
    assert_eq!(scene.node.stack().tcp_options(id).unwrap().congestion, Some(CcAlgo::NewReno));
    let (ours, ours_peer) = scene.connected(false, 81, small(), exchange());
    scene.pass(Micros(20_000));
    assert_eq!(scene.node.owner(ours), Owner::Host, "we opened it");
    let mut u = Transfer::new(ours, BYTES, 9, None).closing();
    finish(&mut scene, &mut u, ours_peer);
    let mut t = Transfer::new(id, BYTES, 9, None).closing();
    finish(&mut scene, &mut t, peer);
}

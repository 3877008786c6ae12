// SPDX-License-Identifier: Apache-2.0
//! What happens to a session while it is on its way and nobody owns it.

use toe_api::{Action, MacAddr, Micros, Owner, Rule, TcpId, TcpOptions};
use toe_model::ModelConfig;
use toe_stack::handoff::CAUGHT_LIMIT;
use toe_system_tests::on_all_devices;
use toe_testkit::frames::ipv4_from_peer;
use toe_testkit::{Host, Kind, Scene, SceneConfig, Transfer};
use toe_world::{Behaviour, Close, ConnectionId, State, pattern_sha256};

on_all_devices!(
    ended_while_it_is_taken_back,
    rules_change_on_the_way,
    neighbour_changes_on_the_way,
    closed_on_the_way,
    aborted_on_the_way,
    more_than_is_kept_arrives_on_the_way,
);

const SECOND: Micros = Micros(1_000_000);
const BYTES: u64 = 20_000;

/// A device that takes its time, so that there is a way to be on.
fn slow(kind: Kind, command_clocks: u32) -> Kind {
    match kind {
        Kind::Model => Kind::ModelWith(ModelConfig { command_clocks, ..ModelConfig::SMALL }),
        other => other,
    }
}

/// A session on its way to the engine.
fn leaving(test: &str, kind: Kind, behaviour: Behaviour) -> Option<(Scene, TcpId, ConnectionId)> {
    let mut scene = SceneConfig::new(test, slow(kind, 20_000)).build()?;
    scene.node.offload_mut().set_automatic(false);
    scene.node.policy_mut().unsettled = true;
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), behaviour);
    let now = scene.now();
    scene.node.offload_now(now, id).unwrap();
    scene.pass(Micros(2));
    assert_eq!(scene.node.owner(id), Owner::InTransit);
    Some((scene, id, peer))
}

fn exchange() -> Behaviour {
    Behaviour::exchange(BYTES, 7, BYTES)
}

fn finish(scene: &mut Scene, id: TcpId, peer: ConnectionId) {
    let mut t = Transfer::new(id, BYTES, 9, None).closing();
    scene.transfer(Micros(100 * SECOND.0), &mut [&mut t]);
    assert_eq!((t.error, t.received), (None, BYTES), "{}", scene.situation());
    assert_eq!(t.received_sha256(), pattern_sha256(7, BYTES));
    scene.run("the peer is done", Micros(60 * SECOND.0), |s| s.connection(peer).is_done());
    assert_eq!(scene.connection(peer).received_sha256(), pattern_sha256(9, BYTES));
    assert_eq!(scene.node.offload().stats().failed, 0);
}

/// The peer resets it in the moment in which we ask for it: it ends once, with the reset.
fn ended_while_it_is_taken_back(kind: Kind) {
    let idle = Behaviour { echo: false, send: 0, seed: 7, close: Close::Never };
    // Before, while and after the firmware reads the command.
    for wait in [0, 3, 8, 20, 60, 160] {
        let config = SceneConfig::new("ended_while_taken_back", slow(kind, 2_000));
        let Some(mut scene) = config.build() else { return };
        let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), idle);
        scene.offloaded(id);
        scene.pass(Micros(5_000));
        scene.peer(|p| p.abort(peer));
        scene.pass(Micros(wait));
        let now = scene.now();
        let _asked_or_over = scene.node.take_back(now, id, None);
        scene.run("it is over", SECOND, |s| s.node.readiness(id).is_ok_and(|r| r.error));
        assert_eq!(scene.node.take_error(id), Ok(Some(toe_api::TcpError::Reset)), "{wait} µs");
        assert_eq!(scene.node.offload().sessions_away(), 0);
        let now = scene.now();
        scene.node.close(now, id).unwrap();
        assert_eq!(scene.node.driver().session_slots().0, 0);
        assert_eq!(scene.node.offload().stats().failed, 0);
    }
}

/// S-PF-1: what was decided before it left does not count any more when it arrives.
fn rules_change_on_the_way(kind: Kind) {
    let Some((mut scene, id, peer)) = leaving("rules_on_the_way", kind, exchange()) else { return };
    scene.node.policy_mut().push(Rule::local_port(80, Action::Software));
    scene.run("it comes back", SECOND, |s| {
        s.node.owner(id) == Owner::Host && !s.node.offload().has_work()
    });
    assert_eq!(scene.node.offload().stats().revoked, 1);
    finish(&mut scene, id, peer);
    assert!(scene.node.total_bytes().software.total() >= BYTES);
}

/// The next hop has another address when it arrives: no segment goes to the old one.
fn neighbour_changes_on_the_way(kind: Kind) {
    let Some((mut scene, id, peer)) = leaving("neighbour_on_the_way", kind, exchange()) else {
        return;
    };
    let (port, now) = (scene.node.interface(), scene.now());
    let other = MacAddr([2, 0, 0, 0, 0, 0x55]);
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let sink = seen.clone();
    scene.world.lock().hook_to_peer(Some(Box::new(move |frame, _| {
        if frame[12..14] == [0x08, 0x00] && frame[23] == 6 {
            sink.lock().unwrap().push(frame[..6].to_vec());
        }
        toe_world::Fate::Chance
    })));
    scene.node.stack_mut().set_neighbour(now, port, Host::PEER_V4, other).unwrap();
    scene.offloaded(id);
    scene.run("the slot is written", SECOND, |s| !s.node.offload().has_work());
    scene.pass(Micros(200_000));
    let seen = std::mem::take(&mut *seen.lock().unwrap());
    assert!(!seen.is_empty() && seen.iter().all(|mac| *mac == other.0), "{seen:02x?}");
    scene.world.lock().hook_to_peer(None);
    let now = scene.now();
    let back = MacAddr(Host::PEER_MAC);
    scene.node.stack_mut().set_neighbour(now, port, Host::PEER_V4, back).unwrap();
    finish(&mut scene, id, peer);
}

/// FIN follows when it has arrived.
fn closed_on_the_way(kind: Kind) {
    let Some((mut scene, id, peer)) = leaving("closed_on_the_way", kind, Behaviour::sink()) else {
        return;
    };
    let now = scene.now();
    scene.node.shutdown(now, id).unwrap();
    assert!(scene.node.send(now, id, b"x").is_err(), "closed is closed");
    scene.run("the peer is done", Micros(20 * SECOND.0), |s| s.connection(peer).is_done());
    assert_eq!(scene.connection(peer).state, State::Closed);
    assert_eq!(scene.node.offload().stats().installed, 1);
}

fn aborted_on_the_way(kind: Kind) {
    let Some((mut scene, id, peer)) = leaving("aborted_on_the_way", kind, Behaviour::sink()) else {
        return;
    };
    let now = scene.now();
    scene.node.abort(now, id).unwrap();
    scene.run("the peer hears", Micros(20 * SECOND.0), |s| s.connection(peer).is_done());
    assert_eq!(scene.connection(peer).state, State::Reset);
    scene.run("nothing is away", SECOND, |s| s.node.offload().sessions_away() == 0);
}

/// The host keeps so many segments; the rest comes again by itself.
fn more_than_is_kept_arrives_on_the_way(kind: Kind) {
    // Segments of its own making, each a new byte, while the firmware sleeps: for the model, whose firmware can.
    if kind.is_rtl() {
        return;
    }
    let mut config = SceneConfig::new("more_than_is_kept", slow(kind, 4_000_000));
    config.script = true;
    let Some(mut scene) = config.build() else { return };
    scene.node.offload_mut().set_automatic(false);
    let idle = Behaviour { echo: false, send: 0, seed: 7, close: Close::Never };
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), idle);
    scene.pass(Micros(5_000));
    let info = scene.node.stack().tcp_info(scene.now(), id).unwrap();
    let now = scene.now();
    scene.node.offload_now(now, id).unwrap();
    let (sport, own) = (scene.connection(peer).local_port, scene.config().node.mac.0);
    let mut byte = [0];
    for n in 0..CAUGHT_LIMIT + 40 {
        // From the stream that the peer will send: the same bytes come again from itself.
        toe_world::pattern(7, n as u64, &mut byte);
        let seq = info.rcv_nxt.0.wrapping_add(u32::try_from(n).unwrap());
        let mut tcp = Vec::new();
        tcp.extend(sport.to_be_bytes());
        tcp.extend(80_u16.to_be_bytes());
        tcp.extend(seq.to_be_bytes());
        tcp.extend(info.snd_una.0.to_be_bytes());
        // No timestamps: they would be too old later.
        tcp.extend([0x50, 0x10, 0xff, 0xff, 0, 0, 0, 0, byte[0]]);
        scene.arrive(ipv4_from_peer(own, [10, 0, 0, 2], 6, tcp));
    }
    scene.pass(Micros(10_000));
    assert_eq!(scene.node.owner(id), Owner::InTransit);
    let stats = *scene.node.stack().stats();
    assert_eq!((stats.tcp_caught, stats.tcp_caught_overflow), (CAUGHT_LIMIT as u64, 40));
    scene.offloaded(id);
    // The peer sends the whole stream itself.
    scene.peer(|p| p.send_more(peer, BYTES));
    let mut t = Transfer::new(id, 0, 9, Some(BYTES));
    scene.transfer(Micros(60 * SECOND.0), &mut [&mut t]);
    assert_eq!(t.received_sha256(), pattern_sha256(7, BYTES), "{}", scene.situation());
}

// SPDX-License-Identifier: Apache-2.0
//! Sessions change hands while they transfer; refusals; next hops that change; policy; a device that vanishes.

use std::net::SocketAddr;

use toe_abi::{RegArray, regs};
use toe_api::{Action, MacAddr, Micros, Owner, Reason, Rule, TcpError, TcpOptions};
use toe_device::Access;
use toe_offload::Refusal;
use toe_system_tests::on_all_devices;
use toe_testkit::frames::ipv4_from_peer;
use toe_testkit::{Host, Kind, Scene, SceneConfig, Transfer};
use toe_world::{Behaviour, Close, Direction, State, WireProfile, pattern_sha256};

on_all_devices!(
    there_and_back_clean,
    there_and_back_lossy,
    taken_back_in_every_closing_state,
    table_full_goes_on_in_software,
    ring_memory_full_goes_on_in_software,
    policy_change_takes_back,
    software_only_by_socket_option,
    mac_change_mid_flow,
    parks_and_resumes,
    route_lost_and_found,
    mtu_lowered_mid_flow,
    device_reset_mid_flow,
    device_vanishes_mid_flow,
    an_event_that_could_not_be_written_mid_flow,
    device_vanishes_while_a_session_moves,
    evacuated_before_a_reset,
    data_before_the_hand_over,
    handshake_that_lost_a_syn,
    what_the_engine_learnt_outlives_its_session,
    segment_that_the_engine_does_not_want,
    icmp_is_judged_by_what_is_in_flight,
);

const SECOND: Micros = Micros(1_000_000);

/// Slow enough that things happen in the middle of a transfer: 250 Mbit/s, 50 µs.
fn slow() -> WireProfile {
    WireProfile::both(Direction { delay_ns: 50_000, bits_per_us: 250, ..Direction::CLEAN })
}

fn slow_lossy() -> WireProfile {
    WireProfile::both(Direction { bits_per_us: 250, ..Direction::LOSSY })
}

fn exchange(bytes: u64) -> Behaviour {
    Behaviour::exchange(bytes, 7, bytes)
}

/// Checks both directions, and that the peer ended well.
#[track_caller]
fn finish(scene: &mut Scene, transfer: &mut Transfer, peer: toe_world::ConnectionId, bytes: u64) {
    scene.transfer(Micros(300 * SECOND.0), &mut [transfer]);
    assert_eq!(transfer.error, None, "{}", scene.situation());
    assert_eq!(transfer.received, bytes, "{}", scene.situation());
    assert_eq!(transfer.received_sha256(), pattern_sha256(7, bytes));
    scene.run("the peer is done", Micros(60 * SECOND.0), |s| s.connection(peer).is_done());
    let c = scene.connection(peer);
    assert_eq!((c.state, c.received), (State::Closed, bytes));
    assert_eq!(c.received_sha256(), pattern_sha256(9, bytes));
}

fn there_and_back(test: &str, kind: Kind, wire: WireProfile) {
    let mut config = SceneConfig::new(test, kind).wire(wire);
    config.node.policy.unsettled = true;
    let Some(mut scene) = config.build() else { return };
    let bytes = if kind.is_rtl() { 200_000 } else { 1_000_000 };
    // Small rings: the application is never far ahead of the wire.
    let options = TcpOptions { snd_ring: 16 * 1024, rcv_ring: 16 * 1024, ..TcpOptions::default() };
    let (id, peer) = scene.accepted(false, 80, options, exchange(bytes));
    let mut t = Transfer::new(id, bytes, 9, None).closing();
    let (mut moves, mut next) = (0_u64, 0);
    scene.run("transfer", Micros(300 * SECOND.0), |s| {
        let now = s.now();
        let at = t.sent + t.received;
        if at >= next {
            let moved = match s.node.owner(id) {
                Owner::Engine => s.node.take_back(now, id, None).is_ok(),
                Owner::Host => s.node.offload_now(now, id).is_ok(),
                Owner::InTransit | Owner::InTransitBack | Owner::Ended => false,
            };
            if moved {
                moves += 1;
                next = at + 30_000;
            }
        }
        t.drive(now, &mut s.node)
    });
    finish(&mut scene, &mut t, peer, bytes);
    let stats = scene.node.offload().stats();
    assert!(moves >= 6, "only {moves} moves\n{}", scene.situation());
    assert!(stats.installed >= 3 && stats.returned >= 3, "{stats:?}");
    let carried = scene.node.total_bytes();
    assert_eq!(carried.engine.total() + carried.software.total(), 2 * bytes, "{carried:?}");
}

fn there_and_back_clean(kind: Kind) {
    there_and_back("there_and_back_clean", kind, slow());
}

fn there_and_back_lossy(kind: Kind) {
    there_and_back("there_and_back_lossy", kind, slow_lossy());
}

/// A session comes back half closed, from either side, and ends well in software.
fn taken_back_in_every_closing_state(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("taken_back_closing", kind).build() else { return };
    // The peer has closed.
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), Behaviour::source(3_000, 7));
    scene.offloaded(id);
    scene.pass(Micros(20_000));
    let now = scene.now();
    scene.node.take_back(now, id, None).unwrap();
    scene.run("back", SECOND, |s| s.node.owner(id) == Owner::Host);
    let mut t = Transfer::new(id, 5_000, 9, None).closing();
    scene.transfer(SECOND, &mut [&mut t]);
    assert_eq!((t.received, t.ended), (3_000, true));
    assert_eq!(t.received_sha256(), pattern_sha256(7, 3_000));
    scene.run("the peer ends", SECOND, |s| s.connection(peer).is_done());
    assert_eq!(scene.connection(peer).received_sha256(), pattern_sha256(9, 5_000));
    // We have closed, and the peer goes on sending.
    let never = Behaviour { echo: false, send: 0, seed: 7, close: Close::Never };
    let (id, peer) = scene.accepted(true, 81, TcpOptions::default(), never);
    scene.offloaded(id);
    let now = scene.now();
    scene.node.shutdown(now, id).unwrap();
    scene.pass(Micros(20_000));
    let now = scene.now();
    scene.node.take_back(now, id, None).unwrap();
    scene.run("back", SECOND, |s| s.node.owner(id) == Owner::Host);
    scene.peer(|p| p.send_more(peer, 4_000));
    let mut t = Transfer::new(id, 0, 0, Some(4_000));
    scene.transfer(SECOND, &mut [&mut t]);
    assert_eq!(t.received_sha256(), pattern_sha256(7, 4_000));
    scene.peer(|p| p.close(peer));
    scene.run("end of stream", SECOND, |s| {
        let now = s.now();
        s.node.recv(now, id, &mut [0; 10]) == Ok(0)
    });
}

fn table_full_goes_on_in_software(kind: Kind) {
    // Too many sessions to fill `mid` or `large` here.
    if matches!(kind, Kind::RtlMid | Kind::RtlLarge) {
        return;
    }
    let mut config = SceneConfig::new("table_full", kind);
    config.peer.send_buffer = 8192;
    config.peer.receive_buffer = 8192;
    let Some(mut scene) = config.build() else { return };
    let options = TcpOptions { snd_ring: 4096, rcv_ring: 4096, ..TcpOptions::default() };
    let slots = scene.node.driver().session_slots().1;
    assert_eq!(slots, 64);
    let idle = Behaviour { echo: false, send: 100, seed: 7, close: Close::Never };
    let mut ids = Vec::new();
    for n in 0..u16::try_from(slots).unwrap() + 3 {
        ids.push(scene.accepted(false, 1000 + n, options, idle).0);
        scene.pass(Micros(200));
    }
    scene.pass(Micros(5_000));
    let engine = ids.iter().filter(|id| scene.node.owner(**id) == Owner::Engine).count();
    assert_eq!(engine, slots, "{}", scene.situation());
    let full = scene.node.offload().stats().reasons.get(&Reason::Engine(Refusal::Full)).copied();
    assert!(full.is_some_and(|n| n >= 3), "{full:?}");
    // Those in software work as well.
    for id in &ids {
        let mut t = Transfer::new(*id, 100, 9, Some(100));
        scene.transfer(SECOND, &mut [&mut t]);
        assert_eq!((t.error, t.received_sha256()), (None, pattern_sha256(7, 100)));
    }
    // A slot becomes free: one of those that wait gets it.
    let now = scene.now();
    scene.node.abort(now, ids[0]).unwrap();
    let waiting: Vec<_> =
        ids.iter().copied().filter(|id| scene.node.owner(*id) == Owner::Host).collect();
    scene.run("ended", SECOND, |s| s.node.owner(ids[0]) == Owner::Ended);
    let now = scene.now();
    scene.node.close(now, ids[0]).unwrap();
    scene.run("the next one goes", Micros(30 * SECOND.0), |s| {
        waiting.iter().any(|id| s.node.owner(*id) == Owner::Engine)
    });
}

fn ring_memory_full_goes_on_in_software(kind: Kind) {
    let mut config = SceneConfig::new("ring_memory_full", kind);
    config.node.driver.max_ring_memory = 256 * 1024;
    config.node.driver.ring_chunk = 256 * 1024;
    let Some(mut scene) = config.build() else { return };
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), exchange(50_000));
    let mut t = Transfer::new(id, 50_000, 9, None).closing();
    finish(&mut scene, &mut t, peer, 50_000);
    assert_eq!(scene.node.total_bytes().engine.total(), 0);
    let stats = scene.node.offload().stats();
    assert!(stats.reasons[&Reason::Engine(Refusal::Full)] >= 1, "{stats:?}");
    assert_eq!(stats.out, stats.refused, "{stats:?}");
}

fn policy_change_takes_back(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("policy_change", kind).build() else { return };
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), exchange(60_000));
    scene.offloaded(id);
    scene.node.policy_mut().push(Rule::local_port(80, Action::Software));
    scene.run("taken back", SECOND, |s| s.node.owner(id) == Owner::Host);
    assert_eq!(scene.node.offload().stats().revoked, 1);
    scene.pass(SECOND);
    assert_eq!(scene.node.owner(id), Owner::Host, "it stays");
    assert!(scene.node.offload().policy().rules().next().unwrap().1 >= 1, "hits are counted");
    scene.node.policy_mut().clear();
    scene.offloaded(id);
    let mut t = Transfer::new(id, 60_000, 9, None).closing();
    finish(&mut scene, &mut t, peer, 60_000);
}

fn software_only_by_socket_option(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("software_only", kind).build() else { return };
    let options = TcpOptions { offload: false, ..TcpOptions::default() };
    let (id, peer) = scene.connected(true, 80, options, exchange(60_000));
    let mut t = Transfer::new(id, 60_000, 9, None).closing();
    finish(&mut scene, &mut t, peer, 60_000);
    assert_eq!(scene.node.offload().stats().reasons[&Reason::SocketOption], 1);
    assert_eq!(scene.counter("tx_session_segs"), 0);
}

/// S-RTC-3: every session follows at its next segment, and no frame has a mixed header.
fn mac_change_mid_flow(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("mac_change", kind).wire(slow()).build() else { return };
    let bytes = 200_000;
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), exchange(bytes));
    scene.offloaded(id);
    let mut t = Transfer::new(id, bytes, 9, None).closing();
    scene.drive_until("half of it", Micros(60 * SECOND.0), &mut t, |_, t| t.received > bytes / 4);
    let port = scene.node.interface();
    let other = MacAddr([0x02, 0, 0, 0, 0, 0x77]);
    let now = scene.now();
    scene.node.stack_mut().set_neighbour(now, port, Host::PEER_V4, other).unwrap();
    scene.pass(Micros(2_000));
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let sink = seen.clone();
    scene.world.lock().hook_to_peer(Some(Box::new(move |frame, _| {
        sink.lock().unwrap().push(frame[..12].to_vec());
        toe_world::Fate::Chance
    })));
    scene.drive_until("it sends again", Micros(20 * SECOND.0), &mut t, |_, _| {
        seen.lock().unwrap().len() > 2
    });
    for header in seen.lock().unwrap().iter() {
        assert_eq!(header[..6], other.0, "the old address after the fence");
        assert_eq!(header[6..], scene.config().node.mac.0);
    }
    scene.world.lock().hook_to_peer(None);
    let now = scene.now();
    scene
        .node
        .stack_mut()
        .set_neighbour(now, port, Host::PEER_V4, MacAddr(Host::PEER_MAC))
        .unwrap();
    finish(&mut scene, &mut t, peer, bytes);
    assert_eq!(scene.node.owner(id), Owner::Ended, "it was the engine's all the time");
    assert!(scene.node.offload().stats().hop_rewrites >= 2);
}

/// The neighbour vanishes: the session waits, nothing is dropped or guessed; it comes back: the session goes on.
fn parks_and_resumes(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("parks_and_resumes", kind).wire(slow()).build() else {
        return;
    };
    let bytes = 200_000;
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), exchange(bytes));
    scene.offloaded(id);
    let mut t = Transfer::new(id, bytes, 9, None).closing();
    scene.drive_until("a quarter", Micros(60 * SECOND.0), &mut t, |_, t| t.received > bytes / 4);
    // Nobody answers any more.
    scene.world.lock().hook_to_peer(Some(Box::new(|frame, _| {
        if frame[12..14] == [0x08, 0x06] { toe_world::Fate::Drop } else { toe_world::Fate::Chance }
    })));
    let port = scene.node.interface();
    let key = scene.node.stack().neighbour_key(port, Host::PEER_V4).unwrap();
    let now = scene.now();
    scene.node.stack_mut().remove_neighbour(now, key);
    scene.drive_until("it parks", Micros(20 * SECOND.0), &mut t, |s, _| {
        s.node.session_info(id).is_some_and(|i| i.parked)
    });
    // What was on its way to the wire leaves.
    scene.pass(Micros(20_000));
    let segments = scene.counter("tx_session_segs");
    scene.pass(Micros(3 * SECOND.0));
    assert_eq!(scene.counter("tx_session_segs"), segments, "a parked session sends nothing");
    scene.world.lock().hook_to_peer(None);
    finish(&mut scene, &mut t, peer, bytes);
    let stats = scene.node.offload().stats();
    assert!(stats.parked >= 1 && stats.kicked >= 1, "{stats:?}");
    assert_eq!(stats.back, 0, "it was the engine's all the time");
}

fn route_lost_and_found(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("route_lost", kind).wire(slow()).build() else { return };
    let bytes = 200_000;
    let (id, peer) = scene.accepted(true, 80, TcpOptions::default(), exchange(bytes));
    scene.offloaded(id);
    let mut t = Transfer::new(id, bytes, 9, None).closing();
    scene.drive_until("a quarter", Micros(60 * SECOND.0), &mut t, |_, t| t.received > bytes / 4);
    let port = scene.node.interface();
    scene.node.stack_mut().set_interface_up(port, false).unwrap();
    scene.drive_until("it parks", Micros(20 * SECOND.0), &mut t, |s, _| {
        s.node.session_info(id).is_some_and(|i| i.parked)
    });
    scene.node.stack_mut().set_interface_up(port, true).unwrap();
    finish(&mut scene, &mut t, peer, bytes);
}

/// A smaller MTU: the session's segments follow, retransmissions included.
fn mtu_lowered_mid_flow(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("mtu_lowered", kind).wire(slow()).build() else {
        return;
    };
    let bytes = 400_000;
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), exchange(bytes));
    scene.offloaded(id);
    let mut t = Transfer::new(id, bytes, 9, None).closing();
    scene.drive_until("a part", Micros(60 * SECOND.0), &mut t, |_, t| t.received > bytes / 20);
    let port = scene.node.interface();
    scene.node.stack_mut().set_mtu(port, 1000).unwrap();
    scene.run("the engine is told", SECOND, |s| s.node.offload().stats().mss_changed == 1);
    // What is on its way arrives.
    scene.pass(Micros(2_500));
    let longest = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let seen = longest.clone();
    scene.world.lock().hook_to_peer(Some(Box::new(move |frame, _| {
        seen.fetch_max(frame.len(), std::sync::atomic::Ordering::SeqCst);
        toe_world::Fate::Chance
    })));
    finish(&mut scene, &mut t, peer, bytes);
    let longest = longest.load(std::sync::atomic::Ordering::SeqCst);
    assert!((900..=1014).contains(&longest), "frames of {longest} bytes");
    assert_eq!(scene.node.offload().stats().mss_changed, 1);
}

/// The device goes away in the middle: sockets get an error, nothing hangs; after a reset new sessions work.
fn device_reset_mid_flow(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("device_reset", kind).wire(slow()).build() else {
        return;
    };
    let (id, _) = scene.accepted(false, 80, TcpOptions::default(), exchange(500_000));
    let software = TcpOptions { offload: false, ..TcpOptions::default() };
    let (other, other_peer) = scene.accepted(true, 81, software, exchange(50_000));
    scene.offloaded(id);
    let mut t = Transfer::new(id, 500_000, 9, None);
    scene.drive_until("a part", Micros(60 * SECOND.0), &mut t, |_, t| t.received > 50_000);
    let now = scene.now();
    scene.node.reset_device(now).unwrap();
    scene.transfer(SECOND, &mut [&mut t]);
    assert_eq!(t.error, Some(TcpError::Aborted));
    assert_eq!(scene.node.owner(id), Owner::Ended);
    let now = scene.now();
    scene.node.close(now, id).unwrap();
    assert_eq!(scene.node.driver().session_slots().0, 0);
    // The session in software goes on.
    let mut u = Transfer::new(other, 50_000, 9, None).closing();
    finish(&mut scene, &mut u, other_peer, 50_000);
    // A new one goes to the engine.
    let (id, peer) = scene.accepted(false, 82, TcpOptions::default(), exchange(50_000));
    scene.offloaded(id);
    let mut t = Transfer::new(id, 50_000, 9, None).closing();
    finish(&mut scene, &mut t, peer, 50_000);
}

/// It is pulled out: within a second every socket that it had knows, what was received can be read, the host goes on.
fn device_vanishes_mid_flow(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("device_vanishes", kind).wire(slow()).build() else {
        return;
    };
    let (id, _) = scene.accepted(false, 80, TcpOptions::default(), exchange(500_000));
    let idle = Behaviour { echo: false, send: 300, seed: 7, close: Close::Never };
    let (reader, _) = scene.accepted(true, 81, TcpOptions::default(), idle);
    scene.offloaded(id);
    scene.offloaded(reader);
    let mut t = Transfer::new(id, 500_000, 9, None);
    scene.drive_until("a part", Micros(60 * SECOND.0), &mut t, |_, t| t.received > 50_000);
    scene.world.lock().device_mut().vanish(true);
    let gone = scene.now();
    let mut u = Transfer::new(reader, 0, 9, None);
    scene.run("they know", SECOND, |s| {
        let now = s.now();
        let both = [t.drive(now, &mut s.node), u.drive(now, &mut s.node)];
        both == [true; 2]
    });
    assert!(scene.now().since(gone) < SECOND, "{}", scene.now().since(gone).0);
    assert_eq!((t.error, u.error), (Some(TcpError::Aborted), Some(TcpError::Aborted)));
    assert_eq!(u.received_sha256(), pattern_sha256(7, 300), "what came before can be read");
    assert!(scene.node.is_lost());
    let now = scene.now();
    assert_eq!(scene.node.close(now, id), Ok(()));
    assert_eq!(scene.node.close(now, reader), Ok(()));
    // It comes back, and so does everything else.
    scene.world.lock().device_mut().vanish(false);
    let now = scene.now();
    scene.node.reset_device(now).unwrap();
    let (id, peer) = scene.accepted(false, 82, TcpOptions::default(), exchange(50_000));
    scene.offloaded(id);
    let mut t = Transfer::new(id, 50_000, 9, None).closing();
    finish(&mut scene, &mut t, peer, 50_000);
}

/// One record of one event ring is lost: whoever waits for what it said has an error within a second, and a reset makes
/// everything whole.
fn an_event_that_could_not_be_written_mid_flow(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("event_lost", kind).wire(slow()).build() else {
        return;
    };
    let (id, _) = scene.accepted(false, 80, TcpOptions::default(), exchange(500_000));
    scene.offloaded(id);
    let mut t = Transfer::new(id, 500_000, 9, None);
    scene.drive_until("a part", Micros(60 * SECOND.0), &mut t, |_, t| t.received > 50_000);
    let driver = scene.node.driver_mut();
    let rings: Vec<_> = (0..u32::from(driver.queue_pairs()))
        .map(|qp| {
            let mut reg =
                |of: RegArray<u32>| u64::from(driver.register(of.at(qp).unwrap()).unwrap());
            let base = reg(regs::QP_EVQ_BASE_LO) | reg(regs::QP_EVQ_BASE_HI) << 32;
            let config = driver.register(regs::QP_CONFIG.at(qp).unwrap()).unwrap();
            base..base + (32 << config.evq_log2())
        })
        .collect();
    let mut failed = false;
    let hit = move |access, iova: u64, _| {
        let now = !failed && access == Access::Write && rings.iter().any(|r| r.contains(&iova));
        failed |= now;
        now
    };
    scene.world.lock().memory_mut().fail_when(Some(Box::new(hit)));
    let gone = scene.now();
    // In pieces: nobody has a timer any more once it is over.
    loop {
        let now = scene.now();
        if t.drive(now, &mut scene.node) {
            break;
        }
        assert!(now.since(gone) < SECOND, "{}", scene.situation());
        scene.pass(Micros(10_000));
    }
    assert_eq!(t.error, Some(TcpError::Aborted));
    assert!(scene.node.is_lost());
    let now = scene.now();
    assert_eq!(scene.node.close(now, id), Ok(()));
    scene.node.reset_device(now).unwrap();
    let (id, peer) = scene.accepted(false, 82, TcpOptions::default(), exchange(50_000));
    scene.offloaded(id);
    let mut t = Transfer::new(id, 50_000, 9, None).closing();
    finish(&mut scene, &mut t, peer, 50_000);
}

/// Nobody knows who has a session whose command was never answered: it ends with an error, within the command's time.
/// One that was not asked for yet goes on in software.
fn device_vanishes_while_a_session_moves(kind: Kind) {
    for out in [true, false] {
        let Some(mut scene) = SceneConfig::new("device_vanishes_moving", kind).build() else {
            return;
        };
        scene.node.offload_mut().set_automatic(false);
        let (id, _) = scene.accepted(false, 80, TcpOptions::default(), exchange(5_000));
        scene.pass(Micros(20_000));
        let now = scene.now();
        scene.node.offload_now(now, id).unwrap();
        if !out {
            scene.offloaded(id);
            let now = scene.now();
            scene.node.take_back(now, id, None).unwrap();
        }
        scene.world.lock().device_mut().vanish(true);
        let gone = scene.now();
        // In pieces: nobody has a timer any more once it is over.
        while !matches!(scene.node.owner(id), Owner::Ended | Owner::Host) {
            let _late = scene.try_run(Micros(20_000), |s| {
                matches!(s.node.owner(id), Owner::Ended | Owner::Host)
            });
        }
        let took = scene.now().since(gone);
        assert!(took < Micros(2 * SECOND.0), "out {out}: {} µs\n{}", took.0, scene.situation());
        let error = scene.node.take_error(id).unwrap();
        let owner = scene.node.owner(id);
        assert_eq!(error.is_some(), owner == Owner::Ended, "{error:?} {owner}");
        assert_eq!(scene.node.offload().sessions_away(), 0);
    }
}

/// Nothing is lost when there is time to say so.
fn evacuated_before_a_reset(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("evacuated", kind).wire(slow()).build() else { return };
    let bytes = 200_000;
    let options = TcpOptions { snd_ring: 16 * 1024, rcv_ring: 16 * 1024, ..TcpOptions::default() };
    let (id, peer) = scene.accepted(true, 80, options, exchange(bytes));
    scene.offloaded(id);
    let mut t = Transfer::new(id, bytes, 9, None).closing();
    scene.drive_until("a quarter", Micros(60 * SECOND.0), &mut t, |_, t| t.received > bytes / 4);
    let now = scene.now();
    assert_eq!(scene.node.evacuate(now), 1);
    scene.run("it is back", SECOND, |s| s.node.offload().sessions_away() == 0);
    let now = scene.now();
    scene.node.reset_device(now).unwrap();
    scene.node.set_automatic(now, true);
    finish(&mut scene, &mut t, peer, bytes);
    let carried = scene.node.total_bytes();
    assert!(carried.engine.total() > bytes, "{carried:?}");
    assert_eq!(scene.node.offload().stats().installed, 2);
}

/// Bytes wait in both rings when the session leaves: they go with it.
fn data_before_the_hand_over(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("data_before", kind).build() else { return };
    scene.node.offload_mut().set_automatic(false);
    // Probing a closed window counts as recovery.
    scene.node.policy_mut().unsettled = true;
    let bytes = 120_000;
    let options = TcpOptions { snd_ring: 16 * 1024, rcv_ring: 32 * 1024, ..TcpOptions::default() };
    let (id, peer) = scene.accepted(false, 80, options, exchange(bytes));
    let mut t = Transfer::new(id, bytes, 9, None).closing();
    t.paused = true;
    scene.peer(|p| p.set_reading(peer, false));
    let _both_windows_are_full = scene.try_run(SECOND, |s| {
        let now = s.now();
        t.drive(now, &mut s.node)
    });
    assert_eq!(scene.node.owner(id), Owner::Host);
    assert!(!t.closed, "both rings are full");
    let now = scene.now();
    scene.node.offload_now(now, id).unwrap();
    scene.offloaded(id);
    finish_paused(&mut scene, t, peer, bytes);
}

/// The back-off of a SYN that was lost stays until a round trip is measured (RFC 6298 §5), which an end that only receives,
/// from a peer without timestamps, never does: that is no recovery, and no reason to stay in software.
fn handshake_that_lost_a_syn(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("lost_syn", kind).build() else { return };
    let mut lost = false;
    scene.world.lock().hook_to_peer(Some(Box::new(move |frame, _| {
        // IPv4, TCP, SYN alone.
        let syn = frame[12..14] == [8, 0] && frame[23] == 6 && frame[47] == 2;
        if syn && !std::mem::replace(&mut lost, true) {
            return toe_world::Fate::Drop;
        }
        toe_world::Fate::Chance
    })));
    let bytes = 50_000;
    let behaviour = Behaviour::source(bytes, 7);
    let (id, _) = scene.connected(false, 80, TcpOptions::default(), behaviour);
    assert!(scene.now() > SECOND, "the SYN was lost");
    scene.offloaded(id);
    let mut t = Transfer::new(id, 0, 9, Some(bytes));
    scene.transfer(Micros(20 * SECOND.0), &mut [&mut t]);
    assert_eq!((t.error, t.received_sha256()), (None, pattern_sha256(7, bytes)));
}

/// S-HC-1: the next connection to the same peer begins with what the session before it had learnt, in whichever place that
/// ended: round-trip time, its variation, and the threshold that a loss left.
fn what_the_engine_learnt_outlives_its_session(kind: Kind) {
    let delay = 5_000_000;
    let mut thresholds = Vec::new();
    for engine in [true, false] {
        let wire = WireProfile::both(Direction { delay_ns: delay, ..Direction::CLEAN });
        let config = SceneConfig { wire, ..SceneConfig::new("learnt", kind) };
        let Some(mut scene) = config.build() else { return };
        let bytes = 60_000;
        let options = TcpOptions { offload: engine, ..TcpOptions::default() };
        let (id, peer) = scene.connected(false, 80, options, exchange(bytes));
        if engine {
            scene.offloaded(id);
        }
        scene.node.stack_mut().host_cache_mut().purge();
        let mut full_segments = 0;
        scene.world.lock().hook_to_peer(Some(Box::new(move |frame, _| {
            full_segments += u32::from(frame.len() > 1000);
            let lost = full_segments == 6 && frame.len() > 1000;
            if lost { toe_world::Fate::Drop } else { toe_world::Fate::Chance }
        })));
        let mut t = Transfer::new(id, bytes, 9, Some(bytes)).closing();
        finish(&mut scene, &mut t, peer, bytes);
        scene.run("its end is known", SECOND, |s| !s.node.stack().host_cache().is_empty());
        let stats = scene.node.offload().stats();
        assert_eq!((stats.closed, stats.returned), (engine.into(), 0), "{stats:?}");
        let known = scene.node.stack().host_cache().iter().next().copied().expect("remembered");
        let known = known.metrics;
        let srtt = u64::from(known.srtt_us8 >> 3);
        assert!((2 * delay / 1000..4 * delay / 1000).contains(&srtt), "{srtt} µs");
        assert!((1..known.srtt_us8).contains(&(known.rttvar_us4 * 2)), "{known:?}");
        assert!((2 * 1448..65_536).contains(&known.ssthresh), "{known:?}");
        assert!((1448..200_000).contains(&known.cwnd), "{known:?}");
        thresholds.push(known.ssthresh);

        let now = scene.now();
        let remote = SocketAddr::new(Host::peer(false), 80);
        let next = scene.node.connect(now, remote, TcpOptions::default()).unwrap();
        let info = scene.node.stack().tcp_info(now, next).unwrap();
        assert_eq!((info.rtt, info.rttvar), (known.srtt_us8 >> 3, known.rttvar_us4 >> 2));
        assert_eq!(info.ssthresh, known.ssthresh.max(4 * u32::from(info.path_mss)));
    }
    // The same loss at the same place, met by two implementations.
    assert!(thresholds[0] <= 2 * thresholds[1] && thresholds[1] <= 2 * thresholds[0]);
}

fn finish_paused(scene: &mut Scene, mut t: Transfer, peer: toe_world::ConnectionId, bytes: u64) {
    t.paused = false;
    scene.peer(|p| p.set_reading(peer, true));
    finish(scene, &mut t, peer, bytes);
}

/// A segment with an option that the engine does not know goes to the host; the host feeds it to the engine, which
/// returns it; software must look at it: the session comes back, and stays.
fn segment_that_the_engine_does_not_want(kind: Kind) {
    let mut config = SceneConfig::new("unwanted_segment", kind);
    config.script = true;
    let Some(mut scene) = config.build() else { return };
    let bytes = 30_000;
    let behaviour = Behaviour { echo: false, send: 0, seed: 7, close: Close::Never };
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), behaviour);
    scene.offloaded(id);
    scene.pass(Micros(20_000));
    let info = scene.node.session_info(id).unwrap();
    let port = scene.connection(peer).local_port;
    // 28 bytes of TCP header: option 253 (RFC 4727), 8 bytes long.
    let mut tcp = Vec::new();
    tcp.extend(port.to_be_bytes());
    tcp.extend(80_u16.to_be_bytes());
    tcp.extend(info.rcv_nxt.to_be_bytes());
    tcp.extend(info.snd_una.to_be_bytes());
    tcp.extend([0x70, 0x10, 0xff, 0xff, 0, 0, 0, 0]);
    tcp.extend([253, 8, 0, 0, 0, 0, 0, 0]);
    let mac = scene.config().node.mac.0;
    scene.arrive(ipv4_from_peer(mac, [10, 0, 0, 2], 6, tcp));
    scene.run("it comes back", SECOND, |s| s.node.owner(id) == Owner::Host);
    let stats = scene.node.offload().stats();
    assert_eq!((stats.bounced, stats.returned), (1, 1), "{stats:?}");
    assert!(scene.node.stats().rx_bounced <= 2, "{:?}", scene.node.stats());
    assert_eq!(scene.counter("rx_host_tcp_options"), 2, "from the wire and injected");
    scene.peer(|p| p.send_more(peer, bytes));
    let mut t = Transfer::new(id, bytes, 9, Some(bytes));
    scene.transfer(Micros(20 * SECOND.0), &mut [&mut t]);
    assert_eq!((t.error, t.received_sha256()), (None, pattern_sha256(7, bytes)));
    // Not even later: it has shown an option that the engine does not know.
    scene.pass(Micros(30 * SECOND.0));
    assert_eq!(scene.node.owner(id), Owner::Host);
    assert!(scene.node.offload().stats().reasons[&Reason::Options] >= 1);
}

/// S-MTU-1: "fragmentation needed" about a session of the engine counts only if the quoted sequence number is in flight
/// there; then the session's segments shrink.
fn icmp_is_judged_by_what_is_in_flight(kind: Kind) {
    let mut config = SceneConfig::new("icmp_in_flight", kind);
    config.script = true;
    let Some(mut scene) = config.build() else { return };
    let bytes = 20_000;
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), Behaviour::sink());
    scene.offloaded(id);
    scene.world.lock().hook_to_peer(Some(Box::new(|_, _| toe_world::Fate::Drop)));
    let mut t = Transfer::new(id, bytes, 9, Some(0));
    scene.transfer(SECOND, &mut [&mut t]);
    scene.pass(Micros(20_000));
    let info = scene.node.session_info(id).unwrap();
    assert_ne!(info.snd_una, info.snd_end, "nothing arrives");
    let port = scene.connection(peer).local_port;
    let mut icmp = |seq: u32| {
        let mut quoted =
            vec![0x45, 0, 5, 220, 0, 0, 0x40, 0, 63, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2];
        quoted.extend(80_u16.to_be_bytes());
        quoted.extend(port.to_be_bytes());
        quoted.extend(seq.to_be_bytes());
        let mut body = vec![3, 4, 0, 0, 0, 0];
        body.extend(1000_u16.to_be_bytes());
        body.extend(quoted);
        let mac = scene.config().node.mac.0;
        scene.arrive(ipv4_from_peer(mac, [10, 0, 0, 2], 1, body));
        scene.pass(Micros(5_000));
        let stats = scene.node.offload().stats();
        (stats.icmp_asked, stats.icmp_believed, stats.mss_changed)
    };
    assert_eq!(icmp(info.snd_una.wrapping_sub(1)), (1, 0, 0), "long acknowledged");
    assert_eq!(icmp(info.snd_end.wrapping_add(5)), (2, 0, 0), "never sent");
    assert_eq!(icmp(info.snd_una), (3, 1, 1));
    let longest = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let seen = longest.clone();
    scene.world.lock().hook_to_peer(Some(Box::new(move |frame, _| {
        seen.fetch_max(frame.len(), std::sync::atomic::Ordering::SeqCst);
        toe_world::Fate::Chance
    })));
    let mut t = Transfer::new(id, 0, 9, None).closing();
    scene.transfer(Micros(60 * SECOND.0), &mut [&mut t]);
    scene.run("the peer ends", SECOND, |s| s.connection(peer).is_done());
    assert_eq!(scene.connection(peer).received_sha256(), pattern_sha256(9, bytes));
    let longest = longest.load(std::sync::atomic::Ordering::SeqCst);
    assert!((900..=1014).contains(&longest), "frames of {longest} bytes");
}

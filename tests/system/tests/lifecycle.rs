// SPDX-License-Identifier: Apache-2.0
//! How sessions of the engine end, and what holds them up: FIN and RST from either side, closed windows, TIME_WAIT.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use toe_abi::{AdminOpcode, MslClass, SessionImage, regs};
use toe_api::{Micros, Owner, TcpError, TcpOptions};
use toe_driver::PUBLISHED_RSS_KEY;
use toe_image::addr_words;
use toe_model::ModelConfig;
use toe_stack::FourTuple;
use toe_system_tests::on_all_devices;
use toe_testkit::hash::{Place, Toeplitz, preimages};
use toe_testkit::{Kind, Scene, SceneConfig, Transfer};
use toe_world::{Behaviour, Close, Direction, Fate, State, WireProfile, pattern_sha256};

on_all_devices!(
    peer_closes_first,
    we_close_first,
    both_close_at_once,
    peer_resets,
    we_reset,
    closed_with_unread_data_resets,
    peer_stops_reading,
    we_stop_reading,
    window_update_lost,
    time_wait_answers_and_expires,
    without_a_place_in_time_wait_the_host_answers,
    socket_closed_while_sending,
);

const SECOND: Micros = Micros(1_000_000);

fn scene(test: &str, kind: Kind) -> Option<Scene> {
    SceneConfig::new(test, kind).build()
}

fn idle(send: u64, seed: u64) -> Behaviour {
    Behaviour { echo: false, send, seed, close: Close::Never }
}

fn ended(scene: &mut Scene, id: toe_api::TcpId) {
    scene.run("the session ends", Micros(120 * SECOND.0), |s| s.node.owner(id) == Owner::Ended);
}

fn peer_closes_first(kind: Kind) {
    let Some(mut scene) = scene("peer_closes_first", kind) else { return };
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), Behaviour::source(20_000, 3));
    scene.offloaded(id);
    let mut t = Transfer::new(id, 0, 0, None);
    scene.transfer(SECOND, &mut [&mut t]);
    assert_eq!((t.received, t.ended), (20_000, true));
    assert_eq!(t.received_sha256(), pattern_sha256(3, 20_000));
    // The other direction is still open.
    let mut t = Transfer::new(id, 30_000, 4, None).closing();
    scene.transfer(SECOND, &mut [&mut t]);
    ended(&mut scene, id);
    scene.run("the peer ends", Micros(60 * SECOND.0), |s| s.connection(peer).is_done());
    let c = scene.connection(peer);
    assert_eq!((c.state, c.received), (State::Closed, 30_000));
    assert_eq!(scene.node.offload().stats().closed_time_wait, 0, "the peer waits, not we");
}

fn we_close_first(kind: Kind) {
    let Some(mut scene) = scene("we_close_first", kind) else { return };
    let (id, peer) = scene.connected(true, 80, TcpOptions::default(), Behaviour::sink());
    scene.offloaded(id);
    let mut t = Transfer::new(id, 30_000, 4, None).closing();
    scene.transfer(SECOND, &mut [&mut t]);
    ended(&mut scene, id);
    scene.run("the peer ends", SECOND, |s| s.connection(peer).is_done());
    let c = scene.connection(peer);
    assert_eq!((c.state, c.received), (State::Closed, 30_000));
    assert_eq!(c.received_sha256(), pattern_sha256(4, 30_000));
    assert_eq!(scene.node.offload().stats().closed_time_wait, 1);
    assert_eq!(scene.node.offload().time_waits(), 1);
}

fn both_close_at_once(kind: Kind) {
    let wire = WireProfile::both(Direction { delay_ns: 200_000, ..Direction::CLEAN });
    let Some(mut scene) = SceneConfig::new("both_close_at_once", kind).wire(wire).build() else {
        return;
    };
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), idle(0, 0));
    scene.offloaded(id);
    scene.pass(Micros(10_000));
    scene.peer(|p| p.close(peer));
    let now = scene.now();
    scene.node.shutdown(now, id).unwrap();
    ended(&mut scene, id);
    assert_eq!(scene.node.offload().stats().closed_time_wait, 1);
    assert_eq!(scene.node.take_error(id).unwrap(), None);
}

fn peer_resets(kind: Kind) {
    let Some(mut scene) = scene("peer_resets", kind) else { return };
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), idle(5_000, 1));
    scene.offloaded(id);
    scene.pass(Micros(50_000));
    scene.peer(|p| p.abort(peer));
    ended(&mut scene, id);
    // What came before can still be read, then the error comes.
    let mut t = Transfer::new(id, 0, 0, None);
    scene.transfer(SECOND, &mut [&mut t]);
    assert_eq!((t.received, t.error), (5_000, Some(TcpError::Reset)));
    assert!(scene.node.readiness(id).unwrap().error);
    assert_eq!(scene.node.take_error(id).unwrap(), Some(TcpError::Reset));
    assert_eq!(scene.node.offload().stats().closed_reset, 1);
}

fn we_reset(kind: Kind) {
    let Some(mut scene) = scene("we_reset", kind) else { return };
    let (id, peer) = scene.accepted(true, 80, TcpOptions::default(), idle(0, 0));
    scene.offloaded(id);
    let now = scene.now();
    scene.node.abort(now, id).unwrap();
    ended(&mut scene, id);
    scene.run("the peer hears", SECOND, |s| s.connection(peer).state == State::Reset);
    let now = scene.now();
    scene.node.close(now, id).unwrap();
    assert_eq!(scene.node.driver().session_slots().0, 0);
}

fn closed_with_unread_data_resets(kind: Kind) {
    let Some(mut scene) = scene("closed_with_unread_data_resets", kind) else { return };
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), idle(5_000, 1));
    scene.offloaded(id);
    scene.pass(Micros(50_000));
    let now = scene.now();
    scene.node.close(now, id).unwrap();
    scene.run("the peer hears", SECOND, |s| s.connection(peer).state == State::Reset);
    scene.pass(Micros(10_000));
    assert_eq!(scene.node.driver().session_slots().0, 0);
}

fn peer_stops_reading(kind: Kind) {
    let Some(mut scene) = scene("peer_stops_reading", kind) else { return };
    let bytes = 200_000;
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), Behaviour::sink());
    scene.offloaded(id);
    scene.peer(|p| p.set_reading(peer, false));
    let mut t = Transfer::new(id, bytes, 5, None).closing();
    let stuck = scene.try_run(Micros(5 * SECOND.0), |s| {
        let now = s.now();
        t.drive(now, &mut s.node)
    });
    assert!(stuck.is_err(), "64 KiB of window cannot take {bytes} bytes");
    let probes = scene.counter("tcp_persist_probes");
    assert!(probes >= 2, "{probes} probes of the closed window");
    scene.peer(|p| p.set_reading(peer, true));
    scene.transfer(Micros(60 * SECOND.0), &mut [&mut t]);
    assert_eq!(t.error, None);
    scene.run("the peer ends", SECOND, |s| s.connection(peer).is_done());
    let c = scene.connection(peer);
    assert_eq!(c.received_sha256(), pattern_sha256(5, bytes));
}

fn we_stop_reading(kind: Kind) {
    let Some(mut scene) = scene("we_stop_reading", kind) else { return };
    let bytes = 200_000;
    let options = TcpOptions { rcv_ring: 16 * 1024, ..TcpOptions::default() };
    let (id, _) = scene.accepted(true, 80, options, Behaviour::source(bytes, 6));
    scene.offloaded(id);
    scene.pass(Micros(3 * SECOND.0));
    let info = scene.node.session_info(id).unwrap();
    assert_eq!(info.readable, 16 * 1024, "the ring is full and nothing beyond it was taken");
    let mut t = Transfer::new(id, 0, 0, None);
    scene.transfer(Micros(60 * SECOND.0), &mut [&mut t]);
    assert_eq!((t.received, t.received_sha256()), (bytes, pattern_sha256(6, bytes)));
    assert_eq!(scene.counter("dma_write_errors"), 0);
}

/// The segment that opens the window is lost: the peer's probe finds out.
fn window_update_lost(kind: Kind) {
    let Some(mut scene) = scene("window_update_lost", kind) else { return };
    let bytes = 100_000;
    let options = TcpOptions { rcv_ring: 8 * 1024, ..TcpOptions::default() };
    let (id, _) = scene.accepted(false, 80, options, Behaviour::source(bytes, 6));
    scene.offloaded(id);
    scene.pass(Micros(SECOND.0));
    let mut dropped = 0;
    scene.world.lock().hook_to_peer(Some(Box::new(move |_, _| {
        dropped += 1;
        if dropped <= 3 { Fate::Drop } else { Fate::Pass }
    })));
    let mut t = Transfer::new(id, 0, 0, None);
    scene.transfer(Micros(120 * SECOND.0), &mut [&mut t]);
    assert_eq!((t.received, t.received_sha256()), (bytes, pattern_sha256(6, bytes)));
}

/// Loses the first `count` ACKs to the peer after our FIN; TCP headers lie at `l4`.
fn lose_last_acks(scene: &mut Scene, l4: usize, count: u32) {
    let (mut after_fin, mut lost) = (false, 0);
    scene.world.lock().hook_to_peer(Some(Box::new(move |frame, _| {
        let flags = frame.get(l4 + 13).copied().unwrap_or(0);
        if flags & 1 != 0 {
            after_fin = true;
            return Fate::Pass;
        }
        if after_fin && lost < count && flags & 0x10 != 0 {
            lost += 1;
            return Fate::Drop;
        }
        Fate::Pass
    })));
}

/// S-VTW-5, S-VTW-6, S-VTW-10: the last ACK is lost, the table answers the FIN that comes again; the port stays taken
/// until the entry has expired.
fn time_wait_answers_and_expires(kind: Kind) {
    let Some(mut scene) = scene("time_wait_answers_and_expires", kind) else { return };
    let (id, peer) = scene.connected(false, 80, TcpOptions::default(), Behaviour::sink());
    scene.offloaded(id);
    // The ACK of the peer's FIN is lost twice.
    scene.pass(Micros(10_000));
    let tuple = scene.node.stack().tcp_tuple(id).unwrap();
    let now = scene.now();
    scene.node.shutdown(now, id).unwrap();
    lose_last_acks(&mut scene, 14 + 20, 2);
    ended(&mut scene, id);
    assert_eq!(scene.node.driver().session_slots().0, 1, "unread rings are kept for the socket");
    let now = scene.now();
    scene.node.close(now, id).unwrap();
    assert_eq!(scene.node.driver().session_slots().0, 0);
    assert!(scene.node.stack().tuple_taken(&tuple));
    scene.run("the peer gets its answer", Micros(8 * SECOND.0), |s| s.connection(peer).is_done());
    assert_eq!(scene.connection(peer).state, State::Closed);
    let replies = scene.counter("tx_time_wait_replies");
    assert!(replies >= 1, "the table must have answered: {}", scene.counters());
    assert_eq!(scene.counter("tw_insert"), 1);
    // Class "local": 10 s.
    scene.run("the entry expires", Micros(30 * SECOND.0), |s| !s.node.stack().tuple_taken(&tuple));
    scene.pass(Micros(2 * SECOND.0));
    assert_eq!(scene.counter("tw_expire"), 1, "{}", scene.counters());
    assert_eq!(scene.node.offload().time_waits(), 0);
}

/// Two other entries with all that the index knows of this tuple's hash: a third has no place (`prim_hash_index`).
fn take_places(scene: &mut Scene, tuple: &FourTuple) {
    let ipv6 = tuple.is_ipv6();
    let [local, remote] = [tuple.local, tuple.remote].map(|e| SocketAddr::new(e.addr.ip(), e.port));
    let size = if ipv6 { regs::ID_TW_ENTRIES_V6 } else { regs::ID_TW_ENTRIES_V4 };
    let entries = scene.node.driver_mut().register(size).unwrap();
    let toeplitz = Toeplitz::new(&PUBLISHED_RSS_KEY);
    // Peers by number: 32 bits of the address, and the port.
    let peer = |n: u64| {
        let [_, _, a, b, c, d, p, q] = n.to_be_bytes();
        let ip: IpAddr = if ipv6 {
            let [high, low] = [[a, b], [c, d]].map(u16::from_be_bytes);
            Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, high, low).into()
        } else {
            [a, b, c, d].into()
        };
        SocketAddr::new(ip, u16::from_be_bytes([p, q]))
    };
    let like = toeplitz.hash(local, remote);
    let kept = Place::new(entries).part_mask();
    let others = preimages(48, |n| toeplitz.hash(local, peer(n)), kept, like).map(peer);
    for other in others.filter(|other| *other != remote && other.port() != 0).take(2) {
        let image = SessionImage {
            ipv6,
            laddr: addr_words(local.ip()),
            raddr: addr_words(other.ip()),
            lport: local.port(),
            rport: other.port(),
            tw_class: MslClass::Remote,
            ..SessionImage::default()
        };
        scene.node.driver_mut().time_wait(AdminOpcode::TwInsert, &image).unwrap();
    }
    scene.pass(Micros(5_000));
    assert_eq!(scene.counter("tw_insert"), 2);
}

/// S-VTW-5: nothing is lost where the engine's TIME_WAIT table has no place. The host hears all that the entry was, and
/// answers in the engine's stead, with its numbers and its clock, until the entry has expired.
fn without_a_place_in_time_wait_the_host_answers(kind: Kind) {
    // The model has no buckets that could be full: its table has no places at all.
    let none = ModelConfig { tw_entries_v4: 0, tw_entries_v6: 0, ..ModelConfig::SMALL };
    let device = if kind == Kind::Model { Kind::ModelWith(none) } else { kind };
    for ipv6 in [false, true] {
        let Some(mut scene) = scene("without_a_place", device) else { return };
        let (id, peer) = scene.connected(ipv6, 80, TcpOptions::default(), Behaviour::sink());
        scene.offloaded(id);
        let tuple = scene.node.stack().tcp_tuple(id).unwrap();
        if kind != Kind::Model {
            take_places(&mut scene, &tuple);
        }
        let mut t = Transfer::new(id, 30_000, 4, Some(0));
        scene.transfer(SECOND, &mut [&mut t]);
        scene.pass(Micros(10_000));
        let now = scene.now();
        scene.node.close(now, id).unwrap();
        lose_last_acks(&mut scene, 14 + if ipv6 { 40 } else { 20 }, 2);
        scene.run("the host has the entry", SECOND, |s| s.node.stack().time_wait().len() == 1);
        assert_eq!(scene.counter("tw_insert_fail"), 1);
        assert_eq!(scene.node.offload().time_waits(), 0);
        let stats = scene.node.offload().stats();
        assert_eq!(
            (stats.closed_time_wait, stats.time_wait_refused, stats.time_wait_gone),
            (1, 1, 0)
        );
        assert!(scene.node.stack().tuple_taken(&tuple));
        assert_eq!(scene.node.stack().ports().time_wait_on(tuple.local.port), 1);
        assert!(!scene.connection(peer).is_done());
        let answers = scene.node.stack().stats().tcp_time_wait_answers;
        scene.run("the peer gets its answer", Micros(8 * SECOND.0), |s| {
            s.connection(peer).is_done()
        });
        assert_eq!(scene.connection(peer).state, State::Closed);
        assert!(scene.node.stack().stats().tcp_time_wait_answers > answers);
        assert_eq!(scene.counter("tx_time_wait_replies"), 0);
        let entry = scene.node.stack().time_wait().get(&tuple).unwrap();
        assert_eq!(entry.record.class, toe_tcp::MslClass::Local);
        scene.run("the entry expires", Micros(30 * SECOND.0), |s| {
            !s.node.stack().tuple_taken(&tuple)
        });
        assert_eq!(scene.node.stack().ports().time_wait_on(tuple.local.port), 0);
    }
}

fn socket_closed_while_sending(kind: Kind) {
    let Some(mut scene) = scene("socket_closed_while_sending", kind) else { return };
    let (id, peer) = scene.accepted(false, 80, TcpOptions::default(), Behaviour::sink());
    scene.offloaded(id);
    let mut t = Transfer::new(id, 150_000, 8, Some(0));
    scene.transfer(SECOND, &mut [&mut t]);
    let now = scene.now();
    scene.node.close(now, id).unwrap();
    scene.run("the peer has all of it", Micros(10 * SECOND.0), |s| s.connection(peer).is_done());
    let c = scene.connection(peer);
    assert_eq!((c.state, c.received), (State::Closed, 150_000));
    assert_eq!(c.received_sha256(), pattern_sha256(8, 150_000));
    scene.pass(Micros(10_000));
    assert_eq!(scene.node.driver().session_slots().0, 0);
}

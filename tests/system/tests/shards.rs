// SPDX-License-Identifier: Apache-2.0
//! A node of several shards (S-PCBG-1, ADR 12): sessions live where their frames arrive, nothing of them anywhere else, and
//! move as a whole when the device's table changes.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use toe_api::control::proto::{Reply, Request, Socket};
use toe_api::control::sysctl::Sysctls;
use toe_api::control::{Outcome, Service};
use toe_api::{
    Endpoint, Micros, Owner, Policy, RebalanceError, StackConfig, TcpError, TcpId, TcpOptions,
};
use toe_stack::ports::{BindOptions, PortError};
use toe_stack::{FibId, FourTuple, MacAddr, RouteSpec};
use toe_system_tests::on_all_devices;
use toe_testkit::{Host, Kind, Scene, SceneConfig, Transfer};
use toe_world::{Behaviour, ConnectionId, State, pattern_sha256};

on_all_devices!(
    all_of_a_session_is_in_one_shard,
    misdirected_frames_are_passed_on_and_counted,
    buckets_move_with_their_sessions,
    opening_and_closing_sessions_move_too,
    ports_conflict_across_shards,
    one_configuration_and_one_quota,
    datagrams_come_to_the_socket_by_any_shard,
    the_control_socket_shows_all_shards,
    a_device_that_is_lost_while_buckets_move,
    buckets_stay_whose_sessions_do_not_come_back,
);

const SECOND: Micros = Micros(1_000_000);
const LONG: Micros = Micros(60_000_000);
const SHARDS: u16 = 4;
/// As the indirection table counts.
const QUEUES: u8 = 4;
const SMALL: TcpOptions = TcpOptions {
    snd_ring: 4096,
    rcv_ring: 4096,
    bind: BindOptions { reuse_addr: false, reuse_port: false, v6_only: false, uid: 0 },
    fib: FibId(0),
    nodelay: false,
    keepalive: None,
    congestion: None,
    offload: true,
};

fn config(test: &str, kind: Kind) -> SceneConfig {
    let mut config = SceneConfig::new(test, kind);
    config.node.driver.queue_pairs = SHARDS;
    config.node.shards = SHARDS;
    config
}

fn scene(test: &str, kind: Kind) -> Option<Scene> {
    config(test, kind).build()
}

/// Sessions that we accepted and opened in turn, of both families, with `bytes` to go each way.
fn sessions(
    scene: &mut Scene,
    numbers: std::ops::Range<u16>,
    bytes: u64,
) -> Vec<(TcpId, ConnectionId)> {
    let behaviour = Behaviour::exchange(bytes, 7, bytes);
    let open = |n: u16| {
        if n.is_multiple_of(3) {
            scene.connected(n % 2 == 1, 2000 + n, SMALL, behaviour)
        } else {
            scene.accepted(n % 2 == 1, 1000 + n, SMALL, behaviour)
        }
    };
    numbers.map(open).collect()
}

/// Where the device puts the frames of a session while it is the host's.
fn by_the_device(scene: &Scene, tuple: &FourTuple) -> u16 {
    let end = |e: Endpoint| SocketAddr::new(e.addr.ip(), e.port);
    scene.node.driver().queue_of(end(tuple.local), end(tuple.remote))
}

/// Socket, software state, frames and the engine's queue pair of each session are in one shard, and no two have the same.
fn each_is_in_one_place(
    scene: &Scene,
    ids: impl Iterator<Item = TcpId>,
) -> [usize; SHARDS as usize] {
    let mut used = [0; SHARDS as usize];
    for id in ids {
        let Some(tuple) = scene.node.tuple(id) else { continue };
        let shard = by_the_device(scene, &tuple);
        assert_eq!(scene.node.shard_of(id), shard, "{tuple}");
        let holders = scene.node.shards().filter(|s| s.stack().tuple_taken(&tuple));
        assert_eq!(holders.map(toe_api::Shard::index).collect::<Vec<_>>(), [shard], "{tuple}");
        if let Some(info) = scene.node.session_info(id) {
            assert_eq!(info.queue_pair, shard, "{tuple}");
        }
        used[usize::from(shard)] += 1;
    }
    used
}

fn wait_for(scene: &mut Scene, ids: &[(TcpId, ConnectionId)], owner: Owner) {
    scene.run(&format!("all are {owner}'s"), Micros(5 * SECOND.0), |s| {
        ids.iter().all(|(id, _)| s.node.owner(*id) == owner)
    });
}

/// Both ends have what the other sent, byte by byte.
fn check(
    scene: &mut Scene,
    transfers: &[Transfer],
    sessions: &[(TcpId, ConnectionId)],
    bytes: u64,
) {
    for (t, (id, peer)) in transfers.iter().zip(sessions) {
        assert_eq!((t.error, t.received), (None, bytes), "socket {id:?}\n{}", scene.situation());
        assert_eq!(t.received_sha256(), pattern_sha256(7, bytes), "socket {id:?}");
        scene.run("the peer is done", LONG, |s| s.connection(*peer).is_done());
        let c = scene.connection(*peer);
        assert_eq!((c.state, c.received), (State::Closed, bytes), "{}", scene.situation());
        assert_eq!(c.received_sha256(), pattern_sha256(9, bytes));
    }
    assert_eq!(scene.node.handoff_stats().failed, 0, "{}", scene.situation());
}

fn transfers(ids: &[(TcpId, ConnectionId)], bytes: u64) -> Vec<Transfer> {
    ids.iter().map(|(id, _)| Transfer::new(*id, bytes, 9, None).closing()).collect()
}

fn all_of_a_session_is_in_one_shard(kind: Kind) {
    const BYTES: u64 = 20_000;
    let Some(mut scene) = scene("one_shard", kind) else { return };
    assert_eq!(scene.node.shards().count(), usize::from(SHARDS));
    let open = sessions(&mut scene, 0..14, BYTES);
    wait_for(&mut scene, &open, Owner::Engine);
    let used = each_is_in_one_place(&scene, open.iter().map(|(id, _)| *id));
    assert!(used.iter().all(|n| *n > 0), "{used:?}");
    // Half of them go on in software.
    for (id, _) in open.iter().step_by(2) {
        let now = scene.now();
        scene.node.take_back(now, *id, None).unwrap();
    }
    let tuples: Vec<FourTuple> = open.iter().filter_map(|(id, _)| scene.node.tuple(*id)).collect();
    let before = scene.node.stats();
    let mut all = transfers(&open, BYTES);
    scene.transfer(LONG, &mut all.iter_mut().collect::<Vec<_>>());
    each_is_in_one_place(&scene, open.iter().map(|(id, _)| *id));
    check(&mut scene, &all, &open, BYTES);
    for (id, _) in &open {
        let now = scene.now();
        let _ended = scene.node.close(now, *id);
    }
    scene.run("all have closed", LONG, |s| {
        s.node.shards().all(|shard| shard.offload().sessions_away() == 0)
    });
    scene.pass(Micros(20_000));
    // What is left of them, TIME_WAIT in software or in the engine, is in the same place.
    let mut left = 0;
    for tuple in &tuples {
        let shard = by_the_device(&scene, tuple);
        for s in scene.node.shards().filter(|s| s.stack().tuple_taken(tuple)) {
            assert_eq!(s.index(), shard, "{tuple}");
            left += 1;
        }
    }
    assert!(left > 0, "no TIME_WAIT anywhere");
    let after = scene.node.stats();
    assert_eq!(after.cross_shard, 0, "accesses across shards: {after:?}");
    assert_eq!(after.taught, before.taught, "nothing was learnt under traffic");
    assert_eq!(after.rx_elsewhere, 0);
    for shard in scene.node.shards() {
        let stats = shard.stats();
        assert!(stats.rx_frames > 0 && stats.tx_frames > 0, "{stats:?}");
    }
}

/// The counter that stands still is one that can move: the device is told another table, the shards are not.
fn misdirected_frames_are_passed_on_and_counted(kind: Kind) {
    const BYTES: u64 = 20_000;
    let Some(mut scene) = scene("misdirected", kind) else { return };
    scene.node.set_policy(&Policy::parse("default !offload").unwrap());
    let open = sessions(&mut scene, 0..6, BYTES);
    assert_eq!(scene.node.stats().cross_shard, 0);
    let right = *scene.node.driver().rss().table();
    let wrong = right.map(|queue| (queue + 1) % QUEUES);
    scene.node.driver_mut().set_indirection(&wrong).unwrap();
    let mut all = transfers(&open[..3], BYTES);
    scene.transfer(LONG, &mut all.iter_mut().collect::<Vec<_>>());
    check(&mut scene, &all, &open[..3], BYTES);
    // A session that begins like this, too.
    let late = sessions(&mut scene, 6..8, BYTES);
    let mut more = transfers(&late, BYTES);
    scene.transfer(LONG, &mut more.iter_mut().collect::<Vec<_>>());
    check(&mut scene, &more, &late, BYTES);
    let stats = scene.node.stats();
    assert!(stats.cross_shard > 20, "{stats:?}");
    assert_eq!(stats.mail_dropped, 0);
    assert_eq!(scene.node.stack_stats().tcp_resets_sent, 0, "somebody did not know a session");
    scene.node.driver_mut().set_indirection(&right).unwrap();
    scene.pass(Micros(2_000));
    let before = scene.node.stats().cross_shard;
    let mut rest = transfers(&open[3..], BYTES);
    scene.transfer(LONG, &mut rest.iter_mut().collect::<Vec<_>>());
    check(&mut scene, &rest, &open[3..], BYTES);
    assert_eq!(scene.node.stats().cross_shard, before, "it stands still again");
}

/// Moves bytes of all, up to `cap` each way; `true` when they are there.
fn drive(scene: &mut Scene, transfers: &mut [Transfer], cap: u64) -> bool {
    let now = scene.now();
    for t in &mut *transfers {
        t.send = cap;
        t.paused = t.received >= cap;
        t.drive(now, &mut scene.node);
        assert_eq!(t.error, None, "socket {:?}\n{}", t.id, scene.situation());
    }
    transfers.iter().all(|t| t.sent == cap && t.received >= cap)
}

/// The buckets go round the shards.
fn rebalance(scene: &mut Scene, by: u8, mut meanwhile: impl FnMut(&mut Scene)) {
    let table = scene.node.driver().rss().table().map(|queue| (queue + by) % QUEUES);
    let now = scene.now();
    scene.node.rebalance(now, &table).unwrap();
    assert_eq!(scene.node.rebalance(now, &table), Err(RebalanceError::Busy));
    scene.run("the buckets have moved", Micros(10 * SECOND.0), |s| {
        meanwhile(s);
        !s.node.is_rebalancing()
    });
    assert_eq!(*scene.node.driver().rss().table(), table);
}

/// Live sessions, half in the engine and half in software, three times round the shards in the middle of their streams.
fn buckets_move_with_their_sessions(kind: Kind) {
    const PART: u64 = 12_000;
    const BYTES: u64 = 10 * PART;
    let Some(mut scene) = scene("rebalance", kind) else { return };
    let bad = [QUEUES; 128];
    let now = scene.now();
    assert!(matches!(scene.node.rebalance(now, &bad), Err(RebalanceError::Table(_))));
    let open = sessions(&mut scene, 0..8, BYTES);
    wait_for(&mut scene, &open, Owner::Engine);
    for (id, _) in open.iter().step_by(2) {
        let now = scene.now();
        scene.node.take_back(now, *id, None).unwrap();
    }
    let mut all: Vec<Transfer> =
        open.iter().map(|(id, _)| Transfer::new(*id, BYTES, 9, None)).collect();
    let mut cap = 0;
    let mut passed_on = 0;
    for by in [1, 2, 3] {
        cap += PART;
        scene.run("some bytes", LONG, |s| drive(s, &mut all, cap));
        let homes: Vec<u16> = open.iter().map(|(id, _)| scene.node.shard_of(*id)).collect();
        let moved = scene.node.stats().sessions_moved;
        cap += PART;
        rebalance(&mut scene, by, |s| {
            drive(s, &mut all, cap);
        });
        assert_eq!(scene.node.stats().sessions_moved - moved, open.len() as u64);
        for ((id, _), home) in open.iter().zip(homes) {
            assert_eq!(scene.node.shard_of(*id), (home + u16::from(by)) % SHARDS);
        }
        // Frames that the device had put into the old ring are passed on, and no more.
        scene.run("more bytes", LONG, |s| drive(s, &mut all, cap));
        scene.run("half is the engine's again", Micros(5 * SECOND.0), |s| {
            open.iter().skip(1).step_by(2).all(|(id, _)| s.node.owner(*id) == Owner::Engine)
        });
        each_is_in_one_place(&scene, open.iter().map(|(id, _)| *id));
        passed_on = scene.node.stats().cross_shard;
        cap += PART;
        scene.run("bytes at the new place", LONG, |s| drive(s, &mut all, cap));
        assert_eq!(scene.node.stats().cross_shard, passed_on, "it stands still again");
    }
    for t in &mut all {
        (t.send, t.paused, t.close) = (BYTES, false, true);
    }
    scene.transfer(LONG, &mut all.iter_mut().collect::<Vec<_>>());
    check(&mut scene, &all, &open, BYTES);
    let after = scene.node.stats();
    assert_eq!(after.cross_shard, passed_on);
    assert_eq!((after.buckets_kept, after.mail_dropped), (0, 0));
    let carried = scene.node.total_bytes();
    assert!(carried.engine.total() > BYTES && carried.software.total() > BYTES, "{carried:?}");
    let total = carried.engine.total() + carried.software.total();
    assert_eq!(total, 2 * BYTES * open.len() as u64, "each byte is one owner's, once");
    assert_eq!(scene.node.stack_stats().tcp_resets_sent, 0);
}

/// Sessions that nobody has accepted, that are being opened, and that are over move too; so do their ports.
fn opening_and_closing_sessions_move_too(kind: Kind) {
    const BYTES: u64 = 3_000;
    let Some(mut scene) = scene("opening_and_closing", kind) else { return };
    scene.node.set_policy(&Policy::parse("default !offload").unwrap());
    let local = SocketAddr::new(Host::V4, 80);
    let listener = scene.node.listen(local, 16, SMALL).unwrap();
    // Two in TIME_WAIT: we close first.
    let behaviour = Behaviour::exchange(BYTES, 7, BYTES);
    let ended: Vec<_> =
        (0..2).map(|n| scene.connected(n == 1, 3000 + n, SMALL, behaviour)).collect();
    let tuples: Vec<FourTuple> =
        ended.iter().map(|(id, _)| scene.node.tuple(*id).unwrap()).collect();
    let mut done = transfers(&ended, BYTES);
    scene.transfer(LONG, &mut done.iter_mut().collect::<Vec<_>>());
    for (id, _) in &ended {
        let now = scene.now();
        scene.node.close(now, *id).unwrap();
    }
    scene.run("two TIME_WAIT entries", LONG, |s| {
        s.node.shards().map(|shard| shard.stack().time_wait().len()).sum::<usize>() == 2
    });
    // Some wait to be accepted, some have only sent a SYN, and we have sent one.
    let waiting: Vec<ConnectionId> =
        (0..5).map(|_| scene.peer(|p| p.connect(local, behaviour)).unwrap()).collect();
    scene.run("all wait", LONG, |s| {
        let rows = s.node.shards().flat_map(|shard| shard.stack().established());
        rows.count() == waiting.len()
    });
    let late: Vec<ConnectionId> =
        (0..5).map(|_| scene.peer(|p| p.connect(local, behaviour)).unwrap()).collect();
    scene.run("a SYN is here", SECOND, |s| {
        s.node.shards().any(|shard| !shard.stack().syn_cache().is_empty())
    });
    scene.peer(|p| p.listen(4000, behaviour));
    let now = scene.now();
    let remote = SocketAddr::new(Host::PEER_V4, 4000);
    let ours = scene.node.connect(now, remote, SMALL).unwrap();
    rebalance(&mut scene, 1, |_| ());
    for tuple in &tuples {
        let holders = scene.node.shards().filter(|s| s.stack().time_wait().get(tuple).is_some());
        let holders: Vec<u16> = holders.map(toe_api::Shard::index).collect();
        assert_eq!(holders, [by_the_device(&scene, tuple)], "{tuple}");
    }
    let mut ids = Vec::new();
    scene.run("all are accepted", LONG, |s| {
        let now = s.now();
        while let Ok((id, _)) = s.node.accept(now, listener) {
            ids.push(id);
        }
        ids.len() == waiting.len() + late.len() && s.node.readiness(ours).unwrap().writable
    });
    each_is_in_one_place(&scene, ids.iter().copied().chain([ours]));
    let mut all: Vec<Transfer> =
        ids.iter().chain([&ours]).map(|id| Transfer::new(*id, BYTES, 9, None).closing()).collect();
    scene.transfer(LONG, &mut all.iter_mut().collect::<Vec<_>>());
    for t in &all {
        assert_eq!((t.error, t.received_sha256()), (None, pattern_sha256(7, BYTES)));
    }
    for peer in waiting.iter().chain(&late) {
        scene.run("the peer is done", LONG, |s| s.connection(*peer).is_done());
        assert_eq!(scene.connection(*peer).received_sha256(), pattern_sha256(9, BYTES));
    }
    // A socket that waits in no shard any more: the listener is closed in all.
    let now = scene.now();
    scene.node.close(now, listener).unwrap();
    assert_eq!(scene.node.accept(now, listener).err(), Some(TcpError::NoSuchSocket));
    let again = TcpOptions { bind: BindOptions { reuse_addr: true, ..SMALL.bind }, ..SMALL };
    scene.node.listen(local, 16, again).unwrap();
}

/// S-VTW-10 in a node of several shards: whoever holds a port, everybody knows.
fn ports_conflict_across_shards(kind: Kind) {
    let Some(mut scene) = scene("ports", kind) else { return };
    scene.node.set_policy(&Policy::parse("default !offload").unwrap());
    let behaviour = Behaviour::exchange(100, 7, 100);
    // Active opens take turns through the shards; none takes a port whose answers arrive elsewhere.
    let open: Vec<_> =
        (0..SHARDS).map(|n| scene.connected(false, 5000 + n, SMALL, behaviour)).collect();
    let used = each_is_in_one_place(&scene, open.iter().map(|(id, _)| *id));
    assert_eq!(used, [1; SHARDS as usize]);
    let in_use = Some(TcpError::Port(PortError::InUse));
    for (id, _) in &open {
        let port = scene.node.tuple(*id).unwrap().local.port;
        for local in [SocketAddr::new(Host::V4, port), format!("0.0.0.0:{port}").parse().unwrap()] {
            assert_eq!(scene.node.listen(local, 8, SMALL).err(), in_use, "{local}");
        }
        // Nothing of the attempt is left in any shard.
        let listeners = scene.node.shards().flat_map(|s| s.stack().tcp_table(Micros(0)));
        let listener = |row: &toe_stack::table::Row| row.state() == "LISTEN";
        assert_eq!(listeners.filter(listener).count(), 0);
        let reuse = TcpOptions { bind: BindOptions { reuse_addr: true, ..SMALL.bind }, ..SMALL };
        let local = SocketAddr::new(Host::V4, port);
        let id = scene.node.listen(local, 8, reuse).unwrap();
        assert_eq!(scene.node.listen(local, 8, reuse).err(), in_use);
        let now = scene.now();
        scene.node.close(now, id).unwrap();
    }
    // A 4-tuple lives in one shard only: another does not open it.
    let (id, _) = open[0];
    let tuple = scene.node.tuple(id).unwrap();
    let right = scene.node.shard_of(id);
    for shard in scene.node.shards().filter(|s| s.index() != right) {
        assert!(!shard.stack().tuple_taken(&tuple));
        assert!(matches!(shard.stack().place(&tuple), toe_stack::Place::There(at) if at == right));
    }
    // A listener without a port gets one that is free in all.
    let any = SocketAddr::new(Host::V4, 0);
    let ids: Vec<TcpId> = (0..8).map(|_| scene.node.listen(any, 8, SMALL).unwrap()).collect();
    let now = scene.now();
    for id in ids {
        scene.node.close(now, id).unwrap();
    }
}

/// Addresses, routes, neighbours, policy: changed once, the same in all shards; a quota counts the sessions of all.
fn one_configuration_and_one_quota(kind: Kind) {
    const BYTES: u64 = 4_000;
    let Some(mut scene) = scene("configuration", kind) else { return };
    scene.node.set_policy(&Policy::parse("quota 3").unwrap());
    let open = sessions(&mut scene, 0..8, BYTES);
    let engine = |s: &Scene| s.node.away().filter(|(_, o)| *o == Owner::Engine).count();
    scene.run("three are the engine's", Micros(5 * SECOND.0), |s| engine(s) == 3);
    scene.pass(Micros(300_000));
    assert_eq!(scene.node.away().count(), 3, "{}", scene.situation());
    let shards = scene.node.shards().filter(|s| s.offload().sessions_away() > 0).count();
    assert!(shards > 1, "the quota was one shard's");
    // More room: the rest goes, whichever shard has it.
    scene.node.set_policy(&Policy::parse("quota 6").unwrap());
    scene.run("six are", Micros(15 * SECOND.0), |s| engine(s) == 6);
    scene.node.set_policy(&Policy::default());
    wait_for(&mut scene, &open, Owner::Engine);
    let used: usize = scene.node.shards().map(|s| s.offload().hops_in_use()).sum();
    assert!(used > 2, "each shard has next-hop slots of its own");
    // The neighbour has another station address: sessions of all shards follow, in one turn.
    let (port, now) = (scene.node.interface(), scene.now());
    let wrong = MacAddr([2, 0, 0, 0, 0, 0x77]);
    for (ip, mac) in [(Host::PEER_V4, wrong), (Host::PEER_V6, wrong)] {
        scene.node.configure(|stack| stack.set_neighbour(now, port, ip, mac)).unwrap();
    }
    scene.pass(Micros(2_000));
    let mut all = transfers(&open, BYTES);
    scene.run("they send", SECOND, |s| {
        let now = s.now();
        for t in &mut all {
            t.drive(now, &mut s.node);
        }
        all.iter().all(|t| t.sent > 0)
    });
    scene.pass(Micros(100));
    let sent: Vec<u64> = open.iter().map(|(_, peer)| scene.connection(*peer).received).collect();
    assert!(sent.iter().all(|n| *n == 0), "somebody still reaches the peer: {sent:?}");
    let now = scene.now();
    for ip in [Host::PEER_V4, Host::PEER_V6] {
        let mac = MacAddr(Host::PEER_MAC);
        scene.node.configure(|stack| stack.set_neighbour(now, port, ip, mac)).unwrap();
    }
    scene.transfer(LONG, &mut all.iter_mut().collect::<Vec<_>>());
    check(&mut scene, &all, &open, BYTES);
    let route = RouteSpec {
        gateway: Some(Host::PEER_V4),
        ..RouteSpec::on_link("192.0.2.0/24".parse().unwrap(), port)
    };
    let id = scene.node.configure(|stack| stack.add_route(FibId(0), &route)).unwrap();
    let to = scene.endpoint("192.0.2.9".parse().unwrap(), 0).addr;
    for shard in scene.node.shards() {
        let path = shard.stack().route_to(now, FibId(0), to).unwrap();
        assert_eq!((path.next_hop, path.route_id), (Host::PEER_V4, id), "shard {}", shard.index());
    }
    assert_eq!(scene.node.stats().cross_shard, 0);
}

fn datagrams_come_to_the_socket_by_any_shard(kind: Kind) {
    let Some(mut scene) = scene("datagrams", kind) else { return };
    scene.peer(|p| p.udp_echo(9));
    let (id, port) =
        scene.node.udp_bind("[::]:0".parse().unwrap(), BindOptions::default()).unwrap();
    assert!(port > 0);
    let taken =
        scene.node.udp_bind(format!("[::]:{port}").parse().unwrap(), BindOptions::default());
    assert!(taken.is_err());
    for (n, ipv6) in [(1_u8, false), (2, true), (3, false), (4, true)] {
        let now = scene.now();
        scene.node.udp_send(now, id, SocketAddr::new(Host::peer(ipv6), 9), &[n; 700]).unwrap();
        let mut got = None;
        scene.run("the echo", Micros(5 * SECOND.0), |s| {
            got = s.node.udp_recv(id).ok();
            got.is_some()
        });
        assert_eq!(got.unwrap().data, [n; 700]);
    }
    // Wherever the table puts them.
    rebalance(&mut scene, 1, |_| ());
    let now = scene.now();
    scene.node.udp_send(now, id, SocketAddr::new(Host::PEER_V4, 9), b"again").unwrap();
    scene.run("the echo", Micros(5 * SECOND.0), |s| {
        s.node.udp_recv(id).is_ok_and(|d| d.data == b"again")
    });
    assert_eq!(scene.node.stats().cross_shard, 0);
    scene.node.udp_close(id).unwrap();
    assert!(scene.node.udp_recv(id).is_err());
}

fn table(scene: &mut Scene, service: &mut Service) -> Vec<Socket> {
    let now = scene.now();
    let request = Request::Sockets { detail: false };
    let Outcome::Done(Ok(Reply::Sockets { rows, .. })) =
        service.begin(now, &mut scene.node, &request)
    else {
        panic!("another answer");
    };
    rows
}

/// One table: sessions of all shards, and a listener in one row with what waits in any.
fn the_control_socket_shows_all_shards(kind: Kind) {
    const BYTES: u64 = 2_000;
    let Some(mut scene) = scene("control", kind) else { return };
    let mut service = Service::new("device", Sysctls::new(StackConfig::default()));
    let open = sessions(&mut scene, 0..8, BYTES);
    wait_for(&mut scene, &open, Owner::Engine);
    let local = SocketAddr::new(Host::V4, 80);
    let listener = scene.node.listen(local, 16, SMALL).unwrap();
    for _ in 0..6 {
        scene.peer(|p| p.connect(local, Behaviour::exchange(BYTES, 7, BYTES))).unwrap();
    }
    scene.run("six wait", LONG, |s| {
        let rows = table(s, &mut service);
        rows.iter().any(|row| row.state == "LISTEN" && row.recv_q == 6)
    });
    let rows = table(&mut scene, &mut service);
    assert_eq!(rows.iter().filter(|row| row.state == "LISTEN").count(), 1);
    assert_eq!(rows.iter().filter(|row| row.id == Some(listener.index())).count(), 1);
    for (id, _) in &open {
        let of_it: Vec<_> = rows.iter().filter(|row| row.id == Some(id.index())).collect();
        assert_eq!(of_it.len(), 1, "{rows:?}");
        assert_eq!((of_it[0].owner.as_str(), of_it[0].state.as_str()), ("engine", "ESTABLISHED"));
        let now = scene.now();
        let one = Request::Socket { id: id.index() };
        assert_eq!(service.begin(now, &mut scene.node, &one), Outcome::Wait);
        scene.run("the engine answers", SECOND, |s| Service::ready(&s.node, &one));
        let now = scene.now();
        assert!(service.again(now, &mut scene.node, &one).is_ok());
    }
    assert_eq!(rows.len(), 1 + 8 + 6, "{rows:?}");
    let now = scene.now();
    let add = Request::AddrAdd { dev: "toe0".into(), prefix: "10.0.0.9/24".into() };
    assert!(matches!(service.begin(now, &mut scene.node, &add), Outcome::Done(Ok(_))));
    let own = scene.endpoint("10.0.0.9".parse().unwrap(), 0).addr;
    let port = Some(scene.node.interface());
    assert!(scene.node.shards().all(|s| s.stack().interfaces().owner_of(own) == port));
}

/// Six sessions: three that were taken back, then three of the engine.
fn half_in_software(scene: &mut Scene, bytes: u64) -> Vec<(TcpId, ConnectionId)> {
    let open = sessions(scene, 0..6, bytes);
    wait_for(scene, &open, Owner::Engine);
    for (id, _) in &open[..3] {
        let now = scene.now();
        scene.node.take_back(now, *id, None).unwrap();
    }
    wait_for(scene, &open[..3], Owner::Host);
    open
}

/// Nothing waits for ever: sessions of the engine end with it, those in software move, and the table is there when the
/// device is.
fn a_device_that_is_lost_while_buckets_move(kind: Kind) {
    const BYTES: u64 = 20_000;
    let Some(mut scene) = scene("lost_meanwhile", kind) else { return };
    let open = half_in_software(&mut scene, BYTES);
    let (software, engine) = open.split_at(3);
    let homes: Vec<u16> = software.iter().map(|(id, _)| scene.node.shard_of(*id)).collect();
    let table = scene.node.driver().rss().table().map(|queue| (queue + 1) % QUEUES);
    let now = scene.now();
    scene.node.rebalance(now, &table).unwrap();
    scene.world.lock().device_mut().vanish(true);
    let gone = scene.now();
    while scene.node.is_rebalancing() {
        let _in_pieces = scene.try_run(Micros(20_000), |s| !s.node.is_rebalancing());
        assert!(scene.now().since(gone) < Micros(10 * SECOND.0), "{}", scene.situation());
    }
    assert!(scene.node.is_lost());
    for (id, _) in engine {
        assert_eq!(scene.node.take_error(*id), Ok(Some(TcpError::Aborted)));
    }
    for ((id, _), home) in software.iter().zip(homes) {
        assert_eq!(scene.node.shard_of(*id), (home + 1) % SHARDS);
    }
    scene.world.lock().device_mut().vanish(false);
    let now = scene.now();
    scene.node.reset_device(now).unwrap();
    assert_eq!(*scene.node.driver().rss().table(), table);
    let mut all = transfers(software, BYTES);
    scene.transfer(LONG, &mut all.iter_mut().collect::<Vec<_>>());
    for (t, (_, peer)) in all.iter().zip(software) {
        assert_eq!((t.error, t.received_sha256()), (None, pattern_sha256(7, BYTES)));
        scene.run("the peer is done", LONG, |s| s.connection(*peer).is_done());
        assert_eq!(scene.connection(*peer).received_sha256(), pattern_sha256(9, BYTES));
    }
    each_is_in_one_place(&scene, software.iter().map(|(id, _)| *id));
    assert_eq!(scene.node.stats().cross_shard, 0);
}

/// Nothing waits for ever: an engine that does not give its sessions back keeps them for five seconds, then their buckets
/// stay where they are, and all others have moved.
fn buckets_stay_whose_sessions_do_not_come_back(kind: Kind) {
    const PART: u64 = 6_000;
    const BYTES: u64 = 4 * PART;
    let mut config = config("do_not_come_back", kind);
    // Else the sessions are given up before the rebalance is.
    config.node.driver.admin_timeout_us = 20 * SECOND.0;
    let Some(mut scene) = config.build() else { return };
    let open = half_in_software(&mut scene, BYTES);
    let (software, engine) = open.split_at(3);
    let bucket = |s: &Scene, id: TcpId| {
        let tuple = s.node.tuple(id).unwrap();
        let end = |e: Endpoint| SocketAddr::new(e.addr.ip(), e.port);
        s.node.driver().rss().bucket(end(tuple.local), end(tuple.remote))
    };
    let kept: BTreeSet<usize> = engine.iter().map(|(id, _)| bucket(&scene, *id)).collect();
    assert!(software.iter().all(|(id, _)| !kept.contains(&bucket(&scene, *id))), "other seed");
    let homes: Vec<u16> = open.iter().map(|(id, _)| scene.node.shard_of(*id)).collect();
    let mut all: Vec<Transfer> =
        open.iter().map(|(id, _)| Transfer::new(*id, BYTES, 9, None)).collect();
    scene.run("some bytes", LONG, |s| drive(s, &mut all, PART));

    scene.world.lock().device_mut().hold_commands(true);
    let before = *scene.node.driver().rss().table();
    let table = before.map(|queue| (queue + 1) % QUEUES);
    let since = scene.now();
    scene.node.rebalance(since, &table).unwrap();
    // The streams in software go on meanwhile; the others are nobody's.
    scene.run("bytes meanwhile", Micros(2 * SECOND.0), |s| drive(s, &mut all[..3], 2 * PART));
    assert!(engine.iter().all(|(id, _)| scene.node.owner(*id) == Owner::InTransitBack));
    scene.run("it gives up", Micros(6 * SECOND.0), |s| !s.node.is_rebalancing());
    let took = scene.now().since(since);
    assert!((5 * SECOND.0..5 * SECOND.0 + 100_000).contains(&took.0), "{took:?}");
    assert_eq!(scene.node.stats().buckets_kept, kept.len() as u64);
    let after = *scene.node.driver().rss().table();
    for (n, (old, new)) in before.iter().zip(after).enumerate() {
        let stays = kept.contains(&n);
        assert_eq!(new, if stays { *old } else { (old + 1) % QUEUES }, "bucket {n}");
    }
    for (n, ((id, _), home)) in open.iter().zip(&homes).enumerate() {
        assert_eq!(scene.node.shard_of(*id), (home + u16::from(n < 3)) % SHARDS);
    }
    each_is_in_one_place(&scene, open.iter().map(|(id, _)| *id));
    scene.run("bytes at their places", LONG, |s| drive(s, &mut all[..3], 3 * PART));

    // Once the engine answers, the rest follows.
    scene.world.lock().device_mut().hold_commands(false);
    scene.run("bytes of all", LONG, |s| drive(s, &mut all, 3 * PART));
    wait_for(&mut scene, engine, Owner::Engine);
    each_is_in_one_place(&scene, open.iter().map(|(id, _)| *id));
    let now = scene.now();
    scene.node.rebalance(now, &table).unwrap();
    scene.run("the rest has moved", Micros(5 * SECOND.0), |s| !s.node.is_rebalancing());
    assert_eq!(*scene.node.driver().rss().table(), table);
    for ((id, _), home) in open.iter().zip(&homes) {
        assert_eq!(scene.node.shard_of(*id), (home + 1) % SHARDS);
    }
    each_is_in_one_place(&scene, open.iter().map(|(id, _)| *id));
    for t in &mut all {
        (t.send, t.paused, t.close) = (BYTES, false, true);
    }
    scene.transfer(LONG, &mut all.iter_mut().collect::<Vec<_>>());
    check(&mut scene, &all, &open, BYTES);
    assert_eq!(scene.node.stats().buckets_kept, kept.len() as u64);
    assert_eq!(scene.node.stack_stats().tcp_resets_sent, 0);
}

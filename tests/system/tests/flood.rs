// SPDX-License-Identifier: Apache-2.0
//! A SYN flood while the engine works: half-open sessions are the host's affair, and bounded there (S-SYN-1); the
//! engine's tables do not change, and its session goes on. Sessions that all fall into one bucket of those tables.
#![allow(clippy::cast_precision_loss)]

use toe_api::{Micros, NodeConfig, Owner, TcpOptions};
use toe_driver::PUBLISHED_RSS_KEY;
use toe_stack::{FibId, RouteSpec};
use toe_system_tests::on_all_devices;
use toe_testkit::frames::ipv4_from_peer;
use toe_testkit::hash::{Place, Toeplitz, alike};
use toe_testkit::{Host, Kind, Scene, SceneConfig, Transfer};
use toe_world::{Behaviour, Close, ScriptPeer, pattern_sha256};

on_all_devices!(
    spoofed_syns_leave_the_engine_alone,
    sessions_of_one_bucket_are_tried_less_and_less,
);

const SECOND: Micros = Micros(1_000_000);
/// A client gets in within this: some round trips, at most as much again for what the flood has queued.
const AT_ONCE: Micros = Micros(20_000);

/// The `n`th spoofed SYN to port 80.
fn syn(mac: [u8; 6], n: u32) -> Vec<u8> {
    let src = (0x0b00_0000 + n / 60_000).to_be_bytes();
    let sport = u16::try_from(n % 60_000).unwrap_or(0) + 1;
    let mut tcp = [sport.to_be_bytes(), 80_u16.to_be_bytes()].concat();
    tcp.extend(n.to_be_bytes());
    tcp.extend([0, 0, 0, 0, 0x50, 2, 0xff, 0xff, 0, 0, 0, 0]);
    ipv4_from_peer(mac, src, 6, tcp)
}

/// Resident memory of this process, bytes; 0 where nobody says.
fn resident() -> usize {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = text.split_whitespace().nth(1).and_then(|n| n.parse::<usize>().ok());
    pages.unwrap_or(0) * 4096
}

fn spoofed_syns_leave_the_engine_alone(kind: Kind) {
    flood(kind, if kind.is_rtl() { 3_000 } else { 100_000 });
}

/// As many as the catalogue asks for.
mod long {
    macro_rules! flood {
        ($($(#[$only:meta])? $name:ident: $kind:ident, $total:expr;)+) => {
            $($(#[$only])? #[test] #[ignore = "takes minutes"] fn $name() {
                super::flood(toe_testkit::Kind::$kind, $total);
            })+
        };
    }
    flood! {
        a_million_spoofed_syns_on_the_model: Model, 1_000_000;
        #[cfg(feature = "rtl-small")]
        a_million_spoofed_syns_on_small: RtlSmall, 1_000_000;
    }
}

fn flood(kind: Kind, total: u32) {
    let mut config = SceneConfig::new("syn_flood", kind);
    config.script = true;
    // It would take more memory than everything else.
    config.record = total <= 3_000;
    let mac = config.node.mac.0;
    let Some(mut scene) = config.build() else { return };
    let bytes = if kind.is_rtl() { 20_000 } else { 200_000 };
    let behaviour = Behaviour::exchange(bytes, 7, bytes);
    let (id, _) = scene.accepted(false, 79, TcpOptions::default(), behaviour);
    scene.offloaded(id);
    let port = scene.node.interface();
    let route = RouteSpec::via("0.0.0.0/0".parse().unwrap(), port, Host::PEER_V4);
    scene.node.stack_mut().add_route(FibId(0), &route).unwrap();
    let at = scene.endpoint(Host::own(false), 80);
    let listener = scene
        .node
        .listen(std::net::SocketAddr::new(at.addr.ip(), 80), 16, TcpOptions::default())
        .unwrap();
    let tables = |scene: &mut Scene| {
        let (used, all) = scene.node.driver().session_slots();
        let names = ["lookup_insert", "lookup_insert_fail", "lookup_delete", "tw_insert"];
        ((used, all), names.map(|name| scene.counter(name)))
    };
    let before = tables(&mut scene);
    let mut transfer = Transfer::new(id, 0, 9, None);
    // Resident memory when a tenth of the flood has filled what can be filled.
    let (mut n, mut filled) = (0, 0);
    let started = scene.now();
    while n < total {
        let now = scene.now();
        {
            let mut world = scene.world.lock();
            // As many as the wire carries: what is lost in its queue is no flood.
            let in_flight = world.statistics().to_device.in_flight;
            let script = world.peer_mut::<ScriptPeer>().unwrap();
            script.inbox.clear();
            for _ in in_flight..64.min(in_flight + u64::from(total - n)) {
                script.send_at(toe_device::Micros(now.0), syn(mac, n));
                n += 1;
            }
        }
        // The session of the engine goes on all the time: it has a part of its bytes to send after each tenth.
        transfer.send = bytes * u64::from(n.min(total)) / u64::from(total);
        for _ in 0..4 {
            let _done = transfer.drive(scene.now(), &mut scene.node);
            scene.step().unwrap();
        }
        if filled == 0 && n >= total / 10 {
            filled = resident();
        }
    }
    let lasted = scene.now().since(started);
    let grown = resident().saturating_sub(filled);
    let stack = scene.node.stack();
    let cache = stack.syn_cache();
    assert!(cache.len() <= 512 * 30, "{}", cache.len());
    assert!(cache.counters.added > u64::from(total) / 2, "the flood came through");
    assert!(stack.tcp_table(scene.now()).count() <= 512 * 30 + 8);
    if !scene.config().record {
        assert!(grown < 32 << 20, "{grown} bytes more");
    }
    let added = cache.counters.added;
    let after = tables(&mut scene);
    assert_eq!(before, after, "slots in use, lookup and TIME_WAIT tables of the engine");
    // A legitimate client connects at once, in the middle of it all.
    let to = std::net::SocketAddr::new(Host::own(false), 80);
    scene.peer(|peer| peer.connect(to, Behaviour::exchange(0, 7, 0))).unwrap();
    let asked = scene.now();
    let mut client = None;
    scene.run("a client gets in", AT_ONCE, |s| {
        let now = s.now();
        client = s.node.accept(now, listener).ok();
        client.is_some()
    });
    let waited = scene.now().since(asked);
    // The session of the engine comes to its end.
    (transfer.send, transfer.close) = (bytes, true);
    scene.transfer(Micros(60 * SECOND.0), &mut [&mut transfer]);
    assert_eq!((transfer.error, transfer.received_sha256()), (None, pattern_sha256(7, bytes)));
    println!(
        "{}: {total} SYNs, {added} taken, in {:.3} s; a client in {} µs; {grown} bytes of memory more than after the \
         first tenth",
        kind.name(),
        lasted.0 as f64 / 1e6,
        waited.0,
    );
}

/// A peer that knows the key of the engine's hash has all its sessions in one bucket. Those that the engine refuses go
/// on in software, and are tried again less and less often: the firmware does not end up doing nothing else.
fn sessions_of_one_bucket_are_tried_less_and_less(kind: Kind) {
    if matches!(kind, Kind::RtlMid | Kind::RtlLarge) {
        return; // ports do not suffice for one bucket
    }
    let config = SceneConfig::new("one_bucket", kind);
    let Some(mut scene) = config.build() else { return };
    let (own, peer) = (Host::own(false), Host::peer(false));
    let hash = Toeplitz::new(&PUBLISHED_RSS_KEY);
    let place = Place::new(scene.node.driver().info().sessions);
    let local = std::net::SocketAddr::new(own, 80);
    let ports = alike(10_000..20_000, 12, |port| {
        place.buckets(hash.hash(local, std::net::SocketAddr::new(peer, port)))
    });
    let listener = scene.node.listen(local, 32, TcpOptions::default()).unwrap();
    let talk = Behaviour { echo: false, send: 100, seed: 7, close: Close::Never };
    let accept = |scene: &mut Scene, port: u16| {
        scene.peer(|p| p.connect_from(port, local, talk)).unwrap();
        let mut child = None;
        scene.run("accept", SECOND, |s| {
            let now = s.now();
            child = s.node.accept(now, listener).ok();
            child.is_some()
        });
        child.unwrap().0
    };
    let ids: Vec<_> = ports.iter().map(|port| accept(&mut scene, *port)).collect();
    // 10 ms, 20 ms, 40 ms ...: seven tries in the first second, ten in ten, and not a thousand.
    scene.pass(SECOND);
    let refused = scene.node.offload().stats().refused;
    assert!(refused <= 8 * 4, "{refused} refusals in a second");
    scene.pass(Micros(9 * SECOND.0));
    let there =
        |scene: &Scene| ids.iter().filter(|id| scene.node.owner(**id) == Owner::Engine).count();
    let all = if kind.is_rtl() { 8 } else { 12 };
    assert_eq!(there(&scene), all, "{}", scene.situation());
    let refused = scene.node.offload().stats().refused;
    assert_eq!(refused, scene.counter("lookup_insert_fail"));
    let away = (12 - all) as u64;
    assert!((8 * away..=11 * away).contains(&refused), "{refused} refusals of {away} sessions");
    // Who comes now goes to the engine, and all work.
    let honest = accept(&mut scene, 40_000);
    scene.offloaded(honest);
    for id in ids.iter().chain([&honest]) {
        let mut t = Transfer::new(*id, 100, 9, Some(100));
        scene.transfer(SECOND, &mut [&mut t]);
        assert_eq!((t.error, t.received_sha256()), (None, pattern_sha256(7, 100)));
    }
    println!("{}: {all} of 12 in the engine, {refused} refusals in 10 s", kind.name());
}

/// What a configuration says that nobody has touched is what a product runs with: secrets that nobody knows.
#[test]
fn a_node_has_secrets_of_its_own() {
    let [a, b] = [(); 2].map(|()| NodeConfig::default());
    assert_eq!((a.driver.rss_key, b.driver.rss_key), (None, None), "drawn when the device opens");
    assert_ne!(a.stack.seed, b.stack.seed);
    assert_ne!(a.stack.seed >> 64, b.stack.seed >> 64);
}

// SPDX-License-Identifier: Apache-2.0
//! A SYN flood while the engine works: half-open sessions are the host's affair, and bounded there (S-SYN-1); the
//! engine's tables do not change, and its session goes on.

use toe_api::{Micros, TcpOptions};
use toe_stack::{FibId, RouteSpec};
use toe_system_tests::on_all_devices;
use toe_testkit::{Host, Kind, SceneConfig, Transfer};
use toe_world::{Behaviour, ScriptPeer, pattern_sha256};

on_all_devices!(spoofed_syns_leave_the_engine_alone);

const SECOND: Micros = Micros(1_000_000);

fn sum(bytes: &[u8], start: u32) -> u16 {
    let words =
        bytes.chunks(2).map(|c| u32::from(u16::from_be_bytes([c[0], *c.get(1).unwrap_or(&0)])));
    let sum = words.fold(start, |a, b| a + b);
    let sum = (sum & 0xffff) + (sum >> 16);
    !u16::try_from((sum & 0xffff) + (sum >> 16)).unwrap_or(0)
}

/// The `n`th spoofed SYN to port 80.
fn syn(mac: [u8; 6], n: u32) -> Vec<u8> {
    let src = (0x0b00_0000 + n / 60_000).to_be_bytes();
    let sport = u16::try_from(n % 60_000).unwrap_or(0) + 1;
    let mut ip = vec![0x45, 0, 0, 40, 0, 0, 0x40, 0, 64, 6, 0, 0];
    ip.extend(src);
    ip.extend([10, 0, 0, 1]);
    let ip_sum = sum(&ip, 0);
    ip[10..12].copy_from_slice(&ip_sum.to_be_bytes());
    let mut tcp = [sport.to_be_bytes(), 80_u16.to_be_bytes()].concat();
    tcp.extend(n.to_be_bytes());
    tcp.extend([0, 0, 0, 0, 0x50, 2, 0xff, 0xff, 0, 0, 0, 0]);
    let pseudo: Vec<u8> =
        ip[12..20].iter().copied().chain([0, 6, 0, 20]).chain(tcp.clone()).collect();
    let tcp_sum = sum(&pseudo, 0);
    tcp[16..18].copy_from_slice(&tcp_sum.to_be_bytes());
    mac.into_iter().chain(Host::PEER_MAC).chain([8, 0]).chain(ip).chain(tcp).collect()
}

fn spoofed_syns_leave_the_engine_alone(kind: Kind) {
    let mut config = SceneConfig::new("syn_flood", kind);
    config.script = true;
    let mac = config.node.mac.0;
    let Some(mut scene) = config.build() else { return };
    let (total, bytes) = if kind.is_rtl() { (600, 20_000) } else { (100_000, 200_000) };
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
    let before = (
        scene.node.driver().session_slots(),
        ["lookup_insert", "lookup_insert_fail", "tw_insert"].map(|name| scene.counter(name)),
    );
    let mut transfer = Transfer::new(id, bytes, 9, None).closing();
    let mut n = 0;
    while n < total {
        let now = scene.now();
        {
            let mut world = scene.world.lock();
            let script = world.peer_mut::<ScriptPeer>().unwrap();
            script.inbox.clear();
            for _ in 0..50 {
                script.send_at(toe_device::Micros(now.0), syn(mac, n));
                n += 1;
            }
        }
        for _ in 0..4 {
            let _done = transfer.drive(scene.now(), &mut scene.node);
            scene.step().unwrap();
        }
    }
    let stack = scene.node.stack();
    assert!(stack.syn_cache().len() <= 512 * 30, "{}", stack.syn_cache().len());
    assert!(stack.syn_cache().len() > total as usize / 200, "the flood came through");
    let after = (
        scene.node.driver().session_slots(),
        ["lookup_insert", "lookup_insert_fail", "tw_insert"].map(|name| scene.counter(name)),
    );
    assert_eq!(before.1[..2], after.1[..2], "the engine's lookup table");
    assert_eq!(before.0.1, after.0.1, "slots");
    // The session of the engine comes to its end, a legitimate client connects at once.
    scene.transfer(Micros(60 * SECOND.0), &mut [&mut transfer]);
    assert_eq!((transfer.error, transfer.received_sha256()), (None, pattern_sha256(7, bytes)));
    let to = std::net::SocketAddr::new(Host::own(false), 80);
    scene.peer(|peer| peer.connect(to, Behaviour::exchange(0, 7, 0))).unwrap();
    let started = scene.now();
    scene.run("a client gets in", SECOND, |s| {
        let now = s.now();
        s.node.accept(now, listener).is_ok()
    });
    println!("{total} SYNs; a client in {} µs", scene.now().since(started).0);
}

// SPDX-License-Identifier: Apache-2.0
//! Sockets of threads: blocking, non-blocking, poll; an HTTP-like server that echoes.

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::time::Duration;

use toe_api::runtime::{Interest, poll};
use toe_api::{Node, Owner, Runtime, TcpOptions};
use toe_testkit::{Host, InProcess, Kind, SceneConfig, WorldPace};
use toe_world::{Behaviour, SmolPeer, State, pattern_sha256};

#[test]
fn blocking_server_carries_a_session() {
    let config = SceneConfig::new("blocking_server", Kind::Model);
    let (world, _) = config.world().unwrap();
    let now = toe_api::Micros(world.lock().now().0);
    let node = Node::open(now, InProcess::new(world.clone()), &config.node).unwrap();
    let runtime = Runtime::start(node, WorldPace::new(world.clone())).unwrap();
    let handle = runtime.handle();
    let local = SocketAddr::new(Host::V4, 80);
    let listener = handle.listen(local, 8, TcpOptions::default()).unwrap();
    listener.set_nonblocking(true);
    assert_eq!(listener.accept().err().unwrap().kind(), std::io::ErrorKind::WouldBlock);
    listener.set_nonblocking(false);
    const BYTES: u64 = 300_000;
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut buffer = vec![0; 10_000];
        let carried = loop {
            let n = stream.read(&mut buffer).unwrap();
            if n == 0 {
                break stream.carried();
            }
            stream.write_all(&buffer[..n]).unwrap();
        };
        stream.shutdown_write().unwrap();
        (carried, stream.owner())
    });
    let connection = {
        let mut world = world.lock();
        let peer = world.peer_mut::<SmolPeer>().unwrap();
        peer.connect(local, Behaviour::exchange(BYTES, 3, BYTES)).unwrap()
    };
    let (carried, owner) = server.join().unwrap();
    assert!(matches!(owner, Owner::Engine | Owner::Ended), "{owner}");
    assert!(carried.engine.total() > carried.software.total() * 50, "{carried:?}");
    for _ in 0..1000 {
        if world.lock().peer::<SmolPeer>().unwrap().connection(connection).is_done() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let world = world.lock();
    let c = world.peer::<SmolPeer>().unwrap().connection(connection).clone();
    drop(world);
    assert_eq!((c.state, c.received), (State::Closed, BYTES));
    assert_eq!(c.received_sha256(), pattern_sha256(3, BYTES));
    runtime.stop().unwrap();
}

#[test]
fn connect_and_poll() {
    let config = SceneConfig::new("connect_and_poll", Kind::Model);
    let (world, _) = config.world().unwrap();
    world.lock().peer_mut::<SmolPeer>().unwrap().listen(7, Behaviour::echo());
    let now = toe_api::Micros(world.lock().now().0);
    let node = Node::open(now, InProcess::new(world.clone()), &config.node).unwrap();
    let runtime = Runtime::start(node, WorldPace::new(world)).unwrap();
    let handle = runtime.handle();
    let limit = Some(Duration::from_secs(20));
    let remote = SocketAddr::new(Host::PEER_V6, 7);
    let stream = handle.connect(remote, TcpOptions::default(), limit).unwrap();
    stream.set_timeout(limit);
    (&stream).write_all(b"hello").unwrap();
    let interest = Interest { readable: true, writable: false };
    let ready = poll(&handle, &[(stream.id(), interest)], limit).unwrap();
    assert!(ready[0].readable);
    let mut got = [0; 5];
    (&stream).read_exact(&mut got).unwrap();
    assert_eq!(&got, b"hello");
    // Nothing listens there.
    let nowhere = SocketAddr::new(Host::PEER_V4, 9);
    let refused = handle.connect(nowhere, TcpOptions::default(), limit).err().unwrap();
    assert_eq!(refused.kind(), std::io::ErrorKind::ConnectionRefused);
    // Nothing comes: the time is over.
    let none = poll(&handle, &[(stream.id(), interest)], Some(Duration::from_millis(20))).unwrap();
    let state =
        handle.with(|now, node| (now, node.owner(stream.id()), node.session_info(stream.id())));
    assert!(!none[0].readable, "{:?} {state:?}", none[0]);
    drop(stream);
    runtime.stop().unwrap();
}

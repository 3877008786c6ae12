// SPDX-License-Identifier: Apache-2.0
//! Everything that a simulator's wire can end at, with the real driver at the other end.

use crate::sim::Sim;
use std::io::{ErrorKind, Read, Write};
use std::time::{Duration, Instant};
use toe_api::runtime::{RealTime, Runtime};
use toe_api::{MacAddr, Micros, Node, NodeConfig, Owner, TcpOptions};
use toe_driver::{Driver, Options, TxFrame, TxOffload};
use toe_vfio::DeviceName;

/// A host on a simulator, with the last byte of its addresses.
fn host(device: &DeviceName, last: u8) -> Runtime {
    let mut config = NodeConfig {
        addresses: vec![format!("10.0.0.{last}/24").parse().unwrap()],
        mac: MacAddr([0x02, 0, 0, 0, 0, last]),
        ..NodeConfig::default()
    };
    config.stack.seed = last.into();
    let transport = toe_vfio::open(device).unwrap();
    Runtime::start(Node::open(Micros(0), transport, &config).unwrap(), RealTime::new()).unwrap()
}

/// Two engines, two drivers, three processes: what one sends the other receives, and both sessions are in hardware.
#[test]
fn another_simulator() {
    let folder = std::env::temp_dir().join(format!("toe-between-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let wire = format!("sim:{}", folder.join("wire").display());
    let sims = ["model", "model"].map(|c| Sim::with(c, &["--wire", &wire]).unwrap());
    let hosts = [host(&sims[0].name(), 1), host(&sims[1].name(), 2)];
    let (bytes, limit) = (300_000, Some(Duration::from_secs(30)));
    let pattern: Vec<u8> = (0..bytes).map(|i: u32| (i * 7 + i / 251).to_le_bytes()[0]).collect();
    let (client, server) = (hosts[0].handle(), hosts[1].handle());
    let listener = server.listen("10.0.0.2:80".parse().unwrap(), 4, TcpOptions::default()).unwrap();
    std::thread::scope(|scope| {
        let echo = scope.spawn(|| {
            let (mut stream, _) = listener.accept().unwrap();
            stream.set_timeout(limit);
            let mut all = Vec::new();
            (&stream).read_to_end(&mut all).unwrap();
            let owner = stream.owner();
            stream.write_all(&all).unwrap();
            stream.shutdown_write().unwrap();
            owner
        });
        let mut stream =
            client.connect("10.0.0.2:80".parse().unwrap(), TcpOptions::default(), limit).unwrap();
        stream.set_timeout(limit);
        stream.write_all(&pattern).unwrap();
        let owner = stream.owner();
        stream.shutdown_write().unwrap();
        let mut back = Vec::new();
        (&stream).read_to_end(&mut back).unwrap();
        assert!(back == pattern, "{} bytes came back", back.len());
        assert_eq!((owner, echo.join().unwrap()), (Owner::Engine, Owner::Engine));
    });
    drop((hosts, sims));
    std::fs::remove_dir_all(&folder).unwrap();
}

/// The kernel, in a network namespace: nobody listens there, and it says so.
#[test]
fn the_kernel() {
    let name = format!("tap:toe{}", std::process::id() % 10_000);
    let sim = match Sim::with("model", &["--wire", &name, "--address", "10.0.0.2/24"]) {
        Ok(sim) => sim,
        Err(text) => {
            assert!(text.contains("This needs"), "the error names the fix: {text}");
            println!("skipped: {text}");
            return;
        }
    };
    let host = host(&sim.name(), 1);
    let start = Instant::now();
    let remote = "10.0.0.2:9".parse().unwrap();
    let limit = Some(Duration::from_secs(20));
    let refused = host.handle().connect(remote, TcpOptions::default(), limit).err().unwrap();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused, "{refused}");
    assert!(start.elapsed() < Duration::from_secs(10), "an answer, no time-out");
}

/// What one simulator recorded another plays: the driver gets those frames, as they were.
#[test]
fn a_capture() {
    let frames: Vec<Vec<u8>> = (0..5u8)
        .map(|n| {
            let mut frame = Options::default().mac.to_vec();
            frame.extend([0x02, 0, 0, 0, 0, 9, 0x88, 0xb5]); // for experiments (IEEE 802)
            frame.extend((0..60 + u16::from(n) * 200).map(|i| i.to_le_bytes()[0] ^ n));
            frame
        })
        .collect();
    let folder = std::env::temp_dir().join(format!("toe-capture-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("wire.pcapng");
    let open = |sim: &Sim| {
        let options = Options { promiscuous: true, ..Options::default() };
        Driver::open(toe_vfio::open(&sim.name()).unwrap(), &options).unwrap()
    };
    let send = |driver: &mut Driver, frame: &[u8]| {
        driver.nic_send(0, &TxFrame { bytes: frame, offload: TxOffload::default() }).unwrap();
        driver.flush().unwrap();
    };
    {
        let file = path.to_str().unwrap();
        let sim = Sim::with("model", &["--capture", file]).unwrap();
        let mut driver = open(&sim);
        frames.iter().for_each(|frame| send(&mut driver, frame));
        sim.report_when(|r| r["wire_to_peer"][0].as_u64() >= Some(5));
        // The capture is flushed with the report after.
        let now = sim.report_when(|_| true)["now_us"].as_u64();
        sim.report_when(|r| r["now_us"].as_u64() > now);
    }
    let sim = Sim::with("model", &["--wire", &format!("pcap:{}", path.display())]).unwrap();
    let mut driver = open(&sim);
    let mut got = Vec::new();
    // It waits for somebody who listens.
    send(&mut driver, &frames[0]);
    let start = Instant::now();
    while got.len() < frames.len() {
        assert!(start.elapsed() < Duration::from_secs(20), "{} frames came", got.len());
        driver.wait(10_000).unwrap();
        let us = u64::try_from(start.elapsed().as_micros()).unwrap();
        driver.poll(toe_driver::Micros(us)).unwrap();
        for queue in 0..driver.queue_pairs() {
            while let Some(frame) = driver.nic_recv(queue) {
                got.push(frame.bytes);
            }
        }
        while driver.next_event().is_some() {}
    }
    assert!(got == frames, "{:?}", got.iter().map(Vec::len).collect::<Vec<_>>());
    let error = Sim::with("model", &["--wire", "pcap:/nonexistent"]).err().unwrap();
    assert!(error.contains("pcap or pcapng"), "{error}");
    drop(sim);
    std::fs::remove_dir_all(&folder).unwrap();
}

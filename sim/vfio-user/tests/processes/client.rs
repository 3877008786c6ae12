// SPDX-License-Identifier: Apache-2.0
//! Clients that come and go, die, or are left alone.

use crate::sim::{Sim, configs, hashes_agree};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use toe_device_cli::transfer;

/// The socket of the simulator that [`victim`] is to use.
const SOCKET: &str = "TOE_TEST_SOCKET";

/// Not a test: the process that [`a_client_that_dies_leaves_a_quiet_device`] kills. It sends until it is killed.
#[test]
#[ignore = "started by another test"]
fn victim() {
    let Ok(socket) = std::env::var(SOCKET) else { return };
    let args = toe_device_cli::TransferArgs {
        device: toe_vfio::DeviceName::VfioUser(socket.into()),
        connect: vec!["10.0.0.2:5001".parse().unwrap()],
        address: vec!["10.0.0.1/24".parse().unwrap()],
        bytes: 1 << 40,
        seed: 1,
        reset_after: None,
        limit: 60,
    };
    let _ = transfer(&args);
}

#[test]
fn a_client_that_dies_leaves_a_quiet_device() {
    for config in configs() {
        let bytes = 64 << 10;
        let sim = Sim::start(config, bytes, &[]);
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "client::victim", "--ignored"])
            .env(SOCKET, sim.socket())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // In the middle of it: the engine has the session, and bytes flow.
        sim.report_when(|r| {
            let received = r["connections"][0]["received"].as_u64();
            received.is_some_and(|n| n > 64 << 10)
        });
        child.kill().unwrap();
        child.wait().unwrap();
        let report = sim.report_after(1);
        assert_eq!(report["bus_master"], false);
        assert_eq!(report["mappings"], 0);
        std::thread::sleep(Duration::from_millis(700));
        let later = sim.report_when(|r| r["now_us"].as_u64() > report["now_us"].as_u64());
        assert_eq!(
            later["dma_requests"], report["dma_requests"],
            "no DMA after the descriptor is closed"
        );
        assert_eq!(later["dma_requests_while_off"], 0);
        // The next one finds a device as new.
        let done = transfer(&sim.args(bytes)).unwrap();
        assert!(done.sessions.iter().all(|s| s.error.is_none()), "{:?}", done.sessions);
        let report = sim.report_after(2);
        done.sessions.iter().for_each(|s| hashes_agree(s, &report));
    }
}

#[test]
fn a_simulator_that_dies_ends_sessions_with_an_error_soon() {
    let mut sim = Sim::start("model", 1 << 20, &["--loss", "30"]);
    let args = sim.args(1 << 30);
    let running = std::thread::spawn(move || transfer(&args));
    sim.report_when(|r| {
        r["connections"].as_array().is_some_and(|c| c.iter().any(|c| c["received"] != 0))
    });
    sim.kill();
    let start = Instant::now();
    let done = running.join().unwrap().unwrap();
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    for session in done.sessions {
        let error = session.error.unwrap();
        assert!(error.contains("aborted") || error.contains("lost"), "{error}");
    }
    assert!(done.stopped.unwrap().contains("the device is lost"), "it says what happened");
}

#[test]
fn several_clients_in_turn() {
    let sim = Sim::start("model", 10_000, &["--clients", "4"]);
    for n in 1..=3 {
        let done = transfer(&sim.args(10_000)).unwrap();
        assert!(done.sessions.iter().all(|s| s.error.is_none()), "{:?}", done.sessions);
        let report = sim.report_after(n);
        done.sessions.iter().for_each(|s| hashes_agree(s, &report));
    }
}

// SPDX-License-Identifier: Apache-2.0
//! The real driver in this process, the device in another: what holds over vfio-user.

mod client;
mod robust;
mod sim;
mod wires;

use sim::{Sim, hashes_agree};
use toe_device_cli::{fault, transfer, vectors};
use toe_driver::{Driver, Options, Transport};
use toe_vfio::sysfs::Abilities;

/// The spine's transfer: two sessions both ways with loss and reordering, hashed at both ends.
fn spine(config: &str, bytes: u64) {
    let sim = Sim::start(config, bytes, &["--loss", "1", "--reorder", "1"]);
    let done = transfer(&sim.args(bytes)).unwrap();
    assert_eq!(done.stopped, None);
    // Not "closed": the device is gone, and with it TIME_WAIT, when the wire has lost the last acknowledgement.
    let report = sim.report_when(|r| {
        r["connections"].as_array().is_some_and(|c| {
            c.len() == 2 && c.iter().all(|c| c["received"] == bytes && c["sent"] == bytes)
        })
    });
    for session in &done.sessions {
        assert_eq!(session.error, None);
        assert_eq!((session.sent, session.received), (bytes, bytes));
        hashes_agree(session, &report);
        let engine =
            session.engine_bytes * 100 >= (session.engine_bytes + session.software_bytes) * 90;
        assert!(engine, "the engine carries it: {session:?}");
    }
    let lost = |lane: &str| report[lane][1].as_u64().unwrap() + report[lane][3].as_u64().unwrap();
    assert!(lost("wire_to_peer") + lost("wire_to_device") > 0, "the wire is bad: {report}");
    assert_eq!(done.summary.mmio_reads, 0, "no register is read on the data path");
    for fault in
        ["faults_unmapped", "faults_not_permitted", "faults_bus_master", "faults_malformed"]
    {
        assert_eq!(report[fault], 0, "{fault}: {report}");
    }
}

#[test]
fn model_spine() {
    spine("model", 1 << 20);
}

#[cfg(feature = "rtl-small")]
#[test]
fn small_spine() {
    spine("small", 256 << 10);
}

#[cfg(feature = "rtl-large")]
#[test]
fn large_spine() {
    spine("large", 64 << 10);
}

#[test]
fn every_vector_arrives() {
    for config in sim::configs() {
        let sim = Sim::start(config, 0, &[]);
        let got = vectors(&sim.name()).unwrap();
        assert!(got.vectors > 1 && got.counts[..usize::from(got.vectors)].iter().all(|n| *n > 0));
        let report = sim.report_after(1);
        assert_eq!(report["interrupts"], report["delivered"], "{config}");
    }
}

#[test]
fn memory_that_was_taken_away_is_refused_and_reported() {
    for config in sim::configs() {
        let sim = Sim::start(config, 1 << 20, &[]);
        let refused = fault(&sim.args(1 << 20)).unwrap();
        assert!(refused.faults > 0 && refused.alive, "{refused:?}");
        let report = sim.report_after(1);
        assert!(report["faults_unmapped"].as_u64().unwrap() > 0, "{report}");
    }
}

#[test]
fn a_reset_under_load_ends_sessions_and_the_next_ones_work() {
    for config in sim::configs() {
        let bytes = if config == "model" { 1 << 20 } else { 128 << 10 };
        let sim = Sim::start(config, bytes, &[]);
        let mut args = sim.args(bytes);
        args.reset_after = Some(bytes / 4);
        let done = transfer(&args).unwrap();
        let reset = done.reset.unwrap();
        assert_eq!(reset.errors.len(), 2);
        assert!(reset.milliseconds < 2_000, "{reset:?}");
        assert!(done.sessions.iter().all(|s| s.error.is_none() && s.received == bytes));
    }
}

/// What the function looks like, and that the driver finds its way from nothing.
#[test]
fn configuration_space_is_whole() {
    let sim = Sim::start("model", 0, &["--seed", "77"]);
    let mut transport = toe_vfio::open(&sim.name()).unwrap();
    let bytes = transport.config_space().unwrap();
    assert_eq!(bytes.len(), 4096);
    let abilities = Abilities::parse(&bytes).unwrap();
    assert_eq!(abilities.msix_vectors, 17);
    assert!(abilities.function_level_reset && !abilities.bus_master);
    assert_eq!(abilities.capabilities, [0x01, 0x10, 0x11]);
    assert_eq!(bytes[0x100..0x104], 0x0001_0003u32.to_le_bytes(), "serial number");
    assert_eq!(bytes[0x104..0x10c], 77u64.to_le_bytes());
    transport.set_bus_master(true).unwrap();
    assert_eq!(transport.config_space().unwrap()[4] & 6, 6);
    transport.reset().unwrap();
    assert_eq!(transport.config_space().unwrap()[4] & 4, 0, "off after a reset");
    assert_ne!(transport.read32(0).unwrap(), u32::MAX, "registers answer");
    assert!(transport.read32(2).is_err() && transport.write32(1 << 31, 0).is_err());
    let driver = Driver::open(transport, &Options::default()).unwrap();
    assert_eq!(driver.info().pci.msix_vectors, 17);
}

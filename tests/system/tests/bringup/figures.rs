// SPDX-License-Identifier: Apache-2.0
//! How fast: payload bytes a cycle, and cycles simulated a second. Printed (`--nocapture`), and bounded from below.

use crate::rig::{App, On, Rig};
use std::time::Instant;
use toe_driver::Options;
use toe_world::{PcieProfile, WireProfile};

on_each!(bulk_both_ways);

const TOTAL: u32 = 1 << 20;
const SESSIONS: u16 = 4;

fn bulk_both_ways(on: On) {
    if on == On::Model {
        return; // has no cycles worth counting
    }
    let mut rig = Rig::connected(on, &Options::default());
    // Nothing but the engine shall limit.
    let mut wire = WireProfile::clean();
    for lane in [&mut wire.to_device, &mut wire.to_peer] {
        lane.bits_per_us = 0;
        lane.delay_ns = 100;
    }
    rig.wire(wire);
    rig.world.lock().set_pcie(PcieProfile {
        read_bytes_per_us: 0,
        write_bytes_per_us: 0,
        ..PcieProfile::GEN3_X4
    });
    let ports = 4000..4000 + SESSIONS;
    let handles: Vec<_> = ports.clone().map(|port| rig.established(port)).collect();
    for port in ports.clone() {
        rig.end(port, |end| end.goal = TOTAL / u32::from(SESSIONS));
    }
    let total = TOTAL / u32::from(SESSIONS);
    let mut apps = vec![App::default(); handles.len()];
    let before = rig.world.lock().statistics();
    let wall = Instant::now();
    rig.until(1_000_000, "all is moved", |rig| {
        for (handle, app) in handles.iter().zip(&mut apps) {
            app.turn(&mut rig.driver, *handle, total);
        }
        apps.iter().all(|app| app.read == total)
            && ports.clone().all(|port| rig.end(port, |end| end.count()) == total)
    });
    let wall = wall.elapsed().as_secs_f64();
    let after = rig.world.lock().statistics();
    let cycles = after.cycles - before.cycles;
    let inside = (after.device_wall - before.device_wall).as_secs_f64();
    let rate = f64::from(2 * TOTAL) / cycles as f64;
    println!(
        "{on:?}: {} bytes in {cycles} cycles: {rate:.2} bytes a cycle; {:.3} M cycles/s ({:.3} M in the device)",
        2 * TOTAL,
        cycles as f64 / wall / 1e6,
        cycles as f64 / inside / 1e6,
    );
    println!("{:?}", rig.counters());
    for port in ports {
        assert_eq!(rig.end(port, |end| end.good()), total);
    }
    assert_eq!(rig.counter("tcp_retransmit_segs"), 0);
    assert!(rate > if on == On::Large { 8.0 } else { 3.0 }, "{rate} bytes a cycle");
}

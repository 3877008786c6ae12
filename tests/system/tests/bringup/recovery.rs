// SPDX-License-Identifier: Apache-2.0
//! Loss recovery of the engine as a sender: bytes sent again for each byte lost, and nothing sent again when segments only
//! change places.

use crate::rig::{App, On, Rig};
use toe_driver::Options;
use toe_testkit::station::{Id, Shape};
use toe_world::{Direction, Fate, WireProfile};

on_each!(resent_bytes_per_lost_byte, reordering_within_three_segments_resends_nothing);

const PORT: u16 = 4000;

/// 250 µs there and back, 1 Gbit/s: some 20 to 90 segments under way.
fn wire(loss: f64) -> WireProfile {
    let lane = Direction { delay_ns: 125_000, bits_per_us: 1_000, ..Direction::CLEAN };
    WireProfile { to_peer: Direction { loss, ..lane }, to_device: lane }
}

fn rig(on: On) -> (Rig, toe_driver::SessionHandle) {
    let mut rig = Rig::connected(on, &Options::default());
    let shape = Shape { ring_log2: 17, ..Shape::default() };
    let handle = rig.install_as(Id::from(PORT), &shape);
    rig.installed(handle);
    (rig, handle)
}

/// What a run cost: bytes lost on the wire, bytes sent again, timeouts, microseconds.
fn send(rig: &mut Rig, handle: toe_driver::SessionHandle, total: u32) -> (u64, u64, u64, u64) {
    let before = rig.now();
    let mut app = App::default();
    rig.until(60_000_000, "all is there", |rig| {
        app.turn(&mut rig.driver, handle, total);
        rig.end(PORT, |end| end.count()) == total
    });
    assert_eq!(rig.end(PORT, |end| end.good()), total);
    let took = rig.now().0 - before.0;
    rig.wire(wire(0.0));
    rig.settle(2_000);
    let out = rig.counter("tcp_bytes_out");
    let lost = out - rig.end(PORT, |end| end.payload);
    (lost, rig.counter("tcp_retransmit_bytes"), rig.counter("tcp_rto"), took)
}

fn resent_bytes_per_lost_byte(on: On) {
    let (total, losses): (u32, &[f64]) =
        if on == On::Model { (16 << 20, &[0.001, 0.01, 0.02]) } else { (2 << 20, &[0.01, 0.02]) };
    let (mut lost_all, mut again_all) = (0, 0);
    for &loss in losses {
        let (mut rig, handle) = rig(on);
        rig.wire(wire(loss));
        let (lost, again, rto, took) = send(&mut rig, handle, total);
        println!(
            "{on:?}: {} % loss: {lost} bytes lost, {again} sent again, {:.3} for each; {rto} timeouts; {:.0} Mbit/s",
            loss * 100.0,
            again as f64 / lost.max(1) as f64,
            f64::from(total) * 8.0 / took as f64,
        );
        lost_all += lost;
        again_all += again;
    }
    assert!(lost_all > 10_000, "the wire must have lost something: {lost_all}");
    assert!(again_all as f64 <= lost_all as f64 * 1.05, "{again_all} for {lost_all}");
}

fn reordering_within_three_segments_resends_nothing(on: On) {
    let total: u32 = if on == On::Model { 8 << 20 } else { 2 << 20 };
    let (mut rig, handle) = rig(on);
    rig.wire(wire(0.0));
    // A full segment takes 12.3 µs: held back for 28, two overtake it.
    rig.world.lock().hook_to_peer(Some(Box::new(|bytes, number| {
        if bytes.len() > 1000 && number.is_multiple_of(13) {
            Fate::Delay(28_000)
        } else {
            Fate::Chance
        }
    })));
    let (lost, again, rto, took) = send(&mut rig, handle, total);
    println!(
        "{on:?}: reordering: {again} bytes sent again, {rto} timeouts; {:.0} Mbit/s",
        f64::from(total) * 8.0 / took as f64
    );
    assert_eq!((lost, again, rto), (0, 0, 0));
    assert!(rig.world.lock().statistics().to_peer.reordered > 50);
}

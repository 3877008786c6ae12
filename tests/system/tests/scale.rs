// SPDX-License-Identifier: Apache-2.0
//! As many sessions as the tables hold. `SESSIONS=n` makes less of it; on `large` they have the last slots then.
//!
//! These take minutes: they run with `make test-system-all`.
#![cfg(any(feature = "rtl-mid", feature = "rtl-large"))]

use toe_driver::{Options, TimeWaitOptions};
use toe_testkit::crowd::{Around, Crowd};
use toe_testkit::rig::On;
use toe_testkit::station::{Id, Shape};

/// Small rings: what counts is how many there are.
const SHAPE: Shape =
    Shape { mss: 1460, ring_log2: 12, rx_ring_log2: None, timestamps: true, classes: true };

fn options() -> Options {
    Options {
        bmq_log2: 15,
        evq_log2: 18,
        max_ring_memory: 1 << 31,
        // Nothing expires before all have closed.
        time_wait: TimeWaitOptions { linger_us: [66_000_000; 3], ..TimeWaitOptions::default() },
        ..Options::default()
    }
}

fn sessions(all: u32) -> u32 {
    std::env::var("SESSIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(all)
}

/// Each session moves `bytes` both ways.
fn exchange(crowd: &mut Crowd, bytes: u32, limit_us: u64) {
    crowd.send = bytes;
    crowd.receive(bytes);
    let all = crowd.members.len() as u64 * u64::from(bytes);
    let end = crowd.rig.now().plus(limit_us);
    let mut turns = 0_u32;
    loop {
        crowd.work();
        turns += 1;
        if turns.is_multiple_of(64) {
            let moved = crowd.moved();
            if moved.received == all && moved.sent >= all {
                break;
            }
            assert!(crowd.rig.now() < end, "not within {limit_us} µs: {moved:?} of {all}");
        }
    }
    crowd.check();
}

/// `mid`: 4,096 live sessions, all moving at once, one frame in two hundred lost each way.
#[test]
#[cfg(feature = "rtl-mid")]
#[ignore = "minutes: 4,096 sessions"]
fn mid_keeps_4096_sessions_moving_under_loss() {
    let mut wire = toe_world::WireProfile::clean();
    for lane in [&mut wire.to_device, &mut wire.to_peer] {
        lane.loss = 0.005;
        lane.reorder = 0.005;
        lane.reorder_ns = 5_000;
        lane.bits_per_us = 50_000;
    }
    let count = sessions(4_096);
    let around = Around { wire, quantum: 512, ..Around::unlimited(On::Mid, SHAPE) };
    let mut crowd = Crowd::new(&around, &options(), count).unwrap();
    eprintln!("{} sessions, {} refused", crowd.members.len(), crowd.refused.len());
    assert!(crowd.refused.len() <= 4, "{:?}", crowd.refused);
    exchange(&mut crowd, 12_000, 60_000_000);
    let lost = crowd.rig.counter("tcp_retransmit_segs");
    eprintln!("{lost} segments sent again, {} cycles", crowd.statistics().cycles);
    assert!(lost > 0);
    assert_eq!(crowd.rig.counter("lookup_insert"), crowd.members.len() as u64);
    assert_eq!(crowd.rig.counter("lookup_insert_fail"), crowd.refused.len() as u64);
}

/// `large`: 65,536 sessions, of which a sample moves data; all close, and the table holds 65,536 of the dead.
#[test]
#[cfg(feature = "rtl-large")]
#[ignore = "an hour and more: 65,536 sessions"]
fn large_holds_65536_sessions_and_as_many_of_the_dead() {
    let count = sessions(65_536);
    let around = Around { quantum: 1024, ..Around::unlimited(On::Large, SHAPE) };
    let mut crowd = Crowd::new(&around, &options(), 0).unwrap();
    crowd.skip(65_536 - count);
    crowd.join((0..count).map(Id::nth), &SHAPE);
    // Two in a billion share their part of the hash with another: the host keeps those, others take their place.
    let refused = crowd.refused.len();
    eprintln!("{} sessions, {refused} refused: {:?}", crowd.members.len(), crowd.refused);
    assert!(refused <= 16);
    crowd.join((count..).take(refused).map(Id::nth), &SHAPE);
    assert_eq!(crowd.members.len(), count as usize);
    assert_eq!(crowd.rig.driver.session_slots(), (65_536, 65_536), "no slot is left");
    eprintln!("installed: {} cycles", crowd.statistics().cycles);

    // A sample, spread over the table.
    let all = std::mem::take(&mut crowd.members);
    let sample = all.iter().enumerate().filter(|(i, _)| (i * 2_654_435_761) % 65_536 < 256);
    crowd.members = sample.map(|(_, member)| *member).collect();
    assert!(!crowd.members.is_empty());
    exchange(&mut crowd, 8_192, 10_000_000);
    eprintln!("{} of them moved: {} cycles", crowd.members.len(), crowd.statistics().cycles);

    // All close, our side first: were the peer's FIN here before ours had left, TIME_WAIT would be the peer's. A few at a
    // time, as the bump queue has places.
    crowd.members.clear();
    crowd.send = 0;
    for (i, member) in all.iter().enumerate() {
        crowd.rig.driver.session_close(member.handle).unwrap();
        if i % 256 == 255 {
            crowd.turn();
        }
    }
    crowd.rig.settle(1_000);
    // A FIN a clock, all with the same timers, would be dropped in front of the engine again and again: it takes some 24
    // clocks for a close. At 5 Gbit/s a frame has 35.
    let mut wire = around.wire;
    wire.to_device.bits_per_us = 5_000;
    wire.to_device.queue_bytes = 1 << 30;
    crowd.rig.wire(wire);
    for (i, member) in all.iter().enumerate() {
        crowd.rig.end(member.id, |end| end.tcb.close());
        if i % 256 == 255 {
            crowd.turn();
        }
    }
    let end = crowd.rig.now().plus(50_000_000);
    let dead = loop {
        for _ in 0..256 {
            crowd.turn();
        }
        let dead = u32::try_from(crowd.rig.counter("tw_insert")).unwrap();
        if dead == count || crowd.rig.now() > end {
            break dead;
        }
    };
    assert_eq!(dead, count, "{:?}", crowd.rig.counters());
    assert_eq!((crowd.rig.counter("tw_insert_fail"), crowd.rig.counter("tw_evict")), (0, 0));
    let entries: u32 = (0..3)
        .map(|class| {
            let register = toe_abi::regs::TW_ENTRIES_V4.at(class).unwrap();
            crowd.rig.driver.register::<u32>(register).unwrap()
        })
        .sum();
    assert_eq!(entries, count, "none was lost");
    eprintln!("{entries} entries of the dead: {} cycles", crowd.statistics().cycles);
}

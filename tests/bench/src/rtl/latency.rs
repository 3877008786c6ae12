// SPDX-License-Identifier: Apache-2.0
//! Cycles through the engine on its own: an idle engine, host memory that answers at once.

use crate::figure::Figure;
use toe_driver::{DriverEvent, Options, SessionEvent};
use toe_testkit::crowd::{Around, Crowd};
use toe_testkit::rig::On;
use toe_testkit::station::Shape;
use toe_world::{PcieProfile, Statistics};

const REPEAT: usize = 8;

/// One clock at a time until `goal`; the clock at which it was reached.
fn until(crowd: &mut Crowd, what: &str, goal: impl Fn(&Statistics) -> bool) -> u64 {
    for _ in 0..100_000 {
        let now = crowd.statistics();
        if goal(&now) {
            return now.cycles;
        }
        let mut world = crowd.rig.world.lock();
        if let Err(error) = world.step() {
            panic!("{error}");
        }
    }
    panic!("not within 100,000 cycles: {what}");
}

fn quiet(crowd: &mut Crowd) {
    crowd.rig.settle(2_000);
}

fn worst_and_best(values: &[u64]) -> (u64, u64) {
    let worst = values.iter().copied().max().unwrap_or(0);
    (worst, values.iter().copied().min().unwrap_or(0))
}

fn crowd(on: On, sessions: u32) -> Option<(Crowd, Around)> {
    let shape = Shape::default();
    let pcie = PcieProfile::IDEAL;
    let around = Around { pcie, quantum: 1, ..Around::unlimited(on, shape) };
    // Delayed acknowledgements out of the way.
    Some((Crowd::new(&around, &Options::default(), sessions)?, around))
}

#[allow(clippy::cast_precision_loss)] // figures
fn push(figures: &mut Vec<Figure>, metric: &str, config: String, cycles: u64) {
    figures.push(Figure::new(metric, config, cycles as f64, "cycles"));
}

/// From the wire to host memory, and from the doorbell to the wire.
pub fn latency(on: On, figures: &mut Vec<Figure>) {
    let Some((mut crowd, _)) = crowd(on, 1) else { return };
    let (mut payload, mut record, mut wire) = (Vec::new(), Vec::new(), Vec::new());
    let mut goal = 0;
    for _ in 0..REPEAT {
        quiet(&mut crowd);
        goal += 64;
        let id = crowd.members[0].id;
        let before = crowd.statistics();
        crowd.rig.end(id, |end| end.goal = goal);
        let frames = before.to_device.delivered;
        let start = until(&mut crowd, "the frame enters", |s| s.to_device.delivered > frames);
        let (writes, bytes) = (before.dma.writes, before.dma.write_bytes);
        payload.push(
            until(&mut crowd, "payload in memory", |s| s.dma.write_bytes >= bytes + 64) - start,
        );
        record
            .push(until(&mut crowd, "the record behind it", |s| s.dma.writes > writes + 1) - start);
        crowd.work();
    }
    for _ in 0..REPEAT {
        quiet(&mut crowd);
        let before = crowd.statistics();
        let handle = crowd.members[0].handle;
        let written = crowd.members[0].written;
        let bytes = toe_testkit::station::patterns(written, written + 64);
        let taken = crowd.rig.driver.session_write(handle, &bytes);
        assert_eq!(taken.ok(), Some(64));
        crowd.members[0].written += 64;
        let now = crowd.rig.now();
        if let Err(error) = crowd.rig.driver.poll(now) {
            panic!("{error}");
        }
        let frames = before.to_peer.sent;
        let end = until(&mut crowd, "the frame leaves", |s| s.to_peer.sent > frames);
        wire.push(end - before.cycles);
    }
    let name = format!("{on:?}").to_lowercase();
    let idle = |what: &str, (worst, best): (u64, u64)| {
        (format!("{name}, 64 B, idle, PCIe 0 ns, {what}; best {best}, worst of {REPEAT}"), worst)
    };
    let (config, worst) = idle("first beat in to payload written", worst_and_best(&payload));
    push(figures, "wire_to_memory_cycles", config, worst);
    let (config, worst) = idle("first beat in to record written", worst_and_best(&record));
    push(figures, "wire_to_record_cycles", config, worst);
    let (config, worst) = idle("register write to last beat out", worst_and_best(&wire));
    push(figures, "doorbell_to_wire_cycles", config, worst);
}

/// From the peer's FIN, the last segment of a session that our side closed first, to the record that gives the slot
/// back: TIME_WAIT has the session then.
pub fn slot_free(on: On, figures: &mut Vec<Figure>) {
    let sessions = u32::try_from(REPEAT).unwrap_or(1);
    let Some((mut crowd, _)) = crowd(on, sessions) else { return };
    let mut cycles = Vec::new();
    for at in 0..REPEAT {
        let (handle, id) = (crowd.members[at].handle, crowd.members[at].id);
        if let Err(error) = crowd.rig.driver.session_close(handle) {
            panic!("{error}");
        }
        // Our FIN is acknowledged, the peer has not closed.
        quiet(&mut crowd);
        crowd.rig.events.clear();
        let before = crowd.statistics();
        crowd.rig.end(id, |end| end.tcb.close());
        let frames = before.to_device.delivered;
        let start = until(&mut crowd, "the FIN enters", |s| s.to_device.delivered > frames);
        let closed = |crowd: &Crowd| {
            crowd.rig.events.iter().any(|event| {
                matches!(event, DriverEvent::Session { handle: h, event: SessionEvent::Closed(_) } if *h == handle)
            })
        };
        let mut end = start;
        while !closed(&crowd) {
            let writes = crowd.statistics().dma.writes;
            end = until(&mut crowd, "the session is over", |s| s.dma.writes > writes);
            let now = crowd.rig.now();
            if let Err(error) = crowd.rig.driver.poll(now) {
                panic!("{error}");
            }
            while let Some(event) = crowd.rig.driver.next_event() {
                crowd.rig.events.push(event);
            }
        }
        cycles.push(end - start);
    }
    assert_eq!(crowd.rig.counter("tw_insert"), REPEAT as u64);
    let (worst, best) = worst_and_best(&cycles);
    let config = format!(
        "{}, first beat of the FIN to the record that frees the slot in memory, PCIe 0 ns; best {best}, worst of {REPEAT}",
        format!("{on:?}").to_lowercase()
    );
    figures.push(
        Figure::new(
            "slot_free_cycles_after_close",
            config,
            f64::from(u32::try_from(worst).unwrap_or(u32::MAX)),
            "cycles",
        )
        .bound(100.0),
    );
}

// SPDX-License-Identifier: Apache-2.0
//! How late a timer is while everything else is busy: delayed acknowledgements of sessions that get one lone segment each.
//!
//! The flight recorder tells when the pipeline took the segment and when it decided the acknowledgement: that is the timer's
//! own error, with nothing of the queues in front of the engine and behind it. From end to end stands beside it.

use crate::figure::Figure;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use toe_abi::{SessionKey, TraceKind};
use toe_driver::{DriverEvent, Options, SessionEvent, SessionHandle, TcpOptions};
use toe_testkit::crowd::{Around, Crowd};
use toe_testkit::rig::On;
use toe_testkit::station::{Id, Shape, parse};
use toe_world::Fate;

/// Microseconds of the delayed acknowledgement here.
const DELAY: u32 = 400;
/// Sessions that are measured; the others are the load.
const QUIET: usize = 32;
/// Sessions that receive.
const RECEIVERS: usize = 8;
/// A tick of the engine's slow clock, µs.
const TICK: f64 = 1024.0;
/// Slots of `large`.
const SLOTS: u32 = 65_536;

/// Worst lateness of a delayed acknowledgement under bulk transfer both ways. The sessions have the last slots of `large`,
/// so the scanner looks at all of them.
pub fn timers(on: On, figures: &mut Vec<Figure>) {
    let sessions = if on == On::Small { 64 } else { 1024 };
    let first = if on == On::Large { SLOTS - sessions } else { 0 };
    one(on, sessions, first, figures);
    crate::progress::step();
}

/// Switches the flight recorder on for some sessions.
pub(crate) fn traced(crowd: &mut Crowd, handles: &[SessionHandle]) {
    if let Err(error) = crowd.rig.driver.trace_start(14) {
        panic!("{error}");
    }
    for handle in handles {
        if let Err(error) = crowd.rig.driver.session_set(*handle, SessionKey::Trace, 1) {
            panic!("{error}");
        }
        let set = |event: &DriverEvent| matches!(event, DriverEvent::Session { handle: h, event: SessionEvent::Setting { result: Ok(()), .. } } if h == handle);
        while !crowd.rig.events.iter().any(set) {
            crowd.turn();
        }
        crowd.rig.events.clear();
    }
}

/// From a segment to the acknowledgement that its timer gave, in the pipeline: µs of each.
#[derive(Default)]
struct Waits {
    since: HashMap<u32, u32>,
    waits: Vec<u32>,
}

impl Waits {
    fn look(&mut self, crowd: &mut Crowd) {
        let trace = crowd.rig.driver.trace_read();
        assert_eq!(trace.missed, 0, "the recorder keeps up");
        for record in trace.records {
            match record.kind {
                TraceKind::Rx if record.len > 0 => {
                    self.since.entry(record.handle).or_insert(record.time_us);
                }
                TraceKind::AckDue => {
                    let since = self.since.get(&record.handle);
                    self.waits.extend(since.map(|since| record.time_us.wrapping_sub(*since)));
                }
                _ => {}
            }
        }
    }
}

fn one(on: On, sessions: u32, first: u32, figures: &mut Vec<Figure>) {
    let shape = Shape { ring_log2: 14, ..Shape::default() };
    let around = Around { quantum: 64, ..Around::unlimited(on, shape) };
    let options = Options {
        tcp: TcpOptions { delack_us: Some(DELAY), ..TcpOptions::default() },
        bmq_log2: 14,
        evq_log2: 14,
        max_ring_memory: 1 << 31,
        ..Options::default()
    };
    let Some(mut crowd) = Crowd::new(&around, &options, 0) else { return };
    crowd.skip(first);
    crowd.join((0..sessions).map(Id::nth), &shape);
    let lone: Vec<_> = crowd.members[..QUIET].iter().map(|m| (m.handle, m.id)).collect();
    let busy: Vec<Id> = crowd.members[QUIET..].iter().map(|m| m.id).collect();
    let handles: Vec<_> = lone.iter().map(|(handle, _)| *handle).collect();
    traced(&mut crowd, &handles);

    // End to end: from the station's sending on to the frame's last beat out.
    let watched: Vec<Id> = lone.iter().map(|(_, id)| *id).collect();
    let left = Arc::new(Mutex::new(HashMap::<Id, u64>::new()));
    let mine = Arc::clone(&left);
    let clock = Arc::new(Mutex::new(0_u64));
    let now = Arc::clone(&clock);
    let mut came = HashMap::<Id, u64>::new();
    crowd.rig.world.lock().hook_to_peer(Some(Box::new(move |frame, _| {
        if let Some((id, _, [])) = parse(frame)
            && watched.contains(&id)
        {
            let at = *now.lock().unwrap_or_else(PoisonError::into_inner);
            mine.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_insert(at);
        }
        Fate::Pass
    })));
    let mut waits = Waits::default();
    let mut step = |crowd: &mut Crowd| {
        *clock.lock().unwrap_or_else(PoisonError::into_inner) = crowd.rig.world.lock().now().0;
        crowd.work();
        waits.look(crowd);
        waits.waits.len()
    };
    crowd.members.drain(..QUIET);
    crowd.send = 1 << 31;
    // All of them send; a few receive, so that no queue of many windows stands in front of the engine.
    for id in &busy[..RECEIVERS.min(busy.len())] {
        crowd.rig.end(*id, |end| end.goal = 1 << 31);
    }
    for _ in 0..2_000 {
        step(&mut crowd);
    }
    let dropped = crowd.rig.counter("rx_drop_overflow");
    for (_, id) in &lone {
        crowd.rig.end(*id, |end| end.goal = 100);
        came.insert(*id, crowd.rig.world.lock().now().0);
        // Spread over more than the scanner takes for all slots.
        for _ in 0..100 {
            step(&mut crowd);
        }
    }
    let end = crowd.rig.now().plus(200_000);
    while crowd.rig.now() < end && step(&mut crowd) < lone.len() {}
    // What is decided is soon out.
    for _ in 0..200 {
        step(&mut crowd);
    }
    let dropped = crowd.rig.counter("rx_drop_overflow") - dropped;
    let waits = waits.waits;
    assert_eq!(waits.len(), lone.len(), "each lone segment is acknowledged by its timer");
    let range = |waits: &[u32]| {
        let worst = waits.iter().max().copied().unwrap_or(0);
        (waits.iter().min().copied().unwrap_or(0), worst)
    };
    let (least, worst) = range(&waits);
    assert!(least >= DELAY, "never early: {least} µs");
    let left = left.lock().unwrap_or_else(PoisonError::into_inner);
    let outside: Vec<u32> =
        came.iter().filter_map(|(id, at)| u32::try_from(left.get(id)? - at).ok()).collect();
    let (near, far) = range(&outside);
    crate::progress::note(&format!(
        "timers from slot {first}: {} waits of {least}..{worst} µs for {DELAY}; at the station {near}..{far} µs; {dropped} frames dropped in front of the engine",
        waits.len()
    ));
    let error = f64::from(worst) - f64::from(DELAY);
    let config = format!(
        "{}, {sessions} sessions in slots from {first} on, {RECEIVERS} receive and all send without end, delayed ACK of {DELAY} µs on {QUIET}, from segment to acknowledgement in the pipeline",
        around.words()
    );
    figures.push(Figure::new("timer_error_us", &config, error, "µs"));
    figures.push(Figure::new("timer_error_ticks", &config, error / TICK, "1.024 ms").bound(1.0));
    let config = format!(
        "the same, slots from {first} on: from the station's sending to the acknowledgement on the wire, beyond {DELAY} µs; queues and {dropped} drops in front of the engine included"
    );
    figures.push(Figure::new(
        "timer_and_queues_us",
        config,
        f64::from(far) - f64::from(DELAY),
        "µs",
    ));
}

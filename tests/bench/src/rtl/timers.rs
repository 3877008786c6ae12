// SPDX-License-Identifier: Apache-2.0
//! How late a timer is while everything else is busy: delayed acknowledgements of sessions that get one lone segment each.

use crate::figure::Figure;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use toe_driver::{Options, TcpOptions};
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

/// Worst lateness of a delayed acknowledgement under bulk transfer both ways.
pub fn timers(on: On, figures: &mut Vec<Figure>) {
    let sessions = if on == On::Small { 64 } else { 1024 };
    let shape = Shape { ring_log2: 14, ..Shape::default() };
    let around = Around { quantum: 64, ..Around::unlimited(on, shape) };
    let options = Options {
        tcp: TcpOptions { delack_us: Some(DELAY), ..TcpOptions::default() },
        bmq_log2: 14,
        evq_log2: 14,
        ..Options::default()
    };
    let Some(mut crowd) = Crowd::new(&around, &options, sessions) else { return };
    let lone: Vec<Id> = crowd.members[..QUIET].iter().map(|m| m.id).collect();
    let busy: Vec<Id> = crowd.members[QUIET..].iter().map(|m| m.id).collect();
    let watched = lone.clone();
    // When each left: µs with the wire's delay taken off on both sides by measuring at the device.
    let left = Arc::new(Mutex::new(HashMap::<Id, u64>::new()));
    let mine = Arc::clone(&left);
    let clock = Arc::new(Mutex::new(0_u64));
    let now = Arc::clone(&clock);
    let came = Arc::new(Mutex::new(HashMap::<Id, u64>::new()));
    crowd.rig.world.lock().hook_to_peer(Some(Box::new(move |frame, _| {
        if let Some((id, _, [])) = parse(frame)
            && watched.contains(&id)
        {
            let at = *now.lock().unwrap_or_else(PoisonError::into_inner);
            mine.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_insert(at);
        }
        Fate::Pass
    })));
    let step = |crowd: &mut Crowd| {
        *clock.lock().unwrap_or_else(PoisonError::into_inner) = crowd.rig.world.lock().now().0;
        crowd.work();
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
    for id in &lone {
        crowd.rig.end(*id, |end| end.goal = 100);
        let at = crowd.rig.world.lock().now().0;
        came.lock().unwrap_or_else(PoisonError::into_inner).insert(*id, at);
        for _ in 0..20 {
            step(&mut crowd);
        }
    }
    let end = crowd.rig.now().plus(4 * u64::from(DELAY));
    while crowd.rig.now() < end
        && left.lock().unwrap_or_else(PoisonError::into_inner).len() < lone.len()
    {
        step(&mut crowd);
    }
    let came = came.lock().unwrap_or_else(PoisonError::into_inner);
    let left = left.lock().unwrap_or_else(PoisonError::into_inner);
    let waits: Vec<u64> =
        came.iter().filter_map(|(id, at)| left.get(id).map(|out| out - at)).collect();
    assert_eq!(waits.len(), lone.len(), "each lone segment is acknowledged in time");
    let least = waits.iter().min().copied().unwrap_or(0);
    let worst = waits.iter().max().copied().unwrap_or(0);
    let error = f64::from(u32::try_from(worst).unwrap_or(u32::MAX)) - f64::from(DELAY);
    eprintln!("  timers: {} waits of {least}..{worst} µs for {DELAY}", waits.len());
    let config = format!(
        "{}, {sessions} sessions, {RECEIVERS} receive and all send without end, delayed ACK of {DELAY} µs on {QUIET}; from the station's sending on, way and queue in front of the engine included",
        around.words()
    );
    figures.push(Figure::new("timer_error_us", &config, error, "µs"));
    figures.push(Figure::new("timer_error_ticks", &config, error / TICK, "1.024 ms").bound(1.0));
}

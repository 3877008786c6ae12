// SPDX-License-Identifier: Apache-2.0
//! Cycles between two services of a backlogged session, from the flight recorder of some of them.

use crate::figure::Figure;
use crate::progress;
use std::collections::HashMap;
use toe_abi::TraceKind;
use toe_driver::Options;
use toe_testkit::crowd::{Around, Crowd};
use toe_testkit::rig::On;
use toe_testkit::station::Shape;

/// Sessions that are watched.
const WATCHED: usize = 16;
/// Commands between pipeline and segmenter, and reads that the segmenter has begun.
const QUEUED: u32 = 32;

/// Turns of the ready FIFO take eight cycles, or as long as a frame has the bus
/// ([docs](../../../docs/blocks/tcp_pipe.md)): the bound for so many backlogged sessions.
fn bound(around: &Around, sessions: u32) -> f64 {
    let beats = (around.payload() + 54).div_ceil(around.beat());
    f64::from(beats.max(8) * (sessions + QUEUED) + 24)
}

/// Every session has more to send than may leave, and its peer takes all of it.
pub fn fairness(on: On, figures: &mut Vec<Figure>) {
    let most = if on == On::Small { 64 } else { 1024 };
    for sessions in [most / 4, most] {
        let shape = Shape { ring_log2: 14, timestamps: false, ..Shape::default() };
        let around = Around { quantum: 64, ..Around::unlimited(on, shape) };
        let options = Options { bmq_log2: 14, evq_log2: 14, ..Options::default() };
        let Some(mut crowd) = Crowd::new(&around, &options, sessions) else { return };
        let watched: Vec<_> = crowd.members[..WATCHED].iter().map(|m| m.handle).collect();
        crate::rtl::timers::traced(&mut crowd, &watched);
        crowd.send = 1 << 31;
        let _warm = crowd.run(300_000);
        let _old = crowd.rig.driver.trace_read();
        let (mut last, mut gaps) = (HashMap::new(), Vec::new());
        let start = crowd.statistics().cycles;
        let mut sent = HashMap::<u32, u32>::new();
        while crowd.statistics().cycles < start + 300_000 {
            crowd.work();
            let trace = crowd.rig.driver.trace_read();
            assert_eq!(trace.missed, 0, "the recorder keeps up");
            for record in trace.records.iter().filter(|r| r.kind == TraceKind::Tx && r.len > 0) {
                *sent.entry(record.handle).or_default() += 1;
                if let Some(before) = last.insert(record.handle, record.time_us) {
                    gaps.push(record.time_us.wrapping_sub(before));
                }
            }
        }
        let per_us = 1_000_000 / around.period_ps();
        let cycles = |us: u32| f64::from(us) * per_us as f64;
        let worst = gaps.iter().max().copied().map_or(0.0, cycles);
        let sum: u32 = gaps.iter().sum();
        let mean = cycles(sum) / gaps.len().max(1) as f64;
        let (most, least) = (sent.values().max(), sent.values().min());
        progress::note(&format!(
            "{sessions} backlogged: {} gaps, {mean:.0} cycles, at most {worst}; segments of one {least:?} to {most:?}",
            gaps.len()
        ));
        assert_eq!(sent.len(), WATCHED, "every one is served");
        let config = format!(
            "{}, {sessions} backlogged sessions, {WATCHED} watched, to the microsecond ({per_us} cycles)",
            around.words()
        );
        let bound = bound(&around, sessions);
        figures.push(Figure::new("service_gap_cycles_max", &config, worst, "cycles").bound(bound));
        figures.push(Figure::new("service_gap_cycles_mean", &config, mean, "cycles"));
        progress::step();
    }
}

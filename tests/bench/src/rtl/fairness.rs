// SPDX-License-Identifier: Apache-2.0
//! Cycles between two services of a backlogged session, from the flight recorder of some of them.

use crate::figure::Figure;
use crate::progress;
use crate::rtl::timers::traced;
use std::collections::HashMap;
use toe_abi::TraceKind;
use toe_testkit::crowd::{Around, Crowd};

/// Sessions that are watched.
const WATCHED: usize = 16;
/// Clocks of the measurement: some ten services of each of a thousand.
const CYCLES: u64 = 300_000;
/// Commands between pipeline and segmenter, and reads that the segmenter has begun.
const QUEUED: u32 = 32;

/// Turns of the ready FIFO take eight cycles, or as long as a frame has the bus
/// ([docs](../../../docs/blocks/tcp_pipe.md)): the bound for so many backlogged sessions.
fn bound(around: &Around, sessions: u32) -> f64 {
    let beats = (around.payload() + 54).div_ceil(around.beat());
    f64::from(beats.max(8) * (sessions + QUEUED) + 24)
}

/// Every session of the crowd has more to send than may leave, and its peer takes all of it; it is under way.
#[allow(clippy::cast_precision_loss)] // figures
pub(crate) fn fairness(crowd: &mut Crowd, around: &Around, figures: &mut Vec<Figure>) {
    let sessions = u32::try_from(crowd.members.len()).unwrap_or(u32::MAX);
    let watched: Vec<_> = crowd.members.iter().take(WATCHED).map(|m| m.handle).collect();
    traced(crowd, &watched);
    // The applications did nothing meanwhile: all rings are full again before it begins.
    let _warm = crowd.run(CYCLES / 3);
    let _old = crowd.rig.driver.trace_read();
    let (mut last, mut gaps) = (HashMap::new(), Vec::new());
    let mut sent = HashMap::<u32, u32>::new();
    let start = crowd.statistics().cycles;
    while crowd.statistics().cycles < start + CYCLES {
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
    let stopped = crowd.rig.driver.trace_stop();
    assert_eq!(stopped, Ok(()));
    let per_us = 1_000_000 / around.period_ps();
    let cycles = |us: u32| f64::from(us) * per_us as f64;
    let worst = gaps.iter().max().copied().map_or(0.0, cycles);
    let sum: u32 = gaps.iter().sum();
    let mean = cycles(sum) / gaps.len().max(1) as f64;
    let (least, most) = (sent.values().min(), sent.values().max());
    progress::note(&format!(
        "{sessions} backlogged: {} gaps, {mean:.0} cycles, at most {worst}; segments of one {least:?} to {most:?}",
        gaps.len()
    ));
    assert_eq!(sent.len(), watched.len(), "every one is served");
    let config = format!(
        "{}, {sessions} backlogged sessions, {} watched, to the microsecond ({per_us} cycles)",
        around.words(),
        watched.len()
    );
    let bound = bound(around, sessions);
    figures.push(Figure::new("service_gap_cycles_max", &config, worst, "cycles").bound(bound));
    figures.push(Figure::new("service_gap_cycles_mean", &config, mean, "cycles"));
}

// SPDX-License-Identifier: Apache-2.0
//! What a bad wire costs: bytes sent again for bytes lost, and goodput under reordering.

use crate::figure::Figure;
use crate::progress;
use std::sync::{Arc, Mutex, PoisonError};
use toe_driver::Options;
use toe_testkit::crowd::{Around, Crowd};
use toe_testkit::rig::{On, seed};
use toe_testkit::station::{Shape, parse};
use toe_world::{Dice, Fate};

/// What passed the wire towards the station, payload bytes.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// From the beginning on.
    bytes: u64,
    /// Harm is done; what follows is counted while it is.
    harmful: bool,
    lost: u64,
    frames: u64,
    delayed: u64,
}

/// What happens to a frame with payload, one in so many.
#[derive(Clone, Copy, Debug)]
enum Harm {
    None,
    /// Lost.
    Loss(f64),
    /// Held back, so that up to so many nanoseconds' worth of frames overtake it.
    Late(f64, u64),
}

struct Run {
    seen: Seen,
    /// Bytes on the wire beyond the stream: sent again.
    again: u64,
    /// The engine's own counters: segments, entries into fast recovery, timeouts.
    resent: u64,
    fast: u64,
    timeouts: u64,
    /// Payload bytes a cycle.
    rate: f64,
}

#[allow(clippy::cast_precision_loss)] // figures
fn run(around: &Around, harm: Harm, cycles: u64) -> Option<Run> {
    let mut crowd = Crowd::new(around, &Options::default(), 1)?;
    let seen = Arc::new(Mutex::new(Seen::default()));
    crowd.rig.world.lock().hook_to_peer(Some(Box::new(hook(harm, Arc::clone(&seen)))));
    let look = || seen.lock().unwrap_or_else(PoisonError::into_inner);
    crowd.send = 1 << 31;
    // Out of slow start before it begins: what is measured is recovery, not the first overshoot.
    let _warm = crowd.run(40_000);
    look().harmful = true;
    let measured = crowd.run(cycles);
    // Everything that was written arrives: each loss has its resending.
    crowd.send = 0;
    let goal = u64::from(crowd.members[0].written);
    while crowd.moved().sent < goal {
        crowd.work();
    }
    crowd.check();
    let [resent, fast, timeouts] = ["tcp_retransmit_segs", "tcp_fast_retransmits", "tcp_rto"]
        .map(|name| crowd.rig.counter(name));
    let seen = *look();
    let rate = measured.sent as f64 / measured.cycles as f64;
    Some(Run { seen, again: seen.bytes.saturating_sub(goal), resent, fast, timeouts, rate })
}

/// Counts what the engine sends, and harms it when it may.
fn hook(harm: Harm, seen: Arc<Mutex<Seen>>) -> impl FnMut(&[u8], u64) -> Fate + Send {
    let mut dice = Dice::new(seed(), 77);
    move |frame, _| {
        let len = parse(frame).map_or(0, |(_, _, payload)| payload.len() as u64);
        if len == 0 {
            return Fate::Pass;
        }
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.bytes += len;
        if !seen.harmful {
            return Fate::Pass;
        }
        seen.frames += 1;
        match harm {
            Harm::Loss(p) if dice.chance(p) => {
                seen.lost += len;
                Fate::Drop
            }
            Harm::Late(p, ns) if dice.chance(p) => {
                seen.delayed += 1;
                Fate::Delay(ns)
            }
            Harm::None | Harm::Loss(_) | Harm::Late(..) => Fate::Pass,
        }
    }
}

/// Losses at random, and reordering.
#[allow(clippy::cast_precision_loss)] // figures
pub fn losses(on: On, figures: &mut Vec<Figure>) {
    let shape = Shape { ring_log2: 18, ..Shape::default() };
    let around = Around::unlimited(on, shape);
    let config = |more: &str| format!("{}, 1 session, {more}", around.words());
    for (name, p, cycles) in
        [("0.1pct", 0.001, 1_500_000), ("1pct", 0.01, 800_000), ("2pct", 0.02, 800_000)]
    {
        let Some(run) = run(&around, Harm::Loss(p), cycles) else { return };
        let ratio = run.again as f64 / run.seen.lost.max(1) as f64;
        progress::note(&format!(
            "loss {p}: {} frames, {} B lost, {} B again ({} segments, {} fast, {} timeouts), {:.2} B/cycle",
            run.seen.frames, run.seen.lost, run.again, run.resent, run.fast, run.timeouts, run.rate
        ));
        progress::step();
        let metric = format!("resent_per_lost_{name}");
        figures.push(
            Figure::new(&metric, config(&format!("{} frames", run.seen.frames)), ratio, "B/B")
                .bound(1.05),
        );
    }
    let Some(clean) = run(&around, Harm::None, 400_000) else { return };
    // Three frames of 24 beats at 512 bit are 288 ns.
    let three = 5 * (u64::from(1514_u32.div_ceil(around.beat())) * around.period_ps()) / 2_000;
    let Some(late) = run(&around, Harm::Late(0.01, three), 400_000) else { return };
    progress::note(&format!(
        "reordering: {} of {} frames late by {three} ns, {} resent; {:.2} of {:.2} B/cycle",
        late.seen.delayed, late.seen.frames, late.resent, late.rate, clean.rate
    ));
    progress::step();
    let note = config(&format!("1 % of the frames {three} ns late: behind 2 or 3 others"));
    figures.push(
        Figure::new("goodput_fraction_1pct_reorder", &note, late.rate / clean.rate, "of clean")
            .bound(0.99),
    );
    figures.push(
        Figure::new("resent_segments_1pct_reorder", &note, late.resent as f64, "segments")
            .bound(0.0),
    );
}

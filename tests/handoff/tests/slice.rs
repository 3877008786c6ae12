// SPDX-License-Identifier: Apache-2.0
//! A slice of `make test-handoff` that every change runs: other seeds than the first thousands of the long run.

use std::time::{Duration, Instant};

use toe_handoff::{Outcome, run};
use toe_testkit::Kind;

/// At most so many iterations, and no new one after so long.
fn slice(kind: Kind, first: u64, count: u64, limit: Duration) {
    let first = std::env::var("SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(first);
    let started = Instant::now();
    let mut sum = Outcome::default();
    let mut ran = 0;
    for seed in first..first + count {
        let Some(outcome) = run(kind, seed) else { return };
        sum += outcome;
        ran += 1;
        if started.elapsed() > limit {
            break;
        }
    }
    println!("{ran} iterations from seed {first} on: {sum:?}");
    assert!(sum.out > 0 && sum.back > 0, "nothing changed hands: {sum:?}");
    assert_eq!(sum.excused, 0, "none of these seeds needs an excuse: {sum:?}");
}

#[test]
fn model() {
    slice(Kind::Model, 1_000_000, 200, Duration::from_secs(40));
}

#[test]
fn small() {
    slice(Kind::RtlSmall, 2_000_000, 4, Duration::from_secs(15));
}

// SPDX-License-Identifier: Apache-2.0
//! Runs iterations; names the seeds that failed, and how to run each again.

#![forbid(unsafe_code)]

use std::io::IsTerminal;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use toe_handoff::{NAME, Outcome, run};
use toe_testkit::Kind;

/// One iteration in so many may end in a stall that is the peer's ([`toe_handoff::excuse`]): one in 10,000 does.
const EXCUSED_IN: u64 = 1000;

/// Which device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Config {
    /// The functional model.
    Model,
    /// The RTL, configuration small.
    Small,
    /// The RTL, configuration large.
    Large,
}

impl Config {
    fn kind(self) -> Kind {
        match self {
            Self::Model => Kind::Model,
            Self::Small => Kind::RtlSmall,
            Self::Large => Kind::RtlLarge,
        }
    }
}

/// Sessions change hands at random while a peer streams over a bad wire.
#[derive(Debug, Parser)]
#[command(name = "toe-handoff", version)]
struct Args {
    /// Which device.
    #[arg(long, value_enum, default_value = "model")]
    config: Config,
    /// How many iterations.
    #[arg(long, default_value_t = 10_000)]
    count: u64,
    /// Seed of the first; the others follow.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Iterations at a time.
    #[arg(long, default_value_t = 1)]
    jobs: usize,
}

fn bar(args: &Args) -> ProgressBar {
    let bar = ProgressBar::new(args.count);
    if let Ok(style) =
        ProgressStyle::with_template("  {prefix:6} {bar:32} {pos:>6}/{len} {elapsed_precise} {msg}")
    {
        bar.set_style(style);
    }
    bar.set_prefix(args.config.kind().name());
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(4));
    bar.enable_steady_tick(Duration::from_secs(1));
    bar
}

fn main() -> ExitCode {
    let args = Args::parse();
    let started = Instant::now();
    let next = AtomicU64::new(0);
    let state = Mutex::new((Outcome::default(), Vec::new(), 0_u64, Vec::new()));
    let bar = bar(&args);
    std::thread::scope(|scope| {
        for _ in 0..args.jobs.max(1) {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::SeqCst);
                    if n >= args.count {
                        return;
                    }
                    let seed = args.seed.wrapping_add(n);
                    let outcome = catch_unwind(AssertUnwindSafe(|| run(args.config.kind(), seed)));
                    let Ok(mut state) = state.lock() else { return };
                    match outcome {
                        Ok(Some(outcome)) => {
                            state.0 += outcome;
                            match outcome.excuse {
                                Some(excuse) => state.3.push((seed, excuse)),
                                None => state.2 += 1,
                            }
                        }
                        Ok(None) => {}
                        Err(_) => {
                            state.1.push(seed);
                            bar.set_message(format!("{} failed", state.1.len()));
                        }
                    }
                    bar.inc(1);
                    // A log has no bar.
                    if (n + 1).is_multiple_of(1000) && !std::io::stderr().is_terminal() {
                        eprintln!(
                            "{} of {} iterations, {} failed",
                            n + 1,
                            args.count,
                            state.1.len()
                        );
                    }
                }
            });
        }
    });
    bar.finish_and_clear();
    let Ok((sum, mut failed, good, mut excused)) = state.into_inner() else {
        return ExitCode::FAILURE;
    };
    if good == 0 && failed.is_empty() && excused.is_empty() {
        eprintln!(
            "nothing ran: this program was built without the device (features rtl-small, rtl-large)"
        );
        return ExitCode::FAILURE;
    }
    failed.sort_unstable();
    excused.sort_unstable_by_key(|(seed, _)| *seed);
    let name = args.config.kind().name();
    println!(
        "{NAME} on {name}: {good} of {} iterations good, seeds {} to {}: {} sessions, {} to the engine, {} back, \
         {} segments replayed, {} bytes both ways, {} frames lost, {:.0} s of world time in {:.0} s",
        good + (failed.len() + excused.len()) as u64,
        args.seed,
        args.seed + args.count.saturating_sub(1),
        sum.sessions,
        sum.out,
        sum.back,
        sum.replayed,
        sum.bytes,
        sum.lost,
        Duration::from_micros(sum.time_us).as_secs_f64(),
        started.elapsed().as_secs_f64(),
    );
    for seed in &failed {
        println!(
            "  failed: out/failures/{NAME}-{name}-{seed}.pcapng; again: make test-handoff CONFIG={name} SEED={seed}"
        );
    }
    for (seed, excuse) in &excused {
        println!(
            "  peer broke the window and stalled: out/failures/{NAME}-{name}-{seed}.pcapng; {} bytes beyond it at \
             {:.6} s, an open one unused since {:.6} s; again: make test-handoff CONFIG={name} SEED={seed}",
            excuse.beyond,
            Duration::from_nanos(excuse.broke_at).as_secs_f64(),
            Duration::from_nanos(excuse.open_since).as_secs_f64(),
        );
    }
    let most = args.count.div_ceil(EXCUSED_IN);
    let too_many = excused.len() as u64 > most;
    if too_many {
        println!("  {} excused, {most} at most: find out why there are so many", excused.len());
    }
    if failed.is_empty() && !too_many { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

// SPDX-License-Identifier: Apache-2.0
//! `make fuzz-host`: random inputs, for so many minutes, for everything of the host that looks at bytes from outside.
//!
//! The pinned compiler is a stable one, so there is no coverage to be had. Instead every target says what it did, and
//! inputs that made it do something new are kept in memory to be changed further. A panic is a failure: the input is
//! written to `out/fuzz-host/`, and run again with `--replay`.

mod command;
mod control;
mod mutate;
mod targets;

use std::collections::HashSet;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use mutate::{Dice, mutate};
use targets::{TARGETS, Target};

#[derive(Parser)]
#[command(about = "Random inputs for what the host parses")]
struct Options {
    /// How long, all targets together.
    #[arg(long, default_value_t = 1.0)]
    minutes: f64,
    /// Only these targets.
    #[arg(long, value_delimiter = ',')]
    target: Vec<String>,
    /// Everything random comes from it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where inputs go that made something panic.
    #[arg(long, default_value = "out/fuzz-host")]
    out: PathBuf,
    /// Run one file of `--out` again; its name begins with the target's.
    #[arg(long)]
    replay: Option<PathBuf>,
}

/// Inputs kept for one target at most.
const CORPUS: usize = 4096;

struct Run<'a> {
    target: &'a Target,
    dice: Dice,
    corpus: Vec<Vec<u8>>,
    seen: HashSet<u64>,
    inputs: u64,
    bytes: u64,
    failures: u32,
    slowest: Duration,
}

impl Run<'_> {
    fn once(&mut self, out: &Path) {
        let pick = self.dice.below(self.corpus.len());
        let other = self.dice.below(self.corpus.len());
        let mut input = self.corpus.get(pick).cloned().unwrap_or_default();
        let splice = self.corpus.get(other).cloned().unwrap_or_default();
        mutate(&mut self.dice, &mut input, &splice, self.target.most);
        self.inputs += 1;
        self.bytes += input.len() as u64;
        let run = self.target.run;
        let start = Instant::now();
        let result = catch_unwind(|| run(&input));
        self.slowest = self.slowest.max(start.elapsed());
        match result {
            Ok(signature) => {
                if self.seen.insert(signature) {
                    if self.corpus.len() < CORPUS {
                        self.corpus.push(input);
                    } else {
                        self.corpus[pick] = input;
                    }
                }
            }
            Err(_) => {
                self.failures += 1;
                let file =
                    out.join(format!("{}-{}-{}", self.target.name, self.inputs, input.len()));
                let kept =
                    std::fs::create_dir_all(out).and_then(|()| std::fs::write(&file, &input));
                eprintln!("{}: panic; input in {} ({kept:?})", self.target.name, file.display());
            }
        }
    }
}

fn replay(file: &Path) -> ExitCode {
    let name = file.file_name().and_then(|n| n.to_str()).unwrap_or("");
    let target = TARGETS.iter().find(|t| name.starts_with(t.name));
    match (target, std::fs::read(file)) {
        (Some(target), Ok(input)) => {
            println!("{}: {:#018x}", target.name, (target.run)(&input));
            ExitCode::SUCCESS
        }
        (None, _) => {
            eprintln!("{name} does not begin with the name of a target");
            ExitCode::FAILURE
        }
        (_, Err(error)) => {
            eprintln!("{}: {error}", file.display());
            ExitCode::FAILURE
        }
    }
}

fn main() -> ExitCode {
    let options = Options::parse();
    if let Some(file) = &options.replay {
        return replay(file);
    }
    let chosen =
        |t: &&Target| options.target.is_empty() || options.target.iter().any(|n| n == t.name);
    let mut runs: Vec<Run<'_>> = TARGETS
        .iter()
        .filter(chosen)
        .zip(0u64..)
        .map(|(target, n)| Run {
            target,
            dice: Dice::new(options.seed.wrapping_mul(0x9e37_79b9).wrapping_add(n)),
            corpus: (target.seeds)(),
            seen: HashSet::new(),
            inputs: 0,
            bytes: 0,
            failures: 0,
            slowest: Duration::ZERO,
        })
        .collect();
    if runs.is_empty() {
        eprintln!("no such target: {}", TARGETS.map(|t| t.name).join(", "));
        return ExitCode::FAILURE;
    }
    let start = Instant::now();
    let end = Duration::from_secs_f64(options.minutes.max(0.0) * 60.0);
    while start.elapsed() < end {
        for run in &mut runs {
            let slice = Instant::now();
            while slice.elapsed() < Duration::from_millis(100) {
                run.once(&options.out);
            }
        }
        if runs.iter().map(|r| r.failures).sum::<u32>() > 20 {
            break;
        }
    }
    println!("seed {}, {:.1} minutes", options.seed, start.elapsed().as_secs_f64() / 60.0);
    let mut failed = 0;
    for r in &runs {
        println!(
            "{:12} {:>10} inputs {:>14} bytes {:>6} kept {:>8} kinds of behaviour {:>3} panics, slowest {:?}",
            r.target.name,
            r.inputs,
            r.bytes,
            r.corpus.len(),
            r.seen.len(),
            r.failures,
            r.slowest
        );
        failed += r.failures;
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

// SPDX-License-Identifier: Apache-2.0
//! Makes scripts up: random ones, and changed ones of those that showed something new.

#![forbid(unsafe_code)]

use clap::Parser;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use toe_fuzz_driver::{Script, run};

/// The driver against a device that lies.
#[derive(Parser)]
struct Args {
    /// How long
    #[arg(long, default_value_t = 5.0)]
    minutes: f64,
    /// Everything random comes from this
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Scripts that showed something new, and where findings go
    #[arg(long, default_value = "out/fuzz-driver")]
    out: PathBuf,
    /// Plays one script and says what happened
    #[arg(long)]
    replay: Option<PathBuf>,
}

/// xorshift64*.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).unwrap_or(0)
    }

    fn bytes(&mut self, len: usize) -> Vec<u8> {
        (0..len).map(|_| self.next().to_le_bytes()[5]).collect()
    }

    fn mutated(&mut self, corpus: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = corpus[self.below(corpus.len())].clone();
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len());
            match self.below(5) {
                0 if !bytes.is_empty() => bytes[at] = self.next().to_le_bytes()[3],
                1 if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
                2 => {
                    let len = 1 + self.below(16);
                    let new = self.bytes(len);
                    bytes.splice(at..at, new);
                }
                3 if bytes.len() > 8 => {
                    let end = (at + 1 + self.below(24)).min(bytes.len());
                    bytes.drain(at..end);
                }
                _ => {
                    // The end of another one.
                    let other = &corpus[self.below(corpus.len())];
                    bytes.truncate(at);
                    bytes.extend_from_slice(&other[self.below(other.len())..]);
                }
            }
        }
        bytes.truncate(4096);
        bytes
    }
}

/// A script that takes longer than this hangs.
const HANG: Duration = Duration::from_secs(20);

fn main() -> ExitCode {
    let args = Args::parse();
    if let Some(path) = args.replay {
        let Ok(bytes) = std::fs::read(&path) else {
            eprintln!("error: cannot read {}", path.display());
            return ExitCode::FAILURE;
        };
        let script = Script::parse(&bytes);
        println!("{script:#?}\n{:#?}", run(&script));
        return ExitCode::SUCCESS;
    }
    let corpus_path = args.out.join("corpus");
    if let Err(error) = std::fs::create_dir_all(&corpus_path) {
        eprintln!("error: {}: {error}", corpus_path.display());
        return ExitCode::FAILURE;
    }
    let mut random = Random(args.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (mut seen, mut corpus) = (BTreeSet::new(), Vec::new());
    let (mut executions, mut findings) = (0_u64, 0);
    let start = Instant::now();
    let mut told = start;
    while start.elapsed().as_secs_f64() < args.minutes * 60.0 {
        let bytes = if corpus.is_empty() || random.below(8) == 0 {
            let len = 64 + random.below(1500);
            random.bytes(len)
        } else {
            random.mutated(&corpus)
        };
        let script = Script::parse(&bytes);
        let began = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| run(&script)));
        executions += 1;
        let problem = match result {
            Ok(Ok(_)) if began.elapsed() > HANG => Some(format!("took {:?}", began.elapsed())),
            Ok(Ok(shapes)) => {
                if shapes.iter().any(|s| !seen.contains(s)) {
                    seen.extend(shapes);
                    let _ = std::fs::write(corpus_path.join(format!("{executions:08}")), &bytes);
                    corpus.push(bytes.clone());
                }
                None
            }
            Ok(Err(finding)) => Some(finding.0),
            Err(_) => Some("panic".into()),
        };
        if let Some(problem) = problem {
            findings += 1;
            let path = args.out.join(format!("finding-{}-{executions}", args.seed));
            println!("FINDING: {problem}\n  {} (--replay)", path.display());
            let _ = std::fs::write(path, &bytes);
            if findings >= 10 {
                break;
            }
        }
        if told.elapsed() > Duration::from_secs(60) {
            told = Instant::now();
            println!("{executions} scripts, {} kinds of events, {findings} findings", seen.len());
        }
    }
    println!(
        "fuzz-driver: seed {}, {executions} scripts in {:.0} s, {} kinds of events, {} scripts kept, {findings} findings",
        args.seed,
        start.elapsed().as_secs_f64(),
        seen.len(),
        corpus.len()
    );
    if findings == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

// SPDX-License-Identifier: Apache-2.0
//! `fuzz`: makes random cases for as long as it is told, keeps those that show something new, and makes those that fail
//! small. `make fuzz MINUTES=… [SEED=…]`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use toe_fuzz::coverage::{Coverage, Tally};
use toe_fuzz::generate;
use toe_fuzz::rng::Rng;
use toe_fuzz::run::{Finding, Outcome, Runner};
use toe_fuzz::script::{Case, Lane, MAX_LANES};
use toe_fuzz::shrink::Shrinker;

#[derive(Parser)]
#[command(about = "Differential fuzzing of the RTL against the Rust TCP core")]
struct Options {
    /// How long.
    #[arg(long, default_value_t = 1.0)]
    minutes: f64,
    /// Everything random comes from this; the time of day without it.
    #[arg(long)]
    seed: Option<u64>,
    /// Sessions at the same time.
    #[arg(long, default_value_t = 32)]
    lanes: usize,
    /// Rounds of a case.
    #[arg(long, default_value_t = 24)]
    rounds: usize,
    /// Runs to make one finding small.
    #[arg(long, default_value_t = 400)]
    shrink: u32,
    /// Known cases, and where new ones go.
    #[arg(long, default_value = "tests/fuzz/corpus")]
    corpus: PathBuf,
    /// Where findings go.
    #[arg(long, default_value = "out/fuzz")]
    out: PathBuf,
    /// Add minimal cases that show something new to the corpus, at most so many.
    #[arg(long, default_value_t = 0)]
    keep: usize,
    /// Stop after so many different findings.
    #[arg(long, default_value_t = 20)]
    most: usize,
    /// Run one case, and tell everything.
    #[arg(long)]
    replay: Option<PathBuf>,
    /// With `--replay`: make it small.
    #[arg(long)]
    minimise: bool,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let result = match &options.replay {
        Some(path) => replay(&options, path),
        None => fuzz(&options),
    };
    match result {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("fuzz: {error}");
            ExitCode::from(2)
        }
    }
}

fn load(path: &Path) -> Result<Case, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Case::from_text(&text).map_err(|e| format!("{}: {e}", path.display()))
}

fn replay(options: &Options, path: &Path) -> Result<usize, String> {
    let case = load(path)?;
    let mut runner = Runner::new(true, true);
    let outcome = runner.run(&case)?;
    let name = path.file_stem().and_then(|n| n.to_str()).unwrap_or("case");
    std::fs::create_dir_all(&options.out).map_err(|e| e.to_string())?;
    for (side, bytes) in runner.captures() {
        let file = options.out.join(format!("{name}-{side}.pcapng"));
        std::fs::write(&file, bytes).map_err(|e| e.to_string())?;
        println!("wire: {}", file.display());
    }
    for finding in &outcome.findings {
        println!("{}", tell(finding));
    }
    if let (true, Some(finding)) = (options.minimise, outcome.findings.first()) {
        let mut runner = Runner::new(false, false);
        if let Some((small, _)) =
            Shrinker::new(&mut runner, finding, options.shrink).shrink(&case, finding.lane)
        {
            println!("{}", small.to_text());
        }
    }
    println!("{} findings", outcome.findings.len());
    Ok(outcome.findings.len())
}

fn tell(finding: &Finding) -> String {
    let lane = finding.lane.map_or("device".to_owned(), |l| format!("lane {l}"));
    format!("{lane}, round {}: {}", finding.round, finding.what)
}

struct Fuzz<'a> {
    options: &'a Options,
    seed: u64,
    runner: Runner,
    rng: Rng,
    coverage: Coverage,
    tally: Tally,
    pool: Vec<Lane>,
    classes: BTreeMap<String, usize>,
    cases: u64,
    kept: usize,
    start: Instant,
    told: Instant,
}

fn fuzz(options: &Options) -> Result<usize, String> {
    let seed = options.seed.unwrap_or_else(|| {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(1, |d| u64::from(d.subsec_nanos()) ^ d.as_secs())
    });
    println!("seed {seed}, {} sessions, {} rounds", options.lanes, options.rounds);
    let mut fuzz = Fuzz {
        options,
        seed,
        runner: Runner::new(false, false),
        rng: Rng::new(seed),
        coverage: Coverage::default(),
        tally: Tally::default(),
        pool: Vec::new(),
        classes: BTreeMap::new(),
        cases: 0,
        kept: 0,
        start: Instant::now(),
        told: Instant::now(),
    };
    fuzz.read_corpus()?;
    let end = Duration::from_secs_f64(options.minutes * 60.0);
    while fuzz.start.elapsed() < end && fuzz.classes.len() < options.most {
        fuzz.turn()?;
        if fuzz.told.elapsed() > Duration::from_secs(10) {
            fuzz.progress();
        }
    }
    fuzz.progress();
    println!("{}", fuzz.tally.text());
    for (class, count) in &fuzz.classes {
        println!("{count:>6} x {class}");
    }
    Ok(fuzz.classes.len())
}

impl Fuzz<'_> {
    fn progress(&mut self) {
        self.told = Instant::now();
        let seconds = self.start.elapsed().as_secs_f64();
        println!(
            "{seconds:>6.0} s  {} cases ({:.1}/s), {:.1} Mcycles, {} features, {} lanes known, {} findings of {} kinds",
            self.cases,
            self.cases as f64 / seconds.max(0.001),
            self.runner.cycles() as f64 / 1e6,
            self.coverage.len(),
            self.pool.len(),
            self.classes.values().sum::<usize>(),
            self.classes.len(),
        );
    }

    fn read_corpus(&mut self) -> Result<(), String> {
        let Ok(folder) = std::fs::read_dir(&self.options.corpus) else { return Ok(()) };
        let mut files: Vec<PathBuf> = folder
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|e| e == "json"))
            .collect();
        files.sort();
        for file in &files {
            let case = load(file)?;
            let outcome = self.runner.run(&case)?;
            self.cases += case.lanes.len() as u64;
            for finding in &outcome.findings {
                println!("{}: {}", file.display(), tell(finding));
                *self.classes.entry(finding.class()).or_default() += 1;
            }
            self.learn(&case, &outcome);
        }
        println!("{} cases in the corpus, {} features", files.len(), self.coverage.len());
        Ok(())
    }

    /// Keeps lanes that showed something new.
    fn learn(&mut self, case: &Case, outcome: &Outcome) -> Vec<usize> {
        self.tally.add(outcome.tally.clone());
        let mut new = Vec::new();
        for (index, (lane, features)) in case.lanes.iter().zip(&outcome.features).enumerate() {
            if self.coverage.add(features.iter().copied()) > 0 {
                self.pool.push(lane.clone());
                new.push(index);
            }
        }
        if self.pool.len() > 4000 {
            self.pool.drain(..1000);
        }
        new
    }

    fn turn(&mut self) -> Result<(), String> {
        let rounds = self.options.rounds;
        let gaps = generate::gaps(&mut self.rng, rounds);
        let count = self.options.lanes.clamp(1, MAX_LANES);
        let lanes = (0..count)
            .map(|_| {
                if !self.pool.is_empty() && self.rng.chance(50) {
                    let known = u32::try_from(self.pool.len()).unwrap_or(u32::MAX);
                    let from = self.rng.below(known) as usize;
                    generate::mutate(&mut self.rng, &self.pool[from], rounds)
                } else {
                    generate::lane(&mut self.rng, rounds)
                }
            })
            .collect();
        let mut case = Case { gaps, lanes, ..Case::default() };
        let began = self.runner.now();
        let outcome = self.runner.run(&case)?;
        self.cases += count as u64;
        let new = self.learn(&case, &outcome);
        if self.kept < self.options.keep && outcome.findings.is_empty() {
            for lane in new {
                if self.kept < self.options.keep {
                    self.keep(&case, lane)?;
                }
            }
        }
        for finding in &outcome.findings {
            let class = finding.class();
            let seen = self.classes.entry(class).or_default();
            *seen += 1;
            if *seen == 1 {
                case.start_us = began;
                self.report(&case, finding)?;
            }
        }
        Ok(())
    }

    fn keep(&mut self, case: &Case, lane: usize) -> Result<(), String> {
        let note = format!("seed {}: new features", self.seed);
        let alone = Case { note, lanes: vec![case.lanes[lane].clone()], ..case.clone() };
        std::fs::create_dir_all(&self.options.corpus).map_err(|e| e.to_string())?;
        let name = format!("s{}-{:03}.json", self.seed, self.kept);
        self.kept += 1;
        std::fs::write(self.options.corpus.join(name), alone.to_text()).map_err(|e| e.to_string())
    }

    fn report(&mut self, case: &Case, finding: &Finding) -> Result<(), String> {
        println!("FINDING {}", tell(finding));
        let number = self.classes.len();
        let whole = Case { note: format!("seed {}: {}", self.seed, tell(finding)), ..case.clone() };
        std::fs::create_dir_all(&self.options.out).map_err(|e| e.to_string())?;
        let name = format!("s{}-{number:02}", self.seed);
        let mut runner = Runner::new(false, false);
        let free = Case { start_us: 0, ..whole.clone() };
        let small = Shrinker::new(&mut runner, finding, self.options.shrink)
            .shrink(&free, finding.lane)
            .or_else(|| {
                Shrinker::new(&mut runner, finding, self.options.shrink)
                    .shrink(&whole, finding.lane)
            });
        let (best, how) = match small {
            Some((small, finding)) => {
                println!("  smallest: {}", tell(&finding));
                let note = format!("seed {}: {}", self.seed, tell(&finding));
                (Case { note, ..small }, "shrunk")
            }
            None => (whole, "does not fail alone: the whole case"),
        };
        let file = self.options.out.join(format!("{name}.json"));
        std::fs::write(&file, best.to_text()).map_err(|e| e.to_string())?;
        let mut again = Runner::new(true, false);
        if again.run(&best).is_ok() {
            for (side, bytes) in again.captures() {
                let wire = self.options.out.join(format!("{name}-{side}.pcapng"));
                std::fs::write(&wire, bytes).map_err(|e| e.to_string())?;
            }
        }
        println!("  {how}; again: make fuzz REPLAY={}", file.display());
        Ok(())
    }
}

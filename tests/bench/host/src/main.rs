// SPDX-License-Identifier: Apache-2.0
//! `make bench-host`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use toe_bench_host::figures::Figures;
use toe_bench_host::{count, lpm, tw};

#[derive(Parser)]
#[command(about = "What the host pays: instructions, route lookup, TIME_WAIT; beside other code")]
struct Options {
    /// Parts: bulk, lpm, tw, churn.
    #[arg(long, value_delimiter = ',', default_value = "bulk,lpm,tw,churn")]
    part: Vec<String>,
    /// MiB counted in each bulk run.
    #[arg(long, default_value_t = 4)]
    mib: u64,
    /// Seed of everything random.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where the figures go.
    #[arg(long, default_value = "out/bench-host.json")]
    out: PathBuf,
    /// Run one workload in this process and count nothing: what callgrind is given.
    #[arg(long, hide = true)]
    workload: Option<String>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    if let Some(name) = &options.workload {
        return match count::workload(name, options.mib) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        };
    }
    let folder = options.out.parent().map_or_else(|| PathBuf::from("."), PathBuf::from);
    let folder = folder.join("callgrind");
    if let Err(error) = std::fs::create_dir_all(&folder) {
        eprintln!("{}: {error}", folder.display());
        return ExitCode::FAILURE;
    }
    let mut figures = Figures::default();
    let mut failed = false;
    for part in &options.part {
        eprintln!("{part} …");
        let done = match part.as_str() {
            "bulk" => count::bulk(&mut figures, options.mib, &folder),
            "lpm" => lpm::run(&mut figures, options.seed),
            "tw" => {
                tw::run(&mut figures, options.seed);
                Ok(())
            }
            "churn" => count::churn(&mut figures, &folder),
            other => Err(format!("no part {other}: bulk, lpm, tw, churn")),
        };
        if let Err(error) = done {
            eprintln!("{part}: not measured: {error}");
            failed = true;
        }
    }
    println!("{}", figures.table());
    if let Err(error) = figures.write(&options.out) {
        eprintln!("{}: {error}", options.out.display());
        failed = true;
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

// SPDX-License-Identifier: Apache-2.0
//! `make bench-rtl`: what the engine can do, in one table, a file of figures, and plots.

use clap::Parser;
use std::path::PathBuf;
use toe_bench::figure::{self, Figure};
use toe_bench::rtl;
use toe_testkit::rig::On;

const GROUPS: &str = "bulk,events,loss,pcie,time_wait,close,memory,timers,latency";

#[derive(Parser)]
#[command(about = "What the engine can do, measured on its RTL")]
struct Options {
    /// Groups: bulk, pcie, loss, latency, close, timers, time_wait, memory, events.
    #[arg(long, value_delimiter = ',', default_value = GROUPS)]
    group: Vec<String>,
    /// Configurations: small, large.
    #[arg(long, value_delimiter = ',', default_value = "small,large")]
    config: Vec<String>,
    /// RAMs of `large`, from tools/ram_bits.py.
    #[arg(long, default_value = "out/ram-large.json")]
    ram: PathBuf,
    /// What the pipeline's bench measured (`FIGURES=… make test-rtl MODULE=tcp_pipe`).
    #[arg(long, default_value = "out/pipe-figures.json")]
    events: PathBuf,
    /// Where the figures go.
    #[arg(long, default_value = "out/bench-rtl.json")]
    out: PathBuf,
}

fn main() {
    let options = Options::parse();
    let mut figures: Vec<Figure> = Vec::new();
    eprintln!("seed {}", toe_testkit::rig::seed());
    for group in &options.group {
        for name in &options.config {
            let on = match name.as_str() {
                "small" => On::Small,
                "large" => On::Large,
                other => {
                    eprintln!("no configuration {other}: small, large");
                    std::process::exit(2);
                }
            };
            eprintln!("{group}, {name}");
            match group.as_str() {
                "bulk" => rtl::throughput::bulk(on, &mut figures),
                "pcie" => rtl::throughput::latency_of_memory(on, &mut figures),
                "loss" if on == On::Large => rtl::loss::losses(on, &mut figures),
                "events" if on == On::Large => {
                    if let Err(error) = rtl::events::events(&options.events, &mut figures) {
                        eprintln!("{error}");
                        std::process::exit(1);
                    }
                }
                "latency" => rtl::latency::latency(on, &mut figures),
                "close" => rtl::latency::slot_free(on, &mut figures),
                "timers" if on == On::Large => rtl::timers::timers(on, &mut figures),
                "memory" if on == On::Large => {
                    if let Err(error) = rtl::memory::memory(&options.ram, name, &mut figures) {
                        eprintln!("{error}");
                        std::process::exit(1);
                    }
                }
                "time_wait" if on == On::Large => {
                    rtl::time_wait::time_wait(250e6, &mut figures);
                }
                "time_wait" | "loss" | "timers" | "memory" | "events" => {}
                other => {
                    eprintln!("no group {other}: {GROUPS}");
                    std::process::exit(2);
                }
            }
        }
    }
    print!("{}", figure::table(&figures));
    let written = figure::write(&options.out, &figures)
        .and_then(|()| toe_bench::plot::plots(&options.out, &figures));
    match written {
        Ok(plots) => {
            for path in std::iter::once(&options.out).chain(&plots) {
                println!("{}", path.display());
            }
        }
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
//! `make bench-rtl`: what the engine can do, in one table, a file of figures, and plots.

use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;
use toe_bench::figure::{self, Figure};
use toe_bench::{progress, rtl};
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
    /// Draws the figures of this file again, and measures nothing.
    #[arg(long)]
    draw: Option<PathBuf>,
    /// Where the figures go.
    #[arg(long, default_value = "out/bench-rtl.json")]
    out: PathBuf,
}

/// Steps of a group's measurement: what the bar counts.
fn steps(group: &str, on: On) -> u64 {
    let large = on == On::Large;
    match group {
        "bulk" if large => 13,
        "bulk" => 7,
        "pcie" => 4,
        "loss" if large => 4,
        "timers" if large => 1,
        "time_wait" if large => 6,
        "latency" | "close" => 1,
        "memory" | "events" if large => 1,
        _ => 0,
    }
}

/// Measures one group.
fn measure(
    group: &str,
    on: On,
    options: &Options,
    figures: &mut Vec<Figure>,
) -> Result<(), String> {
    let large = on == On::Large;
    match group {
        "bulk" => rtl::throughput::bulk(on, figures),
        "pcie" => rtl::throughput::latency_of_memory(on, figures),
        "latency" => rtl::latency::latency(on, figures),
        "close" => rtl::latency::slot_free(on, figures),
        "loss" if large => rtl::loss::losses(on, figures),
        "timers" if large => rtl::timers::timers(on, figures),
        "time_wait" if large => rtl::time_wait::time_wait(250e6, figures),
        "events" if large => rtl::events::events(&options.events, figures)?,
        "memory" if large => rtl::memory::memory(&options.ram, "large", figures)?,
        "time_wait" | "loss" | "timers" | "memory" | "events" => return Ok(()),
        other => return Err(format!("no group {other}: {GROUPS}")),
    }
    if matches!(group, "latency" | "close" | "memory" | "events") {
        progress::step();
    }
    Ok(())
}

fn run(options: &Options) -> Result<(), String> {
    if let Some(path) = &options.draw {
        for plot in toe_bench::plot::plots(path, &figure::read(path)?)? {
            println!("{}", plot.display());
        }
        return Ok(());
    }
    let on = |name: &str| match name {
        "small" => Ok(On::Small),
        "large" => Ok(On::Large),
        other => Err(format!("no configuration {other}: small, large")),
    };
    let configs = options.config.iter().map(|name| on(name)).collect::<Result<Vec<_>, _>>()?;
    let pairs = || options.group.iter().flat_map(|g| configs.iter().map(move |on| (g, *on)));
    eprintln!("seed {}", toe_testkit::rig::seed());
    progress::start(pairs().map(|(group, on)| steps(group, on)).sum());
    let mut figures: Vec<Figure> = Vec::new();
    for (group, on) in pairs() {
        progress::group(&format!("{group}, {on:?}").to_lowercase());
        measure(group, on, options, &mut figures)?;
    }
    let took = progress::finish();
    print!("{}", figure::table(&figures));
    figure::write(&options.out, &figures)?;
    let plots = toe_bench::plot::plots(&options.out, &figures)?;
    for path in std::iter::once(&options.out).chain(&plots) {
        println!("{}", path.display());
    }
    println!("measured in {:.0} s", took.as_secs_f64());
    Ok(())
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

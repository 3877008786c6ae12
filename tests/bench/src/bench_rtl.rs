// SPDX-License-Identifier: Apache-2.0
//! `make bench-rtl`: what the engine can do, in one table, a file of figures, and plots.

use clap::Parser;
use std::path::PathBuf;
use toe_bench::figure::{self, Figure};
use toe_bench::rtl;
use toe_testkit::rig::On;

#[derive(Parser)]
#[command(about = "What the engine can do, measured on its RTL")]
struct Options {
    /// Groups: bulk, pcie.
    #[arg(long, value_delimiter = ',', default_value = "bulk,pcie")]
    group: Vec<String>,
    /// Configurations: small, large.
    #[arg(long, value_delimiter = ',', default_value = "small,large")]
    config: Vec<String>,
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
                other => {
                    eprintln!("no group {other}: bulk, pcie");
                    std::process::exit(2);
                }
            }
        }
    }
    print!("{}", figure::table(&figures));
    if let Err(error) = figure::write(&options.out, &figures) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

// SPDX-License-Identifier: Apache-2.0
//! An independent peer (smoltcp) connects to a server on OpenTOE sockets; the host stack sets the session up and hands it
//! to the simulated engine, which carries it; first on a clean wire, then on a bad one.
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use toe_demo::args;
use toe_demo::machine::Config;
use toe_demo::smol::{self, Settings};

/// A TCP session with an independent peer, carried by the simulated engine.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Args {
    /// Everything random comes from this
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// The device
    #[arg(long, value_enum, default_value = "small")]
    config: Config,
    /// Payload bytes in each direction and phase; K, M and G are powers of 1024
    #[arg(long, default_value = "4M", value_parser = args::bytes, value_name = "N")]
    bytes: u64,
    /// Frames in a hundred that are lost in the second phase; as many are duplicated and reordered
    #[arg(long, default_value_t = 1.0, value_parser = args::percent, value_name = "PERCENT")]
    loss: f64,
    /// Folder for summary.json, capture.pcapng and report.html
    #[arg(long, default_value = "out/demo", value_name = "DIR")]
    out: PathBuf,
    /// Also write waves.fst (RTL only; large files, slow)
    #[arg(long)]
    waves: bool,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let settings = Settings {
        seed: args.seed,
        config: args.config,
        bytes: args.bytes,
        loss: args.loss / 100.0,
        out: args.out,
        waves: args.waves,
    };
    match smol::run(&settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

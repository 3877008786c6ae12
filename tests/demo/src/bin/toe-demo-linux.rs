// SPDX-License-Identifier: Apache-2.0
//! The Linux kernel is the peer: unmodified `curl` and `ping`, in a network namespace, against an HTTP server on OpenTOE
//! sockets. No privileges where user namespaces are allowed.
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use toe_demo::args;
use toe_demo::echo;
use toe_demo::linux::{self, Settings};
use toe_demo::machine::Config;

/// curl and ping on the Linux kernel, an HTTP server on OpenTOE sockets, the simulated engine between them.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Args {
    /// Contents of the files, and everything else that is random
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// The device
    #[arg(long, value_enum, default_value = "small")]
    config: Config,
    /// Bytes of each file; K, M and G are powers of 1024
    #[arg(long, default_value = "4M", value_parser = args::bytes, value_name = "N")]
    bytes: u64,
    /// Folder for summary.json, capture.pcapng and the files
    #[arg(long, default_value = "out/demo-linux", value_name = "DIR")]
    out: PathBuf,
    /// Also write waves.fst (RTL only; large files, slow)
    #[arg(long)]
    waves: bool,
    /// Take sessions back and hand them over every so many milliseconds
    #[arg(long, value_name = "MS")]
    moves: Option<u64>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Sends echo requests, for machines without `ping`.
    #[command(name = linux::ECHO_ARGUMENT, hide = true)]
    Echo {
        /// To whom
        address: std::net::IpAddr,
    },
}

fn main() -> ExitCode {
    let args = Args::parse();
    let result = match args.command {
        Some(Command::Echo { address }) => echo::run(address).map_err(|e| e.to_string()),
        None => linux::run(&Settings {
            seed: args.seed,
            config: args.config,
            bytes: args.bytes,
            out: args.out,
            waves: args.waves,
            moves: args.moves,
        })
        .map_err(|e| e.to_string()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

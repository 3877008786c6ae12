// SPDX-License-Identifier: Apache-2.0
//! `toe`, the command line: looks at a running stack and changes it, through its control socket. Words are those of
//! `ss`, `ip` and `sysctl`; every command has `--json`.

#![forbid(unsafe_code)]

mod capture;
mod client;
mod columns;
mod daemon;
#[cfg(test)]
mod golden;
mod ip;
mod offload;
mod policy;
mod servers;
mod ss;
mod stats;
mod sysctl;
mod tw;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Looks at a running OpenTOE stack, and changes it.
#[derive(Debug, Parser)]
#[command(name = "toe", version, about, propagate_version = true)]
struct Args {
    /// Control socket of the stack
    #[arg(long, global = true, value_name = "PATH", env = client::VARIABLE)]
    control: Option<PathBuf>,
    /// Answer as JSON
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Sockets, half-open sessions, sessions of the engine, TIME_WAIT: one table
    Ss(ss::Args),
    /// Addresses, routes, neighbours
    Ip(ip::Args),
    /// Options, by the names of Linux or BSD
    Sysctl(sysctl::Args),
    /// Which sessions may go to the engine
    Policy(policy::Args),
    /// The hand-over: what is where, and moving it
    Offload(offload::Args),
    /// Both TIME_WAIT tables
    Tw(tw::Args),
    /// Frames of sessions, those of the engine included, as pcapng
    Capture(capture::Args),
    /// Counters, and what each means
    Stats(stats::Args),
    /// Devices: what is there, binding them to vfio-pci, trying them out
    #[command(subcommand)]
    Device(toe_device_cli::DeviceCommand),
    /// Runs a stack on a simulated device, to be looked at
    #[command(visible_alias = "run")]
    Daemon(Box<daemon::Args>),
}

fn main() -> ExitCode {
    let args = Args::parse();
    let control = args.control.unwrap_or_else(client::default_path);
    let result = match args.command {
        Command::Device(a) => return a.main(),
        Command::Daemon(a) => daemon::run(&a, &control),
        Command::Stats(a) if a.is_local() => a.describe(args.json),
        Command::Policy(a) if a.is_local() => a.check(),
        command => client::Client::connect(&control).and_then(|mut client| {
            client.json = args.json;
            match command {
                Command::Ss(a) => a.run(&mut client),
                Command::Ip(a) => a.run(&mut client),
                Command::Sysctl(a) => a.run(&mut client),
                Command::Policy(a) => a.run(&mut client),
                Command::Offload(a) => a.run(&mut client),
                Command::Tw(a) => a.run(&mut client),
                Command::Capture(a) => a.run(&mut client),
                Command::Stats(a) => a.run(&mut client),
                Command::Daemon(_) | Command::Device(_) => Ok(()),
            }
        }),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(client::CliError::Pipe) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("toe: {error}");
            ExitCode::FAILURE
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
//! `toe`, the command line: looks at a running stack and changes it, through its control socket. Words are those of
//! `ss`, `ip` and `sysctl`; every command has `--json`. The program is [`main`] and nothing else; the rest is a library so
//! that it can be fuzzed.

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

/// Looks at a running OpenTOE stack, and changes it
#[derive(Debug, Parser)]
#[command(name = "toe", version, propagate_version = true, after_help = STATUS)]
struct Args {
    /// Control socket of the stack [default: toe.sock in $XDG_RUNTIME_DIR, or in /run]
    #[arg(long, global = true, value_name = "PATH", env = client::VARIABLE)]
    control: Option<PathBuf>,
    /// Answer as JSON; errors stay text, on standard error
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

/// What the program's exit status says.
const STATUS: &str = "\
Exit status: 0, it is done; 1, the stack, the device or the system says no; 2, the command line is not understood.";

// What each is for stands with its arguments.
#[derive(Debug, Subcommand)]
enum Command {
    Ss(ss::Args),
    Ip(ip::Args),
    Sysctl(sysctl::Args),
    Policy(policy::Args),
    Offload(offload::Args),
    Tw(tw::Args),
    Capture(capture::Args),
    Stats(stats::Args),
    /// Devices: what is there, binding them to vfio-pci, trying them out
    #[command(subcommand)]
    Device(toe_device_cli::DeviceCommand),
    #[command(visible_alias = "run")]
    Daemon(Box<daemon::Args>),
}

impl Command {
    /// One that a stack answers.
    fn ask<S: client::Stream>(&self, client: &mut client::Client<S>) -> client::Result<()> {
        match self {
            Self::Ss(a) => a.run(client),
            Self::Ip(a) => a.run(client),
            Self::Sysctl(a) => a.run(client),
            Self::Policy(a) => a.run(client),
            Self::Offload(a) => a.run(client),
            Self::Tw(a) => a.run(client),
            Self::Capture(a) => a.run(client),
            Self::Stats(a) => a.run(client),
            Self::Daemon(_) | Self::Device(_) => Ok(()),
        }
    }
}

/// The program.
#[must_use]
pub fn main() -> ExitCode {
    let args = Args::parse();
    let control = args.control.unwrap_or_else(client::default_path);
    let result = match &args.command {
        Command::Device(a) => return a.main(args.json),
        Command::Daemon(a) => daemon::run(a, &control),
        Command::Stats(a) if a.is_local() => a.describe(args.json),
        Command::Policy(a) if a.is_local() => a.check(args.json),
        command => client::connect(&control).and_then(|stream| {
            command.ask(&mut client::Client::new(stream, Box::new(std::io::stdout()), args.json))
        }),
    };
    match result {
        Ok(()) | Err(client::CliError::Pipe) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("toe: {error}");
            // As the parser of the command line ends.
            if matches!(error, client::CliError::Usage(_)) {
                ExitCode::from(2)
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

/// A command line against whatever answers at `stack`, which need not be a stack. Gives what it prints. Commands that touch
/// files or devices are read, and not carried out.
///
/// # Errors
/// What the program would complain about.
pub fn try_out<S: std::io::Read + std::io::Write>(
    words: &[&str],
    stack: S,
) -> Result<Vec<u8>, String> {
    let args = Args::try_parse_from(words).map_err(|e| e.to_string())?;
    let printed = client::Shared::default();
    let mut client = client::Client::new(stack, Box::new(printed.clone()), args.json);
    match &args.command {
        Command::Policy(_) | Command::Capture(_) => {}
        Command::Stats(a) if a.is_local() => {}
        command => command.ask(&mut client).map_err(|e| e.to_string())?,
    }
    drop(client);
    Ok(printed.take())
}

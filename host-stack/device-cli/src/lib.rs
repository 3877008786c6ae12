// SPDX-License-Identifier: Apache-2.0
//! `toe device …`: finds devices, binds them to vfio-pci, and tries them out through the real driver.
//!
//! The same program runs against a card, against a simulator in another process, and in a virtual machine; only the
//! device's name differs (`vfio:ADDRESS`, `vfio-user:PATH`). What exercises a device answers in JSON lines on standard output, what
//! shows something for people, or in JSON when asked to; messages go to standard error.
//!
//! Tests: the simulator's tests and `make test-vm` run it.

#![forbid(unsafe_code)]

mod exercise;
mod measure;
mod setup;
mod transfer;

use clap::Subcommand;
use serde::Serialize;
use std::io::{ErrorKind, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use toe_vfio::DeviceName;
use toe_vfio::sysfs::PciAddress;

pub use exercise::{Refused, Vectors, fault, vectors};
pub use measure::{Figures, Rate, measure};
pub use transfer::{Outcome, Reset, Summary, Transferred, transfer};

/// What to do with devices.
#[derive(Debug, Subcommand)]
pub enum DeviceCommand {
    /// PCI functions that are OpenTOE devices, with driver and IOMMU group
    List {
        /// All functions, whoever made them
        #[arg(long)]
        all: bool,
    },
    /// Give a device to vfio-pci, so that this driver can have it
    Bind {
        /// PCI address, as 0000:01:00.0
        address: PciAddress,
    },
    /// Take a device from vfio-pci; the kernel's usual driver gets it back
    Unbind {
        /// PCI address
        address: PciAddress,
    },
    /// What a device is, what its IOMMU group holds, and what is missing to use it
    Info {
        /// PCI address
        address: PciAddress,
    },
    /// Open a device as the driver does, and say what it is
    Probe {
        /// vfio:ADDRESS or vfio-user:PATH
        #[arg(long)]
        device: DeviceName,
    },
    /// Move bytes both ways over TCP sessions in the engine, and hash them
    Transfer(TransferArgs),
    /// Raise every interrupt vector and see it arrive
    Vectors {
        /// vfio:ADDRESS or vfio-user:PATH
        #[arg(long)]
        device: DeviceName,
    },
    /// Take memory away while the engine sends from it: the device must report the refusal
    Fault(TransferArgs),
    /// Measure register accesses and interrupts
    Latency {
        /// vfio:ADDRESS or vfio-user:PATH
        #[arg(long)]
        device: DeviceName,
        /// Accesses of each kind
        #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
        count: u32,
    },
}

/// A transfer.
#[derive(Clone, Debug, clap::Args)]
pub struct TransferArgs {
    /// vfio:ADDRESS or vfio-user:PATH
    #[arg(long)]
    pub device: DeviceName,
    /// Where to connect to; one session each
    #[arg(long, required = true)]
    pub connect: Vec<SocketAddr>,
    /// Own addresses
    #[arg(long, default_values = ["10.0.0.1/24", "fd00::1/64"])]
    pub address: Vec<ipnet::IpNet>,
    /// Bytes to send on each session
    #[arg(long, default_value_t = 1 << 20)]
    pub bytes: u64,
    /// Own bytes come from this
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Function-level reset after so many bytes have gone out; the sessions must end with an error. Then again without
    #[arg(long)]
    pub reset_after: Option<u64>,
    /// Seconds until it has failed, at most a day
    #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub limit: u64,
}

/// Why a command failed. The message is for people and names the fix where one is known.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// Something is not set up.
    #[error(transparent)]
    Setup(#[from] toe_vfio::sysfs::SetupError),
    /// The device could not be reached.
    #[error(transparent)]
    Open(#[from] toe_vfio::OpenDeviceError),
    /// The driver does not want it.
    #[error(transparent)]
    Driver(#[from] toe_driver::OpenError),
    /// No host on it.
    #[error(transparent)]
    Node(#[from] toe_api::NodeError),
    /// The device went away.
    #[error(transparent)]
    Lost(#[from] toe_driver::DeviceLost),
    /// Threads, files.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// What is printed finds no room.
    #[error("standard output: {0}")]
    Output(std::io::Error),
    /// Nobody reads what is printed (`| head`).
    #[error("nobody reads")]
    Pipe,
    /// It did not do what it should.
    #[error("{0}")]
    Failed(String),
}

/// Prints one result.
pub(crate) fn say(result: &impl Serialize) -> Result<(), DeviceError> {
    let text = serde_json::to_string(result).map_err(std::io::Error::other)?;
    print(&format!("{text}\n"))
}

/// Prints for a person, or the same for programs.
pub(crate) fn show(
    json: bool,
    result: &impl Serialize,
    text: impl FnOnce() -> String,
) -> Result<(), DeviceError> {
    if json {
        let text = serde_json::to_string_pretty(result).map_err(std::io::Error::other)?;
        return print(&format!("{text}\n"));
    }
    print(&text())
}

pub(crate) fn print(text: &str) -> Result<(), DeviceError> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|e| match e.kind() {
        ErrorKind::BrokenPipe => DeviceError::Pipe,
        _ => DeviceError::Output(e),
    })
}

impl DeviceCommand {
    /// Does it. `json`: the answer for programs, where there is one for people.
    ///
    /// # Errors
    /// [`DeviceError`].
    pub fn run(&self, json: bool) -> Result<(), DeviceError> {
        match self {
            Self::List { all } => setup::list(*all, json),
            Self::Bind { address } => setup::bind(*address, true, json),
            Self::Unbind { address } => setup::bind(*address, false, json),
            Self::Info { address } => setup::info(*address, json),
            Self::Probe { device } => exercise::probe(device),
            Self::Transfer(args) => transfer::run(args),
            Self::Vectors { device } => say(&exercise::vectors(device)?),
            Self::Fault(args) => say(&exercise::fault(args)?),
            Self::Latency { device, count } => measure::run(device, *count),
        }
    }

    /// Does it, and says what went wrong.
    pub fn main(&self, json: bool) -> ExitCode {
        match self.run(json) {
            Ok(()) | Err(DeviceError::Pipe) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("toe: {error}");
                ExitCode::FAILURE
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
//! The demonstration with an independent peer, in virtual time: runs, checks, writes its files.

mod bench;
mod output;
mod story;

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Instant;

use serde::Serialize;
use toe_api::NodeError;
use toe_world::{CaptureError, Direction, WireProfile, WorldError};

use crate::capture;
use crate::flow::{self, Flow};
use crate::machine::{Config, DeviceError};
use crate::report::{Lane, Span};
use bench::{Bench, Outcome};

/// Our address, and the peer's.
const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
const PEER: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 2));
/// Our port in the first phase; each phase has one of its own.
const PORT: u16 = 8765;

/// What to run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Everything random comes from this.
    pub seed: u64,
    /// The device.
    pub config: Config,
    /// Payload bytes in each direction and phase.
    pub bytes: u64,
    /// Part of the frames that is lost in the second phase.
    pub loss: f64,
    /// Folder for the files.
    pub out: PathBuf,
    /// Write a waveform.
    pub waves: bool,
}

/// Why the demonstration failed.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A file or folder.
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
    /// The device.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// The driver or the stack.
    #[error("the device does not open: {0}")]
    Open(#[from] NodeError),
    /// The capture.
    #[error(transparent)]
    Capture(#[from] CaptureError),
    /// The capture cannot be read back.
    #[error(transparent)]
    Read(#[from] capture::ReadError),
    /// The simulation.
    #[error("{0}: {1}")]
    World(&'static str, WorldError),
    /// Too slow.
    #[error("{what}: not done after {limit}\n{situation}")]
    TimedOut {
        /// What was waited for.
        what: &'static str,
        /// How long.
        limit: String,
        /// Where things stand.
        situation: String,
    },
    /// A socket.
    #[error("{0}: {1}")]
    Socket(&'static str, toe_api::TcpError),
    /// It ran, but a result is not what it must be.
    #[error("it ran, but {0}; see {1}")]
    Check(String, PathBuf),
    /// Everything else.
    #[error("{0}")]
    Other(String),
}

/// One phase in summary.json.
#[derive(Clone, Debug, Serialize)]
struct PhaseSummary {
    name: &'static str,
    payload_bytes_to_peer: u64,
    payload_bytes_from_peer: u64,
    sha256_ok: bool,
    engine_bytes: u64,
    software_bytes: u64,
    segments: u64,
    retransmits: u64,
    cycles: u64,
    payload_bytes_per_cycle: f64,
}

/// The end of the last session.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct TimeWaitSummary {
    fin_answered: bool,
    expired: bool,
}

/// summary.json.
#[derive(Clone, Debug, Serialize)]
struct Summary {
    seed: u64,
    config: &'static str,
    phases: Vec<PhaseSummary>,
    time_wait: TimeWaitSummary,
    sim_cycles_per_second: f64,
}

/// The bad wire.
fn bad_wire(loss: f64) -> WireProfile {
    WireProfile::both(Direction { loss, duplicate: loss, reorder: loss, ..Direction::LOSSY })
}

/// Runs the demonstration.
///
/// # Errors
/// [`DemoError`]. What was captured until then is in the folder.
pub fn run(settings: &Settings) -> Result<(), DemoError> {
    let started = Instant::now();
    fs::create_dir_all(&settings.out).map_err(|e| DemoError::File(settings.out.clone(), e))?;
    println!(
        "OpenTOE demonstration: seed {}, {}, {} each way",
        settings.seed,
        settings.config.description(),
        indicatif::BinaryBytes(settings.bytes)
    );
    let mut bench = Bench::new(settings)?;
    let wires = [("clean", WireProfile::clean()), ("lossy", bad_wire(settings.loss))];
    let mut outcomes = Vec::new();
    for (index, (name, wire)) in (0u16..).zip(wires) {
        let last = usize::from(index) + 1 == wires.len();
        outcomes.push(bench.phase(name, PORT + index, wire, last)?);
    }
    let expired = bench.wait_for_time_wait(outcomes.len())?;
    let speed = bench.speed();
    bench.finish()?;

    let path = settings.out.join("capture.pcapng");
    let file = File::open(&path).map_err(|e| DemoError::File(path.clone(), e))?;
    let packets = capture::read(BufReader::new(file))?;
    let flows = flow::flows(&packets);
    let flow_of = |outcome: &Outcome| {
        let local = SocketAddr::new(LOCAL, outcome.port);
        flows.iter().find(|f| f.local == local).cloned().ok_or_else(|| {
            DemoError::Other(format!("the capture has no connection to port {}", outcome.port))
        })
    };
    let mut phases = Vec::new();
    let last = outcomes.len().saturating_sub(1);
    for (index, outcome) in outcomes.iter_mut().enumerate() {
        let flow = flow_of(outcome)?;
        // Software has it from the SYN on, not from when the program was told.
        if let Some(first) = outcome.spans.first_mut() {
            first.from = flow.first.min(first.to);
        }
        if let Some(at) = expired.filter(|_| index == last) {
            let to = at.max(outcome.ended);
            outcome.spans.push(Span { lane: Lane::TimeWait, from: outcome.ended, to });
        }
        phases.push((summarise(outcome, &flow), outcome.clone(), flow));
    }
    let summary = Summary {
        seed: settings.seed,
        config: settings.config.name(),
        phases: phases.iter().map(|p| p.0.clone()).collect(),
        time_wait: TimeWaitSummary {
            fin_answered: outcomes.last().is_some_and(|o| o.fin_answered)
                && story::fin_answered(&packets, phases.last().map(|p| &p.2)),
            expired: expired.is_some(),
        },
        sim_cycles_per_second: speed,
    };
    output::write(settings, &summary, &phases, &packets, expired)?;
    println!("done in {:.1} s", started.elapsed().as_secs_f64());
    let failed = output::failed_checks(settings, &summary, &phases);
    if failed.is_empty() {
        Ok(())
    } else {
        Err(DemoError::Check(failed.join("; "), settings.out.clone()))
    }
}

fn summarise(outcome: &Outcome, flow: &Flow) -> PhaseSummary {
    let payload = outcome.to_peer + outcome.from_peer;
    #[allow(clippy::cast_precision_loss)]
    let per_cycle = payload as f64 / outcome.cycles.max(1) as f64;
    PhaseSummary {
        name: outcome.name,
        payload_bytes_to_peer: outcome.to_peer,
        payload_bytes_from_peer: outcome.from_peer,
        sha256_ok: outcome.sha256_ok,
        engine_bytes: outcome.bytes.engine.total(),
        software_bytes: outcome.bytes.software.total(),
        segments: flow.segments(),
        retransmits: flow.to_peer.again,
        cycles: outcome.cycles,
        payload_bytes_per_cycle: (per_cycle * 1e4).round() / 1e4,
    }
}

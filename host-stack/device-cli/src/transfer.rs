// SPDX-License-Identifier: Apache-2.0
//! Bytes both ways over sessions in the engine, in real time.

use crate::{DeviceError, TransferArgs, say};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use toe_api::runtime::{Handle, RealTime, Runtime};
use toe_api::{Node, NodeConfig, Owner, TcpOptions};
use toe_driver::Transport;

/// How one session went.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// For whoever reads several.
    pub event: &'static str,
    /// The other end.
    pub remote: SocketAddr,
    /// Bytes given to TCP.
    pub sent: u64,
    /// Their SHA-256.
    pub sent_sha256: String,
    /// Bytes that TCP gave.
    pub received: u64,
    /// Their SHA-256.
    pub received_sha256: String,
    /// Payload both ways that the engine carried.
    pub engine_bytes: u64,
    /// Payload both ways that software carried.
    pub software_bytes: u64,
    /// How it failed.
    pub error: Option<String>,
}

/// How everything went.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// For whoever reads several.
    pub event: &'static str,
    /// The device's name.
    pub device: String,
    /// Sessions.
    pub sessions: usize,
    /// Wall-clock time of the sessions.
    pub milliseconds: u64,
    /// Register reads on the data path: there are none.
    pub mmio_reads: u64,
    /// Register reads that asked whether the device is alive, because it had been silent for half a second: while a
    /// retransmission time-out runs, say.
    pub mmio_reads_alive: u64,
    /// Doorbells.
    pub doorbells: u64,
    /// Faults that the device reported.
    pub faults: u64,
    /// Why sessions stayed in software for a while, and how often each reason was found.
    pub kept_in_software: BTreeMap<String, u64>,
}

/// Sessions that a reset ended.
#[derive(Clone, Debug, Serialize)]
pub struct Reset {
    /// For whoever reads several.
    pub event: &'static str,
    /// Sessions that the engine had.
    pub offloaded: usize,
    /// From the reset to the last error, ms.
    pub milliseconds: u64,
    /// What the sessions' sockets said.
    pub errors: Vec<String>,
}

/// Everything about a transfer.
#[derive(Clone, Debug)]
pub struct Transferred {
    /// The reset in the middle of it, if one was asked for.
    pub reset: Option<Reset>,
    /// Each session.
    pub sessions: Vec<Outcome>,
    /// All together.
    pub summary: Summary,
    /// Why the host has stopped, if it has.
    pub stopped: Option<String>,
}

/// What sessions and whoever watches them say to each other.
#[derive(Default)]
struct Course {
    /// Bytes given to TCP so far, of all sessions.
    moved: AtomicU64,
    /// No more bytes are to be sent.
    stop: AtomicBool,
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The host of a transfer, on its device.
pub(crate) fn node(
    args: &TransferArgs,
    transport: Box<dyn Transport>,
) -> Result<Node, DeviceError> {
    let config = NodeConfig { addresses: args.address.clone(), ..NodeConfig::default() };
    Ok(Node::open(toe_api::Micros(0), transport, &config)?)
}

/// Moves the bytes. Sessions that fail say so in their outcome.
///
/// # Errors
/// The device does not open, or a reset in the middle did not end every session with an error.
pub fn transfer(args: &TransferArgs) -> Result<Transferred, DeviceError> {
    let transport = toe_vfio::open(&args.device)?;
    let runtime = Runtime::start(node(args, transport)?, RealTime::new())?;
    let handle = runtime.handle();
    let reset = args.reset_after.map(|bytes| reset_under_load(args, &handle, bytes)).transpose()?;
    let counters = |node: &mut Node| {
        (node.driver().driver_stats(), node.stats(), node.offload().stats().reasons)
    };
    let before = handle.with(|_, node| counters(node));
    let start = Instant::now();
    let sessions = sessions(args, &handle, &Course::default());
    let (driver, stats, reasons) = handle.with(|_, node| counters(node));
    let summary = Summary {
        event: "transfer",
        device: args.device.to_string(),
        sessions: sessions.len(),
        milliseconds: u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
        mmio_reads: (driver.mmio_reads - driver.mmio_reads_alive)
            - (before.0.mmio_reads - before.0.mmio_reads_alive),
        mmio_reads_alive: driver.mmio_reads_alive - before.0.mmio_reads_alive,
        doorbells: driver.doorbells - before.0.doorbells,
        faults: stats.faults - before.1.faults,
        kept_in_software: reasons
            .into_iter()
            .map(|(reason, n)| (reason.to_string(), n - before.2.get(&reason).unwrap_or(&0)))
            .filter(|(_, n)| *n > 0)
            .collect(),
    };
    Ok(Transferred { reset, sessions, summary, stopped: runtime.stop().err() })
}

pub(crate) fn run(args: &TransferArgs) -> Result<(), DeviceError> {
    let done = transfer(args)?;
    if let Some(reset) = &done.reset {
        say(reset)?;
    }
    for outcome in &done.sessions {
        say(outcome)?;
    }
    say(&done.summary)?;
    let errors = done.sessions.iter().filter_map(|outcome| outcome.error.clone());
    match errors.chain(done.stopped).reduce(|all, one| format!("{all}; {one}")) {
        Some(errors) => Err(DeviceError::Failed(errors)),
        None => Ok(()),
    }
}

/// All sessions at once.
fn sessions(args: &TransferArgs, handle: &Handle, course: &Course) -> Vec<Outcome> {
    thread::scope(|scope| {
        let all: Vec<_> = args
            .connect
            .iter()
            .zip(0..)
            .map(|(remote, n)| scope.spawn(move || session(args, handle, *remote, n, course)))
            .collect();
        all.into_iter().filter_map(|thread| thread.join().ok()).collect()
    })
}

fn session(
    args: &TransferArgs,
    handle: &Handle,
    remote: SocketAddr,
    number: u64,
    course: &Course,
) -> Outcome {
    let limit = Duration::from_secs(args.limit);
    let mut outcome = Outcome {
        event: "session",
        remote,
        sent: 0,
        sent_sha256: String::new(),
        received: 0,
        received_sha256: String::new(),
        engine_bytes: 0,
        software_bytes: 0,
        error: None,
    };
    let stream = match handle.connect(remote, TcpOptions::default(), Some(limit)) {
        Ok(stream) => stream,
        Err(error) => {
            outcome.error = Some(format!("{remote}: {error}"));
            return outcome;
        }
    };
    stream.set_timeout(Some(limit));
    let seed = args.seed.wrapping_mul(0x1_0001).wrapping_add(number);
    let (sender, receiver) = thread::scope(|scope| {
        let sender = scope.spawn(|| send(&stream, args.bytes, seed, course));
        let receiver = scope.spawn(|| receive(&stream));
        (sender.join(), receiver.join())
    });
    let mut note =
        |direction: &str, result: thread::Result<(u64, Sha256, Option<std::io::Error>)>| {
            let Ok((bytes, hash, error)) = result else {
                outcome.error = Some(format!("{direction}: the thread has panicked"));
                return (0, String::new());
            };
            if let Some(error) = error {
                outcome.error.get_or_insert(format!("{remote}: {direction}: {error}"));
            }
            (bytes, hex(hash))
        };
    let (sent, sent_sha256) = note("sending", sender);
    let (received, received_sha256) = note("receiving", receiver);
    let carried = stream.carried();
    Outcome {
        sent,
        sent_sha256,
        received,
        received_sha256,
        engine_bytes: carried.engine.total(),
        software_bytes: carried.software.total(),
        ..outcome
    }
}

type Direction = (u64, Sha256, Option<std::io::Error>);

fn send(
    mut stream: &toe_api::runtime::TcpStream,
    bytes: u64,
    seed: u64,
    course: &Course,
) -> Direction {
    let mut hash = Sha256::new();
    let mut sent = 0;
    // Not zero, and no other seed's.
    let mut state = seed << 1 | 1;
    let mut chunk = [0; 16 * 1024];
    while sent < bytes && !course.stop.load(Ordering::Relaxed) {
        let len = usize::try_from(bytes - sent).unwrap_or(usize::MAX).min(chunk.len());
        for word in chunk[..len].chunks_mut(8) {
            // xorshift64: no two sessions send the same.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            word.copy_from_slice(&state.to_le_bytes()[..word.len()]);
        }
        if let Err(error) = stream.write_all(&chunk[..len]) {
            return (sent, hash, Some(error));
        }
        hash.update(&chunk[..len]);
        sent += len as u64;
        course.moved.fetch_add(len as u64, Ordering::Relaxed);
    }
    let error = stream.shutdown_write().err();
    (sent, hash, error)
}

fn receive(mut stream: &toe_api::runtime::TcpStream) -> Direction {
    let mut hash = Sha256::new();
    let mut received = 0;
    let mut chunk = vec![0; 64 * 1024];
    loop {
        match stream.read(&mut chunk) {
            Ok(0) => return (received, hash, None),
            Ok(n) => {
                hash.update(&chunk[..n]);
                received += n as u64;
            }
            Err(error) => return (received, hash, Some(error)),
        }
    }
}

/// Resets the function in the middle of sessions. Each has to end with an error, soon.
fn reset_under_load(
    args: &TransferArgs,
    handle: &Handle,
    bytes: u64,
) -> Result<Reset, DeviceError> {
    let course = Course::default();
    // Sessions that do not end by themselves.
    let endless = TransferArgs { bytes: u64::MAX, ..args.clone() };
    let (outcomes, offloaded, at) = thread::scope(|scope| {
        let running = scope.spawn(|| sessions(&endless, handle, &course));
        let start = Instant::now();
        loop {
            let (at, offloaded) = handle.with(|now, node| {
                // One that is only on its way would survive in software.
                let there =
                    node.offload().away().filter(|(_, owner)| *owner == Owner::Engine).count();
                if course.moved.load(Ordering::Relaxed) < bytes || there < args.connect.len() {
                    return Ok((None, there));
                }
                let at = Instant::now();
                node.reset_device(now).map(|()| (Some(at), there))
            })?;
            if let Some(at) = at {
                let outcomes = running.join();
                let outcomes =
                    outcomes.map_err(|_| DeviceError::Failed("a thread has panicked".into()))?;
                return Ok::<_, DeviceError>((outcomes, offloaded, at));
            }
            if start.elapsed() > Duration::from_secs(args.limit) || running.is_finished() {
                let reasons = handle.with(|_, node| node.offload().stats().reasons);
                // The sessions' threads are waited for here, at most for their own limit.
                course.stop.store(true, Ordering::Relaxed);
                return Err(DeviceError::Failed(format!(
                    "the sessions did not get far enough to be reset: {offloaded} of {} in the engine, {} bytes sent, kept \
                     in software by {reasons:?}",
                    args.connect.len(),
                    course.moved.load(Ordering::Relaxed),
                )));
            }
            thread::sleep(Duration::from_millis(1));
        }
    })?;
    let errors: Vec<String> = outcomes.into_iter().filter_map(|o| o.error).collect();
    if errors.len() != args.connect.len() {
        return Err(DeviceError::Failed(format!(
            "{} of {} sessions ended with an error after the reset",
            errors.len(),
            args.connect.len()
        )));
    }
    let milliseconds = u64::try_from(at.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(Reset { event: "reset", offloaded, milliseconds, errors })
}

/// Whether the engine has the session.
pub(crate) fn in_engine(node: &Node, id: toe_api::TcpId) -> bool {
    node.owner(id) == Owner::Engine
}

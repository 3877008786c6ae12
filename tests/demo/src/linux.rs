// SPDX-License-Identifier: Apache-2.0
//! The demonstration with the Linux kernel, in real time: `curl` and `ping` in a network namespace, an HTTP server on
//! OpenTOE sockets, the simulated engine in between.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use comfy_table::{CellAlignment, Table, presets};
use indicatif::{BinaryBytes, HumanCount, ProgressBar, ProgressStyle};
use serde::Serialize;
use sha2::{Digest, Sha256};
use toe_api::{
    Micros, Node, NodeConfig, NodeError, NodeEvent, Owner, StackConfig, TcpError, TcpId, TcpOptions,
};
use toe_testkit::{InProcess, SharedWorld};
use toe_world::{CaptureError, Sides, TapConfig, TapError, TapPeer, World, WorldError, pattern};

use crate::http::{Broken, Counts, Session, Socket};
use crate::machine::{self, AnyDevice, Config, DeviceError};

/// Our addresses; the kernel has .3 and ::3.
const V4: Ipv4Addr = Ipv4Addr::new(192, 168, 69, 1);
const V6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0x69, 0, 0, 0, 0, 0, 1);
const PORT: u16 = 80;
/// The longest that one program may take.
const PROGRAM_LIMIT: Duration = Duration::from_secs(600);
/// The argument that makes the program a `ping` for machines that have none.
pub const ECHO_ARGUMENT: &str = "echo-request";

/// What to run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Contents of the files, and everything else that is random here.
    pub seed: u64,
    /// The device.
    pub config: Config,
    /// Bytes of each file.
    pub bytes: u64,
    /// Folder for the files.
    pub out: PathBuf,
    /// Write a waveform.
    pub waves: bool,
    /// Sessions are taken back or handed over every so many milliseconds, as often as they can.
    pub moves: Option<u64>,
}

/// Why the demonstration failed.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A file or folder.
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
    /// A program is not installed.
    #[error("the program `{0}` is missing (Debian: apt-get install {1})")]
    Missing(&'static str, &'static str),
    /// There is no kernel to talk to.
    #[error(transparent)]
    Tap(#[from] TapError),
    /// The device.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// The driver or the stack.
    #[error("the device does not open: {0}")]
    Open(#[from] NodeError),
    /// The capture.
    #[error(transparent)]
    Capture(#[from] CaptureError),
    /// The simulation.
    #[error("{0}: {1}")]
    World(String, WorldError),
    /// A socket.
    #[error("{0}: {1}")]
    Socket(&'static str, TcpError),
    /// A program did not do its work.
    #[error("{what} failed ({status}): {message}")]
    Program {
        /// The command.
        what: String,
        /// How it ended.
        status: String,
        /// What it said.
        message: String,
    },
    /// It ran, but a result is not what it must be.
    #[error("it ran, but {0}")]
    Check(String),
    /// Everything else.
    #[error("{0}")]
    Other(String),
}

/// One program run against the server.
#[derive(Clone, Debug, Serialize)]
struct Step {
    name: String,
    family: &'static str,
    bytes: u64,
    seconds: f64,
    engine_bytes: u64,
    software_bytes: u64,
    sha256: Option<String>,
    ok: bool,
}

#[derive(Clone, Debug, Serialize)]
struct Summary {
    seed: u64,
    config: &'static str,
    steps: Vec<Step>,
    engine_bytes: u64,
    software_bytes: u64,
    engine_share: f64,
    /// The same by the engine's own counters.
    engine_counted_bytes: u64,
    requests: u64,
    retransmits: u64,
    /// Sessions that went to the engine, and that came back.
    handed_over: u64,
    taken_back: u64,
    cycles: u64,
    sim_cycles_per_second: f64,
}

struct Client<'a> {
    node: &'a mut Node,
    now: Micros,
    id: TcpId,
}

impl Socket for Client<'_> {
    fn recv(&mut self, buffer: &mut [u8]) -> Result<Option<usize>, Broken> {
        match self.node.recv(self.now, self.id, buffer) {
            Ok(n) => Ok(Some(n)),
            Err(TcpError::WouldBlock) => Ok(None),
            Err(_) => Err(Broken),
        }
    }

    fn send(&mut self, data: &[u8]) -> Result<Option<usize>, Broken> {
        match self.node.send(self.now, self.id, data) {
            Ok(n) => Ok(Some(n)),
            Err(TcpError::WouldBlock) => Ok(None),
            Err(_) => Err(Broken),
        }
    }

    fn shutdown(&mut self) {
        let _broken_is_seen_by_the_next_read = self.node.shutdown(self.now, self.id);
    }
}

struct Bench {
    node: Node,
    world: SharedWorld<AnyDevice>,
    root: PathBuf,
    listeners: Vec<TcpId>,
    sessions: Vec<(TcpId, Session)>,
    counts: Counts,
    /// How often sessions move, and when next.
    moves: Option<(Micros, Micros)>,
}

fn now(world: &SharedWorld<AnyDevice>) -> Micros {
    Micros(world.lock().now().0)
}

impl Bench {
    fn new(settings: &Settings, root: &Path) -> Result<Self, DemoError> {
        let tap = TapPeer::new(&TapConfig::default())?;
        let waves = settings.waves.then(|| settings.out.join("waves.fst"));
        let device = machine::make(settings.config, settings.seed, waves.as_deref(), "demo-linux")?;
        let world = World::builder(device)
            .seed(settings.seed)
            .peer(tap)
            .capture_file(&settings.out.join("capture.pcapng"), Sides::Device)
            .build()?;
        let world = SharedWorld::new(world);
        let nets = ["192.168.69.1/24", "fd00:69::1/64"];
        let config = NodeConfig {
            stack: StackConfig {
                seed: u128::from(settings.seed) << 64 | 0x70e,
                ..StackConfig::default()
            },
            addresses: nets.iter().filter_map(|n| n.parse().ok()).collect(),
            ..NodeConfig::default()
        };
        let mut node = Node::open(now(&world), InProcess::new(world.clone()), &config)?;
        // Who moves sessions in any state says so.
        node.policy_mut().unsettled = settings.moves.is_some();
        let mut listeners = Vec::new();
        for ip in [IpAddr::V4(V4), IpAddr::V6(V6)] {
            let listener = node.listen(SocketAddr::new(ip, PORT), 16, TcpOptions::default());
            listeners.push(listener.map_err(|e| DemoError::Socket("listen", e))?);
        }
        Ok(Self {
            node,
            world,
            root: root.to_owned(),
            listeners,
            sessions: Vec::new(),
            counts: Counts::default(),
            moves: settings.moves.map(|ms| (Micros(ms.max(1) * 1_000), Micros::ZERO)),
        })
    }

    /// One turn of server, host and world.
    fn turn(&mut self) -> Result<(), DemoError> {
        let now = now(&self.world);
        for listener in &self.listeners {
            while let Ok((id, _)) = self.node.accept(now, *listener) {
                self.sessions.push((id, Session::new(&self.root)));
            }
        }
        for (id, session) in &mut self.sessions {
            session.drive(&mut Client { node: &mut self.node, now, id: *id });
            if session.is_done() {
                let counts = session.counts();
                self.counts.requests += counts.requests;
                self.counts.errors += counts.errors;
                self.counts.body_in += counts.body_in;
                self.counts.body_out += counts.body_out;
                let _known = self.node.close(now, *id);
            }
        }
        self.sessions.retain(|(_, session)| !session.is_done());
        if let Some((every, next)) = &mut self.moves
            && *next <= now
        {
            *next = now + *every;
            for (id, _) in &self.sessions {
                let _moved_or_not = match self.node.owner(*id) {
                    Owner::Engine => self.node.take_back(now, *id, None).is_ok(),
                    Owner::Host => self.node.offload_now(now, *id).is_ok(),
                    _ => false,
                };
            }
        }
        let deadline = self.node.poll(now);
        while let Some(event) = self.node.poll_event() {
            if event == NodeEvent::DeviceLost {
                return Err(DemoError::Other("the device does not answer any more".into()));
            }
        }
        let mut world = self.world.lock();
        world.set_host_deadline(deadline.map(|at| toe_device::Micros(at.0)));
        world.step().map_err(|e| DemoError::World("the simulation".into(), e))?;
        Ok(())
    }

    /// Runs a program in the namespace, and the machine meanwhile. Gives what it said on standard output.
    fn program(&mut self, program: &str, args: &[&str]) -> Result<String, DemoError> {
        let what =
            std::iter::once(program).chain(args.iter().copied()).collect::<Vec<_>>().join(" ");
        let mut command = {
            let world = self.world.lock();
            let tap = world.peer::<TapPeer>();
            tap.ok_or_else(|| DemoError::Other("there is no kernel".into()))?.command(program)
        };
        command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().map_err(|e| DemoError::Program {
            what: what.clone(),
            status: "not started".into(),
            message: e.to_string(),
        })?;
        let mut child = Running(child);
        let started = Instant::now();
        let status = loop {
            self.turn()?;
            if let Some(status) = child.0.try_wait().map_err(|e| DemoError::Other(e.to_string()))? {
                break status;
            }
            if started.elapsed() > PROGRAM_LIMIT {
                return Err(DemoError::Program {
                    what,
                    status: format!("not done after {} s", PROGRAM_LIMIT.as_secs()),
                    message: self.situation(),
                });
            }
        };
        let said = child.said(status);
        said.map_err(|(status, message)| DemoError::Program { what, status, message })
    }

    /// Lets the sessions end.
    fn settle(&mut self) -> Result<(), DemoError> {
        let started = Instant::now();
        while !self.sessions.is_empty() && started.elapsed() < Duration::from_secs(10) {
            self.turn()?;
        }
        Ok(())
    }

    fn situation(&mut self) -> String {
        let mut lines: Vec<String> = self
            .node
            .offload()
            .away()
            .map(|(id, owner)| format!("  session: {owner:?}, {:?}", self.node.session_info(id)))
            .collect();
        lines.push(format!("  hand-over: {:?}", self.node.offload().stats()));
        if let Ok(stats) = self.node.driver_mut().stats() {
            let all: Vec<_> =
                stats.iter().filter(|c| c.1 > 0).map(|(n, v)| format!("{n} {v}")).collect();
            lines.push(format!("  counters: {}", all.join(", ")));
        }
        lines.join("\n")
    }
}

/// A child process that does not outlive us.
struct Running(Child);

impl Running {
    fn said(&mut self, status: ExitStatus) -> Result<String, (String, String)> {
        let (mut out, mut err) = (String::new(), String::new());
        let read = |from: Option<&mut dyn Read>, to: &mut String| {
            if let Some(from) = from {
                let _what_could_be_read = from.read_to_string(to);
            }
        };
        read(self.0.stdout.as_mut().map(|s| s as &mut dyn Read), &mut out);
        read(self.0.stderr.as_mut().map(|s| s as &mut dyn Read), &mut err);
        if status.success() {
            Ok(out)
        } else {
            Err((status.to_string(), format!("{}{}", err.trim(), out.trim())))
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _it_may_have_ended = self.0.kill();
        let _it_may_have_ended = self.0.wait();
    }
}

fn installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain([PathBuf::from("/usr/sbin"), PathBuf::from("/sbin")])
        .any(|folder| folder.join(program).is_file())
}

fn make_file(path: &Path, seed: u64, bytes: u64) -> io::Result<()> {
    let mut file = io::BufWriter::new(File::create(path)?);
    let mut piece = vec![0; 65_536];
    let mut at = 0;
    while at < bytes {
        let part = usize::try_from(bytes - at).unwrap_or(usize::MAX).min(piece.len());
        pattern(seed, at, &mut piece[..part]);
        file.write_all(&piece[..part])?;
        at += part as u64;
    }
    file.flush()
}

fn sha256(path: &Path) -> Result<String, DemoError> {
    let mut hash = Sha256::new();
    let mut file = File::open(path).map_err(|e| DemoError::File(path.to_owned(), e))?;
    let mut piece = vec![0; 65_536];
    loop {
        match file.read(&mut piece).map_err(|e| DemoError::File(path.to_owned(), e))? {
            0 => break,
            n => hash.update(&piece[..n]),
        }
    }
    Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect())
}

/// Runs the demonstration.
///
/// # Errors
/// [`DemoError`]. What was captured until then is in the folder.
pub fn run(settings: &Settings) -> Result<(), DemoError> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error| DemoError::File(path, error)
    };
    for (program, package) in [("ip", "iproute2"), ("curl", "curl")] {
        if !installed(program) {
            return Err(DemoError::Missing(program, package));
        }
    }
    let out = &settings.out;
    let root = out.join("www");
    if root.exists() {
        fs::remove_dir_all(&root).map_err(at(&root))?;
    }
    fs::create_dir_all(&root).map_err(at(&root))?;
    println!(
        "OpenTOE demonstration with the Linux kernel: seed {}, {}, files of {}",
        settings.seed,
        settings.config.description(),
        BinaryBytes(settings.bytes)
    );
    let (served, given) = (root.join("file.bin"), out.join("upload.bin"));
    make_file(&served, settings.seed, settings.bytes).map_err(at(&served))?;
    make_file(&given, !settings.seed, settings.bytes).map_err(at(&given))?;

    let started = Instant::now();
    let mut bench = Bench::new(settings, &root)?;
    let first_cycle = bench.world.lock().statistics().cycles;
    let mut steps = Vec::new();
    let result = programs(&mut bench, settings, &root, &served, &given, &mut steps);
    let settled = result.and_then(|()| bench.settle());
    bench.world.lock().flush_capture()?;
    settled?;

    let cycles = bench.world.lock().statistics().cycles - first_cycle;
    let total = bench.node.total_bytes();
    let (engine, software) = (total.engine.total(), total.software.total());
    let stats = bench.node.driver_mut().stats();
    let stats = stats.map_err(|e| DemoError::Other(e.to_string()))?;
    let counter = |name| stats.counter(name).unwrap_or(0);
    let counted = (counter("tcp_bytes_out") + counter("tcp_bytes_in"))
        .saturating_sub(counter("tcp_retransmit_bytes"));
    #[allow(clippy::cast_precision_loss)]
    let summary = Summary {
        seed: settings.seed,
        config: settings.config.name(),
        steps,
        engine_bytes: engine,
        software_bytes: software,
        engine_share: engine as f64 / (engine + software).max(1) as f64,
        engine_counted_bytes: counted,
        requests: bench.counts.requests,
        retransmits: counter("tcp_retransmit_segs"),
        handed_over: bench.node.offload().stats().installed,
        taken_back: bench.node.offload().stats().returned,
        cycles,
        sim_cycles_per_second: (cycles as f64 / started.elapsed().as_secs_f64()).round(),
    };
    let path = out.join("summary.json");
    let json =
        serde_json::to_string_pretty(&summary).map_err(|e| DemoError::Other(e.to_string()))?;
    fs::write(&path, json + "\n").map_err(at(&path))?;
    print(&summary, out, started.elapsed());
    if let Some(bad) = summary.steps.iter().find(|s| !s.ok) {
        return Err(DemoError::Check(format!("{} ({}): the files differ", bad.name, bad.family)));
    }
    if settings.moves.is_some() {
        println!("  {} hand-overs, {} take-backs", summary.handed_over, summary.taken_back);
        if summary.taken_back < 4 || engine == 0 || software == 0 {
            return Err(DemoError::Check("the sessions hardly moved; larger files?".into()));
        }
        return Ok(());
    }
    if engine.min(counted) * 100 < (engine + software) * 99 {
        return Err(DemoError::Check("the engine carried less than 99 % of the payload".into()));
    }
    Ok(())
}

/// Runs a program; gives two files that must be equal then.
type Work<'a> = dyn FnMut(&mut Bench) -> Result<Option<(PathBuf, PathBuf)>, DemoError> + 'a;

fn programs(
    bench: &mut Bench,
    settings: &Settings,
    root: &Path,
    served: &Path,
    given: &Path,
    steps: &mut Vec<Step>,
) -> Result<(), DemoError> {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let helper = std::env::current_exe().map_err(|e| DemoError::Other(e.to_string()))?;
    for (family, ip, host, flag) in [
        ("IPv4", V4.to_string(), V4.to_string(), "-4"),
        ("IPv6", V6.to_string(), format!("[{V6}]"), "-6"),
    ] {
        let mut step = |name: &str, bytes: u64, work: &mut Work<'_>| {
            let spinner = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("  {spinner} {msg}  {elapsed}") {
                spinner.set_style(style);
            }
            spinner.set_message(format!("{name}, {family}"));
            spinner.enable_steady_tick(Duration::from_millis(120));
            let (before, started) = (bench.node.total_bytes(), Instant::now());
            let files = work(bench);
            spinner.finish_and_clear();
            let files = files?;
            let seconds = started.elapsed().as_secs_f64();
            bench.settle()?;
            let after = bench.node.total_bytes();
            let (ok, hash) = match files {
                Some((a, b)) => {
                    let (a, b) = (sha256(&a)?, sha256(&b)?);
                    (a == b, Some(b))
                }
                None => (true, None),
            };
            println!("  {} {name}, {family}: {seconds:.2} s", if ok { "✓" } else { "✗" });
            steps.push(Step {
                name: name.to_owned(),
                family,
                bytes,
                seconds: (seconds * 1e3).round() / 1e3,
                engine_bytes: after.engine.total() - before.engine.total(),
                software_bytes: after.software.total() - before.software.total(),
                sha256: hash,
                ok,
            });
            Ok::<(), DemoError>(())
        };
        step("ping", 0, &mut |bench| {
            if installed("ping") {
                bench.program("ping", &[flag, "-n", "-c", "3", "-i", "0.3", "-W", "10", &ip])?;
            } else {
                bench.program(&text(&helper), &[ECHO_ARGUMENT, &ip])?;
            }
            Ok(None)
        })?;
        let limit = PROGRAM_LIMIT.as_secs().to_string();
        let common =
            ["--silent", "--show-error", "--fail", "--globoff", flag, "--max-time", &limit];
        step("curl downloads", settings.bytes, &mut |bench| {
            let to = settings.out.join(format!("download-{family}.bin"));
            let (url, to_text) = (format!("http://{host}/file.bin"), text(&to));
            bench.program("curl", &[&common[..], &["-o", &to_text, &url]].concat())?;
            Ok(Some((served.to_owned(), to)))
        })?;
        step("curl uploads", settings.bytes, &mut |bench| {
            let name = format!("upload-{family}.bin");
            let (url, from) = (format!("http://{host}/{name}"), text(given));
            bench.program(
                "curl",
                &[&common[..], &["-o", "/dev/null", "-T", &from, &url]].concat(),
            )?;
            Ok(Some((given.to_owned(), root.join(name))))
        })?;
    }
    Ok(())
}

#[allow(clippy::cast_precision_loss)]
fn print(summary: &Summary, out: &Path, time: Duration) {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED.with_rounded_corners()).set_header([
        "",
        "",
        "bytes",
        "time",
        "rate",
        "by the engine",
        "by software",
        "SHA-256",
    ]);
    for s in &summary.steps {
        let rate = s.bytes as f64 / s.seconds.max(1e-3) / 1_048_576.0;
        let is_file = s.bytes > 0;
        table.add_row([
            s.name.clone(),
            s.family.to_owned(),
            if is_file { HumanCount(s.bytes).to_string() } else { String::new() },
            format!("{:.2} s", s.seconds),
            if is_file { format!("{rate:.2} MiB/s") } else { String::new() },
            if is_file { HumanCount(s.engine_bytes).to_string() } else { String::new() },
            if is_file { HumanCount(s.software_bytes).to_string() } else { String::new() },
            match (&s.sha256, s.ok) {
                (None, _) => "",
                (_, true) => "equal",
                (_, false) => "DIFFERENT",
            }
            .to_owned(),
        ]);
    }
    for column in table.column_iter_mut().skip(2) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    println!("\n{table}\n");
    println!(
        "payload carried by the engine: {} of {} bytes ({:.3} %); its own counters say {}",
        HumanCount(summary.engine_bytes),
        HumanCount(summary.engine_bytes + summary.software_bytes),
        summary.engine_share * 100.0,
        HumanCount(summary.engine_counted_bytes)
    );
    println!(
        "{} requests, {} segments retransmitted by the engine, {} cycles at {:.2} M a second, real time",
        summary.requests,
        HumanCount(summary.retransmits),
        HumanCount(summary.cycles),
        summary.sim_cycles_per_second / 1e6
    );
    println!("\nwrote {0}/summary.json, {0}/capture.pcapng", out.display());
    println!("done in {:.1} s", time.as_secs_f64());
}

// SPDX-License-Identifier: Apache-2.0
//! `toe daemon`: a stack on a simulated device, with a peer, so that there is something to look at.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use clap::ValueEnum;
use toe_api::control::sysctl::{Source, Sysctls};
use toe_api::control::{Access, Server, Service};
use toe_api::{Micros, Node, NodeConfig, Policy, PolicyError, Runtime, StackConfig, TcpOptions};
use toe_testkit::{AnyDevice, InProcess, Kind, SharedWorld, WorldPace};
use toe_world::{
    Behaviour, Close, Direction, SmolConfig, SmolPeer, TapConfig, TapPeer, WireProfile, World,
};

use crate::client::{CliError, Result};
use crate::servers::{PORTS, Running};

/// The network that TAP and smoltcp peers are on by default: .1 is ours.
const NETS: [&str; 2] = ["192.168.69.1/24", "fd00:69::1/64"];
const OWN: [&str; 2] = ["192.168.69.1", "fd00:69::1"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DeviceArg {
    /// The functional model
    Model,
    /// The RTL, configuration small
    Small,
    /// The RTL, configuration large
    Large,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PeerArg {
    /// Programs on smoltcp, in this process
    Smoltcp,
    /// The kernel, in a network namespace of its own
    Tap,
}

/// Runs a stack on a simulated device, to be looked at
///
/// ^C ends it. The stack listens on ports 7 (echo), 9 (discard) and 19 (chargen) at 192.168.69.1 and fd00:69::1.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The device
    #[arg(long, value_enum, default_value = "model")]
    device: DeviceArg,
    /// Who is at the other end of the wire
    #[arg(long, value_enum, default_value = "smoltcp")]
    peer: PeerArg,
    /// Sessions that the smoltcp peer keeps open, streaming
    #[arg(long, default_value_t = 4, value_name = "N", value_parser = clap::value_parser!(u16).range(..=MAX_TRAFFIC))]
    traffic: u16,
    /// Frames that the wire loses, per cent (smoltcp)
    #[arg(long, default_value_t = 0.0, value_name = "PERCENT", value_parser = percent)]
    loss: f64,
    /// Speed of the wire (smoltcp)
    #[arg(long, default_value_t = 20, value_name = "MBIT/S", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    rate: u64,
    /// Everything random comes from this
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// Stacks, each on a queue pair of its own; at most as many as the device has
    #[arg(long, default_value_t = 1, value_name = "N")]
    shards: u16,
    /// A group that may use the control socket, by its number
    // The highest number means "no group" to the kernel.
    #[arg(long, value_name = "GID", value_parser = clap::value_parser!(u32).range(..i64::from(u32::MAX)))]
    control_group: Option<u32>,
    /// Policy file
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// File of options, NAME = VALUE a line
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Set of options: datacentre, server
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// An option; stronger than environment, profile and file
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// End after so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = crate::capture::seconds)]
    time: Option<f64>,
    /// With --peer tap: a program to run in the peer's namespace; the stack ends with it
    #[arg(last = true, value_name = "PROGRAM")]
    program: Vec<String>,
}

/// Sessions of the peer; more take longer to come about than anybody watches.
const MAX_TRAFFIC: i64 = 1_000;

fn percent(word: &str) -> std::result::Result<f64, String> {
    let number = word.parse().ok().filter(|n| (0.0..=100.0).contains(n));
    number.ok_or_else(|| "a number from 0 to 100 is expected".to_owned())
}

fn other(error: impl std::fmt::Display) -> CliError {
    CliError::Other(error.to_string())
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|e| other(format!("{}: {e}", path.display())))
}

impl Args {
    fn kind(&self) -> Kind {
        match self.device {
            DeviceArg::Model => Kind::Model,
            DeviceArg::Small => Kind::RtlSmall,
            DeviceArg::Large => Kind::RtlLarge,
        }
    }

    fn sysctls(&self) -> Result<Sysctls> {
        let mut options = Sysctls::new(StackConfig {
            seed: u128::from(self.seed) << 64 | 0x70e,
            ..StackConfig::default()
        });
        if let Some(path) = &self.config {
            options
                .read_file(&read(path)?)
                .map_err(|e| other(format!("{}: {e}", path.display())))?;
        }
        if let Some(name) = &self.profile {
            options.profile(name).map_err(other)?;
        }
        // Somebody else's variables may be anything; what is wrong with ours is told.
        let words = std::env::vars_os();
        let text = |word: std::ffi::OsString| word.to_string_lossy().into_owned();
        let words = words.map(|(name, value)| (text(name), text(value)));
        options.environment(words).map_err(other)?;
        for word in &self.set {
            let (name, value) = word
                .split_once('=')
                .ok_or_else(|| other(format!("--set {word}: write NAME=VALUE")))?;
            options.set(name.trim(), value, Source::CommandLine).map_err(other)?;
        }
        Ok(options)
    }

    fn world(&self) -> Result<World<AnyDevice>> {
        let device = self.kind().make(self.seed).ok_or_else(|| {
            other(format!(
                "this `toe` was built without the device `{}`; build it with --features rtl-{0}, or use --device model",
                self.kind().name()
            ))
        })?;
        let direction = Direction {
            bits_per_us: self.rate,
            delay_ns: 200_000,
            loss: self.loss / 100.0,
            ..Direction::CLEAN
        };
        let builder = World::builder(device).seed(self.seed);
        let builder = match self.peer {
            PeerArg::Smoltcp => {
                let config = SmolConfig { seed: self.seed, ..SmolConfig::default() };
                builder.wire(WireProfile::both(direction)).peer(SmolPeer::new(config))
            }
            PeerArg::Tap => builder.peer(TapPeer::new(&TapConfig::default()).map_err(other)?),
        };
        builder.build().map_err(other)
    }
}

/// The peer's sessions: it reads from chargen, writes to discard, does both with echo, IPv4 and IPv6 in turn.
fn connect(world: &SharedWorld<AnyDevice>, count: u16) {
    let mut world = world.lock();
    let Some(peer) = world.peer_mut::<SmolPeer>() else { return };
    for n in 0..count {
        let port = PORTS[usize::from(n) % PORTS.len()];
        let ip = OWN[usize::from(n / 3) % 2].parse::<IpAddr>();
        // For longer than anybody looks.
        let send = if port == 19 { 0 } else { 1 << 50 };
        let behaviour = Behaviour { echo: false, send, seed: n.into(), close: Close::Never };
        if let Ok(ip) = ip {
            let _started = peer.connect(SocketAddr::new(ip, port), behaviour);
        }
    }
}

/// Runs until it is told to end.
pub(crate) fn run(args: &Args, control: &Path) -> Result<()> {
    if !args.program.is_empty() && args.peer != PeerArg::Tap {
        return Err(other("a program needs the kernel as its peer: --peer tap"));
    }
    let options = args.sysctls()?;
    let mut policy = Policy::default();
    if let Some(path) = &args.policy {
        policy = Policy::parse(&read(path)?).map_err(|PolicyError { line, what }| {
            other(format!("{}:{line}: {what}", path.display()))
        })?;
    }
    let world = SharedWorld::new(args.world()?);
    let mut config = NodeConfig {
        stack: options.config().clone(),
        addresses: NETS.iter().filter_map(|net| net.parse().ok()).collect(),
        policy,
        shards: args.shards,
        ..NodeConfig::default()
    };
    config.driver.queue_pairs = args.shards.max(1);
    let now = Micros(world.lock().now().0);
    let node = Node::open(now, InProcess::new(world.clone()), &config).map_err(other)?;
    let runtime = Runtime::start(node, WorldPace::new(world.clone())).map_err(other)?;
    let handle = runtime.handle();
    let rings = TcpOptions { snd_ring: 64 * 1024, rcv_ring: 64 * 1024, ..TcpOptions::default() };
    let servers = Running::start(handle.clone(), rings).map_err(other)?;
    let name = match args.kind() {
        Kind::Model | Kind::ModelWith(_) => "functional model".to_owned(),
        rtl => format!("RTL {}, simulated", rtl.name()),
    };
    let access = Access { group: args.control_group };
    let server = Server::start(control, access, handle.clone(), Service::new(&name, options))
        .map_err(other)?;
    if args.peer == PeerArg::Smoltcp {
        connect(&world, args.traffic);
    }
    eprintln!("{name}; control socket {}", control.display());
    let status = wait(args, &world, &handle)?;
    drop(server);
    drop(servers);
    runtime.stop().map_err(other)?;
    if status { Ok(()) } else { Err(other("the program in the namespace has failed")) }
}

/// Until the time is over, the program ends, or the stack stops. ^C ends the process: the socket's file stays, and the
/// next stack replaces it.
fn wait(
    args: &Args,
    world: &SharedWorld<AnyDevice>,
    node: &toe_api::runtime::Handle,
) -> Result<bool> {
    let started = Instant::now();
    let mut child = match args.program.split_first() {
        Some((program, rest)) => {
            let mut command = {
                let world = world.lock();
                let tap = world.peer::<TapPeer>().ok_or_else(|| other("there is no kernel"))?;
                tap.command(program)
            };
            command.args(rest).stdin(Stdio::inherit());
            Some(command.spawn().map_err(|e| other(format!("{program}: {e}")))?)
        }
        None => None,
    };
    loop {
        if let Some(child) = &mut child
            && let Some(status) = child.try_wait().map_err(other)?
        {
            return Ok(status.success());
        }
        if args.time.is_some_and(|t| started.elapsed().as_secs_f64() >= t) || !node.is_running() {
            if let Some(child) = &mut child {
                let _ended = child.kill();
                let _waited = child.wait();
            }
            return Ok(true);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

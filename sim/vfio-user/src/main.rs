// SPDX-License-Identifier: Apache-2.0
//! `toe-sim`: a simulated OpenTOE device for drivers in other processes.

#![forbid(unsafe_code)]

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use toe_device::Device;
use toe_model::{Model, ModelConfig};
use toe_vfio_user::{PcapPeer, ServeOptions, SimPeer, serve};
use toe_world::{
    Behaviour, Close, Direction, Sides, SmolConfig, SmolPeer, TapConfig, TapPeer, WireProfile,
    World,
};

/// A simulated OpenTOE device.
#[derive(Parser)]
#[command(name = "toe-sim", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Be a vfio-user device: for a driver in another process, or for QEMU's vfio-user-pci
    Serve(Box<Serve>),
}

#[derive(Args)]
struct Serve {
    /// Unix socket to listen on
    #[arg(long, value_name = "PATH")]
    vfio_user: PathBuf,
    /// The device
    #[arg(long, value_enum, default_value_t = Config::Small)]
    config: Config,
    /// Other end of the wire: smol (an smoltcp host), tap:NAME (the kernel, in a network namespace of its own),
    /// pcap:FILE (plays a capture), sim:PATH (another toe-sim with the same path)
    #[arg(long, default_value = "smol")]
    wire: String,
    /// Addresses of the smoltcp host or the kernel
    #[arg(long, value_name = "ADDRESS/LEN", default_values = ["10.0.0.2/24", "fd00::2/64"], value_parser = prefix)]
    address: Vec<(IpAddr, u8)>,
    /// Program on a TCP port of the smoltcp host: PORT=echo, PORT=sink, PORT=source:BYTES:SEED or
    /// PORT=exchange:BYTES:SEED:EXPECTED
    #[arg(long, value_name = "PORT=PROGRAM", value_parser = program)]
    listen: Vec<(u16, Behaviour)>,
    /// Everything random comes from this
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Frames lost, per cent, both ways
    #[arg(long, default_value_t = 0.0)]
    loss: f64,
    /// Frames that others overtake, per cent
    #[arg(long, default_value_t = 0.0)]
    reorder: f64,
    /// Frames that arrive twice, per cent
    #[arg(long, default_value_t = 0.0)]
    duplicate: f64,
    /// Clocks between two looks at the client
    #[arg(long, default_value_t = 64)]
    quantum: u32,
    /// Write the wire to a pcapng file
    #[arg(long, value_name = "FILE")]
    capture: Option<PathBuf>,
    /// Write what happens to a JSON file
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// End after so many clients
    #[arg(long)]
    clients: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Config {
    /// The RTL with a 64-bit datapath
    Small,
    /// The RTL with a 512-bit datapath
    Large,
    /// The functional model: quick, no clocks
    Model,
}

fn prefix(text: &str) -> Result<(IpAddr, u8), String> {
    let (address, len) = text.split_once('/').ok_or("ADDRESS/LEN, as 10.0.0.2/24")?;
    let address = address.parse().map_err(|_| format!("{address} is no address"))?;
    Ok((address, len.parse().map_err(|_| format!("{len} is no prefix length"))?))
}

fn program(text: &str) -> Result<(u16, Behaviour), String> {
    let (port, program) = text.split_once('=').ok_or("PORT=PROGRAM, as 7=echo")?;
    let port = port.parse().map_err(|_| format!("{port} is no port"))?;
    let mut words = program.split(':');
    let name = words.next().unwrap_or_default();
    let numbers: Vec<u64> = words
        .map(|w| w.parse().map_err(|_| format!("{w} is no number")))
        .collect::<Result<_, _>>()?;
    let behaviour = match (name, numbers.as_slice()) {
        ("echo", []) => Behaviour::echo(),
        ("sink", []) => Behaviour::sink(),
        ("source", [bytes, seed]) => Behaviour::source(*bytes, *seed),
        // Closes after the other side has: the driver's side decides when it has seen enough.
        ("exchange", [bytes, seed]) => {
            Behaviour { close: Close::AfterPeer, ..Behaviour::source(*bytes, *seed) }
        }
        ("exchange", [bytes, seed, expected]) => Behaviour::exchange(*bytes, *seed, *expected),
        _ => {
            return Err(format!(
                "no program {program}: echo, sink, source:BYTES:SEED or exchange:BYTES:SEED:EXPECTED"
            ));
        }
    };
    Ok((port, behaviour))
}

fn main() -> ExitCode {
    let Cli { command: Command::Serve(serve) } = Cli::parse();
    match run(&serve) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Serve) -> Result<(), String> {
    let name =
        args.config.to_possible_value().map_or_else(String::new, |v| v.get_name().to_owned());
    match args.config {
        Config::Model => serve_device(Model::new(ModelConfig::SMALL), name, args),
        #[cfg(feature = "rtl-small")]
        Config::Small => serve_device(toe_engine::small::engine(args.seed), name, args),
        #[cfg(feature = "rtl-large")]
        Config::Large => serve_device(toe_engine::large::engine(args.seed), name, args),
        #[allow(unreachable_patterns)] // with both configurations nothing is left
        _ => Err(format!(
            "configuration {name} is not built into this program: cargo build -p toe-vfio-user"
        )),
    }
}

fn serve_device(device: impl Device, config: String, args: &Serve) -> Result<(), String> {
    let chance = |percent: f64| percent.clamp(0.0, 100.0) / 100.0;
    // Real time, and a device that takes milliseconds for a frame: later means some frames later.
    let lane = Direction {
        loss: chance(args.loss),
        reorder: chance(args.reorder),
        duplicate: chance(args.duplicate),
        reorder_ns: 10_000_000,
        ..Direction::CLEAN
    };
    let mut world = World::builder(device)
        .seed(args.seed)
        .quantum(args.quantum)
        .wire(WireProfile::both(lane))
        .real_time();
    let (kind, rest) = args.wire.split_once(':').unwrap_or((&args.wire, ""));
    world = match (kind, rest) {
        ("smol", "") => {
            let mut peer = SmolPeer::new(SmolConfig {
                mac: [0x02, 0, 0, 0, 0, 2],
                addresses: args.address.clone(),
                seed: args.seed,
                ..SmolConfig::default()
            });
            for (port, behaviour) in &args.listen {
                peer.listen(*port, *behaviour);
            }
            world.peer(peer)
        }
        ("tap", interface) if !interface.is_empty() => {
            let config = TapConfig {
                interface: interface.to_owned(),
                addresses: args.address.clone(),
                ..TapConfig::default()
            };
            let peer = TapPeer::new(&config).map_err(|e| e.to_string())?;
            println!("{interface} is in the network namespace of process {}", peer.holder());
            world.peer(peer)
        }
        ("pcap", file) if !file.is_empty() => {
            world.peer(PcapPeer::open(Path::new(file)).map_err(|e| e.to_string())?)
        }
        ("sim", path) if !path.is_empty() => {
            world.peer(SimPeer::open(Path::new(path)).map_err(|e| e.to_string())?)
        }
        _ => return Err(format!("--wire {}: smol, tap:NAME, pcap:FILE or sim:PATH", args.wire)),
    };
    if kind != "smol" && !args.listen.is_empty() {
        return Err("--listen is for --wire smol".into());
    }
    if let Some(path) = &args.capture {
        world = world.capture_file(path, Sides::Both);
    }
    let world = world.build().map_err(|e| e.to_string())?;
    let options = ServeOptions {
        socket: args.vfio_user.clone(),
        config,
        clients: args.clients,
        report: args.report.clone(),
    };
    println!("serving {} on {}", options.config, options.socket.display());
    let result = serve(world, &options);
    // A server that still waits in its thread does not remove its socket.
    let _ = std::fs::remove_file(&options.socket);
    let report = result.map_err(|e| e.to_string())?;
    println!(
        "{} clients, {} DMA bytes, {} resets",
        report.clients, report.dma_bytes, report.resets
    );
    Ok(())
}

// SPDX-License-Identifier: Apache-2.0
//! How fast the simulation is: simulated cycles per second of wall time for each configuration, idle and under a bulk
//! transfer, and where the time goes. Figures go to a JSON file that all benchmarks of the project share the form of.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Parser;
use toe_api::{Micros, Owner, TcpOptions};
use toe_bench::figure::{self, Figure};
use toe_testkit::{Kind, SceneConfig, Transfer};
use toe_world::Behaviour;

#[derive(Parser)]
#[command(about = "Simulated cycles per second, idle and under bulk transfer")]
struct Options {
    /// Configurations: small, large.
    #[arg(long, value_delimiter = ',', default_value = "small,large")]
    config: Vec<String>,
    /// Megabytes each way in the bulk run.
    #[arg(long, default_value_t = 2)]
    megabytes: u64,
    /// Seconds of wall time of the idle run.
    #[arg(long, default_value_t = 3.0)]
    idle_seconds: f64,
    /// Seed of everything random.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where the figures go.
    #[arg(long, default_value = "out/bench-sim.json")]
    out: PathBuf,
}

/// Where wall time went.
struct Shares {
    device: Duration,
    host: Duration,
    total: Duration,
    /// Of the processor; on a busy machine less than what passed.
    processor: Option<Duration>,
    cycles: u64,
}

/// Processor time of this thread so far, where the kernel tells.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(text.split_whitespace().next()?.parse().ok()?))
}

fn processor_since(before: Option<Duration>) -> Option<Duration> {
    Some(processor_time()?.saturating_sub(before?))
}

impl Shares {
    #[allow(clippy::cast_precision_loss)] // figures for people
    fn rate(&self) -> f64 {
        self.cycles as f64 / self.total.as_secs_f64()
    }

    /// Cycles per second of processor time.
    #[allow(clippy::cast_precision_loss)] // figures for people
    fn processor_rate(&self) -> f64 {
        self.cycles as f64 / self.processor.unwrap_or(self.total).as_secs_f64()
    }

    fn print(&self, name: &str, what: &str) {
        let percent = |d: Duration| 100.0 * d.as_secs_f64() / self.total.as_secs_f64();
        let rest = self.total.saturating_sub(self.device).saturating_sub(self.host);
        println!(
            "{name:8} {what:6} {:>12.0} {:>15.0}  {:>9} {:>7.1} % {:>7.1} % {:>7.1} %",
            self.rate(),
            self.processor_rate(),
            self.cycles,
            percent(self.device),
            percent(self.host),
            percent(rest)
        );
    }
}

/// The device keeps its clock although nothing happens: a register read a step, which takes some clocks.
fn idle(kind: Kind, seed: u64, seconds: f64) -> Option<Shares> {
    let scene = SceneConfig::new("bench-idle", kind).seed(seed).build()?;
    let mut world = scene.world.lock();
    let before = world.statistics();
    let (start, processor) = (Instant::now(), processor_time());
    while start.elapsed().as_secs_f64() < seconds {
        for _ in 0..64 {
            world.bar_read(0);
        }
        if world.step().is_err() {
            break;
        }
    }
    let after = world.statistics();
    Some(Shares {
        device: start.elapsed(),
        host: Duration::ZERO,
        total: start.elapsed(),
        processor: processor_since(processor),
        cycles: after.cycles - before.cycles,
    })
}

fn bulk(kind: Kind, seed: u64, bytes: u64) -> Option<(Shares, f64)> {
    let mut scene = SceneConfig::new("bench-bulk", kind).seed(seed).build()?;
    let (id, _) =
        scene.accepted(false, 5001, TcpOptions::default(), Behaviour::exchange(bytes, 7, bytes));
    scene.offloaded(id);
    let mut transfer = Transfer::new(id, bytes, 9, None);
    let before = scene.world.lock().statistics();
    let (start, processor) = (Instant::now(), processor_time());
    let mut host = Duration::ZERO;
    loop {
        let turn = Instant::now();
        let now = scene.now();
        let done = transfer.drive(now, &mut scene.node) || scene.node.owner(id) != Owner::Engine;
        let deadline = scene.node.poll(now);
        host += turn.elapsed();
        if done {
            break;
        }
        let mut world = scene.world.lock();
        world.set_host_deadline(deadline.map(world_time));
        if let Err(error) = world.step() {
            eprintln!("{}: {error}", kind.name());
            return None;
        }
    }
    let (total, processor) = (start.elapsed(), processor_since(processor));
    let after = scene.world.lock().statistics();
    let cycles = after.cycles - before.cycles;
    let device = after.device_wall.saturating_sub(before.device_wall);
    #[allow(clippy::cast_precision_loss)] // a figure for people
    let per_cycle = 2.0 * bytes as f64 / cycles.max(1) as f64;
    Some((Shares { device, host, total, processor, cycles }, per_cycle))
}

fn world_time(at: Micros) -> toe_device::Micros {
    toe_device::Micros(at.0)
}

fn main() {
    let options = Options::parse();
    let mut figures = Vec::new();
    println!("seed {}", options.seed);
    println!("config   load      cycles/s  per processor s     cycles    device     host     rest");
    for name in &options.config {
        let kind = match name.as_str() {
            "small" => Kind::RtlSmall,
            "large" => Kind::RtlLarge,
            other => {
                eprintln!("no configuration {other}: small, large");
                std::process::exit(2);
            }
        };
        let mut note = |metric, shares: &Shares| {
            let figure = Figure::new(metric, name, shares.rate(), "cycles/s");
            figures.push(if name == "small" { figure.bound(1_000_000.0) } else { figure });
        };
        if let Some(shares) = idle(kind, options.seed, options.idle_seconds) {
            shares.print(name, "idle");
            note("sim_cycles_per_second_idle", &shares);
        }
        if let Some((shares, per_cycle)) = bulk(kind, options.seed, options.megabytes << 20) {
            shares.print(name, "bulk");
            note("sim_cycles_per_second_bulk", &shares);
            println!("         payload, both directions: {per_cycle:.2} bytes per cycle");
        }
    }
    println!(
        "device: RTL and its bus models; host: driver and stack; rest: wire, peer, memory, capture"
    );
    if let Err(error) = figure::write(&options.out, &figures) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

// SPDX-License-Identifier: Apache-2.0
//! What register accesses and interrupts cost on each transport; `out/bench-transport.json`. Printed, never judged.

#![forbid(unsafe_code)]

use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use toe_device_cli::{Figures, measure};
use toe_driver::{Driver, Options};
use toe_testkit::{InProcess, Kind, SharedWorld};
use toe_vfio::DeviceName;
use toe_world::World;

/// Register accesses and interrupts on each transport.
#[derive(Parser)]
struct Args {
    /// Where to write the figures
    #[arg(long, default_value = "out/bench-transport.json")]
    out: PathBuf,
    /// The simulator
    #[arg(long, default_value = "target/debug/toe-sim")]
    sim: PathBuf,
    /// Figures that the virtual machine test has left
    #[arg(long, default_value = "out/vm/latency.json")]
    vm: PathBuf,
    /// Accesses of each kind
    #[arg(long, default_value_t = 200)]
    count: u32,
}

type Error = Box<dyn std::error::Error>;

fn in_process(kind: Kind, count: u32) -> Result<Option<Figures>, Error> {
    let Some(device) = kind.make(1) else { return Ok(None) };
    let world = SharedWorld::new(World::builder(device).build()?);
    let mut driver = Driver::open(InProcess::new(world), &Options::default())?;
    let name = format!("in process, {}", kind.name());
    Ok(Some(measure(&mut driver, &name, count).map_err(|e| format!("{name}: {e}"))?))
}

fn vfio_user(sim: &Path, config: &str, count: u32) -> Result<Figures, Error> {
    let socket = std::env::temp_dir().join(format!("toe-bench-{}", std::process::id()));
    let mut child = Command::new(sim)
        .args(["serve", "--config", config, "--vfio-user"])
        .arg(&socket)
        .stdout(Stdio::null())
        .spawn()
        .map_err(|e| format!("{}: {e}; cargo build -p toe-vfio-user", sim.display()))?;
    let start = Instant::now();
    while !socket.exists() && start.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(10));
    }
    let result = toe_vfio::open(&DeviceName::VfioUser(socket.clone()))
        .map_err(Error::from)
        .and_then(|transport| Ok(Driver::open(transport, &Options::default())?))
        .and_then(|mut driver| {
            let name = format!("vfio-user, {config}");
            Ok(measure(&mut driver, &name, count).map_err(|e| format!("{name}: {e}"))?)
        });
    let _ = child.kill();
    let _ = child.wait();
    let _ = std::fs::remove_file(&socket);
    result
}

fn run(args: &Args) -> Result<(), Error> {
    let mut rows = Vec::new();
    for kind in [Kind::Model, Kind::RtlSmall] {
        if let Some(figures) = in_process(kind, args.count)? {
            rows.push(serde_json::to_value(figures)?);
        }
    }
    for config in ["model", "small"] {
        rows.push(serde_json::to_value(vfio_user(&args.sim, config, args.count)?)?);
    }
    match std::fs::read_to_string(&args.vm) {
        Ok(text) => {
            let mut figures: serde_json::Value = serde_json::from_str(&text)?;
            figures["device"] = "vfio in a virtual machine (TCG)".into();
            rows.push(figures);
        }
        Err(_) => println!("no {}: make test-vm measures the kernel's vfio-pci", args.vm.display()),
    }
    println!(
        "{:32} {:22} {:>10} {:>10} {:>12} {:>12}",
        "", "", "median, µs", "p99, µs", "a second", "bytes/s"
    );
    for row in &rows {
        let kinds = [
            ("MMIO write, posted", "mmio_write"),
            ("MMIO read", "mmio_read"),
            ("doorbell → interrupt", "doorbell_to_interrupt"),
        ];
        for (name, kind) in kinds {
            let number = |key: &str| row[kind][key].as_f64().unwrap_or(0.0);
            println!(
                "{:32} {name:22} {:>10.2} {:>10.2} {:>12.0} {:>12.0}",
                row["device"].as_str().unwrap_or(""),
                number("median_ns") / 1e3,
                number("p99_ns") / 1e3,
                number("per_second"),
                number("bytes_per_second"),
            );
        }
        let reads = &row["mmio_reads_for_frames"];
        println!("{:32} {:22} {reads:>10}", "", "register reads, frames");
    }
    if let Some(folder) = args.out.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&args.out, serde_json::to_string_pretty(&rows)? + "\n")?;
    println!("{}", args.out.display());
    Ok(())
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

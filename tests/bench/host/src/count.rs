// SPDX-License-Identifier: Apache-2.0
//! Instructions: this program again, under callgrind, with one workload.

use std::path::Path;
use std::process::Command;

use crate::churn;
use crate::engine::{self, Carrier, Load};
use crate::figures::Figures;
use crate::region::PATTERNS;
use crate::smol::{self, Nic};

/// Copies by string instructions are one instruction of the processor and one a byte for callgrind: all workloads run
/// with the C library's other copy loops.
const TUNABLES: &str = "glibc.cpu.x86_rep_movsb_threshold=1073741824:\
                        glibc.cpu.x86_rep_stosb_threshold=1073741824";
/// Counted connections of a churn run.
const CONNECTIONS: usize = 32;
/// Others' listeners.
const OTHERS: u16 = 1000;

/// One workload, in this process.
///
/// # Errors
/// It did not come to its end, or there is none of this name.
pub fn workload(name: &str, mib: u64) -> Result<(), String> {
    let others = if name.ends_with("1000_listeners") { OTHERS } else { 0 };
    match name.trim_end_matches("_1000_listeners") {
        "churn_engine_tw" => return churn::run(Carrier::Engine, others, CONNECTIONS),
        "churn_software_tw" => return churn::run(Carrier::Software, others, CONNECTIONS),
        "churn_smoltcp" => return churn::smoltcp(others, CONNECTIONS),
        _ => {}
    }
    let load = Load { send: name.ends_with("tx"), in_place: !name.contains("_copy_"), mib };
    match name.replace("_copy_", "_").rsplit_once('_').map(|(who, _)| who) {
        Some("engine") => engine::bulk(Carrier::Engine, load),
        Some("software") => engine::bulk(Carrier::Software, load),
        Some("software_assisted") => engine::bulk(Carrier::SoftwareAssisted, load),
        Some("smoltcp") => smol::bulk(Nic::Plain, load),
        Some("smoltcp_assisted") => smol::bulk(Nic::Assisted, load),
        _ => Err(format!("no workload {name}")),
    }
}

/// Instructions of a workload in its own process under callgrind.
fn count(name: &str, mib: u64, out: &Path) -> Result<f64, String> {
    let me = std::env::current_exe().map_err(|e| e.to_string())?;
    let file = out.join(format!("callgrind.{name}"));
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--collect-atstart=no", "-q"]);
    command.args(PATTERNS.map(|p| format!("--toggle-collect={p}")));
    command.arg(format!("--callgrind-out-file={}", file.display())).arg(me);
    command.args(["--workload", name, "--mib", &mib.to_string()]).env("GLIBC_TUNABLES", TUNABLES);
    let done = command.output().map_err(|error| {
        format!("valgrind does not start ({error}): install it (Debian: apt-get install valgrind)")
    })?;
    if !done.status.success() {
        return Err(format!("{name}: {}", String::from_utf8_lossy(&done.stderr)));
    }
    let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let totals = text.lines().find_map(|line| line.strip_prefix("totals: "));
    totals
        .and_then(|n| n.trim().parse::<f64>().ok())
        .filter(|n| *n > 0.0)
        .ok_or_else(|| format!("{name}: callgrind counted nothing"))
}

/// Bulk data: payload produced and consumed in the stacks' own buffers, and again with a copying call.
///
/// # Errors
/// Valgrind is missing, or a workload failed.
pub fn bulk(figures: &mut Figures, mib: u64, out: &Path) -> Result<(), String> {
    let metric = "bulk_instructions_per_mib";
    let all = ["engine", "software", "software_assisted", "smoltcp", "smoltcp_assisted"];
    for copy in ["", "_copy"] {
        for who in all {
            for way in ["tx", "rx"] {
                let name = format!("{who}{copy}_{way}");
                let total = count(&name, mib, out)?;
                figures.add(metric, &name, total / mib as f64, "instructions/MiB");
            }
        }
    }
    for way in ["tx", "rx"] {
        let get = |name: String| figures.get(metric, &name).unwrap_or(f64::NAN);
        let over = |who: &str, copy: &str| {
            get(format!("{who}{copy}_{way}")) / get(format!("engine{copy}_{way}"))
        };
        let (plain, assisted) = (over("smoltcp", ""), over("smoltcp_assisted", ""));
        let (copying, software) = (over("smoltcp", "_copy"), over("software", ""));
        figures.bound("bulk_instructions_ratio_smoltcp_over_engine", way, plain, "×", 20.0);
        let ratio = "bulk_instructions_ratio_smoltcp_assisted_over_engine";
        figures.bound(ratio, way, assisted, "×", 1.0);
        let way_copy = format!("{way}_copy");
        figures.add("bulk_instructions_ratio_smoltcp_over_engine", &way_copy, copying, "×");
        figures.add("bulk_instructions_ratio_software_over_engine", way, software, "×");
    }
    Ok(())
}

/// Connections opened, used and closed.
///
/// # Errors
/// Valgrind is missing, or a workload failed.
pub fn churn(figures: &mut Figures, out: &Path) -> Result<(), String> {
    for who in ["engine_tw", "software_tw", "smoltcp"] {
        for others in ["", "_1000_listeners"] {
            let total = count(&format!("churn_{who}{others}"), 1, out)?;
            let value = total / CONNECTIONS as f64;
            let config = format!("{who}{others}");
            figures.add("churn_instructions_per_connection", &config, value, "instructions");
        }
    }
    Ok(())
}

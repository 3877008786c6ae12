// SPDX-License-Identifier: Apache-2.0
//! What the demonstration writes: the table on the terminal, summary.json, report.html.

use std::fs;

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use indicatif::{BinaryBytes, HumanCount};

use super::bench::Outcome;
use super::{DemoError, PhaseSummary, Settings, Summary, story};
use crate::capture::Packet;
use crate::flow::Flow;
use crate::report::{Phase, Report, Tile};

type Phases = [(PhaseSummary, Outcome, Flow)];

/// What must be true, and whether it is.
fn checks(settings: &Settings, summary: &Summary, phases: &Phases) -> Vec<(String, bool)> {
    let mut checks = Vec::new();
    for (phase, outcome, flow) in phases {
        let name = phase.name;
        let [sent, placed] = outcome.engine_counted;
        let counted = sent.min(settings.bytes) + placed.min(settings.bytes);
        let all = phase.payload_bytes_to_peer == settings.bytes
            && phase.payload_bytes_from_peer == settings.bytes
            && flow.to_peer.bytes() == settings.bytes
            && flow.from_peer.bytes() == settings.bytes;
        let share = phase.engine_bytes * 100 >= (phase.engine_bytes + phase.software_bytes) * 99;
        checks.push((format!("{name}: every byte arrived, both ways"), all));
        checks.push((format!("{name}: SHA-256 equal, both ways"), phase.sha256_ok));
        checks.push((format!("{name}: the engine carried 99 % or more"), share));
        let agree = counted * 100 >= 2 * settings.bytes * 99;
        checks.push((format!("{name}: the engine's own counters say so too"), agree));
        checks.push((format!("{name}: both sides closed, without a reset"), flow.resets == 0));
    }
    let waiting = summary.time_wait;
    checks.push(("TIME_WAIT answered the repeated FIN".into(), waiting.fin_answered));
    checks.push(("TIME_WAIT expired".into(), waiting.expired));
    checks
}

/// The checks that failed, in words.
pub(super) fn failed_checks(
    settings: &Settings,
    summary: &Summary,
    phases: &Phases,
) -> Vec<String> {
    let checks = checks(settings, summary, phases).into_iter();
    checks.filter(|(_, good)| !good).map(|(what, _)| format!("not true: {what}")).collect()
}

#[allow(clippy::cast_precision_loss)]
fn part(value: u64, of: u64) -> String {
    format!("{:.2} %", value as f64 * 100.0 / of.max(1) as f64)
}

#[allow(clippy::cast_precision_loss)]
fn rows(phases: &Phases) -> (Vec<String>, Vec<Vec<String>>) {
    type Cell = fn(&(PhaseSummary, Outcome, Flow)) -> String;
    let lines: [(&str, Cell); 15] = [
        ("payload to the peer", |p| BinaryBytes(p.0.payload_bytes_to_peer).to_string()),
        ("payload from the peer", |p| BinaryBytes(p.0.payload_bytes_from_peer).to_string()),
        ("SHA-256", |p| if p.0.sha256_ok { "equal, both ways" } else { "DIFFERENT" }.to_owned()),
        ("carried by the engine", |p| {
            let share = part(p.0.engine_bytes, p.0.engine_bytes + p.0.software_bytes);
            format!("{} ({share})", HumanCount(p.0.engine_bytes))
        }),
        ("carried by software", |p| HumanCount(p.0.software_bytes).to_string()),
        ("segments", |p| HumanCount(p.0.segments).to_string()),
        ("retransmitted by the engine", |p| {
            HumanCount(p.0.retransmits.max(p.1.engine_retransmits)).to_string()
        }),
        ("arrived late or twice", |p| HumanCount(p.2.from_peer.again).to_string()),
        ("frames lost on the wire", |p| {
            HumanCount(p.1.wire.iter().map(|w| w.lost + w.hook_dropped).sum()).to_string()
        }),
        ("reordered", |p| HumanCount(p.1.wire.iter().map(|w| w.reordered).sum()).to_string()),
        ("duplicated", |p| HumanCount(p.1.wire.iter().map(|w| w.duplicated).sum()).to_string()),
        ("time of the transfer (virtual)", |p| format!("{:.2} ms", p.1.transfer_ns as f64 / 1e6)),
        ("cycles", |p| HumanCount(p.0.cycles).to_string()),
        ("payload bytes per cycle", |p| format!("{:.3}", p.0.payload_bytes_per_cycle)),
        ("simulated cycles per second", |p| {
            let speed = p.0.cycles as f64 / p.1.wall.as_secs_f64().max(1e-9) / 1e6;
            format!("{speed:.2} M")
        }),
    ];
    let headings =
        std::iter::once(String::new()).chain(phases.iter().map(|p| format!("{} wire", p.0.name)));
    let rows = lines
        .into_iter()
        .map(|(name, cell)| {
            std::iter::once(name.to_owned()).chain(phases.iter().map(cell)).collect()
        })
        .collect();
    (headings.collect(), rows)
}

fn print_table(table: &(Vec<String>, Vec<Vec<String>>), checks: &[(String, bool)]) {
    let mut out = Table::new();
    out.load_style(presets::UTF8_FULL_CONDENSED.with_rounded_corners())
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(&table.0);
    for row in &table.1 {
        out.add_row(row);
    }
    for column in out.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    println!("\n{out}\n");
    for (what, good) in checks {
        println!("  {} {what}", if *good { "✓" } else { "✗" });
    }
}

/// Writes everything.
pub(super) fn write(
    settings: &Settings,
    summary: &Summary,
    phases: &Phases,
    packets: &[Packet],
    expired: Option<u64>,
) -> Result<(), DemoError> {
    let table = rows(phases);
    let checks = checks(settings, summary, phases);
    print_table(&table, &checks);
    let save = |name: &str, text: String| {
        let path = settings.out.join(name);
        fs::write(&path, text).map_err(|e| DemoError::File(path, e))
    };
    let json =
        serde_json::to_string_pretty(summary).map_err(|e| DemoError::Other(e.to_string()))?;
    save("summary.json", json + "\n")?;
    let report = report(settings, summary, phases, packets, expired, table, checks);
    save("report.html", report.html())?;
    println!(
        "\nwrote {0}/summary.json, {0}/capture.pcapng, {0}/report.html",
        settings.out.display()
    );
    Ok(())
}

#[allow(clippy::cast_precision_loss)]
fn report(
    settings: &Settings,
    summary: &Summary,
    phases: &Phases,
    packets: &[Packet],
    expired: Option<u64>,
    table: (Vec<String>, Vec<Vec<String>>),
    checks: Vec<(String, bool)>,
) -> Report {
    let engine: u64 = phases.iter().map(|p| p.0.engine_bytes).sum();
    let software: u64 = phases.iter().map(|p| p.0.software_bytes).sum();
    let tile = |value: String, unit: &str, label: &str| Tile {
        value,
        unit: unit.to_owned(),
        label: label.to_owned(),
    };
    let mut tiles = vec![
        tile(
            format!("{:.1}", engine as f64 * 100.0 / (engine + software).max(1) as f64),
            "%",
            "of the payload carried by the engine",
        ),
        tile(
            format!("{:.0}", (engine + software) as f64 / 1_048_576.0),
            "MiB",
            "of payload, SHA-256 equal both ways",
        ),
    ];
    if let [.., (last, outcome, _)] = phases {
        let lost: u64 = outcome.wire.iter().map(|w| w.lost).sum();
        tiles.push(tile(
            last.retransmits.to_string(),
            "",
            &format!("retransmissions, after {lost} frames were lost"),
        ));
    }
    if let Some((first, ..)) = phases.first() {
        let label = "payload per clock, clean wire";
        tiles.push(tile(format!("{:.2}", first.payload_bytes_per_cycle), "B", label));
    }
    let speed = summary.sim_cycles_per_second / 1e6;
    tiles.push(tile(format!("{speed:.2}"), "M/s", "simulated clocks per second"));

    let views = phases.iter().map(|(summary, outcome, flow)| {
        let (title, text) = if summary.name == "clean" {
            (
                "A clean wire",
                "Nothing is lost. The engine sends as fast as the peer’s window opens, and receives at the same time."
                    .to_owned(),
            )
        } else {
            let counts = outcome.wire;
            let sum = |f: fn(&toe_world::WireCounts) -> u64| counts.iter().map(f).sum::<u64>();
            (
                "A bad wire",
                format!(
                    "Both ways {:.1} % of the frames are lost, as many come twice, as many come late: {} lost, {} duplicated, \
                     {} reordered. The engine repairs what it sent, and puts what arrives out of order where it belongs.",
                    settings.loss * 100.0,
                    sum(|w| w.lost),
                    sum(|w| w.duplicated),
                    sum(|w| w.reordered)
                ),
            )
        };
        let last = |half: &crate::flow::Half| half.data.last().map_or(flow.first, |d| d.time);
        let end = last(&flow.to_peer).max(last(&flow.from_peer));
        Phase {
            title: title.to_owned(),
            text,
            flow: flow.clone(),
            until: end + (end - flow.first) / 40,
            spans: outcome.spans.clone(),
        }
    });
    Report {
        facts: vec![
            settings.config.description().to_owned(),
            "peer: smoltcp".to_owned(),
            format!("{} each way and phase", BinaryBytes(settings.bytes)),
            format!("seed {}", settings.seed),
            "virtual time".to_owned(),
        ],
        checks,
        tiles,
        opening: phases.first().map_or_else(Vec::new, |p| story::opening(packets, &p.2, &p.1)),
        phases: views.collect(),
        closing: phases
            .last()
            .map_or_else(Vec::new, |p| story::closing(packets, &p.2, &p.1, expired)),
        table,
        command: format!(
            "make demo CONFIG={} SEED={} BYTES={} LOSS={}",
            settings.config.name(),
            settings.seed,
            settings.bytes,
            settings.loss * 100.0
        ),
    }
}

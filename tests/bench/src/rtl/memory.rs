// SPDX-License-Identifier: Apache-2.0
//! RAM by table, from the elaborated RTL's own widths (`tools/ram_bits.py`).

use crate::figure::Figure;
use serde::Deserialize;
use std::path::Path;

/// One RAM of the engine.
#[derive(Clone, Debug, Deserialize)]
struct Ram {
    path: String,
    width: u64,
    depth: u64,
    bits: u64,
}

/// Which table a RAM is part of, and a name for it.
const TABLES: [(&str, &str); 12] = [
    ("u_pipe.u_hot", "hot state"),
    ("u_pipe.u_cold_rx", "tuple and ring for receive"),
    ("u_pipe.u_cold_seg", "the segmenter's copy"),
    ("u_pipe.u_cold_img", "image only"),
    ("u_pipe.u_count", "counters"),
    ("u_pipe.u_timer", "timers"),
    ("u_pipe.u_notify", "notify FIFO"),
    ("u_pipe.u_ready", "ready FIFO"),
    ("u_pipe.", "other"),
    ("u_lookup.u_key", "lookup key"),
    ("u_lookup.u_index", "lookup index, two copies"),
    ("u_lookup.", "lookup, other"),
];

#[allow(clippy::cast_precision_loss)] // figures
fn bytes(bits: u64, entries: u64) -> f64 {
    bits as f64 / entries as f64 / 8.0
}

/// Bytes a session and a TIME_WAIT entry.
///
/// # Errors
/// The list of RAMs cannot be read, or has no session table in it.
pub fn memory(list: &Path, config: &str, figures: &mut Vec<Figure>) -> Result<(), String> {
    let text = std::fs::read_to_string(list).map_err(|e| format!("{}: {e}", list.display()))?;
    let rams: Vec<Ram> =
        serde_json::from_str(&text).map_err(|e| format!("{}: {e}", list.display()))?;
    let hot = rams.iter().find(|ram| ram.path.ends_with("u_pipe.u_hot"));
    let sessions = hot.ok_or_else(|| format!("{}: no u_pipe.u_hot", list.display()))?.depth;
    let mut by_table = [0; TABLES.len()];
    for ram in &rams {
        if let Some(table) = TABLES.iter().position(|(part, _)| ram.path.contains(part)) {
            by_table[table] += ram.bits;
        }
    }
    for ((_, name), bits) in TABLES.iter().zip(by_table).filter(|(_, bits)| *bits != 0) {
        let bits = bytes(bits, sessions) * 8.0;
        figures.push(Figure::new(
            "state_bits_by_table",
            format!("{config}, {name}"),
            bits,
            "bit/session",
        ));
    }
    let state = bytes(by_table.iter().sum(), sessions);
    let note = format!("{config}, {sessions} sessions");
    figures.push(Figure::new("state_bytes_per_session", &note, state, "B"));
    figures.push(Figure::new("sessions_per_mib", &note, f64::from(1 << 20) / state, "sessions"));

    for (bank, family, bound) in [("g_bank[0]", "v4", 32.0), ("g_bank[1]", "v6", 64.0)] {
        let sum = |parts: &[&str]| -> u64 {
            let within = |ram: &&Ram| {
                ram.path.contains(bank) && parts.iter().any(|part| ram.path.contains(part))
            };
            rams.iter().filter(within).map(|ram| ram.width * ram.depth).sum()
        };
        let entries = rams
            .iter()
            .find(|ram| ram.path.contains(bank) && ram.path.ends_with("u_rec_lk"))
            .map_or(1, |ram| ram.depth);
        let note = |what: &str| format!("{config}, {entries} entries, {what}");
        let metric = format!("tw_bytes_per_entry_{family}");
        let record = bytes(sum(&["u_rec_lk", "u_cls_lk", "u_exp"]), entries);
        figures.push(Figure::new(&metric, note("record, class, expiry"), record, "B").bound(bound));
        let metric = format!("tw_bytes_apart_{family}");
        for (what, parts) in [
            ("second copy for operations", &["u_rec_op", "u_cls_op"][..]),
            ("links of the age lists", &["u_next", "u_prev"][..]),
            ("index, two copies", &["u_index"][..]),
        ] {
            figures.push(Figure::new(&metric, note(what), bytes(sum(parts), entries), "B"));
        }
    }
    Ok(())
}

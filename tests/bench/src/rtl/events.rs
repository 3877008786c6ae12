// SPDX-License-Identifier: Apache-2.0
//! Cycles an event of the session pipeline, from its cocotb bench: the wire cannot bring events that fast.

use crate::figure::Figure;
use serde::Deserialize;
use std::path::Path;

#[derive(Debug, Deserialize)]
struct Row {
    metric: String,
    config: String,
    value: f64,
}

/// Takes over what the bench wrote.
///
/// # Errors
/// The file is not there or not what it should be.
pub fn events(list: &Path, figures: &mut Vec<Figure>) -> Result<(), String> {
    let text = std::fs::read_to_string(list).map_err(|e| format!("{}: {e}", list.display()))?;
    let rows: Vec<Row> =
        serde_json::from_str(&text).map_err(|e| format!("{}: {e}", list.display()))?;
    for row in rows {
        let bound = if row.metric == "cycles_per_event_distinct" { 2.0 } else { 4.0 };
        figures.push(Figure::new(&row.metric, row.config, row.value, "cycles").bound(bound));
    }
    Ok(())
}

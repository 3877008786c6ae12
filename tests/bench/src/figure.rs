// SPDX-License-Identifier: Apache-2.0
//! Figures, their table and their file, in the one form that all benchmarks of the project have.

use serde::{Deserialize, Serialize};
use std::fmt::Write;
use std::path::Path;

/// A row of the figures file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// What was measured.
    pub metric: String,
    /// With what: configuration of the engine, and everything else that the value depends on.
    pub config: String,
    /// The value.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// What the value is to be compared with: the aim, or what physics allows.
    pub bound: Option<f64>,
}

impl Figure {
    /// A figure without a bound.
    #[must_use]
    pub fn new(metric: &str, config: impl Into<String>, value: f64, unit: &str) -> Self {
        let (metric, unit) = (metric.to_owned(), unit.to_owned());
        Self { metric, config: config.into(), value, unit, bound: None }
    }

    /// With what it is to be compared with.
    #[must_use]
    pub fn bound(mut self, bound: f64) -> Self {
        self.bound = Some(bound);
        self
    }
}

pub(crate) fn number(value: f64) -> String {
    let places = match value.abs() {
        v if v == v.trunc() && v < 1e15 => 0,
        v if v >= 1000.0 => 0,
        v if v >= 10.0 => 2,
        _ => 4,
    };
    format!("{value:.places$}")
}

/// The table that people read.
#[must_use]
pub fn table(figures: &[Figure]) -> String {
    let width =
        |of: fn(&Figure) -> usize, least| figures.iter().map(of).max().unwrap_or(0).max(least);
    let metric = width(|f| f.metric.len(), 6);
    let config = width(|f| f.config.chars().count(), 6);
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{:metric$}  {:>12} {:14} {:>10}  config",
        "metric", "value", "unit", "bound"
    );
    let _ = writeln!(text, "{}", "-".repeat(metric + 44 + config));
    for f in figures {
        let bound = f.bound.map(number).unwrap_or_default();
        let value = number(f.value);
        let _ = writeln!(
            text,
            "{:metric$}  {value:>12} {:14} {bound:>10}  {}",
            f.metric, f.unit, f.config
        );
    }
    text
}

/// Writes the figures file; its folder is made if missing.
///
/// # Errors
/// Why it cannot be written.
pub fn write(path: &Path, figures: &[Figure]) -> Result<(), String> {
    let cannot = |e: std::io::Error| format!("{}: {e}", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(cannot)?;
    }
    let text = serde_json::to_string_pretty(figures).map_err(|e| e.to_string())?;
    std::fs::write(path, text + "\n").map_err(cannot)
}

/// Reads a figures file.
///
/// # Errors
/// Why it cannot be read.
pub fn read(path: &Path) -> Result<Vec<Figure>, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
}

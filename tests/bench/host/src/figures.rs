// SPDX-License-Identifier: Apache-2.0
//! Rows of the figures file, the form of which all benchmarks of the project share, and the table for people.

use std::path::Path;

use comfy_table::{CellAlignment, Table, presets};
use serde::Serialize;

/// One figure.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// What was measured.
    pub metric: &'static str,
    /// On what.
    pub config: String,
    /// How much.
    pub value: f64,
    /// Of what.
    pub unit: &'static str,
    /// What it should be, if anybody said so: at least this for ratios and rates, at most this for costs.
    pub bound: Option<f64>,
}

/// All figures of a run.
#[derive(Default)]
pub struct Figures(Vec<Figure>);

impl Figures {
    /// Adds one.
    pub fn add(&mut self, metric: &'static str, config: &str, value: f64, unit: &'static str) {
        self.0.push(Figure { metric, config: config.to_owned(), value, unit, bound: None });
    }

    /// Adds one that should reach, or stay below, something.
    pub fn bound(
        &mut self,
        metric: &'static str,
        config: &str,
        value: f64,
        unit: &'static str,
        bound: f64,
    ) {
        let bound = Some(bound);
        self.0.push(Figure { metric, config: config.to_owned(), value, unit, bound });
    }

    /// A figure of this run.
    #[must_use]
    pub fn get(&self, metric: &str, config: &str) -> Option<f64> {
        self.0.iter().find(|f| f.metric == metric && f.config == config).map(|f| f.value)
    }

    /// For people.
    #[must_use]
    pub fn table(&self) -> String {
        let mut table = Table::new();
        table.load_style(presets::UTF8_HORIZONTAL_ONLY);
        table.set_header(["metric", "config", "value", "unit", "bound"]);
        let number = |v: f64| match v.abs() {
            a if a >= 1000.0 => format!("{v:.0}"),
            a if a >= 10.0 => format!("{v:.1}"),
            _ => format!("{v:.2}"),
        };
        let mut last = "";
        for f in &self.0 {
            let metric = if f.metric == last { "" } else { f.metric };
            last = f.metric;
            let bound = f.bound.map_or(String::new(), number);
            table.add_row([metric, &f.config, &number(f.value), f.unit, &bound]);
        }
        for column in [2, 4] {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table.to_string()
    }

    /// Writes the file.
    ///
    /// # Errors
    /// The file or its folder cannot be written.
    pub fn write(&self, to: &Path) -> std::io::Result<()> {
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(to, serde_json::to_string_pretty(&self.0)? + "\n")
    }
}

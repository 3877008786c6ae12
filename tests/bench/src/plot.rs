// SPDX-License-Identifier: Apache-2.0
//! Figures as bars, one SVG a subject.

use crate::figure::Figure;
use plotters::prelude::*;
use std::path::{Path, PathBuf};

/// A subject: file name, title, and which figures belong to it.
const SUBJECTS: [(&str, &str, &[&str]); 4] = [
    ("throughput", "Payload, as a part of what the bus allows", &["_bound_fraction_"]),
    ("recovery", "Bytes sent again for each byte lost", &["resent_per_lost"]),
    ("time-wait", "TIME_WAIT: cycles", &["tw_cycles_per_"]),
    ("state", "Bits of RAM a session, by table", &["state_bits_by_table"]),
];

/// Draws what there are figures for, beside the figures file; the files.
///
/// # Errors
/// Why one cannot be written.
pub fn plots(beside: &Path, figures: &[Figure]) -> Result<Vec<PathBuf>, String> {
    let mut written = Vec::new();
    for (name, title, metrics) in SUBJECTS {
        let of = |f: &&Figure| metrics.iter().any(|m| f.metric.contains(m));
        let rows: Vec<&Figure> = figures.iter().filter(of).collect();
        if rows.is_empty() {
            continue;
        }
        let path = beside.with_file_name(format!("bench-rtl-{name}.svg"));
        bars(&path, title, &rows).map_err(|e| format!("{}: {e}", path.display()))?;
        written.push(path);
    }
    Ok(written)
}

fn bars(path: &Path, title: &str, rows: &[&Figure]) -> Result<(), Box<dyn std::error::Error>> {
    const ROW: u32 = 22;
    const LABELS: i32 = 620;
    let count = u32::try_from(rows.len())?;
    let size = (1200, count * ROW + 90);
    let root = SVGBackend::new(path, size).into_drawing_area();
    root.fill(&WHITE)?;
    let top = rows.iter().flat_map(|f| [Some(f.value), f.bound]).flatten().fold(0.0, f64::max);
    let area = root.margin(10, 10, 10, 30);
    let area = area.titled(title, ("sans-serif", 18))?;
    let (_labels, area) = area.split_horizontally(LABELS);
    let mut chart = ChartBuilder::on(&area)
        .x_label_area_size(24)
        .build_cartesian_2d(0.0..top.max(1e-9) * 1.1, 0.0..f64::from(count))?;
    chart
        .configure_mesh()
        .disable_y_mesh()
        .disable_y_axis()
        .x_labels(8)
        .x_max_light_lines(0)
        .draw()?;
    for (i, figure) in (0..count).zip(rows) {
        let (low, high) = (f64::from(count - i) - 0.85, f64::from(count - i) - 0.15);
        let bar = Rectangle::new([(0.0, low), (figure.value, high)], BLUE.mix(0.6).filled());
        chart.draw_series([bar])?;
        if let Some(bound) = figure.bound {
            let mark = PathElement::new([(bound, low - 0.1), (bound, high + 0.1)], RED);
            chart.draw_series([mark])?;
        }
        // Label and value stand at the height of their bar, wherever the chart has it.
        let (x, y) = chart.backend_coord(&(figure.value, f64::midpoint(low, high)));
        let text = format!("{}, {}", figure.metric, figure.config);
        let text: String = text.chars().take(100).collect();
        root.draw(&Text::new(text, (10, y - 6), ("sans-serif", 12)))?;
        let value = crate::figure::number(figure.value);
        root.draw(&Text::new(value, (x + 4, y - 5), ("sans-serif", 10)))?;
    }
    root.present()?;
    Ok(())
}

// SPDX-License-Identifier: Apache-2.0
//! Columns as wide as what stands in them, as `ss` and `ip` write them.

/// How a column is aligned.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// Rows under a head. No space stands at the end of a line.
pub(crate) struct Columns {
    align: Vec<Align>,
    rows: Vec<(Vec<String>, String)>,
}

impl Columns {
    /// A head: `<name` is aligned to the left, `>name` to the right.
    pub(crate) fn new(head: &[&str]) -> Self {
        let align = |h: &&str| if h.starts_with('>') { Align::Right } else { Align::Left };
        let names = head.iter().map(|h| h.trim_start_matches(['<', '>']).to_owned());
        Self {
            align: head.iter().map(align).collect(),
            rows: vec![(names.collect(), String::new())],
        }
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push((cells.into_iter().collect(), String::new()));
    }

    /// Lines under the last row.
    pub(crate) fn under(&mut self, text: &str) {
        if let Some((_, under)) = self.rows.last_mut() {
            under.push_str(text);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.len() == 1
    }
}

impl std::fmt::Display for Columns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut widths = vec![0; self.align.len()];
        for (cells, _) in &self.rows {
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = (*width).max(cell.chars().count());
            }
        }
        for (cells, under) in &self.rows {
            let mut line = String::new();
            for ((cell, width), align) in cells.iter().zip(&widths).zip(&self.align) {
                if !line.is_empty() {
                    line.push_str("  ");
                }
                let space = " ".repeat(width - cell.chars().count());
                let (before, after) = if *align == Align::Right {
                    (space.as_str(), "")
                } else {
                    ("", space.as_str())
                };
                line.push_str(before);
                line.push_str(cell);
                line.push_str(after);
            }
            writeln!(f, "{}", line.trim_end())?;
            f.write_str(under)?;
        }
        Ok(())
    }
}

/// Milliseconds for people.
pub(crate) fn time(ms: u64) -> String {
    match ms {
        0..1_000 => format!("{ms}ms"),
        1_000..60_000 => format!("{}.{}s", ms / 1000, ms % 1000 / 100),
        _ => format!("{}min{:02}s", ms / 60_000, ms % 60_000 / 1000),
    }
}

/// Bytes for people.
pub(crate) fn bytes(n: u64) -> String {
    let mut value = n as f64;
    for unit in ["B", "KiB", "MiB", "GiB"] {
        if value < 1024.0 {
            return if unit == "B" { format!("{n} B") } else { format!("{value:.1} {unit}") };
        }
        value /= 1024.0;
    }
    format!("{value:.1} TiB")
}

// SPDX-License-Identifier: Apache-2.0
//! The ownership timeline: one lane an owner. A hand-over takes microseconds and a transfer seconds, so that widths are
//! logarithmic; the times are written down.

use std::fmt::Write;

/// Who owns the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// The host stack.
    Software,
    /// Nobody may send: on the way between the two.
    Transit,
    /// The engine.
    Engine,
    /// The engine's TIME_WAIT table.
    TimeWait,
}

impl Lane {
    const ALL: [Self; 4] = [Self::Software, Self::Transit, Self::Engine, Self::TimeWait];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Software => "software",
            Self::Transit => "in transit",
            Self::Engine => "engine",
            Self::TimeWait => "TIME_WAIT table",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Software => "software",
            Self::Transit => "transit",
            Self::Engine => "engine",
            Self::TimeWait => "timewait",
        }
    }
}

/// An owner, from when to when (nanoseconds of the world).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Who.
    pub lane: Lane,
    /// From.
    pub from: u64,
    /// To.
    pub to: u64,
}

/// A length of time in words.
#[must_use]
pub(super) fn length(ns: u64) -> String {
    #[allow(clippy::cast_precision_loss)]
    let value = ns as f64;
    match ns {
        0..1_000 => format!("{ns} ns"),
        1_000..1_000_000 => format!("{:.1} µs", value / 1e3),
        1_000_000..1_000_000_000 => format!("{:.2} ms", value / 1e6),
        _ => format!("{:.2} s", value / 1e9),
    }
}

const WIDTH: f64 = 1080.0;
const LEFT: f64 = 122.0;
const ROW: f64 = 34.0;

/// The drawing.
#[must_use]
pub(super) fn render(spans: &[Span]) -> String {
    #[allow(clippy::cast_precision_loss)]
    let weight = |s: &Span| 0.6 + (1.0 + (s.to - s.from.min(s.to)) as f64 / 1_000.0).log10();
    let total: f64 = spans.iter().map(weight).sum::<f64>().max(1.0);
    let lanes: Vec<Lane> =
        Lane::ALL.into_iter().filter(|l| spans.iter().any(|s| s.lane == *l)).collect();
    let height = 26.0 + ROW * f64::from(u32::try_from(lanes.len()).unwrap_or(0)) + 22.0;
    let mut svg = format!(
        "<svg class=\"lanes\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\"><title>who owns the session</title>"
    );
    let row = |lane: Lane| {
        let index = lanes.iter().position(|l| *l == lane).unwrap_or(0);
        8.0 + ROW * f64::from(u32::try_from(index).unwrap_or(0))
    };
    for lane in &lanes {
        let y = row(*lane);
        let _ = write!(
            svg,
            "<text class=\"tick\" x=\"0\" y=\"{}\">{}</text><path class=\"grid\" d=\"M{LEFT} {}H{WIDTH}\"/>",
            y + 18.0,
            lane.name(),
            y + ROW - 3.0
        );
    }
    let start = spans.first().map_or(0, |s| s.from);
    let (mut x, mut before) = (LEFT, None::<f64>);
    let floor = height - 20.0;
    for span in spans {
        let width = weight(span) / total * (WIDTH - LEFT - 2.0);
        let y = row(span.lane);
        if let Some(previous) = before {
            let _ =
                write!(svg, "<path class=\"hop\" d=\"M{x:.1} {}V{}\"/>", previous + 14.0, y + 14.0);
        }
        let text = length(span.to - span.from.min(span.to));
        let _ = write!(
            svg,
            "<rect class=\"{}\" x=\"{:.1}\" y=\"{y}\" width=\"{:.1}\" height=\"26\" rx=\"5\"/>\
             <text class=\"inside\" x=\"{:.1}\" y=\"{}\">{text}</text>\
             <path class=\"grid\" d=\"M{x:.1} {floor}V{}\"/><text class=\"tick small\" x=\"{:.1}\" y=\"{}\">{}</text>",
            span.lane.class(),
            x + 1.0,
            (width - 2.0).max(2.0),
            x + width / 2.0,
            y + 18.0,
            floor - 6.0,
            x,
            floor + 13.0,
            length(span.from - start)
        );
        before = Some(y);
        x += width;
    }
    let end = spans.last().map_or(0, |s| s.to);
    let _ = write!(
        svg,
        "<text class=\"tick small\" text-anchor=\"end\" x=\"{WIDTH}\" y=\"{}\">{} (widths are logarithmic)</text></svg>",
        floor + 13.0,
        length(end - start.min(end))
    );
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        assert_eq!(length(12), "12 ns");
        assert_eq!(length(1_500), "1.5 µs");
        assert_eq!(length(2_340_000), "2.34 ms");
        assert_eq!(length(60_000_000_000), "60.00 s");
    }

    #[test]
    fn lanes_in_use_only() {
        let spans = [
            Span { lane: Lane::Software, from: 5, to: 2_000 },
            Span { lane: Lane::Engine, from: 2_000, to: 9_000_000 },
        ];
        let svg = render(&spans);
        assert!(svg.contains("software") && svg.contains("class=\"engine\""));
        assert!(!svg.contains("TIME_WAIT"));
        assert!(render(&[]).ends_with("</svg>"));
    }
}

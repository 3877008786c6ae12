// SPDX-License-Identifier: Apache-2.0
//! Plots as inline SVG. Colours come from the page's style sheet by class, so that one drawing serves light and dark.

use std::fmt::Write;

/// What an axis measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nanoseconds.
    Time,
    /// Bytes.
    Bytes,
}

/// A range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// Least value shown.
    pub min: f64,
    /// Largest value shown.
    pub max: f64,
    /// Its unit.
    pub unit: Unit,
}

impl Axis {
    /// An axis; never empty.
    #[must_use]
    pub fn new(min: f64, max: f64, unit: Unit) -> Self {
        Self { min, max: if max > min { max } else { min + 1.0 }, unit }
    }

    /// Distance of round values, about `count` of them in a range of this length.
    #[must_use]
    pub fn step(&self, length: f64, count: f64) -> f64 {
        let rough = (length / count.max(1.0)).max(1e-9);
        match self.unit {
            Unit::Bytes => 2f64.powf(rough.log2().ceil()).max(1.0),
            Unit::Time => {
                let power = 10f64.powf(rough.log10().floor());
                let lead = rough / power;
                let nice = [1.0, 2.0, 5.0].into_iter().find(|n| lead <= *n).unwrap_or(10.0);
                nice * power
            }
        }
    }

    /// The multiples of `step` from `from` to `to`.
    #[must_use]
    pub fn multiples(from: f64, to: f64, step: f64) -> Vec<f64> {
        let mut ticks = Vec::new();
        let mut value = (from / step).ceil() * step;
        while value <= to + step * 1e-6 && ticks.len() < 64 {
            ticks.push(value);
            value += step;
        }
        ticks
    }

    /// A multiple of `step` in words.
    #[must_use]
    pub fn label(&self, value: f64, step: f64) -> String {
        let (scale, name) = self.scale();
        let resolution = step / scale;
        let digits = [1.0, 0.1, 0.01, 0.001, 1e-4, 1e-5]
            .into_iter()
            .position(|d| resolution > d * 0.999)
            .unwrap_or(6);
        let text = format!("{:.digits$}", value / scale);
        let text =
            if digits > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        format!("{text} {name}")
    }

    /// Divisor and name of the unit that suits the largest value.
    #[must_use]
    pub fn scale(&self) -> (f64, &'static str) {
        match self.unit {
            Unit::Time if self.max >= 3e10 => (1e9, "s"),
            Unit::Time if self.max >= 2e6 => (1e6, "ms"),
            Unit::Time => (1e3, "µs"),
            Unit::Bytes if self.max >= 1_048_576.0 => (1_048_576.0, "MiB"),
            Unit::Bytes if self.max >= 2048.0 => (1024.0, "KiB"),
            Unit::Bytes => (1.0, "B"),
        }
    }
}

/// Times in which nothing happened: they are drawn narrow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pauses {
    /// From, to; in order.
    list: Vec<(f64, f64)>,
    /// How much of each is drawn.
    keep: f64,
}

/// A pause is at least this part of the time in which something happens …
const PAUSE: f64 = 0.08;
/// … and is drawn as if it were this part of it.
const KEEP: f64 = 0.028;

impl Pauses {
    /// The pauses between these times, which are in order.
    #[must_use]
    pub fn between(times: &[f64]) -> Self {
        let whole = times.last().unwrap_or(&0.0) - times.first().unwrap_or(&0.0);
        let gaps = || times.windows(2).map(|w| (w[0], w[1]));
        // What counts as activity shrinks with each pause found, and with it what counts as a pause.
        let mut active = whole;
        for _ in 0..16 {
            let paused: f64 = gaps().map(|(a, b)| b - a).filter(|gap| *gap > active * PAUSE).sum();
            let left = (whole - paused).max(whole * 1e-4);
            if left >= active {
                break;
            }
            active = left;
        }
        let list = gaps().filter(|(a, b)| b - a > active * PAUSE).collect();
        Self { list, keep: active * KEEP }
    }

    /// Where a time is drawn.
    fn place(&self, time: f64) -> f64 {
        let mut cut = 0.0;
        for (from, to) in &self.list {
            if time <= *from {
                break;
            }
            let part = ((time - from) / (to - from)).min(1.0);
            cut += part * (to - from - self.keep).max(0.0);
        }
        time - cut
    }
}

/// Room around the drawing.
const LEFT: f64 = 74.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 30.0;
/// Points nearer than this to each other are one.
const GRAIN: f64 = 0.4;

/// A plot under construction.
#[derive(Clone, Debug)]
pub struct Plot {
    width: f64,
    height: f64,
    x: Axis,
    y: Axis,
    pauses: Pauses,
    body: String,
}

impl Plot {
    /// An empty plot of this size in CSS pixels.
    #[must_use]
    pub fn new(width: f64, height: f64, x: Axis, y: Axis) -> Self {
        Self { width, height, x, y, pauses: Pauses::default(), body: String::new() }
    }

    /// The same, with pauses drawn narrow.
    #[must_use]
    pub fn with_pauses(mut self, pauses: &Pauses) -> Self {
        self.pauses = pauses.clone();
        self
    }

    fn px(&self, x: f64) -> f64 {
        let (from, to) = (self.pauses.place(self.x.min), self.pauses.place(self.x.max));
        let part = (self.pauses.place(x) - from) / (to - from);
        LEFT + part.clamp(0.0, 1.0) * (self.width - LEFT - RIGHT)
    }

    fn py(&self, y: f64) -> f64 {
        let part = (y - self.y.min) / (self.y.max - self.y.min);
        self.height - BOTTOM - part.clamp(0.0, 1.0) * (self.height - TOP - BOTTOM)
    }

    fn visible(&self, x: f64) -> bool {
        x >= self.x.min && x <= self.x.max
    }

    fn path(&mut self, class: &str, d: &str) {
        if !d.is_empty() {
            let _ = write!(self.body, "<path class=\"{class}\" d=\"{d}\"/>");
        }
    }

    /// Vertical bars: at `x` from `low` to `high`. Neighbours that touch become one.
    pub fn bars(&mut self, class: &str, bars: impl IntoIterator<Item = (f64, f64, f64)>) {
        let mut d = String::new();
        let mut current: Option<(f64, f64, f64)> = None;
        let flush = |d: &mut String, bar: Option<(f64, f64, f64)>, least: f64| {
            if let Some((x, low, high)) = bar {
                // A bar too small to see is drawn as a dot.
                let high = if low - high < least { low - least } else { high };
                let _ = write!(d, "M{x:.1} {low:.1}V{high:.1}");
            }
        };
        for (x, low, high) in bars {
            if !self.visible(x) || high < self.y.min || low > self.y.max {
                continue;
            }
            let (x, low, high) = (self.px(x), self.py(low), self.py(high));
            match &mut current {
                Some((cx, clow, chigh))
                    if (x - *cx).abs() < GRAIN && low <= *clow + 1.0 && low >= *chigh - 1.0 =>
                {
                    *chigh = chigh.min(high);
                    *clow = clow.max(low);
                }
                _ => flush(&mut d, current.replace((x, low, high)), 1.2),
            }
        }
        flush(&mut d, current, 1.2);
        self.path(class, &d);
    }

    fn step_path(&self, points: impl IntoIterator<Item = (f64, f64)>) -> String {
        let mut d = String::new();
        // The value before the range begins is where the line starts.
        let mut before: Option<f64> = None;
        let mut last: Option<(f64, f64)> = None;
        // Within one column: extremes and where it ends.
        let mut column: Option<(f64, f64, f64, f64)> = None;
        let emit = |d: &mut String, last: &mut Option<(f64, f64)>, c: (f64, f64, f64, f64)| {
            let (x, low, high, end) = c;
            match *last {
                None => {
                    let _ = write!(d, "M{x:.1} {end:.1}");
                }
                Some((_, y)) => {
                    let _ = write!(d, "H{x:.1}");
                    if (high - low).abs() > GRAIN && (low - y).abs() > GRAIN {
                        let _ = write!(d, "V{low:.1}");
                    }
                    if (high - low).abs() > GRAIN && (high - y).abs() > GRAIN {
                        let _ = write!(d, "V{high:.1}");
                    }
                    let _ = write!(d, "V{end:.1}");
                }
            }
            *last = Some((x, end));
        };
        for (x, y) in points {
            if x < self.x.min {
                before = Some(y);
                continue;
            }
            if x > self.x.max {
                break;
            }
            if let Some(y) = before.take() {
                let y = self.py(y);
                emit(&mut d, &mut last, (LEFT, y, y, y));
            }
            let (x, y) = (self.px(x), self.py(y));
            match &mut column {
                Some((cx, low, high, end)) if x - *cx < GRAIN => {
                    *low = low.max(y);
                    *high = high.min(y);
                    *end = y;
                }
                _ => {
                    if let Some(c) = column.replace((x, y, y, y)) {
                        emit(&mut d, &mut last, c);
                    }
                }
            }
        }
        if let Some(c) = column {
            emit(&mut d, &mut last, c);
        } else if let Some(y) = before {
            let y = self.py(y);
            emit(&mut d, &mut last, (LEFT, y, y, y));
        }
        if last.is_some() {
            let _ = write!(d, "H{:.1}", self.width - RIGHT);
        }
        d
    }

    /// A line of steps: each value holds until the next.
    pub fn steps(&mut self, class: &str, points: impl IntoIterator<Item = (f64, f64)>) {
        let d = self.step_path(points);
        self.path(class, &d);
    }

    /// The same, filled down to the axis.
    pub fn area(&mut self, class: &str, points: impl IntoIterator<Item = (f64, f64)>) {
        let d = self.step_path(points);
        let Some(rest) = d.strip_prefix('M') else { return };
        let start = rest.split(' ').next().unwrap_or("0").to_owned();
        let floor = self.height - BOTTOM;
        self.path(class, &format!("{d}V{floor:.1}H{start}Z"));
    }

    /// Dots.
    pub fn dots(&mut self, class: &str, points: impl IntoIterator<Item = (f64, f64)>) {
        let mut d = String::new();
        for (x, y) in points {
            if self.visible(x) && y >= self.y.min && y <= self.y.max {
                // A line of no length with round ends.
                let _ = write!(d, "M{:.1} {:.1}h0", self.px(x), self.py(y));
            }
        }
        self.path(class, &d);
    }

    /// A vertical line with a word at its top.
    pub fn mark(&mut self, class: &str, x: f64, text: &str) {
        if !self.visible(x) {
            return;
        }
        let at = self.px(x);
        let (floor, right) = (self.height - BOTTOM, at > self.width * 0.8);
        let (anchor, dx) = if right { ("end", -5.0) } else { ("start", 5.0) };
        let _ = write!(
            self.body,
            "<path class=\"{class}\" d=\"M{at:.1} {TOP}V{floor}\"/><text class=\"{class}\" x=\"{:.1}\" y=\"{}\" \
             text-anchor=\"{anchor}\">{text}</text>",
            at + dx,
            TOP + 11.0
        );
    }

    /// The SVG element. `title` is for those who cannot see it.
    #[must_use]
    pub fn render(&self, title: &str) -> String {
        let (w, h) = (self.width, self.height);
        let (right, floor) = (w - RIGHT, h - BOTTOM);
        let (xs, xu) = self.x.scale();
        let (ys, yu) = self.y.scale();
        let pauses: Vec<(f64, f64)> = self
            .pauses
            .list
            .iter()
            .copied()
            .filter(|(a, b)| *b > self.x.min && *a < self.x.max)
            .collect();
        // Where the scale of time bends: pixels and nanoseconds.
        let mut knots = vec![self.x.min];
        knots.extend(pauses.iter().flat_map(|(a, b)| [a.max(self.x.min), b.min(self.x.max)]));
        knots.push(self.x.max);
        let bends: Vec<String> =
            knots.iter().map(|t| format!("{:.1} {t:.0}", self.px(*t))).collect();
        let mut svg = format!(
            "<svg class=\"plot\" viewBox=\"0 0 {w} {h}\" role=\"img\" data-x=\"{} {xs} {xu}\" \
             data-y=\"{} {} {ys} {yu}\" data-box=\"{LEFT} {right} {TOP} {floor}\"><title>{title}</title>",
            bends.join(" "),
            self.y.min,
            self.y.max
        );
        let mut grid = String::new();
        let step = self.y.step(self.y.max - self.y.min, (h / 55.0).max(2.0));
        for tick in Axis::multiples(self.y.min, self.y.max, step) {
            let y = self.py(tick);
            let _ = write!(grid, "M{LEFT} {y:.1}H{right}");
            let _ = write!(
                svg,
                "<text class=\"tick\" text-anchor=\"end\" x=\"{}\" y=\"{:.1}\">{}</text>",
                LEFT - 8.0,
                y + 4.0,
                self.y.label(tick, step)
            );
        }
        let drawn = self.pauses.place(self.x.max) - self.pauses.place(self.x.min);
        let step = self.x.step(drawn, w / 110.0);
        let mut free = LEFT - 40.0;
        for chunk in knots.chunks(2) {
            let [from, to] = chunk else { continue };
            for tick in Axis::multiples(*from, *to, step) {
                let x = self.px(tick);
                let _ = write!(grid, "M{x:.1} {TOP}V{floor}");
                if x - free < 30.0 {
                    continue;
                }
                free = x + 34.0;
                let _ = write!(
                    svg,
                    "<text class=\"tick\" text-anchor=\"middle\" x=\"{x:.1}\" y=\"{}\">{}</text>",
                    floor + 18.0,
                    self.x.label(tick, step)
                );
            }
        }
        for (from, to) in pauses {
            let (x0, x1) = (self.px(from), self.px(to));
            let middle = f64::midpoint(x0, x1);
            let _ = write!(
                svg,
                "<rect class=\"pause\" x=\"{x0:.1}\" y=\"{TOP}\" width=\"{:.1}\" height=\"{:.1}\"/>\
                 <text class=\"pause\" transform=\"translate({:.1} {:.1}) rotate(-90)\">{} pass</text>",
                x1 - x0,
                floor - TOP,
                middle + 4.0,
                f64::midpoint(floor, TOP),
                Axis::new(0.0, to - from, Unit::Time).label(to - from, (to - from) / 30.0)
            );
        }
        let _ = write!(svg, "<path class=\"grid\" d=\"{grid}\"/>{}</svg>", self.body);
        svg
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        let bytes = Axis::new(0.0, 4_194_304.0, Unit::Bytes);
        let step = bytes.step(4_194_304.0, 4.0);
        assert_eq!(step, 1_048_576.0);
        assert_eq!(Axis::multiples(0.0, 4_194_304.0, step).len(), 5);
        assert_eq!(bytes.label(1_048_576.0, step), "1 MiB");
        assert_eq!(bytes.label(1_572_864.0, step / 2.0), "1.5 MiB");
        let time = Axis::new(0.0, 9.3e6, Unit::Time);
        let step = time.step(9.3e6, 5.0);
        assert_eq!(Axis::multiples(0.0, 9.3e6, step), [0.0, 2e6, 4e6, 6e6, 8e6]);
        assert_eq!(time.label(2e6, step), "2 ms");
        let long = Axis::new(0.0, 120e9, Unit::Time);
        assert_eq!(long.label(10.0925e9, 5e5), "10.0925 s");
    }

    #[test]
    fn pauses_are_narrow() {
        let times: Vec<f64> =
            (0..100).map(f64::from).chain((0..100).map(|i| 10_000.0 + f64::from(i))).collect();
        let pauses = Pauses::between(&times);
        assert_eq!(pauses.list, [(99.0, 10_000.0)]);
        assert_eq!(pauses.place(50.0), 50.0);
        assert!(pauses.place(10_000.0) < 110.0);
        assert!(pauses.place(10_050.0) - pauses.place(10_000.0) > 49.9);
        let steady: Vec<f64> = (0..100).map(f64::from).collect();
        assert_eq!(Pauses::between(&steady).list, []);
        assert_eq!(Pauses::between(&[]).list, []);
    }

    #[test]
    fn empty_plots_are_plots() {
        let axis = Axis::new(0.0, 0.0, Unit::Bytes);
        let mut plot = Plot::new(400.0, 200.0, axis, axis);
        plot.bars("a", []);
        plot.steps("b", []);
        plot.area("c", []);
        assert!(plot.render("nothing").starts_with("<svg"));
    }

    #[test]
    fn many_points_make_a_small_drawing() {
        let axis = Axis::new(0.0, 1e6, Unit::Time);
        let mut plot = Plot::new(800.0, 300.0, axis, Axis::new(0.0, 1e6, Unit::Bytes));
        let points = |i: u32| (f64::from(i), f64::from(i % 1000) * 1000.0);
        plot.steps("s", (0..1_000_000).map(points));
        plot.bars("b", (0..1_000_000).map(|i| (f64::from(i), f64::from(i), f64::from(i + 1))));
        let size = plot.render("many").len();
        assert!(size < 200_000, "{size} bytes");
    }
}

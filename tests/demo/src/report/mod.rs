// SPDX-License-Identifier: Apache-2.0
//! The report: one HTML page without anything outside it. Plots are drawn from the capture; what the page adds of the
//! program's own knowledge is who owned the session when.

mod ladder;
mod lanes;

use std::fmt::Write;

use crate::flow::{Flow, Half, Kind};
use crate::plot::{Axis, Pauses, Plot, Unit};

pub use ladder::{Rung, ladder};
pub use lanes::{Lane, Span};

/// Width of the plots, CSS pixels.
const WIDTH: f64 = 1080.0;

/// One phase.
#[derive(Clone, Debug)]
pub struct Phase {
    /// Heading.
    pub title: String,
    /// One sentence under it.
    pub text: String,
    /// What was on the wire.
    pub flow: Flow,
    /// Plots end here: nanoseconds of the world.
    pub until: u64,
    /// Who owned the session.
    pub spans: Vec<Span>,
}

/// A number to show large.
#[derive(Clone, Debug)]
pub struct Tile {
    /// The number.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// What it is.
    pub label: String,
}

/// Everything on the page.
#[derive(Clone, Debug)]
pub struct Report {
    /// Facts about the run, shown under the title.
    pub facts: Vec<String>,
    /// What was checked, and whether it held.
    pub checks: Vec<(String, bool)>,
    /// Large numbers.
    pub tiles: Vec<Tile>,
    /// The first packets.
    pub opening: Vec<Rung>,
    /// Phases.
    pub phases: Vec<Phase>,
    /// The last packets.
    pub closing: Vec<Rung>,
    /// The table: headings, then rows.
    pub table: (Vec<String>, Vec<Vec<String>>),
    /// How to get this page again.
    pub command: String,
}

/// Text as HTML.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Report {
    /// The page.
    #[must_use]
    pub fn html(&self) -> String {
        let mut body = String::new();
        let good = self.checks.iter().all(|(_, good)| *good);
        let (class, verdict) =
            if good { ("good", "all checks passed") } else { ("bad", "a check failed") };
        let facts: Vec<String> =
            self.facts.iter().map(|f| format!("<li>{}</li>", escape(f))).collect();
        let _ = write!(
            body,
            "<header><p class=\"brand\">OpenTOE</p><h1>A TCP session, carried by the engine</h1>\
             <p class=\"pill {class}\">{verdict}</p><ul class=\"facts\">{}</ul></header><section class=\"tiles\">",
            facts.concat()
        );
        for tile in &self.tiles {
            let _ = write!(
                body,
                "<div class=\"tile\"><b>{}<small>{}</small></b><span>{}</span></div>",
                escape(&tile.value),
                escape(&tile.unit),
                escape(&tile.label)
            );
        }
        body.push_str("</section>");
        section(
            &mut body,
            "Setting up, and handing over",
            "Address resolution and handshake are the host stack’s. Once the session is established, its state goes to the \
             engine; from then on the engine sends and receives.",
        );
        figure(&mut body, "First packets", &[], &ladder(&self.opening));
        body.push_str("</section>");
        for phase in &self.phases {
            phase.write(&mut body);
        }
        section(
            &mut body,
            "Closing, and what answers afterwards",
            "We close first, so TIME_WAIT is ours. The wire loses the acknowledgement of the peer’s FIN; the peer sends its \
             FIN again, and the engine’s TIME_WAIT table answers: the session itself has left its slot by then.",
        );
        figure(&mut body, "Last packets", &[], &ladder(&self.closing));
        body.push_str("</section>");
        self.write_table(&mut body);
        include_str!("page.html").replace("<!--body-->", &body)
    }

    fn write_table(&self, body: &mut String) {
        section(body, "Figures", "");
        body.push_str("<div class=\"card scroll\"><table><thead><tr>");
        for heading in &self.table.0 {
            let _ = write!(body, "<th>{}</th>", escape(heading));
        }
        body.push_str("</tr></thead><tbody>");
        for row in &self.table.1 {
            body.push_str("<tr>");
            for cell in row {
                let _ = write!(body, "<td>{}</td>", escape(cell));
            }
            body.push_str("</tr>");
        }
        body.push_str("</tbody></table></div><ul class=\"checks\">");
        for (what, good) in &self.checks {
            let class = if *good { "good" } else { "bad" };
            let _ = write!(body, "<li class=\"{class}\">{}</li>", escape(what));
        }
        let _ = write!(
            body,
            "</ul><p class=\"note\">Plots are drawn from <code>capture.pcapng</code> beside this page, as seen at the engine’s \
             MAC: what it sent, and what reached it. Time is the world’s, which is virtual. The same seed gives the same \
             page: <code>{}</code></p></section>",
            escape(&self.command)
        );
    }
}

fn section(body: &mut String, title: &str, text: &str) {
    let _ = write!(body, "<section><h2>{}</h2>", escape(title));
    if !text.is_empty() {
        let _ = write!(body, "<p class=\"lead\">{}</p>", escape(text));
    }
}

fn figure(body: &mut String, title: &str, legend: &[(&str, &str)], drawing: &str) {
    let _ = write!(body, "<figure class=\"card\"><figcaption><b>{}</b>", escape(title));
    for (class, text) in legend {
        let _ = write!(body, "<span class=\"key {class}\">{}</span>", escape(text));
    }
    let _ = write!(body, "</figcaption><div class=\"scroll\">{drawing}</div></figure>");
}

#[allow(clippy::cast_precision_loss)] // plots need no more than 53 bits
const fn float(value: u64) -> f64 {
    value as f64
}

impl Phase {
    fn write(&self, body: &mut String) {
        section(body, &self.title, &self.text);
        figure(body, "Who owns the session", &[], &lanes::render(&self.spans));
        let whole = (self.flow.first, self.until);
        let pauses = &self.pauses();
        let legend = [
            ("new", "data, first time"),
            ("again", "data, sent again"),
            ("ack", "acknowledged"),
            ("edge", "edge of the window"),
        ];
        let arriving = [
            ("new", "data, first time"),
            ("again", "data that fills a hole or comes twice"),
            ("ack", "acknowledged"),
            ("edge", "edge of the window"),
        ];
        figure(
            body,
            "Time and sequence, engine to peer",
            &legend,
            &self.sequence(&self.flow.to_peer, whole, pauses, 340.0, "to the peer"),
        );
        figure(
            body,
            "Time and sequence, peer to engine",
            &arriving,
            &self.sequence(&self.flow.from_peer, whole, pauses, 340.0, "from the peer"),
        );
        figure(
            body,
            "Bytes in flight to the peer, and its window",
            &[("flight", "in flight"), ("edge", "window that the peer offers")],
            &self.flight(&self.flow.to_peer, whole, pauses),
        );
        if let Some(part) = recovery(&self.flow.to_peer) {
            figure(
                body,
                "A loss, from near: engine to peer",
                &[
                    ("new", "data, first time"),
                    ("again", "data, sent again"),
                    ("ack", "acknowledged"),
                    ("sack", "selectively acknowledged"),
                    ("edge", "edge of the window"),
                ],
                &self.sequence(&self.flow.to_peer, part, pauses, 400.0, "around a retransmission"),
            );
        }
        body.push_str("</section>");
    }

    /// Time relative to the start of the connection.
    fn at(&self, time: u64) -> f64 {
        float(time) - float(self.flow.first)
    }

    /// When nothing was on the wire.
    fn pauses(&self) -> Pauses {
        let halves = [&self.flow.to_peer, &self.flow.from_peer];
        let data = halves.iter().flat_map(|h| h.data.iter().map(|d| d.time));
        let acks = halves.iter().flat_map(|h| h.acks.iter().map(|a| a.time));
        let mut times: Vec<u64> = data.chain(acks).filter(|t| *t <= self.until).collect();
        times.extend([self.flow.first, self.until]);
        times.sort_unstable();
        let times: Vec<f64> = times.into_iter().map(|t| self.at(t)).collect();
        Pauses::between(&times)
    }

    fn sequence(
        &self,
        half: &Half,
        (from, to): (u64, u64),
        pauses: &Pauses,
        height: f64,
        title: &str,
    ) -> String {
        let shown = half.data.iter().filter(|d| (from..=to).contains(&d.time));
        let all = from <= self.flow.first;
        let low = if all { 0 } else { shown.clone().map(|d| d.start).min().unwrap_or(0) };
        let high = shown.map(|d| d.end).max().unwrap_or(half.bytes());
        let room = float(high - low.min(high)) * 0.04;
        let bottom = if all { 0.0 } else { float(low) - room };
        let mut plot = Plot::new(
            WIDTH,
            height,
            Axis::new(self.at(from), self.at(to), Unit::Time),
            Axis::new(bottom, float(high) + room, Unit::Bytes),
        )
        .with_pauses(pauses);
        plot.steps("edge", half.acks.iter().map(|a| (self.at(a.time), float(a.edge))));
        plot.steps("ack", half.acks.iter().map(|a| (self.at(a.time), float(a.ack))));
        if !all {
            let sacks = half.sacks.iter();
            plot.bars("sack", sacks.map(|s| (self.at(s.time), float(s.start), float(s.end))));
        }
        let bars = |kind: Kind| {
            half.data
                .iter()
                .filter(move |d| d.kind == kind)
                .map(|d| (self.at(d.time), float(d.start), float(d.end)))
        };
        plot.bars(if all { "new" } else { "new near" }, bars(Kind::New));
        plot.bars(if all { "again" } else { "again near" }, bars(Kind::Again));
        if all {
            let again = half.data.iter().filter(|d| d.kind == Kind::Again);
            plot.dots("again", again.map(|d| (self.at(d.time), float(d.start))));
        }
        plot.render(title)
    }

    fn flight(&self, half: &Half, (from, to): (u64, u64), pauses: &Pauses) -> String {
        let window = || half.acks.iter().map(|a| (self.at(a.time), float(a.edge - a.ack)));
        let most = half
            .flight
            .iter()
            .map(|f| f.1)
            .chain(half.acks.iter().map(|a| a.edge - a.ack))
            .max()
            .unwrap_or(1);
        let mut plot = Plot::new(
            WIDTH,
            220.0,
            Axis::new(self.at(from), self.at(to), Unit::Time),
            Axis::new(0.0, float(most) * 1.06, Unit::Bytes),
        )
        .with_pauses(pauses);
        plot.area("flight", half.flight.iter().map(|f| (self.at(f.0), float(f.1))));
        plot.steps("edge", window());
        plot.render("bytes in flight")
    }
}

/// The part of the connection around the retransmission that was repaired soonest: without waiting for a timer, if there
/// is such a one.
fn recovery(half: &Half) -> Option<(u64, u64)> {
    let mut best: Option<(u64, u64)> = None;
    for again in half.data.iter().filter(|d| d.kind == Kind::Again) {
        let hole = again.start;
        // Data is in order of time, acknowledgements too, and both cover more and more.
        let sent = half.data.iter().find(|d| d.start <= hole && hole < d.end).map(|d| d.time);
        let after = half.acks.partition_point(|a| a.time < again.time);
        let filled = half.acks[after..].iter().find(|a| a.ack > hole).map(|a| a.time);
        let (Some(sent), Some(filled)) = (sent, filled) else { continue };
        if best.is_none_or(|(from, to)| filled - sent < to - from) {
            best = Some((sent, filled));
        }
    }
    let (sent, filled) = best?;
    let span = (filled - sent).max(1_000);
    Some((sent.saturating_sub(span / 5), filled + span / 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside() {
        let report = Report {
            facts: vec!["<seed> & \"more\"".into()],
            checks: vec![("it works".into(), true)],
            tiles: vec![],
            opening: vec![],
            phases: vec![],
            closing: vec![],
            table: (vec!["a".into()], vec![vec!["b".into()]]),
            command: "make demo".into(),
        };
        let html = report.html();
        for outside in ["http://", "https://", "src=", "@import", "url("] {
            assert!(!html.contains(outside), "{outside}");
        }
        assert!(html.contains("&lt;seed&gt; &amp; &quot;more&quot;"));
        assert!(html.contains("all checks passed"));
    }
}

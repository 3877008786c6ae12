// SPDX-License-Identifier: Apache-2.0
//! Packets between two stations, one below the other.

use std::fmt::Write;

use super::escape;
use super::lanes::length;

/// One packet, or something that happened at our end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rung {
    /// When, nanoseconds of the world.
    pub time: u64,
    /// Sent by us (`Some(true)`), by the peer (`Some(false)`), or an event at our end.
    pub outbound: Option<bool>,
    /// What it is.
    pub text: String,
    /// Who made it, for its colour: a class of the page.
    pub class: &'static str,
    /// It did not arrive.
    pub lost: bool,
}

const WIDTH: f64 = 1080.0;
const US: f64 = 400.0;
const PEER: f64 = 900.0;
const ROW: f64 = 34.0;

/// The drawing.
#[must_use]
pub fn ladder(rungs: &[Rung]) -> String {
    let count = f64::from(u32::try_from(rungs.len()).unwrap_or(0));
    let height = 48.0 + ROW * count;
    let mut svg = format!(
        "<svg class=\"ladder\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\"><title>packets in order</title>\
         <text class=\"head\" x=\"{US}\" y=\"16\">OpenTOE</text><text class=\"head\" x=\"{PEER}\" y=\"16\">peer</text>\
         <path class=\"life\" d=\"M{US} 26V{height}M{PEER} 26V{height}\"/>"
    );
    let start = rungs.first().map_or(0, |r| r.time);
    let mut y = 50.0;
    for rung in rungs {
        let class = rung.class;
        let _ = write!(
            svg,
            "<text class=\"tick\" text-anchor=\"end\" x=\"100\" y=\"{}\">{}</text>",
            y + 4.0,
            length(rung.time - start.min(rung.time))
        );
        let text = escape(&rung.text);
        match rung.outbound {
            None => {
                let _ = write!(
                    svg,
                    "<circle class=\"{class}\" cx=\"{US}\" cy=\"{y}\" r=\"5\"/>\
                     <text class=\"event {class}\" text-anchor=\"end\" x=\"{}\" y=\"{}\">{text}</text>",
                    US - 14.0,
                    y + 4.0
                );
            }
            Some(out) => {
                let (from, to) = if out { (US + 6.0, PEER - 6.0) } else { (PEER - 6.0, US + 6.0) };
                let to = if rung.lost { from + (to - from) * 0.72 } else { to };
                let head = if out { -9.0 } else { 9.0 };
                let _ = write!(svg, "<path class=\"wire {class}\" d=\"M{from} {y}H{to}");
                if rung.lost {
                    let _ = write!(svg, "M{} {}l12 12m0 -12l-12 12", to - 6.0, y - 6.0);
                } else {
                    let _ = write!(svg, "m{head} -5L{to} {y}l{head} 5");
                }
                let note = if rung.lost { " (lost on the wire)" } else { "" };
                let _ = write!(
                    svg,
                    "\"/><text class=\"label\" x=\"{}\" y=\"{}\">{text}{note}</text>",
                    f64::midpoint(US, PEER),
                    y - 7.0
                );
            }
        }
        y += ROW;
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_packets_say_so() {
        let rung = |lost| Rung {
            time: 5,
            outbound: Some(true),
            text: "ACK <1>".into(),
            class: "engine",
            lost,
        };
        assert!(ladder(&[rung(true)]).contains("lost on the wire"));
        let arrived = ladder(&[rung(false)]);
        assert!(!arrived.contains("lost") && arrived.contains("ACK &lt;1&gt;"));
    }
}

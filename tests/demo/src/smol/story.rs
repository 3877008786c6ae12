// SPDX-License-Identifier: Apache-2.0
//! The first and the last packets of the demonstration, for its ladders.

use crate::capture::{Packet, Segment};
use crate::flow::Flow;
use crate::report::{Lane, Rung};

use super::bench::Outcome;

/// Packets shown after the hand-over.
const AFTER: usize = 3;
/// Packets shown at most.
const MOST: usize = 18;

/// Sequence numbers of a flow counted from its SYNs.
struct Base {
    ours: u32,
    theirs: u32,
}

impl Base {
    fn of(packets: &[Packet], flow: &Flow) -> Self {
        let mut base = Self { ours: 0, theirs: 0 };
        for s in segments(packets, flow).filter(|s| s.syn) {
            if s.outbound {
                base.ours = s.seq;
            } else {
                base.theirs = s.seq;
            }
        }
        base
    }

    fn text(&self, s: &Segment) -> String {
        let (own, other) =
            if s.outbound { (self.ours, self.theirs) } else { (self.theirs, self.ours) };
        let mut parts = Vec::new();
        if s.syn {
            parts.push("SYN".to_owned());
        }
        if s.rst {
            parts.push("RST".to_owned());
        }
        if s.len > 0 {
            let start = s.seq.wrapping_sub(own).wrapping_sub(1);
            parts.push(format!("data {start} to {}", start.wrapping_add(s.len)));
        }
        if s.fin {
            parts.push("FIN".to_owned());
        }
        if let Some(ack) = s.ack {
            let ack = ack.wrapping_sub(other);
            if s.syn || ack == 0 {
                parts.push("ACK".to_owned());
            } else {
                parts.push(format!("ACK {}", ack - 1));
            }
        }
        parts.join(", ")
    }
}

fn segments<'a>(packets: &'a [Packet], flow: &'a Flow) -> impl Iterator<Item = &'a Segment> {
    packets.iter().filter_map(move |p| match p {
        Packet::Tcp(s) if s.local == flow.local && s.remote == flow.remote => Some(s),
        _ => None,
    })
}

fn event(time: u64, text: &str, class: &'static str) -> Rung {
    Rung { time, outbound: None, text: text.to_owned(), class, lost: false }
}

/// From the first ARP request to the engine's first segments.
pub(super) fn opening(packets: &[Packet], flow: &Flow, outcome: &Outcome) -> Vec<Rung> {
    let base = Base::of(packets, flow);
    let frozen = outcome.spans.iter().find(|s| s.lane == Lane::Transit).map(|s| s.from);
    let owned = outcome.spans.iter().find(|s| s.lane == Lane::Engine).map(|s| s.from);
    let mut rungs = Vec::new();
    let mut after = 0;
    for packet in packets {
        let (time, outbound, text) = match packet {
            Packet::Arp { time, outbound, request, announcement } => {
                let text = match (announcement, request) {
                    (true, _) => "ARP: this address is mine",
                    (false, true) => "ARP: who has this address?",
                    (false, false) => "ARP: I have it",
                };
                (*time, *outbound, text.to_owned())
            }
            Packet::Tcp(s) if s.local == flow.local && s.remote == flow.remote => {
                (s.time, s.outbound, base.text(s))
            }
            _ => continue,
        };
        let engine = owned.is_some_and(|at| time >= at);
        if engine {
            after += 1;
        }
        if after > AFTER || rungs.len() >= MOST {
            break;
        }
        let class = match (outbound, engine) {
            (false, _) => "peer",
            (true, false) => "software",
            (true, true) => "engine",
        };
        rungs.push(Rung { time, outbound: Some(outbound), text, class, lost: false });
    }
    if let Some(at) = frozen {
        rungs.push(event(at, "software freezes the session", "software"));
    }
    if let Some(at) = owned {
        rungs.push(event(at, "the engine owns it", "engine"));
    }
    rungs.sort_by_key(|r| r.time);
    rungs
}

/// From the first FIN to the end of TIME_WAIT.
pub(super) fn closing(
    packets: &[Packet],
    flow: &Flow,
    outcome: &Outcome,
    expired: Option<u64>,
) -> Vec<Rung> {
    let base = Base::of(packets, flow);
    let first = flow.to_peer.fins.first().or(flow.from_peer.fins.first()).copied();
    let Some(first) = first else { return Vec::new() };
    let fin_end = segments(packets, flow).find(|s| s.fin && !s.outbound).map(Segment::end);
    let mut fins = 0;
    let mut rungs: Vec<Rung> = segments(packets, flow)
        .filter(|s| s.time >= first)
        .take(MOST)
        .map(|s| {
            let answer = s.outbound && s.ack.is_some() && s.ack == fin_end;
            fins += u32::from(s.fin && !s.outbound);
            let class = match s.outbound {
                false => "peer",
                true if s.time > outcome.ended => "timewait",
                true => "engine",
            };
            let lost = answer && fins < 2;
            Rung { time: s.time, outbound: Some(s.outbound), text: base.text(s), class, lost }
        })
        .collect();
    rungs.push(event(outcome.ended, "record to TIME_WAIT, slot free", "timewait"));
    if let Some(at) = expired {
        rungs.push(event(at, "the record has expired", "timewait"));
    }
    rungs.sort_by_key(|r| r.time);
    rungs
}

/// The capture shows the peer's FIN twice, and an acknowledgement after each.
pub(super) fn fin_answered(packets: &[Packet], flow: Option<&Flow>) -> bool {
    let Some(flow) = flow else { return false };
    let mut fins: u32 = 0;
    let mut fin_end = None;
    let mut answered: u32 = 0;
    for s in segments(packets, flow) {
        if s.fin && !s.outbound {
            fins += 1;
            fin_end = Some(s.end());
        } else if s.outbound && !s.rst && fins > answered && s.ack == fin_end {
            answered = fins;
        }
    }
    fins >= 2 && answered == fins && flow.resets == 0
}

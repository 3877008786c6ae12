// SPDX-License-Identifier: Apache-2.0
//! Payload bytes a cycle, beside what the bus allows.

use crate::figure::Figure;
use crate::progress;
use crate::rtl::fairness::fairness;
use toe_driver::Options;
use toe_testkit::crowd::{Around, Crowd, pcie};
use toe_testkit::rig::On;
use toe_testkit::station::Shape;

/// Which way the bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Tx,
    Rx,
    Duplex,
}

impl Way {
    /// In an order in which one crowd can do all three.
    const ALL: [Self; 3] = [Self::Tx, Self::Duplex, Self::Rx];

    const fn name(self) -> &'static str {
        match self {
            Self::Tx => "tx",
            Self::Rx => "rx",
            Self::Duplex => "duplex",
        }
    }
}

/// More than any run moves.
const ENDLESS: u32 = 1 << 31;

/// What was moved.
struct Rate {
    /// Payload bytes a cycle; for both ways at once the sum. Cycles by the world's time: an engine that waits for the wire
    /// does not run all of them.
    per_cycle: f64,
    /// How long, µs; it begins and ends with a whole one.
    window_us: f64,
    /// As a part of the rate: a segment more or less, and a microsecond at each end.
    resolution: f64,
}

/// From now on.
#[allow(clippy::cast_precision_loss)] // figures
fn rate(crowd: &mut Crowd, around: &Around, way: Way) -> Rate {
    if way == Way::Rx {
        crowd.send = 0; // what is written is sent
    } else {
        crowd.send = ENDLESS;
    }
    if way != Way::Tx {
        crowd.receive(ENDLESS);
    }
    let names = ["tcp_retransmit_segs", "rx_drop_overflow", "pipe_stall_cycles"];
    let sessions = crowd.members.len();
    // Slow start and the first round over all sessions, and what the last run has left.
    let few = sessions <= 16;
    let _warm = crowd.run(if few { 100_000 } else { 300_000 });
    let before = names.map(|name| crowd.rig.counter(name));
    // Long beside what the engine's buffers and the rings hold, whose level may differ at both ends.
    let moved = crowd.run(if few { 400_000 } else { 300_000 });
    crowd.check();
    let seen: Vec<_> =
        names.iter().zip(before).map(|(n, before)| (*n, crowd.rig.counter(n) - before)).collect();
    let cycles = moved.us as f64 * 1e6 / around.period_ps() as f64;
    let per_cycle = |bytes: u64| bytes as f64 / cycles;
    progress::note(&format!(
        "{way:?} x{sessions} {}: {:.2} tx, {:.2} rx of {:.2} B/cycle; {seen:?}",
        around.words(),
        per_cycle(moved.sent),
        per_cycle(moved.received),
        around.bus_bound()
    ));
    progress::step();
    let bytes = match way {
        Way::Tx => moved.sent,
        Way::Rx => moved.received,
        Way::Duplex => moved.sent + moved.received,
    };
    let window_us = moved.us as f64;
    let resolution = f64::from(around.shape.mss) / bytes.max(1) as f64 + 2.0 / window_us;
    Rate { per_cycle: per_cycle(bytes), window_us, resolution }
}

fn crowd(around: &Around, sessions: u32) -> Option<Crowd> {
    let options = Options { bmq_log2: 14, evq_log2: 14, ..Options::default() };
    Crowd::new(around, &options, sessions)
}

/// The send ring of one session holds much more than the window's worth of frames that stands in front of the engine when
/// both send at once, for acknowledgements wait behind them; and that window fits the engine's own buffer.
fn shape(mss: u16, sessions: u32) -> Shape {
    Shape {
        mss,
        ring_log2: if sessions == 1 { 20 } else { 14 },
        rx_ring_log2: (sessions == 1).then_some(18),
        timestamps: false,
        ..Shape::default()
    }
}

/// Send, receive and both at once, one session and a thousand.
pub fn bulk(on: On, figures: &mut Vec<Figure>) {
    let many = if on == On::Small { 64 } else { 1024 };
    for mss in [1460, 8960] {
        if on == On::Small && mss > 1460 {
            continue; // its frames end at 1,536 bytes
        }
        for sessions in [1, many] {
            let around = Around::unlimited(on, shape(mss, sessions));
            let Some(mut crowd) = crowd(&around, sessions) else { continue };
            let suffix = match sessions {
                1 => "",
                _ => "_1000s",
            };
            for way in Way::ALL {
                let bytes = rate(&mut crowd, &around, way).per_cycle;
                let bound = around.bus_bound() * if way == Way::Duplex { 2.0 } else { 1.0 };
                let count = match sessions {
                    1 => "1 session".to_owned(),
                    64 => "64 sessions: all that it holds".to_owned(),
                    _ => format!("{sessions} sessions"),
                };
                let [tx, rx] = [around.shape.ring_log2, around.shape.rx_log2()]
                    .map(|log2| (1_u32 << log2) / 1024);
                let config = format!("{}, {count}, rings {tx} and {rx} KiB", around.words());
                let name = format!("{}_bytes_per_cycle", way.name());
                figures.push(Figure::new(&name, &config, bytes, "B/cycle").bound(bound));
                let name = format!("{}_bound_fraction_{mss}{suffix}", way.name());
                figures.push(Figure::new(&name, &config, bytes / bound, "of bus").bound(0.9));
                if way == Way::Tx && sessions > 1 && mss == 1460 {
                    fairness(&mut crowd, &around, figures);
                    progress::step();
                }
            }
        }
    }
}

/// What twice the latency of host memory costs. Receive stands behind a MAC of three quarters of the bus (6 of 8 Gbit/s,
/// 100 of 128): at the rate of the bus it would be limited by drops in front of the engine. What is less than
/// a segment, and a microsecond at each end of the window, cannot be told from nothing.
pub fn latency_of_memory(on: On, figures: &mut Vec<Figure>) {
    let mac = if on == On::Small { 6_000 } else { 100_000 };
    for way in [Way::Rx, Way::Tx] {
        let at = |ns| {
            let mut around = Around { pcie: pcie(ns), ..Around::unlimited(on, shape(1460, 1)) };
            if way == Way::Rx {
                around.wire.to_device.bits_per_us = mac;
            }
            let mut crowd = crowd(&around, 1)?;
            Some(rate(&mut crowd, &around, way))
        };
        let (Some(half), Some(whole)) = (at(500), at(1000)) else { continue };
        let metric = format!("goodput_loss_pcie_1us_{}", way.name());
        let bound = if way == Way::Rx { 0.0 } else { 0.05 };
        let rate = match way {
            Way::Rx => format!("{} Gbit/s", mac / 1000),
            Way::Tx | Way::Duplex => "rate of the bus".to_owned(),
        };
        let window_us = half.window_us.min(whole.window_us);
        let loss = 1.0 - whole.per_cycle / half.per_cycle;
        let loss = if loss.abs() <= half.resolution { 0.0 } else { loss };
        let config = format!(
            "{on:?}, MSS 1460, 1 session, {rate}, 0.5 to 1 µs, to a segment and 2 of {window_us:.0} µs"
        );
        figures.push(Figure::new(&metric, config.to_lowercase(), loss, "fraction").bound(bound));
    }
}

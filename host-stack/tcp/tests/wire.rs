// SPDX-License-Identifier: Apache-2.0
//! Two cores against each other over a wire that loses, repeats and reorders: the stream that
//! arrives is the stream that was sent, both sides close, and nothing stalls.

mod common;

use common::{App, Open, Rng, Sim, Wire, app};
use proptest::prelude::*;
use toe_tcp::{CcAlgo, Config, Micros};

fn small() -> Config {
    Config { ts_offset: 0xffff_ff00, ..Config::default() }
}

#[test]
fn clean_wire_one_way() {
    let mut s = Sim::new(
        1,
        Open::Direct,
        [small(), small()],
        [app(1_000_000), app(0)],
        Wire::clean(1000),
        [0xffff_ff00, 5],
    );
    s.keep_log = true;
    s.run(60_000_000);
    s.check_complete();
    assert_eq!(s.ends[0].tcb.counters().retransmit_segs, 0);
    assert_eq!(s.ends[1].tcb.counters().retransmit_segs, 0);
}

#[derive(Clone)]
struct Case {
    seed: u64,
    open: Open,
    cfgs: [Config; 2],
    apps: [App; 2],
    wire: Wire,
    iss: [u32; 2],
}

/// On one line a member, and only what differs from the default.
impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { seed, open, cfgs, apps, wire, iss } = self;
        writeln!(f, "seed {seed} {open:?} iss {iss:?} {wire:?}")?;
        let default = format!("{:#?}", Config::default());
        for (cfg, app) in cfgs.iter().zip(apps) {
            let text = format!("{cfg:#?}");
            let lines = text.lines().zip(default.lines());
            let other: Vec<_> = lines.filter(|(a, b)| a != b).map(|(a, _)| a.trim()).collect();
            writeln!(f, "{} {app:?}", other.join(" "))?;
        }
        Ok(())
    }
}

fn config() -> impl Strategy<Value = Config> {
    let sizes = (
        prop::sample::select(vec![64_u16, 100, 536, 1220, 1460, 8960]),
        prop::sample::select(vec![256_u32, 4096, 65_536, 1 << 20]),
        prop::sample::select(vec![256_u32, 4096, 65_536, 1 << 20]),
    );
    let switches = prop::array::uniform8(any::<bool>());
    let rest = (any::<u32>(), 1..=4_u8, 1..=16_u8, prop::sample::select(vec![1_u8, 4, 44]));
    (sizes, switches, rest).prop_map(|((mss, rcv_ring, snd_ring), sw, (ts, ooo, sack, tso))| {
        let [window_scaling, timestamps, sack_on, ecn, nodelay, cubic, delack, keep] = sw;
        Config {
            mss,
            path_mss: mss,
            rcv_ring,
            snd_ring,
            window_scaling,
            timestamps,
            sack: sack_on,
            ecn,
            nodelay,
            ts_offset: ts,
            cc: match (cubic, keep) {
                (true, true) => CcAlgo::Dctcp,
                (true, false) => CcAlgo::Cubic,
                (false, _) => CcAlgo::NewReno,
            },
            delayed_ack: if delack { Micros::from_millis(40) } else { Micros::ZERO },
            keepalive: keep.then_some(Micros::from_secs(2)),
            ooo_intervals: ooo,
            sack_intervals: sack,
            tso_segments: tso,
            ..Config::default()
        }
    })
}

fn application() -> impl Strategy<Value = App> {
    (
        prop::sample::select(vec![0_u64, 1, 100, 3000, 40_000, 200_000]),
        prop::sample::select(vec![1_u64, 7, 100, 5000, 1 << 20]),
        prop::sample::select(vec![0_u64, 0, 0, 1000, 300_000]),
        prop::sample::select(vec![0_u64, 0, 0, 1000, 50_000]),
    )
        .prop_map(|(total, chunk, read_every, write_every)| App {
            // A slow application with tiny bites gets less to do.
            total: if read_every + write_every > 0 { total.min(chunk * 300) } else { total }
                .min(chunk * 20_000),
            chunk,
            read_every,
            write_every,
            close: true,
        })
}

fn case() -> impl Strategy<Value = Case> {
    let wire = (
        prop::sample::select(vec![0_u32, 5, 30, 150]),
        prop::sample::select(vec![0_u32, 20, 100]),
        prop::sample::select(vec![0_u32, 20, 200]),
        prop::sample::select(vec![10_u64, 1000, 30_000]),
        prop::sample::select(vec![0_u64, 500, 20_000]),
        prop::sample::select(vec![0_u32, 20]),
    )
        .prop_map(|(loss, dup, reorder, delay, jitter, ce)| Wire {
            loss,
            dup,
            reorder,
            delay,
            jitter,
            ce,
            bad_packets: 3000,
        });
    let open = prop::sample::select(vec![Open::Direct, Open::Cache, Open::Simultaneous]);
    let iss = prop::array::uniform2(prop_oneof![
        any::<u32>(),
        (0..300_000_u32).prop_map(|n| 0_u32.wrapping_sub(n)),
        (0..300_000_u32).prop_map(|n| 0x8000_0000_u32.wrapping_sub(n)),
    ]);
    (any::<u64>(), open, [config(), config()], [application(), application()], wire, iss).prop_map(
        |(seed, open, cfgs, mut apps, wire, iss)| {
            for side in 0..2 {
                // What a slow reader can read in some minutes.
                let reader = &apps[1 - side];
                let most = reader.chunk * if reader.read_every > 0 { 300 } else { 20_000 };
                apps[side].total = apps[side].total.min(most);
            }
            Case { seed, open, cfgs, apps, wire, iss }
        },
    )
}

fn run(c: &Case, freeze: u32) -> Sim {
    let mut s = Sim::new(c.seed, c.open, c.cfgs, c.apps.clone(), c.wire.clone(), c.iss);
    s.freeze = freeze;
    s.keep_log = true;
    // Days, because without timestamps a backed-off timeout of 60 s stays for as long as nothing new
    // is sent (Karn), and a receiver with one interval, taken, drops what is merely reordered.
    s.run(4 * 24 * 3600 * 1_000_000);
    s.check_complete();
    s
}

/// `PROPTEST_CASES` or 250. A failure prints its case; nothing is written to the tree.
fn cases() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(250);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn streams_arrive_whatever_the_wire_does(c in case()) {
        run(&c, 0);
    }

    #[test]
    fn freeze_and_thaw_at_any_point_change_nothing(c in case()) {
        run(&c, 100);
    }

    /// Not even what is sent: a run with freezes is the run without, segment by segment. Freezes
    /// draw no randomness here: they happen at every step.
    #[test]
    fn freeze_and_thaw_are_invisible_on_the_wire(mut c in case()) {
        // The limiter's count is not handed over: it must not matter here.
        c.cfgs.iter_mut().for_each(|cfg| cfg.challenge_per_second = 0);
        let mut a = Sim::new(c.seed, c.open, c.cfgs, c.apps.clone(), c.wire.clone(), c.iss);
        let mut b = a.clone();
        a.keep_log = true;
        b.keep_log = true;
        for _ in 0..3000 {
            if a.done() || b.done() {
                break;
            }
            a.step();
            b.refreeze(0);
            b.refreeze(1);
            b.step();
            prop_assert_eq!(a.now, b.now);
            prop_assert_eq!(a.log.last(), b.log.last());
        }
        prop_assert_eq!(a.log, b.log);
    }

    /// The connection is cut at any moment, by one side or both: the other learns of it or times
    /// out; nothing panics and nothing waits for ever.
    #[test]
    fn abort_at_any_point(c in case(), at in 0_u64..400, who in 0_usize..3) {
        let mut s = Sim::new(c.seed, c.open, c.cfgs, c.apps.clone(), c.wire.clone(), c.iss);
        for _ in 0..at {
            if s.done() || !s.step() {
                break;
            }
        }
        for side in 0..2 {
            if s.ends[side].listen == common::Listen::No && (who == side || who == 2) {
                s.ends[side].tcb.abort();
            }
        }
        // A reset may be lost: then keepalive, data or nothing finds out. Only bound the work.
        let mut n = 0;
        while !s.done() && s.step() && s.now < 3600 * 1_000_000 {
            n += 1;
            prop_assert!(n < 200_000, "busy for ever");
        }
    }

    /// Garbage at a live connection never panics, never delivers wrong bytes, never opens the
    /// window beyond the ring.
    #[test]
    fn forged_segments_do_no_harm(c in case(), seed in any::<u64>()) {
        let mut s = Sim::new(c.seed, c.open, c.cfgs, c.apps.clone(), Wire::clean(1000), c.iss);
        let mut rng = Rng(seed);
        for _ in 0..300 {
            if s.done() || !s.step() {
                break;
            }
            let side = usize::from(rng.permille(500));
            // Before that, a forged SYN is as good as a real one.
            if !s.ends[side].tcb.state().is_synchronized() {
                continue;
            }
            let info = s.ends[side].tcb.info(Micros(s.now));
            let near = |base: toe_tcp::SeqNum, rng: &mut Rng| match rng.below(4) {
                0 => base,
                1 => base + u32::try_from(rng.below(70_000)).unwrap(),
                2 => base - u32::try_from(rng.below(70_000)).unwrap(),
                _ => toe_tcp::SeqNum(u32::try_from(rng.next() >> 32).unwrap()),
            };
            // No ACK flag with data: what is left is what an off-path attacker may reach.
            let mut seg = toe_tcp::Segment {
                seq: near(info.rcv_nxt, &mut rng),
                ack: near(info.snd_max + 1, &mut rng),
                flags: toe_tcp::Flags(u16::try_from(rng.below(512)).unwrap()),
                wnd: u16::try_from(rng.below(65_536)).unwrap(),
                ..toe_tcp::Segment::default()
            };
            if seg.rst() || seg.fin() || seg.ack.before_eq(info.snd_max) {
                seg.flags = seg.flags.without(toe_tcp::Flags::ACK.with(toe_tcp::Flags::RST));
            }
            let out = s.ends[side].deliver(s.now, &seg, &[]);
            prop_assert!(out.place.is_none());
        }
    }
}

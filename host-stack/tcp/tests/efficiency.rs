// SPDX-License-Identifier: Apache-2.0
//! How much is sent again for what was lost, and how fast: the figures that loss recovery is judged
//! by. Goal of the project: bytes resent / bytes lost ≤ 1.05 with SACK.

mod common;

use common::{App, Open, Sim, Wire, app};
use toe_tcp::{CcAlgo, Config, Micros};

fn run(cfg: Config, loss: u32, seed: u64) -> (u64, u64, u64, u32) {
    let wire = Wire { loss, bad_packets: u64::MAX, ..Wire::clean(5000) };
    let sender = App { close: true, ..app(8_000_000) };
    let mut s = Sim::new(seed, Open::Direct, [cfg, cfg], [sender, app(0)], wire, [9, 99]);
    s.run(3_600_000_000);
    s.check_complete();
    let c = s.ends[0].tcb.counters();
    (u64::from(c.retransmit_bytes), s.lost[0], s.now, c.rto_count)
}

#[test]
fn resent_over_lost_with_sack() {
    let base = Config { rcv_ring: 1 << 20, snd_ring: 1 << 20, ..Config::default() };
    let (mut resent, mut lost) = (0, 0);
    for (cc, seed) in [(CcAlgo::NewReno, 1), (CcAlgo::Cubic, 2), (CcAlgo::NewReno, 3)] {
        let (r, l, time, rto) = run(Config { cc, ..base }, 10, seed);
        println!("{cc:?}: resent {r} lost {l} in {} ms, {rto} timeouts", time / 1000);
        resent += r;
        lost += l;
    }
    let percent = resent * 100 / lost;
    println!("resent/lost {percent} %");
    assert!(percent <= 105, "{percent} %");
}

/// One lost segment costs no timeout, with or without SACK.
#[test]
fn single_losses_cost_no_timeout() {
    for sack in [true, false] {
        let c = Config { sack, rcv_ring: 1 << 20, snd_ring: 1 << 20, ..Config::default() };
        let (resent, lost, time, rto) = run(c, 1, 5);
        println!("sack {sack}: resent {resent} lost {lost} in {} ms, {rto} timeouts", time / 1000);
        assert!(lost > 0 && rto == 0);
        assert!(Micros(time) < Micros::from_secs(30));
    }
}

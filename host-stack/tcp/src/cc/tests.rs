// SPDX-License-Identifier: Apache-2.0
//! Signal × state tables of S-CC-2, and conformance of every algorithm to the trait.

use super::{AckType, CcAlgo, CcVars, Signal, initial_window, restart_window};
use crate::seq::{Micros, SeqNum};

const MSS: u32 = 1000;

fn vars(cwnd: u32, ssthresh: u32) -> CcVars {
    CcVars {
        cwnd,
        ssthresh,
        mss: MSS,
        snd_wnd: 1_000_000,
        snd_wscale: 7,
        snd_una: SeqNum(0),
        snd_nxt: SeqNum(cwnd),
        snd_max: SeqNum(cwnd),
        pipe: cwnd,
        srtt: 50_000,
        ..CcVars::default()
    }
}

/// Row: what, signal, (cwnd, ssthresh, snd_wnd, fast, cong) → (cwnd, ssthresh).
#[test]
#[allow(clippy::type_complexity)]
fn newreno_signal_by_state() {
    let open = (false, false);
    let rows: [(&str, Signal, (u32, u32, u32), (bool, bool), (u32, u32)); 13] = [
        ("loss, open", Signal::NDupAck, (20_000, 50_000, 99_000), open, (20_000, 10_000)),
        ("loss, odd", Signal::NDupAck, (20_999, 50_000, 99_000), open, (20_999, 10_499)),
        ("loss, little in flight", Signal::NDupAck, (20_000, 50_000, 9000), open, (20_000, 4500)),
        ("loss, small", Signal::NDupAck, (3000, 50_000, 99_000), open, (3000, 2000)),
        (
            "loss in cong",
            Signal::NDupAck,
            (10_000, 10_000, 99_000),
            (false, true),
            (10_000, 10_000),
        ),
        ("loss in fast", Signal::NDupAck, (10_000, 10_000, 99_000), (true, true), (10_000, 10_000)),
        ("ecn, open", Signal::Ecn, (20_000, 50_000, 99_000), open, (10_000, 10_000)),
        ("ecn in cong", Signal::Ecn, (10_000, 10_000, 99_000), (false, true), (10_000, 10_000)),
        ("ecn in fast", Signal::Ecn, (10_000, 10_000, 99_000), (true, true), (10_000, 10_000)),
        ("rto", Signal::Rto, (20_000, 50_000, 99_000), open, (1000, 10_000)),
        ("rto, small peer window", Signal::Rto, (20_000, 50_000, 8000), open, (1000, 4000)),
        ("rto, minimum", Signal::Rto, (1000, 50_000, 99_000), open, (1000, 2000)),
        ("rto spurious", Signal::RtoErr, (20_000, 50_000, 99_000), open, (20_000, 50_000)),
    ];
    for (what, signal, (cwnd, ssthresh, wnd), (fast, cong), want) in rows {
        // As much in flight as the windows allow (RFC 5681 eq. (4)).
        let mut v = CcVars {
            snd_wnd: wnd,
            snd_max: SeqNum(cwnd.min(wnd)),
            fast_recovery: fast,
            cong_recovery: cong,
            ..vars(cwnd, ssthresh)
        };
        CcAlgo::NewReno.build().cong_signal(&mut v, signal);
        assert_eq!((v.cwnd, v.ssthresh), want, "{what}");
    }
}

#[test]
fn newreno_acks() {
    // Row: what, cwnd, ssthresh, acked, accumulated before → cwnd, accumulated after.
    let rows = [
        ("slow start, one segment", 4000, 50_000, 1000, 0, 5000, 0),
        ("slow start, L = 2", 4000, 50_000, 9000, 0, 6000, 0),
        ("slow start at the threshold", 4000, 4000, 2000, 7, 6000, 0),
        ("avoidance, below a window", 10_000, 4000, 2000, 0, 10_000, 2000),
        ("avoidance, at most 2 MSS an ACK", 10_000, 4000, 9000, 0, 10_000, 2000),
        ("avoidance, window complete", 10_000, 4000, 2000, 8500, 11_000, 500),
    ];
    for (what, cwnd, ssthresh, acked, acc, want, want_acc) in rows {
        let mut v = CcVars { acked, bytes_acked: acc, ..vars(cwnd, ssthresh) };
        CcAlgo::NewReno.build().ack_received(&mut v, AckType::Ack);
        assert_eq!((v.cwnd, v.bytes_acked), (want, want_acc), "{what}");
    }
    // After a timeout (snd_nxt behind snd_max): one MSS an ACK (RFC 3465 §2.3).
    let mut v = CcVars { acked: 2000, snd_nxt: SeqNum(2000), ..vars(4000, 50_000) };
    CcAlgo::NewReno.build().ack_received(&mut v, AckType::Ack);
    assert_eq!(v.cwnd, 5000);
    // No growth: in recovery, not limited by cwnd, at the cap, duplicates.
    for change in [
        |v: &mut CcVars| v.cong_recovery = true,
        |v: &mut CcVars| v.fast_recovery = true,
        |v: &mut CcVars| v.snd_wnd = 3999,
        |v: &mut CcVars| (v.cwnd, v.snd_wscale, v.ssthresh) = (65_535, 0, 99_000),
    ] {
        let mut v = CcVars { acked: 1000, ..vars(4000, 50_000) };
        change(&mut v);
        let before = v.cwnd;
        CcAlgo::NewReno.build().ack_received(&mut v, AckType::Ack);
        assert_eq!(v.cwnd, before);
    }
    let mut v = CcVars { acked: 1000, ..vars(4000, 50_000) };
    CcAlgo::NewReno.build().ack_received(&mut v, AckType::DupAck);
    assert_eq!(v.cwnd, 4000);
}

#[test]
fn windows_at_start_after_idle_and_after_recovery() {
    assert_eq!(initial_window(1460, false), 14_600);
    assert_eq!(initial_window(536, false), 5360);
    assert_eq!(initial_window(8960, false), 17_920);
    assert_eq!(initial_window(1460, true), 1460);
    assert_eq!(restart_window(1460), 4380);
    assert_eq!(restart_window(536), 2144);
    assert_eq!(restart_window(8960), 17_920);
    let mut v = vars(100_000, 50_000);
    CcAlgo::NewReno.build().after_idle(&mut v);
    assert_eq!(v.cwnd, 4000);
    // Little in flight: cwnd = in flight + one segment; else ssthresh.
    let mut v = CcVars { snd_una: SeqNum(7000), snd_max: SeqNum(10_000), ..vars(9000, 5000) };
    CcAlgo::NewReno.build().post_recovery(&mut v);
    assert_eq!(v.cwnd, 4000);
    let mut v = CcVars { snd_una: SeqNum(1000), snd_max: SeqNum(10_000), ..vars(9000, 5000) };
    CcAlgo::NewReno.build().post_recovery(&mut v);
    assert_eq!(v.cwnd, 5000);
}

/// RFC 9438: β = 0.7, fast convergence, concave up to W_max around K, convex after.
#[test]
fn cubic_follows_its_curve() {
    let mut cc = CcAlgo::Cubic.build();
    let mut v = vars(100_000, 1000);
    cc.cong_signal(&mut v, Signal::NDupAck);
    assert_eq!(v.ssthresh, 70_000);
    v.cwnd = v.ssthresh;
    // K = cbrt(30 segments / 0.4) = 4.217 s.
    let mut at_k = 0;
    let mut after = 0;
    let mut last = v.cwnd;
    for ms in 0_u32..8000 {
        v.now = Micros::from_millis(u64::from(ms));
        v.acked = v.cwnd / 200; // a window each 200 ms
        v.srtt = 0;
        cc.ack_received(&mut v, AckType::Ack);
        assert!(v.cwnd >= last, "never down without a signal");
        last = v.cwnd;
        match ms {
            4217 => at_k = v.cwnd,
            7999 => after = v.cwnd,
            _ => {}
        }
    }
    // Reno-friendly growth has not overtaken: 4.2 s at 200 ms are 21 RTTs, 11 segments.
    assert!((97_000..=101_000).contains(&at_k), "at K: {at_k}");
    assert!((112_000..=123_000).contains(&after), "convex after K: {after}");
    // Fast convergence: a second loss below W_max remembers less than cwnd.
    let mut cc = CcAlgo::Cubic.build();
    let mut v = vars(100_000, 1000);
    cc.cong_signal(&mut v, Signal::NDupAck);
    v.cwnd = 80_000;
    cc.cong_signal(&mut v, Signal::NDupAck);
    assert_eq!(v.ssthresh, 56_000);
    assert_eq!(cc.freeze(v.now)[0], 68_000);
}

/// RFC 8257 §3.3 against the recurrence in floating point.
#[test]
fn dctcp_alpha_converges_to_the_marked_fraction() {
    for every in [1_u32, 2, 5, 10, u32::MAX] {
        let mut cc = CcAlgo::Dctcp.build();
        let mut v = CcVars { acked: MSS, ..vars(20_000, 1000) };
        v.fast_recovery = true; // The window stays.
        let (mut alpha, mut m, mut n) = (1.0_f64, 0, 0);
        for step in 0..4000_u32 {
            v.marked = if every != u32::MAX && step % every == 0 { MSS } else { 0 };
            let before = cc.freeze(v.now);
            cc.ack_received(&mut v, AckType::Ack);
            (n, m) = (n + v.acked, m + v.marked);
            let after = cc.freeze(v.now);
            if after[2] == 0 {
                if before[1] != 0 {
                    alpha = alpha * 15.0 / 16.0 + f64::from(m) / f64::from(n) / 16.0;
                }
                (n, m) = (0, 0);
            }
            let got = f64::from(after[0] & 0x1_ffff) / 65_536.0;
            assert!((got - alpha).abs() < 0.0005, "{every} at {step}: {got} for {alpha}");
        }
        let marked = if every == u32::MAX { 0.0 } else { 1.0 / f64::from(every) };
        assert!((alpha - marked).abs() < 0.01, "{alpha} for {marked}");
    }
}

#[test]
fn every_algorithm_keeps_the_trait_contract() {
    let mut rng = 88_172_645_463_325_252_u64;
    for algo in [CcAlgo::NewReno, CcAlgo::Cubic, CcAlgo::Dctcp] {
        assert_eq!(CcAlgo::from_id(algo.id()), Some(algo));
        assert_eq!(CcAlgo::from_name(algo.build().name()), Some(algo));
        let mut cc = algo.build();
        let mut v = vars(10_000, u32::MAX);
        cc.conn_init(&mut v);
        for step in 0..20_000_u64 {
            rng ^= rng << 13;
            rng ^= rng >> 7;
            rng ^= rng << 17;
            v.now = Micros(step * 10_000);
            v.acked = u32::try_from(rng % 5000).unwrap();
            v.marked = if rng >> 40 & 3 == 0 { v.acked } else { 0 };
            v.fast_recovery = rng >> 20 & 15 == 0;
            v.cong_recovery = rng >> 24 & 15 == 0;
            v.snd_wnd = u32::try_from(rng >> 32 & 0xf_ffff).unwrap();
            let before = v;
            match rng >> 8 & 63 {
                0 => cc.cong_signal(&mut v, Signal::Ecn),
                1 => cc.cong_signal(&mut v, Signal::Rto),
                2 => cc.cong_signal(&mut v, Signal::RtoErr),
                3 => cc.cong_signal(&mut v, Signal::NDupAck),
                4 => cc.post_recovery(&mut v),
                5 => cc.after_idle(&mut v),
                6 => {
                    let saved = cc.freeze(v.now);
                    let mut copy = algo.build();
                    copy.thaw(&saved, v.now);
                    assert_eq!(copy.freeze(v.now), saved);
                    cc = copy;
                }
                _ => {
                    cc.ack_received(&mut v, AckType::Ack);
                    assert!(v.cwnd >= before.cwnd, "an ACK never shrinks the window");
                    assert!(v.cwnd - before.cwnd <= before.acked.max(MSS), "no burst");
                    if before.in_recovery() || !before.cwnd_limited() {
                        assert_eq!(v.cwnd, before.cwnd);
                    }
                }
            }
            assert!(v.cwnd >= MSS && v.cwnd <= v.cwnd_cap(), "{algo:?} {v:?}");
            assert!(v.ssthresh >= 2 * MSS);
        }
        // A forged private state does no harm.
        for word in [0, 1, 0x7fff_ffff, u32::MAX] {
            cc.thaw(&[word; 6], v.now);
            cc.ack_received(&mut v, AckType::Ack);
            cc.cong_signal(&mut v, Signal::NDupAck);
            cc.ack_received(&mut v, AckType::Ack);
        }
    }
}

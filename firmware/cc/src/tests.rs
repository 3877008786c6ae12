// SPDX-License-Identifier: Apache-2.0
//! Against the published formulas in floating point, against the host stack's algorithms, and with forged state.

use crate::cubic::Cubic;
use crate::math::{MS3_PER_SEGMENT, cbrt, div, per_segment};
use crate::{Algo, CongestionControl, Dctcp, Keep, Private, Summary, answer, from_image, to_image};
use toe_tcp::cc::{AckType, CcVars, Signal as HostSignal};

const MSS: u32 = 1448;
/// Acknowledgements a summary, two segments each.
const ACKS: u32 = 16;

fn summary(cwnd: u32, now_us: u32) -> Summary {
    Summary {
        cwnd,
        ssthresh: cwnd - 1,
        flight: cwnd,
        mss: MSS,
        srtt_us: 100_000,
        now_us,
        ..Summary::default()
    }
}

/// A small generator, so that a failure names its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u32) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(below)).unwrap()
    }
}

/// RFC 9438 §4.2 in floating point: bytes at `t` seconds after the epoch began at `cwnd`.
fn formula(w_max: f64, cwnd: f64, t: f64) -> f64 {
    let mss = f64::from(MSS);
    let k = ((w_max - cwnd) / mss / 0.4).cbrt();
    (0.4 * (t - k).powi(3)) * mss + w_max
}

#[test]
fn cube_root_is_exact() {
    for r in [0_u64, 1, 2, 9, 1000, 123_456, 2_642_245] {
        assert_eq!(u64::from(cbrt(r * r * r)), r);
        if r > 0 {
            assert_eq!(u64::from(cbrt(r * r * r - 1)), r - 1);
        }
    }
    assert_eq!(cbrt(u64::MAX), 2_642_245);
}

#[test]
fn divisions_are_those_of_the_compiler() {
    let mut dice = Dice(3);
    let edges = [0_u64, 1, 2, 0xffff, 0x1_0000, 0xffff_ffff, 0x1_0000_0000, u64::MAX - 1, u64::MAX];
    let divisors =
        [1_u32, 2, 3, 0xffff, 0x1_0000, 0x1_0001, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, u32::MAX];
    let check = |n: u64, d: u32| {
        assert_eq!(div(n, d), n / u64::from(d), "{n} / {d}");
        let q = n / u64::from(MS3_PER_SEGMENT);
        assert!(per_segment(n).wrapping_sub(q) <= u64::from(n > u64::MAX / 2), "{n}");
    };
    for n in edges {
        for d in divisors {
            check(n, d);
            check(n.wrapping_mul(u64::from(d)), d);
            check(n.wrapping_mul(u64::from(d)).wrapping_sub(1), d);
        }
    }
    for _ in 0..2_000_000 {
        let n = (u64::from(dice.roll(u32::MAX)) << 32 | u64::from(dice.roll(u32::MAX)))
            >> dice.roll(64);
        let d = (dice.roll(u32::MAX) >> dice.roll(32)).max(1);
        check(n, d);
        check(u64::from(d) * (n >> 32), d);
    }
    assert_eq!(div(7, 0), 7);
}

#[test]
fn the_window_curve_is_the_formula() {
    // Word 3 is K: put there by the epoch's start, read here against the formula.
    for (w_max, cwnd) in
        [(200_000_u32, 140_000_u32), (14_480_000, 10_136_000), (900_000_000, 630_000_000)]
    {
        let mut private = [w_max, w_max, 0, 0, 0, 0];
        let s = Summary { acked: 1, grow: 1, ..summary(cwnd, 5) };
        private = answer(Algo::Cubic, &s, &private).private;
        let cubic = Cubic::thaw(&private);
        for t_ms in (0..60_000).step_by(37) {
            let want =
                formula(f64::from(w_max), f64::from(cwnd), f64::from(t_ms) / 1000.0).max(0.0);
            let got = f64::from(cubic.w_cubic(t_ms, MSS));
            // K is cut to a millisecond: the slope times that much may be missing.
            let slope = 1.2
                * (f64::from(t_ms) / 1000.0 - 20.0).abs().max(40.0).powi(2)
                * 1e-3
                * f64::from(MSS);
            assert!(
                (got - want).abs() <= 2.0 + slope + want * 1e-4,
                "{w_max} at {t_ms} ms: {got} for {want}"
            );
        }
    }
}

/// One loss at `w_max`, then `seconds` of congestion avoidance, a summary each 16 acknowledgements: (seconds, cwnd).
fn cubic_run(w_max: u32, srtt_us: u32, seconds: u32) -> Vec<(f64, u32)> {
    let mut private: Private = [0; 6];
    let loss = Summary { loss: true, cwnd_prior: w_max, ..summary(w_max / 10 * 7, 77) };
    let a = answer(Algo::Cubic, &loss, &private);
    assert_eq!((a.cwnd, a.keep), (None, Keep { loss: 717, ecn: 717 }));
    private = a.private;
    let mut cwnd = w_max / 10 * 7;
    let mut out = Vec::new();
    let chunk = ACKS * 2 * MSS;
    let mut now = 1_000_u64;
    while now < u64::from(seconds) * 1_000_000 {
        let s = Summary {
            acked: chunk,
            grow: chunk,
            srtt_us,
            ..summary(cwnd, u32::try_from(now).unwrap())
        };
        let a = answer(Algo::Cubic, &s, &private);
        private = a.private;
        cwnd = a.cwnd.unwrap_or(cwnd);
        out.push((now as f64 / 1e6 - 0.001, cwnd));
        // A window takes a round trip.
        now += u64::from(srtt_us) * u64::from(chunk) / u64::from(cwnd);
    }
    out
}

#[test]
fn cubic_follows_the_published_curve() {
    let w_max = 4_000 * MSS;
    let start = f64::from(w_max / 10 * 7);
    let mut worst: f64 = 0.0;
    for (t, cwnd) in cubic_run(w_max, 100_000, 25) {
        let want = formula(f64::from(w_max), start, t);
        worst = worst.max((f64::from(cwnd) - want).abs() / want);
    }
    println!("CUBIC, 4,000 segments, 100 ms, 25 s: at most {:.2} % from W_cubic(t)", worst * 100.0);
    assert!(worst < 0.02, "{worst}");
}

#[test]
fn where_reno_is_faster_cubic_grows_like_reno() {
    // 20 segments at 10 ms: W_cubic needs 2.5 s for six segments, Reno gains α segments a round trip.
    let run = cubic_run(20 * MSS, 10_000, 1);
    let (t, cwnd) = *run.last().unwrap();
    let segments = |w: u32| f64::from(w) / f64::from(MSS);
    // α = 9/17 until cwnd_prior, 1 above: 14 to 20 takes 11.3 round trips, the rest is one a round trip.
    let want = 20.0 + t / 0.010 - 6.0 * 17.0 / 9.0;
    println!("Reno-friendly: {:.1} segments after {t:.2} s, formula {want:.1}", segments(cwnd));
    assert!((segments(cwnd) - want).abs() < 3.0 + want * 0.05, "{}", segments(cwnd));
}

#[test]
fn a_window_of_a_gigabyte_still_counts_every_byte() {
    // One summary brings 0.07 bytes of W_est: the fraction must not be lost.
    let mut private: Private = [1 << 29, 1 << 29, 1 << 29, 0, 1, 0];
    let s = Summary { acked: 46_336, grow: 46_336, ..summary(1 << 30, 1_000) };
    for _ in 0..10_000 {
        private = answer(Algo::Cubic, &s, &private).private;
    }
    let want = 10_000.0 * 46_336.0 * 1448.0 / f64::from(1 << 30);
    let got = f64::from(private[2] - (1 << 29));
    assert!((got - want).abs() < want * 0.02, "{got} for {want}");
}

#[test]
fn fast_convergence_timeout_and_idle() {
    let event = |f: fn(&mut Summary), prior: u32, private: &Private| {
        let mut s = Summary { cwnd_prior: prior, acked: MSS, grow: MSS, ..summary(50_000, 9) };
        f(&mut s);
        let a = answer(Algo::Cubic, &s, private);
        assert_eq!(a.cwnd, None, "no growth out of a summary with a signal");
        a.private
    };
    let first = event(|s| s.loss = true, 100_000, &[0; 6]);
    assert_eq!((first[0], first[1]), (100_000, 100_000));
    // §4.7: below the last W_max: 0.85 of it.
    let second = event(|s| s.ecn = true, 80_000, &first);
    assert_eq!((second[0], second[1]), (68_000, 80_000));
    // §4.8: after a timeout the curve starts where congestion avoidance starts.
    let mut third = event(|s| s.timeout = true, 120_000, &second);
    let s = Summary { acked: MSS, grow: MSS, ..summary(60_000, 1_000_000) };
    third = answer(Algo::Cubic, &s, &third).private;
    assert_eq!((third[0], third[3] & 0x3f_ffff), (60_000, 0));
    // An idle hour is no growth.
    let idle = Summary { idle: true, ..summary(10_000, 3_600_000_000) };
    let rested = answer(Algo::Cubic, &idle, &third).private;
    let s = Summary { acked: MSS, grow: MSS, ..summary(10_000, 3_600_001_000) };
    let next = answer(Algo::Cubic, &s, &rested).cwnd.unwrap_or(10_000);
    assert!(next <= 10_000 + MSS, "{next}");
}

/// §5.8: time in which the window could not grow does not count, or growth would jump when it can again.
#[test]
fn time_without_growth_is_no_part_of_an_epoch() {
    let at = |now, grow, cwnd| Summary { acked: MSS, grow, ..summary(cwnd, now) };
    let started =
        answer(Algo::Cubic, &at(1_000, MSS, 100 * MSS), &[200 * MSS, 0, 0, 0, 0, 0]).private;
    assert_ne!(started[4], 0);
    let paused = answer(Algo::Cubic, &at(900_000_000, 0, 100 * MSS), &started);
    assert_eq!((paused.cwnd, paused.private[4]), (None, 0));
    let next = answer(Algo::Cubic, &at(900_000_500, MSS, 100 * MSS), &paused.private);
    assert!(next.cwnd.is_none_or(|w| w <= 100 * MSS + MSS / 10), "{next:?}");
}

#[test]
fn cubic_agrees_with_the_host_stack() {
    let mut worst: f64 = 0.0;
    for (w_max, srtt_us) in [(3_000 * MSS, 100_000_u32), (60 * MSS, 20_000), (500 * MSS, 5_000)] {
        let mut host = toe_tcp::CcAlgo::Cubic.build();
        let mut v = CcVars {
            cwnd: w_max,
            ssthresh: 1 << 20,
            mss: MSS,
            snd_wnd: 1 << 30,
            snd_wscale: 14,
            srtt: srtt_us,
            ..CcVars::default()
        };
        host.cong_signal(&mut v, HostSignal::NDupAck);
        v.cwnd = v.ssthresh;
        let mut private: Private = [0; 6];
        let loss = Summary { loss: true, cwnd_prior: w_max, ..summary(v.cwnd, 77) };
        private = answer(Algo::Cubic, &loss, &private).private;
        let mut cwnd = v.cwnd;
        let mut now = 1_000_u64;
        while now < 8_000_000 {
            for _ in 0..ACKS {
                v.now = toe_tcp::Micros(now);
                v.acked = 2 * MSS;
                host.ack_received(&mut v, AckType::Ack);
                now += u64::from(srtt_us) * u64::from(2 * MSS) / u64::from(v.cwnd);
            }
            let chunk = ACKS * 2 * MSS;
            let s = Summary {
                acked: chunk,
                grow: chunk,
                srtt_us,
                ..summary(cwnd, u32::try_from(now).unwrap())
            };
            let a = answer(Algo::Cubic, &s, &private);
            private = a.private;
            cwnd = a.cwnd.unwrap_or(cwnd);
            let apart = (f64::from(cwnd) - f64::from(v.cwnd)).abs() / f64::from(v.cwnd);
            worst = worst.max(apart);
            assert!(apart < 0.04, "{w_max} at {now}: firmware {cwnd}, host {}", v.cwnd);
        }
    }
    println!(
        "CUBIC by summaries of {ACKS} ACKs and the host's by ACK: at most {:.2} % apart",
        worst * 100.0
    );
}

#[test]
fn dctcp_alpha_is_the_recurrence_and_converges() {
    for fraction in [0_u32, 3, 25, 50, 97, 100] {
        let mut private: Private = [0; 6];
        let cwnd = 64 * MSS;
        let mut alpha = 1.0_f64;
        let mut rounds = 0;
        let mut last = private[2];
        for n in 0..6_400_u32 {
            // A summary is an eighth of a window, so a window is eight summaries.
            let acked = 8 * MSS;
            let s = Summary { acked, ce: acked / 100 * fraction, ..summary(cwnd, n * 1000) };
            private = answer(Algo::Dctcp, &s, &private).private;
            if n > 0 && private[2] == 0 && last != 0 {
                // §3.3 step 6: α = α·(1 − g) + g·M.
                let m = f64::from(acked / 100 * fraction) / f64::from(acked);
                alpha = alpha * 15.0 / 16.0 + m / 16.0;
                rounds += 1;
                let got = f64::from(private[0] & 0x1_ffff) / 65_536.0;
                assert!((got - alpha).abs() < 0.0005, "round {rounds}: {got} for {alpha}");
            }
            last = private[2];
        }
        assert!(rounds > 700, "{rounds}");
        let m = f64::from(8 * MSS / 100 * fraction) / f64::from(8 * MSS);
        let got = f64::from(private[0] & 0x1_ffff) / 65_536.0;
        assert!((got - m).abs() < 0.0002, "converged to {got} for {m}");
        // §3.4: cwnd · (1 − α/2); a loss halves whatever α is.
        let keep = Dctcp::thaw(&private).keep();
        assert!((f64::from(keep.ecn) / 1024.0 - (1.0 - m / 2.0)).abs() < 0.002, "{keep:?}");
        assert_eq!(keep.loss, 512);
    }
    // §4.2: before the first window is over α is one: half.
    assert_eq!(Dctcp::thaw(&[0; 6]).keep(), Keep::HALF);
}

#[test]
fn dctcp_agrees_with_the_host_stack() {
    let mut dice = Dice(7);
    let mut host = toe_tcp::CcAlgo::Dctcp.build();
    let cwnd = 40 * MSS;
    let mut v = CcVars {
        cwnd,
        ssthresh: 1,
        mss: MSS,
        snd_wnd: 1 << 30,
        snd_wscale: 14,
        ..CcVars::default()
    };
    let mut private: Private = [0; 6];
    for n in 0..4_000_u32 {
        let acked = (1 + dice.roll(4)) * MSS;
        let ce = if dice.roll(3) == 0 { acked } else { 0 };
        (v.cwnd, v.snd_max) = (cwnd, v.snd_una + cwnd);
        (v.acked, v.marked) = (acked, ce);
        host.ack_received(&mut v, AckType::Ack);
        let s = Summary { acked, ce, ..summary(cwnd, n * 100) };
        private = answer(Algo::Dctcp, &s, &private).private;
        assert_eq!(
            host.freeze(v.now)[..4],
            private[..4],
            "the same words after {n} acknowledgements"
        );
    }
}

#[test]
fn newreno_counts_bytes() {
    // Row: what, cwnd, counted before, grow → cwnd, counted after.
    let rows = [
        ("below a window", 10 * MSS, 0, 2 * MSS, 10 * MSS, 2 * MSS),
        ("a window complete", 10 * MSS, 9 * MSS, 2 * MSS, 11 * MSS, MSS),
        ("exactly", 10 * MSS, 0, 10 * MSS, 11 * MSS, 0),
        ("more than two windows in one summary count once", 4 * MSS, 0, 13 * MSS, 5 * MSS, 4 * MSS),
    ];
    for (what, cwnd, counted, grow, want, left) in rows {
        for algo in [Algo::NewReno, Algo::Dctcp] {
            let word = if algo == Algo::Dctcp { 4 } else { 0 };
            let mut private = [0; 6];
            private[word] = counted;
            let s = Summary { acked: grow, grow, ..summary(cwnd, 0) };
            let a = answer(algo, &s, &private);
            assert_eq!((a.cwnd.unwrap_or(cwnd), a.private[word]), (want, left), "{what}, {algo:?}");
        }
    }
    // Growth of one segment a round trip: RFC 5681 (2).
    let (mut cwnd, mut private) = (100 * MSS, [0; 6]);
    for _ in 0..1000 {
        let s = Summary { acked: 32 * MSS, grow: 32 * MSS, ..summary(cwnd, 0) };
        let a = answer(Algo::NewReno, &s, &private);
        (cwnd, private) = (a.cwnd.unwrap_or(cwnd), a.private);
    }
    // 32,000 segments: n with the sum of 100..n equal to that.
    let want = ((2.0 * 32_000.0 + 100.0 * 99.0_f64).sqrt() - 100.0 + 0.5).round();
    assert!((f64::from(cwnd / MSS) - 100.0 - want).abs() <= 2.0, "{} for {want}", cwnd / MSS - 100);
}

#[test]
fn any_state_and_any_summary_is_harmless() {
    let seed = 20_261_121;
    println!("seed {seed}");
    let mut dice = Dice(seed);
    let word = |dice: &mut Dice| match dice.roll(6) {
        0 => 0,
        1 => u32::MAX,
        2 => dice.roll(1 << 16),
        3 => 1 << dice.roll(32),
        _ => dice.roll(u32::MAX),
    };
    for _ in 0..200_000 {
        let algo = Algo::from_id(dice.roll(4));
        let private: Private = core::array::from_fn(|_| word(&mut dice));
        let s = Summary {
            cwnd: word(&mut dice),
            ssthresh: word(&mut dice),
            cwnd_prior: word(&mut dice),
            acked: word(&mut dice),
            grow: word(&mut dice),
            ce: word(&mut dice),
            flight: word(&mut dice),
            mss: dice.roll(65_536),
            srtt_us: word(&mut dice),
            now_us: word(&mut dice),
            ecn: dice.roll(4) == 0,
            loss: dice.roll(4) == 0,
            timeout: dice.roll(4) == 0,
            idle: dice.roll(4) == 0,
        };
        let a = answer(algo, &s, &private);
        if let Some(cwnd) = a.cwnd {
            assert!(cwnd > s.cwnd && !s.loss && !s.ecn && !s.timeout, "{s:?} {a:?}");
            let most = match algo {
                Algo::Cubic => s.grow,
                Algo::NewReno | Algo::Dctcp => s.smss(),
            };
            assert!(cwnd - s.cwnd <= most.max(s.smss()), "{algo:?} {s:?} {private:?} {a:?}");
        }
        for keep in [a.keep.loss, a.keep.ecn] {
            assert!((512..1024).contains(&keep), "{a:?}");
        }
        let _ = answer(algo, &s, &a.private);
    }
}

#[test]
fn times_in_an_image_are_ages() {
    let mut p: Private = [1, 2, 3, 4, 1_000, 6];
    to_image(Algo::Cubic, &mut p, 51_000);
    assert_eq!(p, [1, 2, 3, 4, 50_001, 6]);
    from_image(Algo::Cubic, &mut p, 900);
    assert_eq!(p[4], 900_u32.wrapping_sub(50_000));
    let mut none: Private = [0; 6];
    to_image(Algo::Cubic, &mut none, 5);
    from_image(Algo::Cubic, &mut none, 5);
    assert_eq!(none, [0; 6]);
    let mut other: Private = [9; 6];
    to_image(Algo::Dctcp, &mut other, 5);
    assert_eq!(other, [9; 6]);
    // An epoch that began at the very instant 0 of the clock stays one.
    let mut zero: Private = [0, 0, 0, 0, 8, 0];
    from_image(Algo::Cubic, &mut zero, 7);
    assert_eq!(zero[4], 1);
    // The epoch's age survives a round trip to the host and back.
    let s = Summary { loss: true, cwnd_prior: 90_000, ..summary(60_000, 4) };
    let cubic = answer(Algo::Cubic, &s, &[0; 6]).private;
    let s = Summary { acked: MSS, grow: MSS, ..summary(60_000, 10_000) };
    let started = answer(Algo::Cubic, &s, &cubic).private;
    let mut moved = started;
    to_image(Algo::Cubic, &mut moved, 60_000);
    from_image(Algo::Cubic, &mut moved, 5_000_000);
    let here = Summary { acked: MSS, grow: MSS, ..summary(60_000, 60_000) };
    let there = Summary { now_us: 5_000_000, ..here };
    assert_eq!(answer(Algo::Cubic, &here, &started).cwnd, answer(Algo::Cubic, &there, &moved).cwnd);
}

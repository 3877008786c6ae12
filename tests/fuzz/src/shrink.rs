// SPDX-License-Identifier: Apache-2.0
//! Makes a failing case small: takes away lanes, rounds and operations, then what is odd about the rest, as long as it
//! still fails (delta debugging, Zeller and Hildebrandt 2002).

use crate::run::{Finding, Runner};
use crate::script::{Case, Harm, Op, Seg, Setup, Start, Ts};

/// Shrinks a case that fails with a finding of a class.
pub struct Shrinker<'a> {
    runner: &'a mut Runner,
    class: String,
    /// Runs that are left.
    budget: u32,
    last: Option<Finding>,
}

impl<'a> Shrinker<'a> {
    /// At most `budget` runs.
    pub fn new(runner: &'a mut Runner, finding: &Finding, budget: u32) -> Self {
        Self { runner, class: finding.class(), budget, last: None }
    }

    fn fails(&mut self, case: &Case) -> bool {
        if self.budget == 0 {
            return false;
        }
        self.budget -= 1;
        let Ok(outcome) = self.runner.run(case) else { return false };
        let same = outcome.findings.into_iter().find(|f| f.class() == self.class);
        let found = same.is_some();
        self.last = same.or(self.last.take());
        found
    }

    /// The smallest case found, and what it finds; `None` when it does not fail again.
    pub fn shrink(mut self, case: &Case, lane: Option<usize>) -> Option<(Case, Finding)> {
        let mut best = case.clone();
        // The lane alone, first with the devices that are there, then with new ones.
        if let Some(lane) = lane {
            let alone = Case { lanes: vec![case.lanes[lane].clone()], ..case.clone() };
            if self.fails(&alone) {
                best = alone;
            }
        }
        if best.lanes.len() > 1 {
            self.runner.renew();
            if !self.fails(&best) {
                return None;
            }
            self.fewer_lanes(&mut best);
        }
        loop {
            let size = weight(&best);
            self.fewer_rounds(&mut best);
            self.fewer_ops(&mut best);
            self.plainer(&mut best);
            if weight(&best) >= size || self.budget == 0 {
                break;
            }
        }
        self.last.map(|finding| (best, finding))
    }

    fn take(&mut self, best: &mut Case, candidate: Case) -> bool {
        let better = candidate != *best && self.fails(&candidate);
        if better {
            *best = candidate;
        }
        better
    }

    fn fewer_lanes(&mut self, best: &mut Case) {
        let mut part = best.lanes.len().div_ceil(2);
        loop {
            let mut at = 0;
            while at < best.lanes.len() && best.lanes.len() > 1 {
                let mut less = best.clone();
                less.lanes.drain(at..(at + part).min(best.lanes.len()));
                if less.lanes.is_empty() || !self.take(best, less) {
                    at += part;
                }
            }
            if part == 1 || self.budget == 0 {
                break;
            }
            part = part.div_ceil(2);
        }
    }

    fn fewer_rounds(&mut self, best: &mut Case) {
        let mut part = best.rounds().div_ceil(2).max(1);
        loop {
            let mut at = best.rounds().saturating_sub(part);
            loop {
                let mut less = best.clone();
                let lost: u32 = (at..at + part).map(|i| best.gap(i)).sum();
                less.gaps.resize(best.rounds(), 0);
                less.gaps.drain(at..(at + part).min(less.gaps.len()));
                if let Some(gap) = less.gaps.get_mut(at) {
                    *gap = gap.saturating_add(lost);
                }
                for lane in &mut less.lanes {
                    let end = (at + part).min(lane.rounds.len());
                    lane.rounds.drain(at.min(end)..end);
                }
                self.take(best, less);
                if at == 0 {
                    break;
                }
                at = at.saturating_sub(part);
            }
            if part == 1 || self.budget == 0 {
                break;
            }
            part = part.div_ceil(2);
        }
    }

    fn fewer_ops(&mut self, best: &mut Case) {
        for lane in 0..best.lanes.len() {
            for round in (0..best.lanes[lane].rounds.len()).rev() {
                for op in (0..best.lanes[lane].rounds[round].len()).rev() {
                    let mut less = best.clone();
                    less.lanes[lane].rounds[round].remove(op);
                    self.take(best, less);
                }
            }
        }
    }

    fn plainer(&mut self, best: &mut Case) {
        for round in 0..best.gaps.len() {
            for value in [0, best.gaps[round] / 2, best.gaps[round] / 1000 * 1000] {
                let mut less = best.clone();
                less.gaps[round] = value;
                if self.take(best, less) {
                    break;
                }
            }
        }
        for lane in 0..best.lanes.len() {
            for change in SETUPS {
                let mut less = best.clone();
                change(&mut less.lanes[lane].setup);
                self.take(best, less);
            }
            for round in 0..best.lanes[lane].rounds.len() {
                for op in 0..best.lanes[lane].rounds[round].len() {
                    for change in SEGMENTS {
                        let mut less = best.clone();
                        if let Op::Seg(seg) = &mut less.lanes[lane].rounds[round][op] {
                            change(seg);
                        }
                        self.take(best, less);
                    }
                    for divide in [u16::MAX, 16, 2] {
                        let mut less = best.clone();
                        if let Op::Write(n) | Op::Read(n) = &mut less.lanes[lane].rounds[round][op]
                        {
                            *n = (*n / divide).max(1);
                        }
                        self.take(best, less);
                    }
                }
            }
        }
    }
}

/// What is left to take away.
fn weight(case: &Case) -> usize {
    let rounds = |l: &crate::script::Lane| l.rounds.iter().map(|r| r.len() * 20 + 5).sum::<usize>();
    let odd = serde_json::to_string(case).map_or(0, |s| s.len());
    case.lanes.iter().map(rounds).sum::<usize>() + odd
}

const SETUPS: &[fn(&mut Setup)] = &[
    |s| *s = Setup::default(),
    |s| s.state = Start::Established,
    |s| s.ipv6 = false,
    |s| s.ts = false,
    |s| s.sack = true,
    |s| s.ecn = false,
    |s| s.nodelay = false,
    |s| s.keepalive = false,
    |s| s.snd_wscale = 0,
    |s| s.rcv_wscale = 0,
    |s| s.mss = 1440,
    |s| s.mss = 1000,
    |s| s.tx_log2 = 14,
    |s| s.rx_log2 = 14,
    |s| s.snd = 1000,
    |s| s.rcv = 2000,
    |s| s.ring_skew = 0,
    |s| s.flight = 0,
    |s| s.flight /= 2,
    |s| s.unsent = 0,
    |s| s.unsent /= 2,
    |s| s.unread = 0,
    |s| s.wnd = 65_535,
    |s| s.cwnd = 100,
    |s| s.ssthresh = 10_000,
    |s| s.quickack = 0,
    |s| s.idle = 0,
];

const SEGMENTS: &[fn(&mut Seg)] = &[
    |s| *s = Seg::default(),
    |s| s.len = 0,
    |s| s.len = s.len.min(100),
    |s| s.seq_plus = 0,
    |s| s.seq_plus /= 2,
    |s| s.seq = crate::script::SeqAt::Next,
    |s| s.ack_plus = 0,
    |s| s.ack_plus /= 2,
    |s| s.ack = crate::script::AckAt::Max,
    |s| s.fin = false,
    |s| s.syn = false,
    |s| s.rst = false,
    |s| s.no_ack = false,
    |s| s.urg = false,
    |s| s.ece = false,
    |s| s.cwr = false,
    |s| s.ce = false,
    |s| s.wnd = None,
    |s| s.ts = Ts::Good,
    |s| s.sack = Vec::new(),
    |s| {
        s.sack.pop();
    },
    |s| {
        if !s.sack.is_empty() {
            s.sack.remove(0);
        }
    },
    |s| s.harm = Harm::None,
];

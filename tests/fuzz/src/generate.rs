// SPDX-License-Identifier: Apache-2.0
//! Random cases: peers that mostly make sense, because nonsense alone never gets past the first check.

use crate::rng::Rng;
use crate::script::{AckAt, Case, Harm, Lane, Op, Seg, SeqAt, Setup, Start, Ts};

/// Segment sizes that are on the edge of something.
const SIZES: [u16; 12] = [64, 88, 100, 536, 537, 1000, 1220, 1400, 1428, 1440, 1440, 1440];

/// A new lane of so many rounds.
pub fn lane(r: &mut Rng, rounds: usize) -> Lane {
    let setup = setup(r);
    let mood = Mood::new(r);
    let rounds = (0..rounds).map(|_| ops(r, &setup, &mood)).collect();
    Lane { setup, rounds }
}

/// Gaps for so many rounds: mostly none, sometimes as long as a timer.
pub fn gaps(r: &mut Rng, rounds: usize) -> Vec<u32> {
    let patient = r.chance(30);
    (0..rounds)
        .map(|_| match r.below(if patient { 10 } else { 20 }) {
            0 => r.range(1_000, 45_000),
            1 => r.range(100_000, 450_000),
            2 if patient => r.range(500_000, 4_000_000),
            3 if patient && r.chance(15) => r.range(10_000_000, 80_000_000),
            4 => r.range(1, 1_000),
            _ => 0,
        })
        .collect()
}

/// A new case.
pub fn case(r: &mut Rng, lanes: usize, rounds: usize) -> Case {
    let gaps = gaps(r, rounds);
    let lanes = (0..lanes).map(|_| lane(r, rounds)).collect();
    Case { gaps, lanes, ..Case::default() }
}

/// A lane somewhat different from one that is known.
pub fn mutate(r: &mut Rng, from: &Lane, rounds: usize) -> Lane {
    let mut lane = from.clone();
    let mood = Mood::new(r);
    for _ in 0..r.range(1, 4) {
        let n = u32::try_from(lane.rounds.len()).unwrap_or(0);
        let at = r.below(n) as usize;
        match r.below(9) {
            0 if n > 1 => {
                lane.rounds.remove(at);
            }
            1 => lane.rounds.insert(at, ops(r, &lane.setup, &mood)),
            2 | 3 if n > 0 => lane.rounds[at] = ops(r, &lane.setup, &mood),
            4 if n > 1 => lane.rounds.swap(at, r.below(n) as usize),
            5 if n > 0 => {
                let copy = lane.rounds[at].clone();
                lane.rounds.insert(r.below(n) as usize, copy);
            }
            6 => {
                let other = setup(r);
                match r.below(6) {
                    0 => lane.setup.ts = other.ts,
                    1 => lane.setup.sack = other.sack,
                    2 => (lane.setup.snd, lane.setup.rcv) = (other.snd, other.rcv),
                    3 => (lane.setup.tx_log2, lane.setup.rx_log2) = (other.tx_log2, other.rx_log2),
                    4 => lane.setup.state = other.state,
                    _ => (lane.setup.cwnd, lane.setup.ssthresh) = (other.cwnd, other.ssthresh),
                }
            }
            _ if n > 0 => {
                // A nudge of one segment.
                if let Some(Op::Seg(seg)) = lane.rounds[at].first_mut() {
                    nudge(r, seg);
                }
            }
            _ => {}
        }
    }
    while lane.rounds.len() < rounds {
        let more = ops(r, &lane.setup, &mood);
        lane.rounds.push(more);
    }
    lane.rounds.truncate(rounds);
    lane
}

fn nudge(r: &mut Rng, seg: &mut Seg) {
    let step = r.pick(&[-1, 1, -2, 2, -100, 100, 1440]);
    match r.below(9) {
        0 => seg.seq_plus = seg.seq_plus.wrapping_add(step),
        1 => seg.ack_plus = seg.ack_plus.wrapping_add(step),
        2 => seg.len = seg.len.wrapping_add_signed(i16::try_from(step).unwrap_or(1)).min(1460),
        3 => seg.fin = !seg.fin,
        4 => seg.wnd = Some(window(r)),
        5 => seg.sack = sack(r, 1440),
        6 => seg.ce = !seg.ce,
        7 => seg.ece = !seg.ece,
        _ => seg.ts = timestamp(r),
    }
}

fn setup(r: &mut Rng) -> Setup {
    let near_wrap = |r: &mut Rng| match r.below(4) {
        0 => 0_u32.wrapping_sub(r.below(20_000)),
        1 => 0x8000_0000_u32.wrapping_sub(r.below(20_000)),
        2 => r.below(1 << 16),
        _ => u32::try_from(r.next() >> 32).unwrap_or(0),
    };
    let state = match r.below(20) {
        0 => Start::CloseWait,
        1 => Start::FinWait1,
        2 => Start::FinWait2,
        3 => Start::Closing,
        4 => Start::LastAck,
        _ => Start::Established,
    };
    let busy = r.below(2);
    let some = |r: &mut Rng, percent: u32| {
        let bits = r.range(4, 14);
        let value = u16::try_from(r.below(1 << bits)).unwrap_or(0);
        if r.chance(percent) { value } else { 0 }
    };
    let scales = [0, 0, 0, 1, 2, 7, 8, 14];
    Setup {
        state,
        ipv6: r.chance(25),
        ts: r.chance(40),
        sack: r.chance(70),
        ecn: r.chance(35),
        nodelay: r.chance(30),
        keepalive: r.chance(10),
        snd_wscale: r.pick(&scales),
        rcv_wscale: r.pick(&scales),
        mss: r.pick(&SIZES),
        tx_log2: u8::try_from(r.range(12, 16)).unwrap_or(12),
        rx_log2: u8::try_from(r.range(12, 16)).unwrap_or(12),
        snd: near_wrap(r),
        rcv: near_wrap(r),
        ring_skew: u16::try_from(r.below(65_536)).unwrap_or(0),
        flight: some(r, busy * 60),
        unsent: some(r, busy * 40),
        unread: some(r, busy * 30),
        wnd: window(r),
        cwnd: r.pick(&[1, 2, 3, 4, 10, 100, 1000, 1000]),
        ssthresh: r.pick(&[2, 5, 40_000, 40_000]),
        quickack: r.pick(&[0, 0, 1, 15]),
        idle: r.pick(&[0, 0, 0, 200_000, 10_000_000, u32::MAX]),
        tos: r.pick(&[0, 0, 0x28, 0xfc]),
        flow: if r.chance(30) { r.below(1 << 20) } else { 0 },
        vlan: if r.chance(15) { u16::try_from(r.range(1, 4094)).unwrap_or(1) } else { 0 },
        cc: r.pick(&[0, 0, 0, 0, 0, 1, 2]),
        ts_clock: if r.chance(40) { near_wrap(r) } else { 0 },
        ts_offset: if r.chance(40) { near_wrap(r) } else { 0 },
        tw_class: r.pick(&[0, 0, 1, 2]),
    }
}

fn window(r: &mut Rng) -> u16 {
    match r.below(12) {
        0 => 0,
        1 => u16::try_from(r.below(64)).unwrap_or(0),
        2 => u16::try_from(r.below(1600)).unwrap_or(0),
        3 | 4 => u16::try_from(r.range(1600, 20_000)).unwrap_or(0),
        _ => 65_535,
    }
}

/// How a peer behaves: what it does most.
struct Mood {
    orderly: u32,
    acks: u32,
    host: u32,
    odd: u32,
    harm: u32,
    ends: u32,
    burst: u32,
    moves: u32,
    loses: u32,
    settings: u32,
}

impl Mood {
    fn new(r: &mut Rng) -> Self {
        Self {
            orderly: r.pick(&[30, 60, 90]),
            acks: r.pick(&[20, 50, 80]),
            host: r.pick(&[15, 30, 50]),
            odd: r.pick(&[0, 2, 10]),
            // In some scripts nearly every second segment, in most none: what is refused moves nothing.
            harm: r.pick(&[0, 0, 0, 5, 40]),
            ends: r.pick(&[0, 1, 4]),
            burst: r.pick(&[0, 10, 40]),
            moves: r.pick(&[0, 0, 3]),
            loses: r.pick(&[0, 30]),
            settings: r.pick(&[0, 0, 3]),
        }
    }
}

fn ops(r: &mut Rng, setup: &Setup, mood: &Mood) -> Vec<Op> {
    let n = if r.chance(mood.burst) { r.range(2, 4) } else { 1 };
    (0..n).map(|_| op(r, setup, mood)).collect()
}

fn op(r: &mut Rng, setup: &Setup, mood: &Mood) -> Op {
    let bytes = |r: &mut Rng| {
        let bits = r.range(1, 15);
        u16::try_from(r.below(1 << bits)).unwrap_or(0)
    };
    if r.chance(mood.ends) {
        return match r.below(8) {
            0 => Op::Abort,
            1 => Op::Orphan,
            _ => Op::Close,
        };
    }
    if r.chance(mood.settings) {
        return match r.below(10) {
            0 | 1 => Op::Keepalive(r.chance(70)),
            2 | 3 => Op::Pace(r.pick(&[0, 0, 300, 2_000, 20_000, u16::MAX])),
            4 | 5 => Op::Mirror(r.chance(70)),
            6 => Op::Trace(r.chance(70)),
            7 => Op::Df(r.chance(50)),
            8 => Op::Algorithm(u8::try_from(r.below(3)).unwrap_or(0)),
            _ => Op::Mss(r.pick(&SIZES)),
        };
    }
    if r.chance(mood.moves) {
        return if r.chance(50) { Op::Move } else { Op::Snapshot };
    }
    if r.chance(mood.host) {
        return match r.below(24) {
            0 => Op::Snapshot,
            1 => Op::Kick,
            2 => Op::NextHop(r.chance(70)),
            3 => Op::Mss(r.pick(&SIZES)),
            4 => Op::Nodelay(r.chance(50)),
            5..=11 => Op::Read(bytes(r)),
            12 => Op::Write(setup.mss),
            _ => Op::Write(bytes(r)),
        };
    }
    Op::Seg(segment(r, setup, mood))
}

fn segment(r: &mut Rng, setup: &Setup, mood: &Mood) -> Seg {
    let mss = i32::from(setup.mss);
    let mut seg = Seg::default();
    // What it carries
    if r.chance(mood.acks) {
        if r.chance(20) {
            seg.seq = SeqAt::Sent;
        }
    } else {
        seg.len = match r.below(6) {
            0 => 1,
            1 => u16::try_from(r.below(1460)).unwrap_or(1),
            2 => u16::try_from(r.below(100)).unwrap_or(1),
            _ => setup.mss,
        };
        (seg.seq, seg.seq_plus) = sequence(r, mss, mood);
    }
    // What it acknowledges
    match r.below(20) {
        0 => seg.ack_plus = -i32::try_from(r.below(5000)).unwrap_or(0),
        1 => seg.ack_plus = -1,
        2..=6 => {
            seg.ack = AckAt::Una;
            seg.ack_plus = mss * i32::try_from(r.below(5)).unwrap_or(0);
        }
        7 if mood.odd > 0 => {
            seg.ack = AckAt::Una;
            seg.ack_plus = r.pick(&[-1, 1, -2000, -70_000, 100_000, i32::MAX, i32::MIN]);
        }
        _ if r.chance(mood.loses) => seg.ack = AckAt::Una,
        _ => {}
    }
    if setup.sack && r.chance(if mood.loses > 0 { 50 } else { 10 }) {
        seg.sack = sack(r, mss);
        seg.ack = AckAt::Una;
        seg.ack_plus = 0;
    }
    if r.chance(15) {
        seg.wnd = Some(window(r));
    }
    if setup.ecn {
        seg.ce = seg.len > 0 && r.chance(15);
        seg.cwr = r.chance(8);
        seg.ece = r.chance(12);
    }
    if setup.ts && r.chance(8) {
        seg.ts = timestamp(r);
    }
    if r.chance(mood.ends) {
        seg.fin = true;
    }
    if r.chance(mood.odd) {
        match r.below(8) {
            7 => {
                // A connection attempt: for the TIME_WAIT table, mostly (RFC 6191).
                (seg.syn, seg.no_ack, seg.len) = (true, true, 0);
                seg.seq_plus = r.pick(&[-1000, -1, 0, 1, 1000, 1_000_000]);
                seg.ts =
                    r.pick(&[Ts::Good, Ts::Missing, Ts::Val(0), Ts::Val(1000), Ts::Val(-1000)]);
            }
            0 => seg.syn = true,
            1 | 2 => {
                seg.rst = true;
                seg.len = 0;
                if r.chance(70) {
                    seg.seq_plus = r.pick(&[1, -1, 1000, -1000]);
                }
            }
            3 => seg.no_ack = true,
            4 => seg.urg = true,
            5 => seg.fin = true,
            _ => {
                seg.syn = true;
                seg.seq_plus = r.pick(&[-1, 0, 100]);
            }
        }
    }
    if r.chance(mood.harm) {
        seg.harm = harm(r);
    }
    seg
}

fn sequence(r: &mut Rng, mss: i32, mood: &Mood) -> (SeqAt, i32) {
    if r.chance(mood.orderly) {
        return if r.chance(80) { (SeqAt::Next, 0) } else { (SeqAt::Sent, 0) };
    }
    let few = i32::try_from(r.below(6)).unwrap_or(0);
    match r.below(12) {
        0 => (SeqAt::Edge, 0),
        1 => (SeqAt::Edge, -1),
        2 => (SeqAt::Edge, r.pick(&[1, -mss, -mss + 1, 1000])),
        3 => (SeqAt::Next, -1),
        4 => (SeqAt::Next, -mss),
        5 => (SeqAt::Next, -mss * few - 1),
        6 => (SeqAt::Next, 1),
        7..10 => (SeqAt::Next, mss * few),
        10 => (SeqAt::Next, i32::try_from(r.below(16_000)).unwrap_or(0)),
        _ => (SeqAt::Sent, mss * few),
    }
}

fn sack(r: &mut Rng, mss: i32) -> Vec<(i32, i32)> {
    (0..r.range(1, 4))
        .map(|_| {
            let at = mss * i32::try_from(r.below(8)).unwrap_or(0);
            match r.below(16) {
                0 => (at + 1, mss),
                1 => (at, -mss),
                2 => (-mss, mss),
                3 => (at, 1_000_000),
                4 => (at, 0),
                5 => (at, 1),
                _ => (at, mss * i32::try_from(r.range(1, 3)).unwrap_or(1)),
            }
        })
        .collect()
}

fn timestamp(r: &mut Rng) -> Ts {
    match r.below(6) {
        0 => Ts::Missing,
        1 => Ts::Val(-1),
        2 => Ts::Val(r.pick(&[-1000, -100_000, i32::MIN])),
        3 => Ts::Val(r.pick(&[1, 1000, i32::MAX])),
        4 => Ts::Echo(r.pick(&[-1, 1, 1000, -1000])),
        _ => Ts::Good,
    }
}

fn harm(r: &mut Rng) -> Harm {
    let byte = |r: &mut Rng| u8::try_from(r.below(256)).unwrap_or(0);
    match r.below(28) {
        16 => Harm::FragmentAt(r.pick(&[0, 1, 2, 100, 0x1fff]), r.chance(50)),
        17 => Harm::Next(r.pick(&[0, 1, 6, 17, 43, 50, 51, 58, 59, 60, 135, 255])),
        18 | 19 => Harm::Twice,
        20 | 21 => Harm::Packed,
        22 => Harm::Version(r.pick(&[0, 4, 5, 6, 15])),
        23 => Harm::Station(byte(r) % 4),
        24 => r.pick(&[Harm::Llc, Harm::TwoTags]),
        25 => Harm::Reserved(byte(r)),
        26 => Harm::Urgent(r.pick(&[0, 1, 0xffff])),
        27 => Harm::SackLen(r.pick(&[0, 1, 2, 9, 11, 18, 26, 42, 255])),
        0 => Harm::TcpSum,
        1 => Harm::IpSum,
        2..5 => Harm::Bit(u16::try_from(r.below(65_536)).unwrap_or(0)),
        5 => Harm::DataOffset(byte(r)),
        6 => Harm::IpLen(r.pick(&[-1, 1, -20, -40, 100, -128])),
        7 => Harm::Cut(byte(r)),
        8 | 9 => {
            let kind = r.pick(&[2, 3, 4, 5, 8, 19, 30, 253]);
            Harm::Option(kind, r.pick(&[0, 1, 2, 3, 4, 10, 34, 40]))
        }
        10 => Harm::IpOptions(byte(r)),
        11 => Harm::Fragment,
        12 => Harm::Pad(byte(r)),
        13 => Harm::Vlan(r.pick(&[0, 1, 0xfff, 0x2064])),
        _ => Harm::Nops,
    }
}

// SPDX-License-Identifier: Apache-2.0
//! Bugs of other engines, and of our own, by symptom: each must stay dead.

mod common;

use common::{App, Open, Sim, Wire, app};
use toe_tcp::{
    CcAlgo, Config, Flags, Handshake, Micros, Segment, SeqNum, State, Tcb, TcbEvent, Verdict,
};

const NOW: Micros = Micros(1_000_000_000);

fn cfg() -> Config {
    Config { timestamps: false, quick_acks: 0, cc: CcAlgo::NewReno, ..Config::default() }
}

/// An established connection: our next byte is 1001 (iss 1000), the peer's is 5001.
fn open(cfg: &Config, iss: u32, irs: u32, wnd: u16) -> Tcb {
    let syn = Segment {
        seq: SeqNum(irs),
        flags: Flags::SYN,
        wnd,
        mss: Some(1460),
        sack_permitted: true,
        ..Segment::default()
    };
    let hs = Handshake::from_syn(cfg, SeqNum(iss), &syn);
    let mut t = Tcb::accept_established(cfg, &hs, NOW);
    let ack = Segment {
        seq: SeqNum(irs) + 1,
        ack: SeqNum(iss) + 1,
        flags: Flags::ACK,
        wnd,
        ..Segment::default()
    };
    t.on_segment(NOW, &ack);
    while t.poll_event().is_some() {}
    assert!(t.poll_transmit(NOW).is_none());
    t
}

fn seg(seq: u32, ack: u32, flags: Flags, len: u32, wnd: u16) -> Segment {
    Segment {
        seq: SeqNum(seq),
        ack: SeqNum(ack),
        flags: Flags::ACK.with(flags),
        wnd,
        payload_len: len,
        ..Segment::default()
    }
}

/// "A usable-window test inverted": never a byte beyond SND.UNA + SND.WND, all bytes up to it.
#[test]
fn usable_window_is_not_inverted() {
    for wnd in [1_u16, 100, 1459, 1460, 1461, 5000, 14_600] {
        let mut t = open(&Config { nodelay: true, ..cfg() }, 1000, 5000, wnd);
        t.app_wrote(SeqNum(1001) + 100_000);
        let mut sent = 0;
        while let Some(e) = t.poll_transmit(NOW) {
            sent += e.seg.payload_len;
        }
        assert!(sent <= u32::from(wnd), "window {wnd}, sent {sent}");
        // Silly-window avoidance may hold back less than one segment.
        assert!(sent + 1460 > u32::from(wnd) || sent == 14_600, "window {wnd}, sent {sent}");
    }
}

/// "An out-of-order comparison that breaks where the sequence number wraps."
#[test]
fn out_of_order_across_the_wrap() {
    let irs = 0_u32.wrapping_sub(300);
    let mut t = open(&cfg(), 1000, irs, 65_535);
    let first = irs.wrapping_add(1);
    let far = t.on_segment(NOW, &seg(first.wrapping_add(400), 1001, Flags::NONE, 100, 65_535));
    assert!(far.out_of_order && far.place.is_some());
    let mid = t.on_segment(NOW, &seg(first.wrapping_add(200), 1001, Flags::NONE, 200, 65_535));
    assert!(mid.out_of_order && mid.place.is_some_and(|p| p.len == 200));
    let e = t.poll_transmit(NOW).expect("an immediate ACK");
    let blocks: Vec<_> = e.seg.sack.iter().map(|b| (b.start.0, b.end.0)).collect();
    assert_eq!(blocks, [(first.wrapping_add(200), first.wrapping_add(500))]);
    let fill = t.on_segment(NOW, &seg(first, 1001, Flags::NONE, 200, 65_535));
    assert_eq!(fill.delivered, 500);
    assert_eq!(t.rcv_data_end(), SeqNum(first) + 500);
}

/// "Retransmission that reads the wrong address where the buffer wraps": what is resent is the range
/// that was sent, in sequence numbers, also around 2³² and the ring's end.
#[test]
fn retransmission_across_the_wrap_is_the_same_range() {
    let iss = 0_u32.wrapping_sub(1000);
    let mut t = open(&Config { nodelay: true, ..cfg() }, iss, 5000, 65_535);
    let first = SeqNum(iss) + 1;
    t.app_wrote(first + 4000);
    let sent: Vec<_> = std::iter::from_fn(|| t.poll_transmit(NOW)).map(|e| e.payload()).collect();
    assert_eq!(sent.iter().map(|p| p.1).sum::<u32>(), 4000);
    let mut at = t.next_deadline().expect("the retransmission timer");
    t.on_timer(at);
    let mut next = first;
    while next != first + 4000 {
        let e = t.poll_transmit(at).expect("resend");
        assert!(e.retransmit);
        assert_eq!(e.seg.seq, next);
        next = e.seg.end();
        at = at + 10_u32;
        t.on_segment(at, &seg(5001, next.0, Flags::NONE, 0, 65_535));
    }
}

/// "A stall that never ends after window close": the probe goes out, and again, and data flow when
/// the window opens, although the update that opened it was lost.
#[test]
fn closed_window_is_probed_until_it_opens() {
    let mut t = open(&Config { nodelay: true, ..cfg() }, 1000, 5000, 0);
    t.app_wrote(SeqNum(1001) + 3000);
    assert!(t.poll_transmit(NOW).is_none());
    let mut last = NOW;
    let mut gaps = Vec::new();
    for _ in 0..10 {
        let at = t.next_deadline().expect("the persist timer");
        gaps.push(at.since(last).0);
        t.on_timer(at);
        let e = t.poll_transmit(at).expect("a probe");
        assert_eq!((e.seg.seq, e.seg.payload_len), (SeqNum(1001), 1));
        assert!(t.poll_transmit(at).is_none());
        let out = t.on_segment(at, &seg(5001, 1001, Flags::NONE, 0, 0));
        assert_eq!(out.verdict, Verdict::Accepted);
        last = at;
    }
    assert!(gaps.windows(2).all(|g| g[1] >= g[0]), "backoff {gaps:?}");
    assert_eq!(*gaps.last().unwrap(), 60_000_000);
    // The answer to a probe opens the window.
    t.on_segment(last, &seg(5001, 1001, Flags::NONE, 0, 8000));
    let sent: u32 = std::iter::from_fn(|| t.poll_transmit(last)).map(|e| e.seg.payload_len).sum();
    assert_eq!(sent, 3000);
}

/// The doublings of the persist timer end with it: the window is open again, and what is sent next has the timeout that
/// was measured.
#[test]
fn backoff_of_probes_ends_with_them() {
    let mut t = open(&cfg(), 1000, 5000, 0);
    t.app_wrote(SeqNum(1002));
    assert!(t.poll_transmit(NOW).is_none());
    let mut at = NOW;
    for _ in 0..3 {
        at = t.next_deadline().expect("the persist timer");
        t.on_timer(at);
        assert_eq!(t.poll_transmit(at).expect("a probe").seg.end(), SeqNum(1002));
    }
    // The octet is taken, and the window with it.
    t.on_segment(at, &seg(5001, 1002, Flags::NONE, 0, 8000));
    assert_eq!(t.next_deadline(), None);
    t.app_wrote(SeqNum(1003));
    assert!(t.poll_transmit(at).is_some());
    let rto = t.next_deadline().expect("the retransmission timer").since(at);
    assert_eq!(rto, cfg().initial_rto);
}

/// "… after FIN": a FIN alone behind a closed window is probed and gets through.
#[test]
fn fin_behind_a_closed_window_gets_through() {
    let mut t = open(&cfg(), 1000, 5000, 0);
    t.close();
    assert!(t.poll_transmit(NOW).is_none());
    let at = t.next_deadline().expect("the persist timer");
    t.on_timer(at);
    let e = t.poll_transmit(at).expect("the FIN as probe");
    assert!(e.seg.fin() && e.seg.payload_len == 0);
    t.on_segment(at, &seg(5001, 1002, Flags::NONE, 0, 0));
    assert_eq!(t.state(), State::FinWait2);
}

/// "… or retransmission": a lost retransmission is sent again.
#[test]
fn lost_retransmission_is_sent_again() {
    let mut t = open(&cfg(), 1000, 5000, 65_535);
    t.app_wrote(SeqNum(1001) + 100);
    assert!(t.poll_transmit(NOW).is_some());
    let mut last = 0;
    for _ in 0..6 {
        let at = t.next_deadline().expect("a timer");
        assert!(at.since(NOW).0 > last);
        last = at.since(NOW).0 * 2 - 1;
        t.on_timer(at);
        assert_eq!(t.poll_transmit(at).expect("again").seg.seq, SeqNum(1001));
    }
}

/// "A window scale outside 0..14" is taken as 14 (RFC 7323 §2.3).
#[test]
fn window_scale_above_14_is_14() {
    let syn = Segment {
        seq: SeqNum(5000),
        flags: Flags::SYN,
        wnd: 65_535,
        wscale: Some(200),
        ..Segment::default()
    };
    let c = cfg();
    let hs = Handshake::from_syn(&c, SeqNum(1000), &syn);
    let mut t = Tcb::accept_established(&c, &hs, NOW);
    t.on_segment(NOW, &seg(5001, 1001, Flags::NONE, 0, 65_535));
    assert_eq!(t.info(NOW).snd_wscale, 14);
    assert_eq!(t.info(NOW).snd_wnd, 65_535 << 14);
}

/// "A retransmitted FIN acknowledged one short": the ACK covers the FIN, each time.
#[test]
fn retransmitted_fin_is_acknowledged_in_full() {
    let mut t = open(&cfg(), 1000, 5000, 65_535);
    for n in 0..20 {
        t.on_segment(NOW, &seg(5001, 1001, Flags::FIN, 0, 65_535));
        let e = t.poll_transmit(NOW).unwrap_or_else(|| panic!("FIN {n} has no answer"));
        assert_eq!(e.seg.ack, SeqNum(5002));
    }
    assert_eq!(t.state(), State::CloseWait);
    // Also from TIME_WAIT kept in the core.
    let mut t = open(&cfg(), 1000, 5000, 65_535);
    t.close();
    assert!(t.poll_transmit(NOW).expect("our FIN").seg.fin());
    t.on_segment(NOW, &seg(5001, 1002, Flags::FIN, 0, 65_535));
    assert_eq!(t.state(), State::TimeWait);
    for _ in 0..20 {
        assert_eq!(t.poll_transmit(NOW).expect("an ACK").seg.ack, SeqNum(5002));
        t.on_segment(NOW, &seg(5001, 1002, Flags::FIN, 0, 65_535));
    }
}

/// "Timers that assume one clock": an hour of idle changes nothing, and a thaw on a clock with
/// another origin neither jumps timestamps back nor fires timers.
#[test]
fn thaw_on_another_clock_keeps_time() {
    let c = Config { timestamps: true, nodelay: true, ..cfg() };
    let mut s = Sim::new(
        3,
        Open::Direct,
        [c, c],
        [App { close: false, ..app(5000) }, App { close: false, ..app(0) }],
        Wire::clean(1000),
        [1, 2],
    );
    while s.ends[1].read < 5000 {
        assert!(s.step());
    }
    let now = Micros(s.now);
    let mut t = s.ends[0].tcb.clone();
    t.app_wrote(t.snd_end() + 1);
    let before = t.poll_transmit(now).expect("data").seg.ts.expect("timestamps").val;
    let left = t.next_deadline().expect("a timer").since(now);
    for other in [Micros(0), Micros(17), Micros(1 << 40), Micros(u64::MAX >> 1)] {
        let mut u = Tcb::thaw(&t.snapshot(now), other).expect("valid");
        assert_eq!(u.next_deadline().expect("a timer").since(other), left);
        assert!(u.poll_transmit(other).is_none());
        u.app_wrote(u.snd_end() + 5000);
        let e = u.poll_transmit(other).expect("data");
        assert_eq!(e.seg.ts.expect("timestamps").val, before);
    }
}

/// Ours: two ends that probe each other's closed windows at once took each other's octet, and then
/// refused each other's ACKs until both gave up.
#[test]
fn closed_windows_both_ways_do_not_deadlock() {
    let base = Config {
        mss: 536,
        path_mss: 536,
        rcv_ring: 256,
        snd_ring: 256,
        window_scaling: false,
        sack: false,
        ecn: true,
        cc: CcAlgo::NewReno,
        ..Config::default()
    };
    let slow = App { total: 30_000, chunk: 100, read_every: 300_000, write_every: 0, close: true };
    let wire = Wire {
        loss: 5,
        dup: 20,
        reorder: 200,
        delay: 30_000,
        jitter: 20_000,
        ce: 20,
        bad_packets: 3000,
    };
    for seed in 0..60 {
        let cfgs = [base, Config { snd_ring: 65_536, delayed_ack: Micros::ZERO, ..base }];
        let apps = [slow.clone(), slow.clone()];
        let mut s = Sim::new(seed, Open::Simultaneous, cfgs, apps, wire.clone(), [0, 0]);
        s.freeze = 100;
        s.keep_log = true;
        s.run(4 * 3600 * 1_000_000);
        s.check_complete();
    }
}

/// Ours: an ACK with an old SEQ and a new ACK number moved SND.UNA but not the window, so the right
/// edge ran ahead of what the peer had announced.
#[test]
fn window_goes_with_the_ack_that_moves_snd_una() {
    let mut t = open(&cfg(), 1000, 5000, 3000);
    t.app_wrote(SeqNum(1001) + 20_000);
    while t.poll_transmit(NOW).is_some() {}
    // New data from the peer, then a retransmission of older data with a newer ACK.
    t.on_segment(NOW, &seg(5101, 1001, Flags::NONE, 100, 3000));
    t.on_segment(NOW, &seg(5001, 2461, Flags::NONE, 100, 1540));
    let i = t.info(NOW);
    assert_eq!(i.snd_una + i.snd_wnd, SeqNum(4001));
}

/// Ours: when an ACK is lost, the answer to the retransmission must echo the retransmission's
/// timestamp, or the peer takes its own timeout for a round trip.
#[test]
fn answer_to_a_retransmission_echoes_its_timestamp() {
    let c = Config { timestamps: true, ..cfg() };
    let syn = Segment {
        seq: SeqNum(5000),
        flags: Flags::SYN,
        wnd: 65_535,
        ts: Some(toe_tcp::Timestamps { val: 100, ecr: 0 }),
        ..Segment::default()
    };
    let hs = Handshake::from_syn(&c, SeqNum(1000), &syn);
    let mut t = Tcb::accept_established(&c, &hs, NOW);
    let with = |val| Segment {
        ts: Some(toe_tcp::Timestamps { val, ecr: 1 }),
        ..seg(5001, 1001, Flags::NONE, 100, 65_535)
    };
    t.on_segment(NOW, &with(110));
    t.on_timer(NOW + 50_000_u32);
    assert_eq!(t.poll_transmit(NOW).expect("ACK").seg.ts.expect("ts").ecr, 110);
    assert_eq!(t.on_segment(NOW, &with(900)).verdict, Verdict::Duplicate);
    assert_eq!(t.poll_transmit(NOW).expect("ACK").seg.ts.expect("ts").ecr, 900);
}

/// S-MTU-1: at most one resend per distinct MTU, never a larger segment than the peer's MSS.
#[test]
fn path_mtu_changes_rewind_once_per_mtu() {
    let mut t = open(&cfg(), 1000, 5000, 65_535);
    t.app_wrote(SeqNum(1001) + 14_600);
    while t.poll_transmit(NOW).is_some() {}
    assert!(!t.set_path_mss(9000, true), "above the peer's MSS: no increase");
    assert_eq!(t.mss(), 1460);
    assert!(t.icmp_seq_valid(SeqNum(1001)) && !t.icmp_seq_valid(SeqNum(1000)));
    assert!(!t.icmp_seq_valid(SeqNum(1001) + 14_600));
    assert!(t.set_path_mss(1000, true));
    for _ in 0..5 {
        assert!(!t.set_path_mss(1000, true), "the same MTU again");
    }
    let mut next = SeqNum(1001);
    while let Some(e) = t.poll_transmit(NOW) {
        assert_eq!(e.seg.seq, next);
        assert!(e.seg.payload_len <= 1000 && e.retransmit && e.df);
        next = e.seg.end();
    }
    assert_eq!(next, SeqNum(1001) + 14_600);
    // S-MTU-2: tiny MTU: minimum MSS and DF clear.
    assert!(t.set_path_mss(216, false));
    let e = t.poll_transmit(NOW).expect("again");
    assert!(e.seg.payload_len == 216 && !e.df);
}

/// S-TOE-7 and RFC 2525 §2.17: a reader that has left answers data with a reset.
#[test]
fn data_after_the_application_left_is_reset() {
    let mut t = open(&cfg(), 1000, 5000, 65_535);
    t.detach(NOW);
    assert!(t.poll_transmit(NOW).expect("FIN").seg.fin());
    let out = t.on_segment(NOW, &seg(5001, 1002, Flags::NONE, 10, 65_535));
    assert_eq!(out.verdict, Verdict::DataAfterClose);
    assert!(t.poll_transmit(NOW).expect("RST").seg.rst());
    assert_eq!(t.state(), State::Closed);
    // Unread data at close.
    let mut t = open(&cfg(), 1000, 5000, 65_535);
    t.on_segment(NOW, &seg(5001, 1001, Flags::NONE, 10, 65_535));
    t.detach(NOW);
    assert!(t.poll_transmit(NOW).expect("RST").seg.rst());
}

/// A FIN takes a place in the window: three duplicates do not bring it through a closed one.
#[test]
fn a_fin_is_not_sent_again_beyond_the_window() {
    let cfg = Config { sack: false, ..cfg() };
    let mut t = open(&cfg, 1000, 5000, 65_535);
    t.app_wrote(SeqNum(1001 + 100));
    t.close();
    let first = t.poll_transmit(NOW).expect("data and FIN").seg;
    assert!(first.fin() && first.payload_len == 100);
    // The peer takes the data, and its window closes with it.
    t.on_segment(NOW, &seg(5001, 1101, Flags::NONE, 0, 0));
    for _ in 0..3 {
        t.on_segment(NOW, &seg(5001, 1101, Flags::NONE, 0, 0));
    }
    assert!(t.poll_transmit(NOW).is_none());
    let mut at = NOW;
    while !t.poll_transmit(at).is_some_and(|probe| probe.seg.fin()) {
        at = t.next_deadline().expect("a probe");
        t.on_timer(at);
    }
}

/// A peer that never closes cannot hold a detached connection in FIN_WAIT_2; keepalive ends it no sooner.
#[test]
fn fin_wait_2_ends_for_a_detached_connection() {
    let keepalive = Some(Micros::from_secs(10));
    let mut t = open(&toe_tcp::Config { keepalive, ..cfg() }, 1000, 5000, 65_535);
    t.detach(NOW);
    assert!(t.poll_transmit(NOW).is_some());
    t.on_segment(NOW, &seg(5001, 1002, Flags::NONE, 0, 65_535));
    assert_eq!(t.state(), State::FinWait2);
    let mut at = NOW;
    while t.state() != State::Closed {
        at = t.next_deadline().expect("FIN_WAIT_2 limit");
        t.on_timer(at);
        assert!(t.poll_transmit(at).is_none());
    }
    assert_eq!(at.since(NOW), Micros::from_secs(60));
    assert!(
        std::iter::from_fn(|| t.poll_event())
            .any(|e| e == TcbEvent::Closed(toe_tcp::CloseReason::FinWait2Timeout))
    );
}

/// S-REASS-1: with all intervals taken, the missing segment is still accepted.
#[test]
fn missing_segment_always_accepted() {
    let mut t = open(&cfg(), 1000, 5000, 65_535);
    for n in 1..=4_u32 {
        let out = t.on_segment(NOW, &seg(5001 + n * 200, 1001, Flags::NONE, 100, 65_535));
        assert!(out.place.is_some());
    }
    let out = t.on_segment(NOW, &seg(5001 + 1000, 1001, Flags::NONE, 100, 65_535));
    assert!(out.ooo_overflow && out.place.is_none());
    let out = t.on_segment(NOW, &seg(5001, 1001, Flags::NONE, 200, 65_535));
    assert_eq!(out.delivered, 300);
    // Order of SACK blocks: most recent first (RFC 2018 §4).
    let e = t.poll_transmit(NOW).expect("ACK");
    let starts: Vec<_> = e.seg.sack.iter().map(|b| b.start.0).collect();
    assert_eq!(starts, [5801, 5601, 5401]);
}

/// Ours: with a ring larger than an unscaled window can express, each small read sent an ACK that
/// announced nothing new; the peer took them for duplicates and fell into recovery without end.
#[test]
fn reads_under_an_inexpressible_window_send_no_acks() {
    let c = Config { rcv_ring: 1 << 20, window_scaling: false, ..cfg() };
    let mut t = open(&c, 1000, 5000, 65_535);
    t.on_segment(NOW, &seg(5001, 1001, Flags::NONE, 1000, 65_535));
    t.on_segment(NOW, &seg(6001, 1001, Flags::NONE, 1000, 65_535));
    let e = t.poll_transmit(NOW).expect("every second segment");
    assert_eq!(e.seg.wnd, 65_535);
    for n in 1..=200 {
        t.app_read(SeqNum(5001 + n * 10));
        assert!(t.poll_transmit(NOW).is_none(), "read {n}");
    }
}

// SPDX-License-Identifier: Apache-2.0
//! Segment by segment: acceptance (RFC 9293, RFC 5961, RFC 7323), acknowledgement policy, silly
//! windows, recovery, timers. One connection, no wire.
#![allow(clippy::cast_possible_truncation)]

use toe_tcp::{
    CcAlgo, CloseReason, Config, Emit, Flags, Handshake, Micros, Segment, SeqNum, State, Tcb,
    TcbEvent, Timestamps, Verdict,
};

const NOW: Micros = Micros(1_000_000_000);
const MSS: u32 = 1000;
const A: Flags = Flags::ACK;

fn cfg() -> Config {
    Config {
        mss: 1000,
        path_mss: 1000,
        rcv_ring: 10_000,
        window_scaling: false,
        timestamps: false,
        quick_acks: 0,
        cc: CcAlgo::NewReno,
        ..Config::default()
    }
}

/// ESTABLISHED: ours next 1001, theirs next 5001, window both ways.
fn open_with(cfg: &Config, ecn: bool, ts: Option<u32>) -> Tcb {
    let syn = Segment {
        seq: SeqNum(5000),
        flags: if ecn { Flags::SYN.with(Flags::ECE).with(Flags::CWR) } else { Flags::SYN },
        wnd: 65_535,
        mss: Some(1000),
        sack_permitted: true,
        ts: ts.map(|val| Timestamps { val, ecr: 0 }),
        ..Segment::default()
    };
    let hs = Handshake::from_syn(cfg, SeqNum(1000), &syn);
    let mut t = Tcb::accept_established(cfg, &hs, NOW);
    let mut first = ack(1001);
    first.ts = syn.ts;
    assert_eq!(t.on_segment(NOW, &first).verdict, Verdict::Accepted);
    // The window of the SYN|ACK was the whole ring already.
    assert!(drain(&mut t, NOW).is_empty());
    while t.poll_event().is_some() {}
    t
}

fn open(cfg: &Config) -> Tcb {
    open_with(cfg, false, None)
}

fn ack(n: u32) -> Segment {
    Segment { seq: SeqNum(5001), ack: SeqNum(n), flags: A, wnd: 65_535, ..Segment::default() }
}

fn data(seq: u32, len: u32) -> Segment {
    Segment { seq: SeqNum(seq), payload_len: len, ..ack(1001) }
}

fn sack(n: u32, blocks: &[(u32, u32)]) -> Segment {
    let mut s = ack(n);
    for &(a, b) in blocks {
        s.sack.push(SeqNum(a), SeqNum(b));
    }
    s
}

fn drain(t: &mut Tcb, now: Micros) -> Vec<Emit> {
    std::iter::from_fn(|| t.poll_transmit(now)).collect()
}

fn write(t: &mut Tcb, n: u32) {
    let end = t.snd_end() + n;
    t.app_wrote(end);
    assert_eq!(t.snd_end(), end);
}

/// (seq, length) of what is sent.
fn sent(t: &mut Tcb, now: Micros) -> Vec<(u32, u32)> {
    drain(t, now).iter().map(|e| (e.seg.seq.0, e.seg.payload_len)).collect()
}

#[test]
fn acceptance_table() {
    use Verdict as V;
    let s = Flags::SYN;
    let r = Flags::RST;
    let f = Flags::FIN;
    // Window: [5001, 15001). Row: what, flags, seq, ack, len → verdict, answered with an ACK.
    let rows = [
        ("in order", A, 5001, 1001, 10, V::Accepted, false),
        ("in window, out of order", A, 6001, 1001, 10, V::Accepted, true),
        ("across the right edge", A, 15_000, 1001, 10, V::Accepted, true),
        ("at the right edge, data", A, 15_001, 1001, 10, V::Unacceptable, true),
        ("at the right edge, empty", A, 15_001, 1001, 0, V::Accepted, false),
        ("beyond, empty", A, 15_002, 1001, 0, V::Unacceptable, true),
        ("old data", A, 4901, 1001, 100, V::Duplicate, true),
        ("old and new data", A, 4951, 1001, 100, V::Accepted, true),
        ("keepalive probe", A, 5000, 1001, 0, V::Unacceptable, true),
        ("keepalive probe with an octet", A, 5000, 1001, 1, V::Duplicate, true),
        ("half the space away", A, 5001 + 0x7fff_ffff, 1001, 10, V::Unacceptable, true),
        ("rst exact", r, 5001, 0, 0, V::Reset, false),
        ("rst one above", r, 5002, 0, 0, V::RstChallenged, true),
        ("rst at the edge", r, 15_001, 0, 0, V::RstChallenged, true),
        ("rst one below", r, 5000, 0, 0, V::RstIgnored, false),
        ("rst beyond", r, 15_002, 0, 0, V::RstIgnored, false),
        ("rst|ack with a wild ack", r.with(A), 5001, 77, 0, V::Reset, false),
        ("syn in window", s, 5001, 0, 0, V::SynChallenged, true),
        ("syn|ack again", s.with(A), 5000, 1001, 0, V::SynChallenged, true),
        ("syn outside", s, 90_000, 0, 0, V::SynChallenged, true),
        ("no ack", Flags::NONE, 5001, 0, 10, V::NoAck, false),
        ("fin without ack", f, 5001, 0, 0, V::NoAck, false),
        ("ack of the future", A, 5001, 1002, 10, V::BadAck, true),
        ("ack one window old", A, 5001, 1001_u32.wrapping_sub(65_535), 10, V::Accepted, false),
        ("ack too old", A, 5001, 1000_u32.wrapping_sub(65_535), 10, V::BadAck, true),
        ("ack half the space away", A, 5001, 1001 + 0x8000_0000, 10, V::BadAck, true),
    ];
    for (what, flags, seq, ackno, len, want, answered) in rows {
        let mut t = open(&Config { delayed_ack: Micros::from_millis(40), ..cfg() });
        let seg = Segment {
            seq: SeqNum(seq),
            ack: SeqNum(ackno),
            flags,
            payload_len: len,
            wnd: 65_535,
            ..Segment::default()
        };
        let out = t.on_segment(NOW, &seg);
        assert_eq!(out.verdict, want, "{what}");
        let reply = drain(&mut t, NOW);
        assert_eq!(!reply.is_empty(), answered, "{what}: {reply:?}");
        for e in reply {
            assert_eq!((e.seg.seq, e.seg.flags), (SeqNum(1001), A), "{what}");
        }
        assert_eq!(t.state() == State::Closed, want == V::Reset, "{what}");
    }
}

/// RFC 5961 §7: blind floods get ten answers a second, no more; a real FIN still gets its ACK.
#[test]
fn challenge_acks_are_limited() {
    let mut t = open(&cfg());
    let rst = Segment { seq: SeqNum(5002), flags: Flags::RST, ..Segment::default() };
    let mut answers = 0;
    for _ in 0..100 {
        t.on_segment(NOW, &rst);
        answers += drain(&mut t, NOW).len();
    }
    assert_eq!(answers, 10);
    assert_eq!(t.counters().challenge_suppressed, 90);
    let mut fin = data(5001, 0);
    fin.flags = A.with(Flags::FIN);
    t.on_segment(NOW, &fin);
    assert_eq!(drain(&mut t, NOW).len(), 1);
    t.on_segment(NOW + Micros::from_secs(1), &Segment { seq: SeqNum(5003), ..rst });
    assert!(t.state() == State::CloseWait);
}

#[test]
fn paws() {
    let c = Config { timestamps: true, ..cfg() };
    let with = |seg: Segment, val| Segment { ts: Some(Timestamps { val, ecr: 0 }), ..seg };
    let mut t = open_with(&c, false, Some(100));
    assert_eq!(t.on_segment(NOW, &with(data(5001, 10), 99)).verdict, Verdict::Paws);
    assert_eq!(drain(&mut t, NOW).len(), 1, "an ACK for the old one");
    assert_eq!(t.on_segment(NOW, &data(5001, 10)).verdict, Verdict::NoTimestamp);
    assert!(drain(&mut t, NOW).is_empty());
    assert_eq!(t.on_segment(NOW, &with(data(5001, 10), 100)).verdict, Verdict::Accepted);
    // Half the space on is older; one less is newer.
    assert_eq!(t.on_segment(NOW, &with(data(5011, 10), 100 + 0x8000_0000)).verdict, Verdict::Paws);
    let far = with(data(5011, 10), 100 + 0x7fff_ffff);
    assert_eq!(t.on_segment(NOW, &far).verdict, Verdict::Accepted);
    // TS.Recent is not taken from beyond Last.ACK.sent (RFC 7323 §4.3).
    let mut t = open_with(&c, false, Some(100));
    t.on_segment(NOW, &with(data(6001, 10), 500));
    assert_eq!(drain(&mut t, NOW)[0].seg.ts.unwrap().ecr, 100);
    // After 24 days an old timestamp is believed (RFC 7323 §5.5).
    let later = NOW + Micros::from_secs(24 * 24 * 3600);
    assert_eq!(t.on_segment(later, &with(data(5001, 10), 99)).verdict, Verdict::Accepted);
    // A reset needs no timestamp.
    let rst = Segment { seq: SeqNum(5011), flags: Flags::RST, ..Segment::default() };
    assert_eq!(t.on_segment(later, &rst).verdict, Verdict::Reset);
}

#[test]
fn delayed_acknowledgements() {
    // The first waits 40 ms, the second makes it go.
    let mut t = open(&cfg());
    t.on_segment(NOW, &data(5001, 100));
    assert!(drain(&mut t, NOW).is_empty());
    assert_eq!(t.next_deadline(), Some(NOW + 40_000_u32));
    t.on_segment(NOW, &data(5101, 100));
    assert_eq!(drain(&mut t, NOW)[0].seg.ack, SeqNum(5201));
    t.on_segment(NOW, &data(5201, 100));
    t.on_timer(NOW + 40_000_u32);
    assert_eq!(drain(&mut t, NOW)[0].seg.ack, SeqNum(5301));
    // Out of order and filling a gap: at once.
    t.on_segment(NOW, &data(5401, 100));
    assert_eq!(drain(&mut t, NOW).len(), 1);
    t.on_segment(NOW, &data(5301, 100));
    assert_eq!(drain(&mut t, NOW)[0].seg.ack, SeqNum(5501));
    // Data of ours carry it along.
    t.on_segment(NOW, &data(5501, 100));
    write(&mut t, 10);
    let e = drain(&mut t, NOW);
    assert_eq!((e.len(), e[0].seg.ack, e[0].seg.payload_len), (1, SeqNum(5601), 10));
    assert_eq!(t.info(NOW).timers.delack, None);
    // Quick ACKs first.
    let mut t = open(&Config { quick_acks: 2, ..cfg() });
    for n in 0..3 {
        t.on_segment(NOW, &data(5001 + n * 10, 10));
        assert_eq!(drain(&mut t, NOW).len(), usize::from(n < 2));
    }
}

#[test]
fn receiver_avoids_silly_windows() {
    let mut t = open(&cfg());
    for n in 0..10 {
        t.on_segment(NOW, &data(5001 + n * 1000, 1000));
    }
    assert_eq!(drain(&mut t, NOW)[0].seg.wnd, 0);
    // Small reads say nothing; two segments' worth do; the edge never goes back.
    t.app_read(SeqNum(5001 + 500));
    assert!(drain(&mut t, NOW).is_empty());
    // Asked, it still announces no silly window.
    t.on_segment(NOW, &data(15_001, 1));
    assert_eq!(drain(&mut t, NOW)[0].seg.wnd, 0);
    t.app_read(SeqNum(5001 + 1999));
    assert!(drain(&mut t, NOW).is_empty());
    t.app_read(SeqNum(5001 + 2000));
    assert_eq!(drain(&mut t, NOW)[0].seg.wnd, 2000);
    // Nonsense from the application is ignored.
    t.app_read(SeqNum(5001));
    t.app_read(SeqNum(99_999));
    assert_eq!(t.rcv_read(), SeqNum(7001));
}

#[test]
fn sender_avoids_silly_windows_and_nagle() {
    // Nagle: the second small write waits for the ACK, a full segment does not.
    let mut t = open(&cfg());
    write(&mut t, 10);
    assert_eq!(sent(&mut t, NOW), [(1001, 10)]);
    write(&mut t, 10);
    assert_eq!(sent(&mut t, NOW), []);
    write(&mut t, 1000);
    assert_eq!(sent(&mut t, NOW), [(1011, 1000)]);
    t.on_segment(NOW, &ack(2011));
    assert_eq!(sent(&mut t, NOW), [(2011, 10)]);
    // Off: at once.
    let mut t = open(&Config { nodelay: true, ..cfg() });
    write(&mut t, 10);
    write(&mut t, 10);
    assert_eq!(sent(&mut t, NOW), [(1001, 20)]);
    write(&mut t, 10);
    assert_eq!(sent(&mut t, NOW), [(1021, 10)]);
    // A FIN pushes what is held back.
    let mut t = open(&cfg());
    write(&mut t, 10);
    assert_eq!(sent(&mut t, NOW), [(1001, 10)]);
    write(&mut t, 10);
    t.close();
    let e = drain(&mut t, NOW);
    assert!(e.len() == 1 && e[0].seg.fin() && e[0].seg.payload_len == 10);
    // A window of 300 when the largest was 65535: silly, held until the override timer.
    let mut t = open(&cfg());
    t.on_segment(NOW, &Segment { wnd: 300, ..ack(1001) });
    write(&mut t, 5000);
    assert_eq!(sent(&mut t, NOW), []);
    let at = t.next_deadline().expect("override timer");
    t.on_timer(at);
    assert_eq!(sent(&mut t, at), [(1001, 300)]);
}

#[test]
fn limited_transmit_then_fast_retransmit_without_sack() {
    let mut t = open(&Config { sack: false, ..cfg() });
    write(&mut t, 40_000);
    assert_eq!(sent(&mut t, NOW).len(), 10);
    // RFC 3042: one new segment for each of the first two duplicates.
    t.on_segment(NOW, &ack(1001));
    assert_eq!(sent(&mut t, NOW), [(11_001, 1000)]);
    t.on_segment(NOW, &ack(1001));
    assert_eq!(sent(&mut t, NOW), [(12_001, 1000)]);
    t.on_segment(NOW, &ack(1001));
    assert_eq!(sent(&mut t, NOW), [(1001, 1000)]);
    let i = t.info(NOW);
    // 12 in flight, 10 of them when the first was lost: half of cwnd binds. Three have left (RFC 6582 §3.2 step 2).
    assert!(i.fast_recovery && i.cwnd == 5000 + 3000 && i.ssthresh == 5000, "{i:?}");
    // Inflation: 5 + 3 + n segments against 12 in flight: new data from the fifth on.
    for n in 0..6 {
        t.on_segment(NOW, &ack(1001));
        assert_eq!(sent(&mut t, NOW).len(), usize::from(n >= 4), "{n}");
    }
    // A partial ACK resends the next hole (RFC 6582); window updates and data are no duplicates.
    t.on_segment(NOW, &ack(4001));
    assert_eq!(sent(&mut t, NOW)[0], (4001, 1000));
    // A full ACK ends it.
    let end = t.info(NOW).snd_max.0;
    t.on_segment(NOW, &ack(13_001));
    let i = t.info(NOW);
    assert!(!i.fast_recovery && i.cwnd <= 5000, "{i:?}");
    assert!(end > 13_001);
}

#[test]
fn sack_recovery_resends_exactly_the_holes() {
    let mut t = open(&cfg());
    write(&mut t, 60_000);
    assert_eq!(sent(&mut t, NOW).len(), 10);
    // Ten segments from 1001; those at 1001, 4001 and 7001 are lost.
    let mut resent = Vec::new();
    for blocks in [
        &[(2001, 3001)][..],
        &[(2001, 4001)],
        &[(5001, 6001), (2001, 4001)],
        &[(5001, 7001), (2001, 4001)],
        &[(8001, 9001), (5001, 7001), (2001, 4001)],
        &[(8001, 10_001), (5001, 7001), (2001, 4001)],
        &[(8001, 11_001), (5001, 7001), (2001, 4001)],
    ] {
        t.on_segment(NOW, &sack(1001, blocks));
        resent.extend(drain(&mut t, NOW).iter().filter(|e| e.retransmit).map(|e| e.seg.seq.0));
    }
    assert_eq!(resent, [1001, 4001, 7001]);
    assert_eq!(t.info(NOW).cwnd, 5000);
    assert_eq!(t.counters().fast_retransmits, 1);
    // The ACK of everything before new data ends recovery.
    t.on_segment(NOW, &ack(11_001));
    assert!(t.info(NOW).fast_recovery, "limited transmit had gone beyond");
    let max = t.info(NOW).snd_max.0;
    t.on_segment(NOW, &ack(max));
    assert!(!t.info(NOW).fast_recovery);
    assert!(drain(&mut t, NOW).iter().all(|e| !e.retransmit));
}

#[test]
fn forged_sack_blocks_are_ignored() {
    let mut t = open(&cfg());
    write(&mut t, 10_000);
    drain(&mut t, NOW);
    let bad = [(1001, 2001), (500, 700), (3001, 3001), (4001, 3001), (10_001, 11_002), (900, 5001)];
    for b in bad {
        t.on_segment(NOW, &sack(1001, &[b]));
        assert_eq!(t.info(NOW).sacked, 0, "{b:?}");
    }
    assert!(drain(&mut t, NOW).is_empty());
}

#[test]
fn duplicate_data_is_reported_by_d_sack() {
    let mut t = open(&cfg());
    t.on_segment(NOW, &data(5001, 100));
    t.on_segment(NOW, &data(5101, 100));
    drain(&mut t, NOW);
    t.on_segment(NOW, &data(5001, 100));
    let blocks = |t: &mut Tcb| {
        let e = drain(t, NOW);
        e[0].seg.sack.iter().map(|b| (b.start.0, b.end.0)).collect::<Vec<_>>()
    };
    assert_eq!(blocks(&mut t), [(5001, 5101)]);
    // An out-of-order duplicate: D-SACK first, then the block around it (RFC 2883 §4.1.2).
    t.on_segment(NOW, &data(5401, 100));
    assert_eq!(blocks(&mut t), [(5401, 5501)]);
    t.on_segment(NOW, &data(5501, 100));
    assert_eq!(blocks(&mut t), [(5401, 5601)]);
    t.on_segment(NOW, &data(5401, 100));
    assert_eq!(blocks(&mut t), [(5401, 5501), (5401, 5601)]);
}

/// S-CC-3: ECE halves the window once a round trip and resends nothing; CWR goes with new data.
#[test]
fn ecn_halves_once_per_round_trip_and_resends_nothing() {
    let mut t = open_with(&Config { ecn: true, ..cfg() }, true, None);
    write(&mut t, 60_000);
    let first = drain(&mut t, NOW);
    assert!(first.iter().all(|e| e.ect));
    let ece = |n| Segment { flags: A.with(Flags::ECE), ..ack(n) };
    for n in 2..=9 {
        t.on_segment(NOW, &ece(1 + n * 1000));
    }
    assert_eq!(t.info(NOW).cwnd, 5000);
    let out = drain(&mut t, NOW);
    assert!(out.iter().all(|e| !e.retransmit));
    let cwr = |v: &[Emit]| v.iter().filter(|e| e.seg.flags.has(Flags::CWR)).count();
    assert_eq!(cwr(&out), 1, "{out:?}");
    assert!(out[0].seg.flags.has(Flags::CWR));
    t.on_segment(NOW, &ece(11_001));
    t.on_segment(NOW, &ece(12_001));
    assert_eq!(t.info(NOW).ecn_reductions(), 2);
    assert_eq!(t.counters().retransmit_segs, 0);
    // Receiver: CE starts the echo, CWR ends it.
    let mut t = open_with(&Config { ecn: true, ..cfg() }, true, None);
    t.on_segment(NOW, &Segment { ce: true, ..data(5001, 10) });
    assert!(drain(&mut t, NOW)[0].seg.flags.has(Flags::ECE));
    t.on_segment(NOW, &data(5011, 10));
    t.on_segment(NOW, &data(5021, 10));
    assert!(drain(&mut t, NOW)[0].seg.flags.has(Flags::ECE));
    t.on_segment(NOW, &Segment { flags: A.with(Flags::CWR), ..data(5031, 10) });
    assert!(!drain(&mut t, NOW)[0].seg.flags.has(Flags::ECE));
}

/// RFC 8257 §3.2, figure 1: the echo is that of each segment; a change acknowledges what waited, with the echo as it was.
#[test]
fn dctcp_echoes_each_segments_own_mark() {
    let cfg = Config { ecn: true, cc: CcAlgo::Dctcp, ..cfg() };
    let mut t = open_with(&cfg, true, None);
    // (sequence number, CE, CWR) → acknowledgements (number, ECE).
    type Row = (u32, bool, bool, &'static [(u32, bool)]);
    let rows: &[Row] = &[
        (5001, false, false, &[]),
        (5101, true, false, &[(5101, false)]),
        (5201, true, false, &[(5301, true)]),
        (5301, true, true, &[]),
        (5401, false, false, &[(5401, true)]),
        (5501, false, false, &[(5601, false)]),
        (5601, true, false, &[]),
        (5701, true, false, &[(5801, true)]),
    ];
    for &(seq, ce, cwr, want) in rows {
        let flags = if cwr { A.with(Flags::CWR) } else { A };
        t.on_segment(NOW, &Segment { ce, flags, ..data(seq, 100) });
        let out: Vec<_> =
            drain(&mut t, NOW).iter().map(|e| (e.seg.ack.0, e.seg.flags.has(Flags::ECE))).collect();
        assert_eq!(out, want, "after {seq}");
    }
    // The segment that changed the echo still has its delayed ACK, and the right edge never moves back.
    // It is its own: what waited before it began another.
    t.on_segment(NOW, &data(5801, 100));
    let later = NOW + 30_000_u32;
    t.on_segment(later, &Segment { ce: true, ..data(5901, 100) });
    let first = drain(&mut t, later);
    assert_eq!(first.len(), 1);
    t.on_timer(NOW + 40_000_u32);
    assert!(drain(&mut t, NOW + 40_000_u32).is_empty());
    t.on_timer(later + 40_000_u32);
    let second = drain(&mut t, later + 40_000_u32);
    assert_eq!((second[0].seg.ack, second[0].seg.flags.has(Flags::ECE)), (SeqNum(6001), true));
    let edge = |e: &Emit| e.seg.ack.0 + u32::from(e.seg.wnd);
    assert!(edge(&second[0]) >= edge(&first[0]));
}

/// RFC 8257 §3.4: once a window, by α/2; α falls by a sixteenth a window without marks.
#[test]
fn dctcp_reduces_by_the_extent_of_congestion() {
    let cfg = Config { ecn: true, cc: CcAlgo::Dctcp, ..cfg() };
    let mut t = open_with(&cfg, true, None);
    write(&mut t, 100_000);
    drain(&mut t, NOW);
    let ece = |n| Segment { flags: A.with(Flags::ECE), ..ack(n) };
    // α is 1 at the start: half, as with NewReno.
    t.on_segment(NOW, &ece(1001));
    assert_eq!(t.info(NOW).cwnd, 5000);
    // Windows without a mark: α · (15/16)ⁿ.
    let mut una = 1001;
    for _ in 0..600 {
        drain(&mut t, NOW);
        una += 1000;
        t.on_segment(NOW, &ack(una));
        write(&mut t, 1000);
    }
    let alpha = f64::from(t.snapshot(NOW).cc_private[0] & 0x1_ffff) / 65_536.0;
    assert!(alpha < 0.4, "{alpha}");
    drain(&mut t, NOW);
    let before = t.info(NOW).cwnd;
    t.on_segment(NOW, &ece(una + 1000));
    let want = f64::from(before) * (1.0 - alpha / 2.0);
    let got = f64::from(t.info(NOW).cwnd);
    assert!((got - want).abs() <= 1000.0 + want * 0.01, "{got} for {want}");
    assert!(got > f64::from(before) * 0.6);
    assert_eq!(t.counters().retransmit_segs, 0);
}

trait Ecn {
    fn ecn_reductions(&self) -> u32;
}
impl Ecn for toe_tcp::TcpInfo {
    fn ecn_reductions(&self) -> u32 {
        self.counters.ecn_reductions
    }
}

/// RFC 6298 §5.5, §2.5, RFC 9293 §3.8.3: doubling up to 60 s, then giving up.
#[test]
fn timeout_backs_off_and_gives_up() {
    let mut t = open(&cfg());
    write(&mut t, 3000);
    drain(&mut t, NOW);
    let mut at = NOW;
    let mut gaps = Vec::new();
    while t.state() == State::Established {
        let next = t.next_deadline().expect("a timer");
        gaps.push(next.since(at).0 / 1000);
        at = next;
        t.on_timer(at);
        let out = drain(&mut t, at);
        assert!(out.len() <= 1, "one segment a timeout");
        if let Some(e) = out.first() {
            assert_eq!((e.seg.seq.0, t.info(at).cwnd), (1001, MSS));
        }
    }
    assert_eq!(gaps[..7], [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000]);
    assert_eq!(gaps.len(), 16);
    assert_eq!(t.poll_event(), Some(TcbEvent::Reset(CloseReason::RetransmitTimeout)));
    assert_eq!(t.next_deadline(), None);
    // SYN: six retries.
    let mut t = Tcb::connect(&cfg(), SeqNum(1), NOW);
    let mut syns = 0;
    while t.state() == State::SynSent {
        let out = drain(&mut t, at);
        assert!(out.len() == 1 && out[0].seg.syn());
        syns += 1;
        at = t.next_deadline().expect("a timer");
        t.on_timer(at);
    }
    assert_eq!(syns, 7);
}

/// RFC 6298 §2: the estimator in fixed point, and Karn's rule.
#[test]
fn round_trip_estimator() {
    let mut t = open(&Config { nodelay: true, ..cfg() });
    write(&mut t, 100);
    drain(&mut t, NOW);
    t.on_segment(NOW + 100_000_u32, &ack(1101));
    let i = t.info(NOW);
    assert_eq!((i.rtt, i.rttvar, i.rto), (100_000, 50_000, 300_000));
    let now = NOW + 200_000_u32;
    write(&mut t, 100);
    drain(&mut t, now);
    t.on_segment(now + 180_000_u32, &ack(1201));
    // rttvar = 3/4·50 + 1/4·80 = 57.5; srtt = 7/8·100 + 1/8·180 = 110; rto = 110 + 4·57.5.
    let i = t.info(NOW);
    assert_eq!((i.rtt, i.rttvar, i.rto), (110_000, 57_500, 340_000));
    // Karn: what was sent twice is no sample, and the backoff stays until there is one.
    let now = NOW + Micros::from_secs(1);
    write(&mut t, 100);
    drain(&mut t, now);
    let at = t.next_deadline().expect("a timer");
    t.on_timer(at);
    drain(&mut t, at);
    t.on_segment(at + 60_000_u32, &ack(1301));
    let i = t.info(at);
    assert_eq!((i.rtt, i.backoff, i.rto, i.retries), (110_000, 1, 680_000, 0));
    write(&mut t, 100);
    let now = at + Micros::from_secs(1);
    drain(&mut t, now);
    t.on_segment(now + 110_000_u32, &ack(1401));
    assert_eq!(t.info(now).backoff, 0);
}

/// S-CC-2: an ACK within half a round trip of the first retransmission undoes the timeout.
#[test]
fn spurious_timeout_is_undone() {
    for (delay, undone) in [(40_000_u32, true), (60_000, false)] {
        let mut t = open(&Config { nodelay: true, ..cfg() });
        write(&mut t, 100);
        drain(&mut t, NOW);
        t.on_segment(NOW + 100_000_u32, &ack(1101));
        let now = NOW + 200_000_u32;
        write(&mut t, 8000);
        drain(&mut t, now);
        let before = t.info(now);
        let at = t.next_deadline().expect("a timer");
        t.on_timer(at);
        assert_eq!(sent(&mut t, at), [(1101, 1000)]);
        t.on_segment(at + delay, &ack(2101));
        let after = t.info(at);
        assert_eq!(after.counters.rto_spurious, u32::from(undone));
        let again: Vec<_> = drain(&mut t, at).into_iter().filter(|e| e.retransmit).collect();
        if undone {
            assert!(after.cwnd >= before.cwnd && after.ssthresh == before.ssthresh);
            assert!(again.is_empty(), "nothing more is resent: {again:?}");
        } else {
            assert!(after.cwnd < before.cwnd && !again.is_empty());
        }
    }
}

#[test]
fn keepalive_probes_then_resets() {
    let c = Config {
        keepalive: Some(Micros::from_secs(10)),
        keepalive_interval: Micros::from_secs(2),
        keepalive_probes: 3,
        ..cfg()
    };
    let mut t = open(&c);
    let mut at = NOW;
    let mut probes = 0;
    while t.state() == State::Established {
        at = t.next_deadline().expect("keepalive");
        t.on_timer(at);
        for e in drain(&mut t, at) {
            if !e.seg.rst() {
                assert_eq!((e.seg.seq.0, e.seg.payload_len), (1000, 0));
                probes += 1;
                if probes == 2 {
                    // It answers once: all starts anew.
                    t.on_segment(at, &ack(1001));
                    assert_eq!(t.next_deadline(), Some(at + Micros::from_secs(10)));
                }
            }
        }
    }
    assert_eq!(probes, 5);
    assert_eq!(at.since(NOW), Micros::from_secs(10 + 2 + 10 + 2 + 2 + 2));
    assert_eq!(t.poll_event(), Some(TcbEvent::Reset(CloseReason::KeepaliveTimeout)));
}

/// SYN_SENT (RFC 9293 §3.10.7.3).
#[test]
fn connecting() {
    let c = cfg();
    let syn = |flags, a| Segment { seq: SeqNum(9000), ack: SeqNum(a), flags, wnd: 9, ..ack(0) };
    let fresh = || {
        let mut t = Tcb::connect(&c, SeqNum(1000), NOW);
        assert!(drain(&mut t, NOW)[0].seg.syn());
        t
    };
    let mut t = fresh();
    assert_eq!(t.on_segment(NOW, &syn(Flags::SYN.with(A), 1002)).verdict, Verdict::BadHandshake);
    let r = drain(&mut t, NOW);
    assert!(r[0].seg.rst() && r[0].seg.seq == SeqNum(1002) && t.state() == State::SynSent);
    assert_eq!(t.on_segment(NOW, &syn(Flags::RST, 0)).verdict, Verdict::RstIgnored);
    assert_eq!(t.on_segment(NOW, &syn(A, 1001)).verdict, Verdict::BadHandshake);
    assert_eq!(t.on_segment(NOW, &syn(Flags::RST.with(A), 1001)).verdict, Verdict::Reset);
    assert_eq!(t.poll_event(), Some(TcbEvent::Reset(CloseReason::Refused)));
    let mut t = fresh();
    t.on_segment(NOW, &syn(Flags::SYN.with(A), 1001));
    assert_eq!(t.state(), State::Established);
    assert_eq!(drain(&mut t, NOW)[0].seg.ack, SeqNum(9001));
    assert_eq!(t.poll_event(), Some(TcbEvent::Established));
    // Close before anything comes back: nothing is left.
    let mut t = fresh();
    t.close();
    assert!(t.state() == State::Closed && drain(&mut t, NOW).is_empty());
}

/// S-TSO-1: one emission may cover several whole segments, never with a hole or beyond a window.
#[test]
fn segmentation_offload_emissions() {
    let mut t = open(&Config { tso_segments: 4, ..cfg() });
    write(&mut t, 25_500);
    assert_eq!(sent(&mut t, NOW), [(1001, 4000), (5001, 4000), (9001, 2000)]);
    t.on_segment(NOW, &sack(1001, &[(2001, 11_001)]));
    let e = drain(&mut t, NOW);
    assert!(e[0].retransmit && e[0].seg.payload_len == 1000);
    assert!(e.iter().all(|e| e.seg_size == 1000));
}

/// Both congestion controls on one live connection (S-CC-1).
#[test]
fn congestion_control_changes_live() {
    let mut t = open(&cfg());
    write(&mut t, 20_000);
    drain(&mut t, NOW);
    let before = t.info(NOW).cwnd;
    t.set_congestion_control(CcAlgo::Cubic, NOW);
    assert_eq!((t.info(NOW).cc, t.info(NOW).cwnd), ("cubic", before));
    t.on_segment(NOW, &sack(1001, &[(2001, 11_001)]));
    assert_eq!(t.info(NOW).ssthresh, before * 7 / 10);
    t.set_congestion_control(CcAlgo::NewReno, NOW);
    assert_eq!(t.info(NOW).cc, "newreno");
}

/// RFC 6675 §5.1: after a timeout, SACK starts no fast recovery before SND.UNA reaches `recover`,
/// and what the scoreboard holds is not sent again.
#[test]
fn no_fast_recovery_inside_timeout_recovery() {
    let mut t = open(&cfg());
    write(&mut t, 60_000);
    drain(&mut t, NOW);
    t.on_segment(NOW, &sack(1001, &[(3001, 4001)]));
    drain(&mut t, NOW);
    let at = t.next_deadline().expect("a timer");
    t.on_timer(at);
    assert_eq!(sent(&mut t, at), [(1001, 1000)]);
    // SACK information that would look like three losses.
    t.on_segment(at, &sack(2001, &[(3001, 4001), (5001, 6001), (7001, 8001)]));
    let i = t.info(at);
    assert!(!i.fast_recovery && i.cwnd == 2000, "{i:?}");
    assert_eq!(sent(&mut t, at), [(2001, 1000), (4001, 1000)]);
    // A second timeout in a row forgets the scoreboard (RFC 2018 §8).
    for _ in 0..2 {
        let at = t.next_deadline().expect("a timer");
        t.on_timer(at);
        drain(&mut t, at);
    }
    assert_eq!(t.info(at).sacked, 0);
}

/// RFC 2018 §8: SND.UNA arriving at a SACKed byte means that the receiver has thrown it away.
#[test]
fn reneging_is_noticed_at_the_acknowledgement() {
    let mut t = open(&cfg());
    write(&mut t, 5000);
    drain(&mut t, NOW);
    t.on_segment(NOW, &sack(1001, &[(2001, 3001)]));
    t.on_segment(NOW, &ack(2001));
    assert_eq!(t.counters().sack_reneges, 1);
    assert_eq!(t.info(NOW).sacked, 0);
    let at = t.next_deadline().expect("a timer");
    t.on_timer(at);
    assert_eq!(sent(&mut t, at), [(2001, 1000)]);
}

/// A FIN that came early bounds the stream: data beyond it are not stored.
#[test]
fn nothing_is_stored_beyond_an_early_fin() {
    let mut t = open(&cfg());
    let mut fin = data(5101, 100);
    fin.flags = A.with(Flags::FIN);
    assert!(t.on_segment(NOW, &fin).place.is_some());
    assert!(t.on_segment(NOW, &data(5201, 50)).place.is_none());
    let cut = t.on_segment(NOW, &data(5151, 100)).place;
    assert!(cut.is_none_or(|p| p.ring_seq + p.len == SeqNum(5201)), "{cut:?}");
    let out = t.on_segment(NOW, &data(5001, 100));
    assert_eq!(out.delivered, 200);
    assert_eq!((t.state(), t.rcv_data_end()), (State::CloseWait, SeqNum(5201)));
    assert_eq!(drain(&mut t, NOW)[0].seg.ack, SeqNum(5202));
}

/// RFC 7323 §2.4: scaling rounds, but the announced edge does not move back while the ring has room.
#[test]
fn scaled_window_edge_does_not_move_back() {
    let c = Config { rcv_ring: 1 << 20, window_scaling: true, ..cfg() };
    let syn = Segment {
        seq: SeqNum(5000),
        flags: Flags::SYN,
        wnd: 65_535,
        wscale: Some(7),
        ..Segment::default()
    };
    let mut t = Tcb::accept_established(&c, &Handshake::from_syn(&c, SeqNum(1000), &syn), NOW);
    t.on_segment(NOW, &ack(1001));
    let shift = t.info(NOW).rcv_wscale;
    assert_eq!(shift, 5);
    let mut edge = SeqNum(5001);
    for n in 0..50_u32 {
        t.on_segment(NOW, &data(5001 + n * 7, 7));
        t.app_read(SeqNum(5001 + n * 7 + 7));
        t.on_timer(NOW + 40_000_u32);
        for e in drain(&mut t, NOW) {
            let now = e.seg.ack + (u32::from(e.seg.wnd) << shift);
            assert!(now.after_eq(edge), "edge back by {}", edge - now);
            edge = now;
        }
    }
}

/// Karn: a fast retransmission spoils the running measurement, as a timeout does.
#[test]
fn retransmission_spoils_the_running_measurement() {
    let mut t = open(&cfg());
    write(&mut t, 10_000);
    drain(&mut t, NOW);
    assert_eq!(t.info(NOW).rtt, 0);
    t.on_segment(NOW + 1000_u32, &sack(1001, &[(2001, 6001)]));
    assert!(drain(&mut t, NOW + 1000_u32)[0].retransmit);
    t.on_segment(NOW + 900_000_u32, &ack(6001));
    assert_eq!(t.info(NOW).rtt, 0, "the ACK may answer either");
}

/// The closing states (RFC 9293 §3.6, S-TOE-8). Steps: `c` our close, `f` the peer's FIN, `a` its
/// ACK of our FIN, `b` both in one segment.
#[test]
fn teardown_matrix() {
    let rows = [
        ("c", State::FinWait1),
        ("ca", State::FinWait2),
        ("caf", State::TimeWait),
        ("cf", State::Closing),
        ("cfa", State::TimeWait),
        ("cb", State::TimeWait),
        ("f", State::CloseWait),
        ("fc", State::LastAck),
        ("fca", State::Closed),
        ("ff", State::CloseWait),
        ("fcf", State::LastAck),
        ("cff", State::Closing),
        ("caff", State::TimeWait),
    ];
    for (steps, want) in rows {
        let mut t = open(&cfg());
        for step in steps.chars() {
            let fin = A.with(Flags::FIN);
            match step {
                'c' => t.close(),
                'f' => {
                    let acked = t.info(NOW).snd_una.0;
                    t.on_segment(NOW, &Segment { flags: fin, ..ack(acked) });
                }
                'a' => {
                    let seq = t.info(NOW).rcv_nxt;
                    t.on_segment(NOW, &Segment { seq, ..ack(1002) });
                }
                _ => {
                    t.on_segment(NOW, &Segment { flags: fin, ..ack(1002) });
                }
            }
            let out = drain(&mut t, NOW);
            if step == 'c' {
                assert!(out.iter().any(|e| e.seg.fin() && e.seg.seq == SeqNum(1001)), "{steps}");
            } else if step != 'a' {
                assert!(out.iter().any(|e| e.seg.ack == SeqNum(5002)), "{steps}: FIN unanswered");
            }
            if t.state().is_synchronized() {
                let again = Tcb::thaw(&t.snapshot(NOW), NOW).expect("valid in every state");
                assert_eq!(again.snapshot(NOW), t.snapshot(NOW));
            }
        }
        assert_eq!(t.state(), want, "{steps}");
        let events: Vec<_> = std::iter::from_fn(|| t.poll_event()).collect();
        let tw = events.iter().find_map(|e| match e {
            TcbEvent::TimeWait(r) => Some(*r),
            _ => None,
        });
        assert_eq!(tw.is_some(), want == State::TimeWait, "{steps}");
        if let Some(r) = tw {
            assert_eq!((r.snd_nxt, r.rcv_nxt), (SeqNum(1002), SeqNum(5002)), "{steps}");
            // Kept in the core, it ends after 2·MSL.
            let at = t.next_deadline().expect("2·MSL");
            assert_eq!(at.since(NOW), Micros::from_secs(60));
            t.on_timer(at);
            assert_eq!(t.poll_event(), Some(TcbEvent::Closed(CloseReason::TimeWaitExpired)));
        }
        if want == State::Closed {
            assert!(events.contains(&TcbEvent::Closed(CloseReason::Normal)), "{steps}");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
//! S-VTW-6 vector table. The engine's table is run against the same rows.

use toe_tcp::timewait::{TwAction, TwOutcome, TwReason, TwRecycle, TwRst, TwSwitches};
use toe_tcp::{AckLimiter, Flags, Micros, MslClass, Segment, SeqNum, TimeWaitRecord, Timestamps};

const NOW: Micros = Micros(5_000_000);

/// Ours next 2000, theirs next 9000 (their FIN was 8999), window 500.
fn record(ts_ok: bool) -> TimeWaitRecord {
    TimeWaitRecord {
        snd_nxt: SeqNum(2000),
        rcv_nxt: SeqNum(9000),
        last_win: 500,
        rcv_wscale: 0,
        ts_ok,
        ts_recent: 700,
        ts_offset: 11,
        class: MslClass::Remote,
    }
}

#[derive(Debug, PartialEq)]
enum Reply {
    None,
    Ack,
    /// Reset from this sequence number.
    Rst(u32),
}

fn reply(out: &TwOutcome) -> Reply {
    match out.reply {
        None => Reply::None,
        Some(s) if s.rst() => Reply::Rst(s.seq.0),
        Some(s) => {
            // FreeBSD's contents: SND.NXT, RCV.NXT, last window.
            assert_eq!((s.seq, s.ack, s.wnd), (SeqNum(2000), SeqNum(9000), 500));
            assert_eq!(s.flags, Flags::ACK);
            Reply::Ack
        }
    }
}

const S: Flags = Flags::SYN;
const A: Flags = Flags::ACK;
const F: Flags = Flags::FIN;
const R: Flags = Flags::RST;
const OFF: TwSwitches = TwSwitches { rst: TwRst::Drop, recycle: TwRecycle::Off };
const SEQ: TwSwitches = TwSwitches { rst: TwRst::Drop, recycle: TwRecycle::Seq };
const DEF: TwSwitches = TwSwitches { rst: TwRst::Drop, recycle: TwRecycle::SeqOrTs };
const EXACT: TwSwitches = TwSwitches { rst: TwRst::Exact, recycle: TwRecycle::SeqOrTs };

struct Row(
    &'static str,
    TwSwitches,
    bool,
    Option<u32>,
    Flags,
    u32,
    u32,
    u32,
    Reply,
    TwAction,
    TwReason,
);

#[rustfmt::skip]
fn rows() -> Vec<Row> {
    use TwAction::{Delete, Keep, Recycle, Restart};
    use TwReason as Y;
    // name, switches, ts_ok, SEG TSval, flags, seq, ack, len → reply, action, reason
    vec![
        Row("vtw_refin_is_acked",           DEF, false, None, F.with(A), 8999, 2000, 0, Reply::Ack, Restart, Y::FinRetransmitted),
        Row("refin with its last data",     DEF, false, None, F.with(A), 8899, 2000, 100, Reply::Ack, Restart, Y::FinRetransmitted),
        Row("refin, old ack",               DEF, false, None, F.with(A), 8999, 1999, 0, Reply::Ack, Restart, Y::FinRetransmitted),
        Row("refin with newer timestamp",   DEF, true, Some(701), F.with(A), 8999, 2000, 0, Reply::Ack, Restart, Y::FinRetransmitted),
        Row("refin with older timestamp",   DEF, true, Some(699), F.with(A), 8999, 2000, 0, Reply::Ack, Keep, Y::Paws),
        Row("old data",                     DEF, false, None, A, 8000, 2000, 100, Reply::Ack, Keep, Y::Duplicate),
        Row("old data up to the FIN",       DEF, false, None, A, 8899, 2000, 100, Reply::Ack, Keep, Y::Duplicate),
        Row("another FIN, too early",       DEF, false, None, F.with(A), 8500, 2000, 0, Reply::Ack, Keep, Y::Duplicate),
        Row("vtw_no_ack_storm",             DEF, false, None, A, 9000, 2000, 0, Reply::None, Keep, Y::PlainAck),
        Row("ack of something else",        DEF, false, None, A, 9000, 1999, 0, Reply::Ack, Keep, Y::StaleAck),
        Row("keepalive probe",              DEF, false, None, A, 8999, 2000, 0, Reply::Ack, Keep, Y::StaleAck),
        Row("empty, old timestamp",         DEF, true, Some(1), A, 9000, 2000, 0, Reply::Ack, Keep, Y::Paws),
        Row("vtw_data_after_close_rst",     DEF, false, None, A, 9000, 2000, 10, Reply::Rst(2000), Keep, Y::DataAfterClose),
        Row("data across RCV.NXT",          DEF, false, None, A, 8990, 2000, 20, Reply::Rst(2000), Keep, Y::DataAfterClose),
        Row("data inside the window",       DEF, false, None, A, 9400, 1990, 10, Reply::Rst(1990), Keep, Y::DataAfterClose),
        Row("data beyond the window",       DEF, false, None, A, 9501, 2000, 10, Reply::Ack, Keep, Y::OutOfWindow),
        Row("empty beyond RCV.NXT",         DEF, false, None, A, 9001, 2000, 0, Reply::Ack, Keep, Y::OutOfWindow),
        Row("no flags",                     DEF, false, None, Flags::NONE, 9000, 0, 0, Reply::None, Keep, Y::NoAck),
        Row("bare FIN without ACK",         DEF, false, None, F, 8999, 0, 0, Reply::None, Keep, Y::NoAck),
        Row("rst exact, RFC 1337",          DEF, false, None, R, 9000, 0, 0, Reply::None, Keep, Y::RstIgnored),
        Row("rst inside, RFC 1337",         DEF, false, None, R.with(A), 9100, 2000, 0, Reply::None, Keep, Y::RstIgnored),
        Row("vtw_rst_exact_only",           EXACT, false, None, R, 9000, 0, 0, Reply::None, Delete, Y::RstAccepted),
        Row("rst inside, exact",            EXACT, false, None, R, 9001, 0, 0, Reply::Ack, Keep, Y::RstChallenged),
        Row("rst at the edge, exact",       EXACT, false, None, R, 9500, 0, 0, Reply::Ack, Keep, Y::RstChallenged),
        Row("rst below, exact",             EXACT, false, None, R, 8999, 0, 0, Reply::None, Keep, Y::RstOutside),
        Row("rst beyond, exact",            EXACT, false, None, R, 9501, 0, 0, Reply::None, Keep, Y::RstOutside),
        Row("vtw_syn_recycles",             DEF, false, None, S, 9001, 0, 0, Reply::None, Recycle, Y::SynRecycled),
        Row("syn far ahead",                DEF, false, None, S, 9000 + 0x7fff_fff0, 0, 0, Reply::None, Recycle, Y::SynRecycled),
        Row("syn at RCV.NXT",               DEF, false, None, S, 9000, 0, 0, Reply::Ack, Keep, Y::SynChallenged),
        Row("syn of the past",              DEF, false, None, S, 8000, 0, 0, Reply::Ack, Keep, Y::SynChallenged),
        Row("syn of the past, newer ts",    DEF, true, Some(701), S, 8000, 0, 0, Reply::None, Recycle, Y::SynRecycled),
        Row("syn ahead, older ts",          DEF, true, Some(699), S, 9001, 0, 0, Reply::Ack, Keep, Y::SynChallenged),
        Row("syn ahead, equal ts",          DEF, true, Some(700), S, 9001, 0, 0, Reply::None, Recycle, Y::SynRecycled),
        Row("syn of the past, equal ts",    DEF, true, Some(700), S, 8000, 0, 0, Reply::Ack, Keep, Y::SynChallenged),
        Row("syn ahead, ts no longer",      DEF, true, None, S, 9001, 0, 0, Reply::None, Recycle, Y::SynRecycled),
        Row("syn, only the new one has ts", DEF, false, Some(1), S, 8000, 0, 0, Reply::None, Recycle, Y::SynRecycled),
        Row("syn by seq only, newer ts",    SEQ, true, Some(701), S, 8000, 0, 0, Reply::Ack, Keep, Y::SynChallenged),
        Row("syn by seq only, older ts",    SEQ, true, Some(1), S, 9001, 0, 0, Reply::None, Recycle, Y::SynRecycled),
        Row("syn, recycling off",           OFF, false, None, S, 9001, 0, 0, Reply::Ack, Keep, Y::SynChallenged),
        Row("syn|ack never recycles",       DEF, false, None, S.with(A), 9001, 2000, 0, Reply::Ack, Keep, Y::SynChallenged),
        Row("syn|rst is a rst",             DEF, false, None, S.with(R), 9001, 0, 0, Reply::None, Keep, Y::RstIgnored),
    ]
}

#[test]
fn vectors() {
    assert!(rows().len() >= 24);
    // At every offset of the sequence space, so that the wrap is among them.
    for shift in [0_u32, 0_u32.wrapping_sub(9000), 0_u32.wrapping_sub(9250), 0x8000_0000 - 9000] {
        for Row(name, sw, ts_ok, ts, flags, seq, ack, len, want, action, reason) in rows() {
            let mut rec = record(ts_ok);
            rec.rcv_nxt += shift;
            let seg = Segment {
                seq: SeqNum(seq) + shift,
                ack: SeqNum(ack),
                flags,
                wnd: 1000,
                payload_len: len,
                ts: ts.map(|val| Timestamps { val, ecr: 0 }),
                ..Segment::default()
            };
            let mut out = rec.process(sw, &mut AckLimiter::new(100), NOW, &seg);
            if let Some(r) = out.reply.as_mut().filter(|r| !r.rst()) {
                assert_eq!(r.ts.is_some(), ts_ok, "{name}: timestamps once negotiated");
                r.ack = r.ack - shift;
            }
            assert_eq!((reply(&out), out.action, out.reason), (want, action, reason), "{name}");
        }
    }
}

/// The reply's timestamps: our clock and TS.Recent (RFC 7323 §3.2).
#[test]
fn reply_timestamps() {
    let ack = record(true).ack(NOW);
    let clock = u32::try_from(NOW.0 >> 10).expect("small") + 11;
    assert_eq!(ack.ts, Some(Timestamps { val: clock, ecr: 700 }));
}

/// Challenges and answers to empty segments are limited; a retransmitted FIN is answered always.
#[test]
fn answers_are_limited_but_fins_are_not() {
    let rec = record(false);
    let mut limiter = AckLimiter::new(3);
    let empty = Segment { seq: SeqNum(8999), flags: A, ..Segment::default() };
    let answers =
        (0..10).filter(|_| rec.process(DEF, &mut limiter, NOW, &empty).reply.is_some()).count();
    assert_eq!(answers, 3);
    let fin = Segment { seq: SeqNum(8999), flags: F.with(A), ..Segment::default() };
    assert!((0..10).all(|_| rec.process(DEF, &mut limiter, NOW, &fin).reply.is_some()));
    let later = NOW + Micros::from_secs(1);
    assert!(rec.process(DEF, &mut limiter, later, &empty).reply.is_some());
}

#[test]
fn classes_have_their_linger() {
    let secs = |c: MslClass| c.linger().0 / 1_000_000;
    assert_eq!(secs(MslClass::Remote), 60);
    assert_eq!(secs(MslClass::Local), 10);
    assert_eq!(secs(MslClass::Loopback), 2);
    assert_eq!(secs(MslClass::None), 60);
    for id in 0..=3 {
        assert_eq!(MslClass::from_id(id).map(MslClass::id), Some(id));
    }
    assert_eq!(MslClass::from_id(4), None);
}

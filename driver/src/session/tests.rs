// SPDX-License-Identifier: Apache-2.0
//! What a session believes.

use super::*;
use crate::pool::RingPool;
use crate::testing::DeadTransport;

const SPEC: SessionSpec = SessionSpec {
    queue_pair: 2,
    tx_ring: 4096,
    rx_ring: 4096,
    tx_seq0: 0xffff_ff00,
    rx_seq0: 0x7fff_ff00,
};

fn table(slots: u32) -> (SessionTable, RingPool) {
    (SessionTable::new(slots), RingPool::new(1 << 24, 1 << 16))
}

fn reserve(table: &mut SessionTable, pool: &mut RingPool) -> Option<SessionHandle> {
    let mut transport = DeadTransport::default();
    let tx = pool.alloc(&mut transport, 12).unwrap();
    let rx = pool.alloc(&mut transport, 12).unwrap();
    table.reserve(&SPEC, tx, rx).ok()
}

fn image() -> SessionImage {
    SessionImage {
        snd_una: 0xffff_ff00,
        snd_nxt: 0xffff_ff80,
        snd_max: 0xffff_ff80,
        snd_end: 0x10,
        rcv_read: 0x7fff_ff00,
        rcv_nxt: 0x8000_0000,
        ..SessionImage::default()
    }
}

/// An active session with the image above.
fn active() -> (SessionTable, SessionHandle) {
    let (mut table, mut pool) = table(4);
    let handle = reserve(&mut table, &mut pool).unwrap();
    let session = table.session(handle).unwrap();
    session.adopt(&mut image()).unwrap();
    session.state = SessionState::Active;
    (table, handle)
}

fn event(snd_una: u32, rcv_nxt: u32) -> EventSession {
    EventSession { snd_una, rcv_nxt, ..EventSession::default() }
}

#[test]
fn slots_are_all_used_before_one_is_used_again() {
    let (mut table, mut pool) = table(4);
    let first: Vec<_> = (0..4).map(|_| reserve(&mut table, &mut pool).unwrap()).collect();
    assert!(table.full() && reserve(&mut table, &mut pool).is_none());
    table.release(first[1]).unwrap();
    table.release(first[3]).unwrap();
    assert!(table.release(first[3]).is_none(), "twice");
    let again = reserve(&mut table, &mut pool).unwrap();
    assert_eq!((again.slot(), again.generation()), (1, 2));
    assert!(table.session(first[1]).is_err() && table.session(again).is_ok());
}

#[test]
fn an_image_must_fit_the_rings() {
    let (mut table, handle) = active();
    let session = table.session(handle).unwrap();
    for change in [
        (|i| i.snd_end = i.snd_una.wrapping_add(4097)) as fn(&mut SessionImage),
        |i| i.snd_nxt = i.snd_una.wrapping_sub(1),
        |i| i.snd_max = i.snd_end.wrapping_add(1),
        |i| i.rcv_read = i.rcv_nxt.wrapping_sub(4097),
    ] {
        let mut bad = image();
        change(&mut bad);
        assert!(session.adopt(&mut bad).is_err(), "{bad:?}");
    }
    let mut good = image();
    session.adopt(&mut good).unwrap();
    assert_eq!((good.handle, good.qp, good.tx_ring_log2), (handle.raw(), 2, 12));
    assert_eq!((good.tx_seq0, good.rx_seq0), (SPEC.tx_seq0, SPEC.rx_seq0));
}

#[test]
fn events_move_within_what_was_given_and_what_fits() {
    let (mut table, handle) = active();
    let session = table.session(handle).unwrap();
    // Acknowledged beyond what the engine was told.
    session.snd_end = 0x20;
    assert!(matches!(session.event(&event(0x11, 0x8000_0000)), Err(Fault::BadSndUna { .. })));
    assert!(matches!(
        session.event(&event(0xffff_feff, 0x8000_0000)),
        Err(Fault::BadSndUna { .. })
    ));
    // Received beyond the ring, or back.
    let beyond = SPEC.rx_seq0.wrapping_add(4097);
    assert!(matches!(session.event(&event(0x10, beyond)), Err(Fault::BadRcvNxt { .. })));
    assert!(matches!(session.event(&event(0x10, 0x7fff_ffff)), Err(Fault::BadRcvNxt { .. })));
    assert_eq!((session.snd_una, session.rcv_nxt), (0xffff_ff00, 0x8000_0000), "nothing moved");
    let changes = session.event(&event(0x10, beyond - 1)).unwrap();
    assert!(changes.progress && !changes.peer_fin);
    assert_eq!((session.readable(), session.writable()), (4096, 4096 - 0x10));
    // A FIN of ours is acknowledged only once the engine knows of it.
    session.fin_queued = true;
    assert!(session.event(&event(0x21, beyond - 1)).is_err());
    let bump = session.bump(1, false);
    assert!(bump.fin && bump.snd_valid && bump.snd_end == 0x20);
    assert!(session.event(&event(0x21, beyond - 1)).unwrap().fin_acked);
    assert!(!session.event(&event(0x21, beyond - 1)).unwrap().fin_acked, "told once");
    assert_eq!(session.writable(), 4096);
    // Nothing comes after the peer's FIN.
    session.rcv_read = beyond - 1;
    let fin = EventSession { peer_fin: true, ..event(0x21, beyond) };
    assert!(session.event(&fin).unwrap().peer_fin);
    assert_eq!(session.readable(), 0);
    assert!(session.event(&EventSession { peer_fin: true, ..event(0x21, beyond + 1) }).is_err());
    assert!(session.event(&event(0x21, beyond)).is_err(), "the FIN cannot be taken back");
}

#[test]
fn an_end_for_dma_fault_announces_nothing() {
    for (rcv_nxt, peer_fin) in [(0, false), (0x8000_0020, false), (0x8000_0021, true)] {
        let (mut table, handle) = active();
        let session = table.session(handle).unwrap();
        session.event(&event(0x10, 0x8000_0010)).unwrap();
        let readable = session.readable();
        let reason = SessionReason::DmaFault;
        let end = EventSessionEnd { reason, peer_fin, ..end(0x10, rcv_nxt) };
        let (changes, said) = session.end(&end).unwrap();
        assert_eq!((changes.progress, changes.peer_fin), (false, false));
        assert_eq!((changes.closed, said), (Some(reason), Ok(())));
        assert_eq!((session.readable(), session.peer_fin), (readable, false));
        assert_eq!(session.info().learnt, None);
    }
}

#[test]
fn an_image_that_comes_back_is_checked_and_brought_up_to_date() {
    let (mut table, handle) = active();
    let session = table.session(handle).unwrap();
    let mut out = image();
    session.adopt(&mut out).unwrap();
    session.snd_end = 0x30; // the application went on
    session.rcv_read = session.rcv_read.wrapping_add(5);
    let mut back = out;
    back.snd_una = 0;
    session.reconcile(&mut back.clone()).unwrap_err();
    back.snd_nxt = 0x10;
    back.snd_max = 0x10;
    session.reconcile(&mut back).unwrap();
    assert_eq!((back.snd_end, back.rcv_read), (0x30, SPEC.rx_seq0 + 5));
    assert_eq!(session.snd_una, 0);
    let good = back;
    for change in [
        (|i| i.handle ^= 1 << 16) as fn(&mut SessionImage),
        |i| i.tx_ring += 4096,
        |i| i.rx_ring_log2 += 1,
        |i| i.rx_seq0 += 1,
        |i| i.snd_una = 0x31,
        |i| i.snd_una = u32::MAX,
        |i| i.snd_max = 0x31,
        |i| i.rcv_nxt = i.rcv_nxt.wrapping_add(4097),
        |i| i.rcv_nxt = i.rcv_nxt.wrapping_sub(1),
    ] {
        let mut bad = good;
        change(&mut bad);
        assert!(session.reconcile(&mut bad).is_err(), "{bad:?}");
    }
}

#[test]
fn a_bump_says_only_what_is_new_and_its_taking_is_proven_by_what_it_allowed() {
    let (mut table, handle) = active();
    let session = table.session(handle).unwrap();
    assert!(!session.wants_bump());
    session.snd_end = 0x110;
    assert!(session.wants_bump());
    let bump = session.bump(7, false);
    assert!(bump.snd_valid && !bump.rcv_valid && !bump.fin);
    assert!(!session.wants_bump());
    session.event(&event(0x10, 0x8000_0000)).unwrap();
    assert_eq!(session.proves(), None, "these bytes were allowed before");
    session.event(&event(0x11, 0x8000_0000)).unwrap();
    assert_eq!(session.proves(), Some(7));
    assert_eq!(session.proves(), None);
    // The window: an eighth of the ring, or any progress once the peer has used half.
    session.rcv_read = session.rcv_read.wrapping_add(200);
    assert!(!session.wants_bump());
    session.event(&event(0x11, SPEC.rx_seq0.wrapping_add(2100))).unwrap();
    assert!(session.wants_bump());
    let bump = session.bump(9, false);
    assert!(bump.rcv_valid && !bump.snd_valid);
    session.event(&event(0x11, SPEC.rx_seq0.wrapping_add(4096))).unwrap();
    assert_eq!(session.proves(), None);
    session.event(&event(0x11, SPEC.rx_seq0.wrapping_add(4097))).unwrap();
    assert_eq!(session.proves(), Some(9));
}

#[test]
fn bytes_go_round_the_ring() {
    let (mut table, handle) = active();
    let session = table.session(handle).unwrap();
    let bytes: Vec<u8> = (0..4096_u32).map(|i| i.to_le_bytes()[0]).collect();
    let seq = SPEC.tx_seq0.wrapping_add(4000);
    session.tx_write(seq, &bytes).unwrap();
    let mut back = vec![0; 4096];
    session.tx_read(seq, &mut back).unwrap();
    assert_eq!(back, bytes);
    let mut ring = vec![0; 4096];
    session.tx.slice.read(0, &mut ring).unwrap();
    assert_eq!((ring[4000], ring[0]), (bytes[0], bytes[96]));
}

/// The short way takes what the long way would, and leaves to it whatever is not usual.
#[test]
fn the_short_way_of_events_agrees_with_the_long_one() {
    let event = |snd_una, rcv_nxt| EventSession {
        kind: toe_abi::EventType::Session,
        ..event(snd_una, rcv_nxt)
    };
    let usual = |snd_una, rcv_nxt| event(snd_una, rcv_nxt).pack();
    let (mut table, handle) = active();
    let session = table.session(handle).unwrap();
    assert_eq!(
        session.quick(&usual(0xffff_ff10, 0x8000_0001)),
        None,
        "the first goes the long way"
    );
    session.event(&event(0xffff_ff00, 0x8000_0000)).unwrap();
    assert_eq!(session.quick(&usual(0xffff_ff00, 0x8000_0000)), Some(false), "nothing moved");
    assert_eq!(session.quick(&usual(0xffff_ff10, 0x8000_0001)), Some(true));
    assert_eq!((session.snd_una, session.rcv_nxt), (0xffff_ff10, 0x8000_0001));
    for (snd_una, rcv_nxt) in [
        (0xffff_ff0f, 0x8000_0001), // back
        (0x11, 0x8000_0001),        // never sent
        (0xffff_ff10, 0x8000_0000), // back
        (0xffff_ff10, 0x8000_0f01), // beyond the ring
    ] {
        assert_eq!(session.quick(&usual(snd_una, rcv_nxt)), None, "{snd_una:#x} {rcv_nxt:#x}");
        assert!(session.event(&event(snd_una, rcv_nxt)).is_err());
    }
    let parked = EventSession { parked: true, ..event(0xffff_ff10, 0x8000_0001) };
    assert_eq!(session.quick(&parked.pack()), None, "it is news that it is parked");
    assert_eq!((session.snd_una, session.rcv_nxt), (0xffff_ff10, 0x8000_0001));
}

fn end(snd_una: u32, rcv_nxt: u32) -> EventSessionEnd {
    EventSessionEnd {
        reason: SessionReason::ResetByPeer,
        snd_una,
        rcv_nxt,
        srtt_us8: 8_000,
        rttvar_us4: 2_000,
        cwnd: 14_480,
        ssthresh: u32::MAX,
        ..EventSessionEnd::default()
    }
}

/// S-HC-1. What cannot be is left out and told; that the session has ended is heard all the same.
#[test]
fn the_end_says_what_was_learnt() {
    let good = end(0xffff_ff10, 0x8000_0001);
    let (mut table, handle) = active();
    let session = table.session(handle).unwrap();
    assert!(session.end(&end(0x11, 0x8000_0000)).is_err(), "acknowledges what was not sent");
    assert_eq!(session.info().learnt, None);
    let (changes, learnt) = session.end(&good).unwrap();
    assert_eq!((changes.closed, changes.progress), (Some(SessionReason::ResetByPeer), true));
    let known = Learnt { srtt_us8: 8_000, rttvar_us4: 2_000, cwnd: 14_480, ssthresh: u32::MAX };
    assert_eq!((learnt, session.info().learnt), (Ok(()), Some(known)));
    assert_eq!(session.info().srtt_us, 1_000);
    type Change = fn(&mut EventSessionEnd);
    let changes: [(&str, Change, u32); 5] = [
        ("srtt_us8", |e| e.srtt_us8 = 960_000_001, 960_000_001),
        ("rttvar_us4", |e| e.rttvar_us4 = 480_000_001, 480_000_001),
        ("cwnd", |e| e.cwnd = 0, 0),
        ("cwnd", |e| e.cwnd = (1 << 30) + 1, (1 << 30) + 1),
        ("ssthresh", |e| e.ssthresh = 0, 0),
    ];
    for (name, change, bad) in changes {
        let (mut table, handle) = active();
        let session = table.session(handle).unwrap();
        let mut record = good;
        change(&mut record);
        let (changes, learnt) = session.end(&record).unwrap();
        assert!(changes.closed.is_some());
        let fault = Fault::BadEvent { qp: SPEC.queue_pair, field: name, value: bad };
        assert_eq!((learnt, session.info().learnt), (Err(fault), None));
    }
}

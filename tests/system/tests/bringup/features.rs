// SPDX-License-Identifier: Apache-2.0
//! What a session offers beyond moving bytes: pace, orphans, snapshots under load, mirror, trace, and counters that balance.

use crate::peer::{Id, frame, parse, pattern, patterns};
use crate::rig::{App, On, Rig, about};
use toe_abi::{RxReason, SessionImage, SessionKey, SessionReason, TcpState, TraceKind};
use toe_driver::{Options, SessionEvent, SessionHandle, SessionState};
use toe_tcp::{Flags, Segment, SeqNum};
use toe_world::{Direction, WireProfile};

on_each!(
    a_pace_is_kept,
    data_after_the_application_has_left_draws_a_reset,
    only_orphans_time_out_in_fin_wait_2,
    a_full_bump_queue_needs_no_register_read,
    snapshots_under_load_are_consistent,
    a_mirror_shows_every_frame_of_its_session,
    the_flight_recorder_tells_what_happened,
    received_frames_balance_whatever_comes,
);

const PORT: u16 = 4000;
/// 1 Gbit/s, with a MAC that takes what it can send.
const SLOW: Direction = Direction { bits_per_us: 1_000, queue_bytes: 4_000, ..Direction::CLEAN };

fn set(rig: &mut Rig, handle: SessionHandle, key: SessionKey, value: u32) {
    rig.events.clear();
    rig.driver.session_set(handle, key, value).unwrap();
    rig.until(10_000, "the setting is taken", |rig| {
        about(&rig.events, handle)
            .iter()
            .any(|e| matches!(e, SessionEvent::Setting { result: Ok(()), .. }))
    });
}

fn a_pace_is_kept(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let handle = rig.established(PORT);
    set(&mut rig, handle, SessionKey::PacingRate, 2_000);
    let (start, total) = (rig.now(), 60_000);
    let mut app = App::default();
    let mut when = Vec::new();
    rig.until(1_000_000, "all is there", |rig| {
        app.turn(&mut rig.driver, handle, total);
        let (now, got) = (rig.now().0 - start.0, rig.end(PORT, |end| end.count()));
        if when.last().is_none_or(|&(_, last)| last != got) {
            when.push((now, got));
        }
        got == total
    });
    let took = rig.now().0 - start.0;
    println!("{on:?}: {total} bytes at 2000 a millisecond in {took} µs");
    for &(at, got) in &when {
        assert!(u64::from(got) <= at * 2 + 2_000 + 3 * 1460, "{got} bytes after {at} µs");
    }
    // 0.1 %, and what the last segment and its acknowledgement take.
    assert!((28_000..=31_500).contains(&took), "{took} µs");
    assert!(rig.counter("tcp_paced") > 10);
    assert_eq!(rig.counter("tcp_retransmit_segs"), 0);
}

fn data_after_the_application_has_left_draws_a_reset(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let handle = rig.established(PORT);
    rig.transfer(handle, PORT, &mut App::default(), 10_000, 1_000_000);
    rig.settle(100_000);
    rig.driver.session_orphan(handle).unwrap();
    rig.until(1_000_000, "our FIN is acknowledged", |rig| {
        rig.driver.session_info(handle).unwrap().tcp_state == TcpState::FinWait2
    });
    rig.end(PORT, |end| end.goal = 11_000);
    rig.end(PORT, |_| ());
    rig.until(1_000_000, "the session ends", |rig| {
        matches!(rig.driver.session_info(handle).unwrap().state, SessionState::Closed(_))
    });
    let state = rig.driver.session_info(handle).unwrap().state;
    assert_eq!(state, SessionState::Closed(SessionReason::DataAfterClose));
    rig.settle(10_000);
    assert_eq!(rig.end(PORT, |end| end.tcb.state()), toe_tcp::State::Closed, "the peer knows");
    assert_eq!((rig.counter("tcp_data_after_close"), rig.counter("tcp_rst_out")), (1, 1));
}

fn only_orphans_time_out_in_fin_wait_2(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let handle = rig.established(PORT);
    rig.driver.session_close(handle).unwrap();
    let wait_until = |rig: &Rig| rig.now().plus(600_000_000);
    let end = wait_until(&rig);
    rig.until(700_000_000, "ten minutes are over", |rig| rig.now() >= end);
    let info = rig.driver.session_info(handle).unwrap();
    assert_eq!((info.state, info.tcp_state), (SessionState::Active, TcpState::FinWait2));
    let left = rig.now();
    rig.driver.session_orphan(handle).unwrap();
    rig.until(100_000_000, "the session ends", |rig| {
        matches!(rig.driver.session_info(handle).unwrap().state, SessionState::Closed(_))
    });
    let state = rig.driver.session_info(handle).unwrap().state;
    assert_eq!(state, SessionState::Closed(SessionReason::FinWait2Timeout));
    let took = (rig.now().0 - left.0) / 1000;
    assert!((59_900..60_200).contains(&took), "{took} ms");
}

fn a_full_bump_queue_needs_no_register_read(on: On) {
    let mut rig = Rig::connected(on, &Options { bmq_log2: 2, ..Options::default() });
    let handles: Vec<_> = (0..12).map(|i| rig.established(PORT + i)).collect();
    let reads = rig.driver.driver_stats().mmio_reads;
    let total = 30_000;
    for i in 0..12 {
        rig.end(PORT + i, |end| end.goal = total);
    }
    let mut apps = vec![App::default(); 12];
    rig.until(20_000_000, "all is moved", |rig| {
        for (handle, app) in handles.iter().zip(&mut apps) {
            app.turn(&mut rig.driver, *handle, total);
        }
        apps.iter().all(|app| app.read == total)
            && (0..12).all(|i| rig.end(PORT + i, |end| end.count()) == total)
    });
    let stats = rig.driver.driver_stats();
    assert!(stats.bmq_full > 10, "the queue was full {} times", stats.bmq_full);
    assert_eq!((stats.mmio_reads, stats.faults), (reads, 0));
}

fn in_order(values: &[u32]) -> bool {
    values.windows(2).all(|pair| pair[1].wrapping_sub(pair[0]).cast_signed() >= 0)
}

fn snapshots_under_load_are_consistent(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let handle = rig.established(PORT);
    let total = 400_000;
    rig.end(PORT, |end| end.goal = total);
    let mut app = App::default();
    let mut images: Vec<SessionImage> = Vec::new();
    let mut asked = false;
    rig.until(10_000_000, "all is moved", |rig| {
        app.turn(&mut rig.driver, handle, total);
        for event in about(&rig.take_events(), handle) {
            if let SessionEvent::Snapshot(image) = event {
                images.push(*image);
                asked = false;
            }
        }
        if !asked {
            rig.driver.session_snapshot(handle).unwrap();
            asked = true;
        }
        app.read == total && rig.end(PORT, |end| end.count()) == total
    });
    assert!(images.len() > 10, "{} snapshots", images.len());
    let moving = images.iter().filter(|i| i.snd_una != i.snd_max).count();
    assert!(moving > 3, "{moving} snapshots with data in flight");
    for image in &images {
        let i = image;
        assert!(in_order(&[i.snd_una, i.snd_nxt, i.snd_max, i.snd_end]), "send {i:?}");
        assert!(in_order(&[i.rcv_read, i.rcv_nxt, i.rcv_adv]), "receive {i:?}");
        // Nothing was lost: each counter agrees with the sequence numbers of the same instant.
        assert_eq!(i.bytes_out, u64::from(i.snd_max.wrapping_sub(i.iss.wrapping_add(1))), "sent");
        assert_eq!(
            i.bytes_in,
            u64::from(i.rcv_nxt.wrapping_sub(i.irs.wrapping_add(1))),
            "received"
        );
        assert_eq!((i.retransmit_segs, i.rto_count, i.ooo_in), (0, 0, 0));
        assert_eq!(i.t_rtx != 0, i.snd_una != i.snd_max, "the timer runs while data is in flight");
    }
    for pair in images.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        assert!(in_order(&[a.snd_una, b.snd_una]) && in_order(&[a.rcv_nxt, b.rcv_nxt]));
        assert!(a.segs_in <= b.segs_in && a.segs_out <= b.segs_out && a.bytes_out <= b.bytes_out);
    }
}

/// Both directions, each frame whole and once, with the session's handle; other sessions do not appear.
fn a_mirror_shows_every_frame_of_its_session(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let handle = rig.established(PORT);
    let other = rig.established(PORT + 1);
    set(&mut rig, handle, SessionKey::Mirror, 1);
    // Copies share the way to memory with payload and never hold it up: at this pace there is room for all.
    rig.wire(WireProfile { to_peer: SLOW, to_device: Direction { queue_bytes: 1 << 20, ..SLOW } });
    let before = [rig.counter("tx_session_segs"), rig.counter("rx_to_session")];
    let total = 60_000;
    rig.end(PORT, |end| end.goal = total);
    let mut app = App::default();
    let mut frames = Vec::new();
    let mut look = |rig: &mut Rig| {
        while let Some(frame) = rig.driver.nic_recv(0) {
            frames.push(frame);
        }
    };
    rig.until(10_000_000, "all is moved", |rig| {
        app.turn(&mut rig.driver, handle, total);
        look(rig);
        app.read == total && rig.end(PORT, |end| end.count()) == total
    });
    let until = rig.now().plus(300_000);
    rig.until(400_000, "the last acknowledgement is seen", |rig| {
        look(rig);
        rig.now() >= until
    });
    let sent = rig.counter("tx_session_segs") - before[0];
    let received = rig.counter("rx_to_session") - before[1];
    let lost = rig.counter("mirror_lost");
    assert_eq!((rig.counter("tx_mirrored"), rig.counter("rx_mirrored"), lost), (sent, received, 0));
    rig.wire(WireProfile::clean());
    rig.transfer(handle, PORT, &mut app, total + 100_000, 10_000_000);
    rig.settle(100_000);
    let frames_now = rig.counter("tx_session_segs") + rig.counter("rx_to_session");
    let copies: u64 =
        ["tx_mirrored", "rx_mirrored", "mirror_lost"].iter().map(|n| rig.counter(n)).sum();
    assert_eq!(copies, frames_now - before[0] - before[1], "copied, or counted as lost");
    set(&mut rig, handle, SessionKey::Mirror, 0);
    let sent_now = rig.counter("tx_mirrored");
    rig.transfer(other, PORT + 1, &mut App::default(), 20_000, 1_000_000);
    assert_eq!(rig.counter("tx_mirrored"), sent_now, "off again, and never for another session");
    let (mut outgoing, mut incoming) = (vec![false; 60_000], 0);
    for shown in &frames {
        assert_eq!(shown.info.session, Some(handle));
        match shown.info.reason {
            RxReason::MirrorTx => {
                let (id, segment, payload) = parse(&shown.bytes).expect("a frame of ours");
                assert_eq!(id.port(), PORT);
                let start = rig.end(PORT, |end| segment.seq - end.tcb.rcv_start());
                for (i, byte) in (start..).zip(payload) {
                    assert_eq!(*byte, pattern(i));
                    outgoing[i as usize] = true;
                }
            }
            RxReason::MirrorRx => {
                let len = usize::from(u16::from_be_bytes([shown.bytes[16], shown.bytes[17]]));
                assert!(shown.bytes.len() >= 14 + len, "whole");
                assert_eq!(shown.bytes[34..36], PORT.to_be_bytes());
                incoming += len - 20 - 4 * usize::from(shown.bytes[46] >> 4);
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(outgoing.iter().all(|seen| *seen));
    assert_eq!((incoming, frames.len() as u64), (60_000, sent + received));
}

/// Every segment of the traced session, in order and once, with a state that fits; nothing of another session.
fn the_flight_recorder_tells_what_happened(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let handle = rig.established(PORT);
    let other = rig.established(PORT + 1);
    rig.driver.trace_start(8).unwrap();
    rig.wire(WireProfile { to_peer: SLOW, to_device: Direction { queue_bytes: 1 << 20, ..SLOW } });
    set(&mut rig, handle, SessionKey::Trace, 1);
    let before = [rig.counter("tx_session_segs"), rig.counter("rx_to_session")];
    let total = 100_000;
    rig.end(PORT, |end| end.goal = total);
    let mut app = App::default();
    let mut records = Vec::new();
    let reads = rig.driver.driver_stats().mmio_reads;
    rig.until(10_000_000, "all is moved", |rig| {
        app.turn(&mut rig.driver, handle, total);
        let trace = rig.driver.trace_read();
        assert_eq!(trace.missed, 0);
        records.extend(trace.records);
        app.read == total && rig.end(PORT, |end| end.count()) == total
    });
    rig.settle(200_000);
    assert_eq!(rig.driver.driver_stats().mmio_reads, reads, "reading it is looking at memory");
    records.extend(rig.driver.trace_read().records);
    let sent = rig.counter("tx_session_segs") - before[0];
    let received = rig.counter("rx_to_session") - before[1];
    let count = |kind| records.iter().filter(|r| r.kind == kind).count() as u64;
    assert_eq!((count(TraceKind::Tx), count(TraceKind::Rx)), (sent, received));
    assert_eq!(count(TraceKind::Command), 1);
    assert!(count(TraceKind::Bump) > 1);
    assert_eq!(rig.counter("trace_lost"), 0);
    assert_eq!(rig.counter("trace_records"), records.len() as u64);
    let mut next_out = None;
    for (n, record) in records.iter().enumerate() {
        assert_eq!((record.handle, record.count as usize), (handle.raw(), n), "{record:?}");
        assert!(in_order(&[record.snd_una, record.snd_nxt, record.snd_max]), "{record:?}");
        assert!(!record.retransmit && record.cwnd > 0, "{record:?}");
        if record.kind == TraceKind::Tx && record.len > 0 {
            assert!(next_out.is_none_or(|next| next == record.seq), "{record:?}");
            next_out = Some(record.seq.wrapping_add(record.len.into()));
            assert_eq!(record.snd_nxt, record.seq.wrapping_add(record.len.into()));
        }
        if record.kind == TraceKind::Rx && record.len > 0 {
            assert_eq!(record.rcv_nxt, record.seq.wrapping_add(record.len.into()), "in order");
        }
    }
    // More than the ring holds, unread: the newest are there, and it says how many are not.
    rig.transfer(other, PORT + 1, &mut App::default(), 20_000, 1_000_000);
    assert!(rig.driver.trace_read().records.is_empty(), "the other session is not traced");
    rig.transfer(handle, PORT, &mut app, total + 400_000, 10_000_000);
    rig.settle(200_000);
    let trace = rig.driver.trace_read();
    let newest = trace.records.last().unwrap();
    assert!(trace.missed > 0 && trace.records.len() <= 256);
    let all = records.len() as u64 + trace.records.len() as u64 + u64::from(trace.missed);
    assert_eq!(u64::from(newest.count) + 1, all);
}

/// Frames in = consumed by a session or the TIME_WAIT table + delivered to the host + dropped, each by a counter of its own.
fn received_frames_balance_whatever_comes(on: On) {
    let options = Options { promiscuous: false, rxr_log2: 4, ..Options::default() };
    let mut rig = Rig::connected(on, &options);
    let handle = rig.established(PORT);
    rig.transfer(handle, PORT, &mut App::default(), 20_000, 1_000_000);
    rig.settle(100_000);
    let segment = Segment {
        seq: SeqNum(1),
        ack: SeqNum(2),
        flags: Flags::ACK,
        wnd: 1000,
        ..Segment::default()
    };
    let stranger = frame(Id::nth(77), &segment, &patterns(0, 100));
    let mut bad = stranger.clone();
    bad[60] ^= 1;
    let mut other = stranger.clone();
    other[0..6].copy_from_slice(&[2, 9, 9, 9, 9, 9]);
    let mut no_ack = segment;
    no_ack.flags = Flags::default();
    let arp = [&[0xff; 6][..], &[2, 0, 0, 0, 0, 2, 8, 6], &[0; 46]].concat();
    // More for the host than its ring holds: nobody reads it.
    for _ in 0..12 {
        for bytes in [&stranger, &bad, &other, &arp] {
            rig.arrive(bytes.clone());
        }
        rig.arrive(stranger[..30].to_vec());
    }
    rig.arrive(frame(PORT, &no_ack, &[]));
    rig.settle(100_000);
    let n =
        |rig: &mut Rig, names: &[&str]| -> u64 { names.iter().map(|name| rig.counter(name)).sum() };
    let dropped = n(
        &mut rig,
        &[
            "rx_drop_error",
            "rx_drop_runt",
            "rx_drop_oversize",
            "rx_drop_overflow",
            "rx_drop_checksum",
            "rx_drop_loopback",
            "rx_drop_disabled",
            "rx_drop_filtered",
            "rx_drop_stale",
            "rx_drop_ring_full",
            "rx_drop_event_full",
        ],
    );
    let taken = n(&mut rig, &["rx_to_session", "rx_to_time_wait", "rx_to_host"]);
    let counters = rig.counters();
    assert_eq!(rig.counter("rx_frames"), taken + dropped, "{counters:?}");
    for (name, least) in [
        ("rx_drop_runt", 8),
        ("rx_drop_checksum", 8),
        ("rx_drop_filtered", 8),
        ("rx_drop_ring_full", 1),
    ] {
        assert!(rig.counter(name) >= least, "{name}: {counters:?}");
    }
    let mut received = 0;
    while rig.driver.nic_recv(0).is_some() {
        received += 1;
    }
    assert!(received <= rig.counter("rx_to_host"), "{received} of {counters:?}");
}

// SPDX-License-Identifier: Apache-2.0
//! Sessions against a software TCP: bytes, loss, closing, moving in and out.

use crate::peer::{self, End, RING, Station, config, connect, image, patterns};
use crate::rig::{App, On, Rig, about};
use toe_abi::{AdminStatus, SessionReason, TcpState, regs};
use toe_driver::{AdminError, Options, SessionEvent, SessionHandle, SessionSpec, SessionState};
use toe_image::from_image;
use toe_tcp::{CloseReason, Flags, Segment, SeqNum, Tcb, TcbEvent};
use toe_world::{Fate, WireProfile};

on_each!(
    bytes_both_ways,
    bytes_survive_a_bad_wire,
    many_sessions_at_once,
    a_deaf_peer_is_probed,
    a_slow_reader_is_not_overrun,
    closing_first_ends_in_time_wait_that_answers_and_expires,
    the_peer_may_close_first,
    resets_end_sessions_both_ways,
    a_lonely_session_times_out,
    a_session_moves_in_and_out_while_it_transfers,
    what_the_host_held_goes_on_in_the_engine,
    impossible_images_are_refused,
);

const KIB_256: u32 = 256 * 1024;

fn bytes_both_ways(on: On) {
    for port in [4000, 6000] {
        let mut rig = Rig::connected(on, &Options::default());
        let reads = rig.driver.driver_stats().mmio_reads;
        let handle = rig.established(port);
        rig.transfer(handle, port, &mut App::default(), KIB_256 + 777, 2_000_000);
        let info = rig.driver.session_info(handle).unwrap();
        assert_eq!((info.state, info.tcp_state), (SessionState::Active, TcpState::Established));
        let stats = rig.driver.driver_stats();
        assert_eq!((stats.faults, stats.stale_events), (0, 0));
        assert_eq!(stats.mmio_reads, reads, "no register read on the data path");
        rig.settle(1_000_000);
        let info = rig.driver.session_info(handle).unwrap();
        assert_eq!((info.readable, info.writable), (0, RING));
        assert_eq!(rig.counter("tcp_bytes_out"), u64::from(KIB_256 + 777));
        for name in ["bump_bad", "tcp_retransmit_segs", "rx_drop_checksum", "dma_read_errors"] {
            assert_eq!(rig.counter(name), 0, "{name}");
        }
    }
}

fn bytes_survive_a_bad_wire(on: On) {
    for port in [4000, 6000] {
        let mut rig = Rig::connected(on, &Options::default());
        let handle = rig.established(port);
        let mut wire = WireProfile::lossy();
        wire.to_device.loss = 0.03;
        wire.to_peer.loss = 0.03;
        rig.wire(wire);
        // One bit, which any checksum finds (two may cancel).
        rig.world.lock().hook_to_device(Some(Box::new(|_, number| match number % 61 {
            7 => Fate::FlipBit(112 + usize::try_from(number).unwrap() * 7919 % 400),
            _ => Fate::Chance,
        })));
        rig.transfer(handle, port, &mut App::default(), KIB_256, 120_000_000);
        rig.world.lock().hook_to_device(None);
        assert!(rig.counter("tcp_retransmit_segs") > 0);
        assert!(rig.counter("tcp_ooo_in") > 0);
        assert_eq!(rig.driver.driver_stats().faults, 0);
        rig.wire(WireProfile::clean());
        rig.settle(2_000_000);
        rig.events.clear();
        rig.driver.session_close(handle).unwrap();
        rig.end(port, |end| end.tcb.close());
        rig.until(10_000_000, "the session is closed", |rig| {
            let state = rig.driver.session_info(handle).unwrap().state;
            state == SessionState::Closed(SessionReason::TimeWait)
                || state == SessionState::Closed(SessionReason::Closed)
        });
    }
}

fn many_sessions_at_once(on: On) {
    // A bump queue of two: all wait for it.
    let mut rig = Rig::connected(on, &Options { bmq_log2: 1, ..Options::default() });
    let ports = 5000..5016;
    let handles: Vec<_> = ports.clone().map(|port| rig.established(port)).collect();
    for (handle, port) in handles.iter().zip(ports.clone()) {
        assert_eq!(rig.driver.session_write(*handle, &patterns(0, 9000)).unwrap(), 9000);
        rig.end(port, |end| end.goal = 7000);
    }
    rig.until(10_000_000, "all have all", |rig| {
        handles.iter().all(|h| rig.driver.session_info(*h).unwrap().readable == 7000)
            && ports.clone().all(|port| rig.end(port, |end| end.count()) == 9000)
    });
    for (handle, port) in handles.iter().zip(ports.clone()) {
        assert_eq!(rig.end(port, |end| end.good()), 9000);
        let mut bytes = vec![0; 8000];
        assert_eq!(rig.driver.session_read(*handle, &mut bytes).unwrap(), 7000);
        assert_eq!(bytes[..7000], patterns(0, 7000));
    }
    assert!(rig.driver.driver_stats().bmq_full > 0);
}

fn a_deaf_peer_is_probed(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let handle = rig.established(4000);
    rig.end(4000, |end| end.deaf = true);
    let mut app = App::default();
    for _ in 0..3 {
        rig.transfer_until(handle, 4000, &mut app, 3 * RING, 1_000_000, |rig, _| {
            rig.end(4000, |end| end.count()) >= RING
        });
    }
    rig.settle(900_000);
    rig.until(20_000_000, "the window is probed", |rig| {
        let last = rig.driver.session_info(handle).unwrap();
        last.snd_wnd == 0 && rig.counter("tcp_persist_probes") > 1
    });
    assert_eq!(rig.end(4000, |end| end.count()), RING);
    rig.end(4000, |end| end.deaf = false);
    rig.transfer(handle, 4000, &mut app, 3 * RING, 60_000_000);
}

fn a_slow_reader_is_not_overrun(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let handle = rig.established(4000);
    rig.end(4000, |end| end.goal = 2 * RING);
    rig.until(10_000_000, "the ring is full", |rig| {
        rig.driver.session_info(handle).unwrap().readable == RING
    });
    rig.settle(300_000);
    assert_eq!(rig.driver.session_info(handle).unwrap().readable, RING);
    rig.transfer(handle, 4000, &mut App::default(), 2 * RING, 60_000_000);
}

fn closing_first_ends_in_time_wait_that_answers_and_expires(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let handle = rig.established(4000);
    rig.transfer(handle, 4000, &mut App::default(), 5000, 1_000_000);
    rig.settle(100_000);
    rig.events.clear();
    rig.driver.session_close(handle).unwrap();
    rig.settle(300_000);
    assert_eq!(about(&rig.take_events(), handle).last(), Some(&SessionEvent::FinAcked));
    let fin_seq = rig.end(4000, |end| {
        assert!(end.events.contains(&TcbEvent::PeerClosed));
        let fin_seq = end.tcb.snd_end();
        end.tcb.close();
        fin_seq
    });
    rig.settle(300_000);
    let events = about(&rig.take_events(), handle);
    assert!(events.contains(&SessionEvent::PeerClosed), "{events:?}");
    assert_eq!(events.last(), Some(&SessionEvent::Closed(SessionReason::TimeWait)));
    let ack = rig.end(4000, |end| {
        assert!(end.events.contains(&TcbEvent::Closed(CloseReason::Normal)), "{:?}", end.events);
        end.tcb.rcv_data_end() + 1
    });
    rig.driver.session_release(handle).unwrap();
    rig.station(Station::clear);
    rig.sent();
    // The FIN again: answered, acknowledging it, by the table.
    let fin = Segment {
        seq: fin_seq,
        ack,
        flags: Flags::ACK.with(Flags::FIN),
        wnd: 100,
        ..Segment::default()
    };
    let arrived = rig.now().0;
    rig.arrive(peer::frame(4000, &fin, &[]));
    rig.settle(1_000);
    let [reply] = rig.sent().try_into().unwrap();
    let (_, reply, _) = peer::parse(&reply).unwrap();
    assert_eq!((reply.ack, reply.seq), (fin_seq + 1, fin.ack));
    assert_eq!((rig.counter("tw_insert"), rig.counter("tw_reply")), (1, 1));
    // Not before its time, and at most a tick after.
    // Register reads keep the device busy: one each 5 ms, so that time may jump between them.
    let mut next = arrived;
    rig.until(70_000_000, "the entry expires", |rig| {
        let due = rig.now().0 >= next;
        next += if due { 5_000 } else { 0 };
        due && rig.driver.register(regs::COUNTERS_TW_EXPIRE).is_ok_and(|count: u32| count == 1)
    });
    let lingered = rig.now().0 - arrived;
    let tick = 1 << 18;
    assert!((60_000_000..60_050_000 + tick).contains(&lingered), "{lingered} µs");
    // Nobody answers for it any more.
    rig.arrive(peer::frame(4000, &fin, &[]));
    rig.settle(1_000);
    assert!(rig.sent().is_empty());
    assert_eq!(rig.driver.nic_waiting(0), 1, "the host gets it");
}

fn the_peer_may_close_first(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let handle = rig.established(4000);
    rig.end(4000, |end| end.goal = 100);
    rig.settle(100_000);
    rig.end(4000, |end| end.tcb.close());
    rig.settle(300_000);
    assert_eq!(about(&rig.take_events(), handle).last(), Some(&SessionEvent::PeerClosed));
    let info = rig.driver.session_info(handle).unwrap();
    assert_eq!((info.readable, info.peer_fin, info.tcp_state), (100, true, TcpState::CloseWait));
    rig.driver.session_write(handle, &patterns(0, 3000)).unwrap();
    rig.driver.session_close(handle).unwrap();
    rig.settle(300_000);
    let events = about(&rig.take_events(), handle);
    assert_eq!(events.last(), Some(&SessionEvent::Closed(SessionReason::Closed)));
    assert_eq!(rig.end(4000, |end| end.good()), 3000);
    // What was received is still there.
    let mut buffer = [0; 200];
    assert_eq!(rig.driver.session_read(handle, &mut buffer).unwrap(), 100);
    assert_eq!(buffer[..100], patterns(0, 100));
    rig.driver.session_release(handle).unwrap();
    assert_eq!(rig.driver.session_slots().0, 0);
}

fn resets_end_sessions_both_ways(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let handle = rig.established(4000);
    rig.driver.session_abort(handle).unwrap();
    rig.settle(10_000);
    let closed = |reason| SessionEvent::Closed(reason);
    assert_eq!(about(&rig.take_events(), handle), [closed(SessionReason::ResetByHost)]);
    rig.end(4000, |end| {
        assert!(
            end.events.contains(&TcbEvent::Reset(CloseReason::ResetByPeer)),
            "{:?}",
            end.events
        );
    });
    // In the middle of a transfer.
    let handle = rig.established(4001);
    let mut app = App::default();
    rig.transfer_until(handle, 4001, &mut app, KIB_256, 1_000_000, |_, app| app.read > RING / 2);
    rig.end(4001, |end| end.tcb.abort());
    rig.until(1_000_000, "the reset arrives", |rig| {
        rig.driver.session_info(handle).unwrap().state != SessionState::Active
    });
    let state = rig.driver.session_info(handle).unwrap().state;
    assert_eq!(state, SessionState::Closed(SessionReason::ResetByPeer));
    // Its slot is free again.
    rig.driver.session_release(handle).unwrap();
    let handle = rig.established(4001);
    rig.transfer(handle, 4001, &mut App::default(), 5000, 1_000_000);
}

fn a_lonely_session_times_out(on: On) {
    let tcp = toe_driver::TcpOptions { max_backoff: Some(4), ..Default::default() };
    let mut rig = Rig::connected(on, &Options { tcp, ..Options::default() });
    let handle = rig.established(4002);
    rig.driver.session_write(handle, b"nobody hears this").unwrap();
    rig.station(Station::clear);
    rig.until(60_000_000, "the session times out", |rig| {
        rig.driver.session_info(handle).unwrap().state != SessionState::Active
    });
    let state = rig.driver.session_info(handle).unwrap().state;
    assert_eq!(state, SessionState::Closed(SessionReason::RtoTimeout));
    assert!(rig.counter("tcp_rto") >= 4);
}

/// A core out of the engine's image, its rings beside it.
struct Taken {
    tcb: Tcb,
    unacked: Vec<u8>,
    unread: Vec<u8>,
    una: u32,
    read: u32,
    spec: SessionSpec,
}

fn take_back(rig: &mut Rig, handle: SessionHandle, port: u16) -> Taken {
    let image = rig.evict(handle);
    let now = rig.tcp_now();
    let (snapshot, _) = from_image(&image, now, &config(port)).unwrap();
    let tcb = Tcb::thaw(&snapshot, now).unwrap();
    let info = rig.driver.session_info(handle).unwrap();
    let (una, read) = (image.snd_una, image.rcv_read);
    let mut unacked = vec![0; image.snd_end.wrapping_sub(una) as usize];
    rig.driver.session_tx_copy(handle, una, &mut unacked).unwrap();
    let mut unread = vec![0; info.readable as usize];
    rig.driver.session_rx_copy(handle, read, &mut unread).unwrap();
    let spec = SessionSpec {
        queue_pair: 0,
        tx_ring: RING,
        rx_ring: RING,
        tx_seq0: image.tx_seq0,
        rx_seq0: image.rx_seq0,
    };
    // The old rings stay until here; out-of-order bytes that the engine held are asked for again by nobody: keep them.
    let mut ooo = Vec::new();
    for pair in image.ooo.chunks(2) {
        if pair[0] != pair[1] {
            let mut bytes = vec![0; pair[1].wrapping_sub(pair[0]) as usize];
            rig.driver.session_rx_copy(handle, pair[0], &mut bytes).unwrap();
            ooo.push((pair[0], bytes));
        }
    }
    assert!(ooo.is_empty(), "the wire is in order in this test: {ooo:?}");
    rig.driver.session_release(handle).unwrap();
    Taken { tcb, unacked, unread, una, read, spec }
}

fn a_session_moves_in_and_out_while_it_transfers(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let port = 4000;
    let mut handle = rig.established(port);
    let mut app = App::default();
    for leg in 1..6 {
        rig.transfer_until(handle, port, &mut app, 20 * RING, 5_000_000, |_, app| {
            app.read > leg * RING
        });
        let taken = take_back(&mut rig, handle, port);
        let start = taken.tcb.snd_start();
        // What it says agrees with what the application did.
        assert_eq!(taken.tcb.snd_end() - start, app.written);
        assert_eq!(SeqNum(taken.read) - taken.tcb.rcv_start(), app.read);
        let acked = SeqNum(taken.una) - start;
        assert_eq!(taken.unacked, patterns(acked, app.written));
        let unread_end = app.read + u32::try_from(taken.unread.len()).unwrap();
        assert_eq!(taken.unread, patterns(app.read, unread_end));
        // Nobody owns it for a while: the frames of the peer reach the host, which drops them.
        rig.settle(1_000);
        while rig.driver.nic_recv(0).is_some() {}
        // In again.
        handle = rig.driver.session_reserve(&taken.spec).unwrap().handle;
        rig.driver.session_tx_fill(handle, taken.una, &taken.unacked).unwrap();
        rig.driver.session_rx_fill(handle, taken.read, &taken.unread).unwrap();
        let now = rig.tcp_now();
        rig.driver.session_install(handle, &image(&taken.tcb, port, now)).unwrap();
        rig.events.clear();
        rig.until(100_000, "the session is installed again", |rig| {
            rig.driver.session_info(handle).unwrap().state != SessionState::Installing
        });
        let state = rig.driver.session_info(handle).unwrap().state;
        assert_eq!(state, SessionState::Active, "leg {leg}: {:?}", rig.events);
        rig.events.clear();
    }
    rig.transfer(handle, port, &mut app, 20 * RING, 60_000_000);
    // At last in software, to the end.
    rig.settle(1_000_000);
    let mut taken = take_back(&mut rig, handle, port);
    let more = 20 * RING + 9000;
    let start = taken.tcb.snd_start();
    taken.tcb.app_wrote(start + more);
    let mut got = 20 * RING;
    rig.end(port, |end| end.goal = more);
    rig.until(10_000_000, "the software goes on", |rig| {
        soft(rig, &mut taken.tcb, port, &mut got);
        got == more && rig.end(port, |end| end.count()) == more
    });
    assert_eq!(rig.end(port, |end| end.good()), more);
}

/// A software TCP of the host over the NIC path.
fn soft(rig: &mut Rig, tcb: &mut Tcb, port: u16, got: &mut u32) {
    let now = rig.tcp_now();
    while let Some(frame) = rig.driver.nic_recv(0) {
        let Some((seg, payload)) = unframe(&frame.bytes) else { continue };
        if let Some(place) = tcb.on_segment(now, &seg).place {
            let at = place.ring_seq - tcb.rcv_start();
            let bytes = &payload[place.skip as usize..(place.skip + place.len) as usize];
            assert_eq!(bytes, patterns(at, at + place.len));
        }
        *got = tcb.rcv_data_end() - tcb.rcv_start();
        tcb.app_read(tcb.rcv_data_end());
    }
    tcb.on_timer(now);
    while let Some(emit) = tcb.poll_transmit(now) {
        let at = emit.seg.seq - tcb.snd_start();
        let bytes = peer::frame(port, &emit.seg, &patterns(at, at + emit.seg.payload_len));
        rig.driver.nic_send(0, &toe_driver::TxFrame::plain(&turned(&bytes))).unwrap();
    }
}

/// A frame with its direction turned: sums do not change.
fn turned(f: &[u8]) -> Vec<u8> {
    let mut f = f.to_vec();
    let (addresses, len, l4) = if f[12] == 8 { (26, 4, 34) } else { (22, 16, 54) };
    for (at, len) in [(0, 6), (addresses, len), (l4, 2)] {
        let (a, b) = f[at..at + 2 * len].split_at_mut(len);
        a.swap_with_slice(b);
    }
    f
}

/// Segment and payload of a frame of the peer's.
fn unframe(f: &[u8]) -> Option<(Segment, Vec<u8>)> {
    peer::parse(&turned(f)).map(|(_, seg, payload)| (seg, payload.to_vec()))
}

fn what_the_host_held_goes_on_in_the_engine(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let now = rig.tcp_now();
    let (mut tcb, mut end) = connect(4000, now);
    // Sent but not arrived, written but not sent, received but not read.
    tcb.app_wrote(tcb.snd_start() + 40_000);
    let mut lost = 0;
    while tcb.poll_transmit(now).is_some() {
        lost += 1;
    }
    assert!(lost > 1);
    end.goal = 2000;
    let mut frames = std::collections::VecDeque::new();
    end.work(now, &mut frames);
    let mut received = vec![0; 2000];
    for bytes in frames {
        let (seg, payload) = unframe(&bytes).unwrap();
        let place = tcb.on_segment(now, &seg).place.unwrap();
        let at = (place.ring_seq - tcb.rcv_start()) as usize;
        received[at..at + payload.len()].copy_from_slice(&payload);
    }
    let handle = rig.reserve(&tcb).handle;
    rig.driver.session_tx_fill(handle, tcb.snd_start().0, &patterns(0, 40_000)).unwrap();
    rig.driver.session_rx_fill(handle, tcb.rcv_start().0, &received).unwrap();
    rig.driver.session_install(handle, &image(&tcb, 4000, now)).unwrap();
    rig.installed(handle);
    rig.station(|station| station.add(end));
    let mut app = App { written: 40_000, read: 0 };
    rig.transfer(handle, 4000, &mut app, 3 * RING, 30_000_000);
}

fn impossible_images_are_refused(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let now = rig.tcp_now();
    let (tcb, end): (Tcb, End) = connect(4000, now);
    let good = image(&tcb, 4000, now);
    let handle = rig.reserve(&tcb).handle;
    type Break = fn(&mut toe_abi::SessionImage);
    let nexthops = rig.driver.info().nexthops;
    let breaks: &[(u16, Break)] = &[
        (0x04, |i| i.state = TcpState::Listen),
        (0x04, |i| i.state = TcpState::TimeWait),
        (0x05, |i| i.snd_wscale = 15),
        (0x04, |i| i.tw_class = toe_abi::MslClass::None),
        (0x10, |i| i.laddr[0] = u32::from_le_bytes([127, 0, 0, 1])),
        (0x20, |i| i.raddr[0] = u32::MAX),
        (0x30, |i| i.lport = 0),
        (0x38, |i| i.snd_mss = 10),
        (0x3c, |i| i.ttl = 0),
        (0x84, |i| i.cwnd = 0),
        (0xa4, |i| i.rto_us = 1),
        (0xb8, |i| i.rcv_adv = i.rcv_nxt.wrapping_add(RING + 1)),
        (0xd0, |i| i.ooo[..2].copy_from_slice(&[i.rcv_nxt, i.rcv_nxt + 5])),
    ];
    let try_one = |rig: &mut Rig, bad: &toe_abi::SessionImage, offset: u16| {
        rig.driver.session_install(handle, bad).unwrap();
        rig.until(10_000, "the firmware answers", |rig| !rig.events.is_empty());
        let events = rig.take_events();
        let [SessionEvent::InstallFailed { error, .. }] = &about(&events, handle)[..] else {
            panic!("{offset:#x}: {events:?}")
        };
        let refused = AdminError::Refused { status: AdminStatus::BadField, detail: offset };
        assert_eq!(*error, refused);
        assert_eq!(rig.driver.session_info(handle).unwrap().state, SessionState::Reserved);
    };
    for (offset, change) in breaks {
        let mut bad = good;
        change(&mut bad);
        try_one(&mut rig, &bad, *offset);
    }
    let outside = u16::try_from(nexthops).unwrap();
    try_one(&mut rig, &toe_abi::SessionImage { nexthop: outside, ..good }, 0x34);
    rig.driver.session_install(handle, &good).unwrap();
    rig.installed(handle);
    rig.station(|station| station.add(end));
    rig.transfer(handle, 4000, &mut App::default(), 3000, 1_000_000);
    assert_eq!(rig.counter("fw_refused"), breaks.len() as u64 + 1);
    // The same tuple again.
    let (tcb, _) = connect(4000, rig.tcp_now());
    let second = rig.reserve(&tcb).handle;
    rig.driver.session_install(second, &image(&tcb, 4000, rig.tcp_now())).unwrap();
    rig.until(10_000, "the firmware answers", |rig| !about(&rig.events, second).is_empty());
    let events = about(&rig.take_events(), second);
    let [SessionEvent::InstallFailed { error, .. }] = &events[..] else { panic!("{events:?}") };
    assert!(matches!(error, AdminError::Refused { status: AdminStatus::Exists, .. }), "{error:?}");
}

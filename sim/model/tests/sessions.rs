// SPDX-License-Identifier: Apache-2.0
//! Driver and model together: sessions against a peer with a TCP of its own.

mod support;

use support::Shared;
use support::peer::{self, Peer, RING, about, connect, image, nexthop, pattern, reserve, run};
use toe_abi::{AdminStatus, SessionImage, SessionKey, SessionReason, TcpState, TwEvent};
use toe_driver::{
    AdminError, Driver, DriverEvent, Fault, NextHop, Options, SessionError, SessionEvent,
    SessionHandle, SessionState, SubmitError,
};
use toe_image::{addr_words, from_image};
use toe_model::{Model, ModelConfig};
use toe_tcp::{CloseReason, Config, Flags, Micros, Segment, Tcb, TcbEvent};

/// Pauses up to this are jumped over: retransmissions, but not keepalive or TIME_WAIT.
const SHORT: u64 = 5_000_000;

fn open_with(config: ModelConfig, options: &Options) -> (Driver, Shared<Model>) {
    let machine = Shared::new(Model::new(config));
    let mut driver = machine.open(options).unwrap();
    driver.nexthop_set(1, &nexthop()).unwrap();
    let events = machine.run(&mut driver);
    assert!(matches!(events[..], [DriverEvent::Nexthop { index: 1, result: Ok(()), .. }]));
    (driver, machine)
}

fn open() -> (Driver, Shared<Model>) {
    open_with(ModelConfig::SMALL, &Options::default())
}

/// A session in the engine, and its peer.
fn established(driver: &mut Driver, machine: &Shared<Model>, port: u16) -> (SessionHandle, Peer) {
    let now = Micros(machine.now().0);
    let (tcb, peer) = connect(port, now);
    let handle = reserve(driver, &tcb).handle;
    driver.session_install(handle, &image(&tcb, port, now)).unwrap();
    let events = machine.run(driver);
    assert_eq!(about(&events, handle), [SessionEvent::Installed]);
    (handle, peer)
}

/// The application: both streams move on, what is read is right.
#[derive(Default)]
struct App {
    written: u32,
    read: u32,
}

impl App {
    fn turn(&mut self, driver: &mut Driver, handle: SessionHandle, total: u32) {
        let chunk: Vec<u8> = (self.written..total.min(self.written + 5000)).map(pattern).collect();
        self.written += u32::try_from(driver.session_write(handle, &chunk).unwrap()).unwrap();
        let mut buffer = [0; 3000];
        let len = driver.session_read(handle, &mut buffer).unwrap();
        for byte in &buffer[..len] {
            assert_eq!(*byte, pattern(self.read), "byte {} of the stream", self.read);
            self.read += 1;
        }
    }
}

/// Moves `total` bytes each way.
fn transfer(
    driver: &mut Driver,
    machine: &Shared<Model>,
    handle: SessionHandle,
    peer: &mut Peer,
    app: &mut App,
    total: u32,
) -> Vec<DriverEvent> {
    let mut events = Vec::new();
    for _ in 0..100_000 {
        app.turn(driver, handle, total);
        peer.write_up_to(total);
        events.extend(run(machine, driver, &mut [peer], SHORT));
        if app.read == total && peer.good() == total {
            return events;
        }
    }
    panic!("stuck: read {}, peer got {}, {:?}", app.read, peer.good(), driver.session_info(handle));
}

#[test]
fn bytes_pass_both_ways_through_rings_that_wrap() {
    let (mut driver, machine) = open();
    let reads = driver.driver_stats().mmio_reads;
    let (handle, mut peer) = established(&mut driver, &machine, 4000);
    let total = 20 * RING + 777;
    transfer(&mut driver, &machine, handle, &mut peer, &mut App::default(), total);
    let info = driver.session_info(handle).unwrap();
    assert_eq!((info.state, info.tcp_state), (SessionState::Active, TcpState::Established));
    assert_eq!((info.readable, info.writable), (0, RING));
    let stats = driver.driver_stats();
    assert_eq!((stats.faults, stats.stale_events), (0, 0));
    assert_eq!(stats.mmio_reads, reads, "no register read on the data path");
    let stats = driver.stats().unwrap();
    assert_eq!(stats.counter("tcp_bytes_out"), Some(total.into()));
    assert_eq!(stats.counter("bump_bad"), Some(0));
    assert_eq!(stats.counter("tcp_retransmit_segs"), Some(0));
}

#[test]
fn bytes_survive_a_lossy_wire_in_both_families_and_sizes() {
    for config in [ModelConfig::SMALL, ModelConfig::LARGE] {
        for port in [4000, 6000] {
            let (mut driver, machine) = open_with(config, &Options::default());
            let (handle, mut peer) = established(&mut driver, &machine, port);
            peer.loss = 5;
            transfer(&mut driver, &machine, handle, &mut peer, &mut App::default(), 60 * RING);
            let stats = driver.stats().unwrap();
            assert!(stats.counter("tcp_retransmit_segs").unwrap() > 10);
            assert!(stats.counter("tcp_ooo_in").unwrap() > 3);
            assert_eq!(stats.counter("driver_faults"), Some(0));
            driver.session_close(handle).unwrap();
            peer.tcb.close();
            peer.loss = 0;
            let events = run(&machine, &mut driver, &mut [&mut peer], SHORT);
            let last = about(&events, handle).pop();
            assert_eq!(last, Some(SessionEvent::Closed(SessionReason::TimeWait)));
        }
    }
}

#[test]
fn many_sessions_share_a_bump_queue_of_two() {
    let options = Options { bmq_log2: 1, ..Options::default() };
    let (mut driver, machine) = open_with(ModelConfig::SMALL, &options);
    let mut ends: Vec<_> = (0..20).map(|i| established(&mut driver, &machine, 5000 + i)).collect();
    for (handle, peer) in &mut ends {
        let data: Vec<u8> = (0..3000).map(pattern).collect();
        assert_eq!(driver.session_write(*handle, &data).unwrap(), 3000);
        peer.write_up_to(2000);
    }
    let mut peers: Vec<&mut Peer> = ends.iter_mut().map(|end| &mut end.1).collect();
    run(&machine, &mut driver, &mut peers, SHORT);
    for (handle, peer) in &ends {
        assert_eq!(peer.good(), 3000);
        assert_eq!(driver.session_info(*handle).unwrap().readable, 2000);
    }
    assert!(driver.driver_stats().bmq_full > 0);
    assert_eq!(driver.stats().unwrap().counter("bumps_in"), Some(20));
}

#[test]
fn what_the_host_held_goes_on_in_the_engine() {
    let (mut driver, machine) = open();
    let now = Micros(machine.now().0);
    let (mut tcb, mut peer) = connect(4000, now);
    // Sent but not arrived, written but not sent, received but not read.
    tcb.app_wrote(tcb.snd_start() + 9000);
    let mut unsent = Vec::new();
    while let Some(emit) = tcb.poll_transmit(now) {
        unsent.push(emit);
    }
    assert!(!unsent.is_empty());
    peer.write_up_to(2000);
    let mut received = vec![0; 2000];
    for bytes in peer.frames(now) {
        let (seg, payload) = unframe(&bytes);
        let place = tcb.on_segment(now, &seg).place.unwrap();
        let at = (place.ring_seq - tcb.rcv_start()) as usize;
        received[at..at + payload.len()].copy_from_slice(&payload);
    }
    let handle = reserve(&mut driver, &tcb).handle;
    let sent: Vec<u8> = (0..9000).map(pattern).collect();
    driver.session_tx_fill(handle, tcb.snd_start().0, &sent).unwrap();
    driver.session_rx_fill(handle, tcb.rcv_start().0, &received).unwrap();
    driver.session_install(handle, &image(&tcb, 4000, now)).unwrap();
    let mut app = App { written: 9000, read: 0 };
    let total = 3 * RING;
    run(&machine, &mut driver, &mut [&mut peer], SHORT);
    transfer(&mut driver, &machine, handle, &mut peer, &mut app, total);
}

/// Segment and payload of a frame of the peer's.
fn unframe(f: &[u8]) -> (Segment, Vec<u8>) {
    let mut swapped = f.to_vec();
    // `parse` reads frames of the host: turn addresses and ports around; sums do not change.
    swapped[..6].copy_from_slice(&f[6..12]);
    swapped[6..12].copy_from_slice(&f[..6]);
    swapped[26..30].copy_from_slice(&f[30..34]);
    swapped[30..34].copy_from_slice(&f[26..30]);
    swapped[34..36].copy_from_slice(&f[36..38]);
    swapped[36..38].copy_from_slice(&f[34..36]);
    let (_, seg, payload) = peer::parse(&swapped);
    (seg, payload)
}

#[test]
fn closing_first_ends_in_time_wait_that_answers_and_expires() {
    let (mut driver, machine) = open();
    let (handle, mut peer) = established(&mut driver, &machine, 4000);
    transfer(&mut driver, &machine, handle, &mut peer, &mut App::default(), 5000);
    driver.session_close(handle).unwrap();
    assert_eq!(driver.session_write(handle, b"x"), Err(SessionError::Closed(handle)));
    let events = run(&machine, &mut driver, &mut [&mut peer], 100_000);
    assert_eq!(about(&events, handle), [SessionEvent::Progress, SessionEvent::FinAcked]);
    assert!(peer.events.contains(&TcbEvent::PeerClosed));
    let fin_seq = peer.tcb.snd_end();
    peer.tcb.close();
    let events = run(&machine, &mut driver, &mut [&mut peer], 100_000);
    let expected = [
        SessionEvent::Progress,
        SessionEvent::PeerClosed,
        SessionEvent::Closed(SessionReason::TimeWait),
    ];
    assert_eq!(about(&events, handle), expected);
    assert!(peer.events.contains(&TcbEvent::Closed(CloseReason::Normal)));
    driver.session_release(handle).unwrap();
    // The FIN again: answered, acknowledging it, by the table.
    let fin = Segment {
        seq: fin_seq,
        ack: peer.tcb.rcv_data_end() + 1,
        flags: Flags::ACK.with(Flags::FIN),
        wnd: 100,
        ..Segment::default()
    };
    machine.arrive(peer::frame(4000, &fin, &[]));
    machine.run(&mut driver);
    let [reply] = machine.sent().try_into().unwrap();
    let (_, reply, _) = peer::parse(&reply);
    assert_eq!((reply.ack, reply.seq), (fin_seq + 1, fin.ack));
    let stats = driver.stats().unwrap();
    assert_eq!(stats.counter("tw_insert"), Some(1));
    assert_eq!(stats.counter("tw_reply"), Some(1));
    // Not before its time, and not after.
    let before = machine.now().0;
    let events = run(&machine, &mut driver, &mut [], 70_000_000);
    let [DriverEvent::TimeWait(event)] = events[..] else { panic!("{events:?}") };
    assert_eq!((event.what, event.lport, event.rport), (TwEvent::Expired, 80, 4000));
    let lingered = machine.now().0 - before;
    // Never early, a tick late at most.
    assert!((60_000_000..60_263_000).contains(&lingered), "{lingered} µs");
}

/// S-VTW-5: the event is all that is left of it, so it says all.
#[test]
fn a_session_without_a_place_in_time_wait_is_told_whole() {
    let none = ModelConfig { tw_entries_v4: 0, tw_entries_v6: 0, ..ModelConfig::SMALL };
    for port in [4000, 6000] {
        let (mut driver, machine) = open_with(none, &Options::default());
        let (handle, mut peer) = established(&mut driver, &machine, port);
        transfer(&mut driver, &machine, handle, &mut peer, &mut App::default(), 5000);
        driver.session_close(handle).unwrap();
        let _acknowledged = run(&machine, &mut driver, &mut [&mut peer], 100_000);
        peer.tcb.close();
        let events = run(&machine, &mut driver, &mut [&mut peer], 100_000);
        let closed = SessionEvent::Closed(SessionReason::TimeWait);
        assert_eq!(about(&events, handle).last(), Some(&closed));
        let told: Vec<_> = events
            .iter()
            .filter_map(|event| match event {
                DriverEvent::TimeWait(event) => Some(event),
                _ => None,
            })
            .collect();
        let [event] = told[..] else { panic!("{told:?}") };
        assert_eq!((event.what, event.index), (TwEvent::InsertFailed, 0));
        let (local, remote) = peer::addresses(port);
        assert_eq!((event.laddr, event.raddr), (addr_words(local), addr_words(remote)));
        assert_eq!((event.ipv6, event.lport, event.rport), (local.is_ipv6(), 80, port));
        // What the peer knows of us: its own numbers, and the window that it saw last.
        let theirs = peer.tcb.snapshot(Micros(machine.now().0));
        assert_eq!((event.snd_nxt, event.rcv_nxt), (theirs.rcv_nxt, theirs.snd_nxt));
        assert_eq!(u32::from(event.last_win) << event.rcv_wscale, theirs.snd_wnd);
        assert_eq!((event.ts_ok, event.rcv_wscale), (theirs.ts_ok, theirs.snd_wscale));
        let stats = driver.stats().unwrap();
        assert_eq!(stats.counter("tw_insert_fail"), Some(1));
        assert_eq!(stats.counter("tw_insert"), Some(0));
    }
}

#[test]
fn the_peer_may_close_first() {
    let (mut driver, machine) = open();
    let (handle, mut peer) = established(&mut driver, &machine, 4000);
    peer.write_up_to(100);
    peer.tcb.close();
    let events = run(&machine, &mut driver, &mut [&mut peer], 100_000);
    assert_eq!(about(&events, handle), [SessionEvent::Progress, SessionEvent::PeerClosed]);
    let info = driver.session_info(handle).unwrap();
    assert_eq!((info.readable, info.peer_fin, info.tcp_state), (100, true, TcpState::CloseWait));
    let data: Vec<u8> = (0..3000).map(pattern).collect();
    driver.session_write(handle, &data).unwrap();
    driver.session_close(handle).unwrap();
    let events = run(&machine, &mut driver, &mut [&mut peer], 100_000);
    assert_eq!(about(&events, handle).last(), Some(&SessionEvent::Closed(SessionReason::Closed)));
    assert_eq!(peer.good(), 3000);
    // What was received is still there.
    let mut buffer = [0; 200];
    assert_eq!(driver.session_read(handle, &mut buffer).unwrap(), 100);
    driver.session_release(handle).unwrap();
    assert_eq!(driver.session_info(handle), Err(SessionError::Stale(handle)));
    assert_eq!(driver.session_slots().0, 0);
}

#[test]
fn resets_end_sessions_both_ways() {
    let (mut driver, machine) = open();
    let (handle, mut peer) = established(&mut driver, &machine, 4000);
    driver.session_abort(handle).unwrap();
    let events = run(&machine, &mut driver, &mut [&mut peer], 100_000);
    assert_eq!(about(&events, handle), [SessionEvent::Closed(SessionReason::ResetByHost)]);
    assert!(peer.events.contains(&TcbEvent::Reset(CloseReason::ResetByPeer)));
    let (handle, mut peer) = established(&mut driver, &machine, 4001);
    peer.tcb.abort();
    let events = run(&machine, &mut driver, &mut [&mut peer], 100_000);
    assert_eq!(about(&events, handle), [SessionEvent::Closed(SessionReason::ResetByPeer)]);
    let (handle, peer) = established(&mut driver, &machine, 4002);
    driver.session_write(handle, b"nobody hears this").unwrap();
    drop(peer);
    let events = run(&machine, &mut driver, &mut [], 2_000_000_000);
    assert_eq!(about(&events, handle), [SessionEvent::Closed(SessionReason::RtoTimeout)]);
}

fn evict(driver: &mut Driver, machine: &Shared<Model>, handle: SessionHandle) -> SessionImage {
    driver.session_evict(handle).unwrap();
    let events = machine.run(driver);
    let last = about(&events, handle).pop();
    let Some(SessionEvent::Evicted(image)) = last else { panic!("{last:?}") };
    *image
}

#[test]
fn a_session_comes_back_and_goes_again_unchanged() {
    let (mut driver, machine) = open();
    let (handle, mut peer) = established(&mut driver, &machine, 4000);
    peer.loss = 3;
    let mut app = App::default();
    transfer(&mut driver, &machine, handle, &mut peer, &mut app, 3 * RING);
    // Something under way in both directions.
    app.turn(&mut driver, handle, 4 * RING);
    peer.write_up_to(4 * RING);
    machine.run(&mut driver);
    drop(machine.sent());
    let first = evict(&mut driver, &machine, handle);
    assert!(first.snd_max != first.snd_una, "in flight");
    // Out and in again at the same instant: nothing but the handle and the ring addresses differ.
    let now = Micros(machine.now().0);
    let unacked = first.snd_end.wrapping_sub(first.snd_una) as usize;
    let mut tx = vec![0; unacked];
    driver.session_tx_copy(handle, first.snd_una, &mut tx).unwrap();
    let mut rx = vec![0; first.rcv_nxt.wrapping_sub(first.rcv_read) as usize];
    driver.session_rx_copy(handle, first.rcv_read, &mut rx).unwrap();
    let spec = toe_driver::SessionSpec {
        queue_pair: 0,
        tx_ring: RING,
        rx_ring: RING,
        tx_seq0: first.tx_seq0,
        rx_seq0: first.rx_seq0,
    };
    let second = driver.session_reserve(&spec).unwrap().handle;
    driver.session_tx_fill(second, first.snd_una, &tx).unwrap();
    driver.session_rx_fill(second, first.rcv_read, &rx).unwrap();
    driver.session_install(second, &first).unwrap();
    let events = machine.run(&mut driver);
    assert_eq!(about(&events, second)[0], SessionEvent::Installed);
    driver.session_release(handle).unwrap();
    assert_eq!(Micros(machine.now().0), now, "no time has passed");
    // It goes on where it was, in the engine and then in software.
    transfer(&mut driver, &machine, second, &mut peer, &mut app, 6 * RING);
    let image = evict(&mut driver, &machine, second);
    let now = Micros(machine.now().0);
    let (snapshot, _) = from_image(&image, now, &Config::default()).unwrap();
    let software = Tcb::thaw(&snapshot, now).unwrap();
    assert_eq!(software.snd_end() - software.snd_start(), 6 * RING);
    assert_eq!(software.rcv_data_end() - software.rcv_start(), 6 * RING);
}

#[test]
fn evict_after_install_gives_the_image_back() {
    let (mut driver, machine) = open();
    let now = Micros(machine.now().0);
    let (tcb, _peer) = connect(4000, now);
    let given = image(&tcb, 4000, now);
    let handle = reserve(&mut driver, &tcb).handle;
    driver.session_install(handle, &given).unwrap();
    machine.run(&mut driver);
    let snapshot_token = driver.session_snapshot(handle).unwrap();
    let events = machine.run(&mut driver);
    let [SessionEvent::Snapshot(copy)] = &about(&events, handle)[..] else {
        panic!("{snapshot_token:?}: {events:?}")
    };
    let back = evict(&mut driver, &machine, handle);
    // What the driver fills in, and what a clock changes by the few steps in between.
    let same = SessionImage {
        magic: back.magic,
        handle: back.handle,
        tx_ring: back.tx_ring,
        rx_ring: back.rx_ring,
        tx_seq0: back.tx_seq0,
        rx_seq0: back.rx_seq0,
        ts_recent_age: back.ts_recent_age,
        t_delack: back.t_delack,
        last_sent_age: back.last_sent_age,
        ..given
    };
    assert_eq!(back, same);
    let (ts_recent_age, last_sent_age) = (back.ts_recent_age, back.last_sent_age);
    assert_eq!(SessionImage { ts_recent_age, last_sent_age, ..**copy }, back);
}

#[test]
fn each_bad_field_is_refused_by_its_place_and_the_session_stays_ours() {
    let (mut driver, machine) = open();
    let now = Micros(machine.now().0);
    let (tcb, _peer) = connect(4000, now);
    let good = image(&tcb, 4000, now);
    let handle = reserve(&mut driver, &tcb).handle;
    type Break = fn(&mut SessionImage);
    let breaks: &[(u16, Break)] = &[
        (0x04, |i| i.state = TcpState::Listen),
        (0x04, |i| i.state = TcpState::TimeWait),
        (0x05, |i| i.snd_wscale = 15),
        (0x04, |i| i.tw_class = toe_abi::MslClass::None),
        (0x10, |i| i.laddr[0] = u32::from_le_bytes([127, 0, 0, 1])),
        (0x20, |i| i.raddr[0] = u32::MAX),
        (0x30, |i| i.lport = 0),
        (0x34, |i| i.nexthop = 64),
        (0x38, |i| i.snd_mss = 1483),
        (0x38, |i| i.snd_mss = 10),
        (0x3c, |i| i.ttl = 0),
        (0x84, |i| i.cwnd = 0),
        (0xa4, |i| i.rto_us = 1),
        (0xb8, |i| i.rcv_adv = i.rcv_nxt.wrapping_add(RING + 1)),
        (0xd0, |i| i.ooo[..2].copy_from_slice(&[i.rcv_nxt, i.rcv_nxt + 5])),
    ];
    for (offset, change) in breaks {
        let mut bad = good;
        change(&mut bad);
        driver.session_install(handle, &bad).unwrap();
        let events = machine.run(&mut driver);
        let [SessionEvent::InstallFailed { error, .. }] = &about(&events, handle)[..] else {
            panic!("{events:?}")
        };
        let refused = AdminError::Refused { status: AdminStatus::BadField, detail: *offset };
        assert_eq!(*error, refused);
        assert_eq!(driver.session_info(handle).unwrap().state, SessionState::Reserved);
    }
    // What contradicts the rings does not even leave the driver.
    for change in [
        (|i| i.snd_nxt = i.snd_una.wrapping_sub(1)) as Break,
        |i| i.snd_end = i.snd_una.wrapping_add(RING + 1),
        |i| i.rcv_read = i.rcv_nxt.wrapping_sub(RING + 1),
    ] {
        let mut bad = good;
        change(&mut bad);
        let refused = driver.session_install(handle, &bad);
        assert!(matches!(refused, Err(SubmitError::BadImage(_))), "{refused:?}");
    }
    driver.session_install(handle, &good).unwrap();
    let events = machine.run(&mut driver);
    assert_eq!(about(&events, handle), [SessionEvent::Installed]);
    let stats = driver.stats().unwrap();
    assert_eq!(stats.counter("fw_refused"), Some(breaks.len() as u64));
}

#[test]
fn full_tables_duplicates_and_old_handles_are_refused() {
    let config = ModelConfig { lookup_entries: 2, sessions: 4, ..ModelConfig::SMALL };
    let (mut driver, machine) = open_with(config, &Options::default());
    let (first, _a) = established(&mut driver, &machine, 4000);
    let now = Micros(machine.now().0);
    let refused = |driver: &mut Driver, port: u16| {
        let (tcb, _peer) = connect(port, now);
        let handle = reserve(driver, &tcb).handle;
        driver.session_install(handle, &image(&tcb, port, now)).unwrap();
        let events = machine.run(driver);
        driver.session_release(handle).unwrap_or(());
        match &about(&events, handle)[..] {
            [SessionEvent::InstallFailed { error: AdminError::Refused { status, .. }, .. }] => {
                Some(*status)
            }
            _ => None,
        }
    };
    assert_eq!(refused(&mut driver, 4000), Some(AdminStatus::Exists));
    assert_eq!(refused(&mut driver, 4001), None);
    assert_eq!(refused(&mut driver, 4002), Some(AdminStatus::TableFull));
    // Slots run out in the driver.
    let (tcb, _peer) = connect(4005, now);
    reserve(&mut driver, &tcb);
    let last = reserve(&mut driver, &tcb).handle;
    let spec = toe_driver::SessionSpec {
        queue_pair: 0,
        tx_ring: RING,
        rx_ring: RING,
        tx_seq0: 0,
        rx_seq0: 0,
    };
    let full = driver.session_reserve(&spec);
    assert!(matches!(full, Err(toe_driver::ReserveError::TableFull)), "{full:?}");
    // A slot's next use has another generation; the old handle means nothing.
    driver.session_release(last).unwrap();
    let next = driver.session_reserve(&spec).unwrap().handle;
    assert_eq!(next.slot(), last.slot());
    assert_ne!(next, last);
    assert_eq!(driver.session_release(last), Err(SessionError::Stale(last)));
    assert_eq!(driver.session_write(last, b"x"), Err(SessionError::Stale(last)));
    assert!(driver.session_info(first).is_ok());
}

#[test]
fn an_invalid_next_hop_parks_and_its_repair_releases() {
    let (mut driver, machine) = open();
    let (handle, mut peer) = established(&mut driver, &machine, 4000);
    driver.nexthop_set(1, &NextHop { valid: false, ..nexthop() }).unwrap();
    machine.run(&mut driver);
    driver.session_write(handle, &(0..4000).map(pattern).collect::<Vec<_>>()).unwrap();
    let events = run(&machine, &mut driver, &mut [&mut peer], 600_000_000);
    assert_eq!(about(&events, handle), [SessionEvent::Parked]);
    assert_eq!(peer.good(), 0);
    driver.nexthop_set(1, &nexthop()).unwrap();
    let events = run(&machine, &mut driver, &mut [&mut peer], SHORT);
    assert_eq!(about(&events, handle), [SessionEvent::Unparked, SessionEvent::Progress]);
    assert_eq!(peer.good(), 4000);
    // Impossible entries are refused by their place.
    driver.nexthop_set(2, &NextHop { mtu: 60, ..nexthop() }).unwrap();
    let events = machine.run(&mut driver);
    let [DriverEvent::Nexthop { result: Err(AdminError::Refused { status, detail }), .. }] =
        events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!((status, detail), (AdminStatus::BadField, 0x26));
    let outside = driver.nexthop_set(64, &nexthop());
    assert!(matches!(outside, Err(SubmitError::BadIndex { index: 64, .. })));
}

#[test]
fn settings_change_a_live_session() {
    let (mut driver, machine) = open();
    let (handle, mut peer) = established(&mut driver, &machine, 4000);
    driver.session_set(handle, SessionKey::Mss, 200).unwrap();
    driver.session_set(handle, SessionKey::Cwnd, 0).unwrap();
    let events = machine.run(&mut driver);
    let refused = AdminError::Refused { status: AdminStatus::BadField, detail: 0x18 };
    assert_eq!(
        about(&events, handle),
        [
            SessionEvent::Setting { key: SessionKey::Mss, result: Ok(()) },
            SessionEvent::Setting { key: SessionKey::Cwnd, result: Err(refused) },
        ]
    );
    driver.session_write(handle, &(0..1000).map(pattern).collect::<Vec<_>>()).unwrap();
    machine.run(&mut driver);
    let sizes: Vec<_> = machine
        .sent()
        .iter()
        .map(|bytes| peer::parse(bytes))
        .map(|(_, seg, payload)| {
            peer.take(Micros(machine.now().0), &seg, &payload);
            payload.len()
        })
        .collect();
    assert_eq!(sizes, [200; 5]);
    run(&machine, &mut driver, &mut [&mut peer], SHORT);
    assert_eq!(peer.good(), 1000);
}

#[test]
fn firmware_that_does_not_answer_is_a_time_out_and_a_reset_helps() {
    let (mut driver, machine) = open();
    let (active, _peer) = established(&mut driver, &machine, 4001);
    let now = machine.now();
    let (tcb, _) = connect(4000, Micros(now.0));
    let handle = reserve(&mut driver, &tcb).handle;
    driver.session_install(handle, &image(&tcb, 4000, Micros(now.0))).unwrap();
    driver.poll(now).unwrap();
    let deadline = driver.next_deadline().unwrap();
    // The device does not get to run.
    driver.poll(deadline).unwrap();
    let events: Vec<_> = std::iter::from_fn(|| driver.next_event()).collect();
    let failed = SessionEvent::InstallFailed { error: AdminError::TimedOut, image: None };
    assert_eq!(about(&events, handle), [failed]);
    assert_eq!(driver.session_info(handle).unwrap().state, SessionState::Unknown);
    assert!(driver.session_release(handle).is_err(), "the engine may still have it");
    machine.run(&mut driver);
    assert_eq!(driver.driver_stats().admin_late, 1);
    driver.reset().unwrap();
    for handle in [handle, active] {
        assert_eq!(driver.session_info(handle).unwrap().state, SessionState::Lost);
        assert!(driver.session_write(handle, b"x").is_err());
        driver.session_release(handle).unwrap();
    }
    driver.nexthop_set(1, &nexthop()).unwrap();
    machine.run(&mut driver);
    let (handle, mut peer) = established(&mut driver, &machine, 4003);
    transfer(&mut driver, &machine, handle, &mut peer, &mut App::default(), 2 * RING);
}

#[test]
fn host_memory_that_fails_parks_the_sender_and_ends_the_receiver() {
    let (mut driver, machine) = open();
    let (handle, mut peer) = established(&mut driver, &machine, 4000);
    driver.session_write(handle, &(0..2000).map(pattern).collect::<Vec<_>>()).unwrap();
    // The ring memory disappears from the device's view.
    let rings = machine.lock().bus.regions.pop_last().unwrap();
    let events = run(&machine, &mut driver, &mut [&mut peer], 100_000);
    let fault = |event: &DriverEvent| {
        matches!(event, DriverEvent::Fault(Fault::Reported { what: toe_abi::Fault::DmaRead, .. }))
    };
    assert!(events.iter().any(fault), "{events:?}");
    assert!(about(&events, handle).contains(&SessionEvent::Parked));
    machine.lock().bus.regions.insert(rings.0, rings.1.clone());
    driver.session_kick(handle).unwrap();
    run(&machine, &mut driver, &mut [&mut peer], SHORT);
    assert_eq!(peer.good(), 2000, "a kick goes on, nothing is lost");
    machine.lock().bus.regions.remove(&rings.0);
    peer.write_up_to(100);
    let events = run(&machine, &mut driver, &mut [&mut peer], 100_000);
    assert_eq!(about(&events, handle).last(), Some(&SessionEvent::Closed(SessionReason::DmaFault)));
}

// SPDX-License-Identifier: Apache-2.0
//! The TIME_WAIT table from the driver down: commands, answers, events, counters; the same on the model and on the RTL.

use crate::peer::{Id, Shape, connect_as, frame, image_as};
use crate::rig::{On, Rig};
use toe_abi::{AdminOpcode, AdminStatus, MslClass, SessionImage, TwEvent, regs};
use toe_driver::{AdminError, AdminReply, DriverEvent, Options, TimeWaitEvent, TimeWaitOptions};
use toe_tcp::{Flags, Segment, SeqNum, Timestamps};

on_each!(
    commands_insert_look_up_walk_delete_and_flush,
    an_entry_expires_and_the_host_hears_of_it,
    the_oldest_of_a_full_class_goes_and_the_host_hears_of_it,
    a_closed_session_answers_for_the_dead,
    counters_tell_what_happened,
);

/// A tick of the table, µs: expiry is at most so late.
const TICK: u64 = 1 << 18;
/// The window of these entries, as on the wire and scaled.
const WINDOW: u16 = 1000;

fn linger(remote: u32, local: u32, loopback: u32) -> Options {
    let linger_us = [remote, local, loopback];
    let time_wait = TimeWaitOptions { linger_us, ..TimeWaitOptions::default() };
    Options { time_wait, ..Options::default() }
}

/// What an entry is made of; `rcv_nxt` and `snd_nxt` differ from tuple to tuple.
pub(crate) fn entry(rig: &Rig, id: impl Into<Id>, class: MslClass) -> SessionImage {
    let id = id.into();
    let (tcb, _) = connect_as(id, &Shape::default(), rig.tcp_now());
    let image = image_as(&tcb, id, &Shape::default(), rig.tcp_now());
    let tag = id.net() << 12 ^ u32::from(id.port());
    let (rcv, snd) = (0x1000_0000 + tag, 0x2000_0000 + tag);
    SessionImage {
        tw_class: class,
        rcv_nxt: rcv,
        rcv_adv: rcv + u32::from(WINDOW) * 4,
        rcv_wscale: 2,
        snd_nxt: snd,
        ts_ok: true,
        ts_recent: 5_000,
        ts_offset: 77,
        ..image
    }
}

/// The answer to the command that was just given.
fn answer(rig: &mut Rig) -> Result<AdminReply, AdminError> {
    let find = |rig: &Rig| {
        rig.events.iter().find_map(|event| match event {
            DriverEvent::Admin { result, .. } => Some(*result),
            _ => None,
        })
    };
    rig.until(50_000, "the command is answered", |rig| find(rig).is_some());
    let result = find(rig).unwrap();
    rig.events.retain(|event| !matches!(event, DriverEvent::Admin { .. }));
    result
}

pub(crate) fn command(
    rig: &mut Rig,
    opcode: AdminOpcode,
    image: &SessionImage,
) -> Result<AdminReply, AdminError> {
    rig.driver.time_wait(opcode, image).unwrap();
    answer(rig)
}

fn walk(rig: &mut Rig, ipv6: bool, from: u32) -> Option<[u32; 4]> {
    let data = [u32::from(ipv6), 0, 0, 0, 0, 0, 0, 0];
    rig.driver.admin(AdminOpcode::TwWalk, 0, from, data).unwrap();
    answer(rig).ok().map(|reply| reply.result)
}

pub(crate) fn refused(result: Result<AdminReply, AdminError>) -> AdminStatus {
    match result {
        Err(AdminError::Refused { status, .. }) => status,
        other => panic!("{other:?}"),
    }
}

/// Events of the table since the last call.
pub(crate) fn told(rig: &mut Rig) -> Vec<TimeWaitEvent> {
    let told = rig.events.iter().filter_map(|event| match event {
        DriverEvent::TimeWait(event) => Some(*event),
        _ => None,
    });
    let told = told.collect();
    rig.events.retain(|event| !matches!(event, DriverEvent::TimeWait(_)));
    told
}

/// A segment from the peer to a tuple without session, and what the engine answered.
pub(crate) fn ask(
    rig: &mut Rig,
    id: impl Into<Id>,
    segment: &Segment,
    payload: &[u8],
) -> Option<Segment> {
    rig.station(|station| station.inbox.clear());
    rig.arrive(frame(id, segment, payload));
    rig.settle(100);
    let sent = rig.sent();
    assert!(sent.len() <= 1, "{} answers", sent.len());
    sent.first().map(|bytes| crate::peer::parse(bytes).unwrap().1)
}

pub(crate) fn entries(rig: &mut Rig) -> Vec<u32> {
    let mut all = Vec::new();
    for array in [regs::TW_ENTRIES_V4, regs::TW_ENTRIES_V6] {
        for class in 0..3 {
            all.push(rig.driver.register(array.at(class).unwrap()).unwrap());
        }
    }
    all
}

fn commands_insert_look_up_walk_delete_and_flush(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    for (port, class) in
        [(4000, MslClass::Remote), (4001, MslClass::Local), (6000, MslClass::Loopback)]
    {
        let image = entry(&rig, port, class);
        assert_eq!(
            refused(command(&mut rig, AdminOpcode::TwLookup, &image)),
            AdminStatus::NotFound
        );
        command(&mut rig, AdminOpcode::TwInsert, &image).unwrap();
        let [_, left, rcv, snd] = command(&mut rig, AdminOpcode::TwLookup, &image).unwrap().result;
        assert_eq!((rcv, snd), (image.rcv_nxt, image.snd_nxt));
        let linger = [60_000_000, 10_000_000, 2_000_000][class.to_bits() as usize - 1];
        assert!((linger - 100_000..=linger + TICK).contains(&u64::from(left)), "{left} µs left");
    }
    assert_eq!(entries(&mut rig), [1, 1, 0, 0, 0, 1]);
    for (ipv6, ports) in [(false, vec![4000, 4001]), (true, vec![6000])] {
        let (mut seen, mut from) = (Vec::new(), 0);
        while let Some([index, ports, _, left]) = walk(&mut rig, ipv6, from) {
            assert!(left > 0);
            seen.push(ports >> 16);
            from = index + 1;
        }
        seen.sort_unstable();
        assert_eq!(seen, ports);
    }
    let image = entry(&rig, 4000, MslClass::Remote);
    command(&mut rig, AdminOpcode::TwDelete, &image).unwrap();
    assert_eq!(refused(command(&mut rig, AdminOpcode::TwDelete, &image)), AdminStatus::NotFound);
    assert_eq!(entries(&mut rig), [0, 1, 0, 0, 0, 1]);
    rig.driver.admin(AdminOpcode::TwFlush, 0, 0, [0; 8]).unwrap();
    answer(&mut rig).unwrap();
    rig.settle(100);
    assert_eq!(entries(&mut rig), [0; 6]);
    // The host did all this itself: nothing to be told.
    assert_eq!(told(&mut rig), []);
}

fn an_entry_expires_and_the_host_hears_of_it(on: On) {
    let mut rig = Rig::connected(on, &linger(3_000_000, 2_000_000, 1_000_000));
    let since = rig.now();
    for (port, class) in
        [(4000, MslClass::Remote), (4001, MslClass::Local), (6002, MslClass::Loopback)]
    {
        let image = entry(&rig, port, class);
        command(&mut rig, AdminOpcode::TwInsert, &image).unwrap();
    }
    for (port, class, linger) in [
        (6002, MslClass::Loopback, 1_000_000),
        (4001, MslClass::Local, 2_000_000),
        (4000, MslClass::Remote, 3_000_000),
    ] {
        rig.until(2 * linger, "an entry expires", |rig| {
            rig.events.iter().any(|event| matches!(event, DriverEvent::TimeWait(_)))
        });
        let [event] = told(&mut rig)[..] else { panic!("one at a time") };
        assert_eq!((event.what, event.class), (TwEvent::Expired, class));
        assert_eq!((event.ipv6, event.lport, event.rport), (port >= 6000, 80, port));
        let after = rig.now().0 - since.0;
        assert!(after >= linger, "early: {after} µs");
        assert!(after <= linger + TICK + 50_000, "late: {after} µs");
    }
    assert_eq!(entries(&mut rig), [0; 6]);
    assert_eq!(rig.counter("tw_expire"), 3);
}

fn the_oldest_of_a_full_class_goes_and_the_host_hears_of_it(on: On) {
    // A quarter of the table: 16 of 64 IPv6 entries in `small`.
    let quarter = match on {
        On::Model | On::Small => 16,
        On::Mid | On::Large => return, // the same with 512 and 4,096: as long as it takes
    };
    let mut rig = Rig::connected(on, &Options::default());
    let first = 6000;
    for port in first..first + quarter {
        let image = entry(&rig, port, MslClass::Loopback);
        command(&mut rig, AdminOpcode::TwInsert, &image).unwrap();
    }
    let other = entry(&rig, 7000, MslClass::Local);
    command(&mut rig, AdminOpcode::TwInsert, &other).unwrap();
    assert_eq!(told(&mut rig), []);
    // A repeated FIN makes the oldest the youngest.
    let image = entry(&rig, first, MslClass::Loopback);
    let fin = Segment {
        seq: SeqNum(image.rcv_nxt - 1),
        ack: SeqNum(image.snd_nxt),
        flags: Flags::ACK.with(Flags::FIN),
        ts: Some(Timestamps { val: 5_001, ecr: 0 }),
        ..Segment::default()
    };
    let reply = ask(&mut rig, first, &fin, &[]).unwrap();
    assert_eq!((reply.seq.0, reply.ack.0, reply.wnd), (image.snd_nxt, image.rcv_nxt, WINDOW));
    assert_eq!(reply.ts.unwrap().ecr, 5_000);
    for port in first + quarter..first + quarter + 3 {
        let image = entry(&rig, port, MslClass::Loopback);
        command(&mut rig, AdminOpcode::TwInsert, &image).unwrap();
    }
    rig.settle(100);
    let gone: Vec<_> = told(&mut rig).iter().map(|event| (event.what, event.rport)).collect();
    let expected: Vec<_> = (first + 1..first + 4).map(|port| (TwEvent::Evicted, port)).collect();
    assert_eq!(gone, expected, "in order of age");
    assert_eq!(rig.counter("tw_evict"), 3);
    command(&mut rig, AdminOpcode::TwLookup, &other).unwrap();
}

/// S-VTW-6 from the wire, by the scaled window and by timestamps.
fn a_closed_session_answers_for_the_dead(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let edge = u32::from(WINDOW) * 4;
    let flags = |flags| Segment { flags, ..Segment::default() };
    for (port, offset, segment, payload, reset) in [
        // vtw_data_after_close_rst: inside the window as it is, not as the field says
        (4000, edge - 10, flags(Flags::ACK), 10, Some(true)),
        // beyond it: acknowledged
        (4001, edge + 1, flags(Flags::ACK), 10, Some(false)),
        // vtw_no_ack_storm
        (4002, 0, flags(Flags::ACK), 0, None),
        // vtw_refin_is_acked
        (4003, u32::MAX, flags(Flags::ACK.with(Flags::FIN)), 0, Some(false)),
        (6004, 0, flags(Flags::ACK), 10, Some(true)),
    ] {
        let image = entry(&rig, port, MslClass::Remote);
        command(&mut rig, AdminOpcode::TwInsert, &image).unwrap();
        let segment = Segment {
            seq: SeqNum(image.rcv_nxt.wrapping_add(offset)),
            ack: SeqNum(image.snd_nxt),
            ts: Some(Timestamps { val: 5_001, ecr: 0 }),
            payload_len: payload,
            ..segment
        };
        let reply = ask(&mut rig, port, &segment, &vec![7; payload as usize]);
        assert_eq!(reply.map(|reply| reply.rst()), reset, "port {port}");
    }
    // vtw_syn_recycles: an old number but a newer timestamp (RFC 6191); an older timestamp is challenged.
    let image = entry(&rig, 4000, MslClass::Remote);
    let syn = |val| Segment {
        seq: SeqNum(image.rcv_nxt.wrapping_sub(9)),
        flags: Flags::SYN,
        ts: Some(Timestamps { val, ecr: 0 }),
        ..Segment::default()
    };
    let challenge = ask(&mut rig, 4000, &syn(4_999), &[]).unwrap();
    assert_eq!((challenge.rst(), challenge.ack.0), (false, image.rcv_nxt));
    let waiting = rig.driver.nic_waiting(0);
    assert!(ask(&mut rig, 4000, &syn(5_001), &[]).is_none());
    assert_eq!(rig.driver.nic_waiting(0), waiting + 1, "the SYN is the host's");
    let [event] = told(&mut rig)[..] else { panic!("the host hears of it") };
    assert_eq!((event.what, event.rport), (TwEvent::Recycled, 4000));
    // vtw_rst_exact_only, first policy (RFC 1337).
    let image = entry(&rig, 4001, MslClass::Remote);
    let rst = Segment { seq: SeqNum(image.rcv_nxt), flags: Flags::RST, ..Segment::default() };
    assert!(ask(&mut rig, 4001, &rst, &[]).is_none());
    command(&mut rig, AdminOpcode::TwLookup, &image).unwrap();
}

/// The statistics of S-VTW-3 after a known sequence: the same numbers on every device.
fn counters_tell_what_happened(on: On) {
    let mut options = linger(3_000_000, 2_000_000, 1_000_000);
    options.time_wait.rst_exact = true;
    let mut rig = Rig::connected(on, &options);
    for port in 4000..4004 {
        let image = entry(&rig, port, MslClass::Remote);
        command(&mut rig, AdminOpcode::TwInsert, &image).unwrap();
    }
    // Once more: the old record gives way.
    let image = entry(&rig, 4000, MslClass::Local);
    command(&mut rig, AdminOpcode::TwInsert, &image).unwrap();
    // vtw_rst_exact_only, second policy.
    let image = entry(&rig, 4001, MslClass::Remote);
    for (off, stays) in [(1, true), (0, false)] {
        let seq = SeqNum(image.rcv_nxt + off);
        let rst = Segment { seq, flags: Flags::RST, ..Segment::default() };
        assert_eq!(ask(&mut rig, 4001, &rst, &[]).is_some(), stays, "challenged");
        assert_eq!(command(&mut rig, AdminOpcode::TwLookup, &image).is_ok(), stays);
    }
    let stray = Segment { flags: Flags::ACK, ..Segment::default() };
    let _unanswered = ask(&mut rig, 4100, &stray, &[]);
    let image = entry(&rig, 4002, MslClass::Remote);
    command(&mut rig, AdminOpcode::TwDelete, &image).unwrap();
    rig.until(10_000_000, "the others expire", |rig| {
        rig.events.iter().filter(|e| matches!(e, DriverEvent::TimeWait(_))).count() == 3
    });
    let what: Vec<_> = told(&mut rig).iter().map(|event| (event.what, event.rport)).collect();
    assert_eq!(what, [(TwEvent::Reset, 4001), (TwEvent::Expired, 4000), (TwEvent::Expired, 4003)]);
    for (name, count) in [
        ("tw_insert", 5),
        ("tw_insert_fail", 0),
        ("tw_evict", 0),
        ("tw_expire", 2),
        ("tw_delete", 3),
        ("tw_lookup", 3),
        ("tw_hit", 2),
        ("tw_miss", 1),
        ("tw_probe", 2),
        ("tw_losing", 0),
        ("tw_recycle", 0),
        ("tw_reply", 1),
        ("tw_rst_out", 0),
        ("tw_limited", 0),
    ] {
        assert_eq!(rig.counter(name), count, "{name}");
    }
}

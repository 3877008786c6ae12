// SPDX-License-Identifier: Apache-2.0
//! Many sessions that come, move, close, break and go, all at once on a bad wire.

use crate::peer::{RING, config, frame, image};
use crate::rig::{App, On, Rig, about, seed};
use std::collections::HashMap;
use toe_abi::SessionReason;
use toe_driver::{
    DriverEvent, Micros, Options, SessionEvent, SessionHandle, SessionSpec, SessionState,
};
use toe_image::from_image;
use toe_tcp::{Flags, Segment, SeqNum, Tcb};
use toe_world::WireProfile;

on_each!(sessions_come_move_and_go);

const TALKS: u16 = 40;
const AT_ONCE: usize = 12;

/// How a talk ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Ending {
    HostFirst,
    PeerFirst,
    HostAborts,
    PeerAborts,
}

struct Talk {
    port: u16,
    handle: SessionHandle,
    app: App,
    total: u32,
    ending: Ending,
    /// When the application had enough.
    ended: Option<Micros>,
    moves: u32,
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u32) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(end)).unwrap()
    }
}

/// Out of the engine and in again, with everything that the rings hold.
fn move_back(rig: &mut Rig, talk: &mut Talk, image_out: &toe_abi::SessionImage) {
    let now = rig.tcp_now();
    let (snapshot, _) = from_image(image_out, now, &config(talk.port)).unwrap();
    let tcb = Tcb::thaw(&snapshot, now).unwrap();
    let copy = |rig: &Rig, seq: u32, end: u32| {
        let mut bytes = vec![0; end.wrapping_sub(seq) as usize];
        rig.driver.session_rx_copy(talk.handle, seq, &mut bytes).unwrap();
        bytes
    };
    let info = rig.driver.session_info(talk.handle).unwrap();
    let (una, read) = (image_out.snd_una, image_out.rcv_read);
    let mut held = vec![(read, copy(rig, read, read.wrapping_add(info.readable)))];
    for pair in image_out.ooo.chunks(2).filter(|pair| pair[0] != pair[1]) {
        held.push((pair[0], copy(rig, pair[0], pair[1])));
    }
    let mut unacked = vec![0; (tcb.snd_start() + talk.app.written - SeqNum(una)) as usize];
    rig.driver.session_tx_copy(talk.handle, una, &mut unacked).unwrap();
    let spec = SessionSpec {
        queue_pair: 0,
        tx_ring: RING,
        rx_ring: RING,
        tx_seq0: image_out.tx_seq0,
        rx_seq0: image_out.rx_seq0,
    };
    let next = rig.driver.session_reserve(&spec).unwrap().handle;
    rig.driver.session_tx_fill(next, una, &unacked).unwrap();
    for (seq, bytes) in held {
        rig.driver.session_rx_fill(next, seq, &bytes).unwrap();
    }
    rig.driver.session_install(next, &image(&tcb, talk.port, now)).unwrap();
    rig.driver.session_release(talk.handle).unwrap();
    talk.handle = next;
    talk.moves += 1;
}

/// One look at a talk; true when it is over.
fn look(rig: &mut Rig, talk: &mut Talk, dice: &mut Dice) -> bool {
    let info = rig.driver.session_info(talk.handle).unwrap();
    let now = rig.now();
    match info.state {
        SessionState::Active if !info.fin_queued => {
            talk.app.turn(&mut rig.driver, talk.handle, talk.total);
        }
        SessionState::Active | SessionState::Closed(_) => {
            talk.app.read_on(&mut rig.driver, talk.handle);
        }
        SessionState::Evicted => {
            let image = about(&rig.events, talk.handle).into_iter().find_map(|event| match event {
                SessionEvent::Evicted(image) => Some(image),
                _ => None,
            });
            let image = image.expect("the image comes with the state");
            move_back(rig, talk, &image);
        }
        SessionState::Installing | SessionState::Evicting => {}
        state => panic!("port {}: {state:?}", talk.port),
    }
    if let SessionState::Closed(reason) = info.state {
        match talk.ending {
            Ending::HostFirst | Ending::PeerFirst => {
                assert!(
                    matches!(reason, SessionReason::TimeWait | SessionReason::Closed),
                    "port {}: {reason:?}",
                    talk.port
                );
                assert_eq!(
                    (talk.app.read, rig.end(talk.port, |end| end.good())),
                    (talk.total, talk.total)
                );
            }
            Ending::HostAborts => assert_eq!(reason, SessionReason::ResetByHost),
            Ending::PeerAborts => assert_eq!(reason, SessionReason::ResetByPeer),
        }
        rig.driver.session_release(talk.handle).unwrap();
        return true;
    }
    if info.state != SessionState::Active {
        return false;
    }
    let got = rig.end(talk.port, |end| end.count());
    let complete = talk.app.read == talk.total && got == talk.total;
    let half = talk.app.read >= talk.total / 2;
    match talk.ending {
        // The peer's RST was lost, and we have nothing to say that it would answer: it comes again.
        Ending::PeerAborts if talk.ended.is_some_and(|at| now > at.plus(5_000_000)) => {
            let reset =
                Segment { seq: SeqNum(info.rcv_nxt), flags: Flags::RST, ..Segment::default() };
            rig.arrive(frame(talk.port, &reset, &[]));
            talk.ended = Some(now);
        }
        _ if talk.ended.is_some() => {}
        Ending::HostFirst if complete => {
            rig.driver.session_close(talk.handle).unwrap();
            talk.ended = Some(now);
        }
        Ending::PeerFirst if complete => {
            rig.end(talk.port, |end| end.tcb.close());
            talk.ended = Some(now);
        }
        Ending::HostAborts if half => {
            rig.driver.session_abort(talk.handle).unwrap();
            talk.ended = Some(now);
        }
        Ending::PeerAborts if half => {
            rig.end(talk.port, |end| end.tcb.abort());
            talk.ended = Some(now);
        }
        // So often at most: who moves more than once a round trip never gets anywhere.
        _ if talk.moves < 4 && dice.below(40) == 0 => {
            let _ = rig.driver.session_evict(talk.handle).unwrap();
        }
        _ => {}
    }
    // The other side follows.
    match talk.ending {
        Ending::HostFirst if info.fin_acked => rig.end(talk.port, |end| end.tcb.close()),
        Ending::PeerFirst if info.peer_fin && !info.fin_queued => {
            rig.driver.session_close(talk.handle).unwrap();
        }
        _ => {}
    }
    false
}

fn sessions_come_move_and_go(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let mut wire = WireProfile::lossy();
    wire.to_device.loss = 0.02;
    rig.wire(wire);
    let mut dice = Dice(seed());
    let mut talks: Vec<Talk> = Vec::new();
    let mut started = 0;
    let mut ends: HashMap<Ending, u32> = HashMap::new();
    let mut moves = 0;
    rig.until(600_000_000, "all talks are over", |rig| {
        if talks.len() < AT_ONCE && started < TALKS {
            // Both families.
            let port = if started % 3 == 2 { 6000 + started } else { 4000 + started };
            started += 1;
            let handle = rig.established(port);
            let total = 1 + dice.below(60_000);
            rig.end(port, |end| end.goal = total);
            let ending = match dice.below(6) {
                0 | 1 => Ending::HostFirst,
                2 | 3 => Ending::PeerFirst,
                4 => Ending::HostAborts,
                _ => Ending::PeerAborts,
            };
            let app = App::default();
            talks.push(Talk { port, handle, app, total, ending, ended: None, moves: 0 });
        }
        let mut i = 0;
        while i < talks.len() {
            if look(rig, &mut talks[i], &mut dice) {
                let talk = talks.swap_remove(i);
                *ends.entry(talk.ending).or_default() += 1;
                moves += talk.moves;
            } else {
                i += 1;
            }
        }
        while rig.driver.nic_recv(0).is_some() {}
        let live: Vec<_> = talks.iter().map(|talk| talk.handle).collect();
        rig.events.retain(|event| match event {
            DriverEvent::Session { handle, .. } => live.contains(handle),
            _ => true,
        });
        talks.is_empty() && started == TALKS
    });
    eprintln!("{ends:?}, {moves} moves");
    assert!(moves > 5 && ends.len() == 4);
    assert_eq!(rig.driver.session_slots().0, 0);
    let stats = rig.driver.driver_stats();
    assert_eq!((stats.faults, rig.world.lock().statistics().faults.total()), (0, 0));
    assert_eq!(rig.counter("lookup_insert"), u64::from(u32::from(TALKS) + moves));
    assert_eq!(rig.counter("lookup_delete"), u64::from(u32::from(TALKS) + moves));
}

// SPDX-License-Identifier: Apache-2.0
//! What must not happen, and does: stale handles, absurd bumps, memory that fails, resets in the middle of everything.

use crate::peer::{HOP, RING, Station, nexthop, patterns};
use crate::rig::{App, On, Rig, about};
use std::sync::{Arc, Mutex};
use toe_abi::{SessionReason, regs};
use toe_device::Access;
use toe_driver::{
    DriverEvent, Fault, Layer, NextHop, Options, SessionEvent, SessionHandle, SessionState,
    Transport, TransportError,
};
use toe_testkit::{AnyDevice, InProcess};

on_each!(
    absurd_bumps_are_counted_and_the_session_goes_on,
    host_memory_that_fails_parks_the_sender_and_ends_the_receiver,
    bytes_that_could_not_be_written_are_not_announced,
    a_session_that_lost_bytes_is_not_given_back,
    an_event_that_could_not_be_written_is_noticed,
    a_frame_that_could_not_be_written_is_not_delivered,
    an_invalid_next_hop_parks_and_its_repair_releases,
    a_soft_reset_in_mid_transfer,
    a_function_level_reset_in_mid_transfer,
);

trait Bumps {
    /// Writes a bump record behind the driver's back and rings.
    fn bump(&mut self, tail: &mut u32, handle: SessionHandle, words: [u32; 3]);
}

impl Bumps for Rig {
    fn bump(&mut self, tail: &mut u32, handle: SessionHandle, words: [u32; 3]) {
        let reg = |rig: &mut Self, reg: toe_abi::Reg<u32>| rig.driver.register(reg).unwrap();
        let lo = reg(self, regs::QP_BMQ_BASE_LO.at(0).unwrap());
        let hi = reg(self, regs::QP_BMQ_BASE_HI.at(0).unwrap());
        let base = u64::from(lo) | u64::from(hi) << 32;
        let slot = *tail & ((1 << Options::default().bmq_log2) - 1);
        let record: Vec<u8> = [handle.raw(), words[0], words[1], words[2]]
            .iter()
            .flat_map(|w| w.to_le_bytes())
            .collect();
        self.world.lock().memory_mut().write(base + u64::from(slot) * 16, &record).unwrap();
        *tail += 1;
    }
}

const SND: u32 = 1;
const RCV: u32 = 2;

fn absurd_bumps_are_counted_and_the_session_goes_on(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let handle = rig.established(4000);
    rig.settle(50_000);
    let info = rig.driver.session_info(handle).unwrap();
    let (una, read) = (info.snd_end, info.rcv_read);
    let mut tail: u32 = rig.driver.register(regs::QP_BMQ_HEAD.at(0).unwrap()).unwrap();
    let first = tail;
    let stale = SessionHandle::new(handle.slot(), handle.generation().wrapping_add(1));
    let nowhere = SessionHandle::new(u16::MAX, 1);
    // Wrong handles.
    rig.bump(&mut tail, stale, [una + 10, read, SND]);
    rig.bump(&mut tail, nowhere, [una + 10, read, SND]);
    // Data beyond the ring, data taken back, reads of what was never received.
    rig.bump(&mut tail, handle, [una.wrapping_add(RING + 1), read, SND]);
    rig.bump(&mut tail, handle, [una.wrapping_sub(1), read, SND]);
    rig.bump(&mut tail, handle, [una, read.wrapping_add(5000), RCV]);
    rig.bump(&mut tail, handle, [una.wrapping_add(1 << 31), read.wrapping_sub(9), SND | RCV]);
    rig.driver.set_register(regs::DB_BMQ_TAIL.at(0).unwrap(), tail).unwrap();
    rig.settle(10_000);
    let counts = (rig.counter("bump_stale"), rig.counter("bump_bad"));
    assert_eq!(counts.0, 2, "{:?}", rig.counters());
    assert!(counts.1 >= 3, "{:?}", rig.counters());
    assert_eq!(rig.end(4000, |end| end.count()), 0, "nothing was sent");
    // Where the driver believes the tail to be; the engine has read no further than it was told.
    assert_eq!(tail - first, 6);
    rig.driver.reset().unwrap();
    rig.driver.session_release(handle).unwrap();
    rig.hop();
    let handle = rig.established(4000);
    rig.transfer(handle, 4000, &mut App::default(), 20_000, 1_000_000);
}

/// Takes memory away from the device, and what gives it back.
fn take_away(rig: &mut Rig, iova: u64) {
    rig.world.lock().memory_mut().unmap(iova).unwrap();
}

fn host_memory_that_fails_parks_the_sender_and_ends_the_receiver(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let sender = rig.established(4000);
    rig.settle(50_000);
    let image = {
        rig.driver.session_snapshot(sender).unwrap();
        rig.until(10_000, "a snapshot", |rig| !about(&rig.events, sender).is_empty());
        match &about(&rig.take_events(), sender)[..] {
            [SessionEvent::Snapshot(image)] => **image,
            other => panic!("{other:?}"),
        }
    };
    // The chunk in which both rings lie is the one mapped last.
    let chunk = image.tx_ring & !((1 << 21) - 1);
    rig.driver.session_write(sender, &patterns(0, 2000)).unwrap();
    take_away(&mut rig, chunk);
    rig.until(1_000_000, "the fault is reported", |rig| {
        rig.events.iter().any(|event| {
            matches!(
                event,
                DriverEvent::Fault(Fault::Reported { what: toe_abi::Fault::DmaRead, .. })
            )
        })
    });
    rig.until(1_000_000, "it parks", |rig| rig.driver.session_info(sender).unwrap().parked);
    assert!(rig.counter("dma_read_errors") > 0);
    // What arrives for it cannot be kept either.
    rig.events.clear();
    rig.end(4000, |end| end.goal = 100);
    rig.until(1_000_000, "the receiver ends", |rig| {
        rig.driver.session_info(sender).unwrap().state != SessionState::Active
    });
    let state = rig.driver.session_info(sender).unwrap().state;
    assert_eq!(state, SessionState::Closed(SessionReason::DmaFault));
    assert!(rig.counter("dma_write_errors") > 0);
    // Others go on.
    let frame = {
        let mut frame = vec![7; 80];
        frame[..6].copy_from_slice(&crate::peer::HOST_MAC);
        frame[12..14].copy_from_slice(&[0x88, 0xb5]);
        frame
    };
    rig.arrive(frame.clone());
    rig.settle(1_000);
    let mut frames = std::iter::from_fn(|| rig.driver.nic_recv(0).map(|frame| frame.bytes));
    assert!(frames.any(|bytes| bytes == frame));
}

/// A session, and where its receive ring lies.
fn receiver(rig: &mut Rig, port: u16) -> (SessionHandle, std::ops::Range<u64>) {
    let handle = rig.established(port);
    rig.settle(50_000);
    rig.events.clear();
    rig.driver.session_snapshot(handle).unwrap();
    rig.until(10_000, "a snapshot", |rig| !about(&rig.events, handle).is_empty());
    let image = match &about(&rig.take_events(), handle)[..] {
        [SessionEvent::Snapshot(image)] => **image,
        other => panic!("{other:?}"),
    };
    (handle, image.rx_ring..image.rx_ring + (1 << image.rx_ring_log2))
}

/// Lets the write number `n` into a part of memory fail; gives where it went, once it has.
fn fail_write(rig: &Rig, place: std::ops::Range<u64>, n: u32) -> Arc<Mutex<Option<u64>>> {
    let failed = Arc::new(Mutex::new(None));
    let told = Arc::clone(&failed);
    let mut left = n;
    rig.world.lock().memory_mut().fail_when(Some(Box::new(move |access, iova, _| {
        if access != Access::Write || !place.contains(&iova) || told.lock().unwrap().is_some() {
            return false;
        }
        if left == 0 {
            *told.lock().unwrap() = Some(iova);
        }
        left = left.wrapping_sub(1);
        told.lock().unwrap().is_some()
    })));
    failed
}

/// A new session works.
fn works(rig: &mut Rig, port: u16) {
    let handle = rig.established(port);
    rig.transfer(handle, port, &mut App::default(), 20_000, 1_000_000);
}

/// Everything that can be read is what the peer sent.
fn read_all(rig: &mut Rig, handle: SessionHandle, app: &mut App) {
    let mut buffer = [0; 16_384];
    let len = u32::try_from(rig.driver.session_read(handle, &mut buffer).unwrap()).unwrap();
    assert!(buffer[..len as usize] == patterns(app.read, app.read + len)[..], "at {}", app.read);
    app.read += len;
}

/// One write of payload fails, the others do not: the application gets what came before it and nothing else, and the
/// session ends for that reason.
fn bytes_that_could_not_be_written_are_not_announced(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    for (round, n) in [0, 1, 2, 5, 11, 23, 40].into_iter().enumerate() {
        let port = 4000 + u16::try_from(round).unwrap();
        let (handle, ring) = receiver(&mut rig, port);
        let failed = fail_write(&rig, ring.clone(), n);
        rig.end(port, |end| end.goal = 400_000);
        let mut app = App::default();
        rig.until(5_000_000, "it ends", |rig| {
            read_all(rig, handle, &mut app);
            rig.driver.session_info(handle).unwrap().state != SessionState::Active
        });
        let state = rig.driver.session_info(handle).unwrap().state;
        assert_eq!(state, SessionState::Closed(SessionReason::DmaFault));
        read_all(&mut rig, handle, &mut app);
        assert!(failed.lock().unwrap().is_some() && app.read < 400_000);
        eprintln!("write {n} failed, {} bytes were read", app.read);
        rig.world.lock().memory_mut().fail_when(None);
        rig.settle(10_000);
        rig.driver.session_release(handle).unwrap();
        rig.events.clear();
    }
    works(&mut rig, 4100);
}

/// Taken back at the moment of the failure: either every byte of the image is there, or the session has ended.
fn a_session_that_lost_bytes_is_not_given_back(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let (mut back, mut ended) = (0, 0);
    for round in 0..16 {
        let port = 4000 + round;
        let (handle, ring) = receiver(&mut rig, port);
        let failed = fail_write(&rig, ring, u32::from(round % 8) + 1);
        rig.end(port, |end| end.goal = 100_000);
        let early = round % 2 == 0;
        let mut app = App::default();
        rig.until(1_000_000, "a write has failed", |rig| {
            read_all(rig, handle, &mut app);
            failed.lock().unwrap().is_some()
                || (early && rig.driver.session_info(handle).unwrap().rcv_nxt != 0 && app.read > 0)
        });
        if rig.driver.session_evict(handle).is_ok() {
            rig.until(1_000_000, "an answer", |rig| {
                rig.driver.session_info(handle).unwrap().state != SessionState::Evicting
            });
        }
        rig.until(1_000_000, "it is over", |rig| {
            rig.driver.session_info(handle).unwrap().state != SessionState::Active
        });
        read_all(&mut rig, handle, &mut app);
        match rig.driver.session_info(handle).unwrap().state {
            SessionState::Evicted => back += 1,
            SessionState::Closed(SessionReason::DmaFault) => ended += 1,
            other => panic!("{other:?}"),
        }
        rig.world.lock().memory_mut().fail_when(None);
        rig.station(Station::clear);
        rig.settle(10_000);
        while rig.driver.nic_recv(0).is_some() {}
        rig.driver.session_release(handle).unwrap();
        rig.events.clear();
    }
    eprintln!("{back} given back, {ended} ended");
    assert!(ended > 0);
}

fn event_ring(rig: &mut Rig) -> std::ops::Range<u64> {
    let reg = |rig: &mut Rig, reg: toe_abi::Reg<u32>| rig.driver.register(reg).unwrap();
    let lo = reg(rig, regs::QP_EVQ_BASE_LO.at(0).unwrap());
    let hi = reg(rig, regs::QP_EVQ_BASE_HI.at(0).unwrap());
    let base = u64::from(lo) | u64::from(hi) << 32;
    base..base + (32 << Options::default().evq_log2)
}

/// Nobody waits for ever at a hole in the event ring: who asks hears of it, and everything has an error.
fn an_event_that_could_not_be_written_is_noticed(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let handle = rig.established(4000);
    rig.settle(50_000);
    assert_eq!(rig.driver.check().unwrap().evq_failed, 0);
    rig.events.clear();
    let ring = event_ring(&mut rig);
    let failed = fail_write(&rig, ring, 2);
    rig.end(4000, |end| end.goal = 50_000);
    let mut app = App::default();
    let until = rig.now().plus(2_000_000);
    rig.until(3_000_000, "nothing moves any more", |rig| {
        read_all(rig, handle, &mut app);
        rig.now() >= until
    });
    assert!(failed.lock().unwrap().is_some() && app.read < 50_000, "it waits at the hole");
    assert_eq!(rig.counter("evq_lost"), 1);
    assert!(rig.driver.check().is_err());
    let events: Vec<_> = std::iter::from_fn(|| rig.driver.next_event()).collect();
    assert!(
        events.contains(&DriverEvent::Fault(Fault::EventsLost { queue_pairs: 1 })),
        "{events:?}"
    );
    assert!(events.contains(&DriverEvent::DeviceLost));
    assert_eq!(rig.driver.session_info(handle).unwrap().state, SessionState::Lost);
    rig.world.lock().memory_mut().fail_when(None);
    rig.driver.reset().unwrap();
    rig.station(Station::clear);
    rig.driver.session_release(handle).unwrap();
    rig.events.clear();
    rig.hop();
    assert_eq!(rig.driver.check().unwrap().evq_failed, 0, "a new ring");
    works(&mut rig, 4001);
}

/// The host gets the frames before and behind it, and a report in its place.
fn a_frame_that_could_not_be_written_is_not_delivered(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let reg = |rig: &mut Rig, reg: toe_abi::Reg<u32>| rig.driver.register(reg).unwrap();
    let lo = reg(&mut rig, regs::QP_RXR_BASE_LO.at(0).unwrap());
    let hi = reg(&mut rig, regs::QP_RXR_BASE_HI.at(0).unwrap());
    let base = u64::from(lo) | u64::from(hi) << 32;
    let failed = fail_write(&rig, base..base + (1 << 20), 2);
    rig.events.clear();
    for n in 0..5 {
        let mut frame = vec![n; 80];
        frame[..6].copy_from_slice(&crate::peer::HOST_MAC);
        frame[12..14].copy_from_slice(&[0x88, 0xb5]);
        rig.arrive(frame);
    }
    rig.settle(1_000);
    let got: Vec<u8> =
        std::iter::from_fn(|| rig.driver.nic_recv(0).map(|frame| frame.bytes[20])).collect();
    assert_eq!(got, [0, 1, 3, 4]);
    let at = failed.lock().unwrap().unwrap();
    let reports: Vec<_> =
        rig.take_events().into_iter().filter(|e| matches!(e, DriverEvent::Fault(_))).collect();
    assert!(
        matches!(
            &reports[..],
            [DriverEvent::Fault(Fault::Reported { what: toe_abi::Fault::DmaWrite, addr, .. })] if *addr == at
        ),
        "{reports:?}"
    );
}

fn an_invalid_next_hop_parks_and_its_repair_releases(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let handle = rig.established(4000);
    rig.driver.nexthop_set(HOP, &NextHop { valid: false, ..nexthop() }).unwrap();
    rig.settle(10_000);
    rig.events.clear();
    rig.driver.session_write(handle, &patterns(0, 4000)).unwrap();
    rig.settle(5_000_000);
    assert_eq!(about(&rig.take_events(), handle), [SessionEvent::Parked]);
    assert_eq!(rig.end(4000, |end| end.count()), 0);
    rig.hop();
    rig.driver.session_kick(handle).unwrap();
    rig.until(10_000_000, "it goes on", |rig| rig.end(4000, |end| end.count()) == 4000);
    assert!(!rig.driver.session_info(handle).unwrap().parked);
    assert_eq!(rig.end(4000, |end| end.good()), 4000);
}

/// Half a transfer; then everything again with new sessions.
fn reset(mut rig: Rig, how: impl Fn(&mut Rig)) {
    rig.hop();
    for round in 0..4_u16 {
        let port = 4000 + round;
        let handle = rig.established(port);
        let mut app = App::default();
        let goal = RING / 3 * u32::from(round + 1);
        rig.transfer_until(handle, port, &mut app, 100 * RING, 5_000_000, |_, app| app.read > goal);
        how(&mut rig);
        assert_eq!(rig.driver.session_info(handle).unwrap().state, SessionState::Lost);
        rig.driver.session_release(handle).unwrap();
        // The peer hears nothing more, and what it says is the host's.
        rig.station(Station::clear);
        rig.settle(5_000);
        while rig.driver.nic_recv(0).is_some() {}
        rig.events.clear();
        rig.hop();
        let handle = rig.established(port);
        rig.transfer(handle, port, &mut App::default(), RING + 99, 5_000_000);
        rig.driver.session_abort(handle).unwrap();
        rig.settle(10_000);
        rig.driver.session_release(handle).unwrap();
        rig.events.clear();
    }
    assert_eq!(rig.world.lock().statistics().faults.total(), 0, "no DMA outside its memory");
}

fn a_soft_reset_in_mid_transfer(on: On) {
    let rig = Rig::over(on, &Options::default(), |world| NoFlr(InProcess::new(world)));
    reset(rig, |rig| rig.driver.reset().unwrap());
}

fn a_function_level_reset_in_mid_transfer(on: On) {
    reset(Rig::with(on, &Options::default()), |rig| rig.driver.reset().unwrap());
}

/// A transport without function-level reset: what resets the device then is its own register.
struct NoFlr(InProcess<AnyDevice>);

impl Layer for NoFlr {
    type Below = InProcess<AnyDevice>;
    fn below(&self) -> &Self::Below {
        &self.0
    }
    fn below_mut(&mut self) -> &mut Self::Below {
        &mut self.0
    }
    fn set_bus_master(&mut self, on: bool) -> Result<(), TransportError> {
        // Reads in flight must come home: without a reset of the bus nobody takes them back.
        if on { self.0.set_bus_master(on) } else { Ok(()) }
    }
    fn reset(&mut self) -> Result<(), TransportError> {
        Ok(())
    }
}

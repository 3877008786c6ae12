// SPDX-License-Identifier: Apache-2.0
//! Trouble at random moments: latency that jumps, accesses to host memory that fail, interrupts that get lost, resets in the
//! middle of everything, firmware that hangs. Everything recovers, or says that it did not.

use crate::peer::{HOP, nexthop, patterns};
use crate::rig::{App, On, Rig, about, seed};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use toe_abi::{SessionReason, regs};
use toe_device::Access;
use toe_driver::{
    DriverEvent, Fault, Layer, Options, SessionEvent, SessionHandle, SessionState, Transport,
    TransportError, TxFrame, TxOffload,
};
use toe_testkit::rig::Recorder;
use toe_testkit::{AnyDevice, InProcess};
use toe_world::{Dice, PcieProfile};

on_each!(
    latency_jumps_and_nothing_is_lost,
    a_host_that_misses_interrupts_still_gets_everything,
    payload_that_cannot_be_read_or_written_at_random,
    any_access_to_memory_may_fail,
    resets_at_random_moments_under_load,
    firmware_that_hangs_is_noticed_and_the_data_path_goes_on,
    firmware_that_hangs_in_the_middle_of_a_command,
);

const PORT: u16 = 4000;

/// A few sessions with something to do.
struct Load {
    ports: Vec<u16>,
    handles: Vec<SessionHandle>,
    apps: Vec<App>,
    total: u32,
}

impl Load {
    fn new(rig: &mut Rig, sessions: u16, total: u32) -> Self {
        let ports: Vec<u16> = (PORT..PORT + sessions).collect();
        let handles: Vec<_> = ports.iter().map(|port| rig.established(*port)).collect();
        for port in &ports {
            rig.end(*port, |end| end.goal = total);
        }
        let apps = vec![App::default(); ports.len()];
        Self { ports, handles, apps, total }
    }

    /// What the application reads is what the peer has sent, whatever has become of the session.
    fn turn(&mut self, rig: &mut Rig, n: usize) {
        let (handle, app) = (self.handles[n], &mut self.apps[n]);
        let info = rig.driver.session_info(handle).unwrap();
        if info.state == SessionState::Active && app.written < self.total && info.writable > 0 {
            let chunk = patterns(app.written, self.total.min(app.written + 16_384));
            app.written +=
                u32::try_from(rig.driver.session_write(handle, &chunk).unwrap()).unwrap();
        }
        let mut buffer = [0; 16_384];
        let len = u32::try_from(rig.driver.session_read(handle, &mut buffer).unwrap()).unwrap();
        assert!(
            buffer[..len as usize] == patterns(app.read, app.read + len)[..],
            "{handle:?} read wrong bytes between {} and {}; {info:?}",
            app.read,
            app.read + len
        );
        app.read += len;
    }

    fn complete(&self, rig: &Rig, n: usize) -> bool {
        self.apps[n].read == self.total && rig.end(self.ports[n], |end| end.count()) == self.total
    }

    /// One look at everything; true when all is moved.
    fn look(&mut self, rig: &mut Rig) -> bool {
        let mut all = true;
        for n in 0..self.handles.len() {
            self.turn(rig, n);
            all &= self.complete(rig, n);
        }
        all
    }

    fn check(&self, rig: &Rig) {
        for port in &self.ports {
            assert_eq!(rig.end(*port, |end| end.good()), self.total, "port {port}");
        }
    }
}

/// A rig that leaves its capture behind when the test fails.
fn recorded(on: On, options: &Options, name: &str) -> (Rig, Recorder) {
    let (mut rig, recorder) = Rig::recorded(on, options, name);
    rig.hop();
    (rig, recorder)
}

fn latency_jumps_and_nothing_is_lost(on: On) {
    let (mut rig, _recorder) = recorded(on, &Options::default(), "latency_jumps");
    // Long enough for the latency to jump many times.
    let total = if on == On::Small { 120_000 } else { 600_000 };
    let mut load = Load::new(&mut rig, 4, total);
    let mut dice = Dice::new(seed(), 77);
    let slow =
        PcieProfile { read_latency_ns: 50_000, read_jitter_ns: 20_000, ..PcieProfile::GEN3_X4 };
    let stalled = PcieProfile { read_latency_ns: 200_000, write_bytes_per_us: 20, ..slow };
    let profiles = [PcieProfile::IDEAL, PcieProfile::GEN3_X4, slow, stalled];
    let mut next = rig.now();
    let mut jumps = 0;
    rig.until(20_000_000, "all is moved", |rig| {
        if rig.now() >= next {
            let which = usize::try_from(dice.below(4)).unwrap();
            rig.world.lock().set_pcie(profiles[which]);
            next = rig.now().plus(20 + dice.below(200));
            jumps += 1;
        }
        load.look(rig)
    });
    load.check(&rig);
    rig.world.lock().set_pcie(PcieProfile::GEN3_X4);
    rig.settle(10_000);
    eprintln!("{jumps} jumps, {} timeouts", rig.counter("tcp_rto"));
    assert!(jumps > 10);
    assert_eq!(rig.counter("dma_read_errors") + rig.counter("dma_write_errors"), 0);
    assert_eq!(rig.driver.driver_stats().faults, 0);
}

/// A host whose interrupts get lost on the way, and which therefore looks by itself now and then.
struct Deaf {
    inner: InProcess<AnyDevice>,
    dice: Dice,
    /// Of a hundred.
    loses: u64,
    lost: Arc<AtomicU32>,
}

impl Layer for Deaf {
    type Below = InProcess<AnyDevice>;
    fn below(&self) -> &Self::Below {
        &self.inner
    }
    fn below_mut(&mut self) -> &mut Self::Below {
        &mut self.inner
    }
    /// Never sooner than the interrupt, and where it is lost not before the time is over.
    fn irq_wait(&mut self, timeout_us: u64) -> Result<bool, TransportError> {
        if !self.inner.irq_wait(timeout_us)? {
            return Ok(false);
        }
        if self.dice.below(100) >= self.loses {
            return Ok(true);
        }
        self.lost.fetch_add(1, Ordering::Relaxed);
        for vector in 0..self.inner.vectors() {
            self.inner.irq_take(vector)?;
        }
        self.inner.delay(timeout_us);
        Ok(false)
    }
}

fn a_host_that_misses_interrupts_still_gets_everything(on: On) {
    for loses in [50, 100] {
        let lost = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&lost);
        let mut rig = Rig::over(on, &Options::default(), |world| Deaf {
            inner: InProcess::new(world),
            dice: Dice::new(seed(), loses),
            loses,
            lost: count,
        });
        rig.hop();
        let total = 60_000;
        let mut load = Load::new(&mut rig, 3, total);
        let end = rig.now().plus(20_000_000);
        // Nothing wakes this host but an interrupt or its own clock: no look in between.
        loop {
            while rig.driver.poll(rig.now()).unwrap() {}
            while rig.driver.next_event().is_some() {}
            let done = load.look(&mut rig);
            rig.driver.poll(rig.now()).unwrap();
            if done {
                break;
            }
            assert!(rig.now() < end, "stuck; {:?}", rig.counters());
            rig.driver.wait(500).unwrap();
        }
        load.check(&rig);
        let lost = lost.load(Ordering::Relaxed);
        eprintln!("{lost} interrupts lost of every {loses} in a hundred");
        assert!(lost > 0);
    }
}

/// What fails is payload only: who cannot be read waits and says so, who cannot be written ends and says so; nobody else
/// notices.
fn payload_that_cannot_be_read_or_written_at_random(on: On) {
    let (mut rig, _recorder) = recorded(on, &Options::default(), "payload_fails");
    let total = if on == On::Model { 300_000 } else { 90_000 };
    let mut load = Load::new(&mut rig, 6, total);
    let mut rings = Vec::new();
    for handle in load.handles.clone() {
        rig.driver.session_snapshot(handle).unwrap();
        let image = |rig: &Rig| {
            about(&rig.events, handle).into_iter().find_map(|event| match event {
                SessionEvent::Snapshot(image) => Some(image),
                _ => None,
            })
        };
        rig.until(10_000, "a snapshot", |rig| image(rig).is_some());
        let image = image(&rig).unwrap();
        rings.push((Access::Read, image.tx_ring, 1_u64 << image.tx_ring_log2));
        // The last two are the only ones whose writes fail.
        if rings.len() > 4 {
            rings.push((Access::Write, image.rx_ring, 1 << image.rx_ring_log2));
        }
    }
    rig.events.clear();
    let dice = Arc::new(Mutex::new(Dice::new(seed(), 78)));
    let mut reads = 0;
    rig.world.lock().memory_mut().fail_when(Some(Box::new(move |access, iova, _| {
        let hit =
            rings.iter().any(|(a, base, len)| *a == access && (*base..base + len).contains(&iova));
        // Not for ever: else a session might never get anywhere.
        let fails = hit && reads < 60 && dice.lock().unwrap().chance(0.05);
        reads += u32::from(fails);
        fails
    })));
    let (mut parked, mut ended) = (0, 0);
    let mut waiting: Vec<SessionHandle> = Vec::new();
    rig.until(60_000_000, "all is moved, or over", |rig| {
        for event in rig.take_events() {
            match event {
                // Each failure is reported, also that of the try after a kick.
                DriverEvent::Fault(Fault::Reported {
                    what: toe_abi::Fault::DmaRead,
                    handle,
                    ..
                }) => {
                    parked += 1;
                    waiting.push(handle);
                }
                DriverEvent::Session { event: SessionEvent::Closed(reason), .. } => {
                    assert_eq!(reason, SessionReason::DmaFault);
                    ended += 1;
                }
                _ => {}
            }
        }
        // Not before it has said that it waits.
        waiting.retain(|handle| match rig.driver.session_info(*handle) {
            Ok(info) if info.parked => rig.driver.session_kick(*handle).is_err(),
            Ok(info) => info.state == SessionState::Active,
            Err(_) => false,
        });
        load.look(rig);
        (0..load.handles.len()).all(|n| {
            let state = rig.driver.session_info(load.handles[n]).unwrap().state;
            state != SessionState::Active || load.complete(rig, n)
        })
    });
    rig.settle(10_000);
    eprintln!("{parked} times parked, {ended} sessions ended");
    assert!(parked > 0 && ended > 0 && ended <= 2);
    assert!(rig.driver.driver_stats().faults > 0, "reported");
    for (handle, port) in load.handles.iter().zip(&load.ports) {
        if rig.driver.session_info(*handle).unwrap().state == SessionState::Active {
            assert_eq!(rig.end(*port, |end| end.good()), total);
        }
    }
}

/// Descriptors, records, completions, payload: what cannot go on has been reported, and a reset makes it whole.
fn any_access_to_memory_may_fail(on: On) {
    let (mut rig, _recorder) = recorded(on, &Options::default(), "any_access_fails");
    let runs = if on == On::Model { 12 } else { 6 };
    let (mut whole, mut hurt, mut deaf) = (0, 0, 0);
    for n in 0..runs {
        let seed = seed() + n;
        eprintln!("run {n}: SEED={seed}");
        let total = 60_000;
        let mut load = Load::new(&mut rig, 4, total);
        let errors = |rig: &mut Rig| {
            rig.counter("dma_read_errors")
                + rig.counter("dma_write_errors")
                + rig.driver.driver_stats().admin_timeouts
                + rig.driver.driver_stats().faults
        };
        let before = errors(&mut rig);
        let dice = Arc::new(Mutex::new(Dice::new(seed, 79)));
        rig.world
            .lock()
            .memory_mut()
            .fail_when(Some(Box::new(move |_, _, _| dice.lock().unwrap().chance(0.004))));
        let storm = rig.now().plus(3_000);
        let mut asked = 0;
        let mut early: Vec<SessionHandle> = Vec::new();
        rig.until(4_000, "the storm is over", |rig| {
            load.look(rig);
            for event in rig.take_events() {
                if let DriverEvent::Fault(Fault::Reported { handle, .. }) = event {
                    early.push(handle);
                }
            }
            if rig.now().0 / 300 != asked {
                asked = rig.now().0 / 300;
                let _ = rig.driver.session_snapshot(load.handles[0]);
                let _ = rig.driver.nic_send(0, &frame());
            }
            rig.now() >= storm
        });
        rig.world.lock().memory_mut().fail_when(None);
        // Long enough for every timeout of a session, and of commands.
        let end = rig.now().plus(8_000_000);
        let mut done = false;
        let (mut waiting, mut kicked) = (early, 0);
        rig.until(9_000_000, "time is over", |rig| {
            for event in rig.take_events() {
                if let DriverEvent::Fault(Fault::Reported { handle, .. }) = event {
                    waiting.push(handle);
                }
            }
            if rig.now().0 / 10_000 != kicked {
                kicked = rig.now().0 / 10_000;
                for handle in &waiting {
                    let _ = rig.driver.session_kick(*handle);
                }
            }
            done = load.look(rig);
            done || rig.now() >= end
        });
        whole += u32::from(done);
        hurt += u32::from(!done);
        let told = errors(&mut rig) - before;
        assert!(done || told > 0, "SEED={seed}: something is missing, and nothing says so");
        // An event that could not be written shows when the device is asked, and then everything is lost.
        let failed = rig.driver.check().is_err();
        deaf += u32::from(failed);
        for (n, handle) in load.handles.iter().enumerate() {
            let state = rig.driver.session_info(*handle).unwrap().state;
            let over = matches!(state, SessionState::Closed(_) | SessionState::Lost);
            assert!(over || load.complete(&rig, n), "SEED={seed}: {handle:?} hangs: {state:?}");
        }
        eprintln!(
            "run {n}: {}, {told} errors reported{}",
            if done { "whole" } else { "hurt" },
            if failed { ", events lost" } else { "" }
        );
        again(&mut rig, &load.handles);
    }
    eprintln!("{whole} storms without loss, {hurt} with; events lost in {deaf}");
}

fn frame() -> TxFrame<'static> {
    const BYTES: [u8; 64] = [
        2, 0, 0, 0, 0, 2, 2, 0x4f, 0x54, 0x4f, 0x45, 1, 0x88, 0xb5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];
    TxFrame { bytes: &BYTES, offload: TxOffload::default() }
}

/// Resets; everything that was there is lost and said to be, nothing moves any more, and new sessions work.
fn again(rig: &mut Rig, old: &[SessionHandle]) {
    rig.driver.reset().unwrap();
    rig.station(toe_testkit::station::Station::clear);
    for handle in old {
        let state = rig.driver.session_info(*handle).unwrap().state;
        assert!(
            matches!(state, SessionState::Lost | SessionState::Closed(_) | SessionState::Evicted),
            "{state:?}"
        );
        assert!(rig.driver.session_write(*handle, &patterns(0, 10)).is_err());
        rig.driver.session_release(*handle).unwrap();
        assert!(rig.driver.session_info(*handle).is_err(), "its handle is nobody's");
    }
    // What the peer had sent already is still on its way; after that there is silence on both sides.
    rig.settle(2_000);
    while rig.driver.nic_recv(0).is_some() {}
    rig.settle(1_000);
    let before = rig.world.lock().statistics();
    rig.settle(5_000);
    let after = rig.world.lock().statistics();
    assert_eq!(before.to_peer.sent, after.to_peer.sent, "no frame of the dead");
    assert_eq!(before.dma.writes, after.dma.writes, "no byte of the dead");
    assert_eq!(after.faults.total(), 0, "no DMA outside its memory");
    rig.events.clear();
    rig.hop();
    let handle = rig.established(PORT);
    assert!(!old.contains(&handle), "another generation");
    rig.transfer(handle, PORT, &mut App::default(), 20_000, 5_000_000);
    rig.driver.session_abort(handle).unwrap();
    rig.settle(10_000);
    rig.driver.session_release(handle).unwrap();
    while rig.driver.nic_recv(0).is_some() {}
    rig.events.clear();
}

fn resets_at_random_moments_under_load(on: On) {
    let (mut rig, _recorder) = recorded(on, &Options::default(), "resets");
    for n in 0..24 {
        let seed = seed() + n;
        let mut dice = Dice::new(seed, 80);
        let mut load = Load::new(&mut rig, 4, 200_000);
        let until = rig.now().plus(1 + dice.below(700));
        let mut moved = 0;
        rig.until(2_000, "the moment has come", |rig| {
            load.look(rig);
            // Commands and frames that are under way when it comes.
            match moved % 5 {
                0 => drop(rig.driver.session_snapshot(load.handles[0])),
                1 => drop(rig.driver.nic_send(0, &frame())),
                2 if dice.below(9) == 0 => drop(rig.driver.session_evict(load.handles[1])),
                3 => drop(rig.driver.nexthop_set(HOP + 1, &nexthop())),
                4 if dice.below(9) == 0 => drop(rig.driver.session_close(load.handles[2])),
                _ => {}
            }
            moved += 1;
            rig.now() >= until
        });
        eprintln!("SEED={seed}: reset after {moved} looks");
        again(&mut rig, &load.handles);
    }
}

fn hold_firmware(rig: &mut Rig, hold: bool) {
    let value = regs::CtlFwControl(0).with_hold(hold);
    rig.driver.set_register(regs::CTL_FW_CONTROL, value).unwrap();
}

fn heartbeat(rig: &mut Rig) -> u32 {
    rig.driver.check().unwrap().fw_heartbeat
}

fn firmware_that_hangs_is_noticed_and_the_data_path_goes_on(on: On) {
    let (mut rig, _recorder) = recorded(on, &Options::default(), "firmware_hangs");
    let total = 80_000;
    let mut load = Load::new(&mut rig, 3, total);
    let quarter = |load: &Load| load.apps.iter().all(|app| app.read > total / 4);
    rig.until(5_000_000, "a part is moved", |rig| load.look(rig) || quarter(&load));
    let idle = rig.established(PORT + 50);
    rig.events.clear();
    hold_firmware(&mut rig, true);
    let beat = heartbeat(&mut rig);
    // Commands of every kind that nobody will serve.
    rig.driver.session_snapshot(load.handles[0]).unwrap();
    rig.driver.session_evict(idle).unwrap();
    rig.driver.nexthop_set(HOP + 1, &nexthop()).unwrap();
    rig.driver.session_set(load.handles[1], toe_abi::SessionKey::Nodelay, 1).unwrap();
    let new = rig.install_as((PORT + 51).into(), &toe_testkit::station::Shape::default());
    rig.until(10_000_000, "all is moved without firmware", |rig| load.look(rig));
    load.check(&rig);
    let timeouts = |rig: &Rig| rig.driver.driver_stats().admin_timeouts;
    rig.until(3_000_000, "the commands are given up", |rig| timeouts(rig) == 5);
    assert_eq!(heartbeat(&mut rig), beat, "it does not live");
    let said = |handle| about(&rig.events, handle);
    assert!(
        matches!(
            said(load.handles[0])[..],
            [.., SessionEvent::SnapshotFailed(_)] | [SessionEvent::SnapshotFailed(_), ..]
        ),
        "{:?}",
        said(load.handles[0])
    );
    assert!(
        said(idle).iter().any(|e| matches!(e, SessionEvent::EvictFailed(_))),
        "{:?}",
        said(idle)
    );
    assert!(
        said(new).iter().any(|e| matches!(e, SessionEvent::InstallFailed { .. })),
        "{:?}",
        said(new)
    );
    // A session can still end without it.
    rig.driver.session_abort(load.handles[2]).unwrap();
    rig.until(100_000, "it ends", |rig| {
        rig.driver.session_info(load.handles[2]).unwrap().state
            == SessionState::Closed(SessionReason::ResetByHost)
    });
    let mut old = load.handles.clone();
    old.extend([idle, new]);
    again(&mut rig, &old);
    let beat = heartbeat(&mut rig);
    rig.settle(50_000);
    assert_ne!(heartbeat(&mut rig), beat, "it lives again");
}

fn firmware_that_hangs_in_the_middle_of_a_command(on: On) {
    let options = Options { admin_timeout_us: 20_000, ..Options::default() };
    let (mut rig, _recorder) = recorded(on, &options, "firmware_hangs_in_command");
    for n in 0..12 {
        let seed = seed() + n;
        let mut dice = Dice::new(seed, 81);
        let mut load = Load::new(&mut rig, 2, 40_000);
        let spare = rig.established(PORT + 50);
        rig.until(100_000, "it moves", |rig| {
            load.look(rig);
            load.apps[0].read > 2_000
        });
        match dice.below(3) {
            0 => drop(rig.driver.session_evict(spare)),
            1 => drop(rig.driver.session_snapshot(spare)),
            _ => drop(rig.driver.nexthop_set(HOP + 1, &nexthop())),
        }
        let new = rig.install_as((PORT + 51).into(), &toe_testkit::station::Shape::default());
        // Somewhere between the doorbell and the last completion.
        let at = rig.now().plus(dice.below(25));
        rig.until(100, "the moment", |rig| {
            load.look(rig);
            rig.now() >= at
        });
        hold_firmware(&mut rig, true);
        rig.until(10_000_000, "the others go on", |rig| load.look(rig));
        load.check(&rig);
        let settled = |rig: &Rig, handle| {
            let state = rig.driver.session_info(handle).unwrap().state;
            !matches!(state, SessionState::Installing | SessionState::Evicting)
        };
        rig.until(1_000_000, "each command is done or given up", |rig| {
            settled(rig, spare) && settled(rig, new) && rig.driver.commands_in_flight() == 0
        });
        eprintln!("SEED={seed}: {} given up", rig.driver.driver_stats().admin_timeouts);
        let mut old = load.handles.clone();
        old.extend([spare, new]);
        again(&mut rig, &old);
    }
}

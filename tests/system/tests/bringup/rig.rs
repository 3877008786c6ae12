// SPDX-License-Identifier: Apache-2.0
//! Driver, device and station in one world.

use crate::peer::{End, HOP, RING, Station, connect, image, nexthop, pattern, patterns};
use std::path::Path;
use std::time::Instant;
use toe_abi::SessionImage;
use toe_device::Device;
use toe_driver::{
    Driver, DriverEvent, Micros, Options, Reserved, SessionEvent, SessionHandle, SessionSpec,
    SessionState, Transport,
};
use toe_tcp::Tcb;
use toe_testkit::{InProcess, Kind, SharedWorld};
use toe_world::{PcieProfile, Sides, WireProfile, World};

pub type AnyDevice = Box<dyn Device>;

/// Which device a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Model,
    Small,
    Large,
}

impl On {
    /// `None` when this program was built without it.
    pub fn device(self, seed: u64) -> Option<AnyDevice> {
        let kind = match self {
            Self::Model => Kind::Model,
            Self::Small => Kind::RtlSmall,
            Self::Large => Kind::RtlLarge,
        };
        Some(Box::new(kind.make(seed)?))
    }
}

/// The seed of every run: `SEED`, else 1.
pub fn seed() -> u64 {
    std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1)
}

/// Seconds of wall time for one goal: `WALL`, else five minutes.
fn wall_limit() -> u64 {
    std::env::var("WALL").ok().and_then(|limit| limit.parse().ok()).unwrap_or(300)
}

pub struct Rig {
    pub world: SharedWorld<AnyDevice>,
    pub driver: Driver,
    /// What the driver said, in order.
    pub events: Vec<DriverEvent>,
    /// Frames and driver steps so far: whether something moves.
    moves: u64,
}

/// A world with a station around a device.
pub fn world(device: AnyDevice) -> SharedWorld<AnyDevice> {
    let mut builder =
        World::builder(device).seed(seed()).pcie(PcieProfile::GEN3_X4).peer(Station::default());
    if let Some(path) = std::env::var_os("CAPTURE") {
        builder = builder.capture_file(Path::new(&path), Sides::Both);
    }
    SharedWorld::new(builder.build().unwrap())
}

impl Rig {
    pub fn new(on: On) -> Self {
        Self::with(on, &Options::default())
    }

    pub fn with(on: On, options: &Options) -> Self {
        Self::over(on, options, InProcess::new)
    }

    /// With another transport.
    pub fn over<T: Transport + 'static>(
        on: On,
        options: &Options,
        transport: impl FnOnce(SharedWorld<AnyDevice>) -> T,
    ) -> Self {
        eprintln!("device {on:?}, SEED={}", seed());
        let world = world(on.device(seed()).unwrap());
        let driver = match Driver::open(transport(world.clone()), options) {
            Ok(driver) => driver,
            Err(error) => panic!("{error}; device: {:?}", world.lock().device().failure()),
        };
        Self { world, driver, events: Vec::new(), moves: 0 }
    }

    /// With next hop [`HOP`] leading to the station.
    pub fn connected(on: On, options: &Options) -> Self {
        let mut rig = Self::with(on, options);
        rig.hop();
        rig
    }

    pub fn hop(&mut self) {
        self.driver.nexthop_set(HOP, &nexthop()).unwrap();
        let set = |rig: &Self| {
            rig.events.iter().any(|e| matches!(e, DriverEvent::Nexthop { result: Ok(()), .. }))
        };
        self.events.clear();
        self.until(10_000, "the next hop is set", |rig| set(rig));
        self.events.clear();
    }

    pub fn now(&self) -> Micros {
        Micros(self.world.lock().now().0)
    }

    pub fn tcp_now(&self) -> toe_tcp::Micros {
        toe_tcp::Micros(self.now().0)
    }

    pub fn station<R>(&self, f: impl FnOnce(&mut Station) -> R) -> R {
        f(self.world.lock().peer_mut::<Station>().unwrap())
    }

    pub fn end<R>(&self, port: u16, f: impl FnOnce(&mut End) -> R) -> R {
        self.station(|station| f(station.end(port)))
    }

    /// Driver and world once; `pause` is how far time may jump.
    fn turn(&mut self, end: Micros) {
        let now = self.now();
        let mut moved = self.driver.poll(now).unwrap();
        while let Some(event) = self.driver.next_event() {
            moved = true;
            self.events.push(event);
        }
        let mut world = self.world.lock();
        let before = world.statistics();
        let deadline = self.driver.next_deadline().map_or(end, |at| at.min(end));
        world.set_host_deadline(Some(toe_device::Micros(deadline.0)));
        if let Err(error) = world.step() {
            let _ = world.flush_capture();
            panic!("{error}");
        }
        let after = world.statistics();
        moved |= before.to_peer.sent != after.to_peer.sent;
        moved |= before.to_device.delivered != after.to_device.delivered;
        self.moves += u64::from(moved);
    }

    /// Runs until `goal`, at most `limit_us` of virtual time.
    pub fn until(&mut self, limit_us: u64, what: &str, mut goal: impl FnMut(&mut Self) -> bool) {
        let end = self.now().plus(limit_us);
        let wall = Instant::now();
        while !goal(self) {
            let late = self.now() >= end;
            if late || wall.elapsed().as_secs() > wall_limit() {
                let _ = self.world.lock().flush_capture();
                let counters = self.counters();
                let infos: Vec<_> = self
                    .driver
                    .session_handles()
                    .map(|handle| (handle, self.driver.session_info(handle)))
                    .collect();
                panic!(
                    "not within {limit_us} µs ({:?}): {what}\n{infos:#?}\nevents {:?}\n{counters:?}",
                    wall.elapsed(),
                    self.events,
                );
            }
            self.turn(end);
        }
    }

    /// Runs until no frame and no event has moved for `pause_us` of virtual time.
    pub fn settle(&mut self, pause_us: u64) {
        let mut moves = self.moves;
        let mut since = self.now();
        loop {
            let end = since.plus(pause_us);
            self.turn(end);
            let now = self.now();
            if self.moves != moves {
                (moves, since) = (self.moves, now);
            } else if now >= end {
                return;
            }
        }
    }

    pub fn wire(&self, wire: WireProfile) {
        self.world.lock().set_wire(wire);
    }

    /// Frames for nobody's session that reached the station.
    pub fn sent(&self) -> Vec<Vec<u8>> {
        self.station(|station| std::mem::take(&mut station.inbox))
    }

    pub fn arrive(&self, frame: Vec<u8>) {
        self.station(|station| station.send(frame));
    }

    /// Counters that are not zero.
    pub fn counters(&mut self) -> Vec<(&'static str, u64)> {
        let stats = self.driver.stats().unwrap();
        stats.iter().filter(|(_, count)| *count != 0).collect()
    }

    pub fn counter(&mut self, name: &str) -> u64 {
        let stats = self.driver.stats().unwrap();
        stats.counter(name).unwrap_or_else(|| panic!("no counter {name}"))
    }

    pub fn take_events(&mut self) -> Vec<DriverEvent> {
        std::mem::take(&mut self.events)
    }

    pub fn reserve(&mut self, tcb: &Tcb) -> Reserved {
        let spec = SessionSpec {
            queue_pair: 0,
            tx_ring: RING,
            rx_ring: RING,
            tx_seq0: tcb.snd_start().0,
            rx_seq0: tcb.rcv_start().0,
        };
        self.driver.session_reserve(&spec).unwrap()
    }

    /// A session in the engine, and its end at the station.
    pub fn established(&mut self, port: u16) -> SessionHandle {
        let now = self.tcp_now();
        let (tcb, end) = connect(port, now);
        let handle = self.reserve(&tcb).handle;
        self.driver.session_install(handle, &image(&tcb, port, now)).unwrap();
        self.installed(handle);
        self.station(|station| {
            station.ends.retain(|end| end.port != port);
            station.ends.push(end);
        });
        handle
    }

    pub fn installed(&mut self, handle: SessionHandle) {
        self.until(100_000, "the session is installed", |rig| {
            rig.driver.session_info(handle).unwrap().state != SessionState::Installing
        });
        assert_eq!(about(&self.events, handle), [SessionEvent::Installed]);
        self.events.retain(
            |event| !matches!(event, DriverEvent::Session { handle: h, .. } if *h == handle),
        );
    }

    pub fn evict(&mut self, handle: SessionHandle) -> SessionImage {
        self.driver.session_evict(handle).unwrap();
        self.until(100_000, "the session is evicted", |rig| {
            rig.driver.session_info(handle).unwrap().state != SessionState::Evicting
        });
        match about(&self.events, handle).pop() {
            Some(SessionEvent::Evicted(image)) => *image,
            other => panic!("{other:?}"),
        }
    }

    /// Moves both streams of a session until they are `total` bytes long.
    pub fn transfer(
        &mut self,
        handle: SessionHandle,
        port: u16,
        app: &mut App,
        total: u32,
        limit_us: u64,
    ) {
        self.transfer_until(handle, port, app, total, limit_us, |_, _| false);
        assert_eq!(self.end(port, |end| end.good()), total);
    }

    /// The same, until `stop` says so.
    pub fn transfer_until(
        &mut self,
        handle: SessionHandle,
        port: u16,
        app: &mut App,
        total: u32,
        limit_us: u64,
        mut stop: impl FnMut(&mut Self, &App) -> bool,
    ) {
        self.end(port, |end| end.goal = total);
        let mut got = 0;
        self.until(limit_us, "the transfer is complete", |rig| {
            app.turn(&mut rig.driver, handle, total);
            got = rig.end(port, |end| end.count());
            (app.read == total && got == total) || stop(rig, app)
        });
    }
}

/// The application: both streams move on, what is read is right.
#[derive(Clone, Copy, Debug, Default)]
pub struct App {
    pub written: u32,
    pub read: u32,
}

impl App {
    pub fn turn(&mut self, driver: &mut Driver, handle: SessionHandle, total: u32) {
        if self.written < total && driver.session_info(handle).unwrap().writable > 0 {
            let chunk = patterns(self.written, total.min(self.written + 16_384));
            self.written += u32::try_from(driver.session_write(handle, &chunk).unwrap()).unwrap();
        }
        self.read_on(driver, handle);
    }

    /// Only reads.
    pub fn read_on(&mut self, driver: &mut Driver, handle: SessionHandle) {
        let mut buffer = [0; 16_384];
        let len = driver.session_read(handle, &mut buffer).unwrap();
        for byte in &buffer[..len] {
            assert_eq!(*byte, pattern(self.read), "byte {} of the stream", self.read);
            self.read += 1;
        }
    }
}

/// What was said about a session.
pub fn about(events: &[DriverEvent], handle: SessionHandle) -> Vec<SessionEvent> {
    events
        .iter()
        .filter_map(|event| match event {
            DriverEvent::Session { handle: h, event } if *h == handle => Some(event.clone()),
            _ => None,
        })
        .collect()
}

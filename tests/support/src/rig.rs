// SPDX-License-Identifier: Apache-2.0
//! Driver, device and [`Station`] in one world: for tests of the engine with its driver, without the host stack.
//!
//! What is not as it should be is a panic that names the seed: only tests and benchmarks use this.

use crate::station::{
    End, HOP, Id, Shape, Station, connect_as, image_as, nexthop, pattern, patterns,
};
use crate::{AnyDevice, InProcess, Kind, SharedWorld};
use std::path::Path;
use std::time::Instant;
use toe_abi::SessionImage;
use toe_device::Device as _;
use toe_driver::{
    Driver, DriverEvent, Micros, NextHop, Options, Reserved, SessionEvent, SessionHandle,
    SessionSpec, SessionState, SubmitError, Transport,
};
use toe_tcp::Tcb;
use toe_world::{Builder, PcieProfile, SharedBuffer, Sides, WireProfile, World};

/// Which device a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// The functional model.
    Model,
    /// The RTL, `small`.
    Small,
    /// The RTL, `mid`.
    Mid,
    /// The RTL, `large`.
    Large,
}

impl On {
    /// The same for a world of another kind.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Model => Kind::Model,
            Self::Small => Kind::RtlSmall,
            Self::Mid => Kind::RtlMid,
            Self::Large => Kind::RtlLarge,
        }
    }

    /// `None` when this program was built without it.
    #[must_use]
    pub fn device(self, seed: u64) -> Option<AnyDevice> {
        self.kind().make(seed)
    }
}

/// The seed of every run: `SEED`, else 1.
#[must_use]
pub fn seed() -> u64 {
    std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1)
}

/// Seconds of wall time for one goal: `WALL`, else five minutes.
fn wall_limit() -> u64 {
    std::env::var("WALL").ok().and_then(|limit| limit.parse().ok()).unwrap_or(300)
}

/// Keeps what was on the wire. Dropped by a panic it leaves `out/failures/<test>-<device>-<seed>.pcapng`.
pub struct Recorder {
    world: SharedWorld<AnyDevice>,
    buffer: SharedBuffer,
    name: String,
}

impl Drop for Recorder {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        let _written = self.world.lock().flush_capture();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../out/failures");
        if std::fs::create_dir_all(&root).is_ok()
            && std::fs::write(root.join(&self.name), self.buffer.bytes()).is_ok()
        {
            eprintln!("capture: out/failures/{}", self.name);
        }
    }
}

/// Driver, device and station.
pub struct Rig {
    /// Device, wire, station, host memory.
    pub world: SharedWorld<AnyDevice>,
    /// Our driver.
    pub driver: Driver,
    /// What the driver said, in order.
    pub events: Vec<DriverEvent>,
    /// Frames and driver steps so far: whether something moves.
    moves: u64,
}

/// A world with a station around a device.
///
/// # Panics
/// If the file that `CAPTURE` names cannot be written.
#[must_use]
pub fn world(device: AnyDevice) -> SharedWorld<AnyDevice> {
    SharedWorld::new(world_builder(device).build().unwrap())
}

/// The same, to be changed before it is built.
#[must_use]
pub fn world_builder(device: AnyDevice) -> Builder<AnyDevice> {
    let builder =
        World::builder(device).seed(seed()).pcie(PcieProfile::GEN3_X4).peer(Station::default());
    match std::env::var_os("CAPTURE") {
        Some(path) => builder.capture_file(Path::new(&path), Sides::Both),
        None => builder,
    }
}

impl Rig {
    /// The usual one.
    pub fn new(on: On) -> Self {
        Self::with(on, &Options::default())
    }

    /// With other options of the driver.
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
        Self::inside(world(on.device(seed()).unwrap()), options, transport)
    }

    /// One that leaves its wire behind when the test fails. Drop the recorder after the rig.
    pub fn recorded(on: On, options: &Options, test: &str) -> (Self, Recorder) {
        eprintln!("device {on:?}, SEED={}", seed());
        let buffer = SharedBuffer::default();
        let device = on.device(seed()).unwrap();
        let builder = World::builder(device).seed(seed()).pcie(PcieProfile::GEN3_X4);
        let builder = builder.peer(Station::default()).capture(buffer.clone(), Sides::Device);
        let world = SharedWorld::new(builder.build().unwrap());
        let name = format!("{test}-{}-{}.pcapng", on.kind().name(), seed());
        let recorder = Recorder { world: world.clone(), buffer, name };
        (Self::inside(world, options, InProcess::new), recorder)
    }

    /// In a world of its own making.
    pub fn inside<T: Transport + 'static>(
        world: SharedWorld<AnyDevice>,
        options: &Options,
        transport: impl FnOnce(SharedWorld<AnyDevice>) -> T,
    ) -> Self {
        // A seed means one run.
        let rss_key = options.rss_key.or(Some(toe_driver::PUBLISHED_RSS_KEY));
        let options = Options { rss_key, ..options.clone() };
        let driver = match Driver::open(transport(world.clone()), &options) {
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

    /// Sets next hop [`HOP`] to the station.
    pub fn hop(&mut self) {
        self.hop_with(1500);
    }

    /// The same with another MTU.
    pub fn hop_with(&mut self, mtu: u16) {
        self.driver.nexthop_set(HOP, &NextHop { mtu, ..nexthop() }).unwrap();
        let set = |rig: &Self| {
            rig.events.iter().any(|e| matches!(e, DriverEvent::Nexthop { result: Ok(()), .. }))
        };
        self.events.clear();
        self.until(10_000, "the next hop is set", |rig| set(rig));
        self.events.clear();
    }

    /// World time.
    pub fn now(&self) -> Micros {
        Micros(self.world.lock().now().0)
    }

    /// The same for the TCP core.
    pub fn tcp_now(&self) -> toe_tcp::Micros {
        toe_tcp::Micros(self.now().0)
    }

    /// Something with the station.
    pub fn station<R>(&self, f: impl FnOnce(&mut Station) -> R) -> R {
        f(self.world.lock().peer_mut::<Station>().unwrap())
    }

    /// Something with an end of the station.
    pub fn end<R>(&self, port: impl Into<Id>, f: impl FnOnce(&mut End) -> R) -> R {
        self.station(|station| f(station.end(port)))
    }

    /// Driver and world once, at most to `end`.
    ///
    /// # Panics
    /// If the device fails. One that the driver has given up is told by its events.
    pub fn turn(&mut self, end: Micros) {
        let now = self.now();
        let mut moved = self.driver.poll(now).unwrap_or(false);
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

    /// Another wire from now on.
    pub fn wire(&self, wire: WireProfile) {
        self.world.lock().set_wire(wire);
    }

    /// Frames for nobody's session that reached the station.
    pub fn sent(&self) -> Vec<Vec<u8>> {
        self.station(|station| std::mem::take(&mut station.inbox))
    }

    /// A frame for the device.
    pub fn arrive(&self, frame: Vec<u8>) {
        self.station(|station| station.send(frame));
    }

    /// Counters that are not zero.
    pub fn counters(&mut self) -> Vec<(&'static str, u64)> {
        let stats = self.driver.stats().unwrap();
        stats.iter().filter(|(_, count)| *count != 0).collect()
    }

    /// One counter of device or driver.
    pub fn counter(&mut self, name: &str) -> u64 {
        let stats = self.driver.stats().unwrap();
        stats.counter(name).unwrap_or_else(|| panic!("no counter {name}"))
    }

    /// What the driver said since the last call.
    pub fn take_events(&mut self) -> Vec<DriverEvent> {
        std::mem::take(&mut self.events)
    }

    /// A slot and rings.
    pub fn reserve(&mut self, tcb: &Tcb) -> Reserved {
        self.reserve_as(tcb, &Shape::default())
    }

    fn reserve_as(&mut self, tcb: &Tcb, shape: &Shape) -> Reserved {
        let spec = SessionSpec {
            queue_pair: 0,
            tx_ring: 1 << shape.ring_log2,
            rx_ring: 1 << shape.rx_log2(),
            tx_seq0: tcb.snd_start().0,
            rx_seq0: tcb.rcv_start().0,
        };
        self.driver.session_reserve(&spec).unwrap()
    }

    /// A session in the engine, and its end at the station.
    pub fn established(&mut self, id: impl Into<Id>) -> SessionHandle {
        let handle = self.install_as(id.into(), &Shape::default());
        self.installed(handle);
        handle
    }

    /// Begins to put a session into the engine; its end is at the station already.
    pub fn install_as(&mut self, id: Id, shape: &Shape) -> SessionHandle {
        let now = self.tcp_now();
        let (tcb, end) = connect_as(id, shape, now);
        let handle = self.reserve_as(&tcb, shape).handle;
        let image = image_as(&tcb, id, shape, now);
        // While the queue of commands is full the slot stays ours: the next free one is another.
        while let Err(error) = self.driver.session_install(handle, &image) {
            assert!(matches!(error, SubmitError::WouldBlock), "{error}");
            let soon = self.now().plus(100_000);
            self.turn(soon);
        }
        self.station(|station| station.add(end));
        handle
    }

    /// Waits until a session is in the engine, and for nothing else.
    pub fn installed(&mut self, handle: SessionHandle) {
        self.until(100_000, "the session is installed", |rig| {
            rig.driver.session_info(handle).unwrap().state != SessionState::Installing
        });
        assert_eq!(about(&self.events, handle), [SessionEvent::Installed]);
        self.events.retain(
            |event| !matches!(event, DriverEvent::Session { handle: h, .. } if *h == handle),
        );
    }

    /// Takes a session out.
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
        port: impl Into<Id>,
        app: &mut App,
        total: u32,
        limit_us: u64,
    ) {
        let port = port.into();
        self.transfer_until(handle, port, app, total, limit_us, |_, _| false);
        assert_eq!(self.end(port, |end| end.good()), total);
    }

    /// The same, until `stop` says so.
    pub fn transfer_until(
        &mut self,
        handle: SessionHandle,
        port: impl Into<Id>,
        app: &mut App,
        total: u32,
        limit_us: u64,
        mut stop: impl FnMut(&mut Self, &App) -> bool,
    ) {
        let port = port.into();
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
    /// Bytes given to the driver.
    pub written: u32,
    /// Bytes read.
    pub read: u32,
}

impl App {
    /// One look: writes and reads what goes, at most 16 KiB each.
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
        let wrong = (self.read..).zip(&buffer[..len]).find(|(i, byte)| pattern(*i) != **byte);
        assert_eq!(wrong, None, "byte of the stream");
        self.read += u32::try_from(len).unwrap();
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

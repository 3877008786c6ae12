// SPDX-License-Identifier: Apache-2.0
//! The machine, with stub devices: one that copies memory by DMA, one that is a TCP/IP host of its own.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use toe_device::{Device, HostBus, Identity, Idle, Micros};
use toe_world::{
    Behaviour, Budget, Direction, Fate, PcieProfile, Peer, Permission, ScriptPeer, SharedBuffer,
    Sides, SmolConfig, SmolPeer, State, WireProfile, World, WorldError, pattern_sha256,
};

fn identity(name: &str) -> Identity {
    Identity {
        name: name.into(),
        bar0_size: 4096,
        vectors: 2,
        vendor_id: 0x1209,
        device_id: 1,
        revision: 0,
    }
}

/// Copies memory: registers 0 source, 4 destination (both above 4 GiB), 8 blocks of 64 bytes: starts. Vector 0 when done.
#[derive(Default)]
struct Copier {
    registers: [u32; 4],
    writes: Vec<(u32, u32)>,
    asked: u32,
    done: u32,
    faults: u32,
    completions: Vec<u32>,
    fail: bool,
    failure: Option<String>,
    timer: Option<Micros>,
    fired: Vec<Micros>,
}

const HIGH: u64 = 1 << 32;

impl Copier {
    fn apply(&mut self) {
        for (offset, value) in std::mem::take(&mut self.writes) {
            self.registers[offset as usize / 4] = value;
            if offset == 8 {
                (self.asked, self.done, self.faults) = (0, 0, 0);
                self.completions.clear();
            }
        }
    }
}

impl Device for Copier {
    fn identity(&self) -> Identity {
        identity("copier")
    }
    fn reset(&mut self) {
        *self = Self { timer: self.timer, ..Self::default() };
    }
    fn bar_read(&mut self, offset: u32, bus: &mut dyn HostBus) -> u32 {
        self.apply();
        bus.tick();
        if offset == 12 { self.faults } else { self.registers[offset as usize / 4] }
    }
    fn bar_write(&mut self, offset: u32, value: u32) {
        self.writes.push((offset, value));
    }
    fn step(&mut self, cycles: u32, bus: &mut dyn HostBus) -> u32 {
        self.apply();
        for cycle in 0..cycles {
            if bus.stop() {
                return cycle;
            }
            if self.fail {
                self.failure = Some("rtl/x.sv:7: Always_A".into());
                return cycle;
            }
            if self.timer.is_some_and(|t| t <= bus.now()) {
                self.timer = None;
                self.fired.push(bus.now());
            }
            if self.asked < self.registers[2] {
                bus.dma_read(self.asked, HIGH + u64::from(self.registers[0] + self.asked * 64), 64);
                self.asked += 1;
            }
            let mut done = None;
            if let Some(read) = bus.dma_read_poll() {
                done = Some((read.tag, read.data.map(<[u8]>::to_vec)));
            }
            if let Some((tag, data)) = done {
                self.completions.push(tag);
                let to = HIGH + u64::from(self.registers[1] + tag * 64);
                match data.and_then(|data| bus.dma_write(to, &data)) {
                    Ok(()) => {}
                    Err(_) => self.faults += 1,
                }
                self.done += 1;
                if self.done == self.registers[2] {
                    bus.interrupt(0);
                }
            }
            bus.tick();
            if matches!(self.idle(), Idle::Quiet { .. }) {
                return cycle + 1;
            }
        }
        cycles
    }
    fn idle(&self) -> Idle {
        if self.fail || !self.writes.is_empty() || self.done < self.registers[2] {
            Idle::Busy
        } else {
            Idle::Quiet { deadline: self.timer }
        }
    }
    fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }
}

fn copier_world(pcie: PcieProfile) -> World<Copier> {
    let mut world = World::builder(Copier::default()).seed(5).pcie(pcie).build().unwrap();
    world.memory_mut().map_owned(HIGH, 0x1000, Permission::ReadWrite).unwrap();
    world.memory_mut().map_owned(HIGH + 0x8000, 0x1000, Permission::ReadWrite).unwrap();
    world.set_bus_master(true);
    world
}

fn copy(world: &mut World<Copier>, from: u32, to: u32, blocks: u32) {
    for (offset, value) in [(0, from), (4, to), (8, blocks)] {
        world.bar_write(offset, value);
    }
    let before = world.interrupts(0);
    world.run_until(Budget::of_time(Micros(1_000)), |w| w.interrupts(0) > before).unwrap();
}

#[test]
fn dma_copies_with_completions_out_of_order() {
    let mut world = copier_world(PcieProfile::GEN3_X4);
    let data: Vec<u8> = (0..4096u32).map(|i| (i * 7 % 251).to_le_bytes()[0]).collect();
    world.memory_mut().write(HIGH, &data).unwrap();
    copy(&mut world, 0, 0x8000, 64);
    let mut back = vec![0; 4096];
    world.memory().read(HIGH + 0x8000, &mut back).unwrap();
    assert_eq!(back, data);
    assert!(world.device().completions.windows(2).any(|w| w[0] > w[1]), "some overtake");
    let statistics = world.statistics();
    assert_eq!((statistics.dma.read_bytes, statistics.dma.write_bytes), (4096, 4096));
    assert_eq!(statistics.faults.total(), 0);
    assert!(statistics.now >= Micros(1), "latency passed: {}", statistics.now);
    assert_eq!(world.bar_read(8), 64);
    assert_eq!(world.bar_read(4096), u32::MAX);
    assert_eq!(world.bar_read(2), u32::MAX);
}

#[test]
fn stray_dma_faults_and_the_next_good_request_works() {
    let mut world = copier_world(PcieProfile::IDEAL);
    copy(&mut world, 0x0fc0, 0x8000, 2);
    assert_eq!(world.bar_read(12), 1, "the second block lies outside");
    copy(&mut world, 0, 0x7fc0, 2);
    assert_eq!(world.bar_read(12), 1, "the first block lies outside");
    assert_eq!(world.statistics().faults.unmapped, 2);
    copy(&mut world, 0, 0x8000, 64);
    assert_eq!(world.bar_read(12), 0);
}

#[test]
fn without_bus_master_nothing_moves() {
    let mut world = copier_world(PcieProfile::IDEAL);
    world.set_bus_master(false);
    for (offset, value) in [(0, 0), (4, 0x8000), (8, 4)] {
        world.bar_write(offset, value);
    }
    let stalled = world.run_until(Budget::default(), |w| w.interrupts(0) > 0).unwrap_err();
    assert!(matches!(stalled, WorldError::Stalled { seed: 5, .. }), "{stalled}");
    let statistics = world.statistics();
    assert_eq!(statistics.faults.bus_master_disabled, 4);
    assert_eq!(statistics.interrupts.blocked, 1);
    assert_eq!(statistics.dma.write_bytes, 0);
}

#[test]
fn function_level_reset_drops_what_is_in_flight() {
    let mut world = World::builder(Copier::default()).quantum(8).build().unwrap();
    world.memory_mut().map_owned(HIGH, 0x1000, Permission::ReadWrite).unwrap();
    world.memory_mut().map_owned(HIGH + 0x8000, 0x1000, Permission::ReadWrite).unwrap();
    world.set_bus_master(true);
    for (offset, value) in [(0, 0), (4, 0x8000), (8, 64)] {
        world.bar_write(offset, value);
    }
    world.step().unwrap();
    // Initiate function-level reset in the PCI Express capability's device control register.
    let mut control = [0; 2];
    world.config_read(0x58, &mut control);
    world.config_write(0x58, &[control[0], control[1] | 0x80]);
    assert!(!world.config().bus_master());
    world.run_for(Micros(100)).unwrap();
    assert_eq!(world.interrupts(0), 0);
    world.set_bus_master(true);
    copy(&mut world, 0, 0x8000, 64);
}

#[test]
fn time_jumps_to_timers_and_stalls_are_seen() {
    let device = Copier { timer: Some(Micros::from_secs(3_000)), ..Copier::default() };
    let mut world = World::builder(device).build().unwrap();
    world.run_until(Budget::default(), |w| !w.device().fired.is_empty()).unwrap();
    assert_eq!(world.device().fired, [Micros::from_secs(3_000)]);
    assert!(world.statistics().cycles < 1_000);
    let stalled = world.run_until(Budget::default(), |_| false).unwrap_err();
    assert!(matches!(stalled, WorldError::Stalled { .. }));
    // A host deadline is something to wait for.
    world.set_host_deadline(Some(Micros::from_secs(3_100)));
    world.run_until(Budget::default(), |w| w.now() >= Micros::from_secs(3_100)).unwrap();
    let late = world.run_until(Budget::of_time(Micros(50)), |_| false).unwrap_err();
    assert!(matches!(late, WorldError::Budget { what: "virtual time", .. }), "{late}");
}

/// A world may live in a thread of its own, as a server or a runtime wants it.
#[test]
fn worlds_move_between_threads() {
    let mut world = copier_world(PcieProfile::IDEAL);
    std::thread::spawn(move || copy(&mut world, 0, 0x8000, 2)).join().unwrap();
}

#[test]
fn a_failed_assertion_ends_the_run() {
    let mut world = copier_world(PcieProfile::IDEAL);
    world.device_mut().fail = true;
    let error = world.run_until(Budget::default(), |_| false).unwrap_err();
    assert!(
        error.to_string().contains("Always_A") && error.to_string().contains("seed 5"),
        "{error}"
    );
}

/// A device that is a TCP/IP host of its own: shows that wire, peers and time work without any RTL.
struct Host(SmolPeer);

impl Host {
    fn new() -> Self {
        Self(SmolPeer::new(SmolConfig {
            name: "device".into(),
            mac: [2, 0, 0, 0, 0x69, 1],
            addresses: vec![
                (IpAddr::from([192, 168, 69, 1]), 24),
                (IpAddr::from([0xfd00, 0x69, 0, 0, 0, 0, 0, 1]), 64),
            ],
            seed: 99,
            ..SmolConfig::default()
        }))
    }
}

impl Device for Host {
    fn identity(&self) -> Identity {
        identity("host")
    }
    fn reset(&mut self) {}
    fn bar_read(&mut self, _offset: u32, _bus: &mut dyn HostBus) -> u32 {
        0
    }
    fn bar_write(&mut self, _offset: u32, _value: u32) {}
    fn step(&mut self, _cycles: u32, bus: &mut dyn HostBus) -> u32 {
        while let Some(frame) = bus.receive() {
            if !frame.error {
                self.0.receive(bus.now(), &frame.bytes);
            }
        }
        self.0.poll(bus.now());
        while let Some(frame) = self.0.transmit() {
            bus.transmit(&frame);
        }
        bus.tick();
        1
    }
    fn idle(&self) -> Idle {
        Idle::Quiet { deadline: self.0.next_deadline() }
    }
    fn failure(&self) -> Option<&str> {
        None
    }
}

struct Transfer {
    pcap: Vec<u8>,
    statistics: toe_world::Statistics,
}

/// Peer connects to the device, each sends `bytes`; both verify.
fn transfer(seed: u64, wire: WireProfile, v6: bool, bytes: u64) -> Transfer {
    let pcap = SharedBuffer::default();
    let mut host = Host::new();
    host.0.listen(80, Behaviour::exchange(bytes, 1, bytes));
    let mut peer = SmolPeer::new(SmolConfig { seed, ..SmolConfig::default() });
    let address = if v6 { host.0.config().addresses[1].0 } else { host.0.config().addresses[0].0 };
    let id =
        peer.connect(SocketAddr::new(address, 80), Behaviour::exchange(bytes, 2, bytes)).unwrap();
    let mut world = World::builder(host)
        .seed(seed)
        .wire(wire)
        .peer(peer)
        .capture(pcap.clone(), Sides::Both)
        .build()
        .unwrap();
    world
        .run_until(Budget::of_time(Micros::from_secs(600)), |w| {
            let host = w.device().0.connections();
            w.peer::<SmolPeer>().unwrap().connection(id).is_done()
                && host.first().is_some_and(toe_world::Connection::is_done)
        })
        .unwrap();
    let peer = world.peer::<SmolPeer>().unwrap().connection(id);
    let host = &world.device().0.connections()[0];
    assert_eq!((peer.state, host.state), (State::Closed, State::Closed));
    assert_eq!(peer.received_sha256(), pattern_sha256(1, bytes));
    assert_eq!(host.received_sha256(), pattern_sha256(2, bytes));
    assert_eq!(host.sent_sha256(), pattern_sha256(1, bytes));
    world.flush_capture().unwrap();
    Transfer { pcap: pcap.bytes(), statistics: world.statistics() }
}

#[test]
fn tcp_over_a_clean_wire_v4_and_v6() {
    for v6 in [false, true] {
        let run = transfer(3, WireProfile::clean(), v6, 300_000);
        assert_eq!(run.statistics.to_peer.sent, run.statistics.to_peer.delivered);
        assert!(run.statistics.to_peer.sent > 200);
    }
}

#[test]
fn tcp_over_a_bad_wire() {
    let bad = Direction { corrupt: 0.01, fcs_error: 0.01, ..Direction::LOSSY };
    let run = transfer(4, WireProfile::both(bad), false, 300_000);
    for counts in [run.statistics.to_peer, run.statistics.to_device] {
        assert!(counts.lost > 0 && counts.duplicated > 0 && counts.reordered > 0, "{counts:?}");
        assert_eq!(
            counts.sent - counts.lost - counts.queue_dropped + counts.duplicated,
            counts.delivered + counts.in_flight
        );
    }
}

#[test]
fn same_seed_same_capture_byte_for_byte() {
    let run = |seed| transfer(seed, WireProfile::lossy(), false, 100_000).pcap;
    let first = run(8);
    assert!(first.len() > 200_000);
    assert!(first == run(8), "the same seed gives the same capture");
    assert!(first != run(9), "another seed gives another one");
}

#[test]
fn zero_window_when_the_program_stops_reading() {
    let mut host = Host::new();
    host.0.listen(80, Behaviour::source(500_000, 3));
    let mut peer = SmolPeer::new(SmolConfig::default());
    let remote = SocketAddr::new(host.0.config().addresses[0].0, 80);
    let id = peer.connect(remote, Behaviour::sink()).unwrap();
    peer.set_reading(id, false);
    let mut world = World::builder(host).peer(peer).build().unwrap();
    world.run_for(Micros::from_secs(5)).unwrap();
    let sent = world.device().0.connections()[0].sent;
    assert!(sent < 200_000, "{sent}");
    world.peer_mut::<SmolPeer>().unwrap().set_reading(id, true);
    world
        .run_until(Budget::of_time(Micros::from_secs(300)), |w| {
            w.peer::<SmolPeer>().unwrap().connection(id).received == 500_000
        })
        .unwrap();
}

#[test]
fn ping_and_udp_both_families() {
    let mut peer = SmolPeer::new(SmolConfig::default());
    for i in 0..2 {
        let to = Host::new().0.config().addresses[usize::from(i)].0;
        peer.ping(to, i);
    }
    let mut world = World::builder(Host::new()).peer(peer).build().unwrap();
    let result = world.run_until(Budget::of_time(Micros::from_secs(5)), |w| {
        w.peer::<SmolPeer>().unwrap().ping_replies().len() == 2
    });
    let replies = world.peer::<SmolPeer>().unwrap().ping_replies();
    assert!(result.is_ok(), "{result:?} {replies:?}");
}

#[test]
fn abort_is_seen_as_reset() {
    let mut host = Host::new();
    host.0.listen(80, Behaviour::sink());
    let mut peer = SmolPeer::new(SmolConfig::default());
    let remote = SocketAddr::new(host.0.config().addresses[0].0, 80);
    let id = peer
        .connect(remote, Behaviour { close: toe_world::Close::Never, ..Behaviour::source(10, 1) })
        .unwrap();
    let mut world = World::builder(host).peer(peer).build().unwrap();
    let budget = Budget::of_time(Micros::from_secs(5));
    world
        .run_until(budget, |w| w.device().0.connections().first().is_some_and(|c| c.received == 10))
        .unwrap();
    world.peer_mut::<SmolPeer>().unwrap().abort(id);
    world.run_until(budget, |w| w.device().0.connections()[0].state == State::Reset).unwrap();
}

#[test]
fn script_peer_and_hooks() {
    let mut peer = ScriptPeer::new("script");
    for i in 0..4u8 {
        peer.send_at(Micros(u64::from(i) * 10), vec![i; 60]);
    }
    // The copier never takes frames from the wire; the counts show their fate.
    let mut world = World::builder(Copier::default()).peer(peer).build().unwrap();
    world.hook_to_device(Some(Box::new(
        |frame, _| if frame[0] == 2 { Fate::Drop } else { Fate::Pass },
    )));
    world.run_for(Micros(100)).unwrap();
    let counts = world.statistics().to_device;
    assert_eq!((counts.sent, counts.hook_dropped, counts.in_flight), (4, 1, 3));
}

#[test]
fn a_capture_that_cannot_be_written_is_named() {
    let path = std::path::Path::new("/proc/no/capture.pcapng");
    let error = World::builder(Host::new())
        .capture_file(path, Sides::Device)
        .build()
        .map(|_| ())
        .unwrap_err();
    assert!(error.to_string().contains("/proc/no/capture.pcapng"), "{error}");
}

#[test]
fn progress_is_reported() {
    let (tx, rx) = std::sync::mpsc::channel();
    let mut world =
        World::builder(Host::new()).peer(SmolPeer::new(SmolConfig::default())).build().unwrap();
    world.on_progress(Duration::ZERO, move |s| {
        let _ = tx.send(s.now);
    });
    world.set_host_deadline(Some(Micros(1)));
    let _ = world.run_until(Budget::of_time(Micros(500)), |_| false);
    assert!(rx.try_iter().count() > 3);
}

#[cfg(target_os = "linux")]
#[test]
fn linux_kernel_over_tap() {
    use toe_world::{TapConfig, TapPeer};
    let tap = match TapPeer::new(&TapConfig::default()) {
        Ok(tap) => tap,
        Err(error) => {
            eprintln!("SKIPPED: {error}");
            return;
        }
    };
    let mut ping = tap.command("ping");
    ping.args(["-c", "2", "-i", "0.2", "-W", "5", "192.168.69.1"]);
    ping.stdout(std::process::Stdio::null());
    let mut host = Host::new();
    host.0.listen(80, Behaviour::echo());
    let mut cat = tap.command("bash");
    cat.args(["-c", "exec 3<>/dev/tcp/192.168.69.1/80; echo hello over tap >&3; head -1 <&3"]);
    cat.stdout(std::process::Stdio::piped());
    let mut world = World::builder(host).peer(tap).build().unwrap();
    let mut child = cat.spawn().unwrap();
    let budget = Budget { cycles: u64::MAX, wall: Duration::from_secs(20), ..Budget::default() };
    world.run_until(budget, |_| child.try_wait().unwrap().is_some()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "hello over tap\n");
    if let Ok(mut child) = ping.spawn() {
        let mut status = None;
        world
            .run_until(budget, |_| {
                status = child.try_wait().unwrap();
                status.is_some()
            })
            .unwrap();
        assert!(status.unwrap().success());
    }
}

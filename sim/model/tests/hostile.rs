// SPDX-License-Identifier: Apache-2.0
//! A device that lies: records of any content in the event and completion rings, with the right phase or not, and
//! scribbles over everything it can reach. The driver never panics, never hangs, and never believes in bytes that
//! cannot be.

mod support;

use proptest::prelude::*;
use support::Shared;
use support::peer::{RING, connect, image, nexthop, reserve};
use toe_abi::{EventTimeWait, EventTimeWaitRest, EventType, TwEvent, regs};
use toe_driver::{
    Driver, DriverEvent, Fault, Micros, Options, SessionHandle, SessionState, TxFrame,
};
use toe_model::{Model, ModelConfig};

/// What the device does next.
#[derive(Clone, Debug)]
enum Lie {
    /// An event of this kind (or none) in the ring of queue 0.
    Event { kind: u32, words: [u32; 8], near: bool, phase: bool },
    /// A completion.
    Completion { opcode: u32, status: u32, cookie: u32, words: [u32; 8], phase: bool },
    /// Bytes somewhere in memory.
    Scribble { region: usize, offset: usize, bytes: Vec<u8> },
    /// The application does something.
    App(u8),
}

fn lie() -> impl Strategy<Value = Lie> {
    prop_oneof![
        5 => (0..9_u32, any::<[u32; 8]>(), any::<bool>(), prop::bool::weighted(0.9))
            .prop_map(|(kind, words, near, phase)| Lie::Event { kind, words, near, phase }),
        2 => (0..14_u32, 0..14_u32, 0..512_u32, any::<[u32; 8]>(), prop::bool::weighted(0.9))
            .prop_map(|(opcode, status, cookie, words, phase)| {
                Lie::Completion { opcode, status, cookie, words, phase }
            }),
        1 => (any::<prop::sample::Index>(), 0..4096_usize, prop::collection::vec(any::<u8>(), 1..64))
            .prop_map(|(region, offset, bytes)| {
                Lie::Scribble { region: region.index(64), offset, bytes }
            }),
        3 => any::<u8>().prop_map(Lie::App),
    ]
}

struct Scene {
    machine: Shared<Model>,
    driver: Driver,
    handles: Vec<SessionHandle>,
    evq: u64,
    acq: u64,
    events: u32,
    completions: u32,
    frames: u32,
}

const RXR_LOG2: u8 = 3;
const EVQ_LOG2: u8 = 6;
const ADMIN_LOG2: u8 = 5;

fn scene() -> Scene {
    let machine = Shared::new(Model::new(ModelConfig::SMALL));
    let options = Options {
        evq_log2: EVQ_LOG2,
        admin_log2: ADMIN_LOG2,
        rxr_log2: RXR_LOG2,
        ..Options::default()
    };
    let mut driver = machine.open(&options).unwrap();
    driver.nexthop_set(1, &nexthop()).unwrap();
    let mut handles = Vec::new();
    for port in 4000..4003 {
        let (tcb, _) = connect(port, toe_tcp::Micros(0));
        let handle = reserve(&mut driver, &tcb).handle;
        driver.session_install(handle, &image(&tcb, port, toe_tcp::Micros(0))).unwrap();
        handles.push(handle);
    }
    machine.run(&mut driver);
    let mut word = |reg| u64::from(driver.register::<u32>(reg).unwrap());
    let evq =
        word(regs::QP_EVQ_BASE_LO.at(0).unwrap()) | word(regs::QP_EVQ_BASE_HI.at(0).unwrap()) << 32;
    let acq = word(regs::ADMIN_ACQ_BASE_LO) | word(regs::ADMIN_ACQ_BASE_HI) << 32;
    let events = driver.register(regs::QP_EVQ_TAIL.at(0).unwrap()).unwrap();
    Scene { machine, driver, handles, evq, acq, events, completions: 4, frames: 0 }
}

impl Scene {
    fn write(&mut self, iova: u64, words: &[u32]) {
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        let machine = self.machine.lock();
        let (base, memory) = machine.bus.regions.range(..=iova).next_back().unwrap();
        memory.write(usize::try_from(iova - base).unwrap(), &bytes).unwrap();
    }

    fn record(&mut self, base: u64, log2: u8, count: u32, mut words: [u32; 8], phase: bool) {
        let right = count >> log2 & 1 == 0;
        words[7] = words[7] & 0x7fff_ffff | u32::from(right == phase) << 31;
        let place = u64::from(count & ((1 << log2) - 1));
        self.write(base + place * 32, &words);
    }

    fn tell(&mut self, lie: &Lie) {
        match lie {
            Lie::Event { kind, words, near, phase } => {
                let mut words = *words;
                words[0] = words[0] & !0xff | kind;
                if *near {
                    // Almost right: a live session, numbers near its own, fields with a meaning.
                    let handle = self.handles[words[1] as usize % self.handles.len()];
                    let info = self.driver.session_info(handle);
                    words[0] &= 0x00f4_03ff;
                    match (EventType::from_bits(*kind), info) {
                        (Some(EventType::Session | EventType::SessionEnd), Ok(info)) => {
                            words[1] = handle.raw();
                            words[4..].iter_mut().for_each(|w| *w >>= 4);
                            words[2] = info.snd_una.wrapping_add(words[2] % 8000);
                            words[3] = info.rcv_nxt.wrapping_add(words[3] % 20_000);
                        }
                        (Some(EventType::NicRx), _) => {
                            words[1] = self.frames;
                            self.frames += 1;
                            words[2] &= 0xffff_0fff;
                        }
                        _ => words[1] %= 300,
                    }
                }
                self.record(self.evq, EVQ_LOG2, self.events, words, *phase);
                self.events = self.events.wrapping_add(u32::from(*phase));
            }
            Lie::Completion { opcode, status, cookie, words, phase } => {
                let mut words = *words;
                words[0] = words[0] & 0xffff_0000 | status << 8 | opcode;
                words[1] = *cookie;
                self.record(self.acq, ADMIN_LOG2, self.completions, words, *phase);
                self.completions = self.completions.wrapping_add(u32::from(*phase));
            }
            Lie::Scribble { region, offset, bytes } => {
                let machine = self.machine.lock();
                let memory = machine.bus.regions.values().nth(region % machine.bus.regions.len());
                let _ = memory.unwrap().write(*offset, bytes);
            }
            Lie::App(what) => self.app(*what),
        }
    }

    fn app(&mut self, what: u8) {
        let driver = &mut self.driver;
        let handle = self.handles[usize::from(what / 16) % self.handles.len()];
        match what % 16 {
            0 => drop(driver.session_evict(handle)),
            1 => drop(driver.session_snapshot(handle)),
            2 => drop(driver.session_close(handle)),
            3 => drop(driver.session_abort(handle)),
            4 => drop(driver.session_release(handle)),
            5 => drop(driver.nexthop_set(2, &nexthop())),
            6 => drop(driver.nic_send(0, &TxFrame::plain(&[7; 200]))),
            7 => {
                while driver.nic_recv(0).is_some_and(|frame| {
                    assert!(frame.bytes.len() <= 2048);
                    assert_eq!(frame.bytes.len(), usize::from(frame.info.len));
                    assert!(usize::from(frame.info.l4_off) <= frame.bytes.len());
                    true
                }) {}
            }
            8..=10 => drop(driver.session_write(handle, &[9; 700])),
            _ => drop(driver.session_read(handle, &mut [0; 500])),
        }
    }

    fn say(&mut self, words: [u32; 8]) {
        self.record(self.evq, EVQ_LOG2, self.events, words, true);
        self.events += 1;
    }

    /// What must hold whatever the device says.
    fn check(&mut self) {
        for handle in &self.handles {
            if let Ok(info) = self.driver.session_info(*handle) {
                assert!(info.readable <= RING && info.writable <= RING, "{info:?}");
                assert!(info.snd_end.wrapping_sub(info.snd_una) <= RING || info.fin_acked);
                if matches!(info.state, SessionState::Active) {
                    let mut all = vec![0; info.readable as usize];
                    self.driver.session_rx_copy(*handle, info.rcv_read, &mut all).unwrap();
                }
            }
        }
        assert!(self.driver.nic_waiting(0) <= 1 << RXR_LOG2);
        let mut events = 0;
        while let Some(event) = self.driver.next_event() {
            events += 1;
            assert!(!matches!(event, DriverEvent::DeviceLost));
        }
        assert!(events < 20_000);
    }
}

/// An event of the TIME_WAIT table is two records: half of one is a fault, whichever half, and nothing else.
#[test]
fn halves_of_time_wait_events_are_faults() {
    let mut scene = scene();
    let first = |lport| {
        let event = EventTimeWait { kind: EventType::TimeWait, lport, ..EventTimeWait::default() };
        EventTimeWait { what: TwEvent::Expired, laddr: [0x0100_000a, 0, 0, 0], ..event }.pack().0
    };
    let rest = |rport, rcv_wscale| {
        let kind = EventType::TimeWaitRest;
        EventTimeWaitRest { kind, rport, rcv_wscale, ..EventTimeWaitRest::default() }.pack().0
    };
    for words in [
        rest(1, 0),
        first(2),
        first(3),
        rest(4, 14),
        rest(5, 0),
        first(6),
        rest(7, 15),
        first(8),
        rest(9, 0),
    ] {
        scene.say(words);
    }
    scene.driver.poll(Micros(1)).unwrap();
    let mut seen = Vec::new();
    while let Some(event) = scene.driver.next_event() {
        seen.push(match event {
            DriverEvent::TimeWait(event) => {
                assert_eq!(event.laddr, [0x0100_000a, 0, 0, 0]);
                Ok((event.lport, event.rport))
            }
            DriverEvent::Fault(fault) => Err(fault),
            other => panic!("{other:?}"),
        });
    }
    let half = Err(Fault::HalfEvent { qp: 0 });
    let shift = Err(Fault::BadEvent { qp: 0, field: "rcv_wscale", value: 15 });
    assert_eq!(seen, [half, half, Ok((3, 4)), half, shift, Ok((8, 9))]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_lying_device_is_survived(lies in prop::collection::vec(lie(), 1..200)) {
        let mut scene = scene();
        for (i, lie) in (1..).zip(&lies) {
            scene.tell(lie);
            if i % 7 == 0 {
                scene.driver.poll(Micros(i * 10)).unwrap();
                scene.check();
            }
        }
        scene.driver.poll(Micros(1_000_000_000)).unwrap();
        scene.check();
        // And after a reset it works as before.
        scene.driver.reset().unwrap();
        for handle in scene.driver.session_handles().collect::<Vec<_>>() {
            scene.driver.session_release(handle).unwrap();
        }
        while scene.driver.next_event().is_some() {}
        scene.driver.nexthop_set(1, &nexthop()).unwrap();
        let events = scene.machine.run(&mut scene.driver);
        let good = matches!(events[..], [DriverEvent::Nexthop { result: Ok(()), .. }]);
        prop_assert!(good, "{:?}", events);
        prop_assert_eq!(scene.driver.session_slots().0, 0);
    }
}

#[test]
fn a_storm_of_records_with_every_phase_right_is_bounded() {
    let mut scene = scene();
    // Both phases at once cannot be, so the ring is filled again after each poll.
    for _ in 0..2000 {
        for _ in 0..1 << EVQ_LOG2 {
            let words = [0xff, 1, 2, 3, 4, 5, 6, 7];
            scene.tell(&Lie::Event { kind: 7, words, near: false, phase: true });
        }
        scene.driver.poll(Micros(1)).unwrap();
    }
    let stats = scene.driver.driver_stats();
    assert_eq!(stats.faults, 2000 << EVQ_LOG2);
    assert!(stats.faults_dropped > 0);
    let waiting = std::iter::from_fn(|| scene.driver.next_event()).count();
    assert!(waiting <= 64, "{waiting} faults kept");
}

// SPDX-License-Identifier: Apache-2.0
//! Bad input: a wrong ABI hash, descriptors and bumps that make no sense, impossible session images, frames from hell.
//! Each has its counter or its error, and the next good request works.

use std::sync::{Arc, Mutex};

use toe_abi::regs::{self, QpConfig};
use toe_abi::{Bump, SessionImage, TxDesc};
use toe_api::{Micros, NodeError, TcpOptions};
use toe_driver::{
    AdminError, Driver, DriverEvent, Layer, OpenError, SessionEvent, SessionSpec, Transport,
    TransportError,
};
use toe_system_tests::on_all_devices;
use toe_testkit::{AnyDevice, InProcess, Kind, Scene, SceneConfig, SharedWorld, Transfer};
use toe_world::{Behaviour, Permission, pattern_sha256};

on_all_devices!(
    wrong_abi_hash_is_refused_with_both,
    absurd_descriptors_are_counted,
    absurd_bumps_are_counted,
    impossible_images_are_refused_by_name,
    strange_frames_do_no_harm,
);

const SECOND: Micros = Micros(1_000_000);

/// A session that works, after whatever happened.
#[track_caller]
fn still_works(scene: &mut Scene, port: u16) {
    let bytes = 30_000;
    let behaviour = Behaviour::exchange(bytes, 7, bytes);
    let (id, _) = scene.accepted(false, port, TcpOptions::default(), behaviour);
    scene.offloaded(id);
    let mut t = Transfer::new(id, bytes, 9, None).closing();
    scene.transfer(Micros(60 * SECOND.0), &mut [&mut t]);
    assert_eq!((t.error, t.received_sha256()), (None, pattern_sha256(7, bytes)));
}

/// A device that was built from another contract.
struct OtherAbi(InProcess<AnyDevice>);

impl Layer for OtherAbi {
    type Below = InProcess<AnyDevice>;
    fn below(&self) -> &Self::Below {
        &self.0
    }
    fn below_mut(&mut self) -> &mut Self::Below {
        &mut self.0
    }
    fn read32(&mut self, offset: u32) -> Result<u32, TransportError> {
        let value = self.0.read32(offset)?;
        Ok(if offset == regs::ID_ABI_HASH_LO.offset() { value ^ 1 } else { value })
    }
}

fn wrong_abi_hash_is_refused_with_both(kind: Kind) {
    let config = SceneConfig::new("wrong_abi_hash", kind);
    let Some((world, _)) = config.world() else { return };
    let now = Micros(world.lock().now().0);
    let transport = OtherAbi(InProcess::new(world.clone()));
    let refused = toe_api::Node::open(now, transport, &config.node).err().unwrap();
    let text = refused.to_string();
    assert!(
        matches!(refused, NodeError::Open(OpenError::AbiMismatch { device, driver })
            if device == toe_abi::ABI_HASH ^ 1 && driver == toe_abi::ABI_HASH),
        "{text}"
    );
    for hash in [toe_abi::ABI_HASH ^ 1, toe_abi::ABI_HASH] {
        assert!(text.contains(&format!("{hash:016x}")), "{text}");
    }
    // The same device through a transport that tells the truth.
    toe_api::Node::open(now, InProcess::new(world), &config.node).unwrap();
}

/// Queue pair 1, which the driver does not use, in the hands of somebody who does not know what he does.
struct Queue {
    world: SharedWorld<AnyDevice>,
    base: u64,
    tx_tail: u32,
    bump_tail: u32,
}

const RING_LOG2: u8 = 4;

impl Queue {
    fn new(world: &SharedWorld<AnyDevice>) -> Self {
        let mut w = world.lock();
        let base = w.memory_mut().free_range(0x1_0000, 4096).unwrap();
        w.memory_mut().map_owned(base, 0x1_0000, Permission::ReadWrite).unwrap();
        let part = |n: u64| base + 0x2000 * n;
        let low = |a: u64| (a & 0xffff_ffff) as u32;
        let high = |a: u64| (a >> 32) as u32;
        for (lo, hi, at) in [
            (regs::QP_TXQ_BASE_LO, regs::QP_TXQ_BASE_HI, part(0)),
            (regs::QP_BMQ_BASE_LO, regs::QP_BMQ_BASE_HI, part(1)),
            (regs::QP_RXR_BASE_LO, regs::QP_RXR_BASE_HI, part(2)),
            (regs::QP_EVQ_BASE_LO, regs::QP_EVQ_BASE_HI, part(6)),
        ] {
            w.bar_write(lo.at(1).unwrap().offset(), low(at));
            w.bar_write(hi.at(1).unwrap().offset(), high(at));
        }
        let driver = w.bar_read(regs::QP_CONFIG.at(0).unwrap().offset());
        let config = QpConfig::from(driver)
            .with_txq_log2(RING_LOG2)
            .with_bmq_log2(RING_LOG2)
            .with_rxr_log2(2)
            .with_evq_log2(6);
        w.bar_write(regs::QP_CONFIG.at(1).unwrap().offset(), u32::from(config));
        drop(w);
        Self { world: world.clone(), base, tx_tail: 0, bump_tail: 0 }
    }

    fn write(&self, offset: u64, words: &[u32]) {
        let bytes: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
        self.world.lock().memory_mut().write(self.base + offset, &bytes).unwrap();
    }

    fn describe(&mut self, desc: &TxDesc) {
        let place = u64::from(self.tx_tail % (1 << RING_LOG2));
        self.write(place * 64, &desc.pack().0);
        self.tx_tail += 1;
        self.world.lock().bar_write(regs::DB_TXQ_TAIL.at(1).unwrap().offset(), self.tx_tail);
    }

    fn bump(&mut self, bump: &Bump) {
        let place = u64::from(self.bump_tail % (1 << RING_LOG2));
        self.write(0x2000 + place * 16, &bump.pack().0);
        self.bump_tail += 1;
        self.world.lock().bar_write(regs::DB_BMQ_TAIL.at(1).unwrap().offset(), self.bump_tail);
    }
}

fn absurd_descriptors_are_counted(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("absurd_descriptors", kind).build() else { return };
    let mut queue = Queue::new(&scene.world);
    let frame = queue.base + 0xe000;
    let good = TxDesc { addr: frame, len: 60, hdr_len: 14, ..TxDesc::default() };
    let absurd = [
        TxDesc { len: 0, ..good },
        TxDesc { len: 13, ..good },
        TxDesc { hdr_len: 0, ..good },
        TxDesc { hdr_len: 255, len: 1000, ..good },
        TxDesc { hdr_len: 100, ..good },
        TxDesc { len: 20_000, ..good },
        TxDesc { len: 0xf_ffff, ..good },
        TxDesc { tso: true, mss: 0, hdr_len: 54, l3_off: 14, l4_off: 34, len: 1000, ..good },
        TxDesc { l4_csum: true, hdr_len: 54, l3_off: 14, l4_off: 200, ..good },
        TxDesc { l4_csum: true, hdr_len: 54, l3_off: 200, l4_off: 34, ..good },
    ];
    for desc in &absurd {
        queue.describe(desc);
        scene.pass(Micros(50));
    }
    assert_eq!(scene.counter("tx_drop_bad_desc"), absurd.len() as u64, "{}", scene.counters());
    assert_eq!(scene.counter("tx_nic_frames"), scene.node.driver().driver_stats().tx_frames);
    // Memory that is not there: an IOMMU fault, and a counter.
    queue.describe(&TxDesc { addr: 0xdead_0000_0000, ..good });
    scene.pass(Micros(100));
    assert!(scene.counter("dma_read_errors") >= 1, "{}", scene.counters());
    // The next good one works.
    let before = scene.counter("tx_frames");
    queue.describe(&good);
    scene.pass(Micros(100));
    assert_eq!(scene.counter("tx_frames"), before + 1, "{}", scene.counters());
    still_works(&mut scene, 80);
}

fn absurd_bumps_are_counted(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("absurd_bumps", kind).build() else { return };
    let behaviour = Behaviour::exchange(20_000, 7, 20_000);
    let (id, _) = scene.accepted(false, 80, TcpOptions::default(), behaviour);
    scene.offloaded(id);
    scene.pass(Micros(20_000));
    let handle = scene.node.offload().handle(id).unwrap().0;
    let info = scene.node.session_info(id).unwrap();
    let mut queue = Queue::new(&scene.world);
    let none = Bump { handle, ..Bump::default() };
    // Wrong generation, no such slot.
    for stranger in [handle ^ 0x0001_0000, handle | 0xffff, 0xffff_ffff] {
        queue.bump(&Bump { handle: stranger, kick: true, ..none });
    }
    scene.pass(Micros(100));
    assert_eq!(scene.counter("bump_stale"), 3, "{}", scene.counters());
    // More bytes than the ring has, bytes read that never came, an end before what was acknowledged.
    let bad = [
        Bump { snd_valid: true, snd_end: info.snd_end.wrapping_add(0x1000_0000), ..none },
        Bump { rcv_valid: true, rcv_read: info.rcv_nxt.wrapping_add(1000), ..none },
        Bump { snd_valid: true, snd_end: info.snd_una.wrapping_sub(5), ..none },
        Bump { rcv_valid: true, rcv_read: info.rcv_read.wrapping_sub(5), ..none },
    ];
    for bump in &bad {
        queue.bump(bump);
        scene.pass(Micros(50));
    }
    let counted = scene.counter("bump_bad");
    assert!(counted >= 2, "{counted} of {} counted: {}", bad.len(), scene.counters());
    let mut t = Transfer::new(id, 20_000, 9, None).closing();
    scene.transfer(Micros(60 * SECOND.0), &mut [&mut t]);
    assert_eq!((t.error, t.received_sha256()), (None, pattern_sha256(7, 20_000)));
    assert_eq!(scene.world.lock().statistics().faults, Default::default());
    still_works(&mut scene, 81);
}

/// What the firmware says to an image.
fn install(
    scene: &SharedWorld<AnyDevice>,
    driver: &mut Driver,
    image: &SessionImage,
) -> Result<(), AdminError> {
    let spec = SessionSpec {
        queue_pair: 0,
        tx_ring: 4096,
        rx_ring: 4096,
        tx_seq0: image.snd_una,
        rx_seq0: image.rcv_read,
    };
    let handle = driver.session_reserve(&spec).unwrap().handle;
    driver.session_install(handle, image).unwrap();
    for _ in 0..20_000 {
        let now = scene.lock().now();
        driver.poll(toe_driver::Micros(now.0)).unwrap();
        while let Some(event) = driver.next_event() {
            match event {
                DriverEvent::Session { event: SessionEvent::Installed, .. } => return Ok(()),
                DriverEvent::Session {
                    event: SessionEvent::InstallFailed { error, .. }, ..
                } => {
                    driver.session_release(handle).unwrap();
                    return Err(error);
                }
                _ => {}
            }
        }
        scene.lock().run_for(toe_device::Micros(5)).unwrap();
    }
    panic!("no answer");
}

fn impossible_images_are_refused_by_name(kind: Kind) {
    let config = SceneConfig::new("impossible_images", kind);
    let Some((world, _)) = config.world() else { return };
    let mut driver =
        Driver::open(InProcess::new(world.clone()), &toe_driver::Options::default()).unwrap();
    let mut good = SessionImage {
        state: toe_abi::TcpState::Established,
        tw_class: toe_abi::MslClass::Remote,
        laddr: [u32::from_le_bytes([10, 0, 0, 1]), 0, 0, 0],
        raddr: [u32::from_le_bytes([10, 0, 0, 2]), 0, 0, 0],
        lport: 80,
        rport: 5000,
        nexthop: 1,
        snd_mss: 1448,
        peer_mss: 1460,
        ttl: 64,
        iss: 999,
        snd_una: 1000,
        snd_nxt: 1000,
        snd_max: 1000,
        snd_end: 1000,
        snd_wnd: 65_535,
        snd_wl1: 2000,
        snd_wl2: 1000,
        max_snd_wnd: 65_535,
        cwnd: 14_480,
        ssthresh: 1 << 30,
        recover: 1000,
        high_rxt: 1000,
        rescue_rxt: 1000,
        rto_us: 1_000_000,
        irs: 1999,
        rcv_nxt: 2000,
        rcv_adv: 2000 + 4096,
        rcv_read: 2000,
        last_ack_sent: 2000,
        ..SessionImage::default()
    };
    type Change = fn(&mut SessionImage);
    assert_eq!(install(&world, &mut driver, &good), Ok(()));
    let wrong: [(&str, Change); 9] = [
        ("lport", |i| i.lport = 0),
        ("rport", |i| i.rport = 0),
        ("laddr", |i| i.laddr = [u32::from_le_bytes([127, 0, 0, 1]), 0, 0, 0]),
        ("raddr", |i| i.raddr = [u32::from_le_bytes([224, 0, 0, 1]), 0, 0, 0]),
        ("nexthop", |i| i.nexthop = 60_000),
        ("snd_wscale", |i| i.snd_wscale = 15),
        ("snd_mss", |i| i.snd_mss = 0),
        ("cwnd", |i| i.cwnd = 0),
        ("state", |i| i.state = toe_abi::TcpState::TimeWait),
    ];
    let fields = toe_abi::SessionImageRaw::FIELDS;
    for (name, change) in wrong {
        let mut image = good;
        change(&mut image);
        let refused = install(&world, &mut driver, &image);
        let Err(AdminError::Refused { status, detail }) = refused else {
            panic!("{name}: {refused:?}")
        };
        let place = fields.iter().find(|f| f.name == name).unwrap().byte();
        assert_eq!(
            (status, u32::from(detail)),
            (toe_abi::AdminStatus::BadField, place),
            "{name}: detail names the field"
        );
    }
    // The next good one works.
    good.lport = 81;
    assert_eq!(install(&world, &mut driver, &good), Ok(()));
}

fn strange_frames_do_no_harm(kind: Kind) {
    let Some(mut scene) = SceneConfig::new("strange_frames", kind).build() else { return };
    let behaviour = Behaviour::exchange(60_000, 7, 60_000);
    let (id, _) = scene.accepted(false, 80, TcpOptions::default(), behaviour);
    scene.offloaded(id);
    // Every frame of the peer comes twice, once with something broken.
    let bits = Arc::new(Mutex::new(1_u64));
    scene.world.lock().hook_to_device(Some(Box::new(move |frame, n| {
        let mut bits = bits.lock().unwrap();
        *bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(n | 1);
        match *bits >> 60 {
            0..3 => toe_world::Fate::FlipBit((*bits >> 20) as usize % (frame.len() * 8)),
            3 => toe_world::Fate::FcsError,
            4 => toe_world::Fate::Duplicate,
            _ => toe_world::Fate::Pass,
        }
    })));
    let mut t = Transfer::new(id, 60_000, 9, None).closing();
    scene.transfer(Micros(300 * SECOND.0), &mut [&mut t]);
    assert_eq!((t.error, t.received_sha256()), (None, pattern_sha256(7, 60_000)));
    assert!(scene.counter("rx_drop_checksum") + scene.counter("rx_drop_error") > 0);
    scene.world.lock().hook_to_device(None);
    still_works(&mut scene, 81);
}

// SPDX-License-Identifier: Apache-2.0
//! Driver and model together: opening, and the NIC path. Checksums, segmentation, tags and full rings have their tests where
//! the RTL has them (`tests/system/tests/bringup/nic.rs`): they run on the model too.

mod support;

use support::Shared;
use toe_abi::{ABI_HASH, AdminOpcode, RxReason, regs};
use toe_device::{Device, HostBus, Identity, Idle};
use toe_driver::{Driver, DriverEvent, Micros, OpenError, Options, SendError, TxFrame, TxOffload};
use toe_model::{Model, ModelConfig};

fn open(config: ModelConfig, options: &Options) -> (Driver, Shared<Model>) {
    let machine = Shared::new(Model::new(config));
    let driver = machine.open(options).unwrap();
    (driver, machine)
}

/// An Ethernet frame of a kind that is the host's.
fn other(tag: u8, len: usize) -> Vec<u8> {
    let mut frame = vec![tag; len];
    frame[..6].copy_from_slice(&[2, 0, 0, 0, 0, 1]);
    frame[12..14].copy_from_slice(&[0x88, 0xb5]); // local experimental
    frame
}

fn sum(bytes: &[u8], start: u32) -> u16 {
    let mut total = start;
    for pair in bytes.chunks(2) {
        total += u32::from(u16::from_be_bytes([pair[0], pair.get(1).copied().unwrap_or(0)]));
    }
    while total >> 16 != 0 {
        total = (total & 0xffff) + (total >> 16);
    }
    u16::try_from(total).unwrap()
}

/// IPv4 with `l4` after it; checksums of the transport are the caller's.
fn ipv4(proto: u8, src: [u8; 4], dst: [u8; 4], l4: &[u8]) -> Vec<u8> {
    let mut f = vec![2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0];
    let len = u16::try_from(20 + l4.len()).unwrap().to_be_bytes();
    f.extend_from_slice(&[0x45, 0, len[0], len[1], 0, 9, 0x40, 0, 64, proto, 0, 0]);
    f.extend_from_slice(&src);
    f.extend_from_slice(&dst);
    let csum = (!sum(&f[14..34], 0)).to_be_bytes();
    f[24..26].copy_from_slice(&csum);
    f.extend_from_slice(l4);
    f
}

#[test]
fn opening_discovers_the_sizes() {
    for config in [ModelConfig::SMALL, ModelConfig::LARGE] {
        let (mut driver, _machine) = open(config, &Options::default());
        let info = *driver.info();
        assert_eq!(info.sessions, config.sessions);
        assert_eq!(info.queue_pairs, config.queue_pairs);
        assert_eq!(info.max_frame, config.max_frame);
        assert_eq!(info.nexthops, config.nexthops);
        assert!(info.features.firmware && info.features.tso);
        assert_eq!(driver.check().unwrap().fw_state, 2);
        assert_eq!(driver.session_slots(), (0, config.sessions as usize));
    }
}

/// A model whose registers lie.
struct Liar {
    model: Model,
    lies: Vec<(u32, u32)>,
}

impl Device for Liar {
    fn identity(&self) -> Identity {
        self.model.identity()
    }
    fn reset(&mut self) {
        self.model.reset();
    }
    fn bar_read(&mut self, offset: u32, bus: &mut dyn HostBus) -> u32 {
        let lie = self.lies.iter().find(|lie| lie.0 == offset).map(|lie| lie.1);
        lie.unwrap_or_else(|| self.model.bar_read(offset, bus))
    }
    fn bar_write(&mut self, offset: u32, value: u32) {
        self.model.bar_write(offset, value);
    }
    fn step(&mut self, cycles: u32, bus: &mut dyn HostBus) -> u32 {
        self.model.step(cycles, bus)
    }
    fn idle(&self) -> Idle {
        self.model.idle()
    }
    fn failure(&self) -> Option<&str> {
        None
    }
}

fn open_liar(lies: &[(u32, u32)]) -> OpenError {
    let model = Model::new(ModelConfig::SMALL);
    Shared::new(Liar { model, lies: lies.to_vec() }).open(&Options::default()).unwrap_err()
}

#[test]
fn another_abi_is_refused_with_both_hashes() {
    let error = open_liar(&[(regs::ID_ABI_HASH_LO.offset(), 0x1234_5678)]);
    let device = ABI_HASH & !0xffff_ffff | 0x1234_5678;
    assert!(
        matches!(error, OpenError::AbiMismatch { device: d, driver } if d == device && driver == ABI_HASH)
    );
    let text = error.to_string();
    assert!(text.contains("12345678") && text.contains(&format!("{ABI_HASH:016x}")), "{text}");
    let firmware = open_liar(&[(regs::CTL_FW_ABI_HASH_HI.offset(), 7)]);
    assert!(matches!(firmware, OpenError::FirmwareAbiMismatch { .. }), "{firmware}");
}

#[test]
fn a_device_that_makes_no_sense_is_refused() {
    let magic = open_liar(&[(regs::ID_MAGIC.offset(), 1)]);
    assert!(matches!(magic, OpenError::BadMagic { found: 1, .. }), "{magic}");
    for (reg, value) in [
        (regs::ID_SESSIONS, 0),
        (regs::ID_SESSIONS, 65_537),
        (regs::ID_QUEUE_PAIRS, 17),
        (regs::ID_MAX_FRAME, 40_000),
    ] {
        let size = open_liar(&[(reg.offset(), value)]);
        assert!(matches!(size, OpenError::BadSize { value: v, .. } if v == value), "{size}");
    }
    let firmware = open_liar(&[(regs::CTL_STATUS.offset(), 1)]);
    assert!(matches!(firmware, OpenError::NotReady { fw_state: 1, .. }), "{firmware}");
}

#[test]
fn a_vanished_device_is_a_typed_error_everywhere() {
    let (mut driver, machine) = open(ModelConfig::SMALL, &Options::default());
    machine.lock().stuck = Some(u32::MAX);
    assert!(driver.check().is_err());
    assert!(driver.is_lost());
    assert!(driver.poll(Micros(1)).is_err());
    assert_eq!(driver.next_event(), Some(DriverEvent::DeviceLost));
    assert_eq!(driver.next_event(), None);
    let sent = driver.nic_send(0, &TxFrame::plain(&other(1, 60)));
    assert!(matches!(sent, Err(SendError::Lost(_))));
    assert!(matches!(driver.reset(), Err(OpenError::DeviceLost)));
    assert!(machine.open(&Options::default()).is_err());
    // It comes back.
    machine.lock().stuck = None;
    driver.reset().unwrap();
    driver.nic_send(0, &TxFrame::plain(&other(1, 60))).unwrap();
    machine.run(&mut driver);
    assert_eq!(machine.sent(), [other(1, 60)]);
}

#[test]
fn frames_pass_both_ways_untouched_and_without_register_reads() {
    // Small rings, so that all of them go round many times.
    let options = Options { txq_log2: 2, rxr_log2: 2, evq_log2: 5, ..Options::default() };
    let (mut driver, machine) = open(ModelConfig::SMALL, &options);
    let reads = driver.driver_stats().mmio_reads;
    for round in 0..2000_usize {
        let frame = other(u8::try_from(round % 256).unwrap(), 60 + round % 1400);
        driver.nic_send(0, &TxFrame::plain(&frame)).unwrap();
        machine.arrive(frame.clone());
        machine.run(&mut driver);
        assert_eq!(machine.sent(), std::slice::from_ref(&frame));
        let received = driver.nic_recv(0).unwrap();
        assert_eq!(received.bytes, frame);
        assert_eq!(received.info.reason, RxReason::NotIp);
        assert!(driver.nic_recv(0).is_none());
    }
    assert_eq!(driver.driver_stats().mmio_reads, reads, "no register read on the data path");
    assert_eq!(driver.driver_stats().faults, 0);
    let stats = driver.stats().unwrap();
    assert_eq!(stats.counter("rx_to_host"), Some(2000));
    assert_eq!(stats.counter("tx_nic_frames"), Some(2000));
    assert_eq!(stats.counter("driver_tx_frames"), Some(2000));
}

#[test]
fn bad_descriptors_and_frames_are_counted_and_the_next_one_works() {
    let (mut driver, machine) = open(ModelConfig::SMALL, &Options::default());
    // The driver refuses what it can see.
    let refused = |driver: &mut Driver, bytes: &[u8], offload| {
        let result = driver.nic_send(0, &TxFrame { bytes, offload });
        assert!(matches!(result, Err(SendError::BadFrame(_))), "{offload:?}: {result:?}");
    };
    refused(&mut driver, &[0; 13], TxOffload::default());
    refused(&mut driver, &[0; 1537], TxOffload::default());
    let csum =
        TxOffload { l4_csum: true, l3_off: 14, l4_off: 34, hdr_len: 54, ..TxOffload::default() };
    refused(&mut driver, &[0; 60], TxOffload { hdr_len: 200, ..csum });
    refused(&mut driver, &[0; 60], TxOffload { l3_off: 13, ..csum });
    refused(&mut driver, &[0; 60], TxOffload { l4_off: 40, ..csum });
    refused(&mut driver, &[0; 60], TxOffload { tso_mss: Some(0), ip_csum: true, ..csum });
    refused(&mut driver, &[0; 60], TxOffload { tso_mss: Some(1500), ip_csum: true, ..csum });
    // The egress guard stops what must not be on a wire.
    let frame = ipv4(17, [127, 0, 0, 1], [10, 0, 0, 2], &[0, 5, 0, 6, 0, 8, 0, 0]);
    driver.nic_send(0, &TxFrame::plain(&frame)).unwrap();
    // Bad frames from the wire.
    let good = ipv4(17, [10, 0, 0, 2], [10, 0, 0, 1], &[0, 5, 0, 6, 0, 8, 0, 0]);
    machine.arrive(good[..30].to_vec());
    machine.arrive(vec![0; 2000]);
    machine.arrive(ipv4(17, [127, 0, 0, 1], [10, 0, 0, 1], &[0, 5, 0, 6, 0, 8, 0, 0]));
    machine.lock().bus.from_wire.push_back(toe_device::Frame { bytes: good.clone(), error: true });
    machine.arrive(good.clone());
    driver.nic_send(0, &TxFrame::plain(&other(1, 64))).unwrap();
    machine.run(&mut driver);
    assert_eq!(machine.sent(), [other(1, 64)]);
    assert_eq!(driver.nic_recv(0).unwrap().bytes, good);
    let stats = driver.stats().unwrap();
    for counter in
        ["tx_drop_guard", "rx_drop_runt", "rx_drop_oversize", "rx_drop_loopback", "rx_drop_error"]
    {
        assert_eq!(stats.counter(counter), Some(1), "{counter}");
    }
    assert_eq!(stats.counter("rx_frames"), Some(5));
}

#[test]
fn commands_go_round_their_rings() {
    let options = Options { admin_log2: 2, ..Options::default() };
    let (mut driver, machine) = open(ModelConfig::SMALL, &options);
    for round in 1..50_u32 {
        let token = driver.admin(AdminOpcode::Stats, 0, 0, [0; 8]).unwrap();
        let events = machine.run(&mut driver);
        let [DriverEvent::Admin { token: t, opcode: AdminOpcode::Stats, result: Ok(reply) }] =
            events[..]
        else {
            panic!("{events:?}")
        };
        assert_eq!((t, reply.result[0], reply.result[3]), (token, round - 1, 64));
    }
    assert_eq!(driver.stats().unwrap().counter("fw_commands"), Some(49));
    assert_eq!(driver.driver_stats().faults, 0);
}

#[test]
fn an_interrupt_follows_records_and_is_rearmed() {
    let (mut driver, machine) = open(ModelConfig::SMALL, &Options::default());
    assert_eq!(driver.irq_take(0).unwrap(), 0);
    machine.arrive(other(1, 64));
    machine.arrive(other(2, 64));
    machine.lock().settle();
    assert_eq!(driver.irq_take(0).unwrap(), 1, "not again before it is re-armed");
    machine.run(&mut driver);
    assert_eq!(driver.irq_take(0).unwrap(), 0);
    machine.arrive(other(3, 64));
    assert!(driver.wait(1000).unwrap());
    assert_eq!(driver.irq_take(0).unwrap(), 1);
}

/// Who knows the key of the device's hash can aim at one queue, or at one bucket of the session and TIME_WAIT tables.
#[test]
fn the_key_of_the_hash_is_a_secret_unless_it_is_given() {
    let key = |options: &Options| {
        let machine = Shared::new(Model::new(ModelConfig::SMALL));
        let mut driver = Driver::open(machine, options).unwrap();
        let words = (0..10).map(|n| driver.register(regs::RSS_KEY.at(n).unwrap()).unwrap());
        words.flat_map(u32::to_le_bytes).collect::<Vec<u8>>()
    };
    let mut seen = vec![toe_driver::PUBLISHED_RSS_KEY.to_vec(), vec![0; 40]];
    for _ in 0..8 {
        let key = key(&Options::default());
        for other in &seen {
            let differ: u32 = key.iter().zip(other).map(|(a, b)| (a ^ b).count_ones()).sum();
            assert!((100..=220).contains(&differ), "{key:02x?} and {other:02x?}");
        }
        seen.push(key);
    }
    let given = std::array::from_fn(|n| u8::try_from(n).unwrap());
    assert_eq!(key(&Options { rss_key: Some(given), ..Options::default() }), given);
}

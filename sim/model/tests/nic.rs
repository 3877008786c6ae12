// SPDX-License-Identifier: Apache-2.0
//! Driver and model together: opening, and the NIC path.

mod support;

use support::Shared;
use toe_abi::{ABI_HASH, AdminOpcode, CsumVerdict, RxReason, regs};
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

fn ipv6(proto: u8, l4: &[u8]) -> Vec<u8> {
    let mut f = vec![2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x86, 0xdd];
    let len = u16::try_from(l4.len()).unwrap().to_be_bytes();
    f.extend_from_slice(&[0x60, 0, 0, 0, len[0], len[1], proto, 64]);
    for last in [1, 2] {
        f.extend_from_slice(&[0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last]);
    }
    f.extend_from_slice(l4);
    f
}

/// The transport checksum is right: the sum with the pseudo-header is all ones.
fn transport_good(f: &[u8]) -> bool {
    let (addresses, proto, l4) = if f[12] == 8 {
        (&f[26..34], f[23], &f[34..14 + usize::from(u16::from_be_bytes([f[16], f[17]]))])
    } else {
        (&f[22..54], f[20], &f[54..54 + usize::from(u16::from_be_bytes([f[18], f[19]]))])
    };
    let pseudo = u32::from(sum(addresses, 0)) + u32::from(proto) + u32::try_from(l4.len()).unwrap();
    sum(l4, pseudo) == 0xffff
}

fn tcp(seq: u32, flags: u8, payload: &[u8]) -> Vec<u8> {
    let mut l4 = vec![0x0f, 0xa0, 0, 80];
    l4.extend_from_slice(&seq.to_be_bytes());
    l4.extend_from_slice(&[0, 0, 0, 7, 0x50, flags, 0x10, 0, 0, 0, 0, 0]);
    l4.extend_from_slice(payload);
    l4
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
fn full_rings_push_back_and_recover() {
    let options = Options { txq_log2: 3, rxr_log2: 3, evq_log2: 5, ..Options::default() };
    let (mut driver, machine) = open(ModelConfig::SMALL, &options);
    let mut queued = 0;
    while driver.nic_send(0, &TxFrame::plain(&other(7, 100))).is_ok() {
        queued += 1;
    }
    assert_eq!(queued, 8);
    assert_eq!(driver.nic_room(0), 0);
    machine.run(&mut driver);
    assert_eq!(machine.sent().len(), 8);
    assert!(driver.nic_room(0) >= 6, "reports move the head");
    for i in 0..20 {
        machine.arrive(other(i, 100));
    }
    machine.run(&mut driver);
    let tags = |driver: &mut Driver| -> Vec<u8> {
        std::iter::from_fn(|| driver.nic_recv(0).map(|frame| frame.bytes[20])).collect()
    };
    assert_eq!(tags(&mut driver), [0, 1, 2, 3, 4, 5, 6, 7]);
    let dropped = driver.stats().unwrap().counter("rx_drop_ring_full");
    assert_eq!(dropped, Some(12));
    machine.arrive(other(99, 100));
    machine.run(&mut driver);
    machine.run(&mut driver);
    machine.arrive(other(100, 100));
    machine.run(&mut driver);
    assert_eq!(tags(&mut driver), [99, 100]);
}

#[test]
fn checksums_are_inserted_and_judged() {
    let (mut driver, machine) = open(ModelConfig::SMALL, &Options::default());
    let offload = |udp: bool, v6: bool| TxOffload {
        l4_csum: true,
        ip_csum: !v6,
        ipv6: v6,
        udp,
        l3_off: 14,
        l4_off: if v6 { 54 } else { 34 },
        hdr_len: if v6 { 54 } else { 34 } + if udp { 8 } else { 20 },
        ..TxOffload::default()
    };
    let datagram = [0, 5, 0, 6, 0, 13, 0xaa, 0xbb, 1, 2, 3, 4, 5];
    let frames = [
        (ipv4(17, [10, 0, 0, 1], [10, 0, 0, 2], &datagram), offload(true, false)),
        (ipv4(6, [10, 0, 0, 1], [10, 0, 0, 2], &tcp(1, 0x10, &[9; 33])), offload(false, false)),
        (ipv6(17, &datagram), offload(true, true)),
        (ipv6(6, &tcp(1, 0x10, &[9; 33])), offload(false, true)),
    ];
    for (frame, offload) in frames {
        driver.nic_send(0, &TxFrame { bytes: &frame, offload }).unwrap();
        machine.run(&mut driver);
        let [sent] = machine.sent().try_into().unwrap();
        assert!(transport_good(&sent), "{offload:?}");
        if !offload.ipv6 {
            assert_eq!(sum(&sent[14..34], 0), 0xffff);
        }
        machine.arrive(sent.clone());
        machine.run(&mut driver);
        let received = driver.nic_recv(0).unwrap();
        assert_eq!(received.info.l4_csum, CsumVerdict::Good);
        let mut bad = sent;
        bad[usize::from(offload.l4_off) + 1] ^= 1;
        machine.arrive(bad);
        machine.run(&mut driver);
        assert!(driver.nic_recv(0).is_none());
    }
    assert_eq!(driver.stats().unwrap().counter("rx_drop_checksum"), Some(4));
}

#[test]
fn large_segments_are_cut() {
    for v6 in [false, true] {
        let (mut driver, machine) = open(ModelConfig::SMALL, &Options::default());
        let payload: Vec<u8> = (0..30_000_u32).map(|i| i.to_le_bytes()[0]).collect();
        let l4 = tcp(0xffff_f000, 0x99, &payload); // FIN, PSH, ACK, CWR
        let frame = if v6 { ipv6(6, &l4) } else { ipv4(6, [10, 0, 0, 1], [10, 0, 0, 2], &l4) };
        let hdr_len = if v6 { 74 } else { 54 };
        let offload = TxOffload {
            l4_csum: true,
            ip_csum: !v6,
            tso_mss: Some(1400),
            vlan_tci: Some(0x2005),
            ipv6: v6,
            l3_off: 14,
            l4_off: hdr_len - 20,
            hdr_len,
            ..TxOffload::default()
        };
        driver.nic_send(0, &TxFrame { bytes: &frame, offload }).unwrap();
        machine.run(&mut driver);
        let sent = machine.sent();
        assert_eq!(sent.len(), 22);
        let mut rebuilt = Vec::new();
        for (i, tagged) in sent.iter().enumerate() {
            assert_eq!(tagged[12..16], [0x81, 0, 0x20, 5]);
            let mut f = tagged.clone();
            f.drain(12..16);
            assert!(transport_good(&f), "segment {i}");
            let l4 = usize::from(hdr_len) - 20;
            let seq = u32::from_be_bytes(f[l4 + 4..l4 + 8].try_into().unwrap());
            assert_eq!(seq, 0xffff_f000_u32.wrapping_add(u32::try_from(rebuilt.len()).unwrap()));
            let first = if i == 0 { 0x80 } else { 0 };
            let last = if i == 21 { 0x09 } else { 0 };
            assert_eq!(f[l4 + 13], 0x10 | first | last, "flags of segment {i}");
            if !v6 {
                assert_eq!(u16::from_be_bytes([f[18], f[19]]), 9 + u16::try_from(i).unwrap());
                assert_eq!(sum(&f[14..34], 0), 0xffff);
            }
            rebuilt.extend_from_slice(&f[usize::from(hdr_len)..]);
        }
        assert_eq!(rebuilt, payload);
    }
}

#[test]
fn tags_loops_and_queues_are_kept_apart() {
    let options = Options { queue_pairs: 4, ..Options::default() };
    let (mut driver, machine) = open(ModelConfig::SMALL, &options);
    // A tag is taken off and told.
    let mut tagged = other(3, 100);
    tagged.splice(12..12, [0x81, 0, 0x60, 9]);
    machine.arrive(tagged);
    machine.run(&mut driver);
    let received = driver.nic_recv(0).unwrap();
    assert_eq!((received.info.vlan_tci, received.bytes), (Some(0x6009), other(3, 100)));
    // The loop comes back marked, and nothing goes to the wire.
    let inject = TxOffload { inject: true, ..TxOffload::default() };
    driver.nic_send(2, &TxFrame { bytes: &other(4, 80), offload: inject }).unwrap();
    machine.run(&mut driver);
    assert!(machine.sent().is_empty());
    assert!(driver.nic_recv(0).unwrap().info.injected);
    // Flows spread; one flow stays on one queue.
    let mut seen = [0; 4];
    for host in 0..64 {
        let l4 = [0, 5, 0, 6, 0, 8, 0, 0];
        for _ in 0..2 {
            machine.arrive(ipv4(17, [10, 0, 1, host], [10, 0, 0, 1], &l4));
        }
        machine.run(&mut driver);
        let queue = (0..4).find(|queue| driver.nic_waiting(*queue) > 0).unwrap();
        assert_eq!(driver.nic_waiting(queue), 2, "both frames of host {host}");
        seen[usize::from(queue)] += 1;
        while driver.nic_recv(queue).is_some() {}
    }
    assert!(seen.iter().all(|count| *count > 4), "{seen:?}");
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

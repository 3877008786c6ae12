// SPDX-License-Identifier: Apache-2.0
//! Opening, the NIC path, the admin queue.

use crate::peer::{HOST_MAC, PEER_MAC, nexthop, sum};
use crate::rig::{On, Rig, seed, world};
use toe_abi::{ABI_HASH, AdminOpcode, AdminStatus, CsumVerdict, RxReason, regs};
use toe_device::{Device, HostBus, Identity, Idle};
use toe_driver::{
    AdminError, Driver, DriverEvent, NextHop, OpenError, Options, RxFrame, SendError, TxFrame,
    TxOffload,
};
use toe_testkit::{AnyDevice, InProcess};

on_each!(
    opening_discovers_the_sizes,
    another_abi_is_refused_with_both_hashes,
    frames_pass_both_ways,
    checksums_are_inserted_and_judged,
    large_segments_are_cut,
    tags_loops_and_queues_are_kept_apart,
    bad_frames_are_counted_and_the_next_one_works,
    bad_descriptors_are_skipped_and_the_next_one_works,
    full_rings_push_back_and_recover,
    the_firmware_serves_its_commands,
    unreadable_memory_is_counted_and_the_next_frame_goes,
);

/// An Ethernet frame of a kind that is the host's.
fn other(tag: u8, len: usize) -> Vec<u8> {
    let mut frame = vec![tag; len];
    frame[..6].copy_from_slice(&HOST_MAC);
    frame[12..14].copy_from_slice(&[0x88, 0xb5]); // local experimental
    frame
}

fn sum16(bytes: &[u8], start: u32) -> u16 {
    u16::try_from(sum(bytes, start)).unwrap()
}

/// IPv4 with `l4` after it; checksums of the transport are the caller's.
fn ipv4(proto: u8, src: [u8; 4], dst: [u8; 4], l4: &[u8]) -> Vec<u8> {
    let mut f = [PEER_MAC, HOST_MAC].concat();
    let len = u16::try_from(20 + l4.len()).unwrap().to_be_bytes();
    f.extend_from_slice(&[8, 0, 0x45, 0, len[0], len[1], 0, 9, 0x40, 0, 64, proto, 0, 0]);
    f.extend_from_slice(&src);
    f.extend_from_slice(&dst);
    let csum = (!sum16(&f[14..34], 0)).to_be_bytes();
    f[24..26].copy_from_slice(&csum);
    f.extend_from_slice(l4);
    f
}

fn ipv6(proto: u8, l4: &[u8]) -> Vec<u8> {
    let mut f = [PEER_MAC, HOST_MAC].concat();
    let len = u16::try_from(l4.len()).unwrap().to_be_bytes();
    f.extend_from_slice(&[0x86, 0xdd, 0x60, 0, 0, 0, len[0], len[1], proto, 64]);
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
    let pseudo = sum(addresses, 0) + u32::from(proto) + u32::try_from(l4.len()).unwrap();
    sum(l4, pseudo) == 0xffff
}

/// A segment from a port that is no session's.
fn tcp(seq: u32, flags: u8, payload: &[u8]) -> Vec<u8> {
    let mut l4 = vec![0x0f, 0xa0, 0, 81];
    l4.extend_from_slice(&seq.to_be_bytes());
    l4.extend_from_slice(&[0, 0, 0, 7, 0x50, flags, 0x10, 0, 0, 0, 0, 0]);
    l4.extend_from_slice(payload);
    l4
}

const DATAGRAM: [u8; 40] = {
    let mut l4 = [7; 40];
    (l4[0], l4[2], l4[4], l4[5]) = (0, 0, 0, 40);
    (l4[6], l4[7]) = (0, 0);
    l4
};

/// The NIC path of queue pair 0.
trait Nic {
    fn send(&mut self, bytes: &[u8], offload: TxOffload);
    fn pause(&mut self);
    fn recv(&mut self) -> RxFrame;
}

impl Nic for Rig {
    fn send(&mut self, bytes: &[u8], offload: TxOffload) {
        self.driver.nic_send(0, &TxFrame { bytes, offload }).unwrap();
    }

    fn pause(&mut self) {
        self.settle(200);
    }

    fn recv(&mut self) -> RxFrame {
        self.until(1_000, "a frame for the host", |rig| rig.driver.nic_waiting(0) > 0);
        self.driver.nic_recv(0).unwrap()
    }
}

fn opening_discovers_the_sizes(on: On) {
    let mut rig = Rig::new(on);
    let info = *rig.driver.info();
    let (sessions, queue_pairs, max_frame, nexthops) = match on {
        On::Model | On::Small => (64, 4, 1536, 64),
        On::Mid => (4_096, 8, 9218, 256),
        On::Large => (65_536, 16, 9218, 1024),
    };
    assert_eq!((info.sessions, info.queue_pairs), (sessions, queue_pairs));
    assert_eq!((info.max_frame, info.nexthops), (max_frame, nexthops));
    assert!(info.features.firmware && info.features.tso);
    let health = rig.driver.check().unwrap();
    assert_eq!(health.fw_state, 2);
    rig.settle(50_000);
    assert_ne!(rig.driver.check().unwrap().fw_heartbeat, health.fw_heartbeat, "it lives");
    assert_eq!(rig.driver.session_slots(), (0, sessions as usize));
}

/// A device whose registers lie.
struct Liar {
    device: AnyDevice,
    lie: (u32, u32),
}

impl Device for Liar {
    fn identity(&self) -> Identity {
        self.device.identity()
    }
    fn reset(&mut self) {
        self.device.reset();
    }
    fn bar_read(&mut self, offset: u32, bus: &mut dyn HostBus) -> u32 {
        let value = self.device.bar_read(offset, bus);
        if offset == self.lie.0 { self.lie.1 } else { value }
    }
    fn bar_write(&mut self, offset: u32, value: u32) {
        self.device.bar_write(offset, value);
    }
    fn step(&mut self, cycles: u32, bus: &mut dyn HostBus) -> u32 {
        self.device.step(cycles, bus)
    }
    fn idle(&self) -> Idle {
        self.device.idle()
    }
    fn failure(&self) -> Option<&str> {
        self.device.failure()
    }
}

fn another_abi_is_refused_with_both_hashes(on: On) {
    let lie = (regs::ID_ABI_HASH_LO.offset(), 0x1234_5678);
    let world = world(AnyDevice::new(Liar { device: on.device(seed()).unwrap(), lie }));
    let error = Driver::open(InProcess::new(world), &Options::default()).unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, OpenError::AbiMismatch { .. }), "{text}");
    assert!(text.contains("12345678") && text.contains(&format!("{ABI_HASH:016x}")), "{text}");
}

fn frames_pass_both_ways(on: On) {
    // Small rings, so that all of them go round many times.
    let options = Options { txq_log2: 2, rxr_log2: 2, evq_log2: 6, ..Options::default() };
    let mut rig = Rig::with(on, &options);
    let reads = rig.driver.driver_stats().mmio_reads;
    for round in 0..150_usize {
        let frame = other(u8::try_from(round % 256).unwrap(), 60 + round * 17 % 1450);
        rig.send(&frame, TxOffload::default());
        rig.arrive(frame.clone());
        let received = rig.recv();
        assert_eq!(received.bytes, frame);
        assert_eq!(received.info.reason, RxReason::NotIp);
        rig.until(1_000, "the frame is sent", |rig| rig.station(|s| !s.inbox.is_empty()));
        assert_eq!(rig.sent(), [frame]);
        assert!(rig.driver.nic_recv(0).is_none());
    }
    assert_eq!(rig.driver.driver_stats().mmio_reads, reads, "no register read on the data path");
    assert_eq!(rig.driver.driver_stats().faults, 0);
    assert_eq!((rig.counter("rx_to_host"), rig.counter("tx_nic_frames")), (150, 150));
}

fn checksums_are_inserted_and_judged(on: On) {
    let mut rig = Rig::new(on);
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
    let frames = [
        (ipv4(17, [10, 0, 0, 1], [10, 0, 0, 2], &DATAGRAM), offload(true, false)),
        (ipv4(6, [10, 0, 0, 1], [10, 0, 0, 2], &tcp(1, 0x10, &[9; 33])), offload(false, false)),
        (ipv6(17, &DATAGRAM), offload(true, true)),
        (ipv6(6, &tcp(1, 0x10, &[9; 33])), offload(false, true)),
    ];
    for (frame, offload) in frames {
        rig.send(&frame, offload);
        rig.pause();
        let [sent] = rig.sent().try_into().unwrap();
        assert!(transport_good(&sent), "{offload:?}");
        if !offload.ipv6 {
            assert_eq!(sum(&sent[14..34], 0), 0xffff);
        }
        rig.arrive(sent.clone());
        let received = rig.recv();
        assert_eq!(received.info.l4_csum, CsumVerdict::Good);
        assert_eq!(received.info.l4_off, offload.l4_off);
        let mut bad = sent;
        bad[usize::from(offload.l4_off) + 1] ^= 1;
        rig.arrive(bad);
        rig.pause();
        assert!(rig.driver.nic_recv(0).is_none());
    }
    assert_eq!(rig.counter("rx_drop_checksum"), 4);
}

fn large_segments_are_cut(on: On) {
    for v6 in [false, true] {
        let mut rig = Rig::new(on);
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
        rig.send(&frame, offload);
        rig.pause();
        let sent = rig.sent();
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

fn tags_loops_and_queues_are_kept_apart(on: On) {
    let mut rig = Rig::with(on, &Options { queue_pairs: 4, ..Options::default() });
    // A tag is taken off and told.
    let mut tagged = other(3, 100);
    tagged.splice(12..12, [0x81, 0, 0x60, 9]);
    rig.arrive(tagged);
    let received = rig.recv();
    assert_eq!((received.info.vlan_tci, received.bytes), (Some(0x6009), other(3, 100)));
    // The loop comes back marked, and nothing goes to the wire.
    let offload = TxOffload { inject: true, ..TxOffload::default() };
    rig.driver.nic_send(2, &TxFrame { bytes: &other(4, 80), offload }).unwrap();
    assert!(rig.recv().info.injected);
    assert!(rig.sent().is_empty());
    // Flows spread; one flow stays on one queue.
    let mut seen = [0; 4];
    for host in 0..64 {
        for _ in 0..2 {
            rig.arrive(ipv4(17, [10, 0, 1, host], [10, 0, 0, 1], &DATAGRAM));
        }
        rig.until(1_000, "both frames are there", |rig| {
            (0..4).map(|queue| rig.driver.nic_waiting(queue)).sum::<usize>() == 2
        });
        let queue = (0..4).find(|queue| rig.driver.nic_waiting(*queue) > 0).unwrap();
        assert_eq!(rig.driver.nic_waiting(queue), 2, "both frames of host {host}");
        seen[usize::from(queue)] += 1;
        while rig.driver.nic_recv(queue).is_some() {}
    }
    assert!(seen.iter().all(|count| *count > 4), "{seen:?}");
}

fn bad_frames_are_counted_and_the_next_one_works(on: On) {
    let mut rig = Rig::new(on);
    // The driver refuses what it can see.
    let max = rig.driver.info().max_frame as usize;
    let csum =
        TxOffload { l4_csum: true, l3_off: 14, l4_off: 34, hdr_len: 54, ..TxOffload::default() };
    for (bytes, offload) in [
        (vec![0; 13], TxOffload::default()),
        (vec![0; max + 1], TxOffload::default()),
        (vec![0; 60], TxOffload { hdr_len: 200, ..csum }),
        (vec![0; 60], TxOffload { l3_off: 13, ..csum }),
        (vec![0; 60], TxOffload { tso_mss: Some(0), ip_csum: true, ..csum }),
    ] {
        let result = rig.driver.nic_send(0, &TxFrame { bytes: &bytes, offload });
        assert!(matches!(result, Err(SendError::BadFrame(_))), "{offload:?}: {result:?}");
    }
    // The egress guard stops what must not be on a wire.
    let guarded = ipv4(17, [127, 0, 0, 1], [10, 0, 0, 2], &DATAGRAM);
    rig.send(&guarded, TxOffload::default());
    // Bad frames from the wire.
    let good = ipv4(17, [10, 0, 0, 2], [10, 0, 0, 1], &DATAGRAM);
    let good = {
        let mut f = good;
        let pseudo = sum(&f[26..34], 17 + 40);
        let csum = (!sum16(&f[34..], pseudo)).to_be_bytes();
        f[40..42].copy_from_slice(&csum);
        f
    };
    rig.arrive(good[..30].to_vec());
    rig.arrive(vec![0; max + 100]);
    rig.arrive(ipv4(17, [127, 0, 0, 1], [10, 0, 0, 1], &DATAGRAM));
    rig.arrive(good.clone());
    // The same from a proper address is not stopped, with or without a tag.
    let proper = ipv4(17, [10, 0, 0, 1], [10, 0, 0, 2], &DATAGRAM);
    let mut tagged = ipv6(17, &DATAGRAM);
    tagged.splice(12..12, [0x81, 0, 0, 5]);
    rig.send(&proper, TxOffload::default());
    rig.send(&tagged, TxOffload::default());
    rig.send(&other(1, 64), TxOffload::default());
    rig.pause();
    assert_eq!(rig.sent(), [proper, tagged, other(1, 64)]);
    assert_eq!(rig.recv().bytes, good);
    for name in ["tx_drop_guard", "rx_drop_runt", "rx_drop_oversize", "rx_drop_loopback"] {
        assert_eq!(rig.counter(name), 1, "{name}");
    }
    assert_eq!(rig.counter("rx_frames"), 4);
}

/// The descriptors that the driver wrote are spoilt in memory before the doorbell rings.
fn bad_descriptors_are_skipped_and_the_next_one_works(on: On) {
    let mut rig = Rig::new(on);
    let base = {
        let lo = rig.driver.register(regs::QP_TXQ_BASE_LO.at(0).unwrap()).unwrap();
        let hi = rig.driver.register(regs::QP_TXQ_BASE_HI.at(0).unwrap()).unwrap();
        let (lo, hi): (u32, u32) = (lo, hi);
        u64::from(lo) | u64::from(hi) << 32
    };
    let count = 6_u64;
    for i in 0..=count {
        rig.send(&other(u8::try_from(i).unwrap(), 80), TxOffload::default());
    }
    for i in 0..count {
        let garbage: Vec<u8> = (0..64_u64)
            .map(|k| (k.wrapping_mul(37) ^ i.wrapping_mul(91)).to_le_bytes()[0])
            .collect();
        // Words 2 and up: lengths, offsets, flags; the last also loses its address.
        let from: u8 = if i + 1 == count { 0 } else { 8 };
        let at = base + i * 64 + u64::from(from);
        rig.world.lock().memory_mut().write(at, &garbage[usize::from(from)..]).unwrap();
    }
    rig.pause();
    let sent = rig.sent();
    assert_eq!(sent.last(), Some(&other(6, 80)), "the good one goes");
    let dropped = rig.counter("tx_drop_bad_desc");
    assert!(dropped > 0 && dropped + sent.len() as u64 > count, "{dropped} {}", sent.len());
    rig.send(&other(9, 80), TxOffload::default());
    rig.pause();
    assert_eq!(rig.sent(), [other(9, 80)]);
}

fn full_rings_push_back_and_recover(on: On) {
    let options = Options { txq_log2: 3, rxr_log2: 3, evq_log2: 6, ..Options::default() };
    let mut rig = Rig::with(on, &options);
    let mut queued = 0;
    while rig.driver.nic_send(0, &TxFrame::plain(&other(7, 100))).is_ok() {
        queued += 1;
    }
    assert_eq!(queued, 8);
    rig.pause();
    assert_eq!(rig.sent().len(), 8);
    assert!(rig.driver.nic_room(0) >= 6, "reports move the head");
    for i in 0..20 {
        rig.arrive(other(i, 100));
    }
    rig.pause();
    let tags = |rig: &mut Rig| -> Vec<u8> {
        std::iter::from_fn(|| rig.driver.nic_recv(0).map(|frame| frame.bytes[20])).collect()
    };
    assert_eq!(tags(&mut rig), [0, 1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(rig.counter("rx_drop_ring_full"), 12);
    rig.pause();
    rig.arrive(other(99, 100));
    rig.arrive(other(100, 100));
    rig.pause();
    assert_eq!(tags(&mut rig), [99, 100]);
}

fn the_firmware_serves_its_commands(on: On) {
    let mut rig = Rig::with(on, &Options { admin_log2: 2, ..Options::default() });
    let sessions = rig.driver.info().sessions;
    for round in 1..12_u32 {
        let opcode = if round % 3 == 0 { AdminOpcode::Nop } else { AdminOpcode::Stats };
        let token = rig.driver.admin(opcode, 0, 0, [0; 8]).unwrap();
        rig.until(10_000, "the command is complete", |rig| !rig.events.is_empty());
        let [DriverEvent::Admin { token: t, opcode: o, result: Ok(reply) }] = rig.take_events()[..]
        else {
            panic!("{:?}", rig.events)
        };
        assert_eq!((t, o), (token, opcode));
        if opcode == AdminOpcode::Stats {
            assert_eq!((reply.result[0], reply.result[3]), (round - 1, sessions));
        }
    }
    assert_eq!(rig.counter("fw_commands"), 11);
    rig.driver.nexthop_set(2, &NextHop { mtu: 60, ..nexthop() }).unwrap();
    rig.until(10_000, "the next hop is refused", |rig| !rig.events.is_empty());
    let [DriverEvent::Nexthop { result: Err(AdminError::Refused { status, detail }), .. }] =
        rig.take_events()[..]
    else {
        panic!("{:?}", rig.events)
    };
    assert_eq!((status, detail), (AdminStatus::BadField, 0x26));
    rig.hop();
    assert_eq!(rig.driver.driver_stats().faults, 0);
}

fn unreadable_memory_is_counted_and_the_next_frame_goes(on: On) {
    let mut rig = Rig::new(on);
    let base = {
        let lo: u32 = rig.driver.register(regs::QP_TXQ_BASE_LO.at(0).unwrap()).unwrap();
        let hi: u32 = rig.driver.register(regs::QP_TXQ_BASE_HI.at(0).unwrap()).unwrap();
        u64::from(lo) | u64::from(hi) << 32
    };
    rig.send(&other(1, 80), TxOffload::default());
    rig.send(&other(2, 80), TxOffload::default());
    // The first one's address leads nowhere.
    rig.world.lock().memory_mut().write(base, &0xdead_0000_0000_u64.to_le_bytes()).unwrap();
    rig.pause();
    assert_eq!(rig.sent(), [other(2, 80)]);
    assert!(rig.counter("dma_read_errors") > 0);
    rig.send(&other(3, 80), TxOffload::default());
    rig.pause();
    assert_eq!(rig.sent(), [other(3, 80)]);
}

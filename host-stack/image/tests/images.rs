// SPDX-License-Identifier: Apache-2.0
//! Images of connections that ran, and the refusals of bad ones.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use toe_abi::{SessionImage, TcpState};
use toe_image::{ImageError, Placement, Ring, from_image, to_image};
use toe_tcp::{Config, Emit, Micros, SeqNum, Tcb};

fn placement() -> Placement {
    Placement {
        handle: 0x0001_0002,
        local: IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1)),
        remote: IpAddr::V4(Ipv4Addr::new(10, 0, 0, 2)),
        lport: 80,
        rport: 40_000,
        nexthop: 3,
        qp: 0,
        ttl: 64,
        tos: 0,
        port: 0,
        flow_label: 0,
        mirror: false,
        trace: false,
        pacing_bytes_per_ms: 0,
        tx: Ring { iova: 0x10_0000, log2: 16, seq0: 1001 },
        rx: Ring { iova: 0x20_0000, log2: 16, seq0: 2001 },
    }
}

fn config() -> Config {
    Config { rcv_ring: 65_536, snd_ring: 65_536, quick_acks: 0, nodelay: true, ..Config::default() }
}

/// Two connected cores, some data under way from the first.
fn connected(now: Micros) -> (Tcb, Tcb) {
    let mut a = Tcb::connect(&config(), SeqNum(1000), now);
    let syn = a.poll_transmit(now).unwrap().seg;
    let mut b = Tcb::from_syn(&config(), SeqNum(2000), &syn, now);
    let mut quiet = 0;
    while quiet < 2 {
        quiet += 1;
        while let Some(Emit { seg, .. }) = b.poll_transmit(now) {
            a.on_segment(now, &seg);
            quiet = 0;
        }
        while let Some(Emit { seg, .. }) = a.poll_transmit(now) {
            b.on_segment(now, &seg);
            quiet = 0;
        }
    }
    a.app_wrote(SeqNum(1001 + 5000));
    while a.poll_event().is_some() {}
    while b.poll_event().is_some() {}
    (a, b)
}

fn good(now: Micros) -> SessionImage {
    let (mut a, _) = connected(now);
    while a.poll_transmit(now).is_some() {}
    to_image(&a.freeze(now), &placement(), now).unwrap()
}

#[test]
fn a_connection_goes_on_after_an_image() {
    let now = Micros(5_000_000);
    let (mut a, mut b) = connected(now);
    let first = a.poll_transmit(now).unwrap().seg;
    let image = to_image(&a.freeze(now), &placement(), now).unwrap();
    let later = Micros(9_000_000_000);
    let (snapshot, place) = from_image(&image, later, &config()).unwrap();
    assert_eq!(place, placement());
    let mut a = Tcb::thaw(&snapshot, later).unwrap();
    b.on_segment(now, &first);
    let mut end = first.seq + first.payload_len;
    while let Some(emit) = a.poll_transmit(later) {
        assert_eq!(emit.seg.seq, end, "goes on where it was");
        end += emit.seg.payload_len;
        b.on_segment(now, &emit.seg);
    }
    assert_eq!(end, SeqNum(6001));
    assert_eq!(b.rcv_data_end(), SeqNum(6001));
}

#[test]
fn an_image_of_a_thawed_image_is_the_same() {
    let now = Micros(77_000_000);
    let image = good(now);
    let (snapshot, place) = from_image(&image, now, &config()).unwrap();
    let again = Tcb::thaw(&snapshot, now).unwrap().freeze(now);
    assert_eq!(to_image(&again, &place, now).unwrap(), image);
}

/// RFC 5681 §4.1: silence before the move counts after it.
#[test]
fn idleness_moves_with_the_connection() {
    let start = Micros(5_000_000);
    let sent_at_once = |idle: u64| {
        let (mut a, mut b) = connected(start);
        while let Some(emit) = a.poll_transmit(start) {
            b.on_segment(start, &emit.seg);
            while let Some(ack) = b.poll_transmit(start) {
                a.on_segment(start, &ack.seg);
            }
        }
        let moved = start + Micros(idle);
        let image = to_image(&a.freeze(moved), &placement(), moved).unwrap();
        assert_eq!(u64::from(image.last_sent_age), idle.min(u32::MAX.into()));
        let (snapshot, _) = from_image(&image, moved, &config()).unwrap();
        let mut a = Tcb::thaw(&snapshot, moved).unwrap();
        a.app_wrote(SeqNum(6001 + 50_000));
        std::iter::from_fn(|| a.poll_transmit(moved)).map(|emit| emit.seg.payload_len).sum::<u32>()
    };
    let (busy, idle) = (sent_at_once(1_000), sent_at_once(60_000_000));
    assert!(idle <= 4380 && busy > 2 * idle, "busy {busy}, idle {idle}");
    assert_eq!(sent_at_once(3 << 31), idle, "longer ago than the engine's clock can say");
}

#[test]
fn ipv6_addresses_keep_their_bytes() {
    let place = Placement {
        local: IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)),
        remote: IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 1, 2, 3, 4)),
        ..placement()
    };
    let now = Micros(1);
    let (a, _) = connected(now);
    let image = to_image(&a.freeze(now), &place, now).unwrap();
    assert_eq!(&image.pack().to_le_bytes()[0x10..0x14], &[0x20, 0x01, 0x0d, 0xb8]);
    assert_eq!(from_image(&image, now, &config()).unwrap().1, place);
    let mixed = Placement { local: placement().local, ..place };
    let (a, _) = connected(now);
    assert!(to_image(&a.freeze(now), &mixed, now).is_err());
}

#[test]
fn each_impossible_field_is_named_with_its_place() {
    let now = Micros(5_000_000);
    let image = good(now);
    from_image(&image, now, &config()).unwrap();
    type Break = fn(&mut SessionImage);
    let breaks: &[(&str, u16, Break)] = &[
        ("magic", 0x00, |i| i.magic = 0),
        ("state", 0x04, |i| i.state = TcpState::SynSent),
        ("snd_wscale", 0x05, |i| i.snd_wscale = 15),
        ("rcv_wscale", 0x06, |i| i.rcv_wscale = 15),
        ("rto_backoff", 0x07, |i| i.rto_backoff = 13),
        ("laddr", 0x10, |i| i.laddr[0] = u32::from_le_bytes([127, 0, 0, 1])),
        ("laddr", 0x10, |i| i.laddr[3] = 1),
        ("raddr", 0x20, |i| i.raddr[0] = 0),
        ("raddr", 0x20, |i| i.raddr[0] = u32::from_le_bytes([224, 0, 0, 1])),
        ("lport", 0x30, |i| i.lport = 0),
        ("rport", 0x32, |i| i.rport = 0),
        ("snd_mss", 0x38, |i| i.snd_mss = i.peer_mss),
        ("peer_mss", 0x3a, |i| i.peer_mss = 20),
        ("ttl", 0x3c, |i| i.ttl = 0),
        ("tos", 0x3d, |i| i.tos = 3),
        ("tx_ring_log2", 0x3f, |i| i.tx_ring_log2 = 11),
        ("tx_ring", 0x40, |i| i.tx_ring += 8),
        ("rx_ring", 0x48, |i| i.rx_ring = u64::MAX - 4095),
        ("rx_ring_log2", 0x58, |i| i.rx_ring_log2 = 31),
        ("flow_label", 0x5c, |i| i.flow_label = 1 << 20),
        ("snd_nxt", 0x68, |i| i.snd_nxt = i.snd_una.wrapping_sub(1)),
        ("snd_max", 0x6c, |i| i.snd_end = i.snd_una),
        ("snd_end", 0x70, |i| i.snd_end = i.snd_una.wrapping_add(70_000)),
        ("snd_wnd", 0x74, |i| i.snd_wnd = u32::MAX),
        ("cwnd", 0x84, |i| i.cwnd = 0),
        ("rto_us", 0xa4, |i| i.rto_us = 0),
        ("rcv_nxt", 0xb4, |i| i.rcv_nxt = i.rcv_read.wrapping_sub(1)),
        ("rcv_adv", 0xb8, |i| i.rcv_adv = i.rcv_read.wrapping_add(65_537)),
        ("ooo", 0xd0, |i| i.ooo[..2].copy_from_slice(&[i.rcv_nxt, i.rcv_nxt + 10])),
        ("sacked", 0xf0, |i| i.sacked[..2].copy_from_slice(&[i.snd_una, i.snd_una + 10])),
    ];
    for (field, offset, change) in breaks {
        let mut bad = image;
        change(&mut bad);
        let error: ImageError = from_image(&bad, now, &config()).expect_err(field);
        assert_eq!((error.field, error.offset()), (*field, *offset), "{error}");
    }
}

#[test]
fn a_fin_queued_in_the_state_before_is_taken() {
    let now = Micros(1);
    let image = SessionImage { fin_queued: true, ..good(now) };
    assert_eq!(image.state, TcpState::Established);
    let (snapshot, _) = from_image(&image, now, &config()).unwrap();
    assert_eq!(Tcb::thaw(&snapshot, now).unwrap().state(), toe_tcp::State::FinWait1);
}

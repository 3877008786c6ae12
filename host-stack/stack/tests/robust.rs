// SPDX-License-Identifier: Apache-2.0
//! Reassembly: order, overlaps, bounds.
#![cfg(all(feature = "ipv4", feature = "ipv6"))]
#![allow(missing_docs, clippy::cast_possible_truncation)]

mod common;

use common::{OUR4, base_stack};
use toe_stack::{FibId, MacAddr, Micros, OffloadCaps, RxFrame, Stack, StackConfig, UdpId};

fn server() -> (Stack, toe_stack::IfId, UdpId) {
    let (mut s, eth) = base_stack(1, OffloadCaps::default(), StackConfig::default());
    s.set_neighbour(Micros(0), eth, "10.0.0.2".parse().unwrap(), MacAddr(common::PEER_MAC))
        .unwrap();
    let u = s.udp_socket(Default::default(), FibId(0));
    s.udp_bind(u, OUR4.into(), 53).unwrap();
    (s, eth, u)
}

/// A UDP datagram of `len` bytes cut into fragments of `step`.
fn fragments(ident: u16, len: usize, step: usize) -> Vec<Vec<u8>> {
    let mut l4 = vec![0, 9, 0, 53];
    l4.extend_from_slice(&((8 + len) as u16).to_be_bytes());
    l4.extend_from_slice(&[0, 0]);
    l4.extend((0..len).map(|i| (i % 253) as u8));
    let pieces: Vec<&[u8]> = l4.chunks(step).collect();
    let n = pieces.len();
    let piece = |(i, p): (usize, &&[u8])| fragment(ident, i * step, p, i + 1 < n);
    pieces.iter().enumerate().map(piece).collect()
}

fn fragment(ident: u16, offset: usize, data: &[u8], more: bool) -> Vec<u8> {
    let mut ip = vec![0x45, 0];
    ip.extend_from_slice(&((20 + data.len()) as u16).to_be_bytes());
    ip.extend_from_slice(&ident.to_be_bytes());
    let word = (offset / 8) as u16 | if more { 0x2000 } else { 0 };
    ip.extend_from_slice(&word.to_be_bytes());
    ip.extend_from_slice(&[64, 17, 0, 0, 10, 0, 0, 2]);
    ip.extend_from_slice(&OUR4.octets());
    let sum: u32 = ip.chunks(2).map(|c| u32::from(u16::from_be_bytes([c[0], c[1]]))).sum();
    let sum = (sum & 0xffff) + (sum >> 16);
    let sum = !((sum & 0xffff) + (sum >> 16)) as u16;
    ip[10..12].copy_from_slice(&sum.to_be_bytes());
    let mut f = common::OUR_MAC.0.to_vec();
    f.extend_from_slice(&common::PEER_MAC);
    f.extend_from_slice(&[8, 0]);
    f.extend_from_slice(&ip);
    f.extend_from_slice(data);
    f
}

fn give(s: &mut Stack, eth: toe_stack::IfId, now: u64, f: &[u8]) {
    s.handle_frame(Micros(now), eth, &RxFrame::unchecked(f));
}

#[test]
fn fragments_in_any_order() {
    let mut rng = toe_stack::Prng::new(5);
    for round in 0..50u16 {
        let (mut s, eth, u) = server();
        let mut all = fragments(round, 20_000, 1480);
        for i in (1..all.len()).rev() {
            all.swap(i, rng.below(i as u64 + 1) as usize);
        }
        let twice = all[3].clone();
        all.insert(6, twice);
        for f in &all {
            assert!(s.udp_recv(u).is_err());
            give(&mut s, eth, 1, f);
        }
        let got = s.udp_recv(u).unwrap().data;
        assert!(got.len() == 20_000 && got.iter().enumerate().all(|(i, b)| *b == (i % 253) as u8));
        assert_eq!(s.next_deadline(), None);
    }
}

#[test]
fn overlaps_ragged_ends_and_giants_drop_the_datagram() {
    let (mut s, eth, u) = server();
    for (n, bad) in [
        (1, fragment(1, 8, &[0; 1480], true)),
        (2, fragment(2, 1480, &[0; 1481], true)),
        (3, fragment(3, 65_528, &[0; 100], false)),
        (4, fragment(4, 1480, &[], true)),
    ] {
        let all = fragments(n, 4000, 1480);
        give(&mut s, eth, 1, &all[0]);
        give(&mut s, eth, 1, &bad);
        give(&mut s, eth, 1, &all[1]);
        give(&mut s, eth, 1, &all[2]);
        assert!(s.udp_recv(u).is_err(), "{n}");
    }
    assert_eq!(s.stats().ip_fragment_bad, 4);
}

#[test]
fn incomplete_datagrams_are_bounded_and_expire() {
    let (mut s, eth, u) = server();
    for n in 0..50_000u16 {
        give(&mut s, eth, 1, &fragments(n, 4000, 1480)[0]);
    }
    assert_eq!(s.next_deadline(), Some(Micros(30_000_001)));
    // The newest are still there, the oldest made room.
    for f in &fragments(49_999, 4000, 1480)[1..] {
        give(&mut s, eth, 2, f);
    }
    assert_eq!(s.udp_recv(u).unwrap().data.len(), 4000);
    assert!(s.poll_transmit(Micros(30_000_001)).is_none());
    assert_eq!(s.next_deadline(), None);
}

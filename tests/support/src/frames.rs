// SPDX-License-Identifier: Apache-2.0
//! Frames that no peer would send by itself, made by hand.

use crate::scene::Host;
use crate::station::sum;

/// An IPv4 frame from the peer's station address to ours, `mac` and 10.0.0.1: `l4` with its header is TCP or ICMP by
/// `proto`, and gets its checksum here.
///
/// # Panics
/// If it does not fit into a packet, or `proto` is another.
#[must_use]
pub fn ipv4_from_peer(mac: [u8; 6], src: [u8; 4], proto: u8, mut l4: Vec<u8>) -> Vec<u8> {
    let [Ok(l4_len), Ok(len)] = [l4.len(), 20 + l4.len()].map(u16::try_from) else {
        panic!("{} bytes are no packet", l4.len());
    };
    let mut ip = vec![0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, proto, 0, 0];
    ip[2..4].copy_from_slice(&len.to_be_bytes());
    ip.extend(src);
    ip.extend([10, 0, 0, 1]);
    let (at, pseudo) = match proto {
        1 => (2, 0),
        6 => (16, sum(&ip[12..20], u32::from(proto) + u32::from(l4_len))),
        other => panic!("where has protocol {other} its checksum?"),
    };
    for (bytes, at, start) in [(&mut ip, 10, 0), (&mut l4, at, pseudo)] {
        let [_, _, high, low] = (!sum(bytes, start)).to_be_bytes();
        bytes[at..at + 2].copy_from_slice(&[high, low]);
    }
    [&mac[..], &Host::PEER_MAC, &[8, 0], &ip, &l4].concat()
}

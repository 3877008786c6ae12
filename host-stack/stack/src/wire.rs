// SPDX-License-Identifier: Apache-2.0
//! Packet formats: parsing through smoltcp's views, building, and the one checksum routine (S-CSUM-1).
//!
//! Everything here takes untrusted bytes and answers with `Option` or `Result`; nothing indexes beyond a checked
//! length. TCP options are encoded and parsed by `toe_tcp::options` alone (S-OPT-1).

use std::net::IpAddr;

use smoltcp::wire::TcpPacket;
use toe_tcp::{Flags, Segment, SeqNum};

use crate::family::put_ip_header;
use crate::output::{L2, TxOffload, Verdict};

pub(crate) const PROTO_ICMP: u8 = 1;
pub(crate) const PROTO_TCP: u8 = 6;
pub(crate) const PROTO_UDP: u8 = 17;
pub(crate) const PROTO_ICMPV6: u8 = 58;
pub(crate) const ETH_IPV4: u16 = 0x0800;
pub(crate) const ETH_ARP: u16 = 0x0806;
pub(crate) const ETH_VLAN: u16 = 0x8100;
pub(crate) const ETH_IPV6: u16 = 0x86dd;

/// Ones' complement sum of `data`, folded, added to `sum`.
///
/// The bulk is added in the order of bytes that lies in memory, in lanes that fill vector registers; a ones' complement
/// sum may be swapped once at its end instead of word by word (RFC 1071 §2).
#[must_use]
pub(crate) fn sum16(mut sum: u64, data: &[u8]) -> u64 {
    let (blocks, rest) = data.as_chunks::<64>();
    let mut lanes = [0u64; 4];
    for block in blocks {
        for part in block.as_chunks::<16>().0 {
            for (lane, word) in lanes.iter_mut().zip(part.as_chunks::<4>().0) {
                *lane += u64::from(u32::from_le_bytes(*word));
            }
        }
    }
    sum += u64::from(carried(lanes.iter().sum()).swap_bytes());
    let (words, last) = rest.as_chunks::<2>();
    for word in words {
        sum += u64::from(u16::from_be_bytes(*word));
    }
    if let [last] = last {
        sum += u64::from(*last) << 8;
    }
    while sum >> 32 != 0 {
        sum = (sum & 0xffff_ffff) + (sum >> 32);
    }
    sum
}

/// A sum with its carries added in.
fn carried(mut sum: u64) -> u16 {
    while sum >> 16 != 0 {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    sum as u16
}

/// Folds a sum to its final complement.
#[must_use]
pub(crate) fn fold(sum: u64) -> u16 {
    !carried(sum)
}

/// Sum of the pseudo-header of IPv4 or IPv6.
#[must_use]
pub(crate) fn pseudo_header(src: IpAddr, dst: IpAddr, protocol: u8, len: usize) -> u64 {
    let mut sum = len as u64 + u64::from(protocol);
    for ip in [src, dst] {
        sum = match ip {
            IpAddr::V4(a) => sum16(sum, &a.octets()),
            IpAddr::V6(a) => sum16(sum, &a.octets()),
        };
    }
    sum
}

/// Whether the TCP, UDP or ICMPv6 checksum in `l4` is right.
#[must_use]
pub(crate) fn l4_checksum_ok(src: IpAddr, dst: IpAddr, protocol: u8, l4: &[u8]) -> bool {
    fold(sum16(pseudo_header(src, dst, protocol, l4.len()), l4)) == 0
}

/// A received IP packet, parsed once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IpPacket<'a> {
    pub src: IpAddr,
    pub dst: IpAddr,
    pub protocol: u8,
    pub hop_limit: u8,
    /// ECN field.
    pub ecn: u8,
    /// A fragment (not the whole datagram): (offset bytes, more, identification).
    pub fragment: Option<(u16, bool, u32)>,
    pub has_options: bool,
    pub payload: &'a [u8],
    /// The packet from its first header byte, without link padding.
    pub whole: &'a [u8],
    pub l4_csum: Verdict,
}

/// Why a packet was not accepted by a parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParseError {
    Malformed,
    BadChecksum,
}

/// A TCP segment with its ports and payload.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TcpIn<'a> {
    pub src_port: u16,
    pub dst_port: u16,
    pub segment: Segment,
    pub payload: &'a [u8],
    /// An option that the stack does not know, or a malformed list.
    pub odd_options: bool,
    /// Where in the options a signature's digest is.
    pub digest_at: Option<usize>,
}

pub(crate) fn parse_tcp<'a>(ip: &IpPacket<'a>) -> Result<TcpIn<'a>, ParseError> {
    let packet = TcpPacket::new_checked(ip.payload).map_err(|_| ParseError::Malformed)?;
    if packet.header_len() < 20 || packet.src_port() == 0 || packet.dst_port() == 0 {
        return Err(ParseError::Malformed);
    }
    let ok = match ip.l4_csum {
        Verdict::Good => true,
        Verdict::Bad => false,
        Verdict::NotChecked => l4_checksum_ok(ip.src, ip.dst, PROTO_TCP, ip.payload),
    };
    if !ok {
        return Err(ParseError::BadChecksum);
    }
    let word = ip.payload.get(12..14).map_or(0, |b| u16::from_be_bytes([b[0], b[1]]));
    let mut segment = Segment {
        seq: SeqNum(packet.seq_number().0.cast_unsigned()),
        ack: SeqNum(packet.ack_number().0.cast_unsigned()),
        flags: Flags(word & 0x1ff),
        wnd: packet.window_len(),
        ce: ip.ecn == 3,
        ..Segment::default()
    };
    let mut digest_at = None;
    let odd_options = match toe_tcp::options::parse(packet.options()) {
        Ok(options) => {
            digest_at = options.digest_at;
            segment.mss = options.mss;
            segment.wscale = options.wscale;
            segment.sack_permitted = options.sack_permitted;
            segment.ts = options.ts;
            segment.sack = options.sack;
            options.unknown || options.digest_at.is_some()
        }
        Err(_) => true,
    };
    let payload = packet.payload();
    segment.payload_len = u32::try_from(payload.len()).map_err(|_| ParseError::Malformed)?;
    Ok(TcpIn {
        src_port: packet.src_port(),
        dst_port: packet.dst_port(),
        segment,
        payload,
        odd_options,
        digest_at,
    })
}

/// Values of an IP header to build.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IpHeader {
    pub src: IpAddr,
    pub dst: IpAddr,
    pub protocol: u8,
    pub hop_limit: u8,
    /// Traffic class or TOS, ECN bits included.
    pub tos: u8,
    /// IPv4's, like the identification.
    #[cfg_attr(not(feature = "ipv4"), expect(dead_code))]
    pub df: bool,
    #[cfg_attr(not(feature = "ipv4"), expect(dead_code))]
    pub ident: u16,
}

impl IpHeader {
    pub(crate) fn len(&self) -> usize {
        if self.src.is_ipv6() { 40 } else { 20 }
    }
}

/// Checksum work that is left to the device, per family.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DeviceChecksums {
    pub v4: bool,
    pub v6: bool,
}

/// An IP packet with room for the link header in front, and what is left to the device.
pub(crate) fn build_ip(h: &IpHeader, payload: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(L2 + h.len() + payload.len());
    out.resize(L2, 0);
    put_ip_header(&mut out, h, payload.len(), false);
    out.extend_from_slice(payload);
    out
}

/// Builds a TCP packet; `fill` appends exactly `seg.payload_len` bytes.
pub(crate) fn build_tcp(
    h: &IpHeader,
    ports: (u16, u16),
    seg: &Segment,
    device: DeviceChecksums,
    tso_mss: Option<u16>,
    key: Option<&[u8]>,
    fill: impl FnOnce(&mut Vec<u8>),
) -> (Vec<u8>, TxOffload) {
    let options = toe_tcp::options::encode(seg, key.is_some());
    let tcp_len = 20 + options.as_slice().len();
    let payload_len = seg.payload_len as usize;
    let ipv6 = h.src.is_ipv6();
    let device_csum = if ipv6 { device.v6 } else { device.v4 };
    let mut out = Vec::with_capacity(L2 + h.len() + tcp_len + payload_len);
    out.resize(L2, 0);
    put_ip_header(&mut out, h, tcp_len + payload_len, device_csum);
    let l4 = out.len();
    out.extend_from_slice(&ports.0.to_be_bytes());
    out.extend_from_slice(&ports.1.to_be_bytes());
    out.extend_from_slice(&seg.seq.0.to_be_bytes());
    out.extend_from_slice(&seg.ack.0.to_be_bytes());
    let word = u16::try_from(tcp_len / 4).unwrap_or(5) << 12 | (seg.flags.0 & 0x1ff);
    out.extend_from_slice(&word.to_be_bytes());
    out.extend_from_slice(&seg.wnd.to_be_bytes());
    out.extend_from_slice(&[0, 0, 0, 0]);
    out.extend_from_slice(options.as_slice());
    fill(&mut out);
    out.resize(l4 + tcp_len + payload_len, 0);
    if let (Some(key), Some(at)) = (key, options.digest_at)
        && let Some(digest) = crate::signature::digest(h.src, h.dst, &out[l4..], key)
    {
        out[l4 + 20 + at..l4 + 36 + at].copy_from_slice(&digest);
    }
    let mut offload = TxOffload::default();
    if device_csum {
        offload = TxOffload {
            l4_csum: true,
            ip_csum: !ipv6,
            tso_mss,
            vlan: None,
            ipv6,
            udp: false,
            hdr_len: u8::try_from(l4 + tcp_len).unwrap_or(0),
            l3_off: u8::try_from(L2).unwrap_or(0),
            l4_off: u8::try_from(l4).unwrap_or(0),
        };
    } else {
        let sum = fold(sum16(pseudo_header(h.src, h.dst, PROTO_TCP, out.len() - l4), &out[l4..]));
        out[l4 + 16..l4 + 18].copy_from_slice(&sum.to_be_bytes());
    }
    (out, offload)
}

/// Builds a UDP packet.
pub(crate) fn build_udp(
    h: &IpHeader,
    ports: (u16, u16),
    payload: &[u8],
    device: DeviceChecksums,
) -> (Vec<u8>, TxOffload) {
    let ipv6 = h.src.is_ipv6();
    let device_csum = if ipv6 { device.v6 } else { device.v4 };
    let len = 8 + payload.len();
    let mut out = Vec::with_capacity(L2 + h.len() + len);
    out.resize(L2, 0);
    put_ip_header(&mut out, h, len, device_csum);
    let l4 = out.len();
    out.extend_from_slice(&ports.0.to_be_bytes());
    out.extend_from_slice(&ports.1.to_be_bytes());
    out.extend_from_slice(&u16::try_from(len).unwrap_or(0).to_be_bytes());
    out.extend_from_slice(&[0, 0]);
    out.extend_from_slice(payload);
    let mut offload = TxOffload::default();
    if device_csum {
        offload = TxOffload {
            l4_csum: true,
            ip_csum: !ipv6,
            tso_mss: None,
            vlan: None,
            ipv6,
            udp: true,
            hdr_len: u8::try_from(l4 + 8).unwrap_or(0),
            l3_off: u8::try_from(L2).unwrap_or(0),
            l4_off: u8::try_from(l4).unwrap_or(0),
        };
    } else {
        let sum = fold(sum16(pseudo_header(h.src, h.dst, PROTO_UDP, len), &out[l4..]));
        let sum = if sum == 0 { 0xffff } else { sum };
        out[l4 + 6..l4 + 8].copy_from_slice(&sum.to_be_bytes());
    }
    (out, offload)
}

#[cfg(test)]
mod tests {
    use smoltcp::wire::checksum;

    use super::*;
    use crate::rand::Prng;

    /// Every length and every alignment of the blocks, beside smoltcp's.
    #[test]
    fn sums_are_the_sums_of_another() {
        let mut dice = Prng::new(7);
        let bytes: Vec<u8> = (0..2048).map(|_| dice.next_u64() as u8).collect();
        let heavy = [0xff; 2048];
        for data in [&bytes[..], &heavy[..]] {
            for len in 0..data.len() {
                let part = &data[len % 7..][..len.min(data.len() - 7)];
                assert_eq!(!fold(sum16(0, part)), checksum::data(part), "{len} bytes");
            }
            let (head, tail) = data.split_at(38);
            assert_eq!(fold(sum16(sum16(0, head), tail)), fold(sum16(0, data)), "in two parts");
        }
    }
}

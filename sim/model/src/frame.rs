// SPDX-License-Identifier: Apache-2.0
//! Frames: the receive parser with its verdicts, checksums, and the builder of session segments. The order of reasons
//! and drops is that of the engine's `net_parse`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use toe_abi::{CsumVerdict, RxReason};
use toe_tcp::{Flags, Segment, SeqNum, options};

pub(crate) const ETH: usize = 14;
const ETHER_IPV4: u16 = 0x0800;
const ETHER_IPV6: u16 = 0x86dd;
const ETHER_VLAN: u16 = 0x8100;
pub(crate) const PROTO_TCP: u8 = 6;
pub(crate) const PROTO_UDP: u8 = 17;
/// Extension headers that make a packet the host's: hop-by-hop, routing, AH, destination options, mobility, HIP, shim6.
const EXTENSIONS: [u8; 7] = [0, 43, 51, 60, 135, 139, 140];
const FRAGMENT: u8 = 44;

/// Who talks to whom; local is this side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Tuple {
    pub(crate) local: IpAddr,
    pub(crate) remote: IpAddr,
    pub(crate) lport: u16,
    pub(crate) rport: u16,
}

/// What the parser found out.
#[derive(Clone, Debug)]
pub(crate) struct Meta {
    pub(crate) reason: RxReason,
    pub(crate) ip_csum: CsumVerdict,
    pub(crate) l4_csum: CsumVerdict,
    pub(crate) vlan_tci: Option<u16>,
    pub(crate) injected: bool,
    /// Link or network multicast or broadcast: never answered.
    pub(crate) mcast: bool,
    pub(crate) l4_off: u8,
    pub(crate) payload_off: usize,
    pub(crate) tuple: Option<Tuple>,
    /// The hash covers ports.
    pub(crate) tcp_ports: bool,
    /// A segment that a session may take.
    pub(crate) segment: Option<Segment>,
}

/// Why a frame goes no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drop {
    Runt,
    Checksum,
    Loopback,
    Filtered,
}

/// What the registers say about receiving.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RxPolicy {
    pub(crate) pass_bad_csum: bool,
    pub(crate) promiscuous: bool,
    pub(crate) mac: [u8; 6],
}

pub(crate) fn be16(bytes: &[u8], at: usize) -> u16 {
    match bytes.get(at..at + 2) {
        Some(&[a, b]) => u16::from_be_bytes([a, b]),
        _ => 0,
    }
}

fn be32(bytes: &[u8], at: usize) -> u32 {
    u32::from(be16(bytes, at)) << 16 | u32::from(be16(bytes, at + 2))
}

/// Ones-complement sum, RFC 1071.
pub(crate) fn sum(bytes: &[u8], start: u32) -> u32 {
    let mut total = u64::from(start);
    let mut words = bytes.chunks_exact(2);
    for word in &mut words {
        total += u64::from(u16::from_be_bytes([word[0], word[1]]));
    }
    if let [last] = words.remainder() {
        total += u64::from(*last) << 8;
    }
    while total >> 16 != 0 {
        total = (total & 0xffff) + (total >> 16);
    }
    u32::try_from(total).unwrap_or(0)
}

/// The sum of a pseudo-header (RFC 9293 §3.1, RFC 8200 §8.1).
pub(crate) fn pseudo(src: IpAddr, dst: IpAddr, proto: u8, len: u32) -> u32 {
    let [high, low] = [(len >> 16) & 0xffff, len & 0xffff];
    let mut total = u32::from(proto) + high + low;
    for addr in [src, dst] {
        total = match addr {
            IpAddr::V4(v4) => sum(&v4.octets(), total),
            IpAddr::V6(v6) => sum(&v6.octets(), total),
        };
    }
    total
}

/// The checksum field for a sum.
pub(crate) fn finish(total: u32) -> [u8; 2] {
    let folded = u16::try_from(sum(&[], total)).unwrap_or(u16::MAX);
    (!folded).to_be_bytes()
}

fn is_mapped(addr: IpAddr) -> bool {
    matches!(addr, IpAddr::V6(v6) if v6.to_ipv4_mapped().is_some())
}

/// Addresses that never stand on a wire (S-SCOPE-2).
pub(crate) fn guarded(addr: IpAddr) -> bool {
    addr.is_loopback() || is_mapped(addr)
}

/// Removes an 802.1Q tag.
pub(crate) fn strip_vlan(frame: &mut Vec<u8>) -> Option<u16> {
    if frame.len() < 18 || be16(frame, 12) != ETHER_VLAN {
        return None;
    }
    let tci = be16(frame, 14);
    frame.drain(12..16);
    Some(tci)
}

/// Network header, as far as it goes.
struct Net {
    src: IpAddr,
    dst: IpAddr,
    proto: u8,
    l4: usize,
    l4_len: usize,
    ce: bool,
    fragment: bool,
    options: bool,
    ip_bad: bool,
}

enum Layer3 {
    NotIp,
    Malformed,
    Runt,
    Net(Net),
}

fn layer3(f: &[u8]) -> Layer3 {
    match be16(f, 12) {
        ETHER_IPV4 => {
            if f.len() < 34 {
                return Layer3::Runt;
            }
            let ihl = usize::from(f[14] & 15) * 4;
            let total = usize::from(be16(f, 16));
            if f[14] >> 4 != 4 || ihl < 20 || total < ihl {
                return Layer3::Malformed;
            }
            if ETH + total > f.len() {
                return Layer3::Runt;
            }
            let addr = |at: usize| IpAddr::V4(Ipv4Addr::from(be32(f, at)));
            Layer3::Net(Net {
                src: addr(26),
                dst: addr(30),
                proto: f[23],
                l4: ETH + ihl,
                l4_len: total - ihl,
                ce: f[15] & 3 == 3,
                fragment: be16(f, 20) & 0x3fff != 0,
                options: ihl > 20,
                ip_bad: sum(&f[ETH..ETH + ihl], 0) != 0xffff,
            })
        }
        ETHER_IPV6 => {
            if f.len() < 54 {
                return Layer3::Runt;
            }
            if f[14] >> 4 != 6 {
                return Layer3::Malformed;
            }
            let l4_len = usize::from(be16(f, 18));
            if 54 + l4_len > f.len() {
                return Layer3::Runt;
            }
            let addr = |at: usize| {
                let octets = f.get(at..at + 16).and_then(|s| <[u8; 16]>::try_from(s).ok());
                IpAddr::V6(Ipv6Addr::from(octets.unwrap_or_default()))
            };
            Layer3::Net(Net {
                src: addr(22),
                dst: addr(38),
                proto: f[20],
                l4: 54,
                l4_len,
                ce: f[15] >> 4 & 3 == 3,
                fragment: f[20] == FRAGMENT,
                options: EXTENSIONS.contains(&f[20]),
                ip_bad: false,
            })
        }
        _ => Layer3::NotIp,
    }
}

/// Parses a frame whose tag is already removed.
pub(crate) fn parse(
    f: &[u8],
    vlan_tci: Option<u16>,
    injected: bool,
    policy: &RxPolicy,
) -> Result<Meta, Drop> {
    if f.len() < ETH {
        return Err(Drop::Runt);
    }
    let mut meta = Meta {
        reason: RxReason::NotIp,
        ip_csum: CsumVerdict::NotChecked,
        l4_csum: CsumVerdict::NotChecked,
        vlan_tci,
        injected,
        mcast: f[0] & 1 == 1,
        l4_off: 0,
        payload_off: 0,
        tuple: None,
        tcp_ports: false,
        segment: None,
    };
    match layer3(f) {
        Layer3::Runt => return Err(Drop::Runt),
        Layer3::NotIp => {}
        Layer3::Malformed => meta.reason = RxReason::Malformed,
        Layer3::Net(net) => layer4(f, &net, &mut meta, policy)?,
    }
    if !policy.promiscuous && !injected && f[0] & 1 == 0 && f[..6] != policy.mac {
        return Err(Drop::Filtered);
    }
    Ok(meta)
}

fn layer4(f: &[u8], net: &Net, meta: &mut Meta, policy: &RxPolicy) -> Result<(), Drop> {
    let l4 = &f[net.l4..net.l4 + net.l4_len];
    let v6 = net.src.is_ipv6();
    let (tcp, udp) = (net.proto == PROTO_TCP, net.proto == PROTO_UDP);
    let doff = usize::from(l4.get(12).copied().unwrap_or(0) >> 4) * 4;
    let bad_transport = (tcp
        && (l4.len() < 20 || (!net.options && (doff < 20 || l4.len() < doff))))
        || (udp && l4.len() < 8);
    meta.mcast |= net.dst.is_multicast() || net.src.is_multicast() || is_broadcast(net.dst);
    meta.l4_off = u8::try_from(net.l4).unwrap_or(0);
    meta.payload_off = net.l4;
    meta.ip_csum = match (v6, net.ip_bad) {
        (true, _) => CsumVerdict::NotPresent,
        (false, true) => CsumVerdict::Bad,
        (false, false) => CsumVerdict::Good,
    };
    let mut tuple = Tuple { local: net.dst, remote: net.src, lport: 0, rport: 0 };
    if (tcp || udp) && !net.fragment && !bad_transport {
        tuple.rport = be16(l4, 0);
        tuple.lport = be16(l4, 2);
        meta.tcp_ports = tcp;
        meta.payload_off = net.l4 + if udp { 8 } else { doff.clamp(20, l4.len()) };
        let length = u32::try_from(l4.len()).unwrap_or(0);
        meta.l4_csum = if udp && !v6 && be16(l4, 6) == 0 {
            CsumVerdict::NotPresent
        } else if net.ip_bad || (udp && usize::from(be16(l4, 4)) != l4.len()) {
            CsumVerdict::NotChecked
        } else if sum(l4, pseudo(net.src, net.dst, net.proto, length)) == 0xffff {
            CsumVerdict::Good
        } else {
            CsumVerdict::Bad
        };
    }
    meta.tuple = Some(tuple);
    let checksum_bad = net.ip_bad || meta.l4_csum == CsumVerdict::Bad;
    let flags = l4.get(13).copied().unwrap_or(0);
    meta.reason = if bad_transport && !net.fragment {
        RxReason::Malformed
    } else if checksum_bad {
        RxReason::BadChecksum
    } else if net.fragment {
        RxReason::Fragment
    } else if net.options {
        RxReason::IpOptions
    } else if !tcp {
        RxReason::NotTcp
    } else if is_mapped(net.src) || is_mapped(net.dst) {
        RxReason::Malformed
    } else if flags & 0x20 != 0 {
        RxReason::Urgent
    } else {
        match segment(l4, doff, net.ce) {
            Ok(segment) => {
                let syn = segment.syn();
                meta.segment = Some(segment);
                if syn { RxReason::Syn } else { RxReason::NoSession }
            }
            Err(reason) => reason,
        }
    };
    if checksum_bad && !policy.pass_bad_csum {
        return Err(Drop::Checksum);
    }
    // A source of zero is how a host without an address speaks (DHCP, duplicate address detection): no TCP though.
    let bad_address = net.src.is_loopback()
        || net.dst.is_loopback()
        || net.dst.is_unspecified()
        || (tcp && net.src.is_unspecified());
    if bad_address && !meta.injected { Err(Drop::Loopback) } else { Ok(()) }
}

fn is_broadcast(addr: IpAddr) -> bool {
    matches!(addr, IpAddr::V4(v4) if v4.is_broadcast())
}

/// A TCP header as the core takes it. Options of a SYN are the host's business.
fn segment(l4: &[u8], doff: usize, ce: bool) -> Result<Segment, RxReason> {
    let flags = Flags(u16::from(l4[13]));
    let mut segment = Segment {
        seq: SeqNum(be32(l4, 4)),
        ack: SeqNum(be32(l4, 8)),
        flags,
        wnd: be16(l4, 14),
        payload_len: u32::try_from(l4.len() - doff).unwrap_or(0),
        ce,
        ..Segment::default()
    };
    if segment.syn() {
        // The host's business, but for the timestamp: it decides what becomes of a TIME_WAIT entry (RFC 6191).
        segment.ts = options::parse(&l4[20..doff]).ok().and_then(|parsed| parsed.ts);
    } else {
        let parsed = options::parse(&l4[20..doff]).map_err(|_| RxReason::Malformed)?;
        let known = !parsed.unknown
            && parsed.mss.is_none()
            && parsed.wscale.is_none()
            && !parsed.sack_permitted
            && parsed.digest_at.is_none();
        if !known {
            return Err(RxReason::TcpOptions);
        }
        segment.ts = parsed.ts;
        segment.sack = parsed.sack;
    }
    Ok(segment)
}

/// Everything that a session's header is built from besides the segment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Header {
    pub(crate) dst_mac: [u8; 6],
    pub(crate) src_mac: [u8; 6],
    pub(crate) vlan_tci: Option<u16>,
    pub(crate) tuple: Tuple,
    pub(crate) ttl: u8,
    /// With the ECN bits.
    pub(crate) tos: u8,
    pub(crate) df: bool,
    pub(crate) ip_id: u16,
    pub(crate) flow_label: u32,
}

/// Builds a frame; `payload` has the segment's length.
pub(crate) fn build(h: &Header, seg: &Segment, payload: &[u8]) -> Vec<u8> {
    let opts = options::encode(seg, false);
    let tcp_len = 20 + opts.as_slice().len();
    let l4_len = tcp_len + payload.len();
    let mut f = Vec::with_capacity(ETH + 44 + l4_len);
    f.extend_from_slice(&h.dst_mac);
    f.extend_from_slice(&h.src_mac);
    if let Some(tci) = h.vlan_tci {
        f.extend_from_slice(&ETHER_VLAN.to_be_bytes());
        f.extend_from_slice(&tci.to_be_bytes());
    }
    let len16 = |len: usize| u16::try_from(len).unwrap_or(u16::MAX).to_be_bytes();
    match (h.tuple.local, h.tuple.remote) {
        (IpAddr::V4(src), IpAddr::V4(dst)) => {
            f.extend_from_slice(&ETHER_IPV4.to_be_bytes());
            let start = f.len();
            f.extend_from_slice(&[0x45, h.tos]);
            f.extend_from_slice(&len16(20 + l4_len));
            f.extend_from_slice(&h.ip_id.to_be_bytes());
            f.extend_from_slice(&[if h.df { 0x40 } else { 0 }, 0, h.ttl, PROTO_TCP, 0, 0]);
            f.extend_from_slice(&src.octets());
            f.extend_from_slice(&dst.octets());
            let csum = finish(sum(&f[start..], 0));
            f[start + 10..start + 12].copy_from_slice(&csum);
        }
        (local, remote) => {
            let octets = |addr| match addr {
                IpAddr::V6(v6) => v6.octets(),
                IpAddr::V4(v4) => v4.to_ipv6_mapped().octets(),
            };
            f.extend_from_slice(&ETHER_IPV6.to_be_bytes());
            let first = 6 << 28 | u32::from(h.tos) << 20 | (h.flow_label & 0xf_ffff);
            f.extend_from_slice(&first.to_be_bytes());
            f.extend_from_slice(&len16(l4_len));
            f.extend_from_slice(&[PROTO_TCP, h.ttl]);
            f.extend_from_slice(&octets(local));
            f.extend_from_slice(&octets(remote));
        }
    }
    let start = f.len();
    f.extend_from_slice(&h.tuple.lport.to_be_bytes());
    f.extend_from_slice(&h.tuple.rport.to_be_bytes());
    f.extend_from_slice(&seg.seq.0.to_be_bytes());
    f.extend_from_slice(&seg.ack.0.to_be_bytes());
    let [ns, flags] = seg.flags.0.to_be_bytes();
    f.extend_from_slice(&[u8::try_from(tcp_len / 4).unwrap_or(5) << 4 | (ns & 1), flags]);
    f.extend_from_slice(&seg.wnd.to_be_bytes());
    f.extend_from_slice(&[0; 4]);
    f.extend_from_slice(opts.as_slice());
    f.extend_from_slice(payload);
    let length = u32::try_from(l4_len).unwrap_or(0);
    let total = sum(&f[start..], pseudo(h.tuple.local, h.tuple.remote, PROTO_TCP, length));
    let csum = finish(total);
    f[start + 16..start + 18].copy_from_slice(&csum);
    f
}

#[cfg(test)]
mod tests {
    use super::*;
    use toe_tcp::Timestamps;

    const POLICY: RxPolicy = RxPolicy { pass_bad_csum: false, promiscuous: true, mac: [0; 6] };

    fn header(v6: bool) -> Header {
        let addr = |n: u16| -> IpAddr {
            if v6 {
                Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, n).into()
            } else {
                Ipv4Addr::new(10, 0, 0, n.to_le_bytes()[0]).into()
            }
        };
        Header {
            dst_mac: [2, 0, 0, 0, 0, 2],
            src_mac: [2, 0, 0, 0, 0, 1],
            vlan_tci: None,
            tuple: Tuple { local: addr(1), remote: addr(2), lport: 80, rport: 4000 },
            ttl: 64,
            tos: 3,
            df: true,
            ip_id: 7,
            flow_label: 5,
        }
    }

    fn segment(len: u32) -> Segment {
        let mut seg = Segment {
            seq: SeqNum(1),
            ack: SeqNum(2),
            flags: Flags::ACK.with(Flags::PSH),
            wnd: 100,
            payload_len: len,
            ts: Some(Timestamps { val: 3, ecr: 4 }),
            ce: true,
            ..Segment::default()
        };
        seg.sack.push(SeqNum(10), SeqNum(20));
        seg
    }

    #[test]
    fn what_is_built_is_parsed_again() {
        for v6 in [false, true] {
            for len in [0, 1, 333] {
                let payload = vec![0x5a; len];
                let seg = segment(u32::try_from(len).unwrap());
                let frame = build(&header(v6), &seg, &payload);
                let meta = parse(&frame, None, false, &POLICY).unwrap();
                assert_eq!(meta.segment, Some(seg));
                assert_eq!(&frame[meta.payload_off..], payload);
                let Tuple { local, remote, lport, rport } = header(v6).tuple;
                let swapped = Tuple { local: remote, remote: local, lport: rport, rport: lport };
                assert_eq!(meta.tuple, Some(swapped));
            }
        }
    }

    #[test]
    fn every_flipped_bit_of_a_packet_is_noticed() {
        for v6 in [false, true] {
            let frame = build(&header(v6), &segment(21), &[7; 21]);
            for bit in ETH * 8..frame.len() * 8 {
                let mut bad = frame.clone();
                bad[bit / 8] ^= 1 << (bit % 8);
                let taken = parse(&bad, None, false, &POLICY);
                // Version, traffic class, flow label and hop limit of IPv6 are under no checksum.
                let uncovered = v6 && (bit < 18 * 8 || bit / 8 == 21);
                let fine = taken.is_ok_and(|meta| meta.segment.is_some());
                assert!(!fine || uncovered, "bit {bit} of IPv6 {v6}");
            }
        }
    }

    #[test]
    fn truncated_frames_are_runts() {
        for v6 in [false, true] {
            let frame = build(&header(v6), &segment(50), &[7; 50]);
            for len in 0..frame.len() {
                assert_eq!(
                    parse(&frame[..len], None, false, &POLICY).err(),
                    Some(Drop::Runt),
                    "{len} bytes"
                );
            }
        }
    }
}

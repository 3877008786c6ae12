// SPDX-License-Identifier: Apache-2.0
//! Frames of the peer, right and wrong, and what the engine sends. Built by hand, because most of them no library would
//! build; taken apart by smoltcp, whose checksums are not ours.

use smoltcp::wire::{
    EthernetFrame, EthernetProtocol, IpAddress, Ipv4Packet, Ipv6Packet, TcpPacket,
};
use std::net::IpAddr;

use crate::script::Harm;

/// Our station address, and the peer's.
pub const OUR_MAC: [u8; 6] = [0x02, 0x4f, 0x54, 0x4f, 0x45, 0x01];
/// The peer's.
pub const PEER_MAC: [u8; 6] = [0x02, 0, 0, 0, 0, 2];

/// Who talks to whom, from the engine's view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tuple {
    /// Our address.
    pub local: IpAddr,
    /// The peer's.
    pub remote: IpAddr,
    /// Our port.
    pub lport: u16,
    /// The peer's.
    pub rport: u16,
}

/// A segment, in or out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // RFC 9293 §3.1
pub struct Tcp {
    pub seq: u32,
    pub ack: u32,
    pub flags: u16,
    pub wnd: u16,
    pub ts: Option<(u32, u32)>,
    pub sack: Vec<(u32, u32)>,
    pub payload: Vec<u8>,
    /// Congestion experienced, or able to.
    pub ecn: u8,
}

/// Flag bits.
pub mod flag {
    #![allow(missing_docs)]
    pub const FIN: u16 = 1;
    pub const SYN: u16 = 2;
    pub const RST: u16 = 4;
    pub const PSH: u16 = 8;
    pub const ACK: u16 = 16;
    pub const URG: u16 = 32;
    pub const ECE: u16 = 64;
    pub const CWR: u16 = 128;
}

impl Tcp {
    /// Whether a flag is set.
    #[must_use]
    pub const fn has(&self, bit: u16) -> bool {
        self.flags & bit != 0
    }

    /// Sequence numbers that it takes.
    #[must_use]
    pub fn space(&self) -> u32 {
        let len = u32::try_from(self.payload.len()).unwrap_or(u32::MAX);
        len + u32::from(self.has(flag::FIN)) + u32::from(self.has(flag::SYN))
    }

    /// After its last byte.
    #[must_use]
    pub fn end(&self) -> u32 {
        self.seq.wrapping_add(self.space())
    }
}

fn sum(mut acc: u32, data: &[u8]) -> u32 {
    for pair in data.chunks(2) {
        acc += u32::from(pair[0]) << 8 | u32::from(*pair.get(1).unwrap_or(&0));
        acc = (acc & 0xffff) + (acc >> 16);
    }
    acc
}

fn octets(addr: IpAddr) -> Vec<u8> {
    match addr {
        IpAddr::V4(a) => a.octets().to_vec(),
        IpAddr::V6(a) => a.octets().to_vec(),
    }
}

fn be16(value: usize) -> [u8; 2] {
    u16::try_from(value & 0xffff).unwrap_or(0).to_be_bytes()
}

/// Options: NOP NOP and timestamps, NOP NOP and SACK, as everybody sends them.
fn options(tcp: &Tcp, harm: Harm) -> Vec<u8> {
    let mut out = Vec::new();
    if let Harm::Option(kind, len) = harm {
        out.extend([kind, len]);
        out.resize(out.len() + usize::from(len.clamp(2, 8)) - 2, 0xa5);
        out.resize(out.len().next_multiple_of(4), 1);
    }
    let packed = harm == Harm::Packed;
    let stamps = |out: &mut Vec<u8>, (val, ecr): (u32, u32)| {
        out.extend(if packed { &[8, 10][..] } else { &[1, 1, 8, 10] });
        out.extend(val.to_be_bytes());
        out.extend(ecr.to_be_bytes());
    };
    let blocks = |out: &mut Vec<u8>, used: usize| {
        let fit = (40 - used.min(40)).saturating_sub(4) / 8;
        let blocks = tcp.sack.len().min(fit).min(4);
        if blocks > 0 {
            let len = match harm {
                Harm::SackLen(len) => len,
                _ => 2 + 8 * u8::try_from(blocks).unwrap_or(0),
            };
            if !packed {
                out.extend([1, 1]);
            }
            out.extend([5, len]);
            for (first, last) in &tcp.sack[..blocks] {
                out.extend(first.to_be_bytes());
                out.extend(last.to_be_bytes());
            }
        }
    };
    if packed {
        blocks(&mut out, if tcp.ts.is_some() { 12 } else { 0 });
    }
    if let Some((val, ecr)) = tcp.ts {
        stamps(&mut out, (val, ecr));
        if harm == Harm::Twice {
            stamps(&mut out, (val.wrapping_add(1000), ecr.wrapping_sub(5)));
        }
    }
    if !packed {
        let used = out.len();
        blocks(&mut out, used);
    }
    match harm {
        Harm::Nops => out.resize(40, 1),
        Harm::Packed if out.len() % 4 != 0 => {
            out.push(0);
            out.resize(out.len().next_multiple_of(4), 0);
        }
        _ => {}
    }
    out.truncate(40);
    out
}

/// A frame from the peer to the engine.
#[must_use]
pub fn build(tuple: &Tuple, tcp: &Tcp, harm: Harm) -> Vec<u8> {
    let opts = options(tcp, harm);
    let mut l4 = Vec::new();
    l4.extend(tuple.rport.to_be_bytes());
    l4.extend(tuple.lport.to_be_bytes());
    l4.extend(tcp.seq.to_be_bytes());
    l4.extend(tcp.ack.to_be_bytes());
    let words = match harm {
        Harm::DataOffset(n) => usize::from(n & 15),
        _ => 5 + opts.len() / 4,
    };
    let reserved = match harm {
        Harm::Reserved(bits) => usize::from(bits & 15) << 8,
        _ => 0,
    };
    l4.extend(be16(words << 12 | reserved | usize::from(tcp.flags & 0x1ff)));
    l4.extend(tcp.wnd.to_be_bytes());
    l4.extend([0, 0]);
    l4.extend(match harm {
        Harm::Urgent(at) => at.to_be_bytes(),
        _ => be16(usize::from(tcp.has(flag::URG))),
    });
    l4.extend(&opts);
    l4.extend(&tcp.payload);
    let len = u32::try_from(l4.len()).unwrap_or(0);
    let pseudo = sum(sum(sum(0, &octets(tuple.remote)), &octets(tuple.local)), &len.to_be_bytes());
    let check = !sum(pseudo + 6, &l4);
    let check = if harm == Harm::TcpSum { check ^ 0x0100 } else { check };
    l4[16..18].copy_from_slice(&be16(check as usize & 0xffff));

    let mut frame = Vec::new();
    frame.extend(match harm {
        Harm::Station(0) => [0xff; 6],
        Harm::Station(1) => [1, 0, 0x5e, 0, 0, 1],
        Harm::Station(n) => [2, 0, 0, 0, 7, n],
        _ => OUR_MAC,
    });
    frame.extend(PEER_MAC);
    match harm {
        Harm::Vlan(tci) => {
            frame.extend([0x81, 0]);
            frame.extend(tci.to_be_bytes());
        }
        Harm::TwoTags => frame.extend([0x88, 0xa8, 0, 5, 0x81, 0, 0, 6]),
        _ => {}
    }
    let tags = frame.len();
    let version = |usual: u8| match harm {
        Harm::Version(n) => n << 4,
        _ => usual,
    };
    let more = match harm {
        Harm::IpLen(n) => isize::from(n),
        _ => 0,
    };
    if tuple.local.is_ipv4() {
        let words = match harm {
            Harm::IpOptions(n) => usize::from(n % 11),
            _ => 0,
        };
        let header = 20 + 4 * words;
        let mut ip = vec![version(0x40) | u8::try_from(header / 4).unwrap_or(0), tcp.ecn];
        ip.extend(be16((l4.len() + header).saturating_add_signed(more)));
        ip.extend([0x12, 0x34]);
        ip.extend(match harm {
            Harm::Fragment => [0x20, 0],
            Harm::FragmentAt(at, more) => (at & 0x1fff | u16::from(more) << 13).to_be_bytes(),
            _ => [0x40, 0],
        });
        let protocol = if let Harm::Next(kind) = harm { kind } else { 6 };
        ip.extend([64, protocol, 0, 0]);
        ip.extend(octets(tuple.remote));
        ip.extend(octets(tuple.local));
        ip.resize(header, 1);
        let check = !sum(0, &ip);
        let check = if harm == Harm::IpSum { check ^ 1 } else { check };
        ip[10..12].copy_from_slice(&be16(check as usize & 0xffff));
        ether_type(&mut frame, harm, [8, 0]);
        frame.extend(ip);
    } else {
        ether_type(&mut frame, harm, [0x86, 0xdd]);
        frame.extend((u32::from(version(0x60)) << 24 | u32::from(tcp.ecn) << 20).to_be_bytes());
        let extension = match harm {
            Harm::Fragment => Some((44, 1)),
            Harm::FragmentAt(at, more) => Some((44, at << 3 | u16::from(more))),
            Harm::Next(kind) => Some((kind, 0x0104)),
            _ => None,
        };
        let len = l4.len() + extension.map_or(0, |_| 8);
        frame.extend(be16(len.saturating_add_signed(more)));
        frame.extend([extension.map_or(6, |(kind, _)| kind), 64]);
        frame.extend(octets(tuple.remote));
        frame.extend(octets(tuple.local));
        if let Some((_, word)) = extension {
            frame.extend([6, 0]);
            frame.extend(word.to_be_bytes());
            frame.extend([0, 0, 0, 7]);
        }
    }
    frame.extend(l4);
    match harm {
        Harm::Pad(n) => frame.resize(frame.len() + usize::from(n % 32), 0xee),
        Harm::Cut(n) => frame.truncate(frame.len().saturating_sub(1 + usize::from(n)).max(14)),
        Harm::Bit(n) => {
            // Not in the station addresses: they are nobody's business here.
            let at = 12 + usize::from(n) / 8 % (frame.len() - 12);
            frame[at] ^= 1 << (n % 8);
        }
        _ => {}
    }
    if frame.len() < 60 && !matches!(harm, Harm::Cut(_)) {
        frame.resize(60, 0);
    }
    frame.truncate(1502 + tags);
    frame
}

fn ether_type(frame: &mut Vec<u8>, harm: Harm, usual: [u8; 2]) {
    // IEEE 802.3: up to 1500 a length, LLC follows (here SNAP, RFC 1042).
    if harm == Harm::Llc {
        frame.extend([0, 100, 0xaa, 0xaa, 3, 0, 0, 0]);
    }
    frame.extend(usual);
}

/// Fields of a frame of the engine's that the session's setup decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Below {
    /// Its 802.1Q tag.
    pub vlan: Option<u16>,
    /// Type of service or traffic class, without ECN.
    pub tos: u8,
    /// Hops left.
    pub ttl: u8,
    /// IPv6.
    pub flow: u32,
    /// IPv4: don't fragment.
    pub df: bool,
}

/// By hand: smoltcp keeps three SACK blocks of four.
fn parse_options(mut options: &[u8], out: &mut Tcp) -> Result<(), String> {
    let word = |b: &[u8]| u32::from_be_bytes([b[0], b[1], b[2], b[3]]);
    while let [kind, rest @ ..] = options {
        if *kind <= 1 {
            options = if *kind == 0 { &[] } else { rest };
            continue;
        }
        let len = usize::from(*rest.first().ok_or("an option without length")?);
        let body = options.get(2..len).ok_or("an option of a wrong length")?;
        match (kind, body.len()) {
            (8, 8) => out.ts = Some((word(body), word(&body[4..]))),
            (5, 8 | 16 | 24 | 32) => {
                out.sack = body.chunks(8).map(|b| (word(b), word(&b[4..]))).collect();
            }
            _ => return Err(format!("option {kind} of {len} bytes")),
        }
        options = &options[len..];
    }
    Ok(())
}

/// A segment of the engine, with its connection and what lies below.
///
/// # Errors
/// What is wrong with it: everything that the engine sends must be in order.
pub fn parse(frame: &[u8]) -> Result<(Tuple, Tcp, Below), String> {
    let tag = match frame {
        [_, _, _, _, _, _, _, _, _, _, _, _, 0x81, 0, a, b, ..] => {
            Some(u16::from_be_bytes([*a, *b]))
        }
        _ => None,
    };
    let untagged = match tag {
        Some(_) => [&frame[..12], &frame[16..]].concat(),
        None => frame.to_vec(),
    };
    let eth = EthernetFrame::new_checked(&untagged[..]).map_err(|e| format!("Ethernet: {e}"))?;
    let mut below = Below { vlan: tag, ..Below::default() };
    let (local, remote, ecn, l4): (IpAddr, IpAddr, u8, &[u8]) = match eth.ethertype() {
        EthernetProtocol::Ipv4 => {
            let ip = Ipv4Packet::new_checked(eth.payload()).map_err(|e| format!("IPv4: {e}"))?;
            if !ip.verify_checksum() {
                return Err("IPv4 checksum".into());
            }
            (below.tos, below.ttl, below.df) = (ip.dscp() << 2, ip.hop_limit(), ip.dont_frag());
            if ip.more_frags() || ip.frag_offset() != 0 {
                return Err("a fragment".into());
            }
            let ecn = ip.ecn();
            (ip.src_addr().into(), ip.dst_addr().into(), ecn, ip.payload())
        }
        EthernetProtocol::Ipv6 => {
            let ip = Ipv6Packet::new_checked(eth.payload()).map_err(|e| format!("IPv6: {e}"))?;
            (below.tos, below.ttl) = (ip.traffic_class() & !3, ip.hop_limit());
            below.flow = ip.flow_label();
            (ip.src_addr().into(), ip.dst_addr().into(), ip.traffic_class() & 3, ip.payload())
        }
        other => return Err(format!("ethertype {other}")),
    };
    let tcp = TcpPacket::new_checked(l4).map_err(|e| format!("TCP: {e}"))?;
    if !tcp.verify_checksum(&IpAddress::from(local), &IpAddress::from(remote)) {
        return Err("TCP checksum".into());
    }
    let mut out = Tcp {
        seq: u32::from_be_bytes([l4[4], l4[5], l4[6], l4[7]]),
        ack: u32::from_be_bytes([l4[8], l4[9], l4[10], l4[11]]),
        flags: u16::from_be_bytes([l4[12], l4[13]]) & 0x1ff,
        wnd: tcp.window_len(),
        payload: tcp.payload().to_vec(),
        ecn,
        ..Tcp::default()
    };
    parse_options(tcp.options(), &mut out)?;
    let tuple = Tuple { local, remote, lport: tcp.src_port(), rport: tcp.dst_port() };
    Ok((tuple, out, below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_can_be_parsed() {
        for v6 in [false, true] {
            let tuple = if v6 {
                Tuple {
                    local: "fd00::1".parse().unwrap(),
                    remote: "fd00::2".parse().unwrap(),
                    lport: 80,
                    rport: 4000,
                }
            } else {
                Tuple {
                    local: "10.0.0.1".parse().unwrap(),
                    remote: "10.0.0.2".parse().unwrap(),
                    lport: 80,
                    rport: 4000,
                }
            };
            let tcp = Tcp {
                seq: 0xffff_fff0,
                ack: 77,
                flags: flag::ACK | flag::PSH | flag::ECE,
                wnd: 1000,
                ts: Some((5, 6)),
                sack: vec![(100, 200), (300, 400)],
                payload: vec![7; 101],
                ecn: 3,
            };
            let (back, seen, _) = parse(&build(&tuple, &tcp, Harm::None)).unwrap();
            let turned = Tuple {
                local: tuple.remote,
                remote: tuple.local,
                lport: tuple.rport,
                rport: tuple.lport,
            };
            assert_eq!((back, seen), (turned, tcp.clone()));
            assert!(parse(&build(&tuple, &tcp, Harm::TcpSum)).is_err());
        }
    }
}

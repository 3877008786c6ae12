// SPDX-License-Identifier: Apache-2.0
//! IPv6 and ICMPv6 (RFC 8200, 4443): headers, echo, errors. There only in builds with feature `ipv6`.

use std::net::Ipv6Addr;

use smoltcp::wire::{IpProtocol, Ipv6Packet};
use toe_tcp::Micros;

use crate::icmp::IcmpKind;
use crate::iface::IfId;
use crate::output::Verdict;
use crate::stack::Stack;
use crate::wire::{
    IpHeader, IpPacket, PROTO_ICMPV6, ParseError, fold, l4_checksum_ok, pseudo_header, sum16,
};

pub(crate) fn parse(bytes: &[u8], l4_csum: Verdict) -> Result<IpPacket<'_>, ParseError> {
    let packet = Ipv6Packet::new_checked(bytes).map_err(|_| ParseError::Malformed)?;
    let end = 40 + usize::from(packet.payload_len());
    if packet.version() != 6 {
        return Err(ParseError::Malformed);
    }
    let whole = bytes.get(..end).ok_or(ParseError::Malformed)?;
    let mut next: u8 = packet.next_header().into();
    let mut at = 40;
    let mut fragment = None;
    let mut has_options = false;
    // At most eight extension headers: a longer chain is no honest packet.
    for _ in 0..8 {
        let rest = whole.get(at..).ok_or(ParseError::Malformed)?;
        match IpProtocol::from(next) {
            IpProtocol::HopByHop | IpProtocol::Ipv6Route | IpProtocol::Ipv6Opts => {
                let [following, len, ..] = rest else { return Err(ParseError::Malformed) };
                let len = (usize::from(*len) + 1) * 8;
                if rest.len() < len {
                    return Err(ParseError::Malformed);
                }
                if next == 43 && rest.get(3).is_some_and(|left| *left != 0) {
                    // Routing headers with segments left are not for hosts (RFC 5095).
                    return Err(ParseError::Malformed);
                }
                has_options = true;
                next = *following;
                at += len;
            }
            IpProtocol::Ipv6Frag => {
                let header: [u8; 8] =
                    rest.get(..8).and_then(|h| h.try_into().ok()).ok_or(ParseError::Malformed)?;
                let word = u16::from_be_bytes([header[2], header[3]]);
                let ident = u32::from_be_bytes([header[4], header[5], header[6], header[7]]);
                next = header[0];
                at += 8;
                if word & !6 != 0 {
                    fragment = Some((word & 0xfff8, word & 1 != 0, ident));
                    break;
                }
            }
            _ => break,
        }
    }
    Ok(IpPacket {
        src: packet.src_addr().into(),
        dst: packet.dst_addr().into(),
        protocol: next,
        hop_limit: packet.hop_limit(),
        ecn: packet.traffic_class() & 3,
        fragment,
        has_options,
        payload: whole.get(at..).ok_or(ParseError::Malformed)?,
        whole,
        l4_csum: if fragment.is_some() { Verdict::NotChecked } else { l4_csum },
    })
}

/// Writes a header of 40 bytes in front of `payload_len` bytes.
pub(crate) fn put_header(
    out: &mut Vec<u8>,
    h: &IpHeader,
    (src, dst): (Ipv6Addr, Ipv6Addr),
    payload_len: usize,
) {
    let len = u16::try_from(payload_len).unwrap_or(0);
    out.extend_from_slice(&[0x60 | (h.tos >> 4), h.tos << 4, 0, 0]);
    out.extend_from_slice(&len.to_be_bytes());
    out.extend_from_slice(&[h.protocol, h.hop_limit]);
    out.extend_from_slice(&src.octets());
    out.extend_from_slice(&dst.octets());
}

/// An ICMPv6 message with its checksum.
pub(crate) fn build_icmpv6(src: Ipv6Addr, dst: Ipv6Addr, mut body: Vec<u8>) -> Vec<u8> {
    if body.len() >= 4 {
        body[2..4].fill(0);
        let sum =
            fold(sum16(pseudo_header(src.into(), dst.into(), PROTO_ICMPV6, body.len()), &body));
        body[2..4].copy_from_slice(&sum.to_be_bytes());
    }
    body
}

impl Stack {
    /// An ICMPv6 message arrived.
    pub(crate) fn handle_icmpv6(
        &mut self,
        now: Micros,
        id: IfId,
        src: Ipv6Addr,
        dst: Ipv6Addr,
        ip: &IpPacket<'_>,
        unicast: bool,
    ) {
        let p = ip.payload;
        let [type_, _code, _, _, b4, b5, b6, b7, rest @ ..] = p else {
            self.stats.icmp_malformed += 1;
            return;
        };
        if !l4_checksum_ok(ip.src, ip.dst, PROTO_ICMPV6, p) {
            self.stats.icmp_bad_checksum += 1;
            return;
        }
        match type_ {
            128 if unicast && self.control.config.echo => {
                let mut body = p.to_vec();
                body[0] = 129;
                self.echo_reply(now, id, dst.into(), src.into(), body);
            }
            129 => {
                self.ping_reply(id, ip, [*b4, *b5, *b6, *b7], rest.len());
            }
            2 => {
                let mtu = u32::from_be_bytes([*b4, *b5, *b6, *b7]);
                self.icmp_error(now, id, rest, IcmpKind::TooBig { mtu });
            }
            1 => {
                let kind = if p[1] == 4 { IcmpKind::Refused } else { IcmpKind::Unreachable };
                self.icmp_error(now, id, rest, kind);
            }
            3 | 4 => self.icmp_error(now, id, rest, IcmpKind::Unreachable),
            135..=137 => self.handle_nd(now, id, (src, dst), ip.hop_limit, p),
            _ => {}
        }
    }
}

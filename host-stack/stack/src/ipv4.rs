// SPDX-License-Identifier: Apache-2.0
//! IPv4 and ICMP (RFC 791, 792): headers, echo, errors, redirects. There only in builds with feature `ipv4`.

use std::net::{IpAddr, Ipv4Addr};

use smoltcp::wire::Ipv4Packet;
use toe_tcp::Micros;

use crate::icmp::{IcmpKind, RedirectRefused, parse_quoted};
use crate::iface::IfId;
use crate::output::Verdict;
use crate::stack::Stack;
use crate::wire::{IpHeader, IpPacket, ParseError, fold, sum16};

pub(crate) fn parse(
    bytes: &[u8],
    ip_csum: Verdict,
    l4_csum: Verdict,
) -> Result<IpPacket<'_>, ParseError> {
    let packet = Ipv4Packet::new_checked(bytes).map_err(|_| ParseError::Malformed)?;
    let header_len = usize::from(packet.header_len());
    let total_len = usize::from(packet.total_len());
    if packet.version() != 4 || header_len < 20 || total_len < header_len {
        return Err(ParseError::Malformed);
    }
    let ok = match ip_csum {
        Verdict::Good => true,
        Verdict::Bad => false,
        Verdict::NotChecked => packet.verify_checksum(),
    };
    if !ok {
        return Err(ParseError::BadChecksum);
    }
    let whole = bytes.get(..total_len).ok_or(ParseError::Malformed)?;
    let fragment = (packet.more_frags() || packet.frag_offset() != 0)
        .then(|| (packet.frag_offset(), packet.more_frags(), u32::from(packet.ident())));
    Ok(IpPacket {
        src: packet.src_addr().into(),
        dst: packet.dst_addr().into(),
        protocol: packet.next_header().into(),
        hop_limit: packet.hop_limit(),
        ecn: packet.ecn(),
        fragment,
        has_options: header_len > 20,
        payload: whole.get(header_len..).ok_or(ParseError::Malformed)?,
        whole,
        l4_csum: if fragment.is_some() { Verdict::NotChecked } else { l4_csum },
    })
}

/// Writes a header of 20 bytes in front of `payload_len` bytes.
pub(crate) fn put_header(
    out: &mut Vec<u8>,
    h: &IpHeader,
    (src, dst): (Ipv4Addr, Ipv4Addr),
    payload_len: usize,
    device_csum: bool,
) {
    let start = out.len();
    let total = u16::try_from(20 + payload_len).unwrap_or(0);
    out.extend_from_slice(&[0x45, h.tos]);
    out.extend_from_slice(&total.to_be_bytes());
    out.extend_from_slice(&h.ident.to_be_bytes());
    out.extend_from_slice(&[if h.df { 0x40 } else { 0 }, 0, h.hop_limit, h.protocol, 0, 0]);
    out.extend_from_slice(&src.octets());
    out.extend_from_slice(&dst.octets());
    if !device_csum {
        let sum = fold(sum16(0, &out[start..]));
        out[start + 10..start + 12].copy_from_slice(&sum.to_be_bytes());
    }
}

/// An ICMP message with its checksum.
pub(crate) fn build_icmpv4(mut body: Vec<u8>) -> Vec<u8> {
    if body.len() >= 4 {
        body[2..4].fill(0);
        let sum = fold(sum16(0, &body));
        body[2..4].copy_from_slice(&sum.to_be_bytes());
    }
    body
}

impl Stack {
    /// An ICMP message arrived.
    pub(crate) fn handle_icmpv4(
        &mut self,
        now: Micros,
        id: IfId,
        src: Ipv4Addr,
        dst: Ipv4Addr,
        ip: &IpPacket<'_>,
        unicast: bool,
    ) {
        let p = ip.payload;
        let [type_, code, _, _, b4, b5, b6, b7, rest @ ..] = p else {
            self.stats.icmp_malformed += 1;
            return;
        };
        if fold(sum16(0, p)) != 0 {
            self.stats.icmp_bad_checksum += 1;
            return;
        }
        match type_ {
            8 if unicast && self.control.config.echo => {
                let mut body = p.to_vec();
                body[0] = 0;
                self.echo_reply(now, id, dst.into(), src.into(), body);
            }
            0 => {
                self.ping_reply(id, ip, [*b4, *b5, *b6, *b7], rest.len());
            }
            3 if *code == 4 => {
                let mtu = u32::from(u16::from_be_bytes([*b6, *b7]));
                self.icmp_error(now, id, rest, IcmpKind::TooBig { mtu });
            }
            3 => {
                // RFC 1122 §4.2.3.9: protocol and port unreachable are hard, the others soft.
                let kind = match code {
                    2 | 3 => IcmpKind::Refused,
                    _ => IcmpKind::Unreachable,
                };
                self.icmp_error(now, id, rest, kind);
            }
            11 | 12 => self.icmp_error(now, id, rest, IcmpKind::Unreachable),
            5 => {
                let gateway = IpAddr::V4(Ipv4Addr::new(*b4, *b5, *b6, *b7));
                let quoted = parse_quoted(rest).map(|q| q.dst);
                let Some(target) = quoted else {
                    self.stats.icmp_malformed += 1;
                    return;
                };
                let result = if *code > 3 {
                    Err(RedirectRefused::BadCode)
                } else {
                    self.learn_redirect(now, id, src.into(), target, gateway)
                };
                self.count_redirect(result);
            }
            _ => {}
        }
    }
}

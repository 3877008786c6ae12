// SPDX-License-Identifier: Apache-2.0
//! The address families of this build (S-CFG-1): features `ipv4` and `ipv6`, one or both.
//!
//! What only one family has is a module of its own, absent without the feature: `arp` and `ipv4`, `nd` and `ipv6`. What
//! both share knows addresses of either; it is kept from an absent family at the entry points (addresses, groups,
//! neighbours, routes, lookups, sockets, frames in and out), all of which ask [`admit`] or [`enabled`]. The choice between
//! two families' code is made in this file alone.

use std::net::IpAddr;

use toe_tcp::Micros;

use crate::addr::MacAddr;
use crate::iface::{IfId, IfKind};
use crate::neigh::NeighKey;
use crate::output::Verdict;
use crate::stack::Stack;
use crate::wire::{
    ETH_ARP, ETH_IPV4, ETH_IPV6, IpHeader, IpPacket, PROTO_ICMP, PROTO_ICMPV6, ParseError,
};

#[cfg(not(any(feature = "ipv4", feature = "ipv6")))]
compile_error!("toe-stack needs one of its features `ipv4` and `ipv6`, or both");

/// An address family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// IPv4, with ARP and ICMP.
    V4,
    /// IPv6, with Neighbour Discovery and ICMPv6.
    V6,
}

impl Family {
    /// The family of an address.
    #[must_use]
    pub const fn of(ip: IpAddr) -> Self {
        match ip {
            IpAddr::V4(_) => Self::V4,
            IpAddr::V6(_) => Self::V6,
        }
    }

    /// The family that frames of an EtherType belong to.
    pub(crate) const fn of_ethertype(ethertype: u16) -> Option<Self> {
        match ethertype {
            ETH_ARP | ETH_IPV4 => Some(Self::V4),
            ETH_IPV6 => Some(Self::V6),
            _ => None,
        }
    }

    /// The family of an IP packet, by its first byte.
    pub(crate) fn of_packet(packet: &[u8]) -> Option<Self> {
        match packet.first()? >> 4 {
            4 => Some(Self::V4),
            6 => Some(Self::V6),
            _ => None,
        }
    }

    const fn feature(self) -> &'static str {
        match self {
            Self::V4 => "ipv4",
            Self::V6 => "ipv6",
        }
    }
}

/// An address of a family that this build does not have (EAFNOSUPPORT).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("address family not supported: toe-stack is built without its feature `{}`", .0.feature())]
pub struct FamilyAbsent(pub Family);

/// Whether this build has a family.
#[must_use]
pub const fn enabled(family: Family) -> bool {
    match family {
        Family::V4 => cfg!(feature = "ipv4"),
        Family::V6 => cfg!(feature = "ipv6"),
    }
}

/// Lets an address in, if this build has its family.
///
/// # Errors
/// [`FamilyAbsent`].
pub const fn admit(ip: IpAddr) -> Result<(), FamilyAbsent> {
    let family = Family::of(ip);
    if enabled(family) { Ok(()) } else { Err(FamilyAbsent(family)) }
}

/// Parses an IP packet; the verdict on the header checksum is for IPv4.
pub(crate) fn parse_ip(
    bytes: &[u8],
    ip_csum: Verdict,
    l4_csum: Verdict,
) -> Result<IpPacket<'_>, ParseError> {
    let _only_ipv4_has_one = ip_csum;
    match Family::of_packet(bytes) {
        #[cfg(feature = "ipv4")]
        Some(Family::V4) => crate::ipv4::parse(bytes, ip_csum, l4_csum),
        #[cfg(feature = "ipv6")]
        Some(Family::V6) => crate::ipv6::parse(bytes, l4_csum),
        _ => Err(ParseError::Malformed),
    }
}

/// Writes an IP header in front of `payload_len` bytes. `dst` and `src` must be of one family.
pub(crate) fn put_ip_header(
    out: &mut Vec<u8>,
    h: &IpHeader,
    payload_len: usize,
    device_csum: bool,
) {
    let _only_ipv4_has_one = device_csum;
    match (h.src, h.dst) {
        #[cfg(feature = "ipv4")]
        (IpAddr::V4(src), IpAddr::V4(dst)) => {
            crate::ipv4::put_header(out, h, (src, dst), payload_len, device_csum);
        }
        #[cfg(feature = "ipv6")]
        (IpAddr::V6(src), IpAddr::V6(dst)) => {
            crate::ipv6::put_header(out, h, (src, dst), payload_len);
        }
        // No packet: it has no version, and nothing lets it out or in.
        _ => out.resize(out.len() + h.len(), 0),
    }
}

/// Fills in the checksum of an ICMP message; gives its protocol too.
pub(crate) fn seal_icmp(src: IpAddr, dst: IpAddr, body: Vec<u8>) -> (u8, Vec<u8>) {
    match (src, dst) {
        #[cfg(feature = "ipv6")]
        (IpAddr::V6(src), IpAddr::V6(dst)) => {
            (PROTO_ICMPV6, crate::ipv6::build_icmpv6(src, dst, body))
        }
        #[cfg(feature = "ipv4")]
        (IpAddr::V4(_), IpAddr::V4(_)) => (PROTO_ICMP, crate::ipv4::build_icmpv4(body)),
        _ => (if src.is_ipv6() { PROTO_ICMPV6 } else { PROTO_ICMP }, body),
    }
}

impl Stack {
    /// A frame that is ARP by its EtherType.
    pub(crate) fn arp_frame(&mut self, now: Micros, id: IfId, link_src: MacAddr, payload: &[u8]) {
        #[cfg(feature = "ipv4")]
        self.handle_arp(now, id, link_src, payload);
        #[cfg(not(feature = "ipv4"))]
        let _refused_before = (now, id, link_src, payload);
    }

    /// A control message from the queue.
    pub(crate) fn handle_icmp(&mut self, now: Micros, id: IfId, ip: &IpPacket<'_>, unicast: bool) {
        match (ip.src, ip.dst) {
            #[cfg(feature = "ipv4")]
            (IpAddr::V4(src), IpAddr::V4(dst)) => {
                self.handle_icmpv4(now, id, src, dst, ip, unicast);
            }
            #[cfg(feature = "ipv6")]
            (IpAddr::V6(src), IpAddr::V6(dst)) => {
                self.handle_icmpv6(now, id, src, dst, ip, unicast);
            }
            _ => {}
        }
    }

    /// Asks for a neighbour's address: ARP request or neighbour solicitation.
    pub(crate) fn solicit(&mut self, key: NeighKey, to: Option<MacAddr>) {
        match key.next_hop() {
            #[cfg(feature = "ipv4")]
            IpAddr::V4(target) => self.arp_solicit(key.iface(), target, to),
            #[cfg(feature = "ipv6")]
            IpAddr::V6(target) => self.nd_solicit(key.iface(), target, to),
            #[cfg(not(all(feature = "ipv4", feature = "ipv6")))]
            _ => {}
        }
    }

    /// Tells the link about a new address: gratuitous ARP, unsolicited advertisement.
    pub(crate) fn announce(&mut self, _now: Micros, id: IfId, ip: IpAddr) {
        let Some(iface) = self.ifaces.get(id) else { return };
        if !matches!(iface.kind, IfKind::Ethernet { .. } | IfKind::Vlan { .. }) {
            return;
        }
        let mac = iface.mac;
        match ip {
            #[cfg(feature = "ipv4")]
            IpAddr::V4(own) => self.arp_announce(id, mac, own),
            #[cfg(feature = "ipv6")]
            IpAddr::V6(own) => self.nd_announce(id, mac, own),
            #[cfg(not(all(feature = "ipv4", feature = "ipv6")))]
            _ => {}
        }
    }
}

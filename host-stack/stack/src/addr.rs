// SPDX-License-Identifier: Apache-2.0
//! Addresses: MAC, IP with an explicit zone, and the 4-tuple of a session.
//!
//! A link-local address means nothing without its link. [`ScopedAddr`] can only be built with a zone where one is
//! needed and without one where it is not, so no table can hold a naked `fe80::` address (S-SCOPE-1). Zones are never
//! embedded in address bytes.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::iface::IfId;

/// An Ethernet address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct MacAddr(pub [u8; 6]);

impl MacAddr {
    /// ff:ff:ff:ff:ff:ff.
    pub const BROADCAST: Self = Self([0xff; 6]);

    /// The group bit.
    #[must_use]
    pub fn is_multicast(self) -> bool {
        self.0[0] & 1 != 0
    }

    /// An address a station may have: not a group address, not all zero.
    #[must_use]
    pub fn is_unicast(self) -> bool {
        !self.is_multicast() && self.0 != [0; 6]
    }

    /// The group MAC of a multicast IP address, or broadcast.
    #[must_use]
    pub fn for_multicast(ip: IpAddr) -> Self {
        match ip {
            IpAddr::V4(a) if a.is_multicast() => {
                let o = a.octets();
                Self([0x01, 0x00, 0x5e, o[1] & 0x7f, o[2], o[3]])
            }
            IpAddr::V4(_) => Self::BROADCAST,
            IpAddr::V6(a) => {
                let o = a.octets();
                Self([0x33, 0x33, o[12], o[13], o[14], o[15]])
            }
        }
    }

    /// Modified EUI-64 interface identifier (RFC 4291 appendix A) under fe80::/64.
    #[must_use]
    pub fn link_local(self) -> Ipv6Addr {
        let m = self.0;
        let seg = |a: u8, b: u8| u16::from_be_bytes([a, b]);
        Ipv6Addr::new(
            0xfe80,
            0,
            0,
            0,
            seg(m[0] ^ 2, m[1]),
            seg(m[2], 0xff),
            seg(0xfe, m[3]),
            seg(m[4], m[5]),
        )
    }
}

impl fmt::Display for MacAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let m = self.0;
        write!(f, "{:02x}:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}", m[0], m[1], m[2], m[3], m[4], m[5])
    }
}

/// Why an address and a zone do not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScopeError {
    /// A link-local address without an interface.
    #[error("link-local address without a zone")]
    ZoneRequired,
    /// A zone on an address that has none.
    #[error("zone given for an address of global scope")]
    ZoneForbidden,
}

/// An IP address together with the zone that makes it unambiguous.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScopedAddr {
    addr: IpAddr,
    zone: Option<IfId>,
}

/// Whether the meaning of `addr` depends on the link it is used on.
#[must_use]
pub fn needs_zone(addr: IpAddr) -> bool {
    match addr {
        IpAddr::V4(_) => false,
        IpAddr::V6(a) => is_link_local6(a) || matches!(multicast_scope(a), Some(1 | 2)),
    }
}

/// fe80::/10.
#[must_use]
pub fn is_link_local6(a: Ipv6Addr) -> bool {
    a.segments()[0] & 0xffc0 == 0xfe80
}

/// The scope nibble of an IPv6 multicast address.
#[must_use]
pub fn multicast_scope(a: Ipv6Addr) -> Option<u8> {
    a.is_multicast().then(|| a.octets()[1] & 0xf)
}

/// The solicited-node group of `a` (RFC 4291 §2.7.1).
#[must_use]
pub fn solicited_node(a: Ipv6Addr) -> Ipv6Addr {
    let o = a.octets();
    let seg = |a: u8, b: u8| u16::from_be_bytes([a, b]);
    Ipv6Addr::new(0xff02, 0, 0, 0, 0, 1, seg(0xff, o[13]), seg(o[14], o[15]))
}

impl ScopedAddr {
    /// An address with exactly the zone it needs.
    ///
    /// # Errors
    /// [`ScopeError`] where a zone is missing or superfluous.
    pub fn new(addr: IpAddr, zone: Option<IfId>) -> Result<Self, ScopeError> {
        match (needs_zone(addr), zone) {
            (true, None) => Err(ScopeError::ZoneRequired),
            (false, Some(_)) => Err(ScopeError::ZoneForbidden),
            _ => Ok(Self { addr, zone }),
        }
    }

    /// As seen on interface `on`: the zone is attached if the address needs one.
    #[must_use]
    pub fn on(addr: IpAddr, on: IfId) -> Self {
        Self { addr, zone: needs_zone(addr).then_some(on) }
    }

    /// An address of global scope.
    ///
    /// # Errors
    /// [`ScopeError::ZoneRequired`] for link-local addresses.
    pub fn global(addr: impl Into<IpAddr>) -> Result<Self, ScopeError> {
        Self::new(addr.into(), None)
    }

    /// The address without its zone.
    #[must_use]
    pub fn ip(&self) -> IpAddr {
        self.addr
    }

    /// The zone, if the address has one.
    #[must_use]
    pub fn zone(&self) -> Option<IfId> {
        self.zone
    }

    /// Whether this is an IPv6 address.
    #[must_use]
    pub fn is_ipv6(&self) -> bool {
        self.addr.is_ipv6()
    }
}

impl From<Ipv4Addr> for ScopedAddr {
    fn from(addr: Ipv4Addr) -> Self {
        Self { addr: IpAddr::V4(addr), zone: None }
    }
}

impl fmt::Display for ScopedAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.zone {
            Some(zone) => write!(f, "{}%{}", self.addr, zone.index()),
            None => write!(f, "{}", self.addr),
        }
    }
}

/// An address and a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Endpoint {
    /// Address with zone.
    pub addr: ScopedAddr,
    /// Port.
    pub port: u16,
}

impl Endpoint {
    /// Pairs an address with a port.
    #[must_use]
    pub fn new(addr: ScopedAddr, port: u16) -> Self {
        Self { addr, port }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.addr.ip() {
            IpAddr::V4(_) => write!(f, "{}:{}", self.addr, self.port),
            IpAddr::V6(_) => write!(f, "[{}]:{}", self.addr, self.port),
        }
    }
}

/// The key of a session, seen from this host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FourTuple {
    /// Our end.
    pub local: Endpoint,
    /// The peer's end.
    pub remote: Endpoint,
}

impl FourTuple {
    /// Whether the session is IPv6.
    #[must_use]
    pub fn is_ipv6(&self) -> bool {
        self.local.addr.is_ipv6()
    }

    /// Canonical bytes, for keyed hashes (ISN, cookies).
    #[must_use]
    pub fn key_bytes(&self) -> [u8; 44] {
        let mut out = [0; 44];
        let end = |e: &Endpoint, out: &mut [u8]| {
            let ip = match e.addr.ip() {
                IpAddr::V4(a) => a.to_ipv6_mapped(),
                IpAddr::V6(a) => a,
            };
            out[..16].copy_from_slice(&ip.octets());
            out[16..18].copy_from_slice(&e.port.to_be_bytes());
            let zone = e.addr.zone().map_or(0, |z| z.index().wrapping_add(1));
            out[18..22].copy_from_slice(&zone.to_be_bytes());
        };
        end(&self.local, &mut out[..22]);
        end(&self.remote, &mut out[22..]);
        out
    }
}

/// In one piece: a keyed hash costs by the call, not by the byte.
impl std::hash::Hash for FourTuple {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        let (IpAddr::V4(local), IpAddr::V4(remote)) = (self.local.addr.ip(), self.remote.addr.ip())
        else {
            return state.write(&self.key_bytes());
        };
        let addrs = u64::from(local.to_bits()) << 32 | u64::from(remote.to_bits());
        let ports = u32::from(self.local.port) << 16 | u32::from(self.remote.port);
        state.write(&(u128::from(ports) << 64 | u128::from(addrs)).to_le_bytes()[..12]);
    }
}

impl fmt::Display for FourTuple {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} > {}", self.local, self.remote)
    }
}

/// What must never be a source or destination on a wire (S-SCOPE-2): loopback and v4-mapped addresses.
#[must_use]
pub fn never_on_wire(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(a) => a.is_loopback(),
        IpAddr::V6(a) => a.is_loopback() || a.to_ipv4_mapped().is_some(),
    }
}

/// Unicast as far as the address alone tells (a subnet broadcast needs the interface's prefixes).
#[must_use]
pub fn is_unicast(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(a) => !a.is_multicast() && !a.is_broadcast() && !a.is_unspecified(),
        IpAddr::V6(a) => !a.is_multicast() && !a.is_unspecified(),
    }
}

// SPDX-License-Identifier: Apache-2.0
//! Interfaces, VLANs and their addresses.
//!
//! Ids are generational: after an interface was removed its old id finds nothing, even when the slot is used again
//! (S-SCOPE-5). A VLAN is an interface of its own on top of a port.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use crate::addr::{MacAddr, ScopedAddr, is_link_local6};
use crate::arena::{Arena, Id};
use crate::family::{FamilyAbsent, admit};
use crate::fib::FibId;
use crate::rand::Map;

/// Marker of interface ids.
pub struct InterfaceTag(());
/// An interface; stale after its removal.
pub type IfId = Id<InterfaceTag>;

/// What an interface is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfKind {
    /// An Ethernet port.
    Ethernet {
        /// Its station address.
        mac: MacAddr,
    },
    /// A VLAN on an Ethernet port; takes the port's station address.
    Vlan {
        /// The port.
        parent: IfId,
        /// VLAN identifier, 1 to 4094.
        vid: u16,
    },
    /// A tunnel or serial link: frames are bare IP packets, and all destinations share one neighbour (S-LNX-8).
    PointToPoint,
    /// This host.
    Loopback,
}

/// What the device behind an interface does for us, per address family (S-CSUM-2, S-CSUM-4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)]
pub struct OffloadCaps {
    /// Receive checksum verdicts are honoured, IPv4.
    pub rx_csum4: bool,
    /// Receive checksum verdicts are honoured, IPv6.
    pub rx_csum6: bool,
    /// The device inserts TCP/UDP and IPv4 header checksums.
    pub tx_csum4: bool,
    /// The device inserts TCP/UDP checksums over IPv6.
    pub tx_csum6: bool,
    /// TCP segmentation, IPv4.
    pub tso4: bool,
    /// TCP segmentation, IPv6.
    pub tso6: bool,
    /// The device inserts the VLAN tag.
    pub vlan_insert: bool,
    /// Sessions on IPv4 may go to the engine.
    pub toe4: bool,
    /// Sessions on IPv6 may go to the engine.
    pub toe6: bool,
}

impl OffloadCaps {
    /// Everything the engine can do.
    #[must_use]
    pub fn all() -> Self {
        Self {
            rx_csum4: true,
            rx_csum6: true,
            tx_csum4: true,
            tx_csum6: true,
            tso4: true,
            tso6: true,
            vlan_insert: true,
            toe4: true,
            toe6: true,
        }
    }

    /// `self` with the dependency rules applied: no TSO without transmit checksums (S-CSUM-4).
    #[must_use]
    pub fn normalised(self) -> Self {
        Self { tso4: self.tso4 && self.tx_csum4, tso6: self.tso6 && self.tx_csum6, ..self }
    }
}

/// How to make an interface.
#[derive(Clone, Debug)]
pub struct InterfaceConfig {
    /// Name for humans, unique.
    pub name: String,
    /// Medium.
    pub kind: IfKind,
    /// Largest IP packet.
    pub mtu: u32,
    /// Device abilities; a VLAN takes its parent's.
    pub caps: OffloadCaps,
    /// FIB of packets that arrive here.
    pub fib: FibId,
    /// Redirects are believed (S-LNX-3).
    pub accept_redirects: bool,
}

impl InterfaceConfig {
    /// An Ethernet port with MTU 1500 and no offload.
    #[must_use]
    pub fn ethernet(name: &str, mac: MacAddr) -> Self {
        Self {
            name: name.to_owned(),
            kind: IfKind::Ethernet { mac },
            mtu: 1500,
            caps: OffloadCaps::default(),
            fib: FibId(0),
            accept_redirects: true,
        }
    }

    /// VLAN `vid` on `parent`.
    #[must_use]
    pub fn vlan(name: &str, parent: IfId, vid: u16) -> Self {
        Self { kind: IfKind::Vlan { parent, vid }, ..Self::ethernet(name, MacAddr::default()) }
    }

    /// A point-to-point link carrying bare IP packets.
    #[must_use]
    pub fn point_to_point(name: &str) -> Self {
        Self { kind: IfKind::PointToPoint, ..Self::ethernet(name, MacAddr::default()) }
    }
}

/// An address of an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IfAddr {
    /// Address and prefix length.
    pub net: IpNet,
    /// Not to be used for new sessions (RFC 6724 rule 3).
    pub deprecated: bool,
    /// A privacy address (RFC 6724 rule 7).
    pub temporary: bool,
    /// A home address (RFC 6724 rule 4).
    pub home: bool,
}

impl IfAddr {
    /// A preferred address.
    #[must_use]
    pub fn new(net: IpNet) -> Self {
        Self { net, deprecated: false, temporary: false, home: false }
    }
}

/// Interface counters. Frames in = delivered upwards + dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct IfCounters {
    pub rx_frames: u64,
    pub rx_bytes: u64,
    pub rx_dropped: u64,
    pub tx_frames: u64,
    pub tx_bytes: u64,
    pub tx_dropped: u64,
}

/// One interface.
#[derive(Debug)]
pub struct Interface {
    /// Name, unique in the stack.
    pub name: String,
    /// Medium.
    pub kind: IfKind,
    /// Station address (zero without one).
    pub mac: MacAddr,
    /// Largest IP packet.
    pub mtu: u32,
    /// Device abilities.
    pub caps: OffloadCaps,
    /// FIB of arriving packets.
    pub fib: FibId,
    /// Administrative state.
    pub up: bool,
    /// Redirects are believed.
    pub accept_redirects: bool,
    /// Addresses.
    pub addrs: Vec<IfAddr>,
    /// Groups that were joined, beside all-nodes and the solicited-node groups of the addresses.
    pub groups: Vec<IpAddr>,
    /// Counters.
    pub counters: IfCounters,
}

impl Interface {
    /// The port that carries this interface's frames and the VLAN to tag them with.
    #[must_use]
    pub fn port(&self, own: IfId) -> (IfId, Option<u16>) {
        match self.kind {
            IfKind::Vlan { parent, vid } => (parent, Some(vid)),
            _ => (own, None),
        }
    }

    /// All destinations are one neighbour (S-LNX-8).
    #[must_use]
    pub fn is_point_to_point(&self) -> bool {
        matches!(self.kind, IfKind::PointToPoint | IfKind::Loopback)
    }

    /// Whether frames have Ethernet headers.
    #[must_use]
    pub fn is_ethernet(&self) -> bool {
        matches!(self.kind, IfKind::Ethernet { .. } | IfKind::Vlan { .. })
    }

    /// Whether `ip` lies in a prefix of this interface.
    #[must_use]
    pub fn on_link(&self, ip: IpAddr) -> bool {
        self.addrs.iter().any(|a| a.net.contains(&ip))
            || matches!(ip, IpAddr::V6(a) if is_link_local6(a))
    }

    /// Whether `ip` is the broadcast address of a prefix of this interface (or 255.255.255.255).
    #[must_use]
    pub fn is_broadcast(&self, ip: Ipv4Addr) -> bool {
        ip.is_broadcast()
            || self.addrs.iter().any(|a| match a.net {
                IpNet::V4(net) => net.prefix_len() < 31 && net.broadcast() == ip,
                IpNet::V6(_) => false,
            })
    }

    /// Whether packets to the group `ip` are for this interface.
    #[must_use]
    pub fn is_member(&self, ip: IpAddr) -> bool {
        let own = match ip {
            IpAddr::V4(a) => a == Ipv4Addr::new(224, 0, 0, 1),
            IpAddr::V6(a) => {
                let all_nodes =
                    |scope: u16| a == Ipv6Addr::new(0xff00 | scope, 0, 0, 0, 0, 0, 0, 1);
                all_nodes(1)
                    || all_nodes(2)
                    || self.addrs.iter().any(|own| match own.net.addr() {
                        IpAddr::V6(own) => crate::addr::solicited_node(own) == a,
                        IpAddr::V4(_) => false,
                    })
            }
        };
        own || self.groups.contains(&ip)
    }

    /// The first IPv4 address, preferring one whose prefix contains `towards`.
    #[must_use]
    pub fn ipv4_towards(&self, towards: Ipv4Addr) -> Option<Ipv4Addr> {
        let v4 = |a: &IfAddr| match a.net {
            IpNet::V4(net) => Some(net),
            IpNet::V6(_) => None,
        };
        let nets = || self.addrs.iter().filter_map(v4);
        nets().find(|n| n.contains(&towards)).or_else(|| nets().next()).map(|n| n.addr())
    }

    /// The IPv6 address to ask for `towards` with: one of the same prefix, as the packets to come will have (RFC 4861
    /// §7.2.2), else the link-local one.
    #[must_use]
    pub fn ipv6_towards(&self, towards: Ipv6Addr) -> Option<Ipv6Addr> {
        let v6 = |a: &IfAddr| match a.net {
            IpNet::V6(net) => Some(net),
            IpNet::V4(_) => None,
        };
        let nets = || self.addrs.iter().filter_map(v6);
        nets()
            .find(|n| n.contains(&towards))
            .map(|n| n.addr())
            .or_else(|| self.link_local())
            .or_else(|| nets().next().map(|n| n.addr()))
    }

    /// The link-local address of this interface.
    #[must_use]
    pub fn link_local(&self) -> Option<Ipv6Addr> {
        self.addrs.iter().find_map(|a| match a.net.addr() {
            IpAddr::V6(a) if is_link_local6(a) => Some(a),
            _ => None,
        })
    }
}

/// Why an interface operation failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IfError {
    /// The id is stale or was never given (ENXIO).
    #[error("no such interface")]
    NoSuchInterface,
    /// The name is taken.
    #[error("an interface of this name exists")]
    NameTaken,
    /// The VLAN id is outside 1..=4094, taken, or the parent is not an Ethernet port.
    #[error("this VLAN cannot be made there")]
    BadVlan,
    /// The MTU is below 68 (1280 is needed for IPv6).
    #[error("MTU {0} is too small")]
    BadMtu(u32),
    /// The address is there already, or is not a unicast address.
    #[error("address exists or is not usable")]
    BadAddress,
    /// The interface has no such address.
    #[error("no such address")]
    NoSuchAddress,
    /// VLANs are still on this port.
    #[error("interface is in use")]
    Busy,
    /// EAFNOSUPPORT: the build lacks the address family.
    #[error(transparent)]
    Family(#[from] FamilyAbsent),
}

/// All interfaces of a stack.
pub struct Interfaces {
    arena: Arena<InterfaceTag, Interface>,
    vlans: Map<(IfId, u16), IfId>,
    /// Few, and chosen by nobody else: no hash.
    local: BTreeMap<ScopedAddr, IfId>,
    loopback: IfId,
}

impl Interfaces {
    pub(crate) fn new(rng: &mut crate::rand::Prng) -> Self {
        let mut arena = Arena::new();
        let loopback = arena.insert(Interface {
            name: "lo".to_owned(),
            kind: IfKind::Loopback,
            mac: MacAddr::default(),
            mtu: 65_535,
            caps: OffloadCaps { rx_csum4: true, rx_csum6: true, ..OffloadCaps::default() },
            fib: FibId(0),
            up: true,
            accept_redirects: false,
            addrs: Vec::new(),
            groups: Vec::new(),
            counters: IfCounters::default(),
        });
        Self { arena, vlans: rng.map(), local: BTreeMap::new(), loopback }
    }

    /// The loopback interface, always there.
    #[must_use]
    pub fn loopback(&self) -> IfId {
        self.loopback
    }

    /// Looks an interface up; a stale id finds nothing.
    #[must_use]
    pub fn get(&self, id: IfId) -> Option<&Interface> {
        self.arena.get(id)
    }

    pub(crate) fn get_mut(&mut self, id: IfId) -> Option<&mut Interface> {
        self.arena.get_mut(id)
    }

    /// All interfaces.
    pub fn iter(&self) -> impl Iterator<Item = (IfId, &Interface)> {
        self.arena.iter()
    }

    /// By name.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<IfId> {
        self.iter().find(|(_, i)| i.name == name).map(|(id, _)| id)
    }

    /// The VLAN interface for frames tagged `vid` on `port`.
    #[must_use]
    pub fn vlan(&self, port: IfId, vid: u16) -> Option<IfId> {
        self.vlans.get(&(port, vid)).copied()
    }

    /// The interface that has `addr`.
    #[must_use]
    pub fn owner_of(&self, addr: ScopedAddr) -> Option<IfId> {
        if let Some(id) = self.local.get(&addr) {
            return Some(*id);
        }
        // All of 127/8 is this host.
        matches!(addr.ip(), IpAddr::V4(a) if a.is_loopback()).then_some(self.loopback)
    }

    pub(crate) fn add(&mut self, config: InterfaceConfig) -> Result<IfId, IfError> {
        if self.by_name(&config.name).is_some() {
            return Err(IfError::NameTaken);
        }
        if config.mtu < 68 {
            return Err(IfError::BadMtu(config.mtu));
        }
        let (mac, caps, mtu) = match config.kind {
            IfKind::Ethernet { mac } => (mac, config.caps.normalised(), config.mtu),
            IfKind::Vlan { parent, vid } => {
                let port = self.arena.get(parent).ok_or(IfError::NoSuchInterface)?;
                let IfKind::Ethernet { mac } = port.kind else { return Err(IfError::BadVlan) };
                if !(1..=4094).contains(&vid) || self.vlans.contains_key(&(parent, vid)) {
                    return Err(IfError::BadVlan);
                }
                (mac, port.caps, config.mtu.min(port.mtu))
            }
            IfKind::PointToPoint | IfKind::Loopback => {
                (MacAddr::default(), config.caps.normalised(), config.mtu)
            }
        };
        let id = self.arena.insert(Interface {
            name: config.name,
            kind: config.kind,
            mac,
            mtu,
            caps,
            fib: config.fib,
            up: true,
            accept_redirects: config.accept_redirects,
            addrs: Vec::new(),
            groups: Vec::new(),
            counters: IfCounters::default(),
        });
        if let IfKind::Vlan { parent, vid } = config.kind {
            self.vlans.insert((parent, vid), id);
        }
        Ok(id)
    }

    pub(crate) fn remove(&mut self, id: IfId) -> Result<Interface, IfError> {
        if id == self.loopback || self.vlans.keys().any(|(parent, _)| *parent == id) {
            return Err(if self.arena.get(id).is_some() {
                IfError::Busy
            } else {
                IfError::NoSuchInterface
            });
        }
        let gone = self.arena.remove(id).ok_or(IfError::NoSuchInterface)?;
        self.vlans.retain(|_, child| *child != id);
        self.local.retain(|_, owner| *owner != id);
        Ok(gone)
    }

    pub(crate) fn add_addr(&mut self, id: IfId, addr: IfAddr) -> Result<(), IfError> {
        let iface = self.arena.get_mut(id).ok_or(IfError::NoSuchInterface)?;
        let ip = addr.net.addr();
        admit(ip)?;
        let loopback_ok = !crate::addr::never_on_wire(ip) || id == self.loopback;
        let scoped = ScopedAddr::on(ip, id);
        if !crate::addr::is_unicast(ip) || !loopback_ok || self.local.contains_key(&scoped) {
            return Err(IfError::BadAddress);
        }
        iface.addrs.push(addr);
        self.local.insert(scoped, id);
        Ok(())
    }

    pub(crate) fn remove_addr(&mut self, id: IfId, ip: IpAddr) -> Result<IfAddr, IfError> {
        let iface = self.arena.get_mut(id).ok_or(IfError::NoSuchInterface)?;
        let at =
            iface.addrs.iter().position(|a| a.net.addr() == ip).ok_or(IfError::NoSuchAddress)?;
        let gone = iface.addrs.remove(at);
        self.local.remove(&ScopedAddr::on(ip, id));
        Ok(gone)
    }

    /// Whether `ip` lies in the prefix of any interface: "local" in the sense of the MSL classes (S-MSLT-1).
    #[must_use]
    pub fn is_attached(&self, ip: IpAddr) -> bool {
        self.iter().any(|(_, i)| i.on_link(ip))
    }

    /// Whether `ip` may reach sockets through interface `on`: its own unicast, broadcast or multicast address.
    pub(crate) fn accepts(&self, on: IfId, ip: IpAddr) -> Accepts {
        if self.owner_of(ScopedAddr::on(ip, on)).is_some() {
            return Accepts::Unicast;
        }
        match ip {
            IpAddr::V4(a) if a.is_multicast() => match self.get(on) {
                Some(i) if i.is_member(ip) => Accepts::Group,
                _ => Accepts::No,
            },
            IpAddr::V4(a) => match self.get(on) {
                Some(i) if i.is_broadcast(a) => Accepts::Group,
                _ => Accepts::No,
            },
            IpAddr::V6(_) => match self.get(on) {
                Some(i) if i.is_member(ip) => Accepts::Group,
                _ => Accepts::No,
            },
        }
    }
}

/// How a destination address concerns this host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Accepts {
    Unicast,
    Group,
    No,
}

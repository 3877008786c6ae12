// SPDX-License-Identifier: Apache-2.0
//! UDP sockets.

use std::collections::VecDeque;
use std::net::IpAddr;

use toe_tcp::Micros;

use crate::addr::{Endpoint, FourTuple, ScopedAddr};
use crate::arena::{Arena, Id};
use crate::family::{FamilyAbsent, admit};
use crate::fib::FibId;
use crate::icmp::{ErrorKind, IcmpKind};
use crate::iface::IfId;
use crate::output::{Frame, Verdict};
use crate::ports::{BindOptions, LocalAddr, PortError, Proto};
use crate::rand::{Map, Prng};
use crate::send::SendError;
use crate::stack::{Stack, StackEvent};
use crate::wire::{DeviceChecksums, IpHeader, IpPacket, PROTO_UDP, build_udp, l4_checksum_ok};

/// Marker of UDP socket ids.
pub struct UdpTag(());
/// A UDP socket.
pub type UdpId = Id<UdpTag>;

/// A received datagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Datagram {
    /// Who sent it.
    pub from: Endpoint,
    /// Which address of ours it was sent to.
    pub to: ScopedAddr,
    /// Payload.
    pub data: Vec<u8>,
}

/// Why an operation on a UDP socket failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UdpError {
    /// The id is stale.
    #[error("no such socket")]
    NoSuchSocket,
    /// Nothing there now.
    #[error("would block")]
    WouldBlock,
    /// Binding failed.
    #[error(transparent)]
    Port(#[from] PortError),
    /// Sending failed.
    #[error(transparent)]
    Send(#[from] SendError),
    /// The peer has no such port (connected sockets).
    #[error("connection refused")]
    Refused,
    /// No destination was given and the socket is not connected.
    #[error("destination required")]
    NotConnected,
    /// Already bound.
    #[error("socket is bound")]
    AlreadyBound,
    /// EAFNOSUPPORT: the build lacks the address family.
    #[error(transparent)]
    Family(#[from] FamilyAbsent),
}

struct Bound {
    local: LocalAddr,
    port: u16,
    ticket: u64,
}

struct UdpSocket {
    options: BindOptions,
    fib: FibId,
    /// Interface of groups (IP_MULTICAST_IF, IPV6_MULTICAST_IF).
    group_if: Option<IfId>,
    bound: Option<Bound>,
    peer: Option<Endpoint>,
    rx: VecDeque<Datagram>,
    rx_bytes: usize,
    drops: u64,
    error: Option<UdpError>,
    event_pending: bool,
}

impl UdpSocket {
    fn new(options: BindOptions, fib: FibId) -> Self {
        Self {
            options,
            fib,
            group_if: None,
            bound: None,
            peer: None,
            rx: VecDeque::new(),
            rx_bytes: 0,
            drops: 0,
            error: None,
            event_pending: false,
        }
    }
}

/// One UDP socket for display.
#[derive(Clone, Copy, Debug)]
pub struct UdpInfo {
    /// Which socket.
    pub id: UdpId,
    /// Its port and address.
    pub local: Option<(LocalAddr, u16)>,
    /// Its peer, if connected.
    pub peer: Option<Endpoint>,
    /// Bytes waiting.
    pub rx_bytes: usize,
    /// Datagrams dropped for want of room.
    pub drops: u64,
}

pub(crate) struct UdpLayer {
    sockets: Arena<UdpTag, UdpSocket>,
    by_port: Map<u16, Vec<UdpId>>,
}

impl UdpLayer {
    pub(crate) fn new(rng: &mut Prng) -> Self {
        Self { sockets: Arena::new(), by_port: rng.map() }
    }

    pub(crate) fn event_taken(&mut self, id: UdpId) {
        if let Some(s) = self.sockets.get_mut(id) {
            s.event_pending = false;
        }
    }

    /// Best match first decides for unicast; groups go to every socket that matches.
    fn matching(&self, to: Endpoint, from: Endpoint) -> Vec<(u8, UdpId)> {
        let Some(ids) = self.by_port.get(&to.port) else { return Vec::new() };
        ids.iter()
            .filter_map(|id| {
                let s = self.sockets.get(*id)?;
                let bound = s.bound.as_ref()?;
                let group = crate::addr::is_unicast(to.addr.ip());
                if !bound.local.covers(to.addr, s.options.v6_only) && group {
                    return None;
                }
                let connected = match s.peer {
                    Some(peer) if peer == from => 2,
                    Some(_) => return None,
                    None => 0,
                };
                Some((connected + u8::from(matches!(bound.local, LocalAddr::One(_))), *id))
            })
            .collect()
    }
}

impl Stack {
    /// A new UDP socket.
    pub fn udp_socket(&mut self, options: BindOptions, fib: FibId) -> UdpId {
        self.udp.sockets.insert(UdpSocket::new(options, fib))
    }

    /// The same under the id that another stack gave it ([`crate::shard`]).
    pub fn udp_socket_as(&mut self, id: UdpId, options: BindOptions, fib: FibId) {
        self.udp.sockets.adopt(id, UdpSocket::new(options, fib));
    }

    /// The source address of datagrams to `to`.
    #[must_use]
    pub fn udp_source(&self, now: Micros, id: UdpId, to: ScopedAddr) -> Option<ScopedAddr> {
        let s = self.udp.sockets.get(id)?;
        if let Some(Bound { local: LocalAddr::One(own), .. }) = &s.bound {
            return Some(*own);
        }
        let path = self.route_to(now, s.fib, to).ok()?;
        self.source_for(to, &path)
    }

    /// Binds to `local`; port 0 takes an ephemeral one. Gives the port.
    ///
    /// # Errors
    /// [`UdpError::Port`], [`UdpError::AlreadyBound`].
    pub fn udp_bind(&mut self, id: UdpId, local: ScopedAddr, port: u16) -> Result<u16, UdpError> {
        let s = self.udp.sockets.get(id).ok_or(UdpError::NoSuchSocket)?;
        admit(local.ip())?;
        if s.bound.is_some() {
            return Err(UdpError::AlreadyBound);
        }
        let options = s.options;
        let port = match port {
            0 => self.ports.ephemeral(Proto::Udp, local, None, |_| false)?,
            port => port,
        };
        let at = LocalAddr::new(local);
        let ticket = self.ports.bind(Proto::Udp, at, port, options)?;
        let s = self.udp.sockets.get_mut(id).ok_or(UdpError::NoSuchSocket)?;
        s.bound = Some(Bound { local: at, port, ticket });
        self.udp.by_port.entry(port).or_default().push(id);
        Ok(port)
    }

    /// Fixes the peer: only its datagrams are received, and errors about it are reported.
    ///
    /// # Errors
    /// [`UdpError`].
    pub fn udp_connect(&mut self, now: Micros, id: UdpId, peer: Endpoint) -> Result<(), UdpError> {
        let fib = self.udp.sockets.get(id).ok_or(UdpError::NoSuchSocket)?.fib;
        admit(peer.addr.ip())?;
        let path = self.route_to(now, fib, peer.addr).map_err(|_| SendError::Unreachable)?;
        let src = self.source_for(peer.addr, &path).ok_or(SendError::Unreachable)?;
        if self.udp.sockets.get(id).is_some_and(|s| s.bound.is_none()) {
            self.udp_bind(id, src, 0)?;
        }
        let s = self.udp.sockets.get_mut(id).ok_or(UdpError::NoSuchSocket)?;
        s.peer = Some(peer);
        Ok(())
    }

    /// The interface on which datagrams to groups leave; `None`: as the routes say (IP_MULTICAST_IF, RFC 3493 §5.2).
    ///
    /// # Errors
    /// [`UdpError::NoSuchSocket`]; [`SendError::Unreachable`]: there is no such interface.
    pub fn udp_set_group_interface(
        &mut self,
        id: UdpId,
        iface: Option<IfId>,
    ) -> Result<(), UdpError> {
        if iface.is_some_and(|i| self.ifaces.get(i).is_none()) {
            return Err(SendError::Unreachable.into());
        }
        self.udp.sockets.get_mut(id).ok_or(UdpError::NoSuchSocket)?.group_if = iface;
        Ok(())
    }

    /// Sends a datagram to a group whose zone is not said: it is that of the socket's interface for groups, or of the
    /// address that it is bound to (S-SCOPE-3).
    ///
    /// # Errors
    /// [`UdpError`]; [`SendError::Unreachable`] where neither says which link is meant.
    pub fn udp_send_group(
        &mut self,
        now: Micros,
        id: UdpId,
        group: IpAddr,
        port: u16,
        data: &[u8],
    ) -> Result<(), UdpError> {
        let s = self.udp.sockets.get(id).ok_or(UdpError::NoSuchSocket)?;
        let bound = s.bound.as_ref().and_then(|b| match b.local {
            LocalAddr::One(own) => own.zone(),
            LocalAddr::AnyV4 | LocalAddr::Any => None,
        });
        let to = match s.group_if.or(bound) {
            Some(zone) => ScopedAddr::on(group, zone),
            None => ScopedAddr::global(group).map_err(|_| SendError::Unreachable)?,
        };
        self.udp_send(now, id, Some(Endpoint::new(to, port)), data)
    }

    /// Sends a datagram to `to`, or to the connected peer.
    ///
    /// # Errors
    /// [`UdpError`].
    pub fn udp_send(
        &mut self,
        now: Micros,
        id: UdpId,
        to: Option<Endpoint>,
        data: &[u8],
    ) -> Result<(), UdpError> {
        let s = self.udp.sockets.get_mut(id).ok_or(UdpError::NoSuchSocket)?;
        if let Some(error) = s.error.take() {
            return Err(error);
        }
        let to = to.or(s.peer).ok_or(UdpError::NotConnected)?;
        admit(to.addr.ip())?;
        let fib = s.fib;
        let via = s.group_if.filter(|_| to.addr.ip().is_multicast());
        if s.bound.is_none() {
            let any: IpAddr = match to.addr.ip() {
                IpAddr::V4(_) => std::net::Ipv4Addr::UNSPECIFIED.into(),
                IpAddr::V6(_) => std::net::Ipv6Addr::UNSPECIFIED.into(),
            };
            let any = ScopedAddr::global(any).map_err(|_| SendError::Unreachable)?;
            self.udp_bind(id, any, 0)?;
        }
        let s = self.udp.sockets.get(id).ok_or(UdpError::NoSuchSocket)?;
        let Some(bound) = &s.bound else { return Err(UdpError::NotConnected) };
        let (local, port) = (bound.local, bound.port);
        let path = self.route_via(now, fib, to.addr, via).map_err(|_| SendError::Unreachable)?;
        let src = match local {
            LocalAddr::One(own) => own,
            LocalAddr::AnyV4 | LocalAddr::Any => {
                self.source_for(to.addr, &path).ok_or(SendError::Unreachable)?
            }
        };
        if src.is_ipv6() != to.addr.is_ipv6() {
            return Err(SendError::Unreachable.into());
        }
        let header = IpHeader {
            src: src.ip(),
            dst: to.addr.ip(),
            protocol: PROTO_UDP,
            hop_limit: self.config.hop_limit,
            tos: 0,
            df: !path.df_off,
            ident: self.next_ident(),
        };
        if header.len() + 8 + data.len() > path.mtu as usize {
            return Err(SendError::TooLong.into());
        }
        let caps = self.iface_of(path.iface).map(|i| i.caps).unwrap_or_default();
        let device = DeviceChecksums { v4: caps.tx_csum4, v6: caps.tx_csum6 };
        let (bytes, offload) = build_udp(&header, (port, to.port), data, device);
        let frame = Frame { bytes, offload, iface: path.iface };
        self.send_packet(now, &path, to.addr.zone().or(src.zone()), frame)?;
        Ok(())
    }

    /// The next datagram.
    ///
    /// # Errors
    /// [`UdpError::WouldBlock`] when there is none; a pending error comes first.
    pub fn udp_recv(&mut self, id: UdpId) -> Result<Datagram, UdpError> {
        let s = self.udp.sockets.get_mut(id).ok_or(UdpError::NoSuchSocket)?;
        if let Some(error) = s.error.take() {
            return Err(error);
        }
        let d = s.rx.pop_front().ok_or(UdpError::WouldBlock)?;
        s.rx_bytes -= d.data.len();
        Ok(d)
    }

    /// Closes the socket.
    ///
    /// # Errors
    /// [`UdpError::NoSuchSocket`].
    pub fn udp_close(&mut self, id: UdpId) -> Result<(), UdpError> {
        let s = self.udp.sockets.remove(id).ok_or(UdpError::NoSuchSocket)?;
        if let Some(b) = s.bound {
            self.ports.release(Proto::Udp, b.port, b.ticket);
            if let Some(ids) = self.udp.by_port.get_mut(&b.port) {
                ids.retain(|other| *other != id);
                if ids.is_empty() {
                    self.udp.by_port.remove(&b.port);
                }
            }
        }
        Ok(())
    }

    /// All UDP sockets.
    pub fn udp_sockets(&self) -> impl Iterator<Item = UdpInfo> {
        self.udp.sockets.iter().map(|(id, s)| UdpInfo {
            id,
            local: s.bound.as_ref().map(|b| (b.local, b.port)),
            peer: s.peer,
            rx_bytes: s.rx_bytes,
            drops: s.drops,
        })
    }

    pub(crate) fn handle_udp(&mut self, now: Micros, id: IfId, ip: &IpPacket<'_>, unicast: bool) {
        let [s0, s1, d0, d1, l0, l1, c0, c1, ..] = ip.payload else {
            self.stats.udp_malformed += 1;
            return;
        };
        let len = usize::from(u16::from_be_bytes([*l0, *l1]));
        let Some(datagram) = ip.payload.get(..len).filter(|d| d.len() >= 8) else {
            self.stats.udp_malformed += 1;
            return;
        };
        let absent = [*c0, *c1] == [0, 0];
        let ok = match ip.l4_csum {
            Verdict::Good => true,
            Verdict::Bad => false,
            // Zero means "none" in IPv4 and is forbidden in IPv6 (RFC 8200 §8.1).
            Verdict::NotChecked if absent => ip.src.is_ipv4(),
            Verdict::NotChecked => l4_checksum_ok(ip.src, ip.dst, PROTO_UDP, datagram),
        };
        if !ok {
            self.stats.udp_bad_checksum += 1;
            return;
        }
        let from = Endpoint::new(ScopedAddr::on(ip.src, id), u16::from_be_bytes([*s0, *s1]));
        let to = Endpoint::new(ScopedAddr::on(ip.dst, id), u16::from_be_bytes([*d0, *d1]));
        let mut targets = self.udp.matching(to, from);
        if targets.is_empty() {
            self.stats.udp_no_socket += 1;
            self.send_icmp_error(now, id, ip, unicast, ErrorKind::Port);
            return;
        }
        if unicast && let Some(best) = targets.iter().max_by_key(|(score, _)| *score).copied() {
            targets = vec![best];
        }
        for (_, target) in targets {
            let limit = self.config.udp_queue;
            let Some(s) = self.udp.sockets.get_mut(target) else { continue };
            let data = &datagram[8..];
            if s.rx_bytes + data.len() > limit || s.rx.len() >= 4096 {
                s.drops += 1;
                self.stats.udp_queue_full += 1;
                continue;
            }
            s.rx_bytes += data.len();
            s.rx.push_back(Datagram { from, to: to.addr, data: data.to_vec() });
            if !s.event_pending {
                s.event_pending = true;
                self.events.push_back(StackEvent::Udp(target));
            }
        }
    }

    /// An ICMP error about a datagram of ours; gives the FIB of the socket it belongs to.
    pub(crate) fn udp_icmp(&mut self, tuple: &FourTuple, kind: IcmpKind) -> Option<FibId> {
        let (_, id) =
            self.udp.matching(tuple.local, tuple.remote).into_iter().max_by_key(|(s, _)| *s)?;
        let s = self.udp.sockets.get_mut(id)?;
        if s.peer == Some(tuple.remote) && kind == IcmpKind::Refused {
            s.error = Some(UdpError::Refused);
        }
        Some(s.fib)
    }
}

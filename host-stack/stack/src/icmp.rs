// SPDX-License-Identifier: Apache-2.0
//! ICMP and ICMPv6 behind a bounded queue (S-MP-8): echo, errors, path MTU, redirects, Neighbour Discovery.
//!
//! Control messages change routes and neighbours, so they are queued and worked off between data; a flood fills the
//! queue, is counted, and touches nothing else. Neighbour Discovery has a queue of its own, so that an echo flood
//! cannot cut off address resolution. An error is believed only if it quotes a packet that a session really has in
//! flight; for sessions of the engine the question is handed out ([`crate::handoff::IcmpQuery`]).

use std::collections::VecDeque;
use std::net::IpAddr;

use toe_tcp::{Micros, SeqNum};

use crate::addr::{Endpoint, FourTuple, ScopedAddr, is_unicast};
use crate::exceptions::{PmtuOutcome, next_plateau};
use crate::family::{admit, parse_ip, seal_icmp};
use crate::fib::{FibId, RouteError};
use crate::handoff::IcmpQuery;
use crate::iface::IfId;
use crate::neigh::NeighKey;
use crate::output::{Frame, Verdict};
use crate::send::SendError;
use crate::stack::{Stack, StackEvent};
use crate::wire::{IpHeader, IpPacket, PROTO_TCP, PROTO_UDP, build_ip};

/// Settings.
#[derive(Clone, Copy, Debug)]
pub struct IcmpConfig {
    /// Messages waiting at most, for each of the two queues.
    pub queue: usize,
    /// Errors sent a second at most.
    pub errors_per_second: u32,
    /// Answer echo requests.
    pub echo: bool,
    /// Believe path MTU reports.
    pub path_mtu: bool,
}

impl Default for IcmpConfig {
    fn default() -> Self {
        Self { queue: 256, errors_per_second: 1000, echo: true, path_mtu: true }
    }
}

/// An echo reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PingReply {
    /// Who answered.
    pub from: ScopedAddr,
    /// Identifier of the request.
    pub ident: u16,
    /// Its sequence number.
    pub seq: u16,
    /// Payload bytes.
    pub len: usize,
    /// Hop limit on arrival.
    pub hop_limit: u8,
}

/// A token bucket refilled every second.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limiter {
    per_second: u32,
    second: u64,
    used: u32,
}

impl Limiter {
    pub(crate) fn new(per_second: u32) -> Self {
        Self { per_second, second: 0, used: 0 }
    }

    pub(crate) fn allow(&mut self, now: Micros) -> bool {
        let second = now.0 / 1_000_000;
        if second != self.second {
            self.second = second;
            self.used = 0;
        }
        self.used = self.used.saturating_add(1);
        self.used <= self.per_second
    }
}

struct Item {
    iface: IfId,
    packet: Vec<u8>,
    unicast: bool,
}

/// The control plane's input queues.
pub(crate) struct Control {
    pub config: IcmpConfig,
    nd: VecDeque<Item>,
    icmp: VecDeque<Item>,
    limiter: Limiter,
}

impl Control {
    pub(crate) fn new(config: IcmpConfig) -> Self {
        Self {
            config,
            nd: VecDeque::new(),
            icmp: VecDeque::new(),
            limiter: Limiter::new(config.errors_per_second),
        }
    }
}

/// Kinds of errors the stack sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    Port,
    Protocol,
}

/// Why a redirect was refused: one value a row of the acceptance table (S-LNX-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedirectRefused {
    /// Code above 3.
    BadCode,
    /// Not from a link-local address, or it has travelled (IPv6).
    NotFromLink,
    /// The interface does not accept redirects.
    Disabled,
    /// There is no route, or it has no gateway.
    NoGateway,
    /// The sender is not the gateway in use.
    NotFromGateway,
    /// It arrived by another interface than the route's.
    WrongInterface,
    /// The new gateway is the old one.
    SameGateway,
    /// The new gateway is not a unicast address.
    BadGateway,
    /// The new gateway is this host.
    Ourselves,
    /// The new gateway is not on the link.
    NotOnLink,
    /// The new gateway's address is not resolved yet: resolution begins, the next redirect will do.
    Unresolved,
}

impl Stack {
    /// Sends an echo request.
    ///
    /// # Errors
    /// [`SendError`].
    pub fn ping(
        &mut self,
        now: Micros,
        fib: FibId,
        dst: ScopedAddr,
        ident: u16,
        seq: u16,
        payload: &[u8],
    ) -> Result<(), SendError> {
        admit(dst.ip())?;
        let path = self.route_to(now, fib, dst).map_err(|_| SendError::Unreachable)?;
        let src = self.source_for(dst, &path).ok_or(SendError::Unreachable)?;
        let mut body = vec![if dst.is_ipv6() { 128 } else { 8 }, 0, 0, 0];
        body.extend_from_slice(&ident.to_be_bytes());
        body.extend_from_slice(&seq.to_be_bytes());
        body.extend_from_slice(payload);
        self.send_icmp(now, fib, src, dst, body)
    }

    /// Sends an ICMP message of either family; the checksum is filled in here.
    fn send_icmp(
        &mut self,
        now: Micros,
        fib: FibId,
        src: ScopedAddr,
        dst: ScopedAddr,
        body: Vec<u8>,
    ) -> Result<(), SendError> {
        let path = self.route_to(now, fib, dst).map_err(|_| SendError::Unreachable)?;
        let (protocol, body) = seal_icmp(src.ip(), dst.ip(), body);
        let header = IpHeader {
            src: src.ip(),
            dst: dst.ip(),
            protocol,
            hop_limit: self.config.hop_limit,
            tos: 0,
            df: false,
            ident: self.next_ident(),
        };
        if header.len() + body.len() > path.mtu as usize {
            return Err(SendError::TooLong);
        }
        let frame = Frame {
            bytes: build_ip(&header, &body),
            offload: Default::default(),
            iface: path.iface,
        };
        self.send_packet(now, &path, dst.zone().or(src.zone()), frame)
    }

    /// Reports to the sender of `ip` that it cannot be delivered (RFC 1122 §3.2.2, RFC 4443 §2.4).
    pub(crate) fn send_icmp_error(
        &mut self,
        now: Micros,
        id: IfId,
        ip: &IpPacket<'_>,
        unicast: bool,
        kind: ErrorKind,
    ) {
        if !unicast || !is_unicast(ip.src) {
            return;
        }
        if !self.control.limiter.allow(now) {
            self.stats.icmp_errors_limited += 1;
            return;
        }
        let ipv6 = ip.src.is_ipv6();
        let (type_, code) = match (ipv6, kind) {
            (false, ErrorKind::Port) => (3, 3),
            (false, ErrorKind::Protocol) => (3, 2),
            (true, ErrorKind::Port) => (1, 4),
            (true, ErrorKind::Protocol) => (4, 1),
        };
        let mut body = vec![type_, code, 0, 0, 0, 0, 0, 0];
        if type_ == 4 {
            // Where the unknown next header is named.
            body[4..8].copy_from_slice(&6u32.to_be_bytes());
        }
        let room = if ipv6 { 1280 - 48 } else { 576 - 28 };
        body.extend_from_slice(&ip.whole[..ip.whole.len().min(room)]);
        let fib = self.iface_of(id).map(|i| i.fib).unwrap_or_default();
        let (src, dst) = (ScopedAddr::on(ip.dst, id), ScopedAddr::on(ip.src, id));
        if self.send_icmp(now, fib, src, dst, body).is_ok() {
            self.stats.icmp_errors_sent += 1;
        }
    }

    /// Queues a control message; a full queue drops the newest.
    pub(crate) fn control_enqueue(&mut self, id: IfId, ip: &IpPacket<'_>, unicast: bool) {
        self.stats.rx_icmp += 1;
        let limit = self.control.config.queue;
        let is_nd = ip.src.is_ipv6() && matches!(ip.payload.first(), Some(133..=137));
        let queue = if is_nd { &mut self.control.nd } else { &mut self.control.icmp };
        if queue.len() >= limit {
            self.stats.icmp_queue_drops += 1;
            return;
        }
        queue.push_back(Item { iface: id, packet: ip.whole.to_vec(), unicast });
    }

    /// Works off one control message; false when there was none.
    pub(crate) fn control_step(&mut self, now: Micros) -> bool {
        let Some(item) = self.control.nd.pop_front().or_else(|| self.control.icmp.pop_front())
        else {
            return false;
        };
        if let Ok(ip) = parse_ip(&item.packet, Verdict::Good, Verdict::NotChecked) {
            self.handle_icmp(now, item.iface, &ip, item.unicast);
        }
        true
    }

    pub(crate) fn echo_reply(
        &mut self,
        now: Micros,
        id: IfId,
        own: IpAddr,
        to: IpAddr,
        body: Vec<u8>,
    ) {
        let fib = self.iface_of(id).map(|i| i.fib).unwrap_or_default();
        let (own, to) = (ScopedAddr::on(own, id), ScopedAddr::on(to, id));
        if is_unicast(to.ip()) && self.send_icmp(now, fib, own, to, body).is_ok() {
            self.stats.icmp_echo_replies += 1;
        }
    }

    pub(crate) fn ping_reply(&mut self, id: IfId, ip: &IpPacket<'_>, word: [u8; 4], len: usize) {
        let waiting = self.events.iter().filter(|e| matches!(e, StackEvent::Ping(_))).count();
        if waiting < self.control.config.queue {
            self.events.push_back(StackEvent::Ping(PingReply {
                from: ScopedAddr::on(ip.src, id),
                ident: u16::from_be_bytes([word[0], word[1]]),
                seq: u16::from_be_bytes([word[2], word[3]]),
                len,
                hop_limit: ip.hop_limit,
            }));
        }
    }

    // ---- errors about our packets ----

    pub(crate) fn icmp_error(&mut self, now: Micros, id: IfId, quoted: &[u8], kind: IcmpKind) {
        let Some(q) = parse_quoted(quoted) else {
            self.stats.icmp_malformed += 1;
            return;
        };
        let kind = match kind {
            IcmpKind::TooBig { mtu: 0 } => IcmpKind::TooBig { mtu: next_plateau(q.len) },
            other => other,
        };
        let tuple = FourTuple {
            local: Endpoint::new(ScopedAddr::on(q.src, id), q.sport),
            remote: Endpoint::new(ScopedAddr::on(q.dst, id), q.dport),
        };
        match q.protocol {
            PROTO_TCP => self.tcp_icmp(now, &tuple, q.seq, kind, 0),
            PROTO_UDP => self.udp_error(now, &tuple, kind, 0),
            // An echo of ours; nothing ties it to a session, so it changes nothing.
            _ => self.stats.icmp_out_of_window += 1,
        }
    }

    /// An ICMP error about a datagram of ours.
    pub(crate) fn udp_error(&mut self, now: Micros, tuple: &FourTuple, kind: IcmpKind, passed: u8) {
        if self.error_misplaced(tuple, None, kind, passed) {
            return;
        }
        let Some(fib) = self.udp_icmp(tuple, kind) else {
            self.stats.icmp_out_of_window += 1;
            return;
        };
        if let IcmpKind::TooBig { mtu } = kind {
            self.learn_path_mtu(now, fib, tuple.remote.addr, mtu);
        }
    }

    /// The answer of the layer that owns an engine session to an [`IcmpQuery`]: the quoted sequence number is in
    /// flight there, so the error is believed.
    pub fn icmp_confirmed(&mut self, now: Micros, query: &IcmpQuery) {
        self.tcp_icmp_believed(now, &query.tuple, query.kind);
    }

    /// Records a smaller path MTU; gives the MTU to use from now on and whether DF is off.
    pub(crate) fn lower_path_mtu(
        &mut self,
        now: Micros,
        fib: FibId,
        dst: ScopedAddr,
        reported: u32,
    ) -> Option<(u32, bool)> {
        if !self.control.config.path_mtu {
            return None;
        }
        let path = self.route_to(now, fib, dst).ok().filter(|p| !p.local)?;
        let table = self.fibs.get_mut(usize::from(fib.0))?;
        let current = (path.mtu, path.df_off);
        match table.exceptions.lower_pmtu(now, dst.ip(), path.route_id, current, reported) {
            PmtuOutcome::Lowered { mtu, df_off } => {
                table.bump();
                self.handoff.paths_dirty = true;
                self.stats.icmp_pmtu_lowered += 1;
                Some((mtu, df_off))
            }
            PmtuOutcome::Ignored => {
                self.stats.icmp_pmtu_ignored += 1;
                None
            }
        }
    }

    pub(crate) fn count_redirect(&mut self, result: Result<(), RedirectRefused>) {
        match result {
            Ok(()) => self.stats.icmp_redirect_accepted += 1,
            Err(_) => self.stats.icmp_redirect_refused += 1,
        }
    }

    /// Applies the acceptance rules of S-LNX-3 to a redirect for `target` and installs it in every FIB it fits.
    ///
    /// # Errors
    /// The first rule that refuses it, in the interface's FIB.
    pub(crate) fn redirect(
        &mut self,
        now: Micros,
        id: IfId,
        from: IpAddr,
        target: IpAddr,
        gateway: IpAddr,
    ) -> Result<(), RedirectRefused> {
        let iface = self.ifaces.get(id).ok_or(RedirectRefused::WrongInterface)?;
        if !iface.accept_redirects {
            return Err(RedirectRefused::Disabled);
        }
        if !is_unicast(gateway) || gateway.is_ipv4() != target.is_ipv4() || gateway.is_loopback() {
            return Err(RedirectRefused::BadGateway);
        }
        if self.ifaces.owner_of(ScopedAddr::on(gateway, id)).is_some() {
            return Err(RedirectRefused::Ourselves);
        }
        if !iface.on_link(gateway) && gateway != target {
            return Err(RedirectRefused::NotOnLink);
        }
        let key = NeighKey::new(id, iface, gateway);
        let own = usize::from(iface.fib.0);
        let dst = ScopedAddr::on(target, id);
        let mut result = Err(RedirectRefused::NoGateway);
        for at in 0..self.fibs.len() {
            let Some(fib) = self.fibs.get_mut(at) else { continue };
            let verdict = match fib.resolve(&self.ifaces, dst, None, now) {
                Ok(path) if !path.via_gateway => Err(RedirectRefused::NoGateway),
                Ok(path) if path.iface != id => Err(RedirectRefused::WrongInterface),
                Ok(path) if path.next_hop != from => Err(RedirectRefused::NotFromGateway),
                Ok(path) if path.next_hop == gateway => Err(RedirectRefused::SameGateway),
                Ok(path) => Ok(path.route_id),
                Err(
                    RouteError::Unreachable
                    | RouteError::InterfaceDown
                    | RouteError::GatewayNotOnLink
                    | RouteError::BadAddress
                    | RouteError::Exists
                    | RouteError::NoSuchRoute
                    | RouteError::NoSuchFib
                    | RouteError::TableFull
                    | RouteError::BadScope
                    | RouteError::Family(_),
                ) => Err(RedirectRefused::NoGateway),
            };
            let verdict = match verdict {
                Ok(_) if self.neigh.mac(&key).is_none() => Err(RedirectRefused::Unresolved),
                Ok(route_id) => {
                    fib.exceptions.redirect(now, target, route_id, gateway);
                    fib.bump();
                    self.handoff.paths_dirty = true;
                    Ok(())
                }
                Err(e) => Err(e),
            };
            if at == own || verdict.is_ok() {
                result = verdict;
            }
        }
        if result == Err(RedirectRefused::Unresolved) {
            self.neigh.prefetch(now, key);
            self.run_neighbours(now);
        }
        result
    }
}

/// What an ICMP error means to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IcmpKind {
    /// Fragmentation needed, packet too big.
    TooBig {
        /// Reported MTU.
        mtu: u32,
    },
    /// Nobody is there on this port: ends a session that is being opened.
    Refused,
    /// A route problem that may pass.
    Unreachable,
}

pub(crate) struct Quoted {
    src: IpAddr,
    pub dst: IpAddr,
    protocol: u8,
    sport: u16,
    dport: u16,
    seq: SeqNum,
    len: u32,
}

/// The packet that an error quotes: header and 8 bytes are enough.
pub(crate) fn parse_quoted(bytes: &[u8]) -> Option<Quoted> {
    let (src, dst) = crate::output::ip_addrs(bytes)?;
    let (protocol, at, len) = match bytes.first()? >> 4 {
        4 => {
            let header_len = usize::from(bytes[0] & 0xf) * 4;
            if header_len < 20 {
                return None;
            }
            let len = u16::from_be_bytes([*bytes.get(2)?, *bytes.get(3)?]);
            (*bytes.get(9)?, header_len, u32::from(len))
        }
        _ => {
            let len = u16::from_be_bytes([*bytes.get(4)?, *bytes.get(5)?]);
            (*bytes.get(6)?, 40, u32::from(len) + 40)
        }
    };
    let l4: [u8; 8] = bytes.get(at..at + 8)?.try_into().ok()?;
    Some(Quoted {
        src,
        dst,
        protocol,
        sport: u16::from_be_bytes([l4[0], l4[1]]),
        dport: u16::from_be_bytes([l4[2], l4[3]]),
        seq: SeqNum(u32::from_be_bytes([l4[4], l4[5], l4[6], l4[7]])),
        len,
    })
}

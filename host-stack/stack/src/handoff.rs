// SPDX-License-Identifier: Apache-2.0
//! What the offload layer needs: sessions leave the stack and come back, and the stack keeps it informed.
//!
//! A session that is away keeps its socket id, its 4-tuple and its port; the stack owns neither its state nor its
//! bytes. Segments that still arrive for it are not answered but kept in order ([`Stack::take_caught`]) and handed to
//! whoever owns it. Everything that matters to it while it is away comes as [`HandoffEvent`]: another next hop, another
//! MAC address, a smaller MTU, an ICMP error to be checked against its window.
//!
//! Out: [`Stack::offload_facts`] → policy → [`Stack::detach_tcp`] → install in the engine, replaying
//! [`Stack::take_caught`] in order → [`Stack::engine_took`]. Refused: [`Stack::attach_tcp`] with the same state.
//! Back: [`Stack::engine_releases`] → take the state from the engine → [`Stack::attach_tcp`], which replays by itself.
//! End: [`Stack::engine_closed`], later [`Stack::engine_time_wait_gone`]. While the engine has it: call
//! [`Stack::confirm_progress`] when sessions of a next hop make progress and [`Stack::neighbour_used`] when they send
//! without, some times a second at most; wake applications with [`Stack::notify_away`]; `tcp_send`, `tcp_recv`,
//! `tcp_shutdown` and `tcp_abort` answer [`TcpError::Away`], `tcp_close` becomes [`HandoffEvent::Released`].

use std::collections::VecDeque;
use std::net::SocketAddr;

use toe_tcp::{Micros, PathMetrics, SeqNum, Snapshot, SnapshotError, State, Tcb, TimeWaitRecord};

use crate::addr::{Endpoint, FourTuple, MacAddr, ScopedAddr, needs_zone};
use crate::fib::{Resolved, RouteCache};
use crate::icmp::IcmpKind;
use crate::iface::{IfId, OffloadCaps};
use crate::neigh::NeighKey;
use crate::output::{L2, RxFrame, Verdict, write_ethernet};
use crate::ports::Proto;
use crate::rand::{Map, Prng};
use crate::ring::ByteRing;
use crate::stack::Stack;
use crate::tcp::{Kind, Session, TcpError, TcpId, TcpOptions};
use crate::timewait::Owner;
use crate::wire::{ETH_IPV4, ETH_IPV6, IpPacket};

/// Segments kept for one session that is away; more are dropped (the peer sends again) and counted.
pub const CAUGHT_LIMIT: usize = 1024;

/// Who owns a session that is not in software.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// On its way, in either direction: nobody sends.
    InTransit,
    /// The engine's.
    Engine,
}

/// A segment that arrived for a session that is away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caught {
    /// By this interface.
    pub iface: IfId,
    /// As an Ethernet frame to our station address, without VLAN tag; its checksums are verified.
    pub frame: Vec<u8>,
    /// The verdict to pass on with it.
    pub l4_csum: Verdict,
}

pub(crate) struct Away {
    pub tuple: FourTuple,
    pub phase: Phase,
    pub caught: VecDeque<Caught>,
    pub route: RouteCache,
    pub path: Option<SessionPath>,
    pub odd_options: bool,
}

/// What an engine next-hop slot holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextHopFacts {
    /// Name of the slot.
    pub key: NeighKey,
    /// Port the frames leave by.
    pub port: IfId,
    /// VLAN tag.
    pub vlan: Option<u16>,
    /// Our address.
    pub src_mac: MacAddr,
    /// The neighbour's; without one the slot is invalid and its sessions park.
    pub dst_mac: Option<MacAddr>,
    /// MTU of the link.
    pub mtu: u32,
}

/// How a session reaches its peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionPath {
    /// Its next hop.
    pub hop: NextHopFacts,
    /// Largest packet to this peer.
    pub mtu: u32,
    /// DF must be off (S-MTU-2).
    pub df_off: bool,
}

/// An ICMP error about an engine session: the offload layer looks up SND.UNA and SND.MAX in the engine and calls
/// [`Stack::icmp_confirmed`] if `seq` lies between them (S-MTU-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IcmpQuery {
    /// Which socket.
    pub id: TcpId,
    /// Which session.
    pub tuple: FourTuple,
    /// The quoted sequence number.
    pub seq: SeqNum,
    /// What the error says.
    pub kind: IcmpKind,
}

/// News for the offload layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)]
pub enum HandoffEvent {
    /// Segments wait in [`Stack::take_caught`].
    Caught(TcpId),
    /// The contents of a next-hop slot changed: every session on it is affected.
    NextHop(NextHopFacts),
    /// This session's route now leads elsewhere, or its path MTU changed; `None`: there is no route, park it.
    Path {
        /// Which socket.
        id: TcpId,
        /// Before.
        from: Option<SessionPath>,
        /// Now.
        to: Option<SessionPath>,
    },
    /// An ICMP error to validate.
    Icmp(IcmpQuery),
    /// The application closed a socket whose session is away: close it there.
    Released(TcpId),
}

struct HopUse {
    users: u32,
    told: NextHopFacts,
}

pub(crate) struct Handoff {
    pub paths_dirty: bool,
    /// When next hops that sessions of the engine wait for are to be asked again.
    pub retry_at: Option<Micros>,
    events: VecDeque<HandoffEvent>,
    hops: Map<NeighKey, HopUse>,
    /// Sessions that are away and have no route now: they wait for one.
    pathless: u32,
    engine_time_wait: Map<FourTuple, Owner>,
}

impl Handoff {
    pub(crate) fn new(rng: &mut Prng) -> Self {
        Self {
            paths_dirty: false,
            retry_at: None,
            events: VecDeque::new(),
            hops: rng.map(),
            pathless: 0,
            engine_time_wait: rng.map(),
        }
    }

    /// Whether the engine's TIME_WAIT table holds this 4-tuple.
    pub(crate) fn knows(&self, tuple: &FourTuple) -> bool {
        self.engine_time_wait.contains_key(tuple)
    }

    pub(crate) fn engine_time_wait(&self) -> impl Iterator<Item = &FourTuple> {
        self.engine_time_wait.keys()
    }
}

/// Facts about an established session that decide whether it may leave (S-TOE-4). The policy is the caller's.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)]
pub struct Facts {
    /// Which socket.
    pub id: TcpId,
    /// Which session.
    pub tuple: FourTuple,
    /// The peer opened it.
    pub passive: bool,
    /// State of the session.
    pub state: State,
    /// Socket options.
    pub options: TcpOptions,
    /// Its path; `None` without a route, or on this host.
    pub path: Option<SessionPath>,
    /// Abilities in use on the interface of the route.
    pub caps: OffloadCaps,
    /// The interface of the route has the local address.
    pub owns_source: bool,
    /// Out-of-order data wait for a gap to close.
    pub reassembly: bool,
    /// Loss recovery is going on.
    pub recovery: bool,
    /// Options unknown to the engine were seen.
    pub odd_options: bool,
    /// Both ends have agreed on ECN.
    pub ecn: bool,
    /// The application has closed it, or one direction is closed.
    pub closing: bool,
    /// Payload bytes so far, both directions: for "offload after N bytes".
    pub bytes: u64,
}

/// A session taken out of the stack.
#[derive(Debug)]
pub struct Detached {
    /// Its socket, which lives on.
    pub id: TcpId,
    /// Its 4-tuple.
    pub tuple: FourTuple,
    /// Its TCP state.
    pub snapshot: Snapshot,
    /// Send ring: bytes from SND.UNA to the end of what was written are valid.
    pub tx: ByteRing,
    /// Receive ring: bytes from RCV.READ on, out-of-order intervals included, are valid.
    pub rx: ByteRing,
    /// Its path.
    pub path: SessionPath,
    /// Socket options.
    pub options: TcpOptions,
}

/// Why a session cannot leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DetachError {
    /// No such socket, or it has no session in software.
    #[error("no session in software behind this socket")]
    NoSession,
    /// Not established (or closed on one side only) any more.
    #[error("session state is {0:?}")]
    State(State),
    /// No route to the peer, or the peer is this host.
    #[error("no route by a device")]
    NoPath,
    /// The next hop's address is not known.
    #[error("next hop is not resolved")]
    Unresolved,
}

/// Why a session could not come back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttachError {
    /// The socket has no session that is away.
    #[error("no session of this socket is away")]
    NotAway,
    /// The state is not possible.
    #[error("impossible session state: {0:?}")]
    Snapshot(SnapshotError),
    /// A ring is not of the size or position that the state says.
    #[error("ring does not fit the session state")]
    Ring,
}

/// How the engine says a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineClose {
    /// It moved to the engine's TIME_WAIT table, which answers for it now.
    TimeWait,
    /// Both sides closed, nothing is left (LAST_ACK).
    Normal,
    /// It ended with this error.
    Error(TcpError),
}

impl Stack {
    /// The next piece of news for the offload layer.
    pub fn poll_handoff(&mut self) -> Option<HandoffEvent> {
        self.handoff.events.pop_front()
    }

    /// Sockets with a session in software that is established.
    pub fn established(&self) -> impl Iterator<Item = TcpId> {
        self.tcp.sockets.iter().filter_map(|(id, s)| match &s.kind {
            Kind::Session(x) if x.tcb.state() == State::Established => Some(id),
            _ => None,
        })
    }

    /// The contents of a next-hop slot.
    #[must_use]
    pub fn next_hop_facts(&self, key: NeighKey) -> Option<NextHopFacts> {
        let iface = self.iface_of(key.iface())?;
        let (port, vlan) = iface.port(key.iface());
        let up = iface.up && self.iface_of(port).is_some_and(|p| p.up);
        Some(NextHopFacts {
            key,
            port,
            vlan,
            src_mac: iface.mac,
            dst_mac: self.neigh.mac(&key).filter(|_| up),
            mtu: iface.mtu,
        })
    }

    fn session_path(&self, path: &Resolved) -> Option<SessionPath> {
        if path.local {
            return None;
        }
        let iface = self.iface_of(path.iface).filter(|i| i.is_ethernet())?;
        let key = NeighKey::new(path.iface, iface, path.next_hop);
        Some(SessionPath { hop: self.next_hop_facts(key)?, mtu: path.mtu, df_off: path.df_off })
    }

    /// Facts for the eligibility decision.
    #[must_use]
    pub fn offload_facts(&self, now: Micros, id: TcpId) -> Option<Facts> {
        let socket = self.tcp.sockets.get(id)?;
        let Kind::Session(s) = &socket.kind else { return None };
        let fib = self.fibs.get(usize::from(socket.options.fib.0))?;
        let oif = s.tuple.local.addr.zone().or(s.tuple.remote.addr.zone());
        let resolved = fib.resolve(&self.ifaces, s.tuple.remote.addr, oif, now).ok();
        let path = resolved.as_ref().and_then(|p| self.session_path(p));
        let info = s.tcb.info(now);
        Some(Facts {
            id,
            tuple: s.tuple,
            passive: socket.passive,
            state: s.tcb.state(),
            options: socket.options,
            path,
            caps: path
                .and_then(|p| self.iface_of(p.hop.key.iface()))
                .map(|i| i.caps)
                .unwrap_or_default(),
            owns_source: path.is_some_and(|p| {
                self.ifaces.owner_of(s.tuple.local.addr) == Some(p.hop.key.iface())
            }),
            reassembly: info.ooo_bytes > 0,
            // A back-off without a timer is history: of a SYN that was lost, say, until a round trip is measured.
            recovery: info.fast_recovery
                || (info.backoff > 0 && info.timers.rexmt.or(info.timers.persist).is_some()),
            odd_options: s.odd_options,
            ecn: info.ecn_ok,
            closing: socket.released || s.tcb.closing() || s.tcb.peer_closed(),
            bytes: info.counters.bytes_in + info.counters.bytes_out,
        })
    }

    /// Takes a session out of the stack: its state is frozen, its timers stop, its socket stays.
    ///
    /// # Errors
    /// [`DetachError`]; nothing has changed then.
    pub fn detach_tcp(&mut self, now: Micros, id: TcpId) -> Result<Detached, DetachError> {
        let facts = self.offload_facts(now, id).ok_or(DetachError::NoSession)?;
        if !facts.state.is_synchronized() || facts.state == State::TimeWait {
            return Err(DetachError::State(facts.state));
        }
        let path = facts.path.ok_or(DetachError::NoPath)?;
        if path.hop.dst_mac.is_none() {
            // So that the next attempt may succeed.
            self.neigh.prefetch(now, path.hop.key);
            self.run_neighbours(now);
            return Err(DetachError::Unresolved);
        }
        let socket = self.tcp.sockets.get_mut(id).ok_or(DetachError::NoSession)?;
        let away = Kind::Away(Box::new(Away {
            tuple: facts.tuple,
            phase: Phase::InTransit,
            caught: VecDeque::new(),
            route: RouteCache::new(
                facts.tuple.remote.addr,
                facts.tuple.local.addr.zone().or(facts.tuple.remote.addr.zone()),
            ),
            path: Some(path),
            odd_options: facts.odd_options,
        }));
        let Kind::Session(session) = std::mem::replace(&mut socket.kind, away) else {
            return Err(DetachError::NoSession);
        };
        let Session { tuple, tcb, tx, rx, .. } = *session;
        let rx = rx.unwrap_or_else(|| ByteRing::new(tcb.config().rcv_ring, tcb.rcv_start()));
        self.use_hop(now, &path.hop);
        Ok(Detached { id, tuple, snapshot: tcb.freeze(now), tx, rx, path, options: facts.options })
    }

    fn use_hop(&mut self, now: Micros, hop: &NextHopFacts) {
        self.neigh.pin(now, hop.key);
        let entry = self.handoff.hops.entry(hop.key).or_insert(HopUse { users: 0, told: *hop });
        entry.users += 1;
    }

    fn unuse_hop(&mut self, key: NeighKey) {
        self.neigh.unpin(key);
        if let Some(hop) = self.handoff.hops.get_mut(&key) {
            hop.users = hop.users.saturating_sub(1);
            if hop.users == 0 {
                self.handoff.hops.remove(&key);
            }
        }
    }

    /// The engine has taken the session.
    ///
    /// # Errors
    /// [`AttachError::NotAway`].
    pub fn engine_took(&mut self, id: TcpId) -> Result<(), AttachError> {
        self.set_phase(id, Phase::Engine)
    }

    /// The engine is giving the session back.
    ///
    /// # Errors
    /// [`AttachError::NotAway`].
    pub fn engine_releases(&mut self, id: TcpId) -> Result<(), AttachError> {
        self.set_phase(id, Phase::InTransit)
    }

    fn set_phase(&mut self, id: TcpId, phase: Phase) -> Result<(), AttachError> {
        match self.tcp.sockets.get_mut(id).map(|s| &mut s.kind) {
            Some(Kind::Away(away)) => {
                away.phase = phase;
                Ok(())
            }
            _ => Err(AttachError::NotAway),
        }
    }

    /// Who owns a session that is away.
    #[must_use]
    pub fn away_phase(&self, id: TcpId) -> Option<Phase> {
        match &self.tcp.sockets.get(id)?.kind {
            Kind::Away(away) => Some(away.phase),
            _ => None,
        }
    }

    /// Whether the application still has the socket of a session that is away.
    #[must_use]
    pub fn is_released(&self, id: TcpId) -> bool {
        self.tcp.sockets.get(id).is_none_or(|s| s.released)
    }

    /// The oldest segment that arrived for a session while it was away.
    pub fn take_caught(&mut self, id: TcpId) -> Option<Caught> {
        match &mut self.tcp.sockets.get_mut(id)?.kind {
            Kind::Away(away) => away.caught.pop_front(),
            _ => None,
        }
    }

    /// Puts a session back behind its socket: taken back from the engine, or refused by it. What was caught meanwhile
    /// is worked off in order.
    ///
    /// # Errors
    /// [`AttachError`]; the session is still away then.
    pub fn attach_tcp(
        &mut self,
        now: Micros,
        id: TcpId,
        snapshot: &Snapshot,
        tx: ByteRing,
        rx: ByteRing,
    ) -> Result<(), AttachError> {
        let socket = self.tcp.sockets.get_mut(id).ok_or(AttachError::NotAway)?;
        let fib = socket.options.fib;
        let Kind::Away(away) = &mut socket.kind else { return Err(AttachError::NotAway) };
        let tcb = Tcb::thaw(snapshot, now).map_err(AttachError::Snapshot)?;
        if tx.size() != tcb.config().snd_ring || rx.size() != tcb.config().rcv_ring {
            return Err(AttachError::Ring);
        }
        let caught = std::mem::take(&mut away.caught);
        let hop = away.path.map(|p| p.hop.key);
        let tuple = away.tuple;
        let session = Session {
            tuple,
            tcb,
            tx,
            rx: Some(rx),
            route: RouteCache::new(
                tuple.remote.addr,
                tuple.local.addr.zone().or(tuple.remote.addr.zone()),
            ),
            iface: hop.map_or(self.ifaces.loopback(), |k| k.iface()),
            hop,
            // Asked again at the next segment, whatever changed meanwhile.
            told_path: (0, false),
            mtu_cap: None,
            confirmed_at: Micros::ZERO,
            timer_at: None,
            in_ready: false,
            odd_options: away.odd_options,
        };
        let released = socket.released;
        socket.kind = Kind::Session(Box::new(session));
        match hop {
            Some(key) => self.unuse_hop(key),
            None => self.handoff.pathless = self.handoff.pathless.saturating_sub(1),
        }
        debug_assert!(usize::from(fib.0) < self.fibs.len());
        for segment in caught {
            let frame = RxFrame {
                bytes: &segment.frame,
                ip_csum: Verdict::NotChecked,
                l4_csum: segment.l4_csum,
                vlan: None,
            };
            let packet = segment.frame.get(L2..).unwrap_or(&[]);
            self.handle_ip(now, segment.iface, packet, false, &frame);
        }
        if released && let Some(session) = self.tcp.session_mut(id) {
            session.tcb.detach(now);
        }
        self.after(now, id);
        self.notify(id);
        Ok(())
    }

    /// What a session that ends in the engine had learnt: the next connection to its peer begins with it, as after a
    /// session in software (S-HC-1).
    pub fn engine_measured(&mut self, now: Micros, id: TcpId, metrics: PathMetrics) {
        let Some(Kind::Away(away)) = self.tcp.sockets.get(id).map(|s| &s.kind) else { return };
        self.host_cache.remember(now, away.tuple.remote.addr.ip(), metrics);
    }

    /// A session of the engine has ended there. The socket stays until the application closes it.
    pub fn engine_closed(&mut self, id: TcpId, how: EngineClose) {
        let Some(socket) = self.tcp.sockets.get_mut(id) else { return };
        let owner = socket.options.bind.owner();
        let Kind::Away(away) = &socket.kind else { return };
        let tuple = away.tuple;
        let hop = away.path.map(|p| p.hop.key);
        if let EngineClose::Error(error) = how {
            socket.error = Some(error);
        }
        socket.kind = Kind::Dead;
        let released = socket.released;
        match hop {
            Some(key) => self.unuse_hop(key),
            None => self.handoff.pathless = self.handoff.pathless.saturating_sub(1),
        }
        self.tcp.tuples.remove(&tuple);
        self.ports.session_removed(&tuple, owner);
        if how == EngineClose::TimeWait {
            self.handoff.engine_time_wait.insert(tuple, owner);
            self.ports.time_wait_added(&tuple, owner);
        }
        self.notify(id);
        if released {
            self.forget(id);
        }
    }

    /// The engine's TIME_WAIT table holds this 4-tuple (at the start, after a restart).
    pub fn engine_time_wait_entered(&mut self, tuple: FourTuple, owner: Owner) {
        if self.handoff.engine_time_wait.insert(tuple, owner).is_none() {
            self.ports.time_wait_added(&tuple, owner);
        }
    }

    /// The 4-tuples that an engine, which knows no zones, means by these ends: of link-local addresses one on each
    /// interface.
    pub fn meant_by_engine(
        &self,
        local: SocketAddr,
        remote: SocketAddr,
    ) -> impl Iterator<Item = FourTuple> {
        let zones = if needs_zone(local.ip()) || needs_zone(remote.ip()) { usize::MAX } else { 1 };
        self.interfaces().iter().take(zones).map(move |(id, _)| {
            let end = |a: SocketAddr| Endpoint::new(ScopedAddr::on(a.ip(), id), a.port());
            FourTuple { local: end(local), remote: end(remote) }
        })
    }

    /// The engine's TIME_WAIT table had no place for this 4-tuple after all: the software table answers for it from now on
    /// (S-VTW-5).
    pub fn engine_time_wait_refused(
        &mut self,
        now: Micros,
        tuple: &FourTuple,
        record: TimeWaitRecord,
    ) {
        if let Some(owner) = self.engine_time_wait_taken(tuple) {
            let _kept = self.keep_time_wait(now, tuple, record, owner);
        }
    }

    /// The engine's TIME_WAIT table has dropped this 4-tuple: expired, evicted, recycled.
    pub fn engine_time_wait_gone(&mut self, tuple: &FourTuple) {
        let _whose_it_was = self.engine_time_wait_taken(tuple);
    }

    pub(crate) fn engine_time_wait_taken(&mut self, tuple: &FourTuple) -> Option<Owner> {
        let owner = self.handoff.engine_time_wait.remove(tuple)?;
        self.ports.time_wait_removed(tuple, owner);
        Some(owner)
    }

    /// The readiness of an engine session changed: wakes its application through the same events as any socket.
    pub fn notify_away(&mut self, id: TcpId) {
        self.notify(id);
    }

    /// The path of a session that is away.
    #[must_use]
    pub fn away_path(&self, id: TcpId) -> Option<SessionPath> {
        match &self.tcp.sockets.get(id)?.kind {
            Kind::Away(away) => away.path,
            _ => None,
        }
    }

    pub(crate) fn handoff_released(&mut self, id: TcpId) {
        self.handoff.events.push_back(HandoffEvent::Released(id));
    }

    /// Keeps a segment for the owner of a session that is away.
    pub(crate) fn catch_segment(&mut self, iface: IfId, id: TcpId, ip: &IpPacket<'_>) {
        let Some(mac) = self.iface_of(iface).map(|i| i.mac) else { return };
        let Some(socket) = self.tcp.sockets.get_mut(id) else { return };
        let Kind::Away(away) = &mut socket.kind else { return };
        if away.caught.len() >= CAUGHT_LIMIT {
            self.stats.tcp_caught_overflow += 1;
            return;
        }
        self.stats.tcp_caught += 1;
        let src = away.path.and_then(|p| p.hop.dst_mac).unwrap_or_default();
        let mut frame = Vec::with_capacity(L2 + ip.whole.len());
        frame.resize(L2, 0);
        let ethertype = if ip.src.is_ipv6() { ETH_IPV6 } else { ETH_IPV4 };
        write_ethernet(&mut frame, mac, src, ethertype);
        frame.extend_from_slice(ip.whole);
        let first = away.caught.is_empty();
        // Its checksum has been verified: nothing unverified comes this far.
        away.caught.push_back(Caught { iface, frame, l4_csum: Verdict::Good });
        if first {
            self.handoff.events.push_back(HandoffEvent::Caught(id));
        }
    }

    pub(crate) fn ask_engine(&mut self, id: TcpId, tuple: &FourTuple, seq: SeqNum, kind: IcmpKind) {
        self.handoff.events.push_back(HandoffEvent::Icmp(IcmpQuery {
            id,
            tuple: *tuple,
            seq,
            kind,
        }));
    }

    /// A neighbour's address or validity changed: slots in use are to be rewritten.
    pub(crate) fn next_hop_changed(&mut self, now: Micros, key: NeighKey) {
        if !self.handoff.hops.contains_key(&key) {
            return;
        }
        let Some(facts) = self.next_hop_facts(key) else {
            // The interface is gone: the path check will tell each session.
            self.handoff.paths_dirty = true;
            return;
        };
        let mut changed = false;
        if let Some(hop) = self.handoff.hops.get_mut(&key)
            && hop.told != facts
        {
            hop.told = facts;
            changed = true;
        }
        if changed {
            if facts.dst_mac.is_none() {
                self.handoff.retry_at.get_or_insert(now + Micros::from_secs(1));
            }
            self.handoff.events.push_back(HandoffEvent::NextHop(facts));
            for (_, socket) in self.tcp.sockets.iter_mut() {
                if let Kind::Away(away) = &mut socket.kind
                    && let Some(path) = &mut away.path
                    && path.hop.key == key
                {
                    path.hop = facts;
                }
            }
        }
    }

    /// Parked sessions cannot ask for their neighbour: the stack does, as long as one waits.
    pub(crate) fn retry_next_hops(&mut self, now: Micros) {
        if self.handoff.retry_at.is_none_or(|at| at > now) {
            return;
        }
        let waiting: Vec<NeighKey> = self
            .handoff
            .hops
            .iter()
            .filter(|(_, hop)| hop.told.dst_mac.is_none())
            .map(|(key, _)| *key)
            .collect();
        self.handoff.retry_at = (!waiting.is_empty()).then(|| now + Micros::from_secs(1));
        for key in waiting {
            self.neigh.prefetch(now, key);
        }
        self.run_neighbours(now);
    }

    /// Routes, exceptions or interfaces changed: looks again at the path of every session that is away.
    pub(crate) fn recheck_paths(&mut self, now: Micros) {
        self.handoff.paths_dirty = false;
        if self.handoff.hops.is_empty() && self.handoff.pathless == 0 {
            return;
        }
        let keys: Vec<NeighKey> = self.handoff.hops.keys().copied().collect();
        for key in keys {
            self.next_hop_changed(now, key);
        }
        self.handoff.paths_dirty = false;
        let mut resolved = Vec::new();
        for (id, socket) in self.tcp.sockets.iter_mut() {
            let Kind::Away(away) = &mut socket.kind else { continue };
            let Some(fib) = self.fibs.get(usize::from(socket.options.fib.0)) else { continue };
            resolved.push((id, away.path, away.route.resolve(fib, &self.ifaces, now).ok()));
        }
        for (id, from, path) in resolved {
            let to = path.as_ref().and_then(|p| self.session_path(p));
            let name = |p: &Option<SessionPath>| p.map(|p| (p.hop.key, p.mtu, p.df_off));
            if name(&from) == name(&to) {
                continue;
            }
            match from {
                Some(old) => self.unuse_hop(old.hop.key),
                None => self.handoff.pathless = self.handoff.pathless.saturating_sub(1),
            }
            self.handoff.pathless += u32::from(to.is_none());
            let mut to = to;
            if let Some(new) = &mut to {
                self.use_hop(now, &new.hop);
                if new.hop.dst_mac.is_none() {
                    self.neigh.prefetch(now, new.hop.key);
                    self.run_neighbours(now);
                }
                new.hop = self.next_hop_facts(new.hop.key).unwrap_or(new.hop);
            }
            if let Some(Kind::Away(away)) = self.tcp.sockets.get_mut(id).map(|s| &mut s.kind) {
                away.path = to;
            }
            self.handoff.events.push_back(HandoffEvent::Path { id, from, to });
        }
    }

    /// Whether [`Stack::poll_handoff`] has something to give.
    #[must_use]
    pub fn handoff_waiting(&self) -> bool {
        !self.handoff.events.is_empty()
    }

    /// Ports in use by the engine outside any socket of this stack (another process, a restart).
    ///
    /// # Errors
    /// [`TcpError::Port`] if the port is taken.
    pub fn reserve_port(
        &mut self,
        local: crate::ports::LocalAddr,
        port: u16,
        options: crate::ports::BindOptions,
    ) -> Result<u64, TcpError> {
        Ok(self.ports.bind(Proto::Tcp, local, port, options)?)
    }
}

// SPDX-License-Identifier: Apache-2.0
//! TCP sockets: what an application sees. Segments are in `tcp_input` and `tcp_output`.
//!
//! A socket is an id. Behind it is a listener, a session with its rings in software, or a session that is away (in
//! transit to or from the engine, or owned by it): the id stays the same, the application has one socket all its life.
//! All operations are non-blocking; [`Readiness`] says what would not block.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use toe_tcp::{AckLimiter, CcAlgo, Micros, MslClass, State, Tcb, TcpInfo};

use crate::addr::{Endpoint, FourTuple};
use crate::arena::{Arena, Id};
use crate::cookies::Cookies;
use crate::family::admit;
use crate::fib::{Resolved, RouteCache};
use crate::handoff::Away;
use crate::icmp::Limiter;
use crate::iface::IfId;
use crate::isn::IsnGenerator;
use crate::neigh::NeighKey;
use crate::ports::{LocalAddr, PortError, Proto};
use crate::rand::{Map, Prng, SipKey};
use crate::ring::{ByteRing, Bytes, RingBytes, RingSpace, Space, ring_size};
use crate::shard::Place;
use crate::stack::{Stack, StackConfig, StackEvent, earliest};
use crate::syncache::SynCache;
pub use crate::tcp_types::{Readiness, TcpError, TcpOptions};

/// Marker of TCP socket ids.
pub struct TcpTag(());
/// A TCP socket; stale after it was closed and its session is gone.
pub type TcpId = Id<TcpTag>;

pub(crate) struct Listener {
    pub backlog: usize,
    pub queue: VecDeque<TcpId>,
}

/// A session in software.
pub(crate) struct Session {
    pub tuple: FourTuple,
    pub tcb: Tcb,
    pub tx: ByteRing,
    /// Made when the peer's initial sequence number is known.
    pub rx: Option<ByteRing>,
    pub route: RouteCache,
    pub iface: IfId,
    pub hop: Option<NeighKey>,
    /// Path MTU and DF that the core has been told.
    pub told_path: (u32, bool),
    /// A path MTU that holds even if no table has room for it (S-MTU-1).
    pub mtu_cap: Option<(u32, bool)>,
    pub confirmed_at: Micros,
    pub timer_at: Option<Micros>,
    pub in_ready: bool,
    /// Segments with options that the engine does not know were seen.
    pub odd_options: bool,
}

#[allow(clippy::large_enum_variant)]
pub(crate) enum Kind {
    Idle,
    Listen(Listener),
    Session(Box<Session>),
    Away(Box<Away>),
    Dead,
}

pub(crate) struct Bound {
    pub local: LocalAddr,
    pub port: u16,
    pub ticket: u64,
}

pub(crate) struct TcpSocket {
    pub options: TcpOptions,
    pub bound: Option<Bound>,
    pub kind: Kind,
    pub error: Option<TcpError>,
    pub event_pending: bool,
    /// The application has closed it: it goes when the session does.
    pub released: bool,
    /// Set while it waits in an accept queue.
    pub parent: Option<TcpId>,
    /// It came from a listener.
    pub passive: bool,
    pub connected_once: bool,
}

impl TcpSocket {
    fn new(options: TcpOptions) -> Self {
        Self {
            options,
            bound: None,
            kind: Kind::Idle,
            error: None,
            event_pending: false,
            released: false,
            parent: None,
            passive: false,
            connected_once: false,
        }
    }
}

pub(crate) struct TcpLayer {
    pub sockets: Arena<TcpTag, TcpSocket>,
    pub tuples: Map<FourTuple, TcpId>,
    pub listeners: Map<u16, Vec<TcpId>>,
    pub syn: SynCache,
    pub cookies: Cookies,
    pub isn: IsnGenerator,
    pub ts_key: SipKey,
    pub timers: BinaryHeap<Reverse<(Micros, TcpId)>>,
    pub ready: VecDeque<TcpId>,
    pub tw_limiter: AckLimiter,
    pub rst_limiter: Limiter,
}

impl TcpLayer {
    pub(crate) fn new(config: &StackConfig, rng: &mut Prng, index: u16, count: u16) -> Self {
        Self {
            sockets: Arena::of_several(index, count),
            tuples: rng.map(),
            listeners: rng.map(),
            syn: SynCache::new(config.syn, rng),
            cookies: Cookies::new(rng),
            isn: IsnGenerator::new(rng),
            ts_key: rng.key(),
            timers: BinaryHeap::new(),
            ready: VecDeque::new(),
            tw_limiter: AckLimiter::new(100),
            rst_limiter: Limiter::new(config.icmp.errors_per_second),
        }
    }

    pub(crate) fn event_taken(&mut self, id: TcpId) {
        if let Some(s) = self.sockets.get_mut(id) {
            s.event_pending = false;
        }
    }

    pub(crate) fn session_mut(&mut self, id: TcpId) -> Option<&mut Session> {
        match &mut self.sockets.get_mut(id)?.kind {
            Kind::Session(s) => Some(s),
            _ => None,
        }
    }

    pub(crate) fn session(&self, id: TcpId) -> Option<&Session> {
        match &self.sockets.get(id)?.kind {
            Kind::Session(s) => Some(s),
            _ => None,
        }
    }

    pub(crate) fn mark_ready(&mut self, id: TcpId) {
        if let Some(s) = self.session_mut(id)
            && !s.in_ready
        {
            s.in_ready = true;
            self.ready.push_back(id);
        }
    }

    /// Makes sure that the timer heap wakes this session in time; later wake-ups are found out when they come.
    pub(crate) fn arm(&mut self, id: TcpId) {
        let Some(s) = self.session_mut(id) else { return };
        let Some(at) = s.tcb.next_deadline() else { return };
        if s.timer_at.is_none_or(|t| at < t) {
            s.timer_at = Some(at);
            self.timers.push(Reverse((at, id)));
        }
    }

    /// The earliest instant at which a session or the SYN cache needs the clock; stale entries are thrown out here.
    pub(crate) fn next_deadline(&mut self) -> Option<Micros> {
        let sessions = loop {
            let Some(Reverse((at, id))) = self.timers.peek().copied() else { break None };
            let Some(s) = self.session_mut(id).filter(|s| s.timer_at == Some(at)) else {
                self.timers.pop();
                continue;
            };
            match s.tcb.next_deadline() {
                Some(real) if real <= at => break Some(at),
                Some(real) => {
                    s.timer_at = Some(real);
                    self.timers.pop();
                    self.timers.push(Reverse((real, id)));
                }
                None => {
                    s.timer_at = None;
                    self.timers.pop();
                }
            }
        };
        earliest(sessions, self.syn.next_deadline())
    }

    /// The listener for `to`: a specific address before a wildcard; equals (SO_REUSEPORT) share by `hash`.
    pub(crate) fn listener_for(&self, to: Endpoint, hash: u64) -> Option<TcpId> {
        let ids = self.listeners.get(&to.port)?;
        let score = |id: &TcpId| {
            let s = self.sockets.get(*id)?;
            let bound = s.bound.as_ref()?;
            if !bound.local.covers(to.addr, s.options.bind.v6_only) {
                return None;
            }
            Some(match bound.local {
                LocalAddr::One(_) => 2,
                LocalAddr::AnyV4 => 1,
                LocalAddr::Any => 0,
            })
        };
        let best = ids.iter().filter_map(score).max()?;
        let group: Vec<TcpId> = ids.iter().filter(|id| score(id) == Some(best)).copied().collect();
        let at = usize::try_from(hash % (group.len().max(1) as u64)).unwrap_or(0);
        group.get(at).copied()
    }
}

fn ip_tcp_headers(ipv6: bool) -> u32 {
    if ipv6 { 60 } else { 40 }
}

/// The segment size that an MTU leaves.
pub(crate) fn mss_for(mtu: u32, ipv6: bool) -> u16 {
    u16::try_from(mtu.saturating_sub(ip_tcp_headers(ipv6)).max(u32::from(toe_tcp::MIN_MSS)))
        .unwrap_or(u16::MAX)
}

impl Stack {
    /// A new socket.
    pub fn tcp_socket(&mut self, options: TcpOptions) -> TcpId {
        self.tcp.sockets.insert(TcpSocket::new(options))
    }

    /// The same under the id that another stack gave it: a listener has one in all of them ([`crate::shard`]).
    pub fn tcp_socket_as(&mut self, id: TcpId, options: TcpOptions) {
        self.tcp.sockets.adopt(id, TcpSocket::new(options));
    }

    fn socket(&self, id: TcpId) -> Result<&TcpSocket, TcpError> {
        self.tcp.sockets.get(id).filter(|s| !s.released).ok_or(TcpError::NoSuchSocket)
    }

    fn socket_mut(&mut self, id: TcpId) -> Result<&mut TcpSocket, TcpError> {
        self.tcp.sockets.get_mut(id).filter(|s| !s.released).ok_or(TcpError::NoSuchSocket)
    }

    /// Binds to `local`; unspecified addresses are wildcards.
    ///
    /// # Errors
    /// [`TcpError::Port`], [`TcpError::BadAddress`], [`TcpError::InUse`] when bound already.
    pub fn tcp_bind(&mut self, id: TcpId, local: Endpoint) -> Result<u16, TcpError> {
        let s = self.socket(id)?;
        if s.bound.is_some() || !matches!(s.kind, Kind::Idle) {
            return Err(TcpError::InUse);
        }
        admit(local.addr.ip())?;
        let options = s.options.bind;
        let at = LocalAddr::new(local.addr);
        if let LocalAddr::One(addr) = at
            && self.ifaces.owner_of(addr).is_none()
        {
            return Err(TcpError::BadAddress);
        }
        let port = match local.port {
            0 => self.ports.ephemeral(Proto::Tcp, local.addr, None, |_| false)?,
            port => port,
        };
        let ticket = self.ports.bind(Proto::Tcp, at, port, options)?;
        self.socket_mut(id)?.bound = Some(Bound { local: at, port, ticket });
        Ok(port)
    }

    /// Listens; at most `backlog` sessions wait to be accepted.
    ///
    /// # Errors
    /// [`TcpError`].
    pub fn tcp_listen(&mut self, id: TcpId, backlog: usize) -> Result<(), TcpError> {
        let s = self.socket(id)?;
        let Some(bound) = &s.bound else { return Err(TcpError::NotConnected) };
        if !matches!(s.kind, Kind::Idle) {
            return Err(TcpError::InUse);
        }
        let (port, ticket) = (bound.port, bound.ticket);
        self.ports.set_listening(Proto::Tcp, port, ticket)?;
        self.socket_mut(id)?.kind =
            Kind::Listen(Listener { backlog: backlog.clamp(1, 65_536), queue: VecDeque::new() });
        self.tcp.listeners.entry(port).or_default().push(id);
        Ok(())
    }

    /// Takes the oldest waiting session of a listener.
    ///
    /// # Errors
    /// [`TcpError::WouldBlock`] when none waits.
    pub fn tcp_accept(&mut self, id: TcpId) -> Result<(TcpId, FourTuple), TcpError> {
        loop {
            let Kind::Listen(l) = &mut self.socket_mut(id)?.kind else {
                return Err(TcpError::NotConnected);
            };
            let child = l.queue.pop_front().ok_or(TcpError::WouldBlock)?;
            let Some(s) = self.tcp.sockets.get_mut(child) else { continue };
            s.parent = None;
            match &s.kind {
                Kind::Session(session) => return Ok((child, session.tuple)),
                Kind::Away(away) => return Ok((child, away.tuple)),
                Kind::Idle | Kind::Listen(_) | Kind::Dead => {}
            }
        }
    }

    /// Begins to connect; the socket becomes writable when it is done, and an error is pending if it failed.
    ///
    /// # Errors
    /// [`TcpError`].
    pub fn tcp_connect(&mut self, now: Micros, id: TcpId, to: Endpoint) -> Result<(), TcpError> {
        let s = self.socket(id)?;
        match &s.kind {
            Kind::Idle => {}
            Kind::Session(x) if x.tcb.state() == State::SynSent => {
                return Err(TcpError::InProgress);
            }
            Kind::Session(_) | Kind::Listen(_) | Kind::Away(_) | Kind::Dead => {
                return Err(TcpError::InUse);
            }
        }
        admit(to.addr.ip())?;
        let options = s.options;
        if to.port == 0 || !crate::addr::is_unicast(to.addr.ip()) {
            return Err(TcpError::BadAddress);
        }
        let bound = s.bound.as_ref().map(|b| (b.local, b.port));
        let path =
            self.route_to(now, options.fib, to.addr).map_err(|_| TcpError::NetUnreachable)?;
        let source = match bound {
            Some((LocalAddr::One(own), _)) => own,
            _ => self.source_for(to.addr, &path).ok_or(TcpError::NetUnreachable)?,
        };
        if source.is_ipv6() != to.addr.is_ipv6() {
            return Err(TcpError::BadAddress);
        }
        // S-SCOPE-2: a loopback source cannot leave the host.
        if !path.local && crate::addr::never_on_wire(source.ip()) {
            return Err(TcpError::HostUnreachable);
        }
        let tuple_for = |port| FourTuple { local: Endpoint::new(source, port), remote: to };
        let port = match bound {
            Some((_, port)) => port,
            None => {
                let (tcp, tw, handoff) = (&self.tcp, &self.tw, &self.handoff);
                let (shards, ifaces) = (&self.shards, &self.ifaces);
                self.ports.ephemeral(Proto::Tcp, source, Some(to), |port| {
                    let tuple = tuple_for(port);
                    tcp.tuples.contains_key(&tuple)
                        || tcp.syn.contains(&tuple)
                        || tw.get(&tuple).is_some()
                        || handoff.knows(&tuple)
                        || shards.place(ifaces, &tuple) != Place::Here
                })?
            }
        };
        let tuple = tuple_for(port);
        if self.tuple_taken(&tuple) {
            return Err(PortError::InUse.into());
        }
        if self.place(&tuple) != Place::Here {
            return Err(TcpError::Elsewhere);
        }
        let config = self.session_config(&options, &tuple, &path);
        let iss = self.tcp.isn.next(now, &tuple, &mut self.rng);
        let mut tcb = Tcb::connect(&config, iss, now);
        if let Some(known) = self.host_cache.recall(now, to.addr.ip()) {
            tcb.start_from(&known);
        }
        self.install(id, tuple, tcb, None, &path, &config);
        self.after(now, id);
        Ok(())
    }

    /// Whether anybody holds this 4-tuple: software, SYN cache, engine, either TIME_WAIT table.
    #[must_use]
    pub fn tuple_taken(&self, tuple: &FourTuple) -> bool {
        self.tcp.tuples.contains_key(tuple)
            || self.tcp.syn.contains(tuple)
            || self.tw.get(tuple).is_some()
            || self.handoff.knows(tuple)
    }

    /// MSL class by nearness (S-MSLT-1).
    #[must_use]
    pub fn msl_class(&self, tuple: &FourTuple) -> MslClass {
        let (local, remote) = (tuple.local.addr.ip(), tuple.remote.addr.ip());
        if !self.config.time_wait.classes {
            MslClass::None
        } else if local == remote || local.is_loopback() {
            MslClass::Loopback
        } else if self.ifaces.is_attached(remote)
            || self.ifaces.owner_of(tuple.remote.addr).is_some()
        {
            MslClass::Local
        } else {
            MslClass::Remote
        }
    }

    pub(crate) fn session_config(
        &self,
        options: &TcpOptions,
        tuple: &FourTuple,
        path: &Resolved,
    ) -> toe_tcp::Config {
        let ipv6 = tuple.is_ipv6();
        let iface = self.ifaces.get(path.iface);
        let link_mtu = iface.map_or(path.mtu, |i| i.mtu);
        let caps = iface.map(|i| i.caps).unwrap_or_default();
        let class = self.msl_class(tuple);
        let mss = mss_for(link_mtu.min(65_535), ipv6);
        let path_mss = mss_for(path.mtu, ipv6);
        let tso = if ipv6 { caps.tso6 } else { caps.tso4 } && !path.local;
        let rcv_ring = ring_size(options.rcv_ring);
        let snd_ring = ring_size(options.snd_ring);
        toe_tcp::Config {
            mss,
            path_mss,
            default_mss: if ipv6 { toe_tcp::DEFAULT_MSS_V6 } else { toe_tcp::DEFAULT_MSS },
            rcv_ring,
            snd_ring,
            nodelay: options.nodelay,
            keepalive: options.keepalive,
            cc: options.congestion.unwrap_or(self.config.tcp.cc),
            ts_offset: self.tcp.ts_key.hash(&tuple.key_bytes()) as u32,
            df: !path.df_off,
            tw_class: class,
            tw_linger: self.tw.linger(class),
            signature: self.signatures.key(tuple.remote.addr.ip()).is_some(),
            tso_segments: if tso {
                u8::try_from(60_000 / u32::from(path_mss.max(1))).unwrap_or(255).clamp(1, 44)
            } else {
                1
            },
            ..self.config.tcp
        }
    }

    /// Puts a session behind a socket and into the tables.
    pub(crate) fn install(
        &mut self,
        id: TcpId,
        tuple: FourTuple,
        tcb: Tcb,
        rx: Option<ByteRing>,
        path: &Resolved,
        config: &toe_tcp::Config,
    ) {
        let Some(s) = self.tcp.sockets.get_mut(id) else { return };
        let owner = s.options.bind.owner();
        let oif = tuple.local.addr.zone().or(tuple.remote.addr.zone());
        s.kind = Kind::Session(Box::new(Session {
            tuple,
            tx: ByteRing::new(config.snd_ring, tcb.snd_start()),
            rx,
            tcb,
            route: RouteCache::new(tuple.remote.addr, oif),
            iface: path.iface,
            hop: None,
            told_path: (path.mtu, path.df_off),
            mtu_cap: None,
            confirmed_at: Micros::ZERO,
            timer_at: None,
            in_ready: false,
            odd_options: false,
        }));
        self.tcp.tuples.insert(tuple, id);
        self.ports.session_added(&tuple, owner);
    }

    /// Puts bytes into the send ring; gives how many found room.
    ///
    /// # Errors
    /// [`TcpError::WouldBlock`] when the ring is full, [`TcpError::Away`] for engine sessions.
    pub fn tcp_send(&mut self, now: Micros, id: TcpId, data: &[u8]) -> Result<usize, TcpError> {
        let n = self.tcp_send_with(now, id, &mut |space| {
            let n = data.len().min(space.room());
            space.put(0, &data[..n]);
            n
        })?;
        if n == 0 && !data.is_empty() { Err(TcpError::WouldBlock) } else { Ok(n) }
    }

    /// The same without a buffer in between: `fill` puts bytes into the ring itself and says how many it has put.
    /// It is called without room too.
    ///
    /// # Errors
    /// As [`Self::tcp_send`], but no room is no error; `fill` is not called then.
    pub fn tcp_send_with(
        &mut self,
        now: Micros,
        id: TcpId,
        fill: &mut dyn FnMut(&mut dyn RingSpace) -> usize,
    ) -> Result<usize, TcpError> {
        let s = self.socket_mut(id)?;
        if let Some(error) = s.error {
            return Err(error);
        }
        let session = match &mut s.kind {
            Kind::Session(x) => x,
            Kind::Away(_) => return Err(TcpError::Away),
            Kind::Idle | Kind::Listen(_) => return Err(TcpError::NotConnected),
            Kind::Dead => return Err(TcpError::Closed),
        };
        match session.tcb.state() {
            State::SynSent | State::SynReceived => return Err(TcpError::WouldBlock),
            State::Closed => return Err(TcpError::Closed),
            _ if session.tcb.closing() => return Err(TcpError::Closed),
            _ => {}
        }
        let end = session.tcb.snd_end();
        let used = end - session.tcb.snd_free();
        let room = session.tx.size().saturating_sub(used) as usize;
        let n = fill(&mut Space { ring: &mut session.tx, from: end, room }).min(room);
        if n > 0 {
            session.tcb.app_wrote(end + u32::try_from(n).unwrap_or(0));
            self.after(now, id);
        }
        Ok(n)
    }

    /// Takes received bytes; 0 is the end of the stream.
    ///
    /// # Errors
    /// [`TcpError::WouldBlock`] when nothing is there, [`TcpError::Away`] for engine sessions.
    pub fn tcp_recv(&mut self, now: Micros, id: TcpId, out: &mut [u8]) -> Result<usize, TcpError> {
        self.tcp_recv_with(now, id, &mut |bytes| {
            let n = out.len().min(bytes.available());
            bytes.get(0, &mut out[..n]);
            n
        })
    }

    /// The same without a buffer in between: `take` looks at the bytes in the ring and says how many it has done with.
    ///
    /// # Errors
    /// As [`Self::tcp_recv`]; `take` is not called then, nor at the end of the stream.
    pub fn tcp_recv_with(
        &mut self,
        now: Micros,
        id: TcpId,
        take: &mut dyn FnMut(&dyn RingBytes) -> usize,
    ) -> Result<usize, TcpError> {
        let s = self.socket_mut(id)?;
        let error = s.error;
        let session = match &mut s.kind {
            Kind::Session(x) => x,
            Kind::Away(_) => return Err(TcpError::Away),
            Kind::Idle | Kind::Listen(_) => return Err(TcpError::NotConnected),
            Kind::Dead => return Err(error.unwrap_or(TcpError::Closed)),
        };
        let from = session.tcb.rcv_read();
        let readable = session.tcb.rcv_data_end().since(from);
        let Some(ring) = session.rx.as_ref().filter(|_| readable > 0) else {
            if let Some(error) = error {
                return Err(error);
            }
            let ended = session.tcb.peer_closed() || session.tcb.state() == State::Closed;
            return if ended { Ok(0) } else { Err(TcpError::WouldBlock) };
        };
        let available = readable as usize;
        let n = take(&Bytes { ring, from, available }).min(available);
        session.tcb.app_read(from + u32::try_from(n).unwrap_or(0));
        self.after(now, id);
        Ok(n)
    }

    /// Closes our direction: FIN after everything that was sent.
    ///
    /// # Errors
    /// [`TcpError`].
    pub fn tcp_shutdown(&mut self, now: Micros, id: TcpId) -> Result<(), TcpError> {
        match &mut self.socket_mut(id)?.kind {
            Kind::Session(s) => s.tcb.close(),
            Kind::Away(_) => return Err(TcpError::Away),
            Kind::Idle | Kind::Listen(_) | Kind::Dead => return Err(TcpError::NotConnected),
        }
        self.after(now, id);
        Ok(())
    }

    /// Gives the socket up. The session goes on closing by itself; the id is stale from now on. For a session that is
    /// away the owner must be told first; this only forgets the socket once it comes back or ends.
    ///
    /// # Errors
    /// [`TcpError::NoSuchSocket`].
    pub fn tcp_close(&mut self, now: Micros, id: TcpId) -> Result<(), TcpError> {
        self.socket(id)?;
        self.release(now, id);
        Ok(())
    }

    fn release(&mut self, now: Micros, id: TcpId) {
        let Some(s) = self.tcp.sockets.get_mut(id) else { return };
        s.released = true;
        match &mut s.kind {
            Kind::Idle | Kind::Dead => self.forget(id),
            Kind::Listen(l) => {
                let waiting = std::mem::take(&mut l.queue);
                let port = s.bound.as_ref().map_or(0, |b| b.port);
                if let Some(ids) = self.tcp.listeners.get_mut(&port) {
                    ids.retain(|other| *other != id);
                    if ids.is_empty() {
                        self.tcp.listeners.remove(&port);
                    }
                }
                self.tcp.syn.remove_listener(id);
                for child in waiting {
                    self.abandon(now, child);
                }
                self.forget(id);
            }
            Kind::Session(session) => {
                session.tcb.detach(now);
                if session.tcb.state() == State::TimeWait {
                    let record = session.tcb.time_wait_record();
                    self.enter_time_wait(now, id, record);
                } else {
                    self.after(now, id);
                }
            }
            Kind::Away(_) => self.handoff_released(id),
        }
    }

    /// Ends a session that nobody will ever accept.
    pub(crate) fn abandon(&mut self, now: Micros, id: TcpId) {
        if let Some(session) = self.tcp.session_mut(id) {
            session.tcb.abort();
        }
        self.release(now, id);
    }

    /// Cuts the session off with a reset; the socket stays until it is closed.
    ///
    /// # Errors
    /// [`TcpError`].
    pub fn tcp_abort(&mut self, now: Micros, id: TcpId) -> Result<(), TcpError> {
        match &mut self.socket_mut(id)?.kind {
            Kind::Session(s) => s.tcb.abort(),
            Kind::Away(_) => return Err(TcpError::Away),
            Kind::Idle | Kind::Listen(_) | Kind::Dead => return Err(TcpError::NotConnected),
        }
        self.after(now, id);
        Ok(())
    }

    /// What would not block.
    ///
    /// # Errors
    /// [`TcpError::NoSuchSocket`].
    pub fn tcp_readiness(&self, id: TcpId) -> Result<Readiness, TcpError> {
        let s = self.socket(id)?;
        let error = s.error.is_some();
        Ok(match &s.kind {
            Kind::Idle => Readiness::default(),
            Kind::Dead => {
                Readiness { readable: true, writable: true, hangup: true, error, away: false }
            }
            Kind::Listen(l) => Readiness { readable: !l.queue.is_empty(), ..Default::default() },
            Kind::Away(_) => Readiness { away: true, error, ..Default::default() },
            Kind::Session(x) => {
                let state = x.tcb.state();
                let opening = matches!(state, State::SynSent | State::SynReceived);
                let data = x.tcb.rcv_data_end().since(x.tcb.rcv_read()) > 0;
                let closed = state == State::Closed;
                let room = x.tx.size() > x.tcb.snd_end() - x.tcb.snd_free();
                Readiness {
                    readable: !opening && (data || x.tcb.peer_closed() || closed) || error,
                    writable: !opening && (room || x.tcb.closing() || closed) || error,
                    hangup: closed || (x.tcb.closing() && x.tcb.peer_closed()),
                    error,
                    away: false,
                }
            }
        })
    }

    /// Takes the pending error (SO_ERROR).
    ///
    /// # Errors
    /// [`TcpError::NoSuchSocket`].
    pub fn tcp_take_error(&mut self, id: TcpId) -> Result<Option<TcpError>, TcpError> {
        Ok(self.socket_mut(id)?.error.take())
    }

    /// The 4-tuple of a connected socket, wherever its session is.
    #[must_use]
    pub fn tcp_tuple(&self, id: TcpId) -> Option<FourTuple> {
        match &self.tcp.sockets.get(id)?.kind {
            Kind::Session(s) => Some(s.tuple),
            Kind::Away(a) => Some(a.tuple),
            Kind::Idle | Kind::Listen(_) | Kind::Dead => None,
        }
    }

    /// The socket of a 4-tuple, wherever its session is.
    #[must_use]
    pub fn tcp_of_tuple(&self, tuple: &FourTuple) -> Option<TcpId> {
        self.tcp.tuples.get(tuple).copied()
    }

    /// Whether the peer opened the session of this socket.
    #[must_use]
    pub fn tcp_is_passive(&self, id: TcpId) -> bool {
        self.tcp.sockets.get(id).is_some_and(|s| s.passive)
    }

    /// State of a session in software.
    #[must_use]
    pub fn tcp_state(&self, id: TcpId) -> Option<State> {
        self.tcp.session(id).map(|s| s.tcb.state())
    }

    /// Everything about a session in software.
    #[must_use]
    pub fn tcp_info(&self, now: Micros, id: TcpId) -> Option<TcpInfo> {
        self.tcp.session(id).map(|s| s.tcb.info(now))
    }

    /// The options of a socket.
    #[must_use]
    pub fn tcp_options(&self, id: TcpId) -> Option<TcpOptions> {
        self.tcp.sockets.get(id).map(|s| s.options)
    }

    /// TCP_NODELAY.
    ///
    /// # Errors
    /// [`TcpError::NoSuchSocket`].
    pub fn tcp_set_nodelay(&mut self, now: Micros, id: TcpId, on: bool) -> Result<(), TcpError> {
        let s = self.socket_mut(id)?;
        s.options.nodelay = on;
        if let Kind::Session(x) = &mut s.kind {
            x.tcb.set_nodelay(on);
        }
        self.after(now, id);
        Ok(())
    }

    /// Keepalive idle time, or off.
    ///
    /// # Errors
    /// [`TcpError::NoSuchSocket`].
    pub fn tcp_set_keepalive(
        &mut self,
        now: Micros,
        id: TcpId,
        idle: Option<Micros>,
    ) -> Result<(), TcpError> {
        let s = self.socket_mut(id)?;
        s.options.keepalive = idle;
        if let Kind::Session(x) = &mut s.kind {
            x.tcb.set_keepalive(idle, now);
        }
        self.after(now, id);
        Ok(())
    }

    /// TCP_CONGESTION, on the live session.
    ///
    /// # Errors
    /// [`TcpError::NoSuchSocket`].
    pub fn tcp_set_congestion(
        &mut self,
        now: Micros,
        id: TcpId,
        algo: CcAlgo,
    ) -> Result<(), TcpError> {
        let s = self.socket_mut(id)?;
        s.options.congestion = Some(algo);
        if let Kind::Session(x) = &mut s.kind {
            x.tcb.set_congestion_control(algo, now);
        }
        Ok(())
    }

    /// Whether the session may be given to the engine.
    ///
    /// # Errors
    /// [`TcpError::NoSuchSocket`].
    pub fn tcp_set_offload(&mut self, id: TcpId, on: bool) -> Result<(), TcpError> {
        self.socket_mut(id)?.options.offload = on;
        Ok(())
    }

    /// Tells the owner of the stack that a socket's readiness changed, once until it is asked.
    pub(crate) fn notify(&mut self, id: TcpId) {
        if let Some(s) = self.tcp.sockets.get_mut(id)
            && !s.event_pending
            && !s.released
        {
            s.event_pending = true;
            self.events.push_back(StackEvent::Tcp(id));
        }
    }
}

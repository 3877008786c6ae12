// SPDX-License-Identifier: Apache-2.0
//! Several stacks on one device (S-PCBG-1): each owns the sessions whose segments its queue pairs get, and they tell each
//! other the rest in messages.
//!
//! Which 4-tuple is whose is the device's rule; whoever runs the stacks brings it along as a [`Steering`]. A segment for
//! a session of another stack is passed on, never answered; while sessions are on their way here, their segments wait.
//! What link and routers teach (neighbours, redirects, path MTUs) is told to all others. Sessions move as they are, with
//! sockets, half-open and closed ones ([`Departure`]): values, not copies.
//!
//! A stack without steering is alone and never looks at any of this.

use std::collections::VecDeque;
use std::net::IpAddr;

use toe_tcp::{Micros, SeqNum};

use crate::addr::FourTuple;
use crate::family::parse_ip;
use crate::fib::{FibId, RouteCache};
use crate::icmp::{IcmpKind, RedirectRefused};
use crate::iface::{IfId, Interfaces};
use crate::neigh::{NeighKey, Report};
use crate::output::Verdict;
use crate::stack::Stack;
use crate::syncache::SynEntry;
use crate::tcp::{Kind, TcpId, TcpSocket};
use crate::timewait::{Owner, TimeWaitInfo};
use crate::wire::IpPacket;

/// Messages that peers can make us write, at a time; and segments that wait for their session. More are dropped.
const LIMIT: usize = 1024;
/// How often a message may be passed on: tables that disagree for a moment must not make it run in circles.
const PASSES: u8 = 4;

/// Where the sessions of a bucket are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this stack.
    Here,
    /// In this stack, and about to leave: they stay in software.
    Leaving,
    /// On their way to this stack: what comes for them waits.
    Arriving,
    /// In another shard's stack.
    There(u16),
}

/// The rule that says whose a session is.
pub trait Steering: Send {
    /// Whose this session is.
    fn place(&self, tuple: &FourTuple) -> Place;
    /// Where packets without ports, and UDP, between these two addresses arrive.
    fn place_of_pair(&self, local: IpAddr, remote: IpAddr) -> Place;
}

/// Whom a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// All other shards.
    Others,
    /// This one.
    Shard(u16),
}

/// From one stack to another of the same device.
#[derive(Debug)]
pub struct Message(What);

#[derive(Clone, Debug)]
enum What {
    /// A TCP packet; its checksum is verified.
    Packet { iface: IfId, packet: Vec<u8>, passed: u8 },
    /// An ICMP error about a packet of a session, or of a UDP socket.
    Error { tuple: FourTuple, seq: Option<SeqNum>, kind: IcmpKind, passed: u8 },
    /// What a neighbour said; it is reachable if that was an answer without its address.
    Neighbour { key: NeighKey, report: Option<Report> },
    /// A redirect that its receiver did not find fault with.
    Redirect { iface: IfId, from: IpAddr, target: IpAddr, gateway: IpAddr },
    /// A path MTU that was believed.
    PathMtu { fib: FibId, dst: crate::addr::ScopedAddr, mtu: u32 },
}

impl Message {
    /// The same for one more shard.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self(self.0.clone())
    }
}

/// What a stack knows of the others.
#[derive(Default)]
pub(crate) struct Shards {
    pub index: u16,
    steering: Option<Box<dyn Steering>>,
    out: VecDeque<(To, Message)>,
    held: VecDeque<Message>,
}

impl Shards {
    pub(crate) fn new(index: u16) -> Self {
        Self { index, ..Self::default() }
    }

    /// Sessions with an address of ours as peer stay where they begin.
    pub(crate) fn place(&self, ifaces: &Interfaces, tuple: &FourTuple) -> Place {
        match &self.steering {
            Some(steering) if ifaces.owner_of(tuple.remote.addr).is_none() => steering.place(tuple),
            _ => Place::Here,
        }
    }
}

/// All that some buckets hold, taken out of a stack.
pub struct Departure {
    /// With whether the socket has its 4-tuple still: the remains of one whose peer began anew do not.
    sockets: Vec<(TcpId, TcpSocket, bool)>,
    half_open: Vec<SynEntry>,
    time_wait: Vec<TimeWaitInfo>,
    engine_time_wait: Vec<(FourTuple, Owner)>,
    isn: u64,
}

impl Departure {
    /// The sockets in it.
    pub fn sockets(&self) -> impl Iterator<Item = TcpId> {
        self.sockets.iter().map(|(id, ..)| *id)
    }
}

impl Stack {
    /// Takes the rule; from now on this stack is one of several.
    pub fn steer(&mut self, now: Micros, steering: Box<dyn Steering>) {
        self.shards.steering = Some(steering);
        self.work_off_held(now);
    }

    /// Where a session is or would be.
    #[must_use]
    pub fn place(&self, tuple: &FourTuple) -> Place {
        self.shards.place(&self.ifaces, tuple)
    }

    /// The next message for others.
    pub fn poll_message(&mut self) -> Option<(To, Message)> {
        self.shards.out.pop_front()
    }

    /// A message arrived.
    pub fn handle_message(&mut self, now: Micros, message: Message) {
        match message.0 {
            What::Packet { iface, packet, passed } => {
                if let Ok(ip) = parse_ip(&packet, Verdict::Good, Verdict::Good) {
                    self.handle_tcp(now, iface, &ip, passed);
                }
            }
            What::Error { tuple, seq: Some(seq), kind, passed } => {
                self.tcp_icmp(now, &tuple, seq, kind, passed);
            }
            What::Error { tuple, seq: None, kind, passed } => {
                self.udp_error(now, &tuple, kind, passed);
            }
            What::Neighbour { key, report } => self.hear_neighbour(now, key, report),
            What::Redirect { iface, from, target, gateway } => {
                // Judged again: this stack's sessions may use another gateway.
                let _judged = self.redirect(now, iface, from, target, gateway);
            }
            What::PathMtu { fib, dst, mtu } => {
                self.lower_path_mtu(now, fib, dst, mtu);
            }
        }
    }

    fn send_message(&mut self, to: To, what: What) {
        if self.shards.out.len() >= LIMIT {
            self.stats.shard_dropped += 1;
            return;
        }
        match what {
            What::Packet { .. } | What::Error { .. } => self.stats.shard_forwarded += 1,
            _ => self.stats.shard_taught += 1,
        }
        self.shards.out.push_back((to, Message(what)));
    }

    /// Passes on what belongs elsewhere, or keeps it; false: it is for this stack.
    fn misplaced(&mut self, place: Place, passed: u8, what: impl FnOnce(u8) -> What) -> bool {
        match place {
            Place::Here | Place::Leaving => return false,
            Place::Arriving if self.shards.held.len() < LIMIT => {
                self.stats.shard_held += 1;
                self.shards.held.push_back(Message(what(passed)));
            }
            Place::There(shard) if passed < PASSES => {
                self.send_message(To::Shard(shard), what(passed + 1));
            }
            Place::Arriving | Place::There(_) => self.stats.shard_dropped += 1,
        }
        true
    }

    /// Whether a packet without a session here is another stack's; it is on its way there then.
    pub(crate) fn packet_misplaced(
        &mut self,
        iface: IfId,
        tuple: &FourTuple,
        ip: &IpPacket<'_>,
        passed: u8,
    ) -> bool {
        let packet = || ip.whole.to_vec();
        self.misplaced(self.place(tuple), passed, |passed| What::Packet {
            iface,
            packet: packet(),
            passed,
        })
    }

    /// The same of an ICMP error; without a sequence number it is about UDP.
    pub(crate) fn error_misplaced(
        &mut self,
        tuple: &FourTuple,
        seq: Option<SeqNum>,
        kind: IcmpKind,
        passed: u8,
    ) -> bool {
        let place = match (&self.shards.steering, seq) {
            (_, Some(_)) => self.place(tuple),
            (Some(s), None) => s.place_of_pair(tuple.local.addr.ip(), tuple.remote.addr.ip()),
            (None, None) => Place::Here,
        };
        self.misplaced(place, passed, |passed| What::Error { tuple: *tuple, seq, kind, passed })
    }

    fn tell_others(&mut self, what: What) {
        if self.shards.steering.is_some() {
            self.send_message(To::Others, what);
        }
    }

    fn hear_neighbour(&mut self, now: Micros, key: NeighKey, report: Option<Report>) {
        match report {
            Some(report) => self.neigh.report(now, key, report),
            None => self.neigh.confirm(now, key),
        }
        self.run_neighbours(now);
    }

    /// A neighbour has told its address, or has answered without.
    pub(crate) fn learn_neighbour(&mut self, now: Micros, key: NeighKey, report: Option<Report>) {
        self.hear_neighbour(now, key, report);
        self.tell_others(What::Neighbour { key, report });
    }

    /// A redirect arrived. Others hear of it unless nobody could believe it.
    pub(crate) fn learn_redirect(
        &mut self,
        now: Micros,
        iface: IfId,
        from: IpAddr,
        target: IpAddr,
        gateway: IpAddr,
    ) -> Result<(), RedirectRefused> {
        let result = self.redirect(now, iface, from, target, gateway);
        if matches!(
            result,
            Ok(()) | Err(RedirectRefused::Unresolved | RedirectRefused::SameGateway)
        ) {
            self.tell_others(What::Redirect { iface, from, target, gateway });
        }
        result
    }

    /// A path MTU was reported for a packet that is in flight.
    pub(crate) fn learn_path_mtu(
        &mut self,
        now: Micros,
        fib: FibId,
        dst: crate::addr::ScopedAddr,
        mtu: u32,
    ) -> Option<(u32, bool)> {
        let lowered = self.lower_path_mtu(now, fib, dst, mtu);
        if lowered.is_some() {
            self.tell_others(What::PathMtu { fib, dst, mtu });
        }
        lowered
    }

    // ---- sessions that move ----

    /// Takes everything out whose 4-tuple `moves`: sockets with sessions in software (opening, open or closing), half-open
    /// sessions, TIME_WAIT entries and the knowledge of those of the engine. Sessions that are away stay: have them taken
    /// back before.
    pub fn depart(&mut self, moves: impl Fn(&FourTuple) -> bool) -> Departure {
        let moves = |t: &FourTuple| self.ifaces.owner_of(t.remote.addr).is_none() && moves(t);
        let session = |s: &TcpSocket| match &s.kind {
            Kind::Session(session) => moves(&session.tuple),
            _ => false,
        };
        let mut ids: Vec<TcpId> =
            self.tcp.sockets.iter().filter(|(_, s)| session(s)).map(|(id, _)| id).collect();
        // Those that wait to be accepted keep their order.
        let queued = self.tcp.sockets.iter().filter_map(|(_, s)| match &s.kind {
            Kind::Listen(l) => Some(&l.queue),
            _ => None,
        });
        let order: Vec<TcpId> = queued.flatten().copied().collect();
        ids.sort_by_key(|id| order.iter().position(|other| other == id));
        let half_open: Vec<FourTuple> =
            self.tcp.syn.iter().map(|e| e.tuple).filter(|t| moves(t)).collect();
        let time_wait: Vec<FourTuple> =
            self.tw.iter().map(|e| e.tuple).filter(|t| moves(t)).collect();
        let engine: Vec<FourTuple> =
            self.handoff.engine_time_wait().filter(|t| moves(t)).copied().collect();
        let mut gone = Departure {
            sockets: Vec::new(),
            half_open: half_open.iter().filter_map(|t| self.tcp.syn.remove(t)).collect(),
            time_wait: time_wait.iter().filter_map(|t| self.tw.remove(t)).collect(),
            engine_time_wait: Vec::new(),
            isn: self.tcp.isn.offset(),
        };
        for entry in &gone.time_wait {
            self.ports.time_wait_removed(&entry.tuple, entry.owner);
        }
        for tuple in engine {
            if let Some(owner) = self.engine_time_wait_taken(&tuple) {
                gone.engine_time_wait.push((tuple, owner));
            }
        }
        for id in ids {
            gone.sockets.extend(self.take_socket(id));
        }
        gone
    }

    /// Puts in what another stack gave up.
    pub fn arrive(&mut self, now: Micros, departure: Departure) {
        let Departure { sockets, half_open, time_wait, engine_time_wait, isn } = departure;
        // Sequence numbers of a 4-tuple grow, wherever it lives (S-ISN-1).
        self.tcp.isn.raise(isn);
        for entry in half_open {
            self.tcp.syn.adopt(entry);
        }
        for entry in &time_wait {
            self.ports.time_wait_added(&entry.tuple, entry.owner);
        }
        for old in self.tw.adopt(&time_wait) {
            self.ports.time_wait_removed(&old.tuple, old.owner);
        }
        for (tuple, owner) in engine_time_wait {
            self.engine_time_wait_entered(tuple, owner);
        }
        for (id, socket, has_tuple) in sockets {
            self.adopt_socket(now, id, socket, has_tuple);
        }
        self.work_off_held(now);
    }

    fn work_off_held(&mut self, now: Micros) {
        for message in std::mem::take(&mut self.shards.held) {
            self.handle_message(now, message);
        }
    }

    /// Takes a socket with its session out of every table.
    fn take_socket(&mut self, id: TcpId) -> Option<(TcpId, TcpSocket, bool)> {
        let mut socket = self.tcp.sockets.remove(id)?;
        let mut has_tuple = false;
        if let Kind::Session(session) = &socket.kind
            && self.tcp.tuples.get(&session.tuple) == Some(&id)
        {
            has_tuple = true;
            self.tcp.tuples.remove(&session.tuple);
            self.ports.session_removed(&session.tuple, socket.options.bind.owner());
        }
        if let Some(bound) = socket.bound.take() {
            // The session itself keeps the port from others, here and there.
            self.ports.release(crate::ports::Proto::Tcp, bound.port, bound.ticket);
        }
        if let Some(parent) = socket.parent
            && let Some(Kind::Listen(l)) = self.tcp.sockets.get_mut(parent).map(|s| &mut s.kind)
        {
            l.queue.retain(|child| *child != id);
        }
        Some((id, socket, has_tuple))
    }

    fn adopt_socket(&mut self, now: Micros, id: TcpId, mut socket: TcpSocket, has_tuple: bool) {
        let Kind::Session(session) = &mut socket.kind else { return };
        let tuple = session.tuple;
        // What this stack's tables know of it begins anew.
        session.route = RouteCache::new(
            tuple.remote.addr,
            tuple.local.addr.zone().or(tuple.remote.addr.zone()),
        );
        session.hop = None;
        session.timer_at = None;
        session.in_ready = false;
        socket.event_pending = false;
        let owner = socket.options.bind.owner();
        let parent = socket.parent;
        self.tcp.sockets.adopt(id, socket);
        if has_tuple {
            self.tcp.tuples.insert(tuple, id);
            self.ports.session_added(&tuple, owner);
        }
        if let Some(parent) = parent {
            match self.tcp.sockets.get_mut(parent).map(|s| &mut s.kind) {
                Some(Kind::Listen(l)) => l.queue.push_back(id),
                // Nobody will ever accept it.
                _ => self.abandon(now, id),
            }
            self.notify(parent);
        }
        self.after(now, id);
        self.notify(id);
    }
}

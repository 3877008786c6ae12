// SPDX-License-Identifier: Apache-2.0
//! Several stacks on one device (S-PCBG-1): who answers, what is passed on, what is told, what moves.
#![cfg(all(feature = "ipv4", feature = "ipv6"))]
#![allow(missing_docs, clippy::cast_possible_truncation)]

mod common;

use std::collections::VecDeque;
use std::net::{IpAddr, Ipv4Addr};

use common::{OUR_MAC, OUR4, OUR6, PEER_MAC, PEER4, PEER6, icmp4_frame, pattern, scoped};
use toe_stack::shard::To;
use toe_stack::syncache::{CookieMode, SynCacheConfig};
use toe_stack::{
    Endpoint, FibId, FourTuple, IfAddr, IfId, InterfaceConfig, MacAddr, Micros, OffloadCaps, Place,
    RouteSpec, RxFrame, Stack, StackConfig, Steering, TcpError, TcpId, TcpOptions,
};

const SHARDS: u16 = 3;
const BUCKETS: usize = 6;
const GATEWAY: [u8; 4] = [10, 0, 0, 254];

/// Not the same the other way round.
fn hash(local: u16, remote: u16) -> usize {
    (usize::from(local) + 5 * usize::from(remote)) % BUCKETS
}

fn bucket(tuple: &FourTuple) -> usize {
    hash(tuple.local.port, tuple.remote.port)
}

/// What one shard believes.
#[derive(Clone)]
struct Rule([Place; BUCKETS]);

impl Rule {
    /// Bucket n is shard n mod 3's, moved on by `by`.
    fn of(shard: u16, by: u16) -> Self {
        let owner = |n: usize| (n as u16 + by) % SHARDS;
        let place = |n| if owner(n) == shard { Place::Here } else { Place::There(owner(n)) };
        Self(std::array::from_fn(place))
    }
}

impl Steering for Rule {
    fn place(&self, tuple: &FourTuple) -> Place {
        self.0[bucket(tuple)]
    }

    fn place_of_pair(&self, _: IpAddr, _: IpAddr) -> Place {
        self.0[0]
    }
}

fn add_port(stack: &mut Stack, mac: MacAddr, nets: [&str; 2]) -> IfId {
    let caps = OffloadCaps::default();
    let config = InterfaceConfig { caps, ..InterfaceConfig::ethernet("eth0", mac) };
    let port = stack.add_interface(config).unwrap();
    for net in nets {
        stack.add_address(Micros(0), port, IfAddr::new(net.parse().unwrap())).unwrap();
    }
    port
}

/// Three of our stacks, which a device feeds, and a peer.
struct Rig {
    now: Micros,
    shards: Vec<Stack>,
    port: IfId,
    peer: Stack,
    peer_port: IfId,
    /// Where the device puts TCP to us, by bucket; everything else goes to shard `rest`.
    device: [u16; BUCKETS],
    rest: usize,
    to_us: VecDeque<Vec<u8>>,
    to_peer: VecDeque<Vec<u8>>,
    /// Frames of ours, by shard.
    sent: [Vec<Vec<u8>>; SHARDS as usize],
}

impl Rig {
    fn new() -> Self {
        Self::with(StackConfig::default())
    }

    fn with(config: StackConfig) -> Self {
        let config = StackConfig { seed: 7, ..config };
        let mut shards: Vec<Stack> =
            (0..SHARDS).map(|n| Stack::of_several(config.clone(), n, SHARDS)).collect();
        let ports: Vec<IfId> = shards
            .iter_mut()
            .map(|s| add_port(s, OUR_MAC, ["10.0.0.1/24", "fd00::1/64"]))
            .collect();
        for (n, shard) in (0..).zip(&mut shards) {
            shard.steer(Micros(0), Box::new(Rule::of(n, 0)));
        }
        let mut peer = Stack::new(StackConfig { seed: 8, ..StackConfig::default() });
        let peer_port = add_port(&mut peer, MacAddr(PEER_MAC), ["10.0.0.2/24", "fd00::2/64"]);
        let mut rig = Self {
            now: Micros(1_000_000),
            shards,
            port: ports[0],
            peer,
            peer_port,
            device: std::array::from_fn(|n| n as u16 % SHARDS),
            rest: 0,
            to_us: VecDeque::new(),
            to_peer: VecDeque::new(),
            sent: Default::default(),
        };
        rig.run(5);
        rig
    }

    fn frame(&mut self, shard: usize, frame: &[u8]) {
        self.shards[shard].handle_frame(self.now, self.port, &RxFrame::unchecked(frame));
    }

    /// Where the device puts a frame.
    fn queue(&self, frame: &[u8]) -> usize {
        let at = match (frame[12..14] == [8, 0], frame[12..14] == [0x86, 0xdd]) {
            (true, _) if frame[23] == 6 => 34,
            (_, true) if frame[20] == 6 => 54,
            _ => return self.rest,
        };
        let port = |at: usize| u16::from_be_bytes([frame[at], frame[at + 1]]);
        self.device[hash(port(at + 2), port(at))].into()
    }

    fn messages(&mut self) {
        for from in 0..self.shards.len() {
            while let Some((to, message)) = self.shards[from].poll_message() {
                for (n, shard) in self.shards.iter_mut().enumerate() {
                    if to == To::Shard(n as u16) || to == To::Others && n != from {
                        shard.handle_message(self.now, message.copy());
                    }
                }
            }
        }
    }

    fn step(&mut self) {
        for (n, shard) in self.shards.iter_mut().enumerate() {
            while let Some(frame) = shard.poll_transmit(self.now) {
                self.sent[n].push(frame.bytes.clone());
                self.to_peer.push_back(frame.bytes);
            }
        }
        while let Some(frame) = self.peer.poll_transmit(self.now) {
            self.to_us.push_back(frame.bytes);
        }
        self.now = self.now + Micros(1_000);
        while let Some(frame) = self.to_peer.pop_front() {
            self.peer.handle_frame(self.now, self.peer_port, &RxFrame::unchecked(&frame));
        }
        while let Some(frame) = self.to_us.pop_front() {
            let queue = self.queue(&frame);
            self.frame(queue, &frame);
        }
        self.messages();
    }

    fn run(&mut self, millis: u64) {
        for _ in 0..millis {
            self.step();
        }
    }

    fn listen(&mut self, port: u16) -> TcpId {
        let options = TcpOptions::default();
        let id = self.shards[0].tcp_socket(options);
        for (n, shard) in self.shards.iter_mut().enumerate() {
            if n > 0 {
                shard.tcp_socket_as(id, options);
            }
            shard.tcp_bind(id, Endpoint::new(scoped(OUR4), port)).unwrap();
            shard.tcp_listen(id, 16).unwrap();
        }
        id
    }

    fn peer_connects(&mut self, port: u16) -> TcpId {
        let id = self.peer.tcp_socket(TcpOptions::default());
        let to = Endpoint::new(scoped(OUR4), port);
        self.peer.tcp_connect(self.now, id, to).unwrap();
        id
    }

    /// The shard that has a session of the peer's.
    fn owner(&self, peer: TcpId) -> usize {
        let theirs = self.peer.tcp_tuple(peer).unwrap();
        let ours = FourTuple { local: theirs.remote, remote: theirs.local };
        let mut holders = (0..self.shards.len()).filter(|n| self.shards[*n].tuple_taken(&ours));
        let owner = holders.next().unwrap();
        assert_eq!(holders.next(), None, "two shards have {ours}");
        owner
    }

    fn total(&self, counter: impl Fn(&toe_stack::Stats) -> u64) -> u64 {
        self.shards.iter().map(|s| counter(s.stats())).sum()
    }

    /// A kibibyte each way.
    fn talk(&mut self, shard: usize, ours: TcpId, peer: TcpId) {
        let data = pattern(1024, 5);
        let mut buffer = [0; 2048];
        assert_eq!(self.peer.tcp_send(self.now, peer, &data), Ok(1024));
        assert_eq!(self.shards[shard].tcp_send(self.now, ours, &data), Ok(1024));
        self.run(200);
        assert_eq!(self.shards[shard].tcp_recv(self.now, ours, &mut buffer), Ok(1024));
        assert_eq!(buffer[..1024], data);
        assert_eq!(self.peer.tcp_recv(self.now, peer, &mut buffer), Ok(1024));
        assert_eq!(buffer[..1024], data);
    }

    /// The buckets go round by one, everything in them moves; `between` happens when the new owners expect them and the old
    /// ones have not let go.
    fn rebalance(&mut self, between: impl FnOnce(&mut Self)) {
        let new: [u16; BUCKETS] = std::array::from_fn(|n| (n as u16 + 1) % SHARDS);
        for (n, shard) in (0..).zip(&mut self.shards) {
            let mut rule = Rule::of(n, 0);
            for (bucket, owner) in new.iter().enumerate() {
                if *owner == n {
                    rule.0[bucket] = Place::Arriving;
                } else if rule.0[bucket] == Place::Here {
                    rule.0[bucket] = Place::Leaving;
                }
            }
            shard.steer(self.now, Box::new(rule));
        }
        self.device = new;
        between(self);
        for from in 0..self.shards.len() {
            let to = (from + 1) % self.shards.len();
            let moving = self.shards[from].depart(|t| bucket(t) % 3 == from);
            self.shards[to].arrive(self.now, moving);
        }
        for (n, shard) in (0..).zip(&mut self.shards) {
            shard.steer(self.now, Box::new(Rule::of(n, 1)));
        }
    }
}

#[test]
fn frames_at_the_wrong_shard_reach_the_right_one() {
    let mut rig = Rig::new();
    let listener = rig.listen(80);
    let right: Vec<TcpId> = (0..6).map(|_| rig.peer_connects(80)).collect();
    rig.run(50);
    assert_eq!(rig.total(|s| s.shard_forwarded), 0);
    // From now on the device is wrong about everything.
    rig.device = [2; BUCKETS];
    let wrong: Vec<TcpId> = (0..6).map(|_| rig.peer_connects(80)).collect();
    rig.run(50);
    let mut used = [0; 3];
    for peer in right.into_iter().chain(wrong) {
        let shard = rig.owner(peer);
        used[shard] += 1;
        let (ours, tuple) = rig.shards[shard].tcp_accept(listener).unwrap();
        assert_eq!(bucket(&tuple) % 3, shard);
        let theirs = rig.peer.tcp_tuple(peer).unwrap();
        let peer = if theirs.local == tuple.remote {
            peer
        } else {
            // Another of this shard's: whichever was first.
            let all = rig
                .peer
                .established()
                .find(|id| rig.peer.tcp_tuple(*id).is_some_and(|t| t.local == tuple.remote));
            all.unwrap()
        };
        rig.talk(shard, ours, peer);
    }
    assert!(used.iter().all(|n| *n > 0), "{used:?}");
    assert!(rig.total(|s| s.shard_forwarded) > 20);
    assert_eq!(rig.total(|s| s.tcp_resets_sent), 0);
    assert_eq!(rig.total(|s| s.shard_dropped), 0);
}

fn arp(op: u8, mac: [u8; 6], from: [u8; 4]) -> Vec<u8> {
    let mut f = OUR_MAC.0.to_vec();
    f.extend_from_slice(&mac);
    f.extend_from_slice(&[8, 6, 0, 1, 8, 0, 6, 4, 0, op]);
    f.extend_from_slice(&mac);
    f.extend_from_slice(&from);
    f.extend_from_slice(&OUR_MAC.0);
    f.extend_from_slice(&OUR4.octets());
    f
}

#[test]
fn what_one_hears_of_a_neighbour_all_know_and_one_answers() {
    let mut rig = Rig::new();
    rig.sent = Default::default();
    let mac = |rig: &Rig, n: usize, ip: IpAddr| {
        let key = rig.shards[n].neighbour_key(rig.port, ip).unwrap();
        rig.shards[n].neighbours().mac(&key)
    };
    let stranger: IpAddr = Ipv4Addr::new(10, 0, 0, 9).into();
    rig.frame(1, &arp(1, [2, 0, 0, 0, 0, 9], [10, 0, 0, 9]));
    rig.messages();
    rig.run(3);
    for n in 0..3 {
        assert_eq!(mac(&rig, n, stranger), Some(MacAddr([2, 0, 0, 0, 0, 9])), "shard {n}");
    }
    assert_eq!(rig.sent.each_ref().map(Vec::len), [0, 1, 0], "one answer");
    // It moves: the next hop of engine sessions of every shard follows.
    rig.now = rig.now + Micros(5_000_000);
    rig.frame(2, &arp(2, [2, 0, 0, 0, 0, 0x19], [10, 0, 0, 9]));
    rig.messages();
    for n in 0..3 {
        assert_eq!(mac(&rig, n, stranger), Some(MacAddr([2, 0, 0, 0, 0, 0x19])), "shard {n}");
    }
    // IPv6: the peer asks, one shard hears it.
    rig.sent = Default::default();
    rig.rest = 2;
    let id = rig.peer.tcp_socket(TcpOptions::default());
    rig.peer.tcp_connect(rig.now, id, Endpoint::new(scoped(OUR6), 99)).unwrap();
    rig.run(5);
    for n in 0..3 {
        assert_eq!(mac(&rig, n, PEER6.into()), Some(MacAddr(PEER_MAC)), "shard {n}");
    }
    assert!(rig.total(|s| s.shard_taught) >= 3);
    assert_eq!(rig.total(|s| s.shard_forwarded), 0);
}

#[test]
fn announcements_are_made_once() {
    let mut rig = Rig::new();
    rig.sent = Default::default();
    let (port, now) = (rig.port, rig.now);
    for shard in &mut rig.shards {
        shard.add_address(now, port, IfAddr::new("10.0.0.77/24".parse().unwrap())).unwrap();
    }
    rig.run(2);
    assert_eq!(rig.sent.each_ref().map(Vec::len), [1, 0, 0]);
}

fn quoting(kind: [u8; 8], tuple: &FourTuple, seq: u32) -> Vec<u8> {
    let mut icmp = kind.to_vec();
    icmp.extend_from_slice(&[0x45, 0, 5, 0xdc, 0, 0, 0x40, 0, 64, 6, 0, 0]);
    icmp.extend_from_slice(&OUR4.octets());
    let IpAddr::V4(to) = tuple.remote.addr.ip() else { unreachable!("an IPv4 session") };
    icmp.extend_from_slice(&to.octets());
    icmp.extend_from_slice(&tuple.local.port.to_be_bytes());
    icmp.extend_from_slice(&tuple.remote.port.to_be_bytes());
    icmp.extend_from_slice(&seq.to_be_bytes());
    icmp4_frame(GATEWAY, &icmp)
}

#[test]
fn icmp_errors_reach_the_owner_and_path_mtus_everybody() {
    let mut rig = Rig::new();
    let listener = rig.listen(80);
    let peer = rig.peer_connects(80);
    rig.run(20);
    let owner = rig.owner(peer);
    let (id, tuple) = rig.shards[owner].tcp_accept(listener).unwrap();
    let other = (owner + 1) % 3;
    // The segment is in flight: the peer does not hear it for a while.
    let now = rig.now;
    rig.shards[owner].tcp_send(now, id, &pattern(1400, 1)).unwrap();
    let in_flight = rig.shards[owner].tcp_info(now, id).unwrap().snd_una.0;
    while rig.shards[owner].poll_transmit(now).is_some() {}
    let mtu = |rig: &Rig, n: usize| {
        rig.shards[n].route_to(rig.now, FibId(0), tuple.remote.addr).unwrap().mtu
    };
    let too_big = [3, 4, 0, 0, 0, 0, 0x02, 0x58];
    rig.frame(other, &quoting(too_big, &tuple, in_flight.wrapping_add(1 << 20)));
    rig.run(2);
    assert_eq!([0, 1, 2].map(|n| mtu(&rig, n)), [1500; 3], "not in flight: believed by nobody");
    rig.frame(other, &quoting(too_big, &tuple, in_flight));
    rig.run(2);
    assert_eq!([0, 1, 2].map(|n| mtu(&rig, n)), [600; 3]);
    assert_eq!(rig.shards[other].stats().shard_forwarded, 2);
    assert_eq!(rig.shards[owner].stats().icmp_out_of_window, 1);
    let told = [0, 1, 2].map(|n| rig.shards[n].stats().shard_taught);
    assert!(told[owner] > 0, "{told:?}");
}

#[test]
fn redirects_are_judged_by_each() {
    let mut rig = Rig::new();
    let (port, now) = (rig.port, rig.now);
    let net = "198.51.100.0/24".parse().unwrap();
    for shard in &mut rig.shards {
        let gateway = Some(IpAddr::from(GATEWAY));
        let route = RouteSpec { gateway, ..RouteSpec::on_link(net, port) };
        shard.add_route(FibId(0), &route).unwrap();
        let new = Ipv4Addr::new(10, 0, 0, 253).into();
        shard.set_neighbour(now, port, new, MacAddr([2, 0, 0, 0, 0, 0xfd])).unwrap();
    }
    // One believes in no redirects of its own accord.
    let mut icmp = vec![5, 1, 0, 0, 10, 0, 0, 253, 0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0];
    icmp.extend_from_slice(&OUR4.octets());
    icmp.extend_from_slice(&[198, 51, 100, 1]);
    icmp.extend_from_slice(&[0; 8]);
    rig.frame(2, &icmp4_frame(GATEWAY, &icmp));
    rig.run(2);
    for (n, shard) in rig.shards.iter().enumerate() {
        let to = |last| scoped(Ipv4Addr::new(198, 51, 100, last));
        let hop = |last| shard.route_to(rig.now, FibId(0), to(last)).unwrap().next_hop;
        assert_eq!(hop(1), IpAddr::from([10, 0, 0, 253]), "shard {n}");
        assert_eq!(hop(2), IpAddr::from(GATEWAY), "shard {n}");
    }
    // From a stranger: nobody hears of it.
    let before = rig.total(|s| s.shard_taught);
    rig.frame(2, &icmp4_frame([10, 0, 0, 66], &icmp));
    rig.run(2);
    assert_eq!(rig.total(|s| s.shard_taught), before);
}

#[test]
fn what_comes_for_sessions_on_their_way_waits_in_order() {
    let mut rig = Rig::new();
    let listener = rig.listen(80);
    let peers: Vec<TcpId> = (0..6).map(|_| rig.peer_connects(80)).collect();
    rig.run(20);
    let mut open = Vec::new();
    for peer in peers {
        let from = rig.owner(peer);
        let theirs = rig.peer.tcp_tuple(peer).unwrap();
        let is_it =
            |id: &TcpId| rig.shards[from].tcp_tuple(*id).is_some_and(|t| t.remote == theirs.local);
        let ours = rig.shards[from].established().find(is_it).unwrap();
        open.push((ours, peer, from));
    }
    // Some have bytes on their way in both directions when the table changes.
    let (data, more) = (pattern(3000, 9), pattern(500, 10));
    let now = rig.now;
    for (ours, peer, from) in &open {
        rig.peer.tcp_send(now, *peer, &data).unwrap();
        rig.shards[*from].tcp_send(now, *ours, &data).unwrap();
    }
    let before = rig.now;
    rig.rebalance(|rig| {
        // The new owners hear of everything, and of a new session too, before they have anything.
        rig.peer_connects(80);
        rig.run(3);
        assert!(rig.total(|s| s.shard_held) >= 7, "{}", rig.total(|s| s.shard_held));
        // Bytes that the old owner has, and has not sent.
        for (ours, _, from) in &open {
            rig.shards[*from].tcp_send(rig.now, *ours, &more).unwrap();
        }
    });
    assert!(rig.now > before);
    assert_eq!(rig.total(|s| s.tcp_resets_sent), 0, "somebody did not know a session");
    rig.run(2_000);
    for (ours, peer, from) in open {
        let shard = (from + 1) % 3;
        assert_eq!(rig.owner(peer), shard);
        let mut buffer = vec![0; 4000];
        assert_eq!(rig.shards[shard].tcp_recv(rig.now, ours, &mut buffer), Ok(3000));
        assert_eq!(buffer[..3000], data);
        assert_eq!(rig.peer.tcp_recv(rig.now, peer, &mut buffer), Ok(3500));
        assert_eq!(buffer[..3500], [&data[..], &more].concat());
        // Its timers run here: what is lost is sent again.
        rig.shards[shard].tcp_send(rig.now, ours, &more).unwrap();
        while rig.shards[shard].poll_transmit(rig.now).is_some() {}
        rig.run(2_000);
        assert_eq!(rig.peer.tcp_recv(rig.now, peer, &mut buffer), Ok(500));
        while rig.shards[shard].poll_event().is_some() {}
        rig.talk(shard, ours, peer);
        let mut events = std::iter::from_fn(|| rig.shards[shard].poll_event());
        assert!(events.any(|e| e == toe_stack::StackEvent::Tcp(ours)), "nobody is woken");
        // Where it was it is not known any more.
        assert_eq!(
            rig.shards[from].tcp_recv(rig.now, ours, &mut buffer),
            Err(TcpError::NoSuchSocket)
        );
    }
    // Each is accepted where it is now, and the one that came meanwhile too.
    let accepted =
        (0..3).map(|n| std::iter::from_fn(|| rig.shards[n].tcp_accept(listener).ok()).count());
    assert_eq!(accepted.sum::<usize>(), 7);
    let forwarded = rig.total(|s| s.shard_forwarded);
    rig.run(100);
    assert_eq!(rig.total(|s| s.shard_forwarded), forwarded, "it stands still");
}

#[test]
fn tables_that_disagree_pass_nothing_on_for_ever() {
    let mut rig = Rig::new();
    for (n, shard) in (0_u16..).zip(&mut rig.shards) {
        let next = Place::There((n + 1) % SHARDS);
        shard.steer(rig.now, Box::new(Rule([next; BUCKETS])));
    }
    rig.peer_connects(80);
    rig.run(20);
    let (forwarded, dropped) = (rig.total(|s| s.shard_forwarded), rig.total(|s| s.shard_dropped));
    assert_eq!((forwarded, dropped), (4, 1));
    assert_eq!(rig.total(|s| s.tcp_resets_sent), 0);
}

/// Fragments have no ports: the device puts them elsewhere, and what they were goes to the owner.
#[test]
fn reassembled_segments_reach_the_owner() {
    let mut rig = Rig::new();
    let listener = rig.listen(80);
    let peer = rig.peer_connects(80);
    rig.run(20);
    let owner = rig.owner(peer);
    let (ours, _) = rig.shards[owner].tcp_accept(listener).unwrap();
    let other = (owner + 1) % 3;
    let data = pattern(800, 3);
    rig.peer.tcp_send(rig.now, peer, &data).unwrap();
    let whole = rig.peer.poll_transmit(rig.now).unwrap().bytes;
    let (head, payload) = whole.split_at(34);
    let cut = 400;
    for (offset, part) in [(0, &payload[..cut]), (cut, &payload[cut..])] {
        let mut f = head.to_vec();
        let length = (20 + part.len()) as u16;
        let more = u16::from(offset == 0) << 13;
        f[16..18].copy_from_slice(&length.to_be_bytes());
        f[20..22].copy_from_slice(&(more | (offset / 8) as u16).to_be_bytes());
        f[24..26].fill(0);
        let sum: u32 =
            f[14..34].chunks(2).map(|c| u32::from(u16::from_be_bytes([c[0], c[1]]))).sum();
        let sum = !((sum & 0xffff) + (sum >> 16)) as u16;
        f[24..26].copy_from_slice(&sum.to_be_bytes());
        f.extend_from_slice(part);
        rig.frame(other, &f);
    }
    rig.messages();
    let mut buffer = [0; 1000];
    assert_eq!(rig.shards[owner].tcp_recv(rig.now, ours, &mut buffer), Ok(800));
    assert_eq!(buffer[..800], data);
    assert_eq!(rig.shards[other].stats().ip_reassembled, 1);
    assert_eq!(rig.shards[other].stats().shard_forwarded, 1);
}

/// A session that begins with a cookie of one shard ends up in another.
#[test]
fn cookies_of_one_are_taken_by_all() {
    let syn = SynCacheConfig { cookies: CookieMode::Always, ..SynCacheConfig::default() };
    let mut rig = Rig::with(StackConfig { syn, ..StackConfig::default() });
    let listener = rig.listen(80);
    let peer = rig.peer_connects(80);
    while rig.shards.iter().all(|s| s.syn_cache().counters.cookies_sent == 0) {
        rig.run(1);
        assert!(rig.now < Micros(2_000_000), "no SYN");
    }
    // The SYN is answered; the answer is on its way when the buckets move. Nothing is left to move with them.
    rig.rebalance(|_| ());
    rig.run(20);
    let owner = rig.owner(peer);
    assert_eq!(rig.shards[owner].syn_cache().counters.cookies_accepted, 1);
    let (ours, _) = rig.shards[owner].tcp_accept(listener).unwrap();
    rig.talk(owner, ours, peer);
}

/// Sequence numbers of a 4-tuple grow wherever it lives; what comes of chance differs.
#[test]
fn secrets_are_shared_and_chance_is_not() {
    let config = StackConfig { seed: 3, ..StackConfig::default() };
    let mut shards: Vec<Stack> = (0..2).map(|n| Stack::of_several(config.clone(), n, 2)).collect();
    let mut first = Vec::new();
    for shard in &mut shards {
        let port = add_port(shard, OUR_MAC, ["10.0.0.1/24", "fd00::1/64"]);
        shard.set_neighbour(Micros(1), port, PEER4.into(), MacAddr(PEER_MAC)).unwrap();
        while shard.poll_transmit(Micros(1)).is_some() {}
        let id = shard.tcp_socket(TcpOptions::default());
        shard.tcp_connect(Micros(1), id, Endpoint::new(scoped(PEER4), 80)).unwrap();
        first.push(shard.poll_transmit(Micros(1)).unwrap().bytes);
    }
    // The same place in the port's and the sequence numbers' space, but another identification.
    assert_eq!(first[0][34..36], first[1][34..36], "one key of ports");
    assert_ne!(first[0][18..20], first[1][18..20], "two streams of chance");
    // Many sessions later the first one's bucket moves: its numbers go on from there, not from where the other was.
    let opened = |shard: &mut Stack, port: u16| {
        let id = shard.tcp_socket(TcpOptions::default());
        shard.tcp_bind(id, Endpoint::new(scoped(OUR4), port)).unwrap();
        shard.tcp_connect(Micros(2), id, Endpoint::new(scoped(PEER4), 81)).unwrap();
        let syn = shard.poll_transmit(Micros(2)).unwrap().bytes;
        shard.tcp_abort(Micros(2), id).unwrap();
        shard.tcp_close(Micros(2), id).unwrap();
        while shard.poll_transmit(Micros(2)).is_some() {}
        u32::from_be_bytes(syn[38..42].try_into().unwrap())
    };
    for port in 2000..2100 {
        opened(&mut shards[0], port);
    }
    let before = opened(&mut shards[0], 1999);
    let moving = shards[0].depart(|_| true);
    shards[1].arrive(Micros(2), moving);
    let after = opened(&mut shards[1], 1999);
    assert!(after.wrapping_sub(before) < 1 << 20, "from {before} to {after}");
}

#[test]
fn sessions_with_ourselves_stay_where_they_begin() {
    let mut rig = Rig::new();
    let listener = rig.listen(80);
    for n in 0..3 {
        let id = rig.shards[n].tcp_socket(TcpOptions::default());
        let to = Endpoint::new(scoped(OUR4), 80);
        rig.shards[n].tcp_connect(rig.now, id, to).unwrap();
        rig.run(5);
        let (other, _) = rig.shards[n].tcp_accept(listener).unwrap();
        assert!(rig.shards[n].tcp_readiness(id).unwrap().writable);
        // They have no bucket: a rebalance leaves them.
        let gone = rig.shards[n].depart(|_| true);
        assert_eq!(gone.sockets().count(), 0);
        rig.shards[n].tcp_send(rig.now, id, b"hello").unwrap();
        rig.run(5);
        let mut buffer = [0; 8];
        assert_eq!(rig.shards[n].tcp_recv(rig.now, other, &mut buffer), Ok(5));
    }
    assert_eq!(rig.total(|s| s.shard_forwarded), 0);
}

#[test]
fn a_port_whose_answers_arrive_elsewhere_is_refused() {
    let mut rig = Rig::new();
    let to = Endpoint::new(scoped(PEER4), 90);
    for port in 4000..4006 {
        let id = rig.shards[1].tcp_socket(TcpOptions::default());
        rig.shards[1].tcp_bind(id, Endpoint::new(scoped(OUR4), port)).unwrap();
        let done = rig.shards[1].tcp_connect(rig.now, id, to);
        let right = hash(port, 90) % 3 == 1;
        assert_eq!(done, if right { Ok(()) } else { Err(TcpError::Elsewhere) }, "port {port}");
    }
}

/// A peer that talks faster than anybody carries messages costs bounded memory.
#[test]
fn messages_are_bounded() {
    let mut rig = Rig::new();
    let before = rig.shards[0].stats().shard_taught;
    for n in 0..5_000_u32 {
        rig.frame(0, &arp(2, [2, 0, 0, 0, 1, (n % 250) as u8], [10, 0, 0, 9]));
    }
    let waiting = std::iter::from_fn(|| rig.shards[0].poll_message()).count();
    assert!((1000..2000).contains(&waiting), "{waiting}");
    let stats = rig.shards[0].stats();
    assert_eq!(stats.shard_taught - before + stats.shard_dropped, 5_000);
}

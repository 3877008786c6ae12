// SPDX-License-Identifier: Apache-2.0
//! Each stack of a device on a thread of its own (S-PCBG-1): they share nothing and send each other messages; sessions move
//! between running threads.
#![cfg(all(feature = "ipv4", feature = "ipv6"))]
#![allow(missing_docs, clippy::cast_possible_truncation)]

mod common;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use common::{OUR_MAC, OUR4, PEER_MAC, pattern, scoped};
use toe_stack::shard::{Departure, Message, To};
use toe_stack::{
    Endpoint, FourTuple, IfAddr, IfId, InterfaceConfig, MacAddr, Micros, Place, RxFrame, Stack,
    StackConfig, Steering, TcpId, TcpOptions,
};

const SHARDS: usize = 4;
const SESSIONS: usize = 12;
const BYTES: usize = 20_000;

fn bucket(tuple: &FourTuple) -> usize {
    usize::from(tuple.local.port ^ tuple.remote.port) % SHARDS
}

/// Bucket n is shard (n + by) mod 4's; `arriving`: those that are not the shard's yet.
struct Rule {
    me: usize,
    by: usize,
    arriving: bool,
}

impl Steering for Rule {
    fn place(&self, tuple: &FourTuple) -> Place {
        let owner = (bucket(tuple) + self.by) % SHARDS;
        match (owner == self.me, self.arriving) {
            (true, false) => Place::Here,
            (true, true) => Place::Arriving,
            (false, _) => Place::There(owner as u16),
        }
    }

    fn place_of_pair(&self, _: IpAddr, _: IpAddr) -> Place {
        Place::There(0)
    }
}

enum Item {
    Frame(Vec<u8>),
    Message(Message),
    Turn(Micros),
    /// From now on expect the buckets of this table.
    Expect(usize),
    /// Give up what is not yours by it.
    Yield(usize),
    Arrival(Box<Departure>),
    /// All has arrived.
    Settled(usize),
    Stop,
}

fn stack(index: u16, count: u16, mac: MacAddr, net: &str) -> (Stack, IfId) {
    let mut stack = Stack::of_several(StackConfig { seed: 9, ..Default::default() }, index, count);
    let port = stack.add_interface(InterfaceConfig::ethernet("eth0", mac)).unwrap();
    stack.add_address(Micros(0), port, IfAddr::new(net.parse().unwrap())).unwrap();
    (stack, port)
}

/// A thread's program: its stack, and an echo server on it.
#[allow(clippy::too_many_arguments)] // all that a thread has
fn shard(
    me: usize,
    mut stack: Stack,
    port: IfId,
    listener: TcpId,
    items: &Receiver<Item>,
    others: &[Sender<Item>],
    wire: &Sender<Vec<u8>>,
    done: &Sender<usize>,
) -> Stack {
    let mut now = Micros(1_000_000);
    while let Ok(item) = items.recv() {
        match item {
            Item::Frame(bytes) => stack.handle_frame(now, port, &RxFrame::unchecked(&bytes)),
            Item::Message(message) => stack.handle_message(now, message),
            Item::Turn(at) => now = now.max(at),
            Item::Expect(by) => stack.steer(now, Box::new(Rule { me, by, arriving: true })),
            Item::Yield(by) => {
                for (to, other) in others.iter().enumerate().filter(|(to, _)| *to != me) {
                    let gone = stack.depart(|t| (bucket(t) + by) % SHARDS == to);
                    other.send(Item::Arrival(Box::new(gone))).unwrap();
                }
                done.send(me).unwrap();
            }
            Item::Arrival(gone) => stack.arrive(now, *gone),
            Item::Settled(by) => stack.steer(now, Box::new(Rule { me, by, arriving: false })),
            Item::Stop => return stack,
        }
        while stack.tcp_accept(listener).is_ok() {}
        let ids: Vec<TcpId> = stack.established().collect();
        let mut buffer = [0; 2048];
        for id in ids {
            while stack.tcp_readiness(id).is_ok_and(|r| r.readable && r.writable) {
                let Ok(n) = stack.tcp_recv(now, id, &mut buffer) else { break };
                // The rings are as large as all that ever comes.
                assert_eq!(stack.tcp_send(now, id, &buffer[..n]), Ok(n));
                if n == 0 {
                    break;
                }
            }
        }
        while let Some(frame) = stack.poll_transmit(now) {
            wire.send(frame.bytes).unwrap();
        }
        while let Some((to, message)) = stack.poll_message() {
            match to {
                To::Shard(to) => others[usize::from(to)].send(Item::Message(message)).unwrap(),
                To::Others => {
                    for (_, other) in others.iter().enumerate().filter(|(to, _)| *to != me) {
                        other.send(Item::Message(message.copy())).unwrap();
                    }
                }
            }
        }
    }
    stack
}

/// Where the device puts a frame, by its table.
fn queue(frame: &[u8], by: usize) -> usize {
    if frame[12..14] != [8, 0] || frame[23] != 6 {
        return 0;
    }
    let port = |at: usize| u16::from_be_bytes([frame[at], frame[at + 1]]);
    (usize::from(port(34) ^ port(36)) % SHARDS + by) % SHARDS
}

#[test]
fn each_stack_on_a_thread_of_its_own() {
    let mut stacks: Vec<(Stack, IfId)> =
        (0..SHARDS).map(|n| stack(n as u16, SHARDS as u16, OUR_MAC, "10.0.0.1/24")).collect();
    let options = TcpOptions { snd_ring: 1 << 16, rcv_ring: 1 << 16, ..TcpOptions::default() };
    let listener = stacks[0].0.tcp_socket(options);
    for (n, (stack, _)) in stacks.iter_mut().enumerate() {
        stack.steer(Micros(0), Box::new(Rule { me: n, by: 0, arriving: false }));
        if n > 0 {
            stack.tcp_socket_as(listener, options);
        }
        stack.tcp_bind(listener, Endpoint::new(scoped(OUR4), 80)).unwrap();
        stack.tcp_listen(listener, 64).unwrap();
    }
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..SHARDS).map(|_| channel::<Item>()).unzip();
    let (wire, from_us) = channel();
    let (yielded, done) = channel();
    let threads: Vec<_> = stacks
        .into_iter()
        .zip(receivers)
        .enumerate()
        .map(|(me, ((stack, port), items))| {
            let (others, wire, yielded) = (senders.clone(), wire.clone(), yielded.clone());
            std::thread::spawn(move || {
                shard(me, stack, port, listener, &items, &others, &wire, &yielded)
            })
        })
        .collect();
    let (mut peer, peer_port) = stack(0, 1, MacAddr(PEER_MAC), "10.0.0.2/24");
    let mut now = Micros(1_000_000);
    let ids: Vec<TcpId> = (0..SESSIONS)
        .map(|_| {
            let id = peer.tcp_socket(options);
            peer.tcp_connect(now, id, Endpoint::new(scoped(OUR4), 80)).unwrap();
            id
        })
        .collect();
    let data = pattern(BYTES, 4);
    let mut sent = BTreeMap::new();
    let mut back: BTreeMap<TcpId, Vec<u8>> = BTreeMap::new();
    let (mut by, mut moves, mut frames) = (0, 0, 0_usize);
    // While the buckets move: turns until the old owners give up, and how many have.
    let mut moving: Option<(u32, usize)> = None;
    for turn in 0..200_000 {
        now = now + Micros(200);
        for sender in &senders {
            sender.send(Item::Turn(now)).unwrap();
        }
        while let Some(frame) = peer.poll_transmit(now) {
            // Now and then the device errs.
            frames += 1;
            let wrong = usize::from(frames.is_multiple_of(17));
            let to = (queue(&frame.bytes, by) + wrong) % SHARDS;
            senders[to].send(Item::Frame(frame.bytes)).unwrap();
        }
        while let Ok(frame) = from_us.recv_timeout(Duration::from_micros(50)) {
            peer.handle_frame(now, peer_port, &RxFrame::unchecked(&frame));
        }
        for id in &ids {
            let from = sent.entry(*id).or_insert(0);
            // A little at a time, and not all before the buckets have moved three times.
            let to = (*from + 500).min(BYTES / 4 * (moves + 1));
            if let Ok(n) = peer.tcp_send(now, *id, &data[*from..to]) {
                *from += n;
            }
            let mut buffer = [0; 4096];
            while let Ok(n @ 1..) = peer.tcp_recv(now, *id, &mut buffer) {
                back.entry(*id).or_default().extend_from_slice(&buffer[..n]);
            }
        }
        let least = ids.iter().map(|id| back.get(id).map_or(0, Vec::len)).min().unwrap();
        if least == BYTES && moving.is_none() {
            break;
        }
        assert!(turn < 199_999, "only {least} bytes came back");
        let all = |item: fn(usize) -> Item, by: usize| {
            for sender in &senders {
                sender.send(item(by)).unwrap();
            }
        };
        match &mut moving {
            None if moves < 3 && least > BYTES / 4 * moves + BYTES / 8 => {
                (moves, by) = (moves + 1, by + 1);
                all(Item::Expect, by);
                moving = Some((3, 0));
            }
            None => {}
            Some((0, gone)) => {
                *gone += done.try_iter().count();
                if *gone == SHARDS {
                    all(Item::Settled, by);
                    moving = None;
                }
            }
            Some((turns, _)) => {
                *turns -= 1;
                if *turns == 0 {
                    all(Item::Yield, by);
                }
            }
        }
    }
    for sender in &senders {
        sender.send(Item::Stop).unwrap();
    }
    let stacks: Vec<Stack> = threads.into_iter().map(|t| t.join().unwrap()).collect();
    assert_eq!(moves, 3);
    for id in &ids {
        assert!(back[id] == data, "{:?}", peer.tcp_tuple(*id));
        let theirs = peer.tcp_tuple(*id).unwrap();
        let ours = FourTuple { local: theirs.remote, remote: theirs.local };
        let holders: Vec<usize> = (0..SHARDS).filter(|n| stacks[*n].tuple_taken(&ours)).collect();
        assert_eq!(holders, [(bucket(&ours) + by) % SHARDS], "{ours}");
    }
    assert_eq!(stacks.iter().map(|s| s.stats().tcp_resets_sent).sum::<u64>(), 0);
    assert_eq!(stacks.iter().map(|s| s.stats().shard_dropped).sum::<u64>(), 0);
}

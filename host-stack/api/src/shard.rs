// SPDX-License-Identifier: Apache-2.0
//! One shard of a node (S-PCBG-1): a stack with its sessions, and the queue pairs that feed it. It shares nothing with the
//! others: what concerns them comes and goes as [`Mail`]. The device is an argument of every turn.

use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};

use toe_abi::{CsumVerdict, RxReason};
use toe_driver::{BUCKETS, Rss, SendError};
use toe_offload::{Luggage, Offload, Owner};
use toe_stack::handoff::HandoffEvent;
use toe_stack::shard::{Departure, Message, Place, Steering, To};
use toe_stack::{FourTuple, IfId, Micros, RxFrame, Stack, StackEvent, TxFrame, Verdict, earliest};

use crate::control::{Captures, Path, ends};
use crate::engine::DriverEngine;
use crate::node::{NodeEvent, NodeStats};

/// Frames taken from one receive ring before anything else gets its turn.
const RX_BATCH: usize = 64;
/// Frames given to the transmit ring in one go.
const TX_BATCH: usize = 256;
/// Messages of others that wait for a turn; more of those that peers cause are dropped.
const MAIL: usize = 4096;

/// What a shard gets from others and from the node.
pub(crate) enum Mail {
    /// From another stack.
    Message(Message),
    /// Whose the buckets are from now on.
    Places(Box<Places>),
    /// Sessions, with what is known of them.
    Arrival(Box<(Departure, Luggage)>),
}

/// Which shard has the sessions of which bucket, as one shard knows it.
#[derive(Clone)]
pub(crate) struct Places {
    rss: Rss,
    places: [Place; BUCKETS],
}

impl Places {
    pub(crate) fn new(rss: Rss, places: [Place; BUCKETS]) -> Self {
        Self { rss, places }
    }

    pub(crate) fn bucket(&self, tuple: &FourTuple) -> usize {
        let end = |e: toe_stack::Endpoint| SocketAddr::new(e.addr.ip(), e.port);
        self.rss.bucket(end(tuple.local), end(tuple.remote))
    }

    fn at(&self, bucket: usize) -> Place {
        self.places.get(bucket).copied().unwrap_or(Place::Here)
    }
}

impl Steering for Places {
    fn place(&self, tuple: &FourTuple) -> Place {
        self.at(self.bucket(tuple))
    }

    fn place_of_pair(&self, local: IpAddr, remote: IpAddr) -> Place {
        self.at(self.rss.bucket_of_pair(local, remote))
    }
}

/// A stack, its sessions wherever they are, and its queue pairs.
pub struct Shard {
    index: u16,
    pub(crate) stack: Stack,
    pub(crate) offload: Offload,
    port: IfId,
    waiting: Option<TxFrame>,
    rx: Vec<u8>,
    mail: VecDeque<Mail>,
    pub(crate) events: VecDeque<NodeEvent>,
    pub(crate) stats: NodeStats,
}

impl Shard {
    pub(crate) fn new(index: u16, stack: Stack, offload: Offload, port: IfId) -> Self {
        Self {
            index,
            stack,
            offload,
            port,
            waiting: None,
            rx: Vec::new(),
            mail: VecDeque::new(),
            events: VecDeque::new(),
            stats: NodeStats::default(),
        }
    }

    /// Its number.
    #[must_use]
    pub fn index(&self) -> u16 {
        self.index
    }

    /// Its stack.
    #[must_use]
    pub fn stack(&self) -> &Stack {
        &self.stack
    }

    /// Its hand-over.
    #[must_use]
    pub fn offload(&self) -> &Offload {
        &self.offload
    }

    /// Its counters.
    #[must_use]
    pub fn stats(&self) -> NodeStats {
        NodeStats {
            cross_shard: self.stack.stats().shard_forwarded,
            taught: self.stack.stats().shard_taught,
            ..self.stats
        }
    }

    // ---- messages ----

    pub(crate) fn post(&mut self, mail: Mail) {
        if matches!(mail, Mail::Message(_)) && self.mail.len() >= MAIL {
            self.stats.mail_dropped += 1;
            return;
        }
        self.mail.push_back(mail);
    }

    pub(crate) fn has_mail(&self) -> bool {
        !self.mail.is_empty()
    }

    /// The next message to another shard.
    pub(crate) fn poll_message(&mut self) -> Option<(To, Message)> {
        self.stack.poll_message()
    }

    fn read_mail(&mut self, now: Micros) {
        while let Some(mail) = self.mail.pop_front() {
            match mail {
                Mail::Message(message) => self.stack.handle_message(now, message),
                Mail::Places(places) => self.stack.steer(now, places),
                Mail::Arrival(arrival) => {
                    let (departure, luggage) = *arrival;
                    self.stack.arrive(now, departure);
                    self.offload.unpack(now, luggage);
                }
            }
        }
    }

    // ---- time ----

    /// Does what is to be done: mail, frames, sessions. `true` when there may be more.
    pub(crate) fn turn(
        &mut self,
        now: Micros,
        engine: &mut DriverEngine,
        captures: &mut Captures,
    ) -> bool {
        self.read_mail(now);
        let mut more = self.receive(now, engine, captures);
        more |= self.offload.poll(now, &mut self.stack, &mut engine.view(self.index));
        more |= self.transmit(now, engine, captures);
        more |= self.stack_events(now);
        if engine.shards() > 1 && self.offload.policy().has_quotas() {
            engine.view(self.index).set_charges(self.offload.charges());
        }
        more | self.stack.handoff_waiting()
    }

    /// Hears what the engine has to say, and nothing else.
    pub(crate) fn hear(&mut self, now: Micros, engine: &mut DriverEngine) {
        self.offload.poll(now, &mut self.stack, &mut engine.view(self.index));
        self.stack_events(now);
    }

    pub(crate) fn next_deadline(&mut self, now: Micros) -> Option<Micros> {
        earliest(self.stack.next_deadline(), self.offload.next_deadline(now))
    }

    pub(crate) fn device_gone(&mut self, now: Micros, engine: &mut DriverEngine) {
        self.offload.device_gone(now, &mut self.stack, &mut engine.view(self.index));
        self.waiting = None;
    }

    fn receive(&mut self, now: Micros, engine: &mut DriverEngine, captures: &mut Captures) -> bool {
        let mut worked = false;
        let mut next = self.index;
        while next < engine.driver.queue_pairs() {
            let queue = next;
            next += engine.shards();
            for taken in 0..RX_BATCH {
                self.rx.clear();
                let Some(info) = engine.driver.nic_recv_into(queue, &mut self.rx) else {
                    break;
                };
                // Others get their turn before the rest.
                worked |= taken + 1 == RX_BATCH;
                self.stats.rx_frames += 1;
                if info.truncated {
                    self.stats.rx_truncated += 1;
                    continue;
                }
                if matches!(info.reason, RxReason::MirrorRx | RxReason::MirrorTx) {
                    let out = info.reason == RxReason::MirrorTx;
                    captures.frame(now, Path::Engine, out, &self.rx);
                    continue;
                }
                if cfg!(debug_assertions)
                    && info.reason != RxReason::NotTcp
                    && let Some(([src, dst], Some([sport, dport]))) = ends(&self.rx)
                {
                    let (local, remote) =
                        (SocketAddr::new(dst, dport), SocketAddr::new(src, sport));
                    let right = engine.driver.queue_of(local, remote) == queue;
                    self.stats.rx_elsewhere += u64::from(!right);
                }
                if !captures.is_empty() {
                    captures.frame(now, Path::Software, false, &self.rx);
                }
                let frame = RxFrame {
                    bytes: &self.rx,
                    ip_csum: verdict(info.ip_csum),
                    l4_csum: verdict(info.l4_csum),
                    vlan: info.vlan_tci,
                };
                if info.injected {
                    self.bounced(now, engine);
                } else {
                    self.stack.handle_frame(now, self.port, &frame);
                }
            }
        }
        worked
    }

    /// A replayed segment came back: software must look at it, and has it caught again until the session is there.
    fn bounced(&mut self, now: Micros, engine: &mut DriverEngine) {
        let engine = &mut engine.view(self.index);
        self.stats.rx_bounced += 1;
        // What else is waiting gets its usual treatment first.
        self.offload.poll(now, &mut self.stack, engine);
        let frame = RxFrame::unchecked(&self.rx);
        self.stack.handle_frame(now, self.port, &frame);
        let mut others = Vec::new();
        while let Some(event) = self.stack.poll_handoff() {
            match event {
                HandoffEvent::Caught(id) if self.offload.owner(id) == Owner::Engine => {
                    self.offload.bounced(now, &mut self.stack, engine, id);
                }
                other => others.push(other),
            }
        }
        for event in others {
            self.offload.handle_handoff(now, &mut self.stack, engine, event);
        }
    }

    fn transmit(
        &mut self,
        now: Micros,
        engine: &mut DriverEngine,
        captures: &mut Captures,
    ) -> bool {
        for _ in 0..TX_BATCH {
            let Some(frame) = self.waiting.take().or_else(|| self.stack.poll_transmit(now)) else {
                return false;
            };
            if frame.port != self.port {
                self.stats.tx_refused += 1;
                continue;
            }
            let o = frame.offload;
            let offload = toe_driver::TxOffload {
                l4_csum: o.l4_csum,
                ip_csum: o.ip_csum,
                tso_mss: o.tso_mss,
                vlan_tci: o.vlan,
                inject: false,
                ipv6: o.ipv6,
                udp: o.udp,
                l3_off: o.l3_off,
                l4_off: o.l4_off,
                hdr_len: o.hdr_len,
            };
            let out = toe_driver::TxFrame { bytes: &frame.bytes, offload };
            match engine.driver.nic_send(self.index, &out) {
                Ok(()) => {
                    self.stats.tx_frames += 1;
                    if !captures.is_empty() {
                        captures.frame(now, Path::Software, true, &frame.bytes);
                    }
                }
                Err(SendError::WouldBlock) => {
                    self.stats.tx_full += 1;
                    self.waiting = Some(frame);
                    return false;
                }
                Err(error) => {
                    log::warn!("frame not sent: {error}");
                    self.stats.tx_refused += 1;
                }
            }
        }
        true
    }

    fn stack_events(&mut self, now: Micros) -> bool {
        let mut worked = false;
        while let Some(event) = self.stack.poll_event() {
            self.events.push_back(match event {
                StackEvent::Tcp(id) => {
                    if self.stack.tcp_state(id) == Some(toe_tcp::State::Established) {
                        worked |= self.offload.consider(now, id);
                    }
                    NodeEvent::Tcp(id)
                }
                StackEvent::Udp(id) => NodeEvent::Udp(id),
                StackEvent::Ping(reply) => NodeEvent::Ping(reply),
            });
        }
        worked
    }
}

fn verdict(verdict: CsumVerdict) -> Verdict {
    match verdict {
        CsumVerdict::NotChecked | CsumVerdict::NotPresent => Verdict::NotChecked,
        CsumVerdict::Good => Verdict::Good,
        CsumVerdict::Bad => Verdict::Bad,
    }
}

/// A shard may be driven by a thread of its own, and so may what it sends.
const _: fn() = || {
    fn moves<T: Send>() {}
    moves::<Shard>();
    moves::<Mail>();
};

// SPDX-License-Identifier: Apache-2.0
//! The TIME_WAIT table on its own: a Verilated model of `rtl/timewait`, driven clock by clock.

use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::LazyLock;

use toe_testkit::hash::Toeplitz;
use verilated::Model;

mod small {
    #![allow(unsafe_code, unreachable_pub, dead_code)] // generated: binds pointers to ports
    verilated::include_model!("tw_small");
}
mod large {
    #![allow(unsafe_code, unreachable_pub, dead_code)] // generated: binds pointers to ports
    verilated::include_model!("tw_large");
}

/// The host's address in every tuple.
const LOCAL: u32 = 0x0a00_0001;
const KEY: [u8; 40] = toe_driver::PUBLISHED_RSS_KEY;

/// MSL class of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Class {
    Remote = 1,
    Local = 2,
    Loopback = 3,
}

/// The peer of a tuple.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Peer {
    /// IPv4 address.
    pub addr: u32,
    /// Port.
    pub port: u16,
}

impl Peer {
    /// One of very many, all different and without order: consecutive ones would be too kind, because the hash is linear
    /// and spreads those better than chance does.
    #[must_use]
    pub fn nth(n: u32) -> Self {
        // A mixer that maps no two numbers to one (the finaliser of MurmurHash3).
        let mix = |mut x: u32| {
            x = (x ^ x >> 16).wrapping_mul(0x85eb_ca6b);
            x = (x ^ x >> 13).wrapping_mul(0xc2b2_ae35);
            x ^ x >> 16
        };
        let port = 1024 + mix(n ^ 0x5bd1_e995) % 60_000;
        Self { addr: mix(n), port: u16::try_from(port).unwrap_or(u16::MAX) }
    }

    /// Toeplitz hash of the tuple (remote and local address, remote and local port).
    #[must_use]
    pub fn hash(self) -> u32 {
        static HASH: LazyLock<Toeplitz> = LazyLock::new(|| Toeplitz::new(&KEY));
        let end = |addr: u32, port| SocketAddr::new(Ipv4Addr::from(addr).into(), port);
        HASH.hash(end(LOCAL, 80), end(self.addr, self.port))
    }
}

/// What the table told the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// `tw_event_e` of the contract.
    pub what: u8,
    /// Whose entry.
    pub peer: Peer,
}

/// What happened while an insertion ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inserted {
    /// Clocks from offered to taken.
    pub cycles: u32,
}

/// What a table of some size can do.
pub trait Table {
    /// Entries over all classes.
    fn capacity(&self) -> u32;
    /// Inserts a record; frames go on being looked up meanwhile.
    fn insert(&mut self, peer: Peer, class: Class) -> Inserted;
    /// Queues a lookup that must hit or miss; wrong answers are counted.
    fn expect(&mut self, peer: Peer, hit: bool);
    /// Runs until every lookup is answered and nothing is under way.
    fn rest(&mut self);
    /// Lets time pass.
    fn pass(&mut self, us: u64);
    /// So far: lookups, clocks in which one was offered, wrong answers, failed insertions, clocks.
    fn seen(&self) -> Seen;
    /// Events since the last call.
    fn told(&mut self) -> Vec<Told>;
    /// Entries of each class.
    fn entries(&self) -> [u32; 3];
}

/// Counts since the beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Lookups taken.
    pub lookups: u64,
    /// Clocks in which a lookup was offered.
    pub offered: u64,
    /// Answers that were not as expected.
    pub wrong: u64,
    /// Insertions refused.
    pub failed: u64,
    /// Records read in vain: another tuple with the same part of the hash.
    pub losing: u64,
    /// Clocks.
    pub cycles: u64,
}

macro_rules! table {
    ($name:ident, $model:ident, $capacity:literal) => {
        struct $name {
            model: Model<$model::Ports>,
            now: u64,
            seen: Seen,
            queue: VecDeque<(Peer, u32, bool)>,
            waiting: VecDeque<bool>,
            told: Vec<Told>,
        }

        impl $name {
            fn new(seed: u32, linger: [u32; 3]) -> Self {
                let model = $model::Model::new(seed);
                let mut this = Self {
                    model,
                    now: 10_000_000,
                    seen: Seen::default(),
                    queue: VecDeque::new(),
                    waiting: VecDeque::new(),
                    told: Vec::new(),
                };
                let m = &this.model;
                m.rst_ni.set(0);
                m.rec_valid_i.set(0);
                m.frm_valid_i.set(0);
                m.frm_fin_i.set(0);
                m.frm_seq_i.set(1);
                m.linger_remote_i.set(linger[0]);
                m.linger_local_i.set(linger[1]);
                m.linger_loopback_i.set(linger[2]);
                let mut key = KEY;
                key.reverse();
                m.key_i.set_bytes(&key);
                this.model.set_assertions(false);
                for _ in 0..8 {
                    this.clock();
                }
                this.model.set_assertions(true);
                this.model.rst_ni.set(1);
                // The index clears itself.
                for _ in 0..$capacity {
                    this.clock();
                }
                this.seen = Seen::default();
                this.told.clear();
                this.rest();
                this
            }

            /// One clock; whether the record that is offered was taken.
            fn clock(&mut self) -> bool {
                let offer = self.queue.front().copied();
                let m = &self.model;
                m.clk_i.set(0);
                m.now_us_i.set(self.now);
                m.frm_valid_i.set(u8::from(offer.is_some()));
                if let Some((peer, hash, _)) = offer {
                    m.frm_addr_i.set(peer.addr);
                    m.frm_port_i.set(peer.port);
                    m.frm_hash_i.set(hash);
                }
                self.eval();
                let m = &self.model;
                let taken = m.rec_valid_i.get() == 1 && m.rec_ready_o.get() == 1;
                let went = offer.is_some() && m.frm_ready_o.get() == 1;
                let out = (m.out_valid_o.get() == 1).then(|| m.out_tw_o.get() != 0);
                if m.evt_valid_o.get() == 1 {
                    let peer = Peer { addr: m.evt_addr_o.get(), port: m.evt_port_o.get() };
                    self.told.push(Told { what: m.evt_what_o.get(), peer });
                }
                self.seen.failed += u64::from(m.insert_fail_o.get());
                self.seen.losing += u64::from(m.losing_o.get());
                self.seen.offered += u64::from(offer.is_some());
                self.seen.cycles += 1;
                m.clk_i.set(1);
                self.eval();
                if went && let Some((_, _, hit)) = self.queue.pop_front() {
                    self.waiting.push_back(hit);
                    self.seen.lookups += 1;
                }
                if let Some(hit) = out {
                    self.seen.wrong += u64::from(self.waiting.pop_front() != Some(hit));
                }
                taken
            }

            fn eval(&mut self) {
                let time = self.seen.cycles;
                if let Err(error) = self.model.eval(time) {
                    panic!("{error}");
                }
            }
        }

        impl Table for $name {
            fn capacity(&self) -> u32 {
                $capacity
            }

            fn insert(&mut self, peer: Peer, class: Class) -> Inserted {
                let m = &self.model;
                m.rec_addr_i.set(peer.addr);
                m.rec_port_i.set(peer.port);
                m.rec_cls_i.set(class as u8);
                m.rec_valid_i.set(1);
                let mut cycles = 1;
                while !self.clock() {
                    cycles += 1;
                    assert!(cycles < 100_000, "an insertion without end");
                }
                self.model.rec_valid_i.set(0);
                Inserted { cycles }
            }

            fn expect(&mut self, peer: Peer, hit: bool) {
                self.queue.push_back((peer, peer.hash(), hit));
            }

            fn rest(&mut self) {
                let mut quiet = 0;
                while quiet < 4 {
                    self.clock();
                    let idle = self.model.idle_o.get() == 1;
                    let done = self.queue.is_empty() && self.waiting.is_empty();
                    quiet = if idle && done { quiet + 1 } else { 0 };
                }
            }

            fn pass(&mut self, us: u64) {
                self.now += us;
            }

            fn seen(&self) -> Seen {
                self.seen
            }

            fn told(&mut self) -> Vec<Told> {
                std::mem::take(&mut self.told)
            }

            fn entries(&self) -> [u32; 3] {
                let m = &self.model;
                [m.remote_o.get(), m.local_o.get(), m.loopback_o.get()]
            }
        }
    };
}

table!(Small, small, 256);
table!(Large, large, 65_536);

/// The table of `small` or `large`, after reset. `linger`: µs of remote, local, loopback.
#[must_use]
pub fn table(large: bool, seed: u32, linger: [u32; 3]) -> Box<dyn Table> {
    if large { Box::new(Large::new(seed, linger)) } else { Box::new(Small::new(seed, linger)) }
}

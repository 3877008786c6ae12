// SPDX-License-Identifier: Apache-2.0
//! The TIME_WAIT table: a bank a class and family, oldest first out, answers by the core's record.

use crate::Model;
use crate::frame::{self, Header, Tuple};
use std::collections::{HashMap, VecDeque};
use toe_abi::regs;
use toe_abi::{EventTimeWait, EventTimeWaitRest, EventType, TwEvent};
use toe_device::Micros;
use toe_tcp::timewait::{TwAction, TwReason, TwRecycle, TwRst, TwSwitches};
use toe_tcp::{AckLimiter, MslClass, Segment, TimeWaitRecord};

/// A tick of the ends of entries.
const TICK_US: u64 = 1 << 18;

/// What the table says to a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Miss,
    Consumed,
    /// A SYN that recycled the entry: the host's.
    ToHost,
}

/// The link header of a frame, for its answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    pub(crate) dst_mac: [u8; 6],
    pub(crate) src_mac: [u8; 6],
    pub(crate) vlan_tci: Option<u16>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) record: TimeWaitRecord,
    pub(crate) index: u32,
    pub(crate) expires: Micros,
    /// Which place in the bank's order is its present one.
    serial: u64,
}

/// Entries of one class and family, oldest first. A place whose serial is not the entry's is empty.
#[derive(Debug, Default)]
struct Bank {
    order: VecDeque<(Tuple, u64)>,
    live: u32,
}

#[derive(Debug)]
pub(crate) struct TimeWait {
    entries: HashMap<Tuple, Entry>,
    /// IPv4 then IPv6, classes remote, local, loopback.
    banks: [[Bank; 3]; 2],
    free: [Vec<u32>; 2],
    /// Entries of each family. A class has a part of its own, so that a flood in one evicts nothing of another
    /// (S-VTW-7).
    size: [u32; 2],
    serial: u64,
    limiter: AckLimiter,
}

fn family(tuple: &Tuple) -> usize {
    usize::from(tuple.local.is_ipv6())
}

fn class_index(class: MslClass) -> usize {
    match class {
        MslClass::None | MslClass::Remote => 0,
        MslClass::Local => 1,
        MslClass::Loopback => 2,
    }
}

impl TimeWait {
    pub(crate) fn new(v4: u32, v6: u32) -> Self {
        Self {
            entries: HashMap::new(),
            banks: Default::default(),
            free: [(0..v4).rev().collect(), (0..v6).rev().collect()],
            size: [v4, v6],
            serial: 0,
            limiter: AckLimiter::new(100),
        }
    }

    pub(crate) fn live(&self, family: usize, class: usize) -> u32 {
        self.banks[family][class].live
    }

    /// Half for remote peers, who linger longest, a quarter for each of the others.
    fn limit(&self, family: usize, class: usize) -> u32 {
        self.size[family] / if class == 0 { 2 } else { 4 }
    }

    pub(crate) fn entry(&self, tuple: &Tuple) -> Option<&Entry> {
        self.entries.get(tuple)
    }

    /// The first entry of a family with an index from `index` on.
    pub(crate) fn walk(&self, v6: bool, index: u32) -> Option<(&Tuple, &Entry)> {
        self.entries
            .iter()
            .filter(|(tuple, entry)| tuple.local.is_ipv6() == v6 && entry.index >= index)
            .min_by_key(|(_, entry)| entry.index)
    }

    pub(crate) fn set_limit(&mut self, per_second: u32) {
        self.limiter = AckLimiter::new(per_second);
    }

    /// Takes an entry out.
    fn remove(&mut self, tuple: &Tuple) -> Option<Entry> {
        let entry = self.entries.remove(tuple)?;
        let bank = &mut self.banks[family(tuple)][class_index(entry.record.class)];
        bank.live -= 1;
        self.free[family(tuple)].push(entry.index);
        Some(entry)
    }

    /// The oldest entry of a bank; empty places before it go away.
    fn oldest(&mut self, family: usize, class: usize) -> Option<(Tuple, Micros)> {
        let bank = &mut self.banks[family][class];
        while let Some((tuple, serial)) = bank.order.front() {
            match self.entries.get(tuple) {
                Some(entry) if entry.serial == *serial => return Some((*tuple, entry.expires)),
                _ => bank.order.pop_front(),
            };
        }
        None
    }

    /// When the next entry ends.
    pub(crate) fn deadline(&self) -> Option<Micros> {
        // Places at the front may be empty: then this is early, which is harmless.
        let banks = self.banks.iter().flatten();
        banks
            .filter_map(|bank| bank.order.front())
            .filter_map(|(tuple, _)| self.entries.get(tuple).map(|entry| entry.expires))
            .min()
    }

    fn insert(&mut self, tuple: Tuple, record: TimeWaitRecord, expires: Micros) -> bool {
        let (family, class) = (family(&tuple), class_index(record.class));
        let Some(index) = self.free[family].pop() else {
            return false;
        };
        self.serial += 1;
        let entry = Entry { record, index, expires, serial: self.serial };
        self.entries.insert(tuple, entry);
        let bank = &mut self.banks[family][class];
        bank.live += 1;
        bank.order.push_back((tuple, self.serial));
        true
    }
}

impl Model {
    /// When an entry that begins now ends: rounded up to a tick, as the engine's table has it (S-VTW-8).
    fn tw_expiry(&self, class: MslClass) -> Micros {
        let linger = self.regs.element(regs::TW_LINGER_US, class_index(class));
        Micros((self.now.0 + u64::from(linger)).next_multiple_of(TICK_US))
    }

    /// Puts a record into the table; the oldest of its class gives way when there is no room. Where that makes none
    /// either, the host hears what the record was.
    pub(crate) fn tw_insert(&mut self, tuple: Tuple, record: TimeWaitRecord) -> bool {
        if self.tw_remove(&tuple, None) {
            self.regs.count(regs::COUNTERS_TW_DELETE);
        }
        let (family, class) = (family(&tuple), class_index(record.class));
        if self.tw.live(family, class) >= self.tw.limit(family, class)
            && let Some((oldest, _)) = self.tw.oldest(family, class)
        {
            self.regs.count(regs::COUNTERS_TW_EVICT);
            self.tw_remove(&oldest, Some(TwEvent::Evicted));
        }
        let expires = self.tw_expiry(record.class);
        let done = self.tw.limit(family, class) != 0 && self.tw.insert(tuple, record, expires);
        self.regs.count(if done {
            regs::COUNTERS_TW_INSERT
        } else {
            regs::COUNTERS_TW_INSERT_FAIL
        });
        if !done {
            self.tw_note(&tuple, &record, 0, TwEvent::InsertFailed);
        }
        self.tw_count(family, class);
        done
    }

    /// Takes an entry out, and tells the host why when it has to know.
    pub(crate) fn tw_remove(&mut self, tuple: &Tuple, why: Option<TwEvent>) -> bool {
        let Some(entry) = self.tw.remove(tuple) else {
            return false;
        };
        if let Some(what) = why {
            self.tw_note(tuple, &entry.record, entry.index, what);
        }
        self.tw_count(family(tuple), class_index(entry.record.class));
        true
    }

    fn tw_note(&mut self, tuple: &Tuple, record: &TimeWaitRecord, index: u32, what: TwEvent) {
        let first = EventTimeWait {
            kind: EventType::TimeWait,
            what,
            ipv6: tuple.local.is_ipv6(),
            msl_class: toe_image::abi_class(record.class),
            ts_ok: record.ts_ok,
            last_win: record.last_win,
            laddr: toe_image::addr_words(tuple.local),
            rcv_nxt: record.rcv_nxt.0,
            snd_nxt: record.snd_nxt.0,
            lport: tuple.lport,
            phase: false,
        };
        let rest = EventTimeWaitRest {
            kind: EventType::TimeWaitRest,
            rcv_wscale: record.rcv_wscale,
            index: u16::try_from(index).unwrap_or(u16::MAX),
            raddr: toe_image::addr_words(tuple.remote),
            ts_recent: record.ts_recent,
            ts_offset: record.ts_offset,
            rport: tuple.rport,
            phase: false,
        };
        self.notes.extend([first.pack().0, rest.pack().0]);
    }

    fn tw_count(&mut self, family: usize, class: usize) {
        let array = if family == 0 { regs::TW_ENTRIES_V4 } else { regs::TW_ENTRIES_V6 };
        self.regs.put_element(array, class, self.tw.live(family, class));
    }

    /// Ends what has lived long enough.
    pub(crate) fn tw_age(&mut self) {
        for family in 0..2 {
            for class in 0..3 {
                while let Some((tuple, expires)) = self.tw.oldest(family, class)
                    && expires <= self.now
                {
                    self.regs.count(regs::COUNTERS_TW_EXPIRE);
                    self.tw_remove(&tuple, Some(TwEvent::Expired));
                }
            }
        }
    }

    /// A segment that no session takes.
    pub(crate) fn time_wait_segment(
        &mut self,
        tuple: &Tuple,
        link: &Link,
        segment: &Segment,
    ) -> Verdict {
        self.regs.count(regs::COUNTERS_TW_LOOKUP);
        let Some(entry) = self.tw.entry(tuple).copied() else {
            self.regs.count(regs::COUNTERS_TW_MISS);
            return Verdict::Miss;
        };
        self.regs.count(regs::COUNTERS_TW_HIT);
        self.regs.count(regs::COUNTERS_TW_PROBE);
        let policy = self.regs.value(regs::TW_POLICY);
        let switches = TwSwitches {
            rst: if policy.rst_exact() { TwRst::Exact } else { TwRst::Drop },
            recycle: match policy.recycle() {
                0 => TwRecycle::Off,
                1 => TwRecycle::Seq,
                _ => TwRecycle::SeqOrTs,
            },
        };
        let now = crate::tcp_time(self.now);
        let outcome = entry.record.process(switches, &mut self.tw.limiter, now, segment);
        if let Some(reply) = outcome.reply {
            self.tw_reply(tuple, link, &reply);
        } else if matches!(
            outcome.reason,
            TwReason::RstChallenged
                | TwReason::SynChallenged
                | TwReason::OutOfWindow
                | TwReason::StaleAck
        ) {
            self.regs.count(regs::COUNTERS_TW_LIMITED);
        }
        match outcome.action {
            TwAction::Keep => Verdict::Consumed,
            TwAction::Restart => {
                self.tw.remove(tuple);
                let expires = self.tw_expiry(entry.record.class);
                self.tw.insert(*tuple, entry.record, expires);
                Verdict::Consumed
            }
            TwAction::Delete => {
                self.regs.count(regs::COUNTERS_TW_DELETE);
                self.tw_remove(tuple, Some(TwEvent::Reset));
                Verdict::Consumed
            }
            TwAction::Recycle => {
                self.regs.count(regs::COUNTERS_TW_DELETE);
                self.regs.count(regs::COUNTERS_TW_RECYCLE);
                self.tw_remove(tuple, Some(TwEvent::Recycled));
                Verdict::ToHost
            }
        }
    }

    /// Back where it came from: the record knows no next hop.
    fn tw_reply(&mut self, tuple: &Tuple, link: &Link, segment: &Segment) {
        let header = Header {
            dst_mac: link.src_mac,
            src_mac: link.dst_mac,
            vlan_tci: link.vlan_tci,
            tuple: *tuple,
            ttl: 64,
            tos: 0,
            df: true,
            ip_id: 0,
            flow_label: 0,
        };
        let bytes = frame::build(&header, segment, &[]);
        self.regs.count(regs::COUNTERS_TX_TIME_WAIT_REPLIES);
        self.regs.count(if segment.rst() {
            regs::COUNTERS_TW_RST_OUT
        } else {
            regs::COUNTERS_TW_REPLY
        });
        self.send(bytes, false);
    }
}

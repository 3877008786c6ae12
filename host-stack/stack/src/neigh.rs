// SPDX-License-Identifier: Apache-2.0
//! Neighbours: one NUD machine (RFC 4861 §7.3) for ARP and Neighbour Discovery.
//!
//! The machine is pure: it takes events and leaves `NeighAction`s for the stack to carry out. Tables are bounded
//! (S-LNX-7), packets waiting for an address are bounded per neighbour and dropped oldest first, and a point-to-point
//! link has exactly one neighbour because the key constructor says so (S-LNX-8).

use std::collections::{BTreeSet, VecDeque};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use toe_tcp::Micros;

use crate::addr::MacAddr;
use crate::iface::{IfId, Interface};
use crate::output::Frame;
use crate::rand::{Map, Prng};
use crate::stack::earliest;

/// Constants of the machine (S-LNX-6, S-LNX-7), in µs where they are times.
#[derive(Clone, Copy, Debug)]
pub struct NeighConfig {
    /// Mean time an entry stays reachable without confirmation; the actual one is drawn from 0.5 to 1.5 times this.
    pub base_reachable: u64,
    /// Interval between probes.
    pub retrans: u64,
    /// Wait for an upper-layer confirmation before probing.
    pub delay_first_probe: u64,
    /// Unicast probes before giving up.
    pub ucast_probes: u32,
    /// Multicast or broadcast probes before giving up.
    pub mcast_probes: u32,
    /// Packets held for one unresolved neighbour.
    pub hold_limit: usize,
    /// A changed address is not believed again for this long (ARP).
    pub locktime: u64,
    /// Below this many entries nothing is collected.
    pub gc_thresh1: usize,
    /// Above this many entries an insertion may collect.
    pub gc_thresh2: usize,
    /// Never more entries than this.
    pub gc_thresh3: usize,
    /// Unused for this long: may be collected.
    pub gc_stale: u64,
    /// Interval of the collector while there are entries.
    pub gc_interval: u64,
}

impl Default for NeighConfig {
    fn default() -> Self {
        Self {
            base_reachable: 30_000_000,
            retrans: 1_000_000,
            delay_first_probe: 5_000_000,
            ucast_probes: 3,
            mcast_probes: 3,
            hold_limit: 64,
            locktime: 1_000_000,
            gc_thresh1: 128,
            gc_thresh2: 512,
            gc_thresh3: 1024,
            gc_stale: 60_000_000,
            gc_interval: 30_000_000,
        }
    }
}

/// The key of a neighbour: also the name of an engine next-hop slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NeighKey {
    iface: IfId,
    next_hop: IpAddr,
}

impl NeighKey {
    /// The only way to make a key: on point-to-point and loopback links every next hop is the same one.
    #[must_use]
    pub fn new(id: IfId, iface: &Interface, next_hop: IpAddr) -> Self {
        let next_hop = match (iface.is_point_to_point(), next_hop) {
            (false, ip) => ip,
            (true, IpAddr::V4(_)) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            (true, IpAddr::V6(_)) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        };
        Self { iface: id, next_hop }
    }

    /// The interface.
    #[must_use]
    pub fn iface(&self) -> IfId {
        self.iface
    }

    /// The neighbour's address; unspecified on point-to-point links.
    #[must_use]
    pub fn next_hop(&self) -> IpAddr {
        self.next_hop
    }
}

/// States of RFC 4861 §7.3.2, with those of S-LNX-6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum NudState {
    Incomplete,
    Reachable,
    Stale,
    Delay,
    Probe,
    Failed,
    NoArp,
    Permanent,
}

impl NudState {
    /// The entry has an address that may be used.
    #[must_use]
    pub fn is_valid(self) -> bool {
        !matches!(self, Self::Incomplete | Self::Failed)
    }

    fn is_connected(self) -> bool {
        matches!(self, Self::Reachable | Self::NoArp | Self::Permanent)
    }

    fn in_timer(self) -> bool {
        matches!(self, Self::Incomplete | Self::Reachable | Self::Delay | Self::Probe)
    }
}

#[derive(Debug)]
struct Neigh {
    state: NudState,
    mac: Option<MacAddr>,
    timer: Option<Micros>,
    probes: u32,
    confirmed: Micros,
    used: Micros,
    updated: Micros,
    is_router: bool,
    pins: u32,
    hold: VecDeque<Frame>,
}

/// What the stack has to do for the neighbour table.
#[derive(Debug)]
pub(crate) enum NeighAction {
    /// Ask who has this address; to the known station, or to all.
    Solicit { key: NeighKey, to: Option<MacAddr> },
    /// Send these held packets.
    Deliver { mac: MacAddr, frames: VecDeque<Frame> },
    /// Nobody answers: report to the senders of these packets.
    Unreachable { key: NeighKey, frames: VecDeque<Frame> },
    /// The address or the validity of a neighbour changed.
    Changed { key: NeighKey },
}

/// Outcome of [`Neighbours::resolve`].
#[derive(Debug)]
pub(crate) enum Resolve {
    Ready(MacAddr, Frame),
    Held,
    Unreachable,
    TableFull,
}

/// An address report, from ARP or ND.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Report {
    pub mac: MacAddr,
    /// Answers our question: the neighbour is reachable both ways.
    pub solicited: bool,
    /// Replaces a known address.
    pub overrides: bool,
    /// A contradiction makes a reachable entry stale (ND without the override flag).
    pub weak: bool,
    /// Set in neighbour advertisements.
    pub router: Option<bool>,
    /// Makes an entry where there is none.
    pub create: bool,
}

/// One line of the table, for display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeighInfo {
    /// Which neighbour.
    pub key: NeighKey,
    /// Its address, if known.
    pub mac: Option<MacAddr>,
    /// State.
    pub state: NudState,
    /// Last confirmation.
    pub confirmed: Micros,
    /// Last use.
    pub used: Micros,
    /// Engine sessions holding on to it.
    pub pins: u32,
    /// It said that it routes.
    pub is_router: bool,
}

/// Counters of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct NeighCounters {
    pub allocs: u64,
    pub frees: u64,
    pub table_full: u64,
    pub hold_dropped: u64,
    pub probes_unicast: u64,
    pub probes_multicast: u64,
    pub failed: u64,
    pub forced_gc: u64,
    pub report_ignored: u64,
    pub confirmations: u64,
}

/// The neighbour table of a stack.
pub struct Neighbours {
    config: NeighConfig,
    table: Map<NeighKey, Neigh>,
    timers: BTreeSet<(Micros, NeighKey)>,
    actions: VecDeque<NeighAction>,
    rng: Prng,
    reachable: u64,
    reachable_drawn: Option<Micros>,
    last_flush: Micros,
    gc_at: Option<Micros>,
    /// Counters.
    pub counters: NeighCounters,
}

fn after(now: Micros, delta: u64) -> Micros {
    Micros(now.0.saturating_add(delta))
}

impl Neighbours {
    pub(crate) fn new(config: NeighConfig, rng: &mut Prng) -> Self {
        Self {
            config,
            table: rng.map(),
            timers: BTreeSet::new(),
            actions: VecDeque::new(),
            rng: Prng::new(u128::from(rng.next_u64())),
            reachable: config.base_reachable,
            reachable_drawn: None,
            last_flush: Micros(0),
            gc_at: None,
            counters: NeighCounters::default(),
        }
    }

    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether the table is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// One entry.
    #[must_use]
    pub fn info(&self, key: &NeighKey) -> Option<NeighInfo> {
        self.table.get(key).map(|n| Self::describe(*key, n))
    }

    /// All entries.
    pub fn iter(&self) -> impl Iterator<Item = NeighInfo> {
        self.table.iter().map(|(key, n)| Self::describe(*key, n))
    }

    fn describe(key: NeighKey, n: &Neigh) -> NeighInfo {
        NeighInfo {
            key,
            mac: n.mac,
            state: n.state,
            confirmed: n.confirmed,
            used: n.used,
            pins: n.pins,
            is_router: n.is_router,
        }
    }

    /// The address to put into an engine next-hop slot, while it is valid.
    #[must_use]
    pub fn mac(&self, key: &NeighKey) -> Option<MacAddr> {
        self.table.get(key).filter(|n| n.state.is_valid()).and_then(|n| n.mac)
    }

    pub(crate) fn pop_action(&mut self) -> Option<NeighAction> {
        self.actions.pop_front()
    }

    pub(crate) fn next_deadline(&self) -> Option<Micros> {
        let first = self.timers.first().map(|(t, _)| *t);
        earliest(first, self.gc_at)
    }

    /// The time an entry stays reachable, redrawn every 300 s (RFC 4861 §6.3.2).
    fn reachable_time(&mut self, now: Micros) -> u64 {
        let due = self.reachable_drawn.is_none_or(|at| now.0 >= at.0.saturating_add(300_000_000));
        if due {
            let base = self.config.base_reachable;
            self.reachable = base / 2 + self.rng.below(base.max(1));
            self.reachable_drawn = Some(now);
        }
        self.reachable
    }

    fn set_timer(&mut self, key: NeighKey, at: Option<Micros>) {
        let Some(n) = self.table.get_mut(&key) else { return };
        if let Some(old) = n.timer.take() {
            self.timers.remove(&(old, key));
        }
        n.timer = at;
        if let Some(at) = at {
            self.timers.insert((at, key));
        }
    }

    fn free(&mut self, key: NeighKey) {
        self.set_timer(key, None);
        if let Some(n) = self.table.remove(&key) {
            self.counters.frees += 1;
            self.counters.hold_dropped += n.hold.len() as u64;
        }
        if self.table.is_empty() {
            self.gc_at = None;
        }
    }

    /// Makes room at the thresholds: what failed, then what has not been used for 5 s, oldest first.
    fn forced_gc(&mut self, now: Micros) {
        self.counters.forced_gc += 1;
        self.last_flush = now;
        let target = self.table.len().saturating_sub(self.config.gc_thresh2) + 1;
        let mut candidates: Vec<(bool, Micros, NeighKey)> = self
            .table
            .iter()
            .filter(|(_, n)| n.pins == 0 && n.state != NudState::Permanent)
            .filter(|(_, n)| {
                n.state == NudState::Failed
                    || (n.used.0.saturating_add(5_000_000) < now.0
                        && n.confirmed.0.saturating_add(5_000_000) < now.0
                        && !matches!(n.state, NudState::Incomplete | NudState::Probe))
            })
            .map(|(key, n)| (n.state != NudState::Failed, n.used, *key))
            .collect();
        candidates.sort_unstable();
        for (_, _, key) in candidates.into_iter().take(target) {
            self.free(key);
        }
    }

    fn alloc(&mut self, now: Micros, key: NeighKey) -> bool {
        let len = self.table.len();
        let c = self.config;
        if len >= c.gc_thresh3
            || (len >= c.gc_thresh2 && now.0 > self.last_flush.0.saturating_add(5_000_000))
        {
            self.forced_gc(now);
            if self.table.len() >= c.gc_thresh3 {
                self.counters.table_full += 1;
                return false;
            }
        }
        self.counters.allocs += 1;
        self.table.insert(
            key,
            Neigh {
                state: NudState::Failed,
                mac: None,
                timer: None,
                probes: 0,
                confirmed: Micros(0),
                used: now,
                updated: now,
                is_router: false,
                pins: 0,
                hold: VecDeque::new(),
            },
        );
        if self.gc_at.is_none() && self.table.len() >= c.gc_thresh1 {
            self.gc_at = Some(after(now, c.gc_interval));
        }
        true
    }

    fn solicit(&mut self, key: NeighKey) {
        let Some(n) = self.table.get_mut(&key) else { return };
        let to = if n.state == NudState::Probe { n.mac } else { None };
        n.probes += 1;
        if to.is_some() {
            self.counters.probes_unicast += 1;
        } else {
            self.counters.probes_multicast += 1;
        }
        self.actions.push_back(NeighAction::Solicit { key, to });
    }

    fn start_resolution(&mut self, now: Micros, key: NeighKey) {
        let retrans = self.config.retrans;
        let ucast = self.config.ucast_probes;
        let Some(n) = self.table.get_mut(&key) else { return };
        n.state = NudState::Incomplete;
        n.probes = ucast;
        n.updated = now;
        self.set_timer(key, Some(after(now, retrans)));
        self.solicit(key);
    }

    /// Wants to send `frame` to the neighbour: gives its address, or holds the frame until it is known.
    pub(crate) fn resolve(
        &mut self,
        now: Micros,
        key: NeighKey,
        no_arp: bool,
        frame: Frame,
    ) -> Resolve {
        // Nearly every packet: an address that being used changes nothing about. One look.
        if let Some(n) = self.table.get_mut(&key)
            && n.state.is_valid()
            && n.state != NudState::Stale
            && let Some(mac) = n.mac
        {
            n.used = now;
            return Resolve::Ready(mac, frame);
        }
        if !self.table.contains_key(&key) && !self.alloc(now, key) {
            return Resolve::TableFull;
        }
        if no_arp {
            if let Some(n) = self.table.get_mut(&key) {
                n.state = NudState::NoArp;
                n.mac = Some(MacAddr::default());
                n.used = now;
            }
            return Resolve::Ready(MacAddr::default(), frame);
        }
        self.used(now, key);
        let Some(n) = self.table.get_mut(&key) else { return Resolve::TableFull };
        if let (true, Some(mac)) = (n.state.is_valid(), n.mac) {
            return Resolve::Ready(mac, frame);
        }
        if n.state == NudState::Failed {
            return Resolve::Unreachable;
        }
        if n.hold.len() >= self.config.hold_limit {
            n.hold.pop_front();
            self.counters.hold_dropped += 1;
        }
        n.hold.push_back(frame);
        Resolve::Held
    }

    /// The neighbour is being sent to (by the stack, or by the engine): starts what that asks for.
    pub(crate) fn used(&mut self, now: Micros, key: NeighKey) {
        let (delay, retrans) = (self.config.delay_first_probe, self.config.retrans);
        let Some(n) = self.table.get_mut(&key) else { return };
        n.used = now;
        match n.state {
            NudState::Stale => {
                n.state = NudState::Delay;
                n.updated = now;
                self.set_timer(key, Some(after(now, delay)));
            }
            // A failed neighbour is asked again, once a second at most.
            NudState::Failed if n.probes == 0 || now.0 >= n.updated.0.saturating_add(retrans) => {
                self.start_resolution(now, key);
            }
            _ => {}
        }
    }

    /// Begins to resolve without a packet at hand; false when the table is full.
    pub(crate) fn prefetch(&mut self, now: Micros, key: NeighKey) -> bool {
        if !self.table.contains_key(&key) && !self.alloc(now, key) {
            return false;
        }
        self.used(now, key);
        true
    }

    /// Forward progress seen above (an acknowledgement of new data): the path works both ways.
    pub(crate) fn confirm(&mut self, now: Micros, key: NeighKey) {
        let reachable = self.reachable_time(now);
        let Some(n) = self.table.get_mut(&key) else { return };
        if !n.state.is_valid() || n.mac.is_none() {
            return;
        }
        n.confirmed = now;
        self.counters.confirmations += 1;
        if matches!(n.state, NudState::Stale | NudState::Delay | NudState::Probe) {
            n.state = NudState::Reachable;
            n.probes = 0;
            self.set_timer(key, Some(after(now, reachable)));
        }
    }

    /// Keeps an entry while a session of the engine uses it.
    pub(crate) fn pin(&mut self, now: Micros, key: NeighKey) {
        if (self.table.contains_key(&key) || self.alloc(now, key))
            && let Some(n) = self.table.get_mut(&key)
        {
            n.pins = n.pins.saturating_add(1);
        }
    }

    /// Undoes one [`Self::pin`].
    pub(crate) fn unpin(&mut self, key: NeighKey) {
        if let Some(n) = self.table.get_mut(&key) {
            n.pins = n.pins.saturating_sub(1);
        }
    }

    /// Sets an entry by hand.
    pub(crate) fn set_permanent(&mut self, now: Micros, key: NeighKey, mac: MacAddr) -> bool {
        if !self.table.contains_key(&key) && !self.alloc(now, key) {
            return false;
        }
        self.set_timer(key, None);
        let Some(n) = self.table.get_mut(&key) else { return false };
        n.state = NudState::Permanent;
        n.mac = Some(mac);
        n.updated = now;
        let frames = std::mem::take(&mut n.hold);
        if !frames.is_empty() {
            self.actions.push_back(NeighAction::Deliver { mac, frames });
        }
        self.actions.push_back(NeighAction::Changed { key });
        true
    }

    /// Forgets an entry; what it held is dropped.
    pub(crate) fn remove(&mut self, key: NeighKey) -> bool {
        let there = self.table.contains_key(&key);
        if let Some(n) = self.table.get_mut(&key)
            && n.pins > 0
        {
            n.state = NudState::Failed;
            n.mac = None;
            n.probes = 0;
            self.set_timer(key, None);
        } else {
            self.free(key);
        }
        if there {
            self.actions.push_back(NeighAction::Changed { key });
        }
        there
    }

    pub(crate) fn remove_interface(&mut self, iface: IfId) {
        let keys: Vec<NeighKey> = self.table.keys().filter(|k| k.iface == iface).copied().collect();
        for key in keys {
            self.free(key);
            self.actions.push_back(NeighAction::Changed { key });
        }
    }

    /// An ARP packet or ND message told an address.
    pub(crate) fn report(&mut self, now: Micros, key: NeighKey, report: Report) {
        if !report.mac.is_unicast() {
            self.counters.report_ignored += 1;
            return;
        }
        let there = self.table.contains_key(&key) || (report.create && self.alloc(now, key));
        if !there {
            self.counters.report_ignored += 1;
            return;
        }
        let reachable = self.reachable_time(now);
        let locktime = self.config.locktime;
        let Some(n) = self.table.get_mut(&key) else { return };
        if matches!(n.state, NudState::Permanent | NudState::NoArp) {
            return;
        }
        let mut state = if report.solicited { NudState::Reachable } else { NudState::Stale };
        let mut mac = report.mac;
        let known = n.mac.filter(|_| n.state.is_valid());
        if let Some(old) = known {
            // The first of several contradicting answers wins for a while (ARP); ND says whether to override.
            let locked = !report.weak && now.0 < n.updated.0.saturating_add(locktime);
            if old != mac && (!report.overrides || locked) {
                if report.weak && n.state.is_connected() {
                    mac = old;
                    state = NudState::Stale;
                } else {
                    self.counters.report_ignored += 1;
                    return;
                }
            } else if old == mac && state == NudState::Stale {
                // Nothing new was said about reachability.
                state = n.state;
            }
        }
        if let Some(router) = report.router {
            n.is_router = router;
        }
        if report.solicited {
            n.confirmed = now;
        }
        let changed = known != Some(mac);
        if changed {
            n.updated = now;
            n.mac = Some(mac);
        }
        let timer_kept = state == n.state && !report.solicited;
        n.state = state;
        if state == NudState::Reachable {
            n.probes = 0;
        }
        let frames = std::mem::take(&mut n.hold);
        if !timer_kept {
            let at = (state == NudState::Reachable).then(|| after(now, reachable));
            self.set_timer(key, at);
        }
        if changed {
            self.actions.push_back(NeighAction::Changed { key });
        }
        if !frames.is_empty() {
            self.actions.push_back(NeighAction::Deliver { mac, frames });
        }
    }

    /// Advances every timer that is due.
    pub(crate) fn on_timer(&mut self, now: Micros) {
        while let Some((at, key)) = self.timers.first().copied() {
            if at.0 > now.0 {
                break;
            }
            self.set_timer(key, None);
            self.expire(now, key);
        }
        if self.gc_at.is_some_and(|at| at.0 <= now.0) {
            self.periodic_gc(now);
        }
    }

    fn expire(&mut self, now: Micros, key: NeighKey) {
        let reachable = self.reachable_time(now);
        let c = self.config;
        let Some(n) = self.table.get_mut(&key) else { return };
        let next = match n.state {
            NudState::Reachable => {
                let fresh_until = after(n.confirmed, reachable);
                if now.0 < fresh_until.0 {
                    Some(fresh_until)
                } else if now.0 <= n.used.0.saturating_add(c.delay_first_probe) {
                    n.state = NudState::Delay;
                    n.updated = now;
                    Some(after(now, c.delay_first_probe))
                } else {
                    n.state = NudState::Stale;
                    n.updated = now;
                    None
                }
            }
            NudState::Delay => {
                if now.0 <= n.confirmed.0.saturating_add(c.delay_first_probe) {
                    n.state = NudState::Reachable;
                    Some(after(n.confirmed, reachable))
                } else {
                    n.state = NudState::Probe;
                    n.probes = 0;
                    n.updated = now;
                    Some(after(now, c.retrans))
                }
            }
            NudState::Incomplete | NudState::Probe => Some(after(now, c.retrans)),
            NudState::Stale | NudState::Failed | NudState::NoArp | NudState::Permanent => None,
        };
        let limit = match n.state {
            NudState::Incomplete => Some(c.ucast_probes + c.mcast_probes),
            NudState::Probe => Some(c.ucast_probes),
            _ => None,
        };
        if let Some(limit) = limit {
            if n.probes >= limit {
                let was_valid = n.state.is_valid();
                n.state = NudState::Failed;
                n.updated = now;
                let frames = std::mem::take(&mut n.hold);
                self.counters.failed += 1;
                if was_valid {
                    self.actions.push_back(NeighAction::Changed { key });
                }
                self.actions.push_back(NeighAction::Unreachable { key, frames });
                return;
            }
            self.solicit(key);
        }
        self.set_timer(key, next);
    }

    fn periodic_gc(&mut self, now: Micros) {
        let c = self.config;
        if self.table.len() >= c.gc_thresh1 {
            let old: Vec<NeighKey> = self
                .table
                .iter()
                .filter(|(_, n)| n.pins == 0 && n.state != NudState::Permanent)
                .filter(|(_, n)| {
                    n.state == NudState::Failed
                        || (!n.state.in_timer() && now.0 > n.used.0.saturating_add(c.gc_stale))
                })
                .map(|(key, _)| *key)
                .collect();
            for key in old {
                self.free(key);
            }
        }
        // Without entries above the threshold there is nothing to collect, hence no timer.
        self.gc_at = (self.table.len() >= c.gc_thresh1).then(|| after(now, c.gc_interval));
    }
}

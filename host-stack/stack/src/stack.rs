// SPDX-License-Identifier: Apache-2.0
//! The stack itself: configuration, interfaces, routes, time.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::Arc;

use ipnet::IpNet;
use toe_tcp::Micros;
use toe_tcp::timewait::TwSwitches;

use crate::addr::{MacAddr, ScopedAddr};
use crate::exceptions::{ExceptionConfig, Exceptions};
use crate::family::admit;
use crate::fib::{Fib, FibId, Resolved, Route, RouteError, RouteKind, RouteSpec};
use crate::fragments::Fragments;
use crate::handoff::Handoff;
use crate::icmp::{Control, IcmpConfig};
use crate::iface::{IfAddr, IfError, IfId, Interface, InterfaceConfig, Interfaces};
use crate::neigh::{NeighConfig, NeighKey, Neighbours};
use crate::output::TxFrame;
use crate::ports::Ports;
use crate::rand::Prng;
use crate::srcsel::{Candidate, DEFAULT_POLICY, PolicyRow, select_source};
use crate::stats::Stats;
use crate::syncache::SynCacheConfig;
use crate::tcp::TcpLayer;
use crate::timewait::{TimeWaitConfig, TimeWaitTable};
use crate::udp::UdpLayer;

/// Settings of a stack. Nothing is global: two stacks in one process share nothing.
#[derive(Clone, Debug)]
pub struct StackConfig {
    /// Source of all randomness of this stack, its secrets too. By default a fresh one from the operating system; a given
    /// one makes a run repeatable, and whoever knows it can foresee sequence numbers and aim at the tables.
    pub seed: u128,
    /// Number of forwarding tables, 1 to 16.
    pub fibs: u8,
    /// Neighbours.
    pub neigh: NeighConfig,
    /// Redirects and path MTUs.
    pub exceptions: ExceptionConfig,
    /// ICMP.
    pub icmp: IcmpConfig,
    /// Half-open sessions.
    pub syn: SynCacheConfig,
    /// What closed connections knew of their paths.
    pub host_cache: crate::hostcache::HostCacheConfig,
    /// Check TCP MD5 signatures of what is received (RFC 2385).
    pub verify_signatures: bool,
    /// Which addresses go together and which are preferred (RFC 6724 §2.1).
    pub address_policy: Vec<PolicyRow>,
    /// TIME_WAIT table.
    pub time_wait: TimeWaitConfig,
    /// Its behaviour towards resets and new SYNs.
    pub tw_switches: TwSwitches,
    /// Template of every TCP session.
    pub tcp: toe_tcp::Config,
    /// Ephemeral ports, inclusive.
    pub ephemeral: (u16, u16),
    /// Hop limit of what we send.
    pub hop_limit: u8,
    /// Most frames waiting for `poll_transmit` that are no TCP data.
    pub out_queue: usize,
    /// Most bytes waiting in a UDP socket.
    pub udp_queue: usize,
    /// What nobody waits for goes to the log target `tcp::vain`: 1 SYNs, 2 all segments.
    pub log_in_vain: u8,
    /// What peers do wrong in sessions goes to the log target `tcp::debug`.
    pub log_debug: bool,
}

impl Default for StackConfig {
    fn default() -> Self {
        Self {
            seed: crate::rand::system_seed(),
            fibs: 1,
            neigh: NeighConfig::default(),
            exceptions: ExceptionConfig::default(),
            icmp: IcmpConfig::default(),
            syn: SynCacheConfig::default(),
            host_cache: crate::hostcache::HostCacheConfig::default(),
            verify_signatures: true,
            address_policy: DEFAULT_POLICY.to_vec(),
            time_wait: TimeWaitConfig::default(),
            tw_switches: TwSwitches::default(),
            tcp: toe_tcp::Config::default(),
            ephemeral: (32_768, 60_999),
            hop_limit: 64,
            out_queue: 1024,
            udp_queue: 256 * 1024,
            log_in_vain: 0,
            log_debug: false,
        }
    }
}

/// Something the owner of the stack may want to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StackEvent {
    /// The readiness of a TCP socket changed; told once until it is asked.
    Tcp(crate::tcp::TcpId),
    /// The readiness of a UDP socket changed.
    Udp(crate::udp::UdpId),
    /// An echo reply arrived.
    Ping(crate::icmp::PingReply),
}

/// The earlier of two deadlines.
#[must_use]
pub fn earliest(a: Option<Micros>, b: Option<Micros>) -> Option<Micros> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}

/// A whole host stack.
pub struct Stack {
    pub(crate) config: StackConfig,
    pub(crate) rng: Prng,
    pub(crate) ifaces: Interfaces,
    pub(crate) fibs: Vec<Fib>,
    pub(crate) neigh: Neighbours,
    pub(crate) ports: Ports,
    pub(crate) tcp: TcpLayer,
    pub(crate) udp: UdpLayer,
    pub(crate) tw: TimeWaitTable,
    pub(crate) host_cache: crate::hostcache::HostCache,
    pub(crate) signatures: crate::signature::Signatures,
    pub(crate) hooks: crate::hooks::Hooks,
    pub(crate) shards: crate::shard::Shards,
    pub(crate) control: Control,
    pub(crate) handoff: Handoff,
    pub(crate) fragments: Fragments,
    pub(crate) out: VecDeque<TxFrame>,
    pub(crate) looped: VecDeque<(IfId, Vec<u8>)>,
    pub(crate) events: VecDeque<StackEvent>,
    pub(crate) stats: Stats,
    pub(crate) next_route_id: u64,
    pub(crate) ip_ident: u16,
}

impl Stack {
    /// A stack with a loopback interface (127.0.0.1, ::1, as far as the build has the family) and nothing else.
    #[must_use]
    pub fn new(config: StackConfig) -> Self {
        Self::of_several(config, 0, 1)
    }

    /// One of `count` stacks that share a device and a configuration ([`crate::shard`]), number `index`. Their secrets are
    /// the same, so a session looks the same whoever has it; their socket ids differ.
    #[must_use]
    pub fn of_several(config: StackConfig, index: u16, count: u16) -> Self {
        let mut rng = Prng::new(config.seed);
        let ifaces = Interfaces::new(&mut rng);
        let fibs = (0..config.fibs.clamp(1, 16))
            .map(|_| Fib::new(Exceptions::new(config.exceptions, rng.key())))
            .collect();
        let neigh = Neighbours::new(config.neigh, &mut rng);
        let ports = Ports::new(config.ephemeral, &mut rng);
        let tcp = TcpLayer::new(&config, &mut rng, index, count);
        let udp = UdpLayer::new(&mut rng);
        let tw = TimeWaitTable::new(config.time_wait, &mut rng);
        let control = Control::new(config.icmp);
        let handoff = Handoff::new(&mut rng);
        let host_cache = crate::hostcache::HostCache::new(config.host_cache, rng.key());
        let signatures = crate::signature::Signatures::new(config.verify_signatures, &mut rng);
        let mut ip_ident = (rng.next_u32() & 0xffff) as u16;
        if index > 0 {
            // What comes of chance must not be the same in two of them.
            let lane = rng.key().hash(&index.to_le_bytes());
            rng = Prng::new(u128::from(lane) << 64 | u128::from(rng.next_u64()));
            ip_ident = (rng.next_u32() & 0xffff) as u16;
        }
        let mut stack = Self {
            config,
            rng,
            ifaces,
            fibs,
            neigh,
            ports,
            tcp,
            udp,
            tw,
            host_cache,
            signatures,
            hooks: crate::hooks::Hooks::default(),
            shards: crate::shard::Shards::new(index),
            control,
            handoff,
            fragments: Fragments::default(),
            out: VecDeque::new(),
            looped: VecDeque::new(),
            events: VecDeque::new(),
            stats: Stats::default(),
            next_route_id: 1,
            ip_ident,
        };
        let lo = stack.ifaces.loopback();
        for net in ["127.0.0.1/8", "::1/128"] {
            if let Ok(net) = net.parse() {
                // The loopback interface has no routes: own addresses come before the FIB. Good, or of no family here.
                let _done = stack.ifaces.add_addr(lo, IfAddr::new(net));
            }
        }
        stack
    }

    /// Its settings.
    #[must_use]
    pub fn config(&self) -> &StackConfig {
        &self.config
    }

    /// Takes those settings that can change while the stack runs: the template of TCP sessions, for new ones; the hop
    /// limit; how TIME_WAIT answers.
    pub fn set_live(&mut self, config: &StackConfig) {
        self.config.tcp = config.tcp;
        self.config.hop_limit = config.hop_limit;
        self.config.tw_switches = config.tw_switches;
        self.config.log_in_vain = config.log_in_vain;
        self.config.log_debug = config.log_debug;
    }

    /// Counters.
    #[must_use]
    pub fn stats(&self) -> &Stats {
        &self.stats
    }

    /// Interfaces.
    #[must_use]
    pub fn interfaces(&self) -> &Interfaces {
        &self.ifaces
    }

    /// Neighbours.
    #[must_use]
    pub fn neighbours(&self) -> &Neighbours {
        &self.neigh
    }

    /// The software TIME_WAIT table.
    #[must_use]
    pub fn time_wait(&self) -> &TimeWaitTable {
        &self.tw
    }

    /// What closed connections knew of their paths.
    #[must_use]
    pub fn host_cache(&self) -> &crate::hostcache::HostCache {
        &self.host_cache
    }

    /// The same, to purge it.
    pub fn host_cache_mut(&mut self) -> &mut crate::hostcache::HostCache {
        &mut self.host_cache
    }

    /// Sets or removes the TCP MD5 key of a peer, for sessions opened from now on.
    ///
    /// # Errors
    /// [`crate::signature::KeyError`].
    pub fn set_md5_key(
        &mut self,
        peer: IpAddr,
        key: Option<&[u8]>,
    ) -> Result<(), crate::signature::KeyError> {
        self.signatures.set(peer, key)
    }

    /// Whether signatures of received segments are checked.
    pub fn set_verify_signatures(&mut self, on: bool) {
        self.signatures.verify = on;
    }

    /// The SYN cache.
    #[must_use]
    pub fn syn_cache(&self) -> &crate::syncache::SynCache {
        &self.tcp.syn
    }

    /// A forwarding table.
    #[must_use]
    pub fn fib(&self, fib: FibId) -> Option<&Fib> {
        self.fibs.get(usize::from(fib.0))
    }

    /// Ports.
    #[must_use]
    pub fn ports(&self) -> &Ports {
        &self.ports
    }

    /// The next thing to look at.
    pub fn poll_event(&mut self) -> Option<StackEvent> {
        let event = self.events.pop_front()?;
        match event {
            StackEvent::Tcp(id) => self.tcp.event_taken(id),
            StackEvent::Udp(id) => self.udp.event_taken(id),
            StackEvent::Ping(_) => {}
        }
        Some(event)
    }

    // ---- interfaces ----

    /// Adds an interface.
    ///
    /// # Errors
    /// [`IfError`]: name, VLAN or MTU.
    pub fn add_interface(&mut self, config: InterfaceConfig) -> Result<IfId, IfError> {
        let id = self.ifaces.add(config)?;
        self.routes_changed();
        Ok(id)
    }

    /// Removes an interface with its addresses, routes and neighbours; doing it twice is an error, not a mishap.
    ///
    /// # Errors
    /// [`IfError::NoSuchInterface`] for stale ids, [`IfError::Busy`] while VLANs are on it.
    pub fn remove_interface(&mut self, id: IfId) -> Result<(), IfError> {
        self.ifaces.remove(id)?;
        for fib in &mut self.fibs {
            fib.remove_interface(id);
        }
        self.neigh.remove_interface(id);
        self.routes_changed();
        Ok(())
    }

    /// Takes an interface up or down.
    ///
    /// # Errors
    /// [`IfError::NoSuchInterface`].
    pub fn set_interface_up(&mut self, id: IfId, up: bool) -> Result<(), IfError> {
        let iface = self.ifaces.get_mut(id).ok_or(IfError::NoSuchInterface)?;
        iface.up = up;
        if !up {
            self.neigh.remove_interface(id);
        }
        self.routes_changed();
        Ok(())
    }

    /// Sets the MTU; live sessions follow.
    ///
    /// # Errors
    /// [`IfError::NoSuchInterface`], [`IfError::BadMtu`].
    pub fn set_mtu(&mut self, id: IfId, mtu: u32) -> Result<(), IfError> {
        if mtu < 68 {
            return Err(IfError::BadMtu(mtu));
        }
        self.ifaces.get_mut(id).ok_or(IfError::NoSuchInterface)?.mtu = mtu;
        self.routes_changed();
        Ok(())
    }

    /// Sets the device abilities in use, all in one request; the dependencies of S-CSUM-4 are applied.
    ///
    /// # Errors
    /// [`IfError::NoSuchInterface`].
    pub fn set_caps(&mut self, id: IfId, caps: crate::iface::OffloadCaps) -> Result<(), IfError> {
        self.ifaces.get_mut(id).ok_or(IfError::NoSuchInterface)?.caps = caps.normalised();
        Ok(())
    }

    /// Adds an address with its connected route (in every FIB) and announces it to the link.
    ///
    /// # Errors
    /// [`IfError`].
    pub fn add_address(&mut self, now: Micros, id: IfId, addr: IfAddr) -> Result<(), IfError> {
        self.ifaces.add_addr(id, addr)?;
        let link_local = crate::addr::needs_zone(addr.net.addr());
        if id != self.ifaces.loopback() && !link_local {
            let prefix = addr.net.trunc();
            for at in 0..self.fibs.len() {
                let route = self.make_route(&RouteSpec {
                    source: Some(addr.net.addr()),
                    kind: RouteKind::Connected,
                    ..RouteSpec::on_link(prefix, id)
                });
                // A second address in one prefix shares the route that is there.
                if let Some(fib) = self.fibs.get_mut(at) {
                    let _shared = fib.insert(route);
                }
            }
        }
        if self.shards.index == 0 {
            self.announce(now, id, addr.net.addr());
        }
        self.routes_changed();
        Ok(())
    }

    /// Gives an Ethernet interface the link-local address of its MAC.
    ///
    /// # Errors
    /// [`IfError`].
    pub fn add_link_local(&mut self, now: Micros, id: IfId) -> Result<IpAddr, IfError> {
        let mac = self.ifaces.get(id).ok_or(IfError::NoSuchInterface)?.mac;
        let ip = IpAddr::V6(mac.link_local());
        let net = IpNet::new(ip, 64).map_err(|_| IfError::BadAddress)?;
        self.add_address(now, id, IfAddr::new(net))?;
        Ok(ip)
    }

    /// Removes an address; its connected route goes with the last address of the prefix.
    ///
    /// # Errors
    /// [`IfError`].
    pub fn remove_address(&mut self, id: IfId, ip: IpAddr) -> Result<(), IfError> {
        let gone = self.ifaces.remove_addr(id, ip)?;
        let prefix = gone.net.trunc();
        let shared = self
            .ifaces
            .get(id)
            .and_then(|i| i.addrs.iter().find(|a| a.net.trunc() == prefix).copied());
        for at in 0..self.fibs.len() {
            if let Some(fib) = self.fibs.get_mut(at) {
                fib.remove(prefix, |r| r.kind == RouteKind::Connected && r.iface == id);
            }
            if let Some(other) = shared {
                let route = self.make_route(&RouteSpec {
                    source: Some(other.net.addr()),
                    kind: RouteKind::Connected,
                    ..RouteSpec::on_link(prefix, id)
                });
                if let Some(fib) = self.fibs.get_mut(at) {
                    let _known_free = fib.insert(route);
                }
            }
        }
        self.routes_changed();
        Ok(())
    }

    /// Receives packets to a group on an interface. Membership reports (IGMP, MLD) are not sent.
    ///
    /// # Errors
    /// [`IfError::NoSuchInterface`], [`IfError::BadAddress`].
    pub fn join_group(&mut self, id: IfId, group: IpAddr) -> Result<(), IfError> {
        admit(group)?;
        let iface = self.ifaces.get_mut(id).ok_or(IfError::NoSuchInterface)?;
        if !group.is_multicast() || iface.groups.contains(&group) {
            return Err(IfError::BadAddress);
        }
        iface.groups.push(group);
        Ok(())
    }

    /// Leaves a group again.
    ///
    /// # Errors
    /// [`IfError::NoSuchInterface`], [`IfError::NoSuchAddress`].
    pub fn leave_group(&mut self, id: IfId, group: IpAddr) -> Result<(), IfError> {
        let iface = self.ifaces.get_mut(id).ok_or(IfError::NoSuchInterface)?;
        let at = iface.groups.iter().position(|g| *g == group).ok_or(IfError::NoSuchAddress)?;
        iface.groups.remove(at);
        Ok(())
    }

    // ---- routes ----

    fn make_route(&mut self, spec: &RouteSpec) -> Arc<Route> {
        let id = self.next_route_id;
        self.next_route_id += 1;
        Arc::new(Route {
            id,
            prefix: spec.prefix.trunc(),
            iface: spec.iface,
            gateway: spec.gateway,
            metric: spec.metric,
            mtu: spec.mtu,
            source: spec.source,
            kind: spec.kind,
        })
    }

    fn check_route(&self, spec: &RouteSpec) -> Result<(), RouteError> {
        admit(spec.prefix.addr())?;
        let iface = self.ifaces.get(spec.iface).ok_or(RouteError::InterfaceDown)?;
        if let Some(gateway) = spec.gateway {
            let same_family = gateway.is_ipv4() == spec.prefix.addr().is_ipv4();
            if !same_family || !crate::addr::is_unicast(gateway) {
                return Err(RouteError::BadAddress);
            }
            if !iface.on_link(gateway) && !iface.is_point_to_point() {
                return Err(RouteError::GatewayNotOnLink);
            }
        }
        // No table holds a naked link-local destination (S-SCOPE-1).
        if crate::addr::needs_zone(spec.prefix.addr()) {
            return Err(RouteError::BadAddress);
        }
        Ok(())
    }

    /// Adds a route.
    ///
    /// # Errors
    /// [`RouteError`].
    pub fn add_route(&mut self, fib: FibId, spec: &RouteSpec) -> Result<u64, RouteError> {
        self.check_route(spec)?;
        let route = self.make_route(spec);
        let id = route.id;
        self.fibs.get_mut(usize::from(fib.0)).ok_or(RouteError::NoSuchFib)?.insert(route)?;
        self.routes_changed();
        Ok(id)
    }

    /// Adds many routes as one change: readers, caches and engine sessions look again once. Gives how many.
    ///
    /// # Errors
    /// How many were added before the first that could not be, and why.
    pub fn add_routes(
        &mut self,
        fib: FibId,
        specs: &[RouteSpec],
    ) -> Result<usize, (usize, RouteError)> {
        let mut routes = Vec::with_capacity(specs.len());
        let mut bad = None;
        for spec in specs {
            if let Err(error) = self.check_route(spec) {
                bad = Some(error);
                break;
            }
            routes.push(self.make_route(spec));
        }
        let table = self.fibs.get_mut(usize::from(fib.0)).ok_or((0, RouteError::NoSuchFib))?;
        let done = table.insert_all(routes);
        self.routes_changed();
        match (done, bad) {
            (Ok(n), Some(error)) => Err((n, error)),
            (done, _) => done,
        }
    }

    /// A reader of a forwarding table, for other threads.
    ///
    /// # Errors
    /// [`RouteError::NoSuchFib`].
    pub fn fib_reader(&mut self, fib: FibId) -> Result<crate::fib::FibReader, RouteError> {
        let table = self.fibs.get_mut(usize::from(fib.0)).ok_or(RouteError::NoSuchFib)?;
        Ok(table.reader())
    }

    /// Replaces the route of the same prefix and metric, or adds it. Exceptions learnt on the old one are gone.
    ///
    /// # Errors
    /// [`RouteError`].
    pub fn replace_route(&mut self, fib: FibId, spec: &RouteSpec) -> Result<u64, RouteError> {
        self.check_route(spec)?;
        let route = self.make_route(spec);
        let id = route.id;
        let table = self.fibs.get_mut(usize::from(fib.0)).ok_or(RouteError::NoSuchFib)?;
        let metric = route.metric;
        table.replace(route, |r| r.metric == metric && r.kind != RouteKind::Connected)?;
        self.routes_changed();
        Ok(id)
    }

    /// Removes a route by its id.
    ///
    /// # Errors
    /// [`RouteError::NoSuchRoute`].
    pub fn remove_route(&mut self, fib: FibId, prefix: IpNet, id: u64) -> Result<(), RouteError> {
        let table = self.fibs.get_mut(usize::from(fib.0)).ok_or(RouteError::NoSuchFib)?;
        if table.remove(prefix.trunc(), |r| r.id == id).is_empty() {
            return Err(RouteError::NoSuchRoute);
        }
        self.routes_changed();
        Ok(())
    }

    /// How `dst` would be reached now.
    ///
    /// # Errors
    /// [`RouteError`].
    pub fn route_to(
        &self,
        now: Micros,
        fib: FibId,
        dst: ScopedAddr,
    ) -> Result<Resolved, RouteError> {
        self.route_via(now, fib, dst, None)
    }

    /// The same, out of `oif` if it is said.
    pub(crate) fn route_via(
        &self,
        now: Micros,
        fib: FibId,
        dst: ScopedAddr,
        oif: Option<IfId>,
    ) -> Result<Resolved, RouteError> {
        admit(dst.ip())?;
        let fib = self.fib(fib).ok_or(RouteError::NoSuchFib)?;
        fib.resolve(&self.ifaces, dst, oif, now)
    }

    /// Something that lookups depend on has changed: caches look again, and so do engine sessions.
    pub(crate) fn routes_changed(&mut self) {
        for fib in &self.fibs {
            fib.bump();
        }
        self.handoff.paths_dirty = true;
    }

    /// The source address for `dst` over a resolved path (RFC 6724).
    pub(crate) fn source_for(&self, dst: ScopedAddr, path: &Resolved) -> Option<ScopedAddr> {
        if path.local {
            return Some(dst);
        }
        if let Some(source) = path.source
            && !path.via_gateway
            && !dst.ip().is_ipv6()
        {
            return Some(ScopedAddr::on(source, path.iface));
        }
        let all = || {
            self.ifaces
                .iter()
                .filter(|(_, i)| i.up)
                .flat_map(|(id, i)| i.addrs.iter().map(move |a| Candidate { addr: *a, iface: id }))
        };
        // IPv4 hosts expect the address of the interface that is used.
        let table = &self.config.address_policy;
        let best = if dst.is_ipv6() {
            select_source(table, dst.ip(), Some(path.iface), all())
        } else {
            let own = all().filter(|c| c.iface == path.iface);
            select_source(table, dst.ip(), Some(path.iface), own)
                .or_else(|| select_source(table, dst.ip(), Some(path.iface), all()))
        };
        best.map(|c| ScopedAddr::on(c.addr.net.addr(), c.iface))
    }

    // ---- neighbours ----

    /// The key of a next hop.
    #[must_use]
    pub fn neighbour_key(&self, iface: IfId, next_hop: IpAddr) -> Option<NeighKey> {
        self.ifaces.get(iface).map(|i| NeighKey::new(iface, i, next_hop))
    }

    /// Sets a permanent neighbour.
    ///
    /// # Errors
    /// [`IfError::NoSuchInterface`]; [`IfError::Busy`] when the table is full.
    pub fn set_neighbour(
        &mut self,
        now: Micros,
        iface: IfId,
        ip: IpAddr,
        mac: MacAddr,
    ) -> Result<(), IfError> {
        admit(ip)?;
        let key = self.neighbour_key(iface, ip).ok_or(IfError::NoSuchInterface)?;
        let done = self.neigh.set_permanent(now, key, mac);
        self.run_neighbours(now);
        if done { Ok(()) } else { Err(IfError::Busy) }
    }

    /// Forgets a neighbour.
    pub fn remove_neighbour(&mut self, now: Micros, key: NeighKey) -> bool {
        let there = self.neigh.remove(key);
        self.run_neighbours(now);
        there
    }

    /// Forward progress on sessions that use this next hop, seen by the engine (S-LNX-6): no probe is needed.
    pub fn confirm_progress(&mut self, now: Micros, key: NeighKey) {
        self.neigh.confirm(now, key);
        self.run_neighbours(now);
    }

    /// The engine is sending to this next hop: the machine may have to probe it.
    pub fn neighbour_used(&mut self, now: Micros, key: NeighKey) {
        self.neigh.used(now, key);
        self.run_neighbours(now);
    }

    // ---- time ----

    /// The next instant at which [`Self::poll_transmit`] has something to do by itself. `None`: nothing, ever, without
    /// input; an idle stack has no timer.
    pub fn next_deadline(&mut self) -> Option<Micros> {
        let timers = earliest(self.neigh.next_deadline(), self.tcp.next_deadline());
        let tables = earliest(self.tw.next_deadline(), self.fragments.next_deadline());
        earliest(earliest(timers, tables), self.handoff.retry_at)
    }

    /// Runs every timer that is due.
    fn run_timers(&mut self, now: Micros) {
        if self.neigh.next_deadline().is_some_and(|at| at.0 <= now.0) {
            self.neigh.on_timer(now);
            self.run_neighbours(now);
        }
        self.retry_next_hops(now);
        self.fragments.on_timer(now);
        self.tcp_timers(now);
        while let Some(gone) = self.tw.pop_expired(now) {
            self.ports.time_wait_removed(&gone.tuple, gone.owner);
        }
    }

    /// The next frame to send. Also does all work that is due: call it until it gives `None`, after each input and at
    /// each deadline.
    pub fn poll_transmit(&mut self, now: Micros) -> Option<TxFrame> {
        loop {
            if let Some(frame) = self.out.pop_front() {
                return Some(frame);
            }
            if let Some((iface, packet)) = self.looped.pop_front() {
                self.handle_ip(now, iface, &packet, true, &crate::output::RxFrame::unchecked(&[]));
                continue;
            }
            if self.control_step(now) {
                continue;
            }
            self.run_timers(now);
            if !self.out.is_empty() || !self.looped.is_empty() {
                continue;
            }
            if self.handoff.paths_dirty {
                self.recheck_paths(now);
                continue;
            }
            if !self.tcp_transmit_one(now) {
                return None;
            }
        }
    }

    /// The FIB of packets that arrive on an interface.
    pub(crate) fn fib_of(&self, id: IfId) -> FibId {
        self.ifaces.get(id).map(|i| i.fib).unwrap_or_default()
    }

    pub(crate) fn iface_of(&self, id: IfId) -> Option<&Interface> {
        self.ifaces.get(id)
    }
}

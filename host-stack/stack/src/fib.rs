// SPDX-License-Identifier: Apache-2.0
//! Forwarding tables: longest-prefix match, next-hop exceptions, generation counters, caches.
//!
//! A route is immutable: changing one means replacing it, so no reader ever sees a half-written route (S-MP-4). Readers
//! that want to look up elsewhere take a [`Fib::snapshot`]. Whoever keeps the result of a lookup keeps the generation
//! that was read *before* that lookup ([`RouteCache`]); any change makes the cache look again (S-RTC-3).

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use prefix_trie::PrefixMap;
use toe_tcp::Micros;

use crate::addr::ScopedAddr;
use crate::exceptions::Exceptions;
use crate::iface::{IfId, IfKind, Interfaces};

/// Number of a forwarding table; 0 is the default one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FibId(pub u8);

/// What a route does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RouteKind {
    /// The prefix of an interface address; visible in every FIB (S-FIB6-1).
    Connected,
    /// Configured.
    Static,
    /// Refuses with "network unreachable".
    Unreachable,
}

/// One route. Never modified after it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Unique in the stack; a replaced route gets another one.
    pub id: u64,
    /// Destinations.
    pub prefix: IpNet,
    /// Out of this interface.
    pub iface: IfId,
    /// To this router; on-link without one.
    pub gateway: Option<IpAddr>,
    /// Lower wins among routes of one prefix.
    pub metric: u32,
    /// Cap on the path MTU.
    pub mtu: Option<u32>,
    /// Preferred source address.
    pub source: Option<IpAddr>,
    /// What it does.
    pub kind: RouteKind,
}

/// A route as configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteSpec {
    /// Destinations.
    pub prefix: IpNet,
    /// Out of this interface.
    pub iface: IfId,
    /// To this router.
    pub gateway: Option<IpAddr>,
    /// Lower wins.
    pub metric: u32,
    /// Cap on the path MTU.
    pub mtu: Option<u32>,
    /// Preferred source address.
    pub source: Option<IpAddr>,
    /// What it does.
    pub kind: RouteKind,
}

impl RouteSpec {
    /// A static route through a router.
    #[must_use]
    pub fn via(prefix: IpNet, iface: IfId, gateway: IpAddr) -> Self {
        Self { gateway: Some(gateway), ..Self::on_link(prefix, iface) }
    }

    /// A static route to destinations on the link itself.
    #[must_use]
    pub fn on_link(prefix: IpNet, iface: IfId) -> Self {
        Self {
            prefix,
            iface,
            gateway: None,
            metric: 0,
            mtu: None,
            source: None,
            kind: RouteKind::Static,
        }
    }
}

/// Why a route could not be added or found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RouteError {
    /// Nothing matches, or an unreachable route does.
    #[error("network unreachable")]
    Unreachable,
    /// The interface is gone or down.
    #[error("no such interface, or it is down")]
    InterfaceDown,
    /// The gateway is not on the link of the route's interface.
    #[error("gateway is not on the link")]
    GatewayNotOnLink,
    /// Gateway or source is of the other family, or not unicast.
    #[error("addresses do not fit together")]
    BadAddress,
    /// A route of this prefix, metric and kind exists.
    #[error("route exists")]
    Exists,
    /// No such route.
    #[error("no such route")]
    NoSuchRoute,
    /// The FIB number is not configured.
    #[error("no such FIB")]
    NoSuchFib,
    /// Destination and interface are in different zones (S-SCOPE-2).
    #[error("address is outside its scope")]
    BadScope,
}

/// A forwarding table as readers see it.
#[derive(Clone, Default)]
pub struct FibTable {
    v4: PrefixMap<Ipv4Net, Vec<Arc<Route>>>,
    v6: PrefixMap<Ipv6Net, Vec<Arc<Route>>>,
}

impl FibTable {
    /// The best route for `dst`.
    #[must_use]
    pub fn lookup(&self, dst: IpAddr) -> Option<&Arc<Route>> {
        self.lookup_all(dst).first()
    }

    /// All routes of the longest matching prefix, best first.
    #[must_use]
    pub fn lookup_all(&self, dst: IpAddr) -> &[Arc<Route>] {
        let found = match dst {
            IpAddr::V4(a) => self.v4.get_lpm(&Ipv4Net::from(a)).map(|(_, v)| v),
            IpAddr::V6(a) => self.v6.get_lpm(&Ipv6Net::from(a)).map(|(_, v)| v),
        };
        found.map_or(&[], Vec::as_slice)
    }

    /// The best route for `dst` out of `oif`, less specific prefixes included.
    #[must_use]
    pub fn lookup_via(&self, dst: IpAddr, oif: IfId) -> Option<&Arc<Route>> {
        fn best<'a>(
            all: impl Iterator<Item = &'a Vec<Arc<Route>>>,
            oif: IfId,
        ) -> Option<&'a Arc<Route>> {
            all.filter_map(|routes| routes.iter().find(|r| r.iface == oif)).last()
        }
        match dst {
            IpAddr::V4(a) => best(self.v4.cover(&Ipv4Net::from(a)).map(|(_, v)| v), oif),
            IpAddr::V6(a) => best(self.v6.cover(&Ipv6Net::from(a)).map(|(_, v)| v), oif),
        }
    }

    /// Every route.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Route>> {
        self.v4.iter().flat_map(|(_, v)| v.iter()).chain(self.v6.iter().flat_map(|(_, v)| v.iter()))
    }

    fn insert(&mut self, route: Arc<Route>) -> Result<(), RouteError> {
        fn put(list: &mut Vec<Arc<Route>>, route: Arc<Route>) -> Result<(), RouteError> {
            let rank = |r: &Route| (r.metric, r.kind != RouteKind::Connected);
            if list.iter().any(|r| rank(r) == rank(&route) && r.iface == route.iface) {
                return Err(RouteError::Exists);
            }
            let at = list.partition_point(|r| rank(r) <= rank(&route));
            list.insert(at, route);
            Ok(())
        }
        match route.prefix {
            IpNet::V4(p) => {
                if let Some(list) = self.v4.get_mut(&p) {
                    return put(list, route);
                }
                self.v4.insert(p, vec![route]);
            }
            IpNet::V6(p) => {
                if let Some(list) = self.v6.get_mut(&p) {
                    return put(list, route);
                }
                self.v6.insert(p, vec![route]);
            }
        }
        Ok(())
    }

    fn remove(&mut self, prefix: IpNet, matches: impl Fn(&Route) -> bool) -> Vec<Arc<Route>> {
        fn take(
            list: &mut Vec<Arc<Route>>,
            matches: impl Fn(&Route) -> bool,
        ) -> (Vec<Arc<Route>>, bool) {
            let (gone, kept) = std::mem::take(list).into_iter().partition(|r| matches(r));
            *list = kept;
            (gone, list.is_empty())
        }
        match prefix {
            IpNet::V4(p) => {
                let Some(list) = self.v4.get_mut(&p) else { return Vec::new() };
                let (gone, empty) = take(list, matches);
                if empty {
                    self.v4.remove(&p);
                }
                gone
            }
            IpNet::V6(p) => {
                let Some(list) = self.v6.get_mut(&p) else { return Vec::new() };
                let (gone, empty) = take(list, matches);
                if empty {
                    self.v6.remove(&p);
                }
                gone
            }
        }
    }
}

/// The outcome of a lookup: how to reach one destination now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// Out of this interface.
    pub iface: IfId,
    /// The neighbour to send to.
    pub next_hop: IpAddr,
    /// Whether that neighbour is a router.
    pub via_gateway: bool,
    /// Largest packet for this destination.
    pub mtu: u32,
    /// A path MTU below the minimum was reported: fragmentation must be allowed, so DF is off (S-MTU-2).
    pub df_off: bool,
    /// The route.
    pub route_id: u64,
    /// Preferred source of the route.
    pub source: Option<IpAddr>,
    /// The destination is this host.
    pub local: bool,
    /// When an exception that shaped this result ends.
    pub valid_until: Option<Micros>,
}

/// One forwarding table with its exceptions.
pub struct Fib {
    table: Arc<FibTable>,
    generation: Arc<AtomicU64>,
    pub(crate) exceptions: Exceptions,
}

impl Fib {
    pub(crate) fn new(exceptions: Exceptions) -> Self {
        Self { table: Arc::default(), generation: Arc::new(AtomicU64::new(1)), exceptions }
    }

    /// The current table; later changes do not touch it.
    #[must_use]
    pub fn snapshot(&self) -> Arc<FibTable> {
        Arc::clone(&self.table)
    }

    /// The table, for reading in place.
    #[must_use]
    pub fn table(&self) -> &FibTable {
        &self.table
    }

    /// What single destinations learnt by redirect or path MTU.
    #[must_use]
    pub fn exceptions(&self) -> &Exceptions {
        &self.exceptions
    }

    /// Changes whenever a lookup could give another answer than before.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    pub(crate) fn bump(&self) {
        self.generation.fetch_add(1, Ordering::Release);
    }

    pub(crate) fn insert(&mut self, route: Arc<Route>) -> Result<(), RouteError> {
        Arc::make_mut(&mut self.table).insert(route)?;
        self.bump();
        Ok(())
    }

    /// Removes the matching routes of `prefix`.
    pub(crate) fn remove(
        &mut self,
        prefix: IpNet,
        matches: impl Fn(&Route) -> bool,
    ) -> Vec<Arc<Route>> {
        let gone = Arc::make_mut(&mut self.table).remove(prefix, matches);
        if !gone.is_empty() {
            self.bump();
        }
        gone
    }

    pub(crate) fn remove_interface(&mut self, iface: IfId) {
        let prefixes: Vec<IpNet> =
            self.table.iter().filter(|r| r.iface == iface).map(|r| r.prefix).collect();
        for prefix in prefixes {
            self.remove(prefix, |r| r.iface == iface);
        }
    }

    /// How to reach `dst`: own address, zone, route, exception, in this order.
    pub(crate) fn resolve(
        &self,
        ifaces: &Interfaces,
        dst: ScopedAddr,
        oif: Option<IfId>,
        now: Micros,
    ) -> Result<Resolved, RouteError> {
        let ip = dst.ip();
        if ifaces.owner_of(dst).is_some() {
            return Ok(Resolved {
                iface: ifaces.loopback(),
                next_hop: ip,
                via_gateway: false,
                mtu: 65_535,
                df_off: false,
                route_id: 0,
                source: Some(ip),
                local: true,
                valid_until: None,
            });
        }
        if crate::addr::never_on_wire(ip) {
            return Err(RouteError::Unreachable);
        }
        let oif = match (dst.zone(), oif) {
            (Some(zone), Some(oif)) if zone != oif => return Err(RouteError::BadScope),
            (zone, oif) => zone.or(oif),
        };
        // Scoped addresses, groups and the limited broadcast are on the link of their interface by definition.
        let direct = match ip {
            IpAddr::V4(a) => a.is_multicast() || a.is_broadcast(),
            IpAddr::V6(a) => dst.zone().is_some() || a.is_multicast(),
        };
        if direct && let Some(iface) = oif {
            let i = ifaces.get(iface).filter(|i| i.up).ok_or(RouteError::InterfaceDown)?;
            return Ok(Resolved {
                iface,
                next_hop: ip,
                via_gateway: false,
                mtu: i.mtu,
                df_off: false,
                route_id: 0,
                source: None,
                local: false,
                valid_until: None,
            });
        }
        let route = match oif {
            Some(oif) => self.table.lookup_via(ip, oif),
            None => self
                .table
                .lookup_all(ip)
                .iter()
                .find(|r| ifaces.get(r.iface).is_some_and(|i| i.up))
                .or_else(|| self.table.lookup(ip)),
        }
        .ok_or(RouteError::Unreachable)?;
        if route.kind == RouteKind::Unreachable {
            return Err(RouteError::Unreachable);
        }
        let iface = ifaces.get(route.iface).filter(|i| i.up).ok_or(RouteError::InterfaceDown)?;
        let mut out = Resolved {
            iface: route.iface,
            next_hop: route.gateway.unwrap_or(ip),
            via_gateway: route.gateway.is_some(),
            mtu: route.mtu.map_or(iface.mtu, |m| m.min(iface.mtu)),
            df_off: false,
            route_id: route.id,
            source: route.source,
            local: false,
            valid_until: None,
        };
        if matches!(iface.kind, IfKind::PointToPoint) {
            out.via_gateway = false;
        }
        if let Some(exception) = self.exceptions.find(ip, route.id) {
            if let Some((gateway, until)) = exception.gateway
                && until.0 > now.0
            {
                out.next_hop = gateway;
                out.via_gateway = true;
                out.valid_until = Some(until);
            }
            if let Some(pmtu) = exception.pmtu
                && pmtu.until.0 > now.0
            {
                out.mtu = out.mtu.min(pmtu.mtu);
                out.df_off = pmtu.locked;
                out.valid_until =
                    Some(out.valid_until.map_or(pmtu.until, |v| Micros(v.0.min(pmtu.until.0))));
            }
        }
        Ok(out)
    }
}

/// A remembered lookup, valid while nothing changed (S-RTC-1, S-RTC-3).
#[derive(Clone, Debug)]
pub struct RouteCache {
    dst: ScopedAddr,
    oif: Option<IfId>,
    generation: u64,
    resolved: Option<Resolved>,
}

impl RouteCache {
    /// An empty cache for one destination.
    #[must_use]
    pub fn new(dst: ScopedAddr, oif: Option<IfId>) -> Self {
        Self { dst, oif, generation: 0, resolved: None }
    }

    /// Forgets the lookup, keeps the destination.
    pub fn clear(&mut self) {
        self.resolved = None;
    }

    /// The remembered lookup, if it still holds.
    #[must_use]
    pub fn valid(&self, fib: &Fib, now: Micros) -> Option<Resolved> {
        self.resolved.filter(|r| {
            self.generation == fib.generation() && r.valid_until.is_none_or(|u| u.0 > now.0)
        })
    }

    /// The remembered lookup, or a new one.
    pub(crate) fn resolve(
        &mut self,
        fib: &Fib,
        ifaces: &Interfaces,
        now: Micros,
    ) -> Result<Resolved, RouteError> {
        if let Some(resolved) = self.valid(fib, now) {
            return Ok(resolved);
        }
        // The generation is read before the lookup: a change in between makes the result stale, never stale-but-fresh.
        let generation = fib.generation();
        let result = fib.resolve(ifaces, self.dst, self.oif, now);
        self.generation = generation;
        self.resolved = result.ok();
        result
    }
}

#[cfg(test)]
#[path = "fib_tests.rs"]
mod tests;

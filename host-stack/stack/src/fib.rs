// SPDX-License-Identifier: Apache-2.0
//! Forwarding tables: longest-prefix match, next-hop exceptions, generation counters, caches.
//!
//! A route is immutable: changing one means replacing it, so no reader ever sees a half-written route (S-MP-4). Readers
//! that want to look up elsewhere take a [`Fib::reader`]. Whoever keeps the result of a lookup keeps the generation
//! that was read *before* that lookup ([`RouteCache`]); any change makes the cache look again (S-RTC-3).

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::ArcSwap;
use ipnet::IpNet;
use toe_tcp::Micros;

use crate::addr::ScopedAddr;
use crate::exceptions::Exceptions;
use crate::family::FamilyAbsent;
use crate::generation;
use crate::iface::{IfId, IfKind, Interfaces};
use crate::lpm::{LpmBuilder, LpmTable};

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
    /// The table holds 2³⁰ prefixes.
    #[error("the forwarding table is full: remove some prefixes")]
    TableFull,
    /// The FIB number is not configured.
    #[error("no such FIB")]
    NoSuchFib,
    /// Destination and interface are in different zones (S-SCOPE-2).
    #[error("address is outside its scope")]
    BadScope,
    /// EAFNOSUPPORT: the build lacks the address family.
    #[error(transparent)]
    Family(#[from] FamilyAbsent),
}

/// The routes of one prefix, best first; never empty.
pub type RouteList = Arc<[Arc<Route>]>;

/// A forwarding table as readers see it: immutable.
pub type FibTable = LpmTable<RouteList>;

impl FibTable {
    /// The best route for `dst`.
    #[must_use]
    pub fn best(&self, dst: IpAddr) -> Option<&Arc<Route>> {
        self.lookup(dst)?.first()
    }

    /// All routes of the longest matching prefix, best first.
    #[must_use]
    pub fn all(&self, dst: IpAddr) -> &[Arc<Route>] {
        self.lookup(dst).map_or(&[], |list| &list[..])
    }

    /// Every route.
    pub fn routes(&self) -> impl Iterator<Item = &Arc<Route>> {
        self.values().flat_map(|list| list.iter())
    }
}

/// Looks up in a table that another thread changes. Cheap to clone; a lookup takes no lock.
#[derive(Clone)]
pub struct FibReader {
    published: Arc<ArcSwap<FibTable>>,
    generation: Arc<AtomicU64>,
}

impl FibReader {
    /// The table as of now; later changes do not touch it.
    #[must_use]
    pub fn snapshot(&self) -> Arc<FibTable> {
        self.published.load_full()
    }

    /// The best route for `dst`, with the generation to keep it under: it holds while [`Self::generation`] gives this.
    #[must_use]
    pub fn lookup(&self, dst: IpAddr) -> (u64, Option<Arc<Route>>) {
        generation::fill(|| self.generation(), || self.published.load().best(dst).map(Arc::clone))
    }

    /// Changes whenever a lookup could give another answer than before.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
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
    routes: LpmBuilder<RouteList>,
    /// Made for the first reader: without one, nothing is copied.
    published: Option<Arc<ArcSwap<FibTable>>>,
    generation: Arc<AtomicU64>,
    pub(crate) exceptions: Exceptions,
}

impl Fib {
    pub(crate) fn new(exceptions: Exceptions) -> Self {
        Self {
            routes: LpmBuilder::new(),
            published: None,
            generation: Arc::new(AtomicU64::new(1)),
            exceptions,
        }
    }

    /// The current table; later changes do not touch it.
    #[must_use]
    pub fn snapshot(&self) -> FibTable {
        self.routes.snapshot()
    }

    /// A reader for another thread; it sees each change from then on.
    pub fn reader(&mut self) -> FibReader {
        let routes = &self.routes;
        let published = self
            .published
            .get_or_insert_with(|| Arc::new(ArcSwap::from_pointee(routes.snapshot())));
        FibReader { published: Arc::clone(published), generation: Arc::clone(&self.generation) }
    }

    /// The table, for reading in place.
    #[must_use]
    pub fn table(&self) -> &FibTable {
        self.routes.table()
    }

    /// The best route for `dst` out of `oif`, less specific prefixes included.
    #[must_use]
    pub fn lookup_via(&self, dst: IpAddr, oif: IfId) -> Option<&Arc<Route>> {
        self.routes.cover(dst).filter_map(|list| list.iter().find(|r| r.iface == oif)).last()
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

    /// Shows readers what was changed since the last time.
    fn publish(&self) {
        let table = || {
            if let Some(published) = &self.published {
                published.store(Arc::new(self.routes.snapshot()));
            }
        };
        generation::change(table, || self.bump());
    }

    /// Adds one route.
    pub(crate) fn insert(&mut self, route: Arc<Route>) -> Result<(), RouteError> {
        self.insert_all([route]).map(|_| ()).map_err(|(_, error)| error)
    }

    /// Adds routes in order until one does not fit; readers see all of them at once.
    pub(crate) fn insert_all(
        &mut self,
        routes: impl IntoIterator<Item = Arc<Route>>,
    ) -> Result<usize, (usize, RouteError)> {
        let mut done = 0;
        let result = routes.into_iter().try_for_each(|route| {
            self.insert_one(route)?;
            done += 1;
            Ok(())
        });
        if done > 0 {
            self.publish();
        }
        result.map(|()| done).map_err(|error| (done, error))
    }

    fn insert_one(&mut self, route: Arc<Route>) -> Result<(), RouteError> {
        let list = self.with(route, |_| false)?;
        self.routes.insert(list[0].prefix, list.into()).map_err(|_| RouteError::TableFull)?;
        Ok(())
    }

    /// The routes of a prefix with one more, without those that `matches`; best first.
    fn with(
        &self,
        route: Arc<Route>,
        matches: impl Fn(&Route) -> bool,
    ) -> Result<Vec<Arc<Route>>, RouteError> {
        let rank = |r: &Route| (r.metric, r.kind != RouteKind::Connected);
        let old = self.routes.get(route.prefix).map_or(&[][..], |list| &list[..]);
        let mut list: Vec<_> = old.iter().filter(|r| !matches(r)).cloned().collect();
        if list.iter().any(|r| rank(r) == rank(&route) && r.iface == route.iface) {
            return Err(RouteError::Exists);
        }
        let at = list.partition_point(|r| rank(r) <= rank(&route));
        list.insert(at, route);
        Ok(list)
    }

    /// Puts `route` in the place of what `matches` of its prefix: readers see the one or the other, never neither.
    pub(crate) fn replace(
        &mut self,
        route: Arc<Route>,
        matches: impl Fn(&Route) -> bool,
    ) -> Result<(), RouteError> {
        let list = self.with(route, matches)?;
        self.routes.insert(list[0].prefix, list.into()).map_err(|_| RouteError::TableFull)?;
        self.publish();
        Ok(())
    }

    /// Removes the matching routes of `prefix`.
    pub(crate) fn remove(
        &mut self,
        prefix: IpNet,
        matches: impl Fn(&Route) -> bool,
    ) -> Vec<Arc<Route>> {
        let gone = self.remove_quietly(prefix, matches);
        if !gone.is_empty() {
            self.publish();
        }
        gone
    }

    fn remove_quietly(
        &mut self,
        prefix: IpNet,
        matches: impl Fn(&Route) -> bool,
    ) -> Vec<Arc<Route>> {
        let Some(list) = self.routes.get(prefix) else { return Vec::new() };
        let (gone, kept): (Vec<_>, Vec<_>) = list.iter().cloned().partition(|r| matches(r));
        if kept.is_empty() {
            self.routes.remove(prefix);
        } else if !gone.is_empty() {
            // The prefix is there: replacing what it leads to needs no room.
            let _old = self.routes.insert(prefix, kept.into());
        }
        gone
    }

    pub(crate) fn remove_interface(&mut self, iface: IfId) {
        let of_iface = self.table().routes().filter(|r| r.iface == iface);
        let prefixes: Vec<IpNet> = of_iface.map(|r| r.prefix).collect();
        for prefix in &prefixes {
            self.remove_quietly(*prefix, |r| r.iface == iface);
        }
        if !prefixes.is_empty() {
            self.publish();
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
            Some(oif) => self.lookup_via(ip, oif),
            None => {
                let all = self.table().all(ip);
                all.iter().find(|r| ifaces.get(r.iface).is_some_and(|i| i.up)).or(all.first())
            }
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
        let (generation, result) =
            generation::fill(|| fib.generation(), || fib.resolve(ifaces, self.dst, self.oif, now));
        self.generation = generation;
        self.resolved = result.ok();
        result
    }
}

#[cfg(test)]
#[path = "fib_tests.rs"]
mod tests;

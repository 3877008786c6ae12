// SPDX-License-Identifier: Apache-2.0
use std::net::{Ipv4Addr, Ipv6Addr};

use ipnet::{Ipv4Net, Ipv6Net};
use proptest::prelude::*;

use super::*;
use crate::exceptions::ExceptionConfig;
use crate::iface::InterfaceConfig;
use crate::rand::Prng;

fn world() -> (Fib, Interfaces, IfId, IfId) {
    let mut rng = Prng::new(1);
    let mut ifaces = Interfaces::new(&mut rng);
    let mac = |n| crate::addr::MacAddr([2, 0, 0, 0, 0, n]);
    let a = ifaces.add(InterfaceConfig::ethernet("a", mac(1))).unwrap();
    let b = ifaces.add(InterfaceConfig::ethernet("b", mac(2))).unwrap();
    (Fib::new(Exceptions::new(ExceptionConfig::default(), rng.key())), ifaces, a, b)
}

fn route(id: u64, prefix: IpNet, iface: IfId, metric: u32) -> Arc<Route> {
    Arc::new(Route {
        id,
        prefix,
        iface,
        gateway: None,
        metric,
        mtu: None,
        source: None,
        kind: RouteKind::Static,
    })
}

fn prefix4(addr: u32, len: u8) -> IpNet {
    IpNet::V4(Ipv4Net::new(Ipv4Addr::from(addr), len % 33).unwrap()).trunc()
}

fn prefix6(addr: u128, len: u8) -> IpNet {
    IpNet::V6(Ipv6Net::new(Ipv6Addr::from(addr), len % 129).unwrap()).trunc()
}

/// The longest match, then the lowest metric, by looking at everything.
fn brute(routes: &[Arc<Route>], dst: IpAddr) -> Option<u64> {
    routes
        .iter()
        .filter(|r| r.prefix.contains(&dst))
        .max_by_key(|r| (r.prefix.prefix_len(), std::cmp::Reverse(r.metric)))
        .map(|r| r.id)
}

proptest! {
    /// S-LNX-1: longest-prefix match against brute force, through insertions and removals.
    #[test]
    fn lookup_is_the_longest_match(
        // Few distinct addresses, so that prefixes nest.
        ops in proptest::collection::vec((0u32..64, 0u8..129, 0u32..3, any::<bool>(), 0u8..4), 1..120),
        probes in proptest::collection::vec(0u32..64, 20),
    ) {
        let (mut fib, _, a, b) = world();
        let mut all: Vec<Arc<Route>> = Vec::new();
        let spread = |n: u32| n.wrapping_mul(0x0411_1041);
        let wide = |n: u32| u128::from(n).wrapping_mul(0x0411_1041_0410_4104_1041_0410_4104_1041);
        for (id, (n, len, metric, v6, op)) in ops.into_iter().enumerate() {
            let prefix = if v6 { prefix6(wide(n), len) } else { prefix4(spread(n), len) };
            let iface = if n % 2 == 0 { a } else { b };
            if op == 0 {
                let gone = fib.remove(prefix, |r| r.metric == metric);
                let before = all.len();
                all.retain(|r| r.prefix != prefix || r.metric != metric);
                prop_assert_eq!(gone.len(), before - all.len());
                continue;
            }
            let r = route(id as u64, prefix, iface, metric);
            let taken = all.iter().any(|x| x.prefix == prefix && x.metric == metric);
            if !taken {
                fib.insert(Arc::clone(&r)).unwrap();
                all.push(r);
            }
        }
        prop_assert_eq!(fib.table().routes().count(), all.len());
        for n in probes {
            for dst in [IpAddr::V4(Ipv4Addr::from(spread(n) ^ n)), IpAddr::V6(Ipv6Addr::from(wide(n) ^ u128::from(n)))] {
                prop_assert_eq!(fib.table().best(dst).map(|r| r.id), brute(&all, dst));
                for oif in [a, b] {
                    let only: Vec<_> = all.iter().filter(|r| r.iface == oif).cloned().collect();
                    prop_assert_eq!(fib.lookup_via(dst, oif).map(|r| r.id), brute(&only, dst));
                }
            }
        }
    }
}

#[test]
fn snapshots_do_not_change() {
    let (mut fib, _, a, _) = world();
    fib.insert(route(1, prefix4(0x0a00_0000, 8), a, 0)).unwrap();
    let old = fib.snapshot();
    fib.insert(route(2, prefix4(0x0a01_0000, 16), a, 0)).unwrap();
    let dst = IpAddr::V4(Ipv4Addr::new(10, 1, 2, 3));
    assert_eq!(old.best(dst).map(|r| r.id), Some(1));
    assert_eq!(fib.table().best(dst).map(|r| r.id), Some(2));
}

/// Readers elsewhere see every change, under a generation that a later change makes stale.
#[test]
fn readers_follow() {
    let (mut fib, _, a, _) = world();
    let reader = fib.reader();
    let dst = IpAddr::V4(Ipv4Addr::new(10, 1, 2, 3));
    assert_eq!(reader.lookup(dst), (fib.generation(), None));
    let more = [
        route(1, prefix4(0x0a00_0000, 8), a, 0),
        route(2, prefix4(0x0a01_0000, 16), a, 0),
        route(3, prefix4(0x0a01_0000, 16), a, 0),
        route(4, prefix4(0x0a01_0200, 24), a, 0),
    ];
    let before = fib.generation();
    assert_eq!(fib.insert_all(more), Err((2, RouteError::Exists)));
    let (generation, found) = reader.clone().lookup(dst);
    assert_eq!(found.map(|r| r.id), Some(2));
    assert_eq!(generation, before + 1, "two routes, one generation");
    let old = reader.snapshot();
    fib.remove(prefix4(0x0a01_0000, 16), |_| true);
    assert_ne!(generation, reader.generation());
    assert_eq!(reader.lookup(dst).1.map(|r| r.id), Some(1));
    assert_eq!(old.best(dst).map(|r| r.id), Some(2));
}

/// S-RTC-1: each operation of a cache; S-RTC-2: a more specific route added later is not missed.
#[test]
fn stale_route_after_more_specific_add() {
    let (mut fib, ifaces, a, b) = world();
    fib.insert(route(1, prefix4(0, 0), a, 0)).unwrap();
    let dst = Ipv4Addr::new(10, 1, 2, 3).into();
    let mut cache = RouteCache::new(dst, None);
    assert_eq!(cache.valid(&fib, Micros(0)), None);
    assert_eq!(cache.resolve(&fib, &ifaces, Micros(0)).unwrap().route_id, 1);
    assert_eq!(cache.valid(&fib, Micros(0)).unwrap().route_id, 1);
    fib.insert(route(2, prefix4(0x0a01_0000, 16), b, 0)).unwrap();
    assert_eq!(cache.valid(&fib, Micros(0)), None, "any change invalidates");
    assert_eq!(cache.resolve(&fib, &ifaces, Micros(0)).unwrap().route_id, 2);
    cache.clear();
    assert_eq!(cache.valid(&fib, Micros(0)), None);
    fib.remove_interface(b);
    assert_eq!(cache.resolve(&fib, &ifaces, Micros(0)).unwrap().route_id, 1);
    fib.remove_interface(a);
    assert_eq!(cache.resolve(&fib, &ifaces, Micros(0)), Err(RouteError::Unreachable));
    assert_eq!(cache.valid(&fib, Micros(0)), None, "a failed lookup is not remembered as a route");
}

/// S-RTC-3: the generation is read before the lookup. A change that a lookup has not seen makes its result stale,
/// even if it happened while the lookup ran: here, the cache is filled from a snapshot taken before the change.
#[test]
fn a_change_during_the_lookup_leaves_the_cache_stale() {
    let (fib, ifaces, a, _) = world();
    let mut fib = fib;
    fib.insert(route(1, prefix4(0, 0), a, 0)).unwrap();
    let mut cache = RouteCache::new(Ipv4Addr::new(10, 0, 0, 9).into(), None);
    let before = fib.generation();
    cache.resolve(&fib, &ifaces, Micros(0)).unwrap();
    assert_eq!(cache.generation, before);
    fib.bump();
    assert_eq!(cache.valid(&fib, Micros(0)), None);
}

#[test]
fn exceptions_expire_by_themselves_and_shape_one_destination() {
    let (mut fib, ifaces, a, _) = world();
    fib.insert(route(1, prefix4(0, 0), a, 0)).unwrap();
    let dst: IpAddr = Ipv4Addr::new(10, 1, 2, 3).into();
    let scoped = |ip| ScopedAddr::new(ip, None).unwrap();
    fib.exceptions.lower_pmtu(Micros(0), dst, 1, (1500, false), 1300);
    let got = fib.resolve(&ifaces, scoped(dst), None, Micros(1)).unwrap();
    assert_eq!((got.mtu, got.valid_until), (1300, Some(Micros(600_000_000))));
    let other = scoped(Ipv4Addr::new(10, 1, 2, 4).into());
    assert_eq!(fib.resolve(&ifaces, other, None, Micros(1)).unwrap().mtu, 1500);
    let late = fib.resolve(&ifaces, scoped(dst), None, Micros(600_000_000)).unwrap();
    assert_eq!(late.mtu, 1500);
}

/// S-LNX-4 and S-MTU-2, row by row: (reported, in use, DF off already) to the outcome.
#[test]
fn path_mtu_update_table() {
    use crate::exceptions::PmtuOutcome::{Ignored, Lowered};
    let v4: IpAddr = Ipv4Addr::new(10, 0, 0, 1).into();
    let v6: IpAddr = Ipv6Addr::LOCALHOST.into();
    let low = |mtu, df_off| Lowered { mtu, df_off };
    for (dst, reported, current, expected) in [
        (v4, 1400, (1500, false), low(1400, false)),
        (v4, 1500, (1500, false), Ignored),
        (v4, 9000, (1500, false), Ignored),
        (v4, 256, (1500, false), low(256, false)),
        (v4, 255, (1500, false), low(256, true)),
        (v4, 68, (1500, false), low(256, true)),
        (v4, 68, (256, false), low(256, true)),
        (v4, 100, (200, false), low(200, true)),
        (v4, 100, (256, true), Ignored),
        (v6, 1400, (1500, false), low(1400, false)),
        (v6, 1000, (1500, false), low(1280, false)),
        (v6, 1000, (1280, false), Ignored),
    ] {
        let key = Prng::new(1).key();
        let mut t = Exceptions::new(ExceptionConfig::default(), key);
        let got = t.lower_pmtu(Micros(0), dst, 1, current, reported);
        assert_eq!(got, expected, "{dst} reported {reported} at {current:?}");
    }
}

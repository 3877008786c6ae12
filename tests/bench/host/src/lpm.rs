// SPDX-License-Identifier: Apache-2.0
//! Longest-prefix match on the real table: ours beside other crates, and updates while reading.

use std::hint::black_box;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ip_network_table_deps_treebitmap::IpLookupTable;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use iptrie::map::{LCTrieMap, RTrieMap};
use prefix_trie::PrefixMap;
use toe_stack::lpm::LpmBuilder;
use toe_stack::{FibId, InterfaceConfig, MacAddr, RouteSpec, Stack, StackConfig};

use crate::data::{destinations, prefixes};
use crate::figures::Figures;
use crate::memory;

const LOOKUPS: usize = 1 << 20;

/// Best of some passes, in nanoseconds a lookup: what the machine can do when it is left alone.
fn time<A: Copy>(addresses: &[A], lookup: impl Fn(A) -> u32) -> f64 {
    let pass = || {
        let start = Instant::now();
        let mut sum = 0u32;
        for address in addresses {
            sum = sum.wrapping_add(lookup(black_box(*address)));
        }
        black_box(sum);
        start.elapsed().as_secs_f64() * 1e9 / addresses.len() as f64
    };
    (0..7).map(|_| pass()).fold(f64::INFINITY, f64::min)
}

/// One family of one table: its name, what it holds, how it is asked.
struct Contender {
    name: &'static str,
    ns: f64,
    bytes: f64,
}

fn contest<A: Copy, T>(
    name: &'static str,
    prefixes: usize,
    addresses: &[A],
    make: impl FnOnce() -> T,
    lookup: impl Fn(&T, A) -> u32,
) -> Contender {
    let (bytes, table) = memory::of(make);
    let ns = time(addresses, |a| lookup(&table, a));
    Contender { name, ns, bytes: bytes as f64 / prefixes as f64 }
}

fn note(figures: &mut Figures, family: &str, contenders: &[Contender]) {
    for c in contenders {
        figures.add("lpm_ns", &format!("{} {family}", c.name), c.ns, "ns");
    }
    for c in contenders {
        figures.add("lpm_bytes_per_prefix", &format!("{} {family}", c.name), c.bytes, "B");
    }
    if let [ours, peers @ ..] = contenders {
        let best = peers.iter().map(|c| c.ns).fold(f64::INFINITY, f64::min);
        figures.bound("lpm_ratio_best_peer_over_ours", family, best / ours.ns, "×", 1.0);
    }
}

/// Everything.
///
/// # Errors
/// The table is not there.
pub fn run(figures: &mut Figures, seed: u64) -> Result<(), String> {
    let all = prefixes()?;
    let (v4, v6): (Vec<IpNet>, Vec<IpNet>) = all.iter().partition(|p| p.addr().is_ipv4());
    eprintln!("lpm: {} IPv4 and {} IPv6 prefixes, {LOOKUPS} lookups", v4.len(), v6.len());
    let nets4: Vec<Ipv4Net> =
        v4.iter().filter_map(|p| if let IpNet::V4(p) = p { Some(*p) } else { None }).collect();
    let nets6: Vec<Ipv6Net> =
        v6.iter().filter_map(|p| if let IpNet::V6(p) = p { Some(*p) } else { None }).collect();
    let values = |n: usize| 0..u32::try_from(n).unwrap_or(0);
    let to4: Vec<u32> = destinations(&v4, LOOKUPS, seed)
        .into_iter()
        .filter_map(|a| if let std::net::IpAddr::V4(a) = a { Some(a.to_bits()) } else { None })
        .collect();
    let to6: Vec<u128> = destinations(&v6, LOOKUPS, seed)
        .into_iter()
        .filter_map(|a| if let std::net::IpAddr::V6(a) = a { Some(a.to_bits()) } else { None })
        .collect();

    let ours = |nets: &[IpNet]| {
        let mut table = LpmBuilder::new();
        for (net, value) in nets.iter().zip(values(nets.len())) {
            let _room = table.insert(*net, value);
        }
        table
    };
    note(
        figures,
        "v4",
        &[
            contest(
                "toe-stack",
                v4.len(),
                &to4,
                || ours(&v4),
                |t, a| t.table().lookup4(a).copied().unwrap_or(0),
            ),
            contest(
                "prefix-trie",
                v4.len(),
                &to4,
                || nets4.iter().copied().zip(values(nets4.len())).collect::<PrefixMap<_, _>>(),
                |t, a| t.get_lpm(&Ipv4Net::from(Ipv4Addr::from(a))).map_or(0, |(_, v)| *v),
            ),
            contest(
                "treebitmap",
                v4.len(),
                &to4,
                || {
                    let mut t = IpLookupTable::new();
                    for (n, v) in nets4.iter().zip(values(nets4.len())) {
                        t.insert(n.network(), n.prefix_len().into(), v);
                    }
                    t
                },
                |t, a| t.longest_match(Ipv4Addr::from(a)).map_or(0, |(_, _, v)| *v),
            ),
            contest(
                "iptrie",
                v4.len(),
                &to4,
                || {
                    let mut t: RTrieMap<Ipv4Net, u32> = RTrieMap::new();
                    for (n, v) in nets4.iter().zip(values(nets4.len())) {
                        t.insert(*n, v);
                    }
                    let t: LCTrieMap<Ipv4Net, u32> = t.compress();
                    t
                },
                |t, a| *t.lookup(&Ipv4Addr::from(a)).1,
            ),
        ],
    );
    note(
        figures,
        "v6",
        &[
            contest(
                "toe-stack",
                v6.len(),
                &to6,
                || ours(&v6),
                |t, a| t.table().lookup6(a).copied().unwrap_or(0),
            ),
            contest(
                "prefix-trie",
                v6.len(),
                &to6,
                || nets6.iter().copied().zip(values(nets6.len())).collect::<PrefixMap<_, _>>(),
                |t, a| t.get_lpm(&Ipv6Net::from(Ipv6Addr::from(a))).map_or(0, |(_, v)| *v),
            ),
            contest(
                "treebitmap",
                v6.len(),
                &to6,
                || {
                    let mut t = IpLookupTable::new();
                    for (n, v) in nets6.iter().zip(values(nets6.len())) {
                        t.insert(n.network(), n.prefix_len().into(), v);
                    }
                    t
                },
                |t, a| t.longest_match(Ipv6Addr::from(a)).map_or(0, |(_, _, v)| *v),
            ),
            contest(
                "iptrie",
                v6.len(),
                &to6,
                || {
                    let mut t: RTrieMap<Ipv6Net, u32> = RTrieMap::new();
                    for (n, v) in nets6.iter().zip(values(nets6.len())) {
                        t.insert(*n, v);
                    }
                    let t: LCTrieMap<Ipv6Net, u32> = t.compress();
                    t
                },
                |t, a| *t.lookup(&Ipv6Addr::from(a)).1,
            ),
        ],
    );
    updates(figures, &v4, &v6, &to4)
}

/// The stack's own table, routes and all: what a prefix costs, and how fast routes change under two readers.
fn updates(figures: &mut Figures, v4: &[IpNet], v6: &[IpNet], to4: &[u32]) -> Result<(), String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    let mut stack = Stack::new(StackConfig::default());
    let mac = MacAddr([2, 0, 0, 0, 0, 1]);
    let iface =
        stack.add_interface(InterfaceConfig::ethernet("eth0", mac)).map_err(|e| text(&e))?;
    let fib = FibId(0);
    let (bytes, loaded) = memory::of(|| {
        let specs: Vec<RouteSpec> =
            v4.iter().chain(v6).map(|p| RouteSpec::on_link(*p, iface)).collect();
        let start = Instant::now();
        stack.add_routes(fib, &specs).map(|n| (n, start.elapsed()))
    });
    let (count, elapsed) = loaded.map_err(|(_, e)| text(&e))?;
    figures.add(
        "lpm_bytes_per_prefix",
        "toe-stack, whole routes",
        bytes as f64 / count as f64,
        "B",
    );
    figures.add("lpm_load_per_second", "whole table", count as f64 / elapsed.as_secs_f64(), "1/s");
    let reader = stack.fib_reader(fib).map_err(|e| text(&e))?;
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..2)
            .map(|n| {
                let (reader, stop) = (reader.clone(), &stop);
                scope.spawn(move || {
                    let start = Instant::now();
                    let mut done = 0usize;
                    for a in to4.iter().skip(n * 1000).cycle() {
                        let dst = std::net::IpAddr::V4(Ipv4Addr::from(*a));
                        black_box(reader.lookup(dst));
                        done += 1;
                        if done.is_multiple_of(256) && stop.load(Ordering::Relaxed) {
                            break;
                        }
                    }
                    start.elapsed().as_secs_f64() * 1e9 / done as f64
                })
            })
            .collect();
        for (family, prefixes) in [("v4", v4), ("v6", v6)] {
            let start = Instant::now();
            let mut changes = 0u32;
            // A route is replaced, which readers see at once.
            for prefix in prefixes.iter().step_by(7).cycle() {
                let spec = RouteSpec::on_link(*prefix, iface);
                if stack.replace_route(fib, &spec).is_ok() {
                    changes += 1;
                }
                if changes.is_multiple_of(64) && start.elapsed() > Duration::from_millis(1500) {
                    break;
                }
            }
            let rate = f64::from(changes) / start.elapsed().as_secs_f64();
            figures.add("lpm_updates_per_second_while_reading", family, rate, "1/s");
        }
        stop.store(true, Ordering::Relaxed);
        for (n, reader) in (1..).zip(readers) {
            if let Ok(ns) = reader.join() {
                figures.add("lpm_ns_while_updating", &format!("v4 reader {n}"), ns, "ns");
            }
        }
    });
    Ok(())
}

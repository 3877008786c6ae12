// SPDX-License-Identifier: Apache-2.0
//! TIME_WAIT: ours beside a model of the structure it descends from, and beside a plain hash map.

use std::hint::black_box;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::Instant;

use hashbrown::HashMap;
use toe_stack::timewait::{Owner, TimeWaitConfig, TimeWaitTable};
use toe_stack::{Endpoint, FourTuple, KeyedState, Micros, Prng, ScopedAddr};
use toe_tcp::{MslClass, SeqNum, TimeWaitRecord};

use crate::figures::Figures;
use crate::memory;
use crate::vtw_ref::{VtwKey, VtwRef};

/// As many as the engine's table has.
const ENTRIES: usize = 65_536;

fn tuples(v6: bool, dice: &mut Prng) -> Vec<FourTuple> {
    let end = |bits: u64, port: u16| {
        let addr = if v6 {
            ScopedAddr::global(Ipv6Addr::from(0x2001_0db8 << 96 | u128::from(bits)))
        } else {
            Ok(ScopedAddr::from(Ipv4Addr::from(0x0a00_0000 | bits as u32 & 0xff_ffff)))
        };
        Endpoint::new(addr.unwrap_or(Ipv4Addr::UNSPECIFIED.into()), port)
    };
    let mut seen = std::collections::HashSet::new();
    let mut all = Vec::with_capacity(ENTRIES);
    while all.len() < ENTRIES {
        let r = dice.next_u64();
        let tuple = FourTuple { local: end(1, 443), remote: end(r >> 32, 1024 | r as u16) };
        if seen.insert(tuple) {
            all.push(tuple);
        }
    }
    all
}

fn record() -> TimeWaitRecord {
    TimeWaitRecord {
        snd_nxt: SeqNum(1),
        rcv_nxt: SeqNum(2),
        last_win: 3,
        rcv_wscale: 4,
        ts_ok: true,
        ts_recent: 5,
        ts_offset: 6,
        class: MslClass::Remote,
    }
}

/// What a program without a table of its own would write: the same contents, tightly, under the same keyed hash. It
/// knows no order of age: expiry, which our table has, would cost it more.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key<A> {
    local: A,
    remote: A,
    ports: (u16, u16),
}

#[derive(Clone, Copy)]
#[allow(dead_code)] // what is stored is not looked at
struct Value {
    record: TimeWaitRecord,
    expires: u64,
    owner: Owner,
}

fn per_entry(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e9 / ENTRIES as f64
}

/// Nanoseconds: inserting all, and finding all in another order; the best of some rounds.
struct Times {
    insert: f64,
    lookup: f64,
}

fn best(rounds: impl IntoIterator<Item = (f64, f64)>) -> Times {
    rounds.into_iter().fold(
        Times { insert: f64::INFINITY, lookup: f64::INFINITY },
        |t, (insert, lookup)| Times { insert: t.insert.min(insert), lookup: t.lookup.min(lookup) },
    )
}

fn ours(tuples: &[FourTuple], order: &[usize]) -> (f64, Times) {
    let mut bytes = 0;
    let times = best((0..5).map(|round| {
        let config = TimeWaitConfig::default();
        let (used, (table, insert)) = memory::of(|| {
            let mut table = TimeWaitTable::new(config, &mut Prng::new(round));
            let start = Instant::now();
            for tuple in tuples {
                let _room = table.insert(Micros(0), tuple, record(), Owner::default());
            }
            (table, per_entry(start))
        });
        bytes = used;
        let start = Instant::now();
        for i in order {
            black_box(table.get(&tuples[*i]));
        }
        (insert, per_entry(start))
    }));
    (bytes as f64 / ENTRIES as f64, times)
}

fn map<A: Copy + Eq + std::hash::Hash>(
    tuples: &[FourTuple],
    order: &[usize],
    key: impl Fn(&FourTuple) -> Key<A>,
) -> (f64, Times) {
    let mut bytes = 0;
    let value = Value { record: record(), expires: 60_000_000, owner: Owner::default() };
    let times = best((0..5).map(|round| {
        let (used, (map, insert)) = memory::of(|| {
            let mut map: HashMap<Key<A>, Value, KeyedState> =
                HashMap::with_hasher(Prng::new(round).hasher());
            let start = Instant::now();
            for tuple in tuples {
                map.insert(key(tuple), value);
            }
            (map, per_entry(start))
        });
        bytes = used;
        let start = Instant::now();
        for i in order {
            black_box(map.get(&key(&tuples[*i])).copied());
        }
        (insert, per_entry(start))
    }));
    (bytes as f64 / ENTRIES as f64, times)
}

fn reference(tuples: &[FourTuple], order: &[usize]) -> (f64, Times, f64) {
    let mut bytes = 0;
    let mut lines = 0.0;
    let times = best((0..5).map(|_| {
        let (used, (table, insert)) = memory::of(|| {
            let mut table = VtwRef::new(ENTRIES);
            let start = Instant::now();
            for tuple in tuples {
                table.insert(VtwKey::new(tuple));
            }
            (table, per_entry(start))
        });
        bytes = used;
        let mut table = table;
        let start = Instant::now();
        for i in order {
            black_box(table.lookup(&VtwKey::new(&tuples[*i])));
        }
        let lookup = per_entry(start);
        lines = table.lines_visited as f64 / ENTRIES as f64;
        (insert, lookup)
    }));
    (bytes as f64 / ENTRIES as f64, times, lines)
}

/// Everything.
pub fn run(figures: &mut Figures, seed: u64) {
    let mut dice = Prng::new(seed.into());
    let mut order: Vec<usize> = (0..ENTRIES).collect();
    for i in (1..ENTRIES).rev() {
        order.swap(i, dice.below(i as u64 + 1) as usize);
    }
    for (family, v6) in [("v4", false), ("v6", true)] {
        let tuples = tuples(v6, &mut dice);
        let (bytes, ours) = ours(&tuples, &order);
        let ports = |t: &FourTuple| (t.local.port, t.remote.port);
        let (map_bytes, map) = if v6 {
            map(&tuples, &order, |t| Key {
                local: t.local.addr.ip(),
                remote: t.remote.addr.ip(),
                ports: ports(t),
            })
        } else {
            let v4 = |ip| if let std::net::IpAddr::V4(a) = ip { a } else { Ipv4Addr::UNSPECIFIED };
            map(&tuples, &order, |t| Key {
                local: v4(t.local.addr.ip()),
                remote: v4(t.remote.addr.ip()),
                ports: ports(t),
            })
        };
        figures.bound("tw_bytes_per_entry", family, bytes, "B", 128.0);
        figures.add("tw_bytes_per_entry", &format!("hashbrown {family}"), map_bytes, "B");
        let suffix = |name: &str| if v6 { format!("{name} v6") } else { name.to_owned() };
        let mut rows = vec![("toe-stack", &ours), ("hashbrown", &map)];
        let vtw = (!v6).then(|| reference(&tuples, &order));
        if let Some((bytes, times, lines)) = &vtw {
            figures.add("tw_bytes_per_entry", "vtw_ref v4", *bytes, "B");
            figures.add("tw_lines_per_lookup", "vtw_ref v4", *lines, "");
            rows.push(("vtw_ref", times));
        }
        for (name, times) in rows {
            figures.add("tw_ns", &suffix(&format!("{name} lookup")), times.lookup, "ns");
            figures.add("tw_ns", &suffix(&format!("{name} insert")), times.insert, "ns");
        }
        let ratio = "tw_ns_ratio_hashbrown_over_ours";
        figures.bound(ratio, &suffix("lookup"), map.lookup / ours.lookup, "×", 1.0);
        figures.bound(ratio, &suffix("insert"), map.insert / ours.insert, "×", 1.0);
        if let Some((_, times, _)) = &vtw {
            let ratio = "tw_ns_ratio_vtw_ref_over_ours";
            figures.add(ratio, "lookup", times.lookup / ours.lookup, "×");
            figures.add(ratio, "insert", times.insert / ours.insert, "×");
        }
    }
}

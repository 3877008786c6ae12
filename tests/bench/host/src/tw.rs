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

/// Rounds of each kind; the kinds take turns, so that a busy machine is busy for all of them.
const ROUNDS: u64 = 15;
/// What is timed at a time: shorter than the time slices of a busy machine.
const PIECE: usize = 2048;

/// Seconds of each piece, the best of the rounds: inserting all, and finding all in another order. Bytes an entry.
#[derive(Default)]
struct Figure {
    insert: Vec<f64>,
    lookup: Vec<f64>,
    bytes: f64,
}

impl Figure {
    fn best(&mut self, round: &Self) {
        for (best, new) in [(&mut self.insert, &round.insert), (&mut self.lookup, &round.lookup)] {
            best.resize(new.len(), f64::INFINITY);
            for (best, new) in best.iter_mut().zip(new) {
                *best = best.min(*new);
            }
        }
        self.bytes = round.bytes;
    }

    /// Nanoseconds an entry: inserting, finding.
    fn ns(&self) -> (f64, f64) {
        let ns = |pieces: &[f64]| pieces.iter().sum::<f64>() * 1e9 / ENTRIES as f64;
        (ns(&self.insert), ns(&self.lookup))
    }
}

fn timed<T>(over: &[T], mut each: impl FnMut(&T)) -> Vec<f64> {
    let piece = |part: &[T]| {
        let start = Instant::now();
        part.iter().for_each(&mut each);
        start.elapsed().as_secs_f64()
    };
    over.chunks(PIECE).map(piece).collect()
}

/// One round: a table is filled, then asked.
fn round<T>(
    tuples: &[FourTuple],
    order: &[usize],
    new: impl FnOnce() -> T,
    mut insert: impl FnMut(&mut T, &FourTuple),
    mut ask: impl FnMut(&mut T, &FourTuple),
) -> (Figure, T) {
    let (bytes, (mut table, inserted)) = memory::of(|| {
        let mut table = new();
        let inserted = timed(tuples, |tuple| insert(&mut table, tuple));
        (table, inserted)
    });
    let lookup = timed(order, |i| ask(&mut table, &tuples[*i]));
    (Figure { insert: inserted, lookup, bytes: bytes as f64 / ENTRIES as f64 }, table)
}

fn ours(seed: u64, tuples: &[FourTuple], order: &[usize]) -> Figure {
    let figure = round(
        tuples,
        order,
        || TimeWaitTable::new(TimeWaitConfig::default(), &mut Prng::new(seed.into())),
        |table, tuple| {
            let _room = table.insert(Micros(0), tuple, record(), Owner::default());
        },
        |table, tuple| {
            black_box(table.get(tuple));
        },
    );
    figure.0
}

fn map<A: Copy + Eq + std::hash::Hash>(
    seed: u64,
    tuples: &[FourTuple],
    order: &[usize],
    key: impl Fn(&FourTuple) -> Key<A>,
) -> Figure {
    let value = Value { record: record(), expires: 60_000_000, owner: Owner::default() };
    let figure = round(
        tuples,
        order,
        || HashMap::<Key<A>, Value, KeyedState>::with_hasher(Prng::new(seed.into()).hasher()),
        |map, tuple| {
            map.insert(key(tuple), value);
        },
        |map, tuple| {
            black_box(map.get(&key(tuple)).copied());
        },
    );
    figure.0
}

fn map_of_family(v6: bool, seed: u64, tuples: &[FourTuple], order: &[usize]) -> Figure {
    let ports = |t: &FourTuple| (t.local.port, t.remote.port);
    if v6 {
        return map(seed, tuples, order, |t| Key {
            local: t.local.addr.ip(),
            remote: t.remote.addr.ip(),
            ports: ports(t),
        });
    }
    let v4 = |ip| if let std::net::IpAddr::V4(a) = ip { a } else { Ipv4Addr::UNSPECIFIED };
    map(seed, tuples, order, |t| Key {
        local: v4(t.local.addr.ip()),
        remote: v4(t.remote.addr.ip()),
        ports: ports(t),
    })
}

/// With the cache lines that a lookup visits.
fn reference(tuples: &[FourTuple], order: &[usize]) -> (Figure, f64) {
    let (figure, table) = round(
        tuples,
        order,
        || VtwRef::new(ENTRIES),
        |table, tuple| {
            table.insert(VtwKey::new(tuple));
        },
        |table, tuple| {
            black_box(table.lookup(&VtwKey::new(tuple)));
        },
    );
    (figure, table.lines_visited as f64 / ENTRIES as f64)
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
        let (mut us, mut them, mut vtw, mut lines) =
            (Figure::default(), Figure::default(), Figure::default(), 0.0);
        for n in 0..ROUNDS {
            us.best(&ours(n, &tuples, &order));
            them.best(&map_of_family(v6, n, &tuples, &order));
            if !v6 {
                let (round, visited) = reference(&tuples, &order);
                vtw.best(&round);
                lines = visited;
            }
        }
        figures.bound("tw_bytes_per_entry", family, us.bytes, "B", 128.0);
        figures.add("tw_bytes_per_entry", &format!("hashbrown {family}"), them.bytes, "B");
        let suffix = |name: &str| if v6 { format!("{name} v6") } else { name.to_owned() };
        let mut rows = vec![("toe-stack", &us), ("hashbrown", &them)];
        if !v6 {
            figures.add("tw_bytes_per_entry", "vtw_ref v4", vtw.bytes, "B");
            figures.add("tw_lines_per_lookup", "vtw_ref v4", lines, "");
            rows.push(("vtw_ref", &vtw));
        }
        for (name, times) in rows {
            let (insert, lookup) = times.ns();
            figures.add("tw_ns", &suffix(&format!("{name} lookup")), lookup, "ns");
            figures.add("tw_ns", &suffix(&format!("{name} insert")), insert, "ns");
        }
        let ratio = "tw_ns_ratio_hashbrown_over_ours";
        let over = |other: &Figure| (other.ns().0 / us.ns().0, other.ns().1 / us.ns().1);
        let (insert, lookup) = over(&them);
        figures.bound(ratio, &suffix("lookup"), lookup, "×", 1.0);
        figures.bound(ratio, &suffix("insert"), insert, "×", 1.0);
        if !v6 {
            let ratio = "tw_ns_ratio_vtw_ref_over_ours";
            let (insert, lookup) = over(&vtw);
            figures.add(ratio, "lookup", lookup, "×");
            figures.add(ratio, "insert", insert, "×");
        }
    }
}

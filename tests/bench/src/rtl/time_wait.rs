// SPDX-License-Identifier: Apache-2.0
//! The TIME_WAIT table: cycles, losses, and the load that stopped the design it comes from.

use crate::figure::Figure;
use crate::progress;
use crate::tw::{Class, Peer, Seen, Table, table};
use std::collections::{HashMap, VecDeque};

/// Lingers of S-MSLT-1, µs.
pub const LINGER: [u32; 3] = [60_000_000, 10_000_000, 2_000_000];
const EVICTED: u8 = 0;
const EXPIRED: u8 = 1;

/// What a load did to the table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outcome {
    /// Longest insertion, clocks.
    pub longest: u32,
    /// Insertions.
    pub insertions: u64,
    /// Entries that went because their class was full.
    pub evicted: u64,
    /// Entries that went by age.
    pub expired: u64,
    /// Clocks.
    pub cycles: u64,
    /// Lookups with a wrong answer, among them every one of an entry that should be there.
    pub wrong: u64,
    /// Insertions refused.
    pub failed: u64,
}

/// S-VTW-9: one remote close for every 14 of loopback, as fast as the table takes them, for 60 s of virtual time at
/// `per_second`. Lookups of live entries go on all the while.
pub fn vtw_pin_attack(table: &mut dyn Table, per_second: u64, seconds: u64) -> Outcome {
    let mut outcome = Outcome::default();
    let mut live: HashMap<Peer, ()> = HashMap::new();
    let mut young: VecDeque<Peer> = VecDeque::new();
    let start = table.seen();
    for n in 0..per_second * seconds {
        let peer = Peer::nth(u32::try_from(n).unwrap_or(0));
        let class = if n % 15 == 0 { Class::Remote } else { Class::Loopback };
        // The youngest loopback entries are there whatever else goes.
        for seen in young.iter().take(2) {
            table.expect(*seen, true);
        }
        let inserted = table.insert(peer, class);
        outcome.longest = outcome.longest.max(inserted.cycles);
        outcome.insertions += 1;
        live.insert(peer, ());
        if class == Class::Loopback {
            young.push_front(peer);
            young.truncate(2);
        }
        for told in table.told() {
            assert!(live.remove(&told.peer).is_some(), "{told:?} was not there");
            match told.what {
                EVICTED => outcome.evicted += 1,
                EXPIRED => outcome.expired += 1,
                other => panic!("event {other}"),
            }
        }
        table.pass(1_000_000 / per_second);
    }
    table.rest();
    for told in table.told() {
        live.remove(&told.peer);
        outcome.expired += u64::from(told.what == EXPIRED);
        outcome.evicted += u64::from(told.what == EVICTED);
    }
    // Each entry that the host was not told of is still there.
    let there: u32 = table.entries().iter().sum();
    assert_eq!(live.len(), there as usize, "the host's shadow and the table agree");
    let seen = table.seen();
    outcome.wrong = seen.wrong - start.wrong;
    outcome.failed = seen.failed - start.failed;
    outcome.cycles = seen.cycles - start.cycles;
    outcome
}

#[allow(clippy::cast_precision_loss)] // figures
fn ratio(a: u64, b: u64) -> f64 {
    a as f64 / b.max(1) as f64
}

/// Classes in the proportion of their quotas.
fn class_of(n: u32) -> Class {
    match n % 4 {
        0 | 1 => Class::Remote,
        2 => Class::Local,
        _ => Class::Loopback,
    }
}

/// Inserts until `upto` entries are there, with lookups offered in every clock: half of entries that are there, half
/// of tuples that are not.
fn fill(table: &mut dyn Table, from: u32, upto: u32) -> (u32, u64, Seen) {
    let (mut longest, mut total) = (0, 0);
    let before = table.seen();
    for n in from..upto {
        if n > 0 {
            // An insertion takes some 50 clocks.
            for i in 0..25 {
                table.expect(Peer::nth(n.wrapping_mul(7919).wrapping_add(i * 104_729) % n), true);
                table.expect(Peer::nth(1_000_000 + n * 25 + i), false);
            }
        }
        let inserted = table.insert(Peer::nth(n), class_of(n));
        longest = longest.max(inserted.cycles);
        total += u64::from(inserted.cycles);
    }
    let seen = table.seen();
    table.rest();
    let during = Seen {
        lookups: seen.lookups - before.lookups,
        offered: seen.offered - before.offered,
        ..table.seen()
    };
    (longest, total, during)
}

/// Everything about the table.
pub fn time_wait(clock_hz: f64, figures: &mut Vec<Figure>) {
    let config = |what: &str| format!("large (65536 entries), {what}");
    let mut table = table(true, 1, LINGER);
    let (capacity, mut worst, mut at) = (table.capacity(), 0, 0);
    for percent in [25, 50, 90, 98] {
        let upto = capacity / 100 * percent;
        // Far below first, without counting.
        let window = upto - 2_000;
        if window > at {
            for n in at..window {
                table.insert(Peer::nth(n), class_of(n));
            }
        }
        let (longest, total, during) = fill(&mut *table, window.max(at), upto);
        at = upto;
        worst = worst.max(longest);
        let note = config(&format!("{percent} % full, while inserting"));
        figures.push(
            Figure::new(
                "tw_cycles_per_lookup",
                note,
                ratio(during.offered, during.lookups),
                "cycles",
            )
            .bound(1.0),
        );
        let note = config(&format!("{percent} % full, a lookup a cycle beside it"));
        figures.push(Figure::new("tw_cycles_per_insert", &note, ratio(total, 2_000), "cycles"));
        figures.push(
            Figure::new("tw_cycles_per_insert_max", note, f64::from(longest), "cycles")
                .bound(150.0),
        );
        progress::note(&format!(
            "{percent} %: insertion {:.1} cycles, at most {longest}; {during:?}",
            ratio(total, 2_000)
        ));
        progress::step();
    }
    // Which of them are there?
    let before = table.seen();
    for n in 0..at {
        table.expect(Peer::nth(n), true);
        if n % 1024 == 0 {
            table.rest();
        }
    }
    table.rest();
    let seen = table.seen();
    let lost = seen.wrong - before.wrong + before.failed;
    #[allow(clippy::cast_precision_loss)] // a figure
    figures.push(
        Figure::new(
            "tw_entries_lost_98pct",
            config(&format!(
                "{at} entries, {} lookups of another with the same part of the hash",
                seen.losing
            )),
            lost as f64,
            "entries",
        )
        .bound(0.0),
    );
    // Beyond the quotas: each insertion evicts.
    let (longest, total, _) = fill(&mut *table, capacity, capacity + 4_000);
    worst = worst.max(longest);
    let mean = ratio(total, 4_000);
    let note = config("table full, each insertion evicts, a lookup a cycle beside it");
    figures.push(
        Figure::new("tw_cycles_per_insert_max", &note, f64::from(longest), "cycles").bound(150.0),
    );
    figures.push(Figure::new(
        "tw_closes_per_second",
        format!("{note}, {:.0} MHz", clock_hz / 1e6),
        clock_hz / mean,
        "1/s",
    ));
    progress::note(&format!("full: insertion {mean:.1} cycles, at most {longest}"));
    progress::step();
    adversary(worst, figures);
    let mut table = self::table(true, 2, LINGER);
    let outcome = vtw_pin_attack(&mut *table, 11_264, 60);
    progress::note(&format!("pin attack: {outcome:?}"));
    progress::step();
    let note = config(&format!(
        "vtw_pin_attack: 60 s of 11264 closes/s, 1 remote to 14 loopback; {} evicted, {} expired, {} wrong, {} refused",
        outcome.evicted, outcome.expired, outcome.wrong, outcome.failed
    ));
    figures.push(
        Figure::new("tw_cycles_per_insert_max", note, f64::from(outcome.longest), "cycles")
            .bound(150.0),
    );
}

/// S-VTW-4: 10,000 tuples whose fields add up to the same, which fall into one chain of the original.
fn adversary(random: u32, figures: &mut Vec<Figure>) {
    let mut table = table(true, 3, LINGER);
    let mut longest = 0;
    for n in 0..10_000_u32 {
        longest = longest.max(table.insert(equal_sum(n), class_of(n)).cycles);
    }
    for n in 0..10_000 {
        table.expect(equal_sum(n), true);
    }
    table.rest();
    let seen = table.seen();
    let note = format!(
        "large (65536 entries), 10000 tuples of equal sum; random ones took {random}; {} lost",
        seen.wrong + seen.failed
    );
    figures.push(
        Figure::new("tw_cycles_per_insert_max", note, f64::from(longest), "cycles")
            .bound(2.0 * f64::from(random)),
    );
}

/// Address and port of tuple `n` whose sum is that of all others.
#[must_use]
pub fn equal_sum(n: u32) -> Peer {
    Peer { addr: 0x0c00_0000 - n, port: u16::try_from(2_000 + n).unwrap_or(u16::MAX) }
}

// SPDX-License-Identifier: Apache-2.0
//! The TIME_WAIT table under load, on its RTL alone.

use toe_bench::rtl::time_wait::{LINGER, equal_sum, vtw_pin_attack};
use toe_bench::tw::{Class, Peer, table};
use toe_testkit::hash::{Place, alike};

/// S-VTW-9, in proportion to the size: 60 virtual seconds of the mix at which the original stopped.
#[test]
fn vtw_pin_attack_stays_bounded() {
    // Some leave by age, all have room; then more than there is room for.
    for (per_second, full) in [(25, false), (500, true)] {
        let mut table = table(false, 1, LINGER);
        let outcome = vtw_pin_attack(&mut *table, per_second, 60);
        eprintln!("{outcome:?}");
        assert_eq!((outcome.wrong, outcome.failed), (0, 0));
        assert!(outcome.longest <= 250, "{outcome:?}");
        assert_eq!(outcome.evicted > 0, full, "{outcome:?}");
        assert!(full || outcome.expired > 1_000, "{outcome:?}");
    }
}

/// S-VTW-4: tuples of one chain of the original are like any others, and all are found.
#[test]
fn tuples_of_equal_sum_are_like_others() {
    let mut table = table(true, 1, LINGER);
    let mut longest = [0; 2];
    for n in 0..10_000 {
        longest[0] = longest[0].max(table.insert(equal_sum(n), Class::Remote).cycles);
        longest[1] = longest[1].max(table.insert(Peer::nth(n), Class::Remote).cycles);
    }
    for n in 0..10_000 {
        table.expect(equal_sum(n), true);
        table.expect(Peer::nth(n), true);
        table.expect(Peer::nth(n + 200_000), false);
    }
    table.rest();
    assert_eq!((table.seen().wrong, table.seen().failed), (0, 0));
    assert!(longest[0] <= 2 * longest[1], "{longest:?}");
}

/// Two tuples with the same part of the hash are twins, and neither is lost: neither when looked up, nor when the
/// other goes.
#[test]
fn twins_of_one_hash_are_both_found() {
    let mut table = table(false, 1, LINGER);
    // 64 buckets and a 16-bit tag: 22 bits of the hash decide.
    let part = |peer: Peer| peer.hash() & 0x3f_ffff;
    let mut seen = std::collections::HashMap::new();
    let twins = (0..)
        .map(Peer::nth)
        .find_map(|peer| seen.insert(part(peer), peer).map(|other| [other, peer]));
    let [a, b] = twins.unwrap();
    assert_ne!(a, b);
    table.insert(a, Class::Remote);
    table.expect(b, false);
    table.rest();
    table.insert(b, Class::Loopback);
    for _ in 0..20 {
        table.expect(a, true);
        table.expect(b, true);
        table.expect(Peer::nth(7), false);
    }
    table.rest();
    assert_eq!(table.entries(), [1, 0, 1]);
    // A new incarnation replaces its own record, not its twin's.
    table.insert(b, Class::Local);
    assert_eq!(table.entries(), [1, 1, 0]);
    table.insert(a, Class::Local);
    assert_eq!(table.entries(), [0, 2, 0]);
    table.expect(a, true);
    table.expect(b, true);
    table.rest();
    assert_eq!((table.seen().wrong, table.seen().failed), (0, 0));
    table.pass(11_000_000);
    table.rest();
    assert_eq!(table.entries(), [0; 3]);
    table.expect(a, false);
    table.expect(b, false);
    table.rest();
    assert_eq!(table.seen().wrong, 0);
}

/// Who knows the key makes every frame cost a second look: bounded, and nothing is lost or answered wrongly.
#[test]
fn a_flood_to_a_twin_costs_bounded_clocks() {
    let mut table = table(false, 1, LINGER);
    let place = Place::new(table.capacity());
    let [a, b, c] = alike((0..).map(Peer::nth), 3, |peer| place.part(peer.hash()))[..] else {
        panic!("three")
    };
    table.insert(a, Class::Remote);
    table.insert(b, Class::Remote);
    // Clocks a frame: for one that has no twin, for each of the twins, for a stranger of the same hash.
    let mut clocks = |peer, hit| {
        let before = table.seen().cycles;
        for _ in 0..1_000 {
            table.expect(peer, hit);
        }
        table.rest();
        (table.seen().cycles - before) as f64 / 1_000.0
    };
    let plain = clocks(Peer::nth(7), false);
    let each = [clocks(a, true), clocks(b, true), clocks(c, false)];
    eprintln!("clocks a frame: {plain:.2}; to twins {each:.2?}");
    assert!(plain < 1.1, "{plain}");
    assert!(each.iter().all(|clocks| *clocks <= 12.0), "{each:?}");
    assert_eq!((table.seen().wrong, table.seen().failed), (0, 0));
    // The third is refused, quickly, and the host hears of it; the others stay.
    let refusal = table.insert(c, Class::Remote);
    assert!(refusal.cycles <= 150, "{refusal:?}");
    table.rest();
    assert_eq!((table.seen().failed, table.entries()[0]), (1, 2));
    assert_eq!(table.told().len(), 1);
    for (peer, hit) in [(a, true), (b, true), (c, false), (Peer::nth(7), false)] {
        table.expect(peer, hit);
    }
    table.rest();
    assert_eq!(table.seen().wrong, 0);
}

/// The same for a bucket: as many as there is room for; then each is refused in bounded time, and others are not.
#[test]
fn a_full_bucket_refuses_and_is_no_burden_to_others() {
    let mut table = table(false, 1, LINGER);
    let place = Place::new(table.capacity());
    let same = alike((0..).map(Peer::nth), 40, |peer| place.buckets(peer.hash()));
    let mut longest = 0;
    for peer in &same {
        longest = longest.max(table.insert(*peer, Class::Remote).cycles);
    }
    assert!(longest <= 150, "{longest} clocks");
    // Twins among them would be no others: both buckets have four places each.
    assert_eq!((table.entries()[0], table.seen().failed), (8, 32));
    let others: Vec<Peer> = (0..)
        .map(Peer::nth)
        .filter(|p| place.buckets(p.hash()) != place.buckets(same[0].hash()))
        .take(100)
        .collect();
    for peer in &others {
        assert!(table.insert(*peer, Class::Remote).cycles <= 150);
    }
    assert_eq!((table.entries()[0], table.seen().failed), (108, 32));
    for (n, peer) in same.iter().enumerate() {
        table.expect(*peer, n < 8);
    }
    for peer in &others {
        table.expect(*peer, true);
    }
    table.rest();
    assert_eq!(table.seen().wrong, 0);
    eprintln!("40 of one bucket: 8 are there, the slowest insertion took {longest} clocks");
}

// SPDX-License-Identifier: Apache-2.0
use std::collections::VecDeque;
use std::net::Ipv4Addr;

use proptest::prelude::*;

use super::*;

fn tuple(n: u32, v6: bool) -> FourTuple {
    let (l, r): (ScopedAddr, ScopedAddr) = if v6 {
        let a = |x: u32| ScopedAddr::global(Ipv6Addr::from(u128::from(x) | 0xfd << 120)).unwrap();
        (a(1), a(0x1_0000 | n >> 8))
    } else {
        (Ipv4Addr::new(10, 0, 0, 1).into(), Ipv4Addr::from(0x0a01_0000 | n >> 8).into())
    };
    FourTuple { local: Endpoint::new(l, 80), remote: Endpoint::new(r, 1024 + (n & 0xff) as u16) }
}

fn record(class: MslClass, n: u32) -> TimeWaitRecord {
    TimeWaitRecord {
        snd_nxt: SeqNum(n),
        rcv_nxt: SeqNum(!n),
        last_win: 77,
        rcv_wscale: 9,
        ts_ok: n.is_multiple_of(2),
        ts_recent: n ^ 5,
        ts_offset: n ^ 6,
        class,
    }
}

fn table(per_class: u32) -> TimeWaitTable {
    let config = TimeWaitConfig { per_class: [per_class; 3], ..TimeWaitConfig::default() };
    TimeWaitTable::new(config, &mut Prng::new(1))
}

#[test]
fn records_round_trip() {
    let mut t = table(1000);
    for n in 0..500 {
        let owner = Owner { uid: n, reuse_port: n % 3 == 0 };
        t.insert(Micros(5), &tuple(n, n % 2 == 1), record(MslClass::Local, n), owner).unwrap();
    }
    for n in 0..500 {
        let got = t.get(&tuple(n, n % 2 == 1)).unwrap();
        assert_eq!(got.record, record(MslClass::Local, n));
        assert_eq!(got.owner, Owner { uid: n, reuse_port: n % 3 == 0 });
        assert_eq!(got.expires, Micros(10_001_000), "rounded up");
    }
    assert!(t.get(&tuple(500, false)).is_none());
    // Those that are listed are those that are found.
    for info in t.iter() {
        let entry = TimeWaitEntry { record: info.record, expires: info.expires, owner: info.owner };
        assert_eq!(t.get(&info.tuple), Some(entry));
    }
    assert_eq!(t.iter().count(), 500);
}

#[test]
fn record_sizes_are_the_budget() {
    assert_eq!(RECORD_BYTES, (48, 80), "bytes a record, index apart");
}

#[test]
fn eviction_takes_exactly_the_oldest_of_the_class() {
    let mut t = table(4);
    for n in 0..4 {
        t.insert(Micros(n.into()), &tuple(n, false), record(MslClass::Remote, n), Owner::default())
            .unwrap();
        t.insert(
            Micros(n.into()),
            &tuple(100 + n, false),
            record(MslClass::Loopback, n),
            Owner::default(),
        )
        .unwrap();
    }
    let gone =
        t.insert(Micros(9), &tuple(50, false), record(MslClass::Remote, 0), Owner::default());
    assert_eq!(gone.unwrap().unwrap().tuple, tuple(0, false));
    assert_eq!(t.counters.evicted, 1);
    assert!((1..4).all(|n| t.get(&tuple(n, false)).is_some()));
    assert!((0..4).all(|n| t.get(&tuple(100 + n, false)).is_some()));
}

#[test]
fn classes_linger_60_10_and_2_seconds_and_never_less() {
    for (class, linger) in [
        (MslClass::Remote, 60_000_000),
        (MslClass::Local, 10_000_000),
        (MslClass::Loopback, 2_000_000),
        (MslClass::None, 60_000_000),
    ] {
        let mut t = table(4);
        assert_eq!(t.next_deadline(), None);
        t.insert(Micros(7_000), &tuple(1, false), record(class, 1), Owner::default()).unwrap();
        assert_eq!(t.next_deadline(), Some(Micros(7_000 + linger)));
        assert!(t.pop_expired(Micros(6_999 + linger)).is_none());
        // A millisecond is the grain, and it is rounded up.
        t.restart(Micros(7_001), &tuple(1, false));
        assert!(t.pop_expired(Micros(7_001 + linger)).is_none());
        assert!(t.pop_expired(Micros(7_999 + linger)).is_none());
        assert!(t.pop_expired(Micros(8_000 + linger)).is_some());
        assert_eq!(t.next_deadline(), None, "an empty table has no timer");
    }
}

/// The naive model: a queue a class.
#[derive(Default)]
struct Model(Vec<(MslClass, VecDeque<(u32, u64)>)>);

impl Model {
    fn class(&mut self, class: MslClass) -> &mut VecDeque<(u32, u64)> {
        if let Some(at) = self.0.iter().position(|c| c.0 == class) {
            return &mut self.0[at].1;
        }
        self.0.push((class, VecDeque::new()));
        &mut self.0.last_mut().unwrap().1
    }
    fn remove(&mut self, n: u32) -> bool {
        for (_, q) in &mut self.0 {
            if let Some(at) = q.iter().position(|e| e.0 == n) {
                q.remove(at);
                return true;
            }
        }
        false
    }
}

proptest! {
    #[test]
    fn behaves_like_queues(ops in proptest::collection::vec((0u8..5, 0u32..40, 1u64..3_000_000), 1..400), v6: bool) {
        let classes = [MslClass::Remote, MslClass::Local, MslClass::Loopback];
        let mut t = table(8);
        let mut m = Model::default();
        let mut now = 0;
        for (op, n, dt) in ops {
            now += dt;
            let class = classes[n as usize % 3];
            match op {
                0 | 1 => {
                    t.insert(Micros(now), &tuple(n, v6), record(class, n), Owner::default()).unwrap();
                    m.remove(n);
                    let q = m.class(class);
                    if q.len() == 8 {
                        q.pop_front();
                    }
                    q.push_back((n, (now + t.linger(class).0).next_multiple_of(1000)));
                }
                2 => prop_assert_eq!(t.remove(&tuple(n, v6)).is_some(), m.remove(n)),
                3 => {
                    t.restart(Micros(now), &tuple(n, v6));
                    if m.remove(n) {
                        let until = (now + t.linger(class).0).next_multiple_of(1000);
                        m.class(class).push_back((n, until));
                    }
                }
                _ => {
                    while t.pop_expired(Micros(now)).is_some() {}
                    for (_, q) in &mut m.0 {
                        q.retain(|e| e.1 > now);
                    }
                }
            }
            prop_assert_eq!(t.len(), m.0.iter().map(|c| c.1.len()).sum::<usize>());
            for (_, q) in &m.0 {
                for (n, until) in q {
                    prop_assert_eq!(t.get(&tuple(*n, v6)).map(|i| i.expires.0), Some(*until));
                }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
//! Policy, accounts, TIME_WAIT bookkeeping. The hand-over itself is tested with stack, driver and device in
//! `tests/system`.

use std::iter::once;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use toe_stack::{
    Endpoint, FourTuple, InterfaceConfig, MacAddr, ScopedAddr, Stack, StackConfig, TcpId,
    TcpOptions,
};
use toe_tcp::Micros;

use crate::ledger::{By, Ledger};
use crate::time_wait::TimeWaits;

const OWN: [u8; 4] = [10, 0, 0, 1];

fn tuple(last: u8, lport: u16, rport: u16) -> FourTuple {
    let end = |ip: [u8; 4], port| Endpoint::new(ScopedAddr::from(Ipv4Addr::from(ip)), port);
    FourTuple { local: end(OWN, lport), remote: end([10, 0, 0, last], rport) }
}

fn tuple6(last: u16, lport: u16, rport: u16) -> FourTuple {
    let end = |last, port| {
        let ip = IpAddr::from([0xfd00, 0, 0, 0, 0, 0, 0, last]);
        Endpoint::new(ScopedAddr::global(ip).unwrap(), port)
    };
    FourTuple { local: end(1, lport), remote: end(last, rport) }
}

fn id() -> TcpId {
    Stack::new(StackConfig::default()).tcp_socket(TcpOptions::default())
}

#[test]
fn bytes_go_with_the_session_when_it_changes_hands() {
    let (mut ledger, id) = (Ledger::default(), id());
    ledger.sent(id, By::Software, 1000);
    ledger.received(id, By::Software, 50);
    // 400 not acknowledged, 70 not read.
    ledger.pass_on(id, By::Software, By::Engine, 400, 70);
    let bytes = ledger.session(id).unwrap();
    assert_eq!((bytes.software.sent, bytes.engine.sent), (600, 400));
    assert_eq!((bytes.software.received, bytes.engine.received), (120, 0));
    ledger.received(id, By::Engine, 70 + 30);
    ledger.sent(id, By::Engine, 5);
    ledger.pass_on(id, By::Engine, By::Software, 5, 0);
    let bytes = ledger.session(id).unwrap();
    assert_eq!((bytes.software.sent, bytes.engine.sent), (605, 400));
    assert_eq!((bytes.software.received, bytes.engine.received), (120, 30));
    ledger.forget(id);
    assert_eq!(ledger.session(id), None);
    assert_eq!(ledger.total(), bytes, "the sum stays");
}

#[test]
fn time_waits_expire_in_order_and_are_found_by_what_the_engine_says() {
    let mut table = TimeWaits::default();
    table.insert(tuple(2, 80, 5000), Micros(300));
    table.insert(tuple(3, 80, 5000), Micros(100));
    table.insert(tuple6(2, 80, 5000), Micros(200));
    for there in [tuple(3, 80, 5000), tuple6(2, 80, 5000)] {
        assert_eq!(table.find(once(there)), Some(there));
    }
    for unknown in [tuple(4, 80, 5000), tuple(3, 81, 5000), tuple6(3, 80, 5000)] {
        assert_eq!(table.find(once(unknown)), None);
    }
    table.insert(tuple6(3, 80, 5000), Micros(400));
    assert_eq!(table.next(), Some(Micros(100)));
    assert_eq!(table.pop_expired(Micros(99)), None);
    assert_eq!(table.pop_expired(Micros(100)), Some(tuple(3, 80, 5000)));
    // The same 4-tuple again: one entry, with the later time.
    table.insert(tuple6(2, 80, 5000), Micros(500));
    assert_eq!(table.len(), 3);
    assert_eq!(table.pop_expired(Micros(450)), Some(tuple(2, 80, 5000)));
    assert_eq!(table.pop_expired(Micros(450)), Some(tuple6(3, 80, 5000)));
    assert_eq!(table.pop_expired(Micros(450)), None);
    assert!(table.remove(&tuple6(2, 80, 5000)));
    assert!(!table.remove(&tuple6(2, 80, 5000)));
    assert_eq!((table.len(), table.next()), (0, None));
}

/// The engine knows no zones: an event about link-local addresses means the session of whichever interface has one.
#[test]
fn link_local_entries_are_found_without_a_zone() {
    let mut stack = Stack::new(StackConfig::default());
    let [first, second] = [1, 2].map(|n| {
        let mac = MacAddr([2, 0, 0, 0, 0, n]);
        stack.add_interface(InterfaceConfig::ethernet(&format!("if{n}"), mac)).unwrap()
    });
    let ends =
        [1, 2].map(|n| SocketAddr::new(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, n).into(), 9));
    let on = |zone| {
        let [local, remote] = ends.map(|a| Endpoint::new(ScopedAddr::on(a.ip(), zone), a.port()));
        FourTuple { local, remote }
    };
    let meant = |table: &TimeWaits| table.find(stack.meant_by_engine(ends[0], ends[1]));
    let mut table = TimeWaits::default();
    assert_eq!(meant(&table), None);
    table.insert(on(second), Micros(100));
    assert_eq!(meant(&table), Some(on(second)));
    table.insert(on(first), Micros(100));
    assert_eq!(meant(&table), None, "which of the two?");
    table.remove(&on(second));
    assert_eq!(meant(&table), Some(on(first)));
    // Addresses of global scope mean one session, however many interfaces there are.
    let global = |t: &FourTuple| [t.local, t.remote].map(|e| SocketAddr::new(e.addr.ip(), e.port));
    for one in [tuple(3, 80, 5000), tuple6(3, 80, 5000)] {
        let [local, remote] = global(&one);
        assert_eq!(stack.meant_by_engine(local, remote).collect::<Vec<_>>(), [one]);
    }
}

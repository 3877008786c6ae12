// SPDX-License-Identifier: Apache-2.0
//! Policy, accounts, TIME_WAIT bookkeeping. The hand-over itself is tested with stack, driver and device in
//! `tests/system`.

use std::net::{IpAddr, Ipv4Addr};

use toe_stack::{Endpoint, FourTuple, ScopedAddr, Stack, StackConfig, TcpId, TcpOptions};
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
    assert_eq!(table.find(80, 5000, Some((OWN, [10, 0, 0, 3]))), Some(tuple(3, 80, 5000)));
    assert_eq!(table.find(80, 5000, Some((OWN, [10, 0, 0, 4]))), None);
    assert_eq!(table.find(80, 5000, Some(([10, 0, 0, 9], [10, 0, 0, 3]))), None);
    assert_eq!(table.find(80, 5000, None), Some(tuple6(2, 80, 5000)));
    table.insert(tuple6(3, 80, 5000), Micros(400));
    assert_eq!(table.find(80, 5000, None), None, "two have these ports: neither is named");
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

// SPDX-License-Identifier: Apache-2.0
//! Longest-prefix match on a full BGP table against brute force: every prefix length tried in turn, for a million
//! addresses, before and after a tenth of the table has gone and come back. Skips, loudly, without the table.

use std::collections::HashMap;
use std::net::IpAddr;

use ipnet::IpNet;
use toe_bench_host::data::{destinations, prefixes};
use toe_stack::lpm::{LpmBuilder, LpmTable};

/// Every prefix by length and address.
type Brute = HashMap<(u8, u128), u32>;

fn key(addr: IpAddr, len: u8) -> (u8, u128) {
    match addr {
        IpAddr::V4(a) if len > 0 => (len, (a.to_bits() >> (32 - len)).into()),
        IpAddr::V6(a) if len > 0 => (len | 0x80, a.to_bits() >> (128 - len)),
        IpAddr::V4(_) => (0, 0),
        IpAddr::V6(_) => (0x80, 0),
    }
}

fn brute(all: &Brute, addr: IpAddr) -> Option<u32> {
    let longest = if addr.is_ipv4() { 32 } else { 127 };
    let host = all.get(&(0, u128::MAX)).copied();
    let exact = match addr {
        IpAddr::V6(a) => all.get(&(0xff, a.to_bits())).copied(),
        IpAddr::V4(_) => host,
    };
    exact.or_else(|| (0..=longest).rev().find_map(|len| all.get(&key(addr, len)).copied()))
}

fn brute_key(net: &IpNet) -> (u8, u128) {
    match net {
        // 128 does not fit beside the family's bit.
        IpNet::V6(p) if p.prefix_len() == 128 => (0xff, p.network().to_bits()),
        _ => key(net.network(), net.prefix_len()),
    }
}

fn check(table: &LpmTable<u32>, all: &Brute, addresses: &[IpAddr]) {
    for a in addresses {
        assert_eq!(table.lookup(*a).copied(), brute(all, *a), "{a}");
    }
}

#[test]
fn a_million_addresses_on_the_real_table() {
    let nets = match prefixes() {
        Ok(nets) => nets,
        Err(why) => {
            eprintln!("SKIPPED: the real routing table is not here: {why}");
            return;
        }
    };
    let mut table = LpmBuilder::new();
    let mut all = Brute::new();
    for (value, net) in (0u32..).zip(&nets) {
        table.insert(*net, value).unwrap();
        all.insert(brute_key(net), value);
    }
    assert_eq!(table.table().len(), all.len());
    let addresses = destinations(&nets, 1_000_000, 7);
    assert!(addresses.iter().filter(|a| a.is_ipv6()).count() > 100_000);
    check(table.table(), &all, &addresses);
    let snapshot = table.snapshot();
    let before = all.clone();
    for net in nets.iter().step_by(10) {
        assert_eq!(table.remove(*net), all.remove(&brute_key(net)));
    }
    check(table.table(), &all, &addresses[..200_000]);
    check(&snapshot, &before, &addresses[..200_000]);
    for (value, net) in (0u32..).zip(&nets).step_by(10) {
        table.insert(*net, value).unwrap();
    }
    check(table.table(), &before, &addresses);
}

// SPDX-License-Identifier: Apache-2.0
//! The examples of RFC 6724 §10.

use super::*;
use crate::arena::Arena;

struct Host {
    iface: IfId,
    addrs: Vec<IfAddr>,
}

fn host(addrs: &[&str]) -> Host {
    let mut arena = Arena::new();
    let iface = arena.insert(());
    let addrs = addrs
        .iter()
        .map(|text| {
            let mut parts = text.split(' ');
            let ip: IpAddr = parts.next().unwrap().parse().unwrap();
            let len = if ip.is_ipv4() { 24 } else { 64 };
            let mut addr = IfAddr::new(ipnet::IpNet::new(ip, len).unwrap());
            for flag in parts {
                match flag {
                    "deprecated" => addr.deprecated = true,
                    "temporary" => addr.temporary = true,
                    "home" => addr.home = true,
                    other => panic!("{other}"),
                }
            }
            addr
        })
        .collect();
    Host { iface, addrs }
}

impl Host {
    fn source(&self, dst: &str) -> Option<Candidate> {
        self.source_by(&DEFAULT_POLICY, dst)
    }

    fn source_by(&self, table: &[PolicyRow], dst: &str) -> Option<Candidate> {
        let all = self.addrs.iter().map(|addr| Candidate { addr: *addr, iface: self.iface });
        select_source(table, dst.parse().unwrap(), Some(self.iface), all)
    }
}

#[test]
fn source_examples_of_section_10_1() {
    for (addrs, dst, best) in [
        (&["2001:db8:3::1", "fe80::1"], "2001:db8:1::1", "2001:db8:3::1"),
        (&["2001:db8:3::1", "fe80::1"], "ff05::1", "2001:db8:3::1"),
        (&["2001:db8:1::1 deprecated", "2001:db8:2::1"], "2001:db8:1::1", "2001:db8:1::1"),
        (&["fe80::2 deprecated", "2001:db8:1::1"], "fe80::1", "fe80::2"),
        (&["2001:db8:1::2", "2001:db8:3::2"], "2001:db8:1::1", "2001:db8:1::2"),
        (&["2001:db8:1::2", "2001:db8:3::2 home"], "2001:db8:1::1", "2001:db8:3::2"),
        (
            &["2002:c633:6401::d5e3:7953:13eb:22e8 temporary", "2001:db8:1::2"],
            "2002:c633:6401::1",
            "2002:c633:6401::d5e3:7953:13eb:22e8",
        ),
        (
            &["2001:db8:1::2", "2001:db8:1::d5e3:7953:13eb:22e8 temporary"],
            "2001:db8:1::d5e3:0:0:1",
            "2001:db8:1::d5e3:7953:13eb:22e8",
        ),
    ] {
        for order in [[addrs[0], addrs[1]], [addrs[1], addrs[0]]] {
            let got = host(&order).source(dst).map(|c| c.addr.net.addr());
            assert_eq!(got, Some(best.parse().unwrap()), "{order:?} towards {dst}");
        }
    }
}

#[test]
fn destination_examples_of_section_10_2() {
    let cases: [(&[&str], [&str; 2]); 9] = [
        (&["2001:db8:1::2", "fe80::1", "169.254.13.78"], ["2001:db8:1::1", "198.51.100.121"]),
        (&["fe80::1", "198.51.100.117"], ["198.51.100.121", "2001:db8:1::1"]),
        (&["2001:db8:1::2", "fe80::1", "10.1.2.4"], ["2001:db8:1::1", "10.1.2.3"]),
        (&["2001:db8:1::2", "fe80::2"], ["fe80::1", "2001:db8:1::1"]),
        (&["2001:db8:1::2 home", "fe80::2"], ["2001:db8:1::1", "fe80::1"]),
        (&["2001:db8:1::2", "fe80::2 deprecated"], ["2001:db8:1::1", "fe80::1"]),
        (&["2001:db8:1::2", "2001:db8:3f44::2", "fe80::2"], ["2001:db8:1::1", "2001:db8:3ffe::1"]),
        (&["2002:c633:6401::2", "fe80::2"], ["2002:c633:6401::1", "2001:db8:1::1"]),
        (
            &["2002:c633:6401::2", "2001:db8:1::2", "fe80::2"],
            ["2001:db8:1::1", "2002:c633:6401::1"],
        ),
    ];
    for (addrs, expected) in cases {
        check_order(&DEFAULT_POLICY, &host(addrs), expected);
    }
}

/// Whatever the order they come in, they go out in the expected one.
fn check_order(table: &[PolicyRow], host: &Host, expected: [&str; 2]) {
    for order in [[expected[0], expected[1]], [expected[1], expected[0]]] {
        let mut list: Vec<Destination> = order
            .iter()
            .map(|d| Destination { dst: d.parse().unwrap(), source: host.source_by(table, d) })
            .collect();
        sort_destinations(table, &mut list);
        let got: Vec<IpAddr> = list.iter().map(|d| d.dst).collect();
        let want: Vec<IpAddr> = expected.iter().map(|d| d.parse().unwrap()).collect();
        assert_eq!(got, want);
    }
}

/// The default table with other precedences or more rows.
fn table(changes: &[(&str, u32, u8, u8)]) -> Vec<PolicyRow> {
    let mut table = DEFAULT_POLICY.to_vec();
    for (prefix, len, precedence, label) in changes {
        let prefix: Ipv6Addr = prefix.parse().unwrap();
        table.retain(|(p, l, ..)| (*p, *l) != (prefix, *len));
        table.push((prefix, *len, *precedence, *label));
    }
    table
}

/// §10.3: IPv4 before IPv6, by giving it the higher precedence.
#[test]
fn preference_for_ipv4() {
    let host = host(&["2001:db8::2", "fe80::1", "169.254.13.78"]);
    check_order(&DEFAULT_POLICY, &host, ["2001:db8::1", "198.51.100.121"]);
    let table = table(&[("::ffff:0:0", 96, 100, 4)]);
    // The scope of the IPv4 source does not fit a global destination: still last.
    check_order(&table, &host, ["2001:db8::1", "198.51.100.121"]);
    let host = self::host(&["2001:db8::2", "fe80::1", "10.1.2.4"]);
    check_order(&DEFAULT_POLICY, &host, ["2001:db8::1", "10.1.2.3"]);
    check_order(&table, &host, ["10.1.2.3", "2001:db8::1"]);
}

/// §10.4: link-local destinations after global ones, by a lower precedence for fe80::/10.
#[test]
fn preference_for_the_larger_scope() {
    let host = host(&["2001:db8::2", "fe80::2"]);
    check_order(&DEFAULT_POLICY, &host, ["fe80::1", "2001:db8::1"]);
    check_order(&table(&[("fe80::", 10, 33, 1)]), &host, ["2001:db8::1", "fe80::1"]);
}

/// §10.5: two providers; the address of the one is used for a peer's, by labels of their own.
#[test]
fn a_site_with_two_providers() {
    let (ours_b, ours_a) = ("2001:db8:1aaa::a", "2001:db8:70aa::a");
    let host = host(&[ours_b, ours_a, "fe80::a"]);
    let (dst_a, dst_b) = ("2001:db8:70bb::b", "2001:db8:1bbb::b");
    let table = table(&[("2001:db8:1000::", 36, 43, 4), ("2001:db8:7000::", 36, 45, 5)]);
    let by = |dst| host.source_by(&table, dst).map(|c| c.addr.net.addr());
    assert_eq!(by(dst_b), Some(ours_b.parse().unwrap()));
    assert_eq!(by(dst_a), Some(ours_a.parse().unwrap()));
    check_order(&table, &host, [dst_a, dst_b]);
}

/// §10.6: unique local addresses of the site before global ones, by a row of their own.
#[test]
fn unique_local_addresses() {
    let host = host(&["fd11:1111:1111:1::2", "2001:db8:1::2", "fe80::2"]);
    let to = ["2001:db8:2::1", "fd11:1111:1111:2::1"];
    check_order(&DEFAULT_POLICY, &host, to);
    let table = table(&[("fd11:1111:1111::", 48, 45, 14)]);
    check_order(&table, &host, [to[1], to[0]]);
    let source = host.source_by(&table, to[1]).map(|c| c.addr.net.addr());
    assert_eq!(source, Some("fd11:1111:1111:1::2".parse().unwrap()));
}

/// §10.7: no native IPv6, only 6to4: IPv4 goes first, by default.
#[test]
fn six_to_four_only() {
    let host = host(&["2002:c633:6401::2", "fe80::2", "198.51.100.2"]);
    check_order(&DEFAULT_POLICY, &host, ["198.51.100.1", "2001:db8:1::1"]);
    check_order(&DEFAULT_POLICY, &host, ["2002:c633:6402::1", "2001:db8:1::1"]);
}

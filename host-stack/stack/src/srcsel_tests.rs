// SPDX-License-Identifier: Apache-2.0
//! The examples of RFC 6724 §10.1 and §10.2.

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
        let all = self.addrs.iter().map(|addr| Candidate { addr: *addr, iface: self.iface });
        select_source(dst.parse().unwrap(), Some(self.iface), all)
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
        let host = host(addrs);
        for order in [[expected[0], expected[1]], [expected[1], expected[0]]] {
            let mut list: Vec<Destination> = order
                .iter()
                .map(|d| Destination { dst: d.parse().unwrap(), source: host.source(d) })
                .collect();
            sort_destinations(&mut list);
            let got: Vec<IpAddr> = list.iter().map(|d| d.dst).collect();
            let want: Vec<IpAddr> = expected.iter().map(|d| d.parse().unwrap()).collect();
            assert_eq!(got, want, "{addrs:?}");
        }
    }
}

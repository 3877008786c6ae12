// SPDX-License-Identifier: Apache-2.0
//! Multicast: on which link a datagram to a group leaves.
#![cfg(all(feature = "ipv4", feature = "ipv6"))]
#![allow(missing_docs)]

mod common;

use std::net::IpAddr;

use common::base_stack;
use toe_stack::{
    FibId, IfAddr, InterfaceConfig, MacAddr, Micros, OffloadCaps, ScopedAddr, Stack, StackConfig,
    TxFrame,
};

fn drain(stack: &mut Stack, now: Micros) -> Vec<TxFrame> {
    std::iter::from_fn(|| stack.poll_transmit(now)).collect()
}

/// S-SCOPE-3: a group whose link is not said leaves on the socket's interface for groups, or on that of its address.
#[test]
fn groups_leave_where_the_socket_says() {
    let (mut s, eth0) = base_stack(1, OffloadCaps::default(), StackConfig::default());
    let eth1 =
        s.add_interface(InterfaceConfig::ethernet("eth1", MacAddr([2, 0, 0, 0, 0, 0x11]))).unwrap();
    s.add_link_local(Micros(0), eth1).unwrap();
    s.add_address(Micros(0), eth1, IfAddr::new("10.1.0.1/24".parse().unwrap())).unwrap();
    drain(&mut s, Micros(0));
    let mdns: [IpAddr; 2] = ["ff02::fb".parse().unwrap(), "224.0.0.251".parse().unwrap()];
    let now = Micros(5_000_000);
    drain(&mut s, now);
    for group in mdns {
        let u = s.udp_socket(Default::default(), FibId(0));
        if group.is_ipv6() {
            assert!(s.udp_send_group(now, u, group, 5353, b"q").is_err(), "which link?");
        }
        for eth in [eth0, eth1, eth0] {
            s.udp_set_group_interface(u, Some(eth)).unwrap();
            s.udp_send_group(now, u, group, 5353, b"q").unwrap();
            let sent = drain(&mut s, now);
            assert_eq!((sent.len(), sent[0].port), (1, eth), "{group}");
            assert_eq!(sent[0].bytes[..6], MacAddr::for_multicast(group).0);
        }
    }
    // Bound to a link-local address: its link is meant (the wildcard zone is accepted where it is not ambiguous).
    let mut own = s.interfaces().get(eth1).unwrap().addrs.iter().map(|a| a.net.addr());
    let own = own.rfind(|a| toe_stack::addr::needs_zone(*a)).unwrap();
    let u = s.udp_socket(Default::default(), FibId(0));
    s.udp_bind(u, ScopedAddr::on(own, eth1), 5353).unwrap();
    s.udp_send_group(now, u, mdns[0], 5353, b"q").unwrap();
    let sent = drain(&mut s, now);
    assert_eq!(sent[0].port, eth1);
    // S-SCOPE-4: what is on the wire has no zone in it.
    assert_eq!(IpAddr::from(<[u8; 16]>::try_from(&sent[0].bytes[22..38]).unwrap()), own);
    assert_eq!(sent[0].bytes[24..30], [0; 6], "fe80::/64 as RFC 4291 has it");
    assert!(s.udp_set_group_interface(u, Some(eth0)).is_ok());
    s.remove_interface(eth0).unwrap();
    assert!(s.udp_set_group_interface(u, Some(eth0)).is_err(), "a stale interface");
    assert!(s.udp_send_group(now, u, mdns[0], 5353, b"q").is_err());
}

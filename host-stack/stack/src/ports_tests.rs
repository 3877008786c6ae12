// SPDX-License-Identifier: Apache-2.0
use std::net::{Ipv4Addr, Ipv6Addr};

use super::*;

fn ports() -> Ports {
    Ports::new((32_768, 60_999), &mut Prng::new(3))
}
fn v4(last: u8) -> ScopedAddr {
    Ipv4Addr::new(10, 0, 0, last).into()
}
fn v6(last: u16) -> ScopedAddr {
    ScopedAddr::global(Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, last)).unwrap()
}
fn opt(reuse_addr: bool, reuse_port: bool, uid: u32) -> BindOptions {
    BindOptions { reuse_addr, reuse_port, v6_only: false, uid }
}

/// {SO_REUSEADDR, SO_REUSEPORT} x {same user, other user} x {wildcard, specific} x {IPv4, IPv6} (S-VTW-10).
#[test]
fn bind_matrix_against_another_socket() {
    let wild = [LocalAddr::AnyV4, LocalAddr::Any];
    for reuse_addr in [false, true] {
        for reuse_port in [false, true] {
            for same_user in [false, true] {
                for first in [wild[0], wild[1], LocalAddr::One(v4(1)), LocalAddr::One(v6(1))] {
                    for second in [wild[0], wild[1], LocalAddr::One(v4(1)), LocalAddr::One(v6(1))] {
                        let mut p = ports();
                        p.bind(Proto::Tcp, first, 80, opt(reuse_addr, reuse_port, 1)).unwrap();
                        let uid = if same_user { 1 } else { 2 };
                        let got = p
                            .bind(Proto::Tcp, second, 80, opt(reuse_addr, reuse_port, uid))
                            .is_ok();
                        let apart = matches!(
                            (first, second),
                            (LocalAddr::One(a), LocalAddr::One(b)) if a != b
                        ) || matches!(
                            (first, second),
                            (LocalAddr::AnyV4, LocalAddr::One(a)) | (LocalAddr::One(a), LocalAddr::AnyV4)
                                if a.is_ipv6()
                        );
                        let shared = reuse_port && same_user;
                        let beside = reuse_addr && !reuse_port && same_user && first != second;
                        assert_eq!(
                            got,
                            apart || shared || beside,
                            "{first:?} {second:?} addr {reuse_addr} port {reuse_port} same {same_user}"
                        );
                        // UDP is another world.
                        p.bind(Proto::Udp, second, 80, opt(false, false, 9)).unwrap();
                    }
                }
            }
        }
    }
}

#[test]
fn bind_matrix_against_time_wait() {
    let tuple = FourTuple { local: Endpoint::new(v4(1), 80), remote: Endpoint::new(v4(2), 5000) };
    for (old_port, reuse_addr, reuse_port, uid, ok) in [
        (false, false, false, 1, false),
        (false, true, false, 1, true),
        (false, true, false, 2, false),
        (false, false, true, 1, false),
        (true, false, true, 1, true),
        (true, false, true, 2, false),
        (true, false, false, 1, false),
    ] {
        for (local, covered) in [
            (LocalAddr::One(v4(1)), true),
            (LocalAddr::AnyV4, true),
            (LocalAddr::Any, true),
            (LocalAddr::One(v4(3)), false),
            (LocalAddr::One(v6(1)), false),
        ] {
            let mut p = ports();
            p.time_wait_added(&tuple, Owner { uid: 1, reuse_port: old_port });
            let got = p.bind(Proto::Tcp, local, 80, opt(reuse_addr, reuse_port, uid)).is_ok();
            assert_eq!(got, ok || !covered, "{local:?} {old_port} {reuse_addr} {reuse_port} {uid}");
            p.time_wait_removed(&tuple, Owner { uid: 1, reuse_port: old_port });
        }
    }
}

#[test]
fn an_ipv6_only_wildcard_leaves_ipv4_alone() {
    let mut p = ports();
    let only = BindOptions { v6_only: true, ..BindOptions::default() };
    p.bind(Proto::Tcp, LocalAddr::Any, 80, only).unwrap();
    p.bind(Proto::Tcp, LocalAddr::AnyV4, 80, BindOptions::default()).unwrap();
}

#[test]
fn sixty_thousand_time_waits_on_one_port_are_two_counters() {
    let mut p = ports();
    let owner = Owner { uid: 1, reuse_port: false };
    let tuple = |n: u32| FourTuple {
        local: Endpoint::new(v4(1), 80),
        remote: Endpoint::new(Ipv4Addr::from(n).into(), 9),
    };
    for n in 0..60_000 {
        p.time_wait_added(&tuple(n), owner);
    }
    assert_eq!(p.time_wait_on(80), 60_000);
    assert_eq!((p.usage.len(), p.totals.len()), (1, 1));
    let start = std::time::Instant::now();
    for _ in 0..10_000 {
        assert!(p.bind(Proto::Tcp, LocalAddr::AnyV4, 80, opt(false, false, 1)).is_err());
    }
    println!("{} ns a bind", start.elapsed().as_nanos() / 10_000);
    for n in 0..60_000 {
        p.time_wait_removed(&tuple(n), owner);
    }
    assert!(p.usage.is_empty() && p.totals.is_empty());
}

/// 28 k TIME_WAITs to one peer use up the ports towards it, and towards nobody else.
#[test]
fn ephemeral_ports_run_out_for_each_destination_apart() {
    let mut p = ports();
    let (near, far) = (Endpoint::new(v4(2), 80), Endpoint::new(v4(3), 80));
    let mut used = std::collections::HashSet::new();
    for _ in 0..28_232 {
        let port = p.ephemeral(Proto::Tcp, v4(1), Some(near), |port| used.contains(&port)).unwrap();
        assert!((32_768..=60_999).contains(&port) && used.insert(port));
    }
    let full = p.ephemeral(Proto::Tcp, v4(1), Some(near), |port| used.contains(&port));
    assert_eq!(full, Err(PortError::Exhausted));
    p.ephemeral(Proto::Tcp, v4(1), Some(far), |_| false).unwrap();
}

#[test]
fn ephemeral_ports_avoid_bound_ones_and_are_not_sequential() {
    let mut p = Ports::new((40_000, 40_003), &mut Prng::new(1));
    for port in 40_000..40_003 {
        p.bind(Proto::Tcp, LocalAddr::AnyV4, port, BindOptions::default()).unwrap();
    }
    for _ in 0..10 {
        assert_eq!(p.ephemeral(Proto::Tcp, v4(1), None, |_| false), Ok(40_003));
    }
    let mut p = ports();
    let first: Vec<u16> = (0..20)
        .map(|n| p.ephemeral(Proto::Tcp, v4(1), Some(Endpoint::new(v4(n), 80)), |_| false).unwrap())
        .collect();
    let steps = first.windows(2).filter(|w| w[1].abs_diff(w[0]) < 8).count();
    assert!(steps < 5, "{first:?}");
}

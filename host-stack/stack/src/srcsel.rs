// SPDX-License-Identifier: Apache-2.0
//! Source address selection and destination ordering (RFC 6724, S-SRC-1).

use std::cmp::Ordering;
use std::net::{IpAddr, Ipv6Addr};

use crate::addr::is_link_local6;
use crate::iface::{IfAddr, IfId};

/// One address that could be a source.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// The address with its properties.
    pub addr: IfAddr,
    /// Its interface.
    pub iface: IfId,
}

fn as_v6(ip: IpAddr) -> Ipv6Addr {
    match ip {
        IpAddr::V4(a) => a.to_ipv6_mapped(),
        IpAddr::V6(a) => a,
    }
}

/// Scope of RFC 4291 §2.7 and RFC 6724 §3: 2 link-local, 5 site-local, 14 global.
#[must_use]
pub fn scope(ip: IpAddr) -> u8 {
    match ip {
        IpAddr::V4(a) if a.is_link_local() || a.is_loopback() => 2,
        IpAddr::V4(_) => 14,
        IpAddr::V6(a) if a.is_multicast() => a.octets()[1] & 0xf,
        IpAddr::V6(a) if is_link_local6(a) || a.is_loopback() => 2,
        IpAddr::V6(a) if a.segments()[0] & 0xffc0 == 0xfec0 => 5,
        IpAddr::V6(_) => 14,
    }
}

/// One row of a policy table (RFC 6724 §2.1): prefix, length, precedence, label. IPv4 addresses are v4-mapped here.
pub type PolicyRow = (Ipv6Addr, u32, u8, u8);

/// The default policy table.
pub const DEFAULT_POLICY: [PolicyRow; 9] = [
    (Ipv6Addr::LOCALHOST, 128, 50, 0),
    (Ipv6Addr::UNSPECIFIED, 0, 40, 1),
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96, 35, 4),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, 30, 2),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 32, 5, 5),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, 3, 13),
    (Ipv6Addr::UNSPECIFIED, 96, 1, 3),
    (Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10, 1, 11),
    (Ipv6Addr::new(0x3ffe, 0, 0, 0, 0, 0, 0, 0), 16, 1, 12),
];

fn common_prefix(a: Ipv6Addr, b: Ipv6Addr) -> u32 {
    (u128::from(a) ^ u128::from(b)).leading_zeros()
}

/// (precedence, label) of an address.
fn policy(table: &[PolicyRow], ip: IpAddr) -> (u8, u8) {
    let a = as_v6(ip);
    table
        .iter()
        .filter(|(prefix, len, ..)| common_prefix(*prefix, a) >= *len)
        .max_by_key(|(_, len, ..)| *len)
        .map_or((40, 1), |(.., precedence, label)| (*precedence, *label))
}

/// Compares two sources for `dst`; `Greater` means that `a` is better.
fn compare_sources(
    table: &[PolicyRow],
    dst: IpAddr,
    oif: Option<IfId>,
    a: &Candidate,
    b: &Candidate,
) -> Ordering {
    let (ia, ib) = (a.addr.net.addr(), b.addr.net.addr());
    // Rule 1: the destination itself.
    let by = (ia == dst).cmp(&(ib == dst));
    // Rule 2: appropriate scope.
    let (sa, sb, sd) = (scope(ia), scope(ib), scope(dst));
    let by = by.then_with(|| match sa.cmp(&sb) {
        Ordering::Equal => Ordering::Equal,
        Ordering::Less if sa < sd => Ordering::Less,
        Ordering::Less => Ordering::Greater,
        Ordering::Greater if sb < sd => Ordering::Greater,
        Ordering::Greater => Ordering::Less,
    });
    let label = policy(table, dst).1;
    let matching = |ip: IpAddr, net: &ipnet::IpNet| {
        let len = u32::from(net.prefix_len()) + if ip.is_ipv4() { 96 } else { 0 };
        common_prefix(as_v6(ip), as_v6(dst)).min(len)
    };
    // Rules 3 to 8.
    by.then_with(|| b.addr.deprecated.cmp(&a.addr.deprecated))
        .then_with(|| a.addr.home.cmp(&b.addr.home))
        .then_with(|| (oif == Some(a.iface)).cmp(&(oif == Some(b.iface))))
        .then_with(|| (policy(table, ia).1 == label).cmp(&(policy(table, ib).1 == label)))
        .then_with(|| a.addr.temporary.cmp(&b.addr.temporary))
        .then_with(|| matching(ia, &a.addr.net).cmp(&matching(ib, &b.addr.net)))
}

/// The best source for `dst` leaving by `oif`, among `candidates` of any family and zone.
///
/// Candidates of the other family, link-local ones of other links, and loopback addresses (unless the destination is
/// one) do not count.
#[must_use]
pub fn select_source(
    table: &[PolicyRow],
    dst: IpAddr,
    oif: Option<IfId>,
    candidates: impl IntoIterator<Item = Candidate>,
) -> Option<Candidate> {
    let mut best: Option<Candidate> = None;
    for c in candidates {
        let ip = c.addr.net.addr();
        let wrong_zone = crate::addr::needs_zone(ip) && oif.is_some_and(|o| o != c.iface);
        if ip.is_ipv4() != dst.is_ipv4() || wrong_zone || ip.is_loopback() != dst.is_loopback() {
            continue;
        }
        // Ties keep the first: the order of configuration decides.
        if best
            .as_ref()
            .is_none_or(|b| compare_sources(table, dst, oif, &c, b) == Ordering::Greater)
        {
            best = Some(c);
        }
    }
    best
}

/// A destination with the source that would be used for it.
#[derive(Clone, Copy, Debug)]
pub struct Destination {
    /// Where to.
    pub dst: IpAddr,
    /// From where, if there is a usable source at all.
    pub source: Option<Candidate>,
}

/// Orders destinations best first (RFC 6724 §6); stable, so that equals keep the resolver's order.
pub fn sort_destinations(table: &[PolicyRow], list: &mut [Destination]) {
    list.sort_by(|a, b| {
        // Better first: every comparison is "b against a".
        let (da, db) = (a.dst, b.dst);
        a.source.is_none().cmp(&b.source.is_none()).then_with(|| {
            let (Some(sa), Some(sb)) = (a.source, b.source) else { return Ordering::Equal };
            let (ia, ib) = (sa.addr.net.addr(), sb.addr.net.addr());
            let scope_match = |d: IpAddr, s: IpAddr| scope(d) == scope(s);
            let label_match = |d: IpAddr, s: IpAddr| policy(table, d).1 == policy(table, s).1;
            scope_match(db, ib)
                .cmp(&scope_match(da, ia))
                .then_with(|| sa.addr.deprecated.cmp(&sb.addr.deprecated))
                .then_with(|| sb.addr.home.cmp(&sa.addr.home))
                .then_with(|| label_match(db, ib).cmp(&label_match(da, ia)))
                .then_with(|| policy(table, db).0.cmp(&policy(table, da).0))
                .then_with(|| scope(da).cmp(&scope(db)))
                .then_with(|| {
                    if da.is_ipv4() != db.is_ipv4() {
                        return Ordering::Equal;
                    }
                    let len = |d: IpAddr, s: IpAddr| common_prefix(as_v6(d), as_v6(s));
                    len(db, ib).cmp(&len(da, ia))
                })
        })
    });
}

#[cfg(test)]
#[path = "srcsel_tests.rs"]
mod tests;

// SPDX-License-Identifier: Apache-2.0
//! ARP (RFC 826, S-ARP-1): asking, answering, announcing. There only in builds with feature `ipv4`.

use std::net::{IpAddr, Ipv4Addr};

use toe_tcp::Micros;

use crate::addr::{MacAddr, is_unicast};
use crate::iface::IfId;
use crate::neigh::{NeighKey, Report};
use crate::output::L2;
use crate::stack::Stack;
use crate::wire::{ETH_ARP, ETH_IPV4};

/// An ARP packet after every length check (S-ARP-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ArpIn {
    request: bool,
    sender_mac: MacAddr,
    sender_ip: Ipv4Addr,
    target_ip: Ipv4Addr,
}

/// Why an ARP packet is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ArpError {
    /// Shorter than its own lengths say, or not Ethernet/IPv4.
    Malformed,
    /// Hardware or protocol address length is wrong.
    BadLength,
}

fn parse_arp(bytes: &[u8]) -> Result<ArpIn, ArpError> {
    let head: [u8; 8] =
        bytes.get(..8).and_then(|h| h.try_into().ok()).ok_or(ArpError::Malformed)?;
    let [h0, h1, p0, p1, hlen, plen, o0, o1] = head;
    if plen != 4 || hlen != 6 {
        return Err(ArpError::BadLength);
    }
    let body: [u8; 20] =
        bytes.get(8..28).and_then(|b| b.try_into().ok()).ok_or(ArpError::Malformed)?;
    let operation = u16::from_be_bytes([o0, o1]);
    if [h0, h1] != [0, 1] || [p0, p1] != ETH_IPV4.to_be_bytes() || !(1..=2).contains(&operation) {
        return Err(ArpError::Malformed);
    }
    let mut sender_mac = [0; 6];
    sender_mac.copy_from_slice(&body[..6]);
    let ip = |at: usize| Ipv4Addr::new(body[at], body[at + 1], body[at + 2], body[at + 3]);
    Ok(ArpIn {
        request: operation == 1,
        sender_mac: MacAddr(sender_mac),
        sender_ip: ip(6),
        target_ip: ip(16),
    })
}

/// A whole ARP frame.
fn build_arp(
    request: bool,
    from: (MacAddr, Ipv4Addr),
    to: (MacAddr, Ipv4Addr),
    link_dst: MacAddr,
) -> Vec<u8> {
    let mut out = vec![0; L2];
    crate::output::write_ethernet(&mut out, link_dst, from.0, ETH_ARP);
    out.extend_from_slice(&[0, 1, 8, 0, 6, 4, 0, if request { 1 } else { 2 }]);
    out.extend_from_slice(&from.0.0);
    out.extend_from_slice(&from.1.octets());
    out.extend_from_slice(&to.0.0);
    out.extend_from_slice(&to.1.octets());
    out
}

impl Stack {
    /// An ARP packet arrived.
    pub(crate) fn handle_arp(&mut self, now: Micros, id: IfId, link_src: MacAddr, payload: &[u8]) {
        self.stats.rx_arp += 1;
        let arp = match parse_arp(payload) {
            Ok(arp) => arp,
            Err(ArpError::BadLength) => {
                self.stats.arp_bad_length += 1;
                return;
            }
            Err(ArpError::Malformed) => {
                self.stats.arp_malformed += 1;
                return;
            }
        };
        let Some(iface) = self.ifaces.get(id) else { return };
        let mac = iface.mac;
        if arp.sender_mac == mac || link_src == mac {
            self.stats.arp_own_address += 1;
            return;
        }
        if !arp.sender_mac.is_unicast() {
            self.stats.arp_malformed += 1;
            return;
        }
        let own = |ip: std::net::Ipv4Addr| self.ifaces.owner_of(ip.into()).is_some();
        if own(arp.sender_ip) {
            // Somebody else claims our address: never learnt, counted; the announcement of ours stands.
            self.stats.arp_conflict += 1;
            return;
        }
        let for_us = iface.addrs.iter().any(|a| a.net.addr() == IpAddr::V4(arp.target_ip));
        // Senders off the link's prefixes are not learnt (they could only poison).
        let plausible = is_unicast(arp.sender_ip.into())
            && !arp.sender_ip.is_loopback()
            && iface.on_link(arp.sender_ip.into());
        if plausible {
            let key = NeighKey::new(id, iface, arp.sender_ip.into());
            let report = Report {
                mac: arp.sender_mac,
                solicited: !arp.request && for_us,
                overrides: true,
                weak: false,
                router: None,
                create: for_us && arp.request,
            };
            self.learn_neighbour(now, key, Some(report));
        }
        if arp.request && for_us && !arp.target_ip.is_loopback() {
            let to = (arp.sender_mac, arp.sender_ip);
            let reply = build_arp(false, (mac, arp.target_ip), to, arp.sender_mac);
            self.put_frame(id, reply, Default::default());
        }
    }

    /// Asks for the address of `target`: the station `to`, or all.
    pub(crate) fn arp_solicit(&mut self, id: IfId, target: Ipv4Addr, to: Option<MacAddr>) {
        let Some(iface) = self.ifaces.get(id) else { return };
        let Some(own) = iface.ipv4_towards(target) else { return };
        let from = (iface.mac, own);
        let link_dst = to.unwrap_or(MacAddr::BROADCAST);
        let frame = build_arp(true, from, (MacAddr::default(), target), link_dst);
        self.put_frame(id, frame, Default::default());
    }

    /// Gratuitous ARP: tells the link about an address of ours.
    pub(crate) fn arp_announce(&mut self, id: IfId, mac: MacAddr, own: Ipv4Addr) {
        let frame = build_arp(true, (mac, own), (MacAddr::default(), own), MacAddr::BROADCAST);
        self.put_frame(id, frame, Default::default());
    }
}

// SPDX-License-Identifier: Apache-2.0
//! Receiving: from a frame on a port to the protocol it belongs to.

use std::net::IpAddr;

use toe_tcp::Micros;

use crate::addr::{MacAddr, ScopedAddr, is_unicast, never_on_wire};
use crate::family::{Family, enabled, parse_ip};
use crate::fragments::Outcome;
use crate::iface::{Accepts, IfId};
use crate::output::{RxFrame, Verdict};
use crate::stack::Stack;
use crate::wire::{
    ETH_ARP, ETH_IPV4, ETH_IPV6, ETH_VLAN, IpPacket, PROTO_ICMP, PROTO_ICMPV6, PROTO_TCP,
    PROTO_UDP, ParseError,
};

impl Stack {
    /// A frame arrived on `port`. Answers come out of [`Self::poll_transmit`].
    pub fn handle_frame(&mut self, now: Micros, port: IfId, frame: &RxFrame<'_>) {
        let Some(iface) = self.ifaces.get_mut(port) else {
            self.stats.rx_no_interface += 1;
            return;
        };
        iface.counters.rx_frames += 1;
        iface.counters.rx_bytes += frame.bytes.len() as u64;
        if !iface.up {
            iface.counters.rx_dropped += 1;
            self.stats.rx_interface_down += 1;
            return;
        }
        if !iface.is_ethernet() {
            self.handle_ip(now, port, frame.bytes, false, frame);
            return;
        }
        let mac = iface.mac;
        let Some(header) = frame.bytes.get(..14) else {
            self.stats.rx_runt += 1;
            self.drop_rx(port);
            return;
        };
        let mut dst = [0; 6];
        dst.copy_from_slice(&header[..6]);
        let dst = MacAddr(dst);
        if dst != mac && !dst.is_multicast() {
            self.stats.rx_other_host += 1;
            self.drop_rx(port);
            return;
        }
        let mut src = [0; 6];
        src.copy_from_slice(&header[6..12]);
        let mut ethertype = u16::from_be_bytes([header[12], header[13]]);
        let mut payload = &frame.bytes[14..];
        let mut vid = frame.vlan.map(|tci| tci & 0xfff);
        if vid.is_none()
            && ethertype == ETH_VLAN
            && let [t0, t1, e0, e1, rest @ ..] = payload
        {
            vid = Some(u16::from_be_bytes([*t0, *t1]) & 0xfff);
            ethertype = u16::from_be_bytes([*e0, *e1]);
            payload = rest;
        }
        let id = match vid {
            // Priority tagged: belongs to the port itself.
            None | Some(0) => port,
            Some(vid) => match self.ifaces.vlan(port, vid) {
                Some(id) => id,
                None => {
                    self.stats.rx_unknown_vlan += 1;
                    self.drop_rx(port);
                    return;
                }
            },
        };
        if id != port
            && let Some(vlan) = self.ifaces.get_mut(id)
        {
            vlan.counters.rx_frames += 1;
            vlan.counters.rx_bytes += frame.bytes.len() as u64;
        }
        match ethertype {
            _ if self.drop_absent(id, Family::of_ethertype(ethertype)) => {}
            ETH_ARP => self.arp_frame(now, id, MacAddr(src), payload),
            ETH_IPV4 | ETH_IPV6 => self.handle_ip(now, id, payload, false, frame),
            _ => {
                self.stats.rx_unknown_ethertype += 1;
                self.drop_rx(id);
            }
        }
    }

    fn drop_rx(&mut self, id: IfId) {
        if let Some(iface) = self.ifaces.get_mut(id) {
            iface.counters.rx_dropped += 1;
        }
    }

    /// Drops and counts what belongs to a family that this build lacks (S-CFG-1).
    fn drop_absent(&mut self, id: IfId, family: Option<Family>) -> bool {
        let absent = family.is_some_and(|f| !enabled(f));
        if absent {
            self.stats.rx_family_absent += 1;
            self.drop_rx(id);
        }
        absent
    }

    /// An IP packet arrived on `id`; `looped` if it is our own.
    pub(crate) fn handle_ip(
        &mut self,
        now: Micros,
        id: IfId,
        bytes: &[u8],
        looped: bool,
        frame: &RxFrame<'_>,
    ) {
        self.stats.rx_ip += 1;
        let family = Family::of_packet(bytes);
        if self.drop_absent(id, family) {
            return;
        }
        let caps = self.iface_of(id).map(|i| i.caps).unwrap_or_default();
        // A verdict counts only where the capability is on.
        let trust = |on: bool, v: Verdict| match (looped, on) {
            (true, _) => Verdict::Good,
            (false, true) => v,
            (false, false) => Verdict::NotChecked,
        };
        let on = if family == Some(Family::V6) { caps.rx_csum6 } else { caps.rx_csum4 };
        let ip = match parse_ip(bytes, trust(on, frame.ip_csum), trust(on, frame.l4_csum)) {
            Ok(ip) => ip,
            Err(ParseError::BadChecksum) => {
                self.stats.ip_bad_checksum += 1;
                self.drop_rx(id);
                return;
            }
            Err(ParseError::Malformed) => {
                self.stats.ip_malformed += 1;
                self.drop_rx(id);
                return;
            }
        };
        // Boundary checks (S-SCOPE-2): loopback and mapped addresses do not come in by wire.
        if !looped && (never_on_wire(ip.src) || never_on_wire(ip.dst)) {
            self.stats.ip_bad_scope += 1;
            self.drop_rx(id);
            return;
        }
        let bad_source = match ip.src {
            IpAddr::V4(a) => a.is_multicast() || a.is_broadcast(),
            IpAddr::V6(a) => a.is_multicast(),
        };
        if bad_source || (!looped && self.ifaces.owner_of(ScopedAddr::on(ip.src, id)).is_some()) {
            self.stats.ip_martian += 1;
            self.drop_rx(id);
            return;
        }
        let accepts = self.ifaces.accepts(id, ip.dst);
        if accepts == Accepts::No {
            self.stats.ip_not_ours += 1;
            self.drop_rx(id);
            return;
        }
        if ip.fragment.is_some() {
            self.stats.ip_fragment += 1;
            match self.fragments.add(now, id, &ip) {
                Outcome::Incomplete => {}
                Outcome::Bad => {
                    self.stats.ip_fragment_bad += 1;
                    self.drop_rx(id);
                }
                Outcome::Complete(whole) => {
                    match parse_ip(&whole, Verdict::Good, Verdict::NotChecked) {
                        Ok(ip) if ip.fragment.is_none() => {
                            self.stats.ip_reassembled += 1;
                            self.handle_transport(now, id, &ip, accepts == Accepts::Unicast);
                        }
                        _ => self.stats.ip_fragment_bad += 1,
                    }
                }
            }
            return;
        }
        self.handle_transport(now, id, &ip, accepts == Accepts::Unicast);
    }

    fn handle_transport(&mut self, now: Micros, id: IfId, ip: &IpPacket<'_>, unicast: bool) {
        match ip.protocol {
            PROTO_TCP => {
                self.stats.rx_tcp += 1;
                // TCP is between two hosts: neither end may be a group (RFC 9293 §3.9.2.3).
                if unicast && is_unicast(ip.src) {
                    self.handle_tcp(now, id, ip, 0);
                } else {
                    self.stats.tcp_malformed += 1;
                }
            }
            PROTO_UDP => {
                self.stats.rx_udp += 1;
                self.handle_udp(now, id, ip, unicast);
            }
            PROTO_ICMP if ip.src.is_ipv4() => self.control_enqueue(id, ip, unicast),
            PROTO_ICMPV6 if ip.src.is_ipv6() => self.control_enqueue(id, ip, unicast),
            _ => {
                self.stats.ip_unknown_protocol += 1;
                self.send_icmp_error(now, id, ip, unicast, crate::icmp::ErrorKind::Protocol);
            }
        }
    }
}

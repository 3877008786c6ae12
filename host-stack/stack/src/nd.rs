// SPDX-License-Identifier: Apache-2.0
//! Neighbour Discovery (RFC 4861): asking, answering, announcing, redirects. There only in builds with feature `ipv6`.

use std::net::{IpAddr, Ipv6Addr};

use toe_tcp::Micros;

use crate::addr::{MacAddr, ScopedAddr, solicited_node};
use crate::icmp::RedirectRefused;
use crate::iface::IfId;
use crate::ipv6::build_icmpv6;
use crate::neigh::{NeighKey, Report};
use crate::output::{Frame, egress_allowed};
use crate::send::SendError;
use crate::stack::Stack;
use crate::wire::{IpHeader, PROTO_ICMPV6, build_ip};

/// Of a message that never leaves its link, or that proves so (RFC 4861 §6.1, §7.1).
fn header(src: Ipv6Addr, dst: Ipv6Addr) -> IpHeader {
    IpHeader {
        src: src.into(),
        dst: dst.into(),
        protocol: PROTO_ICMPV6,
        hop_limit: 255,
        tos: 0,
        df: false,
        ident: 0,
    }
}

impl Stack {
    /// Asks for the address of `target`: the station `to`, or its solicited-node group.
    pub(crate) fn nd_solicit(&mut self, id: IfId, target: Ipv6Addr, to: Option<MacAddr>) {
        let Some(iface) = self.ifaces.get(id) else { return };
        let mac = iface.mac;
        let Some(own) = iface.ipv6_towards(target) else { return };
        let dst = if to.is_some() { target } else { solicited_node(target) };
        let mut body = vec![135, 0, 0, 0, 0, 0, 0, 0];
        body.extend_from_slice(&target.octets());
        body.extend_from_slice(&[1, 1]);
        body.extend_from_slice(&mac.0);
        self.send_nd(id, own, dst, to, body);
    }

    /// Unsolicited advertisement: tells the link about an address of ours.
    pub(crate) fn nd_announce(&mut self, id: IfId, mac: MacAddr, own: Ipv6Addr) {
        let mut body = vec![136, 0, 0, 0, 0x20, 0, 0, 0];
        body.extend_from_slice(&own.octets());
        body.extend_from_slice(&[2, 1]);
        body.extend_from_slice(&mac.0);
        self.send_nd(id, own, Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1), None, body);
    }

    /// Sends an ND message: hop limit 255, straight onto the link.
    fn send_nd(
        &mut self,
        id: IfId,
        src: Ipv6Addr,
        dst: Ipv6Addr,
        mac: Option<MacAddr>,
        body: Vec<u8>,
    ) {
        let body = build_icmpv6(src, dst, body);
        let header = header(src, dst);
        let frame =
            Frame { bytes: build_ip(&header, &body), offload: Default::default(), iface: id };
        let mac = mac.unwrap_or_else(|| MacAddr::for_multicast(dst.into()));
        if egress_allowed(frame.ip()) {
            self.put_out(frame, mac);
        } else {
            self.stats.tx_egress_guard += 1;
        }
    }

    /// A message of Neighbour Discovery arrived.
    pub(crate) fn handle_nd(
        &mut self,
        now: Micros,
        id: IfId,
        (src, dst): (Ipv6Addr, Ipv6Addr),
        hop_limit: u8,
        p: &[u8],
    ) {
        // Hop limit 255 proves that it comes from this link (RFC 4861 §7.1).
        let target: Option<[u8; 16]> = p.get(8..24).and_then(|b| b.try_into().ok());
        let (Some(target), 255, Some(0)) = (target, hop_limit, p.get(1).copied()) else {
            self.stats.nd_malformed += 1;
            return;
        };
        let target = Ipv6Addr::from(target);
        let options_at = if p[0] == 137 { 40 } else { 24 };
        let wanted = if p[0] == 135 { 1 } else { 2 };
        let Some(link_addr) = nd_link_address(p.get(options_at..).unwrap_or(&[]), wanted) else {
            self.stats.nd_malformed += 1;
            return;
        };
        self.stats.nd_received += 1;
        let Some(iface) = self.ifaces.get(id) else { return };
        let mac = iface.mac;
        let scoped_target = ScopedAddr::on(target.into(), id);
        let ours = self.ifaces.owner_of(scoped_target) == Some(id);
        match p[0] {
            135 => {
                if target.is_multicast() || !ours {
                    return;
                }
                let known = !src.is_unspecified();
                if let (true, Some(mac)) = (known, link_addr) {
                    let key = NeighKey::new(id, iface, src.into());
                    let report = Report {
                        mac,
                        solicited: false,
                        overrides: true,
                        weak: true,
                        router: None,
                        create: true,
                    };
                    self.learn_neighbour(now, key, Some(report));
                }
                let to = if known { src } else { Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1) };
                let flags = 0x20 | if known { 0x40 } else { 0 };
                let mut body = vec![136, 0, 0, 0, flags, 0, 0, 0];
                body.extend_from_slice(&target.octets());
                body.extend_from_slice(&[2, 1]);
                body.extend_from_slice(&mac.0);
                if known && link_addr.is_none() {
                    // A unicast probe without its own address: answer through the machine.
                    let _unroutable = self.send_nd_resolved(now, id, target, src, body);
                } else {
                    self.send_nd(id, target, to, link_addr.filter(|_| known), body);
                }
            }
            136 => {
                if target.is_multicast() || ours {
                    return;
                }
                let flags = p[4];
                let solicited = flags & 0x40 != 0;
                if solicited && dst.is_multicast() {
                    self.stats.nd_malformed += 1;
                    return;
                }
                let key = NeighKey::new(id, iface, target.into());
                if let Some(mac) = link_addr {
                    let report = Report {
                        mac,
                        solicited,
                        overrides: flags & 0x20 != 0,
                        weak: true,
                        router: Some(flags & 0x80 != 0),
                        create: false,
                    };
                    self.learn_neighbour(now, key, Some(report));
                } else if solicited {
                    self.learn_neighbour(now, key, None);
                }
            }
            _ => {
                let quoted: Option<[u8; 16]> = p.get(24..40).and_then(|b| b.try_into().ok());
                let Some(dest) = quoted.map(Ipv6Addr::from) else {
                    self.stats.nd_malformed += 1;
                    return;
                };
                let result = if crate::addr::is_link_local6(src) {
                    if let Some(mac) = link_addr {
                        let key = NeighKey::new(id, iface, target.into());
                        let report = Report {
                            mac,
                            solicited: false,
                            overrides: true,
                            weak: true,
                            router: None,
                            create: self.redirect_plausible(now, id, src.into(), dest.into()),
                        };
                        self.learn_neighbour(now, key, Some(report));
                    }
                    self.learn_redirect(now, id, src.into(), dest.into(), target.into())
                } else {
                    Err(RedirectRefused::NotFromLink)
                };
                self.count_redirect(result);
            }
        }
    }

    /// A redirect from the gateway in use may create the neighbour it tells about.
    fn redirect_plausible(&self, now: Micros, id: IfId, from: IpAddr, dest: IpAddr) -> bool {
        let fib = self.iface_of(id).map(|i| i.fib).unwrap_or_default();
        self.route_to(now, fib, ScopedAddr::on(dest, id))
            .is_ok_and(|p| p.iface == id && p.via_gateway && p.next_hop == from)
    }

    fn send_nd_resolved(
        &mut self,
        now: Micros,
        id: IfId,
        src: Ipv6Addr,
        dst: Ipv6Addr,
        body: Vec<u8>,
    ) -> Result<(), SendError> {
        let header = header(src, dst);
        let bytes = build_ip(&header, &build_icmpv6(src, dst, body));
        let path = crate::fib::Resolved {
            iface: id,
            next_hop: dst.into(),
            via_gateway: false,
            mtu: 1280,
            df_off: false,
            route_id: 0,
            source: None,
            local: false,
            valid_until: None,
        };
        self.send_packet(now, &path, None, Frame { bytes, offload: Default::default(), iface: id })
    }
}

/// The link-layer address option of the wanted type: `None` for a malformed list, `Some(None)` if there is none.
#[allow(clippy::option_option)]
fn nd_link_address(mut options: &[u8], wanted: u8) -> Option<Option<MacAddr>> {
    let mut found = None;
    while !options.is_empty() {
        let [type_, len, ..] = options else { return None };
        let len = usize::from(*len) * 8;
        if len == 0 || len > options.len() {
            return None;
        }
        if *type_ == wanted {
            let mac: [u8; 6] = options.get(2..8)?.try_into().ok()?;
            found = Some(MacAddr(mac)).filter(|m| m.is_unicast());
        }
        options = &options[len..];
    }
    Some(found)
}

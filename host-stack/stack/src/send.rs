// SPDX-License-Identifier: Apache-2.0
//! Sending: from an IP packet with its path to a frame on a port.

use std::net::IpAddr;

use toe_tcp::Micros;

use crate::addr::{MacAddr, ScopedAddr};
use crate::family::FamilyAbsent;
use crate::fib::Resolved;
use crate::iface::IfId;
use crate::neigh::{NeighAction, NeighKey, Resolve};
use crate::output::{Frame, L2, TxFrame, egress_allowed, insert_vlan, ip_addrs, write_ethernet};
use crate::stack::Stack;
use crate::wire::{ETH_IPV4, ETH_IPV6};

/// Why a packet could not be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// No route, no source, or a forbidden address.
    #[error("network unreachable")]
    Unreachable,
    /// The neighbour does not answer.
    #[error("host unreachable")]
    HostUnreachable,
    /// The packet is larger than the path allows.
    #[error("message too long")]
    TooLong,
    /// A table or queue is full.
    #[error("no buffer space")]
    NoBuffers,
    /// EAFNOSUPPORT: the build lacks the address family.
    #[error(transparent)]
    Family(#[from] FamilyAbsent),
}

impl Stack {
    pub(crate) fn next_ident(&mut self) -> u16 {
        self.ip_ident = self.ip_ident.wrapping_add(1);
        self.ip_ident
    }

    /// Sends an IP packet along a path. `zone` names the link of looped packets with link-local addresses.
    pub(crate) fn send_packet(
        &mut self,
        now: Micros,
        path: &Resolved,
        zone: Option<IfId>,
        frame: Frame,
    ) -> Result<(), SendError> {
        if path.local {
            if self.looped.len() >= self.config.out_queue {
                self.stats.tx_loop_full += 1;
                return Err(SendError::NoBuffers);
            }
            self.stats.tx_looped += 1;
            let on = zone.unwrap_or(self.ifaces.loopback());
            self.looped.push_back((on, frame.ip().to_vec()));
            return Ok(());
        }
        if !egress_allowed(frame.ip()) {
            self.stats.tx_egress_guard += 1;
            return Err(SendError::Unreachable);
        }
        let Some(iface) = self.ifaces.get(path.iface) else { return Err(SendError::Unreachable) };
        let group = match path.next_hop {
            IpAddr::V4(a) => a.is_multicast() || iface.is_broadcast(a),
            IpAddr::V6(a) => a.is_multicast(),
        };
        if group && iface.is_ethernet() {
            self.put_out(frame, MacAddr::for_multicast(path.next_hop));
            return Ok(());
        }
        let key = NeighKey::new(path.iface, iface, path.next_hop);
        let no_arp = !iface.is_ethernet();
        let outcome = self.neigh.resolve(now, key, no_arp, frame);
        let result = match outcome {
            Resolve::Ready(mac, frame) => {
                self.put_out(frame, mac);
                Ok(())
            }
            Resolve::Held => Ok(()),
            Resolve::Unreachable => {
                self.stats.tx_unreachable += 1;
                Err(SendError::HostUnreachable)
            }
            Resolve::TableFull => {
                self.stats.tx_no_neighbour_room += 1;
                Err(SendError::NoBuffers)
            }
        };
        self.run_neighbours(now);
        result
    }

    /// Puts the link header on and the frame into the output queue.
    pub(crate) fn put_out(&mut self, frame: Frame, mac: MacAddr) {
        let Frame { mut bytes, offload, iface: id } = frame;
        let ethertype = match bytes.get(L2).map(|b| b >> 4) {
            Some(6) => ETH_IPV6,
            _ => ETH_IPV4,
        };
        let Some(iface) = self.ifaces.get(id) else { return };
        let src = iface.mac;
        if iface.is_ethernet() {
            write_ethernet(&mut bytes, mac, src, ethertype);
        } else {
            bytes.drain(..L2);
        }
        self.put_frame(id, bytes, offload);
    }

    /// Queues a complete frame for an interface; the VLAN tag is added here.
    pub(crate) fn put_frame(
        &mut self,
        id: IfId,
        mut bytes: Vec<u8>,
        mut offload: crate::output::TxOffload,
    ) {
        let Some(iface) = self.ifaces.get(id) else { return };
        let (port, vid) = iface.port(id);
        let port_caps = self.ifaces.get(port).map(|p| p.caps).unwrap_or_default();
        let up = iface.up && self.ifaces.get(port).is_some_and(|p| p.up);
        let full = self.out.len() >= self.config.out_queue;
        if !up || full {
            self.stats.tx_queue_full += u64::from(full);
            if let Some(iface) = self.ifaces.get_mut(id) {
                iface.counters.tx_dropped += 1;
            }
            return;
        }
        if let Some(vid) = vid {
            if port_caps.vlan_insert {
                offload.vlan = Some(vid);
            } else {
                insert_vlan(&mut bytes, vid);
                offload.l3_off = offload.l3_off.saturating_add(4);
                offload.l4_off = offload.l4_off.saturating_add(4);
                offload.hdr_len = offload.hdr_len.saturating_add(4);
            }
        }
        if offload.l4_csum {
            self.stats.hw_checksums += 1;
        } else {
            self.stats.sw_checksums += 1;
        }
        if let Some(iface) = self.ifaces.get_mut(id) {
            iface.counters.tx_frames += 1;
            iface.counters.tx_bytes += bytes.len() as u64;
        }
        if !offload.l4_csum {
            offload = crate::output::TxOffload { vlan: offload.vlan, ..Default::default() };
        }
        self.out.push_back(TxFrame { port, bytes, offload });
    }

    /// Carries out what the neighbour machine asks for.
    pub(crate) fn run_neighbours(&mut self, now: Micros) {
        while let Some(action) = self.neigh.pop_action() {
            match action {
                NeighAction::Solicit { key, to } => self.solicit(key, to),
                NeighAction::Deliver { mac, frames } => {
                    for frame in frames {
                        self.put_out(frame, mac);
                    }
                }
                NeighAction::Unreachable { key, frames } => {
                    for frame in frames {
                        self.stats.tx_unreachable += 1;
                        if let Some((src, dst)) = ip_addrs(frame.ip()) {
                            let src = ScopedAddr::on(src, key.iface());
                            let dst = ScopedAddr::on(dst, key.iface());
                            self.host_unreachable(now, src, dst, frame.ip());
                        }
                    }
                    self.next_hop_changed(now, key);
                }
                NeighAction::Changed { key } => self.next_hop_changed(now, key),
            }
        }
    }
}

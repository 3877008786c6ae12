// SPDX-License-Identifier: Apache-2.0
//! Reassembly of IP fragments in bounded memory (RFC 791, RFC 8200 §4.5).
//!
//! Overlapping fragments drop the whole datagram (RFC 5722); the oldest incomplete one makes room for a new one; what is
//! not complete after 30 s is forgotten. Checksums of reassembled packets are always verified in software (S-CSUM-3).

use std::collections::VecDeque;
use std::net::IpAddr;

use toe_tcp::Micros;

use crate::family::put_ip_header;
use crate::iface::IfId;
use crate::wire::{IpHeader, IpPacket};

const DATAGRAMS: usize = 64;
const PARTS: usize = 64;
const BYTES: usize = 1 << 20;
const LIFETIME: Micros = Micros::from_secs(30);

#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    iface: IfId,
    src: IpAddr,
    dst: IpAddr,
    protocol: u8,
    ident: u32,
}

struct Partial {
    key: Key,
    parts: Vec<(usize, Vec<u8>)>,
    total: Option<usize>,
    hop_limit: u8,
    ecn: u8,
    expires: Micros,
}

impl Partial {
    fn bytes(&self) -> usize {
        self.parts.iter().map(|(_, p)| p.len()).sum()
    }
}

/// What became of a fragment.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Kept.
    Incomplete,
    /// The whole packet, with a fresh header.
    Complete(Vec<u8>),
    /// Dropped, and what it belonged to.
    Bad,
}

/// Datagrams that are not complete.
#[derive(Default)]
pub(crate) struct Fragments {
    list: VecDeque<Partial>,
    bytes: usize,
    /// Datagrams given up: time, room.
    pub expired: u64,
    pub evicted: u64,
}

impl Fragments {
    pub(crate) fn next_deadline(&self) -> Option<Micros> {
        self.list.front().map(|p| p.expires)
    }

    pub(crate) fn on_timer(&mut self, now: Micros) {
        while self.list.front().is_some_and(|p| p.expires <= now) {
            self.drop_at(0);
            self.expired += 1;
        }
    }

    fn drop_at(&mut self, at: usize) {
        if let Some(gone) = self.list.remove(at) {
            self.bytes -= gone.bytes();
        }
    }

    pub(crate) fn add(&mut self, now: Micros, iface: IfId, ip: &IpPacket<'_>) -> Outcome {
        let Some((offset, more, ident)) = ip.fragment else { return Outcome::Bad };
        let offset = usize::from(offset);
        let end = offset + ip.payload.len();
        // IPv4 tells datagrams apart by protocol too, IPv6 does not.
        let protocol = if ip.src.is_ipv4() { ip.protocol } else { 0 };
        let key = Key { iface, src: ip.src, dst: ip.dst, protocol, ident };
        let room = 65_535 - if ip.src.is_ipv4() { 20 } else { 0 };
        let found = self.list.iter().position(|p| p.key == key);
        let ragged = more && (!ip.payload.len().is_multiple_of(8) || ip.payload.is_empty());
        if ragged || end > room {
            if let Some(at) = found {
                self.drop_at(at);
            }
            return Outcome::Bad;
        }
        let at = if let Some(at) = found {
            at
        } else {
            while self.list.len() >= DATAGRAMS || self.bytes + ip.payload.len() > BYTES {
                if self.list.is_empty() {
                    return Outcome::Bad;
                }
                self.drop_at(0);
                self.evicted += 1;
            }
            self.list.push_back(Partial {
                key,
                parts: Vec::new(),
                total: None,
                hop_limit: ip.hop_limit,
                ecn: 0,
                expires: now + LIFETIME,
            });
            self.list.len() - 1
        };
        let Some(partial) = self.list.get_mut(at) else { return Outcome::Bad };
        if partial.parts.iter().any(|(o, p)| *o == offset && p == ip.payload) {
            return Outcome::Incomplete;
        }
        let overlaps = partial.parts.iter().any(|(o, p)| *o < end && offset < o + p.len());
        let beyond = partial.total.is_some_and(|t| end > t || (!more && end != t))
            || (!more && partial.parts.iter().any(|(o, p)| o + p.len() > end));
        if overlaps || beyond || partial.parts.len() >= PARTS {
            self.drop_at(at);
            return Outcome::Bad;
        }
        if !more {
            partial.total = Some(end);
        }
        partial.ecn |= ip.ecn;
        partial.parts.push((offset, ip.payload.to_vec()));
        self.bytes += ip.payload.len();
        let Some(total) = partial.total.filter(|t| partial.bytes() == *t) else {
            return Outcome::Incomplete;
        };
        partial.parts.sort_unstable_by_key(|(o, _)| *o);
        let header = IpHeader {
            src: ip.src,
            dst: ip.dst,
            protocol: ip.protocol,
            hop_limit: partial.hop_limit,
            tos: partial.ecn & 3,
            df: false,
            ident: 0,
        };
        let mut whole = Vec::with_capacity(header.len() + total);
        put_ip_header(&mut whole, &header, total, false);
        for (_, part) in &partial.parts {
            whole.extend_from_slice(part);
        }
        self.drop_at(at);
        Outcome::Complete(whole)
    }
}

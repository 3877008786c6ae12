// SPDX-License-Identifier: Apache-2.0
//! What an image holds besides the TCP state: who talks to whom, over which next hop, and where the rings are.

use crate::{ImageError, check};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Word 0 of every image.
pub const IMAGE_MAGIC: u32 = toe_abi::Magic::SessionImage.to_bits();

/// A byte ring in host memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ring {
    /// Where the device finds it; 4 KiB aligned.
    pub iova: u64,
    /// log2 of its bytes, 12..=30.
    pub log2: u8,
    /// Sequence number of position 0.
    pub seq0: u32,
}

impl Ring {
    /// Bytes.
    #[must_use]
    pub const fn size(&self) -> u32 {
        1 << (self.log2 & 31)
    }
}

/// Everything in an image that is not TCP state. The driver overwrites `handle`, `qp` and the rings on installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Generation and slot.
    pub handle: u32,
    /// Our address; of the same family as `remote`.
    pub local: IpAddr,
    /// The peer's.
    pub remote: IpAddr,
    /// Our port.
    pub lport: u16,
    /// The peer's.
    pub rport: u16,
    /// Index of the next hop.
    pub nexthop: u16,
    /// Queue pair for its events.
    pub qp: u16,
    /// TTL or hop limit.
    pub ttl: u8,
    /// TOS or traffic class without the ECN bits.
    pub tos: u8,
    /// Ingress port, part of the key of link-local sessions.
    pub port: u8,
    /// IPv6 flow label, 20 bits.
    pub flow_label: u32,
    /// Copy frames to the host.
    pub mirror: bool,
    /// Trace events.
    pub trace: bool,
    /// Rate limit; 0 = none.
    pub pacing_bytes_per_ms: u32,
    /// Send ring.
    pub tx: Ring,
    /// Receive ring.
    pub rx: Ring,
}

/// An address as it lies in the image: network byte order in memory, IPv4 in the first word.
#[must_use]
pub fn addr_words(addr: IpAddr) -> [u32; 4] {
    match addr {
        IpAddr::V4(v4) => [u32::from_le_bytes(v4.octets()), 0, 0, 0],
        IpAddr::V6(v6) => {
            let o = v6.octets();
            let word = |i: usize| u32::from_le_bytes([o[i], o[i + 1], o[i + 2], o[i + 3]]);
            [word(0), word(4), word(8), word(12)]
        }
    }
}

/// The address that lies so in the image, or in an event of the TIME_WAIT table. Of an IPv4 address only the first word
/// is looked at.
#[must_use]
pub fn words_addr(words: [u32; 4], ipv6: bool) -> IpAddr {
    let [a, b, c, d] = words.map(u32::to_le_bytes);
    if ipv6 {
        let mut octets = [0; 16];
        for (to, from) in octets.chunks_exact_mut(4).zip([a, b, c, d]) {
            to.copy_from_slice(&from);
        }
        IpAddr::V6(Ipv6Addr::from(octets))
    } else {
        IpAddr::V4(Ipv4Addr::from(a))
    }
}

/// Whether a session with this address may be on a wire.
fn wire_address(addr: IpAddr) -> bool {
    match addr {
        IpAddr::V4(v4) => {
            !(v4.is_unspecified() || v4.is_loopback() || v4.is_multicast() || v4.is_broadcast())
        }
        IpAddr::V6(v6) => {
            !(v6.is_unspecified()
                || v6.is_loopback()
                || v6.is_multicast()
                || v6.to_ipv4_mapped().is_some())
        }
    }
}

impl Placement {
    /// Limits that the contract sets.
    pub(crate) fn validate(&self) -> Result<(), ImageError> {
        let low = |addr: IpAddr| u64::from(addr_words(addr)[0]);
        check(
            wire_address(self.local),
            "laddr",
            low(self.local),
            "a unicast address, not loopback",
        )?;
        check(
            wire_address(self.remote),
            "raddr",
            low(self.remote),
            "a unicast address, not loopback",
        )?;
        check(self.lport != 0, "lport", self.lport, "not 0")?;
        check(self.rport != 0, "rport", self.rport, "not 0")?;
        check(self.ttl != 0, "ttl", self.ttl, "not 0")?;
        check(self.tos & 3 == 0, "tos", self.tos, "without ECN bits")?;
        check(self.flow_label < 1 << 20, "flow_label", self.flow_label, "20 bits")?;
        for (ring, log2, base) in
            [(&self.tx, "tx_ring_log2", "tx_ring"), (&self.rx, "rx_ring_log2", "rx_ring")]
        {
            check((12..=30).contains(&ring.log2), log2, ring.log2, "12..=30")?;
            check(ring.iova.is_multiple_of(4096), base, ring.iova, "a multiple of 4096")?;
            let end = ring.iova.checked_add(u64::from(ring.size()));
            check(end.is_some(), base, ring.iova, "below the end of the address space")?;
        }
        Ok(())
    }
}

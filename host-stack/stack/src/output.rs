// SPDX-License-Identifier: Apache-2.0
//! Frames at the edge of the stack: what comes in with its verdicts, what goes out with its requests.

use std::net::IpAddr;

use crate::addr::{MacAddr, is_unicast, never_on_wire};
use crate::family::admit;
use crate::iface::IfId;

/// Verdict of the device on one checksum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// Not looked at: software checks.
    #[default]
    NotChecked,
    /// Correct, pseudo-header included.
    Good,
    /// Wrong: the packet is dropped and counted.
    Bad,
}

/// A received frame.
#[derive(Clone, Copy, Debug)]
pub struct RxFrame<'a> {
    /// The whole frame from the destination address on, without FCS; the bare IP packet on point-to-point links.
    pub bytes: &'a [u8],
    /// Verdict on the IPv4 header checksum.
    pub ip_csum: Verdict,
    /// Verdict on the TCP or UDP checksum; never believed for fragments (S-CSUM-3).
    pub l4_csum: Verdict,
    /// A VLAN tag that the device has taken out of the frame.
    pub vlan: Option<u16>,
}

impl<'a> RxFrame<'a> {
    /// A frame without any verdict.
    #[must_use]
    pub fn unchecked(bytes: &'a [u8]) -> Self {
        Self { bytes, ip_csum: Verdict::NotChecked, l4_csum: Verdict::NotChecked, vlan: None }
    }
}

/// What the device has to do to a frame. Offsets count from the first byte of the frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TxOffload {
    /// Insert the TCP or UDP checksum; its field is zero in the frame.
    pub l4_csum: bool,
    /// Insert the IPv4 header checksum; its field is zero in the frame.
    pub ip_csum: bool,
    /// Cut the payload into segments of this many bytes.
    pub tso_mss: Option<u16>,
    /// Insert this VLAN tag.
    pub vlan: Option<u16>,
    /// The network header is IPv6.
    pub ipv6: bool,
    /// The transport is UDP, else TCP.
    pub udp: bool,
    /// Bytes of all headers.
    pub hdr_len: u8,
    /// Offset of the network header.
    pub l3_off: u8,
    /// Offset of the transport header.
    pub l4_off: u8,
}

/// A frame to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TxFrame {
    /// The port it leaves by (never a VLAN interface).
    pub port: IfId,
    /// The frame.
    pub bytes: Vec<u8>,
    /// Requests to the device.
    pub offload: TxOffload,
}

/// Bytes before the network header in [`Frame::bytes`]: room for the Ethernet header.
pub(crate) const L2: usize = 14;

/// A packet on its way out, before its link header is known.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// `L2` bytes of room, then the IP packet.
    pub bytes: Vec<u8>,
    pub offload: TxOffload,
    /// The interface it goes out of.
    pub iface: IfId,
}

impl Frame {
    pub(crate) fn ip(&self) -> &[u8] {
        self.bytes.get(L2..).unwrap_or(&[])
    }
}

/// Writes the link header.
pub(crate) fn write_ethernet(bytes: &mut [u8], dst: MacAddr, src: MacAddr, ethertype: u16) {
    if let Some(header) = bytes.get_mut(..L2) {
        header[..6].copy_from_slice(&dst.0);
        header[6..12].copy_from_slice(&src.0);
        header[12..14].copy_from_slice(&ethertype.to_be_bytes());
    }
}

/// Puts an 802.1Q tag into a frame, for devices that do not.
pub(crate) fn insert_vlan(bytes: &mut Vec<u8>, vid: u16) {
    let tag = [0x81, 0x00, (vid >> 8) as u8 & 0x0f, (vid & 0xff) as u8];
    if bytes.len() >= 12 {
        bytes.splice(12..12, tag);
    }
}

/// Source and destination of an IP packet.
pub(crate) fn ip_addrs(packet: &[u8]) -> Option<(IpAddr, IpAddr)> {
    match packet.first()? >> 4 {
        4 => {
            let src: [u8; 4] = packet.get(12..16)?.try_into().ok()?;
            let dst: [u8; 4] = packet.get(16..20)?.try_into().ok()?;
            Some((src.into(), dst.into()))
        }
        6 => {
            let src: [u8; 16] = packet.get(8..24)?.try_into().ok()?;
            let dst: [u8; 16] = packet.get(24..40)?.try_into().ok()?;
            Some((src.into(), dst.into()))
        }
        _ => None,
    }
}

/// The last look at a packet before the wire (S-SCOPE-2): loopback, v4-mapped and unspecified addresses stay inside,
/// and so do multicast sources and packets of a family that this build lacks (S-CFG-1). The unspecified source of address detection and DHCP may pass towards groups.
pub(crate) fn egress_allowed(packet: &[u8]) -> bool {
    let Some((src, dst)) = ip_addrs(packet) else { return false };
    if admit(src).is_err() {
        return false;
    }
    if never_on_wire(src) || never_on_wire(dst) || dst.is_unspecified() || src.is_multicast() {
        return false;
    }
    !src.is_unspecified() || !is_unicast(dst)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S-CFG-1: whatever builds a packet of an absent family, it stays inside.
    #[test]
    fn packets_leave_in_the_families_of_the_build() {
        let mut v4 = [0; 20];
        (v4[0], v4[12], v4[16]) = (0x45, 10, 10);
        let mut v6 = [0; 40];
        (v6[0], v6[8], v6[24]) = (0x60, 0xfd, 0xfd);
        assert_eq!(egress_allowed(&v4), cfg!(feature = "ipv4"));
        assert_eq!(egress_allowed(&v6), cfg!(feature = "ipv6"));
        assert!(!egress_allowed(&[0; 40]), "of no version");
    }
}

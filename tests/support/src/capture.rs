// SPDX-License-Identifier: Apache-2.0
//! Reads a capture back: which TCP segments were on the wire, and when.

use std::io::Read;
use std::net::{IpAddr, SocketAddr};

use pcap_file::pcapng::blocks::enhanced_packet::EnhancedPacketOption;
use pcap_file::pcapng::{Block, PcapNgReader};
use smoltcp::wire::{
    ArpOperation, ArpPacket, EthernetFrame, EthernetProtocol, IpProtocol, Ipv4Packet, Ipv6Packet,
    TcpOption, TcpPacket,
};

/// A TCP segment on the wire, as one side saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// When, in nanoseconds of the world's time.
    pub time: u64,
    /// Seen at the peers' side of the wire, not at the engine's MAC.
    pub at_peer: bool,
    /// Sent by that side, not received by it.
    pub outbound: bool,
    /// A checksum or the FCS is wrong: whoever received it cannot have taken it.
    pub damaged: bool,
    /// The end at that side.
    pub local: SocketAddr,
    /// The other one.
    pub remote: SocketAddr,
    /// Sequence number.
    pub seq: u32,
    /// Acknowledgement number, where the segment has one.
    pub ack: Option<u32>,
    /// The raw window field.
    pub window: u16,
    /// Window scale option.
    pub scale: Option<u8>,
    /// SACK blocks.
    pub sacks: Vec<(u32, u32)>,
    /// SYN.
    pub syn: bool,
    /// FIN.
    pub fin: bool,
    /// RST.
    pub rst: bool,
    /// Payload bytes.
    pub len: u32,
}

impl Segment {
    /// Sequence number after this segment.
    #[must_use]
    pub fn end(&self) -> u32 {
        self.seq
            .wrapping_add(self.len)
            .wrapping_add(u32::from(self.syn))
            .wrapping_add(u32::from(self.fin))
    }
}

/// What a frame is, as far as tests and the demonstration care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Packet {
    /// A TCP segment.
    Tcp(Segment),
    /// ARP.
    Arp {
        /// When.
        time: u64,
        /// Sent by us.
        outbound: bool,
        /// A request.
        request: bool,
        /// About the sender itself: nobody need answer.
        announcement: bool,
    },
    /// Anything else.
    Other {
        /// When.
        time: u64,
    },
}

/// The capture cannot be read.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the capture cannot be read: {0}")]
pub struct ReadError(String);

/// The interface of the peers' side in captures of a world.
const PEER_SIDE: u32 = 1;

/// All packets of a capture in pcapng, in order of time.
///
/// # Errors
/// [`ReadError`]: not a capture, or cut short.
pub fn read(source: impl Read) -> Result<Vec<Packet>, ReadError> {
    let wrong = |e: pcap_file::PcapError| ReadError(e.to_string());
    let mut reader = PcapNgReader::new(source).map_err(wrong)?;
    let mut packets = Vec::new();
    while let Some(block) = reader.next_block() {
        let Block::EnhancedPacket(block) = block.map_err(wrong)? else { continue };
        // Bits 0 and 1 of the flags: 1 received, 2 sent.
        let outbound = block
            .options
            .iter()
            .any(|o| matches!(o, EnhancedPacketOption::Flags(flags) if flags & 3 == 2));
        let time = u64::try_from(block.timestamp.as_nanos()).unwrap_or(u64::MAX);
        let mut packet = parse(time, outbound, &block.data).unwrap_or(Packet::Other { time });
        if let Packet::Tcp(segment) = &mut packet {
            segment.at_peer = block.interface_id == PEER_SIDE;
            segment.damaged |= block.options.iter().any(
                |o| matches!(o, EnhancedPacketOption::Comment(text) if text.contains("bad FCS")),
            );
        }
        packets.push(packet);
    }
    Ok(packets)
}

/// What a frame at the engine's MAC is; `None` for what is neither ARP nor TCP.
#[must_use]
pub fn parse(time: u64, outbound: bool, frame: &[u8]) -> Option<Packet> {
    let frame = EthernetFrame::new_checked(frame).ok()?;
    let payload = frame.payload();
    match frame.ethertype() {
        EthernetProtocol::Arp => {
            let arp = ArpPacket::new_checked(payload).ok()?;
            let request = arp.operation() == ArpOperation::Request;
            let announcement = arp.source_protocol_addr() == arp.target_protocol_addr();
            Some(Packet::Arp { time, outbound, request, announcement })
        }
        EthernetProtocol::Ipv4 => {
            let ip = Ipv4Packet::new_checked(payload).ok()?;
            if ip.next_header() != IpProtocol::Tcp || ip.frag_offset() != 0 || ip.more_frags() {
                return None;
            }
            let ends = (IpAddr::V4(ip.src_addr()), IpAddr::V4(ip.dst_addr()));
            let mut segment = segment(time, outbound, ends, ip.payload())?;
            segment.damaged |= !ip.verify_checksum();
            Some(Packet::Tcp(segment))
        }
        EthernetProtocol::Ipv6 => {
            let ip = Ipv6Packet::new_checked(payload).ok()?;
            if ip.next_header() != IpProtocol::Tcp {
                return None;
            }
            let ends = (IpAddr::V6(ip.src_addr()), IpAddr::V6(ip.dst_addr()));
            segment(time, outbound, ends, ip.payload()).map(Packet::Tcp)
        }
        EthernetProtocol::Unknown(_) => None,
    }
}

fn segment(
    time: u64,
    outbound: bool,
    (from, to): (IpAddr, IpAddr),
    bytes: &[u8],
) -> Option<Segment> {
    let tcp = TcpPacket::new_checked(bytes).ok()?;
    let (mut scale, mut sacks) = (None, Vec::new());
    let mut options = tcp.options();
    while !options.is_empty() {
        let Ok((rest, option)) = TcpOption::parse(options) else { break };
        match option {
            TcpOption::EndOfList => break,
            TcpOption::WindowScale(shift) => scale = Some(shift),
            TcpOption::SackRange(blocks) => sacks.extend(blocks.into_iter().flatten()),
            _ => {}
        }
        options = rest;
    }
    let (source, destination) =
        (SocketAddr::new(from, tcp.src_port()), SocketAddr::new(to, tcp.dst_port()));
    let (local, remote) = if outbound { (source, destination) } else { (destination, source) };
    Some(Segment {
        time,
        at_peer: false,
        outbound,
        damaged: !tcp.verify_checksum(&from.into(), &to.into()),
        local,
        remote,
        seq: u32::from_be_bytes(tcp.seq_number().0.to_be_bytes()),
        ack: tcp.ack().then(|| u32::from_be_bytes(tcp.ack_number().0.to_be_bytes())),
        window: tcp.window_len(),
        scale,
        sacks,
        syn: tcp.syn(),
        fin: tcp.fin(),
        rst: tcp.rst(),
        len: u32::try_from(tcp.payload().len()).unwrap_or(0),
    })
}

/// A small writer of frames, for tests.
#[cfg(test)]
pub(crate) mod testing {
    use super::{IpAddr, IpProtocol};
    use smoltcp::phy::ChecksumCapabilities;
    use smoltcp::wire::{
        EthernetAddress, EthernetFrame, EthernetProtocol, Ipv4Packet, Ipv4Repr, TcpControl,
        TcpPacket, TcpRepr, TcpSeqNumber,
    };

    /// 10.0.0.1:80 → 10.0.0.2:5000 with these bytes.
    pub(crate) fn frame(seq: i32, ack: i32, control: TcpControl, payload: &[u8]) -> Vec<u8> {
        let addresses = ([10, 0, 0, 1].into(), [10, 0, 0, 2].into());
        let tcp = TcpRepr {
            src_port: 80,
            dst_port: 5000,
            control,
            seq_number: TcpSeqNumber(seq),
            ack_number: Some(TcpSeqNumber(ack)),
            window_len: 1000,
            window_scale: (control == TcpControl::Syn).then_some(7),
            max_seg_size: None,
            sack_permitted: false,
            sack_ranges: [Some((7, 9)), None, None],
            timestamp: None,
            payload,
        };
        let ip = Ipv4Repr {
            src_addr: addresses.0,
            dst_addr: addresses.1,
            next_header: IpProtocol::Tcp,
            payload_len: tcp.buffer_len(),
            hop_limit: 64,
        };
        let mut bytes = vec![0; 14 + ip.buffer_len() + tcp.buffer_len()];
        let mut eth = EthernetFrame::new_unchecked(&mut bytes);
        eth.set_src_addr(EthernetAddress([2, 0, 0, 0, 0, 1]));
        eth.set_dst_addr(EthernetAddress([2, 0, 0, 0, 0, 2]));
        eth.set_ethertype(EthernetProtocol::Ipv4);
        let mut packet = Ipv4Packet::new_unchecked(eth.payload_mut());
        ip.emit(&mut packet, &ChecksumCapabilities::default());
        let (src, dst) = (IpAddr::V4(addresses.0).into(), IpAddr::V4(addresses.1).into());
        tcp.emit(
            &mut TcpPacket::new_unchecked(packet.payload_mut()),
            &src,
            &dst,
            &ChecksumCapabilities::default(),
        );
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use smoltcp::wire::TcpControl;

    #[test]
    fn reads_a_segment() {
        let mut bytes = testing::frame(-5, 77, TcpControl::Fin, &[1; 100]);
        bytes.resize(bytes.len() + 6, 0); // padding is not payload
        let Some(Packet::Tcp(s)) = parse(9, true, &bytes) else { panic!("a TCP segment") };
        assert_eq!((s.time, s.outbound, s.len, s.fin, s.syn), (9, true, 100, true, false));
        assert_eq!(s.local, SocketAddr::from(([10, 0, 0, 1], 80)));
        assert_eq!(s.remote, SocketAddr::from(([10, 0, 0, 2], 5000)));
        assert_eq!((s.seq, s.ack, s.end()), (u32::MAX - 4, Some(77), 96));
        assert_eq!(s.sacks, [(7, 9)]);
        assert!(!s.damaged);
    }

    #[test]
    fn a_wrong_bit_is_damage() {
        let good = testing::frame(1, 1, TcpControl::None, &[1; 10]);
        for byte in [30, 50, good.len() - 1] {
            let mut bytes = good.clone();
            bytes[byte] ^= 4;
            let Some(Packet::Tcp(s)) = parse(0, true, &bytes) else { panic!("a TCP segment") };
            assert!(s.damaged, "byte {byte}");
        }
    }

    #[test]
    fn cut_frames_are_nothing() {
        let bytes = testing::frame(1, 1, TcpControl::None, &[1; 10]);
        for len in 0..bytes.len() {
            assert_eq!(parse(0, true, &bytes[..len]), None, "{len} bytes");
        }
    }

    #[test]
    fn not_a_capture() {
        assert!(read(&b"not a capture at all, not even nearly"[..]).is_err());
    }
}

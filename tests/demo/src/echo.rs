// SPDX-License-Identifier: Apache-2.0
//! A `ping` in few lines, for machines that have none: three echo requests from a raw socket of the kernel, which a
//! namespace of one's own allows.

use std::io::{self, Read};
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use socket2::{Domain, Protocol, SockAddr, Type};

const COUNT: u16 = 3;
const IDENT: u16 = 0x70e5;
const TIMEOUT: Duration = Duration::from_secs(10);

/// Internet checksum.
fn checksum(bytes: &[u8]) -> u16 {
    let mut sum: u32 = 0;
    for pair in bytes.chunks(2) {
        sum += u32::from(u16::from_be_bytes([pair[0], pair.get(1).copied().unwrap_or(0)]));
    }
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !u16::try_from(sum).unwrap_or(0)
}

fn request(sequence: u16, ipv6: bool) -> Vec<u8> {
    let kind = if ipv6 { 128 } else { 8 };
    let mut packet = vec![kind, 0, 0, 0];
    packet.extend_from_slice(&IDENT.to_be_bytes());
    packet.extend_from_slice(&sequence.to_be_bytes());
    packet.extend_from_slice(b"OpenTOE echo request");
    if !ipv6 {
        // For IPv6 the kernel does it.
        let sum = checksum(&packet).to_be_bytes();
        packet[2..4].copy_from_slice(&sum);
    }
    packet
}

fn is_reply(packet: &[u8], sequence: u16, ipv6: bool) -> bool {
    // IPv4 raw sockets deliver the IP header too.
    let icmp = if ipv6 {
        packet
    } else {
        let header = packet.first().map_or(0, |b| usize::from(b & 15) * 4);
        packet.get(header..).unwrap_or(&[])
    };
    let kind = if ipv6 { 129 } else { 0 };
    icmp.len() >= 8
        && icmp[0] == kind
        && icmp[4..6] == IDENT.to_be_bytes()
        && icmp[6..8] == sequence.to_be_bytes()
}

/// Sends three echo requests and waits for each reply.
///
/// # Errors
/// No socket, or no reply in ten seconds.
pub fn run(address: IpAddr) -> io::Result<()> {
    let ipv6 = address.is_ipv6();
    let (domain, protocol) =
        if ipv6 { (Domain::IPV6, Protocol::ICMPV6) } else { (Domain::IPV4, Protocol::ICMPV4) };
    let mut socket = socket2::Socket::new(domain, Type::RAW, Some(protocol))?;
    socket.set_read_timeout(Some(TIMEOUT))?;
    socket.connect(&SockAddr::from(SocketAddr::new(address, 0)))?;
    for sequence in 1..=COUNT {
        let sent = Instant::now();
        socket.send(&request(sequence, ipv6))?;
        let mut packet = [0; 2048];
        loop {
            let length = socket.read(&mut packet)?;
            if is_reply(&packet[..length], sequence, ipv6) {
                println!("reply {sequence} from {address} after {:?}", sent.elapsed());
                break;
            }
            if sent.elapsed() > TIMEOUT {
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_and_replies() {
        let packet = request(7, false);
        assert_eq!(checksum(&packet), 0);
        let mut reply = vec![0x45; 20];
        reply.extend_from_slice(&packet);
        assert!(!is_reply(&reply, 7, false), "that is the request");
        reply[20] = 0;
        assert!(is_reply(&reply, 7, false) && !is_reply(&reply, 8, false));
        let mut reply = request(9, true);
        reply[0] = 129;
        assert!(is_reply(&reply, 9, true));
        assert!(!is_reply(&[], 9, true) && !is_reply(&[], 9, false));
    }
}

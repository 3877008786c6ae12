// SPDX-License-Identifier: Apache-2.0
//! The Toeplitz hash of received frames (Microsoft RSS).

use std::net::IpAddr;

/// `data` under `key`: bit i of the data adds key bits i..i+32.
pub(crate) fn toeplitz(key: &[u8; 40], data: &[u8]) -> u32 {
    let mut window = u32::from_be_bytes([key[0], key[1], key[2], key[3]]);
    let mut next = key[4..].iter();
    let mut hash = 0;
    for byte in data {
        let incoming = next.next().copied().unwrap_or(0);
        for bit in (0..8).rev() {
            if byte >> bit & 1 == 1 {
                hash ^= window;
            }
            window = window << 1 | u32::from(incoming >> bit & 1);
        }
    }
    hash
}

/// Source and destination address, and the ports where they count.
pub(crate) fn input(src: IpAddr, dst: IpAddr, ports: Option<(u16, u16)>) -> Vec<u8> {
    let mut data = Vec::with_capacity(36);
    for addr in [src, dst] {
        match addr {
            IpAddr::V4(v4) => data.extend_from_slice(&v4.octets()),
            IpAddr::V6(v6) => data.extend_from_slice(&v6.octets()),
        }
    }
    if let Some((sport, dport)) = ports {
        data.extend_from_slice(&sport.to_be_bytes());
        data.extend_from_slice(&dport.to_be_bytes());
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of the published verification suite.
    const KEY: [u8; 40] = [
        0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2, 0x41, 0x67, 0x25, 0x3d, 0x43, 0xa3, 0x8f,
        0xb0, 0xd0, 0xca, 0x2b, 0xcb, 0xae, 0x7b, 0x30, 0xb4, 0x77, 0xcb, 0x2d, 0xa3, 0x80, 0x30,
        0xf2, 0x0c, 0x6a, 0x42, 0xb7, 0x3b, 0xbe, 0xac, 0x01, 0xfa,
    ];

    #[test]
    fn the_published_vectors_come_out() {
        let vectors = [
            ("66.9.149.187", 2794, "161.142.100.80", 1766, 0x323e_8fc2, 0x51cc_c178),
            ("199.92.111.2", 14230, "65.69.140.83", 4739, 0xd718_262a, 0xc626_b0ea),
            ("3ffe:2501:200:1fff::7", 2794, "3ffe:2501:200:3::1", 1766, 0x2cc1_8cd5, 0x4020_7d3d),
            ("3ffe:501:8::260:97ff:fe40:efab", 14230, "ff02::1", 4739, 0x0f0c_461c, 0xdde5_1bbf),
        ];
        for (src, sport, dst, dport, without, with) in vectors {
            let (src, dst) = (src.parse().unwrap(), dst.parse().unwrap());
            assert_eq!(toeplitz(&KEY, &input(src, dst, None)), without, "{src}");
            assert_eq!(toeplitz(&KEY, &input(src, dst, Some((sport, dport)))), with, "{src}");
        }
    }
}

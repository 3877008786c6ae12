// SPDX-License-Identifier: Apache-2.0
//! Which queue pair a session's frames arrive at, by the same hash as the device's (Toeplitz, Microsoft RSS).

use std::net::{IpAddr, SocketAddr};

use crate::driver::Driver;

/// Bit i of the data adds key bits i..i+32.
fn toeplitz(key: &[u8; 40], data: &[u8]) -> u32 {
    let bit = |bytes: &[u8], n: usize| bytes.get(n / 8).is_some_and(|b| b >> (7 - n % 8) & 1 == 1);
    (0..data.len() * 8)
        .filter(|n| bit(data, *n))
        .map(|n| (0..32).fold(0, |word, i| word << 1 | u32::from(bit(key, n + i))))
        .fold(0, |hash, word| hash ^ word)
}

fn octets(data: &mut Vec<u8>, ip: IpAddr) {
    match ip {
        IpAddr::V4(ip) => data.extend(ip.octets()),
        IpAddr::V6(ip) => data.extend(ip.octets()),
    }
}

/// The key that the options name, or one that nobody can know.
pub(crate) fn key(options: &crate::Options) -> Result<[u8; 40], crate::OpenError> {
    options.rss_key.map_or_else(
        || {
            let mut key = [0; 40];
            getrandom::fill(&mut key).map(|()| key).map_err(crate::OpenError::NoRandomness)
        },
        Ok,
    )
}

/// The bucket of a queue pair among `queues`, as set-up programs it.
pub(crate) fn spread(table: Option<&[u8; 128]>, bucket: usize, queues: usize) -> u8 {
    match table.and_then(|table| table.get(bucket)) {
        // A queue that is not there would swallow frames.
        Some(queue) if usize::from(*queue) < queues => *queue,
        _ => u8::try_from(bucket % queues.max(1)).unwrap_or(0),
    }
}

impl Driver {
    /// The queue pair at which TCP segments from `remote` to `local` arrive while they are the host's: a session's best
    /// place, so that all about it is in one queue pair's memory whoever has it (S-PCBG-1).
    #[must_use]
    pub fn queue_of(&self, local: SocketAddr, remote: SocketAddr) -> u16 {
        let mut data = Vec::with_capacity(36);
        octets(&mut data, remote.ip());
        octets(&mut data, local.ip());
        data.extend(remote.port().to_be_bytes());
        data.extend(local.port().to_be_bytes());
        let bucket = toeplitz(&self.rss_key, &data) & 127;
        let table = self.options.rss_indirection.as_ref();
        spread(table, bucket as usize, self.queue_pairs().into()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the published verification suite.
    #[test]
    fn published_vectors() {
        let key = crate::PUBLISHED_RSS_KEY;
        for (src, dst, hash) in [
            ("66.9.149.187:2794", "161.142.100.80:1766", 0x51cc_c178),
            ("199.92.111.2:14230", "65.69.140.83:4739", 0xc626_b0ea),
            ("[3ffe:2501:200:1fff::7]:2794", "[3ffe:2501:200:3::1]:1766", 0x4020_7d3d),
        ] {
            let (src, dst): (SocketAddr, SocketAddr) = (src.parse().unwrap(), dst.parse().unwrap());
            let mut data = Vec::new();
            octets(&mut data, src.ip());
            octets(&mut data, dst.ip());
            data.extend(src.port().to_be_bytes());
            data.extend(dst.port().to_be_bytes());
            assert_eq!(toeplitz(&key, &data), hash, "{src}");
        }
    }
}

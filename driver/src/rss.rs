// SPDX-License-Identifier: Apache-2.0
//! Which queue pair a session's frames arrive at, by the same hash as the device's (Toeplitz, Microsoft RSS).

use std::net::{IpAddr, SocketAddr};

use crate::driver::Driver;
use crate::error::DeviceLost;

/// Bit i of the data adds key bits i..i+32.
fn toeplitz(key: &[u8; 40], data: &[u8]) -> u32 {
    let (first, rest) = key.split_at(4);
    let mut window = first.iter().fold(0_u32, |word, b| word << 8 | u32::from(*b));
    let mut hash = 0;
    for (byte, next) in data.iter().zip(rest.iter().chain(std::iter::repeat(&0))) {
        for bit in (0..8).rev() {
            if byte >> bit & 1 == 1 {
                hash ^= window;
            }
            window = window << 1 | u32::from(next >> bit & 1);
        }
    }
    hash
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

/// Buckets of the indirection table.
pub const BUCKETS: usize = 128;

/// The device's rule: which frames come to which queue pair. A copy, as of when it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rss {
    key: [u8; 40],
    table: [u8; BUCKETS],
}

impl Rss {
    fn hashed(&self, data: &[u8]) -> usize {
        toeplitz(&self.key, data) as usize % BUCKETS
    }

    /// The bucket of TCP segments from `remote` to `local`, fragments apart.
    #[must_use]
    pub fn bucket(&self, local: SocketAddr, remote: SocketAddr) -> usize {
        let mut data = Vec::with_capacity(36);
        octets(&mut data, remote.ip());
        octets(&mut data, local.ip());
        data.extend(remote.port().to_be_bytes());
        data.extend(local.port().to_be_bytes());
        self.hashed(&data)
    }

    /// The bucket of all other IP packets between two addresses.
    #[must_use]
    pub fn bucket_of_pair(&self, local: IpAddr, remote: IpAddr) -> usize {
        let mut data = Vec::with_capacity(32);
        octets(&mut data, remote);
        octets(&mut data, local);
        self.hashed(&data)
    }

    /// Queue pair of each bucket.
    #[must_use]
    pub fn table(&self) -> &[u8; BUCKETS] {
        &self.table
    }
}

/// Why the indirection table stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IndirectionError {
    /// A bucket names a queue pair that is not there: its frames would be lost.
    #[error("bucket {bucket} names queue pair {queue}, of {queues}")]
    BadQueue {
        /// Which bucket.
        bucket: usize,
        /// What it names.
        queue: u8,
        /// How many there are.
        queues: u16,
    },
    /// The device is lost.
    #[error(transparent)]
    Lost(#[from] DeviceLost),
}

impl Driver {
    /// Which frames come to which queue pair now.
    #[must_use]
    pub fn rss(&self) -> Rss {
        let table = self.options.rss_indirection.as_ref();
        let queues = self.queue_pairs().into();
        let mut to = [0; BUCKETS];
        for (bucket, queue) in to.iter_mut().enumerate() {
            *queue = spread(table, bucket, queues);
        }
        Rss { key: self.rss_key, table: to }
    }

    /// The queue pair at which TCP segments from `remote` to `local` arrive while they are the host's: a session's best
    /// place, so that all about it is in one queue pair's memory whoever has it (S-PCBG-1).
    #[must_use]
    pub fn queue_of(&self, local: SocketAddr, remote: SocketAddr) -> u16 {
        let rss = self.rss();
        rss.table[rss.bucket(local, remote)].into()
    }

    /// Whether [`Driver::set_indirection`] would take a table.
    ///
    /// # Errors
    /// [`IndirectionError`].
    pub fn check_indirection(&self, table: &[u8; BUCKETS]) -> Result<(), IndirectionError> {
        self.bar.alive()?;
        let queues = self.queue_pairs();
        match table.iter().enumerate().find(|(_, queue)| u16::from(**queue) >= queues) {
            Some((bucket, queue)) => {
                Err(IndirectionError::BadQueue { bucket, queue: *queue, queues })
            }
            None => Ok(()),
        }
    }

    /// Gives each bucket another queue pair, while frames arrive: those that the device has hashed already still come where
    /// the old table said. Sessions in the engine keep the queue pair that they were installed on. A reset keeps the table.
    ///
    /// # Errors
    /// [`IndirectionError`]; with a bad queue nothing has changed, a lost device gets the table at its reset.
    pub fn set_indirection(&mut self, table: &[u8; BUCKETS]) -> Result<(), IndirectionError> {
        match self.check_indirection(table) {
            Ok(()) | Err(IndirectionError::Lost(_)) => {}
            bad => return bad,
        }
        self.options.rss_indirection = Some(*table);
        Ok(crate::setup::program_indirection(&mut self.bar, table)?)
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

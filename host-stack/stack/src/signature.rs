// SPDX-License-Identifier: Apache-2.0
//! TCP MD5 signatures (RFC 2385, S-SIG-1): keys by peer address, as routing daemons want them.
//!
//! Where a key is set, every segment to that peer is signed and every one from it must be; where none is, a signed
//! segment is not for us. Digests are compared in constant time. Signed sessions stay in software: the engine knows
//! nothing of this option (S-TOE-4).

use std::net::IpAddr;
use std::sync::Arc;

use md5::{Digest, Md5};
use subtle::ConstantTimeEq;

use crate::family::{FamilyAbsent, admit};
use crate::rand::{Map, Prng};
use crate::wire::{IpPacket, PROTO_TCP};

/// Longest key, bytes.
pub const MAX_KEY: usize = 80;

/// Why a key is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// It is empty or too long.
    #[error("a TCP MD5 key has 1 to {MAX_KEY} bytes, this one {0}")]
    Length(usize),
    /// EAFNOSUPPORT: the build lacks the peer's address family, no session with it can be.
    #[error(transparent)]
    Family(#[from] FamilyAbsent),
}

/// What is wrong with a segment's signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    Missing,
    Unexpected,
    Wrong,
}

/// The keys.
pub(crate) struct Signatures {
    keys: Map<IpAddr, Arc<[u8]>>,
    /// Received segments are checked.
    pub verify: bool,
}

impl Signatures {
    pub(crate) fn new(verify: bool, rng: &mut Prng) -> Self {
        Self { keys: rng.map(), verify }
    }

    pub(crate) fn set(&mut self, peer: IpAddr, key: Option<&[u8]>) -> Result<(), KeyError> {
        admit(peer)?;
        match key {
            None => {
                self.keys.remove(&peer);
            }
            Some(key) if key.is_empty() || key.len() > MAX_KEY => {
                return Err(KeyError::Length(key.len()));
            }
            Some(key) => {
                self.keys.insert(peer, key.into());
            }
        }
        Ok(())
    }

    pub(crate) fn key(&self, peer: IpAddr) -> Option<Arc<[u8]>> {
        if self.keys.is_empty() { None } else { self.keys.get(&peer).cloned() }
    }

    /// `Ok(true)`: signed and right; `Ok(false)`: nothing to check.
    pub(crate) fn check(
        &self,
        ip: &IpPacket<'_>,
        digest_at: Option<usize>,
    ) -> Result<bool, Refused> {
        if !self.verify || self.keys.is_empty() && digest_at.is_none() {
            return Ok(false);
        }
        match (self.keys.get(&ip.src), digest_at) {
            (None, None) => Ok(false),
            (Some(_), None) => Err(Refused::Missing),
            (None, Some(_)) => Err(Refused::Unexpected),
            (Some(key), Some(at)) => {
                let carried = ip.payload.get(20 + at..20 + at + 16).ok_or(Refused::Wrong)?;
                let ours = digest(ip.src, ip.dst, ip.payload, key).ok_or(Refused::Wrong)?;
                if bool::from(ours[..].ct_eq(carried)) { Ok(true) } else { Err(Refused::Wrong) }
            }
        }
    }
}

/// The digest of a TCP segment (header and payload): pseudo-header, header without options and with a checksum of zero,
/// payload, key.
pub(crate) fn digest(src: IpAddr, dst: IpAddr, tcp: &[u8], key: &[u8]) -> Option<[u8; 16]> {
    let len = u32::try_from(tcp.len()).ok()?;
    let (header, offset) = (tcp.get(..20)?, usize::from(tcp.get(12)? >> 4) * 4);
    let mut md5 = Md5::new();
    match (src, dst) {
        (IpAddr::V4(s), IpAddr::V4(d)) => {
            md5.update(s.octets());
            md5.update(d.octets());
            md5.update([0, PROTO_TCP]);
            md5.update(u16::try_from(len).ok()?.to_be_bytes());
        }
        (IpAddr::V6(s), IpAddr::V6(d)) => {
            md5.update(s.octets());
            md5.update(d.octets());
            md5.update(len.to_be_bytes());
            md5.update([0, 0, 0, PROTO_TCP]);
        }
        _ => return None,
    }
    md5.update(&header[..16]);
    md5.update([0, 0]);
    md5.update(&header[18..20]);
    md5.update(tcp.get(offset.max(20)..)?);
    md5.update(key);
    Some(md5.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed apart, with Python's `hashlib` over the bytes that RFC 2385 §2.0 lists.
    #[test]
    fn digests_of_both_families() {
        let tcp = [
            0x9c, 0x40, 0x00, 0xb3, 0x00, 0x00, 0x03, 0xe8, 0x00, 0x00, 0x00, 0x00, 0xa0, 0x02,
            0xff, 0xff, 0x12, 0x34, 0x00, 0x00, // header, checksum 0x1234
            0x13, 0x12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 0,
            0, // options
            b'h', b'e', b'l', b'l', b'o',
        ];
        let hex = |d: Option<[u8; 16]>| d.unwrap().map(|b| format!("{b:02x}")).concat();
        let v4 = digest([192, 0, 2, 1].into(), [192, 0, 2, 2].into(), &tcp, b"secret");
        assert_eq!(hex(v4), "91e0e668f3c235040ef21750d76f5fc6");
        let v6 = |n: u16| IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, n]);
        assert_eq!(hex(digest(v6(1), v6(2), &tcp, b"secret")), "fe0d62efef1154490d1dc992da4aaffe");
        assert_eq!(digest(v6(1), v6(2), &tcp[..19], b"secret"), None, "shorter than a header");
    }
}

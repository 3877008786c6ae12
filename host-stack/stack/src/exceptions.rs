// SPDX-License-Identifier: Apache-2.0
//! Next-hop exceptions: what one destination learnt by redirect or "packet too big" (S-LNX-2, S-LNX-4).
//!
//! Keyed by destination only and bound to the route they were learnt on: a replaced route drops them by itself. Memory
//! is bounded whatever arrives: a fixed number of buckets under a keyed hash, a fixed depth each, oldest recycled.

use std::net::IpAddr;

use toe_tcp::Micros;

use crate::rand::SipKey;

/// Limits and lifetimes.
#[derive(Clone, Copy, Debug)]
pub struct ExceptionConfig {
    /// Number of buckets.
    pub buckets: usize,
    /// Entries a bucket holds.
    pub depth: usize,
    /// Lifetime of a redirect, µs.
    pub redirect_lifetime: u64,
    /// Lifetime of a path MTU, µs.
    pub pmtu_lifetime: u64,
    /// IPv4 path MTUs below this are not believed literally: this value is used and DF is cleared (S-MTU-2).
    pub min_pmtu4: u32,
}

impl Default for ExceptionConfig {
    fn default() -> Self {
        Self {
            buckets: 256,
            depth: 5,
            redirect_lifetime: 300_000_000,
            pmtu_lifetime: 600_000_000,
            min_pmtu4: 256,
        }
    }
}

/// A learnt path MTU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pmtu {
    /// The MTU to use.
    pub mtu: u32,
    /// Below the minimum: DF off.
    pub locked: bool,
    /// End of life.
    pub until: Micros,
}

/// What is known about one destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Destination.
    pub dst: IpAddr,
    /// The route it modifies.
    pub route_id: u64,
    /// Another first hop, with its end of life.
    pub gateway: Option<(IpAddr, Micros)>,
    /// A smaller path MTU.
    pub pmtu: Option<Pmtu>,
    stamp: Micros,
}

/// What a path MTU report led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PmtuOutcome {
    /// Lowered to this value.
    Lowered {
        /// The new path MTU.
        mtu: u32,
        /// DF must be cleared from now on.
        df_off: bool,
    },
    /// Larger than or equal to what is known: nothing changed.
    Ignored,
}

/// Next values of the plateau table, for routers that report no MTU (RFC 1191 §7, S-MTU-2).
const PLATEAUS: [u32; 12] =
    [65_535, 32_000, 17_914, 8_166, 4_352, 2_002, 1_492, 1_280, 1_006, 508, 296, 68];

/// The largest plateau below `len`.
#[must_use]
pub fn next_plateau(len: u32) -> u32 {
    PLATEAUS.into_iter().find(|p| *p < len).unwrap_or(68)
}

/// The table.
pub struct Exceptions {
    config: ExceptionConfig,
    key: SipKey,
    buckets: Vec<Vec<Exception>>,
    len: usize,
}

impl Exceptions {
    pub(crate) fn new(config: ExceptionConfig, key: SipKey) -> Self {
        let config = ExceptionConfig {
            buckets: config.buckets.max(1),
            depth: config.depth.max(1),
            ..config
        };
        Self { config, key, buckets: Vec::new(), len: 0 }
    }

    fn bucket(&self, dst: IpAddr) -> usize {
        let hash = match dst {
            IpAddr::V4(a) => self.key.hash(&a.octets()),
            IpAddr::V6(a) => self.key.hash(&a.octets()),
        };
        usize::try_from(hash % self.config.buckets as u64).unwrap_or(0)
    }

    /// The exception for `dst` learnt on `route_id`.
    #[must_use]
    pub fn find(&self, dst: IpAddr, route_id: u64) -> Option<&Exception> {
        self.buckets.get(self.bucket(dst))?.iter().find(|e| e.dst == dst && e.route_id == route_id)
    }

    /// All exceptions.
    pub fn iter(&self) -> impl Iterator<Item = &Exception> {
        self.buckets.iter().flatten()
    }

    /// Number of exceptions; never above buckets × depth.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn entry(&mut self, dst: IpAddr, route_id: u64, now: Micros) -> Option<&mut Exception> {
        if self.buckets.is_empty() {
            self.buckets.resize_with(self.config.buckets, Vec::new);
        }
        let depth = self.config.depth;
        let at = self.bucket(dst);
        let bucket = self.buckets.get_mut(at)?;
        let found = bucket.iter().position(|e| e.dst == dst);
        let index = if let Some(index) = found {
            index
        } else {
            if bucket.len() >= depth {
                let oldest =
                    bucket.iter().enumerate().min_by_key(|(_, e)| e.stamp).map_or(0, |(i, _)| i);
                bucket.swap_remove(oldest);
                self.len -= 1;
            }
            bucket.push(Exception { dst, route_id, gateway: None, pmtu: None, stamp: now });
            self.len += 1;
            bucket.len() - 1
        };
        let entry = bucket.get_mut(index)?;
        if entry.route_id != route_id {
            *entry = Exception { dst, route_id, gateway: None, pmtu: None, stamp: now };
        }
        entry.stamp = now;
        Some(entry)
    }

    /// Sends `dst` to `gateway` from now on.
    pub(crate) fn redirect(&mut self, now: Micros, dst: IpAddr, route_id: u64, gateway: IpAddr) {
        let until = Micros(now.0.saturating_add(self.config.redirect_lifetime));
        if let Some(entry) = self.entry(dst, route_id, now) {
            entry.gateway = Some((gateway, until));
        }
    }

    /// Lowers the path MTU of `dst`; `current` is the one in use (`df_off` included).
    pub(crate) fn lower_pmtu(
        &mut self,
        now: Micros,
        dst: IpAddr,
        route_id: u64,
        current: (u32, bool),
        reported: u32,
    ) -> PmtuOutcome {
        let (old, locked) = current;
        if locked || reported >= old {
            return PmtuOutcome::Ignored;
        }
        let (mtu, df_off) = match dst {
            IpAddr::V4(_) if reported < self.config.min_pmtu4 => {
                (old.min(self.config.min_pmtu4), true)
            }
            IpAddr::V4(_) => (reported, false),
            // RFC 8201 §4: a report below 1280 means 1280.
            IpAddr::V6(_) => (reported.max(1280), false),
        };
        if mtu >= old && !df_off {
            return PmtuOutcome::Ignored;
        }
        let until = Micros(now.0.saturating_add(self.config.pmtu_lifetime));
        match self.entry(dst, route_id, now) {
            Some(entry) => entry.pmtu = Some(Pmtu { mtu, locked: df_off, until }),
            None => return PmtuOutcome::Ignored,
        }
        PmtuOutcome::Lowered { mtu, df_off }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who knows the key gets one bucket, and nothing of the others.
    #[test]
    fn a_known_key_gets_one_bucket() {
        let mut table = Exceptions::new(ExceptionConfig::default(), SipKey::new(5, 6));
        let any = |n: u32| IpAddr::from(std::net::Ipv4Addr::from(0x0b00_0000 + n));
        let gateway = std::net::Ipv4Addr::LOCALHOST.into();
        for n in 0..2_000 {
            table.redirect(Micros(1), any(n), 1, gateway);
        }
        let target = table.bucket(any(0));
        for dst in (10_000..)
            .map(any)
            .filter(|a| table.bucket(*a) == target)
            .take(1_000)
            .collect::<Vec<_>>()
        {
            table.redirect(Micros(2), dst, 1, gateway);
        }
        assert_eq!(table.buckets[target].len(), ExceptionConfig::default().depth);
        for n in 0..2_000 {
            let kept = table.find(any(n), 1).is_some();
            assert!(
                kept || table.bucket(any(n)) == target
                    || table.buckets[table.bucket(any(n))].len()
                        == ExceptionConfig::default().depth,
                "{n}"
            );
            assert!(!kept || table.bucket(any(n)) != target, "{n}");
        }
    }

    /// Destinations in arithmetic rows find no bucket of their own: as many are kept as of random ones.
    #[test]
    fn chosen_addresses_find_no_bucket() {
        let mut rng = crate::rand::Prng::new(1);
        let config = ExceptionConfig::default();
        let most = config.buckets * config.depth;
        let kept = |next: &mut dyn FnMut(u32) -> u32| {
            let mut table = Exceptions::new(config, SipKey::new(5, 6));
            for n in 0..u32::try_from(most / 2).unwrap() {
                let dst = std::net::Ipv4Addr::from(next(n)).into();
                table.redirect(Micros(n.into()), dst, 1, std::net::Ipv4Addr::LOCALHOST.into());
            }
            table.len()
        };
        let random = kept(&mut |_| rng.next_u32());
        for step in [1, 256, 0x1_0000] {
            let chosen = kept(&mut |n| 0x0b00_0000u32.wrapping_add(n.wrapping_mul(step)));
            assert!(chosen * 100 > random * 90, "step {step}: {chosen}, at random {random}");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
//! Initial sequence numbers by RFC 6528 without a periodic timer (S-ISN-1).
//!
//! ISN = SipHash(4-tuple, secret) + offset. The offset grows by 4,096 plus a little chance on each use, and by 1 MiB a
//! second of elapsed time, computed when asked: an idle stack has nothing to wake up for.

use toe_tcp::{Micros, SeqNum};

use crate::addr::FourTuple;
use crate::rand::{Prng, SipKey};

/// Growth without use, bytes a second.
pub const ISN_BYTES_PER_SECOND: u64 = 1 << 20;

/// The generator of one stack.
#[derive(Debug)]
pub struct IsnGenerator {
    key: SipKey,
    /// 64 bits wide inside, so that "later" is an ordinary comparison.
    offset: u64,
    offset_old: u64,
    last: Micros,
}

impl IsnGenerator {
    pub(crate) fn new(rng: &mut Prng) -> Self {
        Self { key: rng.key(), offset: 0, offset_old: 0, last: Micros(0) }
    }

    /// How far it has grown.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// Grows to where another generator with this one's key is.
    pub(crate) fn raise(&mut self, offset: u64) {
        self.offset = self.offset.max(offset);
        self.offset_old = self.offset_old.max(offset);
    }

    /// The ISN for a new session between these endpoints.
    pub fn next(&mut self, now: Micros, tuple: &FourTuple, rng: &mut Prng) -> SeqNum {
        self.offset = self.offset.wrapping_add(4096 + (rng.next_u64() & 4095));
        if now.0 > self.last.0 {
            let elapsed = u128::from(now.0 - self.last.0);
            let growth = elapsed * u128::from(ISN_BYTES_PER_SECOND) / 1_000_000;
            let projected =
                self.offset_old.saturating_add(u64::try_from(growth).unwrap_or(u64::MAX));
            self.offset = self.offset.max(projected);
            self.offset_old = self.offset;
            self.last = now;
        }
        let hash = self.key.hash(&tuple.key_bytes());
        SeqNum((hash as u32).wrapping_add(self.offset as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::addr::Endpoint;
    use std::net::Ipv4Addr;

    fn tuple(port: u16) -> FourTuple {
        FourTuple {
            local: Endpoint::new(Ipv4Addr::new(10, 0, 0, 1).into(), port),
            remote: Endpoint::new(Ipv4Addr::new(10, 0, 0, 2).into(), 80),
        }
    }

    #[test]
    fn grows_one_mebibyte_a_second() {
        let mut rng = Prng::new(1);
        let mut isn = IsnGenerator::new(&mut rng);
        let t = tuple(1000);
        let first = isn.next(Micros(1_000_000), &t, &mut rng);
        let mut total = 0u64;
        let mut before = first;
        for minute in 1..=60u64 {
            let next = isn.next(Micros(1_000_000 + minute * 60_000_000), &t, &mut rng);
            total += u64::from(next - before);
            before = next;
        }
        let expected = 3600 * ISN_BYTES_PER_SECOND;
        assert!(total.abs_diff(expected) < expected / 100, "{total} for {expected}");
    }

    #[test]
    fn strictly_increases_for_one_tuple_and_differs_between_tuples() {
        let mut rng = Prng::new(2);
        let mut isn = IsnGenerator::new(&mut rng);
        let mut before = isn.next(Micros(0), &tuple(1), &mut rng);
        for i in 1..10_000u64 {
            let next = isn.next(Micros(i * 10), &tuple(1), &mut rng);
            assert!(next.after(before));
            before = next;
        }
        assert_ne!(isn.next(Micros(5), &tuple(2), &mut rng).0 >> 16, before.0 >> 16);
    }
}

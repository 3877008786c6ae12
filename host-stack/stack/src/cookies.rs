// SPDX-License-Identifier: Apache-2.0
//! SYN cookies (S-SYN-3) with SipHash.
//!
//! ISS = `digest[25] | MSS index[3] | rotation[3] | secret parity[1]`. Where timestamps are in use, the timestamp of the
//! SYN|ACK carries `digest[22] | peer's scale[4] | our scale[4] | SACK[1] | ECN[1]`, masked. Two secrets alternate every
//! 16 s: a cookie is accepted for 16 to 32 s and never longer.

use toe_tcp::{Micros, SeqNum};

use crate::addr::FourTuple;
use crate::rand::{Prng, SipKey};

const ROTATION: u64 = 16_000_000;
const MSS_TABLE: [u16; 8] = [0, 256, 468, 536, 996, 1452, 1460, 8960];
const NO_SCALE: u32 = 15;

/// What a cookie remembers of the SYN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookieParams {
    /// Peer's MSS, rounded down to the table.
    pub mss: u16,
    /// Window scales (peer's, ours), where negotiated; known only with timestamps.
    pub scales: Option<(u8, u8)>,
    /// SACK permitted; known only with timestamps.
    pub sack: bool,
    /// ECN negotiated; known only with timestamps.
    pub ecn: bool,
}

/// The secrets of one stack.
#[derive(Debug)]
pub struct Cookies {
    /// The secrets come of this one: stacks with the same take each other's cookies ([`crate::shard`]).
    master: SipKey,
    secrets: [SipKey; 2],
    epoch: u64,
    rng: Prng,
}

impl Cookies {
    pub(crate) fn new(rng: &mut Prng) -> Self {
        let master = rng.key();
        Self {
            master,
            secrets: [Self::secret(&master, 0), Self::secret(&master, u64::MAX)],
            epoch: 0,
            rng: Prng::new(u128::from(rng.next_u64()) << 64 | u128::from(rng.next_u64())),
        }
    }

    /// The secret of a span of 16 s.
    fn secret(master: &SipKey, epoch: u64) -> SipKey {
        let word = |n: u8| {
            let mut data = [n; 9];
            data[..8].copy_from_slice(&epoch.to_le_bytes());
            master.hash(&data)
        };
        SipKey::new(word(0), word(1))
    }

    fn rotate(&mut self, now: Micros) -> usize {
        let epoch = now.0 / ROTATION;
        if epoch > self.epoch {
            for e in [epoch - 1, epoch] {
                self.secrets[usize::from(e & 1 == 1)] = Self::secret(&self.master, e);
            }
            self.epoch = epoch;
        }
        usize::from(self.epoch & 1 == 1)
    }

    fn digest(&self, parity: usize, tuple: &FourTuple, irs: SeqNum, domain: u8, word: u32) -> u64 {
        let mut data = [0; 53];
        data[..44].copy_from_slice(&tuple.key_bytes());
        data[44..48].copy_from_slice(&irs.0.to_be_bytes());
        data[48..52].copy_from_slice(&word.to_be_bytes());
        data[52] = domain;
        self.secrets[parity & 1].hash(&data)
    }

    /// The ISS that stands for a SYN, and the timestamp of the SYN|ACK.
    pub fn make(
        &mut self,
        now: Micros,
        tuple: &FourTuple,
        irs: SeqNum,
        p: &CookieParams,
    ) -> (SeqNum, u32) {
        let parity = self.rotate(now);
        let index = MSS_TABLE.iter().rposition(|m| *m <= p.mss).unwrap_or(0);
        let low = u32::try_from(index << 4 | parity).unwrap_or(0)
            | (u32::try_from(self.rng.below(4)).unwrap_or(0) << 1)
            // Top rotation bit: nothing was agreed on that only timestamps could bring back.
            | u32::from(p.scales.is_none() && !p.sack && !p.ecn) << 3;
        let iss = (self.digest(parity, tuple, irs, 1, low) as u32) << 7 | low;
        let (theirs, ours) =
            p.scales.map_or((NO_SCALE, NO_SCALE), |(t, o)| (t.min(14).into(), o.min(14).into()));
        let data = theirs << 6 | ours << 2 | u32::from(p.sack) << 1 | u32::from(p.ecn);
        let ts = (self.digest(parity, tuple, irs, 2, iss ^ data) as u32) << 10 | data;
        let mask = self.digest(parity, tuple, irs, 3, iss) as u32;
        (SeqNum(iss), ts ^ mask)
    }

    /// Checks the acknowledgement of a cookie: `iss` is its SEG.ACK − 1, `irs` its SEG.SEQ − 1, `ts_ecr` its echoed
    /// timestamp if it has one.
    pub fn verify(
        &mut self,
        now: Micros,
        tuple: &FourTuple,
        irs: SeqNum,
        iss: SeqNum,
        ts_ecr: Option<u32>,
    ) -> Option<CookieParams> {
        self.rotate(now);
        let parity = (iss.0 & 1) as usize;
        let low = iss.0 & 0x7f;
        if (self.digest(parity, tuple, irs, 1, low) as u32) << 7 | low != iss.0 {
            return None;
        }
        let mss = MSS_TABLE[(low >> 4 & 7) as usize];
        let Some(ecr) = ts_ecr else {
            if low & 8 == 0 {
                return None;
            }
            return Some(CookieParams { mss, scales: None, sack: false, ecn: false });
        };
        let ts = ecr ^ (self.digest(parity, tuple, irs, 3, iss.0) as u32);
        let data = ts & 0x3ff;
        if (self.digest(parity, tuple, irs, 2, iss.0 ^ data) as u32) << 10 | data != ts {
            return None;
        }
        let (theirs, ours) = (data >> 6 & 15, data >> 2 & 15);
        let scale = |s: u32| u8::try_from(s).unwrap_or(0);
        Some(CookieParams {
            mss,
            scales: (theirs != NO_SCALE && ours != NO_SCALE).then(|| (scale(theirs), scale(ours))),
            sack: data & 2 != 0,
            ecn: data & 1 != 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::addr::Endpoint;
    use proptest::prelude::*;
    use std::net::Ipv4Addr;

    fn tuple(a: u32, port: u16) -> FourTuple {
        FourTuple {
            local: Endpoint::new(Ipv4Addr::new(10, 0, 0, 1).into(), 80),
            remote: Endpoint::new(Ipv4Addr::from(a).into(), port),
        }
    }

    proptest! {
        #[test]
        fn round_trip(a: u32, port: u16, irs: u32, mss: u16, t in 0u8..15, o in 0u8..15, scaled: bool, sack: bool, ecn: bool, seed: u64, now in 0u64..1_000_000_000) {
            let mut c = Cookies::new(&mut Prng::new(u128::from(seed)));
            let p = CookieParams { mss, scales: scaled.then_some((t, o)), sack, ecn };
            let (iss, ts) = c.make(Micros(now), &tuple(a, port), SeqNum(irs), &p);
            let got = c.verify(Micros(now + 15_000_000), &tuple(a, port), SeqNum(irs), iss, Some(ts));
            let rounded = *MSS_TABLE.iter().rfind(|m| **m <= mss).unwrap();
            prop_assert_eq!(got, Some(CookieParams { mss: rounded, ..p }));
            // Without timestamps only a cookie that has nothing else to say is taken.
            let plain = c.verify(Micros(now), &tuple(a, port), SeqNum(irs), iss, None);
            prop_assert_eq!(plain.map(|p| p.mss), (!scaled && !sack && !ecn).then_some(rounded));
            // Two secrets older than their life: the same bytes are refused.
            prop_assert_eq!(c.verify(Micros(now + 32_000_000), &tuple(a, port), SeqNum(irs), iss, Some(ts)), None);
        }
    }

    #[test]
    fn forged_cookies_are_refused() {
        let mut rng = Prng::new(7);
        let mut c = Cookies::new(&mut rng);
        let accepted = (0..200_000)
            .filter(|_| {
                c.verify(Micros(0), &tuple(1, 2), SeqNum(3), SeqNum(rng.next_u32()), None).is_some()
            })
            .count();
        // 2^-25 a guess.
        assert!(accepted <= 1, "{accepted}");
        let p = CookieParams { mss: 1460, scales: Some((7, 7)), sack: true, ecn: false };
        let (iss, ts) = c.make(Micros(0), &tuple(1, 2), SeqNum(3), &p);
        for bit in 0..32 {
            assert_eq!(
                c.verify(Micros(0), &tuple(1, 2), SeqNum(3), iss, Some(ts ^ 1 << bit)),
                None
            );
        }
        assert_eq!(c.verify(Micros(0), &tuple(1, 3), SeqNum(3), iss, Some(ts)), None);
    }
}

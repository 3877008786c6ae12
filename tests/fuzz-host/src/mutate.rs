// SPDX-License-Identifier: Apache-2.0
//! Inputs out of inputs: the mutations that parsers fear.

use toe_stack::Prng;

/// A reproducible source of choices.
pub(crate) struct Dice(Prng);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Prng::new(seed.into()))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0.next_u64()
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.0.below(n as u64)).unwrap_or(0)
    }
}

/// Values at which lengths and counts go wrong.
const EDGES: [u8; 14] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 20, 40, 0x7f, 0x80, 0xff];

/// Changes `input` a little, some times; `other` is one to splice from.
pub(crate) fn mutate(dice: &mut Dice, input: &mut Vec<u8>, other: &[u8], most: usize) {
    for _ in 0..=dice.below(6) {
        let len = input.len();
        match dice.below(10) {
            0 if len > 0 => input[dice.below(len)] ^= 1 << dice.below(8),
            1 if len > 0 => input[dice.below(len)] = EDGES[dice.below(EDGES.len())],
            2 if len > 0 => {
                let at = dice.below(len);
                input[at] = (dice.next() & 0xff) as u8;
            }
            3 if len > 1 => {
                // A 16-bit length or port.
                let at = dice.below(len - 1);
                let value = [0u16, 1, 8, 20, 40, 0x7fff, 0x8000, 0xffff][dice.below(8)];
                input[at..at + 2].copy_from_slice(&value.to_be_bytes());
            }
            4 if len > 3 => {
                // A sequence number moved by a little.
                let at = dice.below(len - 3);
                let mut word = [0; 4];
                word.copy_from_slice(&input[at..at + 4]);
                let step = u32::try_from(dice.below(4096)).unwrap_or(0).wrapping_sub(2048);
                let value = u32::from_be_bytes(word).wrapping_add(step);
                input[at..at + 4].copy_from_slice(&value.to_be_bytes());
            }
            5 if len > 0 => input.truncate(dice.below(len)),
            6 if len > 0 => {
                let (at, n) = (dice.below(len), dice.below(16));
                let end = (at + n).min(len);
                input.drain(at..end);
            }
            7 => {
                let at = dice.below(len + 1);
                for _ in 0..=dice.below(16) {
                    input.insert(at, (dice.next() & 0xff) as u8);
                }
            }
            8 if !other.is_empty() => {
                let from = dice.below(other.len());
                let to = (from + 1 + dice.below(64)).min(other.len());
                let at = dice.below(len + 1);
                input.truncate(at);
                input.extend_from_slice(&other[from..to]);
            }
            9 if !other.is_empty() && len > 0 => {
                let n = (1 + dice.below(32)).min(len).min(other.len());
                let (at, from) = (dice.below(len - n + 1), dice.below(other.len() - n + 1));
                input[at..at + n].copy_from_slice(&other[from..from + n]);
            }
            _ => {}
        }
    }
    input.truncate(most);
}

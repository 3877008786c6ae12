// SPDX-License-Identifier: Apache-2.0
//! The wire between the device's MAC and the peers, with impairments per direction.

use crate::dice::Dice;
use crate::time::Nanos;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use toe_device::Frame;

/// Preamble, start delimiter, FCS and gap: what a frame costs on the wire beyond its bytes.
const OVERHEAD: u64 = 24;

/// How one direction of the wire behaves. Probabilities are per frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Direction {
    /// The frame disappears.
    pub loss: f64,
    /// A second copy arrives, up to `reorder_ns` later.
    pub duplicate: f64,
    /// The frame arrives up to `reorder_ns` later than it would: later frames overtake it.
    pub reorder: f64,
    /// How much later.
    pub reorder_ns: u64,
    /// One to three bits flip without the MAC noticing: only checksums can find it.
    pub corrupt: f64,
    /// The frame arrives with its error mark set (bad FCS): the receiver must drop it.
    pub fcs_error: f64,
    /// Propagation.
    pub delay_ns: u64,
    /// Bits per microsecond (1 Gbit/s = 1000); 0 means no limit.
    pub bits_per_us: u64,
    /// Bytes that may wait for the rate limit; frames beyond are dropped (tail drop). The device's own MAC stalls
    /// instead of dropping.
    pub queue_bytes: u64,
    /// Congestion Experienced is set in the IP header of an ECN-capable frame (RFC 3168 §5).
    pub ce: f64,
    /// A slower link further on, with a queue of its own: bits per microsecond; 0 means there is none.
    pub hop_bits_per_us: u64,
    /// Bytes that may wait for it; frames beyond are dropped.
    pub hop_queue_bytes: u64,
    /// Frames that find more than so many bytes waiting there are marked CE if they are ECN-capable (RFC 8257 §3.1);
    /// 0 means never.
    pub hop_mark_bytes: u64,
}

impl Direction {
    /// Nothing ever goes wrong: 10 Gbit/s, 1 µs.
    pub const CLEAN: Self = Self {
        loss: 0.0,
        duplicate: 0.0,
        reorder: 0.0,
        reorder_ns: 0,
        corrupt: 0.0,
        fcs_error: 0.0,
        delay_ns: 1_000,
        bits_per_us: 10_000,
        queue_bytes: 1 << 20,
        ce: 0.0,
        hop_bits_per_us: 0,
        hop_queue_bytes: 0,
        hop_mark_bytes: 0,
    };

    /// One frame in a hundred lost, duplicated, or reordered, 50 µs away.
    pub const LOSSY: Self = Self {
        loss: 0.01,
        duplicate: 0.01,
        reorder: 0.01,
        reorder_ns: 100_000,
        delay_ns: 50_000,
        ..Self::CLEAN
    };
}

impl Default for Direction {
    fn default() -> Self {
        Self::CLEAN
    }
}

/// Both directions.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WireProfile {
    /// Device to peers.
    pub to_peer: Direction,
    /// Peers to device.
    pub to_device: Direction,
}

impl WireProfile {
    /// The same both ways.
    #[must_use]
    pub const fn both(direction: Direction) -> Self {
        Self { to_peer: direction, to_device: direction }
    }

    /// No impairments.
    #[must_use]
    pub const fn clean() -> Self {
        Self::both(Direction::CLEAN)
    }

    /// 1 % loss, duplication and reordering both ways.
    #[must_use]
    pub const fn lossy() -> Self {
        Self::both(Direction::LOSSY)
    }
}

/// What happened on one direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WireCounts {
    /// Frames put on the wire.
    pub sent: u64,
    /// Their bytes.
    pub sent_bytes: u64,
    /// Frames that arrived, copies included.
    pub delivered: u64,
    /// Lost at random.
    pub lost: u64,
    /// Dropped because the queue was full.
    pub queue_dropped: u64,
    /// Dropped by a [`Hook`].
    pub hook_dropped: u64,
    /// Extra copies made, at random or by a hook.
    pub duplicated: u64,
    /// Frames held back, at random or by a hook.
    pub reordered: u64,
    /// Frames with flipped bits.
    pub corrupted: u64,
    /// Frames marked bad.
    pub fcs_errors: u64,
    /// Frames in which Congestion Experienced was set.
    pub ce_marked: u64,
    /// Frames on the way now.
    pub in_flight: u64,
}

/// What a [`Hook`] wants done with a frame, instead of chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Leave it to chance, as if there were no hook.
    Chance,
    /// Deliver it untouched.
    Pass,
    /// Lose it.
    Drop,
    /// Deliver it twice.
    Duplicate,
    /// Deliver it this many nanoseconds later.
    Delay(u64),
    /// Flip this bit (modulo the frame's length), unnoticed by the MAC.
    FlipBit(usize),
    /// Mark it bad.
    FcsError,
    /// Set Congestion Experienced if it is ECN-capable.
    Ce,
}

/// Decides the fate of frames: called with the frame and its number on this direction (from 0).
pub type Hook = Box<dyn FnMut(&[u8], u64) -> Fate + Send>;

#[derive(Debug)]
struct Flying {
    due: Nanos,
    order: u64,
    frame: Frame,
}

impl PartialEq for Flying {
    fn eq(&self, other: &Self) -> bool {
        (self.due, self.order) == (other.due, other.order)
    }
}
impl Eq for Flying {}
impl PartialOrd for Flying {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Flying {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.due, self.order).cmp(&(other.due, other.order))
    }
}

/// One direction of the wire.
pub(crate) struct Lane {
    profile: Direction,
    dice: Dice,
    hook: Option<Hook>,
    flying: BinaryHeap<Reverse<Flying>>,
    order: u64,
    link_free: Nanos,
    hop_free: Nanos,
    counts: WireCounts,
}

impl std::fmt::Debug for Lane {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lane").field("counts", &self.counts).finish_non_exhaustive()
    }
}

impl Lane {
    pub(crate) fn new(profile: Direction, dice: Dice) -> Self {
        Self {
            profile,
            dice,
            hook: None,
            flying: BinaryHeap::new(),
            order: 0,
            link_free: Nanos(0),
            hop_free: Nanos(0),
            counts: WireCounts::default(),
        }
    }

    pub(crate) fn set_profile(&mut self, profile: Direction) {
        self.profile = profile;
    }

    pub(crate) fn set_hook(&mut self, hook: Option<Hook>) {
        self.hook = hook;
    }

    pub(crate) fn counts(&self) -> WireCounts {
        WireCounts { in_flight: self.flying.len() as u64, ..self.counts }
    }

    fn air_time(&self, bytes: u64) -> u64 {
        ((bytes + OVERHEAD) * 8_000).checked_div(self.profile.bits_per_us).unwrap_or(0)
    }

    /// Through the slower link, if there is one: when the frame leaves it. `None`: its queue was full.
    fn hop(&mut self, at: Nanos, frame: &mut Frame) -> Option<Nanos> {
        let profile = self.profile;
        if profile.hop_bits_per_us == 0 {
            return Some(at);
        }
        let waiting = self.hop_free.0.saturating_sub(at.0) * profile.hop_bits_per_us / 8_000;
        if waiting > profile.hop_queue_bytes {
            self.counts.queue_dropped += 1;
            return None;
        }
        if profile.hop_mark_bytes != 0 && waiting > profile.hop_mark_bytes {
            self.mark(frame);
        }
        let air = (frame.bytes.len() as u64 + OVERHEAD) * 8_000 / profile.hop_bits_per_us;
        self.hop_free = Nanos(self.hop_free.0.max(at.0) + air);
        Some(self.hop_free)
    }

    fn mark(&mut self, frame: &mut Frame) {
        self.counts.ce_marked += u64::from(set_ce(&mut frame.bytes));
    }

    /// The link has nothing waiting: a MAC may start a frame.
    pub(crate) fn ready(&self, now: Nanos) -> bool {
        self.link_free <= now
    }

    /// Puts a frame on the wire; false when the queue had no room for it.
    pub(crate) fn send(&mut self, now: Nanos, bytes: &[u8]) -> bool {
        let number = self.counts.sent;
        self.counts.sent += 1;
        self.counts.sent_bytes += bytes.len() as u64;
        let profile = self.profile;
        let backlog_ns = self.link_free.0.saturating_sub(now.0);
        if backlog_ns * profile.bits_per_us / 8_000 > profile.queue_bytes {
            self.counts.queue_dropped += 1;
            return false;
        }
        let air = self.air_time(bytes.len() as u64);
        self.link_free = Nanos(self.link_free.0.max(now.0) + air);
        let mut frame = Frame::new(bytes.to_vec());
        let Some(through) = self.hop(self.link_free, &mut frame) else { return false };
        let mut due = through.after(profile.delay_ns);
        let fate = match &mut self.hook {
            Some(hook) => hook(bytes, number),
            None => Fate::Chance,
        };
        match fate {
            Fate::Pass => {}
            Fate::Drop => {
                self.counts.hook_dropped += 1;
                return true;
            }
            Fate::Duplicate => self.copy(due, &frame),
            Fate::Delay(span) => {
                self.counts.reordered += 1;
                due = due.after(span);
            }
            Fate::FlipBit(bit) => {
                self.counts.corrupted += 1;
                flip(&mut frame.bytes, bit);
            }
            Fate::FcsError => {
                self.counts.fcs_errors += 1;
                frame.error = true;
            }
            Fate::Ce => self.mark(&mut frame),
            Fate::Chance => {
                if self.dice.chance(profile.loss) {
                    self.counts.lost += 1;
                    return true;
                }
                if profile.ce > 0.0 && self.dice.chance(profile.ce) {
                    self.mark(&mut frame);
                }
                if self.dice.chance(profile.duplicate) {
                    let later = due.after(self.dice.below(profile.reorder_ns + 1));
                    self.copy(later, &frame);
                }
                if self.dice.chance(profile.reorder) {
                    self.counts.reordered += 1;
                    due = due.after(1 + self.dice.below(profile.reorder_ns));
                }
                if self.dice.chance(profile.corrupt) {
                    self.counts.corrupted += 1;
                    for _ in 0..=self.dice.below(3) {
                        let bit = self.dice.below(bytes.len() as u64 * 8);
                        flip(&mut frame.bytes, usize::try_from(bit).unwrap_or(0));
                    }
                }
                if self.dice.chance(profile.fcs_error) {
                    self.counts.fcs_errors += 1;
                    frame.error = true;
                }
            }
        }
        self.push(due, frame);
        true
    }

    fn copy(&mut self, due: Nanos, frame: &Frame) {
        self.counts.duplicated += 1;
        self.push(due, frame.clone());
    }

    fn push(&mut self, due: Nanos, frame: Frame) {
        let order = self.order;
        self.order += 1;
        self.flying.push(Reverse(Flying { due, order, frame }));
    }

    /// The next frame that has arrived.
    #[inline]
    pub(crate) fn receive(&mut self, now: Nanos) -> Option<Frame> {
        if self.flying.peek().is_none_or(|f| f.0.due > now) {
            return None;
        }
        self.counts.delivered += 1;
        self.flying.pop().map(|f| f.0.frame)
    }

    /// When the next frame arrives.
    pub(crate) fn next_due(&self) -> Option<Nanos> {
        self.flying.peek().map(|f| f.0.due)
    }
}

fn flip(bytes: &mut [u8], bit: usize) {
    if !bytes.is_empty() {
        let bit = bit % (bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
    }
}

/// Sets CE in the IP header of an untagged frame if its sender is ECN-capable; true when it is set now.
fn set_ce(bytes: &mut [u8]) -> bool {
    match bytes.get(12..14) {
        Some([0x08, 0x00]) if bytes.len() >= 34 && bytes[15] & 3 != 0 => {
            // RFC 1624: the checksum changes by what the word changes.
            let (old, new) = (bytes[15], bytes[15] | 3);
            let sum = u16::from_be_bytes([bytes[24], bytes[25]]);
            let folded = u32::from(!sum) + u32::from(!u16::from(old)) + u32::from(new);
            let folded = (folded & 0xffff) + (folded >> 16);
            let folded = (folded & 0xffff) + (folded >> 16);
            bytes[15] = new;
            let sum = !u16::try_from(folded).unwrap_or(0);
            bytes[24..26].copy_from_slice(&sum.to_be_bytes());
            true
        }
        Some([0x86, 0xdd]) if bytes.len() >= 54 && bytes[15] & 0x30 != 0 => {
            bytes[15] |= 0x30;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sum over an IPv4 header with its checksum in it.
    fn header_sum(frame: &[u8]) -> u32 {
        let sum: u32 =
            frame[14..34].chunks(2).map(|c| u32::from(u16::from_be_bytes([c[0], c[1]]))).sum();
        (sum & 0xffff) + (sum >> 16)
    }

    fn ipv4(tos: u8, id: u16) -> Vec<u8> {
        let mut frame = vec![0_u8; 60];
        frame[12..14].copy_from_slice(&[8, 0]);
        let [high, low] = id.to_be_bytes();
        frame[14..24].copy_from_slice(&[0x45, tos, 0, 46, high, low, 0, 0, 64, 6]);
        frame[26..34].copy_from_slice(&[10, 0, 0, 1, 10, 0, 0, 2]);
        let sum = !u16::try_from(header_sum(&frame)).unwrap();
        frame[24..26].copy_from_slice(&sum.to_be_bytes());
        frame
    }

    #[test]
    fn marks_only_what_is_ecn_capable_and_keeps_the_checksum() {
        for id in 0..=u16::MAX {
            for tos in [0x02_u8, 0x01, 0xb9] {
                let mut frame = ipv4(tos, id);
                assert!(set_ce(&mut frame));
                assert_eq!((frame[15], header_sum(&frame)), (tos | 3, 0xffff), "{id} {tos}");
            }
        }
        let mut plain = ipv4(0xb8, 7);
        assert!(!set_ce(&mut plain));
        assert_eq!(plain, ipv4(0xb8, 7));
        let mut six = vec![0_u8; 60];
        six[12..16].copy_from_slice(&[0x86, 0xdd, 0x6b, 0xaf]);
        assert!(set_ce(&mut six));
        assert_eq!(six[12..16], [0x86, 0xdd, 0x6b, 0xbf]);
        assert!(!set_ce(&mut [0; 60]) && !set_ce(&mut [8; 3]));
    }

    #[test]
    fn a_slower_hop_queues_marks_and_drops() {
        // 84 bytes at 1 bit/µs on the air: 672 µs; four wait before marks begin, eight fit.
        let profile = Direction {
            hop_bits_per_us: 1,
            hop_queue_bytes: 8 * 84,
            hop_mark_bytes: 4 * 84,
            delay_ns: 0,
            ..BIG
        };
        let mut lane = Lane::new(profile, Dice::new(1, 1));
        let accepted = (0..20).filter(|i| lane.send(Nanos(0), &ipv4(2, *i))).count();
        assert_eq!(accepted, 9);
        let seen: Vec<_> = std::iter::from_fn(|| {
            let due = lane.next_due()?;
            Some((due.0, lane.receive(due)?.bytes[15] & 3))
        })
        .collect();
        for (n, (due, ecn)) in (1..).zip(&seen) {
            assert_eq!((*due, *ecn), (n * 672_000, if n > 5 { 3 } else { 2 }), "frame {n}");
        }
        assert_eq!((lane.counts().ce_marked, lane.counts().queue_dropped), (4, 11));
    }

    const BIG: Direction =
        Direction { queue_bytes: u64::MAX >> 20, bits_per_us: 0, ..Direction::CLEAN };

    fn run(profile: Direction, frames: u32) -> (WireCounts, Vec<(u64, Frame)>) {
        let mut lane = Lane::new(profile, Dice::new(7, 7));
        for i in 0..frames {
            lane.send(Nanos(u64::from(i) * 10_000), &[i.to_be_bytes(), [0; 4]].concat());
        }
        let mut seen = Vec::new();
        while let Some(due) = lane.next_due() {
            seen.push((due.0, lane.receive(due).unwrap()));
        }
        (lane.counts(), seen)
    }

    #[test]
    fn impairments_happen_as_often_as_asked() {
        let profile = Direction {
            loss: 0.05,
            duplicate: 0.04,
            reorder: 0.03,
            reorder_ns: 50_000,
            corrupt: 0.02,
            fcs_error: 0.01,
            ..BIG
        };
        let (counts, seen) = run(profile, 20_000);
        let near = |value: u64, p: f64| {
            let expected = 20_000.0 * p;
            let value = value as f64;
            assert!(
                (value - expected).abs() < 5.0 * expected.sqrt(),
                "{value} is not near {expected}"
            );
        };
        near(counts.lost, 0.05);
        near(counts.duplicated, 0.04 * 0.95);
        near(counts.reordered, 0.03 * 0.95);
        near(counts.corrupted, 0.02 * 0.95);
        near(counts.fcs_errors, 0.01 * 0.95);
        assert_eq!(counts.sent, 20_000);
        assert_eq!(counts.delivered, counts.sent - counts.lost + counts.duplicated);
        assert_eq!(seen.len() as u64, counts.delivered);
        assert!(seen.iter().filter(|(_, f)| f.error).count() as u64 >= counts.fcs_errors);
        assert!(seen.windows(2).any(|w| w[0].1.bytes > w[1].1.bytes), "something overtakes");
    }

    #[test]
    fn clean_wire_keeps_order_bytes_and_delay() {
        let (counts, seen) = run(BIG, 1_000);
        assert_eq!(counts.delivered, 1_000);
        for (i, (due, frame)) in seen.iter().enumerate() {
            assert_eq!(*due, i as u64 * 10_000 + 1_000);
            assert_eq!(frame.bytes[..4], u32::try_from(i).unwrap().to_be_bytes());
        }
    }

    #[test]
    fn rate_and_queue_limit() {
        // 1 Gbit/s: a frame of 1476 bytes takes 12 µs.
        let profile = Direction { bits_per_us: 1_000, delay_ns: 0, queue_bytes: 15_000, ..BIG };
        let mut lane = Lane::new(profile, Dice::new(1, 1));
        let accepted = (0..20).filter(|_| lane.send(Nanos(0), &[0; 1476])).count();
        assert_eq!(accepted, 11);
        assert_eq!(lane.counts().queue_dropped, 9);
        assert!(!lane.ready(Nanos(0)));
        assert_eq!(lane.next_due(), Some(Nanos(12_000)));
        assert!(lane.ready(Nanos(11 * 12_000)));
    }

    #[test]
    fn hooks_decide() {
        let mut lane = Lane::new(BIG, Dice::new(1, 1));
        lane.set_hook(Some(Box::new(|frame, number| match number {
            0 => Fate::Drop,
            1 => Fate::Duplicate,
            2 => Fate::FlipBit(frame.len() * 8),
            3 => Fate::FcsError,
            4 => Fate::Delay(500),
            _ => Fate::Pass,
        })));
        for _ in 0..6 {
            lane.send(Nanos(0), &[0; 4]);
        }
        let seen: Vec<_> = std::iter::from_fn(|| lane.receive(Nanos(9_999))).collect();
        assert_eq!(seen.len(), 6);
        assert_eq!(seen[2].bytes, [1, 0, 0, 0]);
        assert!(seen[3].error);
        let counts = lane.counts();
        assert_eq!((counts.hook_dropped, counts.duplicated, counts.corrupted), (1, 1, 1));
    }
}

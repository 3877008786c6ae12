// SPDX-License-Identifier: Apache-2.0
//! The four rings of a queue pair: NIC transmit, bumps, NIC receive, events. Indexes are free-running 32-bit counts;
//! what lies in memory at a count is the count modulo the ring. Nothing here rings a doorbell: [`crate::Driver`]
//! does that once a poll for each ring that moved.

use crate::dma::{DmaSlice, OutOfBounds, observed};
use crate::error::{Fault, SendError};
use crate::types::{Micros, SessionHandle};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use toe_abi::{
    BumpRaw, CsumVerdict, EventNicRx, EventNicRxRaw, EventTimeWait, EventTxDoneRaw, EventType,
    RxReason, TxDesc, TxDescRaw,
};

/// What the engine is asked to do to a frame on its way out. Offsets are in bytes from the start of the frame, as it
/// is handed in (a tag to insert is not part of it).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TxOffload {
    /// Insert the TCP or UDP checksum; the field's present content is ignored.
    pub l4_csum: bool,
    /// Insert the IPv4 header checksum; the field's present content is ignored.
    pub ip_csum: bool,
    /// Cut into segments of this many payload bytes (TCP only).
    pub tso_mss: Option<u16>,
    /// Insert an 802.1Q tag.
    pub vlan_tci: Option<u16>,
    /// Feed the frame to the engine's own receive path instead of the wire.
    pub inject: bool,
    /// The network header is IPv6, else IPv4.
    pub ipv6: bool,
    /// The transport is UDP, else TCP.
    pub udp: bool,
    /// Offset of the network header.
    pub l3_off: u8,
    /// Offset of the transport header.
    pub l4_off: u8,
    /// Bytes of all headers; needed with `l4_csum`, `ip_csum` and `tso_mss`.
    pub hdr_len: u8,
}

/// A frame to send, from the destination address on, without FCS.
#[derive(Clone, Copy, Debug)]
pub struct TxFrame<'a> {
    /// All bytes.
    pub bytes: &'a [u8],
    /// What the engine does to it.
    pub offload: TxOffload,
}

impl<'a> TxFrame<'a> {
    /// A frame that goes out as it is.
    #[must_use]
    pub fn plain(bytes: &'a [u8]) -> Self {
        Self { bytes, offload: TxOffload::default() }
    }
}

/// What the engine found out about a received frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RxInfo {
    /// Bytes in the slot.
    pub len: u16,
    /// Why the host got it.
    pub reason: RxReason,
    /// Verdict on the IPv4 header checksum.
    pub ip_csum: CsumVerdict,
    /// Verdict on the TCP or UDP checksum.
    pub l4_csum: CsumVerdict,
    /// The tag that was on the wire; it is no longer in the frame.
    pub vlan_tci: Option<u16>,
    /// The frame was longer than a slot.
    pub truncated: bool,
    /// The host had injected it.
    pub injected: bool,
    /// Toeplitz hash.
    pub rss_hash: u32,
    /// Offset of the network header, 0 when unknown.
    pub l3_off: u8,
    /// Offset of the transport header, 0 when unknown.
    pub l4_off: u8,
    /// The engine's clock when it came, µs, wraps.
    pub time_us: u32,
    /// Session of a mirrored frame.
    pub session: Option<SessionHandle>,
}

/// A received frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RxFrame {
    /// From the destination address on, without FCS.
    pub bytes: Vec<u8>,
    /// What the engine found out.
    pub info: RxInfo,
}

/// Position of a free-running count in a ring of 2^`log2` elements.
const fn place(count: u32, log2: u8) -> usize {
    (count & ((1 << log2) - 1)) as usize
}

/// Phase bit that a record has when the ring is passed for the time that `count` says; the first pass has 1.
pub(crate) const fn phase_of(count: u32, log2: u8) -> bool {
    (count >> log2) & 1 == 0
}

pub(crate) struct TxQueue {
    ring: DmaSlice,
    log2: u8,
    data: DmaSlice,
    head: u32,
    tail: u32,
    rung: u32,
    /// End of each outstanding frame in the buffer, free-running bytes.
    ends: VecDeque<u64>,
    data_head: u64,
    data_tail: u64,
    /// Up to which descriptor, and which byte, a report was asked for.
    asked: u32,
    data_asked: u64,
}

impl TxQueue {
    pub(crate) const DESC: usize = TxDescRaw::BYTES;

    pub(crate) fn new(ring: DmaSlice, log2: u8, data: DmaSlice) -> Self {
        Self {
            ring,
            log2,
            data,
            head: 0,
            tail: 0,
            rung: 0,
            ends: VecDeque::with_capacity(1 << log2),
            data_head: 0,
            data_tail: 0,
            asked: 0,
            data_asked: 0,
        }
    }

    pub(crate) fn iova(&self) -> crate::types::Iova {
        self.ring.iova()
    }

    pub(crate) fn reset(&mut self) {
        *self = Self::new(self.ring.clone(), self.log2, self.data.clone());
    }

    fn entries(&self) -> u32 {
        1 << self.log2
    }

    /// Descriptors that can still be queued.
    pub(crate) fn room(&self) -> u32 {
        self.entries() - self.tail.wrapping_sub(self.head)
    }

    /// Copies a frame into the buffer and writes its descriptor.
    pub(crate) fn send(&mut self, frame: &TxFrame<'_>, max_frame: u32) -> Result<(), SendError> {
        let mut desc = describe(frame, max_frame)?;
        if self.room() == 0 {
            return Err(SendError::WouldBlock);
        }
        let (len, size) = (frame.bytes.len() as u64, self.data.len() as u64);
        let offset = self.data_tail % size;
        // A frame is contiguous: what does not fit before the end starts over at the beginning.
        let skip = if offset + len > size { size - offset } else { 0 };
        if self.data_tail + skip + len - self.data_head > size {
            return Err(SendError::WouldBlock);
        }
        let start = self.data_tail + skip;
        #[allow(clippy::cast_possible_truncation)] // below the size of memory
        let offset = (start % size) as usize;
        desc.addr = self.data.iova().0.wrapping_add(offset as u64);
        // A report moves the head. It is asked for each quarter of the ring or of the buffer, so that at most a
        // quarter of either is ever held back without a report under way.
        let end = start + len;
        desc.report = self.tail.wrapping_add(1).wrapping_sub(self.asked)
            >= self.entries().div_ceil(4)
            || end - self.data_asked >= size / 4;
        let stored = self.data.write(offset, frame.bytes).and_then(|()| {
            self.ring.write_words(place(self.tail, self.log2) * Self::DESC, &desc.pack().0)
        });
        if stored.is_err() {
            return Err(SendError::BadFrame("outside of the transmit buffer"));
        }
        self.tail = self.tail.wrapping_add(1);
        self.data_tail = end;
        self.ends.push_back(end);
        if desc.report {
            self.asked = self.tail;
            self.data_asked = end;
        }
        Ok(())
    }

    /// The device says that descriptors below `txq_head` are done.
    pub(crate) fn done(&mut self, qp: u16, raw: EventTxDoneRaw) -> Result<(), Fault> {
        let head = raw.txq_head();
        let moved = head.wrapping_sub(self.head);
        if moved > self.rung.wrapping_sub(self.head) {
            return Err(Fault::BadTxHead { qp, head, low: self.head, high: self.rung });
        }
        for _ in 0..moved {
            if let Some(end) = self.ends.pop_front() {
                self.data_head = end;
            }
        }
        self.head = head;
        Ok(())
    }

    /// The tail, if the device does not know it yet.
    pub(crate) fn take_doorbell(&mut self) -> Option<u32> {
        (self.tail != self.rung).then(|| {
            self.rung = self.tail;
            self.tail
        })
    }
}

/// Checks a frame against its offloads and writes it as a descriptor without address.
fn describe(frame: &TxFrame<'_>, max_frame: u32) -> Result<TxDesc, SendError> {
    let bad = |what| Err(SendError::BadFrame(what));
    let TxOffload {
        l4_csum,
        ip_csum,
        tso_mss,
        vlan_tci,
        inject,
        ipv6,
        udp,
        l3_off,
        l4_off,
        hdr_len,
    } = frame.offload;
    let Ok(len) = u32::try_from(frame.bytes.len()) else {
        return bad("too long");
    };
    if len < 14 {
        return bad("shorter than an Ethernet header");
    }
    let uses_headers = l4_csum || ip_csum || tso_mss.is_some();
    // All headers in any case: the engine's egress guard looks for addresses there. 124 leaves room for a tag.
    let hdr_len = if uses_headers { hdr_len } else { u8::try_from(len.min(124)).unwrap_or(124) };
    if !(14..=128).contains(&hdr_len) || u32::from(hdr_len) > len {
        return bad("hdr_len is not 14..=128 within the frame");
    }
    if uses_headers && (l3_off < 14 || l3_off.saturating_add(20) > hdr_len) {
        return bad("l3_off is not within the headers");
    }
    let l4_least = if udp { 8 } else { 20 };
    if (l4_csum || tso_mss.is_some())
        && (l4_off < l3_off.saturating_add(20) || l4_off.saturating_add(l4_least) > hdr_len)
    {
        return bad("l4_off is not within the headers");
    }
    if ip_csum && ipv6 {
        return bad("IPv6 has no header checksum");
    }
    let mss = match tso_mss {
        None => {
            // The tag that the engine inserts counts too.
            if len + if vlan_tci.is_some() { 4 } else { 0 } > max_frame {
                return bad("longer than the device sends");
            }
            0
        }
        Some(_) if udp => return bad("TSO is for TCP"),
        Some(_) if !l4_csum || (!ipv6 && !ip_csum) => return bad("TSO needs checksums inserted"),
        Some(0) => return bad("segments of no bytes"),
        Some(mss) => {
            if len - u32::from(hdr_len) > 65_535 {
                return bad("more than 65,535 payload bytes");
            }
            let tag = if vlan_tci.is_some() { 4 } else { 0 };
            if u32::from(mss) + u32::from(hdr_len) + tag > max_frame {
                return bad("segments longer than the device sends");
            }
            mss
        }
    };
    Ok(TxDesc {
        addr: 0,
        len,
        l4_csum,
        ip_csum,
        tso: tso_mss.is_some(),
        vlan_insert: vlan_tci.is_some(),
        loop_: inject,
        ipv6,
        udp,
        report: false,
        hdr_len,
        l3_off,
        l4_off,
        mss,
        vlan_tci: vlan_tci.unwrap_or(0),
    })
}

pub(crate) struct BumpQueue {
    ring: DmaSlice,
    log2: u8,
    tail: u32,
    rung: u32,
    /// Records below it have been taken by the engine, as far as is known.
    head: u32,
    /// Up to which record a report was asked for.
    asked: u32,
    /// Slots of sessions that have something to tell, each at most once.
    pub(crate) dirty: VecDeque<u16>,
}

impl BumpQueue {
    pub(crate) const RECORD: usize = BumpRaw::BYTES;

    pub(crate) fn new(ring: DmaSlice, log2: u8) -> Self {
        Self { ring, log2, tail: 0, rung: 0, head: 0, asked: 0, dirty: VecDeque::new() }
    }

    pub(crate) fn iova(&self) -> crate::types::Iova {
        self.ring.iova()
    }

    pub(crate) fn reset(&mut self) {
        *self = Self::new(self.ring.clone(), self.log2);
    }

    pub(crate) fn full(&self) -> bool {
        self.tail.wrapping_sub(self.head) >= 1 << self.log2
    }

    /// The count once the next record is written.
    pub(crate) fn next_count(&self) -> u32 {
        self.tail.wrapping_add(1)
    }

    /// Whether the next record is to ask for a report: each quarter of the ring, so that one is under way whenever the
    /// ring is full, and nobody has to read a register.
    pub(crate) fn wants_report(&self) -> bool {
        self.next_count().wrapping_sub(self.asked) >= (1_u32 << self.log2).div_ceil(4)
    }

    /// Writes a record. The caller has checked [`BumpQueue::full`].
    pub(crate) fn push(&mut self, bump: BumpRaw) -> Result<(), OutOfBounds> {
        self.ring.write_words(place(self.tail, self.log2) * Self::RECORD, &bump.0)?;
        self.tail = self.tail.wrapping_add(1);
        if bump.report() {
            self.asked = self.tail;
        }
        Ok(())
    }

    /// Records below `count` have been taken: the device said so, or acted on what they told it. A value that cannot
    /// be is ignored; `false` then.
    pub(crate) fn taken(&mut self, count: u32) -> bool {
        let plausible = count.wrapping_sub(self.head) <= self.rung.wrapping_sub(self.head);
        if plausible {
            self.head = count;
        }
        plausible
    }

    pub(crate) fn take_doorbell(&mut self) -> Option<u32> {
        (self.tail != self.rung).then(|| {
            self.rung = self.tail;
            self.tail
        })
    }
}

pub(crate) struct RxQueue {
    ring: DmaSlice,
    log2: u8,
    slot_log2: u8,
    /// Next count that the device fills.
    next: u32,
    /// Slots below it are the device's again.
    head: u32,
    rung: u32,
    /// Filled and not yet taken by the caller, oldest first: count of the slot, what is in it.
    waiting: VecDeque<(u32, RxInfo)>,
}

impl RxQueue {
    pub(crate) fn new(ring: DmaSlice, log2: u8, slot_log2: u8) -> Self {
        Self { ring, log2, slot_log2, next: 0, head: 0, rung: 0, waiting: VecDeque::new() }
    }

    pub(crate) fn iova(&self) -> crate::types::Iova {
        self.ring.iova()
    }

    pub(crate) fn reset(&mut self) {
        *self = Self::new(self.ring.clone(), self.log2, self.slot_log2);
    }

    pub(crate) fn slot_log2(&self) -> u8 {
        self.slot_log2
    }

    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// A receive event. Returns how many slots the device skipped.
    pub(crate) fn filled(&mut self, qp: u16, raw: EventNicRxRaw) -> Result<u32, Fault> {
        let event: EventNicRx = raw.unpack().map_err(|invalid| Fault::BadEvent {
            qp,
            field: invalid.field,
            value: invalid.value,
        })?;
        // The device may fill what lies between its next slot and the ring's worth after the head it was told.
        let skipped = event.slot.wrapping_sub(self.next);
        let free = self.rung.wrapping_add(1 << self.log2).wrapping_sub(self.next);
        if skipped >= free {
            return Err(Fault::BadRxSlot { qp, slot: event.slot, expected: self.next });
        }
        if u32::from(event.len) > 1 << self.slot_log2 {
            return Err(Fault::BadEvent { qp, field: "len", value: event.len.into() });
        }
        let mirrored = matches!(event.reason, RxReason::MirrorRx | RxReason::MirrorTx);
        let info = RxInfo {
            len: event.len,
            reason: event.reason,
            ip_csum: event.ip_csum,
            l4_csum: event.l4_csum,
            vlan_tci: event.vlan_present.then_some(event.vlan_tci),
            truncated: event.truncated,
            injected: event.injected,
            rss_hash: event.rss_hash,
            l3_off: within(event.l3_off, event.len),
            l4_off: within(event.l4_off, event.len),
            time_us: event.time_us,
            session: mirrored.then_some(SessionHandle::from_raw(event.handle)),
        };
        self.waiting.push_back((event.slot, info));
        self.next = event.slot.wrapping_add(1);
        Ok(skipped)
    }

    /// Appends the oldest frame's bytes to `to` and gives its slot back.
    pub(crate) fn take(&mut self, to: &mut Vec<u8>) -> Option<RxInfo> {
        let (count, info) = self.waiting.pop_front()?;
        let offset = place(count, self.log2) << self.slot_log2;
        // In bounds by construction; were it not, the frame would be empty rather than wrong.
        let _ = self.ring.append_to(offset, info.len.into(), to);
        self.head = count.wrapping_add(1);
        Some(info)
    }

    pub(crate) fn take_doorbell(&mut self) -> Option<u32> {
        (self.head != self.rung).then(|| {
            self.rung = self.head;
            self.head
        })
    }
}

/// An offset that the device gives, or 0 when it is outside the frame.
fn within(offset: u8, len: u16) -> u8 {
    if u16::from(offset) < len { offset } else { 0 }
}

pub(crate) struct EventQueue {
    ring: DmaSlice,
    log2: u8,
    head: u32,
    rung: u32,
}

fn load(word: &AtomicU32) -> u32 {
    u32::from_le(word.load(Ordering::Relaxed))
}

/// First byte of a session event.
const SESSION: u8 = EventType::Session as u8;

impl EventQueue {
    pub(crate) const RECORD: usize = 32;

    pub(crate) fn new(ring: DmaSlice, log2: u8) -> Self {
        Self { ring, log2, head: 0, rung: 0 }
    }

    pub(crate) fn iova(&self) -> crate::types::Iova {
        self.ring.iova()
    }

    /// Forgets all records, so that their phase bits mean nothing any more.
    pub(crate) fn reset(&mut self) {
        *self = Self::new(self.ring.clone(), self.log2);
        clear(&self.ring);
    }

    pub(crate) fn entries(&self) -> u32 {
        1 << self.log2
    }

    /// The next record, if there is one: a copy, every word read once after the phase bit. Of a run of session records
    /// with the same first two words (kind, state and flags; session) only the last counts, because each says how far
    /// the session is: the others are passed over. Gives how many records that were, at most `limit`.
    pub(crate) fn next(&mut self, limit: u32) -> Option<([u32; 8], u32)> {
        let ring = self.ring.words().ok()?;
        let (records, []) = ring.as_chunks::<8>() else { return None };
        // Up to the end of the ring, where the phase changes: the rest is for the next call.
        let rest = records.get(place(self.head, self.log2)..)?;
        let written = u32::from(phase_of(self.head, self.log2));
        let mut last = rest.first().filter(|r| load(&r[7]) >> 31 == written)?;
        observed();
        let (first, session) = (load(&last[0]), load(&last[1]));
        let mut taken = 1;
        if first.to_le_bytes()[0] == SESSION {
            let most = rest.len().min(limit as usize);
            let others = rest[..most].iter().skip(1).take_while(|r| {
                load(&r[7]) >> 31 == written && load(&r[0]) == first && load(&r[1]) == session
            });
            for next in others {
                last = next;
                taken += 1;
            }
            observed();
        }
        let words = std::array::from_fn(|i| load(&last[i]));
        self.head = self.head.wrapping_add(taken);
        Some((words, taken))
    }

    pub(crate) fn take_doorbell(&mut self) -> Option<u32> {
        (self.head != self.rung).then(|| {
            self.rung = self.head;
            self.head
        })
    }
}

/// Zeroes a part of DMA memory.
pub(crate) fn clear(slice: &DmaSlice) {
    let zeros = [0_u8; 4096];
    let mut offset = 0;
    while offset < slice.len() {
        let len = zeros.len().min(slice.len() - offset);
        if slice.write(offset, &zeros[..len]).is_err() {
            return;
        }
        offset += len;
    }
}

pub(crate) struct QueuePair {
    pub(crate) index: u16,
    pub(crate) vector: u16,
    pub(crate) tx: TxQueue,
    pub(crate) bumps: BumpQueue,
    pub(crate) rx: RxQueue,
    pub(crate) events: EventQueue,
    /// The first half of an event of the TIME_WAIT table, while the other is to come.
    pub(crate) time_wait: Option<EventTimeWait>,
    /// When it last said something, or the device was last asked.
    pub(crate) heard: Micros,
}

impl QueuePair {
    pub(crate) fn reset(&mut self) {
        let Self { index: _, vector: _, tx, bumps, rx, events, time_wait, heard: _ } = self;
        tx.reset();
        bumps.reset();
        rx.reset();
        events.reset();
        *time_wait = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dma::{DmaMemory, DmaRegion};
    use crate::types::Iova;

    fn memory(len: usize) -> DmaSlice {
        let memory = DmaMemory::anonymous(len).unwrap();
        DmaSlice::whole(DmaRegion { memory, iova: Iova(0x10_0000) })
    }

    fn done(head: u32) -> EventTxDoneRaw {
        EventTxDoneRaw::default().with_txq_head(head)
    }

    #[test]
    fn the_transmit_head_moves_only_over_what_the_device_was_given() {
        let mut queue = TxQueue::new(memory(4096), 2, memory(256 * 1024));
        for _ in 0..3 {
            queue.send(&TxFrame::plain(&[0; 64]), 1514).unwrap();
        }
        assert!(queue.done(0, done(1)).is_err(), "the doorbell was not rung");
        assert_eq!(queue.take_doorbell(), Some(3));
        queue.done(0, done(2)).unwrap();
        assert!(queue.done(0, done(1)).is_err(), "back");
        assert!(queue.done(0, done(4)).is_err(), "beyond");
        assert_eq!(queue.room(), 3);
        queue.done(0, done(3)).unwrap();
        assert_eq!((queue.room(), queue.take_doorbell()), (4, None));
    }

    #[test]
    fn large_frames_go_round_the_buffer_for_ever_and_never_overlap() {
        let mut queue = TxQueue::new(memory(4096), 5, memory(256 * 1024));
        let offload = TxOffload {
            l4_csum: true,
            ip_csum: true,
            tso_mss: Some(1400),
            l3_off: 14,
            l4_off: 34,
            hdr_len: 54,
            ..TxOffload::default()
        };
        let mut outstanding: VecDeque<(u32, u64, u64)> = VecDeque::new();
        let mut reported = 0;
        for i in 0..1000_usize {
            let bytes = vec![0; 60_000 + i * 7 % 5000];
            let frame = TxFrame { bytes: &bytes, offload };
            while queue.send(&frame, 1514) == Err(SendError::WouldBlock) {
                queue.take_doorbell();
                assert!(reported > 0, "a report is under way whenever the queue is full");
                queue.done(0, done(reported)).unwrap();
                outstanding.retain(|(count, ..)| *count > reported);
                reported = 0;
            }
            let at = place(queue.tail.wrapping_sub(1), 5) * TxQueue::DESC;
            let desc = TxDescRaw(queue.ring.read_words(at).unwrap());
            if desc.report() {
                reported = queue.tail;
            }
            let (start, end) = (desc.addr(), desc.addr() + u64::from(desc.len()));
            for (_, other_start, other_end) in &outstanding {
                assert!(end <= *other_start || *other_end <= start);
            }
            assert!(start >= 0x10_0000 && end <= 0x10_0000 + 256 * 1024);
            outstanding.push_back((queue.tail, start, end));
        }
    }

    #[test]
    fn only_slots_of_the_device_are_taken() {
        let mut queue = RxQueue::new(memory(4 * 2048), 2, 11);
        let event = |slot: u32, len: u16| EventNicRxRaw::default().with_slot(slot).with_len(len);
        assert_eq!(queue.filled(0, event(0, 60)), Ok(0));
        assert!(queue.filled(0, event(0, 60)).is_err(), "twice");
        assert!(queue.filled(0, event(4, 60)).is_err(), "beyond the ring");
        assert!(queue.filled(0, event(1, 2049)).is_err(), "longer than a slot");
        assert_eq!(queue.filled(0, event(3, 60)), Ok(2), "skipped two");
        assert!(queue.filled(0, event(4, 60)).is_err(), "no slot is free");
        let mut bytes = Vec::new();
        assert!(queue.take(&mut bytes).is_some() && queue.take(&mut bytes).is_some());
        assert_eq!((bytes.len(), queue.take_doorbell()), (120, Some(4)));
        assert_eq!(queue.filled(0, event(4, 60)), Ok(0));
    }

    #[test]
    fn events_are_seen_by_their_phase_over_many_rounds() {
        let ring = memory(4096);
        let mut queue = EventQueue::new(ring.clone(), 5);
        for count in 0..200_u32 {
            assert_eq!(queue.next(8), None);
            let mut words = [count; 8];
            words[7] = u32::from(phase_of(count, 5)) << 31;
            ring.write_words(place(count, 5) * 32, &words).unwrap();
            assert_eq!(queue.next(8), Some((words, 1)));
        }
        assert_eq!(queue.take_doorbell(), Some(200));
        queue.reset();
        assert_eq!(queue.next(8), None, "nothing is left of the rounds before");
    }

    /// Of a run of events about one session the last counts; a change of state or flags, another session, another kind
    /// or the end of the ring ends the run, and nothing is passed over that was not written.
    #[test]
    fn a_run_of_session_events_is_its_last() {
        let mut queue = EventQueue::new(memory(16 * EventQueue::RECORD), 4);
        let ring = queue.ring.clone();
        let put = |count: u32, first: u32, session: u32, snd_una: u32| {
            let phase = u32::from(phase_of(count, 4)) << 31;
            let words = [first, session, snd_una, 0, 0, 0, 0, phase];
            ring.write_words(place(count, 4) * EventQueue::RECORD, &words).unwrap();
        };
        let session = u32::from(SESSION);
        for n in 0..5 {
            put(n, session, 7, 100 + n);
        }
        put(5, session, 8, 1);
        put(6, session | 1 << 24, 8, 2);
        put(7, 1, 8, 3);
        put(8, 1, 8, 4);
        let mut next = |limit| queue.next(limit).map(|(words, taken)| (words[2], taken));
        assert_eq!(next(3), Some((102, 3)), "no more than asked for");
        assert_eq!(next(64), Some((104, 2)));
        assert_eq!(next(64), Some((1, 1)), "another session");
        assert_eq!(next(64), Some((2, 1)), "other flags");
        assert_eq!(next(64), Some((3, 1)), "another kind: each counts");
        assert_eq!(next(64), Some((4, 1)));
        assert_eq!(next(64), None);
        for n in 9..20 {
            put(n, session, 7, 200 + n);
        }
        let mut next = |limit| queue.next(limit).map(|(words, taken)| (words[2], taken));
        assert_eq!(next(64), Some((215, 7)), "up to the end of the ring");
        assert_eq!(next(64), Some((219, 4)), "and on");
        assert_eq!(next(64), None);
    }

    #[test]
    fn the_bump_queue_believes_only_what_can_be() {
        let mut queue = BumpQueue::new(memory(4096), 1);
        queue.push(BumpRaw::ZERO).unwrap();
        queue.push(BumpRaw::ZERO).unwrap();
        assert!(queue.full());
        assert!(!queue.taken(1), "the doorbell was not rung");
        assert_eq!(queue.take_doorbell(), Some(2));
        assert!(!queue.taken(3));
        assert!(queue.taken(1) && !queue.full());
        assert!(!queue.taken(0), "back");
    }
}

// SPDX-License-Identifier: Apache-2.0
//! The NIC path: transmit descriptors with checksums, segmentation and tags; received frames on their way to a
//! session, the TIME_WAIT table or the host.

use crate::Model;
use crate::frame::{self, Drop, ETH, Meta, PROTO_TCP, PROTO_UDP, RxPolicy, Tuple};
use crate::hash;
use crate::timewait::{Link, Verdict};
use std::net::IpAddr;
use toe_abi::regs;
use toe_abi::{CsumVerdict, EventNicRx, EventType, Fault, RxReason, TxDesc, TxDescRaw};
use toe_device::{Frame, HostBus};

/// A frame on its way out.
pub(crate) struct Outgoing {
    pub(crate) bytes: Vec<u8>,
    pub(crate) inject: bool,
}

/// Shortest frame without FCS.
const MIN_FRAME: usize = 60;

impl Model {
    fn rx_policy(&self) -> RxPolicy {
        let control = self.regs.value(regs::CTL_CONTROL);
        let lo = self.regs.value(regs::CTL_MAC_LO).to_le_bytes();
        let hi = self.regs.value(regs::CTL_MAC_HI).to_le_bytes();
        RxPolicy {
            pass_bad_csum: control.pass_bad_csum(),
            promiscuous: control.promiscuous(),
            mac: [lo[0], lo[1], lo[2], lo[3], hi[0], hi[1]],
        }
    }

    /// One received frame, from the wire or from the loop.
    pub(crate) fn receive(&mut self, bus: &mut dyn HostBus, frame: Frame, injected: bool) {
        let Frame { mut bytes, error } = frame;
        let control = self.regs.value(regs::CTL_CONTROL);
        self.regs.count(regs::COUNTERS_RX_FRAMES);
        self.regs.add(regs::COUNTERS_RX_BYTES, u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        if !injected && !control.rx_enable() {
            self.regs.count(regs::COUNTERS_RX_DROP_DISABLED);
            return;
        }
        if error {
            self.regs.count(regs::COUNTERS_RX_DROP_ERROR);
            return;
        }
        if bytes.len() > self.config.max_frame as usize {
            self.regs.count(regs::COUNTERS_RX_DROP_OVERSIZE);
            return;
        }
        let vlan_tci = frame::strip_vlan(&mut bytes);
        match frame::parse(&bytes, vlan_tci, injected, &self.rx_policy()) {
            Err(drop) => self.regs.count(match drop {
                Drop::Runt => regs::COUNTERS_RX_DROP_RUNT,
                Drop::Checksum => regs::COUNTERS_RX_DROP_CHECKSUM,
                Drop::Loopback => regs::COUNTERS_RX_DROP_LOOPBACK,
                Drop::Filtered => regs::COUNTERS_RX_DROP_FILTERED,
            }),
            Ok(meta) => self.dispatch(bus, &bytes, meta),
        }
    }

    fn dispatch(&mut self, bus: &mut dyn HostBus, bytes: &[u8], mut meta: Meta) {
        let control = self.regs.value(regs::CTL_CONTROL);
        if let (Some(segment), Some(tuple), false) = (meta.segment, meta.tuple, meta.mcast) {
            if let Some(slot) = self.sessions.find(&tuple) {
                if control.session_enable() {
                    self.regs.count(regs::COUNTERS_RX_TO_SESSION);
                    let payload = bytes.get(meta.payload_off..).unwrap_or(&[]);
                    self.mirror(bus, slot, bytes, RxReason::MirrorRx);
                    self.session_segment(bus, slot, &segment, payload);
                    return;
                }
                meta.reason = RxReason::OffloadOff;
            } else if control.tw_enable() {
                let link = Link {
                    dst_mac: mac_at(bytes, 0),
                    src_mac: mac_at(bytes, 6),
                    vlan_tci: meta.vlan_tci,
                };
                match self.time_wait_segment(&tuple, &link, &segment) {
                    Verdict::Miss => {}
                    Verdict::Consumed => {
                        self.regs.count(regs::COUNTERS_RX_TO_TIME_WAIT);
                        return;
                    }
                    Verdict::ToHost => meta.reason = RxReason::TimeWaitRecycled,
                }
            }
        }
        match meta.reason {
            RxReason::NotIp => self.regs.count(regs::COUNTERS_RX_HOST_NOT_IP),
            RxReason::Fragment => self.regs.count(regs::COUNTERS_RX_HOST_FRAGMENT),
            RxReason::IpOptions => self.regs.count(regs::COUNTERS_RX_HOST_IP_OPTIONS),
            RxReason::TcpOptions => self.regs.count(regs::COUNTERS_RX_HOST_TCP_OPTIONS),
            RxReason::Urgent => self.regs.count(regs::COUNTERS_RX_HOST_URGENT),
            _ => {}
        }
        let (hash, qp) = self.steer(&meta);
        let event = self.rx_event(&meta, hash, 0);
        self.deliver(bus, qp, bytes, event);
    }

    fn rx_event(&self, meta: &Meta, rss_hash: u32, handle: u32) -> EventNicRx {
        EventNicRx {
            kind: EventType::NicRx,
            reason: meta.reason,
            ip_csum: meta.ip_csum,
            l4_csum: meta.l4_csum,
            vlan_present: meta.vlan_tci.is_some(),
            truncated: false,
            injected: meta.injected,
            slot: 0,
            len: 0,
            vlan_tci: meta.vlan_tci.unwrap_or(0),
            rss_hash,
            l3_off: 14,
            l4_off: meta.l4_off,
            time_us: crate::low32(self.now.0),
            handle,
            phase: false,
        }
    }

    /// Copies a frame of a session to its queue pair, when the session asks for it.
    pub(crate) fn mirror(&mut self, bus: &mut dyn HostBus, slot: u16, bytes: &[u8], why: RxReason) {
        let Some(session) = self.sessions.slot(slot).filter(|session| session.place.mirror) else {
            return;
        };
        let (qp, handle) = (usize::from(session.place.qp), session.place.handle);
        let meta = Meta {
            reason: why,
            ip_csum: CsumVerdict::Good,
            l4_csum: CsumVerdict::Good,
            vlan_tci: None,
            injected: false,
            mcast: false,
            l4_off: 0,
            payload_off: 0,
            tuple: None,
            tcp_ports: false,
            segment: None,
        };
        let event = self.rx_event(&meta, 0, handle);
        let config = self.regs.element(regs::QP_CONFIG, qp);
        let head = self.regs.element(regs::DB_RXR_HEAD, qp);
        let room = self
            .qps
            .get(qp)
            .is_some_and(|q| q.rxr_tail.wrapping_sub(head) < 1 << config.rxr_log2());
        let fits = self.qp_enabled(qp) && room && self.evq_space_other(qp);
        if !fits || bytes.len() > 1 << config.slot_log2() {
            self.regs.count(regs::COUNTERS_MIRROR_LOST);
            return;
        }
        self.regs.count(if why == RxReason::MirrorTx {
            regs::COUNTERS_TX_MIRRORED
        } else {
            regs::COUNTERS_RX_MIRRORED
        });
        self.put_frame(bus, qp, bytes, event);
    }

    /// Hash and queue pair of a frame for the host.
    fn steer(&self, meta: &Meta) -> (u32, usize) {
        let hash = meta.tuple.map_or(0, |tuple| self.rss_hash(&tuple, meta.tcp_ports));
        let bucket = hash & 127;
        let word = self.regs.element(regs::RSS_INDIRECTION, bucket as usize / 4);
        let queue = match bucket % 4 {
            0 => word.q0(),
            1 => word.q1(),
            2 => word.q2(),
            _ => word.q3(),
        };
        (hash, usize::from(queue))
    }

    fn rss_hash(&self, tuple: &Tuple, tcp: bool) -> u32 {
        let types = self.regs.value(regs::RSS_HASH_TYPES);
        let (plain, with_ports) = if tuple.remote.is_ipv6() {
            (types.ipv6(), types.ipv6_tcp())
        } else {
            (types.ipv4(), types.ipv4_tcp())
        };
        let ports = (tcp && with_ports).then_some((tuple.rport, tuple.lport));
        if ports.is_none() && !plain {
            return 0;
        }
        let mut key = [0; 40];
        for (i, bytes) in key.chunks_exact_mut(4).enumerate() {
            bytes.copy_from_slice(&self.regs.element(regs::RSS_KEY, i).to_le_bytes());
        }
        hash::toeplitz(&key, &hash::input(tuple.remote, tuple.local, ports))
    }

    /// Whether a transmit queue has work.
    pub(crate) fn txq_waiting(&self, qp: usize) -> bool {
        let waiting = self.regs.element(regs::DB_TXQ_TAIL, qp).wrapping_sub(self.qps[qp].txq_head);
        let entries = 1_u32 << self.regs.element(regs::QP_CONFIG, qp).txq_log2();
        // A tail beyond the ring is a host that lies: nothing to do until it makes sense.
        self.qp_enabled(qp) && waiting != 0 && waiting <= entries
    }

    /// A doorbell beyond its ring is a host that lies: reported once, until it makes sense again.
    pub(crate) fn check_tails(&mut self) {
        for qp in 0..self.qps.len() {
            let config = self.regs.element(regs::QP_CONFIG, qp);
            for (n, (tail, head, log2, counter)) in [
                (
                    self.regs.element(regs::DB_TXQ_TAIL, qp),
                    self.qps[qp].txq_head,
                    config.txq_log2(),
                    regs::COUNTERS_TX_DROP_BAD_DESC,
                ),
                (
                    self.regs.element(regs::DB_BMQ_TAIL, qp),
                    self.qps[qp].bmq_head,
                    config.bmq_log2(),
                    regs::COUNTERS_BUMP_BAD,
                ),
            ]
            .into_iter()
            .enumerate()
            {
                let bad = config.enable() && tail.wrapping_sub(head) > 1 << log2;
                if bad && !self.qps[qp].bad_tail[n] {
                    self.regs.count(counter);
                    self.fault(qp, Fault::QueueConfig, 0, 0, tail);
                }
                self.qps[qp].bad_tail[n] = bad;
            }
        }
    }

    /// One transmit descriptor.
    pub(crate) fn transmit(&mut self, bus: &mut dyn HostBus, qp: usize) {
        let head = self.qps[qp].txq_head;
        let log2 = self.regs.element(regs::QP_CONFIG, qp).txq_log2();
        let base = self.regs.iova(regs::QP_TXQ_BASE_LO, regs::QP_TXQ_BASE_HI, qp);
        let place = u64::from(head & ((1 << log2) - 1));
        let mut bytes = [0; TxDescRaw::BYTES];
        let read = self.dma_read(bus, base.wrapping_add(place * 64), &mut bytes);
        let next = head.wrapping_add(1);
        self.qps[qp].txq_head = next;
        self.regs.put_element(regs::QP_TXQ_HEAD, qp, next);
        let desc = match read.map(|()| TxDescRaw::from_le_bytes(&bytes).unpack()) {
            Err(fault) => {
                self.fault(qp, Fault::DmaRead, 0, fault.iova, 0);
                self.regs.count(regs::COUNTERS_TX_DROP_DMA);
                return;
            }
            Ok(Ok(desc)) => desc,
            Ok(Err(_)) => {
                self.bad_descriptor(qp, head);
                return;
            }
        };
        if desc.report {
            (self.qps[qp].report, self.qps[qp].told_txq) = (true, next);
        }
        if !self.acceptable(&desc) {
            self.bad_descriptor(qp, head);
            return;
        }
        let mut frame = vec![0; desc.len as usize];
        if let Err(fault) = self.dma_read(bus, desc.addr, &mut frame) {
            self.fault(qp, Fault::DmaRead, 0, fault.iova, 0);
            self.regs.count(regs::COUNTERS_TX_DROP_DMA);
            return;
        }
        for bytes in cut(&desc, &frame) {
            let counter = if desc.loop_ {
                regs::COUNTERS_TX_LOOP_FRAMES
            } else {
                regs::COUNTERS_TX_NIC_FRAMES
            };
            self.regs.count(counter);
            self.send(bytes, desc.loop_);
        }
    }

    fn bad_descriptor(&mut self, qp: usize, index: u32) {
        self.regs.count(regs::COUNTERS_TX_DROP_BAD_DESC);
        self.fault(qp, Fault::BadDescriptor, 0, 0, index);
    }

    fn acceptable(&self, desc: &TxDesc) -> bool {
        let hdr_len = u32::from(desc.hdr_len);
        let headers = desc.l4_csum || desc.ip_csum || desc.tso;
        let tag = if desc.vlan_insert { 4 } else { 0 };
        let l4_least = if desc.udp { 8 } else { 20 };
        let max = self.config.max_frame;
        (14..=128).contains(&hdr_len)
            && hdr_len <= desc.len
            && (!headers || (desc.l3_off >= 14 && desc.l3_off.saturating_add(20) <= desc.hdr_len))
            && (!(desc.l4_csum || desc.tso)
                || (desc.l4_off >= desc.l3_off.saturating_add(20)
                    && desc.l4_off.saturating_add(l4_least) <= desc.hdr_len))
            && if desc.tso {
                !desc.udp
                    && desc.l4_csum
                    && desc.mss != 0
                    && desc.len - hdr_len <= 65_535
                    && u32::from(desc.mss) + hdr_len + tag <= max
            } else {
                desc.len + tag <= max
            }
    }

    /// Queues a frame, unless the egress guard stops it (S-SCOPE-2).
    pub(crate) fn send(&mut self, mut bytes: Vec<u8>, inject: bool) {
        if bytes.len() < MIN_FRAME {
            bytes.resize(MIN_FRAME, 0);
        }
        if !inject && stopped(&bytes) {
            self.regs.count(regs::COUNTERS_TX_DROP_GUARD);
            return;
        }
        self.tx.push_back(Outgoing { bytes, inject });
    }

    /// Gives the oldest queued frame to the wire or to the receive path.
    pub(crate) fn put_on_wire(&mut self, bus: &mut dyn HostBus) {
        let Some(front) = self.tx.front() else {
            return;
        };
        if !front.inject && !bus.transmit_ready() {
            return;
        }
        let Some(Outgoing { bytes, inject }) = self.tx.pop_front() else {
            return;
        };
        if inject {
            self.injected.push_back(bytes);
        } else if self.regs.value(regs::CTL_CONTROL).tx_enable() {
            self.regs.count(regs::COUNTERS_TX_FRAMES);
            self.regs.add(regs::COUNTERS_TX_BYTES, u32::try_from(bytes.len()).unwrap_or(u32::MAX));
            bus.transmit(&bytes);
        }
    }
}

/// The address at `at` of a frame that has one.
fn mac_at(bytes: &[u8], at: usize) -> [u8; 6] {
    bytes.get(at..at + 6).and_then(|mac| mac.try_into().ok()).unwrap_or_default()
}

/// Whether a frame carries addresses that never stand on a wire.
fn stopped(frame: &[u8]) -> bool {
    let mut untagged = frame.to_vec();
    frame::strip_vlan(&mut untagged);
    let Some((src, dst, proto)) = addresses(&untagged, ETH) else {
        return false;
    };
    frame::guarded(src)
        || frame::guarded(dst)
        || dst.is_unspecified()
        || (proto == PROTO_TCP && src.is_unspecified())
}

/// Source, destination and protocol of the packet at `l3`.
fn addresses(frame: &[u8], l3: usize) -> Option<(IpAddr, IpAddr, u8)> {
    match frame::be16(frame, 12) {
        0x0800 => {
            let octets =
                |at: usize| -> Option<[u8; 4]> { frame.get(l3 + at..l3 + at + 4)?.try_into().ok() };
            Some((octets(12)?.into(), octets(16)?.into(), *frame.get(l3 + 9)?))
        }
        0x86dd => {
            let octets = |at: usize| -> Option<[u8; 16]> {
                frame.get(l3 + at..l3 + at + 16)?.try_into().ok()
            };
            Some((octets(8)?.into(), octets(24)?.into(), *frame.get(l3 + 6)?))
        }
        _ => None,
    }
}

/// Carries out a descriptor that is [`Model::acceptable`].
fn cut(desc: &TxDesc, frame: &[u8]) -> Vec<Vec<u8>> {
    let hdr_len = usize::from(desc.hdr_len);
    let (header, payload) = frame.split_at(hdr_len.min(frame.len()));
    let mut frames = Vec::new();
    if desc.tso {
        let mss = usize::from(desc.mss).max(1);
        let count = payload.len().div_ceil(mss).max(1);
        for i in 0..count {
            let part = &payload[i * mss..((i + 1) * mss).min(payload.len())];
            let mut out = header.to_vec();
            segment_header(desc, &mut out, part.len(), i, i * mss, i + 1 == count);
            out.extend_from_slice(part);
            frames.push(out);
        }
    } else {
        frames.push(frame.to_vec());
    }
    for out in &mut frames {
        insert_checksums(desc, out);
        if desc.vlan_insert {
            let [hi, lo] = desc.vlan_tci.to_be_bytes();
            out.splice(12..12, [0x81, 0x00, hi, lo]);
        }
    }
    frames
}

/// Headers of segment `index`, which begins `offset` bytes into the payload.
fn segment_header(
    desc: &TxDesc,
    header: &mut [u8],
    len: usize,
    index: usize,
    offset: usize,
    last: bool,
) {
    let (l3, l4) = (usize::from(desc.l3_off), usize::from(desc.l4_off));
    let total = header.len() - l3 + len;
    let put16 = |header: &mut [u8], at: usize, value: usize| {
        let bytes = u16::try_from(value & 0xffff).unwrap_or(0).to_be_bytes();
        header[at..at + 2].copy_from_slice(&bytes);
    };
    if desc.ipv6 {
        // The payload of IPv6 begins after its 40 bytes.
        put16(header, l3 + 4, total.saturating_sub(40));
    } else {
        put16(header, l3 + 2, total);
        let id = usize::from(frame::be16(header, l3 + 4));
        put16(header, l3 + 4, id + index);
    }
    let seq = u32::from_be_bytes([header[l4 + 4], header[l4 + 5], header[l4 + 6], header[l4 + 7]]);
    let seq = seq.wrapping_add(u32::try_from(offset).unwrap_or(0));
    header[l4 + 4..l4 + 8].copy_from_slice(&seq.to_be_bytes());
    if !last {
        header[l4 + 13] &= !0x09; // FIN and PSH
    }
    if index != 0 {
        header[l4 + 13] &= !0x80; // CWR
    }
}

fn insert_checksums(desc: &TxDesc, out: &mut [u8]) {
    let (l3, l4) = (usize::from(desc.l3_off), usize::from(desc.l4_off));
    if desc.ip_csum && !desc.ipv6 {
        let ihl = (usize::from(out[l3] & 15) * 4).clamp(20, out.len() - l3);
        out[l3 + 10..l3 + 12].fill(0);
        let csum = frame::finish(frame::sum(&out[l3..l3 + ihl], 0));
        out[l3 + 10..l3 + 12].copy_from_slice(&csum);
    }
    if desc.l4_csum {
        let at = l4 + if desc.udp { 6 } else { 16 };
        out[at..at + 2].fill(0);
        let proto = if desc.udp { PROTO_UDP } else { PROTO_TCP };
        let length = u32::try_from(out.len() - l4).unwrap_or(0);
        let pseudo =
            if desc.ipv6 { sum_addresses(out, l3 + 8, 32) } else { sum_addresses(out, l3 + 12, 8) };
        let total =
            frame::sum(&out[l4..], pseudo + u32::from(proto) + (length >> 16) + (length & 0xffff));
        let mut csum = frame::finish(total);
        if desc.udp && csum == [0, 0] {
            csum = [0xff, 0xff]; // RFC 768: zero means none
        }
        out[at..at + 2].copy_from_slice(&csum);
    }
}

fn sum_addresses(out: &[u8], at: usize, len: usize) -> u32 {
    out.get(at..at + len).map_or(0, |bytes| frame::sum(bytes, 0))
}

// SPDX-License-Identifier: Apache-2.0
//! The trace ring: what happened to sessions that are traced, with their state after it.

use crate::Model;
use toe_abi::{TcpState, TraceKind, TraceRecord, regs};
use toe_device::HostBus;
use toe_tcp::Segment;

impl Model {
    /// Notes an event of a session, if it is traced. `segment`: the one received or sent, and whether it was sent again.
    pub(crate) fn trace(&mut self, slot: u16, kind: TraceKind, segment: Option<(&Segment, bool)>) {
        let Some(session) = self.sessions.slot(slot).filter(|session| session.place.trace) else {
            return;
        };
        if !self.regs.value(regs::TRACE_CONFIG).enable() {
            return;
        }
        let state = session.tcb.snapshot(crate::tcp_time(self.now));
        let count = self.regs.value(regs::TRACE_COUNT);
        let flags = segment.map_or(0, |(seg, _)| seg.flags.0);
        let record = TraceRecord {
            time_us: crate::low32(self.now.0),
            kind,
            state: TcpState::from_bits(state.state.into()).unwrap_or(TcpState::Closed),
            retransmit: segment.is_some_and(|(_, again)| again),
            parked: session.parked || session.faulted,
            fast_recovery: state.fast_recovery,
            cong_recovery: state.cong_recovery,
            tcp_flags: flags.to_le_bytes()[0],
            persist: state.persist,
            ack_due: state.ack_due,
            handle: session.place.handle,
            seq: segment.map_or(state.snd_nxt, |(seg, _)| seg.seq.0),
            ack: segment.map_or(state.rcv_nxt, |(seg, _)| seg.ack.0),
            len: segment.map_or(0, |(seg, _)| crate::low16(seg.payload_len)),
            wnd: segment.map_or(0, |(seg, _)| seg.wnd),
            snd_una: state.snd_una,
            count,
            snd_nxt: state.snd_nxt,
            snd_max: state.snd_max,
            snd_wnd: state.snd_wnd,
            rcv_nxt: state.rcv_nxt,
            cwnd: state.cwnd,
            ssthresh: state.ssthresh,
            srtt_us: state.srtt_us8 >> 3,
            count_again: count,
        };
        self.regs.put(regs::TRACE_COUNT, count.wrapping_add(1));
        self.traced.push_back(record.pack());
    }

    /// Writes what was noted.
    pub(crate) fn write_trace(&mut self, bus: &mut dyn HostBus) {
        while let Some(raw) = self.traced.pop_front() {
            let log2 = self.regs.value(regs::TRACE_CONFIG).log2();
            let base = u64::from(self.regs.value(regs::TRACE_BASE_LO))
                | u64::from(self.regs.value(regs::TRACE_BASE_HI)) << 32;
            let place = u64::from(raw.count()) & ((1 << log2) - 1);
            let written = self.dma_write(bus, (base & !63) + place * 64, &raw.to_le_bytes());
            self.regs.count(regs::COUNTERS_TRACE_RECORDS);
            if written.is_err() {
                self.regs.count(regs::COUNTERS_EVQ_LOST);
            }
        }
    }
}

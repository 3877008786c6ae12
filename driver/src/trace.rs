// SPDX-License-Identifier: Apache-2.0
//! The trace ring: a flight recorder of the sessions whose key `TRACE` is set. The device writes round and round; reading
//! is looking at memory, so it costs the device nothing and no register is read.

use crate::dma::DmaSlice;
use crate::error::DeviceLost;
use crate::qp::clear;
use crate::{Driver, TransportError};
use toe_abi::{TraceRecord, TraceRecordRaw, regs};

/// The host's end of the ring.
pub(crate) struct TraceRing {
    ring: DmaSlice,
    log2: u8,
    /// Number of the next record to read.
    next: u32,
}

/// What was read from the trace ring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// Records in their order.
    pub records: Vec<TraceRecord>,
    /// Records that were overwritten before they were read, that the engine lost, or that made no sense.
    pub missed: u32,
}

impl TraceRing {
    fn raw(&self, count: u32) -> Option<TraceRecordRaw> {
        let at = (count & ((1 << self.log2) - 1)) as usize * TraceRecordRaw::BYTES;
        let raw = TraceRecordRaw(self.ring.read_words(at).ok()?);
        (raw.count() == raw.count_again()).then_some(raw)
    }

    /// Records since the last call, oldest first.
    fn read(&mut self) -> Trace {
        let entries = 1_u32 << self.log2;
        let mut found = Vec::new();
        for slot in 0..entries {
            let Some(raw) = self.raw(slot) else { continue };
            let ahead = raw.count().wrapping_sub(self.next);
            // A place that was never written says 0; a time of 0 with it is no record.
            let written = raw.time_us() != 0 || raw.handle() != 0;
            if written && ahead < 1 << 31 && raw.count() & (entries - 1) == slot {
                found.push((ahead, raw));
            }
        }
        found.sort_by_key(|(ahead, _)| *ahead);
        let Some(&(last, _)) = found.last() else { return Trace::default() };
        self.next = self.next.wrapping_add(last).wrapping_add(1);
        let records: Vec<_> = found.iter().filter_map(|(_, raw)| raw.unpack().ok()).collect();
        let missed = (last + 1).wrapping_sub(u32::try_from(records.len()).unwrap_or(0));
        Trace { records, missed }
    }
}

impl Driver {
    /// Gives the device a trace ring of 2^`log2` records (64 bytes each; 4 to 16). Records come from sessions whose key
    /// [`toe_abi::SessionKey::Trace`] is set.
    ///
    /// # Errors
    /// No memory, or the device is gone.
    pub fn trace_start(&mut self, log2: u8) -> Result<(), TransportError> {
        let gone = |_: DeviceLost| TransportError::Gone;
        self.trace_stop().map_err(gone)?;
        let log2 = log2.clamp(4, 16);
        let len = (TraceRecordRaw::BYTES << log2).next_multiple_of(4096);
        let ring = DmaSlice::whole(self.bar.transport.dma_alloc(len, 4096)?);
        clear(&ring);
        self.bar.write(regs::TRACE_BASE_LO, ring.iova().low()).map_err(gone)?;
        self.bar.write(regs::TRACE_BASE_HI, ring.iova().high()).map_err(gone)?;
        let config = regs::TraceConfig::default().with_log2(log2).with_enable(true);
        self.bar.write(regs::TRACE_CONFIG, config).map_err(gone)?;
        self.trace = Some(TraceRing { ring, log2, next: 0 });
        Ok(())
    }

    /// Switches the trace ring off. Its memory stays reachable for the device until the transport ends, for a record may be
    /// on its way.
    ///
    /// # Errors
    /// The device is gone.
    pub fn trace_stop(&mut self) -> Result<(), DeviceLost> {
        self.trace = None;
        self.bar.write(regs::TRACE_CONFIG, regs::TraceConfig::default())
    }

    /// What has been traced since the last call; empty without a ring.
    pub fn trace_read(&mut self) -> Trace {
        self.trace.as_mut().map(TraceRing::read).unwrap_or_default()
    }
}

// SPDX-License-Identifier: Apache-2.0
//! The NIC path: frames of everything that the engine does not carry.

use crate::driver::Driver;
use crate::error::SendError;
use crate::qp::{RxFrame, RxInfo, TxFrame};

impl Driver {
    /// Copies a frame into the transmit buffer of a queue pair. It goes out after the next [`Driver::poll`] or
    /// [`Driver::flush`].
    ///
    /// # Errors
    /// [`SendError::WouldBlock`] while queue or buffer are full; the frame or its offloads are impossible; no such
    /// queue pair; device lost.
    pub fn nic_send(&mut self, queue_pair: u16, frame: &TxFrame<'_>) -> Result<(), SendError> {
        self.bar.alive()?;
        let max_frame = self.info.max_frame;
        let qp =
            self.qps.get_mut(usize::from(queue_pair)).ok_or(SendError::BadQueue(queue_pair))?;
        match qp.tx.send(frame, max_frame) {
            Ok(()) => {
                self.stats.tx_frames += 1;
                self.stats.tx_bytes += frame.bytes.len() as u64;
                Ok(())
            }
            Err(error) => {
                self.stats.tx_full += u64::from(error == SendError::WouldBlock);
                Err(error)
            }
        }
    }

    /// Descriptors that can be queued now (the buffer may be full earlier); 0 for a queue pair that is not there.
    #[must_use]
    pub fn nic_room(&self, queue_pair: u16) -> u32 {
        self.qps.get(usize::from(queue_pair)).map_or(0, |qp| qp.tx.room())
    }

    /// The oldest received frame of a queue pair.
    pub fn nic_recv(&mut self, queue_pair: u16) -> Option<RxFrame> {
        let mut bytes = Vec::new();
        let info = self.nic_recv_into(queue_pair, &mut bytes)?;
        Some(RxFrame { bytes, info })
    }

    /// The oldest received frame of a queue pair, appended to a buffer of the caller.
    pub fn nic_recv_into(&mut self, queue_pair: u16, to: &mut Vec<u8>) -> Option<RxInfo> {
        self.qps.get_mut(usize::from(queue_pair))?.rx.take(to)
    }

    /// Frames that wait in the receive ring of a queue pair.
    #[must_use]
    pub fn nic_waiting(&self, queue_pair: u16) -> usize {
        self.qps.get(usize::from(queue_pair)).map_or(0, |qp| qp.rx.waiting())
    }
}

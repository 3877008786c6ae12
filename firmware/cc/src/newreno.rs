// SPDX-License-Identifier: Apache-2.0
//! NewReno with appropriate byte counting, as S-CC-2 says and the engine has it built in.

use crate::{CongestionControl, Private, Summary, appropriate_byte_counting};

/// RFC 5681, RFC 3465. Word 0: bytes counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewReno {
    counted: u32,
}

impl CongestionControl for NewReno {
    fn thaw(private: &Private) -> Self {
        Self { counted: private[0] }
    }

    fn freeze(&self) -> Private {
        [self.counted, 0, 0, 0, 0, 0]
    }

    fn ack_received(&mut self, s: &Summary) -> u32 {
        appropriate_byte_counting(s, &mut self.counted)
    }

    fn cong_signal(&mut self, _s: &Summary, _signal: crate::Signal) {
        self.counted = 0;
    }
}

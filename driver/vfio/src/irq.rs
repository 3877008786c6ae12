// SPDX-License-Identifier: Apache-2.0
//! Interrupt vectors as eventfds, whoever signals them.

use std::io;
use std::os::fd::{AsRawFd, RawFd};
use toe_driver::TransportError;
use vmm_sys_util::epoll::{ControlOperation, Epoll, EpollEvent, EventSet};
use vmm_sys_util::eventfd::{EFD_CLOEXEC, EFD_NONBLOCK, EventFd};

/// Marks an event of something that is no interrupt.
const LEAVE: u64 = 1 << 32;

/// One eventfd a vector, and some that mean that the device is about to go.
pub(crate) struct Vectors {
    vectors: Vec<EventFd>,
    /// The other side wants the device back, or reports that it is broken.
    leave: Vec<EventFd>,
    epoll: Epoll,
}

impl Vectors {
    /// `leave`: how many eventfds there are for bad news.
    pub(crate) fn new(vectors: u16, leave: usize) -> io::Result<Self> {
        let make = |n: usize| -> io::Result<Vec<EventFd>> {
            (0..n).map(|_| EventFd::new(EFD_CLOEXEC | EFD_NONBLOCK)).collect()
        };
        let this = Self {
            vectors: make(usize::from(vectors))?,
            leave: make(leave)?,
            epoll: Epoll::new()?,
        };
        for (data, fd) in (0..).zip(&this.vectors) {
            // Edge-triggered: a wait ends once an interrupt, whether the count is taken or not.
            this.watch(fd.as_raw_fd(), EventSet::IN | EventSet::EDGE_TRIGGERED, data)?;
        }
        for fd in &this.leave {
            this.watch(fd.as_raw_fd(), EventSet::IN, LEAVE)?;
        }
        Ok(this)
    }

    fn watch(&self, fd: RawFd, events: EventSet, data: u64) -> io::Result<()> {
        self.epoll.ctl(ControlOperation::Add, fd, EpollEvent::new(events, data))
    }

    /// The end of this connection is bad news too. It has to stay open as long as `self`.
    #[cfg(feature = "vfio-user")]
    pub(crate) fn watch_connection(&self, fd: RawFd) -> io::Result<()> {
        self.watch(fd, EventSet::READ_HANG_UP | EventSet::HANG_UP, LEAVE)
    }

    pub(crate) fn count(&self) -> u16 {
        u16::try_from(self.vectors.len()).unwrap_or(u16::MAX)
    }

    pub(crate) fn eventfds(&self) -> &[EventFd] {
        &self.vectors
    }

    #[cfg(feature = "vfio")]
    pub(crate) fn leave_eventfds(&self) -> &[EventFd] {
        &self.leave
    }

    /// How often a vector was raised since the last call.
    pub(crate) fn take(&self, vector: u16) -> Result<u64, TransportError> {
        let fd = self.vectors.get(usize::from(vector)).ok_or(TransportError::BadVector(vector))?;
        match fd.read() {
            Ok(count) => Ok(count),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    /// Waits for an interrupt, in steps of a millisecond as far as time-outs go. `true` when one came since the last
    /// wait.
    ///
    /// # Errors
    /// [`TransportError::Gone`] when the device is wanted back or the other side has left.
    pub(crate) fn wait(&self, timeout_us: u64) -> Result<bool, TransportError> {
        let timeout = i32::try_from(timeout_us.div_ceil(1_000)).unwrap_or(i32::MAX);
        let mut events = [EpollEvent::default(); 32];
        let count = match self.epoll.wait(timeout, &mut events) {
            Ok(count) => count,
            // A signal ends a wait early; the caller looks and waits again.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
            Err(error) => return Err(error.into()),
        };
        let events = events.get(..count).unwrap_or_default();
        if events.iter().any(|event| event.data() == LEAVE) {
            return Err(TransportError::Gone);
        }
        Ok(!events.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    #[test]
    fn every_vector_wakes_once_and_counts() {
        let vectors = Vectors::new(40, 1).unwrap();
        assert!(!vectors.wait(0).unwrap());
        for (vector, fd) in (0u16..).zip(vectors.eventfds()) {
            fd.write(3).unwrap();
            assert!(vectors.wait(1_000_000).unwrap());
            assert!(!vectors.wait(0).unwrap(), "one interrupt, one wake-up");
            assert_eq!((vectors.take(vector).unwrap(), vectors.take(vector).unwrap()), (3, 0));
        }
        assert!(matches!(vectors.take(40), Err(TransportError::BadVector(40))));
        // An interrupt between two waits is not lost.
        vectors.eventfds()[7].write(1).unwrap();
        assert!(vectors.wait(0).unwrap());
    }

    #[test]
    fn bad_news_ends_every_wait_and_a_wait_ends() {
        let vectors = Vectors::new(1, 2).unwrap();
        let start = Instant::now();
        assert!(!vectors.wait(20_000).unwrap());
        assert!(start.elapsed().as_millis() >= 19);
        vectors.leave[1].write(1).unwrap();
        for _ in 0..3 {
            assert!(matches!(vectors.wait(1_000_000), Err(TransportError::Gone)));
        }
    }
}

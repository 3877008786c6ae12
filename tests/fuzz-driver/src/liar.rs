// SPDX-License-Identifier: Apache-2.0
//! The model, with somebody in between.

use arbitrary::Arbitrary;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use toe_abi::regs;
use toe_device::{Device, DmaFault, Frame, HostBus, Identity, Idle, Micros, ReadDone};
use toe_model::Model;

/// One lie.
#[derive(Arbitrary, Clone, Debug)]
pub enum Lie {
    /// The next record has other bits in a word, or the next image of a session.
    Change {
        /// Which word, modulo the record; from 128 on, of an image.
        word: u8,
        /// What is turned over.
        xor: u32,
    },
    /// The next record has a wrong phase: the last bit of its last word.
    Phase,
    /// The next record is not written.
    Drop,
    /// The next record is written twice, the second time in the next place.
    Twice,
    /// The next record is replaced.
    Replace([u32; 8]),
    /// An event that nothing caused, in the next place of the ring, with the phase that is due or the other.
    Event {
        /// The words.
        words: [u32; 8],
        /// Kind of event, made plausible.
        kind: u8,
        /// The session it is about: the latest, with this generation turned over.
        generation: u8,
        /// With the phase that is due.
        due: bool,
    },
    /// A completion that nobody asked for.
    Completion {
        /// The words.
        words: [u32; 8],
        /// The cookie of a command that was given, or any.
        plausible: bool,
    },
    /// The next register reads differ by this.
    Register(u32),
    /// So many interrupts at once.
    Storm {
        /// Which vector.
        vector: u8,
        /// How many.
        count: u16,
    },
    /// Does nothing any more, or works again.
    Hang(bool),
    /// Reads as all ones and does nothing, or is back.
    Vanish(bool),
}

/// A ring of records that the device writes.
#[derive(Clone, Copy, Debug, Default)]
struct Ring {
    base: u64,
    bytes: u64,
    /// Where the next record belongs.
    next: u64,
    phase: bool,
}

impl Ring {
    fn holds(&self, iova: u64) -> bool {
        self.bytes > 0 && iova >= self.base && iova - self.base < self.bytes
    }

    fn advance(&mut self) {
        self.next += RECORD;
        if self.next >= self.bytes {
            self.next = 0;
            self.phase = !self.phase;
        }
    }

    fn reset(&mut self) {
        (self.next, self.phase) = (0, true);
    }
}

const RECORD: u64 = 32;
/// The longest thing that is no payload: a session that comes back.
const IMAGE: usize = size_of::<toe_abi::SessionImageRaw>();

/// What is going on.
#[derive(Debug, Default)]
pub struct Lies {
    pending: VecDeque<Lie>,
    hang: bool,
    vanished: bool,
    register: u32,
    events: Ring,
    completions: Ring,
    /// Handle and cookies that the driver has used, for plausible lies.
    pub handle: u32,
    /// How many lies have been told.
    pub told: u64,
}

impl Lies {
    /// Prepares a lie.
    pub fn tell(&mut self, lie: Lie) {
        match lie {
            Lie::Hang(on) => self.hang = on,
            Lie::Vanish(on) => self.vanished = on,
            Lie::Register(xor) => self.register = xor,
            other => self.pending.push_back(other),
        }
        self.told += 1;
    }

    /// From here on the truth.
    pub fn stop(&mut self) {
        self.pending.clear();
        (self.hang, self.vanished, self.register) = (false, false, 0);
    }
}

/// A device that lies.
pub struct Liar {
    inner: Model,
    lies: Arc<Mutex<Lies>>,
}

fn lock(lies: &Mutex<Lies>) -> MutexGuard<'_, Lies> {
    lies.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Liar {
    /// Log2 of records in an event ring, and of commands, that the driver has to use with this device.
    pub const EVQ_LOG2: u8 = 6;
    /// Log2 of admin commands.
    pub const ADMIN_LOG2: u8 = 4;

    /// Lies that are told by whoever holds the other handle.
    #[must_use]
    pub fn new(inner: Model) -> (Self, Arc<Mutex<Lies>>) {
        let lies = Arc::new(Mutex::new(Lies::default()));
        (Self { inner, lies: Arc::clone(&lies) }, lies)
    }
}

/// The machine as the model sees it through the liar.
struct Bus<'a> {
    inner: &'a mut dyn HostBus,
    lies: &'a mut Lies,
}

impl Bus<'_> {
    /// Writes what nobody caused.
    fn forge(&mut self) {
        let forged = |lie: &Lie| {
            matches!(lie, Lie::Event { .. } | Lie::Completion { .. } | Lie::Storm { .. })
        };
        while let Some(at) = self.lies.pending.iter().position(forged) {
            let Some(lie) = self.lies.pending.remove(at) else { return };
            match lie {
                Lie::Event { mut words, kind, generation, due } => {
                    words[0] = (words[0] & !0xff) | u32::from(kind % 8);
                    if generation < 0xf0 {
                        words[1] = self.lies.handle ^ u32::from(generation % 4) << 16;
                    }
                    self.place(words, due, true);
                }
                Lie::Completion { mut words, plausible } => {
                    if plausible {
                        words[0] &= 0x1f;
                        words[1] = self.lies.handle;
                    }
                    self.place(words, true, false);
                }
                Lie::Storm { vector, count } => {
                    for _ in 0..count {
                        self.inner.interrupt(u16::from(vector));
                    }
                }
                _ => return,
            }
        }
    }

    fn place(&mut self, mut words: [u32; 8], due: bool, event: bool) {
        let ring = if event { &mut self.lies.events } else { &mut self.lies.completions };
        if ring.bytes == 0 {
            return;
        }
        let at = ring.base + ring.next;
        words[7] = (words[7] & 0x7fff_ffff) | u32::from(ring.phase == due) << 31;
        if due {
            ring.advance();
        }
        let bytes: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
        // A refusal is the machine's business.
        let _ = self.inner.dma_write(at, &bytes);
    }
}

impl HostBus for Bus<'_> {
    fn now(&self) -> Micros {
        self.inner.now()
    }
    fn tick(&mut self) {
        self.inner.tick();
    }
    fn stop(&self) -> bool {
        self.inner.stop()
    }
    fn dma_read(&mut self, tag: u32, iova: u64, len: u32) {
        self.inner.dma_read(tag, iova, len);
    }
    fn dma_read_poll(&mut self) -> Option<ReadDone<'_>> {
        self.inner.dma_read_poll()
    }
    fn dma_read_now(&mut self, iova: u64, data: &mut [u8]) -> Result<(), DmaFault> {
        self.inner.dma_read_now(iova, data)
    }

    fn dma_write(&mut self, iova: u64, data: &[u8]) -> Result<(), DmaFault> {
        for ring in [&mut self.lies.events, &mut self.lies.completions] {
            if ring.holds(iova) {
                ring.next = (iova - ring.base) / RECORD * RECORD;
                ring.phase = data.last().is_some_and(|b| b & 0x80 != 0);
                ring.advance();
            }
        }
        let record = data.len().is_multiple_of(4) && (8..=IMAGE).contains(&data.len());
        if !record {
            return self.inner.dma_write(iova, data);
        }
        let mut bytes = data.to_vec();
        let image = data.len() == IMAGE;
        let fits = |lie: &Lie| match lie {
            Lie::Change { word, .. } => (*word >= 128) == image,
            Lie::Phase | Lie::Drop | Lie::Twice | Lie::Replace(_) => !image,
            _ => false,
        };
        let at = self.lies.pending.iter().position(fits);
        match at.and_then(|at| self.lies.pending.remove(at)) {
            Some(Lie::Change { word, xor }) => {
                let at = usize::from(word) % (bytes.len() / 4) * 4;
                for (byte, flip) in bytes[at..at + 4].iter_mut().zip(xor.to_le_bytes()) {
                    *byte ^= flip;
                }
            }
            Some(Lie::Phase) => {
                if let Some(last) = bytes.last_mut() {
                    *last ^= 0x80;
                }
            }
            Some(Lie::Drop) => return Ok(()),
            Some(Lie::Twice) => {
                let _ = self.inner.dma_write(iova + data.len() as u64, data);
            }
            Some(Lie::Replace(words)) => {
                for (to, from) in bytes.chunks_exact_mut(4).zip(words) {
                    to.copy_from_slice(&from.to_le_bytes());
                }
            }
            _ => {}
        }
        self.inner.dma_write(iova, &bytes)
    }

    fn dma_write_ready(&mut self, len: u32) -> bool {
        self.inner.dma_write_ready(len)
    }
    fn interrupt(&mut self, vector: u16) {
        self.inner.interrupt(vector);
    }
    fn transmit(&mut self, frame: &[u8]) {
        self.inner.transmit(frame);
    }
    fn transmit_ready(&mut self) -> bool {
        self.inner.transmit_ready()
    }
    fn receive(&mut self) -> Option<Frame> {
        self.inner.receive()
    }
}

fn set(half: &mut u64, value: u32, high: bool) {
    let value = u64::from(value);
    *half = if high { *half & 0xffff_ffff | value << 32 } else { *half & !0xffff_ffff | value };
}

impl Device for Liar {
    fn identity(&self) -> Identity {
        self.inner.identity()
    }

    fn reset(&mut self) {
        let mut lies = lock(&self.lies);
        lies.events.reset();
        lies.completions.reset();
        drop(lies);
        self.inner.reset();
    }

    fn bar_read(&mut self, offset: u32, bus: &mut dyn HostBus) -> u32 {
        let mut lies = lock(&self.lies);
        if lies.vanished {
            return u32::MAX;
        }
        let xor = std::mem::take(&mut lies.register);
        self.inner.bar_read(offset, &mut Bus { inner: bus, lies: &mut lies }) ^ xor
    }

    fn bar_write(&mut self, offset: u32, value: u32) {
        let mut lies = lock(&self.lies);
        if lies.vanished {
            return;
        }
        let is = |reg: Option<toe_abi::Reg<u32>>| reg.is_some_and(|r| r.offset() == offset);
        if is(regs::QP_EVQ_BASE_LO.at(0)) || is(regs::QP_EVQ_BASE_HI.at(0)) {
            set(&mut lies.events.base, value, is(regs::QP_EVQ_BASE_HI.at(0)));
            lies.events.bytes = RECORD << Self::EVQ_LOG2;
            lies.events.reset();
        }
        if is(Some(regs::ADMIN_ACQ_BASE_LO)) || is(Some(regs::ADMIN_ACQ_BASE_HI)) {
            set(&mut lies.completions.base, value, is(Some(regs::ADMIN_ACQ_BASE_HI)));
            lies.completions.bytes = RECORD << Self::ADMIN_LOG2;
            lies.completions.reset();
        }
        drop(lies);
        self.inner.bar_write(offset, value);
    }

    fn step(&mut self, cycles: u32, bus: &mut dyn HostBus) -> u32 {
        let mut lies = lock(&self.lies);
        if lies.hang || lies.vanished {
            return 0;
        }
        let mut bus = Bus { inner: bus, lies: &mut lies };
        bus.forge();
        self.inner.step(cycles, &mut bus)
    }

    fn idle(&self) -> Idle {
        let lies = lock(&self.lies);
        if lies.hang || lies.vanished {
            return Idle::Quiet { deadline: None };
        }
        if lies
            .pending
            .iter()
            .any(|l| matches!(l, Lie::Event { .. } | Lie::Completion { .. } | Lie::Storm { .. }))
        {
            return Idle::Busy;
        }
        self.inner.idle()
    }

    fn failure(&self) -> Option<&str> {
        self.inner.failure()
    }
}
